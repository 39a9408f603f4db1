"""Analytic hierarchy process: which of two weighs more, and how many times, for every pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from opgavelib import notatie
from opgavelib.domein.wegen.weging import SCHAAL, Weging, noem, passen, zwaarste
from opgavelib.fouten import WegingFout

_ANTWOORDEN = np.array([1 / k for k in range(9, 1, -1)] + [float(k) for k in range(1, 10)])


def paren(criteria: Sequence[str]) -> list[tuple[str, str]]:
    """The questions, in the order in which they are asked."""
    return list(combinations(criteria, 2))


def ahp(
    criteria: Sequence[str],
    vergelijkingen: Mapping[tuple[str, str], float],
    toevalsindex: Sequence[float],
    *,
    grens: float = 0.1,
    namen: Mapping[str, str] | None = None,
) -> Weging:
    """Weights from pairwise comparisons: the principal eigenvector of the matrix of ratios.

    Parameters
    ----------
    criteria : keys, in the order in which the weights are given
    vergelijkingen : per pair (a, b), in either order, how many times a weighs as much as b, 1/9 to 9
    toevalsindex : consistency index of random answers per number of criteria, 1 first (Saaty's table)
    grens : consistency ratio up to which the answers are good enough
    namen : what people read, per criterium

    Returns
    -------
    Weging; `consistentie` is the consistency ratio: (lambda_max - n) / (n - 1) / toevalsindex, 0 for one or
    two criteria. `nakijken` is the answer that would lower it most if it were another one.

    Raises
    ------
    WegingFout : a pair is missing, asked twice or about an unknown criterium; an answer is off the scale; or
        more criteria than `toevalsindex` knows

    References
    ----------
    Saaty, The Analytic Hierarchy Process (1980); Saaty, Decision-making with the AHP: why is the principal
    eigenvector necessary, EJOR 145 (2003), also on which judgement to look at again.
    """
    namen = namen or {}
    n = len(criteria)
    if not n:
        raise WegingFout("Er zijn geen criteria om te wegen. Voeg er eerst een toe.")
    if n > len(toevalsindex):
        raise WegingFout(f"In paren vergelijken gaat tot {len(toevalsindex)} criteria; dit zijn er {n}.")
    matrix = _matrix(criteria, vergelijkingen, namen)
    gewichten = dict(zip(criteria, _eigenvector(matrix).tolist(), strict=True))
    index = float(toevalsindex[n - 1])
    verhouding = _verhouding(matrix[None], index)[0]
    goed = bool(verhouding <= grens)
    zinnen, nakijken = [zwaarste(gewichten, namen), passen(verhouding, grens)], None
    if not goed:
        nakijken, zin = _slechtste_antwoord(criteria, matrix, index, namen)
        zinnen.append(zin)
    parameters = {
        "methode": "ahp",
        "vergelijkingen": [[a, b, float(k)] for (a, b), k in vergelijkingen.items()],
        "toevalsindex": index,
        "grens": grens,
    }
    return Weging(gewichten, float(verhouding), goed, tuple(zinnen), parameters, nakijken)


def _matrix(
    criteria: Sequence[str], vergelijkingen: Mapping[tuple[str, str], float], namen: Mapping[str, str]
) -> np.ndarray:
    """Ratios (n x n), reciprocal, 1 on the diagonal."""
    plek = {c: i for i, c in enumerate(criteria)}
    matrix = np.full((len(criteria), len(criteria)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for (a, b), keer in vergelijkingen.items():
        if a not in plek or b not in plek or a == b:
            raise WegingFout(f"{a} tegenover {b} is geen vraag over deze criteria.")
        if not 1 / SCHAAL - 1e-9 <= keer <= SCHAAL + 1e-9:
            raise WegingFout(f"{noem([a], namen)} tegenover {noem([b], namen)}: kies 1 tot en met 9 keer zo zwaar.")
        i, j = plek[a], plek[b]
        if not np.isnan(matrix[i, j]):
            raise WegingFout(f"{noem([a], namen)} en {noem([b], namen)} zijn twee keer vergeleken.")
        matrix[i, j], matrix[j, i] = keer, 1 / keer
    if open_ := [(a, b) for a, b in paren(criteria) if np.isnan(matrix[plek[a], plek[b]])]:
        rest = f" Er zijn nog {len(open_)} paren open." if len(open_) > 1 else ""
        raise WegingFout(f"Vergelijk nog {noem(open_[0], namen)}.{rest}")
    return matrix


def _eigenvector(matrix: np.ndarray) -> np.ndarray:
    waarden, vectoren = np.linalg.eig(matrix)
    eigen = np.abs(vectoren[:, np.argmax(waarden.real)].real)
    # An eighth is an eighth: what is below the accuracy of an eigenvector would else show in a rounded share.
    return np.round(eigen / eigen.sum(), 12)


def _verhouding(matrices: np.ndarray, index: float) -> np.ndarray:
    """Consistency ratio of each of (m x n x n)."""
    n = matrices.shape[-1]
    if n < 3 or index <= 0:
        return np.zeros(len(matrices))
    hoogste = np.linalg.eigvals(matrices).real.max(axis=1)
    return np.maximum(hoogste - n, 0) / (n - 1) / index


def _slechtste_antwoord(
    criteria: Sequence[str], matrix: np.ndarray, index: float, namen: Mapping[str, str]
) -> tuple[tuple[str, str], str]:
    """The pair and the answer on the scale that would lower the consistency ratio most, tried one by one."""
    plekken = paren(range(len(criteria)))  # type: ignore[arg-type]
    varianten = np.repeat(matrix[None], len(plekken) * len(_ANTWOORDEN), axis=0)
    for k, (i, j) in enumerate(plekken):
        deel = slice(k * len(_ANTWOORDEN), (k + 1) * len(_ANTWOORDEN))
        varianten[deel, i, j], varianten[deel, j, i] = _ANTWOORDEN, 1 / _ANTWOORDEN
    uitkomst = np.round(_verhouding(varianten, index), 9)
    beste = int(uitkomst.argmin())
    i, j = plekken[beste // len(_ANTWOORDEN)]
    nu, beter = matrix[i, j], varianten[beste, i, j]
    a, b = (i, j) if nu >= 1 else (j, i)
    eerste, tweede = criteria[a], criteria[b]
    if beter == nu:
        return (eerste, tweede), "Geen enkel ander antwoord maakt dat beter; begin met de paren waar u twijfelde."
    namen_ = [noem([c], namen) for c in (eerste, tweede)]
    zin = f"{' tegenover '.join(namen_)} past het slechtst bij de rest; {_in_plaats(nu, beter, *namen_)}."
    return (eerste, tweede), f"{zin} De tegenspraak wordt dan {_getal(uitkomst[beste])}."


def _in_plaats(nu: float, beter: float, a: str, b: str) -> str:
    """What would fit better than the answer of now, in which a weighs at least as much as b; as ratios i to j."""
    keer, nieuw = max(nu, 1 / nu), max(beter, 1 / beter)
    nu_ = f"{notatie.getal(keer, 1)} keer zo zwaar" if keer > 1 else "even zwaar"
    if nieuw == 1:
        return f"even zwaar in plaats van {nu_} zou beter passen"
    if keer == 1:
        return (
            f"{a if beter > 1 else b} {notatie.getal(nieuw, 1)} keer zo zwaar in plaats van {nu_} zou beter passen"
        )
    if (nu > 1) != (beter > 1):
        return f"{b} {notatie.getal(nieuw, 1)} keer zo zwaar in plaats van {a} {nu_} zou beter passen"
    return f"{notatie.getal(nieuw, 1)} in plaats van {notatie.getal(keer, 1)} keer zo zwaar zou beter passen"


def _getal(verhouding: float) -> str:
    return notatie.getal(float(verhouding), 2, vast=True)
