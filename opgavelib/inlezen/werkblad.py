"""A file as grids of cells, one per sheet: the seam between file formats and everything after.

What comes out is plain data (no openpyxl objects), so that another reader or another process can
stand behind the same seam.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from opgavelib.inlezen.preflight import Geweigerd, kolomnummer

FOUTWAARDEN = frozenset(
    ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
     "#VERW!", "#N/B", "#DEEL/0!", "#NAAM?", "#WAARDE!", "#GETAL!", "#LEEG!", "#OVERLOOP!"]
)  # fmt: skip
_ONTSNAPT = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULECEL = re.compile(rb"<((?:\w+:)?)c\b([^>]*[^>/])?>((?:(?!</\1c>).)*?<(?:\w+:)?f[\s>/].*?)</\1c>", re.DOTALL)
_MET_WAARDE = re.compile(rb"<(?:\w+:)?v[^>/]*>[^<]|<(?:\w+:)?t[^>/]*>[^<]")
_ADRES = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")


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
    """

    naam: str
    rijen: Mapping[int, Mapping[int, object]]
    opmaak: Mapping[tuple[int, int], str] = field(default_factory=dict)
    samengevoegd: tuple[tuple[int, int, int, int], ...] = ()
    foutcellen: frozenset[tuple[int, int]] = frozenset()
    zonder_waarde: frozenset[tuple[int, int]] = frozenset()
    verborgen: bool = False
    verborgen_rijen: frozenset[int] = frozenset()
    verborgen_kolommen: frozenset[int] = frozenset()


def lees_werkbladen(inhoud: bytes) -> tuple[Werkblad, ...]:
    """All worksheets of an .xlsx or .xlsm that passed the preflight, in their order.

    Raises
    ------
    Geweigerd : openpyxl cannot make a workbook of it
    """
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            boek = openpyxl.load_workbook(BytesIO(inhoud), data_only=True)
            formules = _formules_zonder_waarde(inhoud)
            return tuple(_werkblad(ws, formules.get(ws.title, frozenset())) for ws in boek.worksheets)
    except Geweigerd:
        raise
    # openpyxl raises anything on a malformed file: KeyError, TypeError, AttributeError, ...
    except Exception as fout:
        raise Geweigerd("Excel-bestand kan niet worden gelezen; het is beschadigd of ongewoon opgebouwd.") from fout


def _werkblad(ws, zonder_waarde: frozenset[tuple[int, int]]) -> Werkblad:
    rijen: dict[int, dict[int, object]] = {}
    opmaak, fouten = {}, set()
    # `_cells` holds only the cells that exist; iter_rows would create every one up to the last row.
    for (rij, kolom), cel in sorted(ws._cells.items()):
        waarde = cel.value
        if waarde is None:
            continue
        if isinstance(waarde, str):
            if not waarde.strip():
                continue
            if "_x" in waarde:
                waarde = _ONTSNAPT.sub(lambda m: chr(int(m[1], 16)), waarde).replace("\r", "")
            if waarde.strip().upper() in FOUTWAARDEN:
                fouten.add((rij, kolom))
        elif isinstance(waarde, (int, float)) and cel.has_style:
            soort = cel.number_format
            if soort != "General":
                opmaak[rij, kolom] = soort
        rijen.setdefault(rij, {})[kolom] = waarde
    return Werkblad(
        naam=ws.title,
        rijen=rijen,
        opmaak=opmaak,
        samengevoegd=tuple((m.min_row, m.min_col, m.max_row, m.max_col) for m in ws.merged_cells.ranges),
        foutcellen=frozenset(fouten),
        zonder_waarde=zonder_waarde,
        verborgen=ws.sheet_state != "visible",
        verborgen_rijen=frozenset(r for r, d in ws.row_dimensions.items() if d.hidden),
        verborgen_kolommen=frozenset(
            k
            for d in ws.column_dimensions.values()
            if d.hidden and d.min
            for k in range(d.min, (d.max or d.min) + 1)
        ),
    )


def _formules_zonder_waarde(inhoud: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Per sheet the formula cells without a calculated value, straight from the xml.

    openpyxl gives None for those, as for an empty cell: the amount would vanish silently.
    """
    with zipfile.ZipFile(BytesIO(inhoud)) as zip_:
        bladen = [n for n in zip_.namelist() if "worksheets/" in n.lower() and n.lower().endswith(".xml")]
        leeg = {n: cellen for n in bladen if (cellen := _lege_formules(zip_.read(n)))}
        if not leeg:
            return {}
        namen = _bladnamen(zip_)
    return {namen[pad]: cellen for pad, cellen in leeg.items() if pad in namen}


def _lege_formules(xml: bytes) -> frozenset[tuple[int, int]]:
    if b"<f" not in xml and b":f" not in xml:
        return frozenset()
    uit = set()
    for _, kenmerken, binnen in _FORMULECEL.findall(xml):
        # t="str" with an empty value is a formula whose outcome is "": that is an empty cell.
        if _MET_WAARDE.search(binnen) or b't="str"' in kenmerken:
            continue
        adres = _ADRES.search(kenmerken)
        if adres is None:
            raise Geweigerd("Het bestand heeft formules zonder celadres.")
        uit.add((int(adres[2]), kolomnummer(adres[1])))
    return frozenset(uit)


def _bladnamen(zip_: zipfile.ZipFile) -> dict[str, str]:
    """Path of a sheet's xml -> name of the sheet, by the relations of the workbook."""
    import posixpath

    from defusedxml.ElementTree import fromstring

    def relaties(pad: str) -> dict[str, tuple[str, str]]:
        map_, naam = posixpath.split(pad)
        boom = fromstring(zip_.read(posixpath.join(map_, "_rels", f"{naam}.rels")))
        return {
            r.get("Id"): (
                r.get("Type", ""),
                posixpath.normpath(posixpath.join("/", map_, r.get("Target")))[1:],
            )
            for r in boom
        }

    boek = next(doel for soort, doel in relaties("").values() if soort.endswith("/officeDocument"))
    doelen = relaties(boek)
    uit = {}
    for element in fromstring(zip_.read(boek)).iter():
        if element.tag.endswith("}sheet"):
            sleutel = next(v for k, v in element.attrib.items() if k.endswith("}id"))
            uit[doelen[sleutel][1]] = element.get("name")
    return uit
