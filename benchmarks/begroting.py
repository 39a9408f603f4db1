"""The begroting in every cut against the bare pandas groupby of the same cuts.

What is measured makes the exact split of every line, all cuts with whole euros that add up, and the shares; the
baseline only adds up columns that are there already, as floats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.meten import Regel, afwisselend
from opgavelib.domein.begroting import SNEDEN, Norm, Overhead, lean_opgave

REGELS = ((300, 30), (10_000, 15), (300_000, 5))
_SOMMEN = ["lasten_eur", "baten_eur", "salarissen_eur", "lean_eur", "opgave_eur", "onbekend_eur"]
_NORM = Norm(0.8, 0.05, frozenset({"0.10", "0.11"}), Overhead.MEETELLEN, frozenset({"0.4"}))


def meet() -> Iterator[Regel]:
    """Ratios for 300, 10,000 and 300,000 lines, with overhead as it is and spread."""
    teams = _teams()
    for aantal, keer in REGELS:
        regels = _regels(aantal)
        kaal = _kaal_klaar(regels, teams)
        for hoe in (Overhead.MEETELLEN, Overhead.VERDELEN):
            norm = replace(_NORM, overhead=hoe)
            onze, basis = afwisselend(
                lambda norm=norm, regels=regels: _onze(regels, teams, norm),
                lambda kaal=kaal: _kaal(kaal),
                keer=keer,
            )
            yield f"begroting, {aantal} regels, overhead {hoe}, tegen groupby", onze, basis, "ms"


def _onze(regels: pd.DataFrame, teams: pd.DataFrame, norm: Norm) -> list[pd.DataFrame]:
    uitkomst = lean_opgave(regels, teams, pd.DataFrame(), norm, [2027])
    return [uitkomst.snede(op) for op in SNEDEN]


def _kaal(regels: pd.DataFrame) -> list[pd.DataFrame]:
    return [regels.groupby(op, dropna=False)[_SOMMEN].sum() for op in SNEDEN]


def _kaal_klaar(regels: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """What the baseline adds up, made beforehand."""
    deel = regels["opgave_aandeel"].fillna((regels["sturing"] == "opgave").astype(float))
    opgave = regels["lasten_eur"] * deel
    wie = teams[["teamleider", "domein"]].reindex(regels["team"]).set_axis(regels.index)
    return regels.join(wie).assign(opgave_eur=opgave, lean_eur=regels["lasten_eur"] - opgave, onbekend_eur=0.0)


def _teams() -> pd.DataFrame:
    namen = [f"Team {n}" for n in range(20)]
    return pd.DataFrame(
        {"teamleider": [f"Leider {n % 15}" for n in range(20)], "domein": ["fysiek", "sociaal"] * 10,
         "lean_uren": 10_000.0, "opgave_uren": 2_500.0},
        index=pd.Index(namen, name="team"),
    )  # fmt: skip


def _regels(aantal: int) -> pd.DataFrame:
    rng = np.random.default_rng(0)

    def kies(*keuzes: object) -> np.ndarray:
        return np.array(keuzes, dtype=object)[rng.integers(0, len(keuzes), aantal)]

    aandeel = np.where(rng.random(aantal) < 0.3, rng.integers(0, 101, aantal) / 100, np.nan)
    return pd.DataFrame(
        {
            "jaar": 2027.0,
            "taakveld": kies(*(f"{a}.{b}" for a in range(9) for b in range(1, 7)), "0.10"),
            "programma": kies(*(f"Programma {n}" for n in range(12))),
            "team": kies(*_teams().index),
            "structureel": kies(True, False, None),
            "sturing": kies("lean", "opgave", None),
            "opgave_aandeel": aandeel,
            "lasten_eur": rng.integers(0, 6_000, aantal).astype(float),
            "baten_eur": rng.integers(0, 6_000, aantal).astype(float),
            "salarissen_eur": rng.integers(0, 1_000, aantal).astype(float),
        },
        index=pd.Index([f"BR-{n}" for n in range(aantal)], name="regel"),
    )
