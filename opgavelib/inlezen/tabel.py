"""From a sheet with a known header to rows of our tables, with every finding on the way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from opgavelib.fouten import Ernst
from opgavelib.inlezen.bevindingen import Verzamelaar
from opgavelib.inlezen.getallen import Onleesbaar, centen, is_leeg
from opgavelib.inlezen.klok import tik
from opgavelib.inlezen.kolommen import kolommen_van, zeker
from opgavelib.inlezen.koppen import eenheid
from opgavelib.inlezen.kopregel import Kop
from opgavelib.inlezen.rijen import Indeling
from opgavelib.inlezen.waarden import NOTITIES, Lezer, lezer
from opgavelib.inlezen.werkblad import Werkblad
from opgavelib.notatie import aantal
from opgavelib.woordenboek import Kolom, tabel

if TYPE_CHECKING:
    import pandas as pd

# Columns of which a vertical merge means "the same for all these rows".
_VULBAAR = frozenset(["tekst", "keuze", "code", "ja_nee", "jaar"])
_NIET_VULBAAR = frozenset(["titel", "eigen_code"])
_DUIZEND_OF_DECIMAAL = re.compile(r"(?:€\s*)?-?[1-9]\d{0,2}\.\d{3}")
# A guessed column whose values are mostly something else was guessed wrong.
_TWIJFELBAAR = frozenset(["keuze", "score", "ja_nee", "kwartaal"])
_PANDAS = {"bedrag": "Int64", "geheel": "Int64", "jaar": "Int64", "score": "Int64", "uren": "float64",
           "fte": "float64", "aandeel": "float64", "getal": "float64", "ja_nee": "boolean"}  # fmt: skip


@dataclass
class Lezing:
    """Work in progress on one sheet: the parsed columns, aligned with the source rows."""

    blad: Werkblad
    kop: Kop
    indeling: Indeling
    soort: str
    vondst: Verzamelaar
    eenheden: Mapping[str, int]
    vast: frozenset[str] = frozenset()
    lezers: Mapping[str, Lezer] = field(default_factory=dict)  # our column -> another reader than its type has

    def __post_init__(self):
        self.kolommen: dict[str, list] = {}
        self.vulling: dict[tuple[int, int], object] = {}
        # Column of amounts -> per row the cents beside its whole euros; only columns that have any.
        self.centen: dict[str, list[int | None]] = {}

    @property
    def rijen(self) -> tuple[int, ...]:
        """Excel rows of the source rows."""
        return self.indeling.data

    def cel(self, rij: int, kolom: int) -> object:
        """Value of a cell, or of the merged area it belongs to."""
        waarde = self.blad.rijen.get(rij, {}).get(kolom)
        return self.vulling.get((rij, kolom)) if waarde is None else waarde

    def kopnaam(self, ons: str) -> str:
        """The user's own header for a column of ours."""
        kolom = self.kop.koppeling.naar.get(ons)
        return self.kop.koppen.get(kolom, ons) if kolom else ons


def bepaal_eenheden(kop: Kop, titels: list[str], kolommen: Mapping[str, Kolom]) -> dict[str, int]:
    """Our column -> factor. A title speaks for money only, and only where the header is silent."""
    uit_titel = next((f for t in titels if (f := eenheid(t)) is not None), 1)
    uit = {}
    for kolom, ons in kop.koppeling.kolommen.items():
        soort = kolommen[ons].type
        if soort in ("bedrag", "uren"):
            eigen = eenheid(kop.koppen[kolom])
            factor = eigen if eigen is not None else (uit_titel if soort == "bedrag" else 1)
            if factor != 1:
                uit[ons] = factor
    return uit


def lees_kolommen(lezing: Lezing) -> Lezing:
    """Parse every mapped column; returns the lezing with columns that were guessed wrong taken out."""
    # Late: it needs Lezing.
    from opgavelib.inlezen.twijfel import meld_aandelen, meld_schaal

    _vul_samengevoegd(lezing)
    woordenboek = kolommen_van(lezing.kop.koppeling.opzet.tabel)
    weg: dict[int, str] = {}
    for kolom, ons in lezing.kop.koppeling.kolommen.items():
        k = woordenboek[ons]
        lees = lezing.lezers.get(ons) or lezer(k, lezing.eenheden.get(ons, 1))
        waarden, fouten, notities = lees_kolom(lezing, kolom, lees)
        if k.type == "bedrag":
            meld_schaal(lezing, kolom, ons, waarden, fouten)
        gevuld = sum(w is not None for w in waarden) + len(fouten)
        mag_weg = ons not in lezing.vast and not k.verplicht and (
            kolom in lezing.kop.koppeling.gokken
            or (k.type in _TWIJFELBAAR and not zeker(lezing.kop.koppeling, lezing.kop.koppen, kolom))
        )  # fmt: skip
        if mag_weg and len(fouten) * 2 > gevuld:
            weg[kolom] = ons
            continue
        if "centen" in notities:
            factor, rijen = lezing.eenheden.get(ons, 1), frozenset(notities["centen"])
            lezing.centen[ons] = [
                (centen(lezing.cel(r, kolom), factor) or None) if r in rijen and w is not None else None
                for r, w in zip(lezing.rijen, waarden, strict=True)
            ]
            if _centkolom(ons) in tabel(lezing.kop.koppeling.opzet.tabel):
                wat = aantal(len(notities.pop("centen")), "bedrag heeft", "bedragen hebben")
                zin = f"{wat} centen. Die tellen mee; tabellen tonen hele euro's."
                lezing.vondst.meld(Ernst.INFO, zin, kolom=lezing.kop.koppen[kolom])
        _meld_cellen(lezing, kolom, k, fouten, notities)
        if k.type == "aandeel":
            meld_aandelen(lezing, kolom)
        lezing.kolommen[ons] = waarden
    if weg:
        _meld_fout_geraden(lezing, weg)
        over = {k: v for k, v in lezing.kop.koppeling.kolommen.items() if k not in weg}
        lezing.kop = replace(lezing.kop, koppeling=replace(lezing.kop.koppeling, kolommen=over))
    return lezing


def _centkolom(ons: str) -> str:
    """``lasten_cent`` of ``lasten_eur``."""
    return f"{ons.removesuffix('_eur')}_cent"


def met_centen(lezing: Lezing) -> dict[str, list]:
    """The columns that were read, with those of the cents beside the euros."""
    return lezing.kolommen | {_centkolom(ons): w for ons, w in lezing.centen.items() if ons in lezing.kolommen}


def lees_kolom(lezing: Lezing, kolom: int, lees: Lezer) -> tuple[list, list, dict[str, list[int]]]:
    """Values of one Excel column for all source rows, errors as (row, problem, advice, value), and notes."""
    tik()
    blad, waarden, fouten, notities = lezing.blad, [], [], {}
    kapot, opmaak = blad.foutcellen | blad.zonder_waarde | blad.verouderd, blad.opmaak
    for rij in lezing.rijen:
        waarde = None
        if (rij, kolom) in kapot:
            fouten.append((rij, *_kapotte_cel(blad, rij, kolom), None))
        else:
            bron = lezing.cel(rij, kolom)
            if bron is not None:
                try:
                    waarde, notitie = lees(bron, opmaak.get((rij, kolom), ""))
                except Onleesbaar as e:
                    fouten.append((rij, e.probleem, e.doe, bron))
                else:
                    for n in notitie:
                        notities.setdefault(n, []).append(rij)
        waarden.append(waarde)
    if "engels" in notities:
        _twee_notaties(lezing, kolom, waarden, fouten)
    return waarden, fouten, notities


def _twee_notaties(lezing: Lezing, kolom: int, waarden: list, fouten: list) -> None:
    """Among texts such as 12.5 nobody knows whether 1.234 is a thousand or a little more than one."""
    for i, rij in enumerate(lezing.rijen):
        bron = lezing.cel(rij, kolom)
        if waarden[i] is not None and isinstance(bron, str) and _DUIZEND_OF_DECIMAAL.fullmatch(bron.strip()):
            waarden[i] = None
            fouten.append(
                (
                    rij,
                    "{waarde} kan op twee manieren worden gelezen: in deze kolom is een punt ook decimaalteken.",
                    "Gebruik in de hele kolom een komma voor decimalen, of maak er getallen van.",
                    bron,
                )
            )


def _kapotte_cel(blad: Werkblad, rij: int, kolom: int) -> tuple[str, str]:
    if (rij, kolom) in blad.zonder_waarde:
        return (
            "De formule in deze cel heeft geen berekende waarde.",
            "Open het bestand in Excel, laat het rekenen en sla het op, of vul de waarde zelf in.",
        )
    if (rij, kolom) in blad.verouderd:
        return (
            "De formule telt cellen op, maar de bewaarde waarde is een andere: die is verouderd.",
            "Open het bestand in Excel, laat het rekenen (F9) en sla het op.",
        )
    return (
        f"De cel bevat de Excel-fout {blad.rijen[rij][kolom]}.",
        "Herstel de formule of vul de waarde zelf in.",
    )


def toon(waarde: object, kolom: Kolom) -> str:
    """A value as it may be shown in a finding; personal data never."""
    if kolom.persoonsgegeven:
        return "De waarde"
    tekst = f"{waarde:.10g}".replace(".", ",") if isinstance(waarde, float) else str(waarde).strip()
    tekst = " ".join(tekst.split())
    return f"'{tekst[:40]}…'" if len(tekst) > 40 else f"'{tekst}'"


def _meld_cellen(lezing: Lezing, kolom: int, k: Kolom, fouten: list, notities: dict[str, list[int]]) -> None:
    kop = lezing.kop.koppen[kolom]
    for rij, probleem, doe, waarde in fouten:
        lezing.vondst.fout_in_rij(probleem, kop, rij, probleem.replace("{waarde}", toon(waarde, k)), doe)
    procent, fractie = set(notities.get("als_procent", [])), notities.get("als_fractie", [])
    zonder = notities.get("zonder_procentteken", [])
    if zonder and fractie:
        lezing.vondst.meld(
            Ernst.LET_OP,
            f"Aandelen staan door elkaar: {len(procent)} keer als percentage, {len(fractie)} keer als deel van 1.",
            "Controleer de waarden; gebruik één schrijfwijze.",
            kolom=kop,
        )
    for notitie, rijen in notities.items():
        if notitie in NOTITIES:
            probleem, doe = NOTITIES[notitie]
            for rij in rijen:
                lezing.vondst.noteer(kop, rij, probleem, doe)


def _meld_fout_geraden(lezing: Lezing, weg: Mapping[int, str]) -> None:
    for kolom, ons in weg.items():
        lezing.vondst.meld(
            Ernst.LET_OP,
            f"De inhoud past niet bij '{ons}'; de kolom is niet gebruikt.",
            f"Is dit wel '{ons}'? Wijs de kolom dan zelf aan: {lezing.kop.koppen[kolom]}={ons}.",
            kolom=lezing.kop.koppen[kolom],
        )


def _vul_samengevoegd(lezing: Lezing) -> None:
    woordenboek = kolommen_van(lezing.kop.koppeling.opzet.tabel)
    for r1, k1, r2, _ in lezing.blad.samengevoegd:
        ons = lezing.kop.koppeling.kolommen.get(k1)
        rijen = lezing.rijen[bisect_right(lezing.rijen, r1) : bisect_right(lezing.rijen, r2)]
        if ons is None or r1 <= lezing.kop.rij or not rijen:
            continue
        waarde, kop = lezing.blad.rijen.get(r1, {}).get(k1), lezing.kop.koppen[k1]
        if woordenboek[ons].type in _VULBAAR and ons not in _NIET_VULBAAR:
            for rij in rijen:
                lezing.vulling[rij, k1] = waarde
                lezing.vondst.noteer(kop, rij, "Samengevoegde cel: de waarde geldt voor alle rijen ervan.")
        else:
            for rij in rijen:
                lezing.vondst.noteer(
                    kop, rij, "Samengevoegde cel: de waarde telt alleen in de eerste rij ervan.",
                    "Hef de samenvoeging op en vul elke rij in.",
                )  # fmt: skip


def eis(lezing: Lezing, kolom: str, wat: str, doe: str = "Vul de cel in.") -> None:
    """An error for every source row in which a required column is empty."""
    kop = lezing.kopnaam(kolom)
    al = lezing.vondst.foute_rijen_van(kop)  # a cell that could not be read is not empty as well
    for rij, waarde in zip(lezing.rijen, lezing.kolommen.get(kolom, []), strict=False):
        if waarde is None and rij not in al:
            lezing.vondst.fout_in_rij(f"leeg {kolom}", kop, rij, wat, doe)


def eis_kolommen(lezing: Lezing, *nodig: str) -> bool:
    """An error for every required column without a header; whether all are there."""
    koppen = ", ".join(f"'{k}'" for k in lezing.kop.koppen.values())
    for naam in nodig:
        if naam not in lezing.kolommen:
            lezing.vondst.meld(
                Ernst.FOUT,
                f"De kolom '{naam}' ontbreekt. Gevonden koppen: {koppen}.",
                f"Voeg de kolom toe, of wijs aan welke het is: EIGEN KOP={naam}.",
                rij=lezing.kop.rij,
            )
    return all(n in lezing.kolommen for n in nodig)


def maak_tabel(naam: str, kolommen: Mapping[str, list], rijen) -> pd.DataFrame:
    """Columns of one table as a DataFrame, in the order of the dictionary, with `rij` last.

    Returns
    -------
    DataFrame, RangeIndex; money, years and scores Int64 (Float64 with a score that is not whole), hours, fte
    and shares float64, ja_nee boolean, everything else object with None where missing
    """
    import pandas as pd

    uit = {
        k.kolom: pd.array(kolommen[k.kolom], dtype=_dtype(k, kolommen[k.kolom]))
        if k.type in _PANDAS
        else pd.Series(kolommen[k.kolom], dtype=object)
        for k in tabel(naam).values()
        if k.kolom in kolommen
    }
    return pd.DataFrame({**uit, "rij": pd.array(list(rijen), dtype="int64")})


def _dtype(k: Kolom, waarden: list) -> str:
    gebroken = k.type == "score" and any(w is not None and w != int(w) for w in waarden)
    return "Float64" if gebroken else _PANDAS[k.type]


def smelt_kwartalen(lezing: Lezing) -> tuple[dict[str, list], list[int]]:
    """A wide sheet of quarters as rows of inzet: one per filled cell.

    Returns
    -------
    (columns of inzet, Excel row of each)
    """
    basis = {
        k: lezing.kolommen[k] for k in ("activiteit", "team", "status", "deskundigheid") if k in lezing.kolommen
    }
    uit: dict[str, list] = {k: [] for k in (*basis, "kwartaal", "uren_gevraagd", "uren_toegezegd")}
    bron: list[tuple[int, int, str, float]] = []
    for kolom, kwartaal in lezing.kop.koppeling.kwartalen.items():
        factor = eenheid(lezing.kop.koppen[kolom]) or 1
        uren = tabel("inzet")["uren_gevraagd"]
        waarden = lees_breed(lezing, kolom, lezer(uren, factor), uren)
        bron += [(i, int(kwartaal[:4] + kwartaal[5]), kwartaal, w) for i, w in enumerate(waarden) if w is not None]
    for i, _, kwartaal, uren in sorted(bron):
        for k, waarden in basis.items():
            uit[k].append(waarden[i])
        uit["kwartaal"].append(kwartaal)
        uit["uren_gevraagd"].append(uren)
        uit["uren_toegezegd"].append(uren if basis.get("status", [None] * (i + 1))[i] == "toegezegd" else None)
    return uit, [lezing.rijen[i] for i, *_ in sorted(bron)]


def lees_breed(lezing: Lezing, kolom: int, lees: Lezer, k: Kolom) -> list:
    """Values of one column of a wide sheet for all source rows, with its findings."""
    waarden, fouten, notities = lees_kolom(lezing, kolom, lees)
    _meld_cellen(lezing, kolom, k, fouten, notities)
    return waarden


def losse_kolommen(lezing: Lezing) -> dict[int, int]:
    """Excel columns that hold data but have no header -> number of source rows that fill them."""
    uit: dict[int, int] = {}
    for rij in lezing.rijen:
        for kolom, waarde in lezing.blad.rijen.get(rij, {}).items():
            if kolom not in lezing.kop.koppen and not is_leeg(waarde):
                uit[kolom] = uit.get(kolom, 0) + 1
    return uit
