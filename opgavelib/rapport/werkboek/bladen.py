"""Puts the sheets together."""

from __future__ import annotations

from opgavelib import notatie
from opgavelib.rapport.werkboek import geld, overig, sluiten, sneden, uren
from opgavelib.rapport.werkboek.gegevens import Gegevens
from opgavelib.rapport.werkboek.model import Werkboek


def bouw(g: Gegevens) -> Werkboek:
    """The workbook: first what it says, then the figures, then where they come from."""
    normen, namen = overig.normen(g)
    begroting, regels = geld.begroting(g)
    formatie, teams = uren.formatie(g)
    aanvragen, inzet = uren.uren(g)
    capaciteit, balans = uren.capaciteit(g, teams, inzet)
    bladen = [
        overig.toelichting(g),
        normen,
        sneden.lean_opgave(g, regels, teams),
        sluiten.aansluiting(g, regels),
        overig.saldo(g, balans.eerste),
        capaciteit,
        overig.controles(g),
        begroting,
        formatie,
        aanvragen,
        overig.besluiten(g),
    ]
    voet = f"Opgavenwerkboek · {g.werkmap} · {notatie.moment(g.gemaakt_op)}"
    return Werkboek("Opgavenwerkboek om mee te nemen", voet, g.gemaakt_op, bladen, namen)
