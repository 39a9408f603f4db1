"""What the screen for scenarios offers to choose from, reads back, and shows beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.scenario import BASIS
from opgavelib.domein.vraagstuk import Oplossing, Vraagstuk, gebruik_uren
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import kiezen, scenario, scenario_besluit
from opgavelib.toepassing.kind import Taak, in_kind
from opgavelib.toepassing.scenario_rekenen import GEVONDEN, TREKKINGEN
from opgavelib.toepassing.scenario_vergelijking import Vergelijking
from opgavelib.toepassing.stand import Stand
from opgavelib.toepassing.zoeken import los_op

__all__ = ["TREKKINGEN", "herhaal_in_kind", "keuzes", "kolommen", "krapste_team", "lees"]


# -- to choose from, and back ---------------------------------------------------------------------------


def keuzes(stand: Stand) -> dict[str, Any]:
    """What the forms let people choose: ambities, teams, projecten as {waarde, label}; quarters as text."""
    reeks, plan = kiezen.kwartalen(stand)
    basis = kiezen.kandidaten(stand, stand.scenarios[BASIS])
    teams, projecten = stand.tabel("teams"), scenario.organisatieprojecten(stand)
    vragend = projecten[projecten["uren"] > 0]
    return {
        "ambities": [
            {"waarde": a, "label": f"{a} {notatie.kort(r['titel'], 90)} ({_raming(r['uren'], r['budget_eur'])})"}
            for a, r in basis.iterrows()
        ],
        "teams": [
            {"waarde": n, "label": n if pd.isna(f) else f"{n} ({notatie.getal(f, 1)} fte)"}
            for n, f in teams["fte"].items()
        ],
        "projecten": [
            {"waarde": p, "label": f"{p} {notatie.kort(r['titel'], 80)} ({notatie.uren(r['uren'])} gepland)"}
            for p, r in vragend.iterrows()
        ],
        "kwartalen": list(reeks),
        "plan": list(reeks[:plan]),
    }


def _raming(uren: float, budget_eur: float) -> str:
    delen = [notatie.uren(uren)] if not pd.isna(uren) else []
    delen += [notatie.euro_kort(budget_eur)] if not pd.isna(budget_eur) else []
    return ", ".join(delen) or "geen raming"


def lees(stand: Stand, code: str, wat: str, velden: object) -> scenario.Keuzes:
    """The choices that a filled-in form asks for; `scenario.verander` checks them further.

    Parameters
    ----------
    wat : ``omvang``, ``team``, ``erbij`` or ``stop``
    velden : what the browser sent, by field

    Raises
    ------
    BesluitFout : an unknown form, or a field that cannot be read
    """
    v: Mapping[str, Any] = velden if isinstance(velden, Mapping) else {}
    if wat == "omvang":
        return scenario.omvang(_tekst(v, "ambitie"), _getal(v, "procent", "De omvang in procenten") / 100)
    if wat == "team":
        teken = -1 if v.get("richting") == "minder" else 1
        fte = abs(_getal(v, "fte", "Het aantal fte"))
        return scenario.fte(_tekst(v, "team"), teken * fte, _tekst(v, "vanaf"))
    if wat == "stop":
        return scenario.stop(_tekst(v, "project"), _tekst(v, "vanaf"))
    if wat == "erbij":
        moet = v.get("moet") is True
        return scenario.erbij(
            stand, code, _tekst(v, "titel"), team=_tekst(v, "team") or None,
            uren=_getal(v, "uren", "Het aantal uren"), budget_eur=_getal(v, "budget", "Het budget", euro=True),
            duur=int(_getal(v, "duur", "De duur in kwartalen")),
            vroegst=_tekst(v, "vroegst"), waarde=0.0 if moet else _getal(v, "waarde", "De score"), moet=moet,
        )  # fmt: skip
    raise BesluitFout("Kies wat er verandert.")


def _tekst(v: Mapping[str, Any], naam: str) -> str:
    w = v.get(naam)
    return w.strip()[:300] if isinstance(w, str) else ""


def _getal(v: Mapping[str, Any], naam: str, wat: str, *, euro: bool = False) -> float:
    w = v.get(naam)
    if isinstance(w, int | float) and not isinstance(w, bool):
        return float(w)
    # The gate comes in only when somebody types: a page's kernel stays small without it.
    from opgavelib.inlezen.getallen import Onleesbaar, lees_bedrag, lees_getal

    tekst = _tekst(v, naam)
    try:
        getal = lees_bedrag(tekst)[0] if euro else lees_getal(tekst)[0]
    except Onleesbaar:
        getal = None
    if getal is None:
        vorm = "een bedrag als 1,5 mln of 250.000" if euro else "een getal"
        raise BesluitFout(f"{wat}: '{notatie.kort(tekst, 30)}' is niet te lezen. Vul {vorm} in.")
    return float(getal)


def krapste_team(v: Vraagstuk, uit: Oplossing | None) -> str | None:
    """The team that the shortlist asks the largest part of in a quarter: where two fte less is felt most."""
    if not v.teams:
        return None
    gevraagd = gebruik_uren(v, uit.start) if uit else np.zeros_like(v.ruimte_uren)
    deel = np.divide(gevraagd, v.ruimte_uren, out=np.zeros_like(gevraagd), where=v.ruimte_uren > 0)
    return v.teams[int(deel.max(axis=1).argmax())]


def herhaal_in_kind(stand: Stand, code: str) -> Taak[Oplossing]:
    """Solve the problem of a decision again, in a process of its own; for `scenario_besluit.leg_herhaling_uit`.

    Raises
    ------
    BesluitFout : it was not decided
    """
    b = scenario_besluit.besluit(stand, code)
    if b is None:
        raise BesluitFout("Dit scenario is niet vastgesteld; er valt niets te herhalen.")
    return in_kind(los_op, b.vraagstuk, float(stand.waarde("prioritering", "zoektijd")), b.zaad)


# -- beside each other ----------------------------------------------------------------------------------


def kolommen(v: Vergelijking) -> list[dict[str, Any]]:
    """A column per scenario: sentence, figures with their difference, and what comes in and out.

    Without a shortlist there are no figures, and nothing comes in or out: everything would.
    """
    eerste = v.samen.index[0]
    vindt = set(v.samen.index[v.samen["status"].isin(GEVONDEN)])
    per = {c: v.items.xs(c, level="scenario") for c in v.samen.index if c in vindt and not v.items.empty}
    return [
        {
            "titel": r["titel"],
            "zin": v.toelichtingen[c],
            "cijfers": _cijfers(r, None if c == eerste else v.samen.loc[eerste]) if r["status"] in GEVONDEN else [],
            "groepen": _groepen(per[c], per[eerste]) if vindt >= {eerste, c} and c != eerste else [],
            "eerste": c == eerste,
            "geen": "" if vindt >= {eerste, c} else "Er is geen shortlist om mee te vergelijken.",
        }
        for c, r in v.samen.iterrows()
    ]  # fmt: skip


def _cijfers(r: pd.Series, eerste: pd.Series | None) -> list[list[str]]:
    regels = (
        ("aantal", "Ambities", notatie.getal), ("waarde", "Punten", notatie.getal),
        ("budget_eur", "Budget", notatie.euro_kort), ("uren", "Uren", notatie.uren),
        ("stevig", "Vrijwel zeker", lambda x: f"{notatie.getal(x)} van {notatie.getal(r['aantal'])}"),
    )  # fmt: skip
    uit = []
    for naam, kop, noem in regels:
        if pd.isna(r[naam]):
            continue
        bij = ""
        if eerste is not None and naam != "stevig" and not pd.isna(eerste[naam]):
            verschil = float(r[naam] - eerste[naam])
            if naam == "waarde" and pd.isna(r["verschil_waarde"]):
                bij = "niet te vergelijken"
            elif round(verschil) == 0:
                bij = "gelijk"
            else:
                bij = f"{'+' if verschil > 0 else '−'} {noem(abs(verschil))}"
        uit.append([kop, noem(r[naam]), bij])
    return uit


def _groepen(items: pd.DataFrame, eerste: pd.DataFrame) -> list[list[Any]]:
    def een(a: str, bij: str) -> dict[str, str]:
        return {"code": a, "titel": notatie.kort(items.loc[a, "titel"], 140), "bij": bij}

    eraf = [een(a, f"stond op {eerste.loc[a, 'start_kwartaal']}") for a in items.index[items["wat"] == "eraf"]]
    erbij = [een(a, f"begint in {items.loc[a, 'start_kwartaal']}") for a in items.index[items["wat"] == "erbij"]]
    schuift = items[(items["wat"] == "blijft") & (items["later_kwartalen"] != 0)]
    anders = [een(a, f"{eerste.loc[a, 'start_kwartaal']} → {r['start_kwartaal']}") for a, r in schuift.iterrows()]
    return [
        ["Valt af", "eraf", eraf],
        ["Komt erbij", "erbij", erbij],
        ["Begint op een ander moment", "tijd", anders],
    ]
