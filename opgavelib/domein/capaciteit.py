"""Hours: what teams have, what regular work takes, what is asked and promised, per quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie

KWARTALEN_PER_JAAR = 4
AFGEWEZEN = "afgewezen"
MARGE_UREN = 0.5  # less than half an hour short is rounding


@dataclass(frozen=True)
class Capaciteit:
    """Supply and demand of hours.

    Attributes
    ----------
    tabel : DataFrame, index (team, kwartaal); teamleider, beschikbaar_uren, lean_uren, ruimte_uren (for
        opgaven: available minus lean), gevraagd_uren, toegezegd_uren, saldo_uren (ruimte minus gevraagd),
        belasting (gevraagd / ruimte, NaN without ruimte), stand (goed, let op from `let_op_vanaf`, fout when
        more is asked than there is)
    kwartalen : the quarters, in order
    toelichting : sentences ready for the bestuursnota
    """

    tabel: pd.DataFrame
    kwartalen: Sequence[str]
    toelichting: str
    parameters: Mapping[str, object]


def aanbod(teams: pd.DataFrame, uren_per_fte: float, lean_aandeel: float) -> pd.DataFrame:
    """Hours per team per year, split in regular work and room for opgaven.

    Parameters
    ----------
    teams : DataFrame, index team; teamleider, domein, fte, uren_per_fte (hours per year or NaN),
        lean_aandeel (0-1 or NaN) and lean_uren (hours per year or NaN; goes before the share)
    uren_per_fte, lean_aandeel : used where a team gives none (parameters/capaciteit.yaml)

    Returns
    -------
    DataFrame, index team; teamleider, domein, fte, beschikbaar_uren, lean_uren, opgave_uren, in hours per
    year. lean_uren above what there is leaves no room: opgave_uren is then 0 and not negative.
    """
    beschikbaar = teams["fte"].fillna(0.0) * teams["uren_per_fte"].fillna(uren_per_fte)
    lean = teams["lean_uren"].fillna(beschikbaar * teams["lean_aandeel"].fillna(lean_aandeel))
    return pd.DataFrame(
        {
            "teamleider": teams["teamleider"],
            "domein": teams["domein"],
            "fte": teams["fte"],
            "beschikbaar_uren": beschikbaar,
            "lean_uren": lean,
            "opgave_uren": (beschikbaar - lean).clip(lower=0.0),
        },
        index=teams.index,
    )


def balans(aanbod_: pd.DataFrame, inzet: pd.DataFrame, kwartalen: Sequence[str], let_op_vanaf: float) -> Capaciteit:
    """Balance of hours per team and quarter.

    Parameters
    ----------
    aanbod_ : result of `aanbod`
    inzet : DataFrame; team, kwartaal, uren_gevraagd, uren_toegezegd, status. A refused request asks
        nothing of the team any more and is left out.
    kwartalen : which quarters to show; inzet outside them is left out

    Returns
    -------
    Capaciteit with a row for every team (also one that only inzet names, with no supply) and quarter
    """
    vraag = inzet[inzet["kwartaal"].isin(list(kwartalen)) & (inzet["status"] != AFGEWEZEN)]
    per = vraag.groupby(["team", "kwartaal"])[["uren_gevraagd", "uren_toegezegd"]].sum()
    onbekend = sorted(set(vraag["team"]) - set(aanbod_.index))
    index = pd.MultiIndex.from_product([[*aanbod_.index, *onbekend], kwartalen], names=["team", "kwartaal"])
    teams = index.get_level_values("team")
    per_kwartaal = aanbod_[["beschikbaar_uren", "lean_uren", "opgave_uren"]] / KWARTALEN_PER_JAAR
    tabel = per_kwartaal.reindex(teams).fillna(0.0).set_axis(index)
    tabel = tabel.rename(columns={"opgave_uren": "ruimte_uren"})
    leiders = aanbod_["teamleider"].astype(object).reindex(teams)
    tabel.insert(0, "teamleider", leiders.where(leiders.notna(), None).to_numpy())
    tabel["gevraagd_uren"] = per["uren_gevraagd"].reindex(index, fill_value=0.0).astype(float)
    tabel["toegezegd_uren"] = per["uren_toegezegd"].reindex(index, fill_value=0.0).astype(float)
    tabel["saldo_uren"] = tabel["beschikbaar_uren"] - tabel["lean_uren"] - tabel["gevraagd_uren"]
    tabel["belasting"] = (tabel["gevraagd_uren"] / tabel["ruimte_uren"]).where(tabel["ruimte_uren"] > 0)
    tabel["stand"] = np.select([tabel["saldo_uren"] < -MARGE_UREN, tabel["belasting"] >= let_op_vanaf],
                               ["fout", "let op"], "goed")  # fmt: skip
    return Capaciteit(tabel, tuple(kwartalen), _zin(tabel, onbekend), {"let_op_vanaf": let_op_vanaf})


def ruimte_over(capaciteit: Capaciteit) -> dict[str, float]:
    """Hours per team still free for opgaven over all quarters together, never below 0."""
    return capaciteit.tabel.groupby(level="team")["saldo_uren"].sum().clip(lower=0.0).to_dict()


def _zin(tabel: pd.DataFrame, onbekend: Sequence[str]) -> str:
    if tabel.empty:
        return "Er zijn nog geen teams gelezen."
    tekort = tabel[tabel["stand"] == "fout"].sort_values("saldo_uren", kind="stable")
    if tekort.empty:
        zin = "Elk team kan in elk kwartaal leveren wat er wordt gevraagd."
    else:
        (team, kwartaal), ergste = tekort.index[0], tekort.iloc[0]
        teams = tekort.index.get_level_values("team").nunique()
        zin = (
            f"Team {team} komt {notatie.uren(-ergste['saldo_uren'])} tekort in het "
            f"{notatie.kwartaal_voluit(kwartaal)}"
        )
        if len(tekort) > 1:
            zin += f"; in totaal zijn er {len(tekort)} tekorten bij {notatie.aantal(teams, 'team', 'teams')}"
        zin += "."
    if onbekend:
        zin += f" Niet in de formatie: {', '.join(onbekend)}."
    return zin
