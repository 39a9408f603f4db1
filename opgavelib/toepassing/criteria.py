"""The criteria of a werkmap: change, add and remove them; and the parts of a parameter that people share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from unicodedata import combining, normalize

from opgavelib import notatie, parameters
from opgavelib.fouten import BesluitFout, Conflict, ConflictFout
from opgavelib.parameters import Criterium
from opgavelib.toepassing.stand import Stand

LIJST, GROEPEN = "criteria.lijst", "criteria.groepen"
RICHTINGEN = ("hoger", "lager")
_LANG, _KORT = 300, 60
_HOOGSTENS = 15  # criteria; more than people can weigh against each other


def bewaar_criterium(
    stand: Stand, criterium: str | None, velden: Mapping[str, Any], wie: str, reden: str = "",
    *, gezien: int | None = None,
) -> list[int]:  # fmt: skip
    """Change a criterium, or add one when `criterium` is None.

    Parameters
    ----------
    velden : any of naam, omschrijving, richting, laagst, hoogst, uitleg_laagst, uitleg_hoogst

    Raises
    ------
    BesluitFout : no such criterium, no name or one that is used already, a scale without length or one that
        does not hold the scores that were given
    ConflictFout : somebody else changed it after `gezien`
    """
    lijst = {c.criterium: c for c in stand.criteria_lijst}
    if criterium is None:
        if len(lijst) >= _HOOGSTENS:
            raise BesluitFout(
                f"Meer dan {_HOOGSTENS} criteria zijn niet tegen elkaar te wegen. Verwijder er eerst een."
            )
        naam = naam_van(velden.get("naam"), "het criterium")
        gemiddeld = sum(c.gewicht for c in lijst.values()) / len(lijst)
        oud = Criterium(_sleutel(naam, lijst), naam, round(gemiddeld, 6), "hoger", "")
    elif criterium in lijst:
        oud = lijst[criterium]
    else:
        raise BesluitFout("Dit criterium is er niet meer. Laad de pagina opnieuw.")
    nieuw = _keur(stand, oud, velden)
    if nieuw == lijst.get(nieuw.criterium):
        raise BesluitFout(f"Aan {nieuw.naam} is niets veranderd.")
    reden = reden.strip() or ("Criterium toegevoegd" if criterium is None else "Criterium gewijzigd")
    return _zet_criterium(stand, nieuw.criterium, nieuw, wie, reden, gezien)


def _keur(stand: Stand, oud: Criterium, velden: Mapping[str, Any]) -> Criterium:
    teksten = {k: tekst_van(velden[k]) for k in ("omschrijving", "uitleg_laagst", "uitleg_hoogst") if k in velden}
    naam = naam_van(velden.get("naam", oud.naam), "het criterium")
    if any(naam.casefold() == c.naam.casefold() for c in stand.criteria_lijst if c.criterium != oud.criterium):
        raise BesluitFout(f"Er is al een criterium {naam}. Kies een andere naam.")
    richting = velden.get("richting", oud.richting)
    if richting not in RICHTINGEN:
        raise BesluitFout("Kies of hoger of lager beter is.")
    try:
        laagst, hoogst = (getal_van(velden.get(k, getattr(oud, k))) for k in ("laagst", "hoogst"))
    except BesluitFout:
        raise BesluitFout("Vul voor de schaal twee getallen in, zoals 1 en 5.") from None
    if laagst >= hoogst:
        raise BesluitFout("De schaal loopt van laag naar hoog: het tweede getal is groter dan het eerste.")
    scores = stand.scores.loc[stand.scores["criterium"] == oud.criterium, "score"]
    if len(scores) and not laagst <= scores.min() <= scores.max() <= hoogst:
        gegeven = " tot ".join(notatie.getal(float(s), 2) for s in (scores.min(), scores.max()))
        raise BesluitFout(
            f"Er zijn al scores van {gegeven} gegeven; die passen niet op deze schaal. "
            "Maak de schaal ruimer, of voeg een nieuw criterium toe."
        )
    return replace(oud, naam=naam, richting=richting, laagst=laagst, hoogst=hoogst, **teksten)


def gevolg(stand: Stand, criterium: str) -> str:
    """What no longer counts when a criterium is removed, as sentences."""
    naam, scores = stand.criteria[criterium], int((stand.scores["criterium"] == criterium).sum())
    deel = f"{naam} telt nu voor {notatie.procent(stand.gewichten[criterium], 0)}; dat gewicht gaat naar de andere."
    if not scores:
        return f"{deel} Er zijn nog geen scores op gegeven."
    zijn = "1 score telt dan niet meer mee en blijft" if scores == 1 else (
        f"{notatie.getal(scores)} scores tellen dan niet meer mee en blijven"
    )  # fmt: skip
    return f"{deel} {zijn} in de werkmap staan."


def verwijder_criterium(
    stand: Stand, criterium: str, wie: str, reden: str, *, gezien: int | None = None
) -> list[int]:
    """Take a criterium off the list; its scores stay in the werkmap and count again when it comes back.

    Raises
    ------
    BesluitFout : no reason, not on the list, or the last one
    """
    if criterium not in stand.criteria:
        raise BesluitFout("Dit criterium is er niet meer. Laad de pagina opnieuw.")
    if len(stand.criteria) == 1:
        raise BesluitFout("Er moet één criterium overblijven. Wijzig dit, of voeg eerst een ander toe.")
    return _zet_criterium(stand, criterium, None, wie, reden_van(reden), gezien)


def zet_standaard(stand: Stand, wie: str, reden: str, *, gezien: int | None = None) -> list[int]:
    """Put the criteria of the workbook back."""
    if not eigen_lijst(stand):
        raise BesluitFout("Dit zijn de criteria van het werkboek al.")
    return zet_deel(stand, LIJST, "", lambda _nu: None, wie, reden_van(reden), gezien)


def _zet_criterium(
    stand: Stand, sleutel: str, nieuw: Criterium | None, wie: str, reden: str, gezien: int | None
) -> list[int]:
    def pas_aan(nu: dict) -> dict:
        return {k: v for k, v in (nu | {sleutel: asdict(nieuw) if nieuw else None}).items() if v is not None}

    return zet_deel(stand, LIJST, sleutel, pas_aan, wie, reden, gezien)


def eigen_lijst(stand: Stand) -> bool:
    """Whether the werkmap has criteria of its own."""
    return stand.criteria_lijst != parameters.criteria()


def herkomst(stand: Stand) -> str:
    """Where the list of criteria comes from, as a sentence."""
    if not eigen_lijst(stand):
        return parameters.criteria_bron()
    return f"Eigen keuze in deze werkmap. {laatste_wijziging(stand, LIJST)}"


def zet_deel(
    stand: Stand, naam: str, deel: str, pas_aan: Callable[[dict], dict | None], wie: str, reden: str,
    gezien: int | None,
) -> list[int]:  # fmt: skip
    """Change one part of the parameter `LIJST` or `GROEPEN`, over what others did to its other parts meanwhile.

    Parameters
    ----------
    deel : criterium or group that the change is about; empty is all of it
    pas_aan : gives the parts as they become, from those of now; None puts the default back
    gezien : version that the person saw; None changes it anyhow

    Raises
    ------
    ConflictFout : somebody else changed `deel` after `gezien`
    """
    werkmap = stand.werkmap
    versie = werkmap.versie()
    nu = _delen(naam, werkmap.parameters().get(naam))
    zelfde = _is_gelijk(stand, naam, nu, deel)
    nieuw = pas_aan(nu)
    opslaan = list(nieuw.values()) if naam == LIJST and nieuw else nieuw
    if gezien is not None and zelfde:
        gezien = versie
    try:
        return [werkmap.zet_parameter(naam, opslaan, wie, reden, gezien=gezien)]
    except ConflictFout as fout:
        c, uw = fout.conflicten[0], _delen(naam, opslaan)
        wat, ding = _noem(naam, deel, uw.get(deel) or nu.get(deel))
        hun_, uw_ = (_omschrijf(stand, naam, d, deel) for d in (nu, uw))
        raise ConflictFout([Conflict(ding, f"kenmerk:{wat}", hun_, uw_, c.wie, c.tijdstip, c.reden)]) from fout


def _delen(naam: str, waarde: Any) -> dict[str, dict]:
    """A parameter by its parts; nothing stored is the list of the workbook, or no groups."""
    if naam == GROEPEN:
        return dict(waarde or {})
    return {c["criterium"]: c for c in (waarde or [asdict(c) for c in parameters.criteria()])}


def _is_gelijk(stand: Stand, naam: str, nu: Mapping[str, dict], deel: str) -> bool:
    """Whether `deel` (empty: all of it) is still as in `stand`."""
    if naam == LIJST:
        voor = {c.criterium: asdict(c) for c in stand.criteria_lijst}
    else:
        voor = stand.groepen
        nu = {
            g: v | {"gewichten": {c: w for c, w in v["gewichten"].items() if c in stand.criteria}}
            for g, v in nu.items()
        }
    return voor.get(deel) == nu.get(deel) if deel else voor == nu


def _noem(naam: str, deel: str, ding: Mapping | None) -> tuple[str, str]:
    """What kind of thing it is, and which one."""
    if naam == LIJST:
        return "criterium", str((ding or {}).get("naam", "De criteria"))
    return ("gewichten", deel) if deel else ("verdeling", "De groepen")


def _omschrijf(stand: Stand, naam: str, delen: Mapping[str, dict], deel: str) -> str:
    if not deel:
        namen = [d["naam"] for d in delen.values()] if naam == LIJST else [
            f"{g} {notatie.procent(d['aandeel'], 0)}" for g, d in delen.items()
        ]  # fmt: skip
        return ", ".join(namen)
    if (ding := delen.get(deel)) is None:
        return "verwijderd"
    if naam == GROEPEN:
        return ", ".join(
            f"{stand.criteria.get(c, c)} {notatie.procent(w, 0)}" for c, w in ding["gewichten"].items()
        )
    schaal = f"{notatie.getal(ding['laagst'], 2)} tot {notatie.getal(ding['hoogst'], 2)}"
    return f"{ding['naam']}, {schaal}, {ding['richting']} is beter: {ding['omschrijving']}"


def laatste_wijziging(stand: Stand, naam: str, deel: str = "") -> str:
    """Who changed a parameter last, or one part of it, when and why; empty when nobody did."""
    g = stand.tabel("gebeurtenissen")
    g = g[(g["wat"] == "parameter") & (g["object"] == naam)].sort_index(ascending=False)
    for r in g.itertuples():
        if not deel or _zonder_aandeel(r.nieuw, deel) != _zonder_aandeel(r.oud, deel):
            op = notatie.moment(datetime.fromisoformat(r.tijdstip).astimezone())
            return f"Bewaard door {r.wie}, {op}: {r.reden}" if r.reden else f"Bewaard door {r.wie}, {op}."
    return ""


def _zonder_aandeel(groepen: Any, groep: str) -> dict:
    """What a group answered; how much it counts changes with the others."""
    return {k: v for k, v in ((groepen or {}).get(groep) or {}).items() if k != "aandeel"}


def tekst_van(waarde: object) -> str:
    """Text that somebody sent, on one line and not too long."""
    return " ".join(waarde.split())[:_LANG] if isinstance(waarde, str) else ""


def naam_van(waarde: object, wat: str) -> str:
    """A name, or what is wrong with it.

    Raises
    ------
    BesluitFout : empty or too long
    """
    naam = tekst_van(waarde)
    if not naam:
        raise BesluitFout(f"Geef {wat} een naam.")
    if len(naam) > _KORT:
        raise BesluitFout(f"Houd de naam van {wat} korter dan {_KORT} tekens.")
    return naam


def reden_van(reden: object) -> str:
    """A reason.

    Raises
    ------
    BesluitFout : there is none
    """
    if not tekst_van(reden):
        raise BesluitFout("Vul een reden in, dan weet iedereen later waarom.")
    return tekst_van(reden)


def getal_van(waarde: object) -> float:
    """A number that somebody sent.

    Raises
    ------
    BesluitFout : not a finite number
    """
    if isinstance(waarde, bool) or not isinstance(waarde, int | float) or not math.isfinite(waarde):
        raise BesluitFout("Een antwoord is geen getal. Vul het opnieuw in.")
    return float(waarde)


def _sleutel(naam: str, bezet: Mapping[str, object]) -> str:
    """``Draagvlak bij inwoners`` is ``draagvlak-bij-inwoners``: the same name gets its old scores back."""
    kaal = "".join(t for t in normalize("NFKD", naam.casefold()) if not combining(t))
    sleutel = basis = re.sub(r"[^a-z0-9]+", "-", kaal).strip("-")[:40] or "criterium"
    nummer = 1
    while sleutel in bezet:
        nummer += 1
        sleutel = f"{basis}-{nummer}"
    return sleutel
