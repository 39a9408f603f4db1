"""Controles of what teamleiders promised: pure, over inzet as in `domein.controle.capaciteit`."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.contract import Status
from opgavelib.domein.controle.basis import Controle, Groep, Regel, Uitslag, opsomming
from opgavelib.domein.controle.capaciteit import (
    DUBBEL,
    LEEG,
    noem,
    som_uren,
    tel_aanvragen,
    uren_gevraagd,
    uren_toegezegd,
    zelfde,
)

C = Groep.CAPACITEIT
MEER = Regel(
    "toegezegd-gevraagd", "Er is nergens meer toegezegd dan gevraagd", C,
    "Verlaag de toezegging, of vraag meer uren aan.",
)  # fmt: skip
STATUS = Regel(
    "status-uren", "Status en uren van elke toezegging passen bij elkaar", C,
    "Zet de status op toegezegd als er uren zijn toegezegd, of vul de uren in.", Uitslag.LET_OP,
)  # fmt: skip
REDEN = Regel(
    "reden", "Wat is afgewezen of deels toegezegd, heeft een reden", C,
    "Schrijf de reden erbij op de pagina Capaciteit; wie het vroeg, moet ermee verder.", Uitslag.LET_OP,
)  # fmt: skip
VERVALLEN = Regel(
    "vervallen-toezegging", "Geen toezegging is vervallen doordat werk is verplaatst", C,
    "Vraag de teamleider de uren in het nieuwe kwartaal toe te zeggen.", Uitslag.LET_OP,
)  # fmt: skip

GEWIJZIGD = Regel(
    "gewijzigd-na-toezegging", "Geen aanvraag is gewijzigd nadat zij was toegezegd", C,
    "Vraag de teamleider de uren opnieuw toe te zeggen.", Uitslag.LET_OP,
)  # fmt: skip
DOORGAAN = Regel(
    "toegezegd-gaat-door", "Er zijn geen uren toegezegd aan werk dat niet doorgaat", C,
    "Zet de toezegging terug, zodat de uren vrijkomen, of geef de opgave een andere prioriteit.", Uitslag.LET_OP,
)  # fmt: skip


def niet_dubbel_toegezegd(inzet: pd.DataFrame) -> Controle:
    """One promise per activiteit, team, kwartaal and deskundigheid."""
    toegezegd = inzet[inzet["uren_toegezegd"] > 0]
    if toegezegd.empty:
        return DUBBEL.niet("Er zijn nog geen uren toegezegd.")
    return DUBBEL.oordeel(
        zelfde(toegezegd),
        f"{tel_aanvragen(len(toegezegd))} toegezegd, elk een keer.",
        lambda m: (
            f"{tel_aanvragen(len(m))} met samen {som_uren(m, 'uren_toegezegd')} toegezegd zijn voor hetzelfde "
            "werk, team, kwartaal en vakgebied."
        ),
        noem,
        uren_toegezegd,
    )


def niet_meer_dan_gevraagd(inzet: pd.DataFrame, marge_uren: float) -> Controle:
    """No promise above what was asked."""
    toegezegd = inzet[inzet["uren_toegezegd"] > 0]
    if toegezegd.empty:
        return MEER.niet("Er zijn nog geen uren toegezegd.")

    def zin(mis: pd.DataFrame) -> str:
        over = float((mis["uren_toegezegd"] - mis["uren_gevraagd"].fillna(0.0)).sum())
        return f"Bij {tel_aanvragen(len(mis))} is er samen {notatie.uren(over)} te veel toegezegd."

    return MEER.oordeel(
        toegezegd[toegezegd["uren_toegezegd"] > toegezegd["uren_gevraagd"].fillna(0.0) + marge_uren],
        f"{som_uren(toegezegd, 'uren_toegezegd')} toegezegd; nergens meer dan gevraagd.",
        zin,
        lambda r: f"{noem(r)}: {notatie.uren(r.uren_toegezegd)} toegezegd van {notatie.uren(r.uren_gevraagd)}",
        uren_toegezegd,
    )


def status_past(aanvragen: pd.DataFrame) -> Controle:
    """What is called toegezegd has hours, and hours that were promised are called so.

    Parameters
    ----------
    aanvragen : with the answers; status may be missing
    """
    met = aanvragen[aanvragen["status"].notna()]
    if met.empty:
        return STATUS.niet("Geen enkele aanvraag heeft een status.")
    uren = met["uren_toegezegd"].fillna(0.0) > 0
    return STATUS.oordeel(
        met[(met["status"] == str(Status.TOEGEZEGD)) != uren],
        f"Bij {tel_aanvragen(len(met))} passen zij bij elkaar.",
        lambda m: f"Bij {tel_aanvragen(len(m))} zegt de status iets anders dan de uren.",
        lambda r: f"{noem(r)}: {r.status}, {notatie.uren(0 if pd.isna(r.uren_toegezegd) else r.uren_toegezegd)}",
        uren_toegezegd,
    )


def heeft_reden(inzet: pd.DataFrame, met_reden: Collection[str], marge_uren: float) -> Controle:
    """What was refused, or promised in part, says why.

    Parameters
    ----------
    met_reden : keys of the requests with a reason
    """
    if inzet.empty:
        return REDEN.niet(LEEG)
    deels = (inzet["status"] == str(Status.TOEGEZEGD)) & (
        inzet["uren_toegezegd"] < inzet["uren_gevraagd"] - marge_uren
    )
    nee = inzet[(inzet["status"] == str(Status.AFGEWEZEN)) | deels]
    return REDEN.oordeel(
        nee[~nee.index.isin(list(met_reden))],
        f"Bij {tel_aanvragen(len(nee))} staat waarom." if len(nee) else "Er is niets afgewezen of deels toegezegd.",
        lambda m: (
            f"Bij {tel_aanvragen(len(m))} met {som_uren(m, 'uren_gevraagd')} staat niet waarom het niet of niet "
            "helemaal kan."
        ),
        lambda r: f"{noem(r)}: {r.status}",
        uren_gevraagd,
    )


def niet_vervallen(inzet: pd.DataFrame) -> Controle:
    """No promise lapsed because its work moved or shrank.

    Parameters
    ----------
    inzet : with uren_vervallen
    """
    if inzet.empty:
        return VERVALLEN.niet(LEEG)
    return VERVALLEN.oordeel(
        inzet[inzet["uren_vervallen"] > 0],
        "Alle toezeggingen gelden nog.",
        lambda m: (
            f"Bij {tel_aanvragen(len(m))} is {som_uren(m, 'uren_vervallen')} toegezegd voor een ander kwartaal, of "
            "voor meer werk dan er nog is."
        ),
        noem,
        lambda r: r.uren_vervallen,
    )


def niet_gewijzigd(inzet: pd.DataFrame) -> Controle:
    """What was promised is still what is asked.

    Parameters
    ----------
    inzet : with was_uren: hours asked when it was promised, where its file says something else since; else NaN
    """
    if inzet.empty:
        return GEWIJZIGD.niet(LEEG)
    return GEWIJZIGD.oordeel(
        inzet[inzet["was_uren"].notna()],
        "Van alles wat op het scherm is toegezegd, vraagt het bestand nog hetzelfde.",
        lambda m: f"{tel_aanvragen(len(m))} {'vraagt' if len(m) == 1 else 'vragen'} nu andere uren.",
        lambda r: f"{noem(r)}: was {notatie.uren(r.was_uren)}, is {notatie.uren(r.uren_gevraagd)}",
        uren_gevraagd,
    )


def gaat_door(inzet: pd.DataFrame, vraagt_niet: Collection[str]) -> Controle:
    """Hours are reserved for work that is done.

    Parameters
    ----------
    vraagt_niet : activiteiten under an opgave of which was agreed not to do it
    """
    if inzet.empty:
        return DOORGAAN.niet(LEEG)

    def zin(mis: pd.DataFrame) -> str:
        namen = opsomming([str(a) for a in mis["activiteit"].unique()])
        return f"{som_uren(mis, 'uren_toegezegd')} toegezegd voor {namen}."

    return DOORGAAN.oordeel(
        inzet[inzet["activiteit"].isin(list(vraagt_niet)) & (inzet["uren_toegezegd"] > 0)],
        "Alle toegezegde uren zijn voor werk dat doorgaat.",
        zin,
        noem,
        uren_toegezegd,
    )
