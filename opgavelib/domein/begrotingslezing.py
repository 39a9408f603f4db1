"""What a file with budget lines held each time it was read, from the events that say what changed.

An event of a changed line has the columns that changed, before and after; a line that left its file has an event
too; of new lines only their number is said, and they are the last that were stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd

GELEZEN, GEWIJZIGD, VERVALLEN = "gelezen", "gewijzigd:begroting", "vervallen:begroting"


@dataclass(frozen=True)
class Lezing:
    """One time that a source was read.

    Attributes
    ----------
    volgnummer : of the event that says so
    keer : 1 is the first time
    regels : DataFrame as table begroting: the lines that the source had then
    """

    bron: str
    volgnummer: int
    tijdstip: str
    wie: str
    keer: int
    regels: pd.DataFrame


def lezingen(regels: pd.DataFrame, gebeurtenissen: pd.DataFrame) -> list[Lezing]:
    """Every reading of the sources of these lines, first to last.

    Parameters
    ----------
    regels : DataFrame, index regel, in the order of storing, also lines that left their file; bron, vervallen
    gebeurtenissen : DataFrame, index volgnummer; tijdstip, wie, wat, object, oud, nieuw
    """
    bronnen = list(dict.fromkeys(regels["bron"]))
    van_regel = gebeurtenissen[gebeurtenissen["wat"].isin([GEWIJZIGD, VERVALLEN])]
    van_bron = van_regel["object"].map(regels["bron"])
    keren = gebeurtenissen[(gebeurtenissen["wat"] == GELEZEN) & gebeurtenissen["object"].isin(bronnen)]
    uit: list[Lezing] = []
    for bron, hier in keren.groupby("object", sort=False):
        uit += _van_bron(str(bron), regels[regels["bron"] == bron], hier, van_regel[van_bron == bron])
    return sorted(uit, key=lambda x: x.volgnummer)


def op_volgorde(gelezen: Sequence[Lezing], bronnen: Sequence[str]) -> list[Lezing]:
    """Readings of these sources, none before the first reading of a source that counts before its own.

    Parameters
    ----------
    bronnen : sources, in the order in which they count
    """
    plaats = {b: n for n, b in enumerate(bronnen)}
    hier = [x for x in gelezen if x.bron in plaats]
    eerste = {x.bron: x.volgnummer for x in hier if x.keer == 1}
    vanaf = dict(zip(bronnen, accumulate((eerste.get(b, 0) for b in bronnen), max), strict=True))
    return sorted(hier, key=lambda x: (max(x.volgnummer, vanaf[x.bron]), plaats[x.bron], x.keer))


def _van_bron(bron: str, regels: pd.DataFrame, keren: pd.DataFrame, wat: pd.DataFrame) -> list[Lezing]:
    """Back from what is there now, one reading at a time."""
    uit, nu, grenzen = [], regels.astype(object), [0, *keren.index]
    for keer in range(len(keren), 0, -1):
        rij = keren.iloc[keer - 1]
        over = nu[~nu["vervallen"].astype(bool)].astype(regels.dtypes)
        uit.append(Lezing(bron, int(keren.index[keer - 1]), rij["tijdstip"], rij["wie"], keer, over))
        deze = wat[(wat.index > grenzen[keer - 1]) & (wat.index <= grenzen[keer])]
        nu = _terug(nu, deze, wat[wat.index <= grenzen[keer - 1]], int((rij["nieuw"] or {}).get("nieuw", 0)))
    return uit


def _terug(nu: pd.DataFrame, deze: pd.DataFrame, eerder: pd.DataFrame, nieuw: int) -> pd.DataFrame:
    """The lines before one reading."""
    uit = nu.iloc[: len(nu) - nieuw].copy()
    laatste = eerder.drop_duplicates("object", keep="last").set_index("object")["wat"]
    for volgnummer in reversed(deze.index):
        e = deze.loc[volgnummer]
        if e["object"] not in uit.index:
            continue
        if e["wat"] == VERVALLEN:
            uit.loc[e["object"], "vervallen"] = False
            continue
        oud: Mapping[str, object] = e["oud"] or {}
        for kolom, waarde in oud.items():
            if kolom in uit:
                uit.loc[e["object"], kolom] = waarde
        if laatste.get(e["object"]) == VERVALLEN:  # it was back in its file
            uit.loc[e["object"], "vervallen"] = True
    return uit
