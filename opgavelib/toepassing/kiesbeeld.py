"""What the screen to choose on says besides the shortlist itself: the limits, what people fixed and what that
costs, which demands clash, and how much is urgent at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from opgavelib import notatie
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.scenario import Scenario, Soort, sleutel
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, gebruik_eur
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing.kandidaten import WETTELIJK, afspraken, domeinen, kan_niet, kwartalen, wettelijk_moet
from opgavelib.toepassing.kiezen import Keuze, telt
from opgavelib.toepassing.stand import Stand

__all__ = ["GEVONDEN", "Grens", "Handkeuze", "bundel", "grenzen", "lees_grens", "met_de_hand", "noem", "te_veel",
           "titels", "topprioriteiten", "verschil", "versoepel", "wettelijk_moet"]  # fmt: skip

_LOS_GENOEMD = 3  # more that are wettelijk are named as one
GEVONDEN = (Status.OPTIMAAL, Status.GEVONDEN)


def noem(titels: Mapping[str, str], a: str, lengte: int = 60) -> str:
    """An item for in a sentence: its key and its title."""
    return f"{a} {notatie.kort(titels[a].rstrip(' .'), lengte)}" if a in titels else a  # no full stop halfway


def titels(stand: Stand, scenario: Scenario) -> dict[str, str]:
    """Title of everything that can be chosen in a scenario."""
    extra = {k: str(w["titel"]) for k, w in scenario.over(Soort.EXTRA).items()}
    return stand.ambities["titel"].to_dict() | extra


# -- limits -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Grens:
    """One limit that can be set on the screen.

    Attributes
    ----------
    naam : as `Scenario.grens` has it: ``opgaven``, ``budget|2027``, ``minstens|fysiek``
    soort : ``aantal`` or ``euro``
    waarde : in force; None is no limit
    gebruikt : what the shortlist on screen uses of it, in the same unit; None without a shortlist
    herkomst : where the value comes from
    eigen : set in this scenario
    """

    naam: str
    kop: str
    soort: str
    waarde: float | None
    gebruikt: float | None
    herkomst: str
    eigen: bool


def grenzen(stand: Stand, scenario: Scenario, keuze: Keuze | None) -> list[Grens]:
    """The limits of a scenario, with what a shortlist uses of them."""
    redenen = stand.werkmap.scenarios.redenen(scenario.code)
    start = keuze.oplossing.start if keuze else None
    norm = stand.parameter("prioritering", "opgaven")
    jaren = dict.fromkeys(k[:4] for k in kwartalen(stand)[0])
    eur = gebruik_eur(keuze.vraagstuk, start) if keuze else {}
    gezet = [n.split("|")[1] for n in scenario.over(Soort.GRENS) if n.startswith("minstens|")]
    per_domein = keuze.gekozen["domein"].value_counts() if keuze else {}

    def een(naam: str, kop: str, soort: str, standaard: float | None, gebruikt: float | None, bron: str) -> Grens:
        eigen = sleutel(Soort.GRENS, *naam.split("|")) in scenario.keuzes
        reden, wie = redenen.get(sleutel(Soort.GRENS, *naam.split("|")), ("", ""))
        waarde = scenario.grens(naam, standaard)
        waarde, gebruikt = (None if x is None else float(x) for x in (waarde, gebruikt))
        return Grens(naam, kop, soort, waarde, gebruikt, f"{wie}: {reden}" if eigen else bron, eigen)

    gekozen = None if start is None else len(start)
    return [
        een("opgaven", "Hoogstens zoveel ambities", "aantal", float(norm.waarde), gekozen, norm.bron),
        een("budget|totaal", "Budget, alle jaren samen", "euro", None, eur.get("totaal"), ""),
        *[een(f"budget|{j}", f"Budget in {j}", "euro", None, eur.get(j), "") for j in jaren],
        *[een(f"minstens|{d}", f"Minstens uit {d}", "aantal", None, per_domein.get(d, 0) if keuze else None, "")
          for d in dict.fromkeys((*domeinen(stand), *gezet))],
    ]  # fmt: skip


# -- demands that clash -------------------------------------------------------------------------------


def bundel(eisen: Sequence[Mapping], v: Vraagstuk) -> list[dict]:
    """The demands as they are read: many that are wettelijk become one, soort ``wettelijk``, after the limits."""
    wet = [e for e in eisen if e["soort"] == "moet" and v.moet.get(e["sleutel"][0]) == WETTELIJK]
    if len(wet) <= _LOS_GENOEMD:
        return [dict(e) for e in eisen]
    rest = [dict(e) for e in eisen if e not in wet]
    codes = tuple(e["sleutel"][0] for e in wet)
    zin = f"{len(wet)} ambities moeten erin omdat het wettelijk is: {', '.join(codes)}"
    return [*rest, {"soort": WETTELIJK, "sleutel": codes, "zin": zin}]


def versoepel(stand: Stand, scenario: Scenario, v: Vraagstuk, eis: Mapping) -> tuple[str, dict[str, dict | None]]:
    """How one demand of a clash can be loosened: what it says on the button, and the choices that do it.

    Parameters
    ----------
    eis : dict soort, sleutel, as of `bundel`
    """
    soort, over = eis["soort"], tuple(eis["sleutel"])
    if soort == "hoogstens":
        return _meer_plaatsen(v)
    if soort == WETTELIJK:
        return "Wettelijk hoeft niet erin", {sleutel(Soort.GRENS, WETTELIJK): {"waarde": False}}
    if soort in ("budget", "minstens"):
        return "Laat deze grens los", {sleutel(Soort.GRENS, soort, *over): {"waarde": None}}
    if soort == "team":
        nu = scenario.over(Soort.TEAM).get(over[0], {"fte": 0.0, "vanaf": v.kwartalen[0]})
        meer = {**nu, "fte": float(nu["fte"]) + 1.0}
        return f"Reken met 1 fte erbij bij {over[0]}", {sleutel(Soort.TEAM, *over): meer}
    paren = afspraken(stand, scenario)
    dicht = over[0] if soort == "mag_niet" and v.mag_niet.get(over[0]) == paren.dicht.get(over[0]) else None
    if soort in ("voor", "niet_samen") or dicht:
        wie = paren.dicht_door[dicht] if dicht else (paren.voor if soort == "voor" else paren.niet_samen)[over]
        return "Haal deze afspraak weg", dict.fromkeys(wie)
    if soort == "vast_start":
        return "Laat het begin los", {sleutel(Soort.START, *over): None}
    a = over[0]
    if sleutel(Soort.VAST, a) in scenario.keuzes:
        return f"Laat {a} los", {sleutel(Soort.VAST, a): None}
    if (extra := scenario.over(Soort.EXTRA).get(a)) is not None:
        return f"{a} hoeft niet", {sleutel(Soort.EXTRA, a): {**extra, "moet": False}}
    return f"Houd {a} eruit", {sleutel(Soort.VAST, a): {"waarde": "uit"}}


def te_veel(v: Vraagstuk, eis: Mapping) -> int:
    """How many places the other demands still ask for too many when only this one is let go; 0 is enough."""
    soort, over = eis["soort"], tuple(eis["sleutel"])
    if v.hoogstens is None or soort == "hoogstens":
        return 0
    los = over if soort in ("moet", WETTELIJK) else ()
    minstens = {d: m for d, m in v.minstens.items() if (soort, d) != ("minstens", over[0] if over else "")}
    return max(0, _plaatsen(v, [a for a in v.moet if a not in los], minstens) - v.hoogstens)


def _plaatsen(v: Vraagstuk, moet: Collection[str], minstens: Mapping[str, int]) -> int:
    """Places that what must be in and the least per domein ask for."""
    erin = set(moet)
    domein = [d for a, d in zip(v.items, v.domein, strict=True) if a in erin]
    return len(domein) + sum(max(0, m - domein.count(d)) for d, m in minstens.items())


def _meer_plaatsen(v: Vraagstuk) -> tuple[str, dict[str, dict | None]]:
    """As many places as the other demands ask for at least, and one more than now."""
    nieuw = max(_plaatsen(v, v.moet, v.minstens), (v.hoogstens or 0) + 1)
    return f"Maak er hoogstens {nieuw} van", {sleutel(Soort.GRENS, "opgaven"): {"waarde": nieuw}}


# -- by hand ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Handkeuze:
    """One thing that a person fixed.

    Attributes
    ----------
    sleutel : of the choice in the scenario
    item, wat : what it is about, and how: ``vast erin``, ``vast eruit``, ``begint in het 2e kwartaal 2027``
    telt : it holds in the problem
    kan_niet : why it can no longer hold; empty when it can
    """

    sleutel: str
    item: str
    wat: str
    reden: str
    wie: str
    telt: bool
    kan_niet: str = ""


def met_de_hand(stand: Stand, scenario: Scenario, v: Vraagstuk) -> list[Handkeuze]:
    """What people fixed in a scenario, in, out or in time, with who and why."""
    redenen = stand.werkmap.scenarios.redenen(scenario.code)
    uit = []
    for soort in (Soort.VAST, Soort.START):
        for item, w in scenario.over(soort).items():
            s = sleutel(soort, item)
            wat = (f"vast {'erin' if w['waarde'] == 'in' else 'eruit'}" if soort == Soort.VAST
                   else f"begint in het {notatie.kwartaal_voluit(str(w['kwartaal']))}")  # fmt: skip
            reden, wie = redenen.get(s, ("", ""))
            uit.append(Handkeuze(s, item, wat, reden, wie, telt(v, soort, item), kan_niet(stand, scenario, s)))
    return uit


def verschil(keuze: Oplossing, advies: Oplossing, aantal: int, titels: Mapping[str, str]) -> str:
    """What the shortlist would be without what people fixed, in a sentence.

    Parameters
    ----------
    aantal : how many choices people fixed
    """
    uw = "Zonder uw ene keuze" if aantal == 1 else f"Zonder uw {aantal} keuzes"
    if advies.status not in GEVONDEN:
        return f"Ook {uw[0].lower()}{uw[1:]} is er geen shortlist die past."
    if keuze.status not in GEVONDEN:
        return f"{uw} is er wel een shortlist, van {notatie.getal(advies.waarde)} punten."
    erin = [a for a in advies.start if a not in keuze.start]
    eruit = [a for a in keuze.start if a not in advies.start]
    later = [a for a in advies.start if a in keuze.start and advies.start[a] != keuze.start[a]]
    punten = f"{notatie.getal(advies.waarde)} punten"
    if round(advies.waarde) != round(keuze.waarde):
        punten += f" in plaats van {notatie.getal(keuze.waarde)}"
    delen = [f"{_opsom(erin, titels)} erin"] if erin else []
    delen += [f"{_opsom(eruit, titels)} eruit"] if eruit else []
    if not delen and later:
        delen = [f"{notatie.aantal(len(later), 'ambitie begint', 'ambities beginnen')} op een ander moment"]
    return f"{uw}: {punten}; dan {' en '.join(delen)}." if delen else f"{uw}: {punten}, met dezelfde ambities."


def _opsom(items: list[str], titels: Mapping[str, str], hoogstens: int = 3) -> str:
    namen = [noem(titels, a, 40) for a in items[:hoogstens]]
    if len(items) > hoogstens:
        return f"{', '.join(namen)} en nog {len(items) - hoogstens}"
    return " en ".join(", ".join(namen).rsplit(", ", 1)) if len(namen) == 2 else ", ".join(namen)


# -- what is urgent -----------------------------------------------------------------------------------


def topprioriteiten(stand: Stand, gekozen: Collection[str]) -> str:
    """Warning when more opgaven are urgent at once than the norm, with its source; else empty.

    Urgent are those with priority ``nu`` and those that the chosen ambities belong to.
    """
    norm = stand.parameter("prioritering", "topprioriteiten")
    opgaven = stand.tabel("opgaven")
    nu = set(opgaven.index[opgaven["prioriteit"] == "nu"])
    a = stand.ambities.reindex(list(gekozen))
    erbij = set(a.loc[a["bestemming"] == Bestemming.OPGAVE, "naar"]) - nu
    samen = len(nu | erbij)
    if samen <= norm.waarde:
        return ""
    zin = f"{notatie.aantal(len(nu), 'opgave heeft', 'opgaven hebben')} prioriteit 'nu'"
    if erbij:
        zin += f" en de shortlist raakt er nog {len(erbij)} ({', '.join(sorted(erbij))}): samen {samen}"
    return f"{zin}. Hoogstens {norm.waarde} tegelijk is het advies ({norm.bron})."


# -- what is typed ------------------------------------------------------------------------------------


def lees_grens(grens: Grens, tekst: object) -> dict[str, object]:
    """The value that somebody typed for a limit, as a choice of a scenario; empty is no limit.

    Raises
    ------
    BesluitFout : it cannot be read as a number or an amount
    """
    tekst = str(tekst or "").strip()
    if not tekst:
        return {"waarde": None}
    # The gate comes in only when somebody types: a page's kernel stays small without it.
    from opgavelib.inlezen.getallen import Onleesbaar, lees_bedrag, lees_getal

    try:
        getal = lees_bedrag(tekst)[0] if grens.soort == "euro" else lees_getal(tekst)[0]
    except Onleesbaar:
        getal = None
    if getal is None or getal < 0 or (grens.soort == "aantal" and getal != int(getal)):
        vorm = "een bedrag als 25 mln of 2.500.000" if grens.soort == "euro" else "een heel getal als 19"
        raise BesluitFout(f"{grens.kop}: '{notatie.kort(tekst, 30)}' is niet te lezen. Vul {vorm} in, of niets.")
    return {"waarde": int(getal)}
