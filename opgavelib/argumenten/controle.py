"""The arguments of controle."""

from __future__ import annotations

from opgavelib.argumenten.basis import Help, werkmap


def voeg_controle_toe(onder) -> None:
    """The command controle."""
    controle = onder.add_parser(
        "controle",
        help="klopt alles, tot op de euro en het uur?",
        formatter_class=Help,
        description="Loopt alle controles na: begroting, formatie, capaciteit en inventarisatie. Wat niet klopt,\n"
        "staat bovenaan, met bestand, blad en rij. Code 0: alles akkoord. Code 1: een of meer controles zijn\n"
        "fout. Een 'let op' of wat niet te controleren is, keurt niet af.",
    )
    werkmap(controle)
