""".csv as Dutch and English programs write it; every doubt about delimiter or characters is a finding."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from opgavelib.fouten import Ernst
from opgavelib.inlezen.grenzen import KLEINER, Geweigerd, Grenzen
from opgavelib.inlezen.lezers.bouw import Bouwer, Teller
from opgavelib.inlezen.werkblad import Melding, Werkboek

BLAD = "csv"
_SEP = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_TEKENS = {";": "puntkomma", ",": "komma", "\t": "tab"}
_MONSTER = 200
# Thirty times what a cell of Excel holds; a quote that is never closed makes longer ones.
_LANGSTE_CEL = 1 << 20
# Texts of policy are long; a cell of Excel holds 32,767 characters.
_LANGSTE_TEKST, _REGELS_IN_RIJ = 40_000, 500
# Empty lines and cells count here and not in the limits themselves.
_REGELS, _SCHEIDINGEN = 5, 4
# UTF-8 that somebody read as Windows-1252 and saved: "coördinatie" became "coÃ¶rdinatie".
_VERMINKT = re.compile("[ÃÂ][\u0080-\u00bf]|â€|\ufffd")


def lees(inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """One sheet; rows are records, as Excel numbers them.

    Raises
    ------
    Geweigerd : no text, or too much of it
    """
    tekst, meldingen = decodeer(inhoud)
    if "\0" in tekst:
        raise Geweigerd("Het bestand bevat tekens die geen tekst zijn.", "Sla de tabel op als .csv of .xlsx.")
    vast = _SEP.match(tekst)
    if vast:
        tekst = tekst[vast.end() :]
    teken, twijfel = (vast[1], []) if vast else _scheiding(tekst)
    blad = Bouwer(BLAD, Teller(grenzen))
    breedtes: dict[int, int] = {}
    vorige = 0
    _keur_lengte(tekst, grenzen)
    lezer = _records(tekst, teken)
    try:
        for rij, velden in enumerate(lezer, 1):
            # Only a text between quotes holds line breaks; people do not type so many in one cell.
            if lezer.line_num - vorige > _REGELS_IN_RIJ or max(map(len, velden), default=0) > _LANGSTE_TEKST:
                raise _open_aanhaling(vorige + 1)
            vorige = lezer.line_num
            for kolom, waarde in enumerate(velden, 1):
                blad.zet(rij, kolom, waarde)
            if rij in blad.rijen:
                breedtes[rij] = len(velden)
    except csv.Error as fout:
        raise _open_aanhaling(vorige + 1) from fout
    return Werkboek((blad.klaar(),), (*meldingen, *twijfel, *_keur_breedte(blad, breedtes, teken)))


def decodeer(inhoud: bytes) -> tuple[str, list[Melding]]:
    """Text of a file that does not say how its characters are written, and the doubt about it."""
    for bom, naam in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if inhoud.startswith(bom):
            tekst = inhoud[len(bom) :].decode(naam, "replace")
            break
    else:
        try:
            tekst = inhoud.decode("utf-8")
        except UnicodeDecodeError:
            tekst = inhoud.decode("cp1252", "replace")
            if not _VERMINKT.search(tekst):
                return tekst, [
                    Melding(Ernst.INFO, "Tekens zijn gelezen als Windows-1252.", "Controleer letters als é en ë.")
                ]
    if raak := _VERMINKT.search(tekst):
        rij = tekst.count("\n", 0, raak.start()) + 1
        return tekst, [
            Melding(
                Ernst.LET_OP,
                f"Sommige tekens lijken verminkt, het eerst rond regel {rij}.",
                "Sla de tabel opnieuw op als 'CSV UTF-8' en controleer letters als é en ë.",
            )
        ]
    return tekst, []


def _records(tekst: str, teken: str):
    csv.field_size_limit(_LANGSTE_CEL)
    # Strict: a quote that is never closed, or closed in the middle of a text, swallows what comes after it.
    return csv.reader(io.StringIO(tekst, newline=""), delimiter=teken, strict=True)


def _open_aanhaling(regel: int) -> Geweigerd:
    return Geweigerd(
        f"De tekst kan niet in cellen worden verdeeld: op regel {regel} begint een aanhalingsteken dat niet goed "
        "wordt gesloten.",
        "Haal dat aanhalingsteken weg, of sla de tabel in Excel op als .xlsx.",
    )


def _keur_lengte(tekst: str, grenzen: Grenzen) -> None:
    """Refuse lines and cells beyond counting before they are parsed; also empty ones take time."""
    if tekst.count("\n") > _REGELS * grenzen.rijen:
        raise Geweigerd(f"Het bestand heeft meer dan {_REGELS * grenzen.rijen} regels.", KLEINER)
    if max(map(tekst.count, _TEKENS)) > _SCHEIDINGEN * grenzen.cellen:
        raise Geweigerd(f"Het bestand heeft meer dan {_SCHEIDINGEN * grenzen.cellen} cellen.", KLEINER)


def _scheiding(tekst: str) -> tuple[str, list[Melding]]:
    """The delimiter that gives most records the same number of cells, and the doubt about it."""
    punten = {}
    for teken in _TEKENS:
        breedtes = Counter()
        try:
            # The first lines are enough, and a whole file parsed three times is slow.
            lezer = csv.reader(io.StringIO(tekst[:200_000], newline=""), delimiter=teken)
            for velden in islice(lezer, _MONSTER):
                if any(v.strip() for v in velden):
                    breedtes[len(velden)] += 1
        except csv.Error:
            continue
        gelijk = {b: n for b, n in breedtes.items() if b > 1}
        if gelijk:
            breed = max(gelijk, key=lambda b: (gelijk[b], b))
            # Commas also stand in texts and amounts: a delimiter is in nearly every record.
            punten[teken] = gelijk[breed] / breedtes.total() * (1 + 0.02 * min(breed, 20))
    if not punten:
        return ";", []
    beste = max(punten, key=punten.__getitem__)
    anders = [t for t, p in punten.items() if t != beste and p > 0.85 * punten[beste]]
    if not anders:
        return beste, []
    namen = " en ".join(_TEKENS[t] for t in anders)
    return beste, [Melding(Ernst.LET_OP, f"Gelezen met {_TEKENS[beste]} tussen de cellen; {namen} kan ook.",
                           f"Staan de kolommen verkeerd, zet dan op de eerste regel: sep={anders[0]}")]  # fmt: skip


def _keur_breedte(blad: Bouwer, breedtes: dict[int, int], teken: str) -> list[Melding]:
    """A record with more cells than the others is shifted somewhere: nobody can say where."""
    if not breedtes:
        return []
    gewoon = Counter(breedtes.values()).most_common(1)[0][0]
    naam = _TEKENS.get(teken, f"'{teken}'")
    for rij in breedtes:
        if max(blad.rijen[rij]) > gewoon > 1:
            blad.rijfouten[rij] = (
                f"De rij heeft {max(blad.rijen[rij])} cellen, de andere rijen {gewoon}; waarschijnlijk staat er "
                f"een {naam} in een tekst.",
                'Zet de tekst tussen dubbele aanhalingstekens ("…"), of sla de tabel op als .xlsx.',
            )
    # A title above the table is short as well; what comes after a full record is not.
    eerste = next(r for r, b in breedtes.items() if b >= gewoon)
    kort = [r for r, b in breedtes.items() if b < gewoon and r > eerste]
    if not kort:
        return []
    waar = ", ".join(map(str, kort[:5])) + (f" en nog {len(kort) - 5}" if len(kort) > 5 else "")
    return [Melding(Ernst.LET_OP, f"{len(kort)} rijen hebben minder cellen dan de kop (rij {waar}).",
                    "Controleer of een tekst over twee regels is gebroken.", BLAD)]  # fmt: skip
