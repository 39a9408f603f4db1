"""Sheets with more than one table, with a column per year, and headers in two rows."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.fouten import Ernst
from opgavelib.inlezen import beoordeel_bestanden

from .schrijvers import SCHRIJVERS, Blad

AMBITIES = [["Nr", "Ambitie", "Budget"], [1, "Wonen", 5], [2, "Groen", 6]]
TEAMS = [["Team", "Teamleider", "Fte"], ["RW", "Jan", 10], ["SD", "Piet", 5]]


@pytest.fixture(params=[".xlsx", ".ods", ".csv"])
def lees(request, tmp_path):
    def _lees(*rijen, naam="lijst", samen=(), **bladen):
        pad = tmp_path / f"{naam}{request.param}"
        pad.write_bytes(SCHRIJVERS[request.param]({"Blad": Blad([list(r) for r in rijen], samen=list(samen))}))
        inlezing = beoordeel_bestanden([pad])
        fouten = [b for b in inlezing.bevindingen if b.ernst == Ernst.FOUT]
        tabellen = [(n, t) for b in inlezing.bladen for n, t in b.tabellen.items()]
        return tabellen, "\n".join(b.probleem for b in inlezing.bevindingen), fouten

    return _lees


def _naast(links, rechts):
    hoog = max(len(links), len(rechts))
    breed = len(links[0])
    vol = [*links, *[[None] * breed] * (hoog - len(links))], [*rechts, *[[]] * (hoog - len(rechts))]
    return [[*a, None, *b] for a, b in zip(*vol, strict=True)]


@pytest.mark.parametrize("titel", [[], [["Formatie per team"]]])
def test_twee_tabellen_onder_elkaar(lees, titel):
    tabellen, tekst, fouten = lees(*AMBITIES, [], *titel, *TEAMS)
    assert not fouten
    (_, ambities), (_, teams) = tabellen
    assert ambities["titel"].tolist() == ["Wonen", "Groen"]
    assert teams["team"].tolist() == ["RW", "SD"]
    assert teams["rij"].tolist() == [6 + len(titel), 7 + len(titel)]
    assert "Op dit blad staan 2 tabellen; elke tabel is apart gelezen" in tekst


def test_dezelfde_kop_nog_eens_is_dezelfde_tabel(lees):
    tabellen, tekst, _ = lees(*AMBITIES, [], *AMBITIES)
    assert [len(t) for _, t in tabellen] == [4]
    assert "herhaalde kop" in tekst


def test_twee_tabellen_naast_elkaar(lees):
    tabellen, tekst, fouten = lees(*_naast([*AMBITIES, [3, "Zorg", 7]], TEAMS))
    assert not fouten
    assert [(n, len(t)) for n, t in tabellen] == [("ambities", 3), ("teams", 2)]
    assert "2 tabellen" in tekst


def test_twee_keer_dezelfde_tabel_naast_elkaar(lees):
    tabellen, _, _ = lees(*_naast(AMBITIES, AMBITIES))
    assert [(n, len(t)) for n, t in tabellen] == [("ambities", 2), ("ambities", 2)]


def test_een_brede_tabel_met_een_lege_kolom_blijft_een_tabel(lees):
    tabellen, tekst, _ = lees(*_naast(AMBITIES, [["Team", "Uren"], ["RW", 4], ["SD", 5]]))
    assert [n for n, _ in tabellen] == ["ambities"]
    assert tabellen[0][1]["uren"].tolist() == [4, 5]
    assert "2 tabellen" not in tekst


def test_een_gelijke_lengte_is_twijfel_en_wordt_gemeld(lees):
    _, tekst, _ = lees(*_naast(AMBITIES, TEAMS))
    assert "staat een lege kolom; ze zijn als één tabel gelezen" in tekst


def test_een_kolom_per_jaar_is_een_rij_per_jaar(lees):
    kop = ["Taakveld", "Lasten 2026", "Baten 2026", "Lasten 2027", "Baten 2027"]
    tabellen, tekst, _ = lees(kop, ["6.1", 100, 10, 110, 11], ["6.2", 50, 5, 55, 6], ["Totaal", 150, 15, 166, 17])
    assert [(t["jaar"][0], t["lasten_eur"].sum(), t["baten_eur"].sum()) for _, t in tabellen] == [
        (2026, 150, 15), (2027, 165, 17),
    ]  # fmt: skip
    assert "Er zijn kolommen per jaar (2026, 2027)" in tekst
    assert "noemt als totaal € 166; de rijen tellen op tot € 165" in tekst
    assert "noemt als totaal € 150" not in tekst


def test_baten_van_een_ander_jaar_komen_niet_bij_de_lasten(lees):
    ((_, tabel),), tekst, _ = lees(["Taakveld", "Lasten 2027", "Baten 2028"], ["6.1", 100, 11])
    assert "baten_eur" not in tabel
    assert "Van dat jaar zijn er geen lasten; niet gelezen: 'Baten 2028'" in tekst


def test_het_jaar_van_het_bestand_telt_ook_voor_de_baten(lees):
    rijen = [["Taakveld", "Lasten 2026", "Baten 2026", "Lasten 2027"], ["6.1", 1, 2, 3]]
    ((_, tabel),), tekst, _ = lees(*rijen, naam="begroting 2027")
    assert tabel[["jaar", "lasten_eur"]].values.tolist() == [[2027, 3]]
    assert "baten_eur" not in tabel
    assert "niet gelezen: 'Baten 2026'" in tekst


@pytest.mark.parametrize("samen", [(), ((1, 3, 1, 4), (1, 1, 2, 1), (1, 2, 2, 2))], ids=["los", "samengevoegd"])
def test_kop_in_twee_rijen(lees, samen):
    rijen = [["Nr", "Ambitie", "Middelen", None], [None, None, "Budget", "Uren"], [1, "Wonen", 100, 10]]
    ((_, tabel),), tekst, fouten = lees(*rijen, samen=samen)
    assert not fouten
    assert (tabel["budget_eur"].tolist(), tabel["uren"].tolist(), tabel["rij"].tolist()) == ([100], [10], [3])
    assert "De kop staat in twee rijen (1 en 2)" in tekst


def test_jaren_boven_de_koppen(lees):
    rijen = [
        ["Taakveld", 2026, None, 2027, None],
        [None, "Lasten", "Baten", "Lasten", "Baten"],
        ["6.1", 1, 2, 3, 4],
    ]
    tabellen, _, _ = lees(*rijen)
    assert [(t["jaar"][0], t["lasten_eur"][0], t["baten_eur"][0]) for _, t in tabellen] == [
        (2026, 1, 2),
        (2027, 3, 4),
    ]


def test_een_jaar_boven_de_kwartalen(lees):
    rijen = [
        ["Activiteit", "Team", 2027, None, 2028, None],
        [None, None, "K1", "K2", "K1", "K2"],
        ["Wonen", "RW", 1, 2, 3, 4],
    ]
    ((_, tabel),), _, _ = lees(*rijen, naam="inzet")
    assert dict(zip(tabel["kwartaal"], tabel["uren_gevraagd"], strict=True)) == {
        "2027K1": 1, "2027K2": 2, "2028K1": 3, "2028K2": 4,
    }  # fmt: skip


def test_hetzelfde_kwartaal_twee_keer_telt_een_keer(lees):
    ((_, tabel),), tekst, _ = lees(
        ["Activiteit", "Team", "2027K1", "2027K1"], ["Wonen", "RW", 10, 20], naam="inzet"
    )
    assert tabel["uren_gevraagd"].tolist() == [10]
    assert "deze kolom is niet gebruikt" in tekst


def onbenoemd(rijen: list[list], inlezing) -> set[int]:
    """Filled rows that are in no table, are no header, and that no finding names."""
    over = {r for r, cellen in enumerate(rijen, 1) if any(c not in (None, "") for c in cellen)}
    for blad in inlezing.bladen:
        over -= {blad.kopregel, blad.totaal_rij, *(int(r) for t in blad.tabellen.values() for r in t["rij"])}
    for b in inlezing.bevindingen:
        over -= {b.rij, *(int(n) for lijst in re.findall(r"rij(?:en)? ([\d, ]+)", b.probleem)
                          for n in re.findall(r"\d+", lijst))}  # fmt: skip
    return over


KORT = [["Ambitie", "Budget"], *([f"Ambitie {n} iets doen", n] for n in range(8))]
BREED = [["Team", "Teamleider", "Fte"], *([f"Team {n}", "Jan", n] for n in range(8))]
BEGROTING = [["Taakveld", "Lasten"], *([f"6.{n}", n] for n in range(1, 5))]


@pytest.mark.parametrize("lengte", [2, 4, 7])
@pytest.mark.parametrize("wit", [1, 2])
@pytest.mark.parametrize("titel", [[], [["Formatie per team"]]])
def test_een_smalle_tabel_boven_een_brede_verdwijnt_niet(lees, lengte, wit, titel):
    tabellen, tekst, fouten = lees(*KORT[:lengte], *[[]] * wit, *titel, *BREED)
    assert not fouten
    assert [(n, len(t)) for n, t in tabellen] == [("ambities", lengte - 1), ("teams", 8)]
    assert "Op dit blad staan 2 tabellen" in tekst


def test_rijen_boven_de_kop_die_niet_zijn_gelezen_worden_genoemd(lees):
    _, tekst, _ = lees(["Overzicht"], ["Gemeente", "Voorbeeld"], ["Versie", 3], [], *AMBITIES)
    assert "gelezen als titel: rij 1." in tekst
    assert "Boven de kop staan 2 gevulde rijen; niet gelezen: rijen 2, 3." in tekst


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([KORT, BREED, BEGROTING, AMBITIES]), st.integers(1, 8), st.integers(0, 3), st.booleans()
        ),
        min_size=1,
        max_size=3,
    )
)
def test_elke_gevulde_rij_is_gelezen_of_genoemd(stapel):
    rijen: list[list] = []
    for tabel, lengte, wit, titel in stapel:
        rijen += [[]] * wit + [["Een kopje"]] * titel + tabel[: lengte + 1]
    with TemporaryDirectory() as map_:
        pad = Path(map_) / "lijst.csv"
        pad.write_bytes(SCHRIJVERS[".csv"]({"Blad": Blad(rijen)}))
        inlezing = beoordeel_bestanden([pad])
    if inlezing.bladen:
        assert not onbenoemd(rijen, inlezing)
    else:
        assert any(b.ernst == Ernst.FOUT for b in inlezing.bevindingen)


@pytest.mark.parametrize("naam", ["lijst", "begroting"])
@pytest.mark.parametrize("jaren", [[2026, 2027], ["2026", "2027"]])
def test_kale_jaren_boven_bedragen_zijn_de_lasten_van_die_jaren(lees, naam, jaren):
    tabellen, tekst, fouten = lees(
        ["Taakveld", "Omschrijving", *jaren], ["0.4", "Overhead", 100, 110], ["6.1", "Samen", 5, 6], naam=naam
    )
    assert not fouten
    assert [(t["jaar"][0], t["lasten_eur"].tolist()) for _, t in tabellen] == [(2026, [100, 5]), (2027, [110, 6])]
    assert "De kolommen 2026, 2027 zijn gelezen als de lasten van die jaren." in tekst


def test_kwartalen_onder_een_kop_worden_geen_kop(lees):
    tabellen, _, _ = lees(
        ["Ambitie", "Start", "Eind"], ["Wonen", "2029K3", "2029K4"], ["Groen", "2026K1", "2027K1"]
    )
    assert [t["titel"].tolist() for _, t in tabellen] == [["Wonen", "Groen"]]


@pytest.mark.parametrize(
    ("kop", "rij"),
    [
        (["Code", "Activiteit", "Hoort bij opgave", "Fase", "Start", "Gereed"],
         ["A1", "een", None, "uitvoering", "2027K1", "2027K4"]),
        (["Code", "Activiteit", "Hoort bij opgave"], ["A1", "een", None]),
        (["Activiteit", "Hoort bij opgave", "Start", "Gereed"], ["een", None, "2027K1", "2027K4"]),
        (["Activiteit", "Hoort bij opgave", "Fase"], ["een", None, "Idee"]),
    ],
)  # fmt: skip
def test_een_eerste_rij_met_een_lege_cel_en_een_korte_naam_is_geen_kop(lees, kop, rij):
    ((_, tabel),), tekst, fouten = lees(kop, rij, [f"{rij[0]}1", *rij[1:]], naam="activiteiten")
    assert not fouten
    assert tabel["rij"].tolist() == [2, 3]
    assert "in twee rijen" not in tekst
