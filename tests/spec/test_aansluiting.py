"""Sluit de begroting aan op het totaal dat het bestand zelf noemt? Op de cent, en anders met waar u moet kijken.

Leeswijzer: `cellen` zijn bedragen waarvan de centen wegvielen: het bestand is gelezen voordat centen meetelden.
"""

from __future__ import annotations

import pytest

from opgavelib.domein.begroting import Gelezen, aansluiting

from .tabel import lees_tabel

GEVALLEN = """
geval                 | regels   | totaal   | cellen | akkoord | toelichting
precies               |    1.000 |    1.000 |        | ja      | Sluit aan.
precies, met centen   | 1.239,06 | 1.239,06 |        | ja      | Sluit aan.
totaal zelf afgerond  | 1.000,40 |    1.000 |        | ja      | € 0,40 verschil, binnen de marge; sluit aan.
een euro marge        |    1.000 |    1.001 |        | ja      | € 1 verschil, binnen de marge; sluit aan.
een cent te veel      | 1.001,01 |    1.000 |        | nee     | € 1,01 te veel gelezen. Kijk naar regels die dubbel staan of een tussentotaal dat meetelt, of naar het totaal in het bestand.
te weinig             |    1.000 |    2.200 |        | nee     | € 1.200 te weinig gelezen. Kijk naar regels die ontbreken, of naar het totaal in het bestand.
te veel               |    1.000 |      990 |        | nee     | € 10 te veel gelezen. Kijk naar regels die dubbel staan of een tussentotaal dat meetelt, of naar het totaal in het bestand.
oud                   |    1.000 |    1.011 |     24 | ja      | € 11 verschil, binnen de marge; sluit aan. Tot € 13 kan komen doordat van 24 bedragen de centen wegvielen: lees het bestand opnieuw, dan tellen zij mee.
oud, te weinig        |    1.000 |    1.014 |     24 | nee     | € 14 te weinig gelezen. Kijk naar regels die ontbreken, of naar het totaal in het bestand. Tot € 13 kan komen doordat van 24 bedragen de centen wegvielen: lees het bestand opnieuw, dan tellen zij mee.
oud, precies          |    1.000 |    1.000 |     24 | ja      | Sluit aan.
geen totaal           |    1.000 |          |        |         | Het bestand noemt geen totaal, dus er is niets om op aan te sluiten.
"""  # noqa: E501


def bron(geval, naam="begroting.xlsx, blad 'Lasten'") -> Gelezen:
    cellen = {"lasten_eur": int(geval["cellen"])} if geval["cellen"] else {}
    totaal = {} if geval["totaal"] is None else {"lasten_eur": geval["totaal"]}
    return Gelezen(naam, {"lasten_eur": geval["regels"]}, totaal, cellen)


@pytest.mark.parametrize("geval", lees_tabel(GEVALLEN), ids=lambda r: r["geval"])
def test_elk_verschil_is_verklaard_of_gemerkt(geval):
    (rij,) = aansluiting([bron(geval)], marge_eur=1).to_dict("records")
    assert rij["regel"] == "totaal lasten"
    assert rij["akkoord"] is {"ja": True, "nee": False, None: None}[geval["akkoord"]]
    assert rij["toelichting"] == geval["toelichting"]


def test_bij_meer_bestanden_het_totaal_en_elk_bestand():
    een, twee = [g for g in lees_tabel(GEVALLEN) if g["geval"] in ("te weinig", "te veel")]
    uit = aansluiting([bron(een, "a.xlsx"), bron(twee, "b.xlsx")], 1).set_index("regel")
    assert uit.index.tolist() == ["totaal lasten", "lasten a.xlsx", "lasten b.xlsx"]
    assert uit["verschil_eur"].tolist() == [-1190, -1200, 10]
    assert uit["akkoord"].tolist() == [False, False, False]


def test_bedragen_zijn_heel_tenzij_er_centen_zijn():
    heel, centen = (
        [g for g in lees_tabel(GEVALLEN) if g["geval"] == n] for n in ("precies", "totaal zelf afgerond")
    )
    (rij,) = aansluiting([bron(heel[0])], 1).to_dict("records")
    assert [type(rij[k]) for k in ("verwacht_eur", "gevonden_eur", "verschil_eur")] == [int, int, int]
    (rij,) = aansluiting([bron(centen[0])], 1).to_dict("records")
    assert (rij["verwacht_eur"], rij["gevonden_eur"], rij["verschil_eur"]) == (1000, 1000.4, 0.4)
