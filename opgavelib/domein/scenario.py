"""What a scenario says: choices that differ from what the files and parameters say. One choice has one key.

A key is a kind and what it is about, with ``|`` between: ``vast|CA-014``, ``team|Ruimte``, ``grens|opgaven``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from opgavelib.domein import kwartaal
from opgavelib.fouten import BesluitFout

BASIS = "basis"  # always there: what is decided for the shortlist itself
SCHEIDING = "|"


class Soort(StrEnum):
    """What a choice is about."""

    VAST = "vast"  # |ambitie          {"waarde": "in" | "uit"}
    START = "start"  # |ambitie        {"kwartaal": "2027K3"}
    OMVANG = "omvang"  # |ambitie      {"factor": 0.5}  of hours and euros
    EXTRA = "extra"  # |X01            what arrives: the fields of `_extra`
    STOP = "stop"  # |activiteit       {"vanaf": "2027K3"}  what it asked from then on is free
    SCHUIF = "schuif"  # |activiteit   {"kwartalen": 2}  later, below 0 is earlier
    KRIMP = "krimp"  # |activiteit     {"factor": 0.5, "vanaf": "2027K3"}  of the hours asked from then on
    TEAM = "team"  # |team             {"fte": -2.0, "vanaf": "2027K1", "tot": "2027K4" or None}
    INHUUR = "inhuur"  # |team         {"uren": 200.0, "vanaf": "2027K1", "tot": "2027K4"}  hours per quarter
    VOLGORDE = "volgorde"  # |a|b      {}  b only after a
    NIET_SAMEN = "niet_samen"  # |a|b  {}
    GRENS = "grens"  # |opgaven, |budget|2027, |budget|totaal, |minstens|fysiek, |wettelijk  {"waarde": x or None}
    GEWICHTEN = "gewichten"  #         {"waarden": {criterium: weight}}


DELEN = {
    Soort.VAST: 1, Soort.START: 1, Soort.OMVANG: 1, Soort.EXTRA: 1, Soort.STOP: 1, Soort.TEAM: 1, Soort.VOLGORDE: 2,
    Soort.NIET_SAMEN: 2, Soort.GEWICHTEN: 0, Soort.SCHUIF: 1, Soort.KRIMP: 1, Soort.INHUUR: 1,
}  # fmt: skip


@dataclass(frozen=True)
class Scenario:
    """A scenario as it is now.

    Attributes
    ----------
    code : S01, or ``basis``
    van : what it was copied from; None for the base
    vastgesteld : it is decided and can no longer be changed
    keuzes : key -> value, as listed in `Soort`
    """

    code: str
    titel: str
    van: str | None = None
    vastgesteld: bool = False
    keuzes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def over(self, soort: Soort) -> dict[str, Mapping[str, object]]:
        """Choices of one kind by what they are about: ``{"CA-014": {"waarde": "in"}}``."""
        kop = soort + SCHEIDING
        if soort == Soort.GEWICHTEN:
            return {"": self.keuzes[soort]} if soort in self.keuzes else {}
        return {k.removeprefix(kop): w for k, w in self.keuzes.items() if k.startswith(kop)}

    def grens(self, naam: str, anders: object = None) -> object:
        """Value of a limit, e.g. ``opgaven`` or ``budget|2027``; `anders` when this scenario does not set it."""
        keuze = self.keuzes.get(f"{Soort.GRENS}{SCHEIDING}{naam}")
        return anders if keuze is None else keuze["waarde"]


def sleutel(soort: Soort, *over: str) -> str:
    """The key of a choice.

    >>> sleutel(Soort.VOLGORDE, "CA-001", "CA-002")
    'volgorde|CA-001|CA-002'
    """
    return SCHEIDING.join([soort, *over])


def keur(naam: str, waarde: Mapping[str, object] | None) -> dict[str, object] | None:
    """A choice as it is stored; None takes it away.

    Raises
    ------
    BesluitFout : an unknown kind, or a value that it cannot have
    """
    kop, *over = naam.split(SCHEIDING)
    if kop not in list(Soort) or not all(over):
        raise BesluitFout(f"'{naam}' is geen keuze die een scenario kan maken.")
    soort = Soort(kop)
    if soort in DELEN and len(over) != DELEN[soort]:
        raise BesluitFout(f"'{naam}' is geen keuze die een scenario kan maken.")
    if soort in (Soort.VOLGORDE, Soort.NIET_SAMEN) and len(set(over)) == 1:
        raise BesluitFout("Kies twee verschillende ambities.")
    return None if waarde is None else _KEUR[soort](over, waarde)


def _vast(_over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    if w.get("waarde") not in ("in", "uit"):
        raise BesluitFout("Zet een ambitie vast erin of vast eruit.")
    return {"waarde": w["waarde"]}


def _kwartaal(w: Mapping[str, object], veld: str) -> str:
    try:
        kwartaal.volgnummer(str(w.get(veld)))
    except ValueError:
        raise BesluitFout("Geef een kwartaal als 2027K3.") from None
    return str(w[veld])


def _getal(w: Mapping[str, object], veld: str, laagst: float, hoogst: float, wat: str) -> float:
    x = w.get(veld)
    if isinstance(x, bool) or not isinstance(x, int | float) or not laagst <= x <= hoogst:
        raise BesluitFout(f"{wat} is een getal van {laagst:g} tot {hoogst:g}.")
    return float(x)


def _omvang(_over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    return {"factor": _getal(w, "factor", 0, 10, "De omvang (1 is zoals het is)")}


def _team(_over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    uit = {"fte": _getal(w, "fte", -1000, 1000, "Het verschil in fte"), "vanaf": _kwartaal(w, "vanaf")}
    return uit | ({"tot": _tot(w)} if w.get("tot") else {})


def _tot(w: Mapping[str, object]) -> str:
    """The last quarter of what begins in quarter ``vanaf``."""
    tot = _kwartaal(w, "tot")
    if tot < _kwartaal(w, "vanaf"):
        raise BesluitFout("Het laatste kwartaal ligt voor het eerste.")
    return tot


def _inhuur(_over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    uren = _getal(w, "uren", 0, 1e6, "Het aantal uren per kwartaal")
    return {"uren": uren, "vanaf": _kwartaal(w, "vanaf"), "tot": _tot(w)}


def _schuif(_over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    n = _getal(w, "kwartalen", -40, 40, "Het aantal kwartalen")
    if n != int(n):
        raise BesluitFout("Schuif een heel aantal kwartalen.")
    return {"kwartalen": int(n)}


def _krimp(over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    return {**_omvang(over, w), "vanaf": _kwartaal(w, "vanaf")}


def _extra(_over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    titel = str(w.get("titel") or "").strip()
    if not titel:
        raise BesluitFout("Geef wat erbij komt een naam.")
    return {
        "titel": titel,
        "team": str(w.get("team") or "") or None,
        "domein": str(w.get("domein") or "") or None,
        "uren": _getal(w, "uren", 0, 1e6, "Het aantal uren"),
        "budget_eur": _getal(w, "budget_eur", 0, 1e10, "Het budget"),
        "duur": int(_getal(w, "duur", 1, 80, "De duur in kwartalen")),
        "vroegst": _kwartaal(w, "vroegst"),
        "waarde": _getal(w, "waarde", 0, 100, "De score"),
        "moet": bool(w.get("moet")),
    }


def _grens(over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    x = w.get("waarde")
    if over == ["wettelijk"]:
        if not isinstance(x, bool):
            raise BesluitFout("Of wettelijke taken erin moeten, is ja of nee.")
        return {"waarde": x}
    if over[0] not in ("opgaven", "budget", "minstens") or len(over) != (1 if over[0] == "opgaven" else 2):
        raise BesluitFout("Deze grens bestaat niet.")
    if x is None:
        return {"waarde": None}  # said to be no limit, which is something else than saying nothing
    if over[0] == "budget":
        if over[1] != "totaal" and not (len(over[1]) == 4 and over[1].isdecimal()):
            raise BesluitFout("Een budget geldt voor een jaar als 2027, of voor 'totaal'.")
        return {"waarde": _getal(w, "waarde", 0, 1e12, "Het budget")}
    aantal = _getal(w, "waarde", 0, 10_000, "Het aantal")
    if aantal != int(aantal):
        raise BesluitFout("Het aantal is een heel getal, als 19.")
    return {"waarde": int(aantal)}


def _gewichten(_over: list[str], w: Mapping[str, object]) -> dict[str, object]:
    waarden = w.get("waarden")
    if not isinstance(waarden, Mapping) or not waarden:
        raise BesluitFout("Geef een gewicht per criterium.")
    uit = {str(c): _getal(waarden, c, 0, 1e6, "Een gewicht") for c in waarden}
    if not any(uit.values()):
        raise BesluitFout("Geef ten minste een criterium een gewicht boven 0.")
    return {"waarden": uit}


_KEUR: dict[Soort, Callable[[list[str], Mapping[str, object]], dict[str, object]]] = {
    Soort.VAST: _vast,
    Soort.START: lambda _, w: {"kwartaal": _kwartaal(w, "kwartaal")},
    Soort.OMVANG: _omvang,
    Soort.EXTRA: _extra,
    Soort.STOP: lambda _, w: {"vanaf": _kwartaal(w, "vanaf")},
    Soort.SCHUIF: _schuif,
    Soort.KRIMP: _krimp,
    Soort.TEAM: _team,
    Soort.INHUUR: _inhuur,
    Soort.VOLGORDE: lambda *_: {},
    Soort.NIET_SAMEN: lambda *_: {},
    Soort.GRENS: _grens,
    Soort.GEWICHTEN: _gewichten,
}
