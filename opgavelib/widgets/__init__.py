"""Widgets: state and view, no calculation. The small models keep a page light (see basis.py)."""

from opgavelib.widgets.formulier import Formulier
from opgavelib.widgets.gewichten import Gewichten
from opgavelib.widgets.grafiek import Grafiek
from opgavelib.widgets.hartslag import Hartslag
from opgavelib.widgets.lijst import Sorteerlijst
from opgavelib.widgets.navigatie import Navigatie
from opgavelib.widgets.pagina import klaar_teken, kop, wacht_op_bezoeker
from opgavelib.widgets.tabel import Tabel
from opgavelib.widgets.veilig import Melding, html, vang

__all__ = [
    "Formulier",
    "Gewichten",
    "Grafiek",
    "Hartslag",
    "Melding",
    "Navigatie",
    "Sorteerlijst",
    "Tabel",
    "html",
    "klaar_teken",
    "kop",
    "vang",
    "wacht_op_bezoeker",
]
