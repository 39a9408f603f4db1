"""Own euros per inhabitant beside those of other municipalities (Iv3), and which municipality this is."""

from __future__ import annotations

import ipywidgets

from opgavelib import notatie
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import iv3
from opgavelib.toepassing.iv3_gegevens import gemeenten
from opgavelib.weergave import iv3 as beelden
from opgavelib.weergave.parameterwoorden import naam_van
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.controle_vorm import zonder_lege_kolommen
from opgavelib.widgets.formulier import Formulier
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.panelen import Paneel, knoppen
from opgavelib.widgets.veilig import html, vang

_MEESTE_INWONERS = 5_000_000
MATEN = (("Lasten", "lasten"), ("Baten", "baten"), ("Salarissen", "salarissen"))


class VergelijkenPaneel(Paneel):
    """Per taakveld and in total, with whom and in what as controls.

    Attributes
    ----------
    groep, maat : the controls
    per_taakveld, kern : the views
    gemeente : form: which municipality, or how many inhabitants
    """

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        super().__init__(melding=handelingen.melding)

    def _bouw(self) -> ipywidgets.Widget:
        self.groep = knoppen("Vergelijk met", [(naam, soort) for soort, naam in iv3.GROEPEN.items()])
        self.maat = knoppen("Wat wordt vergeleken", MATEN)
        self.per_taakveld = Beeld(
            "Geven wij per inwoner meer uit dan anderen?", "Per inwoner, grootste verschil eerst", zoeken=True
        )
        self.kern = Beeld(bijschrift="Lasten, salarissen en overhead", hoogstens=0)
        self.gemeente = Formulier(knop="Bewaar voor deze werkmap")
        self._wie = ipywidgets.HTML()
        self._bij(self.groep)
        self._bij(self.maat)
        self.gemeente.observe(vang(self.melding, "bewaren van de gemeente")(self._bewaar), "ingediend")
        boven, onder = self.per_taakveld.doos.children
        self._keuzes = ipywidgets.HBox([self.groep, self.maat]).add_class("ow-rij")
        boven.children = (boven.children[0], self._keuzes, *boven.children[1:])
        vorm = ipywidgets.VBox([self._wie, self.gemeente]).add_class("ow-kaart")
        _, kern_tabel = self.kern.doos.children
        half = ipywidgets.HBox([vorm]).add_class("ow-twee")
        return ipywidgets.VBox([*self._eigen_melding, boven, kern_tabel, onder, half])

    def _teken(self) -> None:
        mag = iv3.groepen(self.stand)
        opties = tuple((naam, soort) for soort, naam in mag.items())
        if self.groep.options != opties:
            gekozen = self.groep.value
            self.groep.options = opties
            self.groep.value = gekozen if gekozen in mag else opties[0][1]
        uit = iv3.vergelijking(self.stand, groep=self.groep.value, maat=self.maat.value)
        self.per_taakveld.toon(zonder_lege_kolommen(beelden.vergelijking(uit)))
        self.kern.toon(zonder_lege_kolommen(beelden.kern(uit)))
        self._keuzes.layout = zichtbaar(uit.reden is None)
        keuze = iv3.gemeente(self.stand)
        self._wie.value = str(
            html("<h2>{k}</h2><p>{t}</p>", k=f"Deze werkmap is van {keuze.naam}" if keuze.naam else
                 "Van welke gemeente is deze werkmap?", t=keuze.toelichting if keuze.naam else "")
        )  # fmt: skip
        self.gemeente.velden, self.gemeente.versie = self._velden(keuze.naam), self.stand.versie

    def _velden(self, naam: str | None) -> list[dict]:
        jaar, _ = iv3.vergelijkjaar(self.stand)
        inwoners = self.stand.waarde("iv3", "inwoners")
        opties = [{"waarde": n, "label": n} for n in sorted(gemeenten(jaar).index)]
        return [
            {"naam": "gemeente", "label": "Gemeente", "soort": "zoek", "opties": opties, "waarde": naam,
             "uitleg": "Leeg: het werkboek herkent de gemeente aan de bestandsnaam van de begroting."},
            {"naam": "inwoners", "label": "Inwonertal, als de gemeente niet in Iv3 staat", "soort": "getal",
             "waarde": inwoners},
            {"naam": "reden", "label": "Reden", "soort": "tekst", "verplicht": True},
        ]  # fmt: skip

    def _bewaar(self, verandering: dict) -> None:
        if not verandering["new"]:
            return
        self.gemeente.fout = self.gemeente.controleer()
        if self.gemeente.fout:
            return
        w = verandering["new"]["waarden"]
        wie, werkmap = self._handelingen.eis_naam(), self.stand.werkmap
        was = iv3.gemeente(self.stand)
        wensen = {}
        if w["gemeente"] != was.naam:
            wensen["iv3.gemeente"] = w["gemeente"]
        inwoners = _heel_aantal(w["inwoners"])
        if inwoners != self.stand.waarde("iv3", "inwoners"):
            wensen["iv3.inwoners"] = inwoners
        if not wensen:
            self.gemeente.melding = "Er is niets veranderd."
            return
        wat = ", ".join(
            f"{naam_van(k)} {'automatisch' if x is None else notatie.getal(x) if isinstance(x, int) else x}"
            for k, x in wensen.items()
        )
        with self._handelingen.begonnen_bij(verandering["new"].get("gezien")):
            gelukt = self._handelingen.doe(wat, lambda g: werkmap.zet_parameters(wensen, wie, w["reden"], gezien=g))
        if gelukt:
            self.gemeente.leeg()


def _heel_aantal(inwoners: float | None) -> int | None:
    if inwoners is None:
        return None
    if not 0 < inwoners < _MEESTE_INWONERS:
        raise BesluitFout("Vul een inwonertal boven nul in, bijvoorbeeld 41.250.")
    return round(inwoners)
