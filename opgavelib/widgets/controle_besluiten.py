"""Who decided what: every decision of the werkmap, to search, a page at a time."""

from __future__ import annotations

from datetime import date

import ipywidgets

from opgavelib import notatie
from opgavelib.toepassing import Stand, besluitenlijst
from opgavelib.toepassing.besluitenlijst import SOORTEN, Regel
from opgavelib.widgets.controle_vorm import koptekst, zet_opties
from opgavelib.widgets.panelen import VOLUIT, Paneel
from opgavelib.widgets.tabel import Tabel
from opgavelib.widgets.veilig import html, vang

PER_PAGINA = 25
_KOLOMMEN = (
    {"kolom": "moment", "kop": "Wanneer"},
    {"kolom": "wie", "kop": "Wie"},
    {"kolom": "soort", "kop": "Waarover", "bijzaak": True},
    {"kolom": "zin", "kop": "Besluit", "breed": True},
    {"kolom": "reden", "kop": "Reden", "breed": True},
)
_LEEG = "Er is nog niets besloten. Elk besluit dat u of een collega neemt, komt hier te staan met de reden."


class BesluitenlijstPaneel(Paneel):
    """The log of decisions.

    Attributes
    ----------
    zoek, wie, soort, periode : the filters
    nieuwer, ouder : turn a page
    tabel : the lines of the page that is shown
    """

    def _bouw(self) -> ipywidgets.Widget:
        self._alle: tuple[Regel, ...] = ()
        self._begin = 0
        self.zoek = ipywidgets.Text(
            description="Zoek een woord, code of naam", style=VOLUIT, placeholder="bijvoorbeeld CA-014"
        )  # while typing: the browser holds keys back as long as an answer is on its way
        self.wie = ipywidgets.Dropdown(description="Wie", style=VOLUIT)
        self.soort = ipywidgets.Dropdown(description="Waarover", style=VOLUIT)
        self.periode = ipywidgets.Dropdown(description="Wanneer", style=VOLUIT)
        self._kop = ipywidgets.HTML()
        self._plek = ipywidgets.HTML()
        self.nieuwer = ipywidgets.Button(description="Nieuwere")
        self.ouder = ipywidgets.Button(description="Oudere")
        self.tabel = Tabel(_KOLOMMEN, sleutel="nummer", bijschrift="Besluiten, nieuwste eerst", kiesbaar=False)
        for filter_ in (self.zoek, self.wie, self.soort, self.periode):
            filter_.observe(vang(self.melding, "zoeken")(self._zoek_opnieuw), "value")
        self.nieuwer.on_click(vang(self.melding, "bladeren")(lambda _: self._blader(-1)))
        self.ouder.on_click(vang(self.melding, "bladeren")(lambda _: self._blader(1)))
        filters = ipywidgets.HBox([self.zoek, self.wie, self.soort, self.periode]).add_class("ow-rij")
        boven = ipywidgets.VBox([self._kop, filters]).add_class("ow-kaart")
        bladeren = ipywidgets.HBox([self.nieuwer, self.ouder, self._plek]).add_class("ow-rij")
        onder = ipywidgets.VBox([self.tabel, bladeren]).add_class("ow-kaart")
        return ipywidgets.VBox([*self._eigen_melding, boven, onder])

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; filters stay, and the newest page is shown."""
        self.stand = stand
        self._alle = besluitenlijst.regels(stand)
        zet_opties(self.wie, [("Iedereen", ""), *((n, n) for n in besluitenlijst.mensen(self._alle))], "")
        er_zijn = {r.soort for r in self._alle}
        zet_opties(self.soort, [("Alles", ""), *((naam, s) for s, naam in SOORTEN.items() if s in er_zijn)], "")
        dagen = [("Laatste 7 dagen", "7"), ("Laatste 30 dagen", "30")]
        maanden = [(naam, m) for m, naam in besluitenlijst.maanden(self._alle).items()]
        zet_opties(self.periode, [("Altijd", ""), *dagen, *maanden], "")
        self._begin = 0
        self._teken()

    def _zoek_opnieuw(self, _verandering: dict) -> None:
        self._begin = 0
        if self.stand is not None:
            self._teken()

    def _blader(self, richting: int) -> None:
        self._begin = max(0, self._begin + richting * PER_PAGINA)
        self._teken()

    def _gekozen(self) -> list[Regel]:
        return besluitenlijst.kies(
            self._alle, wie=self.wie.value or "", soort=self.soort.value or "", tekst=self.zoek.value,
            periode=self.periode.value or "", vandaag=date.today(),
        )  # fmt: skip

    def _teken(self) -> None:
        gevonden = self._gekozen()
        self._begin = min(self._begin, max(0, len(gevonden) - 1) // PER_PAGINA * PER_PAGINA)
        hier = gevonden[self._begin : self._begin + PER_PAGINA]
        self._kop.value = koptekst("Wie besloot wat, en waarom?", self._zin(gevonden), leeg=not self._alle)
        self.tabel.rijen = [_rij(r) for r in hier]
        tot = self._begin + len(hier)
        plek = f"{self._begin + 1} tot en met {tot} van {notatie.getal(len(gevonden))}" if hier else ""
        self._plek.value = str(html("<p class='ow-onder'>{p}</p>", p=plek))
        self.nieuwer.disabled = self._begin == 0
        self.ouder.disabled = tot >= len(gevonden)

    def _zin(self, gevonden: list[Regel]) -> str:
        if not self._alle:
            return _LEEG
        alle = notatie.aantal(len(self._alle), "besluit", "besluiten")
        if len(gevonden) != len(self._alle):
            gaat = "voldoet" if len(gevonden) == 1 else "voldoen"
            return f"{notatie.getal(len(gevonden))} van de {alle} {gaat} aan wat u zoekt."
        laatste = self._alle[0]
        return f"{alle}. Het laatste is van {laatste.wie}, {notatie.moment(laatste.tijdstip)}."


def _rij(r: Regel) -> dict[str, object]:
    slot = " (later teruggedraaid)" if r.vervallen else ""
    return {"nummer": r.nummer, "moment": notatie.moment(r.tijdstip), "wie": r.wie, "soort": SOORTEN[r.soort],
            "zin": r.zin + slot, "reden": r.reden}  # fmt: skip
