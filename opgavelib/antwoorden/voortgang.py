"""How far a long calculation is: a line that counts up in a terminal, a few lines elsewhere."""

from __future__ import annotations

import sys
from time import monotonic
from typing import Self, TextIO

from opgavelib import notatie

_STIL_S = 5.0  # what is done sooner needs no lines in a log
_TIK_S = 0.2


class Voortgang:
    """Callable for ``bij_voortgang``: ``412 van 1.000 trekkingen, nog 1 minuut``, on standard error.

    Parameters
    ----------
    wat : what is counted, plural
    stroom : default standard error, so that standard output is the answer and nothing else
    """

    def __init__(self, wat: str, stroom: TextIO | None = None):
        self._wat = wat
        self._stroom = stroom or sys.stderr
        self._begin = self._getoond = monotonic()
        self._kwart = 0
        self._breedte = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._breedte:
            self._stroom.write(f"\r{' ' * self._breedte}\r")
            self._stroom.flush()

    def __call__(self, klaar: int, totaal: int) -> None:
        """So many done of so many."""
        nu = monotonic()
        regel = f"{notatie.getal(klaar)} van {notatie.getal(totaal)} {self._wat}"
        if klaar < totaal:
            regel += f", nog {_duur((nu - self._begin) / klaar * (totaal - klaar))}"
        if self._stroom.isatty():
            if nu - self._getoond >= _TIK_S:
                self._stroom.write("\r" + regel.ljust(self._breedte))
                self._stroom.flush()
                self._getoond, self._breedte = nu, max(self._breedte, len(regel))
        elif 4 * klaar // totaal > self._kwart and nu - self._begin > _STIL_S:
            print(regel, file=self._stroom, flush=True)
            self._kwart = 4 * klaar // totaal


def _duur(seconden: float) -> str:
    minuten = round(seconden / 60)
    return notatie.aantal(minuten, "minuut", "minuten") if seconden >= 90 else f"{seconden:.0f} seconden"
