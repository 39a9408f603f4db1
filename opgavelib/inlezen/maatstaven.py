"""The criteria that scores may be about: their names, and which score fits the scale of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from opgavelib.inlezen.getallen import GROOTST, LANGST, Onleesbaar, lees_geheel, lees_getal
from opgavelib.inlezen.koppen import normaliseer
from opgavelib.inlezen.waarden import Lezer
from opgavelib.notatie import getal
from opgavelib.parameters import Criterium

_RANGTELWOORD = re.compile(r"(?:#|nr\.?)? ?\d+ ?(?:e|ste|de|\.|\))?")


class Maatstaven(Mapping[str, str]):
    """Normalised name or code -> criterium; what people read goes before a code.

    Parameters
    ----------
    criteria : each with its scale
    """

    def __init__(self, criteria: Iterable[Criterium]):
        self._criteria = {c.criterium: c for c in criteria}
        codes = {normaliseer(c): c for c in self._criteria}
        self._namen = codes | {normaliseer(c.naam): c.criterium for c in self._criteria.values()}

    def __getitem__(self, naam: str) -> str:
        return self._namen[naam]

    def __iter__(self) -> Iterator[str]:
        return iter(self._namen)

    def __len__(self) -> int:
        return len(self._namen)

    @property
    def keuze(self) -> str:
        """The names to choose from, for a finding."""
        return ", ".join(c.naam for c in self._criteria.values())

    def lezer(self, criterium: str) -> Lezer:
        """Reader of a score: a whole number where people choose one of a row of buttons, else any on the scale.

        Raises
        ------
        Onleesbaar (the reader) : no number, or not one of this scale
        """
        c = self._criteria[criterium]
        if c.heel:
            return lambda waarde, _: lees_geheel(waarde, int(c.laagst), int(c.hoogst))

        def lees(waarde: object, _: str) -> tuple[float | None, tuple[str, ...]]:
            score, notities = lees_score(waarde)
            if score is not None and not c.laagst <= score <= c.hoogst:
                raise Onleesbaar(f"{{waarde}} is geen getal {_schaal(c)}.", self.vraag(criterium))
            return score, notities

        return lees

    def vraag(self, criterium: str | None) -> str:
        """What to fill in as a score."""
        if criterium is None:
            return "Vul een score in op de schaal van het criterium."
        c = self._criteria[criterium]
        return f"Vul een {'score' if c.heel else 'getal'} {_schaal(c)} in."


def lees_score(waarde: object, _: str = "") -> tuple[float | None, tuple[str, ...]]:
    """A score whose criterium, and so its scale, is not known yet."""
    if isinstance(waarde, str) and len(waarde) <= LANGST and _RANGTELWOORD.fullmatch(" ".join(waarde.split())):
        return lees_geheel(waarde)
    score, notities, _ = lees_getal(waarde)
    if score is not None and abs(score) > GROOTST:
        raise Onleesbaar("{waarde} is te groot.", "Controleer het getal.")
    return None if score is None else float(score), notities


def _schaal(c: Criterium) -> str:
    return f"van {getal(c.laagst, 2)} tot en met {getal(c.hoogst, 2)}"
