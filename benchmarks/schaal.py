"""What it costs to share work out: an executor against a bare loop, and two workers against one.

Two workers should take half the time of one; a ratio of 1.2 says that 20% more was spent than that. Workers that
share two cores with anything else cannot show it: run this on a machine that does nothing else.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.meten import Regel, afwisselend
from opgavelib.domein.optimaal import Onzekerheid, stukken
from opgavelib.domein.stevigheid import smaa
from opgavelib.domein.stukken import in_volgorde
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, kiezen, maak_voorbeeld
from opgavelib.toepassing.uitvoerder import uitvoerder

TREKKINGEN = 100
KEER = 3


def meet() -> Iterator[Regel]:
    """Ratios of robust shortlists and SMAA: threads and a dask cluster on this computer."""
    werk = _robuust()
    yield from _draden("robuust", werk)
    yield from _cluster("robuust", werk)
    yield from _draden("SMAA, 10.000 trekkingen", _smaa())


def _robuust() -> Callable[[Executor | None], object]:
    with tempfile.TemporaryDirectory() as map_:
        maak_voorbeeld(Path(map_) / "w")
        with Werkmap(Path(map_) / "w") as werkmap:
            v = kiezen.vraagstuk(Stand(werkmap))
    onzeker = Onzekerheid(0.15, 0.25)
    return lambda executor: list(in_volgorde(executor, stukken(v, TREKKINGEN, 0, onzeker)))


def _smaa() -> Callable[[Executor | None], object]:
    rng = np.random.default_rng(0)
    scores = pd.DataFrame(rng.uniform(1, 5, (300, 8)), columns=[f"C{j}" for j in range(8)])
    gewichten = dict.fromkeys(scores.columns, 1.0)
    schaal = dict.fromkeys(scores.columns, (1.0, 5.0))
    return lambda executor: smaa(scores, None, None, gewichten, schaal=schaal, executor=executor)


def _draden(wat: str, draai: Callable[[Executor | None], object]) -> Iterator[Regel]:
    with ThreadPoolExecutor(1) as een, ThreadPoolExecutor(2) as twee:
        los, met_een, met_twee = afwisselend(
            lambda: draai(None), lambda: draai(een), lambda: draai(twee), keer=KEER
        )
    yield f"{wat}: een draad tegen een kale lus", met_een, los, "ms"
    yield f"{wat}: twee draden, maal 2, tegen een", 2 * met_twee, met_een, "ms"


def _cluster(wat: str, draai: Callable[[Executor | None], object]) -> Iterator[Regel]:
    from distributed import LocalCluster

    opties = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "threads_per_worker": 1}
    with (
        LocalCluster(n_workers=1, **opties) as klein,
        LocalCluster(n_workers=2, **opties) as groot,
        uitvoerder(dask=klein.scheduler_address) as een,
        uitvoerder(dask=groot.scheduler_address) as twee,
    ):
        los, met_een, met_twee = afwisselend(
            lambda: draai(None), lambda: draai(een), lambda: draai(twee), keer=KEER
        )
    yield f"{wat}: een dask-werker tegen een kale lus", met_een, los, "ms"
    yield f"{wat}: twee dask-werkers, maal 2, tegen een", 2 * met_twee, met_een, "ms"
