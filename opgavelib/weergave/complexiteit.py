"""Projects on the axes complexiteit and tijd."""

from __future__ import annotations

import math

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import kwartaal
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, regels, tekst

DOMEINEN = ("fysiek", "sociaal", "bedrijfsvoering")
SYMBOOL = {"fysiek": "circle", "sociaal": "diamond", "bedrijfsvoering": "square"}
KOLOMMEN = (
    kolom("activiteit", "Code"),
    kolom("titel", "Project"),
    kolom("opgave_titel", "Opgave"),
    kolom("domein", "Domein"),
    kolom("start_kwartaal", "Start", "kwartaal"),
    kolom("eind_kwartaal", "Eind", "kwartaal"),
    kolom("complexiteit", "Complexiteit", "score", "1 is helder, 5 is open; gemiddelde van de voorscheider"),
    kolom("werkwijze", "Advies werkwijze"),
    kolom("reden", "Waarom"),
    kolom("uren", "Uren", "uren"),
)
_NAMEN_IN_BEELD = 9
_SPREIDING = 0.085


def complexiteit_tijd(projecten: pd.DataFrame, middel: float) -> Figuur:
    """Every project at the middle of its period, a line for its length, size for its hours.

    Parameters
    ----------
    projecten : DataFrame, index activiteit; titel, opgave_titel, domein, start_kwartaal, eind_kwartaal,
        complexiteit (1-5), proces, werkwijze, reden, uren
    middel : complexiteit at which a maakproces becomes a zoekproces
    """
    volgorde = projecten.sort_values("complexiteit", ascending=False, kind="stable")
    rijen = records(volgorde, KOLOMMEN)
    beeld = volgorde.dropna(subset=["complexiteit", "start_kwartaal", "eind_kwartaal"])
    if projecten.empty:
        return leeg("Er zijn nog geen activiteiten gelezen. Lees een bestand met activiteiten in.", KOLOMMEN)
    if beeld.empty:
        return Figuur({}, "Van geen project zijn voorscheider en planning bekend.", KOLOMMEN, rijen, 0)
    return Figuur(_vlak(beeld, middel), _conclusie(projecten, beeld), KOLOMMEN, rijen, 620)


def _conclusie(projecten: pd.DataFrame, beeld: pd.DataFrame) -> str:
    zoek = beeld["proces"].eq("zoekproces")
    drukst = _drukste_kwartaal(beeld)
    zin = (
        f"{int(zoek.sum())} van de {len(beeld)} projecten zijn een zoekproces en vragen procesregie of ruimte; "
        f"{int((~zoek).sum())} kunnen als maakproces worden gestuurd. De meeste lopen in het "
        f"{notatie.kwartaal_voluit(drukst[0])}: {drukst[1]} tegelijk."
    )
    mist = len(projecten) - len(beeld)
    if mist:
        ontbreekt = notatie.aantal(mist, "project ontbreekt", "projecten ontbreken")
        zin += f" {ontbreekt} in het beeld: voorscheider of planning is niet ingevuld."
    return zin


def _drukste_kwartaal(beeld: pd.DataFrame) -> tuple[str, int]:
    tellingen: dict[str, int] = {}
    for begin, eind in zip(beeld["start_kwartaal"], beeld["eind_kwartaal"], strict=True):
        for k in kwartaal.reeks(begin, eind):
            tellingen[k] = tellingen.get(k, 0) + 1
    return max(tellingen.items(), key=lambda kv: (kv[1], kv[0]), default=(beeld["start_kwartaal"].iloc[0], 1))


def _spreid(x: pd.Series, y: pd.Series) -> pd.Series:
    """Points on one spot are put apart, always in the same way."""
    nummer = pd.Series(0, index=x.index).groupby([x.round(1), y.round(2)]).cumcount()
    stap = ((nummer + 1) // 2) * nummer.mod(2).replace({0: -1}) * _SPREIDING
    return (y + stap).clip(0.75, 5.25)


def _vlak(beeld: pd.DataFrame, middel: float) -> dict[str, object]:
    begin = beeld["start_kwartaal"].map(kwartaal.volgnummer).astype(float)
    eind = beeld["eind_kwartaal"].map(kwartaal.volgnummer).astype(float) + 1
    x = (begin + eind) / 2
    y = _spreid(x, beeld["complexiteit"])
    uren = beeld["uren"].fillna(0.0)
    maat = 9 + 25 * (uren / (uren.max() or 1)).map(math.sqrt)
    data = []
    for domein in [*DOMEINEN, *sorted(set(beeld["domein"].dropna()) - set(DOMEINEN))]:
        deel = beeld["domein"].eq(domein)
        if deel.any():
            data += _reeks(beeld[deel], domein, begin[deel], eind[deel], x[deel], y[deel], maat[deel])
    naamloos = beeld["domein"].isna()
    if naamloos.any():
        data += _reeks(beeld[naamloos], "zonder domein", begin[naamloos], eind[naamloos], x[naamloos],
                       y[naamloos], maat[naamloos])  # fmt: skip
    return {"data": data, "layout": _opmaak(beeld, begin, eind, x, y, maat, middel)}


def _reeks(deel, domein: str, begin, eind, x, y, maat) -> list[dict[str, object]]:
    kleur = f"token:{domein}" if domein in DOMEINEN else "token:lean"
    lijn_x = [w for b, e in zip(begin, eind, strict=True) for w in (b, e, None)]
    lijn_y = [w for h in y for w in (h, h, None)]
    zweef = [
        f"<b>{regels(r.titel, 48)}</b><br>{r.start_kwartaal} t/m {r.eind_kwartaal} · complexiteit "
        f"{notatie.getal(r.complexiteit, 1)} · {notatie.uren(r.uren)}<br>{regels(r.werkwijze or '')}"
        for r in deel.itertuples()
    ]
    return [
        {"type": "scatter", "mode": "lines", "x": lijn_x, "y": lijn_y, "hoverinfo": "skip", "showlegend": False,
         "legendgroup": domein, "opacity": 0.35, "line": {"color": kleur, "width": 3}},
        {"type": "scatter", "mode": "markers", "name": tekst(domein), "legendgroup": domein,
         "x": x.tolist(), "y": y.tolist(), "customdata": deel.index.tolist(), "text": zweef,
         "hovertemplate": "%{text}<extra></extra>",
         "marker": {"color": kleur, "size": maat.round(1).tolist(), "symbol": SYMBOOL.get(domein, "x"),
                    "opacity": 0.85, "line": {"width": 1, "color": "token:vlak"}}},
    ]  # fmt: skip


def _opmaak(beeld, begin, eind, x, y, maat, middel: float) -> dict[str, object]:
    eerste, laatste = int(begin.min()), int(eind.max())
    grens = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": middel, "y1": middel,
             "line": {"color": "token:gedempt", "width": 1, "dash": "dot"}}  # fmt: skip
    soort = {"xref": "paper", "x": 1, "xanchor": "right", "showarrow": False, "font": {"color": "token:gedempt"}}
    namen = _plaats_namen(beeld, x, y, maat)
    return {
        "xaxis": {
            "tickvals": [n + 0.5 for n in range(eerste, laatste)],
            "ticktext": [kwartaal.uit_volgnummer(n) for n in range(eerste, laatste)],
            "range": [eerste - 0.2, laatste + 0.2],
            "title": {"text": "Tijd"},
        },
        "yaxis": {
            "range": [0.6, 5.4],
            "tickvals": [1, 2, 3, 4, 5],
            "ticktext": ["1 helder", "2", "3", "4", "5 open"],
            "title": {"text": "Complexiteit"},
        },
        "shapes": [grens],
        "annotations": [
            soort | {"y": middel, "yanchor": "bottom", "text": "zoekproces ↑"},
            soort | {"y": middel, "yanchor": "top", "text": "maakproces ↓"},
            *namen,
        ],
    }


def _plaats_namen(beeld, x, y, maat) -> list[dict[str, object]]:
    """Names of the largest projects, as far as they do not stand on each other."""
    namen, bezet = [], []
    for a in beeld["uren"].fillna(0.0).sort_values(ascending=False, kind="stable").index:
        plek = float(x[a]), float(y[a])
        if all(abs(plek[0] - p[0]) > 1.7 or abs(plek[1] - p[1]) > 0.26 for p in bezet):
            bezet.append(plek)
            namen.append({"x": plek[0], "y": plek[1], "text": tekst(beeld["titel"][a], 26), "showarrow": False,
                          "yshift": float(maat[a]) / 2 + 11, "font": {"size": 14},
                          "bgcolor": "token:vlak", "opacity": 0.88, "borderpad": 1})  # fmt: skip
        if len(namen) == _NAMEN_IN_BEELD:
            break
    return namen
