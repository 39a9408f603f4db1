"""What was read and what there is: overlap, the road of rows, money and hours."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.antwoorden.vorm import Antwoord, datum, kolommen, record, records

if TYPE_CHECKING:
    from opgavelib.toepassing import Stand

MATEN = (
    "lean_eur", "opgave_eur", "onbekend_eur", "opgave_aandeel_eur",
    "lean_uren", "opgave_uren", "opgave_aandeel_uren", "reden",
)  # fmt: skip
UREN = ("beschikbaar_uren", "lean_uren", "gevraagd_uren", "toegezegd_uren", "saldo_uren")


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
        "ambities": records(tabel, velden),
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
            regels.append(f"        {r['wie']}, {datum(r['tijdstip'])}: {r['reden']}")
    return document, regels


def begroting(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Lean against opgave, in total, per domein and per teamleider, with the reconciliation."""
    uitkomst = stand.begroting
    document = {
        "totaal": record(dict(uitkomst.totaal), (*MATEN, "buiten_norm_eur")),
        "domeinen": records(uitkomst.domeinen, ("domein", *MATEN)),
        "teams": records(uitkomst.teams, ("team", "teamleider", *MATEN)),
        "aansluiting": records(
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
    regels = [uitkomst.toelichting, "", *kolommen([kop, *rijen], (False, False, *[True] * 7)), ""]
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
        "teams": records(uitkomst.tabel, ("team", "teamleider", "kwartaal", *UREN)),
        "toelichting": uitkomst.toelichting,
    }
    kop = ("Team", "Kwartaal", "Beschikbaar", "Lean", "Gevraagd", "Toegezegd", "Saldo")
    rijen = [
        (r.team, r.kwartaal, *(notatie.getal(getattr(r, u)) for u in UREN))
        for r in uitkomst.tabel.reset_index().itertuples()
    ]
    return document, [uitkomst.toelichting, "", *kolommen([kop, *rijen], (False, False, *[True] * 5))]
