"""The backup of a werkmap: one file, the same for SQLite and PostgreSQL, so that a werkmap can also move.

The file is itself a SQLite werkmap, with a table `backup` that says what must be in it: a digest of all contents,
so that a file that was cut off or changed is noticed before anything is replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from opgavelib.fouten import OpgaveFout, WerkmapFout
from opgavelib.opslag import lezen
from opgavelib.opslag.tabellen import TABEL, metadata, volgorde

FORMAAT = 1
HERSTELD = "hersteld"
_BLOK = 1000
# Not in the metadata of the werkmap: only a backup has it.
_MERK = sa.Table("backup", sa.MetaData(), sa.Column("inhoud", sa.JSON, nullable=False))


class NietLeegFout(OpgaveFout):
    """Where a backup would be put back, a werkmap is that nobody said may go."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds.

    Attributes
    ----------
    pad : the file
    rijen : table -> number of rows
    versie : number of the last event in it
    sha256 : digest of the contents: the same for the same werkmap, on SQLite and on PostgreSQL
    gemaakt_op : moment, UTC
    """

    pad: Path
    rijen: Mapping[str, int]
    versie: int
    sha256: str
    gemaakt_op: str


def schrijf(v: sa.Connection, pad: Path) -> Backup:
    """Write what transaction `v` sees to `pad`, which comes there whole or not at all.

    Raises
    ------
    WerkmapFout : the file cannot be written
    """
    try:
        greep, naam = tempfile.mkstemp(prefix=f".{pad.name}.", dir=pad.parent)
        os.close(greep)
    except OSError:
        raise _onschrijfbaar(pad) from None
    tijdelijk = Path(naam)
    try:
        with _bestand(tijdelijk, pad) as doel:
            rijen, sha256 = _kopieer(v, doel)
            kop = {
                "formaat": FORMAAT, "gemaakt_op": datetime.now(UTC).isoformat(timespec="seconds"),
                "versie": lezen.versie(doel), "rijen": rijen, "sha256": sha256,
            }  # fmt: skip
            _MERK.create(doel)
            doel.execute(_MERK.insert().values(inhoud=kop))
        keur(tijdelijk)
        # A link and not a rename: it never takes the place of a backup that is there.
        _plaats(tijdelijk, pad)
    except OSError:
        raise _onschrijfbaar(pad) from None
    finally:
        with suppress(OSError):
            tijdelijk.unlink()
    return Backup(pad, rijen, kop["versie"], sha256, kop["gemaakt_op"])


def keur(pad: Path) -> Backup:
    """Look whether a file is a whole backup that this version can put back.

    Raises
    ------
    WerkmapFout : it is not there, not a backup, broken, or made by a newer version
    """
    if not pad.is_file():
        raise WerkmapFout(f"Er is geen bestand '{pad}'.")
    geen = WerkmapFout(f"'{pad.name}' is geen backup van een werkmap. Er is niets veranderd.")
    kapot = WerkmapFout(
        f"'{pad.name}' is beschadigd of niet compleet. Er is niets veranderd; neem een andere backup."
    )
    with pad.open("rb") as f:
        begin = f.read(16)
    if begin != b"SQLite format 3\0":
        raise geen
    try:
        with alleen_lezen(pad) as v:
            if not sa.inspect(v).has_table(_MERK.name):
                raise geen
            kop = v.execute(sa.select(_MERK.c.inhoud)).scalar_one()
            _eis_bekend(v, pad, kop)
            heel = v.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            sha256 = hashlib.sha256()
            rijen = {naam: _som(v, naam, sha256) for naam in TABEL}
    except (sa.exc.SQLAlchemyError, ValueError, TypeError, KeyError):
        raise kapot from None
    if not heel or kop["sha256"] != sha256.hexdigest() or kop["rijen"] != rijen:
        raise kapot
    return Backup(pad, rijen, kop["versie"], kop["sha256"], kop["gemaakt_op"])


def zet_terug(v: sa.Connection, backup: Backup, wie: str) -> int:
    """Replace everything in a werkmap by the backup; must run in a writing transaction.

    The restore is an event itself, with a number above every one that was ever there: pages that are open see
    that something changed, also when the backup has fewer events than they saw.

    Returns
    -------
    Number of that event
    """
    hoogste = max(lezen.versie(v), backup.versie)
    for tabel in reversed(metadata.sorted_tables):
        v.execute(tabel.delete())
    with alleen_lezen(backup.pad) as bron:
        _kopieer(bron, v)
    kop = {"versie": backup.versie, "sha256": backup.sha256, "gemaakt_op": backup.gemaakt_op}
    v.execute(
        TABEL["gebeurtenissen"]
        .insert()
        .values(
            volgnummer=hoogste + 1,
            tijdstip=datetime.now(UTC).isoformat(timespec="seconds"),
            wie=wie,
            wat=HERSTELD,
            object="werkmap",
            nieuw=kop,
        )
    )
    return hoogste + 1


@contextmanager
def alleen_lezen(pad: Path) -> Iterator[sa.Connection]:
    """A backup as it is on disk, without a lock or a journal beside it: it may be on a medium for reading only."""
    # The driver makes the connection, because a path with % or ? in it must not be read as part of the address.
    adres = f"{pad.resolve().as_uri()}?mode=ro&immutable=1"
    engine = sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(adres, uri=True), poolclass=sa.NullPool)
    try:
        with engine.connect() as v:
            yield v
    finally:
        engine.dispose()


@contextmanager
def _bestand(tijdelijk: Path, pad: Path) -> Iterator[sa.Connection]:
    """A new werkmap in one file, committed at the end."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(tijdelijk)), hide_parameters=True)
    # Only what goes wrong with this file; what goes wrong with the werkmap says its own name.
    sa.event.listen(engine, "handle_error", lambda _: _gooi(_onschrijfbaar(pad)))
    try:
        with engine.begin() as v:
            metadata.create_all(v)
            yield v
    finally:
        engine.dispose()


def _gooi(fout: Exception) -> None:
    raise fout from None


def _onschrijfbaar(pad: Path) -> WerkmapFout:
    return WerkmapFout(
        f"In '{pad.parent}' kan geen backup worden geschreven: u mag daar niet schrijven, of de schijf is vol."
    )


def _plaats(tijdelijk: Path, pad: Path) -> None:
    with tijdelijk.open("rb+") as f:
        os.fsync(f.fileno())
    bestaat = WerkmapFout(
        f"Er is al een bestand '{pad}'. Kies een andere naam; een backup wordt niet overschreven."
    )
    try:
        os.link(tijdelijk, pad)
    except FileExistsError:
        raise bestaat from None
    except OSError:  # a disk without links, such as a memory stick
        if pad.exists():
            raise bestaat from None
        tijdelijk.rename(pad)


def _kopieer(bron: sa.Connection, doel: sa.Connection) -> tuple[dict[str, int], str]:
    """All rows of all tables, in the order in which they were stored; gives their numbers and digest."""
    rijen, sha256 = {}, hashlib.sha256()
    for naam, tabel in TABEL.items():
        rijen[naam] = 0
        sha256.update(naam.encode())
        for blok in _blokken(bron, tabel):
            doel.execute(tabel.insert(), blok)
            rijen[naam] += len(blok)
            _tel_mee(blok, sha256)
    return rijen, sha256.hexdigest()


def _som(v: sa.Connection, naam: str, sha256) -> int:
    sha256.update(naam.encode())
    aantal = 0
    for blok in _blokken(v, TABEL[naam]):
        _tel_mee(blok, sha256)
        aantal += len(blok)
    return aantal


def _blokken(v: sa.Connection, tabel: sa.Table) -> Iterator[list[dict]]:
    # An older backup lacks the columns that the data dictionary got since; then they are empty, as they would
    # be in an older werkmap.
    namen = {k["name"] for k in sa.inspect(v).get_columns(tabel.name)}
    kolommen = [k for k in tabel.c if k.name in namen]
    op = tabel.c.volgnummer if "volgnummer" in tabel.c else volgorde()
    uitkomst = v.execute(sa.select(*kolommen).order_by(op)).mappings()
    while blok := [dict(r) for r in uitkomst.fetchmany(_BLOK)]:
        yield blok


def _tel_mee(blok: list[dict], sha256) -> None:
    for rij in blok:
        # What is empty does not count, so that a column that is added later does not change the digest.
        vol = {k: w for k, w in rij.items() if w is not None}
        sha256.update(json.dumps(vol, sort_keys=True).encode() + b"\n")


def _eis_bekend(v: sa.Connection, pad: Path, kop: Mapping) -> None:
    """Refuse what a newer version made: what we do not know would be lost in silence."""
    inspectie = sa.inspect(v)
    onbekend = set(inspectie.get_table_names()) - set(TABEL) - {_MERK.name}
    for naam in set(TABEL) & set(inspectie.get_table_names()):
        onbekend |= {k["name"] for k in inspectie.get_columns(naam)} - set(TABEL[naam].c.keys())
    if kop["formaat"] > FORMAAT or onbekend:
        raise WerkmapFout(
            f"'{pad.name}' is gemaakt met een nieuwere versie van het werkboek. Er is niets veranderd; werk eerst "
            "het werkboek bij."
        )
