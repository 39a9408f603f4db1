"""Changes that a page makes: by whom, undone when asked, and never over somebody else's in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

import ipywidgets
import traitlets as t

from opgavelib import notatie
from opgavelib.fouten import BesluitFout, Conflict, ConflictFout
from opgavelib.toepassing import Stand
from opgavelib.weergave.parameterwoorden import beschrijf, naam_van
from opgavelib.weergave.toestand import omschrijf
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.veilig import Melding, html, vang

# Gives the event numbers of one handeling, the code of a new opgave, or nothing; gets the `versie` seen.
Doen = Callable[[int | None], "list[int] | str | None"]


class Handelingenbalk(Basis, naam="handelingen"):
    """Who works here, what was just done with a way back, and the two versions of a conflict.

    Attributes
    ----------
    naam : who works on this page; the browser remembers it
    gedaan : Dutch line, e.g. "28 rijen → regulier werk"; empty is nothing
    kan_terug, kan_opnieuw : whether undo and redo have something to do
    conflicten : dicts with `wat` (which row), `hun`, `uw`, `wie`, `moment`, `reden`
    opdracht : {soort: "terug", "opnieuw", "houd" or "neem", teller} from the browser
    vraag_naam : goes up when the name is needed first: the field gets the focus
    """

    naam = t.Unicode().tag(sync=True)
    gedaan = t.Unicode().tag(sync=True)
    kan_terug = t.Bool(False).tag(sync=True)
    kan_opnieuw = t.Bool(False).tag(sync=True)
    conflicten = t.List(t.Dict()).tag(sync=True)
    opdracht = t.Dict(None, allow_none=True).tag(sync=True)
    vraag_naam = t.Int(0).tag(sync=True)

    @t.validate("conflicten")
    def _schoon(self, voorstel: dict) -> list[dict]:
        return schoon(voorstel["value"])


class Handelingen:
    """Runs the changes of one page.

    Parameters
    ----------
    na_wijziging : makes the page show the werkmap of now

    Attributes
    ----------
    balk : widget to display at the top of the page
    melding : where errors are shown
    stand : what the page shows; set by `toon`
    """

    def __init__(self, na_wijziging: Callable[[], object], melding: Melding | None = None):
        self.melding = melding or Melding()
        self.balk = Handelingenbalk()
        self.stand: Stand | None = None
        self._begonnen: int | None = None
        self._na_wijziging = na_wijziging
        self._terug: list[tuple[str, int]] = []
        self._opnieuw: list[tuple[str, int]] = []
        self._wacht: tuple[str, Doen] | None = None
        self.balk.observe(vang(self.melding, "uitvoeren")(self._opdracht), "opdracht")

    def toon(self, stand: Stand) -> None:
        """The page now shows `stand`: what others changed after it is a conflict, and after `begonnen_bij` where
        somebody is still busy with what was on screen before."""
        self.stand = stand

    @contextmanager
    def begonnen_bij(self, versie: object) -> Iterator[None]:
        """What is done in this context began with what the screen showed at `versie`: a page refreshes under an
        open form, and nobody reads again what they decide about. None, or what is no version, is the page of now.
        """
        self._begonnen = versie if isinstance(versie, int) and not isinstance(versie, bool) else None
        try:
            yield
        finally:
            self._begonnen = None

    def eis_naam(self) -> str:
        """Who works here.

        Raises
        ------
        BesluitFout : not filled in yet; the field gets the focus
        """
        naam = self.balk.naam.strip()
        if not naam:
            self.balk.vraag_naam += 1
            raise BesluitFout("Vul eerst bovenaan in wie u bent. Dat staat straks bij het besluit.")
        return naam

    def doe(self, wat: str, functie: Doen) -> bool:
        """Make one change and show what it did, with a way back.

        Parameters
        ----------
        wat : what it did, e.g. "28 rijen → regulier werk"
        functie : makes the change; gets the `gezien` for the werkmap, or None when the person saw both
            versions and wants this one

        Returns
        -------
        bool, stored; False when somebody else was first: both versions are on screen then

        Raises
        ------
        OpgaveFout : a rule was broken; nothing was stored
        """
        self.eis_naam()
        if self.stand is None:
            raise BesluitFout("De werkmap is nog niet geopend.")
        try:
            uitkomst = functie(self._gezien)
        except ConflictFout as fout:
            self._toon_conflict(wat, functie, fout)
            return False
        self._klaar(wat, uitkomst)
        return True

    @property
    def _gezien(self) -> int:
        """The version the person decided on; a browser can send anything, also a version that is not there yet."""
        nu = self.stand.versie
        return nu if self._begonnen is None else min(self._begonnen, nu)

    def terug(self) -> None:
        """Undo the last handeling of this page; nothing when there is none."""
        self._draai("terug")

    def _klaar(self, wat: str, uitkomst: list[int] | str | None) -> None:
        if uitkomst:
            # Any event of the handeling will do: undo takes the whole of it.
            nummer = uitkomst[-1] if isinstance(uitkomst, list) else self.stand.werkmap.versie()
            self._terug.append((wat, nummer))
            self._opnieuw.clear()
        self._wacht = None
        self._toon(wat)

    def _toon(self, gedaan: str) -> None:
        self.melding.wis()
        with self.balk.hold_sync():
            self.balk.conflicten = []
            self.balk.gedaan = gedaan
            self.balk.kan_terug, self.balk.kan_opnieuw = bool(self._terug), bool(self._opnieuw)
        self._na_wijziging()

    def _toon_conflict(self, wat: str, functie: Doen, fout: ConflictFout) -> None:
        self._wacht = (wat, functie)
        self.balk.gedaan = ""
        self.balk.conflicten = [
            {
                "wat": self._over(c),
                "hun": _toestand(c, c.hun),
                "uw": _toestand(c, c.uw),
                "wie": c.wie,
                "moment": notatie.moment(c.tijdstip.astimezone()),
                "reden": c.reden or "",
            }
            for c in fout.conflicten
        ]
        self._na_wijziging()

    def _over(self, c: Conflict) -> str:
        """What a conflict is about, as people know it."""
        if c.wat in ("contract", "aanvraag") and c.object in self.stand.werk.aanvragen.index:
            r = self.stand.werk.aanvragen.loc[c.object]
            return f"{r['activiteit']} bij {r['team']}, {r['kwartaal']}"
        if c.wat == "parameter":
            return naam_van(c.object)
        titels = self.stand.ambities["titel"]
        return " en ".join(f"{o} {notatie.kort(titels.get(o, ''), 70)}".strip() for o in _waarover(c))

    def _opdracht(self, verandering: dict[str, Any]) -> None:
        soort = (verandering["new"] or {}).get("soort")
        if soort in ("terug", "opnieuw"):
            self._draai(soort)
        elif soort == "houd":
            self._wacht = None
            self._toon("")
            self.melding.zeg("Wat er stond is gebleven; uw keuze is niet opgeslagen.")
        elif soort == "neem" and self._wacht:
            wat, functie = self._wacht
            self._klaar(wat, functie(None))

    def _draai(self, soort: str) -> None:
        """Undo the last handeling of this page, or undo that undoing."""
        van, naar = (self._terug, self._opnieuw) if soort == "terug" else (self._opnieuw, self._terug)
        if not van:
            return
        wat, nummer = van[-1]
        wie = self.eis_naam()
        reden = "Ongedaan gemaakt" if soort == "terug" else "Toch gedaan"
        try:
            nummers = self.stand.werkmap.maak_ongedaan(nummer, wie, reden)
        finally:
            van.pop()  # also when it cannot go back any more: then the one before it may
            self.balk.kan_terug, self.balk.kan_opnieuw = bool(self._terug), bool(self._opnieuw)
        naar.append((wat, nummers[-1]))
        self._toon(f"{reden}: {wat}")


class HandelingPaneel:
    """A part of a page where people change the werkmap: what the view asks goes to a method, and the view hears
    whether it worked.

    A subclass names its methods, makes its widget with `ontvang` as listener, and shows a Stand in `toon`::

        class TelPaneel(HandelingPaneel):
            def __init__(self, handelingen: Handelingen):
                super().__init__(handelingen, "tellen", {"detail": self._detail, "tel": self._tel})
                self.vlak = self.tabel = Teltabel(self.ontvang)
                self.doos = self._met_vraag("Hoeveel zijn het er?")

    Such a method gets the message, calls `self._handelingen.doe` and returns what that gave. Its errors are shown
    in `melding`; the view is not left waiting then either. A message that comes of a form carries `gezien`: the
    `versie` of the view when that form was opened. What somebody else stored since is a conflict then.
    Undo (``terug``) is there without asking for it.

    Parameters
    ----------
    handelingen : stores what is changed, with undo and conflicts
    wat : what is being done here, to complete "Er ging iets mis bij het …"
    doe : which method answers each soort of message

    Attributes
    ----------
    doos : the widget to display
    vlak : the widget the person works in; gets {soort: "klaar", nr, gelukt} after each message with a `nr`
    melding : where errors of this part are shown, near the work
    met_eigen_antwoord : soorten of messages with a `nr` whose method answers the view itself
    """

    doos: ipywidgets.Widget
    vlak: Basis
    met_eigen_antwoord: ClassVar[tuple[str, ...]] = ()

    def __init__(self, handelingen: Handelingen, wat: str, doe: Mapping[str, Callable[[dict], object]]):
        self._handelingen = handelingen
        self._stand: Stand | None = None
        self.melding = Melding()
        doe = {"terug": lambda _bericht: handelingen.terug(), **doe}
        self._doe = {soort: vang(self.melding, wat)(f) for soort, f in doe.items()}

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; what is chosen or being typed stays."""
        raise NotImplementedError

    def ontvang(self, bericht: dict) -> None:
        """One thing the person did: a dict with `soort` and what belongs to it; nothing before the first `toon`."""
        doe = self._doe.get(bericht.get("soort"))
        if doe is None or self._stand is None:
            return
        with self._handelingen.begonnen_bij(bericht.get("gezien")):
            uit = doe(bericht)
        if bericht.get("nr") is not None and bericht["soort"] not in self.met_eigen_antwoord:
            # Also when it failed: then what was sent is no longer on its way.
            self.vlak.send(self._antwoord(bericht, uit))

    def _antwoord(self, bericht: dict, uit: object) -> dict[str, Any]:
        """What the view hears of what became of `bericht`; `uit` is what its method gave, None after an error."""
        return {"soort": "klaar", "nr": bericht["nr"], "gelukt": bool(uit)}

    def _met_vraag(self, vraag: str) -> ipywidgets.Box:
        """The usual card: the question, errors, and `vlak`."""
        kop = ipywidgets.HTML(str(html("<p class='ow-vraag'>{vraag}</p>", vraag=vraag)))
        return ipywidgets.VBox([kop, self.melding, self.vlak]).add_class("ow-kaart")


def _toestand(c: Conflict, waarde: object) -> str:
    return beschrijf(c.object, waarde) if c.wat == "parameter" else omschrijf(c.wat, waarde)


def _waarover(c: Conflict) -> list[str]:
    """The rows or teams that a conflict is about; a choice of a scenario begins with its kind."""
    delen = c.object.split("|")
    return delen[1:] if c.wat.startswith("keuze:") and len(delen) > 1 else delen
