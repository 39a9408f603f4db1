"""The best shortlist with its timing, proven or with a bound."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping

from opgavelib.domein.optimaal.model import Model, bouw
from opgavelib.domein.optimaal.starts import mogelijk
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, schendingen

Tussenstand = Callable[[Oplossing], bool]


def los_op(
    vraagstuk: Vraagstuk,
    *,
    tijd_s: float = 10.0,
    zaad: int = 0,
    werkers: int = 2,
    bij_tussenstand: Tussenstand | None = None,
) -> Oplossing:
    """The shortlist of the highest value that breaks no limit, with the quarter in which every item starts.

    Parameters
    ----------
    tijd_s : seconds of the clock after which the best so far is the answer
    werkers : threads of the solver
    bij_tussenstand : gets every better shortlist and every better bound, on the thread of the caller; False
        stops the search, with the best so far as the answer

    Returns
    -------
    Oplossing that `schendingen` finds nothing against
    """
    begin = time.perf_counter()
    model = bouw(vraagstuk, mogelijk(vraagstuk))
    uit = _zoek(vraagstuk, model, begin, tijd_s, zaad, werkers, bij_tussenstand)
    fout = schendingen(vraagstuk, uit.start) if uit.start else []
    if fout:
        raise AssertionError(f"de oplosser gaf een shortlist die niet past: {fout[:5]}")
    return uit


def _zoek(v, model: Model, begin, tijd_s, zaad, werkers, bij_tussenstand) -> Oplossing:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    p = solver.parameters
    p.num_workers = werkers
    p.random_seed = zaad
    p.max_time_in_seconds = max(tijd_s - (time.perf_counter() - begin), 0.01)
    p.catch_sigint_signal = False
    status = solver.solve(model.cp)
    naam = solver.status_name(status)
    if naam == "MODEL_INVALID":
        raise RuntimeError(model.cp.validate())
    seconden = time.perf_counter() - begin
    if naam == "INFEASIBLE":
        return Oplossing(Status.ONMOGELIJK, {}, 0.0, 0.0, seconden)
    grens = solver.best_objective_bound / model.per_een
    if naam == "UNKNOWN":
        return Oplossing(Status.ONBEKEND, {}, 0.0, grens, seconden)
    return _oplossing(v, model.lees(solver.boolean_value), grens, naam == "OPTIMAL", seconden)


def _oplossing(v: Vraagstuk, start: Mapping[int, int], grens: float, bewezen: bool, seconden: float) -> Oplossing:
    waarde = math.fsum(float(v.waarde[i]) for i in start)
    grens = waarde if bewezen else max(grens, waarde)
    met_naam = {v.items[i]: int(start[i]) for i in sorted(start)}
    status = Status.OPTIMAAL if bewezen else Status.GEVONDEN
    return Oplossing(status, met_naam, waarde, grens, seconden)
