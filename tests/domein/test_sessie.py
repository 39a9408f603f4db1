"""Scoring together: what is judged, who still has to, and how far a group is apart."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.sessie import (
    Fase,
    Oordeel,
    Sessie,
    geldend,
    keur_afspraak,
    keur_naam,
    keur_score,
    meest_oneens,
    spreiding,
    spreidingen,
    wie_nog,
)
from opgavelib.fouten import BesluitFout

SESSIE = Sessie("B01", "Proef", ("A", "B"), ("effect", "kans"), ("An", "Bo"), Fase.SCOREN, 1)
SCHALEN = {"kans": (0.0, 100.0)}


def test_een_latere_ronde_kan_over_een_deel_gaan():
    deel = replace(SESSIE, ronde=2, opnieuw=(("B", "kans"), ("A", "effect")))
    assert deel.vragen == (("A", "effect"), ("B", "kans"))
    keur_score(deel, "B", "kans", 60, (0, 100))
    with pytest.raises(BesluitFout, match="in deze ronde niet op 'effect'"):
        keur_score(deel, "B", "effect", 3, (1, 5))
    gegeven = [("A", "effect", "An", 1), ("B", "kans", "An", 1), ("B", "kans", "An", 2), ("B", "effect", "Bo", 2)]
    assert wie_nog(gegeven, deel) == {"An": 1, "Bo": 2}


def test_wie_niet_opnieuw_scoort_houdt_wat_er_stond():
    oordelen = [
        Oordeel("A", "effect", "An", 2, 4),
        Oordeel("A", "effect", "An", 1, 1),
        Oordeel("A", "effect", "Bo", 1, 5),
        Oordeel("A", "effect", "Cas", 1, 2),
        Oordeel("A", "effect", "Cas", 2, None),
    ]
    een, twee = (spreidingen(oordelen, SESSIE, ronde, SCHALEN)[0] for ronde in (1, 2))
    assert dict(een.scores) == {"An": 1, "Bo": 5, "Cas": 2}
    assert dict(twee.scores) == {"An": 4, "Bo": 5}
    assert (een.oneens, twee.oneens) == (1, 0.25)
    # What is shown is what counts when the session closes.
    dicht = replace(SESSIE, fase=Fase.GESLOTEN, ronde=2)
    telt = {wie: s for (_, _, wie), s in geldend([dicht], {"B01": oordelen}).items() if s is not None}
    assert telt == dict(twee.scores)


def test_verschil_is_een_deel_van_de_eigen_schaal():
    oordelen = [Oordeel("A", c, wie, 1, s) for wie, s in (("An", 2), ("Bo", 4)) for c in SESSIE.criteria]
    effect, kans, *_ = spreidingen(oordelen, SESSIE, 1, SCHALEN)
    assert (effect.oneens, kans.oneens) == (0.5, 0.02)
    assert meest_oneens(spreidingen(oordelen, SESSIE, 1, SCHALEN), 0.5) == (("A", "effect"),)


@pytest.mark.parametrize("naam", ["", "  ", "x" * 81, "An|B"])
def test_naam_die_niet_kan(naam):
    with pytest.raises(BesluitFout, match=r"naam heeft|wie u bent"):
        keur_naam(naam)


@settings(max_examples=40)
@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 5).map(float), min_size=1))
def test_spreiding_ligt_binnen_de_scores(scores):
    s = spreiding("A", "effect", scores, (1.0, 5.0))
    assert s.laagst <= s.gemiddeld <= s.hoogst
    assert s.gemiddeld == pytest.approx(fmean(scores.values()))
    assert 0 <= s.oneens <= 1
    assert (s.oneens == 0) == (s.sd == 0)


@pytest.mark.parametrize("score", [99.0, 0.5, float("nan"), float("inf"), "3", True])
def test_een_score_of_afspraak_is_een_getal_op_de_schaal(score):
    with pytest.raises(BesluitFout, match="Geef een score van 1 tot 5"):
        keur_score(SESSIE, "A", "effect", score, (1, 5))
    with pytest.raises(BesluitFout, match="Geef een score van 1,5 tot 5"):
        keur_afspraak(replace(SESSIE, fase=Fase.GETOOND), "A", "effect", score, (1.5, 5))
