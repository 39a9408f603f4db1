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
    assert set(parameters._bestand(groep)[naam]) - {"keuzes"} == {"waarde", "eenheid", "bron", "geldig_vanaf"}
    assert parameters.keur(f"{groep}.{naam}", p.waarde) == p.waarde
    with pytest.raises(ParameterFout, match=f"Instelling '{groep}.{naam}' kan niet"):
        parameters.keur(f"{groep}.{naam}", "" if p.waarde is None else "onzin")


@pytest.mark.parametrize(
    ("naam", "waarde", "bezwaar"),
    [
        ("begroting.onbestaand", 1, "Er is geen instelling 'begroting.onbestaand'"),
        ("../begroting.lean_norm", 1, "Er is geen instelling"),
        ("begroting", 1, "Er is geen instelling 'begroting'"),
        ("begroting.overhead", "onzin", "Vul meetellen of eigen regel of verdelen in"),
        ("begroting.lean_norm", 80, "kan niet '80' zijn. Vul een getal van 0 tot en met 1 in"),
        ("begroting.lean_norm", True, "Vul een getal in"),
        ("begroting.lean_norm", float("nan"), "Vul een getal in"),
        ("controle.gelijke_namen", 1.5, "0 tot en met 1"),
        ("begroting.afronding", -1, "een getal van nul of meer"),
        ("begroting.afronding", 10**400, "niet zo groot"),
        ("capaciteit.uren_per_fte", 0, "een getal boven nul"),
        ("prioritering.opgaven", 2.5, "een heel getal"),
        ("prioritering.wettelijk_moet", 1, "ja of nee"),
        ("voorscheider.grens_helder", 6, "1 tot en met 5"),
        ("begroting.peiljaar", "abc", "een getal"),
        ("begroting.peiljaar", 27, "een jaar van 1990"),
        ("begroting.buiten_norm", "0.10", "Vul een lijst in"),
        ("begroting.buiten_norm", [0.1], "een tekst"),
        ("begroting.buiten_norm", ["reserves"], "taakveldcodes"),
        ("capaciteit.prioriteit_vraagt", ["nu", "ooit"], "uit nu, later, niet"),
        ("prioritering.planperiode", ["2027K1"], "twee kwartalen"),
        ("prioritering.planperiode", ["2028K1", "2027K1"], "eerst het laagste"),
        ("controle.uren_per_fte", [1500, 1200], "eerst het laagste"),
        ("controle.uren_per_fte", [1200], "2 getallen"),
        ("iv3.gemeente", 5, "een tekst"),
        ("iv3.vergelijkgroep", "kleur", "grootteklasse of buren of provincie"),
        ("groepen.bonus", {"programma": 0.1}, "een getal voor elk van programma, taakveld, domein"),
        ("groepen.bonus", {"programma": 2, "taakveld": 0, "domein": 0}, "van 0 tot en met 1"),
        ("overlap.begrippen", {"wonen": "huis"}, "een lijst"),
        ("criteria.lijst", [{"naam": "x"}], "kan zo niet"),
        ("criteria.groepen", {"MT": 3}, "kan zo niet"),
    ],
)
def test_wat_een_parameter_niet_kan_zijn(naam, waarde, bezwaar):
    with pytest.raises(ParameterFout, match=bezwaar):
        parameters.keur(naam, waarde)


@pytest.mark.parametrize(
    ("naam", "waarde", "wordt"),
    [
        ("begroting.peiljaar", 2027.0, 2027),
        ("begroting.lean_norm", 1, 1),
        ("begroting.buiten_norm", (), []),
        ("capaciteit.uren_per_fte", 1372.5, 1372.5),
        ("capaciteit.verzuim_aandeel", 0.05, 0.05),
        ("iv3.vergelijkgroep", ["Baarn", "Soest"], ["Baarn", "Soest"]),
        ("overlap.weging", parameters.waarde("overlap", "weging"), parameters.waarde("overlap", "weging")),
        ("begroting.onbestaand", None, None),
    ],
)
def test_wat_een_parameter_kan_zijn(naam, waarde, wordt):
    gekeurd = parameters.keur(naam, waarde)
    assert (gekeurd, type(gekeurd)) == (wordt, type(wordt))


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
