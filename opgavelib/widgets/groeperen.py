"""The screen for grouping: rows together become opgaven."""

from __future__ import annotations

import time
from concurrent.futures import Future
from typing import Any

import traitlets as t

from opgavelib import notatie
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.groepen import Groepen
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, groeperen, sorteren
from opgavelib.weergave.trechter import NAMEN
from opgavelib.widgets.basis import schoon
from opgavelib.widgets.handelingen import Handelingen, HandelingPaneel
from opgavelib.widgets.sorteren import Rijenbron, bericht_rijen, bericht_tekst, noem_rijen

# A calculation takes seconds; one that takes this long is stuck.
_HOOGSTENS_SECONDEN = 180
_VELDEN = ("id", "titel", "omschrijving", "programma", "bron", "domein", "bestemming", "naar")


class Groepeertabel(Rijenbron, naam="groeperen", met=("kiezer", "rijenlijst")):
    """Opgaven with their rows, what is still open, and proposals.

    Attributes
    ----------
    voortgang : {conclusie, totaal, delen: [{waarde, naam, aantal}], per_domein: [{domein, opgaven, rijen}]}
    opgaven : dicts with id, titel, domein, rijen, activiteiten
    domeinen : those that an opgave can have
    redenen : suggestions for a reason
    voorstellen : {staat: "niet", "bezig", "klaar" or "oud", zin, lijst: dicts of `groeperen.nog_geldig`}
    """

    voortgang = t.Dict().tag(sync=True)
    opgaven = t.List(t.Dict()).tag(sync=True)
    domeinen = t.List().tag(sync=True)
    redenen = t.List().tag(sync=True)
    voorstellen = t.Dict({"staat": "niet", "zin": "", "lijst": []}).tag(sync=True)


class GroepeerPaneel(HandelingPaneel):
    """Grouping on a page.

    Parameters
    ----------
    handelingen : stores what is changed, with undo and conflicts

    Attributes
    ----------
    doos : the widget to display
    tabel : the `Groepeertabel`
    """

    def __init__(self, handelingen: Handelingen):
        doe = {
            "voorstellen": self._voorstellen, "maak": self._maak, "verplaats": self._verplaats,
            "wijzig": self._wijzig, "hef_op": self._hef_op,
        }  # fmt: skip
        super().__init__(handelingen, "groeperen", doe)
        self._toekomst: Future[Groepen] | None = None
        self._groepen: Groepen | None = None
        self._afdruk = ""
        self._begonnen = 0.0
        self.vlak = self.tabel = Groepeertabel(self.ontvang)
        self.doos = self._met_vraag("Welke rijen vormen samen een opgave?")

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; what is chosen or being typed stays."""
        self._stand = stand
        delen = sorteren.voortgang(stand).delen
        with self.tabel.hold_sync():
            self.tabel.voortgang = {
                "conclusie": groeperen.conclusie(stand),
                "totaal": sum(delen.values()),
                "delen": [{"waarde": b, "naam": NAMEN[b], "aantal": n} for b, n in delen.items()],
                "per_domein": groeperen.per_domein(stand),
            }
            keuzes = sorteren.keuzes(stand)
            self.tabel.opgaven = groeperen.opgaven(stand)
            self.tabel.domeinen = [k["waarde"] for k in keuzes["domein"]]
            self.tabel.redenen = sorteren.redenen(stand).get(Bestemming.OPGAVE, [])
            if self._groepen is not None:
                self._toon_voorstellen()
        hier = (Bestemming.OPEN, Bestemming.OPGAVE)
        rijen = [r for r in sorteren.rijen(stand) if r["bestemming"] in hier and not r.get("weg")]
        self.tabel.toon([{k: r[k] for k in _VELDEN if k in r} for r in rijen], stand.versie)

    # -- proposals ----------------------------------------------------------------------------------

    def _voorstellen(self, bericht: dict) -> None:
        """Asked for by the view, again and again until they are there; calculated only when rows changed."""
        afdruk = groeperen.vingerafdruk(self._stand)
        if self._toekomst is None and (self._groepen is None or afdruk != self._afdruk or bericht.get("opnieuw")):
            self._toekomst, self._afdruk = groeperen.stel_voor_in_kind(self._stand), afdruk
            self._begonnen = time.monotonic()
        te_lang = time.monotonic() - self._begonnen > _HOOGSTENS_SECONDEN
        if self._toekomst is not None and (self._toekomst.done() or te_lang):
            toekomst, self._toekomst = self._toekomst, None
            try:
                if not toekomst.done():
                    raise BesluitFout("Het zoeken naar voorstellen duurde te lang. Probeer het opnieuw.")
                self._groepen = toekomst.result()
            except Exception:
                self.tabel.voorstellen = {"staat": "niet", "zin": "", "lijst": []}
                raise
        if self._toekomst is not None:
            self.tabel.voorstellen = {**self.tabel.voorstellen, "staat": "bezig"}
        else:
            self._toon_voorstellen()

    def _toon_voorstellen(self) -> None:
        vers = self._afdruk == groeperen.vingerafdruk(self._stand)
        self.tabel.voorstellen = {
            "staat": "bezig" if self._toekomst is not None else "klaar" if vers else "oud",
            "zin": self._groepen.toelichting,
            "lijst": schoon(groeperen.nog_geldig(self._groepen, self._stand)),
        }

    # -- what the view asks -------------------------------------------------------------------------

    def _antwoord(self, bericht: dict, uit: object) -> dict[str, Any]:
        return super()._antwoord(bericht, uit) | {"opgave": uit if isinstance(uit, str) else None}

    def _maak(self, bericht: dict) -> bool | str:
        rijen, wie = bericht_rijen(bericht), self._handelingen.eis_naam()
        titel, domein = bericht_tekst(bericht, "titel") or "", bericht_tekst(bericht, "domein")
        reden, gemaakt = bericht_tekst(bericht, "reden") or "", []

        def maak(gezien: int | None) -> str:
            code = groeperen.maak_opgave(self._stand, titel, rijen, reden, wie, domein=domein, gezien=gezien)
            gemaakt.append(code)
            return code

        wat = f"Opgave '{titel}' gemaakt" + (f" van {notatie.aantal(len(rijen), 'rij', 'rijen')}" if rijen else "")
        return self._handelingen.doe(wat, maak) and gemaakt[-1]

    def _verplaats(self, bericht: dict) -> bool:
        rijen, naar = bericht_rijen(bericht), bericht_tekst(bericht, "naar")
        reden, wie = bericht_tekst(bericht, "reden") or "", self._handelingen.eis_naam()
        bestemming = Bestemming.OPGAVE if naar else Bestemming.OPEN
        wat = f"{noem_rijen(rijen)} → {self._titel(naar) if naar else NAMEN[Bestemming.OPEN]}"
        return self._handelingen.doe(
            wat, lambda g: sorteren.bestem(self._stand, rijen, bestemming, reden, wie, naar=naar, gezien=g)
        )

    def _wijzig(self, bericht: dict) -> bool:
        opgave, wie = bericht_tekst(bericht, "opgave") or "", self._handelingen.eis_naam()
        titel, domein = bericht_tekst(bericht, "titel") or "", bericht_tekst(bericht, "domein")
        return self._handelingen.doe(
            f"{opgave} heet nu '{titel}'" + (f", domein {domein}" if domein else ""),
            lambda g: groeperen.hernoem(self._stand, opgave, titel, domein, wie, gezien=g),
        )

    def _hef_op(self, bericht: dict) -> bool:
        opgave, wie = bericht_tekst(bericht, "opgave") or "", self._handelingen.eis_naam()
        reden = bericht_tekst(bericht, "reden")
        if not reden:
            raise BesluitFout("Vul in waarom deze opgave ophoudt.")
        return self._handelingen.doe(
            f"{self._titel(opgave)} opgeheven; de rijen zijn weer open",
            lambda g: self._stand.werkmap.hef_op(opgave, wie, reden, gezien=g),
        )

    def _titel(self, opgave: str) -> str:
        titels = self._stand.tabel("opgaven")["titel"]
        return f"{opgave} {titels[opgave]}" if opgave in titels.index else opgave
