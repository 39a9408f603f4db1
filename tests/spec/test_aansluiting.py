"""Sluit de begroting aan op het totaal dat het bestand zelf noemt? Op de cent, en anders met waar u moet kijken.

Leeswijzer: `weg` is wat bij het afronden van de regels op hele euro's wegviel (precies min afgerond), `weg totaal`
hetzelfde van het totaal in het bestand.
"""

from __future__ import annotations

import pytest

from opgavelib.domein.begroting import Gelezen, aansluiting

from .tabel import lees_tabel

GEVALLEN = """
geval                 | regels | totaal | cellen | weg  | weg totaal | akkoord | toelichting
precies               |  1.000 |  1.000 |        |      |            | ja      | Sluit aan.
alleen centen         |  1.000 |  1.003 |     24 |  3   |            | ja      | € 3 door afronden van 24 bedragen op hele euro's; sluit aan.
centen en totaal      |  1.000 |  1.000 |     24 |  0,4 |        0,4 | ja      | Sluit aan.
totaal zelf afgerond  |  1.000 |  1.000 |     24 |  0,4 |            | ja      | € 0,40 door afronden van 24 bedragen op hele euro's; € 0,40 verschil, binnen de marge; sluit aan.
een euro marge        |  1.000 |  1.001 |        |      |            | ja      | € 1 verschil, binnen de marge; sluit aan.
te weinig             |  1.000 |  2.200 |        |      |            | nee     | € 1.200 te weinig gelezen. Kijk naar regels die ontbreken, of naar het totaal in het bestand.
te veel, met centen   |  1.000 |    990 |      4 | -2   |            | nee     | € 2 door afronden van 4 bedragen op hele euro's; € 8 te veel gelezen. Kijk naar regels die dubbel staan of een tussentotaal dat meetelt, of naar het totaal in het bestand.
centen verbergen niet |  1.000 |  1.012 |     24 | -4   |            | nee     | € 4 door afronden van 24 bedragen op hele euro's; € 16 te weinig gelezen. Kijk naar regels die ontbreken, of naar het totaal in het bestand.
geen totaal           |  1.000 |        |        |      |            |         | Het bestand noemt geen totaal, dus er is niets om op aan te sluiten.
"""  # noqa: E501


def bron(geval, naam="begroting.xlsx, blad 'Lasten'") -> Gelezen:
    maten = {"lasten_eur": geval["weg"], "totaal_lasten_eur": geval["weg totaal"]}
    cellen = {"lasten_eur": int(geval["cellen"])} if geval["cellen"] else {}
    totaal = {} if geval["totaal"] is None else {"lasten_eur": geval["totaal"]}
    weg = {k: w for k, w in maten.items() if w is not None}
    return Gelezen(naam, {"lasten_eur": geval["regels"]}, totaal, cellen, weg)


@pytest.mark.parametrize("geval", lees_tabel(GEVALLEN), ids=lambda r: r["geval"])
def test_elk_verschil_is_verklaard_of_gemerkt(geval):
    (rij,) = aansluiting([bron(geval)], marge_eur=1).to_dict("records")
    assert rij["regel"] == "totaal lasten"
    assert rij["akkoord"] is {"ja": True, "nee": False, None: None}[geval["akkoord"]]
    assert rij["toelichting"] == geval["toelichting"]


def test_bij_meer_bestanden_het_totaal_en_elk_bestand():
    een, twee = [g for g in lees_tabel(GEVALLEN) if g["geval"] in ("te weinig", "te veel, met centen")]
    uit = aansluiting([bron(een, "a.xlsx"), bron(twee, "b.xlsx")], 1).set_index("regel")
    assert uit.index.tolist() == ["totaal lasten", "lasten a.xlsx", "lasten b.xlsx"]
    assert uit["verschil_eur"].tolist() == [-1190, -1200, 10]
    assert uit["akkoord"].tolist() == [False, False, False]


def test_zonder_dat_bekend_is_wat_wegviel_kan_elke_regel_een_halve_euro_schelen():
    oud = Gelezen("b.xlsx", {"lasten_eur": 1000}, {"lasten_eur": 1011}, {"lasten_eur": 24})
    (rij,) = aansluiting([oud], 1).to_dict("records")
    assert rij["akkoord"] is True
    assert rij["toelichting"] == (
        "€ 11 verschil; tot € 13 kan door afronden van 24 bedragen op hele euro's komen; sluit aan."
    )
