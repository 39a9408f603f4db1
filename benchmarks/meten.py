"""Timing that the benchmarks share."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

Regel = tuple[str, float, float | None, str]


def afwisselend(*functies: Callable[[], object], keer: int) -> list[float]:
    """Median milliseconds of each function, run in turns so that other load falls on all alike."""
    for functie in functies:
        functie()
    tijden: list[list[float]] = [[] for _ in functies]
    for _ in range(keer):
        for lijst, functie in zip(tijden, functies, strict=True):
            gc.collect()
            begin = time.perf_counter()
            functie()
            lijst.append((time.perf_counter() - begin) * 1000)
    return [statistics.median(lijst) for lijst in tijden]
