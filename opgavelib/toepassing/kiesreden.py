"""Why every item is on the best shortlist or not, in a few words."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from opgavelib import notatie
from opgavelib.domein.optimaal.starts import mogelijk
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk
from opgavelib.toepassing.kandidaten import WETTELIJK


def redenen(
    v: Vraagstuk, uit: Oplossing, dicht: Collection[str] = (), beoordeeld: Collection[str] | None = None
) -> dict[str, str]:
    """Per item why it is in, and from when, or why it is out.

    Parameters
    ----------
    dicht : items that cannot be chosen because of what must come before them, with that as why in `mag_niet`
    beoordeeld : items that have a score; default those that are worth something
    """
    if beoordeeld is None:
        beoordeeld = {a for a, w in zip(v.items, v.waarde, strict=True) if w > 0}
    kan = mogelijk(v).any(axis=1)
    vol = _bezet(v, uit)
    return {
        a: _erin(a, v, uit) if a in uit.start else _eruit(i, v, uit, dicht, a in beoordeeld, bool(kan[i]), vol)
        for i, a in enumerate(v.items)
    }


def _erin(a: str, v: Vraagstuk, uit: Oplossing) -> str:
    moet = v.moet.get(a)
    waarom = {None: "gekozen", WETTELIJK: "moet erin: wettelijk"}.get(moet, f"vast erin: {moet}")
    return f"{waarom}, begint in het {notatie.kwartaal_voluit(v.kwartalen[uit.start[a]])}"


def _eruit(
    i: int, v: Vraagstuk, uit: Oplossing, dicht: Collection[str], beoordeeld: bool, kan: bool, vol: float | None
) -> str:
    a = v.items[i]
    if a in dicht:
        return f"kan er niet in: {v.mag_niet[a]}"
    if a in v.mag_niet:
        return f"vast eruit: {v.mag_niet[a]}"
    if v.laatst[i] < v.vroegst[i]:
        return "begint pas na de planperiode"
    if not kan:
        return f"past niet: {_nooit(i, v)}"
    if uit.status in (Status.ONMOGELIJK, Status.ONBEKEND):
        return "er is geen shortlist die past"
    if not beoordeeld:
        return "niet gekozen: nog niet beoordeeld"
    if vol is not None and v.waarde[i] <= vol:
        plaatsen = "de ene plaats is" if v.hoogstens == 1 else f"alle {v.hoogstens} plaatsen zijn"
        wat = {np.inf: "erin moet"}.get(
            vol, f"moet of {'meer' if v.waarde[i] < vol else 'minstens zoveel'} punten heeft"
        )
        return f"niet gekozen: {plaatsen} bezet door wat {wat}"
    if uit.status != Status.OPTIMAAL:
        return "niet gekozen: in de beste shortlist tot nu toe leveren andere samen meer op"
    return "niet gekozen: met dezelfde ruimte leveren andere samen meer op"


def _bezet(v: Vraagstuk, uit: Oplossing) -> float | None:
    """When every place is taken: the fewest points of what holds one without having to; inf when all must."""
    if v.hoogstens is None or not uit.start or len(uit.start) < v.hoogstens:
        return None
    domein, waarde = (dict(zip(v.items, x, strict=True)) for x in (v.domein, v.waarde.tolist()))
    per = {d: sum(domein[a] == d for a in uit.start) for d in v.minstens}
    eerst = {a for a, b in v.voor if b in uit.start}  # holds a place for what comes after it
    vrij = [
        waarde[a] for a in uit.start
        if a not in v.moet and a not in eerst and per.get(domein[a], 0) != v.minstens.get(domein[a], -1)
    ]  # fmt: skip
    return min(vrij, default=np.inf)


def _nooit(i: int, v: Vraagstuk) -> str:
    """What is short for an item that fits no shortlist, not even alone."""
    if v.kosten_eur[i] > v.budget_eur.get("totaal", np.inf):
        return f"kost {notatie.euro_kort(float(v.kosten_eur[i]))}, meer dan het hele budget"
    a = v.items[i]
    for eerst, b in v.voor:
        if b == a and eerst in v.mag_niet:
            return f"pas na {eerst}, en die mag er niet in"
    for x, y in v.niet_samen:
        ander = y if x == a else x if y == a else None
        if ander in v.moet:
            return f"niet samen met {ander}, en die moet erin"
    starts = range(int(v.vroegst[i]), int(v.laatst[i]) + 1)
    for t in np.flatnonzero(v.uren[i] > 0).tolist():
        if all((v.ruimte_uren[t, s : s + v.duur[i]] + 1e-6 < v.uren[i, t]).any() for s in starts):
            return f"{notatie.uren(float(v.uren[i, t]))} per kwartaal heeft {v.teams[t]} nergens lang genoeg"
    if eerst := [x for x, b in v.voor if b == a]:
        return f"pas na {notatie.kort(', '.join(eerst))}, en dan is de planperiode voorbij"
    return "in geen enkel kwartaal is er genoeg van alles"
