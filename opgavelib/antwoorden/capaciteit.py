"""Hours: supply, what is asked and promised, and what is asked in skill."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.antwoorden.vorm import Antwoord, kolommen, record, records

if TYPE_CHECKING:
    import pandas as pd

    from opgavelib.toepassing import Stand

UREN = (
    "beschikbaar_uren", "lean_uren", "gevraagd_uren", "toegezegd_uren", "saldo_uren", "formatie_uren",
    "vacature_uren", "verzuim_uren", "inhuur_uren", "ruimte_uren", "niet_toegezegd_uren", "vrij_uren",
)  # fmt: skip
DESKUNDIGHEID = (
    "team", "teamleider", "deskundigheid", "kwartaal", "gevraagd_uren", "beschikbaar_uren", "heeft", "wie_wel",
    "stand", "reden",
)  # fmt: skip
_TOON = {
    "Beschikbaar": "beschikbaar_uren", "Lean": "lean_uren", "Gevraagd": "gevraagd_uren",
    "Toegezegd": "toegezegd_uren", "Saldo": "saldo_uren", "Vrij": "vrij_uren",
}  # fmt: skip


def capaciteit(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Supply, lean, asked, promised and what is over, per team and quarter; in a scenario with --scenario."""
    from opgavelib.toepassing.scenario import scenario as van_code

    s = van_code(stand, args.scenario or "basis")
    uitkomst = stand.werk.capaciteit_in(s)
    leiders = uitkomst.samen("teamleider")
    kennis = stand.werk.deskundigheden_in(s)
    document = {
        "kwartalen": list(uitkomst.kwartalen),
        "scenario": s.code,
        "teams": records(uitkomst.tabel, ("team", "teamleider", "kwartaal", *UREN, "stand")),
        "teamleiders": [
            r | {"teamleider": r["teamleider"] or None}
            for r in records(leiders, ("teamleider", *UREN, "tekort_uren", "tekorten", "stand"))
        ],
        "deskundigheden": [
            record(r, DESKUNDIGHEID) | {"wie_wel": list(r["wie_wel"])} for r in kennis.to_dict("records")
        ],
        "toelichting": uitkomst.toelichting,
        "parameters": dict(uitkomst.parameters),
    }
    regels = [f"Scenario {s.code}, {s.titel}.", ""] if args.scenario else []
    regels += [uitkomst.toelichting, "", *_teams(uitkomst.tabel), "", *_leiders(leiders)]
    return document, [*regels, *_kennis(kennis)]


def _teams(tabel: pd.DataFrame) -> list[str]:
    rijen = [
        (r["team"], r["kwartaal"], *(notatie.getal(r[u]) for u in _TOON.values()))
        for r in tabel.reset_index().to_dict("records")
    ]
    return kolommen([("Team", "Kwartaal", *_TOON), *rijen], (False, False, *[True] * len(_TOON)))


def _leiders(tabel: pd.DataFrame) -> list[str]:
    rijen = [
        (r["teamleider"] or "–", *(notatie.getal(r[u]) for u in _TOON.values()), notatie.getal(r["tekort_uren"]))
        for r in tabel.reset_index().to_dict("records")
    ]
    return kolommen([("Teamleider", *_TOON, "Tekort"), *rijen], (False, *[True] * (len(_TOON) + 1)))


def _kennis(tabel: pd.DataFrame) -> list[str]:
    """Per team and skill, once, with its busiest quarter: for every quarter the reason would read the same."""
    mis = tabel[tabel["stand"] != "goed"]
    if mis.empty:
        return []
    regels = ["", "Deskundigheid:"]
    for (team, naam), deel in mis.groupby(["team", "deskundigheid"], sort=False):
        k = list(deel["kwartaal"])
        wanneer = k[0] if len(k) == 1 else f"{k[0]} tot en met {k[-1]}"
        teken = "■" if (deel["stand"] == "fout").any() else "▲"
        uren = notatie.uren(float(deel["gevraagd_uren"].sum()))
        drukste = deel.loc[deel["gevraagd_uren"].idxmax()]
        regels.append(f"{teken} {team}, {naam}, {wanneer} ({uren}): {drukste['reden']}")
    return regels
