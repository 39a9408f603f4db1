"""Everything to take along: the workbook as Excel or OpenDocument, made when asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any

import ipywidgets
import traitlets as t
from markupsafe import Markup

from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, meenemen
from opgavelib.widgets.basis import Basis
from opgavelib.widgets.controle_vorm import koptekst
from opgavelib.widgets.panelen import Paneel
from opgavelib.widgets.veilig import html, vang

BESTANDEN = (
    {"naam": "xlsx", "titel": "Het Excelbestand", "knop": "Download voor Excel (.xlsx)",
     "uitleg": "Voor Excel. De formules rekenen meteen; de uitkomsten staan er ook al in."},
    {"naam": "ods", "titel": "Het OpenDocument-bestand", "knop": "Download voor LibreOffice (.ods)",
     "uitleg": "Hetzelfde werkboek als open standaard, voor LibreOffice en andere programma's."},
)  # fmt: skip
# Sheet -> what is on it; in the order of the workbook.
BLADEN = {
    "Toelichting": "wat de cijfers zeggen, en hoe u het werkboek gebruikt",
    "Normen": "norm, marge, uren per fte, tarief van inhuur: een andere waarde rekent overal door",
    "Lean en opgave": "euro's en uren per team, teamleider, domein, programma en taakveld",
    "Aansluiting": "regels tegen de totalen van het bestand, en tegen Iv3",
    "Saldo": "uren over of tekort per team en kwartaal",
    "Capaciteit": "beschikbaar, regulier werk, gevraagd en toegezegd per team en kwartaal",
    "Controles": "alle controles met hun uitslag",
    "Begroting": "alle begrotingsregels, met bestand, blad en rij",
    "Formatie": "teams met fte en uren",
    "Uren": "alle urenaanvragen, met bestand, blad en rij",
    "Besluiten": "wie wat besloot, wanneer en waarom",
}


class Afgifte(Basis, naam="afgifte"):
    """Buttons that hand over a file: it is made when asked, and becomes a download of the page.

    Attributes
    ----------
    bestanden : dicts with `naam`, `titel`, `knop` and `uitleg`
    """

    bestanden = t.List(t.Dict()).tag(sync=True)


class MeenemenPaneel(Paneel):
    """The workbook to take along.

    Attributes
    ----------
    afgifte : the buttons; what was asked arrives at `ontvang`
    """

    def _bouw(self) -> ipywidgets.Widget:
        self._taak: Future | None = None
        self.afgifte = Afgifte(bestanden=[dict(b) for b in BESTANDEN])
        self.afgifte.on_msg(lambda _w, inhoud, _b: self.ontvang(inhoud))
        rijen = Markup().join(html("<li><b>{b}</b>: {w}</li>", b=b, w=w) for b, w in BLADEN.items())
        inhoud = html(
            "<h2>Wat erin zit</h2><ul>{r}</ul><p class='ow-onder'>{u}</p>",
            r=rijen,
            u="Gekleurde cellen mag u wijzigen; de rest is beveiligd tegen vergissingen, zonder wachtwoord. "
            "Uit een cel van een bestand wordt nooit een formule.",
        )
        kop = koptekst(
            "Wilt u er zelf mee rekenen?",
            "Neem alle cijfers mee als werkboek, met formules die blijven rekenen.",
            "Het bestand wordt gemaakt uit de werkmap zoals zij nu is. Er gaat niets naar buiten.",
        )
        boven = ipywidgets.VBox([ipywidgets.HTML(kop), self.afgifte]).add_class("ow-kaart")
        onder = ipywidgets.VBox([ipywidgets.HTML(str(inhoud))]).add_class("ow-kaart")
        return ipywidgets.VBox([*self._eigen_melding, boven, onder])

    def toon(self, stand: Stand) -> None:
        """The werkmap of which the next file is made."""
        self.stand = stand

    def _teken(self) -> None:
        """Nothing depends on the werkmap before a file is asked."""

    def ontvang(self, bericht: dict[str, Any]) -> None:
        """A file is asked; the page stays alive while it is made."""
        if bericht.get("soort") != "vraag" or self.stand is None:
            return
        maak = vang(self.melding, "maken van het werkboek")(self._vraag)
        if maak(str(bericht.get("naam"))) is None:
            self.afgifte.send({"soort": "mislukt"})

    def _vraag(self, soort: str) -> bool:
        if soort not in meenemen.MIME:
            raise BesluitFout("Dit bestand bestaat niet. Kies Excel of LibreOffice.")
        if self._taak is not None and not self._taak.done():
            raise BesluitFout("Er wordt al een bestand gemaakt. Wacht tot dat klaar is.")
        self._taak = meenemen.werkboek_in_kind(self.stand, soort)
        naam = meenemen.bestandsnaam(self.stand.werkmap.naam, soort, datetime.now())
        versier = vang(self.melding, "maken van het werkboek")
        try:
            asyncio.get_running_loop()
        except RuntimeError:  # a notebook cell or a test: nobody waits for other things meanwhile
            self._geef(versier, naam, soort, self._taak.result)
            return True
        asyncio.wrap_future(self._taak).add_done_callback(lambda f: self._geef(versier, naam, soort, f.result))
        return True

    def _geef(self, versier: Callable, naam: str, soort: str, antwoord: Callable[[], bytes]) -> None:
        inhoud = versier(antwoord)()
        if inhoud is None:
            self.afgifte.send({"soort": "mislukt"})
            return
        self.afgifte.send(
            {"soort": "bestand", "bestandsnaam": naam, "mime": meenemen.MIME[soort]}, buffers=[inhoud]
        )
