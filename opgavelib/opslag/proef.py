"""A reading on trial: what storing would do to the werkmap, without doing it, and then exactly that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from opgavelib.domein.begrippen import Bestemming
from opgavelib.fouten import Bevinding, InvoerFout, OpgaveFout
from opgavelib.opslag import inname, lezen
from opgavelib.opslag.adres import ontleed
from opgavelib.opslag.handeling import KOPPELING, Wijziging, leg_vast
from opgavelib.opslag.inname import Blad, Verwerkt
from opgavelib.opslag.tabellen import TABEL, metadata, sleutel
from opgavelib.opslag.verbinding import werkmap_bestaat
from opgavelib.opslag.vergelijk import Rij, Verschil, wijziging
from opgavelib.opslag.werkmap import Werkmap, lees_actie

# Per table what is added up, besides the number of rows.
_SOMMEN = {"begroting": "lasten_eur", "teams": "fte", "inzet": "uren_gevraagd"}


class AndersFout(OpgaveFout):
    """Storing would do something else than what was shown; nothing was stored."""


@dataclass(frozen=True)
class Rijverschil:
    """One row of a file that is new, changed or gone.

    Attributes
    ----------
    sleutel : of the row in the werkmap; None for a row that is new
    rij : Excel row, in the file of now, or for a row that is gone in that of then
    inhoud : the row as it will be, or for a row that is gone as it is
    oud, nieuw : only the columns that differ, before and after
    besluit : (bestemming, naar) that somebody decided on, None when the row is still open
    """

    sleutel: str | None
    rij: int
    inhoud: Mapping[str, object]
    oud: Mapping[str, object] = field(default_factory=dict)
    nieuw: Mapping[str, object] = field(default_factory=dict)
    besluit: tuple[str, str | None] | None = None


@dataclass(frozen=True)
class Tabelverschil:
    """What reading one sheet does to one table; a sheet that left its file has only `vervallen`.

    Attributes
    ----------
    ongewijzigd : Excel rows that stay just so
    besluiten : decisions on those rows; they stay
    """

    bestand: str
    blad: str
    tabel: str
    nieuw: tuple[Rijverschil, ...] = ()
    gewijzigd: tuple[Rijverschil, ...] = ()
    vervallen: tuple[Rijverschil, ...] = ()
    ongewijzigd: frozenset[int] = frozenset()
    besluiten: int = 0


@dataclass(frozen=True)
class Proef:
    """Outcome of a trial.

    Attributes
    ----------
    verschillen : per sheet and table; a sheet that was read just so before has none
    voor, na : table -> (rows that are in their file, sum of euros, fte or hours, or None)
    verwerkt : what storing counts, None when it would be refused
    bevindingen : of storing
    versie : of the werkmap at that moment, None when there is no werkmap yet
    """

    verschillen: tuple[Tabelverschil, ...]
    voor: Mapping[str, tuple[int, float | None]]
    na: Mapping[str, tuple[int, float | None]]
    verwerkt: Verwerkt | None
    bevindingen: tuple[Bevinding, ...]
    versie: int | None

    def zelfde(self, ander: Proef) -> bool:
        """Whether the other trial says the same of the rows, their decisions and the sums."""
        gelijk = ("verschillen", "voor", "na", "bevindingen")
        return all(getattr(self, n) == getattr(ander, n) for n in gelijk)


def bestaat(adres: str | Path) -> bool:
    """Whether there is a werkmap."""
    return werkmap_bestaat(ontleed(adres))


def probeer(adres: str | Path, bladen: Sequence[Blad]) -> Proef:
    """What storing `bladen` would do. Nothing is stored, and no werkmap is made when there is none.

    Parameters
    ----------
    adres : of the werkmap, which need not exist

    Raises
    ------
    WerkmapFout : the werkmap cannot be opened
    """
    with _op_proef(adres) as v:
        return _voer_uit(v, bladen, "proef", bestond=bestaat(adres))


def pas_toe(
    adres: str | Path,
    bladen: Sequence[Blad],
    wie: str,
    getoond: Proef,
    koppelingen: Mapping[str, Mapping[str, object]] | None = None,
    *,
    herkomst: str = "opdrachtregel",
) -> Verwerkt:
    """Store `bladen` in one transaction, when that does exactly what `getoond` says.

    Parameters
    ----------
    koppelingen : layout of a sheet -> how its headers are to be understood from now on
    herkomst : where the change comes from, for the log

    Raises
    ------
    AndersFout : the werkmap changed in a way that makes the outcome another one; nothing was stored
    InvoerFout : a reference or key does not fit; nothing was stored
    """
    if getoond.verwerkt is None and not bestaat(adres):  # no werkmap is made for what is refused
        raise InvoerFout(getoond.bevindingen, sum(b.gelezen + b.geweigerd for b in bladen))
    with (
        Werkmap(adres, maak=True, herkomst=herkomst) as werkmap,
        werkmap._db.schrijf(lees_actie(bladen, wie)) as v,
    ):
        nu = _voer_uit(v, bladen, wie, bestond=True)
        if nu.verwerkt is None:
            raise InvoerFout(nu.bevindingen, sum(b.gelezen + b.geweigerd for b in bladen))
        if not nu.zelfde(getoond):
            raise AndersFout("De werkmap is intussen gewijzigd; er is niets ingelezen.")
        leg_vast(v, [Wijziging(KOPPELING, indeling, dict(k), wie) for indeling, k in (koppelingen or {}).items()])
        return nu.verwerkt


@contextmanager
def _op_proef(adres: str | Path) -> Iterator[sa.Connection]:
    """A writing transaction that is always taken back; on an empty database when there is no werkmap."""
    if not bestaat(adres):
        motor = sa.create_engine("sqlite://")
        try:
            with motor.connect() as v:
                metadata.create_all(v)
                yield v
        finally:
            motor.dispose()
        return
    with Werkmap(adres) as werkmap, werkmap._db.proef() as v:
        yield v


def _voer_uit(v: sa.Connection, bladen: Sequence[Blad], wie: str, *, bestond: bool) -> Proef:
    versie = lezen.versie(v)
    voor = _stand(v)
    spoor = lezen.spoor(v).tabel
    besloten = {
        a: (str(b), n)
        for a, b, n in zip(spoor.index, spoor["bestemming"], spoor["naar"], strict=True)
        if b != Bestemming.OPEN
    }
    verschillen: list[Tabelverschil] = []

    def kijk(bestand: str, blad: str, tabel: str, verschil: Verschil) -> None:
        verschillen.append(_als_verschil(bestand, blad, tabel, verschil, besloten))

    try:
        verwerkt = inname.bewaar(v, bladen, wie, kijk=kijk)
        bevindingen = verwerkt.bevindingen
    except InvoerFout as fout:
        verwerkt, bevindingen = None, tuple(fout.bevindingen)
    return Proef(tuple(verschillen), voor, _stand(v), verwerkt, bevindingen, versie if bestond else None)


def _als_verschil(
    bestand: str, blad: str, tabel: str, verschil: Verschil, besloten: Mapping[str, tuple]
) -> Tabelverschil:
    k = sleutel(tabel)
    van = besloten if tabel == "ambities" else {}
    gewijzigd = []
    for oud, nieuw in verschil.gewijzigd:
        voor, na = wijziging(tabel, oud, nieuw)
        gewijzigd.append(Rijverschil(oud[k], nieuw["rij"], _inhoud(tabel, nieuw), voor, na, van.get(oud[k])))
    return Tabelverschil(
        bestand,
        blad,
        tabel,
        tuple(Rijverschil(None, r["rij"], _inhoud(tabel, r)) for r in verschil.nieuw),
        tuple(gewijzigd),
        tuple(
            Rijverschil(r[k], int(r["rij"] or 0), _inhoud(tabel, r), besluit=van.get(r[k])) for r in verschil.weg
        ),
        frozenset(int(n["rij"]) for _, n in verschil.gelijk),
        sum(oud[k] in van for oud, _ in verschil.gelijk),
    )


def _inhoud(tabel: str, rij: Rij) -> dict[str, object]:
    """The columns of the dictionary that hold something; a key that is handed out is not known yet."""
    weg = {"bron", "blad", "rij", "vervallen", sleutel(tabel)} - {"team", "opgave", "activiteit"}
    return {veld: w for veld, w in rij.items() if veld not in weg and w is not None}


def _stand(v: sa.Connection) -> dict[str, tuple[int, float | None]]:
    uit = {}
    for tabel in inname.VOLGORDE:
        t = TABEL[tabel]
        som = sa.func.sum(t.c[_SOMMEN[tabel]]) if tabel in _SOMMEN else sa.null()
        if tabel == "begroting":
            som += sa.func.coalesce(sa.func.sum(t.c.lasten_cent), 0) / 100.0
        n, totaal = v.execute(sa.select(sa.func.count(), som).where(~t.c.vervallen)).one()
        uit[tabel] = (n, None if tabel not in _SOMMEN else float(totaal or 0))
    return uit
