"""Grouping rows into opgaven: what is where, what is proposed, and storing what was chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future

import pandas as pd

from opgavelib import notatie, parameters
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.groepen import KOLOMMEN, Groepen, stel_groepen_voor
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing.kind import in_kind
from opgavelib.toepassing.overlap import proceswoorden
from opgavelib.toepassing.stand import Stand

_INSTELLING = ("hoogstens", "minstens", "drempel", "drempel_opgave", "bonus", "grens")
# What a proposal is made of; a decision on one row does not make all proposals anew.
_TEKST = ("titel", "omschrijving", "programma", "taakveld", "domein")


def opgaven(stand: Stand) -> list[dict[str, object]]:
    """The opgaven in the order of their code: dicts with id, titel, domein (or None), rijen and activiteiten
    (counts)."""
    tabel, a = stand.tabel("opgaven"), stand.ambities
    rijen = a.loc[a["bestemming"] == Bestemming.OPGAVE, "naar"].value_counts()
    werk = stand.tabel("activiteiten")["opgave"].value_counts()
    return [
        {
            "id": code,
            "titel": titel,
            "domein": None if pd.isna(domein) else domein,
            "rijen": int(rijen.get(code, 0)),
            "activiteiten": int(werk.get(code, 0)),
        }
        for code, titel, domein in sorted(zip(tabel.index, tabel["titel"], tabel["domein"], strict=True))
    ]


def per_domein(stand: Stand) -> list[dict[str, object]]:
    """Opgaven and the rows in them per domein of the opgave: dicts with domein, opgaven, rijen; the most rows
    first, those without domein last."""
    telling: dict[str, list[int]] = {}
    for o in opgaven(stand):
        regel = telling.setdefault(o["domein"] or "", [0, 0])
        regel[0] += 1
        regel[1] += o["rijen"]
    orde = sorted(telling, key=lambda d: (d == "", -telling[d][1], d))
    return [{"domein": d or None, "opgaven": telling[d][0], "rijen": telling[d][1]} for d in orde]


def conclusie(stand: Stand) -> str:
    """How far the grouping is, in one sentence."""
    aantal = len(stand.tabel("opgaven"))
    telling = stand.spoor.aantallen
    if stand.ambities.empty:
        return "Er zijn nog geen rijen om te groeperen. Lees eerst op het tabblad Inlezen een bestand in."
    if not aantal:
        return "Er is nog geen opgave. Bekijk de voorstellen of maak er zelf een."
    rijen = notatie.aantal(telling[Bestemming.OPGAVE], "rij hoort", "rijen horen")
    rest = telling[Bestemming.OPEN]
    nog = f"; nog {notatie.aantal(rest, 'rij', 'rijen')} te sorteren" if rest else "; alle rijen zijn gesorteerd"
    return f"{rijen} bij {notatie.aantal(aantal, 'opgave', 'opgaven')}{nog}."


def vingerafdruk(stand: Stand) -> str:
    """Changes when the text or a kenmerk of a row does, or a row comes or goes: then proposals are made anew."""
    a = stand.ambities.loc[~stand.ambities["vervallen"].astype(bool), list(_TEKST)]
    return hashlib.sha256(pd.util.hash_pandas_object(a.astype(str)).to_numpy().tobytes()).hexdigest()


def stel_voor(stand: Stand) -> Groepen:
    """Which open rows may become an opgave together, or fit one that is there; see `stel_groepen_voor`."""
    return _reken(*_gegevens(stand))


def stel_voor_in_kind(stand: Stand) -> Future[Groepen]:
    """The same as `stel_voor`, in a process of its own: a page never loads scikit-learn."""
    return in_kind(_reken, *_gegevens(stand))


def _reken(rijen: pd.DataFrame, instelling: dict) -> Groepen:
    return stel_groepen_voor(rijen, **instelling)


def _gegevens(stand: Stand) -> tuple[pd.DataFrame, dict]:
    """Open rows, and what says what an opgave is about: its title, its rows and what was merged into those."""
    a = stand.ambities[~stand.ambities["vervallen"].astype(bool)]
    a = a.assign(opgave=[_opgave_van(stand, k) for k in a.index])
    a = a[(a["bestemming"] == Bestemming.OPEN) | a["opgave"].notna()]
    titels = stand.tabel("opgaven")[["titel", "domein"]]
    titels = titels.assign(opgave=titels.index).set_index("opgave:" + titels.index.astype(str))
    rijen = pd.concat([a.reindex(columns=list(KOLOMMEN)), titels.reindex(columns=list(KOLOMMEN))])
    rijen = rijen.astype(object).where(rijen.notna(), None)
    instelling = {n: parameters.waarde("groepen", n) for n in _INSTELLING}
    return rijen, instelling | {"proceswoorden": proceswoorden(stand)}


def _opgave_van(stand: Stand, ambitie: str) -> str | None:
    """The opgave of a row, also of one that was merged into a row of that opgave."""
    bestemming, naar = stand.spoor.tabel["bestemming"], stand.spoor.tabel["naar"]
    while bestemming[ambitie] == Bestemming.SAMENGEVOEGD:  # the store refuses a merge in a circle
        ambitie = naar[ambitie]
    return naar[ambitie] if bestemming[ambitie] == Bestemming.OPGAVE else None


def nog_geldig(voorstellen: Groepen, stand: Stand) -> list[dict[str, object]]:
    """The proposals as dicts, without rows that were decided on since, and without opgaven that ended.

    Returns
    -------
    dicts with id (number), naam, opgave, titel (of that opgave), rijen, domein, reden
    """
    plaats, titels = stand.spoor.tabel["bestemming"], stand.tabel("opgaven")["titel"]
    uit = []
    for nummer, v in voorstellen.tabel.iterrows():
        rijen = [r for r in v["rijen"] if r in plaats.index and plaats[r] == Bestemming.OPEN]
        if not rijen or (v["opgave"] is not None and v["opgave"] not in titels.index):
            continue
        if v["opgave"] is None and len(rijen) < 2:  # one row that is left over is no group
            continue
        titel = titels.get(v["opgave"]) if v["opgave"] else None
        uit.append({"id": int(nummer), **v.to_dict(), "titel": titel, "rijen": rijen})
    return uit


def maak_opgave(
    stand: Stand, titel: str, ambities: Sequence[str], reden: str, wie: str, *, domein: str | None = None,
    gezien: int | None = None,
) -> str:  # fmt: skip
    """Make an opgave of rows, as one handeling; gives its code.

    Raises
    ------
    BesluitFout : no title, one of that name is there already, or rows without a reason
    ConflictFout : somebody else decided on one of the rows after `gezien`
    """
    if ambities and not reden.strip():
        raise BesluitFout("Vul een reden in, zodat later te zien is waarom deze rijen samen horen.")
    return stand.werkmap.maak_opgave(titel, wie, domein, list(dict.fromkeys(ambities)), reden, gezien=gezien)


def hernoem(
    stand: Stand, opgave: str, titel: str, domein: str | None, wie: str, *, gezien: int | None = None
) -> list[int]:
    """Give an opgave another name or domein; nothing is recorded when both are what they were.

    Raises
    ------
    BesluitFout : no such opgave, no title, or another opgave has that name
    ConflictFout : somebody else changed it after `gezien`
    """
    tabel = stand.tabel("opgaven")
    if opgave in tabel.index:
        oud = tabel.loc[opgave]
        if titel.strip() == oud["titel"] and (domein or None) == (
            None if pd.isna(oud["domein"]) else oud["domein"]
        ):
            return []
    return stand.werkmap.wijzig_opgave(opgave, wie, titel=titel, domein=domein or None, gezien=gezien)
