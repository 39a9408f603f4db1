"""Hours per teamleider and quarter, and the requests under every figure."""

from __future__ import annotations

import ipywidgets

from opgavelib import notatie, weergave
from opgavelib.toepassing import herkomst
from opgavelib.weergave.figuur import tekst
from opgavelib.weergave.herkomst import aanvragen
from opgavelib.weergave.per_leider import per_leider
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.controle_vorm import Anker, zet_opties
from opgavelib.widgets.panelen import VOLUIT, Paneel
from opgavelib.widgets.veilig import html, vang

_WAARUIT = "Waar komt dat getal vandaan?"


class CapaciteitControle(Paneel):
    """The balance as a heatmap and per teamleider; a cell that is chosen shows its requests with their rows.

    Attributes
    ----------
    team, kwartaal : what is looked at from close by
    beeld, leiders, aanvragen : the views
    """

    def _bouw(self) -> ipywidgets.Widget:
        self.beeld = Beeld("Is er genoeg capaciteit?", "Uren per team en kwartaal, krapste eerst", zoeken=True)
        self.leiders = Beeld("Wat is er per teamleider?", "Uren per teamleider, alle kwartalen samen", hoogstens=0)
        self.anker = Anker(titel=_WAARUIT)
        self.aanvragen = Beeld(bijschrift="Aanvragen van dit team in dit kwartaal", hoogstens=12)
        breed = ipywidgets.Layout(min_width="240px")
        self.team = ipywidgets.Dropdown(description="Team", style=VOLUIT, layout=breed)
        self.kwartaal = ipywidgets.Dropdown(description="Kwartaal", style=VOLUIT, layout=breed)
        self._vult = False  # while the choices are filled in, nobody chose
        for keuze in (self.team, self.kwartaal):
            keuze.observe(
                vang(self.melding, "opzoeken van de aanvragen")(lambda _: self._toon_aanvragen()), "value"
            )
        self.beeld.grafiek.observe(vang(self.melding, "kiezen van een vak")(self._kies), "klik")
        verder = "Toezeggen, verschuiven en doorrekenen gaat op de pagina <a href='/capaciteit'>Capaciteit</a>."
        self._verder = ipywidgets.HTML(str(html("<p class='ow-onder'>" + verder + "</p>")))
        boven, onder = self.beeld.doos.children
        boven.children = (*boven.children, self._verder)
        dichtbij, rijen = self.aanvragen.doos.children
        keuze = ipywidgets.HBox([self.team, self.kwartaal]).add_class("ow-rij")
        dichtbij.children = (self.anker, dichtbij.children[0], keuze)
        self._onder = ipywidgets.VBox([dichtbij, rijen])
        return ipywidgets.VBox([*self._eigen_melding, boven, self._onder, self.leiders.doos, onder])

    def _teken(self) -> None:
        uit = self.stand.capaciteit
        self.beeld.toon(weergave.belasting(uit))
        self.leiders.toon(per_leider(uit))
        self._onder.layout = zichtbaar(not uit.tabel.empty)
        self.leiders.doos.layout = zichtbaar(not uit.tabel.empty)
        if uit.tabel.empty:
            return
        ergst = uit.tabel["saldo_uren"].idxmin()
        teams = list(uit.tabel.index.unique("team"))
        self._vult = True
        try:
            zet_opties(self.team, [(t, t) for t in teams], ergst[0])
            zet_opties(self.kwartaal, [(notatie.kwartaal_voluit(k), k) for k in uit.kwartalen], ergst[1])
        finally:
            self._vult = False
        self._toon_aanvragen()

    def _toon_aanvragen(self) -> None:
        if self._vult or self.stand is None:
            return
        uit = herkomst.inzet(self.stand, self.team.value, self.kwartaal.value)
        self.aanvragen.toon(aanvragen(uit.zin, uit.rijen))

    def _kies(self, verandering: dict) -> None:
        """A cell of the heatmap: x is the quarter, and its text begins with the team."""
        klik = verandering["new"]
        if not klik or not isinstance(klik.get("customdata"), str):
            return
        begint = [w for _, w in self.team.options if klik["customdata"].startswith(f"{tekst(w)}, ")]
        team, kwartaal = max(begint, key=len, default=None), klik.get("x")
        if team is not None and kwartaal in [w for _, w in self.kwartaal.options]:
            self.team.value, self.kwartaal.value = team, kwartaal
            self.anker.ga(_WAARUIT)
