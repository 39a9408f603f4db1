"""SMAA against what can be worked out, against plain simulation, and the same result whoever computes it."""

from __future__ import annotations

import math
import pickle
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein import stevigheid, trekkingen
from opgavelib.domein.ranking import gewogen_som
from opgavelib.domein.stevigheid import GEEN_VOORKEUR, kans_tekst, smaa
from opgavelib.fouten import WegingFout

CRITERIA = ("effect", "urgentie", "haalbaarheid")
GEWICHTEN = {"effect": 5, "urgentie": 3, "haalbaarheid": 2}
VAST = {"onzekerheid_gewicht": 0, "minimale_spreiding_aandeel": 0}


def kader(rijen, criteria=CRITERIA, namen=None):
    index = pd.Index(namen or [f"A{i:02d}" for i in range(len(rijen))], name="ambitie")
    return pd.DataFrame([list(r) for r in rijen], index=index, columns=list(criteria), dtype=float)


def veel(n=40, zaad=3):
    rng = np.random.default_rng(zaad)
    scores = rng.integers(1, 6, (n, 3, 5)).astype(float)
    return (
        kader(scores.mean(axis=2)),
        kader(scores.std(axis=2)),
        kader(np.full((n, 3), 5)),
    )


def test_zonder_voorkeur_is_de_kans_die_van_lahdelma():
    """Two criteria, all weights as likely: A (1, 0) is best when w > .6, B (0, 1) when w < .4, C (.6, .6) else."""
    tabel = kader([(5, 1), (1, 5), (3.4, 3.4)], ("effect", "urgentie"), ["A", "B", "C"])
    uit = smaa(tabel, None, None, {"effect": 1, "urgentie": 9}, top_n=1, onzekerheid_gewicht=GEEN_VOORKEUR,
               minimale_spreiding_aandeel=0)  # fmt: skip
    assert uit.tabel["kans"].to_dict() == pytest.approx({"A": 0.4, "B": 0.4, "C": 0.2}, abs=0.015)
    # C is never last: 1st in a fifth of the draws, 2nd in the rest.
    assert uit.tabel.loc["C", ["rang_p5", "rang_mediaan", "rang_p95"]].tolist() == [1, 2, 2]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(*[st.one_of(st.integers(1, 5).map(float), st.just(math.nan))] * 3), min_size=1, max_size=12),
    st.integers(1, 6),
)
def test_wat_zeker_is_staat_vast_en_wie_gelijk_is_deelt(rijen, top_n):
    """No uncertainty: chance 1 or 0 as ranked, and equals at the line share what is left."""
    tabel = kader(rijen)
    score = gewogen_som(tabel, GEWICHTEN).tabel["score"].round(6).dropna()
    uit = smaa(tabel, None, None, GEWICHTEN, top_n=top_n, trekkingen=100, **VAST)
    for naam, s in score.items():
        ervoor, gelijk = int((score > s).sum()), int((score == s).sum())
        verwacht = min(max(top_n - ervoor, 0) / gelijk, 1)
        assert uit.tabel.loc[naam, "kans"] == pytest.approx(verwacht, abs=1e-9)
        assert uit.tabel.loc[naam, "rang_mediaan"] == ervoor + 1 + (gelijk - 1) // 2
    assert uit.tabel["kans"].sum() == pytest.approx(min(top_n, len(score)))
    assert uit.tabel["kans"].notna().sum() == len(score)


def naief(gemiddeld, sd, aandelen, c, top_n, trekkingen):
    """The same model with another generator, one draw at a time."""
    rng, boven = np.random.default_rng(99), np.zeros(len(gemiddeld))
    for _ in range(trekkingen):
        x = rng.normal(gemiddeld, sd)
        while ((x < 0) | (x > 1)).any():
            x = np.where((x < 0) | (x > 1), rng.normal(gemiddeld, sd), x)
        boven[np.argsort(-(x @ rng.dirichlet(aandelen * c)))[:top_n]] += 1
    return boven / trekkingen


def test_tegen_gewone_simulatie():
    gemiddeld, spreiding, _ = veel(20)
    uit = smaa(gemiddeld, spreiding, None, GEWICHTEN, {"haalbaarheid": "lager"}, top_n=6, onzekerheid_gewicht=0.2)
    deel = ((gemiddeld - 1) / 4).assign(haalbaarheid=lambda d: 1 - d["haalbaarheid"]).to_numpy()
    sd = np.maximum(spreiding.to_numpy() / 4, 0.05)
    kans = naief(deel, sd, np.array([0.5, 0.3, 0.2]), 1 / 0.2**2 - 1, 6, 4_000)
    np.testing.assert_allclose(uit.tabel["kans"].reindex(gemiddeld.index), kans, atol=0.035)


class _Elders(Executor):
    """As a process or a cluster: work and result travel as bytes, and the last finishes first."""

    def submit(self, fn, /, *args):
        toekomst: Future = Future()
        fn, args = pickle.loads(pickle.dumps((fn, args)))
        toekomst.set_result(pickle.loads(pickle.dumps(fn(*args))))
        return toekomst


def test_dezelfde_uitkomst_waar_ook_gerekend():
    gemiddeld, spreiding, aantal = veel()
    gezien = []
    kaal = smaa(gemiddeld, spreiding, aantal, GEWICHTEN, top_n=7, trekkingen=2_600,
                voortgang=lambda klaar, totaal: gezien.append((klaar, totaal)))  # fmt: skip
    with ThreadPoolExecutor(2) as draden:
        for executor in (draden, _Elders()):
            ander = smaa(gemiddeld, spreiding, aantal, GEWICHTEN, top_n=7, trekkingen=2_600, executor=executor)
            pd.testing.assert_frame_equal(kaal.tabel, ander.tabel)
    assert gezien == [(500 * i, 2_600) for i in range(1, 6)] + [(2_600, 2_600)]
    zelfde = smaa(gemiddeld.iloc[::-1], spreiding, aantal, GEWICHTEN, top_n=7, trekkingen=2_600)
    getrokken = ["kans", "rang_p5", "rang_mediaan", "rang_p95"]
    pd.testing.assert_frame_equal(
        kaal.tabel[getrokken].sort_index(), zelfde.tabel[getrokken].sort_index(), check_exact=True
    )
    anders = smaa(gemiddeld, spreiding, aantal, GEWICHTEN, top_n=7, trekkingen=2_600, zaad=2)
    assert (anders.tabel["kans"] != kaal.tabel["kans"]).any()
    assert kaal.parameters["zaad"] == 1
    assert kaal.parameters["gewichten"] == pytest.approx({"effect": 0.5, "urgentie": 0.3, "haalbaarheid": 0.2})


def test_meer_werk_dan_er_tegelijk_loopt(monkeypatch):
    monkeypatch.setattr(trekkingen, "_TEGELIJK", 2)
    gemiddeld, spreiding, aantal = veel(10)
    kaal = smaa(gemiddeld, spreiding, aantal, GEWICHTEN, top_n=3, trekkingen=3_000)
    ander = smaa(gemiddeld, spreiding, aantal, GEWICHTEN, top_n=3, trekkingen=3_000, executor=_Elders())
    pd.testing.assert_frame_equal(kaal.tabel, ander.tabel)


def test_invoer_blijft_en_schaal_doet_er_niet_toe():
    gemiddeld, spreiding, aantal = veel(12)
    voor = gemiddeld.copy(deep=True), spreiding.copy(deep=True)
    een = smaa(gemiddeld, spreiding, aantal, GEWICHTEN, top_n=4, trekkingen=500)
    pd.testing.assert_frame_equal(gemiddeld, voor[0])
    pd.testing.assert_frame_equal(spreiding, voor[1])
    schaal = dict.fromkeys(CRITERIA, (0, 100))
    honderd = smaa((gemiddeld - 1) * 25, spreiding * 25, aantal, GEWICHTEN, None, schaal, 4, trekkingen=500)
    np.testing.assert_allclose(een.tabel["kans"], honderd.tabel["kans"], atol=0.005)


def test_meer_beoordelaars_geven_meer_zekerheid():
    gemiddeld, spreiding, aantal = veel(30)
    zeker = [
        smaa(gemiddeld, spreiding, n, GEWICHTEN, top_n=10, trekkingen=1_000).tabel["kans"].sub(0.5).abs().sum()
        for n in (None, aantal, aantal * 20)
    ]
    assert zeker == sorted(zeker)


def test_een_beoordelaar_krijgt_de_spreiding_van_de_anderen():
    gemiddeld = kader([(3, 3, 3), (3, 3, 3)])
    spreiding = kader([(1, 1, 1), (0, 0, 0)])
    aantal = kader([(4, 4, 4), (1, 1, 1)])
    sd = stevigheid._spreiding(gemiddeld, spreiding, aantal, np.full(3, 4.0), 0.0)
    # Of four: 1 / sqrt(3) points. Of one: pooled, sqrt(4 * 1 / 3) points. As shares of a scale of 4 points.
    np.testing.assert_allclose(sd, [[1 / math.sqrt(3) / 4] * 3, [2 / math.sqrt(3) / 4] * 3])
    per_cel = kader([(4, 4, 1), (1, 1, 1)])
    np.testing.assert_allclose(
        stevigheid._spreiding(gemiddeld, spreiding, per_cel, np.full(3, 4.0), 0.0)[:, 2], 2 / math.sqrt(3) / 4
    )


@pytest.mark.parametrize("n", [1, 300, 3_000, 40_000])
def test_rangtabel_blijft_klein_en_is_precies_bovenaan(n):
    bakken, rangen = trekkingen.bakken_voor(n, 19)
    assert n * len(rangen) <= max(2**21, 100 * n)
    assert (np.diff(bakken) >= 0).all()
    assert set(bakken) == set(range(len(rangen)))
    np.testing.assert_array_equal(rangen[bakken][: min(n, 40)], np.arange(1, min(n, 40) + 1))
    assert (np.abs(rangen[bakken] - np.arange(1, n + 1)) <= n / 20).all()


@pytest.mark.parametrize(
    ("kans", "tekst"),
    [
        (1, "100%"),
        (0.9995, "meer dan 99%"),
        (0.974, "97%"),
        (0.004, "minder dan 1%"),
        (0, "0%"),
        (0.995, "meer dan 99%"),
    ],
)
def test_kans_wordt_niet_tot_zekerheid_afgerond(kans, tekst):
    assert kans_tekst(kans) == tekst


def test_niet_beoordeeld_blijft_zichtbaar():
    uit = smaa(kader([(math.nan,) * 3, (5, 5, 5)]), None, None, GEWICHTEN, top_n=1, trekkingen=100)
    assert uit.tabel.loc["A00", "zin"] == "is nog niet beoordeeld"
    assert uit.tabel.loc["A01", "zin"] == "blijft in alle gevallen in de top 1"
    assert uit.toelichting == (
        "Er zijn niet meer beoordeelde ambities dan plaatsen, dus alle 1 staan boven de streep."
    )
    leeg = smaa(kader([(math.nan,) * 3]), None, None, GEWICHTEN, trekkingen=100)
    assert leeg.toelichting == "Er is nog geen ambitie beoordeeld; lees eerst scores in."


@pytest.mark.parametrize(
    ("anders", "bezwaar"),
    [
        ({"onzekerheid_gewicht": 1.0}, "getal van 0 .zeker. tot 1, of 'geen voorkeur'"),
        ({"onzekerheid_gewicht": "veel"}, "dit is 'veel'"),
        ({"trekkingen": 10}, "minstens 100 trekkingen"),
        ({"top_n": 0}, "minstens 1 plaats"),
        ({"gewichten": {"effect": 1}}, "zonder gewicht: urgentie, haalbaarheid"),
    ],
)
def test_wat_niet_kan(anders, bezwaar):
    vraag = {"gewichten": GEWICHTEN, "top_n": 1} | anders
    with pytest.raises(WegingFout, match=bezwaar):
        smaa(kader([(1, 2, 3)]), None, None, **vraag)
