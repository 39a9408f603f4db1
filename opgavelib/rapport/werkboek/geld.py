"""The sheet with the budget lines: what all sums about euros add up."""

from __future__ import annotations

from collections.abc import Mapping

from opgavelib.domein.begroting import Overhead
from opgavelib.rapport.werkboek.delen import (
    Kolom,
    Lijst,
    cellen,
    kop,
    lijst_op,
    met_centen,
    nieuw_blad,
    som,
    totaalrij,
)
from opgavelib.rapport.werkboek.gegevens import Gegevens
from opgavelib.rapport.werkboek.model import Blad, Rol, Vorm, adres, formule, plek, rijen_van, tekst

BEGROTING = "Begroting"
STURING = ("lean", "opgave")
# A share is known to as many decimals (`opgavelib.domein.begroting.afronden`).
_DECIMALEN_DEEL = 9
_LASTEN, _BATEN, _SALARISSEN = "lasten_eur", "baten_eur", "salarissen_eur"
_BEDRAGEN = (_LASTEN, _BATEN, _SALARISSEN)
_KOLOMMEN = (
    Kolom("regel", "Regel", 9),
    Kolom("taakveld", "Taakveld", 10),
    Kolom("programma", "Programma", 24),
    Kolom("omschrijving", "Omschrijving", 44),
    Kolom("team", "Team", 26),
    Kolom(_LASTEN, "Lasten", 16, Vorm.BEDRAG, Rol.INVOER),
    Kolom(_BATEN, "Baten", 16, Vorm.BEDRAG, Rol.INVOER),
    Kolom("sturing", "Sturing", 12, Vorm.TEKST, Rol.INVOER),
    Kolom("opgave_aandeel", "Deel voor opgaven", 12, Vorm.AANDEEL, Rol.INVOER),
    Kolom("lean_eur", "Lean", 16, Vorm.BEDRAG),
    Kolom("opgave_eur", "Opgave", 16, Vorm.BEDRAG),
    Kolom("onbekend_eur", "Onbekend", 16, Vorm.BEDRAG),
    # From here on for the screen: a printed page would be too small to read.
    Kolom(_SALARISSEN, "Waarvan salarissen", 16, Vorm.BEDRAG, Rol.INVOER),
    Kolom("structureel", "Structureel", 13),
    Kolom("binnen_norm", "Telt voor de norm", 10, Vorm.GEHEEL),
    Kolom("is_overhead", "Is overhead", 11, Vorm.GEHEEL),
    Kolom("gewicht", "Gewicht voor overhead", 16, Vorm.BEDRAG),
    Kolom("overhead_erbij", "Overhead erbij of eraf", 16, Vorm.BEDRAG),
    Kolom("jaar", "Jaar", 8, Vorm.GEHEEL),
    Kolom("bestand", "Bestand", 34),
    Kolom("blad", "Blad", 20),
    Kolom("rij", "Rij", 7, Vorm.GEHEEL),
)
_ALLEEN_VERDEELD = ("gewicht", "overhead_erbij")
_ALLEEN_OVERHEAD = ("is_overhead", *_ALLEEN_VERDEELD)


def kolommen(overhead: Overhead) -> tuple[Kolom, ...]:
    """Columns of sheet Begroting and of `Gegevens.regels` (index regel); what overhead asks for besides."""
    weg = {Overhead.MEETELLEN: _ALLEEN_OVERHEAD, Overhead.EIGEN_REGEL: _ALLEEN_VERDEELD}.get(overhead, ())
    return tuple(k for k in _KOLOMMEN if k.naam not in weg)


def begroting(g: Gegevens) -> tuple[Blad, Lijst]:
    """Every budget line with its place in its file; lean, opgave and unknown follow from what is filled in."""
    hun = kolommen(g.overhead)
    uitleg = (
        "Elke regel met zijn plaats in het bestand. Een deel voor opgaven gaat voor de sturing. "
        "De delen zijn niet afgerond; dat gebeurt pas op blad Lean en opgave."
    )
    blad = nieuw_blad(BEGROTING, f"Begroting {g.jaar}" if g.jaar else "Begroting", uitleg, hun)
    lijst = lijst_op(blad, len(g.regels), hun)
    optelbaar = [k.naam for k in hun if k.vorm == Vorm.BEDRAG and k.naam != "overhead_erbij"]
    blad.voeg_toe(*_totaal(g, lijst, optelbaar))
    kop(blad, hun, vaste_kolommen=1)
    blad.afdruk_tot = lijst.nummer("onbekend_eur") + 1
    for rij in rijen_van(g.regels):
        blad.voeg_toe(*cellen(rij, met_centen(hun, rij, _BEDRAGEN), _formules(blad.volgende, lijst, g)))
    if g.regels.empty:
        blad.voeg_toe(tekst("Er is nog geen begroting gelezen."))
    blad.filter = (lijst.eerste - 1, lijst.laatste, len(hun) - 1)
    bedrag = "Vul een bedrag in euro's in."
    blad.grenzen += [lijst.grens(k, bedrag, laagst=-1e12) for k in _BEDRAGEN]
    blad.grenzen.append(lijst.keuze("sturing", STURING, "Kies lean of opgave, of laat leeg."))
    blad.grenzen.append(lijst.grens("opgave_aandeel", "Vul een percentage van 0% tot 100% in.", hoogst=1.0))
    return blad, lijst


def _totaal(g: Gegevens, lijst: Lijst, optelbaar: list[str]) -> list:
    rij = totaalrij(lijst, {k: som(g.regels, k) for k in optelbaar})
    if g.overhead == Overhead.VERDELEN:
        # What is spread: the lines of overhead themselves. The column itself adds up to nothing.
        plaats = lijst.nummer("overhead_erbij")
        alles = f"SUMPRODUCT({lijst.bereik('is_overhead')},{lijst.bereik(_LASTEN)})"
        waarde = som(g.regels[g.regels["is_overhead"] == 1], _LASTEN) if len(g.regels) else 0.0
        rij[plaats] = formule(alles, waarde, Vorm.BEDRAG, Rol.TOTAAL)
    return rij


def _formules(nummer: int, lijst: Lijst, g: Gegevens) -> Mapping[str, str]:
    c = {k.naam: adres(nummer, i) for i, k in enumerate(lijst.kolommen)}
    lasten, deel, sturing = c[_LASTEN], c["opgave_aandeel"], c["sturing"]
    buiten = f"SUMPRODUCT(--EXACT(buiten_norm,{c['taakveld']}))>0"
    uit, erbij = {}, ""
    if g.overhead != Overhead.MEETELLEN:
        telt = f"SUMPRODUCT(--EXACT(overhead_taakveld,{c['taakveld']}))>0"
        uit["is_overhead"] = f"IF({buiten},0,IF({telt},1,0))"
    if g.overhead == Overhead.EIGEN_REGEL:
        buiten = f"OR({buiten},{c['is_overhead']}=1)"
    uit["binnen_norm"] = f"IF({buiten},0,1)"
    if g.overhead == Overhead.VERDELEN:
        boven = lijst.eerste - 2
        totaal, gewichten = (plek(lijst.blad, boven, lijst.nummer(k)) for k in ("overhead_erbij", "gewicht"))
        naar = c[_SALARISSEN] if g.verdeeld_naar == "salarissen" else lasten
        uit["gewicht"] = f"IF(AND({c['is_overhead']}=0,{c['binnen_norm']}=1),MAX(0,{naar}+0),0)"
        uit["overhead_erbij"] = f"IF({c['is_overhead']}=1,-{lasten},{totaal}*{c['gewicht']}/{gewichten})"
        erbij = c["overhead_erbij"]
    alles = f"({lasten}+{erbij})" if erbij else f"{lasten}+0"
    deel_opgave = f"{lasten}*ROUND({deel},{_DECIMALEN_DEEL})" + (f"+{erbij}*{deel}" if erbij else "")
    uit |= {
        "opgave_eur": f'IF({deel}<>"",{deel_opgave},IF({sturing}="opgave",{alles},0))',
        "onbekend_eur": f'IF(AND({deel}="",{sturing}<>"lean",{sturing}<>"opgave"),{alles},0)',
        "lean_eur": f"{alles}-{c['opgave_eur']}-{c['onbekend_eur']}",
    }
    return uit
