"""Skills: what is asked where against who has it, and what every team has."""

from __future__ import annotations

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import deskundigheid
from opgavelib.weergave.belasting import TEKENS, raster
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, tekst

KOLOMMEN = (
    kolom("deskundigheid", "Deskundigheid"),
    kolom("team", "Gevraagd van"),
    kolom("teamleider", "Teamleider", bijzaak=True),
    kolom("kwartalen", "Wanneer"),
    kolom("gevraagd_uren", "Gevraagd", "uren"),
    kolom("stand", "Stand", "status", "Fout: het team kan dit niet, of niet zo veel"),
    kolom("wie", "Wie kan het", uitleg="Teams die deze deskundigheid in de formatie noemen"),
    kolom("reden", "Wat is er", breed=True),
)
HEEFT = (
    kolom("deskundigheid", "Deskundigheid"),
    kolom("teams", "Teams die dit kunnen", breed=True),
    kolom("fte", "Fte", "getal", "Bij elkaar, van de teams die een aantal noemen"),
)
_ERNST = {"fout": 2, "let op": 1, "goed": 0}
_KLEUR = {"fout": 1.0, "let op": 0.65, "goed": 0.35}  # of the scale of the load; what fits stays in the background
_RIJEN = 16  # of the chart; the table has them all


def deskundigheden(toets: pd.DataFrame) -> Figuur:
    """Heatmap of what is asked in skill per team and quarter, misfits on top.

    Parameters
    ----------
    toets : result of `domein.deskundigheid.toets`
    """
    if toets.empty:
        return leeg(
            "Er is nog nergens een deskundigheid gevraagd. Zet die bij een aanvraag op het tabblad Contractering, "
            "of in de kolom deskundigheid van de urenraming.",
            KOLOMMEN,
        )
    toets = toets.assign(_ernst=toets["stand"].map(_ERNST))
    per = toets.groupby(["team", "deskundigheid"], sort=False).agg(
        teamleider=("teamleider", "first"), gevraagd_uren=("gevraagd_uren", "sum"), _ernst=("_ernst", "max"),
        kwartalen=("kwartaal", lambda k: _kwartalen(sorted(k))),
    )  # fmt: skip
    # The reason of the worst quarter, and of those the one that asks most.
    ergste = toets.sort_values(["_ernst", "gevraagd_uren"], ascending=False, kind="stable")
    ergste = ergste.drop_duplicates(["team", "deskundigheid"]).set_index(["team", "deskundigheid"])
    per = per.join(ergste[["stand", "reden", "wie_wel"]])
    per["wie"] = [", ".join(w) or "geen enkel team" for w in per.pop("wie_wel")]
    per = per.sort_values(["_ernst", "gevraagd_uren"], ascending=False, kind="stable")
    rijen = records(per, KOLOMMEN)
    for rij in rijen:
        rij["_klasse"] = "tekort" if rij["stand"] == "fout" else ""
    kop = per.head(_RIJEN)
    return Figuur(_raster(toets, kop), _zin(per), KOLOMMEN, rijen, 110 + 48 * len(kop), uitleg=_uitleg(per))


def wie_heeft(teams: pd.DataFrame) -> Figuur:
    """Which teams have which skill, as the formatie says; a table.

    Parameters
    ----------
    teams : table teams; deskundigheden as text
    """
    per: dict[str, dict[str, deskundigheid.Deskundigheid]] = {}
    for team, gegeven in teams["deskundigheden"].items():
        for sleutel, d in deskundigheid.lees(gegeven).items():
            per.setdefault(sleutel, {})[str(team)] = d
    if not per:
        return leeg(
            "Van geen enkel team staat in de formatie welke deskundigheden het heeft. Vul de kolom "
            "deskundigheden in, bijvoorbeeld: planner (2 fte); jurist 0,5.",
            HEEFT,
        )
    rijen = []
    for bij in per.values():
        fte = [d.fte for d in bij.values() if d.fte is not None]
        naam = next(iter(bij.values())).naam
        rijen.append({"deskundigheid": naam, "teams": ", ".join(bij), "fte": sum(fte) if fte else None})
    rijen.sort(key=lambda r: r["deskundigheid"].casefold())
    enig = sum(len(bij) == 1 for bij in per.values())
    aantal = notatie.aantal(len(per), "deskundigheid", "deskundigheden")
    zin = f"De teams noemen samen {aantal}"
    zin += f"; {enig} daarvan {'zit' if enig == 1 else 'zitten'} bij maar één team." if enig else "."
    zonder = all(r["fte"] is None for r in rijen)
    return Figuur({}, zin, HEEFT[:2] if zonder else HEEFT, rijen, 0)


def _raster(toets: pd.DataFrame, kop: pd.DataFrame) -> dict[str, object]:
    kwartalen = sorted(toets["kwartaal"].unique())
    cel = toets.set_index(["team", "deskundigheid", "kwartaal"])
    uren, stand = (cel[k].unstack("kwartaal").reindex(index=kop.index, columns=kwartalen)
                   for k in ("gevraagd_uren", "stand"))  # fmt: skip
    z = stand.apply(lambda kolom_: kolom_.map(_KLEUR)).astype(float)
    paren = [list(zip(u, s, strict=True)) for u, s in zip(uren.to_numpy(), stand.to_numpy(), strict=True)]
    cellen = [["" if pd.isna(u) else f"{TEKENS[s]}{notatie.getal(u)}" for u, s in rij] for rij in paren]
    zweef = [
        [
            f"{tekst(d)} van {tekst(t)}, {notatie.kwartaal_voluit(k)}: "
            + ("niet gevraagd" if pd.isna(u) else f"{notatie.uren(u)} gevraagd")
            for k, (u, _) in zip(kwartalen, rij, strict=True)
        ]
        for (t, d), rij in zip(kop.index, paren, strict=True)
    ]
    namen = [f"{tekst(d, 30)}<br><i>{tekst(t, 30)}</i>" for t, d in kop.index]
    return raster(z, cellen, zweef, namen, zmin=0, zmax=1, hoverongaps=False)


def _kwartalen(reeks: list[str]) -> str:
    return reeks[0] if len(reeks) == 1 else f"{reeks[0]} t/m {reeks[-1]}"


def _zin(per: pd.DataFrame) -> str:
    mis = per[per["stand"] == "fout"]
    if mis.empty:
        rest = int((per["stand"] == "let op").sum())
        zin = "Elk team heeft de deskundigheden die ervan worden gevraagd."
        return zin if not rest else f"Geen deskundigheid ontbreekt voor zover bekend; let op bij {rest}."
    (team, naam), uren = mis.index[0], float(mis["gevraagd_uren"].iloc[0])
    zin = f"Van team {team} wordt {notatie.uren(uren)} {naam} gevraagd, en dat past niet"
    if len(mis) > 1:
        zin += f"; in totaal passen {len(mis)} van de {len(per)} gevraagde deskundigheden niet"
    return zin + "."


def _uitleg(per: pd.DataFrame) -> str:
    uitleg = (
        "In elk vak staan de gevraagde uren. ■ het team heeft de deskundigheid niet of niet genoeg; "
        "▲ bijna vol, of onbekend."
    )
    if len(per) > _RIJEN:
        uitleg += f" Het beeld toont de eerste {_RIJEN}; de tabel heeft ze alle {len(per)}."
    return uitleg
