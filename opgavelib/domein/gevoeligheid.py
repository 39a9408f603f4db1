"""What turns a ranking round: the weight at which two ambities change place, and what one assessor changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.ranking import Rangschikking, gewicht_aandelen, gewogen_som

_NUL = 1e-12


@dataclass(frozen=True)
class Omslag:
    """Where two ambities change place when one weight moves and the others keep their proportions.

    Attributes
    ----------
    tabel : DataFrame, index criterium; gewicht (now, 0-1), omslag (0-1; NaN when no weight makes them change
        place), verschil (omslag - gewicht), zin
    voor, achter : which of the two is ahead now
    toelichting : the smallest change, as a sentence
    """

    tabel: pd.DataFrame
    voor: object
    achter: object
    toelichting: str


@dataclass(frozen=True)
class Invloed:
    """What leaving out one assessor changes.

    Attributes
    ----------
    tabel : DataFrame, index beoordelaar; erin, eruit (tuples of ambities that enter and leave the top), zin
    toelichting : sentence without names
    parameters : top_n
    """

    tabel: pd.DataFrame
    toelichting: str
    parameters: Mapping[str, object]


def omslag(
    uitkomst: Rangschikking | pd.DataFrame,
    gewichten: Mapping[str, float],
    a: object,
    b: object,
    *,
    namen: Mapping[object, str] | None = None,
) -> Omslag:
    """The weight of each criterium at which `a` and `b` change place in the weighted sum.

    With scores on all criteria the difference is linear in the weight. A missing score spreads its weight, also
    here; the difference is then quadratic over a positive number, and the nearest change of place is given.

    Parameters
    ----------
    uitkomst : Rangschikking, or DataFrame (ambitie x criterium) of normalised scores, 1 is best, NaN allowed
    gewichten : per criterium, any unit; when one has all the weight, the others share what it gives up equally
    a, b : index of two ambities
    namen : how people read ambities and criteria; default their codes

    Raises
    ------
    WegingFout : weights that do not fit the criteria
    KeyError : an ambitie that is not there
    ValueError : an ambitie without any score that counts
    """
    deel = uitkomst.genormaliseerd if isinstance(uitkomst, Rangschikking) else uitkomst
    aandelen = gewicht_aandelen(deel.columns, gewichten)
    rijen = deel.loc[[a, b]].to_numpy(dtype=float)
    score = _scores(rijen, aandelen)
    if np.isnan(score).any():
        raise ValueError("een van de twee ambities is niet beoordeeld")
    # Equal: the first is called ahead, as ties keep their order.
    om = score[0] < score[1] - _NUL
    voor, achter = (b, a) if om else (a, b)
    if om:
        rijen = rijen[::-1]
    punten = [_omslagpunt(rijen, aandelen, j) for j in range(len(aandelen))]
    namen = {x: str((namen or {}).get(x, x)) for x in (a, b, *deel.columns)}
    gelijk = abs(score[0] - score[1]) <= _NUL
    zinnen = [
        _omslag_zin(namen[c], nu, punt, namen[voor], namen[achter], gelijk)
        for c, nu, punt in zip(deel.columns, aandelen, punten, strict=True)
    ]
    tabel = pd.DataFrame({"gewicht": aandelen, "omslag": punten}, index=deel.columns.rename("criterium"))
    tabel["verschil"] = tabel["omslag"] - tabel["gewicht"]
    tabel["zin"] = zinnen
    # Rounded: as near is as near, and then the first criterium is named.
    afstand = tabel["verschil"].abs().round(9).to_numpy()
    if np.isnan(afstand).all():
        zin = f"Geen enkel criterium kan alleen, met een ander gewicht, {namen[achter]} voor {namen[voor]} zetten."
    else:
        zin = zinnen[int(np.nanargmin(afstand))]
    return Omslag(tabel, voor, achter, zin)


def grenswissels(
    uitkomst: Rangschikking | pd.DataFrame,
    gewichten: Mapping[str, float],
    top_n: int,
    *,
    breedte: int = 3,
    namen: Mapping[object, str] | None = None,
) -> pd.DataFrame:
    """For each pair around the line the smallest change of one weight that makes them change place.

    Parameters
    ----------
    uitkomst, gewichten, namen : as in `omslag`
    top_n : ambities above the line
    breedte : how many on each side of the line

    Returns
    -------
    DataFrame, smallest change first; boven, onder, criterium (missing when no weight does it), gewicht, omslag,
    verschil, zin
    """
    deel = uitkomst.genormaliseerd if isinstance(uitkomst, Rangschikking) else uitkomst
    score = _scores(deel.to_numpy(dtype=float), gewicht_aandelen(deel.columns, gewichten))
    volgorde = np.argsort(-np.where(np.isnan(score), -np.inf, np.round(score, 11)), kind="stable")
    beoordeeld = deel.index[volgorde[: int((~np.isnan(score)).sum())]]
    regels = []
    for boven in beoordeeld[max(top_n - breedte, 0) : top_n]:
        for onder in beoordeeld[top_n : top_n + breedte]:
            paar = omslag(deel, gewichten, boven, onder, namen=namen)
            afstand = paar.tabel["verschil"].abs().round(9)
            c = None if afstand.isna().all() else afstand.idxmin()
            nu, dan, verschil = (
                (np.nan,) * 3 if c is None else paar.tabel.loc[c, ["gewicht", "omslag", "verschil"]].astype(float)
            )
            regels.append((boven, onder, c, nu, dan, verschil, paar.toelichting))
    tabel = pd.DataFrame(regels, columns=["boven", "onder", "criterium", "gewicht", "omslag", "verschil", "zin"])
    return tabel.sort_values("verschil", key=np.abs, kind="stable", ignore_index=True)


def invloed_beoordelaar(
    scores: pd.DataFrame,
    ambities: Sequence[str],
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    schaal: Mapping[str, tuple[float, float]] | None = None,
    top_n: int = 19,
    *,
    normalisatie: str = "schaal",
    namen: Mapping[object, str] | None = None,
) -> Invloed:
    """Rank again without each assessor in turn: what enters and leaves the top.

    Parameters
    ----------
    scores : DataFrame with ambitie, criterium, beoordelaar, score; one row per judgement
    ambities : which rows to rank, in this order
    gewichten, richting, schaal, normalisatie : as in `opgavelib.domein.ranking.gewogen_som`
    namen : how people read ambities; default their codes
    """
    criteria, ambities = list(gewichten), pd.Index(list(ambities), name="ambitie")
    eigen = scores[scores["criterium"].isin(criteria) & scores["ambitie"].isin(ambities) & scores["score"].notna()]
    waar = ambities.get_indexer(eigen["ambitie"]), pd.Index(criteria).get_indexer(eigen["criterium"])
    cijfers = eigen["score"].to_numpy(dtype=float)
    vorm = (len(ambities), len(criteria))

    def top(telt: np.ndarray) -> tuple:
        som, aantal = np.zeros(vorm), np.zeros(vorm)
        plaats = waar[0][telt], waar[1][telt]
        np.add.at(som, plaats, cijfers[telt])
        np.add.at(aantal, plaats, 1)
        gemiddeld = np.divide(som, aantal, out=np.full(vorm, np.nan), where=aantal > 0)
        kader = pd.DataFrame(gemiddeld, index=ambities, columns=criteria)
        rang = gewogen_som(kader, gewichten, richting, normalisatie, schaal).tabel["rang"]
        return tuple(rang.index[rang <= top_n])

    wie = eigen["beoordelaar"].to_numpy(dtype=object)
    met = top(np.ones(len(eigen), dtype=bool))
    regels = []
    beoordelaars = sorted(set(wie))
    for beoordelaar in beoordelaars:
        zonder = top(wie != beoordelaar)
        erin = tuple(x for x in zonder if x not in met)
        eruit = tuple(x for x in met if x not in zonder)
        regels.append((erin, eruit, _invloed_zin(beoordelaar, erin, eruit, top_n, namen or {})))
    tabel = pd.DataFrame(regels, columns=["erin", "eruit", "zin"], index=pd.Index(beoordelaars, name="beoordelaar"))
    return Invloed(tabel, _invloed_toelichting(tabel, top_n), {"top_n": top_n})


def _scores(deel: np.ndarray, aandelen: np.ndarray) -> np.ndarray:
    """Weighted sums (n), 0-1, the weight of what is missing spread; NaN where nothing counts."""
    bekend = ~np.isnan(deel)
    gewicht = (bekend * aandelen).sum(axis=1)
    som = (np.where(bekend, deel, 0.0) * aandelen).sum(axis=1)
    return np.divide(som, gewicht, out=np.full(len(deel), np.nan), where=gewicht > 0)


def _omslagpunt(rijen: np.ndarray, aandelen: np.ndarray, j: int) -> float:
    """Weight of criterium j, nearest to now, past which the second row is ahead; NaN when there is none.

    Each score is (t x_j + (1 - t) N) / (t k_j + (1 - t) K), with N and K over the other criteria; the cross product
    of their difference is at most quadratic in t.
    """
    nu = aandelen[j]
    rest = np.delete(aandelen, j)
    if not len(rest):
        return float("nan")
    rest = rest / rest.sum() if rest.sum() > 0 else np.full(len(rest), 1 / len(rest))
    bekend = ~np.isnan(rijen)
    x, k = np.where(bekend[:, j], rijen[:, j], 0.0), bekend[:, j].astype(float)
    overig = np.delete(np.where(bekend, rijen, 0.0), j, axis=1) @ rest
    gewicht = np.delete(bekend, j, axis=1) @ rest
    teller = [np.polynomial.Polynomial([overig[i], x[i] - overig[i]]) for i in (0, 1)]
    noemer = [np.polynomial.Polynomial([gewicht[i], k[i] - gewicht[i]]) for i in (0, 1)]
    verschil = teller[0] * noemer[1] - teller[1] * noemer[0]
    wortels = _wortels(*np.pad(verschil.coef, (0, 3))[:3])
    kandidaten = [t for t in wortels if 0 <= t <= 1 and _draait(verschil, t, nu)]
    return min(kandidaten, key=lambda t: abs(t - nu), default=float("nan"))


def _wortels(c: float, b: float, a: float) -> list[float]:
    """Real roots of a t^2 + b t + c, those within rounding of 0 or 1 put there."""
    if abs(a) > _NUL:
        onder = b * b - 4 * a * c
        if onder < 0:
            return []
        # The form that does not subtract two numbers that are nearly equal.
        q = -(b + np.copysign(np.sqrt(onder), b)) / 2
        gevonden = [q / a] + ([c / q] if abs(q) > _NUL else [])
    elif abs(b) > _NUL:
        gevonden = [-c / b]
    else:
        gevonden = []
    return [float(round(t)) if abs(t - round(t)) < 1e-9 else float(t) for t in gevonden]


def _draait(verschil: np.polynomial.Polynomial, t: float, nu: float) -> bool:
    """Whether the second goes ahead just past `t`, seen from now; at an end of 0-1 there is nothing past it."""
    stap = 1e-6
    if abs(t - nu) <= _NUL:
        return any(0 <= t + s <= 1 and verschil(t + s) < 0 for s in (stap, -stap))
    voorbij = t + np.copysign(stap, t - nu)
    return bool(0 <= voorbij <= 1 and verschil(voorbij) < 0)


def _omslag_zin(criterium: str, nu: float, punt: float, voor: str, achter: str, gelijk: bool) -> str:
    if np.isnan(punt):
        return f"Wat {criterium} ook weegt, {achter} gaat niet voor {voor}."
    if gelijk:
        return f"{voor} en {achter} staan gelijk; elke verandering van {criterium} geeft de doorslag."
    # As many decimals as it takes to tell the two weights apart.
    cijfers = 0 if round(100 * nu) != round(100 * punt) else 1
    kant = "boven" if punt > nu else "onder"
    dan, vroeger = notatie.procent(punt, cijfers), notatie.procent(nu, cijfers)
    return f"Pas als {criterium} {kant} {dan} komt (nu {vroeger}), gaat {achter} voor {voor}."


def _opsomming(ambities: Sequence[object], namen: Mapping[object, str]) -> str:
    teksten = [str(namen.get(x, x)) for x in ambities]
    return teksten[0] if len(teksten) == 1 else f"{', '.join(teksten[:-1])} en {teksten[-1]}"


def _invloed_zin(wie: str, erin: tuple, eruit: tuple, top_n: int, namen: Mapping[object, str]) -> str:
    if not erin and not eruit:
        return f"Zonder {wie} verandert de top {top_n} niet."
    delen = [f"{'komt' if len(erin) == 1 else 'komen'} {_opsomming(erin, namen)} erin"] if erin else []
    delen += [f"{'gaat' if len(eruit) == 1 else 'gaan'} {_opsomming(eruit, namen)} eruit"] if eruit else []
    return f"Zonder {wie} {' en '.join(delen)}."


def _invloed_toelichting(tabel: pd.DataFrame, top_n: int) -> str:
    if tabel.empty:
        return "Er is nog geen ambitie beoordeeld; lees eerst scores in."
    wissels = tabel["erin"].map(len).combine(tabel["eruit"].map(len), max)
    bepalend = int((wissels > 0).sum())
    if not bepalend:
        return f"Geen enkele beoordelaar bepaalt alleen wat er in de top {top_n} staat."
    wissel = notatie.aantal(int(wissels.max()), "ambitie", "ambities")
    if len(tabel) == 1:
        return f"Er is maar een beoordelaar, die alles bepaalt: {wissel} in de top {top_n}."
    return (
        f"Bij {bepalend} van de {len(tabel)} beoordelaars verandert de top {top_n} als hun oordeel wegvalt; dan "
        f"{'wisselt' if wissels.max() == 1 else 'wisselen'} hoogstens {wissel}."
    )
