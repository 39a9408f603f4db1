"""Waar bleef mijn ambitie? Search any row, see its road, and see what became of what everybody asked."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ipywidgets
import traitlets as t

from opgavelib import notatie
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, spoor
from opgavelib.toepassing.dekking import NIEMAND, dekking_per, opgave_per_domein, vrager
from opgavelib.weergave import dekking as beelden
from opgavelib.weergave.trechter import NAMEN
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.veilig import vang

HOOGSTENS = 80
SNEDEN = (("Per bron", "bron"), ("Per collegelid", "collegelid"))
_WAT = {"bron": "Bron", "collegelid": "Collegelid"}


class Spoorkaart(Basis, naam="spoor", met=("kiezer",)):
    """A search box with its answers, and the road of the row that is chosen.

    Attributes
    ----------
    tekst : what is searched; Python may set it too
    gevonden : {tekst, aantal, rijen, voorstellen}
    weg : {ambitie, titel, keten, stappen}; empty when no row is chosen
    """

    tekst = t.Unicode().tag(sync=True)
    gevonden = t.Dict().tag(sync=True)
    weg = t.Dict().tag(sync=True)

    @t.validate("gevonden", "weg")
    def _schoon(self, voorstel: dict) -> dict:
        return schoon(voorstel["value"])


class SpoorPaneel:
    """The road of every row, and per source and council member how much of what they asked is where.

    Attributes
    ----------
    doos : the widget to display
    kaart : search and road; what the person does arrives at `ontvang`
    snede : which cut the table of coverage shows
    dekking, stroom : its chart with table, and the Sankey
    """

    def __init__(self, handelingen: Handelingen):
        self._melding = handelingen.melding
        self._stand: Stand | None = None
        self._ambitie: str | None = None
        self.kaart = Spoorkaart()
        self.snede = ipywidgets.ToggleButtons(
            options=SNEDEN, description="Wie vroeg het", style={"description_width": "initial"}
        )
        self.dekking = Beeld(
            "Hoeveel van wat ieder vroeg, is er terug te vinden?",
            "Bronrijen naar waar ze bleven; kies een regel om de rijen te zien",
            sleutel="_groep",
            hoogstens=12,
        )
        self.stroom = Beeld("Waar bleven alle rijen?", "Bronrijen per bron en bestemming", hoogstens=0)
        boven, _ = self.dekking.doos.children
        boven.children = (boven.children[0], self.snede, *boven.children[1:])
        self.kaart.on_msg(lambda _w, inhoud, _b: self.ontvang(inhoud))
        self.snede.observe(vang(self._melding, "tonen")(lambda _: self._teken_dekking()), "value")
        self.dekking.tabel.observe(vang(self._melding, "zoeken")(self._kies_groep), "gekozen")
        self.doos = ipywidgets.VBox([self.kaart, self.dekking.doos, self.stroom.doos])

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; what is searched and the row that is looked at stay."""
        self._stand = stand
        self._zoek(self.kaart.tekst)
        self._kies(self._ambitie if self._ambitie in stand.ambities.index else None)
        self._teken_dekking()
        self.stroom.toon(beelden.stroom(dekking_per(stand, "soort"), opgave_per_domein(stand)))
        for beeld in (self.dekking, self.stroom):  # without rows the search says what to do first, once
            beeld.doos.layout = zichtbaar(not stand.ambities.empty)

    def ontvang(self, inhoud: dict[str, Any]) -> None:
        """What the person did: {soort: "zoek", tekst} or {soort: "kies", ambitie}."""
        doe = {"zoek": lambda: self._zoek(str(inhoud.get("tekst") or "")),
               "kies": lambda: self._kies(inhoud.get("ambitie"))}.get(inhoud.get("soort"))  # fmt: skip
        if doe is not None and self._stand is not None:
            vang(self._melding, "zoeken")(doe)()

    def zoek(self, tekst: str) -> None:
        """Search for `tekst`, as when a person typed it."""
        self.kaart.tekst = tekst
        self._zoek(tekst)

    # -- search ---------------------------------------------------------------------------------------

    def _zoek(self, tekst: str) -> None:
        gevonden = spoor.zoek(self._stand, tekst) if tekst.strip() else self._stand.ambities.iloc[:0]
        with self.kaart.hold_sync():
            self.kaart.tekst = tekst
            self.kaart.gevonden = {
                "tekst": tekst,
                "aantal": len(gevonden),
                "leeg": "" if len(self._stand.ambities) else beelden.NIETS,
                "rijen": [self._regel(r) for r in gevonden.head(HOOGSTENS).itertuples()],
                "voorstellen": self._voorstellen(),
            }

    @staticmethod
    def _regel(r) -> dict:
        wie = r.portefeuillehouder or ""
        bron = f"{NAMEN.get(r.soort, r.soort)}, rij {int(r.rij)}"
        return {
            "ambitie": r.Index,
            "titel": notatie.kort(r.titel, 120),
            "bron": f"{bron} · {wie}" if wie else bron,
            "bestemming": r.bestemming,
            "waar": NAMEN[r.bestemming] + (f" → {r.naar}" if r.naar else ""),
        }

    def _voorstellen(self) -> list[str]:
        """A few things to search for: the council members, most rows first, and the sources."""
        namen = [n for n in vrager(self._stand).value_counts().index if n != NIEMAND]
        return [*namen[:6], *dict.fromkeys(self._stand.ambities["bestand"])][:10]

    def _kies_groep(self, verandering: dict) -> None:
        """A line of the table: search for that council member or source."""
        groep = verandering["new"]
        if self._stand is None or groep not in [r.get("_groep") for r in self.dekking.tabel.rijen] or groep is None:
            return  # no line, or the total
        if self.snede.value == "bron":
            groep = self._stand.tabel("bronnen")["bestand"].get(groep, groep)
        self.zoek("" if groep == NIEMAND else str(groep))

    # -- the road -------------------------------------------------------------------------------------

    def _kies(self, ambitie: str | None) -> None:
        if ambitie is None:
            self._ambitie, self.kaart.weg = None, {}
            return
        if ambitie not in self._stand.ambities.index:
            raise BesluitFout("Deze rij staat niet meer in de werkmap. Zoek opnieuw.")
        self._ambitie = ambitie
        stappen = spoor.weg(self._stand, ambitie)
        self.kaart.weg = {
            "ambitie": ambitie,
            "titel": self._stand.ambities.loc[ambitie, "titel"],
            "keten": self._keten(ambitie),
            "stappen": [
                asdict(s) | {"tijdstip": notatie.moment(s.tijdstip) if s.tijdstip else ""} for s in stappen
            ],
        }

    def _keten(self, ambitie: str) -> list[dict]:
        """The road at a glance: source, row, the rows it went up in, where that is, and the work."""
        a = self._stand.ambities
        rijen = spoor.keten(self._stand, ambitie)
        r, eind = a.loc[ambitie], a.loc[rijen[-1]]
        uit = [
            {
                "kop": NAMEN.get(r["soort"], r["soort"]),
                "tekst": f"{r['bestand']}, rij {int(r['rij'])}",
                "soort": "bron",
            }
        ]
        uit += [{"kop": x, "tekst": notatie.kort(a.loc[x, "titel"], 60), "soort": "rij"} for x in rijen]
        uit.append({"kop": NAMEN[eind["bestemming"]], "tekst": "", "soort": eind["bestemming"]})
        if eind["bestemming"] == "opgave":
            titel = self._stand.tabel("opgaven")["titel"].get(eind["naar"], "")
            werk = int((self._stand.tabel("activiteiten")["opgave"] == eind["naar"]).sum())
            uit[-1]["tekst"] = f"{eind['naar']} {titel}"
            uit.append({"kop": notatie.aantal(werk, "activiteit", "activiteiten"), "tekst": "", "soort": "werk"})
        return uit

    # -- what became of it all ------------------------------------------------------------------------

    def _teken_dekking(self) -> None:
        if self._stand is None:
            return
        snede = self.snede.value
        figuur = beelden.dekking(
            dekking_per(self._stand, snede), _WAT[snede], self._namen() if snede == "bron" else None
        )
        self.dekking.toon(figuur)

    def _namen(self) -> dict[str, str]:
        """What people read for a source: its soort, with its file when there are more of that soort."""
        bronnen = self._stand.tabel("bronnen")
        soorten = bronnen["soort"][bronnen.index.isin(set(self._stand.ambities["bron"]))]
        vaker = set(soorten[soorten.duplicated(keep=False)])
        return {
            b: NAMEN.get(s, s) + (f" · {bronnen.loc[b, 'bestand']}, {bronnen.loc[b, 'blad']}" if s in vaker else "")
            for b, s in soorten.items()
        }
