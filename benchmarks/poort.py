"""The gate: the example against a bare read, and what hostile files cost in time and in memory."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import psutil

from benchmarks.meten import Regel, afwisselend
from opgavelib.inlezen import beoordeel_bestanden, lees_bestanden
from opgavelib.paden import map_van
from tests.inlezen import vijandig


def _kaal(paden) -> int:
    """All cells of all sheets, as openpyxl gives them."""
    cellen = 0
    for pad in paden:
        for blad in openpyxl.load_workbook(pad, data_only=True):
            cellen += sum(len(rij) for rij in blad.iter_rows(values_only=True))
    return cellen


def _vijandig() -> list[Regel]:
    """The slowest refusal, and what all of them together leave behind in this process."""
    tijden = {}
    with TemporaryDirectory() as map_:
        for naam, bouw in vijandig.ALLE.items():
            (Path(map_) / naam).write_bytes(bouw())
        proces = psutil.Process()
        gc.collect()
        voor = proces.memory_info().rss
        for naam in vijandig.ALLE:
            begin = time.perf_counter()
            if beoordeel_bestanden([Path(map_) / naam]).gelezen:
                raise AssertionError(f"{naam} is gelezen")
            tijden[naam] = (time.perf_counter() - begin) * 1000
        gc.collect()
        erbij = (proces.memory_info().rss - voor) / 1e6
    traagst = max(tijden, key=tijden.__getitem__)
    return [
        (f"traagste van {len(tijden)} weigeringen ({traagst})", tijden[traagst], None, "ms"),
        ("geheugen erbij na al die weigeringen", erbij, None, "MB"),
    ]


def meet() -> list[Regel]:
    paden = sorted(map_van("data/voorbeeld").glob("*.xlsx"))
    poort, kaal = afwisselend(lambda: lees_bestanden(paden), lambda: _kaal(paden), keer=9)
    een, kaal_een = afwisselend(lambda: lees_bestanden(paden[:1]), lambda: _kaal(paden[:1]), keer=9)
    return [
        (f"{len(paden)} bestanden door de poort, tegen kaal lezen", poort, kaal, "ms"),
        ("1 bestand door de poort, tegen kaal lezen", een, kaal_een, "ms"),
        *_vijandig(),
    ]
