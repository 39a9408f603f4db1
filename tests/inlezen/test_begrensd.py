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
from opgavelib.inlezen.preflight import Geweigerd, keur

from . import vijandig

LOKAAS = ["1", "1.", "0,", ",-", "-", "ca ", "1 ", "( ", "€ ", "x ", "nr. ", "A.", "k1 - ", "(1 ", "2027 "]
N = 8000


@pytest.fixture
def snel():
    begin = time.process_time()
    yield
    assert time.process_time() - begin < 15  # it was minutes; a bound for hanging, not for speed


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


def _regels(*nummers: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in nummers)


def test_twee_keer_dezelfde_rij_wordt_geweigerd():
    keur(vijandig.xlsx(_regels(*range(1, 30_000))))
    with pytest.raises(Geweigerd, match="Rij 29999 staat twee keer"):
        keur(vijandig.xlsx(_regels(*range(1, 30_000), 29_999)))


def test_te_veel_samenvoegingen_bereiken_geen_lezer():
    erna = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 20_100))
    with pytest.raises(Geweigerd, match="20000 samengevoegde cellen"):
        keur(vijandig.xlsx(_regels(1), f"<mergeCells>{erna}</mergeCells>"))


@pytest.mark.parametrize(
    ("inhoud", "probleem"),
    [
        (b'Ambitie;Budget\n"Zwembad;100\nBieb;200\nPark;300\n', "op regel 2 begint een aanhalingsteken"),
        (b'Ambitie;Budget\nPark;1\n"Zwembad;100\n"Bieb";200\n', "op regel 3 begint een aanhalingsteken"),
        (b'Ambitie;Budget\n"Zwembad' + b"\nBieb" * 600 + b'";200\n', "op regel 2 begint een aanhalingsteken"),
        (b"Ambitie;Budget\n" + b"x" * 11_000 + b";5\n", "is langer dan 10.000 tekens"),
        (b"Ambitie;Budget\n" + b"\n" * 600_000, "meer dan 500000 regels"),
        (b"Ambitie;Budget\n" + b";" * 2_100_000, "meer dan 2000000 cellen"),
    ],
)
def test_een_csv_die_niet_in_cellen_valt(tmp_path, snel, inhoud, probleem):
    (tmp_path / "a.csv").write_bytes(inhoud)
    fouten = [b for b in beoordeel_bestanden([tmp_path / "a.csv"]).bevindingen if b.ernst == Ernst.FOUT]
    assert [probleem in b.probleem for b in fouten] == [True]
