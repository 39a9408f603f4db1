"""The page to score on and the screen to lead on, without a browser: what they send, take and refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict

import pytest

from opgavelib import parameters
from opgavelib.domein.sessie import Fase
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing import sessie_leiden as leiden
from opgavelib.widgets.beoordelen import BeoordelenPagina
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.sessie import SessiePaneel


class Deelnemer:
    """A page with somebody on it; `post` is what their browser got."""

    def __init__(self, werkmap, naam: str, apparaat: str = ""):
        self.pagina = BeoordelenPagina(werkmap)
        self.post: list[dict] = []
        self.pagina.beoordeling.send = lambda inhoud, buffers=None: self.post.append(inhoud)
        self.pagina.werk_bij({"sessie": "B01"})
        self.zeg("doe_mee", code="B01", naam=naam, apparaat=apparaat or naam)

    def zeg(self, soort: str, **inhoud) -> list[dict]:
        """Send a message as the browser does; gives what came back."""
        vanaf = len(self.post)
        self.pagina.beoordeling._bericht(None, {"soort": soort, **inhoud}, [])
        return self.post[vanaf:]

    def hart(self) -> None:
        self.pagina.hartslag._ping(None, {"soort": "ping"}, [])

    @property
    def delen(self) -> dict:
        return self.pagina.beoordeling.delen


@pytest.fixture
def sessie(voorbeeld_kopie):
    """The example with a session on three ambities, one criterium on a scale of its own."""
    eigen = {
        "criterium": "kans", "naam": "Kans", "gewicht": 10, "richting": "hoger", "omschrijving": "Lukt het?",
        "laagst": 0, "hoogst": 100,
    }  # fmt: skip
    with Werkmap(voorbeeld_kopie) as w:
        lijst = [asdict(c) for c in parameters.criteria()] + [eigen]
        w.zet_parameter("criteria.lijst", lijst, "Mo", "proef")
        w.sessies.open("Proef", ["CA-001", "CA-002", "CA-003"], ["effect", "kans"], "Mo", deelnemers=["An", "Bo"])
        yield w


@pytest.fixture
def paneel(sessie):
    """The screen to lead on; undo and conflicts as on a page."""
    handelingen = Handelingen(lambda: (handelingen.toon(stand := Stand(sessie)), paneel.toon(stand)))
    paneel = SessiePaneel(handelingen)
    handelingen.balk.naam = "Mo"
    handelingen.toon(stand := Stand(sessie))
    paneel.toon(stand)
    return paneel


def zeg(paneel, soort: str, **inhoud) -> None:
    paneel.bord._bericht(None, {"soort": soort, **inhoud}, [])


def test_de_pagina_van_een_deelnemer_laadt_niets_zwaars(voorbeeld_kopie):
    """From opening to seeing the spread, in a process of its own as a kernel is."""
    code = """
import sys
from opgavelib.opslag import Werkmap
from opgavelib.widgets import klaar_teken, wacht_op_bezoeker
from opgavelib.widgets.beoordelen import BeoordelenPagina
w = Werkmap(sys.argv[1])
w.sessies.open("Proef", ["CA-001"], ["effect"], "Mo")
p = BeoordelenPagina(sys.argv[1])
p.werk_bij(wacht_op_bezoeker()); klaar_teken()
zeg = lambda **b: p.beoordeling._bericht(None, b, [])
zeg(soort="doe_mee", code="B01", naam="An", apparaat="x")
zeg(soort="score", nr=1, ambitie="CA-001", criterium="effect", score=4)
w.sessies.zet_fase("B01", "getoond", "Mo")
p.hartslag._ping(None, {"soort": "ping"}, [])
assert p.beoordeling.delen["uitslag"]["ambities"][0]["regels"][0]["eigen"] == 4, p.melding.tekst
zwaar = {"pandas", "numpy", "plotly", "sklearn", "scipy", "segno", "openpyxl", "ortools"}
print("ZWAAR", sorted(zwaar & set(sys.modules)))
"""
    uit = subprocess.run(
        [sys.executable, "-c", code, str(voorbeeld_kopie)], capture_output=True, text=True, timeout=120
    )
    assert uit.stdout.strip() == "ZWAAR []", uit.stdout + uit.stderr


def test_wat_een_ander_gaf_komt_pas_na_het_tonen(sessie):
    an, bo = Deelnemer(sessie.adres, "An"), Deelnemer(sessie.adres, "Bo")
    assert bo.zeg("score", nr=7, ambitie="CA-001", criterium="kans", score=61.375) == [
        {"soort": "bewaard", "nr": 7}
    ]
    an.hart()
    assert [(m["naam"], m["nog"]) for m in an.delen["voortgang"]["mensen"]] == [("An", 6), ("Bo", 5)]
    assert "61.375" not in json.dumps(an.post)
    assert an.delen["waar"] == {"code": "B01", "naam": "An", "fase": "scoren", "ronde": 1}
    sessie.sessies.zet_fase("B01", Fase.GETOOND, "Mo")
    an.hart()
    regel = next(r for a in an.delen["uitslag"]["ambities"] for r in a["regels"] if r["waarden"])
    assert (regel["waarden"], regel["eigen"], regel["namen"]) == ([61.375], None, [])
    assert "Bo" not in json.dumps(an.delen["uitslag"])


def test_een_score_na_het_tonen_wordt_gezegd_en_niet_bewaard(sessie):
    an = Deelnemer(sessie.adres, "An")
    sessie.sessies.zet_fase("B01", Fase.GETOOND, "Mo")
    antwoord = an.zeg("score", nr=1, ambitie="CA-001", criterium="effect", score=4)
    assert antwoord[0]["soort"] == "geweigerd"
    assert "al getoond" in antwoord[0]["tekst"]
    assert antwoord[-1]["waarde"]["fase"] == "getoond"
    assert sessie.sessies.oordelen("B01") == []


@pytest.mark.parametrize(
    ("bericht", "zegt"),
    [
        ({"criterium": "effect", "score": 6}, "van 1 tot 5"),
        ({"criterium": "kans", "score": 101}, "van 0 tot 100"),
        ({"criterium": "effect", "score": True}, "geen score"),
        ({"criterium": "effect", "score": "5"}, "geen score"),
        ({"criterium": "urgentie", "score": 3}, "niet op 'urgentie'"),
    ],
)
def test_een_browser_kan_van_alles_sturen(sessie, bericht, zegt):
    an = Deelnemer(sessie.adres, "An")
    antwoord = an.zeg("score", nr=1, ambitie="CA-001", **bericht)
    assert zegt in antwoord[0]["tekst"]
    assert sessie.sessies.oordelen("B01") == []


def test_twee_mensen_met_dezelfde_naam(sessie):
    Deelnemer(sessie.adres, "An")
    tweede = Deelnemer(sessie.adres, "an", "ander apparaat")
    assert tweede.post[-1]["soort"] == "bezet"
    assert "bent u dat?" in tweede.post[-1]["tekst"]
    assert "eigen" not in tweede.delen  # nothing of the first one
    tweede.zeg("doe_mee", code="B01", naam="an", apparaat="ander apparaat", bevestigd=True)
    assert tweede.delen["waar"]["naam"] == "An"
    assert tweede.delen["voortgang"]["mensen"][0]["apparaten"] == 2


def test_wie_een_naam_overneemt_krijgt_niets_van_wat_eronder_is_gegeven(sessie, paneel):
    an = Deelnemer(sessie.adres, "An")
    an.zeg("score", nr=1, ambitie="CA-001", criterium="kans", score=61.375)
    ander = Deelnemer(sessie.adres, "An", "ander apparaat")
    ander.zeg("doe_mee", code="B01", naam="An", apparaat="ander apparaat", bevestigd=True)
    an.hart()
    assert ander.delen["eigen"] == {"nu": {}, "eerder": {}, "elders": ["CA-001|kans"], "toegang": "wacht"}
    assert (an.delen["eigen"]["nu"], an.delen["eigen"]["toegang"]) == ({"CA-001|kans": 61.375}, "eerste")
    # Also not of a round that was shown, where the numbers have no names.
    sessie.sessies.zet_fase("B01", Fase.GETOOND, "Mo")
    ander.hart()
    regel = next(r for a in ander.delen["uitslag"]["ambities"] for r in a["regels"] if r["waarden"])
    assert (regel["waarden"], regel["eigen"]) == ([61.375], None)
    sessie.sessies.zet_fase("B01", Fase.SCOREN, "Mo")
    ander.hart()
    assert ander.delen["eigen"]["eerder"] == {}
    # What either gives from now on is its own as well: who was first may be the false one.
    ander.zeg("score", nr=2, ambitie="CA-002", criterium="kans", score=83.625)
    an.hart()
    assert "83.625" not in json.dumps(an.post)
    assert an.delen["eigen"]["elders"] == ["CA-002|kans"]
    weer = Deelnemer(sessie.adres, "An")  # the first one reloads
    assert (weer.delen["eigen"]["eerder"], weer.delen["eigen"]["nu"]) == ({"CA-001|kans": 61.375}, {})
    zeg(paneel, "ping")
    assert [m["naam"] for m in paneel.bord.delen["voortgang"]["mensen"] if m["vreemd"]] == ["An"]
    zeg(paneel, "laat_toe", naam="An", aantal=1)
    assert "kwam net nog een apparaat bij als An" in paneel.melding.tekst
    ander.hart()
    assert ander.delen["eigen"]["eerder"] == {}
    zeg(paneel, "laat_toe", naam="An", aantal=2)
    ander.hart()
    an.hart()
    alles = {"nu": {"CA-002|kans": 83.625}, "eerder": {"CA-001|kans": 61.375}, "elders": [], "toegang": "eigen"}
    assert ander.delen["eigen"] == an.delen["eigen"] == alles
    assert not any(m["vreemd"] for m in paneel.bord.delen["voortgang"]["mensen"])
    derde = Deelnemer(sessie.adres, "An", "derde")
    derde.zeg("doe_mee", code="B01", naam="An", apparaat="", bevestigd=True)
    assert derde.delen["eigen"] == {"nu": {}, "eerder": {}, "elders": ["CA-002|kans"], "toegang": "wacht"}


def test_lager_is_beter_wordt_gezegd(sessie, paneel):
    lijst = [asdict(c) for c in parameters.criteria()]
    sessie.zet_parameter("criteria.lijst", [lijst[0] | {"richting": "lager"}, *lijst[1:]], "Mo", "proef")
    code = lijst[0]["criterium"]
    b02 = sessie.sessies.open("Lager", ["CA-001"], [code], "Mo")
    an = Deelnemer(sessie.adres, "An")
    an.zeg("doe_mee", code=b02, naam="An", apparaat="x")
    assert an.delen["sessie"]["criteria"][code]["lager"] is True
    sessie.sessies.zet_fase(b02, Fase.GETOOND, "Mo")
    zeg(paneel, "kies", code=b02)
    assert paneel.bord.delen["uitslag"]["ambities"][0]["regels"][0]["lager"] is True


def test_de_leider_ziet_wie_klaar_is_en_geen_score(sessie, paneel):
    bo = Deelnemer(sessie.adres, "Bo")
    for n, vraag in enumerate(sessie.sessies.een("B01").vragen):
        bo.zeg("score", nr=n, ambitie=vraag[0], criterium=vraag[1], score=4.125)
    zeg(paneel, "ping")
    mensen = {m["naam"]: (m["nog"], m["apparaten"]) for m in paneel.bord.delen["voortgang"]["mensen"]}
    assert mensen == {"An": (6, 0), "Bo": (0, 1)}
    assert paneel.bord.delen["voortgang"]["zin"] == "1 van 2 deelnemers klaar"
    assert "4.125" not in json.dumps(paneel.bord.delen)


def test_van_tonen_tot_sluiten(sessie, paneel):
    an, bo = Deelnemer(sessie.adres, "An"), Deelnemer(sessie.adres, "Bo")
    for n, (a, c) in enumerate(sessie.sessies.een("B01").vragen):
        an.zeg("score", nr=n, ambitie=a, criterium=c, score=5 if a == "CA-002" and c == "effect" else 3)
        bo.zeg("score", nr=n, ambitie=a, criterium=c, score=1 if c == "effect" else 3)
    zeg(paneel, "fase", fase="getoond")
    delen = paneel.bord.delen
    assert delen["uitslag"]["zin"].startswith("Grootste verschil: Maatschappelijk effect van ‘")
    assert delen["uitslag"]["zin"].endswith("1 tegenover 5.")
    assert delen["uitslag"]["ambities"][0]["id"] == "CA-002"
    assert "Bo" not in json.dumps(delen["uitslag"])
    zeg(paneel, "namen", aan=True)
    assert delen["uitslag"]["ambities"][0]["regels"][0]["namen"] == [["Bo", 1], ["An", 5]]
    zeg(paneel, "opnieuw", grens=0.75)
    assert sessie.sessies.een("B01").vragen == (("CA-002", "effect"),)
    an.hart()
    assert (an.delen["eigen"]["nu"], an.delen["eigen"]["elders"]) == ({}, [])
    assert an.delen["eigen"]["eerder"]["CA-002|effect"] == 5
    an.zeg("score", nr=9, ambitie="CA-002", criterium="effect", score=3)
    zeg(paneel, "fase", fase="getoond")
    regel = next(a for a in delen["uitslag"]["ambities"] if a["id"] == "CA-002")["regels"][0]
    assert (regel["waarden"], regel["eerder"]["waarden"]) == ([1, 3], [1, 5])
    zeg(paneel, "spreek_af", ambitie="CA-002", criterium="effect", score=9, reden="hoog")
    assert "van 1 tot 5" in paneel.melding.tekst
    zeg(paneel, "spreek_af", ambitie="CA-002", criterium="effect", score=5, reden="")
    assert "waarom" in paneel.melding.tekst
    zeg(paneel, "spreek_af", ambitie="CA-002", criterium="effect", score=5, reden="dit gaat voor")
    assert paneel.melding.tekst == ""
    voor = len(Stand(sessie).scores)
    zeg(paneel, "fase", fase="gesloten")
    na = Stand(sessie)
    assert na.scorekaart.gemiddeld.loc["CA-002", "effect"] == 5
    assert len(na.scores) == voor + 12
    assert delen["gevolg"]["van"] > 0
    assert "van plaats in de rangorde" in delen["gevolg"]["zin"]


def test_gevolg_is_het_verschil_tussen_voor_en_na_sluiten(sessie):
    eerst = Stand(sessie).shortlist().tabel
    vragen = sessie.sessies.een("B01").vragen
    sessie.sessies.oordeel("B01", {v: 5 if v[1] == "effect" else 90 for v in vragen}, "An", {"kans": (0, 100)})
    sessie.sessies.zet_fase("B01", Fase.GETOOND, "Mo")
    vooraf = leiden.gevolg(Stand(sessie), "B01")
    sessie.sessies.zet_fase("B01", Fase.GESLOTEN, "Mo")
    dan = Stand(sessie).shortlist().tabel
    plaats = [{a: i for i, a in enumerate(t.index, 1)} for t in (eerst, dan)]
    wissel = {a: (plaats[0].get(a), plaats[1].get(a)) for a in {*plaats[0], *plaats[1]}}
    verwacht = {a: w for a, w in wissel.items() if w[0] != w[1]}
    assert verwacht
    assert {r["id"]: (r["van"], r["naar"]) for r in vooraf.rijen if r["van"] != r["naar"]} == verwacht
    assert leiden.gevolg(Stand(sessie), "B01") == vooraf


def test_een_afspraak_telt_pas_als_haar_sessie_dicht_is(sessie):
    vraag, s = ("CA-002", "effect"), sessie.sessies
    s.zet_fase("B01", Fase.GETOOND, "Mo")
    eerst = Stand(sessie).scorekaart.gemiddeld.loc[vraag]
    s.spreek_af("B01", {vraag: 1.25}, "Mo", "samen besproken")
    assert Stand(sessie).scorekaart.gemiddeld.loc[vraag] == eerst
    assert s.blik("B01").afspraken[vraag].score == 1.25
    assert "CA-002" in {r["id"] for r in leiden.gevolg(Stand(sessie), "B01").rijen}
    s.zet_fase("B01", Fase.GESLOTEN, "Mo")
    assert Stand(sessie).scorekaart.gemiddeld.loc[vraag] == 1.25
    s.zet_fase("B01", Fase.GETOOND, "Mo")
    assert Stand(sessie).scorekaart.gemiddeld.loc[vraag] == eerst


def test_oordelen_van_een_open_sessie_worden_niet_gelezen(sessie, monkeypatch):
    gelezen = []
    monkeypatch.setattr(type(sessie.sessies), "oordelen", lambda _, code: gelezen.append(code) or [])
    assert len(Stand(sessie).scores)
    assert gelezen == []


def test_twee_leiders_zien_elkaars_stap(sessie, paneel):
    oud = paneel._stand
    sessie.sessies.zet_fase("B01", Fase.GETOOND, "Zij")
    sessie.sessies.zet_fase("B01", Fase.SCOREN, "Zij")
    paneel._handelingen.stand = paneel._stand = oud
    zeg(paneel, "fase", fase="getoond")
    (botsing,) = paneel._handelingen.balk.conflicten
    assert (botsing["wie"], botsing["hun"]) == ("Zij", "stap: er wordt gescoord in ronde 2")
    assert botsing["uw"] == "stap: de scores van ronde 2 zijn getoond"


def test_een_nieuwe_sessie_van_wat_wordt_voorgesteld(sessie, paneel):
    zeg(paneel, "stel_voor", nr=1, manier="streep", aantal=4)
    rijen = paneel.bord.delen["voorstel"]["rijen"]
    tabel = Stand(sessie).shortlist().tabel
    streep = int(tabel["gekozen"].to_numpy().nonzero()[0][-1]) + 1
    assert [r["id"] for r in rijen] == list(tabel.index[streep - 2 : streep + 2])
    assert rijen[0]["waarom"] == f"plaats {streep - 1}, boven de streep"
    zeg(paneel, "stel_voor", nr=2, manier="nieuw", aantal=50)
    bekend = set(Stand(sessie).scores["ambitie"])
    assert not bekend & {r["id"] for r in paneel.bord.delen["voorstel"]["rijen"]}
    zeg(paneel, "open", titel="", ambities=["CA-001"], criteria=["effect"], deelnemers=[])
    assert "naam" in paneel.melding.tekst
    zeg(
        paneel,
        "open",
        titel="Streep",
        ambities=[r["id"] for r in rijen],
        criteria=["effect", "x"],
        deelnemers=["An"],
    )
    nieuw = sessie.sessies.een("B02")
    assert (nieuw.criteria, nieuw.deelnemers, len(nieuw.ambities)) == (("effect",), ("An",), 4)
    assert paneel.bord.delen["sessie"]["code"] == "B02"


def test_adres_voor_deelnemers(paneel, monkeypatch):
    waar = {"netwerk": True, "adressen": ["http://10.0.0.5:8866/beoordelen?sleutel=abc"], "code": "abc"}
    monkeypatch.setenv(leiden.OMGEVING, json.dumps(waar))
    zeg(paneel, "kies", code="B01")
    adres = paneel.bord.delen["adres"]
    assert adres["qr"] == leiden.qr("http://10.0.0.5:8866/beoordelen?sleutel=abc&sessie=B01")
    assert adres["qr"].startswith("data:image/svg+xml")
    assert adres["adressen"] == ["10.0.0.5:8866"]
    monkeypatch.setenv(leiden.OMGEVING, json.dumps(waar | {"netwerk": False, "code": ""}))
    zeg(paneel, "kies", code="B01")
    assert (paneel.bord.delen["adres"]["qr"], paneel.bord.delen["adres"]["netwerk"]) == ("", False)


def test_zonder_scores_is_er_geen_streep(tmp_path, voorbeeld):
    with Werkmap(tmp_path / "leeg", maak=True) as w:
        stand = Stand(w)
        for manier in leiden.MANIEREN:
            assert leiden.keuze(stand, manier, 5, "x") == []
        assert leiden.verwachten(stand) == []
