"""Capacity in skill: a team can have the hours and not the planner.

References
----------
Whether the teamleider has the people, in number and in skill: Heemskerk, kenniskring 21-3-2024.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.capaciteit import AFGEWEZEN, KWARTALEN_PER_JAAR, Normen, aanbod

KOLOMMEN = (
    "team", "teamleider", "deskundigheid", "kwartaal", "gevraagd_uren", "beschikbaar_uren", "heeft", "wie_wel",
    "stand", "reden",
)  # fmt: skip
_GETAL = r"(\d{1,3}(?:[.,]\d+)?)"
_SCHEIDING = re.compile(r"[;\n]|,(?!\d)|(?<!\d),")  # the comma of 0,5 does not separate
_VORMEN = (
    re.compile(rf"(?P<naam>.*?)\s*[(\[]\s*{_GETAL}\s*(?:fte)?\s*[)\]]"),  # planner (2 fte)
    re.compile(rf"(?P<naam>.*?)[\s:=–-]+{_GETAL}\s*(?:fte)?"),  # jurist 0,5 ; jurist: 2 fte
    re.compile(rf"{_GETAL}\s*(?:fte|x)\s+(?P<naam>.*)"),  # 2 fte planner
)


@dataclass(frozen=True)
class Deskundigheid:
    """A skill that a team has.

    Attributes
    ----------
    naam : as it was written
    fte : how many people have it; None when that is not said
    """

    naam: str
    fte: float | None = None


def gelijk(naam: str) -> str:
    """What two ways of writing one skill have in common: no capitals, accents, spaces or signs.

    >>> gelijk("Re-integratie ") == gelijk("reïntegratie")
    True
    """
    return "".join(t for t in normalize("NFKD", naam.casefold()) if t.isalnum())


def lees(tekst: str | None) -> dict[str, Deskundigheid]:
    """Skills as a colleague typed them, by `gelijk` of their name; of the same one twice the fte add up.

    >>> lees("planner (2 fte); jurist 0,5; groen")["jurist"]
    Deskundigheid(naam='jurist', fte=0.5)
    """
    uit: dict[str, Deskundigheid] = {}
    for deel in _SCHEIDING.split("" if tekst is None or pd.isna(tekst) else str(tekst)):
        d = _een(" ".join(deel.split()))
        if sleutel := gelijk(d.naam):
            eerder = uit.get(sleutel)
            fte = [x.fte for x in (eerder, d) if x is not None and x.fte is not None]
            uit[sleutel] = Deskundigheid(eerder.naam if eerder else d.naam, sum(fte) if fte else None)
    return uit


def _een(deel: str) -> Deskundigheid:
    for vorm in _VORMEN:
        if (m := vorm.fullmatch(deel)) and gelijk(m["naam"]):
            getal = next(g for g in m.groups() if g != m["naam"])
            return Deskundigheid(m["naam"].strip(" :-–"), float(getal.replace(",", ".")))
    return Deskundigheid(deel)


def toets(teams: pd.DataFrame, inzet: pd.DataFrame, normen: Normen) -> pd.DataFrame:
    """What is asked in skill against what the teams have.

    Parameters
    ----------
    teams : as for `capaciteit.aanbod`, with deskundigheden
    inzet : DataFrame; team, kwartaal, uren_gevraagd, status, deskundigheid (None asks any). Of a request for
        several skills each takes an equal part of the hours.

    Returns
    -------
    DataFrame, a row per team, deskundigheid and kwartaal that is asked, in that order; `KOLOMMEN`: beschikbaar_uren
    (fte × hours / 4 × share that is not lean; None when the team says no fte), heeft (None when the team names no
    skill at all), wie_wel (teams that have it), stand (goed, let op, fout), reden ("" when goed)
    """
    heeft = {team: lees(d) for team, d in teams["deskundigheden"].items()}
    vraag = _vraag(inzet)
    if vraag.empty:
        return pd.DataFrame({k: pd.Series(dtype=object) for k in KOLOMMEN})
    per_fte = _uren_per_fte(teams, normen)
    wie = {s: tuple(t for t in heeft if s in heeft[t]) for s in vraag.index.unique("sleutel")}
    rijen = []
    for (team, sleutel, kwartaal), r in vraag.iterrows():
        van = heeft.get(team)
        d = (van or {}).get(sleutel)
        uren = None if d is None or d.fte is None else d.fte * per_fte[team]
        anderen = tuple(t for t in wie[sleutel] if t != team)
        stand, reden = _oordeel(team, r["naam"], van, d, float(r["uren"]), uren, anderen, normen)
        bezit = bool(d) if van else None
        rijen.append((team, _leider(teams, team), r["naam"], kwartaal, float(r["uren"]), uren, bezit, wie[sleutel],
                      stand, reden))  # fmt: skip
    return pd.DataFrame(rijen, columns=list(KOLOMMEN)).astype(dict.fromkeys(("beschikbaar_uren", "heeft"), object))


def _vraag(inzet: pd.DataFrame) -> pd.DataFrame:
    """Hours per (team, sleutel, kwartaal), with one way of writing its name."""
    v = inzet[inzet["deskundigheid"].notna() & (inzet["status"] != AFGEWEZEN)]
    namen = [[(s, d.naam) for s, d in lees(t).items()] for t in v["deskundigheid"]]
    v = v.assign(gevraagd=namen, uren=v["uren_gevraagd"].fillna(0.0) / [max(len(n), 1) for n in namen])
    v = v[["team", "kwartaal", "uren", "gevraagd"]].explode("gevraagd").dropna(subset="gevraagd")
    v = v[v["uren"] > 0]
    v = v.assign(sleutel=[g[0] for g in v["gevraagd"]], naam=[g[1] for g in v["gevraagd"]])
    een = v.groupby("sleutel")["naam"].max()  # of Jurist and jurist the small letter, whatever the order of rows
    uit = v.groupby(["team", "sleutel", "kwartaal"], sort=True)[["uren"]].sum()
    return uit.assign(naam=een.reindex(uit.index.get_level_values("sleutel")).to_numpy())


def _uren_per_fte(teams: pd.DataFrame, normen: Normen) -> dict[str, float]:
    """Hours for opgaven of one fte per quarter; without formatie the share for regular work is that of the norm."""
    jaar = aanbod(teams, normen.uren_per_fte, normen.lean_aandeel)
    lean = (jaar["lean_uren"] / jaar["beschikbaar_uren"]).where(jaar["beschikbaar_uren"] > 0, normen.lean_aandeel)
    uren = teams["uren_per_fte"].fillna(normen.uren_per_fte) / KWARTALEN_PER_JAAR
    return (uren * (1 - np.clip(lean, 0, 1))).to_dict()


def _leider(teams: pd.DataFrame, team: str) -> str | None:
    leider = teams["teamleider"].get(team)
    return None if leider is None or pd.isna(leider) else leider


def _oordeel(
    team: str, naam: str, van: Mapping[str, Deskundigheid] | None, d: Deskundigheid | None, gevraagd: float,
    uren: float | None, anderen: tuple[str, ...], normen: Normen,
) -> tuple[str, str]:  # fmt: skip
    waar = f" Wel bij: {', '.join(anderen)}." if anderen else " Geen enkel team noemt het: denk aan inhuur."
    if not van:
        return "let op", f"Van team {team} staat niet in de formatie welke deskundigheden het heeft.{waar}"
    if d is None:
        return "fout", f"Team {team} heeft geen {naam}.{waar}"
    if uren is None:
        return "goed", ""
    heeft = f"{notatie.getal(d.fte, 2)} fte {naam}, dat is {notatie.uren(uren)} voor opgaven"
    ook = f" Ook bij: {', '.join(anderen)}." if anderen else ""
    if gevraagd > uren + normen.marge_uren:
        return "fout", f"Team {team} heeft {heeft}; gevraagd is {notatie.uren(gevraagd)}.{ook}"
    if gevraagd >= normen.let_op_vanaf * uren:
        return "let op", f"Team {team} heeft {heeft}; daarvan is {notatie.uren(gevraagd)} gevraagd.{ook}"
    return "goed", ""
