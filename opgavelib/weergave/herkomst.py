"""What a figure is made of, as a table with file, sheet and row (`toepassing.herkomst` finds the rows)."""

from __future__ import annotations

import pandas as pd

from opgavelib.weergave.figuur import Figuur, kolom, records

_WAAR = (kolom("bestand", "Bestand"), kolom("blad", "Blad"), kolom("rij", "Rij", "getal"))
REGELS = (
    kolom("omschrijving", "Begrotingsregel", breed=True),
    kolom("taakveld", "Taakveld"),
    kolom("team", "Team", bijzaak=True),
    kolom("lasten_eur", "Lasten", "euro"),
    kolom("lean_eur", "Lean", "euro"),
    kolom("opgave_eur", "Opgave", "euro"),
    kolom("onbekend_eur", "Nog niet bepaald", "euro"),
    *_WAAR,
)
FORMATIE = (
    kolom("team", "Team"),
    kolom("fte", "Formatie (fte)", "getal"),
    kolom("uren_per_fte", "Uren per fte", "uren"),
    kolom("beschikbaar_uren", "Uren per jaar", "uren"),
    kolom("lean_uren", "Lean", "uren"),
    kolom("opgave_uren", "Opgave", "uren"),
    *_WAAR,
)
AANVRAGEN = (
    kolom("activiteit", "Code"),
    kolom("titel", "Activiteit", breed=True),
    kolom("uren_gevraagd", "Gevraagd", "uren"),
    kolom("uren_toegezegd", "Toegezegd", "uren"),
    kolom("status", "Antwoord"),
    *_WAAR,
)


def regels(zin: str, rijen: pd.DataFrame) -> Figuur:
    """Budget lines, the largest first, with what they add up to."""
    uit = records(rijen.sort_values("lasten_eur", ascending=False, kind="stable"), REGELS) if len(rijen) else []
    if uit:
        euro = ("lasten_eur", "lean_eur", "opgave_eur", "onbekend_eur")
        uit.append({"omschrijving": "Samen", "_klasse": "totaal"} | {k: float(rijen[k].sum()) for k in euro})
    return Figuur({}, zin, REGELS, uit)


def begroting(zin: str, rijen: pd.DataFrame, maat: str) -> Figuur:
    """Budget lines in the order they have, with the one amount that adds up to a total.

    Parameters
    ----------
    maat : lasten_eur, baten_eur or salarissen_eur
    """
    naam = maat.removesuffix("_eur").capitalize()
    kolommen = (*REGELS[:2], kolom("programma", "Programma", bijzaak=True), REGELS[2], kolom(maat, naam, "euro"),
                *_WAAR)  # fmt: skip
    uit = records(rijen, kolommen) if len(rijen) else []
    if uit:
        uit.append({"omschrijving": "Samen", "_klasse": "totaal", maat: float(rijen[maat].sum())})
    return Figuur({}, zin, kolommen, uit)


def formatie(zin: str, rijen: pd.DataFrame) -> Figuur:
    """Teams with the hours that follow from their formatie."""
    uit = records(rijen, FORMATIE) if len(rijen) else []
    if len(uit) > 1:
        maten = ("fte", "beschikbaar_uren", "lean_uren", "opgave_uren")
        uit.append({"team": "Samen", "_klasse": "totaal"} | {k: float(rijen[k].sum()) for k in maten})
    return Figuur({}, zin, FORMATIE, uit)


def aanvragen(zin: str, rijen: pd.DataFrame) -> Figuur:
    """Requests for hours."""
    return Figuur({}, zin, AANVRAGEN, records(rijen, AANVRAGEN) if len(rijen) else [])
