"""The werkmap itself: only adding, several writers at once, and clear words when it is not one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import BesluitFout, OpgaveFout, ParameterFout, WerkmapFout
from opgavelib.opslag import Werkmap
from opgavelib.opslag.verbinding import BESTAND
from opgavelib.woordenboek import TABELLEN

from .bladen import ambities, blad, scores, top5


@pytest.fixture
def werkmap(nieuw):
    with Werkmap(nieuw()) as w:
        w.bewaar([ambities("a.xlsx", "wonen", "zorg", "groen")], "Noor")
        yield w


@pytest.mark.parametrize("nieuw", ["sqlite"], indirect=True)
def test_de_database_weigert_niets_want_niemand_wist_of_wijzigt_een_gebeurtenis(werkmap):
    """Triggers stop every deletion anywhere and every change of an event; all of the werkmap's own work passes."""
    with sqlite3.connect(werkmap.adres / BESTAND) as db:
        db.execute("CREATE TRIGGER g_u BEFORE UPDATE ON gebeurtenissen BEGIN SELECT RAISE(ABORT, 'gewijzigd'); END")
        for naam in TABELLEN:
            db.execute(f"CREATE TRIGGER {naam}_d BEFORE DELETE ON {naam} BEGIN SELECT RAISE(ABORT, 'gewist'); END")
    db.close()
    opgave = werkmap.maak_opgave("Wonen", "Noor", "fysiek")
    werkmap.bewaar([ambities("a.xlsx", "wonen!", "groen"), top5("t.xlsx", ("Jo", 1, "sport"))], "Noor")
    werkmap.bewaar([scores("s.xlsx", ("sport", "effect", "Jo", 3), ("wonen!", "effect", "Jo", 3))], "Noor")
    werkmap.bewaar([scores("s.xlsx", ("sport", "effect", "Jo", 4))], "Noor")
    werkmap.bewaar([blad("a.xlsx", "teams", "teams", [{"team": "Wonen", "fte": 2}])], "Noor")
    nummers = werkmap.besluit(
        [
            Besluit("CA-001", Bestemming.OPGAVE, "past", "Noor", opgave),
            Besluit("CA-003", Bestemming.SAMENGEVOEGD, "zelfde", "Noor", "CA-001"),
        ]
    )
    werkmap.maak_ongedaan(nummers[1], "Noor")
    werkmap.zet_parameter("criteria.gewichten", {"effect": 1}, "Noor", "proef")
    werkmap.zet_parameter("criteria.gewichten", None, "Noor", "terug")
    with (
        pytest.raises(sqlite3.IntegrityError, match="gewijzigd"),
        sqlite3.connect(werkmap.adres / BESTAND) as db,
    ):
        db.execute("UPDATE gebeurtenissen SET wie = 'iemand anders'")  # the triggers do bite
    db.close()


def test_een_reeks_besluiten_gaat_geheel_door_of_geheel_niet(werkmap):
    versie = werkmap.versie()
    goed, fout = Besluit("CA-001", Bestemming.LIJN, "ja", "Noor"), Besluit("CA-001", Bestemming.LIJN, "", "Noor")
    with pytest.raises(BesluitFout, match="Vul een reden in"):
        werkmap.besluit([goed, fout])
    assert werkmap.versie() == versie
    assert werkmap.spoor().aantallen["open"] == 3


def test_een_besluit_legt_oud_nieuw_wie_en_waarom_vast(werkmap):
    werkmap.besluit(Besluit("CA-001", Bestemming.LIJN, " doen we al ", " Noor "), sessie="MT 3")
    (nummer,) = werkmap.besluit(Besluit("CA-001", Bestemming.SAMENGEVOEGD, "zelfde", "Bas", "CA-002"))
    eerste, tweede = (werkmap.tabel("gebeurtenissen").loc[n] for n in (nummer - 1, nummer))
    assert (eerste["wie"], eerste["reden"], eerste["sessie"]) == ("Noor", "doen we al", "MT 3")
    assert tweede["oud"] == {"bestemming": "lijn", "naar": None}
    assert tweede["nieuw"] == {"bestemming": "samengevoegd", "naar": "CA-002"}
    assert tweede["sessie"] is None
    assert tweede["tijdstip"].endswith("+00:00")


def test_terugdraaien_naar_een_opgave_die_er_niet_meer_is(werkmap):
    def opgaven(*titels):
        return blad("o.xlsx", "activiteiten", "opgaven", [{"opgave": t[0], "titel": t} for t in titels])

    werkmap.bewaar([opgaven("Wonen", "Zorg")], "Noor")
    werkmap.besluit(Besluit("CA-001", Bestemming.OPGAVE, "past", "Noor", "W"))
    (nummer,) = werkmap.besluit(Besluit("CA-001", Bestemming.LIJN, "toch niet", "Noor"))
    werkmap.bewaar([opgaven("Zorg")], "Noor")
    with pytest.raises(BesluitFout, match="Kies een bestaande opgave"):
        werkmap.maak_ongedaan(nummer, "Noor")
    assert werkmap.spoor().tabel.loc["CA-001", "bestemming"] == "lijn"


def test_een_nieuwe_opgave_heeft_een_eigen_naam(werkmap):
    assert werkmap.maak_opgave(" Wonen ", "Noor") == "O01"
    with pytest.raises(BesluitFout, match="Er is al een opgave 'WONEN'"):
        werkmap.maak_opgave("WONEN", "Noor")
    with pytest.raises(BesluitFout, match="Geef de opgave een naam"):
        werkmap.maak_opgave("  ", "Noor")
    assert werkmap.tabel("opgaven")["titel"].to_dict() == {"O01": "Wonen"}


def test_een_parameter_geldt_tot_hij_wordt_teruggezet(werkmap):
    werkmap.zet_parameter("begroting.lean_norm", 0.7, "Noor", "eigen norm")
    werkmap.zet_parameter("begroting.lean_norm", 0.75, "Noor", "bijgesteld")
    assert werkmap.parameters() == {"begroting.lean_norm": 0.75}
    werkmap.zet_parameter("begroting.lean_norm", None, "Noor", "terug naar de standaard")
    assert werkmap.parameters() == {}


def test_een_parameter_die_niet_kan_wordt_niet_bewaard(werkmap):
    voor = werkmap.versie()
    with pytest.raises(ParameterFout, match=r"'begroting\.lean_norm' kan niet '80' zijn"):
        werkmap.zet_parameters({"begroting.tolerantie": 0.1, "begroting.lean_norm": 80}, "Noor", "procenten")
    assert (werkmap.versie(), werkmap.parameters()) == (voor, {})


def test_tabellen_hebben_ook_leeg_hun_eigen_soort_kolommen(tmp_path):
    with Werkmap(tmp_path, maak=True) as leeg:
        for naam in TABELLEN:
            tabel = leeg.tabel(naam)
            assert tabel.empty
            if "vervallen" in tabel:
                assert tabel["vervallen"].dtype == bool
        assert leeg.tabel("begroting")["lasten_eur"].dtype == float
        assert leeg.spoor().toelichting == "Er zijn nog geen bronrijen gelezen."


def test_ontbrekende_tekst_is_none_en_een_ontbrekend_getal_nan(werkmap):
    rijen = [{"team": "Wonen", "fte": 2, "teamleider": "Anouk"}, {"team": "Zorg", "fte": 1, "uren_per_fte": 1400}]
    werkmap.bewaar([blad("t.xlsx", "teams", "teams", rijen)], "Noor")
    teams = werkmap.tabel("teams")
    assert teams["teamleider"].tolist() == ["Anouk", None]
    assert teams["uren_per_fte"].isna().tolist() == [True, False]
    assert teams["rij"].tolist() == [2, 3]


# -- not a werkmap ----------------------------------------------------------------------------------

ENGELS = ("file", "directory", "database", "exist", "error", "denied")


def geen_werkmap(pad, **overig):
    with pytest.raises(WerkmapFout, match=r"werkmap|map '") as info:
        Werkmap(pad, **overig)
    assert isinstance(info.value, OpgaveFout)
    tekst = str(info.value).replace(str(pad), "")
    assert not [w for w in ENGELS if w in tekst.lower()], tekst
    return str(info.value)


def test_een_map_zonder_werkmap_zegt_hoe_er_een_komt(tmp_path):
    tekst = geen_werkmap(tmp_path / "niets")
    assert f"opgave lees BESTAND --werkmap {tmp_path / 'niets'}" in tekst
    assert not (tmp_path / "niets").exists()


@pytest.mark.parametrize("maak", [False, True])
def test_een_bestand_in_plaats_van_een_map(tmp_path, maak):
    (tmp_path / "iets").write_text("tekst")
    geen_werkmap(tmp_path / "iets", maak=maak)
    assert (tmp_path / "iets").read_text() == "tekst"


def test_een_bestand_dat_geen_werkmap_is(tmp_path):
    (tmp_path / BESTAND).write_bytes(b"dit is geen werkmap, maar wel lang genoeg om er een te lijken" * 50)
    assert "Gebruik `opgave herstel`" in geen_werkmap(tmp_path)


def test_een_beschadigde_werkmap_blijft_wat_zij_was(tmp_path, voorbeeld):
    heel = (voorbeeld / BESTAND).read_bytes()
    kapot = heel[:100] + bytes(len(heel) - 100)
    (tmp_path / BESTAND).write_bytes(kapot)
    assert "Gebruik `opgave herstel`" in geen_werkmap(tmp_path)
    assert (tmp_path / BESTAND).read_bytes() == kapot


def test_een_werkmap_gaat_open_zonder_pandas():
    """The page to score on opens one in every participant's kernel."""
    code = "import sys, opgavelib.opslag, opgavelib.widgets.beoordelen; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_een_rol_van_een_begroting_die_niet_bestaat_wordt_geweigerd(tmp_path):
    with Werkmap(tmp_path / "w", maak=True) as w:
        regel = {"jaar": 2027, "taakveld": "0.4", "lasten_eur": 5}
        w.bewaar([blad("b.xlsx", "begroting", "begroting", [regel])], "Noor")
        bron = w.tabel("bronnen").index[0]
        with pytest.raises(BesluitFout, match="'concept' kan niet; kies uit: begroting, wijziging"):
            w.zet_begrotingsversie(bron, "concept", "Noor")
        with pytest.raises(BesluitFout, match="geen bron met begrotingsregels"):
            w.zet_begrotingsversie("elders", "begroting", "Noor")
        assert w.begrotingsversies() == {}
