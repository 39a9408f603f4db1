"""What speaks for and against a pair of rows, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from opgavelib.domein.overlap.dekking import STUK, Dekking
from opgavelib.domein.overlap.kandidaten import Kandidaten
from opgavelib.domein.overlap.vectoren import Vectoren

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Not programma: every kind of source names its own.
VELDEN = ("taakveld", "domein", "portefeuillehouder")


def kenmerken(
    vectoren: Vectoren, kandidaten: Kandidaten, velden: pd.DataFrame, soorten: np.ndarray
) -> pd.DataFrame:
    """Features of every pair of candidates.

    Parameters
    ----------
    velden : DataFrame, a row per row; the columns `VELDEN`, None where unknown
    soorten : per row a number for its kind of source

    Returns
    -------
    DataFrame, a row per pair, with

    - begrippen, themas, synoniemen: cosine of the vectors, 0 to 1
    - dekking_laag, dekking_hoog, dekking_som: see `Dekking`
    - naam_gelijk, naam_anders, getal_gelijk, getal_anders: 0 or 1; *anders* is: both have some, none shared
    - velden: share of `VELDEN` that both fill in and that are equal, minus the share that differ, -1 to 1
    - zelfde_soort: 1 for two rows of one kind of source, when there are several kinds
    - drukte: see `Kandidaten`
    """
    i, j = kandidaten.i, kandidaten.j
    uit = {
        "begrippen": inproduct(vectoren.begrippen, i, j),
        "themas": inproduct(vectoren.themas, i, j),
        "synoniemen": inproduct(vectoren.synoniemen, i, j),
        **Dekking(vectoren.rijen, vectoren.frasen, vectoren.splitser, vectoren.lijsten)(i, j),
    }
    for naam, matrix in (("naam", vectoren.namen), ("getal", vectoren.getallen)):
        gelijk = inproduct(matrix, i, j) > 0
        heeft = np.diff(matrix.indptr) > 0
        uit[f"{naam}_gelijk"] = gelijk.astype(float)
        uit[f"{naam}_anders"] = (heeft[i] & heeft[j] & ~gelijk).astype(float)
    uit["velden"] = _eens([velden[v].to_numpy(dtype=object) for v in VELDEN], i, j)
    meer_soorten = len(np.unique(soorten)) > 1
    uit["zelfde_soort"] = ((soorten[i] == soorten[j]) & meer_soorten).astype(float)
    return pd.DataFrame(uit | {"drukte": kandidaten.drukte}, dtype=float)


def inproduct(matrix: csr_array, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Inner product of the rows of every pair."""
    uit = np.zeros(len(i))
    for b in range(0, len(i), STUK):
        product = matrix[i[b : b + STUK]].multiply(matrix[j[b : b + STUK]]).tocsr()
        uit[b : b + STUK] = np.asarray(product.sum(axis=1)).ravel()
    return uit


def _eens(velden: Sequence[np.ndarray], i: np.ndarray, j: np.ndarray) -> np.ndarray:
    saldo, bekend = np.zeros(len(i)), np.zeros(len(i))
    for waarden in velden:
        # Codes and not texts: comparing a million pairs of texts takes seconds.
        codes = pd.factorize(pd.Series(waarden, dtype=object).map(_plat, na_action="ignore"))[0]
        beide = (codes[i] >= 0) & (codes[j] >= 0)
        saldo += np.where(beide, np.where(codes[i] == codes[j], 1, -1), 0)
        bekend += beide
    return np.divide(saldo, bekend, out=np.zeros(len(i)), where=bekend > 0)


def _plat(waarde: object) -> str | None:
    return " ".join(str(waarde).casefold().split()) or None
