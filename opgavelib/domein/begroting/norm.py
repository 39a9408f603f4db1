"""The 80/20 norm on the budget, and what of the budget it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from opgavelib import notatie

GEEN_WERK = frozenset({"0.10", "0.11"})  # reserves and resultaat, in Iv3


class Overhead(StrEnum):
    """How overhead counts in the share."""

    MEETELLEN = "meetellen"  # as the sturing of its own lines says
    EIGEN_REGEL = "eigen regel"  # out of the share, in a row of its own
    VERDELEN = "verdelen"  # over the other lines, by salarissen; it follows their sturing


@dataclass(frozen=True)
class Norm:
    """The norm and its switches (parameters/begroting.yaml).

    Attributes
    ----------
    lean_aandeel, tolerantie : share of the lasten, 0 to 1
    buiten : taakveld codes that are no lasten of work and stay out of the share
    overhead : how the lines of `overhead_taakveld` count; a line that is in `buiten` too is no overhead
    """

    lean_aandeel: float
    tolerantie: float
    buiten: Collection[str]
    overhead: Overhead = Overhead.MEETELLEN
    overhead_taakveld: Collection[str] = frozenset()

    def __post_init__(self):
        object.__setattr__(self, "overhead", Overhead(self.overhead))

    def met(self, **anders: object) -> Norm:
        """The same with another switch: ``norm.met(overhead="verdelen")``."""
        return replace(self, **anders)

    @property
    def parameters(self) -> dict[str, object]:
        """By the names of parameters/begroting.yaml."""
        return {
            "lean_norm": self.lean_aandeel, "tolerantie": self.tolerantie, "buiten_norm": sorted(self.buiten),
            "overhead": str(self.overhead), "overhead_taakveld": sorted(self.overhead_taakveld),
        }  # fmt: skip


def zin_over_norm(totaal: Mapping[str, object], norm: Norm) -> str:
    """What is left out of the share and how overhead counts; empty when nothing is out of the ordinary."""
    zinnen = []
    overhead = totaal["overhead_eur"]
    reserves = totaal["buiten_norm_eur"] - (overhead if norm.overhead == Overhead.EIGEN_REGEL else 0)
    if reserves:
        tellen = "telt" if len(norm.buiten) == 1 else "tellen"
        zinnen.append(
            f"{_taakveld(norm.buiten)} ({notatie.euro_kort(reserves)}) {tellen} niet mee in het aandeel"
            + (": dat zijn geen lasten van werk." if set(norm.buiten) <= GEEN_WERK else ".")
        )
    elif not norm.buiten:
        zinnen.append("Alle taakvelden tellen mee in het aandeel, ook reserves en resultaat.")
    if norm.overhead != Overhead.MEETELLEN and overhead:
        wat = f"Overhead ({_taakveld(norm.overhead_taakveld).lower()}, {notatie.euro_kort(overhead)})"
        hoe = {
            Overhead.EIGEN_REGEL: "staat op een eigen regel en telt niet mee in het aandeel.",
            Overhead.VERDELEN: f"is naar {totaal['verdeeld_naar']} verdeeld over de andere regels.",
        }
        if norm.overhead == Overhead.VERDELEN and not totaal["verdeeld_naar"]:
            zinnen.append(f"{wat} kon niet worden verdeeld: er zijn geen andere regels met lasten.")
        else:
            zinnen.append(f"{wat} {hoe[norm.overhead]}")
    return " ".join(zinnen)


def _nummers(code: str) -> list[tuple[int, str]]:
    """``0.10`` comes after ``0.4``."""
    return [(int(d) if d.isdecimal() else 1000, d) for d in str(code).split(".")]


def _taakveld(codes: Collection[str]) -> str:
    *eerst, laatst = sorted(codes, key=_nummers)
    return f"Taakvelden {', '.join(eerst)} en {laatst}" if eerst else f"Taakveld {laatst}"
