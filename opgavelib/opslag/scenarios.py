"""Scenarios as events of the werkmap: a copy of choices, not of files."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from opgavelib.domein.scenario import BASIS, Scenario, keur
from opgavelib.fouten import BesluitFout
from opgavelib.logboek import Actie
from opgavelib.opslag.handeling import (
    KEUZE,
    SCENARIO,
    VASTGESTELD,
    Wijziging,
    eis_naam,
    leg_vast,
    toestanden,
    vastgestelde,
)
from opgavelib.opslag.tabellen import TABEL
from opgavelib.opslag.verbinding import Verbinding

_BASIS = {"titel": "Basis", "van": None}


class Scenarios:
    """Scenarios of one werkmap; reach it as `Werkmap.scenarios`."""

    def __init__(self, db: Verbinding):
        self._db = db

    # -- reading ------------------------------------------------------------------------------------

    def alle(self) -> list[Scenario]:
        """The base first, then the others in the order in which they were made."""
        with self._db.lees() as v:
            return _alle(v)

    def een(self, code: str) -> Scenario:
        """One scenario.

        Raises
        ------
        BesluitFout : there is none of that code
        """
        with self._db.lees() as v:
            return _een(v, code)

    def vastgesteld(self, code: str) -> dict[str, object] | None:
        """What was decided: the value given to `stel_vast`, with ``wie``, ``reden`` and ``tijdstip``; else None."""
        g = TABEL["gebeurtenissen"]
        with self._db.lees() as v:
            vraag = sa.select(g).where(g.c.wat == VASTGESTELD, g.c.object == code)
            rij = v.execute(vraag.order_by(g.c.volgnummer.desc())).first()
        return None if rij is None else {**rij.nieuw, "wie": rij.wie, "reden": rij.reden, "tijdstip": rij.tijdstip}

    def redenen(self, code: str) -> dict[str, tuple[str, str]]:
        """Why each present choice was made: key -> (reden, wie)."""
        g = TABEL["gebeurtenissen"]
        with self._db.lees() as v:
            rijen = v.execute(sa.select(g).where(g.c.wat == KEUZE + code).order_by(g.c.volgnummer))
            return {r.object: (r.reden or "", r.wie) for r in rijen}

    # -- changing -----------------------------------------------------------------------------------

    def maak(
        self, titel: str, wie: str, *, van: str = BASIS, reden: str = "",
        keuzes: Mapping[str, Mapping[str, object] | None] | None = None,
    ) -> str:  # fmt: skip
        """Copy a scenario with all its choices; gives the code of the new one.

        Parameters
        ----------
        keuzes : what is different in the copy at once; goes back with it

        Raises
        ------
        BesluitFout : no title, one of that name is there already, nothing to copy, or a choice that cannot be
        """
        with self._db.schrijf(actie := Actie("scenario maken", wie)) as v:
            bron = _een(v, van)
            titel = _keur_titel(v, titel)
            g = TABEL["gebeurtenissen"]
            ooit = v.execute(sa.select(g.c.object).where(g.c.wat == SCENARIO).distinct()).scalars()
            nummer = max((int(c[1:]) for c in ooit if c[:1] == "S"), default=0) + 1
            code = f"S{nummer:02d}"
            actie.objecten = [code]
            nieuw = Wijziging(SCENARIO, code, {"titel": titel, "van": van}, eis_naam(wie), reden)
            anders = {k: keur(k, w) for k, w in (keuzes or {}).items()}
            samen = {k: w for k, w in {**bron.keuzes, **anders}.items() if w is not None}
            mee = [Wijziging(KEUZE + code, k, dict(w), eis_naam(wie), reden) for k, w in samen.items()]
            leg_vast(v, [nieuw, *mee])
            return code

    def hernoem(self, code: str, titel: str, wie: str, reden: str = "", *, gezien: int | None = None) -> list[int]:
        """Give a scenario another name.

        Raises
        ------
        BesluitFout : it is decided: the minutes have its name; or as `maak`
        """
        with self._db.schrijf(Actie("scenario wijzigen", wie, [code])) as v:
            _eis_open(nu := _een(v, code))
            waarde = {"titel": _keur_titel(v, titel, zelf=code), "van": nu.van}
            return leg_vast(v, [Wijziging(SCENARIO, code, waarde, eis_naam(wie), reden)], gezien=gezien)

    def verwijder(self, code: str, wie: str, reden: str, *, gezien: int | None = None) -> list[int]:
        """Take a scenario off the list; its events stay, and undo brings it back.

        Raises
        ------
        BesluitFout : it is the base, or decided
        """
        with self._db.schrijf(Actie("scenario verwijderen", wie, [code])) as v:
            _eis_open(_een(v, code))
            if code == BASIS:
                raise BesluitFout("De basis blijft altijd staan.")
            return leg_vast(v, [Wijziging(SCENARIO, code, None, eis_naam(wie), reden)], gezien=gezien)

    def kies(
        self, code: str, keuzes: Mapping[str, Mapping[str, object] | None], wie: str, reden: str,
        *, gezien: int | None = None,
    ) -> list[int]:  # fmt: skip
        """Make or take away (None) choices in a scenario; what already holds is not recorded again.

        Raises
        ------
        BesluitFout : it is decided, a choice cannot be, or there is no reason
        ConflictFout : somebody else made one of these choices after `gezien`
        """
        with self._db.schrijf(Actie("scenario kiezen", wie, [code], telling={"keuzes": len(keuzes)})) as v:
            nu = _een(v, code)
            _eis_open(nu)
            if not reden.strip():
                raise BesluitFout("Schrijf erbij waarom; dat hoort bij de keuze.")
            nieuw = {k: keur(k, w) for k, w in keuzes.items()}
            anders = {k: w for k, w in nieuw.items() if w != nu.keuzes.get(k)}
            wijzigingen = [Wijziging(KEUZE + code, k, w, eis_naam(wie), reden) for k, w in anders.items()]
            return leg_vast(v, wijzigingen, sessie=code, gezien=gezien)

    def stel_vast(
        self, code: str, besluit: Mapping[str, object], wie: str, reden: str, *, gezien: int | None = None
    ) -> list[int]:
        """Freeze a scenario as decided, with everything needed to repeat it.

        Parameters
        ----------
        besluit : JSON value: the problem, the answer, and with what it was computed
        gezien : version of the werkmap that the problem was made of

        Raises
        ------
        BesluitFout : no reason, it is the base, it is decided already, or a choice was made after `gezien`
        """
        with self._db.schrijf(Actie("scenario vaststellen", wie, [code])) as v:
            _eis_open(_een(v, code))
            if code == BASIS:
                raise BesluitFout("Maak eerst een scenario van de basis; dat stelt u vast.")
            if not reden.strip():
                raise BesluitFout("Schrijf erbij waar en waarom dit is besloten.")
            _eis_gezien(v, code, gezien)
            return leg_vast(v, [Wijziging(VASTGESTELD, code, dict(besluit), eis_naam(wie), reden)])


def _alle(v: sa.Connection) -> list[Scenario]:
    bekend = {BASIS: _BASIS} | toestanden(v, SCENARIO)
    vast = vastgestelde(v)
    return [
        Scenario(code, w["titel"], w["van"], code in vast, toestanden(v, KEUZE + code))
        for code, w in bekend.items()
    ]


def _een(v: sa.Connection, code: str) -> Scenario:
    for s in _alle(v):
        if s.code == code:
            return s
    raise BesluitFout(f"Er is geen scenario '{code}'.")


def _eis_open(scenario: Scenario) -> None:
    if scenario.vastgesteld:
        raise BesluitFout(f"'{scenario.titel}' is vastgesteld. Maak er een kopie van om verder te rekenen.")


def _eis_gezien(v: sa.Connection, code: str, gezien: int | None) -> None:
    """What is decided must be what the person saw: a choice of a moment ago is not in the answer."""
    if gezien is None:
        return
    g = TABEL["gebeurtenissen"]
    later = sa.select(g.c.wie).where(g.c.wat == KEUZE + code, g.c.volgnummer > gezien)
    if wie := v.execute(later.order_by(g.c.volgnummer.desc())).scalars().first():
        raise BesluitFout(
            f"Door {wie} is dit scenario intussen gewijzigd. Bekijk de nieuwe uitkomst en stel die vast."
        )


def _keur_titel(v: sa.Connection, titel: str, zelf: str | None = None) -> str:
    titel = " ".join(titel.split())
    if not titel:
        raise BesluitFout("Geef het scenario een naam.")
    if any(s.titel.casefold() == titel.casefold() and s.code != zelf for s in _alle(v)):
        raise BesluitFout(f"Er is al een scenario '{titel}'; kies een andere naam.")
    return titel
