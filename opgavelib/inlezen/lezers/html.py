"""Web pages that programs save with the extension .xls: every table is a sheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from opgavelib.fouten import Ernst
from opgavelib.inlezen.grenzen import OPSLAAN, Geweigerd, Grenzen
from opgavelib.inlezen.lezers.bouw import Bouwer, Teller
from opgavelib.inlezen.lezers.tekst import decodeer
from opgavelib.inlezen.werkblad import Melding, Werkboek

_KARAKTERS = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_DIEP = 100
_WEG = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class _Tabellen(HTMLParser):
    """Collects the cells of the outermost tables."""

    def __init__(self, teller: Teller):
        super().__init__(convert_charrefs=True)
        self.teller, self.bladen, self.diepte, self.doof = teller, [], 0, 0
        self.rij = self.kolom = 0
        self.tekst: list[str] | None = None
        self.bezet: set[tuple[int, int]] = set()

    def handle_starttag(self, tag, attrs):
        kenmerk = {k: v or "" for k, v in attrs}
        if tag == "table":
            self.diepte += 1
            if self.diepte > _DIEP:
                raise Geweigerd("De tabellen van deze webpagina staan te diep in elkaar.", OPSLAAN)
            if self.diepte == 1:
                self.bladen.append(Bouwer(f"Tabel {len(self.bladen) + 1}", self.teller))
                self.rij, self.bezet = 0, set()
        elif tag in ("script", "style"):
            self.doof += 1
        elif self.diepte == 1 and tag == "tr":
            self._sluit_cel()
            self.rij, self.kolom = self.rij + 1, 0
            if _WEG.search(kenmerk.get("style", "")):
                self.bladen[-1].verberg(rijen=[self.rij])
        elif self.diepte == 1 and tag in ("td", "th"):
            self._open_cel(kenmerk)
        elif tag == "br" and self.tekst is not None:
            self.tekst.append("\n")

    def handle_endtag(self, tag):
        if tag == "table" and self.diepte:
            if self.diepte == 1:
                self._sluit_cel()
            self.diepte -= 1
        elif tag in ("script", "style"):
            self.doof = max(0, self.doof - 1)
        elif self.diepte == 1 and tag in ("td", "th", "tr"):
            self._sluit_cel()

    def handle_data(self, data):
        if self.tekst is not None and not self.doof:
            self.tekst.append(data)

    def _open_cel(self, kenmerk: dict[str, str]) -> None:
        self._sluit_cel()
        self.rij, self.kolom = max(1, self.rij), self.kolom + 1
        while (self.rij, self.kolom) in self.bezet:
            self.kolom += 1
        breed, hoog = _spanwijdte(kenmerk.get("colspan")), _spanwijdte(kenmerk.get("rowspan"))
        self.teller.plaats(self.rij, self.kolom + breed - 1)
        # A span of a thousand rows costs as much as the cells it covers.
        self.teller.tel(None, breed * hoog - 1)
        self.bezet |= {(self.rij + r, self.kolom + k) for r in range(hoog) for k in range(breed) if r or k}
        self.bladen[-1].voeg_samen(self.rij, self.kolom, self.rij + hoog - 1, self.kolom + breed - 1)
        self.tekst, self.begin = [], (self.rij, self.kolom)
        self.kolom += breed - 1

    def _sluit_cel(self) -> None:
        if self.tekst is not None:
            regels = ("".join(self.tekst)).replace("\xa0", " ").split("\n")
            self.bladen[-1].zet(*self.begin, "\n".join(s for r in regels if (s := " ".join(r.split()))))
            self.tekst = None


def _spanwijdte(waarde: str | None) -> int:
    return max(1, min(int(waarde), 100_000)) if waarde and waarde.isascii() and waarde.isdigit() else 1


def lees(inhoud: bytes, grenzen: Grenzen) -> Werkboek:
    """All outermost tables, in their order.

    Raises
    ------
    Geweigerd : no table, or too much in it
    """
    naam = m[1].decode("ascii") if (m := _KARAKTERS.search(inhoud[:4096])) else ""
    try:
        tekst, meldingen = inhoud.decode(naam), []
    except (LookupError, UnicodeDecodeError):
        tekst, meldingen = decodeer(inhoud)
    lezer = _Tabellen(Teller(grenzen))
    lezer.feed(tekst)
    lezer.close()
    bladen = [b.klaar() for b in lezer.bladen]
    if not any(b.rijen for b in bladen):
        raise Geweigerd("Dit is een webpagina zonder tabel.", OPSLAAN)
    webpagina = Melding(
        Ernst.LET_OP,
        "Het bestand is een webpagina met de naam van een Excel-bestand; alleen de getoonde tekst is gelezen.",
        "Controleer de getallen, of sla het in Excel op als .xlsx.",
    )
    return Werkboek(tuple(bladen), (webpagina, *meldingen))
