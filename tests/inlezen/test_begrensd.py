"""What a file may cost the process that reads it: a cell, a header or a sheet made to keep it busy."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from opgavelib.fouten import Ernst
from opgavelib.inlezen import beoordeel_bestanden
from opgavelib.inlezen.getallen import Onleesbaar, lees_bedrag, lees_geheel
from opgavelib.inlezen.grenzen import Grenzen
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


@pytest.mark.parametrize(("koppen", "ernst"), [(["Ambitie", "Budget"], Ernst.FOUT), (["ma", "di"], Ernst.LET_OP)])
def test_een_veel_te_breed_blad_wordt_niet_gelezen(maak, snel, koppen, ernst):
    breed = [[*koppen, *(f"Week {n}" for n in range(300))], *[["x"] * 302] * 40]
    inlezing = beoordeel_bestanden([maak(Breed=breed, Blad=[["Nr", "Ambitie"], [1, "Wonen"]])])
    assert [b.blad for b in inlezing.bladen] == ["Blad"]
    (over,) = [b for b in inlezing.bevindingen if "Dit blad heeft 302 kolommen" in b.probleem]
    assert over.ernst == ernst


def test_een_breed_blad_van_niets_kost_weinig(maak, snel):
    rijen = [[f"zomaar tekst {r} {k}" for k in range(150)] for r in range(60)]
    inlezing = beoordeel_bestanden([maak(Blad=[[f"Ambitie {k}" for k in range(150)], *rijen])])
    assert any("geen tabel" in b.probleem for b in inlezing.bevindingen)


def test_wat_te_lang_duurt_wordt_geweigerd(maak, monkeypatch):
    kort = replace(Grenzen.standaard(), duiding_seconden=0)
    monkeypatch.setattr(Grenzen, "standaard", lambda: kort)
    inlezing = beoordeel_bestanden([maak(Blad=[["Nr", "Ambitie"], [1, "Wonen"]])])
    assert not inlezing.bladen
    assert [b.ernst for b in inlezing.bevindingen] == [Ernst.FOUT]
    assert "kost te veel tijd" in inlezing.bevindingen[0].probleem
