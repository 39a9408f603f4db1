"""The best shortlist with its timing, proven or with a bound."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from opgavelib.domein.optimaal.cpsat import Antwoord, zoek_model
from opgavelib.domein.optimaal.gretig import gretig
from opgavelib.domein.optimaal.model import bouw
from opgavelib.domein.optimaal.relaxatie import Relaxatie, los_relaxatie
from opgavelib.domein.optimaal.starts import mogelijk
from opgavelib.domein.optimaal.volgorde import leg_vast
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, schendingen

Tussenstand = Callable[[Oplossing], bool]

# How far under the bound the best shortlist is looked for, in turn: most often the first is enough, and the
# nearer to the bound, the fewer items are left to choose from.
GATEN = (0.0025, 0.005, 0.01, 0.02, 0.04, 0.12)
HELFT = 0.6  # a value nearer to what is known than this share of the gap is no step on the way
VERKEN = 800  # in how many starts nearest to the bound a first shortlist is looked for, and how long
VERKEN_REKENTIJD = 0.25
GOED = 0.02  # what is known and this near to the bound needs no better one before the proof
KOLOMMEN = 60_000  # largest model: about 1 GB
ALLEEN = 3_000  # up to this many starts one thread is as fast as two that take turns, at half the work
_BIJNA = 1e-9


def los_op(
    vraagstuk: Vraagstuk,
    *,
    tijd_s: float = 10.0,
    zaad: int = 0,
    werkers: int = 2,
    bij_tussenstand: Tussenstand | None = None,
) -> Oplossing:
    """The shortlist of the highest value that breaks no limit, with the quarter in which every item starts.

    Of shortlists of the same value the one that starts earliest is chosen, and of those the one with the
    items that come first in `vraagstuk.items`, as far as that is quick to find. The same problem, seed and
    number of workers give the same answer, unless time or the caller stopped the search.

    Parameters
    ----------
    tijd_s : seconds of the clock after which the best so far is the answer
    werkers : most threads of the solver; what one does as fast, one does
    bij_tussenstand : gets every better shortlist and every better bound, on the thread of the caller, and a
        sign of life twice a second; False stops the search, with the best so far as the answer

    Returns
    -------
    Oplossing that `schendingen` finds nothing against
    """
    zoektocht = Zoektocht(vraagstuk, tijd_s=tijd_s, zaad=zaad, werkers=werkers, melden=bij_tussenstand)
    return zoektocht.los()


@dataclass
class Zoektocht:
    """One search: what is known so far, and what is left of the time.

    Attributes
    ----------
    start : a shortlist to begin from, need not be valid
    ook : more of those
    rekentijd : most work of the solver in its own deterministic seconds, so that the same search stops at the
        same point on every machine; inf is no limit
    vastleggen : choose between shortlists of the same value
    """

    v: Vraagstuk
    tijd_s: float = 10.0
    zaad: int = 0
    werkers: int = 1
    melden: Tussenstand | None = None
    start: Mapping[str, int] = field(default_factory=dict)
    rekentijd: float = math.inf
    vastleggen: bool = True
    ook: tuple[Mapping[str, int], ...] = ()

    def __post_init__(self) -> None:
        self.begin = time.perf_counter()
        self.bovengrens = math.inf
        self.beste: dict[str, int] = {}
        self.waarde = -math.inf
        self.gestopt = False

    def rest(self) -> float:
        """Seconds left."""
        return self.tijd_s - (time.perf_counter() - self.begin)

    def los(self) -> Oplossing:
        """The answer, checked."""
        mag = mogelijk(self.v)
        rel = los_relaxatie(self.v, mag, max(self.rest() / 2, 0.01))
        self.bovengrens = rel.bovengrens
        for start in (self.start, *self.ook):
            if start and not _past_niet(self.v, start):
                self._neem(start)
        if not self.beste or mag.sum() > KOLOMMEN:
            self._neem(gretig(self.v, rel.netto, max(min(self.rest() / 3, 3.0), 0.01)))
        uit = self._zoek(rel, mag)
        fout = schendingen(self.v, uit.start) if uit.status in (Status.OPTIMAAL, Status.GEVONDEN) else []
        if fout:
            raise AssertionError(f"de oplosser gaf een shortlist die niet past: {fout[:5]}")
        return uit

    def _zoek(self, rel: Relaxatie, mag: np.ndarray) -> Oplossing:
        """Looks near the bound first, where few items are left, and widens until what is found is proven."""
        if rel.past and rel.bovengrens - self.waarde > GOED * abs(rel.bovengrens):
            self._verken(rel, mag)
        for doel in self._doelen(rel):
            mee = mag & rel.doet_mee(doel) if doel > -math.inf else mag
            vol = bool(mee.sum() > KOLOMMEN)
            if vol:
                mee = _grootste(rel, mee, KOLOMMEN)
            antwoord = self._los_model(mee, rel.moet_mee(doel) & ~vol, doel)
            if vol or antwoord.status not in ("OPTIMAL", "INFEASIBLE"):
                self.bovengrens = min(self.bovengrens, math.inf if vol else max(antwoord.bovengrens, doel))
                return self._eind(bewezen=False)
            if antwoord.status == "INFEASIBLE":  # nothing is worth `doel`, but perhaps what was known already
                self.bovengrens = min(self.bovengrens, max(doel, self.waarde))
            if antwoord.status == "OPTIMAL" or doel <= self.waarde:
                return self._eind(bewezen=True, mee=mee)
        return self._eind(bewezen=True, mee=mag)

    def _doelen(self, rel: Relaxatie) -> Iterator[float]:
        """Values to look for in turn, ending with what is known: -inf when nothing is."""
        for gat in GATEN if rel.past else ():
            doel = rel.bovengrens * (1 - gat)
            if rel.bovengrens - doel < HELFT * (rel.bovengrens - self.waarde):
                yield doel
        yield self.waarde

    def _verken(self, rel: Relaxatie, mag: np.ndarray) -> None:
        """A good shortlist from the items near the bound, with little work and without proof."""
        mee = _grootste(rel, mag, VERKEN)
        plek = {a: i for i, a in enumerate(self.v.items)}
        for a in (*self.beste, *self.v.moet):
            if a in plek:
                mee[plek[a]] = mag[plek[a]]
        rekentijd = VERKEN_REKENTIJD * min(max(mag.sum() / 4_000, 1.0), 6.0)
        self._los_model(mee, None, -math.inf, min(self.rekentijd, rekentijd))

    def _los_model(
        self, mee: np.ndarray, zeker: np.ndarray | None, doel: float, rekentijd: float | None = None
    ) -> Antwoord:
        if self.gestopt or self.rest() <= 0:
            return Antwoord("UNKNOWN", None, math.inf)
        model = bouw(self.v, mee, zeker=zeker, minstens=doel)
        plek = {a: i for i, a in enumerate(self.v.items)}
        model.hint({plek[a]: s for a, s in (self.beste or self.start).items() if a in plek})
        werkers = self.werkers if mee.sum() > ALLEEN else 1
        melden = self._meld if self.melden is not None else None
        rekentijd = self.rekentijd if rekentijd is None else rekentijd
        antwoord = zoek_model(model, self.rest(), self.zaad, werkers, rekentijd, melden)
        if antwoord.start is not None:
            self._neem({self.v.items[i]: s for i, s in sorted(antwoord.start.items())})
        return antwoord

    def _neem(self, start: Mapping[str, int]) -> None:
        """Keeps a valid shortlist when it is better than the best so far, or the first of the same value."""
        waarde = waarde_van(self.v, start)
        if (start and waarde > self.waarde) or (not self.beste and not schendingen(self.v, start)):
            self.beste, self.waarde = dict(start), waarde
            self._vertel()

    def _meld(self, start: Mapping[int, int] | None, bovengrens: float) -> bool:
        """News of the solver: False stops it."""
        if start is not None:
            self._neem({self.v.items[i]: s for i, s in sorted(start.items())})
        self._vertel(bovengrens)
        return not self.gestopt

    def _vertel(self, bovengrens: float = math.inf) -> None:
        if self.melden is not None and self.waarde > -math.inf and not self.gestopt:
            boven = float(max(min(self.bovengrens, bovengrens), self.waarde))
            self.gestopt = not self.melden(
                Oplossing(Status.GEVONDEN, dict(self.beste), self.waarde, boven, self._seconden())
            )

    def _seconden(self) -> float:
        return time.perf_counter() - self.begin

    def _eind(self, *, bewezen: bool, mee: np.ndarray | None = None) -> Oplossing:
        if self.waarde == -math.inf:
            if bewezen:
                return Oplossing(Status.ONMOGELIJK, {}, 0.0, 0.0, self._seconden())
            return Oplossing(Status.ONBEKEND, {}, 0.0, float(max(self.bovengrens, 0.0)), self._seconden())
        bovengrens = float(max(self.bovengrens, self.waarde))
        bewezen = bewezen or bovengrens <= self.waarde + _BIJNA * max(self.waarde, 1.0)
        if bewezen and mee is not None and self.vastleggen and not self.gestopt:
            self.beste = leg_vast(self.v, mee, self.beste, self.rest(), self.zaad)
            self.waarde = waarde_van(self.v, self.beste)
        status = Status.OPTIMAAL if bewezen else Status.GEVONDEN
        return Oplossing(status, self.beste, self.waarde, self.waarde if bewezen else bovengrens, self._seconden())


def _past_niet(v: Vraagstuk, start: Mapping[str, int]) -> bool:
    return not set(start) <= set(v.items) or bool(schendingen(v, start))


def waarde_van(v: Vraagstuk, start: Mapping[str, int]) -> float:
    """Sum of the values, the same whatever the order."""
    gekozen = set(start)
    return math.fsum(float(w) for a, w in zip(v.items, v.waarde, strict=True) if a in gekozen)


def _grootste(rel: Relaxatie, mee: np.ndarray, aantal: int) -> np.ndarray:
    """At most `aantal` starts of `mee`, those nearest to the bound; what is left out stays in the bound."""
    if mee.sum() <= aantal:
        return mee.copy()
    ruim = np.where(mee, rel.netto - rel.bijdrage[:, None], -np.inf)
    drempel = np.partition(ruim, ruim.size - aantal, axis=None)[ruim.size - aantal]
    return mee & (ruim >= drempel)
