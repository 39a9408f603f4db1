"""The screen for scenarios: copy, change, compare side by side, and freeze what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets
import traitlets as t

from opgavelib import notatie
from opgavelib.domein.scenario import BASIS
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, scenario, scenario_besluit, scenario_scherm
from opgavelib.toepassing.scenario_rekenen import GEVONDEN, KANS, Rekenaar
from opgavelib.toepassing.scenario_vergelijking import HOOGSTENS, vergelijk
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.handelingen import Handelingen, HandelingPaneel
from opgavelib.widgets.sorteren import bericht_tekst
from opgavelib.widgets.veilig import meld_fout
from opgavelib.widgets.vergelijking import Vergelijkvlak


class Scenariolijst(Basis, naam="scenario", met=("kiezer",)):
    """The scenarios with what was changed in each, and forms to change more.

    Attributes
    ----------
    scenarios : dicts with code, titel, van, zin (what it differs in), waarde (text), staat (``klaar``, ``bezig``,
        ``wacht``, ``gestopt``, ``geen``), staat_zin, vast (None or a sentence), vergelijkt (bool)
    hier : code of the one that is open
    veranderingen : of that one: dicts with sleutel, zin, wie, reden
    keuzes : ambities, teams, projecten, domeinen as {waarde, label}; kwartalen, plan (texts)
    voortgang : {zin, deel (0-1 or None), bezig, gestopt}
    herhaling : {code, zin, soort (``goed``, ``letop``, ``bezig``)}, or empty
    probeer : text of the button in the empty state; empty for none
    versie : of the werkmap that is shown; a form remembers it when it opens, and sends it as `gezien`
    """

    scenarios = t.List(t.Dict()).tag(sync=True)
    hier = t.Unicode(BASIS).tag(sync=True)
    veranderingen = t.List(t.Dict()).tag(sync=True)
    keuzes = t.Dict().tag(sync=True)
    voortgang = t.Dict().tag(sync=True)
    herhaling = t.Dict().tag(sync=True)
    probeer = t.Unicode().tag(sync=True)
    versie = t.Int(0).tag(sync=True)

    def __init__(self, bij_bericht: Callable[[dict], object], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.on_msg(lambda _w, inhoud, _b: bij_bericht(inhoud))


class ScenarioPaneel(HandelingPaneel):
    """Scenarios on a page.

    Parameters
    ----------
    handelingen : stores what is changed, with undo and conflicts

    Attributes
    ----------
    doos : the widget to display
    lijst : the `Scenariolijst`
    naast : the `Vergelijkvlak`
    """

    def __init__(self, handelingen: Handelingen):
        doe = {
            "kies": self._kies, "vergelijk": self._kies_vergelijking, "kopieer": self._kopieer,
            "hernoem": self._hernoem, "verwijder": self._verwijder, "stel_vast": self._stel_vast,
            "verander": self._verander, "terug": self._neem_terug, "probeer": self._probeer,
            "herhaal": self._herhaal, "stop": self._stop, "verder": self._verder, "stand": self._peil,
        }  # fmt: skip
        super().__init__(handelingen, "werken met scenario's", doe)
        self._rekenaar: Rekenaar | None = None
        # Per scenario of this moment: its problem, in what it differs, and by whom it was decided.
        self._problemen: dict[str, Vraagstuk] = {}
        self._veranderd: dict[str, list[scenario.Verandering]] = {}
        self._vast: dict[str, str] = {}
        self._laatste: dict[str, float] = {}  # value of the last answer, also when it is old by now
        self._vergelijkt: list[str] = []
        self._getoond: object = None
        self._herhaalt: tuple[str, Any] | None = None
        self.vlak = self.lijst = Scenariolijst(self.ontvang)
        self.naast = Vergelijkvlak()
        links = self._met_vraag("Wat als het anders loopt?").add_class("ow-scenariolijst")
        self.doos = ipywidgets.HBox([links, self.naast.doos]).add_class("ow-twee").add_class("ow-scenarios")

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; what is open, compared or being typed stays."""
        self._stand = stand
        if self._rekenaar is None:
            sd = {n: float(stand.waarde("prioritering", f"onzekerheid_{n}")) for n in ("waarde", "uren")}
            self._rekenaar = Rekenaar(float(stand.waarde("prioritering", "zoektijd")), sd)
        self._problemen, self._veranderd, self._vast = {}, {}, {}
        for code in stand.scenarios:
            genomen = scenario_besluit.besluit(stand, code)
            self._problemen[code] = v = genomen.vraagstuk if genomen else scenario_besluit.probleem(stand, code)
            self._veranderd[code] = scenario.veranderingen(stand, code)
            if genomen:
                self._rekenaar.bewaar(v, genomen.oplossing)
                self._vast[code] = f"{genomen.wie} op {notatie.moment(genomen.moment)}: {genomen.reden}"
        self._vergelijkt = [c for c in stand.scenarios if c in self._vergelijkt]
        if self.lijst.hier not in stand.scenarios:
            self.lijst.hier = BASIS
        self.lijst.keuzes = schoon(scenario_scherm.keuzes(stand))
        self._reken()
        self.lijst.versie = stand.versie

    # -- computing ----------------------------------------------------------------------------------

    def _codes(self) -> list[str]:
        """What is compared: what was chosen, else the open scenario with what it came from."""
        if self._vergelijkt:
            return self._vergelijkt
        van = self._stand.scenarios[self.lijst.hier].van
        return [
            c for c in self._stand.scenarios if c in (self.lijst.hier, van if van in self._problemen else BASIS)
        ]

    def _reken(self) -> None:
        eerst = self._codes()
        rest = [c for c in self._problemen if c not in eerst]
        self._rekenaar.vraag([self._problemen[c] for c in (*eerst, *rest)], [self._problemen[c] for c in eerst])
        self._rekenaar.bij()
        self._toon()

    def _peil(self, _bericht: dict) -> None:
        if self._herhaalt and self._herhaalt[1].done():
            self._toon_herhaling()
        if self._rekenaar.bij():
            self._toon()
        if (fout := self._rekenaar.fout) is not None:
            self._rekenaar.fout = None
            meld_fout(self.melding, "berekenen van een scenario", fout)

    def _toon(self) -> None:
        codes = self._codes()
        klaar = {c: self._rekenaar.oplossing(v) for c, v in self._problemen.items() if self._rekenaar.is_klaar(v)}
        with self.lijst.hold_sync():
            self.lijst.scenarios = [self._kaart(c, klaar.get(c), c in codes) for c in self._stand.scenarios]
            self.lijst.veranderingen = [
                {"sleutel": x.sleutel, "zin": x.zin, "wie": x.wie, "reden": x.reden}
                for x in self._veranderd[self.lijst.hier]
            ]
            self.lijst.voortgang = self._voortgang()
            self.lijst.probeer = ""
            if len(self._stand.scenarios) == 1 and (p := self._voorbeeld()):
                self.lijst.probeer = f"Probeer: team {p} verliest 2 fte"
        self._toon_vergelijking(codes, klaar)

    def _kaart(self, code: str, uit: Oplossing | None, vergelijkt: bool) -> dict[str, Any]:
        s, lijst = self._stand.scenarios[code], self._veranderd[code]
        van = self._stand.scenarios[s.van].titel if s.van in self._stand.scenarios else ""
        aantal = notatie.aantal(len(lijst), "verandering", "veranderingen") if lijst else "nog niets veranderd"
        bezig = self._rekenaar.oplossing(self._problemen[code])
        staat, zin = self._staat(code, uit)
        toon, oud = uit or bezig, ""
        if toon and toon.status in GEVONDEN:
            self._laatste[code] = toon.waarde
        elif toon is None and code in self._laatste:
            oud = f"was {notatie.getal(self._laatste[code])} punten"
        return {
            "code": code, "titel": s.titel, "van": van, "basis": code == BASIS, "vergelijkt": vergelijkt,
            "zin": ("zoals het nu gaat" if not lijst else aantal) if code == BASIS else f"van {van}, {aantal}",
            "waarde": oud or (f"{notatie.getal(toon.waarde)} punten" if toon and toon.status in GEVONDEN else ""),
            "staat": staat, "staat_zin": zin, "vast": self._vast.get(code),
        }  # fmt: skip

    def _staat(self, code: str, uit: Oplossing | None) -> tuple[str, str]:
        if uit is None:
            if self._rekenaar.bezig and self._rekenaar.oplossing(self._problemen[code]):
                return "bezig", "zoekt nog naar beter"
            return ("gestopt", "niet berekend") if self._rekenaar.gestopt else ("wacht", "wordt berekend")
        if uit.status not in GEVONDEN:
            return "geen", "geen shortlist die past"
        if self._stand.scenarios[code].vastgesteld:
            return "klaar", "vastgesteld"
        if uit.status == Status.OPTIMAAL:
            return "klaar", "beter kan niet"
        return "klaar", f"hoogstens {notatie.procent(uit.gat)} beter mogelijk"

    def _voortgang(self) -> dict[str, Any]:
        bezig, nog = self._rekenaar.bezig, self._rekenaar.nog
        if bezig is None:
            gestopt = self._rekenaar.gestopt
            zin = "Het rekenen is gestopt." if gestopt else ""
            return {"zin": zin, "deel": None, "bezig": nog > 0 and not gestopt, "gestopt": gestopt}
        soort, van, bericht, _ = bezig
        titel = next((self._titel(c) for c, v in self._problemen.items() if self._rekenaar.merk(v) == van), "")
        if soort == KANS:
            n = scenario_scherm.TREKKINGEN
            zin, deel = f"Kans van {titel}: {bericht or 0} van {n} trekkingen", (bericht or 0) / n
        else:
            zin, deel = f"Zoekt de beste shortlist van {titel}", None
        rest = f"; daarna nog {nog - 1}" if nog > 1 else ""
        return {"zin": zin + rest, "deel": deel, "bezig": True, "gestopt": False}

    def _toon_vergelijking(self, codes: list[str], klaar: Mapping[str, Oplossing]) -> None:
        if mist := [self._stand.scenarios[c].titel for c in codes if c not in klaar]:
            # Of the same scenarios what was found before stays in sight, and says that it is old.
            self.naast.wacht(" en ".join(mist), houd=self._getoond is not None and self._getoond[1] == codes)
            self._getoond = self._getoond and (None, self._getoond[1])
            return
        kansen = {c: k for c in codes if (k := self._rekenaar.kansen(self._problemen[c])) is not None}
        nu = (
            self._stand.versie,
            codes,
            {c: (klaar[c].waarde, dict(klaar[c].start)) for c in codes},
            sorted(kansen),
        )
        if nu != self._getoond:
            v = vergelijk(self._stand, codes, klaar, {c: k for c, (k, _, _) in kansen.items()})
            self.naast.toon(v, {c: (n, gelukt) for c, (_, n, gelukt) in kansen.items()})
            self._getoond = nu

    # -- what the view asks -------------------------------------------------------------------------

    def _code(self, bericht: dict) -> str:
        return scenario.scenario(self._stand, bericht_tekst(bericht, "code") or "").code

    def _titel(self, code: str) -> str:
        return self._stand.scenarios[code].titel

    def _kies(self, bericht: dict) -> None:
        self.lijst.hier = self._code(bericht)
        self.lijst.herhaling = {}
        self._vergelijkt = []
        self._reken()

    def _kies_vergelijking(self, bericht: dict) -> None:
        codes = bericht.get("codes")
        gevraagd = {c for c in codes if isinstance(c, str)} if isinstance(codes, list) else set()
        if not 1 <= len(gevraagd) <= HOOGSTENS:
            self._toon()  # the box that was ticked goes back
            raise BesluitFout(f"Vergelijk een tot {HOOGSTENS} scenario's tegelijk.")
        self._vergelijkt = [c for c in self._stand.scenarios if c in gevraagd]
        self._reken()

    def _kopieer(self, bericht: dict) -> bool:
        van, titel = self._code(bericht), bericht_tekst(bericht, "titel") or ""
        return self._maak(titel, van, f"Scenario '{titel}' gemaakt van '{self._titel(van)}'")

    def _maak(self, titel: str, van: str, wat: str, keuzes: scenario.Keuzes | None = None) -> bool:
        wie, gemaakt = self._handelingen.eis_naam(), []

        def maak(_gezien: int | None) -> str:
            gemaakt.append(scenario.maak_kopie(self._stand, titel, wie, van=van, keuzes=keuzes))
            return gemaakt[-1]

        if not self._handelingen.doe(wat, maak):
            return False
        self._kies({"code": gemaakt[-1]})
        return True

    def _hernoem(self, bericht: dict) -> bool:
        code, titel = self._code(bericht), bericht_tekst(bericht, "titel") or ""
        wie = self._handelingen.eis_naam()
        return self._handelingen.doe(
            f"'{self._titel(code)}' heet nu '{titel}'",
            lambda g: self._stand.werkmap.scenarios.hernoem(code, titel, wie, gezien=g),
        )

    def _verwijder(self, bericht: dict) -> bool:
        code, reden = self._code(bericht), bericht_tekst(bericht, "reden")
        if not reden:
            raise BesluitFout("Vul in waarom dit scenario weg kan.")
        wie = self._handelingen.eis_naam()
        return self._handelingen.doe(
            f"Scenario '{self._titel(code)}' verwijderd",
            lambda g: self._stand.werkmap.scenarios.verwijder(code, wie, reden, gezien=g),
        )

    def _verander(self, bericht: dict) -> bool:
        code, wie = self._code(bericht), self._handelingen.eis_naam()
        keuzes = scenario_scherm.lees(self._stand, code, str(bericht.get("wat")), bericht.get("velden"))
        reden = bericht_tekst(bericht, "reden") or ""
        s = self._stand.scenarios[code]
        wat = "; ".join(scenario.zin(self._stand, s, k, w) for k, w in keuzes.items())
        return self._handelingen.doe(
            f"{self._titel(code)}: {wat}",
            lambda g: scenario.verander(self._stand, code, keuzes, wie, reden, gezien=g),
        )

    def _neem_terug(self, bericht: dict) -> bool:
        code, naam = self._code(bericht), bericht_tekst(bericht, "sleutel") or ""
        wie = self._handelingen.eis_naam()
        return self._handelingen.doe(
            f"Verandering in '{self._titel(code)}' teruggenomen",
            lambda g: scenario.neem_terug(self._stand, code, naam, wie, gezien=g),
        )

    def _voorbeeld(self) -> str | None:
        uit = self._rekenaar.oplossing(self._problemen[BASIS])
        return scenario_scherm.krapste_team(self._problemen[BASIS], uit)

    def _probeer(self, _bericht: dict) -> bool:
        team = self._voorbeeld()
        if team is None:
            raise BesluitFout("Er zijn nog geen teams gelezen.")
        titel = f"{team}: 2 fte minder"
        keuzes = scenario.fte(team, -2.0, self._problemen[BASIS].kwartalen[0])
        return self._maak(titel, BASIS, f"Scenario '{titel}' gemaakt", keuzes)

    def _stel_vast(self, bericht: dict) -> bool:
        code, reden = self._code(bericht), bericht_tekst(bericht, "reden") or ""
        wie, v = self._handelingen.eis_naam(), self._problemen[code]
        if not self._rekenaar.is_klaar(v):
            raise BesluitFout("De shortlist van dit scenario wordt nog berekend. Wacht tot de uitkomst er is.")

        def vast(_gezien: int | None) -> None:
            # Nothing to give back: a decision is not undone, a copy of it can be changed.
            scenario_besluit.stel_vast(self._stand, code, wie, reden, berekend=(v, self._rekenaar.oplossing(v)))

        return self._handelingen.doe(f"'{self._titel(code)}' vastgesteld", vast)

    def _herhaal(self, bericht: dict) -> None:
        code = self._code(bericht)
        self._herhaalt = (code, scenario_scherm.herhaal_in_kind(self._stand, code))
        self.lijst.herhaling = {"code": code, "zin": "Het besluit wordt opnieuw berekend.", "soort": "bezig"}

    def _toon_herhaling(self) -> None:
        (code, taak), self._herhaalt = self._herhaalt, None
        self.lijst.herhaling = {}
        uit = scenario_besluit.leg_herhaling_uit(self._stand, code, taak.result())
        soort = "goed" if uit.uitslag == "gelijk" and not uit.gebroken else "letop"
        self.lijst.herhaling = {"code": code, "zin": uit.toelichting, "soort": soort}

    def _stop(self, _bericht: dict) -> None:
        self._rekenaar.stop()
        self._toon()

    def _verder(self, _bericht: dict) -> None:
        self._rekenaar.verder()
        self._reken()
