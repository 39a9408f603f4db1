"""Do the lines add up to what the files state, and to what the municipality delivered for Iv3?"""

from __future__ import annotations

import ipywidgets

from opgavelib import weergave
from opgavelib.toepassing import Stand, herkomst, iv3
from opgavelib.weergave import herkomst as herkomst_beelden
from opgavelib.weergave import iv3 as iv3_beelden
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.controle_versies import VersiesPaneel
from opgavelib.widgets.controle_vorm import Anker
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.panelen import Paneel
from opgavelib.widgets.veilig import vang


class AansluitingPaneel(Paneel):
    """Totals of the files, versions and years, and Iv3; a row that is chosen shows its lines.

    Attributes
    ----------
    bestanden, iv3 : the views
    regels : the lines under the total or the taakveld that was chosen
    versies : sources, versions and years
    """

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        super().__init__(melding=handelingen.melding)

    def _bouw(self) -> ipywidgets.Widget:
        self._onder: tuple[str, str] | None = None  # (which table, which row) is looked at
        self.bestanden = Beeld(
            "Tellen de regels op tot wat het bestand zelf zegt?",
            "Kies een rij om de begrotingsregels te zien",
            sleutel="regel",
            hoogstens=0,
        )
        self.iv3 = Beeld(
            "Sluit de begroting aan op de eigen Iv3-cijfers?",
            "Per taakveld, wat niet aansluit eerst; kies een rij om de begrotingsregels te zien",
            sleutel="_groep",
            hoogstens=12,
            zoeken=True,
        )
        self.anker = Anker()
        self.regels = Beeld(bijschrift="Begrotingsregels, met de plaats in het bestand", hoogstens=15, zoeken=True)
        self.versies = VersiesPaneel(self._handelingen)
        for naam, beeld in (("bestand", self.bestanden), ("iv3", self.iv3)):
            doe = vang(self.melding, "opzoeken van de regels")(self._kies)
            beeld.tabel.observe(lambda v, n=naam, f=doe: f(n, v["new"]), "gekozen")
        for deel in self.regels.doos.children:
            deel.remove_class("ow-kaart")
        self._herkomst = ipywidgets.VBox([self.anker, *self.regels.doos.children]).add_class("ow-kaart")
        return ipywidgets.VBox(
            [*self._eigen_melding, self.bestanden.doos, self.iv3.doos, self._herkomst, self.versies.doos]
        )

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; the row that is looked at stays."""
        super().toon(stand)
        self.versies.toon(stand)

    def _teken(self) -> None:
        self.bestanden.toon(weergave.aansluiting(self.stand.begroting))
        figuur = iv3_beelden.aansluiting(iv3.aansluiting(self.stand))
        for rij in figuur.rijen:
            rij["_groep"] = f"{rij['taakveld']}|{rij['maat']}"
        self.iv3.toon(figuur)
        self._toon_regels()

    def _kies(self, waar: str, rij: object) -> None:
        self._onder = (waar, str(rij)) if rij else None
        self._toon_regels()
        if self._onder is not None and self._herkomst.layout.display != "none":
            self.anker.ga(self.anker.titel)

    def _toon_regels(self) -> None:
        uit = None
        if self._onder is not None:
            waar, rij = self._onder
            uit = herkomst.van_totaal(self.stand, rij) if waar == "bestand" else self._van_taakveld(rij)
        self._herkomst.layout = zichtbaar(uit is not None)
        if uit is None:
            self._onder = None
            return
        self.anker.titel = f"{uit.titel}: waaruit bestaat dit?"
        self.regels.toon(herkomst_beelden.begroting(uit.zin, uit.rijen, uit.kolom))

    def _van_taakveld(self, rij: str) -> herkomst.Herkomst | None:
        taakveld, _, maat = rij.partition("|")
        if not taakveld:
            return herkomst.van_totaal(self.stand, f"totaal {maat}")
        return herkomst.van_taakveld(self.stand, taakveld, f"{maat}_eur")
