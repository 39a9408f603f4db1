"""A calculation in a process of its own, so that a page stays responsive and its kernel small."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def in_kind(functie: Callable[..., T], *argumenten: object) -> Future[T]:
    """``functie(*argumenten)`` in a new process; function, arguments and answer must be picklable.

    Returns
    -------
    Future; its process ends by itself when the answer is there
    """
    toekomst: Future[T] = Future()
    vraag = pickle.dumps((functie, argumenten))
    # A daemon: a page that closes does not wait for an answer that nobody will see.
    Thread(target=_vul, args=(toekomst, vraag), daemon=True).start()
    return toekomst


def _vul(toekomst: Future, vraag: bytes) -> None:
    try:
        # Not multiprocessing: that hands on the -OO of a page's kernel, for which no compiled scikit-learn is
        # stored; compiling it anew took two thirds of the time.
        kind = subprocess.run(  # noqa: S603  (our own module, nothing of a user)
            [sys.executable, "-m", __name__],
            input=vraag,
            stdout=subprocess.PIPE,
            env={k: v for k, v in os.environ.items() if k != "PYTHONOPTIMIZE"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=True,
        )
        gelukt, antwoord = pickle.loads(kind.stdout)  # noqa: S301  (written by ourselves, a moment ago)
    except Exception as fout:
        gelukt, antwoord = False, fout
    if gelukt:
        toekomst.set_result(antwoord)
    else:
        toekomst.set_exception(antwoord)


def _antwoord() -> None:
    """The child: question on standard input, answer on standard output, which nothing else may write to."""
    uit, sys.stdout = sys.stdout.buffer, sys.stderr
    functie, argumenten = pickle.load(sys.stdin.buffer)  # noqa: S301  (written by ourselves)
    try:
        antwoord = (True, functie(*argumenten))
    except Exception as fout:
        antwoord = (False, fout)
    uit.write(pickle.dumps(antwoord))


if __name__ == "__main__":
    _antwoord()
