"""What a change of the work or of a team frees and asks, before anybody decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import kwartaal
from opgavelib.domein.capaciteit import AFGEWEZEN
from opgavelib.domein.scenario import BASIS, Scenario
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing.oplossingen import Voorstel, oplossingen, voor_grootste_tekort
from opgavelib.toepassing.stand import Stand
from opgavelib.toepassing.urenkeuzes import Keuzes, keur_keuzes

__all__ = ["KOLOMMEN", "Verandering", "Voorstel", "bekijk", "bewaar", "met", "oplossingen", "voor_grootste_tekort"]

KOLOMMEN = (
    "teamleider", "ruimte_was", "ruimte_wordt", "gevraagd_was", "gevraagd_wordt", "saldo_was", "saldo_wordt",
    "verschil_uren", "stand_was", "stand_wordt",
)  # fmt: skip


@dataclass(frozen=True)
class Verandering:
    """What a set of choices does to the hours.

    Attributes
    ----------
    tabel : DataFrame, index (team, kwartaal); `KOLOMMEN`, in hours: ruimte, gevraagd and saldo before and after,
        verschil_uren (above 0 is freed, below 0 is asked more or less there), stand before and after
    opgelost, nieuw : the rows of `tabel` whose shortage is gone, and that are short only now
    vervallen : DataFrame, index inzet; activiteit, titel, team, kwartaal, uren_vervallen: promises that lapse
    opnieuw_uren : hours that were refused and are asked again, in other quarters
    inhuur_uren, inhuur_eur : what more is hired than before, and its cost; below 0 is less
    keuzes : as they would be stored
    toelichting : sentences ready for the bestuursnota
    """

    tabel: pd.DataFrame
    opgelost: pd.DataFrame
    nieuw: pd.DataFrame
    vervallen: pd.DataFrame
    opnieuw_uren: float
    inhuur_uren: float
    inhuur_eur: float
    keuzes: Keuzes
    toelichting: str
    parameters: Mapping[str, object]

    @property
    def anders(self) -> pd.DataFrame:
        """The rows of `tabel` in which anything changes."""
        return self.tabel[(self.tabel["verschil_uren"].abs() > 1e-9)]


def met(stand: Stand, keuzes: Mapping[str, Mapping[str, object] | None], van: str = BASIS) -> Scenario:
    """Scenario `van` with these choices besides; None takes one away.

    Raises
    ------
    BesluitFout : no such scenario, or as `urenkeuzes.keur_keuzes`
    """
    basis = _scenario(stand, van)
    samen = {**basis.keuzes, **keur_keuzes(stand, keuzes)}
    return replace(basis, keuzes={k: w for k, w in samen.items() if w is not None})


def bekijk(stand: Stand, keuzes: Mapping[str, Mapping[str, object] | None], van: str = BASIS) -> Verandering:
    """What choices would do to the hours, without storing anything.

    Parameters
    ----------
    keuzes : as `urenkeuzes` makes them; also several together
    van : code of the scenario that they are added to

    Raises
    ------
    BesluitFout : as `met`
    """
    was, wordt = _scenario(stand, van), met(stand, keuzes, van)
    reeks = _samen(stand.werk.kwartalen_in(was), stand.werk.kwartalen_in(wordt))
    oud, nieuw = (stand.werk.capaciteit_in(s, reeks).tabel for s in (was, wordt))
    tabel = _naast(oud, nieuw)
    tekort_was, tekort_wordt = tabel["stand_was"] == "fout", tabel["stand_wordt"] == "fout"
    tarief = stand.parameter("capaciteit", "inhuur_tarief_eur")
    inhuur = float(nieuw["inhuur_uren"].sum() - oud["inhuur_uren"].sum())
    vervallen, opnieuw = _vervallen(stand, was, wordt)
    uit = Verandering(
        tabel=tabel, opgelost=tabel[tekort_was & ~tekort_wordt], nieuw=tabel[tekort_wordt & ~tekort_was],
        vervallen=vervallen, opnieuw_uren=opnieuw, inhuur_uren=inhuur, inhuur_eur=inhuur * float(tarief.waarde),
        keuzes=keur_keuzes(stand, keuzes), toelichting="",
        parameters=dict(stand.werk.capaciteit.parameters)
        | {"van": van, "inhuur_tarief_eur": tarief.waarde, "inhuur_tarief_bron": tarief.bron},
    )  # fmt: skip
    return replace(uit, toelichting=_zin(uit, float(tarief.waarde)))


def bewaar(
    stand: Stand, keuzes: Mapping[str, Mapping[str, object] | None], wie: str, reden: str, *,
    scenario: str = BASIS, gezien: int | None = None,
) -> list[int]:  # fmt: skip
    """Store choices: in the base they are decided, in another scenario they are thought of; gives the events.

    Raises
    ------
    BesluitFout : no reason, the scenario is decided already, or as `met`
    ConflictFout : somebody else made one of these choices after `gezien`
    """
    _scenario(stand, scenario)
    return stand.werkmap.scenarios.kies(scenario, keur_keuzes(stand, keuzes), wie, reden, gezien=gezien)


def _scenario(stand: Stand, code: str) -> Scenario:
    if code not in stand.scenarios:
        raise BesluitFout(f"Er is geen scenario '{code}'.")
    return stand.scenarios[code]


def _samen(*reeksen: list[str]) -> list[str]:
    return kwartaal.reeks(min(r[0] for r in reeksen), max(r[-1] for r in reeksen))


def _naast(oud: pd.DataFrame, nieuw: pd.DataFrame) -> pd.DataFrame:
    """Before beside after; a team that only one of them names has no room and no hours in the other."""
    index = oud.index.union(nieuw.index, sort=False)
    index = pd.MultiIndex.from_product([index.unique("team"), oud.index.unique("kwartaal")])
    delen = {}
    for naam, tabel in (("was", oud.reindex(index)), ("wordt", nieuw.reindex(index))):
        for maat in ("ruimte", "gevraagd", "saldo"):
            delen[f"{maat}_{naam}"] = tabel[f"{maat}_uren"].fillna(0.0)
        delen[f"stand_{naam}"] = tabel["stand"].astype(object).where(tabel["stand"].notna(), "goed")
    leider = oud["teamleider"].reindex(index)
    delen["teamleider"] = leider.astype(object).where(leider.notna(), None)
    delen["verschil_uren"] = delen["saldo_wordt"] - delen["saldo_was"]
    return pd.DataFrame(delen, index=index)[list(KOLOMMEN)]


def _vervallen(stand: Stand, was: Scenario, wordt: Scenario) -> tuple[pd.DataFrame, float]:
    """Promises that hold before and not after, and hours that were refused and are asked again."""
    oud, nieuw = stand.werk.vraag_in(was), stand.werk.vraag_in(wordt)
    weg = oud["uren_toegezegd"] - nieuw["uren_toegezegd"].reindex(oud.index).fillna(0.0)
    weg = weg.where(oud["status"] != AFGEWEZEN, 0.0)
    rijen = oud.loc[weg > 0, ["activiteit", "team", "kwartaal"]].assign(uren_vervallen=weg[weg > 0])
    rijen.insert(1, "titel", rijen["activiteit"].map(stand.tabel("activiteiten")["titel"]))
    weer = oud.index[oud["status"] == AFGEWEZEN].intersection(nieuw.index[nieuw["status"] != AFGEWEZEN])
    return rijen, float(nieuw.loc[weer, "uren_gevraagd"].sum())


def _zin(v: Verandering, tarief_eur: float) -> str:
    """The whole change in a few sentences."""
    verschil = v.tabel["verschil_uren"]
    vrij, kost = verschil[verschil > 0], -verschil[verschil < 0]
    if v.anders.empty and v.vervallen.empty:
        return "Er verandert niets in de uren."
    zinnen, waardoor = [], _waardoor(v.tabel)
    if round(vrij.sum()):
        erbij = f"; in andere kwartalen of teams {waardoor}" if waardoor else ""
        zinnen.append(f"Er komt {notatie.uren(float(vrij.sum()))} vrij bij {_teams(vrij)}{erbij}.")
    elif waardoor:
        zinnen.append(f"Bij {_teams(kost)} {waardoor}.")
    was, wordt = (int((v.tabel[f"stand_{n}"] == "fout").sum()) for n in ("was", "wordt"))
    if len(v.opgelost) or len(v.nieuw):
        wat = [f"{len(v.opgelost)} opgelost"] if len(v.opgelost) else []
        wat += [f"{len(v.nieuw)} nieuw ({_eerste(v.nieuw)})"] if len(v.nieuw) else []
        zinnen.append(f"Van {notatie.aantal(was, 'tekort', 'tekorten')} naar {wordt}: {', '.join(wat)}.")
    else:
        zinnen.append("Er blijft geen tekort." if not wordt else f"Het aantal tekorten blijft {wordt}.")
    if round(weg := float(v.vervallen["uren_vervallen"].sum())):
        wie = _teams(v.vervallen.set_index("team"))
        zinnen.append(f"Van wat is toegezegd vervalt {notatie.uren(weg)} bij {wie}.")
    if round(v.opnieuw_uren):
        zinnen.append(f"{notatie.uren(v.opnieuw_uren)} die was afgewezen, wordt opnieuw gevraagd.")
    if round(v.inhuur_uren) > 0:
        zinnen.append(
            f"De inhuur kost {notatie.euro(v.inhuur_eur)} ({notatie.uren(v.inhuur_uren)} "
            f"van {notatie.euro(tarief_eur)})."
        )
    elif round(v.inhuur_uren) < 0:
        zinnen.append(f"Er is {notatie.euro(-v.inhuur_eur)} minder inhuur nodig.")
    return " ".join(zinnen)


def _waardoor(tabel: pd.DataFrame) -> str:
    """What teams lose where they lose hours: that less is there, or that more is asked; empty for nothing."""
    kost = -tabel["verschil_uren"].clip(upper=0.0)
    erbij = tabel["gevraagd_wordt"] - tabel["gevraagd_was"]
    minder = (kost - erbij).clip(lower=0.0).where(kost > 0, 0.0).clip(upper=kost)
    delen = (
        (float((kost - minder).sum()), "wordt", "meer gevraagd"),
        (float(minder.sum()), "is", "minder beschikbaar"),
    )
    return " en ".join(f"{woord} {notatie.uren(uren)} {wat}" for uren, woord, wat in delen if round(uren))


def _teams(rijen: pd.DataFrame | pd.Series) -> str:
    namen = rijen.index.get_level_values("team").unique()
    return namen[0] if len(namen) == 1 else f"{len(namen)} teams"


def _eerste(nieuw: pd.DataFrame) -> str:
    ergste = nieuw.sort_values("saldo_wordt", kind="stable").iloc[0]
    team, k = ergste.name
    rest = " en meer" if len(nieuw) > 1 else ""
    return f"{team} in {k}: {notatie.uren(-float(ergste['saldo_wordt']))}{rest}"
