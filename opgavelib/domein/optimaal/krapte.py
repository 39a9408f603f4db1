"""Value against capacity: what more or fewer hours or euros would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from opgavelib.domein.optimaal.los import Zoektocht
from opgavelib.domein.vraagstuk import Oplossing, Vraagstuk


@dataclass(frozen=True)
class Punt:
    """The best shortlist when there is `factor` times as much."""

    factor: float
    oplossing: Oplossing


def met_factor(v: Vraagstuk, factor: float, soort: str = "uren") -> Vraagstuk:
    """The same problem with all hours (``uren``) or all budgets (``budget``) times `factor`; no limit stays none.

    Raises
    ------
    ValueError : another soort, or a factor below 0
    """
    if not factor >= 0:
        raise ValueError(f"een factor is 0 of meer, niet {factor}")
    if soort == "uren":
        eindig = np.isfinite(v.ruimte_uren)
        return replace(v, ruimte_uren=np.where(eindig, np.where(eindig, v.ruimte_uren, 0.0) * factor, np.inf))
    if soort == "budget":
        return replace(v, budget_eur={k: g * factor if np.isfinite(g) else g for k, g in v.budget_eur.items()})
    raise ValueError(f"soort is uren of budget, niet {soort!r}")


def front(
    vraagstuk: Vraagstuk,
    factoren: Iterable[float],
    *,
    soort: str = "uren",
    tijd_s: float = 10.0,
    zaad: int = 0,
    start: Oplossing | None = None,
) -> Iterator[Punt]:
    """The best shortlist for every factor, from small to large, each as soon as it is there.

    More is never worth less: a shortlist that fits in less fits in more, and each search begins with the last.

    Parameters
    ----------
    tijd_s : seconds per point
    start : a known answer to begin with wherever it fits, such as that at factor 1
    """
    vorige = dict(start.start) if start else {}
    bekend = vorige
    for factor in sorted(set(factoren)):
        v = met_factor(vraagstuk, factor, soort)
        zoektocht = Zoektocht(v, tijd_s=tijd_s, zaad=zaad, start=vorige, ook=(bekend,), vastleggen=False)
        uit = zoektocht.los()
        vorige = dict(uit.start) or vorige
        yield Punt(factor, uit)
