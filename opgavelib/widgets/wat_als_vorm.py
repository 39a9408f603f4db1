"""Changes of hours as forms: what can be chosen, what that asks of the werkmap, and from a choice to its form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from opgavelib import notatie
from opgavelib.domein.scenario import BASIS, SCHEIDING, Scenario, Soort, sleutel
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, scenario, urenkeuzes
from opgavelib.toepassing.scenario_woorden import kort
from opgavelib.toepassing.urenkeuzes import Keuzes
from opgavelib.widgets.balans import Blik

WERK, FTE, INHUUR = "werk", "fte", "inhuur"
BESLUIT, NIEUW, BESTAAND = "besluit", "nieuw", "bestaand"
DOE = {BESLUIT: "Besluit dit", NIEUW: "Bewaar als scenario", BESTAAND: "Bewaar in dit scenario"}
KNOPPEN = {WERK: "Verander werk", FTE: "Verander een team", INHUUR: "Huur mensen in"}
_OPGAVE = f"opgave{SCHEIDING}"  # before the code of an opgave, where an activiteit has its code alone
_BLIJVEND = "blijvend"
_HOOGSTENS_PROCENT = 1000  # ten times, as `domein.scenario.keur` allows
_EERST, _LAATST = -4, 12  # quarters that a form offers to move

Waarden = dict[str, Any]


def velden(stand: Stand, wat: str, waarden: Waarden) -> list[dict[str, Any]]:
    """Fields of the form of one change, filled in with `waarden`."""
    reeks = urenkeuzes.alle_kwartalen(stand)
    kwartalen = [{"waarde": k, "label": notatie.kwartaal_voluit(k)} for k in reeks]
    teams = [{"waarde": t, "label": t} for t in stand.tabel("teams").index]
    vorm = {WERK: lambda: _velden_werk(stand, kwartalen), FTE: lambda: _velden_fte(teams, kwartalen),
            INHUUR: lambda: _velden_inhuur(stand, teams, kwartalen)}[wat]()  # fmt: skip
    return [veld | {"waarde": waarden.get(veld["naam"])} for veld in vorm]


def _velden_werk(stand: Stand, kwartalen: list[dict]) -> list[dict[str, Any]]:
    return [
        {"naam": "over", "label": "Activiteit, project of hele opgave", "soort": "zoek", "opties": werk(stand)},
        {"naam": "hoe", "label": "Wat gebeurt ermee?", "soort": "knoppen",
         "opties": _opties({"schuif": "Schuift", "krimp": "Krimpt", "stop": "Stopt"})},
        {"naam": "kwartalen", "label": "Hoeveel later dan gevraagd?", "soort": "keuze",
         "opties": _verschuivingen(), "alleen_als": {"veld": "hoe", "waarden": ["schuif"]}},
        {"naam": "procent", "label": "Hoeveel procent blijft over?", "soort": "getal",
         "uitleg": "50 is de helft, 200 het dubbele.",
         "alleen_als": {"veld": "hoe", "waarden": ["krimp"]}},
        {"naam": "vanaf", "label": "Vanaf wanneer?", "soort": "keuze", "opties": kwartalen,
         "alleen_als": {"veld": "hoe", "waarden": ["krimp", "stop"]}},
    ]  # fmt: skip


def _velden_fte(teams: list[dict], kwartalen: list[dict]) -> list[dict[str, Any]]:
    return [
        {"naam": "team", "label": "Team", "soort": "keuze", "opties": teams},
        {"naam": "richting", "label": "Wordt het team kleiner of groter?", "soort": "knoppen",
         "opties": _opties({"minder": "Minder fte", "meer": "Meer fte"})},
        {"naam": "fte", "label": "Hoeveel fte?", "soort": "getal"},
        {"naam": "vanaf", "label": "Vanaf wanneer?", "soort": "keuze", "opties": kwartalen},
        {"naam": "tot", "label": "Tot en met", "soort": "keuze",
         "opties": [{"waarde": _BLIJVEND, "label": "Blijvend"}, *kwartalen]},
    ]  # fmt: skip


def _velden_inhuur(stand: Stand, teams: list[dict], kwartalen: list[dict]) -> list[dict[str, Any]]:
    tarief = stand.parameter("capaciteit", "inhuur_tarief_eur")
    uitleg = (
        f"Een ingehuurd uur kost {notatie.euro(tarief.waarde)} (bron: {tarief.bron[0].lower()}{tarief.bron[1:]})."
    )
    return [
        {"naam": "team", "label": "Team", "soort": "keuze", "opties": teams},
        {"naam": "uren", "label": "Uren per kwartaal", "soort": "getal", "uitleg": uitleg},
        {"naam": "vanaf", "label": "Vanaf wanneer?", "soort": "keuze", "opties": kwartalen},
        {"naam": "tot", "label": "Tot en met", "soort": "keuze", "opties": kwartalen},
    ]


def _opties(van: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"waarde": w, "label": label} for w, label in van.items()]


def _verschuivingen() -> list[dict[str, Any]]:
    return [
        {"waarde": n, "label": f"{notatie.aantal(abs(n), 'kwartaal', 'kwartalen')} {woord}"}
        for n in range(_EERST, _LAATST + 1)
        if n and (woord := "later" if n > 0 else "eerder")
    ]


def werk(stand: Stand) -> list[dict[str, str]]:
    """What asks hours: opgaven as a whole first, then every activiteit and organisatieproject."""
    a, vragend = stand.tabel("activiteiten"), urenkeuzes.vragend(stand)
    a = a[a.index.isin(vragend)]
    uit = [
        {"waarde": _OPGAVE + o, "label": f"{o} {notatie.kort(rij['titel'], 60)} (hele opgave, "
         f"{notatie.aantal(int((a['opgave'] == o).sum()), 'activiteit', 'activiteiten')})"}
        for o, rij in stand.tabel("opgaven").iterrows() if (a["opgave"] == o).any()
    ]  # fmt: skip
    return uit + [{"waarde": x, "label": f"{x} {notatie.kort(t, 80)}"} for x, t in a["titel"].items()]


def begin(stand: Stand, wat: str, blik: Blik) -> Waarden:
    """A reasonable start of a change, about the team and quarter that is looked at."""
    k = blik.kwartaal or stand.werk.kwartalen[0]
    if wat == WERK:
        return {"over": None, "hoe": "schuif", "kwartalen": 2, "procent": 50, "vanaf": k}
    team = {"team": blik.team or None, "vanaf": k}
    if wat == FTE:
        return team | {"richting": "minder", "fte": 1, "tot": _BLIJVEND}
    saldo = stand.werk.capaciteit_in(blik.in_stand(stand)).tabel["saldo_uren"].get((blik.team, k), 0.0)
    return team | {"uren": math.ceil(-saldo) if saldo < 0 else 200, "tot": k}


def lees(stand: Stand, wat: str, w: Waarden) -> Keuzes:
    """The choices that a form asks for; `urenkeuzes.keur_keuzes` checks them further.

    Raises
    ------
    BesluitFout : something is missing
    """
    if wat == WERK:
        return _lees_werk(stand, w)
    team, vanaf = _eis(w, "team", "Kies een team."), _eis(w, "vanaf", "Kies vanaf wanneer.")
    if wat == INHUUR:
        uren = _getal(w, "uren", "Vul in hoeveel uur u per kwartaal inhuurt.")
        return urenkeuzes.inhuur(team, uren, vanaf, _eis(w, "tot", "Kies tot en met wanneer."))
    fte = abs(_getal(w, "fte", "Vul in hoeveel fte er af gaat of bij komt."))
    tot = w.get("tot")
    teken = 1 if w.get("richting") == "meer" else -1
    return urenkeuzes.fte(team, teken * fte, vanaf, None if tot in (None, _BLIJVEND) else str(tot))


def _lees_werk(stand: Stand, w: Waarden) -> Keuzes:
    over = _eis(w, "over", "Kies welke activiteit of opgave verandert.")
    soort = {"schuif": Soort.SCHUIF, "krimp": Soort.KRIMP, "stop": Soort.STOP}.get(str(w.get("hoe")))
    if soort is None:
        raise BesluitFout("Kies wat ermee gebeurt.")
    if soort == Soort.SCHUIF:
        waarde = {"kwartalen": int(_getal(w, "kwartalen", "Kies hoeveel kwartalen het opschuift."))}
    else:
        waarde = {"vanaf": _eis(w, "vanaf", "Kies vanaf wanneer.")}
    if soort == Soort.KRIMP:
        waarde["factor"] = _procent(w) / 100
    if over.startswith(_OPGAVE):
        return urenkeuzes.van_opgave(stand, over.removeprefix(_OPGAVE), soort, waarde)
    return {sleutel(soort, over): waarde}


def van_keuze(naam: str, w: Mapping[str, object]) -> tuple[str, Waarden]:
    """The form of one choice, and how it is filled in."""
    kop, over = naam.split(SCHEIDING, 1)
    if kop == Soort.TEAM:
        fte = float(w["fte"])
        return FTE, {"team": over, "richting": "meer" if fte > 0 else "minder", "fte": abs(fte),
                     "vanaf": w["vanaf"], "tot": w.get("tot") or _BLIJVEND}  # fmt: skip
    if kop == Soort.INHUUR:
        return INHUUR, {"team": over, **w}
    uit: Waarden = {"over": over, "hoe": kop, "kwartalen": w.get("kwartalen"), "vanaf": w.get("vanaf")}
    return WERK, uit | ({"procent": float(w["factor"]) * 100} if "factor" in w else {})


def opgave(stand: Stand, w: Waarden) -> str:
    """Name of the opgave that a change is about as a whole; empty for none."""
    over = str(w.get("over") or "")
    if not over.startswith(_OPGAVE):
        return ""
    code = over.removeprefix(_OPGAVE)
    return f"{code} {notatie.kort(stand.tabel('opgaven')['titel'].get(code, ''), 60)}"


def _eis(w: Waarden, naam: str, anders: str) -> str:
    waarde = w.get(naam)
    if not isinstance(waarde, str) or not waarde:
        raise BesluitFout(anders)
    return waarde


def _getal(w: Waarden, naam: str, anders: str) -> float:
    waarde = w.get(naam)
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        raise BesluitFout(anders)
    return float(waarde)


def _procent(w: Waarden) -> float:
    uit = _getal(w, "procent", "Vul in hoeveel procent overblijft.")
    if not 0 <= uit <= _HOOGSTENS_PROCENT:
        raise BesluitFout(
            f"Vul in hoeveel procent overblijft: van 0 tot en met {notatie.getal(_HOOGSTENS_PROCENT)}."
        )
    return uit


def velden_besluit(stand: Stand, van: Scenario) -> list[dict[str, Any]]:
    """Fields of the form to decide what was thought of, or to keep it; a decided scenario can only be copied."""
    ander = [
        {"waarde": c, "label": s.titel} for c, s in stand.scenarios.items() if c != BASIS and not s.vastgesteld
    ]
    if van.code == BASIS:
        kan = {BESLUIT: "Besluit het", NIEUW: "Nieuw scenario"} | ({BESTAAND: "Bestaand scenario"} if ander else {})
    else:
        kan = ({} if van.vastgesteld else {BESTAAND: f"Bewaar in {van.titel}"}) | {NIEUW: "Nieuw scenario"}
        ander = []
    uit = [
        {"naam": "waar", "label": "Wat doet u hiermee?", "soort": "knoppen", "opties": _opties(kan),
         "waarde": next(iter(kan))},
        {"naam": "reden", "label": "Waarom?", "verplicht": True,
         "uitleg": "Bijvoorbeeld: afgesproken in het MT van 12 januari 2027.",
         "alleen_als": {"veld": "waar", "waarden": [BESLUIT]}},
        {"naam": "titel", "label": "Hoe heet het scenario?", "verplicht": True,
         "uitleg": "Er is nog niets besloten. U ziet het terug bij Prioriteren, Scenario's.",
         "alleen_als": {"veld": "waar", "waarden": [NIEUW]}},
    ]  # fmt: skip
    if ander:
        uitleg = "Met wat daar al in staat kan de uitkomst anders zijn; kies het daarna bij Reken vanaf."
        uit.append({"naam": "scenario", "label": "Welk scenario?", "soort": "keuze", "verplicht": True,
                    "uitleg": uitleg, "opties": ander,
                    "alleen_als": {"veld": "waar", "waarden": [BESTAAND]}})  # fmt: skip
    return uit


# -- what is chosen, in words ---------------------------------------------------------------------------


def zin(stand: Stand, van: Scenario, w: Waarden, keuzes: Keuzes) -> str:
    """One change as a sentence; of a whole opgave in one."""
    naam, waarde = next(iter(keuzes.items()))
    if not (hele := opgave(stand, w)):
        return scenario.zin(stand, van, naam, waarde) if waarde is not None else f"{naam}: zoals gevraagd."
    aantal = notatie.aantal(len(keuzes), "activiteit", "activiteiten")
    if w["hoe"] == "schuif":
        n = int(w["kwartalen"])
        kwartalen = notatie.aantal(abs(n), "kwartaal", "kwartalen")
        return f"{hele}: {aantal} {kwartalen} {'later' if n > 0 else 'eerder'}."
    if w["hoe"] == "stop":
        return f"{hele}: {aantal} {'stopt' if len(keuzes) == 1 else 'stoppen'} vanaf {w['vanaf']}."
    return f"{hele}: {aantal} naar {notatie.procent(float(w['procent']) / 100, 0)} van de uren vanaf {w['vanaf']}."


def in_plaats_van(stand: Stand, van: Scenario, keuzes: Keuzes) -> str:
    """What the scenario says now of the same work or team; empty for nothing."""
    was = [kort(stand, van, k, van.keuzes[k]) for k in keuzes if k in van.keuzes]
    return f"In plaats van: {'; '.join(was)}." if was else ""


def samenvatting(stand: Stand, van: Scenario, keuzes: Keuzes) -> str:
    """All changes in a few words, to follow "Besloten:"."""
    if len(keuzes) > 2:
        return f"{len(keuzes)} veranderingen in de uren"
    return " en ".join(
        f"{k.partition(SCHEIDING)[2]} zoals gevraagd" if w is None else kort(stand, van, k, w)
        for k, w in keuzes.items()
    )
