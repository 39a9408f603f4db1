"""What a shortlist can be worth at most, and which starts can then still be part of one that good.

The linear relaxation gives a price to every limit: to an hour of a team in a quarter, a euro of a year, a
place on the shortlist. At those prices every item and start has a value after what it uses. What uses so much
more than it brings that the bound drops below a known value cannot be in a better shortlist. Any prices give
a valid bound, so this is proven for the items that the linear problem left out too.

References
----------
Geoffrion (1974), Lagrangean relaxation for integer programming; column generation, Gilmore and Gomory (1961).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from opgavelib.domein.optimaal.starts import jaarvraag
from opgavelib.domein.vraagstuk import Vraagstuk

_KOLOMMEN = 30_000  # columns of the first linear problem; more are added while they pay
_BIJ = 10_000
_GROOT = 5_000
_STAPPEN = 12


@dataclass(frozen=True)
class Relaxatie:
    """The bound and what follows from its prices.

    Attributes
    ----------
    bovengrens : no shortlist is worth more
    netto : (n, q) value of an item and start after what it uses; -inf where it cannot start
    bijdrage : (n,) what the item adds to `bovengrens`
    past : False when not even parts of items meet all demands, so that the demands must clash
    """

    bovengrens: float
    netto: np.ndarray
    bijdrage: np.ndarray
    past: bool = True

    @property
    def _marge(self) -> float:
        return 1e-7 * max(abs(self.bovengrens), 1.0)

    def doet_mee(self, doel: float) -> np.ndarray:
        """(n, q) bool: what can be part of a shortlist worth `doel` or more."""
        return self.bovengrens - self.bijdrage[:, None] + self.netto >= doel - self._marge

    def moet_mee(self, doel: float) -> np.ndarray:
        """(n,) bool: what is in every shortlist worth `doel` or more."""
        return self.bovengrens - self.bijdrage < doel - self._marge


@dataclass
class _Prijzen:
    """What one unit of every limit costs; zero is always valid."""

    uren: np.ndarray  # (t, q)
    jaar: dict[str, float]
    totaal: float
    plaats: float
    voor: np.ndarray  # (p, q)
    niet: np.ndarray
    minstens: np.ndarray


class _Probleem:
    """The rows of the linear problem and their prices back to the items."""

    def __init__(self, v: Vraagstuk, mag: np.ndarray) -> None:
        plek = {a: i for i, a in enumerate(v.items)}
        kan = mag.any(axis=1)
        self.v, self.mag, self.kan = v, mag, kan
        self.jaren = jaarvraag(v)
        self.voor = [(plek[a], plek[b]) for a, b in v.voor if a in plek and b in plek and a != b and kan[plek[b]]]
        self.niet = [(plek[a], plek[b]) for a, b in v.niet_samen if a in plek and b in plek]
        self.domein = np.array(v.domein, dtype=object)
        self.minima = [(d, k) for d, k in v.minstens.items() if k > 0]
        self.moet = np.zeros(len(v.items), bool)
        self.moet[[plek[a] for a in v.moet if a in plek]] = True
        self.straf = 20.0 * float(v.waarde.max(initial=0.0)) + 1.0
        duur_eind = np.minimum(np.arange(mag.shape[1])[None, :] + v.duur[:, None], mag.shape[1])
        self.eind = duur_eind

    def nul(self) -> _Prijzen:
        v = self.v
        return _Prijzen(np.zeros(v.ruimte_uren.shape), dict.fromkeys(self.jaren, 0.0), 0.0, 0.0,
                        np.zeros((len(self.voor), len(v.kwartalen))), np.zeros(len(self.niet)),
                        np.zeros(len(self.minima)))  # fmt: skip

    def ruw(self) -> Relaxatie:
        """The best bound when every hour has a price by how short its team is, times one number for all."""
        v = self.v
        vraag = (v.uren * v.duur[:, None]).sum(axis=0)
        ruim = np.where(np.isfinite(v.ruimte_uren), v.ruimte_uren, 0.0).sum(axis=1)
        schaars = np.isfinite(v.ruimte_uren) * (vraag / np.maximum(ruim, 1.0) ** 2)[:, None]

        def bij(hoogte: float) -> Relaxatie:
            p = self.nul()
            p.uren = schaars * hoogte
            return self.waardeer(p)

        # The bound is convex in the one number: the lowest is on the side of the lower of two.
        laag, hoog = 0.0, float(v.waarde.max(initial=0.0)) * len(v.items)
        beste = bij(laag)
        for _ in range(_STAPPEN):
            links, rechts = laag + (hoog - laag) / 8, laag + (hoog - laag) / 4
            een, twee = bij(links), bij(rechts)
            laag, hoog = (laag, rechts) if een.bovengrens <= twee.bovengrens else (links, hoog)
            beste = min(beste, een, twee, key=lambda r: r.bovengrens)
        return beste

    def waardeer(self, p: _Prijzen) -> Relaxatie:
        """The bound at these prices."""
        v, q = self.v, len(self.v.kwartalen)
        netto = np.repeat((v.waarde - p.plaats - p.totaal * v.kosten_eur)[:, None], q, axis=1)
        opgeteld = np.concatenate([np.zeros((len(v.teams), 1)), np.cumsum(p.uren, axis=1)], axis=1)
        for d in np.unique(v.duur):
            wie = v.duur == d
            eind = np.minimum(np.arange(q) + d, q)
            netto[wie] -= v.uren[wie] @ (opgeteld[:, eind] - opgeteld[:, :q])
        for jaar, prijs in p.jaar.items():
            if prijs:
                netto -= prijs * self.jaren[jaar]
        for (a, b), prijs in zip(self.voor, p.voor, strict=True):
            if prijs.any():
                vanaf = np.concatenate([np.cumsum(prijs[::-1])[::-1], np.zeros(q + 1)])
                netto[b] -= vanaf[:q]
                netto[a] += vanaf[np.minimum(np.arange(q) + int(v.duur[a]), q)]
        for (a, b), prijs in zip(self.niet, p.niet, strict=True):
            netto[a] -= prijs
            netto[b] -= prijs
        for (d, _), prijs in zip(self.minima, p.minstens, strict=True):
            netto[self.domein == d] += prijs
        netto[~self.mag] = -np.inf
        beste = netto.max(axis=1) if q else np.full(len(v.items), -np.inf)
        bijdrage = np.where(self.moet & self.kan, beste, np.maximum(beste, 0.0))
        eindig = np.isfinite(v.ruimte_uren)
        vast = float((p.uren[eindig] * v.ruimte_uren[eindig]).sum()) + float(p.niet.sum())
        vast += sum(prijs * v.budget_eur[j] for j, prijs in p.jaar.items())
        vast += p.totaal * v.budget_eur["totaal"] if p.totaal else 0.0
        vast += p.plaats * v.hoogstens if p.plaats else 0.0
        vast -= sum(prijs * k for (_, k), prijs in zip(self.minima, p.minstens, strict=True))
        return Relaxatie(vast + float(bijdrage.sum()), netto, bijdrage)

    def los(self, kolom: np.ndarray, tijd_s: float) -> tuple[_Prijzen, float, bool] | None:
        """Prices of the linear problem over the (item, start) columns in `kolom`, its value, and whether
        everything that is demanded fits; None when time was up."""
        from ortools.linear_solver.python import model_builder_helper as glop
        from scipy import sparse

        v = self.v
        item, start = np.nonzero(kolom)
        rijen = _Rijen(item, start, kolom.shape)
        p = self.nul()
        terug = self._beschrijf(rijen, p)
        winst = np.concatenate([v.waarde[item], np.full(rijen.slap, -self.straf)])
        a = sparse.csr_matrix(
            (np.concatenate(rijen.getal), (np.concatenate(rijen.rij), np.concatenate(rijen.kolom))),
            (len(rijen.laag), winst.size),
        )
        model = glop.ModelBuilderHelper()
        boven = np.where(np.arange(winst.size) < item.size, 1.0, np.inf)
        model.fill_model_from_sparse_data(
            np.zeros(winst.size), boven, winst, np.array(rijen.laag), np.array(rijen.hoog), a
        )
        model.set_maximize(True)
        oplosser = glop.ModelSolverHelper("glop")
        oplosser.set_time_limit_in_seconds(max(tijd_s, 0.01))
        oplosser.solve(model)
        if not oplosser.has_solution() or str(oplosser.status()).rpartition(".")[2] != "OPTIMAL":
            return None
        dual = np.asarray(oplosser.dual_values())
        for r, zet in terug:
            zet(max(float(dual[r]), 0.0), max(-float(dual[r]), 0.0))
        slap = np.asarray(oplosser.variable_values())[item.size :]
        return p, float(oplosser.objective_value()), bool(slap.size == 0 or slap.max() < 1e-6)

    def _beschrijf(self, rijen: _Rijen, p: _Prijzen) -> list:
        """Adds all rows; per row how its price comes into `p`."""
        v, item, start, plek = self.v, rijen.item, rijen.start, rijen.plek
        terug: list = []
        for i in np.unique(item):
            rijen.voeg(plek[i][plek[i] >= 0], 1.0, hoog=1.0)
        for i in np.flatnonzero(self.moet & self.kan):
            rijen.voeg(plek[i][plek[i] >= 0], 1.0, laag=1.0, slap=True)
        alles = np.arange(item.size)
        if v.hoogstens is not None:
            r = rijen.voeg(alles, 1.0, hoog=float(v.hoogstens))
            terug.append((r, lambda op, _: setattr(p, "plaats", op)))
        for k in range(len(v.kwartalen)):
            loopt = np.flatnonzero((start <= k) & (k < self.eind[item, start]))
            for t in np.flatnonzero(np.isfinite(v.ruimte_uren[:, k])):
                wie = loopt[v.uren[item[loopt], t] > 0]
                if wie.size:
                    r = rijen.voeg(wie, v.uren[item[wie], t], hoog=float(v.ruimte_uren[t, k]))
                    terug.append((r, lambda op, _, t=t, k=k: p.uren.__setitem__((t, k), op)))
        for jaar, vraag in self.jaren.items():
            r = rijen.voeg(alles, vraag[item, start], hoog=float(v.budget_eur[jaar]))
            terug.append((r, lambda op, _, jaar=jaar: p.jaar.__setitem__(jaar, op)))
        if np.isfinite(v.budget_eur.get("totaal", np.inf)):
            r = rijen.voeg(alles, v.kosten_eur[item], hoog=float(v.budget_eur["totaal"]))
            terug.append((r, lambda op, _: setattr(p, "totaal", op)))
        for n, (a, b) in enumerate(self.voor):
            for k in np.flatnonzero(plek[b] >= 0):
                eerder = plek[a][: max(k - int(v.duur[a]) + 1, 0)]
                later = plek[b][: k + 1]
                eerder, later = eerder[eerder >= 0], later[later >= 0]
                getal = np.concatenate([np.ones(later.size), -np.ones(eerder.size)])
                r = rijen.voeg(np.concatenate([later, eerder]), getal, hoog=0.0)
                terug.append((r, lambda op, _, n=n, k=k: p.voor.__setitem__((n, k), op)))
        for n, (a, b) in enumerate(self.niet):
            wie = np.concatenate([plek[a], plek[b]])
            if a != b and (wie >= 0).any():
                r = rijen.voeg(wie[wie >= 0], 1.0, hoog=1.0)
                terug.append((r, lambda op, _, n=n: p.niet.__setitem__(n, op)))
        for n, (d, minimum) in enumerate(self.minima):
            wie = np.flatnonzero(self.domein[item] == d)
            r = rijen.voeg(wie, 1.0, laag=float(minimum), slap=True)
            terug.append((r, lambda _, neer, n=n: p.minstens.__setitem__(n, neer)))
        return terug


class _Rijen:
    """Rows of a sparse matrix, gathered one by one."""

    def __init__(self, item: np.ndarray, start: np.ndarray, vorm: tuple[int, ...]) -> None:
        self.item, self.start = item, start
        self.plek = np.full(vorm, -1)
        self.plek[item, start] = np.arange(item.size)
        self.rij: list[np.ndarray] = []
        self.kolom: list[np.ndarray] = []
        self.getal: list[np.ndarray] = []
        self.laag: list[float] = []
        self.hoog: list[float] = []
        self.slap = 0

    def voeg(self, kolommen, getal, *, laag=-np.inf, hoog=np.inf, slap=False) -> int:
        """Adds a row; `slap` gives it a column of its own that may fill what is short, at a penalty."""
        r = len(self.laag)
        if slap:
            kolommen = np.append(kolommen, self.item.size + self.slap)
            self.slap += 1
        self.rij.append(np.full(len(kolommen), r))
        self.kolom.append(np.asarray(kolommen, dtype=np.int64))
        self.getal.append(np.broadcast_to(np.asarray(getal, dtype=float), len(kolommen)))
        self.laag.append(laag)
        self.hoog.append(hoog)
        return r


def los_relaxatie(v: Vraagstuk, mag: np.ndarray, tijd_s: float = 5.0) -> Relaxatie:
    """The bound of `v` over the starts in `mag` (n, q).

    Up to some thousands of items in one linear problem. Above that it starts with the most promising
    columns and adds those that pay at its prices, until none does or time is up; the bound holds at any moment.
    """
    einde = time.perf_counter() + tijd_s
    probleem = _Probleem(v, mag)
    beste = probleem.waardeer(probleem.nul())
    if mag.sum() > _GROOT:
        # For when time is up before the linear problem.
        beste = min(beste, probleem.ruw(), key=lambda r: r.bovengrens)
    kolom = mag if mag.sum() <= _KOLOMMEN else _veelbelovend(probleem)
    while mag.any() and (uit := probleem.los(kolom, einde - time.perf_counter())) is not None:
        prijzen, waarde, past = uit
        nu = probleem.waardeer(prijzen)
        beste = min(beste, nu, key=lambda r: r.bovengrens)
        klaar = kolom is mag or nu.bovengrens <= waarde + 1e-6 * max(abs(waarde), 1.0)
        erbij = None if klaar else _wat_loont(nu, kolom, mag)
        if erbij is None:
            return replace(beste, past=past)
        if time.perf_counter() > einde:
            break
        kolom = kolom | erbij
    return beste


def _wat_loont(nu: Relaxatie, kolom: np.ndarray, mag: np.ndarray) -> np.ndarray | None:
    """(n, q) bool: columns outside the linear problem that bring more than their item does in it."""
    nieuw = nu.netto - nu.netto.max(axis=1, where=kolom, initial=0.0)[:, None]
    nieuw[kolom | ~mag] = -np.inf
    aantal = min(_BIJ, int((nieuw > 1e-9).sum()))
    if not aantal:
        return None
    uit = np.zeros_like(mag)
    uit[np.unravel_index(np.argpartition(-nieuw, aantal - 1, axis=None)[:aantal], mag.shape)] = True
    return uit


def _veelbelovend(p: _Probleem) -> np.ndarray:
    """Columns to start with: the items that bring most for what they ask, and all that is demanded."""
    v = p.v
    ruim = np.where(np.isfinite(v.ruimte_uren), v.ruimte_uren, 0.0).sum(axis=1)
    druk = (v.uren * v.duur[:, None] / np.maximum(ruim, 1.0)).sum(axis=1) + v.kosten_eur / max(
        v.kosten_eur.sum(), 1
    )
    dicht = v.waarde / (druk + float(np.median(druk)) + 1e-9)
    neem = p.moet.copy()
    aantal = max(_KOLOMMEN // max(len(v.kwartalen), 1) // 2, 1)
    for maat in (dicht, v.waarde):
        neem[np.argsort(-np.where(p.kan, maat, -1.0), kind="stable")[:aantal]] = True
    for d, minimum in p.minima:
        leden = np.flatnonzero((p.domein == d) & p.kan)
        neem[leden[np.argsort(-dicht[leden], kind="stable")][: 4 * minimum]] = True
    for _ in range(3):
        for a, b in p.voor:
            neem[a] |= neem[b]
    return p.mag & neem[:, None]
