"""The contracting panel by its messages: promise, promise part, refuse, ask, undo, and who was first."""

from __future__ import annotations

import pytest

from opgavelib.domein import deskundigheid
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets import contractering_vorm as vorm
from opgavelib.widgets.contractering import ContracteringPaneel, Contractvlak
from opgavelib.widgets.handelingen import Handelingen

TEAM = "Ruimte en Wonen"
A06, A04 = f"A06|{TEAM}|", f"A04|{TEAM}|"


class Pagina:
    """A page of one panel, with what its view was sent."""

    def __init__(self, adres, monkeypatch, naam="Femke"):
        self.werkmap = Werkmap(adres)
        self.verstuurd: list[dict] = []
        monkeypatch.setattr(
            Contractvlak, "send", lambda _zelf, inhoud, _buffers=None: self.verstuurd.append(inhoud)
        )
        self.handelingen = Handelingen(self.werk_bij)
        self.handelingen.balk.naam = naam
        self.paneel = ContracteringPaneel(self.handelingen)
        self.werk_bij()

    def werk_bij(self):
        self.stand = Stand(self.werkmap)
        self.handelingen.toon(self.stand)
        self.paneel.toon(self.stand)

    def rij(self, aanvraag):
        return next(r for r in self.paneel.vlak.rijen if r["id"] == aanvraag)

    def stuur(self, soort, **bericht):
        self.verstuurd.clear()
        self.paneel.vlak._handle_custom_msg({"soort": soort, "nr": 7, **bericht}, [])
        return next((b for b in self.verstuurd if b["soort"] == "klaar"), None)

    def vraag(self, soort, **bericht):
        self.verstuurd.clear()
        self.paneel.vlak._handle_custom_msg({"soort": soort, **bericht}, [])
        return next(b for b in self.verstuurd if b["soort"] == soort)


@pytest.fixture
def pagina(voorbeeld_kopie, monkeypatch):
    p = Pagina(voorbeeld_kopie, monkeypatch)
    yield p
    p.werkmap.sluit()


def test_wat_op_antwoord_wacht_staat_bovenaan(pagina):
    rijen = pagina.paneel.vlak.rijen
    assert len(rijen) == 201
    wacht = [r["wacht"] for r in rijen]
    assert wacht == sorted(wacht, reverse=True)
    team = next(t for t in pagina.paneel.vlak.teams if t["waarde"] == TEAM)
    assert team == {"waarde": TEAM, "leider": "Femke Oosterdiep", "wacht": 19}
    assert len(pagina.paneel.beeld.tabel.rijen) == 12


def test_toezeggen_en_ongedaan_maken(pagina):
    uit = pagina.stuur("antwoord", ids=[A06], wat="alles", reden="past")
    assert uit == {"soort": "klaar", "nr": 7, "gelukt": True}
    assert pagina.handelingen.balk.gedaan == f"A06 bij {TEAM}: toegezegd, 2.020 uur"
    assert (pagina.rij(A06)["staat"], pagina.rij(A06)["wie"]) == ("toegezegd", "Femke")
    detail = pagina.vraag("detail", ids=[A06])["detail"]
    assert detail["stappen"][0]["reden"] == "past"
    assert detail["bron"] == ["opgaven_en_activiteiten.xlsx, blad 'Urenraming', rij 21: 2.020 uur gevraagd"]
    pagina.stuur("terug")
    assert pagina.rij(A06)["staat"] == "gevraagd"


def test_een_deel_in_totaal_en_per_kwartaal(pagina):
    assert pagina.stuur("antwoord", ids=[A06], wat="deel", uren="1.010 uur")["gelukt"]
    assert (pagina.rij(A06)["toegezegd"], pagina.rij(A06)["staat"]) == (1010, "deels toegezegd")
    assert pagina.stuur("antwoord", ids=[A06], wat="per_kwartaal", kwartalen={"2027K2": "20", "2027K3": "0"})[
        "gelukt"
    ]
    kwartalen = pagina.vraag("detail", ids=[A06])["detail"]["kwartalen"]
    assert [k["toegezegd"] for k in kwartalen][:3] == [20, 0, 185]
    assert sum(k["toegezegd"] for k in kwartalen) == pagina.rij(A06)["toegezegd"]


def test_het_gevolg_staat_er_voor_het_vastleggen(pagina):
    voor = pagina.werkmap.versie()
    ids = [r["id"] for r in pagina.paneel.vlak.rijen if r["team"] == TEAM and r["wacht"]]
    g = pagina.vraag("gevolg", merk=3, ids=ids, wat="alles")
    assert (g["merk"], g["fout"], g["past"]) == (3, "", False)
    assert g["zin"].startswith(
        f"Team {TEAM} heeft dan in het 4e kwartaal 2027 605 uur meer toegezegd dan er ruimte is"
    )
    assert g["regels"][0]["hoe"] == "was toegezegd"
    assert g["orde"].startswith("Het eerst valt af wat nog niet is toegezegd.")
    vrij = {(k["team"], k["kwartaal"]): k["vrij"] for k in g["na"]}
    assert pagina.werkmap.versie() == voor
    pagina.stuur("antwoord", ids=ids, wat="alles")
    kwartalen = pagina.vraag("detail", ids=ids)["detail"]["kwartalen"]
    assert {(k["team"], k["kwartaal"]): k["vrij"] for k in kwartalen} == vrij


def test_wat_niet_kan_wordt_gezegd_en_niet_bewaard(voorbeeld, monkeypatch):
    pagina = Pagina(voorbeeld, monkeypatch)
    versie = pagina.werkmap.versie()
    for bericht, melding in (
        ({"wat": "afwijzen", "reden": " "}, "Schrijf erbij waarom het niet kan"),
        ({"wat": "deel", "uren": "veel"}, "Het aantal uren is niet te lezen. Vul een getal in"),
        ({"wat": "deel", "uren": "-5"}, "Het aantal uren is 0 of meer"),
        ({"wat": "deel", "uren": "9999"}, "Zeg hoogstens 2.020 uur toe"),
        ({"wat": "per_kwartaal", "kwartalen": {"2027K2": "999"}}, "2027K2: Zeg hoogstens 220 uur toe"),
        ({"wat": "per_kwartaal", "ids": [A06, A04], "kwartalen": {}}, "voor één aanvraag tegelijk"),
        ({"wat": "terug"}, "Dit is al zo; er verandert niets"),
        ({"wat": "iets"}, "Zeg toe, zeg een deel toe of wijs af"),
        ({"wat": "alles", "ids": []}, "Kies eerst een aanvraag"),
        ({"wat": "alles", "ids": ["weg"]}, "Aanvraag 'weg' is er niet meer"),
    ):
        assert not pagina.stuur("antwoord", **({"ids": [A06]} | bericht))["gelukt"]
        assert melding in pagina.paneel.melding.tekst
        if "reden" not in bericht:  # a reason is asked for when it is stored
            assert melding in pagina.vraag("gevolg", merk=1, **({"ids": [A06]} | bericht))["fout"]
    assert pagina.werkmap.versie() == versie
    pagina.werkmap.sluit()


def test_zonder_naam_geen_antwoord(pagina):
    pagina.handelingen.balk.naam = ""
    assert not pagina.stuur("antwoord", ids=[A06], wat="alles")["gelukt"]
    assert "Vul eerst bovenaan in wie u bent" in pagina.paneel.melding.tekst


def test_wie_te_laat_is_ziet_beide_antwoorden(pagina):
    sleutel = pagina.paneel._c.rijen.query("aanvraag == @A06").index[0]
    hun = {"status": "toegezegd", "uren_toegezegd": 10.0, "kwartaal": "2027K2"}
    pagina.werkmap.contracten.beantwoord({sleutel: hun}, "Bo", "meer kan niet")
    assert not pagina.stuur("antwoord", ids=[A06], wat="afwijzen", reden="vol")["gelukt"]
    (conflict,) = pagina.handelingen.balk.conflicten
    assert conflict["wat"] == f"A06 bij {TEAM}, 2027K2"
    assert (conflict["hun"], conflict["uw"]) == ("10 uur toegezegd in 2027K2", "afgewezen in 2027K2")
    assert (conflict["wie"], conflict["reden"]) == ("Bo", "meer kan niet")
    pagina.handelingen.balk.opdracht = {"soort": "neem", "teller": 1}
    assert pagina.rij(A06)["staat"] == "afgewezen"


def test_uren_vragen_en_intrekken(pagina):
    vraag = {
        "activiteit": "A04",
        "team": TEAM,
        "van": "2027K1",
        "tot": "2027K2",
        "uren": "60",
        "deskundigheid": "jurist",
    }
    assert pagina.stuur("vraag_aan", **vraag, reden="bezwaren")["gelukt"]
    eigen = f"{A04}jurist"
    assert (pagina.rij(eigen)["gevraagd"], pagina.rij(eigen)["op_scherm"]) == (120, True)
    for anders, melding in (
        ({"tot": "2026K1"}, "Kies van welk tot en met welk kwartaal"),
        ({"van": "2027K3"}, "Kies een laatste kwartaal"),
        ({"team": "Zee"}, "uit de lijst"),
        ({"activiteit": ""}, "Er is geen activiteit ''"),
        ({"uren": "0"}, "Vraag meer dan 0 uur"),
        ({"uren": ""}, "Het aantal uren per kwartaal is niet te lezen"),
    ):
        assert not pagina.stuur("vraag_aan", **(vraag | anders))["gelukt"]
        assert melding in pagina.paneel.melding.tekst
    assert not pagina.stuur("trek_in", ids=[eigen], reden="")["gelukt"]
    assert pagina.stuur("trek_in", ids=[eigen], reden="niet meer nodig")["gelukt"]
    assert eigen not in {r["id"] for r in pagina.paneel.vlak.rijen}


def test_wat_het_team_aan_vakkennis_mist_staat_er_een_keer_met_het_kwartaal(pagina):
    c = pagina.paneel._c
    toets = c.stand.werk.deskundigheden
    krap = toets[(toets["stand"] != "goed") & toets["beschikbaar_uren"].notna()]
    assert len(krap)
    for a in c.overzicht.index[c.overzicht["deskundigheid"].notna()]:
        zinnen = vorm.detail(c, [a])["vak"]
        assert len(set(zinnen)) == len(zinnen) <= len(deskundigheid.lees(c.overzicht.loc[a, "deskundigheid"])) * 2
        for zin in zinnen:
            assert zin[:4].isdigit() == ("gevraagd is" in zin or "daarvan is" in zin), zin
    assert not pagina.paneel.vlak.keuzes["mist"]


def test_een_klik_in_de_grafiek_kiest_het_team(pagina):
    pagina.paneel.beeld.grafiek.klik = {"customdata": TEAM, "teller": 1}
    assert pagina.paneel.vlak.team == TEAM
    pagina.paneel.beeld.grafiek.klik = {"customdata": "onbekend", "teller": 2}
    assert pagina.paneel.vlak.team == TEAM


def test_een_lege_werkmap_zegt_wat_eerst_moet(tmp_path, monkeypatch):
    Werkmap(tmp_path / "leeg", maak=True).sluit()
    pagina = Pagina(tmp_path / "leeg", monkeypatch)
    assert "Er zijn nog geen uren gevraagd. Lees een urenraming in" in pagina.paneel.beeld._kop.value
    assert pagina.paneel.vlak.rijen == []
    assert pagina.paneel.vlak.keuzes["mist"] == (
        "Lees eerst de opgaven en activiteiten en de formatie met de teams in bij Inlezen. "
        "Daarna kunt u hier uren vragen."
    )
    pagina.werkmap.sluit()


def test_wat_een_ander_onder_een_open_formulier_vastlegt_is_een_conflict(pagina):
    """The page refreshes under the open form; what Anna promised meanwhile is not overwritten unseen."""
    geopend = pagina.paneel.vlak.versie
    sleutels = pagina.paneel._c.rijen.query("aanvraag == @A06").index
    with Werkmap(pagina.werkmap.adres) as van_anna:
        hun = {k: {"status": "toegezegd", "uren_toegezegd": 10.0, "kwartaal": "2027K2"} for k in sleutels[:1]}
        van_anna.contracten.beantwoord(hun, "Anna", "past net")
    pagina.werk_bij()
    assert pagina.paneel.vlak.versie > geopend
    weiger = {"ids": [A06], "wat": "afwijzen", "reden": "te druk"}
    assert not pagina.stuur("antwoord", gezien=geopend, **weiger)["gelukt"]
    (conflict,) = pagina.handelingen.balk.conflicten
    assert (conflict["wie"], conflict["hun"]) == ("Anna", "10 uur toegezegd in 2027K2")
    assert pagina.rij(A06)["toegezegd"] == 10
    # Opened now, or a version that is not there yet: decided on what is on screen.
    assert pagina.stuur("antwoord", gezien=10**9, **weiger)["gelukt"]
    assert pagina.rij(A06)["staat"] == "afgewezen"
