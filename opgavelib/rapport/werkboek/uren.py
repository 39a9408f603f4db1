"""The sheets about hours: formatie, requests, and the balance per team and quarter."""

from __future__ import annotations

from opgavelib.rapport.werkboek.delen import Kolom, Lijst, cellen, kop, lijst_op, nieuw_blad, som, totaalrij
from opgavelib.rapport.werkboek.gegevens import Gegevens
from opgavelib.rapport.werkboek.model import (
    Blad,
    Kleurregel,
    Rol,
    Vorm,
    adres,
    is_leeg,
    plek,
    rijen_van,
    tekst,
)

FORMATIE, UREN, CAPACITEIT = "Formatie", "Uren", "Capaciteit"
STATUS = ("gevraagd", "toegezegd", "afgewezen")
GEEN_RUIMTE = "geen ruimte"
_STAND = {"fout": "■ tekort", "let op": "▲ let op", "goed": "● goed"}
TEAMS = (
    Kolom("team", "Team", 28),
    Kolom("teamleider", "Teamleider", 24),
    Kolom("domein", "Domein", 16),
    Kolom("fte", "Fte", 10, Vorm.FTE, Rol.INVOER),
    Kolom("uren_per_fte", "Uren per fte", 10, Vorm.UREN, Rol.INVOER),
    Kolom("vacature_fte", "Vacature (fte)", 10, Vorm.FTE, Rol.INVOER),
    Kolom("vacature_tot", "Vacature t/m kwartaal", 12, Vorm.TEKST, Rol.INVOER),
    Kolom("verzuim_aandeel", "Extra verzuim", 10, Vorm.AANDEEL, Rol.INVOER),
    Kolom("lean_aandeel", "Deel lean", 10, Vorm.AANDEEL, Rol.INVOER),
    Kolom("lean_vast", "Uren lean, in plaats van het deel", 14, Vorm.UREN, Rol.INVOER),
    Kolom("beschikbaar_uren", "Uren formatie per jaar", 13, Vorm.UREN),
    Kolom("lean_uren", "Uren lean per jaar", 13, Vorm.UREN),
    Kolom("opgave_uren", "Uren voor opgaven per jaar", 13, Vorm.UREN),
)
"""Columns of sheet Formatie, and of `Gegevens.teams` (index team)."""
AANVRAGEN = (
    Kolom("inzet", "Aanvraag", 10),
    Kolom("activiteit", "Activiteit", 10),
    Kolom("titel", "Naam van de activiteit", 42),
    Kolom("opgave", "Opgave", 9),
    Kolom("team", "Team", 26),
    Kolom("kwartaal", "Kwartaal", 10),
    Kolom("deskundigheid", "Deskundigheid", 20),
    Kolom("uren_gevraagd", "Gevraagd", 11, Vorm.UREN, Rol.INVOER),
    Kolom("uren_toegezegd", "Toegezegd", 11, Vorm.UREN, Rol.INVOER),
    Kolom("status", "Status", 12, Vorm.TEKST, Rol.INVOER),
    Kolom("telt_mee", "Telt mee", 8),
    Kolom("telt_gevraagd", "Gevraagd, telt mee", 11, Vorm.UREN),
    Kolom("telt_toegezegd", "Toegezegd, telt mee", 11, Vorm.UREN),
    Kolom("bestand", "Bestand", 30),
    Kolom("blad", "Blad", 18),
    Kolom("rij", "Rij", 7, Vorm.GEHEEL),
)
"""Columns of sheet Uren, and of `Gegevens.inzet` (index inzet)."""
BALANS = (
    Kolom("team", "Team", 28),
    Kolom("teamleider", "Teamleider", 22),
    Kolom("kwartaal", "Kwartaal", 10),
    Kolom("fte_erbij", "Fte erbij of eraf", 9, Vorm.FTE, Rol.INVOER),
    Kolom("inhuur_uren", "Inhuur", 10, Vorm.UREN, Rol.INVOER),
    Kolom("formatie_uren", "Formatie", 11, Vorm.UREN),
    Kolom("vacature_uren", "Vacature", 10, Vorm.UREN),
    Kolom("verzuim_uren", "Verzuim", 10, Vorm.UREN),
    Kolom("beschikbaar_uren", "Beschikbaar", 12, Vorm.UREN),
    Kolom("lean_uren", "Lean", 11, Vorm.UREN),
    Kolom("ruimte_uren", "Ruimte", 11, Vorm.UREN),
    Kolom("gevraagd_uren", "Gevraagd", 11, Vorm.UREN),
    Kolom("toegezegd_uren", "Toegezegd", 11, Vorm.UREN),
    Kolom("saldo_uren", "Saldo", 11, Vorm.UREN),
    Kolom("vrij_uren", "Vrij na toezegging", 11, Vorm.UREN),
    Kolom("belasting", "Belasting", 11, Vorm.AANDEEL),
    Kolom("stand", "Stand", 12),
    Kolom("inhuur_eur", "Kosten van inhuur", 13, Vorm.BEDRAG),
)


def formatie(g: Gegevens) -> tuple[Blad, Lijst]:
    """Formatie per team; what is left empty follows the norm."""
    uitleg = "Wat leeg is, volgt de norm op blad Normen. Uren per jaar voor de hele formatie."
    blad = nieuw_blad(FORMATIE, "Formatie", uitleg, TEAMS)
    lijst = lijst_op(blad, len(g.teams), TEAMS)
    sommen = {k: som(g.teams, k) for k in ("fte", "beschikbaar_uren", "lean_uren", "opgave_uren")}
    blad.voeg_toe(*totaalrij(lijst, sommen))
    kop(blad, TEAMS, vaste_kolommen=1)
    for rij in rijen_van(g.teams):
        c = {k.naam: adres(blad.volgende, n) for n, k in enumerate(TEAMS)}
        formules = {
            "beschikbaar_uren": f'{c["fte"]}*IF({c["uren_per_fte"]}="",uren_per_fte,{c["uren_per_fte"]})',
            "lean_uren": f'IF({c["lean_vast"]}<>"",{c["lean_vast"]},'
            f'{c["beschikbaar_uren"]}*IF({c["lean_aandeel"]}="",lean_aandeel,{c["lean_aandeel"]}))',
            "opgave_uren": f"MAX(0,{c['beschikbaar_uren']}-{c['lean_uren']})",
        }
        blad.voeg_toe(*cellen(rij, TEAMS, formules))
    if g.teams.empty:
        blad.voeg_toe(tekst("Er zijn nog geen teams gelezen."))
    getal_ = "Vul een getal van 0 of meer in."
    blad.grenzen += [lijst.grens(k, getal_) for k in ("fte", "uren_per_fte", "vacature_fte", "lean_vast")]
    deel = "Vul een percentage van 0% tot 100% in."
    blad.grenzen += [lijst.grens(k, deel, hoogst=1.0) for k in ("verzuim_aandeel", "lean_aandeel")]
    return blad, lijst


def uren(g: Gegevens) -> tuple[Blad, Lijst]:
    """Every request for hours, with what was promised."""
    uitleg = "Elke aanvraag zoals die nu geldt. Wat is afgewezen, vraagt niets meer van een team."
    blad = nieuw_blad(UREN, "Uren: gevraagd en toegezegd", uitleg, AANVRAGEN)
    lijst = lijst_op(blad, len(g.inzet), AANVRAGEN)
    sommen = {k: som(g.inzet, k) for k in ("uren_gevraagd", "uren_toegezegd", "telt_gevraagd", "telt_toegezegd")}
    blad.voeg_toe(*totaalrij(lijst, sommen))
    kop(blad, AANVRAGEN, vaste_kolommen=1)
    blad.afdruk_tot = lijst.nummer("telt_toegezegd") + 1
    for rij in rijen_van(g.inzet):
        c = {k.naam: adres(blad.volgende, n) for n, k in enumerate(AANVRAGEN)}
        telt = f'OR({c["status"]}="afgewezen",{c["telt_mee"]}<>"ja")'
        formules = {f"telt_{k}": f"IF({telt},0,{c[f'uren_{k}']}+0)" for k in ("gevraagd", "toegezegd")}
        blad.voeg_toe(*cellen(rij, AANVRAGEN, formules))
    if g.inzet.empty:
        blad.voeg_toe(tekst("Er zijn nog geen uren gevraagd."))
    blad.filter = (lijst.eerste - 1, lijst.laatste, len(AANVRAGEN) - 1)
    blad.grenzen += [lijst.grens(k, "Vul uren van 0 of meer in.") for k in ("uren_gevraagd", "uren_toegezegd")]
    blad.grenzen.append(lijst.keuze("status", STATUS, "Kies gevraagd, toegezegd of afgewezen."))
    return blad, lijst


def capaciteit(g: Gegevens, teams: Lijst, aanvragen: Lijst) -> tuple[Blad, Lijst]:
    """Supply and demand per team and quarter."""
    uitleg = (
        "Saldo is beschikbaar min lean min gevraagd; onder nul is een tekort. Vrij na toezegging rekent met wat is "
        "toegezegd. Inhuur kost wat het tarief op blad Normen zegt."
    )
    blad = nieuw_blad(CAPACITEIT, "Capaciteit per team en kwartaal, in uren", uitleg, BALANS)
    lijst = lijst_op(blad, len(g.capaciteit), BALANS)
    optelbaar = [k.naam for k in BALANS if k.naam.endswith(("_uren", "_eur"))]
    blad.voeg_toe(*totaalrij(lijst, {k: som(g.capaciteit, k) for k in optelbaar}))
    kop(blad, BALANS, vaste_kolommen=3)
    rijen_van_teams = {team: teams.eerste + n for n, team in enumerate(g.teams.index)}
    for rij in rijen_van(g.capaciteit):
        waarden = dict(rij)
        waarden["stand"] = _STAND[str(rij["stand"])]
        if is_leeg(rij["belasting"]):
            waarden["belasting"] = GEEN_RUIMTE
        if is_leeg(rij["inhuur_eur"]):
            waarden["inhuur_eur"] = ""
        van_team = rijen_van_teams.get(str(rij["team"]))
        formules = _balans(blad.volgende, teams, aanvragen, van_team)
        blad.voeg_toe(*cellen(waarden, BALANS, formules))
    if g.capaciteit.empty:
        blad.voeg_toe(tekst("Er zijn nog geen teams en geen uren gevraagd."))
    blad.filter = (lijst.eerste - 1, lijst.laatste, len(BALANS) - 1)
    blad.kleurregels += [Kleurregel(lijst.eerste, lijst.laatste, lijst.nummer("stand"))]
    blad.grenzen.append(lijst.grens("fte_erbij", "Vul fte in; met een min gaan er fte af.", laagst=-1e5))
    blad.grenzen.append(lijst.grens("inhuur_uren", "Vul uren van 0 of meer in."))
    return blad, lijst


def _balans(nummer: int, teams: Lijst, aanvragen: Lijst, team: int | None) -> dict[str, str]:
    """Formulas of one team in one quarter; a team that is not in the formatie has only what is hired."""
    c = {k.naam: adres(nummer, n) for n, k in enumerate(BALANS)}
    uit = {
        "formatie_uren": "0", "vacature_uren": "0", "lean_uren": "0",
        "verzuim_uren": "0",
    }  # fmt: skip
    if team is not None:
        van = {k.naam: plek(teams.blad, team, n) for n, k in enumerate(TEAMS)}
        per_fte = f'IF({van["uren_per_fte"]}="",uren_per_fte,{van["uren_per_fte"]})/4'
        fte = f"MAX(0,{van['fte']}+{c['fte_erbij']})"
        verzuim = f'IF({van["verzuim_aandeel"]}="",verzuim_aandeel,{van["verzuim_aandeel"]})'
        open_ = f'OR({van["vacature_tot"]}="",{c["kwartaal"]}<={van["vacature_tot"]})'
        uit = {
            "formatie_uren": f"{fte}*{per_fte}",
            # Adding 0: MIN leaves an empty cell out instead of taking it for 0.
            "vacature_uren": f"IF({open_},MIN({van['vacature_fte']}+0,{fte}),0)*{per_fte}",
            "verzuim_uren": f"({c['formatie_uren']}-{c['vacature_uren']})*{verzuim}",
            "lean_uren": f"{van['lean_uren']}/4",
        }
    uit["beschikbaar_uren"] = f"{c['formatie_uren']}-{c['vacature_uren']}-{c['verzuim_uren']}+{c['inhuur_uren']}"
    uit["ruimte_uren"] = f"MAX(0,{c['beschikbaar_uren']}-{c['lean_uren']})"
    for k in ("gevraagd", "toegezegd"):
        uit[f"{k}_uren"] = aanvragen.som(f"telt_{k}", team=c["team"], kwartaal=c["kwartaal"])
    rest = f"{c['beschikbaar_uren']}-{c['lean_uren']}"
    uit["saldo_uren"] = f"{rest}-{c['gevraagd_uren']}"
    uit["vrij_uren"] = f"{rest}-{c['toegezegd_uren']}"
    uit["belasting"] = f'IF({c["ruimte_uren"]}>0,{c["gevraagd_uren"]}/{c["ruimte_uren"]},"{GEEN_RUIMTE}")'
    let_op = f'IF({c["belasting"]}>=let_op_vanaf,"{_STAND["let op"]}","{_STAND["goed"]}")'
    # Nothing hired is an empty cell, which reads calmer than a 0.
    uit["inhuur_eur"] = f'IF({c["inhuur_uren"]}="","",{c["inhuur_uren"]}*inhuur_tarief_eur)'
    uit["stand"] = (
        f'IF({c["saldo_uren"]}<-marge_uren,"{_STAND["fout"]}",IF({c["ruimte_uren"]}>0,{let_op},"{_STAND["goed"]}"))'
    )
    return uit
