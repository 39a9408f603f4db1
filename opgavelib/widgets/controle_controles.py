"""Every check with its state; opening one shows what it says and where in which file."""

from __future__ import annotations

from numbers import Real
from typing import Any

import ipywidgets
import traitlets as t

from opgavelib import notatie
from opgavelib.domein.controle import Controle, Uitslag, samenvatting
from opgavelib.toepassing import Stand
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.controle_vorm import koptekst
from opgavelib.widgets.panelen import Paneel
from opgavelib.widgets.veilig import vang

# What needs a person stands first.
_GROEPEN = (
    (Uitslag.FOUT, "Niet akkoord"),
    (Uitslag.LET_OP, "Let op"),
    (Uitslag.NIET, "Niet te controleren"),
    (Uitslag.GOED, "Akkoord"),
)
_UITLEG = "Open een controle om te zien wat er is en waar: bestand, blad en rij."


class Controlelijst(Basis, naam="controlelijst"):
    """Checks to open one by one.

    Attributes
    ----------
    groepen : dicts with `titel`, `dicht` (folded until it is opened) and `controles`: dicts code, naam, groep,
        uitslag, toelichting, aantal
    rijen : per code the places of the checks that were opened: dicts bestand, blad, rij, wat, waarde
    """

    groepen = t.List(t.Dict()).tag(sync=True)
    rijen = t.Dict().tag(sync=True)

    @t.validate("groepen", "rijen")
    def _schoon(self, voorstel: dict) -> Any:
        return schoon(voorstel["value"])


class ControlesPaneel(Paneel):
    """The checks of a werkmap.

    Attributes
    ----------
    lijst : the widget; what was opened arrives at `ontvang`
    """

    def _bouw(self) -> ipywidgets.Widget:
        self._alle: dict[str, Controle] = {}
        self._kop = ipywidgets.HTML()
        self.lijst = Controlelijst()
        doe = vang(self.melding, "opzoeken van de plekken")(self.ontvang)
        self.lijst.on_msg(lambda _w, inhoud, _b: doe(inhoud))
        kaart = ipywidgets.VBox([self._kop, self.lijst]).add_class("ow-kaart")
        return ipywidgets.VBox([*self._eigen_melding, kaart])

    def ontvang(self, bericht: dict) -> None:
        """A check was opened: show where it is."""
        controle = self._alle.get(str(bericht.get("code")))
        if bericht.get("soort") == "open" and controle is not None:
            self.lijst.rijen = {**self.lijst.rijen, controle.code: _plekken(controle)}

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; what is open stays open."""
        from opgavelib.toepassing.controles import controles

        self.stand = stand
        vorige = set(self.lijst.rijen)
        self._alle = {c.code: c for c in controles(stand)}
        self._teken()
        with self.lijst.hold_sync():
            self.lijst.rijen = {k: _plekken(c) for k, c in self._alle.items() if k in vorige}
            self.lijst.groepen = [
                {
                    "titel": titel,
                    "dicht": uitslag == Uitslag.GOED,
                    "controles": [_regel(c) for c in self._alle.values() if c.ernst == uitslag],
                }
                for uitslag, titel in _GROEPEN
                if any(c.ernst == uitslag for c in self._alle.values())
            ]

    def _teken(self) -> None:
        self._kop.value = koptekst("Klopt alles?", samenvatting(list(self._alle.values())), _UITLEG)


def _regel(c: Controle) -> dict[str, object]:
    return {"code": c.code, "naam": c.naam, "groep": str(c.groep), "uitslag": str(c.ernst),
            "toelichting": c.toelichting, "aantal": c.aantal}  # fmt: skip


def _plekken(c: Controle) -> list[dict[str, object]]:
    return [
        {"bestand": r.bestand, "blad": r.blad, "rij": None if r.rij is None or r.rij != r.rij else int(r.rij),
         "wat": r.wat, "waarde": _tekst(r.waarde)}
        for r in c.rijen.itertuples()
    ]  # fmt: skip


def _tekst(waarde: object) -> str:
    if waarde is None or waarde != waarde:
        return ""
    return notatie.getal(float(waarde), 2) if isinstance(waarde, Real) else str(waarde)
