"""Scoring together, as events of the werkmap. Imports nothing heavy: the page to score on opens light."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from opgavelib.domein import sessie as regels
from opgavelib.domein.sessie import Fase, Oordeel, Sessie
from opgavelib.fouten import BesluitFout
from opgavelib.logboek import Actie
from opgavelib.opslag.handeling import AFSPRAAK, DEELNAME, OORDEEL, SESSIE, Wijziging, leg_vast, toestanden
from opgavelib.opslag.tabellen import TABEL
from opgavelib.opslag.verbinding import Verbinding

_STANDAARDSCHAAL = (1.0, 5.0)
Schalen = Mapping[str, tuple[float, float]]


class Sessies:
    """Sessions of one werkmap; reach it as `Werkmap.sessies`."""

    def __init__(self, db: Verbinding):
        self._db = db

    # -- reading ------------------------------------------------------------------------------------

    def alle(self) -> list[Sessie]:
        """All sessions, oldest first."""
        with self._db.lees() as v:
            return _alle(v)

    def een(self, code: str) -> Sessie:
        """One session.

        Raises
        ------
        BesluitFout : there is none of that code
        """
        with self._db.lees() as v:
            return _een(v, code)

    def oordelen(self, code: str) -> list[Oordeel]:
        """All judgements of all rounds. What of it may be shown is up to `Sessie.getoond`."""
        with self._db.lees() as v:
            return _oordelen(v, code)

    def afspraken(self) -> dict[tuple[str, str], float]:
        """Scores that a group agreed on: {(ambitie, criterium): score}; they go before the mean."""
        with self._db.lees() as v:
            gezegd = toestanden(v, AFSPRAAK)
        return {tuple(k.split(regels.SCHEIDING)): w["score"] for k, w in gezegd.items()}

    def titels(self, ambities: Sequence[str]) -> dict[str, tuple[str, str | None]]:
        """Per row its titel and omschrijving, without pandas."""
        t = TABEL["ambities"]
        with self._db.lees() as v:
            vraag = sa.select(t.c.ambitie, t.c.titel, t.c.omschrijving).where(t.c.ambitie.in_(list(ambities)))
            gevonden = {r.ambitie: (r.titel, r.omschrijving) for r in v.execute(vraag)}
        return {a: gevonden[a] for a in ambities if a in gevonden}

    def versie(self, code: str) -> int:
        """Number of the last event of this session, hidden judgements included."""
        g = TABEL["gebeurtenissen"]
        wat = [OORDEEL + code, DEELNAME + code, AFSPRAAK]
        eigen = sa.or_(g.c.wat.in_(wat), sa.and_(g.c.wat == SESSIE, g.c.object == code))
        with self._db.lees() as v:
            return int(v.execute(sa.select(sa.func.max(g.c.volgnummer)).where(eigen)).scalar() or 0)

    # -- changing -----------------------------------------------------------------------------------

    def open(
        self, titel: str, ambities: Iterable[str], criteria: Iterable[str], wie: str,
        *, deelnemers: Iterable[str] = (), reden: str = "",
    ) -> str:  # fmt: skip
        """Start a session, open for scores; gives its code.

        Raises
        ------
        BesluitFout : no title, nothing to judge, or an unknown row
        """
        rijen, maatstaven = list(dict.fromkeys(ambities)), list(dict.fromkeys(criteria))
        namen = list(dict.fromkeys(regels.keur_naam(d) for d in deelnemers))
        with self._db.schrijf(actie := Actie("sessie openen", wie, telling={"rijen": len(rijen)})) as v:
            if not titel.strip():
                raise BesluitFout("Geef de sessie een naam.")
            if not rijen or not maatstaven:
                raise BesluitFout("Kies minstens één ambitie en één criterium om te beoordelen.")
            t = TABEL["ambities"]
            bekend = set(v.execute(sa.select(t.c.ambitie).where(t.c.ambitie.in_(rijen))).scalars())
            if vreemd := [a for a in rijen if a not in bekend]:
                raise BesluitFout(f"Ambitie '{vreemd[0]}' staat niet in de werkmap.")
            code = f"B{len(toestanden(v, SESSIE)) + 1:02d}"
            actie.objecten = [code]
            waarde = {"titel": titel.strip(), "ambities": rijen, "criteria": maatstaven, "deelnemers": namen,
                      "fase": str(Fase.SCOREN), "ronde": 1}  # fmt: skip
            leg_vast(v, [Wijziging(SESSIE, code, waarde, regels.keur_naam(wie), reden)])
            return code

    def zet_fase(self, code: str, fase: Fase, wie: str, reden: str = "", *, gezien: int | None = None) -> list[int]:
        """Reveal, start the next round, or close.

        Raises
        ------
        BesluitFout : the session cannot go there now
        ConflictFout : somebody else moved it on after `gezien`
        """
        with self._db.schrijf(Actie("sessie verder", wie, [code])) as v:
            nu = toestanden(v, SESSIE).get(code)
            nieuw, ronde = regels.volgende(_een(v, code), Fase(fase))
            waarde = {**nu, "fase": str(nieuw), "ronde": ronde}
            return leg_vast(v, [Wijziging(SESSIE, code, waarde, regels.keur_naam(wie), reden)], gezien=gezien)

    def meld_aan(self, code: str, naam: str) -> list[int]:
        """Somebody takes part; does nothing when they were expected or there already."""
        naam = regels.keur_naam(naam)
        with self._db.schrijf(Actie("deelname", naam, [code])) as v:
            if naam in _een(v, code).deelnemers:
                return []
            return leg_vast(v, [Wijziging(DEELNAME + code, naam, {"doet_mee": True}, naam)])

    def oordeel(
        self, code: str, scores: Mapping[tuple[str, str], float | None], wie: str, schalen: Schalen | None = None
    ) -> list[int]:
        """Give or change judgements of the present round, {(ambitie, criterium): score or None for "weet ik niet"}.

        Parameters
        ----------
        schalen : per criterium (lowest, highest); 1 to 5 when not given

        Raises
        ------
        BesluitFout : the session is not open for scores, or a score cannot be; nothing was stored
        """
        wie = regels.keur_naam(wie)
        # The keys of what is judged stay out of the log as well: with the name they would be a judgement.
        with self._db.schrijf(Actie("oordeel", wie, [code], telling={"oordelen": len(scores)})) as v:
            sessie = _een(v, code)
            wijzigingen = []
            for (ambitie, criterium), score in scores.items():
                schaal = (schalen or {}).get(criterium, _STANDAARDSCHAAL)
                regels.keur_score(sessie, ambitie, criterium, score, schaal)
                ding = regels.SCHEIDING.join([ambitie, criterium, wie, str(sessie.ronde)])
                wijzigingen.append(Wijziging(OORDEEL + code, ding, {"score": score}, wie))
            return leg_vast(v, wijzigingen)

    def spreek_af(
        self, code: str, scores: Mapping[tuple[str, str], float | None], wie: str, reden: str,
        *, gezien: int | None = None,
    ) -> list[int]:  # fmt: skip
        """Agree on scores that go before the mean; None takes an agreement back.

        Raises
        ------
        BesluitFout : no reason, or the session shows nothing yet
        ConflictFout : somebody else agreed on one of these after `gezien`
        """
        with self._db.schrijf(Actie("afspraak", wie, [code], telling={"afspraken": len(scores)})) as v:
            sessie = _een(v, code)
            if not reden.strip():
                raise BesluitFout("Schrijf erbij waarom u dit zo afspreekt.")
            if not sessie.getoond:
                raise BesluitFout("Toon eerst de scores; daarna kunt u samen iets anders afspreken.")
            wijzigingen = [
                Wijziging(
                    AFSPRAAK, regels.SCHEIDING.join([a, c]), None if s is None else {"score": s, "sessie": code},
                    regels.keur_naam(wie), reden,
                )
                for (a, c), s in scores.items()
            ]  # fmt: skip
            return leg_vast(v, wijzigingen, sessie=code, gezien=gezien)


def _alle(v: sa.Connection) -> list[Sessie]:
    return [_sessie(v, code, w) for code, w in sorted(toestanden(v, SESSIE).items())]


def _een(v: sa.Connection, code: str) -> Sessie:
    waarde = toestanden(v, SESSIE).get(code)
    if waarde is None:
        raise BesluitFout(f"Er is geen sessie '{code}'.")
    return _sessie(v, code, waarde)


def _sessie(v: sa.Connection, code: str, w: Mapping[str, object]) -> Sessie:
    erbij = [n for n in toestanden(v, DEELNAME + code) if n not in w["deelnemers"]]
    return Sessie(
        code, w["titel"], tuple(w["ambities"]), tuple(w["criteria"]), (*w["deelnemers"], *erbij),
        Fase(w["fase"]), int(w["ronde"]),
    )  # fmt: skip


def _oordelen(v: sa.Connection, code: str) -> list[Oordeel]:
    uit = []
    for ding, w in toestanden(v, OORDEEL + code).items():
        ambitie, criterium, wie, ronde = ding.rsplit(regels.SCHEIDING, 3)
        uit.append(Oordeel(ambitie, criterium, wie, int(ronde), w["score"]))
    return uit
