"""Weighted ranking of ambities with visible normalisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib.fouten import WegingFout

SCHAAL = (1.0, 5.0)
NORMALISATIES = ("schaal", "minmax")


@dataclass(frozen=True)
class Scorekaart:
    """Judgements of all assessors brought together.

    Attributes
    ----------
    gemiddeld : DataFrame (ambitie x criterium), scale 1-5, NaN where nobody gave a score
    spreiding : DataFrame (ambitie x criterium), standard deviation between assessors (ddof 0)
    beoordelaars : Series (ambitie), number of assessors who gave at least one score
    """

    gemiddeld: pd.DataFrame
    spreiding: pd.DataFrame
    beoordelaars: pd.Series


@dataclass(frozen=True)
class Rangschikking:
    """Ambities from best to worst, with what every criterion adds.

    Attributes
    ----------
    tabel : DataFrame, index ambitie in rank order; score (0-100, NaN when not judged), rang (1-based,
        missing when not judged), volledig (bool: a score on every criterion)
    bijdragen : DataFrame (ambitie x criterium) in points; each row adds up to the score
    parameters : methode, normalisatie, gewichten (shares that add up to 1)
    """

    tabel: pd.DataFrame
    bijdragen: pd.DataFrame
    parameters: Mapping[str, object]


def scorekaart(scores: pd.DataFrame, ambities: Sequence[str], criteria: Sequence[str]) -> Scorekaart:
    """Mean and spread of the scores over assessors.

    Parameters
    ----------
    scores : DataFrame with ambitie, criterium, beoordelaar, score (1-5); one row per judgement
    ambities, criteria : which rows and columns to give, in this order
    """
    relevant = scores[scores["criterium"].isin(criteria)]
    groep = relevant.groupby(["ambitie", "criterium"], observed=True)["score"]
    vorm = {"index": list(ambities), "columns": list(criteria)}
    gemiddeld = groep.mean().unstack("criterium").reindex(**vorm)
    spreiding = groep.std(ddof=0).unstack("criterium").reindex(**vorm)
    aantal = relevant.groupby("ambitie")["beoordelaar"].nunique().reindex(list(ambities), fill_value=0)
    for kader in (gemiddeld, spreiding):
        kader.index.name, kader.columns.name = "ambitie", "criterium"
    return Scorekaart(gemiddeld.astype(float), spreiding.astype(float), aantal.rename("beoordelaars"))


def normaliseer(matrix: np.ndarray, richting: Sequence[str], methode: str = "schaal") -> np.ndarray:
    """Scores as shares 0 (worst) to 1 (best), so that criteria can be added.

    Parameters
    ----------
    matrix : array (n x k), scale 1-5, NaN allowed
    richting : per criterion ``hoger`` or ``lager`` (which one is better)
    methode : ``schaal``: (score - 1) / 4, so a score means the same whatever the other ambities got;
        ``minmax``: lowest present is 0, highest 1 (a criterion in which all are equal gives 0)

    Raises
    ------
    WegingFout : unknown methode
    """
    if methode not in NORMALISATIES:
        raise WegingFout(f"Normalisatie '{methode}' bestaat niet. Kies uit: {', '.join(NORMALISATIES)}.")
    if methode == "schaal" or not len(matrix):
        laag, hoog = SCHAAL
        aandeel = (matrix - laag) / (hoog - laag)
    else:
        bekend = ~np.isnan(matrix).all(axis=0)
        laag = np.where(bekend, np.nanmin(np.where(bekend, matrix, 0.0), axis=0), 0.0)
        bereik = np.where(bekend, np.nanmax(np.where(bekend, matrix, 0.0), axis=0), 0.0) - laag
        aandeel = np.divide(matrix - laag, bereik, out=np.zeros_like(matrix), where=bereik > 0)
        aandeel[np.isnan(matrix)] = np.nan
    omgekeerd = np.array([r == "lager" for r in richting])
    if methode == "minmax" and omgekeerd.any() and len(matrix):
        gelijk = np.nanmax(aandeel, axis=0, initial=0.0) == 0
        return np.where(omgekeerd & ~gelijk, 1 - aandeel, aandeel)
    return np.where(omgekeerd, 1 - aandeel, aandeel)


def gewogen_som(
    gemiddeld: pd.DataFrame,
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    normalisatie: str = "schaal",
) -> Rangschikking:
    """Rank by weighted sum, highest first.

    Parameters
    ----------
    gemiddeld : DataFrame (ambitie x criterium), scale 1-5. A missing score leaves that criterion out for
        that ambitie: its weight is spread over the criteria that were judged. No score at all: no rank.
    gewichten : per criterion, >= 0, not all 0; normalised to sum 1
    richting : per criterion ``hoger`` (default) or ``lager``

    Returns
    -------
    Rangschikking; ties keep input order; the input is not changed

    Raises
    ------
    WegingFout : criteria of scores and weights differ, a weight is negative, or all are 0

    References
    ----------
    Weighted sum model, Fishburn (1967).
    """
    aandelen = gewicht_aandelen(gemiddeld.columns, gewichten)
    richtingen = [(richting or {}).get(c, "hoger") for c in gemiddeld.columns]
    waarden = gemiddeld.to_numpy(dtype=float)
    deel = normaliseer(waarden, richtingen, normalisatie)
    bekend = ~np.isnan(deel)
    gewicht = bekend * aandelen
    som = gewicht.sum(axis=1, keepdims=True)
    bijdrage = np.divide(100 * np.where(bekend, deel, 0) * gewicht, som, out=np.zeros_like(deel), where=som > 0)
    beoordeeld = som[:, 0] > 0
    score = np.where(beoordeeld, bijdrage.sum(axis=1), np.nan)
    # Rounded so that equal judgements tie although their sums were added in another order.
    volgorde = np.argsort(-np.round(np.where(beoordeeld, score, -1.0), 9), kind="stable")
    rang = np.where(beoordeeld[volgorde], np.arange(1, len(volgorde) + 1, dtype=float), np.nan)
    index = gemiddeld.index[volgorde]
    tabel = pd.DataFrame(
        {"score": score[volgorde], "rang": rang, "volledig": bekend.all(axis=1)[volgorde]}, index=index
    )
    return Rangschikking(
        tabel,
        pd.DataFrame(bijdrage[volgorde], index=index, columns=gemiddeld.columns),
        {
            "methode": "gewogen som",
            "normalisatie": normalisatie,
            "gewichten": dict(zip(gemiddeld.columns, aandelen.tolist(), strict=True)),
        },
    )


def gewicht_aandelen(criteria: Sequence[str], gewichten: Mapping[str, float]) -> np.ndarray:
    """Weights as shares that add up to 1, in the order of `criteria`.

    Raises
    ------
    WegingFout : a criterion without weight or the reverse, a negative weight, or all 0
    """
    ontbreekt = [c for c in criteria if c not in gewichten]
    teveel = [c for c in gewichten if c not in list(criteria)]
    if ontbreekt or teveel:
        wat = [f"zonder gewicht: {', '.join(ontbreekt)}"] if ontbreekt else []
        wat += [f"zonder criterium: {', '.join(teveel)}"] if teveel else []
        raise WegingFout(f"Gewichten en criteria passen niet op elkaar ({'; '.join(wat)}).")
    vector = np.array([gewichten[c] for c in criteria], dtype=float)
    if not np.isfinite(vector).all() or (vector < 0).any():
        raise WegingFout("Een gewicht kan niet negatief zijn.")
    if vector.sum() <= 0:
        raise WegingFout("Geef minstens één criterium een gewicht boven 0.")
    return vector / vector.sum()
