"""Amounts that are exact until the end, and whole euros that still add up.

Inside, an amount is a whole number of billionths of a euro: sums do not depend on the order of lines, and a share
of a line has no remainder that gets lost. A table is rounded once, all its rows together.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

# Parts of a euro. A share of a line is known to as many decimals.
SCHAAL = 10**9
CENT = SCHAAL // 100
MATEN = ("opgave", "onbekend", "lean")
_RUIMTE = (2**63 - 1) // (4 * SCHAAL)


def in_centen(euro: np.ndarray) -> np.ndarray:
    """Euros as whole cents, nothing as 0; as Python's own integers when 64 bits would not hold exact sums of them:
    above some two thousand million euros."""
    euro = np.nan_to_num(euro.astype(float))
    cent = np.rint(100 * euro).astype(np.int64)
    return cent if float(np.abs(euro).sum()) < _RUIMTE else cent.astype(object)


def rond(exact: int) -> int:
    """Whole euros of one amount in 1/`SCHAAL` euro, a half away from zero."""
    heel = (abs(int(exact)) + SCHAAL // 2) // SCHAAL
    return heel if exact >= 0 else -heel


def rond_centen(cent: np.ndarray, namen: pd.Index, doel: float | None = None) -> np.ndarray:
    """Whole euros of amounts in cents (NaN stays NaN), adding up to `doel`; default their sum, rounded once."""
    uit = np.full(len(cent), np.nan)
    bekend = ~np.isnan(cent)
    exact = cent[bekend].astype(np.int64).astype(object) * CENT
    if bekend.any():
        uit[bekend] = naar_heel(exact, rond(exact.sum()) if doel is None else int(doel), namen[bekend])
    return uit


def naar_heel(exact: np.ndarray, doel: int, namen: pd.Index) -> np.ndarray:
    """Whole euros that add up to `doel`: each down, and those with the largest remainder up.

    Parameters
    ----------
    exact : amounts in 1/`SCHAAL` euro
    doel : between the sum of all rounded down and the sum of all rounded up
    namen : unique; equal remainders go in the order of these, so that the order of rows does not matter

    References
    ----------
    Largest remainder (Hamilton): no amount is ever a euro or more off.
    """
    onder = exact // SCHAAL
    rest = (exact - onder * SCHAAL).astype(np.int64)
    over = int(doel) - int(onder.sum())
    uit = onder.astype(np.int64)
    if over:
        op_naam = namen.argsort() if namen.inferred_type != "mixed" else namen.astype(str).argsort()
        eerst = op_naam[np.argsort(-rest[op_naam], kind="stable")[:over]]
        uit[eerst] += 1
    return uit


def totalen(exact: Mapping[str, np.ndarray]) -> dict[str, int]:
    """Whole euros of the sums of `MATEN`, adding up to what they are together, rounded; a half goes to opgave."""
    sommen = np.array([sum(exact[m].tolist()) for m in MATEN], dtype=object)
    heel = naar_heel(sommen, rond(sommen.sum()), pd.RangeIndex(len(MATEN)))
    return dict(zip(MATEN, map(int, heel), strict=True))


def rond_af(
    exact: Mapping[str, np.ndarray], namen: pd.Index, doel: Mapping[str, int] | None = None
) -> dict[str, np.ndarray]:
    """Rows in whole euros: every measure adds up to its rounded total, every row to its lasten.

    Parameters
    ----------
    exact : `MATEN` in 1/`SCHAAL` euro, one per row
    namen : of the rows, unique
    doel : total per measure; default `totalen`

    Returns
    -------
    dict of `MATEN` and ``lasten``, their sum. That is the lasten to the euro, unless those of some row are no whole
    euros to begin with: cents, or a part of the overhead.
    """
    doel = totalen(exact) if doel is None else doel
    som = exact["lean"] + exact["opgave"] + exact["onbekend"]
    uit = {m: naar_heel(exact[m], doel[m], namen) for m in ("opgave", "onbekend")}
    if (som % SCHAAL == 0).all() and sum(som.tolist()) // SCHAAL == sum(doel.values()):
        uit["lean"] = (som // SCHAAL).astype(np.int64) - uit["opgave"] - uit["onbekend"]
    else:
        uit["lean"] = naar_heel(exact["lean"], doel["lean"], namen)
    return uit | {"lasten": uit["lean"] + uit["opgave"] + uit["onbekend"]}
