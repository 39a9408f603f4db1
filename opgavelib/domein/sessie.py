"""Scoring together: the rules of a session. Judgements are hidden until they are revealed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, pstdev

from opgavelib.fouten import BesluitFout


class Fase(StrEnum):
    """Where a session is."""

    SCOREN = "scoren"  # everybody judges; nobody sees what others gave
    GETOOND = "getoond"  # the judgements of this round are on screen
    GESLOTEN = "gesloten"  # done: the judgements of the last round count in the ranking


MAG = {
    Fase.SCOREN: (Fase.GETOOND,),
    Fase.GETOOND: (Fase.SCOREN, Fase.GESLOTEN),  # scoren: the next round
    Fase.GESLOTEN: (Fase.GETOOND,),
}
SCHEIDING = "|"


@dataclass(frozen=True)
class Sessie:
    """A session as it is now.

    Attributes
    ----------
    code : B01
    ambities, criteria : what is judged, in order
    deelnemers : who is expected, and who came by themselves
    ronde : 1-based
    """

    code: str
    titel: str
    ambities: tuple[str, ...]
    criteria: tuple[str, ...]
    deelnemers: tuple[str, ...]
    fase: Fase
    ronde: int

    @property
    def getoond(self) -> int:
        """The last round that everybody may see; 0 when there is none."""
        return self.ronde - 1 if self.fase == Fase.SCOREN else self.ronde


@dataclass(frozen=True)
class Oordeel:
    """One judgement; `score` None is "weet ik niet", which counts as answered."""

    ambitie: str
    criterium: str
    beoordelaar: str
    ronde: int
    score: float | None


@dataclass(frozen=True)
class Spreiding:
    """What the participants gave for one criterium of one ambitie.

    Attributes
    ----------
    scores : beoordelaar -> score, without those who do not know
    gemiddeld, sd, laagst, hoogst : None without scores; sd is that of the population
    oneens : the range as a share of the scale, 0 (all the same) to 1 (both ends)
    """

    ambitie: str
    criterium: str
    scores: Mapping[str, float]
    gemiddeld: float | None
    sd: float | None
    laagst: float | None
    hoogst: float | None
    oneens: float


def volgende(sessie: Sessie, fase: Fase) -> tuple[Fase, int]:
    """Phase and round after moving on to `fase`.

    Raises
    ------
    BesluitFout : one cannot go there from here
    """
    if fase not in MAG[sessie.fase]:
        raise BesluitFout(f"Een sessie die '{sessie.fase}' is, kan niet in één keer naar '{fase}'.")
    nieuwe_ronde = sessie.fase == Fase.GETOOND and fase == Fase.SCOREN
    return fase, sessie.ronde + nieuwe_ronde


def keur_naam(naam: str) -> str:
    """The name of a participant, as it is stored.

    Raises
    ------
    BesluitFout : empty, too long, or with the sign that separates names from codes
    """
    naam = " ".join(naam.split())
    if not naam:
        raise BesluitFout("Vul in wie u bent.")
    if len(naam) > 80 or SCHEIDING in naam:
        raise BesluitFout(f"Een naam heeft hoogstens 80 tekens en geen '{SCHEIDING}'.")
    return naam


def keur_score(
    sessie: Sessie, ambitie: str, criterium: str, score: float | None, schaal: tuple[float, float]
) -> None:
    """Refuse a judgement that cannot be.

    Raises
    ------
    BesluitFout : the session is not open for scores, the item is not in it, or the score is off the scale
    """
    if sessie.fase != Fase.SCOREN:
        raise BesluitFout("De scores van deze ronde zijn al getoond; wacht op de volgende ronde.")
    if ambitie not in sessie.ambities or criterium not in sessie.criteria:
        raise BesluitFout(f"'{ambitie}' wordt in deze sessie niet op '{criterium}' beoordeeld.")
    laag, hoog = schaal
    if score is not None and not laag <= score <= hoog:
        raise BesluitFout(f"Geef een score van {laag:g} tot {hoog:g}.")


def spreidingen(
    oordelen: Iterable[Oordeel], sessie: Sessie, ronde: int, schalen: Mapping[str, tuple[float, float]]
) -> list[Spreiding]:
    """Spread per ambitie and criterium in one round, in the order of the session."""
    per: dict[tuple[str, str], dict[str, float]] = {}
    for o in oordelen:
        if o.ronde == ronde and o.score is not None:
            per.setdefault((o.ambitie, o.criterium), {})[o.beoordelaar] = o.score
    return [
        spreiding(a, c, per.get((a, c), {}), schalen.get(c, (1.0, 5.0)))
        for a in sessie.ambities
        for c in sessie.criteria
    ]


def spreiding(ambitie: str, criterium: str, scores: Mapping[str, float], schaal: tuple[float, float]) -> Spreiding:
    """Spread of one set of scores."""
    w = list(scores.values())
    if not w:
        return Spreiding(ambitie, criterium, {}, None, None, None, None, 0.0)
    laag, hoog = min(w), max(w)
    oneens = (hoog - laag) / (schaal[1] - schaal[0])
    return Spreiding(ambitie, criterium, dict(scores), fmean(w), pstdev(w), laag, hoog, oneens)


def wie_nog(oordelen: Iterable[Oordeel], sessie: Sessie) -> dict[str, int]:
    """How many judgements of this round each participant still has to give; 0 is ready."""
    aantal = len(sessie.ambities) * len(sessie.criteria)
    gegeven: dict[str, set[tuple[str, str]]] = {d: set() for d in sessie.deelnemers}
    for o in oordelen:
        if o.ronde == sessie.ronde and o.ambitie in sessie.ambities and o.criterium in sessie.criteria:
            gegeven.setdefault(o.beoordelaar, set()).add((o.ambitie, o.criterium))
    return {naam: aantal - len(s) for naam, s in gegeven.items()}


def geldend(
    sessies: Sequence[Sessie], oordelen: Mapping[str, Collection[Oordeel]]
) -> dict[tuple[str, str, str], float | None]:
    """Judgements that count in the ranking: those of closed sessions, of each person the last round they scored in.

    Returns
    -------
    {(ambitie, criterium, beoordelaar): score}; a later session goes before an earlier one. None is "weet ik niet"
    """
    uit: dict[tuple[str, str, str], float | None] = {}
    for sessie in sessies:
        if sessie.fase == Fase.GESLOTEN:
            for o in sorted(oordelen.get(sessie.code, ()), key=lambda o: o.ronde):
                uit[o.ambitie, o.criterium, o.beoordelaar] = o.score
    return uit
