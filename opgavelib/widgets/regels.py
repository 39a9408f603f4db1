"""Lines with buttons: what was chosen so far, what can be taken back, what could be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import traitlets as t

from opgavelib.widgets.basis import Basis, schoon


class Regels(Basis, naam="regels", met=("kiezer",)):
    """A list of sentences, each with what can be done with it.

    Parameters
    ----------
    bij_bericht : called with {soort, id} of the button that was pressed, and `reden` when it asks one
    bijschrift : what the list is, read out as its name

    Attributes
    ----------
    items : dicts with `id`, `tekst`, and optionally `onder` (a second line), `fout` (why it does not count), `hier`
        (bool: open elsewhere on the page), and `knoppen`: dicts with `soort`, `tekst` (a verb), and optionally
        `hoofd` (bool: the main one) and `vraag` (asked before it is done; the answer comes along as `reden`)
    leeg : shown when there is nothing
    """

    items = t.List(t.Dict()).tag(sync=True)
    leeg = t.Unicode().tag(sync=True)
    bijschrift = t.Unicode().tag(sync=True)

    def __init__(
        self,
        bij_bericht: Callable[[dict], object],
        bijschrift: str,
        items: Iterable[Mapping[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(items=[dict(i) for i in items], bijschrift=bijschrift, **kwargs)
        self.on_msg(lambda _w, inhoud, _b: bij_bericht(inhoud))

    @t.validate("items")
    def _schoon(self, voorstel: dict) -> list[dict]:
        return schoon(voorstel["value"])

    def in_beeld(self) -> None:
        """Bring the card that it stands in into sight, when its top is not."""
        self.send({"soort": "in_beeld"})

    def focus(self, id_: str) -> None:
        """Put the cursor on the first button of one line; on the list when it is gone."""
        self.send({"soort": "focus", "id": id_})
