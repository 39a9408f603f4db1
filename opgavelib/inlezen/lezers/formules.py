"""Formulas of an .xlsx, straight from its xml: those never calculated, and sums that are not true.

openpyxl gives None for a formula without a stored value, as for an empty cell: the amount would
vanish silently. And a stored value may be of before somebody changed a cell: whether a sum still is
the sum of its cells can be checked.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from html import unescape

from opgavelib.inlezen.grenzen import Geweigerd
from opgavelib.inlezen.lezers.bouw import Bouwer
from opgavelib.inlezen.preflight import kolomnummer
from opgavelib.inlezen.werkblad import Cel

_FORMULECEL = re.compile(rb"<((?:\w+:)?)c\b([^>]*[^>/])?>((?:(?!</\1c>).)*?<(?:\w+:)?f[\s>/].*?)</\1c>", re.DOTALL)
_MET_WAARDE = re.compile(rb"<(?:\w+:)?v[^>/]*>[^<]|<(?:\w+:)?t[^>/]*>[^<]")
_TEKST = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*[^>/])?>([^<]{1,500})<")
_ADRES = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")
_SOM = re.compile(r"\+?SUM\(([A-Z0-9$:,]+)\)")
_OPTELLING = re.compile(r"\+?\$?[A-Z]{1,3}\$?\d+(?:[+-]\$?[A-Z]{1,3}\$?\d+)+")
_GEBIED = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")
# Cells looked at to check sums, per sheet; running totals of a long list could take hours.
_WERK = 1_000_000


@dataclass(frozen=True)
class Formules:
    """Formula cells of one sheet.

    Attributes
    ----------
    met_waarde : cell -> text of the formula, empty when another cell holds it
    fouten : formula cells whose stored value is an error
    """

    zonder_waarde: frozenset[Cel] = frozenset()
    met_waarde: dict[Cel, str] = field(default_factory=dict)
    fouten: frozenset[Cel] = frozenset()


def formules_van(zip_: zipfile.ZipFile) -> tuple[dict[str, Formules], dict[str, str], dict[str, str]]:
    """Formulas by the path of a sheet's xml, the name of the sheet of each path, and how Excel calculates.

    Raises
    ------
    Geweigerd : a formula without an address, so that nobody can say which cell it is
    """
    uit = {}
    for naam in zip_.namelist():
        if "worksheets/" in naam.lower() and naam.lower().endswith(".xml"):
            xml = zip_.read(naam)
            if b"<f" in xml or b":f" in xml:
                uit[naam] = _formules(xml)
    return (uit, *_werkboek(zip_)) if uit else ({}, {}, {})


def _formules(xml: bytes) -> Formules:
    leeg, vol, fout = set(), {}, set()
    for _, kenmerken, binnen in _FORMULECEL.findall(xml):
        adres = _ADRES.search(kenmerken)
        if adres is None:
            raise Geweigerd("Het bestand heeft formules zonder celadres.")
        cel = (int(adres[2]), kolomnummer(adres[1]))
        if b't="e"' in kenmerken:
            fout.add(cel)
        if _MET_WAARDE.search(binnen):
            tekst = _TEKST.search(binnen)
            vol[cel] = unescape(tekst[1].decode("utf-8", "replace")) if tekst else ""
        # t="str" with an empty value is a formula whose outcome is "": that is an empty cell.
        elif b't="str"' not in kenmerken:
            leeg.add(cel)
    return Formules(frozenset(leeg), vol, frozenset(fout))


def keur_sommen(formules: Formules, blad: Bouwer) -> set[Cel]:
    """Cells with a SUM or an addition of cells of the same sheet whose stored value is another one."""
    kapot, werk, uit = blad.foutcellen | formules.zonder_waarde, _WERK, set()
    for (rij, kolom), tekst in formules.met_waarde.items():
        staat = blad.rijen.get(rij, {}).get(kolom)
        if type(staat) not in (int, float) or not (delen := _delen(tekst)):
            continue
        som = 0.0
        for teken, r1, k1, r2, k2, los in delen:
            r2, k2 = min(r2, max(blad.rijen)), min(k2, blad.teller.grenzen.kolommen)
            werk -= max(0, r2 - r1 + 1) * max(0, k2 - k1 + 1)
            deel = _som(blad, kapot, (r1, k1, r2, k2), los) if werk > 0 else None
            if deel is None:
                break
            som += teken * deel
        else:
            if abs(som - staat) > 1e-6 + 1e-9 * abs(som):
                uit.add((rij, kolom))
    return uit


def _delen(tekst: str) -> list[tuple[int, int, int, int, int, bool]]:
    """(sign, r1, k1, r2, k2, whether a text counts against it) of every term; empty when not that simple."""
    tekst = tekst.replace(" ", "").upper()
    if m := _SOM.fullmatch(tekst):
        stukken, los = [(1, deel) for deel in m[1].replace("$", "").split(",")], False
    elif _OPTELLING.fullmatch(tekst):
        plat = tekst.replace("$", "").lstrip("+")
        stukken = [(-1 if t == "-" else 1, deel) for t, deel in re.findall(r"([+-]?)([A-Z]+\d+)", plat)]
        los = True
    else:
        return []
    uit = []
    for teken, deel in stukken:
        if not (m := _GEBIED.fullmatch(deel)):
            return []
        r1, k1 = int(m[2]), kolomnummer(m[1].encode())
        uit.append((teken, r1, k1, int(m[4] or r1), kolomnummer((m[3] or m[1]).encode()), los))
    return uit


def _som(blad: Bouwer, kapot: set[Cel], gebied: tuple[int, int, int, int], los: bool) -> float | None:
    r1, k1, r2, k2 = gebied
    som = 0.0
    for rij in range(r1, r2 + 1):
        cellen = blad.rijen.get(rij, {})
        for kolom in range(k1, k2 + 1):
            waarde = cellen.get(kolom)
            if (rij, kolom) in kapot or (waarde is not None and type(waarde) not in (int, float, str)):
                return None
            if isinstance(waarde, str):
                if los:
                    return None
            else:
                som += waarde or 0
    return som


def _werkboek(zip_: zipfile.ZipFile) -> tuple[dict[str, str], dict[str, str]]:
    """Path of a sheet's xml -> name of the sheet, by the relations of the workbook; attributes of calcPr."""
    from defusedxml.ElementTree import fromstring

    def relaties(pad: str) -> dict[str, tuple[str, str]]:
        map_, naam = posixpath.split(pad)
        boom = fromstring(zip_.read(posixpath.join(map_, "_rels", f"{naam}.rels")))
        return {
            r.get("Id"): (
                r.get("Type", ""),
                posixpath.normpath(posixpath.join("/", map_, r.get("Target")))[1:],
            )
            for r in boom
        }

    boek = next(doel for soort, doel in relaties("").values() if soort.endswith("/officeDocument"))
    doelen = relaties(boek)
    namen, rekenen = {}, {}
    for element in fromstring(zip_.read(boek)).iter():
        if element.tag.endswith("}sheet"):
            sleutel = next(v for k, v in element.attrib.items() if k.endswith("}id"))
            namen[doelen[sleutel][1]] = element.get("name")
        elif element.tag.endswith("}calcPr"):
            rekenen = dict(element.attrib)
    return namen, rekenen
