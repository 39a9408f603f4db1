"""Scenarios are events: a copy takes its choices along, undo takes both back, and a decision stays."""

import pytest

from opgavelib.fouten import BesluitFout, ConflictFout
from opgavelib.opslag import Werkmap

TEAM = "team|Ruimte"
MINDER = {"fte": -2.0, "vanaf": "2027K1"}


@pytest.fixture
def werkmap(nieuw):
    with Werkmap(nieuw()) as w:
        w.scenarios.kies("basis", {"vast|CA-001": {"waarde": "in"}}, "Noor", "toegezegd")
        yield w


@pytest.fixture
def vast(werkmap):
    """A decided scenario."""
    code = werkmap.scenarios.maak("Krimp", "Noor", keuzes={TEAM: MINDER})
    werkmap.scenarios.stel_vast(code, {"antwoord": [1, 2]}, "Noor", "College 12 januari")
    return code


def keuzes(werkmap, code):
    return dict(werkmap.scenarios.een(code).keuzes)


def test_een_kopie_neemt_de_keuzes_mee_en_leeft_daarna_alleen(werkmap):
    s = werkmap.scenarios
    code = s.maak("  Krimp  bij Ruimte ", "Noor", reden="verkenning", keuzes={TEAM: MINDER})
    assert (s.een(code).code, s.een(code).titel, s.een(code).van) == ("S01", "Krimp bij Ruimte", "basis")
    assert keuzes(werkmap, code) == {"vast|CA-001": {"waarde": "in"}, TEAM: MINDER}
    s.kies("basis", {"vast|CA-001": None}, "Noor", "toch niet")
    assert keuzes(werkmap, "basis") == {}
    assert keuzes(werkmap, code)["vast|CA-001"] == {"waarde": "in"}
    assert s.redenen(code)[TEAM] == ("verkenning", "Noor")


def test_een_kopie_kan_meteen_iets_weglaten(werkmap):
    code = werkmap.scenarios.maak("Zonder", "Noor", keuzes={"vast|CA-001": None})
    assert keuzes(werkmap, code) == {}


def test_ongedaan_maken_van_een_kopie_neemt_de_keuzes_mee(werkmap):
    s = werkmap.scenarios
    code = s.maak("Krimp", "Noor", keuzes={TEAM: MINDER})
    terug = werkmap.maak_ongedaan(werkmap.versie(), "Noor")
    assert [x.code for x in s.alle()] == ["basis"]
    werkmap.maak_ongedaan(terug[0], "Noor")
    assert keuzes(werkmap, code) == {"vast|CA-001": {"waarde": "in"}, TEAM: MINDER}
    assert s.maak("Groei", "Noor") == "S02"


def test_wat_al_gold_wordt_niet_opnieuw_vastgelegd(werkmap):
    code = werkmap.scenarios.maak("Krimp", "Noor", keuzes={TEAM: MINDER})
    voor = werkmap.versie()
    assert werkmap.scenarios.kies(code, {TEAM: {"fte": -2, "vanaf": "2027K1"}}, "Noor", "nog eens") == []
    assert werkmap.versie() == voor


def test_wie_te_laat_is_ziet_beide_keuzes(werkmap):
    s = werkmap.scenarios
    code = s.maak("Krimp", "Noor")
    gezien = werkmap.versie()
    s.kies(code, {TEAM: MINDER}, "Bo", "vacature", gezien=gezien)
    with pytest.raises(ConflictFout, match="Bo heeft") as fout:
        s.kies(code, {TEAM: {"fte": -3.0, "vanaf": "2027K1"}}, "Noor", "eerder", gezien=gezien)
    assert (fout.value.conflicten[0].hun, fout.value.conflicten[0].uw["fte"]) == (MINDER, -3.0)
    s.kies(code, {"stop|P01": {"vanaf": "2027K2"}}, "Noor", "iets anders", gezien=gezien)
    s.hernoem("S01", "Nieuw", "Bo")
    with pytest.raises(ConflictFout, match="Bo heeft"):
        s.hernoem("S01", "Anders", "Noor", gezien=gezien)


def test_vastgesteld_verandert_niets_meer(werkmap, vast):
    s = werkmap.scenarios
    for doe in (
        lambda: s.kies(vast, {TEAM: None}, "Bo", "toch niet"),
        lambda: s.hernoem(vast, "Anders", "Bo"),
        lambda: s.verwijder(vast, "Bo", "weg"),
        lambda: s.stel_vast(vast, {}, "Bo", "nog eens"),
    ):
        with pytest.raises(BesluitFout, match="'Krimp' is vastgesteld"):
            doe()
    kopie = s.maak("Verder", "Bo", van=vast, keuzes={TEAM: None})
    assert not s.een(kopie).vastgesteld
    assert keuzes(werkmap, vast)[TEAM] == MINDER


def test_ongedaan_maken_raakt_een_besluit_niet(werkmap, vast):
    g = werkmap.tabel("gebeurtenissen")
    van_dit = g[(g["object"] == vast) | (g["wat"] == f"keuze:{vast}")]
    assert set(van_dit["wat"]) == {"scenario", f"keuze:{vast}", "vastgesteld"}
    for nummer in van_dit.index:
        with pytest.raises(BesluitFout, match=r"bestaat niet|is vastgesteld en verandert niet meer"):
            werkmap.maak_ongedaan(int(nummer), "Bo")
    assert werkmap.scenarios.een(vast).vastgesteld
    assert keuzes(werkmap, vast)[TEAM] == MINDER


def test_het_besluit_draagt_wie_waarom_en_wanneer(werkmap, vast):
    b = werkmap.scenarios.vastgesteld(vast)
    assert (b["antwoord"], b["wie"], b["reden"]) == ([1, 2], "Noor", "College 12 januari")
    assert b["tijdstip"].startswith("20")
    assert werkmap.scenarios.vastgesteld("basis") is None


def test_vastgesteld_wordt_wat_iemand_zag(werkmap):
    s = werkmap.scenarios
    code = s.maak("Krimp", "Noor")
    gezien = werkmap.versie()
    s.kies(code, {TEAM: MINDER}, "Bo", "vacature")
    with pytest.raises(BesluitFout, match="Door Bo is dit scenario intussen gewijzigd"):
        s.stel_vast(code, {}, "Noor", "college", gezien=gezien)
    s.stel_vast(code, {}, "Noor", "college", gezien=werkmap.versie())


def test_wat_niet_mag_wordt_niet_opgeslagen(werkmap):
    s, voor = werkmap.scenarios, werkmap.versie()
    for doe, melding in (
        (lambda: s.maak("", "Noor"), "Geef het scenario een naam"),
        (lambda: s.maak("BASIS", "Noor"), "Er is al een scenario 'BASIS'"),
        (lambda: s.maak("Krimp", " "), "Vul in wie dit doet"),
        (lambda: s.maak("Krimp", "Noor", van="S09"), "Er is geen scenario 'S09'"),
        (lambda: s.maak("Krimp", "Noor", keuzes={"kleur|x": {}}), "geen keuze"),
        (lambda: s.verwijder("basis", "Noor", "weg"), "De basis blijft altijd staan"),
        (lambda: s.kies("basis", {"vast|CA-002": {"waarde": "in"}}, "Noor", " "), "Schrijf erbij waarom"),
        (lambda: s.stel_vast("basis", {}, "Noor", "zo is het"), "Maak eerst een scenario"),
    ):
        with pytest.raises(BesluitFout, match=melding):
            doe()
    assert werkmap.versie() == voor
