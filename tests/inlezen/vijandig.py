"""Files made to hurt who opens them; benchmarks measure with them too."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

BLAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'
_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Blad1">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
_CEL = '<table:table-cell office:value-type="string"{}><text:p>boem</text:p></table:table-cell>'


def zip_met(delen: dict[str, bytes | str], types: bool = True) -> bytes:
    """A zip; with the part that makes an Excel workbook of it unless it is another kind."""
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        if types:
            zip_.writestr("[Content_Types].xml", "<Types/>")
        for naam, inhoud in delen.items():
            zip_.writestr(naam, inhoud)
    return uit.getvalue()


def xlsx(rijen: str = "", erna: str = "", teksten: str = "") -> bytes:
    """A workbook of which openpyxl itself makes the frame, with this sheet put in."""
    from openpyxl import Workbook

    uit = BytesIO()
    Workbook().save(uit)
    with zipfile.ZipFile(uit) as bron:
        delen = {n: bron.read(n) for n in bron.namelist()}
    delen["xl/worksheets/sheet1.xml"] = BLAD.format(rijen, erna)
    if teksten:
        soort = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        typen = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{soort}"/></Types>'
        delen["[Content_Types].xml"] = delen["[Content_Types].xml"].replace(b"</Types>", typen.encode())
        delen["xl/sharedStrings.xml"] = teksten
    return zip_met(delen, types=False)


def ods(rijen: str, begin: str = "") -> bytes:
    """A spreadsheet with these rows."""
    return zip_met(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": begin + _ODS.format(rijen)},
        types=False,
    )


def ole(grootte: int) -> bytes:
    """A container of an old Excel file whose tables are noise."""
    kop = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + bytes.fromhex("3E000300FEFF09000600") + bytes(6)
    return kop + random.Random(1).randbytes(grootte)


def xlsb(records: bytes) -> bytes:
    """A binary workbook with this sheet."""
    return zip_met({"xl/workbook.bin": b"", "xl/worksheets/sheet1.bin": records})


_ENTITEIT = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ALLE: dict[str, Callable[[], bytes]] = {
    "leeg.xlsx": lambda: b"",
    "kapot.xlsx": lambda: xlsx("<row/>")[:-200],
    "ver.xlsx": lambda: xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "zipbom.xlsx": lambda: zip_met({"xl/worksheets/sheet1.xml": b" " * 300_000_000}),
    "cellen.xlsx": lambda: xlsx("<row>" + "<c/>" * 600_000 + "</row>"),
    "rijen.xlsx": lambda: xlsx("<row/>" * 150_000),
    "samengevoegd.xlsx": lambda: xlsx("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "koppeling.xlsx": lambda: xlsx("", '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'),
    "entiteit.xlsx": lambda: zip_met({"xl/workbook.xml": _ENTITEIT + "<a>&b;</a>"}),
    "geen_werkmap.xlsx": lambda: zip_met({"xl/workbook.xml": "<a/>"}),
    "entiteit.ods": lambda: ods("", _ENTITEIT),
    "herhaald.ods": lambda: ods(
        '<table:table-row table:number-rows-repeated="1000000">'
        + _CEL.format(' table:number-columns-repeated="16000"')
        + "</table:table-row>"
    ),
    "herhaald_binnen.ods": lambda: ods(
        '<table:table-row table:number-rows-repeated="99000">'
        + _CEL.format(' table:number-columns-repeated="900"')
        + "</table:table-row>"
    ),
    "diep.ods": lambda: ods("<a>" * 100_000),
    "ruis.xls": lambda: ole(2_000_000),
    "kort.xls": lambda: ole(0),
    "ver.xlsb": lambda: xlsb(
        bytes([0, 17]) + (99_999_999).to_bytes(4, "little") + bytes(13) + bytes([1, 8]) + bytes(8)
    ),
    "records.xlsb": lambda: xlsb(bytes([5, 0]) * 3_000_000),
    "afgebroken.xlsb": lambda: xlsb(bytes([5, 127, 0])),
    "binair.csv": lambda: bytes(range(256)) * 1000,
    "kolommen.csv": lambda: b"Ambitie\n" + b";" * 200_000 + b"x",
    "aanhaling.csv": lambda: b'Ambitie\n"' + b"x" * 19_000_000,
    "cellen.csv": lambda: b"a;b;c;d\n" * 200_000,
    "diep.xls": lambda: b"<html>" + b"<table><tr><td>" * 300_000,
    "span.xls": lambda: b"<html><table>" + b"<tr><td rowspan=99999 colspan=999>x</td>" * 50,
}
