"""Parsing in another process: a reader that crashes, hangs or grows takes nobody with it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import opgavelib
from opgavelib.inlezen.grenzen import OPSLAAN, Geweigerd, Grenzen
from opgavelib.inlezen.werkblad import Werkboek, uit_json

# -c and not -m: the folder of our package comes last, so that nothing in it shadows the library of Python.
_START = "import sys; sys.path.append(sys.argv[1]); from opgavelib.inlezen.kind import main; main()"
# What a process needs to start; no password or address of a database goes to one that reads strangers' files.
_OMGEVING = (
    "PATH", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "TMPDIR", "HOME", "USERPROFILE", "APPDATA", "LANG", "LC_ALL",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH", "PYTHONUSERBASE",
)  # fmt: skip
# Real time is only for a process that waits for nothing, forever; a busy machine must not refuse a file.
_WACHT, _WACHT_PER_SECONDE = 30.0, 10.0


class Leesproces:
    """One child for a whole reading, started again when a file ended it.

    Parameters
    ----------
    grenzen : limits that the child puts on itself
    soorten : kinds of files to come, so that it can load their readers while we look at the files
    """

    def __init__(self, grenzen: Grenzen, soorten: frozenset[str]):
        self._grenzen, self._soorten = grenzen, sorted(soorten)
        self._kind: subprocess.Popen | None = None
        self.start()

    def __enter__(self) -> Leesproces:
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """Process id of the child that runs now."""
        return None if self._kind is None else self._kind.pid

    def start(self) -> None:
        """Start the child when it does not run."""
        if self._kind is not None and self._kind.poll() is None:
            return
        self.stop()
        self._kind = subprocess.Popen(  # noqa: S603 our own interpreter, no shell
            [sys.executable, "-P", "-c", _START, str(Path(opgavelib.__file__).parents[1])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={k: v for k in _OMGEVING if (v := os.environ.get(k)) is not None},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        with contextlib.suppress(OSError):
            self._stuur({"grenzen": self._grenzen.als_dict(), "soorten": self._soorten})

    def stop(self) -> None:
        """End the child."""
        if self._kind is None:
            return
        self._kind.kill()
        for pijp in (self._kind.stdin, self._kind.stdout):
            with contextlib.suppress(OSError):
                pijp.close()
        self._kind.wait()
        self._kind = None

    def lees(self, soort: str, inhoud: bytes, uitgepakt_bytes: int) -> Werkboek:
        """Cells of one file that passed the preflight.

        Raises
        ------
        Geweigerd : by the reader, or because it crashed or needed too much memory or time
        """
        self.start()
        rekentijd = self._grenzen.rekentijd(uitgepakt_bytes)
        te_laat = threading.Event()

        def breek_af() -> None:
            te_laat.set()
            self._kind.kill()

        klok = threading.Timer(_WACHT + _WACHT_PER_SECONDE * rekentijd, breek_af)
        klok.start()
        try:
            antwoord = self._wissel({"soort": soort, "bytes": len(inhoud), "seconden": rekentijd}, inhoud)
        finally:
            klok.cancel()
        if antwoord is None:
            raise self._gestrand(te_laat.is_set())
        return self._uitleg(antwoord)

    def _stuur(self, bericht: dict, inhoud: bytes = b"") -> None:
        self._kind.stdin.write(json.dumps(bericht).encode() + b"\n")
        self._kind.stdin.write(inhoud)
        self._kind.stdin.flush()

    def _wissel(self, taak: dict, inhoud: bytes) -> bytes | None:
        """Send a file and wait for the answer; None when the child ended or talks nonsense."""
        try:
            self._stuur(taak, inhoud)
            kop = self._kind.stdout.read(8)
            lengte = int.from_bytes(kop, "big")
            if len(kop) < 8 or lengte > 4 * self._grenzen.tekens + 200 * self._grenzen.cellen:
                return None
            antwoord = self._kind.stdout.read(lengte)
        except (OSError, ValueError):
            return None
        return antwoord if len(antwoord) == lengte else None

    def _gestrand(self, te_laat: bool) -> Geweigerd:
        # A child that only sent nonsense still runs.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._kind.wait(0.2)
        code = self._kind.poll()
        self.stop()
        # Windows ends a process at its job's time limit with ERROR_NOT_ENOUGH_QUOTA.
        if te_laat or code in (-getattr(signal, "SIGXCPU", 0) or None, 1816):
            return Geweigerd("Het lezen van dit bestand duurt te lang.", OPSLAAN)
        return Geweigerd("Het lezen van dit bestand liep vast; het is beschadigd of ongewoon opgebouwd.", OPSLAAN)

    def _uitleg(self, antwoord: bytes) -> Werkboek:
        try:
            document = json.loads(antwoord)
            if "geweigerd" not in document:
                return uit_json(document)
            probleem, doe = map(str, document["geweigerd"])
        # Whatever a process sends that a file took over.
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as fout:
            self.stop()
            raise Geweigerd("Het lezen van dit bestand liep vast; het is ongewoon opgebouwd.", OPSLAAN) from fout
        raise Geweigerd(probleem, doe)
