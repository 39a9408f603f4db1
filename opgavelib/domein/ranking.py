"""Weighted ranking of ambities with visible normalisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.fouten import WegingFout

SCHAAL = (1.0, 5.0)
NORMALISATIES = MappingProxyType(
    {
        "schaal": "Elke score telt als deel van de eigen schaal",
        "minmax": "Per criterium telt de laagste gegeven score als 0% en de hoogste als 100%",
        "vector": "Elke score is gedeeld door de lengte van de kolom: de wortel uit de som van de kwadraten",
    }
)
ONTBREKEND = (
    "Een criterium zonder score telt voor die ambitie niet mee; het gewicht is verdeeld over haar andere criteria."
)


@dataclass(frozen=True)
class Scorekaart:
    """Judgements of all assessors brought together.

    Attributes
    ----------
    gemiddeld : DataFrame (ambitie x criterium), scale 1-5, NaN where nobody gave a score
    spreiding : DataFrame (ambitie x criterium), standard deviation between assessors (ddof 0)
    beoordelaars : Series (ambitie), number of assessors who gave at least one score
    aantallen : DataFrame (ambitie x criterium), number of scores, 0 where nobody gave one
    """

    gemiddeld: pd.DataFrame
    spreiding: pd.DataFrame
    beoordelaars: pd.Series
    aantallen: pd.DataFrame


@dataclass(frozen=True)
class Rangschikking:
    """Ambities from best to worst, with what every criterion adds.

    Attributes
    ----------
    tabel : DataFrame, index ambitie in rank order; score (0-100, NaN when not judged), rang (1-based,
        missing when not judged), volledig (bool: a score on every criterion)
    bijdragen : DataFrame (ambitie x criterium) in points; each row adds up to the score
    parameters : methode, normalisatie, gewichten (shares that add up to 1), schaal and richting per criterium,
        uitleg_normalisatie and uitleg_ontbrekend: what was done, as Dutch sentences
    genormaliseerd : DataFrame (ambitie x criterium), the scores as shares as they were added, 1 is best, NaN
        where there was no score
    """

    tabel: pd.DataFrame
    bijdragen: pd.DataFrame
    parameters: Mapping[str, object]
    genormaliseerd: pd.DataFrame


@dataclass(frozen=True)
class Voorbereid:
    """What every method starts from.

    Attributes
    ----------
    deel : array (n x k), normalised scores, NaN where missing
    bekend : array (n x k) of bool
    aandelen : array (k), weights that add up to 1
    gewicht : array (n x k), weights per ambitie over what was judged; rows add up to 1, or to 0 when nothing was
    beoordeeld : array (n) of bool
    """

    gemiddeld: pd.DataFrame
    deel: np.ndarray
    bekend: np.ndarray
    aandelen: np.ndarray
    gewicht: np.ndarray
    beoordeeld: np.ndarray
    parameters: Mapping[str, object]

    def rangschikking(
        self, methode: str, score: np.ndarray, bijdrage: np.ndarray, uitleg_ontbrekend: str = ONTBREKEND,
        **kolommen: np.ndarray,
    ) -> Rangschikking:  # fmt: skip
        """The result of a method, highest score first; ties keep input order.

        Parameters
        ----------
        score : array (n), 0-100; ignored where not judged
        bijdrage : array (n x k), points that add up to the score
        kolommen : more columns of the table, array (n) each
        """
        volgorde, rang = _volgorde(score, self.beoordeeld)
        index, criteria = self.gemiddeld.index[volgorde], self.gemiddeld.columns
        cijfers = {
            k: np.where(self.beoordeeld, c, np.nan)[volgorde] for k, c in {"score": score, **kolommen}.items()
        }
        vast = {"score": cijfers.pop("score"), "rang": rang, "volledig": self.bekend.all(axis=1)[volgorde]}
        # The arrays are ours alone, so the frame need not copy them.
        tabel = pd.DataFrame(vast | cijfers, index=index, copy=False)
        return Rangschikking(
            tabel,
            pd.DataFrame(bijdrage[volgorde], index=index, columns=criteria),
            {"methode": methode} | dict(self.parameters) | {"uitleg_ontbrekend": uitleg_ontbrekend},
            pd.DataFrame(self.deel[volgorde], index=index, columns=criteria),
        )


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
    aantallen = groep.count().unstack("criterium").reindex(**vorm)
    for kader in (gemiddeld, spreiding, aantallen):
        kader.index.name, kader.columns.name = "ambitie", "criterium"
    return Scorekaart(
        gemiddeld.astype(float), spreiding.astype(float), aantal.rename("beoordelaars"),
        aantallen.fillna(0).astype(int),
    )  # fmt: skip


def normaliseer(
    matrix: np.ndarray, richting: Sequence[str], methode: str = "schaal", schaal: np.ndarray | None = None
) -> np.ndarray:
    """Scores as shares 0 (worst) to 1 (best), so that criteria can be added.

    Parameters
    ----------
    matrix : array (n x k), each column on its own scale, NaN allowed
    richting : per criterion ``hoger`` or ``lager`` (which one is better)
    methode : ``schaal``: (score - low) / (high - low) of the scale, so a score means the same whatever the other
        ambities got; ``minmax``: lowest present is 0, highest 1 (a criterion in which all are equal gives 0);
        ``vector``: score / sqrt(sum of squares), as in Hwang and Yoon (1981); uses only part of 0-1
    schaal : array (k x 2), lowest and highest of each scale; None is 1-5 for all

    Raises
    ------
    WegingFout : unknown methode
    """
    if methode not in NORMALISATIES:
        raise WegingFout(f"Normalisatie '{methode}' bestaat niet. Kies uit: {', '.join(NORMALISATIES)}.")
    omgekeerd = np.array([r == "lager" for r in richting])
    if methode == "vector":
        lengte = np.sqrt(np.nansum(np.square(matrix), axis=0))
        aandeel = matrix / np.where(lengte > 0, lengte, 1.0)
    elif methode == "schaal" or not len(matrix):
        laag, hoog = SCHAAL if schaal is None else np.asarray(schaal, dtype=float).T
        aandeel = (matrix - laag) / (hoog - laag)
    else:
        bekend = ~np.isnan(matrix).all(axis=0)
        laag = np.where(bekend, np.nanmin(np.where(bekend, matrix, 0.0), axis=0), 0.0)
        bereik = np.where(bekend, np.nanmax(np.where(bekend, matrix, 0.0), axis=0), 0.0) - laag
        aandeel = np.divide(matrix - laag, bereik, out=np.zeros_like(matrix), where=bereik > 0)
        aandeel[np.isnan(matrix)] = np.nan
        omgekeerd &= bereik > 0
    return np.where(omgekeerd, 1 - aandeel, aandeel) if omgekeerd.any() else aandeel


def bereid_voor(
    gemiddeld: pd.DataFrame,
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    normalisatie: str = "schaal",
    schaal: Mapping[str, tuple[float, float]] | None = None,
) -> Voorbereid:
    """Normalised scores and weights per ambitie; parameters as in `gewogen_som`."""
    criteria = list(gemiddeld.columns)
    aandelen = gewicht_aandelen(criteria, gewichten)
    richtingen = [(richting or {}).get(c, "hoger") for c in criteria]
    grenzen = schaal_grenzen(criteria, schaal)
    deel = normaliseer(gemiddeld.to_numpy(dtype=float), richtingen, normalisatie, grenzen)
    bekend = ~np.isnan(deel)
    gewicht = bekend * aandelen
    som = gewicht.sum(axis=1, keepdims=True)
    beoordeeld = som[:, 0] > 0
    gewicht /= np.where(som > 0, som, 1.0)
    parameters = {
        "normalisatie": normalisatie,
        "gewichten": dict(zip(criteria, aandelen.tolist(), strict=True)),
        "schaal": dict(zip(criteria, grenzen.tolist(), strict=True)),
        "richting": dict(zip(criteria, richtingen, strict=True)),
        "uitleg_normalisatie": _uitleg(normalisatie, criteria, richtingen, grenzen),
    }
    return Voorbereid(gemiddeld, deel, bekend, aandelen, gewicht, beoordeeld, parameters)


def gewogen_som(
    gemiddeld: pd.DataFrame,
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    normalisatie: str = "schaal",
    schaal: Mapping[str, tuple[float, float]] | None = None,
) -> Rangschikking:
    """Rank by weighted sum, highest first.

    Parameters
    ----------
    gemiddeld : DataFrame (ambitie x criterium), each on its scale. A missing score leaves that criterion out for
        that ambitie: its weight is spread over the criteria that were judged. No score at all: no rank.
    gewichten : per criterion, >= 0, not all 0; normalised to sum 1
    richting : per criterion ``hoger`` (default) or ``lager``
    normalisatie : a key of `NORMALISATIES`, see `normaliseer`
    schaal : per criterion its lowest and highest score; 1-5 where not given

    Returns
    -------
    Rangschikking; ties keep input order; the input is not changed

    Raises
    ------
    WegingFout : criteria of scores and weights differ, a weight is negative, all are 0, or a scale is empty

    References
    ----------
    Weighted sum model, Fishburn (1967).
    """
    v = bereid_voor(gemiddeld, gewichten, richting, normalisatie, schaal)
    bijdrage = 100 * np.where(v.bekend, v.deel, 0.0) * v.gewicht
    return v.rangschikking("gewogen som", bijdrage.sum(axis=1), bijdrage)


def schaal_grenzen(criteria: Sequence[str], schaal: Mapping[str, tuple[float, float]] | None) -> np.ndarray:
    """Scales as array (k x 2) in the order of `criteria`; 1-5 where none is given.

    Raises
    ------
    WegingFout : a highest score that is not above the lowest
    """
    grenzen = np.array([(schaal or {}).get(c, SCHAAL) for c in criteria], dtype=float).reshape(-1, 2)
    for c, (laag, hoog) in zip(criteria, grenzen, strict=True):
        if not laag < hoog:
            raise WegingFout(
                f"De schaal van criterium '{c}' loopt van {notatie.getal(laag, 2)} tot {notatie.getal(hoog, 2)}. "
                "Geef een hoogste score die boven de laagste ligt."
            )
    return grenzen


def _volgorde(score: np.ndarray, beoordeeld: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions from best to worst, those not judged last, and the rank at each."""
    # Rounded so that equal judgements tie although their sums were added in another order.
    volgorde = np.argsort(-np.where(beoordeeld, np.round(score, 9), -np.inf), kind="stable")
    rang = np.arange(1, len(volgorde) + 1, dtype=float)
    rang[int(beoordeeld.sum()) :] = np.nan
    return volgorde, rang


def _uitleg(normalisatie: str, criteria: Sequence[str], richtingen: Sequence[str], grenzen: np.ndarray) -> str:
    zin = NORMALISATIES[normalisatie]
    if normalisatie == "schaal" and len(criteria):
        soorten: dict[tuple[float, float], list[str]] = {}
        for c, (laag, hoog) in zip(criteria, grenzen.tolist(), strict=True):
            soorten.setdefault((laag, hoog), []).append(c)
        delen = [
            f"{notatie.getal(laag, 2)} tot {notatie.getal(hoog, 2)}"
            + (f" voor {', '.join(namen)}" if len(soorten) > 1 else "")
            for (laag, hoog), namen in soorten.items()
        ]
        zin += f" ({'; '.join(delen)})"
    lager = [c for c, r in zip(criteria, richtingen, strict=True) if r == "lager"]
    return zin + (f"; omgekeerd bij {', '.join(lager)}, waar lager beter is." if lager else ".")


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
