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
    kolom("opgave_titel", "Opgave", bijzaak=True),
    kolom("domein", "Domein", bijzaak=True),
    kolom("start_kwartaal", "Start", "kwartaal", bijzaak=True),
    kolom("eind_kwartaal", "Eind", "kwartaal"),
    kolom("complexiteit", "Complexiteit", "score", "1 is helder, 5 is open; gemiddelde van de voorscheider"),
    kolom("werkwijze", "Advies werkwijze"),
    kolom("reden", "Waarom", breed=True),
    kolom("uren", "Uren", "uren", bijzaak=True),
)
_NAMEN_IN_BEELD = 16
_NAAST = 5


def complexiteit_tijd(projecten: pd.DataFrame, middel: float, tijd: str = "eind_kwartaal") -> Figuur:
    """Every project in the quarter in which it ends (or starts), size for its hours.

    Parameters
    ----------
    projecten : DataFrame, index activiteit; titel, opgave_titel, domein, start_kwartaal, eind_kwartaal,
        complexiteit (1-5), proces, werkwijze, reden, uren
    middel : complexiteit at which a maakproces becomes a zoekproces
    tijd : ``eind_kwartaal`` or ``start_kwartaal``: what the axis tijd shows
    """
    volgorde = projecten.sort_values("complexiteit", ascending=False, kind="stable")
    rijen = records(volgorde, KOLOMMEN)
    beeld = volgorde.dropna(subset=["complexiteit", "start_kwartaal", "eind_kwartaal"])
    if projecten.empty:
        return leeg("Er zijn nog geen activiteiten gelezen. Lees een bestand met activiteiten in.", KOLOMMEN)
    if beeld.empty:
        return Figuur({}, "Van geen project zijn voorscheider en planning bekend.", KOLOMMEN, rijen, 0)
    return Figuur(_vlak(beeld, middel, tijd), _conclusie(projecten, beeld), KOLOMMEN, rijen, 660)


def _conclusie(projecten: pd.DataFrame, beeld: pd.DataFrame) -> str:
    zoek = beeld["proces"].eq("zoekproces")
    drukst = _drukste_kwartaal(beeld)
    zin = (
        f"{int(zoek.sum())} van de {len(beeld)} projecten zijn een zoekproces; "
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


def _spreid(kolom_: pd.Series, y: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Put points of one quarter and complexiteit side by side, always in the same way.

    At most `_NAAST` stand side by side within their quarter; more go in a row just above.
    """
    groep = pd.DataFrame({"k": kolom_, "y": y.round(2)}).groupby(["k", "y"])
    nummer = groep.cumcount()
    rij, plaats = nummer // _NAAST, nummer % _NAAST
    in_rij = groep["k"].transform("size") - rij * _NAAST
    breed = in_rij.clip(upper=_NAAST)
    stap = 0.8 / breed.clip(lower=3)
    return kolom_ + 0.5 + (plaats - (breed - 1) / 2) * stap, (y + rij * 0.13).clip(0.75, 5.25)


def _vlak(beeld: pd.DataFrame, middel: float, tijd: str) -> dict[str, object]:
    beeld = beeld.sort_values("uren", ascending=False, kind="stable")
    x, y = _spreid(beeld[tijd].map(kwartaal.volgnummer), beeld["complexiteit"])
    uren = beeld["uren"].fillna(0.0)
    maat = 10 + 18 * (uren / (uren.max() or 1)).map(math.sqrt)
    domein = beeld["domein"].astype(object).where(beeld["domein"].notna(), "zonder domein")
    reeksen = [*DOMEINEN, *sorted(set(domein) - set(DOMEINEN))]
    data = [
        _reeks(beeld[domein == d], d, x[domein == d], y[domein == d], maat[domein == d])
        for d in reeksen
        if (domein == d).any()
    ]
    return {"data": data, "layout": _opmaak(beeld, x, y, maat, middel, tijd)}


def _reeks(deel, domein: str, x, y, maat) -> dict[str, object]:
    zweef = [
        f"<b>{regels(r.titel, 48)}</b><br>{r.start_kwartaal} t/m {r.eind_kwartaal} · complexiteit "
        f"{notatie.getal(r.complexiteit, 1)} · {notatie.uren(r.uren)}<br>{regels(r.werkwijze or '')}"
        for r in deel.itertuples()
    ]
    return {
        "type": "scatter", "mode": "markers", "name": tekst(domein), "x": x.round(3).tolist(),
        "y": y.round(3).tolist(), "customdata": deel.index.tolist(), "text": zweef,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": f"token:{domein}" if domein in DOMEINEN else "token:lean",
                   "size": maat.round(1).tolist(), "symbol": SYMBOOL.get(domein, "x"), "opacity": 0.85,
                   "line": {"width": 1.5, "color": "token:vlak"}},
    }  # fmt: skip


def _opmaak(beeld, x, y, maat, middel: float, tijd: str) -> dict[str, object]:
    eerste, laatste = math.floor(x.min()), math.floor(x.max()) + 1
    grens = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": middel, "y1": middel,
             "line": {"color": "token:gedempt", "width": 1.5, "dash": "dot"}}  # fmt: skip
    as_titel = "Kwartaal waarin het klaar is" if tijd == "eind_kwartaal" else "Kwartaal van de start"
    soort = {"xref": "paper", "x": 0, "xanchor": "left", "showarrow": False, "font": {"color": "token:gedempt"}}
    return {
        "xaxis": {
            "tickvals": [n + 0.5 for n in range(eerste, laatste)],
            "ticktext": [kwartaal.uit_volgnummer(n) for n in range(eerste, laatste)],
            "range": [eerste - 0.15, laatste + 0.15],
            "showgrid": False,
            "title": {"text": as_titel},
        },
        "yaxis": {
            "range": [0.6, 5.4],
            "tickvals": [1, 2, 3, 4, 5],
            "ticktext": ["1 helder", "2", "3", "4", "5 open"],
            "title": {"text": "Complexiteit"},
        },
        "shapes": [grens, *({"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": n, "x1": n, "layer": "below",
                             "line": {"color": "token:raster", "width": 1}} for n in range(eerste, laatste + 1))],
        "annotations": [
            soort | {"y": middel, "yanchor": "bottom", "text": "zoekproces ↑"},
            soort | {"y": middel, "yanchor": "top", "text": "maakproces ↓"},
            *_plaats_namen(beeld, x, y, maat),
        ],
    }  # fmt: skip


def _plaats_namen(beeld, x, y, maat) -> list[dict[str, object]]:
    """Names beside the largest projects, only where they cover neither a point nor another name.

    Reckoned in pixels of a chart on a laptop; on a wider one there is only more room. First the names that
    have room in the large type of a projector, then those that fit only in ordinary type (``klein``).
    """
    breed, hoog = 1180 / max(x.max() - x.min() + 1, 1), 500 / 4.8
    bezet = [_vak(px * breed, py * hoog, m, m) for px, py, m in zip(x, y, maat, strict=True)]
    rand = math.floor(x.min()) * breed, (math.floor(x.max()) + 1) * breed
    namen: dict[int, dict[str, object]] = {}
    for naam, letter, regel in (("groot", 12.0, 26.0), ("klein", 8.4, 19.0)):
        for i, a in enumerate(beeld.index):
            if i in namen or len(namen) == _NAMEN_IN_BEELD:
                continue
            opschrift = tekst(beeld["titel"][a], 28)
            plek = _vrije_plek(i, letter * len(opschrift) + 4, regel, bezet, len(x), rand)
            if plek:
                bezet.append(plek[0])
                punt = {"x": float(x[a]), "y": float(y[a]), "text": opschrift, "showarrow": False, "name": naam}
                namen[i] = punt | plek[1]
    return list(namen.values())


def _vrije_plek(i: int, lengte: float, regel: float, bezet: list, punten: int, rand: tuple[float, float]):
    """First of right, above, below that is free: (box, how Plotly puts a text there), or None."""
    links, onder, rechts, boven = bezet[i]
    mx, my, straal = (links + rechts) / 2, (onder + boven) / 2, (rechts - links) / 2
    keuzes = (
        ((rechts + 4, my - regel / 2, rechts + 4 + lengte, my + regel / 2),
         {"xanchor": "left", "xshift": straal + 4}),
        (_vak(mx, boven + regel / 2, lengte, regel), {"yanchor": "bottom", "yshift": straal}),
        (_vak(mx, onder - regel / 2, lengte, regel), {"yanchor": "top", "yshift": -straal}),
    )  # fmt: skip
    anderen = [v for j, v in enumerate(bezet) if j != i or j >= punten]
    for plek, hoe in keuzes:
        if rand[0] <= plek[0] and plek[2] <= rand[1] and not any(_raakt(plek, v) for v in anderen):
            return plek, hoe
    return None


def _vak(mx: float, my: float, breed: float, hoog: float) -> tuple[float, float, float, float]:
    return mx - breed / 2, my - hoog / 2, mx + breed / 2, my + hoog / 2


def _raakt(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
