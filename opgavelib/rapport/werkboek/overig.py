"""The sheets around the figures: what this is, the norms, the saldo at a glance, the controles and the log."""

from __future__ import annotations

import math
from collections.abc import Sequence

from opgavelib import notatie
from opgavelib.domein.begroting import Overhead
from opgavelib.rapport.werkboek.delen import Kolom, kop, nieuw_blad
from opgavelib.rapport.werkboek.gegevens import Gegevens
from opgavelib.rapport.werkboek.model import (
    Blad,
    Grens,
    Kleurregel,
    Rol,
    Vorm,
    bereik,
    formule,
    getal,
    plek,
    rijen_van,
    tekst,
)
from opgavelib.rapport.werkboek.uren import BALANS, CAPACITEIT

TOELICHTING, NORMEN, SALDO, CONTROLES, BESLUITEN = "Toelichting", "Normen", "Saldo", "Controles", "Besluiten"
_INHOUD = {
    NORMEN: "De normen en keuzes waarmee alles rekent, met eenheid en bron. U kunt ze hier wijzigen.",
    "Lean en opgave": "Lean, opgave en onbekend: in totaal, per team, teamleider, domein, programma en taakveld.",
    "Aansluiting": "Tellen de regels op tot het totaal van het bestand en tot Iv3?",
    SALDO: "Saldo van uren per team en kwartaal op één blad.",
    "Capaciteit": "Wat teams hebben, wat lean werk vraagt, wat is gevraagd en toegezegd, per kwartaal.",
    CONTROLES: "Alle controles met hun uitslag, op het moment dat dit bestand is gemaakt.",
    "Begroting": "Elke begrotingsregel, met bestand, blad en rij.",
    "Formatie": "Teams met hun teamleider, fte en uren.",
    "Uren": "Elke aanvraag voor uren, met wat is toegezegd.",
    BESLUITEN: "Wie wat besloot, wanneer en waarom.",
}
_CODES = 10  # room to add a taakveld
_SLUIT = ("● goed: klopt of past", "▲ let op: bijna vol of niet zeker", "■ tekort of fout: vraagt om actie")


def toelichting(g: Gegevens) -> Blad:
    """What this file is, its conclusions, and what its colours mean."""
    blad = Blad(TOELICHTING, [30, 110], een_pagina=True)
    blad.voeg_toe(tekst("Opgavenwerkboek om mee te nemen", Rol.TITEL))
    blad.voeg_toe()
    for wat, waarde in (
        ("Werkmap", g.werkmap),
        ("Gemaakt op", notatie.moment(g.gemaakt_op)),
        ("Stand van de werkmap", f"na gebeurtenis {notatie.getal(g.versie)}"),
        ("Begrotingsjaar", str(g.jaar) if g.jaar else "nog geen begroting gelezen"),
    ):
        blad.voeg_toe(tekst(wat), tekst(waarde))
    _deel(blad, "Wat eruit komt", [("", z) for z in g.zinnen])
    _deel(blad, "Op welk blad staat wat", list(_INHOUD.items()))
    _deel(blad, "Zo werkt dit bestand", [
        ("Invoer", "Alleen cellen met invoer zijn te wijzigen; hun kop eindigt op ✎. De rest rekent vanzelf mee."),
        ("Formules", "Elke som, elk aandeel en elk saldo is een formule. Haal de beveiliging eraf om ze te zien: "
                     "er staat geen wachtwoord op, zij is er tegen vergissingen."),
        ("Terug naar de werkmap", "Wat u hier wijzigt, blijft in dit bestand. Leg een besluit vast in de werkmap."),
        ("Afronden", "Bedragen worden één keer afgerond, aan het eind, zo dat elke indeling op hetzelfde totaal "
                     "uitkomt. De hulpkolommen rechts op blad Lean en opgave laten zien hoe."),
        ("Precies tellen", "Sommen vergelijken namen en codes letterlijk (SOMPRODUCT met GELIJK): SOMMEN.ALS ziet "
                           "taakveld 0.1 en 0.10 voor hetzelfde aan."),
    ])  # fmt: skip
    _kop(blad, "Kleuren en tekens")
    blad.voeg_toe(tekst("Invoer", Rol.INVOER), tekst("geel met een stippellijn: mag u wijzigen"))
    blad.voeg_toe(tekst("Uitkomst", Rol.UITKOMST), tekst("wit: tekst of een formule, beveiligd"))
    blad.voeg_toe(tekst("Totaal", Rol.TOTAAL), tekst("grijsblauw en vet: een totaal"))
    for zin, rol in zip(_SLUIT, (Rol.GOED, Rol.LET_OP, Rol.FOUT), strict=True):
        woord, _, uitleg = zin.partition(": ")
        blad.voeg_toe(tekst(woord, rol), tekst(uitleg))
    blad.voeg_toe()
    blad.voeg_toe(tekst("Namen"), tekst("In dit bestand staan namen van teamleiders en van wie besloot. Deel het "
                                        "met wie die mag zien.", terugloop=True))  # fmt: skip
    return blad


def _kop(blad: Blad, woorden: str) -> None:
    blad.voeg_toe()
    blad.voeg_toe(tekst(woorden, Rol.TUSSENKOP), tekst(None, Rol.TUSSENKOP))


def _deel(blad: Blad, woorden: str, rijen: Sequence[tuple[str, str]]) -> None:
    _kop(blad, woorden)
    for wat, uitleg in rijen:
        blad.voeg_toe(tekst(wat or None), tekst(uitleg, terugloop=True))


_NORMKOLOMMEN = (
    Kolom("kop", "Norm", 54),
    Kolom("waarde", "Waarde", 14, Vorm.GETAL, Rol.INVOER),
    Kolom("eenheid", "Eenheid", 60),
    Kolom("bron", "Bron", 80),
)


def normen(g: Gegevens) -> tuple[Blad, dict[str, str]]:
    """The norms, and the names by which formulas know them."""
    blad = nieuw_blad(
        NORMEN, "Normen en keuzes", "Een andere waarde werkt meteen door in alle bladen.", _NORMKOLOMMEN
    )
    kop(blad, _NORMKOLOMMEN)
    blad.een_pagina = True
    namen = {}
    for norm in g.normen:
        nummer = blad.volgende
        namen[norm.naam] = plek(NORMEN, nummer, 1)
        hoogst = 1.0 if norm.vorm == Vorm.AANDEEL else 1e6
        melding = "Vul een percentage van 0% tot 100% in." if hoogst == 1.0 else "Vul een getal van 0 of meer in."
        blad.grenzen.append(Grens(nummer, nummer, 1, hoogst=hoogst, melding=melding))
        blad.voeg_toe(
            tekst(norm.kop), getal(norm.waarde, norm.vorm, Rol.INVOER),
            tekst(norm.eenheid, Rol.UITLEG, terugloop=True), tekst(norm.bron, Rol.UITLEG, terugloop=True),
        )  # fmt: skip
    namen["buiten_norm"] = _codes(blad, "Taakvelden die niet meetellen voor de norm", g.buiten_norm)
    if g.overhead != Overhead.MEETELLEN:
        namen["overhead_taakveld"] = _codes(blad, "Taakvelden met overhead", g.overhead_taakveld)
    wijze = {
        Overhead.MEETELLEN: "telt mee zoals de regels zelf zeggen",
        Overhead.EIGEN_REGEL: "staat op een eigen regel en telt niet mee in het aandeel",
        Overhead.VERDELEN: f"is verdeeld over de andere regels, naar {g.verdeeld_naar}",
    }[g.overhead]
    blad.voeg_toe()
    blad.voeg_toe(tekst("Overhead"), tekst(wijze))
    blad.voeg_toe(tekst(None), tekst("Een andere keuze voor overhead maakt u in de werkmap.", Rol.UITLEG))
    return blad, namen


def _codes(blad: Blad, woorden: str, codes: Sequence[str]) -> str:
    """A list of codes with room for more; gives its reference."""
    blad.voeg_toe()
    blad.voeg_toe(*[tekst(woorden if not n else None, Rol.TUSSENKOP) for n in range(len(_NORMKOLOMMEN))])
    ruimte = max(_CODES, len(codes) + 3)
    eerste = blad.volgende
    for n in range(ruimte):
        code = codes[n] if n < len(codes) else None
        blad.voeg_toe(tekst("Taakveld ✎" if not n else None), tekst(code, Rol.INVOER))
    return bereik(NORMEN, 1, eerste, eerste + ruimte - 1)


def saldo(g: Gegevens, eerste: int) -> Blad:
    """Teams against quarters; `eerste` is the row of the first team on sheet Capaciteit."""
    teams, kwartalen = (list(dict.fromkeys(g.capaciteit.index.get_level_values(n))) for n in ("team", "kwartaal"))
    kolommen = (
        Kolom("team", "Team", 30),
        Kolom("teamleider", "Teamleider", 24),
        *(Kolom(k, k, 10, Vorm.SALDO) for k in kwartalen),
    )
    uitleg = "Uren die een team over heeft: beschikbaar min lean min gevraagd. Met ■ is een tekort."
    blad = nieuw_blad(SALDO, "Saldo per team en kwartaal, in uren", uitleg, kolommen)
    kop(blad, kolommen, vaste_kolommen=1)
    nummer = next(n for n, k in enumerate(BALANS) if k.naam == "saldo_uren")
    rij = eerste
    for team in teams:
        van_team = g.capaciteit.loc[team]
        cellen = [tekst(team), tekst(van_team["teamleider"].iloc[0])]
        for uren in van_team["saldo_uren"]:
            # Rounded, so that what is shown as a shortage is one.
            cellen.append(formule(f"ROUND({plek(CAPACITEIT, rij, nummer)},0)", _rond(uren), Vorm.SALDO))
            rij += 1
        blad.voeg_toe(*cellen)
    if teams:
        blad.kleurregels.append(Kleurregel(blad.kop + 1, blad.volgende - 1, 2, len(kolommen) - 1, negatief=True))  # type: ignore[operator]
    else:
        blad.voeg_toe(tekst("Er zijn nog geen teams en geen uren gevraagd."))
    return blad


def _rond(uren: float) -> float:
    """Half away from zero, as a spreadsheet rounds."""
    return math.copysign(math.floor(abs(uren) + 0.5), uren)


_CONTROLEKOLOMMEN = (
    Kolom("groep", "Over", 16),
    Kolom("naam", "Controle", 60),
    Kolom("uitslag", "Uitslag", 22),
    Kolom("toelichting", "Toelichting", 110),
)


def controles(g: Gegevens) -> Blad:
    """Every controle with its result, as it was when this file was made."""
    blad = nieuw_blad(
        CONTROLES, "Controles", "De uitslag op het moment dat dit bestand is gemaakt.", _CONTROLEKOLOMMEN
    )
    kop(blad, _CONTROLEKOLOMMEN)
    for c in g.controles:
        blad.voeg_toe(
            *[tekst(c.get(k.naam), terugloop=k.naam in ("naam", "toelichting")) for k in _CONTROLEKOLOMMEN]
        )
    if g.controles:
        blad.kleurregels.append(Kleurregel(blad.kop + 1, blad.volgende - 1, 2))  # type: ignore[operator]
    else:
        blad.voeg_toe(tekst("Er is nog niets te controleren."))
    return blad


_BESLUITKOLOMMEN = (
    Kolom("nummer", "Nummer", 10, Vorm.GEHEEL),
    Kolom("moment", "Moment", 18),
    Kolom("wie", "Wie", 22),
    Kolom("soort", "Soort", 30),
    Kolom("wat", "Wat", 80),
    Kolom("reden", "Waarom", 60),
    Kolom("stand", "Stand", 20),
)


def besluiten(g: Gegevens) -> Blad:
    """The log of decisions, newest first."""
    blad = nieuw_blad(
        BESLUITEN, "Besluiten", "Wie wat besloot, wanneer en waarom; de laatste bovenaan.", _BESLUITKOLOMMEN
    )
    kop(blad, _BESLUITKOLOMMEN)
    for b in rijen_van(g.besluiten):
        blad.voeg_toe(
            getal(b["nummer"], Vorm.GEHEEL),
            *[tekst(b[k.naam], terugloop=k.naam in ("wat", "reden")) for k in _BESLUITKOLOMMEN[1:]],
        )
    if g.besluiten.empty:
        blad.voeg_toe(tekst("Er is nog niets besloten."))
    else:
        blad.filter = (blad.kop, blad.volgende - 1, len(_BESLUITKOLOMMEN) - 1)  # type: ignore[assignment]
    return blad
