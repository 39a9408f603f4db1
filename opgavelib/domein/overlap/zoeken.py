"""Find pairs of ambities that may say the same, with a score and a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib.domein.overlap.betekenis import Semantiek, betekenis, ligging
from opgavelib.domein.overlap.kandidaten import zoek_kandidaten
from opgavelib.domein.overlap.kenmerken import VELDEN, kenmerken
from opgavelib.domein.overlap.reden import Reden
from opgavelib.domein.overlap.vectoren import Taal, Vectoren, maak_vectoren

KOLOMMEN = ("a", "b", "score", "reden", "gedeeld")


@dataclass(frozen=True)
class Paren:
    """Pairs that may say the same, best first.

    Attributes
    ----------
    tabel : DataFrame; a, b (keys, a before b in the order of the rows), score (0 to 1), reden, gedeeld
        (list of the words of a that b has too)
    toelichting : what was compared with what, ready for a memo
    parameters : what is needed to repeat it
    """

    tabel: pd.DataFrame
    toelichting: str
    parameters: Mapping[str, object]


def zoek_overlap(
    ambities: pd.DataFrame,
    *,
    proceswoorden: Collection[str],
    weging: Mapping[str, float],
    begrippen: Mapping[str, Collection[str]] | None = None,
    themas: Mapping[str, Collection[str]] | None = None,
    synoniemen: Sequence[Collection[str]] = (),
    handelingen: Collection[str] = (),
    uitgesloten: Collection[tuple[str, str]] = frozenset(),
    per_rij: int = 5,
    drempel: float = 0.05,
    semantiek: Semantiek | None = None,
) -> Paren:
    """Pairs of rows that may say the same, best first. A person decides; nothing is merged.

    The score is the chance that a person calls the pair overlap, as a logistic regression on labelled pairs
    estimates it: of the pairs with a score near 0.3 about three in ten were labelled so. Equal texts get 1.
    The order of the rows changes nothing but which key is called a.

    Parameters
    ----------
    ambities : DataFrame, index ambitie (unique); titel, and when known omschrijving, programma, taakveld,
        domein, gebied, soort (kind of source), portefeuillehouder
    proceswoorden : words that say nothing about the subject (vaststellen, uitvoeringsprogramma, de, het)
    weging : weight per feature (see `kenmerken`) with ``basis``; with `semantiek` also those of
        `betekenis`
    begrippen : words that mean about the same, per begrip
    themas : words that tell the theme, per theme (taakveld)
    synoniemen : groups of words and expressions that mean the same
    handelingen : words for what is done, or with what means; they count for less
    uitgesloten : pairs of keys, in any order, that never come back
    per_rij : a pair comes back when it is among the best this many of one of its rows
    drempel : lowest score that is returned
    semantiek : texts to vectors of length 1 (rows, dimensions); None compares words only

    Returns
    -------
    Paren

    References
    ----------
    TF-IDF with cosine: Salton and Buckley (1988). A row that resembles many counts less: Radovanović et al.,
    Hubs in space (2010).
    """
    taal = Taal(proceswoorden, begrippen or {}, themas or {}, synoniemen, handelingen)
    v = vergelijk(ambities, taal, semantiek)
    score = np.where(v.gelijk, 1.0, kans(v.feiten, weging))
    weg = {frozenset(p) for p in uitgesloten}
    if weg:
        score[[frozenset(p) in weg for p in zip(v.a, v.b, strict=True)]] = -1.0
    houd = _houd(v.i, v.j, score, len(ambities), per_rij, drempel)
    leg_uit = Reden(v.vectoren, v.velden)
    van, naar = np.where(v.draai, v.j, v.i)[houd].tolist(), np.where(v.draai, v.i, v.j)[houd].tolist()
    uitleg = [leg_uit(*f) for f in zip(van, naar, v.feiten.iloc[houd].to_dict("records"), strict=True)]
    tabel = pd.DataFrame(
        {
            "a": v.a[houd],
            "b": v.b[houd],
            "score": score[houd],
            "reden": [u[0] for u in uitleg],
            "gedeeld": [u[1] for u in uitleg],
        },
        columns=list(KOLOMMEN),
    )
    keuze = {"weging": dict(weging), "per_rij": per_rij, "drempel": drempel, "semantiek": semantiek is not None}
    return Paren(tabel, _toelichting(len(ambities), tabel, semantiek is not None), keuze)


@dataclass(frozen=True)
class Vergelijking:
    """Pairs worth comparing and what speaks for and against each.

    Attributes
    ----------
    a, b : keys per pair, a before b in the order of the rows
    i, j : the same pairs as numbers in `vectoren` and `velden`, i < j
    draai : whether a is j
    gelijk : whether both texts are the same but for capitals and spaces
    feiten : DataFrame, a row per pair; see `kenmerken`
    """

    a: np.ndarray
    b: np.ndarray
    i: np.ndarray
    j: np.ndarray
    draai: np.ndarray
    gelijk: np.ndarray
    feiten: pd.DataFrame
    vectoren: Vectoren
    velden: pd.DataFrame


def vergelijk(ambities: pd.DataFrame, taal: Taal, semantiek: Semantiek | None = None) -> Vergelijking:
    """Features of every pair worth comparing; `ambities` and `semantiek` as for `zoek_overlap`."""
    volgorde = _vaste_volgorde(ambities)
    rijen = ambities.iloc[volgorde]
    titels, toe, gebieden = (
        _kolom(rijen, k).fillna("").astype(str).tolist() for k in ("titel", "omschrijving", "gebied")
    )
    teksten = [f"{t}\n{o}" if o else t for t, o in zip(titels, toe, strict=True)]
    soorten = pd.factorize(_kolom(rijen, "soort"), sort=True)[0]
    velden = pd.DataFrame({v: _kolom(rijen, v).to_numpy(dtype=object) for v in VELDEN})
    vectoren = maak_vectoren(teksten, gebieden, taal)
    plaats = ligging(teksten, semantiek) if semantiek is not None and teksten else None
    kandidaten = zoek_kandidaten(vectoren, soorten, None if plaats is None else plaats.buur)
    feiten = kenmerken(vectoren, kandidaten, velden, soorten)
    if plaats is not None and len(feiten):
        feiten = feiten.assign(**betekenis(teksten, vectoren, kandidaten, plaats, taal, semantiek))
    i, j = kandidaten.i, kandidaten.j
    tekst = pd.factorize(pd.Series([" ".join(t.casefold().split()) for t in teksten], dtype=object))[0]
    draai = volgorde[i] > volgorde[j]
    sleutels = rijen.index.to_numpy()
    return Vergelijking(
        a=sleutels[np.where(draai, j, i)],
        b=sleutels[np.where(draai, i, j)],
        i=i,
        j=j,
        draai=draai,
        gelijk=tekst[i] == tekst[j],
        feiten=feiten,
        vectoren=vectoren,
        velden=velden,
    )


def kans(feiten: pd.DataFrame, weging: Mapping[str, float]) -> np.ndarray:
    """Chance of overlap per pair: logistic in the features that `weging` names."""
    namen = [k for k in weging if k in feiten]
    z = weging["basis"] + feiten[namen].to_numpy(dtype=float) @ np.array([weging[k] for k in namen], dtype=float)
    return 1 / (1 + np.exp(-z))


def _kolom(rijen: pd.DataFrame, naam: str) -> pd.Series:
    return rijen[naam].astype(object) if naam in rijen else pd.Series(None, index=rijen.index, dtype=object)


def _vaste_volgorde(ambities: pd.DataFrame) -> np.ndarray:
    """Positions of the rows by text and key: sums and ties then come out alike for any order of the rows."""
    titels = _kolom(ambities, "titel").fillna("").astype(str).tolist()
    paren = list(zip(titels, map(str, ambities.index), strict=True))
    return np.array(sorted(range(len(paren)), key=paren.__getitem__), dtype=np.int64)


def _houd(i: np.ndarray, j: np.ndarray, score: np.ndarray, aantal: int, per_rij: int, drempel: float) -> np.ndarray:
    """Pairs that are among the best `per_rij` of one of their rows and not below `drempel`, best first."""
    beste = np.lexsort((j, i, -score))
    beste = beste[score[beste] >= drempel]
    gezien = np.zeros(aantal, dtype=np.int64)
    houd = []
    for k in beste.tolist():
        p, q = i[k], j[k]
        if gezien[p] < per_rij or gezien[q] < per_rij:
            houd.append(k)
        gezien[p] += 1
        gezien[q] += 1
    return np.array(houd, dtype=np.int64)


def _toelichting(aantal: int, tabel: pd.DataFrame, met_betekenis: bool) -> str:
    waarop = "op woorden en betekenis" if met_betekenis else "op woorden; betekenis is niet gebruikt"
    paren = "1 paar" if len(tabel) == 1 else f"{len(tabel)} paren"
    return f"{aantal} ambities zijn vergeleken {waarop}. {paren} om te bekijken. Samenvoegen doet een mens."
