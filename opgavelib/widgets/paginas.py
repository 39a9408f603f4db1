"""What the pages share: header, connection, tabs, and showing the werkmap of now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import ipywidgets

from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing.openen import werkmap_adres
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.hartslag import Hartslag
from opgavelib.widgets.navigatie import Navigatie
from opgavelib.widgets.pagina import kop
from opgavelib.widgets.veilig import Melding, vang

# Notebooks of the dashboards folder, in the order of the header.
PAGINAS = (
    ("mt", "MT-overzicht"),
    ("portefeuille", "Portefeuille"),
    ("prioriteren", "Prioriteren"),
    ("capaciteit", "Capaciteit"),
    ("controle", "Controle"),
)


class Pagina:
    """A page. Made before the visit; `werk_bij` shows the werkmap of now.

    Parameters
    ----------
    adres : folder or URL of the werkmap; default as `toepassing.openen.werkmap_adres`

    Attributes
    ----------
    naam, vraag : which of `PAGINAS` it is, and what it answers
    vlakken : (id, title) of its tabs
    lui : show a tab only when it is opened; on paper the others are empty then
    doos : the widget to display
    """

    naam: str
    vraag: str
    vlakken: tuple[tuple[str, str], ...]
    lui = False

    def __init__(self, adres: str | Path | None = None):
        self._werkmap = Werkmap(werkmap_adres(adres), herkomst=f"pagina {self.naam}")
        self._stand: Stand | None = None
        self._getoond: dict[str, int] = {}
        self.melding = Melding()
        self.handelingen = Handelingen(self.werk_bij, self.melding)
        self.kop = kop(
            dict(PAGINAS)[self.naam],
            self.vraag,
            werkmap=f"Werkmap {self._werkmap.naam}",
            links=[{"titel": titel, "adres": f"/{p}", "hier": p == self.naam} for p, titel in PAGINAS],
        )
        self.hartslag = Hartslag(self._anderen, self._werkmap.versie, self.melding)
        self.navigatie = Navigatie({"id": naam, "titel": titel} for naam, titel in self.vlakken)
        inhoud = self._bouw()
        vlakken = [inhoud[naam].add_class(f"vlak-{naam}") for naam, _ in self.vlakken]
        hoofd = ipywidgets.VBox([self.kop, *self._boven()]).add_class("ow-hoofd")
        self.doos = ipywidgets.VBox([hoofd, self.hartslag, self.melding, self.navigatie, *vlakken])
        self.navigatie.observe(vang(self.melding, "tonen")(lambda _: self._toon()), "actief")
        self.werk_bij()

    def _boven(self) -> list[ipywidgets.Widget]:
        """What stands in the header beside the title."""
        return []

    def _bouw(self) -> Mapping[str, ipywidgets.Widget]:
        """Make the widgets of every tab."""
        raise NotImplementedError

    def _toon_vlak(self, vlak: str, stand: Stand) -> None:
        """Show `stand` in one tab."""
        raise NotImplementedError

    def werk_bij(self) -> None:
        """Show the werkmap of now; does nothing when it did not change since the last time."""
        if self._stand is None or self._stand.versie != self._werkmap.versie():
            self._stand = Stand(self._werkmap)
            self.handelingen.toon(self._stand)
            self.hartslag.gezien(self._stand.versie)
            self.kop.staat = f"bijgewerkt om {datetime.now():%H:%M}"
        self._toon()

    def _toon(self) -> None:
        for vlak in [self.navigatie.actief] if self.lui else dict(self.vlakken):
            if self._getoond.get(vlak) != self._stand.versie:
                self._toon_vlak(vlak, self._stand)
                self._getoond[vlak] = self._stand.versie

    def _anderen(self, _versie: int) -> None:
        self.werk_bij()
        laatste = self._stand.laatste_gebeurtenis
        wie = laatste["wie"] if laatste is not None else "iemand"
        self.hartslag.bericht = f"Door {wie} gewijzigd om {datetime.now():%H:%M}, bijgewerkt"
