"""Overlap of a werkmap: without what was judged or left, here and in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing.overlap import EIGEN_PROCESWOORDEN, overlap, overlap_in_kind, proceswoorden


def paren(uitkomst):
    return {frozenset(p) for p in uitkomst.tabel[["a", "b"]].to_numpy().tolist()}


def neem_stand(werkmap):
    """A stand with a tenth of the rows of the example: that is quicker, and enough for what is asked here."""
    stand = Stand(werkmap)
    rijen = stand.ambities
    zelfde = rijen["programma"] == rijen.loc["CA-127", "programma"]
    stand.__dict__["ambities"] = rijen[zelfde | rijen.index.isin(["BG-073", "T5-014"])]
    return stand


@pytest.fixture
def werkmap(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as w:
        yield w


def test_samengevoegde_paren_komen_niet_terug_ook_niet_via_een_derde(werkmap):
    a, b, c = "CA-127", "BG-073", "T5-014"
    alles = paren(overlap(neem_stand(werkmap), met_beoordeelde=True))
    assert frozenset((a, b)) in alles
    for ambitie in (b, c):
        werkmap.besluit([Besluit(ambitie, Bestemming.SAMENGEVOEGD, "zelfde", "test", naar=a)])
    over = paren(overlap(neem_stand(werkmap)))
    assert not over & {frozenset(p) for p in ((a, b), (a, c), (b, c))}
    assert over < alles | over


def test_beoordeelde_paren_blijven_weg(werkmap):
    stand = neem_stand(werkmap)
    eerste = overlap(stand).tabel.iloc[0]
    oordeel = pd.DataFrame({"a": [eerste["b"]], "b": [eerste["a"]], "oordeel": ["anders"]})
    stand.__dict__["paren"] = oordeel
    assert frozenset((eerste["a"], eerste["b"])) not in paren(overlap(stand))
    assert frozenset((eerste["a"], eerste["b"])) in paren(overlap(stand, met_beoordeelde=True))


def test_vervallen_rijen_doen_niet_mee(werkmap):
    stand = neem_stand(werkmap)
    stand.__dict__["ambities"] = stand.ambities.assign(vervallen=stand.ambities.index == "CA-127")
    assert not any("CA-127" in p for p in paren(overlap(stand, met_beoordeelde=True)))


def test_een_werkmap_kan_eigen_proceswoorden_hebben(werkmap):
    assert "nota" in proceswoorden(Stand(werkmap))
    werkmap.zet_parameter(EIGEN_PROCESWOORDEN, ["wijkgericht"], "test", "woord van hier")
    eigen = proceswoorden(Stand(werkmap))
    assert "wijkgericht" in eigen
    assert "nota" not in eigen


def test_in_een_eigen_proces_komt_hetzelfde_uit(werkmap):
    stand = neem_stand(werkmap)
    ver = overlap_in_kind(stand).result(timeout=120)
    pd.testing.assert_frame_equal(ver.tabel, overlap(stand).tabel)


def test_de_pagina_laadt_geen_scikit_learn():
    vraag = "import sys, opgavelib.toepassing.overlap; sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", vraag], check=False).returncode == 0


def test_bij_heel_veel_rijen_telt_alleen_wat_er_staat(werkmap):
    assert "niet gebruikt" not in overlap(neem_stand(werkmap)).toelichting
    werkmap.zet_parameter("overlap.semantiek_tot", 5, "test", "zuinig")
    uitkomst = overlap(neem_stand(werkmap))
    assert "betekenis is niet gebruikt" in uitkomst.toelichting
    assert len(uitkomst.tabel)
