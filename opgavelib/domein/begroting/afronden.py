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
MATEN = ("opgave", "onbekend", "lean")
_RUIMTE = (2**63 - 1) // (4 * SCHAAL)


def past(lasten: np.ndarray) -> bool:
    """Whether exact sums over these whole euros fit in 64 bits: up to some two thousand million euros."""
    return float(np.abs(lasten.astype(float)).sum()) < _RUIMTE


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
    """Whole euros of the sums of `MATEN`, adding up to the whole they are together; a half goes to opgave."""
    sommen = np.array([sum(exact[m].tolist()) for m in MATEN], dtype=object)
    heel = naar_heel(sommen, int(sommen.sum()) // SCHAAL, pd.RangeIndex(len(MATEN)))
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
    dict of `MATEN` and ``lasten``, their sum. That is the lasten to the euro, unless overhead was spread: then the
    lasten of a row were no whole euros to begin with.
    """
    doel = totalen(exact) if doel is None else doel
    som = exact["lean"] + exact["opgave"] + exact["onbekend"]
    uit = {m: naar_heel(exact[m], doel[m], namen) for m in ("opgave", "onbekend")}
    if (som % SCHAAL == 0).all():
        uit["lean"] = (som // SCHAAL).astype(np.int64) - uit["opgave"] - uit["onbekend"]
    else:
        uit["lean"] = naar_heel(exact["lean"], doel["lean"], namen)
    return uit | {"lasten": uit["lean"] + uit["opgave"] + uit["onbekend"]}
