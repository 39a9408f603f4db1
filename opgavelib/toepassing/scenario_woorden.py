"""What a scenario changes, as sentences with the arithmetic in them, so that a reader can check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import kwartaal
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
            f"Team {over[0]}: {notatie.getal(abs(n), 2)} fte {hoe} {_van_tot(waarde)}; "
            f"dat is {notatie.uren(per_kwartaal)} per kwartaal."
        )
    if kop == Soort.INHUUR:
        return _zin_inhuur(stand, over[0], waarde)
    if kop == Soort.OMVANG:
        return _zin_omvang(stand, s, over[0], float(waarde["factor"]))
    if kop in (Soort.SCHUIF, Soort.KRIMP):
        return _zin_werk(stand, s, Soort(kop), over[0], waarde)
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


def _zin_inhuur(stand: Stand, team: str, waarde: Mapping[str, object]) -> str:
    uren, n = float(waarde["uren"]), len(kwartaal.reeks(str(waarde["vanaf"]), str(waarde["tot"])))
    tarief = float(stand.waarde("capaciteit", "inhuur_tarief_eur"))
    hoe = f"{notatie.uren(uren)} per kwartaal in {_van_tot(waarde)}, samen {notatie.uren(uren * n)}"
    if n == 1:
        hoe = f"{_van_tot(waarde)} {notatie.uren(uren)} in"
    kosten = f"{notatie.euro_kort(uren * n * tarief)} bij {notatie.euro(tarief)} per uur"
    return f"Team {team} huurt {hoe}; dat kost {kosten}."


def _zin_werk(stand: Stand, s: Scenario, soort: Soort, activiteit: str, waarde: Mapping[str, object]) -> str:
    """What moves or shrinks, and how many hours go along."""
    naam = sleutel(soort, activiteit)
    zonder, met = (_telt(stand, x, activiteit) for x in (_zonder(s, naam), _zonder(s, naam, waarde)))
    wie, uren = _activiteit(stand, activiteit), float(zonder["uren_gevraagd"].sum())
    if soort == Soort.SCHUIF:
        # What was refused is asked again in its new quarter, and counts there.
        alles = float(met["uren_gevraagd"].sum())
        teams = notatie.aantal(met.loc[met["uren_gevraagd"] > 0, "team"].nunique(), "team", "teams")
        weer = f", waarvan {notatie.uren(alles - uren)} eerder is afgewezen" if round(alles - uren) > 0 else ""
        return f"{wie} {_later(int(waarde['kwartalen']))}; {notatie.uren(alles)} bij {teams} schuift mee{weer}."
    vanaf = str(waarde["vanaf"])
    was, wordt = (float(t.loc[t["kwartaal"] >= vanaf, "uren_gevraagd"].sum()) for t in (zonder, met))
    hoe = _omvang_woord(float(waarde["factor"]))
    return f"{wie} vraagt vanaf {vanaf} {hoe} van de uren; {notatie.uren(wordt)} in plaats van {notatie.uren(was)}."


def _zonder(s: Scenario, naam: str, waarde: Mapping[str, object] | None = None) -> Scenario:
    """The scenario without one choice, or with another value of it."""
    erbij = {} if waarde is None else {naam: waarde}
    return replace(s, keuzes={k: w for k, w in s.keuzes.items() if k != naam} | erbij)


def _telt(stand: Stand, s: Scenario, activiteit: str) -> pd.DataFrame:
    """Requests of one activiteit that are not refused."""
    inzet = stand.werk.inzet_in(s)
    return inzet[(inzet["activiteit"] == activiteit) & (inzet["status"] != AFGEWEZEN)]


def _activiteit(stand: Stand, activiteit: str) -> str:
    titel = stand.tabel("activiteiten")["titel"].get(activiteit, "")
    return f"{activiteit} {notatie.kort(titel, TITEL_TEKENS)}".rstrip()


def _van_tot(waarde: Mapping[str, object]) -> str:
    tot = waarde.get("tot")
    if tot == waarde["vanaf"]:
        return f"in {tot}"
    return f"van {waarde['vanaf']} tot en met {tot}" if tot else f"vanaf {waarde['vanaf']}"


def _later(n: int) -> str:
    return f"{notatie.aantal(abs(n), 'kwartaal', 'kwartalen')} {'later' if n > 0 else 'eerder'}"


def _zin_stop(stand: Stand, s: Scenario, activiteit: str, vanaf: str) -> str:
    """What stops, what it asked, and what of that becomes free: the rest goes to what a team was short of.

    Of an activiteit under an opgave the hours are not in the room for the shortlist, so all of them come free.
    """
    reeks, _ = kiezen.kwartalen(stand)
    naam = sleutel(Soort.STOP, activiteit)
    zonder, met = _zonder(s, naam), _zonder(s, naam, {"vanaf": vanaf})
    project = stand.tabel("activiteiten")["soort"].get(activiteit) == "organisatieproject"
    vrij = _telt(stand, zonder, activiteit)
    vrij = vrij[(vrij["kwartaal"] >= vanaf) & (vrij["kwartaal"].isin(reeks) | (not project))]
    wat = f"{_activiteit(stand, activiteit)} stopt vanaf {vanaf}"
    gevraagd = float(vrij["uren_gevraagd"].sum())
    erbij = kiezen.ruimte(stand, met) - kiezen.ruimte(stand, zonder)
    over = float(erbij.to_numpy().sum()) if project else gevraagd
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
            tot = f" tot en met {waarde['tot']}" if waarde.get("tot") else ""
            return f"{notatie.getal(abs(n), 2)} fte {'minder' if n < 0 else 'meer'} bij {over[0]}{tot}"
        case Soort.INHUUR:
            return f"{notatie.uren(float(waarde['uren']))} inhuur per kwartaal bij {over[0]} {_van_tot(waarde)}"
        case Soort.SCHUIF:
            return f"{_activiteit(stand, over[0])} {_later(int(waarde['kwartalen']))}"
        case Soort.KRIMP:
            return (
                f"{_activiteit(stand, over[0])} op {_omvang_woord(float(waarde['factor']))} vanaf {waarde['vanaf']}"
            )
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
