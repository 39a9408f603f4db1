"""How a sheet was understood, for who may correct it: per header our column, why, and examples.

What a person said of the sheet (`opgavelib.inlezen.keuzes`) goes before every guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from opgavelib.fouten import Bevinding, Ernst
from opgavelib.inlezen.bladen import GelezenBlad
from opgavelib.inlezen.keuzes import GEKOZEN, ONTHOUDEN, Bladkeuze, indeling
from opgavelib.inlezen.kolominhoud import STEEKPROEF, Inhoud, Suggestie, inhoud_van, leesbaar, stel_voor
from opgavelib.inlezen.kolommen import OPZETTEN, SOORTEN, Koppeling, Opzet, kolommen_van, koppel, woordenlijst
from opgavelib.inlezen.koppen import EXACT, SYNONIEM, normaliseer
from opgavelib.inlezen.kopregel import ZOEK_TOT, Kop, kolomletter, koppen_van
from opgavelib.inlezen.werkblad import Werkblad

UIT_KOP, UIT_INHOUD = "synoniem", "inhoud"
_KOPREGELS = 12
_STEEKPROEF_BREED, _WERK = 20, 4000


@dataclass(frozen=True)
class Kolomvoorstel:
    """One own column.

    Attributes
    ----------
    kolom, letter : its place, as number and as Excel shows it
    ons : our column, "" when it is not used
    waarom : zelf gekozen, onthouden, synoniem or inhoud; "" when not used
    reden : the same in a Dutch sentence
    zekerheid : 0 to 1
    voorbeelden : first values; the user's own file, never for a log or a finding
    suggestie : what its content speaks for when it is not used
    """

    kolom: int
    letter: str
    kop: str
    ons: str
    waarom: str
    reden: str
    zekerheid: float
    voorbeelden: tuple[str, ...]
    suggestie: Suggestie | None = None


@dataclass(frozen=True)
class Koppelvoorstel:
    """One sheet as it was understood.

    Attributes
    ----------
    indeling : fingerprint of its layout, to remember the choices by
    soort, tabel : what it was taken for; "" when nothing was recognised
    soorten : all kinds, the likeliest first, with how many of its headers they know
    kopregel : Excel row of the header
    kopregels : (Excel row, its texts) to choose from
    gelezen : False when the sheet is left out
    mogelijk : our columns that a header may be given
    """

    bestand: str
    blad: str
    indeling: str
    soort: str
    tabel: str
    soorten: tuple[tuple[str, int], ...]
    kopregel: int
    kopregels: tuple[tuple[int, str], ...]
    kolommen: tuple[Kolomvoorstel, ...]
    gelezen: bool
    mogelijk: tuple[str, ...]

    @property
    def koppen(self) -> tuple[str, ...]:
        """Own headers, normalised."""
        return tuple(normaliseer(k.kop) for k in self.kolommen)

    def onthoud(self, keuze: Bladkeuze, eerder: Mapping[str, Mapping]) -> dict[str, object] | None:
        """What to remember of this sheet, as `Vraag` wants it back; None when nothing was ever said of it.

        Parameters
        ----------
        keuze : what the person chose now
        eerder : layout -> what was remembered before
        """
        gezegd = {normaliseer(k.kop): k.ons for k in self.kolommen if k.waarom in (GEKOZEN, ONTHOUDEN)}
        if not (gezegd or keuze.soort or keuze.kopregel):
            return None
        toen = eerder.get(self.indeling, {})
        return {"bestand": self.bestand, "blad": self.blad, "soort": keuze.soort or toen.get("soort"),
                "kopregel": self.kopregel, "kolommen": gezegd, "koppen": list(self.koppen)}  # fmt: skip


def maak_voorstel(
    bestand: str,
    blad: Werkblad,
    *,
    kop: Kop | None,
    gelezen: GelezenBlad | None,
    keuze: Bladkeuze,
    waarom: Mapping[str, str],
    criteria: Mapping[str, str],
    bekend: Mapping[str, Collection[str]],
) -> Koppelvoorstel:
    """How one sheet was understood; also for a sheet on which nothing was recognised.

    Parameters
    ----------
    kop, gelezen : what the gate made of it, None when it was left aside
    keuze, waarom : from `Vraag.over`
    """
    rij = kop.rij if kop else keuze.kopregel or _kopachtig(blad)
    koppen = kop.koppen if kop else koppen_van(blad, rij)
    onder = _bronrijen(gelezen) or sorted(r for r in blad.rijen if r > rij)
    # Of a wide sheet fewer rows: every column is held against every column of ours.
    hoogstens = max(_STEEKPROEF_BREED, min(STEEKPROEF, _WERK // max(len(koppen), 1)))
    inhoud = {kolom: inhoud_van(blad, onder, kolom, hoogstens) for kolom in koppen}
    if kop:
        opzet, soort, suggesties = kop.koppeling.opzet, gelezen.soort, {}
    else:
        opzet, soort, suggesties = _raad_opzet(koppen, inhoud, keuze.soort, criteria, bekend)
    ons = {kolom: gelezen.kolommen.get(k, "") if gelezen else "" for kolom, k in koppen.items()}
    if opzet is not None:
        woordenboek = kolommen_van(opzet.tabel)
        open_ = {k: i for k, i in inhoud.items() if not ons[k] and keuze.kolommen.get(normaliseer(koppen[k])) != ""}
        vrij = [k for naam, k in woordenboek.items() if naam not in ons.values()]
        suggesties = suggesties or stel_voor(open_, vrij, bekend)
    kolommen = [
        _kolom(kolom, k, ons[kolom], inhoud[kolom], suggesties.get(kolom), kop, waarom)
        for kolom, k in koppen.items()
    ]
    return Koppelvoorstel(
        bestand,
        blad.naam,
        indeling(blad.naam, koppen),
        soort if gelezen else (keuze.soort or ""),
        opzet.tabel if opzet else "",
        _soorten(koppen, criteria, soort),
        rij,
        tuple((r, " · ".join(k.values())) for r in sorted(blad.rijen)[:_KOPREGELS] if (k := koppen_van(blad, r))),
        tuple(kolommen),
        gelezen is not None,
        tuple(kolommen_van(opzet.tabel)) if opzet else (),
    )


def meld_suggesties(voorstel: Koppelvoorstel) -> list[Bevinding]:
    """A line for every column that is not used and whose content speaks for a column of ours."""
    return [
        Bevinding(voorstel.bestand, voorstel.blad, voorstel.kopregel, k.kop, Ernst.INFO,
                  f"Deze kolom wordt niet gebruikt, maar lijkt '{k.suggestie.ons}': {k.suggestie.reden}.",
                  f"Wijs hem aan als dat klopt: {k.kop}={k.suggestie.ons}.")
        for k in voorstel.kolommen if k.suggestie and voorstel.gelezen
    ]  # fmt: skip


def _kolom(
    kolom: int, kop: str, ons: str, inhoud: Inhoud, suggestie: Suggestie | None, gevonden: Kop | None,
    waarom: Mapping[str, str],
) -> Kolomvoorstel:  # fmt: skip
    k = gevonden.koppeling if gevonden else None
    bron, reden, zekerheid = "", "Deze kolom wordt niet gebruikt.", 0.0
    norm = normaliseer(kop)
    if norm in waarom:
        bron, zekerheid = waarom[norm], 1.0
        reden = "U hebt dit zo gekozen." if bron == GEKOZEN else "Zo hebt u deze kop eerder aangewezen."
    elif ons and k is not None:
        bron, reden, zekerheid = _uit_gate(kolom, kop, ons, inhoud, k)
    return Kolomvoorstel(
        kolom, kolomletter(kolom), kop, ons, bron, reden, round(zekerheid, 2), inhoud.voorbeelden(),
        None if ons else suggestie,
    )  # fmt: skip


def _uit_gate(kolom: int, kop: str, ons: str, inhoud: Inhoud, k: Koppeling) -> tuple[str, str, float]:
    if kolom in k.kwartalen:
        return UIT_KOP, f"De kop is kwartaal {k.kwartalen[kolom]}.", 1.0
    if kolom in k.criteria:
        return UIT_KOP, "De kop is de naam van een criterium.", 1.0
    past = ""
    if inhoud.waarden:
        n, goed = len(inhoud), leesbaar(inhoud, kolommen_van(k.opzet.tabel)[ons])
        past = f" {'Alle' if goed == n else f'{goed} van'} {n} waarden passen." if n > 1 else ""
        deel = 0.5 + goed / n / 2
    else:
        past, deel = " De kolom is leeg.", 1.0
    if kolom in k.gokken:
        passend = woordenlijst(k.opzet.tabel).lijkt_op(kop, {ons})
        if passend is None:
            return UIT_INHOUD, f"De kop is onbekend; hier staan de langste teksten.{past}", 0.5 * deel
        return UIT_KOP, f"De kop lijkt op een bekende kop.{past}", 0.6 * deel
    gewicht = woordenlijst(k.opzet.tabel).passend(kop).get(ons, 0)
    if gewicht > EXACT - 0.5:
        return UIT_KOP, f"De kop is de naam van de kolom.{past}", deel
    if gewicht > SYNONIEM - 0.5:
        return UIT_KOP, f"De kop is een bekend woord hiervoor.{past}", 0.95 * deel
    return UIT_KOP, f"De kop bevat een bekend woord hiervoor.{past}", 0.8 * deel


def _bronrijen(gelezen: GelezenBlad | None) -> list[int]:
    """Excel rows that were taken for source rows: no totals, footnotes or headings."""
    return sorted({int(r) for t in gelezen.tabellen.values() for r in t["rij"]}) if gelezen else []


def _kopachtig(blad: Werkblad) -> int:
    """The row that looks most like a header: the first of those with the most texts."""
    rijen = sorted(blad.rijen)[:ZOEK_TOT]
    teksten = {r: sum(isinstance(w, str) and len(w) <= 60 for w in blad.rijen[r].values()) for r in rijen}
    return max(rijen, key=lambda r: (teksten[r], -r), default=1)


def _kandidaten(koppen, inhoud, criteria, bekend) -> Iterator[tuple[Opzet, Koppeling, dict[int, Suggestie], bool]]:
    """Every kind of sheet with what headers and content say for it, and whether that is enough."""
    for opzet in OPZETTEN:
        k = koppel(koppen, opzet, eigen={}, criteria=criteria)
        vrij = [c for naam, c in kolommen_van(opzet.tabel).items() if naam not in k.kolommen.values()]
        open_ = {c: i for c, i in inhoud.items() if c not in {*k.kolommen, *k.kwartalen, *k.criteria}}
        suggesties = stel_voor(open_, vrij, bekend)
        gevonden = {*k.kolommen.values(), *(s.ons for s in suggesties.values())}
        genoeg = all(set(groep) & gevonden for groep in k.ontbreekt)
        yield opzet, k, suggesties, genoeg


def _raad_opzet(koppen, inhoud, soort, criteria, bekend) -> tuple[Opzet | None, str, dict[int, Suggestie]]:
    """For a sheet that the gate did not recognise: what its content looks like."""
    beste, hoogste = (None, "", {}), 1.2
    for opzet, k, suggesties, genoeg in _kandidaten(koppen, inhoud, criteria, bekend):
        if soort is not None and soort not in opzet.soorten:
            continue
        uit_kop = {c: Suggestie(ons, "de kop is een bekend woord hiervoor", 0.8) for c, ons in k.kolommen.items()}
        suggesties = uit_kop | suggesties
        punten = sum(s.zekerheid for s in suggesties.values())
        if (genoeg or soort is not None) and punten > hoogste:
            beste, hoogste = (opzet, soort or opzet.soorten[0], suggesties), punten
    return beste


def _soorten(koppen: Mapping[int, str], criteria: Mapping[str, str], eerst: str) -> tuple[tuple[str, int], ...]:
    raak = dict.fromkeys(SOORTEN, 0)
    for opzet in OPZETTEN:
        k = koppel(koppen, opzet, eigen={}, criteria=criteria)
        n = len({*k.kolommen, *k.kwartalen, *k.criteria})
        for soort in opzet.soorten:
            raak[soort] = max(raak[soort], n)
    return tuple(sorted(raak.items(), key=lambda kv: (kv[0] != eerst, -kv[1])))
