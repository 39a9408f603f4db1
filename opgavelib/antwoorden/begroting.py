"""The euros: lean and opgave in every cut, years, versions, and whether they add up to what the files state."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.antwoorden.vorm import Antwoord, kolommen, record, records
from opgavelib.domein.begroting import LeanOpgave
from opgavelib.fouten import BesluitFout

if TYPE_CHECKING:
    from opgavelib.toepassing import Stand
    from opgavelib.toepassing.geld import Geld, Versie

EURO = (
    "lasten_eur", "baten_eur", "salarissen_eur", "lean_eur", "opgave_eur", "onbekend_eur", "opgave_aandeel_eur",
    "overhead_eur", "buiten_norm_eur", "onbekend_norm_eur",
)  # fmt: skip
UREN = ("lean_uren", "opgave_uren", "opgave_aandeel_uren")
MATEN = (*EURO, *UREN, "reden")
# Cut -> its name in the document; hours only where the formatie gives them.
_SNEDEN = {
    "team": ("teams", ("team", "teamleider", "domein", *MATEN)),
    "teamleider": ("teamleiders", ("teamleider", *MATEN)),
    "domein": ("domeinen", ("domein", *MATEN)),
    "programma": ("programmas", ("programma", *EURO, "reden")),
    "taakveld": ("taakvelden", ("taakveld", *EURO, "reden")),
    "structureel": ("structureel", ("structureel", *EURO, "reden")),
    "jaar": ("jaren", ("jaar", *EURO, "reden")),
}
_AANSLUITING = ("regel", "verwacht_eur", "gevonden_eur", "verschil_eur", "akkoord", "toelichting")


def begroting(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Lean against opgave, in total and in every cut, with the reconciliation."""
    uitkomst = _uitkomst(stand.geld, args)
    document = {
        "totaal": record(dict(uitkomst.totaal), MATEN),
        **{naam: records(uitkomst.snede(op), velden) for op, (naam, velden) in _SNEDEN.items()},
        "versies": [_versie(v) for v in _versies(stand.geld, args.jaar)],
        "aansluiting": records(uitkomst.aansluiting, _AANSLUITING),
        "toelichting": uitkomst.toelichting,
        "parameters": uitkomst.parameters,
    }
    return document, _regels(uitkomst)


def _uitkomst(geld: Geld, args: argparse.Namespace) -> LeanOpgave:
    if args.jaar is not None and args.jaar not in geld.jaren:
        er_zijn = f"; er is {', '.join(map(str, geld.jaren))}" if geld.jaren else ""
        raise BesluitFout(f"Van {args.jaar} is geen begroting gelezen{er_zijn}.")
    norm = geld.norm
    if args.overhead is not None:
        norm = norm.met(overhead=args.overhead.replace("-", " "))
    if args.alles_telt_mee:
        norm = norm.met(buiten=frozenset())
    return geld.bereken(norm, args.jaar)


def _versies(geld: Geld, jaar: int | None) -> list[Versie]:
    return geld.versies if jaar is None else geld.versies_van(jaar)


def _versie(v: Versie) -> dict[str, object]:
    return {
        "versie": v.versie, "naam": v.naam, "jaar": v.jaar, "rol": str(v.rol), "gelezen_op": v.gelezen_op,
        "lasten_eur": v.lasten_eur, "verschil_eur": v.verschil_eur, "toelichting": v.toelichting,
    }  # fmt: skip


def _regels(uitkomst: LeanOpgave) -> list[str]:
    kop = ("Team", "Teamleider", "Lean", "Opgave", "Onbekend", "Opgave €", "Lean uren*", "Opgave uren*",
           "Opgave uren %*")  # fmt: skip
    rijen = [
        (r.team, r.teamleider or "–", notatie.euro(r.lean_eur), notatie.euro(r.opgave_eur),
         notatie.euro(r.onbekend_eur), notatie.procent(r.opgave_aandeel_eur), notatie.uren(r.lean_uren),
         notatie.uren(r.opgave_uren), notatie.procent(r.opgave_aandeel_uren))
        for r in uitkomst.teams.reset_index().itertuples()
    ]  # fmt: skip
    regels = [uitkomst.toelichting, "", *kolommen([kop, *rijen], (False, False, *[True] * 7))]
    regels += ["* afgeleid van de formatie; de norm gaat over euro's", ""]
    for r in uitkomst.aansluiting.itertuples():
        oordeel = {True: "● sluit aan", False: "■ sluit niet aan"}.get(r.akkoord, "het bestand noemt geen totaal")
        regels.append(
            f"{r.regel}: regels {notatie.euro(r.gevonden_eur)}, bestand {notatie.euro(r.verwacht_eur)}: {oordeel}"
        )
        if r.akkoord is not None and r.verschil_eur:
            regels.append(f"    {r.toelichting}")
    return regels
