"""Uren: wat een team heeft, wat regulier werk kost, wat er is gevraagd en toegezegd.

Vacatures, verzuim, inhuur en minder fte gaan van de ruimte voor opgaven af; regulier werk blijft zoals het is.

Leeswijzer: uren per jaar, tenzij er een kwartaal bij staat. Een leeg vak geldt de standaard: 1.360 uur per
fte, waarvan 80% lean (data/parameters/capaciteit.yaml).
"""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import parameters
from opgavelib.domein.capaciteit import Normen, aanbod, aanbod_per_kwartaal, balans, ruimte_over
from opgavelib.domein.scenario import Scenario

from .tabel import getal, lees_tabel, nul

TEAMS = lees_tabel("""
team    | leider | fte | uren per fte | lean aandeel | lean uren | beschikbaar |   lean | voor opgaven
Wonen   | Anouk  |  10 |        1.400 |          75% |           |      14.000 | 10.500 |        3.500
Beheer  | Bas    |  10 |              |              |           |      13.600 | 10.880 |        2.720
Zorg    | Chris  |   5 |        1.400 |          50% |     4.000 |       7.000 |  4.000 |        3.000
Krap    | Dina   |   1 |        1.000 |              |     1.200 |       1.000 |  1.200 |            0
Leeg    |        |   0 |              |              |           |           |        |
""")  # bij Zorg gaan de lean uren voor het aandeel; Krap heeft meer regulier werk dan uren

INZET = lees_tabel("""
team     | kwartaal | gevraagd | toegezegd | status
Wonen    | 2027K1   |      500 |       400 | gevraagd
Wonen    | 2027K1   |      475 |       475 | toegezegd
Wonen    | 2027K2   |      100 |           | gevraagd
Wonen    | 2027K2   |    9.999 |     9.999 | afgewezen
Wonen    | 2030K1   |    5.000 |     5.000 | toegezegd
Beheer   | 2027K2   |      680 |       680 | toegezegd
Zorg     | 2027K1   |      100 |           |
Inhuur   | 2027K2   |      300 |       100 | gevraagd
""")  # afgewezen en na de periode telt niet mee; Inhuur staat niet in de formatie

SALDO = """
team     | kwartaal | beschikbaar |  lean | gevraagd | toegezegd | saldo
Wonen    | 2027K1   |       3.500 | 2.625 |      975 |       875 |  -100
Wonen    | 2027K2   |       3.500 | 2.625 |      100 |           |   775
Beheer   | 2027K1   |       3.400 | 2.720 |          |           |   680
Beheer   | 2027K2   |       3.400 | 2.720 |      680 |       680 |     0
Zorg     | 2027K1   |       1.750 | 1.000 |      100 |           |   650
Zorg     | 2027K2   |       1.750 | 1.000 |          |           |   750
Krap     | 2027K1   |         250 |   300 |          |           |   -50
Krap     | 2027K2   |         250 |   300 |          |           |   -50
Leeg     | 2027K1   |             |       |          |           |     0
Leeg     | 2027K2   |             |       |          |           |     0
Inhuur   | 2027K1   |             |       |          |           |     0
Inhuur   | 2027K2   |             |       |      300 |       100 |  -300
"""

RUIMTE_OVER = """
team   | over
Wonen  |  675
Beheer |  680
Zorg   | 1.400
Krap   |    0
Leeg   |    0
Inhuur |    0
"""


def formatie(rijen):
    def kolom(naam):
        return [getal(r.get(naam)) for r in rijen]

    return pd.DataFrame(
        {
            "teamleider": pd.Series([r.get("leider") for r in rijen], dtype=object).to_numpy(),
            "domein": "fysiek",
            "fte": kolom("fte"),
            "uren_per_fte": kolom("uren per fte"),
            "lean_aandeel": kolom("lean aandeel"),
            "lean_uren": kolom("lean uren"),
        },
        index=pd.Index([r["team"] for r in rijen], name="team", dtype=object),
    )


def inzet(rijen):
    return pd.DataFrame(
        {
            "team": pd.Series([r["team"] for r in rijen], dtype=object),
            "kwartaal": pd.Series([r["kwartaal"] for r in rijen], dtype=object),
            "uren_gevraagd": pd.Series([getal(r["gevraagd"]) for r in rijen], dtype=float),
            "uren_toegezegd": pd.Series([getal(r["toegezegd"]) for r in rijen], dtype=float),
            "status": pd.Series([r["status"] for r in rijen], dtype=object),
        }
    )


def normen():
    namen = ("uren_per_fte", "lean_aandeel", "verzuim_aandeel", "let_op_vanaf", "marge_uren")
    return Normen(**{n: float(parameters.waarde("capaciteit", n)) for n in namen})


def per_jaar(rijen=TEAMS):
    return aanbod(formatie(rijen), normen().uren_per_fte, normen().lean_aandeel)


def per_kwartaal(vraag=INZET, teams=TEAMS):
    kwartalen = ["2027K1", "2027K2"]
    return balans(aanbod_per_kwartaal(formatie(teams), kwartalen, normen()), inzet(vraag), kwartalen, normen())


@pytest.mark.parametrize("team", TEAMS, ids=lambda r: r["team"])
def test_aanbod_per_jaar(team):
    rij = per_jaar().loc[team["team"]]
    assert rij["beschikbaar_uren"] == nul(team["beschikbaar"])
    assert rij["lean_uren"] == nul(team["lean"])
    assert rij["opgave_uren"] == nul(team["voor opgaven"])


@pytest.mark.parametrize("verwacht", lees_tabel(SALDO), ids=lambda r: f"{r['team']}-{r['kwartaal']}")
def test_saldo_per_team_en_kwartaal(verwacht):
    rij = per_kwartaal().tabel.loc[(verwacht["team"], verwacht["kwartaal"])]
    for maat in ("beschikbaar", "lean", "gevraagd", "toegezegd", "saldo"):
        assert rij[f"{maat}_uren"] == nul(verwacht[maat]), maat


def test_elk_team_in_elk_kwartaal_precies_een_keer():
    verwacht = [(r["team"], r["kwartaal"]) for r in lees_tabel(SALDO)]
    assert list(per_kwartaal().tabel.index) == verwacht


def test_wat_er_over_is_voor_de_shortlist():
    assert ruimte_over(per_kwartaal()) == {r["team"]: r["over"] for r in lees_tabel(RUIMTE_OVER)}


def test_de_zin_noemt_het_grootste_tekort_en_wie_niet_in_de_formatie_staat():
    assert per_kwartaal().toelichting == (
        "Team Inhuur komt 300 uur tekort in het 2e kwartaal 2027; in totaal zijn er 4 tekorten bij 3 teams. "
        "Niet in de formatie: Inhuur."
    )


def test_de_zin_zonder_tekort_en_zonder_teams():
    ruim = lees_tabel("team | kwartaal | gevraagd | toegezegd | status\nWonen | 2027K1 | 875 | | gevraagd")
    assert (
        per_kwartaal(ruim, TEAMS[:3]).toelichting == "Elk team kan in elk kwartaal leveren wat er wordt gevraagd."
    )
    assert per_kwartaal([], []).toelichting == "Er zijn nog geen teams gelezen."


def test_zonder_aanvragen_staat_er_dat_er_niets_is_gevraagd():
    uit = balans(aanbod_per_kwartaal(formatie(TEAMS[:3]), ["2027K1"], normen()), inzet([]), ["2027K1"], normen())
    assert uit.toelichting.startswith("Er zijn nog geen uren gevraagd. Lees een bestand met activiteiten")


def test_belasting_is_onbekend_zonder_ruimte():
    tabel = per_kwartaal().tabel
    assert tabel.loc[("Beheer", "2027K2"), "belasting"] == 1.0
    assert tabel.loc[["Krap", "Leeg", "Inhuur"], "belasting"].isna().all()


# Van fte naar uren: 10 fte van 1.360 uur is 3.400 uur per kwartaal, waarvan 2.720 regulier. In 2027K1 staat 1 fte
# open en is 5% van de anderen ziek; in 2027K2 is de vacature vervuld. Krimp levert in 2027K2 2 fte in, Inhuur huurt
# dan 200 uur in. Leeg heeft meer vacatures dan formatie: er is dan niemand.
BEZETTING = lees_tabel("""
team   | fte | vacature | open tot | verzuim
Vol    |  10 |          |          |
Open   |  10 |        1 | 2027K1   |
Ziek   |  10 |          |          |      5%
Beide  |  10 |        1 | 2027K1   |      5%
Altijd |  10 |        1 |          |
Krimp  |  10 |        9 | 2027K1   |
Inhuur |  10 |          |          |     10%
Leeg   |   1 |        4 |          |
""")

UREN = """
team   | kwartaal | formatie | vacature | verzuim | inhuur | beschikbaar |  lean | ruimte
Vol    | 2027K1   |    3.400 |          |         |        |       3.400 | 2.720 |    680
Vol    | 2027K2   |    3.400 |          |         |        |       3.400 | 2.720 |    680
Open   | 2027K1   |    3.400 |      340 |         |        |       3.060 | 2.720 |    340
Open   | 2027K2   |    3.400 |          |         |        |       3.400 | 2.720 |    680
Ziek   | 2027K1   |    3.400 |          |     170 |        |       3.230 | 2.720 |    510
Ziek   | 2027K2   |    3.400 |          |     170 |        |       3.230 | 2.720 |    510
Beide  | 2027K1   |    3.400 |      340 |     153 |        |       2.907 | 2.720 |    187
Beide  | 2027K2   |    3.400 |          |     170 |        |       3.230 | 2.720 |    510
Altijd | 2027K1   |    3.400 |      340 |         |        |       3.060 | 2.720 |    340
Altijd | 2027K2   |    3.400 |      340 |         |        |       3.060 | 2.720 |    340
Krimp  | 2027K1   |    3.400 |    3.060 |         |        |         340 | 2.720 |      0
Krimp  | 2027K2   |    2.720 |          |         |        |       2.720 | 2.720 |      0
Inhuur | 2027K1   |    3.400 |          |     340 |        |       3.060 | 2.720 |    340
Inhuur | 2027K2   |    3.400 |          |     340 |    200 |       3.260 | 2.720 |    540
Leeg   | 2027K1   |      340 |      340 |         |        |           0 |   272 |      0
Leeg   | 2027K2   |      340 |      340 |         |        |           0 |   272 |      0
"""

KEUZES = {
    "team|Krimp": {"fte": -2.0, "vanaf": "2027K2"},
    "inhuur|Inhuur": {"uren": 200.0, "vanaf": "2027K2", "tot": "2027K3"},
}


def bezet():
    teams = formatie(BEZETTING)
    for kolom, kop in {"vacature_fte": "vacature", "verzuim_aandeel": "verzuim"}.items():
        teams[kolom] = [getal(r[kop]) for r in BEZETTING]
    teams["vacature_tot"] = pd.Series([r["open tot"] for r in BEZETTING], index=teams.index, dtype=object)
    scenario = Scenario("S01", "Krapte", keuzes=KEUZES)
    return aanbod_per_kwartaal(teams, ["2027K1", "2027K2"], normen(), scenario)


@pytest.mark.parametrize("verwacht", lees_tabel(UREN), ids=lambda r: f"{r['team']}-{r['kwartaal']}")
def test_van_fte_naar_uren(verwacht):
    rij = bezet().loc[(verwacht["team"], verwacht["kwartaal"])]
    for maat in ("formatie", "vacature", "verzuim", "inhuur", "beschikbaar", "lean", "ruimte"):
        assert rij[f"{maat}_uren"] == pytest.approx(nul(verwacht[maat])), maat


def test_een_tekort_door_een_vacature_blijft_te_zien():
    uit = balans(bezet(), inzet([]), ["2027K1", "2027K2"], normen())
    assert uit.tabel.loc[("Krimp", "2027K1"), "saldo_uren"] == -2380
    assert uit.tabel.loc[("Krimp", "2027K1"), "stand"] == "fout"
    assert uit.toelichting.startswith("Team Krimp komt 2.380 uur tekort in het 1e kwartaal 2027")
    assert "Er is 5.100 uur door vacatures en 1.343 uur door verzuim minder dan de formatie." in uit.toelichting
    assert "Er is 200 uur inhuur." in uit.toelichting


def test_wat_is_toegezegd_is_gereserveerd():
    tabel = per_kwartaal().tabel
    wonen = tabel.loc[("Wonen", "2027K1")]
    assert (wonen["vrij_uren"], wonen["niet_toegezegd_uren"], wonen["saldo_uren"]) == (0, 100, -100)


SAMEN = lees_tabel("""
leider | beschikbaar |  lean | gevraagd | saldo | tekort | tekorten | stand
Anouk  |       7.000 | 5.250 |    1.075 |   675 |    100 |        1 | fout
Bas    |       6.800 | 5.440 |      680 |   680 |        |          | let op
Chris  |       3.500 | 2.000 |      100 | 1.400 |        |          | goed
Dina   |         500 |   600 |          |  -100 |    100 |        2 | fout
""")


@pytest.mark.parametrize("verwacht", SAMEN, ids=lambda r: r["leider"])
def test_samen_per_teamleider_verbergt_ruimte_geen_tekort(verwacht):
    rij = per_kwartaal().samen("teamleider").loc[verwacht["leider"]]
    for maat in ("beschikbaar", "lean", "gevraagd", "saldo", "tekort"):
        assert rij[f"{maat}_uren"] == nul(verwacht[maat]), maat
    assert (rij["tekorten"], rij["stand"]) == (nul(verwacht["tekorten"]), verwacht["stand"])
