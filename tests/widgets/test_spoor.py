"""The screen "Waar bleef mijn ambitie?" as state: search, road, and what became of what everybody asked."""

from __future__ import annotations

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.spoor import HOOGSTENS, SpoorPaneel


@pytest.fixture
def werkmap(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        yield werkmap


@pytest.fixture
def paneel(werkmap):
    p = SpoorPaneel(Handelingen(lambda: None))
    p.toon(Stand(werkmap))
    return p


def _zoek(paneel, tekst: str) -> list[str]:
    paneel.ontvang({"soort": "zoek", "tekst": tekst})
    return [r["ambitie"] for r in paneel.kaart.gevonden["rijen"]]


def test_zonder_zoekwoord_staan_er_geen_rijen_maar_voorstellen(paneel):
    gevonden = paneel.kaart.gevonden
    assert (gevonden["aantal"], gevonden["rijen"]) == (0, [])
    assert gevonden["voorstellen"][0] == "Renate Kuiperij"
    assert "begroting_meerwoude_2027.xlsx" in gevonden["voorstellen"]


def test_zoeken_op_collegelid_en_woord_geeft_hun_rijen_met_waar_ze_zijn(paneel):
    assert _zoek(paneel, "hoekzema boulevard") == ["BG-007", "CA-018", "T5-003"]
    rij = paneel.kaart.gevonden["rijen"][0]
    assert rij["waar"] == "Samengevoegd → CA-018"
    assert rij["bron"] == "Begroting, rij 10 · Joost Hoekzema"


def test_er_gaan_niet_meer_rijen_naar_de_browser_dan_er_staan(paneel):
    assert len(_zoek(paneel, "a")) == HOOGSTENS
    assert paneel.kaart.gevonden["aantal"] > HOOGSTENS


def test_de_weg_loopt_door_tot_het_werk(paneel):
    paneel.ontvang({"soort": "kies", "ambitie": "T5-003"})
    keten = [k["kop"] for k in paneel.kaart.weg["keten"]]
    assert keten == ["Top-5 van het college", "T5-003", "CA-018", "Bij een opgave", "3 activiteiten"]
    soorten = [s["soort"] for s in paneel.kaart.weg["stappen"]]
    assert soorten[:3] == ["bron", "gelezen", "besluit"]
    assert soorten[-3:] == ["nu", "opgave", "activiteiten"]


def test_een_nieuw_besluit_komt_in_de_weg_die_op_het_scherm_staat(paneel, werkmap):
    _zoek(paneel, "CA-018")
    paneel.ontvang({"soort": "kies", "ambitie": "CA-018"})
    werkmap.besluit(Besluit("CA-018", Bestemming.PARKEERPLAATS, "Geen geld", "MT"))
    paneel.toon(Stand(werkmap))
    assert paneel.kaart.weg["keten"][-1]["kop"] == "Parkeerplaats"
    assert [s["geldt"] for s in paneel.kaart.weg["stappen"] if s["soort"] == "besluit"] == [False, True]
    assert paneel.kaart.gevonden["rijen"][0]["waar"] == "Parkeerplaats"


def test_een_onbekende_rij_wordt_gemeld(paneel):
    paneel.ontvang({"soort": "kies", "ambitie": "CA-999"})
    assert paneel._melding.tekst == "Deze rij staat niet meer in de werkmap. Zoek opnieuw."
    assert paneel.kaart.weg == {}


def test_per_bron_en_per_collegelid_telt_op_tot_de_gelezen_rijen(paneel, werkmap):
    totalen = []
    for snede in ("bron", "collegelid"):
        paneel.snede.value = snede
        *rijen, totaal = paneel.dekking.tabel.rijen
        assert sum(r["gevraagd"] for r in rijen) == totaal["gevraagd"]
        totalen.append({k: w for k, w in totaal.items() if isinstance(w, int)})
    assert totalen[0] == totalen[1]
    assert totalen[0]["gevraagd"] == len(Stand(werkmap).ambities)


def test_de_sankey_en_de_tabel_volgen_een_besluit(paneel, werkmap):
    voor = paneel.stroom.tabel.rijen[-2]
    werkmap.besluit(Besluit("CA-018", Bestemming.AFGEWEZEN, "Te duur", "MT"))
    paneel.toon(Stand(werkmap))
    na = paneel.stroom.tabel.rijen[-2]
    assert (na["opgave"], na["afgewezen"]) == (voor["opgave"] - 1, voor["afgewezen"] + 1)
    assert f"Afgewezen · {na['afgewezen'] + 2}" in paneel.stroom.grafiek.figuur["data"][0]["node"]["label"]


@pytest.mark.parametrize(
    ("snede", "groep", "zoekt"),
    [
        ("collegelid", "Joost Hoekzema", "Joost Hoekzema"),
        ("bron", "top5_college_en_secretaris.xlsx#Top-5", "top5_college_en_secretaris.xlsx"),
    ],
)
def test_een_regel_van_de_tabel_zoekt_de_rijen_erbij(paneel, snede, groep, zoekt):
    paneel.snede.value = snede
    assert groep in [r.get("_groep") for r in paneel.dekking.tabel.rijen]
    paneel.dekking.tabel.gekozen = groep
    assert paneel.kaart.tekst == zoekt
    gevraagd = next(r["gevraagd"] for r in paneel.dekking.tabel.rijen if r.get("_groep") == groep)
    assert paneel.kaart.gevonden["aantal"] >= gevraagd


def test_een_lege_werkmap_zegt_wat_eerst_moet(tmp_path):
    with Werkmap(tmp_path, maak=True) as leeg:
        p = SpoorPaneel(Handelingen(lambda: None))
        p.toon(Stand(leeg))
    assert p.kaart.gevonden["leeg"] == "Er is nog niets ingelezen. Lees eerst een inventarisatie in."
    assert p._melding.tekst == ""
