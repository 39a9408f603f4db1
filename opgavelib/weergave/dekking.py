"""What became of what every source and every council member asked: bars, a Sankey and their table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.dekking import EIGEN, EINDEN, Dekking
from opgavelib.weergave.figuur import Figuur, kolom, leeg, tekst
from opgavelib.weergave.stroom import Knoop, Stroom, sankey
from opgavelib.weergave.trechter import NAMEN

# Done first, still to do last: the order in which people ask.
VOLGORDE = (
    Bestemming.OPGAVE, Bestemming.LIJN, Bestemming.PARKEERPLAATS, Bestemming.AFGEWEZEN, Bestemming.OPEN,
)  # fmt: skip
_KLEUR = {
    Bestemming.OPGAVE: "token:primair",
    Bestemming.LIJN: "token:lean",
    Bestemming.PARKEERPLAATS: "token:gedempt",
    Bestemming.AFGEWEZEN: "token:fout",
    Bestemming.OPEN: "token:letop",
    Bestemming.SAMENGEVOEGD: "token:lijn",
}
_KORT = {
    Bestemming.OPGAVE: "Opgave",
    Bestemming.LIJN: "Regulier werk",
    Bestemming.PARKEERPLAATS: "Parkeerplaats",
    Bestemming.AFGEWEZEN: "Afgewezen",
    Bestemming.OPEN: "Nog open",
    Bestemming.SAMENGEVOEGD: "Samengevoegd",
}
_DOMEINLOOS = ("Zonder domein", "token:lean")
NIETS = "Er is nog niets ingelezen. Lees eerst een inventarisatie in."


def dekking(uitkomst: Dekking, wat: str, namen: Mapping[str, str] | None = None) -> Figuur:
    """Per group: how many rows ended where, and how many of those by way of another row.

    Parameters
    ----------
    wat : what a group is, as the head of its column, e.g. "Collegelid"
    namen : what people read for a group; default the group itself
    """
    kolommen = [
        kolom("groep", wat),
        kolom("gevraagd", "Gevraagd", "getal", "Rijen die deze bron of dit collegelid inbracht"),
        *(kolom(b, _KORT[b], "getal", f"{NAMEN[b]}: eigen rijen, en rijen die daarin opgingen") for b in VOLGORDE),
        kolom("via", "Waarvan samengevoegd", "getal", "Een andere rij zegt hetzelfde; telt mee met wat die kreeg"),
        kolom("waarheen", "De samengevoegde gingen naar", bijzaak=True),
    ]  # fmt: skip
    if not uitkomst.parameters["rijen"]:
        return leeg(NIETS, kolommen)
    op_grootte = uitkomst.gevraagd.sort_values(ascending=False, kind="stable").index
    namen = {g: (namen or {}).get(g, g) for g in op_grootte}
    rijen = [_rij(uitkomst, g) | {"groep": namen[g], "_groep": g} for g in op_grootte]
    som = {k: sum(r[k] for r in rijen) for k in ("gevraagd", *VOLGORDE, "via")}
    totaal = {"groep": "Totaal", "_klasse": "totaal", "waarheen": _waarheen(uitkomst.via.sum())} | som
    return Figuur(_staven(uitkomst, list(op_grootte), namen), _zin(rijen, wat), kolommen, [*rijen, totaal],
                  96 + 44 * len(rijen))  # fmt: skip


def _rij(uitkomst: Dekking, groep: str) -> dict[str, object]:
    return {
        "gevraagd": int(uitkomst.gevraagd[groep]),
        **{b.value: int(uitkomst.einde.loc[groep, b]) for b in VOLGORDE},
        "via": int(uitkomst.eigen.loc[groep, Bestemming.SAMENGEVOEGD]),
        "waarheen": _waarheen(uitkomst.via.loc[groep]),
    }


def _waarheen(via: pd.Series) -> str:
    return ", ".join(f"{int(via[b])} {_KORT[b].lower()}" for b in VOLGORDE if via[b])


def _zin(rijen: list[dict], wat: str) -> str:
    """Who sees most of what they asked in an opgave; small askers count too, nobody is left out."""
    echt = [r for r in rijen if r["gevraagd"]]
    som, opgave = sum(r["gevraagd"] for r in echt), sum(r[Bestemming.OPGAVE] for r in echt)
    open_ = sum(r[Bestemming.OPEN] for r in echt)
    zin = f"Van de {notatie.getal(som)} gelezen rijen kreeg nog geen enkele een plaats in een opgave"
    if opgave:
        deel = notatie.procent(opgave / som, 0)
        zin = f"Van de {notatie.getal(som)} gelezen rijen kreeg {deel} een plaats in een opgave"
    zin += f"; over {notatie.getal(open_)} is nog niet besloten." if open_ else "; over alle is besloten."
    if len(echt) > 1 and opgave:
        best = max(echt, key=lambda r: r[Bestemming.OPGAVE] / r["gevraagd"])
        deel = f"{best[Bestemming.OPGAVE]} van de {best['gevraagd']}"
        zin += f" {best['groep']} ziet er het meest van terug: {deel}."
    return zin


def _staven(uitkomst: Dekking, groepen: list[str], namen: Mapping[str, str]) -> dict[str, object]:
    y = [tekst(namen[g], 34) for g in groepen]
    data = []
    for b in VOLGORDE:
        via = [int(uitkomst.via.loc[g, b]) for g in groepen]
        zelf = [int(uitkomst.eigen.loc[g, b]) for g in groepen]
        for deel, gearceerd in ((zelf, False), (via, True)):
            if not any(deel):
                continue
            staaf = {"color": _KLEUR[b], "line": {"color": "token:vlak", "width": 1}}
            if gearceerd:  # thin lines on the page's own colour: the number in it stays readable
                staaf = {
                    "color": "token:vlak", "line": {"color": _KLEUR[b], "width": 2},
                    "pattern": {"shape": "/", "size": 10, "solidity": 0.16, "fgcolor": _KLEUR[b],
                                "bgcolor": "token:vlak", "fillmode": "replace"},
                }  # fmt: skip
            naam = f"{_KORT[b]}, via samenvoegen" if gearceerd else _KORT[b]
            data.append(
                {
                    "type": "bar", "orientation": "h", "name": naam, "x": deel, "y": y, "marker": staaf,
                    # An empty part has no number: a column of zeros says nothing.
                    "text": [str(n) if n else "" for n in deel],
                    "textposition": "inside", "insidetextanchor": "middle",
                    "textangle": 0, "constraintext": "none", "cliponaxis": False,
                    "textfont": {"color": "token:tekst" if gearceerd else "token:vlak", "size": 14},
                    "hovertemplate": f"%{{y}}<br>{naam}: %{{x}} rijen<extra></extra>",
                }
            )  # fmt: skip
    return {
        "data": data,
        "layout": {
            "barmode": "stack",
            "bargap": 0.3,
            "xaxis": {"title": {"text": "Rijen"}, "rangemode": "tozero"},
            "yaxis": {"autorange": "reversed", "type": "category", "showgrid": False},
            "legend": {"traceorder": "normal"},
            "uniformtext": {"mode": "hide", "minsize": 14},
        },
    }


def stroom(per_soort: Dekking, per_domein: pd.Series) -> Figuur:
    """Sankey from source by way of samengevoegd to where rows ended, and on to the domein of their opgave.

    Its links are the numbers of the table: a source to a bestemming is `per_soort.eigen`, samengevoegd to a
    bestemming is the sum of `per_soort.via`, opgave to a domein is `per_domein`.

    Parameters
    ----------
    per_soort : coverage per soort of source
    per_domein : Series (domein), rows that ended in an opgave; "" without domein
    """
    vakken = [*VOLGORDE[:1], Bestemming.SAMENGEVOEGD, *VOLGORDE[1:]]
    kolommen = [
        kolom("soort", "Bron"),
        *(kolom(b, NAMEN[b], "getal") for b in vakken),
        kolom("totaal", "Totaal", "getal"),
    ]
    if not per_soort.parameters["rijen"]:
        return leeg(NIETS, kolommen)
    soorten = list(per_soort.gevraagd.sort_values(ascending=False, kind="stable").index)
    eigen, via = per_soort.eigen.loc[soorten], per_soort.via.sum()
    rijen = [_stroomrij(NAMEN.get(s, s), eigen.loc[s]) for s in soorten]
    rijen.append({"_klasse": "totaal"} | _stroomrij("Totaal", eigen.sum()))
    if via.sum():
        naar = {"soort": "Samengevoegd ging naar", Bestemming.SAMENGEVOEGD.value: None, "totaal": int(via.sum())}
        rijen.append(naar | {b: int(via[b]) for b in EINDEN})
    figuur = sankey(_knopen(soorten, per_domein), _stromen(eigen, via, per_domein))
    hoog = 560 if len(figuur["data"][0]["node"]["label"]) > 4 else 240
    return Figuur(figuur, _stroomzin(per_soort), kolommen, rijen, hoog)


def _stroomrij(naam: str, telling: pd.Series) -> dict[str, object]:
    return {"soort": naam} | {b: int(telling[b]) for b in EIGEN} | {"totaal": int(telling.sum())}


def _knopen(soorten: list[str], per_domein: pd.Series) -> list[Knoop]:
    return [
        *(Knoop(f"bron:{s}", NAMEN.get(s, s), "token:gedempt", 0.0) for s in soorten),
        Knoop("samengevoegd", NAMEN[Bestemming.SAMENGEVOEGD], _KLEUR[Bestemming.SAMENGEVOEGD], 0.3),
        *(Knoop(b, NAMEN[b], _KLEUR[b], 0.6) for b in VOLGORDE),
        *(Knoop(f"domein:{d}", *_DOMEINLOOS if not d else (d.capitalize(), f"token:{d}"), 1.0)
          for d in per_domein.index),
    ]  # fmt: skip


def _stromen(eigen: pd.DataFrame, via: pd.Series, per_domein: pd.Series) -> list[Stroom]:
    uit = [
        Stroom(f"bron:{s}", b, int(eigen.loc[s, b]), b)
        for s in eigen.index
        for b in (Bestemming.SAMENGEVOEGD.value, *(v.value for v in VOLGORDE))
    ]
    uit += [Stroom(Bestemming.SAMENGEVOEGD.value, b.value, int(via[b]), b.value) for b in VOLGORDE]
    return uit + [Stroom("opgave", f"domein:{d}", int(n), str(d)) for d, n in per_domein.items()]


def _stroomzin(uitkomst: Dekking) -> str:
    rijen, samen = uitkomst.parameters["rijen"], int(uitkomst.eigen[Bestemming.SAMENGEVOEGD].sum())
    opgave, via = int(uitkomst.einde[Bestemming.OPGAVE].sum()), int(uitkomst.via[Bestemming.OPGAVE].sum())
    kwamen = f"kwamen er {notatie.getal(opgave)}" if opgave else "kwam er nog geen"
    zin = f"Van de {notatie.aantal(rijen, 'rij', 'rijen')} {kwamen} in een opgave terecht"
    zin += f", waarvan {notatie.getal(via)} via een rij die hetzelfde zegt." if via else "."
    return zin if samen else zin + " Er is nog niets samengevoegd."
