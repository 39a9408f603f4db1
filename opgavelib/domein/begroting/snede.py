"""Cuts of the begroting: the same euros per team, teamleider, domein, programma, taakveld or kind of last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from opgavelib.domein.begroting.afronden import SCHAAL, naar_heel, rond_af
from opgavelib.domein.begroting.norm import Norm, Overhead
from opgavelib.domein.begroting.regels import (
    GEEN_DOMEIN,
    GEEN_PROGRAMMA,
    GEEN_TEAM,
    GEEN_TEAMLEIDER,
    OVERHEAD,
    Regels,
)

SNEDEN = ("team", "teamleider", "domein", "programma", "taakveld", "structureel", "jaar")
# These are sums of rounded teams, so that a domein is what its teams are.
VAN_TEAMS = ("teamleider", "domein")
# Hours are no part of the begroting: they follow from the formatie.
AFGELEID = ("lean_uren", "opgave_uren", "opgave_aandeel_uren")
STRUCTUREEL = ("structureel", "incidenteel", "onbekend")
EURO = ("lasten_eur", "lean_eur", "opgave_eur", "onbekend_eur", "buiten_norm_eur", "onbekend_norm_eur",
        "overhead_eur")  # fmt: skip
ANDER = ("baten_eur", "salarissen_eur")
UREN = ("lean_uren", "opgave_uren")
# What the share is made of; left out of what a reader gets.
NOEMER = ("norm_opgave", "norm_bekend", "genoemd", "binnen")


def namen(op: str, regels: Regels, norm: Norm) -> pd.Series:
    """Per line the row of a cut (team, programma, taakveld, structureel) that it is under."""
    bron = regels.bron
    if op == "structureel":
        waar = bron["structureel"].astype(object) if "structureel" in bron else pd.Series(None, index=bron.index)
        return pd.Series(
            np.select([(waar == True).to_numpy(), (waar == False).to_numpy()], STRUCTUREEL[:2], STRUCTUREEL[2]),  # noqa: E712
            index=bron.index, dtype=object,
        )  # fmt: skip
    leeg = {"team": GEEN_TEAM, "programma": GEEN_PROGRAMMA, "taakveld": "(geen taakveld)"}[op]
    uit = bron[op] if op in bron else pd.Series(None, index=bron.index, dtype=object)
    uit = uit.astype(object).where(uit.notna(), leeg)
    if norm.overhead == Overhead.EIGEN_REGEL and op != "taakveld":
        uit = uit.mask(regels.is_overhead, OVERHEAD)
    return uit


def som_per(regels: Regels, groep: pd.Series) -> pd.DataFrame:
    """Exact sums per group, not rounded: `EURO` in 1/`SCHAAL` euro, `ANDER` and `NOEMER` beside them."""
    e, binnen = regels.exact, regels.binnen
    niets = 0 * e["lean"].to_numpy()
    bekend = e["lean"].to_numpy() + e["opgave"].to_numpy()
    onbekend = e["onbekend"].to_numpy()
    per_regel = {
        **{m: e[m].to_numpy() for m in ("lean", "opgave", "onbekend", "overhead")},
        "buiten": np.where(binnen, niets, bekend + onbekend),
        "onbekend_buiten": np.where(binnen, niets, onbekend),
        "norm_opgave": np.where(binnen, e["opgave"].to_numpy(), niets),
        "norm_bekend": np.where(binnen, bekend, niets),
        "genoemd": (regels.genoemd & binnen).astype(np.int64),
        "binnen": binnen.astype(np.int64),
    }
    codes, labels = pd.factorize(groep, sort=False)
    uit = pd.DataFrame(per_regel).groupby(codes, sort=True).sum()
    leeg = pd.Series(np.nan, index=e.index)
    ander = pd.DataFrame({k: regels.bron.get(k, leeg).to_numpy(dtype=float) for k in ANDER})
    uit = uit.join(ander.groupby(codes, sort=True).sum(min_count=1))
    return uit.set_axis(pd.Index(labels, dtype=object))


def tabel(per: pd.DataFrame, volgorde: Sequence[object]) -> pd.DataFrame:
    """Whole euros of what `som_per` gave, rounded once, rows in this order; a row without lines is 0.

    Returns
    -------
    DataFrame; `EURO` (integers), `ANDER` (NaN when no line states it) and `NOEMER`
    """
    heel = rond_af(per)
    uit = pd.DataFrame(
        {
            "lasten_eur": heel["lasten"],
            "lean_eur": heel["lean"],
            "opgave_eur": heel["opgave"],
            "onbekend_eur": heel["onbekend"],
            # Overhead is not spread over what is out of the norm, so this has no parts of a euro.
            "buiten_norm_eur": (per["buiten"] // SCHAAL).astype(np.int64),
            "onbekend_norm_eur": heel["onbekend"] - (per["onbekend_buiten"] // SCHAAL).astype(np.int64),
            "overhead_eur": naar_heel(per["overhead"].to_numpy(), int(per["overhead"].sum()) // SCHAAL, per.index),
            **{k: per[k] for k in (*ANDER, *NOEMER)},
        },
        index=per.index,
    )
    uit = uit.reindex(volgorde)
    vol = [k for k in uit if k not in ANDER]
    uit[vol] = uit[vol].fillna(0)
    return uit.astype(dict.fromkeys(EURO, np.int64))


def volgorde_van(op: str, aanwezig: pd.Index, teams: pd.DataFrame) -> list[str]:
    """Rows of a cut in their order: of teams that of the formatie, of taakvelden by number, else by name."""
    if op == "structureel":
        return list(STRUCTUREEL)
    if op == "taakveld":
        return sorted(aanwezig, key=_nummers)
    eerst = list(teams.index) if op == "team" else []
    rest = sorted(set(aanwezig) - set(eerst), key=lambda n: (str(n).startswith("("), str(n)))
    return [*eerst, *rest]


def _nummers(code: str) -> tuple:
    """``0.10`` comes after ``0.9``."""
    return tuple((0, int(d), "") if d.isdecimal() else (1, 0, d) for d in str(code).split("."))


def met_uren(per_team: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """With the (derived) hours of the formatie."""
    return per_team.assign(**{u: teams[u].astype(float).reindex(per_team.index).fillna(0.0) for u in UREN})


def groep_van_teams(op: str, namen_: pd.Index, teams: pd.DataFrame) -> pd.Series:
    """Teamleider or domein per team."""
    leeg = {"teamleider": GEEN_TEAMLEIDER, "domein": GEEN_DOMEIN}[op]
    groep = teams[op].reindex(namen_).astype(object)
    return groep.where(groep.notna(), leeg).mask(namen_ == OVERHEAD, OVERHEAD)


def van_teams(op: str, per_team: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """Sums of the rounded teams per teamleider or domein, in the order of the formatie."""
    som = per_team.groupby(groep_van_teams(op, per_team.index, teams), sort=False)
    kolommen = [k for k in per_team if k not in ANDER]
    uit = som[kolommen].sum().join(som[list(ANDER)].sum(min_count=1))
    achteraan = [n for n in uit.index if str(n).startswith("(")]
    return uit.reindex([*(n for n in uit.index if n not in achteraan), *achteraan]).rename_axis(op)


def aandelen(som: Mapping[str, object]) -> dict[str, object]:
    """Shares of one row; None without a denominator, and then why."""
    redenen = []
    if not som["norm_bekend"]:
        redenen.append(_waarom_geen_euro(som))
    uit: dict[str, object] = {
        "opgave_aandeel_eur": float(som["norm_opgave"] / som["norm_bekend"]) if som["norm_bekend"] else None
    }
    if "lean_uren" in som:
        uren = som["lean_uren"] + som["opgave_uren"]
        uit["opgave_aandeel_uren"] = float(som["opgave_uren"] / uren) if uren else None
        if not uren:
            redenen.append("van geen team is de formatie bekend")
    return uit | {"reden": "; ".join(redenen) or None}


def _waarom_geen_euro(som: Mapping[str, object]) -> str:
    if som["genoemd"]:
        return "de begrotingsregels die lean of opgave zijn genoemd, zijn samen nul"
    return "geen begrotingsregel die voor de norm telt is lean of opgave genoemd"


def met_aandelen(uit: pd.DataFrame) -> pd.DataFrame:
    """With the shares, without what they are made of."""
    rijen = [aandelen(rij) for rij in uit.to_dict("records")]
    namen_ = [k for k in ("opgave_aandeel_eur", "opgave_aandeel_uren", "reden")
              if k != "opgave_aandeel_uren" or "lean_uren" in uit]  # fmt: skip
    kolommen = {k: pd.Series([a[k] for a in rijen], index=uit.index, dtype=object) for k in namen_}
    uit = uit.drop(columns=list(NOEMER)).assign(**kolommen)
    return uit[[*EURO, *ANDER, *(k for k in uit if k not in (*EURO, *ANDER))]]
