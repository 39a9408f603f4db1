"""The grouping panel by its messages: opgaven are made, renamed, filled, split and ended."""

from __future__ import annotations

import sys
import time
from concurrent.futures import Future

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets.groeperen import GroepeerPaneel, Groepeertabel
from opgavelib.widgets.handelingen import Handelingen


class Pagina:
    """A page of one panel, with what its table sent."""

    def __init__(self, adres, monkeypatch):
        self.werkmap = Werkmap(adres)
        self.verstuurd: list[dict] = []
        monkeypatch.setattr(
            Groepeertabel, "send", lambda _zelf, inhoud, _buffers=None: self.verstuurd.append(inhoud)
        )
        self.handelingen = Handelingen(self.werk_bij)
        self.handelingen.balk.naam = "Noor"
        self.paneel = GroepeerPaneel(self.handelingen)
        self.werk_bij()

    def werk_bij(self):
        self.stand = Stand(self.werkmap)
        self.handelingen.toon(self.stand)
        self.paneel.toon(self.stand)

    def rijen(self, bestemming, naar=None):
        t = self.stand.spoor.tabel
        return list(t.index[(t["bestemming"] == bestemming) & (t["naar"].eq(naar) if naar else True)])

    def stuur(self, **bericht):
        self.verstuurd.clear()
        self.paneel.tabel._handle_custom_msg({"nr": 7, **bericht}, [])
        return next((b for b in self.verstuurd if b["soort"] == "klaar"), None)


@pytest.fixture
def pagina(voorbeeld_kopie, monkeypatch):
    p = Pagina(voorbeeld_kopie, monkeypatch)
    yield p
    p.werkmap.sluit()


def test_op_het_scherm_staat_de_hele_telling(pagina):
    tabel = pagina.paneel.tabel
    assert sum(d["aantal"] for d in tabel.voortgang["delen"]) == tabel.voortgang["totaal"] == 314
    assert tabel.voortgang["conclusie"].startswith("81 rijen horen bij 19 opgaven; nog 77 rijen te sorteren")
    assert {r["bestemming"] for r in tabel.rijen} == {"open", "opgave"}
    assert len(tabel.rijen) == 81 + 77


def test_splitsen_maakt_een_opgave_van_een_deel_en_kan_terug(pagina):
    leden = pagina.rijen("opgave", "O01")
    uit = pagina.stuur(soort="maak", rijen=leden[:2], titel="Flexwoningen", domein="fysiek", reden="eigen tempo")
    assert uit == {"soort": "klaar", "nr": 7, "gelukt": True, "opgave": "O20"}
    assert pagina.rijen("opgave", "O20") == leden[:2]
    assert pagina.rijen("opgave", "O01") == leden[2:]
    assert {"id": "O20", "titel": "Flexwoningen", "domein": "fysiek", "rijen": 2, "activiteiten": 0} in (
        pagina.paneel.tabel.opgaven
    )
    pagina.stuur(soort="terug")
    assert pagina.rijen("opgave", "O01") == leden


def test_verplaatsen_tussen_opgaven_en_eruit(pagina):
    leden = pagina.rijen("opgave", "O01")
    assert pagina.stuur(soort="verplaats", rijen=leden, naar="O02", reden="past beter")["gelukt"]
    assert set(leden) <= set(pagina.rijen("opgave", "O02"))
    assert pagina.handelingen.balk.gedaan.startswith(f"{len(leden)} rijen → O02 ")
    assert pagina.stuur(soort="verplaats", rijen=leden[:1], naar=None, reden="toch niet")["gelukt"]
    assert leden[0] in pagina.rijen("open")


def test_hernoemen_en_opheffen(pagina):
    assert pagina.stuur(soort="wijzig", opgave="O02", titel="Oever", domein="fysiek")["gelukt"]
    assert pagina.stand.tabel("opgaven").loc["O02", "titel"] == "Oever"
    code = pagina.stuur(soort="maak", rijen=pagina.rijen("open")[:3], titel="Proef", reden="kijken")["opgave"]
    open_ = pagina.stand.spoor.aantallen[Bestemming.OPEN]
    assert not pagina.stuur(soort="hef_op", opgave=code, reden=" ")["gelukt"]
    assert "waarom deze opgave ophoudt" in pagina.paneel.melding.tekst
    assert pagina.stuur(soort="hef_op", opgave=code, reden="geen opgave")["gelukt"]
    assert pagina.stand.spoor.aantallen[Bestemming.OPEN] == open_ + 3


@pytest.mark.parametrize(
    ("bericht", "melding"),
    [
        ({"soort": "maak", "titel": "", "reden": "x"}, "Geef de opgave een naam"),
        ({"soort": "maak", "titel": "Langer thuis", "reden": "x"}, "Er is al een opgave 'Langer thuis'"),
        ({"soort": "maak", "titel": "X", "domein": "zee", "reden": "x"}, "'zee' is geen domein"),
        ({"soort": "verplaats", "naar": "O99", "reden": "x"}, "Kies een bestaande opgave"),
        ({"soort": "verplaats", "naar": "O01", "reden": ""}, "Vul een reden in"),
        ({"soort": "hef_op", "opgave": "O01", "reden": "x"}, "Breng dat werk eerst ergens anders onder"),
    ],
)
def test_wat_niet_kan_wordt_gezegd_en_niet_bewaard(pagina, bericht, melding):
    versie = pagina.werkmap.versie()
    assert not pagina.stuur(**({"rijen": pagina.rijen("open")[:1]} | bericht))["gelukt"]
    assert melding in pagina.paneel.melding.tekst
    assert pagina.werkmap.versie() == versie


def test_voorstellen_komen_uit_een_eigen_proces_en_blijven_tot_de_teksten_veranderen(pagina):
    tabel = pagina.paneel.tabel
    al_geladen = "sklearn" in sys.modules
    pagina.stuur(soort="voorstellen")
    assert tabel.voorstellen["staat"] == "bezig"
    einde = time.monotonic() + 120
    while tabel.voorstellen["staat"] == "bezig" and time.monotonic() < einde:
        time.sleep(0.1)
        pagina.stuur(soort="voorstellen")
    assert tabel.voorstellen["staat"] == "klaar"
    assert al_geladen or "sklearn" not in sys.modules
    eerste, *rest = tabel.voorstellen["lijst"]
    assert eerste["reden"]
    doel = (
        {"soort": "verplaats", "naar": eerste["opgave"]}
        if eerste["opgave"]
        else {"soort": "maak", "titel": "Uit voorstel"}
    )
    assert pagina.stuur(**doel, rijen=eerste["rijen"], reden="overgenomen")["gelukt"]
    assert tabel.voorstellen["staat"] == "klaar"
    assert tabel.voorstellen["lijst"] == rest
    pagina.werkmap.kenmerk({pagina.rijen("open")[0]: {"domein": "fysiek"}}, "Bo")
    pagina.werk_bij()
    assert tabel.voorstellen["staat"] == "oud"


def test_wie_op_voorstellen_wacht_blijft_niet_eeuwig_wachten(pagina, monkeypatch):
    monkeypatch.setattr("opgavelib.toepassing.groeperen.stel_voor_in_kind", lambda _stand: Future())
    pagina.stuur(soort="voorstellen")
    assert pagina.paneel.tabel.voorstellen["staat"] == "bezig"
    monkeypatch.setattr("opgavelib.widgets.groeperen._HOOGSTENS_SECONDEN", -1)
    pagina.stuur(soort="voorstellen")
    assert pagina.paneel.tabel.voorstellen["staat"] == "niet"
    assert "duurde te lang" in pagina.paneel.melding.tekst
