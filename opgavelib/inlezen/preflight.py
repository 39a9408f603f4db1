"""Preflight: look at a file's bytes before any parser opens it.

A file comes from anyone. The standard library alone decides here whether it may reach a parser, and
what it really is, whatever its name says. What is refused was measured to eat memory, time or the
process (zip bombs, a cell at XFD1048576, a million empty rows, DTDs, merged areas of whole sheets).
"""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from opgavelib.fouten import Ernst
from opgavelib.inlezen import biff12
from opgavelib.inlezen.grenzen import KLEINER, OPSLAAN, Geweigerd, Grenzen
from opgavelib.inlezen.werkblad import Melding

__all__ = ["LEESBAAR", "OPSLAAN", "Gekeurd", "Geweigerd", "Grenzen", "keur", "keur_naam", "kolomnummer"]

LEESBAAR = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
# A bare stream of Excel 2 to 5, without the container of later versions.
_BOF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
_BLOK = 1 << 20
_OVERLAP = 256
_CEL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_RIJ = re.compile(rb"<(?:\w+:)?row[\s>/]")
_ODS_CEL = re.compile(rb"<(?:\w+:)?(?:covered-)?table-cell[\s>/]")
_ODS_RIJ = re.compile(rb"<(?:\w+:)?table-row[\s>/]")
_ADRES = re.compile(rb"""\br=["']([A-Za-z]*)(\d+)["']""")
_RIJNUMMER = re.compile(rb"""<(?:\w+:)?row\s(?:[^<>]{0,200}?\s)?r=["'](\d+)["']""")
_SAMENVOEGING = re.compile(rb"<(?:\w+:)?mergeCell\s")
# More merged areas than this is no table that anybody made.
SAMENVOEGINGEN = 20_000
_GEBIED = re.compile(
    rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref=["']\$?([A-Za-z]+)\$?(\d+):\$?([A-Za-z]+)\$?(\d+)["']"""
)
_NAAM = {"xlsx": "een Excel-werkmap", "xlsb": "een binaire Excel-werkmap", "xls": "een oud Excel-bestand",
         "ods": "een OpenDocument-rekenblad", "csv": "een tekstbestand", "html": "een webpagina"}  # fmt: skip
_HOORT = {"xlsx": (".xlsx", ".xlsm"), "html": (".xls",)}


@dataclass(frozen=True)
class Gekeurd:
    """A file that may be parsed.

    Attributes
    ----------
    soort : what its content is: xlsx, xlsb, xls, ods, csv or html
    uitgepakt_bytes : its size when inflated; what parsing may cost follows from it
    """

    soort: str
    uitgepakt_bytes: int
    meldingen: tuple[Melding, ...] = ()


def keur_naam(naam: str) -> str:
    """The extension, in lower case; refuse by the file's name alone.

    Raises
    ------
    Geweigerd : an extension that is not in `LEESBAAR`, or Excel's lock file
    """
    if naam.startswith(("~$", ".~lock.")):
        raise Geweigerd(
            "Dit is het tijdelijke bestand dat Excel maakt zolang een werkmap open is.",
            "Kies het bestand zelf, zonder '~$' vooraan.",
        )
    extensie = naam[naam.rfind(".") :].lower() if "." in naam else ""
    if extensie not in LEESBAAR:
        raise Geweigerd(f"Dit is geen Excel-bestand ({extensie or 'zonder extensie'}); gelezen worden "
                        f"{', '.join(LEESBAAR[:-1])} en {LEESBAAR[-1]}.", OPSLAAN)  # fmt: skip
    return extensie


def keur(inhoud: bytes, grenzen: Grenzen | None = None, extensie: str = ".xlsx") -> Gekeurd:
    """What a file is; refuse what is no ordinary table file or is too large to open.

    Parameters
    ----------
    inhoud : the whole file
    grenzen : limits, default those of the parameter file
    extensie : as the name has it; only .csv and .xls may turn out to be text

    Raises
    ------
    Geweigerd : with the Dutch reason and what to do
    """
    grenzen = grenzen or Grenzen.standaard()
    if not inhoud:
        raise Geweigerd("Het bestand is leeg (0 bytes).", "Vraag het bestand opnieuw op.")
    if len(inhoud) > grenzen.bestand_bytes:
        mb = grenzen.bestand_bytes // 1_000_000
        raise Geweigerd(f"Het bestand is groter dan {mb} MB.", "Haal afbeeldingen en overbodige bladen weg.")
    uitgepakt = len(inhoud)
    if inhoud.startswith(_OLE):
        soort = _keur_ole(inhoud)
    elif inhoud.startswith(_BOF) and extensie == ".xls":
        soort = "xls"
    elif inhoud.startswith(b"PK"):
        soort, uitgepakt = _keur_zip(inhoud, grenzen)
    elif extensie in (".csv", ".xls") and (tekst := _begin_van_tekst(inhoud)) is not None:
        soort = _soort_tekst(tekst)
    else:
        raise Geweigerd("Het bestand is beschadigd of geen Excel-bestand.")
    return Gekeurd(soort, uitgepakt, _meld_naam(soort, extensie))


def _meld_naam(soort: str, extensie: str) -> tuple[Melding, ...]:
    # The reader of web pages says itself what it is.
    if soort == "html" or extensie in _HOORT.get(soort, (f".{soort}",)):
        return ()
    tekst = f"De naam eindigt op {extensie}, maar de inhoud is {_NAAM[soort]}; zo is het gelezen."
    return (Melding(Ernst.LET_OP, tekst, "Geef het bestand de juiste extensie."),)


def _keur_ole(inhoud: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in inhoud:
        raise Geweigerd(
            "Het bestand is met een wachtwoord beveiligd.",
            "Haal in Excel het wachtwoord eraf (Bestand > Info > Werkmap beveiligen) en sla het op.",
        )
    # Byte order, sector sizes: [MS-CFB] 2.2.
    kop = inhoud[:512]
    if (
        len(kop) < 512
        or kop[28:30] != b"\xfe\xff"
        or kop[30:32] not in (b"\x09\0", b"\x0c\0")
        or kop[32:34] != b"\6\0"
    ):
        raise Geweigerd("Het oude Excel-bestand (.xls) is beschadigd.", "Vraag het bestand opnieuw op.")
    return "xls"


def _begin_van_tekst(inhoud: bytes) -> str | None:
    """The first characters, or None when this is no text."""
    begin = inhoud[:4096]
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return begin[: len(begin) // 2 * 2].decode("utf-16", "replace")
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", begin):
        return None
    return begin.removeprefix(codecs.BOM_UTF8).decode("cp1252", "replace")


def _soort_tekst(begin: str) -> str:
    plat = begin.lstrip().lower()
    if plat.startswith("%pdf-") or plat.startswith("{\\rtf"):
        raise Geweigerd("Dit is een document en geen tabel.")
    if not plat.startswith("<"):
        return "csv"
    if re.search(r"<(?:html|table|!doctype html)\b", plat):
        return "html"
    if "urn:schemas-microsoft-com:office:spreadsheet" in plat:
        raise Geweigerd("Dit is een XML-spreadsheet van Excel 2003 met een andere naam.")
    raise Geweigerd("Dit is een XML-bestand en geen tabel.")


def _keur_zip(inhoud: bytes, grenzen: Grenzen) -> tuple[str, int]:
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as zip_:
            return _keur_onderdelen(zip_, grenzen), sum(o.file_size for o in zip_.infolist())
    except Geweigerd:
        raise
    # zipfile lets many kinds of errors through on a crafted or cut-off file.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
            RuntimeError) as fout:  # fmt: skip
        raise Geweigerd("Het bestand is beschadigd of geen Excel-bestand.") from fout


def _keur_onderdelen(zip_: zipfile.ZipFile, grenzen: Grenzen) -> str:
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
    soort = _soort_zip(zip_, namen)
    cellen = 0
    for onderdeel in onderdelen:
        naam = onderdeel.filename.lower()
        if soort == "ods":
            # The only parts that our reader opens; others (macros, old manifests) may have a DTD.
            if naam in ("content.xml", "styles.xml"):
                cellen += _keur_xml(zip_, onderdeel, (_ODS_CEL, _ODS_RIJ), grenzen)
        elif soort == "xlsb" and naam.endswith(".bin") and "worksheets/" in naam:
            cellen += _keur_records(zip_.read(onderdeel), grenzen)
        # customXml is somebody's own attachment; no parser of ours opens it.
        elif naam.endswith((".xml", ".rels")) and not naam.startswith("customxml/"):
            cellen += _keur_xml(zip_, onderdeel, (_CEL, _RIJ) if "worksheets/" in naam else None, grenzen)
        if cellen > grenzen.cellen:
            raise Geweigerd(f"Het bestand heeft meer dan {grenzen.cellen} cellen.", KLEINER)
    return soort


def _soort_zip(zip_: zipfile.ZipFile, namen: set[str]) -> str:
    if "[Content_Types].xml" in namen:
        return "xlsb" if any(n.lower() == "xl/workbook.bin" for n in namen) else "xlsx"
    if "content.xml" not in namen:
        raise Geweigerd("Het bestand is geen Excel-werkmap of rekenblad.")
    manifest = zip_.getinfo("META-INF/manifest.xml") if "META-INF/manifest.xml" in namen else None
    if manifest and manifest.file_size < _BLOK and b"encryption-data" in zip_.read(manifest):
        raise Geweigerd("Het bestand is met een wachtwoord beveiligd.", "Haal het wachtwoord eraf en sla het op.")
    soort = zip_.getinfo("mimetype") if "mimetype" in namen else None
    if soort and (soort.file_size > 200 or b"spreadsheet" not in zip_.read(soort)):
        raise Geweigerd(
            "Dit is een OpenDocument-bestand, maar geen rekenblad.", "Sla de tabel op als .ods of .xlsx."
        )
    return "ods"


def _keur_xml(
    zip_: zipfile.ZipFile, onderdeel: zipfile.ZipInfo, blad: tuple[re.Pattern, re.Pattern] | None, grenzen: Grenzen
) -> int:
    """Read one part in blocks; returns its number of cells (0 when it is no sheet)."""
    cellen = rijen = vlak = 0
    staart = b""
    nummers: set[bytes] = set()
    begin = 0
    with zip_.open(onderdeel) as stroom:
        while blok := stroom.read(_BLOK):
            if not staart and (blok[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in blok[:4]):
                raise Geweigerd("Het bestand heeft een ongewone tekencodering en wordt niet geopend.")
            tekst = staart + blok
            if b"<!DOCTYPE" in tekst or b"<!ENTITY" in tekst:
                raise Geweigerd("Het bestand bevat een DTD of entiteit en wordt niet geopend.")
            if blad:
                cel, rij = blad
                cellen += len(cel.findall(tekst)) - len(cel.findall(staart))
                rijen += len(rij.findall(tekst)) - len(rij.findall(staart))
                if cellen > grenzen.cellen or rijen > grenzen.rijen:
                    return grenzen.cellen + 1
                if cel is _CEL:
                    _keur_adressen(tekst, grenzen)
                    begin = _keur_rijnummers(tekst, begin, nummers) - max(0, len(tekst) - _OVERLAP)
                    if len(_SAMENVOEGING.findall(tekst)) > SAMENVOEGINGEN:
                        raise Geweigerd(f"Een blad heeft meer dan {SAMENVOEGINGEN} samengevoegde cellen.", KLEINER)
                    vlak += _oppervlak(tekst)
            if vlak > grenzen.cellen:
                raise Geweigerd(
                    f"Samengevoegde cellen of koppelingen beslaan meer dan {grenzen.cellen} cellen.", KLEINER
                )
            staart = tekst[-_OVERLAP:]
    return cellen


def _keur_adressen(tekst: bytes, grenzen: Grenzen) -> None:
    for letters, cijfers in set(_ADRES.findall(tekst)):
        if len(cijfers) > 7 or int(cijfers) > grenzen.rijen or kolomnummer(letters) > grenzen.kolommen:
            _ver_weg((letters + cijfers[:12]).decode("ascii"))


def _keur_rijnummers(tekst: bytes, begin: int, nummers: set[bytes]) -> int:
    """Refuse a row number that comes twice: of two rows in one place the first would vanish.

    Returns
    -------
    where the last row number ends, so that an overlap of two blocks counts it once
    """
    for m in _RIJNUMMER.finditer(tekst, max(0, begin)):
        if m[1] in nummers:
            raise Geweigerd(
                f"Rij {m[1][:12].decode('ascii')} staat twee keer in het bestand; niemand weet welke geldt.",
                OPSLAAN,
            )
        nummers.add(m[1])
        begin = m.end()
    return begin


def _ver_weg(adres: str) -> None:
    raise Geweigerd(
        f"Er staat een cel ver buiten de tabel ({adres}).",
        "Verwijder die cel, of kopieer alleen de tabel naar een nieuwe werkmap.",
    )


def _oppervlak(tekst: bytes) -> int:
    """Cells covered by merged areas and links: openpyxl makes an object of each of them."""
    return sum(
        (abs(int(r2[:9]) - int(r1[:9])) + 1) * (abs(kolomnummer(k2[:4]) - kolomnummer(k1[:4])) + 1)
        for k1, r1, k2, r2 in set(_GEBIED.findall(tekst))
    )


def _keur_records(deel: bytes, grenzen: Grenzen) -> int:
    """Number of cells of a sheet of an .xlsb."""
    cellen = rijen = rij = 0
    # What is in a sheet beside cells (columns, links, formats) is far less than its cells.
    for aantal, (nummer, plek, lengte) in enumerate(biff12.records(deel)):
        if nummer == biff12.RIJ and lengte >= 4:
            rij, rijen = biff12.u32(deel, plek), rijen + 1
        elif biff12.LEEG <= nummer <= biff12.LAATSTE_CEL and lengte >= 4:
            cellen += 1
            kolom = biff12.u32(deel, plek)
            if rij >= grenzen.rijen or kolom >= grenzen.kolommen:
                _ver_weg(f"rij {rij + 1}, kolom {kolom + 1}")
        if cellen > grenzen.cellen or aantal > 2 * grenzen.cellen or rijen > grenzen.rijen:
            return grenzen.cellen + 1
    return cellen


def kolomnummer(letters: bytes) -> int:
    """``b"A"`` is 1, ``b"XFD"`` is 16384; empty is 0."""
    nummer = 0
    for teken in letters.upper():
        nummer = nummer * 26 + teken - 64
    return nummer
