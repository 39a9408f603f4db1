"""Work that comes in pieces, for any executor: the pieces and their order decide, never who does them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor


def in_volgorde(executor: Executor | None, werk: Iterable[tuple[Callable, tuple]], tegelijk: int = 64) -> Iterator:
    """Results of ``functie(*argumenten)`` in the order of `werk`, each as soon as it and those before it are there.

    Parameters
    ----------
    executor : does the pieces; without one this thread does
    werk : the pieces, made when their turn comes
    tegelijk : most that are under way at once, so that memory stays bounded; closing the iterator drops the rest
    """
    if executor is None:
        yield from (functie(*argumenten) for functie, argumenten in werk)
        return
    lopend: deque = deque()
    try:
        for functie, argumenten in werk:
            lopend.append(executor.submit(functie, *argumenten))
            if len(lopend) >= tegelijk:
                yield lopend.popleft().result()
        while lopend:
            yield lopend.popleft().result()
    finally:
        for toekomst in lopend:
            toekomst.cancel()
