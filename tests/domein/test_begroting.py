"""Lean plus opgave plus unknown is the lasten, in every cut."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib import notatie
from opgavelib.domein.begroting import MATEN, Norm, aansluiting, lean_opgave, verdeel_regels

snel = settings(max_examples=25, deadline=None)
NORM = Norm(0.8, 0.05, frozenset({"0.10", "0.11"}))
EURO = ("lean_eur", "opgave_eur", "onbekend_eur")
regel_st = st.tuples(
    st.sampled_from(["0.1", "0.10", "0.11", "6.2"]),
    st.sampled_from(["Wonen", "Zorg", "Niet in de formatie", None]),
    st.one_of(st.integers(-5_000, 90_000_000).map(float), st.just(math.nan)),
    st.sampled_from(["lean", "opgave", None]),
    st.one_of(st.just(math.nan), st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0])),
)
TEAMS = pd.DataFrame(
    {
        "teamleider": ["Anouk", None, "Chris"],
        "domein": ["fysiek", "sociaal", None],
        "lean_uren": [6_000.0, 3_000.0, 0.0],
        "opgave_uren": [2_000.0, 1_000.0, 0.0],
    },
    index=pd.Index(["Wonen", "Zorg", "Staf"], name="team"),
)


def kader(regels):
    kolommen = ("taakveld", "team", "lasten_eur", "sturing", "opgave_aandeel")
    soorten = (object, object, float, object, float)
    return pd.DataFrame(
        {
            k: pd.Series([r[i] for r in regels], dtype=s)
            for i, (k, s) in enumerate(zip(kolommen, soorten, strict=True))
        }
    )


@snel
@given(st.lists(regel_st, max_size=25))
def test_elke_doorsnede_telt_op_tot_de_lasten(regels):
    tabel = kader(regels)
    lasten = tabel["lasten_eur"].fillna(0).sum()
    uit = lean_opgave(tabel, TEAMS, pd.DataFrame(), NORM)
    assert sum(uit.totaal[m] for m in EURO) == lasten
    assert uit.teams[list(EURO)].to_numpy().sum() == lasten
    assert uit.domeinen[list(EURO)].to_numpy().sum() == lasten
    for maat in MATEN:
        assert uit.teams[maat].sum() == uit.domeinen[maat].sum() == uit.totaal[maat]
    per_team = tabel["lasten_eur"].fillna(0).groupby(tabel["team"].fillna("(geen team)")).sum()
    for team, som in per_team.items():
        assert uit.teams.loc[team, list(EURO)].sum() == som
    assert uit.teams.index.is_unique


@snel
@given(st.lists(regel_st, max_size=25))
def test_elke_regel_telt_op_en_blijft_in_hele_euros(regels):
    uit = verdeel_regels(kader(regels))
    pd.testing.assert_series_equal(uit.sum(axis=1), kader(regels)["lasten_eur"].fillna(0), check_names=False)
    assert (uit == uit.round()).all(axis=None)
    assert ((uit["onbekend_eur"] == 0) | ((uit["lean_eur"] == 0) & (uit["opgave_eur"] == 0))).all()


@snel
@given(st.lists(regel_st, max_size=25), st.randoms())
def test_rijvolgorde_doet_er_niet_toe_en_de_invoer_blijft(regels, toeval):
    tabel = kader(regels)
    voor, teams = tabel.copy(deep=True), TEAMS.copy(deep=True)
    een = lean_opgave(tabel, TEAMS, pd.DataFrame(), NORM)
    pd.testing.assert_frame_equal(tabel, voor)
    pd.testing.assert_frame_equal(teams, TEAMS)
    toeval.shuffle(regels)
    ander = lean_opgave(kader(regels), TEAMS, pd.DataFrame(), NORM)
    assert een.totaal == ander.totaal
    assert een.toelichting == ander.toelichting


@snel
@given(st.lists(regel_st, max_size=25))
def test_een_aandeel_ligt_er_of_er_is_een_reden(regels):
    uit = lean_opgave(kader(regels), TEAMS, pd.DataFrame(), NORM)
    for rij in [dict(uit.totaal), *uit.teams.to_dict("records"), *uit.domeinen.to_dict("records")]:
        zonder = rij["opgave_aandeel_eur"] is None or rij["opgave_aandeel_uren"] is None
        assert zonder == (rij["reden"] is not None)
    if uit.totaal["opgave_aandeel_eur"] is not None:
        assert uit.toelichting.startswith(notatie.procent(uit.totaal["opgave_aandeel_eur"]))
    assert "In uren, afgeleid van de formatie, is het 25%." in uit.toelichting or not regels


def test_aansluiting_noemt_alleen_totalen_die_het_bestand_noemt():
    tabel = pd.DataFrame(
        {"lasten_eur": [10.0, math.nan], "baten_eur": [4.0, 5.0], "salarissen_eur": [math.nan] * 2}
    )
    uit = aansluiting(tabel, {"baten_eur": 9})
    assert uit["regel"].tolist() == ["totaal lasten", "totaal baten"]
    assert uit["gevonden_eur"].tolist() == [10, 9]
    assert uit["akkoord"].tolist() == [None, True]


@pytest.mark.parametrize("verschil", [-2, 2])
def test_aansluiting_ziet_te_veel_en_te_weinig(verschil):
    tabel = pd.DataFrame({"lasten_eur": [1000.0 + verschil], "baten_eur": [0.0], "salarissen_eur": [0.0]})
    (rij,) = aansluiting(tabel, {"lasten_eur": 1000}, afronding_eur=1).to_dict("records")
    assert (rij["verschil_eur"], rij["akkoord"]) == (verschil, False)
