"""What storing says: a file that was here under another name, lines that are there twice, rows in other words."""

from __future__ import annotations

import pytest

from opgavelib.fouten import Ernst
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import lees_in
from opgavelib.toepassing.voorvertoning import bekijk

from .bladen import ambities, blad, top5


@pytest.fixture
def werkmap(tmp_path):
    with Werkmap(tmp_path / "w", maak=True) as w:
        yield w


def lees(werkmap, *bladen):
    return [b for b in werkmap.bewaar(list(bladen), "Noor").bevindingen if b.ernst == Ernst.LET_OP]


INV = ("zwembad renoveren", "fietspad aanleggen", "armoede bestrijden", "bomen planten", "jeugd helpen")


def test_een_nieuwe_versie_onder_een_andere_naam_valt_op(werkmap):
    assert not lees(werkmap, ambities("inv.xlsx", *INV))
    (melding,) = lees(werkmap, ambities("inv def.xlsx", "Zwembad  renoveren", *INV[1:4], "iets heel anders"))
    assert melding.probleem == "4 van de 5 rijen staan al in de werkmap (inv.xlsx) en tellen nu dubbel."
    assert melding.doe == "Is dit een nieuwe versie? Geef het bestand dezelfde naam, of voeg de rijen samen."
    assert not lees(werkmap, ambities("inv def.xlsx", *INV[:4], "nog iets anders")), "said at the first reading"


def test_de_voorvertoning_zegt_het_voordat_er_iets_dubbel_staat(tmp_path, boek):
    kop = ["Ambitie", "Budget"]
    lees_in(tmp_path / "w", [boek("inv.xlsx", Inv=[kop, *([t, 1] for t in INV)])], wie="Noor")
    v = bekijk(tmp_path / "w", [boek("inv 2.xlsx", Inv=[kop, *([t, 2] for t in INV)])])
    assert [b.probleem for b in v.bevindingen if b.ernst == Ernst.LET_OP] == [
        "5 van de 5 rijen staan al in de werkmap (inv.xlsx) en tellen nu dubbel."
    ]


@pytest.mark.parametrize(
    "ander",
    [
        ambities("b.xlsx", INV[0], "een ander plan", "nog een plan"),
        ambities("b.xlsx", INV[0]),
        # That a council member asks what the coalitieakkoord says is no second version of it.
        top5("t.xlsx", *(("Jo", n, t) for n, t in enumerate(INV, 1))),
    ],
    ids=["weinig gedeeld", "een rij", "andere soort"],
)
def test_wat_geen_nieuwe_versie_is_wordt_niet_gemeld(werkmap, ander):
    lees(werkmap, ambities("a.xlsx", *INV, kolommen={"Afspraak": "titel"}))
    assert not lees(werkmap, ander)


def test_een_vervallen_rij_is_geen_eerdere_versie(werkmap):
    lees(werkmap, ambities("a.xlsx", *INV))
    lees(werkmap, ambities("a.xlsx"))
    assert not lees(werkmap, ambities("b.xlsx", *INV))


def test_twee_bladen_met_dezelfde_rijen_vallen_op(werkmap):
    (melding,) = lees(werkmap, ambities("a.xlsx", *INV, blad="Alles"), ambities("a.xlsx", *INV[:2], blad="Fysiek"))
    assert melding.probleem == "2 van de 2 rijen staan al in de werkmap (op blad 'Alles') en tellen nu dubbel."
    assert melding.doe.startswith("Haal een van de twee bladen weg")


def test_dezelfde_begrotingsregel_twee_keer_is_een_melding_met_de_rijen(werkmap):
    regel = {"jaar": 2027, "taakveld": "6.2", "omschrijving": "Wijkteam", "lasten_eur": 100}
    kort = {"jaar": 2027, "taakveld": "0.1", "lasten_eur": 5}
    nul = {"jaar": 2027, "taakveld": "9", "lasten_eur": 0}
    rijen = [regel, {**regel, "lasten_eur": 200}, regel, kort, regel, kort, nul, nul]
    (melding,) = lees(werkmap, blad("b.xlsx", "begroting", "begroting", rijen))
    waar = "rij 2, 4 en 6; rij 5 en 7"
    tekst = f"2 regels staan meer dan één keer op dit blad, precies gelijk: {waar}. Ze tellen mee."
    assert (melding.rij, melding.probleem) == (4, tekst)
    assert len(werkmap.tabel("begroting")) == len(rijen)


def test_een_verdwenen_rij_wijst_naar_de_nieuwe_die_erop_lijkt(werkmap):
    lees(werkmap, ambities("a.xlsx", "zwembad renoveren", "fietspad oost aanleggen", "armoede bestrijden"))
    nieuw = ("armoede bestrijden", "iets nieuws over energie", "fietsroute oost: verbreden en opnieuw aanleggen")
    (melding,) = lees(werkmap, ambities("a.xlsx", *nieuw))
    assert melding.probleem == "2 rijen van de vorige keer staan niet meer in het bestand."
    assert "Kijk wel even: CA-002 (rij 3) lijkt op de nieuwe rij 4." in melding.doe
    assert "CA-001" not in melding.doe
