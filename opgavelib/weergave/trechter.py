"""From bronnen to bestemmingen."""

from __future__ import annotations

import pandas as pd

from opgavelib.domein.begrippen import Bestemming, Soort
from opgavelib.domein.bestemming import Spoor
from opgavelib.weergave.figuur import Figuur, kolom, leeg

NAMEN = {
    Soort.COALITIEAKKOORD: "Coalitieakkoord",
    Soort.BEGROTING: "Begroting",
    Soort.TOP5: "Top-5 van het college",
    Bestemming.OPGAVE: "Bij een opgave",
    Bestemming.SAMENGEVOEGD: "Samengevoegd",
    Bestemming.LIJN: "Regulier werk",
    Bestemming.PARKEERPLAATS: "Parkeerplaats",
    Bestemming.AFGEWEZEN: "Afgewezen",
    Bestemming.OPEN: "Nog open",
}
_KLEUR = {
    Bestemming.OPGAVE: "token:primair",
    Bestemming.OPEN: "token:letop",
}
_ACHTERGROND = "rgba(122,133,144,0.28)"
_LINT = {Bestemming.OPGAVE: "rgba(21,66,115,0.45)", Bestemming.OPEN: "rgba(180,95,6,0.35)"}


def trechter(telling: pd.DataFrame, spoor: Spoor) -> Figuur:
    """Sankey of source rows; its numbers are those of the table.

    Parameters
    ----------
    telling : DataFrame (soort x bestemming), counts of source rows
    """
    # Most decided first, still open last: the order in which the table is read.
    telling = telling[[b for b in (*list(telling.columns)[1:], Bestemming.OPEN) if b in telling.columns]]
    telling = telling.loc[telling.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    kolommen = [kolom("soort", "Bron"), *(kolom(b, NAMEN[b], "getal") for b in telling.columns),
                kolom("totaal", "Totaal", "getal")]  # fmt: skip
    if telling.empty:
        return leeg("Er is nog niets ingelezen. Begin met `opgave lees` en een inventarisatie.", kolommen)
    rijen = [
        {"soort": NAMEN.get(s, s)} | {b: int(r[b]) for b in telling.columns} | {"totaal": int(r.sum())}
        for s, r in telling.iterrows()
    ]
    som = telling.sum()
    rijen.append({"soort": "Totaal", "_klasse": "totaal"} | som.to_dict() | {"totaal": int(som.sum())})
    return Figuur(_sankey(telling), spoor.toelichting, kolommen, rijen, 460)


def _sankey(telling: pd.DataFrame) -> dict[str, object]:
    soorten = list(telling.index)
    doelen = [b for b in telling.columns if telling[b].sum()]
    labels = [f"{NAMEN.get(s, s)} · {int(telling.loc[s].sum())}" for s in soorten]
    labels += [f"{NAMEN[b]} · {int(telling[b].sum())}" for b in doelen]
    kleuren = ["token:gedempt"] * len(soorten) + [_KLEUR.get(b, "token:lean") for b in doelen]
    stromen = [
        (i, len(soorten) + j, int(telling.loc[s, b]), _LINT.get(b, _ACHTERGROND))
        for i, s in enumerate(soorten)
        for j, b in enumerate(doelen)
        if telling.loc[s, b]
    ]
    van, naar, waarde, kleur = (list(x) for x in zip(*stromen, strict=True))
    return {
        "data": [
            {
                "type": "sankey",
                "arrangement": "fixed",
                "valueformat": "d",
                "node": {
                    "label": labels, "color": kleuren, "pad": 22, "thickness": 18, "line": {"width": 0},
                    "hovertemplate": "%{label} rijen<extra></extra>",
                },
                "link": {
                    "source": van, "target": naar, "value": waarde, "color": kleur,
                    "hovertemplate": "%{source.label} → %{target.label}<br>%{value} rijen<extra></extra>",
                },
                "textfont": {"size": 16},
            }
        ],
        "layout": {"margin": {"l": 8, "r": 8, "t": 40, "b": 16}},
    }  # fmt: skip
