"""The begroting of a werkmap beside the Iv3 figures that municipalities deliver to CBS (`data/iv3`).

How to call it, with a `Stand`::

    iv3.gemeente(stand)                     # Gemeentekeuze: naam (or None), hoe, toelichting in Dutch
    iv3.aansluiting(stand)                  # domein.iv3_aansluiting.Iv3Aansluiting; .reden when it cannot be made
    iv3.vergelijking(stand, groep="buren", maat="lasten")   # domein.iv3.Vergelijking; .reden when it cannot be made
    iv3.groepen(stand)                      # which groups can be asked: soort -> name for a button
    iv3.kies_gemeente(werkmap, "Baarn", wie)   # for this werkmap; None goes back to recognising

None of them raises for a werkmap without Iv3 figures: `reden` and `toelichting` then say in Dutch what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from opgavelib.fouten import ParameterFout
from opgavelib.toepassing.iv3_gegevens import buren, cijfers, gemeenten, herken, jaren, taakvelden, zoek_gemeente

if TYPE_CHECKING:
    import pandas as pd

    from opgavelib.domein.iv3 import Eigen, Vergelijking
    from opgavelib.domein.iv3_aansluiting import Iv3Aansluiting
    from opgavelib.opslag import Werkmap
    from opgavelib.toepassing.stand import Stand

GROEPEN = {"grootteklasse": "Zelfde grootte", "buren": "Buurgemeenten", "provincie": "Zelfde provincie"}
GEEN_GEMEENTE = (
    "Van deze gemeente zijn er geen Iv3-cijfers: zij is niet gekozen en niet te herkennen aan de bestandsnaam van "
    "de begroting. Kies op de pagina Controle, bij Vergelijken, van welke gemeente deze werkmap is. Staat zij niet "
    "in Iv3, vul dan daar het inwonertal in: de eigen lasten per inwoner zijn dan wel te vergelijken met gemeenten "
    "van dezelfde grootte."
)


@dataclass(frozen=True)
class Gemeentekeuze:
    """Which municipality of Iv3 this werkmap is.

    Attributes
    ----------
    naam : as Iv3 has it; None when unknown
    hoe : ``gekozen``, ``herkend`` (at the file name of the begroting) or empty
    toelichting : how it came about and how to change it
    """

    naam: str | None
    hoe: str
    toelichting: str


# -- which municipality, which year -----------------------------------------------------------------


def kies_gemeente(werkmap: Werkmap, naam: str | None, wie: str, reden: str = "") -> str | None:
    """Say which municipality of Iv3 this werkmap is; None goes back to recognising it. Returns the name kept.

    Raises
    ------
    ParameterFout : no such municipality
    """
    gevonden = None if naam is None else zoek_gemeente(naam)
    werkmap.zet_parameter("iv3.gemeente", gevonden, wie, reden)
    return gevonden


def kies_inwoners(werkmap: Werkmap, inwoners: int | None, wie: str, reden: str = "") -> None:
    """Say how many inhabitants the municipality has, to compare one that is not in Iv3; None takes that back.

    Raises
    ------
    ParameterFout : not a positive number
    """
    if inwoners is not None and not 0 < inwoners < 5_000_000:
        raise ParameterFout(f"{inwoners} kan geen inwonertal zijn. Vul een aantal boven nul in.")
    werkmap.zet_parameter("iv3.inwoners", inwoners, wie, reden)


def gemeente(stand: Stand) -> Gemeentekeuze:
    """Which municipality this werkmap is: chosen, else recognised at the file names of its begroting."""
    gekozen = stand.waarde("iv3", "gemeente")
    if gekozen is not None:
        try:
            return Gemeentekeuze(zoek_gemeente(str(gekozen)), "gekozen", f"Gekozen voor deze werkmap: {gekozen}.")
        except ParameterFout as fout:
            return Gemeentekeuze(None, "", str(fout))
    bronnen = stand.tabel("bronnen")
    bestanden = list(dict.fromkeys(bronnen.loc[bronnen["soort"] == "begroting", "bestand"]))
    namen = herken(bestanden)
    if len(namen) == 1:
        waar = f"de bestandsnaam {bestanden[0]}" if len(bestanden) == 1 else "de bestandsnamen van de begroting"
        zin = f"Herkend aan {waar}: {namen[0]}. Klopt dat niet, kies dan een andere gemeente."
        return Gemeentekeuze(namen[0], "herkend", zin)
    if namen:
        zin = (
            f"De bestandsnamen noemen meer gemeenten: {' en '.join(namen)}. Kies er een bij Controle, Vergelijken."
        )
        return Gemeentekeuze(None, "", zin)
    return Gemeentekeuze(None, "", GEEN_GEMEENTE)


def vergelijkjaar(stand: Stand) -> tuple[int, str]:
    """Year of Iv3 to compare with, and a sentence when it is another than that of the begroting."""
    eigen = stand.geld.peiljaar
    if eigen in jaren():
        return eigen, ""
    if eigen is None:
        return jaren()[-1], f"Er is geen begroting met een jaar gelezen; Iv3 is van {jaren()[-1]}."
    return jaren()[
        -1
    ], f"Van {eigen} zijn er nog geen Iv3-cijfers; vergeleken is met {jaren()[-1]}, het laatste jaar."


# -- answers ----------------------------------------------------------------------------------------


def aansluiting(stand: Stand) -> Iv3Aansluiting:
    """The budget lines of this werkmap against what its municipality delivered, per taakveld.

    The year is that of the begroting; a year that Iv3 does not have cannot be reconciled.
    """
    from opgavelib.domein.iv3_aansluiting import niets, sluit_aan

    keuze = gemeente(stand)
    eigen_jaar = stand.geld.peiljaar
    if keuze.naam is None:
        return niets(keuze.toelichting)
    if eigen_jaar is None:
        return niets("Er is geen begroting met een jaar gelezen. Lees een begroting in.")
    if eigen_jaar not in jaren():
        return niets(
            f"Van {eigen_jaar} zijn er geen Iv3-cijfers (wel van {jaren()[0]} tot en met {jaren()[-1]}), dus de "
            "begroting is daar niet op aan te sluiten."
        )
    regels = _regels(stand, eigen_jaar)
    van_iv3 = cijfers(eigen_jaar)
    van_iv3 = van_iv3[van_iv3["gemeente"] == keuze.naam]
    if van_iv3.empty:
        return niets(f"{keuze.naam} staat niet in Iv3 {eigen_jaar}.")
    return sluit_aan(
        regels,
        van_iv3,
        taakvelden(eigen_jaar),
        jaar=eigen_jaar,
        wie=keuze.naam,
        afronding_eur=float(stand.waarde("iv3", "afronding_eur")),
        afgeronde_cellen=_afgerond(stand, regels),
    )


def vergelijking(
    stand: Stand, groep: str | Sequence[str] | None = None, maat: str = "lasten", *, zonder_zelf: bool = True
) -> Vergelijking:
    """Own lasten, salarissen and overhead per inhabitant beside those of a group.

    Own figures are those of the begroting of this werkmap; when it has none, what its municipality delivered.

    Parameters
    ----------
    groep : ``grootteklasse``, ``buren``, ``provincie`` or names of municipalities; default parameter
        iv3.vergelijkgroep
    maat : of the table per taakveld: lasten, baten or salarissen
    zonder_zelf : leave the municipality itself out of the group
    """
    from opgavelib.domein.iv3 import geen_vergelijking, vergelijk
    from opgavelib.domein.iv3_groep import kies_groep

    keuze = gemeente(stand)
    jaar, zin = vergelijkjaar(stand)
    eigen = _eigen(stand, keuze, jaar)
    if keuze.naam is None and eigen.inwoners is None:
        return geen_vergelijking(keuze.toelichting)
    soort = stand.waarde("iv3", "vergelijkgroep") if groep is None else groep
    try:
        soort = soort if isinstance(soort, str) else [zoek_gemeente(n) for n in soort]
        gekozen = kies_groep(
            soort, gemeenten(jaar), gemeente=keuze.naam, inwoners=eigen.inwoners,
            buren=buren() if soort == "buren" else None,
        )  # fmt: skip
    except ParameterFout as fout:
        return geen_vergelijking(str(fout))
    uit = vergelijk(
        eigen, cijfers(jaar), gemeenten(jaar), gekozen, jaar=jaar, maat=maat, namen=taakvelden(jaar),
        buiten=stand.waarde("iv3", "buiten_vergelijking"), overhead=stand.waarde("begroting", "overhead_taakveld"),
        zonder_zelf=zonder_zelf,
    )  # fmt: skip
    return replace(uit, toelichting=f"{uit.toelichting} {zin}".strip())


def groepen(stand: Stand) -> dict[str, str]:
    """Groups that can be asked here: soort -> name. Only a municipality of Iv3 has neighbours and a provincie."""
    if gemeente(stand).naam is None:
        return {"grootteklasse": GROEPEN["grootteklasse"]}
    return dict(GROEPEN)


def _eigen(stand: Stand, keuze: Gemeentekeuze, jaar: int) -> Eigen:
    from opgavelib.domein.iv3 import Eigen

    inwoners = stand.waarde("iv3", "inwoners")
    if inwoners is None:
        lijst = gemeenten(jaar)
        inwoners = float(lijst["inwoners"][keuze.naam]) if keuze.naam in lijst.index else None
    eigen_jaar = stand.geld.peiljaar
    if eigen_jaar is not None:
        return Eigen(keuze.naam or "de eigen gemeente", _regels(stand, eigen_jaar), inwoners, True)
    alle = cijfers(jaar)
    return Eigen(keuze.naam or "de eigen gemeente", alle[alle["gemeente"] == keuze.naam], inwoners)


def _regels(stand: Stand, jaar: int) -> pd.DataFrame:
    """Budget lines of one year that count now, with what the versions made of them."""
    regels = stand.geld.regels
    return regels[regels["jaar"] == jaar]


def _afgerond(stand: Stand, regels: pd.DataFrame) -> dict[str, int]:
    """Per column in how many cells of the files of these lines the cents were rounded off."""
    bronnen, som = stand.tabel("bronnen"), {}
    for bron in dict.fromkeys(regels["bron"]):
        for kolom, aantal in (bronnen.loc[bron, "afgerond"] or {}).items():
            som[kolom] = som.get(kolom, 0) + int(aantal)
    return som
