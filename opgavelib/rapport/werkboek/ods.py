"""Writes a workbook as .ods (OpenDocument 1.3), with the standard library.

The libraries that write OpenDocument make an object per cell: odfdo took 10 s for 2,000 rows of 15 columns, odfpy
is no longer kept, and odsexport is GPL-3.0 only. The format itself is open and small.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from opgavelib.rapport.werkboek import ods_stijl
from opgavelib.rapport.werkboek.model import Blad, Cel, Formule, Grens, Stijl, Vorm, Werkboek, bladnaam, letter
from opgavelib.rapport.werkboek.opmaak import hoogte, voorwaarden

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_SOORT = {
    Vorm.BEDRAG: 'office:value-type="currency" office:currency="EUR"',
    Vorm.CENTEN: 'office:value-type="currency" office:currency="EUR"',
    Vorm.AANDEEL: 'office:value-type="percentage"',
}
_GETAL = 'office:value-type="float"'
_VOOR = "of:="
_SPATIES = re.compile("^ +| {2,}| +$")
# In a formula: a text between quotes, a reference with or without its sheet, or a comma.
_DEEL = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?<![\w.])(?:(?P<blad>'(?:[^']|'')+'|[A-Za-z_]\w*)!)?(?P<van>\$?[A-Z]{1,3}\$?\d+)"
    r"(?::(?P<tot>\$?[A-Z]{1,3}\$?\d+))?(?![\w(.])"
    r"|,"
)


def schrijf(boek: Werkboek) -> bytes:
    """The workbook as the contents of an .ods file."""
    delen = {
        "content.xml": _inhoud(boek),
        "styles.xml": ods_stijl.stijlblad(boek),
        "settings.xml": ods_stijl.instellingen(boek.bladen),
        "meta.xml": _meta(boek),
    }
    lijst = "".join(
        f'<manifest:file-entry manifest:full-path="{naam}" manifest:media-type="text/xml"/>' for naam in delen
    )
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as z:
        # First and not compressed: that is how others recognise the file.
        z.writestr("mimetype", _MIME, zipfile.ZIP_STORED)
        for naam, xml in delen.items():
            z.writestr(naam, xml)
        z.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
            f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIME}"/>'
            f"{lijst}</manifest:manifest>",
        )
    return uit.getvalue()


def formule_odf(tekst: str) -> str:
    """A formula in OpenFormula: ``SUM(Blad!$A$1:$A$3,B2)`` as ``of:=SUM([$Blad.$A$1:.$A$3];[.B2])``."""
    return _VOOR + _DEEL.sub(_vertaal, tekst)


def _vertaal(deel: re.Match[str]) -> str:
    if deel[0] == ",":
        return ";"
    if deel[0].startswith('"'):
        return deel[0]
    blad = f"${deel['blad']}" if deel["blad"] else ""
    tot = f":.{deel['tot']}" if deel["tot"] else ""
    return f"[{blad}.{deel['van']}{tot}]"


class _Stijlen:
    """Names of the styles that were used, in order."""

    def __init__(self):
        self.namen: dict[Stijl, str] = {}
        self.hoogtes: dict[float | None, str] = {}

    def __getitem__(self, stijl: Stijl) -> str:
        return self.namen.setdefault(stijl, f"c{len(self.namen)}")

    def rij(self, punten: float | None) -> str:
        """Style of a row of this height."""
        return self.hoogtes.setdefault(punten, f"r{len(self.hoogtes)}")


def _inhoud(boek: Werkboek) -> str:
    stijlen, nummers = _Stijlen(), count()
    tabellen, grenzen, filters = [], [], []
    kolombreedtes: dict[str, str] = {}
    for nummer, blad in enumerate(boek.bladen):
        eigen = {g: f"g{next(nummers)}" for g in blad.grenzen}
        grenzen += [_grens(naam, g, blad.naam) for g, naam in eigen.items()]
        tabellen.append(_tabel(blad, stijlen, eigen, kolombreedtes))
        if blad.filter:
            eerste, laatste, kolom = blad.filter
            # The name that LibreOffice itself gives to the filter of a sheet.
            filters.append(
                f'<table:database-range table:name="__Anonymous_Sheet_DB__{nummer}" table:target-range-address='
                f'{quoteattr(_gebied(blad.naam, eerste, 0, laatste, kolom))} table:display-filter-buttons="true"/>'
            )
    namen = "".join(
        f'<table:named-range table:name="{naam}" table:base-cell-address='
        f"{quoteattr(_vast(plaats).partition(':')[0])} table:cell-range-address={quoteattr(_vast(plaats))}/>"
        for naam, plaats in boek.namen.items()
    )
    kolommen = "".join(
        f'<style:style style:name="{naam}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{cm}"/></style:style>'
        for cm, naam in kolombreedtes.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ods_stijl.NAAMRUIMTEN} '
        'office:version="1.3">'
        f"<office:automatic-styles>{ods_stijl.getalstijlen()}{kolommen}"
        f"{''.join(ods_stijl.rijstijl(naam, punten) for punten, naam in stijlen.hoogtes.items())}"
        f"{ods_stijl.BLADSTIJLEN}"
        f"{''.join(ods_stijl.celstijl(naam, s) for s, naam in stijlen.namen.items())}</office:automatic-styles>"
        '<office:body><office:spreadsheet><table:calculation-settings table:case-sensitive="false" '
        'table:automatic-find-labels="false" table:use-regular-expressions="false" table:use-wildcards="true"/>'
        f"{_om('table:content-validations', grenzen)}{''.join(tabellen)}"
        f"{_om('table:named-expressions', [namen])}{_om('table:database-ranges', filters)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _om(element: str, delen: list[str]) -> str:
    inhoud = "".join(delen)
    return f"<{element}>{inhoud}</{element}>" if inhoud else ""


def _tabel(blad: Blad, stijlen: _Stijlen, grenzen: dict[Grens, str], breedtes: dict[str, str]) -> str:
    kolommen = []
    for tekens in blad.breedtes:
        naam = breedtes.setdefault(ods_stijl.breedte(tekens), f"k{len(breedtes)}")
        kolommen.append(f'<table:table-column table:style-name="{naam}"/>')
    rijen = []
    for nummer, cellen in enumerate(blad.rijen):
        geldig = {g.kolom: naam for g, naam in grenzen.items() if g.eerste_rij <= nummer <= g.laatste_rij}
        xml = "".join([_cel(cel, stijlen, geldig.get(k)) for k, cel in enumerate(cellen)])
        stijl = stijlen.rij(hoogte(blad, nummer, cellen))
        rij = f'<table:table-row table:style-name="{stijl}">{xml or "<table:table-cell/>"}</table:table-row>'
        rijen.append(f"<table:table-header-rows>{rij}</table:table-header-rows>" if nummer == blad.kop else rij)
    afdruk = ""
    if blad.afdruk_tot is not None:
        afdruk = _gebied(blad.naam, 0, 0, max(0, blad.volgende - 1), blad.afdruk_tot - 1)
        afdruk = f" table:print-ranges={quoteattr(afdruk)}"
    return (
        f'<table:table table:name={quoteattr(blad.naam)} table:style-name="t{int(blad.een_pagina)}" '
        f'table:protected="true"{afdruk}>'
        '<loext:table-protection loext:select-protected-cells="true" loext:select-unprotected-cells="true"/>'
        f"{''.join(kolommen)}{''.join(rijen) or '<table:table-row><table:table-cell/></table:table-row>'}"
        f"{_om('calcext:conditional-formats', [_kleurregel(blad.naam, r) for r in blad.kleurregels])}</table:table>"
    )


def _cel(cel: Cel, stijlen: _Stijlen, grens: str | None) -> str:
    waarde, stijl = cel
    begin = f'<table:table-cell table:style-name="{stijlen[stijl]}"'
    if grens:
        begin += f' table:content-validation-name="{grens}"'
    if isinstance(waarde, Formule):
        begin += f" table:formula={quoteattr(formule_odf(waarde.tekst))}"
        waarde = "" if waarde.waarde is None else waarde.waarde
        if isinstance(waarde, str):
            begin += f' office:value-type="string" office:string-value={quoteattr(waarde)}'
            return f"{begin}>{_tekst(waarde)}</table:table-cell>"
    if waarde is None:
        return begin + "/>"
    if isinstance(waarde, str):
        return f'{begin} office:value-type="string">{_tekst(waarde)}</table:table-cell>'
    return f'{begin} {_SOORT.get(stijl.vorm, _GETAL)} office:value="{waarde!r}"/>'


def _tekst(waarde: str) -> str:
    """Paragraphs; of several spaces all but the first need an element of their own."""
    schoon = escape(waarde)
    if "\n" not in schoon and "  " not in schoon and schoon == schoon.strip(" "):
        return f"<text:p>{schoon}</text:p>"
    return "".join(f"<text:p>{_SPATIES.sub(_spatie, regel)}</text:p>" for regel in schoon.split("\n"))


def _spatie(gevonden: re.Match[str]) -> str:
    return f'<text:s text:c="{len(gevonden[0])}"/>'


def _grens(naam: str, grens: Grens, blad: str) -> str:
    if grens.keuzes:
        keuzes = ";".join(f'"{k}"' for k in grens.keuzes)
        eis = f"of:cell-content-is-in-list({keuzes})"
    else:
        eis = f"of:cell-content-is-decimal-number() and cell-content-is-between({grens.laagst!r},{grens.hoogst!r})"
    basis = f"{bladnaam(blad)}.{letter(grens.kolom)}{grens.eerste_rij + 1}"
    return (
        f'<table:content-validation table:name="{naam}" table:condition={quoteattr(eis)} '
        f'table:allow-empty-cell="true" table:display-list="unsorted" table:base-cell-address={quoteattr(basis)}>'
        '<table:error-message table:message-type="stop" table:title="Dit kan hier niet" table:display="true">'
        f"<text:p>{escape(grens.melding)}</text:p></table:error-message></table:content-validation>"
    )


def _kleurregel(blad: str, regel) -> str:
    eerste = f"{letter(regel.kolom)}{regel.eerste_rij + 1}"
    gebied = _gebied(blad, regel.eerste_rij, regel.kolom, regel.laatste_rij, regel.laatste_kolom)
    eisen = "".join(
        f'<calcext:condition calcext:apply-style-name="Teken{n}" calcext:value='
        + quoteattr(f"formula-is({formule_odf(eis).removeprefix(_VOOR)})")
        + f" calcext:base-cell-address={quoteattr(f'{bladnaam(blad)}.{eerste}')}/>"
        for eis, n, _, _ in voorwaarden(regel, eerste)
    )
    return (
        f"<calcext:conditional-format calcext:target-range-address={quoteattr(gebied)}>{eisen}"
        "</calcext:conditional-format>"
    )


def _gebied(blad: str, rij: int, kolom: int, tot_rij: int, tot_kolom: int) -> str:
    naam = bladnaam(blad)
    return f"{naam}.{letter(kolom)}{rij + 1}:{naam}.{letter(tot_kolom)}{tot_rij + 1}"


def _vast(plaats: str) -> str:
    """``Normen!$B$6:$B$9`` as ``$Normen.$B$6:.$B$9``."""
    return formule_odf(plaats).removeprefix(_VOOR).strip("[]")


def _meta(boek: Werkboek) -> str:
    moment = boek.gemaakt_op.replace(microsecond=0, tzinfo=None).isoformat()
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta {ods_stijl.NAAMRUIMTEN} office:version="1.3">'
        f"<office:meta><meta:generator>Opgavenwerkboek</meta:generator><dc:title>{escape(boek.titel)}</dc:title>"
        f"<meta:creation-date>{moment}</meta:creation-date></office:meta></office:document-meta>"
    )
