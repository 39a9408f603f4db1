"""The same table in every format that can be written here, as awkwardly as users make them."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from .vijandig import zip_met

_ODS_KOP = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="weg" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
    "</office:automatic-styles><office:body><office:spreadsheet>"
)


@dataclass
class Blad:
    """A sheet to be written; rows and columns 1-based.

    Attributes
    ----------
    samen : merged areas (r1, k1, r2, k2)
    opmaak : (row, column) -> number format of Excel
    fouten, formules : (row, column) -> error value; formula without a value
    """

    rijen: list[list]
    samen: list[tuple[int, int, int, int]] = field(default_factory=list)
    verborgen: bool = False
    weg_rijen: set[int] = field(default_factory=set)
    weg_kolommen: set[int] = field(default_factory=set)
    opmaak: dict[tuple[int, int], str] = field(default_factory=dict)
    fouten: dict[tuple[int, int], str] = field(default_factory=dict)
    formules: dict[tuple[int, int], str] = field(default_factory=dict)


def xlsx(bladen: Mapping[str, Blad]) -> bytes:
    """By openpyxl."""
    boek = Workbook()
    boek.remove(boek.active)
    for naam, blad in bladen.items():
        ws = boek.create_sheet(naam)
        for r, rij in enumerate(blad.rijen, 1):
            for k, waarde in enumerate(rij, 1):
                if waarde is not None and waarde != "":
                    cel = ws.cell(r, k)
                    cel.value = waarde
                    if isinstance(waarde, str):
                        cel.data_type = "s"  # a text that starts with = is a text
        for (r, k), soort in blad.opmaak.items():
            ws.cell(r, k).number_format = soort
        for (r, k), tekst in blad.fouten.items():
            ws.cell(r, k).value = tekst
            ws.cell(r, k).data_type = "e"
        for (r, k), formule in blad.formules.items():
            ws.cell(r, k).value = formule
        for r1, k1, r2, k2 in blad.samen:
            ws.merge_cells(start_row=r1, start_column=k1, end_row=r2, end_column=k2)
        for r in blad.weg_rijen:
            ws.row_dimensions[r].hidden = True
        for k in blad.weg_kolommen:
            ws.column_dimensions[get_column_letter(k)].hidden = True
        ws.sheet_state = "hidden" if blad.verborgen else "visible"
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def ods(bladen: Mapping[str, Blad]) -> bytes:
    """Xml as LibreOffice writes it, the empty million rows at the end included."""
    delen = [_ODS_KOP]
    for naam, blad in bladen.items():
        stijl = ' table:style-name="weg"' if blad.verborgen else ""
        delen.append(f"<table:table table:name={quoteattr(naam)}{stijl}>")
        breed = max((len(r) for r in blad.rijen), default=1) or 1
        for k in range(1, breed + 1):
            weg = ' table:visibility="collapse"' if k in blad.weg_kolommen else ""
            delen.append(f"<table:table-column{weg}/>")
        for r, rij in enumerate(blad.rijen, 1):
            weg = ' table:visibility="collapse"' if r in blad.weg_rijen else ""
            delen.append(f"<table:table-row{weg}>")
            delen += [_ods_cel(blad, r, k, rij[k - 1] if k <= len(rij) else None) for k in range(1, breed + 1)]
            delen.append('<table:table-cell table:number-columns-repeated="16000"/></table:table-row>')
        delen.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
                     'table:number-columns-repeated="16384"/></table:table-row></table:table>')  # fmt: skip
    delen.append("</office:spreadsheet></office:body></office:document-content>")
    return zip_met(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "".join(delen)}, types=False
    )


def _ods_cel(blad: Blad, r: int, k: int, waarde: object) -> str:
    soort, span = "cell", ""
    for r1, k1, r2, k2 in blad.samen:
        if (r1, k1) == (r, k):
            span = f' table:number-columns-spanned="{k2 - k1 + 1}" table:number-rows-spanned="{r2 - r1 + 1}"'
        elif r1 <= r <= r2 and k1 <= k <= k2:
            soort = "covered-table-cell"
    soort = "table-cell" if soort == "cell" else soort
    if (fout := blad.fouten.get((r, k))) is not None:
        kern = (' table:formula="of:=1/0" office:value-type="string" office:string-value="" '
                f'calcext:value-type="error"{span}><text:p>{fout}</text:p>')  # fmt: skip
    elif (r, k) in blad.formules:
        kern = f' table:formula="of:={quoteattr(blad.formules[r, k])[2:-1]}"{span}>'
    elif waarde is None or waarde == "":
        kern = f"{span}>"
    elif isinstance(waarde, bool):
        kern = f' office:value-type="boolean" office:boolean-value="{str(waarde).lower()}"{span}>'
    elif isinstance(waarde, (int, float)):
        procent = "%" in blad.opmaak.get((r, k), "")
        getoond = f"{waarde:.0%}" if procent else repr(waarde).replace(".", ",")
        kern = (f' office:value-type="{"percentage" if procent else "float"}" office:value="{waarde!r}"{span}>'
                f"<text:p>{getoond}</text:p>")  # fmt: skip
    elif isinstance(waarde, (date, datetime)):
        kern = f' office:value-type="date" office:date-value="{waarde.isoformat()}"{span}><text:p>datum</text:p>'
    else:
        regels = "".join(f"<text:p>{escape(t)}</text:p>" for t in str(waarde).split("\n"))
        kern = f' office:value-type="string"{span}>{regels}'
    return f"<table:{soort}{kern}</table:{soort}>"


def tekst(waarde: object) -> str:
    """A value as Dutch Excel writes it in a .csv."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "WAAR" if waarde else "ONWAAR"
    if isinstance(waarde, float):
        return repr(waarde).replace(".", ",")
    if isinstance(waarde, (date, datetime)):
        return f"{waarde:%d-%m-%Y}"
    return str(waarde)


def csv_(bladen: Mapping[str, Blad], teken: str = ";", codering: str = "utf-8-sig") -> bytes:
    """The first sheet; what a .csv cannot hold is shown as Excel shows it."""
    blad = next(iter(bladen.values()))
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=teken, lineterminator="\r\n")
    breed = max((len(r) for r in blad.rijen), default=0)
    for r, rij in enumerate(blad.rijen, 1):
        vol = [*rij, *[None] * (breed - len(rij))]
        schrijver.writerow([
            tekst(blad.fouten.get((r, k), w)) if "%" not in blad.opmaak.get((r, k), "") else f"{w:.0%}"
            for k, w in enumerate(vol, 1)
        ])  # fmt: skip
    return uit.getvalue().encode(codering)


SCHRIJVERS = {".xlsx": xlsx, ".ods": ods, ".csv": csv_}


def _record(nummer: int, inhoud: bytes = b"") -> bytes:
    kop = bytes([nummer]) if nummer < 128 else bytes([nummer & 0x7F | 0x80, nummer >> 7])
    return kop + bytes([len(inhoud) & 0x7F | 0x80, len(inhoud) >> 7]) + inhoud


def _u32(*getallen: int) -> bytes:
    return struct.pack(f"<{len(getallen)}I", *getallen)


def _breed(tekst: str) -> bytes:
    return _u32(len(tekst)) + tekst.encode("utf-16-le")


def xlsb() -> bytes:
    """Two columns and three rows; the last row and column hidden, A2:A3 merged ([MS-XLSB] 2.4)."""
    boek = b"".join([
        _record(131), _record(143), _record(156, _u32(0, 1) + _breed("rId1") + _breed("Blad")), _record(144),
        _record(132),
    ])  # fmt: skip
    xf = b"".join(_record(47, struct.pack("<HH", 0, soort) + bytes(12)) for soort in (0, 9))
    stijlen = _record(278) + _record(617, _u32(2)) + xf + _record(618) + _record(279)

    def rij(nummer: int, weg: bool, *cellen: bytes) -> bytes:
        return _record(0, _u32(nummer, 0) + bytes([44, 1, 0, 0x10 if weg else 0, 0]) + _u32(0)) + b"".join(cellen)

    def tekst(kolom: int, waarde: str) -> bytes:
        return _record(6, _u32(kolom, 0) + _breed(waarde))

    blad = b"".join([
        _record(129), _record(148, _u32(0, 2, 0, 1)),
        _record(390), _record(60, _u32(1, 1, 2000, 0) + b"\1\0"), _record(391), _record(145),
        rij(0, False, tekst(0, "Ambitie"), tekst(1, "Budget")),
        rij(1, False, tekst(0, "Wonen"), _record(5, _u32(1, 1) + struct.pack("<d", 0.5))),
        rij(2, True, tekst(0, "Groen"), _record(3, _u32(1, 0) + b"\7")),
        _record(146), _record(177, _u32(1)), _record(176, _u32(1, 2, 0, 0)), _record(178), _record(130),
    ])  # fmt: skip
    rel = "http://schemas.openxmlformats.org"
    rels = (f'<Relationships xmlns="{rel}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{rel}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>")  # fmt: skip
    return zip_met({"xl/workbook.bin": boek, "xl/_rels/workbook.bin.rels": rels, "xl/styles.bin": stijlen,
                    "xl/worksheets/sheet1.bin": blad})  # fmt: skip
