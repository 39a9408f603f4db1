"""Real demands and limits as whole numbers, for a solver that knows only those.

Never past a real limit: what is asked rounds up and what there is rounds down, in a unit in which the
numbers of a municipality (whole euros over a number of quarters, hours with three decimals) are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

GROOTSTE = 2.0**52  # a sum of this size is exact as a float, and far from the overflow of 64 bits
_FIJN = 1000.0


def _bijna_geheel(z: np.ndarray) -> bool:
    """Whole but for the noise of the last bits of a float."""
    return bool(np.all(np.abs(z - np.rint(z)) <= np.maximum(1e-9, 4e-16 * np.abs(z))))


def _eenheid(getallen: np.ndarray, noemers: Iterable[int]) -> float:
    """How many units go in one: the coarsest that makes all numbers whole, or the finest that is safe."""
    som = float(np.abs(getallen).sum())
    for m in (1.0, 10.0, 100.0, _FIJN, *(n * f for n in noemers for f in (1.0, 100.0))):
        if som * m < GROOTSTE and _bijna_geheel(getallen * m):
            return m
    m = _FIJN
    while som * m >= GROOTSTE:
        m /= 10
    return m


def begrens(vraag: np.ndarray, grens: float, noemers: Iterable[int] = ()) -> tuple[np.ndarray, int]:
    """A demand and its limit in whole numbers, so that what fits in these fits in the real ones.

    Parameters
    ----------
    vraag : (k,) what each asks, >= 0
    grens : what there is
    noemers : denominators that occur in `vraag`, such as a number of quarters

    Returns
    -------
    (k,) int64, and the limit; both divided by what they have in common
    """
    m = _eenheid(vraag, noemers)
    z = vraag * m
    speling = np.maximum(1e-9, 4e-16 * np.abs(z))
    geheel = np.ceil(z - speling).astype(np.int64)
    ruim = math.floor(min(grens * m + max(1e-9, 4e-16 * abs(grens * m)), GROOTSTE))
    deler = int(np.gcd.reduce(geheel)) if geheel.size else 0
    return (geheel // deler, ruim // deler) if deler > 1 else (geheel, ruim)


def punten(waarde: np.ndarray) -> tuple[np.ndarray, float]:
    """Values as whole points, and how many points go in one.

    Exact up to six decimals; otherwise the largest value is 2**30 points, so that a shortlist that is best
    in points is best in value to one part in a hundred million.
    """
    top = float(waarde.max(initial=0.0))
    for m in (1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6):
        if top * m < 2.0**30 and _bijna_geheel(waarde * m):
            return np.rint(waarde * m).astype(np.int64), m
    m = 2.0**30 / top
    return np.rint(waarde * m).astype(np.int64), m
