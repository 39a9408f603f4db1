"""Tables of the werkmap, made from the data dictionary."""

from __future__ import annotations

import sqlalchemy as sa

from opgavelib import woordenboek

_TYPEN = {
    "tekst": sa.Text, "code": sa.Text, "kwartaal": sa.Text, "tijdstip": sa.Text, "keuze": sa.Text,
    "json": sa.JSON, "geheel": sa.Integer, "bedrag": sa.BigInteger, "jaar": sa.Integer,
    "getal": sa.Float, "uren": sa.Float, "fte": sa.Float, "aandeel": sa.Float, "score": sa.Float,
    "ja_nee": sa.Boolean,
}  # fmt: skip
_EIGEN = ("bronnen", "gebeurtenissen")

metadata = sa.MetaData()


def _maak(naam: str) -> sa.Table:
    velden = list(woordenboek.tabel(naam).values())
    kolommen = [
        # The first column is the key; event numbers are handed out by the database.
        sa.Column(k.kolom, _TYPEN[k.type], primary_key=k is velden[0], nullable=not k.verplicht)
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
    return sa.Table(naam, metadata, *kolommen, sqlite_autoincrement=naam == "gebeurtenissen")


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
