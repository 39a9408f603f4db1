"""All controles over a werkmap: on the example, and on one without anything."""

from __future__ import annotations

import pytest

from opgavelib.domein.controle import Uitslag
from opgavelib.logboek import Actie
from opgavelib.opslag import Werkmap
from opgavelib.opslag.handeling import PARAMETER, Wijziging, leg_vast
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


def test_een_instelling_die_niet_kan_laat_de_standaard_gelden_en_wordt_genoemd(tmp_path):
    with Werkmap(tmp_path, maak=True) as werkmap:
        werkmap.zet_parameters({"begroting.lean_norm": 0.7, "begroting.tolerantie": 0.1}, "Noor", "van ons")
        # as an earlier version let it be stored
        with werkmap._db.schrijf(Actie("parameter", "Noor")) as v:
            leg_vast(v, [Wijziging(PARAMETER, n, w, "Noor", "") for n, w in (("begroting.lean_norm", 80),
                         ("begroting.overhead", "onzin"), ("criteria.lijst", "x"), ("oud.weg", 1))])  # fmt: skip
        stand = Stand(werkmap)
        assert [stand.waarde("begroting", n) for n in ("lean_norm", "overhead", "tolerantie")] == [
            0.8, "meetellen", 0.1,
        ]  # fmt: skip
        assert len(stand.criteria) >= 3
        laatste = controles(stand)[-1]
    assert (laatste.code, laatste.ernst, laatste.aantal) == ("instelling", Uitslag.LET_OP, 3)
    assert laatste.toelichting.startswith("Instelling 'begroting.lean_norm' kan niet '80' zijn.")
    assert laatste.toelichting.endswith("zolang geldt de standaard.")
