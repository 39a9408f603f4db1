"""Other ways to rank, as a second opinion beside the weighted sum.

Every method scores 0-100 with points per criterium that add up to it, so that one chart explains them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from opgavelib.domein.ranking import Rangschikking, Voorbereid, bereid_voor, gewogen_som
from opgavelib.fouten import WegingFout

# A difference of half a point on a scale of 1-5 is noise, one of two points counts in full.
ONVERSCHILLIG_AANDEEL = 0.125
VOORKEUR_AANDEEL = 0.5
VOORKEUREN = ("lineair", "gewoon")
_VERGELEKEN = (
    "Per criterium is een ambitie alleen vergeleken met ambities die daarop een score hebben; het gewicht van een "
    "criterium zonder score is verdeeld over haar andere criteria."
)


@dataclass(frozen=True)
class Methode:
    """A way to rank: its Dutch name, one sentence on how it works, and the function."""

    naam: str
    uitleg: str
    functie: Callable[..., Rangschikking]


def topsis(
    gemiddeld: pd.DataFrame,
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    normalisatie: str = "schaal",
    schaal: Mapping[str, tuple[float, float]] | None = None,
) -> Rangschikking:
    """Rank by closeness to the best and distance from the worst: 100 * d_worst / (d_worst + d_best).

    Parameters
    ----------
    gemiddeld, gewichten, richting, schaal : as in `opgavelib.domein.ranking.gewogen_som`
    normalisatie : with ``schaal`` best and worst are the ends of the scales, so that adding or leaving out an
        ambitie never turns the order of two others round; with ``minmax`` and ``vector`` they are the best and
        worst scores present, as in the original

    Returns
    -------
    Rangschikking; tabel has afstand_beste and afstand_slechtste too. The score is no sum: bijdragen divide it by
        the share of every criterium in the squared distance from the worst. A missing score leaves its criterium
        out of both distances and spreads its weight. When best and worst coincide the score is 50.

    References
    ----------
    Hwang and Yoon, Multiple Attribute Decision Making (1981).
    """
    v = bereid_voor(gemiddeld, gewichten, richting, normalisatie, schaal)
    deel = np.where(v.bekend, v.deel, 0.0)
    if normalisatie == "schaal" or not len(deel):
        best, slechtst = 1.0, 0.0
    else:
        best = np.where(v.bekend, v.deel, -np.inf).max(axis=0)
        slechtst = np.where(v.bekend, v.deel, np.inf).min(axis=0)
    naar_best = np.square(v.gewicht * np.where(v.bekend, deel - best, 0.0))
    van_slechtst = np.square(v.gewicht * np.where(v.bekend, deel - slechtst, 0.0))
    ver, na = np.sqrt(van_slechtst.sum(axis=1)), np.sqrt(naar_best.sum(axis=1))
    score = np.divide(100 * ver, ver + na, out=np.full(len(ver), 50.0), where=ver + na > 0)
    deel_van = np.divide(van_slechtst, (ver**2)[:, None], out=v.gewicht.copy(), where=(ver > 0)[:, None])
    zin = (
        "Een criterium zonder score telt voor die ambitie in geen van beide afstanden mee; het gewicht is verdeeld "
        "over haar andere criteria."
    )
    bijdrage = np.where(v.beoordeeld[:, None], score[:, None] * deel_van, 0.0)
    return v.rangschikking("TOPSIS", score, bijdrage, zin, afstand_beste=na, afstand_slechtste=ver)


def promethee(
    gemiddeld: pd.DataFrame,
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    normalisatie: str = "schaal",
    schaal: Mapping[str, tuple[float, float]] | None = None,
    *,
    voorkeur: str = "lineair",
    onverschillig_aandeel: float | Mapping[str, float] = ONVERSCHILLIG_AANDEEL,
    voorkeur_aandeel: float | Mapping[str, float] = VOORKEUR_AANDEEL,
) -> Rangschikking:
    """PROMETHEE II: rank by how strongly each ambitie is preferred to all others, less the reverse.

    Parameters
    ----------
    gemiddeld, gewichten, richting, normalisatie, schaal : as in `opgavelib.domein.ranking.gewogen_som`
    voorkeur : ``lineair``: a difference up to `onverschillig_aandeel` counts for nothing, from `voorkeur_aandeel`
        in full and in between in proportion; ``gewoon``: every difference counts in full. The last is the same
        ranking as Borda over criteria.
    onverschillig_aandeel, voorkeur_aandeel : thresholds in normalised scores (0-1), for all or per criterium

    Returns
    -------
    Rangschikking; score is 50 * (1 + net flow), and tabel has plus, min (flows, 0-1) and netto (-1 to 1). Per
        criterium an ambitie is compared with those that have a score on it; alone on it gives flow 0. The weight
        of a missing score is spread.

    Raises
    ------
    WegingFout : unknown preference function, or thresholds that are negative or do not rise

    Notes
    -----
    Sorted with running sums: O(k n log n) instead of all pairs (Calders and Van Assche, 2018).

    References
    ----------
    Brans and Vincke, Management Science 31 (1985); Brans and Mareschal, PROMETHEE methods (2005).
    """
    if voorkeur not in VOORKEUREN:
        raise WegingFout(f"Voorkeursfunctie '{voorkeur}' bestaat niet. Kies uit: {', '.join(VOORKEUREN)}.")
    criteria = list(gemiddeld.columns)
    laag, hoog = (_per_criterium(d, criteria) for d in (onverschillig_aandeel, voorkeur_aandeel))
    if voorkeur == "lineair" and ((laag < 0) | (hoog <= laag)).any():
        raise WegingFout(
            "Een verschil telt helemaal vanaf een grens die hoger ligt dan de grens waaronder het niet telt; "
            "pas de drempels van PROMETHEE aan."
        )
    v = bereid_voor(gemiddeld, gewichten, richting, normalisatie, schaal)
    drempels = list(zip(laag, hoog, strict=True)) if voorkeur == "lineair" else [None] * len(criteria)
    plus, min_ = _stromen(v, drempels)
    stroom = plus - min_
    uit = v.rangschikking(
        "PROMETHEE II", 50 * (1 + (v.gewicht * stroom).sum(axis=1)), 50 * v.gewicht * (1 + stroom), _VERGELEKEN,
        plus=(v.gewicht * plus).sum(axis=1), min=(v.gewicht * min_).sum(axis=1),
        netto=(v.gewicht * stroom).sum(axis=1),
    )  # fmt: skip
    drempel = (
        {"onverschillig_aandeel": laag.tolist(), "voorkeur_aandeel": hoog.tolist()}
        if drempels[:1] != [None]
        else {}
    )
    return _met(uit, voorkeursfunctie=voorkeur, **drempel)


def borda(
    gemiddeld: pd.DataFrame,
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    normalisatie: str = "schaal",
    schaal: Mapping[str, tuple[float, float]] | None = None,
) -> Rangschikking:
    """Borda over criteria: per criterium the share of the others that are beaten, equals for half.

    Only the order within a criterium counts, not by how much; so `normalisatie` changes nothing but what is shown.

    Parameters
    ----------
    gemiddeld, gewichten, richting, normalisatie, schaal : as in `opgavelib.domein.ranking.gewogen_som`

    Returns
    -------
    Rangschikking; 100 beats all others on every criterium. Missing scores: as in `promethee`; alone on a
        criterium gives half.

    References
    ----------
    De Borda, Mémoire sur les élections au scrutin (1781), each criterium a voter with the weight of its vote.
    """
    v = bereid_voor(gemiddeld, gewichten, richting, normalisatie, schaal)
    plus, min_ = _stromen(v, [None] * v.deel.shape[1])
    bijdrage = 50 * v.gewicht * (1 + plus - min_)
    return v.rangschikking("Borda over criteria", bijdrage.sum(axis=1), bijdrage, _VERGELEKEN)


def borda_beoordelaars(
    scores: pd.DataFrame,
    ambities: Sequence[str],
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    normalisatie: str = "schaal",
    schaal: Mapping[str, tuple[float, float]] | None = None,
) -> Rangschikking:
    """Borda over assessors: each ranks by the own weighted sum; the mean share of the others that are beaten.

    Somebody who scores high all over counts as much as somebody who scores low.

    Parameters
    ----------
    scores : DataFrame with ambitie, criterium, beoordelaar, score
    ambities : which rows to rank, in this order
    gewichten, richting, normalisatie, schaal : as in `opgavelib.domein.ranking.gewogen_som`

    Returns
    -------
    Rangschikking; bijdragen are per beoordelaar instead of per criterium. Who did not judge an ambitie does not
        count for it; the mean is over those who did.
    """
    eigen = scores[scores["criterium"].isin(list(gewichten))]
    bladen = (
        eigen.groupby(["beoordelaar", "ambitie", "criterium"], observed=True)["score"].mean().unstack("criterium")
    )
    bladen = bladen.reindex(columns=list(gewichten))
    index = pd.Index(list(ambities), name="ambitie")
    oordelen = pd.DataFrame(index=index)
    for wie in dict.fromkeys(bladen.index.get_level_values(0)):
        blad = bladen.loc[wie].reindex(index)
        # Rounded, so that equal judgements tie although their sums were added in another order.
        oordelen[wie] = gewogen_som(blad, gewichten, richting, normalisatie, schaal).tabel["score"].round(9)
    if oordelen.empty or not len(oordelen.columns):
        oordelen["niemand"] = np.nan
    uit = borda(
        oordelen, dict.fromkeys(oordelen.columns, 1.0), schaal=dict.fromkeys(oordelen.columns, (0.0, 100.0))
    )
    zin = "Wie een ambitie niet beoordeelde, telt daarvoor niet mee; de uitkomst is het gemiddelde van de anderen."
    return _met(uit, methode="Borda over beoordelaars", uitleg_ontbrekend=zin)


METHODEN: Mapping[str, Methode] = MappingProxyType(
    {
        "gewogen-som": Methode("gewogen som", "Telt per criterium score maal gewicht op.", gewogen_som),
        "topsis": Methode(
            "TOPSIS", "Kijkt hoe dicht een ambitie bij het beste ligt en hoe ver van het slechtste.", topsis
        ),
        "promethee": Methode(
            "PROMETHEE II", "Vergelijkt elk paar; een klein verschil telt niet, een groot helemaal.", promethee
        ),
        "borda": Methode(
            "Borda", "Kijkt per criterium alleen naar de volgorde, niet naar hoeveel het scheelt.", borda
        ),
    }
)


def rangschik(
    methode: str,
    gemiddeld: pd.DataFrame,
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    normalisatie: str = "schaal",
    schaal: Mapping[str, tuple[float, float]] | None = None,
) -> Rangschikking:
    """Rank by a method of `METHODEN`, with its defaults; parameters as in `gewogen_som`.

    Raises
    ------
    WegingFout : unknown method, or what the method itself refuses
    """
    if methode not in METHODEN:
        raise WegingFout(f"Methode '{methode}' bestaat niet. Kies uit: {', '.join(METHODEN)}.")
    return METHODEN[methode].functie(gemiddeld, gewichten, richting, normalisatie, schaal)


def _stromen(v: Voorbereid, drempels: Sequence[tuple[float, float] | None]) -> tuple[np.ndarray, np.ndarray]:
    """Per criterium the mean preference over the others, and theirs over it, arrays (n x k); 0 where missing."""
    plus, min_ = np.zeros(v.deel.shape), np.zeros(v.deel.shape)
    for j, drempel in enumerate(drempels):
        er = np.flatnonzero(v.bekend[:, j])
        if len(er) < 2:
            continue
        # Rounded, so that equal scores stay equal after the division by the scale.
        waarden = np.round(v.deel[er, j], 12)
        op_volgorde = np.argsort(waarden, kind="stable")
        y = waarden[op_volgorde]
        doel = er[op_volgorde]
        plus[doel, j] = _voorkeur(y, drempel) / (len(er) - 1)
        min_[doel, j] = _voorkeur(-y[::-1], drempel)[::-1] / (len(er) - 1)
    return plus, min_


def _voorkeur(y: np.ndarray, drempel: tuple[float, float] | None) -> np.ndarray:
    """Sum of the preferences of each of `y` (ascending) over all others."""
    if drempel is None:
        return np.searchsorted(y, y, side="left").astype(float)
    laag, hoog = drempel
    geheel = np.searchsorted(y, y - hoog, side="right")
    deels = np.maximum(np.searchsorted(y, y - laag, side="left"), geheel)
    som = np.concatenate(([0.0], np.cumsum(y)))
    return geheel + ((deels - geheel) * (y - laag) - (som[deels] - som[geheel])) / (hoog - laag)


def _per_criterium(drempel: float | Mapping[str, float], criteria: Sequence[str]) -> np.ndarray:
    if isinstance(drempel, Mapping):
        return np.array([drempel[c] for c in criteria], dtype=float)
    return np.full(len(criteria), float(drempel))


def _met(uit: Rangschikking, **parameters: object) -> Rangschikking:
    return Rangschikking(uit.tabel, uit.bijdragen, dict(uit.parameters) | parameters, uit.genormaliseerd)
