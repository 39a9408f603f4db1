"""Hours: what teams have, what regular work takes, what is asked and promised, per quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.contract import Status
from opgavelib.domein.scenario import Scenario, Soort

KWARTALEN_PER_JAAR = 4
AFGEWEZEN = str(Status.AFGEWEZEN)
AANBOD = (
    "formatie_uren", "vacature_uren", "verzuim_uren", "inhuur_uren", "beschikbaar_uren", "lean_uren", "ruimte_uren",
)  # fmt: skip
LEES_AANVRAGEN = "Lees een bestand met activiteiten en de uren die ze van teams vragen in."
VRAAG = ("gevraagd_uren", "toegezegd_uren", "niet_toegezegd_uren", "saldo_uren", "vrij_uren")


@dataclass(frozen=True)
class Normen:
    """Norms of the hours (parameters/capaciteit.yaml).

    Attributes
    ----------
    uren_per_fte : productive hours of one fte per year, where a team says nothing
    lean_aandeel : share of the hours for regular work, 0-1, where a team says nothing
    verzuim_aandeel : absence above what the productive hours reckon with, 0-1, where a team says nothing
    let_op_vanaf : share of the room from which a quarter asks for attention
    marge_uren : hours short that are still rounding
    """

    uren_per_fte: float
    lean_aandeel: float
    verzuim_aandeel: float = 0.0
    let_op_vanaf: float = 0.9
    marge_uren: float = 0.5


@dataclass(frozen=True)
class Capaciteit:
    """Supply and demand of hours.

    Attributes
    ----------
    tabel : DataFrame, index (team, kwartaal); teamleider, domein (None unknown), `AANBOD` (see
        `aanbod_per_kwartaal`), gevraagd_uren, toegezegd_uren, niet_toegezegd_uren (asked and not promised, per
        request), saldo_uren (beschikbaar minus lean minus gevraagd: below 0 is a shortage), vrij_uren
        (beschikbaar minus lean minus toegezegd: what is promised is reserved), belasting (gevraagd / ruimte, NaN
        without ruimte), stand (goed, let op from `Normen.let_op_vanaf`, fout when more is asked than there is)
    kwartalen : the quarters, in order
    toelichting : sentences ready for the bestuursnota
    """

    tabel: pd.DataFrame
    kwartalen: Sequence[str]
    toelichting: str
    parameters: Mapping[str, object]

    def samen(self, op: str) -> pd.DataFrame:
        """Totals of all hours columns.

        Parameters
        ----------
        op : team, teamleider, domein or kwartaal; "" is unknown

        Returns
        -------
        DataFrame, index `op`; `AANBOD` and `VRAAG` summed, belasting, tekort_uren (shortages only, so that room
        in another quarter or team does not hide them), tekorten (how many), stand (the worst of its parts)
        """
        kader = self.tabel.reset_index()
        groep = kader.fillna({op: ""}).assign(
            tekort_uren=(-kader["saldo_uren"]).where(kader["stand"] == "fout", 0.0),
            tekorten=(kader["stand"] == "fout").astype(int),
            _let_op=kader["stand"] == "let op",
        ).groupby(op, sort=op == "kwartaal")  # fmt: skip
        uit = groep[[*AANBOD, *VRAAG, "tekort_uren", "tekorten"]].sum()
        uit["belasting"] = _belasting(uit)
        uit["stand"] = np.select([uit["tekorten"] > 0, groep["_let_op"].any()], ["fout", "let op"], "goed")
        return uit


def aanbod(teams: pd.DataFrame, uren_per_fte: float, lean_aandeel: float) -> pd.DataFrame:
    """Hours of the whole formatie per team per year, split in regular work and room for opgaven.

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


def aanbod_per_kwartaal(
    teams: pd.DataFrame, kwartalen: Sequence[str], normen: Normen, scenario: Scenario | None = None
) -> pd.DataFrame:
    """Hours per team and quarter: the formatie, what of it is not there, what is hired, what regular work takes.

    Regular work takes the same hours when a post is vacant, somebody is ill or a team gets smaller: all of that
    falls on the room for opgaven. Hired people work on opgaven and are not ill.

    Parameters
    ----------
    teams : as for `aanbod`, with vacature_fte (NaN is none), vacature_tot (last quarter with the vacancy, None is
        always) and verzuim_aandeel (0-1 of those who are there, NaN is the norm)
    scenario : its choices TEAM (fte more or fewer) and INHUUR (hours per quarter)

    Returns
    -------
    DataFrame, index (team, kwartaal), teams in their own order; teamleider, domein and `AANBOD`:
    beschikbaar = formatie - vacature - verzuim + inhuur; ruimte = beschikbaar - lean, never below 0
    """
    jaar = aanbod(teams, normen.uren_per_fte, normen.lean_aandeel)
    eigen = teams.reindex(columns=["vacature_fte", "vacature_tot", "verzuim_aandeel"])
    vorm = (len(teams), len(kwartalen))
    meer = _van_scenario(teams, kwartalen, scenario, Soort.TEAM, "fte")
    fte = np.clip(teams["fte"].fillna(0.0).to_numpy(float)[:, None] + meer, 0.0, None)
    inhuur = _van_scenario(teams, kwartalen, scenario, Soort.INHUUR, "uren")
    per_fte = teams["uren_per_fte"].fillna(normen.uren_per_fte).to_numpy(float)[:, None] / KWARTALEN_PER_JAAR
    tot = [None if pd.isna(t) else t for t in eigen["vacature_tot"]]
    open_ = np.array([[t is None or k <= t for k in kwartalen] for t in tot], dtype=bool).reshape(vorm)
    vacant = np.minimum(eigen["vacature_fte"].fillna(0.0).to_numpy(float)[:, None] * open_, fte)
    ziek = eigen["verzuim_aandeel"].fillna(normen.verzuim_aandeel).to_numpy(float)[:, None]
    formatie, vacature = fte * per_fte, vacant * per_fte
    verzuim = (formatie - vacature) * ziek
    beschikbaar = formatie - vacature - verzuim + inhuur
    lean = np.tile(jaar["lean_uren"].to_numpy(float)[:, None] / KWARTALEN_PER_JAAR, vorm[1])
    delen = (formatie, vacature, verzuim, inhuur, beschikbaar, lean, (beschikbaar - lean).clip(min=0.0))
    index = pd.MultiIndex.from_product([teams.index, list(kwartalen)], names=["team", "kwartaal"])
    uit = pd.DataFrame({naam: deel.ravel() for naam, deel in zip(AANBOD, delen, strict=True)}, index=index)
    for i, naam in enumerate(("teamleider", "domein")):
        tekst = [None if pd.isna(t) else t for t in teams[naam]]
        uit.insert(i, naam, pd.Series(np.repeat(np.array(tekst, dtype=object), vorm[1]), index=index, dtype=object))
    return uit


def _van_scenario(
    teams: pd.DataFrame, kwartalen: Sequence[str], scenario: Scenario | None, soort: Soort, veld: str
) -> np.ndarray:
    """What choices about teams add, (team x kwartaal), from ``vanaf`` up to and including ``tot``."""
    uit = np.zeros((len(teams), len(kwartalen)))
    for team, w in scenario.over(soort).items() if scenario is not None else ():
        if team in teams.index:
            tot = w.get("tot")
            uit[teams.index.get_loc(team), [w["vanaf"] <= k and (not tot or k <= tot) for k in kwartalen]] += w[
                veld
            ]
    return uit


def balans(
    aanbod_: pd.DataFrame, inzet: pd.DataFrame, kwartalen: Sequence[str], normen: Normen, buiten: str = ""
) -> Capaciteit:
    """Balance of hours per team and quarter.

    Parameters
    ----------
    aanbod_ : result of `aanbod_per_kwartaal` over these quarters
    inzet : DataFrame; team, kwartaal, uren_gevraagd, uren_toegezegd, status. A refused request asks
        nothing of the team any more and is left out.
    kwartalen : which quarters to show; inzet outside them is left out
    buiten : a sentence on what was not counted

    Returns
    -------
    Capaciteit with a row for every team (also one that only inzet names, with no supply) and quarter
    """
    vraag = inzet[inzet["kwartaal"].isin(list(kwartalen)) & (inzet["status"] != AFGEWEZEN)]
    gevraagd, toegezegd = vraag["uren_gevraagd"].fillna(0.0), vraag["uren_toegezegd"].fillna(0.0)
    delen = pd.DataFrame(
        {
            "gevraagd_uren": gevraagd,
            "toegezegd_uren": toegezegd,
            "niet_toegezegd_uren": (gevraagd - toegezegd).clip(lower=0.0),
        }
    ).astype(float)
    per = delen.groupby([vraag["team"], vraag["kwartaal"]]).sum()
    onbekend = sorted(set(vraag["team"]) - set(aanbod_.index.unique("team")))
    tabel = aanbod_.copy()
    if onbekend:
        erbij = pd.MultiIndex.from_product([onbekend, list(kwartalen)], names=["team", "kwartaal"])
        leeg = pd.DataFrame({k: 0.0 if k in AANBOD else None for k in aanbod_}, index=erbij)
        tabel = pd.concat([tabel, leeg.astype(aanbod_.dtypes)])
    tabel[list(per)] = per.reindex(tabel.index).fillna(0.0)
    rest = tabel["beschikbaar_uren"] - tabel["lean_uren"]
    tabel["saldo_uren"] = rest - tabel["gevraagd_uren"]
    tabel["vrij_uren"] = rest - tabel["toegezegd_uren"]
    tabel["belasting"] = _belasting(tabel)
    tekort, vol = tabel["saldo_uren"] < -normen.marge_uren, tabel["belasting"] >= normen.let_op_vanaf
    tabel["stand"] = np.select([tekort, vol], ["fout", "let op"], "goed")
    zin = " ".join(z for z in (_zin(tabel, onbekend), buiten) if z)
    return Capaciteit(tabel, tuple(kwartalen), zin, asdict(normen))


def ruimte_over(capaciteit: Capaciteit) -> dict[str, float]:
    """Hours per team still free for opgaven over all quarters together, never below 0."""
    return capaciteit.tabel.groupby(level="team")["saldo_uren"].sum().clip(lower=0.0).to_dict()


def _belasting(tabel: pd.DataFrame) -> pd.Series:
    return (tabel["gevraagd_uren"] / tabel["ruimte_uren"]).where(tabel["ruimte_uren"] > 0)


def _zin(tabel: pd.DataFrame, onbekend: Sequence[str]) -> str:
    if tabel.empty:
        return "Er zijn nog geen teams gelezen."
    tekort = tabel[tabel["stand"] == "fout"].sort_values("saldo_uren", kind="stable")
    if tekort.empty and not tabel["gevraagd_uren"].any():
        zin = f"Er zijn nog geen uren gevraagd. {LEES_AANVRAGEN}"
    elif tekort.empty:
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
    if weg := _wat_er_niet_is(tabel):
        zin += f" {weg}"
    if onbekend:
        zin += f" Niet in de formatie: {', '.join(onbekend)}."
    return zin


def _wat_er_niet_is(tabel: pd.DataFrame) -> str:
    """A sentence on vacancies, absence and hire over all quarters; empty when there are none."""
    vacature, verzuim, inhuur = (float(tabel[f"{n}_uren"].sum()) for n in ("vacature", "verzuim", "inhuur"))
    delen = [f"{notatie.uren(u)} {wat}" for u, wat in ((vacature, "door vacatures"), (verzuim, "door verzuim"))
             if round(u)]  # fmt: skip
    zinnen = [f"Er is {' en '.join(delen)} minder dan de formatie."] if delen else []
    zinnen += [f"Er is {notatie.uren(inhuur)} inhuur."] if round(inhuur) else []
    return " ".join(zinnen)
