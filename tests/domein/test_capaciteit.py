"""Hours per team and quarter: sums, teams that only the request names, and what is left."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.capaciteit import AANBOD, VRAAG, Normen, aanbod, aanbod_per_kwartaal, balans, ruimte_over
from opgavelib.domein.scenario import Scenario

snel = settings(max_examples=30, deadline=None)
KWARTALEN = ["2027K1", "2027K2", "2027K3"]
NORMEN = Normen(1360, 0.8)
leeg = st.just(math.nan)
team_st = st.tuples(
    st.floats(0, 50),
    st.one_of(leeg, st.floats(1_000, 1_500)),
    st.one_of(leeg, st.floats(0, 1)),
    st.one_of(leeg, leeg, st.floats(0, 60_000)),
)
inzet_st = st.tuples(
    st.sampled_from(["T0", "T1", "Inhuur"]),
    st.sampled_from([*KWARTALEN, "2030K1"]),
    st.one_of(leeg, st.floats(0, 2_000)),
    st.one_of(leeg, st.floats(0, 2_000)),
    st.sampled_from(["gevraagd", "toegezegd", "afgewezen", None]),
)


def maak_teams(rijen):
    index = pd.Index([f"T{i}" for i in range(len(rijen))], name="team", dtype=object)
    kolommen = ("fte", "uren_per_fte", "lean_aandeel", "lean_uren")
    kader = pd.DataFrame(
        {k: [float(r[i]) for r in rijen] for i, k in enumerate(kolommen)}, index=index, dtype=float
    )
    return kader.assign(teamleider=None, domein="fysiek")


def maak_inzet(rijen):
    kolommen = {
        "team": object,
        "kwartaal": object,
        "uren_gevraagd": float,
        "uren_toegezegd": float,
        "status": object,
    }
    return pd.DataFrame({k: pd.Series([r[i] for r in rijen], dtype=s) for i, (k, s) in enumerate(kolommen.items())})


@snel
@given(st.lists(team_st, max_size=4))
def test_aanbod_valt_uiteen_in_lean_en_ruimte(rijen):
    uit = aanbod(maak_teams(rijen), 1360, 0.8)
    assert (uit["opgave_uren"] >= 0).all()
    past = uit["lean_uren"] <= uit["beschikbaar_uren"]
    som = (uit["lean_uren"] + uit["opgave_uren"])[past]
    assert som.to_numpy() == pytest.approx(uit["beschikbaar_uren"][past].to_numpy())
    assert (uit["opgave_uren"][~past] == 0).all()


@snel
@given(st.lists(team_st, max_size=3), st.lists(inzet_st, max_size=20), st.randoms())
def test_balans_telt_op(rijen, vraag, toeval):
    jaar, inzet = aanbod(maak_teams(rijen), 1360, 0.8), maak_inzet(vraag)
    er_is = aanbod_per_kwartaal(maak_teams(rijen), KWARTALEN, NORMEN)
    voor = inzet.copy(deep=True)
    uit = balans(er_is, inzet, KWARTALEN, NORMEN).tabel
    pd.testing.assert_frame_equal(inzet, voor)
    telt = [v for v in vraag if v[1] in KWARTALEN and v[4] != "afgewezen"]
    namen = {*jaar.index, *(v[0] for v in telt)}
    assert set(uit.index) == {(t, k) for t in namen for k in KWARTALEN}
    assert uit.index.is_unique
    for i, maat in ((2, "gevraagd_uren"), (3, "toegezegd_uren")):
        assert uit[maat].sum() == pytest.approx(sum(v[i] for v in telt if not math.isnan(v[i])))
    assert uit["beschikbaar_uren"].sum() == pytest.approx(jaar["beschikbaar_uren"].sum() * 3 / 4)
    saldo = uit["beschikbaar_uren"] - uit["lean_uren"] - uit["gevraagd_uren"]
    assert uit["saldo_uren"].to_numpy() == pytest.approx(saldo.to_numpy())
    toeval.shuffle(vraag)
    ander = balans(er_is, maak_inzet(vraag), KWARTALEN, NORMEN).tabel
    pd.testing.assert_frame_equal(uit, ander)


bezetting_st = st.tuples(
    st.one_of(leeg, st.floats(0, 60)),
    st.one_of(st.none(), st.sampled_from(KWARTALEN)),
    st.one_of(leeg, st.floats(0, 1)),
)
keuzes_st = st.fixed_dictionaries(
    {},
    optional={
        "team|T0": st.fixed_dictionaries(
            {"fte": st.floats(-60, 60), "vanaf": st.sampled_from(KWARTALEN)},
            optional={"tot": st.just("2027K3")},
        ),
        "inhuur|T1": st.fixed_dictionaries(
            {"uren": st.floats(0, 500), "vanaf": st.sampled_from(KWARTALEN), "tot": st.just("2027K2")}
        ),
        "team|Weg": st.just({"fte": -1.0, "vanaf": "2027K1"}),
    },
)


@snel
@given(st.lists(st.tuples(team_st, bezetting_st), max_size=3), keuzes_st, st.randoms())
def test_het_aanbod_telt_op_en_komt_nooit_uit_het_niets(rijen, keuzes, toeval):
    teams = maak_teams([t for t, _ in rijen])
    for i, naam in enumerate(("vacature_fte", "vacature_tot", "verzuim_aandeel")):
        teams[naam] = pd.Series([b[i] for _, b in rijen], index=teams.index, dtype=object if i == 1 else float)
    scenario = Scenario("S01", "", keuzes=keuzes)
    uit = aanbod_per_kwartaal(teams, KWARTALEN, NORMEN, scenario)
    delen = uit["formatie_uren"] - uit["vacature_uren"] - uit["verzuim_uren"] + uit["inhuur_uren"]
    assert uit["beschikbaar_uren"].to_numpy() == pytest.approx(delen.to_numpy())
    assert (uit[list(AANBOD)] >= -1e-9).all(axis=None)
    rest = (uit["beschikbaar_uren"] - uit["lean_uren"]).clip(lower=0)
    assert uit["ruimte_uren"].to_numpy() == pytest.approx(rest.to_numpy())
    jaar = aanbod(teams, 1360, 0.8)
    per_jaar = uit["lean_uren"].groupby(level="team", sort=False).sum() * 4 / 3
    assert per_jaar.to_numpy() == pytest.approx(jaar["lean_uren"].to_numpy())  # regular work stays
    sleutels = list(teams.index)
    toeval.shuffle(sleutels)
    ander = aanbod_per_kwartaal(teams.loc[sleutels], KWARTALEN, NORMEN, scenario)
    pd.testing.assert_frame_equal(ander.loc[uit.index], uit)


@settings(max_examples=12, deadline=None)
@given(st.lists(team_st, max_size=3), st.lists(inzet_st, max_size=20))
def test_elke_doorsnede_telt_op_tot_hetzelfde(rijen, vraag):
    teams = maak_teams(rijen).assign(teamleider=["A", None, "A"][: len(rijen)])
    uit = balans(aanbod_per_kwartaal(teams, KWARTALEN, NORMEN), maak_inzet(vraag), KWARTALEN, NORMEN)
    for op in ("team", "teamleider", "domein", "kwartaal"):
        samen = uit.samen(op)
        for maat in (*AANBOD, *VRAAG):
            assert samen[maat].sum() == pytest.approx(uit.tabel[maat].sum(), abs=1e-6)
        assert samen["tekorten"].sum() == (uit.tabel["stand"] == "fout").sum()
    vrij = uit.tabel["saldo_uren"] + uit.tabel["gevraagd_uren"] - uit.tabel["toegezegd_uren"]
    assert uit.tabel["vrij_uren"].to_numpy() == pytest.approx(vrij.to_numpy())


@snel
@given(st.lists(team_st, max_size=3), st.lists(inzet_st, max_size=20))
def test_ruimte_over_is_het_saldo_over_de_hele_periode(rijen, vraag):
    uit = balans(aanbod_per_kwartaal(maak_teams(rijen), KWARTALEN, NORMEN), maak_inzet(vraag), KWARTALEN, NORMEN)
    over = ruimte_over(uit)
    assert set(over) == set(uit.tabel.index.get_level_values("team"))
    for team, uren in over.items():
        assert uren >= 0
        assert uren == pytest.approx(max(uit.tabel.loc[team, "saldo_uren"].sum(), 0), abs=1e-6)
