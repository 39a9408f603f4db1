"""Hours that move along with their activiteit: none is lost, and none comes from nothing."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.contract import Status
from opgavelib.domein.scenario import Scenario, Soort, sleutel
from opgavelib.domein.werk import geldende_inzet

snel = settings(max_examples=20, deadline=None)
ACTIVITEITEN = ["A01", "A02"]
KWARTALEN = ["2027K1", "2027K2", "2027K3"]
rij_st = st.tuples(
    st.sampled_from(ACTIVITEITEN),
    st.sampled_from(["Ruimte", "Zorg"]),
    st.sampled_from(KWARTALEN),
    st.floats(0, 500),
    st.one_of(st.none(), st.floats(0, 500)),
    st.sampled_from([*Status, None]),
)
rijen_st = st.lists(rij_st, max_size=12)
kwartaal_st = st.sampled_from(KWARTALEN)
antwoord_st = st.fixed_dictionaries(
    {"status": st.sampled_from(list(Status)), "uren_toegezegd": st.floats(0, 400), "kwartaal": kwartaal_st}
)
antwoorden_st = st.dictionaries(st.sampled_from([f"I{i}" for i in range(12)]), antwoord_st, max_size=4)


def maak(rijen):
    kolommen = ["activiteit", "team", "kwartaal", "uren_gevraagd", "uren_toegezegd", "status"]
    kader = pd.DataFrame(rijen, columns=kolommen, index=[f"I{i}" for i in range(len(rijen))])
    return kader.astype({"uren_gevraagd": float, "uren_toegezegd": float, "status": object})


def met(soort, **waarde):
    return Scenario("S01", "Anders", keuzes={sleutel(soort, "A01"): waarde})


@snel
@given(rijen_st, antwoorden_st, st.integers(-6, 6))
def test_schuiven_bewaart_alle_uren_en_heen_en_terug_is_niets(rijen, antwoorden, n):
    inzet = maak(rijen)
    nu = geldende_inzet(inzet, antwoorden)
    later = geldende_inzet(inzet, antwoorden, met(Soort.SCHUIF, kwartalen=n))
    assert later["uren_gevraagd"].sum() == pytest.approx(nu["uren_gevraagd"].sum())
    for t in (nu, later):  # what is promised either holds or lapsed
        assert (t[["uren_gevraagd", "uren_toegezegd", "uren_vervallen"]] >= 0).all(axis=None)
    samen = [(t["uren_toegezegd"] + t["uren_vervallen"]).sum() for t in (nu, later)]
    assert samen[0] == pytest.approx(samen[1])
    terug = geldende_inzet(later[inzet.columns], {}, met(Soort.SCHUIF, kwartalen=-n))
    pd.testing.assert_series_equal(terug["kwartaal"], nu["kwartaal"])
    pd.testing.assert_series_equal(terug["uren_gevraagd"], nu["uren_gevraagd"])
    pd.testing.assert_frame_equal(inzet, maak(rijen))


@snel
@given(rijen_st, antwoorden_st, kwartaal_st)
def test_krimpen_met_een_en_nul_kwartalen_schuiven_veranderen_niets(rijen, antwoorden, vanaf):
    inzet = maak(rijen)
    nu = geldende_inzet(inzet, antwoorden)
    for s in (met(Soort.SCHUIF, kwartalen=0), met(Soort.KRIMP, factor=1.0, vanaf=vanaf)):
        pd.testing.assert_frame_equal(geldende_inzet(inzet, antwoorden, s), nu)


@snel
@given(rijen_st, antwoorden_st, st.floats(0, 3), kwartaal_st)
def test_krimpen_gaat_over_wat_daarna_komt(rijen, antwoorden, factor, vanaf):
    inzet = maak(rijen)
    uit = geldende_inzet(inzet, antwoorden, met(Soort.KRIMP, factor=factor, vanaf=vanaf))
    raakt = (inzet["activiteit"] == "A01") & (inzet["kwartaal"] >= vanaf)
    verwacht = inzet["uren_gevraagd"].where(~raakt, inzet["uren_gevraagd"] * factor).sum()
    assert uit["uren_gevraagd"].sum() == pytest.approx(verwacht)
    geraakt = uit[raakt.reindex(uit.index)]
    assert (geraakt["uren_toegezegd"] <= geraakt["uren_gevraagd"] + 1e-9).all()


@snel
@given(rijen_st, antwoorden_st, kwartaal_st)
def test_stoppen_geeft_precies_terug_wat_daarna_was_gevraagd(rijen, antwoorden, vanaf):
    inzet = maak(rijen)
    nu, uit = (geldende_inzet(inzet, antwoorden, s) for s in (None, met(Soort.STOP, vanaf=vanaf)))
    weg = (nu["activiteit"] == "A01") & (nu["kwartaal"] >= vanaf)
    pd.testing.assert_frame_equal(uit, nu[~weg])


@snel
@given(rijen_st, antwoorden_st, st.integers(-3, 3), st.randoms())
def test_de_volgorde_van_rijen_doet_er_niet_toe(rijen, antwoorden, n, toeval):
    inzet = maak(rijen)
    s = Scenario("S01", "Anders", keuzes={
        sleutel(Soort.SCHUIF, "A01"): {"kwartalen": n},
        sleutel(Soort.KRIMP, "A01"): {"factor": 0.5, "vanaf": "2027K2"},
        sleutel(Soort.STOP, "A02"): {"vanaf": "2027K3"},
    })  # fmt: skip
    uit = geldende_inzet(inzet, antwoorden, s)
    sleutels = list(inzet.index)
    toeval.shuffle(sleutels)
    pd.testing.assert_frame_equal(geldende_inzet(inzet.loc[sleutels], antwoorden, s).loc[uit.index], uit)


def test_een_toezegging_geldt_voor_het_kwartaal_waarin_zij_is_gedaan():
    inzet = maak([("A01", "Zorg", "2027K1", 100.0, None, None)])
    antwoord = {"I0": {"status": "toegezegd", "uren_toegezegd": 80.0, "kwartaal": "2027K2"}}
    velden = ["kwartaal", "status", "uren_toegezegd", "uren_vervallen"]
    nu = geldende_inzet(inzet, antwoord).loc["I0", velden]
    assert list(nu) == ["2027K1", "gevraagd", 0, 80]
    later = geldende_inzet(inzet, antwoord, met(Soort.SCHUIF, kwartalen=1)).loc["I0", velden]
    assert list(later) == ["2027K2", "toegezegd", 80, 0]
    minder = geldende_inzet(inzet, antwoord, Scenario("S01", "", keuzes={
        **met(Soort.SCHUIF, kwartalen=1).keuzes, **met(Soort.KRIMP, factor=0.5, vanaf="2027K1").keuzes,
    }))  # fmt: skip
    assert list(minder.loc["I0", velden]) == ["2027K2", "toegezegd", 50, 30]
