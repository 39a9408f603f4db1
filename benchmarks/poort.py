"""Reading the example through the gate, against a bare read of the same files."""

from __future__ import annotations

import openpyxl

from benchmarks.meten import Regel, afwisselend
from opgavelib.inlezen import lees_bestanden
from opgavelib.paden import map_van


def _kaal(paden) -> int:
    """All cells of all sheets, as openpyxl gives them."""
    cellen = 0
    for pad in paden:
        for blad in openpyxl.load_workbook(pad, data_only=True):
            cellen += sum(len(rij) for rij in blad.iter_rows(values_only=True))
    return cellen


def meet() -> list[Regel]:
    paden = sorted(map_van("data/voorbeeld").glob("*.xlsx"))
    poort, kaal = afwisselend(lambda: lees_bestanden(paden), lambda: _kaal(paden), keer=9)
    return [(f"{len(paden)} bestanden door de poort, tegen kaal lezen", poort, kaal, "ms")]
