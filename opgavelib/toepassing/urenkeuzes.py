"""Choices of a scenario that change hours: making them, and whether they are about something that is there."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import kwartaal
from opgavelib.domein.scenario import SCHEIDING, Soort, keur, sleutel
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing.kandidaten import kwartalen
from opgavelib.toepassing.stand import Stand

Keuzes = dict[str, "dict[str, object] | None"]
VAN_ACTIVITEIT = (Soort.SCHUIF, Soort.KRIMP, Soort.STOP)
VAN_TEAM = (Soort.TEAM, Soort.INHUUR)


# -- making them ----------------------------------------------------------------------------------------


def schuif(activiteit: str, later_kwartalen: int) -> Keuzes:
    """An activiteit later than it was asked, or earlier below 0; 0 takes the shift away."""
    return {sleutel(Soort.SCHUIF, activiteit): {"kwartalen": later_kwartalen} if later_kwartalen else None}


def krimp(activiteit: str, factor: float, vanaf: str) -> Keuzes:
    """An activiteit asks `factor` times its hours from the quarter `vanaf`; 1 takes the change away."""
    return {sleutel(Soort.KRIMP, activiteit): {"factor": factor, "vanaf": vanaf} if factor != 1 else None}


def stop(activiteit: str, vanaf: str) -> Keuzes:
    """An activiteit or organisatieproject stops: from the quarter `vanaf` it asks nothing."""
    return {sleutel(Soort.STOP, activiteit): {"vanaf": vanaf}}


def fte(team: str, verschil_fte: float, vanaf: str, tot: str | None = None) -> Keuzes:
    """A team gets smaller (negative) or larger from the quarter `vanaf`, up to and including `tot`."""
    return {sleutel(Soort.TEAM, team): {"fte": verschil_fte, "vanaf": vanaf} | ({"tot": tot} if tot else {})}


def inhuur(team: str, per_kwartaal_uren: float, vanaf: str, tot: str) -> Keuzes:
    """Hours hired for a team in every quarter from `vanaf` up to and including `tot`."""
    return {sleutel(Soort.INHUUR, team): {"uren": per_kwartaal_uren, "vanaf": vanaf, "tot": tot}}


def van_opgave(stand: Stand, opgave: str, soort: Soort, waarde: Mapping[str, object] | None) -> Keuzes:
    """The same choice for all activiteiten of an opgave that ask hours.

    Parameters
    ----------
    soort : SCHUIF, KRIMP or STOP
    waarde : of every choice; None takes them away

    Raises
    ------
    BesluitFout : the opgave is not there, or asks no hours
    """
    if opgave not in stand.tabel("opgaven").index:
        raise BesluitFout(f"Er is geen opgave '{opgave}'.")
    a = stand.tabel("activiteiten")
    mee = [x for x in a.index[a["opgave"] == opgave] if x in vragend(stand)]
    if not mee:
        raise BesluitFout(f"Onder opgave {opgave} zijn geen uren gevraagd; er valt niets te veranderen.")
    return {sleutel(soort, x): None if waarde is None else dict(waarde) for x in mee}


# -- checking them --------------------------------------------------------------------------------------


def keur_keuzes(stand: Stand, keuzes: Mapping[str, Mapping[str, object] | None]) -> Keuzes:
    """Choices about hours as they are stored; what changes nothing (0 quarters, times 1) is taken away.

    Raises
    ------
    BesluitFout : not about hours, or about something that is not there
    """
    if not keuzes:
        raise BesluitFout("Kies eerst wat er verandert.")
    uit: Keuzes = {}
    for naam, waarde in keuzes.items():
        gekeurd = keur(naam, waarde)
        kop, *over = naam.split(SCHEIDING)
        if kop not in (*VAN_ACTIVITEIT, *VAN_TEAM):
            raise BesluitFout(f"'{naam}' gaat niet over uren; kies dat bij de scenario's.")
        if gekeurd is not None:
            keur_bestaan(stand, Soort(kop), over[0], gekeurd)
        niets = gekeurd is not None and (gekeurd.get("kwartalen") == 0 or gekeurd.get("factor") == 1)
        uit[naam] = None if niets else gekeurd
    return uit


def keur_bestaan(stand: Stand, soort: Soort, over: str, waarde: Mapping[str, object]) -> None:
    """Raises
    ------
    BesluitFout : the activiteit or the team is not there, it asks no hours, a team cannot lose that many fte, or
        a quarter that is not reckoned with
    """
    if soort in VAN_ACTIVITEIT:
        if over not in stand.tabel("activiteiten").index:
            raise BesluitFout(f"Er is geen activiteit '{over}'.")
        if over not in vragend(stand):
            raise BesluitFout(f"Voor {over} zijn geen uren gevraagd; er valt niets te veranderen.")
    else:
        _keur_team(stand, soort, over, waarde)
    reeks = alle_kwartalen(stand)
    for veld in ("vanaf", "tot"):
        if waarde.get(veld) is not None and waarde[veld] not in reeks:
            raise BesluitFout(f"Kies een kwartaal van {reeks[0]} tot en met {reeks[-1]}.")


def _keur_team(stand: Stand, soort: Soort, team: str, waarde: Mapping[str, object]) -> None:
    if soort == Soort.TEAM and waarde.get("fte") == 0:
        raise BesluitFout("Vul in hoeveel fte er af gaat of bij komt.")
    formatie = stand.tabel("teams")["fte"]
    if team not in formatie.index:
        raise BesluitFout(f"Team '{team}' staat niet in de formatie.")
    heeft, erbij = formatie[team], waarde.get("fte")
    if soort == Soort.TEAM and isinstance(erbij, int | float) and not pd.isna(heeft) and -erbij > heeft:
        raise BesluitFout(
            f"{team} heeft {notatie.getal(heeft, 1)} fte; er kan niet {notatie.getal(-erbij, 1)} fte af."
        )
    if soort == Soort.INHUUR and waarde.get("uren") == 0:
        raise BesluitFout("Vul in hoeveel uur u per kwartaal inhuurt.")


def vragend(stand: Stand) -> set[str]:
    """Activiteiten and organisatieprojecten for which hours were asked."""
    return set(stand.werk.aanvragen["activiteit"])


def alle_kwartalen(stand: Stand) -> list[str]:
    """Every quarter that is planned in or in which hours are asked, from the first to the last."""
    reeks, _ = kwartalen(stand)
    gevraagd = stand.werk.kwartalen
    return kwartaal.reeks(min(reeks[0], gevraagd[0]), max(reeks[-1], gevraagd[-1]))
