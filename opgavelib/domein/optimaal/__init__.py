"""Choice and timing of a shortlist together: the best one, why not another, and what it depends on.

The solver (OR-Tools CP-SAT) is imported when it is used. It cannot live in one process with highspy.
"""

from opgavelib.domein.optimaal.los import los_op

__all__ = ["los_op"]
