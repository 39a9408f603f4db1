"""Views with a control of their own, for a page and for a notebook alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import ipywidgets

from opgavelib import parameters, weergave
from opgavelib.domein.methoden import METHODEN
from opgavelib.domein.shortlist import Shortlist
from opgavelib.fouten import OpgaveFout
from opgavelib.parameters import Criterium
from opgavelib.toepassing import Stand
from opgavelib.weergave.belasting import volgorde
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.gewichten import Gewichten
from opgavelib.widgets.veilig import Melding, html, vang

VOLUIT = {"description_width": "initial"}  # JupyterLab would cut a label off after 80 pixels


_RANGORDE = (
    "Dit is de rangorde met de streep. Wat wettelijk moet, wat niet samen kan en de planning tellen mee bij "
    "Prioriteren, Kiezen."
)
# How scores on different criteria are made comparable, as `domein.ranking.NORMALISATIES`.
_NORMALISATIES = (("Eigen schaal", "schaal"), ("Laagste tot hoogste", "minmax"), ("Lengte van de kolom", "vector"))


def knoppen(naam: str, keuzes: Sequence[tuple[str, str]]) -> ipywidgets.ToggleButtons:
    """A choice of a few as buttons, with its label in full."""
    return ipywidgets.ToggleButtons(options=list(keuzes), description=naam, style=VOLUIT)


class Paneel:
    """A view that shows a `Stand`, and again when its control moves.

    Parameters
    ----------
    stand : shown at once when given
    melding : where errors are shown; an own one above the view by default
    """

    def __init__(self, stand: Stand | None = None, melding: Melding | None = None):
        self.stand: Stand | None = None
        self.melding = melding or Melding()
        self._eigen_melding = [] if melding else [self.melding]
        self.doos = self._bouw()
        if stand is not None:
            self.toon(stand)

    def _bouw(self) -> ipywidgets.Widget:
        raise NotImplementedError

    def _teken(self) -> None:
        raise NotImplementedError

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; controls stay where they are."""
        self.stand = stand
        self._teken()

    def _bij(self, bediening: ipywidgets.Widget, naam: str = "value") -> None:
        bediening.observe(vang(self.melding, "herberekenen")(self._opnieuw), naam)

    def _opnieuw(self, _verandering: dict) -> None:
        if self.stand is not None:
            self._teken()


class ShortlistPaneel(Paneel):
    """The shortlist with its weights, the number above the line and the budget.

    Parameters
    ----------
    manieren : let the visitor also choose how it is computed, and see what was done to the scores

    Attributes
    ----------
    gewichten, aantal, budget, manier, normalisatie : the controls
    uitkomst : the Shortlist that is shown
    """

    uitkomst: Shortlist | None = None

    def __init__(self, stand: Stand | None = None, melding: Melding | None = None, *, manieren: bool = False):
        self._manieren = manieren
        super().__init__(stand, melding)

    def _bouw(self) -> ipywidgets.Widget:
        self.beeld = Beeld(
            "Wat staat er boven de streep?", "Alle kandidaten op volgorde", "ambitie", hoogstens=30, zoeken=True
        )
        self.gewichten = Gewichten(_criteria(parameters.criteria()), hoogste=50)
        self.aantal = ipywidgets.BoundedIntText(
            int(parameters.waarde("prioritering", "opgaven")),
            min=1,
            max=300,
            description="Hoogstens zoveel ambities",
            style=VOLUIT,
        )
        self._plaatsen = self.aantal.value
        self.budget = ipywidgets.Text(
            description="Budget in euro (leeg is geen grens)",
            placeholder="bijvoorbeeld 25 mln",
            continuous_update=False,
            style=VOLUIT,
        )
        self._bij(self.gewichten, "waarden")
        self._bij(self.aantal)
        self._bij(self.budget)
        kop = ipywidgets.HTML(str(html("<h2 class='ow-vraag'>Wat weegt het zwaarst?</h2>")))
        self.manier = knoppen(
            "Manier van rekenen", [(m.naam[0].upper() + m.naam[1:], code) for code, m in METHODEN.items()]
        )
        self.normalisatie = knoppen("Scores vergelijkbaar maken", list(_NORMALISATIES))
        self._uitleg = ipywidgets.HTML()
        self._bij(self.manier)
        self._bij(self.normalisatie)
        extra = [self.manier, self.normalisatie, self._uitleg] if self._manieren else []
        grenzen = ipywidgets.VBox([self.aantal, self.budget, *extra]).add_class("ow-stapel")
        self._bediening = ipywidgets.VBox([kop, self.gewichten, grenzen]).add_class("ow-kaart")
        boven, onder = self.beeld.doos.children
        self._naast = ipywidgets.HBox([boven, self._bediening]).add_class("ow-twee").add_class("ow-breed-links")
        return ipywidgets.VBox([*self._eigen_melding, self._naast, onder])

    def volg(self, stand: Stand) -> None:
        """Take over the criteria and weights of `stand`; weights that somebody moved here stay where they are."""
        self.gewichten.volg(_criteria(stand.criteria_lijst, stand.gewichten))
        if self.aantal.value == self._plaatsen:  # nobody chose another number here
            self.aantal.value = stand.plaatsen
        self._plaatsen = stand.plaatsen

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; weights that somebody moved here stay where they are."""
        self.volg(stand)
        super().toon(stand)

    def reken(self, stand: Stand) -> Shortlist:
        """The shortlist of `stand` with the controls as they are."""
        return stand.shortlist(
            gewichten=self.gewichten.waarden, opgaven=self.aantal.value, budget_eur=self._lees_budget(),
            methode=self.manier.value, normalisatie=self.normalisatie.value,
        )  # fmt: skip

    def _teken(self) -> None:
        self.uitkomst = self.reken(self.stand)
        figuur = weergave.shortlist(self.uitkomst, self.stand.criteria)
        iets = bool(figuur.figuur)
        self.beeld.toon(replace(figuur, uitleg=_RANGORDE) if iets else figuur)
        # Nothing to weigh: no controls beside an empty place.
        self._bediening.layout = zichtbaar(iets)
        (self._naast.add_class if iets else self._naast.remove_class)("ow-twee")
        if self._manieren:
            p = self.uitkomst.parameters
            zinnen = [METHODEN[self.manier.value].uitleg, p["uitleg_normalisatie"], p["uitleg_ontbrekend"]]
            self._uitleg.value = str(html("<p class='ow-onder'>{z}</p>", z=" ".join(zinnen)))

    def _lees_budget(self) -> int | None:
        if not self.budget.value.strip():
            return None
        # The gate comes in only when somebody types an amount: a page's kernel stays small without it.
        from opgavelib.inlezen.getallen import Onleesbaar, lees_bedrag

        try:
            return lees_bedrag(self.budget.value)[0]
        except Onleesbaar:
            raise OpgaveFout("Dit budget is niet te lezen. Vul bijvoorbeeld 25 mln of 25.000.000 in.") from None


def _criteria(lijst: Sequence[Criterium], gewichten: Mapping[str, float] | None = None) -> list[dict[str, object]]:
    """As the widget wants them, with the weights as percentages."""
    som = sum(c.gewicht for c in lijst)
    aandelen = gewichten or {c.criterium: c.gewicht / som for c in lijst}
    return [
        {"criterium": c.criterium, "naam": c.naam, "omschrijving": c.omschrijving,
         "waarde": round(100 * aandelen[c.criterium], 1)}
        for c in lijst
    ]  # fmt: skip


class ComplexiteitPaneel(Paneel):
    """Projects on complexiteit and tijd, by the quarter of their end or their start."""

    def _bouw(self) -> ipywidgets.Widget:
        self.beeld = Beeld(
            "Hoe complex is wat we doen, en wanneer loopt het?", "Projecten, meest complex boven", zoeken=True
        )
        self.tijd = ipywidgets.ToggleButtons(
            options=[("Wanneer is het klaar?", "eind_kwartaal"), ("Wanneer begint het?", "start_kwartaal")],
            description="Wat laat de tijdas zien",
            style=VOLUIT,
        )
        self._bij(self.tijd)
        boven, onder = self.beeld.doos.children
        boven.children = (*boven.children, self.tijd)
        return ipywidgets.VBox([*self._eigen_melding, boven, onder])

    def _teken(self) -> None:
        figuur = weergave.complexiteit_tijd(self.stand.projecten, self.stand.voorscheider.midden, self.tijd.value)
        self.beeld.toon(figuur)


class BelastingPaneel(Paneel):
    """Load of all teams; a team that is chosen (in the list or in the chart) shows its quarters."""

    def _bouw(self) -> ipywidgets.Widget:
        self.beeld = Beeld(
            "Kan ieder team leveren wat er wordt gevraagd?", "Uren per team en kwartaal", zoeken=True
        )
        self.detail = Beeld(bijschrift="Uren van dit team per kwartaal", hoogstens=0)
        self.team = ipywidgets.Dropdown(description="Bekijk een team van dichtbij", style=VOLUIT)
        self._bij(self.team)
        self.beeld.grafiek.observe(vang(self.melding, "kiezen van een team")(self._kies), "klik")
        boven, tabel = self.beeld.doos.children
        detail, detail_tabel = self.detail.doos.children
        detail.children = (self.team, *detail.children)
        self._detail = detail
        return ipywidgets.VBox([*self._eigen_melding, boven, detail, detail_tabel, tabel])

    def _teken(self) -> None:
        capaciteit = self.stand.capaciteit
        # The first, with the largest shortage, is shown until another is chosen.
        namen = volgorde(capaciteit.tabel)
        if sorted(self.team.options or ()) != sorted(namen):
            gekozen = self.team.value
            self.team.options = namen
            self.team.value = gekozen if gekozen in namen else next(iter(namen), None)
        self._detail.layout = zichtbaar(bool(namen))
        self.beeld.toon(weergave.belasting(capaciteit))
        self.detail.toon(weergave.team(capaciteit, self.team.value or ""))

    def _kies(self, verandering: dict) -> None:
        klik = verandering["new"]
        if klik and isinstance(klik.get("customdata"), str):
            # The text begins with the team, which may have a comma in its name.
            begint = [t for t in self.team.options if klik["customdata"].startswith(f"{t}, ")]
            if begint:
                self.team.value = max(begint, key=len)
