"""Building a sheet cell by cell, the same for every format, with the limits counted on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opgavelib.inlezen.grenzen import KLEINER, Geweigerd, Grenzen
from opgavelib.inlezen.werkblad import FOUTWAARDEN, Cel, Werkblad

_ONTSNAPT = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STUUR = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")
# More merged areas than this is no table that anybody made.
_SAMENVOEGINGEN = 20_000


class Teller:
    """Counts what a whole file holds against the limits.

    A text that a file names once and uses half a million times is small in the file and in memory,
    and large when it is written out: therefore the characters count too.
    """

    def __init__(self, grenzen: Grenzen):
        self.grenzen, self.cellen, self.tekens = grenzen, 0, 0

    def ruimte(self, cellen: int) -> None:
        """Raises `Geweigerd` when so many more cells are too many."""
        if self.cellen + cellen > self.grenzen.cellen:
            raise Geweigerd(f"Het bestand heeft meer dan {self.grenzen.cellen} cellen.", KLEINER)

    def tel(self, waarde: object, keer: int = 1) -> None:
        """Count one value, `keer` times.

        Raises
        ------
        Geweigerd : more cells or characters than allowed
        """
        self.ruimte(keer)
        self.cellen += keer
        if isinstance(waarde, str):
            self.tekens += len(waarde) * keer
        if self.tekens > self.grenzen.tekens:
            raise Geweigerd(f"Het bestand heeft meer dan {self.grenzen.tekens} tekens in zijn cellen.", KLEINER)

    def plaats(self, rij: int, kolom: int) -> None:
        """Raises `Geweigerd` for a cell far outside any table."""
        if rij > self.grenzen.rijen or kolom > self.grenzen.kolommen:
            raise Geweigerd(f"Er staat een cel ver buiten de tabel (rij {rij}, kolom {kolom}).",
                            "Verwijder die cel, of kopieer alleen de tabel naar een nieuwe werkmap.")  # fmt: skip


class Bouwer:
    """A sheet under construction."""

    def __init__(self, naam: str, teller: Teller, *, verborgen: bool = False):
        self.naam, self.teller, self.verborgen = naam, teller, verborgen
        self.rijen: dict[int, dict[int, object]] = {}
        self.opmaak: dict[Cel, str] = {}
        self.samengevoegd: list[tuple[int, int, int, int]] = []
        self.foutcellen: set[Cel] = set()
        self.zonder_waarde: set[Cel] = set()
        self.verouderd: set[Cel] = set()
        self.verborgen_rijen: set[int] = set()
        self.verborgen_kolommen: set[int] = set()
        self.rijfouten: dict[int, tuple[str, str]] = {}

    def zet(self, rij: int, kolom: int, waarde: object, opmaak: str = "") -> None:
        """A cell; None and blank text are no cell."""
        if waarde is None:
            return
        if isinstance(waarde, str):
            if not waarde.strip():
                return
            if "_x" in waarde:
                waarde = _ONTSNAPT.sub(lambda m: chr(int(m[1], 16)), waarde)
            waarde = schoon(waarde)
            if waarde.strip().upper() in FOUTWAARDEN:
                self.foutcellen.add((rij, kolom))
        elif opmaak and opmaak != "General" and type(waarde) in (int, float):
            self.opmaak[rij, kolom] = opmaak
        self.teller.plaats(rij, kolom)
        self.teller.tel(waarde)
        self.rijen.setdefault(rij, {})[kolom] = waarde

    def fout(self, rij: int, kolom: int, tekst: str) -> None:
        """A cell with an error value."""
        self.zet(rij, kolom, tekst or "#N/A")
        self.foutcellen.add((rij, kolom))

    def voeg_samen(self, r1: int, k1: int, r2: int, k2: int) -> None:
        """A merged area, cut off at the limits of a sheet."""
        if (r2, k2) != (r1, k1):
            g = self.teller.grenzen
            self.samengevoegd.append((r1, k1, min(r2, g.rijen), min(k2, g.kolommen)))
        if len(self.samengevoegd) > _SAMENVOEGINGEN:
            raise Geweigerd(f"Een blad heeft meer dan {_SAMENVOEGINGEN} samengevoegde cellen.", KLEINER)

    def verberg(self, *, rijen: Iterable[int] = (), kolommen: Iterable[int] = ()) -> None:
        """Rows and columns that a user does not see; those beyond the limits hold nothing."""
        self.verborgen_rijen |= {r for r in rijen if 0 < r <= self.teller.grenzen.rijen}
        self.verborgen_kolommen |= {k for k in kolommen if 0 < k <= self.teller.grenzen.kolommen}

    def klaar(self) -> Werkblad:
        """The sheet, rows and columns in order."""
        return Werkblad(
            naam=self.naam,
            rijen={r: dict(sorted(self.rijen[r].items())) for r in sorted(self.rijen)},
            opmaak=self.opmaak,
            samengevoegd=tuple(self.samengevoegd),
            foutcellen=frozenset(self.foutcellen),
            zonder_waarde=frozenset(self.zonder_waarde),
            verouderd=frozenset(self.verouderd),
            verborgen=self.verborgen,
            verborgen_rijen=frozenset(self.verborgen_rijen),
            verborgen_kolommen=frozenset(self.verborgen_kolommen),
            rijfouten=self.rijfouten,
        )


def schoon(tekst: str) -> str:
    """Text without control characters and without halves of characters, which no database stores."""
    if _STUUR.search(tekst):
        tekst = _STUUR.sub("", tekst.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return tekst


def heel(getal: float) -> int | float:
    """A whole number as int, as a user reads it."""
    return int(getal) if isinstance(getal, float) and getal.is_integer() and abs(getal) < 1e15 else getal
