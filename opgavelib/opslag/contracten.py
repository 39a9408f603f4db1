"""Contractering as events of the werkmap: what is asked of teams besides the files, and what teamleiders said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from opgavelib.domein.contract import keur_aanvraag, keur_antwoord
from opgavelib.fouten import BesluitFout
from opgavelib.logboek import Actie
from opgavelib.opslag.handeling import AANVRAAG, CONTRACT, Wijziging, eis_naam, laatste, leg_vast, toestanden
from opgavelib.opslag.tabellen import TABEL
from opgavelib.opslag.verbinding import Verbinding

_VOORVOEGSEL = "AV-"


class Contracten:
    """Requests and answers of one werkmap; reach it as `Werkmap.contracten`."""

    def __init__(self, db: Verbinding):
        self._db = db

    # -- reading ------------------------------------------------------------------------------------

    def antwoorden(self) -> dict[str, dict[str, object]]:
        """What teamleiders said, by key of the request: status, uren_toegezegd, kwartaal, with ``reden``, ``wie``
        and ``tijdstip`` (UTC, ISO)."""
        with self._db.lees() as v:
            dingen = [(CONTRACT, sleutel) for sleutel in toestanden(v, CONTRACT)]
            return {
                r.object: {**r.nieuw, "reden": r.reden or "", "wie": r.wie, "tijdstip": r.tijdstip}
                for r in laatste(v, dingen).values()
            }

    def aanvragen(self) -> dict[str, dict[str, object]]:
        """Requests that people made on screen, by key: activiteit, team, kwartaal, uren_gevraagd, deskundigheid."""
        with self._db.lees() as v:
            return toestanden(v, AANVRAAG)

    # -- changing -----------------------------------------------------------------------------------

    def beantwoord(
        self,
        antwoorden: Mapping[str, Mapping[str, object] | None],
        wie: str,
        reden: str = "",
        *,
        sessie: str | None = None,
        gezien: int | None = None,
    ) -> list[int]:
        """Promise, promise part or refuse requests; None puts back what the file says. All or none.

        Parameters
        ----------
        antwoorden : key of the request -> ``{"status", "uren_toegezegd", "kwartaal"}``, as
            `domein.contract.keur_antwoord` wants it
        reden : must be there with a refusal; what already holds is not recorded again

        Raises
        ------
        BesluitFout : no name, no such request, a value that cannot be, or a refusal without a reason
        ConflictFout : somebody else answered one of these requests after `gezien`
        """
        with self._db.schrijf(Actie("contract", wie, list(antwoorden))) as v:
            eis_naam(wie)
            if onbekend := antwoorden.keys() - _bekend(v):
                raise BesluitFout(f"Aanvraag '{min(onbekend)}' staat niet in de werkmap.")
            gekeurd = {k: None if a is None else keur_antwoord(a) for k, a in antwoorden.items()}
            if any(a and a["status"] == "afgewezen" for a in gekeurd.values()) and not reden.strip():
                raise BesluitFout("Schrijf erbij waarom het niet kan; wie het vroeg, moet daarmee verder.")
            nu = toestanden(v, CONTRACT)
            anders = {k: a for k, a in gekeurd.items() if a != nu.get(k)}
            wijzigingen = [Wijziging(CONTRACT, k, a, wie, reden) for k, a in anders.items()]
            return leg_vast(v, wijzigingen, sessie=sessie, gezien=gezien)

    def vraag_aan(self, aanvragen: Iterable[Mapping[str, object]], wie: str, reden: str = "") -> list[int]:
        """Ask hours of teams: one request per activiteit, team, kwartaal and deskundigheid. All or none.

        Raises
        ------
        BesluitFout : no name, an unknown activiteit, or values that cannot be
        """
        with self._db.schrijf(actie := Actie("aanvraag", wie)) as v:
            eis_naam(wie)
            t = TABEL["activiteiten"]
            activiteiten = set(v.execute(sa.select(t.c.activiteit).where(~t.c.vervallen)).scalars())
            nieuw = [keur_aanvraag(a, activiteiten) for a in aanvragen]
            g = TABEL["gebeurtenissen"]
            ooit = v.execute(sa.select(g.c.object).where(g.c.wat == AANVRAAG).distinct()).scalars()
            vanaf = max((int(c.removeprefix(_VOORVOEGSEL)) for c in ooit), default=0) + 1
            codes = [f"{_VOORVOEGSEL}{vanaf + i:03d}" for i in range(len(nieuw))]
            actie.objecten = codes
            paren = zip(codes, nieuw, strict=True)
            return leg_vast(v, [Wijziging(AANVRAAG, c, a, wie, reden) for c, a in paren])

    def trek_in(self, codes: Iterable[str], wie: str, reden: str, *, gezien: int | None = None) -> list[int]:
        """Take requests back that were made on screen; those of a file are taken out of that file.

        Raises
        ------
        BesluitFout : no name or reason, or not a request that was made on screen
        ConflictFout : somebody else changed it after `gezien`
        """
        codes = list(codes)
        with self._db.schrijf(Actie("aanvraag intrekken", wie, codes)) as v:
            eis_naam(wie)
            if not reden.strip():
                raise BesluitFout("Schrijf erbij waarom de aanvraag vervalt.")
            if onbekend := set(codes) - toestanden(v, AANVRAAG).keys():
                raise BesluitFout(f"Aanvraag '{min(onbekend)}' is niet op het scherm gemaakt, of al ingetrokken.")
            return leg_vast(v, [Wijziging(AANVRAAG, c, None, wie, reden) for c in codes], gezien=gezien)


def _bekend(v: sa.Connection) -> set[str]:
    t = TABEL["inzet"]
    return set(v.execute(sa.select(t.c.inzet).where(~t.c.vervallen)).scalars()) | toestanden(v, AANVRAAG).keys()
