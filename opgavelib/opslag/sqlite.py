"""A werkmap in a folder: one SQLite file.

The rollback journal is used, not WAL: SQLite before 3.51.3 can corrupt a WAL with several writers, and WAL does
not work on the network shares that municipalities keep their folders on. A file that somebody made WAL is put
back when it is opened; while another program holds it that is refused, not forced.

Tried: many processes on one machine, `kill -9`, a full disk. Not tried: SMB and NFS. SQLite needs the share to
keep locks, which a Windows file server does and NFS often does not, so several people on several machines should
use PostgreSQL; one person at a time on a share is what SQLite's own documentation allows.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from opgavelib.fouten import WerkmapFout

BESTAND = "werkmap.sqlite"
WACHT_SECONDEN = 30


class Sqlite:
    """How the database in one folder is opened, locked, and what its errors mean."""

    def __init__(self, map_: Path):
        self.map = map_
        self.bestand = map_ / BESTAND

    def maak_engine(self, *, maak: bool) -> sa.Engine:
        """An engine whose transactions begin as we say.

        Raises
        ------
        WerkmapFout : there is no werkmap and `maak` is False, or the folder cannot be made
        """
        if not self.bestand.is_file() and not maak:
            raise WerkmapFout(
                f"Er is geen werkmap in '{self.map}'. Maak er een met `opgave lees BESTAND --werkmap {self.map}` "
                f"of met `opgave voorbeeld {self.map}`."
            )
        try:
            self.map.mkdir(parents=True, exist_ok=True)
        except OSError as fout:
            waarom = "er staat een bestand met die naam" if self.map.is_file() else "u mag daar niet schrijven"
            raise WerkmapFout(f"De map '{self.map}' kan niet worden gemaakt: {waarom}.") from fout
        adres = sa.URL.create("sqlite", database=str(self.bestand))
        # Parameters hold cells and names; an error that ends up in a server's log must not show them.
        engine = sa.create_engine(adres, connect_args={"timeout": WACHT_SECONDEN}, hide_parameters=True)
        sa.event.listen(engine, "connect", self._instellen)
        sa.event.listen(engine, "begin", _begin)
        return engine

    def _instellen(self, dbapi, _registratie) -> None:
        # The driver must not begin transactions by itself: we say BEGIN or BEGIN IMMEDIATE (see _begin).
        dbapi.isolation_level = None
        (stand,) = dbapi.execute("PRAGMA journal_mode=DELETE").fetchone()
        if stand != "delete":
            raise WerkmapFout(
                f"De werkmap '{self.map}' is open in een ander programma. Sluit dat en probeer het opnieuw."
            )
        dbapi.execute("PRAGMA synchronous=FULL")
        dbapi.execute("PRAGMA foreign_keys=ON")

    @staticmethod
    def lezend(engine: sa.Engine) -> sa.Engine:
        """The engine for reading transactions."""
        return engine

    @staticmethod
    def schrijvend(engine: sa.Engine) -> sa.Engine:
        """The engine for writing transactions."""
        return engine.execution_options(schrijf=True)

    @staticmethod
    def grendel(_verbinding: sa.Connection) -> None:
        """BEGIN IMMEDIATE took the lock already."""

    @staticmethod
    def zet_nummering(_verbinding: sa.Connection) -> None:
        """AUTOINCREMENT goes on after the highest number that was ever there."""

    @staticmethod
    def keur_nieuw(_tabellen: set[str], *, maak: bool) -> None:
        """An empty file in a folder is a new werkmap."""

    def leesbaar(self, fout: sa.exc.DBAPIError) -> str | None:
        """What an error means to a user, in Dutch; None when it is a mistake of ours."""
        soort = getattr(fout.orig, "sqlite_errorname", None) or ""
        for patroon, tekst in _FOUTEN.items():
            if re.match(patroon, soort):
                return tekst.format(map=self.map, bestand=self.bestand)
        if isinstance(fout, sa.exc.OperationalError):
            return f"De werkmap '{self.map}' kan niet worden gelezen of geschreven (code {soort or 'onbekend'})."
        return None


def is_kapot(map_: Path) -> bool:
    """Whether the werkmap in a folder is there and cannot be read in full."""
    if not (bestand := map_ / BESTAND).is_file():
        return False
    try:
        # Not read-only: a journal of a writer that was killed must be played back first, and that is no damage.
        with closing(sqlite3.connect(bestand, timeout=WACHT_SECONDEN)) as db:
            return db.execute("PRAGMA quick_check").fetchall() != [("ok",)]
    except sqlite3.DatabaseError as fout:
        return re.match("SQLITE_(NOTADB|CORRUPT)", fout.sqlite_errorname) is not None


def _begin(verbinding: sa.Connection) -> None:
    # A read that later wants to write can deadlock or lose an update; a writer takes the lock first.
    schrijf = verbinding.get_execution_options().get("schrijf")
    verbinding.exec_driver_sql("BEGIN IMMEDIATE" if schrijf else "BEGIN")


_FOUTEN = {
    "SQLITE_(BUSY|LOCKED)": f"De werkmap '{{map}}' is al {WACHT_SECONDEN} seconden bezet door een ander. "
    "Probeer het zo opnieuw; er is niets opgeslagen.",
    "SQLITE_(FULL|IOERR)": "De werkmap '{map}' kan niet worden geschreven of gelezen: de schijf is vol of niet "
    "bereikbaar. Er is niets opgeslagen; wat er stond, staat er nog. Maak ruimte en probeer het opnieuw.",
    "SQLITE_(READONLY|PERM)": "U mag in de werkmap '{map}' niet schrijven. Er is niets opgeslagen.",
    "SQLITE_CANTOPEN": "De werkmap '{map}' kan niet worden geopend. Kijk of u in die map mag lezen en schrijven.",
    "SQLITE_(NOTADB|CORRUPT)": "'{bestand}' is geen (hele) werkmap. Gebruik `opgave herstel`.",
}
