"""The page for the controller: does everything add up, lean and opgave, who decided what."""

from __future__ import annotations

import ipywidgets

from opgavelib.toepassing import Stand
from opgavelib.widgets.controle_aansluiting import AansluitingPaneel
from opgavelib.widgets.controle_besluiten import BesluitenlijstPaneel
from opgavelib.widgets.controle_capaciteit import CapaciteitControle
from opgavelib.widgets.controle_controles import ControlesPaneel
from opgavelib.widgets.controle_lean import LeanPaneel
from opgavelib.widgets.controle_meenemen import MeenemenPaneel
from opgavelib.widgets.controle_vergelijken import VergelijkenPaneel
from opgavelib.widgets.paginas import Pagina

VLAKKEN = (
    ("controles", "Controles"),
    ("lean", "Lean en opgave"),
    ("aansluiting", "Aansluiting"),
    ("vergelijken", "Vergelijken"),
    ("capaciteit", "Capaciteit"),
    ("besluiten", "Besluiten"),
    ("meenemen", "Meenemen"),
)


class ControlePagina(Pagina):
    """Everything on the page for the controller.

    Attributes
    ----------
    panelen : panel per tab
    """

    naam = "controle"
    vraag = "Klopt alles, tot op de euro en het uur?"
    vlakken = VLAKKEN
    lui = True  # each tab computes for itself

    def _boven(self) -> list[ipywidgets.Widget]:
        return [self.handelingen.balk]

    def _bouw(self) -> dict[str, ipywidgets.Widget]:
        self.panelen = {
            "controles": ControlesPaneel(melding=self.melding),
            "lean": LeanPaneel(self.handelingen),
            "aansluiting": AansluitingPaneel(self.handelingen),
            "vergelijken": VergelijkenPaneel(self.handelingen),
            "capaciteit": CapaciteitControle(melding=self.melding),
            "meenemen": MeenemenPaneel(melding=self.melding),
            "besluiten": BesluitenlijstPaneel(melding=self.melding),
        }
        return {vlak: paneel.doos for vlak, paneel in self.panelen.items()}

    def _toon_vlak(self, vlak: str, stand: Stand) -> None:
        self.panelen[vlak].toon(stand)
