"""A taakveld suggested by its words, only where there is none yet, and how often it is right."""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import parameters
from opgavelib.domein.taakveld import stel_taakveld_voor
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing.overlap import taakvelden

VANAF = parameters.waarde("overlap", "taakveld_zekerheid")


def kader(teksten, **kolommen):
    index = pd.Index([f"A{n:02d}" for n in range(len(teksten))], name="ambitie")
    return pd.DataFrame({"titel": teksten, **kolommen}, index=index)


def voorstel(*teksten, vanaf=VANAF, **kolommen):
    return stel_taakveld_voor(kader(list(teksten), **kolommen), taakvelden(), vanaf=vanaf)


@pytest.mark.parametrize(
    ("tekst", "taakveld"),
    [
        ("De riolering in de Kerkstraat vervangen", "7.2"),
        ("Nieuwe sporthal", "5.2"),
        ("Huishoudelijke hulp binnen twee weken", "6.711"),
        ("Meer boa's tegen overlast", "1.2"),
        ("Leerlingenvervoer aanbesteden", "4.3"),
        ("Mutaties reserves", "0.10"),
        ("Rioolheffing", "7.2"),
    ],
)
def test_woorden_van_een_taakveld(tekst, taakveld):
    rij = voorstel(tekst).loc["A00"]
    assert rij["taakveld"] == taakveld
    assert VANAF <= rij["zekerheid"] <= 1
    assert rij["reden"].endswith(f"hoort bij {taakveld} {rij['naam']}")


def test_een_code_is_tekst_en_alle_codes_van_2025_staan_erin():
    codes = taakvelden().index
    assert codes.is_unique
    assert {"0.1", "0.10", "0.11", "0.4", "6.60", "6.812", "8.3"} <= set(codes)
    assert len(codes) == 69


def test_wie_er_een_heeft_of_niets_zegt_krijgt_geen_voorstel():
    uit = voorstel(
        "Riolering", "Riolering", "We gaan het anders doen", "", None, taakveld=["8.1", None, None, None, None]
    )
    assert list(uit.index) == ["A01"]
    assert voorstel("Riolering", vanaf=1.0).empty
    assert stel_taakveld_voor(kader([]), taakvelden(), vanaf=VANAF).empty


def test_invoer_blijft_en_volgorde_maakt_niet_uit():
    rijen = kader(
        ["Riolering", "Nieuwe sporthal", "Zwembad"], omschrijving=[None, "voor de sportclub", float("nan")]
    )
    voor = rijen.copy(deep=True)
    uit = stel_taakveld_voor(rijen, taakvelden(), vanaf=0)
    pd.testing.assert_frame_equal(rijen, voor)
    pd.testing.assert_frame_equal(uit, stel_taakveld_voor(rijen[::-1], taakvelden(), vanaf=0).loc[uit.index])


def test_hoe_vaak_het_klopt(voorbeeld):
    """On rows of the example whose taakveld is known, with it hidden: a floor under what was measured."""
    with Werkmap(voorbeeld) as werkmap:
        stand = Stand(werkmap)
        ambities = stand.ambities[stand.ambities["taakveld"].notna()]
        regels = stand.tabel("begroting")
    regels = regels.assign(titel=regels["omschrijving"], omschrijving=None)
    for rijen, waar, gekozen in ((ambities, 0.82, 0.75), (regels, 0.90, 0.85)):
        uit = stel_taakveld_voor(rijen.assign(taakveld=None), taakvelden(), vanaf=VANAF)
        assert (uit["taakveld"] == rijen.loc[uit.index, "taakveld"]).mean() >= waar
        assert len(uit) >= gekozen * len(rijen)
