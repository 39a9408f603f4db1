"""Controles of lean and opgave in the begroting, and of lasten against baten: pure, over budget lines."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.controle.basis import Controle, Groep, Regel, Uitslag
from opgavelib.domein.controle.begroting import LEEG, eur, lasten, noem, tel_regels, tellen

B = Groep.BEGROTING
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

    References
    ----------
    Besluit begroting en verantwoording: 0.10 and 0.11 make lasten and baten equal.
    """
    if regels["baten_eur"].fillna(0.0).eq(0.0).all():
        return SLUITEND.niet("De begroting noemt geen baten.")
    return _per_jaar(SLUITEND, regels, lambda verschil: verschil.abs() > marge_eur, "lasten en baten zijn gelijk",
                     lambda v: f"{notatie.euro(abs(v))} {'tekort' if v < 0 else 'over'}")  # fmt: skip


def structureel_gedekt(regels: pd.DataFrame, marge_eur: float) -> Controle:
    """Structural baten cover structural lasten in every year.

    References
    ----------
    Structureel en reëel evenwicht: Gemeentewet, article 189.
    """
    gezegd = regels["structureel"].notna()
    if not gezegd.any() or regels["baten_eur"].fillna(0.0).eq(0.0).all():
        return STRUCTUREEL.niet("De begroting zegt niet welke lasten en baten structureel zijn.")
    deel = regels[gezegd & regels["structureel"].eq(True)]
    return _per_jaar(STRUCTUREEL, deel, lambda verschil: verschil < -marge_eur, "structureel is er genoeg",
                     lambda v: f"structureel {notatie.euro(abs(v))} {'tekort' if v < 0 else 'over'}")  # fmt: skip


def _per_jaar(regel: Regel, regels: pd.DataFrame, mis, goed: str, schrijf) -> Controle:
    som = regels.groupby("jaar")[["baten_eur", "lasten_eur"]].sum()
    verschil = som["baten_eur"] - som["lasten_eur"]
    fout = verschil[mis(verschil)]
    if verschil.empty:
        return regel.niet("Van geen regel is het jaar bekend.")
    if fout.empty:
        return regel.goed("; ".join(f"{int(j)}: {goed}" for j in verschil.index) + ".")
    return regel.mis("; ".join(f"{int(j)}: {schrijf(v)}" for j, v in fout.items()) + ".")


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
