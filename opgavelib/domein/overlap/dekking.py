"""How much of what one row says the other says too, word by word: in the same or in other words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from opgavelib.domein.overlap.vectoren import Lijsten
from opgavelib.domein.overlap.woorden import Splitser, Woord

STUK = 50_000
# How surely two words mean the same thing that reach the same entry; both sides count, so the product is used.
_STAM, _SYNONIEM, _DEEL, _BEGRIP, _DEELSYNONIEM = 1.0, 0.95, 0.75, 0.6, 0.7
# What is done says less than what it is done to.
_HANDELING = 0.4


class Dekking:
    """Shares of rows that other rows cover.

    Parameters
    ----------
    rijen : per row its words that say something
    frasen : per row, per stem, the synonyms that it belongs to as part of an expression
    """

    def __init__(
        self,
        rijen: Sequence[Sequence[Woord]],
        frasen: Sequence[Mapping[str, Sequence[str]]],
        splitser: Splitser,
        lijsten: Lijsten,
    ):
        per_woord: dict[tuple[str, str], dict[str, float]] = {}
        nummer: dict[str, int] = {}
        n_woord, n_ingang, soort, kracht, telt = [], [], [], [], []
        for rij, extra in zip(rijen, frasen, strict=True):
            uniek = list({w.stam: w for w in rij}.values())
            n_woord.append(len(uniek))
            for w in uniek:
                sleutel = (w.stam, w.tekst)
                if sleutel not in per_woord:
                    per_woord[sleutel] = _ingangen(w, splitser, lijsten)
                ingang = per_woord[sleutel]
                telt.append(_HANDELING if w.stam in lijsten.handelingen else 1.0)
                if w.stam in extra:
                    ingang = ingang | {f"= {g}": _SYNONIEM for g in extra[w.stam]}
                n_ingang.append(len(ingang))
                soort += [nummer.setdefault(k, len(nummer)) for k in ingang]
                kracht += ingang.values()
        self._woord = np.r_[0, np.cumsum(n_woord)].astype(np.int64)
        self._ingang = np.r_[0, np.cumsum(n_ingang)].astype(np.int64)
        self._soort = np.array(soort, dtype=np.int64)
        self._kracht = np.array(kracht, dtype=np.float32)
        self._breedte = max(len(nummer), 1)
        self._tel(len(rijen), np.array(telt, dtype=np.float32))

    def _tel(self, aantal: int, telt: np.ndarray) -> None:
        """What each row holds, sorted for look-up, and how much each word says."""
        rij_van_woord = np.repeat(np.arange(aantal), np.diff(self._woord))
        rij = np.repeat(rij_van_woord, np.diff(self._ingang))
        sleutel = rij * self._breedte + self._soort
        orde = np.lexsort((-self._kracht, sleutel))
        self._sleutel, eerste = np.unique(sleutel[orde], return_index=True)
        self._van_sleutel = self._kracht[orde][eerste]
        keer = np.bincount(self._sleutel % self._breedte, minlength=self._breedte)
        self._zegt = (np.log((1 + aantal) / (1 + keer)) + 1).astype(np.float32)
        # The first entry of a word is its stem.
        self._gewicht = telt * self._zegt[self._soort[self._ingang[:-1]]] if len(self._soort) else telt

    def __call__(self, i: np.ndarray, j: np.ndarray) -> dict[str, np.ndarray]:
        """Features of pairs.

        Returns
        -------
        dekking_laag, dekking_hoog : the share of the row that is covered least, and most; 0 to 1
        dekking_som : how much both say, as the logarithm of the sum of the idf of what they share
        """
        deel, som = np.zeros((2, len(i))), np.zeros((2, len(i)))
        for kant, (van, naar) in enumerate(((i, j), (j, i))):
            for b in range(0, len(i), STUK):
                s = slice(b, b + STUK)
                deel[kant, s], som[kant, s] = self._kant(van[s], naar[s])
        return {
            "dekking_laag": deel.min(axis=0),
            "dekking_hoog": deel.max(axis=0),
            "dekking_som": np.log1p(som.min(axis=0)),
        }

    def _kant(self, van: np.ndarray, naar: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        paar, woord = _reeksen(self._woord, van)
        if not len(woord):
            return np.zeros(len(van)), np.zeros(len(van))
        welk, ingang = _reeksen(self._ingang, woord)
        zoek = naar[paar][welk] * self._breedte + self._soort[ingang]
        plek = np.minimum(np.searchsorted(self._sleutel, zoek), len(self._sleutel) - 1)
        raak = (self._sleutel[plek] == zoek) * self._kracht[ingang] * self._van_sleutel[plek]
        # What many rows say tells little, however rare the word for it.
        raak *= np.minimum(self._zegt[self._soort[ingang]], self._gewicht[woord][welk])
        beste = np.maximum.reduceat(raak, np.flatnonzero(np.r_[True, np.diff(welk) > 0]))
        som = np.bincount(paar, beste, minlength=len(van))
        alles = np.bincount(paar, self._gewicht[woord], minlength=len(van))
        return np.divide(som, alles, out=np.zeros(len(van)), where=alles > 0), som


def _ingangen(w: Woord, splitser: Splitser, lijsten: Lijsten) -> dict[str, float]:
    """Entries of one word, and how surely it means each; the stem comes first."""
    uit = {w.stam: _STAM}

    def noteer(naam: str, kracht: float) -> None:
        uit[naam] = max(kracht, uit.get(naam, 0.0))

    for g in lijsten.synoniemen.get(w.stam, ()):
        noteer(f"= {g}", _SYNONIEM)
    for g in lijsten.begrippen.get(w.stam, ()):
        noteer(f"~ {g}", _BEGRIP)
    for deel in splitser.delen(w.tekst):
        noteer(deel, _DEEL)
        for g in lijsten.synoniemen.get(deel, ()):
            noteer(f"= {g}", _DEELSYNONIEM)
        for g in lijsten.begrippen.get(deel, ()):
            noteer(f"~ {g}", _BEGRIP * _DEEL)
    return uit


def _reeksen(grenzen: np.ndarray, welke: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Members of the segments `welke`, one after the other: which of `welke`, and which member."""
    aantal = grenzen[welke + 1] - grenzen[welke]
    van = np.repeat(np.arange(len(welke)), aantal)
    begin = np.repeat(grenzen[welke] - np.r_[0, np.cumsum(aantal)[:-1]], aantal)
    return van, begin + np.arange(len(van))
