"""Cells that can be read but probably mean something else than their column says.

A factor 1000 in money is never guessed: such a cell is refused with a question. Where both readings
are harmless, how it was read is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from opgavelib.fouten import Ernst
from opgavelib.inlezen.getallen import Onleesbaar, is_leeg, lees_getal
from opgavelib.inlezen.tabel import Lezing

_HELE_EUROS = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d,-")
_DUIZENDTAL = re.compile(r"\d{1,3}(?:\.\d{3})+")
_GAT = 100
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
    gaten = [i for i in range(1, len(rest)) if rest[i][0] >= _GAT * rest[i - 1][0]]
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
    for plaats in verkeerde_schaal(bronnen, factor):
        waarden[plaats] = None
        fouten.append(
            (
                lezing.rijen[plaats],
                f"{{waarde}} staat in een kolom in {naam} en lijkt in hele euro's.",
                f"Vul het bedrag in {naam} in, of haal de eenheid uit de kop en vul overal hele euro's in.",
                bronnen[plaats],
            )
        )


def meld_kop_in_procenten(lezing: Lezing, kolom: int) -> None:
    """Under "Opgave %" a bare 1 may be one percent; it is read as all of it."""
    kop = lezing.kop.koppen[kolom]
    if "%" not in kop and "procent" not in kop.lower():
        return
    kaal = []
    for rij in lezing.rijen:
        waarde = lezing.cel(rij, kolom)
        if is_leeg(waarde) or "%" in str(waarde) or "%" in lezing.blad.opmaak.get((rij, kolom), ""):
            continue
        try:
            kaal.append(lees_getal(waarde)[0] or 0)
        except Onleesbaar:
            continue
    if any(kaal) and max(kaal) <= 1:
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
