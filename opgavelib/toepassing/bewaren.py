"""Making a backup of a werkmap, and putting one back."""

from __future__ import annotations

import getpass
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from opgavelib.fouten import WerkmapFout
from opgavelib.logboek import Actie, Logboek
from opgavelib.opslag import Werkmap
from opgavelib.opslag.adres import ontleed
from opgavelib.opslag.backup import Backup, NietLeegFout, keur
from opgavelib.opslag.sqlite import BESTAND, is_kapot

UITGANG = ".opgave"


@dataclass(frozen=True)
class Hersteld:
    """What a restore did.

    Attributes
    ----------
    backup : what was put back
    versie : number of the event that says so; the version of the werkmap now
    vorige : file with what was there before, None when nothing was
    """

    backup: Backup
    versie: int
    vorige: Path | None


def maak_backup(
    adres: str | Path | sa.URL, naar: str | Path, *, wie: str | None = None, herkomst: str = "opdrachtregel"
) -> Backup:
    """Write a werkmap as it is at one moment to one file; others can go on meanwhile.

    Parameters
    ----------
    naar : a file that is not there yet, or a folder: then the file gets the name of the werkmap and the time
    wie : for the log; the user of this computer by default

    Raises
    ------
    WerkmapFout : there is no werkmap, or the file is there already or cannot be written
    """
    with Werkmap(adres, herkomst=herkomst) as werkmap:
        pad = Path(naar)
        if pad.is_dir():
            pad /= _bestandsnaam(werkmap.naam)
        return werkmap.backup(pad, wie or getpass.getuser())


def herstel(
    bestand: str | Path,
    adres: str | Path | sa.URL,
    *,
    vervang: bool = False,
    wie: str | None = None,
    herkomst: str = "opdrachtregel",
) -> Hersteld:
    """Put a backup back: all of it or, when anything is wrong, nothing; also while others have the werkmap open.

    Parameters
    ----------
    adres : of the werkmap; made when it is not there. Folder or database, whichever the backup came from
    vervang : put it in the place of a werkmap that has something in it; that is kept in a backup of its own,
        in its folder or, of a database, beside `bestand`

    Raises
    ------
    WerkmapFout : not a (whole) backup, or of a newer version; the werkmap cannot be written
    NietLeegFout : something is there and `vervang` is False
    """
    wie = wie or getpass.getuser()
    backup = keur(Path(bestand))
    adres = ontleed(adres)
    if isinstance(adres, Path) and is_kapot(adres):
        return _vervang_kapotte(backup, adres, wie, herkomst, vervang=vervang)
    with Werkmap(adres, maak=True, herkomst=herkomst) as werkmap:
        map_ = adres if isinstance(adres, Path) else backup.pad.parent
        vorige = map_ / f"voor-herstel-{_bestandsnaam(werkmap.naam)}" if vervang and werkmap.versie() else None
        return Hersteld(backup, werkmap.herstel(backup, wie, vorige=vorige), vorige)


def _vervang_kapotte(backup: Backup, map_: Path, wie: str, herkomst: str, *, vervang: bool) -> Hersteld:
    """Put a backup in the place of a file that cannot be read; the broken file is kept."""
    logboek = Logboek(map_, map_.resolve().name, herkomst)
    vorige = map_ / f"beschadigd-{_bestandsnaam(map_.resolve().name)}"
    with logboek.volg(Actie("herstel", wie, bestanden=[backup.pad.name])):
        if not vervang:
            raise NietLeegFout(f"De werkmap in '{map_}' is beschadigd. Er is niets veranderd.")
        try:
            # Made beside its place and moved in one go, as there is no transaction in a file that is broken.
            with tempfile.TemporaryDirectory(dir=map_, prefix=".herstel-") as tijdelijk:
                with Werkmap(tijdelijk, maak=True, herkomst=herkomst) as nieuw:
                    versie = nieuw.herstel(backup, wie)
                shutil.copy2(map_ / BESTAND, vorige)
                # A journal of the broken file must not be played back into the new one.
                if (journaal := map_ / f"{BESTAND}-journal").exists():
                    journaal.replace(f"{vorige}-journal")
                (Path(tijdelijk) / BESTAND).replace(map_ / BESTAND)
        except OSError:
            raise WerkmapFout(f"In '{map_}' kan niet worden geschreven. Er is niets vervangen.") from None
    return Hersteld(backup, versie, vorige)


def _bestandsnaam(naam: str) -> str:
    tijd = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    return f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', naam)}-{tijd}{UITGANG}"
