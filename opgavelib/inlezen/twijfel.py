"""Cells that can be read but probably mean something else than their column says.

A factor 1000 in money is never guessed: such a cell is refused with a question. Where both readings
are harmless, how it was read is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median

from opgavelib.fouten import Ernst
from opgavelib.inlezen.getallen import Onleesbaar, is_leeg, lees_getal
from opgavelib.inlezen.tabel import Lezing

_HELE_EUROS = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d,-")
_DUIZENDTAL = re.compile(r"\d{1,3}(?:\.\d{3})+")
_GAT = 100
_VEEL = 10
# As a share a larger number can only be a percentage; 1.5 may be 1,5%, 15% or 150%.
_ZEKER_PROCENT = 10
_NAAM = {1_000: "duizenden", 1_000_000: "miljoenen"}
_KORT = 60


def verkeerde_schaal(bronnen: Sequence[object], factor: int) -> list[int]:
    """Places of amounts that are probably in whole euros, in a column of thousands or millions.

    A text such as ``€ 250.000,-`` says so itself. Of other amounts it shows from the rest: below
    them is a gap, and they are about the factor times what is under the gap.

    Parameters
    ----------
    bronnen : cells of the column from top to bottom
    factor : what the header says amounts must be multiplied by
    """
    verdacht, rest = [], []
    for plaats, bron in enumerate(bronnen):
        try:
            getal, _, eigen = (None, (), False) if is_leeg(bron) else lees_getal(bron, "bedrag")
        except Onleesbaar:
            continue
        if not getal or eigen:
            continue
        tekst = bron if isinstance(bron, str) else ""
        if re.search(r"€|\beur", tekst.lower()) and _HELE_EUROS.search(" ".join(tekst.split())):
            verdacht.append(plaats)
        else:
            rest.append((abs(getal), plaats, bool(_DUIZENDTAL.search(tekst))))
    rest.sort()
    # One small line says nothing about many others.
    eerste = 2 if len(rest) > _VEEL else 1
    gaten = [i for i in range(eerste, len(rest)) if rest[i][0] >= _GAT * rest[i - 1][0]]
    if gaten:
        midden = median(g for g, *_ in rest[: gaten[0]])
        verdacht += [p for g, p, punten in rest[gaten[0] :] if _scheelt(g / midden, factor, punten)]
    return sorted(verdacht)


def _scheelt(verhouding: Decimal, factor: int, punten: bool) -> bool:
    """Whether an amount is about the factor too large; 1.250 for 1,25 is a thousand, whatever the factor."""
    return any(d <= 2 * verhouding and verhouding <= 10 * d for d in {factor, 1_000 if punten else factor})


def meld_schaal(lezing: Lezing, kolom: int, ons: str, waarden: list, fouten: list) -> None:
    """Refuse the cells of `verkeerde_schaal`."""
    factor = lezing.eenheden.get(ons, 1)
    if factor not in _NAAM:
        return
    naam, bronnen = _NAAM[factor], [lezing.cel(rij, kolom) for rij in lezing.rijen]
    verdacht = verkeerde_schaal(bronnen, factor)
    if verdacht and not fouten and _totaal_klopt(lezing, kolom, bronnen, factor):
        if 2 * len(verdacht) < len(bronnen):
            for plaats in verdacht:
                lezing.vondst.noteer(
                    lezing.kop.koppen[kolom], lezing.rijen[plaats],
                    f"Het bedrag lijkt in hele euro's; het totaal telt het mee in {naam}, en zo is het gelezen.",
                    f"Controleer het bedrag: de kolom is in {naam}.",
                )  # fmt: skip
        return
    for plaats in verdacht:
        waarden[plaats] = None
        fouten.append(
            (
                lezing.rijen[plaats],
                f"{{waarde}} staat in een kolom in {naam} en lijkt in hele euro's.",
                f"Vul het bedrag in {naam} in, of haal de eenheid uit de kop en vul overal hele euro's in.",
                bronnen[plaats],
            )
        )


def _totaal_klopt(lezing: Lezing, kolom: int, bronnen: Sequence[object], factor: int) -> bool:
    """Whether the column adds up, as it is read, to the total that the file states: then it has one scale."""
    rij, blad = lezing.indeling.totaal, lezing.blad
    if rij is None or (rij, kolom) in blad.foutcellen | blad.zonder_waarde | blad.verouderd:
        return False
    totaal = blad.rijen.get(rij, {}).get(kolom)
    if is_leeg(totaal):
        return False
    try:
        som, genoemd = sum(_bedrag(b, factor) for b in bronnen), _bedrag(totaal, factor)
    except Onleesbaar:
        return False
    return abs(som - genoemd) <= Decimal(factor) / 2


def _bedrag(bron: object, factor: int) -> Decimal:
    getal, _, eigen = lees_getal(bron, "bedrag")
    return (getal or Decimal(0)) * (1 if eigen else factor)


def meld_aandelen(lezing: Lezing, kolom: int) -> None:
    """What can be read in two ways in a column of shares."""
    kale = _kale_getallen(lezing, kolom)
    kop = lezing.kop.koppen[kolom]
    if "%" in kop or "procent" in kop.lower():
        _meld_kop_in_procenten(lezing, kop, kale)
    else:
        _meld_los_percentage(lezing, kolom, kale)


def _kale_getallen(lezing: Lezing, kolom: int) -> dict[int, Decimal]:
    """Row -> number, of the cells of a column that have no % in their text or format."""
    kale = {}
    for rij in lezing.rijen:
        waarde = lezing.cel(rij, kolom)
        if is_leeg(waarde) or _met_procent(lezing, rij, kolom):
            continue
        try:
            kale[rij] = lees_getal(waarde)[0] or Decimal(0)
        except Onleesbaar:
            continue
    return kale


def _met_procent(lezing: Lezing, rij: int, kolom: int) -> bool:
    return "%" in str(lezing.cel(rij, kolom)) or "%" in lezing.blad.opmaak.get((rij, kolom), "")


def _meld_los_percentage(lezing: Lezing, kolom: int, kale: Mapping[int, Decimal]) -> None:
    """Refuse a number such as 1,5 unless the rest of the column is in percent; say how another was read."""
    boven = {rij: g for rij, g in kale.items() if 1 < g <= 100}
    delen = sum(0 < g < 1 for g in kale.values())
    if not boven or len(boven) > max(1, delen):
        return
    tekens = any(_met_procent(lezing, rij, kolom) for rij in lezing.rijen)
    kop = lezing.kop.koppen[kolom]
    for rij, getal in boven.items():
        if getal < _ZEKER_PROCENT and not tekens:
            getoond = f"{getal:f}".replace(".", ",")
            lezing.vondst.fout_in_rij(
                "aandeel", kop, rij,
                f"'{getoond}' kan {getoond}% zijn, of een deel van 1 dat te groot is.",
                f"Schrijf {getoond}% als het een percentage is; anders een getal van 0 tot en met 1.",
            )  # fmt: skip
        elif not delen:
            lezing.vondst.noteer(
                kop, rij, "Het getal heeft geen %-teken en is gelezen als percentage.",
                "Controleer de waarde; zet overal een %-teken.",
            )  # fmt: skip


def _meld_kop_in_procenten(lezing: Lezing, kop: str, kale: Mapping[int, Decimal]) -> None:
    """Under "Opgave %" a bare 1 may be one percent; it is read as all of it."""
    if any(kale.values()) and max(kale.values()) <= 1:
        lezing.vondst.meld(
            Ernst.LET_OP,
            "De kop noemt procenten, maar alle waarden zijn hoogstens 1: gelezen als deel van 1 (1 is 100%).",
            "Zijn het procenten, zet dan een %-teken achter de waarden.",
            kolom=kop,
        )


def meld_rijen(lezing: Lezing) -> None:
    """Rows that end before they begin, and rows of one short text among full ones."""
    kolommen = lezing.kolommen
    einden = kolommen.get("eind_kwartaal", [])
    for rij, begin, eind in zip(lezing.rijen, kolommen.get("start_kwartaal", []), einden, strict=False):
        if begin is not None and eind is not None and eind < begin:
            lezing.vondst.noteer(
                lezing.kopnaam("eind_kwartaal"), rij, "Het einde ligt vóór het begin.", "Controleer begin en einde."
            )
    plek = lezing.kop.koppeling.naar.get("titel")
    if plek is None or len(lezing.kop.koppeling.kolommen) < 2:
        return
    rijen = {rij: [k for k, w in lezing.blad.rijen.get(rij, {}).items() if not is_leeg(w)] for rij in lezing.rijen}
    alleen = [rij for rij, k in rijen.items() if k == [plek] and len(str(lezing.cel(rij, plek))) <= _KORT]
    if 2 * len(alleen) > len(rijen):
        return
    for rij in alleen:
        lezing.vondst.noteer(
            lezing.kopnaam("titel"), rij,
            "De rij heeft alleen een korte tekst en lijkt een tussenkop; hij is wel als rij gelezen.",
            "Is het een tussenkop, voeg de cellen dan samen over de breedte van de tabel of verwijder de rij.",
        )  # fmt: skip
