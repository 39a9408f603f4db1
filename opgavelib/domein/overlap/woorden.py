"""Words of a Dutch text as overlap compares them: stems, numbers, and the parts of compounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

_WOORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_KORTSTE_DEEL = 4
_TUSSENKLANK = ("", "s", "en", "e", "n")
_GETALWOORD = {
    "nul": "0", "twee": "2", "drie": "3", "vier": "4", "vijf": "5", "zes": "6", "zeven": "7", "acht": "8",
    "negen": "9", "tien": "10", "elf": "11", "twaalf": "12", "dertien": "13", "veertien": "14", "vijftien": "15",
    "zestien": "16", "zeventien": "17", "achttien": "18", "negentien": "19", "twintig": "20",
    "dertig": "30", "veertig": "40", "vijftig": "50", "zestig": "60", "zeventig": "70", "tachtig": "80",
    "negentig": "90", "honderd": "100", "tweehonderd": "200", "driehonderd": "300", "vierhonderd": "400",
    "vijfhonderd": "500", "duizend": "1000", "tweeduizend": "2000", "drieduizend": "3000", "vierduizend": "4000",
    "vijfduizend": "5000",
}  # fmt: skip

_SLOT = {"z": "s", "v": "f"}
_KORTSTE_SLOT = 2
# The stemmer takes parents for old people.
_EIGEN_STAM = {"ouders": "ouders", "ouderschap": "ouders"}


class Woord(NamedTuple):
    """One word in a text: ``tekst`` as written, where it stands, and the ``stam`` it is compared by."""

    tekst: str
    begin: int
    eind: int
    stam: str

    @property
    def vormen(self) -> tuple[str, ...]:
        """Stem, the word itself, and without the ending of a plural: what it may look like inside a compound."""
        plat = self.tekst.casefold()
        kort = plat.removesuffix("en") if plat.endswith("en") else plat.removesuffix("s")
        return (self.stam, plat) if kort == plat else (self.stam, plat, kort)

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
    if plat in _EIGEN_STAM:
        return _EIGEN_STAM[plat]
    kort = _GETALWOORD.get(plat) or _stemmer().stemWord(plat) or plat
    # huizen and huis, brieven and brief: the plural is spelled with another letter.
    return kort[:-1] + _SLOT[kort[-1]] if kort[-1] in _SLOT and len(kort) > _KORTSTE_SLOT else kort


def lees_woorden(tekst: str) -> list[Woord]:
    """All words and numbers of `tekst`, in order."""
    return [Woord(m.group(), m.start(), m.end(), stam(m.group())) for m in _WOORD.finditer(tekst)]


@lru_cache(maxsize=20_000)
def lijstwoorden(tekst: str) -> tuple[Woord, ...]:
    """Words of an entry of a list; lists are read several times."""
    return tuple(lees_woorden(tekst))


def stammen(woorden: Iterable[str]) -> frozenset[str]:
    """Stems of a list of words; of an entry of several words, of each of them."""
    return frozenset(w.stam for tekst in woorden for w in lijstwoorden(str(tekst)))


def inhoud(woorden: Sequence[Woord], proces: Collection[str]) -> list[Woord]:
    """Those words that say what a text is about: no process words (`proces`: stems), years or single letters.

    A text of nothing but process words keeps them: it can still equal another.
    """
    alle = [w for w in woorden if len(w.stam) > 1 or w.is_getal]
    return [w for w in alle if w.stam not in proces and not w.is_jaar] or alle


class Splitser:
    """Splits compounds into words that stand elsewhere by themselves: woningbouw is woning + bouw.

    Parameters
    ----------
    woorden : words that may be a part, as written
    proces : words that may be a part but say nothing: of bomenplan only boom remains
    """

    def __init__(self, woorden: Iterable[str], proces: Iterable[str] = ()):
        self._proces = frozenset(stam(w) for w in proces)
        vormen = {w.casefold(): stam(w) for w in (*woorden, *proces) if len(w) >= _KORTSTE_DEEL}
        self._vormen = {s: s for s in vormen.values() if len(s) >= _KORTSTE_DEEL} | vormen
        self._gevonden: dict[str, tuple[str, ...]] = {}

    def delen(self, woord: str) -> tuple[str, ...]:
        """Stems of the parts of `woord` (as written), and of their parts, or nothing. The longest last part
        wins: that is what the word is a kind of."""
        plat = woord.casefold()
        if plat not in self._gevonden:
            self._gevonden[plat] = ()
            # The stem too: of a plural, only the last part bends.
            gesplitst = self._splits(plat) or self._splits(stam(plat))
            alle = [x for deel in gesplitst for x in (self._vormen[deel], *self.delen(deel))]
            self._gevonden[plat] = tuple(dict.fromkeys(x for x in alle if x not in self._proces))
        return self._gevonden[plat]

    def _splits(self, plat: str) -> tuple[str, ...]:
        for i in range(_KORTSTE_DEEL, len(plat) - _KORTSTE_DEEL + 1):
            if plat[i:] not in self._vormen:
                continue
            for klank in _TUSSENKLANK:
                kop = plat[: i - len(klank)]
                if plat[:i].endswith(klank) and kop in self._vormen:
                    return kop, plat[i:]
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
    a, b = ([w for w in lees_woorden(t) if w.stam not in proces and len(w.stam) > 1] for t in (tekst_a, tekst_b))
    return _segmenten(tekst_a, gedeeld(a, b)), _segmenten(tekst_b, gedeeld(b, a))


def gedeeld(eigen: Sequence[Woord], andere: Sequence[Woord]) -> list[Woord]:
    """Those of `eigen` that `andere` has too: the same stem, or one at an end of the other's compound."""
    stammen_ = {w.stam for w in andere}
    vormen = {v for w in andere for v in w.vormen}
    randen = frozenset().union(*(_randen(w.vormen) for w in andere))
    return [
        w
        for w in eigen
        if w.stam in stammen_ or not randen.isdisjoint(w.vormen) or not vormen.isdisjoint(_randen(w.vormen))
    ]


@lru_cache(maxsize=200_000)
def _randen(vormen: tuple[str, ...]) -> frozenset[str]:
    """What a word begins and ends with, as far as that may be a word, and what remains too."""
    lengtes = [(v, n) for v in vormen for n in range(_KORTSTE_DEEL, len(v) - _KORTSTE_DEEL + 2)]
    return frozenset([v[:n] for v, n in lengtes] + [v[-n:] for v, n in lengtes])


def _segmenten(tekst: str, gemarkeerd: list[Woord]) -> list[tuple[str, bool]]:
    uit, plek = [], 0
    for w in gemarkeerd:
        if w.begin > plek:
            uit.append((tekst[plek : w.begin], False))
        uit.append((w.tekst, True))
        plek = w.eind
    if plek < len(tekst):
        uit.append((tekst[plek:], False))
    return uit
