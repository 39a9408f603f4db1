"""What every method gives, the two methods that ask for points, and the weights of groups together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from opgavelib import notatie
from opgavelib.fouten import WegingFout

HOOGST = 100.0  # points of the swing that is worth most
SCHAAL = 9.0  # Saaty's: 1 is the same, 9 is far more; best-worst has it too
_GELIJK = 5e-7  # shares that differ less are the same


@dataclass(frozen=True)
class Weging:
    """Weights that follow from answers.

    Attributes
    ----------
    gewichten : share per criterium, 0 to 1, adding up to 1, in the order asked
    consistentie : how much the answers contradict each other, 0 is not at all; None when a method cannot tell
    goed_genoeg : whether `consistentie` is within the limit; None when there is none
    zinnen : Dutch, ready to show: what weighs most, how well the answers fit, what to look at again
    parameters : method, answers and limits: all that is needed to repeat it
    nakijken : the two criteria whose comparison fits the others worst; None when all is well
    """

    gewichten: Mapping[str, float]
    consistentie: float | None
    goed_genoeg: bool | None
    zinnen: tuple[str, ...]
    parameters: Mapping[str, object]
    nakijken: tuple[str, str] | None = None


def direct(punten: Mapping[str, float], namen: Mapping[str, str] | None = None) -> Weging:
    """Weights by direct entry: each criterium gets points, and its share of them is its weight.

    Parameters
    ----------
    punten : per criterium, >= 0, not all 0; any unit, only the ratio counts
    namen : what people read, per criterium; default the criterium itself

    Raises
    ------
    WegingFout : no criteria, a negative number or nothing above 0
    """
    return _van_punten(punten, "direct", namen or {})


def swing(punten: Mapping[str, float], namen: Mapping[str, str] | None = None) -> Weging:
    """Swing weighting: what is the step from worst to best worth, against the step that is worth most?

    Parameters
    ----------
    punten : per criterium, 0 to 100; the swing that is worth most has 100

    Raises
    ------
    WegingFout : as `direct`; or the highest is not 100

    References
    ----------
    Von Winterfeldt and Edwards, Decision Analysis and Behavioral Research (1986), chapter 8.
    """
    if punten and abs(max(punten.values()) - HOOGST) > 1e-9:
        raise WegingFout("Geef de sprong die u het meest waard is 100 punten; de andere minder of evenveel.")
    return _van_punten(punten, "swing", namen or {})


def _van_punten(punten: Mapping[str, float], methode: str, namen: Mapping[str, str]) -> Weging:
    aandelen = als_aandelen(punten, namen)
    return Weging(aandelen, None, None, (zwaarste(aandelen, namen),), {"methode": methode, "punten": dict(punten)})


def als_aandelen(punten: Mapping[str, float], namen: Mapping[str, str] | None = None) -> dict[str, float]:
    """Points as shares that add up to 1, in the same order.

    Raises
    ------
    WegingFout : no criteria, a negative number or one that is none, or nothing above 0
    """
    if not punten:
        raise WegingFout("Er zijn geen criteria om te wegen. Voeg er eerst een toe.")
    vector = np.array(list(punten.values()), dtype=float)
    if fout := [c for c, p in zip(punten, vector, strict=True) if not np.isfinite(p) or p < 0]:
        raise WegingFout(f"Geef {noem([fout[0]], namen or {})} een getal van 0 of hoger.")
    if vector.sum() <= 0:
        raise WegingFout("Geef minstens één criterium meer dan 0.")
    return dict(zip(punten, (vector / vector.sum()).tolist(), strict=True))


def combineer(
    per_groep: Mapping[str, Mapping[str, float]],
    aandelen: Mapping[str, float],
    namen: Mapping[str, str] | None = None,
    *,
    groot_verschil: float = 0.1,
) -> Weging:
    """Weights of several groups together, each counting for its share.

    The weighted arithmetic mean of the shares. Groups speak here as parties with a view of their own, and may
    have used different methods, so their priorities are combined and not their judgements; for priorities the
    arithmetic mean is sound, a group that gives a criterium nothing does not wipe it out for all (as a
    geometric mean would), and everybody can check the sum.

    Parameters
    ----------
    per_groep : per group the share per criterium; the same criteria for all
    aandelen : per group how much it counts, >= 0; normalised to sum 1
    groot_verschil : difference between two groups in one criterium, 0 to 1, from which the sentence says
        that they disagree

    Raises
    ------
    WegingFout : no groups, criteria or groups that do not fit each other, or no group that counts

    References
    ----------
    Forman and Peniwati, Aggregating individual judgments and priorities with the AHP, EJOR 108 (1998).
    """
    namen = namen or {}
    if not per_groep:
        raise WegingFout("Er is nog geen groep die de criteria heeft gewogen.")
    criteria = list(next(iter(per_groep.values())))
    for groep, gewichten in per_groep.items():
        if set(gewichten) != set(criteria):
            raise WegingFout(f"{groep} heeft andere criteria gewogen. Laat {groep} opnieuw wegen.")
    if set(aandelen) != set(per_groep):
        raise WegingFout("Zeg van elke groep hoe zwaar die meetelt.")
    telt = als_aandelen(aandelen)
    rijen = {g: als_aandelen({c: per_groep[g][c] for c in criteria}, namen) for g in per_groep}
    samen = {c: float(sum(telt[g] * rijen[g][c] for g in rijen)) for c in criteria}
    zinnen = (zwaarste(samen, namen), *_verschil(rijen, namen, groot_verschil))
    parameters = {"methode": "rekenkundig gemiddelde van de groepen", "groepen": rijen, "aandelen": telt}
    return Weging(samen, None, None, zinnen, parameters | {"groot_verschil": groot_verschil})


def _verschil(rijen: Mapping[str, Mapping[str, float]], namen: Mapping[str, str], groot: float) -> tuple[str, ...]:
    """Where the groups differ most, in words; nothing with one group."""
    if len(rijen) < 2:
        return ()
    groepen = list(rijen)
    tabel = np.array([list(r.values()) for r in rijen.values()])
    wijdte = tabel.max(axis=0) - tabel.min(axis=0)
    if wijdte.max() < _GELIJK:
        return (f"{_opsomming(groepen)} wegen gelijk.",)
    plek = int(np.argmax(np.round(wijdte, 9)))
    hoog, laag = int(tabel[:, plek].argmax()), int(tabel[:, plek].argmin())
    over = _naam(list(rijen[groepen[0]])[plek], namen)
    kop = f"{groepen[hoog]} en {groepen[laag]} verschillen het meest over {over}"
    cijfers = f"{notatie.procent(tabel[hoog, plek], 0)} tegen {notatie.procent(tabel[laag, plek], 0)}"
    if wijdte[plek] < groot:
        return (f"{_opsomming(groepen)} liggen dicht bij elkaar. {kop}: {cijfers}.",)
    return (f"{kop}: {cijfers}. Bespreek dat verschil eerst.",)


def zwaarste(gewichten: Mapping[str, float], namen: Mapping[str, str]) -> str:
    """Which criterium weighs most, as a sentence."""
    top = max(gewichten.values())
    welke = [c for c, w in gewichten.items() if top - w < _GELIJK]
    if len(welke) == len(gewichten) > 1:
        return f"Alle criteria wegen even zwaar: elk {notatie.procent(top, 0)}."
    if len(welke) > 1:
        return f"{noem(welke, namen)} wegen het zwaarst: elk {notatie.procent(top, 0)}."
    return f"{noem(welke, namen)} weegt het zwaarst: {notatie.procent(top, 0)}."


def passen(verhouding: float, grens: float) -> str:
    """How well answers fit each other, as a sentence."""
    if verhouding < 5e-4:
        return "De antwoorden spreken elkaar nergens tegen."
    hoe = "passen goed genoeg bij elkaar" if verhouding <= grens else "spreken elkaar te veel tegen"
    getal, tot = (notatie.getal(float(x), 2, vast=True) for x in (verhouding, grens))
    return f"De antwoorden {hoe}: tegenspraak {getal}, tot {tot} is goed."


def noem(criteria: Sequence[str], namen: Mapping[str, str]) -> str:
    """``Effect, Urgentie en Samenhang``."""
    return _opsomming([_naam(c, namen) for c in criteria])


def _naam(criterium: str, namen: Mapping[str, str]) -> str:
    return namen.get(criterium, criterium)


def _opsomming(delen: Sequence[str]) -> str:
    return " en ".join([", ".join(delen[:-1]), delen[-1]]) if len(delen) > 1 else delen[0]
