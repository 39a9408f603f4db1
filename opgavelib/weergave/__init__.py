"""A result of `domein` as a picture, its figures as a table, and its conclusion as a sentence.

Figures are plain Plotly dicts: a page's kernel need not import plotly, and colours are tokens
(``token:fysiek``) that follow the theme of the page.
"""

from opgavelib.weergave.belasting import belasting
from opgavelib.weergave.complexiteit import complexiteit_tijd
from opgavelib.weergave.figuur import Figuur
from opgavelib.weergave.inventaris import ambities, bronnen, oneens
from opgavelib.weergave.lean_opgave import aansluiting, lean_opgave, per_domein
from opgavelib.weergave.shortlist import shortlist
from opgavelib.weergave.team import team
from opgavelib.weergave.trechter import trechter
from opgavelib.weergave.wat_als import wat_als

__all__ = [
    "Figuur",
    "aansluiting",
    "ambities",
    "belasting",
    "bronnen",
    "complexiteit_tijd",
    "lean_opgave",
    "oneens",
    "per_domein",
    "shortlist",
    "team",
    "trechter",
    "wat_als",
]
