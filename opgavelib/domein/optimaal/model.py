"""The problem as a CP-SAT model: one boolean per item and start quarter.

Time-indexed booleans and no optional intervals: their relaxation is so much tighter that choice and timing
together can be proven in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from opgavelib.domein.optimaal.schaal import begrens, punten
from opgavelib.domein.optimaal.starts import jaarvraag
from opgavelib.domein.vraagstuk import Vraagstuk

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass
class Model:
    """A CP-SAT model with what its variables mean.

    Attributes
    ----------
    cp : the model
    x : per item index, per start quarter, its variable
    gekozen : per item index, whether it is chosen
    punt : (n,) whole points of every item; `per_een` of them are one of value
    totaal : points of all that is chosen
    """

    cp: cp_model.CpModel
    x: dict[int, dict[int, cp_model.IntVar]]
    gekozen: dict[int, cp_model.IntVar]
    punt: np.ndarray
    per_een: float
    totaal: cp_model.LinearExpr

    def naar_waarde(self, punten: float) -> float:
        """Points as value."""
        return punten / self.per_een

    def hint(self, start: Mapping[int, int]) -> None:
        """Makes the solver try this shortlist first (item index -> start quarter)."""
        self.cp.clear_hints()
        for i, per_start in self.x.items():
            self.cp.add_hint(self.gekozen[i], i in start)
            for s, var in per_start.items():
                self.cp.add_hint(var, start.get(i) == s)

    def lees(self, waarde) -> dict[int, int]:
        """Item index -> start quarter, by what `waarde` says of a variable."""
        return {
            i: next(s for s, var in per_start.items() if waarde(var))
            for i, per_start in self.x.items()
            if waarde(self.gekozen[i])
        }


def bouw(v: Vraagstuk, mag: np.ndarray, *, zeker: np.ndarray | None = None, minstens: float = -math.inf) -> Model:
    """The model of `v` with the starts in `mag` (n, q) only.

    Parameters
    ----------
    zeker : (n,) bool, items known to be in
    minstens : only shortlists of this value or more
    """
    from ortools.sat.python import cp_model

    m = cp_model.CpModel()
    x: dict[int, dict[int, cp_model.IntVar]] = {}
    gekozen: dict[int, cp_model.IntVar] = {}
    for i in np.flatnonzero(mag.any(axis=1)).tolist():
        x[i] = {s: m.new_bool_var("") for s in np.flatnonzero(mag[i]).tolist()}
        gekozen[i] = m.new_bool_var("")
        m.add_exactly_one([*x[i].values(), gekozen[i].negated()])
    _keuze(m, v, gekozen)
    _volgorde(m, v, x, gekozen)
    _uren(m, v, x)
    _budget(m, v, x, gekozen)
    punt, per_een = punten(v.waarde)
    totaal = cp_model.LinearExpr.weighted_sum(list(gekozen.values()), [int(punt[i]) for i in gekozen])
    m.maximize(totaal)
    if minstens > 0:
        # Rounding of points may not shut out what is just worth it.
        m.add(totaal >= math.floor(minstens * per_een - len(gekozen) / 2 if per_een > 1e6 else minstens * per_een))
    for i in np.flatnonzero(zeker).tolist() if zeker is not None else ():
        m.add(gekozen[i] == 1)
    return Model(m, x, gekozen, punt, per_een, totaal)


def _keuze(m: cp_model.CpModel, v: Vraagstuk, gekozen: dict) -> None:
    plek = {a: i for i, a in enumerate(v.items)}
    if v.hoogstens is not None and v.hoogstens < len(gekozen):
        m.add(sum(gekozen.values()) <= v.hoogstens)
    for a in v.moet:
        m.add_bool_or([gekozen[plek[a]]] if plek.get(a) in gekozen else [])
    for a in v.mag_niet:
        if plek.get(a) in gekozen:
            m.add(gekozen[plek[a]] == 0)
    for a, b in v.niet_samen:
        if plek.get(a) in gekozen and plek.get(b) in gekozen:
            m.add_bool_or([gekozen[plek[a]].negated(), gekozen[plek[b]].negated()])
    for d, minimum in v.minstens.items():
        leden = [g for i, g in gekozen.items() if v.domein[i] == d]
        if len(leden) < minimum:
            m.add_bool_or([])
        elif minimum > 0:
            m.add(sum(leden) >= minimum)


def _volgorde(m: cp_model.CpModel, v: Vraagstuk, x: dict, gekozen: dict) -> None:
    """What has started by quarter s of b needs a to have started early enough to be done: tight in the
    relaxation, unlike comparing two start times."""
    plek = {a: i for i, a in enumerate(v.items)}
    for a, b in v.voor:
        j = plek.get(b)
        if j not in gekozen:
            continue
        i = plek.get(a)
        if i not in gekozen or i == j:
            m.add(gekozen[j] == 0)
            continue
        m.add_implication(gekozen[j], gekozen[i])
        duur = int(v.duur[i])
        for s in x[j]:
            op_tijd = [var for k, var in x[i].items() if k + duur <= s]
            m.add(sum(var for k, var in x[j].items() if k <= s) <= sum(op_tijd))


def _uren(m: cp_model.CpModel, v: Vraagstuk, x: dict) -> None:
    from ortools.sat.python import cp_model

    rijen = np.array(list(x), dtype=int)
    for t in range(len(v.teams)):
        vragers = rijen[v.uren[rijen, t] > 0] if rijen.size else rijen
        if not vragers.size:
            continue
        for q in range(len(v.kwartalen)):
            grens = v.ruimte_uren[t, q]
            if not math.isfinite(grens):
                continue
            geheel, ruim = begrens(v.uren[vragers, t], grens)
            actief: list[cp_model.IntVar] = []
            uren: list[int] = []
            som = 0
            for i, u in zip(vragers.tolist(), geheel.tolist(), strict=True):
                loopt = [var for s, var in x[i].items() if s <= q < s + v.duur[i]]
                actief += loopt
                uren += [u] * len(loopt)
                som += u if loopt else 0
            if som > ruim:
                m.add(cp_model.LinearExpr.weighted_sum(actief, uren) <= ruim)


def _budget(m: cp_model.CpModel, v: Vraagstuk, x: dict, gekozen: dict) -> None:
    from ortools.sat.python import cp_model

    noemer = math.lcm(*(int(d) for d in set(v.duur.tolist()))) if len(v.items) else 1
    rijen = np.array(list(x), dtype=int)
    vraag_van = jaarvraag(v)
    for jaar, grens in v.budget_eur.items():
        if grens < 0:
            m.add_bool_or([])
        elif jaar == "totaal" and math.isfinite(grens) and rijen.size:
            geheel, ruim = begrens(v.kosten_eur[rijen], grens)
            vars_ = [gekozen[i] for i in rijen.tolist()]
            m.add(cp_model.LinearExpr.weighted_sum(vars_, geheel.tolist()) <= ruim)
        elif jaar in vraag_van and rijen.size:
            paren = [(i, s) for i in x for s in x[i] if vraag_van[jaar][i, s] > 0]
            if not paren:
                continue
            geheel, ruim = begrens(np.array([vraag_van[jaar][p] for p in paren]), grens, (noemer,))
            m.add(cp_model.LinearExpr.weighted_sum([x[i][s] for i, s in paren], geheel.tolist()) <= ruim)
