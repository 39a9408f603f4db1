"""The screen for what if: changes of work and teams together, what they free and where, and then deciding."""

from __future__ import annotations

import ipywidgets

from opgavelib import notatie
from opgavelib.domein.capaciteit import LEES_AANVRAGEN
from opgavelib.domein.scenario import BASIS, SCHEIDING, Scenario
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, scenario, wat_als
from opgavelib.toepassing.scenario_woorden import kort
from opgavelib.toepassing.urenkeuzes import VAN_ACTIVITEIT, VAN_TEAM
from opgavelib.toepassing.wat_als import Verandering, Voorstel
from opgavelib.weergave.belasting import GEEN_TEAMS
from opgavelib.weergave.wat_als import NIETS
from opgavelib.widgets import wat_als_vorm as vorm
from opgavelib.widgets.balans import Blik, Scenariokeuze
from opgavelib.widgets.beeld import zichtbaar
from opgavelib.widgets.formulier import Formulier
from opgavelib.widgets.handelingen import Handelingen, HandelingPaneel
from opgavelib.widgets.regels import Regels
from opgavelib.widgets.sorteren import bericht_tekst
from opgavelib.widgets.veilig import html, vang
from opgavelib.widgets.wat_als_gevolg import GevolgBeeld
from opgavelib.widgets.wat_als_lijst import Lijst, Regel

_VOORSTELLEN = 3  # to begin with, when nothing was changed yet


class WatAlsPaneel(HandelingPaneel):
    """Changes of hours on a page: nothing is stored before it is decided.

    Parameters
    ----------
    handelingen : stores what is decided, with undo and conflicts
    blik : what the page looks at

    Attributes
    ----------
    doos : the widget to display
    lijst : the changes so far
    scenario : which scenario it is reckoned from
    vlak : `Regels` of those changes
    formulier : of the change that is open
    besluit : form to decide or keep
    genomen : `Regels` of what the scenario already holds
    gevolg : what it does
    voorstellen : `Regels` to begin with
    """

    def __init__(self, handelingen: Handelingen, blik: Blik):
        doe = {"wijzig": self._wijzig, "weg": self._weg, "neem_terug": self._neem_terug, "door": self._door}
        super().__init__(handelingen, "doorrekenen", doe)
        self.blik = blik
        self.lijst = Lijst()
        self._begin: list[Voorstel] = []
        self._getoond: tuple[int, str] | None = None
        self.scenario = Scenariokeuze(blik, vang(self.melding, "kiezen")(self._reken), "Reken vanaf")
        self.vlak = Regels(self.ontvang, "Veranderingen tot nu toe")
        self.formulier = Formulier(knop="Klaar", live=True)
        self.besluit = Formulier(live=True)
        self.genomen = Regels(self.ontvang, "Wat al is besloten")
        self.voorstellen = Regels(self.ontvang, "Voorstellen om mee te beginnen")
        self.gevolg = GevolgBeeld()
        self.doos = self._bouw()
        for bron, naam, doen in (
            (self.formulier, "concept", self._concept), (self.formulier, "ingediend", self._klaar),
            (self.besluit, "concept", self._besluit_concept), (self.besluit, "ingediend", self._leg_vast),
        ):  # fmt: skip
            bron.observe(vang(self.melding, "doorrekenen")(doen), naam)

    def _bouw(self) -> ipywidgets.Widget:
        self.knoppen = {}
        for wat, tekst in vorm.KNOPPEN.items():
            self.knoppen[wat] = knop = ipywidgets.Button(description=f"+ {tekst}")
            knop.on_click(vang(self.melding, "toevoegen")(lambda _, w=wat: self._voeg_toe(w)))
        self._rij = ipywidgets.HBox(list(self.knoppen.values())).add_class("ow-knoppenrij")
        vraag = ipywidgets.HTML("<h2 class='ow-vraag'>Wat verandert er?</h2>")
        self._vorm = ipywidgets.VBox([self.formulier]).add_class("ow-tweekolom")
        kies = ipywidgets.VBox([vraag, self.melding, self.scenario, self.vlak, self._vorm, self._rij])
        self._doen = ipywidgets.VBox([ipywidgets.HTML("<h2 class='ow-vraag'>En dan?</h2>"), self.besluit])
        self._kop_genomen = ipywidgets.HTML()
        al = ipywidgets.VBox([self._kop_genomen, self.genomen])
        links = ipywidgets.VBox([d.add_class("ow-kaart") for d in (kies, self._doen, al)])
        self._kop_begin = ipywidgets.HTML()
        self._beginnen = ipywidgets.VBox([self._kop_begin, self.voorstellen]).add_class("ow-kaart")
        rechts = ipywidgets.VBox([self.gevolg.doos, self._beginnen])
        naast = ipywidgets.VBox([links, rechts]).add_class("ow-watals")
        return ipywidgets.VBox([naast, self.gevolg.onder])

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; the changes that are being thought of stay."""
        self._stand = stand
        for knop in self.knoppen.values():
            knop.disabled = stand.tabel("teams").empty
        self.knoppen[vorm.WERK].disabled = stand.werk.aanvragen.empty
        self._reken()

    # -- what the changes so far do -----------------------------------------------------------------

    def _reken(self) -> None:
        van = self.scenario.toon(self._stand)
        items, open_ = self.lijst.lees(self._stand, van), self.lijst.open is not None
        self.vlak.leeg = "" if open_ else "Nog niets. Er wordt niets opgeslagen voordat u besluit."
        self.vlak.items = items
        self._vorm.layout, self._rij.layout = zichtbaar(open_), zichtbaar(not open_)
        keuzes = self.lijst.keuzes
        gevolg = wat_als.bekijk(self._stand, keuzes, van.code) if keuzes else None
        self.gevolg.toon(gevolg, self._eerst())
        self._toon_besluit(van, gevolg)
        if (nu := (self._stand.versie, van.code)) != self._getoond:  # what changes here changes neither
            self._getoond = nu
            self._toon_genomen(van)
            self._zoek_begin(van)
        self._beginnen.layout = zichtbaar(bool(self._begin) and not self.lijst.regels)

    def _eerst(self) -> str:
        """What to do first when nothing was changed yet."""
        if self._stand.tabel("teams").empty:
            return f"{GEEN_TEAMS} Daarna kiest u hier wat er verandert."
        return NIETS if len(self._stand.werk.aanvragen) else f"Er zijn nog geen uren gevraagd. {LEES_AANVRAGEN}"

    def _toon_besluit(self, van: Scenario, gevolg: Verandering | None) -> None:
        self._doen.layout = zichtbaar(gevolg is not None and self.lijst.open is None)
        self.besluit.velden = vorm.velden_besluit(self._stand, van)
        opties = [o["waarde"] for o in self.besluit.velden[0]["opties"]]
        gekozen = ((self.besluit.concept or {}).get("waarden") or {}).get("waar")
        self.besluit.knop = vorm.DOE[gekozen if gekozen in opties else opties[0]]

    def _toon_genomen(self, van: Scenario) -> None:
        wat = "Wat is er al besloten?" if van.code == BASIS else f"Wat staat er al in {van.titel}?"
        self._kop_genomen.value = str(html("<h2 class='ow-vraag'>{w}</h2>", w=wat))
        knop = {"soort": "neem_terug", "tekst": "Neem terug", "vraag": "Waarom neemt u dit terug?"}
        soorten = (*VAN_ACTIVITEIT, *VAN_TEAM)
        self.genomen.leeg = "Er is nog geen werk verschoven, gekrompen of gestopt, en er is geen inhuur."
        self.genomen.items = [
            {"id": v.sleutel, "tekst": v.zin, "onder": f"{v.wie}: {v.reden}",
             "knoppen": [] if van.vastgesteld or v.weg else [knop]}
            for v in scenario.veranderingen(self._stand, van.code)
            if v.sleutel.partition(SCHEIDING)[0] in soorten
        ]  # fmt: skip

    def _zoek_begin(self, van: Scenario) -> None:
        """What would solve the largest shortage, for who has not changed anything yet."""
        tabel = self._stand.werk.capaciteit_in(van).tabel
        self._begin = []
        if (tabel["stand"] == "fout").any():
            team, kwartaal = tabel["saldo_uren"].idxmin()
            self._begin = wat_als.oplossingen(self._stand, team, kwartaal, van.code, hoogstens=_VOORSTELLEN)
            uren, wanneer = notatie.uren(-float(tabel["saldo_uren"].min())), notatie.kwartaal_voluit(kwartaal)
            zin = f"Het grootste tekort is {uren}, bij {team} in het {wanneer}. Dit helpt:"
            self._kop_begin.value = str(html("<h2 class='ow-vraag'>Waar te beginnen?</h2><p>{z}</p>", z=zin))
        knop = {"soort": "door", "tekst": "Reken door"}
        self.voorstellen.items = [
            {"id": str(n), "tekst": v.zin, "knoppen": [knop]} for n, v in enumerate(self._begin)
        ]

    # -- the list of changes ------------------------------------------------------------------------

    def neem_over(self, stand: Stand, voorstel: Voorstel) -> None:
        """Put a proposal in the list; `toon` shows it."""
        self.lijst.neem_over(stand, voorstel)

    def _door(self, bericht: dict) -> None:
        n = str(bericht.get("id"))
        if n.isdecimal() and int(n) < len(self._begin):
            self.lijst.neem_over(self._stand, self._begin[int(n)])
            self._reken()
            self.vlak.focus(self.lijst.regels[-1].id)

    def _voeg_toe(self, wat: str) -> None:
        self._zet_open(self.lijst.voeg_toe(wat, vorm.begin(self._stand, wat, self.blik)))

    def _wijzig(self, bericht: dict) -> None:
        self._zet_open(self.lijst.regel(bericht.get("id")))

    def _zet_open(self, regel: Regel) -> None:
        self.lijst.open = regel
        with self.formulier.hold_sync():
            self.formulier.fout = {}
            self.formulier.velden = vorm.velden(self._stand, regel.wat, regel.waarden)
        self.formulier.leeg()
        self._reken()
        self.formulier.focus()

    def _weg(self, bericht: dict) -> None:
        self.lijst.haal_weg(bericht.get("id"))
        self._reken()

    def _concept(self, verandering: dict) -> None:
        """What is filled in so far counts at once."""
        if self.lijst.open is not None and verandering["new"]:
            self._neem(verandering["new"])
            self._reken()

    def _neem(self, gestuurd: dict) -> None:
        mis, waarden = self.formulier.controleer(gestuurd), gestuurd["waarden"]
        for veld in self.formulier.velden:
            naam, als = veld["naam"], veld.get("alleen_als")
            if als is None or waarden.get(als["veld"]) in als["waarden"]:
                self.lijst.open.waarden[naam] = None if naam in mis else waarden.get(naam)

    def _klaar(self, verandering: dict) -> None:
        if self.lijst.open is None or not verandering["new"]:
            return
        regel = self.lijst.open
        self._neem(verandering["new"])
        self.lijst.open = None
        self._reken()
        self.vlak.focus(regel.id)

    # -- deciding -----------------------------------------------------------------------------------

    def _besluit_concept(self, verandering: dict) -> None:
        waar = ((verandering["new"] or {}).get("waarden") or {}).get("waar")
        if waar in vorm.DOE:
            self.besluit.knop = vorm.DOE[waar]

    def _leg_vast(self, verandering: dict) -> None:
        if not verandering["new"] or self._stand is None:
            return
        if mis := self.besluit.controleer():
            self.besluit.fout = mis
            return
        if self.lijst.klopt_niet:
            raise BesluitFout(f"{self.lijst.klopt_niet} Maak dit eerst in orde of haal het weg.")
        if not self.lijst.keuzes:
            raise BesluitFout("Kies eerst wat er verandert.")
        w, wie = self.besluit.ingediend["waarden"], self._handelingen.eis_naam()
        if self._bewaar(w, wie):
            self.besluit.concept = None
            self.besluit.leeg()

    def _bewaar(self, w: dict, wie: str) -> bool:
        keuzes, van, stand = dict(self.lijst.keuzes), self.blik.in_stand(self._stand), self._stand
        wat = vorm.samenvatting(stand, van, keuzes)
        if w["waar"] == vorm.BESLUIT:
            return self._leg(f"Besloten: {wat}", lambda g: wat_als.bewaar(stand, keuzes, wie, w["reden"], gezien=g))
        if w["waar"] == vorm.NIEUW:
            titel = str(w["titel"])
            return self._leg(
                f"Scenario '{titel}' gemaakt: {wat}",
                lambda _: stand.werkmap.scenarios.maak(
                    titel, wie, van=van.code, reden=scenario.VERKENNING, keuzes=keuzes
                ),
            )
        code = van.code if van.code != BASIS else str(w["scenario"])
        return self._leg(
            f"In scenario '{stand.scenarios[code].titel}': {wat}",
            lambda g: wat_als.bewaar(stand, keuzes, wie, scenario.VERKENNING, scenario=code, gezien=g),
        )

    def _leg(self, wat: str, leg) -> bool:
        """Store, and begin with an empty list again; also when it is stored after a conflict."""

        def leg_en_begin(gezien: int | None):
            uit = leg(gezien)
            self.lijst.leeg()
            return uit

        return self._handelingen.doe(wat, leg_en_begin)

    def _neem_terug(self, bericht: dict) -> bool:
        naam, reden = bericht_tekst(bericht, "id") or "", bericht_tekst(bericht, "reden")
        van, stand = self.blik.in_stand(self._stand), self._stand
        if naam not in van.keuzes:
            raise BesluitFout("Deze keuze staat er niet meer.")
        if not reden:
            raise BesluitFout("Vul in waarom u dit terugneemt.")
        wie = self._handelingen.eis_naam()
        terug = None if van.code == BASIS else stand.scenarios[BASIS].keuzes.get(naam)
        wat = f"Teruggenomen: {kort(stand, van, naam, van.keuzes[naam])}"
        return self._handelingen.doe(
            wat, lambda g: wat_als.bewaar(stand, {naam: terug}, wie, reden, scenario=van.code, gezien=g)
        )
