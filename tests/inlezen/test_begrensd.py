"""What a file may cost the process that reads it: a cell, a header or a sheet made to keep it busy."""

from __future__ import annotations

import time

import pytest

from opgavelib.fouten import Ernst
from opgavelib.inlezen import beoordeel_bestanden
from opgavelib.inlezen.getallen import Onleesbaar, lees_bedrag, lees_geheel
from opgavelib.inlezen.koppen import eenheid, normaliseer

LOKAAS = ["1", "1.", "0,", ",-", "-", "ca ", "1 ", "( ", "€ ", "x ", "nr. ", "A.", "k1 - ", "(1 ", "2027 "]
N = 8000


@pytest.fixture
def snel():
    begin = time.process_time()
    yield
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("lokaas", LOKAAS)
def test_een_cel_van_duizenden_tekens_kost_niets(snel, lokaas):
    tekst = lokaas * N + "\nx"
    for lees in (lees_bedrag, lees_geheel):
        with pytest.raises(Onleesbaar, match="geen"):
            lees(tekst)
    assert eenheid("x" + " " * N + lokaas * N) is None
    assert normaliseer(f"kop {lokaas * N}({' ' * N})x").startswith("kop")


def test_een_cel_van_duizenden_tekens_is_in_elke_kolom_een_gewone_fout(maak, snel):
    koppen = ["Nr", "Ambitie", "Budget", "Uren", "Start", "Taakveld", "Wettelijk", "Team", "Kleur"]
    rijen = [[n, "Wonen", *[lokaas * 2000 + "\nx"] * 7] for n, lokaas in enumerate(LOKAAS)]
    inlezing = beoordeel_bestanden([maak(Blad=[koppen, *rijen])])
    fouten = [b for b in inlezing.bevindingen if b.ernst == Ernst.FOUT]
    assert {b.kolom for b in fouten} >= {"Budget", "Uren", "Start", "Taakveld"}
    assert max(len(b.probleem) for b in inlezing.bevindingen) < 400
