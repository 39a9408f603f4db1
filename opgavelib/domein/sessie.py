"""Scoring together: the rules of a session. Judgements are hidden until they are revealed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from statistics import fmean, pstdev

from opgavelib import notatie
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
_AL = {
    Fase.SCOREN: "Er wordt al gescoord.",
    Fase.GETOOND: "De scores zijn al getoond.",
    Fase.GESLOTEN: "De sessie is al gesloten.",
}
SCHEIDING = "|"
Vraag = tuple[str, str]  # (ambitie, criterium)


class Toegang(StrEnum):
    """A device among those of one name."""

    EIGEN = "eigen"  # the only one, or all were let in
    EERSTE = "eerste"  # there is another one, that was not let in
    WACHT = "wacht"  # came later and was not let in: knows only what it gave itself


class NaamBezetFout(BesluitFout):
    """Somebody judges under this name already, elsewhere: ask whether it is the same person."""


@dataclass(frozen=True)
class Sessie:
    """A session as it is now.

    Attributes
    ----------
    code : B01
    ambities, criteria : what is judged, in order
    deelnemers : who is expected, and who came by themselves
    ronde : 1-based
    opnieuw : what is judged again in a later round; empty is everything
    """

    code: str
    titel: str
    ambities: tuple[str, ...]
    criteria: tuple[str, ...]
    deelnemers: tuple[str, ...]
    fase: Fase
    ronde: int
    opnieuw: tuple[Vraag, ...] = ()

    @property
    def vragen(self) -> tuple[Vraag, ...]:
        """What is judged in this round, in order."""
        alles = tuple((a, c) for a in self.ambities for c in self.criteria)
        weer = set(self.opnieuw)
        return tuple(v for v in alles if v in weer) if weer else alles

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
class Afspraak:
    """A score that the group agreed on; it goes before the mean."""

    score: float
    wie: str
    reden: str


@dataclass(frozen=True)
class Blik:
    """What one person may know of a session at one moment: nothing of others that is not shown yet.

    Attributes
    ----------
    oordelen : of all rounds that are shown, and of the present round only one's own
    eigen : (ambitie, criterium, ronde) of the judgements that this device may know as those of this person: a name
        proves nothing
    elders : what was answered this round under the same name on another device; what was given is not here
    nog : per participant how many judgements they still have to give
    apparaten : per participant on how many devices they are; 0 is not there yet
    afspraken : what the group agreed on in this session
    toegang : how the device of this person stands to the others of the same name
    vreemd : names under which there is a device that was not let in
    """

    sessie: Sessie
    oordelen: Sequence[Oordeel]
    nog: Mapping[str, int]
    apparaten: Mapping[str, int]
    afspraken: Mapping[Vraag, Afspraak]
    eigen: Collection[tuple[str, str, int]] = ()
    elders: Collection[Vraag] = ()
    toegang: Toegang = Toegang.EIGEN
    vreemd: Collection[str] = ()


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
    if fase == sessie.fase:
        raise BesluitFout(_AL[fase])
    if fase not in MAG[sessie.fase]:
        heen = {Fase.SCOREN: "Heropen de sessie eerst.", Fase.GESLOTEN: "Toon eerst de scores."}
        raise BesluitFout(heen[fase])
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
    BesluitFout : the session is not open for scores, the item is not in it, or the score is no number on the scale
    """
    if sessie.fase != Fase.SCOREN:
        raise BesluitFout("De scores van deze ronde zijn al getoond; wacht op de volgende ronde.")
    if (ambitie, criterium) not in sessie.vragen:
        raise BesluitFout(f"'{ambitie}' wordt in deze ronde niet op '{criterium}' beoordeeld.")
    _keur_getal(score, schaal)


def keur_afspraak(
    sessie: Sessie, ambitie: str, criterium: str, score: float | None, schaal: tuple[float, float]
) -> None:
    """Refuse an agreement that cannot be; None takes one back.

    Raises
    ------
    BesluitFout : the session shows nothing yet, the item is not in it, or the score is no number on the scale
    """
    if not sessie.getoond:
        raise BesluitFout("Toon eerst de scores; daarna kunt u samen iets anders afspreken.")
    if ambitie not in sessie.ambities or criterium not in sessie.criteria:
        raise BesluitFout("Dit wordt in deze sessie niet beoordeeld.")
    _keur_getal(score, schaal)


def _keur_getal(score: float | None, schaal: tuple[float, float]) -> None:
    laag, hoog = schaal
    getal = isinstance(score, int | float) and not isinstance(score, bool) and isfinite(score)
    if score is not None and not (getal and laag <= score <= hoog):
        raise BesluitFout(f"Geef een score van {notatie.getal(laag, 2)} tot {notatie.getal(hoog, 2)}.")


def spreidingen(
    oordelen: Iterable[Oordeel], sessie: Sessie, ronde: int, schalen: Mapping[str, tuple[float, float]]
) -> list[Spreiding]:
    """Spread per ambitie and criterium as it stands after `ronde`, in the order of the session.

    Who did not judge again in a later round keeps what they gave before.
    """
    per: dict[Vraag, dict[str, float | None]] = {}
    for o in sorted(oordelen, key=lambda o: o.ronde):
        if o.ronde <= ronde:
            per.setdefault((o.ambitie, o.criterium), {})[o.beoordelaar] = o.score
    return [
        spreiding(
            a, c, {wie: s for wie, s in per.get((a, c), {}).items() if s is not None}, schalen.get(c, (1.0, 5.0))
        )
        for a in sessie.ambities
        for c in sessie.criteria
    ]


def meest_oneens(spreidingen: Iterable[Spreiding], grens: float) -> tuple[Vraag, ...]:
    """What to judge again: where the range is at least `grens` of the scale."""
    return tuple((s.ambitie, s.criterium) for s in spreidingen if s.scores and s.oneens >= grens)


def spreiding(ambitie: str, criterium: str, scores: Mapping[str, float], schaal: tuple[float, float]) -> Spreiding:
    """Spread of one set of scores."""
    w = list(scores.values())
    if not w:
        return Spreiding(ambitie, criterium, {}, None, None, None, None, 0.0)
    laag, hoog = min(w), max(w)
    oneens = (hoog - laag) / (schaal[1] - schaal[0])
    return Spreiding(ambitie, criterium, dict(scores), fmean(w), pstdev(w), laag, hoog, oneens)


def wie_nog(gegeven: Iterable[tuple[str, str, str, int]], sessie: Sessie) -> dict[str, int]:
    """How many judgements of this round each participant still has to give; 0 is ready.

    Parameters
    ----------
    gegeven : (ambitie, criterium, beoordelaar, ronde) of what was judged; the scores are not needed
    """
    vragen = set(sessie.vragen)
    klaar: dict[str, set[Vraag]] = {d: set() for d in sessie.deelnemers}
    for ambitie, criterium, wie, ronde in gegeven:
        if ronde == sessie.ronde and (ambitie, criterium) in vragen:
            klaar.setdefault(wie, set()).add((ambitie, criterium))
    return {naam: len(vragen) - len(s) for naam, s in klaar.items()}


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


def geldende_afspraken(
    sessies: Sequence[Sessie], afspraken: Mapping[str, Mapping[Vraag, Afspraak]]
) -> dict[Vraag, float]:
    """Agreements that count in the ranking: those of closed sessions; a later session goes before an earlier one.

    Parameters
    ----------
    afspraken : per code of a session
    """
    uit: dict[Vraag, float] = {}
    for sessie in sessies:
        if sessie.fase == Fase.GESLOTEN:
            uit |= {vraag: a.score for vraag, a in afspraken.get(sessie.code, {}).items()}
    return uit
