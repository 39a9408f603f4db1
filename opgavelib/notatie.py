"""Dutch notation of amounts, hours, shares, quarters and dates, for text.

Tables on screen format their own numbers in the browser; this is for sentences and the terminal. Two
separators and twelve months: a locale library for that took 7 MB of the kernel of every open page.
"""

from __future__ import annotations

import math
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

ONBEKEND = "onbekend"


MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
_TEKENS = str.maketrans(",.", ".,")


def _leeg(waarde: float | None) -> bool:
    return waarde is None or (isinstance(waarde, float) and math.isnan(waarde))


def getal(waarde: float | None, decimalen: int = 0, *, vast: bool = False) -> str:
    """``1234.5`` as ``1.235``; at most (or, when `vast`, exactly) `decimalen` decimals; ``onbekend`` when
    missing."""
    if _leeg(waarde):
        return ONBEKEND
    # Half away from zero, as taught at school and as the browser does. Adding 0 makes -0 a plain 0.
    afgerond = Decimal(str(waarde)).quantize(Decimal(1).scaleb(-decimalen), ROUND_HALF_UP) + 0
    tekst = f"{afgerond:,.{decimalen}f}"
    if decimalen and not vast:
        tekst = tekst.rstrip("0").rstrip(".")
    return tekst.translate(_TEKENS)


def euro(bedrag_eur: float | None) -> str:
    """Whole euros as in a table: ``€ 1.234.567``."""
    if _leeg(bedrag_eur):
        return ONBEKEND
    teken = "-" if bedrag_eur <= -0.5 else ""
    return f"{teken}€ {getal(abs(bedrag_eur))}"


def euro_precies(bedrag_eur: float) -> str:
    """Euros with cents when there are any: ``€ 1.234``, ``€ 1.234,50``."""
    if abs(bedrag_eur - round(bedrag_eur)) < 0.005:
        return euro(bedrag_eur)
    return f"{'-' if bedrag_eur < 0 else ''}€ {getal(abs(bedrag_eur), 2, vast=True)}"


def euro_kort(bedrag_eur: float | None) -> str:
    """Euros as in a sentence: ``€ 1,2 mln``, ``€ 450.000``."""
    if _leeg(bedrag_eur) or abs(bedrag_eur) < 1_000_000:
        return euro(bedrag_eur)
    teken = "-" if bedrag_eur < 0 else ""
    return f"{teken}€ {getal(abs(bedrag_eur) / 1_000_000, 1)} mln"


def uren(aantal_uren: float | None) -> str:
    """``1.360 uur``."""
    return ONBEKEND if _leeg(aantal_uren) else f"{getal(aantal_uren)} uur"


def procent(aandeel: float | None, decimalen: int = 1) -> str:
    """Share 0-1 as ``12,5%``; ``onbekend`` when there is no denominator."""
    return ONBEKEND if _leeg(aandeel) else f"{getal(aandeel * 100, decimalen)}%"


def kwartaal_voluit(kwartaal: str) -> str:
    """``2027K2`` as ``2e kwartaal 2027``."""
    return f"{kwartaal[5]}e kwartaal {kwartaal[:4]}"


def moment(tijdstip: datetime) -> str:
    """A local moment as ``22 november 2026, 14:02``."""
    return f"{tijdstip.day} {MAANDEN[tijdstip.month - 1]} {tijdstip.year}, {tijdstip:%H:%M}"


def aantal(n: int, enkelvoud: str, meervoud: str) -> str:
    """``1 rij``, ``88 rijen``."""
    return f"{getal(n)} {enkelvoud if n == 1 else meervoud}"


def kort(tekst: str, lengte: int = 60) -> str:
    """Text on one line of at most `lengte` characters, cut with an ellipsis."""
    tekst = " ".join(str(tekst).split())
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1].rstrip() + "…"
