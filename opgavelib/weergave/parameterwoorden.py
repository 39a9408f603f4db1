"""Parameters in words: what people call a norm, and its value as they would write it."""

from __future__ import annotations

from collections.abc import Mapping

from opgavelib import notatie, parameters
from opgavelib.fouten import ParameterFout

NAMEN = {
    "begroting.lean_norm": "Norm voor lean",
    "begroting.tolerantie": "Marge om de norm",
    "begroting.buiten_norm": "Taakvelden buiten de norm",
    "begroting.afronding": "Afronding bij de aansluiting",
    "begroting.overhead": "Overhead",
    "begroting.overhead_wijze": "Overhead",
    "begroting.peiljaar": "Begrotingsjaar",
    "begroting.jaar": "Begrotingsjaar",
    "capaciteit.uren_per_fte": "Productieve uren per fte",
    "capaciteit.lean_aandeel": "Regulier werk als een team niets opgeeft",
    "capaciteit.let_op_vanaf": "Belasting waarbij wordt gewaarschuwd",
    "iv3.gemeente": "Gemeente in Iv3",
    "iv3.inwoners": "Inwonertal",
    "iv3.vergelijkgroep": "Gemeenten om mee te vergelijken",
    "criteria.lijst": "Criteria",
    "criteria.groepen": "Gewichten van de groepen",
    "overlap.eigen_proceswoorden": "Eigen proceswoorden",
    "voorbeeld.gemaakt": "Voorbeeldwerkmap",
}
_JAAR = 1_900  # hours per year stay below it


def naam_van(sleutel: str) -> str:
    """What people call parameter ``groep.naam``."""
    return NAMEN.get(sleutel) or f"Instelling {sleutel.replace('.', ', ').replace('_', ' ')}"


def beschrijf(sleutel: str, waarde: object) -> str:
    """A value of parameter ``groep.naam`` as people write it: ``80%``, ``€ 1``, ``0.10 en 0.11``."""
    if waarde is None or waarde != waarde:
        return "de standaard"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, Mapping):
        return f"aangepast ({', '.join(map(str, waarde))})" if waarde else "leeg"
    if isinstance(waarde, list | tuple):
        namen = [str(x["naam"] if isinstance(x, Mapping) and "naam" in x else x) for x in waarde]
        return " en ".join([", ".join(namen[:-1]), namen[-1]] if len(namen) > 1 else namen) or "geen"
    if isinstance(waarde, int | float):
        return _getal(_eenheid(sleutel), float(waarde))
    return str(waarde)


def _getal(eenheid: str, waarde: float) -> str:
    if eenheid.startswith("aandeel"):
        return notatie.procent(waarde)
    if eenheid.startswith("euro"):
        return notatie.euro(waarde)
    return f"{waarde:.0f}" if "jaar" in eenheid.split(";")[0] and waarde > _JAAR else notatie.getal(waarde, 2)


def _eenheid(sleutel: str) -> str:
    groep, _, naam = sleutel.partition(".")
    try:
        return parameters.parameter(groep, naam).eenheid
    except ParameterFout:
        return ""
