"""What all sheets have: a title, an explanation, a header, and a list with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from opgavelib.rapport.werkboek.gegevens import GEEN_NOEMER
from opgavelib.rapport.werkboek.model import (
    Blad,
    Cel,
    Grens,
    Rol,
    Stijl,
    Vorm,
    bereik,
    formule,
    getal,
    is_leeg,
    tekst,
)


class Kolom(NamedTuple):
    """A column of a list. `naam` is its column in the table, `kop` what stands above it."""

    naam: str
    kop: str
    breedte: float
    vorm: Vorm = Vorm.TEKST
    rol: Rol = Rol.GEWOON


@dataclass(frozen=True)
class Lijst:
    """Where a list stands: rows `eerste` to `laatste` of a sheet (from 0), a column per name."""

    blad: str
    eerste: int
    laatste: int
    kolommen: Sequence[Kolom]

    def nummer(self, naam: str) -> int:
        """Number of a column."""
        return next(n for n, k in enumerate(self.kolommen) if k.naam == naam)

    def bereik(self, naam: str) -> str:
        """Absolute reference to a whole column of the list."""
        return bereik(self.blad, self.nummer(naam), self.eerste, self.laatste)

    def som(self, naam: str, eisen: Sequence[str] = (), **sleutels: str) -> str:
        """Formula: the sum of column `naam` over the rows whose columns are exactly what these cells say.

        SUMIFS would take 0.1 and 0.10 for the same taakveld, and ``*`` in a name for any name.

        Parameters
        ----------
        eisen : more factors, 1 where a row counts and 0 where not
        """
        gelijk = [f"--EXACT({self.bereik(kolom)},{cel})" for kolom, cel in sleutels.items()]
        return f"SUMPRODUCT({','.join([*gelijk, *eisen, self.bereik(naam)])})"

    def grens(self, naam: str, melding: str, laagst: float = 0.0, hoogst: float = 1e12) -> Grens:
        """What may be typed in a column: a number."""
        return Grens(self.eerste, self.laatste, self.nummer(naam), (), laagst, hoogst, melding)

    def keuze(self, naam: str, keuzes: tuple[str, ...], melding: str) -> Grens:
        """What may be typed in a column: one of these, or nothing."""
        return Grens(self.eerste, self.laatste, self.nummer(naam), keuzes, melding=melding)


def nieuw_blad(naam: str, titel: str, uitleg: str, kolommen: Sequence[Kolom]) -> Blad:
    """A sheet with its title and explanation; the header is added with `kop`."""
    blad = Blad(naam, [k.breedte for k in kolommen])
    blad.voeg_toe(tekst(titel, Rol.TITEL))
    blad.voeg_toe(tekst(uitleg, Rol.UITLEG))
    return blad


def kop(blad: Blad, kolommen: Sequence[Kolom], vaste_kolommen: int = 0) -> int:
    """Add the header; what may be changed says so in words too."""
    cellen = []
    for k in kolommen:
        woorden = f"{k.kop} ✎" if k.rol == Rol.INVOER else k.kop
        cellen.append(Cel(woorden, Stijl(k.vorm, Rol.KOP)))
    blad.kop = blad.voeg_toe(*cellen)
    blad.vaste_kolommen = vaste_kolommen
    return blad.kop


def lijst_op(blad: Blad, aantal: int, kolommen: Sequence[Kolom]) -> Lijst:
    """Where a list of `aantal` rows will stand, below a row of totals and the header that are still to come.

    An empty list has one empty row, so that what refers to it stays right.
    """
    eerste = blad.volgende + 2
    return Lijst(blad.naam, eerste, eerste + max(1, aantal) - 1, tuple(kolommen))


def cellen(rij: Mapping[str, object], kolommen: Sequence[Kolom], formules: Mapping[str, str]) -> list[Cel]:
    """The cells of one row; a column with a formula stores what the row has as its result."""
    return [
        formule(formules[k.naam], rij[k.naam], k.vorm)
        if k.naam in formules
        else tekst(rij[k.naam], k.rol)
        if k.vorm == Vorm.TEKST
        else getal(rij[k.naam], k.vorm, k.rol)
        for k in kolommen
    ]


def met_centen(kolommen: Sequence[Kolom], rij: Mapping[str, object], bedragen: Sequence[str]) -> Sequence[Kolom]:
    """The columns of one row; its amounts in euros and cents when one of `bedragen` has cents."""
    waarden = [rij[k] for k in bedragen]
    if all(is_leeg(w) or float(w) == round(float(w)) for w in waarden):  # type: ignore[arg-type]
        return kolommen
    return [k._replace(vorm=Vorm.CENTEN) if k.vorm == Vorm.BEDRAG else k for k in kolommen]


def som(tabel: pd.DataFrame, kolom: str) -> float:
    """Sum of a column, 0 of an empty table."""
    return float(tabel[kolom].fillna(0.0).sum()) if len(tabel) else 0.0


def totaalrij(lijst: Lijst, sommen: dict[str, object], woord: str = "Totaal") -> list[Cel]:
    """A row with the sum of columns of a list; `sommen` has what the program has for it."""
    cellen = []
    for nummer, k in enumerate(lijst.kolommen):
        if k.naam in sommen:
            cellen.append(formule(f"SUM({lijst.bereik(k.naam)})", sommen[k.naam], k.vorm, Rol.TOTAAL))
        else:
            cellen.append(tekst(woord if not nummer else None, Rol.TOTAAL))
    return cellen


def aandeel(teller: str, noemer: str) -> str:
    """Formula of a share; without a denominator it says so."""
    return f'IF({noemer}=0,"{GEEN_NOEMER}",{teller}/{noemer})'


def aandeel_boven_nul(deel: str, rest: str) -> str:
    """Formula of the share of euros `deel` beside `rest`; with one of them below 0 a share says nothing."""
    kan = f"AND(ROUND({deel},2)>=0,ROUND({rest},2)>=0,ROUND({deel}+{rest},2)>0)"
    return f'IF({kan},{deel}/({deel}+{rest}),"{GEEN_NOEMER}")'
