"""Headers as users write them: normalising, units in them, and how well one fits a column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from opgavelib.inlezen.waarden import vlak, zoek_kwartaal
from opgavelib.woordenboek import Kolom

EXACT, SYNONIEM, VERKORT, LIJKT = 3.0, 2.0, 1.0, 0.5
# More of a header is not looked at, and no typing error is sought in a longer one: what that costs grows faster
# than its length.
LANGST, LANGST_TYPEFOUT = 300, 60

_HAAKJES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_EENHEID_TUSSEN_HAAKJES = re.compile(
    r"\d\s*(?:-|t/m|tot)\s*\d|€|\beur|duizend|1[.\s]?000|\bmln|miljoen|\bfte\b|\buur|\buren|^\s*%?\s*$|procent|j/n|ja/nee",
    re.IGNORECASE,
)
_DUIZEND = re.compile(
    r"(?:[x×*]|maal)\s*(?:€|eur|euro)?\s*1[.\s]?000(?![.\s]?\d)|(?:€|eur|euro)\s*[x×*]?\s*1[.\s]?000(?![.\s]?\d)"
    r"|\bin\s+duizend|\bduizend(?:en)?\s+euro|\b1[.\s]?000\s*euro|\bk€|€\s*k\b|\bdzd\b",
    re.IGNORECASE,
)
_MILJOEN = re.compile(
    r"(?:[x×*]|maal|in)\s*(?:€|eur|euro)?\s*(?:1[.\s]?000[.\s]?000|1?\s*(?:mln|miljoen))"
    r"|(?:€|eur|euro)\s*(?:1\s*)?(?:mln|miljoen)|\(mln\.?\)",
    re.IGNORECASE,
)
_EEN = re.compile(
    r"(?:[x×*])\s*(?:€|eur|euro)?\s*1(?![.\s]?\d)|\bin\s+(?:hele\s+)?(?:euro|€)|\bhele\s+euro", re.IGNORECASE
)
_JAAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# Words that say nothing about which column it is ("Geraamde lasten 2025" is lasten).
_NEUTRAAL = frozenset(
    [
        "van",
        "de",
        "het",
        "een",
        "der",
        "voor",
        "per",
        "in",
        "op",
        "totaal",
        "totale",
        "geraamde",
        "geraamd",
        "begrote",
        "begroot",
        "primitieve",
        "raming",
        "begroting",
        "jaar",
        "eur",
        "euro",
        "x",
        "naam",
        "kolom",
        "svp",
        "invullen",
        "vul",
        "verplicht",
        "optioneel",
        "kort",
        "korte",
    ]
)


def _kort(tekst: str) -> str:
    return " ".join(tekst.split())[:LANGST]


@lru_cache(maxsize=4096)
def normaliseer(kop: str) -> str:
    """A header without case, accents, punctuation and units: ``"Lasten\\n(x € 1.000)"`` is ``lasten``."""
    kop = _kort(kop)
    tekst = _HAAKJES.sub(lambda m: " " if _EENHEID_TUSSEN_HAAKJES.search(m[1]) else f" {m[1]} ", kop)
    tekst = _MILJOEN.sub(" ", _DUIZEND.sub(" ", _EEN.sub(" ", tekst)))
    return vlak(tekst) or vlak(kop)


@lru_cache(maxsize=4096)
def verkort(kop: str) -> str:
    """`normaliseer` without neutral words and years."""
    return " ".join(w for w in normaliseer(kop).split() if w not in _NEUTRAAL and not _JAAR.fullmatch(w))


def eenheid(tekst: str) -> int | None:
    """What a header or title says amounts must be multiplied by; None when it says nothing."""
    tekst = _kort(tekst)
    if _MILJOEN.search(tekst):
        return 1_000_000
    if _DUIZEND.search(tekst):
        return 1_000
    return 1 if _EEN.search(tekst) else None


def jaar_in(tekst: str) -> int | None:
    """The first year 20xx in a text."""
    m = _JAAR.search(tekst)
    return int(m[0]) if m else None


def kwartaal_in(kop: object) -> str | None:
    """``2027K1`` when the header is a quarter, units and the word uren aside."""
    if not isinstance(kop, str) or len(kop) > LANGST:
        return None
    tekst = re.sub(r"\b(?:uren|uur)\b", " ", _HAAKJES.sub(" ", kop.lower()))
    return zoek_kwartaal(tekst.strip(" :"))


class Woordenlijst:
    """All headers that mean a column of one table, with how sure that is.

    Parameters
    ----------
    kolommen : name -> column of the data dictionary; required columns and earlier ones win ties
    """

    def __init__(self, kolommen: Mapping[str, Kolom]):
        self.kolommen = kolommen
        self._op_naam: dict[str, dict[str, float]] = {}
        self._op_kern: dict[str, dict[str, float]] = {}
        # "Portefeuille-houder", broken off to fit its cell, is one word all the same.
        self._aaneen: dict[str, dict[str, float]] = {}
        self._passend = lru_cache(maxsize=4096)(self._zoek_passend)
        for plaats, k in enumerate(kolommen.values()):
            # Ties go to what the table cannot do without, then to the order of the dictionary.
            af = plaats * 0.001 - (0.05 if k.verplicht else 0)
            namen = [(k.kolom, EXACT), (re.sub(r"_(eur|kwartaal)$", "", k.kolom), EXACT - 0.01)]
            namen += [(s, SYNONIEM - i * 0.01) for i, s in enumerate(k.synoniemen)]
            for naam, gewicht in namen:
                _hoogste(self._op_naam, normaliseer(naam), k.kolom, gewicht - af)
                _hoogste(self._aaneen, normaliseer(naam).replace(" ", ""), k.kolom, gewicht - 0.5 - af)
                if kern := verkort(naam):
                    _hoogste(self._op_kern, kern, k.kolom, VERKORT + (gewicht - 2) * 0.1 - af)

    def _zoek_passend(self, kop: str) -> Mapping[str, float]:
        norm, kern = normaliseer(kop), verkort(kop)
        pogingen = [(self._op_naam, norm), (self._op_kern, kern), (self._aaneen, norm.replace(" ", ""))]
        if "%" in kern:
            pogingen.append((self._op_kern, " ".join(kern.replace("%", " ").split())))
        return next((raak for index, sleutel in pogingen if (raak := index.get(sleutel))), {})

    def passend(self, kop: str) -> Mapping[str, float]:
        """Columns this header may mean, with a weight; higher is surer."""
        return self._passend(kop)

    def lijkt_op(self, kop: str, vrij: Iterable[str]) -> str | None:
        """The free column whose name is nearest to a header with a typing error, if any is near."""
        norm, vrij = normaliseer(kop), set(vrij)
        if not 5 <= len(norm) <= LANGST_TYPEFOUT:
            return None
        namen = [n for n, kolommen in self._op_naam.items() if len(n) > 4 and vrij & kolommen.keys()]
        if not (dichtbij := difflib.get_close_matches(norm, namen, n=1, cutoff=0.86)):
            return None
        kandidaten = {k: g for k, g in self._op_naam[dichtbij[0]].items() if k in vrij}
        return max(kandidaten, key=kandidaten.__getitem__)


def _hoogste(index: dict[str, dict[str, float]], sleutel: str, kolom: str, gewicht: float) -> None:
    plek = index.setdefault(sleutel, {})
    plek[kolom] = max(gewicht, plek.get(kolom, 0))


def wijs_toe(kandidaten: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
    """One column per header and one header per column, as many as possible, the surest first.

    "Code" and "Opgave" may both mean opgave: then Opgave moves on to titel (augmenting paths,
    Kuhn 1955), so that neither is lost.

    Parameters
    ----------
    kandidaten : header position -> {our column: weight}

    Returns
    -------
    header position -> our column
    """
    houder: dict[str, int] = {}

    def plaats(kop: int, gezien: set[str]) -> bool:
        opties = sorted(kandidaten[kop].items(), key=lambda kv: (-kv[1], kv[0]))
        for kolom, _ in opties:
            if kolom in gezien:
                continue
            gezien.add(kolom)
            if kolom not in houder or plaats(houder[kolom], gezien):
                houder[kolom] = kop
                return True
        return False

    for kop in sorted(kandidaten, key=lambda k: (-max(kandidaten[k].values(), default=0), k)):
        plaats(kop, set())
    return {kop: kolom for kolom, kop in houder.items()}
