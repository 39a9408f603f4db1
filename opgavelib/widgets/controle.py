"""The page for the controller: does everything add up, lean and opgave, who decided what."""

from __future__ import annotations

import ipywidgets

from opgavelib import weergave
from opgavelib.toepassing import Stand
from opgavelib.widgets.beeld import Beeld
from opgavelib.widgets.paginas import Pagina


class ControlePagina(Pagina):
    """Everything on the page for the controller."""

    naam = "controle"
    vraag = "Klopt alles, tot op de euro en het uur?"
    vlakken = (("lean", "Lean en opgave"),)
    lui = True  # each tab computes for itself

    def _boven(self) -> list[ipywidgets.Widget]:
        return [self.handelingen.balk]

    def _bouw(self) -> dict[str, ipywidgets.Widget]:
        self.lean = Beeld("Hoeveel van het budget is voor opgaven?", "Lean en opgave per teamleider", hoogstens=0)
        return {"lean": self.lean.doos}

    def _toon_vlak(self, vlak: str, stand: Stand) -> None:
        self.lean.toon(weergave.lean_opgave(stand.begroting))
