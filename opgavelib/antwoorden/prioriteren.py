"""What to choose: the shortlist down the ranking or the best one, why not another, how robust it is."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.antwoorden.vorm import Antwoord, fout_json, kolommen, records
from opgavelib.fouten import BesluitFout

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from opgavelib.domein.scenario import Scenario
    from opgavelib.domein.stevigheid import Stevigheid
    from opgavelib.toepassing import Stand
    from opgavelib.toepassing.kiezen import Keuze
    from opgavelib.toepassing.scenario_besluit import Besluit

RANG = ("ambitie", "titel", "score", "rang", "gekozen", "reden")
_TITEL = 60


def shortlist(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Ranking, cut-off line, and why the rest is out; or the best shortlist, phased in time."""
    if args.waarom:
        return _waarom(stand, args)
    return _beste(stand, args) if args.keuze == "beste" else _volgorde(stand, args)


def _volgorde(stand: Stand, args: argparse.Namespace) -> Antwoord:
    uitkomst = stand.shortlist(methode=args.methode, opgaven=args.opgaven, budget_eur=args.budget)
    tabel, toelichting, parameters = uitkomst.tabel, uitkomst.toelichting, dict(uitkomst.parameters)
    velden, kop = RANG, ("", "Rang", "Score", "Ambitie", "Titel", "Waarom")
    if args.kans:
        from opgavelib.toepassing.rangorde import stevigheid
        from opgavelib.toepassing.uitvoerder import uitvoerder

        with uitvoerder() as executor:
            stevig = stevigheid(stand, opgaven=args.opgaven, executor=executor)
        tabel = tabel.join(stevig.tabel["kans"])
        kans_zin = _zin_kans(stevig, set(uitkomst.gekozen.index))
        toelichting = f"{toelichting} {kans_zin}"
        parameters["kans"] = dict(stevig.parameters) | {"toelichting": kans_zin}
        velden, kop = (*RANG[:-1], "kans", "reden"), (*kop[:-1], f"Kans top {stevig.parameters['top_n']}", "Waarom")
    rang = _rang(records(tabel, velden))
    regels = [
        (*_begin(r), *([_kans(r["kans"])] if args.kans else []), r["reden"])
        for r in tabel.reset_index().to_dict("records")
    ]
    document = {"rang": rang, "toelichting": toelichting, "parameters": parameters}
    rechts = (False, True, True, False, False, *([True] if args.kans else []), False)
    return document, [toelichting, "", *kolommen([kop, *regels], rechts)]


def _zin_kans(stevig: Stevigheid, gekozen: set[str]) -> str:
    """Of what the chance is, and how firm it is: it knows scores, and no budget, hours or what people fixed."""
    top_n, tabel = stevig.parameters["top_n"], stevig.tabel
    zin = f"Kans is de kans om in de top {top_n} op score te staan."
    top = tabel[tabel["boven"]]
    if set(top.index) == gekozen:
        return f"{zin} {stevig.toelichting}"
    vanaf = notatie.procent(stevig.parameters["stevig_vanaf"], 0)
    vast = int(top["stevig"].sum())
    return (
        f"{zin} Deze shortlist is een andere: daarin tellen ook budget, uren en wat met de hand is vastgezet. "
        f"Van de top {top_n} op score {'staat' if vast <= 1 else 'staan'} er {vast or 'geen'} stevig: in minstens "
        f"{vanaf} van de gevallen blijven zij in die top."
    )


def _rang(rijen: list[dict]) -> list[dict]:
    return [r | {"rang": None if r["rang"] is None else int(r["rang"])} for r in rijen]


def _begin(r: dict) -> tuple[str, ...]:
    """Mark, rank, score, key and title of a row, as text."""
    return (
        "●" if r["gekozen"] else "",
        "–" if math.isnan(r["rang"]) else str(int(r["rang"])),
        "–" if math.isnan(r["score"]) else notatie.getal(r["score"], 1, vast=True),
        r["ambitie"],
        notatie.kort(r["titel"], _TITEL),
    )


def _kans(kans: float) -> str:
    from opgavelib.domein.stevigheid import kans_tekst

    return "–" if math.isnan(kans) else kans_tekst(kans)


# -- the best shortlist ---------------------------------------------------------------------------------


def _scenario(stand: Stand, code: str | None) -> Scenario:
    from opgavelib.domein.scenario import BASIS
    from opgavelib.toepassing.scenario import scenario as een

    return een(stand, code or BASIS)


def _besluit(stand: Stand, args: argparse.Namespace) -> Besluit | None:
    """The decision that was asked for; None when the scenario is open.

    Raises
    ------
    BesluitFout : it is decided, and other limits are given with it
    """
    from opgavelib.toepassing import scenario_besluit

    besluit = scenario_besluit.besluit(stand, _scenario(stand, args.scenario).code)
    if besluit is not None and (args.opgaven is not None or args.budget is not None):
        raise BesluitFout(
            f"{args.scenario} is vastgesteld; daar horen geen andere grenzen bij.\n"
            "   Doe: laat --opgaven en --budget weg, of maak een kopie op de pagina Prioriteren."
        )
    return besluit


def _kies(stand: Stand, args: argparse.Namespace, besluit: Besluit | None) -> Keuze:
    """The best shortlist that was asked for; of a decided scenario what was decided.

    Raises
    ------
    BesluitFout : the demands clash
    """
    from opgavelib.toepassing import kiezen, vastgesteld
    from opgavelib.toepassing.robuust import eis_antwoord

    if besluit is not None:
        return vastgesteld.keuze(besluit)
    keuze = kiezen.kies(stand, _scenario(stand, args.scenario), opgaven=args.opgaven, budget_eur=args.budget)
    eis_antwoord(keuze.vraagstuk, keuze.oplossing, keuze.tabel["titel"].to_dict())
    return keuze


def _vast(besluit: Besluit | None) -> tuple[dict, list[str]]:
    """Who decided, when and where: for the JSON document, and as lines of text."""
    from opgavelib.toepassing import vastgesteld

    if besluit is None:
        return {"vastgesteld": None}, []
    wie = {"wie": besluit.wie, "moment": besluit.moment.isoformat(timespec="seconds"), "reden": besluit.reden}
    return {"vastgesteld": wie}, [vastgesteld.zin(besluit)]


def _beste(stand: Stand, args: argparse.Namespace) -> Antwoord:
    besluit = _besluit(stand, args)
    keuze = _kies(stand, args, besluit)
    rijen = records(keuze.tabel, (*RANG[:-1], "start_kwartaal", "eind_kwartaal", "vast", "reden"))
    # What nobody judged cannot be weighed, and is named all the same.
    leeg = dict.fromkeys(("score", "rang", "start_kwartaal", "eind_kwartaal"))
    over = stand.kandidaten.loc[~stand.kandidaten.index.isin(keuze.tabel.index), "titel"]
    over = over if besluit is None else over.head(0)  # what came later was no part of the decision
    rijen += [
        {"ambitie": a, "titel": t, **leeg, "gekozen": False, "vast": "", "reden": "nog niet beoordeeld"}
        for a, t in over.items()
    ]
    wie, zinnen = _vast(besluit)
    document = {"rang": _rang(rijen), "toelichting": keuze.toelichting, **wie, "parameters": dict(keuze.parameters)}
    kop = ("", "Rang", "Score", "Ambitie", "Titel", "Van", "Tot", "Waarom")
    regels = [
        (*_begin(r | {k: math.nan if r[k] is None else r[k] for k in ("rang", "score")}),
         r["start_kwartaal"] or "", r["eind_kwartaal"] or "", r["reden"])
        for r in rijen
    ]  # fmt: skip
    uit = kolommen([kop, *regels], (False, True, True, *[False] * 5))
    return document, [keuze.toelichting, *zinnen, "", *uit]


def _waarom(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Why one ambitie is not on the best shortlist, and what must give to let it in."""
    from opgavelib.toepassing import zoeken
    from opgavelib.toepassing.robuust import namen

    besluit, a = _besluit(stand, args), args.waarom
    keuze = _kies(stand, args, besluit)
    if besluit is not None and a in stand.ambities.index and a not in keuze.tabel.index:
        raise BesluitFout(f"{a} deed niet mee toen {args.scenario} is vastgesteld.")
    _eis_kandidaat(stand, keuze, a)
    rij = keuze.tabel.loc[a]
    document = {"ambitie": a, "titel": rij["titel"], "gekozen": bool(rij["gekozen"]), "reden": rij["reden"]}
    if rij["gekozen"]:
        zinnen = [_zin(rij["reden"])]
        document |= {"zinnen": zinnen}
    else:
        w = zoeken.waarom(keuze.vraagstuk, keuze.oplossing, a, namen(keuze.tabel["titel"].to_dict()))
        zinnen = [_zin(rij["reden"]), *map(_zin, w["zinnen"])]
        verlies = None if w["verlies"] is None else round(w["verlies"], 2)
        document |= {"zinnen": zinnen, "verlies": verlies}
        document |= {naam: w[naam] for naam in ("valt_af", "komt_erbij", "kan")}
    wie, besloten = _vast(besluit)
    document |= wie | {"parameters": dict(keuze.parameters)}
    return document, [f"{a}  {rij['titel']}", *(f"  {z}" for z in [*zinnen, *besloten])]


def _zin(tekst: str) -> str:
    return f"{tekst[0].upper()}{tekst[1:]}."


def _eis_kandidaat(stand: Stand, keuze: Keuze, a: str) -> None:
    if a in keuze.tabel.index:
        return
    if a in stand.kandidaten.index:
        raise BesluitFout(f"{a} is nog niet beoordeeld en telt daarom niet mee.\n   Doe: lees er scores voor in.")
    if a in stand.ambities.index:
        r = stand.ambities.loc[a]
        waarheen = f" met {r['naar']}" if r["bestemming"] == "samengevoegd" else ""
        raise BesluitFout(
            f"{a} is geen kandidaat: "
            + ("staat niet meer in het bestand." if r["vervallen"] else f"{r['bestemming']}{waarheen}.")
        )
    raise BesluitFout(f"Er is geen ambitie '{a}'.\n   Doe: zoek de code met: opgave trace --zoek TEKST")


# -- how robust -----------------------------------------------------------------------------------------


def robuust(
    stand: Stand, args: argparse.Namespace, executor: Executor, bij_voortgang: Callable[[int, int], object]
) -> Antwoord:
    """In which share of the best shortlists every ambitie is."""
    from opgavelib.toepassing.robuust import robuust as bereken

    uitkomst = bereken(
        stand, _scenario(stand, args.scenario), trekkingen=args.trekkingen, zaad=args.zaad, opgaven=args.opgaven,
        budget_eur=args.budget, executor=executor, bij_voortgang=bij_voortgang,
    )  # fmt: skip
    document = {
        "trekkingen": uitkomst.trekkingen,
        "zaad": args.zaad,
        "gelukt": uitkomst.gelukt,
        "bewezen": uitkomst.bewezen,
        "ambities": records(uitkomst.tabel, ("ambitie", "titel", "aandeel", "gekozen", "vast")),
        "toelichting": uitkomst.toelichting,
        "parameters": dict(uitkomst.parameters),
    }
    tabel = uitkomst.tabel[uitkomst.tabel["gekozen"] | (uitkomst.tabel["aandeel"] > 0)]
    regels = [
        (
            "●" if r.gekozen else "",
            _kans(r.aandeel),
            r.Index,
            notatie.kort(r.titel, 80),
            "moet erin" if r.vast else "",
        )
        for r in tabel.itertuples()
    ]
    uit = kolommen([("", "Aandeel", "Ambitie", "Titel", ""), *regels], (False, True, False, False, False))
    nooit = len(uitkomst.tabel) - len(tabel)
    slot = ["", f"{notatie.aantal(nooit, 'andere staat', 'andere staan')} er geen enkele keer op."] if nooit else []
    return document, [uitkomst.toelichting, "", *uit, *slot]


def robuust_samen(antwoorden: Sequence[tuple[str, Antwoord | BesluitFout]]) -> Antwoord:
    """Answers over several werkmappen as one; an error is why there is none."""
    documenten, regels = [], []
    for werkmap, antwoord in antwoorden:
        document, tekst = (fout_json(antwoord), [str(antwoord)]) if isinstance(antwoord, BesluitFout) else antwoord
        documenten.append({"werkmap": werkmap, **document})
        regels += [werkmap, "=" * len(werkmap), *tekst, ""]
    return {"werkmappen": documenten}, regels[:-1]
