"""Load per team(leider) and quarter: hours asked of the room for opgaven."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.capaciteit import Capaciteit
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, tekst

# Blue (room) over white (just full) to orange (too much); the number stands in the cell, and the ends are
# light enough for dark text (7.5 and 6.6 to 1 on #1a2129).
SCHAAL = [[0.0, "#7db9e0"], [0.5, "#ffffff"], [1.0, "#f0894a"]]
OP_SCHAAL = "#1a2129"
TEKENS = {"fout": "■ ", "let op": "▲ ", "goed": ""}
STANDEN = {"fout": "tekort", "let op": "bijna vol", "goed": "past"}  # the words of a stand on screen
GEEN_TEAMS = "Er zijn nog geen teams gelezen. Lees een bestand met teams en formatie in."
_UITERSTE = 0.6
_VEEL_KWARTALEN = 10


def kolommen(uitkomst: Capaciteit, van_team: str = "") -> Sequence[Mapping[str, object]]:
    """Columns of the table; of one team what its hours lack or gain stands in the place of its teamleider."""
    deel = notatie.procent(float(uitkomst.parameters["let_op_vanaf"]), 0)
    soms = {"vacature_uren": "Vacatures", "verzuim_uren": "Verzuim", "inhuur_uren": "Inhuur"}
    som = "Formatie min vacatures en verzuim, plus inhuur"
    if van_team:
        eigen = uitkomst.tabel.loc[[van_team]]
        wie = [kolom(k, kop, "uren", bijzaak=True) for k, kop in soms.items() if eigen[k].any()]
    else:
        wie = [kolom("teamleider", "Teamleider")]
    return (
        kolom("team", "Team"),
        *wie,
        kolom("kwartaal", "Kwartaal", "kwartaal"),
        kolom("beschikbaar_uren", "Beschikbaar", "uren", som, bijzaak=True),
        kolom("lean_uren", "Regulier werk", "uren", bijzaak=True),
        kolom("gevraagd_uren", "Gevraagd", "uren"),
        kolom("toegezegd_uren", "Toegezegd", "uren"),
        kolom("saldo_uren", "Over of tekort", "uren", "Beschikbaar min regulier werk min gevraagd"),
        kolom("vrij_uren", "Vrij", "uren", "Beschikbaar min regulier werk min toegezegd", bijzaak=True),
        kolom("stand", "Stand", "status", f"Bijna vol vanaf {deel} van de ruimte"),
        kolom("belasting", "Belasting", "aandeel", "Gevraagde uren van de ruimte voor opgaven"),
    )


def rijen(tabel: pd.DataFrame, kolommen_: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows of the table; what is short is marked."""
    uit = records(tabel, kolommen_)
    for rij in uit:
        rij["_klasse"] = "tekort" if rij["stand"] == "fout" else ""
        rij["stand"] = STANDEN[rij["stand"]]
    return uit


def volgorde(tabel: pd.DataFrame) -> list[str]:
    """Teams with the largest shortage of a quarter first, then by how full their fullest quarter is.

    Parameters
    ----------
    tabel : `Capaciteit.tabel`
    """
    tekort = tabel["saldo_uren"].where(tabel["stand"] == "fout", 0.0)
    per = pd.DataFrame({"saldo": tekort, "vol": -tabel["belasting"]}).groupby(level="team", sort=False).min()
    return list(per.sort_values(["saldo", "vol"], na_position="last", kind="stable").index)


def belasting(uitkomst: Capaciteit) -> Figuur:
    """Heatmap teams x quarters, largest shortage on top; in the cell a sign, the share and the saldo."""
    tabel, kop = uitkomst.tabel, kolommen(uitkomst)
    if tabel.empty:
        return leeg(GEEN_TEAMS, kop)
    k = list(uitkomst.kwartalen)
    aandeel, saldo, stand = (tabel[m].unstack("kwartaal")[k] for m in ("belasting", "saldo_uren", "stand"))
    teams = volgorde(tabel)
    leiders = tabel["teamleider"].groupby(level="team").first()
    namen = [tekst(t, 34) + (f"<br><i>{tekst(leiders[t], 30)}</i>" if leiders.get(t) else "") for t in teams]
    vanaf = float(uitkomst.parameters["let_op_vanaf"])
    figuur = _raster(aandeel.loc[teams], saldo.loc[teams], stand.loc[teams], namen, vanaf)
    onder = rijen(tabel.sort_values("saldo_uren", kind="stable"), kop)
    return Figuur(figuur, uitkomst.toelichting, kop, onder, 110 + 52 * len(namen))


def raster(
    z: pd.DataFrame, cellen: list[list[str]], zweef: list[list[str]], namen: Sequence[str], **schaal: object
) -> dict[str, object]:
    """A heatmap with text in its cells, teams from top to bottom.

    Parameters
    ----------
    z : DataFrame (team x kwartaal); cellen, zweef : text in and over every cell, of the same shape
    namen : how the teams are called
    schaal : of the heatmap, e.g. zmid, zmin, zmax
    """
    grootte = 16 if z.shape[1] <= _VEEL_KWARTALEN else 14
    return {
        "data": [
            {"type": "heatmap", "z": z.round(4).to_numpy().tolist(), "x": list(z.columns),
             "y": list(range(len(namen))), "text": cellen, "texttemplate": "%{text}", "customdata": zweef,
             "hovertemplate": "%{customdata}<extra></extra>", "colorscale": SCHAAL, "showscale": False, "xgap": 3,
             "ygap": 3, "textfont": {"size": grootte, "color": OP_SCHAAL}} | schaal
        ],
        "layout": {
            "xaxis": {"side": "top", "type": "category", "showgrid": False},
            "yaxis": {"tickvals": list(range(len(namen))), "ticktext": list(namen), "autorange": "reversed",
                      "showgrid": False, "zeroline": False},
            "margin": {"t": 40},
        },
    }  # fmt: skip


def met_teken(uren: float) -> str:
    """Hours over or short: ``+375``, ``-691``, ``0``."""
    afgerond = notatie.getal(uren)
    return f"+{afgerond}" if uren > 0 and afgerond != "0" else afgerond


def kleur(aandeel: pd.DataFrame, saldo: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, float]]:
    """The figures behind the colours, and the scale that they are on, for `raster`.

    Parameters
    ----------
    aandeel, saldo : (team x kwartaal); hours asked of the room (NaN without room), and hours over or short
    """
    # A team without room that is asked hours is as far over as the scale goes.
    z = aandeel.where(aandeel.notna(), (saldo < 0).astype(float) * 9)
    return z, {"zmid": 1, "zmin": 1 - _UITERSTE, "zmax": 1 + _UITERSTE}


def _raster(
    aandeel: pd.DataFrame, saldo: pd.DataFrame, stand: pd.DataFrame, namen: list[str], vanaf: float
) -> dict[str, object]:
    cellen = [
        [_cel(a, s, w, vanaf) for a, s, w in zip(ra, rs, rw, strict=True)]
        for ra, rs, rw in zip(aandeel.to_numpy(), saldo.to_numpy(), stand.to_numpy(), strict=True)
    ]
    zweef = [
        [f"{team}, {notatie.kwartaal_voluit(k)}: {_zweef(s)}" for k, s in zip(aandeel.columns, rij, strict=True)]
        for team, rij in zip([tekst(t) for t in aandeel.index], saldo.to_numpy(), strict=True)
    ]
    z, schaal = kleur(aandeel, saldo)
    return raster(z, cellen, zweef, namen, **schaal)


def _cel(aandeel: float, saldo: float, stand: str, vanaf: float) -> str:
    if pd.isna(aandeel):
        return f"■ geen ruimte<br>{met_teken(saldo)}" if stand == "fout" else "geen ruimte"
    return f"{TEKENS[stand]}{_procent(aandeel, vanaf)}<br>{met_teken(saldo)}"


def _procent(aandeel: float, vanaf: float) -> str:
    """Whole percents, and one decimal away from a limit that rounding would reach or hide."""
    heel = round(aandeel, 2)
    if any((heel >= grens) != (aandeel >= grens) for grens in (vanaf, 1.0)):
        return notatie.procent(math.floor(aandeel * 1000) / 1000, 1)
    return notatie.procent(math.ceil(aandeel * 1000) / 1000, 1) if heel == 1 < aandeel else notatie.procent(heel, 0)


def _zweef(saldo: float) -> str:
    if abs(saldo) < 0.5:
        return "precies genoeg"
    return f"{notatie.uren(abs(saldo))} {'tekort' if saldo < 0 else 'over'}"
