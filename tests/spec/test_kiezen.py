"""Welke opgaven en wanneer: wat past samen het best, waarom valt iets af, en welke eisen botsen?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from opgavelib.domein.optimaal import botsing, los_op, waarom_niet
from opgavelib.domein.vraagstuk import Status, Vraagstuk

from .tabel import lees_tabel

OPGAVEN = lees_tabel("""
opgave | titel            | punten | kwartalen | uren Ruimte | uren Zorg | kosten
W      | Woningbouw       |     10 |         2 |         300 |           | 400.000
F      | Fietspaden       |      6 |         1 |         200 |           | 100.000
B      | Bomen planten    |      5 |         1 |         200 |           |  50.000
J      | Jeugdhulp        |      8 |         2 |             |       150 | 200.000
T      | Theater          |      7 |         4 |         500 |       100 | 900.000
""")
TITELS = {r["opgave"]: r["titel"] for r in OPGAVEN}
KWARTALEN = ("2027K1", "2027K2", "2027K3", "2027K4")


def vraagstuk(**anders) -> Vraagstuk:
    """Vier kwartalen; team Ruimte heeft 400 uur per kwartaal en team Zorg 200."""
    getal = lambda k: np.array([r[k] or 0.0 for r in OPGAVEN])  # noqa: E731
    n = len(OPGAVEN)
    v = Vraagstuk(
        items=tuple(r["opgave"] for r in OPGAVEN), waarde=getal("punten"), duur=getal("kwartalen"),
        vroegst=np.zeros(n), laatst=4 - getal("kwartalen"),
        uren=np.stack([getal("uren Ruimte"), getal("uren Zorg")], axis=1), kosten_eur=getal("kosten"),
        kwartalen=KWARTALEN, teams=("Ruimte", "Zorg"), ruimte_uren=np.tile([[400.0], [200.0]], 4),
    )  # fmt: skip
    return replace(v, **anders)


def planning(v: Vraagstuk) -> list[dict]:
    uit = los_op(v)
    assert uit.status is Status.OPTIMAAL
    return [{"opgave": a, "start": KWARTALEN[s]} for a, s in sorted(uit.start.items())]


def test_wat_niet_tegelijk_kan_komt_na_elkaar():
    assert planning(vraagstuk()) == lees_tabel("""
    opgave | start
    B      | 2027K1
    F      | 2027K1
    J      | 2027K1
    W      | 2027K2
    """)


def test_wat_eerst_moet_komt_eerst():
    assert planning(vraagstuk(voor=(("W", "B"), ("B", "F")))) == lees_tabel("""
    opgave | start
    B      | 2027K3
    F      | 2027K4
    J      | 2027K1
    W      | 2027K1
    """)


def test_hoogstens_twee_en_niet_samen():
    assert planning(vraagstuk(hoogstens=2, niet_samen=(("W", "J"),))) == lees_tabel("""
    opgave | start
    F      | 2027K1
    W      | 2027K2
    """)


def test_waarom_is_het_theater_er_niet_bij():
    v = vraagstuk()
    w = waarom_niet(v, los_op(v), "T", titels=TITELS)
    assert w.met is None
    assert w.zinnen[-1] == "Geen enkele shortlist met deze voldoet aan alle eisen"


def test_waarom_zijn_de_bomen_er_niet_bij():
    v = vraagstuk(hoogstens=3)
    w = waarom_niet(v, los_op(v), "B", titels=TITELS)
    assert w.zinnen == (
        "Er is 1 plaats meer nodig",
        "Komt deze erin, dan valt Fietspaden af",
        "Dat kost 1 punt van de 24",
    )


def test_waarvoor_is_meer_ruimte_nodig():
    v = vraagstuk(ruimte_uren=np.tile([[400.0], [140.0]], 4), budget_eur={"totaal": 600_000})
    w = waarom_niet(v, los_op(v), "J", titels=TITELS)
    assert w.zinnen == (
        "Er is € 150.000 meer nodig over de hele looptijd",
        "Er is tot 10 uur per kwartaal meer nodig bij team Zorg, in 2 kwartalen van het 1e kwartaal 2027 "
        "tot en met het 2e kwartaal 2027",
        "Geen enkele shortlist met deze voldoet aan alle eisen",
    )


def test_welke_eisen_botsen():
    v = vraagstuk(moet={"W": "wettelijk", "J": ""}, budget_eur={"totaal": 500_000}, hoogstens=3)
    assert los_op(v).status is Status.ONMOGELIJK
    assert botsing(v, titels=TITELS).zin == (
        "Deze eisen kunnen niet samen: Woningbouw moet erin (wettelijk); Jeugdhulp moet erin; "
        "niet meer dan € 500.000 in totaal."
    )
    assert botsing(vraagstuk()) is None


def test_wat_nergens_past_botst_alleen():
    v = vraagstuk(moet={"T": "besluit"}, laatst=np.array([2, 3, 3, 2, -1]))
    assert botsing(v, titels=TITELS).zin == (
        "Deze eis kan niet: Theater moet erin (besluit), maar kan in geen enkel kwartaal beginnen."
    )
