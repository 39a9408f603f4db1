"""A decided shortlist with its reasons: as it was decided, whatever was read in or changed since."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.scenario import SCHEIDING, Soort
from opgavelib.domein.vraagstuk import Vraagstuk
from opgavelib.toepassing import kiezen
from opgavelib.toepassing.kiezen import WETTELIJK, Keuze
from opgavelib.toepassing.scenario_besluit import Besluit


def keuze(b: Besluit) -> Keuze:
    """The decided shortlist as `kiezen.kies` gave it on the day, out of nothing but the decision.

    The problem of a decision holds what it was computed with and no more: hours and euros that were unknown are 0
    here, and nobody's own first quarter (`wens_kwartaal`) was kept.
    """
    v, uit = b.vraagstuk, b.oplossing
    eind = {
        a: min(s + int(d), len(v.kwartalen)) - 1
        for a, d in zip(v.items, v.duur, strict=True)
        if (s := uit.start.get(a)) is not None
    }
    score, rang = _score_en_rang(b)
    tabel = pd.DataFrame(
        {
            "titel": [b.titels[a] for a in v.items],
            "score": score,
            "rang": rang,
            "gekozen": [a in uit.start for a in v.items],
            "wens_kwartaal": None,
            "start_kwartaal": pd.Series([_kwartaal(v, uit.start.get(a)) for a in v.items], dtype=object),
            "eind_kwartaal": pd.Series([_kwartaal(v, eind.get(a)) for a in v.items], dtype=object),
            "team": pd.Series([_team(v, i) for i in range(len(v.items))], dtype=object),
            "domein": list(v.domein),
            "uren": v.uren.sum(axis=1) * v.duur,
            "budget_eur": v.kosten_eur,
            "vast": [_vast(v, a) for a in v.items],
            "reden": list(kiezen.redenen(v, uit).values()),
        }
    )
    tabel.index = pd.Index(v.items, name="ambitie")
    tabel = tabel.sort_values(["gekozen", "rang"], ascending=[False, True], kind="stable")
    return Keuze(tabel[list(kiezen.KOLOMMEN)], v, uit, b.toelichting, MappingProxyType(dict(b.parameters)))


def zin(b: Besluit) -> str:
    """Who decided it, when (local) and where."""
    return f"Vastgesteld door {b.wie} op {notatie.moment(b.moment)}: {b.reden}"


def _score_en_rang(b: Besluit) -> tuple[np.ndarray, np.ndarray]:
    """Per item of the problem: it holds them in the order of the ranking, and then what has no rank."""
    v = b.vraagstuk
    extra = {k.partition(SCHEIDING)[2] for k in b.keuzes if k.partition(SCHEIDING)[0] == Soort.EXTRA}
    # What nobody judged is there only because it must be in, and is worth nothing.
    leeg = np.array([a not in extra and not w for a, w in zip(v.items, v.waarde, strict=True)], dtype=bool)
    geen_rang = leeg | np.array([a in extra for a in v.items], dtype=bool)
    rang = np.where(geen_rang, np.nan, np.cumsum(~geen_rang))
    return np.where(leeg, np.nan, v.waarde), rang


def _kwartaal(v: Vraagstuk, i: int | None) -> str | None:
    return None if i is None else v.kwartalen[i]


def _team(v: Vraagstuk, i: int) -> str | None:
    vraagt = np.flatnonzero(v.uren[i])
    return v.teams[vraagt[0]] if len(vraagt) else None


def _vast(v: Vraagstuk, a: str) -> str:
    if a in v.moet:
        return WETTELIJK if v.moet[a] == WETTELIJK else "in"
    return "uit" if a in v.mag_niet else ""
