"""Files that come there whole or not at all, and that replace nothing unasked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from opgavelib.fouten import OpgaveFout


class BestaatFout(OpgaveFout):
    """A file of that name is there already."""


def schrijf(map_: Path, bestanden: Mapping[str, bytes], *, vervang: bool = False) -> list[Path]:
    """Write files in a folder, which is made when it is not there.

    Parameters
    ----------
    bestanden : name -> contents
    vervang : replace files of the same name

    Raises
    ------
    BestaatFout : one is there already and `vervang` is not set; nothing was written
    OpgaveFout : the folder cannot be written in
    """
    eis_vrij(map_, bestanden, vervang=vervang)
    doelen = {map_ / naam: inhoud for naam, inhoud in bestanden.items()}
    try:
        map_.mkdir(parents=True, exist_ok=True)
        for doel, inhoud in doelen.items():
            _schrijf_heel(doel, inhoud)
    except OSError as fout:
        raise OpgaveFout(
            f"In '{map_}' kan niet worden geschreven.\n"
            "   Doe: kies een andere map, of sluit het bestand als het nog open is."
        ) from fout
    return list(doelen)


def eis_vrij(map_: Path, namen: Iterable[str], *, vervang: bool) -> None:
    """Refuse when a file of one of these names is in the folder.

    Raises
    ------
    BestaatFout : there is, and `vervang` is not set
    """
    al_daar = [naam for naam in namen if (map_ / naam).exists()]
    if al_daar and not vervang:
        raise BestaatFout(
            f"In '{map_}' staat al {', '.join(al_daar)}; er is niets gemaakt.\n"
            "   Doe: kies een andere map, of vervang het bestand met --vervang."
        )


def _schrijf_heel(doel: Path, inhoud: bytes) -> None:
    greep, half = tempfile.mkstemp(prefix=f".{doel.stem}", suffix=".half", dir=doel.parent)
    try:
        with os.fdopen(greep, "wb") as f:
            f.write(inhoud)
            f.flush()
            os.fsync(f.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(half, 0o666 & ~umask)  # mkstemp made it for the owner only
        os.replace(half, doel)
    except BaseException:
        with suppress(OSError):
            os.unlink(half)
        raise
