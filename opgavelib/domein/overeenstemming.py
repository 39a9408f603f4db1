"""How far several rankings agree: over the whole order, and over what stands above the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

_TELWOORDEN = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")


@dataclass(frozen=True)
class Overeenstemming:
    """How far several rankings agree.

    Attributes
    ----------
    tau : DataFrame (manier x manier), Kendall's tau-b over what both ranked; 1 is the same order, -1 the reverse,
        NaN when there is nothing to compare
    overlap : DataFrame (manier x manier), number of ambities that are in the top of both
    gedeeld : ambities in the top of all, in the order of the first
    toelichting : sentence for the memo
    parameters : top_n and manieren
    """

    tau: pd.DataFrame
    overlap: pd.DataFrame
    gedeeld: tuple
    toelichting: str
    parameters: Mapping[str, object]


def overeenstemming(rangordes: Mapping[str, pd.Series], top_n: int) -> Overeenstemming:
    """Compare rankings pair by pair, and by what is in the top of all.

    Parameters
    ----------
    rangordes : per name (as people read it) a Series (ambitie) of ranks, 1 is best, NaN is not ranked; the same
        ambities in each, in any order
    top_n : ambities above the line

    Raises
    ------
    ValueError : fewer than two rankings, or other ambities in one of them
    """
    namen = list(rangordes)
    if len(namen) < 2:
        raise ValueError("er zijn minstens twee rangordes nodig om te vergelijken")
    eerste = rangordes[namen[0]]
    if any(
        len(r) != len(eerste) or not r.index.sort_values().equals(eerste.index.sort_values())
        for r in rangordes.values()
    ):
        raise ValueError("niet elke rangorde gaat over dezelfde ambities")
    rangen = np.column_stack([rangordes[n].reindex(eerste.index).to_numpy(dtype=float) for n in namen])
    top = rangen <= top_n
    tau = np.eye(len(namen))
    for i in range(len(namen)):
        for j in range(i + 1, len(namen)):
            tau[i, j] = tau[j, i] = tau_b(rangen[:, i], rangen[:, j])
    volgorde = np.argsort(np.where(np.isnan(rangen[:, 0]), np.inf, rangen[:, 0]), kind="stable")
    gedeeld = tuple(eerste.index[volgorde][top[volgorde].all(axis=1)])
    plaatsen = int(top.sum(axis=0).max())
    overlap = top.T.astype(int) @ top.astype(int)
    return Overeenstemming(
        pd.DataFrame(tau, index=namen, columns=namen),
        pd.DataFrame(overlap, index=namen, columns=namen),
        gedeeld,
        _zin(namen, tau, overlap, len(gedeeld), plaatsen),
        {"top_n": top_n, "manieren": namen},
    )


def tau_b(een: np.ndarray, ander: np.ndarray) -> float:
    """Kendall's tau-b of two arrays (n), over the places where both have a number; NaN when one is constant.

    Inversions are counted bit by bit over the ranks, O(n log n), so that no page has to import scipy for it.

    References
    ----------
    Kendall, Biometrika 33 (1945); Knight, Journal of the American Statistical Association 61 (1966).
    """
    beide = ~(np.isnan(een) | np.isnan(ander))
    x = np.unique(een[beide], return_inverse=True)[1]
    y = np.unique(ander[beide], return_inverse=True)[1]
    n = len(x)
    paren = n * (n - 1) // 2
    gelijk_x, gelijk_y, gelijk_xy = (_paren(g) for g in (x, y, x * (n + 1) + y))
    noemer = float(paren - gelijk_x) * float(paren - gelijk_y)
    if noemer <= 0:
        return float("nan")
    omgekeerd = _inversies(y[np.lexsort((y, x))])
    return float((paren - gelijk_x - gelijk_y + gelijk_xy - 2 * omgekeerd) / np.sqrt(noemer))


def _paren(groepen: np.ndarray) -> int:
    """Pairs within groups of equal values."""
    aantal = np.unique(groepen, return_counts=True)[1].astype(np.int64)
    return int((aantal * (aantal - 1) // 2).sum())


def _inversies(rij: np.ndarray) -> int:
    """Pairs (i < j) with rij[i] > rij[j]: at the highest bit in which they differ, a 1 stands before a 0."""
    totaal = 0
    for bit in range(int(rij.max(initial=0)).bit_length() - 1, -1, -1):
        hoger = rij >> (bit + 1)
        volgorde = np.argsort(hoger, kind="stable")
        een = (rij[volgorde] >> bit) & 1
        voor = np.cumsum(een)
        groep = hoger[volgorde]
        begin = np.searchsorted(groep, groep, side="left")
        voor_groep = np.where(begin > 0, voor[begin - 1], 0)
        totaal += int((voor - voor_groep)[een == 0].sum())
    return totaal


def _zin(namen: Sequence[str], tau: np.ndarray, overlap: np.ndarray, gedeeld: int, plaatsen: int) -> str:
    manieren = f"De {_TELWOORDEN[len(namen)] if len(namen) < len(_TELWOORDEN) else len(namen)} manieren"
    if not plaatsen:
        return "Er is nog niets beoordeeld, dus er valt niets te vergelijken."
    if gedeeld == plaatsen:
        zelfde = "dezelfde ambitie" if plaatsen == 1 else f"dezelfde {plaatsen} ambities"
        return f"{manieren} zetten {zelfde} boven de streep."
    eens = f"{manieren} zijn het eens over {gedeeld} van de {plaatsen}"
    # Who differs most: first by what is above the line, as the sentence is about, then by the whole order.
    verschil = [(int(o), round(float(t), 9)) for o, t in zip(overlap.sum(axis=1), tau.sum(axis=1), strict=True)]
    if len(namen) > 2 and verschil.count(min(verschil)) == 1:
        return f"{eens}; {namen[verschil.index(min(verschil))]} wijkt het meest af."
    return f"{eens}."
