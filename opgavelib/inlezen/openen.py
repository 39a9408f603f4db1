"""From paths to workbooks: preflight here, parsing in another process, one file ahead."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from opgavelib.inlezen.beperking import geef_geheugen_terug
from opgavelib.inlezen.grenzen import Geweigerd, Grenzen
from opgavelib.inlezen.lezers import MODULES
from opgavelib.inlezen.preflight import Gekeurd, keur, keur_naam
from opgavelib.inlezen.proces import Leesproces
from opgavelib.inlezen.werkblad import Melding, Werkboek


@dataclass(frozen=True)
class Geopend:
    """One file as it came out of the reading process.

    Attributes
    ----------
    sha256 : of the whole file, empty when it could not be read at all
    boek : its cells; None when the file was refused
    meldingen : what preflight and reader noticed
    weigering : why it was refused
    """

    pad: Path
    sha256: str = ""
    boek: Werkboek | None = None
    meldingen: tuple[Melding, ...] = ()
    weigering: Geweigerd | None = None


def open_bestanden(paden: Sequence[Path], grenzen: Grenzen | None = None) -> Iterator[Geopend]:
    """Every file in turn; the next one is parsed while the caller works on this one."""
    grenzen = grenzen or Grenzen.standaard()
    # Only a file that may come through is worth a process; by its name we know what that must load.
    soorten = frozenset(_soort_naam(p) for p in paden if p.is_file()) & MODULES.keys()
    try:
        with ExitStack() as stapel:
            werker = stapel.enter_context(ThreadPoolExecutor(1, "lezen"))
            proces = stapel.enter_context(Leesproces(grenzen, soorten)) if soorten else None
            straks: Future[Geopend] | None = None
            for pad in (*paden, None):
                nu, straks = straks, (None if pad is None else _begin(pad, proces, grenzen, werker))
                if nu is not None:
                    yield nu.result()
    finally:
        geef_geheugen_terug()


def _soort_naam(pad: Path) -> str:
    return {"xlsm": "xlsx"}.get(extensie := pad.suffix.lower()[1:], extensie)


def _begin(pad: Path, proces: Leesproces | None, grenzen: Grenzen, werker: ThreadPoolExecutor) -> Future[Geopend]:
    """Judge a file here and have it parsed there.

    The file is held by this thread and not by the worker: what a thread of its own held is not given back.
    """
    sha256 = ""
    try:
        extensie = keur_naam(pad.name)
        inhoud = _inhoud(pad, grenzen)
        sha256 = hashlib.sha256(inhoud).hexdigest()
        gekeurd = keur(inhoud, grenzen, extensie)
    except Geweigerd as fout:
        klaar: Future[Geopend] = Future()
        # A new one: the traceback of this one holds on to the whole file.
        klaar.set_result(Geopend(pad, sha256, weigering=Geweigerd(fout.probleem, fout.doe)))
        return klaar
    return werker.submit(_lees, pad, sha256, gekeurd, inhoud, proces)


def _lees(pad: Path, sha256: str, gekeurd: Gekeurd, inhoud: bytes, proces: Leesproces) -> Geopend:
    try:
        boek = proces.lees(gekeurd.soort, inhoud, gekeurd.uitgepakt_bytes)
    except Geweigerd as fout:
        return Geopend(pad, sha256, weigering=Geweigerd(fout.probleem, fout.doe))
    return Geopend(pad, sha256, boek, (*gekeurd.meldingen, *boek.meldingen))


def _inhoud(pad: Path, grenzen: Grenzen) -> bytes:
    try:
        if pad.stat().st_size > grenzen.bestand_bytes:
            mb = grenzen.bestand_bytes // 1_000_000
            raise Geweigerd(f"Het bestand is groter dan {mb} MB.", "Haal afbeeldingen en overbodige bladen weg.")
        return pad.read_bytes()
    except FileNotFoundError as fout:
        raise Geweigerd("Het bestand bestaat niet.", "Controleer de naam en de map.") from fout
    except OSError as fout:
        raise Geweigerd(
            "Het bestand kan niet worden geopend.", "Sluit het in Excel, of controleer of u het mag lezen."
        ) from fout
