"""All controles of a werkmap: what euros, hours and rows must keep, and where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begrippen import Begrotingsrol, Bestemming
from opgavelib.domein.begroting import aansluiting
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
    """Every controle, in the order of the groups; none of them raises for a werkmap without that table. Parameters
    have one only when one of them cannot be: they are checked before they are stored."""
    alle = [*_begroting(stand), *_formatie(stand), *_capaciteit(stand), *_inventarisatie(stand)]
    return [*alle, *([inventarisatie.instellingen_kunnen(stand.afgekeurd)] if stand.afgekeurd else [])]


def met_plaats(stand: Stand, tabel: pd.DataFrame) -> pd.DataFrame:
    """Rows with the file they were read from; bestand and blad are empty for what was made on screen."""
    bestand = tabel["bron"].map(stand.tabel("bronnen")["bestand"])
    return tabel.assign(bestand=bestand.astype(object).where(bestand.notna(), ""),
                        blad=tabel["blad"].where(tabel["blad"].notna(), ""))  # fmt: skip


def _begroting(stand: Stand) -> list[Controle]:
    geld, waarde = stand.geld, stand.waarde
    regels = met_plaats(stand, geld.regels)
    # Lines of a wijziging are differences: those may well be below 0.
    wijzigt = regels["bron"].isin([b.bron for b in geld.bronnen if b.rol == Begrotingsrol.WIJZIGING])
    heel, vervangt = regels[~wijzigt], any(b.rol == Begrotingsrol.VERVANGT for b in geld.bronnen)
    teams, onbekend = stand.tabel("teams").index, regels["team"].dropna().unique()
    lijkt = formatie.lijken(
        [t for t in onbekend if t not in teams], teams, float(waarde("controle", "gelijke_namen"))
    )
    marge, totaal = float(waarde("controle", "evenwicht_eur")), stand.begroting.totaal
    sluit = iv3.aansluiting(stand)
    return [
        *(basis.tel_op(r, bladen, notatie.euro) for r, bladen in _per_begroting(stand)),
        begroting.iv3(
            sluit.tabel, sluit.totalen, sluit.reden, sluit.toelichting, gewijzigd=vervangt or bool(wijzigt.any())
        ),
        begroting.een_begroting(
            regels,
            [b.bron for b in geld.bronnen if not b.gezegd],
            [b.bron for b in geld.bronnen if b.rol in (Begrotingsrol.BEGROTING, Begrotingsrol.VERVANGT)],
        ),
        begroting.niet_dubbel(regels),
        begroting.heeft_jaar(regels.assign(jaar=stand.tabel("begroting")["jaar"].reindex(regels.index))),
        begroting.taakveld_bestaat(regels, {j: taakvelden(j) for j in jaren()}),
        begroting.heeft_team(regels, waarde("controle", "zonder_team"), _noemt_team(stand, regels)),
        begroting.team_bekend(regels, teams, lijkt),
        begroting.salaris_in_lasten(heel),
        begroting.niet_negatief(heel, geld.norm.buiten),
        sturing.sluitend(regels, marge),
        sturing.structureel_gedekt(regels, marge),
        sturing.genoemd(regels, geld.norm.buiten),
        sturing.aandeel_klopt(regels),
        sturing.spreekt_zich_niet_tegen(regels),
        sturing.binnen_norm(
            totaal["opgave_aandeel_eur"], geld.norm.lean_aandeel, geld.norm.tolerantie, totaal["reden"]
        ),
    ]


def _noemt_team(stand: Stand, regels: pd.DataFrame) -> bool:
    """Whether some begroting has a column with the team at all."""
    kolommen = stand.tabel("bronnen")["kolommen"].reindex(regels["bron"].unique())
    return any("team" in (k or {}).values() for k in kolommen)


def _per_begroting(stand: Stand) -> Iterator[tuple[basis.Regel, pd.DataFrame]]:
    """Per column of amounts its rule, and of each begroting that counts the total it states itself, what its lines
    add up to, and the difference explained."""
    bronnen, marge = stand.tabel("bronnen"), float(stand.waarde("begroting", "afronding"))
    sluit = {b: aansluiting([g], marge).set_index("regel") for b, g in stand.geld.gelezen().items()}
    velden = {"verwacht": "verwacht_eur", "gevonden": "gevonden_eur", "akkoord": "akkoord", "uitleg": "toelichting"}
    for kolom, regel in begroting.TOTALEN.items():
        naam = f"totaal {kolom.removesuffix('_eur')}"
        rijen = pd.DataFrame({b: t.loc[naam] for b, t in sluit.items() if naam in t.index}).T.reindex(list(sluit))
        rijen = pd.DataFrame({k: rijen.get(v) for k, v in velden.items()}, index=list(sluit))
        yield regel, bronnen.loc[list(sluit), ["bestand", "blad"]].join(rijen)


def _per_blad(stand: Stand, tabel: str, rijen: pd.DataFrame, kolom: str, marge: float) -> pd.DataFrame:
    """Per sheet with rows of a table what it states as total of a column, and what its rows add up to."""
    bronnen = stand.tabel("bronnen")
    gevonden = rijen.groupby("bron")[kolom].sum()
    bladen = bronnen[bronnen["tabel"].eq(tabel) & bronnen.index.isin(gevonden.index)]
    uit = bladen[["bestand", "blad"]].assign(
        verwacht=pd.Series([(t or {}).get(kolom) for t in bladen["totalen"]], bladen.index, dtype=float),
        gevonden=gevonden.reindex(bladen.index),
        uitleg="Zoek de rij die ontbreekt of dubbel is, of verbeter het totaal.",
    )
    # A hair more than the margin: sums of decimals are not exact.
    return uit.assign(akkoord=(uit["gevonden"] - uit["verwacht"]).abs() <= marge + 1e-9)


def _formatie(stand: Stand) -> list[Controle]:
    teams = met_plaats(stand, stand.tabel("teams"))
    fte = partial(notatie.getal, decimalen=2)
    regels = stand.geld.regels
    salarissen = regels[regels["jaar"] == stand.geld.peiljaar].groupby("team")["salarissen_eur"].sum().to_dict()
    return [
        basis.tel_op(
            formatie.TOTAAL,
            _per_blad(stand, "teams", teams, "fte", float(stand.waarde("controle", "afronding_fte"))),
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
    tabel, teams, marge = werk.capaciteit.tabel, stand.tabel("teams").index, werk.normen.marge_uren
    balans = tabel[tabel.index.get_level_values("team").isin(teams)]
    van_bestanden = stand.tabel("inzet")
    met_reden = [k for k, a in werk.antwoorden.items() if a["reden"]]
    return [
        basis.tel_op(
            capaciteit.TOTAAL,
            _per_blad(
                stand, "inzet", van_bestanden, "uren_gevraagd", float(stand.waarde("controle", "afronding_uren"))
            ),
            notatie.uren,
        ),
        capaciteit.past(capaciteit.TOEGEZEGD, telt, balans, "toegezegd", marge),
        capaciteit.past(
            capaciteit.GEVRAAGD, telt, balans, "gevraagd", marge, capaciteit.andere_tekorten(tabel, teams, marge)
        ),
        capaciteit.deskundigheid_aanwezig(telt, werk.deskundigheden),
        toezegging.niet_dubbel_toegezegd(inzet),
        capaciteit.niet_dubbel_gevraagd(inzet),
        toezegging.niet_meer_dan_gevraagd(inzet, marge),
        toezegging.status_past(_beantwoord(inzet, van_bestanden, werk.antwoorden)),
        toezegging.heeft_reden(inzet, met_reden, marge),
        toezegging.niet_vervallen(inzet),
        toezegging.niet_gewijzigd(_met_was(stand, inzet)),
        toezegging.gaat_door(inzet, werk.vraagt_niet),
        capaciteit.team_bekend(inzet, teams),
        capaciteit.activiteit_bekend(inzet, activiteiten.index),
        capaciteit.in_periode(inzet, activiteiten),
        capaciteit.begin_voor_einde(activiteiten),
        capaciteit.vraagt_uren(activiteiten, inzet),
    ]


def _met_was(stand: Stand, inzet: pd.DataFrame) -> pd.DataFrame:
    from opgavelib.toepassing.contractering import Contractering

    return inzet.assign(was_uren=Contractering(stand).rijen["was_uren"])


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
