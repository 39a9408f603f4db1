"""Files that may not reach a parser."""

from __future__ import annotations

import time
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from opgavelib.fouten import InvoerFout
from opgavelib.inlezen import lees_bestanden
from opgavelib.inlezen.preflight import Geweigerd, Grenzen, keur, keur_naam, kolomnummer

BLAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def zip_met(**onderdelen: bytes | str) -> bytes:
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("[Content_Types].xml", "<Types/>")
        for naam, inhoud in onderdelen.items():
            zip_.writestr(naam, inhoud)
    return uit.getvalue()


@pytest.mark.parametrize(
    ("inhoud", "probleem"),
    [
        (b"", "leeg"),
        (b"gewone tekst", "beschadigd of geen Excel"),
        (b"PK\x03\x04 afgebroken", "beschadigd"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"Workbook", "oude Excel-bestand .* beschadigd"),
        (zip_met(**{"../weg.xml": "<a/>"}), "mappen erbuiten"),
        (zip_met(**{"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "DTD of entiteit"),
        (zip_met(**{"xl/workbook.xml": "<?xml version='1.0'?><!DOCTYPE a><a/>".encode("utf-16")}), "tekencodering"),
        (
            zip_met(**{"xl/worksheets/sheet1.xml": BLAD.format('<row r="1048576"><c r="XFD1048576"/></row>')}),
            "ver buiten",
        ),
        (zip_met(**{"xl/worksheets/sheet1.xml": BLAD.format('<row><c r="XFD1"><v>1</v></c></row>')}), "XFD1"),
        (zip_met(**{"xl/worksheets/sheet1.xml": b"<row/>" * 100_001}), "meer dan"),
        (zip_met(**{"xl/worksheets/sheet1.xml": b"<c />" * 500_001}), "meer dan"),
        (zip_met(**{"xl/worksheets/sheet1.xml": b" " * 200_000_001}), "uitgepakt"),
        (zip_met(**{f"deel{i}": "" for i in range(2001)}), "onderdelen"),
    ],
    ids=lambda w: w if isinstance(w, str) else "bestand",
)
def test_geweigerd(inhoud, probleem):
    begin = time.process_time()
    with pytest.raises(Geweigerd, match=probleem):
        keur(inhoud)
    assert time.process_time() - begin < 2


def test_geen_excel_in_de_zip():
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        zip_.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(Geweigerd, match="geen Excel-werkmap"):
        keur(uit.getvalue())


def test_te_groot():
    with pytest.raises(Geweigerd, match="groter dan 1 MB"):
        keur(b"x" * 1_000_001, replace(Grenzen.standaard(), bestand_bytes=1_000_000))


@pytest.mark.parametrize(
    ("naam", "probleem"),
    [("a.pdf", "geen Excel-bestand"), ("a", "zonder extensie"), ("~$a.xlsx", "tijdelijke")],
)
def test_naam(naam, probleem):
    with pytest.raises(Geweigerd, match=probleem):
        keur_naam(naam)


def test_kolomnummer():
    assert [kolomnummer(k) for k in (b"A", b"Z", b"AA", b"XFD", b"")] == [1, 26, 27, 16384, 0]


def test_een_gewone_werkmap_komt_erdoor(maak):
    keur(maak(Blad=[["Ambitie"], ["Wonen"]]).read_bytes())


def test_ontbrekend_bestand_en_map_zijn_bevindingen(tmp_path):
    (tmp_path / "map.xlsx").mkdir()
    with pytest.raises(InvoerFout, match="bestaat niet") as fout:
        lees_bestanden([tmp_path / "weg.xlsx", tmp_path / "map.xlsx", tmp_path / "a.pdf"])
    assert len(fout.value.bevindingen) == 3
