"""Choice and timing of a shortlist together: the best one, why not another, and what it depends on.

The solver (OR-Tools CP-SAT) is imported when it is used. It cannot live in one process with highspy.
"""

from opgavelib.domein.optimaal.eisen import Botsing, Eis, botsing
from opgavelib.domein.optimaal.krapte import Punt, front, met_factor
from opgavelib.domein.optimaal.los import los_op
from opgavelib.domein.optimaal.steekproef import Onzekerheid, Telling, steekproef, stukken
from opgavelib.domein.optimaal.tekort import Tekort
from opgavelib.domein.optimaal.waarom import Waarom, waarom_niet, waarom_niet_alle

__all__ = [
    "Botsing", "Eis", "Onzekerheid", "Punt", "Tekort", "Telling", "Waarom",
    "botsing", "front", "los_op", "met_factor", "steekproef", "stukken", "waarom_niet", "waarom_niet_alle",
]  # fmt: skip
