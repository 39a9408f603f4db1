"""A widget whose contents travel in parts, each only when it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.veilig import Melding, vang


class Delen(Basis):
    """Sends {soort: "deel", naam, waarde} for every part that is not what it was; the view asks for all parts that
    there are with {soort: "begin"}. No trait: a browser cannot set them.

    Parameters
    ----------
    doe : what to do with each soort of message of the view
    melding, wat : where an error of one of these is shown, and what was being done (see `veilig.vang`)

    Attributes
    ----------
    delen : what the view has, or will ask for
    """

    def __init__(
        self, doe: Mapping[str, Callable[[dict], object]], melding: Melding, wat: str, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self._doe = {soort: vang(melding, wat)(f) for soort, f in doe.items()}
        self.delen: dict[str, Any] = {}
        self.on_msg(self._bericht)

    def zend(self, naam: str, waarde: Any) -> None:
        """Show another value of one part."""
        waarde = schoon(waarde)
        if naam not in self.delen or self.delen[naam] != waarde:
            self.delen[naam] = waarde
            self._stuur(naam)

    def vergeet(self, *namen: str) -> None:
        """The next `zend` of these parts goes to the view whatever it has; without names all of them."""
        for naam in namen or list(self.delen):
            self.delen.pop(naam, None)

    def _stuur(self, naam: str) -> None:
        self.send({"soort": "deel", "naam": naam, "waarde": self.delen[naam]})

    def _bericht(self, _widget: Any, inhoud: dict, _buffers: list) -> None:
        if inhoud.get("soort") == "begin":
            for naam in self.delen:
                self._stuur(naam)
        elif (doe := self._doe.get(inhoud.get("soort"))) is not None:
            doe(inhoud)
