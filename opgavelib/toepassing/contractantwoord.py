"""Answering requests for hours: what an answer comes to and would do, and storing it; asking, and taking back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from opgavelib.domein import contractering, verdringing
from opgavelib.domein.scenario import BASIS
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing.contractering import Contractering

# What can be said of requests, as `voorgenomen` takes it.
ALLES, DEEL, PER_KWARTAAL, AFWIJZEN, REST_AFWIJZEN, TERUG = (
    "alles", "deel", "per_kwartaal", "afwijzen", "rest_afwijzen", "terug",
)  # fmt: skip
_NIET_MEE = "hoort bij een opgave die niet doorgaat, en telt niet mee in de uren van het team."


def voorgenomen(
    c: Contractering, aanvragen: Sequence[str], wat: str, uren: float | Mapping[str, float] | None = None
) -> dict[str, dict[str, object]]:
    """The answers per row that come of one thing said about these requests.

    Parameters
    ----------
    wat : ALLES promises all that is asked; DEEL promises `uren` in total, spread by what every quarter asks;
        PER_KWARTAAL promises `uren` by key of the row, others stay as they are; AFWIJZEN refuses all of it,
        REST_AFWIJZEN only where nothing is promised; TERUG makes it asked again

    Raises
    ------
    BesluitFout : no such request, more than is asked, or nothing that would change
    """
    if onbekend := [a for a in aanvragen if a not in c.overzicht.index]:
        raise BesluitFout(f"Aanvraag '{onbekend[0]}' is er niet meer.")
    sleutels = c.rijen.index[c.rijen["aanvraag"].isin(list(aanvragen))]
    inzet = c.stand.werk.inzet.loc[sleutels]
    if wat in (AFWIJZEN, REST_AFWIJZEN):
        over = inzet if wat == AFWIJZEN else inzet[inzet["uren_toegezegd"] <= 0]
        uit = contractering.wijs_af(over)
    else:
        uit = contractering.zeg_toe(inzet, _te_geven(inzet, wat, uren))
    if not uit:
        raise BesluitFout("Dit is al zo; er verandert niets.")
    return uit


def gevolg(c: Contractering, antwoorden: Mapping[str, Mapping[str, object]]) -> verdringing.Gevolg:
    """What these answers would do (`domein.verdringing.gevolg`), reckoned over the requests that capaciteit counts:
    work that is not done pushes nothing out and is not pushed out."""
    ruimte = c.stand.capaciteit.tabel["ruimte_uren"].to_dict()
    telt = c.stand.werk.vraag_in(c.stand.scenarios[BASIS])
    uit = verdringing.gevolg(telt, ruimte, c.voorrang, antwoorden)
    if not (buiten := [k for k in antwoorden if k not in telt.index]):
        return uit
    if len(buiten) == len(antwoorden):
        return replace(uit, toelichting=f"Dit {_NIET_MEE}")
    return replace(uit, toelichting=f"{uit.toelichting} Een deel {_NIET_MEE}")


def antwoord(
    c: Contractering,
    antwoorden: Mapping[str, Mapping[str, object]],
    wie: str,
    reden: str = "",
    *,
    gezien: int | None = None,
) -> list[int]:
    """Store answers of `voorgenomen` (`opslag.Contracten.beantwoord`); gives the numbers of their events."""
    return c.stand.werkmap.contracten.beantwoord(antwoorden, wie, reden, gezien=gezien)


def vraag_aan(
    c: Contractering,
    activiteit: str,
    team: str,
    uren: Mapping[str, float],
    wie: str,
    *,
    deskundigheid: str = "",
    reden: str = "",
) -> list[int]:
    """Ask hours of a team, by quarter.

    Raises
    ------
    BesluitFout : an unknown activiteit or team, no quarters, or hours that cannot be
    """
    if team not in c.teams:
        raise BesluitFout("Kies het team waaraan u de uren vraagt uit de lijst.")
    if not uren:
        raise BesluitFout("Kies een laatste kwartaal dat niet voor het eerste ligt.")
    aanvragen = [
        {
            "activiteit": activiteit,
            "team": team,
            "kwartaal": k,
            "uren_gevraagd": u,
            "deskundigheid": deskundigheid,
        }
        for k, u in uren.items()
    ]
    return c.stand.werkmap.contracten.vraag_aan(aanvragen, wie, reden)


def trek_in(
    c: Contractering, aanvragen: Sequence[str], wie: str, reden: str, *, gezien: int | None = None
) -> list[int]:
    """Take back what was asked on screen; what a file asks, is taken out of that file.

    Raises
    ------
    BesluitFout : nothing of it was asked on screen, or no reason
    """
    r = c.rijen
    sleutels = list(r.index[r["aanvraag"].isin(list(aanvragen)) & r["op_scherm"]])
    if not sleutels:
        raise BesluitFout("Deze uren staan in een bestand. Haal ze daar weg en lees het opnieuw in.")
    return c.stand.werkmap.contracten.trek_in(sleutels, wie, reden, gezien=gezien)


def _te_geven(inzet: pd.DataFrame, wat: str, uren: float | Mapping[str, float] | None) -> dict[str, float]:
    """Hours to promise per row."""
    gevraagd = inzet["uren_gevraagd"].astype(float).to_dict()
    if wat == ALLES:
        return gevraagd
    if wat == TERUG:
        return dict.fromkeys(gevraagd, 0.0)
    if wat == DEEL and isinstance(uren, int | float):
        return contractering.verdeel(float(uren), gevraagd)
    if wat == PER_KWARTAAL and isinstance(uren, Mapping):
        return {k: float(u) for k, u in uren.items() if k in gevraagd}
    raise BesluitFout("Zeg toe, zeg een deel toe of wijs af.")
