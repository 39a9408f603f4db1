"""Iv3 as charts and tables: what is drawn is what the table says, and what is missing is not drawn."""

from __future__ import annotations

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from opgavelib.domein.iv3 import Eigen, geen_vergelijking, vergelijk
from opgavelib.domein.iv3_aansluiting import niets, sluit_aan
from opgavelib.domein.iv3_groep import Groep
from opgavelib.weergave import iv3

CODES = [f"{hoofd}.{onder}" for hoofd in range(1, 8) for onder in range(1, 6)]  # 35, more than are drawn
NAMEN = {c: f"Taakveld {c} & <b>" for c in CODES} | {"0.4": "Overhead"}
GEMEENTEN = pd.DataFrame({"inwoners": [10.0, 10.0, 20.0]}, index=pd.Index(["Ana", "Bee", "Cas"], name="gemeente"))


def cijfers() -> pd.DataFrame:
    rijen = [
        (g, c, 100.0 * (n + 1) * (1 + m), 10.0, float("nan") if n % 5 == 4 else 20.0 * (m + 1))
        for m, g in enumerate(GEMEENTEN.index)
        for n, c in enumerate([*CODES, "0.4"])
    ]
    return pd.DataFrame(rijen, columns=["gemeente", "taakveld", "lasten_eur", "baten_eur", "salarissen_eur"])


@pytest.fixture(scope="module")
def uitkomst():
    alle = cijfers()
    eigen = Eigen("Ana", alle[alle["gemeente"] == "Ana"], 10.0)
    groep = Groep("gekozen", ("Ana", "Bee", "Cas"), "gekozen gemeenten")
    return {m: vergelijk(eigen, alle, GEMEENTEN, groep, jaar=2025, maat=m, namen=NAMEN, buiten={"0.10"})
            for m in ("lasten", "salarissen")}  # fmt: skip


def _zonder_tokens(waarde):
    if isinstance(waarde, dict):
        return {k: _zonder_tokens(w) for k, w in waarde.items()}
    if isinstance(waarde, list):
        return [_zonder_tokens(w) for w in waarde]
    return "#123456" if isinstance(waarde, str) and waarde.startswith("token:") else waarde


def test_de_grootste_verschillen_staan_boven_en_de_tabel_heeft_alles(uitkomst):
    beeld = iv3.vergelijking(uitkomst["lasten"])
    assert go.Figure(_zonder_tokens(beeld.figuur)).data
    json.dumps([beeld.figuur, beeld.rijen], allow_nan=False)
    assert len(beeld.rijen) == 36 + 1
    assert (beeld.rijen[-1]["_klasse"], beeld.rijen[-1]["naam"]) == ("totaal", "Totaal")
    verschillen = [abs(r["verschil_per_inwoner"]) for r in beeld.rijen[:-1]]
    assert verschillen == sorted(verschillen, reverse=True)
    banden, mediaan, eigen, woorden = beeld.figuur["data"]
    assert len(eigen["x"]) == len(mediaan["x"]) == len(woorden["text"]) == iv3.HOOGSTENS
    getekend = beeld.rijen[: iv3.HOOGSTENS]
    assert eigen["x"] == [r["eigen_per_inwoner"] for r in getekend]
    assert mediaan["x"] == [r["mediaan_per_inwoner"] for r in getekend]
    assert banden["x"][:3] == [getekend[0]["kwart1_per_inwoner"], getekend[0]["kwart3_per_inwoner"], None]
    assert banden["y"][:6] == [0, 0, None, 1, 1, None]
    assert woorden["text"][0].endswith("minder")
    assert "Getekend: de 25 grootste verschillen; in de tabel staan alle 36 taakvelden." in beeld.uitleg
    assert "Zonder taakveld 0.10" in beeld.uitleg
    assert f"{beeld.conclusie} {beeld.uitleg}".startswith(uitkomst["lasten"].toelichting)
    assert beeld.conclusie.endswith("begroting 2025).")
    assert " salarissen per inwoner" in iv3.vergelijking(uitkomst["salarissen"]).conclusie
    assert "<b>" not in "".join(beeld.figuur["layout"]["yaxis"]["ticktext"])


def test_wat_niet_is_opgegeven_staat_leeg_in_de_tabel_en_niet_in_het_beeld(uitkomst):
    beeld = iv3.vergelijking(uitkomst["salarissen"])
    leeg = [r for r in beeld.rijen if r["reden"] == "niet opgegeven"]
    assert len(leeg) == 7
    assert {r["eigen_per_inwoner"] for r in leeg} == {None}
    genoemd = " ".join(beeld.figuur["layout"]["yaxis"]["ticktext"]) if beeld.figuur else ""
    assert not any(f"{r['taakveld']} " in genoemd for r in leeg)
    json.dumps(beeld.rijen, allow_nan=False)


def test_kerncijfers_in_hun_eigen_eenheid(uitkomst):
    beeld = iv3.kern(uitkomst["lasten"])
    assert [r["naam"] for r in beeld.rijen] == [
        "Lasten", "Salarissen", "Overhead", "Overhead van de lasten", "Salarissen van de lasten",
    ]  # fmt: skip
    lasten, overhead = beeld.rijen[0], beeld.rijen[3]
    # 100 + 200 + ... + 3600 euro for ten inhabitants; Bee twice that, Cas thrice for twice the people.
    assert (lasten["eigen"], lasten["mediaan"], lasten["verschil"]) == ("€ 6.660", "€ 11.655", "-€ 4.995")
    assert (lasten["middelste"], lasten["plaats"]) == ("€ 10.823 tot € 12.488", "eronder")
    assert (overhead["eigen"], overhead["verschil"]) == ("5,4%", "0 procentpunt")
    assert dict(beeld.kerncijfers)["Overhead van de lasten"] == "5,4%"


def test_zonder_cijfers_staat_er_wat_te_doen():
    zonder = geen_vergelijking("Kies een gemeente.")
    for beeld in (iv3.vergelijking(zonder), iv3.kern(zonder), iv3.aansluiting(niets("Kies een gemeente."))):
        assert (beeld.conclusie, beeld.figuur, list(beeld.rijen)) == ("Kies een gemeente.", {}, [])
        assert beeld.kolommen


def test_wat_niet_aansluit_staat_boven_en_is_getekend():
    alle = cijfers()
    ana = alle[alle["gemeente"] == "Ana"].drop(columns="gemeente")
    eigen = ana.assign(lasten_eur=ana["lasten_eur"] + [900.0, -2000.0, *[0.0] * 34])
    uit = sluit_aan(eigen, ana, NAMEN, jaar=2025, wie="Ana")
    beeld = iv3.aansluiting(uit)
    assert [r["maat"] for r in beeld.rijen[:3]] == ["lasten", "baten", "salarissen"]  # the totals first
    assert [(r["taakveld"], r["verschil_eur"], r["oordeel"]) for r in beeld.rijen[3:5]] == [
        ("1.2", -2000.0, "■ sluit niet aan"), ("1.1", 900.0, "■ sluit niet aan"),
    ]  # fmt: skip
    assert {r["oordeel"] for r in beeld.rijen[5:]} == {"● sluit aan"}
    (staven,) = beeld.figuur["data"]
    assert staven["x"] == [-2000.0, 900.0]
    assert staven["text"] == ["-€ 2.000", "€ 900"]
    assert go.Figure(_zonder_tokens(beeld.figuur)).data
    assert dict(beeld.kerncijfers) == {"Cijfers vergeleken": "101", "Sluiten aan": "99", "Sluiten niet aan": "2"}
    gelijk = iv3.aansluiting(sluit_aan(ana, ana, NAMEN, jaar=2025, wie="Ana"))
    assert (gelijk.figuur, gelijk.hoogte) == ({}, 0)
    json.dumps([beeld.figuur, beeld.rijen, gelijk.rijen], allow_nan=False)
