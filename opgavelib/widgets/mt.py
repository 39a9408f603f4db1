"""The page for the MT: from bronnen to bestemmingen, shortlist, complexiteit and tijd, budget, load."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import ipywidgets

from opgavelib import notatie, weergave
from opgavelib.domein.begrippen import Bestemming
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing.openen import werkmap_adres
from opgavelib.widgets.beeld import Beeld, cijfers
from opgavelib.widgets.besluiten import BesluitPaneel
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.hartslag import Hartslag
from opgavelib.widgets.navigatie import Navigatie
from opgavelib.widgets.pagina import kop
from opgavelib.widgets.panelen import BelastingPaneel, ComplexiteitPaneel, ShortlistPaneel
from opgavelib.widgets.veilig import Melding, html, vang

VLAKKEN = (
    ("trechter", "Van bron naar bestemming"),
    ("shortlist", "Shortlist"),
    ("complexiteit", "Complexiteit en tijd"),
    ("budget", "Lean en opgave"),
    ("belasting", "Belasting"),
    ("besluiten", "Besluiten"),
)


class MtPagina:
    """Everything on the page. Made before the visit; `werk_bij` shows the werkmap of now.

    Parameters
    ----------
    adres : folder of the werkmap; default as `toepassing.openen.werkmap_adres`

    Attributes
    ----------
    doos : the widget to display
    """

    def __init__(self, adres: str | Path | None = None):
        adres = werkmap_adres(adres)
        self._werkmap = Werkmap(adres)
        self._stand: Stand | None = None
        self.melding = Melding()
        self.kop = kop(
            "MT-overzicht",
            "Wat pakken we op, wat kan later, en kan de organisatie het dragen?",
            werkmap=f"Werkmap {adres.name}",
        )
        self.trechter = Beeld("Waar bleven alle ambities?", "Bronrijen per bron en bestemming")
        self.shortlist = ShortlistPaneel(melding=self.melding)
        self.complexiteit = ComplexiteitPaneel(melding=self.melding)
        self.budget = Beeld("Hoeveel van het budget is voor opgaven?", "Lean en opgave per teamleider", hoogstens=0)
        self.belasting = BelastingPaneel(melding=self.melding)
        self.handelingen = Handelingen(self.werk_bij)
        self.besluiten = BesluitPaneel(self.handelingen)
        self.hartslag = Hartslag(self._anderen, self._werkmap.versie, self.melding)
        self._cijfers = ipywidgets.HTML()
        self.shortlist.beeld.tabel.observe(vang(self.melding, "kiezen")(self._kies_rij), "gekozen")
        self.doos = self._bouw()
        self.werk_bij()

    def _bouw(self) -> ipywidgets.Widget:
        kern = ipywidgets.VBox([self._cijfers]).add_class("ow-kaart")
        inhoud = {
            "trechter": ipywidgets.VBox([kern, self.trechter.doos]),
            "shortlist": self.shortlist.doos,
            "complexiteit": self.complexiteit.doos,
            "budget": self.budget.doos,
            "belasting": self.belasting.doos,
            "besluiten": self.besluiten.doos,
        }
        vlakken = [inhoud[naam].add_class(f"vlak-{naam}") for naam, _ in VLAKKEN]
        navigatie = Navigatie({"id": naam, "titel": titel} for naam, titel in VLAKKEN)
        return ipywidgets.VBox([self.kop, self.hartslag, self.melding, navigatie, *vlakken])

    def werk_bij(self) -> None:
        """Show the werkmap of now; does nothing when it did not change since the last time."""
        if self._stand is not None and self._stand.versie == self._werkmap.versie():
            return
        stand = self._stand = Stand(self._werkmap)
        self.handelingen.toon(stand)
        self.hartslag.gezien(stand.versie)
        self.kop.staat = f"bijgewerkt om {datetime.now():%H:%M}"
        self._cijfers.value = str(self._kerncijfers(stand))
        self.trechter.toon(weergave.trechter(stand.trechter, stand.spoor))
        self.shortlist.toon(stand)
        self.complexiteit.toon(stand)
        self.budget.toon(weergave.lean_opgave(stand.begroting))
        self.belasting.toon(stand)
        self.besluiten.toon(stand)

    @staticmethod
    def _kerncijfers(stand: Stand):
        telling = stand.spoor.aantallen
        kern = (
            ("Ambities gelezen", notatie.getal(len(stand.ambities))),
            ("Nog te sorteren", notatie.getal(telling[Bestemming.OPEN])),
            ("Opgaven", notatie.getal(len(stand.tabel("opgaven")))),
            ("Activiteiten en projecten", notatie.getal(len(stand.tabel("activiteiten")))),
            ("Lasten", notatie.euro_kort(float(stand.begroting.aansluiting["gevonden_eur"].iloc[0]))),
            ("Formatie", f"{notatie.getal(float(stand.tabel('teams')['fte'].sum()), 1)} fte"),
        )
        waarschuwing = (
            html("<p class='ow-let-op'>▲ {w}</p>", w=stand.te_veel_tegelijk) if stand.te_veel_tegelijk else ""
        )
        return cijfers(kern) + waarschuwing

    def _kies_rij(self, verandering: dict) -> None:
        if verandering["new"]:
            self.besluiten.kies(verandering["new"])

    def _anderen(self, _versie: int) -> None:
        self.werk_bij()
        laatste = self._stand.laatste_gebeurtenis
        wie = laatste["wie"] if laatste is not None else "iemand"
        self.hartslag.bericht = f"Door {wie} gewijzigd om {datetime.now():%H:%M}, bijgewerkt"
