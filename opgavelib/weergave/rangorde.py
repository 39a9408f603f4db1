"""How firm a ranking is, what other methods say, what turns it round, and the votes of the council."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.gevoeligheid import Invloed, Omslag
from opgavelib.domein.overeenstemming import Overeenstemming
from opgavelib.domein.stemmen import DekkingCollegeleden, GelijkeDelen
from opgavelib.domein.stevigheid import Stevigheid
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, regels, tekst

ONDER = 10  # how many under the line are drawn
STEVIG = (
    kolom("rang", "Plaats", "getal"),
    kolom("titel", "Ambitie", breed=True),
    kolom(
        "kans", "Kans boven de streep", "staaf", "Deel van de trekkingen waarin deze boven de streep staat", max=1
    ),
    kolom("bereik", "Plaats in 9 van de 10 gevallen"),
    kolom("zin", "In woorden"),
)
INVLOED = (kolom("beoordelaar", "Zonder"), kolom("zin", "Dan verandert er dit", breed=True))
WISSELS = (
    kolom("zin", "Wat er moet veranderen", breed=True),
    kolom("naam", "Gewicht van"),
    kolom("gewicht", "Nu", "aandeel"),
    kolom("omslag", "Omslag", "aandeel"),
)
OMSLAG = (
    kolom("naam", "Gewicht van"),
    kolom("gewicht", "Nu", "aandeel"),
    kolom("omslag", "Omslag", "aandeel"),
    kolom("zin", "In woorden", breed=True),
)
LEDEN = (
    kolom("collegelid", "Collegelid"),
    kolom("in", "Erin", "getal"),
    kolom("van", "Van", "getal"),
    kolom("erin", "Staat erin", breed=True),
    kolom("eruit", "Staat er niet in", breed=True),
)
STEMMEN = (
    kolom("titel", "Ambitie", breed=True),
    kolom("punten", "Punten", "getal", "Eerste plaats 5 punten, vijfde plaats 1"),
    kolom("leden", "Collegeleden", "getal"),
    kolom("manier", "Bij gelijke delen"),
    kolom("gekozen", "Op de shortlist"),
)
_TERUG = {"gelijke delen": "gekozen", "aangevuld op punten": "aangevuld"}


def stevigheid(uitkomst: Stevigheid, titels: pd.Series) -> Figuur:
    """Chance of every candidate to stand above the line, with the line; the ones far below it only in the table."""
    tabel = uitkomst.tabel[uitkomst.tabel["kans"].notna()].join(titels.rename("titel"))
    if tabel.empty:
        return leeg("Er is nog geen ambitie beoordeeld; lees eerst scores in of beoordeel samen.", STEVIG)
    tabel["bereik"] = [
        f"{notatie.getal(laag, 0)} tot {notatie.getal(hoog, 0)}"
        for laag, hoog in zip(tabel["rang_p5"], tabel["rang_p95"], strict=True)
    ]
    boven = int(tabel["boven"].sum())
    rijen = records(tabel, STEVIG)
    for rij, in_ in zip(rijen, tabel["boven"], strict=True):
        rij["_klasse"] = "gekozen" if in_ else "buiten"
    streep = {"na": boven, "tekst": f"De streep: {boven} plaatsen"}
    zicht = tabel.head(boven + ONDER)
    uitleg = str(uitkomst.parameters["uitleg"])
    hoog = 110 + 26 * len(zicht)
    return Figuur(_kansen(zicht, boven), uitkomst.toelichting, STEVIG, rijen, hoog, streep, uitleg=uitleg)


def _kansen(zicht: pd.DataFrame, boven: int) -> dict[str, object]:
    plaatsen = list(range(1, len(zicht) + 1))
    return {
        "data": [
            {
                "type": "bar", "orientation": "h", "x": zicht["kans"].round(4).tolist(), "y": plaatsen,
                "showlegend": False, "marker": {
                    "color": ["token:primair" if b else "token:lean" for b in zicht["boven"]],
                },
                "text": [f" {notatie.procent(k, 0)}" for k in zicht["kans"]], "textposition": "outside",
                "cliponaxis": False,
                "customdata": [f"{regels(t)}<br>{z}" for t, z in zip(zicht["titel"], zicht["zin"], strict=True)],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        ],
        "layout": {
            "bargap": 0.3,
            "xaxis": {"title": {"text": "Kans om boven de streep te staan"}, "range": [0, 1.08],
                      "tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1]},
            "yaxis": {
                "tickvals": plaatsen, "range": [len(plaatsen) + 0.6, 0.4], "showgrid": False,
                "ticktext": [f"{p}. {tekst(t, 80)}" for p, t in zip(plaatsen, zicht["titel"], strict=True)],
            },
            "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": boven + 0.5, "y1": boven + 0.5,
                        "line": {"color": "token:fout", "width": 2, "dash": "dash"}}],
            "annotations": [{"xref": "paper", "x": 1, "xanchor": "right", "y": boven + 0.5, "yanchor": "bottom",
                             "text": "de streep", "showarrow": False, "font": {"color": "token:fout", "size": 14}}],
        },
    }  # fmt: skip


def meningen(rangen: pd.DataFrame, eens: Overeenstemming, titels: pd.Series) -> Figuur:
    """Places by every method side by side; lines show who moves, the sentence which methods agree."""
    namen = list(rangen)
    kolommen = [
        kolom("titel", "Ambitie", breed=True),
        *(kolom(n, _hoofd(n), "getal") for n in namen),
        kolom("eens", "Eens?"),
    ]
    if rangen.empty:
        return leeg("Er is nog geen ambitie beoordeeld; lees eerst scores in of beoordeel samen.", kolommen)
    top_n = int(eens.parameters["top_n"])
    erin = (rangen <= top_n).sum(axis=1)
    woorden = {0: "alle: onder de streep", len(namen): "alle: boven de streep"}
    tabel = rangen.join(titels.rename("titel"))
    tabel["eens"] = [woorden.get(int(n), f"▲ {int(n)} van de {len(namen)} boven de streep") for n in erin]
    rijen = records(tabel, kolommen)
    for rij, n in zip(rijen, erin, strict=True):
        rij["_klasse"] = "gekozen" if n == len(namen) else "buiten" if n == 0 else ""
    zicht = tabel[(rangen.min(axis=1) <= top_n)].head(top_n + ONDER)
    tau = "; ".join(
        f"{a} en {b} {notatie.getal(float(eens.tau.loc[a, b]), 2)}"
        for i, a in enumerate(namen) for b in namen[i + 1 :]
    )  # fmt: skip
    uitleg = f"Zo gelijk is de hele volgorde (Kendalls tau, 1 is helemaal gelijk): {tau}."
    return Figuur(_lijnen(zicht, namen, top_n), eens.toelichting, kolommen, rijen, 640, uitleg=uitleg)


def _lijnen(zicht: pd.DataFrame, namen: list[str], top_n: int) -> dict[str, object]:
    laagste = float(zicht[namen].to_numpy().max())
    data, labels = [], []
    for titel, rij in zip(zicht["titel"], zicht[namen].to_numpy(), strict=True):
        wisselt = (rij <= top_n).any() and not (rij <= top_n).all()
        data.append(
            {
                "type": "scatter", "mode": "lines+markers", "x": [_hoofd(n) for n in namen], "y": rij.tolist(),
                "showlegend": False, "name": tekst(titel, 60),
                "line": {"color": "token:letop" if wisselt else "token:lean", "width": 3 if wisselt else 1.5},
                "marker": {"size": 8 if wisselt else 5},
                "hovertemplate": f"{regels(titel)}<br>%{{x}}: plaats %{{y}}<extra></extra>",
            }
        )  # fmt: skip
        if wisselt:
            labels.append((float(rij[-1]), tekst(titel, 48)))
    streep = {"color": "token:fout", "width": 2, "dash": "dash"}
    aan_de_lijn = {"showarrow": False, "yanchor": "middle", "font": {"size": 14}}
    return {
        "data": data,
        "layout": {
            "margin": {"r": 380},
            "xaxis": {"type": "category", "side": "top", "range": [-0.2, len(namen) - 0.9]},
            "yaxis": {"title": {"text": "Plaats"}, "range": [laagste + 1, 0], "dtick": 5, "tick0": 0},
            "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": top_n + 0.5, "y1": top_n + 0.5,
                        "line": streep}],
            "annotations": [
                {"xref": "paper", "x": 0, "xanchor": "left", "y": top_n + 0.5, "yanchor": "top",
                 "text": "de streep", "showarrow": False, "font": {"color": "token:fout", "size": 14}},
                *({"xref": "paper", "x": 1.01, "xanchor": "left", "y": y, "text": t, **aan_de_lijn}
                  for y, t in labels),
            ],
        },
    }  # fmt: skip


def _hoofd(naam: str) -> str:
    return naam[:1].upper() + naam[1:]


def grenswissels(tabel: pd.DataFrame, namen: Mapping[str, str]) -> Figuur:
    """The smallest changes of a weight that swap two ambities over the line."""
    if tabel.empty:
        return leeg("Er zijn geen ambities aan beide kanten van de streep.", WISSELS)
    t = tabel.assign(naam=[namen.get(c, "–") for c in tabel["criterium"]])
    eerste = t.iloc[0]
    kop = "Zo klein is de kleinste verandering die de streep raakt:"
    return Figuur({}, f"{kop} {eerste['zin']}", WISSELS, records(t, WISSELS), 0)


def omslag(uitkomst: Omslag, namen: Mapping[str, str]) -> Figuur:
    """Per criterium the weight at which two ambities change place."""
    t = uitkomst.tabel.assign(naam=[namen.get(c, c) for c in uitkomst.tabel.index])
    return Figuur({}, uitkomst.toelichting, OMSLAG, records(t, OMSLAG), 0)


def invloed(uitkomst: Invloed) -> Figuur:
    """What the list would be without each assessor."""
    if uitkomst.tabel.empty:
        return leeg("Er zijn nog geen scores van beoordelaars.", INVLOED)
    return Figuur({}, uitkomst.toelichting, INVLOED, records(uitkomst.tabel, INVLOED), 0)


def collegeleden(dekking: DekkingCollegeleden, titels: Mapping[str, str]) -> Figuur:
    """Of every member of the council, what of their five is on the shortlist."""
    t = dekking.tabel
    if t.empty:
        return leeg("Er is nog geen top-5 van een collegelid gelezen.", LEDEN)
    t = t.assign(
        erin=[_lijst(x, titels) for x in t["items_in"]], eruit=[_lijst(x, titels) for x in t["items_uit"]]
    ).sort_values(["in", "van"], kind="stable")
    staven = [
        {
            "type": "bar", "orientation": "h", "name": naam, "y": list(t.index), "x": aantal.tolist(),
            "marker": {"color": kleur}, "text": [str(int(n)) if n else "" for n in aantal],
            "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
            "textfont": {"color": inkt, "size": 14}, "hovertemplate": f"%{{y}}: %{{x}} {naam}<extra></extra>",
        }
        for naam, aantal, kleur, inkt in (
            ("op de shortlist", t["in"], "token:primair", "token:op-primair"),
            ("niet op de shortlist", t["van"] - t["in"], "token:lijn", "token:tekst"),
        )
    ]  # fmt: skip
    figuur = {
        "data": staven,
        "layout": {
            "barmode": "stack", "bargap": 0.35, "legend": {"traceorder": "normal"},
            "xaxis": {"title": {"text": "Van de eigen top-5"}, "dtick": 1},
            "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False},
        },
    }  # fmt: skip
    zin = _wie_minst(t)
    return Figuur(figuur, zin, LEDEN, records(t, LEDEN), 130 + 44 * len(t))


def _wie_minst(t: pd.DataFrame) -> str:
    """Who has least and who most in; `t` sorted so."""
    deel = f"Van de {int(t['van'].sum())} stemmen van het college staan er {int(t['in'].sum())} op de shortlist"
    laagst, hoogst = int(t["in"].min()), int(t["in"].max())
    if laagst == hoogst:
        return f"{deel}: bij iedereen {laagst}."
    wie = {n: ", ".join(t.index[t["in"] == n]) for n in (laagst, hoogst)}
    return (
        f"{deel}: het minst van {wie[laagst]} ({laagst or 'geen enkele'}), het meest van {wie[hoogst]} ({hoogst})."
    )


def _lijst(items: tuple, titels: Mapping[str, str]) -> str:
    return "; ".join(tekst_kort(titels.get(i, str(i))) for i in items) or "–"


def tekst_kort(titel: str) -> str:
    """A title that fits in a cell with others."""
    return notatie.kort(titel.rstrip(" ."), 80)


def stemmen(punten: pd.DataFrame, delen: GelijkeDelen, titels: pd.Series, gekozen: set[str]) -> Figuur:
    """The votes of the council: points (Borda), and what equal shares would choose, beside what is chosen now."""
    if punten.empty:
        return leeg("Er is nog geen top-5 van een collegelid gelezen.", STEMMEN)
    t = punten.join(titels.rename("titel")).join(delen.tabel[["manier"]])
    t["manier"] = [_TERUG.get(m, "–") for m in t["manier"]]
    t["gekozen"] = ["● ja" if a in gekozen else "nee" for a in t.index]
    beide = len(gekozen & set(delen.tabel.index))
    zin = f"{delen.toelichting} Daarvan {'staat' if beide == 1 else 'staan'} er {beide} op de shortlist van nu."
    return Figuur({}, zin, STEMMEN, records(t, STEMMEN), 0)
