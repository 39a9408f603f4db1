"""From sheet to tables: each kind of source, and everything that is worth a finding."""

from __future__ import annotations

import pytest
from openpyxl.styles import numbers

from opgavelib.fouten import Ernst, InvoerFout
from opgavelib.inlezen import beoordeel_bestanden, lees_bestanden
from opgavelib.parameters import Criterium


def fouten(pad, **kw):
    return [b for b in beoordeel_bestanden([pad], **kw).bevindingen if b.ernst == Ernst.FOUT]


def let_op(pad, **kw):
    return " | ".join(b.probleem for b in lees_bestanden([pad], **kw).bevindingen if b.ernst == Ernst.LET_OP)


def test_top5_is_stem_en_ambitie(maak):
    rijen = [["Naam", "Nr", "Prioriteit", "Waarom"], ["Jansen", 1, "Wonen", "nodig"], [None, 2, "Zorg", None]]
    (blad,) = lees_bestanden([maak(**{"Top 5": rijen})]).bladen
    assert blad.soort == "top5"
    assert blad.tabellen["stemmen"].values.tolist() == [["Jansen", 1, 2], ["Jansen", 2, 3]]
    assert blad.tabellen["ambities"]["portefeuillehouder"].tolist() == ["Jansen", "Jansen"]


def test_begroting_en_speerpunten_in_een_bestand(maak):
    pad = maak(
        "begroting_2027.xlsx",
        Regels=[
            ["bedragen x € 1.000"],
            ["Taakveld", "Omschrijving", "Lasten", "Baten (in euro's)", "S/I"],
            ["6.1", "Iets", "1.234,5", 2000, "S"],
            ["0.10 Mutaties reserves", "Reserves", None, 5, "I"],
            ["Totaal", None, "€ 1.234,5", 2005],
        ],
        Speerpunten=[
            ["Wat willen we bereiken?", "Wat gaan we ervoor doen?", "Budget (x € 1.000)"],
            ["Huis", "Bouwen", 85],
        ],
    )
    regels, speerpunten = lees_bestanden([pad]).bladen
    assert regels.tabellen["begroting"]["lasten_eur"].tolist() == [1_234_500, 0]
    assert regels.tabellen["begroting"]["baten_eur"].tolist() == [2000, 5]
    assert regels.tabellen["begroting"]["taakveld"].tolist() == ["6.1", "0.10"]
    assert regels.tabellen["begroting"]["structureel"].tolist() == [True, False]
    assert regels.tabellen["begroting"]["jaar"].tolist() == [2027, 2027]
    assert dict(regels.totalen) == {"lasten_eur": 1_234_500, "baten_eur": 2005}
    assert speerpunten.soort == "begroting"
    assert speerpunten.tabellen["ambities"][["titel", "omschrijving", "budget_eur"]].values.tolist() == [
        ["Bouwen", "Huis", 85_000]
    ]


def test_begroting_zonder_jaar_is_een_let_op(maak):
    assert "begrotingsjaar is niet bekend" in let_op(maak(B=[["Taakveld", "Lasten"], ["6.1", 1], ["6.2", 2]]))


def test_totaal_dat_niet_klopt(maak):
    tekst = let_op(maak(B=[["Taakveld", "Lasten"], ["6.1", 1000], ["6.2", 2000], ["Totaal", 3001]]))
    assert "€ 3.001" in tekst
    assert "€ 3.000" in tekst


def test_meer_jaren_naast_elkaar_het_jaar_van_het_bestand_telt(maak):
    rijen = [["Taakveld", "Lasten 2026", "Lasten 2027"], ["6.1", 1, 2], ["6.2", 3, 4]]
    (blad,) = lees_bestanden([maak("begroting 2027.xlsx", B=rijen)]).bladen
    assert blad.tabellen["begroting"][["jaar", "lasten_eur"]].values.tolist() == [[2027, 2], [2027, 4]]
    assert blad.kolommen["Lasten 2026"] == ""


def test_twee_fouten_in_een_rij_worden_allebei_gemeld(maak):
    pad = maak(B=[["Taakveld", "Lasten"], [None, "tien"], ["6.2", 3]])
    assert {b.kolom for b in fouten(pad)} == {"Taakveld", "Lasten"}


def test_subtotaal_en_voetnoot_zijn_geen_rij(maak):
    rijen = [["Taakveld", "Omschrijving", "Lasten"], ["6.1", "a", 1], ["Subtotaal", None, 1], ["6.2", "b", 2],
             ["Totaal", None, 3], ["Bron: eigen cijfers"]]  # fmt: skip
    (blad,) = lees_bestanden([maak(B=rijen)]).bladen
    assert (blad.gelezen, blad.totaal_rij) == (2, 5)


UREN = [
    ["Activiteit", "Team", "Status", "2027K1", "Q2 2027", "Totaal"],
    ["Wonen", "RW", "Toegezegd", 10, "1.200", 1210],
    ["Zorg", "SD", None, None, 5, 5],
    ["Totaal", None, None, 10, 1205, 1215],
]


def test_kwartaalkolommen_worden_inzet(maak):
    (blad,) = lees_bestanden([maak(Uren=UREN)]).bladen
    assert blad.gelezen == 2
    assert dict(blad.totalen) == {"uren_gevraagd": 1215.0}
    inzet = blad.tabellen["inzet"]
    assert inzet[["activiteit", "kwartaal", "uren_gevraagd", "rij"]].values.tolist() == [
        ["Wonen", "2027K1", 10.0, 2],
        ["Wonen", "2027K2", 1200.0, 2],
        ["Zorg", "2027K2", 5.0, 3],
    ]
    assert inzet["uren_toegezegd"].fillna(-1).tolist() == [10.0, 1200.0, -1]


def test_criteriumkolommen_worden_scores_en_het_blad_is_de_beoordelaar(maak):
    (blad,) = lees_bestanden(
        [maak(Jansen=[["Nr", "Ambitie", "Effect", "Urgentie (1-5)"], [1, "Wonen", 5, "4"], [2, "Zorg", None, 3]])]
    ).bladen
    assert blad.gelezen == 2
    assert blad.tabellen["scores"].values.tolist() == [
        ["Wonen", "effect", "Jansen", 5, 2],
        ["Wonen", "urgentie", "Jansen", 4, 2],
        ["Zorg", "urgentie", "Jansen", 3, 3],
    ]


def test_scores_onder_elkaar(maak):
    rijen = [["Ambitie", "Criterium", "Wie", "Score"], ["Wonen", "Maatschappelijk effect", "Jansen", 5]]
    (blad,) = lees_bestanden([maak(Scores=rijen)]).bladen
    assert blad.tabellen["scores"].values.tolist() == [["Wonen", "effect", "Jansen", 5, 2]]


EIGEN = (
    Criterium("kosten", "Kosten", 1, "lager", "", 1, 10),
    Criterium("draagvlak", "Steun in de raad", 1, "hoger", "", 0, 1.5),
    Criterium("kans", "Kans", 1, "hoger", "", 0, 100),
)


def test_scores_op_de_schaal_van_het_eigen_criterium(maak):
    """Whole numbers where the scale has few whole steps, else any number on it."""
    kop = ["Ambitie", "Criterium", "Wie", "Score"]
    goed = [["Wonen", "kosten", "J", 10], ["Wonen", "Steun in de raad", "J", "0,5"], ["Wonen", "Kans", "J", 87.5]]
    (blad,) = lees_bestanden([maak(Scores=[kop, *goed])], criteria=EIGEN).bladen
    tabel = blad.tabellen["scores"]
    assert list(zip(tabel["criterium"], tabel["score"], strict=True)) == [
        ("kosten", 10), ("draagvlak", 0.5), ("kans", 87.5)
    ]  # fmt: skip
    fout = [["Zorg", "Kosten", "J", 11], ["Zorg", "Kosten", "J", 2.5], ["Zorg", "Steun in de raad", "J", 2],
            ["Zorg", "Urgentie", "J", 2], ["Zorg", "Kans", "J", None]]  # fmt: skip
    assert [(b.rij, b.probleem, b.doe) for b in fouten(maak(Scores=[kop, *fout]), criteria=EIGEN)] == [
        (2, "'11' is geen heel getal van 1 tot en met 10.", "Vul een heel getal van 1 tot en met 10 in."),
        (3, "'2,5' is geen heel getal van 1 tot en met 10.", "Vul een heel getal van 1 tot en met 10 in."),
        (4, "'2' is geen getal van 0 tot en met 1,5.", "Vul een getal van 0 tot en met 1,5 in."),
        (5, "'Urgentie' is geen criterium.", "Kies uit: Kosten, Steun in de raad, Kans."),
        (6, "De score ontbreekt.", "Vul een getal van 0 tot en met 100 in."),
    ]


def test_eigen_criteria_naast_elkaar(maak):
    rijen = [["Ambitie", "Kosten", "Kans"], ["Wonen", 10, 87.5], ["Zorg", None, 3]]
    (blad,) = lees_bestanden([maak(Jansen=rijen)], criteria=EIGEN).bladen
    assert blad.tabellen["scores"].values.tolist() == [
        ["Wonen", "kans", "Jansen", 87.5, 2],
        ["Wonen", "kosten", "Jansen", 10, 2],
        ["Zorg", "kans", "Jansen", 3, 3],
    ]
    rijen[1][2] = 101
    (fout,) = fouten(maak(Jansen=rijen), criteria=EIGEN)
    assert (fout.kolom, fout.probleem) == ("Kans", "'101' is geen getal van 0 tot en met 100.")


def test_organisatieprojecten(maak):
    rijen = [["Code", "Project", "Fase", "Idee"], ["P1", "Zaaksysteem", "voorbereiding", 2]]
    (blad,) = lees_bestanden([maak(Organisatieprojecten=rijen)]).bladen
    assert blad.tabellen["activiteiten"]["soort"].tolist() == ["organisatieproject"]


def test_een_activiteit_zonder_opgave_en_soort_is_een_organisatieproject(maak):
    kop = ["Code", "Activiteit", "Hoort bij opgave", "Soort", "Fase", "Gereed"]
    wat = [["O01", None], [None, None], [None, "activiteit"], ["O01", "organisatieproject"]]
    rijen = [kop, *([f"A{i}", f"Werk {i}", *w, "uitvoering", "2027K4"] for i, w in enumerate(wat))]
    inlezing = lees_bestanden([maak(Activiteiten=rijen)])
    assert inlezing.bladen[0].tabellen["activiteiten"]["soort"].tolist() == [
        "activiteit", "organisatieproject", "activiteit", "organisatieproject",
    ]  # fmt: skip
    zin = "1 rij zonder opgave en zonder soort gelezen als organisatieproject."
    assert zin in [b.probleem for b in inlezing.bevindingen]
    (blad,) = lees_bestanden(
        [maak(Activiteiten=[[*kop[:2], *kop[4:]], ["A1", "Werk", "uitvoering", "2027K4"]])]
    ).bladen
    assert blad.tabellen["activiteiten"]["soort"].tolist() == ["activiteit"]


def test_teams_met_gemengde_aandelen(maak):
    rijen = [
        ["Team", "Teamleider", "Formatie (fte)", "Regulier werk"],
        ["RW", "A", "26,5", 0.8],
        ["SD", "B", 10, 70],
    ]
    pad = maak(Teams=rijen)
    (blad,) = lees_bestanden([pad]).bladen
    assert blad.tabellen["teams"]["lean_aandeel"].tolist() == [0.8, 0.7]
    assert "door elkaar" in let_op(pad)


def test_rij_zonder_titel_neemt_de_omschrijving_en_zonder_tekst_is_een_fout(maak):
    pad = maak(A=[["Nr", "Ambitie", "Toelichting"], [1, None, "Uitleg"], [2, None, None]])
    (fout,) = fouten(pad)
    assert (fout.rij, fout.kolom) == (3, "Ambitie")
    uit = beoordeel_bestanden([pad])
    assert (uit.gelezen, uit.geweigerd) == (0, 2)


def test_alle_fouten_van_alle_bestanden_in_een_keer(maak):
    een = maak("een.xlsx", Blad=[["Ambitie", "Taakveld", "Budget"], ["a", 0.1, "tien"], ["b", "6.1", "1,234"]])
    twee = maak("twee.xlsx", Blad=[["Team", "Fte"], ["RW", "veel"], [None, 3]])
    with pytest.raises(InvoerFout, match="er is niets ingelezen") as fout:
        lees_bestanden([een, twee])
    gevonden = {(b.bestand, b.rij, b.kolom) for b in fout.value.bevindingen if b.ernst == Ernst.FOUT}
    assert gevonden == {
        ("een.xlsx", 2, "Taakveld"), ("een.xlsx", 2, "Budget"), ("een.xlsx", 3, "Budget"),
        ("twee.xlsx", 2, "Fte"), ("twee.xlsx", 3, "Team"),
    }  # fmt: skip


def test_taakveld_met_twee_decimalen_in_de_opmaak(maak):
    def opmaak(boek):
        boek["B"]["A2"].number_format = numbers.FORMAT_NUMBER_00

    pad = maak(bewerk=opmaak, B=[["Taakveld", "Lasten"], [0.1, 5], ["6.1", 5]])
    (blad,) = lees_bestanden([pad]).bladen
    assert blad.tabellen["begroting"]["taakveld"].tolist() == ["0.10", "6.1"]


@pytest.mark.parametrize(
    ("waarde", "probleem"), [("=1+1", "formule"), ("#REF!", "Excel-fout"), ("#VERW!", "Excel-fout")]
)
def test_formule_zonder_waarde_en_foutcel(maak, waarde, probleem):
    (fout,) = fouten(maak(B=[["Taakveld", "Lasten"], ["6.1", waarde], ["6.2", 3]]))
    assert probleem in fout.probleem
    assert (fout.rij, fout.kolom) == (2, "Lasten")


def test_formule_zonder_waarde_in_het_totaal_is_een_let_op(maak):
    pad = maak(B=[["Taakveld", "Lasten"], ["6.1", 4], ["6.2", 3], ["Totaal", "=SUM(B2:B3)"]])
    assert "formule zonder bruikbare waarde" in let_op(pad)
    assert lees_bestanden([pad]).bladen[0].gelezen == 2


def test_veel_gelijke_fouten_worden_gegroepeerd_en_goed_geteld(maak):
    rijen = [["Taakveld", "Lasten"], *[["6.1", "tien"]] * 57]
    gevonden = fouten(maak(B=rijen))
    assert len(gevonden) == 21
    assert "en nog 37 rijen" in gevonden[-1].probleem
    assert beoordeel_bestanden([maak(B=rijen)]).geweigerd == 57


def test_persoonsgegevens_komen_niet_in_bevindingen(maak):
    pad = maak(**{"Top 5": [["Naam", "Rang", "Prioriteit"], ["#N/A", 1, "Wonen"], ["Geheim", 9, "Zorg"]]})
    gevonden = fouten(pad)
    assert len(gevonden) == 2
    assert "Geheim" not in str(InvoerFout(gevonden))


def test_verborgen_en_samengevoegd(maak):
    def bewerk(boek):
        ws = boek["A"]
        ws.row_dimensions[3].hidden = True
        ws.column_dimensions["C"].hidden = True
        ws.merge_cells("A2:A3")

    pad = maak(bewerk=bewerk, A=[["Thema", "Ambitie", "Team"], ["Wonen", "x", "RW"], [None, "y", "SD"]])
    (blad,) = lees_bestanden([pad]).bladen
    assert blad.tabellen["ambities"]["programma"].tolist() == ["Wonen", "Wonen"]
    tekst = let_op(pad)
    assert "1 verborgen rijen" in tekst or "verborgen rij" in tekst
    assert "'Team'" in tekst
    assert "Samengevoegde cel" in tekst


def test_centen_en_pm_worden_per_kolom_geteld(maak):
    rijen = [["Ambitie", "Budget"], ["a", "1,50"], ["b", 2.25], ["c", "pm"]]
    tekst = let_op(maak(A=rijen))
    assert "afgerond op hele euro's. (2 keer: rijen 2, 3)" in tekst
    assert "telt als leeg" in tekst


def test_centen_staan_naast_de_hele_euros_en_ook_in_het_totaal(maak):
    rijen = [["Taakveld", "Omschrijving", "Lasten", "Baten"], ["0.1", "a", "1,50", 4], ["0.1", "b", 2.25, 5.3],
             ["0.1", "c", -0.2, None], ["Totaal", None, 3.55, 9.3]]  # fmt: skip
    inlezing = lees_bestanden([maak(**{"Begroting 2027": rijen})])
    (blad,) = inlezing.bladen
    over = {(b.ernst, b.probleem) for b in inlezing.bevindingen if b.kolom == "Lasten"}
    assert over == {(Ernst.INFO, "3 bedragen hebben centen. Die tellen mee; tabellen tonen hele euro's.")}
    assert blad.tabellen["begroting"]["lasten_eur"].tolist() == [2, 2, 0]
    assert blad.tabellen["begroting"]["lasten_cent"].tolist() == [-50, 25, -20]
    assert blad.tabellen["begroting"]["baten_cent"].fillna(0).tolist() == [0, 30, 0]
    assert "salarissen_cent" not in blad.tabellen["begroting"]
    assert dict(blad.totalen) == {"lasten_eur": 3.55, "baten_eur": 9.3}


def test_een_kop_over_centen_is_geen_kolom_van_ons(maak):
    rijen = [["Taakveld", "Omschrijving", "Lasten", "lasten_cent"], ["0.1", "a", "1,50", 4]]
    (blad,) = lees_bestanden([maak(**{"Begroting 2027": rijen})]).bladen
    assert blad.kolommen["lasten_cent"] == ""
    assert blad.tabellen["begroting"]["lasten_cent"].tolist() == [-50]


def test_centen_verbergen_geen_euro_die_ontbreekt(maak):
    regels = [["0.1", f"post {n}", 100.5] for n in range(20)]
    for totaal, mis in ((2010, False), (2012, True)):
        rijen = [["Taakveld", "Omschrijving", "Lasten"], *regels, ["Totaal", None, totaal]]
        assert ("noemt als totaal" in let_op(maak(**{"Begroting 2027": rijen}))) is mis


def test_dubbele_eigen_code(maak):
    assert "komt al eerder voor" in let_op(maak(A=[["Nr", "Ambitie"], [1.1, "a"], [1.10, "b"]]))


def test_ontbrekende_verplichte_kolom_noemt_de_koppen(maak):
    (fout,) = fouten(maak(Teams=[["Team", "Teamleider"], ["RW", "A"]]), soort="teams")
    assert "'fte' ontbreekt" in fout.probleem
    assert "'Teamleider'" in fout.probleem


def test_zelfde_bestand_twee_keer_telt_een_keer(maak):
    pad = maak(A=[["Ambitie", "Team"], ["a", "RW"]])
    assert lees_bestanden([pad, str(pad)]).gelezen == 1


def test_onbekende_soort():
    with pytest.raises(ValueError, match="kies uit coalitieakkoord"):
        lees_bestanden([], soort="iets")
