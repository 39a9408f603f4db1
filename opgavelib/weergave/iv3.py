"""Own budget beside other municipalities per inhabitant, and against the Iv3 figures of the municipality itself.

`vergelijking` and `kern` show a `domein.iv3.Vergelijking`, `aansluiting` a `domein.iv3_aansluiting.Iv3Aansluiting`.
"""

from __future__ import annotations

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.iv3 import Vergelijking
from opgavelib.domein.iv3_aansluiting import Iv3Aansluiting
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, tekst

HOOGSTENS = 25  # rows in a chart; the table has them all
PER_TAAKVELD = (
    kolom("taakveld", "Code"),
    kolom("naam", "Taakveld", breed=True),
    kolom("eigen_per_inwoner", "Eigen per inwoner", "euro"),
    kolom("mediaan_per_inwoner", "Mediaan van de groep", "euro"),
    kolom("kwart1_per_inwoner", "Een kwart zit onder", "euro", bijzaak=True),
    kolom("kwart3_per_inwoner", "Een kwart zit boven", "euro", bijzaak=True),
    kolom("verschil_per_inwoner", "Verschil per inwoner", "euro"),
    kolom("verschil_eur", "Verschil in totaal", "euro", "Verschil per inwoner maal het eigen inwonertal"),
    kolom("plaats", "Tegenover de middelste helft", bijzaak=True),
    kolom("aantal", "Gemeenten", "getal", "Gemeenten van de groep die hier iets opgaven", bijzaak=True),
    kolom("reden", "Opmerking"),
)
KERN = (
    kolom("naam", "Per inwoner, en als deel van de lasten"),
    kolom("eigen", "Eigen"),
    kolom("mediaan", "Mediaan van de groep"),
    kolom("middelste", "Middelste helft van de groep"),
    kolom("verschil", "Verschil"),
    kolom("plaats", "Tegenover de middelste helft"),
    kolom("reden", "Opmerking"),
)
AANSLUITING = (
    kolom("taakveld", "Code"),
    kolom("naam", "Taakveld", breed=True),
    kolom("maat", "Wat"),
    kolom("eigen_eur", "Begroting", "euro"),
    kolom("iv3_eur", "Iv3", "euro"),
    kolom("verschil_eur", "Verschil", "euro"),
    kolom("oordeel", "Oordeel"),
    kolom("toelichting", "Toelichting", breed=True),
)
_OORDEEL = {True: "● sluit aan", False: "■ sluit niet aan"}
_PLAATS = {"onder": "eronder", "binnen": "erbinnen", "boven": "erboven"}


def vergelijking(uit: Vergelijking) -> Figuur:
    """Own figure per inhabitant and taakveld beside the median and the middle half of the group, the biggest
    differences first; the rest in the table only."""
    if uit.reden:
        return leeg(uit.reden, PER_TAAKVELD)
    tabel = uit.tabel.assign(plaats=uit.tabel["plaats"].map(_PLAATS))
    grootte = pd.to_numeric(tabel["verschil_per_inwoner"]).abs()
    tabel = tabel.assign(_grootte=grootte.fillna(-1.0)).sort_values("_grootte", ascending=False, kind="stable")
    rijen = [{k: _of_leeg(w) for k, w in r.items()} for r in records(tabel, PER_TAAKVELD)]
    totaal = dict(uit.totaal) | {"plaats": _PLAATS.get(uit.totaal["plaats"]), "taakveld": ""}
    rijen.append({"_klasse": "totaal"} | totaal)
    zicht = tabel[tabel["_grootte"] > 0].head(HOOGSTENS)
    # The first sentence above; the rest is read below it.
    kop, _, rest = uit.toelichting.replace("). ", ").|", 1).partition("|")
    uitleg = f"{rest} ".lstrip() + (
        f"De band is de middelste helft van {notatie.aantal(len(uit.groep), 'gemeente', 'gemeenten')}, de streep "
        "de mediaan, de stip de eigen gemeente."
    )
    uitleg += " Gemeenten boeken hetzelfde werk soms op een ander taakveld; kijk dus ook naar de velden ernaast."
    if uit.parameters["buiten"]:
        uitleg += f" Zonder taakveld {' en '.join(uit.parameters['buiten'])}: dat zijn geen lasten van werk."
    if len(tabel) > len(zicht):
        uitleg += (
            f" Getekend: de {len(zicht)} grootste verschillen; in de tabel staan alle {len(tabel)} taakvelden."
        )
    return Figuur(
        _banden(zicht) if len(zicht) else {},
        kop.strip(),
        PER_TAAKVELD,
        rijen,
        110 + 34 * len(zicht) if len(zicht) else 0,
        kerncijfers=_kerncijfers(uit),
        uitleg=uitleg,
    )


def kern(uit: Vergelijking) -> Figuur:
    """Lasten, salarissen and overhead in total, and the shares, as a table."""
    if uit.reden:
        return leeg(uit.reden, KERN)
    rijen = []
    for r in uit.kern.to_dict("records"):
        vorm = notatie.procent if r["eenheid"] == "aandeel" else notatie.euro
        rijen.append({
            "naam": r["naam"],
            "eigen": _tekst(vorm, r["eigen"]),
            "mediaan": _tekst(vorm, r["mediaan"]),
            "middelste": f"{vorm(r['kwart1'])} tot {vorm(r['kwart3'])}" if r["kwart1"] is not None else "–",
            "verschil": _tekst(_punten if r["eenheid"] == "aandeel" else vorm, r["verschil"]),
            "plaats": _PLAATS.get(r["plaats"]),
            "reden": r["reden"],
        })  # fmt: skip
    return Figuur({}, uit.toelichting, KERN, rijen, 0, kerncijfers=_kerncijfers(uit))


def aansluiting(uit: Iv3Aansluiting) -> Figuur:
    """Begroting against Iv3: what does not agree drawn and on top of the table, then the totals and the rest."""
    if uit.reden:
        return leeg(uit.reden, AANSLUITING)
    tabel = uit.tabel.assign(_mis=uit.tabel["akkoord"].eq(False))
    mis = tabel[tabel["_mis"]]
    mis = mis.iloc[mis["verschil_eur"].abs().astype(float).argsort(kind="stable")[::-1]]
    samen = pd.concat([mis, tabel[~tabel["_mis"]]])
    samen = samen.assign(oordeel=samen["akkoord"].map(_OORDEEL))
    totalen = uit.totalen.assign(oordeel=[_OORDEEL.get(a, "niet vergeleken") for a in uit.totalen["akkoord"]])
    rijen = [r | {"taakveld": "", "_klasse": "totaal"} for r in records(totalen, AANSLUITING)]
    rijen += [r | ({"_klasse": "tekort"} if r["oordeel"] == _OORDEEL[False] else {}) for r in
              records(samen, AANSLUITING)]  # fmt: skip
    zicht = mis.head(HOOGSTENS)
    uitleg = (
        f"Iv3 staat in duizenden: een verschil van hoogstens {notatie.euro(uit.parameters['afronding_eur'])} per "
        "cijfer is afronding."
    )
    cijfers = [
        ("Cijfers vergeleken", notatie.getal(len(uit.tabel))),
        ("Sluiten aan", notatie.getal(int(uit.tabel["akkoord"].eq(True).sum()))),
        ("Sluiten niet aan", notatie.getal(len(mis))),
    ]
    hoogte = 110 + 34 * len(zicht) if len(zicht) else 0
    figuur = _verschillen(zicht) if len(zicht) else {}
    return Figuur(figuur, uit.toelichting, AANSLUITING, rijen, hoogte, kerncijfers=cijfers, uitleg=uitleg)


def _of_leeg(waarde: object) -> object:
    return None if isinstance(waarde, float) and waarde != waarde else waarde


def _tekst(vorm, waarde: float | None) -> str:
    return "–" if waarde is None else vorm(waarde)


def _punten(aandeel: float) -> str:
    return f"{notatie.getal(aandeel * 100, 1)} procentpunt"


def _kerncijfers(uit: Vergelijking) -> list[tuple[str, str]]:
    k = uit.kern
    return [
        ("Lasten per inwoner", notatie.euro(k.loc["lasten", "eigen"])),
        ("Salarissen per inwoner", notatie.euro(k.loc["salarissen", "eigen"])),
        ("Overhead per inwoner", notatie.euro(k.loc["overhead", "eigen"])),
        ("Overhead van de lasten", notatie.procent(k.loc["overhead_aandeel", "eigen"])),
    ]


def _namen(tabel: pd.DataFrame, extra: str = "") -> list[str]:
    delen = zip(tabel.get("taakveld", tabel.index), tabel["naam"], strict=True)
    namen = [tekst(f"{code} {naam}", 44) for code, naam in delen]
    return [f"{n} ({m})" for n, m in zip(namen, tabel[extra], strict=True)] if extra else namen


def _banden(zicht: pd.DataFrame) -> dict[str, object]:
    namen, plaatsen = _namen(zicht), list(range(len(zicht)))
    eigen, midden, laag, hoog = (
        [round(float(w), 2) for w in zicht[f"{k}_per_inwoner"]] for k in ("eigen", "mediaan", "kwart1", "kwart3")
    )
    # One line per row, interrupted by an empty point.
    x = [w for paar in zip(laag, hoog, strict=True) for w in (*paar, None)]
    y = [p for plaats in plaatsen for p in (plaats, plaats, None)]
    woorden = [f"{notatie.euro(abs(v))} {'meer' if v > 0 else 'minder'}" for v in zicht["verschil_per_inwoner"]]
    zweef = [
        f"{n}<br>Eigen {notatie.euro(e)}, mediaan {notatie.euro(m)}, middelste helft {notatie.euro(a)} tot "
        f"{notatie.euro(b)} per inwoner"
        for n, e, m, a, b in zip(namen, eigen, midden, laag, hoog, strict=True)
    ]
    einde = [max(w) for w in zip(eigen, hoog, strict=True)]
    breedte = (max(einde) - min(0.0, *eigen, *laag)) or 1.0
    return {
        "data": [
            {"type": "scatter", "mode": "lines", "name": "Middelste helft van de groep", "x": x, "y": y,
             "line": {"color": "token:lean", "width": 16}, "opacity": 0.4, "hoverinfo": "skip"},
            {"type": "scatter", "mode": "markers", "name": "Mediaan van de groep", "x": midden, "y": plaatsen,
             "marker": {"symbol": "line-ns-open", "size": 16, "color": "token:tekst", "line": {"width": 3}},
             "hoverinfo": "skip"},
            {"type": "scatter", "mode": "markers", "name": "Eigen", "x": eigen, "y": plaatsen,
             "marker": {"size": 13, "color": "token:primair"}, "customdata": zweef,
             "hovertemplate": "%{customdata}<extra></extra>"},
            {"type": "scatter", "mode": "text", "x": einde, "y": plaatsen, "text": [f"   {w}" for w in woorden],
             "textposition": "middle right", "cliponaxis": False, "showlegend": False, "hoverinfo": "skip"},
        ],
        "layout": {
            "legend": {"traceorder": "normal", "yref": "container", "y": 1, "yanchor": "top"},
            "margin": {"t": 56},
            "xaxis": {"title": {"text": "Euro per inwoner"}, "zeroline": True, "zerolinecolor": "token:lijn",
                      "range": [min(0.0, *eigen, *laag) - 0.02 * breedte, max(einde) + 0.22 * breedte]},
            "yaxis": {"tickvals": plaatsen, "ticktext": namen, "range": [len(plaatsen) - 0.4, -0.6],
                      "showgrid": False, "zeroline": False},
        },
    }  # fmt: skip


def _verschillen(zicht: pd.DataFrame) -> dict[str, object]:
    namen, plaatsen = _namen(zicht, "maat"), list(range(len(zicht)))
    bedragen = [float(v) for v in zicht["verschil_eur"]]
    return {
        "data": [
            {"type": "bar", "orientation": "h", "x": bedragen, "y": plaatsen, "marker": {"color": "token:fout"},
             "text": [notatie.euro(b) for b in bedragen], "textposition": "outside", "cliponaxis": False,
             "customdata": [f"{n}: {tekst(t)}" for n, t in zip(namen, zicht["toelichting"], strict=True)],
             "hovertemplate": "%{customdata}<extra></extra>", "showlegend": False}
        ],
        "layout": {
            "xaxis": {"title": {"text": "Begroting min Iv3, in euro"}, "zeroline": True,
                      "zerolinecolor": "token:lijn"},
            "yaxis": {"tickvals": plaatsen, "ticktext": namen, "range": [len(plaatsen) - 0.4, -0.6],
                      "showgrid": False, "zeroline": False},
        },
    }  # fmt: skip
