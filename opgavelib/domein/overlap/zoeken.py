"""First version: pairs by characters of stemmed words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib.domein.overlap.woorden import inhoud, stammen

_KOLOMMEN = ["a", "b", "score", "reden", "gedeeld"]


@dataclass(frozen=True)
class Paren:
    """Pairs that may say the same, best first.

    Attributes
    ----------
    tabel : DataFrame; a, b (keys, a before b in the order of the rows), score (0 to 1), reden, gedeeld
        (list of the words that both have, as a writes them)
    toelichting : what was compared with what, ready for a memo
    parameters : what is needed to repeat it
    """

    tabel: pd.DataFrame
    toelichting: str
    parameters: Mapping[str, object]


def zoek_overlap(
    ambities: pd.DataFrame,
    *,
    proceswoorden: Collection[str],
    weging: Mapping[str, float],
    uitgesloten: Collection[tuple[str, str]] = frozenset(),
    per_rij: int = 5,
    drempel: float = 0.1,
    semantiek: Callable | None = None,
) -> Paren:
    """Pairs of rows that may say the same."""
    proces = stammen(proceswoorden)
    teksten = ambities["titel"].fillna("") + " " + ambities["omschrijving"].fillna("")
    woorden = [inhoud(t, proces) for t in teksten]
    rijen = _kandidaten([" ".join(w.stam for w in ws) for ws in woorden], per_rij)
    weg = {frozenset(p) for p in uitgesloten}
    sleutels = list(ambities.index)
    uit = []
    for i, j, cosinus in rijen:
        score = 1 / (1 + np.exp(-(weging["basis"] + weging["tekens"] * cosinus)))
        if score < drempel or frozenset((sleutels[i], sleutels[j])) in weg:
            continue
        andere = {w.stam for w in woorden[j]}
        gedeeld = list(dict.fromkeys(w.tekst for w in woorden[i] if w.stam in andere))
        reden = (
            f"zelfde woorden: {', '.join(repr(g) for g in gedeeld)}" if gedeeld else "woorden die op elkaar lijken"
        )
        uit.append((sleutels[i], sleutels[j], float(score), reden, gedeeld))
    uit.sort(key=lambda r: (-r[2], sleutels.index(r[0])))
    tabel = pd.DataFrame(uit, columns=_KOLOMMEN)
    zin = f"{len(ambities)} ambities vergeleken op woorden: {len(tabel)} paren om te bekijken."
    return Paren(tabel, zin, {"weging": dict(weging), "per_rij": per_rij, "drempel": drempel})


def _kandidaten(teksten: list[str], per_rij: int) -> list[tuple[int, int, float]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    if len(teksten) < 2 or not any(teksten):
        return []
    x = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32).fit_transform(
        teksten
    )
    gelijk = (x @ x.T).toarray()
    np.fill_diagonal(gelijk, 0)
    paren = set()
    for i in range(len(teksten)):
        for j in np.argsort(-gelijk[i], kind="stable")[:per_rij].tolist():
            if gelijk[i, j] > 0:
                paren.add((min(i, j), max(i, j)))
    return [(i, j, float(gelijk[i, j])) for i, j in sorted(paren)]
