"""How often an item is in the best shortlist when estimates of value and hours are uncertain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from opgavelib.domein.optimaal.los import Zoektocht
from opgavelib.domein.vraagstuk import Status, Vraagstuk

_REKENTIJD = 2.0  # deterministic seconds per draw, so that where it stops does not depend on the machine
# Draws per piece. Another size gives other draws, so it does not depend on who does the work.
STUK = 5


@dataclass(frozen=True)
class Onzekerheid:
    """How far estimates are off, as a share of the estimate (standard deviation; 0.2 is 20%)."""

    waarde_sd: float = 0.2
    uren_sd: float = 0.2


@dataclass(frozen=True)
class Telling:
    """Counts of one chunk; the sum of two is a count as well.

    Attributes
    ----------
    gekozen : (n,) in how many shortlists every item is
    gelukt : draws with a shortlist; the rest of `trekkingen` had none
    bewezen : of those, proven to be the best
    """

    gekozen: np.ndarray
    trekkingen: int
    gelukt: int
    bewezen: int

    def __add__(self, ander: Telling) -> Telling:
        return Telling(self.gekozen + ander.gekozen, self.trekkingen + ander.trekkingen,
                       self.gelukt + ander.gelukt, self.bewezen + ander.bewezen)  # fmt: skip


def trek(v: Vraagstuk, rng: np.random.Generator, onzekerheid: Onzekerheid) -> Vraagstuk:
    """One possible world: every value, and the hours of every item, times a lognormal factor of mean 1.

    Hours are whole, so that a draw is no harder to solve than the estimate.
    """
    n = len(v.items)
    waarde, uren = (
        np.exp(s * rng.standard_normal(n) - s * s / 2)
        for s in (_sigma(onzekerheid.waarde_sd), _sigma(onzekerheid.uren_sd))
    )
    return replace(v, waarde=np.round(v.waarde * waarde, 3), uren=np.rint(v.uren * uren[:, None]))


def _sigma(sd: float) -> float:
    """Of the logarithm, for a lognormal factor of mean 1 and this standard deviation."""
    return float(np.sqrt(np.log1p(sd * sd)))


def steekproef(
    vraagstuk: Vraagstuk,
    trekkingen: int,
    zaad: int | np.random.SeedSequence,
    onzekerheid: Onzekerheid,
    start: Mapping[str, int] | None = None,
) -> Telling:
    """Solves `trekkingen` possible worlds. One chunk of work for an executor: plain arguments and result, one
    thread, and the same result for the same seed wherever it runs.

    Parameters
    ----------
    zaad : one per chunk, see `stukken`
    start : a known shortlist, such as that of the estimates themselves; makes it faster
    """
    rng = np.random.default_rng(zaad)
    gekozen = np.zeros(len(vraagstuk.items), dtype=np.int64)
    plek = {a: i for i, a in enumerate(vraagstuk.items)}
    gelukt = bewezen = 0
    for _ in range(trekkingen):
        v = trek(vraagstuk, rng, onzekerheid)
        uit = Zoektocht(v, tijd_s=600.0, start=start or {}, rekentijd=_REKENTIJD, vastleggen=False).los()
        if uit.status in (Status.OPTIMAAL, Status.GEVONDEN):
            gelukt += 1
            bewezen += uit.status is Status.OPTIMAAL
            gekozen[[plek[a] for a in uit.start]] += 1
    return Telling(gekozen, trekkingen, gelukt, bewezen)


def stukken(
    vraagstuk: Vraagstuk,
    trekkingen: int,
    zaad: int,
    onzekerheid: Onzekerheid,
    start: Mapping[str, int] | None = None,
) -> Iterator[tuple[Callable[..., Telling], tuple]]:
    """The same draws in chunks, as `domein.stukken.in_volgorde` wants them.

    Made when their turn comes: a million draws are a lot of chunks. Seeds spawned one by one are those of
    ``SeedSequence(zaad).spawn(chunks)``.
    """
    wortel = np.random.SeedSequence(zaad)
    for i in range(0, trekkingen, STUK):
        yield steekproef, (vraagstuk, min(STUK, trekkingen - i), wortel.spawn(1)[0], onzekerheid, start)
