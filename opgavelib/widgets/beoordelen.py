"""The page of a participant in a session: judge, wait, see the spread. Light: a kernel per phone in the room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import ipywidgets
import traitlets as t

from opgavelib.domein.sessie import Blik, Fase, NaamBezetFout
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.parameters import Criterium
from opgavelib.toepassing import sessie as samen
from opgavelib.toepassing.openen import werkmap_adres
from opgavelib.widgets.delen import Delen
from opgavelib.widgets.hartslag import Hartslag
from opgavelib.widgets.veilig import Melding

SLAG_SECONDEN = 0.8  # everybody's screen follows within 2 seconds, also when a kernel is busy for one


class Beoordeling(Delen, naam="beoordelen", met=("stippen",)):
    """What a participant sees.

    Attributes
    ----------
    gevraagd : code of the session that the address asked for; empty is none
    """

    gevraagd = t.Unicode().tag(sync=True)


class BeoordelenPagina:
    """Everything on the page to score on.

    A person is on it only after the session took their name; until then it knows no score at all.

    Parameters
    ----------
    adres : folder or URL of the werkmap; default as `toepassing.openen.werkmap_adres`

    Attributes
    ----------
    beoordeling : the widget that a person works on
    doos : the widget to display
    """

    def __init__(self, adres: str | Path | None = None):
        self._werkmap = Werkmap(werkmap_adres(adres), herkomst="pagina beoordelen")
        self._code = self._naam = self._apparaat = ""
        self._wil_kiezen = False
        self._maten: dict[str, Criterium] = {}
        self.melding = Melding()
        doe = {"kies": self._kies, "doe_mee": self._doe_mee, "score": self._score}
        self.beoordeling = Beoordeling(doe, self.melding, "beoordelen")
        self.hartslag = Hartslag(lambda _: self._toon(), self._stand, self.melding, seconden=SLAG_SECONDEN)
        self.doos = ipywidgets.VBox([self.hartslag, self.melding, self.beoordeling])

    def werk_bij(self, vraag: Mapping[str, str] | None = None) -> None:
        """Show the werkmap of now.

        Parameters
        ----------
        vraag : query of the address; ``sessie`` is the code of the session to take part in
        """
        if vraag:
            self.beoordeling.gevraagd = vraag.get("sessie", "")
        self._toon()

    def _stand(self) -> int:
        """What changes with everything that this page shows."""
        return self._werkmap.sessies.versie(self._code)

    # -- what the browser asks ----------------------------------------------------------------------

    def _kies(self, bericht: dict) -> None:
        """Another session; who it is has to be said again, for that is part of a session."""
        self._code, self._naam = str(bericht.get("code") or ""), ""
        self._wil_kiezen = not self._code
        self.beoordeling.vergeet()
        self.hartslag.gezien()
        self._toon()

    def _doe_mee(self, bericht: dict) -> None:
        code = str(bericht.get("code") or "")
        naam, apparaat = str(bericht.get("naam") or ""), str(bericht.get("apparaat") or "")[:40]
        apparaat = apparaat or uuid4().hex  # of this page only: no token is not the token of somebody else
        try:
            naam = self._werkmap.sessies.meld_aan(code, naam, apparaat, bevestigd=bool(bericht.get("bevestigd")))
        except NaamBezetFout as fout:
            self.beoordeling.send({"soort": "bezet", "naam": naam, "tekst": str(fout)})
            return
        except BesluitFout as fout:
            self.beoordeling.send({"soort": "geen_naam", "tekst": str(fout)})
            return
        self._code, self._naam, self._apparaat = code, naam, apparaat
        self.hartslag.gezien()
        self._toon()

    def _score(self, bericht: dict) -> None:
        nr, score = bericht.get("nr"), bericht.get("score")
        vraag = (str(bericht.get("ambitie")), str(bericht.get("criterium")))
        try:
            if not self._naam:
                raise BesluitFout("Zeg eerst wie u bent.")
            if isinstance(score, bool) or not isinstance(score, int | float | None):
                raise BesluitFout("Dit is geen score. Kies een van de knoppen.")
            waarde = None if score is None else float(score)
            maten = samen.schalen(self._maten)
            self._werkmap.sessies.oordeel(self._code, {vraag: waarde}, self._naam, maten, self._apparaat)
        except BesluitFout as fout:
            self.beoordeling.send({"soort": "geweigerd", "nr": nr, "tekst": str(fout)})
            self.beoordeling.vergeet("eigen")  # the view has what was refused: it must get what is stored
            self._toon()
            return
        self.beoordeling.delen["eigen"]["nu"][samen.sleutel(*vraag)] = waarde  # the view has it already
        self.beoordeling.send({"soort": "bewaard", "nr": nr})

    # -- what the browser gets ----------------------------------------------------------------------

    def _toon(self) -> None:
        sessies = samen.te_kiezen(self._werkmap)
        if not self._code:
            self.beoordeling.zend("sessies", sessies)
            gevraagd = next((s for s in sessies if s["code"] == self.beoordeling.gevraagd), None)
            open_ = [s for s in sessies if s["fase"] != Fase.GESLOTEN]
            if self._wil_kiezen or (gevraagd is None and len(open_) != 1):
                self.beoordeling.zend("sessie", None)
                return
            self._code = (gevraagd or open_[0])["code"]
            self.hartslag.gezien()
        blik = self._werkmap.sessies.blik(self._code, self._naam, self._apparaat)
        self._maten = samen.criteria(self._werkmap, blik.sessie.criteria)
        self.beoordeling.zend("meer", len(sessies) > 1)
        self.beoordeling.zend("sessie", samen.wat_te_scoren(self._werkmap, blik.sessie, self._maten))
        self.beoordeling.zend("voortgang", samen.voortgang(blik))
        if self._naam:
            self._zend_eigen(blik)
        # Last: with it the view goes to another screen, for which it has everything then.
        self.beoordeling.zend(
            "waar", {"code": self._code, "naam": self._naam, "fase": blik.sessie.fase, "ronde": blik.sessie.ronde}
        )

    def _zend_eigen(self, blik: Blik) -> None:
        self.beoordeling.zend("eigen", samen.eigen_scores(blik, self._naam))
        titels = self._werkmap.sessies.titels(blik.sessie.ambities) if blik.sessie.getoond else {}
        self.beoordeling.zend("uitslag", samen.uitslag(blik, self._maten, titels, self._naam))
