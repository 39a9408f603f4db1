"""Finding the header row: by what the dictionary knows and by the shape of what is below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from opgavelib.inlezen.getallen import is_leeg
from opgavelib.inlezen.klok import tik
from opgavelib.inlezen.kolommen import Koppeling, Opzet, koppel, raad_bij, woordenlijst
from opgavelib.inlezen.koppen import kwartaal_in, normaliseer
from opgavelib.inlezen.waarden import lees_tekst
from opgavelib.inlezen.werkblad import Werkblad

ZOEK_TOT = 30
LANGSTE_KOP = 100
STEEKPROEF = 40
# Short, with a digit and no space; a running number is a number in Excel and no code of anything.
_CODE = re.compile(r"(?=\S*\d)\S{1,12}")
_SLEUTEL = re.compile(r"[A-Z][A-Z0-9]{0,3}-\d{2,}")
_RANGTEKST = re.compile(r"\s*#?\d+\s*(?:e|ste|de|\.|\))?\s*")


@dataclass(frozen=True)
class Kop:
    """A header row that was found.

    Attributes
    ----------
    rij : Excel row
    koppen : Excel column -> header as written, double ones made different by their column letter
    """

    rij: int
    koppen: Mapping[int, str]
    koppeling: Koppeling


def kolomletter(nummer: int) -> str:
    """1 is ``A``, 28 is ``AB``."""
    letters = ""
    while nummer:
        nummer, rest = divmod(nummer - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def vind_kop(
    blad: Werkblad,
    opzetten: Iterable[Opzet],
    *,
    eigen: Mapping[str, str],
    criteria: Mapping[str, str],
    naam_hint: str,
    gok_titel: bool,
    gevraagd: bool = False,
    rij: int | None = None,
) -> Kop | None:
    """The best header row of a sheet, or None when no table is recognised.

    Parameters
    ----------
    opzetten : kinds of sheet to consider, in order of preference
    eigen : normalised own header -> our column
    gok_titel : whether a table without any header for the text may use its longest text column
    gevraagd : whether the user said what kind of source it is
    rij : Excel row that a person says is the header
    """
    opzetten = tuple(opzetten)
    kandidaten = _kandidaten(blad, opzetten, {*eigen, *criteria}, gok_titel)
    if rij is not None:
        kandidaten = {rij: koppen_van(blad, rij)} if rij in blad.rijen else {}
    for met_typefouten in (False, True):
        beste: Kop | None = None
        for rij, koppen in kandidaten.items():
            tik()
            onder = _onder(blad, rij)
            getallen = frozenset(k for k in koppen if _is_getalkolom(onder, k))
            for opzet in opzetten:
                k = koppel(
                    koppen, opzet, eigen=eigen, criteria=criteria, naam_hint=naam_hint, getalkolommen=getallen
                )
                if met_typefouten:
                    k = raad_bij(k, koppen, eigen)
                k = _liever_code(_met_titel(k, koppen, onder, gok_titel), onder, eigen)
                if not k.compleet or not (gevraagd or _streng_genoeg(k, onder, naam_hint)):
                    continue
                if not _vorm_klopt(k, koppen, onder):
                    continue
                # A row of data that happens to hold the word Team is no header: numbers count against it.
                score = k.score - sum(not isinstance(w, str) for w in blad.rijen[rij].values())
                if beste is None or score > beste.koppeling.score + 1e-9:
                    beste = Kop(rij, koppen, replace(k, score=score))
        if beste is not None:
            return (
                beste
                if met_typefouten
                else replace(beste, koppeling=raad_bij(beste.koppeling, beste.koppen, eigen))
            )
    return None


def _streng_genoeg(k: Koppeling, onder: list[Mapping[int, object]], naam_hint: str) -> bool:
    """Whether a kind that nobody asked for is certain enough.

    A list with an Id and a Naam may be anything: it needs a column, or a name, of its own kind. A
    numbered list of afspraken with a wethouder beside it is no top-5.
    """
    hint = any(f" {h} " in f" {naam_hint} " for h in k.opzet.hints)
    if k.opzet.tabel in ("opgaven", "activiteiten"):
        return len(k.kolommen) >= 2 and (hint or bool(set(k.kolommen.values()) & set(k.opzet.eigen)))
    if k.opzet.tabel == "top5" and not hint:
        if not {"collegelid", "rang"} <= k.naar.keys():
            return False
        rangen = [str(r[k.naar["rang"]]).strip() for r in onder if k.naar["rang"] in r]
        return {r[:1] for r in rangen} <= set("12345") and max(map(len, rangen), default=9) <= 3 and (
            len(rangen) <= 5 or len(set(rangen)) <= 5
        )  # fmt: skip
    return True


def gevonden_koppen(blad: Werkblad) -> tuple[str, ...]:
    """The row that looks most like a header, for the message that nothing was recognised."""
    rijen = [koppen_van(blad, rij) for rij in sorted(blad.rijen)[:ZOEK_TOT]]
    return tuple(max(rijen, key=len, default={}).values())


def lijkt_tabel(blad: Werkblad) -> bool:
    """Whether the sheet looks like a table at all: some rows with the same three or more cells filled."""
    breed = [frozenset(r) for r in blad.rijen.values() if len(r) >= 3]
    return len(breed) >= 3


def koppen_van(blad: Werkblad, rij: int) -> dict[int, str]:
    """Headers of a row by column; a repeated header gets its column letter behind it."""
    uit: dict[int, str] = {}
    gezien: set[str] = set()
    for kolom, waarde in sorted(blad.rijen.get(rij, {}).items()):
        kop = " ".join((lees_tekst(waarde)[0] or "").split())
        if not kop:
            continue
        uit[kolom] = f"{kop} (kolom {kolomletter(kolom)})" if normaliseer(kop) in gezien else kop
        gezien.add(normaliseer(kop))
    return uit


def _kandidaten(
    blad: Werkblad, opzetten: tuple[Opzet, ...], extra: set[str], alles: bool
) -> dict[int, dict[int, str]]:
    """Rows that may be the header: those with at least half as many known headers as the best one."""
    lijsten = [woordenlijst(o.tabel) for o in opzetten]

    def bekend(kop: str) -> bool:
        if len(kop) > LANGSTE_KOP:
            return False
        return any(lijst.passend(kop) for lijst in lijsten) or bool(kwartaal_in(kop)) or normaliseer(kop) in extra

    rijen, aantal, tot = {}, {}, ZOEK_TOT
    for plaats, rij in enumerate(sorted(blad.rijen)[:ZOEK_TOT]):
        if plaats > tot:
            break
        if koppen := koppen_van(blad, rij):
            rijen[rij] = koppen
            aantal[rij] = sum(map(bekend, koppen.values()))
            # Below a row that is plainly a header comes data; only a second line of headers may follow.
            if aantal[rij] >= max(3, 0.6 * len(koppen)):
                tot = min(tot, plaats + 2)
    hoogste = max(aantal.values(), default=0)
    return {rij: koppen for rij, koppen in rijen.items() if aantal[rij] * 2 >= max(hoogste, 0 if alles else 1)}


def _onder(blad: Werkblad, rij: int) -> list[Mapping[int, object]]:
    rijen = sorted(r for r in blad.rijen if r > rij)[:STEEKPROEF]
    return [blad.rijen[r] for r in rijen]


def _is_getalkolom(onder: list[Mapping[int, object]], kolom: int) -> bool:
    waarden = [r[kolom] for r in onder if kolom in r]
    getallen = sum(
        isinstance(w, (int, float)) or (isinstance(w, str) and len(w) <= 20 and bool(_RANGTEKST.fullmatch(w)))
        for w in waarden
    )
    return len(waarden) > 0 and getallen > 0.8 * len(waarden)


def _vorm_klopt(k: Koppeling, koppen: Mapping[int, str], onder: list[Mapping[int, object]]) -> bool:
    """One matched header is only enough for a list of one column; a title is no header."""
    raak = len(k.kolommen) + len(k.kwartalen) + len(k.criteria)
    if raak == 1 and len(koppen) > 1 and "titel" not in k.naar:
        return False
    if raak == 1 and len(koppen) == 1:
        # A lone "Ambities" above a real header row is a title: what is below must be one column too.
        return "titel" in k.naar and all(len(r) == 1 for r in onder)
    return True


def _met_titel(
    k: Koppeling, koppen: Mapping[int, str], onder: list[Mapping[int, object]], gok_titel: bool
) -> Koppeling:
    """Without a header for titel the longest column of text is it, if the kind of sheet has one."""
    if k.opzet.tabel not in ("ambities", "top5") or "titel" in k.naar:
        return k
    if not (gok_titel or "omschrijving" in k.naar or len(k.kolommen) >= 2):
        return k
    bezet = {*k.kolommen, *k.dubbel}
    lengtes = {kolom: _tekstlengte(onder, kolom) for kolom in koppen if kolom not in bezet}
    lengtes = {kolom: lengte for kolom, lengte in lengtes.items() if lengte >= 12}
    if "omschrijving" in k.naar and not gok_titel:
        return k
    if not lengtes:
        return k
    kolom = max(lengtes, key=lambda kk: (lengtes[kk], -kk))
    return replace(k, kolommen={**k.kolommen, kolom: "titel"}, gokken=k.gokken | {kolom}, score=k.score + 0.5)


def _liever_code(k: Koppeling, onder: list[Mapping[int, object]], eigen: Mapping[str, str]) -> Koppeling:
    """Hours and scores that name what they are about by code and by name are joined on the code.

    For scores only on our own keys (BG-011): own codes may be the same in two sources, a titel is not.
    """
    if k.opzet.tabel not in ("inzet", "scores"):
        return k
    sleutel, vorm = ("activiteit", _CODE) if k.opzet.tabel == "inzet" else ("ambitie", _SLEUTEL)
    nu = k.naar.get(sleutel)
    if nu is None or sleutel in eigen.values():
        return k
    for kolom, ons in k.dubbel.items():
        if ons == sleutel and _zijn(vorm, onder, kolom) and not _zijn(vorm, onder, nu):
            kolommen = {**{c: o for c, o in k.kolommen.items() if c != nu}, kolom: sleutel}
            return replace(
                k, kolommen=kolommen, dubbel={**{c: o for c, o in k.dubbel.items() if c != kolom}, nu: ons}
            )
    return k


def _zijn(vorm: re.Pattern, onder: list[Mapping[int, object]], kolom: int) -> bool:
    waarden = [w for r in onder if not is_leeg(w := r.get(kolom))]
    return sum(isinstance(w, str) and bool(vorm.fullmatch(w.strip())) for w in waarden) > 0.6 * len(waarden) > 0


def _tekstlengte(onder: list[Mapping[int, object]], kolom: int) -> float:
    teksten = [w for r in onder if isinstance(w := r.get(kolom), str) and not is_leeg(w)]
    return sum(map(len, teksten)) / len(teksten) if len(teksten) * 2 > len(onder) else 0.0
