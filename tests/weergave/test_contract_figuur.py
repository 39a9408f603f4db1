"""The picture of contractering: its bars are its table, and what waits stands on top."""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib.weergave.contractering import DELEN, contractering

KOLOMMEN = ["aanvragen", "te_beantwoorden", "gevraagd_uren", *DELEN, "beantwoord_aandeel"]


@pytest.fixture
def per():
    rijen = {
        "Ruimte": [3, 1, 300.0, 100.0, 0.0, 50.0, 0.0, 150.0, 0.5],
        "<b>Zorg</b>": [2, 2, 200.0, 0.0, 0.0, 0.0, 40.0, 160.0, 0.0],
        "Klaar": [1, 0, 80.0, 80.0, 0.0, 0.0, 0.0, 0.0, 1.0],
    }
    uit = pd.DataFrame.from_dict(rijen, orient="index", columns=KOLOMMEN)
    uit.insert(0, "teamleider", ["Femke", None, "Bo"])
    return uit


def test_de_staven_zijn_de_tabel(per):
    figuur = contractering(per, "Zo staat het.")
    rijen = {r["naam"]: r for r in figuur.rijen}
    staven = [t for t in figuur.figuur["data"] if t["type"] == "bar"]
    assert [t["name"] for t in staven] == [
        DELEN[k][0] for k in ("toegezegd_uren", "afgewezen_uren", "opnieuw_uren", "onbeantwoord_uren")
    ]
    assert "Rest" not in [k["kop"] for k in figuur.kolommen]  # nobody has one here
    for veld, (naam, *_) in DELEN.items():
        for staaf in (t for t in staven if t["name"] == naam):
            assert [rijen[t][veld] for t in staaf["customdata"]] == staaf["x"]
    assert [r["naam"] for r in figuur.rijen] == ["<b>Zorg</b>", "Ruimte", "Klaar", "Totaal"]
    assert rijen["Totaal"]["gevraagd_uren"] == 580
    assert rijen["Totaal"]["beantwoord_aandeel"] == pytest.approx(230 / 580)


def test_de_zin_noemt_wie_het_meest_moet_beantwoorden(per):
    figuur = contractering(per, "Zo staat het.")
    assert figuur.conclusie == "Zo staat het. Team <b>Zorg</b> heeft nog het meest te beantwoorden: 200 uur."
    assert contractering(per.loc[["Klaar"]], "Klaar.").conclusie == "Klaar."


def test_tekst_van_anderen_is_geen_opmaak(per):
    data = contractering(per, "").figuur["data"]
    assert all(t["y"][0] == "&lt;b&gt;Zorg&lt;/b&gt;" for t in data)
    assert data[-1]["text"] == ["  2 wachten", "  1 wacht", "  ● klaar"]


def test_wat_is_afgewezen_heeft_een_getal_ook_in_een_smal_deel(per):
    """50 of the longest bar of 300 fits its number; 12 does not and stands at the end."""
    (afgewezen,) = (t for t in contractering(per, "").figuur["data"] if t.get("name") == "Afgewezen")
    assert afgewezen["text"] == ["", "50", ""]
    per.loc["Ruimte", ["afgewezen_uren", "onbeantwoord_uren"]] = [12.0, 188.0]
    assert "  1 wacht, 12 uur afgewezen" in contractering(per, "").figuur["data"][-1]["text"]


def test_per_opgave_en_leeg(per):
    opgaven = per.drop(columns="teamleider").assign(titel="Wonen")
    assert [k["kop"] for k in contractering(opgaven, "", "Opgave").kolommen][:2] == ["Opgave", "Titel"]
    leeg = contractering(per.iloc[:0], "Er zijn nog geen uren gevraagd.")
    assert (leeg.figuur, leeg.rijen, leeg.conclusie) == ({}, [], "Er zijn nog geen uren gevraagd.")
