"""The changes that somebody is thinking of: one list, read together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from opgavelib.domein.scenario import SCHEIDING, Scenario
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand
from opgavelib.toepassing.urenkeuzes import Keuzes, keur_keuzes
from opgavelib.toepassing.wat_als import Voorstel
from opgavelib.widgets import wat_als_vorm as vorm


@dataclass
class Regel:
    """One change: which form it has (`wat_als_vorm`), and how that is filled in."""

    id: str
    wat: str
    waarden: vorm.Waarden


class Lijst:
    """Changes so far.

    Attributes
    ----------
    regels : in the order in which they were added
    open : the one that is being filled in, or None
    keuzes : of all changes that can be, after `lees`
    klopt_niet : why the first change that cannot be does not count; empty when all do
    """

    def __init__(self):
        self._nummers: Iterator[int] = count(1)
        self.leeg()

    def leeg(self) -> None:
        """Begin again."""
        self.regels: list[Regel] = []
        self.open: Regel | None = None
        self.keuzes: Keuzes = {}
        self.klopt_niet = ""

    def voeg_toe(self, wat: str, waarden: vorm.Waarden) -> Regel:
        """Another change, at the end."""
        self.regels.append(Regel(str(next(self._nummers)), wat, waarden))
        return self.regels[-1]

    def neem_over(self, stand: Stand, voorstel: Voorstel) -> None:
        """Add what a proposal says; a change of the same work or team makes place for it."""
        for naam, waarde in voorstel.keuzes.items():
            if waarde is not None:
                self.regels = [r for r in self.regels if _sleutels(stand, r) != {naam}]
                self.voeg_toe(*vorm.van_keuze(naam, waarde))
        self.open = None

    def regel(self, id_: object) -> Regel:
        """One change.

        Raises
        ------
        BesluitFout : it is not there any more
        """
        for regel in self.regels:
            if regel.id == id_:
                return regel
        raise BesluitFout("Deze verandering staat er niet meer.")

    def haal_weg(self, id_: object) -> None:
        """Leave one change out; raises as `regel`."""
        weg = self.regel(id_)
        self.regels.remove(weg)
        if weg is self.open:
            self.open = None

    def lees(self, stand: Stand, van: Scenario) -> list[dict[str, object]]:
        """Read all changes together, in a scenario; gives the lines of `Regels`."""
        self.keuzes, self.klopt_niet, items = {}, "", []
        for regel in self.regels:
            tekst, onder, fout = self._lees(stand, van, regel)
            if fout:
                self.klopt_niet = self.klopt_niet or f"{tekst}: {fout[0].lower()}{fout[1:]}"
            hier = regel is self.open
            knoppen = [] if hier else [{"soort": "wijzig", "tekst": "Wijzig"}]
            knoppen.append({"soort": "weg", "tekst": "Haal weg"})
            # Of what is being filled in, what is still missing is no mistake yet.
            extra = {"onder": fout} if hier and fout else {"fout": fout, "onder": onder}
            items.append({"id": regel.id, "tekst": tekst, "hier": hier, "knoppen": knoppen} | extra)
        return items

    def _lees(self, stand: Stand, van: Scenario, regel: Regel) -> tuple[str, str, str]:
        """Sentence of a change, a second line, and why it does not count; puts its choices with the others."""
        kop = vorm.KNOPPEN[regel.wat]
        try:
            keuzes = keur_keuzes(stand, vorm.lees(stand, regel.wat, regel.waarden))
        except BesluitFout as fout:
            return kop, "", str(fout)
        if dubbel := [k for k in keuzes if k in self.keuzes]:
            return kop, "", f"{dubbel[0].partition(SCHEIDING)[2]} staat hierboven al. Wijzig die regel."
        if all(van.keuzes.get(k) == w for k, w in keuzes.items()):
            return kop, "", f"Dit verandert niets: zo is het al in {van.titel}."
        self.keuzes |= keuzes
        return vorm.zin(stand, van, regel.waarden, keuzes), vorm.in_plaats_van(stand, van, keuzes), ""


def _sleutels(stand: Stand, regel: Regel) -> set[str]:
    try:
        return set(vorm.lees(stand, regel.wat, regel.waarden))
    except BesluitFout:
        return set()
