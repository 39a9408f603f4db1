"""Styles, page set-up and settings of an .ods file, as XML."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from opgavelib.rapport.werkboek.model import Blad, Stijl, Vorm, Werkboek
from opgavelib.rapport.werkboek.opmaak import GROOTTE, LETTER, TEKENS, TEKST, Opmaak, opmaak

NAAMRUIMTEN = " ".join(
    f'xmlns:{kort}="{lang}"'
    for kort, lang in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
        "ooo": "http://openoffice.org/2004/office",  # in the value of an attribute: ooo:view-settings
        "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)
# A column of n characters of 11 points is 7n + 5 pixels wide, at 96 to the inch.
_CM_PER_TEKEN, _CM_RAND = 7 * 2.54 / 96, 5 * 2.54 / 96
_NL = 'number:language="nl" number:country="NL"'


def _euro(decimalen: int) -> str:
    bedrag = (
        '<number:currency-symbol number:language="nl" number:country="NL">€</number:currency-symbol>'
        f'<number:text> </number:text><number:number number:decimal-places="{decimalen}" '
        'number:min-integer-digits="1" number:grouping="true"/>'
    )
    return (
        f'<number:currency-style style:name="{{n}}P0" style:volatile="true" {_NL}>{bedrag}</number:currency-style>'
        f'<number:currency-style style:name="{{n}}" {_NL}><number:text>-</number:text>{bedrag}'
        '<style:map style:condition="value()&gt;=0" style:apply-style-name="{n}P0"/></number:currency-style>'
    )


_GETALLEN = {
    Vorm.TEKST: '<number:text-style style:name="{n}"><number:text-content/></number:text-style>',
    Vorm.BEDRAG: _euro(0),
    Vorm.CENTEN: _euro(2),
    Vorm.UREN: (
        f'<number:number-style style:name="{{n}}" {_NL}><number:number number:decimal-places="0" '
        'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    ),
    Vorm.SALDO: (
        f'<number:number-style style:name="{{n}}P0" style:volatile="true" {_NL}><number:number '
        'number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        f'<number:number-style style:name="{{n}}" {_NL}><number:text>■ -'
        '</number:text><number:number number:decimal-places="0" number:min-integer-digits="1" '
        'number:grouping="true"/><style:map style:condition="value()&gt;=0" style:apply-style-name="{n}P0"/>'
        "</number:number-style>"
    ),
    Vorm.FTE: (
        f'<number:number-style style:name="{{n}}" {_NL}><number:number number:decimal-places="2" '
        'number:min-decimal-places="1" loext:min-decimal-places="1" number:min-integer-digits="1" '
        'number:grouping="true"/></number:number-style>'
    ),
    Vorm.AANDEEL: (
        f'<number:percentage-style style:name="{{n}}" {_NL}><number:number number:decimal-places="1" '
        'number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
    ),
    Vorm.GETAL: (
        f'<number:number-style style:name="{{n}}" {_NL}><number:number number:min-integer-digits="1"/>'
        "</number:number-style>"
    ),
    Vorm.GEHEEL: (
        f'<number:number-style style:name="{{n}}" {_NL}><number:number number:decimal-places="0" '
        'number:min-integer-digits="1"/></number:number-style>'
    ),
}


def getalstijlen() -> str:
    """One number style per vorm, named after it."""
    return "".join(xml.replace("{n}", f"N{vorm}") for vorm, xml in _GETALLEN.items())


def celstijl(naam: str, stijl: Stijl) -> str:
    """The style of a cell."""
    o = opmaak(stijl)
    return (
        f'<style:style style:name="{naam}" style:family="table-cell" style:parent-style-name="Default" '
        f'style:data-style-name="N{o.vorm}">{_eigenschappen(o)}</style:style>'
    )


def _eigenschappen(o: Opmaak) -> str:
    cel = [f'style:cell-protect="{"none" if o.open else "protected"}"']
    cel.append(f'style:vertical-align="{"middle" if o.midden else "top"}"')
    cel.append(f'fo:wrap-option="{"wrap" if o.terugloop else "no-wrap"}"')
    cel.append('style:text-align-source="fix"')
    if o.vlak:
        cel.append(f'fo:background-color="{o.vlak}"')
    if o.rondom:
        cel.append(f'fo:border="0.5pt dashed {o.lijn}"')
    elif o.boven:
        cel.append(f'fo:border-top="0.75pt solid {o.lijn}"')
    elif o.lijn:
        cel.append(f'fo:border-bottom="0.5pt solid {o.lijn}"')
    cel.append(
        'fo:padding-left="0.15cm" fo:padding-right="0.15cm" fo:padding-top="0.03cm" fo:padding-bottom="0.03cm"'
    )
    vet = ' fo:font-weight="bold"' if o.vet else ""
    return (
        f"<style:table-cell-properties {' '.join(cel)}/>"
        f'<style:paragraph-properties fo:text-align="{"end" if o.rechts else "start"}"/>'
        f'<style:text-properties fo:color="{o.kleur}" fo:font-size="{o.grootte}pt"{vet}/>'
    )


# Of a sheet that is one page wide, and of one that is one page.
BLADSTIJLEN = "".join(
    f'<style:style style:name="t{n}" style:family="table" style:master-page-name="{pagina}">'
    '<style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>'
    for n, pagina in enumerate(("A4", "A4een"))
)


def rijstijl(naam: str, punten: float | None) -> str:
    """The style of a row; without a height it fits its contents."""
    vast = f'style:row-height="{punten}pt" ' if punten is not None else ""
    return (
        f'<style:style style:name="{naam}" style:family="table-row"><style:table-row-properties {vast}'
        f'style:use-optimal-row-height="{"true" if punten is None else "false"}"/></style:style>'
    )


def breedte(tekens: float) -> str:
    """Width of a column in centimetres."""
    return f"{tekens * _CM_PER_TEKEN + _CM_RAND:.3f}cm"


def stijlblad(boek: Werkboek) -> str:
    """``styles.xml``: the default, the signs, the page with its foot."""
    tekens = "".join(
        f'<style:style style:name="Teken{n}" style:family="table-cell" style:parent-style-name="Default">'
        f'<style:table-cell-properties fo:background-color="{vlak}"/>'
        f'<style:text-properties fo:color="{kleur}" fo:font-weight="bold"/></style:style>'
        for n, (_, kleur, vlak) in enumerate(TEKENS.values())
    )
    deel = '<style:region-{0}><text:p><text:span text:style-name="Voet">{1}</text:span></text:p></style:region-{0}>'
    voet = (
        deel.format("left", escape(boek.voet))
        + deel.format("center", "<text:sheet-name>???</text:sheet-name>")
        + deel.format(
            "right", "blad <text:page-number>1</text:page-number> van <text:page-count>1</text:page-count>"
        )
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {NAAMRUIMTEN} office:version="1.3">'
        f'<office:font-face-decls><style:font-face style:name="{LETTER}" svg:font-family="{LETTER}" '
        'style:font-family-generic="swiss"/></office:font-face-decls>'
        '<office:styles><style:default-style style:family="table-cell"><style:text-properties '
        f'style:font-name="{LETTER}" fo:font-size="{GROOTTE}pt" fo:color="{TEKST}" fo:language="nl" '
        'fo:country="NL"/></style:default-style><style:style style:name="Default" style:family="table-cell"/>'
        f'{tekens}<style:style style:name="Voet" style:family="text"><style:text-properties fo:font-size="9pt"/>'
        "</style:style></office:styles><office:automatic-styles>"
        f"{_pagina('A4', 0)}{_pagina('A4een', 1)}</office:automatic-styles><office:master-styles>"
        f"{_meester('A4', voet)}{_meester('A4een', voet)}</office:master-styles></office:document-styles>"
    )


def _pagina(naam: str, hoog: int) -> str:
    """A4, one page wide; `hoog` pages high, 0 is as many as it takes."""
    return (
        f'<style:page-layout style:name="{naam}"><style:page-layout-properties fo:page-width="29.7cm" '
        'fo:page-height="21cm" style:print-orientation="landscape" fo:margin-top="1.3cm" fo:margin-bottom="1cm" '
        f'fo:margin-left="1cm" fo:margin-right="1cm" style:scale-to-X="1" style:scale-to-Y="{hoog}" '
        f'loext:scale-to-X="1" loext:scale-to-Y="{hoog}" style:print-page-order="ttb" '
        'style:first-page-number="continue"/>'
        '<style:header-style/><style:footer-style><style:header-footer-properties fo:min-height="0.7cm" '
        'fo:margin-top="0.25cm"/></style:footer-style></style:page-layout>'
    )


def _meester(naam: str, voet: str) -> str:
    return (
        f'<style:master-page style:name="{naam}" style:page-layout-name="{naam}"><style:header '
        f'style:display="false"><text:p/></style:header><style:footer>{voet}</style:footer></style:master-page>'
    )


def instellingen(bladen: Iterable[Blad]) -> str:
    """``settings.xml``: the rows and columns that stay in sight."""
    bladen = list(bladen)
    delen = []
    for blad in bladen:
        rij, kolom = (0 if blad.kop is None else blad.kop + 1), blad.vaste_kolommen
        waarden = {
            "CursorPositionX": ("int", 0), "CursorPositionY": ("int", rij),
            "HorizontalSplitMode": ("short", 2 if kolom else 0), "VerticalSplitMode": ("short", 2 if rij else 0),
            "HorizontalSplitPosition": ("int", kolom), "VerticalSplitPosition": ("int", rij),
            "ActiveSplitRange": ("short", (3 if kolom else 2) if rij else 0),
            "PositionLeft": ("int", 0), "PositionRight": ("int", kolom),
            "PositionTop": ("int", 0), "PositionBottom": ("int", rij),
            "ZoomType": ("short", 0), "ZoomValue": ("int", 100), "PageViewZoomValue": ("int", 60),
            "ShowGrid": ("boolean", "false"),
        }  # fmt: skip
        delen.append(
            f"<config:config-item-map-entry config:name={quoteattr(blad.naam)}>"
            + "".join(_item(naam, soort, waarde) for naam, (soort, waarde) in waarden.items())
            + "</config:config-item-map-entry>"
        )
    actief = bladen[0].naam if bladen else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-settings {NAAMRUIMTEN} office:version="1.3">'
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'{_item("ViewId", "string", "view1")}<config:config-item-map-named config:name="Tables">{"".join(delen)}'
        f"</config:config-item-map-named>{_item('ActiveTable', 'string', escape(actief))}"
        f"{_item('ShowGrid', 'boolean', 'false')}</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _item(naam: str, soort: str, waarde: object) -> str:
    return f'<config:config-item config:name="{naam}" config:type="{soort}">{waarde}</config:config-item>'
