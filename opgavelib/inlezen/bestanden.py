"""Several files through the gate: all findings of all files at once, and nothing partial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from opgavelib.fouten import Bevinding, Ernst, InvoerFout
from opgavelib.inlezen.bevindingen import Verzamelaar, opsomming
from opgavelib.inlezen.bladen import GelezenBlad, lees_blad
from opgavelib.inlezen.kolommen import OPZETTEN, SOORTEN, alle_kolommen, bepaal_soort, kolommen_van
from opgavelib.inlezen.koppen import normaliseer
from opgavelib.inlezen.kopregel import Kop, gevonden_koppen, lijkt_tabel, vind_kop
from opgavelib.inlezen.openen import Geopend, open_bestanden
from opgavelib.inlezen.waarden import vlak
from opgavelib.inlezen.werkblad import Werkblad
from opgavelib.parameters import Criterium

_PER_SOORT = {
    "coalitieakkoord": ("ambities",),
    "begroting": ("begroting", "ambities"),
    "top5": ("top5", "ambities"),
    "teams": ("teams",),
    "activiteiten": ("inzet", "activiteiten", "opgaven"),
    "scores": ("scores",),
}


@dataclass(frozen=True)
class Inlezing:
    """What came through the gate: sheets in the order of the files, and all findings."""

    bladen: tuple[GelezenBlad, ...]
    bevindingen: tuple[Bevinding, ...]

    @property
    def gelezen(self) -> int:
        """Source rows accepted; none as long as there is an error, for nothing is stored partially."""
        return 0 if self.geweigerd else sum(b.gelezen for b in self.bladen)

    @property
    def geweigerd(self) -> int:
        """Source rows refused: all of them when there is an error anywhere."""
        if not any(b.ernst == Ernst.FOUT for b in self.bevindingen):
            return sum(b.geweigerd for b in self.bladen)
        return sum(b.gelezen + b.geweigerd for b in self.bladen)


def lees_bestanden(
    paden: Iterable[str | Path],
    *,
    soort: str | None = None,
    kolommen: Mapping[str, str] | None = None,
    criteria: Iterable[Criterium] | None = None,
) -> Inlezing:
    """Read inventories; all or nothing.

    Parameters
    ----------
    paden : .xlsx, .xlsm, .xls, .xlsb, .ods or .csv files; the same file twice counts once
    soort : one of `SOORTEN` for all files; by default each sheet's columns and names decide
    kolommen : own header -> our column, where the gate guesses wrong; "" leaves a column out
    criteria : criteria that may head a column of scores, default `parameters.criteria()`

    Returns
    -------
    Inlezing without any finding of ernst ``fout``

    Raises
    ------
    InvoerFout : with every finding of every file, as soon as one of them is an error
    ValueError : `soort` is none of `SOORTEN`
    """
    inlezing = beoordeel_bestanden(paden, soort=soort, kolommen=kolommen, criteria=criteria)
    if any(b.ernst == Ernst.FOUT for b in inlezing.bevindingen):
        raise InvoerFout(inlezing.bevindingen)
    return inlezing


def beoordeel_bestanden(
    paden: Iterable[str | Path],
    *,
    soort: str | None = None,
    kolommen: Mapping[str, str] | None = None,
    criteria: Iterable[Criterium] | None = None,
) -> Inlezing:
    """As `lees_bestanden`, but errors are in the findings instead of raised.

    Rows with an error are counted in `geweigerd`; tables of a sheet with errors are not for use.
    """
    if soort is not None and soort not in SOORTEN:
        raise ValueError(f"soort {soort!r} bestaat niet; kies uit {', '.join(SOORTEN)}")
    eigen = {normaliseer(kop): ons for kop, ons in (kolommen or {}).items()}
    uniek = list({Path(p).resolve(): Path(p) for p in paden}.values())
    bladen: list[GelezenBlad] = []
    bevindingen: list[Bevinding] = _keur_kolommen(kolommen or {}, uniek)
    gezien: dict[str, str] = {}
    if not bevindingen:
        crit = _criteria(criteria)
        for bron in open_bestanden(uniek):
            gelezen, gevonden, koppen = _lees_bestand(bron, soort, eigen, crit)
            bladen += gelezen
            bevindingen += gevonden
            gezien |= koppen
        bevindingen += _keur_gebruikt(kolommen or {}, gezien, uniek)
    return Inlezing(tuple(bladen), tuple(bevindingen))


def _criteria(criteria: Iterable[Criterium] | None) -> dict[str, str]:
    if criteria is None:
        from opgavelib.parameters import criteria as standaard

        criteria = standaard()
    return {normaliseer(naam): c.criterium for c in criteria for naam in (c.naam, c.criterium)}


def _keur_kolommen(kolommen: Mapping[str, str], paden: list[Path]) -> list[Bevinding]:
    bestand = ", ".join(p.name for p in paden)
    return [
        Bevinding(bestand, kolom=kop, probleem=f"'{ons}' is geen kolom van het werkboek.",
                  doe=f"Kies uit: {', '.join(sorted(alle_kolommen()))}.")
        for kop, ons in kolommen.items() if ons and ons not in alle_kolommen()
    ]  # fmt: skip


def _keur_gebruikt(kolommen: Mapping[str, str], gezien: Mapping[str, str], paden: list[Path]) -> list[Bevinding]:
    bestand = ", ".join(p.name for p in paden)
    return [
        Bevinding(bestand, kolom=kop, probleem=f"Er is geen kolom met de kop '{kop}'.",
                  doe=f"Kies uit: {opsomming(gezien.values(), 40)}.")
        for kop in kolommen if gezien and normaliseer(kop) not in gezien
    ]  # fmt: skip


def _lees_bestand(
    bron: Geopend, soort: str | None, eigen: Mapping[str, str], criteria: Mapping[str, str]
) -> tuple[list[GelezenBlad], list[Bevinding], dict[str, str]]:
    """One file: its sheets, its findings, and all headers that were seen (normalised -> as written)."""
    naam = bron.pad.name
    if bron.boek is None:
        return [], [Bevinding(naam, probleem=bron.weigering.probleem, doe=bron.weigering.doe)], {}
    gemeld = [Bevinding(naam, m.blad, m.rij, ernst=m.ernst, probleem=m.probleem, doe=m.doe) for m in bron.meldingen]
    bestandsnaam = vlak(bron.pad.stem)
    herkend, bevindingen, over = _herken(bron.boek.bladen, naam, bestandsnaam, soort, eigen, criteria)
    bevindingen = [*gemeld, *bevindingen]
    if not herkend:
        return [], [*bevindingen, _niets_herkend(naam, over, soort)], {}
    tabellen = frozenset(kop.koppeling.opzet.tabel for _, kop in herkend)
    bladen, koppen = [], {}
    for blad, kop in herkend:
        hint = f"{bestandsnaam} {vlak(blad.naam)}"
        vondst = Verzamelaar(naam, blad.naam)
        bladen.append(
            lees_blad(
                blad, kop, bestand=naam, sha256=bron.sha256, eigen=eigen, criteria=criteria, vondst=vondst,
                soort=soort or bepaal_soort(kop.koppeling.opzet, hint, tabellen),
            )
        )  # fmt: skip
        bevindingen += vondst.lijst()
        koppen |= {normaliseer(k): k for k in kop.koppen.values()}
    return bladen, bevindingen, koppen


def _herken(
    werkbladen: Iterable[Werkblad],
    bestand: str,
    bestandsnaam: str,
    soort: str | None,
    eigen: Mapping[str, str],
    criteria: Mapping[str, str],
) -> tuple[list[tuple[Werkblad, Kop]], list[Bevinding], dict[str, tuple[str, ...]]]:
    """Sheets with their header; findings about the sheets left aside, and the headers of those."""
    opzetten = [o for o in OPZETTEN if soort is None or o.tabel in _PER_SOORT[soort]]
    herkend, bevindingen, over = [], [], {}
    for blad in werkbladen:
        if blad.verborgen:
            bevindingen.append(
                Bevinding(
                    bestand,
                    blad.naam,
                    ernst=Ernst.LET_OP,
                    probleem="Dit verborgen blad is niet gelezen.",
                    doe="Maak het zichtbaar als het mee moet doen.",
                )
            )
            continue
        kop = vind_kop(
            blad, opzetten, eigen=eigen, criteria=criteria, naam_hint=f"{bestandsnaam} {vlak(blad.naam)}",
            gok_titel=soort in ("coalitieakkoord", "top5"), gevraagd=soort is not None,
        )  # fmt: skip
        if kop is not None:
            herkend.append((blad, kop))
            continue
        over[blad.naam] = gevonden_koppen(blad)
        tabel = lijkt_tabel(blad)
        bevindingen.append(
            Bevinding(
                bestand,
                blad.naam,
                ernst=Ernst.LET_OP if tabel else Ernst.INFO,
                probleem="Op dit blad is geen tabel van het werkboek herkend; het is niet gelezen."
                if blad.rijen
                else "Dit blad is leeg.",
                doe=f"Gevonden koppen: {opsomming(over[blad.naam])}. Wijs ze aan als ze mee moeten doen."
                if tabel
                else "",
            )
        )
    return herkend, bevindingen, over


def _niets_herkend(bestand: str, over: Mapping[str, tuple[str, ...]], soort: str | None) -> Bevinding:
    koppen = "; ".join(f"blad '{b}': {opsomming(k)}" for b, k in over.items() if k) or "geen"
    opzetten = [o for o in OPZETTEN if soort is None or o.tabel in _PER_SOORT[soort]]
    nodig = "; ".join(
        f"{o.tabel}: " + " en ".join(" of ".join(_eerste_synoniem(o.tabel, k) for k in groep) for groep in o.nodig)
        for o in opzetten
    )
    return Bevinding(
        bestand,
        probleem=f"Op geen enkel blad is een tabel herkend. Gevonden koppen: {koppen}.",
        doe=f"Nodig is voor {nodig}. Pas de kop aan, of wijs de kolommen zelf aan.",
    )


def _eerste_synoniem(tabel: str, kolom: str) -> str:
    return f"'{kolom}'" if kolom in kolommen_van(tabel) else kolom
