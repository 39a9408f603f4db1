"""Searches for the best shortlist, and what follows from it, in a process of their own.

Light to import on purpose: the child loads the solver and nothing of the werkmap, and a page never loads the
solver. Answers of the child are `Oplossing` or plain values.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk
from opgavelib.toepassing.kind import Taak, in_kind

WAAROM_S = 3.0  # seconds to look for the best shortlist with one more item
BOTSING_S = 4.0  # to look for the smallest set of demands that clash
PUNT_S = 3.0  # seconds per point of the frontier
FACTOREN = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5)


def merk(v: Vraagstuk) -> str:
    """What tells two problems apart: equal problems have the same answer."""
    return hashlib.sha256(json.dumps(v.als_dict(), sort_keys=True).encode()).hexdigest()


# -- what runs in the child ---------------------------------------------------------------------------


def los_op(
    v: Vraagstuk, tijd_s: float, zaad: int = 0, meld: Callable[[Oplossing], bool] | None = None
) -> Oplossing:
    """`domein.optimaal.los_op` in the form that `kind.in_kind` can run."""
    from opgavelib.domein import optimaal

    return optimaal.los_op(v, tijd_s=tijd_s, zaad=zaad, bij_tussenstand=meld)


def waarom(v: Vraagstuk, uit: Oplossing, item: str, titels: Mapping[str, str]) -> dict[str, Any]:
    """`domein.optimaal.waarom_niet` as plain values: zinnen, valt_af, komt_erbij, verlies (points;
    None when no shortlist with it is known), kan (bool)."""
    from opgavelib.domein import optimaal

    w = optimaal.waarom_niet(v, uit, item, tijd_s=WAAROM_S, titels=titels)
    return {
        "item": item, "zinnen": list(w.zinnen), "valt_af": list(w.valt_af), "komt_erbij": list(w.komt_erbij),
        "verlies": None if w.waarde_verlies is None else float(w.waarde_verlies), "kan": w.met is not None,
    }  # fmt: skip


def botsing(v: Vraagstuk, titels: Mapping[str, str]) -> dict[str, Any]:
    """`domein.optimaal.botsing` as plain values: eisen (dicts soort, sleutel, zin; empty when it is not known which
    clash) and kleinste (bool)."""
    from dataclasses import asdict

    from opgavelib.domein import optimaal

    # On a busy machine it may not even be sure in time that they clash: then once more, and longer.
    b = optimaal.botsing(v, tijd_s=BOTSING_S, titels=titels) or optimaal.botsing(
        v, tijd_s=5 * BOTSING_S, titels=titels
    )
    eisen = [asdict(e) for e in b.eisen] if b else []
    # What is easiest to let go comes first: a limit before an item.
    eisen.sort(key=lambda e: e["soort"] in ("moet", "mag_niet", "vast_start"))
    return {"eisen": eisen, "kleinste": bool(b and b.kleinste)}


def front(v: Vraagstuk, uit: Oplossing, soort: str, meld: Callable[[dict], bool]) -> int:
    """Send the points of `domein.optimaal.front` one by one, until told to stop; gives how many were sent."""
    from opgavelib.domein import optimaal

    n = 0
    for p in optimaal.front(v, FACTOREN, soort=soort, tijd_s=PUNT_S, start=uit):
        n += 1
        if not meld(_punt(p)):
            break
    return n


def _punt(p: Any) -> dict[str, Any]:
    uit = p.oplossing
    gelukt = uit.status in (Status.OPTIMAAL, Status.GEVONDEN)
    waarde, bovengrens = (uit.waarde, uit.bovengrens) if gelukt else (None, None)
    return {"factor": float(p.factor), "waarde": waarde, "bovengrens": bovengrens, "aantal": len(uit.start)}


# -- what runs here -----------------------------------------------------------------------------------


class Loopt:
    """A calculation elsewhere. Its messages wait here until the page asks: no thread touches a widget.

    Attributes
    ----------
    over : what it is about; an answer about something else than what is on screen is dropped
    laatste : the last message so far, or None
    """

    def __init__(self, over: object, start: Callable[[Callable[[Any], None]], Taak]):
        self.over = over
        self.laatste: Any = None
        self._begin = monotonic()
        self._berichten: deque = deque()
        self.taak = start(self._berichten.append)

    @property
    def seconden(self) -> float:
        """How long it runs."""
        return monotonic() - self._begin

    def berichten(self) -> list:
        """What came since the last time."""
        uit = [self._berichten.popleft() for _ in range(len(self._berichten))]
        if uit:
            self.laatste = uit[-1]
        return uit

    @property
    def klaar(self) -> bool:
        """Whether the answer is there."""
        return self.taak.done()


class Zoekwerk:
    """The calculations of one page, one at a time per kind. What was broken off or replaced is not heard of again.

    Attributes
    ----------
    antwoorden : the best shortlist per problem (`merk`), kept for who goes back to it
    """

    def __init__(self) -> None:
        self.antwoorden: dict[str, Oplossing] = {}
        self._loopt: dict[str, Loopt] = {}

    def begin(self, soort: str, over: object, functie: Callable, *argumenten: object, meldt: bool = False) -> None:
        """Run ``functie(*argumenten)`` in a child, about `over`; it takes the place of what runs as `soort`."""
        self.breek_af(soort)
        self._loopt[soort] = Loopt(
            over, lambda hoor: in_kind(functie, *argumenten, bij_bericht=hoor if meldt else None)
        )

    def loopt(self, soort: str = "") -> Loopt | None:
        """What runs as `soort`; without one, anything that runs."""
        return self._loopt.get(soort) if soort else next(iter(self._loopt.values()), None)

    def stop(self, soort: str) -> None:
        """Ask for the best so far."""
        if (loopt := self._loopt.get(soort)) is not None:
            loopt.taak.stop()

    def breek_af(self, *soorten: str) -> None:
        """End calculations whose answer nobody needs any more."""
        for soort in soorten:
            if (loopt := self._loopt.pop(soort, None)) is not None:
                loopt.taak.breek_af()

    def kijk(self) -> list[tuple[str, object, str, Any]]:
        """What happened since the last time: (soort, over, ``bericht``, ``antwoord`` or ``fout``, value)."""
        uit: list[tuple[str, object, str, Any]] = []
        for soort, loopt in list(self._loopt.items()):
            klaar = loopt.klaar  # before its messages: all of them came before the answer
            uit += [(soort, loopt.over, "bericht", b) for b in loopt.berichten()]
            if klaar:
                del self._loopt[soort]
                fout = loopt.taak.exception()
                uit.append((soort, loopt.over, "antwoord", loopt.taak.result()) if fout is None
                           else (soort, loopt.over, "fout", fout))  # fmt: skip
        return uit

    def bewaar(self, over: str, uit: Oplossing) -> None:
        """Keep an answer, unless a better one of the same problem is there."""
        oud = self.antwoorden.get(over)
        if oud is None or uit.status in (Status.OPTIMAAL, Status.ONMOGELIJK) or uit.waarde > oud.waarde:
            self.antwoorden[over] = uit
