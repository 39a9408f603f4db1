"""Taking a decision on a screen, seeing the last ones, and taking one back."""

from __future__ import annotations

import ipywidgets

from opgavelib import notatie
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.toepassing import Stand
from opgavelib.weergave.trechter import NAMEN
from opgavelib.widgets.formulier import Formulier
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.tabel import Tabel
from opgavelib.widgets.veilig import html, vang

_KEUZES = [{"waarde": b.value, "label": NAMEN[b]} for b in Bestemming]
_MET_DOEL = [Bestemming.OPGAVE.value, Bestemming.SAMENGEVOEGD.value]
_NIEUW = "nieuwe opgave"
_KOLOMMEN = (
    {"kolom": "moment", "kop": "Wanneer"},
    {"kolom": "wie", "kop": "Wie"},
    {"kolom": "titel", "kop": "Ambitie"},
    {"kolom": "besluit", "kop": "Besluit"},
    {"kolom": "reden", "kop": "Reden"},
)


class BesluitPaneel:
    """Form for a bestemming with its reason, a list of the last decisions, and undo of any of them.

    Parameters
    ----------
    handelingen : runs the changes of the page; its bar is shown above the form
    """

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        self._stand: Stand | None = None
        self.melding = handelingen.melding
        self.formulier = Formulier(knop="Leg het besluit vast")
        self.terug = Formulier(knop="Maak ongedaan")
        self.lijst = Tabel(
            _KOLOMMEN, sleutel="volgnummer", bijschrift="Laatste besluiten", hoogstens=12, zoeken=True
        )
        self.formulier.observe(vang(self.melding, "vastleggen van het besluit")(self._besluit), "ingediend")
        self.terug.observe(vang(self.melding, "ongedaan maken")(self._ongedaan), "ingediend")
        self.lijst.observe(self._kies_besluit, "gekozen")
        kop = ipywidgets.HTML(str(html("<h2>Neem een besluit</h2>")))
        kop_terug = ipywidgets.HTML(str(html("<h2>Kom op een besluit terug</h2>")))
        nieuw = ipywidgets.VBox([kop, self.formulier]).add_class("ow-kaart")
        terug = ipywidgets.VBox([kop_terug, self.terug]).add_class("ow-kaart")
        formulieren = ipywidgets.HBox([nieuw, terug]).add_class("ow-twee").add_class("ow-breed-links")
        lijst = ipywidgets.VBox([self.lijst]).add_class("ow-kaart")
        self.doos = ipywidgets.VBox([handelingen.balk, formulieren, lijst])

    def toon(self, stand: Stand) -> None:
        """Show the decisions of `stand` and offer its rows and opgaven; what is being typed stays."""
        self._stand = stand
        rijen = [
            {"waarde": a, "label": notatie.kort(f"{a} · {t}", 110)} for a, t in stand.ambities["titel"].items()
        ]
        opgaven = [{"waarde": _NIEUW, "label": "Nieuwe opgave…"}]
        opgaven += [{"waarde": o, "label": f"{o} · {t}"} for o, t in stand.tabel("opgaven")["titel"].items()]
        self.formulier.velden = [
            {"naam": "ambitie", "label": "Over welke ambitie", "soort": "zoek", "opties": rijen, "verplicht": True,
             "uitleg": "Typ een paar woorden of een code, of kies een rij in de shortlist."},
            {"naam": "bestemming", "label": "Bestemming", "soort": "keuze", "opties": _KEUZES, "verplicht": True},
            {"naam": "naar", "label": "Bij welke opgave, of samen met welke rij", "soort": "zoek",
             "opties": opgaven + rijen, "verplicht": True,
             "alleen_als": {"veld": "bestemming", "waarden": _MET_DOEL}},
            {"naam": "opgave", "label": "Naam van de nieuwe opgave", "soort": "tekst", "verplicht": True,
             "alleen_als": {"veld": "naar", "waarden": [_NIEUW]}},
            {"naam": "reden", "label": "Reden", "soort": "lang", "verplicht": True},
        ]  # fmt: skip
        self.formulier.versie = stand.versie
        logboek = stand.besluiten
        self.lijst.rijen = [
            {"volgnummer": r.Index, "moment": notatie.moment(r.tijdstip), "wie": r.wie, "titel": r.titel,
             "besluit": NAMEN[r.bestemming] + (f" → {r.naar}" if r.naar else ""), "reden": r.reden}
            for r in logboek.itertuples()
        ]  # fmt: skip
        opties = [
            {
                "waarde": str(r.Index),
                "label": notatie.kort(f"{r.wie}: {r.ambitie} {r.titel} → {NAMEN[r.bestemming]}", 110),
            }
            for r in logboek[logboek["geldig"]].itertuples()
        ]
        self.terug.velden = [
            {"naam": "besluit", "label": "Welk besluit", "soort": "zoek", "opties": opties, "verplicht": True,
             "uitleg": "Alleen het laatste besluit over een ambitie kan terug."},
            {"naam": "reden", "label": "Reden", "soort": "tekst", "verplicht": True},
        ]  # fmt: skip

    def kies(self, ambitie: str) -> None:
        """Fill in which ambitie the decision is about."""
        self.formulier.vul_in("ambitie", ambitie)

    def _kies_besluit(self, verandering: dict) -> None:
        if verandering["new"] is not None:
            self.terug.vul_in("besluit", str(verandering["new"]))

    def _besluit(self, verandering: dict) -> None:
        if not verandering["new"] or self._afgekeurd(self.formulier):
            return
        w = verandering["new"]["waarden"]
        wie, werkmap = self._handelingen.eis_naam(), self._stand.werkmap
        bestemming = Bestemming(w["bestemming"])
        naar = w["naar"] if bestemming in _MET_DOEL else None

        def doen(gezien: int | None) -> list[int] | str:
            if naar == _NIEUW and bestemming == Bestemming.OPGAVE:
                return werkmap.maak_opgave(
                    w["opgave"], wie, ambities=[w["ambitie"]], reden=w["reden"], gezien=gezien
                )
            return werkmap.besluit(Besluit(w["ambitie"], bestemming, w["reden"], wie, naar), gezien=gezien)

        with self._handelingen.begonnen_bij(verandering["new"].get("gezien")):
            gelukt = self._handelingen.doe(f"{w['ambitie']} → {NAMEN[bestemming]}", doen)
        if gelukt:
            self.formulier.leeg()

    def _ongedaan(self, verandering: dict) -> None:
        if not verandering["new"] or self._afgekeurd(self.terug):
            return
        w = verandering["new"]["waarden"]
        wie, werkmap = self._handelingen.eis_naam(), self._stand.werkmap
        wat = "Het besluit is teruggedraaid; de vorige bestemming geldt weer"
        if self._handelingen.doe(wat, lambda _: werkmap.maak_ongedaan(int(w["besluit"]), wie, w["reden"])):
            self.terug.leeg()

    @staticmethod
    def _afgekeurd(formulier: Formulier) -> bool:
        formulier.fout = formulier.controleer()
        return bool(formulier.fout)
