"""The page for teamleiders: what teams have, what is asked of them, what they promise, and what if."""

from __future__ import annotations

import ipywidgets

from opgavelib.toepassing import Stand
from opgavelib.widgets.paginas import Pagina
from opgavelib.widgets.panelen import BelastingPaneel


class CapaciteitPagina(Pagina):
    """Everything on the page about hours.

    Attributes
    ----------
    panelen : panel per tab
    """

    naam = "capaciteit"
    vraag = "Kunnen de teams leveren wat er wordt gevraagd?"
    vlakken = (("balans", "Balans"),)
    lui = True  # each tab computes for itself

    def _boven(self) -> list[ipywidgets.Widget]:
        return [self.handelingen.balk]

    def _bouw(self) -> dict[str, ipywidgets.Widget]:
        self.panelen = {"balans": BelastingPaneel(melding=self.melding)}
        return {vlak: paneel.doos for vlak, paneel in self.panelen.items()}

    def _toon_vlak(self, vlak: str, stand: Stand) -> None:
        self.panelen[vlak].toon(stand)
