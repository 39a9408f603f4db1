"""A list that is put in order by dragging or with the arrow keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import traitlets as t

from opgavelib.widgets.basis import Basis, schoon


class Sorteerlijst(Basis, naam="lijst"):
    """Items in an order the visitor chooses.

    Parameters
    ----------
    items : dicts with `id`, `titel` and optionally `onder` (second line)
    volgorde : ids; those missing are put at the end, unknown ones are dropped
    bijschrift : what the order means, read out as the list's name

    Attributes
    ----------
    volgorde : ids, first is highest; set by visitor or Python
    """

    items = t.List(t.Dict()).tag(sync=True)
    volgorde = t.List().tag(sync=True)
    bijschrift = t.Unicode("Volgorde").tag(sync=True)

    def __init__(
        self, items: Iterable[Mapping[str, Any]] = (), volgorde: Iterable[Any] | None = None, **kwargs: Any
    ) -> None:
        items = [schoon(dict(i)) for i in items]
        volgorde = [i["id"] for i in items] if volgorde is None else list(volgorde)
        super().__init__(items=items, volgorde=volgorde, **kwargs)

    @t.validate("volgorde")
    def _volledig(self, voorstel: dict) -> list:
        """Exactly the items, each once: a browser cannot make one disappear."""
        bekend = [i["id"] for i in self.items]
        gekozen = [i for i in dict.fromkeys(voorstel["value"]) if i in bekend]
        return gekozen + [i for i in bekend if i not in gekozen]
