"""Wat is lean en wat is opgave? Per begrotingsregel, per team en per domein, tegen de norm 80/20.

Leeswijzer: bedragen in euro's. Een leeg vak bij sturing en aandeel betekent: nog niet bepaald.
"""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import notatie, parameters
from opgavelib.domein.begroting import Gelezen, Norm, aansluiting, lean_opgave, verdeel_regels

from .tabel import getal, lees_tabel, nul

REGELS = lees_tabel("""
taakveld | omschrijving       | team     | lasten    | sturing | aandeel | lean      | opgave  | onbekend
8.3      | Woningbouw         | Wonen    |   500.000 | opgave  |         |           | 500.000 |
8.1      | Ruimtelijke plannen| Wonen    |   300.000 | lean    |         |   300.000 |         |
2.1      | Wegen              | Beheer   | 1.000.000 | lean    |     25% |   750.000 | 250.000 |
5.7      | Groen, oneven som  | Beheer   |       333 |         |     50% |     166,5 |   166,5 |
6.2      | Wijkteam           | Zorg     |   200.000 |         |         |           |         | 200.000
6.3      | Inkomensregelingen | Zorg     |         0 | lean    |         |           |         |
0.3      | Gebouwen           | Vastgoed |    80.000 | lean    |         |    80.000 |         |
0.10     | Mutaties reserves  |          |   400.000 | lean    |         |   400.000 |         |
0.11     | Resultaat          |          |    61.000 |         |         |           |         |  61.000
0.1      | Bestuur            |          |    50.000 | opgave  |         |           |  50.000 |
""")

FORMATIE = lees_tabel("""
team   | teamleider | domein  | lean uren | opgave uren
Wonen  | Anouk      | fysiek  |     6.000 |       2.000
Beheer | Bas        | fysiek  |    10.000 |           0
Zorg   | Chris      | sociaal |         0 |           0
""")

PER_TEAM = """
team        | teamleider | domein  | lean      | opgave  | onbekend | opgave € | opgave uren
Wonen       | Anouk      | fysiek  |   300.000 | 500.000 |          |    62,5% |       25%
Beheer      | Bas        | fysiek  |   750.166 | 250.167 |          |      25% |        0%
Zorg        | Chris      | sociaal |           |         |  200.000 | onbekend |  onbekend
(geen team) |            |         |   400.000 |  50.000 |   61.000 |     100% |  onbekend
Vastgoed    |            |         |    80.000 |         |          |       0% |  onbekend
"""
# 0.10 en 0.11 tellen niet mee in het aandeel: van '(geen team)' blijft alleen Bestuur over, dus 100%.

PER_DOMEIN = """
domein        | lean      | opgave  | onbekend | opgave € | opgave uren
fysiek        | 1.050.166 | 750.167 |          |    41,7% |       11,1%
sociaal       |           |         |  200.000 | onbekend |    onbekend
(geen domein) |   480.000 |  50.000 |   61.000 |    38,5% |    onbekend
"""


def begroting(regels: list[dict]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "taakveld": [r["taakveld"] for r in regels],
            "team": pd.Series([r["team"] for r in regels], dtype=object),
            "lasten_eur": [getal(r["lasten"]) for r in regels],
            "sturing": pd.Series([r["sturing"] for r in regels], dtype=object),
            "opgave_aandeel": [getal(r["aandeel"]) for r in regels],
        }
    )


def formatie(rijen: list[dict]) -> pd.DataFrame:
    kolommen = {
        "teamleider": "teamleider",
        "domein": "domein",
        "lean uren": "lean_uren",
        "opgave uren": "opgave_uren",
    }
    index = pd.Index([r["team"] for r in rijen], name="team", dtype=object)
    return pd.DataFrame({k: [r[naam] for r in rijen] for naam, k in kolommen.items()}, index=index, dtype=object)


def norm() -> Norm:
    def p(naam):
        return parameters.waarde("begroting", naam)

    return Norm(float(p("lean_norm")), float(p("tolerantie")), frozenset(p("buiten_norm")))


def reken(regels, teams=FORMATIE):
    return lean_opgave(begroting(regels), formatie(teams), pd.DataFrame(), norm())


@pytest.mark.parametrize("regel", REGELS, ids=lambda r: r["omschrijving"])
def test_elke_regel_is_lean_opgave_of_onbekend(regel):
    uit = verdeel_regels(begroting([regel])).iloc[0]
    assert list(uit) == [nul(regel["lean"]), nul(regel["opgave"]), nul(regel["onbekend"])]
    assert uit.sum() == nul(regel["lasten"])


@pytest.mark.parametrize("verwacht", lees_tabel(PER_TEAM), ids=lambda r: r["team"])
def test_per_team(verwacht):
    rij = reken(REGELS).teams.loc[verwacht["team"]]
    assert (rij["teamleider"], rij["domein"]) == (verwacht["teamleider"], verwacht["domein"])
    vergelijk(rij, verwacht)


def test_elk_team_staat_er_een_keer_in_met_de_formatie_voorop():
    teams = list(reken(REGELS).teams.index)
    assert teams[:3] == ["Wonen", "Beheer", "Zorg"]
    assert sorted(teams) == sorted(r["team"] for r in lees_tabel(PER_TEAM))


@pytest.mark.parametrize("verwacht", lees_tabel(PER_DOMEIN), ids=lambda r: r["domein"])
def test_per_domein(verwacht):
    vergelijk(reken(REGELS).domeinen.loc[verwacht["domein"]], verwacht)


def vergelijk(rij, verwacht):
    assert rij["lean_eur"] == nul(verwacht["lean"])
    assert rij["opgave_eur"] == nul(verwacht["opgave"])
    assert rij["onbekend_eur"] == nul(verwacht["onbekend"])
    for maat, kop in (("opgave_aandeel_eur", "opgave €"), ("opgave_aandeel_uren", "opgave uren")):
        if verwacht[kop] == "onbekend":
            assert rij[maat] is None
            assert rij["reden"]
        else:
            assert notatie.procent(rij[maat]) == notatie.procent(verwacht[kop])


def test_totaal_en_de_zin_voor_de_nota():
    uit = reken(REGELS)
    assert uit.totaal["lean_eur"] == 1_530_166
    assert uit.totaal["opgave_eur"] == 800_167
    assert uit.totaal["onbekend_eur"] == 261_000
    assert uit.totaal["buiten_norm_eur"] == 461_000
    assert uit.totaal["onbekend_norm_eur"] == 200_000
    # 800.166,50 van (1.530.166,50 - 400.000 + 800.166,50); de reserves tellen niet mee
    assert uit.totaal["opgave_aandeel_eur"] == 800_166.5 / 1_930_333
    assert uit.toelichting == (
        "41,5% van het budget is voor opgaven; de norm is 20%, dus dat is boven de norm. Van € 200.000 is het nog "
        "niet bepaald. In uren, afgeleid van de formatie, is het 11,1%. Taakvelden 0.10 en 0.11 (€ 461.000) tellen "
        "niet mee in het aandeel: dat zijn geen lasten van werk."
    )


OORDEEL = """
lean | opgave | oordeel
  80 |     20 | binnen de marge van de norm
  85 |     15 | binnen de marge van de norm
  75 |     25 | binnen de marge van de norm
  74 |     26 | boven de norm
  86 |     14 | onder de norm
 100 |      0 | onder de norm
   0 |    100 | boven de norm
"""


@pytest.mark.parametrize("geval", lees_tabel(OORDEEL), ids=lambda r: f"{r['lean']:.0f}-{r['opgave']:.0f}")
def test_de_norm_met_vijf_procentpunt_speling(geval):
    regels = lees_tabel(f"""
    taakveld | team | lasten            | sturing | aandeel
    1.1      |      | {geval["lean"]:.0f}   | lean    |
    1.2      |      | {geval["opgave"]:.0f} | opgave  |
    """)
    assert f"dus dat is {geval['oordeel']}" in reken(regels).toelichting


GEEN_AANDEEL = {
    "alles nog onbepaald": ("1.1 | | 79.850.000 | |", "Van € 79,9 mln aan lasten is nog geen regel lean of opgave"),
    "alleen nullen": ("1.1 | | 0 | lean |", "de begrotingsregels die lean of opgave zijn genoemd, zijn samen nul"),
    "alleen reserves": ("0.10 | | 5.000 | lean |", "geen begrotingsregel die voor de norm telt is lean of opgave"),
    "geen begroting": ("", "Er is nog geen begroting gelezen."),
}  # fmt: skip


@pytest.mark.parametrize("naam", GEEN_AANDEEL)
def test_een_aandeel_zonder_noemer_is_onbekend_met_een_reden(naam):
    regel, zin = GEEN_AANDEEL[naam]
    uit = reken(lees_tabel(f"taakveld | team | lasten | sturing | aandeel\n{regel}"), teams=[])
    assert uit.totaal["opgave_aandeel_eur"] is None
    assert uit.totaal["opgave_aandeel_uren"] is None
    assert uit.totaal["reden"].endswith("van geen team is de formatie bekend")
    assert zin in uit.toelichting


AANSLUITING = """
geval               | lasten       | totaal in bestand | verschil | akkoord
precies             | 600 en 400   |             1.000 |        0 | ja
een euro afronding  | 600 en 401   |             1.000 |        1 | ja
twee euro ernaast   | 600 en 402   |             1.000 |        2 | nee
te weinig gelezen   | 600          |             1.000 |     -400 | nee
geen totaal vermeld | 600 en 400   |                   |          |
"""


@pytest.mark.parametrize("geval", lees_tabel(AANSLUITING), ids=lambda r: r["geval"])
def test_aansluiting_op_het_totaal_van_het_bestand(geval):
    lasten = [float(x) for x in str(geval["lasten"]).removesuffix(".0").split(" en ")]
    gesteld = {} if geval["totaal in bestand"] is None else {"lasten_eur": geval["totaal in bestand"]}
    bron = Gelezen("begroting.xlsx, blad 'Lasten'", {"lasten_eur": sum(lasten)}, gesteld)
    (rij,) = aansluiting([bron], float(parameters.waarde("begroting", "afronding"))).to_dict("records")
    assert rij["regel"] == "totaal lasten"
    assert rij["verwacht_eur"] == geval["totaal in bestand"]
    assert rij["gevonden_eur"] == sum(lasten)
    assert rij["verschil_eur"] == geval["verschil"]
    assert rij["akkoord"] is {"ja": True, "nee": False, None: None}[geval["akkoord"]]
