"""Scoring together: what the page of a participant shows, and the screen of who leads the session.

Imports nothing heavy: the page to score on opens without pandas. What needs a `Stand` is in `sessie_leiden`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from opgavelib import notatie, parameters
from opgavelib.domein import sessie as regels
from opgavelib.domein.sessie import Blik, Fase, Oordeel, Sessie, Spreiding, Vraag
from opgavelib.opslag import Werkmap
from opgavelib.parameters import Criterium


def criteria(werkmap: Werkmap, codes: Iterable[str]) -> dict[str, Criterium]:
    """The criteria of a session; one that is no longer on the list has its code as name and a scale of 1 to 5."""
    eigen = werkmap.parameters().get("criteria.lijst")
    lijst = tuple(Criterium(**c) for c in eigen) if eigen else parameters.criteria()
    bekend = {c.criterium: c for c in lijst}
    return {c: bekend.get(c) or Criterium(c, c, 1.0, "hoger", "") for c in codes}


def schalen(maatstaven: Mapping[str, Criterium]) -> dict[str, tuple[float, float]]:
    """Lowest and highest score per criterium."""
    return {c.criterium: (c.laagst, c.hoogst) for c in maatstaven.values()}


def te_kiezen(werkmap: Werkmap) -> list[dict[str, Any]]:
    """Sessions that one can take part in or look back at, newest first: code, titel, fase, zin."""
    uit = []
    for s in reversed(werkmap.sessies.alle()):
        wat = {
            Fase.SCOREN: "u kunt scoren" if s.ronde == 1 else f"ronde {s.ronde}: u kunt scoren",
            Fase.GETOOND: "de scores worden besproken",
            Fase.GESLOTEN: "gesloten",
        }[s.fase]
        hoeveel = notatie.aantal(len(s.ambities), "ambitie", "ambities")
        uit.append({"code": s.code, "titel": s.titel, "fase": str(s.fase), "zin": f"{hoeveel}, {wat}"})
    return uit


def wat_te_scoren(werkmap: Werkmap, sessie: Sessie, maatstaven: Mapping[str, Criterium]) -> dict[str, Any]:
    """What does not change during a round: the ambities with their text, and the criteria with their scale."""
    titels = werkmap.sessies.titels(sessie.ambities)
    tekst = {a: omschrijving or "" for a, (_, omschrijving) in titels.items()}
    per: dict[str, list[str]] = {}
    for ambitie, criterium in sessie.vragen:
        per.setdefault(ambitie, []).append(criterium)
    return {
        "code": sessie.code,
        "titel": sessie.titel,
        "ronde": sessie.ronde,
        "criteria": {
            c.criterium: {
                "naam": c.naam, "omschrijving": c.omschrijving, "laagst": c.laagst, "hoogst": c.hoogst,
                "uitleg_laagst": c.uitleg_laagst, "uitleg_hoogst": c.uitleg_hoogst, "lager": c.richting == "lager",
            }
            for c in maatstaven.values()
        },
        "items": [
            {"id": a, "titel": titel_van(titels, a), "omschrijving": tekst.get(a, ""), "criteria": c}
            for a, c in per.items()
        ],
    }  # fmt: skip


def titel_van(titels: Mapping[str, tuple[str, str | None]], ambitie: str) -> str:
    """Title of a row; its key when it is gone."""
    return titels[ambitie][0] if ambitie in titels else ambitie


def voortgang(blik: Blik) -> dict[str, Any]:
    """Who is ready and who is not, without any score.

    Returns
    -------
    dict with zin, klaar, van, mensen [{naam, nog, aantal, apparaten, vreemd: a device of them was not let in}]

    Who is not ready comes first.
    """
    aantal = len(blik.sessie.vragen)
    mensen = [
        {"naam": n, "nog": nog, "aantal": aantal, "apparaten": blik.apparaten.get(n, 0), "vreemd": n in blik.vreemd}
        for n, nog in sorted(blik.nog.items(), key=lambda x: (x[1] == 0, x[0].casefold()))
    ]  # fmt: skip
    klaar = sum(not m["nog"] for m in mensen)
    zin = (
        "Er is nog niemand."
        if not mensen
        else f"{klaar} van {notatie.aantal(len(mensen), 'deelnemer', 'deelnemers')} klaar"
    )
    return {"zin": zin, "klaar": klaar, "van": len(mensen), "mensen": mensen}


def eigen_scores(blik: Blik, naam: str) -> dict[str, Any]:
    """Judgements that this device may know as one's own.

    Returns
    -------
    dict with nu and eerder: {question: score} of this round, and the last ones of before; elders: questions that
    were answered on another device, without what was given; toegang: as `Blik.toegang`
    """
    uit: dict[str, Any] = {"nu": {}, "eerder": {}}
    for o in _van(blik, naam):
        if (o.ambitie, o.criterium, o.ronde) in blik.eigen:
            uit["nu" if o.ronde == blik.sessie.ronde else "eerder"][sleutel(o.ambitie, o.criterium)] = o.score
    return {**uit, "elders": sorted(sleutel(*v) for v in blik.elders), "toegang": str(blik.toegang)}


def _van(blik: Blik, naam: str) -> list[Oordeel]:
    return sorted((o for o in blik.oordelen if o.beoordelaar == naam), key=lambda o: o.ronde)


def sleutel(ambitie: str, criterium: str) -> str:
    """One question as text, as the browser knows it."""
    return f"{ambitie}{regels.SCHEIDING}{criterium}"


def uitslag(
    blik: Blik, maatstaven: Mapping[str, Criterium], titels: Mapping[str, tuple[str, str | None]],
    naam: str = "", *, met_namen: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """What may be seen after the reveal: a sentence, and per ambitie the spread, most disagreement first.

    Parameters
    ----------
    naam : whose own scores are pointed out
    met_namen : say who gave what; otherwise only the values, sorted

    Returns
    -------
    dict with zin, and ambities: [{id, titel, oneens (0-1), regels: [{criterium, naam, laagst, hoogst, lager (is
    better), waarden, eigen, gemiddeld, oneens, eerder: {waarden, gemiddeld} or None,
    afspraak: {score, wie, reden} or None, namen: [(naam, score)]}]}]
    """
    ronde, sessie = blik.sessie.getoond, blik.sessie
    if not ronde:
        return {"zin": "", "ambities": []}
    maten = schalen(maatstaven)
    nu = regels.spreidingen(blik.oordelen, sessie, ronde, maten)
    # What counts of a person is the last they gave; pointed out only where this device gave that.
    laatst = {(o.ambitie, o.criterium): o for o in _van(blik, naam) if o.ronde <= ronde}
    mijn = {vraag: o.score for vraag, o in laatst.items() if (*vraag, o.ronde) in blik.eigen}
    weer = {(o.ambitie, o.criterium) for o in blik.oordelen if o.ronde == ronde} if ronde > 1 else set()
    toen = {
        (s.ambitie, s.criterium): s
        for s in (regels.spreidingen(blik.oordelen, sessie, ronde - 1, maten) if weer else ())
        if (s.ambitie, s.criterium) in weer
    }
    per: dict[str, list[Spreiding]] = {}
    for s in nu:
        per.setdefault(s.ambitie, []).append(s)
    # As the sentence above it: the widest range first, and of those the one that is felt by most.
    volgorde = sorted(per, key=lambda a: max((s.oneens, s.sd or 0.0) for s in per[a]), reverse=True)
    ambities = [
        {
            "id": a,
            "titel": titel_van(titels, a),
            "oneens": max(s.oneens for s in per[a]),
            "regels": [_regel(s, maatstaven[s.criterium], blik, toen, mijn, met_namen) for s in per[a]],
        }
        for a in volgorde
    ]
    return {"zin": grootste_verschil(nu, maatstaven, titels), "ambities": ambities}


def _regel(
    s: Spreiding, c: Criterium, blik: Blik, toen: Mapping[Vraag, Spreiding],
    mijn: Mapping[Vraag, float | None], met_namen: bool,
) -> dict[str, Any]:  # fmt: skip
    vorige, afspraak = toen.get((s.ambitie, s.criterium)), blik.afspraken.get((s.ambitie, s.criterium))
    return {
        "criterium": s.criterium,
        "naam": c.naam,
        "laagst": c.laagst,
        "hoogst": c.hoogst,
        "lager": c.richting == "lager",
        "waarden": sorted(s.scores.values()),
        "eigen": mijn.get((s.ambitie, s.criterium)),
        "gemiddeld": s.gemiddeld,
        "oneens": s.oneens,
        "eerder": {"waarden": sorted(vorige.scores.values()), "gemiddeld": vorige.gemiddeld} if vorige else None,
        "afspraak": {"score": afspraak.score, "wie": afspraak.wie, "reden": afspraak.reden} if afspraak else None,
        "namen": sorted(s.scores.items(), key=lambda x: (x[1], x[0])) if met_namen else [],
    }


def grootste_verschil(
    spreidingen: Iterable[Spreiding],
    maatstaven: Mapping[str, Criterium],
    titels: Mapping[str, tuple[str, str | None]],
) -> str:
    """Where the group differs most, as a sentence."""
    gegeven = [s for s in spreidingen if s.scores]
    if not gegeven:
        return "Er zijn in deze ronde geen scores gegeven."
    s = max(gegeven, key=lambda s: (s.oneens, s.sd))
    if not s.oneens:
        return "U bent het overal eens."
    laag, hoog = notatie.getal(s.laagst, 2), notatie.getal(s.hoogst, 2)
    titel = notatie.kort(titel_van(titels, s.ambitie), 80)
    return f"Grootste verschil: {maatstaven[s.criterium].naam} van ‘{titel}’: {laag} tegenover {hoog}."
