"""Workbooks by python-calamine: values only. For .xlsb, and for what the reader of a format gives up on."""

from __future__ import annotations

from io import BytesIO

from opgavelib.fouten import Ernst
from opgavelib.inlezen.grenzen import KLEINER, OPSLAAN, Geweigerd, Grenzen
from opgavelib.inlezen.lezers.bouw import Bouwer, Teller, heel
from opgavelib.inlezen.werkblad import Melding, Werkboek

# calamine makes one dense block of a sheet: so many places, filled or not.
_DICHT = 10
_ONGEZIEN = (
    "In dit bestand is niet te zien welke rijen en kolommen verborgen zijn, welke cellen een fout zoals #N/B "
    "bevatten, welke formules zonder waarde zijn en wat een percentage is; zulke cellen zijn dan leeg of anders."
)

ONGEWOON = Melding(Ernst.LET_OP, f"Het bestand is ongewoon opgebouwd. {_ONGEZIEN}", OPSLAAN)


def bladen_van(inhoud: bytes, grenzen: Grenzen) -> list[Bouwer]:
    """Every worksheet with its values, its merged areas and whether it is hidden.

    Raises
    ------
    Geweigerd : calamine cannot read it, or it holds too much
    """
    import python_calamine as pc

    teller, uit = Teller(grenzen), []
    try:
        boek = pc.load_workbook(BytesIO(inhoud))
        for blad in boek.sheets_metadata:
            if blad.typ == pc.SheetTypeEnum.WorkSheet:
                uit.append(
                    _blad(boek.get_sheet_by_name(blad.name), blad.visible != pc.SheetVisibleEnum.Visible, teller)
                )
    except pc.PasswordError as fout:
        raise Geweigerd("Het bestand is met een wachtwoord beveiligd.", "Haal het wachtwoord eraf.") from fout
    except (Geweigerd, MemoryError):
        raise
    # A Rust panic is no Exception; one that is not caught ends this process and is a refusal too.
    except Exception as fout:
        raise Geweigerd("Het bestand kan niet worden gelezen; het is beschadigd of ongewoon opgebouwd.") from fout
    return uit


def _blad(bron, verborgen: bool, teller: Teller) -> Bouwer:
    blad = Bouwer(bron.name, teller, verborgen=verborgen)
    if bron.start is None:
        return blad
    if bron.height * bron.width > _DICHT * teller.grenzen.cellen:
        raise Geweigerd("De cellen van een blad staan te ver uit elkaar.", KLEINER)
    r0, k0 = bron.start
    # to_python() starts at the first cell that is filled, and so do its rows.
    for r, rij in enumerate(bron.to_python(skip_empty_area=True), r0 + 1):
        for k, waarde in enumerate(rij, k0 + 1):
            if waarde != "":
                blad.zet(r, k, heel(waarde))
    for (r1, k1), (r2, k2) in bron.merged_cell_ranges or ():
        blad.voeg_samen(r1 + 1, k1 + 1, r2 + 1, k2 + 1)
    return blad


def lees(inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """A workbook that its own reader could not load, with the warning of what is not seen."""
    bladen = bladen_van(inhoud, grenzen)
    return Werkboek(
        tuple(b.klaar() for b in bladen),
        (ONGEWOON,),
    )
