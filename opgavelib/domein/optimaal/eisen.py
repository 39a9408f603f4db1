"""Why nothing is possible: the smallest set of demands that cannot be met together."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from opgavelib import notatie
from opgavelib.domein.optimaal.cpsat import instellingen
from opgavelib.domein.optimaal.schaal import begrens
from opgavelib.domein.optimaal.starts import jaarvraag, mogelijk
from opgavelib.domein.optimaal.tekort import teamnaam
from opgavelib.domein.vraagstuk import Vraagstuk

_KLEINSTE_S = 3.0  # longest wait for a smaller set than one of which every demand is needed


@dataclass(frozen=True)
class Eis:
    """One demand.

    Attributes
    ----------
    soort : moet, mag_niet, hoogstens, budget, team, voor, niet_samen, minstens or vast_start
    sleutel : what it is about, as in `Vraagstuk`: items, a year, a team, a domein
    zin : in Dutch, to put after "en"
    """

    soort: str
    sleutel: tuple[str, ...]
    zin: str


@dataclass(frozen=True)
class Botsing:
    """Demands that cannot be met together.

    Attributes
    ----------
    eisen : without any one of these it is possible, as far as these go
    minimaal : that is proven of every one
    kleinste : proven that no smaller set clashes
    """

    eisen: tuple[Eis, ...]
    minimaal: bool
    kleinste: bool

    @property
    def zin(self) -> str:
        """The clash in one sentence."""
        if len(self.eisen) == 1:
            return f"Deze eis kan niet: {self.eisen[0].zin}."
        return f"Deze eisen kunnen niet samen: {'; '.join(e.zin for e in self.eisen)}."


class _Model:
    """Every demand behind a literal of its own, so that any set of them can be tried."""

    def __init__(self, v: Vraagstuk, titels: Mapping[str, str], einde: float) -> None:
        from ortools.sat.python import cp_model

        self.v, self.titels, self.einde = v, titels, einde
        self.cp = cp_model.CpModel()
        self.plek = {a: i for i, a in enumerate(v.items)}
        mag = mogelijk(v, krimp=False)
        mag[~_nodig(v, self.plek)] = False
        self.x = {
            i: {s: self.cp.new_bool_var("") for s in np.flatnonzero(mag[i]).tolist()}
            for i in np.flatnonzero(mag.any(axis=1)).tolist()
        }
        self.y = {}
        for i, per in self.x.items():
            self.y[i] = self.cp.new_bool_var("")
            self.cp.add_exactly_one([*per.values(), self.y[i].negated()])
        self.eisen: list[Eis] = []
        self.lit: list = []
        self._keuze()
        self._volgorde()
        self._ruimte()

    def _naam(self, a: str) -> str:
        return self.titels.get(a, a)

    def _eis(self, soort: str, sleutel: tuple[str, ...], zin: str):
        lit = self.cp.new_bool_var("")
        self.eisen.append(Eis(soort, sleutel, zin))
        self.lit.append(lit)
        return lit

    def _hoogstens(self, lit, termen: list, grens: int) -> None:
        """Under `lit`, the sum of (number, variable) is at most `grens`."""
        if sum(max(g, 0) for g, _ in termen) > grens:
            self.cp.add(sum((g * var for g, var in termen), 0 * lit) <= grens).only_enforce_if(lit)

    def _keuze(self) -> None:
        v = self.v
        for a, reden in v.moet.items():
            zin = f"{self._naam(a)} moet erin" + (f" ({reden})" if reden else "")
            i = self.plek.get(a)
            if i not in self.y:
                waarom = "is geen kandidaat" if i is None else "kan in geen enkel kwartaal beginnen"
                self._hoogstens(self._eis("moet", (a,), f"{zin}, maar {waarom}"), [], -1)
            else:
                self._hoogstens(self._eis("moet", (a,), zin), [(-1, self.y[i])], -1)
        for a, reden in v.mag_niet.items():
            zin = f"{self._naam(a)} mag er niet in" + (f" ({reden})" if reden else "")
            self._zonder(self._eis("mag_niet", (a,), zin), a)
        if v.hoogstens is not None:
            lit = self._eis("hoogstens", (), f"hoogstens {notatie.aantal(v.hoogstens, 'opgave', 'opgaven')}")
            self._hoogstens(lit, [(1, y) for y in self.y.values()], v.hoogstens)
        for a, b in dict.fromkeys(v.niet_samen):
            lit = self._eis("niet_samen", (a, b), f"{self._naam(a)} en {self._naam(b)} mogen niet samen")
            if all(self.plek.get(k) in self.y for k in (a, b)):
                self._hoogstens(lit, [(1, self.y[self.plek[a]]), (1, self.y[self.plek[b]])], 1)
        for d, minimum in v.minstens.items():
            lit = self._eis("minstens", (d,), f"minstens {minimum} in {d}")
            self._hoogstens(lit, [(-1, y) for i, y in self.y.items() if v.domein[i] == d], -minimum)

    def _zonder(self, lit, a: str) -> None:
        if self.plek.get(a) in self.y:
            self._hoogstens(lit, [(1, self.y[self.plek[a]])], 0)

    def _volgorde(self) -> None:
        v = self.v
        for a, s in v.vast_start.items():
            kw = notatie.kwartaal_voluit(v.kwartalen[s]) if 0 <= s < len(v.kwartalen) else f"kwartaal {s + 1}"
            lit = self._eis("vast_start", (a,), f"{self._naam(a)} begint in het {kw}")
            anders = [(1, var) for k, var in self.x.get(self.plek.get(a), {}).items() if k != s]
            self._hoogstens(lit, anders, 0)
        for a, b in dict.fromkeys(v.voor):
            lit = self._eis("voor", (a, b), f"{self._naam(b)} komt na {self._naam(a)}")
            i, j = self.plek.get(a), self.plek.get(b)
            if i not in self.y or i == j:
                self._zonder(lit, b)
                continue
            for s in self.x.get(j, {}):
                later = [(1, var) for k, var in self.x[j].items() if k <= s]
                eerder = [(-1, var) for k, var in self.x[i].items() if k + int(v.duur[i]) <= s]
                self._hoogstens(lit, later + eerder, 0)

    def _ruimte(self) -> None:
        v = self.v
        rijen = list(self.x)
        for t, team in enumerate(v.teams):
            lit = self._eis("team", (team,), f"de uren van {teamnaam(team)}")
            for k in np.flatnonzero(np.isfinite(v.ruimte_uren[t])).tolist():
                geheel, ruim = begrens(v.uren[rijen, t], float(v.ruimte_uren[t, k]))
                termen = [(u, var) for i, u in zip(rijen, geheel.tolist(), strict=True) if u
                          for s, var in self.x[i].items() if s <= k < s + v.duur[i]]  # fmt: skip
                self._hoogstens(lit, termen, ruim)
        noemer = math.lcm(1, *(int(d) for d in set(v.duur.tolist())))
        per_jaar = jaarvraag(v)
        for jaar, grens in v.budget_eur.items():
            waar = "in totaal" if jaar == "totaal" else f"in {jaar}"
            lit = self._eis("budget", (jaar,), f"niet meer dan {notatie.euro(grens)} {waar}")
            if jaar == "totaal" and math.isfinite(grens):
                geheel, ruim = begrens(v.kosten_eur[rijen], grens)
                self._hoogstens(lit, list(zip(geheel.tolist(), self.y.values(), strict=True)), ruim)
            elif jaar in per_jaar:
                paren = [(i, s) for i in rijen for s in self.x[i]]
                vraag = np.array([per_jaar[jaar][p] for p in paren])
                geheel, ruim = begrens(vraag, grens, (noemer,))
                self._hoogstens(lit, [(g, self.x[i][s]) for g, (i, s) in zip(geheel.tolist(), paren, strict=True)],
                                ruim)  # fmt: skip
            elif grens < 0:
                self._hoogstens(lit, [], -1)

    def probeer(self, wie: set[int], rek_op: bool = False) -> tuple[str, set[int]]:
        """Whether the demands in `wie` can be met together: the status, and a set that clashes or, when it is
        possible, a set that is met (with `rek_op` as large as can be)."""
        from ortools.sat.python import cp_model

        m = self.cp
        m.clear_assumptions()
        m.clear_objective()
        solver = cp_model.CpSolver()
        instellingen(solver, max(self.einde - time.perf_counter(), 0.01), 0, 1)
        if rek_op:
            proef = m.clone()
            lit = [proef.get_bool_var_from_proto_index(var.index) for var in self.lit]
            for k in wie:
                proef.add(lit[k] == 1)
            proef.maximize(sum(lit))
            naam = solver.status_name(solver.solve(proef))
            waar = {k for k, var in enumerate(lit) if naam in ("OPTIMAL", "FEASIBLE") and solver.boolean_value(var)}
            return naam, waar
        m.add_assumptions([self.lit[k] for k in sorted(wie)])
        naam = solver.status_name(solver.solve(m))
        if naam != "INFEASIBLE":
            return naam, set(wie)
        plek = {var.index: k for k, var in enumerate(self.lit)}
        kern = {plek[k] for k in solver.sufficient_assumptions_for_infeasibility() if k in plek}
        return naam, kern & wie or set(wie)


def _nodig(v: Vraagstuk, plek: Mapping[str, int]) -> np.ndarray:
    """(n,) bool: items that a demand asks for, and what must go before those. Without the others any
    shortlist that meets the demands still meets them, so a clash is among these."""
    uit = np.zeros(len(v.items), bool)
    uit[[plek[a] for a in v.moet if a in plek]] = True
    gevraagd = {d for d, minimum in v.minstens.items() if minimum > 0}
    uit |= np.array([d in gevraagd for d in v.domein], dtype=bool)
    eerst: dict[int, list[int]] = {}
    for a, b in v.voor:
        if a in plek and b in plek:
            eerst.setdefault(plek[b], []).append(plek[a])
    rij = np.flatnonzero(uit).tolist()
    while rij:
        for a in eerst.get(rij.pop(), ()):
            if not uit[a]:
                uit[a] = True
                rij.append(a)
    return uit


def botsing(
    vraagstuk: Vraagstuk, *, tijd_s: float = 10.0, titels: Mapping[str, str] | None = None
) -> Botsing | None:
    """The smallest set of demands that cannot be met together; None when they can, or when time was up before
    it was clear that they cannot.

    The solver names a set, demands are taken out one by one while it still clashes, and with the time that is
    left a smaller set is looked for. When an item may start at all is a given and no demand.

    References
    ----------
    Smallest minimal unsatisfiable subset by hitting sets: Ignatiev et al. (2015), CP 2015.
    """
    einde = time.perf_counter() + tijd_s
    model = _Model(vraagstuk, titels or {}, einde)
    status, kern = model.probeer(set(range(len(model.eisen))))
    if status != "INFEASIBLE":
        return None
    kern, minimaal = _krimp(model, kern)
    kern, kleinste = _kleinste(model, kern) if minimaal else (kern, False)
    return Botsing(tuple(model.eisen[k] for k in sorted(kern)), minimaal, kleinste)


def _krimp(model: _Model, kern: set[int]) -> tuple[set[int], bool]:
    """Takes out what is not needed for the clash; True when that was tried of all."""
    bewezen = True
    for k in sorted(kern, reverse=True):
        if k not in kern:
            continue
        status, kleiner = model.probeer(kern - {k})
        if status == "INFEASIBLE":
            kern = kleiner
        bewezen &= status in ("INFEASIBLE", "OPTIMAL", "FEASIBLE")
    return kern, bewezen


def _kleinste(model: _Model, kern: set[int]) -> tuple[set[int], bool]:
    """A set of the least number of demands, when time allows; True when that is proven.

    Every set that clashes holds at least one of the demands that a largest possible set leaves out. So the
    fewest demands that hit all of those left-out sets are a lower bound, and the answer once they clash.
    """
    uitgelaten: list[set[int]] = []
    model.einde = min(model.einde, time.perf_counter() + _KLEINSTE_S)
    while time.perf_counter() < model.einde:
        raak = _raak(uitgelaten, model.einde)
        if raak is None:
            break
        if len(raak) >= len(kern):
            return kern, True
        status, groot = model.probeer(raak, rek_op=True)
        if status == "INFEASIBLE":
            return raak, True
        if status not in ("OPTIMAL", "FEASIBLE"):
            break
        uitgelaten.append(set(range(len(model.eisen))) - groot)
    return kern, False


def _raak(verzamelingen: list[set[int]], einde: float) -> set[int] | None:
    """Fewest numbers that have one in every set; None when time was up."""
    from ortools.sat.python import cp_model

    m = cp_model.CpModel()
    var = {k: m.new_bool_var("") for k in sorted(set().union(*verzamelingen))}
    for wie in verzamelingen:
        m.add_bool_or([var[k] for k in sorted(wie)])
    m.minimize(sum(var.values()))
    solver = cp_model.CpSolver()
    instellingen(solver, max(einde - time.perf_counter(), 0.01), 0, 1)
    if solver.status_name(solver.solve(m)) != "OPTIMAL":
        return None
    return {k for k, x in var.items() if solver.boolean_value(x)}
