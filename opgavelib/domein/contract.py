"""Contractering: hours that are asked of a team, and what its teamleider says to that.

References
----------
The teamleider as supplier of capacity, in number and in skill: Heemskerk, kenniskring 21-3-2024.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from opgavelib.domein import kwartaal
from opgavelib.fouten import BesluitFout


class Status(StrEnum):
    """Where a request stands."""

    GEVRAAGD = "gevraagd"
    TOEGEZEGD = "toegezegd"  # also a part: then fewer hours are promised than asked
    AFGEWEZEN = "afgewezen"


def keur_antwoord(antwoord: Mapping[str, object]) -> dict[str, object]:
    """An answer as it is stored.

    Raises
    ------
    BesluitFout : an unknown status, hours below 0, a promise of nothing, or no quarter
    """
    if antwoord.get("status") not in list(Status):
        raise BesluitFout("Zeg toe, wijs af, of zet terug op gevraagd.")
    status = Status(antwoord["status"])
    uren = _uren(antwoord.get("uren_toegezegd", 0.0))
    if status != Status.TOEGEZEGD:
        uren = 0.0
    elif uren == 0:
        raise BesluitFout("Zeg meer dan 0 uur toe, of wijs de aanvraag af.")
    return {"status": str(status), "uren_toegezegd": uren, "kwartaal": _kwartaal(antwoord.get("kwartaal"))}


def keur_aanvraag(aanvraag: Mapping[str, object], activiteiten: Collection[str]) -> dict[str, object]:
    """A request as it is stored.

    Raises
    ------
    BesluitFout : an unknown activiteit, no team, no quarter, or not above 0 hours
    """
    if aanvraag.get("activiteit") not in activiteiten:
        raise BesluitFout(f"Er is geen activiteit '{aanvraag.get('activiteit')}'.")
    team = str(aanvraag.get("team") or "").strip()
    if not team:
        raise BesluitFout("Kies het team waaraan u de uren vraagt.")
    uren = _uren(aanvraag.get("uren_gevraagd"))
    if uren == 0:
        raise BesluitFout("Vraag meer dan 0 uur.")
    return {
        "activiteit": aanvraag["activiteit"],
        "team": team,
        "kwartaal": _kwartaal(aanvraag.get("kwartaal")),
        "uren_gevraagd": uren,
        "deskundigheid": str(aanvraag.get("deskundigheid") or "").strip() or None,
    }


def _uren(x: object) -> float:
    if isinstance(x, bool) or not isinstance(x, int | float) or not 0 <= x <= 1e6:
        raise BesluitFout("Geef een aantal uren van 0 of meer.")
    return float(x)


def _kwartaal(x: object) -> str:
    try:
        kwartaal.volgnummer(str(x))
    except ValueError:
        raise BesluitFout("Geef een kwartaal als 2027K3.") from None
    return str(x)
