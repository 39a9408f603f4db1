"""Cells that can be read two ways: refused with a question, or read and said how."""

from __future__ import annotations

import pytest

from opgavelib.fouten import Ernst
from opgavelib.inlezen import beoordeel_bestanden
from opgavelib.inlezen.twijfel import verkeerde_schaal

from .schrijvers import SCHRIJVERS, Blad


@pytest.fixture
def lees(tmp_path):
    def _lees(*rijen, opmaak=None, naam="lijst"):
        pad = tmp_path / f"{naam}.xlsx"
        pad.write_bytes(SCHRIJVERS[".xlsx"]({"Blad": Blad([list(r) for r in rijen], opmaak=opmaak or {})}))
        inlezing = beoordeel_bestanden([pad])
        tekst = {e: [(b.rij, b.probleem) for b in inlezing.bevindingen if b.ernst == e] for e in Ernst}
        return inlezing, tekst

    return _lees


@pytest.mark.parametrize(
    ("factor", "cellen", "verdacht"),
    [
        (1000, ["€ 250.000,-", 250], [0]),
        (1000, ["€ 250,-", 250], [0]),
        (1000, ["€ 250", 250], []),
        (1000, [100, "100.000", "€ 250.000"], [1, 2]),
        (1000, [100, 85, 120_000, 90_000], [2, 3]),
        (1000, [5, 20, 90, 400, 2000, 9000, "45.000"], []),
        (1000, [12, 1500], []),
        (1000, ["12 mln", "45k", 250], []),
        (1000, [0, None, "pm", "tien", 1200], []),
        (1_000_000, ["1.250", 1.25, "1,25", "€ 1.250.000"], [0, 3]),
        (1_000_000, [1.25, 1_250_000], [1]),
        (1_000_000, [0.01, 1.5, 120], []),
        (1000, [*range(400, 2_000, 100), 0.5], []),
        (1000, [*range(400, 2_000, 100), 0.5, 900_000], [17]),
    ],
)
def test_verkeerde_schaal(factor, cellen, verdacht):
    assert verkeerde_schaal(cellen, factor) == verdacht


def test_hele_euros_onder_duizenden_worden_geweigerd(lees):
    inlezing, tekst = lees(["Ambitie", "Budget x € 1.000"], ["a", "€ 250.000,-"], ["b", 250], ["c", "45k"])
    assert tekst[Ernst.FOUT] == [(2, "'€ 250.000,-' staat in een kolom in duizenden en lijkt in hele euro's.")]
    assert (inlezing.bladen[0].gelezen, inlezing.bladen[0].geweigerd) == (2, 1)
    assert inlezing.bladen[0].tabellen["ambities"]["budget_eur"].tolist()[1:] == [250_000, 45_000]


@pytest.mark.parametrize(
    ("bedragen", "totaal", "geweigerd", "genoemd"),
    [
        ([0.5, 400, 500], 900.5, [], []),
        ([0.5, 400, 500], 901, [], []),
        ([0.5, 400, 500], 950, [3, 4], []),
        ([0.5, 400, 500], None, [3, 4], []),
        ([60, 90, 80_000], 80_150, [], [4]),
    ],
)
def test_een_totaal_dat_klopt_bewijst_de_schaal(lees, bedragen, totaal, geweigerd, genoemd):
    rijen = [["2.1", f"Post {n}", b] for n, b in enumerate(bedragen)]
    _, tekst = lees(["Taakveld", "Omschrijving", "Lasten 2027 x € 1.000"], *rijen, ["Totaal", None, totaal])
    assert [rij for rij, t in tekst[Ernst.FOUT] if "hele euro's" in t] == geweigerd
    assert [rij for rij, t in tekst[Ernst.LET_OP] if "hele euro's" in t] == genoemd


@pytest.mark.parametrize(
    ("waarden", "opmaak", "geweigerd", "genoemd"),
    [
        ([1.5, 0.5, 0.3], {}, [2], []),
        ([1.5, None, 1], {}, [2], []),
        ([2, 3, 0.1, 0.2], {}, [2, 3], []),
        ([1.5, 80, 100], {}, [], []),
        ([1.5, 0.5], {(3, 3): "0%"}, [], [2]),
        ([1.5, "50%"], {}, [], [2]),
        ([80, None, 1, 0], {}, [], [2]),
        ([1, 0, 0.5], {}, [], []),
    ],
)
def test_een_aandeel_boven_een(lees, waarden, opmaak, geweigerd, genoemd):
    _, tekst = lees(
        ["Team", "Fte", "Aandeel lean"],
        *([f"T{n}", 5, w] for n, w in enumerate(waarden)),
        opmaak=opmaak,
        naam="teams",
    )
    assert [rij for rij, _ in tekst[Ernst.FOUT]] == geweigerd
    assert [rij for rij, t in tekst[Ernst.LET_OP] if "gelezen als percentage" in t] == genoemd


def test_zonder_eenheid_in_de_kop_is_elk_bedrag_goed(lees):
    _, tekst = lees(["Ambitie", "Budget"], ["a", "€ 250.000,-"], ["b", 250])
    assert not tekst[Ernst.FOUT]


def test_een_percentage_is_geen_bedrag_en_geen_uren(lees):
    _, tekst = lees(
        ["Ambitie", "Budget", "Uren"], ["a", 0.5, 10], ["b", 5, 0.255], opmaak={(2, 2): "0%", (3, 3): "0.0%"}
    )
    assert tekst[Ernst.FOUT] == [(2, "'50%' is een percentage."), (3, "'25,5%' is een percentage.")]


@pytest.mark.parametrize(
    ("waarden", "opmaak", "gemeld"),
    [([1, 0.5, 0], {}, True), ([80, 50, 1], {}, False), ([0, 0, None], {}, False),
     ([1, 0.5, 0.8], {(r, 3): "0%" for r in (2, 3, 4)}, False)],
)  # fmt: skip
def test_een_kop_met_procent_en_waarden_tot_een(lees, waarden, opmaak, gemeld):
    _, tekst = lees(
        ["Team", "Fte", "Lean %"], *([f"T{n}", 5, w] for n, w in enumerate(waarden)), opmaak=opmaak, naam="teams"
    )
    assert any("De kop noemt procenten" in t for _, t in tekst[Ernst.LET_OP]) == gemeld


def test_een_einde_voor_het_begin_valt_op(lees):
    _, tekst = lees(["Ambitie", "Start", "Eind"], ["Wonen", "2029K3", "2026K4"], ["Groen", "2026K1", "2027K1"])
    assert tekst[Ernst.LET_OP] == [(2, "Het einde ligt vóór het begin.")]


def test_een_losse_korte_tekst_lijkt_een_tussenkop(lees):
    inlezing, tekst = lees(
        ["Ambitie", "Budget"], ["PROGRAMMA WONEN"], ["400 woningen", 5], ["Groen", 6], ["Zorg", 7]
    )
    assert [(r, t.split(";")[0]) for r, t in tekst[Ernst.LET_OP]] == [
        (2, "De rij heeft alleen een korte tekst en lijkt een tussenkop")
    ]
    assert inlezing.gelezen == 4


def test_een_lijst_van_alleen_titels_heeft_geen_tussenkoppen(lees):
    _, tekst = lees(["Ambitie", "Budget"], ["Wonen"], ["Groen"], ["Zorg", 7])
    assert not tekst[Ernst.LET_OP]
