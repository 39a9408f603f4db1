"""Which rows of a file that is read again are the same, changed, new or gone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from opgavelib.opslag.tabellen import NATUURLIJKE_SLEUTEL, inhoud, sleutel

Rij = dict[str, object]
# Share of the text that must be the same (difflib's ratio): a typing error or another number stays above
# it, two ambities of one programma below.
ALIKE = 0.6


@dataclass
class Verschil:
    """Outcome of `vergelijk`.

    Attributes
    ----------
    gelijk, gewijzigd : (stored row, row of the file)
    nieuw : rows of the file
    weg : stored rows that the file no longer has
    """

    gelijk: list[tuple[Rij, Rij]] = field(default_factory=list)
    gewijzigd: list[tuple[Rij, Rij]] = field(default_factory=list)
    nieuw: list[Rij] = field(default_factory=list)
    weg: list[Rij] = field(default_factory=list)


def schoon(waarde: object) -> object:
    """A cell as it is stored and compared: numpy scalars as Python's, NaN as None."""
    if hasattr(waarde, "item"):
        waarde = waarde.item()
    if waarde is None or (isinstance(waarde, float) and math.isnan(waarde)):
        return None
    return None if type(waarde).__name__ in ("NAType", "NaTType") else waarde


def vergelijk(tabel: str, opgeslagen: Sequence[Rij], gelezen: Sequence[Rij]) -> Verschil:
    """Match the rows of a file with those stored from it before.

    In this order: the same content; the same natural key (for ambities: own code, then title); for
    ambities the same Excel row with a text that is alike, so that a corrected text keeps its key and its
    decisions, and another ambitie on the same row does not get them.

    A row that had left the file comes back only when no row that is still there fits, and never because
    its Excel row number was taken by another: the decisions on it are not about that other row.
    """
    velden = inhoud(tabel)
    verschil = Verschil()
    over_oud, over_nieuw = sorted(opgeslagen, key=lambda r: bool(r["vervallen"])), list(gelezen)
    for nummer, kenmerken in enumerate(_kenmerken(tabel, velden)):
        if kenmerken == ("rij",):
            over_oud = [r for r in over_oud if not r["vervallen"]]
        paren, over_oud, over_nieuw = _koppel(over_oud, over_nieuw, kenmerken)
        if kenmerken == ("rij",):
            anders = [p for p in paren if not _verbeterd(*p)]
            paren = [p for p in paren if _verbeterd(*p)]
            over_oud += [o for o, _ in anders]
            over_nieuw += [n for _, n in anders]
        # A row that had left the file and is back counts as changed, so that its mark goes.
        for oud, nieuw in paren:
            zelfde = nummer == 0 and not oud["vervallen"]
            (verschil.gelijk if zelfde else verschil.gewijzigd).append((oud, nieuw))
    verschil.nieuw = over_nieuw
    verschil.weg = [r for r in over_oud if not r["vervallen"]]
    return verschil


def _verbeterd(oud: Rij, nieuw: Rij) -> bool:
    """Whether two texts on one Excel row are one ambitie, corrected, and not two."""
    if oud.get("eigen_code") and nieuw.get("eigen_code"):
        return False  # the same code would have matched before
    a, b = (" ".join(str(r.get("titel") or "").casefold().split()) for r in (oud, nieuw))
    if a and b and (a in b or b in a):
        return True  # a clause was added or taken away
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _kenmerken(tabel: str, velden: Sequence[str]) -> Iterable[Sequence[str]]:
    yield velden
    if tabel == "ambities":
        yield from (("eigen_code",), ("titel",), ("rij",))
    elif NATUURLIJKE_SLEUTEL[tabel] != tuple(velden):
        yield NATUURLIJKE_SLEUTEL[tabel]


def _koppel(
    oud: Sequence[Rij], nieuw: Sequence[Rij], velden: Sequence[str]
) -> tuple[list[tuple[Rij, Rij]], list[Rij], list[Rij]]:
    """Pair rows with equal values in `velden`; the n-th with the n-th when a value occurs more often."""
    plaats = {_merk(r, velden, n): r for r, n in _genummerd(oud, velden)}
    paren, rest_nieuw = [], []
    for rij, n in _genummerd(nieuw, velden):
        merk = _merk(rij, velden, n)
        if merk in plaats and any(w is not None for w in merk[:-1]):
            paren.append((plaats.pop(merk), rij))
        else:
            rest_nieuw.append(rij)
    gekoppeld = {id(p[0]) for p in paren}
    return paren, [r for r in oud if id(r) not in gekoppeld], rest_nieuw


def _genummerd(rijen: Iterable[Rij], velden: Sequence[str]) -> Iterable[tuple[Rij, int]]:
    gezien: Counter = Counter()
    for rij in rijen:
        merk = _merk(rij, velden, 0)
        yield rij, gezien[merk]
        gezien[merk] += 1


def _merk(rij: Mapping[str, object], velden: Sequence[str], nummer: int) -> tuple:
    return (*(schoon(rij.get(v)) for v in velden), nummer)


def wijziging(tabel: str, oud: Rij, nieuw: Rij) -> tuple[Rij, Rij]:
    """Only the columns that differ, before and after."""
    anders = [v for v in inhoud(tabel) if schoon(oud.get(v)) != schoon(nieuw.get(v)) and v != sleutel(tabel)]
    return {v: schoon(oud.get(v)) for v in anders}, {v: schoon(nieuw.get(v)) for v in anders}
