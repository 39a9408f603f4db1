"""What a municipality spends per inhabitant, beside others: Iv3 figures of one year.

Called by `opgavelib.toepassing.iv3`, which fetches the figures. In short::

    groep = iv3_groep.kies_groep("grootteklasse", gemeenten, gemeente="Baarn")
    eigen = Eigen("Baarn", regels, inwoners)
    uit = vergelijk(eigen, cijfers, gemeenten, groep, jaar=2025, maat="lasten", buiten={"0.10", "0.11"})
    uit.tabel       # per taakveld, euro per inhabitant: own, median and quartiles of the group, difference
    uit.kern        # lasten, salarissen, overhead in total; overhead and salarissen as share of the lasten
    uit.reden       # why there is nothing to compare, None when there is

A figure without a denominator is None with a reason, never 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.iv3_groep import Groep
from opgavelib.fouten import ParameterFout

MATEN = {"lasten": "lasten_eur", "baten": "baten_eur", "salarissen": "salarissen_eur"}
ALLEEN_NULLEN = "leverde alleen nullen aan"
GEEN_INWONERS = "het inwonertal is onbekend"
NIET_IN_LIJST = "staat niet in de lijst"
KOLOMMEN = (
    "naam", "eigen_per_inwoner", "mediaan_per_inwoner", "kwart1_per_inwoner", "kwart3_per_inwoner",
    "verschil_per_inwoner", "verschil_eur", "plaats", "aantal", "reden",
)  # fmt: skip
_KERN = (
    ("lasten", "Lasten", "euro per inwoner"),
    ("salarissen", "Salarissen", "euro per inwoner"),
    ("overhead", "Overhead", "euro per inwoner"),
    ("overhead_aandeel", "Overhead van de lasten", "aandeel"),
    ("salarissen_aandeel", "Salarissen van de lasten", "aandeel"),
)


@dataclass(frozen=True)
class Eigen:
    """Who is compared.

    Attributes
    ----------
    naam : municipality; in a sentence
    regels : DataFrame, one row per budget line or taakveld; taakveld (text), lasten_eur, and when known
        baten_eur, salarissen_eur; NaN where nothing was given
    inwoners : None when unknown
    uit_begroting : the lines are the municipality's own begroting, in which a taakveld without a line has no
        lasten; else they are its Iv3 figures
    """

    naam: str
    regels: pd.DataFrame
    inwoners: float | None
    uit_begroting: bool = False


@dataclass(frozen=True)
class Vergelijking:
    """Own figures beside those of a group.

    Attributes
    ----------
    tabel : index taakveld, in their own order; see `KOLOMMEN`. All ``_per_inwoner`` are euro per inhabitant,
        ``verschil_eur`` is what the difference is for all inhabitants together, in whole euros, ``plaats``
        where it stands to the middle half of the group (onder, binnen, boven), ``aantal`` how many of the group
        gave a figure, ``reden`` why a figure is missing
    totaal : the same for all taakvelden of work together
    kern : index maat (lasten, salarissen, overhead, overhead_aandeel, salarissen_aandeel); naam, eenheid,
        eigen, mediaan, kwart1, kwart3, verschil, plaats, aantal, reden
    groep : the municipalities that were compared with, without the municipality itself and without those left out
    weggelaten : municipality of the group -> why it does not count
    toelichting : sentences ready for a memo
    reden : why there is nothing to compare; None when there is
    parameters : all that is needed to repeat it
    """

    tabel: pd.DataFrame
    totaal: Mapping[str, object]
    kern: pd.DataFrame
    groep: tuple[str, ...]
    weggelaten: Mapping[str, str]
    toelichting: str
    reden: str | None
    parameters: Mapping[str, object]


def redenen(cijfers: pd.DataFrame, gemeenten: pd.DataFrame, namen: Collection[str]) -> dict[str, str | None]:
    """Why the figures of a municipality cannot be used; None when they can.

    Parameters
    ----------
    cijfers : DataFrame; gemeente, lasten_eur, baten_eur
    gemeenten : DataFrame, index gemeente; inwoners
    namen : the municipalities asked
    """
    bedrag = cijfers["lasten_eur"].abs().fillna(0.0) + cijfers["baten_eur"].abs().fillna(0.0)
    som = bedrag.groupby(cijfers["gemeente"]).sum()
    uit: dict[str, str | None] = {}
    for naam in namen:
        if naam not in som.index or naam not in gemeenten.index:
            uit[naam] = NIET_IN_LIJST
        elif som[naam] == 0:
            uit[naam] = ALLEEN_NULLEN
        elif not gemeenten["inwoners"][naam] > 0:
            uit[naam] = GEEN_INWONERS
        else:
            uit[naam] = None
    return uit


def geen_vergelijking(reden: str) -> Vergelijking:
    """The answer when there is nothing to compare, and why."""
    kolommen = ["naam", "eenheid", "eigen", "mediaan", "kwart1", "kwart3", "verschil", "plaats", "aantal", "reden"]
    kern = pd.DataFrame(columns=kolommen, index=pd.Index([], name="maat", dtype=object))
    tabel = pd.DataFrame(columns=list(KOLOMMEN), index=pd.Index([], name="taakveld", dtype=object))
    return Vergelijking(tabel, {}, kern, (), {}, reden, reden, {})


def vergelijk(
    eigen: Eigen,
    cijfers: pd.DataFrame,
    gemeenten: pd.DataFrame,
    groep: Groep,
    *,
    jaar: int,
    maat: str = "lasten",
    namen: Mapping[str, str] | None = None,
    buiten: Collection[str] = (),
    overhead: Collection[str] = ("0.4",),
    zonder_zelf: bool = True,
) -> Vergelijking:
    """Own figures per inhabitant beside the median and quartiles of a group.

    Parameters
    ----------
    cijfers : DataFrame of one year; gemeente, taakveld (text), lasten_eur, baten_eur, salarissen_eur (NaN where
        none was delivered, which is not 0: that municipality does not count for that figure)
    gemeenten : DataFrame of that year, index gemeente; inwoners
    jaar : of `cijfers`; only for the text
    maat : what the table per taakveld shows: lasten, baten or salarissen
    namen : taakveld -> name, in the order of the table
    buiten : taakvelden that are no work and count nowhere (reserves, resultaat)
    overhead : taakvelden that are overhead
    zonder_zelf : leave the municipality itself out of the group

    Raises
    ------
    ParameterFout : unknown maat

    References
    ----------
    Quartiles by linear interpolation, Hyndman and Fan (1996), type 7.
    """
    if maat not in MATEN:
        raise ParameterFout(f"'{maat}' kan niet; kies uit: {', '.join(MATEN)}.")
    leden = [n for n in groep.namen if not (zonder_zelf and n == eigen.naam)]
    waarom = redenen(cijfers, gemeenten, leden)
    goed = tuple(n for n in leden if waarom[n] is None)
    weggelaten = {n: r for n, r in waarom.items() if r}
    vast = {"jaar": jaar, "maat": maat, "groep": groep.soort, "buiten": sorted(buiten),
            "overhead": sorted(overhead), "zonder_zelf": zonder_zelf, "inwoners": eigen.inwoners}  # fmt: skip
    regels = eigen.regels[~eigen.regels["taakveld"].isin(buiten)]
    if reden := _waarom_niet(eigen, regels, goed, groep):
        return replace(geen_vergelijking(reden), groep=goed, weggelaten=weggelaten, parameters=vast)
    werk = cijfers[cijfers["gemeente"].isin(goed) & ~cijfers["taakveld"].isin(buiten)]
    ander = _Per(werk, gemeenten["inwoners"])
    zelf = _Per(regels.assign(gemeente=eigen.naam), pd.Series({eigen.naam: float(eigen.inwoners)}))
    codes = [*dict.fromkeys([*(namen or {}), *sorted(ander.codes), *sorted(zelf.codes)])]
    codes = [c for c in codes if c in ander.codes or c in zelf.codes]
    rijen = [_rij(c, (namen or {}).get(c, ""), zelf, ander, MATEN[maat], eigen, jaar) for c in codes]
    tabel = pd.DataFrame(rijen, index=pd.Index(codes, name="taakveld"), columns=list(KOLOMMEN), dtype=object)
    totaal = _vergelijk_rij("Totaal", zelf.totaal(MATEN[maat]), ander.totaal(MATEN[maat]), eigen.inwoners)
    kern = _kern(zelf, ander, overhead)
    zin = _zin(eigen, groep, totaal, tabel, len(goed), jaar, weggelaten, maat)
    return Vergelijking(tabel, totaal, kern, goed, weggelaten, zin, None, vast)


def _waarom_niet(eigen: Eigen, regels: pd.DataFrame, goed: Sequence[str], groep: Groep) -> str | None:
    if not eigen.inwoners or not eigen.inwoners > 0:
        return f"Het inwonertal van {eigen.naam} is onbekend, dus per inwoner is er niets te zeggen. Vul het in."
    bedragen = regels[[k for k in MATEN.values() if k in regels]]
    if not (bedragen.fillna(0.0) != 0).to_numpy().any():
        waar = (
            "De begroting heeft"
            if eigen.uit_begroting
            else f"{_hoofdletter(eigen.naam)} {ALLEEN_NULLEN} en heeft dus"
        )
        return f"{waar} geen bedragen om te vergelijken."
    if not goed:
        return f"Van de {groep.omschrijving} is er geen met bruikbare cijfers."
    return None


class _Per:
    """Figures per inhabitant: gemeente x taakveld, and totals.

    Parameters
    ----------
    cijfers : DataFrame; gemeente, taakveld, and amounts in euro
    inwoners : Series (gemeente)
    """

    def __init__(self, cijfers: pd.DataFrame, inwoners: pd.Series):
        self._kolommen = [k for k in MATEN.values() if k in cijfers]
        # min_count: what nobody gave stays missing instead of becoming 0.
        self._som = cijfers.groupby(["gemeente", "taakveld"])[self._kolommen].sum(min_count=1)
        self._inwoners = inwoners.astype(float)
        self.codes = set(self._som.index.get_level_values("taakveld"))

    def taakveld(self, code: str, kolom: str) -> pd.Series:
        """Euro per inhabitant of one taakveld: Series (gemeente), without those that gave nothing."""
        if code not in self.codes or kolom not in self._kolommen:
            return pd.Series(dtype=float)
        return self._deel(self._som[kolom].xs(code, level="taakveld"))

    def totaal(self, kolom: str, codes: Collection[str] | None = None) -> pd.Series:
        """Euro per inhabitant of all taakvelden, or of `codes`, together."""
        return self._deel(self._bedrag(kolom, codes))

    def aandeel(self, kolom: str, codes: Collection[str] | None = None) -> pd.Series:
        """Part of the lasten, 0 to 1: Series (gemeente), without those that have no lasten."""
        lasten = self._bedrag("lasten_eur")
        return (self._bedrag(kolom, codes) / lasten[lasten > 0]).dropna()

    def _bedrag(self, kolom: str, codes: Collection[str] | None = None) -> pd.Series:
        if kolom not in self._kolommen:
            return pd.Series(dtype=float)
        som = self._som[kolom]
        if codes is not None:
            som = som[som.index.get_level_values("taakveld").isin(codes)]
        return som.groupby(level="gemeente").sum(min_count=1)

    def _deel(self, bedrag: pd.Series) -> pd.Series:
        return (bedrag / self._inwoners.reindex(bedrag.index)).dropna()


def _kwartielen(groep: pd.Series) -> tuple[float, float, float] | tuple[None, None, None]:
    if groep.empty:
        return (None, None, None)
    return tuple(float(q) for q in np.quantile(groep.to_numpy(dtype=float), (0.25, 0.5, 0.75)))


def _zet_naast(eigen: float | None, groep: pd.Series) -> dict[str, object]:
    """Own value beside the quartiles of the group; what cannot be said is None."""
    k1, mediaan, k3 = _kwartielen(groep)
    uit = {"eigen": eigen, "mediaan": mediaan, "kwart1": k1, "kwart3": k3, "verschil": None, "plaats": None,
           "aantal": len(groep)}  # fmt: skip
    if eigen is not None and mediaan is not None:
        uit["verschil"] = eigen - mediaan
        uit["plaats"] = "onder" if eigen < k1 else "boven" if eigen > k3 else "binnen"
    return uit


def _vergelijk_rij(naam: str, zelf: pd.Series, ander: pd.Series, inwoners: float, reden: str | None = None) -> dict:
    w = _zet_naast(None if zelf.empty else float(zelf.iloc[0]), ander)
    return {
        "naam": naam,
        **{f"{k}_per_inwoner": w[k] for k in ("eigen", "mediaan", "kwart1", "kwart3", "verschil")},
        "verschil_eur": None if w["verschil"] is None else round(w["verschil"] * inwoners),
        "plaats": w["plaats"],
        "aantal": w["aantal"],
        "reden": reden,
    }


def _rij(code: str, naam: str, zelf: _Per, ander: _Per, kolom: str, eigen: Eigen, jaar: int) -> dict:
    van_mij, van_hen = zelf.taakveld(code, kolom), ander.taakveld(code, kolom)
    reden = None
    if code not in ander.codes:
        reden = f"taakveld {code} bestaat niet in Iv3 {jaar}"
    elif van_mij.empty and kolom != "salarissen_eur" and eigen.uit_begroting and code not in zelf.codes:
        van_mij = pd.Series([0.0])
        reden = "geen regel in de begroting"
    elif van_mij.empty:
        reden = "niet opgegeven"
    elif van_hen.empty:
        reden = "door geen gemeente van de groep opgegeven"
    return _vergelijk_rij(naam, van_mij, van_hen, float(eigen.inwoners), reden)


def _kern(zelf: _Per, ander: _Per, overhead: Collection[str]) -> pd.DataFrame:
    def reeksen(per: _Per) -> dict[str, pd.Series]:
        return {
            "lasten": per.totaal("lasten_eur"),
            "salarissen": per.totaal("salarissen_eur"),
            "overhead": per.totaal("lasten_eur", overhead),
            "overhead_aandeel": per.aandeel("lasten_eur", overhead),
            "salarissen_aandeel": per.aandeel("salarissen_eur"),
        }

    van_mij, van_hen = reeksen(zelf), reeksen(ander)
    rijen = []
    for maat, naam, eenheid in _KERN:
        zelf_waarde = None if van_mij[maat].empty else float(van_mij[maat].iloc[0])
        reden = None if zelf_waarde is not None else _geen(maat)
        rijen.append({"naam": naam, "eenheid": eenheid, **_zet_naast(zelf_waarde, van_hen[maat]), "reden": reden})
    return pd.DataFrame(rijen, index=pd.Index([m for m, _, _ in _KERN], name="maat"), dtype=object)


def _geen(maat: str) -> str:
    if maat.startswith("salarissen"):
        return "er zijn geen salarissen opgegeven"
    return "geen lasten op het taakveld overhead" if maat.startswith("overhead") else "geen lasten"


def _hoofdletter(naam: str) -> str:
    return naam[:1].upper() + naam[1:]


def _meer(verschil: float) -> str:
    return f"{notatie.euro(abs(verschil))} {'meer' if verschil > 0 else 'minder'}"


def _zin(
    eigen: Eigen, groep: Groep, totaal: Mapping[str, object], tabel: pd.DataFrame, aantal: int, jaar: int,
    weggelaten: Mapping[str, str], maat: str,
) -> str:  # fmt: skip
    zelf, mediaan = totaal["eigen_per_inwoner"], totaal["mediaan_per_inwoner"]
    if zelf is None or mediaan is None:
        return f"Van {maat} per inwoner zijn geen cijfers om te vergelijken."
    verschil = zelf - mediaan
    hoe = "evenveel als" if abs(verschil) < 0.5 else f"{_meer(verschil)} dan"
    wie = groep.omschrijving if aantal > 1 else re.sub(r"^(\w*)gemeenten", r"\1gemeente", groep.omschrijving)
    zin = (
        f"{_hoofdletter(eigen.naam)} heeft {notatie.euro(zelf)} {maat} per inwoner, {hoe} de mediaan "
        f"van {aantal} {wie} ({notatie.euro(mediaan)}; Iv3, begroting {jaar})."
    )
    grootste = tabel["verschil_per_inwoner"].dropna()
    if len(grootste) and grootste.abs().max() >= 0.5:
        code = grootste.abs().astype(float).idxmax()
        zin += (
            f" Het grootste verschil in {maat} zit bij {code} {tabel.loc[code, 'naam']}: "
            f"{_meer(grootste[code])} per inwoner."
        )
    if weggelaten:
        zin += " Niet meegeteld: " + "; ".join(f"{n} ({r})" for n, r in sorted(weggelaten.items())) + "."
    return zin
