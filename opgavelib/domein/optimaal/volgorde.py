"""Between shortlists of the same value: the earliest, then what comes first in the list."""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np

from opgavelib.domein.optimaal.cpsat import instellingen
from opgavelib.domein.optimaal.model import bouw
from opgavelib.domein.vraagstuk import Vraagstuk

_REKENTIJD = 0.4  # deterministic seconds for all that follows a proof


def leg_vast(v: Vraagstuk, mee: np.ndarray, start: Mapping[str, int], tijd_s: float, zaad: int) -> dict[str, int]:
    """A shortlist of the same value as `start`: least total of start quarters, then of places in `items`;
    then, with that choice, every item in turn as early as it can be.

    Parameters
    ----------
    mee : (n, q) bool, what can be part of a shortlist of this value
    """
    from ortools.sat.python import cp_model

    einde = time.perf_counter() + tijd_s
    plek = {a: i for i, a in enumerate(v.items)}
    nu = {plek[a]: s for a, s in start.items()}
    if tijd_s <= 0 or not nu:
        return dict(start)
    model = bouw(v, mee)
    waarde = sum(int(model.punt[i]) for i in nu)
    m = model.cp
    punten = cp_model.LinearExpr.weighted_sum(
        list(model.gekozen.values()), [int(model.punt[i]) for i in model.gekozen]
    )
    m.add(punten == waarde)
    stap = len(v.items) * max(len(nu), 1) + 1
    paren = [(var, s * stap + i) for i, per_start in model.x.items() for s, var in per_start.items()]
    m.minimize(cp_model.LinearExpr.weighted_sum([p[0] for p in paren], [p[1] for p in paren]))
    model.hint(nu)
    solver = cp_model.CpSolver()
    instellingen(solver, tijd_s, zaad, 1, _REKENTIJD)
    if solver.status_name(solver.solve(m)) in ("OPTIMAL", "FEASIBLE"):
        nu = model.lees(solver.boolean_value)
    nu = _een_voor_een(v, mee, nu, einde, zaad)
    return {v.items[i]: nu[i] for i in sorted(nu)}


def _een_voor_een(v: Vraagstuk, mee: np.ndarray, nu: dict[int, int], einde: float, zaad: int) -> dict[int, int]:
    """The choice stays; of its schedules with the same total of starts the one in which the first item starts
    earliest, then the second, and so on. Swaps that all give the same total are thus decided too."""
    from ortools.sat.python import cp_model

    kies = np.zeros_like(mee)
    kies[list(nu)] = mee[list(nu)]
    model = bouw(v, kies)
    m = model.cp
    for g in model.gekozen.values():
        m.add(g == 1)
    m.add(sum(s * var for per in model.x.values() for s, var in per.items()) <= sum(nu.values()))
    for i in sorted(nu):
        if time.perf_counter() > einde:
            return nu
        if nu[i] > min(model.x[i]):
            m.minimize(sum(s * var for s, var in model.x[i].items()))
            model.hint(nu)
            solver = cp_model.CpSolver()
            instellingen(solver, max(einde - time.perf_counter(), 0.01), zaad, 1, _REKENTIJD)
            if solver.status_name(solver.solve(m)) in ("OPTIMAL", "FEASIBLE"):
                nu = model.lees(solver.boolean_value)
        m.add(model.x[i][nu[i]] == 1)
    return nu
