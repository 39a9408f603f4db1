"""What every view gives: figure, conclusion and table together."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Figuur:
    """A chart with what it says.

    Attributes
    ----------
    figuur : Plotly figure as a plain dict; empty when there is nothing to draw
    conclusie : the answer as a sentence, computed; in an empty state: what to do first
    kolommen : columns of the table: dicts kolom, kop, soort (tekst, euro, uren, aandeel, ...), uitleg
    rijen : rows of the table, dicts by kolom
    hoogte : pixels that suit the chart
    kerncijfers : a few figures to read from afar: (name, value as text)
    uitleg : how it was computed, under the conclusion in ordinary type
    streep : {"na": n, "tekst": ...}, a named line after the first n rows; None without
    """

    figuur: Mapping[str, object]
    conclusie: str
    kolommen: Sequence[Mapping[str, object]]
    rijen: Sequence[Mapping[str, object]]
    hoogte: int = 420
    streep: Mapping[str, object] | None = None
    kerncijfers: Sequence[tuple[str, str]] = ()
    uitleg: str = ""


def kolom(naam: str, kop: str, soort: str = "tekst", uitleg: str = "", **meer: object) -> dict[str, object]:
    """One column of a table, as `widgets.Tabel` takes it."""
    return {"kolom": naam, "kop": kop, "soort": soort} | ({"uitleg": uitleg} if uitleg else {}) | meer


def records(tabel: pd.DataFrame, kolommen: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows of a table, index included, only the named columns."""
    namen = [k["kolom"] for k in kolommen]
    kader = tabel.reset_index()
    lijsten = [kader[n].tolist() for n in namen]
    return [dict(zip(namen, rij, strict=True)) for rij in zip(*lijsten, strict=True)]


def tekst(waarde: object, breed: int = 0) -> str:
    """Text from a file for in a figure: cut to `breed` characters, and no markup for Plotly."""
    schoon = " ".join(str(waarde).split())
    if breed and len(schoon) > breed:
        schoon = schoon[: breed - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return html.escape(schoon, quote=False)


def regels(waarde: object, breed: int = 60, hoogstens: int = 4) -> str:
    """Long text broken over lines, for hovering."""
    delen = textwrap.wrap(" ".join(str(waarde).split()), breed)
    if len(delen) > hoogstens:
        delen = [*delen[: hoogstens - 1], delen[hoogstens - 1] + "…"]
    return "<br>".join(html.escape(d, quote=False) for d in delen)


def leeg(conclusie: str, kolommen: Sequence[Mapping[str, object]] = ()) -> Figuur:
    """The empty state: nothing to draw, and what to do first."""
    return Figuur({}, conclusie, kolommen, [], 0)
