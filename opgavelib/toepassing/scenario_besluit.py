"""A scenario decided: kept with its problem and answer in one event, and solved again when somebody asks."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata

from opgavelib import __version__, notatie
from opgavelib.domein.vergelijking import Uitslag, begin_kwartalen, beweging, uitslag, verschillen
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, schendingen
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import kiezen
from opgavelib.toepassing.scenario import scenario
from opgavelib.toepassing.stand import Stand

VORM = 2  # of what is stored; goes up when a field gets another name or meaning
ZAAD = 0
REKENT = "ortools"
_WOORDEN = {
    "erbij": ("nieuwe kandidaat", "nieuwe kandidaten"),
    "weg": ("kandidaat die er niet meer is", "kandidaten die er niet meer zijn"),
    "waarde": ("andere score", "andere scores"),
    "uren": ("raming in uren", "ramingen in uren"),
    "kosten": ("raming in euro's", "ramingen in euro's"),
    "looptijd": ("looptijd", "looptijden"),
    "kwartalen": ("kwartaal", "kwartalen"),
    "teams": ("team met andere ruimte", "teams met andere ruimte"),
    "budget": ("budgetgrens", "budgetgrenzen"),
    "hoogstens": ("ander grootste aantal", "andere grootste aantallen"),
    "moet": ("ambitie die erin moet", "ambities die erin moeten"),
    "mag_niet": ("ambitie die er niet in mag", "ambities die er niet in mogen"),
    "volgorde": ("volgorde", "volgordes"),
    "niet_samen": ("paar dat niet samengaat", "paren die niet samengaan"),
    "minstens": ("ondergrens per domein", "ondergrenzen per domein"),
    "vast_start": ("vast begin", "vaste beginmomenten"),
}


@dataclass(frozen=True)
class Besluit:
    """A decided scenario as it was stored.

    Attributes
    ----------
    vraagstuk, oplossing : what was solved, and the answer
    titels : of everything that could be chosen, as it was called then
    toelichting, parameters, keuzes : as on the day itself
    versies : of the workbook, the solver and Python
    zaad : seed of the search
    versie : number of the werkmap
    wie, reden, moment : who decided it, where and why, and when (local)
    """

    vraagstuk: Vraagstuk
    oplossing: Oplossing
    titels: Mapping[str, str]
    toelichting: str
    parameters: Mapping[str, object]
    keuzes: Mapping[str, object]
    versies: Mapping[str, str]
    zaad: int
    versie: int
    wie: str
    reden: str
    moment: datetime


@dataclass(frozen=True)
class Herhaling:
    """What solving a decided problem again gave.

    Attributes
    ----------
    uitslag : same, equally good, or different
    toen, nu : both answers
    gebroken : limits that the stored answer breaks; empty, unless somebody changed the database by hand
    sindsdien : what differs between the problem of then and that of now (`domein.vergelijking.verschillen`)
    toelichting : sentences ready for a memo
    parameters : with what was computed, then and now
    """

    code: str
    titel: str
    uitslag: Uitslag
    toen: Oplossing
    nu: Oplossing
    gebroken: tuple[str, ...]
    sindsdien: Mapping[str, int]
    toelichting: str
    parameters: Mapping[str, object]


def besluit(stand: Stand, code: str) -> Besluit | None:
    """The decision on a scenario; None while it is open.

    Raises
    ------
    BesluitFout : there is no such scenario, or the decision is of a later workbook
    """
    if not scenario(stand, code).vastgesteld:
        return None
    b = stand.werkmap.scenarios.vastgesteld(code)
    if b["vorm"] > VORM:
        raise BesluitFout("Dit besluit is met een nieuwere versie van het werkboek genomen. Werk het werkboek bij.")
    a, parameters = (_namen_van_nu(b[deel]) for deel in ("antwoord", "parameters"))
    return Besluit(
        Vraagstuk.uit_dict(b["vraagstuk"]),
        Oplossing(Status(a["status"]), dict(a["start"]), float(a["waarde"]), float(a["bovengrens"])),
        b["titels"], b["toelichting"], parameters, b["keuzes"], b["versies"], int(b["zaad"]), int(b["versie"]),
        b["wie"], b["reden"], datetime.fromisoformat(b["tijdstip"]).astimezone(),
    )  # fmt: skip


def _namen_van_nu(deel: Mapping[str, object]) -> dict[str, object]:
    """A part of a stored decision: in vorm 1 the proven bound on the value was called ``grens``."""
    return {"bovengrens" if naam == "grens" else naam: w for naam, w in deel.items()}


def probleem(stand: Stand, code: str) -> Vraagstuk:
    """The problem of a scenario: of a decided one as it was decided, of another as the werkmap is now."""
    genomen = besluit(stand, code)
    return genomen.vraagstuk if genomen else kiezen.vraagstuk(stand, scenario(stand, code))


def los_op(stand: Stand, code: str) -> Oplossing:
    """The answer of a scenario, here and now; of a decided one what was decided."""
    genomen = besluit(stand, code)
    return genomen.oplossing if genomen else kiezen.los_op(probleem(stand, code), _zoektijd(stand), ZAAD)


def stel_vast(
    stand: Stand, code: str, wie: str, reden: str, *, berekend: tuple[Vraagstuk, Oplossing] | None = None
) -> list[int]:
    """Freeze a scenario as decided, in one event that holds everything needed to repeat it.

    Parameters
    ----------
    reden : where and why it was decided, e.g. "College 12 januari 2027: begroting rond"
    berekend : problem and answer when they are there already; else it is solved here

    Raises
    ------
    BesluitFout : nothing fits, the answer is of another problem, somebody changed the scenario meanwhile, and as
        `Scenarios.stel_vast`
    """
    s, v = scenario(stand, code), kiezen.vraagstuk(stand, scenario(stand, code))
    if berekend is not None and berekend[0].als_dict() != v.als_dict():
        raise BesluitFout("Er is intussen iets gewijzigd. Wacht op de nieuwe uitkomst en stel die vast.")
    o = berekend[1] if berekend else kiezen.los_op(v, _zoektijd(stand), ZAAD)
    if o.status not in (Status.OPTIMAAL, Status.GEVONDEN) or schendingen(v, o.start):
        raise BesluitFout("Er is geen shortlist die past, dus ook niets om vast te stellen.")
    keuze = kiezen.leg_uit(stand, s, v, o)
    inhoud = {
        "vorm": VORM,
        "vraagstuk": v.als_dict(),
        "antwoord": {
            "status": str(o.status),
            "start": dict(o.start),
            "waarde": o.waarde,
            "bovengrens": o.bovengrens,
        },
        "titels": keuze.tabel["titel"].to_dict(),
        "toelichting": keuze.toelichting,
        "parameters": {**keuze.parameters, "zoektijd_s": _zoektijd(stand)},
        "keuzes": {k: dict(w) for k, w in s.keuzes.items()},
        "versies": versies(),
        "zaad": ZAAD,
        "versie": stand.versie,
    }
    # Plain JSON, whatever numpy or read-only mapping a parameter came as.
    schoon = json.loads(json.dumps(inhoud, default=_json))
    return stand.werkmap.scenarios.stel_vast(code, schoon, wie, reden, gezien=stand.versie)


def herhaal(bron: Stand | Werkmap, code: str) -> Herhaling:
    """Solve the problem of a decision again, here and now.

    Raises
    ------
    BesluitFout : it was not decided
    """
    stand = bron if isinstance(bron, Stand) else Stand(bron)
    b = _eis_besluit(stand, code)
    return leg_herhaling_uit(stand, code, kiezen.los_op(b.vraagstuk, _zoektijd(stand), b.zaad))


def leg_herhaling_uit(stand: Stand, code: str, nu: Oplossing) -> Herhaling:
    """Compare an answer to the stored problem with what was decided, and the stored problem with that of now."""
    b = _eis_besluit(stand, code)
    s = scenario(stand, code)
    hoe = uitslag(b.oplossing, nu)
    sindsdien = verschillen(b.vraagstuk, kiezen.vraagstuk(stand, s))
    gebroken = tuple(schendingen(b.vraagstuk, b.oplossing.start))
    zinnen = [f"Het besluit over '{s.titel}' van {notatie.moment(b.moment)} {_zin(b, nu, hoe)}"]
    if gebroken:
        zinnen.append(f"Let op: het vastgelegde antwoord past niet in zijn eigen grenzen ({'; '.join(gebroken)}).")
    if b.versies != versies():
        zinnen.append(f"Toen is gerekend met {_noem(b.versies)}, nu met {_noem(versies())}.")
    gewogen = b.parameters.get("gewichten"), kiezen.rangschikking(stand, s).parameters.get("gewichten")
    zinnen.append(noem_verschil(sindsdien, anders_gewogen=_anders_gewogen(*gewogen)))
    parameters = {"toen": {**b.parameters, **b.versies, "zaad": b.zaad, "versie": b.versie}, "nu": versies()}
    return Herhaling(code, s.titel, hoe, b.oplossing, nu, gebroken, sindsdien, " ".join(zinnen), parameters)


def _anders_gewogen(toen: object, nu: object) -> bool:
    if not isinstance(toen, Mapping) or not isinstance(nu, Mapping):
        return False
    return any(abs(float(toen.get(c, 0)) - float(nu.get(c, 0))) > 1e-9 for c in toen.keys() | nu.keys())


def noem_verschil(sindsdien: Mapping[str, int], *, anders_gewogen: bool = False) -> str:
    """A sentence on what differs between a decided problem and that of now.

    Parameters
    ----------
    anders_gewogen : the criteria weigh differently, so that points differ also where no score did
    """
    if not sindsdien:
        return "Het vraagstuk van nu is nog hetzelfde."
    delen = [notatie.aantal(n, *_WOORDEN[k]) for k, n in sindsdien.items() if k != "waarde" or not anders_gewogen]
    if anders_gewogen and (n := sindsdien.get("waarde")):
        delen.insert(0, f"andere gewichten, waardoor {notatie.aantal(n, 'ambitie', 'ambities')} andere punten "
                        f"{'heeft' if n == 1 else 'hebben'}")  # fmt: skip
    return f"Het vraagstuk van nu verschilt: {', '.join(delen)}."


def versies() -> dict[str, str]:
    """Of what computes here: workbook, solver, Python. Asks the metadata, so that no solver is loaded."""
    return {"werkboek": __version__, REKENT: metadata.version(REKENT), "python": platform.python_version()}


def _zin(b: Besluit, nu: Oplossing, hoe: Uitslag) -> str:
    punten = f"{notatie.getal(b.oplossing.waarde)} punten"
    if hoe == Uitslag.GELIJK:
        return f"geeft opnieuw dezelfde keuze, dezelfde planning en dezelfde waarde ({punten})."
    if hoe == Uitslag.EVEN_GOED:
        anders = beweging(begin_kwartalen(b.vraagstuk, b.oplossing), begin_kwartalen(b.vraagstuk, nu))
        if anders.erbij or anders.eraf:
            wat = f"een andere keuze: {len(anders.eraf)} eraf en {len(anders.erbij)} erbij"
        else:
            wat = f"een andere planning: {len(anders.verschoven)} op een ander moment"
        return f"geeft dezelfde waarde ({punten}), maar met {wat}."
    nieuw = f"{notatie.getal(nu.waarde)} punten in plaats van {punten}"
    if nu.status not in (Status.OPTIMAAL, Status.GEVONDEN):
        nieuw = "er is nu niets gevonden dat past"
    waarom = (
        " Toen was niet bewezen dat het niet beter kon." if b.oplossing.status == Status.GEVONDEN else ""
    )  # a longer or luckier search may find more
    return f"geeft nu een andere uitkomst: {nieuw}.{waarom}"


def _noem(v: Mapping[str, str]) -> str:
    return ", ".join(f"{naam} {nummer}" for naam, nummer in v.items())


def _eis_besluit(stand: Stand, code: str) -> Besluit:
    b = besluit(stand, code)
    if b is None:
        raise BesluitFout(f"'{scenario(stand, code).titel}' is niet vastgesteld; er valt niets te herhalen.")
    return b


def _zoektijd(stand: Stand) -> float:
    return float(stand.waarde("prioritering", "zoektijd"))


def _json(waarde: object) -> object:
    if isinstance(waarde, Mapping):
        return dict(waarde)
    if hasattr(waarde, "tolist"):
        return waarde.tolist()
    raise TypeError(f"{type(waarde).__name__} hoort niet in een besluit")
