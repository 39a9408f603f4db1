"""Leading a session: what to score with whom, moving it on, and what it changes in the ranking."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from opgavelib import notatie
from opgavelib.domein.sessie import Fase, Vraag
from opgavelib.fouten import Conflict, ConflictFout
from opgavelib.toepassing import sessie as samen

if TYPE_CHECKING:
    import pandas as pd

    from opgavelib.domein.shortlist import Shortlist
    from opgavelib.toepassing.stand import Stand

OMGEVING = "OPGAVE_DEELNAME"  # set by who serves the pages
SECONDEN_PER_OORDEEL = 12  # a guess to plan with, said as such on the screen
MANIEREN = {
    "streep": "Rond de streep",
    "nieuw": "Nog niet beoordeeld",
    "oneens": "Meest oneens",
    "zoek": "Zelf zoeken",
}


def deelname() -> dict[str, Any]:
    """Where participants find their page: netwerk (bool), adressen, code to type; empty when nothing serves it."""
    return json.loads(os.environ.get(OMGEVING) or "{}")


def qr(adres: str) -> str:
    """QR code of an address as a data URI of an SVG (ISO/IEC 18004, error correction M)."""
    import segno

    return segno.make(adres, error="m", micro=False).svg_data_uri(scale=8, border=2, dark="#000", light="#fff")


# -- what to score, with whom ---------------------------------------------------------------------------


def keuze(stand: Stand, manier: str, aantal: int, zoek: str = "") -> list[dict[str, str]]:
    """Candidates to score: id, titel, waarom; at most `aantal`.

    Parameters
    ----------
    manier : one of `MANIEREN`
    zoek : text to search for, with ``zoek``
    """
    gevonden = {"streep": _rond_streep, "nieuw": _zonder_score, "oneens": _oneens}.get(manier)
    if gevonden is None:
        rijen = [(a, "") for a in stand.zoek(zoek).index if a in stand.kandidaten.index] if zoek.strip() else []
    else:
        rijen = gevonden(stand, aantal)
    titels = stand.ambities["titel"]
    return [{"id": a, "titel": str(titels[a]), "waarom": waarom} for a, waarom in rijen[:aantal]]


def _rond_streep(stand: Stand, aantal: int) -> list[tuple[str, str]]:
    if stand.scores.empty:
        return []
    tabel = stand.shortlist().tabel
    gekozen = [i for i, ja in enumerate(tabel["gekozen"]) if ja]
    begin = max(0, min((gekozen[-1] + 1 if gekozen else 0) - aantal // 2, len(tabel) - aantal))
    deel = tabel.iloc[begin : begin + aantal]
    return [
        (a, f"plaats {begin + i}, {'boven' if ja else 'onder'} de streep")
        for i, (a, ja) in enumerate(deel["gekozen"].items(), start=1)
    ]


def _zonder_score(stand: Stand, _aantal: int) -> list[tuple[str, str]]:
    bekend = set(stand.scores["ambitie"]) | {a for a, _ in stand.afspraken}
    return [(a, "nog geen score") for a in stand.kandidaten.index if a not in bekend]


def _oneens(stand: Stand, _aantal: int) -> list[tuple[str, str]]:
    sd = stand.scorekaart.spreiding.mean(axis=1).dropna()
    sd = sd[sd > 0].sort_values(ascending=False, kind="stable")
    return [(a, f"spreiding {notatie.getal(float(w), 1)} punt") for a, w in sd.items()]


def verwachten(stand: Stand) -> list[str]:
    """Who may be expected: members of the college that gave a top-5, and who scored before."""
    namen = [*stand.tabel("stemmen")["collegelid"].dropna(), *stand.scores["beoordelaar"].dropna()]
    return list(dict.fromkeys(str(n).strip() for n in namen if str(n).strip()))


def duur(ambities: int, criteria: int) -> str:
    """How long scoring takes a person, as a sentence."""
    oordelen = ambities * criteria
    minuten = max(1, round(oordelen * SECONDEN_PER_OORDEEL / 60))
    tijd = notatie.aantal(minuten, "minuut", "minuten")
    return f"{notatie.aantal(oordelen, 'score', 'scores')} per persoon, naar schatting {tijd}."


# -- moving on ------------------------------------------------------------------------------------------


def zet_fase(
    stand: Stand, code: str, fase: Fase, wie: str, *, opnieuw: Iterable[Vraag] = (), gezien: int | None = None
) -> list[int]:
    """As `Sessies.zet_fase`; a conflict says in words where the session is now."""
    sessies = stand.werkmap.sessies
    return _met_woorden(
        lambda: sessies.zet_fase(code, fase, wie, opnieuw=opnieuw, gezien=gezien),
        sessies.een(code).titel,
        "stap",
        _stap,
    )


def _stap(w: Mapping[str, Any] | None) -> str:
    ronde = f"ronde {(w or {}).get('ronde')}"
    return {
        Fase.SCOREN: f"er wordt gescoord in {ronde}",
        Fase.GETOOND: f"de scores van {ronde} zijn getoond",
        Fase.GESLOTEN: "gesloten",
    }[Fase((w or {})["fase"])]


def spreek_af(
    stand: Stand, code: str, vraag: Vraag, score: float | None, wie: str, reden: str, *, gezien: int | None = None
) -> list[int]:
    """As `Sessies.spreek_af` for one question, on the scale of its criterium; a conflict is in words."""
    sessies = stand.werkmap.sessies
    maten = samen.criteria(stand.werkmap, [vraag[1]])
    titel = samen.titel_van(sessies.titels([vraag[0]]), vraag[0])
    return _met_woorden(
        lambda: sessies.spreek_af(code, {vraag: score}, wie, reden, samen.schalen(maten), gezien=gezien),
        titel, maten[vraag[1]].naam, lambda w: "het gemiddelde" if w is None else notatie.getal(w["score"], 2),
    )  # fmt: skip


def _met_woorden(doe: Callable[[], list[int]], ding: str, wat: str, woorden: Callable[[Any], str]) -> list[int]:
    try:
        return doe()
    except ConflictFout as fout:
        raise ConflictFout(
            [
                Conflict(ding, f"kenmerk:{wat}", woorden(c.hun), woorden(c.uw), c.wie, c.tijdstip, c.reden)
                for c in fout.conflicten
            ]
        ) from fout


# -- what it changes ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gevolg:
    """What a session changes in the ranking.

    Attributes
    ----------
    zin : sentences
    rijen : dicts id, titel, van, naar (places, None is not ranked), boven ("erbij", "eruit" or ""); those that
        cross the line first, then the largest moves
    """

    zin: str
    rijen: Sequence[Mapping[str, Any]]


def gevolg(stand: Stand, code: str) -> Gevolg:
    """The ranking without this session against the ranking with its scores and agreements counted."""
    alle = stand.werkmap.sessies.alle()
    zonder = [s for s in alle if s.code != code]
    dicht = [replace(s, fase=Fase.GESLOTEN) if s.code == code else s for s in alle]
    voor, na = (_shortlist(stand, stand.scores_met(s), stand.afspraken_met(s)) for s in (zonder, dicht))
    plaats_voor, plaats_na = (_plaatsen(x) for x in (voor, na))
    boven_voor, boven_na = (set(x.gekozen.index) if x else set() for x in (voor, na))
    titels = stand.ambities["titel"]
    rijen = [
        {
            "id": a, "titel": str(titels[a]), "van": plaats_voor.get(a), "naar": plaats_na.get(a),
            "boven": "erbij" if a in boven_na - boven_voor else "eruit" if a in boven_voor - boven_na else "",
        }
        for a in stand.kandidaten.index
        if plaats_voor.get(a) != plaats_na.get(a) or (a in boven_na) != (a in boven_voor)
    ]  # fmt: skip
    ver = len(stand.kandidaten)
    rijen.sort(key=lambda r: (not r["boven"], -abs((r["van"] or ver) - (r["naar"] or ver))))
    return Gevolg(_zin(rijen, ver), rijen)


def _zin(rijen: Sequence[Mapping[str, Any]], kandidaten: int) -> str:
    if not rijen:
        return "In de rangorde verandert er niets."
    erbij = [r["titel"] for r in rijen if r["boven"] == "erbij"]
    eruit = [r["titel"] for r in rijen if r["boven"] == "eruit"]
    wisselt = "1 kandidaat wisselt" if len(rijen) == 1 else f"{notatie.getal(len(rijen))} kandidaten wisselen"
    zin = f"{wisselt} van plaats in de rangorde van {notatie.getal(kandidaten)}."
    if not erbij and not eruit:
        return f"{zin} Boven de streep staan dezelfde."
    delen = []
    if erbij:
        delen.append(f"{_noem(erbij)} {'komt' if len(erbij) == 1 else 'komen'} erboven")
    if eruit:
        delen.append(f"{_noem(eruit)} {'valt' if len(eruit) == 1 else 'vallen'} eronder")
    return f"{zin} Over de streep: {', '.join(delen)}."


def _noem(titels: Sequence[str]) -> str:
    return f"‘{notatie.kort(titels[0], 60)}’" if len(titels) == 1 else notatie.getal(len(titels))


def _shortlist(stand: Stand, scores: pd.DataFrame, afspraken: Mapping[Vraag, float]) -> Shortlist | None:
    """The shortlist with other scores; None when there are none at all."""
    if scores.empty and not afspraken:
        return None
    ander = copy(stand)  # shares all tables; what follows from scores is its own
    ander.__dict__.pop("scorekaart", None)
    ander.scores, ander.afspraken = scores, dict(afspraken)
    return ander.shortlist()


def _plaatsen(shortlist: Shortlist | None) -> dict[str, int]:
    return {} if shortlist is None else {a: i for i, a in enumerate(shortlist.tabel.index, start=1)}
