"""Draws for SMAA: weights and scores, again and again, in chunks that any executor may compute.

Arrays only, so that a chunk travels to a thread, a process or a cluster.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from opgavelib.domein.stukken import in_volgorde

# Chunks depend on the size of the problem and never on who computes them: that would change the result.
_STUK = 500
_STUK_GETALLEN = 4_000_000
_RANGTABEL_GETALLEN = 2**21
_TEGELIJK = 32
# Scores closer than a millionth of the scale are equal.
_FIJN = 2**20
_PLAATS_BITS = 32


@dataclass(frozen=True)
class Taak:
    """One problem as plain arrays: what travels to a thread, a process or a cluster."""

    gemiddeld: np.ndarray  # (k x n) float32, normalised, 0 where missing
    spreiding: np.ndarray  # (k x n) float32, normalised
    bekend: np.ndarray | None  # (k x n) float32 of 0 and 1; None when nothing is missing
    alfa: np.ndarray | None  # (k) of the Dirichlet distribution; None: weights are certain
    aandelen: np.ndarray  # (k)
    top_n: int
    bakken: np.ndarray  # (n) rank - 1 to column of the table of ranks


def tel(
    taak: Taak,
    trekkingen: int,
    zaad: int,
    executor: Executor | None,
    voortgang: Callable[[int, int], object] | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Draws above the line (n) and the table of ranks (n x bins), summed over chunks in their order."""
    n = taak.gemiddeld.shape[1]
    stuk = int(np.clip(_STUK_GETALLEN // max(n, 1), 20, _STUK))
    maten = [min(stuk, trekkingen - i) for i in range(0, trekkingen, stuk)]
    zaden = np.random.SeedSequence(zaad).spawn(len(maten))
    boven = np.zeros(n)
    rangen = np.zeros((n, int(taak.bakken.max(initial=-1)) + 1), dtype=np.int32)
    klaar = 0
    if n:
        werk = ((trek, (taak, z, maat)) for z, maat in zip(zaden, maten, strict=True))
        for maat, (b, r) in zip(maten, in_volgorde(executor, werk, _TEGELIJK), strict=True):
            boven += b
            rangen += r
            klaar += maat
            if voortgang is not None:
                voortgang(klaar, trekkingen)
    return boven, rangen


def trek(taak: Taak, zaad: np.random.SeedSequence, aantal: int) -> tuple[np.ndarray, np.ndarray]:
    """One chunk: per ambitie how often it was above the line (n), and at which ranks (n x bins).

    No matrix product here: its last bits differ between machines, and so could the draws that tie.
    """
    rng = np.random.default_rng(zaad)
    k, n = taak.gemiddeld.shape
    gewicht = _gewichten(rng, taak, aantal)
    som = np.zeros((aantal, n), dtype=np.float32)
    noemer = None if taak.bekend is None else np.zeros((aantal, n), dtype=np.float32)
    for j in range(k):
        waarde = _afgekapt(rng, taak.gemiddeld[j], taak.spreiding[j], aantal)
        if noemer is not None:
            waarde *= taak.bekend[j]
            noemer += gewicht[:, j, None] * taak.bekend[j]
        waarde *= gewicht[:, j, None]
        som += waarde
    if noemer is not None:
        # Drawn weights can all but vanish on what was judged; then nothing speaks for the ambitie.
        som = np.divide(som, noemer, out=np.zeros_like(som), where=noemer > 1e-12)
    # Score and place in one number: one fast sort gives order, ties and who it is.
    sleutel = np.rint((1 - som) * _FIJN).astype(np.int64) << _PLAATS_BITS
    sleutel |= np.arange(n)
    sleutel.sort(axis=1)
    wie = sleutel & (2**_PLAATS_BITS - 1)
    sleutel >>= _PLAATS_BITS
    bakken = taak.bakken[_gedeelde_rang(sleutel) - 1] if n else np.zeros((aantal, 0), dtype=int)
    kolommen = int(taak.bakken.max(initial=-1)) + 1
    rangen = np.bincount((wie * kolommen + bakken).ravel(), minlength=n * kolommen).reshape(n, kolommen)
    return _boven_de_streep(wie, sleutel, taak.top_n), rangen.astype(np.uint16)


def _gewichten(rng: np.random.Generator, taak: Taak, aantal: int) -> np.ndarray:
    """Weights per draw, array (aantal x k) of float32; a weight of 0 stays 0."""
    if taak.alfa is None:
        return np.broadcast_to(taak.aandelen.astype(np.float32), (aantal, len(taak.aandelen)))
    gamma = rng.standard_gamma(np.broadcast_to(taak.alfa, (aantal, len(taak.alfa))))
    som = gamma.sum(axis=1, keepdims=True)
    return np.where(som > 0, gamma / np.where(som > 0, som, 1.0), taak.aandelen).astype(np.float32)


def _afgekapt(rng: np.random.Generator, midden: np.ndarray, sd: np.ndarray, aantal: int) -> np.ndarray:
    """Normal draws within 0-1, array (aantal x n): what falls outside is drawn again."""
    waarde = rng.standard_normal((aantal, len(midden)), dtype=np.float32)
    waarde *= sd
    waarde += midden
    plat = waarde.reshape(-1)
    buiten = np.flatnonzero((plat < 0) | (plat > 1))
    for _ in range(64):
        if not len(buiten):
            break
        kolom = buiten % len(midden)
        nieuw = rng.standard_normal(len(buiten), dtype=np.float32) * sd[kolom] + midden[kolom]
        plat[buiten] = nieuw
        buiten = buiten[(nieuw < 0) | (nieuw > 1)]
    return np.clip(waarde, 0, 1, out=waarde) if len(buiten) else waarde


def _gedeelde_rang(scores: np.ndarray) -> np.ndarray:
    """Ranks of sorted rows (aantal x n), 1-based; those who tie get the mean of theirs, rounded down."""
    aantal, n = scores.shape
    rang = np.broadcast_to(np.arange(1, n + 1), scores.shape)
    if n < 2 or not (gelijk := scores[:, 1:] == scores[:, :-1]).any():
        return rang
    begin = np.ones(scores.shape, dtype=bool)
    begin[:, 1:] = ~gelijk
    eerste = np.flatnonzero(begin.ravel())
    lengte = np.diff(np.append(eerste, aantal * n))
    gedeeld = (eerste % n) + 1 + (lengte - 1) // 2
    return np.repeat(gedeeld, lengte).reshape(aantal, n)


def _boven_de_streep(wie: np.ndarray, scores: np.ndarray, top_n: int) -> np.ndarray:
    """How often each is among the first `top_n`, array (n); who tie at the line share what is left."""
    n = wie.shape[1]
    if top_n >= n:
        return np.full(n, float(len(wie)))
    gelijk = scores[:, top_n - 1] == scores[:, top_n]
    uit = np.bincount(wie[~gelijk, :top_n].ravel(), minlength=n).astype(float)
    if gelijk.any():
        s = scores[gelijk]
        grens = s[:, top_n - 1 : top_n]
        ervoor, erop = s < grens, s == grens
        deel = (top_n - ervoor.sum(axis=1, keepdims=True)) / erop.sum(axis=1, keepdims=True)
        uit += np.bincount(wie[gelijk].ravel(), weights=(ervoor + erop * deel).ravel(), minlength=n)
    return uit


def bakken_voor(n: int, top_n: int) -> tuple[np.ndarray, np.ndarray]:
    """Ranks to columns of a table that stays small: exact at the top, coarser below when there are thousands.

    Returns
    -------
    column per rank (n), and the rank that each column stands for (the middle of what it holds)
    """
    kolommen = min(n, max(32, _RANGTABEL_GETALLEN // max(n, 1)))
    precies = n if kolommen == n else min(n, max(kolommen // 2, 3 * top_n))
    rest = n - precies
    bakken = np.arange(n)
    if rest:
        grof = max(kolommen - precies, 16)
        bakken[precies:] = precies + np.arange(rest) * grof // rest
    rangen = np.arange(1, n + 1)
    midden = np.bincount(bakken, weights=rangen) / np.bincount(bakken) if n else np.zeros(0)
    return bakken, np.floor(midden)


def percentielen(tabel: np.ndarray, rangen: np.ndarray) -> dict[str, np.ndarray]:
    """5th, 50th and 95th percentile of the rank: the first rank that at least this share of the draws reaches."""
    if not tabel.size:
        return {naam: np.zeros(len(tabel)) for naam in ("rang_p5", "rang_mediaan", "rang_p95")}
    loop = np.cumsum(tabel, axis=1)
    totaal = loop[:, -1:]
    return {
        naam: rangen[(loop < deel * totaal).sum(axis=1)]
        for naam, deel in (("rang_p5", 0.05), ("rang_mediaan", 0.5), ("rang_p95", 0.95))
    }
