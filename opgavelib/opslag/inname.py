"""Storing what the gate accepted: keys, references and changes, in one transaction."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import sqlalchemy as sa

from opgavelib.fouten import Bevinding, Ernst, InvoerFout
from opgavelib.opslag import bladwissel, meldingen
from opgavelib.opslag.gebeurtenis import voeg_toe
from opgavelib.opslag.tabellen import NATUURLIJKE_SLEUTEL, TABEL, inhoud, sleutel, volgorde
from opgavelib.opslag.vergelijk import Rij, Verschil, schoon, vergelijk, wijziging
from opgavelib.opslag.verwijzingen import bekende_namen, let_op, verwijs

if TYPE_CHECKING:
    import pandas as pd

# Tables whose rows are the same thing whatever file names them; the last file read wins.
GEDEELD = ("teams", "opgaven", "activiteiten", "scores", "inzet", "stemmen")
# Those of which a person must know that another file took them over; a judgement given again is none.
_OVERGENOMEN = ("teams", "opgaven", "activiteiten", "inzet")
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
    ongelezen: frozenset[str]


Kijk = Callable[[str, str, str, Verschil], object]


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
    kijk: Kijk | None = None,
) -> Verwerkt:
    """Store the sheets of one reading; must run in one writing transaction.

    Parameters
    ----------
    bladen : with every sheet of a file that was read: one that was stored before and is not there now, nor in
        `ongelezen`, has left its file
    kijk : called with (file, sheet, table, what is the same, changed, new or gone) for every table written

    Raises
    ------
    InvoerFout : a score, an activiteit or a key does not fit; the transaction must be rolled back
    """
    inname = _Inname(verbinding, wie, kijk or (lambda *_: None))
    inname.zelfde_naam(bladen)
    inname.wissel(bladen)
    # What left goes first, so that no score is taken for one on it; ambities before what may refer to them.
    inname.bladen_weg(t for t in VOLGORDE if t not in GEDEELD)
    # What did not change goes last: a row that another file no longer has may still be in it.
    for blad in sorted(bladen, key=lambda b: (min(VOLGORDE.index(t) for t in b.tabellen), inname.bekend(b))):
        inname.blad(blad)
    # Rows of a shared table that another sheet names are of that sheet by now.
    inname.bladen_weg(GEDEELD)
    inname.meld_bladen_weg()
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

    def __init__(self, verbinding: sa.Connection, wie: str, kijk: Kijk):
        self.v = verbinding
        self.wie = wie
        self.kijk = kijk
        self.nu = datetime.now(UTC)
        self.bevindingen: list[Bevinding] = []
        self.ongewijzigd = 0
        self.vervallen = 0
        self.hernoemd: dict[tuple[str, str], Mapping] = {}
        self.weg: dict[str, Mapping] = {}
        self.rijen_weg: dict[str, int] = {}
        self.kopieen: set[str] = set()

    def zelfde_naam(self, bladen: Sequence[Blad]) -> None:
        """Two files of one name would each count as the new version of the other."""
        gezien: dict[tuple[str, str], str] = {}
        for b in bladen:
            if gezien.setdefault((b.bestand, b.blad), b.sha256) != b.sha256:
                self.bevindingen.append(
                    Bevinding(
                        b.bestand, b.blad, ernst=Ernst.FOUT,
                        probleem="Er zijn twee verschillende bestanden met deze naam gekozen.",
                        doe="Geef elk bestand een eigen naam, bijvoorbeeld met de naam van het team erin.",
                    )
                )  # fmt: skip

    def wissel(self, bladen: Sequence[Blad]) -> None:
        """See which stored sheets have another name now, and which left their file."""
        over = bladwissel.ontbrekende(self.v, bladen)
        nieuw = [b for b in bladen if self._opgeslagen_bron(b) is None] if over else []
        met_rijen = [(b, self._naar_rijen(b, next(iter(b.tabellen)), "")) for b in nieuw]
        self.hernoemd = bladwissel.hernoemde(self.v, over, met_rijen)
        blijft = {bron["bron"] for bron in self.hernoemd.values()}
        self.weg = {b["bron"]: b for b in over if b["bron"] not in blijft}

    def bladen_weg(self, tabellen: Iterable[str]) -> None:
        """Mark the rows of sheets that left their file."""
        for naam in tabellen:
            for bron in self.weg.values():
                aantal = self._laat_vervallen(naam, bron["bron"], bron["bestand"], bron["blad"])
                self.rijen_weg[bron["bron"]] = max(aantal, self.rijen_weg.get(bron["bron"], 0))

    def meld_bladen_weg(self) -> None:
        """Say what `bladen_weg` marked, and see to it that the sheet is read again when it is back."""
        b = TABEL["bronnen"]
        for sleutel_, bron in self.weg.items():
            if aantal := self.rijen_weg[sleutel_]:
                self.vervallen += aantal
                self.bevindingen.append(meldingen.blad_weg(bron, aantal))
                telling = {"gelezen": 0, "nieuw": 0, "gewijzigd": 0, "vervallen": aantal}
                voeg_toe(self.v, self.nu, self.wie, "gelezen", sleutel_, nieuw=telling)
            self.v.execute(
                b.update().where(b.c.bron == sleutel_).values(sha256="", rijen_gelezen=0, rijen_geweigerd=0)
            )

    def _opgeslagen_bron(self, blad: Blad) -> Mapping | None:
        """The source that this sheet is, by its content or its place."""
        bronnen = TABEL["bronnen"]
        zelfde_inhoud = (bronnen.c.sha256 == blad.sha256) & (bronnen.c.blad == blad.blad)
        zelfde_plaats = (bronnen.c.bestand == blad.bestand) & (bronnen.c.blad == blad.blad)
        vraag = sa.select(bronnen).where(zelfde_inhoud | zelfde_plaats).order_by(volgorde())
        oud = self.v.execute(vraag).mappings().all()
        # The same content under another name is the same source: reading it adds nothing.
        return next((b for b in oud if b["sha256"] == blad.sha256), oud[0] if oud else None)

    def _nieuwe_sleutel(self, blad: Blad) -> str:
        """``file#sheet``; a sheet that has another name now keeps the key that it got under the old one."""
        b = TABEL["bronnen"]
        bezet = set(self.v.execute(sa.select(b.c.bron).where(b.c.bestand == blad.bestand)).scalars())
        basis = f"{blad.bestand}#{blad.blad}"
        return next(s for n in itertools.count(1) if (s := basis if n == 1 else f"{basis} ({n})") not in bezet)

    def bekend(self, blad: Blad) -> bool:
        """Whether the sheet is in the werkmap just so."""
        bron = self._opgeslagen_bron(blad)
        return bron is not None and self._hetzelfde(bron, blad)

    def blad(self, blad: Blad) -> None:
        bronnen = TABEL["bronnen"]
        bron = self._opgeslagen_bron(blad)
        if bron and self._hetzelfde(bron, blad):
            self.ongewijzigd += blad.gelezen
            if bron["bestand"] != blad.bestand and blad.bestand not in self.kopieen:
                self.kopieen.add(blad.bestand)
                self.bevindingen.append(meldingen.kopie(bron, blad))
            return
        if bron is None and (bron := self.hernoemd.get((blad.bestand, blad.blad))):
            self.bevindingen.append(meldingen.blad_hernoemd(bron, blad))
        sleutel_ = bron["bron"] if bron else self._nieuwe_sleutel(blad)
        self._waarschuw(blad, sleutel_, nieuw=bron is None)
        telling = self._rijen(blad, sleutel_)
        self._andere_tabellen(blad, sleutel_)
        rij = {
            "bron": sleutel_, "soort": blad.soort, "tabel": next(iter(blad.tabellen)),
            "bestand": blad.bestand, "blad": blad.blad, "sha256": blad.sha256,
            "gelezen_op": self.nu.isoformat(timespec="seconds"), "rijen_gelezen": blad.gelezen,
            "rijen_geweigerd": blad.geweigerd, "kopregel": blad.kopregel,
            "kolommen": dict(blad.kolommen), "totalen": {k: schoon(w) for k, w in blad.totalen.items()},
            "afgerond": None,
        }  # fmt: skip
        if bron:
            self.v.execute(bronnen.update().where(bronnen.c.bron == sleutel_).values(rij))
        else:
            self.v.execute(bronnen.insert().values(rij))
        voeg_toe(self.v, self.nu, self.wie, "gelezen", sleutel_, nieuw=telling)

    @staticmethod
    def _hetzelfde(bron: Mapping[str, object], blad: Blad) -> bool:
        gelijk = ("sha256", "soort", "kopregel")
        # Read before cents counted: reading the same file again brings them in.
        if bron["afgerond"] or bron["kolommen"] != dict(blad.kolommen):
            return False
        return all(bron[k] == getattr(blad, k) for k in gelijk)

    def _waarschuw(self, blad: Blad, bron: str, *, nieuw: bool) -> None:
        """What may be in the werkmap twice."""
        self.bevindingen += meldingen.tweede_begroting(self.v, blad, bron, self.weg)
        if "begroting" in blad.tabellen:
            self.bevindingen += meldingen.dubbele_regels(blad, self._naar_rijen(blad, "begroting", bron))
        if nieuw and "ambities" in blad.tabellen:
            rijen = self._naar_rijen(blad, "ambities", bron)
            self.bevindingen += meldingen.al_gelezen(self.v, blad, rijen, self.weg)

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
            if naam in _OVERGENOMEN:
                self.bevindingen += meldingen.overgenomen(self.v, blad, naam, bron, verschil, self.weg)
                self._lees_anderen_opnieuw(naam, bron, verschil)
            self._schrijf(naam, verschil, blad, sleutel_per_rij)
            self.kijk(blad.bestand, blad.blad, naam, verschil)
            geraakt |= {r["rij"] for r in verschil.nieuw} | {n["rij"] for _, n in verschil.gewijzigd}
            if naam == next(iter(blad.tabellen)):
                telling |= {
                    "nieuw": len(verschil.nieuw),
                    "gewijzigd": len(verschil.gewijzigd),
                    "vervallen": len(verschil.weg),
                }
                self.vervallen += len(verschil.weg)
                self.bevindingen += meldingen.vervallen(blad, naam, verschil)
        self.ongewijzigd += blad.gelezen - len(geraakt)
        return telling

    def _lees_anderen_opnieuw(self, naam: str, bron: str, verschil: Verschil) -> None:
        """A row that this file took over and no longer has comes back when the other file is read again."""
        if verschil.weg:
            b = TABEL["bronnen"]
            self.v.execute(b.update().where(b.c.tabel == naam, b.c.bron != bron).values(sha256=""))

    def _andere_tabellen(self, blad: Blad, bron: str) -> None:
        """Mark what this sheet left in other tables when it was taken for another soort."""
        for naam in VOLGORDE:
            if naam not in blad.tabellen:
                self._laat_vervallen(naam, bron, blad.bestand, blad.blad)

    def _laat_vervallen(self, naam: str, bron: str, bestand: str, blad: str) -> int:
        """Mark all rows of a source in one table as gone; gives how many."""
        t, k = TABEL[naam], sleutel(naam)
        vraag = sa.select(t).where(t.c.bron == bron, ~t.c.vervallen).order_by(volgorde())
        weg = [dict(r) for r in self.v.execute(vraag).mappings()]
        for oud in weg:
            self.v.execute(t.update().where(t.c[k] == oud[k]).values(vervallen=True))
            voeg_toe(self.v, self.nu, self.wie, f"vervallen:{naam}", oud[k])
        if weg:
            self.kijk(bestand, blad, naam, Verschil(weg=weg))
        return len(weg)

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
            plaats = {v: nieuw[v] for v in ("bron", "blad", "rij")}
            if any(oud[v] != w for v, w in plaats.items()):
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

    def _verwijs_scores(self, blad: Blad, rijen: list[Rij]) -> list[Rij]:
        """A score on an ambitie that is not there, or not clear, cannot be stored."""
        mis = verwijs(rijen, "ambitie", bekende_namen(self.v, "ambities"))
        self.bevindingen += [
            Bevinding(blad.bestand, blad.blad, nummer, "ambitie", Ernst.FOUT, tekst,
                      "Gebruik de sleutel uit de werkmap (bijvoorbeeld CA-014), of lees eerst de "
                      "inventarisatie in waar deze ambitie in staat.")
            for nummer, tekst in mis.items()
        ]  # fmt: skip
        return [r for r in rijen if r["rij"] not in mis]

    def _verwijs_los(self, blad: Blad, rijen: list[Rij], kolom: str, naar: str) -> None:
        """An activiteit without its opgave, or hours without their activiteit, still count for the teams."""
        mis = verwijs(rijen, kolom, bekende_namen(self.v, naar))
        doe = f"Lees ook het blad met {naar} in, of verbeter de code."
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
        zoals, doe = ".", "Geef elke rij een eigen naam of code."
        if naam == "scores":  # the assessor is a persoonsgegeven and is not named
            zoals, doe = ", met hetzelfde criterium en dezelfde beoordelaar.", "Geef elk oordeel één keer."
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
