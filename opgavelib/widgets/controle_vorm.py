"""What the parts of the page for the controller share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ipywidgets
import traitlets as t

from opgavelib.weergave import Figuur
from opgavelib.widgets.basis import Basis
from opgavelib.widgets.veilig import html


class Anker(Basis, naam="anker"):
    """A heading that is scrolled to and focused when `teller` goes up.

    Attributes
    ----------
    titel : its text
    """

    titel = t.Unicode().tag(sync=True)
    teller = t.Int(0).tag(sync=True)

    def ga(self, titel: str) -> None:
        """Bring the person here."""
        with self.hold_sync():
            self.titel = titel
            self.teller += 1


def koptekst(vraag: str, zin: str, uitleg: str = "", *, leeg: bool = False) -> str:
    """Heading of a card: what it answers, the answer, and how to read it."""
    onder = html("<p class='ow-onder'>{u}</p>", u=uitleg) if uitleg else ""
    klasse = "ow-leeg" if leeg else "ow-conclusie"
    return str(html("<h2 class='ow-vraag'>{v}</h2><p class='{k}'>{z}</p>{o}", v=vraag, k=klasse, z=zin, o=onder))


def zonder_lege_kolommen(figuur: Figuur) -> Figuur:
    """Leave out columns of text in which no row says anything: the others then fit on a screen."""
    vol = [
        k
        for k in figuur.kolommen
        if k.get("soort", "tekst") != "tekst" or any(r.get(k["kolom"]) for r in figuur.rijen)
    ]
    return replace(figuur, kolommen=vol if figuur.rijen else figuur.kolommen)


def zet_opties(keuze: ipywidgets.Dropdown, opties: Sequence[tuple[str, object]], eerst: object) -> None:
    """Offer other options; what was chosen stays when it is still there, else `eerst`."""
    if tuple(keuze.options) == tuple(opties):
        return
    bekend = [w for _, w in opties]
    gekozen = keuze.value if keuze.options and keuze.value in bekend else eerst
    keuze.options = opties
    keuze.value = gekozen
