"""What the screen to choose on sends to the browser: small dicts with texts, only what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.scenario import Scenario, Soort, sleutel
from opgavelib.domein.stemmen import DekkingCollegeleden
from opgavelib.domein.vraagstuk import Oplossing, Vraagstuk
from opgavelib.toepassing import Stand, kiesbeeld, kiezen, zoeken
from opgavelib.toepassing.kiesbeeld import Grens, Handkeuze
from opgavelib.toepassing.kiezen import Keuze

Rij = dict[str, object]


def rijen(keuze: Keuze, scenario: Scenario) -> list[Rij]:
    """Everything that can be chosen: what is in by rank, then what is out by rank."""
    starts = scenario.over(Soort.START)
    return [
        {
            "id": r.Index, "titel": r.titel, "in": bool(r.gekozen), "score": notatie.getal(r.score, 1, vast=True),
            "rang": "" if pd.isna(r.rang) else notatie.getal(r.rang),
            "team": "geen team" if pd.isna(r.team) else r.team, "domein": r.domein or "",
            "begin": r.start_kwartaal or "", "eind": r.eind_kwartaal or "",
            "uren": notatie.uren(r.uren), "budget": notatie.euro(r.budget_eur), "vast": r.vast, "reden": r.reden,
            "wens": r.wens_kwartaal or "", "start": str(starts.get(r.Index, {}).get("kwartaal", "")),
        }
        for r in keuze.tabel.itertuples()
    ]  # fmt: skip


def grens(g: Grens) -> Rij:
    """One limit: the value as it is typed, and beside it what is used of it."""
    euro = g.soort == "euro"
    toon = notatie.euro_kort if euro else notatie.getal
    vol = g.waarde is not None and g.gebruikt is not None and g.gebruikt >= g.waarde - 1e-6
    gebruikt = "" if g.gebruikt is None else f"nu {toon(g.gebruikt)}"
    return {
        "naam": g.naam, "kop": g.kop, "waarde": "" if g.waarde is None else notatie.getal(g.waarde),
        "euro": euro, "gebruikt": gebruikt, "vol": vol and not g.naam.startswith("minstens"),
        "herkomst": g.herkomst, "eigen": g.eigen,
    }  # fmt: skip


def paren(stand: Stand, scenario: Scenario, titels: Mapping[str, str]) -> list[Rij]:
    """Before/after and not-both, with why."""
    redenen = stand.werkmap.scenarios.redenen(scenario.code)
    uit = []
    for soort, vorm in ((Soort.VOLGORDE, "{a} eerst, daarna {b}"), (Soort.NIET_SAMEN, "{a} en {b} niet samen")):
        for over in scenario.over(soort):
            a, b = (kiesbeeld.noem(titels, x, 40) for x in over.split("|"))
            naam = sleutel(soort, over)
            reden, wie = redenen.get(naam, ("", ""))
            uit.append({"sleutel": naam, "zin": vorm.format(a=a, b=b), "herkomst": f"{wie}: {reden}"})
    return uit


def hand(keuzes: Sequence[Handkeuze], titels: Mapping[str, str]) -> list[Rij]:
    """What people fixed."""
    return [
        {"sleutel": h.sleutel, "id": h.item, "titel": notatie.kort(titels.get(h.item, ""), 70), "wat": h.wat,
         "herkomst": f"{h.wie}: {h.reden}", "telt": h.telt,
         "kan_niet": h.kan_niet}
        for h in keuzes
    ]  # fmt: skip


def dekking(nu: DekkingCollegeleden, was: Mapping[str, int], titels: Mapping[str, str]) -> list[Rij]:
    """What of everybody's five is in; `was` is how many before the last choice."""
    uit = []
    for r in nu.tabel.itertuples():
        erin, lid = int(nu.tabel.loc[r.Index, "in"]), str(r.Index)
        stemmen = [{"in": True, "titel": kiesbeeld.noem(titels, a, 80)} for a in r.items_in]
        stemmen += [{"in": False, "titel": kiesbeeld.noem(titels, a, 80) if a else "kwam nergens terecht"}
                    for a in r.items_uit]  # fmt: skip
        uit.append({"lid": lid, "in": erin, "van": int(r.van), "was": was.get(lid, erin), "stemmen": stemmen})
    return uit


def opties(namen: Mapping[str, str]) -> list[Rij]:
    """Items to choose from by typing."""
    return [{"waarde": a, "label": f"{a} · {notatie.kort(t, 100)}"} for a, t in namen.items()]


def begin_kwartalen(stand: Stand) -> list[Rij]:
    """Quarters in which work may begin."""
    reeks, plan = kiezen.kwartalen(stand)
    return [{"waarde": k, "label": notatie.kwartaal_voluit(k)} for k in reeks[:plan]]


def eis(e: Mapping, knop: str, v: Vraagstuk) -> Rij:
    """A demand that clashes; the button only where letting go of it alone is enough."""
    if not (n := kiesbeeld.te_veel(v, e)):
        return {"zin": e["zin"], "knop": knop}
    nog = f"{'is' if n == 1 else 'zijn'} er nog {notatie.aantal(n, 'plaats', 'plaatsen')}"
    return {"zin": f"{e['zin']}. Alleen dit loslaten is niet genoeg: dan {nog} te weinig", "knop": ""}


_BOTSING_S = zoeken.BOTSING_S * 6  # once, and once more and longer
_BIJ = {
    "botsing": ("Zoekt uit welke eisen niet samen kunnen", _BOTSING_S),
    "advies": ("Zoekt het advies zonder uw keuzes", 0),
}


def voortgang(werk: zoeken.Zoekwerk, tijd_s: float) -> Rij | None:
    """How far the search is and the best so far; None when nothing is sought.

    Parameters
    ----------
    tijd_s : seconds that the search and the advice may take
    """
    loopt = werk.loopt("zoek")
    if loopt is None:
        return _bijwerk(werk, tijd_s)
    beste = loopt.laatste if isinstance(loopt.laatste, Oplossing) and loopt.laatste.start else None
    zin = f"Zoekt {int(loopt.seconden)} van {notatie.getal(tijd_s)} seconden"
    if beste:
        aantal = notatie.aantal(len(beste.start), "ambitie", "ambities")
        zin += f". Beste tot nu toe: {notatie.getal(beste.waarde)} punten met {aantal}"
        zin += f", hoogstens {notatie.procent(beste.gat)} beter mogelijk" if beste.gat > 0.0005 else ""
    stop = "Stop: neem de beste tot nu toe" if beste else "Stop"
    return {"zin": f"{zin}.", "aandeel": min(loopt.seconden / tijd_s, 1.0), "stop": stop}


def _bijwerk(werk: zoeken.Zoekwerk, tijd_s: float) -> Rij | None:
    """What is found out beside the shortlist; the advice ends by itself."""
    for soort, (zin, lang_s) in _BIJ.items():
        if (loopt := werk.loopt(soort)) is not None:
            hoelang = f"{zin}: {int(loopt.seconden)} van hoogstens {notatie.getal(lang_s or tijd_s)} seconden."
            deel = min(loopt.seconden / (lang_s or tijd_s), 1.0)
            return {"zin": hoelang, "aandeel": deel, "stop": "Stop" if soort == "botsing" else ""}
    return None
