"""The screen for contractering: what is asked of teams, and what their teamleiders promise or refuse."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets as t

from opgavelib import notatie
from opgavelib.domein import kwartaal
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand, contractantwoord
from opgavelib.toepassing.contractantwoord import AFWIJZEN, ALLES, DEEL, PER_KWARTAAL, REST_AFWIJZEN, TERUG
from opgavelib.toepassing.contractering import Contractering
from opgavelib.weergave.contractering import contractering
from opgavelib.widgets import contractering_vorm as vorm
from opgavelib.widgets.basis import schoon
from opgavelib.widgets.beeld import Beeld
from opgavelib.widgets.handelingen import Handelingen, HandelingPaneel
from opgavelib.widgets.sorteren import Rijenbron, bericht_tekst
from opgavelib.widgets.veilig import vang

_GEDAAN = {ALLES: "toegezegd", DEEL: "deels toegezegd", PER_KWARTAAL: "per kwartaal toegezegd",
           AFWIJZEN: "afgewezen", REST_AFWIJZEN: "de rest afgewezen", TERUG: "terug op gevraagd"}  # fmt: skip


class Contractvlak(Rijenbron, naam="contractering", met=("kiezer", "rijenlijst")):
    """All requests, with what can be said of those that are chosen.

    Attributes
    ----------
    team : the team that is shown; empty is all
    teams : dicts with waarde, leider, wacht (how many requests wait for an answer)
    keuzes : activiteiten, kwartalen, deskundigheden (per team), for asking hours
    """

    team = t.Unicode().tag(sync=True)
    teams = t.List(t.Dict()).tag(sync=True)
    keuzes = t.Dict().tag(sync=True)


class ContracteringPaneel(HandelingPaneel):
    """Contractering on a page.

    Parameters
    ----------
    handelingen : stores what is answered, with undo and conflicts

    Attributes
    ----------
    doos : the widget to display
    beeld : hours by state per team
    vlak : the `Contractvlak`
    """

    def __init__(self, handelingen: Handelingen):
        doe = {
            "detail": self._detail, "gevolg": self._gevolg, "antwoord": self._antwoord_op,
            "vraag_aan": self._vraag_aan, "trek_in": self._trek_in,
        }  # fmt: skip
        super().__init__(handelingen, "vastleggen", doe)
        self._c: Contractering | None = None
        self.beeld = Beeld("Hoe staat het met de gevraagde uren?", "Uren per team", hoogstens=0)
        self.vlak = Contractvlak(self.ontvang)
        self.beeld.grafiek.observe(vang(self.melding, "kiezen van een team")(self._klik), "klik")
        boven, onder = self.beeld.doos.children
        werk = self._met_vraag("Welke uren zegt u toe?")
        self.doos = ipywidgets.VBox([boven, werk, onder])

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; what is chosen or being typed stays."""
        self._stand = stand
        self._c = Contractering(stand)
        self.beeld.toon(contractering(self._c.per_team, self._c.toelichting))
        with self.vlak.hold_sync():
            self.vlak.teams = schoon(vorm.teams(self._c))
            self.vlak.keuzes = schoon(vorm.keuzes(self._c))
            if self.vlak.team not in self._c.teams:
                self.vlak.team = ""
        self.vlak.toon(vorm.rijen(self._c), stand.versie)

    def _klik(self, verandering: dict) -> None:
        team = (verandering["new"] or {}).get("customdata")
        if self._c is not None and team in self._c.teams:
            self.vlak.team = team

    # -- what the view asks -------------------------------------------------------------------------

    def _ids(self, bericht: dict) -> list[str]:
        ids = bericht.get("ids")
        uit = [a for a in ids if isinstance(a, str)] if isinstance(ids, list) else []
        if not uit:
            raise BesluitFout("Kies eerst een aanvraag.")
        return list(dict.fromkeys(uit))

    def _detail(self, bericht: dict) -> None:
        ids = [a for a in self._ids(bericht) if a in self._c.overzicht.index]
        self.vlak.send({"soort": "detail", "ids": ids, "detail": schoon(vorm.detail(self._c, ids))})

    def _voorgenomen(self, bericht: dict) -> dict[str, dict[str, object]]:
        ids, wat = self._ids(bericht), str(bericht.get("wat"))
        if wat == PER_KWARTAAL and len(ids) > 1:
            raise BesluitFout("Per kwartaal toezeggen kan voor één aanvraag tegelijk.")
        return contractantwoord.voorgenomen(self._c, ids, wat, vorm.lees_uren(self._c, bericht))

    def _gevolg(self, bericht: dict) -> None:
        """Answers always: what cannot be is said beside the fields, where it is typed."""
        uit: dict[str, Any] = {"soort": "gevolg", "merk": bericht.get("merk"), "fout": ""}
        try:
            g = contractantwoord.gevolg(self._c, self._voorgenomen(bericht))
        except BesluitFout as fout:
            self.vlak.send(uit | {"fout": str(fout)})
            return
        self.vlak.send(uit | schoon(vorm.gevolg(self._c, g)))

    def _antwoord_op(self, bericht: dict) -> bool:
        antwoorden, wie = self._voorgenomen(bericht), self._handelingen.eis_naam()
        reden, c = bericht_tekst(bericht, "reden") or "", self._c
        toegezegd = sum(float(a["uren_toegezegd"]) for a in antwoorden.values())
        wat = f"{self._noem(self._ids(bericht))}: {_GEDAAN[bericht['wat']]}"
        if bericht["wat"] in (ALLES, DEEL, PER_KWARTAAL) and toegezegd:
            wat += f", {notatie.uren(toegezegd)}"
        return self._handelingen.doe(wat, lambda g: contractantwoord.antwoord(c, antwoorden, wie, reden, gezien=g))

    def _vraag_aan(self, bericht: dict) -> bool:
        wie, c = self._handelingen.eis_naam(), self._c
        activiteit, team = bericht_tekst(bericht, "activiteit") or "", bericht_tekst(bericht, "team") or ""
        van, tot = (bericht_tekst(bericht, k) or "" for k in ("van", "tot"))
        if not {van, tot} <= set(self.vlak.keuzes["kwartalen"]):
            raise BesluitFout("Kies van welk tot en met welk kwartaal.")
        per = vorm.uren(bericht.get("uren"), "Het aantal uren per kwartaal")
        uren = dict.fromkeys(kwartaal.reeks(van, tot), per)
        vak, reden = bericht_tekst(bericht, "deskundigheid") or "", bericht_tekst(bericht, "reden") or ""
        return self._handelingen.doe(
            f"{activiteit}: {notatie.uren(sum(uren.values()))} gevraagd aan {team}",
            lambda _gezien: contractantwoord.vraag_aan(
                c, activiteit, team, uren, wie, deskundigheid=vak, reden=reden
            ),
        )

    def _trek_in(self, bericht: dict) -> bool:
        ids, wie, c = self._ids(bericht), self._handelingen.eis_naam(), self._c
        reden = bericht_tekst(bericht, "reden") or ""
        return self._handelingen.doe(
            f"{self._noem(ids)}: ingetrokken", lambda g: contractantwoord.trek_in(c, ids, wie, reden, gezien=g)
        )

    def _noem(self, ids: list[str]) -> str:
        if len(ids) > 1:
            return notatie.aantal(len(ids), "aanvraag", "aanvragen")
        r = self._c.overzicht.loc[ids[0]]
        return f"{r['activiteit']} bij {r['team']}"
