"""What a model of meaning adds to a pair, when there is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from opgavelib.domein.overlap.dekking import STUK
from opgavelib.domein.overlap.kandidaten import Kandidaten
from opgavelib.domein.overlap.kenmerken import inproduct
from opgavelib.domein.overlap.vectoren import Taal, Vectoren, register, tfidf, vertaal
from opgavelib.domein.overlap.woorden import Woord, lees_woorden

Semantiek = Callable[[Sequence[str]], np.ndarray]
# Measured on the example: a word stands for the begrippen of the four listed words most like it, if these are
# at least half alike.
_GELIJKENIS = 0.5
_BEGRIPPEN = 4
_BEKIJK = 8
_KORTSTE = 4
_BUREN = 10
_BLOK = 512
_GROOT, _DIMENSIES = 5_000, 96
_GRENS = re.compile(r"[;:.!?\n]|\ben\b")
_KORTSTE_ZIN, _MEESTE = 2, 2


@dataclass(frozen=True)
class Ligging:
    """Where the rows lie by meaning.

    Attributes
    ----------
    tekst : vectors (rows, dimensions) of length 1
    buur : nearest rows of every row (rows, neighbours), nearest first
    """

    tekst: np.ndarray
    buur: np.ndarray


def ligging(teksten: Sequence[str], semantiek: Semantiek) -> Ligging:
    """Meaning of every row, and its nearest rows by it; memory is bounded by blocks of rows."""
    tekst = semantiek(teksten)
    punt = tekst.astype(np.float32)
    aantal = len(punt)
    hoeveel = min(_BUREN, max(aantal - 1, 0))
    if aantal > _GROOT:
        punt = _samengevat(punt)
    buur = np.zeros((aantal, hoeveel), dtype=np.int64)
    for begin in range(0, aantal, _BLOK):
        lijkt = punt[begin : begin + _BLOK] @ punt.T
        lijkt[np.arange(len(lijkt)), np.arange(begin, begin + len(lijkt))] = -np.inf
        if hoeveel:
            beste = np.argpartition(-lijkt, hoeveel - 1, axis=1)[:, :hoeveel]
            orde = np.argsort(-np.take_along_axis(lijkt, beste, axis=1), axis=1, kind="stable")
            buur[begin : begin + _BLOK] = np.take_along_axis(beste, orde, axis=1)
    return Ligging(tekst, buur)


def _samengevat(x: np.ndarray) -> np.ndarray:
    """The same rows in the `_DIMENSIES` directions that tell them apart most: only to look for neighbours."""
    _, richting = np.linalg.eigh(x.T @ x)
    kort = x @ richting[:, -_DIMENSIES:]
    return kort / np.maximum(np.linalg.norm(kort, axis=1, keepdims=True), 1e-9)


def betekenis(
    teksten: Sequence[str],
    vectoren: Vectoren,
    kandidaten: Kandidaten,
    plaats: Ligging,
    taal: Taal,
    semantiek: Semantiek,
) -> dict[str, np.ndarray]:
    """Features of every pair of candidates by meaning.

    Returns
    -------
    betekenis : cosine of the texts
    betekenis_deel : cosine of the parts of both texts that are most alike
    begrippen_betekenis : as begrippen, where words that stand in no list count with the listed words most like
        them
    """
    i, j = kandidaten.i, kandidaten.j
    uit = {
        "betekenis": _cosinus(plaats.tekst, i, j),
        "betekenis_deel": _delen(teksten, semantiek, plaats, i, j),
        "begrippen_betekenis": np.zeros(len(i)),
    }
    if taal.begrippen:
        uitgebreid = _breid_uit(vectoren, taal, semantiek)
        uit["begrippen_betekenis"] = inproduct(tfidf(vertaal(vectoren.tokens, uitgebreid)), i, j)
    return uit


def _delen(
    teksten: Sequence[str], semantiek: Semantiek, plaats: Ligging, i: np.ndarray, j: np.ndarray
) -> np.ndarray:
    """Cosine of the parts of both texts that are most alike; a text of one part counts whole."""
    delen = [[d for d in _GRENS.split(t) if len(d.split()) >= _KORTSTE_ZIN] for t in teksten]
    delen = [d[:_MEESTE] if len(d) > 1 else [] for d in delen]
    vectoren = [plaats.tekst]
    if any(delen):
        vectoren.append(semantiek([d for rij in delen for d in rij]))
    alle = np.vstack(vectoren)
    hoogste = max(map(len, delen), default=0)
    # Column 0 is the whole text; a row with fewer parts repeats it.
    welke = np.repeat(np.arange(len(teksten))[:, None], hoogste + 1, axis=1)
    n = len(teksten)
    for r, rij in enumerate(delen):
        welke[r, 1 : len(rij) + 1] = range(n, n + len(rij))
        n += len(rij)
    uit = np.full(len(i), -1.0)
    for p in range(hoogste + 1):
        for q in range(hoogste + 1):
            nieuw = (p == 0) | (welke[i, p] != welke[i, 0])
            nieuw &= (q == 0) | (welke[j, q] != welke[j, 0])
            uit[nieuw] = np.maximum(uit[nieuw], _cosinus(alle, welke[i[nieuw], p], welke[j[nieuw], q]))
    return uit


def _cosinus(vectoren: np.ndarray, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    uit = np.empty(len(i))
    for b in range(0, len(i), STUK):
        deel = slice(b, b + STUK)
        uit[deel] = np.einsum("pd,pd->p", vectoren[i[deel]], vectoren[j[deel]])
    return uit


def _breid_uit(vectoren: Vectoren, taal: Taal, semantiek: Semantiek) -> Mapping[str, list[str]]:
    """Register of begrippen with the words of these rows that stand in no list."""
    bekend = register(taal.begrippen)
    vorm: dict[str, Woord] = {}
    for rij in vectoren.rijen:
        for w in rij:
            vorm.setdefault(w.stam, w)
    onbekend = sorted(
        {t for rij in vectoren.tokens for t in rij if t not in bekend and len(t) >= _KORTSTE and not t[0].isdigit()}
    )
    lijst = [(b, w.tekst) for b, woorden in taal.begrippen.items() for t in woorden for w in lees_woorden(t)]
    if not onbekend:
        return bekend
    doel = semantiek([w for _, w in lijst]).T
    punten = semantiek([vorm[t].tekst.lower() if t in vorm else t for t in onbekend])
    uit = dict(bekend)
    for n, woord in enumerate(onbekend):
        gelijkenis = punten[n] @ doel
        dichtbij = np.argsort(-gelijkenis, kind="stable")[:_BEKIJK]
        gevonden = dict.fromkeys(lijst[m][0] for m in dichtbij.tolist() if gelijkenis[m] >= _GELIJKENIS)
        if gevonden:
            uit[woord] = list(gevonden)[:_BEGRIPPEN]
    return uit
