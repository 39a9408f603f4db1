"""A view of `weergave` on screen: question, conclusion, chart, and the figures under it."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets
from markupsafe import Markup

from opgavelib.weergave import Figuur
from opgavelib.widgets.grafiek import Grafiek
from opgavelib.widgets.tabel import Tabel
from opgavelib.widgets.veilig import html


class Beeld:
    """Shows one `Figuur` and can show another in its place.

    Parameters
    ----------
    vraag : what the view answers, as a heading; empty for none
    bijschrift : caption of the table
    sleutel : column that identifies a row of the table
    hoogstens : rows of the table at first; a button shows the rest

    Attributes
    ----------
    doos : the widget to display
    grafiek, tabel : its parts, to observe `klik` and `gekozen`
    """

    def __init__(
        self, vraag: str = "", bijschrift: str = "", sleutel: str = "", hoogstens: int = 8, zoeken: bool = False
    ):
        self._vraag = vraag
        self._kop = ipywidgets.HTML()
        self.grafiek = Grafiek()
        self.tabel = Tabel(
            sleutel=sleutel, bijschrift=bijschrift, hoogstens=hoogstens, zoeken=zoeken, kiesbaar=bool(sleutel)
        )
        self._boven = ipywidgets.VBox([self._kop, self.grafiek]).add_class("ow-kaart")
        onder = ipywidgets.VBox([self.tabel]).add_class("ow-kaart")
        self.doos = ipywidgets.VBox([self._boven, onder])
        self._onder = onder

    def toon(self, figuur: Figuur) -> Beeld:
        """Show `figuur`; an empty one shows what to do first, and no empty chart or table."""
        vraag = html("<h2 class='ow-vraag'>{v}</h2>", v=self._vraag) if self._vraag else ""
        klasse = "ow-conclusie" if figuur.figuur or figuur.rijen else "ow-leeg"
        zin, kern = _bijeen(figuur.conclusie), cijfers(figuur.kerncijfers)
        uitleg = html("<p class='ow-onder'>{u}</p>", u=_bijeen(figuur.uitleg)) if figuur.uitleg else ""
        kop = html("{v}<p class='{k}'>{c}</p>{u}{n}", v=vraag, k=klasse, c=zin, u=uitleg, n=kern)
        self._kop.value = str(kop)
        self.grafiek.layout = zichtbaar(bool(figuur.figuur))
        self._onder.layout = zichtbaar(bool(figuur.rijen))
        if figuur.figuur:
            with self.grafiek.hold_sync():
                self.grafiek.figuur = figuur.figuur
                self.grafiek.omschrijving = figuur.conclusie
                self.grafiek.hoogte = figuur.hoogte
        else:
            self.grafiek.figuur = {}  # an anywidget does not hear of its layout: what was drawn would stay
        with self.tabel.hold_sync():
            # The table makes its own clean copies.
            self.tabel.kolommen = list(figuur.kolommen)
            self.tabel.streep = dict(figuur.streep) if figuur.streep else None
            self.tabel.rijen = list(figuur.rijen)
        return self


def _bijeen(zin: str) -> str:
    """Keep an amount and its unit on one line."""
    return zin.replace("€ ", "€\u00a0").replace(" mln", "\u00a0mln").replace(" uur", "\u00a0uur")


def cijfers(kerncijfers: Sequence[tuple[str, str]]) -> Markup:
    """A few figures in large type; nothing for none."""
    if not kerncijfers:
        return html("")
    delen = [html("<div><dt>{n}</dt><dd>{w}</dd></div>", n=n, w=w) for n, w in kerncijfers]
    return html("<dl class='ow-cijfers'>{delen}</dl>", delen=html("").join(delen))


_layouts: dict[bool, ipywidgets.Layout] = {}


def zichtbaar(ja: bool) -> ipywidgets.Layout:
    """One Layout for all that is shown and one for all that is not: every model costs a message."""
    if ja not in _layouts or _layouts[ja].comm is None:
        _layouts[ja] = ipywidgets.Layout() if ja else ipywidgets.Layout(display="none")
    return _layouts[ja]


def toon(figuur: Figuur, bijschrift: str = "", hoogstens: int = 8, zoeken: bool = False) -> ipywidgets.VBox:
    """A `Figuur` for a notebook cell: conclusion, chart and table."""
    return Beeld(bijschrift=bijschrift, hoogstens=hoogstens, zoeken=zoeken).toon(figuur).doos
