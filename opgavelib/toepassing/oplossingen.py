"""What would solve a shortage of hours: which activiteit can wait, and what hiring would cost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein import kwartaal as kwartaal_regels
from opgavelib.domein.capaciteit import AFGEWEZEN
from opgavelib.domein.scenario import BASIS, Scenario, Soort
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing.stand import Stand
from opgavelib.toepassing.urenkeuzes import Keuzes, inhuur, schuif

_SAMEN_HOOGSTENS = 6  # who must move more than this for one shortage is better off hiring


@dataclass(frozen=True)
class Voorstel:
    """One way to solve a shortage, or to make it smaller.

    Attributes
    ----------
    soort : schuif, samen (several activiteiten later) or inhuur
    keuzes : for `wat_als.bekijk` and `wat_als.bewaar`
    activiteiten : which move, with by how many quarters; empty for hire
    vrij_uren : hours that it frees in this team and quarter
    tekort_uren : what is still short there
    elders_uren : shortage that it adds in other teams and quarters
    vervallen_uren : promises that lapse
    inhuur_uren, kosten_eur : hours to hire and their cost
    zin : all of this as a sentence
    """

    soort: str
    keuzes: Keuzes
    activiteiten: Mapping[str, int]
    vrij_uren: float
    tekort_uren: float
    elders_uren: float
    vervallen_uren: float
    inhuur_uren: float
    kosten_eur: float
    zin: str


def oplossingen(stand: Stand, team: str, kwartaal: str, van: str = BASIS, *, hoogstens: int = 8) -> list[Voorstel]:
    """What would solve the shortage of a team in a quarter, best first.

    First what solves it without a shortage elsewhere: moving work of which nothing was promised, then work that was
    promised, then hiring. After these what solves it at the cost of a smaller shortage elsewhere, what only
    makes it smaller, and last what moves as much shortage to another place. Work that is already shrunk or stopped
    in the scenario is left as it is.

    Parameters
    ----------
    van : code of the scenario in which the shortage is
    hoogstens : how many to give; hiring is always among them

    Returns
    -------
    list of Voorstel, empty when there is no shortage

    Raises
    ------
    BesluitFout : no such scenario, or a team or quarter that is not in the balance
    """
    if van not in stand.scenarios:
        raise BesluitFout(f"Er is geen scenario '{van}'.")
    scenario = stand.scenarios[van]
    later = int(stand.waarde("capaciteit", "schuif_kwartalen"))
    reeks = stand.werk.kwartalen_in(scenario)
    if kwartaal not in reeks:
        raise BesluitFout(f"Kies een kwartaal van {reeks[0]} tot en met {reeks[-1]}.")
    p = _Puzzel.maak(stand, scenario, team, kwartaal, later)
    if p.tekort(p.saldo)[p.cel] == 0:
        return []
    losse = [_schuif(stand, p, {a: n}, scenario) for a in p.activiteiten for n in range(1, later + 1)]
    uit = sorted((v for v in losse if round(v.vrij_uren) > 0), key=_rang(p))
    beste: dict[str, Voorstel] = {}
    for v in uit:  # of every activiteit its best shift only
        beste.setdefault(next(iter(v.activiteiten)), v)
    uit = list(beste.values())
    if (samen := _samen(p, later)) is not None:
        uit.append(_schuif(stand, p, samen, scenario))
    huur = _inhuur(stand, p, scenario)
    uit = sorted([*uit, *huur], key=_rang(p))
    kop = uit[:hoogstens]
    return kop if not huur or huur[0] in kop else [*kop[:-1], huur[0]]


def voor_grootste_tekort(stand: Stand, van: str = BASIS) -> list[Voorstel]:
    """`oplossingen` for the team and quarter that are short most; empty when nobody is short."""
    if van not in stand.scenarios:
        raise BesluitFout(f"Er is geen scenario '{van}'.")
    tabel = stand.werk.capaciteit_in(stand.scenarios[van]).tabel
    kort = tabel[tabel["stand"] == "fout"]
    return [] if kort.empty else oplossingen(stand, *kort["saldo_uren"].idxmin(), van)


@dataclass(frozen=True)
class _Puzzel:
    """A shortage as numbers: saldo (t, q), and per activiteit that asks hours there (with its place) what it asks
    (n, t, q), as it stands and with what was refused (asked again when it moves), and what is promised (n,)."""

    activiteiten: Mapping[str, int]
    saldo: np.ndarray
    vraag: np.ndarray
    alles: np.ndarray
    toegezegd: np.ndarray
    cel: tuple[int, int]
    team: str
    kwartaal: str
    marge: float

    @classmethod
    def maak(cls, stand: Stand, scenario: Scenario, team: str, kwartaal: str, later: int) -> _Puzzel:
        reeks = stand.werk.kwartalen_in(scenario)
        eind = kwartaal_regels.uit_volgnummer(kwartaal_regels.volgnummer(reeks[-1]) + later)
        reeks = kwartaal_regels.reeks(reeks[0], eind)
        saldo = stand.werk.capaciteit_in(scenario, reeks).tabel["saldo_uren"].unstack("kwartaal")[reeks]
        if team not in saldo.index:
            raise BesluitFout(f"Team '{team}' staat niet in de formatie, en er is niets aan gevraagd.")
        inzet = stand.werk.vraag_in(scenario)
        telt = inzet["status"] != AFGEWEZEN
        anders = {*scenario.over(Soort.KRIMP), *scenario.over(Soort.STOP)}
        hier = telt & (inzet["team"] == team) & (inzet["kwartaal"] == kwartaal) & ~inzet["activiteit"].isin(anders)
        namen = sorted(set(inzet.loc[hier, "activiteit"]))
        deel = inzet[inzet["activiteit"].isin(namen)]
        saldo = saldo.reindex(saldo.index.union(deel["team"].unique(), sort=False)).fillna(0.0)
        assen = [pd.Index(a).get_indexer(deel[k]) for a, k in (
            (namen, "activiteit"), (saldo.index, "team"), (reeks, "kwartaal"))]  # fmt: skip
        vraag, alles = (np.zeros((len(namen), *saldo.shape)) for _ in range(2))
        uren, live = deel["uren_gevraagd"].fillna(0.0).to_numpy(float), telt[deel.index].to_numpy()
        np.add.at(vraag, tuple(a[live] for a in assen), uren[live])
        np.add.at(alles, tuple(assen), uren)
        beloofd = deel["uren_toegezegd"].where(telt[deel.index], 0.0).groupby(deel["activiteit"]).sum()
        nummer = {naam: i for i, naam in enumerate(namen)}
        cel = (saldo.index.get_loc(team), reeks.index(kwartaal))
        beloofd = beloofd.reindex(namen).to_numpy(float)
        marge = stand.werk.normen.marge_uren
        return cls(nummer, saldo.to_numpy(), vraag, alles, beloofd, cel, team, kwartaal, marge)

    def na(self, verschuif: Mapping[str, int]) -> np.ndarray:
        """Saldo (t, q) when these activiteiten are that many quarters later."""
        uit = self.saldo.copy()
        for naam, n in verschuif.items():
            i = self.activiteiten[naam]
            uit += self.vraag[i]
            uit[:, n:] -= self.alles[i][:, : uit.shape[1] - n]
        return uit

    def tekort(self, saldo: np.ndarray) -> np.ndarray:
        """Hours short, where it is more than rounding."""
        return np.where(saldo < -self.marge, -saldo, 0.0)

    def elders(self, saldo: np.ndarray) -> float:
        """Hours of shortage that come with it in other teams and quarters."""
        erbij = np.clip(self.tekort(saldo) - self.tekort(self.saldo), 0.0, None)
        erbij[self.cel] = 0.0
        return float(erbij.sum())


def _rang(p: _Puzzel):
    def sleutel(v: Voorstel) -> tuple:
        lost_op = v.tekort_uren == 0
        return (
            _verplaatst(p, v.tekort_uren, v.elders_uren), not lost_op, v.elders_uren > p.marge, v.kosten_eur,
            v.vervallen_uren > 0, v.elders_uren, len(v.activiteiten), v.tekort_uren, v.vervallen_uren,
            sum(v.activiteiten.values()), *v.activiteiten,
        )  # fmt: skip

    return sleutel


def _verplaatst(p: _Puzzel, tekort: float, elders: float) -> bool:
    """Whether at least as much shortage comes elsewhere as goes away here."""
    return elders > p.marge and elders >= p.tekort(p.saldo)[p.cel] - tekort - p.marge


def _schuif(stand: Stand, p: _Puzzel, verschuif: Mapping[str, int], scenario: Scenario) -> Voorstel:
    na = p.na(verschuif)
    eerder = scenario.over(Soort.SCHUIF)
    keuzes: Keuzes = {}
    for naam, n in verschuif.items():
        keuzes |= schuif(naam, n + int(eerder.get(naam, {"kwartalen": 0})["kwartalen"]))
    vervalt = float(sum(p.toegezegd[p.activiteiten[a]] for a in verschuif))
    vrij = float(na[p.cel] - p.saldo[p.cel])
    tekort, elders = float(p.tekort(na)[p.cel]), p.elders(na)
    titels = stand.tabel("activiteiten")["titel"]
    wat = "; ".join(
        f"{a} {notatie.kort(titels.get(a, ''), 50)}".rstrip()
        + f" {notatie.aantal(n, 'kwartaal', 'kwartalen')} later"
        for a, n in verschuif.items()
    )
    zin = f"Leg {wat}: {_gevolg(p, vrij, tekort, elders, vervalt)}"
    if _verplaatst(p, tekort, elders):
        zin = f"Verplaatst het tekort: elders komt er {notatie.uren(elders)} tekort bij. {zin}"
    soort = "schuif" if len(verschuif) == 1 else "samen"
    return Voorstel(soort, keuzes, dict(verschuif), vrij, tekort, elders, vervalt, 0.0, 0.0, zin)


def _gevolg(p: _Puzzel, vrij: float, tekort: float, elders: float, vervalt: float) -> str:
    delen = [f"dat geeft {notatie.uren(vrij)}"]
    delen += ["het tekort is dan weg"] if tekort == 0 else [f"er blijft {notatie.uren(tekort)} tekort"]
    zin = " en ".join(delen) + "."
    if round(vervalt):
        zin += f" Er vervalt {notatie.uren(vervalt)} toezegging."
    if elders > p.marge and not _verplaatst(p, tekort, elders):
        zin += f" Elders komt er {notatie.uren(elders)} tekort bij."
    return zin


def _samen(p: _Puzzel, later: int) -> dict[str, int] | None:
    """Several activiteiten later that solve it together, greedily by what adds least elsewhere and frees most.

    None when one is enough, or when they cannot.
    """
    gekozen: dict[str, int] = {}
    while len(gekozen) < _SAMEN_HOOGSTENS:
        nu = p.na(gekozen)
        if p.tekort(nu)[p.cel] == 0:
            return gekozen if len(gekozen) > 1 else None
        kandidaten = []
        for naam, i in p.activiteiten.items():
            for n in range(1, later + 1) if naam not in gekozen else ():
                na = p.na(gekozen | {naam: n})
                winst = na[p.cel] - nu[p.cel]
                if winst > p.marge:
                    nuttig = min(winst, -nu[p.cel])
                    kandidaten.append((p.toegezegd[i] > 0, p.elders(na) - nuttig, n, naam))
        if not kandidaten:
            return None
        *_, n, naam = min(kandidaten)
        gekozen[naam] = n
    return gekozen if p.tekort(p.na(gekozen))[p.cel] == 0 else None


def _inhuur(stand: Stand, p: _Puzzel, scenario: Scenario) -> list[Voorstel]:
    """Hire for the whole shortage, on top of what is hired already; nothing for a team outside the formatie."""
    if p.team not in stand.tabel("teams").index:
        return []
    tekort = float(-p.saldo[p.cel])
    nodig = float(math.ceil(tekort))
    nu = scenario.over(Soort.INHUUR).get(p.team)
    vanaf = min(p.kwartaal, str(nu["vanaf"])) if nu else p.kwartaal
    tot = max(p.kwartaal, str(nu["tot"])) if nu else p.kwartaal
    al = float(nu["uren"]) if nu else 0.0
    hier = al if nu and nu["vanaf"] <= p.kwartaal <= nu["tot"] else 0.0
    uren = max(al, hier + nodig)
    was = al * len(kwartaal_regels.reeks(str(nu["vanaf"]), str(nu["tot"]))) if nu else 0.0
    erbij = uren * len(kwartaal_regels.reeks(vanaf, tot)) - was
    kosten = erbij * float(stand.waarde("capaciteit", "inhuur_tarief_eur"))
    meer = "" if not nu else f" (de inhuur wordt {notatie.uren(uren)} per kwartaal van {vanaf} tot en met {tot})"
    if notatie.uren(nodig) != notatie.uren(tekort):
        meer += f" ({notatie.getal(tekort, 1)} naar boven afgerond)"
    zin = f"Huur {notatie.uren(erbij)} in{meer}: het tekort is dan weg en dat kost {notatie.euro(kosten)}."
    vrij = uren - hier
    return [Voorstel("inhuur", inhuur(p.team, uren, vanaf, tot), {}, vrij, 0.0, 0.0, 0.0, erbij, kosten, zin)]
