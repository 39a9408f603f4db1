"""Two problems or two shortlists beside each other: what is different, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from opgavelib.domein import kwartaal
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk

# Two sums of the same rounded values may be added up in another order.
_MARGE = 1e-6


class Uitslag(StrEnum):
    """What repeating a decision gave."""

    GELIJK = "gelijk"  # the same choice, timing and value
    EVEN_GOED = "even goed"  # another choice or timing of the same value
    ANDERS = "anders"  # another value


@dataclass(frozen=True)
class Beweging:
    """From one shortlist to another.

    Attributes
    ----------
    erbij, eraf, blijft : items
    verschoven : of what stays, quarters that it begins later (negative: earlier), without what does not move
    """

    erbij: tuple[str, ...]
    eraf: tuple[str, ...]
    blijft: tuple[str, ...]
    verschoven: Mapping[str, int]


def begin_kwartalen(vraagstuk: Vraagstuk, oplossing: Oplossing) -> dict[str, str]:
    """Quarter in which every chosen item starts, in the order of the problem."""
    return {a: vraagstuk.kwartalen[oplossing.start[a]] for a in vraagstuk.items if a in oplossing.start}


def beweging(eerste: Mapping[str, str], ander: Mapping[str, str]) -> Beweging:
    """What changes from `eerste` to `ander`.

    Parameters
    ----------
    eerste, ander : chosen item -> start quarter, as `begin_kwartalen` gives them
    """
    blijft = tuple(a for a in eerste if a in ander)
    later = {a: kwartaal.volgnummer(ander[a]) - kwartaal.volgnummer(eerste[a]) for a in blijft}
    return Beweging(
        tuple(a for a in ander if a not in eerste), tuple(a for a in eerste if a not in ander), blijft,
        {a: n for a, n in later.items() if n},
    )  # fmt: skip


def uitslag(toen: Oplossing, nu: Oplossing) -> Uitslag:
    """How a repeated answer relates to the one that was decided."""
    vond = (Status.OPTIMAAL, Status.GEVONDEN)
    if (toen.status in vond) != (nu.status in vond) or abs(toen.waarde - nu.waarde) > _MARGE:
        return Uitslag.ANDERS
    return Uitslag.GELIJK if dict(toen.start) == dict(nu.start) else Uitslag.EVEN_GOED


def verschillen(toen: Vraagstuk, nu: Vraagstuk) -> dict[str, int]:
    """How many things of each kind differ between two problems; empty when they ask the same.

    Returns
    -------
    dict, only of kinds that differ: ``erbij``, ``weg`` (items), and of items that are in both ``waarde``, ``uren``,
    ``kosten`` and ``looptijd``; ``teams`` with other room; ``kwartalen``; and limits: ``budget`` (years),
    ``hoogstens``, ``moet``, ``mag_niet``, ``volgorde``, ``niet_samen``, ``minstens``, ``vast_start``
    """
    a, b = {i: p for p, i in enumerate(toen.items)}, {i: p for p, i in enumerate(nu.items)}
    samen = [i for i in toen.items if i in b]
    pa, pb = [a[i] for i in samen], [b[i] for i in samen]
    looptijd = [
        (toen.kwartalen[int(toen.vroegst[x])] if toen.vroegst[x] < len(toen.kwartalen) else "", int(toen.duur[x]))
        != (nu.kwartalen[int(nu.vroegst[y])] if nu.vroegst[y] < len(nu.kwartalen) else "", int(nu.duur[y]))
        for x, y in zip(pa, pb, strict=True)
    ]
    uit = {
        "erbij": len(b.keys() - a.keys()),
        "weg": len(a.keys() - b.keys()),
        "waarde": int((np.abs(toen.waarde[pa] - nu.waarde[pb]) > _MARGE).sum()),
        "uren": sum(_uren(toen, x) != _uren(nu, y) for x, y in zip(pa, pb, strict=True)),
        "kosten": int((toen.kosten_eur[pa] != nu.kosten_eur[pb]).sum()),
        "looptijd": sum(looptijd),
        "kwartalen": len(set(toen.kwartalen) ^ set(nu.kwartalen)),
        "teams": _anders(_ruimte(toen), _ruimte(nu)),
        "budget": _anders(toen.budget_eur, nu.budget_eur),
        "hoogstens": int(toen.hoogstens != nu.hoogstens),
        "moet": len(toen.moet.keys() ^ nu.moet.keys()),
        "mag_niet": len(toen.mag_niet.keys() ^ nu.mag_niet.keys()),
        "volgorde": len(set(toen.voor) ^ set(nu.voor)),
        "niet_samen": len({frozenset(p) for p in toen.niet_samen} ^ {frozenset(p) for p in nu.niet_samen}),
        "minstens": _anders(toen.minstens, nu.minstens),
        "vast_start": _anders(_vast(toen), _vast(nu)),
    }
    return {k: n for k, n in uit.items() if n}


def _uren(v: Vraagstuk, i: int) -> dict[str, float]:
    return {v.teams[t]: round(float(v.uren[i, t]), 6) for t in np.flatnonzero(v.uren[i])}


def _ruimte(v: Vraagstuk) -> dict[str, dict[str, float]]:
    return {
        t: dict(zip(v.kwartalen, np.round(r, 6).tolist(), strict=True))
        for t, r in zip(v.teams, v.ruimte_uren, strict=True)
    }


def _vast(v: Vraagstuk) -> dict[str, str]:
    return {a: v.kwartalen[s] for a, s in v.vast_start.items()}


def _anders(a: Mapping[str, object], b: Mapping[str, object]) -> int:
    return sum(a.get(k) != b.get(k) for k in a.keys() | b.keys())
