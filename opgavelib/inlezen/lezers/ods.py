""".ods, straight from its content.xml (OpenDocument 1.3 part 3): libraries hide errors, percentages and rows."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO

from defusedxml.ElementTree import iterparse

from opgavelib.inlezen.grenzen import Geweigerd, Grenzen
from opgavelib.inlezen.lezers.bouw import Bouwer, Teller, heel
from opgavelib.inlezen.werkblad import FOUTWAARDEN, Werkboek

_NS = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
T, OF, X, S = (_NS.format(n) for n in ("table", "office", "text", "style"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ONZICHTBAAR = ("collapse", "filter")
_ACHTER = re.compile(r"[,.](\d+)\D*$")
_ACHTERAF = frozenset([f"{OF}annotation", f"{X}ruby-text", f"{X}note"])


def lees(inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """All sheets, in their order.

    Raises
    ------
    Geweigerd : too much in it, or no OpenDocument spreadsheet
    """
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as zip_:
            verborgen = _verborgen_stijlen(zip_)
            with zip_.open("content.xml") as stroom:
                bladen = _lees_bladen(stroom, verborgen, Teller(grenzen))
    except (Geweigerd, MemoryError):
        raise
    # A malformed file: ParseError, DefusedXmlException, KeyError, ValueError, ...
    except Exception as fout:
        raise Geweigerd("Het bestand kan niet worden gelezen; het is beschadigd of ongewoon opgebouwd.",
                        "Open het bestand en sla het opnieuw op.") from fout  # fmt: skip
    return Werkboek(tuple(b.klaar() for b in bladen))


def _verborgen_stijlen(zip_: zipfile.ZipFile) -> set[str]:
    """Names of table styles that hide a sheet."""
    uit = set()
    for deel in ("styles.xml", "content.xml"):
        if deel not in zip_.namelist():
            continue
        with zip_.open(deel) as stroom:
            for _, element in iterparse(stroom, forbid_dtd=True):
                if element.tag == f"{S}style" and element.get(f"{S}family") == "table":
                    kenmerk = element.find(f"{S}table-properties")
                    if kenmerk is not None and kenmerk.get(f"{T}display") == "false":
                        uit.add(element.get(f"{S}name"))
                elif element.tag == f"{OF}automatic-styles":
                    break
    return uit


def _lees_bladen(stroom, verborgen: set[str], teller: Teller) -> list[Bouwer]:
    bladen: list[Bouwer] = []
    diepte = rij = kolom = 0
    for gebeurtenis, e in iterparse(stroom, events=("start", "end"), forbid_dtd=True):
        if gebeurtenis == "start":
            if e.tag == f"{T}table":
                diepte += 1
                if diepte == 1:
                    bladen.append(
                        Bouwer(e.get(f"{T}name", f"Blad {len(bladen) + 1}"), teller,
                               verborgen=e.get(f"{T}style-name") in verborgen)
                    )  # fmt: skip
                    rij = kolom = 0
        elif e.tag == f"{T}table":
            diepte -= 1
            e.clear()
        elif diepte == 1 and e.tag == f"{T}table-column":
            n = _aantal(e, "columns-repeated")
            if e.get(f"{T}visibility") in _ONZICHTBAAR:
                bladen[-1].verberg(kolommen=range(kolom + 1, min(kolom + n, 1 << 14) + 1))
            kolom += n
        elif diepte == 1 and e.tag == f"{T}table-row":
            rij += _lees_rij(e, bladen[-1], rij)
            e.clear()
    return bladen


def _aantal(element, naam: str) -> int:
    n = int(element.get(f"{T}number-{naam}", "1"))
    if n < 1:
        raise ValueError(naam)
    return n


def _lees_rij(element, blad: Bouwer, voor: int) -> int:
    """Read one row element that follows `voor` rows; how many rows it stands for."""
    keer, kolom = _aantal(element, "rows-repeated"), 0
    cellen = []
    for e in element:
        if e.tag in (f"{T}table-cell", f"{T}covered-table-cell"):
            n = _aantal(e, "columns-repeated")
            # What lies under a merged area is hidden: only its first cell counts.
            if e.tag == f"{T}table-cell" and (_gevuld(e) or f"{T}number-columns-spanned" in e.attrib):
                cellen.append((kolom + 1, n, e))
            kolom += n
    vol = [c for c in cellen if _gevuld(c[2])]
    # Half a million copies of one filled cell cost one line of xml: counted before they are made.
    if vol:
        blad.teller.plaats(voor + keer, max(k + n - 1 for k, n, _ in vol))
        blad.teller.ruimte(keer * sum(n for _, n, _ in vol))
    if element.get(f"{T}visibility") in _ONZICHTBAAR:
        blad.verberg(rijen=range(voor + 1, min(voor + keer, 1 << 20) + 1))
    for eerste, n, e in cellen:
        breed, hoog = _aantal(e, "columns-spanned"), _aantal(e, "rows-spanned")
        for rij in range(voor + 1, voor + (keer if _gevuld(e) else 1) + 1):
            for kol in range(eerste, eerste + (n if _gevuld(e) else 1)):
                blad.voeg_samen(rij, kol, rij + hoog - 1, kol + breed - 1)
                _zet(blad, rij, kol, e)
    return keer


def _gevuld(e) -> bool:
    return f"{OF}value-type" in e.attrib or f"{T}formula" in e.attrib or e.find(f"{X}p") is not None


def _zet(blad: Bouwer, rij: int, kolom: int, e) -> None:
    tekst = "\n".join(_tekst(p) for p in e.findall(f"{X}p"))
    soort, formule = e.get(f"{OF}value-type", ""), f"{T}formula" in e.attrib
    kapot = e.get(f"{_CALC}value-type") == "error" or (
        formule and (tekst.strip().upper() in FOUTWAARDEN or tekst.startswith(("Err:", "Fout:")))
    )
    if kapot:
        blad.fout(rij, kolom, tekst)
    elif soort in ("float", "percentage", "currency") and f"{OF}value" in e.attrib:
        achter = m[1] if (m := _ACHTER.search(tekst)) else ""
        vorm = "0." + "0" * len(achter) if achter else "0"
        getal = heel(float(e.get(f"{OF}value")))
        kaal = soort == "float" and not achter
        blad.zet(rij, kolom, getal, "" if kaal else vorm + ("%" if soort == "percentage" else ""))
    elif soort == "boolean":
        blad.zet(rij, kolom, e.get(f"{OF}boolean-value") == "true")
    elif soort == "date":
        blad.zet(rij, kolom, _datum(e.get(f"{OF}date-value", "")) or tekst)
    elif formule and not soort and not tekst:
        blad.zonder_waarde.add((rij, kolom))
    else:
        blad.zet(rij, kolom, e.get(f"{OF}string-value") or tekst)


def _datum(tekst: str) -> datetime | None:
    try:
        return datetime.fromisoformat(tekst).replace(tzinfo=None)
    except ValueError:
        return None


def _tekst(p) -> str:
    """Text of a paragraph: spaces and breaks as typed, without comments and phonetic guides."""
    delen = [p.text or ""]
    for kind in p:
        if kind.tag == f"{X}s":
            # A count is a number that somebody else wrote.
            delen.append(" " * min(int(kind.get(f"{X}c", "1")), 1000))
        elif kind.tag == f"{X}tab":
            delen.append("\t")
        elif kind.tag == f"{X}line-break":
            delen.append("\n")
        elif kind.tag not in _ACHTERAF:
            delen.append(_tekst(kind))
        delen.append(kind.tail or "")
    return "".join(delen)
