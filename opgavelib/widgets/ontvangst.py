"""Files that a browser sends, in pieces, into a folder that only this process can read."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import unicodedata
import weakref
from pathlib import Path

from opgavelib.fouten import OpgaveFout

_VOOR = "opgave_inlezen_"
MEESTE_BESTANDEN = 25


class OntvangstFout(OpgaveFout):
    """What a browser sent is not accepted; Dutch."""


class Ontvangst:
    """Collects the pieces of files. The folder goes with `sluit`, with the object and with the process.

    Parameters
    ----------
    grootste : bytes per file

    Attributes
    ----------
    paden : complete files, in the order in which they came
    """

    def __init__(self, grootste: int):
        self.grootste = grootste
        self.paden: list[Path] = []
        self._map: Path | None = None
        self._bezig: dict[str, tuple[Path, int]] = {}
        self._opruimen = weakref.finalize(self, lambda: None)

    def begin(self, nummer: str, naam: str, grootte: int) -> None:
        """Make room for a file; a file of that name that was there gives way.

        Raises
        ------
        OntvangstFout : too large, or too many files
        """
        schoon = veilige_naam(naam)
        if not isinstance(grootte, int) or not 0 <= grootte <= self.grootste:
            raise OntvangstFout(f"{schoon} is groter dan {self.grootste // 1_000_000} MB en is niet verstuurd.")
        self.verwijder(schoon)
        if len(self.paden) + len(self._bezig) >= MEESTE_BESTANDEN:
            raise OntvangstFout(f"Lees hoogstens {MEESTE_BESTANDEN} bestanden tegelijk in.")
        pad = self._eigen_map() / schoon
        pad.write_bytes(b"")
        self._bezig[nummer] = (pad, grootte)

    def stuk(self, nummer: str, inhoud: bytes | memoryview) -> bool:
        """Add a piece; True when the file is complete.

        Raises
        ------
        OntvangstFout : no such file, or more than was announced
        """
        if nummer not in self._bezig:
            raise OntvangstFout("Het versturen is afgebroken. Kies het bestand opnieuw.")
        pad, grootte = self._bezig[nummer]
        al = pad.stat().st_size
        if al + len(inhoud) > grootte:
            del self._bezig[nummer]
            pad.unlink()
            raise OntvangstFout(f"{pad.name} is anders dan aangekondigd. Kies het bestand opnieuw.")
        with pad.open("ab") as f:
            f.write(inhoud)
        if al + len(inhoud) == grootte:
            del self._bezig[nummer]
            self.paden.append(pad)
            return True
        return False

    def verwijder(self, naam: str) -> None:
        """Throw one file away."""
        for pad in [p for p in self.paden if p.name == naam]:
            self.paden.remove(pad)
            pad.unlink(missing_ok=True)

    def leeg(self) -> None:
        """Throw everything away, the folder too."""
        self.paden.clear()
        self._bezig.clear()
        self._opruimen()
        self._map = None

    def _eigen_map(self) -> Path:
        if self._map is None:
            _ruim_achtergelaten_op()
            # mkdtemp gives a folder of mode 0700.
            self._map = Path(tempfile.mkdtemp(prefix=f"{_VOOR}{os.getpid()}_"))
            self._opruimen = weakref.finalize(self, shutil.rmtree, self._map, ignore_errors=True)
        return self._map


def veilige_naam(naam: str) -> str:
    """The last part of a name as a browser sends it, without what a file name cannot have."""
    kaal = re.split(r"[/\\]", unicodedata.normalize("NFC", str(naam)))[-1]
    kaal = re.sub(r'[\x00-\x1f\x7f<>:"|?*]', "", kaal).strip(" .")[-120:]
    return kaal or "bestand"


def _ruim_achtergelaten_op() -> None:
    """Folders of processes that were killed before they could clean up."""
    for map_ in Path(tempfile.gettempdir()).glob(f"{_VOOR}*_*"):
        nummer = map_.name.removeprefix(_VOOR).partition("_")[0]
        if nummer.isdigit() and not _leeft(int(nummer)):
            with contextlib.suppress(OSError):
                shutil.rmtree(map_, ignore_errors=True)


def _leeft(pid: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it there; the system cleans its own folder
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
