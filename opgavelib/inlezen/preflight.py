"""Preflight: look at a workbook as a zip, before any parser opens it.

A workbook comes from anyone. The standard library alone decides here whether a file may reach
openpyxl, within a tenth of a second; what is refused was measured to eat memory, time or the
process (zip bombs, a cell at XFD1048576, a million empty rows, DTDs).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

LEESBAAR = (".xlsx", ".xlsm")
LATER = {
    ".xls": "een oud Excel-bestand (.xls)",
    ".xlsb": "een binair Excel-bestand (.xlsb)",
    ".ods": "een OpenDocument-bestand (.ods)",
    ".csv": "een tekstbestand (.csv)",
}
OPSLAAN = "Open het bestand in Excel en sla het op als .xlsx."
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_BLOK = 1 << 20
_OVERLAP = 256
_CEL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_RIJ = re.compile(rb"<(?:\w+:)?row[\s>/]")
_ADRES = re.compile(rb"""\br=["']([A-Za-z]*)(\d+)["']""")


@dataclass(frozen=True)
class Grenzen:
    """Limits of what is opened; a municipality's inventory stays a hundred times below them."""

    bestand_bytes: int = 20_000_000
    uitgepakt_bytes: int = 200_000_000
    onderdelen: int = 2_000
    cellen: int = 500_000
    rijen: int = 100_000
    kolommen: int = 1_000


class Geweigerd(ValueError):
    """A file that is not opened; Dutch text and what to do."""

    def __init__(self, probleem: str, doe: str = OPSLAAN):
        super().__init__(probleem)
        self.probleem, self.doe = probleem, doe


def keur_naam(naam: str) -> None:
    """Refuse by the file's name alone.

    Raises
    ------
    Geweigerd : another extension than .xlsx or .xlsm, or Excel's lock file
    """
    if naam.startswith("~$"):
        raise Geweigerd(
            "Dit is het tijdelijke bestand dat Excel maakt zolang een werkmap open is.",
            "Kies het bestand zelf, zonder '~$' vooraan.",
        )
    extensie = naam[naam.rfind(".") :].lower() if "." in naam else ""
    if extensie not in LEESBAAR:
        wat = LATER.get(extensie, f"geen Excel-bestand ({extensie or 'zonder extensie'})")
        raise Geweigerd(f"Dit is {wat}; alleen .xlsx en .xlsm worden gelezen.", OPSLAAN)


def keur(inhoud: bytes, grenzen: Grenzen | None = None) -> None:
    """Refuse what is no ordinary workbook or is too large to open.

    Parameters
    ----------
    inhoud : the whole file
    grenzen : limits, default `Grenzen()`

    Raises
    ------
    Geweigerd : with the Dutch reason and what to do
    """
    grenzen = grenzen or Grenzen()
    if not inhoud:
        raise Geweigerd("Het bestand is leeg (0 bytes).", "Vraag het bestand opnieuw op.")
    if len(inhoud) > grenzen.bestand_bytes:
        mb = grenzen.bestand_bytes // 1_000_000
        raise Geweigerd(f"Het bestand is groter dan {mb} MB.", "Haal afbeeldingen en overbodige bladen weg.")
    if inhoud.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in inhoud:
            raise Geweigerd(
                "Het bestand is met een wachtwoord beveiligd.",
                "Haal in Excel het wachtwoord eraf (Bestand > Info > Werkmap beveiligen) en sla het op.",
            )
        raise Geweigerd("Dit is een oud Excel-bestand (.xls) met een andere naam.")
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as zip_:
            _keur_onderdelen(zip_, grenzen)
    except Geweigerd:
        raise
    # zipfile lets many kinds of errors through on a crafted or cut-off file.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
            RuntimeError) as fout:  # fmt: skip
        raise Geweigerd("Het bestand is beschadigd of geen Excel-bestand.") from fout


def _keur_onderdelen(zip_: zipfile.ZipFile, grenzen: Grenzen) -> None:
    onderdelen = zip_.infolist()
    namen = {o.filename for o in onderdelen}
    if len(onderdelen) > grenzen.onderdelen:
        raise Geweigerd(f"Het bestand bestaat uit meer dan {grenzen.onderdelen} onderdelen.")
    if sum(o.file_size for o in onderdelen) > grenzen.uitgepakt_bytes:
        mb = grenzen.uitgepakt_bytes // 1_000_000
        raise Geweigerd(
            f"Het bestand is uitgepakt groter dan {mb} MB.", "Kopieer de tabel naar een nieuwe werkmap."
        )
    if any(".." in re.split(r"[/\\]", naam) for naam in namen):
        raise Geweigerd("Het bestand verwijst naar mappen erbuiten en wordt niet geopend.")
    if any(o.flag_bits & 1 for o in onderdelen):
        raise Geweigerd("Het bestand is met een wachtwoord beveiligd.", "Haal het wachtwoord eraf.")
    if "[Content_Types].xml" not in namen:
        raise Geweigerd("Het bestand is geen Excel-werkmap.")
    cellen = 0
    for onderdeel in onderdelen:
        naam = onderdeel.filename.lower()
        # customXml is somebody's own attachment; no parser of ours opens it.
        if naam.endswith((".xml", ".rels")) and not naam.startswith("customxml/"):
            cellen += _keur_xml(zip_, onderdeel, "worksheets/" in naam, grenzen)
            if cellen > grenzen.cellen:
                raise Geweigerd(
                    f"Het bestand heeft meer dan {grenzen.cellen} cellen.",
                    "Kopieer alleen de tabel, zonder lege opgemaakte rijen, naar een nieuwe werkmap.",
                )


def _keur_xml(zip_: zipfile.ZipFile, onderdeel: zipfile.ZipInfo, is_blad: bool, grenzen: Grenzen) -> int:
    """Read one part in blocks; returns its number of cells (0 when it is no sheet)."""
    cellen = rijen = 0
    staart = b""
    with zip_.open(onderdeel) as stroom:
        while blok := stroom.read(_BLOK):
            if not staart and (blok[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in blok[:4]):
                raise Geweigerd("Het bestand heeft een ongewone tekencodering en wordt niet geopend.")
            tekst = staart + blok
            if b"<!DOCTYPE" in tekst or b"<!ENTITY" in tekst:
                raise Geweigerd("Het bestand bevat een DTD of entiteit en wordt niet geopend.")
            if is_blad:
                cellen += len(_CEL.findall(tekst)) - len(_CEL.findall(staart))
                rijen += len(_RIJ.findall(tekst)) - len(_RIJ.findall(staart))
                if cellen > grenzen.cellen or rijen > grenzen.rijen:
                    return grenzen.cellen + 1
                _keur_adressen(tekst, grenzen)
            staart = tekst[-_OVERLAP:]
    return cellen


def _keur_adressen(tekst: bytes, grenzen: Grenzen) -> None:
    for letters, cijfers in set(_ADRES.findall(tekst)):
        if len(cijfers) > 7 or int(cijfers) > grenzen.rijen or kolomnummer(letters) > grenzen.kolommen:
            adres = (letters + cijfers[:12]).decode("ascii")
            raise Geweigerd(
                f"Er staat een cel ver buiten de tabel ({adres}).",
                "Verwijder die cel, of kopieer alleen de tabel naar een nieuwe werkmap.",
            )


def kolomnummer(letters: bytes) -> int:
    """``b"A"`` is 1, ``b"XFD"`` is 16384; empty is 0."""
    nummer = 0
    for teken in letters.upper():
        nummer = nummer * 26 + teken - 64
    return nummer
