"""The page for the exercise itself: read, compare, sort, group, and where everything went."""

from __future__ import annotations

import ipywidgets

from opgavelib.toepassing import Stand
from opgavelib.widgets.groeperen import GroepeerPaneel
from opgavelib.widgets.inlezen import InleesPaneel
from opgavelib.widgets.overlap import OverlapPaneel
from opgavelib.widgets.paginas import Pagina
from opgavelib.widgets.sorteren import SorteerPaneel
from opgavelib.widgets.spoor import SpoorPaneel


class PortefeuillePagina(Pagina):
    """Everything on the page of the portfoliomanager.

    Attributes
    ----------
    panelen : panel per tab
    """

    naam = "portefeuille"
    vraag = "Wat ligt er, wat is hetzelfde, en waar gaat het heen?"
    vlakken = (
        ("inlezen", "Inlezen"),
        ("overlap", "Overlap"),
        ("sorteren", "Sorteren"),
        ("opgaven", "Opgaven"),
        ("spoor", "Waar bleef mijn ambitie?"),
    )
    lui = True  # each tab has the whole inventory in it

    def _boven(self) -> list[ipywidgets.Widget]:
        return [self.handelingen.balk]

    def _bouw(self) -> dict[str, ipywidgets.Widget]:
        soorten = {
            "inlezen": InleesPaneel,
            "overlap": OverlapPaneel,
            "sorteren": SorteerPaneel,
            "opgaven": GroepeerPaneel,
            "spoor": SpoorPaneel,
        }
        self.panelen = {vlak: soort(self.handelingen) for vlak, soort in soorten.items()}
        return {vlak: paneel.doos for vlak, paneel in self.panelen.items()}

    def _toon_vlak(self, vlak: str, stand: Stand) -> None:
        self.panelen[vlak].toon(stand)
