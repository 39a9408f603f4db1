"""The page to come from 300 to a shortlist: weights, scoring together, ranking, choosing, scenarios."""

from __future__ import annotations

import ipywidgets

from opgavelib.toepassing import Stand
from opgavelib.widgets.kiezen import KiesPaneel
from opgavelib.widgets.paginas import Pagina
from opgavelib.widgets.rangorde import RangordePaneel
from opgavelib.widgets.scenario import ScenarioPaneel
from opgavelib.widgets.sessie import SessiePaneel
from opgavelib.widgets.wegen import WegenPaneel


class PrioriterenPagina(Pagina):
    """Everything on the page to prioritise with.

    Attributes
    ----------
    panelen : panel per tab
    """

    naam = "prioriteren"
    vraag = "Wat gaat voor, wat past, en hoe zeker is dat?"
    vlakken = (
        ("criteria", "Criteria en gewichten"),
        ("beoordelen", "Samen beoordelen"),
        ("rangorde", "Rangorde"),
        ("kiezen", "Kiezen"),
        ("scenarios", "Scenario's"),
    )
    lui = True  # each tab computes for itself

    def _boven(self) -> list[ipywidgets.Widget]:
        return [self.handelingen.balk]

    def _bouw(self) -> dict[str, ipywidgets.Widget]:
        self.panelen = {
            "criteria": WegenPaneel(self.handelingen),
            "beoordelen": SessiePaneel(self.handelingen),
            "rangorde": RangordePaneel(melding=self.melding),
            "kiezen": KiesPaneel(self.handelingen),
            "scenarios": ScenarioPaneel(self.handelingen),
        }
        return {vlak: paneel.doos for vlak, paneel in self.panelen.items()}

    def _toon_vlak(self, vlak: str, stand: Stand) -> None:
        self.panelen[vlak].toon(stand)
