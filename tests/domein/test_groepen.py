"""Groups that may become an opgave: each row once, not chained, the same in any order, and with a reason."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.groepen import KOLOMMEN, gelijkende, stel_groepen_voor

KEUZE = {"hoogstens": 4, "minstens": 2, "drempel": 0.12, "drempel_opgave": 0.2, "grens": 100}
WOORDEN = ["woning", "zwembad", "jeugdhulp", "station", "dorpshuis", "polder", "gevel", "loket"]


def _rijen(*titels: str, **kolommen: list) -> pd.DataFrame:
    rijen = pd.DataFrame({"titel": list(titels)}, index=[f"CA-{i:03d}" for i in range(1, len(titels) + 1)])
    return rijen.assign(**kolommen).reindex(columns=list(KOLOMMEN))


def _stel_voor(rijen: pd.DataFrame, **anders):
    return stel_groepen_voor(rijen, **({"proceswoorden": ["de", "het", "een", "we"], "bonus": {}} | KEUZE | anders))


def test_rijen_over_hetzelfde_komen_samen_met_naam_en_reden():
    rijen = _rijen(
        "Wachtlijsten jeugdhulp korter",
        "Nieuwe gymzaal",
        "Wachtlijsten bij jeugdhulp aanpakken",
        "Jeugdhulp zonder wachtlijsten",
    )
    tabel = _stel_voor(rijen).tabel
    assert tabel["rijen"].tolist() == [["CA-001", "CA-003", "CA-004"]]
    assert set(tabel["naam"][0].lower().split(" en ")) == {"jeugdhulp", "wachtlijsten"}
    assert "'jeugdhulp' (3 van 3)" in tabel["reden"][0]


def test_een_keten_van_lijkende_rijen_wordt_geen_groep():
    keten = _rijen("aap noot", "noot mies", "mies wim", "wim zus", "zus jet", "jet teun", "teun vuur", "vuur gijs")
    for rijen in _stel_voor(keten, hoogstens=8, drempel=0.2).tabel["rijen"]:
        assert len(rijen) < 4


def test_een_rij_die_past_bij_een_opgave_wordt_daar_voorgesteld():
    rijen = _rijen(
        "Het zwembad renoveren",
        "Zwembad langer open",
        "Zwembad energieneutraal",
        "Digitale balie",
        opgave=["O01", "O01", None, None],
    )
    tabel = _stel_voor(rijen).tabel
    assert tabel[["opgave", "rijen"]].to_numpy().tolist() == [["O01", ["CA-003"]]]
    assert "samen met de rijen van O01" in tabel["reden"][0]


def test_zelfde_programma_telt_alleen_mee_bij_een_gedeeld_woord():
    rijen = _rijen("station", "polder", "loket", programma=["Wonen"] * 3)
    assert _stel_voor(rijen, bonus={"programma": 1.0}).tabel.empty


def test_domein_alleen_als_alle_rijen_die_er_een_hebben_het_delen():
    zelfde = _rijen("zwembad open", "zwembad open", domein=["sociaal", None])
    verschil = _rijen("zwembad open", "zwembad open", domein=["sociaal", "fysiek"])
    assert _stel_voor(zelfde).tabel["domein"].tolist() == ["sociaal"]
    assert _stel_voor(verschil).tabel["domein"].tolist() == [None]


def test_te_veel_rijen_geeft_een_zin_en_geen_half_antwoord():
    uit = _stel_voor(_rijen(*["zwembad"] * 5), grens=4)
    assert uit.tabel.empty
    assert uit.toelichting == "Er zijn meer dan 4 open rijen: sorteer eerst, en laat dan groepen voorstellen."


@pytest.mark.parametrize(
    ("rijen", "zin"),
    [
        (_rijen(), "Er zijn geen open rijen meer om te groeperen."),
        (_rijen("", ""), "In 2 open rijen is geen groep gevonden die genoeg gemeen heeft."),
        (_rijen("zwembad", opgave=["O01"]), "Er zijn geen open rijen meer om te groeperen."),
        (_rijen("zwembad", "zwembad"), "1 nieuwe groep, voor 2 van de 2 open rijen."),
    ],
)
def test_zonder_voorstel_staat_er_waarom(rijen, zin):
    assert _stel_voor(rijen).toelichting == zin


titels = st.lists(st.lists(st.sampled_from(WOORDEN), max_size=4).map(" ".join), max_size=14)


@settings(max_examples=25, deadline=None)
@given(titels, st.data())
def test_elke_rij_hoogstens_een_keer_en_los_van_de_volgorde(teksten, data):
    opgaven = data.draw(
        st.lists(st.sampled_from([None, None, "O01", "O02"]), min_size=len(teksten), max_size=len(teksten))
    )
    rijen = _rijen(*teksten, opgave=opgaven)
    kopie = rijen.copy()
    tabel = _stel_voor(rijen).tabel
    gebruikt = [r for groep in tabel["rijen"] for r in groep]
    assert len(gebruikt) == len(set(gebruikt))
    assert set(gebruikt) <= set(rijen.index[rijen["opgave"].isna()])
    for groep, opgave in zip(tabel["rijen"], tabel["opgave"], strict=True):
        assert opgave is not None or KEUZE["minstens"] <= len(groep) <= KEUZE["hoogstens"]
    pd.testing.assert_frame_equal(rijen, kopie)
    anders = data.draw(st.permutations(list(rijen.index)))
    pd.testing.assert_frame_equal(_stel_voor(rijen.loc[anders]).tabel, tabel)


def test_gelijkende_noemt_de_gedeelde_woorden_en_het_zeldzame_woord_weegt_zwaarder():
    teksten = {"a": "station en plein", "b": "station", "c": "station met roltrap", "d": "polder"}
    assert gelijkende("Roltrap op het station", teksten, ["en", "met", "op", "het"]) == [
        ("c", ["Roltrap", "station"]),
        ("b", ["station"]),
        ("a", ["station"]),
    ]
