"""The conservation law as a calculation: the last decision counts, and the counts add up."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import BESTEMMINGEN, KOLOMMEN, Besluit, controleer, volg
from opgavelib.fouten import BesluitFout

snel = settings(max_examples=30, deadline=None)
AMBITIES = [f"CA-{i:03d}" for i in range(8)]
besluit_st = st.tuples(st.sampled_from(AMBITIES), st.sampled_from(BESTEMMINGEN))


def kader(besluiten):
    rijen = [(a, b, None, "besproken", "Noor", "2026-11-22", nr) for nr, (a, b) in enumerate(besluiten, 1)]
    return pd.DataFrame(rijen, columns=["ambitie", *KOLOMMEN])


@snel
@given(st.lists(besluit_st, max_size=30), st.randoms())
def test_het_laatste_besluit_telt_in_elke_volgorde_van_de_tabel(besluiten, toeval):
    laatste = dict(besluiten)
    tabel = kader(besluiten)
    nummers = list(range(len(tabel)))
    toeval.shuffle(nummers)
    spoor = volg(AMBITIES, tabel.iloc[nummers])
    assert spoor.tabel["bestemming"].to_dict() == {a: laatste.get(a, "open") for a in AMBITIES}
    assert list(spoor.aantallen) == list(BESTEMMINGEN)
    assert sum(spoor.aantallen.values()) == len(AMBITIES)
    for naam, aantal in spoor.aantallen.items():
        assert aantal == sum(laatste.get(a, "open") == naam for a in AMBITIES)
        if aantal:
            assert str(aantal) in spoor.toelichting
    assert spoor.toelichting.startswith("Van de 8 bronrijen ")


def test_zonder_rijen():
    assert volg([], kader([])).toelichting == "Er zijn nog geen bronrijen gelezen."


@pytest.mark.parametrize(
    ("ambities", "besluiten", "bezwaar"),
    [
        (["CA-001", "CA-001"], [], "staat twee keer"),
        (["CA-001"], [("CA-999", "lijn")], "niet is gelezen: CA-999"),
    ],
)
def test_wat_niet_kan_wordt_niet_verzwegen(ambities, besluiten, bezwaar):
    with pytest.raises(ValueError, match=bezwaar):
        volg(ambities, kader(besluiten))


@snel
@given(st.lists(st.tuples(st.sampled_from(AMBITIES), st.sampled_from(AMBITIES)), max_size=40))
def test_samenvoegen_eindigt_altijd_bij_een_rij_die_zelf_blijft(paren):
    nu = dict.fromkeys(AMBITIES, ("open", None))
    for ambitie, naar in paren:
        besluit = Besluit(ambitie, Bestemming.SAMENGEVOEGD, "zelfde", "Noor", naar)
        voor = dict(nu)
        try:
            controleer(besluit, nu, [])
        except BesluitFout as fout:
            assert "kan niet" in str(fout)  # noqa: PT017
            # Refused only for a reason: following it would come back to where it began.
            stap = naar
            while stap is not None and stap != ambitie:
                stap = nu[stap][1]
            assert stap == ambitie
        else:
            nu[ambitie] = ("samengevoegd", naar)
        assert {k: v for k, v in voor.items() if k != ambitie} == {k: v for k, v in nu.items() if k != ambitie}
    for ambitie in AMBITIES:
        stappen, doel = 0, ambitie
        while doel is not None:
            doel, stappen = nu[doel][1], stappen + 1
            assert stappen <= len(AMBITIES)
