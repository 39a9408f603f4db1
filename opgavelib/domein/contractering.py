"""Requests for hours as people see them: one activiteit that asks one team, over its quarters, and where it stands.

References
----------
Asked, promised or refused between opdrachtnemer and teamleider: Heemskerk, kenniskring 21-3-2024.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.contract import Status
from opgavelib.fouten import BesluitFout


class Staat(StrEnum):
    """Where a whole request stands: one activiteit that asks one team for one deskundigheid, over its quarters."""

    GEVRAAGD = "gevraagd"
    VERVALLEN = "vervallen"  # the work moved: what was promised was for other quarters, so it is asked again
    DEELS = "deels toegezegd"
    AFGEWEZEN = "afgewezen"
    TOEGEZEGD = "toegezegd"


AANVRAAG = ("activiteit", "team", "deskundigheid")
DELEN = ("toegezegd_uren", "afgewezen_uren", "rest_uren", "opnieuw_uren", "onbeantwoord_uren")
MARGE_UREN = 0.5  # less than half an hour is rounding


def uitgesplitst(inzet: pd.DataFrame) -> pd.DataFrame:
    """The asked hours of every row, split by what was said about them.

    Parameters
    ----------
    inzet : result of `domein.werk.geldende_inzet`

    Returns
    -------
    DataFrame, same index; activiteit, team, deskundigheid (text, empty for none), aanvraag (key of the request),
    kwartaal, status, gevraagd_uren, and its parts `DELEN`: promised, refused, left over where part was promised,
    to be asked again because the work moved, and not answered; open_uren is the sum of the last three, boven_uren
    what was promised above what is asked now. gevraagd_uren + boven_uren is the sum of the parts.
    """
    uit = inzet[["activiteit", "team", "kwartaal", "status"]].copy()
    uit["deskundigheid"] = inzet["deskundigheid"].fillna("").astype(str)
    uit["aanvraag"] = uit["activiteit"].astype(str) + "|" + uit["team"].astype(str) + "|" + uit["deskundigheid"]
    gevraagd = inzet["uren_gevraagd"].fillna(0.0)
    weg = inzet["status"] == str(Status.AFGEWEZEN)
    toegezegd = inzet["uren_toegezegd"].fillna(0.0).mask(weg, 0.0)
    open_ = (gevraagd - toegezegd).clip(lower=0.0).mask(weg, 0.0)
    opnieuw = (inzet["status"] == str(Status.GEVRAAGD)) & (inzet["uren_vervallen"] > 0)
    rest = ~opnieuw & ((toegezegd > 0) | (inzet["status"] == str(Status.TOEGEZEGD)))
    uit["gevraagd_uren"] = gevraagd
    uit["toegezegd_uren"] = toegezegd
    uit["afgewezen_uren"] = gevraagd.where(weg, 0.0)
    uit["rest_uren"] = open_.where(rest, 0.0)
    uit["opnieuw_uren"] = open_.where(opnieuw, 0.0)
    uit["onbeantwoord_uren"] = open_.mask(rest | opnieuw, 0.0)
    uit["open_uren"] = open_
    uit["boven_uren"] = (toegezegd - gevraagd).clip(lower=0.0)
    return uit


def per_aanvraag(rijen: pd.DataFrame) -> pd.DataFrame:
    """Requests as people see them.

    Parameters
    ----------
    rijen : result of `uitgesplitst`

    Returns
    -------
    DataFrame, index aanvraag; activiteit, team, deskundigheid, begin and eind (quarters), the hours of
    `uitgesplitst`, and staat (`Staat`). A request that asks nothing and was promised nothing is left out.
    """
    uren = ["gevraagd_uren", *DELEN, "open_uren", "boven_uren"]
    eerst = {k: (k, "first") for k in AANVRAAG}
    kwartalen = {"begin": ("kwartaal", "min"), "eind": ("kwartaal", "max")}
    uit = rijen.groupby("aanvraag").agg(**eerst, **kwartalen, **{u: (u, "sum") for u in uren})
    uit = uit[(uit["gevraagd_uren"] > 0) | (uit["toegezegd_uren"] > 0)]
    toegezegd, dicht = uit["toegezegd_uren"] > 0, uit["open_uren"] < MARGE_UREN
    keuzes = [
        (dicht & toegezegd & (uit["afgewezen_uren"] == 0), Staat.TOEGEZEGD),
        (uit["opnieuw_uren"] > 0, Staat.VERVALLEN),
        (toegezegd, Staat.DEELS),
        (dicht, Staat.AFGEWEZEN),
    ]
    staat = np.select([k for k, _ in keuzes], [str(s) for _, s in keuzes], str(Staat.GEVRAAGD))
    return uit.assign(staat=pd.Series(staat, index=uit.index, dtype=object))


def verdeel(totaal: float, gevraagd: Mapping[str, float]) -> dict[str, float]:
    """A promise of `totaal` hours over requests, by what each asks: whole hours that add up.

    Parameters
    ----------
    totaal : hours, at most the sum of `gevraagd`
    gevraagd : hours per request; none gets more

    Raises
    ------
    BesluitFout : below 0, or more than is asked

    References
    ----------
    Largest remainder (Hamilton); ties by key, so that the order of the requests does not matter.
    """
    som = sum(gevraagd.values())
    if not 0 <= totaal <= som + 1e-9:
        raise BesluitFout(f"Zeg hoogstens {notatie.uren(som)} toe; meer is er niet gevraagd.")
    if totaal >= som:
        return dict(gevraagd)
    aandeel = {k: q * totaal / som for k, q in gevraagd.items()}
    uit = {k: float(math.floor(a + 1e-9)) for k, a in aandeel.items()}
    rest, volgorde = totaal - sum(uit.values()), sorted(uit, key=lambda k: (uit[k] - aandeel[k], k))
    # A second round only when what is asked is no whole number: then some cannot take a whole hour more.
    while rest > 1e-9:
        for k in volgorde:
            erbij = max(0.0, min(1.0, rest, gevraagd[k] - uit[k]))
            uit[k] += erbij
            rest -= erbij
    return uit


def zeg_toe(inzet: pd.DataFrame, uren: Mapping[str, float]) -> dict[str, dict[str, object]]:
    """Answers that promise these hours, for the quarter in which each row is now.

    Parameters
    ----------
    inzet : rows of `domein.werk.geldende_inzet`
    uren : hours per row, 0 to what it asks; 0 leaves it open

    Returns
    -------
    dict, key of the row -> answer as `keur_antwoord` wants it; what holds already is left out

    Raises
    ------
    BesluitFout : below 0, or more than is asked in that quarter
    """
    uit = {}
    rijen = inzet.loc[list(uren), ["uren_gevraagd", "uren_toegezegd", "status", "kwartaal"]].to_dict("records")
    for (sleutel, u), rij in zip(uren.items(), rijen, strict=True):
        if not 0 <= u <= rij["uren_gevraagd"] + 1e-9:
            wat = f"In {rij['kwartaal']} is {notatie.uren(rij['uren_gevraagd'])} gevraagd"
            raise BesluitFout(f"{wat}; zeg 0 tot en met dat aantal toe.")
        status = Status.TOEGEZEGD if u > 0 else Status.GEVRAAGD
        if (rij["status"], rij["uren_toegezegd"]) != (str(status), u):
            uit[sleutel] = {"status": str(status), "uren_toegezegd": float(u), "kwartaal": rij["kwartaal"]}
    return uit


def wijs_af(inzet: pd.DataFrame) -> dict[str, dict[str, object]]:
    """Answers that refuse these rows, as `zeg_toe`."""
    over = inzet[inzet["status"] != str(Status.AFGEWEZEN)]
    nee = {"status": str(Status.AFGEWEZEN), "uren_toegezegd": 0.0}
    return {k: {**nee, "kwartaal": kw} for k, kw in over["kwartaal"].items()}
