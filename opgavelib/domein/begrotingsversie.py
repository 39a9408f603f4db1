"""Versions of a begroting: the one that was decided first, and the wijzigingen after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begrippen import Begrotingsrol
from opgavelib.domein.begroting.afronden import rond_centen
from opgavelib.domein.begroting.snede import gelijk_geschreven, kaal

SLEUTEL = ("jaar", "taakveld", "programma", "omschrijving", "team")
BEDRAGEN = ("lasten_eur", "baten_eur")
# What somebody may say of a line of the begroting; a wijziging of that line need not repeat it.
_OVERNEMEN, _NIETS = ("sturing", "opgave_aandeel"), (None, None)
_VOLGT = (Begrotingsrol.WIJZIGING, Begrotingsrol.VERVANGT)
# A whole begroting repeats most lines and is of the same size; a wijziging names the few that change.
_MEESTE, _ZELFDE_ORDE = 0.5, (0.5, 2.0)
_WIJZIGING = re.compile(r"wijzig|wijz(?![a-z])|(?<![a-z])bgw(?![a-z])", re.IGNORECASE)
_RANG = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
# Which one it is: "1e wijziging", "tweede technische wijziging"; "wijziging 3", "wijziging 2027-3"; "3 wijziging".
_NUMMERS = tuple(
    re.compile(patroon, re.IGNORECASE)
    for patroon in (
        rf"(?<![a-z0-9])(?:(\d{{1,2}})(?:e|de|ste)|({'|'.join(_RANG)}))(?![a-z0-9])",
        r"(?:wijz(?:iging(?:en)?)?|bgw)[\W_]*(?:20\d\d)?[\W_]*(?:nr|nummer)?[\W_]*(\d{1,2})(?!\d)",
        r"(?<!\d)(\d{1,2})[\W_]*(?:begrotings)?(?:wijz|bgw)",
    )
)
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
    list of Bron, in the order in which they count (`op_volgorde`). A source whose name says "wijziging" and that
    has a begroting before it takes that one's place when it repeats most of its lines for about as much money,
    else its lines come on top.
    """
    uit: list[Bron] = []
    for bron in op_volgorde(regels, namen, gezegd):
        naam = namen[bron]
        if bron in gezegd:
            zin = _GEZEGD.get(gezegd[bron], "").format(naam)
            uit.append(Bron(bron, naam, Begrotingsrol(gezegd[bron]), gezegd=True, zin=zin))
            continue
        eigen = regels[regels["bron"] == bron]
        eerder = regels[regels["bron"].isin([b.bron for b in uit if b.rol != Begrotingsrol.TELT_NIET])]
        eerder = eerder[eerder["jaar"].isin(set(eigen["jaar"]))]
        if eerder.empty or not _WIJZIGING.search(naam):
            uit.append(Bron(bron, naam, Begrotingsrol.BEGROTING, gezegd=False))
            continue
        uit.append(_uit_naam(bron, naam, eigen, eerder))
    return uit


def op_volgorde(regels: pd.DataFrame, namen: Mapping[str, str], gezegd: Mapping[str, str]) -> list[str]:
    """Sources with lines in the order in which they count, whichever was read first.

    Wijzigingen (by their name, or because somebody said so) come after the begrotingen of their years and go by
    the number in their name. Else the order of reading holds: a begroting of which somebody said that it takes the
    place of what was before it, stays after what was read before it.
    """
    # Without any year, all lines are of one that is not known.
    jaren = {str(b): set(j) for b, j in regels["jaar"].fillna(0).groupby(regels["bron"], sort=False)}
    soort = {b: _soort(naam, gezegd.get(b)) for b, naam in namen.items() if b in jaren}
    uit: list[str] = []
    for bron in soort:
        plaats = len(uit)
        for i in range(len(uit) - 1, -1, -1):
            if jaren[uit[i]].isdisjoint(jaren[bron]):
                continue
            later = _komt_later(soort[uit[i]], soort[bron])
            if later is False:
                break
            plaats = i if later else plaats
        uit.insert(plaats, bron)
    return uit


def _soort(naam: str, gezegd: str | None) -> tuple[str, int | None]:
    """``begroting``, ``wijziging`` with its number, or ``vast``: its place is where it was read."""
    noemt_zich = _WIJZIGING.search(naam) is not None
    if gezegd == Begrotingsrol.VERVANGT and not noemt_zich:
        return "vast", None
    if gezegd == Begrotingsrol.WIJZIGING or (noemt_zich and gezegd != Begrotingsrol.BEGROTING):
        return "wijziging", _nummer(naam)
    return "begroting", None


def _nummer(naam: str) -> int | None:
    for patroon in _NUMMERS:
        if gevonden := patroon.search(naam):
            tekst = next(t for t in gevonden.groups() if t)
            return int(tekst) if tekst.isdecimal() else _RANG.index(tekst.lower()) + 1
    return None


def _komt_later(ander: tuple[str, int | None], nieuw: tuple[str, int | None]) -> bool | None:
    """Whether what was read before `nieuw` belongs after it; None when what is before that decides."""
    if nieuw[0] == "vast" or ander[0] != "wijziging":
        return False
    if nieuw[0] == "begroting":
        return True
    if ander[1] is None or nieuw[1] is None:
        return None if nieuw[1] is not None else False
    return ander[1] > nieuw[1]


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
    """One per line; capitals and spaces make no other line."""
    kolommen = [[None if pd.isna(w) else kaal(w) if isinstance(w, str) else w for w in regels[k]] for k in velden]
    return list(zip(*kolommen, strict=True))


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

    A line of a wijziging, or of a begroting in the place of another, that says nothing of its sturing follows what
    was last said of that line.
    """
    if regels.empty:
        return regels
    houd = np.zeros(len(regels), dtype=bool)
    for jaar in regels["jaar"].unique():
        van_jaar = (regels["jaar"].isna() if pd.isna(jaar) else regels["jaar"] == jaar).to_numpy()
        aanwezig = set(regels["bron"][van_jaar])
        telt = [b.bron for b in tellend([b for b in bronnen if b.bron in aanwezig])]
        houd |= van_jaar & regels["bron"].isin(telt).to_numpy()
    uit = _neem_over(regels, bronnen) if any(b.rol in _VOLGT for b in bronnen) else regels
    return uit if houd.all() else uit[houd]


def overgenomen(gelezen: pd.DataFrame, geldend: pd.DataFrame) -> dict[str, int]:
    """Per source the number of lines that follow what was said before.

    Parameters
    ----------
    gelezen, geldend : DataFrame, index regel; the lines as they were read, and what `geldende_regels` made of them
    """
    eerst = gelezen.loc[geldend.index]
    bronnen = geldend["bron"][_zwijgt(eerst) & ~_zwijgt(geldend)]
    return {str(b): int(n) for b, n in bronnen.value_counts().items()}


def zin_overgenomen(bron: Bron, aantal: int) -> str:
    """How many lines follow what was said before, as a sentence; empty when none does."""
    if not aantal:
        return ""
    nemen = "neemt" if aantal == 1 else "nemen"
    regels = notatie.aantal(aantal, "regel", "regels")
    return f"{regels} daarin zonder lean of opgave {nemen} over wat eerder van die regel was gezegd."


def _zwijgt(regels: pd.DataFrame) -> pd.Series:
    return regels["sturing"].isna() & regels["opgave_aandeel"].isna()


def _neem_over(regels: pd.DataFrame, bronnen: Sequence[Bron]) -> pd.DataFrame:
    velden = [k for k in SLEUTEL if k in regels]
    zwijgt, uit = _zwijgt(regels), regels.copy()
    gezegd: dict[tuple, tuple] = {}
    for b in bronnen:
        hier = regels["bron"] == b.bron
        if b.rol == Begrotingsrol.TELT_NIET or not hier.any():
            continue
        stil = uit.index[hier & zwijgt]
        if b.rol in _VOLGT and gezegd and len(stil):
            gevonden = [gezegd.get(s, _NIETS) for s in _sleutels(regels.loc[stil], velden)]
            for k, waarden in zip(_OVERNEMEN, zip(*gevonden, strict=True), strict=True):
                uit.loc[stil, k] = pd.Series(waarden, index=stil, dtype=uit[k].dtype)
        gezegd |= _zegt(regels[hier & ~zwijgt], velden)
    return uit


def _zegt(regels: pd.DataFrame, velden: Sequence[str]) -> dict[tuple, tuple]:
    """What a source says per line; nothing of lines of one key that contradict each other."""
    delen = regels[list(_OVERNEMEN)].astype(object).where(regels[list(_OVERNEMEN)].notna(), None)
    uit: dict[tuple, tuple] = {}
    for sleutel, deel in zip(_sleutels(regels, velden), delen.itertuples(index=False, name=None), strict=True):
        uit[sleutel] = deel if uit.get(sleutel, deel) == deel else _NIETS
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
        per[kolom] = _heel(_naast(was, wordt, [kolom]).set_index(kolom))
    totaal = {k: int(w) for k, w in _heel(per_regel).sum().items()}
    return Verschil(anders.reset_index(drop=True), per["taakveld"], per["programma"], totaal, _zin(anders, totaal))


def _naast(was: pd.DataFrame, wordt: pd.DataFrame, velden: list[str]) -> pd.DataFrame:
    alles = pd.concat([was, wordt])[[*velden, *BEDRAGEN]].reset_index(drop=True)
    for k in set(velden) & {"programma", "omschrijving", "team"}:
        alles[k] = gelijk_geschreven(alles[k])
    oud = np.arange(len(alles)) < len(was)
    bedragen = (100 * alles[list(BEDRAGEN)].fillna(0.0)).round()  # in cents, which add up exactly
    for k, voor in zip(BEDRAGEN, ("", "baten_"), strict=True):
        alles[f"{voor}was_eur"] = bedragen[k].where(oud, 0.0)
        alles[f"{voor}wordt_eur"] = bedragen[k].where(~oud, 0.0)
    alles["n_was"], alles["n_wordt"] = oud.astype(int), (~oud).astype(int)
    som = alles.drop(columns=list(BEDRAGEN)).groupby(velden, dropna=False, sort=True).sum().astype(np.int64)
    for voor in ("", "baten_"):
        som[f"{voor}verschil_eur"] = som[f"{voor}wordt_eur"] - som[f"{voor}was_eur"]
    som["wat"] = np.select([som.pop("n_was") == 0, som.pop("n_wordt") == 0], ["nieuw", "vervallen"], "gewijzigd")
    geld = [k for k in som if k != "wat"]
    if (som[geld] % 100).any(axis=None):
        som[geld] = som[geld] / 100
    else:
        som[geld] //= 100
    uit = som.reset_index()
    uit[velden] = uit[velden].astype(object).where(uit[velden].notna(), None)
    return uit


def _heel(tabel: pd.DataFrame) -> pd.DataFrame:
    """Before and after in whole euros that add up to their totals, and the difference of these."""
    uit = pd.DataFrame(index=tabel.index)
    for k in ("was_eur", "wordt_eur"):
        uit[k] = rond_centen((100 * tabel[k]).round().to_numpy(dtype=float), pd.RangeIndex(len(tabel))).astype(int)
    return uit.assign(verschil_eur=uit["wordt_eur"] - uit["was_eur"])


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
