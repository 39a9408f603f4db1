"""Who does work that comes in pieces: threads here, or the workers of a dask cluster.

Everything sampled or batched takes a `concurrent.futures.Executor` and gives the same answer with each: a piece
gets its own seed, and pieces are added in their order.
"""

from __future__ import annotations

import logging
import os
import platform
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import metadata

import opgavelib
from opgavelib.fouten import OpgaveFout

WACHT_S = 5.0  # for a scheduler to answer, and for its first worker
MEESTE_WERKERS = 64  # more threads than this make nothing faster, and each takes memory
# Another version of one of these can give another answer to the same question.
_GELIJK = ("numpy", "scipy", "ortools")


class UitvoerderFout(OpgaveFout):
    """The cluster cannot be reached or used, or was lost on the way."""


def kernen() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def uitvoerder(werkers: int | None = None, dask: str | None = None) -> Iterator[Executor]:
    """An executor for as long as the block lasts; what has not begun when the block ends, is dropped.

    Threads are enough here: numpy and the solver let go of Python's lock while they calculate.

    Parameters
    ----------
    werkers : threads, at most `MEESTE_WERKERS`; None is one per core. Of a cluster: most pieces at a
        time is up to the cluster itself
    dask : address of a scheduler, ``tcp://host:8786`` or ``tls://``. Whoever is behind it can run code here and on
        the workers, so it must be one's own; it gets keys, names of teams and numbers, and no titles or persons

    Raises
    ------
    UitvoerderFout : dask is not installed, nobody answers in time, there are no workers, they have other
        versions, or the connection or a worker is lost while the block runs
    """
    if dask is not None:
        with _cluster(dask) as executor, _verlies():
            yield executor
        return
    executor = ThreadPoolExecutor(min(werkers or kernen(), MEESTE_WERKERS), thread_name_prefix="opgave")
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _cluster(adres: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise UitvoerderFout(
            "Voor rekenen op een cluster is dask nodig, en dat is niet geïnstalleerd.\n"
            "   Doe: pip install 'opgavenwerkboek[cluster]', of laat --dask weg."
        ) from None
    with _stil():
        try:
            client = Client(adres, timeout=WACHT_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            raise UitvoerderFout(
                f"Op {adres} antwoordt binnen {WACHT_S:.0f} seconden geen dask-scheduler.\n"
                "   Doe: kijk of de scheduler draait en of het adres klopt, of laat --dask weg."
            ) from None
        try:
            _keur(client, adres)
            # Not pure: equal pieces are not looked up by a digest of what they get, which costs more than it saves.
            yield client.get_executor(pure=False)
        finally:
            client.close(timeout=WACHT_S)


def _keur(client, adres: str) -> None:
    """The cluster has workers, and they would give the answers that this computer would give."""
    try:
        client.wait_for_workers(1, timeout=WACHT_S)
    except TimeoutError:
        raise UitvoerderFout(
            f"De scheduler op {adres} heeft geen werkers.\n   Doe: start ze, met: dask worker {adres}"
        ) from None
    hier = versies()
    for plaats, daar in client.run(versies, on_error="return").items():
        # A worker without opgavelib cannot even read the question.
        gevonden = daar if isinstance(daar, dict) else {}
        if anders := [n for n, v in hier.items() if gevonden.get(n) != v]:
            lijst = ", ".join(f"{n} {gevonden.get(n) or 'ontbreekt'} (hier {hier[n]})" for n in anders)
            raise UitvoerderFout(
                f"Werker {plaats} heeft andere versies en kan een ander antwoord geven: {lijst}.\n"
                "   Doe: installeer op elke werker hetzelfde als hier."
            )


def versies() -> dict[str, str]:
    """What must be the same everywhere for the answer to be the same; runs on every worker."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, "opgavelib": opgavelib.__version__, **{n: metadata.version(n) for n in _GELIJK}}


@contextmanager
def _verlies() -> Iterator[None]:
    """What an executor says when it lost its workers, in Dutch."""
    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    try:
        yield
    except KilledWorker:
        raise UitvoerderFout(
            "Een werker van het cluster viel telkens weg bij dezelfde taak; het rekenen is gestopt.\n"
            "   Doe: kijk in het logboek van de werkers, vaak is er te weinig geheugen; of laat --dask weg."
        ) from None
    except (CommClosedError, CancelledError):
        raise UitvoerderFout(
            "De verbinding met het cluster is verbroken; het rekenen is gestopt.\n"
            "   Doe: kijk of de scheduler nog draait en begin opnieuw, of laat --dask weg."
        ) from None


@contextmanager
def _stil() -> Iterator[None]:
    """What dask says of its own accord is English, and for who runs the cluster."""
    logs = [logging.getLogger(n) for n in logging.root.manager.loggerDict if n.partition(".")[0] == "distributed"]
    was = [log.disabled for log in logs]
    for log in logs:
        log.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed")
            yield
    finally:
        for log, uit in zip(logs, was, strict=True):
            log.disabled = uit
