"""A result of `domein` as a picture, its figures as a table, and its conclusion as a sentence.

Figures are plain Plotly dicts: a page's kernel need not import plotly, and colours are tokens
(``token:fysiek``) that follow the theme of the page.
"""

from opgavelib.weergave.belasting import belasting
from opgavelib.weergave.complexiteit import complexiteit_tijd
from opgavelib.weergave.figuur import Figuur
from opgavelib.weergave.lean_opgave import lean_opgave
from opgavelib.weergave.shortlist import shortlist
from opgavelib.weergave.trechter import trechter

__all__ = ["Figuur", "belasting", "complexiteit_tijd", "lean_opgave", "shortlist", "trechter"]
