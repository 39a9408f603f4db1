"""What if by its messages: compose, see at once, decide with a reason, keep as a scenario, take back, undo."""

from __future__ import annotations

import shutil

import pytest

from opgavelib.domein.scenario import BASIS
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets import wat_als_vorm as vorm
from opgavelib.widgets.capaciteit import CapaciteitPagina

TEAM, KWARTAAL = "Duurzaamheid en Mobiliteit", "2027K3"


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as w:
        yield Stand(w)


@pytest.fixture
def pagina(voorbeeld, tmp_path):
    p = CapaciteitPagina(shutil.copytree(voorbeeld, tmp_path / "werkmap"))
    p.handelingen.balk.naam = "Noor"
    p.navigatie.actief = "wat-als"
    return p


@pytest.fixture
def paneel(pagina):
    return pagina.panelen["wat-als"]


def vul_in(paneel, **waarden):
    """As the browser does while somebody fills in the open form."""
    nu = {v["naam"]: v["waarde"] for v in paneel.formulier.velden} | paneel.lijst.open.waarden
    n = (paneel.formulier.concept or {}).get("teller", 0) + 1
    paneel.formulier.concept = {"waarden": nu | waarden, "teller": n}


def voeg_toe(paneel, wat, **waarden):
    paneel.knoppen[wat].click()
    n = (paneel.formulier.ingediend or {}).get("teller", 0) + 1
    paneel.formulier.ingediend = {"waarden": paneel.lijst.open.waarden | waarden, "teller": n}


def besluit(paneel, **waarden):
    n = (paneel.besluit.ingediend or {}).get("teller", 0) + 1
    paneel.besluit.ingediend = {"waarden": {"reden": None, "titel": None} | waarden, "teller": n}


def conclusie(paneel):
    return paneel.gevolg.beeld._kop.value


def test_wat_wordt_ingevuld_telt_meteen_en_wordt_niet_opgeslagen(pagina, paneel):
    versie = pagina._werkmap.versie()
    assert "Kies wat er verandert" in conclusie(paneel)
    paneel.knoppen[vorm.WERK].click()
    assert paneel.vlak.items[0]["onder"] == "Kies welke activiteit of opgave verandert."
    vul_in(paneel, over="A14")
    assert paneel.vlak.items[0]["tekst"].startswith("A14 Isolatieaanpak en energiefixers 2 kwartalen later; ")
    twee = conclusie(paneel)
    assert "Er komt " in twee
    vul_in(paneel, kwartalen=1)
    assert conclusie(paneel) != twee
    assert paneel.gevolg.vervallen.rijen[0]["activiteit"].startswith("A14 ")
    vul_in(paneel, kwartalen="rommel")  # a browser can send anything
    assert paneel.vlak.items[0]["onder"] == "Kies hoeveel kwartalen het opschuift."
    paneel.ontvang({"soort": "weg", "id": paneel.vlak.items[0]["id"]})
    assert (paneel.vlak.items, paneel._vorm.layout.display) == ([], "none")
    assert pagina._werkmap.versie() == versie


def test_besluit_staat_in_de_balans_en_gaat_terug(pagina, paneel):
    voeg_toe(paneel, vorm.WERK, over="A14", hoe="stop", vanaf="2027K1")
    voeg_toe(paneel, vorm.FTE, team=TEAM, richting="meer", fte=2, vanaf="2027K1", tot="2027K4")
    voeg_toe(paneel, vorm.INHUUR, team=TEAM, uren=100, vanaf=KWARTAAL, tot=KWARTAAL)
    assert "<dt>Kosten van inhuur</dt><dd>€ 11.000</dd>" in conclusie(paneel)
    saldo = pagina._stand.capaciteit.tabel.loc[(TEAM, KWARTAAL), "saldo_uren"]
    besluit(paneel, waar="besluit", reden="  ")
    assert "Schrijf erbij waarom" in paneel.melding.tekst
    besluit(paneel, waar="besluit", reden="MT 12 januari")
    assert pagina.handelingen.balk.gedaan == "Besloten: 3 veranderingen in de uren"
    straks = pagina._stand.capaciteit.tabel.loc[(TEAM, KWARTAAL), "saldo_uren"]
    a14 = pagina._stand.werk.aanvragen.query("activiteit == 'A14' and team == @TEAM and kwartaal == @KWARTAAL")
    assert straks - saldo == pytest.approx(a14["uren_gevraagd"].sum() + 2 * 1360 / 4 + 100)
    assert {i["id"] for i in paneel.genomen.items} == {"stop|A14", f"team|{TEAM}", f"inhuur|{TEAM}"}
    assert paneel.genomen.items[0]["onder"] == "Noor: MT 12 januari"
    assert paneel.vlak.items == []

    paneel.ontvang({"soort": "neem_terug", "id": "stop|A14", "reden": " "})
    assert "Vul in waarom" in paneel.melding.tekst
    paneel.ontvang({"soort": "neem_terug", "id": "stop|A14", "reden": "toch nodig"})
    assert pagina.handelingen.balk.gedaan == "Teruggenomen: het stoppen van Isolatieaanpak en energiefixers"
    assert len(paneel.genomen.items) == 2
    pagina.handelingen.terug()
    pagina.handelingen.terug()
    assert paneel.genomen.items == []
    assert pagina._stand.capaciteit.tabel.loc[(TEAM, KWARTAAL), "saldo_uren"] == saldo


def test_scenario_nieuw_en_bestaand(pagina, paneel):
    voeg_toe(paneel, vorm.WERK, over="opgave|O01", hoe="schuif", kwartalen=-1)
    assert paneel.vlak.items[0]["tekst"] == "O01 1.200 woningen voor Meerwouders: 4 activiteiten 1 kwartaal eerder."
    voeg_toe(paneel, vorm.WERK, over="A01", hoe="schuif", kwartalen=2)
    assert paneel.vlak.items[1]["fout"] == "A01 staat hierboven al. Wijzig die regel."
    besluit(paneel, waar="nieuw", titel="Eerder bouwen")
    assert "Maak dit eerst in orde of haal het weg." in paneel.melding.tekst
    paneel.ontvang({"soort": "weg", "id": paneel.vlak.items[1]["id"]})
    paneel.besluit.concept = {"waarden": {"waar": "nieuw"}, "teller": 1}
    assert paneel.besluit.knop == "Bewaar als scenario"
    besluit(paneel, waar="nieuw", titel="Eerder bouwen")
    assert set(pagina._stand.scenarios["S01"].keuzes) == {f"schuif|A0{n}" for n in (1, 2, 3, 4)}
    assert pagina._stand.scenarios[BASIS].keuzes == {}

    # The scenario that is looked at is the same on every tab.
    assert paneel.scenario.waarden == [BASIS, "S01"]
    paneel.scenario.value = "S01"
    assert len(paneel.genomen.items) == 4
    voeg_toe(paneel, vorm.WERK, over="A01", hoe="schuif", kwartalen=-2)
    assert paneel.vlak.items[0]["onder"].startswith("In plaats van: A01 ")
    assert [o["waarde"] for o in paneel.besluit.velden[0]["opties"]] == ["bestaand", "nieuw"]
    besluit(paneel, waar="bestaand")
    assert pagina._stand.scenarios["S01"].keuzes["schuif|A01"] == {"kwartalen": -2}
    pagina.navigatie.actief = "balans"
    assert pagina.panelen["balans"].scenario.value == "S01"


def test_een_percentage_dat_niet_kan_krijgt_een_melding_in_procenten(paneel):
    voeg_toe(paneel, vorm.WERK, over="A01", hoe="krimp", procent=-10, vanaf="2027K3")
    assert paneel.vlak.items[0]["fout"] == "Vul in hoeveel procent overblijft: van 0 tot en met 1.000."


def test_een_voorstel_uit_de_balans_wordt_ingevuld(pagina, paneel):
    pagina.navigatie.actief = "balans"
    balans = pagina.panelen["balans"]
    n = next(i["id"] for i in balans.oplossingen.items if i["tekst"].startswith("Huur "))
    balans.oplossingen._handle_custom_msg({"soort": "door", "id": n}, [])
    assert pagina.navigatie.actief == "wat-als"
    assert paneel.vlak.items[0]["tekst"].startswith(f"Team {TEAM} huurt ")
    assert f"{TEAM}, {KWARTAAL}" in paneel.gevolg._tekorten.value
    paneel.ontvang({"soort": "wijzig", "id": paneel.vlak.items[0]["id"]})
    velden = {v["naam"]: v["waarde"] for v in paneel.formulier.velden}
    assert velden == {"team": TEAM, "uren": 692.0, "vanaf": KWARTAAL, "tot": KWARTAAL}


def test_van_een_ander_die_eerder_was_zijn_beide_te_zien(pagina, paneel):
    voeg_toe(paneel, vorm.WERK, over="A14", hoe="schuif", kwartalen=2)
    ander = Werkmap(pagina._werkmap.adres)
    ander.scenarios.kies(BASIS, {"schuif|A14": {"kwartalen": 1}}, "Ömer", "overleg")
    ander.sluit()
    besluit(paneel, waar="besluit", reden="MT")
    (conflict,) = pagina.handelingen.balk.conflicten
    assert (conflict["hun"], conflict["uw"]) == ("1 kwartaal later", "2 kwartalen later")
    assert len(paneel.vlak.items) == 1  # not lost
    pagina.handelingen.balk.opdracht = {"soort": "neem", "teller": 1}
    assert pagina._stand.scenarios[BASIS].keuzes["schuif|A14"] == {"kwartalen": 2}
    assert paneel.vlak.items == []


@pytest.mark.parametrize(
    ("wat", "waarden"),
    [
        (vorm.WERK, {"over": "A14", "hoe": "schuif", "kwartalen": 3}),
        (vorm.WERK, {"over": "A14", "hoe": "krimp", "procent": 25.0, "vanaf": KWARTAAL}),
        (vorm.WERK, {"over": "A14", "hoe": "stop", "vanaf": KWARTAAL}),
        (vorm.FTE, {"team": TEAM, "richting": "minder", "fte": 1.5, "vanaf": KWARTAAL, "tot": "blijvend"}),
        (vorm.INHUUR, {"team": TEAM, "uren": 80.0, "vanaf": KWARTAAL, "tot": "2028K1"}),
    ],
)
def test_van_formulier_naar_keuze_en_terug(stand, wat, waarden):
    ((naam, waarde),) = vorm.lees(stand, wat, waarden).items()
    terug, weer = vorm.van_keuze(naam, waarde)
    assert terug == wat
    assert weer | waarden == weer
