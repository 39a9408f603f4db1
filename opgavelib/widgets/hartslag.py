"""Keeps an eye on the connection, and on what others decide meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets as t

from opgavelib.widgets.basis import Basis
from opgavelib.widgets.veilig import meld_fout


class Hartslag(Basis, naam="hartslag"):
    """The page asks Python every two seconds whether something changed.

    When no answer comes for ten seconds, or the kernel is gone, a banner says so. The questions
    stop with the tab, so that an abandoned kernel still counts as idle.

    Parameters
    ----------
    bij_verandering : called (with the new stand) when `stand()` is not what it was
    stand : gives the present state of the werkmap as a number, quickly; e.g. its last event
    melding : Melding that shows an error of one of these two

    Attributes
    ----------
    bericht : Dutch line shown and read out, e.g. "door A. gewijzigd om 14:02, bijgewerkt"
    """

    bericht = t.Unicode().tag(sync=True)
    seconden = t.Float(2).tag(sync=True)
    geduld = t.Float(10).tag(sync=True)

    def __init__(
        self,
        bij_verandering: Callable[[int], object] | None = None,
        stand: Callable[[], int] | None = None,
        melding: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._bij_verandering = bij_verandering
        self._stand = stand or (lambda: 0)
        self._melding = melding
        self._gezien = self._stand()
        self.on_msg(self._ping)

    def gezien(self, stand: int | None = None) -> None:
        """Mark the present stand (or `stand`) as shown: after a decision of this page's own."""
        self._gezien = self._stand() if stand is None else stand

    def _ping(self, _widget: Any, inhoud: dict, _buffers: list) -> None:
        if inhoud.get("soort") != "ping":
            return
        stand = self._gezien
        try:
            stand = self._stand()
            if stand != self._gezien:
                self._gezien = stand  # first, so that an error is not repeated every two seconds
                if self._bij_verandering:
                    self._bij_verandering(stand)
        except Exception as fout:
            meld_fout(self._melding, "bijwerken", fout)
        self.send({"soort": "pong", "stand": stand, "nr": inhoud.get("nr")})
