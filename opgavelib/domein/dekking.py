"""How much of what was asked is in, merged, regular work, later, refused or open: per group of source rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from opgavelib.domein.begrippen import Bestemming

# Where a row can end: a merged row ends where its leading row does.
EINDEN = tuple(b.value for b in Bestemming if b != Bestemming.SAMENGEVOEGD)
EIGEN = tuple(b.value for b in Bestemming)


@dataclass(frozen=True)
class Dekking:
    """Source rows per group, counted twice: by their own bestemming, and by where they ended.

    Attributes
    ----------
    eigen : DataFrame (groep x `EIGEN`), rows by their own bestemming
    via : DataFrame (groep x `EINDEN`), the merged rows among them by what their leading row got
    einde : DataFrame (groep x `EINDEN`), all rows by where they ended: own, and via a leading row
    parameters : number of rows read and of groups
    """

    eigen: pd.DataFrame
    via: pd.DataFrame
    einde: pd.DataFrame
    parameters: Mapping[str, object]

    @property
    def gevraagd(self) -> pd.Series:
        """Source rows per group."""
        return self.eigen.sum(axis=1)


def leidend(plaatsen: pd.DataFrame) -> pd.Series:
    """The row that each row finally went up in: itself when it was not merged.

    Parameters
    ----------
    plaatsen : DataFrame (ambitie); bestemming, naar

    Returns
    -------
    Series (ambitie), keys of `plaatsen`

    Raises
    ------
    ValueError : a merge into a row that is not there, or in a circle
    """
    op = plaatsen.loc[plaatsen["bestemming"] == Bestemming.SAMENGEVOEGD, "naar"].to_dict()
    bekend = set(plaatsen.index)
    gevonden: dict[str, str] = {}
    for rij in plaatsen.index:
        weg = [rij]
        while weg[-1] in op and weg[-1] not in gevonden:
            volgende = op[weg[-1]]
            if volgende not in bekend or volgende in weg:
                raise ValueError(f"{weg[-1]} gaat op in {volgende}, en dat kan niet")
            weg.append(volgende)
        eind = gevonden.get(weg[-1], weg[-1])
        gevonden.update(dict.fromkeys(weg, eind))
    return pd.Series([gevonden[r] for r in plaatsen.index], index=plaatsen.index, dtype=object)


def dekking(plaatsen: pd.DataFrame, groep: pd.Series) -> Dekking:
    """Count where the rows of every group are.

    Every row counts once in its group, so that each table adds up to the rows read.

    Parameters
    ----------
    plaatsen : DataFrame (ambitie); bestemming, naar; all rows read
    groep : Series (ambitie), the group of every row: a source, a council member; no missing values

    Raises
    ------
    ValueError : `groep` misses a row, or a merge cannot be followed
    """
    groep = groep.reindex(plaatsen.index)
    if groep.isna().any():
        raise ValueError("niet elke rij heeft een groep")
    eind = plaatsen["bestemming"].reindex(leidend(plaatsen)).set_axis(plaatsen.index)
    samen = plaatsen["bestemming"] == Bestemming.SAMENGEVOEGD
    groepen = list(dict.fromkeys(groep))
    return Dekking(
        _telling(groep, plaatsen["bestemming"], groepen, EIGEN),
        _telling(groep[samen], eind[samen], groepen, EINDEN),
        _telling(groep, eind, groepen, EINDEN),
        MappingProxyType({"rijen": len(plaatsen), "groepen": len(groepen)}),
    )


def _telling(groep: pd.Series, waar: pd.Series, groepen: list, kolommen: tuple[str, ...]) -> pd.DataFrame:
    telling = pd.crosstab(groep, waar)
    telling = telling.reindex(index=groepen, columns=list(kolommen), fill_value=0).astype(int)
    return telling.rename_axis(index="groep", columns=None)
