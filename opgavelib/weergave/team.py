"""One team: what it has for opgaven, and what is asked of it."""

from __future__ import annotations

from opgavelib import notatie
from opgavelib.domein.capaciteit import Capaciteit
from opgavelib.weergave.belasting import GEEN_TEAMS, kolommen, rijen
from opgavelib.weergave.figuur import Figuur, leeg, tekst


def team(uitkomst: Capaciteit, naam: str) -> Figuur:
    """Hours asked and promised per quarter against the room of one team.

    Parameters
    ----------
    naam : a team of `uitkomst`; another gives the empty state
    """
    if uitkomst.tabel.empty:
        return leeg(GEEN_TEAMS, kolommen(uitkomst))
    if naam not in uitkomst.tabel.index.get_level_values("team"):
        return leeg("Kies een team om te zien wat er per kwartaal van gevraagd wordt.", kolommen(uitkomst))
    deel, kop = uitkomst.tabel.loc[[naam]], kolommen(uitkomst, naam)
    k = deel.index.get_level_values("kwartaal").tolist()
    open_ = deel["niet_toegezegd_uren"]
    staaf = {"type": "bar", "x": k, "hovertemplate": "%{x}: %{y:,.0f} uur<extra>%{fullData.name}</extra>"}
    open_marker = {"pattern": {"shape": "/", "fgcolor": "token:primair", "bgcolor": "token:vlak", "size": 6},
                   "line": {"color": "token:primair", "width": 1}}  # fmt: skip
    data = [
        staaf | {"name": "Toegezegd", "y": deel["toegezegd_uren"].tolist(), "marker": {"color": "token:primair"}},
        staaf | {"name": "Gevraagd, nog niet toegezegd", "y": open_.tolist(), "marker": open_marker},
        {"type": "scatter", "mode": "lines+markers", "name": "Ruimte voor opgaven", "x": k,
         "y": deel["ruimte_uren"].tolist(), "line": {"color": "token:fout", "width": 2, "dash": "dash"},
         "hovertemplate": "%{x}: %{y:,.0f} uur<extra>Ruimte voor opgaven</extra>"},
    ]  # fmt: skip
    vol = (deel["formatie_uren"] - deel["lean_uren"]).clip(lower=0.0)
    if (vol - deel["ruimte_uren"]).abs().max() > 0.5:
        data.append(
            {"type": "scatter", "mode": "lines", "name": "Ruimte bij volle bezetting, zonder inhuur", "x": k,
             "y": vol.tolist(), "line": {"color": "token:lean", "width": 2, "dash": "dot"},
             "hovertemplate": "%{x}: %{y:,.0f} uur<extra>Bij volle bezetting, zonder inhuur</extra>"}
        )  # fmt: skip
    figuur = {
        "data": data,
        "layout": {
            "barmode": "stack",
            "bargap": 0.35,
            "xaxis": {"type": "category", "showgrid": False},
            "yaxis": {"title": {"text": "Uren per kwartaal"}, "rangemode": "tozero"},
            "legend": {"traceorder": "normal"},
        },
    }
    return Figuur(figuur, _conclusie(tekst(naam), deel), kop, rijen(deel, kop), 380)


def _conclusie(naam: str, deel) -> str:
    tekort = deel[deel["stand"] == "fout"]
    toegezegd = float(deel["toegezegd_uren"].sum())
    gevraagd = float(deel["gevraagd_uren"].sum())
    aandeel = notatie.procent(toegezegd / gevraagd, 0) if gevraagd else None
    if tekort.empty and not gevraagd:
        return f"Van team {naam} zijn nog geen uren gevraagd."
    if tekort.empty:
        zin = f"Team {naam} kan in elk kwartaal leveren wat er wordt gevraagd."
    else:
        totaal = notatie.uren(-float(tekort["saldo_uren"].sum()))
        kwartalen = notatie.aantal(len(tekort), "kwartaal", "kwartalen")
        zin = f"Team {naam} komt in {kwartalen} samen {totaal} tekort."
    return zin + (f" Van de gevraagde uren is {aandeel} toegezegd." if aandeel else " Er zijn geen uren gevraagd.")
