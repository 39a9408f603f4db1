"""Wie staat waar, volgens welke manier; hoe vast staat dat; en wat kiezen collegeleden met een gelijk deel?"""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib.domein.gevoeligheid import omslag
from opgavelib.domein.methoden import METHODEN, rangschik
from opgavelib.domein.overeenstemming import overeenstemming
from opgavelib.domein.stemmen import borda, dekking_collegeleden, gelijke_delen
from opgavelib.domein.stevigheid import smaa

from .tabel import getal, lees_tabel

GEWICHTEN = {"effect": 50, "urgentie": 30, "kosten": 20}
RICHTING = {"kosten": "lager"}
SCHAAL = {"kosten": (0, 10)}

SCORES = lees_tabel("""
ambitie  | effect | urgentie | kosten
Wonen    |      5 |        4 |      8
Jeugd    |      4 |        5 |      4
Fietsen  |      3 |        3 |      1
Theater  |      5 |        1 |     10
Park     |      4 |          |      2
Archief  |        |          |
""")

# Wonen, gewogen som: 50 x 4/4 + 30 x 3/4 + 20 x 2/10 = 76,5.
# Wonen, TOPSIS: van het slechtste 0,5, 0,225 en 0,04, samen 0,550; tot het beste 0, 0,075 en 0,16, samen 0,177.
# Wonen, PROMETHEE: effect 5/3 op 4 anderen, urgentie 1 op 3, kosten -2,533 op 4; netto 0,1817, dus 50 x 1,1817.
# Wonen, Borda: verslaat 3,5 van 4 op effect, 2 van 3 op urgentie en 1 van 4 op kosten.
# Park heeft geen urgentie: gewogen som (50 x 3/4 + 20 x 8/10) op 70 punten gewicht = 76,4; de rest net zo.
RANGORDE = """
ambitie  | gewogen-som | topsis | promethee | borda
Wonen    |        76,5 |   75,7 |      59,1 |  68,8
Park     |        76,4 |   75,6 |      54,9 |  48,2
Jeugd    |        79,5 |   76,9 |      62,3 |  58,8
Fietsen  |        58,0 |   54,0 |      37,8 |  30,0
Theater  |        50,0 |   58,1 |      37,4 |  43,8
Archief  |             |        |           |
"""


def scores():
    tabel = pd.DataFrame(SCORES).set_index("ambitie")
    return tabel.map(getal).astype(float)


@pytest.mark.parametrize("methode", list(METHODEN))
def test_score_per_manier(methode):
    uit = rangschik(methode, scores(), GEWICHTEN, RICHTING, schaal=SCHAAL).tabel["score"]
    verwacht = {r["ambitie"]: getal(r[methode]) for r in lees_tabel(RANGORDE)}
    assert uit.to_dict() == pytest.approx(verwacht, abs=0.0501, nan_ok=True)


def test_de_manieren_naast_elkaar():
    rangen = {
        m.naam: rangschik(k, scores(), GEWICHTEN, RICHTING, schaal=SCHAAL).tabel["rang"]
        for k, m in METHODEN.items()
    }
    assert overeenstemming(rangen, 3).toelichting == "De vier manieren zetten dezelfde 3 ambities boven de streep."
    assert (
        overeenstemming(rangen, 4).toelichting
        == "De vier manieren zijn het eens over 3 van de 4; Borda wijkt het meest af."
    )


def test_wanneer_gaat_de_een_voor_de_ander():
    rang = rangschik("gewogen-som", scores(), GEWICHTEN, RICHTING, schaal=SCHAAL)
    namen = {"effect": "Maatschappelijk effect", "urgentie": "Urgentie", "kosten": "Kosten"}
    uit = omslag(rang, GEWICHTEN, "Fietsen", "Theater", namen=namen)
    assert uit.tabel["zin"].tolist() == lees_zinnen("""
        Pas als Maatschappelijk effect boven 57% komt (nu 50%), gaat Theater voor Fietsen.
        Pas als Urgentie onder 17% komt (nu 30%), gaat Theater voor Fietsen.
        Pas als Kosten onder 12% komt (nu 20%), gaat Theater voor Fietsen.
    """)


def lees_zinnen(tekst):
    return [r.strip() for r in tekst.strip().splitlines()]


def test_hoe_vast_staat_de_top_3():
    uit = smaa(scores(), None, None, GEWICHTEN, RICHTING, SCHAAL, 3, minimale_spreiding_aandeel=0.03)
    assert uit.tabel.loc["Archief", "zin"] == "is nog niet beoordeeld"
    assert uit.tabel.loc["Jeugd", "zin"] == "blijft in alle gevallen in de top 3"
    assert uit.toelichting == "Alle 3 staan stevig: in minstens 90% van de gevallen boven de streep."


TOP_5 = """
lid | 1     | 2     | 3       | 4       | 5
An  | Wonen | Jeugd | Fietsen | Park    | Haven
Bo  | Wonen | Jeugd | Fietsen | Park    | Haven
Cor | Wonen | Jeugd | Fietsen | Theater | Park
Dik | Zwem  | Theater | Musea | Haven   | Markt
"""


def top_5():
    regels = [(r["lid"], int(p), r[p]) for r in lees_tabel(TOP_5) for p in "12345"]
    return pd.DataFrame(regels, columns=["collegelid", "rang", "item"])


def test_punten():
    verwacht = {"Wonen": 15, "Jeugd": 12, "Fietsen": 9, "Theater": 6, "Park": 5, "Zwem": 5, "Haven": 4, "Musea": 3}
    assert borda(top_5())["punten"].to_dict() == verwacht | {"Markt": 1}


def test_wie_alleen_staat_krijgt_met_gelijke_delen_ook_een_plaats():
    """Four places, four members, a place each. On points Dik gets nothing of his own first choice."""
    op_punten = list(borda(top_5()).index[:4])
    gelijk = gelijke_delen(top_5(), 4)
    assert op_punten == ["Wonen", "Jeugd", "Fietsen", "Theater"]
    assert list(gelijk.tabel.index) == ["Wonen", "Jeugd", "Fietsen", "Zwem"]
    betaald = gelijk.betaald.round(2)
    verwacht = lees_tabel("""
        item    | An   | Bo   | Cor  | Dik
        Wonen   | 0,33 | 0,33 | 0,33 | 0
        Jeugd   | 0,33 | 0,33 | 0,33 | 0
        Fietsen | 0,33 | 0,33 | 0,33 | 0
        Zwem    | 0    | 0    | 0    | 1
    """)
    assert [{"item": i} | r for i, r in zip(betaald.index, betaald.to_dict("records"), strict=True)] == verwacht
    assert dekking_collegeleden(top_5(), gelijk.tabel.index).toelichting == (
        "Van An staan 3 van de 5 op de shortlist; van Bo staan 3 van de 5; van Cor staan 3 van de 5; van Dik staat "
        "1 van de 5."
    )
