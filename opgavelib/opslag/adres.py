"""Where a werkmap is: a folder, or a PostgreSQL database by its URL. A password never becomes text here."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

from opgavelib.fouten import WerkmapFout

Adres = Path | sa.URL
_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_GEHEIM = "password"


def ontleed(adres: str | Path | sa.URL) -> Adres:
    """A folder as Path, a database as URL; the text of a URL hides its password.

    Raises
    ------
    WerkmapFout : another kind of database, no database named, or a password that runs on into the rest
    """
    if isinstance(adres, sa.URL):
        return _keur(adres)
    tekst = str(adres)
    if isinstance(adres, Path) and re.match(r"postgres\S*:/", tekst):
        raise WerkmapFout("Geef het adres van een database als tekst op en niet als pad.")
    if "://" not in tekst:
        return Path(adres)
    soort = tekst.partition("://")[0]
    if soort not in _POSTGRESQL:
        raise WerkmapFout(
            f"Een werkmap op '{soort}://' kan niet. Geef een map op, of een adres dat begint met postgresql://."
        )
    try:
        return _keur(sa.make_url(tekst))
    # `from None`: the original error can quote the address, password and all.
    except (sa.exc.ArgumentError, ValueError):
        raise WerkmapFout(
            "Dit adres van een database klopt niet. Schrijf het als postgresql://GEBRUIKER@SERVER:5432/DATABASE."
        ) from None


def _keur(url: sa.URL) -> sa.URL:
    vraag = dict(url.query)
    if isinstance(vraag.get(_GEHEIM), str):
        url = url.set(password=vraag[_GEHEIM]).difference_update_query([_GEHEIM])
    if any("pass" in naam and naam != "passfile" for naam in url.query):
        raise WerkmapFout("Zet een wachtwoord niet achter het vraagteken van het adres, maar in ~/.pgpass.")
    # An @ or / in a password that is not written as %40 or %2F would show the rest of it as server or name.
    if any("@" in deel for deel in (url.host or "", url.database or "")):
        raise WerkmapFout("In het wachtwoord staat een teken dat in een adres anders moet: schrijf @ als %40.")
    if not url.database:
        raise WerkmapFout("Noem ook de database in het adres: postgresql://GEBRUIKER@SERVER/DATABASE.")
    _keur_instellingen(url)
    return url.set(drivername="postgresql+psycopg")


def _keur_instellingen(url: sa.URL) -> None:
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import make_conninfo
    except ImportError:
        return  # said when the database is opened
    try:
        make_conninfo(**{naam: str(waarde) for naam, waarde in url.query.items()})
    except ProgrammingError:
        waar = "Achter het vraagteken van het adres staat een onbekende instelling"
        raise WerkmapFout(f"{waar}; bijvoorbeeld sslmode of connect_timeout mag.") from None


def naam_van(adres: Adres) -> str:
    """Name for people: of the folder, or of the database."""
    return str(adres.database) if isinstance(adres, sa.URL) else adres.resolve().name
