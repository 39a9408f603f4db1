"""Hoe telt overhead (taakveld 0.4) mee? Drie manieren, met de hand nagerekend, per team en per taakveld.

Leeswijzer: bedragen in euro's. Reserves (0.10) staan altijd buiten het aandeel. Bij `verdelen` volgt overhead het
lean of opgave van de regel waar zij bij komt: naar salarissen, of naar lasten als geen salarissen bekend zijn.
"""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import notatie
from opgavelib.domein.begroting import Norm, lean_opgave

from .tabel import getal, lees_tabel, nul

REGELS = """
taakveld | omschrijving | programma | team   | structureel | lasten | baten | salarissen | sturing | aandeel
6.2      | Wijkteam     | Sociaal   | Zorg   | ja          |    600 |    50 |        100 | lean    |
6.2      | Vernieuwing  | Sociaal   | Zorg   | nee         |    200 |       |        100 | opgave  |
8.3      | Woningbouw   | Ruimte    | Wonen  | ja          |    101 |     9 |         50 |         |     50%
8.1      | Visie        | Ruimte    | Wonen  |             |     99 |       |         50 |         |
0.4      | Huisvesting  | Overhead  | Staf   | ja          |    300 |       |        250 | lean    |
0.10     | Reserves     |           |        | nee         |     40 |    80 |            | lean    |
"""

# 300 over 100 + 100 + 50 + 50: Wijkteam 100, Vernieuwing 100, Woningbouw 50, Visie 50. Staf houdt niets over.
PER_TEAM = """
hoe         | team        | lasten | lean | opgave | onbekend | overhead | buiten norm | opgave €
meetellen   | Zorg        |    800 |  600 |    200 |          |          |             |      25%
meetellen   | Wonen       |    200 |   50 |     51 |       99 |          |             |      50%
meetellen   | Staf        |    300 |  300 |        |          |      300 |             |       0%
meetellen   | (geen team) |     40 |   40 |        |          |          |          40 | onbekend
eigen regel | Zorg        |    800 |  600 |    200 |          |          |             |      25%
eigen regel | Wonen       |    200 |   50 |     51 |       99 |          |             |      50%
eigen regel | Staf        |        |      |        |          |          |             | onbekend
eigen regel | (geen team) |     40 |   40 |        |          |          |          40 | onbekend
eigen regel | (overhead)  |    300 |  300 |        |          |      300 |         300 | onbekend
verdelen    | Zorg        |  1.000 |  700 |    300 |          |      200 |             |      30%
verdelen    | Wonen       |    300 |   75 |     76 |      149 |      100 |             |      50%
verdelen    | Staf        |        |      |        |          |          |             | onbekend
verdelen    | (geen team) |     40 |   40 |        |          |          |          40 | onbekend
"""

# 300 over 600 + 200 + 101 + 99 = 1.000 aan lasten: 180, 60, 30,30 en 29,70; Wonen onafgerond 65,65 en 65,65.
NAAR_LASTEN = """
team        | lasten | lean | opgave | onbekend | overhead
Zorg        |  1.040 |  780 |    260 |          |      240
Wonen       |    260 |   65 |     66 |      129 |       60
Staf        |        |      |        |          |
(geen team) |     40 |   40 |        |          |
"""

SNEDEN = """
snede       | rij              | lasten | baten    | salarissen | lean | opgave | onbekend | overhead
teamleider  | Anouk            |  1.000 |       59 |        300 |  650 |    251 |       99 |
teamleider  | (geen teamleider)|    340 |       80 |        250 |  340 |        |          |      300
domein      | sociaal          |    800 |       50 |        200 |  600 |    200 |          |
domein      | fysiek           |    200 |        9 |        100 |   50 |     51 |       99 |
programma   | Ruimte           |    200 |        9 |        100 |   50 |     51 |       99 |
programma   | (geen programma) |     40 |       80 |   onbekend |   40 |        |          |
taakveld    | 0.4              |    300 | onbekend |        250 |  300 |        |          |      300
taakveld    | 0.10             |     40 |       80 |   onbekend |   40 |        |          |
taakveld    | 8.3              |    101 |        9 |         50 |   50 |     51 |          |
structureel | structureel      |  1.001 |       59 |        400 |  950 |     51 |          |      300
structureel | incidenteel      |    240 |       80 |        100 |   40 |    200 |          |
structureel | onbekend         |     99 | onbekend |         50 |      |        |       99 |
"""

TEAMS = pd.DataFrame(
    {"teamleider": ["Anouk", "Anouk", None], "domein": ["sociaal", "fysiek", "bedrijfsvoering"],
     "lean_uren": [80.0, 60.0, 40.0], "opgave_uren": [20.0, 40.0, 10.0]},
    index=pd.Index(["Zorg", "Wonen", "Staf"], name="team"),
)  # fmt: skip
MATEN = ("lasten", "lean", "opgave", "onbekend", "overhead")


def begroting(*, salarissen: bool = True) -> pd.DataFrame:
    uit = pd.DataFrame(lees_tabel(REGELS))
    for kolom in ("lasten", "baten", "salarissen"):
        uit[f"{kolom}_eur"] = [getal(w) for w in uit.pop(kolom)]
    uit["opgave_aandeel"] = [getal(w) for w in uit.pop("aandeel")]
    uit["structureel"] = pd.Series([{"ja": True, "nee": False}.get(w) for w in uit["structureel"]], dtype=object)
    return uit.assign(jaar=2027.0) if salarissen else uit.assign(jaar=2027.0, salarissen_eur=float("nan"))


def reken(overhead: str, **wat):
    norm = Norm(0.8, 0.05, frozenset({"0.10", "0.11"}), overhead, frozenset({"0.4"}))
    return lean_opgave(begroting(**wat), TEAMS, pd.DataFrame(), norm, [2027])


@pytest.mark.parametrize("geval", lees_tabel(PER_TEAM), ids=lambda r: f"{r['hoe']}-{r['team']}")
def test_per_team(geval):
    rij = reken(geval["hoe"]).teams.loc[geval["team"]]
    assert {m: rij[f"{m}_eur"] for m in MATEN} == {m: nul(geval[m]) for m in MATEN}
    assert rij["buiten_norm_eur"] == nul(geval["buiten norm"])
    if geval["opgave €"] == "onbekend":
        assert rij["opgave_aandeel_eur"] is None
        samen_nul = geval["hoe"] == "verdelen" and geval["team"] == "Staf"  # named lean, and nothing is left of it
        zin = "zijn samen nul" if samen_nul else "geen begrotingsregel die voor de norm telt is lean of opgave"
        assert zin in rij["reden"]
    else:
        assert notatie.procent(rij["opgave_aandeel_eur"], 0) == notatie.procent(geval["opgave €"], 0)


@pytest.mark.parametrize("geval", lees_tabel(NAAR_LASTEN), ids=lambda r: r["team"])
def test_zonder_salarissen_naar_lasten(geval):
    rij = reken("verdelen", salarissen=False).teams.loc[geval["team"]]
    assert {m: rij[f"{m}_eur"] for m in MATEN} == {m: nul(geval[m]) for m in MATEN}


@pytest.mark.parametrize("geval", lees_tabel(SNEDEN), ids=lambda r: f"{r['snede']}-{r['rij']}")
def test_elke_snede(geval):
    rij = reken("meetellen").snede(geval["snede"]).loc[geval["rij"]]
    assert {m: rij[f"{m}_eur"] for m in MATEN} == {m: nul(geval[m]) for m in MATEN}
    for maat in ("baten", "salarissen"):
        assert notatie.getal(rij[f"{maat}_eur"]) == notatie.getal(
            None if geval[maat] == "onbekend" else geval[maat]
        )


@pytest.mark.parametrize(
    ("overhead", "zin"),
    [
        (
            "meetellen",
            "Taakvelden 0.10 en 0.11 (€ 40) tellen niet mee in het aandeel: dat zijn geen lasten van werk.",
        ),
        ("eigen regel", "Overhead (taakveld 0.4, € 300) staat op een eigen regel en telt niet mee in het aandeel."),
        ("verdelen", "Overhead (taakveld 0.4, € 300) is naar salarissen verdeeld over de andere regels."),
    ],
)
def test_de_toelichting_zegt_wat_niet_meetelt_en_hoe_overhead_telt(overhead, zin):
    assert reken(overhead).toelichting.endswith(zin)


def test_overhead_zonder_andere_regels_blijft_staan_en_dat_wordt_gezegd():
    norm = Norm(0.8, 0.05, frozenset(), "verdelen", frozenset({"0.4"}))
    uit = lean_opgave(begroting().query("taakveld == '0.4'"), TEAMS, pd.DataFrame(), norm)
    assert uit.totaal["lean_eur"] == uit.totaal["overhead_eur"] == 300
    assert uit.toelichting.endswith("kon niet worden verdeeld: er zijn geen andere regels met lasten.")
    assert "Alle taakvelden tellen mee in het aandeel, ook reserves en resultaat." in uit.toelichting
