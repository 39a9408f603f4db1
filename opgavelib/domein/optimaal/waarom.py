"""Why an item is out: what it would cost to have it in, and what must give to have it beside all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from opgavelib import notatie
from opgavelib.domein.optimaal.los import Zoektocht
from opgavelib.domein.optimaal.tekort import Tekort, tekort_zinnen, tekorten
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, schendingen

_KLEIN = 1e-6


@dataclass(frozen=True)
class Waarom:
    """Why `item` is out.

    Attributes
    ----------
    met : the best shortlist with it; None when there is none, or none was found in time
    valt_af, komt_erbij : items that go out and come in besides, compared with the shortlist that was asked about
    waarde_verlies : value that this costs; 0 or less when it costs nothing, None without a shortlist with it
    bewezen : `met` is the best with it, or it is proven that there is none
    tekort : the least that must give to add it to all that is chosen
    zinnen : the same, ready to show
    """

    item: str
    met: Oplossing | None
    valt_af: tuple[str, ...]
    komt_erbij: tuple[str, ...]
    waarde_verlies: float | None
    bewezen: bool
    tekort: tuple[Tekort, ...]
    zinnen: tuple[str, ...]


def waarom_niet(
    vraagstuk: Vraagstuk,
    oplossing: Oplossing,
    item: str,
    *,
    tijd_s: float = 3.0,
    titels: Mapping[str, str] | None = None,
) -> Waarom:
    """Why `item` is not in `oplossing`.

    Parameters
    ----------
    titels : item -> how sentences name it; without, by its key

    Raises
    ------
    ValueError : the item is unknown, or is in
    """
    v = vraagstuk
    if item not in v.items or item in oplossing.start:
        raise ValueError(f"{item} staat niet buiten de shortlist")
    besluit = {a: r for a, r in v.mag_niet.items() if a != item}
    erin = replace(v, moet={**v.moet, item: "vraag"}, mag_niet=besluit)
    zoektocht = Zoektocht(erin, tijd_s=tijd_s, start=_proef(erin, oplossing.start, item), vastleggen=False,
                          rekentijd=tijd_s)  # fmt: skip
    uit = zoektocht.los()
    met = uit if uit.status in (Status.OPTIMAAL, Status.GEVONDEN) else None
    af = tuple(a for a in oplossing.start if met is not None and a not in met.start)
    bij = tuple(a for a in (met.start if met else ()) if a not in oplossing.start and a != item)
    verlies = oplossing.waarde - met.waarde if met else None
    tekort = tekorten(v, oplossing.start, item)
    bewezen = uit.status in (Status.OPTIMAAL, Status.ONMOGELIJK)
    zinnen = _zinnen(v, oplossing, item, met, af, bij, verlies, bewezen, tekort, titels or {})
    return Waarom(item, met, af, bij, verlies, bewezen, tekort, zinnen)


def waarom_niet_alle(
    vraagstuk: Vraagstuk,
    oplossing: Oplossing,
    *,
    tijd_s: float = 3.0,
    titels: Mapping[str, str] | None = None,
) -> Iterator[Waarom]:
    """`waarom_niet` for every item that is out, one at a time, cheap items first: those that ask the fewest
    hours of all teams together over their whole duration, and of those the ones that cost least."""
    v = vraagstuk
    werk = v.uren.sum(axis=1) * v.duur
    for i in np.lexsort((np.arange(len(v.items)), v.kosten_eur, werk)).tolist():
        if v.items[i] not in oplossing.start:
            yield waarom_niet(v, oplossing, v.items[i], tijd_s=tijd_s, titels=titels)


def _proef(v: Vraagstuk, start: Mapping[str, int], item: str) -> dict[str, int]:
    """A first shortlist with the item: what is chosen without one, where that fits, the best of those."""
    i = v.items.index(item)
    mogelijk = range(max(int(v.vroegst[i]), 0), min(int(v.laatst[i]), len(v.kwartalen) - 1) + 1)
    waarde = dict(zip(v.items, v.waarde, strict=True))
    for eruit in (None, *sorted(start, key=lambda a: (waarde[a], a))):
        basis = {a: s for a, s in start.items() if a != eruit}
        for s in mogelijk:
            if not schendingen(v, basis | {item: s}):
                return basis | {item: s}
    return {**start, item: int(v.vroegst[i])}  # fits nowhere, but is near to what will


def _zinnen(v, oplossing, item, met, af, bij, verlies, bewezen, tekort, titels) -> tuple[str, ...]:
    naam = lambda a: titels.get(a, a)  # noqa: E731
    uit = tekort_zinnen(tekort, naam)
    if met is None:
        uit.append("Geen enkele shortlist met deze voldoet aan alle eisen" if bewezen
                   else "In de tijd die er was, is geen shortlist met deze gevonden")  # fmt: skip
        return tuple(uit)
    if af:
        uit.append(f"Komt deze erin, dan {'valt' if len(af) == 1 else 'vallen'} {opsomming(map(naam, af))} af")
    if bij:
        uit.append(f"Dan {'komt' if len(bij) == 1 else 'komen'} ook {opsomming(map(naam, bij))} erbij")
    totaal = notatie.getal(oplossing.waarde, 1)
    if verlies > 0.05:
        hoogstens = "" if bewezen else "hoogstens "
        uit.append(f"Dat kost {hoogstens}{_punten(verlies)} van de {totaal}")
    elif verlies < -0.05:
        uit.append(f"Dat levert {_punten(-verlies)} op boven de {totaal}")
    elif not tekort or af:
        uit.append("Dat maakt voor de waarde van de shortlist geen verschil")
    return tuple(uit)


def _punten(waarde: float) -> str:
    tekst = notatie.getal(waarde, 1)
    return f"{tekst} {'punt' if tekst == '1' else 'punten'}"


def opsomming(namen) -> str:
    """``A, B en C``."""
    *eerst, laatst = namen
    return f"{', '.join(eerst)} en {laatst}" if eerst else laatst
