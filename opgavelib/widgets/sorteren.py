"""The screen for sorting: every row gets a bestemming, quickly and with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets as t

from opgavelib import notatie
from opgavelib.toepassing import Stand, sorteren
from opgavelib.weergave.trechter import NAMEN
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.handelingen import Handelingen, HandelingPaneel


class Rijenbron(Basis):
    """A widget over many rows. They are no trait: the view asks for them once, and gets those that changed
    afterwards. So a decision on one of 3,000 rows is a message of one row.

    Attributes
    ----------
    bij_bericht : called with each message of the view, a dict with `soort`
    versie : of the werkmap these rows are of; a form remembers it when it opens, and sends it as `gezien`
    """

    versie = t.Int(0).tag(sync=True)

    def __init__(self, bij_bericht: Callable[[dict], object] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bij_bericht = bij_bericht
        self._rijen: dict[str, dict] | None = None  # not shown yet
        self.on_msg(self._bericht)

    @property
    def rijen(self) -> list[dict]:
        """The rows that the view shows or will ask for, in order."""
        return list((self._rijen or {}).values())

    def toon(self, rijen: list[dict], versie: int) -> None:
        """Show these rows of `versie`; only what is different travels. Filters, selection and focus stay."""
        nieuw = {r["id"]: schoon(r) for r in rijen}
        oud, self._rijen = self._rijen, nieuw
        if oud is None or list(oud) != list(nieuw):
            self.send({"soort": "rijen", "rijen": self.rijen})
        elif anders := [r for k, r in nieuw.items() if r != oud[k]]:
            self.send({"soort": "anders", "rijen": anders})
        self.versie = versie  # after the rows: a form never claims to have seen rows that are still on their way

    def _bericht(self, _widget: Any, inhoud: dict, _buffers: list) -> None:
        if inhoud.get("soort") == "begin":
            if self._rijen is not None:
                self.send({"soort": "rijen", "rijen": self.rijen})
        elif self.bij_bericht:
            self.bij_bericht(inhoud)


class Sorteertabel(Rijenbron, naam="sorteren", met=("kiezer", "rijenlijst")):
    """All rows: filter, search, choose several, decide with one key.

    Attributes
    ----------
    voortgang : {zin, rest, totaal, delen: [{waarde, naam, aantal}]}
    keuzes : {veld: [{waarde, label}]}
    redenen : {bestemming: [reden]}, suggestions
    """

    voortgang = t.Dict().tag(sync=True)
    keuzes = t.Dict().tag(sync=True)
    redenen = t.Dict().tag(sync=True)


class SorteerPaneel(HandelingPaneel):
    """Sorting on a page.

    Parameters
    ----------
    handelingen : stores what is decided, with undo and conflicts

    Attributes
    ----------
    doos : the widget to display
    tabel : the `Sorteertabel`
    """

    met_eigen_antwoord = ("detail",)

    def __init__(self, handelingen: Handelingen):
        doe = {"detail": self._detail, "bestem": self._bestem, "zeg": self._zeg}
        super().__init__(handelingen, "sorteren", doe)
        self.vlak = self.tabel = Sorteertabel(self.ontvang)
        self.doos = self._met_vraag("Waar gaat elke rij heen, en waarom?")

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; filters, selection and what is being typed stay."""
        self._stand = stand
        self.tabel.toon(sorteren.rijen(stand), stand.versie)
        v = sorteren.voortgang(stand)
        with self.tabel.hold_sync():
            self.tabel.voortgang = {
                "zin": v.zin,
                "rest": v.rest,
                "totaal": v.totaal,
                "delen": [{"waarde": b, "naam": NAMEN[b], "aantal": n} for b, n in v.delen.items()],
            }
            self.tabel.keuzes = sorteren.keuzes(stand)
            self.tabel.redenen = sorteren.redenen(stand)

    def _detail(self, bericht: dict) -> None:
        uit = schoon(sorteren.detail(self._stand, str(bericht.get("id"))))
        for rij in uit["gelijkend"]:
            rij["plaats"] = NAMEN[rij["bestemming"]] + (f" → {rij['naar']}" if rij["naar"] else "")
        self.tabel.send({"soort": "detail", "detail": uit})

    def _bestem(self, bericht: dict) -> bool:
        rijen = bericht_rijen(bericht)
        bestemming, naar = str(bericht.get("bestemming")), bericht_tekst(bericht, "naar")
        nieuw, reden = bericht_tekst(bericht, "nieuw") or "", bericht_tekst(bericht, "reden") or ""
        wie = self._handelingen.eis_naam()
        doel = f" → {nieuw or naar}" if nieuw or naar else ""
        geteld = [r for r in rijen if r != naar]
        wat = f"{noem_rijen(geteld)} → {NAMEN.get(bestemming, bestemming)}{doel}"

        def neem(gezien: int | None) -> list[int] | str:
            return sorteren.bestem(
                self._stand, rijen, bestemming, reden, wie, naar=naar, nieuwe_opgave=nieuw, gezien=gezien
            )

        return self._handelingen.doe(wat, neem)

    def _zeg(self, bericht: dict) -> bool:
        rijen, kolom, waarde = bericht_rijen(bericht), str(bericht.get("kolom")), bericht.get("waarde")
        wie = self._handelingen.eis_naam()
        woord = {"True": "ja", "False": "nee", "None": "zoals in het bestand"}.get(str(waarde), waarde)
        wat = f"{noem_rijen(rijen)}: {kolom} {woord}"
        return self._handelingen.doe(wat, lambda g: sorteren.zeg(self._stand, rijen, kolom, waarde, wie, gezien=g))


def noem_rijen(rijen: list[str]) -> str:
    """One row by its key, more by their number."""
    return rijen[0] if len(rijen) == 1 else notatie.aantal(len(rijen), "rij", "rijen")


def bericht_rijen(bericht: Mapping[str, Any]) -> list[str]:
    """Keys that the browser sent: it can send anything; the werkmap checks that they exist."""
    rijen = bericht.get("rijen")
    return [r for r in rijen if isinstance(r, str)] if isinstance(rijen, list) else []


def bericht_tekst(bericht: Mapping[str, Any], naam: str) -> str | None:
    """Text that the browser sent under `naam`; None when there is none."""
    waarde = bericht.get(naam)
    return waarde.strip() or None if isinstance(waarde, str) else None
