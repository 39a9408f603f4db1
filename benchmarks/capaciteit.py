"""The balance of hours per team and quarter against the bare pandas groupby of the same requests.

The groupby answers less: no supply, no state, no teams without requests. What it takes is the least that any answer
takes; what is above it is what those cost. Moving and stopping work is beside it, as a screen does it first.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from benchmarks.meten import Regel, afwisselend
from opgavelib.domein import kwartaal
from opgavelib.domein.capaciteit import Normen, aanbod_per_kwartaal, balans
from opgavelib.domein.scenario import Scenario
from opgavelib.domein.werk import geldende_inzet

AANTALLEN = {300: 11, 10_000: 40, 300_000: 200}  # requests: teams
KWARTALEN = kwartaal.reeks("2027K1", "2030K4")
NORMEN = Normen(1360, 0.8)


def _teams(n: int) -> pd.DataFrame:
    toeval = np.random.default_rng(n)
    index = pd.Index([f"Team {i}" for i in range(n)], name="team", dtype=object)
    leeg = dict.fromkeys(("uren_per_fte", "lean_aandeel", "lean_uren", "verzuim_aandeel"), np.nan)
    kader = pd.DataFrame({"fte": toeval.uniform(5, 40, n), "vacature_fte": 1.0, **leeg}, index=index)
    return kader.assign(
        teamleider="Iemand", domein="fysiek", vacature_tot=pd.Series("2028K1", index=index, dtype=object)
    )


def _inzet(n: int, teams: pd.DataFrame) -> pd.DataFrame:
    toeval = np.random.default_rng(n)
    uren = toeval.integers(10, 200, n).astype(float)
    return pd.DataFrame(
        {
            "activiteit": np.char.add("A", toeval.integers(0, max(n // 30, 1), n).astype(str)).astype(object),
            "team": toeval.choice(teams.index.to_numpy(object), n),
            "kwartaal": toeval.choice(np.array(KWARTALEN, dtype=object), n),
            "uren_gevraagd": uren,
            "uren_toegezegd": np.where(toeval.random(n) < 0.5, uren, np.nan),
            "status": toeval.choice(np.array(["gevraagd", "toegezegd", "afgewezen"], dtype=object), n),
        },
        index=pd.Index([f"I{i}" for i in range(n)], name="inzet"),
    )


def _kaal(inzet: pd.DataFrame) -> pd.DataFrame:
    telt = inzet[inzet["status"] != "afgewezen"]
    return telt.groupby(["team", "kwartaal"])[["uren_gevraagd", "uren_toegezegd"]].sum()


def _balans(teams: pd.DataFrame, inzet: pd.DataFrame) -> object:
    return balans(aanbod_per_kwartaal(teams, KWARTALEN, NORMEN), inzet, KWARTALEN, NORMEN)


def meet() -> list[Regel]:
    regels: list[Regel] = []
    scenario = Scenario("S01", "", keuzes={"schuif|A1": {"kwartalen": 2}, "stop|A2": {"vanaf": "2028K1"}})
    for n, aantal in AANTALLEN.items():
        teams = _teams(aantal)
        inzet = _inzet(n, teams)
        ons, anders, kaal = afwisselend(
            partial(_balans, teams, inzet), partial(geldende_inzet, inzet, {}, scenario), partial(_kaal, inzet),
            keer=5 if n > 100_000 else 15,
        )  # fmt: skip
        regels.append((f"{n} aanvragen, balans van {aantal} teams, tegen groupby", ons, kaal, "ms"))
        regels.append((f"{n} aanvragen, schuiven en stoppen, tegen groupby", anders, kaal, "ms"))
    return regels
