"""What was asked of every team, or for every opgave, and what its teamleider said: hours by state."""

from __future__ import annotations

import pandas as pd

from opgavelib import notatie
from opgavelib.weergave.figuur import Figuur, kolom, leeg, tekst

# Part of the asked hours: name, colour, hatched. What still waits for an answer comes last, at the end of the bar.
DELEN = {
    "toegezegd_uren": ("Toegezegd", "token:primair", False),
    "rest_uren": ("Rest van een deel", "token:primair", True),
    "afgewezen_uren": ("Afgewezen", "token:lean", True),
    "opnieuw_uren": ("Vervallen, opnieuw gevraagd", "token:letop", False),
    "onbeantwoord_uren": ("Nog geen antwoord", "token:letop", True),
}
# Short: all columns stand beside each other on a laptop.
_KOPPEN = {"rest_uren": "Rest", "opnieuw_uren": "Opnieuw", "onbeantwoord_uren": "Geen antwoord"}
_LEESBAAR = 0.07  # of the longest bar: a smaller part has no place for its number
_SOMS = ("rest_uren", "opnieuw_uren")  # left out of the table where nobody has them
_UITLEG = {
    "rest_uren": "Er is een deel toegezegd; dit deel nog niet",
    "opnieuw_uren": "Het werk is verschoven; de toezegging gold voor andere kwartalen",
    "beantwoord_aandeel": "Uren met een antwoord, als deel van de gevraagde uren",
}


def contractering(per: pd.DataFrame, toelichting: str, wat: str = "Team") -> Figuur:
    """Hours by state as stacked bars, most unanswered hours on top.

    Parameters
    ----------
    per : `toepassing.contractering.Contractering.per_team` or ``per_opgave``
    toelichting : where all requests stand
    wat : what a row is, as the head of its column
    """
    wie = ("teamleider", "Teamleider") if "teamleider" in per else ("titel", "Titel")
    delen = [k for k in DELEN if k not in _SOMS or per[k].any()]
    kolommen = [
        kolom("naam", wat), kolom(*wie, bijzaak=True),
        kolom("te_beantwoorden", "Wachten", "getal", "Aanvragen die nog op antwoord wachten"),
        kolom("gevraagd_uren", "Gevraagd", "getal", "Uren, zoals alle kolommen hierna"),
        *(kolom(k, _KOPPEN.get(k, DELEN[k][0]), "getal", _UITLEG.get(k, ""), bijzaak=k in _SOMS) for k in delen),
        kolom("beantwoord_aandeel", "Beantwoord", "aandeel", _UITLEG["beantwoord_aandeel"]),
    ]  # fmt: skip
    if per.empty:
        return leeg(toelichting, kolommen)
    wacht = per["onbeantwoord_uren"] + per["opnieuw_uren"]
    per = per.assign(wacht=wacht).sort_values(["wacht", "gevraagd_uren"], ascending=False, kind="stable")
    velden = [k["kolom"] for k in kolommen[1:]]
    rijen = [{"naam": naam} | r for naam, r in zip(per.index, per[velden].to_dict("records"), strict=True)]
    return Figuur(_staven(per), _zin(per, toelichting, wat), kolommen, [*rijen, _totaal(per)], 120 + 34 * len(per))


def _totaal(per: pd.DataFrame) -> dict[str, object]:
    som = per[["te_beantwoorden", "gevraagd_uren", *DELEN]].sum().to_dict()
    aandeel = 1 - per["wacht"].sum() / som["gevraagd_uren"] if som["gevraagd_uren"] else None
    return {"naam": "Totaal", "_klasse": "totaal", "beantwoord_aandeel": aandeel} | som


def _zin(per: pd.DataFrame, toelichting: str, wat: str) -> str:
    if len(per) < 2 or per["wacht"].iloc[0] <= 0:
        return toelichting
    meeste = f"{wat} {per.index[0]}" if wat == "Team" else str(per.index[0])
    return (
        f"{toelichting} {meeste} heeft nog het meest te beantwoorden: {notatie.uren(float(per['wacht'].iloc[0]))}."
    )


def _staven(per: pd.DataFrame) -> dict[str, object]:
    y, breed = [tekst(n, 34) for n in per.index], float(per["gevraagd_uren"].max())
    data = []
    for veld, (naam, kleur, gearceerd) in DELEN.items():
        uren = per[veld].tolist()
        if not any(uren):
            continue
        vlak = {"color": kleur, "line": {"color": "token:vlak", "width": 1}}
        if gearceerd:
            vlak = {
                "color": "token:vlak", "line": {"color": kleur, "width": 2},
                "pattern": {"shape": "/", "size": 10, "solidity": 0.16, "fgcolor": kleur, "bgcolor": "token:vlak",
                            "fillmode": "replace"},
            }  # fmt: skip
        data.append(
            {
                "type": "bar", "orientation": "h", "name": naam, "x": uren, "y": y, "marker": vlak,
                # Where its number would not fit it is left to the table.
                "text": [notatie.getal(u) if u > breed * _LEESBAAR else "" for u in uren],
                "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none",
                "textfont": {"color": "token:tekst" if gearceerd else "token:vlak", "size": 14},
                "customdata": list(per.index),
                "hovertemplate": f"%{{y}}<br>{naam}: %{{x:,.0f}} uur<extra></extra>",
            }
        )  # fmt: skip
    # What is refused is said at the end of the bar where its part is too small for its number.
    klein = per["afgewezen_uren"].where(per["afgewezen_uren"] <= breed * _LEESBAAR, 0.0)
    wachten = [
        f"  {'● klaar' if not n else f'{n} wacht' if n == 1 else f'{n} wachten'}"
        + (f", {notatie.uren(u)} afgewezen" if round(u) else "")
        for n, u in zip(per["te_beantwoorden"], klein, strict=True)
    ]
    data.append(
        {
            "type": "scatter", "mode": "text", "x": per["gevraagd_uren"].tolist(), "y": y, "text": wachten,
            "textposition": "middle right", "textfont": {"color": "token:tekst", "size": 14},
            "cliponaxis": False, "showlegend": False, "hoverinfo": "skip", "customdata": list(per.index),
        }
    )  # fmt: skip
    return {
        "data": data,
        "layout": {
            "barmode": "stack",
            "bargap": 0.25,
            "xaxis": {"title": {"text": "Gevraagde uren"}, "range": [0, breed * (1.35 if klein.any() else 1.2)]},
            "yaxis": {"autorange": "reversed", "type": "category", "showgrid": False},
            "legend": {"traceorder": "normal"},
        },
    }
