"""Dutch notation of amounts, hours, shares, quarters and dates, for text (Babel, locale nl).

Tables on screen format their own numbers in the browser; this is for sentences and the terminal.
"""

from __future__ import annotations

import math
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

ONBEKEND = "onbekend"


@cache
def _locale():
    from babel import Locale

    return Locale("nl", "NL")


def _leeg(waarde: float | None) -> bool:
    return waarde is None or (isinstance(waarde, float) and math.isnan(waarde))


def getal(waarde: float | None, decimalen: int = 0, *, vast: bool = False) -> str:
    """``1234.5`` as ``1.235``; at most (or, when `vast`, exactly) `decimalen` decimals; ``onbekend`` when
    missing."""
    from babel.numbers import format_decimal

    if _leeg(waarde):
        return ONBEKEND
    patroon = "#,##0" + ("." + ("0" if vast else "#") * decimalen if decimalen else "")
    # Half away from zero, as taught at school and as the browser does; Babel alone rounds half to even.
    # Adding 0 makes -0 a plain 0.
    afgerond = Decimal(str(waarde)).quantize(Decimal(1).scaleb(-decimalen), ROUND_HALF_UP) + 0
    return format_decimal(afgerond, format=patroon, locale=_locale())


def euro(bedrag_eur: float | None) -> str:
    """Whole euros as in a table: ``€ 1.234.567``."""
    if _leeg(bedrag_eur):
        return ONBEKEND
    teken = "-" if bedrag_eur <= -0.5 else ""
    return f"{teken}€ {getal(abs(bedrag_eur))}"


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
    from babel.dates import format_date

    return f"{format_date(tijdstip, 'd MMMM y', locale=_locale())}, {tijdstip:%H:%M}"


def aantal(n: int, enkelvoud: str, meervoud: str) -> str:
    """``1 rij``, ``88 rijen``."""
    return f"{getal(n)} {enkelvoud if n == 1 else meervoud}"


def kort(tekst: str, lengte: int = 60) -> str:
    """Text on one line of at most `lengte` characters, cut with an ellipsis."""
    tekst = " ".join(str(tekst).split())
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1].rstrip() + "…"
