"""What a scenario changes, as sentences with the arithmetic in them, so that a reader can check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.capaciteit import AFGEWEZEN, KWARTALEN_PER_JAAR
from opgavelib.domein.scenario import SCHEIDING, Scenario, Soort, sleutel
from opgavelib.toepassing import kiezen
from opgavelib.toepassing.stand import Stand

TITEL_TEKENS = 70


def titel_van(stand: Stand, s: Scenario, item: str) -> str:
    """Title of an ambitie or of what the scenario adds; the key when there is none."""
    extra = s.over(Soort.EXTRA).get(item)
    if extra is not None:
        return str(extra["titel"])
    return str(stand.ambities["titel"].get(item, item))


def zin(stand: Stand, s: Scenario, naam: str, waarde: Mapping[str, object]) -> str:
    """One choice as a sentence, with what it comes down to in hours and euros."""
    kop, *over = naam.split(SCHEIDING)
    if kop == Soort.TEAM:
        n = float(waarde["fte"])
        hoe = "minder" if n < 0 else "meer"
        per_kwartaal = abs(n) * uren_per_fte(stand, over[0]) / KWARTALEN_PER_JAAR
        return (
            f"Team {over[0]}: {notatie.getal(abs(n), 2)} fte {hoe} vanaf {waarde['vanaf']}; "
            f"dat is {notatie.uren(per_kwartaal)} per kwartaal."
        )
    if kop == Soort.OMVANG:
        return _zin_omvang(stand, s, over[0], float(waarde["factor"]))
    if kop == Soort.STOP:
        return _zin_stop(stand, s, over[0], str(waarde["vanaf"]))
    if kop == Soort.EXTRA:
        wat = [notatie.uren(float(waarde["uren"])), notatie.euro_kort(float(waarde["budget_eur"])),
               notatie.aantal(int(waarde["duur"]), "kwartaal", "kwartalen"),
               f"vanaf {waarde['vroegst']}"]  # fmt: skip
        wie = f", team {waarde['team']}" if waarde["team"] else ""
        hoe = (
            "het moet erin"
            if waarde["moet"]
            else f"het dingt mee met {notatie.getal(float(waarde['waarde']), 1)} punten"
        )
        return f"Erbij: {waarde['titel']} ({', '.join(wat)}{wie}); {hoe}."
    tekst = kort(stand, s, naam, waarde)
    return f"{tekst[0].upper()}{tekst[1:]}."


def _zin_omvang(stand: Stand, s: Scenario, item: str, factor: float) -> str:
    rij = stand.ambities.loc[item] if item in stand.ambities.index else None
    delen = []
    if rij is not None:
        for w, noem in ((rij["uren"], notatie.uren), (rij["budget_eur"], notatie.euro_kort)):
            if not pd.isna(w):
                delen.append(f"{noem(float(w) * factor)} in plaats van {noem(float(w))}")
    return f"{_naam(stand, s, item)}: {_omvang_woord(factor)}" + (f"; {', '.join(delen)}." if delen else ".")


def _zin_stop(stand: Stand, s: Scenario, activiteit: str, vanaf: str) -> str:
    """What stops, what it asked, and what of that becomes free: the rest goes to what a team was short of."""
    reeks, _ = kiezen.kwartalen(stand)
    inzet = stand.tabel("inzet")
    vrij = inzet[(inzet["activiteit"] == activiteit) & (inzet["kwartaal"] >= vanaf) & (inzet["status"] != AFGEWEZEN)
                 & inzet["kwartaal"].isin(reeks)]  # fmt: skip
    titel = stand.tabel("activiteiten")["titel"].get(activiteit, "")
    wat = f"{activiteit} {notatie.kort(titel, TITEL_TEKENS)} stopt vanaf {vanaf}"
    gevraagd = float(vrij["uren_gevraagd"].sum())
    naam = sleutel(Soort.STOP, activiteit)
    zonder, met = (
        replace(s, keuzes={k: w for k, w in s.keuzes.items() if k != naam} | erbij)
        for erbij in ({}, {naam: {"vanaf": vanaf}})
    )
    erbij = kiezen.ruimte(stand, met) - kiezen.ruimte(stand, zonder)
    over = float(erbij.to_numpy().sum())
    if round(over) >= round(gevraagd):
        teams = notatie.aantal(vrij["team"].nunique(), "team", "teams")
        return f"{wat}; dat geeft {notatie.uren(gevraagd)} terug bij {teams}."
    if round(over) <= 0:
        return f"{wat}; dat vroeg {notatie.uren(gevraagd)}, maar er komt niets vrij: de teams kwamen die tekort."
    teams = notatie.aantal(int((erbij.sum(axis=1) > 0).sum()), "team", "teams")
    return (
        f"{wat}; dat vroeg {notatie.uren(gevraagd)}, en daarvan komt {notatie.uren(over)} vrij bij {teams}: "
        "de rest kwamen teams al tekort."
    )


def kort(stand: Stand, s: Scenario, naam: str, waarde: Mapping[str, object]) -> str:
    """One choice in a few words, to follow "Met"."""
    kop, *over = naam.split(SCHEIDING)
    items = (
        [_naam(stand, s, a) for a in over]
        if kop in (Soort.VAST, Soort.START, Soort.VOLGORDE, Soort.NIET_SAMEN)
        else []
    )
    match kop:
        case Soort.TEAM:
            n = float(waarde["fte"])
            return f"{notatie.getal(abs(n), 2)} fte {'minder' if n < 0 else 'meer'} bij {over[0]}"
        case Soort.OMVANG:
            return f"{_naam(stand, s, over[0])} op {_omvang_woord(float(waarde['factor']))}"
        case Soort.STOP:
            titel = stand.tabel("activiteiten")["titel"].get(over[0], over[0])
            return f"het stoppen van {notatie.kort(titel, TITEL_TEKENS)}"
        case Soort.EXTRA:
            return f"{notatie.kort(str(waarde['titel']), TITEL_TEKENS)} erbij"
        case Soort.VAST:
            return f"{items[0]} vast er{waarde['waarde']}"
        case Soort.START:
            return f"{items[0]} vanaf {waarde['kwartaal']}"
        case Soort.VOLGORDE:
            return f"{items[1]} pas na {items[0]}"
        case Soort.NIET_SAMEN:
            return f"{items[0]} en {items[1]} niet samen"
        case Soort.GEWICHTEN:
            namen = stand.criteria
            delen = [f"{namen.get(c, c)} {notatie.getal(float(w), 2)}" for c, w in waarde["waarden"].items()]
            return f"eigen gewichten ({', '.join(delen)})"
    return _kort_grens(over, waarde["waarde"])


def _kort_grens(over: list[str], waarde: object) -> str:
    if over == ["wettelijk"]:
        return "wettelijke taken die erin moeten" if waarde else "wettelijke taken die niet vanzelf erin moeten"
    wat = {"opgaven": "ambities", "budget": "budget"}.get(over[0], f"ambities in domein {over[-1]}")
    if over[0] == "budget":
        wat = f"budget {'over de hele periode' if over[1] == 'totaal' else 'in ' + over[1]}"
    if waarde is None:
        return f"geen grens aan {wat}"
    if over[0] == "budget":
        return f"hoogstens {notatie.euro_kort(float(waarde))} {wat}"
    return f"{'minstens' if over[0] == 'minstens' else 'hoogstens'} {notatie.getal(float(waarde))} {wat}"


def _omvang_woord(factor: float) -> str:
    return {0.5: "de helft", 2.0: "het dubbele"}.get(factor, notatie.procent(factor, 0))


def _naam(stand: Stand, s: Scenario, item: str) -> str:
    return f"{item} {notatie.kort(titel_van(stand, s, item), TITEL_TEKENS).rstrip('.')}"


def uren_per_fte(stand: Stand, team: str) -> float:
    """Productive hours a year of one fte: the team's own, else the parameter."""
    eigen = stand.tabel("teams")["uren_per_fte"].get(team)
    return float(stand.waarde("capaciteit", "uren_per_fte")) if eigen is None or pd.isna(eigen) else float(eigen)
