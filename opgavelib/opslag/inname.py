"""Storing what the gate accepted: keys, references and changes, in one transaction."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import pandas as pd
import sqlalchemy as sa

from opgavelib import notatie
from opgavelib.fouten import Bevinding, Ernst, InvoerFout
from opgavelib.opslag.gebeurtenis import voeg_toe
from opgavelib.opslag.tabellen import NATUURLIJKE_SLEUTEL, TABEL, inhoud, sleutel, volgorde
from opgavelib.opslag.vergelijk import Rij, Verschil, schoon, vergelijk, wijziging
from opgavelib.opslag.verwijzingen import bekende_namen, let_op, verwijs

# Tables whose rows are the same thing whatever file names them; the last file read wins.
GEDEELD = ("teams", "opgaven", "activiteiten", "scores", "inzet", "stemmen")
VOORVOEGSEL = {"begroting": "BR", "stemmen": "ST", "inzet": "IZ", "scores": "SC"}
VOORVOEGSEL_AMBITIE = {"coalitieakkoord": "CA", "begroting": "BG", "top5": "T5"}
VOLGORDE = ("ambities", "stemmen", "begroting", "teams", "opgaven", "activiteiten", "inzet", "scores")


class Blad(Protocol):
    """What the gate delivers per sheet (`opgavelib.inlezen.GelezenBlad`)."""

    bestand: str
    blad: str
    sha256: str
    soort: str
    kopregel: int
    kolommen: Mapping[str, str]
    tabellen: Mapping[str, pd.DataFrame]
    gelezen: int
    geweigerd: int
    totalen: Mapping[str, float]
    afgerond: Mapping[str, int]


@dataclass(frozen=True)
class Verwerkt:
    """What storing did, in source rows.

    Attributes
    ----------
    gelezen : rows accepted; ``ongewijzigd`` of them were in the werkmap already, just so
    geweigerd : rows refused
    vervallen : rows stored before that their file no longer has; marked, not erased
    """

    gelezen: int
    geweigerd: int
    ongewijzigd: int
    vervallen: int
    bevindingen: tuple[Bevinding, ...] = ()


def bewaar(
    verbinding: sa.Connection,
    bladen: Sequence[Blad],
    wie: str,
    *,
    kijk: Callable[[Blad, str, Verschil], object] | None = None,
) -> Verwerkt:
    """Store the sheets of one reading; must run in one writing transaction.

    Parameters
    ----------
    kijk : called with (sheet, table, what is the same, changed, new or gone) for every table written

    Raises
    ------
    InvoerFout : a score, an activiteit or a key does not fit; the transaction must be rolled back
    """
    inname = _Inname(verbinding, wie, kijk or (lambda *_: None))
    inname.zelfde_naam(bladen)
    # Ambities first: scores may refer to them, whatever order the files were given in.
    for blad in sorted(bladen, key=lambda b: min(VOLGORDE.index(t) for t in b.tabellen)):
        inname.blad(blad)
    if any(b.ernst == Ernst.FOUT for b in inname.bevindingen):
        raise InvoerFout(inname.bevindingen, sum(b.gelezen + b.geweigerd for b in bladen))
    return Verwerkt(
        sum(b.gelezen for b in bladen),
        sum(b.geweigerd for b in bladen),
        inname.ongewijzigd,
        inname.vervallen,
        tuple(inname.bevindingen),
    )


class _Inname:
    """State of one call of `bewaar`."""

    def __init__(self, verbinding: sa.Connection, wie: str, kijk: Callable[[Blad, str, Verschil], object]):
        self.v = verbinding
        self.wie = wie
        self.kijk = kijk
        self.nu = datetime.now(UTC)
        self.bevindingen: list[Bevinding] = []
        self.ongewijzigd = 0
        self.vervallen = 0

    def zelfde_naam(self, bladen: Sequence[Blad]) -> None:
        """Two files of one name would each count as the new version of the other."""
        gezien: dict[tuple[str, str], str] = {}
        for b in bladen:
            if gezien.setdefault((b.bestand, b.blad), b.sha256) != b.sha256:
                self.bevindingen.append(
                    Bevinding(
                        b.bestand, b.blad, ernst=Ernst.FOUT,
                        probleem="er zijn twee verschillende bestanden met deze naam gekozen.",
                        doe="Geef elk bestand een eigen naam, bijvoorbeeld met de naam van het team erin.",
                    )
                )  # fmt: skip

    def blad(self, blad: Blad) -> None:
        bronnen = TABEL["bronnen"]
        zelfde_inhoud = (bronnen.c.sha256 == blad.sha256) & (bronnen.c.blad == blad.blad)
        zelfde_plaats = (bronnen.c.bestand == blad.bestand) & (bronnen.c.blad == blad.blad)
        oud = (
            self.v.execute(sa.select(bronnen).where(zelfde_inhoud | zelfde_plaats).order_by(volgorde()))
            .mappings()
            .all()
        )
        # The same content under another name is the same source: reading it adds nothing.
        bron = next((b for b in oud if b["sha256"] == blad.sha256), oud[0] if oud else None)
        if bron and self._hetzelfde(bron, blad):
            self.ongewijzigd += blad.gelezen
            return
        sleutel_ = bron["bron"] if bron else f"{blad.bestand}#{blad.blad}"
        self._waarschuw_tweede_begroting(blad, sleutel_)
        telling = self._rijen(blad, sleutel_)
        self._andere_tabellen(blad, sleutel_)
        rij = {
            "bron": sleutel_, "soort": blad.soort, "tabel": next(iter(blad.tabellen)),
            "bestand": blad.bestand, "blad": blad.blad, "sha256": blad.sha256,
            "gelezen_op": self.nu.isoformat(timespec="seconds"), "rijen_gelezen": blad.gelezen,
            "rijen_geweigerd": blad.geweigerd, "kopregel": blad.kopregel,
            "kolommen": dict(blad.kolommen), "totalen": {k: schoon(w) for k, w in blad.totalen.items()},
            "afgerond": dict(blad.afgerond),
        }  # fmt: skip
        if bron:
            self.v.execute(bronnen.update().where(bronnen.c.bron == sleutel_).values(rij))
        else:
            self.v.execute(bronnen.insert().values(rij))
        voeg_toe(self.v, self.nu, self.wie, "gelezen", sleutel_, nieuw=telling)

    @staticmethod
    def _hetzelfde(bron: Mapping[str, object], blad: Blad) -> bool:
        gelijk = ("sha256", "soort", "kopregel")
        return all(bron[k] == getattr(blad, k) for k in gelijk) and bron["kolommen"] == dict(blad.kolommen)

    def _waarschuw_tweede_begroting(self, blad: Blad, bron: str) -> None:
        if "begroting" not in blad.tabellen:
            return
        t = TABEL["begroting"]
        jaren = {schoon(j) for j in blad.tabellen["begroting"].get("jaar", pd.Series(dtype=float))} - {None}
        dubbel = self.v.execute(
            sa.select(t.c.bron, t.c.jaar)
            .where(t.c.bron != bron, t.c.jaar.in_(jaren), ~t.c.vervallen)
            .distinct()
            .order_by(t.c.bron, t.c.jaar)
        ).all()
        for andere, jaar in dubbel:
            self.bevindingen.append(
                Bevinding(
                    blad.bestand, blad.blad, ernst=Ernst.LET_OP,
                    probleem=f"van {jaar} staat er al een begroting in de werkmap ({andere}); "
                    "de regels tellen samen op.",
                    doe="Gebruik een eigen werkmap als dit dezelfde begroting is.",
                )
            )  # fmt: skip

    def _rijen(self, blad: Blad, bron: str) -> dict[str, int]:
        telling = {"gelezen": blad.gelezen, "nieuw": 0, "gewijzigd": 0, "vervallen": 0}
        geraakt: set[int] = set()
        sleutel_per_rij: dict[int, str] = {}
        for naam in sorted(blad.tabellen, key=VOLGORDE.index):
            rijen = self._naar_rijen(blad, naam, bron)
            if naam == "stemmen":
                for r in rijen:
                    r["ambitie"] = sleutel_per_rij[r["rij"]]
            elif naam == "scores":
                rijen = self._verwijs_scores(blad, rijen)
                rijen = self._zonder_dubbele(blad, naam, rijen)
            elif naam in ("teams", "opgaven", "activiteiten"):
                self._vul_codes(naam, rijen)
                if naam == "activiteiten":
                    self._verwijs_los(blad, rijen, "opgave", "opgaven")
                rijen = self._zonder_dubbele(blad, naam, rijen)
            elif naam == "inzet":
                self._verwijs_los(blad, rijen, "activiteit", "activiteiten")
            verschil = vergelijk(naam, self._opgeslagen(naam, bron, rijen), rijen)
            self._schrijf(naam, verschil, blad, sleutel_per_rij)
            self.kijk(blad, naam, verschil)
            geraakt |= {r["rij"] for r in verschil.nieuw} | {n["rij"] for _, n in verschil.gewijzigd}
            if naam == next(iter(blad.tabellen)):
                telling |= {
                    "nieuw": len(verschil.nieuw),
                    "gewijzigd": len(verschil.gewijzigd),
                    "vervallen": len(verschil.weg),
                }
                self.vervallen += len(verschil.weg)
                self._meld_vervallen(blad, len(verschil.weg))
        self.ongewijzigd += blad.gelezen - len(geraakt)
        return telling

    def _andere_tabellen(self, blad: Blad, bron: str) -> None:
        """Mark what this sheet left in other tables when it was taken for another soort."""
        for naam in VOLGORDE:
            if naam not in blad.tabellen:
                t, k = TABEL[naam], sleutel(naam)
                vraag = sa.select(t).where(t.c.bron == bron, ~t.c.vervallen).order_by(volgorde())
                weg = [dict(r) for r in self.v.execute(vraag).mappings()]
                for oud in weg:
                    self.v.execute(t.update().where(t.c[k] == oud[k]).values(vervallen=True))
                    voeg_toe(self.v, self.nu, self.wie, f"vervallen:{naam}", oud[k])
                if weg:
                    self.kijk(blad, naam, Verschil(weg=weg))

    @staticmethod
    def _naar_rijen(blad: Blad, naam: str, bron: str) -> list[Rij]:
        velden = [*inhoud(naam), sleutel(naam)]
        rijen = []
        for ruw in blad.tabellen[naam].to_dict("records"):
            rij = {v: schoon(ruw.get(v)) for v in velden}
            rij |= {"bron": bron, "blad": blad.blad, "rij": int(ruw["rij"]), "vervallen": False}
            rijen.append(rij)
        return rijen

    def _opgeslagen(self, naam: str, bron: str, rijen: Sequence[Rij]) -> list[Rij]:
        t = TABEL[naam]
        vraag = sa.select(t).order_by(volgorde())
        if naam not in GEDEELD:
            return [dict(r) for r in self.v.execute(vraag.where(t.c.bron == bron)).mappings()]
        # Of a shared table, rows of other files take part only when this file names them too:
        # that another file has more rows does not make those rows gone.
        verschil = vergelijk(naam, alle := [dict(r) for r in self.v.execute(vraag).mappings()], rijen)
        genoemd = {id(o) for o, _ in [*verschil.gelijk, *verschil.gewijzigd]}
        return [r for r in alle if r["bron"] == bron or id(r) in genoemd]

    def _schrijf(self, naam: str, verschil, blad: Blad, sleutel_per_rij: dict[int, str]) -> None:
        t, k = TABEL[naam], sleutel(naam)
        for oud, nieuw in verschil.gelijk:
            sleutel_per_rij[nieuw["rij"]] = oud[k]
            if oud["rij"] != nieuw["rij"] or oud["bron"] != nieuw["bron"]:
                plaats = {v: nieuw[v] for v in ("bron", "blad", "rij")}
                self.v.execute(t.update().where(t.c[k] == oud[k]).values(plaats))
        for oud, nieuw in verschil.gewijzigd:
            sleutel_per_rij[nieuw["rij"]] = oud[k]
            self.v.execute(t.update().where(t.c[k] == oud[k]).values(nieuw | {k: oud[k]}))
            voor, na = wijziging(naam, oud, nieuw)
            voeg_toe(self.v, self.nu, self.wie, f"gewijzigd:{naam}", oud[k], voor, na)
        if verschil.nieuw:
            self._geef_sleutels(naam, verschil.nieuw, blad)
            sleutel_per_rij |= {r["rij"]: r[k] for r in verschil.nieuw}
            self.v.execute(t.insert(), verschil.nieuw)
        for oud in verschil.weg:
            self.v.execute(t.update().where(t.c[k] == oud[k]).values(vervallen=True))
            voeg_toe(self.v, self.nu, self.wie, f"vervallen:{naam}", oud[k])

    def _geef_sleutels(self, naam: str, rijen: Sequence[Rij], blad: Blad) -> None:
        if naam in ("teams", "opgaven", "activiteiten"):
            return
        voor = VOORVOEGSEL_AMBITIE.get(blad.soort, "AM") if naam == "ambities" else VOORVOEGSEL[naam]
        k = sleutel(naam)
        bestaand = self.v.execute(sa.select(TABEL[naam].c[k]).where(TABEL[naam].c[k].like(f"{voor}-%"))).scalars()
        hoogste = max((int(re.sub(r"\D", "", s.split("-")[-1]) or 0) for s in bestaand), default=0)
        for nummer, rij in enumerate(rijen, hoogste + 1):
            rij[k] = f"{voor}-{nummer:03d}"

    def _meld_vervallen(self, blad: Blad, aantal: int) -> None:
        if aantal:
            staan = notatie.aantal(aantal, "rij van de vorige keer staat", "rijen van de vorige keer staan")
            self.bevindingen.append(
                Bevinding(
                    blad.bestand, blad.blad, ernst=Ernst.LET_OP,
                    probleem=f"{staan} niet meer in het bestand.",
                    doe="Niets, als dat klopt: ze blijven als vervallen bewaard, met hun besluiten.",
                )
            )  # fmt: skip

    def _verwijs_scores(self, blad: Blad, rijen: list[Rij]) -> list[Rij]:
        """A score on an ambitie that is not there, or not clear, cannot be stored."""
        mis = verwijs(rijen, "ambitie", bekende_namen(self.v, "ambities"))
        self.bevindingen += [
            Bevinding(blad.bestand, blad.blad, nummer, "ambitie", Ernst.FOUT, tekst,
                      "gebruik de sleutel uit de werkmap (bijvoorbeeld CA-014), of lees eerst de "
                      "inventarisatie in waar deze ambitie in staat.")
            for nummer, tekst in mis.items()
        ]  # fmt: skip
        return [r for r in rijen if r["rij"] not in mis]

    def _verwijs_los(self, blad: Blad, rijen: list[Rij], kolom: str, naar: str) -> None:
        """An activiteit without its opgave, or hours without their activiteit, still count for the teams."""
        mis = verwijs(rijen, kolom, bekende_namen(self.v, naar))
        doe = f"lees ook het blad met {naar} in, of verbeter de code."
        self.bevindingen += let_op(blad.bestand, blad.blad, kolom, mis, doe)

    def _vul_codes(self, naam: str, rijen: Sequence[Rij]) -> None:
        """Give opgaven and activiteiten without a code that of the stored row of that titel, else the next."""
        leeg = [r for r in rijen if r[sleutel(naam)] is None]
        if not leeg:
            return
        t, k, letter = TABEL[naam], sleutel(naam), naam[0].upper()
        bekend = {
            r.titel.casefold(): r[0] for r in self.v.execute(sa.select(t.c[k], t.c.titel).order_by(volgorde()))
        }
        bezet = {*bekend.values(), *(r[k] for r in rijen if r[k] is not None)}
        nummer = max((int(c[1:]) for c in bezet if re.fullmatch(rf"{letter}[0-9]+", c)), default=0)
        for rij in leeg:
            titel = str(rij["titel"]).casefold()
            if titel not in bekend:
                nummer += 1
                bekend[titel] = f"{letter}{nummer:02d}"
            rij[k] = bekend[titel]

    def _zonder_dubbele(self, blad: Blad, naam: str, rijen: Sequence[Rij]) -> list[Rij]:
        """An error for every row whose natural key was there before; the rest goes on, to find more."""
        velden = NATUURLIJKE_SLEUTEL[naam]
        over: list[Rij] = []
        gezien: dict[tuple, int] = {}
        gemeld: set[int] = set()
        zoals, doe = ".", "geef elke rij een eigen naam of code."
        if naam == "scores":  # the assessor is a persoonsgegeven and is not named
            zoals, doe = ", met hetzelfde criterium en dezelfde beoordelaar.", "geef elk oordeel één keer."
        for rij in rijen:
            merk = tuple(rij[v] for v in velden)
            if merk not in gezien:
                gezien[merk] = rij["rij"]
                over.append(rij)
            elif rij["rij"] not in gemeld:
                gemeld.add(rij["rij"])
                self.bevindingen.append(
                    Bevinding(
                        blad.bestand, blad.blad, rij["rij"], velden[0], Ernst.FOUT,
                        f"'{merk[0]}' staat ook op rij {gezien[merk]}{zoals}", doe,
                    )
                )  # fmt: skip
        return over
