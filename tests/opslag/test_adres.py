"""Where a werkmap can be, what is said when it cannot be opened, and a password that is never shown."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import BesluitFout, WerkmapFout
from opgavelib.opslag import Werkmap
from opgavelib.opslag.adres import naam_van, ontleed
from opgavelib.opslag.proef import bestaat, pas_toe, probeer
from opgavelib.opslag.tabellen import TABEL
from opgavelib.toepassing.openen import open_stand, werkmap_adres

from .bladen import alles, ambities
from .pgserver import WACHTWOORD


def met_wachtwoord(url):
    """The address as somebody types it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def niet_te_openen(adres, melding, **overig):
    with pytest.raises(WerkmapFout, match=melding) as fout:
        Werkmap(adres, **overig)
    assert "geheim" not in str(fout.value).lower()
    # Not in what a server writes down of it either.
    assert fout.value.__cause__ is None
    assert fout.value.__suppress_context__ or fout.value.__context__ is None


def test_een_tekst_is_een_map_of_een_database(tmp_path):
    assert ontleed(str(tmp_path)) == ontleed(tmp_path) == tmp_path
    for soort in ("postgresql", "postgres", "postgresql+psycopg"):
        url = ontleed(f"{soort}://noor:zeer%40geheim@server:5433/plan")
        assert (url.drivername, url.host, url.port, naam_van(url)) == ("postgresql+psycopg", "server", 5433, "plan")
        assert url.password == "zeer@geheim"
        assert "geheim" not in str(url) + repr(url)
        assert ontleed(url) == url
    url = ontleed("postgresql://server/plan?user=noor&password=zeergeheim")
    assert url.password == "zeergeheim"
    assert "geheim" not in repr(url)


@pytest.mark.parametrize(
    ("adres", "melding"),
    [
        ("mysql://noor:geheim@server/plan", "Een werkmap op 'mysql://' kan niet"),
        ("postgresql://noor:zeer@geheim@server/plan", "schrijf @ als %40"),
        ("postgresql://noor:geheim@server:abc/plan", "Dit adres van een database klopt niet"),
        ("postgresql://noor:geheim@server", "Noem ook de database"),
        ("postgresql://noor@server/plan?sslpassword=geheim", "Zet een wachtwoord niet achter het vraagteken"),
        ("postgresql://noor:geheim@server/plan?rommel=1", "een onbekende instelling"),
        (Path("postgresql://noor:geheim@server/plan"), "als tekst op en niet als pad"),
    ],
)
def test_een_adres_dat_niet_kan(adres, melding):
    niet_te_openen(adres, melding)


def test_zonder_stuurprogramma_staat_er_wat_er_nodig_is(monkeypatch, tmp_path):
    monkeypatch.setenv("OPGAVE_LOG", str(tmp_path / "log.jsonl"))
    monkeypatch.setitem(sys.modules, "psycopg", None)
    niet_te_openen("postgresql://noor:geheim@server/plan", "opgavenwerkboek.postgresql.")


def test_wat_er_mis_kan_zijn_met_een_server_staat_er_in_het_nederlands(database, server, tmp_path):
    url = database()
    niet_te_openen(url.set(port=1), r"De databaseserver '127\.0\.0\.1' is niet bereikbaar")
    niet_te_openen(url.set(host="bestaat-niet.invalid"), "is niet bereikbaar")
    niet_te_openen(url.set(password="fout-geheim"), "laat gebruiker 'postgres' niet toe")
    niet_te_openen(url.set(username="niemand"), "laat gebruiker 'niemand' niet toe")
    niet_te_openen(url.set(database="weg"), "is geen database 'weg'")
    niet_te_openen(met_wachtwoord(url), f"In database '{url.database}' staat nog geen werkmap")
    regels = [json.loads(r) for r in (tmp_path / "logboek.jsonl").read_text().splitlines()]
    assert [(r["actie"], r["resultaat"]) for r in regels] == [("openen", "geweigerd")] * 6
    server.doe("CREATE TABLE teams (naam text)", url.database)
    niet_te_openen(url, "staan tabellen van iets anders", maak=True)
    assert WACHTWOORD not in (tmp_path / "logboek.jsonl").read_text()


def test_wie_alleen_mag_lezen_leest_en_krijgt_bij_schrijven_te_horen_waarom_niet(database, server):
    url = database()
    with Werkmap(url, maak=True) as w:
        w.bewaar([ambities("a.xlsx", "wonen")], "Noor")
    server.doe(f"DROP ROLE IF EXISTS kijker; CREATE ROLE kijker LOGIN PASSWORD '{WACHTWOORD}'")
    server.doe("GRANT SELECT ON ALL TABLES IN SCHEMA public TO kijker", url.database)
    with Werkmap(url.set(username="kijker")) as w:
        assert list(w.tabel("ambities")["titel"]) == ["wonen"]
        with pytest.raises(WerkmapFout, match="niet de rechten die hiervoor nodig zijn"):
            w.besluit(Besluit("CA-001", Bestemming.LIJN, "ja", "Kijker"))
        assert w.versie() == 1
    leeg = database()
    niet_te_openen(leeg.set(username="kijker"), "niet de rechten", maak=True)
    server.doe("DROP OWNED BY kijker", url.database)
    server.doe("DROP ROLE kijker")


def test_een_database_opent_als_stand_onder_haar_eigen_naam_en_houdt_geen_verbinding_vast(
    database, server, monkeypatch
):
    url = database()
    with Werkmap(met_wachtwoord(url), maak=True) as w:
        w.bewaar([ambities("a.xlsx", "wonen")], "Noor")
        assert w.naam == url.database
        assert WACHTWOORD not in repr(w) + str(w) + repr(w.adres) + str(w.adres)
        bezig = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{url.database}'"
        assert server.doe(bezig) == [(0,)]
        with Werkmap(w.adres) as zelfde:
            assert zelfde.versie() == 1
    monkeypatch.setenv("OPGAVE_WERKMAP", met_wachtwoord(url))
    assert WACHTWOORD not in repr(werkmap_adres())
    stand = open_stand()
    assert stand.spoor.aantallen["open"] == 1
    assert stand.werkmap.naam == url.database


def test_een_lezing_op_proef_laat_een_database_zoals_zij_was(database):
    url = database()
    eerst = probeer(url, [ambities("a.xlsx", "wonen")])
    assert eerst.versie is None
    assert not bestaat(url)
    assert pas_toe(url, [ambities("a.xlsx", "wonen")], "Noor", eerst).gelezen == 1
    with Werkmap(url) as w:
        voor = alles(w)
        assert len(probeer(url, [ambities("a.xlsx", "wonen", "zorg")]).verschillen[0].nieuw) == 1
        assert alles(w) == voor


def test_een_oudere_database_krijgt_de_kolommen_die_er_bij_kwamen(database, server):
    url = database()
    with Werkmap(url, maak=True) as w:
        w.bewaar([ambities("a.xlsx", "wonen")], "Noor")
    server.doe("ALTER TABLE ambities DROP COLUMN gebied", url.database)
    server.doe("DROP TABLE scores", url.database)
    with Werkmap(url) as w:
        assert w.tabel("ambities")["gebied"].tolist() == [None]
        assert w.tabel("scores").empty


def test_een_wijziging_die_niet_doorgaat_verandert_in_een_database_niets(database):
    with Werkmap(database("leeg")) as w:
        w.maak_opgave("Wonen", "Noor")
        with w._db.proef() as v:
            v.execute(TABEL["opgaven"].delete())
        with pytest.raises(BesluitFout, match="Er is al een opgave"):
            w.maak_opgave("wonen", "Noor")
        assert list(w.tabel("opgaven").index) == ["O01"]


def test_een_waarde_die_de_database_niet_kan_hebben_is_een_melding(database):
    with Werkmap(database("leeg")) as w:
        with pytest.raises(WerkmapFout, match="kan een waarde niet opslaan"):
            w.maak_opgave("Won\0en", "Noor")
        assert w.versie() == 0
        assert isinstance(w.adres, sa.URL)
