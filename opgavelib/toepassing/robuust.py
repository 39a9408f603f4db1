"""How robust the best shortlist is: in which share of the possible worlds every ambitie is on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import accumulate
from types import MappingProxyType

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.optimaal.steekproef import STUK, Onzekerheid, Telling, stukken
from opgavelib.domein.scenario import BASIS, Scenario
from opgavelib.domein.stevigheid import kans_tekst
from opgavelib.domein.stukken import in_volgorde
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk
from opgavelib.fouten import BotsingFout, OpgaveFout
from opgavelib.toepassing import kiezen, scenario_besluit, zoeken
from opgavelib.toepassing.kiesbeeld import noem
from opgavelib.toepassing.stand import Stand

TREKKINGEN = 1000
STEVIG_VANAF = 0.95


@dataclass(frozen=True)
class Robuust:
    """In how many of the best shortlists every ambitie is, when value and hours are estimates.

    Attributes
    ----------
    tabel : DataFrame, index item, highest share first; titel, aandeel (0-1: share of the shortlists it is in, NaN
        when there is none), gekozen (bool: on the shortlist of the estimates themselves), vast (bool: must be in)
    trekkingen : draws done; fewer than asked when the search was stopped
    gelukt, bewezen : draws with a shortlist, and those of which it is proven to be the best
    toelichting : sentences ready for the bestuursnota
    parameters : everything needed to repeat it
    """

    tabel: pd.DataFrame
    trekkingen: int
    gelukt: int
    bewezen: int
    toelichting: str
    parameters: Mapping[str, object]


def robuust(
    stand: Stand,
    scenario: Scenario | None = None,
    *,
    trekkingen: int = TREKKINGEN,
    zaad: int = 0,
    opgaven: int | None = None,
    budget_eur: float | None = None,
    stevig_vanaf: float = STEVIG_VANAF,
    executor: Executor | None = None,
    bij_voortgang: Callable[[int, int], object] | None = None,
) -> Robuust:
    """Draw value and hours of every ambitie again and again, and look for the best shortlist each time.

    How far estimates are off are the parameters ``prioritering.onzekerheid_waarde`` and ``onzekerheid_uren``.

    Parameters
    ----------
    scenario : default the base; of a decided one the problem as it was decided
    opgaven, budget_eur : as in `kiezen.vraagstuk`
    stevig_vanaf : share from which the toelichting calls a place firm
    executor : who does the work (`toepassing.uitvoerder`); None: this thread. The result is the same with each
    bij_voortgang : gets draws done and draws in all; False stops, and so does an interrupt, with the result so far

    Raises
    ------
    OpgaveFout : no shortlist of the estimates themselves meets the demands, or none was found in time
    """
    scenario = scenario or stand.scenarios[BASIS]
    v, titels = _probleem(stand, scenario, opgaven, budget_eur)
    sd = {n: float(stand.waarde("prioritering", f"onzekerheid_{n}")) for n in ("waarde", "uren")}
    basis = eis_antwoord(v, kiezen.los_op(v, float(stand.waarde("prioritering", "zoektijd"))), titels)
    telling = _tel(v, basis, trekkingen, zaad, sd, executor, bij_voortgang)
    aandeel = telling.gekozen / telling.gelukt if telling.gelukt else np.nan
    tabel = pd.DataFrame(
        {
            "titel": [titels[a] for a in v.items],
            "aandeel": aandeel,
            "gekozen": [a in basis.start for a in v.items],
            "vast": [a in v.moet for a in v.items],
        },
        index=pd.Index(v.items, name="ambitie"),
    )
    # Equal shares stay in the order of the ranking.
    tabel = tabel.sort_values(["aandeel", "gekozen"], ascending=False, kind="stable")
    parameters = {
        **kiezen.rangschikking(stand, scenario).parameters, "scenario": scenario.code, "hoogstens": v.hoogstens,
        "budget_eur": dict(v.budget_eur), "minstens": dict(v.minstens), "trekkingen": telling.trekkingen,
        "gevraagd": trekkingen, "zaad": zaad, "stuk": STUK, "onzekerheid_waarde": sd["waarde"],
        "onzekerheid_uren": sd["uren"], "stevig_vanaf": stevig_vanaf, "status": str(basis.status),
    }  # fmt: skip
    return Robuust(
        tabel, telling.trekkingen, telling.gelukt, telling.bewezen,
        _toelichting(tabel, telling, trekkingen, sd, stevig_vanaf), MappingProxyType(parameters),
    )  # fmt: skip


def _probleem(
    stand: Stand, scenario: Scenario, opgaven: int | None, budget_eur: float | None
) -> tuple[Vraagstuk, Mapping[str, str]]:
    besluit = scenario_besluit.besluit(stand, scenario.code)
    if besluit is None:
        v = kiezen.vraagstuk(stand, scenario, opgaven=opgaven, budget_eur=budget_eur)
        return v, kiezen.kandidaten(stand, scenario)["titel"].to_dict()
    v = besluit.vraagstuk
    totaal = {} if budget_eur is None else {"totaal": float(budget_eur)}
    hoogstens = v.hoogstens if opgaven is None else opgaven
    return replace(v, hoogstens=hoogstens, budget_eur=dict(v.budget_eur) | totaal), besluit.titels


def eis_antwoord(v: Vraagstuk, uit: Oplossing, titels: Mapping[str, str]) -> Oplossing:
    """The same answer, when it is a shortlist.

    Raises
    ------
    BotsingFout : the demands clash; names the smallest set that does
    OpgaveFout : none was found in time
    """
    if uit.status == Status.ONBEKEND:
        raise OpgaveFout(
            "In de zoektijd is geen shortlist gevonden die past.\n   Doe: zoek langer, of stel minder eisen."
        )
    if uit.status == Status.ONMOGELIJK:
        eisen = zoeken.botsing(v, namen(titels))["eisen"]
        zinnen = "".join(f"\n   - {e['zin']}" for e in eisen) or "\n   Welke, is niet gevonden."
        raise BotsingFout(
            f"Geen enkele shortlist voldoet, want deze eisen kunnen niet samen:{zinnen}\n   Doe: laat er een los.",
            eisen,
        )
    return uit


def namen(titels: Mapping[str, str]) -> dict[str, str]:
    """What sentences call every item: its key and its title, without the full stop of the title."""
    return {a: noem(titels, a) for a in titels}


def _tel(
    v: Vraagstuk, basis: Oplossing, trekkingen: int, zaad: int, sd: Mapping[str, float], executor: Executor | None,
    bij_voortgang: Callable[[int, int], object] | None,
) -> Telling:  # fmt: skip
    """Sum of the pieces so far, in their order."""
    som = None
    try:
        with closing(_tellingen(v, basis, trekkingen, zaad, sd, executor)) as tellingen:
            for som in accumulate(tellingen):
                if bij_voortgang is not None and bij_voortgang(som.trekkingen, trekkingen) is False:
                    break
    except KeyboardInterrupt:
        if som is None:
            raise
    return som


def _tellingen(
    v: Vraagstuk, basis: Oplossing, trekkingen: int, zaad: int, sd: Mapping[str, float], executor: Executor | None
) -> Iterator[Telling]:
    onzeker = Onzekerheid(waarde_sd=sd["waarde"], uren_sd=sd["uren"])
    # Where the search for the base stopped by the clock, it would make the draws differ between machines.
    start = dict(basis.start) if basis.status == Status.OPTIMAAL else None
    return in_volgorde(executor, stukken(kaal(v), trekkingen, zaad, onzeker, start))


def kaal(v: Vraagstuk) -> Vraagstuk:
    """The same problem without what people wrote: the reasons of what must and may not be in."""
    return replace(v, moet=dict.fromkeys(v.moet, ""), mag_niet=dict.fromkeys(v.mag_niet, ""))


def _toelichting(
    tabel: pd.DataFrame, t: Telling, gevraagd: int, sd: Mapping[str, float], stevig_vanaf: float
) -> str:
    if tabel.empty:
        return "Er is nog geen ambitie beoordeeld; lees eerst scores in."
    keer = notatie.getal(t.trekkingen)
    zinnen = [
        f"{keer} keer is de beste shortlist gezocht, telkens met een andere waarde (standaardafwijking "
        f"{notatie.procent(sd['waarde'])}) en andere uren ({notatie.procent(sd['uren'])}) per ambitie."
    ]
    if t.trekkingen < gevraagd:
        zinnen.append(f"Het is gestopt voor de gevraagde {notatie.getal(gevraagd)} keer.")
    if t.gelukt:
        zinnen += _zinnen_aandeel(tabel, stevig_vanaf)
    if zonder := t.trekkingen - t.gelukt:
        zinnen.append(
            f"In {notatie.aantal(zonder, 'trekking', 'trekkingen')} paste geen enkele shortlist; de aandelen zijn "
            "van de andere."
        )
    if onbewezen := t.gelukt - t.bewezen:
        zinnen.append(
            f"Van {notatie.aantal(onbewezen, 'trekking', 'trekkingen')} is niet bewezen dat er geen betere is."
        )
    return " ".join(zinnen)


def _zinnen_aandeel(tabel: pd.DataFrame, stevig_vanaf: float) -> list[str]:
    in_, zinnen = tabel[tabel["gekozen"]], []
    if vast := int(in_["vast"].sum()):
        zinnen.append(
            f"{vast} van de {len(in_)} op de shortlist {'moet' if vast == 1 else 'moeten'} erin, wettelijk of "
            "door een keuze."
        )
    vrij, uit = in_[~in_["vast"]], tabel[~tabel["gekozen"]]
    if len(vrij):
        stevig = int((vrij["aandeel"] >= stevig_vanaf).sum())
        zin = (
            f"Van de {len(vrij)}{' andere' if vast else ''} op de shortlist {'staat' if stevig <= 1 else 'staan'} "
            f"er {stevig or 'geen'} in minstens {notatie.procent(stevig_vanaf, 0)} van de trekkingen op"
        )
        if stevig < len(vrij):
            zin += f"; het minst vaak {vrij.index[-1]}: in {kans_tekst(vrij['aandeel'].iloc[-1])}"
        zinnen.append(f"{zin}.")
    if len(uit) and uit["aandeel"].iloc[0] > 0:
        zinnen.append(
            f"Van wat erbuiten valt, komt {uit.index[0]} er het vaakst op: in {kans_tekst(uit['aandeel'].iloc[0])}."
        )
    return zinnen
