"""Which source rows may say the same: the rows of a Stand, without what was judged already."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pandas as pd

from opgavelib import parameters
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.overlap import Paren, zoek_overlap
from opgavelib.toepassing.stand import Stand

KOLOMMEN = ["titel", "omschrijving", "programma", "taakveld", "domein", "gebied", "soort", "portefeuillehouder"]


def overlap(stand: Stand, *, met_beoordeelde: bool = False) -> Paren:
    """Pairs of rows of this werkmap that may say the same, best first.

    Rows that left their file are not compared. Pairs that somebody judged, and pairs that were merged into
    the same row, are left out.

    Parameters
    ----------
    met_beoordeelde : keep the pairs that were judged or merged too
    """
    return _reken(*_gegevens(stand, met_beoordeelde))


def overlap_in_kind(stand: Stand, *, met_beoordeelde: bool = False) -> Future[Paren]:
    """The same as `overlap`, in a process of its own: a page stays responsive and never loads scikit-learn.

    Returns
    -------
    Future with Paren; its process ends by itself when the answer is there
    """
    # Spawn and not fork: a kernel has threads and an open database.
    kind = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
    toekomst = kind.submit(_reken, *_gegevens(stand, met_beoordeelde))
    kind.shutdown(wait=False)
    return toekomst


def proceswoorden() -> list[str]:
    """Words that do not count as overlap: process words and stop words (parameters/overlap.yaml)."""
    return [*parameters.waarde("overlap", "proceswoorden"), *parameters.waarde("overlap", "stopwoorden")]


def _gegevens(stand: Stand, met_beoordeelde: bool) -> tuple:
    rijen = stand.ambities
    rijen = rijen.loc[~rijen["vervallen"].astype(bool), KOLOMMEN]
    instelling = {n: parameters.waarde("overlap", n) for n in ("weging", "per_rij", "drempel")}
    weg = frozenset() if met_beoordeelde else _beoordeeld(stand)
    return rijen, instelling | {"proceswoorden": proceswoorden(), "uitgesloten": weg}


def _reken(rijen: pd.DataFrame, instelling: dict) -> Paren:
    return zoek_overlap(rijen, **instelling)


def _beoordeeld(stand: Stand) -> Collection[tuple[str, str]]:
    """Pairs with a live judgement, and all pairs of rows that were merged into one."""
    uit: set[tuple[str, str]] = set()
    oordelen = getattr(stand, "paren", None)
    if oordelen is not None:
        uit.update(zip(oordelen["a"], oordelen["b"], strict=True))
    spoor = stand.spoor.tabel
    naar = spoor.loc[spoor["bestemming"] == Bestemming.SAMENGEVOEGD, "naar"].to_dict()
    groepen: dict[str, list[str]] = {}
    for rij in spoor.index:
        wortel = rij
        while wortel in naar:  # the store refuses a merge in a circle
            wortel = naar[wortel]
        groepen.setdefault(wortel, []).append(rij)
    for groep in groepen.values():
        uit.update((a, b) for i, a in enumerate(groep) for b in groep[i + 1 :])
    return frozenset(uit)
