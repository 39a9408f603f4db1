"""Before and after a change of the work or a team: saldo per team and quarter."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from opgavelib import notatie
from opgavelib.weergave.belasting import STANDEN, TEKENS, kleur, met_teken, raster
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, tekst

KOLOMMEN = (
    kolom("team", "Team"),
    kolom("teamleider", "Teamleider"),
    kolom("kwartaal", "Kwartaal", "kwartaal"),
    kolom("gevraagd_was", "Gevraagd nu", "uren", bijzaak=True),
    kolom("gevraagd_wordt", "Gevraagd straks", "uren", bijzaak=True),
    kolom("saldo_was", "Over of tekort nu", "uren"),
    kolom("saldo_wordt", "Over of tekort straks", "uren"),
    kolom("verschil_uren", "Verschil", "uren", "Boven 0 komt er ruimte bij"),
    kolom("stand_wordt", "Stand straks", "status"),
)
_GELIJK_UREN = 0.5
LEGENDA = (
    "In elk vak: de uren over (+) of tekort (-), boven nu en onder straks. De kleur is die van straks, zoals bij "
    "Balans: blauw is ruimte, oranje is te veel gevraagd. ■ is een tekort, ▲ is bijna vol."
)
NIETS = "Kies wat er verandert; hier staat dan wat dat per team en kwartaal vrijgeeft en vraagt."


def wat_als(tabel: pd.DataFrame, toelichting: str, kerncijfers: Sequence[tuple[str, str]] = ()) -> Figuur:
    """Heatmap of the teams that notice it x quarters: saldo before and after, coloured as `belasting` by after.

    Parameters
    ----------
    tabel : `toepassing.wat_als.Verandering.tabel`
    toelichting : what changes, as a sentence
    kerncijfers : name and value, to read from afar
    """
    anders = tabel[tabel["verschil_uren"].abs() >= _GELIJK_UREN]
    if anders.empty:
        return leeg(toelichting or NIETS, KOLOMMEN)
    teams = anders["verschil_uren"].abs().groupby(level="team", sort=False).sum()
    teams = teams.sort_values(ascending=False, kind="stable").index
    k = list(tabel.index.unique("kwartaal"))
    ruimte = tabel["ruimte_wordt"].where(tabel["ruimte_wordt"] > 0)
    tabel = tabel.assign(_aandeel=tabel["gevraagd_wordt"] / ruimte)
    maten = ("verschil_uren", "saldo_was", "saldo_wordt", "stand_wordt")
    verschil, *rest = (tabel[m].unstack("kwartaal").loc[teams, k] for m in maten)
    delen = zip(*(t.to_numpy() for t in (verschil, *rest)), strict=True)
    cellen = [[_cel(*cel) for cel in zip(*rij, strict=True)] for rij in delen]
    zweef = [
        [f"{tekst(t)}, {notatie.kwartaal_voluit(kw)}: {_zweef(v)}" for kw, v in zip(k, rij, strict=True)]
        for t, rij in zip(teams, verschil.to_numpy(), strict=True)
    ]
    z, schaal = kleur(tabel["_aandeel"].unstack("kwartaal").loc[teams, k], rest[1])
    figuur = raster(z, cellen, zweef, [tekst(t, 34) for t in teams], **schaal)
    onder = records(anders.sort_values("saldo_wordt", kind="stable"), KOLOMMEN)
    for rij in onder:
        rij["_klasse"] = "tekort" if rij["stand_wordt"] == "fout" else ""
        rij["stand_wordt"] = STANDEN[rij["stand_wordt"]]
    hoogte = 110 + 72 * len(teams)
    return Figuur(figuur, toelichting, KOLOMMEN, onder, hoogte, kerncijfers=tuple(kerncijfers), uitleg=LEGENDA)


def _cel(verschil: float, was: float, wordt: float, stand: str) -> str:
    nu = f"{TEKENS[stand]}{met_teken(wordt)}"
    return nu if abs(verschil) < _GELIJK_UREN else f"{met_teken(was)}<br>{nu}"


def _zweef(verschil: float) -> str:
    if abs(verschil) < _GELIJK_UREN:
        return "verandert niet"
    return f"{notatie.uren(abs(verschil))} {'erbij' if verschil > 0 else 'eraf'}"
