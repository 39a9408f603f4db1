"""What the screen for overlap sends to the browser: small dicts, only what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import pandas as pd

from opgavelib import notatie
from opgavelib.toepassing import Stand, paren

ZEKERHEDEN = {"zeker": "Alleen zekere", "waarschijnlijk": "Ook waarschijnlijke", "ruim": "Ruim"}


def procent(score: float) -> str:
    """A score for people; never 100%: whether two texts say the same is for a person to say."""
    return notatie.procent(min(float(score), 0.99), 0)


def paar(stand: Stand, a: str, b: str, score: float | None, reden: str) -> dict:
    """Two rows side by side; `score` is None for a pair that a person put together."""
    return {
        "kanten": [asdict(k) for k in paren.tweetal(stand, a, b)],
        "lijkt": "zelf gekozen" if score is None else f"lijkt {procent(score)}",
        "woord": paren.zekerheid(score),
        "waarom": reden,
    }


def regel(stand: Stand, r: pd.Series) -> dict:
    """A pair in the list of next ones."""
    titels = stand.ambities["titel"]
    a, b = r["a"], r["b"]
    return {"a": a, "b": b, "lijkt": procent(r["score"]),
            "titel_a": notatie.kort(titels[a], 90), "titel_b": notatie.kort(titels[b], 90)}  # fmt: skip


def oordeel(stand: Stand, nummer: int, r: pd.Series) -> dict:
    """A judgement that can be taken back.

    Parameters
    ----------
    r : a row of `paren.beoordeeld`
    """
    titels = stand.ambities["titel"]
    return {"nummer": int(nummer), "oordeel": r["oordeel"], "tekst": r["tekst"], "reden": r["reden"] or "",
            "wie": f"{r['wie']}, {notatie.moment(r['tijdstip'])}", "codes": f"{r['a']} en {r['b']}",
            "titel_a": notatie.kort(titels.get(r["a"], ""), 70),
            "titel_b": notatie.kort(titels.get(r["b"], ""), 70)}  # fmt: skip


def filters(alle: pd.DataFrame, gekozen: Mapping[str, str]) -> dict:
    """The choices of every filter, with how many pairs are still to do.

    Parameters
    ----------
    alle : pairs that are still to do, not filtered
    gekozen : per filter what is chosen now
    """
    telling = alle["bronnen"].value_counts().to_dict()
    if gekozen["bronnen"]:
        telling.setdefault(gekozen["bronnen"], 0)  # what is chosen stays a choice
    bronnen = [{"waarde": b, "label": f"{paren.bronnennaam(b)} ({notatie.getal(n)})"} for b, n in telling.items()]
    return {
        "zeker": [
            {"waarde": k, "label": naam, "aantal": int((alle["score"] >= paren.grens(k)).sum())}
            for k, naam in ZEKERHEDEN.items()
        ],
        "bronnen": [{"waarde": "", "label": "Alle bronnen"}, *bronnen],
        "gekozen": dict(gekozen),
    }
