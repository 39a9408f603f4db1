"""A shortlist at once: take what the prices say is best and put it where it fits."""

from __future__ import annotations

import time

import numpy as np

from opgavelib.domein.optimaal.starts import jaarvraag
from opgavelib.domein.vraagstuk import Vraagstuk, schendingen


class _Rest:
    """What is still free while items are put in."""

    def __init__(self, v: Vraagstuk, netto: np.ndarray) -> None:
        self.v, self.netto = v, netto
        self.uren = v.ruimte_uren.copy()
        self.jaren = {j: (m, [v.budget_eur[j]]) for j, m in jaarvraag(v).items()}
        self.totaal = v.budget_eur.get("totaal", np.inf)
        self.start: dict[int, int] = {}

    def zet(self, i: int, vanaf: int) -> bool:
        """Puts item `i` in at its best start from `vanaf` on that fits; False when there is none."""
        v, d = self.v, int(self.v.duur[i])
        vol = v.hoogstens is not None and len(self.start) >= v.hoogstens
        if vol or v.kosten_eur[i] > self.totaal:
            return False
        vraag = v.uren[i][:, None]
        for s in np.argsort(-self.netto[i], kind="stable").tolist():
            if s < vanaf or self.netto[i, s] == -np.inf:
                continue
            if any(m[i, s] > over[0] for m, over in self.jaren.values()):
                continue
            if (vraag <= self.uren[:, s : s + d]).all():
                self.uren[:, s : s + d] -= vraag
                for m, over in self.jaren.values():
                    over[0] -= m[i, s]
                self.totaal -= v.kosten_eur[i]
                self.start[i] = s
                return True
        return False


def gretig(v: Vraagstuk, netto: np.ndarray, tijd_s: float = 1.0) -> dict[str, int]:
    """A shortlist that breaks nothing, quickly and without promise; empty when this way leads to none.

    Parameters
    ----------
    netto : (n, q) what an item and start are worth after what they use; -inf where it cannot start
    """
    einde = time.perf_counter() + tijd_s
    plek = {a: i for i, a in enumerate(v.items)}
    eerst: dict[int, list[int]] = {}
    for a, b in v.voor:
        if b in plek:
            eerst.setdefault(plek[b], []).append(plek.get(a, -1))
    niet: dict[int, set[int]] = {}
    for a, b in v.niet_samen:
        if a in plek and b in plek:
            niet.setdefault(plek[a], set()).add(plek[b])
            niet.setdefault(plek[b], set()).add(plek[a])
    rest = _Rest(v, netto)
    bezig: set[int] = set()

    def probeer(i: int) -> bool:
        if i in rest.start:
            return True
        if i < 0 or i in bezig or any(j in rest.start for j in niet.get(i, ())) or i in niet.get(i, ()):
            return False
        bezig.add(i)
        klaar = all(probeer(a) for a in eerst.get(i, ()))
        bezig.discard(i)
        vanaf = max((rest.start[a] + int(v.duur[a]) for a in eerst.get(i, ()) if klaar), default=0)
        return klaar and rest.zet(i, vanaf)

    beste = netto.max(axis=1, initial=-np.inf)
    orde = [i for i in np.argsort(-beste, kind="stable").tolist() if beste[i] > -np.inf]
    for i in [plek[a] for a in v.moet if a in plek]:
        probeer(i)
    for d, minimum in v.minstens.items():
        tekort = minimum - sum(v.domein[i] == d for i in rest.start)
        for i in (i for i in orde if v.domein[i] == d and i not in rest.start):
            if tekort <= 0:
                break
            tekort -= probeer(i)
    for i in orde:
        if time.perf_counter() > einde or (v.hoogstens is not None and len(rest.start) >= v.hoogstens):
            break
        if v.waarde[i] > 0:
            probeer(i)
    uit = {v.items[i]: s for i, s in sorted(rest.start.items())}
    return {} if schendingen(v, uit) else uit
