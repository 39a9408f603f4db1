"""Runs CP-SAT on a model: settings that give the same answer every time, news, and stopping."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from opgavelib.domein.optimaal.model import Model

Nieuws = Callable[[Mapping[int, int] | None, float], bool]
_TIK_S = 0.1


@dataclass(frozen=True)
class Antwoord:
    """What the solver says: its status, the shortlist (item index -> start) and the bound on the value."""

    status: str
    start: dict[int, int] | None
    bovengrens: float


def instellingen(solver, tijd_s: float, zaad: int, werkers: int, rekentijd: float = math.inf) -> None:
    """Parameters that every search shares.

    Several workers take turns in a fixed order (`interleave_search`), so that who is first does not depend on
    what else the machine does.
    """
    p = solver.parameters
    p.num_workers = werkers
    p.random_seed = zaad
    p.max_time_in_seconds = max(tijd_s, 0.01)
    if math.isfinite(rekentijd):
        p.max_deterministic_time = rekentijd
    p.interleave_search = werkers > 1
    p.catch_sigint_signal = False  # Ctrl-C belongs to the process and not to the solver


def zoek_model(
    model: Model, tijd_s: float, zaad: int, werkers: int, rekentijd: float = math.inf, nieuws: Nieuws | None = None
) -> Antwoord:
    """Solves `model`. `nieuws` is called on the thread of the caller."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    instellingen(solver, tijd_s, zaad, werkers, rekentijd)
    status = solver.solve(model.cp) if nieuws is None else _met_nieuws(solver, model, nieuws)
    naam = solver.status_name(status)
    if naam == "MODEL_INVALID":
        raise RuntimeError(model.cp.validate())
    start = model.lees(solver.boolean_value) if naam in ("OPTIMAL", "FEASIBLE") else None
    bovengrens = math.inf if naam == "INFEASIBLE" else model.naar_waarde(solver.best_objective_bound)
    return Antwoord(naam, start, bovengrens)


def _met_nieuws(solver, model: Model, nieuws: Nieuws):
    """Solves on another thread, so that who asks hears the news on its own and may stop at any moment."""
    from ortools.sat.python import cp_model

    slot = threading.Lock()
    stand: dict = {"start": None, "bovengrens": math.inf}

    class Bord(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            start = model.lees(self.boolean_value)
            with slot:
                stand["start"] = start
                stand["bovengrens"] = model.naar_waarde(self.best_objective_bound)

    def bij_bovengrens(bovengrens: float) -> None:
        with slot:
            stand["bovengrens"] = model.naar_waarde(bovengrens)

    solver.best_bound_callback = bij_bovengrens
    with ThreadPoolExecutor(1) as draad:
        taak = draad.submit(solver.solve, model.cp, Bord())
        try:
            gezien, stil = None, 0
            while not wait([taak], timeout=_TIK_S).done:
                with slot:
                    start, bovengrens = stand["start"], stand["bovengrens"]
                stil += 1
                if start is not gezien or stil >= 5:
                    stil = 0
                    if not nieuws(start if start is not gezien else None, bovengrens):
                        solver.stop_search()
                    gezien = start
        except BaseException:
            solver.stop_search()
            raise
        return taak.result()
