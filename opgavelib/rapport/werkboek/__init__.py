"""A workbook to take along: live formulas with their results beside them, as .xlsx and .ods."""

from __future__ import annotations

from opgavelib.rapport import SOORTEN
from opgavelib.rapport.werkboek.bladen import bouw
from opgavelib.rapport.werkboek.gegevens import Gegevens, Norm
from opgavelib.rapport.werkboek.model import Werkboek

__all__ = ["Gegevens", "Norm", "Werkboek", "bouw", "inhoud"]


def inhoud(boek: Werkboek, soort: str) -> bytes:
    """A workbook as the contents of a file.

    Parameters
    ----------
    soort : one of `opgavelib.rapport.SOORTEN`

    Raises
    ------
    ValueError : no such soort
    """
    from opgavelib.rapport.werkboek import ods, xlsx

    schrijvers = {"xlsx": xlsx.schrijf, "ods": ods.schrijf}
    if soort not in schrijvers:
        raise ValueError(f"soort {soort!r} bestaat niet; kies uit {', '.join(SOORTEN)}")
    return schrijvers[soort](boek)
