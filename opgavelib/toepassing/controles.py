"""All controles of a werkmap: what euros, hours and rows must keep, and where they do not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.controle import (
    Controle,
    basis,
    begroting,
    capaciteit,
    formatie,
    inventarisatie,
    sturing,
    toezegging,
)
from opgavelib.domein.scenario import BASIS
from opgavelib.toepassing import iv3
from opgavelib.toepassing.iv3_gegevens import jaren, taakvelden

if TYPE_CHECKING:
    from opgavelib.toepassing.stand import Stand


def controles(stand: Stand) -> list[Controle]:
    """Every controle, in the order of the groups; none of them raises for a werkmap without that table."""
    return [*_begroting(stand), *_formatie(stand), *_capaciteit(stand), *_inventarisatie(stand)]


def met_plaats(stand: Stand, tabel: pd.DataFrame) -> pd.DataFrame:
    """Rows with the file they were read from; bestand and blad are empty for what was made on screen."""
    bestand = tabel["bron"].map(stand.tabel("bronnen")["bestand"])
    return tabel.assign(bestand=bestand.astype(object).where(bestand.notna(), ""),
                        blad=tabel["blad"].where(tabel["blad"].notna(), ""))  # fmt: skip


def _begroting(stand: Stand) -> list[Controle]:
    regels = met_plaats(stand, stand.tabel("begroting"))
    teams = stand.tabel("teams").index
    bronnen = stand.tabel("bronnen")
    van_begroting = bronnen[bronnen["tabel"] == "begroting"]
    met_team = any("team" in (k or {}).values() for k in van_begroting["kolommen"])
    onbekend = [t for t in regels["team"].dropna().unique() if t not in teams]
    lijkt = formatie.lijken(onbekend, teams, float(stand.waarde("controle", "gelijke_namen")))
    marge = float(stand.waarde("controle", "evenwicht_eur"))
    norm, buiten = stand.begroting, stand.waarde("begroting", "buiten_norm")
    sluit = iv3.aansluiting(stand)
    return [
        *_totalen_begroting(stand, regels),
        begroting.iv3(sluit.tabel, sluit.totalen, sluit.reden, sluit.toelichting),
        begroting.een_begroting(regels, stand.werkmap.begrotingsversies()),
        begroting.niet_dubbel(regels),
        begroting.heeft_jaar(regels),
        begroting.taakveld_bestaat(regels, {j: taakvelden(j) for j in jaren()}),
        begroting.heeft_team(regels, stand.waarde("controle", "zonder_team"), met_team),
        begroting.team_bekend(regels, teams, lijkt),
        begroting.salaris_in_lasten(regels),
        begroting.niet_negatief(regels),
        sturing.sluitend(regels, marge),
        sturing.structureel_gedekt(regels, marge),
        sturing.genoemd(regels, buiten),
        sturing.aandeel_klopt(regels),
        sturing.spreekt_zich_niet_tegen(regels),
        sturing.binnen_norm(
            norm.totaal["opgave_aandeel_eur"],
            float(stand.waarde("begroting", "lean_norm")),
            float(stand.waarde("begroting", "tolerantie")),
            norm.totaal["reden"],
        ),
    ]


def _totalen_begroting(stand: Stand, regels: pd.DataFrame) -> list[Controle]:
    marge = float(stand.waarde("begroting", "afronding"))
    return [
        basis.tel_op(regel, _per_blad(stand, "begroting", regels, kolom), marge, notatie.euro)
        for kolom, regel in begroting.TOTALEN.items()
    ]


def _per_blad(stand: Stand, tabel: str, rijen: pd.DataFrame, kolom: str) -> pd.DataFrame:
    """Per sheet with rows of a table what it states as total of a column, and what its rows add up to."""
    bronnen = stand.tabel("bronnen")
    som = rijen.groupby("bron")[kolom].sum()
    bladen = bronnen[bronnen["tabel"].eq(tabel) & bronnen.index.isin(som.index)]
    return pd.DataFrame(
        {
            "bestand": bladen["bestand"],
            "blad": bladen["blad"],
            "verwacht": [(t or {}).get(kolom) for t in bladen["totalen"]],
            "gevonden": som.reindex(bladen.index),
            # Every line whose cents were rounded away may be half a euro off.
            "marge": [(a or {}).get(kolom, 0) / 2 for a in bladen["afgerond"]],
        }
    ).astype({"verwacht": float})


def _formatie(stand: Stand) -> list[Controle]:
    teams = met_plaats(stand, stand.tabel("teams"))
    fte = partial(notatie.getal, decimalen=2)
    regels = stand.tabel("begroting")
    laatste = regels[regels["jaar"] == regels["jaar"].max()]
    salarissen = laatste.groupby("team")["salarissen_eur"].sum().to_dict()
    return [
        basis.tel_op(
            formatie.TOTAAL,
            _per_blad(stand, "teams", teams, "fte"),
            float(stand.waarde("controle", "afronding_fte")),
            lambda w: f"{fte(w)} fte",
        ),
        formatie.heeft_teamleider(teams),
        formatie.heeft_fte(teams),
        formatie.heeft_domein(teams),
        formatie.namen_verschillen(teams, float(stand.waarde("controle", "gelijke_namen"))),
        formatie.lean_past(teams, stand.werk.aanbod, stand.werk.normen.marge_uren),
        formatie.vacature_past(teams),
        formatie.uren_aannemelijk(teams, tuple(stand.waarde("controle", "uren_per_fte"))),
        formatie.salaris_aannemelijk(teams, salarissen, tuple(stand.waarde("controle", "salaris_per_fte_eur"))),
    ]


def _capaciteit(stand: Stand) -> list[Controle]:
    werk, activiteiten = stand.werk, met_plaats(stand, stand.tabel("activiteiten"))
    inzet = met_plaats(stand, werk.inzet)
    telt = met_plaats(stand, werk.vraag_in(stand.scenarios[BASIS]))
    balans, marge = werk.capaciteit.tabel, werk.normen.marge_uren
    van_bestanden = stand.tabel("inzet")
    met_reden = [k for k, a in werk.antwoorden.items() if a["reden"]]
    return [
        basis.tel_op(
            capaciteit.TOTAAL,
            _per_blad(stand, "inzet", van_bestanden, "uren_gevraagd"),
            float(stand.waarde("controle", "afronding_uren")),
            notatie.uren,
        ),
        capaciteit.past(capaciteit.TOEGEZEGD, telt, balans, "toegezegd", marge),
        capaciteit.past(capaciteit.GEVRAAGD, telt, balans, "gevraagd", marge),
        capaciteit.deskundigheid_aanwezig(telt, werk.deskundigheden),
        toezegging.niet_dubbel_toegezegd(inzet),
        capaciteit.niet_dubbel_gevraagd(inzet),
        toezegging.niet_meer_dan_gevraagd(inzet, marge),
        toezegging.status_past(_beantwoord(inzet, van_bestanden, werk.antwoorden)),
        toezegging.heeft_reden(inzet, met_reden, marge),
        toezegging.niet_vervallen(inzet),
        capaciteit.team_bekend(inzet, stand.tabel("teams").index),
        capaciteit.activiteit_bekend(inzet, activiteiten.index),
        capaciteit.in_periode(inzet, activiteiten),
        capaciteit.begin_voor_einde(activiteiten),
        capaciteit.vraagt_uren(activiteiten, inzet),
    ]


def _beantwoord(inzet: pd.DataFrame, van_bestanden: pd.DataFrame, antwoorden: Mapping) -> pd.DataFrame:
    """Requests of files that nobody answered on screen, with the status as the file has it, empty or not."""
    los = inzet[inzet.index.isin(van_bestanden.index.difference(list(antwoorden)))]
    return los.assign(status=van_bestanden["status"].reindex(los.index),
                      uren_toegezegd=van_bestanden["uren_toegezegd"].reindex(los.index))  # fmt: skip


def _inventarisatie(stand: Stand) -> list[Controle]:
    opgaven = met_plaats(stand, stand.tabel("opgaven"))
    activiteiten = met_plaats(stand, stand.tabel("activiteiten"))
    ambities = stand.ambities
    return [
        inventarisatie.rijen_opgenomen(_opgenomen(stand)),
        inventarisatie.een_bestemming(ambities, stand.spoor.aantallen, [b.value for b in Bestemming]),
        inventarisatie.doel_bestaat(ambities, opgaven.index),
        inventarisatie.onder_opgave(activiteiten, opgaven.index),
        inventarisatie.heeft_driehoek(opgaven),
        inventarisatie.niet_te_veel(
            opgaven, stand.te_veel_tegelijk, int(stand.waarde("prioritering", "topprioriteiten"))
        ),
    ]


def _opgenomen(stand: Stand) -> pd.DataFrame:
    """Per sheet how many source rows were read, and of how many there is something in the werkmap.

    Only sheets of which no other file shares the rows: a team that two files name, stands once.
    """
    bronnen = stand.tabel("bronnen")
    delen = []
    for naam in ("ambities", "begroting"):
        van = bronnen[bronnen["tabel"] == naam]
        rijen = stand.tabel(naam)
        # One source row of a begroting with a column per year is a line for each of them.
        aantal = rijen.groupby("bron")["rij"].nunique().reindex(van.index, fill_value=0)
        delen.append(van[["bestand", "blad"]].assign(gelezen=van["rijen_gelezen"].astype(int), opgenomen=aantal))
    return pd.concat(delen)
