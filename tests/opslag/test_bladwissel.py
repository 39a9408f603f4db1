"""A new version of a file whose sheets were renamed, removed or divided otherwise: nothing counts twice."""

from __future__ import annotations

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import Ernst
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import lees_in
from opgavelib.toepassing.voorvertoning import bekijk, pas_toe

from .bladen import alles, ambities, blad, scores, top5


@pytest.fixture
def werkmap(nieuw):
    with Werkmap(nieuw()) as w:
        yield w


def lees(werkmap, *bladen):
    return werkmap.bewaar(list(bladen), "Noor")


def levend(werkmap, tabel="ambities"):
    t = werkmap.tabel(tabel, ook_vervallen=True)
    return {k: (r.blad, not r.vervallen) for k, r in t.iterrows()}


def let_op(uit):
    return [b.probleem for b in uit.bevindingen if b.ernst == Ernst.LET_OP]


def test_een_hernoemd_blad_is_hetzelfde_blad(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg", "groen", blad="Inv"))
    werkmap.besluit(Besluit("CA-002", Bestemming.LIJN, "doen we al", "Noor"))
    uit = lees(werkmap, ambities("a.xlsx", "wonen", "zorg", "groene daken", blad="Inventarisatie"))
    assert (uit.ongewijzigd, uit.vervallen, let_op(uit)) == (2, 0, [])
    assert [b.probleem for b in uit.bevindingen] == [
        "Blad 'Inv' heet nu 'Inventarisatie'; de rijen houden hun sleutel en hun besluiten."
    ]
    assert levend(werkmap) == {f"CA-00{n}": ("Inventarisatie", True) for n in (1, 2, 3)}
    assert werkmap.spoor().tabel.loc["CA-002", "bestemming"] == "lijn"
    assert werkmap.tabel("bronnen")["blad"].to_dict() == {"a.xlsx#Inv": "Inventarisatie"}
    voor = alles(werkmap)
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg", "groene daken", blad="Inventarisatie"))
    assert alles(werkmap) == voor
    # A new sheet may have the old name: it is another source, with a key of its own.
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg", "groene daken", blad="Inventarisatie"),
         ambities("a.xlsx", "sport en spel", blad="Inv"))  # fmt: skip
    assert list(werkmap.tabel("bronnen").index) == ["a.xlsx#Inv", "a.xlsx#Inv (2)"]
    assert levend(werkmap)["CA-004"] == ("Inv", True)


def test_een_verdwenen_blad_neemt_zijn_rijen_mee_en_kan_terugkomen(werkmap):
    fysiek = ambities("a.xlsx", "1:bomen planten", "2:wegen maken", blad="Fysiek")
    sociaal = ambities("a.xlsx", "1:armoede bestrijden", "2:jeugd helpen", blad="Sociaal")
    lees(werkmap, fysiek, sociaal)
    werkmap.besluit(Besluit("CA-003", Bestemming.LIJN, "doen we al", "Noor"))
    uit = lees(werkmap, fysiek)
    assert let_op(uit) == ["Blad 'Sociaal' staat niet meer in het bestand; 2 rijen zijn vervallen."]
    assert (uit.ongewijzigd, uit.vervallen) == (2, 2)
    assert list(levend(werkmap).values()) == [("Fysiek", True)] * 2 + [("Sociaal", False)] * 2
    gebeurd = werkmap.tabel("gebeurtenissen")
    assert list(gebeurd.loc[gebeurd["wat"] == "vervallen:ambities", "object"]) == ["CA-003", "CA-004"]
    assert not lees(werkmap, fysiek).bevindingen, "it is said once"
    assert lees(werkmap, fysiek, sociaal).vervallen == 0
    assert all(er for _, er in levend(werkmap).values())
    assert werkmap.spoor().tabel.loc["CA-003", "bestemming"] == "lijn"


def test_een_ander_blad_met_dezelfde_koppen_en_codes_is_niet_het_verdwenen_blad(werkmap):
    lees(werkmap, ambities("a.xlsx", "1:bomen planten", "2:wegen maken", blad="Fysiek"))
    werkmap.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, "te duur", "Noor"))
    uit = lees(werkmap, ambities("a.xlsx", "1:armoede bestrijden", "2:jeugd helpen", blad="Sociaal"))
    assert uit.vervallen == 2
    assert [er for _, er in levend(werkmap).values()] == [False, False, True, True]
    assert werkmap.spoor().tabel.loc["CA-003", "bestemming"] == "open"


def test_elk_hernoemd_blad_vindt_zijn_eigen_rijen(werkmap):
    def bladen(namen, extra=""):
        teksten = (("bomen planten", "wegen maken"), ("armoede bestrijden", "jeugd helpen", "ouderen bezoeken"))
        return [
            ambities("a.xlsx", *t, *([extra] if extra else []), blad=n) for n, t in zip(namen, teksten, strict=True)
        ]

    lees(werkmap, *bladen(("Fysiek", "Sociaal")))
    uit = lees(werkmap, *reversed(bladen(("Domein F", "Domein S"), "samen werken")))
    assert (uit.vervallen, uit.ongewijzigd) == (0, 5)
    assert [blad for blad, _ in levend(werkmap).values()][:5] == ["Domein F"] * 2 + ["Domein S"] * 3


def test_een_blad_dat_er_staat_en_niet_is_gelezen_is_niet_weg(werkmap):
    fysiek = ambities("a.xlsx", "bomen planten", blad="Fysiek")
    lees(werkmap, fysiek, ambities("a.xlsx", "jeugd helpen", blad="Sociaal"),
         ambities("a.xlsx", "ouderen bezoeken", blad="Sociaal (tabel 2)"))  # fmt: skip
    voor = levend(werkmap)
    uit = lees(
        werkmap, ambities("a.xlsx", "bomen planten", "wegen maken", blad="Fysiek", ongelezen=frozenset(["Sociaal"]))
    )
    assert not uit.bevindingen
    assert voor.items() <= levend(werkmap).items()


def test_een_gedeelde_rij_die_elders_ook_staat_blijft(werkmap):
    def teams(bestand, blad_, *namen):
        return blad(bestand, "teams", "teams", [{"team": n, "fte": 3} for n in namen], blad=blad_)

    lees(werkmap, teams("t.xlsx", "Een", "Wonen"), teams("t.xlsx", "Twee", "Zorg", "Sport", "Groen"))
    lees(werkmap, teams("u.xlsx", "Blad1", "Sport"))
    uit = lees(werkmap, teams("t.xlsx", "Een", "Wonen", "Groen"))
    assert let_op(uit) == ["Blad 'Twee' staat niet meer in het bestand; 1 rij is vervallen."]
    assert list(werkmap.tabel("teams").index) == ["Wonen", "Sport", "Groen"]
    assert not let_op(lees(werkmap, teams("t.xlsx", "Nieuwe naam", "Wonen", "Groen")))
    assert list(werkmap.tabel("teams").index) == ["Wonen", "Sport", "Groen"]


def test_een_score_telt_niet_voor_een_rij_van_een_verdwenen_blad(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", blad="Oud"), ambities("a.xlsx", "zorg", blad="Blijft"))
    lees(
        werkmap, ambities("a.xlsx", "zorg", "wonen", blad="Blijft"), scores("s.xlsx", ("wonen", "effect", "Jo", 4))
    )
    assert werkmap.tabel("scores")["ambitie"].tolist() == ["CA-003"]


def test_stemmen_gaan_met_hun_blad_mee(werkmap):
    lees(werkmap, top5("t.xlsx", ("Jo", 1, "wonen"), ("Jo", 2, "zorg")))
    uit = lees(werkmap, ambities("t.xlsx", "een heel ander plan", blad="Anders"))
    assert uit.vervallen == 2
    assert werkmap.tabel("stemmen").empty


# -- real files, and what the preview shows of it ---------------------------------------------------------------

KOP = ["Taakveld", "Omschrijving"]
TWEE_JAAR = [[*KOP, "Lasten 2026", "Lasten 2027"], ["0.1", "Bestuur", 100, 110], ["0.4", "Overhead", 200, 210]]
EEN_JAAR = [[*KOP, "Lasten 2027"], ["0.1", "Bestuur", 110], ["0.4", "Overhead", 210]]


@pytest.mark.parametrize(("eerst", "dan", "jaren"), [
    (TWEE_JAAR, EEN_JAAR, [2027, 2027]), (EEN_JAAR, TWEE_JAAR, [2027, 2027, 2026, 2026]),
])  # fmt: skip
def test_een_jaar_dat_uit_de_kolommen_gaat_of_erbij_komt_telt_niet_dubbel(tmp_path, boek, eerst, dan, jaren):
    lees_in(tmp_path / "w", [boek("j.xlsx", Begroting=eerst)], wie="Noor")
    v = bekijk(tmp_path / "w", [pad := boek("j.xlsx", Begroting=dan)])
    assert v.telling["vervallen"] == (2 if len(jaren) == 2 else 0)
    pas_toe(v, "Noor")
    with Werkmap(tmp_path / "w") as w:
        regels = w.tabel("begroting")
        assert sorted(regels["jaar"]) == sorted(jaren)
        assert regels[regels["jaar"] == 2027]["lasten_eur"].sum() == 320
    assert not bekijk(tmp_path / "w", [pad]).verandert


def test_de_voorvertoning_laat_een_verdwenen_en_een_hernoemd_blad_zien(tmp_path, boek):
    kop = ["Ambitie", "Budget", "Team"]
    a = [kop, ["Bomen planten in de wijk", 1, "A"], ["Wegen opnieuw bestraten", 2, "A"]]
    b = [kop, ["Armoede bestrijden", 3, "B"], ["Jeugdzorg dichtbij huis", 4, "B"]]
    lees_in(tmp_path / "w", [boek("t.xlsx", Fysiek=a, Sociaal=b)], wie="Noor")
    v = bekijk(tmp_path / "w", [boek("t.xlsx", Ruimte=a)])
    assert v.telling == {"nieuw": 0, "gewijzigd": 0, "vervallen": 2, "ongewijzigd": 2}
    assert v.toelichting == "1 bestand, 2 rijen: 2 niet meer in het bestand, 2 ongewijzigd."
    assert any("Blad 'Sociaal' staat niet meer" in x.probleem for x in v.bevindingen)
    assert any("Blad 'Fysiek' heet nu 'Ruimte'" in x.probleem for x in v.bevindingen)
    assert v.proef.na["ambities"] == (2, None)
    assert pas_toe(v, "Noor").vervallen == 2


def test_een_verborgen_of_overgeslagen_blad_blijft_in_de_werkmap(tmp_path, boek):
    from openpyxl import load_workbook

    a = [["Ambitie", "Budget"], ["Bomen planten in de wijk", 1], ["Wegen opnieuw bestraten", 2]]
    teams = [["Team", "Fte"], ["Zorg", 3], ["Wonen", 4]]
    pad = boek("t.xlsx", Plan=a, Formatie=teams)
    lees_in(tmp_path / "w", [pad], wie="Noor")
    lees_in(tmp_path / "w", [pad], wie="Noor", soort="teams")
    wb = load_workbook(pad)
    wb["Formatie"].sheet_state = "hidden"
    wb["Plan"]["B2"] = 9
    wb.save(pad)
    lees_in(tmp_path / "w", [pad], wie="Noor")
    with Werkmap(tmp_path / "w") as w:
        assert list(w.tabel("teams").index) == ["Zorg", "Wonen"]
        assert not w.tabel("ambities")["vervallen"].any()
        assert w.tabel("ambities")["budget_eur"].tolist() == [9, 2]
