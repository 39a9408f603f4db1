"""What can be chosen in a scenario, which of its choices no longer hold, and what was agreed about two items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein import kwartaal
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.dekking import leidend
from opgavelib.domein.ranking import Rangschikking
from opgavelib.domein.scenario import SCHEIDING, Scenario, Soort
from opgavelib.toepassing.stand import Stand

WETTELIJK = "wettelijk"
_WAAROM_WEG = {
    Bestemming.LIJN: "{} is regulier werk",
    Bestemming.PARKEERPLAATS: "{} staat op de parkeerplaats",
    Bestemming.AFGEWEZEN: "{} is afgewezen",
}


def rangschikking(stand: Stand, scenario: Scenario) -> Rangschikking:
    """Ranking with the weights of the scenario, else those of the werkmap."""
    eigen = scenario.over(Soort.GEWICHTEN).get("")
    gewichten = {c: float(eigen["waarden"].get(c, 0)) for c in stand.criteria} if eigen else None
    return stand.rangschikking(gewichten=gewichten)


def wettelijk_moet(stand: Stand, scenario: Scenario) -> bool:
    """Whether what is wettelijk must be in."""
    return bool(scenario.grens(WETTELIJK, stand.waarde("prioritering", "wettelijk_moet")))


def kwartalen(stand: Stand) -> tuple[tuple[str, ...], int]:
    """Quarters that are reckoned with, and in how many of them, from the first, work may begin.

    Work begins in the planperiode and may go on after it, where it still needs people.
    """
    begin, eind = stand.waarde("prioritering", "planperiode")
    plan = kwartaal.reeks(begin, eind)
    na = int(stand.waarde("prioritering", "uitloop_kwartalen"))
    laatste = kwartaal.uit_volgnummer(kwartaal.volgnummer(eind) + na)
    return tuple(kwartaal.reeks(begin, laatste)), len(plan)


def domeinen(stand: Stand) -> list[str]:
    """Domeinen that an ambitie or a team has, in the order in which people name them."""
    alle = {*stand.kandidaten["domein"].dropna(), *stand.tabel("teams")["domein"].dropna()}
    return [d for d in dict.fromkeys(("fysiek", "sociaal", "bedrijfsvoering", *sorted(alle))) if d in alle]


def kandidaten(stand: Stand, scenario: Scenario) -> pd.DataFrame:
    """What can be chosen in a scenario.

    That is what is judged, and without a judgement: what is fixed in, what must be in because it is wettelijk (once
    anything is judged at all), what must come before one of these, and what the scenario adds.

    Returns
    -------
    DataFrame, index item; titel, score (NaN when not judged), rang, team, domein ("" unknown), uren, budget_eur
    (still to come, scaled by the scenario, NaN unknown), duur (quarters), begin (own first quarter or None),
    wettelijk, vast
    """
    rang = rangschikking(stand, scenario).tabel
    a = stand.kandidaten.join(rang[["score", "rang"]])
    vast = {k: str(w["waarde"]) for k, w in scenario.over(Soort.VAST).items()}
    mee = a["score"].notna() | a.index.isin([k for k, w in vast.items() if w == "in"])
    if a["score"].notna().any() and wettelijk_moet(stand, scenario):
        mee |= pd.Series([w is True for w in a["wettelijk"]], index=a.index, dtype=bool)
    a = a[mee | a.index.isin(_eerst(stand, scenario, set(a.index[mee])))].sort_values("rang", kind="stable")
    begin, duur, deel = _looptijd(stand, a)
    factor = {k: float(w["factor"]) for k, w in scenario.over(Soort.OMVANG).items()}
    schaal = deel * pd.Series({i: factor.get(i, 1.0) for i in a.index}, index=a.index, dtype=float)
    van_team = stand.tabel("teams")["domein"]
    domein = a["domein"].where(a["domein"].notna(), a["team"].map(van_team)).fillna("")
    tabel = pd.DataFrame(
        {
            "titel": a["titel"], "score": a["score"], "rang": a["rang"], "team": a["team"], "domein": domein,
            "uren": a["uren"] * schaal, "budget_eur": a["budget_eur"] * schaal, "duur": duur, "begin": begin,
            "wettelijk": [w is True for w in a["wettelijk"]], "vast": [vast.get(i, "") for i in a.index],
        },
        index=a.index,
    )  # fmt: skip
    extra = scenario.over(Soort.EXTRA)
    rijen = [
        (w["titel"], w["waarde"], np.nan, w["team"], w["domein"] or van_team.get(w["team"]) or "", w["uren"],
         w["budget_eur"], int(w["duur"]), w["vroegst"], False, vast.get(code, "in" if w["moet"] else ""))
        for code, w in extra.items()
    ]  # fmt: skip
    if rijen:
        erbij = pd.DataFrame(rijen, columns=tabel.columns, index=pd.Index(extra, name="ambitie"))
        tabel = pd.concat([tabel, erbij.astype({"rang": float, "wettelijk": bool})])
    return tabel


def _looptijd(stand: Stand, a: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """First quarter (None: unknown), number of quarters, and which share of hours and euros falls in them.

    What began before the planperiode goes on with its first quarter, and asks for the quarters that are left their
    share only: the rest is done. Of what should have ended before it began nothing is known to be done, so it asks
    all of it, over the usual number of quarters; and so does what says no end.
    """
    plan_begin = kwartaal.volgnummer(stand.waarde("prioritering", "planperiode")[0])
    standaard = int(stand.waarde("prioritering", "duur_kwartalen"))
    begin: list[str | None] = []
    duur: list[int] = []
    deel: list[float] = []
    for van, tot in zip(a["start_kwartaal"], a["eind_kwartaal"], strict=True):
        eigen = kwartaal.volgnummer(van) if van else None
        eerste = None if eigen is None else max(eigen, plan_begin)
        laatste = kwartaal.volgnummer(tot) if tot else None
        begin.append(None if eerste is None else kwartaal.uit_volgnummer(eerste))
        weet = laatste is not None and eerste is not None and laatste >= eerste
        duur.append(laatste - eerste + 1 if weet else standaard)
        deel.append(duur[-1] / (laatste - eigen + 1) if weet else 1.0)
    return (
        pd.Series(begin, index=a.index, dtype=object), pd.Series(duur, index=a.index, dtype=int),
        pd.Series(deel, index=a.index, dtype=float),
    )  # fmt: skip


# -- what was agreed about two ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Afspraken:
    """What was agreed about two ambities, as it holds now: of a merged one for the one that it went up in.

    Attributes
    ----------
    voor, niet_samen : pairs of items, with the keys of the choices that say so
    dicht : item that cannot be chosen -> why, because what must come before it no longer can
    dicht_door : the same items -> keys of the choices that say so
    """

    voor: Mapping[tuple[str, str], tuple[str, ...]]
    niet_samen: Mapping[tuple[str, str], tuple[str, ...]]
    dicht: Mapping[str, str]
    dicht_door: Mapping[str, tuple[str, ...]]


def afspraken(stand: Stand, scenario: Scenario) -> Afspraken:
    """What was agreed in a scenario about two items that can both be chosen in it, or that shuts one of them.

    Two that were merged with each other are one: nothing is left to agree about. Of two that do not go together one
    that cannot be chosen leaves the other free.
    """
    voor: dict[tuple[str, str], tuple[str, ...]] = {}
    niet_samen: dict[tuple[str, str], tuple[str, ...]] = {}
    dicht: dict[str, str] = {}
    door: dict[str, tuple[str, ...]] = {}
    for naam, a, b in _paren(stand, scenario, Soort.VOLGORDE):
        if reden := weg(stand, scenario, a):
            dicht[b] = f"pas na {a}, en dat kan niet meer worden gekozen ({reden})"
            door[b] = (*door.get(b, ()), naam)
        else:
            voor[a, b] = (*voor.get((a, b), ()), naam)
    for naam, a, b in _paren(stand, scenario, Soort.NIET_SAMEN):
        niet_samen[a, b] = (*niet_samen.get((a, b), ()), naam)
    return Afspraken(voor, niet_samen, dicht, door)


def _paren(stand: Stand, scenario: Scenario, soort: Soort) -> list[tuple[str, str, str]]:
    """(key, a, b) of what holds for two different items."""
    over = scenario.over(soort)
    if not over:
        return []
    wie = leidend(stand.ambities[["bestemming", "naar"]])
    uit = []
    for naam in over:
        a, b = (str(wie.get(x, x)) for x in naam.split(SCHEIDING))
        if a != b:
            uit.append((f"{soort}{SCHEIDING}{naam}", a, b))
    return uit


def _eerst(stand: Stand, scenario: Scenario, items: set[str]) -> set[str]:
    """What must come before these items, and before that; only what is on no list yet."""
    paren = _paren(stand, scenario, Soort.VOLGORDE)
    mee = items | set(scenario.over(Soort.EXTRA))
    while nieuw := {a for _, a, b in paren if b in mee} - mee:
        mee |= nieuw
    return mee - items


# -- what can no longer hold ------------------------------------------------------------------------------


def weg(stand: Stand, scenario: Scenario, item: str) -> str:
    """Why an item can no longer be chosen, as ``CA-001 is afgewezen``; empty when it still can be."""
    if item in stand.kandidaten.index or item in scenario.over(Soort.EXTRA):
        return ""
    if item not in stand.ambities.index:
        return f"{item} is er niet meer"
    rij = stand.ambities.loc[item]
    if rij["vervallen"]:
        return f"{item} staat niet meer in het bestand"
    if rij["bestemming"] == Bestemming.SAMENGEVOEGD:
        return f"{item} is samengevoegd met {rij['naar']}"
    return _WAAROM_WEG[rij["bestemming"]].format(item)


def kan_niet(stand: Stand, scenario: Scenario, naam: str) -> str:
    """Why a choice of a scenario can no longer hold, or shuts what it is about; empty when it can.

    Parameters
    ----------
    naam : key of the choice
    """
    kop, *over = naam.split(SCHEIDING)
    waarde = scenario.keuzes[naam]
    reeks, plan = kwartalen(stand)
    if kop in (Soort.VAST, Soort.START, Soort.OMVANG) and (reden := weg(stand, scenario, over[0])):
        return reden
    if kop == Soort.START and waarde["kwartaal"] not in reeks[:plan]:
        return f"het {notatie.kwartaal_voluit(str(waarde['kwartaal']))} is buiten de planperiode"
    if kop == Soort.EXTRA and waarde["vroegst"] > reeks[plan - 1]:
        return f"het {notatie.kwartaal_voluit(str(waarde['vroegst']))} is na de planperiode"
    if kop in (Soort.TEAM, Soort.INHUUR) and over[0] not in stand.tabel("teams").index:
        return f"team {over[0]} staat niet meer in de formatie"
    if kop in (Soort.STOP, Soort.SCHUIF, Soort.KRIMP) and over[0] not in stand.tabel("activiteiten").index:
        return f"{over[0]} is er niet meer"
    if kop == Soort.GRENS and over[0] == "budget" and over[1] not in {"totaal", *(k[:4] for k in reeks)}:
        return f"{over[1]} is buiten de jaren waarmee wordt gerekend"
    if kop in (Soort.VOLGORDE, Soort.NIET_SAMEN):
        return _kan_paar_niet(stand, scenario, Soort(kop), naam)
    return ""


def _kan_paar_niet(stand: Stand, scenario: Scenario, soort: Soort, naam: str) -> str:
    nu = [(a, b) for n, a, b in _paren(stand, scenario, soort) if n == naam]
    if not nu:
        return "deze twee zijn samengevoegd"
    return next((reden for x in nu[0] if (reden := weg(stand, scenario, x))), "")


def kan_niet_meer(stand: Stand, scenario: Scenario) -> dict[str, str]:
    """Choices of a scenario that can no longer hold: key -> why."""
    return {naam: reden for naam in scenario.keuzes if (reden := kan_niet(stand, scenario, naam))}
