"""Ranking and SMAA against bare numpy that does the same arithmetic, and two threads against one.

A ranking is read as tables, and at 300 rows making those takes longer than the arithmetic. So both are there:
against the arithmetic alone, and against arithmetic whose outcome is put in as many tables.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pandas as pd

from benchmarks.meten import Regel, afwisselend
from opgavelib.domein.methoden import METHODEN, rangschik
from opgavelib.domein.stevigheid import TREKKINGEN, smaa

# Draws of SMAA: as on a screen for 300; fewer for more, as time only grows with them, but work for both threads.
TREKKINGEN_BIJ = {300: TREKKINGEN, 3_000: 4_000, 30_000: 532}
CRITERIA = ("effect", "urgentie", "bestuurlijk", "haalbaarheid", "samenhang")
GEWICHTEN = dict(zip(CRITERIA, (30, 25, 20, 15, 10), strict=True))
TOP_N, ONZEKER, MINIMUM, STUK = 19, 0.1, 0.05, 500


def _scores(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    oordelen = np.random.default_rng(n).integers(1, 6, (n, len(CRITERIA), 6)).astype(float)
    kaders = (pd.DataFrame(x, columns=list(CRITERIA)) for x in (oordelen.mean(axis=2), oordelen.std(axis=2)))
    return tuple(kaders)


def _kaal_gewogen(m: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, ...]:
    deel = (m - 1) / 4
    bijdrage = 100 * deel * w
    score = bijdrage.sum(axis=1)
    volgorde = np.argsort(-np.round(score, 9), kind="stable")
    return score[volgorde], bijdrage[volgorde], deel[volgorde]


def _kaal_topsis(m: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, ...]:
    deel = (m - 1) / 4
    best, slechtst = np.square(w * (deel - 1)), np.square(w * deel)
    na, ver = np.sqrt(best.sum(axis=1)), np.sqrt(slechtst.sum(axis=1))
    score = 100 * ver / (ver + na)
    bijdrage = score[:, None] * slechtst / (ver**2)[:, None]
    volgorde = np.argsort(-np.round(score, 9), kind="stable")
    return score[volgorde], bijdrage[volgorde], deel[volgorde], na[volgorde], ver[volgorde]


def _kaal_stromen(
    m: np.ndarray, w: np.ndarray, voorkeur: Callable[[np.ndarray], np.ndarray]
) -> tuple[np.ndarray, ...]:
    deel = (m - 1) / 4
    plus, min_ = np.empty_like(deel), np.empty_like(deel)
    for j in range(deel.shape[1]):
        volgorde = np.argsort(deel[:, j], kind="stable")
        y = deel[volgorde, j]
        plus[volgorde, j] = voorkeur(y) / (len(y) - 1)
        min_[volgorde, j] = voorkeur(-y[::-1])[::-1] / (len(y) - 1)
    bijdrage = 50 * w * (1 + plus - min_)
    score = bijdrage.sum(axis=1)
    volgorde = np.argsort(-np.round(score, 9), kind="stable")
    return score[volgorde], bijdrage[volgorde], deel[volgorde], (w * plus).sum(axis=1), (w * min_).sum(axis=1)


def _lineair(y: np.ndarray) -> np.ndarray:
    geheel, deels = np.searchsorted(y, y - 0.5, side="right"), np.searchsorted(y, y - 0.125, side="left")
    som = np.concatenate(([0.0], np.cumsum(y)))
    return geheel + ((deels - geheel) * (y - 0.125) - (som[deels] - som[geheel])) / 0.375


def _gewoon(y: np.ndarray) -> np.ndarray:
    return np.searchsorted(y, y, side="left").astype(float)


KAAL = {
    "gewogen-som": _kaal_gewogen,
    "topsis": _kaal_topsis,
    "promethee": lambda m, w: _kaal_stromen(m, w, _lineair),
    "borda": lambda m, w: _kaal_stromen(m, w, _gewoon),
}


def _kaal_smaa(m: np.ndarray, sd: np.ndarray, w: np.ndarray, trekkingen: int) -> object:
    """The same draws and ranks: weights, scores redrawn outside the scale, chance and table of ranks."""
    rng, n = np.random.default_rng(1), len(m)
    midden = ((m - 1) / 4).T.astype(np.float32)
    spreiding = np.maximum(sd / 4, MINIMUM).T.astype(np.float32)
    stuk = min(STUK, max(20, 4_000_000 // n))
    kolommen = min(n, 2**21 // n)
    boven, rangen = np.zeros(n), np.zeros((n, kolommen), dtype=np.int64)
    bak = np.minimum(np.arange(n), kolommen - 1)
    for _ in range(0, trekkingen, stuk):
        gewicht = rng.dirichlet(w * (1 / ONZEKER**2 - 1), stuk).astype(np.float32)
        som = np.zeros((stuk, n), dtype=np.float32)
        for j in range(len(w)):
            x = rng.standard_normal((stuk, n), dtype=np.float32) * spreiding[j] + midden[j]
            rijen, kolom = np.nonzero((x < 0) | (x > 1))
            while len(rijen):
                nieuw = rng.standard_normal(len(rijen), dtype=np.float32) * spreiding[j][kolom] + midden[j][kolom]
                x[rijen, kolom] = nieuw
                buiten = (nieuw < 0) | (nieuw > 1)
                rijen, kolom = rijen[buiten], kolom[buiten]
            som += x * gewicht[:, j, None]
        volgorde = np.argsort(-som, axis=1)
        boven += np.bincount(volgorde[:, :TOP_N].ravel(), minlength=n)
        rangen += np.bincount((volgorde * kolommen + bak).ravel(), minlength=n * kolommen).reshape(n, kolommen)
    return boven, rangen


def _met_tabellen(uit: tuple[np.ndarray, ...]) -> list[pd.DataFrame]:
    """What numpy gave as tables: one of the columns, one per matrix."""
    score, bijdrage, deel, *meer = uit
    kolommen = {"score": score, "rang": np.arange(1.0, len(score) + 1), "volledig": score == score}
    kolommen |= {f"kolom{i}": k for i, k in enumerate(meer)}
    return [
        pd.DataFrame(kolommen, copy=False),
        *(pd.DataFrame(x, columns=list(CRITERIA)) for x in (bijdrage, deel)),
    ]


def _rangschikken(n: int, gemiddeld: pd.DataFrame) -> list[Regel]:
    m, w = gemiddeld.to_numpy(), np.array(list(GEWICHTEN.values())) / sum(GEWICHTEN.values())
    regels: list[Regel] = []
    for naam, methode in METHODEN.items():
        ons, tabellen, kaal = afwisselend(
            partial(rangschik, naam, gemiddeld, GEWICHTEN), lambda f=KAAL[naam]: _met_tabellen(f(m, w)),
            partial(KAAL[naam], m, w), keer=31,
        )  # fmt: skip
        regels.append((f"{n} ambities, {methode.naam}, tegen numpy", ons, kaal, "ms"))
        regels.append((f"{n} ambities, {methode.naam}, tegen numpy met tabellen", ons, tabellen, "ms"))
    return regels


def _smaa(n: int, gemiddeld: pd.DataFrame, spreiding: pd.DataFrame) -> list[Regel]:
    m, sd = gemiddeld.to_numpy(), spreiding.to_numpy()
    w = np.array(list(GEWICHTEN.values())) / sum(GEWICHTEN.values())
    trekkingen = TREKKINGEN_BIJ[n]
    kop = {"top_n": TOP_N, "trekkingen": trekkingen, "onzekerheid_gewicht": ONZEKER}
    ons = partial(smaa, gemiddeld, spreiding, None, GEWICHTEN, **kop)
    with ThreadPoolExecutor(1) as een_draad, ThreadPoolExecutor(2) as twee_draden:
        alleen, een, twee, kaal = afwisselend(
            ons, partial(ons, executor=een_draad), partial(ons, executor=twee_draden),
            partial(_kaal_smaa, m, sd, w, trekkingen), keer=3,
        )  # fmt: skip
    return [
        (f"{n} ambities, SMAA {trekkingen} keer, tegen numpy", alleen, kaal, "ms"),
        (f"{n} ambities, SMAA op 2 draden, tegen 1", twee, een, "ms"),
    ]


def meet() -> list[Regel]:
    regels: list[Regel] = []
    for n in TREKKINGEN_BIJ:
        gemiddeld, spreiding = _scores(n)
        regels += _rangschikken(n, gemiddeld) + _smaa(n, gemiddeld, spreiding)
    return regels
