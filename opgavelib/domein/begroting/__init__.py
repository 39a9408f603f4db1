"""Lean and opgave in euros, with the (derived) hours beside them, against the 80/20 norm, reconciled to the
begroting."""

from opgavelib.domein.begroting.aansluiting import Gelezen, aansluiting
from opgavelib.domein.begroting.norm import Norm, Overhead
from opgavelib.domein.begroting.regels import (
    GEEN_DOMEIN,
    GEEN_PROGRAMMA,
    GEEN_TEAM,
    GEEN_TEAMLEIDER,
    OVERHEAD,
    met_centen,
    verdeel_regels,
)
from opgavelib.domein.begroting.snede import AFGELEID, SNEDEN
from opgavelib.domein.begroting.uitkomst import MATEN, LeanOpgave, lean_opgave

__all__ = [
    "AFGELEID", "GEEN_DOMEIN", "GEEN_PROGRAMMA", "GEEN_TEAM", "GEEN_TEAMLEIDER", "MATEN", "OVERHEAD", "SNEDEN",
    "Gelezen", "LeanOpgave", "Norm", "Overhead", "aansluiting", "lean_opgave", "met_centen",
    "verdeel_regels",
]  # fmt: skip
