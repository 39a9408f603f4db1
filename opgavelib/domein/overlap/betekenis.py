"""What a model of meaning adds to a pair, when there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from opgavelib.domein.overlap.kandidaten import Kandidaten
from opgavelib.domein.overlap.kenmerken import STUK, inproduct
from opgavelib.domein.overlap.vectoren import Taal, Vectoren, register, tfidf, vertaal
from opgavelib.domein.overlap.woorden import Woord, lees_woorden

Semantiek = Callable[[Sequence[str]], np.ndarray]
# Measured on the example: a word stands for the begrippen of the four listed words most like it, if these are
# at least half alike.
_GELIJKENIS = 0.5
_BEGRIPPEN = 4
_BEKIJK = 8
_KORTSTE = 4


def betekenis(
    teksten: Sequence[str],
    vectoren: Vectoren,
    kandidaten: Kandidaten,
    taal: Taal,
    semantiek: Semantiek,
) -> dict[str, np.ndarray]:
    """Features of every pair of candidates by meaning.

    Returns
    -------
    betekenis : cosine of the texts
    begrippen_betekenis : as begrippen, where words that stand in no list count with the listed words most like
        them
    """
    i, j = kandidaten.i, kandidaten.j
    uit = {
        "betekenis": _cosinus(semantiek(teksten), i, j),
        "begrippen_betekenis": np.zeros(len(i)),
    }
    if taal.begrippen:
        uitgebreid = _breid_uit(vectoren, taal, semantiek)
        uit["begrippen_betekenis"] = inproduct(tfidf(vertaal(vectoren.tokens, uitgebreid)), i, j)
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
