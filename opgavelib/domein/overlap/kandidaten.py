"""Which pairs of rows are worth comparing: the nearest neighbours of every row, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from opgavelib.domein.overlap.vectoren import Vectoren

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Twice as many find hardly more of the labelled pairs, and cost twice as much; few rows can afford it.
BUREN = 15
_MEESTE_BUREN, _RUIM = 60, 12_000
_BLOK = 512
# A feature of more rows than this says little and costs the square of its rows: left out of the search for
# neighbours, never of the comparison itself.
_VEELVOORKOMEND = 1500
_BEGRIP_TELT = 0.5
_DICHTBIJ = 6
_OMWEGEN = 2


@dataclass(frozen=True)
class Kandidaten:
    """Pairs to compare.

    Attributes
    ----------
    i, j : row numbers, i < j, sorted
    drukte : per pair, how alike their neighbours are to them: a row that resembles many says less
    """

    i: np.ndarray
    j: np.ndarray
    drukte: np.ndarray


def zoek_kandidaten(vectoren: Vectoren, soorten: np.ndarray, ook: np.ndarray | None = None) -> Kandidaten:
    """The nearest rows of every row (`BUREN`, more when there are few rows), and the rows one step further.

    Parameters
    ----------
    soorten : per row a number for its kind of source; the step further goes over rows of another kind,
        when there are several
    ook : per row more rows to compare it with (rows, any number)
    """
    from scipy.sparse import coo_array, hstack

    x = hstack(
        [vectoren.tekens, vectoren.woorden, vectoren.synoniemen, vectoren.begrippen * np.sqrt(_BEGRIP_TELT)],
        format="csr",
    )
    aantal = x.shape[0]
    buur, waarde = _buren(x)
    rij = np.repeat(np.arange(aantal), buur.shape[1])
    echt = waarde.ravel() > 0
    rij, kol, w = rij[echt], buur.ravel()[echt], waarde.ravel()[echt]

    def matrix(gegevens: np.ndarray, waar: np.ndarray | slice = slice(None)) -> csr_array:
        return coo_array((gegevens[waar], (rij[waar], kol[waar])), shape=(aantal, aantal)).tocsr()

    ander = soorten[rij] != soorten[kol]
    if not ander.any():
        ander[:] = True
    lijkt = matrix(w, ander)
    lijkt = lijkt.maximum(lijkt.T)
    # Position among the neighbours of another kind: rows are in order, so count from the start of each.
    voor = np.cumsum(ander) - ander
    start = np.zeros(aantal, dtype=int)
    eerste = np.flatnonzero(np.r_[True, rij[1:] != rij[:-1]]) if len(rij) else np.array([], dtype=int)
    start[rij[eerste]] = voor[eerste]
    beste = ander & (voor - start[rij] < _OMWEGEN)
    stap = matrix(w, beste) @ lijkt
    stap = (stap + stap.T) / 2
    naast = matrix(w)
    paren = (naast + naast.T + stap).tocoo()
    i, j = paren.row.astype(np.int64), paren.col.astype(np.int64)
    if ook is not None:
        van, naar = np.repeat(np.arange(aantal), ook.shape[1]), ook.ravel()
        i, j = np.r_[i, np.minimum(van, naar)], np.r_[j, np.maximum(van, naar)]
    sleutel = np.unique((i * aantal + j)[i < j])
    i, j = sleutel // max(aantal, 1), sleutel % max(aantal, 1)
    dicht = waarde[:, :_DICHTBIJ].sum(axis=1) / _DICHTBIJ
    return Kandidaten(i, j, (dicht[i] + dicht[j]) / 2)


def _buren(x: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Per row its nearest rows, nearest first, and how near: arrays (rows, neighbours); 0 is none."""
    aantal = x.shape[0]
    keer = np.bincount(x.indices, minlength=x.shape[1])
    x = x[:, np.flatnonzero((keer > 1) & (keer <= _VEELVOORKOMEND))].tocsr()
    om = x.T.tocsr()
    hoeveel = min(max(BUREN, min(_MEESTE_BUREN, _RUIM // max(aantal, 1))), max(aantal - 1, 0))
    buur = np.zeros((aantal, hoeveel), dtype=np.int64)
    waarde = np.zeros((aantal, hoeveel), dtype=np.float32)
    for begin in range(0, aantal, _BLOK):
        blok = (x[begin : begin + _BLOK] @ om).tocsr()
        for r in range(blok.shape[0]):
            stuk = slice(blok.indptr[r], blok.indptr[r + 1])
            kol, w = blok.indices[stuk], blok.data[stuk]
            kol, w = kol[kol != begin + r], w[kol != begin + r]
            if len(w) > hoeveel:
                grens = np.partition(w, len(w) - hoeveel)[len(w) - hoeveel]
                kol, w = kol[w >= grens], w[w >= grens]
            orde = np.lexsort((kol, -w))[:hoeveel]
            buur[begin + r, : len(orde)], waarde[begin + r, : len(orde)] = kol[orde], w[orde]
    return buur, waarde
