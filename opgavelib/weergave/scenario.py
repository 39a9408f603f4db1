"""Scenarios side by side: euros per year, hours per teamleider, coverage per collegelid, and every ambitie."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.vraagstuk import Status
from opgavelib.weergave.figuur import Figuur, kolom, leeg, tekst

# In the order of comparing; the first is what the others are compared with. Not those of the domeinen.
KLEUREN = ("token:lean", "token:primair", "token:letop")
TOTAAL = "totaal"
_NIETS = "Geen van deze scenario's heeft een shortlist; er is hier niets te vergelijken."
MLN = 1_000_000
_KRAP_UREN = 0.5
_GELIJK_DEEL = 0.005


_VINDT = (str(Status.OPTIMAAL), str(Status.GEVONDEN))


def _namen(samen: pd.DataFrame) -> dict[str, str]:
    return {c: notatie.kort(t, 44) for c, t in samen["titel"].items()}


def _met_shortlist(samen: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The scenarios that have a shortlist, and a sentence on those that have none; they are in no table."""
    heeft = samen["status"].isin(_VINDT)
    zonder = [f"'{t}'" for t in samen.loc[~heeft, "titel"]]
    if not zonder:
        return samen, ""
    wie, doet = (
        " en ".join(zonder),
        "heeft geen shortlist en staat" if len(zonder) == 1 else "hebben geen shortlist en staan",
    )
    return samen[heeft], f" {wie} {doet} hier daarom niet bij."


def _kleuren(alle: pd.DataFrame) -> dict[str, str]:
    """A scenario keeps its colour, also where another one is left out."""
    return dict(zip(alle.index, KLEUREN, strict=False))


def euros(tabel: pd.DataFrame, samen: pd.DataFrame) -> Figuur:
    """Bars per year and scenario, with the budget of a year as a line where there is one.

    Parameters
    ----------
    tabel : DataFrame, index (scenario, jaar); gevraagd_eur, grens_eur
    samen : DataFrame, index scenario, the first is compared with; titel
    """
    kleur, (samen, zonder) = _kleuren(samen), _met_shortlist(samen)
    if samen.empty:
        return leeg(_NIETS)
    namen = _namen(samen)
    per_jaar = tabel[tabel.index.get_level_values("jaar") != TOTAAL]
    breed = tabel["gevraagd_eur"].unstack("scenario")[list(samen.index)]
    kolommen = (kolom("jaar", "Jaar"), *[kolom(f"eur_{c}", n, "euro") for c, n in namen.items()])
    rijen = [
        {"jaar": "Hele looptijd" if jaar == TOTAAL else jaar, **{f"eur_{c}": r[c] for c in samen.index}}
        for jaar, r in breed.iterrows()
    ]
    if per_jaar["gevraagd_eur"].sum() == 0:
        return Figuur({}, f"Van wat op de shortlist staat, is geen budget bekend.{zonder}", kolommen, rijen)
    data = []
    for c, naam in namen.items():
        deel = per_jaar.xs(c)
        data.append({
            "type": "bar", "name": tekst(naam), "x": deel.index.tolist(),
            "y": (deel["gevraagd_eur"] / MLN).tolist(),
            "marker": {"color": kleur[c]}, "text": [_mln(e) for e in deel["gevraagd_eur"]],
            "textposition": "outside", "cliponaxis": False, "textfont": {"size": 14},
            "hovertext": [f"{tekst(naam)}, {j}: {notatie.euro(e)}" for j, e in deel["gevraagd_eur"].items()],
            "hovertemplate": "%{hovertext}<extra></extra>",
        })  # fmt: skip
        grens = deel["grens_eur"].dropna()
        if len(grens):
            data.append({
                "type": "scatter", "mode": "markers", "name": f"budget {tekst(naam)}", "x": grens.index.tolist(),
                "y": (grens / MLN).tolist(), "marker": {"symbol": "line-ew-open", "size": 36, "color": kleur[c],
                                                "line": {"width": 3}},
                "hovertext": [f"budget in {j}: {notatie.euro(g)}" for j, g in grens.items()],
                "hovertemplate": "%{hovertext}<extra></extra>",
            })  # fmt: skip
    layout = {
        "barmode": "group", "bargap": 0.3, "xaxis": {"type": "category"},
        "yaxis": {"title": {"text": "miljoen euro"}, "rangemode": "tozero"},
        "legend": {"orientation": "h", "y": -0.16, "yanchor": "top"}, "margin": {"t": 24},
    }  # fmt: skip
    return Figuur({"data": data, "layout": layout}, _zin_euros(breed, samen) + zonder, kolommen, rijen, 340)


def _mln(eur: float) -> str:
    return notatie.getal(eur / MLN, 1) if eur >= 0.05 * MLN else ""


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
    """Hours per teamleider and year: asked in every scenario and what is left then, the busiest on top.

    Parameters
    ----------
    tabel : DataFrame, index (scenario, team, jaar); teamleider, ruimte_uren, gevraagd_uren, over_uren
    samen : as in `euros`
    """
    samen, zonder = _met_shortlist(samen)
    if samen.empty:
        return leeg(_NIETS)
    namen = _namen(samen)
    kolommen = (
        kolom("team", "Team"), kolom("teamleider", "Teamleider"), kolom("jaar", "Jaar"),
        *[k for c, n in namen.items() for k in (
            kolom(f"uren_{c}", f"{n}: gevraagd", "uren", "Uren die de shortlist van dit team vraagt"),
            kolom(f"over_{c}", "over", "uren", f"Uren die het team in {n} overhoudt; onder nul komt het tekort"))],
    )  # fmt: skip
    if tabel.empty:
        return leeg("Er zijn nog geen teams gelezen. Lees een bestand met teams en formatie in.", kolommen)
    t = tabel.reset_index()
    vraagt = t.groupby(["team", "jaar"])["gevraagd_uren"].transform("max") > _KRAP_UREN
    t = t[vraagt].assign(deel=lambda x: x["gevraagd_uren"] / x["ruimte_uren"].where(x["ruimte_uren"] > 0))
    # Asked without any room at all is the worst there is.
    t["deel"] = t["deel"].mask(t["deel"].isna() & (t["gevraagd_uren"] > 0), float("inf")).fillna(0.0)
    volgorde = t.groupby(["team", "jaar"])["deel"].max().sort_values(ascending=False, kind="stable").index
    per = dict(t.set_index(["team", "jaar", "scenario"]).iterrows())
    rijen = []
    for team, jaar in volgorde:
        deel = {c: per[team, jaar, c] for c in namen if (team, jaar, c) in per}
        rij: dict[str, object] = {"team": team, "jaar": jaar, "teamleider": next(iter(deel.values()))["teamleider"]}
        for c, r in deel.items():
            rij |= {f"uren_{c}": _heel(r["gevraagd_uren"]), f"over_{c}": _heel(r["over_uren"])}
        rij["_klasse"] = "tekort" if any(r["over_uren"] < -_KRAP_UREN for r in deel.values()) else ""
        rijen.append(rij)
    return Figuur({}, _zin_teams(t, samen) + zonder, kolommen, rijen)


def _heel(uren: float) -> float:
    """Whole hours: less than half an hour over or short is nothing."""
    return round(float(uren)) + 0.0


def _zin_teams(t: pd.DataFrame, samen: pd.DataFrame) -> str:
    if t.empty:
        return "De shortlist vraagt van geen enkel team uren."
    r = t.loc[t["deel"].idxmax()]
    wie = r["team"] + (f" ({r['teamleider']})" if isinstance(r["teamleider"], str) else "")
    hier = t[(t["team"] == r["team"]) & (t["jaar"] == r["jaar"])].set_index("scenario")["deel"]
    rest = [f"{_deel(hier[c])} in {samen.loc[c, 'titel']}" for c in samen.index if c in hier and c != r["scenario"]]
    tegen = f", tegen {' en '.join(rest)}" if rest else ""
    waar = f"in {samen.loc[r['scenario'], 'titel']}{tegen}"
    if len(hier) > 1 and hier.max() - hier.min() < _GELIJK_DEEL:
        waar = "in elk scenario"
    return f"Het drukst is {wie} in {r['jaar']}: {_deel(r['deel'])} van de ruimte {waar}."


def _deel(deel: float) -> str:
    return notatie.procent(deel, 0) if deel < float("inf") else "meer dan er is"


def collegeleden(tabel: pd.DataFrame, samen: pd.DataFrame) -> Figuur:
    """Bars per collegelid and scenario: how much of what they asked for is on the shortlist.

    Parameters
    ----------
    tabel : DataFrame, index (scenario, collegelid); gevraagd_in, top5_in, top5_van
    samen : as in `euros`
    """
    kleur, (samen, zonder) = _kleuren(samen), _met_shortlist(samen)
    if samen.empty:
        return leeg(_NIETS)
    namen = _namen(samen)
    uitleg = "Ambities op de shortlist die dit collegelid vroeg, en hoeveel van de eigen top-5"
    kolommen = (
        kolom("collegelid", "Collegelid"),
        *[kolom(f"in_{c}", n, "tekst", uitleg) for c, n in namen.items()],
    )
    if tabel.empty:
        return leeg("Bij geen ambitie staat een collegelid; lees de top-5 en het coalitieakkoord in.", kolommen)
    erin = tabel["gevraagd_in"].unstack("scenario")[list(samen.index)]
    erin = erin.sort_values(samen.index[0], ascending=False, kind="stable")
    rijen = []
    for lid in erin.index:
        rij: dict[str, object] = {"collegelid": lid}
        for c in namen:
            r = tabel.loc[(c, lid)]
            top5 = f", top-5: {r['top5_in']:.0f} van {r['top5_van']:.0f}" if r["top5_van"] else ""
            rij[f"in_{c}"] = f"{r['gevraagd_in']:.0f}{top5}".replace(" ", "\u00a0")
        rijen.append(rij)
    data = [
        {"type": "bar", "orientation": "h", "name": tekst(n), "y": [tekst(x, 26) for x in erin.index],
         "x": erin[c].tolist(), "marker": {"color": kleur[c]}, "text": [f"{x:.0f}" for x in erin[c]],
         "textposition": "outside", "cliponaxis": False, "textfont": {"size": 14},
         "hovertext": [f"{tekst(lid)}, {tekst(n)}: {x:.0f} op de shortlist" for lid, x in erin[c].items()],
         "hovertemplate": "%{hovertext}<extra></extra>"}
        for c, n in namen.items()
    ]  # fmt: skip
    layout = {
        "barmode": "group", "bargap": 0.3, "yaxis": {"autorange": "reversed", "showgrid": False},
        "xaxis": {"title": {"text": "ambities op de shortlist die dit collegelid vroeg"}, "rangemode": "tozero",
                  "dtick": max(1, round(float(erin.max().max()) / 6))},
        "legend": {"orientation": "h", "y": -0.2, "yanchor": "top", "traceorder": "normal"}, "margin": {"t": 8},
    }  # fmt: skip
    hoogte = 130 + (14 + 20 * len(namen)) * len(erin)
    return Figuur({"data": data, "layout": layout}, _zin_leden(erin, samen) + zonder, kolommen, rijen, hoogte)


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


def ambities(items: pd.DataFrame, samen: pd.DataFrame, trekkingen: Mapping[str, tuple[int, int]]) -> Figuur:
    """Every ambitie on a shortlist: when it begins in each scenario, and how often it is in when estimates are off.

    Parameters
    ----------
    items : DataFrame, index (item, scenario); titel, gekozen, start_kwartaal, kans
    samen : as in `euros`; aantal, stevig
    trekkingen : scenario -> draws behind its chances, and those of them with a shortlist
    """
    samen, zonder = _met_shortlist(samen)
    if samen.empty:
        return leeg(_NIETS)
    namen = _namen(samen)
    uitleg = "Wanneer het begint, en in welk deel van de trekkingen het op de beste shortlist staat"
    kolommen = (
        kolom("item", "Code"), kolom("titel", "Ambitie", breed=True),
        *[kolom(f"in_{c}", n, "tekst", uitleg) for c, n in namen.items()],
    )  # fmt: skip
    per: dict[str, dict[str, object]] = {}
    for (item, c), r in items.iterrows():
        rij = per.setdefault(item, {"item": item, "titel": r["titel"]})
        kans = f", {notatie.procent(r['kans'], 0)}" if c in trekkingen and not pd.isna(r["kans"]) else ""
        # No break inside a cell this short.
        rij[f"in_{c}"] = f"{r['start_kwartaal'] if r['gekozen'] else 'niet'}{kans}".replace(" ", "\u00a0")
    return Figuur({}, _zin_kans(samen, trekkingen) + zonder, kolommen, list(per.values()))


def _zin_kans(samen: pd.DataFrame, trekkingen: Mapping[str, tuple[int, int]]) -> str:
    delen, krap = [], []
    for c, r in samen.iterrows():
        if c not in trekkingen or pd.isna(r["stevig"]):
            continue
        n, gelukt = trekkingen[c]
        delen.append(f"{r['stevig']:.0f} van de {r['aantal']:.0f} in {r['titel']}")
        if gelukt < n:
            krap.append(f"In {n - gelukt} van de {n} trekkingen past in {r['titel']} geen enkele shortlist.")
    if not delen:
        return "De kans wordt berekend zodra de shortlists er zijn."
    zin = f"Vrijwel zeker, in minstens 90% van de trekkingen, staan er {', '.join(delen)}."
    return " ".join([zin, *krap])
