"""Do the lines that were read add up to the totals that their files state? Every difference explained or marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from opgavelib import notatie

KOLOMMEN = (("lasten_eur", "lasten"), ("baten_eur", "baten"), ("salarissen_eur", "salarissen"))
KOP = ("regel", "verwacht_eur", "gevonden_eur", "verschil_eur", "akkoord", "toelichting")


@dataclass(frozen=True)
class Gelezen:
    """One source: what was read of it and what it says itself.

    Attributes
    ----------
    naam : for people, ``begroting.xlsx, blad 'Lasten'``
    som_eur : per column the sum of its lines, to the cent
    totaal_eur : per column the total that the file states, to the cent; absent when it states none
    afgerond : per column the number of cells that lost their cents: only of what was read before cents counted
    """

    naam: str
    som_eur: Mapping[str, float]
    totaal_eur: Mapping[str, float] = field(default_factory=dict)
    afgerond: Mapping[str, int] = field(default_factory=dict)


def aansluiting(bronnen: Sequence[Gelezen], marge_eur: float = 0.0) -> pd.DataFrame:
    """Compare the sum of the lines with the totals that the files themselves state.

    Parameters
    ----------
    bronnen : every source that counts
    marge_eur : largest difference per file that still agrees

    Returns
    -------
    DataFrame; regel, verwacht_eur (None when a file states no total), gevonden_eur, verschil_eur, akkoord (None
    when there is nothing to compare) and toelichting: the difference explained or marked. Amounts are integers, or
    euros with cents where there are any. First the totals over all
    files (``totaal lasten`` is always there), then with several files each of them.
    """
    rijen = []
    for kolom, naam in KOLOMMEN:
        alle_noemen = bronnen and all(b.totaal_eur.get(kolom) is not None for b in bronnen)
        if kolom == "lasten_eur" or alle_noemen:
            rijen.append(_regel(f"totaal {naam}", kolom, bronnen, marge_eur))
    if len(bronnen) > 1:
        rijen += [
            _regel(f"{naam} {b.naam}", kolom, [b], marge_eur)
            for b in bronnen
            for kolom, naam in KOLOMMEN
            if kolom == "lasten_eur" or b.totaal_eur.get(kolom) is not None
        ]
    return pd.DataFrame(rijen, columns=list(KOP), dtype=object)


def _regel(regel: str, kolom: str, bronnen: Sequence[Gelezen], marge_eur: float) -> tuple:
    gevonden = sum(_cent(b.som_eur.get(kolom, 0.0)) for b in bronnen)
    zonder = [b.naam for b in bronnen if b.totaal_eur.get(kolom) is None]
    if zonder or not bronnen:
        waar = "Het bestand noemt" if len(bronnen) == 1 else f"{' en '.join(zonder)} noemt"
        zin = f"{waar} geen totaal, dus er is niets om op aan te sluiten." if bronnen else ""
        return (regel, None, _eur(gevonden), None, None, zin)
    verwacht = sum(_cent(b.totaal_eur[kolom]) for b in bronnen)
    cellen = sum(b.afgerond.get(kolom, 0) for b in bronnen)
    verschil, grens = gevonden - verwacht, marge_eur * len(bronnen) + cellen / 2
    akkoord = abs(verschil) <= 100 * grens
    zin = _zin(verschil, grens, cellen, akkoord=akkoord)
    return (regel, _eur(verwacht), _eur(gevonden), _eur(verschil), akkoord, zin)


def _zin(verschil: int, grens: float, cellen: int, *, akkoord: bool) -> str:
    """Why the two differ, as a sentence; `verschil` in cents."""
    if not verschil:
        return "Sluit aan."
    bedrag, oud = notatie.euro_precies(abs(verschil) / 100), ""
    if cellen:  # every line may be half a euro off
        wat = notatie.aantal(cellen, "bedrag", "bedragen")
        oud = (
            f" Tot {notatie.euro_precies(grens)} kan komen doordat van {wat} de centen wegvielen: lees het bestand "
            "opnieuw, dan tellen zij mee."
        )
    if akkoord:
        return f"{bedrag} verschil, binnen de marge; sluit aan.{oud}"
    wat, kijk = (
        ("veel", "dubbel staan of een tussentotaal dat meetelt") if verschil > 0 else ("weinig", "ontbreken")
    )
    return f"{bedrag} te {wat} gelezen. Kijk naar regels die {kijk}, of naar het totaal in het bestand.{oud}"


def _cent(bedrag: float) -> int:
    return round(100 * float(bedrag))


def _eur(cent: int) -> int | float:
    return cent / 100 if cent % 100 else cent // 100
