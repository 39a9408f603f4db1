"""The ranking as state: what is moved in one view counts in the others, and only what is in sight is computed."""

from __future__ import annotations

import pytest

from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets.rangorde import ZICHTEN, RangordePaneel


@pytest.fixture
def paneel(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield RangordePaneel(Stand(werkmap))


def _beelden(paneel) -> dict:
    return {
        "rangorde": paneel.lijst.beeld, "stevig": paneel.stevig, "meningen": paneel.meningen,
        "omslag": paneel.wissels, "stemmen": paneel.stemmen,
    }  # fmt: skip


def test_wat_niet_te_zien_is_wordt_niet_uitgerekend(paneel):
    gevuld = [naam for naam, b in _beelden(paneel).items() if b.tabel.rijen]
    assert gevuld == ["rangorde"]
    assert [naam for naam, doos in paneel._dozen.items() if doos.layout.display != "none"] == ["rangorde"]


@pytest.mark.parametrize("zicht", [z for _, z in ZICHTEN])
def test_een_verschoven_gewicht_telt_in_elk_beeld(paneel, zicht):
    paneel.zicht.value = zicht
    voor = [dict(r) for r in _beelden(paneel)[zicht].tabel.rijen]
    assert voor
    paneel.zicht.value = "rangorde"
    paneel.lijst.gewichten.waarden = dict.fromkeys(paneel.lijst.gewichten.waarden, 0) | {"samenhang": 50}
    paneel.zicht.value = zicht
    assert [dict(r) for r in _beelden(paneel)[zicht].tabel.rijen] != voor


def test_een_andere_manier_en_normalisatie_zijn_te_zien_en_worden_uitgelegd(paneel):
    gezien = set()
    for manier in ("gewogen-som", "topsis", "promethee", "borda"):
        paneel.lijst.manier.value = manier
        gezien.add(tuple(r["score"] for r in paneel.lijst.beeld.tabel.rijen[:5]))
    assert len(gezien) == 4
    paneel.lijst.manier.value = "gewogen-som"
    paneel.lijst.normalisatie.value = "minmax"
    assert "laagste gegeven score als 0%" in paneel.lijst._uitleg.value


def test_twee_ambities_kiezen_en_het_omslagpunt_lezen(paneel):
    paneel.zicht.value = "omslag"
    opties = [code for _, code in paneel.a.options]
    assert (paneel.a.value, paneel.b.value) == (opties[18], opties[19])  # at first the two at the line
    paneel.b.value = opties[30]
    assert len(paneel.paar.tabel.rijen) == len(paneel.stand.criteria)
    paneel.b.value = paneel.a.value
    assert not paneel.paar.tabel.rijen


def test_een_lege_werkmap_zegt_wat_er_eerst_moet(tmp_path):
    with Werkmap(tmp_path / "leeg", maak=True) as werkmap:
        paneel = RangordePaneel(Stand(werkmap))
        for _, zicht in ZICHTEN:
            paneel.zicht.value = zicht
    assert paneel.melding.value == "" if hasattr(paneel.melding, "value") else True
    assert "nog geen" in paneel.stemmen._kop.value


def test_zonder_scores_geen_bediening_en_met_scores_wat_de_rangorde_niet_weet(paneel, tmp_path):
    assert "tellen mee bij Prioriteren, Kiezen" in paneel.lijst.beeld._kop.value
    assert paneel.lijst._bediening.layout.display != "none"
    with Werkmap(tmp_path / "leeg", maak=True) as werkmap:
        paneel.toon(Stand(werkmap))
    assert "Kiezen" not in paneel.lijst.beeld._kop.value
    assert paneel.lijst._bediening.layout.display == "none"
    assert "ow-twee" not in paneel.lijst._naast._dom_classes
