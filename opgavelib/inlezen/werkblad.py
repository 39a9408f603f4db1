"""A file as grids of cells: the seam between file formats and everything after.

What is here is plain data. A reader in another process fills it, and `uit_json` trusts nothing of
what that process says: the bytes it parsed came from anyone. JSON of checked shape instead of
pickle, because a pickle from a process that a file took over would run code in ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from opgavelib.fouten import Ernst

FOUTWAARDEN = frozenset(
    ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
     "#VERW!", "#N/B", "#DEEL/0!", "#NAAM?", "#WAARDE!", "#GETAL!", "#LEEG!", "#OVERLOOP!"]
)  # fmt: skip
Cel = tuple[int, int]
_VELDEN = ("foutcellen", "zonder_waarde", "verouderd")


@dataclass(frozen=True)
class Melding:
    """What a reader noticed: becomes a finding of the file, or of one sheet."""

    ernst: Ernst
    probleem: str
    doe: str = ""
    blad: str = ""
    rij: int | None = None


@dataclass(frozen=True)
class Werkblad:
    """One sheet as a sparse grid; rows and columns 1-based, as Excel counts them.

    Attributes
    ----------
    rijen : Excel row -> {column: value}; only cells that hold something, texts as written
    opmaak : (row, column) -> number format, for numbers that have another one than General
    samengevoegd : (first row, first column, last row, last column) of every merged area
    foutcellen : cells that hold an Excel error such as #REF!
    zonder_waarde : formulas that were never calculated, so nobody knows what they hold
    verouderd : formulas whose stored value is not what the cells that were read add up to
    rijfouten : row -> (problem, what to do) of rows that the reader itself could not trust
    """

    naam: str
    rijen: Mapping[int, Mapping[int, object]]
    opmaak: Mapping[Cel, str] = field(default_factory=dict)
    samengevoegd: tuple[tuple[int, int, int, int], ...] = ()
    foutcellen: frozenset[Cel] = frozenset()
    zonder_waarde: frozenset[Cel] = frozenset()
    verouderd: frozenset[Cel] = frozenset()
    verborgen: bool = False
    verborgen_rijen: frozenset[int] = frozenset()
    verborgen_kolommen: frozenset[int] = frozenset()
    rijfouten: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def breedte_van(self) -> dict[Cel, int]:
        """First cell of a merged area -> how many columns wide it is."""
        return {(r1, k1): k2 - k1 + 1 for r1, k1, _, k2 in self.samengevoegd}


@dataclass(frozen=True)
class Werkboek:
    """All sheets of a file, in their order, and what its reader has to say about it."""

    bladen: tuple[Werkblad, ...]
    meldingen: tuple[Melding, ...] = ()


def als_json(boek: Werkboek) -> dict:
    """The workbook as what JSON knows."""
    return {
        "bladen": [_blad_als_json(b) for b in boek.bladen],
        "meldingen": [[str(m.ernst), m.probleem, m.doe, m.blad, m.rij] for m in boek.meldingen],
    }


def _blad_als_json(blad: Werkblad) -> dict:
    opmaak: dict[str, list[int]] = {}
    for cel, soort in blad.opmaak.items():
        opmaak.setdefault(soort, []).extend(cel)
    return {
        "naam": blad.naam,
        "rijen": [[r, list(c), [_waarde_als_json(w) for w in c.values()]] for r, c in blad.rijen.items()],
        "opmaak": opmaak,
        "samengevoegd": blad.samengevoegd,
        "verborgen": blad.verborgen,
        "verborgen_rijen": sorted(blad.verborgen_rijen),
        "verborgen_kolommen": sorted(blad.verborgen_kolommen),
        "rijfouten": [[r, *f] for r, f in blad.rijfouten.items()],
        **{veld: sorted(getattr(blad, veld)) for veld in _VELDEN},
    }


def _waarde_als_json(waarde: object) -> object:
    if isinstance(waarde, (str, bool, int, float)):
        return waarde
    if isinstance(waarde, (datetime, date, time)):
        return [type(waarde).__name__, waarde.isoformat()]
    if isinstance(waarde, timedelta):
        return ["timedelta", waarde.total_seconds()]
    return str(waarde)


def uit_json(document: object) -> Werkboek:
    """The workbook that another process wrote with `als_json`, checked field by field.

    Raises
    ------
    ValueError, TypeError, KeyError, OverflowError : it is not of that shape
    """
    meldingen = tuple(
        Melding(Ernst(e), _tekst(probleem), _tekst(doe), _tekst(blad), None if rij is None else _getal(rij))
        for e, probleem, doe, blad, rij in document["meldingen"]
    )
    return Werkboek(tuple(_blad_uit_json(b) for b in document["bladen"]), meldingen)


def _blad_uit_json(b: Mapping) -> Werkblad:
    rijen = {
        _getal(rij): dict(zip(map(_getal, kolommen), map(_waarde_uit_json, waarden), strict=True))
        for rij, kolommen, waarden in b["rijen"]
    }
    opmaak = {}
    for soort, plat in b["opmaak"].items():
        plekken = iter(map(_getal, plat))
        opmaak |= dict.fromkeys(zip(plekken, plekken, strict=True), soort)
    return Werkblad(
        naam=_tekst(b["naam"]),
        rijen=rijen,
        opmaak=opmaak,
        samengevoegd=tuple(
            (_getal(r1), _getal(k1), _getal(r2), _getal(k2)) for r1, k1, r2, k2 in b["samengevoegd"]
        ),
        verborgen=b["verborgen"] is True,
        verborgen_rijen=frozenset(map(_getal, b["verborgen_rijen"])),
        verborgen_kolommen=frozenset(map(_getal, b["verborgen_kolommen"])),
        rijfouten={_getal(r): (_tekst(p), _tekst(d)) for r, p, d in b["rijfouten"]},
        **{veld: frozenset((_getal(r), _getal(k)) for r, k in b[veld]) for veld in _VELDEN},
    )


def _getal(waarde: object) -> int:
    if type(waarde) is not int or not 0 < waarde < 1 << 24:
        raise ValueError("geen rij of kolom")
    return waarde


def _tekst(waarde: object) -> str:
    if type(waarde) is not str:
        raise ValueError("geen tekst")
    return waarde


_SOORTEN = {"datetime": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat}


def _waarde_uit_json(waarde: object) -> object:
    if isinstance(waarde, (str, bool, int, float)):
        return waarde
    soort, tekst = waarde
    return timedelta(seconds=tekst) if soort == "timedelta" else _SOORTEN[soort](tekst)
