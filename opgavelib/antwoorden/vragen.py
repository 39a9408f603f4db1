"""What was read and what there is: overlap and the road of rows."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.antwoorden.vorm import Antwoord, datum, records

if TYPE_CHECKING:
    from opgavelib.toepassing import Stand


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
