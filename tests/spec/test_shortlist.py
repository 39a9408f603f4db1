"""Waar valt de streep? Op aantal, op budget, op uren van een team, en waarom de rest erbuiten valt."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from opgavelib.domein.ranking import gewogen_som
from opgavelib.domein.shortlist import Grenzen, kies

from .tabel import getal, lees_tabel

AMBITIES = lees_tabel("""
ambitie | titel              | effect | budget    | uren  | team
A1      | Woningen bouwen    |      5 | 2.000.000 | 1.000 | Wonen
A2      | Zwembad vernieuwen |      4 | 4.000.000 |   500 | Sport
A3      | Bomen planten      |      3 |   500.000 |   800 | Wonen
A4      | Jeugdhulp          |      2 |           |       | Zorg
A5      | Fietspaden         |      2 | 1.000.000 |   300 | Wonen
A6      | Nieuw theater      |        | 9.000.000 | 9.000 | Cultuur
""")

GEVALLEN = {
    "zonder grens": (
        Grenzen(),
        """
        ambitie | gekozen | reden
        A1      | ja      | gekozen als nummer 1
        A2      | ja      | gekozen als nummer 2
        A3      | ja      | gekozen als nummer 3
        A4      | ja      | gekozen als nummer 4
        A5      | ja      | gekozen als nummer 5
        A6      | nee     | nog niet beoordeeld
        """,
        [
            "Van 5 beoordeelde ambities staan er 5 boven de streep, samen € 7,5 mln en 2.600 uur.",
            "Van 1 daarvan is geen budget bekend en van 1 geen uren; die tellen als nul mee.",
            "1 ambitie is nog niet beoordeeld.",
        ],
    ),
    "hoogstens twee": (
        Grenzen(opgaven=2),
        """
        ambitie | gekozen | reden
        A1      | ja      | gekozen als nummer 1
        A2      | ja      | gekozen als nummer 2
        A3      | nee     | onder de streep: alle 2 plaatsen zijn bezet
        A4      | nee     | onder de streep: alle 2 plaatsen zijn bezet
        A5      | nee     | onder de streep: alle 2 plaatsen zijn bezet
        A6      | nee     | nog niet beoordeeld
        """,
        [
            "Van 5 beoordeelde ambities staan er 2 boven de streep, samen € 6 mln en 1.500 uur.",
            "1 ambitie is nog niet beoordeeld.",
        ],
    ),
    "de hand gaat voor de rangorde en voor de grens": (
        Grenzen(opgaven=2, budget_eur=8_000_000, vast={"A6": ("in", "toegezegd aan de raad"), "A1": ("uit", "")}),
        """
        ambitie | gekozen | reden
        A1      | nee     | vast eruit
        A2      | nee     | past niet in het budget: vraagt € 4.000.000, er is nog € 0
        A3      | nee     | past niet in het budget: vraagt € 500.000, er is nog € 0
        A4      | ja      | gekozen als nummer 2
        A5      | nee     | onder de streep: alle 2 plaatsen zijn bezet
        A6      | ja      | vast erin: toegezegd aan de raad
        """,
        [
            "Van 5 beoordeelde ambities staan er 2 boven de streep, samen € 9 mln en 9.000 uur.",
            "Van 1 daarvan is geen budget bekend en van 1 geen uren; die tellen als nul mee.",
            "Het budget is € 8 mln.",
            "2 ambities zijn met de hand vastgezet.",
            "2 ambities zijn gepasseerd omdat budget of uren niet toereikend zijn.",
            "1 ambitie is nog niet beoordeeld.",
        ],
    ),
    "budget van 3 miljoen": (
        Grenzen(budget_eur=3_000_000),
        """
        ambitie | gekozen | reden
        A1      | ja      | gekozen als nummer 1
        A2      | nee     | past niet in het budget: vraagt € 4.000.000, er is nog € 1.000.000
        A3      | ja      | gekozen als nummer 2
        A4      | ja      | gekozen als nummer 3
        A5      | nee     | past niet in het budget: vraagt € 1.000.000, er is nog € 500.000
        A6      | nee     | nog niet beoordeeld
        """,
        [
            "Van 5 beoordeelde ambities staan er 3 boven de streep, samen € 2,5 mln en 1.800 uur.",
            "Het budget is € 3 mln.",
            "2 ambities zijn gepasseerd omdat budget of uren niet toereikend zijn.",
            "Van 1 daarvan is geen budget bekend en van 1 geen uren; die tellen als nul mee.",
            "1 ambitie is nog niet beoordeeld.",
        ],
    ),
    "1.500 uur bij Wonen": (
        Grenzen(ruimte_uren={"Wonen": 1_500, "Zorg": 0}),
        """
        ambitie | gekozen | reden
        A1      | ja      | gekozen als nummer 1
        A2      | ja      | gekozen als nummer 2
        A3      | nee     | past niet bij team Wonen: vraagt 800 uur, er is nog 500 uur
        A4      | ja      | gekozen als nummer 3
        A5      | ja      | gekozen als nummer 4
        A6      | nee     | nog niet beoordeeld
        """,
        [
            "Van 1 daarvan is het team niet in de formatie; hun uren zijn niet begrensd.",
            "Van 5 beoordeelde ambities staan er 4 boven de streep, samen € 7 mln en 1.800 uur.",
            "1 ambitie is gepasseerd omdat budget of uren niet toereikend zijn.",
            "Van 1 daarvan is geen budget bekend en van 1 geen uren; die tellen als nul mee.",
            "1 ambitie is nog niet beoordeeld.",
        ],
    ),
    "gelijk op de streep": (
        Grenzen(opgaven=1, vast={"A1": ("uit", ""), "A2": ("uit", ""), "A3": ("uit", "")}),
        """
        ambitie | gekozen | reden
        A1      | nee     | vast eruit
        A2      | nee     | vast eruit
        A3      | nee     | vast eruit
        A4      | ja      | gekozen als nummer 1; gelijk met A5; de volgorde van inlezen besliste
        A5      | nee | onder de streep: de enige plaats is bezet; gelijk met A4; de volgorde van inlezen besliste
        A6      | nee     | nog niet beoordeeld
        """,
        [
            "Van 5 beoordeelde ambities staat er 1 boven de streep, samen € 0 en 0 uur.",
            "3 ambities zijn met de hand vastgezet.",
            "Van 1 daarvan is geen budget bekend en van 1 geen uren; die tellen als nul mee.",
            "A5 valt af met dezelfde score als A4; de volgorde van inlezen besliste.",
            "1 ambitie is nog niet beoordeeld.",
        ],
    ),
    "precies genoeg": (
        Grenzen(opgaven=1, budget_eur=2_000_000, ruimte_uren={"Wonen": 1_000}),
        """
        ambitie | gekozen | reden
        A1      | ja      | gekozen als nummer 1
        A2      | nee     | onder de streep: de enige plaats is bezet
        A3      | nee     | onder de streep: de enige plaats is bezet
        A4      | nee     | onder de streep: de enige plaats is bezet
        A5      | nee     | onder de streep: de enige plaats is bezet
        A6      | nee     | nog niet beoordeeld
        """,
        [
            "Van 5 beoordeelde ambities staat er 1 boven de streep, samen € 2 mln en 1.000 uur.",
            "Het budget is € 2 mln.",
            "1 ambitie is nog niet beoordeeld.",
        ],
    ),
}  # fmt: skip


def kies_uit(rijen, grenzen):
    index = pd.Index([r["ambitie"] for r in rijen], name="ambitie")
    scores = pd.DataFrame({"effect": [getal(r["effect"]) for r in rijen]}, index=index)
    kenmerken = pd.DataFrame(
        {
            "titel": [r["titel"] for r in rijen],
            "budget_eur": [getal(r["budget"]) for r in rijen],
            "uren": [getal(r["uren"]) for r in rijen],
            "team": [r["team"] for r in rijen],
        },
        index=index,
    )
    return kies(gewogen_som(scores, {"effect": 1}), kenmerken, grenzen)


def zin_voor_zin(tekst):
    return re.split(r"(?<=[a-z]\.) (?=[A-Z0-9])", tekst)


@pytest.mark.parametrize("naam", GEVALLEN)
def test_wie_staat_boven_de_streep_en_waarom(naam):
    grenzen, verwacht, zinnen = GEVALLEN[naam]
    uit = kies_uit(AMBITIES, grenzen)
    gevonden = [
        {"ambitie": r.Index, "gekozen": "ja" if r.gekozen else "nee", "reden": r.reden}
        for r in uit.tabel.itertuples()
    ]
    assert gevonden == lees_tabel(verwacht)
    assert sorted(zin_voor_zin(uit.toelichting)) == sorted(zinnen)
    assert list(uit.gekozen.index) == [r["ambitie"] for r in lees_tabel(verwacht) if r["gekozen"] == "ja"]


def test_niets_beoordeeld():
    uit = kies_uit([r | {"effect": None} for r in AMBITIES], Grenzen(opgaven=3))
    assert not uit.tabel["gekozen"].any()
    assert set(uit.tabel["reden"]) == {"nog niet beoordeeld"}
    assert uit.toelichting == "Er is nog geen ambitie beoordeeld; lees eerst scores in."


def test_de_uitkomst_draagt_alles_om_haar_te_herhalen():
    grenzen = Grenzen(2, 3_000_000, {"Wonen": 1_500})
    assert kies_uit(AMBITIES, grenzen).parameters == {
        "methode": "gewogen som", "normalisatie": "schaal", "gewichten": {"effect": 1.0},
        "schaal": {"effect": [1.0, 5.0]}, "richting": {"effect": "hoger"},
        "uitleg_normalisatie": "Elke score telt als deel van de eigen schaal (1 tot 5).",
        "uitleg_ontbrekend": "Een criterium zonder score telt voor die ambitie niet mee; het gewicht is verdeeld "
        "over haar andere criteria.",
        "opgaven": 2, "budget_eur": 3_000_000, "ruimte_uren": {"Wonen": 1_500}, "vast": {},
    }  # fmt: skip
