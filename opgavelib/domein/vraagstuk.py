"""What a shortlist must fit in, as one problem of choice and timing, and the answer to it.

Plain numbers, so that the problem can be solved elsewhere, kept with a decision, and solved again years later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType

import numpy as np


class Status(StrEnum):
    """How far the search for the best shortlist came."""

    OPTIMAAL = "optimaal"  # proven: there is no better one
    GEVONDEN = "gevonden"  # the best so far; `Oplossing.bovengrens` says how much better it could be at most
    ONMOGELIJK = "onmogelijk"  # proven: the demands clash
    ONBEKEND = "onbekend"  # stopped before anything was found


@dataclass(frozen=True)
class Vraagstuk:
    """Candidates with what they ask, and the limits. Shapes: n items, t teams, q quarters.

    Attributes
    ----------
    items : keys, in a fixed order
    waarde : (n,) what choosing it is worth, >= 0
    duur : (n,) quarters of work, >= 1; the part after the last quarter asks nothing of `ruimte_uren`
    vroegst, laatst : (n,) index of the first and last quarter it may start in; laatst < vroegst: cannot start
    uren : (n, t) hours per quarter asked of each team while it runs
    kosten_eur : (n,) euros over its whole duration, spread evenly over its quarters
    kwartalen : (q,) quarters of the planperiode, e.g. ``2027K1``
    teams : (t,) names
    ruimte_uren : (t, q) hours free for opgaven, >= 0; inf is no limit
    budget_eur : per year (``"2027"``) and ``"totaal"`` (whole cost of all chosen); a missing key is no limit
    domein : (n,) of every item; "" when unknown
    hoogstens : most items; None is no limit
    moet, mag_niet : item -> why it must be in, or out
    voor : pairs (a, b): b only with a, and b starts after a ended
    niet_samen : pairs of which at most one
    minstens : domein -> least number of items
    vast_start : item -> index of the quarter it must start in when it is chosen
    """

    items: tuple[str, ...]
    waarde: np.ndarray
    duur: np.ndarray
    vroegst: np.ndarray
    laatst: np.ndarray
    uren: np.ndarray
    kosten_eur: np.ndarray
    kwartalen: tuple[str, ...]
    teams: tuple[str, ...]
    ruimte_uren: np.ndarray
    budget_eur: Mapping[str, float] = field(default_factory=dict)
    domein: tuple[str, ...] = ()
    hoogstens: int | None = None
    moet: Mapping[str, str] = field(default_factory=dict)
    mag_niet: Mapping[str, str] = field(default_factory=dict)
    voor: tuple[tuple[str, str], ...] = ()
    niet_samen: tuple[tuple[str, str], ...] = ()
    minstens: Mapping[str, int] = field(default_factory=dict)
    vast_start: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n, t, q = len(self.items), len(self.teams), len(self.kwartalen)
        vormen = {"waarde": (n,), "duur": (n,), "vroegst": (n,), "laatst": (n,), "uren": (n, t),
                  "kosten_eur": (n,), "ruimte_uren": (t, q)}  # fmt: skip
        for naam, vorm in vormen.items():
            soort = np.int64 if naam in ("duur", "vroegst", "laatst") else float
            kopie = np.array(getattr(self, naam), dtype=soort)
            if kopie.shape != vorm:
                raise ValueError(f"{naam} heeft vorm {kopie.shape}, niet {vorm}")
            if soort is float and not (kopie >= 0).all():  # NaN is not either
                raise ValueError(f"{naam} heeft waarden die onder 0 of leeg zijn")
            kopie.setflags(write=False)
            object.__setattr__(self, naam, kopie)
        if len(set(self.items)) != n:
            raise ValueError("items staan er dubbel in")
        if self.domein and len(self.domein) != n:
            raise ValueError(f"domein heeft {len(self.domein)} waarden, niet {n}")
        if (self.duur < 1).any():
            raise ValueError("duur is 1 kwartaal of meer")
        if not self.domein:
            object.__setattr__(self, "domein", ("",) * n)
        for naam in ("budget_eur", "moet", "mag_niet", "minstens", "vast_start"):
            object.__setattr__(self, naam, MappingProxyType(dict(getattr(self, naam))))

    def __getstate__(self) -> dict:
        return {k: dict(v) if isinstance(v, MappingProxyType) else v for k, v in self.__dict__.items()}

    def __setstate__(self, staat: dict) -> None:
        self.__dict__.update(staat)
        self.__post_init__()

    def als_dict(self) -> dict[str, object]:
        """The whole problem as JSON values; `uit_dict` makes the same one of it."""
        uit: dict[str, object] = {}
        for f in fields(self):
            w = getattr(self, f.name)
            if isinstance(w, np.ndarray):
                # JSON knows no infinity: no limit is null.
                w = [[None if x == np.inf else x for x in r] for r in w.tolist()] if w.ndim == 2 else w.tolist()
            elif isinstance(w, Mapping):
                w = dict(w)
            elif isinstance(w, tuple):
                w = [list(x) if isinstance(x, tuple) else x for x in w]
            uit[f.name] = w
        return uit

    @classmethod
    def uit_dict(cls, d: Mapping[str, object]) -> Vraagstuk:
        """Inverse of `als_dict`."""
        w = dict(d)
        n, t, q = len(w["items"]), len(w["teams"]), len(w["kwartalen"])
        ruimte = [[np.inf if x is None else x for x in r] for r in w["ruimte_uren"]]
        w |= {"uren": np.array(w["uren"], dtype=float).reshape(n, t),
              "ruimte_uren": np.array(ruimte, dtype=float).reshape(t, q)}  # fmt: skip
        w |= {k: tuple(w[k]) for k in ("items", "kwartalen", "teams", "domein")}
        w |= {k: tuple(tuple(p) for p in w[k]) for k in ("voor", "niet_samen")}
        return cls(**w)


@dataclass(frozen=True)
class Oplossing:
    """A shortlist with its timing.

    Attributes
    ----------
    status : see `Status`
    start : chosen item -> index of the quarter it starts in
    waarde : sum of the values of what is chosen
    bovengrens : no shortlist can be worth more than this; equals `waarde` when optimal
    seconden : how long the search took; not part of the answer
    """

    status: Status
    start: Mapping[str, int]
    waarde: float
    bovengrens: float
    seconden: float = field(default=0.0, compare=False)

    @property
    def gat(self) -> float:
        """How much better it could be at most, as a share of the value; 0 when proven optimal."""
        return max(self.bovengrens - self.waarde, 0.0) / self.waarde if self.waarde else 0.0


def gebruik_uren(vraagstuk: Vraagstuk, start: Mapping[str, int]) -> np.ndarray:
    """Hours that a shortlist asks: array (teams x kwartalen)."""
    uit = np.zeros_like(vraagstuk.ruimte_uren)
    plek = {a: i for i, a in enumerate(vraagstuk.items)}
    for a, s in start.items():
        i = plek[a]
        uit[:, s : s + vraagstuk.duur[i]] += vraagstuk.uren[i][:, None]
    return uit


def gebruik_eur(vraagstuk: Vraagstuk, start: Mapping[str, int]) -> dict[str, float]:
    """Euros that a shortlist asks: per year of the planperiode, and ``totaal`` over whole durations."""
    jaren = [k[:4] for k in vraagstuk.kwartalen]
    uit = dict.fromkeys(dict.fromkeys(jaren), 0.0) | {"totaal": 0.0}
    plek = {a: i for i, a in enumerate(vraagstuk.items)}
    for a, s in start.items():
        i = plek[a]
        kosten, duur = float(vraagstuk.kosten_eur[i]), int(vraagstuk.duur[i])
        for jaar in jaren[s : s + duur]:
            uit[jaar] += kosten / duur
        uit["totaal"] += kosten
    return uit


def schendingen(vraagstuk: Vraagstuk, start: Mapping[str, int], marge: float = 1e-6) -> list[str]:
    """What a shortlist breaks, one text per broken limit; empty when it fits. Checks any answer of any solver."""
    v, uit = vraagstuk, []
    plek = {a: i for i, a in enumerate(v.items)}
    for a, s in start.items():
        i = plek[a]
        if not 0 <= s < len(v.kwartalen):
            uit.append(f"{a} begint buiten de planperiode")
        elif not v.vroegst[i] <= s <= v.laatst[i] or v.vast_start.get(a, s) != s:
            uit.append(f"{a} mag niet beginnen in {v.kwartalen[s]}")
    uit += [f"{a} moet erin" for a in v.moet if a not in start]
    uit += [f"{a} mag er niet in" for a in v.mag_niet if a in start]
    uit += [f"{a} en {b} niet samen" for a, b in v.niet_samen if a in start and b in start]
    for a, b in v.voor:
        if b in start and (a not in start or start[a] + v.duur[plek[a]] > start[b]):
            uit.append(f"{b} pas na {a}")
    if v.hoogstens is not None and len(start) > v.hoogstens:
        uit.append(f"{len(start)} gekozen, hoogstens {v.hoogstens}")
    for d, minimum in v.minstens.items():
        if sum(v.domein[plek[a]] == d for a in start) < minimum:
            uit.append(f"minstens {minimum} in {d}")
    te_veel = gebruik_uren(v, start) - v.ruimte_uren
    uit += [f"{v.teams[t]} {v.kwartalen[q]}" for t, q in zip(*np.nonzero(te_veel > marge), strict=True)]
    eur = gebruik_eur(v, start)
    # A sum of millions of euros has noise of its own.
    uit += [f"budget {k}" for k, g in v.budget_eur.items() if eur.get(k, 0.0) > g + marge + 1e-12 * abs(g)]
    return uit
