"""A Sankey: how many rows go from where to where. Its widths are counts, and what comes in goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The link colours are see-through, so that crossing ones can be told apart on a light and a dark page.
ACHTERGROND = "rgba(122,133,144,0.28)"
LINT = {
    "opgave": "rgba(21,102,175,0.42)",
    "open": "rgba(180,95,6,0.35)",
    "samengevoegd": "rgba(122,133,144,0.45)",
    "fysiek": "rgba(0,114,178,0.35)",
    "sociaal": "rgba(196,78,0,0.30)",
    "bedrijfsvoering": "rgba(0,122,90,0.35)",
}


LUCHT = 0.05  # room between two knopen, as part of the height


@dataclass(frozen=True)
class Knoop:
    """One place rows come from or go to.

    Attributes
    ----------
    sleutel : what the flows name it by
    naam : what people read; the count is put behind it
    kleur : "token:..." of the page
    x : place from left (0) to right (1)
    """

    sleutel: str
    naam: str
    kleur: str = "token:lean"
    x: float = 0.0


@dataclass(frozen=True)
class Stroom:
    """`aantal` rows from one knoop to another; `soort` (a key of `LINT`) gives the colour."""

    van: str
    naar: str
    aantal: int
    soort: str = ""


def sankey(knopen: Sequence[Knoop], stromen: Sequence[Stroom]) -> dict[str, object]:
    """The figure, without knopen and flows that have no rows.

    The number behind a name is what flows in, or out for a knoop that nothing flows into. On one x the
    knopen stand in the given order, each as high as its rows ask.

    Parameters
    ----------
    knopen : from left to right, and from top to bottom
    stromen : between `knopen`

    Raises
    ------
    KeyError : a flow names an unknown knoop
    """
    vol = [s for s in stromen if s.aantal]
    in_ = {k.sleutel: sum(s.aantal for s in vol if s.naar == k.sleutel) for k in knopen}
    uit = {k.sleutel: sum(s.aantal for s in vol if s.van == k.sleutel) for k in knopen}
    tel = {k: in_[k] or uit[k] for k in in_}
    over = [k for k in knopen if tel[k.sleutel]]
    plek = {k.sleutel: i for i, k in enumerate(over)}
    breed = max((k.x for k in over), default=0.0) or 1.0  # the last column that has rows stands at the right
    return {
        "data": [
            {
                "type": "sankey",
                "arrangement": "fixed",
                "valueformat": "d",
                "node": {
                    "label": [f"{k.naam} · {tel[k.sleutel]}" for k in over],
                    "color": [k.kleur for k in over],
                    "x": [_binnen(k.x / breed) for k in over],
                    "y": _hoogten(over, tel, vol),
                    "pad": 22, "thickness": 18, "line": {"width": 0},
                    "hovertemplate": "%{label} rijen<extra></extra>",
                },
                "link": {
                    "source": [plek[s.van] for s in vol],
                    "target": [plek[s.naar] for s in vol],
                    "value": [s.aantal for s in vol],
                    "color": [LINT.get(s.soort, ACHTERGROND) for s in vol],
                    "hovertemplate": "%{source.label} → %{target.label}<br>%{value} rijen<extra></extra>",
                },
                "textfont": {"size": 16},
            }
        ],
        "layout": {"margin": {"l": 8, "r": 8, "t": 40, "b": 16}},
    }  # fmt: skip


def _binnen(x: float) -> float:
    """Plotly takes 0 and 1 for "not given"."""
    return min(max(x, 0.001), 0.999)


def _hoogten(knopen: Sequence[Knoop], tel: dict[str, int], stromen: Sequence[Stroom]) -> list[float]:
    """Middle of every knoop: those on one x below each other, the whole column in the middle.

    A column that only one knoop flows into stands as high as that knoop.
    """
    kolommen: dict[float, list[Knoop]] = {}
    for k in knopen:
        kolommen.setdefault(k.x, []).append(k)
    # One scale for all columns, set by the one that asks most room, as Plotly does itself.
    schaal = min(
        ((1 - LUCHT * (len(kolom) - 1)) / sum(tel[k.sleutel] for k in kolom) for kolom in kolommen.values()),
        default=0.0,
    )
    midden: dict[str, float] = {}
    for kolom in kolommen.values():
        namen = {k.sleutel for k in kolom}
        van = {s.van for s in stromen if s.naar in namen}
        bezet = sum(tel[n] for n in namen) * schaal + LUCHT * (len(kolom) - 1)
        hart = midden.get(van.pop(), 0.5) if len(van) == 1 else 0.5
        y = min(max(hart - bezet / 2, 0.0), 1 - bezet)
        for k in kolom:
            deel = tel[k.sleutel] * schaal
            midden[k.sleutel] = _binnen(y + deel / 2)
            y += deel + LUCHT
    return [midden[k.sleutel] for k in knopen]
