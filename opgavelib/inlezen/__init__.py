"""The gate for untrusted Excel inventories: files in, checked tables and findings out.

`lees_bestanden` refuses everything when one thing is wrong and says all that is wrong at once;
`beoordeel_bestanden` gives the same findings without raising, for a preview.
"""

from opgavelib.inlezen.bestanden import Inlezing, beoordeel_bestanden, lees_bestanden
from opgavelib.inlezen.bladen import GelezenBlad
from opgavelib.inlezen.kolommen import SOORTEN

__all__ = ["SOORTEN", "GelezenBlad", "Inlezing", "beoordeel_bestanden", "lees_bestanden"]
