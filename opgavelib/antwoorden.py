"""Answers of the command line: per question a JSON value (design §6) and the same as lines of text."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from opgavelib import notatie

if TYPE_CHECKING:
    import pandas as pd

    from opgavelib.toepassing import Stand

Antwoord = tuple[object, list[str]]
MATEN = (
    "lean_eur", "opgave_eur", "onbekend_eur", "opgave_aandeel_eur",
    "lean_uren", "opgave_uren", "opgave_aandeel_uren", "reden",
)  # fmt: skip
UREN = ("beschikbaar_uren", "lean_uren", "gevraagd_uren", "toegezegd_uren", "saldo_uren")


def _waarde(naam: str, waarde: object) -> object:
    """A value for JSON: rounded once, here; missing is null."""
    if hasattr(waarde, "item"):
        waarde = waarde.item()
    if waarde is None or (isinstance(waarde, float) and math.isnan(waarde)):
        return None
    if isinstance(waarde, float):
        if naam.endswith("_eur") and "aandeel" not in naam:
            return round(waarde)
        return round(waarde, 4 if "aandeel" in naam else 2)
    return waarde


def _record(rij: dict, velden: Iterable[str]) -> dict:
    return {v: _waarde(v, rij.get(v)) for v in velden}


def _records(tabel: pd.DataFrame, velden: Sequence[str]) -> list[dict]:
    return [_record(rij, velden) for rij in tabel.reset_index().to_dict("records")]


def _kolommen(rijen: Sequence[Sequence[str]], rechts: Sequence[bool]) -> list[str]:
    """Plain text columns, padded; numbers to the right."""
    breedtes = [max(len(r[i]) for r in rijen) for i in range(len(rechts))]
    return [
        "  ".join(
            cel.rjust(b) if r else cel.ljust(b) for cel, b, r in zip(rij, breedtes, rechts, strict=True)
        ).rstrip()
        for rij in rijen
    ]


def shortlist(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Ranking, cut-off line, and why the rest is out."""
    uitkomst = stand.shortlist(opgaven=args.opgaven, budget_eur=args.budget)
    tabel = uitkomst.tabel.reset_index()
    rang = _records(uitkomst.tabel, ("ambitie", "titel", "score", "rang", "gekozen", "reden"))
    for r in rang:
        r["rang"] = None if r["rang"] is None else int(r["rang"])
    document = {"rang": rang, "toelichting": uitkomst.toelichting, "parameters": uitkomst.parameters}
    kop = ("", "Rang", "Score", "Ambitie", "Titel", "Waarom")
    regels = [
        ("●" if r.gekozen else "", "–" if math.isnan(r.rang) else str(int(r.rang)),
         "–" if math.isnan(r.score) else notatie.getal(r.score, 1, vast=True),
         r.ambitie, notatie.kort(r.titel), r.reden)
        for r in tabel.itertuples()
    ]  # fmt: skip
    links_rechts = (False, True, True, False, False, False)
    return document, [uitkomst.toelichting, "", *_kolommen([kop, *regels], links_rechts)]


def overlap(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Pairs of rows that may say the same, best first."""
    from opgavelib.toepassing.overlap import overlap as zoek

    uitkomst = zoek(stand, met_beoordeelde=args.alles)
    titels = stand.ambities["titel"]
    regels = [uitkomst.toelichting, ""]
    for r in uitkomst.tabel.itertuples():
        regels += [
            f"{notatie.procent(r.score, 0)}  {r.a}  {notatie.kort(titels[r.a], 90)}",
            f"      {r.b}  {notatie.kort(titels[r.b], 90)}",
            f"      {r.reden}",
        ]
    # Six decimals: rounded further, pairs that differ would look equally sure.
    document = [
        {"a": r.a, "b": r.b, "score": round(float(r.score), 6), "reden": r.reden}
        for r in uitkomst.tabel.itertuples()
    ]
    return document, regels


def trace(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Where every source row went; --zoek narrows the list, the counts stay those of all rows."""
    from opgavelib.toepassing import spoor

    tabel = spoor.zoek(stand, args.zoek) if args.zoek else stand.ambities
    velden = (
        "ambitie",
        "bron",
        "blad",
        "rij",
        "titel",
        "bestemming",
        "naar",
        "reden",
        "wie",
        "tijdstip",
        "vervallen",
    )
    document = {
        "rijen": len(stand.ambities),
        "bestemming": dict(stand.spoor.aantallen),
        "ambities": _records(tabel, velden),
    }
    regels = [stand.spoor.toelichting]
    if args.zoek:
        regels.append(f"{notatie.aantal(len(tabel), 'rij', 'rijen')} met '{args.zoek}':")
        if len(tabel) == 1:
            return document, [*regels, "", *spoor.regels(spoor.weg(stand, tabel.index[0]))]
    for r in tabel.reset_index().to_dict("records"):
        doel = f" → {r['naar']}" if r["naar"] else ""
        regels.append(f"{r['ambitie']}  {notatie.kort(r['titel'], 80)}")
        plaats = f"rij {r['rij']:.0f}" if not r["vervallen"] else "staat niet meer in het bestand"
        regels.append(f"        {r['bestand']}, blad {r['blad']}, {plaats}: {r['bestemming']}{doel}")
        if r["reden"]:
            regels.append(f"        {r['wie']}, {r['tijdstip'][:10]}: {r['reden']}")
    return document, regels


def begroting(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Lean against opgave, in total, per domein and per teamleider, with the reconciliation."""
    uitkomst = stand.begroting
    document = {
        "totaal": _record(dict(uitkomst.totaal), (*MATEN, "buiten_norm_eur")),
        "domeinen": _records(uitkomst.domeinen, ("domein", *MATEN)),
        "teams": _records(uitkomst.teams, ("team", "teamleider", *MATEN)),
        "aansluiting": _records(
            uitkomst.aansluiting, ("regel", "verwacht_eur", "gevonden_eur", "verschil_eur", "akkoord")
        ),
        "toelichting": uitkomst.toelichting,
        "parameters": uitkomst.parameters,
    }
    kop = (
        "Team",
        "Teamleider",
        "Lean",
        "Opgave",
        "Onbekend",
        "Opgave €",
        "Lean uren",
        "Opgave uren",
        "Opgave uren %",
    )
    rijen = [
        (r.team, r.teamleider or "–", notatie.euro(r.lean_eur), notatie.euro(r.opgave_eur),
         notatie.euro(r.onbekend_eur), notatie.procent(r.opgave_aandeel_eur), notatie.uren(r.lean_uren),
         notatie.uren(r.opgave_uren), notatie.procent(r.opgave_aandeel_uren))
        for r in uitkomst.teams.reset_index().itertuples()
    ]  # fmt: skip
    regels = [uitkomst.toelichting, "", *_kolommen([kop, *rijen], (False, False, *[True] * 7)), ""]
    for r in uitkomst.aansluiting.itertuples():
        oordeel = {True: "● sluit aan", False: "■ sluit niet aan"}.get(r.akkoord, "het bestand noemt geen totaal")
        regels.append(
            f"{r.regel}: regels {notatie.euro(r.gevonden_eur)}, bestand {notatie.euro(r.verwacht_eur)}: {oordeel}"
        )
    return document, regels


def capaciteit(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Supply, lean, asked, promised and what is over, per team and quarter."""
    uitkomst = stand.capaciteit
    document = {
        "kwartalen": list(uitkomst.kwartalen),
        "teams": _records(uitkomst.tabel, ("team", "teamleider", "kwartaal", *UREN)),
        "toelichting": uitkomst.toelichting,
    }
    kop = ("Team", "Kwartaal", "Beschikbaar", "Lean", "Gevraagd", "Toegezegd", "Saldo")
    rijen = [
        (r.team, r.kwartaal, *(notatie.getal(getattr(r, u)) for u in UREN))
        for r in uitkomst.tabel.reset_index().itertuples()
    ]
    return document, [uitkomst.toelichting, "", *_kolommen([kop, *rijen], (False, False, *[True] * 5))]
