"""Quarters as text, ``2027K1``: they sort and compare as text."""

from __future__ import annotations

import re

VORM = re.compile(r"([0-9]{4})K([1-4])")


def volgnummer(kwartaal: str) -> int:
    """Quarters since year 0, so that differences count quarters.

    Raises
    ------
    ValueError : not of the form 2027K1
    """
    gevonden = VORM.fullmatch(kwartaal)
    if not gevonden:
        raise ValueError(f"{kwartaal!r} is geen kwartaal zoals 2027K1")
    return int(gevonden[1]) * 4 + int(gevonden[2]) - 1


def uit_volgnummer(nummer: int) -> str:
    """Inverse of `volgnummer`."""
    return f"{nummer // 4:04d}K{nummer % 4 + 1}"


def reeks(begin: str, eind: str) -> list[str]:
    """All quarters from `begin` to `eind`, both included; empty when `eind` is earlier."""
    return [uit_volgnummer(n) for n in range(volgnummer(begin), volgnummer(eind) + 1)]
