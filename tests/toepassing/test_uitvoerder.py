"""Work in pieces gives the same answer with one thread, several, or a cluster; and a cluster that fails says so."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pandas as pd
import pytest
from distributed import LocalCluster

import opgavelib
from opgavelib.cli import main
from opgavelib.domein.stevigheid import smaa
from opgavelib.domein.stukken import in_volgorde
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, uitvoerder
from opgavelib.toepassing.robuust import robuust
from opgavelib.toepassing.uitvoerder import UitvoerderFout

EIGEN = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "threads_per_worker": 1}


@pytest.fixture(scope="module")
def cluster():
    """A scheduler with two workers, each a process of its own, on this computer only."""
    with LocalCluster(n_workers=2, processes=True, **EIGEN) as c:
        yield c


@pytest.fixture
def stand(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap)


@pytest.fixture
def ongeduldig(monkeypatch):
    monkeypatch.setattr(uitvoerder, "WACHT_S", 0.5)


# -- the same answer everywhere -------------------------------------------------------------------------


def test_robuust_geeft_met_draden_en_een_cluster_hetzelfde_als_zonder(stand, cluster):
    alleen = robuust(stand, trekkingen=13, zaad=7)
    assert alleen.tabel["aandeel"].between(0.01, 0.99).sum() > 5
    with uitvoerder.uitvoerder(2) as draden:
        met_draden = robuust(stand, trekkingen=13, zaad=7, executor=draden)
    with uitvoerder.uitvoerder(dask=cluster.scheduler_address) as werkers:
        met_cluster = robuust(stand, trekkingen=13, zaad=7, executor=werkers)
    for r in (met_draden, met_cluster):
        pd.testing.assert_frame_equal(r.tabel, alleen.tabel, check_exact=True)
        assert (r.gelukt, r.bewezen, r.toelichting) == (alleen.gelukt, alleen.bewezen, alleen.toelichting)
        assert r.parameters == alleen.parameters


def test_de_opdracht_rekent_op_een_cluster(voorbeeld, cluster, capsys):
    vraag = ["robuust", "--werkmap", str(voorbeeld), "--trekkingen", "5", "--json"]
    assert main(vraag) == 0
    alleen = capsys.readouterr().out
    assert main([*vraag, "--dask", cluster.scheduler_address]) == 0
    uit = capsys.readouterr()
    assert (uit.out, uit.err) == (alleen, "")


def test_smaa_geeft_met_draden_en_een_cluster_hetzelfde_als_zonder(stand, cluster):
    kaart = stand.scorekaart
    vraag = (kaart.gemiddeld, None, None, stand.gewichten)
    alleen = smaa(*vraag, trekkingen=2000, zaad=7)
    with uitvoerder.uitvoerder(2) as draden, uitvoerder.uitvoerder(dask=cluster.scheduler_address) as werkers:
        for executor in (draden, werkers):
            samen = smaa(*vraag, trekkingen=2000, zaad=7, executor=executor)
            pd.testing.assert_frame_equal(samen.tabel, alleen.tabel, check_exact=True)


def test_een_werker_die_wegvalt_verandert_het_antwoord_niet(stand, cluster):
    alleen = robuust(stand, trekkingen=25, zaad=3)
    weg = []

    def schiet(klaar: int, _: int) -> None:
        if not weg:
            weg.append(next(iter(cluster.workers.values())).pid)
            os.kill(weg[0], getattr(signal, "SIGKILL", signal.SIGTERM))

    with uitvoerder.uitvoerder(dask=cluster.scheduler_address) as werkers:
        met_cluster = robuust(stand, trekkingen=25, zaad=3, executor=werkers, bij_voortgang=schiet)
    assert weg
    pd.testing.assert_frame_equal(met_cluster.tabel, alleen.tabel, check_exact=True)


# -- a cluster that fails -------------------------------------------------------------------------------


def test_een_taak_die_elke_werker_meesleept(cluster):
    with (
        pytest.raises(UitvoerderFout, match="viel telkens weg bij dezelfde taak"),
        uitvoerder.uitvoerder(dask=cluster.scheduler_address) as werkers,
    ):
        werkers.submit(os._exit, 1).result()


def test_een_werker_met_een_andere_versie_wordt_geweigerd(cluster, monkeypatch):
    monkeypatch.setattr(opgavelib, "__version__", "99.0")
    with (
        pytest.raises(UitvoerderFout, match=r"andere versies .*: opgavelib \d+\.\d+\.\d+ \(hier 99\.0\)"),
        uitvoerder.uitvoerder(dask=cluster.scheduler_address),
    ):
        pass


def test_een_scheduler_zonder_werkers(ongeduldig):
    with (
        LocalCluster(n_workers=0, processes=False, protocol="tcp", **EIGEN) as leeg,
        pytest.raises(UitvoerderFout, match="heeft geen werkers"),
        uitvoerder.uitvoerder(dask=leeg.scheduler_address),
    ):
        pass


def test_een_scheduler_die_ermee_ophoudt(ongeduldig, capfd):
    with LocalCluster(n_workers=1, processes=False, protocol="tcp", **EIGEN) as kort:

        def reken() -> None:
            with uitvoerder.uitvoerder(dask=kort.scheduler_address) as werkers:
                lang = werkers.submit(time.sleep, 1)
                kort.close()
                lang.result(timeout=30)

        with pytest.raises(UitvoerderFout, match="verbinding met het cluster is verbroken"):
            reken()
        assert capfd.readouterr().err == ""  # nothing but our own sentence


def test_een_adres_waar_niemand_antwoordt(ongeduldig):
    begin = time.monotonic()
    with (
        pytest.raises(UitvoerderFout, match=r"Op tcp://127\.0\.0\.1:9 antwoordt binnen"),
        uitvoerder.uitvoerder(dask="tcp://127.0.0.1:9"),
    ):
        pass
    assert time.monotonic() - begin < 20


def test_zonder_dask_staat_er_hoe_het_komt(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(UitvoerderFout, match=r"pip install 'opgavenwerkboek\[cluster\]'"),
        uitvoerder.uitvoerder(dask="tcp://127.0.0.1:8786"),
    ):
        pass
    with uitvoerder.uitvoerder() as draden:  # nobody else needs it
        assert draden.submit(abs, -1).result() == 1


# -- order, and what is dropped -------------------------------------------------------------------------


def test_in_volgorde_ook_als_de_eerste_het_langst_duurt():
    def wacht(i: int) -> int:
        time.sleep(0.05 if i == 0 else 0)
        return i

    with ThreadPoolExecutor(4) as draden:
        assert list(in_volgorde(draden, ((wacht, (i,)) for i in range(200)))) == list(range(200))
    assert list(in_volgorde(None, ((wacht, (i,)) for i in range(3)))) == [0, 1, 2]


def test_wie_stopt_laat_de_rest_vallen_en_vraagt_niet_alles_tegelijk():
    class Boekhouder(Executor):
        def __init__(self):
            self.taken = []

        def submit(self, functie, *argumenten):
            self.taken.append(Future())
            if len(self.taken) == 1:
                self.taken[0].set_result(functie(*argumenten))
            return self.taken[-1]

    boek = Boekhouder()
    stroom = in_volgorde(boek, ((abs, (-i,)) for i in range(10_000)))
    assert next(stroom) == 0
    assert len(boek.taken) < 200
    stroom.close()
    assert all(t.cancelled() for t in boek.taken[1:])


def test_na_het_blok_begint_er_niets_meer():
    gedaan = []
    with uitvoerder.uitvoerder(1) as draad:
        for i in range(50):
            draad.submit(lambda i=i: (time.sleep(0.02), gedaan.append(i)))
    nu = len(gedaan)
    assert nu < 50
    time.sleep(0.1)
    assert len(gedaan) == nu
