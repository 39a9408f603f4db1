"""Norms and settings: `data/parameters/*.yaml`, each with unit and source.

No norm stands in code.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from numbers import Real

from opgavelib import notatie
from opgavelib.fouten import ParameterFout
from opgavelib.paden import map_van

# Kept in a werkmap like a parameter, without a default of their own in data/parameters.
ZONDER_STANDAARD = frozenset(["criteria.lijst", "criteria.groepen", "criteria.gewichten", "voorbeeld.gemaakt"])
# With zero of these nothing can be reckoned.
_BOVEN_NUL = frozenset([
    "capaciteit.uren_per_fte", "groepen.hoogstens", "groepen.grens", "iv3.inwoners", "overlap.per_rij",
    "prioritering.duur_kwartalen", "prioritering.trekkingen", "prioritering.zoektijd",
])  # fmt: skip
# Units of which a part makes sense; another number whose default is whole, is a count.
_GEBROKEN = ("aandeel", "euro", "productieve uren", "seconden")
_CODE = re.compile(r"\d{1,2}(\.\d{1,3}[a-z]?)?")
_KWARTAAL = re.compile(r"20\d\dK[1-4]")
_JAREN = (1990, 2100)
_TE_GROOT = 1e12


@dataclass(frozen=True)
class Parameter:
    """A norm with where it comes from.

    Attributes
    ----------
    waarde : number, text or list, in `eenheid`
    bron : who says so; a choice of this workbook says that it is one
    keuzes : the only texts it can be; empty is any
    """

    naam: str
    waarde: object
    eenheid: str
    bron: str
    geldig_vanaf: date
    keuzes: tuple[str, ...] = ()


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
    return Parameter(naam=naam, **velden | {"keuzes": tuple(velden.get("keuzes", ()))})


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


# -- what a werkmap sets itself -------------------------------------------------------------------------


def keur(naam: str, waarde: object) -> object:
    """A value for parameter ``groep.naam`` as it can be kept: of the same kind as its default, and possible.

    Parameters
    ----------
    waarde : None is always good: it puts the default back

    Returns
    -------
    `waarde`, as plain Python

    Raises
    ------
    ParameterFout : no such parameter, or a value that it cannot have; names both
    """
    if waarde is None:
        return None
    if naam in ZONDER_STANDAARD:
        return _zonder_standaard(naam, waarde)
    if not bekend(naam):
        raise ParameterFout(f"Er is geen instelling '{notatie.kort(naam, 60)}'.")
    p = parameter(*naam.split("."))
    try:
        return _keur(p, naam, waarde)
    except _KanNietFout as fout:
        wat = "" if p.keuzes else f" ({p.eenheid.split(';')[0]})"
        raise ParameterFout(
            f"Instelling '{naam}' kan niet '{notatie.kort(str(waarde), 40)}' zijn. Vul {fout} in{wat}."
        ) from None


def bekend(naam: str) -> bool:
    """Whether ``groep.naam`` is a parameter, or kept like one."""
    if naam in ZONDER_STANDAARD:
        return True
    if not re.fullmatch(r"\w+\.\w+", naam):
        return False
    try:
        return parameter(*naam.split(".")) is not None
    except ParameterFout:
        return False


class _KanNietFout(ValueError):
    """Says what it should be."""


def _keur(p: Parameter, naam: str, waarde: object) -> object:
    match p.waarde:
        case bool():
            if not isinstance(waarde, bool):
                raise _KanNietFout("ja of nee")
            return waarde
        case None if p.eenheid.startswith("naam"):
            return _tekst(p, waarde)
        case None if p.eenheid.startswith("begrotingsjaar"):
            return _jaar(waarde)
        case None | int() | float():
            return _getal(p, naam, waarde)
        case str():
            if isinstance(waarde, list | tuple) and "een lijst" in p.eenheid:
                return [_tekst(None, w) for w in waarde]
            return _tekst(p, waarde)
        case list():
            return _lijst(p, waarde)
        case _:
            return _groep(p, waarde)


def _tekst(p: Parameter | None, waarde: object) -> str:
    if not isinstance(waarde, str) or not waarde.strip():
        raise _KanNietFout("een tekst")
    if p is not None and p.keuzes and waarde not in p.keuzes:
        raise _KanNietFout(" of ".join(p.keuzes))
    return waarde


def _echt(waarde: object) -> float:
    """A number that can be reckoned with."""
    if isinstance(waarde, bool) or not isinstance(waarde, Real) or waarde != waarde:
        raise _KanNietFout("een getal")
    if abs(waarde) > _TE_GROOT:
        raise _KanNietFout("een getal dat niet zo groot is")
    return float(waarde)


def _jaar(waarde: object) -> int:
    jaar = _echt(waarde)
    if not (_JAREN[0] <= jaar <= _JAREN[1] and jaar.is_integer()):
        raise _KanNietFout(f"een jaar van {_JAREN[0]} tot en met {_JAREN[1]}")
    return int(jaar)


def _getal(p: Parameter, naam: str, waarde: object) -> int | float:
    getal = _echt(waarde)
    if p.eenheid.startswith("aandeel") or "0 tot 1" in p.eenheid:
        laagst, hoogst = 0.0, 1.0
    else:
        laagst, hoogst = (1.0, 5.0) if p.eenheid.startswith("score 1-5") else (0.0, math.inf)
    if not laagst <= getal <= hoogst:
        tot = f"een getal van {laagst:.0f} tot en met {hoogst:.0f}"
        raise _KanNietFout("een getal van nul of meer" if math.isinf(hoogst) else tot)
    if getal == 0 and naam in _BOVEN_NUL:
        raise _KanNietFout("een getal boven nul")
    if isinstance(p.waarde, float) or p.eenheid.startswith(_GEBROKEN):
        return waarde if isinstance(waarde, int) else getal
    if not getal.is_integer():
        raise _KanNietFout("een heel getal")
    return int(getal)


def _lijst(p: Parameter, waarde: object) -> list:
    if not isinstance(waarde, list | tuple):
        raise _KanNietFout("een lijst")
    uit = [_vorm(p.waarde[0], w) for w in waarde]
    if p.keuzes and not set(uit) <= set(p.keuzes):
        raise _KanNietFout(f"een lijst uit {', '.join(p.keuzes)}")
    if p.eenheid.startswith("taakveldcode") and not all(map(_CODE.fullmatch, uit)):
        raise _KanNietFout("een lijst taakveldcodes als 0.10")
    if isinstance(p.waarde[0], Real) and (len(uit) != len(p.waarde) or min(uit) < 0):
        raise _KanNietFout(f"{len(p.waarde)} getallen van nul of meer")
    if "kwartaal" in p.eenheid and not (len(uit) == 2 and all(map(_KWARTAAL.fullmatch, uit))):
        raise _KanNietFout("twee kwartalen als 2027K1")
    if p.eenheid.startswith(("laagste", "eerste")) and uit != sorted(uit):
        raise _KanNietFout("eerst het laagste en dan het hoogste")
    return uit


def _groep(p: Parameter, waarde: object) -> dict:
    """By name; numbers by the names of the default, words by any name."""
    uit = _vorm(p.waarde, waarde)
    voorbeeld = next(iter(p.waarde.values()))
    if isinstance(voorbeeld[0] if isinstance(voorbeeld, list) else voorbeeld, Real):
        namen = {str(k): k for k in p.waarde}  # a werkmap keeps names as text
        if {str(k) for k in uit} != set(namen):
            raise _KanNietFout(f"een getal voor elk van {', '.join(namen)}")
        uit = {namen[str(k)]: w for k, w in uit.items()}
        if p.eenheid.startswith("aandeel") and not all(0 <= w <= 1 for w in uit.values()):
            raise _KanNietFout("getallen van 0 tot en met 1")
    return uit


def _vorm(voorbeeld: object, waarde: object) -> object:
    """The same shape as an example, all the way down."""
    if isinstance(voorbeeld, str):
        return _tekst(None, waarde)
    if isinstance(voorbeeld, Real):
        return waarde if _echt(waarde) == waarde and isinstance(waarde, int) else float(waarde)
    if isinstance(voorbeeld, list):
        if not isinstance(waarde, list | tuple):
            raise _KanNietFout("een lijst")
        return [_vorm(voorbeeld[0], w) for w in waarde]
    if not isinstance(waarde, Mapping):
        raise _KanNietFout("waarden met een naam")
    eerste = next(iter(voorbeeld.values()))
    return {k: _vorm(eerste, w) for k, w in waarde.items()}


def _zonder_standaard(naam: str, waarde: object) -> object:
    """Criteria and their weights: what `Criterium` is made of, and weights by group."""
    try:
        if naam == "criteria.lijst":
            goed = isinstance(waarde, list | tuple) and len({Criterium(**c).criterium for c in waarde}) == len(
                waarde
            )
        elif naam == "criteria.groepen":
            goed = all(isinstance(g["gewichten"], Mapping) for g in waarde.values())
        else:
            goed = True
    except (TypeError, KeyError, AttributeError):
        goed = False
    if not goed:
        raise ParameterFout(f"Instelling '{naam}' kan zo niet. Kies criteria en gewichten op de pagina Weging.")
    return waarde
