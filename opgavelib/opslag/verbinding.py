"""Opening the database of a werkmap safely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from opgavelib.fouten import WerkmapFout
from opgavelib.opslag.tabellen import metadata

BESTAND = "werkmap.sqlite"
WACHT_SECONDEN = 30


class Verbinding:
    """An engine with two kinds of transactions: reading, and writing one at a time.

    The rollback journal is used, not WAL: SQLite before 3.51.3 can corrupt a WAL with several writers,
    and WAL does not work on the network shares that municipalities keep their folders on.
    """

    def __init__(self, map_: Path, *, maak: bool):
        self.map = map_
        bestand = map_ / BESTAND
        if not bestand.is_file() and not maak:
            raise WerkmapFout(
                f"Er is geen werkmap in '{map_}'. Maak er een met `opgave lees BESTAND --werkmap {map_}` "
                f"of met `opgave voorbeeld {map_}`."
            )
        try:
            map_.mkdir(parents=True, exist_ok=True)
        except OSError as fout:
            waarom = "er staat een bestand met die naam" if map_.is_file() else "u mag daar niet schrijven"
            raise WerkmapFout(f"De map '{map_}' kan niet worden gemaakt: {waarom}.") from fout
        self.engine = sa.create_engine(f"sqlite:///{bestand}", connect_args={"timeout": WACHT_SECONDEN})
        sa.event.listen(self.engine, "connect", _instellen)
        sa.event.listen(self.engine, "begin", _begin)
        with self.lees() as verbinding:
            volledig = not _ontbrekende_kolommen(verbinding)
        if not volledig:  # only then: who just looks must not wait for who writes
            with self.schrijf() as verbinding:
                metadata.create_all(verbinding)
                _vul_kolommen_aan(verbinding)

    @contextmanager
    def lees(self) -> Iterator[sa.Connection]:
        """A reading transaction: all its queries see one moment."""
        with _leesbare_fouten(self.map), self.engine.begin() as verbinding:
            yield verbinding

    @contextmanager
    def schrijf(self) -> Iterator[sa.Connection]:
        """A writing transaction; others wait. Everything in it is stored, or nothing."""
        engine = self.engine.execution_options(schrijf=True)
        with _leesbare_fouten(self.map), engine.begin() as verbinding:
            yield verbinding


def _ontbrekende_kolommen(verbinding: sa.Connection) -> list[sa.Column]:
    """Columns of the data dictionary that the database does not have; all of a table that is not there."""
    inspectie = sa.inspect(verbinding)
    tabellen = set(inspectie.get_table_names())
    bestaand = {t: {k["name"] for k in inspectie.get_columns(t)} for t in tabellen & set(metadata.tables)}
    return [k for t in metadata.sorted_tables for k in t.columns if k.name not in bestaand.get(t.name, ())]


def _vul_kolommen_aan(verbinding: sa.Connection) -> None:
    """Give the tables of an older werkmap the columns that the data dictionary got since; empty."""
    for kolom in _ontbrekende_kolommen(verbinding):
        soort = kolom.type.compile(verbinding.dialect)
        verbinding.exec_driver_sql(f'ALTER TABLE "{kolom.table.name}" ADD COLUMN "{kolom.name}" {soort}')


def _instellen(dbapi, _registratie) -> None:
    # The driver must not begin transactions by itself: we say BEGIN or BEGIN IMMEDIATE (see _begin).
    dbapi.isolation_level = None
    dbapi.execute("PRAGMA journal_mode=DELETE")
    dbapi.execute("PRAGMA synchronous=FULL")
    dbapi.execute("PRAGMA foreign_keys=ON")


def _begin(verbinding: sa.Connection) -> None:
    # A read that later wants to write can deadlock or lose an update; a writer takes the lock first.
    schrijf = verbinding.get_execution_options().get("schrijf")
    verbinding.exec_driver_sql("BEGIN IMMEDIATE" if schrijf else "BEGIN")


@contextmanager
def _leesbare_fouten(map_: Path) -> Iterator[None]:
    try:
        yield
    except OperationalError as fout:
        if "locked" in str(fout):
            raise WerkmapFout(
                f"De werkmap '{map_}' is al {WACHT_SECONDEN} seconden bezet door een ander. "
                "Probeer het zo opnieuw; er is niets opgeslagen."
            ) from fout
        raise WerkmapFout(f"De werkmap '{map_}' kan niet worden gelezen of geschreven: {fout.orig}.") from fout
    except DatabaseError as fout:
        if re.search("not a database|malformed", str(fout)):
            raise WerkmapFout(f"'{map_ / BESTAND}' is geen (hele) werkmap. Zet een reservekopie terug.") from fout
        raise
