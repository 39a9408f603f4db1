"""Tabs over parts of a page that are already there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import traitlets as t

from opgavelib.widgets.basis import Basis


class Navigatie(Basis, naam="navigatie"):
    """Shows one part of the page at a time: the elements with class ``vlak-<id>``.

    Give the box of each part that class: ``VBox([...]).add_class("vlak-shortlist")``. The address
    gets ``#shortlist``, so that a part can be linked to. Charts in a hidden part are drawn when it
    is shown.

    Parameters
    ----------
    vlakken : dicts with `id` (letters, digits, - and _) and `titel`
    actief : id of the part shown first; the first one when empty
    """

    vlakken = t.List(t.Dict()).tag(sync=True)
    actief = t.Unicode().tag(sync=True)

    def __init__(self, vlakken: Iterable[Mapping[str, Any]] = (), actief: str = "", **kwargs: Any) -> None:
        vlakken = [dict(v) for v in vlakken]
        for vlak in vlakken:
            if not vlak["id"].replace("-", "").replace("_", "").isalnum():
                raise ValueError(f"id {vlak['id']!r}: alleen letters, cijfers, - en _")
        super().__init__(vlakken=vlakken, actief=actief or (vlakken[0]["id"] if vlakken else ""), **kwargs)

    @t.validate("actief")
    def _bestaat(self, voorstel: dict) -> str:
        bekend = [v["id"] for v in self.vlakken]
        if bekend and voorstel["value"] not in bekend:
            raise t.TraitError(f"vlak {voorstel['value']!r} bestaat niet")
        return voorstel["value"]
