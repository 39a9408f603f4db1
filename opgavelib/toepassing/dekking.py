"""How much of what every source and every council member asked is where."""

from __future__ import annotations

import pandas as pd

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.dekking import Dekking, dekking, leidend
from opgavelib.toepassing.stand import Stand

NIEMAND = "Niemand genoemd"
SNEDEN = ("bron", "collegelid", "soort")


def dekking_per(stand: Stand, snede: str) -> Dekking:
    """Coverage per source (a sheet that was read), per council member or per soort of source.

    A council member asked for a row when it stands in their top-5, else when they are its portefeuillehouder.
    So every row counts once, and each cut adds up to the rows read.

    Parameters
    ----------
    snede : one of `SNEDEN`

    Raises
    ------
    ValueError : another `snede`
    """
    if snede == "collegelid":
        groep = vrager(stand)
    elif snede in SNEDEN:
        groep = stand.ambities[snede]
    else:
        raise ValueError(f"{snede!r} is geen snede; kies uit {', '.join(SNEDEN)}")
    return dekking(stand.ambities[["bestemming", "naar"]], groep)


def vrager(stand: Stand) -> pd.Series:
    """Who asked for every row: Series (ambitie); `NIEMAND` when the sources name nobody."""
    stemmen = stand.tabel("stemmen").drop_duplicates("ambitie").set_index("ambitie")["collegelid"]
    naam = stand.ambities["portefeuillehouder"]
    stem = stemmen.reindex(naam.index)
    return stem.where(stem.notna(), naam).fillna(NIEMAND).str.strip().replace("", NIEMAND)


def opgave_per_domein(stand: Stand) -> pd.Series:
    """Rows that ended in an opgave, per domein of that opgave: Series (domein), counts; "" without domein."""
    a = stand.ambities
    eind = a.loc[leidend(a[["bestemming", "naar"]]), ["bestemming", "naar"]]
    opgave = eind.loc[eind["bestemming"] == Bestemming.OPGAVE, "naar"]
    domein = stand.tabel("opgaven")["domein"].reindex(opgave).fillna("")
    return domein.value_counts()
