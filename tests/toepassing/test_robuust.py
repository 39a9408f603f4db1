"""How often every ambitie is on the best shortlist: shares that add up, and stop where one stops."""

from __future__ import annotations

import pickle
import re
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from opgavelib.domein.optimaal.steekproef import STUK
from opgavelib.domein.scenario import BASIS, Soort, sleutel
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, kiezen, lees_in
from opgavelib.toepassing.robuust import robuust
from opgavelib.toepassing.uitvoerder import uitvoerder


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap)


@pytest.fixture(scope="module")
def uitkomst(stand):
    return robuust(stand, trekkingen=20, zaad=1)


def test_de_aandelen_tellen_op_tot_de_plaatsen_op_de_shortlists(uitkomst):
    tabel = uitkomst.tabel
    assert (uitkomst.trekkingen, uitkomst.gelukt, uitkomst.bewezen) == (20, 20, 20)
    assert tabel["aandeel"].between(0, 1).all()
    # 19 places, all of them used: there are more judged ambities than that and room for each.
    assert tabel["aandeel"].sum() == pytest.approx(19)
    assert (tabel.loc[tabel["vast"], "aandeel"] == 1).all()
    assert tabel["gekozen"].sum() == 19
    assert tabel["aandeel"].is_monotonic_decreasing


def test_wie_gekozen_is_staat_op_de_beste_shortlist_zelf(stand, uitkomst):
    assert set(uitkomst.tabel.index[uitkomst.tabel["gekozen"]]) == set(kiezen.kies(stand).gekozen.index)
    assert set(uitkomst.tabel.index) == set(kiezen.vraagstuk(stand).items)


def test_een_ander_zaad_geeft_andere_trekkingen(stand):
    een, ander = (robuust(stand, trekkingen=10, zaad=z).tabel["aandeel"].sort_index() for z in (1, 2))
    assert not een.equals(ander)


@pytest.mark.parametrize("hoe", ["nee", "onderbroken"])
def test_wie_stopt_krijgt_precies_wat_er_dan_is(stand, hoe):
    gezien = []

    def stop(klaar: int, totaal: int) -> bool:
        gezien.append((klaar, totaal))
        if klaar == 2 * STUK and hoe == "onderbroken":
            raise KeyboardInterrupt
        return klaar < 2 * STUK

    with ThreadPoolExecutor(2) as draden:
        gestopt = robuust(stand, trekkingen=500, zaad=4, executor=draden, bij_voortgang=stop)
    kort = robuust(stand, trekkingen=2 * STUK, zaad=4)
    assert gezien == [(STUK, 500), (2 * STUK, 500)]
    pd.testing.assert_frame_equal(gestopt.tabel, kort.tabel, check_exact=True)
    assert gestopt.trekkingen == gestopt.parameters["trekkingen"] == 2 * STUK
    assert gestopt.parameters["gevraagd"] == 500
    assert gestopt.toelichting.replace(" Het is gestopt voor de gevraagde 500 keer.", "") == kort.toelichting
    assert gestopt.toelichting != kort.toelichting


def test_onderbroken_voor_er_iets_is(stand):
    class Afgebroken:
        def submit(self, *_):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        robuust(stand, trekkingen=10, executor=Afgebroken())


def test_stukken_worden_gemaakt_als_zij_aan_de_beurt_zijn(stand):
    class Bode(ThreadPoolExecutor):
        def submit(self, *werk):
            zaden.append(werk[3].spawn_key)
            return super().submit(*werk)

    zaden: list[tuple[int, ...]] = []
    tracemalloc.start()
    try:
        with Bode(1) as bode:
            robuust(stand, trekkingen=50_000_000, executor=bode, bij_voortgang=lambda *_: False)
        assert tracemalloc.get_traced_memory()[1] < 100e6  # ten million pieces at once are gigabytes
    finally:
        tracemalloc.stop()
    assert zaden == [(i,) for i in range(len(zaden))]


def test_nooit_meer_dan_64_werkers():
    door = threading.Event()
    with uitvoerder(5000) as draden:
        for _ in range(100):
            draden.submit(door.wait, 60)
        bezig = [d for d in threading.enumerate() if d.name.startswith("opgave_")]
        door.set()
    assert len(bezig) == 64


def test_zonder_onzekerheid_is_elke_trekking_de_shortlist_zelf(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        for naam in ("waarde", "uren"):
            werkmap.zet_parameter(f"prioritering.onzekerheid_{naam}", 0.0, "Noor", "zeker")
        tabel = robuust(Stand(werkmap), trekkingen=6).tabel
    assert tabel["aandeel"].isin([0.0, 1.0]).all()
    assert tabel.loc[tabel["gekozen"], "aandeel"].mean() == 1.0


def test_toelichting_zegt_wat_in_de_tabel_staat(uitkomst):
    tabel, zin = uitkomst.tabel, uitkomst.toelichting
    vrij = tabel[tabel["gekozen"] & ~tabel["vast"]]
    assert zin.startswith("20 keer is de beste shortlist gezocht")
    assert "standaardafwijking 15%) en andere uren (25%)" in zin
    assert f"{tabel['vast'].sum()} van de 19 op de shortlist moeten erin" in zin
    wie, kans = re.search(r"het minst vaak (\S+): in (\d+)%", zin).groups()
    assert round(vrij["aandeel"].min() * 100) == int(kans)
    assert vrij.loc[wie, "aandeel"] == vrij["aandeel"].min()
    buiten, kans = re.search(r"komt (\S+) er het vaakst op: in (\d+)%", zin).groups()
    assert tabel.loc[~tabel["gekozen"], "aandeel"].max() == tabel.loc[buiten, "aandeel"]
    assert round(tabel.loc[buiten, "aandeel"] * 100) == int(kans)


def test_wat_niet_kan_wordt_niet_getrokken(stand):
    with pytest.raises(BesluitFout, match="Geen enkele shortlist voldoet"):
        robuust(stand, opgaven=3)


def test_er_gaat_geen_geschreven_tekst_mee_naar_een_ander(voorbeeld_kopie):
    class Bode(ThreadPoolExecutor):
        def submit(self, functie, *argumenten):
            mee.append(pickle.dumps((functie, argumenten)))
            return super().submit(functie, *argumenten)

    mee: list[bytes] = []
    with Werkmap(voorbeeld_kopie) as werkmap:
        eerst = kiezen.kies(Stand(werkmap)).tabel
        erin, eruit = eerst.index[~eerst["gekozen"]][0], eerst.index[eerst["vast"] == ""][0]
        keuzes = {sleutel(Soort.VAST, erin): {"waarde": "in"}, sleutel(Soort.VAST, eruit): {"waarde": "uit"}}
        werkmap.scenarios.kies(BASIS, keuzes, "Noor", "Wethouder Kwikzilver wil het zo")
        stand = Stand(werkmap)
        with Bode(1) as bode:
            tabel = robuust(stand, trekkingen=STUK, executor=bode).tabel
    assert tabel.loc[[erin, eruit], "aandeel"].tolist() == [1.0, 0.0]
    assert mee
    assert not any(b"Kwikzilver" in b or str(tabel["titel"].iloc[0]).encode() in b for b in mee)


def test_zonder_scores_valt_er_niets_te_trekken(boek, tmp_path):
    pad = boek("akkoord.xlsx", Akkoord=[["Nr", "Afspraak"], [1, "Elk dorp een huisarts"], [2, "Meer bomen"]])
    lees_in(tmp_path / "w", [pad], wie="Noor")
    with Werkmap(tmp_path / "w") as werkmap:
        leeg = robuust(Stand(werkmap), trekkingen=10)
    assert leeg.tabel.empty
    assert leeg.toelichting == "Er is nog geen ambitie beoordeeld; lees eerst scores in."
