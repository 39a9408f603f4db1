"""A calculation in a process of its own, so that a page stays responsive and its kernel small."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

T = TypeVar("T")


def in_kind(functie: Callable[..., T], *argumenten: object) -> Future[T]:
    """``functie(*argumenten)`` in a new process; function, arguments and answer must be picklable.

    Returns
    -------
    Future; its process ends by itself when the answer is there
    """
    # Spawn and not fork: a kernel has threads and an open database.
    kind = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
    toekomst = kind.submit(functie, *argumenten)
    kind.shutdown(wait=False)
    return toekomst
