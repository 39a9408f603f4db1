"""What every source with budget lines is, and what changed between versions and years."""

from __future__ import annotations

from datetime import datetime

import ipywidgets

from opgavelib import notatie
from opgavelib.domein.begrippen import Begrotingsrol
from opgavelib.toepassing import herkomst
from opgavelib.toepassing.geld import Versie
from opgavelib.weergave import versies as beelden
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.controle_vorm import zet_opties
from opgavelib.widgets.formulier import Formulier
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.panelen import VOLUIT, Paneel
from opgavelib.widgets.veilig import html, vang

_ZOALS = "zoals de naam zegt"


class VersiesPaneel(Paneel):
    """Sources, versions and years of the begroting.

    Attributes
    ----------
    bronnen : every source and as what it counts; choosing one puts it in the form
    vorm : form: as what a source counts
    van, naar : two versions to hold beside each other
    lijst, regels, taakvelden, jaren : the views
    """

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        super().__init__(melding=handelingen.melding)

    def _bouw(self) -> ipywidgets.Widget:
        self.bronnen = Beeld("Welke begroting telt?", "Bronnen met begrotingsregels", "bron", hoogstens=0)
        self.vorm = Formulier(knop="Leg vast")
        self.van = ipywidgets.Dropdown(description="Van", style=VOLUIT)
        self.naar = ipywidgets.Dropdown(description="Naar", style=VOLUIT)
        self.lijst = Beeld("Welke versies waren er?", "Versies van de begroting, oudste eerst", hoogstens=0)
        self.regels = Beeld(
            "Wat veranderde er tussen twee versies?", "Regels die anders zijn, grootste eerst", zoeken=True
        )
        self.taakvelden = Beeld(bijschrift="Per taakveld", hoogstens=12)
        self.jaren = Beeld("Hoe lopen de jaren?", "Totalen per begrotingsjaar", hoogstens=0)
        self._vult = False  # while the choices are filled in, nobody chose
        for keuze in (self.van, self.naar):
            keuze.observe(vang(self.melding, "vergelijken")(lambda _: self._toon_verschil()), "value")
        self.vorm.observe(vang(self.melding, "vastleggen van de versie")(self._leg_vast), "ingediend")
        self.bronnen.tabel.observe(vang(self.melding, "kiezen")(self._kies), "gekozen")
        boven, rijen = self.bronnen.doos.children
        kop = ipywidgets.HTML(str(html("<h2>Als wat telt een bron?</h2>")))
        vorm = ipywidgets.VBox([kop, self.vorm]).add_class("ow-kaart")
        self._naast = ipywidgets.VBox([rijen, ipywidgets.HBox([vorm]).add_class("ow-twee")])
        verschil, regels = self.regels.doos.children
        keuze = ipywidgets.HBox([self.van, self.naar]).add_class("ow-rij")
        verschil.children = (verschil.children[0], keuze)
        _, taakvelden = self.taakvelden.doos.children
        self._versies = ipywidgets.VBox([*self.lijst.doos.children, verschil, regels, taakvelden])
        return ipywidgets.VBox([*self._eigen_melding, boven, self._naast, self._versies, self.jaren.doos])

    def _teken(self) -> None:
        geld = self.stand.geld
        self.bronnen.toon(beelden.bronnen(geld.bronnen, geld.alle_regels))
        self._naast.layout = zichtbaar(bool(geld.bronnen))
        self.vorm.velden, self.vorm.versie = self._velden(), self.stand.versie
        meer = len(geld.versies) > 1
        self._versies.layout = zichtbaar(meer)
        if meer:
            self._vult = True
            try:
                opties = [(f"{v.versie}. {v.naam}", v.versie) for v in geld.versies]
                zet_opties(self.van, opties, opties[-2][1])
                zet_opties(self.naar, opties, opties[-1][1])
            finally:
                self._vult = False
            self.lijst.toon(beelden.versies([_als_rij(v) for v in geld.versies]))
            self._toon_verschil()
        self.jaren.toon(beelden.jaren(geld.meerjaren))
        self.jaren.doos.layout = zichtbaar(bool(geld.bronnen))

    def _toon_verschil(self) -> None:
        if self._vult or self.stand is None:
            return
        geld, van, naar = self.stand.geld, self.van.value, self.naar.value
        een_stap = naar == van + 1  # that one was computed with the versions
        verschil = geld.versies[naar - 1].sinds_vorige if een_stap else geld.verschil(van, naar)
        self.regels.toon(beelden.verschil_regels(verschil))
        self.taakvelden.toon(beelden.verschil_taakvelden(verschil, herkomst.taakveldnamen(geld.peiljaar)))

    def _velden(self) -> list[dict]:
        geld = self.stand.geld
        rollen = [{"waarde": str(r), "label": naam} for r, naam in beelden.ROLLEN.items()]
        return [
            {"naam": "bron", "label": "Bron", "soort": "keuze", "verplicht": True,
             "opties": [{"waarde": b.bron, "label": b.naam} for b in geld.bronnen],
             "waarde": geld.bronnen[-1].bron if geld.bronnen else None},
            {"naam": "rol", "label": "Telt als", "soort": "keuze", "verplicht": True,
             "opties": [*rollen, {"waarde": _ZOALS, "label": "Zoals de naam van het bestand zegt"}]},
            {"naam": "reden", "label": "Reden", "soort": "tekst", "verplicht": True},
        ]  # fmt: skip

    def _kies(self, verandering: dict) -> None:
        if verandering["new"] in [b.bron for b in self.stand.geld.bronnen]:
            self.vorm.vul_in("bron", verandering["new"])

    def _leg_vast(self, verandering: dict) -> None:
        if not verandering["new"]:
            return
        self.vorm.fout = self.vorm.controleer()
        if self.vorm.fout:
            return
        w = verandering["new"]["waarden"]
        wie, werkmap = self._handelingen.eis_naam(), self.stand.werkmap
        rol = None if w["rol"] == _ZOALS else w["rol"]
        naam = next(b.naam for b in self.stand.geld.bronnen if b.bron == w["bron"])
        wat = f"{naam}: {_ZOALS if rol is None else beelden.ROLLEN[Begrotingsrol(rol)].lower()}"

        def doen(gezien: int | None) -> list[int]:
            return werkmap.zet_begrotingsversie(w["bron"], rol, wie, w["reden"], gezien=gezien)

        with self._handelingen.begonnen_bij(verandering["new"].get("gezien")):
            gelukt = self._handelingen.doe(wat, doen)
        if gelukt:
            self.vorm.leeg()


def _als_rij(v: Versie) -> dict[str, object]:
    moment = notatie.moment(datetime.fromisoformat(v.gelezen_op).astimezone()) if v.gelezen_op else ""
    return {"versie": v.versie, "naam": v.naam, "moment": moment, "wie": v.wie, "lasten_eur": v.lasten_eur,
            "verschil_eur": v.verschil_eur, "toelichting": v.toelichting}  # fmt: skip
