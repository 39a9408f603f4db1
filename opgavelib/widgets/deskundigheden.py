"""Hours in skill: what is asked where, who has it, misfits first."""

from __future__ import annotations

import ipywidgets

from opgavelib.weergave.deskundigheden import deskundigheden, wie_heeft
from opgavelib.widgets.balans import Blik, Scenariokeuze
from opgavelib.widgets.beeld import Beeld
from opgavelib.widgets.panelen import Paneel
from opgavelib.widgets.veilig import vang


class DeskundighedenPaneel(Paneel):
    """Skills that are asked against skills that teams have.

    Parameters
    ----------
    blik : what the page looks at

    Attributes
    ----------
    scenario : the control
    gevraagd, heeft : the views
    """

    def __init__(self, blik: Blik, melding):
        self.blik = blik
        super().__init__(melding=melding)

    def _bouw(self) -> ipywidgets.Widget:
        self.scenario = Scenariokeuze(self.blik, vang(self.melding, "kiezen")(self._teken))
        self.gevraagd = Beeld(
            "Hebben de teams de mensen die het kunnen?", "Gevraagde deskundigheden, wat niet past eerst",
            hoogstens=12, zoeken=True,
        )  # fmt: skip
        self.heeft = Beeld("Wie kan wat?", "Deskundigheden van de teams", hoogstens=12, zoeken=True)
        boven, onder = self.gevraagd.doos.children
        boven.children = (self.scenario, *boven.children)
        return ipywidgets.VBox([*self._eigen_melding, boven, onder, self.heeft.doos])

    def _teken(self) -> None:
        scenario = self.scenario.toon(self.stand)
        self.gevraagd.toon(deskundigheden(self.stand.werk.deskundigheden_in(scenario)))
        self.heeft.toon(wie_heeft(self.stand.tabel("teams")))
