"""Years and versions of the begroting, with what changed from one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begrippen import Begrotingsrol
from opgavelib.domein.begrotingsversie import Bron, Verschil
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records
from opgavelib.weergave.herkomst import HOOGSTENS

ROLLEN = {
    Begrotingsrol.BEGROTING: "Begroting",
    Begrotingsrol.WIJZIGING: "Wijziging: komt erbij",
    Begrotingsrol.VERVANGT: "Vervangt wat ervoor was",
    Begrotingsrol.TELT_NIET: "Telt niet mee",
}
_GEWOON = "Een gewone begroting; niemand zei iets anders."
BRONNEN = (
    kolom("naam", "Bron", breed=True),
    kolom("jaren", "Jaar"),
    kolom("regels", "Regels", "getal"),
    kolom("lasten_eur", "Lasten", "euro"),
    kolom("rol", "Telt als"),
    kolom("waarom", "Hoe wij dat weten", breed=True),
)
VERSIES = (
    kolom("versie", "Versie", "getal"),
    kolom("naam", "Bron", breed=True),
    kolom("moment", "Gelezen"),
    kolom("wie", "Door", bijzaak=True),
    kolom("lasten_eur", "Lasten", "euro"),
    kolom("verschil_eur", "Verschil met de vorige", "euro"),
    kolom("toelichting", "Wat er veranderde", breed=True),
)
JAREN = (
    kolom("jaar", "Jaar"),
    kolom("lasten_eur", "Lasten", "euro"),
    kolom("verschil_eur", "Verschil met het jaar ervoor", "euro"),
    kolom("lean_eur", "Lean", "euro"),
    kolom("opgave_eur", "Opgave", "euro"),
    kolom("onbekend_eur", "Nog niet bepaald", "euro", bijzaak=True),
    kolom("opgave_aandeel_eur", "Opgave van budget", "aandeel"),
)
PER_REGEL = (
    kolom("omschrijving", "Begrotingsregel", breed=True),
    kolom("taakveld", "Taakveld"),
    kolom("programma", "Programma", bijzaak=True),
    kolom("team", "Team", bijzaak=True),
    kolom("wat", "Wat"),
    kolom("was_eur", "Was", "euro"),
    kolom("wordt_eur", "Wordt", "euro"),
    kolom("verschil_eur", "Verschil", "euro"),
)
PER_TAAKVELD = (
    kolom("taakveld", "Taakveld"),
    kolom("was_eur", "Was", "euro"),
    kolom("wordt_eur", "Wordt", "euro"),
    kolom("verschil_eur", "Verschil", "euro"),
)


def bronnen(lijst: Sequence[Bron], regels: pd.DataFrame) -> Figuur:
    """Every source with budget lines, and as what it counts.

    Parameters
    ----------
    regels : all lines, whether they count or not; bron, jaar, lasten_eur
    """
    if not lijst:
        return leeg("Er is nog geen begroting gelezen. Lees een begroting in.", BRONNEN)
    per = regels.groupby("bron")
    jaren = per["jaar"].unique()
    som, aantal = per["lasten_eur"].sum(), per.size()
    rijen = [
        {"bron": b.bron, "naam": b.naam, "jaren": ", ".join(f"{j:.0f}" for j in sorted(jaren[b.bron]) if j == j),
         "regels": int(aantal[b.bron]), "lasten_eur": float(som[b.bron]), "rol": ROLLEN[b.rol],
         "waarom": "Gekozen in deze werkmap." if b.gezegd else b.zin or _GEWOON}
        for b in lijst
    ]  # fmt: skip
    telt = sum(b.rol != Begrotingsrol.TELT_NIET for b in lijst)
    zin = f"{notatie.aantal(len(lijst), 'bron', 'bronnen')} met begrotingsregels"
    zin += (
        "." if telt == len(lijst) else f", waarvan {telt} meetelt." if telt == 1 else f", waarvan {telt} meetellen."
    )
    return Figuur({}, zin, BRONNEN, rijen)


def versies(rijen: Sequence[Mapping[str, object]]) -> Figuur:
    """The begroting after every time that a source of it was read.

    Parameters
    ----------
    rijen : per version versie, naam, moment, wie, lasten_eur, verschil_eur, toelichting; first to last
    """
    eerste, laatste = rijen[0], rijen[-1]
    verschil = float(laatste["lasten_eur"]) - float(eerste["lasten_eur"])
    hoe = "even groot" if not verschil else f"{notatie.euro(abs(verschil))} {_meer(verschil)} lasten"
    zin = f"{notatie.aantal(len(rijen), 'versie', 'versies')}; van de eerste naar de laatste: {hoe}."
    # Of the first everything is new, which says nothing.
    regels = [dict(eerste) | {"verschil_eur": None, "toelichting": "De eerste."}, *map(dict, rijen[1:])]
    return Figuur({}, zin, VERSIES, regels)


def jaren(meerjaren: pd.DataFrame) -> Figuur:
    """Totals per year, with the difference to the year before."""
    if meerjaren.empty:
        return leeg("Er is nog geen begroting gelezen. Lees een begroting in.", JAREN)
    tabel = meerjaren.assign(verschil_eur=meerjaren["lasten_eur"].diff()).rename_axis("jaar")
    rijen = [r | {"jaar": str(r["jaar"])} for r in records(tabel, JAREN)]
    if len(tabel) == 1:
        zin = f"Er is één begrotingsjaar gelezen: {rijen[0]['jaar']}. Lees een ander jaar in om te vergelijken."
        return Figuur({}, zin, JAREN, rijen)
    eerste, laatste = rijen[0], rijen[-1]
    verschil = float(tabel["lasten_eur"].iloc[-1] - tabel["lasten_eur"].iloc[0])
    hoe = "evenveel als" if not verschil else f"{notatie.euro_kort(abs(verschil))} {_meer(verschil)} dan"
    zin = (
        f"In {laatste['jaar']} zijn de lasten {notatie.euro_kort(float(tabel['lasten_eur'].iloc[-1]))}, {hoe} in "
        f"{eerste['jaar']}."
    )
    return Figuur({}, zin, JAREN, rijen)


def verschil_regels(uit: Verschil) -> Figuur:
    """What changed, line by line, the largest first."""
    orde = uit.regels["verschil_eur"].abs().sort_values(ascending=False, kind="stable").index
    rijen = records(uit.regels.loc[orde[:HOOGSTENS]], PER_REGEL) if len(uit.regels) else []
    if len(rest := uit.regels.loc[orde[HOOGSTENS:]]):
        rijen.append({"omschrijving": f"En nog {notatie.aantal(len(rest), 'regel', 'regels')}"} | _som(rest))
    rijen += [{"omschrijving": "Samen", "_klasse": "totaal"} | _som(uit.regels)] if rijen else []
    return Figuur({}, uit.toelichting, PER_REGEL, rijen)


def verschil_taakvelden(uit: Verschil, namen: Mapping[str, str]) -> Figuur:
    """The same per taakveld, only what differs."""
    anders = uit.taakvelden[uit.taakvelden["verschil_eur"] != 0]
    orde = anders["verschil_eur"].abs().sort_values(ascending=False, kind="stable").index
    rijen = records(anders.loc[orde], PER_TAAKVELD) if len(anders) else []
    rijen = [r | {"taakveld": f"{r['taakveld']} {namen.get(r['taakveld'], '')}".strip()} for r in rijen]
    return Figuur({}, uit.toelichting, PER_TAAKVELD, rijen)


def _som(tabel: pd.DataFrame) -> dict[str, float]:
    return {k: float(tabel[k].sum()) for k in ("was_eur", "wordt_eur", "verschil_eur")}


def _meer(verschil: float) -> str:
    return "meer" if verschil > 0 else "minder"
