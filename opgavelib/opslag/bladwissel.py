"""Sheets that got another name in a new version of their file, and sheets that left it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from opgavelib.opslag.tabellen import TABEL, volgorde
from opgavelib.opslag.vergelijk import Rij, vergelijk

if TYPE_CHECKING:
    from opgavelib.opslag.inname import Blad

# Only rows that belong to one source say which sheet this was; of the other tables every row is found again by
# its own name, whatever sheet it stands on.
EIGEN = ("ambities", "begroting")
# Share of the rows of the shorter of two sheets that must be the same, for one to be the other.
_HELFT = 0.5
Plek = tuple[str, str]


def ontbrekende(verbinding: sa.Connection, bladen: Sequence[Blad]) -> list[dict]:
    """Sources of the files of `bladen` whose sheet is not in its file any more.

    A sheet that is there and was not read now (hidden, left out, not recognised) has not left; nor have the
    parts it was divided into.
    """
    b = TABEL["bronnen"]
    er_is: dict[str, set[str]] = {}
    ongelezen: dict[str, set[str]] = {}
    for blad in bladen:
        er_is.setdefault(blad.bestand, set()).add(blad.blad)
        ongelezen.setdefault(blad.bestand, set()).update(blad.ongelezen)
    vraag = sa.select(b).where(b.c.bestand.in_(list(er_is))).order_by(volgorde())

    def weg(bron: Mapping) -> bool:
        naam, over = bron["blad"], ongelezen[bron["bestand"]]
        return naam not in er_is[bron["bestand"]] | over and not any(naam.startswith(f"{o} (") for o in over)

    return [dict(bron) for bron in verbinding.execute(vraag).mappings() if weg(bron)]


def hernoemde(
    verbinding: sa.Connection, weg: Sequence[Mapping], nieuw: Sequence[tuple[Blad, Sequence[Rij]]]
) -> dict[Plek, Mapping]:
    """Which of the new sheets is which of the sheets that left: (file, sheet) -> its source.

    Parameters
    ----------
    weg : sources whose sheet left, of `ontbrekende`
    nieuw : sheets that were not stored before, each with the rows of its first table

    Notes
    -----
    The pair that shares most rows goes first, at least half of those of the shorter one. When one sheet left
    and one came, with the same headers, a single row that both have is enough.
    """
    kansen = []
    for i, bron in enumerate(weg):
        for j, (blad, rijen) in enumerate(nieuw):
            if (
                bron["bestand"] == blad.bestand
                and bron["tabel"] == next(iter(blad.tabellen))
                and bron["tabel"] in EIGEN
            ):
                samen, kortste = _gedeeld(bron["tabel"], _rijen_van(verbinding, bron), rijen)
                kansen.append((samen, kortste, i, j))
    uit: dict[Plek, Mapping] = {}
    bezet: set[tuple[str, int]] = set()
    for samen, kortste, i, j in sorted(kansen, key=lambda k: (-k[0], k[1], k[2], k[3])):
        blad = nieuw[j][0]
        enige = len(_van(weg, blad)) == 1 == sum(_plaats(b) == _plaats(blad) for b, _ in nieuw)
        genoeg = samen >= _HELFT * kortste or (enige and weg[i]["kolommen"] == dict(blad.kolommen))
        if samen and genoeg and not {("weg", i), ("nieuw", j)} & bezet:
            bezet |= {("weg", i), ("nieuw", j)}
            uit[blad.bestand, blad.blad] = weg[i]
    return uit


def _plaats(blad: Blad) -> Plek:
    return blad.bestand, next(iter(blad.tabellen))


def _van(weg: Sequence[Mapping], blad: Blad) -> list[Mapping]:
    return [b for b in weg if (b["bestand"], b["tabel"]) == _plaats(blad)]


def _rijen_van(verbinding: sa.Connection, bron: Mapping) -> list[Rij]:
    t = TABEL[bron["tabel"]]
    return [dict(r) for r in verbinding.execute(sa.select(t).where(t.c.bron == bron["bron"])).mappings()]


def _gedeeld(tabel: str, oud: Sequence[Rij], nieuw: Sequence[Rij]) -> tuple[int, int]:
    """How many rows two sheets share, and how many the shorter one has.

    An own code says nothing here: every sheet of a file may count from 1.
    """
    oud, nieuw = list(_zonder_code(oud)), list(_zonder_code(nieuw))
    levend = [r for r in oud if not r["vervallen"]] or oud
    verschil = vergelijk(tabel, levend, nieuw)
    return len(verschil.gelijk) + len(verschil.gewijzigd), min(len(levend), len(nieuw))


def _zonder_code(rijen: Sequence[Rij]) -> Iterator[Rij]:
    for rij in rijen:
        yield rij | {"eigen_code": None} if "eigen_code" in rij else rij
