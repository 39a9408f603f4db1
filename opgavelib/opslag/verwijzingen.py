"""What a file calls a row of another table, as the key of that row: a key, an own code or a title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from opgavelib import notatie
from opgavelib.fouten import Bevinding, Ernst
from opgavelib.opslag.tabellen import TABEL, sleutel
from opgavelib.opslag.vergelijk import Rij

# Columns that name a row, besides its key.
NAMEN = {"ambities": ("eigen_code", "titel"), "opgaven": ("titel",), "activiteiten": ("titel",)}
_TOON = 4


def bekende_namen(verbinding: sa.Connection, tabel: str) -> dict[str, set[str]]:
    """Per name (lower case) the keys of the rows that have it.

    A row that left its file is meant only when no row that is still there has that name.
    """
    t = TABEL[tabel]
    bekend: dict[str, set[str]] = {}
    for weg in (False, True):
        eerder = frozenset(bekend)
        vraag = sa.select(t.c[sleutel(tabel)], *(t.c[n] for n in NAMEN[tabel])).where(t.c.vervallen == weg)
        for rij in verbinding.execute(vraag):
            for naam in {_plat(n) for n in rij if n} - eerder:
                bekend.setdefault(naam, set()).add(rij[0])
    return bekend


def _plat(naam: object) -> str:
    return str(naam).strip().casefold()


def verwijs(rijen: Iterable[Rij], kolom: str, bekend: Mapping[str, set[str]]) -> dict[int, str]:
    """Replace names in `kolom` by keys where they are clear; gives Excel row -> problem of the others."""
    mis: dict[int, str] = {}
    for rij in rijen:
        if rij[kolom] is None:
            continue
        gevonden = bekend.get(_plat(rij[kolom]), set())
        if len(gevonden) == 1:
            rij[kolom] = next(iter(gevonden))
        elif not gevonden:
            mis[rij["rij"]] = f"'{str(rij[kolom]).strip()}' staat niet in de werkmap."
        else:
            keuze = ", ".join(sorted(gevonden)[:_TOON])
            mis[rij["rij"]] = f"'{str(rij[kolom]).strip()}' kan {len(gevonden)} rijen zijn: {keuze}."
    return mis


def let_op(bestand: str, blad: str, kolom: str, mis: Mapping[int, str], doe: str) -> Sequence[Bevinding]:
    """One finding for all rows of a column that name something unknown; they are stored as they are."""
    if not mis:
        return ()
    rijen = sorted(mis)
    waar = ", ".join(map(str, rijen[:_TOON])) + (f" en nog {len(rijen) - _TOON}" if len(rijen) > _TOON else "")
    hoeveel = notatie.aantal(len(rijen), "rij verwijst", "rijen verwijzen")
    probleem = f"{hoeveel} naar iets dat niet is gevonden (rij {waar}); de eerste: {mis[rijen[0]]}"
    return (Bevinding(bestand, blad, rijen[0], kolom, Ernst.LET_OP, probleem, doe),)
