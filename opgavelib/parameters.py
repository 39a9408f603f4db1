"""Norms and settings: `data/parameters/*.yaml`, each with unit and source.

No norm stands in code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from opgavelib.fouten import ParameterFout
from opgavelib.paden import map_van


@dataclass(frozen=True)
class Parameter:
    """A norm with where it comes from.

    Attributes
    ----------
    waarde : number, text or list, in `eenheid`
    bron : who says so; a choice of this workbook says that it is one
    """

    naam: str
    waarde: object
    eenheid: str
    bron: str
    geldig_vanaf: date


@dataclass(frozen=True)
class Criterium:
    """A criterion of the prioritisation.

    Attributes
    ----------
    gewicht : default weight, any positive unit; weights are normalised when used
    richting : ``hoger`` when a higher score is better, ``lager`` when a lower one is
    laagst, hoogst : ends of the scale
    uitleg_laagst, uitleg_hoogst : what a score at either end means, for who judges
    """

    criterium: str
    naam: str
    gewicht: float
    richting: str
    omschrijving: str
    laagst: float = 1.0
    hoogst: float = 5.0
    uitleg_laagst: str = ""
    uitleg_hoogst: str = ""

    @property
    def heel(self) -> bool:
        """Whether people choose one of a few whole scores, as on the pages to score on; else any on the scale."""
        einden = float(self.laagst).is_integer() and float(self.hoogst).is_integer()
        return einden and self.hoogst - self.laagst <= 10


@cache
def _bestand(groep: str) -> dict:
    import yaml

    pad = map_van("data/parameters") / f"{groep}.yaml"
    if not pad.is_file():
        raise ParameterFout(f"Er is geen parameterbestand '{groep}.yaml'.")
    return yaml.safe_load(pad.read_text(encoding="utf-8"))


def parameter(groep: str, naam: str) -> Parameter:
    """One parameter, e.g. ``parameter("begroting", "lean_norm")``.

    Raises
    ------
    ParameterFout : the file or the name does not exist, or misses unit or source
    """
    velden = _bestand(groep).get(naam)
    if not isinstance(velden, dict) or not {"waarde", "eenheid", "bron", "geldig_vanaf"} <= velden.keys():
        raise ParameterFout(
            f"Parameter '{naam}' ontbreekt in {groep}.yaml, of mist waarde, eenheid, bron of geldig_vanaf."
        )
    return Parameter(naam=naam, **velden)


def waarde(groep: str, naam: str):
    """Value of `parameter`."""
    return parameter(groep, naam).waarde


@cache
def criteria() -> tuple[Criterium, ...]:
    """The default criteria, in the order of the file."""
    return tuple(Criterium(**c) for c in _bestand("criteria")["criteria"])


def criteria_bron() -> str:
    """Where the default criteria come from."""
    return str(_bestand("criteria")["bron"]).strip()
