"""Decision tables: what colleagues type, and what it is read as."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opgavelib.inlezen.getallen import Onleesbaar, lees_aandeel, lees_bedrag, lees_geheel, lees_hoeveelheid
from opgavelib.inlezen.waarden import (
    lees_code,
    lees_ja_nee,
    lees_jaar,
    lees_keuze,
    lees_kwartaal,
    lees_taakveld,
    lees_tekst,
    lezer,
    zoek_kwartaal,
)
from opgavelib.notatie import euro
from opgavelib.woordenboek import tabel

BEDRAGEN = [
    # geschreven           euro         opmerking
    ("€ 1.234,50",         1_235,       ("centen",)),
    ("€ 1.234,49",         1_234,       ("centen",)),
    ("1.200",              1_200,       ()),
    ("1.234.567",          1_234_567,   ()),
    ("1 234 567",          1_234_567,   ()),
    ("€ 1.200",       1_200,       ()),
    ("12 mln",             12_000_000,  ()),
    ("€ 1,2 mln",          1_200_000,   ()),
    ("1,5 miljoen",        1_500_000,   ()),
    ("€ 2,4 mln.",         2_400_000,   ()),
    ("45k",                45_000,      ()),
    ("45 duizend",         45_000,      ()),
    ("1,2 mld",            1_200_000_000, ()),
    ("750.000,-",          750_000,     ()),
    ("750.000,--",         750_000,     ()),
    ("(1.200)",            -1_200,      ()),
    ("1.200-",             -1_200,      ()),
    ("-1.200",             -1_200,      ()),
    ("€ -1.200",           -1_200,      ()),
    ("−1.200",             -1_200,      ()),
    ("EUR 85.000",         85_000,      ()),
    ("85000 euro",         85_000,      ()),
    ("ca. € 80.000",       80_000,      ("geschat",)),
    ("1,234.50",           1_235,       ("engels", "centen")),
    ("1,234,567",          1_234_567,   ("engels",)),
    ("1234.5",             1_235,       ("engels", "centen")),
    ("pm",                 None,        ("onbekend",)),
    ("n.v.t.",             None,        ("onbekend",)),
    ("-",                  None,        ()),
    ("–",                  None,        ()),
    ("",                   None,        ()),
    (None,                 None,        ()),
    (0,                    0,           ()),
    (1234.5,               1_235,       ("centen",)),
    (-0.5,                 -1,          ("centen",)),
]  # fmt: skip


@pytest.mark.parametrize(("geschreven", "verwacht", "opmerking"), BEDRAGEN)
def test_bedrag(geschreven, verwacht, opmerking):
    assert lees_bedrag(geschreven) == (verwacht, opmerking)


@pytest.mark.parametrize(
    ("geschreven", "verwacht"),
    [(79.85, 79_850), ("79,85", 79_850), ("1.234", 1_234_000), (0.1 + 0.2, 300), ("(5)", -5_000)],
)
def test_bedrag_in_duizenden(geschreven, verwacht):
    assert lees_bedrag(geschreven, 1000) == (verwacht, ())


def test_miljoenen_in_de_cel_gaan_voor_duizenden_in_de_kop():
    assert lees_bedrag("12 mln", 1000) == (12_000_000, ("eigen_eenheid",))


@pytest.mark.parametrize(
    ("geschreven", "probleem"),
    [
        ("1,234", "twee manieren"),
        ("tien", "geen getal"),
        ("10-20", "geen getal"),
        ("12,5%", "geen getal"),
        ("NaN", "geen getal"),
        (float("nan"), "geen getal"),
        (float("inf"), "geen getal"),
        ("inf", "geen getal"),
        (True, "geen getal"),
        (datetime(2027, 1, 1), "geen getal"),
        ("1.23.456", "geen getal"),
        ("٣", "geen getal"),
        (1e300, "te groot"),
    ],
)
def test_geen_bedrag(geschreven, probleem):
    with pytest.raises(Onleesbaar, match=probleem):
        lees_bedrag(geschreven)


@given(st.integers(-(10**12), 10**12))
def test_bedrag_heen_en_terug(bedrag):
    assert lees_bedrag(euro(bedrag)) == (bedrag, ())


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes()))
def test_elke_lezer_geeft_een_waarde_of_een_nederlandse_reden(waarde):
    for naam in ("ambities", "begroting", "teams", "activiteiten", "inzet", "scores", "stemmen"):
        for kolom in tabel(naam).values():
            try:
                uit, opmerkingen = lezer(kolom)(waarde, "General")
            except Onleesbaar as fout:
                assert fout.probleem  # noqa: PT017
                assert fout.doe  # noqa: PT017
            else:
                assert isinstance(opmerkingen, tuple)
                assert uit is None or uit == uit


@pytest.mark.parametrize(
    ("geschreven", "soort", "verwacht"),
    [
        ("0,5 fte", "fte", 0.5),
        ("26", "fte", 26.0),
        ("1.234", "fte", 1234.0),
        (7.25, "fte", 7.25),
        ("1.200", "uren", 1200.0),
        ("1.200 uur", "uren", 1200.0),
        ("40 u", "uren", 40.0),
        ("-", "uren", None),
    ],
)
def test_hoeveelheid(geschreven, soort, verwacht):
    assert lees_hoeveelheid(geschreven, soort) == (verwacht, ())


@pytest.mark.parametrize("geschreven", ["0,5 fte", "5 dagen", -3])
def test_geen_uren(geschreven):
    with pytest.raises(Onleesbaar, match="waarde"):
        lees_hoeveelheid(geschreven, "uren")


def test_veel_fte_valt_op():
    assert lezer(tabel("teams")["fte"])("1.234", "") == (1234.0, ("fte_veel",))


@pytest.mark.parametrize(
    ("geschreven", "opmaak", "verwacht"),
    [
        ("12,5%", "", 0.125),
        ("80 %", "", 0.8),
        (0.8, "0%", 0.8),
        (0.8, "", 0.8),
        ("0,8", "", 0.8),
        (80, "", 0.8),
        ("80", "", 0.8),
        (1, "", 1.0),
        (0, "", 0.0),
        (None, "", None),
    ],
)
def test_aandeel(geschreven, opmaak, verwacht):
    assert lees_aandeel(geschreven, opmaak)[0] == verwacht


@pytest.mark.parametrize(("geschreven", "opmaak"), [(120, ""), ("120%", ""), (-0.1, ""), (80, "0%")])
def test_geen_aandeel(geschreven, opmaak):
    with pytest.raises(Onleesbaar, match="geen aandeel"):
        lees_aandeel(geschreven, opmaak)


KWARTALEN = [
    ("2027K1", "2027K1"),
    ("2027-Q3", "2027K3"),
    ("Q3 2027", "2027K3"),
    ("K3 2027", "2027K3"),
    ("q1-2027", "2027K1"),
    ("1e kwartaal 2027", "2027K1"),
    ("3e kw. 2027", "2027K3"),
    ("kwartaal 2 2027", "2027K2"),
    ("Q4 '27", "2027K4"),
    ("2027 K2", "2027K2"),
    ("3Q2027", "2027K3"),
    (date(2027, 3, 31), "2027K1"),
    (datetime(2027, 10, 1), "2027K4"),
    ("maart 2027", "2027K1"),
    ("okt 2027", "2027K4"),
    ("1-7-2027", "2027K3"),
    ("2027-04", "2027K2"),
    ("medio 2027", "2027K2"),
    ("eind 2027", "2027K4"),
    ("2027", "2027K1"),
    (2027, "2027K1"),
    (2027.0, "2027K1"),
    ("-", None),
    ("doorlopend", None),
    ("n.t.b.", None),
]


@pytest.mark.parametrize(("geschreven", "verwacht"), KWARTALEN)
def test_kwartaal(geschreven, verwacht):
    assert lees_kwartaal(geschreven)[0] == verwacht


def test_een_jaar_alleen_eindigt_in_het_vierde_kwartaal():
    assert lees_kwartaal(2027, laatste=True)[0] == "2027K4"
    assert lezer(tabel("ambities")["eind_kwartaal"])("2027", "")[0] == "2027K4"


@pytest.mark.parametrize("geschreven", ["2027K5", "ooit", "Q3", "13-2027", 46000, True])
def test_geen_kwartaal(geschreven):
    with pytest.raises(Onleesbaar, match="geen kwartaal"):
        lees_kwartaal(geschreven)


def test_een_zin_met_een_kwartaal_is_geen_kwartaalkop():
    assert zoek_kwartaal("oplevering 2027K1") is None


TAAKVELDEN = [
    # cel      opmaak     code      opmerking
    ("0.1",    "@",       "0.1",    ()),
    ("0.10",   "@",       "0.10",   ()),
    ("0.1 Bestuur", "@",  "0.1",    ()),
    ("6.71a",  "@",       "6.71a",  ()),
    ("6,21",   "@",       "6.21",   ("taakveld_getal",)),
    (6.21,     "General", "6.21",   ("taakveld_getal",)),
    (6.2,      "0.00",    "6.2",    ("taakveld_getal",)),
    (0.1,      "0.00",    "0.10",   ("taakveld_0.10",)),
    (None,     "",        None,     ()),
]  # fmt: skip


@pytest.mark.parametrize(("cel", "opmaak", "code", "opmerking"), TAAKVELDEN)
def test_taakveld(cel, opmaak, code, opmerking):
    assert lees_taakveld(cel, opmaak) == (code, opmerking)


@pytest.mark.parametrize(("cel", "opmaak"), [(0.1, "General"), (0.1, "0.0"), ("0,1", "@")])
def test_taakveld_nul_komma_een_is_dubbelzinnig(cel, opmaak):
    with pytest.raises(Onleesbaar, match="geen taakveldcode"):
        lees_taakveld(cel, opmaak)


def test_van_een_taakveld_maakt_excel_soms_een_datum():
    with pytest.raises(Onleesbaar, match="een datum gemaakt"):
        lees_taakveld(datetime(2026, 1, 6))


@pytest.mark.parametrize(
    ("cel", "opmaak", "code"),
    [(1.1, "General", "1.1"), (1.1, "0.00", "1.10"), (7, "General", "7"), (7, "000", "007"), ("1.10", "@", "1.10"),
     (3.0, "General", "3"), ("CA-014", "", "CA-014")],
)  # fmt: skip
def test_eigen_code_zoals_excel_hem_toont(cel, opmaak, code):
    assert lees_code(cel, opmaak) == (code, ())


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [("Ja", True), ("nee", False), ("x", True), ("J", True), ("N", False), (True, True), (1, True), (0.0, False),
     ("WAAR", True), ("-", None)],
)  # fmt: skip
def test_ja_nee(waarde, verwacht):
    assert lees_ja_nee(waarde)[0] is verwacht


@pytest.mark.parametrize(("waarde", "verwacht"), [("S", True), ("Incidenteel", False), ("i", False), ("ja", True)])
def test_structureel(waarde, verwacht):
    assert lees_ja_nee(waarde, kolom="structureel")[0] is verwacht


@pytest.mark.parametrize(
    ("tabelnaam", "kolom", "waarde", "verwacht"),
    [
        ("ambities", "domein", "Fysiek domein", "fysiek"),
        ("ambities", "domein", "FYSIEK", "fysiek"),
        ("ambities", "werksoort", "project/programma", "project of programma"),
        ("ambities", "werksoort", "Projecten/programma's", "project of programma"),
        ("ambities", "werksoort", "Reguliere processen", "regulier proces"),
        ("begroting", "sturing", "Lean", "lean"),
        ("begroting", "sturing", "O", "opgave"),
        ("activiteiten", "fase", "in uitvoering", "uitvoering"),
        ("activiteiten", "stoplicht_tijd", "g", "groen"),
        ("activiteiten", "stoplicht_geld", "🔴", "rood"),
        ("activiteiten", "stoplicht_geld", "Oranje", "oranje"),
        ("opgaven", "werkwijze", "Programmasturing", "programmasturing"),
        ("inzet", "status", "Toegezegd", "toegezegd"),
    ],
)
def test_keuze(tabelnaam, kolom, waarde, verwacht):
    assert lezer(tabel(tabelnaam)[kolom])(waarde, "")[0] == verwacht


def test_keuze_buiten_de_lijst_noemt_de_lijst():
    with pytest.raises(Onleesbaar, match="geen van de mogelijke") as fout:
        lees_keuze("publiek", keuzes=("fysiek", "sociaal"), kolom="domein")
    assert fout.value.doe == "Kies uit: fysiek, sociaal."


@pytest.mark.parametrize(("waarde", "verwacht"), [(5, 5), ("4", 4), (3.0, 3), ("2e", 2), ("1.", 1)])
def test_score(waarde, verwacht):
    assert lees_geheel(waarde, 1, 5)[0] == verwacht


@pytest.mark.parametrize("waarde", [0, 6, 3.5, "hoog"])
def test_geen_score(waarde):
    with pytest.raises(Onleesbaar, match="geen"):
        lees_geheel(waarde, 1, 5)


@pytest.mark.parametrize("waarde", ["NA", "Null", "None", "nan", "TRUE"])
def test_namen_die_op_niets_lijken_blijven_tekst(waarde):
    assert lees_tekst(f"  {waarde} ") == (waarde, ())


@pytest.mark.parametrize(
    ("waarde", "verwacht"), [(2027, 2027), ("2027", 2027), (2027.0, 2027), (date(2027, 1, 1), 2027)]
)
def test_jaar(waarde, verwacht):
    assert lees_jaar(waarde)[0] == verwacht
