"""Opening the database of a werkmap safely, and the two kinds of transactions on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from opgavelib.fouten import WerkmapFout
from opgavelib.logboek import Actie, Logboek
from opgavelib.opslag.adres import Adres
from opgavelib.opslag.postgresql import Postgresql
from opgavelib.opslag.sqlite import BESTAND, Sqlite
from opgavelib.opslag.tabellen import metadata


class Verbinding:
    """An engine with two kinds of transactions: reading, and writing one at a time.

    Parameters
    ----------
    adres : folder or URL
    maak : make the tables when there is no werkmap yet
    logboek : where every writing transaction leaves a line

    Raises
    ------
    WerkmapFout : there is no werkmap, or it cannot be opened
    """

    def __init__(self, adres: Adres, *, maak: bool, logboek: Logboek):
        self.logboek = logboek
        self.soort = Postgresql(adres) if isinstance(adres, sa.URL) else Sqlite(adres)
        self.engine = self.soort.maak_engine(maak=maak)
        with self.lees() as verbinding:
            tabellen, ontbreekt = _ontbrekende_kolommen(verbinding)
        if ontbreekt:  # only then: who just looks must not wait for who writes
            self.soort.keur_nieuw(tabellen, maak=maak)
            with self._transactie(self.soort.schrijvend(self.engine)) as verbinding:
                self.soort.grendel(verbinding)
                metadata.create_all(verbinding)
                _vul_kolommen_aan(verbinding)

    @contextmanager
    def lees(self) -> Iterator[sa.Connection]:
        """A reading transaction: all its queries see one moment."""
        with self._transactie(self.soort.lezend(self.engine)) as verbinding:
            yield verbinding

    @contextmanager
    def schrijf(self, actie: Actie) -> Iterator[sa.Connection]:
        """A writing transaction; others wait. Everything in it is stored, or nothing.

        The only way to change a werkmap, so that no change goes without its line in the log.
        """
        with self.logboek.volg(actie), self._transactie(self.soort.schrijvend(self.engine)) as verbinding:
            self.soort.grendel(verbinding)
            yield verbinding

    @contextmanager
    def proef(self) -> Iterator[sa.Connection]:
        """A writing transaction that is always taken back: to see what something would do."""
        with leesbare_fouten(self.soort), self.soort.schrijvend(self.engine).connect() as verbinding:
            verbinding.begin()
            self.soort.grendel(verbinding)
            yield verbinding
            # Leaving without a commit takes everything back.

    @contextmanager
    def _transactie(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        with leesbare_fouten(self.soort), engine.begin() as verbinding:
            yield verbinding


@contextmanager
def leesbare_fouten(soort: Sqlite | Postgresql) -> Iterator[None]:
    """Errors of the database that a user can understand become a WerkmapFout."""
    try:
        yield
    except DBAPIError as fout:
        if tekst := soort.leesbaar(fout):
            # `from None`: the database's own words can hold an address, cells and names.
            raise WerkmapFout(tekst) from None
        raise


def werkmap_bestaat(adres: Adres) -> bool:
    """Whether there is a werkmap, without making one.

    Raises
    ------
    WerkmapFout : the database cannot be reached
    """
    if not isinstance(adres, sa.URL):
        return (adres / BESTAND).is_file()
    soort = Postgresql(adres)
    with leesbare_fouten(soort), soort.maak_engine(maak=False).connect() as verbinding:
        return sa.inspect(verbinding).has_table("gebeurtenissen")


def _ontbrekende_kolommen(verbinding: sa.Connection) -> tuple[set[str], list[sa.Column]]:
    """Tables that are there, and the columns of the data dictionary that are not."""
    kolommen = sa.inspect(verbinding).get_multi_columns()
    bestaand = {tabel: {k["name"] for k in ks} for (_, tabel), ks in kolommen.items()}
    ontbreekt = [k for t in metadata.sorted_tables for k in t.columns if k.name not in bestaand.get(t.name, ())]
    return set(bestaand), ontbreekt


def _vul_kolommen_aan(verbinding: sa.Connection) -> None:
    """Give the tables of an older werkmap the columns that the data dictionary got since; empty."""
    for kolom in _ontbrekende_kolommen(verbinding)[1]:
        soort = kolom.type.compile(verbinding.dialect)
        verbinding.exec_driver_sql(f'ALTER TABLE "{kolom.table.name}" ADD COLUMN "{kolom.name}" {soort}')


__all__ = ["BESTAND", "Verbinding", "werkmap_bestaat"]
