"""A shortlist never exceeds a limit, and says of every item why it is in or out."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib import notatie
from opgavelib.domein.ranking import gewogen_som
from opgavelib.domein.shortlist import Grenzen, kies

snel = settings(max_examples=40, deadline=None)
misschien = lambda s: st.one_of(st.just(math.nan), s)  # noqa: E731
item_st = st.tuples(
    misschien(st.integers(1, 5).map(float)),
    misschien(st.integers(0, 5_000_000).map(float)),
    misschien(st.one_of(st.integers(0, 5_000).map(float), st.floats(0, 5_000, allow_subnormal=False))),
    st.sampled_from(["Wonen", "Zorg", "Inhuur", None]),
)
grenzen_st = st.builds(
    Grenzen,
    opgaven=st.none() | st.integers(1, 8),
    budget_eur=st.none() | st.integers(0, 10_000_000),
    ruimte_uren=st.none()
    | st.fixed_dictionaries({"Wonen": st.floats(0, 8_000), "Zorg": st.integers(0, 4_000).map(float)}),
)


def invoer(items):
    index = pd.Index([f"A{i:02d}" for i in range(len(items))], name="ambitie")
    scores = pd.DataFrame({"effect": [i[0] for i in items]}, index=index, dtype=float)
    kenmerken = pd.DataFrame(
        {
            "titel": [f"Ambitie {i}" for i in range(len(items))],
            "budget_eur": pd.Series([i[1] for i in items], dtype=float).to_numpy(),
            "uren": pd.Series([i[2] for i in items], dtype=float).to_numpy(),
            "team": pd.Series([i[3] for i in items], dtype=object).to_numpy(),
        },
        index=index,
    )
    return gewogen_som(scores, {"effect": 1}), kenmerken


@snel
@given(st.lists(item_st, max_size=15), grenzen_st)
def test_geen_enkele_grens_wordt_overschreden(items, grenzen):
    rang, kenmerken = invoer(items)
    uit = kies(rang, kenmerken, grenzen)
    in_ = uit.gekozen
    assert grenzen.opgaven is None or len(in_) <= grenzen.opgaven
    assert grenzen.budget_eur is None or in_["budget_eur"].sum() <= grenzen.budget_eur
    for team, ruimte in (grenzen.ruimte_uren or {}).items():
        assert in_.loc[in_["team"] == team, "uren"].sum() <= ruimte * (1 + 1e-12)
    assert in_["score"].notna().all()


@snel
@given(st.lists(item_st, max_size=15), grenzen_st)
def test_wie_erbuiten_valt_past_er_op_zijn_plaats_niet_meer_bij(items, grenzen):
    rang, kenmerken = invoer(items)
    uit = kies(rang, kenmerken, grenzen)
    assert list(uit.tabel.index) == list(rang.tabel.index)
    for plaats, (_, rij) in enumerate(uit.tabel.iterrows()):
        boven = uit.tabel.iloc[:plaats].query("gekozen")
        ervoor = boven["uren"][boven["team"] == rij["team"]].sum()
        ruimte = (grenzen.ruimte_uren or {}).get(rij["team"], math.inf)
        vraag = 0.0 if math.isnan(rij["uren"]) else rij["uren"]
        kosten = 0.0 if math.isnan(rij["budget_eur"]) else rij["budget_eur"]
        vol = grenzen.opgaven is not None and len(boven) >= grenzen.opgaven
        te_duur = grenzen.budget_eur is not None and boven["budget_eur"].sum() + kosten > grenzen.budget_eur
        te_druk = vraag > max(ruimte - ervoor, 0)
        past = not (math.isnan(rij["score"]) or vol or te_duur or te_druk)
        assert rij["gekozen"] == past, rij["reden"]
        assert rij["reden"]


@snel
@given(st.lists(item_st, min_size=1, max_size=15), grenzen_st)
def test_de_toelichting_noemt_de_juiste_getallen(items, grenzen):
    uit = kies(*invoer(items), grenzen)
    in_, beoordeeld = uit.gekozen, uit.tabel["score"].notna().sum()
    if not beoordeeld:
        assert uit.toelichting == "Er is nog geen ambitie beoordeeld; lees eerst scores in."
        return
    assert f"{len(in_)} boven de streep" in uit.toelichting
    assert notatie.euro_kort(float(in_["budget_eur"].sum())) in uit.toelichting
    assert notatie.uren(float(in_["uren"].sum())) in uit.toelichting
    assert ("nog niet beoordeeld" in uit.toelichting) == (beoordeeld < len(items))
    assert ("gepasseerd" in uit.toelichting) == uit.tabel["reden"].str.startswith("past niet").any()


@snel
@given(st.lists(item_st, max_size=10), grenzen_st)
def test_de_invoer_blijft_zoals_zij_was(items, grenzen):
    rang, kenmerken = invoer(items)
    tabel, bijdragen, voor = rang.tabel.copy(deep=True), rang.bijdragen.copy(deep=True), kenmerken.copy(deep=True)
    ruimte = dict(grenzen.ruimte_uren) if grenzen.ruimte_uren else None
    kies(rang, kenmerken, grenzen)
    pd.testing.assert_frame_equal(rang.tabel, tabel)
    pd.testing.assert_frame_equal(rang.bijdragen, bijdragen)
    pd.testing.assert_frame_equal(kenmerken, voor)
    assert (dict(grenzen.ruimte_uren) if grenzen.ruimte_uren else None) == ruimte


@snel
@given(st.lists(item_st, max_size=10), st.integers(1, 8))
def test_een_plaats_meer_haalt_niemand_van_de_lijst(items, opgaven):
    rang, kenmerken = invoer(items)
    krap = set(kies(rang, kenmerken, Grenzen(opgaven=opgaven)).gekozen.index)
    ruim = set(kies(rang, kenmerken, Grenzen(opgaven=opgaven + 1)).gekozen.index)
    assert krap <= ruim


@snel
@given(st.lists(item_st, min_size=2, max_size=12), grenzen_st)
def test_de_volgorde_van_inlezen_besliste_alleen_waar_omkeren_iets_verandert(items, grenzen):
    uit = kies(*invoer(items), grenzen)
    genoemd = uit.tabel["reden"].str.contains("de volgorde van inlezen besliste")
    assert ("de volgorde van inlezen besliste" in uit.toelichting) == genoemd.any()
    punten = uit.tabel["score"].round(9)
    for ambitie in uit.tabel.index[genoemd & ~uit.tabel["gekozen"]]:
        zelfde = uit.tabel.index[punten == punten[ambitie]]
        assert uit.tabel.loc[zelfde, "gekozen"].any()
        # Read in before those with the same score, it would have been in.
        nummers = sorted(range(len(items)), key=lambda i: f"A{i:02d}" != ambitie)
        eerst = kies(*invoer([items[i] for i in nummers]), grenzen)
        assert eerst.tabel.loc["A00", "gekozen"]


def test_gelijk_met_wie_de_plaats_het_geld_of_de_uren_nam():
    nan = math.nan
    items = [
        (3.0, nan, 100.0, "Zorg"),
        (3.0, 50.0, 100.0, "Wonen"),
        (3.0, nan, 60.0, "Wonen"),
        (3.0, 60.0, nan, None),
    ]
    uit = kies(*invoer(items), Grenzen(budget_eur=100, ruimte_uren={"Wonen": 100, "Zorg": 500})).tabel["reden"]
    assert "gelijk" not in uit["A00"]
    assert uit["A01"].endswith("; gelijk met A02 en A03; de volgorde van inlezen besliste")
    assert uit["A02"].endswith("er is nog 0 uur; gelijk met A01; de volgorde van inlezen besliste")
    assert uit["A03"].endswith("er is nog € 50; gelijk met A01; de volgorde van inlezen besliste")
    veel = kies(*invoer([(4.0, nan, nan, None)] * 8), Grenzen(opgaven=1))
    assert "; gelijk met A01, A02, A03 en 4 andere; " in veel.tabel.loc["A00", "reden"]
    assert " A01, A02, A03 en 4 andere vallen af met dezelfde score als A00; " in veel.toelichting
