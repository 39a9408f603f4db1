""".xlsx and .xlsm, by openpyxl: the one format in which formulas can be seen."""

from __future__ import annotations

import sys
import warnings
import zipfile
from contextlib import suppress
from io import BytesIO
from xml.etree.ElementTree import ParseError

from opgavelib.fouten import Ernst
from opgavelib.inlezen.grenzen import Geweigerd, Grenzen
from opgavelib.inlezen.lezers import calamine
from opgavelib.inlezen.lezers.bouw import Bouwer, Teller
from opgavelib.inlezen.lezers.formules import Formules, formules_van, keur_sommen
from opgavelib.inlezen.werkblad import Melding, Werkboek

# openpyxl imports these when it can; a fifth of a second for what no cell needs.
for _naam in ("numpy", "PIL", "lxml"):
    sys.modules.setdefault(_naam, None)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import openpyxl

_HERREKEN = "Open het bestand in Excel, laat het rekenen (F9) en sla het op."


def lees(inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """All worksheets, in their order.

    Raises
    ------
    Geweigerd : neither openpyxl nor calamine can make a workbook of it
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            boek = openpyxl.load_workbook(BytesIO(inhoud), data_only=True, keep_links=False)
        with zipfile.ZipFile(BytesIO(inhoud)) as zip_:
            formules, namen, rekenen = formules_van(zip_)
    except (Geweigerd, MemoryError):
        raise
    # openpyxl raises anything on a malformed file: KeyError, TypeError, AttributeError, ...
    except Exception:
        return _noodweg(inhoud, grenzen)
    per_blad = {namen[pad]: f for pad, f in formules.items() if pad in namen}
    teller = Teller(grenzen)
    bladen = [_werkblad(ws, per_blad.get(ws.title, Formules()), teller) for ws in boek.worksheets]
    meldingen = _meld_rekenen(rekenen, sum(len(f.met_waarde) for f in formules.values()))
    return Werkboek(tuple(b.klaar() for b in bladen), meldingen)


def _noodweg(inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """By calamine, with what can still be seen in the xml: formulas without a value, and error cells."""
    bladen = calamine.bladen_van(inhoud, grenzen)
    # What is missing from this workbook (styles, texts) is seldom what says which sheet is which.
    with (
        suppress(zipfile.BadZipFile, KeyError, StopIteration, ParseError),
        zipfile.ZipFile(BytesIO(inhoud)) as zip_,
    ):
        formules, namen, _ = formules_van(zip_)
        per_naam = {b.naam: b for b in bladen}
        for pad, gevonden in formules.items():
            if blad := per_naam.get(namen.get(pad, "")):
                blad.zonder_waarde |= gevonden.zonder_waarde
                for rij, kolom in gevonden.fouten:
                    blad.fout(rij, kolom, "#N/A")
    return Werkboek(tuple(b.klaar() for b in bladen), (calamine.ONGEWOON,))


def _werkblad(ws, formules: Formules, teller: Teller) -> Bouwer:
    blad = Bouwer(ws.title, teller, verborgen=ws.sheet_state != "visible")
    # `_cells` holds only the cells that exist; iter_rows would create every one up to the last row.
    for (rij, kolom), cel in ws._cells.items():
        waarde = cel.value
        if waarde is not None:
            met_opmaak = type(waarde) in (int, float) and cel.has_style
            blad.zet(rij, kolom, waarde, cel.number_format if met_opmaak else "")
    for m in ws.merged_cells.ranges:
        blad.voeg_samen(m.min_row, m.min_col, m.max_row, m.max_col)
    blad.verberg(rijen=(r for r, d in ws.row_dimensions.items() if d.hidden))
    for d in ws.column_dimensions.values():
        if d.hidden and d.min:
            blad.verberg(kolommen=range(d.min, min(d.max or d.min, 1 << 14) + 1))
    blad.zonder_waarde |= formules.zonder_waarde
    blad.verouderd |= keur_sommen(formules, blad)
    return blad


def _meld_rekenen(rekenen: dict[str, str], aantal: int) -> tuple[Melding, ...]:
    """Stored outcomes that the file itself says are not of now."""
    if not aantal:
        return ()
    if rekenen.get("calcMode") == "manual":
        tekst = f"De werkmap rekent niet vanzelf; de waarden van {aantal} formules kunnen verouderd zijn."
    elif rekenen.get("fullCalcOnLoad") in ("1", "true"):
        tekst = f"De waarden van {aantal} formules zijn niet herrekend: een ander programma schreef deze werkmap."
    else:
        return ()
    return (Melding(Ernst.LET_OP, tekst, _HERREKEN),)
