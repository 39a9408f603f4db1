"""The best shortlist of a werkmap: the problem of a scenario, its answer, and the answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.scenario import BASIS, Scenario, Soort
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, gebruik_eur, gebruik_uren
from opgavelib.toepassing.kandidaten import (
    WETTELIJK,
    Afspraken,
    afspraken,
    kan_niet_meer,
    kandidaten,
    kwartalen,
    rangschikking,
    wettelijk_moet,
)
from opgavelib.toepassing.kiesreden import redenen
from opgavelib.toepassing.stand import Stand
from opgavelib.toepassing.zoeken import los_op

__all__ = [
    "WETTELIJK", "Keuze", "kandidaten", "kies", "kwartalen", "leg_uit", "los_op", "rangschikking", "redenen",
    "ruimte", "telt", "vraagstuk", "zonder_hand",
]  # fmt: skip

KOLOMMEN = ("titel", "score", "rang", "gekozen", "wens_kwartaal", "start_kwartaal", "eind_kwartaal", "team",
            "domein", "uren", "budget_eur", "vast", "reden")  # fmt: skip


@dataclass(frozen=True)
class Keuze:
    """The best shortlist of one scenario.

    Attributes
    ----------
    tabel : DataFrame, index item (ambities, and what the scenario adds), chosen ones first by rank; columns
        `KOLOMMEN`: score 0-100 (NaN when not judged), rang, gekozen (bool), wens_kwartaal (own first quarter,
        None unknown), start_kwartaal and eind_kwartaal (None when out), uren and budget_eur that are still to come
        as the scenario has them (NaN unknown), vast ("in", "uit", "wettelijk" or ""), reden
    vraagstuk, oplossing : the problem and its answer; enough to repeat it
    toelichting : sentences ready for the bestuursnota
    parameters : what it was computed with
    """

    tabel: pd.DataFrame
    vraagstuk: Vraagstuk
    oplossing: Oplossing
    toelichting: str
    parameters: Mapping[str, object]

    @property
    def gekozen(self) -> pd.DataFrame:
        """The rows on the shortlist."""
        return self.tabel[self.tabel["gekozen"]]


def ruimte(stand: Stand, scenario: Scenario) -> pd.DataFrame:
    """Hours free for opgaven in a scenario: DataFrame (team x kwartaal), never below 0.

    Regular work stays as it is when a team gets smaller or larger: the difference falls on the room for opgaven.
    An organisatieproject that stops, shrinks or moves gives back what it asked.
    """
    reeks, _ = kwartalen(stand)
    return stand.werk.rest_in(scenario, list(reeks)).clip(lower=0.0)


def vraagstuk(
    stand: Stand, scenario: Scenario | None = None, *, opgaven: int | None = None, budget_eur: float | None = None
) -> Vraagstuk:
    """The problem of a scenario; `opgaven` and `budget_eur` (whole period) go before what it says itself."""
    scenario = scenario or stand.scenarios[BASIS]
    k, vrij = kandidaten(stand, scenario), ruimte(stand, scenario)
    (reeks, plan), plaats = kwartalen(stand), {t: i for i, t in enumerate(vrij.index)}
    duur = k["duur"].to_numpy()
    eerste = {kw: i for i, kw in enumerate(reeks[:plan])}
    vroegst = np.array([eerste.get(b, 0 if b is None else plan) for b in k["begin"]], dtype=int).reshape(len(k))
    laatst = np.full(len(k), plan - 1)
    uren = np.zeros((len(k), len(plaats)))
    per_kwartaal = k["uren"].fillna(0.0).to_numpy() / duur
    for i, team in enumerate(k["team"]):
        if team in plaats:
            uren[i, plaats[team]] = per_kwartaal[i]
    gewenst = {a: str(w["kwartaal"]) for a, w in scenario.over(Soort.START).items() if a in k.index}
    vast_start = {a: eerste[kw] for a, kw in gewenst.items() if kw in eerste}
    for a, s in vast_start.items():
        i = k.index.get_loc(a)
        vroegst[i], laatst[i] = min(vroegst[i], s), max(laatst[i], s)
    paren = afspraken(stand, scenario)
    moet, mag_niet = _vast(stand, scenario, k, paren)
    voor, niet_samen = (tuple(p for p in ps if set(p) <= set(k.index)) for ps in (paren.voor, paren.niet_samen))
    hoogstens = scenario.grens("opgaven", int(stand.waarde("prioritering", "opgaven")))
    return Vraagstuk(
        items=tuple(k.index), waarde=np.round(k["score"].fillna(0.0), 6), duur=duur, vroegst=vroegst, laatst=laatst,
        uren=uren, kosten_eur=k["budget_eur"].fillna(0.0), kwartalen=reeks, teams=tuple(vrij.index),
        ruimte_uren=vrij.to_numpy(), budget_eur=_budget(scenario, reeks, budget_eur), domein=tuple(k["domein"]),
        hoogstens=opgaven if opgaven is not None else hoogstens, moet=moet, mag_niet=mag_niet,
        voor=voor, niet_samen=niet_samen,
        minstens={d: int(w["waarde"]) for d, w in _grenzen(scenario, "minstens").items() if w["waarde"]},
        vast_start=vast_start,
    )  # fmt: skip


def _grenzen(scenario: Scenario, kop: str) -> dict[str, Mapping[str, object]]:
    return {
        naam.partition("|")[2]: w for naam, w in scenario.over(Soort.GRENS).items() if naam.startswith(f"{kop}|")
    }


def _budget(scenario: Scenario, kwartalen: tuple[str, ...], totaal: float | None) -> dict[str, float]:
    jaren = {k[:4] for k in kwartalen} | {"totaal"}
    uit = {
        jaar: float(w["waarde"])
        for jaar, w in _grenzen(scenario, "budget").items()
        if w["waarde"] is not None and jaar in jaren
    }
    return uit | ({"totaal": float(totaal)} if totaal is not None else {})


def _vast(
    stand: Stand, scenario: Scenario, k: pd.DataFrame, paren: Afspraken
) -> tuple[dict[str, str], dict[str, str]]:
    """Why items must be in, and why out: by hand goes before what the law says.

    What is shut by what must come before it stays a must besides: that these clash is for people to settle.
    """
    waarom = stand.werkmap.scenarios.redenen(scenario.code)
    met_de_hand = {a: waarom.get(f"{Soort.VAST}|{a}", ("", ""))[0] for a in k.index}
    moet = dict.fromkeys(k.index[k["wettelijk"]], WETTELIJK) if wettelijk_moet(stand, scenario) else {}
    moet |= {a: met_de_hand[a] or "komt er hoe dan ook bij" for a in k.index[k["vast"] == "in"]}
    uit = {a: met_de_hand[a] for a in k.index[k["vast"] == "uit"]}
    dicht = {a: r for a, r in paren.dicht.items() if a in k.index and a not in uit}
    return {a: r for a, r in moet.items() if a not in uit}, uit | dicht


def zonder_hand(scenario: Scenario) -> Scenario:
    """The scenario without what people fixed in, out or in time: its best shortlist is the advice."""
    hand = (f"{Soort.VAST}|", f"{Soort.START}|")
    return replace(scenario, keuzes={k: w for k, w in scenario.keuzes.items() if not k.startswith(hand)})


def kies(
    stand: Stand, scenario: Scenario | None = None, *, opgaven: int | None = None, budget_eur: float | None = None
) -> Keuze:
    """The best shortlist of a scenario, here and now."""
    scenario = scenario or stand.scenarios[BASIS]
    v = vraagstuk(stand, scenario, opgaven=opgaven, budget_eur=budget_eur)
    return leg_uit(stand, scenario, v, los_op(v, float(stand.waarde("prioritering", "zoektijd"))))


def leg_uit(stand: Stand, scenario: Scenario, v: Vraagstuk, uit: Oplossing, *, zoekt: bool = False) -> Keuze:
    """An answer with titles, reasons and sentences; `zoekt` while a better one is still sought."""
    k = kandidaten(stand, scenario)
    eind = {a: min(s + int(k.loc[a, "duur"]), len(v.kwartalen)) - 1 for a, s in uit.start.items()}
    k["wens_kwartaal"] = k["begin"]
    k["gekozen"] = k.index.isin(list(uit.start))
    k["start_kwartaal"] = [v.kwartalen[uit.start[a]] if a in uit.start else None for a in k.index]
    k["eind_kwartaal"] = [v.kwartalen[eind[a]] if a in eind else None for a in k.index]
    k["vast"] = [WETTELIJK if v.moet.get(a) == WETTELIJK else vast for a, vast in k["vast"].items()]
    dicht = {a: r for a, r in afspraken(stand, scenario).dicht.items() if v.mag_niet.get(a) == r}
    k["reden"] = pd.Series(redenen(v, uit, dicht, k.index[k["score"].notna()]), dtype=object).reindex(k.index)
    tabel = k.sort_values(["gekozen", "rang"], ascending=[False, True], kind="stable")[list(KOLOMMEN)]
    gewichten = rangschikking(stand, scenario).parameters
    parameters = {
        **gewichten, "scenario": scenario.code, "hoogstens": v.hoogstens, "budget_eur": dict(v.budget_eur),
        "minstens": dict(v.minstens), "status": str(uit.status), "waarde": round(uit.waarde, 6),
        "bovengrens": round(uit.bovengrens, 6),
    }  # fmt: skip
    zinnen = [_toelichting(tabel, v, uit, zoekt), *_met_de_hand(stand, scenario, v, dicht)]
    if tabel["score"].drop(list(scenario.over(Soort.EXTRA)), errors="ignore").isna().all():
        zinnen = [_nog_niets(stand, len(uit.start))]
    return Keuze(tabel, v, uit, " ".join(zinnen), MappingProxyType(parameters))


def _nog_niets(stand: Stand, gekozen: int) -> str:
    """What to do first when nothing can be weighed."""
    if stand.kandidaten.empty:
        zin = "Er zijn nog geen ambities om uit te kiezen. Lees eerst een bestand met ambities in."
    else:
        zin = "Er is nog geen ambitie beoordeeld. Lees scores in, of scoor samen; daarna is er een beste shortlist."
    return f"{zin} Nu staat erop wat vast erin is gezet: {gekozen}." if gekozen else zin


def telt(v: Vraagstuk, soort: Soort, item: str) -> bool:
    """Whether a thing that people fixed holds in a problem."""
    return item in (v.vast_start if soort == Soort.START else v.items)


def _met_de_hand(stand: Stand, scenario: Scenario, v: Vraagstuk, dicht: Mapping[str, str]) -> list[str]:
    """How much people fixed, and what of their choices no longer can."""
    zinnen = []
    if hand := sum(telt(v, s, a) for s in (Soort.VAST, Soort.START) for a in scenario.over(s)):
        zinnen.append(f"{notatie.aantal(hand, 'keuze is', 'keuzes zijn')} met de hand vastgezet.")
    zinnen += [f"{a} kan er niet in: {r}." for a, r in dicht.items()]
    # Of an agreement about two it is said what it shuts; one that no longer matters needs no word.
    paren = (Soort.VOLGORDE, Soort.NIET_SAMEN)
    niet = [r for n, r in kan_niet_meer(stand, scenario).items() if not n.startswith(paren)]
    if niet:
        zinnen.append(f"{notatie.aantal(len(niet), 'keuze kan', 'keuzes kunnen')} niet meer: {'; '.join(niet)}.")
    return zinnen


def _toelichting(tabel: pd.DataFrame, v: Vraagstuk, uit: Oplossing, zoekt: bool) -> str:
    if uit.status == Status.ONMOGELIJK:
        return "Geen enkele shortlist voldoet: de eisen kunnen niet samen."
    if uit.status == Status.ONBEKEND:
        return "Er is nog geen shortlist gevonden die past; zoek langer."
    in_ = tabel[tabel["gekozen"]]
    eur, uren = gebruik_eur(v, uit.start), gebruik_uren(v, uit.start)
    zinnen = [
        f"De beste shortlist{' tot nu toe' if zoekt else ''} heeft "
        f"{notatie.aantal(len(in_), 'ambitie', 'ambities')}, samen "
        f"{notatie.getal(uit.waarde, 0)} punten, {notatie.euro_kort(eur['totaal'])} en "
        f"{notatie.uren(float(uren.sum()))}."
    ]
    if uit.status == Status.OPTIMAAL:
        zinnen.append("Beter kan niet binnen deze grenzen; dat is bewezen.")
    else:
        zinnen.append(
            f"Het kan nog hoogstens {notatie.procent(uit.gat)} beter; "
            f"{'er wordt nog gezocht' if zoekt else 'verder is er niet gezocht'}."
        )
    if moet := [a for a, r in v.moet.items() if r == WETTELIJK]:
        zin = f"{notatie.aantal(len(moet), 'ambitie staat', 'ambities staan')} erin omdat het wettelijk moet"
        onbeoordeeld = int(tabel.loc[moet, "score"].isna().sum())
        zinnen.append(f"{zin}, waarvan {onbeoordeeld} nog niet beoordeeld." if onbeoordeeld else f"{zin}.")
    onbekend = int(in_["budget_eur"].isna().sum()), int(in_["uren"].isna().sum())
    if any(onbekend):
        zinnen.append(
            f"Van {onbekend[0]} is geen budget bekend en van {onbekend[1]} geen uren; die tellen als nul mee."
        )
    return " ".join(zinnen)
