"""Every norm has a value, a unit, a source and a date, and none is hidden in code."""

from __future__ import annotations

from datetime import date

import pytest

from opgavelib import parameters
from opgavelib.domein import kwartaal
from opgavelib.fouten import ParameterFout
from opgavelib.paden import map_van

GROEPEN = sorted(p.stem for p in map_van("data/parameters").glob("*.yaml"))
NAMEN = [(g, n) for g in GROEPEN if g != "criteria" for n in parameters._bestand(g)]


def test_de_groepen():
    assert GROEPEN == [
        "begroting", "capaciteit", "controle", "criteria", "groepen", "inlezen", "iv3", "overlap", "prioritering",
        "voorscheider", "wegen",
    ]  # fmt: skip


@pytest.mark.parametrize(("groep", "naam"), NAMEN)
def test_elke_parameter_heeft_waarde_eenheid_bron_en_datum(groep, naam):
    p = parameters.parameter(groep, naam)
    assert p.waarde not in ("", [])
    assert p.waarde is not None or "leeg is" in p.eenheid  # what nobody said is worked out, and the unit says how
    assert len(p.eenheid) > 3
    assert len(p.bron) > 10
    assert isinstance(p.geldig_vanaf, date)
    assert set(parameters._bestand(groep)[naam]) == {"waarde", "eenheid", "bron", "geldig_vanaf"}


def test_waarden_kunnen_wat_hun_eenheid_zegt():
    for groep, naam in NAMEN:
        p = parameters.parameter(groep, naam)
        if p.eenheid.startswith("aandeel"):
            delen = p.waarde.values() if isinstance(p.waarde, dict) else [p.waarde]
            assert all(0 <= deel <= 1 for deel in delen), naam
    g = {
        n: parameters.waarde("voorscheider", f"grens_{n}")
        for n in ("routine", "helder", "onhelder", "improvisatie")
    }
    assert 1 <= g["routine"] < g["helder"] < g["onhelder"] < g["improvisatie"] <= 5
    assert kwartaal.reeks(*parameters.waarde("prioritering", "planperiode"))
    assert set(parameters.waarde("begroting", "buiten_norm")) == {"0.10", "0.11"}  # as text


def test_criteria():
    criteria = parameters.criteria()
    assert len({c.criterium for c in criteria}) == len({c.naam for c in criteria}) == len(criteria) >= 3
    for c in criteria:
        assert c.gewicht > 0
        assert c.richting in ("hoger", "lager")
        assert c.omschrijving.endswith("?")
    bestand = parameters._bestand("criteria")
    assert bestand["bron"]
    assert isinstance(bestand["geldig_vanaf"], date)


@pytest.mark.parametrize(
    ("groep", "naam", "bezwaar"),
    [
        ("begroting", "geluk", "Parameter 'geluk' ontbreekt in begroting"),
        ("geluk", "x", "geen parameterbestand 'geluk.yaml'"),
    ],
)
def test_een_parameter_die_er_niet_is(groep, naam, bezwaar):
    with pytest.raises(ParameterFout, match=bezwaar):
        parameters.waarde(groep, naam)
