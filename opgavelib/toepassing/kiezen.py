"""The best shortlist of a werkmap: the problem of a scenario, its answer, and the answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein import kwartaal
from opgavelib.domein.capaciteit import KWARTALEN_PER_JAAR
from opgavelib.domein.ranking import Rangschikking
from opgavelib.domein.scenario import BASIS, Scenario, Soort
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, gebruik_eur, gebruik_uren
from opgavelib.toepassing.stand import Stand
from opgavelib.toepassing.zoeken import los_op

WETTELIJK = "wettelijk"
KOLOMMEN = ("titel", "score", "rang", "gekozen", "wens_kwartaal", "start_kwartaal", "eind_kwartaal", "team",
            "domein", "uren", "budget_eur", "vast", "reden")  # fmt: skip


@dataclass(frozen=True)
class Keuze:
    """The best shortlist of one scenario.

    Attributes
    ----------
    tabel : DataFrame, index item (ambities, and what the scenario adds), chosen ones first by rank; columns
        `KOLOMMEN`: score 0-100 (NaN when not judged), rang, gekozen (bool), wens_kwartaal (own first quarter,
        None unknown), start_kwartaal and eind_kwartaal (None when out), uren and budget_eur over the whole
        duration as the scenario has them (NaN unknown), vast ("in", "uit", "wettelijk" or ""), reden
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


def rangschikking(stand: Stand, scenario: Scenario) -> Rangschikking:
    """Ranking with the weights of the scenario, else those of the werkmap."""
    eigen = scenario.over(Soort.GEWICHTEN).get("")
    gewichten = {c: float(eigen["waarden"].get(c, 0)) for c in stand.criteria} if eigen else None
    return stand.rangschikking(gewichten=gewichten)


def kandidaten(stand: Stand, scenario: Scenario) -> pd.DataFrame:
    """What can be chosen in a scenario: judged candidates, those fixed in, and what the scenario adds.

    Returns
    -------
    DataFrame, index item; titel, score (NaN when not judged), rang, team, domein ("" unknown), uren, budget_eur
    (scaled by the scenario, NaN unknown), duur (quarters), begin (own first quarter or None), wettelijk, vast
    """
    rang = rangschikking(stand, scenario).tabel
    a = stand.kandidaten.join(rang[["score", "rang"]])
    vast = {k: str(w["waarde"]) for k, w in scenario.over(Soort.VAST).items()}
    a = a[a["score"].notna() | a.index.isin([k for k, w in vast.items() if w == "in"])].sort_values("rang")
    begin, duur = _looptijd(stand, a)
    factor = {k: float(w["factor"]) for k, w in scenario.over(Soort.OMVANG).items()}
    schaal = pd.Series({i: factor.get(i, 1.0) for i in a.index}, index=a.index, dtype=float)
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


def _looptijd(stand: Stand, a: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """First quarter (None: unknown) and number of quarters; what began before the planperiode starts with it."""
    plan_begin = kwartaal.volgnummer(stand.waarde("prioritering", "planperiode")[0])
    standaard = int(stand.waarde("prioritering", "duur_kwartalen"))
    begin: list[str | None] = []
    duur: list[int] = []
    for van, tot in zip(a["start_kwartaal"], a["eind_kwartaal"], strict=True):
        eerste = max(kwartaal.volgnummer(van), plan_begin) if van else None
        laatste = kwartaal.volgnummer(tot) if tot else None
        begin.append(None if eerste is None else kwartaal.uit_volgnummer(eerste))
        weet = laatste is not None and eerste is not None and laatste >= eerste
        duur.append(laatste - eerste + 1 if weet else standaard)
    return pd.Series(begin, index=a.index, dtype=object), pd.Series(duur, index=a.index, dtype=int)


def kwartalen(stand: Stand) -> tuple[tuple[str, ...], int]:
    """Quarters that are reckoned with, and in how many of them, from the first, work may begin.

    Work begins in the planperiode and may go on after it, where it still needs people.
    """
    begin, eind = stand.waarde("prioritering", "planperiode")
    plan = kwartaal.reeks(begin, eind)
    na = int(stand.waarde("prioritering", "uitloop_kwartalen"))
    laatste = kwartaal.uit_volgnummer(kwartaal.volgnummer(eind) + na)
    return tuple(kwartaal.reeks(begin, laatste)), len(plan)


def ruimte(stand: Stand, scenario: Scenario) -> pd.DataFrame:
    """Hours free for opgaven in a scenario: DataFrame (team x kwartaal), never below 0.

    Regular work stays as it is when a team gets smaller or larger: the difference falls on the room for opgaven.
    An organisatieproject that stops gives back what it asked from that quarter on.
    """
    reeks, _ = kwartalen(stand)
    inzet = stand.tabel("inzet")
    vast = inzet[inzet["activiteit"].map(stand.tabel("activiteiten")["soort"]) == "organisatieproject"]
    for activiteit, w in scenario.over(Soort.STOP).items():
        vast = vast[(vast["activiteit"] != activiteit) | (vast["kwartaal"] < w["vanaf"])]
    uit = stand.balans(vast, list(reeks)).tabel["saldo_uren"].unstack("kwartaal").reindex(columns=list(reeks))
    per_fte = stand.tabel("teams")["uren_per_fte"].fillna(float(stand.waarde("capaciteit", "uren_per_fte")))
    for team, w in scenario.over(Soort.TEAM).items():
        if team in uit.index:
            vanaf = [k for k in reeks if k >= w["vanaf"]]
            uit.loc[team, vanaf] += float(w["fte"]) * float(per_fte[team]) / KWARTALEN_PER_JAAR
    return uit.clip(lower=0.0)


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
    moet, mag_niet = _vast(stand, scenario, k)
    paren = {s: tuple(tuple(p.split("|")) for p in scenario.over(s)) for s in (Soort.VOLGORDE, Soort.NIET_SAMEN)}
    bekend = {s: tuple(p for p in ps if set(p) <= set(k.index)) for s, ps in paren.items()}
    hoogstens = scenario.grens("opgaven", int(stand.waarde("prioritering", "opgaven")))
    return Vraagstuk(
        items=tuple(k.index), waarde=np.round(k["score"].fillna(0.0), 6), duur=duur, vroegst=vroegst, laatst=laatst,
        uren=uren, kosten_eur=k["budget_eur"].fillna(0.0), kwartalen=reeks, teams=tuple(vrij.index),
        ruimte_uren=vrij.to_numpy(), budget_eur=_budget(scenario, reeks, budget_eur), domein=tuple(k["domein"]),
        hoogstens=opgaven if opgaven is not None else hoogstens, moet=moet, mag_niet=mag_niet,
        voor=bekend[Soort.VOLGORDE], niet_samen=bekend[Soort.NIET_SAMEN],
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


def _vast(stand: Stand, scenario: Scenario, k: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Why items must be in, and why out: by hand goes before what the law says."""
    redenen = stand.werkmap.scenarios.redenen(scenario.code)
    met_de_hand = {a: redenen.get(f"{Soort.VAST}|{a}", ("", ""))[0] for a in k.index}
    wettelijk = bool(scenario.grens(WETTELIJK, stand.waarde("prioritering", "wettelijk_moet")))
    moet = dict.fromkeys(k.index[k["wettelijk"]], WETTELIJK) if wettelijk else {}
    moet |= {a: met_de_hand[a] or "komt er hoe dan ook bij" for a in k.index[k["vast"] == "in"]}
    mag_niet = {a: met_de_hand[a] for a in k.index[k["vast"] == "uit"]}
    return {a: r for a, r in moet.items() if a not in mag_niet}, mag_niet


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


def leg_uit(stand: Stand, scenario: Scenario, v: Vraagstuk, uit: Oplossing) -> Keuze:
    """An answer with titles, reasons and sentences."""
    k = kandidaten(stand, scenario)
    eind = {a: min(s + int(k.loc[a, "duur"]), len(v.kwartalen)) - 1 for a, s in uit.start.items()}
    k["wens_kwartaal"] = k["begin"]
    k["gekozen"] = k.index.isin(list(uit.start))
    k["start_kwartaal"] = [v.kwartalen[uit.start[a]] if a in uit.start else None for a in k.index]
    k["eind_kwartaal"] = [v.kwartalen[eind[a]] if a in eind else None for a in k.index]
    k["vast"] = [WETTELIJK if v.moet.get(a) == WETTELIJK else vast for a, vast in k["vast"].items()]
    k["reden"] = [reden(a, v, uit) for a in k.index]
    tabel = k.sort_values(["gekozen", "rang"], ascending=[False, True], kind="stable")[list(KOLOMMEN)]
    gewichten = rangschikking(stand, scenario).parameters
    parameters = {
        **gewichten, "scenario": scenario.code, "hoogstens": v.hoogstens, "budget_eur": dict(v.budget_eur),
        "minstens": dict(v.minstens), "status": str(uit.status), "waarde": round(uit.waarde, 6),
        "grens": round(uit.grens, 6),
    }  # fmt: skip
    hand = sum(a in k.index for s in (Soort.VAST, Soort.START) for a in scenario.over(s))
    return Keuze(tabel, v, uit, _toelichting(tabel, v, uit, hand), MappingProxyType(parameters))


def reden(a: str, v: Vraagstuk, uit: Oplossing) -> str:
    """Why an item is in, and from when, or why it is out."""
    i = v.items.index(a)
    if a in uit.start:
        waarom = {None: "gekozen", WETTELIJK: "moet erin: wettelijk"}.get(
            v.moet.get(a), f"vast erin: {v.moet.get(a)}"
        )
        return f"{waarom}, begint in {notatie.kwartaal_voluit(v.kwartalen[uit.start[a]])}"
    if a in v.mag_niet:
        return f"vast eruit: {v.mag_niet[a]}"
    if v.laatst[i] < v.vroegst[i]:
        return "begint pas na de planperiode"
    return "niet gekozen: met dezelfde ruimte leveren andere samen meer op"


def _toelichting(tabel: pd.DataFrame, v: Vraagstuk, uit: Oplossing, hand: int) -> str:
    if uit.status == Status.ONMOGELIJK:
        return "Geen enkele shortlist voldoet: de eisen kunnen niet samen."
    if uit.status == Status.ONBEKEND:
        return "Er is nog geen shortlist gevonden die past; zoek langer."
    in_ = tabel[tabel["gekozen"]]
    eur, uren = gebruik_eur(v, uit.start), gebruik_uren(v, uit.start)
    zinnen = [
        f"De beste shortlist heeft {notatie.aantal(len(in_), 'ambitie', 'ambities')}, samen "
        f"{notatie.getal(uit.waarde, 0)} punten, {notatie.euro_kort(eur['totaal'])} en "
        f"{notatie.uren(float(uren.sum()))}."
    ]
    if uit.status == Status.OPTIMAAL:
        zinnen.append("Beter kan niet binnen deze grenzen; dat is bewezen.")
    else:
        zinnen.append(f"Het kan nog hoogstens {notatie.procent(uit.gat)} beter; verder is er niet gezocht.")
    if moet := sum(r == WETTELIJK for r in v.moet.values()):
        zinnen.append(f"{notatie.aantal(moet, 'ambitie staat', 'ambities staan')} erin omdat het wettelijk moet.")
    if hand:
        zinnen.append(f"{notatie.aantal(hand, 'keuze is', 'keuzes zijn')} met de hand vastgezet.")
    onbekend = int(in_["budget_eur"].isna().sum()), int(in_["uren"].isna().sum())
    if any(onbekend):
        zinnen.append(
            f"Van {onbekend[0]} is geen budget bekend en van {onbekend[1]} geen uren; die tellen als nul mee."
        )
    return " ".join(zinnen)
