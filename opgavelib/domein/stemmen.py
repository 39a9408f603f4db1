"""The top-5 of every council member as votes: Borda, the method of equal shares, and what of your five is in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from opgavelib import notatie
from opgavelib.fouten import WegingFout

HOOGSTE_RANG = 5
NUTTEN = ("punten", "instemming")
GEKOCHT, AANGEVULD = "gelijke delen", "aangevuld op punten"


@dataclass(frozen=True)
class GelijkeDelen:
    """What council members chose with an equal share of the places or the budget each.

    Attributes
    ----------
    tabel : DataFrame, index item in the order chosen; manier (`GEKOCHT` or `AANGEVULD`), kosten, leden (number that
        voted for it), punten
    betaald : DataFrame (item x collegelid), who paid what, in places or euros; rows of `GEKOCHT` add up to kosten
    over : Series (collegelid), what is left of each share
    toelichting : sentences for the memo
    parameters : everything needed to repeat it
    """

    tabel: pd.DataFrame
    betaald: pd.DataFrame
    over: pd.Series
    toelichting: str
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class DekkingCollegeleden:
    """What of everybody's votes is on the shortlist.

    Attributes
    ----------
    tabel : DataFrame, index collegelid; van (votes), in (votes whose item was chosen), items_in, items_uit (tuples,
        in order of rang; None for a vote that ended nowhere), zin
    toelichting : sentence per council member
    """

    tabel: pd.DataFrame
    toelichting: str


def borda(stemmen: pd.DataFrame, hoogste_rang: int = HOOGSTE_RANG) -> pd.DataFrame:
    """Points per item: `hoogste_rang` for a first place down to 1 for the last.

    Two votes of one member that ended in one item both count, so that merging rows loses no points. A vote without
    item counts nowhere.

    Parameters
    ----------
    stemmen : DataFrame with collegelid, rang (1 is the most important), item (leading row or opgave; or missing)

    Returns
    -------
    DataFrame, index item, most points first; punten, leden (how many members), stemmen, rang (equals share one)

    Raises
    ------
    WegingFout : a rang outside 1 - `hoogste_rang`, or a member with two items at the same rang
    """
    telling = _telling(stemmen, hoogste_rang)
    regels = [(item, sum(p.values()), len(p)) for item, p in telling.items()]
    tabel = pd.DataFrame(regels, columns=["item", "punten", "leden"]).astype({"punten": int, "leden": int})
    tabel["stemmen"] = tabel["item"].map(stemmen["item"].value_counts()).astype(int)
    tabel = tabel.sort_values(["punten", "leden", "item"], ascending=[False, False, True]).set_index("item")
    tabel["rang"] = tabel["punten"].rank(method="min", ascending=False).astype(int)
    return tabel


def gelijke_delen(
    stemmen: pd.DataFrame,
    plaatsen: int | None,
    kosten: Mapping[str, float] | None = None,
    *,
    budget_eur: float | None = None,
    nut: str = "punten",
    aanvullen: bool = True,
    hoogste_rang: int = HOOGSTE_RANG,
) -> GelijkeDelen:
    """Method of equal shares: every member gets the same share and pays only for what they voted for.

    In each round the item is bought that its voters can pay at the lowest price per unit of use; who cannot pay
    that in full pays what is left. Fractions keep it exact. Equal prices: most points, then most members, then
    the code of the item. Completion: places or money that nobody can spend alone go to the items with most points
    that still fit; nobody pays for those.

    Parameters
    ----------
    stemmen : as in `borda`
    plaatsen : most items; without `kosten` this is what is divided, a place each. None: only with `budget_eur`
    kosten : whole euros per item; an item without costs cannot be bought
    budget_eur : with `kosten`, what is divided
    nut : ``punten``: use is Borda points; ``instemming``: every vote is worth as much
    aanvullen : whether to complete

    Raises
    ------
    WegingFout : votes as in `borda`, an unknown nut, no places or budget, or costs that are not above 0

    Notes
    -----
    With ``instemming`` and without costs: a group of k of n members that all voted for the same items gets at least
    floor(k / n * plaatsen) of these (extended justified representation).

    References
    ----------
    Peters and Skowron, Proportionality and the limits of welfarism (EC 2020); Peters, Pierczynski and Skowron,
    Proportional participatory budgeting with additive utilities (NeurIPS 2021).
    """
    if nut not in NUTTEN:
        raise WegingFout(f"Nut '{nut}' bestaat niet. Kies uit: {', '.join(NUTTEN)}.")
    punten = _telling(stemmen, hoogste_rang)
    leden = sorted(set(stemmen["collegelid"]))
    prijs, geld = _prijzen(punten, plaatsen, kosten, budget_eur)
    beurs = {lid: geld / len(leden) for lid in leden}
    waarde = punten if nut == "punten" else {item: dict.fromkeys(p, 1) for item, p in punten.items()}
    voorkeur = {item: (-sum(p.values()), -len(p), item) for item, p in punten.items()}
    betaald = _koop({i: waarde[i] for i in prijs}, prijs, beurs, voorkeur, plaatsen)
    gekocht = len(betaald)
    if aanvullen:
        _vul_aan(betaald, sorted(prijs.keys() - betaald.keys(), key=voorkeur.get), prijs, geld, plaatsen)
    tabel = pd.DataFrame(
        {
            "manier": [GEKOCHT] * gekocht + [AANGEVULD] * (len(betaald) - gekocht),
            "kosten": [float(prijs[i]) for i in betaald],
            "leden": [len(punten[i]) for i in betaald],
            "punten": [sum(punten[i].values()) for i in betaald],
        },
        index=pd.Index(list(betaald), name="item", dtype=object),
    )
    wie_wat = [[float(betaald[i].get(lid, 0)) for lid in leden] for i in betaald]
    parameters = {
        "plaatsen": plaatsen, "budget_eur": budget_eur, "nut": nut, "aanvullen": aanvullen,
        "hoogste_rang": hoogste_rang,
        "aanvulling": "Wat niemand alleen kan betalen, gaat naar de ambities met de meeste punten die nog passen."
        if aanvullen else "Wat niemand alleen kan betalen, blijft over.",
    }  # fmt: skip
    return GelijkeDelen(
        tabel,
        pd.DataFrame(wie_wat, index=tabel.index, columns=pd.Index(leden, name="collegelid"), dtype=float),
        pd.Series({lid: float(b) for lid, b in beurs.items()}, name="over", dtype=float).rename_axis("collegelid"),
        _delen_zin(tabel, len(leden), geld, kosten is not None),
        parameters,
    )


def dekking_collegeleden(stemmen: pd.DataFrame, gekozen: Collection) -> DekkingCollegeleden:
    """What of the votes of every member ended in an item that was chosen.

    Parameters
    ----------
    stemmen : DataFrame with collegelid, rang, item (missing: the vote ended nowhere, and is not in)
    gekozen : items on the shortlist
    """
    gekozen = set(gekozen)
    per_lid: dict[str, list] = {}
    for lid, _, item in _op_volgorde(stemmen):
        per_lid.setdefault(lid, []).append(item)
    regels = []
    for lid in sorted(per_lid):
        items = per_lid[lid]
        erin = [i for i in items if i is not None and i in gekozen]
        eruit = [i for i in items if i is None or i not in gekozen]
        zin = f"van {lid} {'staat' if len(erin) == 1 else 'staan'} {len(erin)} van de {len(items)} op de shortlist"
        regels.append((lid, len(items), len(erin), tuple(dict.fromkeys(erin)), tuple(eruit), zin))
    tabel = pd.DataFrame(regels, columns=["collegelid", "van", "in", "items_in", "items_uit", "zin"])
    if tabel.empty:
        return DekkingCollegeleden(
            tabel.set_index("collegelid"), "Er is nog geen top-5 van een collegelid gelezen."
        )
    kort = [z if i == 0 else z.replace(" op de shortlist", "") for i, z in enumerate(tabel["zin"])]
    tekst = "; ".join(kort)
    return DekkingCollegeleden(tabel.set_index("collegelid"), f"{tekst[0].upper()}{tekst[1:]}.")


def _op_volgorde(stemmen: pd.DataFrame) -> Iterable[tuple]:
    """Votes as (collegelid, rang, item or None), in an order that does not depend on that of the rows."""
    items = [None if pd.isna(i) else i for i in stemmen["item"]]
    rijen = zip(stemmen["collegelid"], stemmen["rang"].astype(int), items, strict=True)
    return sorted(rijen, key=lambda r: (str(r[0]), r[1], str(r[2])))


def _telling(stemmen: pd.DataFrame, hoogste_rang: int) -> dict[str, dict[str, int]]:
    """Points per item per member, items in a fixed order."""
    rang = stemmen["rang"]
    if rang.isna().any() or (rang != rang.round()).any() or not rang.between(1, hoogste_rang).all():
        raise WegingFout(f"Elke stem heeft een plaats van 1 tot {hoogste_rang}. Pas de top-{hoogste_rang} aan.")
    if stemmen.duplicated(["collegelid", "rang"]).any():
        raise WegingFout("Een collegelid heeft twee stemmen op dezelfde plaats. Geef elke stem een eigen plaats.")
    telling: dict[str, dict[str, int]] = {}
    for lid, plaats, item in _op_volgorde(stemmen):
        if item is not None:
            bij = telling.setdefault(item, {})
            bij[lid] = bij.get(lid, 0) + hoogste_rang + 1 - plaats
    return dict(sorted(telling.items(), key=lambda p: str(p[0])))


def _prijzen(
    punten: Mapping[str, object], plaatsen: int | None, kosten: Mapping[str, float] | None, budget_eur: float | None
) -> tuple[dict[str, Fraction], Fraction]:
    """Price per item, and what there is to divide."""
    if kosten is None:
        if not plaatsen or plaatsen < 1:
            raise WegingFout("Geef op hoeveel plaatsen er te verdelen zijn, minstens 1.")
        return dict.fromkeys(punten, Fraction(1)), Fraction(plaatsen)
    if not budget_eur or budget_eur <= 0:
        raise WegingFout("Geef bij kosten ook het budget dat te verdelen is.")
    prijs = {i: Fraction(float(kosten[i])) for i in punten if i in kosten and not pd.isna(kosten[i])}
    if any(p <= 0 for p in prijs.values()):
        raise WegingFout("De kosten van een item liggen boven € 0. Vul ze aan of laat ze leeg.")
    return prijs, Fraction(float(budget_eur))


def _koop(
    waarde: Mapping[str, Mapping[str, int]],
    prijs: Mapping[str, Fraction],
    beurs: dict[str, Fraction],
    voorkeur: Mapping[str, tuple],
    plaatsen: int | None,
) -> dict[str, dict[str, Fraction]]:
    """Buy round by round; `beurs` becomes what is left. Returns who paid what per item, in the order bought."""
    betaald: dict[str, dict[str, Fraction]] = {}
    # A price only rises as purses empty, so an old price is a lower bound and most items need no new one.
    ondergrens = {item: Fraction(0) for item in waarde}
    while plaatsen is None or len(betaald) < plaatsen:
        beste: tuple | None = None
        for item in sorted(ondergrens, key=lambda i: (ondergrens[i], voorkeur[i])):
            if beste is not None and ondergrens[item] > beste[0]:
                break
            per_nut = _prijs_per_nut(waarde[item], prijs[item], beurs)
            if per_nut is None:
                del ondergrens[item]
                continue
            ondergrens[item] = per_nut
            if beste is None or (per_nut, voorkeur[item]) < beste[:2]:
                beste = (per_nut, voorkeur[item], item)
        if beste is None:
            return betaald
        per_nut, _, item = beste
        del ondergrens[item]
        deel = {lid: min(beurs[lid], per_nut * nut) for lid, nut in waarde[item].items()}
        for lid, bedrag in deel.items():
            beurs[lid] -= bedrag
        betaald[item] = {lid: bedrag for lid, bedrag in deel.items() if bedrag}
    return betaald


def _vul_aan(
    betaald: dict[str, dict[str, Fraction]], rij: list[str], prijs: Mapping[str, Fraction], geld: Fraction,
    plaatsen: int | None,
) -> None:  # fmt: skip
    """Add what still fits, in the order of `rij`, without anybody paying."""
    over = geld - sum(prijs[i] for i in betaald)
    for item in rij:
        if prijs[item] <= over and (plaatsen is None or len(betaald) < plaatsen):
            betaald[item] = {}
            over -= prijs[item]


def _prijs_per_nut(nut: Mapping[str, int], prijs: Fraction, beurs: Mapping[str, Fraction]) -> Fraction | None:
    """Lowest rho with sum(min(purse, rho * use)) = price; None when the voters cannot pay it together."""
    rest, totaal = prijs, sum(nut.values())
    if sum(beurs[lid] for lid in nut) < prijs:
        return None
    for lid in sorted(nut, key=lambda lid: (beurs[lid] / nut[lid], lid)):
        if rest * nut[lid] <= beurs[lid] * totaal:
            return rest / totaal
        rest -= beurs[lid]
        totaal -= nut[lid]
    return None


def _delen_zin(tabel: pd.DataFrame, leden: int, geld: Fraction, in_euro: bool) -> str:
    if not leden:
        return "Er is nog geen top-5 van een collegelid gelezen."
    gekocht = int((tabel["manier"] == GEKOCHT).sum())
    aangevuld = len(tabel) - gekocht
    deel = (
        notatie.euro(float(geld / leden))
        if in_euro
        else f"{notatie.getal(float(geld / leden), 2)} {'plaats' if geld == leden else 'plaatsen'}"
    )
    zin = (
        f"Elk van de {leden} collegeleden verdeelde {deel}; samen kozen zij daarmee "
        f"{notatie.aantal(gekocht, 'ambitie', 'ambities')}."
    )
    if aangevuld:
        zin += f" {aangevuld} {'is' if aangevuld == 1 else 'zijn'} aangevuld naar aantal punten."
    return zin
