"""Choosing a shortlist and its timing: seeded cases, and what the whole costs against the solver alone."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.meten import Regel
from opgavelib.domein.kwartaal import reeks
from opgavelib.domein.optimaal import los_op
from opgavelib.domein.optimaal.model import bouw
from opgavelib.domein.optimaal.starts import mogelijk
from opgavelib.domein.vraagstuk import Status, Vraagstuk

GEVALLEN, VERGELIJK = 10, 4
KRAPTES = (0.5, 0.7, 1.0, 1.4)

DOMEINEN = ("Bestuur", "Economie", "Ruimte", "Samenleving", "Veiligheid", "Wonen")


def maak_geval(n: int, zaad: int, *, krapte: float = 1.0, teams: int = 11, kwartalen: int = 16,
               hoogstens: int | None = 19) -> Vraagstuk:  # fmt: skip
    """A seeded problem like that of a municipality: a few teams per item, most hours with its own team.

    Parameters
    ----------
    krapte : 1 leaves room for about the most valuable `hoogstens` when well spread over time; less is tighter
    """
    rng = np.random.default_rng([zaad, n])
    items = tuple(f"A{i:05d}" for i in range(n))
    duur = rng.integers(2, 9, n)
    omvang = rng.lognormal(5.2, 0.6, n)
    uren = np.zeros((n, teams))
    # A few teams do most of the work, as everywhere.
    trekker = rng.choice(teams, n, p=(1 / np.arange(2, teams + 2)) / (1 / np.arange(2, teams + 2)).sum())
    uren[np.arange(n), trekker] = omvang
    for _ in range(2):
        mee = rng.random(n) < 0.6
        uren[np.flatnonzero(mee), rng.integers(0, teams, n)[mee]] += omvang[mee] * rng.uniform(0.2, 0.6, mee.sum())
    uren = np.round(uren)
    kosten = np.round(rng.lognormal(12.5, 0.9, n), -3)
    waarde = np.round(35 + 45 * rng.beta(2, 2, n) + 6 * np.log(omvang / omvang.mean()), 2).clip(5)
    vroegst = np.where(rng.random(n) < 0.7, 0, rng.integers(0, kwartalen // 2, n))
    laatst = np.minimum(kwartalen - duur, kwartalen - 1).clip(vroegst)
    gevraagd = (uren * duur[:, None]).mean(0) * 19 / kwartalen * krapte
    ruimte = gevraagd[:, None] * np.linspace(0.8, 1.2, kwartalen) * rng.uniform(0.85, 1.15, (teams, kwartalen))
    ruimte = np.round(np.maximum(ruimte, np.quantile(uren, 0.98, axis=0)[:, None]))
    jaren = sorted({k[:4] for k in reeks("2027K1", "2042K4")[:kwartalen]})
    per_jaar = kosten.mean() * 19 / len(jaren) * krapte
    domein = tuple(rng.choice(DOMEINEN, n))
    volgorde = rng.permutation(n)
    k = min(40, n // 6)
    voor = tuple((items[a], items[b]) for a, b in zip(volgorde[:k], volgorde[k : 2 * k], strict=True))
    k2 = min(25, n // 10)
    rest = volgorde[2 * k :]
    niet = tuple((items[a], items[b]) for a, b in rng.choice(rest, (k2, 2), replace=False))
    past = [i for i in rest if (uren[i] <= 0.4 * ruimte.min(1)).all() and kosten[i] < per_jaar / 4]
    in_niet = {a for p in niet for a in p}
    moet = [items[i] for i in past if items[i] not in in_niet][: min(8, n // 30)]
    return Vraagstuk(
        items, waarde, duur, vroegst, laatst, uren, kosten, tuple(reeks("2027K1", "2042K4")[:kwartalen]),
        tuple(f"Team {t + 1}" for t in range(teams)), ruimte,
        budget_eur={j: round(per_jaar) for j in jaren}, domein=domein, hoogstens=hoogstens,
        moet=dict.fromkeys(moet, "wettelijk"), voor=voor, niet_samen=niet,
        minstens={d: 1 + (j % 2) for j, d in enumerate(DOMEINEN)},
    )  # fmt: skip


def _cpu(functie: Callable[[], object]) -> tuple[float, float, object]:
    """Milliseconds of work, milliseconds of the clock, and what it gave."""
    gc.collect()
    werk, klok = time.process_time(), time.perf_counter()
    uit = functie()
    return (time.process_time() - werk) * 1000, (time.perf_counter() - klok) * 1000, uit


def _solver_alleen(v: Vraagstuk, tijd_s: float) -> Callable[[], object]:
    """CP-SAT on the whole model, already built: one thread, as `los_op` uses for a problem of this size."""
    from ortools.sat.python import cp_model

    model = bouw(v, mogelijk(v))

    def zoek() -> str:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = tijd_s
        return solver.status_name(solver.solve(model.cp))

    return zoek


def meet() -> list[Regel]:
    """Seconds here are of the processor, but for the share proven, which is by the clock."""
    regels: list[Regel] = []
    wij, alleen, bewezen, twee = [], [], 0, []
    for zaad in range(GEVALLEN):
        v = maak_geval(300, zaad, krapte=KRAPTES[zaad % len(KRAPTES)])
        werk, klok, uit = _cpu(lambda v=v: los_op(v, tijd_s=10.0))
        bewezen += uit.status is Status.OPTIMAAL and klok <= 10_500
        wij.append(werk)
        if zaad < VERGELIJK:
            alleen.append(_cpu(_solver_alleen(v, 60.0))[0])
            twee.append((_cpu(lambda v=v: los_op(v, werkers=1))[1], klok))
    regels.append(
        (f"300 ambities: aandeel bewezen in 10 s, {GEVALLEN} gevallen", 100 * bewezen / GEVALLEN, None, "%")
    )
    mediaan = statistics.median
    regels.append((f"300 ambities, {VERGELIJK} gevallen, tegen CP-SAT alleen", mediaan(wij[:VERGELIJK]),
                   mediaan(alleen), "ms"))  # fmt: skip
    een, met_twee = (mediaan(t) for t in zip(*twee, strict=True))
    regels.append(("300 ambities, 2 werkers tegen 1 (klok)", met_twee, een, "ms"))
    for n in (3_000, 30_000):
        werk, klok, uit = _cpu(lambda n=n: los_op(maak_geval(n, 1), tijd_s=10.0))
        regels.append((f"{n} ambities, 10 s (klok)", klok, None, "ms"))
        regels.append((f"{n} ambities, gat tot de bovengrens", 100 * uit.gat, None, "%"))
    return regels
