"""A workbook without a format: sheets, cells, formulas with their result, and what a cell means.

`opgavelib.rapport.werkboek.xlsx` and `opgavelib.rapport.werkboek.ods` write it. A cell that comes from a file is
text and stays text: whether something is a formula is said by its type (`Formule`), never by how it begins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

# Excel allows no longer text in a cell; a writer that is given more leaves the cell empty.
TEKST_LENGTE = 32_767
# What no XML may hold (control characters, halves of a pair), and what turns the reading direction of what follows.
_VERBODEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


class Vorm(StrEnum):
    """How a value reads."""

    TEKST = "tekst"
    BEDRAG = "bedrag"  # whole euros on screen; cents stay in the cell
    CENTEN = "centen"  # euros and cents
    UREN = "uren"
    SALDO = "saldo"  # hours, below 0 with a sign
    FTE = "fte"
    AANDEEL = "aandeel"  # 0 to 1, shown as a percentage
    GETAL = "getal"
    GEHEEL = "geheel"  # without separators: a year, a row


class Rol(StrEnum):
    """What a cell is for."""

    GEWOON = "gewoon"
    TITEL = "titel"
    TUSSENKOP = "tussenkop"
    UITLEG = "uitleg"
    KOP = "kop"
    INVOER = "invoer"  # may be changed: not locked, and marked
    UITKOMST = "uitkomst"  # a formula
    TOTAAL = "totaal"
    GOED = "goed"
    LET_OP = "let op"
    FOUT = "fout"


class Stijl(NamedTuple):
    """Meaning of a cell; what it looks like is in `opgavelib.rapport.werkboek.opmaak`."""

    vorm: Vorm = Vorm.TEKST
    rol: Rol = Rol.GEWOON
    terugloop: bool = False


class Formule(NamedTuple):
    """A formula and its result.

    Attributes
    ----------
    tekst : without ``=``, English function names, commas, A1 references: ``SUM(Begroting!$I$5:$I$9)``
    waarde : what the program computed itself; stored beside the formula
    """

    tekst: str
    waarde: float | str | None


class Cel(NamedTuple):
    """One cell. Text is always text."""

    waarde: str | float | Formule | None = None
    stijl: Stijl = Stijl()


@dataclass(frozen=True)
class Kleurregel:
    """Cells that get the look of a rol: by the sign their text begins with (● ▲ ■), or numbers below 0."""

    eerste_rij: int
    laatste_rij: int
    kolom: int
    tot_kolom: int | None = None
    negatief: bool = False

    @property
    def laatste_kolom(self) -> int:
        """Last column that it is about."""
        return self.kolom if self.tot_kolom is None else self.tot_kolom


@dataclass(frozen=True)
class Grens:
    """What may be typed in a range: one of `keuzes`, or a number from `laagst` to `hoogst`."""

    eerste_rij: int
    laatste_rij: int
    kolom: int
    keuzes: tuple[str, ...] = ()
    laagst: float = 0.0
    hoogst: float = 1e12
    melding: str = ""


@dataclass
class Blad:
    """One sheet; rows are added from the top.

    Attributes
    ----------
    breedtes : width per column, in characters
    kop : row (from 0) of the header that stays in sight and returns on every printed page; None without
    vaste_kolommen : how many columns stay in sight
    filter : first row, last row and last column of what can be filtered
    afdruk_tot : how many columns are printed; None is all
    een_pagina : printed on one page, not only one page wide
    """

    naam: str
    breedtes: Sequence[float]
    rijen: list[Sequence[Cel]] = field(default_factory=list)
    kop: int | None = None
    vaste_kolommen: int = 0
    filter: tuple[int, int, int] | None = None
    afdruk_tot: int | None = None
    een_pagina: bool = False
    grenzen: list[Grens] = field(default_factory=list)
    kleurregels: list[Kleurregel] = field(default_factory=list)

    def voeg_toe(self, *cellen: Cel) -> int:
        """Add a row; gives its number, from 0."""
        self.rijen.append(cellen)
        return len(self.rijen) - 1

    @property
    def volgende(self) -> int:
        """Number of the row that would come next."""
        return len(self.rijen)


@dataclass
class Werkboek:
    """Sheets in order, and names for cells that formulas use.

    Attributes
    ----------
    namen : name -> absolute reference, ``uren_per_fte`` -> ``Normen!$B$6``
    voet : text at the foot of every printed page
    """

    titel: str
    voet: str
    gemaakt_op: datetime
    bladen: list[Blad] = field(default_factory=list)
    namen: dict[str, str] = field(default_factory=dict)


def tekst(waarde: object, rol: Rol = Rol.GEWOON, terugloop: bool = False) -> Cel:
    """A text cell, whatever the text begins with; missing is empty."""
    return Cel(veilig(waarde), Stijl(Vorm.TEKST, rol, terugloop))


def getal(waarde: object, vorm: Vorm, rol: Rol = Rol.GEWOON) -> Cel:
    """A number; missing is empty."""
    if is_leeg(waarde):
        return Cel(None, Stijl(vorm, rol))
    return Cel(float(waarde), Stijl(vorm, rol))  # type: ignore[arg-type]


def formule(tekst_: str, waarde: object, vorm: Vorm, rol: Rol = Rol.UITKOMST) -> Cel:
    """A formula with the result that the program has for it."""
    uitkomst = None if is_leeg(waarde) else waarde if isinstance(waarde, str) else float(waarde)  # type: ignore[arg-type]
    return Cel(Formule(tekst_, uitkomst), Stijl(vorm, rol))


def veilig(waarde: object) -> str | None:
    """Text that any spreadsheet can hold: no control characters, no more than a cell takes; None when missing."""
    if is_leeg(waarde):
        return None
    schoon = str(waarde).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    schoon = _VERBODEN.sub("", schoon)
    # Excel counts UTF-16 units: an emoji is two.
    if len(schoon) * 2 > TEKST_LENGTE and len(schoon.encode("utf-16-le")) // 2 > TEKST_LENGTE:
        kort = schoon.encode("utf-16-le")[: 2 * (TEKST_LENGTE - 1)]
        schoon = kort.decode("utf-16-le", errors="ignore") + "…"
    return schoon


def is_leeg(waarde: object) -> bool:
    """None, NaN or pandas' NA."""
    if waarde is None or waarde is pd.NA or waarde is pd.NaT:
        return True
    return isinstance(waarde, float) and math.isnan(waarde)


@lru_cache(maxsize=1024)
def letter(kolom: int) -> str:
    """Column number from 0 as letters: 0 is A, 26 is AA."""
    uit = ""
    kolom += 1
    while kolom:
        kolom, rest = divmod(kolom - 1, 26)
        uit = chr(65 + rest) + uit
    return uit


def adres(rij: int, kolom: int) -> str:
    """Relative reference on the same sheet, from 0: (0, 0) is A1."""
    return f"{letter(kolom)}{rij + 1}"


def bereik(blad: str, kolom: int, eerste: int, laatste: int) -> str:
    """Absolute reference to a part of a column: ``'Lean en opgave'!$B$5:$B$9``."""
    k = letter(kolom)
    return f"{bladnaam(blad)}!${k}${eerste + 1}:${k}${laatste + 1}"


def plek(blad: str, rij: int, kolom: int) -> str:
    """Absolute reference to one cell of a sheet."""
    return f"{bladnaam(blad)}!${letter(kolom)}${rij + 1}"


def bladnaam(naam: str) -> str:
    """Name of a sheet as it stands in a formula."""
    return naam if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", naam) else "'" + naam.replace("'", "''") + "'"


def rijen_van(tabel: pd.DataFrame) -> list[Mapping[str, object]]:
    """Rows of a table as dicts, its index too when that has a name."""
    return (tabel.reset_index() if any(tabel.index.names) else tabel).to_dict("records")  # type: ignore[return-value]
