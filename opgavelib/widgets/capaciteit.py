"""The page for teamleiders: what teams have, what is asked of them, what they promise, and what if."""

from __future__ import annotations

import ipywidgets

from opgavelib.toepassing import Stand
from opgavelib.toepassing.wat_als import Voorstel
from opgavelib.widgets.balans import BalansPaneel, Blik
from opgavelib.widgets.contractering import ContracteringPaneel
from opgavelib.widgets.deskundigheden import DeskundighedenPaneel
from opgavelib.widgets.paginas import Pagina
from opgavelib.widgets.wat_als import WatAlsPaneel


class CapaciteitPagina(Pagina):
    """Everything on the page about hours.

    Attributes
    ----------
    panelen : panel per tab
    blik : scenario, team and quarter that the page looks at; the tabs share it
    """

    naam = "capaciteit"
    vraag = "Kunnen de teams leveren wat er wordt gevraagd?"
    vlakken = (
        ("balans", "Balans"),
        ("deskundigheden", "Deskundigheden"),
        ("contractering", "Contractering"),
        ("wat-als", "Wat als"),
    )
    lui = True  # each tab computes for itself

    def _boven(self) -> list[ipywidgets.Widget]:
        return [self.handelingen.balk]

    def _bouw(self) -> dict[str, ipywidgets.Widget]:
        self.blik = Blik()
        self._vorig_scenario = self.blik.scenario
        self.panelen = {
            "balans": BalansPaneel(self.blik, self._reken_door, self.melding),
            "deskundigheden": DeskundighedenPaneel(self.blik, self.melding),
            "contractering": ContracteringPaneel(self.handelingen),
            "wat-als": WatAlsPaneel(self.handelingen, self.blik),
        }
        return {vlak: paneel.doos for vlak, paneel in self.panelen.items()}

    def _toon(self) -> None:
        # A tab that is opened after another one looked at another scenario must look at that too.
        if self._vorig_scenario != self.blik.scenario:
            self._vorig_scenario = self.blik.scenario
            self._getoond.clear()
        super()._toon()

    def _toon_vlak(self, vlak: str, stand: Stand) -> None:
        self.panelen[vlak].toon(stand)

    def _reken_door(self, voorstel: Voorstel) -> None:
        """A way to solve a shortage, filled in on the tab where it can be looked at further and decided."""
        self.panelen["wat-als"].neem_over(self._stand, voorstel)
        self._getoond.pop("wat-als", None)
        self.navigatie.actief = "wat-als"
