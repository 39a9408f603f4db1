"""Which municipalities to compare with: the same size class, the neighbours, the provincie, or chosen ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from opgavelib.fouten import ParameterFout

# Lower bounds of the size classes of CBS; the names are those of gemeenten.csv.
GROOTTEKLASSEN = (
    (0, "minder dan 5.000 inwoners"),
    (5_000, "5.000 tot 10.000 inwoners"),
    (10_000, "10.000 tot 20.000 inwoners"),
    (20_000, "20.000 tot 50.000 inwoners"),
    (50_000, "50.000 tot 100.000 inwoners"),
    (100_000, "100.000 tot 150.000 inwoners"),
    (150_000, "150.000 tot 250.000 inwoners"),
    (250_000, "250.000 inwoners of meer"),
)


@dataclass(frozen=True)
class Groep:
    """Municipalities to compare with; `omschrijving` goes after "de mediaan van 12 ..."."""

    soort: str
    namen: tuple[str, ...]
    omschrijving: str


def grootteklasse(inwoners: float) -> str:
    """Size class of CBS by number of inhabitants."""
    return [naam for vanaf, naam in GROOTTEKLASSEN if inwoners >= vanaf][-1]


def kies_groep(
    soort: str | Sequence[str],
    gemeenten: pd.DataFrame,
    *,
    gemeente: str | None = None,
    inwoners: float | None = None,
    buren: Mapping[str, Collection[str]] | None = None,
) -> Groep:
    """The municipalities to compare with; the municipality itself is left in, `vergelijk` leaves it out.

    Parameters
    ----------
    soort : ``grootteklasse``, ``buren``, ``provincie``, or the names of municipalities
    gemeenten : DataFrame, index gemeente; provincie, grootteklasse
    gemeente : whose group; needed for ``buren`` and ``provincie``
    inwoners : gives the size class when given, else that of `gemeente`
    buren : per municipality those it borders on

    Raises
    ------
    ParameterFout : the group cannot be made; says what is missing
    """
    if not isinstance(soort, str):
        weg = [n for n in soort if n not in gemeenten.index]
        if not soort:
            raise ParameterFout("Er is geen gemeente gekozen om mee te vergelijken. Kies er een of meer.")
        if weg:
            raise ParameterFout(f"Van {' en '.join(weg)} zijn er geen Iv3-cijfers. Kies andere.")
        return Groep("gekozen", tuple(soort), "gekozen gemeenten")
    if soort == "grootteklasse":
        klasse = grootteklasse(inwoners) if inwoners else _van(gemeenten, gemeente, "grootteklasse")
        namen = gemeenten.index[gemeenten["grootteklasse"] == klasse]
        return Groep(soort, tuple(namen), f"gemeenten met {klasse}")
    if soort == "provincie":
        provincie = _van(gemeenten, gemeente, "provincie")
        return Groep(
            soort, tuple(gemeenten.index[gemeenten["provincie"] == provincie]), f"gemeenten in {provincie}"
        )
    if soort == "buren":
        _van(gemeenten, gemeente, "provincie")
        namen = sorted(set((buren or {}).get(gemeente, ())) & set(gemeenten.index))
        if not namen:
            raise ParameterFout(f"{gemeente} grenst aan geen andere gemeente. Vergelijk met een grootteklasse.")
        return Groep(soort, tuple(namen), f"buurgemeenten van {gemeente}")
    raise ParameterFout(f"'{soort}' kan niet; kies uit: grootteklasse, buren, provincie, of namen van gemeenten.")


def _van(gemeenten: pd.DataFrame, gemeente: str | None, kolom: str) -> str:
    if gemeente is None or gemeente not in gemeenten.index:
        raise ParameterFout(
            "Voor deze groep is een gemeente uit Iv3 nodig. Kies een gemeente, of vul het inwonertal in en "
            "vergelijk met een grootteklasse."
        )
    return str(gemeenten.loc[gemeente, kolom])
