"""Which werkmap, for a page or a notebook."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from opgavelib.opslag import Werkmap
from opgavelib.opslag.adres import ontleed

if TYPE_CHECKING:
    from opgavelib.toepassing.stand import Stand

OMGEVING = "OPGAVE_WERKMAP"


def werkmap_adres(adres: str | Path | sa.URL | None = None) -> Path | sa.URL:
    """`adres` when given, else environment variable OPGAVE_WERKMAP, else the example of this user.

    Returns
    -------
    Path of a folder, or the URL of a database; the text of that URL hides its password

    Raises
    ------
    WerkmapFout : an address that cannot be a werkmap
    """
    if gegeven := adres or os.environ.get(OMGEVING):
        return ontleed(gegeven)
    from opgavelib.toepassing.voorbeeld import voorbeeld_map  # reads files: not for a page that was told where

    return ontleed(voorbeeld_map())


def open_stand(adres: str | Path | sa.URL | None = None) -> Stand:
    """The werkmap of `werkmap_adres`, as it is now.

    Raises
    ------
    WerkmapFout : there is no werkmap
    """
    from opgavelib.toepassing.stand import Stand

    return Stand(Werkmap(werkmap_adres(adres), herkomst="notebook"))
