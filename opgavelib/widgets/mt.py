"""The page for the MT: from bronnen to bestemmingen, shortlist, complexiteit and tijd, budget, load."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import ipywidgets

from opgavelib import notatie, parameters, weergave
from opgavelib.domein.begrippen import Bestemming
from opgavelib.inlezen.getallen import Onleesbaar, lees_bedrag
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing.voorbeeld import voorbeeld_map
from opgavelib.widgets.beeld import Beeld
from opgavelib.widgets.besluiten import BesluitPaneel
from opgavelib.widgets.gewichten import Gewichten
from opgavelib.widgets.hartslag import Hartslag
from opgavelib.widgets.navigatie import Navigatie
from opgavelib.widgets.pagina import kop
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
    adres : folder of the werkmap; default environment variable OPGAVE_WERKMAP, else the example

    Attributes
    ----------
    doos : the widget to display
    """

    def __init__(self, adres: str | Path | None = None):
        adres = adres or os.environ.get("OPGAVE_WERKMAP") or voorbeeld_map()
        self._werkmap = Werkmap(adres)
        self._stand: Stand | None = None
        self._namen = {c.criterium: c.naam for c in parameters.criteria()}
        self.melding = Melding()
        self.kop = kop(
            "MT-overzicht",
            "Wat pakken we op, wat kan later, en kan de organisatie het dragen?",
            werkmap=Path(adres).name,
        )
        self.trechter = Beeld("Waar bleven alle ambities?", "Bronrijen per bron en bestemming")
        self.shortlist = Beeld(
            "Wat staat er boven de streep?", "Alle kandidaten op volgorde", "ambitie", hoogstens=30, zoeken=True
        )
        self.complexiteit = Beeld(
            "Hoe complex is wat we doen, en wanneer loopt het?", "Projecten, meest complex boven", zoeken=True
        )
        self.budget = Beeld("Hoeveel van het budget is voor opgaven?", "Lean en opgave per teamleider", hoogstens=0)
        self.belasting = Beeld(
            "Kan ieder team leveren wat er wordt gevraagd?", "Uren per team en kwartaal", zoeken=True
        )
        self.besluiten = BesluitPaneel(self._na_besluit)
        self.hartslag = Hartslag(self._anderen, self._werkmap.versie, self.melding)
        self._cijfers = ipywidgets.HTML()
        self._bouw_knoppen()
        self._bouw()
        self.werk_bij()

    # -- building -----------------------------------------------------------------------------------

    def _bouw_knoppen(self) -> None:
        self.gewichten = Gewichten(
            [{"criterium": c.criterium, "naam": c.naam, "omschrijving": c.omschrijving, "waarde": c.gewicht}
             for c in parameters.criteria()],
            hoogste=50,
        )  # fmt: skip
        self.aantal = ipywidgets.BoundedIntText(
            int(parameters.waarde("prioritering", "opgaven")),
            min=1,
            max=300,
            description="Hoogstens zoveel ambities",
        )
        self.budget_eur = ipywidgets.Text(
            description="Budget in euro (leeg is geen grens)",
            placeholder="bijvoorbeeld 25 mln",
            continuous_update=False,
        )
        reken = vang(self.melding, "herberekenen")(lambda _: self._toon_shortlist())
        for bediening, waarde in ((self.gewichten, "waarden"), (self.aantal, "value"), (self.budget_eur, "value")):
            bediening.observe(reken, waarde)
        self.tijd = ipywidgets.ToggleButtons(
            options=[("Wanneer is het klaar?", "eind_kwartaal"), ("Wanneer begint het?", "start_kwartaal")],
            description="Tijd", style={"button_width": "auto"},
        )  # fmt: skip
        self.tijd.observe(vang(self.melding, "tekenen")(lambda _: self._toon_complexiteit()), "value")
        self.shortlist.tabel.observe(vang(self.melding, "kiezen")(self._kies_rij), "gekozen")

    def _bouw(self) -> None:
        knoppen = ipywidgets.VBox(
            [
                ipywidgets.HTML(str(html("<h2>Wat weegt het zwaarst?</h2>"))),
                self.gewichten,
                ipywidgets.VBox([self.aantal, self.budget_eur]).add_class("ow-stapel"),
            ]
        ).add_class("ow-kaart")
        boven, onder = self.shortlist.doos.children
        shortlist = ipywidgets.VBox(
            [ipywidgets.HBox([boven, knoppen]).add_class("ow-twee").add_class("ow-breed-links"), onder]
        )
        cijfers = ipywidgets.VBox([self._cijfers]).add_class("ow-kaart")
        inhoud = {
            "trechter": ipywidgets.VBox([cijfers, self.trechter.doos]),
            "shortlist": shortlist,
            "complexiteit": ipywidgets.VBox([self.tijd, self.complexiteit.doos]),
            "budget": self.budget.doos,
            "belasting": self.belasting.doos,
            "besluiten": self.besluiten.doos,
        }
        vlakken = [inhoud[naam].add_class(f"vlak-{naam}") for naam, _ in VLAKKEN]
        navigatie = Navigatie({"id": naam, "titel": titel} for naam, titel in VLAKKEN)
        self.doos = ipywidgets.VBox([self.kop, self.hartslag, self.melding, navigatie, *vlakken])

    # -- showing ------------------------------------------------------------------------------------

    def werk_bij(self) -> None:
        """Show the werkmap of now; does nothing when it did not change since the last time."""
        versie = self._werkmap.versie()
        if self._stand is not None and self._stand.versie == versie:
            return
        stand = self._stand = Stand(self._werkmap)
        self.hartslag.gezien(stand.versie)
        self.kop.staat = f"bijgewerkt om {datetime.now():%H:%M}"
        self._cijfers.value = str(self._kerncijfers(stand))
        self.trechter.toon(weergave.trechter(stand.trechter, stand.spoor))
        self._toon_shortlist()
        self._toon_complexiteit()
        self.budget.toon(weergave.lean_opgave(stand.begroting))
        self.belasting.toon(weergave.belasting(stand.capaciteit))
        self.besluiten.toon(stand)

    @staticmethod
    def _kerncijfers(stand: Stand):
        telling = stand.spoor.aantallen
        cijfers = (
            ("Ambities gelezen", notatie.getal(len(stand.ambities))),
            ("Nog te sorteren", notatie.getal(telling[Bestemming.OPEN])),
            ("Opgaven", notatie.getal(len(stand.tabel("opgaven")))),
            ("Activiteiten en projecten", notatie.getal(len(stand.tabel("activiteiten")))),
            ("Lasten", notatie.euro_kort(float(stand.begroting.aansluiting["gevonden_eur"].iloc[0]))),
            ("Formatie", f"{notatie.getal(float(stand.tabel('teams')['fte'].sum()), 1)} fte"),
        )
        delen = [html("<div><dt>{n}</dt><dd>{w}</dd></div>", n=n, w=w) for n, w in cijfers]
        return html("<dl class='ow-cijfers'>{delen}</dl>", delen=html("").join(delen))

    def _toon_complexiteit(self) -> None:
        stand = self._stand
        self.complexiteit.toon(
            weergave.complexiteit_tijd(stand.projecten, stand.middel_complexiteit, self.tijd.value)
        )

    def _toon_shortlist(self) -> None:
        uitkomst = self._stand.shortlist(
            gewichten=self.gewichten.waarden, opgaven=self.aantal.value, budget_eur=self._budget()
        )
        self.shortlist.toon(weergave.shortlist(uitkomst, self._namen))

    def _budget(self) -> int | None:
        try:
            return lees_bedrag(self.budget_eur.value)[0]
        except Onleesbaar:
            self.melding.zeg("Dit budget is niet te lezen. Vul bijvoorbeeld 25 mln of 25.000.000 in.", "fout")
            return None

    # -- what people do -----------------------------------------------------------------------------

    def _kies_rij(self, verandering: dict) -> None:
        if verandering["new"]:
            self.besluiten.kies(verandering["new"])

    def _na_besluit(self) -> None:
        self.werk_bij()

    def _anderen(self, _versie: int) -> None:
        self.werk_bij()
        laatste = self._stand.laatste_gebeurtenis
        wie = laatste["wie"] if laatste is not None else "iemand"
        self.hartslag.bericht = f"Door {wie} gewijzigd om {datetime.now():%H:%M}, bijgewerkt"
