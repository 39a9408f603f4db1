"""The page for the MT: from bronnen to bestemmingen, shortlist, complexiteit and tijd, budget, load."""

from __future__ import annotations

import ipywidgets

from opgavelib import notatie, weergave
from opgavelib.domein.begrippen import Bestemming
from opgavelib.toepassing import Stand
from opgavelib.widgets.beeld import Beeld, cijfers
from opgavelib.widgets.besluiten import BesluitPaneel
from opgavelib.widgets.paginas import Pagina
from opgavelib.widgets.panelen import BelastingPaneel, ComplexiteitPaneel, ShortlistPaneel
from opgavelib.widgets.veilig import html, vang

VLAKKEN = (
    ("trechter", "Van bron naar bestemming"),
    ("shortlist", "Shortlist"),
    ("complexiteit", "Complexiteit en tijd"),
    ("budget", "Lean en opgave"),
    ("belasting", "Belasting"),
    ("besluiten", "Besluiten"),
)


class MtPagina(Pagina):
    """Everything on the page for the MT."""

    naam = "mt"
    vraag = "Wat pakken we op, wat kan later, en kan de organisatie het dragen?"
    vlakken = VLAKKEN

    def _bouw(self) -> dict[str, ipywidgets.Widget]:
        self.trechter = Beeld("Waar bleven alle ambities?", "Bronrijen per bron en bestemming")
        self.shortlist = ShortlistPaneel(melding=self.melding)
        self.complexiteit = ComplexiteitPaneel(melding=self.melding)
        self.budget = Beeld("Hoeveel van het budget is voor opgaven?", "Lean en opgave per team", hoogstens=0)
        self.belasting = BelastingPaneel(melding=self.melding)
        self.besluiten = BesluitPaneel(self.handelingen)
        self._cijfers = ipywidgets.HTML()
        self.shortlist.beeld.tabel.observe(vang(self.melding, "kiezen")(self._kies_rij), "gekozen")
        kern = ipywidgets.VBox([self._cijfers]).add_class("ow-kaart")
        return {
            "trechter": ipywidgets.VBox([kern, self.trechter.doos]),
            "shortlist": self.shortlist.doos,
            "complexiteit": self.complexiteit.doos,
            "budget": self.budget.doos,
            "belasting": self.belasting.doos,
            "besluiten": self.besluiten.doos,
        }

    def _toon_vlak(self, vlak: str, stand: Stand) -> None:
        if vlak == "trechter":
            self._cijfers.value = str(self._kerncijfers(stand))
            self.trechter.toon(weergave.trechter(stand.trechter, stand.spoor))
        elif vlak == "budget":
            self.budget.toon(weergave.lean_opgave(stand.begroting))
        else:
            getattr(self, vlak).toon(stand)

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
