"""What a file says its own totals are, and whether its rows add up to that."""

from __future__ import annotations

from collections.abc import Mapping

from opgavelib.fouten import Ernst
from opgavelib.inlezen.getallen import Onleesbaar, centen, is_leeg, lees_bedrag, lees_getal, lees_hoeveelheid
from opgavelib.inlezen.kolommen import kolommen_van
from opgavelib.inlezen.koppen import eenheid
from opgavelib.inlezen.tabel import Lezing
from opgavelib.notatie import euro_precies, getal

# Sums of these mean nothing; what stands under them is an average or a mistake.
_GEEN_SOM = frozenset(["uren_per_fte", "rang", "jaar"])


def lees_totalen(lezing: Lezing) -> dict[str, int | float]:
    """The file's own totals per column of ours: euros (with cents if it has any), hours, fte, or a count."""
    rij = lezing.indeling.totaal
    if rij is None:
        return {}
    woordenboek = kolommen_van(lezing.kop.koppeling.opzet.tabel)
    uit: dict[str, int | float] = {}
    for kolom, ons in lezing.kop.koppeling.kolommen.items():
        if ons not in _GEEN_SOM and (waarde := _totaal(lezing, rij, kolom, ons, woordenboek[ons].type)) is not None:
            uit[ons] = waarde
    breed = [
        waarde
        for kolom in lezing.kop.koppeling.kwartalen
        if (waarde := _totaal(lezing, rij, kolom, "uren_gevraagd", "uren", eenheid(lezing.kop.koppen[kolom]) or 1))
        is not None
    ]
    if breed:
        uit["uren_gevraagd"] = sum(breed)
    return uit


def _totaal(
    lezing: Lezing, rij: int, kolom: int, ons: str, soort: str, factor: int | None = None
) -> int | float | None:
    if (rij, kolom) in lezing.blad.zonder_waarde | lezing.blad.foutcellen:
        lezing.vondst.meld(
            Ernst.LET_OP,
            "Het totaal is een formule zonder bruikbare waarde; het totaal is niet vergeleken.",
            "Open het bestand in Excel, laat het rekenen en sla het op.",
            rij=rij,
            kolom=lezing.kop.koppen[kolom],
        )
        return None
    waarde = lezing.blad.rijen.get(rij, {}).get(kolom)
    if is_leeg(waarde):
        return None
    factor = factor or lezing.eenheden.get(ons, 1)
    try:
        if soort == "bedrag":
            bedrag = lees_bedrag(waarde, factor)[0]
            cent = centen(waarde, factor)
            return (100 * bedrag + cent) / 100 if cent and bedrag is not None else bedrag
        if soort in ("uren", "fte"):
            return lees_hoeveelheid(waarde, soort, factor)[0]
        if soort in ("tekst", "code", "keuze"):
            aantal = lees_getal(waarde)[0]
            return int(aantal) if aantal is not None and aantal == int(aantal) else None
    except Onleesbaar:
        return None
    return None


def vergelijk(lezing: Lezing, totalen: Mapping[str, int | float], sommen: Mapping[str, list]) -> None:
    """A LET_OP for every total that differs from what was read.

    Parameters
    ----------
    sommen : our column -> the values that were read, None when missing
    """
    woordenboek = kolommen_van(lezing.kop.koppeling.opzet.tabel)
    for ons, totaal in totalen.items():
        soort = woordenboek[ons].type if ons in woordenboek else "uren"
        kop = lezing.kopnaam(ons)
        if soort in ("tekst", "code", "keuze"):
            if totaal != len(lezing.rijen):
                lezing.vondst.meld(
                    Ernst.LET_OP,
                    f"Het bestand telt zelf {getal(totaal)} rijen; gelezen zijn er {getal(len(lezing.rijen))}.",
                    "Controleer of er rijen ontbreken of dubbel zijn.",
                    rij=lezing.indeling.totaal, kolom=kop,
                )  # fmt: skip
            continue
        som = sum(w for w in sommen.get(ons, []) if w is not None)
        som = round(som + sum(c or 0 for c in lezing.centen.get(ons, [])) / 100, 2)
        # A total that was itself written in whole euros may be half off.
        speling = 0.505 if soort == "bedrag" else 0.005
        if abs(som - totaal) > speling:
            schrijf = euro_precies if soort == "bedrag" else (lambda w: getal(w, 2))
            lezing.vondst.meld(
                Ernst.LET_OP,
                f"Het bestand noemt als totaal {schrijf(totaal)}; de rijen tellen op tot {schrijf(som)} "
                f"(verschil {schrijf(totaal - som)}).",
                "Controleer of er een regel ontbreekt of dat het bestand afrondt.",
                rij=lezing.indeling.totaal, kolom=kop,
            )  # fmt: skip
