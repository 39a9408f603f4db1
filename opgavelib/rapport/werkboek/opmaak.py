"""What the meaning of a cell looks like, for both formats. Colours are those of the screens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from opgavelib.rapport.werkboek.model import Blad, Cel, Kleurregel, Rol, Stijl, Vorm

LETTER, GROOTTE = "Calibri", 11
TEKST, GEDEMPT, PRIMAIR, WIT, LIJN = "#1a2129", "#55606b", "#154273", "#ffffff", "#c9d0d8"
INVOER_VLAK, TOTAAL_VLAK, TUSSEN_VLAK = "#fff4cc", "#e6ecf3", "#f5f7fa"
# Sign that a text begins with -> (rol, colour of the letters, colour behind them).
TEKENS = {
    "●": (Rol.GOED, "#1b7f4b", "#e3f3ea"),
    "▲": (Rol.LET_OP, "#8a4800", "#fdeeda"),
    "■": (Rol.FOUT, "#b3261e", "#fbe4e2"),
}
# Excel's notation; a Dutch Excel shows 1.234 where this says 1,234.
GETALVORMEN = {
    Vorm.TEKST: "@",
    Vorm.BEDRAG: "[$€-413] #,##0;-[$€-413] #,##0",
    Vorm.CENTEN: "[$€-413] #,##0.00;-[$€-413] #,##0.00",
    Vorm.UREN: "#,##0",
    Vorm.SALDO: '#,##0;"■ -"#,##0;0',
    Vorm.FTE: "#,##0.0#",
    Vorm.AANDEEL: "0.0%",
    Vorm.GETAL: "General",
    Vorm.GEHEEL: "0",
}


@dataclass(frozen=True)
class Opmaak:
    """Look of a cell.

    Attributes
    ----------
    lijn : colour of the line around or under it, empty without
    rondom : the line goes all around, in dashes: an input, also in black and white
    open : not locked
    """

    vorm: Vorm
    kleur: str = TEKST
    vlak: str = ""
    vet: bool = False
    grootte: int = GROOTTE
    rechts: bool = False
    midden: bool = False
    terugloop: bool = False
    lijn: str = ""
    rondom: bool = False
    boven: bool = False
    open: bool = False


@cache
def opmaak(stijl: Stijl) -> Opmaak:
    """The look of a style."""
    vorm, rol, terugloop = stijl
    rechts = vorm != Vorm.TEKST
    gewoon = {"vorm": vorm, "rechts": rechts, "terugloop": terugloop}
    match rol:
        case Rol.TITEL:
            return Opmaak(vorm, kleur=PRIMAIR, vet=True, grootte=18)
        case Rol.TUSSENKOP:
            return Opmaak(vorm, kleur=PRIMAIR, vlak=TUSSEN_VLAK, vet=True, grootte=12, lijn=PRIMAIR)
        case Rol.UITLEG:
            return Opmaak(**gewoon, kleur=GEDEMPT)
        case Rol.KOP:
            return Opmaak(vorm, kleur=WIT, vlak=PRIMAIR, vet=True, rechts=rechts, terugloop=True, midden=True)
        case Rol.INVOER:
            return Opmaak(**gewoon, vlak=INVOER_VLAK, lijn=GEDEMPT, rondom=True, open=True)
        case Rol.TOTAAL:
            return Opmaak(**gewoon, vlak=TOTAAL_VLAK, vet=True, lijn=PRIMAIR, boven=True)
        case Rol.GOED | Rol.LET_OP | Rol.FOUT:
            kleur, vlak = next((k, v) for r, k, v in TEKENS.values() if r == rol)
            return Opmaak(**gewoon, kleur=kleur, vlak=vlak, vet=True, lijn=LIJN)
        case _:
            return Opmaak(**gewoon, lijn=LIJN)


def voorwaarden(regel: Kleurregel, cel: str) -> list[tuple[str, int, str, str]]:
    """Conditions of a Kleurregel: formula about its first cell, number of the sign, its colours."""
    kleuren = [(n, teken, kleur, vlak) for n, (teken, (_, kleur, vlak)) in enumerate(TEKENS.items())]
    if regel.negatief:
        return [(f"{cel}<0", n, kleur, vlak) for n, teken, kleur, vlak in kleuren if teken == "■"]
    return [(f'LEFT({cel},1)="{teken}"', n, kleur, vlak) for n, teken, kleur, vlak in kleuren]


_REGEL, _TITEL, _RAND = 15.0, 27.0, 6.0
_PROSE = 1.1  # a letter is narrower than a digit, which is what widths are counted in


def hoogte(blad: Blad, nummer: int, cellen: Sequence[Cel]) -> float | None:
    """Height of a row in points when it holds more than one line; None is the usual one.

    Not every program looks again at rows when it opens a file.
    """
    if nummer == blad.kop:
        woorden = [(str(c.waarde or ""), b) for c, b in zip(cellen, blad.breedtes, strict=False)]
        return _RAND + _REGEL * max((_regels(t, b - 3) for t, b in woorden), default=1)
    if cellen and cellen[0].stijl.rol == Rol.TITEL:
        return _TITEL
    lang = [(c.waarde, b) for c, b in zip(cellen, blad.breedtes, strict=False) if c.stijl.terugloop]
    meest = max((_regels(t, _PROSE * b - 2) for t, b in lang if isinstance(t, str)), default=1)
    return _RAND / 2 + _REGEL * meest if meest > 1 else None


def _regels(tekst: str, breedte: float) -> int:
    """How many lines text takes in a column, broken between words."""
    aantal = 0
    for regel in tekst.split("\n"):
        aantal, plek = aantal + 1, 0.0
        for woord in regel.split(" "):
            if plek and plek + len(woord) > breedte:
                aantal, plek = aantal + 1, 0.0
            aantal += math.ceil(len(woord) / max(1.0, breedte)) - 1 if len(woord) > breedte else 0
            plek += len(woord) + 1
    return aantal
