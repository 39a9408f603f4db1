"""A state of the werkmap in words, for who must choose between two versions of it."""

from __future__ import annotations

from collections.abc import Mapping

from opgavelib import notatie
from opgavelib.weergave.trechter import NAMEN

_OORDELEN = {
    "samengevoegd": "hetzelfde, samengevoegd in {naar}",
    "verwant": "samen in {naar}",
    "anders": "niet hetzelfde",
}

_NIETS = {
    "paar": "nog niet beoordeeld",
    "opgave": "opgeheven",
    "contract": "zoals in het bestand",
    "aanvraag": "ingetrokken",
    "begrotingsversie": "zoals de naam van het bestand zegt",
}


def omschrijf(wat: str, toestand: object) -> str:
    """One line for the `oud` or `nieuw` of an event of kind `wat`; nothing recorded is ``zoals in het bestand``.

    >>> omschrijf("bestemming", {"bestemming": "opgave", "naar": "O03"})
    'Bij een opgave → O03'
    >>> omschrijf("keuze:S01", {"fte": -2.0, "vanaf": "2027K1"})
    'fte -2, vanaf 2027K1'
    >>> omschrijf("keuze:S01", {"kwartalen": 2})
    '2 kwartalen later'
    >>> omschrijf("contract", {"status": "toegezegd", "uren_toegezegd": 80.0, "kwartaal": "2027K1"})
    '80 uur toegezegd in 2027K1'
    """
    if wat.startswith("kenmerk:"):
        kolom = wat.partition(":")[2]
        waarde = {True: "ja", False: "nee", None: "zoals in het bestand"}.get(toestand, toestand)
        return f"{kolom}: {waarde}"
    if wat.startswith("keuze:"):
        if not isinstance(toestand, Mapping):
            return "geen keuze"
        return ", ".join(_keuze(k, v) for k, v in toestand.items() if v is not None) or "ja"
    if not isinstance(toestand, Mapping):
        return _NIETS.get(wat, "leeg")
    if wat in ("contract", "aanvraag"):
        return _uren(toestand)
    if wat == "begrotingsversie":
        return f"telt als: {toestand['rol']}"
    if wat == "bestemming":
        naar = f" → {toestand['naar']}" if toestand.get("naar") else ""
        return NAMEN[toestand["bestemming"]] + naar
    if wat == "paar":
        return _OORDELEN[toestand["oordeel"]].format(naar=toestand["naar"])
    delen = [str(toestand.get("titel") or ""), str(toestand.get("domein") or "")]
    return ", ".join(d for d in delen if d)


def _uren(toestand: Mapping) -> str:
    """A request for hours, or the answer to one."""
    status = toestand.get("status", "gevraagd")
    uren = toestand.get("uren_toegezegd") or toestand.get("uren_gevraagd")
    aan = f" aan {toestand['team']}" if toestand.get("team") else ""
    return f"{f'{notatie.uren(uren)} ' if uren else ''}{status}{aan} in {toestand.get('kwartaal')}"


def _keuze(veld: str, waarde: object) -> str:
    """One field of a choice of a scenario."""
    if veld == "kwartalen":
        return f"{notatie.aantal(abs(waarde), 'kwartaal', 'kwartalen')} {'later' if waarde > 0 else 'eerder'}"
    if veld == "factor":
        return f"{notatie.procent(waarde, 0)} van wat het was"
    if isinstance(waarde, bool):
        return f"{veld} {'ja' if waarde else 'nee'}"
    woord = {"tot": "tot en met", "budget_eur": "budget"}.get(veld, veld)
    if isinstance(waarde, Mapping):
        return ", ".join(f"{k} {notatie.getal(w, 2)}" for k, w in waarde.items())
    return f"{woord} {notatie.getal(waarde, 2) if isinstance(waarde, int | float) else waarde}"
