"""From a figure to what it is made of: the lines under it, each with its file, sheet and row.

The lines of a figure add up to that figure to the euro and the hour; a sentence says so with the sum in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.capaciteit import AFGEWEZEN
from opgavelib.domein.scenario import BASIS
from opgavelib.toepassing.controles import met_plaats
from opgavelib.toepassing.iv3_gegevens import jaren, taakvelden

if TYPE_CHECKING:
    from opgavelib.domein.begroting import LeanOpgave
    from opgavelib.toepassing.stand import Stand

OP_SCHERM = "op het scherm gemaakt"
_MATEN = ("lasten", "baten", "salarissen")
_EURO = ("lasten_eur", "lean_eur", "opgave_eur", "onbekend_eur")


@dataclass(frozen=True)
class Herkomst:
    """What a figure is made of.

    Attributes
    ----------
    zin : what the rows add up to
    rijen : DataFrame; bestand, blad and rij besides what the rows say (see the function that made it)
    titel, kolom : what the figure is called, and the column that adds up to it; where the function says so
    """

    zin: str
    rijen: pd.DataFrame
    titel: str = ""
    kolom: str = ""


def met_bestand(stand: Stand, tabel: pd.DataFrame) -> pd.DataFrame:
    """A table of the werkmap with the name of the file of every row; blad and rij it has.

    Rows without a source were made on screen.
    """
    uit = met_plaats(stand, tabel)
    return uit.assign(bestand=uit["bestand"].replace("", OP_SCHERM))


def geld(stand: Stand, uitkomst: LeanOpgave, op: str, waarde: str | None) -> Herkomst:
    """The budget lines under one row of a cut.

    Parameters
    ----------
    op, waarde : the cut and its row, as `LeanOpgave.snede` has them; None for all rows

    Returns
    -------
    Herkomst; rijen: index regel; omschrijving, taakveld, programma, team, lasten_eur, lean_eur, opgave_eur,
    onbekend_eur (whole euros, columns adding up to the row), binnen_norm, bestand, blad, rij

    Raises
    ------
    KeyError : the cut has no such row
    """
    waarden = list(uitkomst.snede(op).index) if waarde is None else [waarde]
    delen_ = [d for w in waarden if len(d := uitkomst.onder(op, w))]
    regels = pd.concat(delen_) if delen_ else uitkomst.onder(op, waarden[0])
    rijen = met_bestand(stand, regels)
    som = {k: float(rijen[k].sum()) for k in _EURO}
    delen = [
        f"{notatie.euro(som[k])} {naam}"
        for k, naam in (("lean_eur", "lean"), ("opgave_eur", "opgave"), ("onbekend_eur", "nog niet bepaald"))
        if som[k]
    ]
    uit = f": {', '.join(delen)}" if delen else ""
    aantal = notatie.aantal(len(rijen), "begrotingsregel", "begrotingsregels")
    buiten = int((~rijen["binnen_norm"]).sum())
    slot = f" {notatie.aantal(buiten, 'regel telt', 'regels tellen')} niet mee in het aandeel." if buiten else ""
    return Herkomst(f"{aantal}, samen {notatie.euro(som['lasten_eur'])} lasten{uit}.{slot}", rijen)


def van_totaal(stand: Stand, regel: str) -> Herkomst | None:
    """The lines under a row of the aansluiting (``totaal lasten``, ``baten begroting.xlsx, blad 'Baten'``).

    Returns
    -------
    Herkomst with titel and kolom; rijen: index regel; omschrijving, taakveld, team, lasten_eur, baten_eur,
    salarissen_eur, bestand, blad, rij. None when there is no such row
    """
    eerste, _, rest = regel.partition(" ")
    maat, naam = (rest, None) if eerste == "totaal" else (eerste, rest)
    if maat not in _MATEN:
        return None
    geld_ = stand.geld
    telt = set(geld_.bereken().regels["bron"])
    bronnen = [b.bron for b in geld_.bronnen if (b.bron in telt if naam is None else b.naam == naam)]
    if not bronnen:
        return None
    regels = geld_.alle_regels
    return _som_van(regels[regels["bron"].isin(bronnen)], f"{maat}_eur", regel[0].upper() + regel[1:])


def van_taakveld(stand: Stand, taakveld: str, kolom: str) -> Herkomst | None:
    """The lines of a taakveld in the peiljaar, as `van_totaal` gives them."""
    regels = stand.geld.bereken().regels
    regels = regels[regels["taakveld"] == taakveld]
    if regels.empty or kolom not in regels:
        return None
    naam = taakveldnamen(stand.geld.peiljaar).get(taakveld, "")
    return _som_van(regels, kolom, f"Taakveld {taakveld} {naam}".strip())


def taakveldnamen(jaar: int | None) -> dict[str, str]:
    """Names by code, of that year or the nearest one that is known."""
    bekend = jaren()
    return dict(taakvelden(min(bekend, key=lambda j: abs(j - (jaar or bekend[-1])))))


def _som_van(regels: pd.DataFrame, kolom: str, titel: str) -> Herkomst:
    regels = regels[regels[kolom].fillna(0.0) != 0]
    aantal = notatie.aantal(len(regels), "begrotingsregel", "begrotingsregels")
    zin = f"{aantal}, samen {notatie.euro(float(regels[kolom].sum()))} {kolom.removesuffix('_eur')}."
    return Herkomst(zin, regels.sort_values(kolom, ascending=False, kind="stable"), titel, kolom)


def formatie(stand: Stand, teams: list[str]) -> Herkomst:
    """Where the (derived) hours of these teams come from: their formatie.

    Returns
    -------
    Herkomst; rijen: index team; teamleider, fte, uren_per_fte, uren_per_fte_van (``team`` or ``norm``),
    beschikbaar_uren, lean_uren, opgave_uren (hours per year), bestand, blad, rij
    """
    tabel = met_bestand(stand, stand.tabel("teams"))
    tabel = tabel[tabel.index.isin(teams)]
    aanbod = stand.werk.aanbod.reindex(tabel.index)
    norm = float(stand.waarde("capaciteit", "uren_per_fte"))
    rijen = pd.DataFrame(
        {
            "teamleider": tabel["teamleider"],
            "fte": tabel["fte"],
            "uren_per_fte": tabel["uren_per_fte"].fillna(norm),
            "uren_per_fte_van": tabel["uren_per_fte"].notna().map({True: "team", False: "norm"}),
            **{k: aanbod[k] for k in ("beschikbaar_uren", "lean_uren", "opgave_uren")},
            **{k: tabel[k] for k in ("bestand", "blad", "rij")},
        },
        index=tabel.index,
    )
    if rijen.empty:
        return Herkomst("Van deze rij is geen formatie bekend, dus ook geen uren.", rijen)
    fte, uren = float(rijen["fte"].sum()), float(rijen["beschikbaar_uren"].sum())
    return Herkomst(
        f"De uren zijn afgeleid van de formatie: {notatie.getal(fte, 2)} fte geeft {notatie.uren(uren)} per jaar, "
        f"waarvan {notatie.uren(rijen['lean_uren'].sum())} regulier werk (lean) en "
        f"{notatie.uren(rijen['opgave_uren'].sum())} voor opgaven.",
        rijen,
    )


def inzet(stand: Stand, team: str, kwartaal: str) -> Herkomst:
    """What was asked of a team in a quarter, request by request.

    Returns
    -------
    Herkomst; rijen: index inzet; activiteit, titel, uren_gevraagd, uren_toegezegd, status, bestand, blad, rij.
    The hours asked add up to those of the balance; refused requests stand among the rows and do not count
    """
    alle = stand.werk.vraag_in(stand.scenarios[BASIS])
    hier = met_bestand(stand, alle[(alle["team"] == team) & (alle["kwartaal"] == kwartaal)])
    titels = stand.tabel("activiteiten")["titel"]
    rijen = hier.assign(titel=hier["activiteit"].map(titels)).sort_values(
        "uren_gevraagd", ascending=False, kind="stable"
    )
    telt = rijen[rijen["status"] != AFGEWEZEN]
    kwartaal_tekst = notatie.kwartaal_voluit(kwartaal)
    if rijen.empty:
        return Herkomst(f"Aan {team} zijn in het {kwartaal_tekst} geen uren gevraagd.", rijen)
    toegezegd = float(telt["uren_toegezegd"].sum())
    weg = len(rijen) - len(telt)
    hoe = "is afgewezen en telt" if weg == 1 else "zijn afgewezen en tellen"
    slot = f" {notatie.aantal(weg, 'aanvraag', 'aanvragen')} {hoe} niet mee." if weg else ""
    return Herkomst(
        f"{notatie.aantal(len(telt), 'aanvraag', 'aanvragen')} aan {team} in het {kwartaal_tekst}: "
        f"{notatie.uren(telt['uren_gevraagd'].sum())} gevraagd, {notatie.uren(toegezegd)} toegezegd.{slot}",
        rijen,
    )
