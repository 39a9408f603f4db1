"""Who decided what, when and why: every event that a person caused, as a Dutch sentence, newest first.

What belongs together (28 rows sent to the same place at once, an answer over seven quarters) is one line. Row by
row changes that came with a file are not here: its reading is, with its counts, and `toepassing.spoor` has the road
of one row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.domein.scenario import BASIS, Scenario
from opgavelib.toepassing.scenario_woorden import kort
from opgavelib.weergave.parameterwoorden import beschrijf, naam_van
from opgavelib.weergave.toestand import omschrijf

if TYPE_CHECKING:
    from opgavelib.toepassing.stand import Stand

# Kind of event -> what people choose from. Kinds that are not here are no decision, or nobody's to see (a score in
# a session that is not shown yet).
SOORTEN = {
    "bestemming": "Bestemming van een ambitie",
    "kenmerk": "Kenmerk van een ambitie",
    "paar": "Oordeel over een paar",
    "opgave": "Opgave",
    "contract": "Antwoord op een urenaanvraag",
    "aanvraag": "Urenaanvraag",
    "keuze": "Keuze in een scenario",
    "scenario": "Scenario",
    "vastgesteld": "Vastgesteld scenario",
    "begrotingsversie": "Versie van de begroting",
    "parameter": "Norm of instelling",
    "sessie": "Sessie",
    "afspraak": "Afgesproken score",
    "koppeling": "Koppeling van kolommen",
    "gelezen": "Ingelezen bestand",
    "hersteld": "Teruggezette reservekopie",
}
# One handeling is one line. Of the first two only what is the same for several rows: a file of decisions is one
# handeling, and those are decisions of their own; but taking them back is one.
_GELIJKE, _SAMEN = ("bestemming", "kenmerk"), ("contract", "aanvraag", "keuze", "parameter")
_FASEN = {"scoren": "open voor scores", "getoond": "scores getoond", "gesloten": "gesloten"}
_NOEM = 3


@dataclass(frozen=True)
class Regel:
    """One line of the log.

    Attributes
    ----------
    nummer : of its last event
    tijdstip : local
    soort : key of `SOORTEN`
    zin : what was decided
    vervallen : taken back afterwards
    terug : this takes something else back
    hooi : what is searched, without capitals
    """

    nummer: int
    tijdstip: datetime
    wie: str
    soort: str
    zin: str
    reden: str
    vervallen: bool
    terug: bool
    hooi: str


def regels(stand: Stand) -> tuple[Regel, ...]:
    """All decisions of a werkmap, newest first."""
    g = stand.tabel("gebeurtenissen")
    soort = g["wat"].str.partition(":")[0] if len(g) else g["wat"]
    weg = set(g["herroept"].dropna())
    g = g.assign(soort=soort)[soort.isin(list(SOORTEN))]
    groepen: dict[tuple, list] = {}
    for r in g.itertuples():
        groepen.setdefault(_samen(r), []).append(r)
    zinnen = _Zinnen(stand)
    uit = [_regel(zinnen, leden, weg) for leden in groepen.values()]
    return tuple(sorted(uit, key=lambda x: x.nummer, reverse=True))


def kies(
    alle: Sequence[Regel], *, wie: str = "", soort: str = "", tekst: str = "", periode: str = "",
    vandaag: date | None = None,
) -> list[Regel]:  # fmt: skip
    """Lines that fit everything that is given.

    Parameters
    ----------
    soort : key of `SOORTEN`
    tekst : every word of it stands in the sentence, the reason, a key or a name
    periode : ``7`` or ``30`` days, or a month as ``2026-11``
    vandaag : needed for a number of days
    """
    woorden = tekst.casefold().split()
    return [
        r
        for r in alle
        if (not wie or r.wie == wie)
        and (not soort or r.soort == soort)
        and all(w in r.hooi for w in woorden)
        and _in_periode(r, periode, vandaag)
    ]


def maanden(alle: Iterable[Regel]) -> dict[str, str]:
    """Months in which something was decided, newest first: ``2026-11`` -> ``november 2026``."""
    uit = dict.fromkeys(f"{r.tijdstip:%Y-%m}" for r in alle)
    return {m: f"{notatie.MAANDEN[int(m[5:]) - 1]} {m[:4]}" for m in sorted(uit, reverse=True)}


def _in_periode(r: Regel, periode: str, vandaag: date | None) -> bool:
    if not periode:
        return True
    if periode.isdigit():
        return vandaag is not None and r.tijdstip.date() > vandaag - timedelta(days=int(periode))
    return f"{r.tijdstip:%Y-%m}" == periode


def _samen(r) -> tuple:
    """What makes one line of several events."""
    if r.soort not in (*_GELIJKE, *_SAMEN) or not r.handeling:
        return (r.Index,)
    samen = (r.handeling, r.soort, r.wie, r.reden, r.herroept)
    return samen if r.soort in _SAMEN or isinstance(r.herroept, str) else (*samen, *_gelijk(r))


def _gelijk(r) -> tuple[str, str]:
    return r.wat, json.dumps(_leeg(r.nieuw), sort_keys=True)


def _regel(zinnen: _Zinnen, leden: list, weg: set[str]) -> Regel:
    r = leden[-1]
    zin = zinnen.van(leden)
    elk = "\n".join(zinnen.van([x]) for x in leden) if len(leden) > 1 else ""  # also what the sentence leaves out
    terug = isinstance(r.herroept, str)
    reden = r.reden if isinstance(r.reden, str) else ""
    sleutels = " ".join(str(x.object) for x in leden)
    soort = SOORTEN[r.soort]
    return Regel(
        int(r.Index), datetime.fromisoformat(r.tijdstip).astimezone(), r.wie or "", r.soort, zin, reden,
        isinstance(r.handeling, str) and r.handeling in weg, terug,
        f"{zin}\n{elk}\n{reden}\n{sleutels}\n{r.wie}\n{soort}".casefold(),
    )  # fmt: skip


class _Zinnen:
    """Sentences about the rows of one werkmap."""

    def __init__(self, stand: Stand):
        self._stand = stand
        self._titels = stand.ambities["titel"].to_dict()
        self._opgaven = stand.tabel("opgaven")["titel"].to_dict()
        self._bronnen = stand.tabel("bronnen")
        self._aanvragen: Mapping | None = None

    def van(self, leden: list) -> str:
        """What the events of one line decided."""
        if leden[0].soort in ("contract", "aanvraag"):
            return getattr(self, f"_{leden[0].soort}")(leden)
        groepen: dict[tuple, list] = {}
        for x in leden:
            groepen.setdefault(_gelijk(x) if x.soort in _GELIJKE else (x.Index,), []).append(x)
        return _samengevat([getattr(self, f"_{g[-1].soort}")(g[-1], g) for g in groepen.values()])

    def _rij(self, code: str) -> str:
        titel = self._titels.get(code) or self._opgaven.get(code) or ""
        return f"{code} {notatie.kort(titel, 80).rstrip('.')}".strip()

    def _wie_allemaal(self, leden: list) -> str:
        codes = list(dict.fromkeys(x.object for x in leden))
        if len(codes) == 1:
            return self._rij(codes[0])
        return f"{notatie.aantal(len(codes), 'ambitie', 'ambities')} ({_noem(codes)})"

    def _bestemming(self, r, leden: list) -> str:
        naar = r.nieuw.get("naar")
        doel = omschrijf("bestemming", {**r.nieuw, "naar": None})
        waarheen = f": {self._rij(naar)}" if naar else ""
        return f"{self._wie_allemaal(leden)} → {doel[0].lower()}{doel[1:]}{waarheen}"

    def _kenmerk(self, r, leden: list) -> str:
        return f"{self._wie_allemaal(leden)}: {omschrijf(r.wat, _leeg(r.nieuw))}"

    def _paar(self, r, _leden: list) -> str:
        a, _, b = r.object.partition("|")
        return f"{self._rij(a)} en {self._rij(b)}: {omschrijf('paar', _leeg(r.nieuw))}"

    def _opgave(self, r, _leden: list) -> str:
        nieuw, oud = _leeg(r.nieuw), _leeg(r.oud)
        if nieuw is None:
            return f"Opgave {r.object} {(oud or {}).get('titel', '')} opgeheven".replace("  ", " ")
        wat = "gemaakt" if oud is None else "gewijzigd"
        return f"Opgave {r.object} {wat}: {omschrijf('opgave', nieuw)}"

    def _parameter(self, r, _leden: list) -> str:
        naam = naam_van(r.object)
        if _leeg(r.nieuw) is None:
            return f"{naam}: terug naar de standaard"
        was = f" (was {beschrijf(r.object, r.oud)})" if _leeg(r.oud) is not None else ""
        return f"{naam}: {beschrijf(r.object, r.nieuw)}{was}"

    def _keuze(self, r, _leden: list) -> str:
        code = r.wat.partition(":")[2]
        waar = "In de basis" if code == BASIS else f"In scenario {code}"
        scenario = self._stand.scenarios.get(code) or Scenario(code, code)
        nieuw, oud = _leeg(r.nieuw), _leeg(r.oud)
        try:
            if nieuw is None:
                return f"{waar} vervalt: {kort(self._stand, scenario, r.object, oud) if oud else r.object}"
            return f"{waar}: {kort(self._stand, scenario, r.object, nieuw)}"
        except (KeyError, TypeError, ValueError):  # a choice of a kind that had another shape in an older version
            return f"{waar}: {r.object} {omschrijf(r.wat, nieuw)}"

    def _scenario(self, r, _leden: list) -> str:
        nieuw, oud = _leeg(r.nieuw), _leeg(r.oud)
        if nieuw is None:
            return f"Scenario {r.object} '{(oud or {}).get('titel', '')}' verwijderd"
        return f"Scenario {r.object} '{nieuw['titel']}' {'gemaakt' if oud is None else 'hernoemd'}"

    def _vastgesteld(self, r, _leden: list) -> str:
        return f"Scenario {r.object} vastgesteld"

    def _contract(self, leden: list) -> str:
        if self._aanvragen is None:
            self._aanvragen = self._stand.werk.aanvragen.to_dict("index")
        vraag = self._vraag([(x.object, self._aanvragen.get(x.object, {})) for x in leden])
        per: dict[str | None, list[dict]] = {}
        for x in leden:
            nieuw = _leeg(x.nieuw)
            per.setdefault(nieuw and nieuw["status"], []).append(nieuw or {})
        delen = [_antwoord(status, nieuwe, los=len(per) == 1) for status, nieuwe in per.items()]
        return f"{vraag}: {'; '.join(delen)}"

    def _aanvraag(self, leden: list) -> str:
        weg = all(_leeg(x.nieuw) is None for x in leden)
        vraag = self._vraag([(x.object, _leeg(x.nieuw) or _leeg(x.oud) or {}) for x in leden])
        return f"{vraag} ingetrokken" if weg else vraag

    def _vraag(self, vragen: list[tuple[str, Mapping]]) -> str:
        """What was asked, of the rows of one or several requests."""
        bekend = [v for _, v in vragen if v]
        if not bekend:
            rest = f" en {notatie.aantal(len(vragen) - 1, 'andere', 'andere')}" if len(vragen) > 1 else ""
            return f"Aanvraag {vragen[0][0]}{rest}"
        uren, wanneer = notatie.uren(sum(v["uren_gevraagd"] for v in bekend)), _periode(bekend)
        soorten = {(v["activiteit"], v["team"], _leeg(v.get("deskundigheid")) or "") for v in bekend}
        teams = list(dict.fromkeys(v["team"] for v in bekend))
        if len(soorten) == 1:
            activiteit, team, _ = soorten.pop()
            titel = self._stand.tabel("activiteiten")["titel"].get(activiteit, "")
            waarvoor = f"{activiteit} {notatie.kort(titel, 60)}".strip()
            return f"Aanvraag van {uren} aan {team} voor {waarvoor} in {wanneer}"
        aan = teams[0] if len(teams) == 1 else notatie.aantal(len(teams), "team", "teams")
        activiteiten = _noem(sorted({v["activiteit"] for v in bekend}))
        return f"{notatie.getal(len(soorten))} aanvragen van {uren} aan {aan} ({activiteiten}) in {wanneer}"

    def _begrotingsversie(self, r, _leden: list) -> str:
        nieuw = _leeg(r.nieuw)
        if nieuw is None:
            return f"{self._bron(r.object)}: rol teruggezet naar wat de naam zegt"
        return f"{self._bron(r.object)}: {_ROLLEN.get(nieuw['rol'], nieuw['rol'])}"

    def _bron(self, bron: str) -> str:
        bestand, _, blad = bron.partition("#")
        return f"{bestand}, blad '{blad}'" if blad else bestand

    def _sessie(self, r, _leden: list) -> str:
        nieuw = _leeg(r.nieuw) or {}
        fase = _FASEN.get(nieuw.get("fase"), nieuw.get("fase"))
        return f"Sessie {r.object} '{nieuw.get('titel', '')}': ronde {nieuw.get('ronde')}, {fase}"

    def _afspraak(self, r, _leden: list) -> str:
        ambitie, _, criterium = r.object.partition("|")
        nieuw = _leeg(r.nieuw)
        wat = "afspraak vervallen" if nieuw is None else f"score {notatie.getal(nieuw['score'], 1)} afgesproken"
        return f"{self._rij(ambitie)}, {self._stand.criteria.get(criterium, criterium)}: {wat}"

    def _koppeling(self, r, _leden: list) -> str:
        return "Koppeling van kolommen " + (
            "vergeten" if _leeg(r.nieuw) is None else "onthouden voor deze indeling"
        )

    def _gelezen(self, r, _leden: list) -> str:
        n = _leeg(r.nieuw) or {}
        delen = [(n.get("nieuw", 0), "nieuw"), (n.get("gewijzigd", 0), "gewijzigd"), (n.get("vervallen", 0), "weg")]
        wat = ", ".join(f"{notatie.getal(a)} {naam}" for a, naam in delen if a) or "niets gewijzigd"
        return f"{self._bron(r.object)}: {notatie.aantal(n.get('gelezen', 0), 'rij', 'rijen')} gelezen ({wat})"

    def _hersteld(self, _r, _leden: list) -> str:
        return "De werkmap is teruggezet uit een reservekopie"


_ROLLEN = {
    "begroting": "telt mee als begroting",
    "wijziging": "telt mee als begrotingswijziging, boven op de begroting",
    "vervangt": "vervangt de begroting van daarvoor",
    "telt niet mee": "telt niet mee",
}


def _noem(codes: Sequence[str]) -> str:
    rest = len(codes) - _NOEM
    slot = f" en {notatie.aantal(rest, 'andere', 'andere')}" if rest > 0 else ""
    return f"{', '.join(codes[:_NOEM])}{slot}"


def _samengevat(zinnen: Sequence[str]) -> str:
    """Sentences of one handeling as one; where they begin the same ("In de basis: …") that is said once."""
    koppen = {z.partition(": ")[0] for z in zinnen}
    if len(zinnen) > 1 and len(koppen) == 1 and all(": " in z for z in zinnen):
        zinnen = [zinnen[0], *(z.partition(": ")[2] for z in zinnen[1:])]
    rest = len(zinnen) - _NOEM
    return "; ".join([*zinnen[:_NOEM], *([f"en nog {notatie.getal(rest)}"] if rest > 0 else [])])


def _antwoord(status: str | None, nieuwe: Sequence[Mapping], *, los: bool) -> str:
    """What was answered, where it was answered the same; when, unless that is all there is (`los`)."""
    if status is None:
        return "antwoord ingetrokken, het bestand geldt weer"
    if status == "toegezegd":
        return f"{notatie.uren(sum(n['uren_toegezegd'] for n in nieuwe))} toegezegd in {_periode(nieuwe)}"
    return status if los else f"{status} in {_periode(nieuwe)}"


def _periode(vragen: Iterable[Mapping]) -> str:
    """``2027K1``, ``2027K1 t/m K4`` or ``2027K3 t/m 2028K1``."""
    kwartalen = [v["kwartaal"] for v in vragen]
    van, tot = min(kwartalen), max(kwartalen)
    if van == tot:
        return van
    return f"{van} t/m {tot[4:] if tot[:4] == van[:4] else tot}"


def _leeg(waarde: object) -> object:
    """None for what is missing; pandas may make NaN of it."""
    return None if waarde is None or waarde != waarde else waarde


def mensen(alle: Iterable[Regel]) -> list[str]:
    """Who decided something, in alphabetical order."""
    return sorted({r.wie for r in alle if r.wie}, key=str.casefold)
