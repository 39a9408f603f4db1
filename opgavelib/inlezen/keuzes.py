"""What people say of a sheet, now or before: which soort, which header row, which column is which.

It is remembered by the layout of the sheet and goes before every guess the next time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from opgavelib.fouten import Bevinding, Ernst
from opgavelib.inlezen.bevindingen import opsomming
from opgavelib.inlezen.koppen import normaliseer
from opgavelib.inlezen.kopregel import ZOEK_TOT, koppen_van
from opgavelib.inlezen.waarden import vlak
from opgavelib.inlezen.werkblad import Werkblad
from opgavelib.parameters import Criterium

GEKOZEN, ONTHOUDEN = "zelf gekozen", "onthouden"
_ZELFDE_DEEL = 0.5


@dataclass(frozen=True)
class Bladkeuze:
    """What a person says of one sheet; what is None or not named is left to the gate.

    Attributes
    ----------
    kolommen : own header -> our column; "" is: do not use
    lezen : False leaves the sheet out
    """

    soort: str | None = None
    kopregel: int | None = None
    kolommen: Mapping[str, str] = field(default_factory=dict)
    lezen: bool = True


@dataclass(frozen=True)
class Vraag:
    """All that is known beforehand of the sheets of one reading.

    Attributes
    ----------
    keuzes : (file, sheet) -> what the person chose now
    onthouden : layout -> what a person chose before (`Koppelvoorstel.onthoud`)
    bekend : our column -> names that are in the werkmap, to recognise a column by
    criteria : those of the werkmap, None when it has no say in them
    """

    keuzes: Mapping[tuple[str, str], Bladkeuze] = field(default_factory=dict)
    onthouden: Mapping[str, Mapping] = field(default_factory=dict)
    bekend: Mapping[str, Collection[str]] = field(default_factory=dict)
    criteria: tuple[Criterium, ...] | None = None

    def over(
        self, bestand: str, blad: Werkblad, eigen: Mapping[str, str], soort: str | None
    ) -> tuple[Bladkeuze, Mapping[str, str], list[Bevinding]]:
        """What was said of a sheet: the choice, header -> why it holds, and findings about what was remembered.

        Parameters
        ----------
        eigen, soort : what holds for all files of this reading; normalised own header -> our column
        """
        nu = self.keuzes.get((bestand, blad.naam), Bladkeuze())
        kolommen = dict(eigen) | {normaliseer(k): ons for k, ons in nu.kolommen.items()}
        toen, bevindingen = self._van_toen(bestand, blad)
        bezet = set(kolommen.values()) - {""}
        # What is chosen now goes first, also when it takes a column that another header had.
        eerder = {k: ons for k, ons in toen.kolommen.items() if k not in kolommen and ons not in bezet}
        waarom = dict.fromkeys(eerder, ONTHOUDEN) | dict.fromkeys(kolommen, GEKOZEN)
        keuze = Bladkeuze(
            nu.soort or soort or toen.soort, nu.kopregel or toen.kopregel, eerder | kolommen, nu.lezen
        )
        return keuze, waarom, bevindingen

    def _van_toen(self, bestand: str, blad: Werkblad) -> tuple[Bladkeuze, list[Bevinding]]:
        if not self.onthouden:
            return Bladkeuze(), []
        rijen = {r: koppen_van(blad, r) for r in sorted(blad.rijen)[:ZOEK_TOT]}
        for rij, koppen in rijen.items():
            if koppen and (toen := self.onthouden.get(indeling(blad.naam, koppen))):
                keuze = Bladkeuze(toen.get("soort"), rij, dict(toen["kolommen"]))
                return keuze, _meld_onthouden(bestand, blad.naam, koppen, keuze)
        return self._zelfde_bron(bestand, blad.naam, rijen)

    def _zelfde_bron(self, bestand: str, blad: str, rijen: Mapping[int, Mapping[int, str]]):
        """Choices for an earlier layout of the same sheet, as far as its headers are still there."""
        for toen in reversed(list(self.onthouden.values())):
            if _zonder_cijfers(toen["blad"]) != _zonder_cijfers(blad) or (
                _zonder_cijfers(toen["bestand"]) != _zonder_cijfers(bestand)
            ):
                continue
            oud = set(toen["koppen"])
            gelijk = {r: oud & {normaliseer(k) for k in koppen.values()} for r, koppen in rijen.items()}
            rij = max(gelijk, key=lambda r: len(gelijk[r]), default=None)
            if rij is None or len(gelijk[rij]) < _ZELFDE_DEEL * len(oud):
                continue
            over = {k: ons for k, ons in toen["kolommen"].items() if k in gelijk[rij]}
            nieuw = [k for k in rijen[rij].values() if normaliseer(k) not in oud]
            keuze = Bladkeuze(toen.get("soort"), rij, over)
            return keuze, [_meld_anders(bestand, blad, toen, keuze, nieuw, oud - gelijk[rij])]
        return Bladkeuze(), []


def indeling(blad: str, koppen: Mapping[int, str]) -> str:
    """Fingerprint of a layout: the name of the sheet without figures, and its headers in any order."""
    regels = [_zonder_cijfers(blad), *sorted(map(normaliseer, koppen.values()))]
    return hashlib.sha256("\n".join(regels).encode()).hexdigest()[:16]


def _zonder_cijfers(naam: str) -> str:
    """``Begroting 2027 v2.xlsx`` and ``begroting_2028.xlsx`` are versions of one source."""
    return " ".join(w for w in vlak(re.sub(r"\.[a-z]{3,4}$", "", naam.lower())).split() if not re.search(r"\d", w))


def _keuzetekst(kolommen: Mapping[str, str]) -> str:
    return ", ".join(f"'{k}' → {ons or 'niet gebruiken'}" for k, ons in kolommen.items())


def _meld_onthouden(bestand: str, blad: str, koppen: Mapping[int, str], keuze: Bladkeuze) -> list[Bevinding]:
    delen = [f"soort {keuze.soort}"] if keuze.soort else []
    eigen = {normaliseer(k): k for k in koppen.values()}
    delen += [_keuzetekst({eigen[k]: ons for k, ons in keuze.kolommen.items() if k in eigen})]
    tekst = f"Gelezen zoals u dit blad eerder hebt aangewezen: {', '.join(d for d in delen if d)}."
    return [Bevinding(bestand, blad, keuze.kopregel, ernst=Ernst.INFO, probleem=tekst)]


def _meld_anders(
    bestand: str, blad: str, toen: Mapping, keuze: Bladkeuze, nieuw: list[str], weg: Collection[str]
) -> Bevinding:
    delen = [f"nieuw: {opsomming(nieuw, 6)}"] if nieuw else []
    delen += [f"weg: {opsomming(sorted(weg), 6)}"] if weg else []
    tekst = f"De indeling van dit blad is anders dan toen u de kolommen aanwees ({'; '.join(delen)})."
    if keuze.kolommen:
        tekst += f" Uw keuze van toen geldt nog voor: {_keuzetekst(keuze.kolommen)}."
    if kwijt := {k: ons for k, ons in toen["kolommen"].items() if k not in keuze.kolommen}:
        tekst += f" Niet meer voor: {_keuzetekst(kwijt)}; die kop staat er niet meer."
    return Bevinding(
        bestand,
        blad,
        keuze.kopregel,
        ernst=Ernst.LET_OP,
        probleem=tekst,
        doe="Controleer de koppeling van de kolommen.",
    )
