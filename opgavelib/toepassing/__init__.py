"""What a user asks of a werkmap: the one place where reading, storing and rules come together.

The command line, the notebooks and the dashboards all ask here, so they cannot give different answers.
"""

from opgavelib.toepassing.lezen import lees_in
from opgavelib.toepassing.openen import open_stand
from opgavelib.toepassing.stand import Stand
from opgavelib.toepassing.voorbeeld import maak_voorbeeld

__all__ = ["Stand", "lees_in", "maak_voorbeeld", "open_stand"]
