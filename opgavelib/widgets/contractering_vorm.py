"""What the screen for contractering sends to its view, and reads from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import deskundigheid, kwartaal
from opgavelib.domein.verdringing import ORDE, Gevolg
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing.contractantwoord import PER_KWARTAAL
from opgavelib.toepassing.contractering import ORGANISATIE, Contractering
from opgavelib.toepassing.contractgeschiedenis import geschiedenis, herkomst

_MEER_KWARTALEN = 4  # hours can be asked in quarters after the last in which anybody asks now
_HOOGSTENS = 8  # what is pushed out, by name; the rest as a number
Rij = dict[str, Any]


def rijen(c: Contractering) -> list[Rij]:
    """Every request as the list shows it."""
    return [
        {
            "id": a, "activiteit": r.activiteit, "titel": _tekst(r.titel) or r.activiteit, "opgave": _opgave(r),
            "team": r.team, "leider": _tekst(r.teamleider), "deskundigheid": r.deskundigheid,
            "begin": r.begin, "eind": r.eind, "gevraagd": r.gevraagd_uren, "toegezegd": r.toegezegd_uren,
            "open": r.open_uren, "staat": r.staat, "wacht": bool(r.onbeantwoord_uren + r.opnieuw_uren > 0),
            "let_op": r.let_op, "op_scherm": bool(r.op_scherm), "wie": r.wie or "",
            "moment": notatie.moment(r.moment) if r.moment is not None else "", "reden": r.reden or "",
        }
        for a, r in zip(c.overzicht.index, c.overzicht.itertuples(), strict=True)
    ]  # fmt: skip


def _opgave(r: Any) -> str:
    return f"{r.opgave} {_tekst(r.opgave_titel)}".strip() if _tekst(r.opgave) else ORGANISATIE


def _tekst(x: object) -> str:
    return x if isinstance(x, str) else ""


def teams(c: Contractering) -> list[Rij]:
    """Teams to choose from, with their teamleider and how many requests wait."""
    wacht, leiders = c.per_team["te_beantwoorden"].to_dict(), c.stand.tabel("teams")["teamleider"].to_dict()
    return [{"waarde": n, "leider": _tekst(leiders.get(n)), "wacht": int(wacht.get(n, 0))} for n in c.teams]


def keuzes(c: Contractering) -> Rij:
    """What can be chosen when asking for hours."""
    titels, kwartalen = c.stand.tabel("activiteiten")["titel"], c.stand.werk.kwartalen
    later = [kwartaal.uit_volgnummer(kwartaal.volgnummer(kwartalen[-1]) + i + 1) for i in range(_MEER_KWARTALEN)]
    vak = c.stand.tabel("teams")["deskundigheden"]
    return {
        "activiteiten": [{"waarde": a, "label": f"{a} {_tekst(n)}".strip()} for a, n in titels.items()],
        "kwartalen": [*kwartalen, *later],
        "mist": _mist(c),
        "deskundigheden": {t: [d.naam for d in deskundigheid.lees(w).values()] for t, w in vak.items()},
    }


def _mist(c: Contractering) -> str:
    """What must be read before hours can be asked; empty is nothing."""
    stand = c.stand
    delen = [("de opgaven en activiteiten", "activiteiten"), ("de formatie met de teams", "teams")]
    mist = [naam for naam, tabel in delen if stand.tabel(tabel).empty and not (tabel == "teams" and c.teams)]
    return f"Lees eerst {' en '.join(mist)} in bij Inlezen. Daarna kunt u hier uren vragen." if mist else ""


def detail(c: Contractering, aanvragen: Sequence[str]) -> Rij:
    """The quarters of what is chosen; of one request also its rows, its source and its history."""
    k = c.kwartalen(aanvragen)
    groepen = k.groupby(["team", "kwartaal"], sort=True)
    uit: Rij = {"kwartalen": [_kwartaal(team, kw, deel) for (team, kw), deel in groepen]}
    uit |= {"stappen": [], "bron": [], "vak": []}
    if len(aanvragen) == 1:
        uit["vak"] = c.vakkennis(aanvragen[0])
        uit["bron"] = herkomst(c, aanvragen[0])
        uit["stappen"] = [
            {"kop": s.kop, "wie": s.wie, "moment": notatie.moment(s.moment), "reden": s.reden}
            for s in geschiedenis(c, aanvragen[0])
        ]
    return uit


def _kwartaal(team: str, kw: str, deel: pd.DataFrame) -> Rij:
    verschoven = [w for w in deel["kwartaal_gevraagd"].unique() if w != kw]
    return {
        "team": team, "kwartaal": kw, "gevraagd": float(deel["gevraagd_uren"].sum()),
        "toegezegd": float(deel["toegezegd_uren"].sum()), "ruimte": float(deel["ruimte_uren"].iloc[0]),
        "vrij": float(deel["vrij_uren"].iloc[0]), "afgewezen": bool((deel["status"] == "afgewezen").all()),
        "was": ", ".join(verschoven), "rijen": list(deel.index),
    }  # fmt: skip


def gevolg(c: Contractering, g: Gevolg) -> Rij:
    """What an answer would do, in sentences."""
    titels = c.stand.tabel("activiteiten")["titel"]
    v = g.verdrongen
    samen = v.groupby(["activiteit", "toegezegd"], sort=False).agg(
        uren=("uren", "sum"), van=("kwartaal", "min"), tot=("kwartaal", "max")
    )
    regels = [
        {
            "wat": f"{a} {_tekst(titels.get(a))}".strip(),
            "hoe": "was toegezegd" if toegezegd else "gevraagd",
            "uren": notatie.uren(r.uren),
            "wanneer": r.van if r.van == r.tot else f"{r.van} t/m {r.tot}",
        }
        for (a, toegezegd), r in zip(samen.index, samen.itertuples(), strict=True)
    ]
    k = g.kwartalen
    na = [{"team": t, "kwartaal": kw, "na": r.na_uren, "vrij": r.vrij_uren} for (t, kw), r in k.iterrows()]
    return {
        "past": g.past, "zin": g.toelichting, "regels": regels[:_HOOGSTENS],
        "meer": max(0, len(regels) - _HOOGSTENS), "orde": ORDE if regels else "", "na": na,
    }  # fmt: skip


def uren(tekst: object, wat: str = "Het aantal uren") -> float:
    """Hours as a person types them.

    Raises
    ------
    BesluitFout : cannot be read, or below 0
    """
    if isinstance(tekst, int | float) and not isinstance(tekst, bool):
        getal = float(tekst)
    else:
        # The gate comes in only when somebody types: a page's kernel stays small without it.
        from opgavelib.inlezen.getallen import Onleesbaar, lees_getal

        try:
            gelezen = lees_getal(str(tekst or "").strip()[:30], "uren")[0]
        except Onleesbaar:
            gelezen = None
        if gelezen is None:
            raise BesluitFout(f"{wat} is niet te lezen. Vul een getal in, bijvoorbeeld 60.")
        getal = float(gelezen)
    if getal < 0:
        raise BesluitFout(f"{wat} is 0 of meer.")
    return getal


def lees_uren(c: Contractering, bericht: Mapping[str, Any]) -> float | dict[str, float] | None:
    """The hours of an answer: a total, or hours by row of one request; None when none are needed.

    A quarter in which the request has several rows is spread over those by what they ask.
    """
    if "uren" in bericht:
        return uren(bericht["uren"])
    if bericht.get("wat") != PER_KWARTAAL or not isinstance(bericht.get("kwartalen"), Mapping):
        return None
    from opgavelib.domein.contractering import verdeel

    uit: dict[str, float] = {}
    eigen = c.rijen[c.rijen["aanvraag"] == next(iter(bericht["ids"]), "")]
    for kw, deel in eigen.groupby("kwartaal"):
        if kw in bericht["kwartalen"]:
            try:
                uit |= verdeel(uren(bericht["kwartalen"][kw]), deel["gevraagd_uren"].to_dict())
            except BesluitFout as fout:
                raise BesluitFout(f"{kw}: {fout}") from None
    return uit
