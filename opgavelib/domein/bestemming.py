"""Where every source row went: the conservation law and the rules of a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from opgavelib.domein.begrippen import Bestemming
from opgavelib.fouten import BesluitFout

if TYPE_CHECKING:
    import pandas as pd

KOLOMMEN = ("bestemming", "naar", "reden", "wie", "tijdstip", "volgnummer")
BESTEMMINGEN = tuple(b.value for b in Bestemming)


@dataclass(frozen=True)
class Besluit:
    """One decision on one source row.

    Attributes
    ----------
    naar : the opgave (bestemming ``opgave``) or the leading row (``samengevoegd``); else None
    tijdstip : when it was taken (UTC); None is now, filled in by the werkmap
    """

    ambitie: str
    bestemming: Bestemming
    reden: str
    wie: str
    naar: str | None = None
    tijdstip: datetime | None = None


@dataclass(frozen=True)
class Spoor:
    """Where all source rows stand.

    Attributes
    ----------
    tabel : DataFrame, index ambitie; bestemming, naar, reden, wie, tijdstip, volgnummer (NaN when open)
    aantallen : rows per bestemming, all six, adding up to the rows read
    toelichting : sentence ready for the bestuursnota
    """

    tabel: pd.DataFrame
    aantallen: Mapping[str, int]
    toelichting: str


def volg(ambities: Iterable[str], besluiten: pd.DataFrame) -> Spoor:
    """Derive the bestemming of every source row: its last decision, or ``open``.

    Parameters
    ----------
    ambities : keys of all source rows read, unique
    besluiten : DataFrame with ambitie and `KOLOMMEN`; any order, the highest volgnummer wins

    Raises
    ------
    ValueError : a decision on a row that was never read, or a key twice
    """
    import pandas as pd  # here: the page to score on checks decisions and has no use for it

    index = pd.Index(ambities, name="ambitie")
    if not index.is_unique:
        raise ValueError("een ambitie staat twee keer in de bronrijen")
    laatste = besluiten.sort_values("volgnummer").drop_duplicates("ambitie", keep="last").set_index("ambitie")
    onbekend = laatste.index.difference(index)
    if len(onbekend):
        raise ValueError(f"besluit over een rij die niet is gelezen: {', '.join(onbekend)}")
    tabel = laatste.reindex(index, columns=list(KOLOMMEN))
    tabel["bestemming"] = tabel["bestemming"].fillna(Bestemming.OPEN.value)
    for kolom in ("naar", "reden", "wie", "tijdstip"):
        tabel[kolom] = tabel[kolom].astype(object).where(tabel[kolom].notna(), None)
    telling = tabel["bestemming"].value_counts()
    aantallen = MappingProxyType({b: int(telling.get(b, 0)) for b in BESTEMMINGEN})
    return Spoor(tabel, aantallen, _zin(len(index), aantallen))


def _zin(rijen: int, aantallen: Mapping[str, int]) -> str:
    if not rijen:
        return "Er zijn nog geen bronrijen gelezen."
    delen = {
        Bestemming.OPGAVE: "horen er {} bij een opgave",
        Bestemming.SAMENGEVOEGD: "zijn er {} samengevoegd",
        Bestemming.LIJN: "zijn er {} regulier werk",
        Bestemming.PARKEERPLAATS: "staan er {} op de parkeerplaats",
        Bestemming.AFGEWEZEN: "zijn er {} afgewezen",
        Bestemming.OPEN: "zijn er {} nog open",
    }
    stukken = [tekst.format(aantallen[b]) for b, tekst in delen.items() if aantallen[b]]
    opsomming = ", ".join(stukken[:-1]) + " en " + stukken[-1] if len(stukken) > 1 else stukken[0]
    return f"Van de {rijen} bronrijen {opsomming}."


def controleer(besluit: Besluit, nu: Mapping[str, tuple[str, str | None]], opgaven: Collection[str]) -> None:
    """Check a decision against the rules before it is stored.

    Parameters
    ----------
    nu : per ambitie its present (bestemming, naar)
    opgaven : keys of the existing opgaven

    Raises
    ------
    BesluitFout : unknown row or target, no reason, no name, or a merge that runs in a circle
    """
    b = besluit
    if b.ambitie not in nu:
        raise BesluitFout(f"Ambitie '{b.ambitie}' staat niet in de werkmap.")
    if b.bestemming not in BESTEMMINGEN:
        raise BesluitFout(f"'{b.bestemming}' is geen bestemming. Kies uit: {', '.join(BESTEMMINGEN)}.")
    if not b.wie.strip():
        raise BesluitFout("Vul in wie het besluit neemt.")
    if not b.reden.strip():
        raise BesluitFout("Vul een reden in, zodat later te zien is waarom dit is besloten.")
    if b.bestemming == Bestemming.OPGAVE and b.naar not in opgaven:
        raise BesluitFout("Kies een bestaande opgave waar deze ambitie bij hoort.")
    if b.bestemming == Bestemming.SAMENGEVOEGD:
        _controleer_samenvoeging(b, nu)
    elif b.bestemming != Bestemming.OPGAVE and b.naar:
        raise BesluitFout(f"Bij bestemming '{b.bestemming}' hoort geen doel.")


def _controleer_samenvoeging(b: Besluit, nu: Mapping[str, tuple[str, str | None]]) -> None:
    if b.naar not in nu:
        raise BesluitFout("Kies de bronrij waarmee deze ambitie wordt samengevoegd.")
    doel: str | None = b.naar
    while doel is not None:
        if doel == b.ambitie:
            raise BesluitFout(
                f"{b.ambitie} kan niet in {b.naar} opgaan: {b.naar} gaat zelf al (via andere rijen) op in "
                f"{b.ambitie}."
                if b.naar != b.ambitie
                else f"{b.ambitie} kan niet met zichzelf worden samengevoegd."
            )
        bestemming, naar = nu[doel]
        doel = naar if bestemming == Bestemming.SAMENGEVOEGD else None
