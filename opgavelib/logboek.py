"""The log of a werkmap: who did what to which object, from where, with which result (BIO2 8.15).

One JSON line per action: `tijd` (UTC), `werkmap`, `actie`, `object`, `resultaat` (gelukt, geweigerd, conflict or
fout), `herkomst`, `wie`, and counts. Never the content of a cell, a title, a reason or a password: an object is
named by its key, and a key that does not look like one (a municipality can use words as codes) by a digest of it.

The line is written after the transaction. A process that is killed in between leaves a change without a line;
the table `gebeurtenissen`, which is part of the transaction, holds every change.

The file is opened for every line and appended to in one write, so that lines of many processes on one machine do
not mix. There is no rotation of our own: a line is some 200 bytes, a busy year a few megabytes, and renaming a
file that others append to is safe here at any moment, so that logrotate or a scheduled task can do it. On Windows
and on network shares appending is not guaranteed to be atomic; the worst case is a broken line.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from opgavelib.fouten import ConflictFout, OpgaveFout, WerkmapFout

BESTAND = "logboek.jsonl"
OMGEVING = "OPGAVE_LOG"
_SLEUTEL = re.compile(r"(?=.*[0-9.])[A-Za-z0-9]{1,40}([-_.|:][A-Za-z0-9]{1,40})*")
_gemeld = False


class Resultaat(StrEnum):
    """How an action ended."""

    GELUKT = "gelukt"
    GEWEIGERD = "geweigerd"
    CONFLICT = "conflict"
    FOUT = "fout"


@dataclass
class Actie:
    """What is being done; may be completed while it is done, e.g. with the key of what was made.

    Attributes
    ----------
    actie : one word, e.g. ``besluit``
    wie : who does it
    objecten : keys of what changes
    bestanden : names of files, without folder
    telling : numbers, e.g. of rows
    """

    actie: str
    wie: str = ""
    objecten: Sequence[str] = ()
    bestanden: Sequence[str] = ()
    telling: Mapping[str, int] = field(default_factory=dict)


class Logboek:
    """Writes the lines of one werkmap.

    Parameters
    ----------
    map_ : folder of the werkmap, None when it has none; then the log folder of this user is taken. The
        environment variable OPGAVE_LOG goes before both: a file, or ``-`` for stderr
    werkmap : name of the werkmap
    herkomst : where actions come from, e.g. ``opdrachtregel`` or ``pagina mt``
    """

    def __init__(self, map_: Path | None, werkmap: str, herkomst: str):
        self._map = map_
        self._werkmap = werkmap
        self._herkomst = herkomst

    @property
    def plek(self) -> Path | None:
        """The file; None for stderr."""
        if plek := os.environ.get(OMGEVING):
            return None if plek == "-" else Path(plek)
        if self._map is not None:
            return self._map / BESTAND
        from platformdirs import user_log_path

        return user_log_path("opgavenwerkboek", appauthor=False) / BESTAND

    @contextmanager
    def volg(self, actie: Actie) -> Iterator[Actie]:
        """Write how the block ended, also when it fails."""
        try:
            yield actie
        except BaseException as fout:
            self.schrijf(actie, _resultaat(fout))
            raise
        self.schrijf(actie, Resultaat.GELUKT)

    def schrijf(self, actie: Actie, resultaat: Resultaat) -> None:
        """Add one line. Failing to log never stops the action; it is said on stderr, once per process."""
        regel = {
            "tijd": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "werkmap": self._werkmap,
            "actie": actie.actie,
            "object": [_sleutel(o) for o in actie.objecten],
            "resultaat": str(resultaat),
            "herkomst": self._herkomst,
            "wie": actie.wie,
        }
        if actie.bestanden:
            regel["bestand"] = list(actie.bestanden)
        try:
            _voeg_toe(self.plek, json.dumps(regel | dict(actie.telling), ensure_ascii=True) + "\n")
        except OSError as fout:
            _meld(fout)


def _voeg_toe(plek: Path | None, regel: str) -> None:
    if plek is None:
        sys.stderr.write(regel)
        return
    plek.parent.mkdir(parents=True, exist_ok=True)
    # 0o666 less the umask, as the database beside it: colleagues append to the same file.
    bestand = os.open(plek, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        os.write(bestand, regel.encode())
    finally:
        os.close(bestand)


def _meld(fout: OSError) -> None:
    global _gemeld
    if not _gemeld:
        _gemeld = True
        print(f"Het logboek kan niet worden geschreven ({fout.strerror}); het werk gaat door.", file=sys.stderr)


def _sleutel(object_: str) -> str:
    tekst = str(object_)
    if _SLEUTEL.fullmatch(tekst):
        return tekst
    return "sha256:" + hashlib.sha256(tekst.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _resultaat(fout: BaseException) -> Resultaat:
    if isinstance(fout, ConflictFout):
        return Resultaat.CONFLICT
    geweigerd = isinstance(fout, OpgaveFout) and not isinstance(fout, WerkmapFout)
    return Resultaat.GEWEIGERD if geweigerd else Resultaat.FOUT
