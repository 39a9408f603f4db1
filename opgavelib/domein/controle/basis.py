"""What a controle is: a rule with a name, whether it holds, and where it does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pandas as pd

from opgavelib import notatie

KOLOMMEN = ("bestand", "blad", "rij", "wat", "waarde")
# More rows than this help nobody to mend something, and their texts would cost seconds; `aantal` counts all.
HOOGSTENS = 1_000


class Uitslag(StrEnum):
    """What came out, worst first."""

    FOUT = "fout"
    LET_OP = "let op"
    NIET = "niet te controleren"
    GOED = "goed"


class Groep(StrEnum):
    """What a controle is about."""

    BEGROTING = "Begroting"
    FORMATIE = "Formatie"
    CAPACITEIT = "Capaciteit"
    INVENTARISATIE = "Inventarisatie"


def geen_rijen() -> pd.DataFrame:
    """No place to point at."""
    return pd.DataFrame(columns=list(KOLOMMEN), dtype=object)


@dataclass(frozen=True)
class Controle:
    """A rule, and whether it holds.

    Attributes
    ----------
    code : stays the same when the wording changes
    naam : the rule as a sentence
    ernst : what came out; only ``fout`` fails
    toelichting : sentences with numbers; when something is wrong also what to do
    rijen : DataFrame; bestand and blad (empty for what was made on screen), rij (as Excel shows it, None when it
        is about the sheet), wat, waarde: the first `HOOGSTENS` places to look at. Never a persoonsgegeven
    aantal : how many places there are
    """

    code: str
    naam: str
    groep: Groep
    ernst: Uitslag
    toelichting: str
    rijen: pd.DataFrame = field(default_factory=geen_rijen)
    aantal: int = 0

    @property
    def akkoord(self) -> bool:
        """Whether the rule is not broken; what asks attention or could not be checked does not fail."""
        return self.ernst != Uitslag.FOUT


@dataclass(frozen=True)
class Regel:
    """A rule before it is checked.

    Attributes
    ----------
    gebroken : what comes out when it does not hold; ``let op`` for advice
    doe : what one can do then
    """

    code: str
    naam: str
    groep: Groep
    doe: str = ""
    gebroken: Uitslag = Uitslag.FOUT

    def goed(self, zin: str) -> Controle:
        """It holds."""
        return Controle(self.code, self.naam, self.groep, Uitslag.GOED, zin)

    def niet(self, waarom: str) -> Controle:
        """It cannot be checked."""
        return Controle(self.code, self.naam, self.groep, Uitslag.NIET, waarom)

    def mis(self, zin: str, rijen: pd.DataFrame | None = None, aantal: int | None = None) -> Controle:
        """It is broken, at these places."""
        plekken = geen_rijen() if rijen is None else rijen
        tekst = f"{zin} {self.doe}".strip()
        hoeveel = len(plekken) if aantal is None else aantal
        return Controle(self.code, self.naam, self.groep, self.gebroken, tekst, plekken, hoeveel)

    def oordeel(
        self,
        mis: pd.DataFrame,
        goed: str,
        zin: Callable[[pd.DataFrame], str],
        wat: Callable[[Any], str],
        waarde: Callable[[Any], object] = lambda _: None,
    ) -> Controle:
        """Good without rows in `mis`; else broken at those rows.

        Parameters
        ----------
        mis : rows that break the rule; bestand, blad, rij and what `wat` and `waarde` use, as named tuples
        """
        if mis.empty:
            return self.goed(goed)
        return self.mis(zin(mis), plekken(mis, wat, waarde), len(mis))


def plekken(
    tabel: pd.DataFrame, wat: Callable[[Any], str], waarde: Callable[[Any], object] = lambda _: None
) -> pd.DataFrame:
    """Where these rows stand and what they are; the first `HOOGSTENS`."""
    rijen = [
        (r.bestand, r.blad, None if pd.isna(r.rij) else int(r.rij), notatie.kort(wat(r), 160), waarde(r))
        for r in tabel.head(HOOGSTENS).itertuples()
    ]
    return pd.DataFrame(rijen, columns=list(KOLOMMEN), dtype=object)


def tekst(waarde: object) -> str:
    """Text of a cell; nothing for an empty one."""
    return "" if pd.isna(waarde) else str(waarde)


def opsomming(namen: Sequence[str], hoogstens: int = 4) -> str:
    """``A, B en C``; the rest is counted."""
    over = len(namen) - hoogstens
    stukken = list(namen[:hoogstens]) + ([f"nog {notatie.getal(over)}"] if over > 0 else [])
    return " en ".join(filter(None, [", ".join(stukken[:-1]), stukken[-1]])) if stukken else ""


def tel_op(regel: Regel, bladen: pd.DataFrame, schrijf: Callable[[float], str]) -> Controle:
    """Whether the rows of every sheet add up to the total that it states itself.

    Parameters
    ----------
    bladen : DataFrame, a row per sheet; bestand, blad, verwacht (NaN when it states none), gevonden, akkoord, and
        uitleg: what may be behind a difference, as a sentence
    schrijf : a sum as text with its unit
    """
    genoemd = bladen[bladen["verwacht"].notna()]
    if genoemd.empty:
        return regel.niet("Geen enkel blad noemt zelf een totaal, dus er is niets om mee te vergelijken.")
    mis = genoemd[~genoemd["akkoord"].astype(bool)].assign(rij=None)
    samen = schrijf(float(genoemd["gevonden"].sum()))
    zonder = len(bladen) - len(genoemd)
    rest = f" {notatie.aantal(zonder, 'blad noemt', 'bladen noemen')} geen totaal." if zonder else ""

    def zin(m: pd.DataFrame) -> str:
        r = m.iloc[0]
        return (
            f"In {r['bestand']}, blad '{r['blad']}', tellen de rijen op tot {schrijf(r['gevonden'])}; het bestand "
            f"noemt {schrijf(r['verwacht'])}. {r['uitleg']}{rest}"
        )

    return regel.oordeel(
        mis,
        f"De rijen tellen op tot {samen}, zoals het bestand zelf noemt.{rest}",
        zin,
        lambda r: f"totaalregel: {schrijf(r.verwacht)}; de rijen: {schrijf(r.gevonden)}",
        lambda r: float(r.gevonden - r.verwacht),
    )


def samenvatting(controles: Sequence[Controle]) -> str:
    """``35 van de 44 controles zijn goed; 1 is fout, 4 vragen aandacht en 4 zijn niet te controleren.``"""
    tel = {u: sum(c.ernst == u for c in controles) for u in Uitslag}
    if tel[Uitslag.NIET] == len(controles):
        return "Er is nog niets te controleren. Lees een begroting, teams en activiteiten in."
    if tel[Uitslag.GOED] == len(controles):
        return f"Alle {len(controles)} controles zijn goed."
    woorden = {
        Uitslag.FOUT: ("is fout", "zijn fout"),
        Uitslag.LET_OP: ("vraagt aandacht", "vragen aandacht"),
        Uitslag.NIET: ("is niet te controleren", "zijn niet te controleren"),
    }
    delen = [f"{tel[u]} {een if tel[u] == 1 else meer}" for u, (een, meer) in woorden.items() if tel[u]]
    return f"{tel[Uitslag.GOED]} van de {len(controles)} controles zijn goed; {opsomming(delen)}."
