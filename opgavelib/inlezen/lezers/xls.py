"""Old .xls, by xlrd: it sees errors, formats, hidden rows, merged cells and 1904; not the formulas."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import xlrd
from xlrd.biffh import error_text_from_code

from opgavelib.fouten import Ernst
from opgavelib.inlezen.grenzen import OPSLAAN, Geweigerd, Grenzen
from opgavelib.inlezen.lezers import calamine
from opgavelib.inlezen.lezers.bouw import Bouwer, Teller, heel
from opgavelib.inlezen.werkblad import Melding, Werkboek

_DUUR = re.compile(r"\[(?:h+|m+|s+|u+)\]", re.IGNORECASE)
_FORMULES = Melding(
    Ernst.INFO,
    "In een .xls-bestand is niet te zien welke cellen formules zijn en of hun waarde is bijgewerkt.",
    OPSLAAN,
)


def lees(inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """All worksheets, in their order.

    Raises
    ------
    Geweigerd : a password, or neither xlrd nor calamine can make a workbook of it
    """
    try:
        boek = xlrd.open_workbook(
            file_contents=inhoud, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        teller = Teller(grenzen)
        bladen = [_werkblad(boek, blad, teller) for blad in boek.sheets()]
    except (Geweigerd, MemoryError):
        raise
    # xlrd raises anything on a malformed file: XLRDError, CompDocError, struct.error, AssertionError, ...
    except Exception as fout:
        if "encrypted" in str(fout).lower():
            raise Geweigerd("Het bestand is met een wachtwoord beveiligd.", "Haal het wachtwoord eraf.") from fout
        return calamine.lees(inhoud, grenzen)
    return Werkboek(tuple(b.klaar() for b in bladen), (_FORMULES,))


def _werkblad(boek, bron, teller: Teller) -> Bouwer:
    blad = Bouwer(bron.name, teller, verborgen=bron.visibility != 0)
    for r in range(bron.nrows):
        for k, (soort, waarde) in enumerate(zip(bron.row_types(r), bron.row_values(r), strict=True)):
            if soort == xlrd.XL_CELL_TEXT:
                blad.zet(r + 1, k + 1, waarde)
            elif soort == xlrd.XL_CELL_ERROR:
                blad.fout(r + 1, k + 1, error_text_from_code.get(waarde, "#N/A"))
            elif soort == xlrd.XL_CELL_BOOLEAN:
                blad.zet(r + 1, k + 1, bool(waarde))
            elif soort in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                opmaak = boek.format_map[boek.xf_list[bron.cell_xf_index(r, k)].format_key].format_str
                blad.zet(
                    r + 1,
                    k + 1,
                    _datum(boek, waarde, opmaak) if soort == xlrd.XL_CELL_DATE else heel(waarde),
                    opmaak,
                )
    for r1, r2, k1, k2 in bron.merged_cells:
        blad.voeg_samen(r1 + 1, k1 + 1, r2, k2)
    blad.verberg(
        rijen=(r + 1 for r, info in bron.rowinfo_map.items() if info.hidden),
        kolommen=(k + 1 for k, info in bron.colinfo_map.items() if info.hidden),
    )
    return blad


def _datum(boek, waarde: float, opmaak: str) -> object:
    """A date, or a duration; what is no date that exists stays the number that it is."""
    try:
        if _DUUR.match(opmaak):
            return timedelta(days=waarde)
        if 0 <= waarde < 1:
            return (xlrd.xldate_as_datetime(waarde, boek.datemode)).time()
        return xlrd.xldate_as_datetime(waarde, boek.datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return heel(waarde)
