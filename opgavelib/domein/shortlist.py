"""From a ranking to a shortlist: a cut-off line by number, budget and hours per team."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.ranking import Rangschikking

GELIJK_DECIMALEN = 9  # as the ranking: equal judgements tie although their sums were added in another order
_BESLISTE = "de volgorde van inlezen besliste"
_NOEM = 4  # more names than this make no reason clearer


@dataclass(frozen=True)
class Grenzen:
    """What the shortlist must fit in; None is no limit.

    Attributes
    ----------
    opgaven : most items above the line
    budget_eur : whole euros for all chosen items together
    ruimte_uren : per team the hours for opgaven over the planperiode
    vast : what people fixed, ambitie -> ("in" or "uit", why); goes before the ranking and the other limits
    """

    opgaven: int | None = None
    budget_eur: float | None = None
    ruimte_uren: Mapping[str, float] | None = None
    vast: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Shortlist:
    """A ranking with a line through it, and why.

    Attributes
    ----------
    tabel : DataFrame, index ambitie in rank order; titel, score (0-100), rang, gekozen (bool), reden,
        budget_eur, uren, team (as given)
    bijdragen : DataFrame (ambitie x criterium), points
    toelichting : sentences ready for the bestuursnota
    parameters : everything needed to repeat it
    """

    tabel: pd.DataFrame
    bijdragen: pd.DataFrame
    toelichting: str
    parameters: Mapping[str, object]

    @property
    def gekozen(self) -> pd.DataFrame:
        """The rows above the line."""
        return self.tabel[self.tabel["gekozen"]]


def kies(rangschikking: Rangschikking, ambities: pd.DataFrame, grenzen: Grenzen) -> Shortlist:
    """Go down the ranking and take each item that still fits.

    An item that does not fit in what is left of the budget or of its team's hours is passed over and the
    next one is tried; after `grenzen.opgaven` items the line is drawn. Unknown budget or hours count as 0
    and are reported in the toelichting. Where equal scores end up on both sides of the line only because one
    was read in before the other, the reasons and the toelichting say so.

    Parameters
    ----------
    ambities : DataFrame, index ambitie; titel, budget_eur, uren, team

    Returns
    -------
    Shortlist; never more items, euros or hours than the limits, but for what people fixed in
    """
    tabel = rangschikking.tabel.join(ambities[["titel", "budget_eur", "uren", "team"]])
    gekozen, redenen, gelijk = _loop_af(tabel, grenzen)
    tabel["gekozen"] = pd.array(gekozen, dtype=bool)
    tabel["reden"] = [
        f"{r}; gelijk met {_noem(gelijk[a])}; {_BESLISTE}" if a in gelijk else r
        for a, r in zip(tabel.index, redenen, strict=True)
    ]
    parameters = dict(rangschikking.parameters) | {
        "opgaven": grenzen.opgaven,
        "budget_eur": grenzen.budget_eur,
        "ruimte_uren": dict(grenzen.ruimte_uren) if grenzen.ruimte_uren is not None else None,
        "vast": {a: waar for a, (waar, _) in grenzen.vast.items() if a in tabel.index},
    }
    return Shortlist(tabel, rangschikking.bijdragen, _toelichting(tabel, grenzen, gelijk), parameters)


def _loop_af(tabel: pd.DataFrame, grenzen: Grenzen) -> tuple[list[bool], list[str], dict[str, list[str]]]:
    """Down the ranking: who is in, why, and who has the same score as whom at the other side of the line."""
    vraag = tabel[["budget_eur", "uren"]].fillna(0.0)
    vast = {a: w for a, w in grenzen.vast.items() if a in tabel.index}
    met_de_hand = [a for a, (waar, _) in vast.items() if waar == "in"]
    aantal, budget = len(met_de_hand), float(vraag.loc[met_de_hand, "budget_eur"].sum())
    uren = vraag.loc[met_de_hand, "uren"].groupby(tabel.loc[met_de_hand, "team"]).sum().to_dict()
    gekozen: list[bool] = []
    redenen: list[str] = []
    gelijk: dict[str, list[str]] = defaultdict(list)
    vorige, begin, erin = math.nan, (aantal, budget, dict(uren)), []
    regels = zip(tabel.index, tabel["score"], vraag["budget_eur"], vraag["uren"], tabel["team"], strict=True)
    for ambitie, score, kosten, vraagt, team in regels:
        if ambitie in vast:
            waar, waarom = vast[ambitie]
            gekozen.append(waar == "in")
            redenen.append(f"vast {'erin' if waar == 'in' else 'eruit'}: {waarom}".removesuffix(": "))
            continue
        if (punten := round(score, GELIJK_DECIMALEN)) != vorige:
            vorige, begin, erin = punten, (aantal, budget, dict(uren)), []
        vragen = pd.notna(score), kosten, vraagt, team
        bezwaar = _bezwaar(*vragen, aantal, budget, uren, grenzen)
        if not bezwaar:
            aantal += 1
            budget += kosten
            uren[team] = uren.get(team, 0.0) + vraagt
            erin.append((ambitie, kosten, team))
        elif erin and not _bezwaar(*vragen, *begin, grenzen):
            # It would have been in, had it come before those with the same score.
            for ander in _voor(bezwaar, erin, team):
                gelijk[ambitie].append(ander)
                gelijk[ander].append(ambitie)
        gekozen.append(not bezwaar)
        redenen.append(bezwaar or f"gekozen als nummer {aantal}")
    return gekozen, redenen, gelijk


def _bezwaar(
    beoordeeld: bool, kosten: float, vraag: float, team: str | None, aantal: int, budget: float,
    uren: Mapping[str, float], grenzen: Grenzen,
) -> str:  # fmt: skip
    """Why this item cannot be taken now; empty when it can."""
    if not beoordeeld:
        return "nog niet beoordeeld"
    if grenzen.opgaven is not None and aantal >= grenzen.opgaven:
        vol = "de enige plaats is" if grenzen.opgaven == 1 else f"alle {grenzen.opgaven} plaatsen zijn"
        return f"onder de streep: {vol} bezet"
    if grenzen.budget_eur is not None and kosten and budget + kosten > grenzen.budget_eur:
        # To the euro: rounded to millions, what is asked and what is left could read the same.
        over = notatie.euro(max(grenzen.budget_eur - budget, 0))
        return f"past niet in het budget: vraagt {notatie.euro(kosten)}, er is nog {over}"
    if grenzen.ruimte_uren is not None and vraag and team in grenzen.ruimte_uren:
        over = max(grenzen.ruimte_uren[team] - uren.get(team, 0.0), 0.0)
        if vraag > over:
            return f"past niet bij team {team}: vraagt {notatie.uren(vraag)}, er is nog {notatie.uren(over)}"
    return ""


def _voor(bezwaar: str, erin: Sequence[tuple[str, float, str | None]], team: str | None) -> list[str]:
    """Who of those with the same score took what this one came short of: money, hours of its team, or a place."""
    if bezwaar.startswith("past niet bij team"):
        return [a for a, _, t in erin if t == team]
    if bezwaar.startswith("past niet in het budget"):
        return [a for a, kosten, _ in erin if kosten]
    return [a for a, _, _ in erin]


def _noem(ambities: Sequence[str]) -> str:
    """``CA-001``, ``CA-001 en CA-002``, ``CA-001, CA-002 en 7 andere``."""
    namen = list(ambities)
    if len(namen) > _NOEM:
        namen = [*namen[: _NOEM - 1], f"{len(namen) - _NOEM + 1} andere"]
    return " en ".join(filter(None, (", ".join(namen[:-1]), namen[-1])))


def _zin_gelijk(gelijk: Mapping[str, Sequence[str]], in_: pd.DataFrame) -> str:
    af = [a for a in gelijk if a not in in_.index]
    if len(af) == 1:
        return f"{af[0]} valt af met dezelfde score als {_noem(gelijk[af[0]])}; {_BESLISTE}."
    erin = [a for a in gelijk if a in in_.index]
    return f"{_noem(af)} vallen af met dezelfde score als {_noem(erin)}; {_BESLISTE}."


def _toelichting(tabel: pd.DataFrame, grenzen: Grenzen, gelijk: Mapping[str, Sequence[str]]) -> str:
    beoordeeld = tabel[tabel["score"].notna()]
    if beoordeeld.empty:
        return "Er is nog geen ambitie beoordeeld; lees eerst scores in."
    in_ = tabel[tabel["gekozen"]]
    zinnen = [
        f"Van {notatie.aantal(len(beoordeeld), 'beoordeelde ambitie', 'beoordeelde ambities')} "
        f"{'staat' if len(in_) == 1 else 'staan'} er {len(in_)} boven de streep, samen "
        f"{notatie.euro_kort(float(in_['budget_eur'].sum()))} en {notatie.uren(float(in_['uren'].sum()))}."
    ]
    onbekend = int(in_["budget_eur"].isna().sum()), int(in_["uren"].isna().sum())
    if any(onbekend):
        zinnen.append(
            f"Van {onbekend[0]} daarvan is geen budget bekend en van {onbekend[1]} geen uren; "
            "die tellen als nul mee."
        )
    if grenzen.budget_eur is not None:
        zinnen.append(f"Het budget is {notatie.euro_kort(grenzen.budget_eur)}.")
    if hand := len([a for a in grenzen.vast if a in tabel.index]):
        zinnen.append(f"{notatie.aantal(hand, 'ambitie is', 'ambities zijn')} met de hand vastgezet.")
    gepasseerd = int(tabel["reden"].str.startswith("past niet").sum())
    if gepasseerd:
        paste = notatie.aantal(gepasseerd, "ambitie is", "ambities zijn")
        zinnen.append(f"{paste} gepasseerd omdat budget of uren niet toereikend zijn.")
    if gelijk:
        zinnen.append(_zin_gelijk(gelijk, in_))
    if grenzen.ruimte_uren is not None:
        los = int((in_["uren"].fillna(0.0).gt(0) & ~in_["team"].isin(list(grenzen.ruimte_uren))).sum())
        if los:
            zinnen.append(f"Van {los} daarvan is het team niet in de formatie; hun uren zijn niet begrensd.")
    zonder = len(tabel) - len(beoordeeld)
    if zonder:
        zinnen.append(f"{notatie.aantal(zonder, 'ambitie is', 'ambities zijn')} nog niet beoordeeld.")
    return " ".join(zinnen)
