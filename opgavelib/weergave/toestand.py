"""A state of the werkmap in words, for who must choose between two versions of it."""

from __future__ import annotations

from collections.abc import Mapping

from opgavelib.weergave.trechter import NAMEN

_OORDELEN = {
    "samengevoegd": "hetzelfde, samengevoegd in {naar}",
    "verwant": "samen in {naar}",
    "anders": "niet hetzelfde",
}


def omschrijf(wat: str, toestand: object) -> str:
    """One line for the `oud` or `nieuw` of an event of kind `wat`; nothing recorded is ``zoals in het bestand``.

    >>> omschrijf("bestemming", {"bestemming": "opgave", "naar": "O03"})
    'Bij een opgave → O03'
    >>> omschrijf("keuze:S01", {"fte": -2.0, "vanaf": "2027K1"})
    'fte -2, vanaf 2027K1'
    """
    if wat.startswith("kenmerk:"):
        kolom = wat.partition(":")[2]
        waarde = {True: "ja", False: "nee", None: "zoals in het bestand"}.get(toestand, toestand)
        return f"{kolom}: {waarde}"
    if wat.startswith("keuze:"):
        if not isinstance(toestand, Mapping):
            return "geen keuze"
        return ", ".join(f"{k} {v:g}" if isinstance(v, float) else f"{k} {v}" for k, v in toestand.items()) or "ja"
    if not isinstance(toestand, Mapping):
        return {"paar": "nog niet beoordeeld", "opgave": "opgeheven"}.get(wat, "leeg")
    if wat == "bestemming":
        naar = f" → {toestand['naar']}" if toestand.get("naar") else ""
        return NAMEN[toestand["bestemming"]] + naar
    if wat == "paar":
        return _OORDELEN[toestand["oordeel"]].format(naar=toestand["naar"])
    delen = [str(toestand.get("titel") or ""), str(toestand.get("domein") or "")]
    return ", ".join(d for d in delen if d)
