"""Rows of text as sparse vectors: characters, words, begrippen, themes, names and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from opgavelib.domein.overlap.woorden import Splitser, Woord, inhoud, lees_woorden, lijstwoorden, stammen

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Taal:
    """The lists by which words are compared.

    Attributes
    ----------
    proceswoorden : words that say nothing about the subject
    begrippen : words that mean about the same, per begrip; a word may belong to several
    themas : words that tell the theme (taakveld), per theme
    synoniemen : groups of words and expressions that mean the same
    handelingen : words for what is done, or with what means; they count for less
    """

    proceswoorden: Collection[str]
    begrippen: Mapping[str, Collection[str]]
    themas: Mapping[str, Collection[str]]
    synoniemen: Sequence[Collection[str]] = ()
    handelingen: Collection[str] = ()


class Lijsten:
    """The lists of a `Taal`, ready for look-up.

    Attributes
    ----------
    synoniemen, begrippen, themas : per stem the groups that hold it
    handelingen : stems that count for less
    """

    def __init__(self, taal: Taal):
        self.begrippen = register(taal.begrippen)
        self.themas = register(taal.themas)
        self.handelingen = stammen(taal.handelingen)
        self.synoniemen: dict[str, list[str]] = {}
        self._frasen: dict[str, list[tuple[frozenset[str], str]]] = {}
        for groep in taal.synoniemen:
            naam = str(next(iter(groep)))
            for tekst in groep:
                delen = [w.stam for w in lijstwoorden(str(tekst))]
                if len(delen) == 1:
                    self.synoniemen.setdefault(delen[0], []).append(naam)
                elif delen:
                    self._frasen.setdefault(max(delen, key=len), []).append((frozenset(delen), naam))

    def synoniem(self, stam: str, frasen: Mapping[str, Sequence[str]]) -> list[str]:
        """Synonyms of a stem, by itself and as part of the expressions of its row."""
        return [*self.synoniemen.get(stam, ()), *frasen.get(stam, ())]

    def frasen(self, alle: Collection[str]) -> dict[str, list[str]]:
        """Per stem the synonyms that it belongs to as part of an expression of which `alle` holds every word."""
        uit: dict[str, list[str]] = {}
        for s in sorted(self._frasen.keys() & alle):
            for delen, naam in self._frasen[s]:
                if delen <= alle:
                    for d in sorted(delen):
                        uit.setdefault(d, []).append(naam)
        return uit


@dataclass(frozen=True)
class Vectoren:
    """All rows as sparse matrices (row x feature), each row of length 1 where it says ``tf-idf``.

    Attributes
    ----------
    tekens : tf-idf of n-grams of the stems
    woorden : tf-idf of stems and the parts of compounds
    begrippen, themas : tf-idf of what the words stand for
    synoniemen : tf-idf of synonyms, and of the words that have none
    namen, getallen : which proper names and which numbers (no years) a row has; 0 or 1
    rijen : per row its words that say something
    tokens : per row their stems and the parts of compounds
    frasen : per row, per stem, its synonyms as part of an expression
    splitser, lijsten : how words were read
    """

    tekens: csr_array
    woorden: csr_array
    begrippen: csr_array
    themas: csr_array
    synoniemen: csr_array
    namen: csr_array
    getallen: csr_array
    rijen: list[list[Woord]]
    tokens: list[list[str]]
    frasen: list[dict[str, list[str]]]
    splitser: Splitser
    lijsten: Lijsten


def maak_vectoren(teksten: Sequence[str], gebieden: Sequence[str], taal: Taal) -> Vectoren:
    """Vectors of rows.

    Parameters
    ----------
    teksten : per row its titel with omschrijving
    gebieden : per row the name of its kern or wijk, or an empty text; counts as a name in the text
    """
    proces = stammen(taal.proceswoorden)
    alle = [lees_woorden(t) for t in teksten]
    rijen = [inhoud(woorden, proces) for woorden in alle]
    splitser = Splitser(_onderdelen(rijen, taal, proces), _hele_woorden(taal.proceswoorden))
    tokens = [[t for w in rij for t in (w.stam, *splitser.delen(w.tekst))] for rij in rijen]
    eigennamen = _eigennamen(teksten, alle) | stammen(gebieden)
    stam_sets = [sorted({w.stam for w in rij}) for rij in rijen]
    lijsten = Lijsten(taal)
    frasen = [lijsten.frasen({w.stam for w in rij}) for rij in alle]
    genoemd = [{s for s in rij if s in eigennamen} for rij in stam_sets]
    return Vectoren(
        tekens=_ngrammen([" ".join(w.stam for w in rij) for rij in rijen]),
        woorden=tfidf(tokens),
        begrippen=tfidf(vertaal(tokens, lijsten.begrippen)),
        themas=tfidf(vertaal(tokens, lijsten.themas)),
        # No stem has a space, so the two kinds of names cannot meet.
        synoniemen=tfidf(
            [
                [
                    x
                    for t in rij
                    for x in ([f"= {g}" for g in (*lijsten.synoniemen.get(t, ()), *f.get(t, ()))] or [t])
                ]
                for rij, f in zip(tokens, frasen, strict=True)
            ]
        ),
        namen=_aanwezig([n | stammen([g]) if g else n for n, g in zip(genoemd, gebieden, strict=True)]),
        getallen=_aanwezig([{w.stam for w in rij if w.is_getal and not w.is_jaar} for rij in rijen]),
        rijen=rijen,
        tokens=tokens,
        frasen=frasen,
        splitser=splitser,
        lijsten=lijsten,
    )


def _onderdelen(rijen: Iterable[Iterable[Woord]], taal: Taal, proces: Collection[str]) -> Iterable[str]:
    yield from (w.tekst for rij in rijen for w in rij if w.stam not in proces)
    for lijst in (*taal.begrippen.values(), *taal.themas.values(), *taal.synoniemen):
        yield from (w.tekst for tekst in lijst for w in lijstwoorden(str(tekst)) if w.stam not in proces)


def _hele_woorden(lijst: Iterable[str]) -> list[str]:
    return [w.tekst for tekst in lijst for w in lijstwoorden(str(tekst))]


def register(groepen: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """Per stem the groups whose lists hold it."""
    uit: dict[str, set[str]] = {}
    for groep, lijst in groepen.items():
        for s in stammen(lijst):
            uit.setdefault(s, set()).add(groep)
    return {s: sorted(groepen) for s, groepen in uit.items()}


def vertaal(rijen: Iterable[Iterable[str]], register: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Per row the groups that its stems stand for."""
    return [[g for t in rij for g in register.get(t, ())] for rij in rijen]


def _eigennamen(teksten: Sequence[str], rijen: Sequence[Sequence[Woord]]) -> set[str]:
    """Stems that are written with a capital inside a sentence, and never without."""
    hoofd: Counter[str] = Counter()
    klein: set[str] = set()
    for tekst, rij in zip(teksten, rijen, strict=True):
        vorige = 0
        for w in rij:
            begint = vorige == 0 or any(t in ".:?!\n" for t in tekst[vorige : w.begin])
            vorige = w.eind
            if not w.tekst[0].isupper():
                klein.add(w.stam)
            elif not begint:
                hoofd[w.stam] += 1
    return {s for s in hoofd if s not in klein}


def _ngrammen(teksten: list[str]) -> csr_array:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _pas_toe(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32), teksten
    )


def tfidf(tokens: list[list[str]]) -> csr_array:
    """Tf-idf of rows of tokens, each row of length 1."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _pas_toe(TfidfVectorizer(analyzer=_zoals_het_is, sublinear_tf=True, dtype=np.float32), tokens)


def _zoals_het_is(tokens: list[str]) -> list[str]:
    return tokens


def _pas_toe(vectorizer, documenten: list) -> csr_array:
    from scipy.sparse import csr_array

    if not any(documenten):  # scikit-learn refuses an empty vocabulary
        return csr_array((len(documenten), 1), dtype=np.float32)
    return csr_array(vectorizer.fit_transform(documenten))


def _aanwezig(rijen: Sequence[Collection[str]]) -> csr_array:
    from scipy.sparse import csr_array

    nummer = {s: i for i, s in enumerate(sorted({s for rij in rijen for s in rij}))}
    kolommen = [nummer[s] for rij in rijen for s in sorted(rij)]
    grenzen = np.cumsum([0, *(len(rij) for rij in rijen)])
    vorm = (len(rijen), max(len(nummer), 1))
    return csr_array((np.ones(len(kolommen), dtype=np.float32), kolommen, grenzen), shape=vorm)
