"""The screen to lead a session on: choose what to score, see who is ready, reveal, second round, agree, close."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import ipywidgets

from opgavelib.domein.sessie import SCHEIDING, Fase, meest_oneens, spreidingen
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand
from opgavelib.toepassing import sessie as samen
from opgavelib.toepassing import sessie_leiden as leiden
from opgavelib.widgets.delen import Delen
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.veilig import Melding

_HOOGSTENS = 100  # ambities in one session: more is no evening's work
_WISSELS = 12


class Sessiebord(Delen, naam="sessie", met=("stippen",)):
    """What the facilitator sees. Asks every second, while it is in sight, whether something changed."""


class SessiePaneel:
    """Scoring together on a page.

    Parameters
    ----------
    handelingen : stores what is decided, with undo and conflicts

    Attributes
    ----------
    doos : the widget to display
    bord : the `Sessiebord`
    """

    def __init__(self, handelingen: Handelingen):
        self._handelingen = handelingen
        self._stand: Stand | None = None
        self._code = ""
        self._met_namen = False
        self._versie = self._gevolg_van = ("", -1)
        self.melding = Melding()
        doe = {
            "ping": self._ping, "kies": self._kies, "stel_voor": self._stel_voor, "open": self._open,
            "fase": self._fase, "opnieuw": self._opnieuw, "spreek_af": self._spreek_af, "namen": self._namen,
            "laat_toe": self._laat_toe,
        }  # fmt: skip
        self.bord = Sessiebord(doe, self.melding, "beoordelen")
        self.doos = ipywidgets.VBox([self.melding, self.bord])

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; what is being chosen or typed stays."""
        self._stand = stand
        self.bord.zend("lijst", samen.te_kiezen(stand.werkmap))
        self.bord.zend("vorm", self._vorm())
        if not self._code:
            open_ = [s for s in stand.werkmap.sessies.alle() if s.fase != Fase.GESLOTEN]
            self._code = open_[-1].code if open_ and "sessie" not in self.bord.delen else ""
        self._toon_sessie()

    # -- what the browser gets ----------------------------------------------------------------------

    def _vorm(self) -> dict[str, Any]:
        stand = self._stand
        return {
            "manieren": [{"waarde": w, "label": label} for w, label in leiden.MANIEREN.items()],
            "criteria": [{"criterium": c.criterium, "naam": c.naam} for c in stand.criteria_lijst],
            "namen": leiden.verwachten(stand),
            "per_score": leiden.SECONDEN_PER_OORDEEL,
            "hoogstens": _HOOGSTENS,
            "leeg": len(stand.kandidaten) == 0,
        }

    def _toon_sessie(self) -> None:
        werkmap, zend = self._stand.werkmap, self.bord.zend
        self._versie = (self._code, werkmap.sessies.versie(self._code))
        if not self._code:
            zend("sessie", None)
            return
        blik = werkmap.sessies.blik(self._code)
        sessie, maten = blik.sessie, samen.criteria(werkmap, blik.sessie.criteria)
        zend("voortgang", samen.voortgang(blik))
        zend("adres", self._adres())
        titels = werkmap.sessies.titels(sessie.ambities) if sessie.getoond else {}
        zend("uitslag", samen.uitslag(blik, maten, titels, met_namen=self._met_namen))
        gevolg = leiden.gevolg(self._stand, self._code) if sessie.fase != Fase.SCOREN else None
        zend(
            "gevolg", {"zin": gevolg.zin, "rijen": gevolg.rijen[:12], "van": len(gevolg.rijen)} if gevolg else None
        )
        zend(
            "sessie",
            {
                "code": sessie.code, "titel": sessie.titel, "fase": sessie.fase, "ronde": sessie.ronde,
                "ambities": len(sessie.ambities), "criteria": len(sessie.criteria), "vragen": len(sessie.vragen),
                "namen": self._met_namen,
            },
        )  # fmt: skip
        if sessie.fase != Fase.SCOREN:
            self._zend_gevolg()

    def _zend_gevolg(self) -> None:
        """Last, for it takes longest: two rankings."""
        if self._gevolg_van != (self._code, self._stand.versie):
            self._gevolg_van = (self._code, self._stand.versie)
            gevolg = leiden.gevolg(self._stand, self._code)
            delen = {"zin": gevolg.zin, "rijen": gevolg.rijen[:_WISSELS], "van": len(gevolg.rijen)}
            self.bord.zend("gevolg", delen)

    def _adres(self) -> dict[str, Any]:
        waar = leiden.deelname()
        if not waar:
            return {"netwerk": False, "adressen": [], "code": "", "qr": "", "hier": ""}
        teken = "&" if "?" in waar["adressen"][0] else "?"
        heel = [f"{a}{teken}sessie={self._code}" for a in waar["adressen"]]
        return {
            "netwerk": waar["netwerk"],
            # Short enough to type: without a page, the code leads to the right one.
            "adressen": [urlsplit(a).netloc if waar["netwerk"] else a for a in waar["adressen"]],
            "code": waar.get("code", ""),
            "qr": leiden.qr(heel[0]) if waar["netwerk"] else "",
            "hier": f"/beoordelen?sessie={self._code}",
        }

    # -- what the browser asks ----------------------------------------------------------------------

    def _ping(self, _bericht: dict) -> None:
        """Show what changed since: mostly that somebody scored, which is no reason to make a new Stand."""
        if not self._code or self._stand is None:
            return
        if self._versie != (self._code, self._stand.werkmap.sessies.versie(self._code)):
            self._toon_sessie()

    def _kies(self, bericht: dict) -> None:
        self._code, self._met_namen = str(bericht.get("code") or ""), False
        self.bord.vergeet("sessie")
        self._toon_sessie()

    def _namen(self, bericht: dict) -> None:
        self._met_namen = bool(bericht.get("aan"))
        self._toon_sessie()

    def _laat_toe(self, bericht: dict) -> None:
        wie, naam, aantal = self._handelingen.eis_naam(), str(bericht.get("naam")), bericht.get("aantal")
        try:
            self._stand.werkmap.sessies.laat_toe(self._code, naam, aantal, wie)
        finally:
            self._toon_sessie()  # also when it was refused: then there is a device more to see

    def _stel_voor(self, bericht: dict) -> None:
        aantal = bericht.get("aantal")
        aantal = max(1, min(_HOOGSTENS, aantal)) if isinstance(aantal, int) else 20
        rijen = leiden.keuze(self._stand, str(bericht.get("manier")), aantal, str(bericht.get("zoek") or ""))
        self.bord.vergeet("voorstel")
        self.bord.zend("voorstel", {"nr": bericht.get("nr"), "rijen": rijen})

    def _open(self, bericht: dict) -> None:
        wie = self._handelingen.eis_naam()
        titel = str(bericht.get("titel") or "").strip()
        ambities, criteria, namen = (_teksten(bericht.get(k)) for k in ("ambities", "criteria", "deelnemers"))
        bekend = [c.criterium for c in self._stand.criteria_lijst]
        maatstaven = [c for c in bekend if c in criteria]

        def begin(_gezien: int | None) -> None:
            sessies = self._stand.werkmap.sessies
            self._code = sessies.open(titel, ambities[:_HOOGSTENS], maatstaven, wie, deelnemers=namen)

        self._handelingen.doe(f"Sessie ‘{titel}’ begonnen", begin)

    def _fase(self, bericht: dict) -> None:
        fase = Fase(str(bericht.get("fase")))
        wat = {Fase.GETOOND: "De scores zijn getoond", Fase.GESLOTEN: "De sessie is gesloten; de scores tellen mee"}
        if fase not in wat:
            raise BesluitFout("Begin een nieuwe ronde met de knop daarvoor.")
        self._verder(wat[fase], fase)

    def _opnieuw(self, bericht: dict) -> None:
        """The next round: on everything, or where the range is at least `grens` of the scale."""
        grens, werkmap = bericht.get("grens"), self._stand.werkmap
        opnieuw: tuple[tuple[str, str], ...] = ()
        if isinstance(grens, int | float) and grens > 0:
            blik = werkmap.sessies.blik(self._code)
            maten = samen.schalen(samen.criteria(werkmap, blik.sessie.criteria))
            opnieuw = meest_oneens(spreidingen(blik.oordelen, blik.sessie, blik.sessie.getoond, maten), grens)
            if not opnieuw:
                raise BesluitFout("Zo groot is het verschil nergens. Kies een kleinere grens, of alles.")
        self._verder("Er wordt opnieuw gescoord", Fase.SCOREN, opnieuw)

    def _verder(self, wat: str, fase: Fase, opnieuw: tuple[tuple[str, str], ...] = ()) -> None:
        wie, code = self._handelingen.eis_naam(), self._code

        def zet(gezien: int | None) -> None:
            # No way back with "undo": everybody has seen it. Reopening and another round are steps of their own.
            leiden.zet_fase(self._stand, code, fase, wie, opnieuw=opnieuw, gezien=gezien)

        self._handelingen.doe(wat, zet)

    def _spreek_af(self, bericht: dict) -> None:
        wie, code = self._handelingen.eis_naam(), self._code
        vraag, score = (str(bericht.get("ambitie")), str(bericht.get("criterium"))), bericht.get("score")
        if isinstance(score, bool) or not isinstance(score, int | float | None):
            raise BesluitFout("Kies een score.")
        reden = str(bericht.get("reden") or "") or ("Toch het gemiddelde" if score is None else "")
        wat = "Afspraak teruggenomen" if score is None else f"Afgesproken voor {vraag[0]}"
        self._handelingen.doe(
            wat, lambda g: leiden.spreek_af(self._stand, code, vraag, score, wie, reden, gezien=g)
        )


def _teksten(waarde: object) -> list[str]:
    """Texts that the browser sent: it can send anything; the werkmap checks what they mean."""
    return [w for w in waarde if isinstance(w, str) and SCHEIDING not in w] if isinstance(waarde, list) else []


__all__ = ["SessiePaneel", "Sessiebord"]
