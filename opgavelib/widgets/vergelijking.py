"""Scenarios side by side on screen: conclusion, what comes in and out, euros, hours, coverage and chance."""

from __future__ import annotations

from collections.abc import Mapping

import ipywidgets
import traitlets as t

from opgavelib.toepassing import scenario_scherm
from opgavelib.toepassing.scenario_vergelijking import Vergelijking
from opgavelib.weergave import scenario as beeld
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.beeld import Beeld, zichtbaar

_ZONDER_GRAFIEK = ("teams", "ambities")


class Vergelijkbeeld(Basis, naam="vergelijking"):
    """Scenarios beside each other: conclusion, a few figures, and what comes in and out with its title.

    Attributes
    ----------
    kolommen : dicts with titel, eerste (bool), zin, cijfers ([name, value, difference]), groepen
        ([heading, ``eraf``, ``erbij`` or ``tijd``, [{code, titel, bij}]]) and geen (why there are none, or empty)
    leeg : text instead, while there is nothing to compare
    oud : text above it, while what is shown is being computed again
    """

    kolommen = t.List(t.Dict()).tag(sync=True)
    leeg = t.Unicode().tag(sync=True)
    oud = t.Unicode().tag(sync=True)


class Vergelijkvlak:
    """The comparison and the views under it.

    Attributes
    ----------
    doos : the widget to display
    tabel : the `Vergelijkbeeld`
    beelden : the views under it, by name
    """

    def __init__(self) -> None:
        self.tabel = Vergelijkbeeld()
        self.beelden = {
            "euros": Beeld("Wat vraagt het in euro's?", "Euro's per jaar"),
            "teams": Beeld("Wat vraagt het van elke teamleider?", "Uren per team en jaar", hoogstens=12),
            "collegeleden": Beeld("Wat komt er van ieder collegelid op de shortlist?", "Per collegelid"),
            "ambities": Beeld("Hoe zeker staat elke ambitie erop?", "Alle ambities", hoogstens=10, zoeken=True),
        }
        for b in self.beelden.values():
            # One card per question: chart and table together.
            boven, onder = b.doos.children
            boven.children = (*(boven.children if b not in self._kaal() else boven.children[:1]), *onder.children)
        self._kaarten = [b.doos.children[0] for b in self.beelden.values()]
        kop = ipywidgets.VBox([self.tabel]).add_class("ow-kaart")
        self.doos = ipywidgets.VBox([kop, *self._kaarten])
        self.tabel.leeg = "Kies links wat u wilt vergelijken."
        self._zichtbaar(False)

    def _kaal(self) -> list[Beeld]:
        return [self.beelden[n] for n in _ZONDER_GRAFIEK]

    def wacht(self, waarop: str, *, houd: bool) -> None:
        """Say of which scenarios the shortlist is awaited.

        Parameters
        ----------
        houd : what was shown is about the same scenarios and stays, marked as old
        """
        with self.tabel.hold_sync():
            self.tabel.oud = (
                f"{waarop} is gewijzigd en wordt opnieuw berekend; dit is nog van ervoor." if houd else ""
            )
            self.tabel.leeg = "" if houd else f"De shortlist van {waarop} wordt berekend."
        self._zichtbaar(houd)

    def toon(self, v: Vergelijking, trekkingen: Mapping[str, tuple[int, int]]) -> None:
        """Show a comparison.

        Parameters
        ----------
        trekkingen : scenario -> draws behind its chances, and those of them with a shortlist
        """
        with self.tabel.hold_sync():
            self.tabel.leeg = self.tabel.oud = ""
            self.tabel.kolommen = schoon(scenario_scherm.kolommen(v))
        self.beelden["euros"].toon(beeld.euros(v.euros, v.samen))
        self.beelden["teams"].toon(beeld.teams(v.teams, v.samen))
        self.beelden["collegeleden"].toon(beeld.collegeleden(v.collegeleden, v.samen))
        self.beelden["ambities"].toon(beeld.ambities(v.items, v.samen, trekkingen))
        self._zichtbaar(True)

    def _zichtbaar(self, ja: bool) -> None:
        for kaart in self._kaarten:
            kaart.layout = zichtbaar(ja)
