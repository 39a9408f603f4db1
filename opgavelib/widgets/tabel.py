"""A table that is a table: in the DOM, readable for screen reader, keyboard and test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import traitlets as t

from opgavelib.widgets.basis import Basis, schoon

SOORTEN = ("tekst", "euro", "uren", "getal", "aandeel", "kwartaal", "score", "staaf", "status")


class Tabel(Basis, naam="tabel"):
    """Rows to read, sort, search, choose and edit. Values are text to the browser, never HTML.

    Parameters
    ----------
    kolommen : dicts with `kolom`, `kop`, `soort` (see SOORTEN), and optionally `bewerkbaar`,
        `opties` (list of values to choose from while editing), `uitleg`, `breed` (long text: at least 20em),
        `bijzaak` (words that step aside on a small projector screen; a number never does),
        `max` (staaf; default 1: a share)
    rijen : dicts by `kolom`; missing values show as "–". Key `_klasse` may hold a CSS class
    sleutel : the column that identifies a row; need not be among `kolommen`
    bijschrift : caption
    streep : {"na": n, "tekst": "..."}: a named cut-off line after the first n rows, in given order
    hoogstens : show this many rows and a button for the rest; 0 is all
    zoeken : show a search box
    kiesbaar : rows can be chosen

    Attributes
    ----------
    gekozen : key of the chosen row, or None
    bewerking : {sleutel, kolom, oud, nieuw, teller} of the last edit, or None. The table shows the
        new value only when Python sets `rijen`
    """

    kolommen = t.List(t.Dict()).tag(sync=True)
    rijen = t.List(t.Dict()).tag(sync=True)
    sleutel = t.Unicode().tag(sync=True)
    bijschrift = t.Unicode().tag(sync=True)
    streep = t.Dict(None, allow_none=True).tag(sync=True)
    hoogstens = t.Int(0).tag(sync=True)
    zoeken = t.Bool(False).tag(sync=True)
    kiesbaar = t.Bool(True).tag(sync=True)
    gekozen = t.Any(None, allow_none=True).tag(sync=True)
    bewerking = t.Dict(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        kolommen: Iterable[Mapping[str, Any]] = (),
        rijen: Iterable[Mapping[str, Any]] = (),
        sleutel: str = "",
        bijschrift: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            kolommen=[dict(k) for k in kolommen],
            rijen=[dict(r) for r in rijen],
            sleutel=sleutel,
            bijschrift=bijschrift,
            **kwargs,
        )

    @t.validate("kolommen")
    def _ken_soorten(self, voorstel: dict) -> list[dict]:
        for kolom in voorstel["value"]:
            if kolom.get("soort", "tekst") not in SOORTEN:
                raise ValueError(f"soort {kolom['soort']!r} bestaat niet; kies uit {', '.join(SOORTEN)}")
        return schoon(voorstel["value"])

    @t.validate("rijen")
    def _schoon(self, voorstel: dict) -> list[dict]:
        return schoon(voorstel["value"])
