"""Versions of a begroting: the one that was decided first, and the wijzigingen after it."""

from __future__ import annotations

from enum import StrEnum

from opgavelib.fouten import BesluitFout


class Rol(StrEnum):
    """What a source with budget lines is."""

    BEGROTING = "begroting"  # its lines count; several add up
    WIJZIGING = "wijziging"  # its lines are differences and come on top
    VERVANGT = "vervangt"  # a whole begroting that takes the place of those before it
    TELT_NIET = "telt niet mee"


def keur_rol(rol: str) -> Rol:
    """The role of that name.

    Raises
    ------
    BesluitFout : there is none
    """
    if rol not in list(Rol):
        raise BesluitFout(f"'{rol}' kan niet; kies uit: {', '.join(Rol)}.")
    return Rol(rol)
