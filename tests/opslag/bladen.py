"""Sheets as the gate delivers them, and a look at everything a werkmap holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from opgavelib.opslag.tabellen import TABEL, volgorde
from opgavelib.opslag.werkmap import Werkmap
from opgavelib.woordenboek import TABELLEN


@dataclass(frozen=True)
class Blad:
    """Satisfies `opslag.inname.Blad`; the fingerprint follows from the content."""

    bestand: str
    soort: str
    tabellen: Mapping[str, pd.DataFrame]
    blad: str = "Blad1"
    kopregel: int = 1
    kolommen: Mapping[str, str] = field(default_factory=dict)
    geweigerd: int = 0
    totalen: Mapping[str, float] = field(default_factory=dict)
    ongelezen: frozenset[str] = frozenset()

    @property
    def sha256(self) -> str:
        inhoud = {naam: t.to_dict("records") for naam, t in self.tabellen.items()}
        return hashlib.sha256(repr((inhoud, self.totalen)).encode()).hexdigest()

    @property
    def gelezen(self) -> int:
        return max((t["rij"].nunique() for t in self.tabellen.values()), default=0)


def blad(bestand: str, soort: str, tabel: str, rijen: Sequence[Mapping], **overig) -> Blad:
    """A sheet of one table; Excel rows count from 2 unless a row says its own."""
    kader = pd.DataFrame([{"rij": nr, **r} for nr, r in enumerate(rijen, 2)])
    return Blad(bestand, soort, {tabel: kader if len(rijen) else pd.DataFrame({"rij": []})}, **overig)


def ambities(bestand: str, *teksten: str, **overig) -> Blad:
    """A coalitieakkoord; ``code:tekst`` gives a row its own code."""
    rijen = []
    for tekst in teksten:
        code, _, titel = tekst.rpartition(":")
        rijen.append({"eigen_code": code or None, "titel": titel})
    return blad(bestand, overig.pop("soort", "coalitieakkoord"), "ambities", rijen, **overig)


def top5(bestand: str, *stemmen: tuple[str, int, str]) -> Blad:
    """Votes: (collegelid, rang, text)."""
    rij = range(2, 2 + len(stemmen))
    return Blad(
        bestand,
        "top5",
        {
            "ambities": pd.DataFrame({"titel": [s[2] for s in stemmen], "rij": rij}),
            "stemmen": pd.DataFrame(
                {"collegelid": [s[0] for s in stemmen], "rang": [s[1] for s in stemmen], "rij": rij}
            ),
        },
    )


def scores(bestand: str, *oordelen: tuple[str, str, str, int], **overig) -> Blad:
    """Judgements: (ambitie, criterium, beoordelaar, score)."""
    velden = ("ambitie", "criterium", "beoordelaar", "score")
    return blad(bestand, "scores", "scores", [dict(zip(velden, o, strict=True)) for o in oordelen], **overig)


def alles(werkmap: Werkmap) -> dict[str, list[tuple]]:
    """Every row of every table, in the order of storing."""
    with werkmap._db.lees() as v:
        return {
            naam: [tuple(map(repr, r)) for r in v.execute(TABEL[naam].select().order_by(volgorde()))]
            for naam in TABELLEN
        }
