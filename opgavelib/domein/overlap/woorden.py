"""Words of a Dutch text as overlap compares them: stems, numbers, and the parts of compounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

_WOORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_KORTSTE_DEEL = 4
_TUSSENKLANK = ("", "s", "en", "e", "n")
_GETALWOORD = {
    w: str(n)
    for n, w in enumerate(
        "nul . twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
        " zeventien achttien negentien twintig".split()
    )
    if w != "."
} | {
    "dertig": "30", "veertig": "40", "vijftig": "50", "zestig": "60", "zeventig": "70", "tachtig": "80",
    "negentig": "90", "honderd": "100", "tweehonderd": "200", "driehonderd": "300", "vierhonderd": "400",
    "vijfhonderd": "500", "duizend": "1000", "tweeduizend": "2000", "drieduizend": "3000", "vierduizend": "4000",
    "vijfduizend": "5000",
}  # fmt: skip


@dataclass(frozen=True)
class Woord:
    """One word in a text: ``tekst`` as written, where it stands, and the ``stam`` it is compared by."""

    tekst: str
    begin: int
    eind: int
    stam: str

    @property
    def is_getal(self) -> bool:
        return self.stam[0].isdigit()

    @property
    def is_jaar(self) -> bool:
        return self.is_getal and len(self.stam) == 4 and self.stam[:2] in ("19", "20")


@cache
def _stemmer():
    import snowballstemmer

    return snowballstemmer.stemmer("dutch")


@lru_cache(maxsize=200_000)
def stam(woord: str) -> str:
    """Stem of one word, lower case and without accents; a number without separators, also when in words."""
    plat = unicodedata.normalize("NFKD", woord.casefold())
    plat = "".join(t for t in plat if not unicodedata.combining(t))
    if plat[0].isdigit():
        return re.sub(r"[.,](?=\d{3}\b)", "", plat)
    return _GETALWOORD.get(plat) or _stemmer().stemWord(plat) or plat


def lees_woorden(tekst: str) -> list[Woord]:
    """All words and numbers of `tekst`, in order."""
    return [Woord(m.group(), m.start(), m.end(), stam(m.group())) for m in _WOORD.finditer(tekst)]


def stammen(woorden: Iterable[str]) -> frozenset[str]:
    """Stems of a list of words; of an entry of several words, of each of them."""
    return frozenset(w.stam for tekst in woorden for w in lees_woorden(str(tekst)))


def inhoud(tekst: str, proces: Collection[str]) -> list[Woord]:
    """Words of `tekst` that say what it is about: no process words (`proces`: stems), years or single letters.

    A text of nothing but process words keeps them: it can still equal another.
    """
    alle = [w for w in lees_woorden(tekst) if len(w.stam) > 1 or w.is_getal]
    over = [w for w in alle if w.stam not in proces and not w.is_jaar]
    return over or alle


@dataclass(frozen=True)
class Splitser:
    """Splits compounds into words that stand elsewhere by themselves: woningbouw is woning + bouw.

    Attributes
    ----------
    bekend : stems of words that may be a part
    """

    bekend: frozenset[str]

    def delen(self, woord: str) -> tuple[str, ...]:
        """Stems of the two parts of `woord` (as written), or nothing. The longest last part wins: that is
        what the word is a kind of."""
        plat = woord.casefold()
        for i in range(_KORTSTE_DEEL, len(plat) - _KORTSTE_DEEL + 1):
            staart = stam(plat[i:])
            if staart not in self.bekend:
                continue
            for klank in _TUSSENKLANK:
                kop = plat[:i].removesuffix(klank) if klank else plat[:i]
                if len(kop) >= _KORTSTE_DEEL and (kop != plat[:i] or not klank) and stam(kop) in self.bekend:
                    return stam(kop), staart
        return ()


def markeer(
    tekst_a: str, tekst_b: str, proceswoorden: Iterable[str]
) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in segments, each with whether the other text has that word too.

    Words match by their stem (*woningen* and *woning*), and when one is a part of the other's compound
    (*bouw* and *woningbouw*); process words are never marked.

    Parameters
    ----------
    tekst_a, tekst_b : the two texts
    proceswoorden : words that say nothing about the subject

    Returns
    -------
    two lists of (segment, shared?); the segments of a list joined are its text again
    """
    proces = stammen(proceswoorden)
    a, b = (([w for w in lees_woorden(t) if w.stam not in proces and len(w.stam) > 1]) for t in (tekst_a, tekst_b))
    return _segmenten(tekst_a, a, b), _segmenten(tekst_b, b, a)


def _segmenten(tekst: str, eigen: list[Woord], andere: list[Woord]) -> list[tuple[str, bool]]:
    splitser = Splitser(frozenset(w.stam for w in (*eigen, *andere)))
    doel = {w.stam for w in andere}
    doel_delen = {d for w in andere for d in splitser.delen(w.tekst)}
    uit, plek = [], 0
    for w in eigen:
        if w.stam not in doel and w.stam not in doel_delen and not doel & set(splitser.delen(w.tekst)):
            continue
        if w.begin > plek:
            uit.append((tekst[plek : w.begin], False))
        uit.append((w.tekst, True))
        plek = w.eind
    if plek < len(tekst):
        uit.append((tekst[plek:], False))
    return uit
