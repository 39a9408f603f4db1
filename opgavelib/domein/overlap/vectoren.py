"""Rows of text as sparse vectors: characters, words, begrippen, themes, names and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from opgavelib.domein.overlap.woorden import Splitser, Woord, inhoud, lees_woorden, stammen

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
    """

    proceswoorden: Collection[str]
    begrippen: Mapping[str, Collection[str]]
    themas: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Vectoren:
    """All rows as sparse matrices (row x feature), each row of length 1 where it says ``tf-idf``.

    Attributes
    ----------
    tekens : tf-idf of n-grams of the stems of titel and omschrijving
    titel : the same, of titel alone
    woorden : tf-idf of stems and the parts of compounds
    begrippen, themas : tf-idf of what the words stand for
    gemengd : tf-idf of begrippen, and of the words that stand for none
    zeldzaam : per stem how rare it is, 0 to 1; 1 is a word of one row
    namen, getallen : which proper names and which numbers (no years) a row has; 0 or 1
    rijen : per row its words that say something
    tokens : per row their stems and the parts of compounds
    """

    tekens: csr_array
    titel: csr_array
    woorden: csr_array
    begrippen: csr_array
    themas: csr_array
    gemengd: csr_array
    zeldzaam: csr_array
    namen: csr_array
    getallen: csr_array
    rijen: list[list[Woord]]
    tokens: list[list[str]]


def maak_vectoren(titels: Sequence[str], teksten: Sequence[str], gebieden: Sequence[str], taal: Taal) -> Vectoren:
    """Vectors of rows.

    Parameters
    ----------
    titels, teksten : per row its titel, and its titel with omschrijving
    gebieden : per row the name of its kern or wijk, or an empty text; counts as a name in the text
    """
    proces = stammen(taal.proceswoorden)
    alle = [lees_woorden(t) for t in teksten]
    rijen = [inhoud(woorden, proces) for woorden in alle]
    splitser = Splitser(_onderdelen(rijen, taal, proces))
    tokens = [[t for w in rij for t in (w.stam, *splitser.delen(w.tekst))] for rij in rijen]
    eigennamen = _eigennamen(teksten, alle) | stammen(gebieden)
    stam_sets = [sorted({w.stam for w in rij}) for rij in rijen]
    tekens = titel = _ngrammen([" ".join(w.stam for w in rij) for rij in rijen])
    if list(titels) != list(teksten):
        titel = _ngrammen([" ".join(w.stam for w in inhoud(lees_woorden(t), proces)) for t in titels])
    begrippen = register(taal.begrippen)
    genoemd = [{s for s in rij if s in eigennamen} for rij in stam_sets]
    return Vectoren(
        tekens=tekens,
        titel=titel,
        woorden=tfidf(tokens),
        begrippen=tfidf(vertaal(tokens, begrippen)),
        themas=tfidf(vertaal(tokens, register(taal.themas))),
        # No stem has a space, so the two kinds of names cannot meet.
        gemengd=tfidf(
            [[x for t in rij for x in ([f"= {b}" for b in begrippen.get(t, ())] or [t])] for rij in tokens]
        ),
        zeldzaam=_zeldzaam(stam_sets),
        namen=_aanwezig([n | stammen([g]) if g else n for n, g in zip(genoemd, gebieden, strict=True)]),
        getallen=_aanwezig([{w.stam for w in rij if w.is_getal and not w.is_jaar} for rij in rijen]),
        rijen=rijen,
        tokens=tokens,
    )


def _onderdelen(rijen: Iterable[Iterable[Woord]], taal: Taal, proces: Collection[str]) -> Iterable[str]:
    yield from (w.tekst for rij in rijen for w in rij if w.stam not in proces)
    for lijst in (*taal.begrippen.values(), *taal.themas.values()):
        yield from (w.tekst for tekst in lijst for w in lees_woorden(tekst) if w.stam not in proces)


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


def _zeldzaam(rijen: Sequence[Collection[str]]) -> csr_array:
    """Square roots of idf, scaled to 1 for a stem of one row: the product of two rows is the idf itself."""
    matrix = _aanwezig(rijen)
    keer = np.asarray(matrix.sum(axis=0)).ravel()
    idf = np.log((1 + len(rijen)) / (1 + keer)) + 1
    hoogste = np.log((1 + len(rijen)) / 2) + 1
    matrix.data = np.sqrt(idf / hoogste).astype(np.float32)[matrix.indices]
    return matrix
