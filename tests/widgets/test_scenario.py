"""The panel for scenarios by its messages: copy, change, compare, decide, repeat, and what is refused."""

from __future__ import annotations

import sys
import time

import pytest

from opgavelib.domein.scenario import BASIS
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.scenario import ScenarioPaneel


class Pagina:
    """A page of one panel; visits share what was computed before, as one person's page does."""

    def __init__(self, adres):
        self.werkmap = Werkmap(adres)
        self.handelingen = Handelingen(self.werk_bij)
        self.handelingen.balk.naam = "Noor"
        self.paneel = ScenarioPaneel(self.handelingen)
        self.lijst = self.paneel.lijst
        self.verstuurd: list[dict] = []
        self.lijst.send = lambda inhoud, _buffers=None: self.verstuurd.append(inhoud)
        self.werk_bij()

    def werk_bij(self):
        self.stand = Stand(self.werkmap)
        self.handelingen.toon(self.stand)
        self.paneel.toon(self.stand)

    def stuur(self, soort, **bericht):
        self.verstuurd.clear()
        self.lijst._handle_custom_msg({"soort": soort, "nr": 7, **bericht}, [])
        return bool(self.verstuurd and self.verstuurd[-1]["gelukt"])

    def melding(self):
        return self.paneel.melding.tekst

    def kaart(self, code):
        return next(x for x in self.lijst.scenarios if x["code"] == code)

    def kolommen(self):
        return {k["titel"]: k for k in self.paneel.naast.tabel.kolommen}

    def zin(self, titel):
        return self.kolommen().get(titel, {"zin": ""})["zin"]

    def wacht(self, tot, seconden=120):
        einde = time.monotonic() + seconden
        while not tot() and time.monotonic() < einde:
            time.sleep(0.05)
            self.stuur("stand")
        assert tot(), self.lijst.voortgang


@pytest.fixture(scope="module")
def pagina(voorbeeld, tmp_path_factory):
    import shutil

    p = Pagina(shutil.copytree(voorbeeld, tmp_path_factory.mktemp("scenario") / "werkmap"))
    yield p
    p.stuur("stop")
    p.werkmap.sluit()


def test_een_middag_met_scenarios(pagina):
    p = pagina
    al_geladen = {"ortools", "scipy"} & set(sys.modules)  # by other tests in this process
    assert [x["code"] for x in p.lijst.scenarios] == [BASIS]
    assert p.lijst.voortgang["bezig"]
    assert p.lijst.probeer.startswith("Probeer: team ")
    assert p.stuur("probeer")
    assert (p.lijst.hier, p.kaart("S01")["zin"]) == ("S01", "van Basis, 1 verandering")
    assert p.lijst.veranderingen[0]["zin"].endswith("uur per kwartaal.")
    p.handelingen.terug()  # the copy and its change go back together
    assert [x["code"] for x in p.lijst.scenarios] == [BASIS]

    assert p.stuur("kopieer", code=BASIS, titel="Krimp")
    code = p.lijst.hier
    zorg = {"team": "Ruimte en Wonen", "richting": "minder", "fte": "6", "vanaf": "2027K1"}
    assert p.stuur("verander", code=code, wat="team", velden=zorg, reden="vacatures")
    assert (p.lijst.veranderingen[0]["wie"], p.lijst.veranderingen[0]["reden"]) == ("Noor", "vacatures")

    # The shortlist of both, then one more change: what was found stays in sight and says that it is old.
    p.wacht(lambda: p.zin("Krimp").startswith("Met 6 fte minder bij Ruimte en Wonen "))
    assert list(p.kolommen()) == ["Basis", "Krimp"]
    groepen = {soort: items for _, soort, items in p.kolommen()["Krimp"]["groepen"]}
    assert groepen["eraf"]
    assert all(i["titel"] and i["code"].startswith("CA-") for i in groepen["eraf"])
    assert p.stuur("verander", code=code, wat="omvang", velden={"ambitie": "CA-001", "procent": "50"})
    assert "wordt opnieuw berekend" in p.paneel.naast.tabel.oud
    assert p.kaart(code)["waarde"].startswith("was 1.")
    p.wacht(lambda: p.paneel.naast.tabel.oud == "")
    assert " en CA-001 Voor 2030 bouwen we 1.200 woningen op de helft " in p.zin("Krimp")

    # Stopped while it draws the chances, decided, and reckoned again.
    p.wacht(lambda: p.lijst.voortgang["zin"].startswith("Kans van"))
    p.stuur("stop")
    p.wacht(lambda: not p.lijst.voortgang["bezig"])
    assert not p.stuur("stel_vast", code=code, reden=" ")
    assert "Schrijf erbij waar en waarom" in p.melding()
    assert p.stuur("stel_vast", code=code, reden="College 12 januari")
    assert "Noor op " in p.kaart(code)["vast"]
    assert not p.stuur("terug", code=code, sleutel="team|Ruimte en Wonen")
    assert "is vastgesteld" in p.melding()
    p.stuur("herhaal", code=code)
    p.wacht(lambda: p.lijst.herhaling["soort"] != "bezig")
    assert p.lijst.herhaling["soort"] == "goed"
    assert "dezelfde keuze, dezelfde planning en dezelfde waarde" in p.lijst.herhaling["zin"]
    assert p.kolommen()["Krimp"]["eerste"] is False
    # A page never loads the solver: the child does.
    assert {"ortools", "scipy"} & set(sys.modules) <= al_geladen


def test_wat_de_browser_stuurt_wordt_nagekeken(pagina):
    p = pagina
    voor = p.werkmap.versie()
    for soort, bericht, melding in (
        ("kies", {"code": "S99"}, "Er is geen scenario 'S99'"),
        ("vergelijk", {"codes": []}, "een tot 3 scenario's"),
        ("vergelijk", {"codes": "basis"}, "een tot 3 scenario's"),
        ("kopieer", {"code": BASIS, "titel": ""}, "Geef het scenario een naam"),
        ("verwijder", {"code": BASIS, "reden": ""}, "waarom dit scenario weg kan"),
        ("verander", {"code": BASIS, "wat": "team", "velden": None}, "Het aantal fte"),
        ("verander", {"code": BASIS, "wat": "team", "velden": {"team": "Ruimte en Wonen", "richting": "minder",
                                                               "fte": "999", "vanaf": "2027K1"}},
         "er kan niet 999 fte af"),
        ("verander", {"code": BASIS, "wat": "stop", "velden": {"project": "A01", "vanaf": "2027K1"}},
         "A01 is geen organisatieproject"),
        ("herhaal", {"code": BASIS}, "niet vastgesteld"),
    ):  # fmt: skip
        assert not p.stuur(soort, **bericht)
        assert melding in p.melding()
    p.lijst._handle_custom_msg({"soort": "onzin"}, [])
    assert p.werkmap.versie() == voor


def test_zonder_naam_gebeurt_er_niets(pagina):
    pagina.handelingen.balk.naam = ""
    assert not pagina.stuur("kopieer", code=BASIS, titel="Nieuw")
    assert "wie u bent" in pagina.melding()
    pagina.handelingen.balk.naam = "Noor"


def test_kopieren_hernoemen_verwijderen_en_terug(pagina):
    p = pagina
    assert p.stuur("kopieer", code=BASIS, titel="Groei")
    code = p.lijst.hier
    assert p.kaart(code)["zin"] == "van Basis, nog niets veranderd"
    assert p.stuur("hernoem", code=code, titel="Groei bij Wonen")
    assert p.kaart(code)["titel"] == "Groei bij Wonen"
    assert p.stuur("vergelijk", codes=[BASIS, code]) is False  # says nothing back, but shows it
    assert [x["code"] for x in p.lijst.scenarios if x["vergelijkt"]] == [BASIS, code]
    assert p.stuur("verwijder", code=code, reden="dubbel")
    assert (p.lijst.hier, code in [x["code"] for x in p.lijst.scenarios]) == (BASIS, False)
    p.handelingen.terug()
    assert p.kaart(code)["titel"] == "Groei bij Wonen"
