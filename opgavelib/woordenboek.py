"""The data dictionary: `data/schema/*.csv`, one file per table.

The one place that says which columns a table has, of which type and unit, which are required and
which hold personal data. Reading, storing and documentation all follow it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from opgavelib.paden import map_van

TABELLEN = (
    "bronnen", "ambities", "stemmen", "begroting", "teams", "opgaven", "activiteiten", "inzet",
    "scores", "gebeurtenissen",
)  # fmt: skip
# First cell of the sheet with explanation in a template: the gate leaves that sheet alone.
UITLEG_SJABLOON = "Uitleg bij dit sjabloon van het Opgavenwerkboek"
TYPEN = frozenset(
    [
        "tekst",
        "code",
        "geheel",
        "getal",
        "bedrag",
        "uren",
        "fte",
        "aandeel",
        "jaar",
        "kwartaal",
        "tijdstip",
        "ja_nee",
        "keuze",
        "score",
        "json",
    ]
)


@dataclass(frozen=True)
class Kolom:
    """A column of the data dictionary.

    Attributes
    ----------
    type : one of `TYPEN`; money (``bedrag``) in whole euros, ``uren`` in hours, ``aandeel`` 0 to 1
    eenheid : unit, or for ``keuze`` the allowed values separated by ``|``
    synoniemen : headers that users write for it, lower case
    """

    kolom: str
    type: str
    eenheid: str
    verplicht: bool
    persoonsgegeven: bool
    omschrijving: str
    bron: str
    synoniemen: tuple[str, ...]

    @property
    def keuzes(self) -> tuple[str, ...]:
        """Allowed values of a ``keuze`` column, else empty."""
        return tuple(self.eenheid.split("|")) if self.type == "keuze" else ()


@cache
def tabel(naam: str) -> Mapping[str, Kolom]:
    """Columns of one table by name, in the order of the dictionary.

    Raises
    ------
    KeyError : no such table
    ValueError : the dictionary itself is wrong (unknown type)
    """
    if naam not in TABELLEN:
        raise KeyError(f"geen tabel {naam!r}; wel: {', '.join(TABELLEN)}")
    with (map_van("data/schema") / f"{naam}.csv").open(encoding="utf-8", newline="") as f:
        kolommen = [_kolom(rij) for rij in csv.DictReader(f)]
    return MappingProxyType({k.kolom: k for k in kolommen})


def _kolom(rij: dict[str, str]) -> Kolom:
    if rij["type"] not in TYPEN:
        raise ValueError(f"kolom {rij['kolom']!r} heeft onbekend type {rij['type']!r}")
    return Kolom(
        kolom=rij["kolom"],
        type=rij["type"],
        eenheid=rij["eenheid"],
        verplicht=rij["verplicht"] == "ja",
        persoonsgegeven=rij["persoonsgegeven"] == "ja",
        omschrijving=rij["omschrijving"],
        bron=rij["bron"],
        synoniemen=tuple(s for s in rij["synoniemen"].split("|") if s),
    )


@cache
def taakvelden() -> Mapping[str, str]:
    """Official taakvelden (BBV): code -> name, in their own order (data/iv3/taakvelden.csv)."""
    with (map_van("data/iv3") / "taakvelden.csv").open(encoding="utf-8", newline="") as f:
        return MappingProxyType({rij["taakveld"]: rij["naam"] for rij in csv.DictReader(f)})
