"""Every trap of untrusted tables, in every format in which it can occur: a finding, or read right."""

from __future__ import annotations

import math
import zipfile
from datetime import datetime
from io import BytesIO

import pandas as pd
import pytest

from opgavelib.fouten import Ernst
from opgavelib.inlezen import beoordeel_bestanden
from opgavelib.inlezen.openen import open_bestanden

from . import vijandig
from .conftest import GEDEELD
from .schrijvers import SCHRIJVERS, Blad, xlsb

ALLES = (".xlsx", ".ods", ".csv")
BOEKEN = (".xlsx", ".ods")
KOP = ["Nr", "Ambitie", "Budget", "Uren"]
EEN, TWEE = [1, "Wonen voor starters", 100, 10], [2, "Meer groen in de wijk", 200, 20]

# trap: (formats, sheets, soort, words of the finding, or None; column, values that must be in the table, or None)
VALLEN = {
    "verborgen blad": (BOEKEN, {"Oud": Blad([KOP, EEN], verborgen=True), "Nieuw": Blad([KOP, TWEE])}, None,
        "verborgen blad is niet gelezen", ("titel", ["Meer groen in de wijk"])),
    "verborgen rijen": (BOEKEN, {"Blad": Blad([KOP, EEN, TWEE], weg_rijen={3})}, None,
        "1 verborgen rijen zijn meegelezen (rij 3)", ("titel", [EEN[1], TWEE[1]])),
    "verborgen kolommen": (BOEKEN, {"Blad": Blad([KOP, EEN], weg_kolommen={3})}, None,
        "1 verborgen kolommen zijn meegelezen: 'Budget'", ("budget_eur", [100])),
    "samengevoegde cellen": (BOEKEN, {"Blad": Blad([["Nr", "Ambitie", "Gebied"], [1, "Wonen", "Noord"],
        [2, "Groen"]], samen=[(2, 3, 3, 3)])}, None, "Samengevoegde cel: de waarde geldt voor alle rijen",
        ("gebied", ["Noord", "Noord"])),
    "samengevoegd bedrag": (BOEKEN, {"Blad": Blad([KOP, EEN, [2, "Groen"]], samen=[(2, 3, 3, 3)])}, None,
        "de waarde telt alleen in de eerste rij", ("budget_eur", [100, None])),
    "formule zonder waarde": (BOEKEN, {"Blad": Blad([KOP, EEN, [2, "Groen"]], formules={(3, 3): "=C2*2"})}, None,
        "formule in deze cel heeft geen berekende waarde", None),
    "foutcel": (ALLES, {"Blad": Blad([KOP, EEN, [2, "Groen"]], fouten={(3, 3): "#N/A"})}, None,
        "Excel-fout #N/A", None),
    "foutcel in het Nederlands": (ALLES, {"Blad": Blad([KOP, EEN, [2, "Groen"]], fouten={(3, 3): "#VERW!"})}, None,
        "Excel-fout #VERW!", None),
    "tekst 1.234": (ALLES, {"Blad": Blad([KOP, [1, "Wonen", "1.234", 1]])}, None, None, ("budget_eur", [1234])),
    "tekst 1,234": (ALLES, {"Blad": Blad([KOP, [1, "Wonen", "1,234", 1]])}, None, "kan op twee manieren", None),
    "punt als duizendteken en als decimaal": (ALLES, {"Blad": Blad([KOP, [1, "Wonen", "1.234", 1],
        [2, "Groen", "12.5", 1]])}, None, "kan op twee manieren", None),
    "12 mln": (ALLES, {"Blad": Blad([KOP, [1, "Wonen", "€ 12 mln", "0,5"]])}, None, None,
        ("budget_eur", [12_000_000])),
    "harde spatie": (ALLES, {"Blad": Blad([KOP, [1, "Wonen", "€\u00a01\u00a0200", 1]])}, None, None,
        ("budget_eur", [1200])),
    "percentages door elkaar": (BOEKEN, {"Teams": Blad([["Team", "Fte", "Lean %"], ["RW", 10, 0.8], ["SD", 5, 80],
        ["BV", 4, 0.7]], opmaak={(2, 3): "0%"})}, None, "Aandelen staan door elkaar",
        ("lean_aandeel", [0.8, 0.8, 0.7])),
    "iemand heet Null": (ALLES, {"Blad": Blad([["Nr", "Ambitie", "Portefeuillehouder"], [1, "Wonen", "Null"],
        [2, "NA", "None"], [3, "nan", "NaN"]])}, None, None, ("portefeuillehouder", ["Null", "None", "NaN"])),
    "titel NA": (ALLES, {"Blad": Blad([["Nr", "Ambitie"], [1, "NA"], [2, "nan"], [3, "NULL"]])}, None, None,
        ("titel", ["NA", "nan", "NULL"])),
    "dubbele kop": (ALLES, {"Blad": Blad([["Nr", "Ambitie", "Budget", "Budget"], [1, "Wonen", 100, 999]])}, None,
        "De kop 'Budget' komt vaker voor; deze kolom is niet gebruikt", ("budget_eur", [100])),
    "lege kop": (ALLES, {"Blad": Blad([["Nr", "Ambitie", None, "Uren"], [1, "Wonen", "verdwaald", 4]])}, None,
        "Kolom C heeft geen kop en is niet gebruikt, maar is in 1 rijen gevuld", ("uren", [4])),
    "kop is een getal": (ALLES, {"Blad": Blad([["Nr", "Ambitie", 2027], [1, "Wonen", "x"]])}, None,
        "niet gebruikt: '2027'", ("titel", ["Wonen"])),
    "totaalrij": (ALLES, {"Begroting": Blad([["Taakveld", "Lasten", "Baten"], ["6.1", 100, 10], ["6.2", 50, 5],
        ["Totaal", 160, 15]])}, None, "noemt als totaal € 160; de rijen tellen op tot € 150",
        ("lasten_eur", [100, 50])),
    "subtotaal tussen de rijen": (ALLES, {"Begroting": Blad([["Taakveld", "Lasten", "Baten"], ["6.1", 100, 10],
        ["Subtotaal", 100, 10], ["6.2", 50, 5]])}, None, "Geen bronrij maar tussentotaal: rij 3",
        ("lasten_eur", [100, 50])),
    "oneindig": (ALLES, {"Blad": Blad([KOP, [1, "Wonen", "INF", 1]])}, None, "geen getal", None),
    "code wordt datum": (BOEKEN, {"Begroting": Blad([["Taakveld", "Lasten"], ["6.1", 1],
        [datetime(2027, 10, 6), 2]])}, None, "Excel heeft van de code een datum gemaakt", None),
    "0,1 kan 0.10 zijn": (BOEKEN, {"Begroting": Blad([["Taakveld", "Lasten"], ["6.1", 1], [0.1, 2]])}, None,
        "0,1 is geen taakveldcode", None),
    "_x000D_": ((".xlsx",), {"Blad": Blad([KOP, [1, "Eerste regel_x000D_\ntweede", 1, 1]])}, None, None,
        ("titel", ["Eerste regel\ntweede"])),
    "regeleinde in een cel": (ALLES, {"Blad": Blad([KOP, [1, "Eerste regel\ntweede", 1, 1]])}, None, None,
        ("titel", ["Eerste regel\ntweede"])),
    "tekst die op een formule lijkt": (ALLES, {"Blad": Blad([KOP, [1, "=2+5 op straat", 1, 1]])}, None, None,
        ("titel", ["=2+5 op straat"])),
    "losse cel ver weg": (BOEKEN, {"Blad": Blad([KOP, EEN, [None] * 40 + ["los"]])}, None,
        "Kolom AO heeft geen kop en is niet gebruikt, maar is in 1 rijen gevuld", None),
}  # fmt: skip


@pytest.mark.parametrize(
    ("val", "formaat"), [(naam, f) for naam, (formaten, *_) in VALLEN.items() for f in formaten], ids=str
)
def test_val(tmp_path, val, formaat):
    _, bladen, soort, woorden, inhoud = VALLEN[val]
    naam = "begroting 2027" if "Begroting" in bladen else ("teams" if "Teams" in bladen else "ambities")
    pad = tmp_path / f"{naam}{formaat}"
    pad.write_bytes(SCHRIJVERS[formaat](bladen))
    inlezing = beoordeel_bestanden([pad], soort=soort)
    teksten = "\n".join(b.probleem for b in inlezing.bevindingen)
    if woorden:
        assert woorden in teksten
    elif any(b.ernst == Ernst.FOUT for b in inlezing.bevindingen):
        pytest.fail(teksten)
    if inhoud:
        kolom, waarden = inhoud
        (tabel,) = [t for b in inlezing.bladen for t in b.tabellen.values() if kolom in t]
        gelezen = [None if pd.isna(w) else w for w in tabel[kolom].astype(object).tolist()]
        assert gelezen == waarden
    data = sum(len(b.rijen) for b in bladen.values())
    assert 0 < inlezing.gelezen + inlezing.geweigerd <= data


def lees(tmp_path, naam: str, inhoud: bytes, **opties):
    pad = tmp_path / naam
    pad.write_bytes(inhoud)
    inlezing = beoordeel_bestanden([pad], **opties)
    return inlezing, "\n".join(b.probleem for b in inlezing.bevindingen)


def _pas_aan(pad: bytes, deel: str, oud: str, nieuw: str) -> bytes:
    with zipfile.ZipFile(BytesIO(pad)) as bron:
        delen = {n: bron.read(n) for n in bron.namelist()}
    assert oud.encode() in delen[deel]
    delen[deel] = delen[deel].replace(oud.encode(), nieuw.encode())
    return vijandig.zip_met(delen, types=False)


def _rijen(*cellen: str) -> str:
    return "".join(f'<row r="{r}">{c}</row>' for r, c in enumerate(cellen, 1))


def _t(adres: str, tekst: str) -> str:
    return f'<c r="{adres}" t="inlineStr"><is><t>{tekst}</t></is></c>'


SOM = _rijen(
    _t("A1", "Ambitie") + _t("B1", "Budget"),
    _t("A2", "Wonen") + '<c r="B2"><v>100</v></c>',
    _t("A3", "Groen") + '<c r="B3"><v>50</v></c>',
    _t("A4", "Samen op weg") + '<c r="B4"><f>SUM(B2:B3)</f><v>{}</v></c>',
)


@pytest.mark.parametrize(
    ("waarde", "formule", "verouderd"),
    [(150, "SUM(B2:B3)", False), (0, "SUM(B2:B3)", True), (149, "SUM(B2,B3)", True), (150, "B2+B3", False),
     (151, "$B$2+B3", True), (50, "B2-B3", False), (7, "B2*0.07", False), (1, "SUM(Ander!B2:B3)", False)],
)  # fmt: skip
def test_verouderde_som(tmp_path, waarde, formule, verouderd):
    """What can be checked is checked: sums and additions of cells of the same sheet."""
    rijen = SOM.format(waarde).replace("SUM(B2:B3)", formule)
    inlezing, teksten = lees(tmp_path, "a.xlsx", vijandig.xlsx(rijen))
    assert ("verouderd" in teksten) is verouderd
    assert inlezing.geweigerd == (3 if verouderd else 0)


def test_werkmap_die_niet_zelf_rekent(tmp_path):
    for kenmerk, woorden in [
        ('calcMode="manual"', "rekent niet vanzelf"),
        ('fullCalcOnLoad="1"', "niet herrekend"),
    ]:
        inhoud = vijandig.xlsx(SOM.format(150))
        inhoud = _pas_aan(inhoud, "xl/workbook.xml", 'calcId="124519" fullCalcOnLoad="1"', kenmerk)
        assert (
            f"waarden van 1 formules {'kunnen' if 'manual' in kenmerk else 'zijn'}"
            in lees(tmp_path, "a.xlsx", inhoud)[1]
        )
        assert woorden in lees(tmp_path, "a.xlsx", inhoud)[1]


def test_1904(tmp_path):
    """The same number is another day; the file says which."""
    kop = _t("A1", "Ambitie") + _t("B1", "Start")
    rij = _t("A2", "Wonen") + '<c r="B2" s="1"><v>44927</v></c>'
    basis = vijandig.xlsx(_rijen(kop, rij))
    with zipfile.ZipFile(BytesIO(basis)) as z:
        stijlen, boek = z.read("xl/styles.xml").decode(), z.read("xl/workbook.xml").decode()
    eind = stijlen.index("</cellXfs>")
    nieuw = stijlen[:eind] + '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/>' + stijlen[eind:]
    gewoon = _pas_aan(basis, "xl/styles.xml", stijlen, nieuw)
    anders = _pas_aan(gewoon, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
    assert "date1904" not in boek
    kwartaal = [
        lees(tmp_path, "a.xlsx", i)[0].bladen[0].tabellen["ambities"]["start_kwartaal"][0] for i in (gewoon, anders)
    ]
    assert kwartaal == ["2023K1", "2027K1"]


@pytest.mark.parametrize("getal", ["INF", "1E999", "NaN"])
def test_getallen_die_geen_getal_zijn(tmp_path, getal):
    rijen = _rijen(_t("A1", "Ambitie") + _t("B1", "Budget"), _t("A2", "Wonen") + f'<c r="B2"><v>{getal}</v></c>')
    inlezing, teksten = lees(tmp_path, "a.xlsx", vijandig.xlsx(rijen))
    assert "is geen getal" in teksten or "kan niet worden gelezen" in teksten
    assert inlezing.gelezen == 0


def test_opgemaakte_en_fonetische_tekst(tmp_path):
    rijk = '<r><rPr><b/></rPr><t>Woning</t></r><r><t>bouw</t></r><rPh sb="0" eb="1"><t>WONINGU</t></rPh>'
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    teksten = f'<sst {ns} count="2" uniqueCount="2"><si><t>Ambitie</t></si><si>{rijk}</si></sst>'
    rijen = _rijen(
        '<c r="A1" t="s"><v>0</v></c>',
        '<c r="A2" t="s"><v>1</v></c>',
        f'<c r="A3" t="inlineStr"><is>{rijk}</is></c>',
    )
    inlezing, _ = lees(tmp_path, "a.xlsx", vijandig.xlsx(rijen, teksten=teksten), soort="coalitieakkoord")
    assert inlezing.bladen[0].tabellen["ambities"]["titel"].tolist() == ["Woningbouw", "Woningbouw"]


def test_te_klein_opgegeven_afmeting_verliest_geen_rijen(tmp_path):
    rijen = _rijen(_t("A1", "Ambitie"), *[_t(f"A{i}", f"Ambitie nummer {i}") for i in range(2, 50)])
    inhoud = vijandig.xlsx(rijen)
    inhoud = _pas_aan(inhoud, "xl/worksheets/sheet1.xml", "<sheetData>", '<dimension ref="A1:A2"/><sheetData>')
    assert lees(tmp_path, "a.xlsx", inhoud, soort="coalitieakkoord")[0].gelezen == 48


def test_ongewone_werkmap_laat_formules_zonder_waarde_en_fouten_toch_zien(tmp_path):
    """At a style that is not there openpyxl gives up; the xml still tells which cells hold nothing."""
    rijen = _rijen(
        _t("A1", "Ambitie") + _t("B1", "Budget"),
        _t("A2", "Wonen") + '<c r="B2" s="99"><f>C2</f></c>',
        _t("A3", "Groen") + '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    )
    inlezing, teksten = lees(tmp_path, "a.xlsx", vijandig.xlsx(rijen))
    assert "ongewoon opgebouwd" in teksten
    assert "formule in deze cel heeft geen berekende waarde" in teksten
    assert "Excel-fout" in teksten
    assert inlezing.geweigerd == 2


# --- csv ---

AKKOORD = [
    ["Nr", "Ambitie", "Budget"],
    ["1", "Coördinatie in de wijk; samen", "1.200"],
    ["2", "Zorg, ook 's nachts", "12,5"],
]


@pytest.mark.parametrize("teken", [";", ",", "\t"])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sep", [False, True])
def test_csv_in_elke_gedaante(tmp_path, teken, codering, sep):
    inhoud = SCHRIJVERS[".csv"]({"x": Blad(AKKOORD)}, teken, "utf-8").decode()
    inhoud = (f"sep={teken}\r\n" if sep else "") + inhoud
    inlezing, teksten = lees(tmp_path, "a.csv", inhoud.encode(codering))
    tabel = inlezing.bladen[0].tabellen["ambities"]
    assert tabel["titel"].tolist() == [r[1] for r in AKKOORD[1:]]
    assert tabel["budget_eur"].tolist() == [1200, 13]
    assert tabel["rij"].tolist() == [2, 3]
    assert ("Windows-1252" in teksten) is (codering == "cp1252")


def test_csv_rij_met_te_veel_cellen_wordt_geweigerd_en_niet_verschoven(tmp_path):
    inhoud = b"Nr;Ambitie;Budget\n1;Wonen;100\n2;Zorg; en welzijn;200\n3;Groen;300\n"
    inlezing, teksten = lees(tmp_path, "a.csv", inhoud)
    assert "De rij heeft 4 cellen, de andere rijen 3; waarschijnlijk staat er een puntkomma in een tekst" in teksten
    assert {b.rij for b in inlezing.bevindingen if b.ernst == Ernst.FOUT} == {3}


def test_csv_gebroken_rij_is_een_bevinding(tmp_path):
    inhoud = b"Nr;Ambitie;Budget\n1;Wonen;100\n2;Zorg\nen welzijn;200\n3;Groen;300\n"
    assert "2 rijen hebben minder cellen dan de kop (rij 3, 4)" in lees(tmp_path, "a.csv", inhoud)[1]


def test_csv_lege_regels_en_regeleinden_tellen_zoals_in_excel(tmp_path):
    inhoud = b'Nr;Ambitie\n\n1;"Een\nregel"\n2;Twee\n'
    inlezing, _ = lees(tmp_path, "a.csv", inhoud, soort="coalitieakkoord")
    assert inlezing.bladen[0].tabellen["ambities"]["rij"].tolist() == [3, 4]


def test_csv_verminkte_tekens_zijn_een_bevinding(tmp_path):
    inhoud = "Nr;Ambitie\n1;Coördinatie\n".encode().decode("cp1252").encode()
    assert "Sommige tekens lijken verminkt, het eerst rond regel 2" in lees(tmp_path, "a.csv", inhoud)[1]


def test_csv_twijfel_over_het_scheidingsteken_is_een_bevinding(tmp_path):
    inhoud = b"Nr;Ambitie,kort\n1;Wonen,groot\n2;Groen,klein\n"
    assert "tussen de cellen; " in lees(tmp_path, "a.csv", inhoud)[1]


# --- another content than the name says ---


def test_webpagina_met_de_naam_xls(tmp_path):
    pagina = """<html><head><meta charset="windows-1252"><style>td {x: 1}</style></head><body><table>
    <tr><th colspan=3>Co\u00f6rdinatie</th></tr><tr><th>Nr<th>Ambitie<th>Budget</tr>
    <tr><td>1<td>Wonen &amp; zorg<br>samen<td>1.200</tr><tr style="display:none"><td>2<td>Groen<td>5</tr></table>"""
    inlezing, teksten = lees(tmp_path, "export.xls", pagina.encode("cp1252"))
    tabel = inlezing.bladen[0].tabellen["ambities"]
    assert tabel["titel"].tolist() == ["Wonen & zorg\nsamen", "Groen"]
    assert tabel["budget_eur"].tolist() == [1200, 5]
    assert "is een webpagina met de naam van een Excel-bestand" in teksten
    assert "1 verborgen rijen zijn meegelezen (rij 4)" in teksten


def test_andere_inhoud_dan_de_naam_zegt(tmp_path):
    boek = SCHRIJVERS[".xlsx"]({"Blad": Blad([KOP, EEN])})
    for naam, inhoud, woorden in [
        ("a.xls", boek, "de inhoud is een Excel-werkmap"),
        ("a.csv", boek, "de inhoud is een Excel-werkmap"),
        ("a.xlsx", SCHRIJVERS[".ods"]({"Blad": Blad([KOP, EEN])}), "de inhoud is een OpenDocument-rekenblad"),
        ("b.xls", b"Nr\tAmbitie\n1\tWonen\n", "de inhoud is een tekstbestand"),
    ]:
        inlezing, teksten = lees(tmp_path, naam, inhoud)
        assert woorden in teksten
        assert inlezing.gelezen == 1
    for naam, inhoud, woorden in [
        ("a.xls", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
         "XML-spreadsheet"),
        ("a.xls", b"%PDF-1.7", "document"), ("a.csv", b"<html><p>Niet gevonden", "webpagina zonder tabel"),
    ]:  # fmt: skip
        assert woorden in lees(tmp_path, naam, inhoud)[1]


# --- formats that cannot be written here: real files ---

CALAMINE = GEDEELD / "excel" / "calamine"


def _cellen(naam: str):
    (bron,) = open_bestanden([CALAMINE / naam])
    return bron


def _cellen_van(pad, inhoud: bytes):
    pad.write_bytes(inhoud)
    (bron,) = open_bestanden([pad])
    assert bron.weigering is None, bron.weigering.probleem
    return bron


@pytest.mark.skipif(not CALAMINE.is_dir(), reason="de vreemde bestanden staan naast het project")
@pytest.mark.parametrize("formaat", ["xls", "xlsb", "ods", "xlsx"])
def test_verborgen_bladen_in_elk_formaat(formaat):
    bladen = {b.naam: b.verborgen for b in _cellen(f"any_sheets.{formaat}").boek.bladen}
    assert not bladen["Visible"]
    assert bladen["Hidden"]


@pytest.mark.skipif(not CALAMINE.is_dir(), reason="de vreemde bestanden staan naast het project")
@pytest.mark.parametrize("naam", ["../readxl/types.xls", "../readxl/types.xlsx", "errors.xlsx"])
def test_foutcellen_van_excel(naam):
    fouten = {b.rijen[r][k] for b in _cellen(naam).boek.bladen for r, k in b.foutcellen}
    assert {"#VALUE!", "#DIV/0!"} <= fouten


def test_xlsb(tmp_path):
    """A binary workbook made here, record by record: error, percentage, hidden and merged."""
    bron = _cellen_van(tmp_path / "a.xlsb", xlsb())
    (blad,) = bron.boek.bladen
    assert blad.rijen == {1: {1: "Ambitie", 2: "Budget"}, 2: {1: "Wonen", 2: 0.5}, 3: {1: "Groen", 2: "#DIV/0!"}}
    assert blad.foutcellen == {(3, 2)}
    assert blad.opmaak == {(2, 2): "0%"}
    assert (blad.verborgen_rijen, blad.verborgen_kolommen) == ({3}, {2})
    assert blad.samengevoegd == ((2, 1, 3, 1),)


@pytest.mark.skipif(not CALAMINE.is_dir(), reason="de vreemde bestanden staan naast het project")
@pytest.mark.parametrize("formaat", ["xls", "xlsb", "xlsx"])
def test_1904_in_elk_formaat(formaat):
    jaren = {
        w.year for n in ("date", "date_1904") for b in _cellen(f"{n}.{formaat}").boek.bladen
        for r in b.rijen.values() for w in r.values() if hasattr(w, "year")
    }  # fmt: skip
    assert jaren == {2021}


@pytest.mark.skipif(not CALAMINE.is_dir(), reason="de vreemde bestanden staan naast het project")
@pytest.mark.parametrize("naam", ["merge_cells.xls", "merge_cells.xlsx", "merged_range.xls", "merged_cells.ods"])
def test_samengevoegde_cellen_in_elk_formaat(naam):
    assert any(b.samengevoegd for b in _cellen(naam).boek.bladen)


@pytest.mark.skipif(not CALAMINE.is_dir(), reason="de vreemde bestanden staan naast het project")
def test_wat_een_formaat_niet_toont_staat_in_een_bevinding():
    assert "niet te zien welke cellen formules zijn" in _cellen("issues.xls").meldingen[0].probleem
    assert "niet te zien of de waarden van formules zijn bijgewerkt" in _cellen("issues.xlsb").meldingen[0].probleem
    ongewoon = _cellen("empty_s_attribute.xlsx").meldingen[0]
    assert (ongewoon.ernst, "ongewoon opgebouwd" in ongewoon.probleem) == (Ernst.LET_OP, True)
    assert math.isfinite(len(ongewoon.doe))
