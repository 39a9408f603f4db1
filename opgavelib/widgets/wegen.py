"""The screen for criteria and weights: what weighs most, according to whom."""

from __future__ import annotations

from typing import Any

import traitlets as t

from opgavelib.domein.wegen.weging import zwaarste
from opgavelib.fouten import BesluitFout, WegingFout
from opgavelib.toepassing import Stand, criteria, wegen
from opgavelib.widgets.basis import Basis, schoon
from opgavelib.widgets.handelingen import Handelingen, HandelingPaneel
from opgavelib.widgets.sorteren import bericht_tekst

# What a person may say of a criterium; the rest of it is ours.
_VELDEN = ("naam", "omschrijving", "richting", "laagst", "hoogst", "uitleg_laagst", "uitleg_hoogst")


class Weegkaart(Basis, naam="wegen", met=("kiezer",)):
    """Criteria with the weights of all groups beside them, and the questions for one group.

    What is not stored yet (a draft) lives in the browser only; it is sent to be weighed, and to be stored.

    Attributes
    ----------
    beeld : {conclusie, criteria, eigen, bron, bronnen, groepen}; see `WegenPaneel.toon`
    """

    beeld = t.Dict().tag(sync=True)

    @t.validate("beeld")
    def _schoon(self, voorstel: dict) -> dict:
        return schoon(voorstel["value"])


class WegenPaneel(HandelingPaneel):
    """Criteria and weights on a page.

    Parameters
    ----------
    handelingen : stores what is changed, with undo and conflicts

    Attributes
    ----------
    doos : the widget to display
    kaart : the `Weegkaart`
    """

    met_eigen_antwoord = ("weeg",)

    def __init__(self, handelingen: Handelingen):
        doe = {
            "weeg": self._weeg, "bewaar": self._bewaar, "aandelen": self._aandelen,
            "groep_weg": self._groep_weg, "criterium": self._criterium, "criterium_weg": self._criterium_weg,
            "standaard": self._standaard,
        }  # fmt: skip
        super().__init__(handelingen, "wegen", doe)
        self.vlak = self.kaart = Weegkaart()
        self.kaart.on_msg(lambda _w, inhoud, _b: self.ontvang(inhoud))
        self.doos = self._met_vraag("Wat weegt het zwaarst, volgens wie?")

    def toon(self, stand: Stand) -> None:
        """Show another moment of the werkmap; drafts and what is being typed stay in the browser."""
        self._stand = stand
        samen = wegen.samen(stand)
        self.kaart.beeld = {
            "conclusie": _conclusie(stand, samen),
            "criteria": [
                {k: getattr(c, k) for k in ("criterium", "gewicht", *_VELDEN)}
                | {"aandeel": stand.gewichten[c.criterium], "gevolg": criteria.gevolg(stand, c.criterium)}
                for c in stand.criteria_lijst
            ],
            "eigen": criteria.eigen_lijst(stand),
            "bron": criteria.herkomst(stand),
            "bronnen": wegen.bronnen(stand),
            "groepen": self._groepen(stand),
        }

    @staticmethod
    def _groepen(stand: Stand) -> list[dict[str, Any]]:
        """Groups that weighed, with their answers, and those that are expected to."""
        delen = wegen.aandelen(stand)
        uit = [
            {
                "naam": g,
                "aandeel": delen[g],
                "methode": v["methode"],
                "antwoorden": v["antwoorden"],
                "gewichten": wegen.geldend(stand, g),
                "bewaard": wegen.bewaard(stand, g),
                "verouderd": wegen.verouderd(stand, g),
                "tegenspraak": wegen.tegenspraak(stand, g),
            }
            for g, v in stand.groepen.items()
        ]
        verwacht = [g for g in stand.waarde("wegen", "groepen") if g not in stand.groepen]
        return [*uit, *({"naam": g} for g in verwacht)]

    def _antwoord(self, bericht: dict, uit: object) -> dict[str, Any]:
        # The form shows it where the person is; a name that is missing is asked for at its own field.
        met_naam = self._handelingen.balk.naam.strip() and self.melding.soort == "fout"
        return super()._antwoord(bericht, uit) | {"fout": self.melding.tekst if met_naam and not uit else ""}

    def _weeg(self, bericht: dict) -> None:
        """What a draft comes to, for its group and for all together; nothing is stored."""
        groep, methode = bericht_tekst(bericht, "groep") or "", bericht_tekst(bericht, "methode") or ""
        antwoord: dict[str, Any] = {"soort": "weging", "nr": bericht.get("nr"), "groep": groep, "methode": methode}
        try:
            weging = wegen.weeg(self._stand, methode, bericht.get("antwoorden"))
        except (WegingFout, BesluitFout) as fout:
            # Halfway through the questions this is what is still to do, no error.
            self.kaart.send(antwoord | {"nog": str(fout)})
            return
        samen = wegen.samen(self._stand, {groep: weging.gewichten})
        nieuw = [] if groep in self._stand.groepen else [groep]
        self.kaart.send(
            schoon(
                antwoord
                | {
                    "gewichten": weging.gewichten,
                    "zinnen": weging.zinnen,
                    "goed": weging.goed_genoeg,
                    "nakijken": weging.nakijken,
                    "samen": samen.gewichten,
                    "delen": wegen.aandelen(self._stand, nieuw),
                    "conclusie": _conclusie(self._stand, samen),
                }
            )
        )

    def _bewaar(self, bericht: dict) -> bool:
        groep, methode = bericht_tekst(bericht, "groep") or "", bericht_tekst(bericht, "methode") or ""
        reden, antwoorden, wie = bericht_tekst(bericht, "reden") or "", bericht.get("antwoorden"), self._wie()
        return self._handelingen.doe(
            f"Gewichten van {groep} bewaard",
            lambda g: wegen.bewaar_weging(self._stand, groep, methode, antwoorden, wie, reden, gezien=g),
        )

    def _aandelen(self, bericht: dict) -> bool:
        delen, reden, wie = bericht.get("aandelen"), bericht_tekst(bericht, "reden") or "", self._wie()
        if not isinstance(delen, dict):
            raise WegingFout("Zeg van elke groep hoe zwaar die meetelt.")
        return self._handelingen.doe(
            "Verdeling over de groepen gewijzigd",
            lambda g: wegen.zet_aandelen(self._stand, delen, wie, reden, gezien=g),
        )

    def _groep_weg(self, bericht: dict) -> bool:
        groep, reden, wie = (
            bericht_tekst(bericht, "groep") or "",
            bericht_tekst(bericht, "reden") or "",
            self._wie(),
        )
        return self._handelingen.doe(
            f"Gewichten van {groep} tellen niet meer mee",
            lambda g: wegen.verwijder_groep(self._stand, groep, wie, reden, gezien=g),
        )

    def _criterium(self, bericht: dict) -> bool:
        welk, velden, wie = bericht_tekst(bericht, "criterium"), bericht.get("velden"), self._wie()
        velden = {k: v for k, v in velden.items() if k in _VELDEN} if isinstance(velden, dict) else {}
        naam = str(velden.get("naam") or self._stand.criteria.get(welk or "", ""))
        return self._handelingen.doe(
            f"Criterium {naam} {'gewijzigd' if welk else 'toegevoegd'}",
            lambda g: criteria.bewaar_criterium(self._stand, welk, velden, wie, gezien=g),
        )

    def _criterium_weg(self, bericht: dict) -> bool:
        welk, reden, wie = (
            bericht_tekst(bericht, "criterium") or "",
            bericht_tekst(bericht, "reden") or "",
            self._wie(),
        )
        return self._handelingen.doe(
            f"Criterium {self._stand.criteria.get(welk, '')} verwijderd",
            lambda g: criteria.verwijder_criterium(self._stand, welk, wie, reden, gezien=g),
        )

    def _standaard(self, bericht: dict) -> bool:
        reden, wie = bericht_tekst(bericht, "reden") or "", self._wie()
        return self._handelingen.doe(
            "De criteria van het werkboek teruggezet",
            lambda g: criteria.zet_standaard(self._stand, wie, reden, gezien=g),
        )

    def _wie(self) -> str:
        return self._handelingen.eis_naam()


def _conclusie(stand: Stand, samen: Any) -> str:
    if samen is not None:
        return " ".join(samen.zinnen)
    return f"Nog niemand heeft gewogen. Tot dan gelden deze gewichten. {zwaarste(stand.gewichten, stand.criteria)}"
