"""Where two change place, against trying all weights; and one assessor left out, against doing just that."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from opgavelib.domein.gevoeligheid import grenswissels, invloed_beoordelaar, omslag
from opgavelib.domein.ranking import gewogen_som, scorekaart
from opgavelib.fouten import WegingFout

CRITERIA = ("effect", "urgentie", "haalbaarheid")
cel = st.one_of(st.integers(1, 5).map(float), st.just(math.nan))
gewicht_st = st.tuples(*[st.integers(0, 9)] * 3).filter(any)


def kader(rijen, criteria=CRITERIA):
    index = pd.Index([f"A{i:02d}" for i in range(len(rijen))], name="ambitie")
    return pd.DataFrame([list(r) for r in rijen], index=index, columns=list(criteria), dtype=float)


def per(waarden):
    return dict(zip(CRITERIA, waarden, strict=True))


def verschil(rijen, aandelen, j, t):
    """Score of the first less that of the second when criterium j weighs t, others in proportion; loops only."""
    rest = [w if i != j else 0.0 for i, w in enumerate(aandelen)]
    if not sum(rest):
        rest = [1.0 if i != j else 0.0 for i in range(3)]
    gewicht = [t if i == j else (1 - t) * w / sum(rest) for i, w in enumerate(rest)]
    scores = []
    for rij in rijen:
        paren = [(w, (s - 1) / 4) for w, s in zip(gewicht, rij, strict=True) if not math.isnan(s)]
        noemer = sum(w for w, _ in paren)
        scores.append(sum(w * s for w, s in paren) / noemer if noemer > 1e-12 else math.nan)
    return scores[0] - scores[1]


@settings(max_examples=40, deadline=None)
@given(st.tuples(*[st.tuples(cel, cel, cel)] * 2), gewicht_st)
def test_omslag_tegen_alle_gewichten_proberen(rijen, gewichten):
    rang = gewogen_som(kader(rijen), per(gewichten))
    assume(rang.tabel["score"].notna().all() and abs(rang.tabel["score"].diff().iloc[1]) > 1e-6)
    uit = omslag(rang, per(gewichten), "A00", "A01")
    if uit.voor == "A01":
        rijen = rijen[::-1]
    aandelen = np.array(gewichten) / sum(gewichten)
    for j, c in enumerate(CRITERIA):
        nu, punt = aandelen[j], uit.tabel.loc[c, "omslag"]
        proef = [t for t in np.linspace(0.002, 0.998, 499) if verschil(rijen, aandelen, j, t) < -1e-7]
        if math.isnan(punt):
            assert not proef
            assert uit.tabel.loc[c, "zin"] == f"Wat {c} ook weegt, {uit.achter} gaat niet voor {uit.voor}."
        else:
            assert verschil(rijen, aandelen, j, punt) == pytest.approx(0, abs=1e-7)
            assert all(abs(t - nu) >= abs(punt - nu) - 1e-6 for t in proef)
            assert verschil(rijen, aandelen, j, punt + math.copysign(1e-6, punt - nu)) < 0


@pytest.mark.parametrize(
    ("rijen", "gewichten", "zin"),
    [
        # 0.75 * 1 against 0.25 * 1: equal at half and half.
        ([(5, 1, 1), (1, 5, 1)], (3, 1, 0), "Pas als effect onder 50% komt (nu 75%), gaat A01 voor A00."),
        ([(5, 5, 1), (4, 5, 5)], (8, 1, 1), "Pas als haalbaarheid boven 18% komt (nu 10%), gaat A01 voor A00."),
        ([(5, 1, 1), (1, 5, 1)], (101, 100, 0), "Pas als effect onder 50% komt (nu 50,2%), gaat A01 voor A00."),
        ([(5, 1, 1), (1, 5, 1)], (1, 1, 0),
         "A00 en A01 staan gelijk; elke verandering van effect geeft de doorslag."),
        ([(5, 5, 5), (4, 5, 1)], (1, 1, 1),
         "Geen enkel criterium kan alleen, met een ander gewicht, A01 voor A00 zetten."),
    ],
)  # fmt: skip
def test_omslag_in_woorden(rijen, gewichten, zin):
    rang = gewogen_som(kader(rijen), per(gewichten))
    assert omslag(rang, per(gewichten), "A00", "A01").toelichting == zin


def test_omslag_met_namen_en_wat_niet_kan():
    deel = (kader([(1, 5, 1), (5, 1, 1), (math.nan,) * 3]) - 1) / 4
    uit = omslag(deel, per((3, 1, 1)), "A00", "A01", namen={"effect": "Effect", "A00": "Zwembad", "A01": "Wonen"})
    assert (uit.voor, uit.achter) == ("A01", "A00")
    assert uit.tabel.loc["effect", "zin"] == "Pas als Effect onder 33% komt (nu 60%), gaat Zwembad voor Wonen."
    assert uit.tabel.loc["effect", "omslag"] == pytest.approx(1 / 3)
    with pytest.raises(ValueError, match="niet beoordeeld"):
        omslag(deel, per((1, 1, 1)), "A00", "A02")
    with pytest.raises(WegingFout, match="zonder gewicht"):
        omslag(deel, {"effect": 1}, "A00", "A01")


def test_grenswissels_zijn_de_paren_om_de_streep_dichtste_eerst():
    rijen = [(5, 5, 4), (4, 3, 5), (3, 5, 2), (2, 4, 5), (1, 1, 1), (math.nan,) * 3]
    rang = gewogen_som(kader(rijen), per((5, 3, 2)))
    uit = grenswissels(rang, per((5, 3, 2)), 2, breedte=2)
    volgorde = list(rang.tabel.index)
    assert set(zip(uit["boven"], uit["onder"], strict=True)) == {
        (a, b) for a in volgorde[:2] for b in volgorde[2:4]
    }
    bekend = uit["verschil"].dropna().abs()
    assert bekend.is_monotonic_increasing
    for r in uit.dropna().itertuples():
        paar = omslag(rang, per((5, 3, 2)), r.boven, r.onder)
        assert abs(r.verschil) == pytest.approx(paar.tabel["verschil"].abs().min())
        assert r.zin == paar.toelichting
    assert grenswissels(rang, per((5, 3, 2)), 5).empty


def oordelen(zaad=5, n=12):
    rng = np.random.default_rng(zaad)
    regels = [
        (f"A{i:02d}", c, wie, float(rng.integers(1, 6)))
        for i in range(n) for c in CRITERIA for wie in ("Jo", "Bo", "Flo") if rng.random() < 0.8
    ]  # fmt: skip
    return pd.DataFrame(regels, columns=["ambitie", "criterium", "beoordelaar", "score"])


def test_invloed_is_opnieuw_rangschikken_zonder_die_beoordelaar():
    scores, gewichten = oordelen(), per((5, 3, 2))
    ambities = [f"A{i:02d}" for i in range(12)]

    def top(s):
        rang = gewogen_som(scorekaart(s, ambities, CRITERIA).gemiddeld, gewichten).tabel["rang"]
        return set(rang.index[rang <= 4])

    uit = invloed_beoordelaar(scores.sample(frac=1, random_state=1), ambities, gewichten, top_n=4)
    assert list(uit.tabel.index) == ["Bo", "Flo", "Jo"]
    for wie, rij in uit.tabel.iterrows():
        zonder = top(scores[scores["beoordelaar"] != wie])
        assert set(rij["erin"]) == zonder - top(scores)
        assert set(rij["eruit"]) == top(scores) - zonder
    assert uit.tabel["erin"].map(len).sum() > 0
    assert not any(wie in uit.toelichting for wie in uit.tabel.index)


def test_invloed_in_woorden():
    scores = pd.DataFrame(
        [
            ("A", "effect", "Jo", 5.0),
            ("A", "effect", "Bo", 3.0),
            ("B", "effect", "Jo", 1.0),
            ("B", "effect", "Bo", 4.0),
        ],
        columns=["ambitie", "criterium", "beoordelaar", "score"],
    )
    uit = invloed_beoordelaar(scores, ["A", "B"], {"effect": 1}, top_n=1, namen={"A": "Zwembad", "B": "Wonen"})
    assert uit.tabel["zin"].to_dict() == {
        "Bo": "Zonder Bo verandert de top 1 niet.",
        "Jo": "Zonder Jo komt Wonen erin en gaat Zwembad eruit.",
    }
    assert uit.toelichting == (
        "Bij 1 van de 2 beoordelaars verandert de top 1 als hun oordeel wegvalt; dan wisselt hoogstens 1 ambitie."
    )
    niemand = invloed_beoordelaar(scores.head(0), ["A"], {"effect": 1})
    assert niemand.toelichting == "Er is nog geen ambitie beoordeeld; lees eerst scores in."
