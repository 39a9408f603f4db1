"""Who asked, promised, refused and took back the hours of one request, when and why; and where the file says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.contract import Status
from opgavelib.toepassing.contractering import Contractering

_SOORTEN = ("contract", "aanvraag", "gewijzigd:inzet", "vervallen:inzet")


@dataclass(frozen=True)
class Stap:
    """One thing that happened to a request.

    Attributes
    ----------
    kop : what happened, with hours and quarters
    wie, moment : by whom and when (local)
    reden : why; may be empty
    """

    kop: str
    wie: str
    moment: datetime
    reden: str = ""


def herkomst(c: Contractering, aanvraag: str) -> list[str]:
    """Where these hours stand: file, sheet and Excel row, with what it says now."""
    inzet = c.stand.tabel("inzet")
    eigen = inzet.loc[inzet.index.isin(c.rijen.index[c.rijen["aanvraag"] == aanvraag])]
    bestanden = c.stand.tabel("bronnen")["bestand"]
    uit = []
    for (bron, blad, rij), deel in eigen.groupby(["bron", "blad", "rij"], sort=True):
        zegt = f"{notatie.uren(float(deel['uren_gevraagd'].sum()))} gevraagd"
        if toegezegd := float(deel["uren_toegezegd"].sum()):
            zegt += f", {notatie.uren(toegezegd)} toegezegd"
        if (deel["status"] == Status.AFGEWEZEN).all():
            zegt += ", afgewezen"
        uit.append(f"{bestanden.get(bron, bron)}, blad '{blad}', rij {int(rij)}: {zegt}")
    return uit


def geschiedenis(c: Contractering, aanvraag: str) -> list[Stap]:
    """What happened to this request, last one first; also to quarters that are no longer part of it."""
    waar = _kwartalen(c, aanvraag)
    g = c.stand.tabel("gebeurtenissen")
    # What one reading changed stands together, between the marks that a sheet was read.
    lezing = (g["wat"] == "gelezen").cumsum().astype(str)
    g = g[g["wat"].isin(_SOORTEN) & g["object"].isin(list(waar))]
    if g.empty:
        return []
    samen = g["handeling"].where(g["handeling"].notna(), lezing) + g["wat"]
    stappen = []
    for _, deel in g.groupby(samen, sort=False):
        eerste = deel.iloc[0]
        for kop in _koppen(deel, waar):
            moment = datetime.fromisoformat(eerste["tijdstip"]).astimezone()
            stappen.append(Stap(kop, eerste["wie"] or "", moment, eerste["reden"] or ""))
    return stappen[::-1]


def _kwartalen(c: Contractering, aanvraag: str) -> dict[str, str]:
    """Quarter of every row that belongs to this request or did: key -> quarter."""
    r = c.overzicht.loc[aanvraag]
    uit = {}
    bestand = c.stand.werkmap.tabel("inzet", ook_vervallen=True)
    zelfde = (bestand["activiteit"] == r["activiteit"]) & (bestand["team"] == r["team"])
    zelfde &= bestand["deskundigheid"].fillna("") == r["deskundigheid"]
    uit |= bestand.loc[zelfde, "kwartaal"].to_dict()
    uit |= c.rijen.loc[c.rijen["aanvraag"] == aanvraag, "kwartaal"].to_dict()
    g = c.stand.tabel("gebeurtenissen")
    for _, rij in g[g["wat"] == "aanvraag"].iterrows():
        inhoud = rij["nieuw"] or rij["oud"] or {}
        velden = (inhoud.get("activiteit"), inhoud.get("team"), inhoud.get("deskundigheid") or "")
        if velden == (r["activiteit"], r["team"], r["deskundigheid"]):
            uit[rij["object"]] = inhoud["kwartaal"]
    return uit


def _koppen(deel: pd.DataFrame, waar: dict[str, str]) -> list[str]:
    """What one handeling did, a line per kind of answer in it."""
    wat = deel["wat"].iloc[0]
    plek = deel["object"].map(waar)
    if wat == "vervallen:inzet":
        return [f"Niet meer in het bestand: {_reeks(plek)}"]
    if wat == "gewijzigd:inzet":
        return [_gewijzigd(deel, plek)]
    nieuw = [n if isinstance(n, dict) else {} for n in deel["nieuw"]]
    if wat == "aanvraag":
        soorten, veld = ["gevraagd" if n else "" for n in nieuw], "uren_gevraagd"
        namen = {"gevraagd": "Gevraagd", "": "Aanvraag ingetrokken"}
    else:
        soorten, veld = [str(n.get("status", "")) for n in nieuw], "uren_toegezegd"
        namen = {"toegezegd": "Toegezegd", "afgewezen": "Afgewezen", "gevraagd": "Teruggezet op gevraagd",
                 "": "Terug naar wat het bestand zegt"}  # fmt: skip
    uit = []
    for soort in dict.fromkeys(soorten):
        eigen = [i for i, s in enumerate(soorten) if s == soort]
        uren = sum(float(nieuw[i].get(veld) or 0.0) for i in eigen)
        uit.append(f"{namen[soort]}: {notatie.uren(uren) + ' in ' if uren else ''}{_reeks(plek.iloc[eigen])}")
    return uit


def _gewijzigd(deel: pd.DataFrame, plek: pd.Series) -> str:
    delen = []
    for oud, nieuw, kwartaal in zip(deel["oud"], deel["nieuw"], plek, strict=True):
        for kolom, naam in (("uren_gevraagd", "gevraagd"), ("uren_toegezegd", "toegezegd")):
            if kolom in (nieuw or {}):
                was, wordt = (notatie.getal(x.get(kolom) or 0.0, 1) for x in (oud or {}, nieuw))
                delen.append(f"{kwartaal} {naam} van {was} naar {wordt} uur")
    return "Nieuwe versie van het bestand" + (f": {', '.join(delen)}" if delen else "")


def _reeks(kwartalen: Iterable[str]) -> str:
    """``2027K1``, or ``2027K1 t/m 2027K4 (4 kwartalen)``."""
    k: Sequence[str] = sorted(set(kwartalen))
    return k[0] if len(k) == 1 else f"{k[0]} t/m {k[-1]} ({len(k)} kwartalen)"
