"""A form of native controls with its labels above and its errors beside the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import traitlets as t

from opgavelib.widgets.basis import Basis, schoon

SOORTEN = ("tekst", "lang", "keuze", "knoppen", "getal", "zoek")


class Formulier(Basis, naam="formulier"):
    """Asks for a few values at once; nothing reaches Python before the button is pressed, unless it is `live`.

    Parameters
    ----------
    velden : dicts with `naam`, `label`, `soort` (see SOORTEN), and optionally `opties` (list of
        {waarde, label}), `verplicht`, `uitleg`, `waarde`, and `alleen_als` {veld, waarden}: shown, and
        required, only while that other field has one of those values
    knop : text of the button, a verb
    live : what is filled in so far goes to `concept` while somebody fills it in

    Attributes
    ----------
    ingediend : {waarden: {naam: value or None}, teller, gezien}, or None. Checked again in Python with
        `controleer`, for a browser can send anything. `gezien` is the `versie` when somebody began to fill it in
    versie : of the werkmap whose choices this form offers, for a form that changes it
    concept : as `ingediend`, of the moment; None for a field that cannot be read yet
    fout : {naam: Dutch text}, shown at the fields; key "" is above the button
    melding : Dutch text beside the button, read out
    """

    velden = t.List(t.Dict()).tag(sync=True)
    knop = t.Unicode("Leg vast").tag(sync=True)
    ingediend = t.Dict(None, allow_none=True).tag(sync=True)
    live = t.Bool(False).tag(sync=True)
    concept = t.Dict(None, allow_none=True).tag(sync=True)
    fout = t.Dict().tag(sync=True)
    melding = t.Unicode().tag(sync=True)
    versie = t.Int(0).tag(sync=True)
    _leeg = t.Int(0).tag(sync=True)

    def __init__(self, velden: Iterable[Mapping[str, Any]] = (), knop: str = "Leg vast", **kwargs: Any) -> None:
        super().__init__(velden=[dict(v) for v in velden], knop=knop, **kwargs)

    @t.validate("velden")
    def _ken_soorten(self, voorstel: dict) -> list[dict]:
        for veld in voorstel["value"]:
            if veld.get("soort", "tekst") not in SOORTEN:
                raise ValueError(f"soort {veld['soort']!r} bestaat niet; kies uit {', '.join(SOORTEN)}")
        return schoon(voorstel["value"])

    def vul_in(self, naam: str, waarde: object) -> None:
        """Start the field `naam` with `waarde`; the other fields keep what was filled in."""
        self.velden = [veld | ({"waarde": waarde} if veld["naam"] == naam else {}) for veld in self.velden]

    def leeg(self) -> None:
        """Back to the starting values, without errors; the message stays."""
        self.fout = {}
        self._leeg += 1

    def focus(self) -> None:
        """Put the cursor in the first field, for who opened this form with a key."""
        self.send({"soort": "focus"})

    def controleer(self, gestuurd: Mapping[str, Any] | None = None) -> dict[str, str]:
        """What is wrong with the submitted values, by field: missing, no number, not an option.

        Parameters
        ----------
        gestuurd : `ingediend` (default) or `concept`
        """
        waarden = (gestuurd or self.ingediend or {}).get("waarden", {})
        fouten = {}
        for veld in self.velden:
            waarde, soort = waarden.get(veld["naam"]), veld.get("soort", "tekst")
            als = veld.get("alleen_als")
            if als and waarden.get(als["veld"]) not in als["waarden"]:
                continue
            if waarde is None or waarde == "":
                if veld.get("verplicht"):
                    fouten[veld["naam"]] = "Vul dit in."
            elif soort == "getal" and (isinstance(waarde, bool) or not isinstance(waarde, int | float)):
                fouten[veld["naam"]] = "Vul een getal in."
            elif soort in ("keuze", "knoppen", "zoek") and waarde not in [
                o["waarde"] for o in veld.get("opties", [])
            ]:
                fouten[veld["naam"]] = "Kies een van de mogelijkheden."
        return fouten
