"""The time that making sense of one file may take in the process of the user.

Parsing has limits in a process of its own; recognising and reading columns happens here. In
seconds of this thread's own cpu: a busy machine must not refuse a file.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from opgavelib.inlezen.grenzen import KLEINER, Geweigerd

_EINDE: ContextVar[float | None] = ContextVar("einde", default=None)


@contextmanager
def bewaakt(seconden: float) -> Iterator[None]:
    """Within it `tik` raises as soon as this thread has used so many more seconds of cpu."""
    vorige = _EINDE.set(time.thread_time() + seconden)
    try:
        yield
    finally:
        _EINDE.reset(vorige)


def tik() -> None:
    """To be called once per column or sheet.

    Raises
    ------
    Geweigerd : the time of `bewaakt` is up
    """
    einde = _EINDE.get()
    if einde is not None and time.thread_time() > einde:
        raise Geweigerd("Het begrijpen van dit bestand kost te veel tijd: het is te groot of te breed.", KLEINER)
