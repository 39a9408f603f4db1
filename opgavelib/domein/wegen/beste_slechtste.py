"""Best-worst method: the heaviest criterium against all, and all against the lightest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from opgavelib import notatie
from opgavelib.domein.wegen.weging import SCHAAL, Weging, noem, passen, zwaarste
from opgavelib.fouten import WegingFout


def beste_slechtste(
    criteria: Sequence[str],
    beste: str,
    slechtste: str,
    beste_tegen: Mapping[str, float],
    tegen_slechtste: Mapping[str, float],
    grenzen: Mapping[int, Sequence[float]],
    namen: Mapping[str, str] | None = None,
) -> Weging:
    """Weights from 2n - 3 comparisons, by the linear model.

    Minimise ksi under ``|w_B - a_Bj w_j| <= ksi``, ``|w_j - a_jW w_W| <= ksi``, sum of w 1, w >= 0.

    Parameters
    ----------
    criteria : keys, in the order in which the weights are given
    beste, slechtste : the criterium that weighs most and the one that weighs least
    beste_tegen : how many times `beste` weighs as much as each other one, 1 to 9; `slechtste` too
    tegen_slechtste : how many times each other one weighs as much as `slechtste`, 1 to 9
    grenzen : highest input-based consistency ratio that is good enough, for 3 to 9 criteria, per answer of
        best against worst (3 to 9); outside the table the nearest column or row counts
    namen : what people read, per criterium

    Returns
    -------
    Weging; `consistentie` is the input-based consistency ratio,
    ``max |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW)``; parameters has ``ksi`` of the model too

    Raises
    ------
    WegingFout : best is worst, an answer is missing, off the scale or above that of best against worst

    References
    ----------
    Rezaei, Best-worst multi-criteria decision-making method: some properties and a linear model, Omega 64
    (2016). Liang, Brunelli and Rezaei, Consistency issues in the best worst method: measurements and
    thresholds, Omega 96 (2020).
    """
    namen = namen or {}
    rest = _keur(criteria, beste, slechtste, beste_tegen, tegen_slechtste, namen)
    geheel = float(beste_tegen[slechtste])
    a = np.array([beste_tegen[c] for c in rest], dtype=float)
    b = np.array([tegen_slechtste[c] for c in rest], dtype=float)
    w_beste, w_slechtste, w_rest, ksi = _los_op(a, b, geheel)
    waarden = dict(zip(rest, w_rest.tolist(), strict=True)) | {beste: w_beste, slechtste: w_slechtste}
    gewichten = {c: waarden[c] for c in criteria}
    afwijking = np.abs(a * b - geheel) / (geheel**2 - geheel) if geheel > 1 else np.zeros(len(rest))
    verhouding = float(afwijking.max(initial=0.0))
    grens = _grens(grenzen, len(criteria), geheel)
    goed = verhouding <= grens
    zinnen, nakijken = [zwaarste(gewichten, namen), passen(verhouding, grens)], None
    if not goed:
        j = int(np.argmax(np.round(afwijking, 9)))
        nakijken = (beste, rest[j])
        zinnen.append(
            _botst(noem([beste], namen), noem([rest[j]], namen), noem([slechtste], namen), a[j], b[j], geheel)
        )
    parameters = {
        "methode": "best-worst", "beste": beste, "slechtste": slechtste,
        "beste_tegen": {c: float(beste_tegen[c]) for c in (*rest, slechtste)},
        "tegen_slechtste": {c: float(tegen_slechtste[c]) for c in rest},
        "ksi": ksi, "grens": grens,
    }  # fmt: skip
    return Weging(gewichten, verhouding, goed, tuple(zinnen), parameters, nakijken)


def _keur(criteria, beste, slechtste, beste_tegen, tegen_slechtste, namen) -> list[str]:
    """The criteria between best and worst, when all was answered."""
    if beste not in criteria or slechtste not in criteria:
        raise WegingFout("Kies eerst welk criterium het zwaarst weegt en welk het lichtst.")
    if beste == slechtste:
        raise WegingFout("Kies voor het zwaarste en het lichtste criterium twee verschillende.")
    rest = [c for c in criteria if c not in (beste, slechtste)]
    vragen = [(beste, c, beste_tegen.get(c)) for c in (slechtste, *rest)]
    vragen += [(c, slechtste, tegen_slechtste.get(c)) for c in rest]
    for x, y, keer in vragen:
        if keer is None:
            raise WegingFout(f"Zeg nog hoeveel keer zo zwaar {noem([x], namen)} weegt als {noem([y], namen)}.")
        if not 1 <= keer <= SCHAAL:
            raise WegingFout(f"{noem([x], namen)} tegenover {noem([y], namen)}: kies 1 tot en met 9 keer zo zwaar.")
    geheel = beste_tegen[slechtste]
    for x, y, keer in vragen:
        if keer > geheel:
            raise WegingFout(
                f"{noem([x], namen)} weegt {_keer(keer)} keer zo zwaar als {noem([y], namen)}, maar "
                f"{noem([beste], namen)} weegt maar {_keer(geheel)} keer zo zwaar als {noem([slechtste], namen)}. "
                "Dat laatste hoort het grootste verschil te zijn."
            )
    return rest


def _los_op(a: np.ndarray, b: np.ndarray, geheel: float) -> tuple[float, float, np.ndarray, float]:
    """Exact optimum of the linear model: weight of best, of worst, of the others, and ksi.

    Without the sum of 1 the model is a cone, and ksi / sum(w) is to be least. For given weights of best and
    worst and ksi every other weight may be as high as its two upper bounds allow, and that is best; so only
    those three numbers are unknown, and the optimum is on a ray where two of the planes below meet. There are
    some hundreds of these: they are all tried.
    """
    nul, een = np.zeros_like(a), np.ones_like(a)
    boven_b, boven_w = np.stack([een / a, nul, een / a], 1), np.stack([nul, b, een], 1)
    onder_b, onder_w = boven_b * [1, 1, -1], boven_w * [1, 1, -1]
    eisen = np.concatenate([
        boven_w - onder_b, boven_b - onder_w, np.eye(3), [[1, -geheel, 1], [-1, geheel, 1]],
    ])  # fmt: skip
    vlakken = np.concatenate([eisen, boven_b - boven_w])
    vlakken = vlakken / np.maximum(np.linalg.norm(vlakken, axis=1, keepdims=True), 1e-12)
    i, j = np.triu_indices(len(vlakken), 1)
    stralen = np.cross(vlakken[i], vlakken[j])
    lengte = np.linalg.norm(stralen, axis=1)
    stralen = stralen[lengte > 1e-9] / lengte[lengte > 1e-9, None]
    stralen = np.concatenate([stralen, -stralen])
    stralen = stralen[(stralen @ eisen.T >= -1e-9).all(axis=1)]
    rest = np.minimum(stralen @ boven_b.T, stralen @ boven_w.T)
    som = stralen[:, 0] + stralen[:, 1] + rest.sum(axis=1)
    stralen, rest, som = stralen[som > 1e-9], rest[som > 1e-9], som[som > 1e-9, None]
    punten = np.concatenate([stralen[:, :2], rest], axis=1) / som
    ksi = stralen[:, 2] / som[:, 0]
    # Where more than one is best, their mean is as good and does not depend on the order of the criteria.
    beste = np.unique(np.round(punten[ksi <= ksi.min() + 1e-9], 9), axis=0).mean(axis=0)
    beste = np.maximum(beste, 0) / np.maximum(beste, 0).sum()
    return float(beste[0]), float(beste[1]), beste[2:], abs(float(ksi.min()))


def _grens(grenzen: Mapping[int, Sequence[float]], aantal: int, geheel: float) -> float:
    rij = grenzen[min(max(round(geheel), min(grenzen)), max(grenzen))]
    return float(rij[min(max(aantal - 3, 0), len(rij) - 1)])


def _botst(beste: str, midden: str, slechtste: str, a: float, b: float, geheel: float) -> str:
    via = (
        f"{beste} weegt {_keer(a)} keer zo zwaar als {midden} en {midden} {_keer(b)} keer zo zwaar als {slechtste}"
    )
    return (
        f"{midden} past het slechtst bij de rest: {via}, samen {_keer(a * b)} keer. "
        f"Maar {beste} weegt {_keer(geheel)} keer zo zwaar als {slechtste}."
    )


def _keer(getal: float) -> str:
    return notatie.getal(float(getal), 1)
