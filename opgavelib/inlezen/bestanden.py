"""Several files through the gate: all findings of all files at once, and nothing partial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from opgavelib.fouten import Bevinding, Ernst, InvoerFout
from opgavelib.inlezen.bevindingen import Verzamelaar, opsomming
from opgavelib.inlezen.bladen import GelezenBlad, lees_blad
from opgavelib.inlezen.delen import is_kopwoord, verdeel
from opgavelib.inlezen.grenzen import Geweigerd, Grenzen
from opgavelib.inlezen.keuzes import Bladkeuze, Vraag
from opgavelib.inlezen.klok import bewaakt
from opgavelib.inlezen.kolommen import OPZETTEN, SOORTEN, alle_kolommen, bepaal_soort, kolommen_van
from opgavelib.inlezen.koppelvoorstel import Koppelvoorstel, maak_voorstel, meld_suggesties
from opgavelib.inlezen.koppen import normaliseer
from opgavelib.inlezen.kopregel import ZOEK_TOT, Kop, gevonden_koppen, lijkt_tabel, vind_kop
from opgavelib.inlezen.maatstaven import Maatstaven
from opgavelib.inlezen.openen import Geopend, open_bestanden
from opgavelib.inlezen.waarden import vlak
from opgavelib.inlezen.werkblad import Melding, Werkblad
from opgavelib.parameters import Criterium
from opgavelib.woordenboek import UITLEG_SJABLOON

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
    """What came through the gate: sheets in the order of the files, all findings, and how each was understood."""

    bladen: tuple[GelezenBlad, ...]
    bevindingen: tuple[Bevinding, ...]
    voorstellen: tuple[Koppelvoorstel, ...] = ()

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
    criteria : what scores may be about, each with its scale, default `parameters.criteria()`

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
    vraag: Vraag | None = None,
) -> Inlezing:
    """As `lees_bestanden`, but errors are in the findings instead of raised.

    Rows with an error are counted in `geweigerd`; tables of a sheet with errors are not for use.

    Parameters
    ----------
    vraag : what a person chose per sheet, now or before; `kolommen` and `soort` go before what was
        remembered, and `criteria` before those of `vraag`
    """
    if soort is not None and soort not in SOORTEN:
        raise ValueError(f"soort {soort!r} bestaat niet; kies uit {', '.join(SOORTEN)}")
    eigen = {normaliseer(kop): ons for kop, ons in (kolommen or {}).items()}
    uniek = list({Path(p).resolve(): Path(p) for p in paden}.values())
    bladen: list[GelezenBlad] = []
    voorstellen: list[Koppelvoorstel] = []
    bevindingen: list[Bevinding] = _keur_kolommen(kolommen or {}, uniek)
    gezien: dict[str, str] = {}
    if not bevindingen:
        vraag, grenzen = vraag or Vraag(), Grenzen.standaard()
        crit = _maatstaven(criteria if criteria is not None else vraag.criteria)
        for bron in open_bestanden(uniek, grenzen):
            try:
                with bewaakt(grenzen.duiding_seconden):
                    gelezen, gevonden, voorgesteld = _lees_bestand(bron, soort, eigen, crit, vraag, grenzen)
            except Geweigerd as fout:
                gelezen, voorgesteld = [], []
                gevonden = [Bevinding(bron.pad.name, probleem=fout.probleem, doe=fout.doe)]
            bladen += gelezen
            bevindingen += gevonden
            voorstellen += voorgesteld
            gezien |= {normaliseer(k.kop): k.kop for v in voorgesteld if v.gelezen for k in v.kolommen}
        bevindingen += _keur_gebruikt(kolommen or {}, gezien, uniek)
    return Inlezing(tuple(bladen), tuple(bevindingen), tuple(voorstellen))


def _maatstaven(criteria: Iterable[Criterium] | None) -> Maatstaven:
    if criteria is None:
        from opgavelib.parameters import criteria as standaard

        criteria = standaard()
    return Maatstaven(criteria)


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


@dataclass(frozen=True)
class _Blad:
    """A sheet with what was said of it beforehand, and the header that was found."""

    werkblad: Werkblad
    keuze: Bladkeuze
    waarom: Mapping[str, str]
    kop: Kop | None = None


def _lees_bestand(
    bron: Geopend,
    soort: str | None,
    eigen: Mapping[str, str],
    criteria: Maatstaven,
    vraag: Vraag,
    grenzen: Grenzen,
) -> tuple[list[GelezenBlad], list[Bevinding], list[Koppelvoorstel]]:
    """One file: its sheets, its findings, and how each sheet was understood."""
    naam = bron.pad.name
    if bron.boek is None:
        return [], [Bevinding(naam, probleem=bron.weigering.probleem, doe=bron.weigering.doe)], []
    gemeld = [_bevinding(naam, m) for m in bron.meldingen]
    bestandsnaam = vlak(bron.pad.stem)
    delen: list[Werkblad] = []
    for blad in bron.boek.bladen:
        if blad.verborgen or is_uitleg(blad):
            delen.append(blad)
            continue
        if te_breed := _te_breed(naam, blad, grenzen.koppen, vraag):
            gemeld.append(te_breed)
            continue
        los, verdeeld = verdeel(blad, criteria=criteria, naam_hint=f"{bestandsnaam} {vlak(blad.naam)}")
        delen += los
        gemeld += [_bevinding(naam, m) for m in verdeeld]
    alle, bevindingen, over = _herken(delen, naam, bestandsnaam, soort, eigen, criteria, vraag)
    bevindingen = [*gemeld, *bevindingen]
    herkend = [b for b in alle if b.kop is not None]
    if not herkend:
        bevindingen.append(_niets_herkend(naam, over, soort))
    tabellen = frozenset(b.kop.koppeling.opzet.tabel for b in herkend)
    bladen, voorstellen = [], []
    for b in alle:
        gelezen = None
        if b.kop is not None:
            vondst = Verzamelaar(naam, b.werkblad.naam)
            hint = f"{bestandsnaam} {vlak(b.werkblad.naam)}"
            gelezen = lees_blad(
                b.werkblad, b.kop, bestand=naam, sha256=bron.sha256, eigen=b.keuze.kolommen, criteria=criteria,
                vondst=vondst, soort=b.keuze.soort or bepaal_soort(b.kop.koppeling.opzet, hint, tabellen),
            )  # fmt: skip
            bladen.append(gelezen)
            bevindingen += vondst.lijst()
        voorstel = maak_voorstel(
            naam, b.werkblad, kop=b.kop, gelezen=gelezen, keuze=b.keuze, waarom=b.waarom, criteria=criteria,
            bekend=vraag.bekend,
        )  # fmt: skip
        voorstellen.append(voorstel)
        bevindingen += meld_suggesties(voorstel)
    # A sheet that is there but was not read now has not left its file.
    ongelezen = frozenset(d.naam for d in delen) - {b.blad for b in bladen}
    bladen = [replace(b, ongelezen=ongelezen) for b in bladen]
    if any(map(is_uitleg, bron.boek.bladen)) and herkend and not any(b.gelezen + b.geweigerd for b in bladen):
        bevindingen.append(_leeg_sjabloon(naam, herkend))
    return bladen, bevindingen, voorstellen


def _te_breed(bestand: str, blad: Werkblad, koppen: int, vraag: Vraag) -> Bevinding | None:
    """A finding when a row that may be the header has more cells than a table of ours can have columns."""
    breed = max((blad.rijen[r] for r in sorted(blad.rijen)[:ZOEK_TOT]), key=len, default={})
    if len(breed) <= koppen:
        return None
    tekst = f"Dit blad heeft {len(breed)} kolommen; een tabel mag er {koppen} hebben. Het is niet gelezen."
    gekozen = vraag.keuzes.get((bestand, blad.naam))
    # A calendar beside the inventory is none of our business; a table of ours may not drop out quietly.
    bekend = sum(map(is_kopwoord, breed.values())) >= 2 and not (gekozen and not gekozen.lezen)
    return Bevinding(
        bestand, blad.naam, ernst=Ernst.FOUT if bekend else Ernst.LET_OP, probleem=tekst,
        doe="Zet alleen de kolommen die meedoen in een nieuwe werkmap.",
    )  # fmt: skip


def _bevinding(bestand: str, m: Melding) -> Bevinding:
    return Bevinding(bestand, m.blad, m.rij, ernst=m.ernst, probleem=m.probleem, doe=m.doe)


def _herken(
    werkbladen: Iterable[Werkblad],
    bestand: str,
    bestandsnaam: str,
    soort: str | None,
    eigen: Mapping[str, str],
    criteria: Mapping[str, str],
    vraag: Vraag,
) -> tuple[list[_Blad], list[Bevinding], dict[str, tuple[str, ...]]]:
    """Sheets that are not left aside; findings about those that are, and the headers of what is no table."""
    alle, bevindingen, over = [], [], {}
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
        if is_uitleg(blad):
            continue
        keuze, waarom, gemeld = vraag.over(bestand, blad, eigen, soort)
        if not keuze.lezen:
            tekst = "Dit blad is niet gelezen, zoals u koos."
            bevindingen.append(Bevinding(bestand, blad.naam, ernst=Ernst.INFO, probleem=tekst))
            alle.append(_Blad(blad, keuze, waarom))
            over[blad.naam] = ()
            continue
        bevindingen += gemeld
        opzetten = [o for o in OPZETTEN if keuze.soort is None or o.tabel in _PER_SOORT[keuze.soort]]
        kop = vind_kop(
            blad, opzetten, eigen=keuze.kolommen, criteria=criteria, rij=keuze.kopregel,
            naam_hint=f"{bestandsnaam} {vlak(blad.naam)}", gevraagd=keuze.soort is not None,
            gok_titel=keuze.soort in ("coalitieakkoord", "top5"),
        )  # fmt: skip
        if blad.rijen:
            alle.append(_Blad(blad, keuze, waarom, kop))
        if kop is not None:
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
    return alle, bevindingen, over


def is_uitleg(blad: Werkblad) -> bool:
    """Whether this is the sheet with explanation that a template of ours carries."""
    return str(blad.rijen.get(1, {}).get(1, "")).startswith(UITLEG_SJABLOON)


def _leeg_sjabloon(bestand: str, herkend: Iterable[_Blad]) -> Bevinding:
    bladen = opsomming(b.werkblad.naam for b in herkend)
    return Bevinding(
        bestand, probleem="Dit sjabloon is nog niet ingevuld.",
        doe=f"Vul onder de kop van blad {bladen} uw rijen in; wat er in een kolom hoort, staat op blad 'Uitleg'.",
    )  # fmt: skip


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
