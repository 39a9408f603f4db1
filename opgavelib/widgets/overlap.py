"""Overlap: pairs of rows that may say the same, side by side, for a person to judge."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import ipywidgets
import pandas as pd
import traitlets as t

from opgavelib import notatie
from opgavelib.domein.begrippen import Oordeel
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, paren
from opgavelib.toepassing.overlap import overlap_in_kind
from opgavelib.widgets import overlap_vorm as vorm
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.proceswoorden import ProceswoordenPaneel
from opgavelib.widgets.veilig import vang

REDENEN = {
    Oordeel.SAMENGEVOEGD.value: "Zelfde afspraak, anders verwoord",
    Oordeel.VERWANT.value: "Horen bij dezelfde opgave",
    Oordeel.ANDERS.value: "Lijkt erop, maar vraagt iets anders",
}
VOLGENDE, LAATSTE = 6, 8
NIEUW = "nieuw:"


class Overlapkaart(Basis, naam="overlap", met=("kiezer",)):
    """One pair large, the next ones beside it, what was judged, and a way to put two rows together.

    Attributes
    ----------
    beeld : what is shown; see `OverlapPaneel._teken`
    gevonden : {kant, tekst, rijen}, answer to a search for a row of one's own pair
    bezig : the search for pairs is running
    """

    beeld = t.Dict().tag(sync=True)
    gevonden = t.Dict().tag(sync=True)
    bezig = t.Bool(False).tag(sync=True)

    @t.validate("beeld", "gevonden")
    def _schoon(self, voorstel: dict) -> dict:
        return schoon(voorstel["value"])


class OverlapPaneel:
    """Review of pairs. Nothing is merged without a person.

    The pairs are sought in a process of its own, when the screen is first looked at and again only when a
    text changed; after a judgement its pair just goes.

    Attributes
    ----------
    doos : the widget to display
    kaart : the widget that shows it all; what the person does arrives at `ontvang`
    """

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        self.kaart = Overlapkaart()
        self.woorden = ProceswoordenPaneel(handelingen)
        self.doos = ipywidgets.VBox([self.kaart, self.woorden.doos])
        self._stand: Stand | None = None
        self._paren: pd.DataFrame | None = None  # all that were found, and of those what is still to do
        self._alle: pd.DataFrame | None = None
        self._toelichting = ""
        self._toekomst: Future | None = None
        self._merk = self._gezocht = ""
        self._gezien = self._mislukt = False
        self._hier: tuple[str, str] | None = None
        self._eigen: tuple[str, str] | None = None
        self._filter = {"zeker": "waarschijnlijk", "bronnen": "", "tekst": ""}
        self._doe = {
            "zichtbaar": self._zichtbaar, "klaar?": self._kijk, "oordeel": self._oordeel, "naar": self._ga_naar,
            "stap": self._stap, "filter": self._filtering, "zoek": self._zoek, "vergelijk": self._vergelijk,
            "terug": self._neem_terug,
        }  # fmt: skip
        self.kaart.on_msg(lambda _w, inhoud, _b: self.ontvang(inhoud))

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; the pair that is looked at stays when it is still to do."""
        self._stand = stand
        self.woorden.toon(stand)
        self._merk, self._alle = paren.tekstmerk(stand), None
        if self._gezien:
            self._start()
        self._teken()

    def ontvang(self, inhoud: dict[str, Any]) -> None:
        """One thing the person did: a dict with `soort` (a key of `_doe`) and what belongs to it."""
        functie = self._doe.get(inhoud.get("soort"))
        if functie is not None and self._stand is not None:
            vang(self._handelingen.melding, "bekijken van overlap")(functie)(inhoud)
            if inhoud["soort"] != "klaar?":
                self.kaart.send({"soort": "klaar"})  # the next key counts again, also after an error

    # -- seeking, in a process of its own -------------------------------------------------------------

    def _zichtbaar(self, _inhoud: dict) -> None:
        self._gezien = True
        self._start()
        self._teken()

    def _start(self) -> None:
        if self._toekomst is None and self._merk != self._gezocht and not self._stand.ambities.empty:
            self._gezocht = self._merk
            # Judged pairs come along: who takes a judgement back sees the pair again at once.
            self._toekomst = overlap_in_kind(self._stand, met_beoordeelde=True)
            self.kaart.bezig = True

    def _kijk(self, _inhoud: dict | None = None) -> None:
        """Take the answer when it is there; the browser asks while it waits."""
        if self._toekomst is None or not self._toekomst.done():
            return
        toekomst, self._toekomst = self._toekomst, None
        self.kaart.bezig = False
        try:
            gevonden = toekomst.result()
        except Exception:
            self._mislukt = True  # not again by itself: it would fail at every change
            self._teken()
            raise
        eerste = self._paren is None
        # Only what was compared and how: its number of pairs also counts those that were merged already.
        self._toelichting = gevonden.toelichting.partition(". ")[0].rstrip(".") + "."
        self._paren, self._alle = paren.kenbaar(self._stand, gevonden.tabel), None
        if eerste and self._open().empty:
            self._filter["zeker"] = "ruim"  # nothing likely: begin with what there is
        self._start()  # a text may have changed meanwhile
        self._teken()

    # -- what is shown --------------------------------------------------------------------------------

    def _te_doen(self) -> pd.DataFrame:
        """Pairs that are still to do, best first; worked out once for every Stand."""
        if self._alle is None:
            if self._paren is None:
                return pd.DataFrame(columns=["a", "b", "score", "reden", "paar", "bronnen"])
            self._alle = paren.te_bekijken(self._stand, self._paren)
        return self._alle

    def _open(self) -> pd.DataFrame:
        """Pairs that are still to do, as filtered."""
        return self._gefilterd(self._te_doen())

    def _gefilterd(self, tabel: pd.DataFrame) -> pd.DataFrame:
        f = self._filter
        tabel = tabel[tabel["score"] >= paren.grens(f["zeker"])]
        if f["bronnen"]:
            tabel = tabel[tabel["bronnen"] == f["bronnen"]]
        if f["tekst"].strip():
            raak = set(paren.zoek_rijen(self._stand, f["tekst"], hoogstens=len(self._stand.ambities)).index)
            tabel = tabel[tabel["a"].isin(raak) | tabel["b"].isin(raak)]
        return tabel

    def _teken(self) -> None:
        stand = self._stand
        if stand is None:
            return
        open_, gedaan = self._open(), paren.beoordeeld(stand)
        codes = list(zip(open_["a"], open_["b"], strict=True))
        if self._hier not in codes:
            self._hier = codes[0] if codes else None
        plek = codes.index(self._hier) if self._hier else 0
        bekeken = self._bekeken()
        self.kaart.beeld = {
            "leeg": "" if self._eigen or len(open_) else self._leeg(),
            "rijen": len(stand.ambities),
            "bekeken": bekeken,
            "totaal": bekeken + len(open_),
            "toelichting": self._toelichting,
            "filters": vorm.filters(self._te_doen(), self._filter),
            "paar": self._paar(open_, plek),
            "volgende": [vorm.regel(stand, open_.iloc[(plek + i) % len(open_)])
                         for i in range(1, min(VOLGENDE, len(open_) - 1) + 1)],
            "beoordeeld": [vorm.oordeel(stand, nr, r) for nr, r in gedaan.head(LAATSTE).iterrows()],
            "alle_beoordeeld": len(gedaan),
            "opgaven": [{"waarde": o, "label": f"{o} · {titel}"}
                        for o, titel in stand.tabel("opgaven")["titel"].items()],
            "redenen": REDENEN,
        }  # fmt: skip

    def _leeg(self) -> str:
        """What to do first when there is no pair to show."""
        if self._stand.ambities.empty:
            return "Er is nog niets ingelezen. Lees eerst op het tabblad Inlezen een inventarisatie in."
        if self._mislukt:
            return "De paren konden niet worden gezocht. Laad de pagina opnieuw om het nog eens te proberen."
        if self._paren is None:
            return ""
        if any(self._filter[k] for k in ("bronnen", "tekst")) or self._filter["zeker"] != "ruim":
            return "Met deze keuze is er geen paar meer te bekijken. Kies ruimer, of wis het zoekwoord."
        return "Alle paren zijn bekeken. Nieuwe paren komen vanzelf als er een bestand bij komt."

    def _bekeken(self) -> int:
        """Judged pairs among those that were found, as filtered: what the progress counts."""
        if self._paren is None:
            return 0
        return len(self._gefilterd(self._paren[paren.is_beoordeeld(self._stand, self._paren)]))

    def _paar(self, open_: pd.DataFrame, plek: int) -> dict | None:
        if self._eigen:
            a, b = self._eigen
            gevonden = self._gevonden(a, b)
            score, reden = (None, "") if gevonden is None else gevonden[["score", "reden"]]
            kop = "Uw eigen paar"
        elif len(open_):
            a, b, score, reden = open_.iloc[plek][["a", "b", "score", "reden"]]
            kop = f"Paar {plek + 1} van {len(open_)}"
        else:
            return None
        return vorm.paar(self._stand, a, b, score, reden) | {"kop": kop, "eigen": bool(self._eigen)}

    def _gevonden(self, a: str, b: str) -> pd.Series | None:
        """The pair as it was found, whichever way round; None when nobody but a person put it together."""
        if self._paren is None:
            return None
        links, rechts = self._paren["a"], self._paren["b"]
        raak = self._paren[((links == a) & (rechts == b)) | ((links == b) & (rechts == a))]
        return None if raak.empty else raak.iloc[0]

    # -- what the person does -------------------------------------------------------------------------

    def _oordeel(self, inhoud: dict) -> None:
        """Record a judgement on the pair that is on screen; the next one comes."""
        stand, wie = self._stand, self._handelingen.eis_naam()
        a, b = self._rijen(inhoud)
        oordeel = Oordeel(inhoud.get("oordeel"))
        reden = str(inhoud.get("reden") or "").strip() or REDENEN[oordeel.value]
        naar, nieuw = str(inhoud.get("naar") or ""), None
        if oordeel == Oordeel.ANDERS:
            naar = None
        elif oordeel == Oordeel.VERWANT and naar.startswith(NIEUW):
            naar, nieuw = None, naar.removeprefix(NIEUW).strip()
        elif oordeel == Oordeel.VERWANT and naar not in stand.tabel("opgaven").index:
            raise BesluitFout("Kies een opgave uit de lijst, of typ een naam voor een nieuwe.")
        volgende = self._na((a, b))
        wat = {
            Oordeel.SAMENGEVOEGD: f"{b if naar == a else a} gaat op in {naar}",
            Oordeel.VERWANT: f"{a} en {b} horen bij {nieuw or naar}",
            Oordeel.ANDERS: f"{a} en {b} zijn niet hetzelfde",
        }[oordeel]
        eigen, self._eigen = self._eigen, None
        hier, self._hier = self._hier, volgende
        gelukt = False
        try:
            gelukt = self._handelingen.doe(
                wat,
                lambda gezien: stand.werkmap.beoordeel_paar(
                    a, b, oordeel, wie, reden, naar=naar, nieuwe_opgave=nieuw, gezien=gezien
                ),
            )
        finally:
            if not gelukt:
                self._eigen, self._hier = eigen, hier
                self._teken()

    def _rijen(self, inhoud: dict) -> tuple[str, str]:
        a, b = str(inhoud.get("a")), str(inhoud.get("b"))
        if not {a, b} <= set(self._stand.ambities.index):
            raise BesluitFout("Dit paar staat niet meer in de werkmap. Laad de pagina opnieuw.")
        return a, b

    def _na(self, paar: tuple[str, str]) -> tuple[str, str] | None:
        """The pair that comes after this one; the present one when this is a pair of one's own."""
        open_ = self._open()
        codes = list(zip(open_["a"], open_["b"], strict=True))
        if paar not in codes or len(codes) < 2:
            return self._hier
        return codes[(codes.index(paar) + 1) % len(codes)]

    def _stap(self, inhoud: dict) -> None:
        """Later (1) or back (-1): only what is looked at changes."""
        self._eigen = None
        open_ = self._open()
        codes = list(zip(open_["a"], open_["b"], strict=True))
        if codes:
            hier = codes.index(self._hier) if self._hier in codes else 0
            self._hier = codes[(hier + (-1 if inhoud.get("richting") == -1 else 1)) % len(codes)]
        self._teken()

    def _ga_naar(self, inhoud: dict) -> None:
        self._eigen, self._hier = None, self._rijen(inhoud)
        self._teken()

    def _filtering(self, inhoud: dict) -> None:
        """One of the three filters; a value that does not exist is no filter."""
        naam, waarde = inhoud.get("naam"), str(inhoud.get("waarde") or "")
        if naam == "zeker" and waarde not in vorm.ZEKERHEDEN:
            waarde = "ruim"
        if naam in self._filter:
            self._filter[naam] = waarde
            self._eigen = None
            self._teken()

    def _zoek(self, inhoud: dict) -> None:
        kant, tekst = str(inhoud.get("kant")), str(inhoud.get("tekst") or "")
        rijen = paren.zoek_rijen(self._stand, tekst, inhoud.get("met"))
        self.kaart.gevonden = {
            "kant": kant,
            "tekst": tekst,
            "rijen": [{"waarde": r.Index, "label": notatie.kort(f"{r.Index} · {r.titel}", 120)}
                      for r in rijen.itertuples()],
        }  # fmt: skip

    def _vergelijk(self, inhoud: dict) -> None:
        """Two rows that the person put together: pairs without a word in common have no other way in."""
        a, b = self._rijen(inhoud)
        if a == b:
            raise BesluitFout("Kies twee verschillende rijen.")
        self._eigen = (a, b)
        self._teken()

    def _neem_terug(self, inhoud: dict) -> None:
        werkmap, wie, nummer = self._stand.werkmap, self._handelingen.eis_naam(), int(inhoud.get("nummer") or 0)
        oordelen = paren.beoordeeld(self._stand)
        if nummer not in oordelen.index:
            raise BesluitFout("Dit oordeel geldt niet meer.")
        a, b = oordelen.loc[nummer, ["a", "b"]]
        self._eigen = None
        if (gevonden := self._gevonden(a, b)) is not None:
            self._hier = (gevonden["a"], gevonden["b"])
        self._handelingen.doe(
            f"Oordeel over {a} en {b} teruggenomen", lambda _gezien: werkmap.maak_ongedaan(nummer, wie)
        )
