"""What people change: every change sets the state of one thing, and what belongs together is one handeling.

The state of a thing is the `nieuw` of its last event, so deciding, undoing and noticing that somebody else
was first work the same for a bestemming, a kenmerk, a judgement on a pair or an opgave.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from opgavelib.fouten import BesluitFout, Conflict, ConflictFout
from opgavelib.opslag.gebeurtenis import voeg_toe
from opgavelib.opslag.tabellen import TABEL

BESTEMMING, PAAR, OPGAVE, PARAMETER, KOPPELING = "bestemming", "paar", "opgave", "parameter", "koppeling"
KENMERK = "kenmerk:"
SESSIE, AFSPRAAK, SCENARIO, VASTGESTELD = "sessie", "afspraak", "scenario", "vastgesteld"
CONTRACT, AANVRAAG, VERSIE = "contract", "aanvraag", "begrotingsversie"
OORDEEL, DEELNAME, KEUZE = "oordeel:", "deelname:", "keuze:"  # with the code of the session or scenario
STIL = (OORDEEL, DEELNAME)
# What a file did is not undone here: reading the earlier file again does that.
TERUG_TE_DRAAIEN = (BESTEMMING, PAAR, OPGAVE, PARAMETER, AFSPRAAK, SCENARIO, CONTRACT, AANVRAAG, VERSIE)
_BEGIN = {BESTEMMING: {"bestemming": "open", "naar": None}}


@dataclass(frozen=True)
class Wijziging:
    """One thing that gets a new state.

    Attributes
    ----------
    wat : kind of event: one of the constants of this module, or `KENMERK` and a column
    object : key of the thing
    nieuw : its new state, a JSON value
    oud : its state before, when that is not in the events (an opgave that came from a file)
    herroept : the handeling that this takes back
    """

    wat: str
    object: str
    nieuw: object
    wie: str
    reden: str = ""
    tijdstip: datetime | None = None
    oud: object = None
    herroept: str | None = None


def eis_naam(wie: str) -> str:
    """Who does it, as given.

    Raises
    ------
    BesluitFout : empty
    """
    if not wie.strip():
        raise BesluitFout("Vul in wie dit doet.")
    return wie


def laatste(v: sa.Connection, dingen: Iterable[tuple[str, str]]) -> dict[tuple[str, str], sa.Row]:
    """Last event of each (wat, object); those without an event are left out."""
    gevonden = {}
    for wat, namen in _per_soort(dingen).items():
        gevonden |= {(wat, r.object): r for r in v.execute(_laatste(wat, namen))}
    return gevonden


def _laatste(wat: str, namen: Sequence[str] | None = None) -> sa.Select:
    """Last events of one kind, oldest first; the index finds them without reading those before."""
    g = TABEL["gebeurtenissen"]
    hoogste = sa.select(sa.func.max(g.c.volgnummer)).where(g.c.wat == wat).group_by(g.c.object)
    if namen is not None:
        hoogste = hoogste.where(g.c.object.in_(namen))
    return sa.select(g).where(g.c.volgnummer.in_(hoogste)).order_by(g.c.volgnummer)


def _per_soort(dingen: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    per_soort: dict[str, list[str]] = {}
    for wat, ding in dingen:
        per_soort.setdefault(wat, []).append(ding)
    return per_soort


def _verhalen(v: sa.Connection, dingen: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[sa.Row]]:
    """All events of each (wat, object), oldest first."""
    g = TABEL["gebeurtenissen"]
    verhalen: dict[tuple[str, str], list[sa.Row]] = {}
    for wat, namen in _per_soort(dingen).items():
        vraag = sa.select(g).where(g.c.wat == wat, g.c.object.in_(namen)).order_by(g.c.volgnummer)
        for rij in v.execute(vraag):
            verhalen.setdefault((wat, rij.object), []).append(rij)
    return verhalen


def toestanden(v: sa.Connection, wat: str) -> dict[str, object]:
    """Present state per object for one kind of event; what was set back to nothing is left out."""
    return {r.object: r.nieuw for r in v.execute(_laatste(wat)) if r.nieuw is not None}


def vastgestelde(v: sa.Connection) -> set[str]:
    """Codes of the scenarios that are decided; a decision is never undone."""
    g = TABEL["gebeurtenissen"]
    return set(v.execute(sa.select(g.c.object).where(g.c.wat == VASTGESTELD)).scalars())


def leg_vast(
    v: sa.Connection,
    wijzigingen: Sequence[Wijziging],
    *,
    sessie: str | None = None,
    gezien: int | None = None,
) -> list[int]:
    """Add the events of one handeling and give their numbers; must run in a writing transaction.

    Parameters
    ----------
    gezien : number of the last event that the person had on screen. What somebody else changed after that
        is a conflict, unless both want the same

    Raises
    ------
    ConflictFout : with both versions of everything that clashes; the transaction must be rolled back
    """
    nu = laatste(v, [(w.wat, w.object) for w in wijzigingen])
    if gezien is not None:
        _bewaak(wijzigingen, nu, gezien)
    code = uuid.uuid4().hex[:12]
    stand = {ding: r.nieuw for ding, r in nu.items()}
    nummers = []
    for w in wijzigingen:
        ding = (w.wat, w.object)
        oud = w.oud if w.oud is not None else stand.get(ding, _BEGIN.get(w.wat))
        tijdstip = w.tijdstip or datetime.now(UTC)
        nummers.append(
            voeg_toe(
                v, tijdstip, w.wie.strip(), w.wat, w.object, oud, w.nieuw, w.reden.strip(), sessie, code, w.herroept
            )
        )  # fmt: skip
        stand[ding] = w.nieuw
    return nummers


def _bewaak(wijzigingen: Sequence[Wijziging], nu: dict[tuple[str, str], sa.Row], gezien: int) -> None:
    botsingen = []
    for w in wijzigingen:
        hun = nu.get((w.wat, w.object))
        if hun is not None and hun.volgnummer > gezien and hun.nieuw != w.nieuw:
            botsingen.append(
                Conflict(
                    w.object, w.wat, hun.nieuw, w.nieuw, hun.wie, datetime.fromisoformat(hun.tijdstip), hun.reden
                )
            )
    if botsingen:
        raise ConflictFout(botsingen)


def terug(v: sa.Connection, volgnummer: int, wie: str, reden: str) -> list[Wijziging]:
    """What would undo the handeling of which event `volgnummer` is part, last change first.

    Raises
    ------
    BesluitFout : no such event, not one that can be undone, or something of it was changed again since
    """
    g = TABEL["gebeurtenissen"]
    een = v.execute(sa.select(g).where(g.c.volgnummer == volgnummer)).first()
    if een is None or not _kan_terug(een.wat):
        raise BesluitFout(f"Besluit {volgnummer} bestaat niet.")
    samen = g.c.handeling == een.handeling if een.handeling else g.c.volgnummer == volgnummer
    handeling = v.execute(sa.select(g).where(samen).order_by(g.c.volgnummer.desc())).all()
    codes = {r.object if r.wat == SCENARIO else r.wat.removeprefix(KEUZE) for r in handeling}
    if codes & vastgestelde(v):
        raise BesluitFout("Dit scenario is vastgesteld en verandert niet meer. Maak er een kopie van.")
    verhalen = _verhalen(v, {(r.wat, r.object) for r in handeling})
    for ding in dict.fromkeys((r.wat, r.object) for r in handeling):
        _eis_laatste(verhalen[ding], een)
    code = _code(een)
    return [Wijziging(r.wat, r.object, r.oud, wie, reden, oud=r.nieuw, herroept=code) for r in handeling]


def _eis_laatste(verhaal: Sequence[sa.Row], een: sa.Row) -> None:
    """Refuse when something else was decided after the handeling of `een`, unless that was taken back."""
    codes = [_code(r) for r in verhaal]
    plek = len(verhaal) - 1
    while codes[plek] != _code(een):
        later = verhaal[plek]
        if later.herroept is None or later.herroept == _code(een):
            raise BesluitFout(f"{_daarna(later)} door {later.wie}; neem een nieuw besluit.")
        plek = codes.index(later.herroept) - 1  # what was taken back and its taking back weigh nothing


def _daarna(later: sa.Row) -> str:
    """That something changed since; of rows people know the name, of a setting or choice only we know the key."""
    if later.wat in (BESTEMMING, PAAR, OPGAVE) or later.wat.startswith(KENMERK):
        return f"Over {later.object.replace('|', ' en ')} is daarna opnieuw besloten"
    if later.wat == AFSPRAAK:
        return "Hierover is daarna iets anders afgesproken"
    return "Dit is daarna gewijzigd"


def _code(r: sa.Row) -> str:
    return r.handeling or f"#{r.volgnummer}"  # werkmappen of before there were handelingen


def _kan_terug(wat: str) -> bool:
    return wat in TERUG_TE_DRAAIEN or wat.startswith((KENMERK, KEUZE))
