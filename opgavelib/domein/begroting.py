"""Lean and opgave in euros and in hours, against the 80/20 norm, reconciled to the begroting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie

MATEN = ("lean_eur", "opgave_eur", "onbekend_eur", "lean_uren", "opgave_uren")
GEEN_TEAM = "(geen team)"
GEEN_BEGROTING = "Er is nog geen begroting gelezen."
GEEN_DOMEIN = "(geen domein)"


@dataclass(frozen=True)
class Norm:
    """The 80/20 norm on the budget (parameters/begroting.yaml).

    Attributes
    ----------
    lean_aandeel, tolerantie : share of the lasten, 0 to 1
    buiten : taakveld codes that are no lasten of work and stay out of the share
    """

    lean_aandeel: float
    tolerantie: float
    buiten: Collection[str]


@dataclass(frozen=True)
class LeanOpgave:
    """Lean against opgave, in euros and (derived) hours.

    Attributes
    ----------
    totaal : per measure of `MATEN` and the shares ``opgave_aandeel_eur``, ``opgave_aandeel_uren`` (None
        without a denominator, then ``reden`` says why); ``buiten_norm_eur`` is what of the lasten stays
        out of the share, ``onbekend_norm_eur`` what of the unknown is not among that
    teams : DataFrame, index team; teamleider, domein, the measures and shares
    domeinen : DataFrame, index domein; the measures and shares
    aansluiting : DataFrame; regel, verwacht_eur, gevonden_eur, verschil_eur, akkoord
    toelichting : sentences ready for the bestuursnota
    """

    totaal: Mapping[str, object]
    teams: pd.DataFrame
    domeinen: pd.DataFrame
    aansluiting: pd.DataFrame
    toelichting: str
    parameters: Mapping[str, object]


def verdeel_regels(begroting: pd.DataFrame) -> pd.DataFrame:
    """Split the lasten of every budget line over lean, opgave and unknown.

    A given opgave_aandeel decides; otherwise sturing does; with neither the line is unknown.

    Parameters
    ----------
    begroting : DataFrame; lasten_eur, sturing (lean, opgave or None), opgave_aandeel (0-1 or NaN)

    Returns
    -------
    DataFrame, same index; lean_eur, opgave_eur, onbekend_eur, adding up to lasten_eur on every line
    """
    lasten = begroting["lasten_eur"].fillna(0.0).to_numpy(dtype=float)
    aandeel = begroting["opgave_aandeel"].to_numpy(dtype=float)
    sturing = begroting["sturing"].to_numpy(dtype=object)
    aandeel = np.where(np.isnan(aandeel) & (sturing == "opgave"), 1.0, aandeel)
    aandeel = np.where(np.isnan(aandeel) & (sturing == "lean"), 0.0, aandeel)
    bekend = ~np.isnan(aandeel)
    # Whole euros: the part for opgaven is rounded once, lean is what remains, so nothing is lost.
    opgave = np.where(bekend, np.round(lasten * np.nan_to_num(aandeel)), 0.0)
    lean = np.where(bekend, lasten - opgave, 0.0)
    return pd.DataFrame(
        {"lean_eur": lean, "opgave_eur": opgave, "onbekend_eur": np.where(bekend, 0.0, lasten)},
        index=begroting.index,
    )


def lean_opgave(
    begroting: pd.DataFrame,
    teams: pd.DataFrame,
    aansluiting: pd.DataFrame,
    norm: Norm,
    jaren: Sequence[int] = (),
) -> LeanOpgave:
    """Lean and opgave in total, per team and per domein.

    Parameters
    ----------
    begroting : DataFrame of one year; taakveld, team, lasten_eur, sturing, opgave_aandeel
    teams : DataFrame, index team; teamleider, domein, lean_uren, opgave_uren (hours per year, derived from
        the formatie by `capaciteit.aanbod`)
    aansluiting : what `aansluiting` made of the totals that the file states
    jaren : all budget years that were read; the last is the one of `begroting`, the others are said to
        be left out

    Returns
    -------
    LeanOpgave; every cut adds up to the same totals

    References
    ----------
    80/20 of the budget: VPNG webinar for wethouders, 2022. The share of hours is derived from it.
    """
    regels = verdeel_regels(begroting)
    regels["team"] = begroting["team"].where(begroting["team"].notna(), GEEN_TEAM)
    binnen = ~begroting["taakveld"].isin(list(norm.buiten))
    for maat in ("lean_eur", "opgave_eur"):
        regels[f"norm_{maat}"] = regels[maat].where(binnen, 0.0)
    genoemd = begroting["sturing"].isin(["lean", "opgave"]) | begroting["opgave_aandeel"].notna()
    regels["genoemd"] = (genoemd & binnen).astype(float)
    per_team = regels.groupby("team").sum()
    namen = list(dict.fromkeys([*teams.index, *per_team.index]))
    tabel = per_team.reindex(namen, fill_value=0.0)
    for maat in ("lean_uren", "opgave_uren"):
        tabel[maat] = teams[maat].reindex(namen).fillna(0.0)
    per_domein = tabel.groupby(teams["domein"].reindex(namen).fillna(GEEN_DOMEIN)).sum()
    for plaats, kolom in enumerate(("teamleider", "domein")):
        tekst = teams[kolom].reindex(namen).astype(object)
        tabel.insert(plaats, kolom, tekst.where(tekst.notna(), None))
    tabel.index.name, per_domein.index.name = "team", "domein"
    som = {m: float(tabel[m].sum()) for m in (*MATEN, "norm_lean_eur", "norm_opgave_eur", "genoemd")}
    totaal = {m: som[m] for m in MATEN} | _aandelen(som)
    totaal["buiten_norm_eur"] = float(begroting["lasten_eur"].fillna(0.0)[~binnen].sum())
    totaal["onbekend_norm_eur"] = float(regels["onbekend_eur"][binnen].sum())
    return LeanOpgave(
        totaal=totaal,
        teams=_met_aandelen(tabel),
        domeinen=_met_aandelen(per_domein),
        aansluiting=aansluiting,
        toelichting=_zin(totaal, norm) + _andere_jaren(jaren) if len(begroting) else GEEN_BEGROTING,
        parameters={"lean_norm": norm.lean_aandeel, "tolerantie": norm.tolerantie,
                    "buiten_norm": sorted(norm.buiten), "jaar": jaren[-1] if jaren else None},
    )  # fmt: skip


def _andere_jaren(jaren: Sequence[int]) -> str:
    if len(jaren) < 2:
        return ""
    return f" Dit is de begroting van {jaren[-1]}; {', '.join(map(str, jaren[:-1]))} telt hier niet mee."


def _aandelen(som: Mapping[str, float]) -> dict[str, float | str | None]:
    euro = som["norm_lean_eur"] + som["norm_opgave_eur"]
    uren = som["lean_uren"] + som["opgave_uren"]
    redenen = []
    if not euro:
        redenen.append(
            "de begrotingsregels die lean of opgave zijn genoemd, zijn samen nul"
            if som["genoemd"]
            else "geen begrotingsregel die voor de norm telt is lean of opgave genoemd"
        )
    if not uren:
        redenen.append("van geen team is de formatie bekend")
    return {
        "opgave_aandeel_eur": som["norm_opgave_eur"] / euro if euro else None,
        "opgave_aandeel_uren": som["opgave_uren"] / uren if uren else None,
        "reden": "; ".join(redenen) or None,
    }


def _met_aandelen(tabel: pd.DataFrame) -> pd.DataFrame:
    aandelen = [_aandelen(rij) for rij in tabel.to_dict("records")]
    for kolom in ("opgave_aandeel_eur", "opgave_aandeel_uren", "reden"):
        tabel[kolom] = pd.Series([a[kolom] for a in aandelen], index=tabel.index, dtype=object)
    return tabel.drop(columns=["norm_lean_eur", "norm_opgave_eur", "genoemd"])


def _zin(totaal: Mapping[str, object], norm: Norm) -> str:
    aandeel = totaal["opgave_aandeel_eur"]
    if aandeel is None and not totaal["onbekend_eur"]:
        zin = f"Er is geen verhouding in euro's te geven: {str(totaal['reden']).split(';')[0]}."
    elif aandeel is None:
        zin = (
            f"Van {notatie.euro_kort(totaal['onbekend_eur'])} aan lasten is nog geen regel lean of opgave "
            "genoemd, dus er is geen verhouding te geven."
        )
    else:
        doel = 1 - norm.lean_aandeel
        verschil = round(aandeel - doel, 9)  # 25% is on the limit of 20% plus 5%, not above it
        oordeel = "binnen de marge van de norm"
        if abs(verschil) > norm.tolerantie:
            oordeel = "boven de norm" if verschil > 0 else "onder de norm"
        zin = (
            f"{notatie.procent(aandeel)} van het budget is voor opgaven; de norm is {notatie.procent(doel)}, "
            f"dus dat is {oordeel}."
        )
        if totaal["onbekend_norm_eur"]:
            zin += f" Van {notatie.euro_kort(totaal['onbekend_norm_eur'])} is het nog niet bepaald."
    if totaal["opgave_aandeel_uren"] is not None:
        zin += f" In uren, afgeleid van de formatie, is het {notatie.procent(totaal['opgave_aandeel_uren'])}."
    return zin


def aansluiting(
    begroting: pd.DataFrame,
    gestelde_totalen: Mapping[str, float | None],
    afronding_eur: float | Mapping[str, float] = 0.0,
) -> pd.DataFrame:
    """Compare the sum of the lines with the total that the file itself states.

    Parameters
    ----------
    begroting : DataFrame; lasten_eur, baten_eur, salarissen_eur
    gestelde_totalen : per of those columns the total that the file states; absent when it states none
    afronding_eur : largest difference that is still agreed, for all or per column

    Returns
    -------
    DataFrame; regel, verwacht_eur (None when the file states no total), gevonden_eur, verschil_eur,
    akkoord (None when there is nothing to compare). ``totaal lasten`` is always there.
    """
    rijen = []
    for kolom, naam in (("lasten_eur", "lasten"), ("baten_eur", "baten"), ("salarissen_eur", "salarissen")):
        verwacht = gestelde_totalen.get(kolom)
        if verwacht is None and kolom != "lasten_eur":
            continue
        grens = afronding_eur.get(kolom, 0.0) if isinstance(afronding_eur, Mapping) else afronding_eur
        gevonden = float(begroting[kolom].fillna(0.0).sum())
        verschil = None if verwacht is None else gevonden - verwacht
        akkoord = None if verschil is None else abs(verschil) <= grens
        rijen.append((f"totaal {naam}", verwacht, gevonden, verschil, akkoord))
    kop = ["regel", "verwacht_eur", "gevonden_eur", "verschil_eur", "akkoord"]
    return pd.DataFrame(rijen, columns=kop, dtype=object)
