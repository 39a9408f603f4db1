"""The screen to choose on: the best shortlist within what there is, why not another, and the last word by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

import ipywidgets
import traitlets as t

from opgavelib.domein.scenario import BASIS, Scenario
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, kiesbeeld, kiezen, rangorde, zoeken
from opgavelib.toepassing.kiesbeeld import GEVONDEN
from opgavelib.toepassing.kiezen import Keuze
from opgavelib.widgets import kiezen_vorm as vorm
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.kiezen_figuren import Kiesfiguren
from opgavelib.widgets.kiezen_keuzes import SOORTEN, Vastleggen
from opgavelib.widgets.veilig import vang

_RUST_S = 0.25  # after a change, before the search starts: people change more things at once
_TEKEN_S = 1.5  # between two drawings of a shortlist that is not final
_VERDER = 3  # times as long for who wants to search on
LEEG = "Er is nog niets beoordeeld. Lees scores in, of scoor samen; daarna staat hier de beste shortlist."
DELEN = ("kop", "hand", "zij", "lijst", "front")
_VAN_DIT = ("zoek", "waarom", "botsing", "front")


class Kiesdeel(Basis, naam="kiezen", met=("kiezer",)):
    """One part of the screen.

    Attributes
    ----------
    deel : which part this is
    beeld : what it shows; see the methods `_teken_...` of `KiesPaneel`
    bezig : something is being calculated: the view asks now and then (``kijk``)
    """

    deel = t.Enum(DELEN).tag(sync=True)
    beeld = t.Dict().tag(sync=True)
    bezig = t.Bool(False).tag(sync=True)

    @t.validate("beeld")
    def _schoon(self, voorstel: dict) -> dict:
        return schoon(voorstel["value"])


class KiesPaneel:
    """Choosing on a page, in one scenario at a time.

    The search runs in a process of its own and starts by itself; the last good answer stays on screen. Threads
    touch no widget: the view asks, while `Kiesdeel.bezig`, what there is.

    Attributes
    ----------
    doos : the widget to display
    delen : the parts, by name; what the person does arrives at `ontvang`
    keuze : the shortlist on screen, or None; `staat` says whether it is ``actueel``, ``voorlopig`` or ``oud``
    """

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        self.werk = zoeken.Zoekwerk()
        self.keuze: Keuze | None = None
        self.staat = "geen"
        self._stand: Stand | None = None
        self._scenario = Scenario(BASIS, "Basis")
        self._v: Vraagstuk | None = None
        self._advies_v: Vraagstuk | None = None
        self._merk = self._advies_merk = ""
        self._titels: dict[str, str] = {}
        self._gewijzigd = self._getekend = 0.0
        self._zoektijd = 1.0  # seconds that the search that runs may take
        self._mislukt: set[str] = set()
        self._botsing: dict | None = None
        self._punten: list[dict] = []
        self._front_soort = "uren"
        self._dekking: dict[str, Any] = {"van": "", "was": {}, "nu": {}}
        self._bouw()

    def _bouw(self) -> None:
        self.delen = {d: Kiesdeel(deel=d) for d in DELEN}
        self.figuren = f = Kiesfiguren()
        links = ipywidgets.VBox([f.wanneer, self.delen["hand"]])
        links.add_class("ow-stapel").add_class("ow-kiezen-links")
        naast = ipywidgets.HBox([links, self.delen["zij"]]).add_class("ow-twee").add_class("ow-breed-links")
        self.doos = ipywidgets.VBox(
            [self.delen["kop"], naast, self.delen["lijst"], f.ruimte.doos, self.delen["front"],
             f.front.doos]
        )  # fmt: skip
        f.tijdlijn.observe(vang(self._handelingen.melding, "kiezen")(self._klik), "klik")
        self._doe: dict[str, Callable[[dict], object]] = {
            "scenario": self._kies_scenario, "kijk": self._kijk, "stop": self._stop, "verder": self._verder,
            "waarom": self._waarom, "front": self._begin_front, "frontstop": lambda _b: self.werk.stop("front"),
        }  # fmt: skip
        for naam, deel in self.delen.items():
            deel.on_msg(lambda _w, inhoud, _b, naam=naam: self.ontvang(naam, inhoud))

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; a problem that is the same keeps its answer."""
        self._stand = stand
        self._scenario = stand.scenarios.get(self._scenario.code) or stand.scenarios[BASIS]
        self._titels = kiesbeeld.titels(stand, self._scenario)
        self._v = kiezen.vraagstuk(stand, self._scenario)
        merk, self._advies_merk, self._advies_v = zoeken.merk(self._v), "", None
        if self._hand():
            self._advies_v = kiezen.vraagstuk(stand, kiezen.zonder_hand(self._scenario))
            self._advies_merk = zoeken.merk(self._advies_v)
        if merk != self._merk:
            self._merk, self._gewijzigd = merk, monotonic()
            self.werk.breek_af(*_VAN_DIT)
            self._botsing, self._punten = None, []
        self._neem()

    def ontvang(self, naam: str, inhoud: Mapping[str, Any]) -> None:
        """One thing the person did in the part `naam`: a dict with `soort` and what belongs to it."""
        soort = str(inhoud.get("soort"))
        if self._stand is None:
            return
        melding = self._handelingen.melding
        if soort in SOORTEN:
            leg_vast = Vastleggen(self._handelingen, self._stand, self._scenario, self._v, self._titels)
            gelukt = bool(vang(melding, "vastleggen")(leg_vast.doe)(dict(inhoud), self._eisen()))
            fout = "" if gelukt else melding.tekst or "Niet opgeslagen. Kijk bovenaan wat er is."
            self.delen[naam].send({"soort": "klaar", "nr": inhoud.get("nr"), "gelukt": gelukt, "fout": fout})
        elif soort in self._doe:
            vang(melding, "kiezen")(self._doe[soort])(dict(inhoud))
            if soort == "waarom" and self.werk.loopt("waarom") is None:
                self.delen["lijst"].send({"soort": "geen waarom"})

    # -- searching, in a process of its own -----------------------------------------------------------

    def _kijk(self, _bericht: dict) -> None:
        """Take what came from elsewhere, and start what is needed."""
        try:
            for soort, over, wat, waarde in self.werk.kijk():
                self._hoor(soort, over, wat, waarde)
            self._start()
        finally:
            self._bezig()
            voortgang = vorm.voortgang(self.werk, self._zoektijd)
            self.delen["kop"].send({"soort": "gekeken", "voortgang": voortgang})

    def _tijd(self) -> float:
        return float(self._stand.waarde("prioritering", "zoektijd"))

    def _start(self) -> None:
        if self._mist(self._merk):
            if self.werk.loopt("zoek") is None and monotonic() - self._gewijzigd >= _RUST_S:
                self.werk.breek_af("advies")  # the problem on screen goes first
                self._zoek(self._tijd())
        elif self._advies_v is not None and self._mist(self._advies_merk) and self.werk.loopt("advies") is None:
            self.werk.begin("advies", self._advies_merk, zoeken.los_op, self._advies_v, self._tijd())

    def _zoek(self, tijd_s: float) -> None:
        self._zoektijd = tijd_s
        self.werk.begin("zoek", self._merk, zoeken.los_op, self._v, tijd_s, meldt=True)

    def _mist(self, merk: str) -> bool:
        return bool(merk) and merk not in self.werk.antwoorden and merk not in self._mislukt

    def _hoor(self, soort: str, over: object, wat: str, waarde: Any) -> None:
        if wat == "fout":
            self._mislukt.add(str(over))  # not again by itself: it would fail again
            self._neem()
            raise waarde
        if soort in ("zoek", "advies"):
            self._hoor_zoek(soort, str(over), wat, waarde)
        elif soort == "waarom":
            self.delen["lijst"].send({"soort": "waarom", "merk": self._merk[:12], **waarde})
        elif soort == "botsing":
            self._botsing = waarde
            self._teken_kop()
        elif soort == "front":
            if wat == "bericht":
                self._punten.append(waarde)
            self._teken_front()

    def _hoor_zoek(self, soort: str, over: str, wat: str, uit: Oplossing) -> None:
        if wat == "antwoord":
            self.werk.bewaar(over, uit)
            self._neem()
        elif soort == "zoek" and self.staat != "actueel" and uit.start and self._lang_geleden():
            self._laat_zien(uit, "voorlopig")

    def _lang_geleden(self) -> bool:
        """Not every step is drawn: that would only flicker."""
        return monotonic() - self._getekend >= _TEKEN_S

    def _neem(self) -> None:
        """Show the answer when it is there; else what was there stays, marked as such."""
        uit = self.werk.antwoorden.get(self._merk)
        if uit is not None:
            self._laat_zien(uit, "actueel")
            if uit.status == Status.ONMOGELIJK and self._botsing is None and self.werk.loopt("botsing") is None:
                self.werk.begin("botsing", self._merk, zoeken.botsing, self._v, self._namen())
        else:
            self.staat = "mislukt" if self._merk in self._mislukt else "oud" if self.keuze is not None else "geen"
            self._bezig()  # before the drawing: nobody sees an old shortlist that nothing is done about
            self._teken()
        self._bezig()

    def _bezig(self) -> None:
        advies = self._advies_v is not None and self._mist(self._advies_merk)
        self.delen["kop"].bezig = bool(self._mist(self._merk) or advies or self.werk.loopt() is not None)

    def _laat_zien(self, uit: Oplossing, staat: str) -> None:
        self._getekend = monotonic()
        zoekt = staat == "voorlopig" or self.werk.loopt("zoek") is not None
        self.keuze = kiezen.leg_uit(self._stand, self._scenario, self._v, uit, zoekt=zoekt)
        self.staat = staat
        self._teken()
        self.figuren.toon(self.keuze, kiezen.kwartalen(self._stand)[1])

    def _stop(self, _bericht: dict) -> None:
        loopt = self.werk.loopt("zoek")
        if loopt is None:
            self.werk.breek_af("botsing")
            self._botsing = self._botsing or {"eisen": [], "kleinste": False}
        elif loopt.laatste is None:  # it hears of a stop when it finds one, and it found none
            self.werk.breek_af("zoek")
            self.werk.bewaar(self._merk, Oplossing(Status.ONBEKEND, {}, 0.0, 0.0))
        else:
            self.werk.stop("zoek")
            return
        self._neem()

    def _verder(self, _bericht: dict) -> None:
        """Search longer for a better one than the best so far."""
        self._zoek(_VERDER * self._tijd())
        self._neem()

    def _kies_scenario(self, bericht: dict) -> None:
        if bericht.get("code") in self._stand.scenarios:
            self._scenario = self._stand.scenarios[bericht["code"]]
            self._dekking = {"van": "", "was": {}, "nu": {}}
            self.toon(self._stand)

    def _namen(self) -> dict[str, str]:
        return {a: kiesbeeld.noem(self._titels, a, 50) for a in self._v.items}

    # -- what is asked --------------------------------------------------------------------------------

    def _actueel(self) -> Oplossing:
        uit = self.werk.antwoorden.get(self._merk)
        if uit is None:
            raise BesluitFout("De nieuwe shortlist is er nog niet. Wacht even, of stop de zoektocht.")
        return uit

    def _waarom(self, bericht: dict) -> None:
        uit, item = self._actueel(), str(bericht.get("id"))
        if item in self._v.items and item not in uit.start:
            self.werk.begin("waarom", item, zoeken.waarom, self._v, uit, item, self._namen())
            self._bezig()

    def _begin_front(self, bericht: dict) -> None:
        uit = self._actueel()
        self._front_soort = "budget" if bericht.get("wat") == "budget" and self._v.budget_eur else "uren"
        self._punten = []
        self.werk.begin("front", self._merk, zoeken.front, self._v, uit, self._front_soort, meldt=True)
        self._bezig()
        self._teken_front()

    def _klik(self, verandering: dict) -> None:
        item = (verandering["new"] or {}).get("customdata")
        if isinstance(item, str):
            self.delen["lijst"].send({"soort": "kies", "id": item})

    # -- what is shown --------------------------------------------------------------------------------

    def _hand(self) -> list[kiesbeeld.Handkeuze]:
        return kiesbeeld.met_de_hand(self._stand, self._scenario, self._v)

    def _eisen(self) -> list[dict]:
        return kiesbeeld.bundel((self._botsing or {}).get("eisen", []), self._v)

    def _teken(self) -> None:
        self._teken_kop()
        self._teken_zij()
        self._teken_lijst()
        self._teken_hand()
        self._teken_front()

    def _teken_kop(self) -> None:
        k, uit = self.keuze, self.werk.antwoorden.get(self._merk)
        self.delen["kop"].beeld = {
            "scenarios": [{"waarde": s.code, "label": s.titel} for s in self._stand.scenarios.values()],
            "scenario": self._scenario.code,
            "dicht": self._scenario.vastgesteld,
            "conclusie": k.toelichting if k else "",
            "leeg": "" if self._v.items else LEEG,
            "staat": self.staat,
            "advies": self._advies(),
            "letop": kiesbeeld.topprioriteiten(self._stand, k.oplossing.start if k else ()),
            "botsing": self._teken_botsing(uit),
            "verder": uit is not None and uit.status in (Status.GEVONDEN, Status.ONBEKEND),
        }

    def _teken_botsing(self, uit: Oplossing | None) -> dict | None:
        """The demands that clash, each with how to loosen it; None when nothing clashes."""
        if uit is None or uit.status != Status.ONMOGELIJK:
            return None
        los = [kiesbeeld.versoepel(self._stand, self._scenario, self._v, e)[0] for e in self._eisen()]
        eisen = [vorm.eis(e, k, self._v) for e, k in zip(self._eisen(), los, strict=True)]
        return {"eisen": eisen, "klaar": self._botsing is not None}

    def _advies(self) -> str:
        """The difference with the advice without what people fixed."""
        if self._advies_v is None:
            return ""
        uit, advies = self.werk.antwoorden.get(self._merk), self.werk.antwoorden.get(self._advies_merk)
        aantal = sum(h.telt for h in self._hand())
        if uit is None or advies is None or not aantal:
            return ""
        return kiesbeeld.verschil(uit, advies, aantal, self._titels)

    def _teken_zij(self) -> None:
        stand, s = self._stand, self._scenario
        keuze = self.keuze if self.keuze is not None and self.keuze.oplossing.status in GEVONDEN else None
        self.delen["zij"].beeld = {
            "dicht": s.vastgesteld,
            "grenzen": [vorm.grens(g) for g in kiesbeeld.grenzen(stand, s, keuze)],
            "wettelijk": kiesbeeld.wettelijk_moet(stand, s),
            "paren": vorm.paren(stand, s, self._titels),
            "opties": vorm.opties({a: self._titels[a] for a in self._v.items}),
            "dekking": self._teken_dekking(keuze.oplossing.start) if keuze else [],
        }

    def _teken_dekking(self, start: Mapping[str, int]) -> list[dict]:
        """Coverage per council member; remembers what was in before the last choice, to say what it changed."""
        dekking = rangorde.dekking(self._stand, start)
        if self.staat == "actueel" and self._dekking["van"] != self._merk:
            nu = dekking.tabel["in"].to_dict()
            self._dekking = {"van": self._merk, "was": self._dekking["nu"] or nu, "nu": nu}
        return vorm.dekking(dekking, self._dekking["was"], self._titels)

    def _teken_lijst(self) -> None:
        self.delen["lijst"].beeld = {
            "merk": self._merk[:12],
            "staat": self.staat,
            "dicht": self._scenario.vastgesteld,
            "rijen": vorm.rijen(self.keuze, self._scenario) if self.keuze else [],
            "kwartalen": vorm.begin_kwartalen(self._stand),
        }

    def _teken_hand(self) -> None:
        anders = self._stand.kandidaten["titel"].drop(list(self._v.items), errors="ignore")
        self.delen["hand"].beeld = {
            "dicht": self._scenario.vastgesteld,
            "hand": vorm.hand(self._hand(), self._titels),
            "anders": vorm.opties(anders.to_dict()),
        }

    def _teken_front(self) -> None:
        loopt = self.werk.loopt("front") is not None
        self.delen["front"].beeld = {
            "loopt": loopt,
            "kan": self._merk in self.werk.antwoorden,
            "budget": bool(self._v.budget_eur),
            "soort": self._front_soort if self._punten or loopt else "",
            "voortgang": f"{len(self._punten)} van de {len(zoeken.FACTOREN)} punten berekend" if loopt else "",
        }
        self.figuren.toon_front(self._punten, self._front_soort, not loopt)
