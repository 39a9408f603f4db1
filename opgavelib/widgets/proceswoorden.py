"""The words that do not count when pairs are sought, for a person to change."""

from __future__ import annotations

import re

import ipywidgets

from opgavelib import parameters
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand
from opgavelib.toepassing.overlap import EIGEN_PROCESWOORDEN
from opgavelib.widgets.formulier import Formulier
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.veilig import html, vang


class ProceswoordenPaneel:
    """A list of words of this werkmap; pairs are sought again when it changes.

    Attributes
    ----------
    doos : the widget to display
    """

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        self._stand: Stand | None = None
        self._getoond: list[str] | None = None
        self.formulier = Formulier(knop="Bewaar en zoek opnieuw")
        self.formulier.observe(vang(handelingen.melding, "bewaren van de woorden")(self._bewaar), "ingediend")
        kop = html(
            "<h2>Welke woorden tellen niet mee?</h2><p class='ow-toelichting'>Staat een woord vaak in de reden "
            "terwijl het niets zegt over het onderwerp, zoals uitvoeringsprogramma of visie? Zet het erbij. "
            "Leeg is de lijst van het werkboek.</p>"
        )
        self.doos = ipywidgets.VBox([ipywidgets.HTML(str(kop)), self.formulier]).add_class("ow-kaart")

    def toon(self, stand: Stand) -> None:
        """Show the words of `stand`; what is being typed stays as long as nobody changed them."""
        self._stand = stand
        woorden = list(stand.waarde("overlap", "proceswoorden"))
        if woorden != self._getoond:
            self._getoond = woorden
            veld = {"naam": "woorden", "label": "Proceswoorden", "soort": "lang", "waarde": ", ".join(woorden),
                    "uitleg": "Gescheiden door komma's. Een woord telt in elke vorm."}  # fmt: skip
            self.formulier.velden = [veld]

    def _bewaar(self, verandering: dict) -> None:
        if not verandering["new"]:
            return
        tekst = str(verandering["new"]["waarden"].get("woorden") or "").casefold()
        woorden = sorted(set(re.findall(r"[^\W\d_][\w'-]*", tekst)))
        standaard = sorted(parameters.waarde("overlap", "proceswoorden"))
        if woorden == sorted(self._getoond or ()):
            raise BesluitFout("De woorden zijn nog dezelfde; er is niets veranderd.")
        nieuw = None if not woorden or woorden == standaard else woorden
        wie, werkmap = self._handelingen.eis_naam(), self._stand.werkmap
        self._handelingen.doe(
            "Proceswoorden gewijzigd; de paren worden opnieuw gezocht",
            lambda gezien: [
                werkmap.zet_parameter(EIGEN_PROCESWOORDEN, nieuw, wie, "Andere proceswoorden", gezien=gezien)
            ],
        )
