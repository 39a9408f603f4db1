"""The screen to choose on as state: a choice asks a search, its answer comes when asked for, an old one never."""

from __future__ import annotations

import subprocess
import sys

import pytest

from opgavelib.domein.scenario import BASIS
from opgavelib.domein.vraagstuk import Oplossing, Status
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, kiezen, zoeken
from opgavelib.toepassing.kind import Taak
from opgavelib.widgets import kiezen as scherm
from opgavelib.widgets import kiezen_vorm as vorm
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.kiezen import KiesPaneel


class Kinderen:
    """Processes that answer when the test says so; what they compute is real."""

    def __init__(self):
        self.wachten: list = []
        self.vast = False  # hold answers back

    def in_kind(self, functie, *argumenten, bij_bericht=None) -> Taak:
        taak = Taak()
        self.wachten.append((taak, functie, argumenten, bij_bericht))
        if not self.vast:
            self.antwoord()
        return taak

    def antwoord(self) -> None:
        """All that wait get their answer."""
        wachten, self.wachten = self.wachten, []
        for taak, functie, argumenten, hoor in wachten:
            try:
                meer = {"meld": lambda b, hoor=hoor: hoor(b) or True} if hoor else {}
                taak.set_result(functie(*argumenten, **meer))
            except Exception as fout:
                taak.set_exception(fout)


class Scherm:
    """Panel with its page around it: every change shows a new Stand."""

    def __init__(self, map_, kinderen: Kinderen, bekend: dict):
        self.werkmap, self.kinderen = Werkmap(map_), kinderen
        self.handelingen = Handelingen(self.toon)
        self.handelingen.balk.naam = "Ilse"
        self.paneel = KiesPaneel(self.handelingen)
        self.paneel.werk.antwoorden |= bekend
        self.gestuurd: list[tuple[str, dict]] = []
        for naam, deel in self.paneel.delen.items():
            deel.send = lambda b, naam=naam: self.gestuurd.append((naam, b))
        self.toon()

    def toon(self) -> None:
        stand = Stand(self.werkmap)
        self.handelingen.toon(stand)
        self.paneel.toon(stand)

    def doe(self, deel: str, soort: str, **meer) -> dict | None:
        self.gestuurd.clear()
        self.paneel.ontvang(deel, {"soort": soort, "nr": 1, **meer})
        return next((b for _, b in self.gestuurd if b["soort"] == "klaar"), None)

    def wacht(self) -> None:
        """As the view: ask as long as something is being calculated."""
        for _ in range(20):
            if not self.paneel.delen["kop"].bezig:
                return
            self.paneel.ontvang("kop", {"soort": "kijk"})
        raise AssertionError("blijft bezig")

    def beeld(self, deel: str) -> dict:
        return self.paneel.delen[deel].beeld

    @property
    def gekozen(self) -> list[str]:
        return [r["id"] for r in self.beeld("lijst")["rijen"] if r["in"]]


@pytest.fixture
def kinderen(monkeypatch):
    k = Kinderen()
    monkeypatch.setattr(zoeken, "in_kind", k.in_kind)
    monkeypatch.setattr(scherm, "_RUST_S", 0.0)
    return k


@pytest.fixture(scope="module")
def bekend(voorbeeld):
    """The answer of the example as it is, found once."""
    with Werkmap(voorbeeld) as w:
        v = kiezen.vraagstuk(Stand(w))
    return {zoeken.merk(v): zoeken.los_op(v, 10.0)}


@pytest.fixture
def s(voorbeeld_kopie, kinderen, bekend):
    return Scherm(voorbeeld_kopie, kinderen, bekend)


def test_de_shortlist_komt_vanzelf_met_tijdlijn_grenzen_ruimte_en_dekking(voorbeeld, kinderen):
    s = Scherm(voorbeeld, kinderen, {})
    assert (s.beeld("kop")["staat"], s.gekozen) == ("geen", [])
    s.wacht()
    kop = s.beeld("kop")
    assert (kop["staat"], kop["advies"], kop["botsing"], kop["verder"]) == ("actueel", "", None, False)
    assert kop["conclusie"].startswith("De beste shortlist heeft 19 ambities")
    assert "Hoogstens 5 tegelijk is het advies (VPNG" in kop["letop"]
    assert len(s.gekozen) == 19
    assert s.beeld("zij")["grenzen"][0]["gebruikt"] == "nu 19"
    assert {d["lid"]: d["in"] for d in s.beeld("zij")["dekking"]}["Joost Hoekzema"] == 2
    tijdlijn = s.paneel.figuren.tijdlijn.figuur
    assert sum(len(b["y"]) for b in tijdlijn["data"] if b["type"] == "bar") == 19
    assert s.paneel.figuren.ruimte.grafiek.figuur["data"][0]["type"] == "heatmap"


def test_tijdens_het_zoeken_blijft_de_vorige_staan_en_een_oud_antwoord_komt_nooit(s, kinderen):
    was = s.gekozen
    kinderen.vast = True
    s.doe("zij", "grenzen", waarden={"opgaven": "17"}, reden="Minder tegelijk")
    s.paneel.ontvang("kop", {"soort": "kijk"})
    assert (s.beeld("kop")["staat"], s.gekozen, s.paneel.delen["kop"].bezig) == ("oud", was, True)
    oude = kinderen.wachten
    assert len(oude) == 1
    kinderen.wachten = []
    s.doe("zij", "grenzen", waarden={"opgaven": "16"}, reden="Nog minder")
    s.paneel.ontvang("kop", {"soort": "kijk"})
    (nieuw,) = kinderen.wachten
    kinderen.wachten = oude
    kinderen.antwoord()  # the answer with 17 comes after all
    s.paneel.ontvang("kop", {"soort": "kijk"})
    assert (s.beeld("kop")["staat"], s.gekozen) == ("oud", was)
    kinderen.wachten, kinderen.vast = [nieuw], False
    kinderen.antwoord()
    s.wacht()
    assert (s.beeld("kop")["staat"], len(s.gekozen)) == ("actueel", 16)


def test_wat_al_is_uitgerekend_staat_er_meteen_weer(s, kinderen):
    s.doe("zij", "grenzen", waarden={"opgaven": "17"}, reden="Minder")
    s.wacht()
    kinderen.vast = True
    s.handelingen.terug()
    assert (s.beeld("kop")["staat"], len(s.gekozen)) == ("actueel", 19)
    assert kinderen.wachten == []


def test_een_tussenstand_en_stoppen_laten_het_beste_tot_nu_toe_zien(s, kinderen, monkeypatch):
    monkeypatch.setattr(scherm, "_TEKEN_S", 0.0)
    kinderen.vast = True
    s.doe("zij", "grenzen", waarden={"opgaven": "17"}, reden="Minder")
    s.paneel.ontvang("kop", {"soort": "kijk"})
    (taak, _, (v, _tijd), hoor), = kinderen.wachten  # fmt: skip
    beste = zoeken.los_op(v, 10.0)
    half = Oplossing(Status.GEVONDEN, beste.start, beste.waarde, beste.waarde * 1.05)
    hoor(half)
    s.doe("kop", "kijk")
    voortgang = s.gestuurd[-1][1]["voortgang"]
    assert voortgang["stop"] == "Stop: neem de beste tot nu toe"
    assert "Beste tot nu toe: 1.167 punten met 17 ambities, hoogstens 5% beter mogelijk." in voortgang["zin"]
    assert (s.beeld("kop")["staat"], len(s.gekozen)) == ("voorlopig", 17)
    # It does not say that nothing is sought while it is.
    assert s.beeld("kop")["conclusie"].startswith("De beste shortlist tot nu toe heeft 17 ambities")
    assert "Het kan nog hoogstens 5% beter; er wordt nog gezocht." in s.beeld("kop")["conclusie"]
    s.doe("kop", "stop")
    assert taak._gestopt.is_set()
    taak.set_result(half)
    kinderen.wachten, kinderen.vast = [], False
    s.wacht()
    assert (s.beeld("kop")["staat"], s.beeld("kop")["verder"]) == ("actueel", True)
    assert "Het kan nog hoogstens 5% beter; verder is er niet gezocht." in s.beeld("kop")["conclusie"]
    s.doe("kop", "verder")
    s.wacht()
    assert not s.beeld("kop")["verder"]
    assert "dat is bewezen" in s.beeld("kop")["conclusie"]


def test_het_laatste_woord_met_reden_en_het_verschil_met_het_advies_blijft_staan(s):
    assert s.doe("lijst", "vast", id="CA-140", waarde="in", reden="")["fout"].startswith("Schrijf erbij waarom")
    assert s.doe("lijst", "vast", id="CA-140", waarde="in", reden="Het stroomnet wacht niet")["gelukt"]
    s.wacht()
    assert "CA-140" in s.gekozen
    (hand,) = s.beeld("hand")["hand"]
    assert (hand["id"], hand["wat"], hand["herkomst"]) == ("CA-140", "vast erin", "Ilse: Het stroomnet wacht niet")
    assert s.beeld("kop")["advies"].startswith("Zonder uw ene keuze: 1.330 punten in plaats van 1.329; dan CA-050")
    assert s.doe("lijst", "start", id="CA-140", kwartaal="2028K2", reden="Na de zomer")["gelukt"]
    s.wacht()
    rij = next(r for r in s.beeld("lijst")["rijen"] if r["id"] == "CA-140")
    assert (rij["begin"], rij["start"], rij["vast"]) == ("2028K2", "2028K2", "in")
    assert s.beeld("kop")["advies"].startswith("Zonder uw 2 keuzes")
    assert s.doe("hand", "weg", sleutel="vast|CA-140", reden="Toch niet")["gelukt"]
    s.wacht()
    assert [h["wat"] for h in s.beeld("hand")["hand"]] == ["begint in het 2e kwartaal 2028"]


def test_dekking_per_collegelid_zegt_wat_de_laatste_keuze_deed(s):
    s.doe("lijst", "vast", id="CA-151", waarde="in", reden="Ondermijning")
    s.wacht()
    marijke = next(d for d in s.beeld("zij")["dekking"] if d["lid"] == "Marijke van Delden")
    assert (marijke["was"], marijke["in"]) == (2, 3)
    assert [v["titel"].split()[0] for v in marijke["stemmen"] if v["in"]] == ["CA-151", "CA-105", "CA-157"]


def test_waarom_niet_zegt_wat_moet_wijken_en_wat_het_kost(s):
    s.doe("lijst", "waarom", id="CA-151")
    s.wacht()
    (waarom,) = [b for _, b in s.gestuurd if b["soort"] == "waarom"]
    assert (waarom["item"], waarom["valt_af"]) == ("CA-151", ["CA-050"])
    assert waarom["verlies"] == pytest.approx(1.5625)
    assert waarom["zinnen"][-1] == "Dat kost 1,6 punten van de 1.330"


def test_wat_niet_samen_kan_staat_er_met_een_knop_per_eis(s, monkeypatch):
    monkeypatch.setattr(zoeken, "BOTSING_S", 1.0)
    s.doe("zij", "grenzen", waarden={"opgaven": "5"}, reden="Proef")
    s.wacht()
    assert s.beeld("kop")["conclusie"].startswith("Geen enkele shortlist voldoet")
    eerste, tweede = s.beeld("kop")["botsing"]["eisen"]
    assert eerste == {"zin": "hoogstens 5 opgaven", "knop": "Maak er hoogstens 15 van"}
    assert tweede["zin"].startswith("6 ambities moeten erin omdat het wettelijk is: CA-")
    assert s.beeld("zij")["dekking"] == []
    assert s.doe("kop", "versoepel", nr_eis=0, reden="Het moet passen")["gelukt"]
    s.wacht()
    assert len(s.gekozen) == 15


def test_alleen_wat_genoeg_is_krijgt_een_knop_en_anders_staat_er_hoeveel_er_nog_te_veel_is(s, kinderen):
    kinderen.vast = True
    grens = {"opgaven": "5", "minstens|fysiek": "9"}
    s.doe("zij", "grenzen", waarden=grens, reden="Proef")
    s.paneel.ontvang("kop", {"soort": "kijk"})
    assert s.gestuurd[-1][1]["voortgang"]["stop"] == "Stop"
    s.doe("kop", "stop")  # nothing found yet: it ends at once
    assert s.beeld("kop")["conclusie"].startswith("Er is nog geen shortlist gevonden")
    assert not s.paneel.delen["kop"].bezig
    v = s.paneel._v
    eisen = [{"soort": "hoogstens", "sleutel": (), "zin": "hoogstens 5"},
             {"soort": "minstens", "sleutel": ("fysiek",), "zin": "minstens 9 in fysiek"},
             {"soort": "wettelijk", "sleutel": tuple(v.moet), "zin": "wettelijk"}]  # fmt: skip
    uit = [vorm.eis(e, "Los", v) for e in eisen]
    assert [e["knop"] for e in uit] == ["Los", "", ""]
    assert uit[1]["zin"].endswith("dan zijn er nog 10 plaatsen te weinig")
    assert uit[2]["zin"].endswith("dan zijn er nog 4 plaatsen te weinig")


def test_het_uitzoeken_van_een_botsing_laat_zien_hoe_ver_het_is_en_kan_stoppen(s, kinderen):
    s.doe("zij", "grenzen", waarden={"opgaven": "4"}, reden="Proef")
    s.paneel.ontvang("kop", {"soort": "kijk"})  # starts
    kinderen.vast = True
    s.doe("kop", "kijk")
    voortgang = s.gestuurd[-1][1]["voortgang"]
    assert voortgang["zin"].startswith("Zoekt uit welke eisen niet samen kunnen: 0 van hoogstens")
    assert voortgang["stop"] == "Stop"
    s.doe("kop", "stop")
    assert s.beeld("kop")["botsing"] == {"eisen": [], "klaar": True}
    assert not s.paneel.delen["kop"].bezig


def test_paren_en_een_tweede_scenario_en_een_vastgesteld_scenario(s):
    assert s.doe("zij", "paar", wat="niet_samen", a="CA-001", b="CA-109", reden="Zelfde mensen")["gelukt"]
    s.wacht()
    assert len({"CA-001", "CA-109"} & set(s.gekozen)) == 1
    dubbel = s.doe("zij", "paar", wat="niet_samen", a="CA-109", b="CA-001", reden="Nog eens")
    assert (dubbel["gelukt"], "al afgesproken" in dubbel["fout"]) == (False, True)
    assert s.beeld("zij")["paren"][0]["herkomst"] == "Ilse: Zelfde mensen"
    code = s.werkmap.scenarios.maak("Krap", "Ilse")
    s.werkmap.scenarios.stel_vast(code, {}, "Ilse", "College", gezien=s.werkmap.versie())
    s.toon()
    s.doe("kop", "scenario", code=code)
    s.wacht()
    assert (s.beeld("kop")["scenario"], s.beeld("kop")["dicht"], s.beeld("lijst")["dicht"]) == (code, True, True)
    uit = s.doe("lijst", "vast", id="CA-140", waarde="in", reden="Toch")
    assert not uit["gelukt"]
    assert "is vastgesteld" in uit["fout"]


FOUT = [
    ("lijst", {"soort": "vast", "id": "CA-999", "waarde": "in"}, "kan niet worden gekozen"),
    ("lijst", {"soort": "vast", "id": ["x"], "waarde": "in"}, "kan niet worden gekozen"),
    ("lijst", {"soort": "vast", "id": "CA-140", "waarde": "misschien"}, "vast erin of vast eruit"),
    ("lijst", {"soort": "start", "id": "CA-140", "kwartaal": "2040K1"}, "kwartaal van de planperiode"),
    ("zij", {"soort": "grenzen", "waarden": {"onzin": "3"}}, "Er is niets veranderd"),
    ("zij", {"soort": "grenzen", "waarden": "onzin"}, "Er is niets veranderd"),
    ("zij", {"soort": "grenzen", "waarden": {"opgaven": "veel"}}, "Vul een heel getal als 19 in"),
    ("zij", {"soort": "paar", "wat": "vast", "a": "CA-001", "b": "CA-109"}, "Kies wat er met de twee"),
    ("kop", {"soort": "versoepel", "nr_eis": 3}, "Deze eis is er niet meer"),
    ("hand", {"soort": "weg", "sleutel": "vast|CA-001"}, "Deze keuze is al weg"),
]


def test_wat_een_browser_ook_stuurt_wordt_gecontroleerd(s):
    voor = s.werkmap.versie()
    for deel, bericht, fout in FOUT:
        antwoord = s.doe(deel, **(bericht | {"reden": "Proef"}))
        assert not antwoord["gelukt"]
        assert fout in antwoord["fout"], bericht
    assert s.werkmap.versie() == voor
    assert s.werkmap.scenarios.een(BASIS).keuzes == {}


def test_het_front_komt_punt_voor_punt(s):
    s.doe("front", "front", wat="uren")
    s.wacht()
    front = s.paneel.figuren.front.grafiek.figuur["data"][0]
    assert front["x"] == [50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150]
    assert front["y"] == sorted(front["y"])
    s.doe("zij", "grenzen", waarden={"opgaven": "18"}, reden="Minder")
    assert s.paneel._punten == []  # they belong to another problem


def test_een_kind_dat_mislukt_wordt_gemeld_en_niet_steeds_opnieuw_geprobeerd(s, monkeypatch):
    monkeypatch.setattr(zoeken, "los_op", lambda *_, **__: 1 / 0)
    s.doe("zij", "grenzen", waarden={"opgaven": "17"}, reden="Minder")
    s.wacht()
    assert "Er ging iets mis bij het kiezen" in s.handelingen.melding.tekst
    assert s.beeld("kop")["staat"] == "mislukt"


def test_de_kernel_van_de_pagina_laadt_geen_oplosser():
    code = (
        "import sys, opgavelib.widgets.kiezen; "
        "print([m for m in ('ortools', 'scipy', 'plotly', 'openpyxl', 'sklearn') if m in sys.modules])"
    )
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "[]"
