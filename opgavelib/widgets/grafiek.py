"""A thin chart: the figure as plain data, drawn by one shared plotly.js."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import traitlets as t

from opgavelib.widgets.basis import Basis, schoon


class Grafiek(Basis, naam="grafiek"):
    """Draws a Plotly figure given as a dict (`data`, `layout`); no plotly in the kernel.

    Fonts, grid and background follow the page's theme and projector mode; what the figure sets
    itself wins. A colour may be a token, ``"token:fysiek"``, and then follows the theme too.

    Parameters
    ----------
    figuur : plotly figure as a plain dict (numpy and missing values are allowed)
    omschrijving : what the chart shows, in words, for who does not see it
    hoogte : in pixels, before projector mode enlarges it
    bewerkbaar : shapes and annotations can be dragged, and points of traces with ``meta: "sleep"``

    Attributes
    ----------
    klik : {reeks, naam, punt, x, y, label, customdata, teller} of the last clicked point, or None
    selectie : {punten: [as klik], teller} after a box or lasso; empty list when undone
    sleep : {soort: "punt", reeks, punt, customdata, x, y, van: {x, y}, teller} after dragging a point,
        {soort: "lijn", wijziging: {...}, teller} after dragging a shape or annotation
    """

    figuur = t.Dict().tag(sync=True)
    omschrijving = t.Unicode().tag(sync=True)
    hoogte = t.Int(360).tag(sync=True)
    bewerkbaar = t.Bool(False).tag(sync=True)
    klik = t.Dict(None, allow_none=True).tag(sync=True)
    selectie = t.Dict(None, allow_none=True).tag(sync=True)
    sleep = t.Dict(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        figuur: dict[str, Any] | None = None,
        omschrijving: str = "",
        hoogte: int = 360,
        bewerkbaar: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            figuur=figuur or {}, omschrijving=omschrijving, hoogte=hoogte, bewerkbaar=bewerkbaar, **kwargs
        )
        self.on_msg(self._stuur_plotly)

    @t.validate("figuur")
    def _schoon(self, voorstel: dict) -> dict:
        return schoon(voorstel["value"])

    def _stuur_plotly(self, _widget: Any, inhoud: dict, _buffers: list) -> None:
        """Outside our own pages nothing has loaded plotly.js: hand it over, once per page."""
        if inhoud.get("soort") == "plotly":
            self.send({"soort": "plotly"}, buffers=[_plotly_bron().read_bytes()])


def _plotly_bron() -> Path:
    from importlib.util import find_spec

    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("plotly is niet geïnstalleerd")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"
