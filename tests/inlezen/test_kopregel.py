"""Headers in awkward places, and headers that could be more than one column."""

from __future__ import annotations

import pytest

from opgavelib.fouten import Ernst, InvoerFout
from opgavelib.inlezen import lees_bestanden
from opgavelib.inlezen.koppen import eenheid, kwartaal_in, normaliseer, wijs_toe


@pytest.mark.parametrize(
    ("kop", "verwacht"),
    [
        ("Lasten\n(x € 1.000)", "lasten"),
        ("  Begrote   Lasten ", "begrote lasten"),
        ("Financiën", "financien"),
        ("Idee (1-5)", "idee"),
        ("Structureel?", "structureel"),
        ("% lean", "% lean"),
        ("Budget × € 1.000", "budget"),
        ("t/m", "t m"),
        ("Port.houder", "port houder"),
    ],
)
def test_normaliseer(kop, verwacht):
    assert normaliseer(kop) == verwacht


@pytest.mark.parametrize(
    ("tekst", "factor"),
    [
        ("Lasten (x € 1.000)", 1000),
        ("bedragen × € 1.000", 1000),
        ("(x EUR 1.000)", 1000),
        ("in duizenden euro's", 1000),
        ("(x 1.000)", 1000),
        ("x1000", 1000),
        ("bedragen x € 1.000,-", 1000),
        ("€ 1.000", 1000),
        ("bedragen in mln", 1_000_000),
        ("x € 1 mln", 1_000_000),
        ("x 1.000.000", 1_000_000),
        ("€ miljoen", 1_000_000),
        ("in euro's", 1),
        ("x € 1", 1),
        ("Lasten", None),
        ("Begroting 2025", None),
        ("Budget (€)", None),
    ],
)
def test_eenheid(tekst, factor):
    assert eenheid(tekst) == factor


@pytest.mark.parametrize(
    "kop", ["2027K1", "K1 2027", "Q1-2027", "1e kwartaal 2027", "Uren 2027K1", "2027 K1 (uren)"]
)
def test_kwartaalkop(kop):
    assert kwartaal_in(kop) == "2027K1"


def test_wijs_toe_laat_een_kop_opschuiven():
    koppen = {1: {"opgave": 2.0}, 2: {"opgave": 3.0, "titel": 2.0}}
    assert wijs_toe(koppen) == {1: "opgave", 2: "titel"}


def test_titelrijen_lege_rijen_en_een_totaalrij_zijn_geen_rijen(maak):
    pad = maak(
        Blad=[
            ["Inventarisatie ambities"],
            ["Team Beleid"],
            [],
            [None, "Nr", "Ambitie", "Team"],
            [None, 1, "Wonen", "RW"],
            [],
            [None, 2, "Zorg", "SD"],
            [None, None, "Totaal nieuwe bomen in elke kern", "RW"],
            [None, "Totaal", 3],
        ]
    )
    (blad,) = lees_bestanden([pad]).bladen
    assert (blad.kopregel, blad.gelezen, blad.totaal_rij) == (4, 3, 9)
    assert blad.tabellen["ambities"]["titel"].tolist() == ["Wonen", "Zorg", "Totaal nieuwe bomen in elke kern"]
    assert blad.tabellen["ambities"]["rij"].tolist() == [5, 7, 8]


def test_een_lijst_van_een_kolom(maak):
    (blad,) = lees_bestanden([maak(Blad=[["Ambitie"], ["Wonen"], ["Zorg"]])]).bladen
    assert blad.tabellen["ambities"]["titel"].tolist() == ["Wonen", "Zorg"]


def test_twee_koppen_voor_een_kolom_de_beste_wint(maak):
    inlezing = lees_bestanden(
        [maak(Blad=[["Onderwerp", "Afspraak"], ["Wonen", "Wij bouwen"], ["Zorg", "Wij zorgen"]])]
    )
    (blad,) = inlezing.bladen
    assert dict(blad.kolommen) == {"Onderwerp": "", "Afspraak": "titel"}
    assert any(b.kolom == "Onderwerp" and b.ernst == Ernst.LET_OP for b in inlezing.bevindingen)


def test_eigen_koppeling_gaat_voor(maak):
    pad = maak(Blad=[["Onderwerp", "Afspraak"], ["Wonen", "Wij bouwen"]])
    (blad,) = lees_bestanden([pad], kolommen={"onderwerp": "titel", "Afspraak": "omschrijving"}).bladen
    assert dict(blad.kolommen) == {"Onderwerp": "titel", "Afspraak": "omschrijving"}


@pytest.mark.parametrize(
    ("kolommen", "probleem"),
    [
        ({"Bestaat niet": "titel"}, "Er is geen kolom met de kop 'Bestaat niet'"),
        ({"Ambitie": "titell"}, "geen kolom van het"),
    ],
)
def test_eigen_koppeling_moet_bestaan(maak, kolommen, probleem):
    with pytest.raises(InvoerFout, match=probleem):
        lees_bestanden([maak(Blad=[["Ambitie", "Team"], ["Wonen", "RW"]])], kolommen=kolommen)


def test_typefout_in_een_kop_wordt_gemeld(maak):
    inlezing = lees_bestanden([maak(Blad=[["Ambitie", "Portefeulliehouder"], ["Wonen", "Jansen"]])])
    assert inlezing.bladen[0].kolommen["Portefeulliehouder"] == "portefeuillehouder"
    assert any("voorzichtig gelezen" in b.probleem for b in inlezing.bevindingen)


def test_dubbele_en_lege_koppen_met_inhoud_vallen_op(maak):
    inlezing = lees_bestanden([maak(Blad=[["Ambitie", "Team", "Team", None], ["Wonen", "RW", "SD", "x"]])])
    (blad,) = inlezing.bladen
    assert blad.kolommen["Team (kolom C)"] == ""
    assert blad.tabellen["ambities"]["team"].tolist() == ["RW"]
    assert any("Kolom D heeft geen kop" in b.probleem for b in inlezing.bevindingen)


def test_niets_herkend_zegt_wat_er_is_en_wat_nodig_is(maak):
    with pytest.raises(InvoerFout, match=r"Gevonden koppen: blad 'Blad': 'Kleur', 'Vorm'") as fout:
        lees_bestanden([maak(Blad=[["Kleur", "Vorm"], ["rood", "rond"]])])
    assert "lasten_eur" in str(fout.value)


def test_leeswijzer_en_verborgen_blad_worden_overgeslagen(maak):
    def verberg(boek):
        boek["Oud"].sheet_state = "hidden"

    inlezing = lees_bestanden(
        [
            maak(
                bewerk=verberg,
                Leeswijzer=[["Lees dit eerst."], [], ["Alles telt."]],
                Oud=[["Ambitie", "Team"], ["A", "B"]],
                Nieuw=[["Ambitie", "Team"], ["C", "D"]],
            )
        ]
    )
    assert [b.blad for b in inlezing.bladen] == ["Nieuw"]
    assert {b.blad: b.ernst for b in inlezing.bevindingen if b.blad != "Nieuw"} == {
        "Leeswijzer": Ernst.INFO,
        "Oud": Ernst.LET_OP,
    }


def test_geraden_keuzekolom_met_andere_inhoud_vervalt(maak):
    rijen = [["Activiteit", "Opgave", "Fase", "Type"], *[["A", "O1", "uitvoering", "beleid"]] * 3]
    inlezing = lees_bestanden([maak(Activiteiten=rijen)])
    assert inlezing.bladen[0].kolommen["Type"] == ""
    assert any("past niet bij 'soort'" in b.probleem for b in inlezing.bevindingen)
