"""Agreement between rankings: tau-b against scipy, and the sentence."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.overeenstemming import overeenstemming, tau_b

rang_st = st.one_of(st.integers(1, 9).map(float), st.just(math.nan))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(rang_st, rang_st), max_size=40))
def test_tau_tegen_scipy(paren):
    from scipy.stats import kendalltau

    een, ander = np.array(paren, dtype=float).reshape(-1, 2).T
    beide = ~(np.isnan(een) | np.isnan(ander))
    verwacht = kendalltau(een[beide], ander[beide]).statistic if beide.sum() > 1 else math.nan
    assert tau_b(een, ander) == pytest.approx(verwacht, abs=1e-12, nan_ok=True)


def rang(volgorde, alle="ABCDEF"):
    return pd.Series({a: volgorde.index(a) + 1.0 if a in volgorde else math.nan for a in alle})


@pytest.mark.parametrize(
    ("rangordes", "zin"),
    [
        ({"som": "ABCDEF", "TOPSIS": "BACDFE"}, "De twee manieren zetten dezelfde 3 ambities boven de streep."),
        ({"som": "ABCDEF", "TOPSIS": "ABDCEF"}, "De twee manieren zijn het eens over 2 van de 3."),
        (
            {"som": "ABCDEF", "TOPSIS": "ABCDEF", "Borda": "ABFEDC"},
            "De drie manieren zijn het eens over 2 van de 3; Borda wijkt het meest af.",
        ),
        (  # all three pairs share two: who turned round the rest of the order differs most
            {"som": "ABCDEF", "TOPSIS": "ABDCEF", "Borda": "BAEFDC"},
            "De drie manieren zijn het eens over 2 van de 3; Borda wijkt het meest af.",
        ),
        ({"som": "", "TOPSIS": ""}, "Er is nog niets beoordeeld, dus er valt niets te vergelijken."),
    ],
)
def test_zin(rangordes, zin):
    uit = overeenstemming({naam: rang(v) for naam, v in rangordes.items()}, 3)
    assert uit.toelichting == zin
    assert all(uit.overlap.loc[n, n] == min(3, len(v)) for n, v in rangordes.items())


def test_tabel_overlap_en_gedeeld():
    een, ander = rang("CABDE"), rang("CBDAEF").sample(frac=1, random_state=1)
    uit = overeenstemming({"som": een, "Borda": ander}, 3)
    assert uit.gedeeld == ("C", "B")
    assert uit.overlap.to_dict() == {"som": {"som": 3, "Borda": 2}, "Borda": {"som": 2, "Borda": 3}}
    # F has no rank in the first: five to compare, two pairs the other way round of ten.
    assert uit.tau.loc["som", "Borda"] == pytest.approx(0.6)
    with pytest.raises(ValueError, match="dezelfde ambities"):
        overeenstemming({"som": een, "Borda": ander.drop("F")}, 3)
    with pytest.raises(ValueError, match="minstens twee"):
        overeenstemming({"som": een}, 3)
