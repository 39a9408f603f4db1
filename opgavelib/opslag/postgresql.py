"""A werkmap in a PostgreSQL database, for several people on several machines.

Connections are not kept: every page is a process of its own, and dozens of idle connections cost the server more
than making one does.
"""

from __future__ import annotations

import re

import sqlalchemy as sa

from opgavelib.fouten import WerkmapFout
from opgavelib.opslag.tabellen import TABEL

WACHT_SECONDEN = 30
# A writer that vanished with its network must not keep the others out for ever.
_STIL_MINUTEN = 5
# Any number will do, as long as every version of the workbook takes the same; "opgaven" in ASCII.
_GRENDEL = 0x6F70676176656E


class Postgresql:
    """How one database is opened, locked, and what its errors mean."""

    map = None

    def __init__(self, url: sa.URL):
        self.url = url

    def maak_engine(self, *, maak: bool) -> sa.Engine:
        """An engine without a pool.

        Raises
        ------
        WerkmapFout : the driver is not installed
        """
        eigen = {"connect_timeout": 10, "application_name": "opgavenwerkboek"}
        opties = {naam: waarde for naam, waarde in eigen.items() if naam not in self.url.query}
        try:
            # Parameters hold cells and names; an error that ends up in a server's log must not show them.
            return sa.create_engine(
                self.url, poolclass=sa.NullPool, connect_args=opties, hide_parameters=True, use_native_hstore=False
            )
        except ImportError:
            raise WerkmapFout(
                "Voor een werkmap op PostgreSQL is een aanvulling nodig: pip install 'opgavenwerkboek[postgresql]'."
            ) from None

    @staticmethod
    def lezend(engine: sa.Engine) -> sa.Engine:
        """The engine for reading transactions: all queries see the moment of the first."""
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @staticmethod
    def schrijvend(engine: sa.Engine) -> sa.Engine:
        """The engine for writing transactions.

        READ COMMITTED and not stricter: with a snapshot for the whole transaction, waiting for the lock would be
        looking at what was there before the wait.
        """
        return engine.execution_options(isolation_level="READ COMMITTED")

    @staticmethod
    def grendel(verbinding: sa.Connection) -> None:
        """One writer at a time, as SQLite's BEGIN IMMEDIATE; so event numbers are in the order of commits."""
        verbinding.exec_driver_sql(
            f"SELECT set_config('lock_timeout', '{WACHT_SECONDEN}s', true), "
            f"set_config('idle_in_transaction_session_timeout', '{_STIL_MINUTEN}min', true)"
        )
        verbinding.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_GRENDEL})")

    @staticmethod
    def zet_nummering(verbinding: sa.Connection) -> None:
        """Event numbers go on after the highest that is there; needed after numbers were put in by hand."""
        verbinding.exec_driver_sql(
            "SELECT setval(pg_get_serial_sequence('gebeurtenissen', 'volgnummer'), max(volgnummer)) "
            "FROM gebeurtenissen HAVING max(volgnummer) IS NOT NULL"
        )

    def keur_nieuw(self, tabellen: set[str], *, maak: bool) -> None:
        """Whether a database without (all of) our tables may become a werkmap.

        Raises
        ------
        WerkmapFout : it may not be made, or tables of something else have our names
        """
        if "gebeurtenissen" in tabellen:
            return
        if tabellen & TABEL.keys():
            raise WerkmapFout(
                f"In database '{self.url.database}' staan tabellen van iets anders. Gebruik een eigen database."
            )
        if not maak:
            raise WerkmapFout(
                f"In database '{self.url.database}' staat nog geen werkmap. Maak die met "
                "`opgave lees BESTAND --werkmap ADRES`, of zet een backup terug met `opgave herstel`."
            )

    def leesbaar(self, fout: sa.exc.DBAPIError) -> str | None:
        """What an error means to a user, in Dutch; None when it is a mistake of ours.

        Nothing of the server's own text is passed on: it can hold cells and names.
        """
        # What the driver itself refuses has no code.
        code = getattr(fout.orig, "sqlstate", None) or ("22" if isinstance(fout, sa.exc.DataError) else None)
        if code is None and isinstance(fout, sa.exc.OperationalError):
            return self._geen_toegang(str(fout.orig))
        for patroon, tekst in _FOUTEN.items():
            if re.match(patroon, code or ""):
                return tekst.format(database=self.url.database)
        return None

    def _geen_toegang(self, tekst: str) -> str:
        """Why connecting failed. The server's words are read, when English, and never repeated."""
        database, server = self.url.database, self.url.host or "deze computer"
        gebruiker = f"gebruiker '{self.url.username}'" if self.url.username else "deze gebruiker"
        if re.search(r"password|authentication|no pg_hba.conf entry|role .* does not exist", tekst):
            return f"De databaseserver '{server}' laat {gebruiker} niet toe. Controleer naam en wachtwoord."
        if re.search(r'database ".*" does not exist', tekst):
            return f"Op '{server}' is geen database '{database}'. Vraag de beheerder die te maken."
        if "permission denied for database" in tekst:
            return f"Op '{server}' mag {gebruiker} database '{database}' niet gebruiken. Vraag de beheerder."
        if re.search(r"too many (clients|connections)|remaining connection slots", tekst):
            return f"De databaseserver '{server}' heeft geen verbinding vrij. Probeer het zo opnieuw."
        if re.search(
            r"server closed the connection|terminating|consuming input failed|connection is (lost|bad|closed)",
            tekst,
        ):
            return _WEGGEVALLEN.format(database=database)
        return (
            f"De databaseserver '{server}' is niet bereikbaar. Controleer het adres en het netwerk, of vraag de "
            "beheerder of de server aan staat."
        )


_WEGGEVALLEN = (
    "De verbinding met database '{database}' viel weg. Kijk of uw laatste wijziging er staat voordat u haar "
    "opnieuw doet."
)
_FOUTEN = {
    "55P03|57014": f"Database '{{database}}' is al {WACHT_SECONDEN} seconden bezet door een ander. "
    "Probeer het zo opnieuw; er is niets opgeslagen.",
    "42501|25006|3F000": "U hebt in database '{database}' niet de rechten die hiervoor nodig zijn. Er is niets "
    "opgeslagen; vraag de beheerder.",
    "53": "De databaseserver van '{database}' heeft geen ruimte meer. Er is niets opgeslagen; vraag de beheerder.",
    "08|57P|25P03|XX00[12]": _WEGGEVALLEN,
    "40": "Database '{database}' kon dit niet naast ander werk doen. Er is niets opgeslagen; probeer het opnieuw.",
    "22": "Database '{database}' kan een waarde niet opslaan: een teken of getal dat daar niet kan. Er is niets "
    "opgeslagen.",
}
