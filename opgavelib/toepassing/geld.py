"""Euros of a werkmap: the begroting, lean and opgave, and what they add up to. Reach it as `Stand.geld`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import begroting as begroting_regels
from opgavelib.domein import begrotingslezing as lezing_regels
from opgavelib.domein import begrotingsversie as versie_regels
from opgavelib.domein.begrippen import Begrotingsrol
from opgavelib.domein.begroting import Gelezen, LeanOpgave, Norm
from opgavelib.domein.begrotingslezing import Lezing
from opgavelib.domein.begrotingsversie import Bron

if TYPE_CHECKING:
    from opgavelib.toepassing.stand import Stand

_BEDRAGEN = ("lasten_eur", "baten_eur", "salarissen_eur")


@dataclass(frozen=True)
class Versie:
    """The begroting of one year after a source was read.

    Attributes
    ----------
    versie : 1 is the first
    naam, bron : the source, for people, and its key
    gelezen_op, wie : when it was read (UTC, ISO) and by whom
    regels : the lines that count then
    sinds_vorige : what it changed
    """

    versie: int
    naam: str
    bron: str
    jaar: int | None
    rol: Begrotingsrol
    gelezen_op: str
    wie: str
    regels: pd.DataFrame
    sinds_vorige: versie_regels.Verschil

    @property
    def lasten_eur(self) -> int:
        """Lasten after it."""
        return self.sinds_vorige.totaal["wordt_eur"]

    @property
    def verschil_eur(self) -> int:
        """Lasten it added or took away."""
        return self.sinds_vorige.totaal["verschil_eur"]

    @property
    def toelichting(self) -> str:
        """What it changed, as a sentence."""
        return self.sinds_vorige.toelichting


class Geld:
    """The money of one moment of a werkmap.

    Parameters
    ----------
    stand : tables and parameters are asked of it
    """

    def __init__(self, stand: Stand):
        self.stand = stand

    # -- what counts --------------------------------------------------------------------------------

    @cached_property
    def jaren(self) -> list[int]:
        """Budget years that were read, first to last."""
        return sorted({int(j) for j in self.stand.tabel("begroting")["jaar"].dropna()})

    @cached_property
    def peiljaar(self) -> int | None:
        """The year that answers are about: parameter begroting.peiljaar, else the last that was read."""
        eigen = self.stand.waarde("begroting", "peiljaar")
        if eigen is not None and int(eigen) in self.jaren:
            return int(eigen)
        return self.jaren[-1] if self.jaren else None

    @cached_property
    def norm(self) -> Norm:
        """The norm and its switches as this werkmap has them."""
        w = self.stand.waarde
        return Norm(
            lean_aandeel=float(w("begroting", "lean_norm")),
            tolerantie=float(w("begroting", "tolerantie")),
            buiten=frozenset(w("begroting", "buiten_norm")),
            overhead=begroting_regels.Overhead(w("begroting", "overhead")),
            overhead_taakveld=frozenset(w("begroting", "overhead_taakveld")),
        )

    @cached_property
    def alle_regels(self) -> pd.DataFrame:
        """Lines of all sources and years with ``bestand``, whether they count or not. Lines of an unknown year (the
        gate said so) are of the last year that was read, rather than disappear."""
        regels = self._met_jaar(begroting_regels.met_centen(self.stand.tabel("begroting")))
        return regels.assign(bestand=regels["bron"].map(self.stand.tabel("bronnen")["bestand"]))

    def _met_jaar(self, regels: pd.DataFrame) -> pd.DataFrame:
        return regels.assign(jaar=regels["jaar"].fillna(self.jaren[-1])) if self.jaren else regels

    @cached_property
    def bronnen(self) -> list[Bron]:
        """Sources with budget lines in the order in which they were read, with the role of each."""
        gezegd = {b: str(w["rol"]) for b, w in self.stand.werkmap.begrotingsversies().items()}
        aanwezig = set(self.alle_regels["bron"])
        namen = {b: self._naam(b) for b in self.stand.tabel("bronnen").index if b in aanwezig}
        return versie_regels.rollen(self.alle_regels, namen, gezegd)

    @cached_property
    def regels(self) -> pd.DataFrame:
        """Lines of all years that count, with what the versions made of them."""
        return versie_regels.geldende_regels(self.alle_regels, self.bronnen)

    def _naam(self, bron: str) -> str:
        b = self.stand.tabel("bronnen").loc[bron]
        return f"{b['bestand']}, blad '{b['blad']}'"

    # -- versions -----------------------------------------------------------------------------------

    @cached_property
    def versies(self) -> list[Versie]:
        """The begroting of the peiljaar after each source, first to last."""
        return self.versies_van(self.peiljaar)

    def versies_van(self, jaar: int | None) -> list[Versie]:
        """The begroting of a year after each time that a source with lines of it was read, first to last; a
        wijziging after its begroting. Reading a file again with other amounts makes a version too."""
        bronnen, uit, huidig = {b.bron: b for b in self.bronnen}, [], {}
        for lezing in lezing_regels.op_volgorde(self._lezingen, list(bronnen)):
            huidig[lezing.bron] = lezing.regels
            samen = pd.concat(huidig.values())
            van_jaar = samen if jaar is None else samen[samen["jaar"] == jaar]
            regels = versie_regels.geldende_regels(van_jaar, [b for n, b in bronnen.items() if n in huidig])
            verschil = versie_regels.verschil(uit[-1].regels if uit else regels.iloc[:0], regels)
            b, eerste = bronnen[lezing.bron], lezing.keer == 1
            if (eerste and lezing.bron in set(van_jaar["bron"])) or len(verschil.regels):
                naam = b.naam if eerste else f"{b.naam}, opnieuw gelezen"
                uit.append(
                    Versie(len(uit) + 1, naam, b.bron, jaar, b.rol, lezing.tijdstip, lezing.wie, regels, verschil)
                )
        return uit

    @cached_property
    def _lezingen(self) -> list[Lezing]:
        regels = self._met_jaar(self.stand.werkmap.tabel("begroting", ook_vervallen=True))
        regels = regels.assign(team=regels["team"].map(self.stand.teamnaam, na_action="ignore"))
        gelezen = lezing_regels.lezingen(regels, self.stand.tabel("gebeurtenissen"))
        return [replace(x, regels=begroting_regels.met_centen(x.regels)) for x in gelezen]

    def verschil(self, van: int, naar: int) -> versie_regels.Verschil:
        """What changed from one version of the peiljaar to another; 0 is before the first."""
        leeg = self.alle_regels.iloc[:0]
        per_nummer = {0: leeg} | {v.versie: v.regels for v in self.versies}
        return versie_regels.verschil(per_nummer[van], per_nummer[naar])

    # -- answers ------------------------------------------------------------------------------------

    @cached_property
    def lean_opgave(self) -> LeanOpgave:
        """Lean and opgave of the peiljaar, reconciled to the totals of its files."""
        return self.bereken()

    @cached_property
    def meerjaren(self) -> pd.DataFrame:
        """Totals per year (`LeanOpgave.snede`), of all years that were read."""
        return self.lean_opgave.snede("jaar")

    def bereken(self, norm: Norm | None = None, jaar: int | None = None) -> LeanOpgave:
        """Lean and opgave of another year or by another norm; nothing is stored.

        Parameters
        ----------
        norm : default `norm`; ``geld.norm.met(overhead="verdelen")`` for another switch
        jaar : one of `jaren`; default `peiljaar`
        """
        jaar = self.peiljaar if jaar is None else jaar
        regels = self.regels if jaar is None else self.regels[self.regels["jaar"] == jaar]
        jaren = [*(j for j in self.jaren if j != jaar), *([jaar] if jaar is not None else [])]
        uitkomst = begroting_regels.lean_opgave(
            regels, self.stand.werk.aanbod, self.aansluiting(jaar), norm or self.norm, jaren, self.regels
        )
        zinnen = [*self._over_versies(regels, jaar), uitkomst.toelichting]
        return uitkomst.met_toelichting(" ".join(zinnen))

    def aansluiting(self, jaar: int | None = None) -> pd.DataFrame:
        """Lines against the totals that the files of this year state (`domein.begroting.aansluiting`).

        A file may hold several years and states one total, so all its lines are compared with that.
        """
        gelezen = list(self.gelezen(jaar).values())
        return begroting_regels.aansluiting(gelezen, float(self.stand.waarde("begroting", "afronding")))

    def gelezen(self, jaar: int | None = None) -> dict[str, Gelezen]:
        """Per source that counts in this year: what was read of it and what it says itself."""
        regels = self.regels if jaar is None else self.regels[self.regels["jaar"] == jaar]
        bronnen = self.stand.tabel("bronnen")
        # Before a wijziging is laid over it: what the file has, counts here.
        sommen = self.alle_regels.groupby("bron")[list(_BEDRAGEN)].sum()
        return {
            b: Gelezen(
                self._naam(b), sommen.loc[b].to_dict(), *(bronnen.loc[b, k] or {} for k in ("totalen", "afgerond"))
            )
            for b in dict.fromkeys(regels["bron"])
        }

    def _over_versies(self, regels: pd.DataFrame, jaar: int | None) -> list[str]:
        """What sources of this year were taken for, and that several add up."""
        van = self.alle_regels
        aanwezig = set(van["bron"] if jaar is None else van["bron"][van["jaar"] == jaar])
        volgt = versie_regels.overgenomen(van, regels)
        zinnen = [
            z for b in self.bronnen if b.bron in aanwezig
            for z in (b.zin, versie_regels.zin_overgenomen(b, volgt.get(b.bron, 0))) if z
        ]  # fmt: skip
        telt = set(regels["bron"])
        samen = [
            b for b in self.bronnen if b.bron in telt and b.rol in (Begrotingsrol.BEGROTING, Begrotingsrol.VERVANGT)
        ]
        ongezegd = [b for b in samen if not b.gezegd]
        if len(samen) > 1 and ongezegd:
            waar = "; ".join(b.naam for b in samen)
            zinnen.insert(
                0,
                f"Let op: van {jaar or 'een onbekend jaar'} staan er {notatie.getal(len(samen))} begrotingen in de "
                f"werkmap ({waar}); de regels tellen samen op.",
            )
        return zinnen
