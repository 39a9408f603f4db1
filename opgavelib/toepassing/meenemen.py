"""The workbook as bytes, made in a process of its own: writing it loads libraries that a page does without."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from opgavelib.logboek import Actie
from opgavelib.toepassing.kind import Taak, in_kind

if TYPE_CHECKING:
    from opgavelib.toepassing.stand import Stand

MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def bestandsnaam(werkmap: str, soort: str, op: datetime) -> str:
    """Name for the file: ``opgavenwerkboek_meerwoude_2026-11-22.xlsx``."""
    kort = re.sub(r"[^a-z0-9]+", "-", werkmap.lower()).strip("-") or "werkmap"
    return f"opgavenwerkboek_{kort}_{op:%Y-%m-%d}.{soort}"


def actie(bestanden: Iterable[str]) -> Actie:
    """How the making of a workbook is logged: there are names of people in it."""
    return Actie("werkboek maken", getpass.getuser(), bestanden=list(bestanden))


def werkboek(adres: Path | sa.URL, soort: str) -> bytes:
    """The workbook of a werkmap as it is now; a line in its log says that it was made.

    Parameters
    ----------
    soort : ``xlsx`` or ``ods``
    """
    from opgavelib.opslag import Werkmap
    from opgavelib.rapport.werkboek import inhoud
    from opgavelib.rapport.werkboek.bladen import bouw
    from opgavelib.toepassing.rapport import gegevens
    from opgavelib.toepassing.stand import Stand

    nu = datetime.now()
    with (
        Werkmap(adres, herkomst="pagina controle") as werkmap,
        werkmap.log(actie([bestandsnaam(werkmap.naam, soort, nu)])),
    ):
        return inhoud(bouw(gegevens(Stand(werkmap), nu)), soort)


def werkboek_in_kind(stand: Stand, soort: str) -> Taak[bytes]:
    """`werkboek` in a process of its own."""
    return in_kind(werkboek, stand.werkmap.adres, soort)
