"""The charts of the screen to choose on: the shortlist in time, what every team keeps, value against capacity."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets

from opgavelib.domein.vraagstuk import gebruik_uren
from opgavelib.toepassing.kiezen import Keuze
from opgavelib.weergave import kiezen as weergave
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.grafiek import Grafiek
from opgavelib.widgets.veilig import html


class Kiesfiguren:
    """Made once, drawn again for every answer.

    Attributes
    ----------
    wanneer : card with the `tijdlijn`
    tijdlijn : chart; `klik` gives the item
    ruimte, front : views
    """

    def __init__(self) -> None:
        self.tijdlijn = Grafiek()
        kop = ipywidgets.HTML(str(html("<h2 class='ow-vraag'>Wat staat erin, en wanneer?</h2>")))
        self.wanneer = ipywidgets.VBox([kop, self.tijdlijn]).add_class("ow-kaart")
        self.ruimte = Beeld("Wat houdt elk team over?", "Uren per team en kwartaal, krapste eerst", hoogstens=4)
        self.front = Beeld(bijschrift="Punten bij meer of minder", hoogstens=11)

    def toon(self, keuze: Keuze, plan: int) -> None:
        """A shortlist; the first `plan` quarters are the planperiode."""
        v = keuze.vraagstuk
        lijn = weergave.tijdlijn(keuze.gekozen, v.kwartalen, plan, keuze.toelichting)
        self.wanneer.layout = zichtbaar(bool(lijn.figuur))
        with self.tijdlijn.hold_sync():
            self.tijdlijn.figuur, self.tijdlijn.hoogte = lijn.figuur, lijn.hoogte
            self.tijdlijn.omschrijving = lijn.conclusie
        uren = gebruik_uren(v, keuze.oplossing.start)
        tot = max([plan, *[q + 1 for q in range(len(v.kwartalen)) if uren[:, q].any()]])
        self.ruimte.toon(weergave.ruimte_over(v.teams, v.kwartalen[:tot], v.ruimte_uren[:, :tot], uren[:, :tot]))

    def toon_front(self, punten: Sequence[dict], soort: str, klaar: bool) -> None:
        """The points that are known."""
        self.front.doos.layout = zichtbaar(bool(punten))
        self.front.toon(weergave.front(punten, soort, klaar))
