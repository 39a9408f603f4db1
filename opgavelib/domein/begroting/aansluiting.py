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
    som_eur : per column the sum of its lines, whole euros
    totaal_eur : per column the total that the file states, whole euros; absent when it states none
    afgerond : per column the number of cells whose cents were rounded away
    weg_eur : per column what was rounded away, in euros and cents: exact minus rounded; of the stated total under
        ``totaal_`` and the column. Absent when not known (read before this was kept)
    """

    naam: str
    som_eur: Mapping[str, float]
    totaal_eur: Mapping[str, float] = field(default_factory=dict)
    afgerond: Mapping[str, int] = field(default_factory=dict)
    weg_eur: Mapping[str, float] = field(default_factory=dict)


def aansluiting(bronnen: Sequence[Gelezen], marge_eur: float = 0.0) -> pd.DataFrame:
    """Compare the sum of the lines with the totals that the files themselves state.

    Parameters
    ----------
    bronnen : every source that counts
    marge_eur : largest difference per file, after what rounding explains, that still agrees

    Returns
    -------
    DataFrame; regel, verwacht_eur (None when a file states no total), gevonden_eur, verschil_eur, akkoord (None
    when there is nothing to compare) and toelichting: the difference explained or marked. First the totals over all
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
    gevonden = sum(int(b.som_eur.get(kolom, 0)) for b in bronnen)
    zonder = [b.naam for b in bronnen if b.totaal_eur.get(kolom) is None]
    if zonder or not bronnen:
        waar = "Het bestand noemt" if len(bronnen) == 1 else f"{' en '.join(zonder)} noemt"
        zin = f"{waar} geen totaal, dus er is niets om op aan te sluiten." if bronnen else ""
        return (regel, None, gevonden, None, None, zin)
    verwacht = sum(int(b.totaal_eur[kolom]) for b in bronnen)
    cellen = sum(b.afgerond.get(kolom, 0) for b in bronnen)
    weg = sum(_cent(b.weg_eur.get(kolom, 0.0)) for b in bronnen)
    weg_totaal = sum(_cent(b.weg_eur.get(f"totaal_{kolom}", 0.0)) for b in bronnen)
    # In cents: what the file states, less what was read, less what rounding took of the lines.
    echt = 100 * (verwacht - gevonden) + weg_totaal - weg
    grens = marge_eur * len(bronnen)
    bekend = all(kolom in b.weg_eur for b in bronnen if b.afgerond.get(kolom))
    if not bekend:  # every line may be half a euro off
        grens += cellen / 2
    akkoord = abs(echt) <= 100 * grens
    afronden = f"door afronden van {_wat(cellen, weg_totaal)} op hele euro's"
    zin = _zin(echt, weg - weg_totaal, afronden, grens, akkoord=akkoord, bekend=bekend)
    return (regel, verwacht, gevonden, gevonden - verwacht, bool(akkoord), zin)


def _wat(cellen: int, weg_totaal: int) -> str:
    """What was rounded, in words."""
    delen = [notatie.aantal(cellen, "bedrag", "bedragen")] if cellen else []
    return " en ".join([*delen, *(["het totaal"] if weg_totaal else [])])


def _zin(echt: int, weg: int, afronden: str, grens: float, *, akkoord: bool, bekend: bool) -> str:
    """Why the two differ, as a sentence; `echt` and `weg` in cents."""
    delen, bedrag = [], _euro(abs(echt) / 100)
    if not bekend:
        delen.append(f"{bedrag} verschil; tot {_euro(grens)} kan {afronden} komen")
    else:
        delen += [f"{_euro(abs(weg) / 100)} {afronden}"] if weg else []
        soort = "verschil, binnen de marge" if akkoord else "te veel gelezen" if echt < 0 else "te weinig gelezen"
        delen += [f"{bedrag} {soort}"] if echt else []
    if akkoord:
        return f"{'; '.join(delen)}; sluit aan." if delen else "Sluit aan."
    kijk = "regels die dubbel staan of een tussentotaal dat meetelt" if echt < 0 else "regels die ontbreken"
    return f"{'; '.join(delen)}. Kijk naar {kijk}, of naar het totaal in het bestand."


def _cent(bedrag: float) -> int:
    return round(100 * float(bedrag))


def _euro(bedrag: float) -> str:
    heel = abs(bedrag - round(bedrag)) < 0.005
    return notatie.euro(bedrag) if heel else f"€ {notatie.getal(bedrag, 2, vast=True)}"
