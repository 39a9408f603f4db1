"""Finding the header row: by what the dictionary knows and by the shape of what is below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from opgavelib.inlezen.getallen import is_leeg
from opgavelib.inlezen.kolommen import Koppeling, Opzet, koppel, raad_bij
from opgavelib.inlezen.koppen import normaliseer
from opgavelib.inlezen.waarden import lees_tekst
from opgavelib.inlezen.werkblad import Werkblad

ZOEK_TOT = 30
STEEKPROEF = 40


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
) -> Kop | None:
    """The best header row of a sheet, or None when no table is recognised.

    Parameters
    ----------
    opzetten : kinds of sheet to consider, in order of preference
    eigen : normalised own header -> our column
    gok_titel : whether a table without any header for the text may use its longest text column
    """
    beste: Kop | None = None
    for rij in _kandidaten(blad):
        koppen = koppen_van(blad, rij)
        if not koppen:
            continue
        onder = _onder(blad, rij)
        getalkolommen = frozenset(k for k in koppen if _is_getalkolom(onder, k))
        for opzet in opzetten:
            k = koppel(
                koppen,
                opzet,
                eigen=eigen,
                criteria=criteria,
                naam_hint=naam_hint,
                getalkolommen=getalkolommen,
            )
            if not k.score or not (k.kolommen or k.kwartalen or k.criteria):
                continue
            k = _met_titel(raad_bij(k, koppen, eigen), koppen, onder, gok_titel)
            if not k.compleet or not _vorm_klopt(k, koppen, onder):
                continue
            # A row of data that happens to hold the word Team is no header: numbers count against it.
            score = k.score - sum(not isinstance(w, str) for w in blad.rijen[rij].values())
            if beste is None or score > beste.koppeling.score + 1e-9:
                beste = Kop(rij, koppen, replace(k, score=score))
    return beste


def gevonden_koppen(blad: Werkblad) -> tuple[str, ...]:
    """The row that looks most like a header, for the message that nothing was recognised."""
    rijen = [koppen_van(blad, rij) for rij in _kandidaten(blad)]
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
        kop = lees_tekst(waarde)[0]
        if kop is None:
            continue
        uit[kolom] = f"{kop} (kolom {kolomletter(kolom)})" if normaliseer(kop) in gezien else kop
        gezien.add(normaliseer(kop))
    return uit


def _kandidaten(blad: Werkblad) -> list[int]:
    rijen = sorted(blad.rijen)
    return rijen[:ZOEK_TOT]


def _onder(blad: Werkblad, rij: int) -> list[Mapping[int, object]]:
    rijen = sorted(r for r in blad.rijen if r > rij)[:STEEKPROEF]
    return [blad.rijen[r] for r in rijen]


def _is_getalkolom(onder: list[Mapping[int, object]], kolom: int) -> bool:
    waarden = [r[kolom] for r in onder if kolom in r]
    getallen = sum(isinstance(w, (int, float)) or (isinstance(w, str) and w.strip().isdigit()) for w in waarden)
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


def _tekstlengte(onder: list[Mapping[int, object]], kolom: int) -> float:
    teksten = [w for r in onder if isinstance(w := r.get(kolom), str) and not is_leeg(w)]
    return sum(map(len, teksten)) / len(teksten) if len(teksten) * 2 > len(onder) else 0.0
