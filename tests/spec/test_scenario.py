"""Wat verandert een scenario, in zinnen met het rekenwerk erin; en wat zegt een besluit dat is nagerekend?"""

import pytest

from opgavelib.domein.vergelijking import begin_kwartalen, beweging, uitslag, verschillen
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, scenario
from opgavelib.toepassing.scenario_besluit import noem_verschil

from .tabel import getal, lees_tabel

# Formatie of the example: 1.360 productive hours per fte at Ruimte en Wonen, 1.400 at Informatie en Organisatie.
FTE = lees_tabel("""
team                      | fte  | vanaf  | zin
Ruimte en Wonen           | -2   | 2027K3 | Team Ruimte en Wonen: 2 fte minder vanaf 2027K3; dat is 680 uur per kwartaal.
Ruimte en Wonen           | 1,5  | 2027K1 | Team Ruimte en Wonen: 1,5 fte meer vanaf 2027K1; dat is 510 uur per kwartaal.
Informatie en Organisatie | -2   | 2027K1 | Team Informatie en Organisatie: 2 fte minder vanaf 2027K1; dat is 700 uur per kwartaal.
""")  # noqa: E501
OMVANG = lees_tabel("""
ambitie | factor | zin
CA-001  | 0,5    | CA-001 Voor 2030 bouwen we 1.200 woningen: de helft; 3.100 uur in plaats van 6.200 uur, € 1,2 mln in plaats van € 2,4 mln.
CA-001  | 2      | CA-001 Voor 2030 bouwen we 1.200 woningen: het dubbele; 12.400 uur in plaats van 6.200 uur, € 4,8 mln in plaats van € 2,4 mln.
CA-109  | 0,75   | CA-109 Geen Meerwouder met een minimuminkomen loopt geld mis waar hij recht…: 75%; 420 uur in plaats van 560 uur, € 82.500 in plaats van € 110.000.
""")  # noqa: E501


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as w:
        yield Stand(w)


def zin(stand, keuzes):
    ((naam, waarde),) = keuzes.items()
    return scenario.zin(stand, stand.scenarios["basis"], naam, waarde)


def test_een_team_met_meer_of_minder_mensen(stand):
    for r in FTE:
        assert zin(stand, scenario.fte(r["team"], getal(r["fte"]), r["vanaf"])) == r["zin"]


def test_een_doel_dat_halveert(stand):
    for r in OMVANG:
        assert zin(stand, scenario.omvang(r["ambitie"], getal(r["factor"]))) == r["zin"]


def test_een_project_dat_stopt_geeft_terug_wat_het_nog_vroeg(stand):
    inzet = stand.tabel("inzet")
    van = inzet[(inzet["activiteit"] == "P01") & (inzet["kwartaal"] >= "2027K3")]
    assert van["uren_gevraagd"].sum() == 4155
    assert zin(stand, scenario.stop("P01", "2027K3")) == (
        "P01 Nieuw zaaksysteem stopt vanaf 2027K3; dat vroeg 4.155 uur, en daarvan komt 4.131 uur vrij "
        "bij 6 teams: de rest kwamen teams al tekort."
    )


def test_wat_erbij_komt_en_de_andere_keuzes(stand):
    erbij = scenario.erbij(
        stand, "basis", "Opvang van 120 statushouders", team="Werk en Inkomen", uren=3000, budget_eur=1.5e6, duur=4,
        vroegst="2027K2",
    )  # fmt: skip
    assert list(erbij) == ["extra|X01"]
    assert zin(stand, erbij) == (
        "Erbij: Opvang van 120 statushouders (3.000 uur, € 1,5 mln, 4 kwartalen, vanaf 2027K2, "
        "team Werk en Inkomen); het moet erin."
    )
    assert zin(stand, scenario.grens("opgaven", 15)) == "Hoogstens 15 ambities."
    assert zin(stand, scenario.grens("budget|2027", 2_000_000)) == "Hoogstens € 2 mln budget in 2027."
    assert zin(stand, scenario.grens("budget|totaal", None)) == "Geen grens aan budget over de hele periode."
    assert zin(stand, scenario.grens("minstens|fysiek", 3)) == "Minstens 3 ambities in domein fysiek."
    assert zin(stand, scenario.gewichten({"effect": 2})).startswith("Eigen gewichten (")


# -- what repeating gives -------------------------------------------------------------------------------

ITEMS = ("A", "B", "C", "D")


def vraagstuk(**anders):
    gewoon = {
        "items": ITEMS, "waarde": [5, 4, 3, 2], "duur": [1, 1, 2, 1], "vroegst": [0] * 4, "laatst": [2] * 4,
        "uren": [[10], [10], [5], [0]], "kosten_eur": [100, 50, 0, 0], "kwartalen": ("2027K1", "2027K2", "2027K3"),
        "teams": ("Wonen",), "ruimte_uren": [[20, 20, 20]],
    }  # fmt: skip
    return Vraagstuk(**(gewoon | anders))


def antwoord(tekst):
    """``A1 C3``: A starts in the first quarter, C in the third."""
    start = {p[0]: int(p[1]) - 1 for p in tekst.split()}
    waarde = sum(dict(zip(ITEMS, (5, 4, 3, 2), strict=True))[a] for a in start)
    return Oplossing(Status.OPTIMAAL, start, waarde, waarde)


BEWEGING = lees_tabel("""
toen     | nu       | eraf | erbij | later | uitslag
A1 B1    | A1 B1    |      |       |       | gelijk
A1 B1    | A1 B2    |      |       | B+1   | even goed
A1 B3    | A1 B1    |      |       | B-2   | even goed
A1 D1    | B1 C1    | A D  | B C   |       | even goed
A1 B1    | A1 C1    | B    | C     |       | anders
A1 B1    | A1 B1 C2 |      | C     |       | anders
""")


@pytest.mark.parametrize("r", BEWEGING, ids=lambda r: f"{r['toen']} > {r['nu']}")
def test_wat_er_verschuift_en_hoe_dat_heet(r):
    toen, nu = antwoord(r["toen"]), antwoord(r["nu"])
    b = beweging(begin_kwartalen(vraagstuk(), toen), begin_kwartalen(vraagstuk(), nu))
    assert " ".join(b.eraf) == (r["eraf"] or "")
    assert " ".join(b.erbij) == (r["erbij"] or "")
    assert " ".join(f"{a}{n:+d}" for a, n in b.verschoven.items()) == (r["later"] or "")
    assert uitslag(toen, nu) == r["uitslag"]


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({}, "Het vraagstuk van nu is nog hetzelfde."),
        ({"waarde": [5, 4, 3.5, 1]}, "Het vraagstuk van nu verschilt: 2 andere scores."),
        ({"ruimte_uren": [[20, 20, 10]]}, "Het vraagstuk van nu verschilt: 1 team met andere ruimte."),
        ({"uren": [[9], [10], [5], [0]], "kosten_eur": [100, 60, 0, 0]},
         "Het vraagstuk van nu verschilt: 1 raming in uren, 1 raming in euro's."),
        ({"hoogstens": 3, "moet": {"A": "wettelijk"}},
         "Het vraagstuk van nu verschilt: 1 ander grootste aantal, 1 ambitie die erin moet."),
        ({"moet": {}, "budget_eur": {"2027": 50}}, "Het vraagstuk van nu verschilt: 1 budgetgrens."),
        ({"items": ("A", "B", "C", "E")},
         "Het vraagstuk van nu verschilt: 1 nieuwe kandidaat, 1 kandidaat die er niet meer is."),
        ({"vroegst": [1, 0, 0, 0], "vast_start": {"B": 1}},
         "Het vraagstuk van nu verschilt: 1 looptijd, 1 vast begin."),
    ],
)  # fmt: skip
def test_wat_er_sindsdien_is_veranderd(anders, zin):
    assert noem_verschil(verschillen(vraagstuk(), vraagstuk(**anders))) == zin


def test_de_volgorde_van_rijen_en_teams_is_geen_verschil():
    v = vraagstuk(uren=[[10, 0], [10, 0], [5, 1], [0, 0]], teams=("Wonen", "Zorg"),
                  ruimte_uren=[[20, 20, 20], [5, 5, 5]])  # fmt: skip
    w = Vraagstuk(
        items=ITEMS[::-1], waarde=v.waarde[::-1], duur=v.duur[::-1], vroegst=v.vroegst, laatst=v.laatst,
        uren=v.uren[::-1, ::-1], kosten_eur=v.kosten_eur[::-1], kwartalen=v.kwartalen, teams=v.teams[::-1],
        ruimte_uren=v.ruimte_uren[::-1],
    )  # fmt: skip
    assert verschillen(v, w) == {}
