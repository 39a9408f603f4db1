"""Tables of the werkmap, made from the data dictionary."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from opgavelib import woordenboek

# PostgreSQL's INTEGER ends at two thousand million; SQLite numbers events only in a column of type INTEGER.
_GEHEEL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TYPEN = {
    "tekst": sa.Text, "code": sa.Text, "kwartaal": sa.Text, "tijdstip": sa.Text, "keuze": sa.Text,
    "json": sa.JSON, "geheel": _GEHEEL, "bedrag": sa.BigInteger, "jaar": sa.Integer,
    "getal": sa.Float, "uren": sa.Float, "fte": sa.Float, "aandeel": sa.Float, "score": sa.Float,
    "ja_nee": sa.Boolean,
}  # fmt: skip
_VOLGORDE = "volgorde"
_EIGEN = ("bronnen", "gebeurtenissen")

metadata = sa.MetaData()


def _maak(naam: str) -> sa.Table:
    velden = list(woordenboek.tabel(naam).values())
    # The first column is the key; event numbers are handed out by the database.
    nummering = [sa.Identity()] if naam == "gebeurtenissen" else []
    kolommen = [
        sa.Column(k.kolom, _TYPEN[k.type], *nummering, primary_key=True)
        if k is velden[0]
        else sa.Column(k.kolom, _TYPEN[k.type], nullable=not k.verplicht)
        for k in velden
    ]
    if naam not in _EIGEN:
        bekend = woordenboek.tabel(naam)
        kolommen += [sa.Column("bron", sa.Text, index=True)] if "bron" not in bekend else []
        # Where a row came from, and whether its file still has it. A row that left its file is marked and
        # never erased: decisions on it must stay traceable.
        kolommen += [
            sa.Column("blad", sa.Text),
            sa.Column("rij", sa.Integer),
            sa.Column("vervallen", sa.Boolean, nullable=False, default=False),
        ]
    # AUTOINCREMENT: a number is never given twice, also not after the last event would be gone.
    tabel = sa.Table(naam, metadata, *kolommen, sqlite_autoincrement=naam == "gebeurtenissen")
    sa.event.listen(
        tabel,
        "after_create",
        sa.DDL(f'ALTER TABLE "{naam}" ADD COLUMN "{_VOLGORDE}" BIGINT GENERATED ALWAYS AS IDENTITY').execute_if(
            dialect="postgresql"
        ),
    )
    return tabel


class volgorde(sa.ColumnElement):  # lower case: it is used as a column
    """The order in which rows of a table were stored, for ORDER BY.

    SQLite has it by itself (rowid), so that a werkmap made earlier needs no change; PostgreSQL gets a column.
    """

    inherit_cache = True


@compiles(volgorde, "sqlite")
def _(_element, _compiler, **_overig) -> str:
    return "rowid"


@compiles(volgorde, "postgresql")
def _(_element, _compiler, **_overig) -> str:
    return f'"{_VOLGORDE}"'


TABEL: dict[str, sa.Table] = {naam: _maak(naam) for naam in woordenboek.TABELLEN}
sa.Index("ix_gebeurtenis_object", TABEL["gebeurtenissen"].c.wat, TABEL["gebeurtenissen"].c.object)


def sleutel(naam: str) -> str:
    """Key column of a table."""
    return next(iter(woordenboek.tabel(naam)))


def inhoud(naam: str) -> list[str]:
    """Columns that come from the user's file: the dictionary's, without a key that we hand out."""
    eigen = NATUURLIJKE_SLEUTEL.get(naam)
    return [k for k in woordenboek.tabel(naam) if k != sleutel(naam) or (eigen and eigen == (k,))]


# What makes two rows of a table the same row when a file is read again.
NATUURLIJKE_SLEUTEL: dict[str, tuple[str, ...]] = {
    "stemmen": ("collegelid", "rang"),
    "begroting": ("jaar", "taakveld", "programma", "omschrijving", "team"),
    "teams": ("team",),
    "opgaven": ("opgave",),
    "activiteiten": ("activiteit",),
    "inzet": ("activiteit", "team", "kwartaal"),
    "scores": ("ambitie", "criterium", "beoordelaar"),
}
