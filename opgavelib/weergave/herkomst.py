"""What a figure is made of, as a table with file, sheet and row (`toepassing.herkomst` finds the rows)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from opgavelib import notatie
from opgavelib.weergave.figuur import Figuur, kolom, records

# More rows than this nobody reads on a screen, and they would take the browser seconds.
HOOGSTENS = 500
_RIJ = kolom("rij", "Rij in het bestand", "getal")
_WAAR = (kolom("_waar", "Bestand en blad"), _RIJ)
REGELS = (
    kolom("omschrijving", "Begrotingsregel", breed=True),
    kolom("taakveld", "Taakveld"),
    kolom("team", "Team"),
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
    euro = ("lasten_eur", "lean_eur", "opgave_eur", "onbekend_eur")
    return _figuur(zin, rijen.sort_values("lasten_eur", ascending=False, kind="stable"), REGELS, euro)


def begroting(zin: str, rijen: pd.DataFrame, maat: str) -> Figuur:
    """Budget lines in the order they have, with the one amount that adds up to a total.

    Parameters
    ----------
    maat : lasten_eur, baten_eur or salarissen_eur
    """
    bedrag = kolom(maat, maat.removesuffix("_eur").capitalize(), "euro")
    return _figuur(zin, rijen, (*REGELS[:3], bedrag, *_WAAR), (maat,))


def formatie(zin: str, rijen: pd.DataFrame) -> Figuur:
    """Teams with the hours that follow from their formatie."""
    return _figuur(zin, rijen, FORMATIE, ("fte", "beschikbaar_uren", "lean_uren", "opgave_uren"))


def aanvragen(zin: str, rijen: pd.DataFrame) -> Figuur:
    """Requests for hours; refused ones are among them, so there is no sum."""
    return _figuur(zin, rijen, AANVRAGEN, ())


def _figuur(zin: str, rijen: pd.DataFrame, kolommen: Sequence[Mapping], maten: Sequence[str]) -> Figuur:
    """A table with its sum. What is the same for every row is said once, above it, instead of in a column."""
    if rijen.empty:
        return Figuur({}, zin, kolommen, [])
    rijen = rijen.assign(_waar=[_waar(b, blad) for b, blad in zip(rijen["bestand"], rijen["blad"], strict=True)])
    namen = [k["kolom"] for k in kolommen[1:]]
    eender = {k: rijen[k].iloc[0] for k in ("_waar", "team") if k in namen and _gelijk(rijen, k)}
    weg = [*eender, *(m for m in maten if m == "onbekend_eur" and not rijen[m].any())]
    zicht = [k for k in kolommen if k["kolom"] not in weg]
    eerste = zicht[0]["kolom"]
    uit = records(rijen.head(HOOGSTENS), zicht)
    rest = rijen.iloc[HOOGSTENS:]
    if len(rest):
        naam = f"En nog {notatie.aantal(len(rest), 'rij', 'rijen')}; ze staan in het werkboek bij Meenemen"
        uit.append({eerste: naam} | {m: float(rest[m].sum()) for m in maten})
    if maten and len(uit) > 1:
        uit.append({eerste: "Samen", "_klasse": "totaal"} | {m: float(rijen[m].sum()) for m in maten})
    zinnen = [f"Alle rijen staan in {eender['_waar']}."] if "_waar" in eender else []
    zinnen += [f"Ze zijn allemaal van team {eender['team']}."] if eender.get("team") else []
    return Figuur({}, zin, zicht, uit, uitleg=" ".join(zinnen))


def _gelijk(rijen: pd.DataFrame, naam: str) -> bool:
    return len(rijen) > 1 and rijen[naam].nunique(dropna=False) == 1  # noqa: PD101 (text, few rows)


def _waar(bestand: object, blad: object) -> str:
    return f"{bestand}, blad '{blad}'" if isinstance(blad, str) and blad else str(bestand)
