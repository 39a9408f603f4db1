"""Criteria and weights of a werkmap: what answers come to, storing them, and changing the criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opgavelib.domein import wegen
from opgavelib.domein.wegen.weging import als_aandelen
from opgavelib.fouten import BesluitFout, WegingFout
from opgavelib.toepassing.criteria import GROEPEN, getal_van, laatste_wijziging, naam_van, reden_van, zet_deel
from opgavelib.toepassing.stand import Stand

_SWING = "Von Winterfeldt en Edwards, Decision Analysis and Behavioral Research (1986)"


def weeg(stand: Stand, methode: str, antwoorden: Mapping[str, Any]) -> wegen.Weging:
    """The weights that follow from answers to the questions of one method.

    Parameters
    ----------
    antwoorden : ``{"punten": {criterium: number}}`` for direct and swing (0 to 100, the largest swing 100);
        ``{"paren": [[a, b, keer]]}`` for ahp, a weighs `keer` (1 to 9) times as much as b;
        ``{"beste", "slechtste", "beste_tegen": {criterium: keer}, "tegen_slechtste": {criterium: keer}}`` for
        best-worst. Answers about criteria that are gone do not count

    Raises
    ------
    WegingFout : an answer is missing or cannot be; says which
    """
    criteria, namen = list(stand.criteria), stand.criteria
    if not isinstance(antwoorden, Mapping):
        raise WegingFout("Beantwoord eerst de vragen.")
    if methode in ("direct", "swing"):
        punten = _getallen(antwoorden.get("punten"), criteria)
        if mist := [c for c in criteria if c not in punten]:
            raise WegingFout(f"Geef {namen[mist[0]]} nog punten.")
        return (wegen.direct if methode == "direct" else wegen.swing)({c: punten[c] for c in criteria}, namen)
    if methode == "ahp":
        toeval, grens = stand.waarde("wegen", "ahp_toevalsindex"), float(stand.waarde("wegen", "ahp_grens"))
        return wegen.ahp(criteria, _paren(antwoorden.get("paren"), criteria), toeval, grens=grens, namen=namen)
    if methode == "best-worst":
        tegen = [_getallen(antwoorden.get(k), criteria) for k in ("beste_tegen", "tegen_slechtste")]
        beste, slechtste = (str(antwoorden.get(k)) for k in ("beste", "slechtste"))
        grenzen = stand.waarde("wegen", "best_worst_grenzen")
        return wegen.beste_slechtste(criteria, beste, slechtste, *tegen, grenzen, namen)
    raise WegingFout(f"'{methode}' is geen manier van wegen.")


def _getallen(antwoorden: object, criteria: list[str]) -> dict[str, float]:
    if antwoorden is not None and not isinstance(antwoorden, Mapping):
        raise WegingFout("Beantwoord eerst de vragen.")
    return {c: getal_van(w) for c, w in (antwoorden or {}).items() if c in criteria and w is not None}


def _paren(antwoorden: object, criteria: list[str]) -> dict[tuple[str, str], float]:
    uit = {}
    for antwoord in antwoorden if isinstance(antwoorden, list) else []:
        if not isinstance(antwoord, list | tuple) or len(antwoord) != 3:
            raise WegingFout("Een vergelijking heeft twee criteria en een getal.")
        a, b, keer = antwoord
        if a in criteria and b in criteria:
            uit[str(a), str(b)] = getal_van(keer)
    return uit


def bronnen(stand: Stand) -> dict[str, str]:
    """Who described each method, and its limits; points need nobody."""
    ahp, bw = (stand.parameter("wegen", n).bron for n in ("ahp_grens", "best_worst_grenzen"))
    return {"swing": _SWING, "ahp": ahp, "best-worst": f"Rezaei, Omega 64 (2016); grens: {bw}"}


def geldend(stand: Stand, groep: str) -> dict[str, float]:
    """Weights of one group as they count now: of a criterium it did not weigh, the default share."""
    eigen = stand.groepen[groep]["gewichten"]
    standaard = als_aandelen({c.criterium: float(c.gewicht) for c in stand.criteria_lijst})
    return als_aandelen({c: float(eigen.get(c, w)) for c, w in standaard.items()})


def samen(stand: Stand, anders: Mapping[str, Mapping[str, float]] | None = None) -> wegen.Weging | None:
    """Weights of all groups together, where they disagree in words; None when no group weighed yet.

    Parameters
    ----------
    anders : weights that are not stored yet, per group, in place of what is stored or beside it
    """
    per_groep = {g: geldend(stand, g) for g in stand.groepen} | {g: dict(w) for g, w in (anders or {}).items()}
    if not per_groep:
        return None
    delen = aandelen(stand, [g for g in per_groep if g not in stand.groepen])
    if not sum(delen.values()):
        delen = dict.fromkeys(delen, 1.0)
    groot = float(stand.waarde("wegen", "groot_verschil"))
    return wegen.combineer(per_groep, delen, stand.criteria, groot_verschil=groot)


def aandelen(stand: Stand, erbij: list[str] | None = None) -> dict[str, float]:
    """How much every group counts, adding up to 1; a group in `erbij` gets as much as the others on average."""
    delen = {g: float(v.get("aandeel", 1.0)) for g, v in stand.groepen.items()}
    if not sum(delen.values()):
        delen = dict.fromkeys(delen, 1.0)
    nieuw = sum(delen.values()) / len(delen) if delen else 1.0
    delen |= dict.fromkeys(erbij or [], nieuw)
    totaal = sum(delen.values())
    return {g: d / totaal for g, d in delen.items()} if totaal else {}


def verouderd(stand: Stand, groep: str) -> str:
    """What a group did not weigh, as a sentence; empty when it weighed all criteria of now."""
    nieuw = [n for c, n in stand.criteria.items() if c not in stand.groepen[groep]["gewichten"]]
    if not nieuw:
        return ""
    return f"{groep} heeft {' en '.join(nieuw)} nog niet gewogen; tot dan geldt daar een gemiddeld gewicht."


def tegenspraak(stand: Stand, groep: str) -> bool:
    """Whether the stored answers of a group contradict each other too much; methods without a measure never do.

    Of answers that are no longer complete (a criterium came in later) nothing can be said.
    """
    eigen = stand.groepen[groep]
    if eigen["methode"] not in ("ahp", "best-worst"):
        return False
    try:
        return weeg(stand, eigen["methode"], eigen["antwoorden"]).goed_genoeg is False
    except (WegingFout, BesluitFout):
        return False


# -- storing ----------------------------------------------------------------------------------------


def bewaar_weging(
    stand: Stand, groep: str, methode: str, antwoorden: Mapping[str, Any], wie: str, reden: str,
    *, gezien: int | None = None,
) -> list[int]:  # fmt: skip
    """Store how a group weighs, with its answers; a new group counts as much as the others on average.

    Returns
    -------
    numbers of the events of this one handeling

    Raises
    ------
    WegingFout : see `weeg`
    BesluitFout : no reason, or no name for the group
    ConflictFout : somebody else stored weights of this group after `gezien`
    """
    groep = naam_van(groep, "de groep")
    reden = reden_van(reden)
    weging = weeg(stand, methode, antwoorden)
    nieuw = {
        "methode": methode,
        "antwoorden": _zuiver(stand, methode, antwoorden),
        "gewichten": dict(weging.gewichten),
    }

    def pas_aan(nu: dict) -> dict:
        if groep in nu:
            return nu | {groep: nieuw | {"aandeel": nu[groep]["aandeel"]}}
        ruimte = len(nu) / (len(nu) + 1)
        anderen = {g: v | {"aandeel": v["aandeel"] * ruimte} for g, v in nu.items()}
        return anderen | {groep: nieuw | {"aandeel": 1 - ruimte}}

    return zet_deel(stand, GROEPEN, groep, pas_aan, wie, reden, gezien)


def _zuiver(stand: Stand, methode: str, antwoorden: Mapping[str, Any]) -> dict[str, Any]:
    """Answers without what the method does not ask: what a browser sends along is not stored."""
    c = list(stand.criteria)
    if methode in ("direct", "swing"):
        return {"punten": _getallen(antwoorden.get("punten"), c)}
    if methode == "ahp":
        return {"paren": [[a, b, k] for (a, b), k in _paren(antwoorden.get("paren"), c).items()]}
    tegen = {k: _getallen(antwoorden.get(k), c) for k in ("beste_tegen", "tegen_slechtste")}
    return {k: str(antwoorden[k]) for k in ("beste", "slechtste")} | tegen


def zet_aandelen(
    stand: Stand, delen: Mapping[str, float], wie: str, reden: str, *, gezien: int | None = None
) -> list[int]:
    """Set how much every group counts; normalised to sum 1.

    Raises
    ------
    WegingFout : not for every group, a negative one, or all 0
    """
    if set(delen) != set(stand.groepen):
        raise WegingFout("Zeg van elke groep hoe zwaar die meetelt.")
    nieuw = als_aandelen({g: getal_van(d) for g, d in delen.items()})

    def pas_aan(nu: dict) -> dict:
        return {g: v | {"aandeel": nieuw.get(g, v["aandeel"])} for g, v in nu.items()}

    return zet_deel(stand, GROEPEN, "", pas_aan, wie, reden_van(reden), gezien)


def verwijder_groep(stand: Stand, groep: str, wie: str, reden: str, *, gezien: int | None = None) -> list[int]:
    """Take the weights of a group out; the shares of the others grow to 1."""
    if groep not in stand.groepen:
        raise BesluitFout(f"{groep} heeft nog niets bewaard.")
    rest = {g: d for g, d in aandelen(stand).items() if g != groep}
    delen = als_aandelen(rest) if sum(rest.values()) else {}

    def pas_aan(nu: dict) -> dict | None:
        return {g: v | {"aandeel": delen.get(g, v["aandeel"])} for g, v in nu.items() if g != groep} or None

    return zet_deel(stand, GROEPEN, groep, pas_aan, wie, reden_van(reden), gezien)


def bewaard(stand: Stand, groep: str) -> str:
    """Who stored the weights of a group, when and why; empty when nobody did."""
    return laatste_wijziging(stand, GROEPEN, groep) if groep in stand.groepen else ""
