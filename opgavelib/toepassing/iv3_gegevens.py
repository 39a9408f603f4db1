"""The Iv3 figures of all municipalities (`data/iv3`), read once, and their names as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from opgavelib.fouten import ParameterFout
from opgavelib.paden import map_van

if TYPE_CHECKING:
    import pandas as pd


@cache
def jaren() -> tuple[int, ...]:
    """Years with figures, oldest first."""
    return tuple(sorted(int(p.name[8:12]) for p in map_van("data/iv3").glob("cijfers_*.csv.gz")))


@cache
def cijfers(jaar: int) -> pd.DataFrame:
    """All municipalities of one year; do not change it, everybody gets the same one.

    Returns
    -------
    DataFrame; gemeente, taakveld (text: 0.10 is not 0.1), lasten_eur, baten_eur, salarissen_eur in euro, NaN
    where no salaries were delivered. A municipality that delivered only zeros is in it, with zeros.

    Raises
    ------
    ParameterFout : there are no figures of that year
    """
    import pandas as pd

    if jaar not in jaren():
        raise ParameterFout(f"Van {jaar} zijn er geen Iv3-cijfers; wel van {', '.join(map(str, jaren()))}.")
    # As text: a category would be read as a number first, and 0.10 would be 0.1.
    tabel = pd.read_csv(
        map_van("data/iv3") / f"cijfers_{jaar}.csv.gz",
        dtype={"gemeente": str, "taakveld": str},
        keep_default_na=False,
        na_values={"salarissen": [""]},
    )
    bedragen = tabel[["lasten", "baten", "salarissen"]] * 1000.0
    return tabel[["gemeente", "taakveld"]].join(bedragen.add_suffix("_eur"))


@cache
def gemeenten(jaar: int) -> pd.DataFrame:
    """Municipalities of one year: index gemeente; provincie, grootteklasse, stedelijkheid, inwoners."""
    import pandas as pd

    tabel = pd.read_csv(map_van("data/iv3") / "gemeenten.csv")
    return tabel[tabel["jaar"] == jaar].drop(columns="jaar").set_index("gemeente")


@cache
def taakvelden(jaar: int) -> Mapping[str, str]:
    """Name per taakveld of one year, in their own order; codes change with the year."""
    import csv

    with (map_van("data/iv3") / "taakvelden_per_jaar.csv").open(encoding="utf-8", newline="") as f:
        return {r["taakveld"]: r["naam"] for r in csv.DictReader(f) if r["jaar"] == str(jaar)}


@cache
def buren() -> Mapping[str, tuple[str, ...]]:
    """Per municipality those it has a border with (data/iv3/buren.csv); a Wadden island has none."""
    import csv

    uit: dict[str, list[str]] = {}
    with (map_van("data/iv3") / "buren.csv").open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            uit.setdefault(r["gemeente"], []).append(r["buur"])
            uit.setdefault(r["buur"], []).append(r["gemeente"])
    return {g: tuple(sorted(b)) for g, b in uit.items()}


def _plat(tekst: str) -> str:
    """Letters and digits only, words one space apart: names differ between files in accents, case and dashes."""
    kaal = "".join(t for t in normalize("NFKD", tekst.casefold()) if not combining(t))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kaal).split())


@cache
def _namen() -> Mapping[str, frozenset[str]]:
    """Flat name -> municipalities it may mean; ``bergen`` means two."""
    import csv

    uit: dict[str, set[str]] = {}
    for jaar in jaren():
        for naam in gemeenten(jaar).index:
            for schrijfwijze in (naam, re.sub(r"\s*\(.*\)$", "", naam)):
                uit.setdefault(_plat(schrijfwijze), set()).add(naam)
    with (map_van("data/iv3") / "andere_namen.csv").open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            uit.setdefault(_plat(r["andere_naam"]), set()).add(r["gemeente"])
    return {n: frozenset(g) for n, g in uit.items()}


def zoek_gemeente(tekst: str) -> str:
    """The municipality as Iv3 writes it: ``Den Haag``, ``gemeente Utrecht``, ``Hengelo (O.)``, ``Sudwest-Fryslan``.

    Raises
    ------
    ParameterFout : unknown, or more than one has that name; names what it may have been
    """
    vol = _plat(tekst).removeprefix("gemeente ").removesuffix(" gemeente")
    zonder = _plat(re.sub(r"\s*\(.*\)\s*$", "", tekst)).removeprefix("gemeente ")
    for plat in (vol, zonder):
        gevonden = sorted(_namen().get(plat, ()))
        if len(gevonden) == 1:
            return gevonden[0]
        if gevonden:
            raise ParameterFout(f"'{tekst}' kan {' of '.join(gevonden)} zijn. Kies een van beide.")
    lijken = [next(iter(sorted(_namen()[n]))) for n in get_close_matches(vol, _namen(), n=3, cutoff=0.75)]
    bedoel = f" Bedoelt u {' of '.join(dict.fromkeys(lijken))}?" if lijken else ""
    raise ParameterFout(
        f"'{tekst}' is geen gemeente in Iv3 {jaren()[0]}-{jaren()[-1]}.{bedoel} Een gemeente die is opgegaan in "
        "een andere, staat er onder de nieuwe naam."
    )


def herken(bestanden: Sequence[str]) -> tuple[str, ...]:
    """Municipalities whose name stands in these file names, the longest name where one is part of another."""
    gevonden: set[str] = set()
    for bestand in bestanden:
        woorden = f" {_plat(PurePath(bestand).stem)} "
        hier = {n: g for n, g in _namen().items() if f" {n} " in woorden and len(g) == 1}
        for naam in hier:
            if not any(naam != langer and f" {naam} " in f" {langer} " for langer in hier):
                gevonden |= hier[naam]
    return tuple(sorted(gevonden))
