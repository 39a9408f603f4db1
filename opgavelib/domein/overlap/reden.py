"""Why a pair is proposed, in words that a colleague can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from opgavelib.domein.overlap.vectoren import Vectoren
from opgavelib.domein.overlap.woorden import Woord, gedeeld

_HOOGSTENS = 4
_VERWANT = 2
_VEELZEGGEND = 0.5
_VELD = {
    "taakveld": "beide taakveld {}",
    "domein": "beide domein {}",
    "portefeuillehouder": "zelfde portefeuillehouder",  # a name is personal data
}


class Reden:
    """Explains pairs of rows.

    Parameters
    ----------
    velden : DataFrame, a row per row; taakveld, domein, portefeuillehouder
    """

    def __init__(self, vectoren: Vectoren, velden: pd.DataFrame):
        self._vectoren = vectoren
        self._rijen = vectoren.rijen
        self._gelezen: dict[int, tuple[dict[str, Woord], dict[str, Woord]]] = {}
        self._velden = {v: velden[v].tolist() for v in _VELD}

    def __call__(self, a: int, b: int, feiten: Mapping[str, float]) -> tuple[str, list[str]]:
        """Reason of one pair, and the words of row `a` that row `b` has too."""
        woorden = gedeeld(self._rijen[a], self._rijen[b])
        zelfde = list({w.tekst.casefold(): w.tekst for w in woorden}.values())
        delen = []
        if zelfde:
            delen.append(f"zelfde woorden: {_opsom(zelfde[:_HOOGSTENS])}")
        if verwant := self._verwant(a, b, {w.stam for w in woorden}):
            delen.append(f"verwante woorden: {verwant}")
        if feiten.get("betekenis", 0) >= _VEELZEGGEND:
            delen.append("lijkt in betekenis")
        if not delen:
            delen.append(
                "zelfde thema" if feiten["themas"] >= _VEELZEGGEND else "lijkt op elkaar via een derde rij"
            )
        delen += self._eens(a, b)
        if feiten["naam_anders"]:
            delen.append("let op: andere namen")
        if feiten["getal_anders"]:
            delen.append("let op: andere getallen")
        return "; ".join(delen), zelfde

    def _verwant(self, a: int, b: int, al: set[str]) -> str:
        """The first words, not shared, that mean the same, else that belong to one begrip:
        ``'Senioren' en 'ouderen'``."""
        for eigen, ander in zip(self._groepen(a), self._groepen(b), strict=True):
            gemeen = [g for g in eigen if g in ander and eigen[g].stam not in al]
            paren = dict.fromkeys(f"'{eigen[g].tekst}' en '{ander[g].tekst}'" for g in gemeen)
            if paren:
                return ", ".join(list(paren)[:_VERWANT])
        return ""

    def _groepen(self, rij: int) -> tuple[dict[str, Woord], dict[str, Woord]]:
        """Synonyms and begrippen that a row names, by whole words and by their parts, with the first word that
        does."""
        if rij not in self._gelezen:
            v, frasen = self._vectoren, self._vectoren.frasen[rij]
            synoniemen: dict[str, Woord] = {}
            begrippen: dict[str, Woord] = {}
            for w in v.rijen[rij]:
                for s in (w.stam, *v.splitser.delen(w.tekst)):
                    for g in v.lijsten.synoniem(s, frasen):
                        synoniemen.setdefault(g, w)
                    for g in v.lijsten.begrippen.get(s, ()):
                        begrippen.setdefault(g, w)
            self._gelezen[rij] = synoniemen, begrippen
        return self._gelezen[rij]

    def _eens(self, a: int, b: int) -> list[str]:
        paren = {v: (w[a], w[b]) for v, w in self._velden.items()}
        return [_VELD[v].format(x) for v, (x, y) in paren.items() if not pd.isna(x) and x == y]


def _opsom(woorden: Sequence[str]) -> str:
    return ", ".join(f"'{w}'" for w in woorden)
