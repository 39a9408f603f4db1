"""Readers, one per file format: bytes in, a `Werkboek` out. They run in the child process only.

Nothing is imported before it is needed: the child that reads a .csv does not load openpyxl.
"""

from __future__ import annotations

from importlib import import_module

from opgavelib.inlezen.grenzen import Grenzen
from opgavelib.inlezen.werkblad import Werkboek

# What the content is (see `preflight.herken`) -> module of this package that reads it.
MODULES = {"xlsx": "xlsx", "xls": "xls", "xlsb": "xlsb", "ods": "ods", "csv": "tekst", "html": "html"}


def laad(soort: str):
    """The module for one kind of content, imported."""
    return import_module(f"{__name__}.{MODULES[soort]}")


def lees(soort: str, inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """Read a file that passed the preflight.

    Raises
    ------
    Geweigerd : too much in it, or nothing that a reader can make of it
    """
    return laad(soort).lees(inhoud, grenzen)
