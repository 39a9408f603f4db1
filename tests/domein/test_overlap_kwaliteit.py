"""How good the pairs are on texts that taught nothing: a floor a little under what was measured."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.overlap import PAREN, apart, meet_ap, rapidfuzz_paren
from opgavelib.domein.overlap import zoek_overlap
from opgavelib.toepassing.overlap import instelling, semantiek


@pytest.fixture(scope="module")
def gemeten():
    rijen, labels = apart()
    uit = {
        m: zoek_overlap(rijen, **instelling(met_semantiek=m), semantiek=semantiek() if m else None) for m in (0, 1)
    }
    return rijen, labels, uit


def test_de_aparte_paren_zijn_er_echt_genoeg():
    rijen, labels = apart()
    assert len(rijen) >= 150
    assert labels["soort"].value_counts().min() >= 25
    assert rijen.index.is_unique
    assert set(labels["a"]) | set(labels["b"]) <= set(rijen.index)


def test_op_woorden(gemeten):
    rijen, labels, uit = gemeten
    ap, bij_drie = meet_ap(rijen, labels, uit[False].tabel)
    assert ap >= 0.56
    assert bij_drie >= 0.72
    basis = meet_ap(rijen, labels, rapidfuzz_paren(rijen))
    assert ap > 3 * basis[0]


def test_met_betekenis(gemeten):
    rijen, labels, uit = gemeten
    assert uit[True].parameters["semantiek"] is True
    assert meet_ap(rijen, labels, uit[True].tabel)[0] >= 0.59


def test_sjablonen_staan_onder_echte_paren(gemeten):
    """Of the pairs that only look alike, few stand above the middle of the pairs close in words."""
    _, labels, uit = gemeten
    score = {frozenset((r.a, r.b)): r.score for r in uit[False].tabel.itertuples()}
    lijkt = [
        score.get(frozenset(p), 0) for p in pd.read_csv(PAREN / "geen_paren.csv")[["a", "b"]].to_numpy().tolist()
    ]
    woorden = labels[labels["soort"] == "woorden"]
    echt = [score.get(frozenset(p), 0) for p in woorden[["a", "b"]].to_numpy().tolist()]
    assert sum(s > pd.Series(echt).median() for s in lijkt) <= 2
