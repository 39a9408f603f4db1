"""What a column holds, whatever its header says: amounts, ja/nee, quarters, taakveldcodes, names.

A guess from the content is a suggestion with its reason and never applied by itself: under an unknown
header a column of amounts may as well be last year's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opgavelib.inlezen.getallen import Onleesbaar, is_leeg, lees_getal
from opgavelib.inlezen.klok import tik
from opgavelib.inlezen.waarden import (
    KEUZE_WOORDEN,
    lees_keuze,
    lees_kwartaal,
    lees_taakveld,
    lees_tekst,
    lezer,
    vlak,
    zoek_kwartaal,
)
from opgavelib.inlezen.werkblad import Werkblad
from opgavelib.woordenboek import Kolom, taakvelden

STEEKPROEF = 200
# Below it a suggestion is no help: half of them would be wrong.
DREMPEL = 0.5
_RAAK_DEEL = 0.7
_PERSOON = re.compile(
    r"(?:wethouder|burgemeester|gemeentesecretaris|secretaris|mevrouw|mevr\.?|mw\.?|de heer|dhr\.?)\b.*|"
    r"(?:[A-Z]\.\s?){1,4}(?:\([^)]*\)\s?)?(?:(?:van|de|der|den|ten|ter|het|'t|el|al)\s){0,3}[A-Z][\w'’-]+.*",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9.\-_/]{2,12}")
_TAAKVELDCODE = re.compile(r"\d{1,2}\.\d{1,3}[a-z]?")


@dataclass(frozen=True)
class Inhoud:
    """The filled cells of one column below the header, at most `STEEKPROEF`, and their number formats."""

    waarden: tuple[object, ...]
    opmaak: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.waarden)

    def voorbeelden(self, aantal: int = 3, lengte: int = 60) -> tuple[str, ...]:
        """The first different values as their owner reads them."""
        teksten = (
            " ".join((lees_tekst(w, o)[0] or "").split()) for w, o in zip(self.waarden, self.opmaak, strict=True)
        )
        kort = (t if len(t) <= lengte else t[: lengte - 1].rstrip() + "…" for t in teksten)
        return tuple(dict.fromkeys(t for t in kort if t))[:aantal]


@dataclass(frozen=True)
class Suggestie:
    """A column of ours that the content of an own column speaks for.

    Attributes
    ----------
    reden : Dutch, e.g. ``7 van 8 waarden zijn een taakveldcode``; without any value
    zekerheid : 0 to 1
    """

    ons: str
    reden: str
    zekerheid: float


def inhoud_van(blad: Werkblad, rijen: Iterable[int], kolom: int, hoogstens: int = STEEKPROEF) -> Inhoud:
    """What stands in these rows of one Excel column; cells with an Excel error are left out."""
    waarden, opmaak = [], []
    for rij in rijen:
        waarde = blad.rijen.get(rij, {}).get(kolom)
        if is_leeg(waarde) or (rij, kolom) in blad.foutcellen:
            continue
        waarden.append(waarde)
        opmaak.append(blad.opmaak.get((rij, kolom), ""))
        if len(waarden) == hoogstens:
            break
    return Inhoud(tuple(waarden), tuple(opmaak))


def stel_voor(
    kolommen: Mapping[int, Inhoud], vrij: Sequence[Kolom], bekend: Mapping[str, Collection[str]]
) -> dict[int, Suggestie]:
    """For own columns without a meaning, the free column of ours that their content fits best.

    Parameters
    ----------
    kolommen : Excel column -> its content
    vrij : columns of ours that no header has yet, in the order of the dictionary
    bekend : our column -> names that are in the werkmap already

    Returns
    -------
    Excel column -> Suggestie; every column of ours at most once
    """
    plat = {ons: frozenset(vlak(str(n)) for n in namen) for ons, namen in bekend.items()}
    kandidaten = []
    for plaats, k in enumerate(vrij):
        for kolom, inhoud in kolommen.items():
            tik()
            if (s := _past(inhoud, k, plat.get(k.kolom, frozenset()))) is not None:
                kandidaten.append((-s.zekerheid, plaats, kolom, s))
    gekozen: dict[int, Suggestie] = {}
    bezet: set[str] = set()
    # The surest first; of look-alikes (lasten, baten) in the order of dictionary and sheet.
    for _, _, kolom, s in sorted(kandidaten, key=lambda c: c[:3]):
        if kolom not in gekozen and s.ons not in bezet:
            gekozen[kolom] = s
            bezet.add(s.ons)
    return gekozen


def leesbaar(inhoud: Inhoud, k: Kolom) -> int:
    """Number of values that the gate can read as column `k`."""
    lees = lezer(k)
    return _tel(inhoud, lambda w, o: lees(w, o)[0] is not None, hoogstens_mis=len(inhoud))


def is_inhoud(waarde: object, k: Kolom) -> bool:
    """Whether a text is plainly a value of column `k` and no header: a code, a quarter, a value of its list."""
    if not isinstance(waarde, str):
        return False
    tekst = waarde.strip()
    if k.type == "kwartaal":
        return zoek_kwartaal(tekst) is not None
    if k.type == "keuze":
        return vlak(tekst) in {*map(vlak, k.keuzes), *KEUZE_WOORDEN.get(k.kolom, {})}
    return k.type == "code" and bool((_TAAKVELDCODE if k.kolom == "taakveld" else _CODE).fullmatch(tekst))


def _past(inhoud: Inhoud, k: Kolom, bekend: frozenset[str]) -> Suggestie | None:
    n = len(inhoud)
    if n < 2:
        return None
    if bekend and (raak := _tel(inhoud, lambda w, _: vlak(str(w)) in bekend)) >= _RAAK_DEEL * n:
        return _maak(k, raak, n, f"een {k.kolom.replace('_', ' ')} uit de werkmap", 0.95)
    for toets, wat, gewicht in _TOETSEN.get("taakveld" if k.kolom == "taakveld" else k.type, ()):
        raak = toets(inhoud, k)
        if raak >= _RAAK_DEEL * n and raak / n * gewicht >= DREMPEL:
            return _maak(k, raak, n, wat, gewicht)
    return None


def _maak(k: Kolom, raak: int, n: int, wat: str, gewicht: float) -> Suggestie:
    telling = f"alle {n} waarden zijn" if raak == n else f"{raak} van {n} waarden zijn"
    return Suggestie(k.kolom, f"{telling} {wat}", round(raak / n * gewicht, 3))


def _tel(inhoud: Inhoud, toets: Callable[[object, str], bool], hoogstens_mis: float | None = None) -> int:
    """Values that pass; 0 as soon as too many did not, for most columns are nothing like what they are tried as."""
    if hoogstens_mis is None:
        hoogstens_mis = len(inhoud) - _RAAK_DEEL * len(inhoud)
    mis = 0
    for waarde, opmaak in zip(inhoud.waarden, inhoud.opmaak, strict=True):
        try:
            raak = toets(waarde, opmaak)
        except Onleesbaar:
            raak = False
        if not raak:
            mis += 1
            if mis > hoogstens_mis:
                return 0
    return len(inhoud) - mis


def _taakveld(inhoud: Inhoud, _: Kolom) -> int:
    codes = taakvelden()  # digits and a point may be anything
    return _tel(inhoud, lambda w, o: lees_taakveld(w, o)[0] in codes)


def _euro(inhoud: Inhoud, _: Kolom) -> int:
    return _tel(inhoud, lambda w, o: ("€" in o or "€" in str(w)) and lees_getal(w, "bedrag")[0] is not None)


def _bedrag(inhoud: Inhoud, _: Kolom) -> int:
    """Numbers of four figures and up; a column of years is no column of amounts."""
    getallen = []
    for w in inhoud.waarden:
        try:
            if not isinstance(w, bool) and (g := lees_getal(w, "bedrag")[0]) is not None:
                getallen.append(abs(g))
        except Onleesbaar:
            continue
    if all(2000 <= g <= 2100 for g in getallen):
        return 0
    zonder_nul = [g for g in getallen if g]
    groot = sum(g >= 1000 for g in zonder_nul)
    return len(getallen) - len(zonder_nul) + groot if groot >= max(2, _RAAK_DEEL * len(zonder_nul)) else 0


def _met_woord(woord: str) -> Callable[[Inhoud, Kolom], int]:
    patroon = re.compile(rf"\d\s*{woord}\b", re.IGNORECASE)
    return lambda inhoud, _: _tel(inhoud, lambda w, o: woord in o.lower() or bool(patroon.search(str(w))))


def _ja_nee(inhoud: Inhoud, k: Kolom) -> int:
    lees = lezer(k)  # 0 and 1 are numbers of anything
    return _tel(inhoud, lambda w, o: not _is_getal(w) and lees(w, o)[0] is not None)


def _kwartaal(inhoud: Inhoud, _: Kolom) -> int:
    return _tel(inhoud, lambda w, o: not _is_getal(w) and lees_kwartaal(w, o)[0] is not None)


def _keuze(inhoud: Inhoud, k: Kolom) -> int:
    kort = _tel(inhoud, lambda w, _: len(str(w)) <= 30)
    return min(kort, _tel(inhoud, lambda w, o: lees_keuze(w, o, keuzes=k.keuzes, kolom=k.kolom)[0] is not None))


def _jaar(inhoud: Inhoud, k: Kolom) -> int:
    lees = lezer(k)
    return _tel(inhoud, lambda w, o: not isinstance(w, (date, datetime)) and lees(w, o)[0] is not None)


def _procent(inhoud: Inhoud, k: Kolom) -> int:
    lees = lezer(k)
    return _tel(inhoud, lambda w, o: ("%" in o or "%" in str(w)) and lees(w, o)[0] is not None)


def _score(inhoud: Inhoud, k: Kolom) -> int:
    if k.kolom != "score":  # only where it is the one column of that kind; the voorscheider has four alike
        return 0
    lees = lezer(k)
    return _tel(inhoud, lambda w, o: lees(w, o)[0] is not None)


def _persoon(inhoud: Inhoud, k: Kolom) -> int:
    if not k.persoonsgegeven:
        return 0
    return _tel(inhoud, lambda w, _: isinstance(w, str) and len(w) <= 80 and bool(_PERSOON.fullmatch(w.strip())))


def _team(inhoud: Inhoud, k: Kolom) -> int:
    if k.kolom != "team":
        return 0
    return _tel(inhoud, lambda w, _: vlak(str(w)).startswith(("team ", "afdeling ")))


def _zin(inhoud: Inhoud, k: Kolom) -> int:
    """Sentences, each another one: what a row is about."""
    if k.kolom != "titel" or len(set(map(str, inhoud.waarden))) < 0.8 * len(inhoud):
        return 0
    return _tel(inhoud, lambda w, _: isinstance(w, str) and len(w) >= 20 and " " in w.strip())


def _code(inhoud: Inhoud, k: Kolom) -> int:
    """Short codes, each another one: what a municipality calls its rows."""
    if k.kolom not in ("eigen_code", "activiteit") or len(set(map(str, inhoud.waarden))) < len(inhoud):
        return 0
    return _tel(inhoud, lambda w, _: isinstance(w, str) and bool(_CODE.fullmatch(w.strip())))


def _getoond(waarde: object, opmaak: str) -> str:
    if "%" in opmaak and _is_getal(waarde):
        return f"{waarde * 100:g}%".replace(".", ",")
    return lees_tekst(waarde, opmaak)[0] or ""


def _is_getal(waarde: object) -> bool:
    return isinstance(waarde, (int, float)) and not isinstance(waarde, bool)


_TOETSEN: Mapping[str, tuple[tuple[Callable[[Inhoud, Kolom], int], str, float], ...]] = {
    "taakveld": ((_taakveld, "een taakveldcode", 0.95),),
    "bedrag": ((_euro, "een bedrag in euro's", 0.9), (_bedrag, "een bedrag", 0.75)),
    "uren": ((_met_woord("uur"), "een aantal uren", 0.9), (_met_woord("uren"), "een aantal uren", 0.9)),
    "fte": ((_met_woord("fte"), "een aantal fte", 0.9),),
    "ja_nee": ((_ja_nee, "ja of nee", 0.85),),
    "kwartaal": ((_kwartaal, "een kwartaal of datum", 0.85),),
    "keuze": ((_keuze, "een van de mogelijke waarden", 0.9),),
    "jaar": ((_jaar, "een jaar", 0.9),),
    "aandeel": ((_procent, "een percentage", 0.8),),
    "score": ((_score, "een getal van 1 tot en met 5", 0.7),),
    "code": ((_code, "een code, steeds een andere", 0.6),),
    "tekst": (
        (_persoon, "een naam", 0.75),
        (_team, "een team", 0.85),
        (_zin, "een zin", 0.6),
    ),
}  # fmt: skip
