"""Controles of lean and opgave in the begroting, and of lasten against baten: pure, over budget lines."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.controle.basis import Controle, Groep, Regel, Uitslag
from opgavelib.domein.controle.begroting import LEEG, eur, lasten, noem, tel_regels, tellen

B = Groep.BEGROTING
_DUIZEND = 1000
STURING = Regel(
    "lean-opgave", "Elke begrotingsregel is lean of opgave genoemd", B,
    "Vul de kolom sturing aan, of het aandeel voor opgaven.", Uitslag.LET_OP,
)  # fmt: skip
TEGENSPRAAK = Regel(
    "sturing-aandeel", "Sturing en aandeel voor opgaven spreken elkaar niet tegen", B,
    "Het aandeel telt; verbeter een van beide.", Uitslag.LET_OP,
)  # fmt: skip
AANDEEL = Regel(
    "aandeel-0-1", "Elk aandeel voor opgaven ligt tussen 0 en 1", B, "Schrijf 20% als 0,2 of als 20%."
)  # fmt: skip
SLUITEND = Regel(
    "sluitend", "Lasten en baten zijn in evenwicht", B,
    "Mist er een regel, of is het resultaat (taakveld 0.11) niet opgenomen?", Uitslag.LET_OP,
)  # fmt: skip
STRUCTUREEL = Regel(
    "structureel", "Structurele baten dekken de structurele lasten", B,
    "Kijk of elke regel terecht structureel of incidenteel heet; de provincie toetst hierop.", Uitslag.LET_OP,
)  # fmt: skip
NORM = Regel(
    "norm", "Het deel van het budget voor opgaven ligt binnen de marge van de norm", B,
    "De norm is een advies; bespreek of de verdeling zo is bedoeld.", Uitslag.LET_OP,
)  # fmt: skip


def genoemd(regels: pd.DataFrame, buiten_norm: Collection[str]) -> Controle:
    """Every line that counts for the norm is called lean or opgave."""
    if regels.empty:
        return STURING.niet(LEEG)
    onbekend = regels["sturing"].isna() & regels["opgave_aandeel"].isna()
    telt = ~regels["taakveld"].isin(list(buiten_norm)) & (regels["lasten_eur"].fillna(0.0) != 0)
    mis = regels[onbekend & telt]
    return STURING.oordeel(
        mis,
        "Elke regel die voor de norm telt, is lean of opgave genoemd.",
        lambda m: f"Van {tel_regels(len(m))} met {eur(m)} aan lasten is nog niet gezegd of het lean of opgave is.",
        noem,
        lasten,
    )


def spreekt_zich_niet_tegen(regels: pd.DataFrame) -> Controle:
    """A line called lean has no share for opgaven, and one called opgave has some."""
    beide = regels[regels["sturing"].notna() & regels["opgave_aandeel"].notna()]
    if beide.empty:
        return TEGENSPRAAK.niet("Geen enkele regel heeft zowel een sturing als een aandeel.")
    mis = beide[((beide["sturing"] == "lean") & (beide["opgave_aandeel"] > 0))
                | ((beide["sturing"] == "opgave") & (beide["opgave_aandeel"] == 0))]  # fmt: skip
    return TEGENSPRAAK.oordeel(
        mis,
        f"Op {tel_regels(len(beide))} staan beide; zij zeggen hetzelfde.",
        lambda m: f"Op {tel_regels(len(m))} zegt de sturing iets anders dan het aandeel.",
        lambda r: f"{noem(r)}: {r.sturing}, met {notatie.procent(r.opgave_aandeel)} voor opgaven",
        lambda r: r.opgave_aandeel,
    )


def aandeel_klopt(regels: pd.DataFrame) -> Controle:
    """A share is from 0 to 1."""
    met = regels[regels["opgave_aandeel"].notna()]
    if met.empty:
        return AANDEEL.niet("Geen enkele regel heeft een aandeel voor opgaven.")
    return AANDEEL.oordeel(
        met[~met["opgave_aandeel"].between(0.0, 1.0)],
        f"Alle {tel_regels(len(met))} met een aandeel kloppen.",
        lambda m: f"{tel_regels(len(m))} {tellen(len(m))} voor meer dan het geheel of minder dan niets.",
        noem,
        lambda r: r.opgave_aandeel,
    )


def sluitend(regels: pd.DataFrame, marge_eur: float) -> Controle:
    """Lasten and baten of every year are the same, with reserves and resultaat among them.

    Parameters
    ----------
    marge_eur : largest difference that is still no difference, besides what rounding explains

    References
    ----------
    Besluit begroting en verantwoording: 0.10 and 0.11 make lasten and baten equal.
    """
    if regels["baten_eur"].fillna(0.0).eq(0.0).all():
        return SLUITEND.niet("De begroting noemt geen baten.")
    som = _per_jaar(regels, marge_eur)
    return _oordeel(SLUITEND, som, som["verschil"].abs() > som["marge"], "lasten en baten zijn gelijk")


def structureel_gedekt(regels: pd.DataFrame, marge_eur: float) -> Controle:
    """Structural baten cover structural lasten in every year.

    Parameters
    ----------
    marge_eur : largest shortage that is still none, besides what rounding explains

    References
    ----------
    Structureel en reëel evenwicht: Gemeentewet, article 189.
    """
    gezegd = regels["structureel"].notna()
    if not gezegd.any() or regels["baten_eur"].fillna(0.0).eq(0.0).all():
        return STRUCTUREEL.niet("De begroting zegt niet welke lasten en baten structureel zijn.")
    som = _per_jaar(regels[gezegd & regels["structureel"].eq(True)], marge_eur)
    return _oordeel(STRUCTUREEL, som, som["verschil"] < -som["marge"], "de baten dekken de lasten")


def _per_jaar(regels: pd.DataFrame, marge_eur: float) -> pd.DataFrame:
    """Baten minus lasten per year, and the largest difference that is none.

    Amounts that are all whole thousands were rounded to those: each is up to € 500 off, evenly spread, so the sum
    of n has a standard deviation of 1000 × root(n / 12); three of those are rounding.
    """
    bedragen = regels[["lasten_eur", "baten_eur"]].fillna(0.0)
    per = bedragen.assign(
        aantal=(bedragen != 0).sum(axis=1), rond=(bedragen % _DUIZEND == 0).all(axis=1)
    ).groupby(regels["jaar"])  # fmt: skip
    uit = per[["lasten_eur", "baten_eur", "aantal"]].sum()
    uit["verschil"] = uit["baten_eur"] - uit["lasten_eur"]
    uit["marge"] = marge_eur + (3 * _DUIZEND * np.sqrt(uit["aantal"] / 12)).where(per["rond"].all(), 0.0)
    return uit


def _oordeel(regel: Regel, som: pd.DataFrame, mis: pd.Series, goed: str) -> Controle:
    if som.empty:
        return regel.niet("Van geen regel is het jaar bekend.")
    if mis.any():
        delen = [f"{int(j)}: {notatie.euro(abs(v))} {'tekort' if v < 0 else 'over'}"
                 for j, v in som["verschil"][mis].items()]  # fmt: skip
        return regel.mis("; ".join(delen) + ".")
    delen = []
    for jaar, v in som["verschil"].items():
        klein = regel is SLUITEND and v
        delen.append(f"{int(jaar)}: {goed}" + (f", op {notatie.euro(abs(v))} afronding na" if klein else ""))
    return regel.goed("; ".join(delen) + ".")


def binnen_norm(aandeel: float | None, lean_norm: float, tolerantie: float, reden: str | None) -> Controle:
    """The share of the budget for opgaven is within tolerance of the norm.

    Parameters
    ----------
    aandeel : 0 to 1, None without denominator; then `reden` says why

    References
    ----------
    80/20 of the budget: VPNG webinar for wethouders, 2022.
    """
    if aandeel is None:
        return NORM.niet(f"Er is geen verhouding te geven: {reden or 'er is geen begroting gelezen'}.")
    doel = 1 - lean_norm
    zin = (
        f"{notatie.procent(aandeel)} van het budget is voor opgaven; de norm is {notatie.procent(doel)}, met een "
        f"marge van {notatie.procent(tolerantie)}."
    )
    return NORM.goed(zin) if abs(round(aandeel - doel, 9)) <= tolerantie else NORM.mis(zin)
