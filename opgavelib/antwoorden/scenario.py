"""Scenarios: the list, some beside each other, and a decision computed again."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.antwoorden.vorm import Antwoord, datum, kolommen, records

if TYPE_CHECKING:
    from opgavelib.toepassing import Stand


def scenario(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """The scenarios; some beside each other; or a decision computed again."""
    if args.vergelijk:
        return _vergelijk(stand, args.vergelijk)
    return _herhaal(stand, args.herhaal) if args.herhaal else _lijst(stand)


def _lijst(stand: Stand) -> Antwoord:
    from opgavelib.toepassing.scenario import lijst

    tabel = lijst(stand)
    velden = ("scenario", "titel", "van", "veranderingen", "vastgesteld", "wie", "moment", "reden")
    rijen = records(tabel, velden)
    vast = sum(r["vastgesteld"] for r in rijen)
    hoeveel = notatie.aantal(len(rijen), "scenario", "scenario's")
    zin = f"{hoeveel}, waarvan {vast} vastgesteld."
    regels = [
        (r["scenario"], notatie.kort(r["titel"]), r["van"] or "", str(r["veranderingen"]),
         f"{r['wie']}, {datum(r['moment'])}: {r['reden']}" if r["vastgesteld"] else "")
        for r in rijen
    ]  # fmt: skip
    kop = ("Code", "Titel", "Van", "Veranderingen", "Vastgesteld")
    uit = kolommen([kop, *regels], (False, False, False, True, False))
    return {"scenarios": rijen, "toelichting": zin}, [zin, "", *uit]


def _vergelijk(stand: Stand, codes: Sequence[str]) -> Antwoord:
    from opgavelib.toepassing import scenario_besluit
    from opgavelib.toepassing.scenario import scenario as een
    from opgavelib.toepassing.scenario_vergelijking import vergelijk

    for c in codes:
        een(stand, c)  # an unknown one is said before any is computed
    uit = vergelijk(stand, codes, {c: scenario_besluit.los_op(stand, c) for c in codes})
    document = {
        # How often each is chosen is what `opgave robuust` draws, per scenario.
        deel: records(tabel, [k for k in (*tabel.index.names, *tabel.columns) if k not in ("kans", "stevig")])
        for deel, tabel in (("samen", uit.samen), ("items", uit.items), ("euros", uit.euros), ("teams", uit.teams),
                            ("collegeleden", uit.collegeleden))
    }  # fmt: skip
    document |= {"toelichting": uit.toelichting, "parameters": dict(uit.parameters)}
    kop = ("Code", "Titel", "Ambities", "Punten", "Euro's", "Uren", "Erbij", "Eraf")
    regels = [
        (r.Index, notatie.kort(r.titel, 40), str(r.aantal),
         "–" if math.isnan(r.waarde) else notatie.getal(r.waarde), notatie.euro(r.budget_eur),
         notatie.getal(r.uren), str(r.erbij), str(r.eraf))
        for r in uit.samen.itertuples()
    ]  # fmt: skip
    anders = (
        uit.items[uit.items["wat"].isin(["erbij", "eraf"])].reset_index().sort_values("scenario", kind="stable")
    )
    wissels = [f"{r.scenario}  {r.wat:5}  {r.item}  {notatie.kort(r.titel, 80)}" for r in anders.itertuples()]
    tabel = kolommen([kop, *regels], (False, False, *[True] * 6))
    return document, [*uit.toelichtingen.values(), "", *tabel, *(["", *wissels] if wissels else [])]


def _herhaal(stand: Stand, code: str) -> Antwoord:
    from opgavelib.toepassing.scenario_besluit import herhaal

    uit = herhaal(stand, code)
    antwoord = {
        naam: {
            "status": str(o.status),
            "waarde": round(o.waarde, 6),
            "bovengrens": round(o.bovengrens, 6),
            "start": dict(o.start),
        }
        for naam, o in (("toen", uit.toen), ("nu", uit.nu))
    }
    document = {
        "scenario": uit.code, "titel": uit.titel, "uitslag": str(uit.uitslag), **antwoord,
        "gebroken": list(uit.gebroken), "sindsdien": dict(uit.sindsdien), "toelichting": uit.toelichting,
        "parameters": dict(uit.parameters),
    }  # fmt: skip
    return document, [uit.toelichting]
