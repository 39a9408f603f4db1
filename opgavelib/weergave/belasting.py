"""Load per team(leider) and quarter: hours asked of the room for opgaven."""

from __future__ import annotations

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.capaciteit import Capaciteit
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, tekst

KOLOMMEN = (
    kolom("team", "Team"),
    kolom("teamleider", "Teamleider"),
    kolom("kwartaal", "Kwartaal", "kwartaal"),
    kolom("beschikbaar_uren", "Beschikbaar", "uren", bijzaak=True),
    kolom("lean_uren", "Regulier werk", "uren", bijzaak=True),
    kolom("gevraagd_uren", "Gevraagd", "uren"),
    kolom("toegezegd_uren", "Toegezegd", "uren"),
    kolom("saldo_uren", "Over of tekort", "uren"),
    kolom("stand", "Stand", "status", "Let op vanaf 90%; fout is een tekort"),
    kolom("belasting", "Belasting", "aandeel", "Gevraagde uren van de ruimte voor opgaven"),
)
# Blue (room) over white (just full) to orange (too much); the number stands in the cell, and the ends are
# light enough for dark text (7.5 and 6.6 to 1 on #1a2129).
SCHAAL = [[0.0, "#7db9e0"], [0.5, "#ffffff"], [1.0, "#f0894a"]]
_OP_SCHAAL = "#1a2129"
_UITERSTE = 0.6


def belasting(uitkomst: Capaciteit) -> Figuur:
    """Heatmap teams x quarters, heaviest team on top, with the share and the hours in the cell."""
    tabel = uitkomst.tabel
    if tabel.empty:
        return leeg("Er zijn nog geen teams gelezen. Lees een bestand met teams en formatie in.", KOLOMMEN)
    aandeel = tabel["belasting"].unstack("kwartaal")[list(uitkomst.kwartalen)]
    saldo = tabel["saldo_uren"].unstack("kwartaal")[list(uitkomst.kwartalen)]
    volgorde = aandeel.max(axis=1).sort_values(ascending=False, na_position="first", kind="stable").index
    aandeel, saldo = aandeel.loc[volgorde], saldo.loc[volgorde]
    leiders = tabel["teamleider"].groupby(level="team").first()
    namen = [tekst(t, 34) + (f"<br><i>{tekst(leiders[t], 30)}</i>" if leiders.get(t) else "") for t in volgorde]
    rijen = records(tabel.sort_values("saldo_uren", kind="stable"), KOLOMMEN)
    for rij in rijen:
        rij["_klasse"] = "tekort" if rij["saldo_uren"] < 0 else ""
    figuur = _raster(aandeel, saldo, namen)
    return Figuur(figuur, uitkomst.toelichting, KOLOMMEN, rijen, 110 + 52 * len(namen))


def _raster(aandeel: pd.DataFrame, saldo: pd.DataFrame, namen: list[str]) -> dict[str, object]:
    tekst_cel = [
        [_cel(a, s) for a, s in zip(ra, rs, strict=True)]
        for ra, rs in zip(aandeel.to_numpy(), saldo.to_numpy(), strict=True)
    ]
    zweef = [
        [f"{team}, {notatie.kwartaal_voluit(k)}: {_zweef(s)}" for k, s in zip(aandeel.columns, rij, strict=True)]
        for team, rij in zip([tekst(t) for t in aandeel.index], saldo.to_numpy(), strict=True)
    ]
    # A team without room that is asked hours is as far over as the scale goes.
    z = aandeel.where(aandeel.notna(), (saldo < 0).astype(float) * 9)
    return {
        "data": [
            {"type": "heatmap", "z": z.round(4).to_numpy().tolist(), "x": list(aandeel.columns),
             "y": list(range(len(namen))), "text": tekst_cel, "texttemplate": "%{text}", "customdata": zweef,
             "hovertemplate": "%{customdata}<extra></extra>", "colorscale": SCHAAL, "zmid": 1,
             "zmin": 1 - _UITERSTE, "zmax": 1 + _UITERSTE, "showscale": False, "xgap": 3, "ygap": 3,
             "textfont": {"size": 16, "color": _OP_SCHAAL}}
        ],
        "layout": {
            "xaxis": {"side": "top", "type": "category", "showgrid": False},
            "yaxis": {"tickvals": list(range(len(namen))), "ticktext": namen, "autorange": "reversed",
                      "showgrid": False, "zeroline": False},
            "margin": {"t": 40},
        },
    }  # fmt: skip


def _cel(aandeel: float, saldo: float) -> str:
    if pd.isna(aandeel):
        return "geen ruimte" if saldo < 0 else "–"
    vooraan = "▲ " if saldo < -0.5 else ""
    return f"{vooraan}{notatie.procent(aandeel, 0)}"


def _zweef(saldo: float) -> str:
    return f"{notatie.uren(abs(saldo))} {'tekort' if saldo < -0.5 else 'over'}"
