"""Scenarios in the words of who makes them: copy, change, and every change as a sentence that can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from opgavelib.domein.capaciteit import AFGEWEZEN
from opgavelib.domein.scenario import BASIS, SCHEIDING, Scenario, Soort, sleutel
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import kiezen
from opgavelib.toepassing.kandidaten import domeinen, kan_niet
from opgavelib.toepassing.scenario_woorden import kort, zin
from opgavelib.toepassing.stand import Stand
from opgavelib.toepassing.urenkeuzes import VAN_ACTIVITEIT, VAN_TEAM, Keuzes, fte, keur_bestaan, stop

__all__ = [
    "Keuzes",
    "Verandering",
    "erbij",
    "fte",
    "gewichten",
    "grens",
    "lijst",
    "maak_kopie",
    "neem_terug",
    "omvang",
    "organisatieprojecten",
    "scenario",
    "stop",
    "verander",
    "veranderingen",
]  # fmt: skip

VERKENNING = "verkenning"  # the reason of a change when nobody gave one


@dataclass(frozen=True)
class Verandering:
    """One thing in which a scenario differs from the base, or from another one.

    Attributes
    ----------
    sleutel : key of the choice
    zin : what it says, with its arithmetic, as a sentence
    kort : the same in a few words, to follow "Met"
    wie, reden : of the last time it was chosen
    weg : the other has this choice, and this scenario has not
    kan_niet : why it can no longer hold; empty when it can
    """

    sleutel: str
    zin: str
    kort: str
    wie: str
    reden: str
    weg: bool = False
    kan_niet: str = ""


# -- what can be changed --------------------------------------------------------------------------------


def omvang(ambitie: str, factor: float = 0.5) -> Keuzes:
    """A target becomes larger or smaller: hours and euros times `factor`."""
    return {sleutel(Soort.OMVANG, ambitie): {"factor": factor}}


def erbij(
    stand: Stand, code: str, titel: str, *, team: str | None, uren: float, budget_eur: float, duur: int,
    vroegst: str, waarde: float = 0.0, moet: bool = True, domein: str | None = None,
) -> Keuzes:  # fmt: skip
    """Something arrives, as X01, X02, ...: hours and euros over its whole `duur` in quarters."""
    bezet = scenario(stand, code).over(Soort.EXTRA)
    nummer = max((int(x[1:]) for x in bezet if x[1:].isdigit()), default=0) + 1
    return {sleutel(Soort.EXTRA, f"X{nummer:02d}"): {
        "titel": titel, "team": team, "domein": domein, "uren": uren, "budget_eur": budget_eur, "duur": duur,
        "vroegst": vroegst, "waarde": waarde, "moet": moet,
    }}  # fmt: skip


def gewichten(waarden: Mapping[str, float]) -> Keuzes:
    """Weights of this scenario only."""
    return {sleutel(Soort.GEWICHTEN): {"waarden": dict(waarden)}}


def grens(naam: str, waarde: float | bool | None) -> Keuzes:
    """A limit, e.g. ``opgaven``, ``budget|2027``, ``minstens|fysiek``, ``wettelijk``; None is no limit."""
    return {sleutel(Soort.GRENS, naam): {"waarde": waarde}}


# -- changing -------------------------------------------------------------------------------------------


def scenario(stand: Stand, code: str) -> Scenario:
    """One scenario of this moment.

    Raises
    ------
    BesluitFout : there is none of that code
    """
    if code not in stand.scenarios:
        raise BesluitFout(f"Er is geen scenario '{code}'.")
    return stand.scenarios[code]


def maak_kopie(
    stand: Stand, titel: str, wie: str, *, van: str = BASIS, reden: str = "", keuzes: Keuzes | None = None
) -> str:
    """Copy a scenario with all its choices, and with other ones at once; gives the code of the new one.

    Raises
    ------
    BesluitFout : no title or one that is there already, or as `verander`
    """
    for naam, waarde in (keuzes or {}).items():
        if waarde is not None:
            _keur_bestaan(stand, scenario(stand, van), naam, waarde)
    return stand.werkmap.scenarios.maak(titel, wie, van=van, reden=reden or VERKENNING, keuzes=keuzes)


def verander(
    stand: Stand, code: str, keuzes: Keuzes, wie: str, reden: str = "", *, gezien: int | None = None
) -> list[int]:
    """Make changes in a scenario, or take them away (None); gives the events.

    Raises
    ------
    BesluitFout : it is decided, it is about something that is not there, or it would do nothing
    ConflictFout : somebody else changed one of these after `gezien`
    """
    for naam, waarde in keuzes.items():
        if waarde is not None:
            _keur_bestaan(stand, scenario(stand, code), naam, waarde)
    return stand.werkmap.scenarios.kies(code, keuzes, wie, reden.strip() or VERKENNING, gezien=gezien)


def neem_terug(stand: Stand, code: str, naam: str, wie: str, *, gezien: int | None = None) -> list[int]:
    """Put one choice back to what the base says."""
    basis = None if code == BASIS else stand.scenarios[BASIS].keuzes.get(naam)
    terug = None if basis is None else dict(basis)
    return stand.werkmap.scenarios.kies(code, {naam: terug}, wie, "Teruggenomen", gezien=gezien)


def _keur_bestaan(stand: Stand, s: Scenario, naam: str, waarde: Mapping[str, object]) -> None:
    kop, *over = naam.split(SCHEIDING)
    reeks, plan = kiezen.kwartalen(stand)
    if kop in (Soort.OMVANG, Soort.VAST, Soort.START, Soort.VOLGORDE, Soort.NIET_SAMEN):
        bekend = set(stand.kandidaten.index) | set(s.over(Soort.EXTRA))
        if onbekend := [a for a in over if a not in bekend]:
            raise BesluitFout(f"{', '.join(onbekend)} is geen kandidaat voor de shortlist.")
    team = waarde.get("team") if kop == Soort.EXTRA else None
    if kop == Soort.EXTRA and not team and waarde.get("uren"):
        raise BesluitFout("Kies welk team de uren levert.")
    if team and team not in stand.tabel("teams").index:
        raise BesluitFout(f"Team '{team}' staat niet in de formatie.")
    if kop == Soort.STOP and over[0] not in organisatieprojecten(stand).index:
        raise BesluitFout(f"{over[0]} is geen organisatieproject.")
    if kop in (*VAN_ACTIVITEIT, *VAN_TEAM):
        keur_bestaan(stand, Soort(kop), over[0], waarde)
    if kop == Soort.GEWICHTEN:
        _keur_gewichten(stand, waarde)
    if kop == Soort.GRENS and waarde.get("waarde") is not None:
        _keur_grens(stand, over, reeks)
    begin = waarde.get("vroegst") if kop == Soort.EXTRA else waarde.get("kwartaal") if kop == Soort.START else None
    if begin is not None and begin not in reeks[:plan]:
        raise BesluitFout(
            f"Werk begint in de planperiode: kies een kwartaal van {reeks[0]} tot en met {reeks[plan - 1]}."
        )


def _keur_gewichten(stand: Stand, waarde: Mapping[str, object]) -> None:
    waarden = waarde.get("waarden")
    gegeven = dict(waarden) if isinstance(waarden, Mapping) else {}
    if onbekend := [str(c) for c in gegeven if c not in stand.criteria]:
        raise BesluitFout(
            f"{', '.join(onbekend)} is geen criterium van deze werkmap. Kies uit {', '.join(stand.criteria)}."
        )


def _keur_grens(stand: Stand, over: list[str], reeks: tuple[str, ...]) -> None:
    jaren = list(dict.fromkeys(k[:4] for k in reeks))
    if over[0] == "budget" and over[1:] not in [["totaal"], *([j] for j in jaren)]:
        raise BesluitFout(
            f"Een budget geldt voor een jaar waarmee wordt gerekend ({', '.join(jaren)}) of voor 'totaal'."
        )
    if over[0] == "minstens" and over[1:] not in [[d] for d in domeinen(stand)]:
        raise BesluitFout(
            f"'{over[-1]}' is geen domein van deze werkmap. Kies uit {', '.join(domeinen(stand)) or 'geen enkel'}."
        )


def organisatieprojecten(stand: Stand) -> pd.DataFrame:
    """What can stop: DataFrame (activiteit); titel, uren still asked in the quarters that are reckoned with."""
    a, inzet = stand.tabel("activiteiten"), stand.tabel("inzet")
    reeks, _ = kiezen.kwartalen(stand)
    telt = inzet[inzet["kwartaal"].isin(reeks) & (inzet["status"] != AFGEWEZEN)]
    p = a.loc[a["soort"] == "organisatieproject", ["titel"]]
    return p.assign(uren=telt.groupby("activiteit")["uren_gevraagd"].sum().reindex(p.index).fillna(0.0))


# -- reading --------------------------------------------------------------------------------------------


def veranderingen(stand: Stand, code: str, van: str = BASIS) -> list[Verandering]:
    """In what a scenario differs from another, in the order of its choices; the base has its own choices only."""
    s, basis = scenario(stand, code), {} if code == van else scenario(stand, van).keuzes
    redenen = stand.werkmap.scenarios.redenen(code)
    uit = []
    for naam, waarde in s.keuzes.items():
        if basis.get(naam) != waarde:
            reden, wie = redenen.get(naam, ("", ""))
            niet = kan_niet(stand, s, naam)
            tekst = zin(stand, s, naam, waarde) + (f" Deze keuze kan niet meer: {niet}." if niet else "")
            korte = kort(stand, s, naam, waarde)
            uit.append(Verandering(naam, tekst, korte, wie, reden, kan_niet=niet))
    for naam in (k for k in basis if k not in s.keuzes):
        reden, wie = redenen.get(naam, ("", ""))
        was = kort(stand, stand.scenarios[van], naam, basis[naam])
        titel = stand.scenarios[van].titel
        uit.append(Verandering(naam, f"Niet meer, zoals in {titel}: {was}.", f"zonder {was}", wie, reden, True))
    return uit


def lijst(stand: Stand) -> pd.DataFrame:
    """All scenarios: DataFrame (code); titel, van, van_titel, veranderingen (number; of a decided one against the
    base as it was then), vastgesteld (bool); of its
    decision wie, moment (as stored, UTC) and reden (None while it is open)."""
    rijen = []
    for code, s in stand.scenarios.items():
        besluit = stand.werkmap.scenarios.vastgesteld(code) if s.vastgesteld else None
        b = besluit or {}
        van = stand.scenarios[s.van].titel if s.van in stand.scenarios else None
        rijen.append((s.titel, s.van, van, _aantal(stand, s, b.get("versie")), s.vastgesteld, b.get("wie"),
                      b.get("tijdstip"), b.get("reden")))  # fmt: skip
    kolommen = ["titel", "van", "van_titel", "veranderingen", "vastgesteld", "wie", "moment", "reden"]
    return pd.DataFrame(rijen, columns=kolommen, index=pd.Index(stand.scenarios, name="scenario"), dtype=object)


def _aantal(stand: Stand, s: Scenario, versie: int | None) -> int:
    """In how many choices a scenario differs from the base, at a version of the werkmap; None is now."""
    if s.code == BASIS:
        return len(s.keuzes)
    basis = stand.scenarios[BASIS].keuzes
    if versie is not None:
        g = stand.tabel("gebeurtenissen")
        toen = g[(g["wat"] == f"keuze:{BASIS}") & (g.index <= versie)].sort_index()
        basis = {k: w for k, w in zip(toen["object"], toen["nieuw"], strict=True) if w is not None}
    return sum(s.keuzes.get(k) != basis.get(k) for k in s.keuzes.keys() | basis.keys())
