"""The work under opgaven and what it asks of teams, moved along when an opgave changes.

A promise holds for the quarter in which it was given. When the work moves, the hours move along and the promise
lapses: the teamleider promised other weeks than those.

References
----------
An opgave changes while you work on it, and the capacity under it must move along: VPNG webinar, 2022.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from opgavelib.domein import kwartaal
from opgavelib.domein.contract import Status
from opgavelib.domein.scenario import Scenario, Soort


def geldende_inzet(
    inzet: pd.DataFrame, antwoorden: Mapping[str, Mapping[str, object]], scenario: Scenario | None = None
) -> pd.DataFrame:
    """Requests as they hold now: with what was answered, and moved, shrunk or stopped as a scenario says.

    Parameters
    ----------
    inzet : DataFrame, index inzet; activiteit, team, kwartaal, uren_gevraagd, uren_toegezegd, status
    antwoorden : per key of a request status, uren_toegezegd and kwartaal; these go before what `inzet` says
    scenario : its choices STOP, SCHUIF and KRIMP on activiteiten

    Returns
    -------
    DataFrame, same columns, without requests that fall after a stop or of which nothing is left;
    ``kwartaal_gevraagd`` (where the request was put) and ``uren_vervallen`` (what was promised for another quarter,
    or above what is still asked) besides. uren_toegezegd is never above uren_gevraagd after a shrink.
    """
    uit = inzet.copy()
    uit["uren_toegezegd"] = uit["uren_toegezegd"].fillna(0.0)
    uit["status"] = uit["status"].where(uit["status"].notna(), str(Status.GEVRAAGD))
    uit["kwartaal_gevraagd"] = uit["kwartaal"]
    uit["uren_vervallen"] = 0.0
    voor = uit["kwartaal"].copy()
    bekend = [k for k in antwoorden if k in uit.index]
    if bekend:
        for kolom in ("status", "uren_toegezegd"):
            uit.loc[bekend, kolom] = [antwoorden[k][kolom] for k in bekend]
        voor.loc[bekend] = [antwoorden[k]["kwartaal"] for k in bekend]
    uit = _verander(uit, scenario) if scenario is not None else uit
    voor = voor.reindex(uit.index)
    over = (uit["uren_toegezegd"] - uit["uren_gevraagd"]).clip(lower=0.0)
    gekrompen = uit.pop("_gekrompen") if "_gekrompen" in uit else pd.Series(False, index=uit.index)
    elders = (voor != uit["kwartaal"]) & (uit["status"] != str(Status.GEVRAAGD))
    uit["uren_vervallen"] = np.where(elders, uit["uren_toegezegd"], np.where(gekrompen, over, 0.0))
    uit["uren_toegezegd"] = uit["uren_toegezegd"] - uit["uren_vervallen"]
    uit["status"] = uit["status"].mask(elders, str(Status.GEVRAAGD))
    return uit


def _verander(inzet: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Move, shrink and stop; what moves is shrunk and stopped by the quarter in which it ends up."""
    uit = inzet.assign(_gekrompen=False)
    for activiteit, w in scenario.over(Soort.SCHUIF).items():
        rijen = uit["activiteit"] == activiteit
        uit.loc[rijen, "kwartaal"] = [
            kwartaal.uit_volgnummer(kwartaal.volgnummer(k) + int(w["kwartalen"]))
            for k in uit.loc[rijen, "kwartaal"]
        ]
    krimp = {a: w for a, w in scenario.over(Soort.KRIMP).items() if w["factor"] != 1}
    for activiteit, w in krimp.items():
        rijen = (uit["activiteit"] == activiteit) & (uit["kwartaal"] >= w["vanaf"])
        uit.loc[rijen, "uren_gevraagd"] *= float(w["factor"])
        uit.loc[rijen, "_gekrompen"] = True
    for activiteit, w in scenario.over(Soort.STOP).items():
        uit = uit[(uit["activiteit"] != activiteit) | (uit["kwartaal"] < w["vanaf"])]
    return uit[(uit["uren_gevraagd"] > 0) | (uit["uren_toegezegd"] > 0) | ~uit["_gekrompen"]]
