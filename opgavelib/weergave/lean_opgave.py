"""Lean and opgave per team and domein, and whether the lines add up to what the files state."""

from __future__ import annotations

from opgavelib import notatie
from opgavelib.domein.begroting import LeanOpgave
from opgavelib.domein.begroting.uitkomst import GEEN_BEGROTING
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records
from opgavelib.weergave.snede import snede

_OORDEEL = {True: "● sluit aan", False: "■ sluit niet aan", None: "geen totaal in het bestand"}


def lean_opgave(uitkomst: LeanOpgave) -> Figuur:
    """Share of the budget for opgaven per team, with the (derived) share of hours and the norm."""
    return snede(uitkomst, "team")


def per_domein(uitkomst: LeanOpgave) -> Figuur:
    """The same per domein."""
    return snede(uitkomst, "domein")


def aansluiting(uitkomst: LeanOpgave) -> Figuur:
    """Lines against the totals that the files state, as a table; every difference explained or marked."""
    kolommen = (
        kolom("regel", "Regel"),
        kolom("verwacht_eur", "Volgens het bestand", "euro"),
        kolom("gevonden_eur", "Som van de regels", "euro"),
        kolom("verschil_eur", "Verschil", "euro"),
        kolom("oordeel", "Oordeel"),
        kolom("toelichting", "Toelichting"),
    )
    if uitkomst.conclusie == GEEN_BEGROTING:
        return leeg(f"{GEEN_BEGROTING} Lees eerst een begroting in.", kolommen)
    tabel = uitkomst.aansluiting
    oordelen = [_OORDEEL[a] for a in tabel["akkoord"]]
    return Figuur({}, _zin(list(tabel["akkoord"])), kolommen, records(tabel.assign(oordeel=oordelen), kolommen), 0)


def _zin(oordelen: list[bool | None]) -> str:
    if not any(o is not None for o in oordelen):
        return "Het bestand noemt geen totaal, dus er is niets om op aan te sluiten."
    if mis := oordelen.count(False):
        sluiten = "totaal sluit" if mis == 1 else "totalen sluiten"
        return f"{notatie.getal(mis)} {sluiten} niet aan op het bestand."
    zonder = oordelen.count(None)
    nog = f" {notatie.aantal(zonder, 'totaal is', 'totalen zijn')} niet te vergelijken." if zonder else ""
    return f"Alle totalen sluiten aan op het bestand.{nog}"
