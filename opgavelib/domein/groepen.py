"""Groups of ambities that may become one opgave, and rows that are like a row. A person decides."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.overlap.woorden import Splitser, Woord, inhoud, lees_woorden, stammen

KOLOMMEN = ("titel", "omschrijving", "programma", "taakveld", "domein", "opgave")
_NAAMWOORDEN = 3
_KORTSTE_NAAMWOORD = 4
# How many of the rows of an opgave a row must be like: the best ones, so that a broad opgave is not at a
# disadvantage, and more than one, so that a single look-alike does not decide.
_BUREN = 2


@dataclass(frozen=True)
class Groepen:
    """Proposals to make an opgave of rows, or to add rows to one that is there.

    Attributes
    ----------
    tabel : DataFrame, index 0.. (best first); naam, opgave (code when it is there already, else None), rijen
        (list of keys, open ones only; every row is in one group at most), domein (of all rows that have one,
        else None), reden
    toelichting : sentence about what was compared
    parameters : what is needed to repeat it
    """

    tabel: pd.DataFrame
    toelichting: str
    parameters: Mapping[str, object]


def stel_groepen_voor(
    ambities: pd.DataFrame,
    *,
    proceswoorden: Collection[str],
    hoogstens: int,
    minstens: int,
    drempel: float,
    drempel_opgave: float,
    bonus: Mapping[str, float],
    grens: int,
) -> Groepen:
    """Propose groups: first rows that fit an opgave that is there, then new ones among the rest.

    Parameters
    ----------
    ambities : DataFrame, index ambitie; `KOLOMMEN`, None where missing. `opgave` is the code of the opgave a
        row is part of, None when it is open
    proceswoorden : words that say nothing about the subject
    hoogstens, minstens : rows in a new group
    drempel : mean likeness (0 to 1) within a new group, at least
    drempel_opgave : mean likeness to the nearest rows of an opgave, at least
    bonus : what an equal programma, taakveld or domein adds to the likeness, per column
    grens : most rows that are compared; a group needs every row compared with every other one

    Returns
    -------
    Groepen; the order of the rows makes no difference

    Notes
    -----
    Average linkage on the cosine of TF-IDF, and the tree is cut from the top at the first branch that is
    alike enough and small enough. Connected components would chain: everything is like something that is
    like something else.

    References
    ----------
    Average linkage (UPGMA): Sokal and Michener (1958).
    """
    parameters = {"hoogstens": hoogstens, "minstens": minstens, "drempel": drempel,
                  "drempel_opgave": drempel_opgave, "bonus": dict(bonus), "grens": grens}  # fmt: skip
    ambities = ambities.sort_index().reindex(columns=list(KOLOMMEN))
    ambities = ambities.astype(object).where(ambities.notna(), None)
    open_ = ambities["opgave"].isna()
    if open_.sum() > grens:
        ambities, open_ = ambities.iloc[:0], open_.iloc[:0]
        zin = f"Er zijn meer dan {notatie.getal(grens)} open rijen: sorteer eerst, en laat dan groepen voorstellen."
        return Groepen(_tabel([]), zin, parameters)
    if len(ambities) > grens:
        ambities = ambities[open_]
    teksten = _Teksten.lees(ambities, proceswoorden)
    gelijk = teksten.gelijkenis(bonus)
    past = _bij_bestaande(ambities, gelijk, drempel_opgave)
    over = np.array(
        [o is None and k not in past for k, o in zip(ambities.index, ambities["opgave"], strict=True)], bool
    )
    voorstellen = _bij_opgaven(ambities, past, teksten)
    for plekken in _bomen(gelijk, np.flatnonzero(over), hoogstens, minstens, drempel):
        voorstellen.append(_voorstel(ambities, plekken, teksten, None))
    tabel = _tabel(voorstellen)
    return Groepen(tabel, _zin(int(ambities["opgave"].isna().sum()), tabel), parameters)


@dataclass(frozen=True)
class _Teksten:
    """The rows as words: per row its words, and the stems it is compared by."""

    rijen: pd.DataFrame
    woorden: Sequence[Sequence[Woord]]
    stammen: Sequence[Sequence[str]]

    @classmethod
    def lees(cls, ambities: pd.DataFrame, proceswoorden: Collection[str]) -> _Teksten:
        proces = stammen(proceswoorden)
        woorden = [
            inhoud(lees_woorden(f"{t or ''} {o or ''}"), proces)
            for t, o in zip(ambities["titel"], ambities["omschrijving"], strict=True)
        ]
        splitser = Splitser({w.tekst for ws in woorden for w in ws if w.stam not in proces})
        uit = [[d for w in ws for d in (w.stam, *splitser.delen(w.tekst))] for ws in woorden]
        return cls(ambities, woorden, uit)

    def gelijkenis(self, bonus: Mapping[str, float]) -> np.ndarray:
        """Likeness of all rows (row x row, float32): cosine plus `bonus`, at most 1; 0 without a shared word."""
        n = len(self.stammen)
        if not any(self.stammen):
            return np.zeros((n, n), np.float32)
        from sklearn.feature_extraction.text import TfidfVectorizer

        maker = TfidfVectorizer(analyzer=list, sublinear_tf=True, dtype=np.float32)
        x = maker.fit_transform(self.stammen)
        gelijk = np.asarray((x @ x.T).todense())
        deelt = gelijk > 0
        for kolom, erbij in bonus.items():
            codes, _ = pd.factorize(self.rijen[kolom])
            gelijk[(codes[:, None] == codes[None, :]) & (codes[:, None] >= 0) & deelt] += erbij
        return np.minimum(gelijk, 1)

    def telwoorden(self, plekken: Collection[int]) -> list[tuple[str, int]]:
        """Most telling words of some rows with the number of rows that have it, as most people write it."""
        rijen_met = Counter(s for ss in self.stammen for s in set(ss))
        hier = Counter(s for p in plekken for s in set(self.stammen[p]))
        vormen: dict[str, Counter] = {}
        for p in plekken:
            for w in self.woorden[p]:
                vormen.setdefault(w.stam, Counter())[w.tekst.casefold()] += 1
        n = len(self.stammen)
        gewicht = {
            s: k * math.log((1 + n) / (1 + rijen_met[s]) + 1) for s, k in hier.items() if k > 1 and s in vormen
        }
        beste = sorted(gewicht, key=lambda s: (-gewicht[s], s))
        return [(max(sorted(vormen[s]), key=vormen[s].__getitem__), hier[s]) for s in beste if not s[0].isdigit()]


def _bij_bestaande(ambities: pd.DataFrame, gelijk: np.ndarray, drempel: float) -> dict[str, str]:
    """Open rows that are like the rows of an opgave: {row: opgave}, the one it is most like."""
    opgave = ambities["opgave"].to_numpy()
    open_ = np.array([o is None for o in opgave], bool)
    codes = sorted({o for o in opgave if o is not None})
    if not codes or not open_.any():
        return {}
    scores = np.zeros((int(open_.sum()), len(codes)), np.float32)
    for j, code in enumerate(codes):
        leden = gelijk[np.ix_(open_, opgave == code)]
        beste = -np.sort(-leden, axis=1)[:, :_BUREN]
        scores[:, j] = beste.sum(axis=1) / _BUREN
    keuze = scores.argmax(axis=1)
    hoog = scores[np.arange(len(keuze)), keuze]
    return {k: codes[j] for k, j, s in zip(ambities.index[open_], keuze, hoog, strict=True) if s >= drempel}


def _bij_opgaven(ambities: pd.DataFrame, past: Mapping[str, str], teksten: _Teksten) -> list[dict]:
    uit = []
    for code in sorted(set(past.values())):
        plekken = [i for i, k in enumerate(ambities.index) if past.get(k) == code]
        uit.append(_voorstel(ambities, plekken, teksten, code))
    return uit


def _bomen(
    gelijk: np.ndarray, plekken: np.ndarray, hoogstens: int, minstens: int, drempel: float
) -> list[list[int]]:
    """Branches of the tree over `plekken` that are alike enough and not too big."""
    if len(plekken) < minstens:
        return []
    from scipy.cluster.hierarchy import linkage, to_tree
    from scipy.spatial.distance import squareform

    afstand = 1 - gelijk[np.ix_(plekken, plekken)]
    np.fill_diagonal(afstand, 0)
    boom = to_tree(linkage(squareform(afstand, checks=False), "average"))
    uit, stapel = [], [boom]
    while stapel:
        tak = stapel.pop()
        if tak.count < minstens:
            continue
        if tak.count <= hoogstens and tak.dist <= 1 - drempel:
            uit.append(sorted(int(plekken[i]) for i in tak.pre_order()))
        else:
            stapel += [tak.left, tak.right]
    return uit


def _voorstel(ambities: pd.DataFrame, plekken: Sequence[int], teksten: _Teksten, opgave: str | None) -> dict:
    rijen = ambities.iloc[list(plekken)]
    # Why rows fit an opgave shows in the words they share with the rows that are in it.
    leden = list(plekken) if opgave is None else [*plekken, *np.flatnonzero(ambities["opgave"] == opgave).tolist()]
    woorden = teksten.telwoorden(leden)
    domeinen = set(rijen["domein"].dropna())
    return {
        "naam": _naam(woorden),
        "opgave": opgave,
        "rijen": list(rijen.index),
        "domein": domeinen.pop() if len(domeinen) == 1 else None,
        "reden": _reden(woorden, len(leden), rijen, opgave),
    }


def _naam(woorden: Sequence[tuple[str, int]]) -> str:
    """Name from the most telling words; one that is part of another is left out."""
    gekozen: list[str] = []
    for woord, _ in woorden:
        if len(woord) < _KORTSTE_NAAMWOORD or len(gekozen) == _NAAMWOORDEN:
            continue
        if not any(woord in g or g in woord for g in gekozen):
            gekozen.append(woord)
    if not gekozen:
        return ""
    tekst = gekozen[0] if len(gekozen) == 1 else f"{', '.join(gekozen[:-1])} en {gekozen[-1]}"
    return tekst[0].upper() + tekst[1:]


def _reden(woorden: Sequence[tuple[str, int]], totaal: int, rijen: pd.DataFrame, opgave: str | None) -> str:
    delen = [f"'{w}' ({k} van {totaal})" for w, k in woorden[:4]]
    bij = f"samen met de rijen van {opgave}: " if opgave else ""
    zinnen = [f"Gedeelde woorden, {bij}{', '.join(delen)}" if delen else "Woorden die op elkaar lijken"]
    for kolom in ("programma", "taakveld"):
        telling = rijen[kolom].value_counts()
        if len(telling) and telling.iloc[0] > 1 and telling.iloc[0] >= len(rijen) / 2:
            waarde = sorted(telling.index[telling == telling.iloc[0]])[0]
            zinnen.append(f"{kolom} {waarde} ({telling.iloc[0]} van {len(rijen)})")
    return "; ".join(zinnen) + "."


def _tabel(voorstellen: Sequence[dict]) -> pd.DataFrame:
    tabel = pd.DataFrame(list(voorstellen), columns=["naam", "opgave", "rijen", "domein", "reden"], dtype=object)
    orde = sorted(range(len(tabel)), key=lambda i: (-len(tabel["rijen"][i]), tabel["rijen"][i]))
    return tabel.iloc[orde].reset_index(drop=True)


def _zin(open_: int, tabel: pd.DataFrame) -> str:
    if not open_:
        return "Er zijn geen open rijen meer om te groeperen."
    if tabel.empty:
        return (
            f"In {notatie.aantal(open_, 'open rij', 'open rijen')} is geen groep gevonden die genoeg gemeen heeft."
        )
    in_groep = sum(map(len, tabel["rijen"]))
    nieuw = int(tabel["opgave"].isna().sum())
    bij = (
        f" en {notatie.aantal(len(tabel) - nieuw, 'aanvulling', 'aanvullingen')} op een opgave"
        if nieuw < len(tabel)
        else ""
    )
    return (
        f"{notatie.aantal(nieuw, 'nieuwe groep', 'nieuwe groepen')}{bij}, voor {in_groep} van de "
        f"{notatie.aantal(open_, 'open rij', 'open rijen')}."
    )


def gelijkende(
    tekst: str, teksten: Mapping[str, str], proceswoorden: Collection[str]
) -> list[tuple[str, list[str]]]:
    """Which of `teksten` share telling words with `tekst`: (key, the words as `tekst` has them), best first.

    A word weighs more when fewer of the texts have it; long texts have no advantage.
    """
    proces = stammen(proceswoorden)
    eigen = {w.stam: w.tekst for w in reversed(inhoud(lees_woorden(tekst), proces))}
    anderen = {k: {w.stam for w in inhoud(lees_woorden(t), proces)} for k, t in teksten.items()}
    telling = Counter(s for ss in anderen.values() for s in ss)
    gewicht = {s: math.log(1 + len(anderen) / n) for s, n in telling.items()}
    scores = {}
    for sleutel, ss in anderen.items():
        if gedeeld := eigen.keys() & ss:
            scores[sleutel] = sum(gewicht[s] for s in gedeeld) / math.sqrt(sum(gewicht[s] for s in ss))
    beste = sorted(scores, key=lambda k: (-scores[k], k))
    return [(k, [eigen[s] for s in eigen if s in anderen[k]][::-1]) for k in beste]
