"""Which werkmap, for a page or a notebook."""

from __future__ import annotations

import os
from pathlib import Path

from opgavelib.opslag import Werkmap
from opgavelib.toepassing.stand import Stand
from opgavelib.toepassing.voorbeeld import voorbeeld_map

OMGEVING = "OPGAVE_WERKMAP"


def werkmap_adres(adres: str | Path | None = None) -> Path:
    """`adres` when given, else environment variable OPGAVE_WERKMAP, else the example of this user."""
    return Path(adres or os.environ.get(OMGEVING) or voorbeeld_map())


def open_stand(adres: str | Path | None = None) -> Stand:
    """The werkmap of `werkmap_adres`, as it is now.

    Raises
    ------
    WerkmapFout : there is no werkmap
    """
    return Stand(Werkmap(werkmap_adres(adres)))
