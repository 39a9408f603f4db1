"""Why a pair is proposed, in words that a colleague can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from opgavelib.domein.overlap.vectoren import Taal, Vectoren, register
from opgavelib.domein.overlap.woorden import Woord, gedeeld

_HOOGSTENS = 4
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

    def __init__(self, vectoren: Vectoren, taal: Taal, velden: pd.DataFrame):
        self._rijen = vectoren.rijen
        self._register = register(taal.begrippen)
        self._velden = {v: velden[v].tolist() for v in _VELD}

    def __call__(self, a: int, b: int, feiten: Mapping[str, float]) -> tuple[str, list[str]]:
        """Reason of one pair, and the words of row `a` that row `b` has too."""
        woorden = gedeeld(self._rijen[a], self._rijen[b])
        zelfde = list({w.tekst.casefold(): w.tekst for w in woorden}.values())
        delen = []
        if zelfde:
            delen.append(f"zelfde woorden: {_opsom(zelfde[:_HOOGSTENS])}")
        if verwant := self._verwant(self._rijen[a], self._rijen[b], {w.stam for w in woorden}):
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

    def _verwant(self, a: Sequence[Woord], b: Sequence[Woord], al: set[str]) -> str:
        """The first two words, not shared, that stand for the same begrip: ``'ouderen' en 'senioren'``."""
        for w in a:
            groepen = set(self._register.get(w.stam, ()))
            for v in b if groepen and w.stam not in al else ():
                if w.stam != v.stam and groepen & set(self._register.get(v.stam, ())):
                    return f"'{w.tekst}' en '{v.tekst}'"
        return ""

    def _eens(self, a: int, b: int) -> list[str]:
        paren = {v: (w[a], w[b]) for v, w in self._velden.items()}
        return [_VELD[v].format(x) for v, (x, y) in paren.items() if not pd.isna(x) and x == y]


def _opsom(woorden: Sequence[str]) -> str:
    return ", ".join(f"'{w}'" for w in woorden)
