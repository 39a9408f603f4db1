"""Power cuts, kills and full disks: what was acknowledged is there, no half handeling is, and the werkmap opens."""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path
from unittest import mock

import pytest

from opgavelib.fouten import WerkmapFout
from opgavelib.logboek import Actie
from opgavelib.opslag import Werkmap
from opgavelib.opslag.verbinding import BESTAND

from .bladen import ambities
from .pgserver import PgServer
from .schrijver import bevestigd, processen, schrijf_tot_de_schijf_vol_is, wijzig_drie_tegelijk


def vul(adres):
    with Werkmap(adres, maak=True) as w:
        w.bewaar([ambities("a.xlsx", "wonen", "zorg", "groen")], "Noor")
    return adres


def wacht_op_meer(map_, dan, proces):
    """Until another change was acknowledged."""
    eind = time.monotonic() + 60
    while len(bevestigd(map_)) <= dan:
        assert time.monotonic() < eind
        assert proces.is_alive()
        time.sleep(0.005)


def controleer_alles(adres, map_):
    """Everything that was acknowledged is there as it was told, in whole handelingen of three."""
    beloofd = bevestigd(map_)
    with Werkmap(adres) as werkmap:
        g = werkmap.tabel("gebeurtenissen").loc[2:]
        assert (g.groupby("handeling").size() == 3).all()
        staat = {n: (r.object, r.nieuw) for n, r in g.iterrows()}
        assert {b["nummer"]: (b["object"], b["nieuw"]) for b in beloofd}.items() <= staat.items()
        assert werkmap.spoor().tabel["bestemming"].nunique() == 1
        assert g.empty or werkmap.spoor().tabel["bestemming"].iloc[0] == g.iloc[-1]["nieuw"]["bestemming"]
    return len(beloofd)


@pytest.mark.parametrize(("nieuw", "rondes"), [("sqlite", 5), ("postgresql", 3)], indirect=["nieuw"])
def test_schrijvers_die_met_kill_9_stoppen_verliezen_niets_van_wat_is_bevestigd(nieuw, tmp_path, rondes):
    adres = vul(nieuw())
    toeval = random.Random(3)
    for _ in range(rondes):
        voor = len(bevestigd(tmp_path))
        with processen(wijzig_drie_tegelijk, *((adres, n, None, tmp_path) for n in range(2))) as lopend:
            wacht_op_meer(tmp_path, voor, lopend[0])
            for p in lopend:
                time.sleep(toeval.random() * 0.03)
                p.kill()
        controleer_alles(adres, tmp_path)
        if isinstance(adres, Path):
            with sqlite3.connect(adres / BESTAND) as db:
                assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            db.close()
    assert controleer_alles(adres, tmp_path) >= 3 * rondes


def test_een_databaseserver_die_met_kill_9_stopt_heeft_na_de_herstart_alles(tmp_path, monkeypatch):
    monkeypatch.setenv("OPGAVE_LOG", str(tmp_path / "logboek.jsonl"))
    server = PgServer()
    try:
        server.doe("CREATE DATABASE werk")
        adres = vul(server.url("werk"))
        with processen(wijzig_drie_tegelijk, *((adres, n, None, tmp_path) for n in range(2))) as lopend:
            wacht_op_meer(tmp_path, 30, lopend[0])
            server.dood()
        assert [p.exitcode for p in lopend] == [1, 1]
        with pytest.raises(WerkmapFout, match=r"De databaseserver '127\.0\.0\.1' is niet bereikbaar"):
            Werkmap(adres)
        server.start()
        assert controleer_alles(adres, tmp_path) > 30
        with Werkmap(adres) as werkmap:
            assert werkmap.maak_opgave("Het gaat weer", "Noor") == "O01"
    finally:
        server.stop()


def test_een_verbinding_die_wegvalt_is_een_melding_en_daarna_gaat_het_weer(database, server):
    def wis_en_val_weg(werkmap):
        with werkmap._db.schrijf(Actie("proef", "Noor")) as v:
            v.exec_driver_sql("DELETE FROM ambities")
            server.doe("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state LIKE 'idle in%'")
            v.exec_driver_sql("DELETE FROM gebeurtenissen")

    with Werkmap(vul(database("leeg"))) as werkmap:
        with pytest.raises(WerkmapFout, match="Kijk of uw laatste wijziging er staat"):
            wis_en_val_weg(werkmap)
        assert len(werkmap.tabel("ambities")) == 3


def test_een_volle_schijf_is_een_melding_en_wat_er_stond_staat_er_nog(tmp_path):
    adres = vul(tmp_path / "w")
    with processen(schrijf_tot_de_schijf_vol_is, (adres, tmp_path)) as (kind,):
        pass
    assert kind.exitcode == 0
    melding = (tmp_path / "melding.txt").read_text()
    assert "de schijf is vol of niet bereikbaar. Er is niets opgeslagen; wat er stond, staat er nog." in melding
    assert "error" not in melding
    assert controleer_alles(adres, tmp_path) > 30
    with Werkmap(adres) as werkmap:
        assert werkmap.maak_opgave("Er is weer ruimte", "Noor") == "O01"


def test_een_werkmap_die_iemand_op_wal_zette_gaat_heel_terug_naar_het_rollbackjournaal(tmp_path):
    adres = vul(tmp_path / "w")
    db = sqlite3.connect(adres / BESTAND)
    assert db.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    db.execute("UPDATE ambities SET titel = 'in de wal' WHERE ambitie = 'CA-001'")
    db.commit()
    assert (adres / f"{BESTAND}-wal").stat().st_size
    with pytest.raises(WerkmapFout, match="bezet door een ander"), kort_wachten():
        Werkmap(adres)
    db.close()
    with Werkmap(adres) as werkmap:
        assert werkmap.tabel("ambities").loc["CA-001", "titel"] == "in de wal"
    assert sorted(p.name for p in adres.glob(f"{BESTAND}*")) == [BESTAND]
    with sqlite3.connect(adres / BESTAND) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    db.close()


def kort_wachten():
    """Waiting for another program takes half a minute; a test has less."""
    return mock.patch("opgavelib.opslag.sqlite.WACHT_SECONDEN", 0.2)
