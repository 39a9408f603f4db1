"""Quarters sort as text, count through and come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opgavelib.domein.kwartaal import reeks, uit_volgnummer, volgnummer

kwartaal_st = st.builds("{:04d}K{}".format, st.integers(0, 9998), st.integers(1, 4))


@given(kwartaal_st)
def test_heen_en_terug(kwartaal):
    assert uit_volgnummer(volgnummer(kwartaal)) == kwartaal


@given(kwartaal_st, kwartaal_st)
def test_tekst_sorteert_als_tijd(een, ander):
    assert (een < ander) == (volgnummer(een) < volgnummer(ander))


@given(kwartaal_st, st.integers(0, 3))
def test_reeks_telt_door(begin, stappen):
    eind = uit_volgnummer(volgnummer(begin) + stappen)
    kwartalen = reeks(begin, eind)
    assert (kwartalen[0], kwartalen[-1], len(kwartalen)) == (begin, eind, stappen + 1)
    assert kwartalen == sorted(kwartalen)


def test_over_de_jaargrens_en_terug_in_de_tijd():
    assert reeks("2027K4", "2028K2") == ["2027K4", "2028K1", "2028K2"]
    assert reeks("2028K1", "2027K4") == []


@pytest.mark.parametrize(
    "fout", ["2027K5", "2027K0", "2027-1", "27K1", "2027k1", "2027K1 ", "2027K1\n", "٢٠٢٧K1", ""]
)
def test_geen_kwartaal(fout):
    with pytest.raises(ValueError, match="is geen kwartaal zoals 2027K1"):
        volgnummer(fout)
