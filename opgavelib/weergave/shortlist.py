"""The shortlist: what every criterion adds to every place, and the line."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.shortlist import Shortlist
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, regels, tekst

# Shades of one hue, dark to light in the order of the criteria: the hue says "score" and nothing else.
TINTEN = ("#154273", "#34679c", "#5f8fc0", "#93b7db", "#c5daee", "#e3edf7")
_STAVEN = 80  # labels that plotly draws within a second
KOLOMMEN = (
    kolom("rang", "Plaats", "getal"),
    kolom("titel", "Ambitie", breed=True),
    kolom("score", "Score", "staaf", "Gewogen score, 0 tot 100", max=100),
    kolom("budget_eur", "Budget", "euro"),
    kolom("uren", "Uren", "uren", bijzaak=True),
    kolom("team", "Team"),
    kolom("reden", "Waarom"),
)


def shortlist(uitkomst: Shortlist, namen: Mapping[str, str], onder_de_streep: int = 6) -> Figuur:
    """Stacked bars per ambitie, best on top, with the line after the last one chosen.

    Parameters
    ----------
    namen : per criterium the name that people read
    onder_de_streep : how many of the first ones that did not make it are drawn too

    With a budget the last one chosen may stand a thousand places down. A label for each of those places keeps a
    browser busy for most of a minute, so then only the chosen ones are drawn, and the best that are not.
    """
    beoordeeld = uitkomst.tabel[uitkomst.tabel["score"].notna()]
    if beoordeeld.empty:
        return leeg(uitkomst.toelichting, KOLOMMEN)
    rijen = records(uitkomst.tabel, [kolom("ambitie", ""), kolom("gekozen", ""), *KOLOMMEN])
    for rij in rijen:
        rij["_klasse"] = "gekozen" if rij["gekozen"] else "buiten"
    laatste = max((i for i, g in enumerate(uitkomst.tabel["gekozen"], 1) if g), default=0)
    streep = {"na": laatste, "tekst": f"De streep: {int(uitkomst.tabel['gekozen'].sum())} gekozen"}
    zichtbaar, na, uitleg = uitkomst.tabel.head(laatste + onder_de_streep), laatste, ""
    if len(zichtbaar) > _STAVEN:
        erin, eruit = (uitkomst.tabel[uitkomst.tabel["gekozen"] == g] for g in (True, False))
        na = min(len(erin), _STAVEN - onder_de_streep)
        zichtbaar = pd.concat([erin.head(na), eruit.head(onder_de_streep)])
        wie = "alle gekozen ambities" if na == len(erin) else f"de eerste {na} van de {len(erin)} gekozen ambities"
        uitleg = (
            f"De grafiek toont {wie}, en onder de streep de hoogste die er niet bij staan; de tabel toont alles."
        )
    zichtbaar = zichtbaar[zichtbaar["score"].notna()]
    na = int(zichtbaar["gekozen"].sum()) if uitleg else na
    figuur = _staven(uitkomst, zichtbaar, namen, na)
    hoogte = 110 + 27 * len(zichtbaar)
    return Figuur(figuur, uitkomst.toelichting, KOLOMMEN, rijen, hoogte, streep, uitleg=uitleg)


def _staven(uitkomst: Shortlist, zichtbaar, namen: Mapping[str, str], laatste: int) -> dict[str, object]:
    punten = uitkomst.bijdragen.loc[zichtbaar.index]
    plaatsen = list(range(1, len(zichtbaar) + 1))
    waar = {a: i for i, a in enumerate(uitkomst.tabel.index, 1)}
    rangen = [waar[a] for a in zichtbaar.index]
    zweef = [f"{a}: {regels(t)}" for a, t in zichtbaar["titel"].items()]
    doorzicht = [1.0 if g else 0.45 for g in zichtbaar["gekozen"]]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": tekst(namen.get(criterium, criterium)),
            "x": punten[criterium].round(2).tolist(),
            "y": plaatsen,
            "customdata": zweef,
            "marker": {"color": TINTEN[i % len(TINTEN)], "opacity": doorzicht},
            "hovertemplate": "%{customdata}<br>%{fullData.name}: %{x:.1f} punten<extra></extra>",
        }
        for i, criterium in enumerate(punten.columns)
    ]
    data.append(
        {
            "type": "scatter", "mode": "text", "showlegend": False, "hoverinfo": "skip", "cliponaxis": False,
            "x": zichtbaar["score"].tolist(), "y": plaatsen, "textposition": "middle right",
            "text": [f" {notatie.getal(s, 1, vast=True)}" for s in zichtbaar["score"]],
        }
    )  # fmt: skip
    return {
        "data": data,
        "layout": {
            "barmode": "stack",
            "bargap": 0.28,
            "xaxis": {
                "title": {"text": "Score (0 tot 100), opgebouwd uit de criteria"},
                "range": [0, 112],
                "tickvals": [0, 20, 40, 60, 80, 100],
            },
            "yaxis": {
                "tickvals": plaatsen,
                "ticktext": [f"{r}. {tekst(t, 80)}" for r, t in zip(rangen, zichtbaar["titel"], strict=True)],
                "range": [len(plaatsen) + 0.6, 0.4],
                "showgrid": False,
            },
            "shapes": [
                {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": laatste + 0.5, "y1": laatste + 0.5,
                 "line": {"color": "token:fout", "width": 2, "dash": "dash"}}
            ],
            "annotations": [
                {"xref": "paper", "x": 1, "xanchor": "right", "y": laatste + 0.5, "yanchor": "bottom",
                 "text": "de streep", "showarrow": False, "font": {"color": "token:fout", "size": 14}}
            ],
            "legend": {"traceorder": "normal"},
        },
    }  # fmt: skip
