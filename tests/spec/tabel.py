"""Text tables in Dutch notation, as a controller writes them."""

from __future__ import annotations

import math
import re

_GETAL = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


def cel(tekst: str) -> str | float | None:
    """``1.234,5`` is 1234.5, ``25%`` is 0.25, an empty cell is None; anything else is text (``0.10`` too)."""
    tekst = tekst.strip()
    if not tekst:
        return None
    kaal = tekst.removesuffix("%").strip()
    if not _GETAL.fullmatch(kaal):
        return tekst
    waarde = float(kaal.replace(".", "").replace(",", "."))
    return waarde / 100 if tekst.endswith("%") else waarde


def lees_tabel(tekst: str) -> list[dict[str, str | float | None]]:
    """Rows of a table with ``|`` between its columns; the first line is the header."""
    regels = [r for r in tekst.strip().splitlines() if r.strip() and not set(r.strip()) <= set("-|+ ")]
    kop = [k.strip() for k in regels[0].split("|")]
    rijen = [[cel(c) for c in r.split("|")] for r in regels[1:]]
    return [dict(zip(kop, rij, strict=True)) for rij in rijen]


def getal(waarde: float | None) -> float:
    """A number for a calculation: an empty cell is NaN."""
    return math.nan if waarde is None else float(waarde)


def nul(waarde: float | None) -> float:
    """A number that was expected: an empty cell is 0."""
    return 0.0 if waarde is None else float(waarde)
