"""All controles over a werkmap: on the example, and on one without anything."""

from __future__ import annotations

import pytest

from opgavelib.domein.controle import Uitslag
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing.controles import controles


@pytest.fixture(scope="module")
def alle(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        return {c.code: c for c in controles(Stand(werkmap))}


def test_in_het_voorbeeld_is_alleen_fout_wat_er_echt_niet_past(alle):
    assert [c.code for c in alle.values() if c.ernst == Uitslag.FOUT] == ["gevraagd-past", "deskundigheid"]
    tekort = alle["gevraagd-past"]
    assert tekort.toelichting.startswith("16 tekorten bij 4 teams. Het grootst: team Duurzaamheid en Mobiliteit")
    assert set(tekort.rijen["blad"]) == {"Urenraming"}
    assert tekort.aantal == len(tekort.rijen) > 16


def test_een_lege_werkmap_keurt_niets_af(tmp_path):
    with Werkmap(tmp_path, maak=True) as werkmap:
        leeg = controles(Stand(werkmap))
    assert {c.ernst for c in leeg} == {Uitslag.NIET}
    assert all(c.toelichting.endswith(".") for c in leeg)
