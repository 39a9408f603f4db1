"""Which quarters an item can start in at all: what no shortlist could use is left out beforehand."""

from __future__ import annotations

import numpy as np

from opgavelib.domein.vraagstuk import Vraagstuk


def jaarvraag(v: Vraagstuk) -> dict[str, np.ndarray]:
    """Per year with a budget: (n, q) euros that an item asks in that year when it starts in that quarter."""
    q = len(v.kwartalen)
    jaren = np.array([k[:4] for k in v.kwartalen])
    begin = np.arange(q)[None, :]
    eind = np.minimum(begin + v.duur[:, None], q)
    uit = {}
    for jaar, grens in v.budget_eur.items():
        if jaar == "totaal" or not np.isfinite(grens) or not (jaren == jaar).any():
            continue
        tot = np.concatenate([[0], np.cumsum(jaren == jaar)])
        uit[jaar] = v.kosten_eur[:, None] * (tot[eind] - tot[begin]) / v.duur[:, None]
    return uit


def mogelijk(v: Vraagstuk, krimp: bool = True) -> np.ndarray:
    """(n, q) bool: can this item start in this quarter?

    With `krimp` also what only fits a shortlist that breaks a limit by this one item alone, or that misses
    what must go before, is left out; without, only what the item itself says (needed to explain a clash).
    """
    kwartaal = np.arange(len(v.kwartalen))
    mag = (v.vroegst[:, None] <= kwartaal) & (kwartaal <= v.laatst[:, None])
    if not krimp:
        return mag
    plek = {a: i for i, a in enumerate(v.items)}
    for a, s in v.vast_start.items():
        if a in plek:
            mag[plek[a]] &= kwartaal == s
    for a in v.mag_niet:
        if a in plek:
            mag[plek[a]] = False
    if "totaal" in v.budget_eur:
        mag[v.kosten_eur > v.budget_eur["totaal"] + 1e-6] = False
    for jaar, vraag in jaarvraag(v).items():
        mag &= vraag <= v.budget_eur[jaar] + 1e-6
    _te_weinig_uren(v, mag)
    for a, b in v.niet_samen:
        for x, y in ((a, b), (b, a)):
            if x in v.moet and y in plek:
                mag[plek[y]] = False
    _volgorde(v, mag, plek)
    return mag


def _te_weinig_uren(v: Vraagstuk, mag: np.ndarray) -> None:
    """Leaves out starts for which a team has too few hours for this item alone."""
    q = len(v.kwartalen)
    for k in range(q):
        past_niet = (v.uren > v.ruimte_uren[:, k] + 1e-6).any(axis=1)
        begin = np.arange(q)[None, :]
        loopt = (begin <= k) & (k < begin + v.duur[:, None])
        mag &= ~(past_niet[:, None] & loopt)


def _volgorde(v: Vraagstuk, mag: np.ndarray, plek: dict[str, int]) -> None:
    """An item starts after the earliest end of what must go before; an unknown item is never chosen."""
    kwartaal = np.arange(mag.shape[1])
    for _ in range(len(v.voor) + 1):  # a chain of n pairs is through after n rounds; a cycle ends in nothing
        gewijzigd = False
        for a, b in v.voor:
            if b not in plek:
                continue
            i = plek[b]
            ja = mag[plek[a]] if a in plek else np.zeros(0, bool)
            klaar = int(np.argmax(ja)) + int(v.duur[plek[a]]) if ja.any() else mag.shape[1]
            weg = mag[i] & (kwartaal < klaar)
            if weg.any():
                mag[i] &= ~weg
                gewijzigd = True
            if b in v.moet and a in plek and mag[i].any():
                laatste = int(mag.shape[1] - 1 - np.argmax(mag[i][::-1])) - int(v.duur[plek[a]])
                weg = mag[plek[a]] & (kwartaal > laatste)
                if weg.any():
                    mag[plek[a]] &= ~weg
                    gewijzigd = True
        if not gewijzigd:
            return
