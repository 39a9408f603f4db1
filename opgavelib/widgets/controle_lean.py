"""Lean and opgave in every cut, euros and hours beside each other, and the lines under every row."""

from __future__ import annotations

import ipywidgets

from opgavelib.domein.begroting.uitkomst import LeanOpgave
from opgavelib.toepassing import Stand, herkomst
from opgavelib.weergave import herkomst as herkomst_beelden
from opgavelib.weergave.figuur import Figuur
from opgavelib.weergave.snede import NAMEN, TOTAAL, getekend, snede
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.controle_normen import NormBediening
from opgavelib.widgets.controle_vorm import Anker
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.panelen import Paneel, knoppen
from opgavelib.widgets.veilig import vang

_MET_UREN = ("team", "teamleider", "domein")


class LeanPaneel(Paneel):
    """Lean and opgave, live by another norm, and down to the rows of the files.

    Attributes
    ----------
    op : the cut
    normen : how it is reckoned
    beeld : chart and table; a row or bar that is chosen shows its lines in `regels` and `uren`
    uitkomst : what is shown
    """

    uitkomst: LeanOpgave | None = None

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        super().__init__(melding=handelingen.melding)

    def _bouw(self) -> ipywidgets.Widget:
        self._rij: str | None = None
        self._snede_gekozen = False
        self.op = knoppen("Bekijk per", [(naam, op) for op, naam in NAMEN.items()])
        self.op.value = "teamleider"
        self.normen = NormBediening(self._handelingen, self._teken)
        self.beeld = Beeld(
            "Hoeveel van het budget is voor opgaven?",
            "Kies een rij om te zien waaruit zij bestaat",
            sleutel="_groep",
            hoogstens=14,
            zoeken=True,
        )
        self.anker = Anker()
        self.regels = Beeld(bijschrift="Begrotingsregels, met de plaats in het bestand", hoogstens=15, zoeken=True)
        self.uren = Beeld(bijschrift="Formatie, met de plaats in het bestand", hoogstens=0)
        self._bij(self.op)
        self.beeld.tabel.observe(vang(self.melding, "opzoeken van de regels")(self._kies_rij), "gekozen")
        self.beeld.grafiek.observe(vang(self.melding, "opzoeken van de regels")(self._kies_staaf), "klik")
        boven, onder = self.beeld.doos.children
        # The sentence over the whole width: it stays in sight while a control beside the chart is moved.
        zin = ipywidgets.VBox([boven.children[0]]).add_class("ow-kaart")
        boven.children = (self.op, *boven.children[1:])
        naast = ipywidgets.HBox([boven, self.normen.doos]).add_class("ow-twee").add_class("ow-breed-links")
        delen = [*self.regels.doos.children, *self.uren.doos.children]
        for deel in delen:
            deel.remove_class("ow-kaart")
        self._herkomst = ipywidgets.VBox([self.anker, *delen]).add_class("ow-kaart")
        return ipywidgets.VBox([*self._eigen_melding, zin, naast, onder, self._herkomst])

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; the cut, what somebody moved and the row stay."""
        self.normen.toon(stand)
        super().toon(stand)

    def _teken(self) -> None:
        self.uitkomst = self.stand.geld.bereken(self.normen.norm, self.normen.gekozen_jaar)
        if not self._snede_gekozen and len(self.uitkomst.regels):
            self._snede_gekozen = True
            if len(self.uitkomst.snede("teamleider")) == 1:  # without teams there is nothing to see there
                self.op.value = "taakveld"
                return
        op = self.op.value
        self.beeld.toon(
            snede(self.uitkomst, op, herkomst.taakveldnamen(self.normen.gekozen_jaar) if op == "taakveld" else None)
        )
        if not self._bestaat(self._rij):
            self._rij = None
            self.beeld.tabel.gekozen = None
        self._toon_herkomst()

    # -- going down -------------------------------------------------------------------------------------

    def _kies_rij(self, verandering: dict) -> None:
        self._daal_af(verandering["new"])

    def _kies_staaf(self, verandering: dict) -> None:
        klik = verandering["new"]
        if not klik or self.uitkomst is None or not isinstance(klik.get("y"), int | float):
            return
        namen = getekend(self.uitkomst, self.op.value)
        plaats = round(klik["y"])
        if 0 <= plaats < len(namen):
            self.beeld.tabel.gekozen = namen[plaats]

    def _daal_af(self, rij: object) -> None:
        self._rij = str(rij) if self._bestaat(rij) else None
        self._toon_herkomst()
        if self._rij is not None:
            self.anker.ga(self._titel())

    def _bestaat(self, rij: object) -> bool:
        if self.uitkomst is None or rij is None:
            return False
        if self.op.value == "jaar":
            return rij in map(str, self.stand.geld.jaren)
        return rij == TOTAAL or rij in map(str, self.uitkomst.snede(self.op.value).index)

    def _titel(self) -> str:
        if self._rij == TOTAAL:
            return "Totaal: waaruit bestaat dit?"
        naam = self._rij.capitalize() if self.op.value == "structureel" else f"{NAMEN[self.op.value]} {self._rij}"
        return f"{naam}: waaruit bestaat dit?"

    def _toon_herkomst(self) -> None:
        self._herkomst.layout = zichtbaar(self._rij is not None)
        if self._rij is None:
            return
        op, rij = self.op.value, self._rij
        self.anker.titel = self._titel()
        uitkomst, alles = self.uitkomst, rij == TOTAAL or op == "jaar"
        if op == "jaar":  # its lines, without choosing that year
            uitkomst = self.stand.geld.bereken(self.normen.norm, int(rij))
        per = "team" if op == "jaar" else op
        geld = herkomst.geld(self.stand, uitkomst, per, None if alles else rij)
        self.regels.toon(herkomst_beelden.regels(geld.zin, geld.rijen))
        uren = Figuur({}, "", (), [])
        if op in _MET_UREN:
            teams = self.uitkomst.teams
            hier = teams.index if alles else [rij] if op == "team" else teams.index[teams[op] == rij]
            formatie = herkomst.formatie(self.stand, list(hier))
            uren = herkomst_beelden.formatie(formatie.zin, formatie.rijen)
        self.uren.toon(uren)
        self.uren.doos.children[0].layout = zichtbaar(bool(uren.conclusie))
