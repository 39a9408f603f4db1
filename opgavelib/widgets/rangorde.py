"""The ranking on a page: what stands where and why, how firm it is, and what would turn it round."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from opgavelib import notatie, weergave
from opgavelib.toepassing import Stand, rangorde
from opgavelib.weergave import rangorde as beelden
from opgavelib.weergave.trechter import NAMEN
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.panelen import VOLUIT, Paneel, ShortlistPaneel, knoppen
from opgavelib.widgets.veilig import html, vang

ZICHTEN = (
    ("De rangorde", "rangorde"),
    ("Hoe stevig is het?", "stevig"),
    ("Andere manieren", "meningen"),
    ("Wat draait het om?", "omslag"),
    ("Top-5 van het college", "stemmen"),
)


_UITLEG = (
    "Gewichten die u bij De rangorde verschuift, tellen in al deze beelden mee en worden niet bewaard. "
    "Bewaren doet u bij Criteria en gewichten."
)


class RangordePaneel(Paneel):
    """Five views on one ranking; the weights that were moved in the first count in all of them.

    Only the view that is on screen is computed.

    Attributes
    ----------
    zicht : the choice of view
    lijst : the ranking with its weights
    """

    def _bouw(self) -> ipywidgets.Widget:
        self.zicht = knoppen("Wat wilt u zien", ZICHTEN).add_class("ow-zicht")
        self.lijst = ShortlistPaneel(melding=self.melding, manieren=True)
        self.stevig = Beeld(
            "Wie blijft boven de streep als we ons wat vergissen?", "Kans per ambitie", hoogstens=30
        )
        self.meningen = Beeld(
            "Komt een andere manier van rekenen tot dezelfde lijst?", "Plaats per manier", hoogstens=30
        )
        self.wissels = Beeld("Welk gewicht zet wie over de streep?", "Kleinste veranderingen eerst", hoogstens=5)
        self.paar = Beeld("Wanneer wisselen deze twee van plaats?", "Per criterium", hoogstens=0)
        self.invloed = Beeld("Hangt de lijst aan één beoordelaar?", "Zonder deze beoordelaar", hoogstens=12)
        self.leden = Beeld("Wat staat erin van ieders top-5?", "Per collegelid", hoogstens=0)
        self.stemmen = Beeld("Wat zou het college zelf kiezen?", "Stemmen uit de top-5", hoogstens=12)
        self.a, self.b = _keuze("Deze ambitie"), _keuze("tegenover deze")
        boven = self.paar.doos.children[0]
        boven.children = (boven.children[0], ipywidgets.VBox([self.a, self.b]).add_class("ow-stapel"),
                          *boven.children[1:])  # fmt: skip
        self._teken_per_zicht: dict[str, Callable[[], None]] = {
            "rangorde": lambda: self.lijst.toon(self.stand), "stevig": self._teken_stevig,
            "meningen": self._teken_meningen, "omslag": self._teken_omslag, "stemmen": self._teken_stemmen,
        }  # fmt: skip
        self._dozen = {
            "rangorde": self.lijst.doos, "stevig": self.stevig.doos, "meningen": self.meningen.doos,
            "omslag": ipywidgets.VBox([self.wissels.doos, self.paar.doos, self.invloed.doos]),
            "stemmen": ipywidgets.VBox([self.leden.doos, self.stemmen.doos]),
        }  # fmt: skip
        self._bij(self.zicht)
        for keuze in (self.a, self.b):
            keuze.observe(vang(self.melding, "vergelijken")(lambda _: self._teken_paar()), "value")
        uitleg = ipywidgets.HTML(str(html("<p class='ow-onder'>{u}</p>", u=_UITLEG)))
        kop = ipywidgets.VBox([self.zicht, uitleg]).add_class("ow-kaart").add_class("ow-zichtkaart")
        return ipywidgets.VBox([*self._eigen_melding, kop, *self._dozen.values()])

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; weights that were moved stay."""
        self.lijst.volg(stand)
        super().toon(stand)

    def _teken(self) -> None:
        for naam, doos in self._dozen.items():
            doos.layout = zichtbaar(naam == self.zicht.value)
        self._teken_per_zicht[self.zicht.value]()

    def _mee(self) -> dict[str, object]:
        """The weights and the number of places that are on screen."""
        return {"gewichten": self.lijst.gewichten.waarden, "opgaven": self.lijst.aantal.value}

    def _teken_stevig(self) -> None:
        self.stevig.toon(beelden.stevigheid(rangorde.stevigheid(self.stand, **self._mee()), self._titels))

    def _teken_meningen(self) -> None:
        m = rangorde.meningen(self.stand, normalisatie=self.lijst.normalisatie.value, **self._mee())
        self.meningen.toon(beelden.meningen(m.rangen, m.eens, self._titels))

    def _teken_omslag(self) -> None:
        criteria, mee = self.stand.criteria, self._mee()
        self.wissels.toon(beelden.grenswissels(rangorde.grenswissels(self.stand, **mee), criteria))
        self.invloed.toon(beelden.invloed(rangorde.invloed(self.stand, **mee)))
        self._vul_paar()
        self._teken_paar()

    def _vul_paar(self) -> None:
        """The candidates in rank order; at first the last one above the line and the first one under it."""
        tabel = self.stand.rangschikking(gewichten=self.lijst.gewichten.waarden).tabel
        op_volgorde = tabel.index[tabel["rang"].notna()]
        opties = [(f"{int(tabel.loc[a, 'rang'])}. {beelden.tekst_kort(self._titels[a])}", a) for a in op_volgorde]
        streep = min(self.lijst.aantal.value, len(opties) - 1)
        for keuze, plek in ((self.a, streep - 1), (self.b, streep)):
            gekozen = keuze.value
            keuze.options = opties
            if gekozen in op_volgorde:
                keuze.value = gekozen
            elif opties:
                keuze.value = opties[max(plek, 0)][1]

    def _teken_paar(self) -> None:
        if self.zicht.value != "omslag" or self.stand is None:
            return
        if not self.a.value or not self.b.value or self.a.value == self.b.value:
            self.paar.toon(weergave.Figuur({}, "Kies twee verschillende ambities.", (), []))
            return
        uit = rangorde.omslag(self.stand, self.a.value, self.b.value, gewichten=self.lijst.gewichten.waarden)
        self.paar.toon(beelden.omslag(uit, self.stand.criteria))

    def _teken_stemmen(self) -> None:
        gekozen = set(self.lijst.reken(self.stand).gekozen.index)
        titels = self._titels
        te_kiezen = titels.index.isin(self.stand.kandidaten.index)
        waar = titels.where(
            te_kiezen,
            [
                f"{notatie.kort(t, 60)} ({NAMEN[b].lower()})"
                for t, b in zip(titels, self.stand.ambities["bestemming"], strict=True)
            ],
        )
        self.leden.toon(beelden.collegeleden(rangorde.dekking(self.stand, gekozen), waar))
        delen = rangorde.gelijke_delen(self.stand, self.lijst.aantal.value)
        self.stemmen.toon(beelden.stemmen(rangorde.borda(self.stand), delen, titels, gekozen))

    @property
    def _titels(self):
        return self.stand.ambities["titel"]


def _keuze(naam: str) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(description=naam, style=VOLUIT)
