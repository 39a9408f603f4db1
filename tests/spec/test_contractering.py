"""Contractering: waar een aanvraag staat, hoe een deel wordt verdeeld, en wat een toezegging verdringt.

Leeswijzer: een aanvraag is een activiteit die een team uren vraagt, over een of meer kwartalen. Een leeg vak is 0.
"""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib.domein import contractering, verdringing
from opgavelib.fouten import BesluitFout

from .tabel import lees_tabel, nul

# Per kwartaal: wat is gevraagd, wat is gezegd, en wat vervalt omdat het werk is verschoven.
KWARTALEN = lees_tabel("""
aanvraag | kwartaal | gevraagd | toegezegd | status    | vervalt
A        | 2027K1   |      100 |           | gevraagd  |
A        | 2027K2   |      100 |           | gevraagd  |
B        | 2027K1   |      100 |       100 | toegezegd |
B        | 2027K2   |       50 |        50 | toegezegd |
C        | 2027K1   |      100 |        60 | toegezegd |
D        | 2027K1   |      100 |       100 | toegezegd |
D        | 2027K2   |       80 |           | gevraagd  |
E        | 2027K1   |      100 |           | afgewezen |
E        | 2027K2   |       20 |           | afgewezen |
F        | 2027K1   |      100 |           | afgewezen |
F        | 2027K2   |       80 |           | gevraagd  |
G        | 2027K1   |      100 |           | afgewezen |
G        | 2027K2   |       80 |        80 | toegezegd |
H        | 2027K3   |      100 |           | gevraagd  |     100
H        | 2027K4   |       50 |        50 | toegezegd |
J        | 2027K1   |       80 |       100 | toegezegd |
K        | 2027K1   |       50 |        50 | toegezegd |      50
L        | 2027K1   |        0 |           | gevraagd  |
""")  # J vroeg eerst 100 en nu 80; K is gehalveerd: de andere 50 worden niet meer gevraagd; L vraagt niets

STATEN = lees_tabel("""
aanvraag | toegezegd | afgewezen | rest | opnieuw | onbeantwoord | open | staat
A        |           |           |      |         |          200 |  200 | gevraagd
B        |       150 |           |      |         |              |      | toegezegd
C        |        60 |           |   40 |         |              |   40 | deels toegezegd
D        |       100 |           |      |         |           80 |   80 | deels toegezegd
E        |           |       120 |      |         |              |      | afgewezen
F        |           |       100 |      |         |           80 |   80 | gevraagd
G        |        80 |       100 |      |         |              |      | deels toegezegd
H        |        50 |           |      |     100 |              |  100 | vervallen
J        |       100 |           |      |         |              |      | toegezegd
K        |        50 |           |      |         |              |      | toegezegd
""")

VERDELEN = (
    lees_tabel("""
totaal |  K1 |  K2 |  K3 | geeft K1 | geeft K2 | geeft K3
    60 |  50 |  50 |     |       30 |       30 |
     1 |  50 |  50 |  50 |        1 |        0 |        0
    10 |  30 |  20 |  10 |        5 |        3 |        2
   100 |  70 |  30 |  10 |       64 |       27 |        9
   110 |  70 |  30 |  10 |       70 |       30 |       10
     0 |  70 |  30 |  10 |        0 |        0 |        0
     7 | 2,5 | 2,5 | 2,5 |      2,5 |      2,5 |        2
  1,5  |   1 |   1 |   1 |        1 |      0,5 |        0
""")
)  # hele uren die optellen; alleen waar gevraagd is in halve uren, of een half uur is getypt, blijft een half over

# Een team met 300 uur ruimte per kwartaal.
WERK = lees_tabel("""
activiteit | prioriteit | shortlist | fase         | kwartaal | gevraagd | toegezegd
NU         | nu         | ja        | uitvoering   | 2027K1   |      100 |       100
IDEE       | nu         | ja        | idee         | 2027K1   |       80 |
BUITEN     | nu         | nee       | uitvoering   | 2027K1   |       50 |        50
LATER      | later      | ja        | uitvoering   | 2027K1   |       70 |        70
VRAAG      | nu         | ja        | uitvoering   | 2027K1   |      100 |
ANDER      | niet       | nee       | idee         | 2027K2   |      300 |       300
""")


def _inzet(rijen, team="Ruimte"):
    return pd.DataFrame(
        {
            "activiteit": [r.get("aanvraag") or r["activiteit"] for r in rijen],
            "team": team,
            "kwartaal": [r["kwartaal"] for r in rijen],
            "deskundigheid": None,
            "uren_gevraagd": [nul(r["gevraagd"]) for r in rijen],
            "uren_toegezegd": [nul(r["toegezegd"]) for r in rijen],
            "status": [r.get("status") or ("toegezegd" if r["toegezegd"] else "gevraagd") for r in rijen],
            "uren_vervallen": [nul(r.get("vervalt")) for r in rijen],
        },
        index=pd.Index([f"IZ-{i:03d}" for i in range(len(rijen))], name="inzet"),
    )


@pytest.mark.parametrize("verwacht", STATEN, ids=lambda r: r["aanvraag"])
def test_waar_een_aanvraag_staat(verwacht):
    per = contractering.per_aanvraag(contractering.uitgesplitst(_inzet(KWARTALEN)))
    rij = per[per["activiteit"] == verwacht["aanvraag"]].iloc[0]
    for deel in ("toegezegd", "afgewezen", "rest", "opnieuw", "onbeantwoord", "open"):
        assert rij[f"{deel}_uren"] == nul(verwacht[deel]), deel
    assert rij["staat"] == verwacht["staat"]


def test_wie_niets_vraagt_is_geen_aanvraag():
    per = contractering.per_aanvraag(contractering.uitgesplitst(_inzet(KWARTALEN)))
    assert list(per["activiteit"]) == [r["aanvraag"] for r in STATEN]


@pytest.mark.parametrize("geval", VERDELEN, ids=lambda r: f"{r['totaal']:g}")
def test_een_deel_wordt_verdeeld_naar_wat_is_gevraagd(geval):
    gevraagd = {k: nul(geval[k]) for k in ("K1", "K2", "K3")}
    uit = contractering.verdeel(geval["totaal"], gevraagd)
    assert uit == {k: nul(geval[f"geeft {k}"]) for k in gevraagd}


def test_meer_dan_gevraagd_kan_niet():
    with pytest.raises(BesluitFout, match="Zeg hoogstens 110 uur toe; meer is er niet gevraagd"):
        contractering.verdeel(111, {"K1": 70.0, "K2": 40.0})
    inzet = _inzet(KWARTALEN[:2])
    with pytest.raises(BesluitFout, match="In 2027K2 is 100 uur gevraagd; zeg 0 tot en met dat aantal toe"):
        contractering.zeg_toe(inzet, {"IZ-001": 101.0})


def _werk():
    inzet = _inzet(WERK)
    a = pd.DataFrame(
        {
            "prioriteit": [r["prioriteit"] for r in WERK],
            "op_shortlist": [r["shortlist"] == "ja" for r in WERK],
            "fase": [r["fase"] for r in WERK],
        },
        index=[r["activiteit"] for r in WERK],
    )
    return inzet, verdringing.voorrang(a), {("Ruimte", "2027K1"): 300.0, ("Ruimte", "2027K2"): 300.0}


def _zeg_toe(activiteit, uren, ruimte=None):
    inzet, rang, overal = _werk()
    sleutel = inzet.index[inzet["activiteit"] == activiteit][0]
    antwoorden = {sleutel: {"status": "toegezegd", "uren_toegezegd": uren, "kwartaal": "2027K1"}}
    return verdringing.gevolg(inzet, overal if ruimte is None else ruimte, rang, antwoorden)


def test_wie_het_sterkst_staat():
    _, rang, _ = _werk()
    assert sorted(rang, key=rang.get) == ["NU", "VRAAG", "IDEE", "BUITEN", "LATER", "ANDER"]


VALT_AF = """
ruimte | zeg toe | uur | verdringt
   500 | VRAAG   | 100 |
   400 | VRAAG   | 100 |
   400 | IDEE    |  80 |
   380 | IDEE    |  80 | VRAAG 20
   350 | IDEE    |  80 | VRAAG 50
   300 | IDEE    |  80 | VRAAG 80
   300 | VRAAG   | 100 | LATER 20
   250 | VRAAG   | 100 | LATER 70
   220 | VRAAG   |  80 | LATER 70, BUITEN 10
    90 | VRAAG   | 100 | NU 90
   300 | IDEE    |  30 | VRAAG 30
"""  # eerst wat alleen is gevraagd, dan prioriteit later, dan niet op de shortlist, en wat nu doorgaat het laatst


@pytest.mark.parametrize("geval", lees_tabel(VALT_AF), ids=lambda r: f"{r['zeg toe']}-{r['ruimte']:g}-{r['uur']:g}")
def test_wat_een_toezegging_verdringt(geval):
    uit = _zeg_toe(geval["zeg toe"], geval["uur"], {("Ruimte", "2027K1"): geval["ruimte"]})
    v = uit.verdrongen
    assert ", ".join(f"{r.activiteit} {r.uren:g}" for r in v.itertuples()) == (geval["verdringt"] or "")
    assert list(v["toegezegd"]) == [r not in ("VRAAG", "IDEE") for r in v["activiteit"]]


def test_de_zin_bij_een_toezegging():
    ruim = {("Ruimte", "2027K1"): 380.0}
    assert (
        _zeg_toe("VRAAG", 100, {("Ruimte", "2027K1"): 500.0}).toelichting == "Dit past in de ruimte van het team."
    )
    assert _zeg_toe("IDEE", 80, ruim).toelichting == (
        "Dit past, maar dan is er voor 20 uur aan andere aanvragen geen ruimte meer."
    )
    te_veel = _zeg_toe("VRAAG", 100)
    assert not te_veel.past
    assert te_veel.toelichting == (
        "Team Ruimte heeft dan in het 1e kwartaal 2027 20 uur meer toegezegd dan er ruimte is."
    )
    rij = te_veel.kwartalen.loc[("Ruimte", "2027K1")]
    assert rij.to_dict() == {
        "ruimte_uren": 300.0, "toegezegd_uren": 220.0, "na_uren": 320.0, "vrij_uren": -20.0, "tekort_uren": 20.0,
    }  # fmt: skip


def test_een_team_zonder_formatie_heeft_geen_ruimte():
    uit = _zeg_toe("VRAAG", 100, {})
    assert uit.kwartalen["tekort_uren"].tolist() == [320.0]
    assert uit.verdrongen.empty  # er paste al niets
