"""Scoring together, as events of the werkmap. Imports nothing heavy: the page to score on opens light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa

from opgavelib.domein import sessie as regels
from opgavelib.domein.sessie import Afspraak, Blik, Fase, NaamBezetFout, Oordeel, Sessie, Toegang, Vraag
from opgavelib.fouten import BesluitFout
from opgavelib.logboek import Actie
from opgavelib.opslag.handeling import (
    AFSPRAAK,
    DEELNAME,
    OORDEEL,
    SESSIE,
    Wijziging,
    laatste,
    leg_vast,
    toestanden,
)
from opgavelib.opslag.tabellen import TABEL
from opgavelib.opslag.verbinding import Verbinding

_STANDAARDSCHAAL = (1.0, 5.0)
_APPARATEN = 10  # of one name; what comes after it still works, but is not remembered
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

    def blik(self, code: str, naam: str = "", apparaat: str = "") -> Blik:
        """What `naam` may know now on `apparaat`, in one moment; no name is who sees nothing but what is shown.

        Scores of others that are still hidden do not leave the database: what is not here cannot leak. Anybody can
        say a name, so of its scores a device gets those that it gave itself, until the leader lets it in.
        """
        with self._db.lees() as v:
            sessie = _een(v, code)
            sleutels = list(_gegeven(v, code))
            mag = ["|".join(map(str, s)) for s in sleutels if s[3] <= sessie.getoond or (naam and s[2] == naam)]
            rijen = laatste(v, [(OORDEEL + code, ding) for ding in mag])
            gevonden = {_ontleed(ding): r.nieuw for (_, ding), r in rijen.items()}
            nog = regels.wie_nog(sleutels, sessie)
            er_is = toestanden(v, DEELNAME + code)
            apparaten = {n: len(er_is.get(n, {}).get("apparaten", ())) for n in nog}
            vreemd = {n for n, w in er_is.items() if _vreemd(w)}
            samen = er_is.get(naam, {}).get("samen", [])
            bekend = {apparaat, *(samen if apparaat in samen else ())}
            eigen = {s for s, w in gevonden.items() if naam and s[2] == naam and w.get("apparaat", "") in bekend}
            open_ = {s for s in gevonden if s in eigen or s[3] <= sessie.getoond}
            oordelen = [Oordeel(*s, w["score"]) for s, w in gevonden.items() if s in open_]
            elders = {s[:2] for s in sleutels if naam and s[2:] == (naam, sessie.ronde) and s not in eigen}
            return Blik(
                sessie, oordelen, nog, apparaten, _afspraken(v).get(code, {}), {(a, c, r) for a, c, _, r in eigen},
                elders, _toegang(apparaat, er_is.get(naam, {})), vreemd,
            )  # fmt: skip

    def afspraken(self) -> dict[str, dict[Vraag, Afspraak]]:
        """What groups agreed on, per session. What of it counts is up to `domein.sessie.geldende_afspraken`."""
        with self._db.lees() as v:
            return _afspraken(v)

    def titels(self, ambities: Sequence[str]) -> dict[str, tuple[str, str | None]]:
        """Per row its titel and omschrijving, without pandas."""
        t = TABEL["ambities"]
        with self._db.lees() as v:
            vraag = sa.select(t.c.ambitie, t.c.titel, t.c.omschrijving).where(t.c.ambitie.in_(list(ambities)))
            gevonden = {r.ambitie: (r.titel, r.omschrijving) for r in v.execute(vraag)}
        return {a: gevonden[a] for a in ambities if a in gevonden}

    def versie(self, code: str) -> int:
        """Number of the last event of this session, hidden judgements included, or of the list of sessions."""
        g = TABEL["gebeurtenissen"]
        eigen = g.c.wat.in_([SESSIE, OORDEEL + code, DEELNAME + code, AFSPRAAK])
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

    def zet_fase(
        self, code: str, fase: Fase, wie: str, reden: str = "",
        *, opnieuw: Iterable[Vraag] = (), gezien: int | None = None,
    ) -> list[int]:  # fmt: skip
        """Reveal, start the next round, or close.

        Parameters
        ----------
        opnieuw : what is judged again in the next round; empty is everything

        Raises
        ------
        BesluitFout : the session cannot go there now
        ConflictFout : somebody else moved it on after `gezien`
        """
        with self._db.schrijf(Actie("sessie verder", wie, [code])) as v:
            nu = toestanden(v, SESSIE).get(code)
            nieuw, ronde = regels.volgende(_een(v, code), Fase(fase))
            waarde = {**nu, "fase": str(nieuw), "ronde": ronde}
            if ronde > nu["ronde"]:
                waarde["opnieuw"] = [list(vraag) for vraag in opnieuw]
            return leg_vast(v, [Wijziging(SESSIE, code, waarde, regels.keur_naam(wie), reden)], gezien=gezien)

    def meld_aan(self, code: str, naam: str, apparaat: str = "", *, bevestigd: bool = False) -> str:
        """Somebody takes part; gives the name as it is in the session (capitals do not make another person).

        Parameters
        ----------
        apparaat : what the browser of this person is known by, a random text
        bevestigd : the person said to be who judges under this name on another device

        Raises
        ------
        NaamBezetFout : on another device somebody judges under this name already; nothing was stored
        """
        naam = regels.keur_naam(naam)
        with self._db.schrijf(Actie("deelname", naam, [code])) as v:
            sessie = _een(v, code)
            naam = next((d for d in sessie.deelnemers if d.casefold() == naam.casefold()), naam)
            if sessie.fase == Fase.GESLOTEN:
                return naam
            nu = toestanden(v, DEELNAME + code).get(naam)
            bekend = list((nu or {}).get("apparaten", ()))
            if bekend and apparaat not in bekend and not bevestigd:
                raise NaamBezetFout(f"Er beoordeelt al iemand als {naam}; bent u dat?")
            erbij = [apparaat] if apparaat and apparaat not in bekend else []
            if nu is None or erbij:
                # The first stay: nobody can push out who was here by coming with many devices.
                waarde = {**(nu or {}), "doet_mee": True, "apparaten": [*bekend, *erbij][:_APPARATEN]}
                leg_vast(v, [Wijziging(DEELNAME + code, naam, waarde, naam)])
            return naam

    def laat_toe(self, code: str, naam: str, aantal: int, wie: str) -> None:
        """Who leads says that all devices under this name are one person: each gets what the others gave.

        Parameters
        ----------
        aantal : of devices that `wie` saw

        Raises
        ------
        BesluitFout : another device came since, or nobody of that name takes part; nothing was stored
        """
        with self._db.schrijf(Actie("apparaat toelaten", wie, [code])) as v:
            nu = toestanden(v, DEELNAME + code).get(naam)
            if nu is None:
                raise BesluitFout("Deze deelnemer is er niet meer.")
            if len(nu["apparaten"]) != aantal:
                raise BesluitFout(f"Er kwam net nog een apparaat bij als {naam}. Kijk wie dat is en druk opnieuw.")
            nieuw = {**nu, "samen": nu["apparaten"]}
            leg_vast(v, [Wijziging(DEELNAME + code, naam, nieuw, regels.keur_naam(wie))])

    def oordeel(
        self, code: str, scores: Mapping[tuple[str, str], float | None], wie: str, schalen: Schalen | None = None,
        apparaat: str = "",
    ) -> list[int]:  # fmt: skip
        """Give or change judgements of the present round, {(ambitie, criterium): score or None for "weet ik niet"}.

        Parameters
        ----------
        schalen : per criterium (lowest, highest); 1 to 5 when not given
        apparaat : where they were given; what may be read there again depends on it (see `blik`)

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
                wijzigingen.append(Wijziging(OORDEEL + code, ding, {"score": score, "apparaat": apparaat}, wie))
            return leg_vast(v, wijzigingen)

    def spreek_af(
        self, code: str, scores: Mapping[tuple[str, str], float | None], wie: str, reden: str,
        schalen: Schalen | None = None, *, gezien: int | None = None,
    ) -> list[int]:  # fmt: skip
        """Agree on scores that go before the mean once the session is closed; None takes an agreement back.

        Parameters
        ----------
        schalen : per criterium (lowest, highest); 1 to 5 when not given

        Raises
        ------
        BesluitFout : no reason, the session shows nothing yet, or a score cannot be; nothing was stored
        ConflictFout : somebody else agreed on one of these after `gezien`
        """
        with self._db.schrijf(Actie("afspraak", wie, [code], telling={"afspraken": len(scores)})) as v:
            sessie = _een(v, code)
            if not reden.strip():
                raise BesluitFout("Schrijf erbij waarom u dit zo afspreekt.")
            for (a, c), s in scores.items():
                regels.keur_afspraak(sessie, a, c, s, (schalen or {}).get(c, _STANDAARDSCHAAL))
            wijzigingen = [
                Wijziging(
                    AFSPRAAK, regels.SCHEIDING.join([a, c]), None if s is None else {"score": s, "sessie": code},
                    regels.keur_naam(wie), reden,
                )
                for (a, c), s in scores.items()
            ]  # fmt: skip
            return leg_vast(v, wijzigingen, sessie=code, gezien=gezien)


def _vreemd(deelname: Mapping[str, list[str]]) -> bool:
    """Whether there are more devices under one name than were let in."""
    apparaten = deelname.get("apparaten", [])
    return len(apparaten) > 1 and not set(apparaten) <= set(deelname.get("samen", []))


def _toegang(apparaat: str, deelname: Mapping[str, list[str]]) -> Toegang:
    apparaten = deelname.get("apparaten", [])
    if not _vreemd(deelname):
        return Toegang.EIGEN if apparaat in [*apparaten, ""] or not apparaten else Toegang.WACHT
    return Toegang.EERSTE if apparaat in [apparaten[0], *deelname.get("samen", [])] else Toegang.WACHT


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
        Fase(w["fase"]), int(w["ronde"]), tuple(tuple(vraag) for vraag in w.get("opnieuw", ())),
    )  # fmt: skip


def _oordelen(v: sa.Connection, code: str) -> list[Oordeel]:
    return [_oordeel(ding, w) for ding, w in toestanden(v, OORDEEL + code).items()]


def _oordeel(ding: str, waarde: Mapping[str, float | None]) -> Oordeel:
    return Oordeel(*_ontleed(ding), waarde["score"])


def _ontleed(ding: str) -> tuple[str, str, str, int]:
    ambitie, criterium, wie, ronde = ding.rsplit(regels.SCHEIDING, 3)
    return ambitie, criterium, wie, int(ronde)


def _gegeven(v: sa.Connection, code: str) -> Iterator[tuple[str, str, str, int]]:
    """Who judged what in which round, without the scores."""
    g = TABEL["gebeurtenissen"]
    vraag = sa.select(g.c.object).where(g.c.wat == OORDEEL + code).distinct()
    return map(_ontleed, v.execute(vraag).scalars())


def _afspraken(v: sa.Connection) -> dict[str, dict[Vraag, Afspraak]]:
    """Every session keeps its own, also when another agreed on the same later or took that back."""
    g = TABEL["gebeurtenissen"]
    alle = v.execute(sa.select(g).where(g.c.wat == AFSPRAAK).order_by(g.c.volgnummer.desc()))
    herroepen: set[str] = set()
    laatst: dict[tuple[str, Vraag], sa.Row] = {}
    for r in alle:  # from the last: what was taken back weighs nothing, and neither does taking it back
        if r.handeling in herroepen:
            continue
        if r.herroept:
            herroepen.add(r.herroept)
            continue
        laatst.setdefault((r.sessie, tuple(r.object.split(regels.SCHEIDING))), r)
    uit: dict[str, dict[Vraag, Afspraak]] = {}
    for (code, vraag), r in laatst.items():
        if r.nieuw is not None:
            uit.setdefault(code, {})[vraag] = Afspraak(r.nieuw["score"], r.wie, r.reden)
    return uit
