"""What must give to add an item to a shortlist that stays whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from opgavelib import notatie
from opgavelib.domein.optimaal.starts import jaarvraag, mogelijk
from opgavelib.domein.vraagstuk import Vraagstuk, gebruik_eur, gebruik_uren

# What an hour is worth in euros, only to choose the least of shortages of both kinds.
EUR_PER_UUR = 100.0
_KWARTAAL_UREN = 1e6  # a start that is not allowed is the last thing to give
_MARGE = 1e-6
_REKENTIJD = 0.15


@dataclass(frozen=True)
class Tekort:
    """One thing that is short.

    Attributes
    ----------
    soort : uren, budget, plaats, volgorde, uitsluiting, besluit or start
    sleutel : the team, the year (or ``totaal``), or the item it is about
    kwartaal : for hours and starts, else None
    hoeveel : hours, euros, places or quarters
    reden : of a besluit
    geschoven : only this little when the other items start in other quarters than they do now
    """

    soort: str
    sleutel: str
    kwartaal: str | None
    hoeveel: float
    reden: str = ""
    geschoven: bool = False

    def zin(self, naam: Callable[[str], str] = str) -> str:
        """In Dutch, with `naam` for what an item is called."""
        rond = math.ceil(self.hoeveel - _MARGE)
        if self.soort == "uren":
            kw = f"{self.kwartaal[5]}e kwartaal van {self.kwartaal[:4]}"
            return f"Er is {notatie.uren(rond)} meer nodig bij {teamnaam(self.sleutel)} in het {kw}"
        if self.soort == "budget":
            waar = "over de hele looptijd" if self.sleutel == "totaal" else f"in {self.sleutel}"
            return f"Er is {notatie.euro(rond)} meer nodig {waar}"
        if self.soort == "plaats":
            return f"Er {'is' if rond == 1 else 'zijn'} {notatie.aantal(rond, 'plaats', 'plaatsen')} meer nodig"
        if self.soort == "volgorde":
            if not self.hoeveel:
                return f"{naam(self.sleutel)} moet er dan ook in, en eerder klaar zijn"
            return f"{naam(self.sleutel)} moet {notatie.aantal(rond, 'kwartaal', 'kwartalen')} eerder klaar zijn"
        if self.soort == "uitsluiting":
            return f"{naam(self.sleutel)} mag er niet samen met deze in"
        if self.soort == "besluit":
            return "Er is gekozen om deze er niet in te zetten" + (f": {self.reden}" if self.reden else "")
        if self.kwartaal is None:
            return "Er is geen kwartaal waarin deze mag beginnen"
        return f"Deze moet dan mogen beginnen in het {notatie.kwartaal_voluit(self.kwartaal)}"


def tekort_zinnen(tekort: Iterable[Tekort], naam: Callable[[str], str] = str) -> list[str]:
    """One sentence per shortage; the quarters of one team in one sentence, with the most of any of them."""
    uit: list[str] = []
    uren: dict[str, list[Tekort]] = {}
    for t in tekort:
        if t.soort == "uren":
            uren.setdefault(t.sleutel, []).append(t)
    for t in tekort:
        per_team = uren.pop(t.sleutel, []) if t.soort == "uren" else [t]
        if len(per_team) == 1:
            uit.append(per_team[0].zin(naam))
        elif per_team:
            rond = math.ceil(max(x.hoeveel for x in per_team) - _MARGE)
            van, tot = (notatie.kwartaal_voluit(per_team[k].kwartaal) for k in (0, -1))
            uit.append(f"Er is tot {notatie.uren(rond)} per kwartaal meer nodig bij {teamnaam(t.sleutel)}, "
                       f"in {len(per_team)} kwartalen van het {van} tot en met het {tot}")  # fmt: skip
    if any(t.geschoven for t in tekort):
        uit.append("Daarvoor beginnen andere opgaven in een ander kwartaal dan nu")
    return uit


def teamnaam(team: str) -> str:
    """``team Ruimte``; a team that calls itself so is not called so twice."""
    return team if team.lower().startswith(("team", "afdeling")) else f"team {team}"


def tekorten(v: Vraagstuk, start: Mapping[str, int], item: str) -> tuple[Tekort, ...]:
    """The least that must give to add `item` to all of `start`; empty when nothing must.

    First with all starts as they are, in the best quarter for `item`. When hours, a year or an order is short
    then, also with all starts free; the lesser of the two, an hour counted as `EUR_PER_UUR`.
    """
    vast = _vast(v, start, item)
    if not v.kwartalen:
        return (*vast, Tekort("start", item, None, 0.0))
    opties = [_in_kwartaal(v, start, item, s) for s in range(len(v.kwartalen))]
    beste = min(opties, key=_gewicht)
    if beste and _gewicht(beste) > _MARGE:
        geschoven = _geschoven(v, start, item)
        if geschoven is not None and _gewicht(geschoven) < _gewicht(beste) - _MARGE:
            beste = geschoven
    return (*vast, *beste)


def _gewicht(lijst: list[Tekort]) -> float:
    maat = {"uren": 1.0, "budget": 1 / EUR_PER_UUR, "volgorde": _KWARTAAL_UREN, "start": 2 * _KWARTAAL_UREN}
    return sum(maat[t.soort] * max(t.hoeveel, 1.0 if t.soort == "start" else 0.0) for t in lijst)


def _vast(v: Vraagstuk, start: Mapping[str, int], item: str) -> list[Tekort]:
    """What is short in whatever quarter it starts."""
    uit = []
    if item in v.mag_niet:
        uit.append(Tekort("besluit", item, None, 1.0, v.mag_niet[item]))
    if v.hoogstens is not None and len(start) + 1 > v.hoogstens:
        uit.append(Tekort("plaats", "", None, float(len(start) + 1 - v.hoogstens)))
    for a, b in dict.fromkeys(v.niet_samen):
        ander = b if a == item else a if b == item else None
        if ander is not None and (ander in start or ander == item):
            uit.append(Tekort("uitsluiting", ander, None, 1.0))
    uit += [Tekort("volgorde", a, None, 0.0) for a, b in dict.fromkeys(v.voor) if b == item and a not in start]
    eur = gebruik_eur(v, {**start, item: 0})["totaal"] - v.budget_eur.get("totaal", np.inf)
    if eur > _MARGE:
        uit.append(Tekort("budget", "totaal", None, eur))
    return uit


def _over(v: Vraagstuk, start: Mapping[str, int], geschoven: bool = False) -> list[Tekort]:
    """Hours and years over their limit."""
    te_veel = gebruik_uren(v, start) - v.ruimte_uren
    uit = [
        Tekort("uren", v.teams[t], v.kwartalen[k], float(te_veel[t, k]), geschoven=geschoven)
        for t, k in zip(*np.nonzero(te_veel > _MARGE), strict=True)
    ]
    eur = gebruik_eur(v, start)
    for jaar, grens in v.budget_eur.items():
        if jaar != "totaal" and eur.get(jaar, 0.0) > grens + _MARGE:
            uit.append(Tekort("budget", jaar, None, eur[jaar] - grens, geschoven=geschoven))
    return uit


def _in_kwartaal(v: Vraagstuk, start: Mapping[str, int], item: str, s: int) -> list[Tekort]:
    i = v.items.index(item)
    uit = _over(v, {**start, item: s})
    if v.laatst[i] < v.vroegst[i]:
        uit.append(Tekort("start", item, None, 0.0))
    else:
        buiten = max(int(v.vroegst[i]) - s, s - int(v.laatst[i]), abs(v.vast_start.get(item, s) - s))
        if buiten > 0:
            uit.append(Tekort("start", item, v.kwartalen[s], float(buiten)))
    for a, b in dict.fromkeys(v.voor):
        if b == item and a in start:
            te_laat = start[a] + int(v.duur[v.items.index(a)]) - s
            if te_laat > 0:
                uit.append(Tekort("volgorde", a, v.kwartalen[s], float(te_laat)))
    return uit


def _geschoven(v: Vraagstuk, start: Mapping[str, int], item: str) -> list[Tekort] | None:
    """With the same items and all their starts free; None when their order or starts leave no way."""
    from ortools.sat.python import cp_model

    from opgavelib.domein.optimaal.cpsat import instellingen

    plek = {a: i for i, a in enumerate(v.items)}
    wie = [plek[a] for a in start] + [plek[item]]
    ruim = _zonder_grenzen(v)
    mag = mogelijk(ruim)
    x: dict[int, dict[int, cp_model.IntVar]] = {}
    m = cp_model.CpModel()
    for i in wie:
        x[i] = {s: m.new_bool_var("") for s in np.flatnonzero(mag[i]).tolist()}
        if not x[i]:
            return None
        m.add_exactly_one(x[i].values())
        for s, var in x[i].items():
            m.add_hint(var, start.get(v.items[i]) == s)
    for a, b in v.voor:
        i, j = plek.get(a), plek.get(b)
        if i in x and j in x:
            eind = sum((s + int(v.duur[i])) * var for s, var in x[i].items())
            m.add(eind <= sum(s * var for s, var in x[j].items()))
    m.minimize(_slap(m, v, x))
    solver = cp_model.CpSolver()
    instellingen(solver, 2.0, 0, 1, _REKENTIJD)
    if solver.status_name(solver.solve(m)) not in ("OPTIMAL", "FEASIBLE"):
        return None
    nieuw = {v.items[i]: next(s for s, var in per.items() if solver.boolean_value(var)) for i, per in x.items()}
    return _over(v, nieuw, geschoven=True)


def _slap(m, v: Vraagstuk, x: dict):
    """What is over, in hours: of every team and quarter, and of every year."""
    top = 2**40
    delen = []
    for t in range(len(v.teams)):
        for k in range(len(v.kwartalen)):
            lid = [(math.ceil(v.uren[i, t]), var) for i, per in x.items() if v.uren[i, t] > 0
                   for s, var in per.items() if s <= k < s + v.duur[i]]  # fmt: skip
            if lid and np.isfinite(v.ruimte_uren[t, k]):
                over = m.new_int_var(0, top, "")
                m.add(sum(u * var for u, var in lid) - over <= math.floor(v.ruimte_uren[t, k]))
                delen.append(over)
    for jaar, vraag in jaarvraag(v).items():
        lid = [(math.ceil(vraag[i, s] / EUR_PER_UUR), var) for i, per in x.items() for s, var in per.items()]
        over = m.new_int_var(0, top, "")
        m.add(sum(u * var for u, var in lid) - over <= math.floor(v.budget_eur[jaar] / EUR_PER_UUR))
        delen.append(over)
    return sum(delen)


def _zonder_grenzen(v: Vraagstuk) -> Vraagstuk:
    """Only when items may start and in what order."""
    return Vraagstuk(v.items, v.waarde, v.duur, v.vroegst, v.laatst, v.uren, v.kosten_eur, v.kwartalen, v.teams,
                     np.full_like(v.ruimte_uren, np.inf), domein=v.domein, vast_start=v.vast_start)  # fmt: skip
