"""Complexiteit from the voorscheider, and advice on the werkwijze with its reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib.domein.begrippen import Werkwijze

VRAGEN = ("idee", "netwerk", "besluitvorming")
HELDER = {"idee": "het idee is bekend", "netwerk": "het netwerk is voorspelbaar",
          "besluitvorming": "de besluitvorming is gericht"}  # fmt: skip
ONHELDER = {"idee": "het idee is nog onbekend", "netwerk": "het netwerk is onvoorspelbaar",
            "besluitvorming": "de besluitvorming is ongericht"}  # fmt: skip


@dataclass(frozen=True)
class Grenzen:
    """Limits on the scale 1-5 between clear and unclear (parameters/voorscheider.yaml)."""

    routine: float
    helder: float
    onhelder: float
    improvisatie: float

    @property
    def midden(self) -> float:
        """Complexiteit above which a maakproces becomes a zoekproces."""
        return (self.helder + self.onhelder) / 2


@dataclass(frozen=True)
class Plaatsing:
    """Projects on complexiteit and tijd.

    Attributes
    ----------
    tabel : DataFrame, index activiteit; complexiteit (1-5 or NaN), herkomst (gegeven, voorscheider or
        onbekend), werkwijze, proces (maakproces, zoekproces or None), reden
    """

    tabel: pd.DataFrame


def plaats(activiteiten: pd.DataFrame, grenzen: Grenzen) -> Plaatsing:
    """Complexiteit and advised werkwijze per activiteit.

    Complexiteit is what was given, else the mean of the three voorscheider scores; with one of the three
    missing it stays unknown rather than guessed.

    Parameters
    ----------
    activiteiten : DataFrame, index activiteit; idee, netwerk, besluitvorming, complexiteit (1-5 or NaN)

    References
    ----------
    Voorscheider and werkwijzen: VPNG inspiratiegids (2020). The limits are parameters.
    """
    scores = activiteiten[list(VRAGEN)].to_numpy(dtype=float)
    gegeven = activiteiten["complexiteit"].to_numpy(dtype=float)
    volledig = ~np.isnan(scores).any(axis=1)
    uit_vragen = np.where(volledig, np.nan_to_num(scores).mean(axis=1), np.nan)
    complexiteit = np.where(np.isnan(gegeven), uit_vragen, gegeven)
    herkomst = np.select([~np.isnan(gegeven), volledig], ["gegeven", "voorscheider"], "onbekend")
    adviezen = [
        adviseer(dict(zip(VRAGEN, rij, strict=True)), grenzen) if heel else (None, _geen_advies(rij))
        for rij, heel in zip(scores.tolist(), volledig, strict=True)
    ]
    proces = [
        None if np.isnan(c) else ("maakproces" if c <= grenzen.midden else "zoekproces")
        for c in complexiteit.tolist()
    ]
    return Plaatsing(
        pd.DataFrame(
            {
                "complexiteit": complexiteit,
                "herkomst": herkomst,
                "werkwijze": [a[0] for a in adviezen],
                "proces": proces,
                "reden": [a[1] for a in adviezen],
            },
            index=activiteiten.index,
        )
    )


def _geen_advies(rij: list[float]) -> str:
    mist = [v for v, score in zip(VRAGEN, rij, strict=True) if np.isnan(score)]
    return f"geen advies: vul de voorscheider aan ({', '.join(mist)})"


def adviseer(voorscheider: dict[str, float], grenzen: Grenzen) -> tuple[Werkwijze, str]:
    """Advised werkwijze and why, from the three voorscheider scores (1 clear - 5 unclear).

    Predictable road and tangible outcome is a maakproces (routine, projectmatig); with neither it is a
    zoekproces. Where network or decision making is open, procesregie comes before the others.
    """
    onhelder = [v for v in VRAGEN if voorscheider[v] >= grenzen.onhelder]
    helder = [v for v in VRAGEN if voorscheider[v] <= grenzen.helder]
    if all(voorscheider[v] <= grenzen.routine for v in VRAGEN):
        return Werkwijze.ROUTINE, "alles is bekend, voorspelbaar en gericht: dit kan als regulier werk"
    if len(helder) == len(VRAGEN):
        return Werkwijze.PROJECTMATIG, f"{_opsomming([HELDER[v] for v in helder])}: een maakproces"
    if all(voorscheider[v] >= grenzen.improvisatie for v in VRAGEN):
        return (
            Werkwijze.IMPROVISATIE,
            f"{_opsomming([ONHELDER[v] for v in onhelder])}: alleen in kleine stappen te doen",
        )
    if onhelder:
        return (
            Werkwijze.PROCESREGIE,
            f"{_opsomming([ONHELDER[v] for v in onhelder])}: eerst samen zoeken, dan pas vastleggen",
        )
    stukken = [HELDER[v] for v in helder] + [f"{v} zit ertussenin" for v in VRAGEN if v not in helder]
    return Werkwijze.PROGRAMMASTURING, f"{_opsomming(stukken)}: richting vast, weg nog niet"


def _opsomming(delen: list[str]) -> str:
    return delen[0] if len(delen) == 1 else ", ".join(delen[:-1]) + " en " + delen[-1]
