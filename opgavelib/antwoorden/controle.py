"""Whether everything adds up: every controle with its state, and where to look."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.antwoorden.vorm import Antwoord

if TYPE_CHECKING:
    from opgavelib.domein.controle import Controle
    from opgavelib.toepassing import Stand

AFGEKEURD = 1
TEKENS = {"fout": "■", "let op": "▲", "niet te controleren": "○", "goed": "●"}
_RIJEN_JSON, _RIJEN_TEKST = 50, 5


def controle(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Every controle; exit code 1 when one fails."""
    from opgavelib.domein.controle import samenvatting
    from opgavelib.toepassing.controles import controles

    alle = controles(stand)
    akkoord = all(c.akkoord for c in alle)
    document = {"controles": [_json(c) for c in alle], "akkoord": akkoord, "toelichting": samenvatting(alle)}
    regels = [samenvatting(alle), ""]
    for ernst in TEKENS:  # worst first
        for c in (c for c in alle if str(c.ernst) == ernst):
            regels += [*_regels(c), ""] if ernst in ("fout", "let op") else [_kort(c)]
    return document, regels, 0 if akkoord else AFGEKEURD


def _json(c: Controle) -> dict[str, object]:
    plaatsen = c.rijen[["bestand", "blad", "rij", "wat"]].head(_RIJEN_JSON).to_dict("records")
    return {
        "code": c.code, "naam": c.naam, "groep": str(c.groep), "akkoord": c.akkoord, "ernst": str(c.ernst),
        "toelichting": c.toelichting, "aantal": c.aantal, "rijen": plaatsen,
    }  # fmt: skip


def _kort(c: Controle) -> str:
    """One line: what holds needs no more, and of what cannot be checked only why."""
    waarom = f" – {c.toelichting}" if str(c.ernst) == "niet te controleren" else ""
    return f"{TEKENS[c.ernst]} {c.ernst}  {c.groep}: {c.naam}{waarom}"


def _regels(c: Controle) -> list[str]:
    regels = [f"{TEKENS[c.ernst]} {c.ernst}  {c.groep}: {c.naam}", f"        {c.toelichting}"]
    for r in c.rijen.head(_RIJEN_TEKST).itertuples():
        waar = [r.bestand or "op het scherm gemaakt", f"blad {r.blad}" if r.blad else "",
                "" if r.rij is None else f"rij {r.rij}"]  # fmt: skip
        regels.append(f"        - {', '.join(filter(None, waar))}: {r.wat}")
    if c.aantal > _RIJEN_TEKST:
        regels.append(f"        - en nog {notatie.getal(c.aantal - _RIJEN_TEKST)}")
    return regels
