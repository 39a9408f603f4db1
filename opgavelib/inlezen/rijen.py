"""Which rows below the header are source rows, and which are totals, sub-headings or footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from opgavelib.inlezen.getallen import Onleesbaar, is_leeg, lees_getal
from opgavelib.inlezen.koppen import normaliseer
from opgavelib.inlezen.kopregel import Kop
from opgavelib.inlezen.waarden import lees_taakveld, vlak
from opgavelib.inlezen.werkblad import Werkblad

_TOTAAL = frozenset(
    [
        "totaal",
        "totalen",
        "som",
        "eindtotaal",
        "eind totaal",
        "totaal generaal",
        "generaal totaal",
        "algemeen totaal",
        "totaal lasten",
        "totaal baten",
        "totaal begroting",
        "totaal gemeente",
        "totaal aantal",
        "totaal fte",
        "totaal uren",
        "totaal formatie",
        "total",
        "totals",
    ]
)
_ALLEEN_TUSSEN = frozenset(["subtotaal", "sub totaal", "tussentotaal", "subtotalen", "tussentotalen"])
_TUSSENTOTAAL = re.compile(r"(?:sub ?totaal|tussentotaal|totaal|totalen)\b(?:\s+\S+){0,5}")
_TEKST = frozenset(["taakveld", "programma", "omschrijving", "team"])
_VERDACHT = re.compile(r"tota|\bsom\b", re.IGNORECASE)
_NOOT = re.compile(
    r"\s*(?:\*|\d\)|bron\b|noot\b|toelichting\b|let op\b|n\.?b\.?\s*:|opmerking\b|peildatum\b)", re.IGNORECASE
)


@dataclass(frozen=True)
class Indeling:
    """Rows below the header, each in exactly one group.

    Attributes
    ----------
    data : source rows
    totaal : the row in which the file states its own totals
    overig : (row, what it is) of what is no source row: sub-totals, sub-headings, footnotes
    """

    data: tuple[int, ...]
    totaal: int | None
    overig: tuple[tuple[int, str], ...]


def deel_in(blad: Werkblad, kop: Kop) -> Indeling:
    """Sort the rows below the header.

    Returns
    -------
    Indeling; empty rows are in none of its groups
    """
    gekoppeld = {*kop.koppeling.kolommen, *kop.koppeling.kwartalen, *kop.koppeling.criteria}
    met_formule = {rij for rij, kolom in blad.zonder_waarde if kolom in gekoppeld}
    formules: dict[int, set[int]] = {}
    for rij, kolom in blad.zonder_waarde:
        formules.setdefault(rij, set()).add(kolom)
    rijen = sorted(
        r for r in {*blad.rijen, *met_formule}
        if r > kop.rij and (r in met_formule or any(not is_leeg(w) for w in blad.rijen[r].values()))
    )  # fmt: skip
    kopnormen = {kolom: normaliseer(tekst) for kolom, tekst in koppen_zonder_letter(kop).items()}
    gemerkt = {
        rij: wat for rij in rijen if (wat := _soort_rij(blad, kop, rij, formules.get(rij, set()), kopnormen))
    }
    totaal = _eindtotaal(gemerkt, rijen)
    noten = _voetnoten(blad, kop, rijen, gemerkt)
    overig = {r: ("tussentotaal" if w == "totaal" else w) for r, w in gemerkt.items() if r != totaal} | noten
    data = tuple(r for r in rijen if r not in gemerkt and r not in noten)
    return Indeling(data, totaal, tuple(sorted(overig.items())))


def koppen_zonder_letter(kop: Kop) -> dict[int, str]:
    """Headers without the column letter that tells double ones apart."""
    return {kolom: re.sub(r" \(kolom [A-Z]+\)$", "", tekst) for kolom, tekst in kop.koppen.items()}


def _soort_rij(blad: Werkblad, kop: Kop, rij: int, formules: set[int], kopnormen: Mapping[int, str]) -> str:
    cellen = {k: w for k, w in blad.rijen.get(rij, {}).items() if not is_leeg(w)}
    # Nearly all rows leave here: more than one cell, no word of a total and no header repeated.
    eerste = [w for w in cellen.values() if isinstance(w, str)]
    if len(cellen) > 1 and not any(len(w) < 60 and _VERDACHT.search(w) for w in eerste):
        gelijk = [
            k
            for k, w in cellen.items()
            if isinstance(w, str) and len(w) < 60 and kopnormen.get(k) == normaliseer(w)
        ]
        return "herhaalde kop" if len(gelijk) >= 2 and len(gelijk) == len(cellen) else ""
    teksten = {k: w for k, w in cellen.items() if isinstance(w, str) and not _is_getal(w)}
    if wat := _soort_totaal(kop, cellen, teksten, formules):
        return wat
    zelfde = sum(kopnormen.get(k) == normaliseer(w) for k, w in teksten.items())
    if zelfde >= 2 and zelfde == len(cellen):
        return "herhaalde kop"
    if len(cellen) == 1 and len(teksten) == 1 and not formules:
        kolom, tekst = next(iter(teksten.items()))
        breed = blad.breedte_van.get((rij, kolom), 1)
        if breed >= max(3, len(kop.koppen) / 2):
            return "tussenkop"
        # A word alone under Lasten is a mistake in a row, not a heading.
        ons = kop.koppeling.kolommen.get(kolom, "omschrijving")
        if kop.koppeling.opzet.tabel == "begroting" and ons in _TEKST and not _is_taakveld(tekst):
            return "tussenkop"
    return ""


def _soort_totaal(kop: Kop, cellen: Mapping[int, object], teksten: Mapping[int, str], formules: set[int]) -> str:
    """``totaal``, ``subtotaal`` or empty; a sentence that starts with Totaal is an ordinary row."""
    if len(teksten) != 1:
        return ""
    kolom, tekst = next(iter(teksten.items()))
    plat = vlak(tekst)
    if plat in _TOTAAL:
        return "totaal"
    if plat in _ALLEEN_TUSSEN:
        return "tussentotaal"
    getallen = len(cellen) > 1 or bool(formules)
    ambities = kop.koppeling.opzet.tabel not in ("begroting", "inzet", "teams")
    leidend = ambities and kop.koppeling.kolommen.get(kolom) in ("titel", "omschrijving", None)
    # "Totaal fysiek domein" with a figure and nothing else; "Totaal verbod op vuurwerk" may be an ambitie.
    kort = len(plat.split()) <= 3
    if getallen and _TUSSENTOTAAL.fullmatch(plat) and (plat.startswith(("sub", "tussen")) or kort or not leidend):
        return "tussentotaal"
    return ""


def _eindtotaal(gemerkt: Mapping[int, str], rijen: list[int]) -> int | None:
    eind = [r for r, w in gemerkt.items() if w == "totaal"]
    if eind:
        return eind[-1]
    # "Totaal programmabegroting" at the very end is the file's total; after other sub-totals it may be one more.
    tussen = [r for r, w in gemerkt.items() if w == "tussentotaal"]
    return tussen[0] if len(tussen) == 1 and tussen[0] == rijen[-1] else None


def _voetnoten(blad: Werkblad, kop: Kop, rijen: list[int], gemerkt: Mapping[int, str]) -> dict[int, str]:
    """Single texts after the last full row, below a total or an empty row, that are no row of the table."""
    vol = [r for r in rijen if gemerkt.get(r, "tussenkop") != "tussenkop" or len(blad.rijen.get(r, {})) > 1]
    if not vol:
        return {}
    noten: dict[int, str] = {}
    vorige = vol[-1]
    onder_totaal = vorige in gemerkt
    for rij in (r for r in rijen if r > vol[-1]):
        cellen = blad.rijen.get(rij, {})
        if len(cellen) != 1 or not (onder_totaal or noten or rij > vorige + 1):
            break
        kolom, tekst = next(iter(cellen.items()))
        leidend = kop.koppeling.kolommen.get(kolom) in ("titel", "omschrijving")
        if not isinstance(tekst, str) or (leidend and not onder_totaal and not _NOOT.match(tekst)):
            break
        noten[rij] = "voetnoot"
    return noten


def _is_getal(tekst: str) -> bool:
    try:
        return lees_getal(tekst, "bedrag")[0] is not None
    except Onleesbaar:
        return False


def _is_taakveld(tekst: str) -> bool:
    try:
        return lees_taakveld(tekst)[0] is not None
    except Onleesbaar:
        return False
