"""A calculation in a process of its own, so that a page stays responsive and its kernel small."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Event, Thread
from typing import Any, TypeVar

T = TypeVar("T")


class Taak(Future[T]):
    """The answer of a child process, when it comes. `stop` asks the child to end with the best it has."""

    def __init__(self) -> None:
        super().__init__()
        self._kind: subprocess.Popen | None = None
        self._gestopt = Event()

    def stop(self) -> None:
        """Ask the child to stop; its function hears it at its next `meld` and still gives an answer."""
        self._gestopt.set()
        self._sluit_invoer()

    def breek_af(self) -> None:
        """End the child at once; the future gets an error."""
        self.stop()
        if self._kind is not None:
            self._kind.kill()

    def _sluit_invoer(self) -> None:
        if self._kind is not None and self._gestopt.is_set():
            with suppress(OSError, ValueError):
                self._kind.stdin.close()


def in_kind(
    functie: Callable[..., T], *argumenten: object, bij_bericht: Callable[[Any], object] | None = None
) -> Taak[T]:
    """``functie(*argumenten)`` in a new process; function, arguments and answer must be picklable.

    Parameters
    ----------
    bij_bericht : when given, the function also gets ``meld=``, a callable that sends a message here and gives
        False once `Taak.stop` was called. Messages arrive in a thread of their own

    Returns
    -------
    Taak, a Future; its process ends by itself when the answer is there, and when this process ends
    """
    taak: Taak[T] = Taak()
    vraag = pickle.dumps((functie, argumenten, bij_bericht is not None))
    # A daemon: a page that closes does not wait for an answer that nobody will see.
    Thread(target=_vul, args=(taak, vraag, bij_bericht), daemon=True).start()
    return taak


def _vul(taak: Taak, vraag: bytes, bij_bericht: Callable[[Any], object] | None) -> None:
    try:
        # Not multiprocessing: that hands on the -OO of a page's kernel, for which no compiled scikit-learn is
        # stored; compiling it anew took two thirds of the time.
        with subprocess.Popen(  # noqa: S603  (our own module, nothing of a user)
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={k: v for k, v in os.environ.items() if k != "PYTHONOPTIMIZE"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as kind:
            taak._kind = kind
            with suppress(BrokenPipeError):  # a child that died says so below
                kind.stdin.write(len(vraag).to_bytes(8, "big") + vraag)
                kind.stdin.flush()
            taak._sluit_invoer()  # stopped before the child was there
            gelukt, antwoord = _luister(kind, bij_bericht)
            taak._gestopt.set()
            taak._sluit_invoer()
    except Exception as fout:
        gelukt, antwoord = False, fout
    if gelukt:
        taak.set_result(antwoord)
    else:
        taak.set_exception(antwoord)


def _luister(kind: subprocess.Popen, bij_bericht: Callable[[Any], object] | None) -> tuple[bool, Any]:
    while True:
        try:
            soort, inhoud = pickle.load(kind.stdout)  # noqa: S301  (written by ourselves, a moment ago)
        except EOFError:
            raise subprocess.CalledProcessError(kind.wait(), kind.args) from None
        if soort != "bericht":
            return soort == "antwoord", inhoud
        bij_bericht(inhoud)


def _antwoord() -> None:
    """The child: question on standard input, answer on standard output, which nothing else may write to."""
    uit, sys.stdout = sys.stdout.buffer, sys.stderr
    functie, argumenten, meldt = pickle.loads(_lees_vraag())  # noqa: S301  (written by ourselves)
    gestopt = Event()

    def meld(bericht: object) -> bool:
        _zend(uit, "bericht", bericht)
        return not gestopt.is_set()

    def wacht() -> None:
        sys.stdin.buffer.read(1)  # ends when the parent closes it, or dies
        gestopt.set()

    Thread(target=wacht, daemon=True).start()
    try:
        bericht = ("antwoord", functie(*argumenten, **({"meld": meld} if meldt else {})))
    except Exception as fout:
        bericht = ("fout", fout)
    _zend(uit, *bericht)
    # Not through the interpreter's end: that would wait for the lock of the thread that reads.
    os._exit(0)


def _lees_vraag() -> bytes:
    invoer = sys.stdin.buffer
    return invoer.read(int.from_bytes(invoer.read(8), "big"))


def _zend(uit: Any, soort: str, inhoud: object) -> None:
    uit.write(pickle.dumps((soort, inhoud)))
    uit.flush()


if __name__ == "__main__":
    _antwoord()
