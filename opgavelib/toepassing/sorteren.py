"""Sorting: what the screen shows of every row, what can be chosen, and storing what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pandas as pd

from opgavelib import notatie, parameters, woordenboek
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.domein.groepen import gelijkende
from opgavelib.domein.taakveld import stel_taakveld_voor
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing.overlap import proceswoorden, taakvelden
from opgavelib.toepassing.stand import Stand
from opgavelib.weergave.trechter import NAMEN

# What a person says of a row while sorting.
VELDEN = ("werksoort", "wettelijk", "domein", "gebied", "portefeuillehouder", "taakveld")
# In the order in which the screen shows them: what was decided first, what is left last.
VOLGORDE = (
    Bestemming.OPGAVE,
    Bestemming.LIJN,
    Bestemming.SAMENGEVOEGD,
    Bestemming.PARKEERPLAATS,
    Bestemming.AFGEWEZEN,
    Bestemming.OPEN,
)
_GELIJKENDE = 4
_REDENEN = 6
# Reasons that the workbook itself wrote down when somebody took a step back: no suggestion for the next row.
_VAN_HET_WERKBOEK = ("Ongedaan gemaakt", "Toch gedaan")


@dataclass(frozen=True)
class Voortgang:
    """How far the sorting is.

    Attributes
    ----------
    gesorteerd, totaal : rows with a bestemming other than open, and rows read
    delen : rows per bestemming in the order of the screen; they add up to `totaal`
    zin : "237 van 314 rijen gesorteerd"
    rest : "Nog 77 rijen te sorteren."
    """

    gesorteerd: int
    totaal: int
    delen: Mapping[str, int]
    zin: str
    rest: str


def voortgang(stand: Stand) -> Voortgang:
    """How many of the rows read have a bestemming, by the conservation law."""
    delen = {str(b): stand.spoor.aantallen[b] for b in VOLGORDE}
    totaal = sum(delen.values())
    open_ = delen[Bestemming.OPEN]
    zin = f"{notatie.getal(totaal - open_)} van {notatie.aantal(totaal, 'rij', 'rijen')} gesorteerd"
    if not totaal:
        rest = "Er is nog niets ingelezen. Lees eerst een bestand in."
    elif open_:
        rest = f"Nog {notatie.aantal(open_, 'rij', 'rijen')} te sorteren."
    else:
        rest = "Alle rijen zijn gesorteerd."
    return Voortgang(totaal - open_, totaal, delen, zin, rest)


def rijen(stand: Stand) -> list[dict[str, object]]:
    """All source rows as the screen shows them, in the order read; what is not known is left out.

    Returns
    -------
    dicts with id, titel, bestemming, and where known omschrijving, bron (kind of source), programma, the
    `VELDEN`, naar (key), doel (its title) and weg (True: left its file)
    """
    a = stand.ambities
    titels = {**stand.tabel("opgaven")["titel"].to_dict(), **a["titel"].to_dict()}
    kolommen = {k: a[k].tolist() for k in ("titel", "omschrijving", "programma", *VELDEN, "bestemming", "naar")}
    kolommen["bron"] = [NAMEN.get(s, s) for s in a["soort"]]
    kolommen["doel"] = [titels.get(n) for n in kolommen["naar"]]
    kolommen["weg"] = [v or None for v in a["vervallen"].tolist()]
    uit = []
    for i, sleutel in enumerate(a.index):
        rij: dict[str, object] = {"id": sleutel}
        for kolom, waarden in kolommen.items():
            if not pd.isna(waarden[i]) and waarden[i] != "":
                rij[kolom] = waarden[i]
        uit.append(rij)
    return uit


def keuzes(stand: Stand) -> dict[str, list[dict[str, str]]]:
    """What can be chosen per field: dicts with waarde and label. Opgaven by their code."""
    a, opgaven = stand.ambities, stand.tabel("opgaven")
    velden = woordenboek.tabel("ambities")
    uit = {"opgave": [{"waarde": o, "label": f"{o} · {t}"} for o, t in opgaven["titel"].items()]}
    for veld in ("werksoort", "domein"):
        uit[veld] = [{"waarde": k, "label": k} for k in velden[veld].keuzes]
    for veld in ("gebied", "portefeuillehouder"):
        uit[veld] = [{"waarde": w, "label": w} for w in _gebruikt(a[veld])]
    namen = _taakvelden()["naam"].to_dict()
    codes = dict.fromkeys([*_gebruikt(a["taakveld"]), *namen])
    uit["taakveld"] = [{"waarde": c, "label": f"{c} {namen.get(c, '')}".strip()} for c in codes]
    return uit


def _gebruikt(kolom: pd.Series) -> list[str]:
    """Values of a column, the most used one first."""
    telling = kolom.dropna().value_counts()
    return sorted(telling.index, key=lambda w: (-telling[w], w))


@cache
def _taakvelden() -> pd.DataFrame:
    return taakvelden()


def redenen(stand: Stand) -> dict[str, list[str]]:
    """Reasons that people gave, last one first, per bestemming: suggestions for the next row."""
    besluiten = stand.besluiten
    besluiten = besluiten[~besluiten["reden"].isin(_VAN_HET_WERKBOEK) & besluiten["reden"].astype(bool)]
    uniek = besluiten.drop_duplicates(["bestemming", "reden"])
    return {b: r.head(_REDENEN).tolist() for b, r in uniek.groupby("bestemming")["reden"]}


def detail(stand: Stand, ambitie: str) -> dict[str, object]:
    """Everything about one row: where it was read, the last decision, what went into it, what is like
    it, and a suggestion for its taakveld.

    Raises
    ------
    BesluitFout : no such row
    """
    a = stand.ambities
    if ambitie not in a.index:
        raise BesluitFout(f"Ambitie '{ambitie}' staat niet in de werkmap.")
    rij = a.loc[ambitie]
    hierin = a.index[(a["bestemming"] == Bestemming.SAMENGEVOEGD) & (a["naar"] == ambitie)]
    return {
        "id": ambitie,
        "plaats": f"{rij['bestand']}, blad '{rij['blad']}', rij {int(rij['rij'])}",
        "team": None if pd.isna(rij["team"]) else rij["team"],
        "besluit": _besluit(rij),
        "gezegd": _gezegd(stand, ambitie),
        "hierin": [{"id": i, "titel": t} for i, t in a.loc[hierin, "titel"].items()],
        "gelijkend": _gelijkend(stand, ambitie),
        "taakveld": _taakveld(stand, ambitie),
    }


def _taakveld(stand: Stand, ambitie: str) -> dict[str, str] | None:
    """A taakveld that the words of the row speak for, while it has none; a person takes it over or not."""
    vanaf = float(parameters.waarde("overlap", "taakveld_zekerheid"))
    voorstel = stel_taakveld_voor(stand.ambities.loc[[ambitie]], _taakvelden(), vanaf=vanaf)
    if voorstel.empty:
        return None
    return {"code": voorstel["taakveld"].iloc[0], **voorstel[["naam", "reden"]].iloc[0].to_dict()}


def _gezegd(stand: Stand, ambitie: str) -> list[str]:
    """Columns in which people said something else than the file."""
    if ambitie not in stand.kenmerken.index:
        return []
    rij = stand.kenmerken.loc[ambitie]
    return [k for k in VELDEN if rij[k] is not None]


def _besluit(rij: pd.Series) -> dict[str, str] | None:
    if rij["tijdstip"] is None or pd.isna(rij["tijdstip"]):
        return None
    moment = datetime.fromisoformat(rij["tijdstip"]).astimezone()
    return {"wie": rij["wie"], "moment": notatie.moment(moment), "reden": rij["reden"] or ""}


def _gelijkend(stand: Stand, ambitie: str) -> list[dict[str, str]]:
    """Rows that were decided on and share words with this one; of the same programma when it has one."""
    a = stand.ambities
    beslist = a[(a["bestemming"] != Bestemming.OPEN) & (a.index != ambitie)]
    eigen = a.loc[ambitie]
    if not pd.isna(eigen["programma"]):
        beslist = beslist[beslist["programma"] == eigen["programma"]]
    teksten = {k: _tekst(rij) for k, rij in beslist.iterrows()}
    gevonden = gelijkende(_tekst(eigen), teksten, proceswoorden(stand))[:_GELIJKENDE]
    return [
        {"id": sleutel, **beslist.loc[sleutel, ["titel", "bestemming", "naar", "reden"]].to_dict(),
         "woorden": ", ".join(woorden)}
        for sleutel, woorden in gevonden
    ]  # fmt: skip


def _tekst(rij: pd.Series) -> str:
    return rij["titel"] if pd.isna(rij["omschrijving"]) else f"{rij['titel']} {rij['omschrijving']}"


def bestem(
    stand: Stand,
    ambities: Sequence[str],
    bestemming: str,
    reden: str,
    wie: str,
    *,
    naar: str | None = None,
    nieuwe_opgave: str = "",
    gezien: int | None = None,
) -> list[int] | str:
    """Give rows a bestemming, as one handeling.

    Rows that are there already keep their decision, unless all of them are; the leading row of a merge is
    left out of it.

    Parameters
    ----------
    nieuwe_opgave : title of an opgave to make for these rows, instead of `naar`

    Returns
    -------
    list of event numbers, or the code of the new opgave

    Raises
    ------
    BesluitFout : nothing to decide on, or a rule of `domein.bestemming.controleer` is broken
    ConflictFout : somebody else decided on one of the rows after `gezien`
    """
    if bestemming not in list(Bestemming):
        raise BesluitFout(f"'{bestemming}' is geen bestemming.")
    rijen_ = [r for r in dict.fromkeys(ambities) if r != naar]
    if not rijen_:
        raise BesluitFout("Kies eerst een of meer rijen." if naar is None else "Kies een andere rij dan deze zelf.")
    if not reden.strip():
        raise BesluitFout("Vul een reden in, zodat later te zien is waarom dit is besloten.")
    werkmap: Werkmap = stand.werkmap
    if nieuwe_opgave:
        return werkmap.maak_opgave(nieuwe_opgave, wie, ambities=rijen_, reden=reden, gezien=gezien)
    plaats = stand.spoor.tabel[["bestemming", "naar"]]
    anders = [r for r in rijen_ if r not in plaats.index or tuple(plaats.loc[r]) != (bestemming, naar)]
    keuze = Bestemming(bestemming)
    return werkmap.besluit([Besluit(r, keuze, reden, wie, naar) for r in anders or rijen_], gezien=gezien)


def zeg(
    stand: Stand, ambities: Sequence[str], kolom: str, waarde: object, wie: str, *, gezien: int | None = None
) -> list[int]:
    """Say the same of several rows, e.g. that they are wettelijk, as one handeling; None is as in the file.

    Raises
    ------
    BesluitFout : no rows, or the column cannot have this value
    ConflictFout : somebody else changed one of these values after `gezien`
    """
    if kolom not in VELDEN:
        raise BesluitFout(f"'{kolom}' is hier niet te wijzigen. Kies uit: {', '.join(VELDEN)}.")
    if not ambities:
        raise BesluitFout("Kies eerst een of meer rijen.")
    return stand.werkmap.kenmerk({a: {kolom: waarde} for a in ambities}, wie, gezien=gezien)
