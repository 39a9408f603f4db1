"""Scenarios side by side: what comes in and out, euros, hours, coverage per collegelid, chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.dekking import leidend
from opgavelib.domein.vergelijking import Beweging, begin_kwartalen, beweging
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, gebruik_eur, gebruik_uren
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import rangorde, scenario_besluit
from opgavelib.toepassing.dekking import NIEMAND, vrager
from opgavelib.toepassing.scenario import scenario, veranderingen
from opgavelib.toepassing.scenario_woorden import titel_van
from opgavelib.toepassing.stand import Stand

HOOGSTENS = 3  # that fit beside each other on a screen
STEVIG_VANAF = 0.9
_GEVONDEN = (Status.OPTIMAAL, Status.GEVONDEN)
_PUNTEN_MARGE = 0.5  # points are shown as whole numbers


@dataclass(frozen=True)
class Vergelijking:
    """Scenarios compared with the first of them; only `samen` has those without a shortlist.

    Attributes
    ----------
    samen : DataFrame, index scenario; titel, status, aantal, waarde, verschil_waarde (NaN when the points were
        weighed in another way), erbij, eraf, later, eerder, budget_eur, uren (whole duration), kans (mean of the
        chosen), stevig (chosen with a chance of at least `STEVIG_VANAF`); NaN when not computed
    items : DataFrame, index (item, scenario), of everything that is chosen in one of them; titel, gekozen (bool),
        wat (``blijft``, ``erbij``, ``eraf``, ``buiten``), start_kwartaal (None when out),
        later_kwartalen, waarde, kans
    euros : DataFrame, index (scenario, jaar), with jaar ``totaal`` over whole durations; gevraagd_eur, grens_eur
    teams : DataFrame, index (scenario, team, jaar); teamleider, ruimte_uren, gevraagd_uren, over_uren,
        verschil_uren (gevraagd against the first that is in it), krapste_uren (least left in one quarter)
    collegeleden : DataFrame, index (scenario, collegelid); gevraagd_in (items on the shortlist that they
        asked for), top5_in, top5_van
    toelichtingen : scenario -> sentence
    parameters : what it was computed with
    """

    samen: pd.DataFrame
    items: pd.DataFrame
    euros: pd.DataFrame
    teams: pd.DataFrame
    collegeleden: pd.DataFrame
    toelichtingen: Mapping[str, str]
    parameters: Mapping[str, object]

    @property
    def toelichting(self) -> str:
        """All sentences, ready for the bestuursnota."""
        return " ".join(self.toelichtingen.values())


def vergelijk(
    stand: Stand,
    codes: Sequence[str],
    oplossingen: Mapping[str, Oplossing],
    kansen: Mapping[str, Mapping[str, float]] | None = None,
) -> Vergelijking:
    """Compare scenarios with the first one.

    Parameters
    ----------
    codes : two or three scenarios, the first is what the others are compared with
    oplossingen : the answer of each (of `scenario_besluit.probleem`); of a decided scenario its decision
    kansen : scenario -> item -> share of the sampled shortlists it is in

    Raises
    ------
    BesluitFout : no or too many scenarios, or one without an answer
    """
    codes = list(dict.fromkeys(codes))
    if not 1 <= len(codes) <= HOOGSTENS:
        raise BesluitFout(f"Kies een tot {HOOGSTENS} scenario's om te vergelijken.")
    if mist := [scenario(stand, c).titel for c in codes if c not in oplossingen]:
        raise BesluitFout(f"Bereken eerst {' en '.join(mist)}.")
    problemen = {c: scenario_besluit.probleem(stand, c) for c in codes}
    starts = {c: begin_kwartalen(problemen[c], oplossingen[c]) for c in codes}
    beweeg = {c: beweging(starts[codes[0]], starts[c]) for c in codes}
    kansen = kansen or {}
    samen = _samen(stand, codes, problemen, oplossingen, beweeg, kansen)
    # Without a shortlist there is nothing to add up: as an empty one it would look cheap and drop everything.
    met = [c for c in codes if oplossingen[c].status in _GEVONDEN]
    zinnen = {c: _zin(stand, c, codes[0], samen.loc[c], oplossingen) for c in codes}
    return Vergelijking(
        samen, _items(stand, met, problemen, starts, beweeg, kansen),
        _euros(met, problemen, oplossingen), _teams(stand, met, problemen, oplossingen),
        _collegeleden(stand, met, starts), MappingProxyType(zinnen),
        MappingProxyType({"scenarios": codes, "versie": stand.versie, "stevig_vanaf": STEVIG_VANAF}),
    )  # fmt: skip


def _zelfde_punten(a: Vraagstuk, b: Vraagstuk) -> bool:
    """Whether what is in both is worth the same in both."""
    plek = {i: p for p, i in enumerate(b.items)}
    return all(i not in plek or b.waarde[plek[i]] == w for i, w in zip(a.items, a.waarde, strict=True))


def _samen(
    stand: Stand, codes: list[str], problemen: Mapping[str, Vraagstuk], oplossingen: Mapping[str, Oplossing],
    beweeg: Mapping[str, Beweging], kansen: Mapping[str, Mapping[str, float]],
) -> pd.DataFrame:  # fmt: skip
    rijen = {}
    eerste = codes[0]
    for c in codes:
        v, o, b = problemen[c], oplossingen[c], beweeg[c]
        gevonden = o.status in _GEVONDEN
        uren = float(sum(v.uren[i].sum() * v.duur[i] for i, a in enumerate(v.items) if a in o.start))
        vergelijkbaar = {o.status, oplossingen[eerste].status} <= set(_GEVONDEN)
        gelijk_gewogen = vergelijkbaar and _zelfde_punten(problemen[eerste], v)
        kans = [kansen[c].get(a, 0.0) for a in o.start] if c in kansen else []
        rijen[c] = {
            "titel": scenario(stand, c).titel, "status": str(o.status), "aantal": len(o.start),
            "waarde": o.waarde if gevonden else np.nan,
            "verschil_waarde": o.waarde - oplossingen[eerste].waarde if gelijk_gewogen else np.nan,
            "erbij": len(b.erbij), "eraf": len(b.eraf), "later": sum(n > 0 for n in b.verschoven.values()),
            "eerder": sum(n < 0 for n in b.verschoven.values()),
            "budget_eur": gebruik_eur(v, o.start)["totaal"] if gevonden else np.nan,
            "uren": uren if gevonden else np.nan,
            "kans": float(np.mean(kans)) if kans else np.nan,
            "stevig": float(sum(k >= STEVIG_VANAF for k in kans)) if kans else np.nan,
        }  # fmt: skip
    return pd.DataFrame.from_dict(rijen, orient="index").rename_axis("scenario")


def _items(
    stand: Stand, codes: list[str], problemen: Mapping[str, Vraagstuk], starts: Mapping[str, Mapping[str, str]],
    beweeg: Mapping[str, Beweging], kansen: Mapping[str, Mapping[str, float]],
) -> pd.DataFrame:  # fmt: skip
    alle = dict.fromkeys(a for c in codes for a in starts[c])
    waarden = {c: dict(zip(problemen[c].items, problemen[c].waarde.tolist(), strict=True)) for c in codes}
    rijen = []
    for a in alle:
        titel = next(_titel(stand, c, a) for c in codes if a in starts[c])
        for c in codes:
            b = beweeg[c]
            wat = "erbij" if a in b.erbij else "eraf" if a in b.eraf else "blijft" if a in starts[c] else "buiten"
            kans = kansen[c].get(a, 0.0) if c in kansen else np.nan
            rijen.append((a, c, titel, a in starts[c], wat, starts[c].get(a), b.verschoven.get(a, 0),
                          waarden[c].get(a, np.nan), kans))  # fmt: skip
    kolommen = [
        "item",
        "scenario",
        "titel",
        "gekozen",
        "wat",
        "start_kwartaal",
        "later_kwartalen",
        "waarde",
        "kans",
    ]
    tabel = pd.DataFrame(rijen, columns=kolommen)
    # None stays None: pandas would make it a NaN, which is no text.
    tabel["start_kwartaal"] = pd.Series([r[5] for r in rijen], dtype=object)
    return tabel.set_index(["item", "scenario"])


def _titel(stand: Stand, code: str, item: str) -> str:
    besluit = scenario_besluit.besluit(stand, code)
    return (besluit.titels.get(item) if besluit else None) or titel_van(stand, scenario(stand, code), item)


def _euros(
    codes: list[str], problemen: Mapping[str, Vraagstuk], oplossingen: Mapping[str, Oplossing]
) -> pd.DataFrame:
    rijen = [
        (c, jaar, eur, problemen[c].budget_eur.get(jaar, np.nan))
        for c in codes
        for jaar, eur in gebruik_eur(problemen[c], oplossingen[c].start).items()
    ]
    tabel = pd.DataFrame(rijen, columns=["scenario", "jaar", "gevraagd_eur", "grens_eur"])
    return tabel.set_index(["scenario", "jaar"])


def _teams(
    stand: Stand, codes: list[str], problemen: Mapping[str, Vraagstuk], oplossingen: Mapping[str, Oplossing]
) -> pd.DataFrame:
    leiders = stand.tabel("teams")["teamleider"]
    rijen = []
    for c in codes:
        v = problemen[c]
        gevraagd = gebruik_uren(v, oplossingen[c].start)
        over = v.ruimte_uren - gevraagd
        for jaar in dict.fromkeys(k[:4] for k in v.kwartalen):
            q = [i for i, k in enumerate(v.kwartalen) if k[:4] == jaar]
            rijen += [
                (c, t, jaar, leiders.get(t), v.ruimte_uren[i, q].sum(), gevraagd[i, q].sum(), over[i, q].sum(),
                 over[i, q].min())
                for i, t in enumerate(v.teams)
            ]  # fmt: skip
    kolommen = [
        "scenario",
        "team",
        "jaar",
        "teamleider",
        "ruimte_uren",
        "gevraagd_uren",
        "over_uren",
        "krapste_uren",
    ]
    tabel = pd.DataFrame(rijen, columns=kolommen).set_index(["scenario", "team", "jaar"])
    eerste = tabel["gevraagd_uren"].xs(codes[0]) if rijen else pd.Series(dtype=float)
    zonder_code = tabel.index.droplevel("scenario")
    tabel["verschil_uren"] = tabel["gevraagd_uren"].to_numpy() - eerste.reindex(zonder_code).fillna(0.0).to_numpy()
    return tabel


def _collegeleden(stand: Stand, codes: list[str], starts: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """A merged row counts with its leading row, for who asked for it too."""
    naar = leidend(stand.ambities[["bestemming", "naar"]])
    wie = vrager(stand)
    gevraagd = pd.DataFrame({"wie": wie, "item": naar}).loc[wie != NIEMAND].drop_duplicates()
    rijen = []
    for c in codes:
        top5 = rangorde.dekking(stand, starts[c]).tabel
        erin = gevraagd[gevraagd["item"].isin(list(starts[c]))]["wie"].value_counts()
        for lid in sorted(set(gevraagd["wie"]) | set(top5.index)):
            rij = top5.loc[lid] if lid in top5.index else {"in": 0, "van": 0}
            rijen.append((c, lid, int(erin.get(lid, 0)), int(rij["in"]), int(rij["van"])))
    kolommen = ["scenario", "collegelid", "gevraagd_in", "top5_in", "top5_van"]
    return pd.DataFrame(rijen, columns=kolommen).set_index(["scenario", "collegelid"])


# -- in words -------------------------------------------------------------------------------------------


def _zin(stand: Stand, code: str, eerste: str, s: pd.Series, oplossingen: Mapping[str, Oplossing]) -> str:
    o = oplossingen[code]
    if code == eerste:
        return f"{s['titel']}: {_geen(o) if o.status not in _GEVONDEN else _kern(s)}."
    kort = [v.kort for v in veranderingen(stand, code, eerste) if not v.kan_niet]
    if o.status in _GEVONDEN and oplossingen[eerste].status not in _GEVONDEN:
        waarmee = f"In {stand.scenarios[eerste].titel} is er geen shortlist: {_geen(oplossingen[eerste])}"
        return f"{_oorzaak(kort)} is er wel een shortlist: {_kern(s)}. {waarmee}."
    if not kort and not (s["erbij"] or s["eraf"] or s["later"] or s["eerder"]):
        return f"Er is nog niets anders dan in {stand.scenarios[eerste].titel}: de shortlist is dezelfde."
    met = _oorzaak(kort)
    if o.status not in _GEVONDEN:
        return f"{met} is er geen shortlist: {_geen(o)}."
    delen = [
        _tel(s["eraf"], "valt {} ambitie af", "vallen {} ambities af"),
        _tel(s["erbij"], "komt er {} bij", "komen er {} bij"),
        _verschuif(s["later"], s["eerder"]),
    ]
    delen = [d for d in delen if d]
    wat = (
        f"{', '.join(delen[:-1])} en {delen[-1]}"
        if len(delen) > 1
        else "".join(delen) or "blijft de shortlist gelijk"
    )
    return f"{met} {wat}; {_prijs(s['verschil_waarde'])}."


def _kern(s: pd.Series) -> str:
    """What a shortlist comes down to."""
    punten, eur, uren = notatie.getal(s["waarde"]), notatie.euro_kort(s["budget_eur"]), notatie.uren(s["uren"])
    n = notatie.aantal(int(s["aantal"]), "ambitie", "ambities")
    return f"{n}, samen {punten} punten, {eur} en {uren}"


def _geen(o: Oplossing) -> str:
    return "de eisen kunnen niet samen" if o.status == Status.ONMOGELIJK else "er is nog niets gevonden dat past"


def _oorzaak(kort: Sequence[str]) -> str:
    if not kort:
        return "Zonder veranderingen"
    if len(kort) > 2:
        return f"Met deze {len(kort)} veranderingen"
    return f"Met {' en '.join(kort)}"


def _tel(n: float, een: str, meer: str) -> str:
    return (een if n == 1 else meer).format(notatie.getal(n)) if n else ""


def _verschuif(later: float, eerder: float) -> str:
    delen = [f"{notatie.getal(n)} {hoe}" for n, hoe in ((later, "later"), (eerder, "eerder")) if n]
    return f"{'begint er' if (later or eerder) == 1 else 'beginnen er'} {' en '.join(delen)}" if delen else ""


def _prijs(verschil: float) -> str:
    if np.isnan(verschil):
        return "de punten zijn anders gewogen en daarom niet te vergelijken"
    if abs(verschil) < _PUNTEN_MARGE:
        return "de waarde blijft gelijk"
    return (
        f"het {'kost' if verschil < 0 else 'levert'} {notatie.aantal(round(abs(verschil)), 'punt', 'punten')}"
        + ("" if verschil < 0 else " op")
    )
