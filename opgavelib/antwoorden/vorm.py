"""How an answer becomes JSON values and lines of text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from opgavelib.fouten import BotsingFout, OpgaveFout

if TYPE_CHECKING:
    import pandas as pd

# The JSON value, the lines of text, and when that is not 0 the exit code.
Antwoord = tuple[object, list[str]] | tuple[object, list[str], int]


def datum(tijdstip: str) -> str:
    """Local day of a stored moment, as ``2026-11-22``."""
    return datetime.fromisoformat(tijdstip).astimezone().date().isoformat()


def fout_json(fout: OpgaveFout) -> dict:
    """An error for JSON; of demands that clash also which: soort, sleutel and zin."""
    botsing = {"botsing": list(fout.eisen)} if isinstance(fout, BotsingFout) else {}
    return {"fout": str(fout), **botsing}


def waarde_json(naam: str, waarde: object) -> object:
    """A value for JSON: rounded once, here; missing is null."""
    if hasattr(waarde, "item"):
        waarde = waarde.item()
    if waarde is None or (isinstance(waarde, float) and math.isnan(waarde)):
        return None
    if isinstance(waarde, float):
        if naam.endswith("_eur") and "aandeel" not in naam:
            return int(Decimal(str(waarde)).quantize(Decimal(1), ROUND_HALF_UP))  # as all tables do
        return round(waarde, 4 if "aandeel" in naam else 2)
    return waarde


def record(rij: dict, velden: Iterable[str]) -> dict:
    """These fields of a row, as JSON values."""
    return {v: waarde_json(v, rij.get(v)) for v in velden}


def records(tabel: pd.DataFrame, velden: Sequence[str]) -> list[dict]:
    """These fields of every row, of its index too, as JSON values."""
    return [record(rij, velden) for rij in tabel.reset_index().to_dict("records")]


def kolommen(rijen: Sequence[Sequence[str]], rechts: Sequence[bool]) -> list[str]:
    """Plain text columns, padded; numbers to the right."""
    breedtes = [max(len(r[i]) for r in rijen) for i in range(len(rechts))]
    return [
        "  ".join(
            cel.rjust(b) if r else cel.ljust(b) for cel, b, r in zip(rij, breedtes, rechts, strict=True)
        ).rstrip()
        for rij in rijen
    ]
