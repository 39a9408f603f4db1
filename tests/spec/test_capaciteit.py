"""Uren: wat een team heeft, wat regulier werk kost, wat er is gevraagd en toegezegd.

Leeswijzer: uren per jaar, tenzij er een kwartaal bij staat. Een leeg vak geldt de standaard: 1.360 uur per
fte, waarvan 80% lean (data/parameters/capaciteit.yaml).
"""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import parameters
from opgavelib.domein.capaciteit import Normen, aanbod, aanbod_per_kwartaal, balans, ruimte_over

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
        return [getal(r[naam]) for r in rijen]

    return pd.DataFrame(
        {
            "teamleider": pd.Series([r["leider"] for r in rijen], dtype=object).to_numpy(),
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


def test_belasting_is_onbekend_zonder_ruimte():
    tabel = per_kwartaal().tabel
    assert tabel.loc[("Beheer", "2027K2"), "belasting"] == 1.0
    assert tabel.loc[["Krap", "Leeg", "Inhuur"], "belasting"].isna().all()
