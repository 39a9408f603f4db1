"""The screen on which files are read: choose, check, correct, see what changes, and only then store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import ipywidgets
import traitlets as t

from opgavelib import notatie
from opgavelib.fouten import BesluitFout
from opgavelib.inlezen.grenzen import Grenzen
from opgavelib.inlezen.keuzes import Bladkeuze
from opgavelib.inlezen.lezers import MODULES
from opgavelib.paden import map_van
from opgavelib.rapport import sjabloon
from opgavelib.toepassing import Stand
from opgavelib.toepassing.voorvertoning import VerouderdFout, Voorvertoning, bekijk, pas_toe
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.inlezen_vorm import SOORTEN, als_vorm, bestandsgrootte
from opgavelib.widgets.ontvangst import Ontvangst
from opgavelib.widgets.tabel import Tabel
from opgavelib.widgets.veilig import html, vang

_BRONKOLOMMEN = (
    {"kolom": "bestand", "kop": "Bestand", "breed": True},
    {"kolom": "blad", "kop": "Blad"},
    {"kolom": "soort", "kop": "Soort"},
    {"kolom": "rijen", "kop": "Rijen", "soort": "getal"},
    {"kolom": "weg", "kop": "Niet meer in het bestand", "soort": "getal"},
    {"kolom": "moment", "kop": "Gelezen"},
    {"kolom": "wie", "kop": "Door"},
)
EXTENSIES = tuple(sorted({"xlsm", *(m for m in MODULES if m in ("xlsx", "xls", "xlsb", "ods", "csv"))}))


class Inlezer(Basis, naam="inlezen"):
    """Drop zone, findings, mapping and preview. Everything it sends is checked again in Python.

    Attributes
    ----------
    fase : "kies", "bezig" or "bekeken"
    vorm : what `inlezen_vorm.als_vorm` gives
    bestanden : dicts with `naam`, `grootte` of what was received
    grenzen : {bytes, bestanden, extensies}
    sjablonen, voorbeelden : dicts with `naam`, `label` to download
    leeg : the werkmap has no rows yet
    gedaan : Dutch line after storing
    """

    fase = t.Enum(["kies", "bezig", "bekeken"], "kies").tag(sync=True)
    vorm = t.Dict().tag(sync=True)
    bestanden = t.List(t.Dict()).tag(sync=True)
    grenzen = t.Dict().tag(sync=True)
    sjablonen = t.List(t.Dict()).tag(sync=True)
    voorbeelden = t.List(t.Dict()).tag(sync=True)
    leeg = t.Bool(False).tag(sync=True)
    gedaan = t.Unicode().tag(sync=True)

    @t.validate("vorm")
    def _schoon(self, voorstel: dict) -> dict:
        return schoon(voorstel["value"])


class InleesPaneel:
    """Everything about reading files into the werkmap of the page.

    Attributes
    ----------
    doos : the widget to display
    """

    def __init__(self, handelingen: Handelingen):
        self._h = handelingen
        self._ontvangst = Ontvangst(Grenzen.standaard().bestand_bytes)
        self._keuzes: dict[tuple[str, str], Bladkeuze] = {}
        self._voorvertoning: Voorvertoning | None = None
        self._stand: Stand | None = None
        self._nummer = 0
        voorbeelden = sorted(p.name for p in map_van("data/voorbeeld").glob("*.xlsx"))
        self.inlezer = Inlezer(
            grenzen={"bytes": self._ontvangst.grootste, "extensies": list(EXTENSIES)},
            sjablonen=[{"naam": s, "label": sjabloon.NAMEN[s]} for s in sjabloon.BLADEN],
            voorbeelden=[{"naam": n, "label": n} for n in voorbeelden],
        )
        self._opdrachten: dict[str, Callable[[dict, list], None]] = {
            "begin": self._begin, "stuk": self._stuk, "bekijk": lambda *_: self._bekijk(), "weg": self._weg,
            "leeg": lambda *_: self.begin_opnieuw(), "kolom": self._kies_kolom, "suggesties": self._neem_suggesties,
            "blad": self._kies_blad, "lees_in": lambda *_: self._lees_in(), "sjabloon": self._geef_sjabloon,
            "voorbeeld": self._geef_voorbeeld,
        }  # fmt: skip
        self.inlezer.on_msg(vang(handelingen.melding, "inlezen")(self._bericht))
        self.bronnen = Tabel(
            _BRONKOLOMMEN, sleutel="bron", bijschrift="Eerder ingelezen", hoogstens=12, kiesbaar=False
        )
        uitleg = html(
            "<p class='ow-toelichting'>Nieuwe versie gekregen? Kies hierboven het bestand met die naam. U ziet "
            "eerst wat er nieuw, gewijzigd of weg is. Besluiten over rijen die gelijk bleven, blijven staan.</p>"
        )
        self._eerder = ipywidgets.VBox([self.bronnen, ipywidgets.HTML(str(uitleg))]).add_class("ow-kaart")
        self.doos = ipywidgets.VBox([self.inlezer, self._eerder])

    def toon(self, stand: Stand) -> None:
        """Show what was read before; the files that are being looked at stay."""
        self._stand = stand
        bronnen = stand.tabel("bronnen")
        gelezen = stand.tabel("gebeurtenissen")
        gelezen = gelezen[gelezen["wat"] == "gelezen"]
        wie = dict(zip(gelezen["object"], gelezen["wie"], strict=True))  # the last reading of a source holds
        weg = stand.ambities.loc[stand.ambities["vervallen"].astype(bool), "bron"].value_counts()
        self.bronnen.rijen = [
            {"bron": r.Index, "bestand": r.bestand, "blad": r.blad, "soort": SOORTEN.get(r.soort, r.soort),
             "rijen": r.rijen_gelezen, "weg": int(weg.get(r.Index, 0)) or None, "wie": wie.get(r.Index, ""),
             "moment": notatie.moment(datetime.fromisoformat(r.gelezen_op).astimezone())}
            for r in bronnen.itertuples()
        ]  # fmt: skip
        self.inlezer.leeg = bronnen.empty
        self._eerder.layout.display = "none" if bronnen.empty else None

    def begin_opnieuw(self) -> None:
        """Throw away what was received and chosen."""
        self._nummer += 1
        self._ontvangst.leeg()
        self._keuzes.clear()
        self._voorvertoning = None
        with self.inlezer.hold_sync():
            self.inlezer.fase, self.inlezer.vorm, self.inlezer.bestanden = "kies", {}, []

    # -- what the browser asks --------------------------------------------------------------------------

    def _bericht(self, _widget: Any, inhoud: dict, buffers: list) -> None:
        opdracht = self._opdrachten.get(str(inhoud.get("soort")))
        if opdracht is None:
            raise BesluitFout("Deze opdracht bestaat niet.")
        try:
            opdracht(inhoud, buffers)
        except Exception:
            self.inlezer.send({"soort": "mislukt", "id": inhoud.get("id")})
            raise

    def _begin(self, inhoud: dict, _: list) -> None:
        self.inlezer.gedaan = ""
        self._ontvangst.begin(str(inhoud["id"]), str(inhoud["naam"]), inhoud["grootte"])
        if inhoud["grootte"] == 0:
            self._ontvangst.stuk(str(inhoud["id"]), b"")
        self.inlezer.send({"soort": "ontvangen", "id": inhoud["id"], "tot": 0})

    def _stuk(self, inhoud: dict, buffers: list) -> None:
        self._ontvangst.stuk(str(inhoud["id"]), buffers[0])
        self.inlezer.send({"soort": "ontvangen", "id": inhoud["id"], "tot": inhoud["tot"]})

    def _weg(self, inhoud: dict, _: list) -> None:
        self._ontvangst.verwijder(str(inhoud["naam"]))
        self._keuzes = {waar: k for waar, k in self._keuzes.items() if waar[0] != inhoud["naam"]}
        if self._ontvangst.paden:
            self._bekijk()
        else:
            self.begin_opnieuw()

    def _kies_kolom(self, inhoud: dict, _: list) -> None:
        voorstel = self._voorstel(inhoud)
        koppen = [k.kop for k in voorstel.kolommen]
        kop, ons = str(inhoud["kop"]), str(inhoud["ons"])
        if kop not in koppen or (ons and ons not in voorstel.mogelijk):
            raise BesluitFout("Deze kolom bestaat niet (meer). Kies opnieuw.")
        # A column of ours has one header: who had it before is not used any more.
        los = {k.kop: "" for k in voorstel.kolommen if ons and k.ons == ons and k.kop != kop}
        self._wijzig(voorstel, lambda keuze: replace(keuze, kolommen={**keuze.kolommen, **los, kop: ons}))

    def _neem_suggesties(self, inhoud: dict, _: list) -> None:
        voorstel = self._voorstel(inhoud)
        erbij = {k.kop: k.suggestie.ons for k in voorstel.kolommen if k.suggestie}
        # Without a known soort the content of the columns says what the sheet is.
        soort = voorstel.soort or voorstel.soorten[0][0]

        def neem(keuze: Bladkeuze) -> Bladkeuze:
            eigen = keuze.soort if voorstel.gelezen else soort
            return replace(keuze, soort=eigen, kolommen={**keuze.kolommen, **erbij})

        self._wijzig(voorstel, neem)

    def _kies_blad(self, inhoud: dict, _: list) -> None:
        voorstel, veld, waarde = self._voorstel(inhoud), inhoud.get("veld"), inhoud.get("waarde")
        rijen = [r for r, _ in voorstel.kopregels]
        if veld == "soort" and waarde in SOORTEN:
            # Another soort has other columns: what was chosen for this one does not hold there.
            self._wijzig(voorstel, lambda keuze: replace(keuze, soort=waarde, kolommen={}))
        elif veld == "kopregel" and waarde in rijen:
            self._wijzig(voorstel, lambda keuze: replace(keuze, kopregel=waarde, kolommen={}))
        elif veld == "lezen" and isinstance(waarde, bool):
            self._wijzig(voorstel, lambda keuze: replace(keuze, lezen=waarde))
        else:
            raise BesluitFout("Deze keuze bestaat niet. Kies opnieuw.")

    def _voorstel(self, inhoud: dict):
        waar = (inhoud.get("bestand"), inhoud.get("blad"))
        for p in self._voorvertoning.voorstellen if self._voorvertoning else ():
            if (p.bestand, p.blad) == waar:
                return p
        raise BesluitFout("Dit blad staat er niet meer. Kies de bestanden opnieuw.")

    def _wijzig(self, voorstel, hoe: Callable[[Bladkeuze], Bladkeuze]) -> None:
        waar = (voorstel.bestand, voorstel.blad)
        self._keuzes[waar] = hoe(self._keuzes.get(waar, Bladkeuze()))
        self._bekijk()

    # -- looking and storing ----------------------------------------------------------------------------

    def _bekijk(self) -> None:
        """Read and compare beside the page, so that it stays alive; the last question is the one that counts."""
        if not self._ontvangst.paden:
            return
        if self._stand is None:
            raise BesluitFout("De werkmap is nog niet geopend.")
        self._nummer += 1
        nummer = self._nummer
        self.inlezer.fase = "bezig"
        adres, paden, keuzes = self._stand.werkmap.adres, list(self._ontvangst.paden), dict(self._keuzes)
        melding = self._h.melding

        def vraag() -> Voorvertoning:
            return bekijk(adres, paden, keuzes=keuzes)

        def klaar(antwoord: Callable[[], Voorvertoning]) -> None:
            if nummer != self._nummer:
                return
            try:
                self._toon_vorm(antwoord())
            except Exception:
                self.inlezer.fase = "bekeken" if self._voorvertoning else "kies"
                raise

        try:
            lus = asyncio.get_running_loop()
        except RuntimeError:  # a notebook cell of a test, without a page that waits
            klaar(vraag)
            return
        taak = lus.run_in_executor(None, vraag)
        taak.add_done_callback(lambda f: vang(melding, "lezen van de bestanden")(klaar)(f.result))

    def _toon_vorm(self, v: Voorvertoning) -> None:
        self._voorvertoning = v
        with self.inlezer.hold_sync():
            self.inlezer.vorm = als_vorm(v)
            self.inlezer.bestanden = [{"naam": p.name, "grootte": bestandsgrootte(p)} for p in v.bestanden]
            self.inlezer.fase = "bekeken"

    def _lees_in(self) -> None:
        v = self._voorvertoning
        if v is None or not v.kan:
            raise BesluitFout("Er is nog niets om in te lezen.")
        wie = self._h.eis_naam()

        def doe(_gezien: int | None) -> None:
            pas_toe(v, wie, herkomst="pagina portefeuille")

        try:
            self._h.doe(f"Ingelezen: {v.toelichting}", doe)
        except VerouderdFout as fout:
            self._toon_vorm(fout.voorvertoning)
            raise
        self.begin_opnieuw()
        self.inlezer.gedaan = f"Ingelezen: {v.toelichting}"

    def _geef_sjabloon(self, inhoud: dict, _: list) -> None:
        naam = inhoud.get("naam")
        if naam not in sjabloon.BLADEN:
            raise BesluitFout("Dat sjabloon bestaat niet.")
        criteria = self._stand.criteria_lijst if self._stand else None
        self._geef(sjabloon.bestandsnaam(naam), sjabloon.sjabloon_bytes(naam, criteria))

    def _geef_voorbeeld(self, inhoud: dict, _: list) -> None:
        naam = inhoud.get("naam")
        if naam not in [v["naam"] for v in self.inlezer.voorbeelden]:
            raise BesluitFout("Dat voorbeeld bestaat niet.")
        self._geef(naam, (map_van("data/voorbeeld") / naam).read_bytes())

    def _geef(self, naam: str, inhoud: bytes) -> None:
        self.inlezer.send({"soort": "bestand", "naam": naam}, [inhoud])
