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
        self._gelezen: dict[int, list[tuple[Woord, set[str], set[str]]]] = {}
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
        van, naar = self._groepen(a), self._groepen(b)
        for soort in (1, 2):
            paren = {}
            for w, *groepen in van:
                eigen = groepen[soort - 1] if w.stam not in al else set()
                ander = next((v[0].tekst for v in naar if v[soort] & eigen and v[0].stam != w.stam), None)
                if ander is not None:
                    paren.setdefault(w.stam, f"'{w.tekst}' en '{ander}'")
            if paren:
                return ", ".join(list(paren.values())[:_VERWANT])
        return ""

    def _groepen(self, rij: int) -> list[tuple[Woord, set[str], set[str]]]:
        """Words of a row, each with its synonyms and its begrippen, also by its parts."""
        if rij not in self._gelezen:
            v, frasen = self._vectoren, self._vectoren.frasen[rij]
            uit = []
            for w in v.rijen[rij]:
                delen = (w.stam, *v.splitser.delen(w.tekst))
                synoniemen = {g for s in delen for g in v.lijsten.synoniem(s, frasen)}
                uit.append((w, synoniemen, {g for s in delen for g in v.lijsten.begrippen.get(s, ())}))
            self._gelezen[rij] = uit
        return self._gelezen[rij]

    def _eens(self, a: int, b: int) -> list[str]:
        paren = {v: (w[a], w[b]) for v, w in self._velden.items()}
        return [_VELD[v].format(x) for v, (x, y) in paren.items() if not pd.isna(x) and x == y]


def _opsom(woorden: Sequence[str]) -> str:
    return ", ".join(f"'{w}'" for w in woorden)
