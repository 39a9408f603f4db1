"""The arguments of `opgave begroting`."""

from __future__ import annotations

import argparse

from opgavelib.argumenten.basis import Help, werkmap


def _jaar(tekst: str) -> int:
    if not tekst.isdecimal() or len(tekst) != 4:
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen jaar, bijvoorbeeld 2027")
    return int(tekst)


def voeg_begroting_toe(onder) -> None:
    """Add `opgave begroting`."""
    begroting = onder.add_parser(
        "begroting",
        help="lean en opgave, in euro's en in uren",
        formatter_class=Help,
        description="Lean en opgave in totaal, per team, teamleider, domein, programma, taakveld en jaar, en de\n"
        "aansluiting op de totalen van de bestanden. De norm gaat over euro's; uren zijn afgeleid van de\n"
        "formatie. Wat u hier kiest, geldt alleen voor dit antwoord: er wordt niets opgeslagen.",
    )
    werkmap(begroting)
    begroting.add_argument("--jaar", type=_jaar, metavar="J", help="een ander jaar dan het peiljaar")
    begroting.add_argument(
        "--overhead", choices=["meetellen", "eigen-regel", "verdelen"],
        help="hoe overhead in het aandeel telt: zoals de regels zelf zeggen, apart, of verdeeld naar salarissen",
    )  # fmt: skip
    begroting.add_argument(
        "--alles-telt-mee", action="store_true", help="ook reserves en resultaat tellen mee in het aandeel"
    )
