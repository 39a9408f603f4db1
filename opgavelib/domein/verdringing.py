"""What a promise of hours pushes out: other work of the same team, in the same quarter, that no longer fits.

The hours of a team are given away in a stated order. First what is being promised now, then what was promised
before, then what is only asked; within those by `voorrang`. What fitted before and does not fit afterwards is
pushed out. A warning, never a refusal: the teamleider decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.contract import Status
from opgavelib.domein.contractering import MARGE_UREN

PRIORITEIT = {"nu": 0, "later": 2, "niet": 3}
_GEEN_PRIORITEIT = 1  # an organisatieproject, or an opgave about which nothing was agreed yet
FASE = {"afronding": 0, "uitvoering": 1, "voorbereiding": 2, "idee": 3}
ORDE = (
    "Het eerst valt af wat nog niet is toegezegd. Daarbinnen eerst een opgave met prioriteit niet of later, dan "
    "wat niet op de shortlist staat, dan wat het minst ver is."
)
NIEUW, TOEZEGGING, AANVRAAG = 0, 1, 2


@dataclass(frozen=True)
class Gevolg:
    """What answers to requests would do.

    Attributes
    ----------
    kwartalen : DataFrame, index (team, kwartaal) of the answered rows; ruimte_uren (for opgaven), toegezegd_uren
        (now), na_uren (promised after these answers), vrij_uren (room left after them; below 0 is too much) and
        tekort_uren (promised above the room, 0 when it fits)
    verdrongen : DataFrame; inzet, activiteit, team, kwartaal, toegezegd (bool: it was promised, else only asked)
        and uren, what falls out first on top
    toelichting : sentence ready for the screen, with quarters and hours
    """

    kwartalen: pd.DataFrame
    verdrongen: pd.DataFrame
    toelichting: str

    @property
    def past(self) -> bool:
        """No team promises more than it has in any of these quarters."""
        return not (self.kwartalen["tekort_uren"] > MARGE_UREN).any()


def voorrang(activiteiten: pd.DataFrame) -> dict[str, int]:
    """How strong the claim of every activiteit is, by `ORDE`.

    Parameters
    ----------
    activiteiten : DataFrame, index activiteit; prioriteit (of its opgave), op_shortlist (bool), fase

    Returns
    -------
    dict by activiteit; 0 is the strongest and falls out last
    """
    prioriteit = activiteiten["prioriteit"].map(PRIORITEIT).fillna(_GEEN_PRIORITEIT)
    fase = activiteiten["fase"].map(FASE).fillna(max(FASE.values()))
    niet_gekozen = ~activiteiten["op_shortlist"].astype(bool)
    return (prioriteit * 8 + niet_gekozen * 4 + fase).astype(int).to_dict()


def gevolg(
    inzet: pd.DataFrame,
    ruimte: Mapping[tuple[str, str], float],
    rang: Mapping[str, int],
    antwoorden: Mapping[str, Mapping[str, object]],
) -> Gevolg:
    """What these answers would do, before they are stored.

    Parameters
    ----------
    inzet : result of `domein.werk.geldende_inzet`, all requests of all teams
    ruimte : hours for opgaven by (team, kwartaal); a team that is not there has none
    rang : result of `voorrang`; an activiteit that is not there is the weakest
    antwoorden : key of a row -> ``{"status", "uren_toegezegd", ...}``
    """
    geraakt = inzet.loc[[k for k in antwoorden if k in inzet.index], ["team", "kwartaal"]]
    plekken = pd.MultiIndex.from_frame(geraakt.drop_duplicates().sort_values(["team", "kwartaal"]))
    hier = inzet[pd.MultiIndex.from_frame(inzet[["team", "kwartaal"]]).isin(plekken)]
    voor, na = _uren(hier, {}), _uren(hier, antwoorden)
    zwakst = max(rang.values(), default=0) + 1
    zwakte = hier["activiteit"].map(rang).fillna(zwakst).astype(int)
    delen = {
        "voor": _past(hier, zwakte, ruimte, {TOEZEGGING: voor["toegezegd"], AANVRAAG: voor["open"]}),
        "na": _past(hier, zwakte, ruimte, {
            NIEUW: (na["toegezegd"] - voor["toegezegd"]).clip(lower=0.0),
            TOEZEGGING: np.minimum(na["toegezegd"], voor["toegezegd"]), AANVRAAG: na["open"],
        }),
    }  # fmt: skip
    verdrongen = _verdrongen(hier, zwakte, delen, set(antwoorden))
    kwartalen = _kwartalen(hier, plekken, ruimte, voor["toegezegd"], na["toegezegd"])
    return Gevolg(kwartalen, verdrongen, _zin(kwartalen, verdrongen))


def _uren(inzet: pd.DataFrame, antwoorden: Mapping[str, Mapping[str, object]]) -> pd.DataFrame:
    """Hours promised, and hours still asked, per row with these answers over it."""
    uit = inzet[["uren_gevraagd", "uren_toegezegd", "status"]].copy()
    hier = [k for k in antwoorden if k in uit.index]
    if hier:
        uit.loc[hier, "status"] = [str(antwoorden[k]["status"]) for k in hier]
        uit.loc[hier, "uren_toegezegd"] = [float(antwoorden[k]["uren_toegezegd"]) for k in hier]
    weg = uit["status"] == str(Status.AFGEWEZEN)
    toegezegd = uit["uren_toegezegd"].fillna(0.0).mask(weg, 0.0)
    open_ = (uit["uren_gevraagd"].fillna(0.0) - toegezegd).clip(lower=0.0).mask(weg, 0.0)
    return pd.DataFrame({"toegezegd": toegezegd, "open": open_})


def _past(
    hier: pd.DataFrame, zwakte: pd.Series, ruimte: Mapping[tuple[str, str], float], delen: Mapping[int, pd.Series]
) -> pd.Series:
    """Hours that fit, by (inzet, part), when every quarter is filled in the stated order."""
    rijen = pd.concat(
        [
            pd.DataFrame({
                "team": hier["team"], "kwartaal": hier["kwartaal"], "deel": deel, "zwakte": zwakte,
                "sleutel": hier.index, "uren": uren,
            })
            for deel, uren in delen.items()
        ]
    ).sort_values(["team", "kwartaal", "deel", "zwakte", "sleutel"])  # fmt: skip
    ervoor = rijen.groupby(["team", "kwartaal"])["uren"].cumsum() - rijen["uren"]
    plek = zip(rijen["team"], rijen["kwartaal"], strict=True)
    vrij = np.array([max(0.0, float(ruimte.get(p, 0.0))) for p in plek]) - ervoor
    past = np.minimum(vrij.clip(lower=0.0), rijen["uren"])
    return pd.Series(past.to_numpy(), index=pd.MultiIndex.from_arrays([rijen["sleutel"], rijen["deel"]]))


def _verdrongen(
    hier: pd.DataFrame, zwakte: pd.Series, delen: Mapping[str, pd.Series], zelf: set[str]
) -> pd.DataFrame:
    minder = (delen["voor"] - delen["na"].reindex(delen["voor"].index)).clip(lower=0.0)
    minder = minder[(minder > 1e-9) & ~minder.index.get_level_values(0).isin(zelf)]
    sleutels, deel = minder.index.get_level_values(0), minder.index.get_level_values(1)
    uit = hier.loc[sleutels, ["activiteit", "team", "kwartaal"]].rename_axis("inzet").reset_index()
    uit = uit.assign(toegezegd=deel == TOEZEGGING, uren=minder.to_numpy(), _zwak=zwakte.loc[sleutels].to_numpy())
    uit = uit.sort_values(["toegezegd", "_zwak", "inzet"], ascending=[True, False, False], ignore_index=True)
    return uit.drop(columns="_zwak")


def _kwartalen(
    hier: pd.DataFrame,
    plekken: pd.MultiIndex,
    ruimte: Mapping[tuple[str, str], float],
    voor: pd.Series,
    na: pd.Series,
) -> pd.DataFrame:
    groep = [hier["team"], hier["kwartaal"]]
    uit = pd.DataFrame(
        {
            "ruimte_uren": [float(ruimte.get(p, 0.0)) for p in plekken],
            "toegezegd_uren": voor.groupby(groep).sum().reindex(plekken).to_numpy(),
            "na_uren": na.groupby(groep).sum().reindex(plekken).to_numpy(),
        },
        index=plekken,
    )
    uit["vrij_uren"] = uit["ruimte_uren"] - uit["na_uren"]
    uit["tekort_uren"] = (-uit["vrij_uren"]).clip(lower=0.0)
    return uit


def _zin(kwartalen: pd.DataFrame, verdrongen: pd.DataFrame) -> str:
    if kwartalen.empty:
        return "Er verandert niets."
    te_veel = kwartalen[kwartalen["tekort_uren"] > MARGE_UREN]
    uren = float(verdrongen["uren"].sum())
    if te_veel.empty:
        if uren <= MARGE_UREN:
            return "Dit past in de ruimte van het team."
        return f"Dit past, maar dan is er voor {notatie.uren(uren)} aan andere aanvragen geen ruimte meer."
    (team, kwartaal), ergste = te_veel["tekort_uren"].idxmax(), float(te_veel["tekort_uren"].max())
    zin = (
        f"Team {team} heeft dan in het {notatie.kwartaal_voluit(kwartaal)} {notatie.uren(ergste)} meer toegezegd "
        "dan er ruimte is"
    )
    if len(te_veel) > 1:
        zin += f"; in {len(te_veel)} kwartalen samen {notatie.uren(float(te_veel['tekort_uren'].sum()))}"
    return zin + "."
