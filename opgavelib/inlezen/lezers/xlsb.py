""".xlsb: values by python-calamine; errors, formats and what is hidden or merged from the records themselves."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from defusedxml.ElementTree import fromstring

from opgavelib.fouten import Ernst
from opgavelib.inlezen import biff12
from opgavelib.inlezen.grenzen import OPSLAAN, Geweigerd, Grenzen
from opgavelib.inlezen.lezers import calamine
from opgavelib.inlezen.lezers.bouw import Bouwer
from opgavelib.inlezen.werkblad import Melding, Werkboek

_FOUT = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
_INGEBOUWD = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%"}
_FORMULES = Melding(
    Ernst.INFO, "In een .xlsb-bestand is niet te zien of de waarden van formules zijn bijgewerkt.", OPSLAAN
)


def lees(inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """All worksheets, in their order.

    Raises
    ------
    Geweigerd : calamine cannot read it, or it holds too much
    """
    bladen = calamine.bladen_van(inhoud, grenzen)
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as zip_:
            delen, opmaak = _bladdelen(zip_), _opmaak(zip_)
            formules = sum([_vul_aan(b, zip_.read(delen[b.naam]), opmaak) for b in bladen])
    except (Geweigerd, MemoryError):
        raise
    # Malformed records or relations: then nobody knows what calamine left out.
    except Exception as fout:
        raise Geweigerd("Het bestand kan niet worden gelezen; het is beschadigd of ongewoon opgebouwd.") from fout
    return Werkboek(tuple(b.klaar() for b in bladen), (_FORMULES,) if formules else ())


def _bladdelen(zip_: zipfile.ZipFile) -> dict[str, str]:
    """Name of a sheet -> its part."""
    boek = next(n for n in zip_.namelist() if n.lower() == "xl/workbook.bin")
    rels = next(n for n in zip_.namelist() if n.lower() == "xl/_rels/workbook.bin.rels")
    doelen = {
        r.get("Id"): posixpath.normpath(posixpath.join("/xl", r.get("Target")))[1:]
        for r in fromstring(zip_.read(rels), forbid_dtd=True)
    }
    inhoud, uit = zip_.read(boek), {}
    for nummer, plek, _ in biff12.records(inhoud):
        if nummer == biff12.BLAD:
            relatie, verder = biff12.tekst(inhoud, plek + 8)
            if relatie in doelen:
                uit[biff12.tekst(inhoud, verder)[0]] = doelen[relatie]
    return uit


def _opmaak(zip_: zipfile.ZipFile) -> list[str]:
    """Number format of every cell style."""
    naam = next((n for n in zip_.namelist() if n.lower() == "xl/styles.bin"), None)
    if naam is None:
        return []
    inhoud, eigen, uit, binnen = zip_.read(naam), dict(_INGEBOUWD), [], False
    for nummer, plek, _ in biff12.records(inhoud):
        if nummer == biff12.OPMAAK:
            eigen[biff12.u16(inhoud, plek)] = biff12.tekst(inhoud, plek + 2)[0]
        elif nummer in (biff12.BEGIN_XF, biff12.EIND_XF):
            binnen = nummer == biff12.BEGIN_XF
        elif nummer == biff12.XF and binnen:
            uit.append(eigen.get(biff12.u16(inhoud, plek + 2), ""))
    return uit


def _vul_aan(blad: Bouwer, deel: bytes, opmaak: list[str]) -> int:
    """Add to a sheet what calamine does not give; the number of formulas seen."""
    rij = formules = 0
    for nummer, plek, lengte in biff12.records(deel):
        if nummer == biff12.RIJ and lengte >= 12:
            rij = biff12.u32(deel, plek) + 1
            # miyRw, after the style, then flags of which bit 4 of the second byte is fDyZero.
            if deel[plek + 11] & 0x10:
                blad.verberg(rijen=[rij])
        elif biff12.LEEG <= nummer <= biff12.LAATSTE_CEL and lengte >= 8:
            kolom = biff12.u32(deel, plek) + 1
            formules += nummer in biff12.FORMULES
            if nummer in (biff12.FOUT, biff12.FORMULE_FOUT):
                blad.fout(rij, kolom, _FOUT.get(deel[plek + 8], "#N/A"))
            stijl = biff12.u32(deel, plek + 4) & 0xFFFFFF
            if stijl < len(opmaak) and opmaak[stijl] and type(blad.rijen.get(rij, {}).get(kolom)) in (int, float):
                blad.opmaak[rij, kolom] = opmaak[stijl]
        elif nummer == biff12.KOLOMMEN and lengte >= 18 and deel[plek + 16] & 1:
            eerste, laatste = biff12.u32(deel, plek) + 1, biff12.u32(deel, plek + 4) + 1
            blad.verberg(kolommen=range(eerste, min(laatste, 1 << 14) + 1))
        elif nummer == biff12.SAMENGEVOEGD and lengte >= 16:
            r1, r2, k1, k2 = (biff12.u32(deel, plek + 4 * i) + 1 for i in range(4))
            blad.voeg_samen(r1, k1, r2, k2)
    return formules
