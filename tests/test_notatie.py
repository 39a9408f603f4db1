"""Dutch notation of numbers in sentences."""

from __future__ import annotations

import math
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opgavelib import notatie
from opgavelib.antwoorden.vorm import waarde_json


@pytest.mark.parametrize(
    ("uit", "verwacht"),
    [
        (notatie.getal(1234567), "1.234.567"),
        (notatie.getal(0.5), "1"),
        (notatie.getal(1.5), "2"),
        (notatie.getal(2.5), "3"),
        (notatie.getal(-2.5), "-3"),
        (notatie.getal(-0.4), "0"),
        (notatie.getal(1.005, 2), "1,01"),
        (notatie.getal(1.50, 2), "1,5"),
        (notatie.getal(1.50, 2, vast=True), "1,50"),
        (notatie.getal(np.float64(12.25), 1), "12,3"),
        (notatie.getal(np.int64(12000)), "12.000"),
        (notatie.euro(79_850_000), "€ 79.850.000"),
        (notatie.euro(-1234), "-€ 1.234"),
        (notatie.euro(-0.3), "€ 0"),
        (notatie.euro_kort(999_999), "€ 999.999"),
        (notatie.euro_kort(1_250_000), "€ 1,3 mln"),
        (notatie.euro_kort(-2_000_000), "-€ 2 mln"),
        (notatie.uren(1360.4), "1.360 uur"),
        (notatie.procent(0.125), "12,5%"),
        (notatie.procent(1), "100%"),
        (notatie.procent(0.12345, 2), "12,35%"),
        (notatie.kwartaal_voluit("2027K2"), "2e kwartaal 2027"),
        (notatie.moment(datetime(2026, 3, 1, 9, 5)), "1 maart 2026, 09:05"),
        (notatie.aantal(1, "rij", "rijen"), "1 rij"),
        (notatie.aantal(0, "rij", "rijen"), "0 rijen"),
        (notatie.aantal(1200, "rij", "rijen"), "1.200 rijen"),
    ],
)
def test_notatie(uit, verwacht):
    assert uit == verwacht


@pytest.mark.parametrize("functie", [notatie.getal, notatie.euro, notatie.euro_kort, notatie.uren, notatie.procent])
@pytest.mark.parametrize("leeg", [None, math.nan, np.float64("nan")])
def test_wat_er_niet_is_heet_onbekend_en_niet_nul(functie, leeg):
    assert functie(leeg) == "onbekend"


@given(st.integers(-(10**12), 10**12))
def test_een_bedrag_staat_er_op_de_euro(bedrag):
    tekst = notatie.euro(bedrag)
    assert int(tekst.replace("€ ", "").replace(".", "")) == bedrag


def test_kort_breekt_af_en_laat_korte_tekst_heel():
    assert notatie.kort("een  korte\ntekst") == "een korte tekst"
    lang = notatie.kort("woord " * 40, 30)
    assert len(lang) <= 30
    assert lang.endswith("…")


@pytest.mark.parametrize(
    ("bedrag", "tekst"),
    [(1234, "€ 1.234"), (1234.5, "€ 1.234,50"), (-0.4, "-€ 0,40"), (1000000.06, "€ 1.000.000,06"), (3.001, "€ 3")],
)
def test_precies_zijn_centen_te_zien_als_ze_er_zijn(bedrag, tekst):
    assert notatie.euro_precies(bedrag) == tekst


@pytest.mark.parametrize(("bedrag", "heel"), [(952.5, 953), (953.5, 954), (-50.5, -51), (0.49, 0)])
def test_json_rondt_een_halve_euro_af_zoals_de_tabellen(bedrag, heel):
    assert waarde_json("gevonden_eur", bedrag) == heel
