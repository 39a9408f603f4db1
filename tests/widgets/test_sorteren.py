"""The sorting panel by its messages: what reaches the werkmap, what travels, and what a browser may not do."""

from __future__ import annotations

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.sorteren import SorteerPaneel, Sorteertabel


class Pagina:
    """A page of one panel, with what its table sent."""

    def __init__(self, adres, monkeypatch):
        self.werkmap = Werkmap(adres)
        self.verstuurd: list[dict] = []
        monkeypatch.setattr(
            Sorteertabel, "send", lambda _zelf, inhoud, _buffers=None: self.verstuurd.append(inhoud)
        )
        self.handelingen = Handelingen(self.werk_bij)
        self.handelingen.balk.naam = "Noor"
        self.paneel = SorteerPaneel(self.handelingen)
        self.werk_bij()

    def werk_bij(self):
        self.stand = Stand(self.werkmap)
        self.handelingen.toon(self.stand)
        self.paneel.toon(self.stand)

    def open(self, aantal):
        plaats = self.stand.spoor.tabel["bestemming"]
        return list(plaats.index[plaats == Bestemming.OPEN][:aantal])

    def stuur(self, **bericht):
        self.verstuurd.clear()
        self.paneel.tabel._handle_custom_msg({"nr": 1, **bericht}, [])
        return self.verstuurd

    def antwoord(self, **bericht):
        return next(b for b in self.stuur(**bericht) if b["soort"] == "klaar")


@pytest.fixture
def pagina(voorbeeld_kopie, monkeypatch):
    p = Pagina(voorbeeld_kopie, monkeypatch)
    yield p
    p.werkmap.sluit()


def test_wie_de_pagina_opent_krijgt_alle_rijen_en_daarna_alleen_wat_veranderde(pagina):
    begin = pagina.stuur(soort="begin")
    assert [b["soort"] for b in begin] == ["rijen"]
    assert len(begin[0]["rijen"]) == 314
    rij = pagina.open(1)[0]
    uit = pagina.stuur(soort="bestem", rijen=[rij], bestemming="lijn", reden="doen we al")
    anders = [b for b in uit if b["soort"] == "anders"]
    assert [[r["id"] for r in b["rijen"]] for b in anders] == [[rij]]
    assert {"soort": "klaar", "nr": 1, "gelukt": True} in uit
    assert not any(b["soort"] == "rijen" for b in uit)


def test_voor_de_eerste_stand_is_er_nog_niets_te_tonen(monkeypatch):
    verstuurd = []
    monkeypatch.setattr(Sorteertabel, "send", lambda _zelf, inhoud, _buffers=None: verstuurd.append(inhoud))
    tabel = Sorteertabel()
    tabel._handle_custom_msg({"soort": "begin"}, [])
    assert verstuurd == []
    tabel.toon([], 0)
    assert verstuurd == [{"soort": "rijen", "rijen": []}]


def test_28_rijen_zijn_een_handeling_met_een_weg_terug(pagina):
    voor = dict(pagina.stand.spoor.aantallen)
    rijen = pagina.open(28)
    assert pagina.antwoord(soort="bestem", rijen=rijen, bestemming="lijn", reden="doen we al")["gelukt"]
    assert pagina.handelingen.balk.gedaan == "28 rijen → Regulier werk"
    assert pagina.stand.spoor.aantallen["lijn"] == voor["lijn"] + 28
    assert pagina.paneel.tabel.voortgang["rest"] == f"Nog {voor['open'] - 28} rijen te sorteren."
    assert sum(d["aantal"] for d in pagina.paneel.tabel.voortgang["delen"]) == 314
    assert pagina.paneel.tabel.redenen["lijn"][0] == "doen we al"
    pagina.stuur(soort="terug")
    assert dict(pagina.stand.spoor.aantallen) == voor


def test_een_nieuwe_opgave_van_gekozen_rijen(pagina):
    rijen = pagina.open(2)
    uit = pagina.antwoord(soort="bestem", rijen=rijen, bestemming="opgave", nieuw="Samen in de wijk", reden="past")
    assert uit["gelukt"]
    assert pagina.stand.spoor.tabel.loc[rijen, "naar"].unique().tolist() == ["O20"]
    assert {"waarde": "O20", "label": "O20 · Samen in de wijk"} in pagina.paneel.tabel.keuzes["opgave"]
    pagina.stuur(soort="terug")
    assert "O20" not in pagina.stand.tabel("opgaven").index


def test_kenmerken_van_meer_rijen_en_terug_naar_het_bestand(pagina):
    rijen = pagina.open(3)
    for kolom, waarde in (
        ("werksoort", "opgave"),
        ("wettelijk", True),
        ("domein", "sociaal"),
        ("gebied", "Centrum"),
    ):
        assert pagina.antwoord(soort="zeg", rijen=rijen, kolom=kolom, waarde=waarde)["gelukt"]
        assert pagina.stand.ambities.loc[rijen, kolom].tolist() == [waarde] * 3
    assert pagina.antwoord(soort="zeg", rijen=rijen, kolom="domein", waarde=None)["gelukt"]
    assert pagina.stand.ambities.loc[rijen, "domein"].isna().all()


@pytest.mark.parametrize(
    ("bericht", "melding"),
    [
        ({"soort": "bestem", "bestemming": "lijn", "reden": ""}, "Vul een reden in"),
        ({"soort": "bestem", "bestemming": "weg", "reden": "x"}, "'weg' is geen bestemming"),
        ({"soort": "bestem", "bestemming": "opgave", "naar": "O99", "reden": "x"}, "Kies een bestaande opgave"),
        (
            {"soort": "bestem", "bestemming": "lijn", "reden": "x", "rijen": [3, None]},
            "Kies eerst een of meer rijen",
        ),
        ({"soort": "zeg", "kolom": "titel", "waarde": "x"}, "'titel' is hier niet te wijzigen"),
        ({"soort": "zeg", "kolom": "domein", "waarde": "ruimtevaart"}, "'ruimtevaart' kan niet bij 'domein'"),
        ({"soort": "zeg", "kolom": "wettelijk", "waarde": "misschien"}, "'wettelijk' is ja of nee"),
        ({"soort": "zeg", "kolom": "gebied", "waarde": ["lijst"]}, "'gebied' is een tekst"),
    ],
)
def test_een_browser_kan_van_alles_sturen_maar_niet_alles_bewaren(pagina, bericht, melding):
    versie = pagina.werkmap.versie()
    uit = pagina.antwoord(**({"rijen": pagina.open(1)} | bericht))
    assert uit["gelukt"] is False
    assert melding in pagina.paneel.melding.tekst
    assert pagina.werkmap.versie() == versie


def test_zonder_naam_wordt_niets_bewaard(pagina):
    pagina.handelingen.balk.naam = " "
    versie = pagina.werkmap.versie()
    assert not pagina.antwoord(soort="bestem", rijen=pagina.open(1), bestemming="lijn", reden="x")["gelukt"]
    assert "wie u bent" in pagina.paneel.melding.tekst
    assert pagina.werkmap.versie() == versie


def test_wie_later_komt_ziet_beide_versies_en_kiest(pagina):
    rij, *_ = rijen = pagina.open(2)
    pagina.werkmap.besluit(Besluit(rij, Bestemming.PARKEERPLAATS, "volgend jaar", "Bo"))
    assert not pagina.antwoord(soort="bestem", rijen=rijen, bestemming="lijn", reden="doen we al")["gelukt"]
    (botsing,) = pagina.handelingen.balk.conflicten
    assert (botsing["hun"], botsing["uw"], botsing["wie"]) == ("Parkeerplaats", "Regulier werk", "Bo")
    assert pagina.stand.spoor.tabel.loc[rijen, "bestemming"].tolist() == ["parkeerplaats", "open"]
    pagina.handelingen.balk.opdracht = {"soort": "neem", "teller": 1}
    assert pagina.stand.spoor.tabel.loc[rijen, "bestemming"].tolist() == ["lijn", "lijn"]


def test_detail_komt_op_verzoek(pagina):
    (uit,) = pagina.stuur(soort="detail", id="CA-001")
    assert uit["soort"] == "detail"
    assert uit["detail"]["id"] == "CA-001"
    pagina.stuur(soort="detail", id="XX-1")
    assert "'XX-1' staat niet in de werkmap" in pagina.paneel.melding.tekst
