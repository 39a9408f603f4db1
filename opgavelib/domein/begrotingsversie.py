"""Versions of a begroting: the one that was decided first, and the wijzigingen after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begrippen import Begrotingsrol

SLEUTEL = ("jaar", "taakveld", "programma", "omschrijving", "team")
BEDRAGEN = ("lasten_eur", "baten_eur")
# What somebody may say of a line of the begroting; a wijziging of that line need not repeat it.
_OVERNEMEN = ("sturing", "opgave_aandeel")
# A whole begroting repeats most lines and is of the same size; a wijziging names the few that change.
_MEESTE, _ZELFDE_ORDE = 0.5, (0.5, 2.0)
_WIJZIGING = re.compile(r"wijzig|wijz\b|\bbgw\b", re.IGNORECASE)
_GEZEGD = {
    "wijziging": "{} is een wijziging: de bedragen komen erbij.",
    "vervangt": "{} vervangt de begroting daarvoor.",
    "telt niet mee": "{} telt niet mee.",
}


@dataclass(frozen=True)
class Bron:
    """A source with budget lines, and what it is.

    Attributes
    ----------
    bron, naam : its key, and its name for people
    rol : what somebody said it is, else what its name says
    gezegd : whether somebody said so
    zin : why, for people; empty for an ordinary begroting
    """

    bron: str
    naam: str
    rol: Begrotingsrol
    gezegd: bool
    zin: str = ""


@dataclass(frozen=True)
class Verschil:
    """What changed between two versions.

    Attributes
    ----------
    regels : DataFrame; `SLEUTEL`, wat (nieuw, vervallen or gewijzigd), was_eur, wordt_eur, verschil_eur (lasten)
        and the same of the baten with ``baten_`` before it; only what differs
    taakvelden, programmas : DataFrame, index taakveld or programma; was_eur, wordt_eur, verschil_eur, all rows
    totaal : was_eur, wordt_eur, verschil_eur
    toelichting : a sentence for the bestuursnota
    """

    regels: pd.DataFrame
    taakvelden: pd.DataFrame
    programmas: pd.DataFrame
    totaal: Mapping[str, int]
    toelichting: str


def rollen(regels: pd.DataFrame, namen: Mapping[str, str], gezegd: Mapping[str, str]) -> list[Bron]:
    """What every source with budget lines is.

    Parameters
    ----------
    regels : DataFrame; bron, lasten_eur and `SLEUTEL`
    namen : source -> its name for people, in the order in which they were read
    gezegd : source -> role, as people said

    Returns
    -------
    list of Bron, in that order. A source whose name says "wijziging" and that has a begroting before it takes
    that one's place when it repeats most of its lines for about as much money, else its lines come on top.
    """
    uit: list[Bron] = []
    for bron, naam in namen.items():
        eigen = regels[regels["bron"] == bron]
        if eigen.empty:
            continue
        if bron in gezegd:
            zin = _GEZEGD.get(gezegd[bron], "").format(naam)
            uit.append(Bron(bron, naam, Begrotingsrol(gezegd[bron]), gezegd=True, zin=zin))
            continue
        eerder = regels[regels["bron"].isin([b.bron for b in uit if b.rol != Begrotingsrol.TELT_NIET])]
        eerder = eerder[eerder["jaar"].isin(set(eigen["jaar"]))]
        if eerder.empty or not _WIJZIGING.search(naam):
            uit.append(Bron(bron, naam, Begrotingsrol.BEGROTING, gezegd=False))
            continue
        uit.append(_uit_naam(bron, naam, eigen, eerder))
    return uit


def _uit_naam(bron: str, naam: str, eigen: pd.DataFrame, eerder: pd.DataFrame) -> Bron:
    velden = [k for k in SLEUTEL if k in eigen]
    sleutels = set(_sleutels(eerder, velden))
    gelijk = len(sleutels & set(_sleutels(eigen, velden))) / len(sleutels)
    was, wordt = float(eerder["lasten_eur"].sum()), float(eigen["lasten_eur"].sum())
    orde = was > 0 and _ZELFDE_ORDE[0] <= wordt / was <= _ZELFDE_ORDE[1]
    if gelijk > _MEESTE and orde:
        zin = (
            f"{naam} noemt zich een wijziging en herhaalt de meeste regels: gelezen als een nieuwe begroting, die "
            "de vorige vervangt."
        )
        return Bron(bron, naam, Begrotingsrol.VERVANGT, gezegd=False, zin=zin)
    zin = f"{naam} noemt zich een wijziging: de bedragen zijn gelezen als verschillen en komen erbij."
    return Bron(bron, naam, Begrotingsrol.WIJZIGING, gezegd=False, zin=zin)


def _sleutels(regels: pd.DataFrame, velden: Sequence[str]) -> list[tuple]:
    return list(regels[list(velden)].astype(object).where(regels[list(velden)].notna(), None)
                .itertuples(index=False, name=None))  # fmt: skip


def tellend(bronnen: Sequence[Bron]) -> list[Bron]:
    """Those that count together: from the last that replaces what was before it."""
    uit: list[Bron] = []
    for b in bronnen:
        if b.rol == Begrotingsrol.VERVANGT:
            uit = []
        if b.rol != Begrotingsrol.TELT_NIET:
            uit.append(b)
    return uit


def geldende_regels(regels: pd.DataFrame, bronnen: Sequence[Bron]) -> pd.DataFrame:
    """The lines that count, per year: those of the sources that count for that year.

    A line of a wijziging that says nothing of its sturing follows the line that it changes.
    """
    if regels.empty:
        return regels
    houd = np.zeros(len(regels), dtype=bool)
    for jaar in regels["jaar"].unique():
        van_jaar = (regels["jaar"].isna() if pd.isna(jaar) else regels["jaar"] == jaar).to_numpy()
        aanwezig = set(regels["bron"][van_jaar])
        telt = [b.bron for b in tellend([b for b in bronnen if b.bron in aanwezig])]
        houd |= van_jaar & regels["bron"].isin(telt).to_numpy()
    uit = regels if houd.all() else regels[houd]
    wijzigingen = {b.bron for b in bronnen if b.rol == Begrotingsrol.WIJZIGING}
    return _neem_over(uit, uit["bron"].isin(wijzigingen)) if wijzigingen else uit


def _neem_over(regels: pd.DataFrame, is_wijziging: pd.Series) -> pd.DataFrame:
    velden = [k for k in SLEUTEL if k in regels]
    zwijgt = is_wijziging & regels["sturing"].isna() & regels["opgave_aandeel"].isna()
    basis = regels[~is_wijziging]
    gezegd = dict(zip(_sleutels(basis, velden), zip(*(basis[k] for k in _OVERNEMEN), strict=True), strict=True))
    gevonden = [gezegd.get(s, (None, np.nan)) for s in _sleutels(regels[zwijgt], velden)]
    uit = regels.copy()
    for k, waarden in zip(_OVERNEMEN, zip(*gevonden, strict=True) if gevonden else (), strict=False):
        uit.loc[zwijgt, k] = pd.Series(waarden, index=uit.index[zwijgt], dtype=uit[k].dtype)
    return uit


def verschil(was: pd.DataFrame, wordt: pd.DataFrame) -> Verschil:
    """What changed from one version to another, per line, taakveld and programma.

    Parameters
    ----------
    was, wordt : DataFrame; `SLEUTEL`, lasten_eur, baten_eur. Lines of one key count as one: those of a wijziging
        come on top of those they change
    """
    per_regel = _naast(was, wordt, list(SLEUTEL))
    anders = per_regel[(per_regel["verschil_eur"] != 0) | (per_regel["baten_verschil_eur"] != 0)
                       | (per_regel["wat"] != "gewijzigd")]  # fmt: skip
    per = {}
    for kolom in ("taakveld", "programma"):
        per[kolom] = _naast(was, wordt, [kolom]).set_index(kolom)[["was_eur", "wordt_eur", "verschil_eur"]]
    totaal = {k: int(per_regel[k].sum()) for k in ("was_eur", "wordt_eur", "verschil_eur")}
    return Verschil(anders.reset_index(drop=True), per["taakveld"], per["programma"], totaal, _zin(anders, totaal))


def _naast(was: pd.DataFrame, wordt: pd.DataFrame, velden: list[str]) -> pd.DataFrame:
    alles = pd.concat([was, wordt])[[*velden, *BEDRAGEN]].reset_index(drop=True)
    oud = np.arange(len(alles)) < len(was)
    bedragen = alles[list(BEDRAGEN)].fillna(0.0)
    for k, voor in zip(BEDRAGEN, ("", "baten_"), strict=True):
        alles[f"{voor}was_eur"] = bedragen[k].where(oud, 0.0)
        alles[f"{voor}wordt_eur"] = bedragen[k].where(~oud, 0.0)
    alles["n_was"], alles["n_wordt"] = oud.astype(int), (~oud).astype(int)
    som = alles.drop(columns=list(BEDRAGEN)).groupby(velden, dropna=False, sort=True).sum().astype(np.int64)
    for voor in ("", "baten_"):
        som[f"{voor}verschil_eur"] = som[f"{voor}wordt_eur"] - som[f"{voor}was_eur"]
    som["wat"] = np.select([som.pop("n_was") == 0, som.pop("n_wordt") == 0], ["nieuw", "vervallen"], "gewijzigd")
    uit = som.reset_index()
    uit[velden] = uit[velden].astype(object).where(uit[velden].notna(), None)
    return uit


def _zin(anders: pd.DataFrame, totaal: Mapping[str, int]) -> str:
    if anders.empty:
        return "Er is niets veranderd."
    telling = anders["wat"].value_counts()
    delen = [f"{n} {wat}" for wat in ("nieuw", "vervallen", "gewijzigd") if (n := int(telling.get(wat, 0)))]
    richting = "meer" if totaal["verschil_eur"] > 0 else "minder"
    bedrag = (
        f"{notatie.euro(abs(totaal['verschil_eur']))} {richting} lasten" if totaal["verschil_eur"]
        else "samen evenveel lasten"
    )  # fmt: skip
    return f"{notatie.aantal(len(anders), 'regel', 'regels')} anders ({', '.join(delen)}); {bedrag}."
