"""Scenarios side by side: euros per year, hours per teamleider, coverage per collegelid, and every ambitie."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from opgavelib import notatie
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, tekst

# In the order of comparing; the first is what the others are compared with. Not those of the domeinen.
KLEUREN = ("token:lean", "token:primair", "token:letop")
TOTAAL = "totaal"
_KRAP_UREN = 0.5


def _namen(samen: pd.DataFrame) -> dict[str, str]:
    return {c: notatie.kort(t, 28) for c, t in samen["titel"].items()}


def euros(tabel: pd.DataFrame, samen: pd.DataFrame) -> Figuur:
    """Bars per year and scenario, with the budget of a year as a line where there is one.

    Parameters
    ----------
    tabel : DataFrame, index (scenario, jaar); gevraagd_eur, grens_eur
    samen : DataFrame, index scenario, the first is compared with; titel
    """
    namen = _namen(samen)
    per_jaar = tabel[tabel.index.get_level_values("jaar") != TOTAAL]
    breed = tabel["gevraagd_eur"].unstack("scenario")[list(samen.index)]
    kolommen = (kolom("jaar", "Jaar"), *[kolom(f"eur_{c}", n, "euro") for c, n in namen.items()])
    rijen = [
        {"jaar": "Hele looptijd" if jaar == TOTAAL else jaar, **{f"eur_{c}": r[c] for c in samen.index}}
        for jaar, r in breed.iterrows()
    ]
    if per_jaar["gevraagd_eur"].sum() == 0:
        return Figuur({}, "Van wat op de shortlist staat, is geen budget bekend.", kolommen, rijen)
    data = []
    for i, (c, naam) in enumerate(namen.items()):
        deel = per_jaar.xs(c)
        data.append({
            "type": "bar", "name": tekst(naam), "x": deel.index.tolist(), "y": deel["gevraagd_eur"].tolist(),
            "marker": {"color": KLEUREN[i]}, "text": [_mln(e) for e in deel["gevraagd_eur"]],
            "textposition": "outside", "cliponaxis": False, "textfont": {"size": 14},
            "hovertext": [f"{tekst(naam)}, {j}: {notatie.euro(e)}" for j, e in deel["gevraagd_eur"].items()],
            "hovertemplate": "%{hovertext}<extra></extra>",
        })  # fmt: skip
        grens = deel["grens_eur"].dropna()
        if len(grens):
            data.append({
                "type": "scatter", "mode": "markers", "name": f"budget {tekst(naam)}", "x": grens.index.tolist(),
                "y": grens.tolist(), "marker": {"symbol": "line-ew-open", "size": 36, "color": KLEUREN[i],
                                                "line": {"width": 3}},
                "hovertext": [f"budget in {j}: {notatie.euro(g)}" for j, g in grens.items()],
                "hovertemplate": "%{hovertext}<extra></extra>",
            })  # fmt: skip
    layout = {
        "barmode": "group", "bargap": 0.3, "xaxis": {"type": "category"},
        "yaxis": {"title": {"text": "euro"}, "rangemode": "tozero", "tickformat": "~s"},
        "legend": {"orientation": "h", "y": -0.16, "yanchor": "top"}, "margin": {"t": 24},
    }  # fmt: skip
    return Figuur({"data": data, "layout": layout}, _zin_euros(breed, samen), kolommen, rijen, 340)


def _mln(eur: float) -> str:
    return f"{notatie.getal(eur / 1e6, 1)} mln" if eur >= 50_000 else ""


def _zin_euros(breed: pd.DataFrame, samen: pd.DataFrame) -> str:
    eerste, *rest = samen.index
    basis = samen.loc[eerste, "titel"]
    if not rest:
        return f"{basis} vraagt {notatie.euro_kort(breed.loc[TOTAAL, eerste])} over de hele looptijd."
    zinnen = []
    for c in rest:
        verschil = breed.loc[TOTAAL, c] - breed.loc[TOTAAL, eerste]
        wat = "evenveel als" if abs(verschil) < 1 else f"{notatie.euro_kort(abs(verschil))} {_meer(verschil)} dan"
        zin = f"{samen.loc[c, 'titel']} vraagt over de hele looptijd {wat} {basis}"
        jaren = (breed[c] - breed[eerste]).drop(TOTAAL)
        if abs(verschil) >= 1 and len(jaren):
            jaar = jaren.abs().idxmax()
            zin += (
                f", het meeste verschil is er in {jaar}: {notatie.euro_kort(abs(jaren[jaar]))} {_meer(jaren[jaar])}"
            )
        zinnen.append(f"{zin}.")
    return " ".join(zinnen)


def _meer(verschil: float) -> str:
    return "meer" if verschil > 0 else "minder"


def teams(tabel: pd.DataFrame, samen: pd.DataFrame) -> Figuur:
    """Hours per teamleider and year: asked and left in every scenario, the least left on top.

    Parameters
    ----------
    tabel : DataFrame, index (scenario, team, jaar); teamleider, ruimte_uren, gevraagd_uren, over_uren
    samen : as in `euros`
    """
    namen = _namen(samen)
    kolommen = [kolom("team", "Team"), kolom("teamleider", "Teamleider", bijzaak=True), kolom("jaar", "Jaar")]
    for c, n in namen.items():
        kolommen += [kolom(f"gevraagd_{c}", f"{n}: gevraagd", "uren"), kolom(f"over_{c}", f"{n}: over", "uren")]
    if tabel.empty:
        return leeg("Er zijn nog geen teams gelezen. Lees een bestand met teams en formatie in.", kolommen)
    t = tabel.reset_index()
    vraagt = t.groupby(["team", "jaar"])["gevraagd_uren"].transform("max") > 0
    geen_ruimte = t.groupby(["team", "jaar"])["ruimte_uren"].transform("min") < _KRAP_UREN
    t = t[vraagt | geen_ruimte]
    t["deel"] = t["gevraagd_uren"] / t["ruimte_uren"].where(t["ruimte_uren"] > 0)
    volgorde = t.groupby(["team", "jaar"])["deel"].max().sort_values(ascending=False, na_position="first").index
    per = t.set_index(["team", "jaar", "scenario"])
    rijen = []
    for team, jaar in volgorde:
        rij: dict[str, object] = {"team": team, "jaar": jaar}
        for c in namen:
            r = per.loc[(team, jaar, c)] if (team, jaar, c) in per.index else None
            rij |= {f"gevraagd_{c}": None if r is None else r["gevraagd_uren"],
                    f"over_{c}": None if r is None else r["over_uren"]}  # fmt: skip
            if r is not None:
                rij["teamleider"] = r["teamleider"]
                if r["over_uren"] < -_KRAP_UREN:
                    rij["_klasse"] = "tekort"
        rijen.append(rij)
    return Figuur({}, _zin_teams(t, samen), tuple(kolommen), rijen)


def _zin_teams(t: pd.DataFrame, samen: pd.DataFrame) -> str:
    if t.empty:
        return "De shortlist vraagt van geen enkel team uren."
    zinnen = []
    for c, titel in samen["titel"].items():
        deel = t[(t["scenario"] == c) & (t["gevraagd_uren"] > 0)]
        if deel.empty:
            continue
        # Asked without any room at all is the worst there is.
        r = deel.loc[deel["deel"].fillna(float("inf")).idxmax()]
        wie = r["team"] + (f" ({r['teamleider']})" if isinstance(r["teamleider"], str) else "")
        stand = "over" if r["over_uren"] >= -_KRAP_UREN else "tekort"
        zinnen.append(
            f"In {titel} is {wie} in {r['jaar']} het drukst: {notatie.procent(r['deel'], 0)} van de ruimte, "
            f"{notatie.uren(abs(r['over_uren']))} {stand}."
        )
    return " ".join(zinnen)


def collegeleden(tabel: pd.DataFrame, samen: pd.DataFrame) -> Figuur:
    """Bars per collegelid and scenario: how much of what they asked for is on the shortlist.

    Parameters
    ----------
    tabel : DataFrame, index (scenario, collegelid); gevraagd_in, top5_in, top5_van
    samen : as in `euros`
    """
    namen = _namen(samen)
    kolommen = [kolom("collegelid", "Collegelid")]
    for c, n in namen.items():
        kolommen += [kolom(f"in_{c}", f"{n}: op de shortlist", "getal"), kolom(f"top5_{c}", f"{n}: van de top-5")]
    if tabel.empty:
        return leeg("Bij geen ambitie staat een collegelid; lees de top-5 en het coalitieakkoord in.", kolommen)
    erin = tabel["gevraagd_in"].unstack("scenario")[list(samen.index)]
    erin = erin.sort_values(samen.index[0], ascending=False, kind="stable")
    rijen = []
    for lid in erin.index:
        rij: dict[str, object] = {"collegelid": lid}
        for c in namen:
            r = tabel.loc[(c, lid)]
            top5 = f"{r['top5_in']:.0f} van {r['top5_van']:.0f}" if r["top5_van"] else None
            rij |= {f"in_{c}": int(r["gevraagd_in"]), f"top5_{c}": top5}
        rijen.append(rij)
    data = [
        {"type": "bar", "orientation": "h", "name": tekst(n), "y": [tekst(x, 26) for x in erin.index],
         "x": erin[c].tolist(), "marker": {"color": KLEUREN[i]}, "text": [f"{x:.0f}" for x in erin[c]],
         "textposition": "outside", "cliponaxis": False, "textfont": {"size": 14},
         "hovertext": [f"{tekst(lid)}, {tekst(n)}: {x:.0f} op de shortlist" for lid, x in erin[c].items()],
         "hovertemplate": "%{hovertext}<extra></extra>"}
        for i, (c, n) in enumerate(namen.items())
    ]  # fmt: skip
    layout = {
        "barmode": "group", "bargap": 0.3, "yaxis": {"autorange": "reversed", "showgrid": False},
        "xaxis": {"title": {"text": "ambities op de shortlist die dit collegelid vroeg"}, "rangemode": "tozero",
                  "dtick": max(1, round(float(erin.max().max()) / 6))},
        "legend": {"orientation": "h", "y": -0.2, "yanchor": "top", "traceorder": "normal"}, "margin": {"t": 8},
    }  # fmt: skip
    hoogte = 130 + (14 + 20 * len(namen)) * len(erin)
    return Figuur({"data": data, "layout": layout}, _zin_leden(erin, samen), tuple(kolommen), rijen, hoogte)


def _zin_leden(erin: pd.DataFrame, samen: pd.DataFrame) -> str:
    eerste, *rest = samen.index
    zinnen = []
    for c in rest:
        verschil = (erin[c] - erin[eerste])[lambda x: x != 0].sort_values()
        delen = [f"{lid} {abs(n):.0f} {_meer(n)}" for lid, n in verschil.items()]
        wat = (
            f"krijgt {', '.join(delen)} op de shortlist"
            if delen
            else "verandert er voor geen enkel collegelid iets"
        )
        zinnen.append(f"In {samen.loc[c, 'titel']} {wat}.")
    if zinnen:
        return " ".join(zinnen)
    meest = erin[eerste].idxmax()
    return f"Van {meest} staan de meeste ambities op de shortlist: {erin.loc[meest, eerste]:.0f}."


def ambities(items: pd.DataFrame, samen: pd.DataFrame, trekkingen: Mapping[str, int]) -> Figuur:
    """Every ambitie on a shortlist: when it begins in each scenario, and how often it is in when estimates are off.

    Parameters
    ----------
    items : DataFrame, index (item, scenario); titel, gekozen, start_kwartaal, kans
    samen : as in `euros`; aantal, stevig
    trekkingen : scenario -> number of draws behind its chances
    """
    namen = _namen(samen)
    kolommen = [kolom("item", "Code"), kolom("titel", "Ambitie", breed=True)]
    for c, n in namen.items():
        kolommen.append(kolom(f"start_{c}", f"{n}: begint", "kwartaal"))
        if c in trekkingen:
            kolommen.append(kolom(f"kans_{c}", f"{n}: kans", "aandeel", f"Deel van {trekkingen[c]} trekkingen"))
    t = items.reset_index()
    breed = {w: t.pivot(index="item", columns="scenario", values=w) for w in ("start_kwartaal", "kans")}
    tabel = t.drop_duplicates("item").set_index("item")[["titel"]]
    for c in namen:
        start = breed["start_kwartaal"][c].reindex(tabel.index)
        tabel[f"start_{c}"] = pd.Series(
            [x if isinstance(x, str) else None for x in start], tabel.index, dtype=object
        )
        if c in trekkingen:
            tabel[f"kans_{c}"] = breed["kans"][c].reindex(tabel.index)
    return Figuur({}, _zin_kans(samen, trekkingen), tuple(kolommen), records(tabel, kolommen))


def _zin_kans(samen: pd.DataFrame, trekkingen: Mapping[str, int]) -> str:
    zinnen = [
        f"In {r['titel']} staan {r['stevig']:.0f} van de {r['aantal']:.0f} ambities in minstens 90% van de "
        f"{trekkingen[c]} trekkingen op de beste shortlist."
        for c, r in samen.iterrows()
        if c in trekkingen and not pd.isna(r["stevig"])
    ]
    if not zinnen:
        return "De kans wordt berekend zodra de shortlists er zijn."
    return " ".join([*zinnen, "Elke trekking neemt andere waarden en uren, zo ver als schattingen ernaast zitten."])
