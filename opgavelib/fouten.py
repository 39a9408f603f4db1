"""Errors and findings that a user can act on.

One exception tree: whatever derives from `OpgaveFout` is shown to the user as it is, in Dutch and
without a traceback. Findings (`Bevinding`) are objects, so that the command line, a widget and a
report show the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum


class Ernst(StrEnum):
    """How much a finding weighs. Only `fout` refuses the file."""

    FOUT = "fout"
    LET_OP = "let op"
    INFO = "info"


@dataclass(frozen=True)
class Bevinding:
    """One thing noticed while reading a file.

    Attributes
    ----------
    bestand, blad, kolom : names as the user knows them; empty when it is about the whole file
    rij : row number as Excel shows it (1-based), None when it is about the sheet or file
    ernst : fout, let op or info
    probleem : what is the matter, one Dutch sentence; never a value of a persoonsgegeven column
    doe : what the user can do about it
    """

    bestand: str
    blad: str = ""
    rij: int | None = None
    kolom: str = ""
    ernst: Ernst = Ernst.FOUT
    probleem: str = ""
    doe: str = ""

    def als_dict(self) -> dict[str, object]:
        """The finding as the command line's JSON has it (design §6)."""
        return asdict(self) | {"ernst": str(self.ernst)}

    @property
    def plaats(self) -> str:
        """Where it is: ``blad 'Ambities', rij 14, kolom 'taakveld'``."""
        delen = [
            f"blad '{self.blad}'" if self.blad else "",
            f"rij {self.rij}" if self.rij is not None else "",
            f"kolom '{self.kolom}'" if self.kolom else "",
        ]
        return ", ".join(d for d in delen if d)

    def __str__(self) -> str:
        kop = f"{self.plaats}: {self.probleem}" if self.plaats else self.probleem
        return f"{kop}\n   Doe: {self.doe}" if self.doe else kop


class OpgaveFout(Exception):
    """Base of all errors that are the user's to mend; str() is Dutch and complete."""


class InvoerFout(OpgaveFout):
    """A file was refused: carries every finding at once; nothing was stored.

    Parameters
    ----------
    bevindingen : all findings; at least one has ernst ``fout``
    geweigerd : source rows refused with it, as far as they could be counted
    """

    def __init__(self, bevindingen: Iterable[Bevinding], geweigerd: int = 0):
        self.bevindingen: Sequence[Bevinding] = tuple(bevindingen)
        self.geweigerd = geweigerd
        super().__init__(self._tekst())

    def _tekst(self) -> str:
        fouten = [b for b in self.bevindingen if b.ernst == Ernst.FOUT]
        bestanden = ", ".join(dict.fromkeys(b.bestand for b in fouten))
        aantal = "1 probleem" if len(fouten) == 1 else f"{len(fouten)} problemen"
        regels = [f"{aantal} in {bestanden}; er is niets ingelezen."]
        meer = len({b.bestand for b in fouten}) > 1
        for nummer, b in enumerate(fouten, 1):
            regels.append(f"{nummer}. {f'{b.bestand}, ' if meer else ''}{b}")
        return "\n".join(regels)


class WerkmapFout(OpgaveFout):
    """The werkmap is missing, not a werkmap, busy or full."""


class BesluitFout(OpgaveFout):
    """A decision that breaks a rule, e.g. merging a row into itself."""


class BotsingFout(BesluitFout):
    """Demands on a shortlist that clash.

    Parameters
    ----------
    eisen : per demand soort, sleutel and zin; empty when it is not known which
    """

    def __init__(self, tekst: str, eisen: Iterable[Mapping[str, object]]):
        self.eisen: Sequence[Mapping[str, object]] = tuple(eisen)
        super().__init__(tekst)


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed the same thing since the person saw it.

    Attributes
    ----------
    object, wat : what it is about, e.g. ``CA-014`` and ``bestemming``
    hun, uw : the state that is there now, and the one the person wanted
    wie, tijdstip, reden : of the change that is there now
    """

    object: str
    wat: str
    hun: object
    uw: object
    wie: str
    tijdstip: datetime
    reden: str | None = None


class ConflictFout(BesluitFout):
    """Others were first; nothing was stored. Show both versions and let the person choose."""

    def __init__(self, conflicten: Iterable[Conflict]):
        self.conflicten: Sequence[Conflict] = tuple(conflicten)
        een = self.conflicten[0]
        meer = f" en {len(self.conflicten) - 1} andere" if len(self.conflicten) > 1 else ""
        super().__init__(
            f"{een.wie} heeft {een.object.replace('|', ' en ')}{meer} intussen gewijzigd. Kijk wat er nu staat "
            "en kies welk besluit blijft; er is niets opgeslagen."
        )


class WegingFout(OpgaveFout):
    """Weights and criteria do not fit each other."""


class ParameterFout(OpgaveFout):
    """A parameter is missing or has a value that cannot be used."""
