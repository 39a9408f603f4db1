"""Scores: one below the other with their criterium, or a column per criterium."""

from __future__ import annotations

from opgavelib.fouten import Ernst
from opgavelib.inlezen.getallen import Onleesbaar
from opgavelib.inlezen.koppen import normaliseer
from opgavelib.inlezen.maatstaven import Maatstaven
from opgavelib.inlezen.tabel import Lezing, eis, eis_kolommen, lees_breed, maak_tabel, toon
from opgavelib.inlezen.waarden import vlak
from opgavelib.woordenboek import tabel

_NIETSZEGGEND = frozenset(["blad", "sheet", "scores", "score", "top 5", "top5", "werkblad", "invoer"])


def zegt_niets(blad: str) -> bool:
    """Whether the name of a sheet cannot be that of a person."""
    return vlak(blad).rstrip(" 0123456789") in _NIETSZEGGEND


def lees_scores(lezing: Lezing, *, criteria: Maatstaven, **_) -> tuple[dict, dict]:
    """The table of scores of a sheet, one below the other or a column per criterium, and its columns."""
    kolommen = lezing.kolommen
    if not eis_kolommen(lezing, "ambitie"):
        return {}, kolommen
    eis(lezing, "ambitie", "Welke ambitie dit oordeel betreft, staat er niet.", "Vul de titel of code in.")
    if "beoordelaar" not in kolommen:
        if zegt_niets(lezing.blad.naam):
            lezing.vondst.meld(
                Ernst.LET_OP,
                "Wie het oordeel gaf, staat er niet; de naam van het blad geldt.",
                "Noem het blad naar de beoordelaar, of voeg een kolom 'beoordelaar' toe.",
            )
    else:
        eis(lezing, "beoordelaar", "Wie het oordeel gaf, ontbreekt.")
    if lezing.kop.koppeling.criteria:
        breed, rijen = _smelt(lezing, lezing.blad.naam, criteria)
        return {"scores": maak_tabel("scores", breed, rijen)}, kolommen
    kolommen.setdefault("beoordelaar", [lezing.blad.naam] * len(lezing.rijen))
    if not eis_kolommen(lezing, "criterium", "score"):
        return {}, kolommen
    _keur(lezing, criteria)
    return {"scores": maak_tabel("scores", kolommen, lezing.rijen)}, kolommen


def _keur(lezing: Lezing, criteria: Maatstaven) -> None:
    """Criteria by their code, and scores on the scale of their criterium."""
    namen, scores = lezing.kolommen["criterium"], lezing.kolommen["score"]
    kolom, vondst = lezing.kop.koppeling.naar["score"], lezing.vondst
    kop, onleesbaar = lezing.kopnaam("score"), vondst.foute_rijen_van(lezing.kopnaam("score"))
    for i, (rij, naam) in enumerate(zip(lezing.rijen, namen, strict=True)):
        namen[i] = code = criteria.get(normaliseer(naam)) if naam else None
        if code is None:
            wat = f"{toon(naam, tabel('scores')['criterium'])} is geen criterium." if naam else (
                "Het criterium ontbreekt."
            )  # fmt: skip
            vondst.fout_in_rij("criterium", lezing.kopnaam("criterium"), rij, wat, f"Kies uit: {criteria.keuze}.")
        if scores[i] is None and rij not in onleesbaar:
            vondst.fout_in_rij("leeg score", kop, rij, "De score ontbreekt.", criteria.vraag(code))
        elif scores[i] is not None and code is not None:
            try:
                scores[i], _ = criteria.lezer(code)(scores[i], "")
            except Onleesbaar as fout:
                waarde = toon(lezing.cel(rij, kolom), tabel("scores")["score"])
                vondst.fout_in_rij(fout.probleem, kop, rij, fout.probleem.replace("{waarde}", waarde), fout.doe)


def _smelt(lezing: Lezing, beoordelaar: str, criteria: Maatstaven) -> tuple[dict[str, list], list[int]]:
    """A wide sheet of criteria as rows of scores: one per filled cell."""
    wie = lezing.kolommen.get("beoordelaar") or [beoordelaar] * len(lezing.rijen)
    cellen = []
    for plaats, (kolom, criterium) in enumerate(
        sorted(lezing.kop.koppeling.criteria.items(), key=lambda kv: kv[1])
    ):
        waarden = lees_breed(lezing, kolom, criteria.lezer(criterium), tabel("scores")["score"])
        cellen += [(i, plaats, criterium, w) for i, w in enumerate(waarden) if w is not None]
    cellen.sort()
    uit = {
        "ambitie": [lezing.kolommen["ambitie"][i] for i, *_ in cellen],
        "criterium": [c for _, _, c, _ in cellen],
        "beoordelaar": [wie[i] for i, *_ in cellen],
        "score": [s for *_, s in cellen],
    }
    return uit, [lezing.rijen[i] for i, *_ in cellen]
