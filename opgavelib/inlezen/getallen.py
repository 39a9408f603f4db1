"""Numbers as Dutch colleagues write them in Excel; pure functions.

Every function takes a cell's value and gives ``(value, notes)``; notes are keys of
`opgavelib.inlezen.waarden.NOTITIES`. A value that can be read in two ways is refused, never guessed: "1,234" as an
amount is off by a factor 1000 when it is guessed wrong.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

LEEG = frozenset(["", "-", "–", "—", "--", "- -"])
ONBEKEND = frozenset(
    ["pm", "p.m.", "p.m", "nvt", "n.v.t.", "n.v.t", "nnb", "n.n.b.", "ntb", "n.t.b.", "nader te bepalen",
     "onbekend", "?", "n/a", "tbd"]
)  # fmt: skip
_MACHT = {
    "k": 1_000, "dzd": 1_000, "duizend": 1_000, "m": 1_000_000, "mln": 1_000_000, "mio": 1_000_000,
    "miljoen": 1_000_000, "mld": 1_000_000_000, "miljard": 1_000_000_000,
}  # fmt: skip
# Looks at the end only, so that a text of digits costs no more than reading it.
_ACHTER = re.compile(r"(?<![a-z])(k|dzd|duizend|m|mln|mio|miljoen|mld|miljard)\.?$")
_NL_DUIZEND = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_NL = re.compile(r"\d+(?:,\d+)?|,\d+")
_EN_DUIZEND = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_PUNT = re.compile(r"\d*\.(?:\d{1,2}|\d{4,})")
_SPATIES = re.compile(r"(?<=\d)\s(?=\d{3}(?:\D|$))")
_CIRCA = re.compile(r"^(?:ca\.?|circa|ongeveer|±|~|\+/-)\s*")
_EURO = re.compile(r"€|\b(?:euro|eur)\b\.?")
_EENHEID = {
    "bedrag": _EURO,
    "uren": re.compile(r"\b(?:uren|uur|u)\b\.?(?:\s*(?:per jaar|/jaar|p/j))?$"),
    "fte": re.compile(r"\bfte'?s?\b\.?$"),
}
# Less than this is float noise and no cents.
_CENTEN = Decimal("0.005")
GROOTST = 9_000_000_000_000_000
# No number that anybody writes is longer; what is, is refused before any pattern sees it.
LANGST = 60


class Onleesbaar(ValueError):
    """A value that cannot be read: ``probleem`` has ``{waarde}`` where the value may be shown."""

    def __init__(self, probleem: str, doe: str):
        super().__init__(probleem)
        self.probleem, self.doe = probleem, doe


def is_leeg(waarde: object) -> bool:
    """None, blank and a lone dash are missing."""
    return waarde is None or (isinstance(waarde, str) and waarde.strip() in LEEG)


def lees_getal(waarde: object, soort: str = "") -> tuple[Decimal | None, tuple[str, ...], bool]:
    """A number in Dutch notation.

    Parameters
    ----------
    waarde : cell value
    soort : ``bedrag``, ``uren``, ``fte`` or empty; which unit may stand beside the number

    Returns
    -------
    (number or None when missing, notes, whether the text named its own unit such as ``mln``)

    Raises
    ------
    Onleesbaar : no number, or one that can be read in two ways
    """
    if is_leeg(waarde):
        return None, (), False
    if isinstance(waarde, (bool, date, datetime, time, timedelta)):
        raise Onleesbaar("{waarde} is geen getal.", "Vul een getal in, of maak de cel leeg.")
    if isinstance(waarde, (int, float)):
        if not math.isfinite(waarde):
            raise Onleesbaar("{waarde} is geen getal.", "Vul een getal in, of maak de cel leeg.")
        return Decimal(repr(waarde)), (), False
    return _uit_tekst(str(waarde), soort)


def _uit_tekst(bron: str, soort: str) -> tuple[Decimal | None, tuple[str, ...], bool]:
    tekst = " ".join(bron.lower().replace("−", "-").split())
    if len(tekst) > LANGST:
        raise Onleesbaar("{waarde} is geen getal.", "Vul een getal in, of maak de cel leeg.")
    if tekst in ONBEKEND:
        return None, ("onbekend",), False
    notities: list[str] = []
    zonder = _CIRCA.sub("", tekst)
    if zonder != tekst:
        tekst = zonder
        notities.append("geschat")
    negatief = False
    if tekst.startswith("(") and tekst.endswith(")"):
        tekst, negatief = tekst[1:-1], True
    if soort in _EENHEID:
        tekst = _EENHEID[soort].sub("", tekst).strip()
    eigen_eenheid = _ACHTER.search(tekst) if soort in ("bedrag", "") else None
    macht = 1
    if eigen_eenheid:
        tekst, macht = tekst[: eigen_eenheid.start()].strip(), _MACHT[eigen_eenheid[1]]
    tekst = re.sub(r",-+$", "", tekst).strip()
    if tekst[:1] in "-–+" and tekst[:1]:
        negatief ^= tekst[0] != "+"
        tekst = tekst[1:].strip()
    elif tekst.endswith("-"):
        negatief ^= True
        tekst = tekst[:-1].strip()
    getal, notitie = _ontleed(_SPATIES.sub("", tekst), soort, bool(eigen_eenheid))
    if notitie:
        notities.append(notitie)
    getal *= macht
    return (-getal if negatief else getal), tuple(notities), bool(eigen_eenheid)


def _ontleed(tekst: str, soort: str, eigen_eenheid: bool) -> tuple[Decimal, str]:
    if not tekst.isascii():  # \d also matches digits of other scripts
        raise Onleesbaar("{waarde} is geen getal.", "Vul een getal in, of maak de cel leeg.")
    if _NL_DUIZEND.fullmatch(tekst):
        return Decimal(tekst.replace(".", "").replace(",", ".")), ""
    if soort == "bedrag" and not eigen_eenheid and re.fullmatch(r"[1-9]\d{0,2},\d{3}", tekst):
        raise Onleesbaar(
            "{waarde} kan op twee manieren worden gelezen.",
            f"Schrijf {tekst.replace(',', '.')} voor duizenden, of rond af op centen.",
        )
    if _NL.fullmatch(tekst):
        return Decimal(tekst.replace(",", ".")), ""
    if _EN_DUIZEND.fullmatch(tekst):
        return Decimal(tekst.replace(",", "")), "engels"
    if _PUNT.fullmatch(tekst):
        return Decimal(tekst), "engels"
    raise Onleesbaar("{waarde} is geen getal.", "Vul een getal in, of maak de cel leeg.")


def lees_bedrag(waarde: object, factor: int = 1) -> tuple[int | None, tuple[str, ...]]:
    """Money in whole euros, rounded half away from zero.

    Parameters
    ----------
    factor : what the header says, e.g. 1000; a cell that says ``12 mln`` itself is not multiplied

    Raises
    ------
    Onleesbaar : no amount, or one that can be read in two ways
    """
    getal, notities, eigen = lees_getal(waarde, "bedrag")
    if getal is None:
        return None, notities
    getal = getal if eigen else getal * factor
    if abs(getal) > GROOTST:
        raise Onleesbaar("{waarde} is te groot voor een bedrag.", "Vul het bedrag in euro's in.")
    # A cell such as 79.85 under "x 1.000" carries float noise far below a cent.
    heel = getal.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if abs(getal - heel) >= _CENTEN:
        notities += ("centen",)
    if eigen and factor != 1:
        notities += ("eigen_eenheid",)
    return int(heel), notities


def centen(waarde: object, factor: int = 1) -> int:
    """What `lees_bedrag` rounded away of an amount it could read: exact minus rounded, -50 to 50 cents."""
    getal, _, eigen = lees_getal(waarde, "bedrag")
    if getal is None:
        return 0
    getal = getal if eigen else getal * factor
    weg = getal - getal.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return int((100 * weg).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def lees_hoeveelheid(waarde: object, soort: str, factor: int = 1) -> tuple[float | None, tuple[str, ...]]:
    """Hours or fte as a number >= 0, in the unit of `soort`."""
    getal, notities, eigen = lees_getal(waarde, soort)
    if getal is None:
        return None, notities
    if getal < 0:
        raise Onleesbaar("{waarde} is negatief.", "Vul nul of meer in.")
    if getal > GROOTST:
        raise Onleesbaar("{waarde} is te groot.", "Controleer het getal.")
    return float(getal if eigen else getal * factor), notities


def lees_aandeel(waarde: object, opmaak: str = "") -> tuple[float | None, tuple[str, ...]]:
    """A share from 0 to 1: ``80%``, ``0,8``, 0.8, a cell formatted as %, or 80 as a percentage."""
    procent = "%" in opmaak
    if isinstance(waarde, str) and (tekst := waarde.strip()).endswith("%"):
        getal, notities, _ = lees_getal(tekst[:-1])
        notities += ("als_procent",)
        getal = None if getal is None else getal / 100
    else:
        getal, notities, _ = lees_getal(waarde)
        if getal is not None and not procent and getal > 1:
            getal, notities = getal / 100, (*notities, "als_procent", "zonder_procentteken")
        elif getal is not None and not procent and 0 < getal < 1:
            notities = (*notities, "als_fractie")
    if getal is None:
        return None, notities
    if not 0 <= getal <= 1:
        raise Onleesbaar("{waarde} is geen aandeel.", "Vul een percentage van 0% tot 100% in.")
    return float(getal), notities


def lees_geheel(
    waarde: object, laag: int | None = None, hoog: int | None = None
) -> tuple[int | None, tuple[str, ...]]:
    """A whole number, optionally between two bounds; ``1e`` and ``2.`` count as ordinals."""
    kort = " ".join(waarde.split()) if isinstance(waarde, str) else ""
    if len(kort) <= LANGST and (m := re.fullmatch(r"(?:#|nr\.?)? ?(\d+) ?(?:e|ste|de|\.|\))?", kort)):
        waarde = int(m[1])
    getal, notities, _ = lees_getal(waarde)
    if getal is None:
        return None, notities
    grens = f" van {laag} tot en met {hoog}" if laag is not None else ""
    if getal != int(getal) or (laag is not None and not laag <= getal <= hoog) or abs(getal) > GROOTST:
        raise Onleesbaar(f"{{waarde}} is geen heel getal{grens}.", f"Vul een heel getal{grens} in.")
    return int(getal), notities
