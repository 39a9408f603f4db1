"""Lines of the begroting: what of each is lean, opgave or not known, exactly; overhead spread over the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from opgavelib.domein.begroting.afronden import CENT, SCHAAL, in_centen
from opgavelib.domein.begroting.norm import Norm, Overhead

GEEN_TEAM = "(geen team)"
GEEN_TEAMLEIDER = "(geen teamleider)"
GEEN_DOMEIN = "(geen domein)"
GEEN_PROGRAMMA = "(geen programma)"
OVERHEAD = "(overhead)"
ANDER = ("baten_eur", "salarissen_eur")
_BEDRAGEN = ("lasten", "baten", "salarissen")


@dataclass(frozen=True)
class Regels:
    """Lines with their exact amounts.

    Attributes
    ----------
    bron : the lines as they were read
    exact : per line lean, opgave, onbekend and overhead (what of it is overhead), in 1/`SCHAAL` euro
    genoemd : whether a line is called lean or opgave
    binnen : whether it counts in the share
    is_overhead : whether it is a line of overhead
    verdeeld_naar : what overhead was spread by: ``salarissen`` or ``lasten``; empty when it was not
    """

    bron: pd.DataFrame
    exact: Mapping[str, np.ndarray]
    genoemd: np.ndarray
    binnen: np.ndarray
    is_overhead: np.ndarray
    verdeeld_naar: str

    @cached_property
    def maten(self) -> dict[str, np.ndarray]:
        """What cuts add up: the amounts, what of them is out of the norm, and what the share is made of."""
        e, niets = self.exact, 0 * self.exact["lean"]
        bekend = e["lean"] + e["opgave"]
        if self.binnen.all():
            buiten = {"buiten": niets, "onbekend_buiten": niets, "norm_opgave": e["opgave"], "norm_bekend": bekend}
        else:
            buiten = {
                "buiten": np.where(self.binnen, niets, bekend + e["onbekend"]),
                "onbekend_buiten": np.where(self.binnen, niets, e["onbekend"]),
                "norm_opgave": np.where(self.binnen, e["opgave"], niets),
                "norm_bekend": np.where(self.binnen, bekend, niets),
            }
        return {**e, **buiten}

    @cached_property
    def ander(self) -> dict[str, np.ndarray]:
        """Baten and salarissen per line in whole cents, NaN when it states none."""
        leeg = pd.Series(np.nan, index=self.bron.index)
        return {k: np.rint(100 * self.bron.get(k, leeg).to_numpy(dtype=float)) for k in ANDER}


def met_centen(regels: pd.DataFrame) -> pd.DataFrame:
    """The lines as they are stored, with the cents back in the amounts.

    Parameters
    ----------
    regels : DataFrame; lasten_eur, baten_eur, salarissen_eur in whole euros and lasten_cent, baten_cent,
        salarissen_cent, NaN for none

    Returns
    -------
    DataFrame without the columns of the cents; the amounts in euros, exact to the cent
    """
    exact = {f"{m}_eur": (100 * regels[f"{m}_eur"] + regels[f"{m}_cent"].fillna(0.0)) / 100 for m in _BEDRAGEN}
    return regels.assign(**exact).drop(columns=[f"{m}_cent" for m in _BEDRAGEN])


def codeer(kolom: pd.Series) -> tuple[np.ndarray, list[object]]:
    """Per line a number, and per number its value; -1 for an empty cell."""
    codes, waarden = pd.factorize(kolom)
    return codes, list(waarden)


def verdeel_regels(begroting: pd.DataFrame) -> pd.DataFrame:
    """Split the lasten of every budget line over lean, opgave and unknown, without rounding.

    A given opgave_aandeel decides; otherwise sturing does; with neither the line is unknown.

    Parameters
    ----------
    begroting : DataFrame; lasten_eur (to the cent), sturing (lean, opgave or None), opgave_aandeel (0-1 or NaN)

    Returns
    -------
    DataFrame, same index; lean_eur, opgave_eur, onbekend_eur, adding up to lasten_eur on every line; parts of
    a euro are kept
    """
    return in_euro(_splits(_lasten(begroting), _aandeel(begroting)), begroting.index)


def in_euro(exact: Mapping[str, np.ndarray], index: pd.Index) -> pd.DataFrame:
    """Exact amounts as euros with decimals, columns with ``_eur`` behind their name."""
    return pd.DataFrame({f"{m}_eur": (w / SCHAAL).astype(float) for m, w in exact.items()}, index=index)


def bereken(begroting: pd.DataFrame, norm: Norm) -> Regels:
    """The lines with exact amounts, overhead as the norm says.

    Parameters
    ----------
    begroting : DataFrame; taakveld, lasten_eur, salarissen_eur, sturing, opgave_aandeel
    """
    lasten, aandeel = _lasten(begroting), _aandeel(begroting)
    exact = _splits(lasten, aandeel)
    codes, taakvelden = codeer(begroting["taakveld"])
    buiten = _is_een_van(codes, taakvelden, norm.buiten)
    overhead = _is_een_van(codes, taakvelden, norm.overhead_taakveld) & ~buiten
    exact["overhead"] = np.where(overhead, lasten, 0 * lasten) * CENT
    binnen, naar = ~buiten, ""
    if norm.overhead == Overhead.EIGEN_REGEL:
        binnen &= ~overhead
    elif norm.overhead == Overhead.VERDELEN and overhead.any():
        gewicht, naar = _gewicht(begroting, lasten, ~buiten & ~overhead)
        if naar:
            _spreid(exact, lasten, aandeel, overhead, gewicht, begroting)
    return Regels(begroting, exact, ~np.isnan(aandeel), binnen, overhead, naar)


def _is_een_van(codes: np.ndarray, waarden: Sequence[object], gezocht: Collection[object]) -> np.ndarray:
    # One more at the end, for -1: an empty cell is none of them.
    return np.array([*(w in gezocht for w in waarden), False])[codes]


def _lasten(begroting: pd.DataFrame) -> np.ndarray:
    """In cents."""
    return in_centen(begroting["lasten_eur"].to_numpy(dtype=float))


def _aandeel(begroting: pd.DataFrame) -> np.ndarray:
    """Share of opgaven per line, NaN when nobody said."""
    aandeel = begroting["opgave_aandeel"].to_numpy(dtype=float)
    codes, sturing = codeer(begroting["sturing"])
    volgens = np.array([*({"opgave": 1.0, "lean": 0.0}.get(w, np.nan) for w in sturing), np.nan])
    return np.where(np.isnan(aandeel), volgens[codes], aandeel)


def _splits(lasten: np.ndarray, aandeel: np.ndarray) -> dict[str, np.ndarray]:
    onbekend = np.isnan(aandeel)
    deel = np.rint(np.where(onbekend, 0.0, aandeel) * SCHAAL).astype(np.int64)
    # Euros and the cents beside them apart: together they would not fit in 64 bits.
    los, teken = abs(lasten), np.where(lasten < 0, -1, 1)
    opgave = teken * (los // 100 * deel + (los % 100 * deel + 50) // 100)
    rest = lasten * CENT - opgave
    niets = 0 * lasten
    return {
        "lean": np.where(onbekend, niets, rest),
        "opgave": opgave,
        "onbekend": np.where(onbekend, rest, niets),
    }


def _gewicht(begroting: pd.DataFrame, lasten: np.ndarray, ontvangt: np.ndarray) -> tuple[np.ndarray, str]:
    """What overhead is spread by: salarissen, else lasten. Below 0 (a stelpost) gets none."""
    salarissen = np.nan_to_num(np.rint(100 * begroting["salarissen_eur"].to_numpy(dtype=float)))
    for naam, maat in (("salarissen", salarissen), ("lasten", lasten.astype(float))):
        gewicht = np.where(ontvangt, np.maximum(maat, 0.0), 0.0)
        if gewicht.any():
            return gewicht, naam
    return lasten.astype(float), ""


def _spreid(exact, lasten, aandeel, overhead, gewicht, begroting) -> None:
    """Take the overhead lines out and give every other line its part, to follow its own lean or opgave."""
    som = int(lasten[overhead].sum()) * CENT
    # Whole cents add up exactly as floats, so a part depends on its own line only and not on the order.
    deel = _heel(som * (gewicht / gewicht.sum()), lasten)
    rest = som - int(deel.sum())
    if rest:  # some billionths of a euro: to the heaviest line
        zwaarst = np.flatnonzero(gewicht == gewicht.max())
        deel[zwaarst[begroting.index[zwaarst].argsort()[0]]] += rest
    onbekend = np.isnan(aandeel)
    opgave = _heel(np.where(onbekend, 0.0, aandeel) * deel.astype(float), lasten)
    niets = 0 * lasten
    erbij = {
        "lean": np.where(onbekend, niets, deel - opgave),
        "opgave": opgave,
        "onbekend": np.where(onbekend, deel, niets),
    }
    for maat, extra in erbij.items():
        exact[maat] = np.where(overhead, niets, exact[maat] + extra)
    exact["overhead"] = deel


def _heel(x: np.ndarray, als: np.ndarray) -> np.ndarray:
    """Rounded to integers of the kind of `als`."""
    if als.dtype != object:
        return np.rint(x).astype(np.int64)
    return np.array([round(w) for w in x.tolist()], dtype=object)
