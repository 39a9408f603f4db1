"""What a person fixes on the screen to choose on, checked and put in the scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from opgavelib.domein.scenario import Scenario, Soort, sleutel
from opgavelib.domein.vraagstuk import Vraagstuk
from opgavelib.fouten import BesluitFout
from opgavelib.notatie import kort, kwartaal_voluit
from opgavelib.toepassing import Stand, kiesbeeld, kiezen
from opgavelib.widgets.handelingen import Handelingen

SOORTEN = ("grenzen", "paar", "weg", "vast", "start", "versoepel")
Keuzen = dict[str, "dict[str, object] | None"]


class Vastleggen:
    """Puts choices in one scenario, with undo and conflicts of `handelingen`; the browser can send anything."""

    def __init__(
        self, handelingen: Handelingen, stand: Stand, scenario: Scenario, v: Vraagstuk, titels: Mapping[str, str]
    ):
        self._handelingen, self._stand, self._scenario = handelingen, stand, scenario
        self._v, self._titels = v, titels

    def doe(self, bericht: Mapping[str, Any], eisen: Sequence[Mapping[str, Any]] = ()) -> bool:
        """One of `SOORTEN`; True when stored.

        Parameters
        ----------
        eisen : the demands that clash, for ``versoepel``

        Raises
        ------
        BesluitFout : no name or reason, or a value that cannot be
        """
        wie, reden = self._handelingen.eis_naam(), " ".join(str(bericht.get("reden") or "").split())
        wat, keuzen = self._lees(bericht, eisen)
        if not reden:
            raise BesluitFout("Schrijf erbij waarom; dat hoort bij de keuze.")
        code, bij = self._scenario.code, f" ({self._scenario.titel})"
        winkel = self._stand.werkmap.scenarios
        return self._handelingen.doe(wat + bij, lambda g: winkel.kies(code, keuzen, wie, reden, gezien=g))

    def _lees(self, bericht: Mapping[str, Any], eisen: Sequence[Mapping[str, Any]]) -> tuple[str, Keuzen]:
        soort = bericht.get("soort")
        if soort == "grenzen":
            return self._grenzen(bericht.get("waarden"))
        if soort == "paar":
            return self._paar(bericht)
        if soort == "vast":
            a, waarde = self._item(bericht.get("id")), str(bericht.get("waarde"))
            return f"{a} vast er{waarde}", {sleutel(Soort.VAST, a): {"waarde": waarde}}
        if soort == "start":
            a, kw = self._item(bericht.get("id")), str(bericht.get("kwartaal"))
            reeks, plan = kiezen.kwartalen(self._stand)
            if kw not in reeks[:plan]:
                raise BesluitFout("Kies een kwartaal van de planperiode.")
            return f"{a} begint in het {kwartaal_voluit(kw)}", {sleutel(Soort.START, a): {"kwartaal": kw}}
        if soort == "weg":
            naam = str(bericht.get("sleutel"))
            if naam not in self._scenario.keuzes:
                raise BesluitFout("Deze keuze is al weg.")
            return f"Losgelaten: {naam.replace('|', ' ')}", {naam: None}
        nr = bericht.get("nr_eis")
        if not isinstance(nr, int) or not 0 <= nr < len(eisen):
            raise BesluitFout("Deze eis is er niet meer.")
        wat, keuzen = kiesbeeld.versoepel(self._stand, self._scenario, self._v, eisen[nr])
        return wat, dict(keuzen)

    def _grenzen(self, waarden: object) -> tuple[str, Keuzen]:
        bekend = {g.naam: g for g in kiesbeeld.grenzen(self._stand, self._scenario, None)}
        keuzen: Keuzen = {}
        wat = []
        for naam, tekst in waarden.items() if isinstance(waarden, Mapping) else ():
            if naam == kiezen.WETTELIJK:
                keuzen[sleutel(Soort.GRENS, naam)] = {"waarde": bool(tekst)}
                wat.append("wettelijke taken moeten erin" if tekst else "wettelijke taken hoeven niet")
            elif naam in bekend:
                keuzen[sleutel(Soort.GRENS, *naam.split("|"))] = kiesbeeld.lees_grens(bekend[naam], tekst)
                wat.append(f"{bekend[naam].kop.lower()}: {kort(tekst, 30) or 'geen grens'}")
        if not keuzen:
            raise BesluitFout("Er is niets veranderd.")
        return "; ".join(wat), keuzen

    def _paar(self, bericht: Mapping[str, Any]) -> tuple[str, Keuzen]:
        soorten = {s.value: s for s in (Soort.VOLGORDE, Soort.NIET_SAMEN)}
        soort = soorten.get(str(bericht.get("wat")))
        a, b = (self._item(bericht.get(k)) for k in ("a", "b"))
        if soort is None:
            raise BesluitFout("Kies wat er met de twee ambities is.")
        for x, y in ((a, b), (b, a)):
            if sleutel(soort, x, y) in self._scenario.keuzes:
                anders = soort == Soort.VOLGORDE and (x, y) != (a, b)
                raise BesluitFout(
                    f"Er staat al dat {x} eerst komt." if anders else "Dit is over deze twee al afgesproken."
                )
        wat = f"{a} eerst, daarna {b}" if soort == Soort.VOLGORDE else f"{a} en {b} niet samen"
        return wat, {sleutel(soort, a, b): {}}

    def _item(self, code: object) -> str:
        if not isinstance(code, str) or (code not in self._v.items and code not in self._stand.kandidaten.index):
            raise BesluitFout("Deze ambitie kan niet worden gekozen. Kies er een uit de lijst.")
        return code
