"""Lines of the begroting: what of each is lean, opgave or not known, exactly; overhead spread over the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib.domein.begroting.afronden import SCHAAL, past
from opgavelib.domein.begroting.norm import Norm, Overhead

GEEN_TEAM = "(geen team)"
GEEN_TEAMLEIDER = "(geen teamleider)"
GEEN_DOMEIN = "(geen domein)"
GEEN_PROGRAMMA = "(geen programma)"
OVERHEAD = "(overhead)"


@dataclass(frozen=True)
class Regels:
    """Lines with their exact amounts.

    Attributes
    ----------
    bron : the lines as they were read
    exact : DataFrame, same index; lean, opgave, onbekend, overhead (what of it is overhead) in 1/`SCHAAL` euro
    binnen : whether a line counts in the share
    is_overhead : whether it is a line of overhead
    verdeeld_naar : what overhead was spread by: ``salarissen`` or ``lasten``; empty when it was not
    """

    bron: pd.DataFrame
    exact: pd.DataFrame
    binnen: np.ndarray
    is_overhead: np.ndarray
    verdeeld_naar: str

    @property
    def genoemd(self) -> np.ndarray:
        """Whether a line is called lean or opgave."""
        return ~np.isnan(_aandeel(self.bron))


def verdeel_regels(begroting: pd.DataFrame) -> pd.DataFrame:
    """Split the lasten of every budget line over lean, opgave and unknown, without rounding.

    A given opgave_aandeel decides; otherwise sturing does; with neither the line is unknown.

    Parameters
    ----------
    begroting : DataFrame; lasten_eur (whole euros), sturing (lean, opgave or None), opgave_aandeel (0-1 or NaN)

    Returns
    -------
    DataFrame, same index; lean_eur, opgave_eur, onbekend_eur, adding up to lasten_eur on every line; parts of
    a euro are kept
    """
    exact = _splits(_lasten(begroting), _aandeel(begroting))
    return in_euro(pd.DataFrame(exact, index=begroting.index), ("lean", "opgave", "onbekend"))


def in_euro(exact: pd.DataFrame, maten: tuple[str, ...]) -> pd.DataFrame:
    """Exact amounts as euros with decimals, columns with ``_eur`` behind their name."""
    return pd.DataFrame({f"{m}_eur": (exact[m] / SCHAAL).astype(float) for m in maten}, index=exact.index)


def bereken(begroting: pd.DataFrame, norm: Norm) -> Regels:
    """The lines with exact amounts, overhead as the norm says.

    Parameters
    ----------
    begroting : DataFrame; taakveld, lasten_eur, salarissen_eur, sturing, opgave_aandeel
    """
    lasten, aandeel = _lasten(begroting), _aandeel(begroting)
    exact = _splits(lasten, aandeel)
    buiten = begroting["taakveld"].isin(list(norm.buiten)).to_numpy()
    overhead = begroting["taakveld"].isin(list(norm.overhead_taakveld)).to_numpy() & ~buiten
    exact["overhead"] = np.where(overhead, lasten, 0 * lasten) * SCHAAL
    binnen, naar = ~buiten, ""
    if norm.overhead == Overhead.EIGEN_REGEL:
        binnen &= ~overhead
    elif norm.overhead == Overhead.VERDELEN and overhead.any():
        gewicht, naar = _gewicht(begroting, lasten, ~buiten & ~overhead)
        if naar:
            _spreid(exact, lasten, aandeel, overhead, gewicht, begroting)
    return Regels(begroting, pd.DataFrame(exact, index=begroting.index), binnen, overhead, naar)


def _lasten(begroting: pd.DataFrame) -> np.ndarray:
    """Whole euros; as Python's own integers when 64 bits would not hold the exact sums."""
    lasten = begroting["lasten_eur"].to_numpy(dtype=float)
    heel = np.rint(np.where(np.isnan(lasten), 0.0, lasten)).astype(np.int64)
    return heel if past(heel) else heel.astype(object)


def _aandeel(begroting: pd.DataFrame) -> np.ndarray:
    """Share of opgaven per line, NaN when nobody said."""
    aandeel = begroting["opgave_aandeel"].to_numpy(dtype=float)
    sturing = begroting["sturing"]
    leeg = np.isnan(aandeel)
    aandeel = np.where(leeg & (sturing == "opgave").to_numpy(), 1.0, aandeel)
    return np.where(leeg & (sturing == "lean").to_numpy(), 0.0, aandeel)


def _splits(lasten: np.ndarray, aandeel: np.ndarray) -> dict[str, np.ndarray]:
    onbekend = np.isnan(aandeel)
    deel = np.rint(np.where(onbekend, 0.0, aandeel) * SCHAAL).astype(np.int64)
    opgave = lasten * deel
    rest = lasten * SCHAAL - opgave
    niets = 0 * lasten
    return {
        "lean": np.where(onbekend, niets, rest),
        "opgave": opgave,
        "onbekend": np.where(onbekend, rest, niets),
    }


def _gewicht(begroting: pd.DataFrame, lasten: np.ndarray, ontvangt: np.ndarray) -> tuple[np.ndarray, str]:
    """What overhead is spread by: salarissen, else lasten. Below 0 (a stelpost) gets none."""
    salarissen = np.nan_to_num(begroting["salarissen_eur"].to_numpy(dtype=float))
    for naam, maat in (("salarissen", salarissen), ("lasten", lasten.astype(float))):
        gewicht = np.where(ontvangt, np.maximum(maat, 0.0), 0.0)
        if gewicht.any():
            return gewicht, naam
    return lasten.astype(float), ""


def _spreid(exact, lasten, aandeel, overhead, gewicht, begroting) -> None:
    """Take the overhead lines out and give every other line its part, to follow its own lean or opgave."""
    som = int(lasten[overhead].sum()) * SCHAAL
    # Whole euros add up exactly as floats, so a part depends on its own line only and not on the order.
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
