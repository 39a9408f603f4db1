"""In deskundigheid: een team kan de uren hebben en de planner niet.

Leeswijzer: 1 fte is 1.360 uur per jaar, dus 340 per kwartaal; 80% is regulier werk, dus 68 uur voor opgaven.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from opgavelib.domein.capaciteit import Normen
from opgavelib.domein.deskundigheid import gelijk, lees, toets

from .tabel import lees_tabel

TEAMS = lees_tabel("""
team    | deskundigheden
Ruimte  | Planner (2 fte); jurist 0,5; stedenbouw
Recht   | juríst: 1 fte
Groen   |
""")

# Ruimte heeft 2 planners (136 uur) en een halve jurist (34 uur); van Groen staat er niets.
VRAAG = lees_tabel("""
team    | gevraagd     | uren | status    | heeft | stand  | reden
Ruimte  | planner      |  100 |           | ja    | goed   |
Ruimte  | PLANNER      |      |           |       |        |
Recht   | planner      |   10 |           | nee   | fout   | Team Recht heeft geen planner. Wel bij: Ruimte.
Recht   | Jurist       |   65 |           | ja    | let op | Team Recht heeft 1 fte jurist, dat is 68 uur voor opgaven; daarvan is 65 uur gevraagd. Ook bij: Ruimte.
Ruimte  | jurist       |   60 | gevraagd  | ja    | fout   | Team Ruimte heeft 0,5 fte jurist, dat is 34 uur voor opgaven; gevraagd is 60 uur. Ook bij: Recht.
Ruimte  | steden-bouw  | 5000 |           | ja    | goed   |
Ruimte  | geoloog      |   10 |           | nee   | fout   | Team Ruimte heeft geen geoloog. Geen enkel team noemt het: denk aan inhuur.
Ruimte  | kok          |   10 | afgewezen |       |        |
Groen   | stedenbouw   |   10 |           |       | let op | Van team Groen staat niet in de formatie welke deskundigheden het heeft. Wel bij: Ruimte.
""")  # noqa: E501


def uitkomst(vraag=VRAAG):
    teams = pd.DataFrame(
        {"fte": 10.0, "deskundigheden": pd.Series([r["deskundigheden"] for r in TEAMS], dtype=object).to_numpy()},
        index=pd.Index([r["team"] for r in TEAMS], name="team", dtype=object),
    ).assign(teamleider=None, domein=None, uren_per_fte=math.nan, lean_aandeel=math.nan, lean_uren=math.nan)
    inzet = pd.DataFrame(
        {"team": [r["team"] for r in vraag], "kwartaal": "2027K1", "uren_gevraagd": [r["uren"] for r in vraag],
         "status": pd.Series([r["status"] for r in vraag], dtype=object),
         "deskundigheid": pd.Series([r["gevraagd"] for r in vraag], dtype=object)}
    )  # fmt: skip
    return toets(teams, inzet.astype({"uren_gevraagd": float}), Normen(1360, 0.8))


@pytest.mark.parametrize("verwacht", [r for r in VRAAG if r["stand"]], ids=lambda r: f"{r['team']}-{r['gevraagd']}")
def test_wie_heeft_wat_er_wordt_gevraagd(verwacht):
    uit = uitkomst()
    zelfde = uit["deskundigheid"].map(gelijk) == gelijk(verwacht["gevraagd"])
    (rij,) = uit[(uit["team"] == verwacht["team"]) & zelfde].to_dict("records")
    assert rij["gevraagd_uren"] == verwacht["uren"]
    assert rij["heeft"] is {"ja": True, "nee": False, None: None}[verwacht["heeft"]]
    assert (rij["stand"], rij["reden"]) == (verwacht["stand"], verwacht["reden"] or "")


def test_alleen_wat_gevraagd_is_en_de_volgorde_doet_er_niet_toe():
    uit = uitkomst()
    assert len(uit) == sum(r["stand"] is not None for r in VRAAG)
    pd.testing.assert_frame_equal(uit, uitkomst(VRAAG[::-1]))
    assert uitkomst([r for r in VRAAG if r["status"] == "afgewezen"]).empty


def test_wie_twee_deskundigheden_vraagt_telt_zijn_uren_een_keer():
    uit = uitkomst([VRAAG[0] | {"gevraagd": "planner; jurist", "uren": 80.0}])
    assert list(uit["gevraagd_uren"]) == [40.0, 40.0]


GESCHREVEN = lees_tabel("""
zo staat het er                   | naam            | fte
planner (2 fte)                   | planner         | 2
planner ( 1,5 )                   | planner         | 1,5
planner: 2 fte                    | planner         | 2
planner 0,5                       | planner         | 0,5
2 fte planner                     | planner         | 2
3 x planner                       | planner         | 3
ISO 27001                         | ISO 27001       |
re-integratie                     | re-integratie   |
planner (2); Planner 1 fte        | planner         | 3
""")


@pytest.mark.parametrize("regel", GESCHREVEN, ids=lambda r: r["zo staat het er"])
def test_zoals_collega_s_het_schrijven(regel):
    (d,) = lees(regel["zo staat het er"]).values()
    assert (d.naam, d.fte) == (regel["naam"], regel["fte"])


def test_een_lijst_met_punten_kommas_en_niets():
    assert [d.naam for d in lees("groen, water; bodem 0,5\nlucht;;").values()] == [
        "groen",
        "water",
        "bodem",
        "lucht",
    ]
    assert lees(None) == lees("") == lees(float("nan")) == {}
