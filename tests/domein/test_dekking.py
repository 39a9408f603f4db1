"""Coverage adds up to the rows read in every cut, whatever was merged into what."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.dekking import EIGEN, EINDEN, dekking, leidend


@st.composite
def plaatsen(draw):
    """Rows that go somewhere or up in an earlier row: never in a circle, often through several."""
    n = draw(st.integers(0, 30))
    rijen = []
    for i in range(n):
        if i and draw(st.booleans()):
            rijen.append(("samengevoegd", f"R{draw(st.integers(0, i - 1))}"))
        else:
            waar = draw(st.sampled_from(EINDEN))
            rijen.append((waar, "O01" if waar == "opgave" else None))
    volgorde = draw(st.permutations(range(n)))
    tabel = pd.DataFrame(rijen, columns=["bestemming", "naar"], index=[f"R{i}" for i in range(n)], dtype=object)
    groep = pd.Series([draw(st.sampled_from("abc")) for _ in range(n)], index=tabel.index, dtype=object)
    return tabel.iloc[list(volgorde)], groep


@settings(max_examples=25, deadline=None)
@given(plaatsen())
def test_elke_snede_telt_op_tot_de_gelezen_rijen(geval):
    tabel, groep = geval
    uit = dekking(tabel, groep)
    assert uit.eigen.to_numpy().sum() == uit.einde.to_numpy().sum() == len(tabel)
    assert (
        uit.via.to_numpy().sum() == uit.eigen["samengevoegd"].sum() == (tabel["bestemming"] == "samengevoegd").sum()
    )
    assert uit.einde.sum(axis=1).to_dict() == uit.eigen.sum(axis=1).to_dict() == groep.value_counts().to_dict()
    pd.testing.assert_frame_equal(uit.eigen[list(EINDEN)] + uit.via, uit.einde)


@settings(max_examples=25, deadline=None)
@given(plaatsen())
def test_de_leidende_rij_is_zelf_nooit_samengevoegd_en_een_stap_verder_verandert_niets(geval):
    tabel, _ = geval
    eind = leidend(tabel)
    assert not (tabel.loc[eind, "bestemming"] == "samengevoegd").any()
    for rij, (bestemming, naar) in tabel.iterrows():
        assert eind[rij] == (eind[naar] if bestemming == "samengevoegd" else rij)


@settings(max_examples=30, deadline=None)
@given(plaatsen(), st.randoms(use_true_random=False))
def test_de_volgorde_van_de_rijen_doet_er_niet_toe(geval, toeval):
    tabel, groep = geval
    anders = list(tabel.index)
    toeval.shuffle(anders)
    een, twee = dekking(tabel, groep), dekking(tabel.loc[anders], groep)
    for naam in ("eigen", "via", "einde"):
        pd.testing.assert_frame_equal(getattr(een, naam).sort_index(), getattr(twee, naam).sort_index())


def test_invoer_blijft_zoals_zij_was():
    tabel = pd.DataFrame({"bestemming": ["lijn", "samengevoegd"], "naar": [None, "R0"]}, index=["R0", "R1"])
    groep = pd.Series(["a", "b"], index=["R1", "R0"])
    voor = tabel.copy(), groep.copy()
    dekking(tabel, groep)
    pd.testing.assert_frame_equal(tabel, voor[0])
    pd.testing.assert_series_equal(groep, voor[1])


def test_zonder_rijen_zijn_alle_kolommen_er_en_is_alles_nul():
    uit = dekking(pd.DataFrame(columns=["bestemming", "naar"]), pd.Series(dtype=object))
    assert list(uit.eigen.columns) == list(EIGEN) == [b.value for b in Bestemming]
    assert list(uit.einde.columns) == list(EINDEN)
    assert uit.parameters == {"rijen": 0, "groepen": 0}


@pytest.mark.parametrize("naar", [["R1", "R0"], ["weg", "R0"]])
def test_een_kring_of_een_rij_die_er_niet_is_wordt_gemeld(naar):
    tabel = pd.DataFrame({"bestemming": ["samengevoegd"] * 2, "naar": naar}, index=["R0", "R1"])
    with pytest.raises(ValueError, match=r"gaat op in .*, en dat kan niet"):
        leidend(tabel)


def test_een_rij_zonder_groep_wordt_gemeld():
    tabel = pd.DataFrame({"bestemming": ["lijn"], "naar": [None]}, index=["R0"])
    with pytest.raises(ValueError, match="niet elke rij heeft een groep"):
        dekking(tabel, pd.Series(["a"], index=["R9"]))
