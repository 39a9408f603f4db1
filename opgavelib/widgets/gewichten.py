"""Weights of criteria: a slider and a number each, with the share they make up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import traitlets as t

from opgavelib.widgets.basis import Basis, schoon


class Gewichten(Basis, naam="gewichten"):
    """Lets the visitor set weights; the shares are shown, the calculation is elsewhere.

    Parameters
    ----------
    criteria : dicts with `criterium`, `naam`, and optionally `omschrijving` and `waarde` (default 1)
    waarden : {criterium: weight} to start with; overrules `waarde`
    hoogste : end of the scale; weights run from 0 to it

    Attributes
    ----------
    waarden : {criterium: weight, 0 to `hoogste`}, while dragging at most every 40 ms
    """

    criteria = t.List(t.Dict()).tag(sync=True)
    waarden = t.Dict().tag(sync=True)
    begin = t.Dict().tag(sync=True)
    hoogste = t.Float(10).tag(sync=True)

    def __init__(
        self,
        criteria: Iterable[Mapping[str, Any]] = (),
        waarden: Mapping[str, float] | None = None,
        **kwargs: Any,
    ) -> None:
        criteria = [schoon(dict(c)) for c in criteria]
        begin = {c["criterium"]: c.get("waarde", 1) for c in criteria} | schoon(dict(waarden or {}))
        super().__init__(criteria=criteria, waarden=begin, begin=begin, **kwargs)

    def volg(self, criteria: Iterable[Mapping[str, Any]]) -> None:
        """Other criteria or weights to start from; what the visitor moved stays, what they did not follows."""
        criteria = [schoon(dict(c)) for c in criteria]
        begin = {c["criterium"]: c.get("waarde", 1) for c in criteria}
        if criteria == self.criteria and begin == self.begin:
            return
        bewogen = {c: w for c, w in self.waarden.items() if c in begin and w != self.begin.get(c)}
        hoogste = max(self.hoogste, *begin.values()) if begin else self.hoogste
        with self.hold_sync():
            self.criteria, self.begin, self.hoogste = criteria, begin, hoogste
            self.waarden = begin | bewogen

    @t.validate("waarden")
    def _binnen_schaal(self, voorstel: dict) -> dict[str, float]:
        """Only known criteria, numbers within the scale: what a browser sends is not trusted."""
        nieuw = {}
        for c in self.criteria:
            waarde = voorstel["value"].get(c["criterium"], self.waarden.get(c["criterium"], 0))
            if isinstance(waarde, bool) or not isinstance(waarde, int | float) or waarde != waarde:
                raise t.TraitError(f"gewicht van {c['criterium']} is geen getal")
            nieuw[c["criterium"]] = min(max(waarde, 0), self.hoogste)
        return nieuw
