"""Controles: rules with a name that euros, hours and rows must keep, and where they do not."""

from opgavelib.domein.controle.basis import (
    HOOGSTENS,
    KOLOMMEN,
    Controle,
    Groep,
    Regel,
    Uitslag,
    samenvatting,
)

__all__ = ["HOOGSTENS", "KOLOMMEN", "Controle", "Groep", "Regel", "Uitslag", "samenvatting"]
