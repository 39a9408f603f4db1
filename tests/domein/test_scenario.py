"""What a scenario may say, and what it may not."""

import pytest

from opgavelib.domein.scenario import Scenario, Soort, keur, sleutel
from opgavelib.fouten import BesluitFout

EXTRA = {"titel": " 120 statushouders ", "team": "Wonen", "uren": 900, "budget_eur": 5e5, "duur": 4,
         "vroegst": "2027K2", "waarde": 60, "moet": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("naam", "waarde", "opgeslagen"),
    [
        ("vast|CA-001", {"waarde": "in", "meer": 1}, {"waarde": "in"}),
        ("start|CA-001", {"kwartaal": "2027K3"}, {"kwartaal": "2027K3"}),
        ("omvang|CA-001", {"factor": 1}, {"factor": 1.0}),
        ("team|Wonen", {"fte": -2, "vanaf": "2027K1"}, {"fte": -2.0, "vanaf": "2027K1"}),
        ("stop|P01", {"vanaf": "2028K4"}, {"vanaf": "2028K4"}),
        ("volgorde|CA-001|CA-002", {"x": 1}, {}),
        ("grens|opgaven", {"waarde": 15.0}, {"waarde": 15}),
        ("grens|budget|2027", {"waarde": None}, {"waarde": None}),
        ("grens|wettelijk", {"waarde": False}, {"waarde": False}),
        ("gewichten", {"waarden": {"effect": 2}}, {"waarden": {"effect": 2.0}}),
        ("extra|X01", EXTRA, EXTRA | {"titel": "120 statushouders", "domein": None, "moet": True}),
        ("vast|CA-001", None, None),
    ],
)
def test_een_keuze_wordt_opgeslagen_zoals_zij_gelezen_wordt(naam, waarde, opgeslagen):
    assert keur(naam, waarde) == opgeslagen


@pytest.mark.parametrize(
    ("naam", "waarde", "melding"),
    [
        ("kleur|CA-001", {}, "geen keuze die een scenario kan maken"),
        ("vast", {"waarde": "in"}, "geen keuze"),
        ("vast|", {"waarde": "in"}, "geen keuze"),
        ("volgorde|CA-001", {}, "geen keuze"),
        ("volgorde|CA-001|CA-001", {}, "twee verschillende"),
        ("vast|CA-001", {"waarde": "misschien"}, "vast erin of vast eruit"),
        ("start|CA-001", {"kwartaal": "2027K5"}, "kwartaal als 2027K3"),
        ("omvang|CA-001", {"factor": -1}, "van 0 tot 10"),
        ("omvang|CA-001", {"factor": True}, "van 0 tot 10"),
        ("omvang|CA-001", {"factor": float("nan")}, "van 0 tot 10"),
        ("team|Wonen", {"fte": "2", "vanaf": "2027K1"}, "verschil in fte is een getal"),
        ("extra|X01", EXTRA | {"titel": " "}, "een naam"),
        ("extra|X01", EXTRA | {"duur": 0}, "duur in kwartalen"),
        ("grens|opgaven|2027", {"waarde": 3}, "bestaat niet"),
        ("grens|wettelijk", {"waarde": 1}, "ja of nee"),
        ("grens|budget|2027", {"waarde": -1}, "budget"),
        ("grens|budget|volgend jaar", {"waarde": 1}, "een jaar als 2027, of voor 'totaal'"),
        ("grens|minstens|fysiek", {"waarde": 2.5}, "heel getal"),
        ("grens|opgaven", {"waarde": 18.9}, "heel getal"),
        ("gewichten", {"waarden": {}}, "gewicht per criterium"),
        ("gewichten", {"waarden": {"effect": 0, "kosten": 0.0}}, "een gewicht boven 0"),
    ],
)
def test_wat_niet_kan_zegt_wat_wel_kan(naam, waarde, melding):
    with pytest.raises(BesluitFout, match=melding):
        keur(naam, waarde)


def test_keuzes_zijn_terug_te_vinden_op_waar_zij_over_gaan():
    s = Scenario("S01", "Krimp", keuzes={
        "team|Ruimte": {"fte": -2.0, "vanaf": "2027K1"}, "grens|budget|2027": {"waarde": None},
        sleutel(Soort.VOLGORDE, "A", "B"): {},
    })  # fmt: skip
    assert s.over(Soort.TEAM) == {"Ruimte": {"fte": -2.0, "vanaf": "2027K1"}}
    assert s.over(Soort.VOLGORDE) == {"A|B": {}}
    assert s.over(Soort.GEWICHTEN) == {}
    assert s.grens("budget|2027", 5) is None  # said to be no limit
    assert s.grens("budget|2028", 5) == 5  # said nothing
