"""The best shortlist in time, what it leaves of every team, and what more or less capacity would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, regels, tekst

KLEUR = {"fysiek": "token:fysiek", "sociaal": "token:sociaal", "bedrijfsvoering": "token:bedrijfsvoering"}
# Other domeinen continue with Okabe-Ito; unknown is grey and says so in the legend.
OVERIG = ("#8a5a00", "#8f3f71", "#4b5a9c")
ZONDER = "domein onbekend"
KOLOMMEN_LIJST = (
    kolom("ambitie", "Code"),
    kolom("titel", "Ambitie", breed=True),
    kolom("score", "Score", "getal"),
    kolom("start_kwartaal", "Begin", "kwartaal"),
    kolom("eind_kwartaal", "Eind", "kwartaal"),
    kolom("wens_kwartaal", "Eigen wens", "kwartaal", bijzaak=True),
    kolom("team", "Team"),
    kolom("uren", "Uren", "uren"),
    kolom("budget_eur", "Budget", "euro"),
    kolom("reden", "Waarom"),
)
KOLOMMEN_RUIMTE = (
    kolom("team", "Team"),
    kolom("kwartaal", "Kwartaal", "kwartaal"),
    kolom("ruimte_uren", "Ruimte", "uren"),
    kolom("gebruikt_uren", "Voor de shortlist", "uren"),
    kolom("over_uren", "Over", "uren"),
)
KOLOMMEN_FRONT = (
    kolom("aandeel", "Ruimte", "aandeel"),
    kolom("aantal", "Ambities", "getal"),
    kolom("waarde", "Punten", "getal"),
    kolom("verschil", "Verschil met nu", "getal"),
    kolom("bovengrens", "Hoogstens", "getal", "Meer punten kunnen er niet zijn"),
)
# What a team has left in a quarter: from this many hours, its name, and the blue over the card, light or dark.
TREDEN = (
    (-np.inf, "vol", "rgba(0,114,178,0.6)"),
    (0.5, "minder dan 100 uur over", "rgba(0,114,178,0.34)"),
    (100.0, "100 tot 500 uur over", "rgba(0,114,178,0.14)"),
    (500.0, "meer over", "rgba(0,114,178,0.02)"),
)
NIETS = ("– had al niets over, ook zonder de shortlist", "rgba(128,128,128,0.35)")
_DIKTE = 0.8  # of a bar, where 1 is the distance between two rows
_HALF_UUR = 0.5  # hours; less is nothing
_NIETS_PUNTEN = 0.05
_IN_BEELD = 12  # quarters whose hours can still be read beside each other on a projector; the table has them all


def tijdlijn(gekozen: pd.DataFrame, kwartalen: Sequence[str], plan: int, conclusie: str) -> Figuur:
    """A bar per chosen item over its quarters, best on top, coloured by domein.

    Parameters
    ----------
    gekozen : `Keuze.gekozen`: titel, score, wens_kwartaal, start_kwartaal, eind_kwartaal, domein, vast, ...
    kwartalen : all quarters that are reckoned with; the first `plan` are the planperiode
    """
    if gekozen.empty:
        return leeg(conclusie, KOLOMMEN_LIJST)
    k = gekozen.reset_index(names="ambitie")
    plek = {kw: i for i, kw in enumerate(kwartalen)}
    k["van"], k["tot"] = k["start_kwartaal"].map(plek), k["eind_kwartaal"].map(plek) + 1
    k["wens"] = [min(plek.get(w, s), s) for w, s in zip(k["wens_kwartaal"], k["van"], strict=True)]
    k["plaats"] = range(1, len(k) + 1)
    k["merk"] = [{"wettelijk": "wettelijk", "in": "vast"}.get(v, "") for v in k["vast"]]
    k["zweef"] = [_zweef(r) for r in k.itertuples()]
    eind = int(max(k["tot"].max(), plan))
    figuur = {"data": [*_balken(k), *_uitgesteld(k)], "layout": _tijdas(k, kwartalen, plan, eind)}
    return Figuur(figuur, conclusie, KOLOMMEN_LIJST, records(gekozen.rename_axis("ambitie"), KOLOMMEN_LIJST),
                  136 + 28 * len(k))  # fmt: skip


def _zweef(r) -> str:
    wanneer = f"{notatie.kwartaal_voluit(r.start_kwartaal)} tot en met {notatie.kwartaal_voluit(r.eind_kwartaal)}"
    later = ""
    if r.wens < r.van:
        later = f"<br>{notatie.aantal(int(r.van - r.wens), 'kwartaal', 'kwartalen')} later dan de eigen wens"
    return f"{r.ambitie}: {regels(r.titel)}<br>{wanneer}{later}<br>{regels(r.reden)}"


def _balken(k: pd.DataFrame) -> list[dict[str, object]]:
    namen = [d for d in KLEUR if (k["domein"] == d).any()]
    namen += sorted(set(k["domein"]) - set(KLEUR) - {""})
    overig = iter(OVERIG * (1 + len(namen)))
    uit = []
    for domein in [*namen, *([""] if (k["domein"] == "").any() else [])]:
        deel = k[k["domein"] == domein]
        kleur = KLEUR.get(domein) or ("token:gedempt" if not domein else next(overig))
        wit = "#ffffff" if kleur.startswith("#") else "token:op-primair"
        uit.append({
            "type": "bar", "orientation": "h", "name": tekst(domein) or ZONDER, "base": deel["van"].tolist(),
            "x": (deel["tot"] - deel["van"]).tolist(), "y": deel["plaats"].tolist(),
            # Without it plotly takes the smallest distance within a domein, and its bars cover other rows.
            "width": [_DIKTE] * len(deel),
            "customdata": deel["ambitie"].tolist(), "hovertext": deel["zweef"].tolist(),
            "hovertemplate": "%{hovertext}<extra></extra>", "text": deel["merk"].tolist(),
            "textposition": "auto", "insidetextanchor": "start", "textangle": 0, "constraintext": "none",
            "insidetextfont": {"color": wit, "size": 14}, "outsidetextfont": {"color": "token:tekst", "size": 14},
            "cliponaxis": False, "marker": {"color": kleur},
        })  # fmt: skip
    return uit


def _uitgesteld(k: pd.DataFrame) -> list[dict[str, object]]:
    """From the own wish to the start, for what is postponed."""
    later = k[k["wens"] < k["van"]]
    if later.empty:
        return []
    x: list[float | None] = []
    y: list[float | None] = []
    for r in later.itertuples():
        x += [r.wens, r.van, None]
        y += [r.plaats, r.plaats, None]
    return [
        {"type": "scatter", "mode": "lines+markers", "name": "later dan gewenst", "x": x, "y": y,
         "line": {"color": "token:gedempt", "width": 2, "dash": "dot"}, "hoverinfo": "skip", "cliponaxis": False,
         "marker": {"symbol": "diamond-open", "size": [9 if i % 3 == 0 else 0 for i in range(len(x))],
                    "color": "token:gedempt", "line": {"width": 2}}}
    ]  # fmt: skip


def _tijdas(k: pd.DataFrame, kwartalen: Sequence[str], plan: int, eind: int) -> dict[str, object]:
    """Years as words and quarters as lines: sixteen names of quarters would not fit on a laptop."""
    jaren = [kw[:4] for kw in kwartalen[:eind]]
    midden = {j: jaren.index(j) + jaren.count(j) / 2 for j in dict.fromkeys(jaren)}
    lijnen = [
        {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": q, "x1": q, "layer": "below",
         "line": {"color": "token:lijn" if q == plan and eind > plan else "token:raster",
                  "width": 2 if q in (plan, eind) or jaren[q] != jaren[q - 1] else 1,
                  "dash": "dash" if q == plan and eind > plan else "solid"}}
        for q in range(eind + 1)
    ]  # fmt: skip
    na = {
        "yref": "paper", "x": plan, "y": 0, "xanchor": "left", "yanchor": "top", "xshift": 4, "name": "klein",
        "text": "na de planperiode", "showarrow": False, "font": {"color": "token:gedempt", "size": 14},
    }  # fmt: skip
    return {
        "barmode": "overlay", "shapes": lijnen, "annotations": [na] if eind > plan else [],
        "xaxis": {"side": "top", "range": [-0.35, eind + 0.1], "tickvals": list(midden.values()), "tickangle": 0,
                  "ticktext": list(midden), "showgrid": False, "zeroline": False},
        "yaxis": {"tickvals": k["plaats"].tolist(), "range": [len(k) + 0.6, 0.4], "showgrid": False,
                  "ticktext": [tekst(f"{a} {t}", 38) for a, t in zip(k["ambitie"], k["titel"], strict=True)]},
        "legend": {"traceorder": "normal", "x": 0, "xref": "container", "y": 0,
                   "yref": "container", "yanchor": "bottom"},
        "margin": {"b": 72},
    }  # fmt: skip


def ruimte_over(
    teams: Sequence[str], kwartalen: Sequence[str], ruimte_uren: np.ndarray, gebruikt_uren: np.ndarray
) -> Figuur:
    """Heatmap teams x kwartalen with the hours that are left; on top who has least left where the shortlist asks.

    Parameters
    ----------
    ruimte_uren, gebruikt_uren : arrays (teams x kwartalen); inf is no limit
    """
    if not len(teams):
        return leeg("Er zijn nog geen teams gelezen. Lees een bestand met teams en formatie in.", KOLOMMEN_RUIMTE)
    over = ruimte_uren - gebruikt_uren
    gevraagd = gebruikt_uren > 0
    krap = np.where(gevraagd, over, np.inf).min(axis=1, initial=np.inf)
    volgorde = sorted(range(len(teams)), key=lambda t: (krap[t], over[t].min(initial=np.inf)))
    cellen = sorted(((t, q) for t in volgorde for q in range(len(kwartalen))),
                    key=lambda c: (not gevraagd[c], over[c]))  # fmt: skip
    rijen = [
        {"team": teams[t], "kwartaal": kwartalen[q], "ruimte_uren": ruimte_uren[t, q],
         "gebruikt_uren": gebruikt_uren[t, q], "over_uren": over[t, q]}
        for t, q in cellen
    ]  # fmt: skip
    beeld = kwartalen[:_IN_BEELD]
    figuur = _warmte(teams, beeld, volgorde, ruimte_uren, over)
    zin = _krapst(teams, kwartalen, ruimte_uren, over, gevraagd)
    if len(kwartalen) > len(beeld):
        zin += f" De tabel gaat verder, tot en met {kwartalen[-1]}."
    return Figuur(figuur, zin, KOLOMMEN_RUIMTE, rijen, 116 + 36 * len(teams))


def _warmte(
    teams: Sequence[str], beeld: Sequence[str], volgorde: Sequence[int], ruimte: np.ndarray, over: np.ndarray
) -> dict[str, object]:
    """Cells by what is left, with a legend."""
    cel = [[_cel(ruimte[t, q], over[t, q]) for q in range(len(beeld))] for t in volgorde]
    zweef = [
        [f"{tekst(teams[t])}, {notatie.kwartaal_voluit(kw)}: {notatie.uren(over[t, q])} over van de "
         f"{notatie.uren(ruimte[t, q])}" for q, kw in enumerate(beeld)]
        for t in volgorde
    ]  # fmt: skip
    namen = [(naam, kleur) for _, naam, kleur in TREDEN] + [NIETS]
    trede = [[_trede(ruimte[t, q], over[t, q]) for q in range(len(beeld))] for t in volgorde]
    schaal = [
        [grens, kleur] for i, (_, kleur) in enumerate(namen) for grens in (i / len(namen), (i + 1) / len(namen))
    ]
    uitleg = [
        {"type": "scatter", "mode": "markers", "name": naam, "x": [None], "y": [None], "hoverinfo": "skip",
         "marker": {"symbol": "square", "size": 16, "color": kleur, "line": {"width": 1, "color": "token:lijn"}}}
        for i, (naam, kleur) in enumerate(namen) if any(i in rij for rij in trede)
    ]  # fmt: skip
    return {
        "data": [
            {"type": "heatmap", "z": trede, "x": list(beeld),
             "y": list(range(len(teams))), "text": cel, "texttemplate": "%{text}", "customdata": zweef,
             "hovertemplate": "%{customdata}<extra></extra>", "colorscale": schaal, "zmin": -0.5,
             "zmax": len(namen) - 0.5, "showscale": False, "showlegend": False, "xgap": 2, "ygap": 2,
             "textfont": {"size": 14, "color": "token:tekst"}},
            *uitleg,
        ],
        "layout": {
            "xaxis": {"side": "top", "type": "category", "showgrid": False, "zeroline": False},
            "yaxis": {"tickvals": list(range(len(teams))), "ticktext": [tekst(teams[t], 30) for t in volgorde],
                      "range": [len(teams) - 0.5, -0.5], "showgrid": False, "zeroline": False},
            "showlegend": True, "margin": {"t": 40, "b": 56},
            "legend": {"traceorder": "normal", "itemclick": False, "itemdoubleclick": False, "x": 0,
                       "xref": "container", "y": 0, "yref": "container", "yanchor": "bottom"},
        },
    }  # fmt: skip


def _trede(ruimte: float, over: float) -> int:
    if ruimte < _HALF_UUR and over > -_HALF_UUR:
        return len(TREDEN)
    return max(i for i, (vanaf, *_) in enumerate(TREDEN) if over >= vanaf)


def _cel(ruimte: float, over: float) -> str:
    if ruimte < _HALF_UUR and over > -_HALF_UUR:
        return "–"
    return "vol" if over < _HALF_UUR else notatie.getal(float(over))


def _krapst(teams, kwartalen, ruimte: np.ndarray, over: np.ndarray, gevraagd: np.ndarray) -> str:
    """About the quarters in which the shortlist asks hours; what a team did not have to begin with besides."""
    zonder = (ruimte < _HALF_UUR) & ~gevraagd
    leeg_al = [f"{teams[t]} in {notatie.aantal(int(zonder[t].sum()), 'kwartaal', 'kwartalen')}"
               for t in np.flatnonzero(zonder.any(axis=1))]  # fmt: skip
    rest = f" en nog {len(leeg_al) - 3}" if len(leeg_al) > 3 else ""
    al = f" Ook zonder de shortlist al niets over: {', '.join(leeg_al[:3])}{rest}." if leeg_al else ""
    if not gevraagd.any():
        return f"De shortlist vraagt van geen enkel team uren.{al}"
    if (vol := gevraagd & (over < _HALF_UUR)).any():
        namen = [teams[t] for t in np.flatnonzero(vol.any(axis=1))]
        wie = f"{', '.join(namen[:3])}{' en andere' if len(namen) > 3 else ''}"
        keer = notatie.aantal(int(vol.sum()), "kwartaal", "kwartalen")
        return f"Helemaal vol door de shortlist: {wie}, samen in {keer}.{al}"
    t, q = np.unravel_index(int(np.where(gevraagd, over, np.inf).argmin()), over.shape)
    return (
        f"De shortlist maakt geen team vol. Waar zij uren vraagt, houdt {teams[t]} het minst over: "
        f"{notatie.uren(float(over[t, q]))} in het {notatie.kwartaal_voluit(kwartalen[q])}.{al}"
    )


def front(punten: Sequence[Mapping[str, float | None]], soort: str, klaar: bool) -> Figuur:
    """Value against capacity, as far as it is known.

    Parameters
    ----------
    punten : dicts factor (1 is as it is now), waarde and bovengrens (None: nothing fits), aantal
    soort : ``uren`` or ``budget``
    klaar : no more points will come
    """
    wat = {"uren": "uren", "budget": "budget"}[soort]
    if not punten:
        return leeg("", KOLOMMEN_FRONT)
    reeks = sorted(punten, key=lambda p: p["factor"])
    nu = next((p["waarde"] for p in reeks if abs(p["factor"] - 1) < 1e-9), None)
    rijen = [
        {"aandeel": p["factor"], "aantal": None, "waarde": "geen shortlist", "bovengrens": None, "verschil": None}
        if p["waarde"] is None else
        {"aandeel": p["factor"], "aantal": p["aantal"], "waarde": _punten(p["waarde"]),
         "bovengrens": _punten(p["bovengrens"]), "verschil": None if nu is None else _met_teken(p["waarde"] - nu)}
        for p in reeks
    ]  # fmt: skip
    return Figuur(_lijn(reeks, wat), _frontzin(reeks, nu, wat, klaar), KOLOMMEN_FRONT, rijen, 360)


def _punten(waarde: float) -> str:
    """Whole points, as everywhere; a difference of less than one keeps a decimal, so that it is not nothing."""
    return notatie.getal(waarde, 0 if abs(waarde) >= 0.95 else 1)


def _met_teken(verschil: float) -> str:
    if abs(verschil) < _NIETS_PUNTEN:
        return "gelijk"
    return f"{'+' if verschil > 0 else '−'} {_punten(abs(verschil))}"


def _lijn(reeks: Sequence[Mapping], wat: str) -> dict[str, object]:
    ok = [p for p in reeks if p["waarde"] is not None]
    x = [round(p["factor"] * 100) for p in ok]
    zweef = [
        f"Bij {i}%: {notatie.getal(p['waarde'])} punten met {notatie.aantal(p['aantal'], 'ambitie', 'ambities')}"
        for i, p in zip(x, ok, strict=True)
    ]
    data = [
        {"type": "scatter", "mode": "lines+markers", "name": "beste shortlist", "x": x,
         "y": [p["waarde"] for p in ok], "customdata": zweef, "hovertemplate": "%{customdata}<extra></extra>",
         "line": {"color": "token:primair", "width": 3},
         "marker": {"size": [14 if i == 100 else 8 for i in x], "color": "token:primair"}}
    ]  # fmt: skip
    if any(p["bovengrens"] - p["waarde"] > 0.5 for p in ok):
        data.append({"type": "scatter", "mode": "lines", "name": "kan hoogstens zijn", "x": x, "hoverinfo": "skip",
                     "y": [p["bovengrens"] for p in ok],
                     "line": {"color": "token:gedempt", "width": 2, "dash": "dot"}})  # fmt: skip
    nu = next((p for p in ok if round(p["factor"] * 100) == 100), None)
    namen = [{"x": 100, "y": nu["waarde"], "text": f"nu: {notatie.getal(nu['waarde'])}", "showarrow": False,
              "yshift": -22, "font": {"size": 14}}] if nu else []  # fmt: skip
    return {
        "data": data,
        "layout": {
            "xaxis": {"title": {"text": f"Beschikbare {wat}, in % van nu" if wat == "uren" else
                                "Beschikbaar budget, in % van nu"}, "range": [45, 155], "ticksuffix": "%"},
            "yaxis": {"title": {"text": "Waarde (punten)"}, "range": _bereik(ok), "tickformat": ",.0f"},
            "annotations": namen, "showlegend": len(data) > 1,
        },
    }  # fmt: skip


def _bereik(ok: Sequence[Mapping]) -> list[float] | None:
    """Never so narrow that a tenth of a point looks like a mountain."""
    if not ok:
        return None
    laag, hoog = min(p["waarde"] for p in ok), max(p["bovengrens"] for p in ok)
    rand = max((hoog - laag) * 0.15, hoog * 0.03, 1.0)
    return [laag - rand, hoog + rand]


def _frontzin(reeks: Sequence[Mapping], nu: float | None, wat: str, klaar: bool) -> str:
    if not klaar or nu is None:
        past = "" if nu is not None or not klaar else " Met wat er nu is, past geen enkele shortlist."
        return f"{notatie.aantal(len(reeks), 'punt', 'punten')} berekend.{past}"
    waarde = {round(p["factor"], 2): p["waarde"] for p in reeks}
    if all(w is not None and abs(w - nu) < _NIETS_PUNTEN for w in waarde.values()):
        van, tot = (notatie.procent(reeks[i]["factor"], 0) for i in (0, -1))
        lidwoord = "De uren begrenzen" if wat == "uren" else "Het budget begrenst"
        return f"{lidwoord} deze shortlist niet: van {van} tot {tot} blijft zij {notatie.getal(nu)} punten waard."
    delen = []
    for factor, woord in ((1.1, "meer"), (0.9, "minder")):
        if (w := waarde.get(factor)) is None:
            if factor in waarde:
                delen.append(f"met 10% {woord} {wat} past er geen enkele shortlist")
            continue
        verschil = w - nu
        hoeveel, erbij = _punten(abs(verschil)), verschil > 0
        een = "," in hoeveel or hoeveel == "1"
        werkwoord = ("komt" if een else "komen") if erbij else ("gaat" if een else "gaan")
        gevolg = "verandert er niets" if abs(verschil) < _NIETS_PUNTEN else (
            f"{werkwoord} er {hoeveel} {'punt' if een else 'punten'} {'bij' if erbij else 'af'}"
        )  # fmt: skip
        delen.append(f"met 10% {woord} {wat} {gevolg}")
    zin = "; ".join(delen)
    return f"{zin[:1].upper()}{zin[1:]}." if zin else f"{len(reeks)} punten berekend."
