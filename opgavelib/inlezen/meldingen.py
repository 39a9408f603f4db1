"""Findings about a whole sheet: how it was understood, and what was left aside."""

from __future__ import annotations

import re

from opgavelib.fouten import Ernst
from opgavelib.inlezen.bevindingen import opsomming, rijen_tekst
from opgavelib.inlezen.getallen import is_leeg
from opgavelib.inlezen.kopregel import kolomletter
from opgavelib.inlezen.tabel import Lezing, losse_kolommen

_LETTER = re.compile(r" \(kolom [A-Z]+\)$")


def eigen_namen(lezing: Lezing) -> dict[str, str]:
    """Own header -> our column, "" when it is not used."""
    k = lezing.kop.koppeling
    ons = {**dict.fromkeys(k.kwartalen, "uren_gevraagd"), **dict.fromkeys(k.criteria, "score"), **k.kolommen}
    return {kop: ons.get(kolom, "") for kolom, kop in lezing.kop.koppen.items()}


def meld_koppeling(lezing: Lezing) -> None:
    """How the headers were understood, and each guess that deserves a look."""
    k = lezing.kop.koppeling
    paren = [f"'{kop}' → {eigen_namen(lezing)[kop]}" for kolom, kop in lezing.kop.koppen.items()
             if kolom in k.kolommen]  # fmt: skip
    if k.kwartalen:
        paren.append(f"{len(k.kwartalen)} kwartaalkolommen → inzet")
    if k.criteria:
        paren.append(f"{len(k.criteria)} criteriumkolommen → scores")
    bekend = {*k.kolommen, *k.kwartalen, *k.criteria}
    over_kolommen = lezing.kop.koppen.keys() - bekend
    over = [kop for kolom, kop in lezing.kop.koppen.items() if kolom in over_kolommen]
    tekst = f"Kop op rij {lezing.kop.rij}, gelezen als {k.opzet.tabel}: {', '.join(paren)}"
    tekst += f"; niet gebruikt: {opsomming(over)}." if over else "."
    lezing.vondst.meld(Ernst.INFO, tekst, "Klopt het niet, wijs de kolom dan zelf aan: EIGEN KOP=KOLOM.")
    for kolom, ons in k.dubbel.items():
        lezing.vondst.meld(
            Ernst.LET_OP,
            f"Voor '{ons}' is al '{lezing.kopnaam(ons)}' gekozen; deze kolom is niet gebruikt.",
            f"Is dit de goede? Wijs hem aan: {lezing.kop.koppen[kolom]}={ons}.",
            kolom=lezing.kop.koppen[kolom],
        )
    for kolom in sorted(over_kolommen - k.dubbel.keys()):
        kaal = _LETTER.sub("", lezing.kop.koppen[kolom])
        if kaal != lezing.kop.koppen[kolom]:
            lezing.vondst.meld(
                Ernst.LET_OP,
                f"De kop '{kaal}' komt vaker voor; deze kolom is niet gebruikt.",
                "Geef elke kolom een eigen kop.",
                kolom=lezing.kop.koppen[kolom],
            )
    for kolom in k.gokken & k.kolommen.keys():
        lezing.vondst.meld(
            Ernst.LET_OP,
            f"De kop is niet herkend en voorzichtig gelezen als '{k.kolommen[kolom]}'.",
            "Controleer dit, of wijs de kolom zelf aan.",
            kolom=lezing.kop.koppen[kolom],
        )
    for factor in sorted(set(lezing.eenheden.values())):
        koppen = opsomming(lezing.kopnaam(ons) for ons, f in lezing.eenheden.items() if f == factor)
        keer = f"{factor:,}".replace(",", ".")
        lezing.vondst.meld(Ernst.INFO, f"Volgens de kop of titel met {keer} vermenigvuldigd: {koppen}.")


def meld_bijzonderheden(lezing: Lezing) -> None:
    """Everything that was left aside or is easily overlooked: nothing is lost silently."""
    blad, vondst, data = lezing.blad, lezing.vondst, set(lezing.rijen)
    if verborgen := sorted(blad.verborgen_rijen & data):
        vondst.meld(Ernst.LET_OP, f"{len(verborgen)} verborgen rijen zijn meegelezen ({rijen_tekst(verborgen)}).",
                    "Verwijder ze als ze niet meedoen.")  # fmt: skip
    if kolommen := sorted(blad.verborgen_kolommen & lezing.kop.koppen.keys()):
        vondst.meld(
            Ernst.LET_OP,
            f"{len(kolommen)} verborgen kolommen zijn meegelezen: "
            f"{opsomming(lezing.kop.koppen[k] for k in kolommen)}.",
            "Verwijder ze als ze niet meedoen.",
        )
    _meld_boven(lezing)
    per_soort: dict[str, list[int]] = {}
    for rij, wat in lezing.indeling.overig:
        per_soort.setdefault(wat, []).append(rij)
    for wat, rijen in per_soort.items():
        vondst.meld(Ernst.LET_OP, f"Geen bronrij maar {wat}: {rijen_tekst(rijen)}.",
                    "Is het wel een rij, vul dan ook de andere kolommen in.")  # fmt: skip
    for kolom, n in losse_kolommen(lezing).items():
        vondst.meld(
            Ernst.LET_OP,
            f"Kolom {kolomletter(kolom)} heeft geen kop en is niet gebruikt, maar is in {n} rijen gevuld.",
            "Geef de kolom een kop.",
        )


def _meld_boven(lezing: Lezing) -> None:
    """Rows above the header: titles, or rows of which nothing was done."""
    rijen = lezing.blad.rijen
    boven = {
        rij: n
        for rij, cellen in rijen.items()
        if rij < lezing.kop.rij and (n := sum(not is_leeg(w) for w in cellen.values()))
    }
    if titels := [rij for rij, n in boven.items() if n == 1]:
        lezing.vondst.meld(Ernst.INFO, f"Boven de kop, gelezen als titel: {rijen_tekst(titels, 20)}.")
    if rest := [rij for rij, n in boven.items() if n > 1]:
        wat = "1 gevulde rij" if len(rest) == 1 else f"{len(rest)} gevulde rijen"
        werkwoord = "staat" if len(rest) == 1 else "staan"
        lezing.vondst.meld(
            Ernst.LET_OP,
            f"Boven de kop {werkwoord} {wat}; niet gelezen: {rijen_tekst(rest, 20)}.",
            "Horen ze bij een tabel, zet die dan op een eigen blad.",
        )
