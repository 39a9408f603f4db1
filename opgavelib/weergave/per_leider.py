"""Hours per teamleider over all quarters together."""

from __future__ import annotations

from opgavelib import notatie
from opgavelib.domein.capaciteit import Capaciteit
from opgavelib.weergave.belasting import GEEN_TEAMS, STANDEN
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records

KOLOMMEN = (
    kolom("teamleider", "Teamleider"),
    kolom("teams", "Teams"),
    kolom("beschikbaar_uren", "Beschikbaar", "uren"),
    kolom("lean_uren", "Regulier werk", "uren", bijzaak=True),
    kolom("ruimte_uren", "Voor opgaven", "uren"),
    kolom("gevraagd_uren", "Gevraagd", "uren"),
    kolom("toegezegd_uren", "Toegezegd", "uren"),
    kolom("tekort_uren", "Tekort", "uren", "Alleen de kwartalen met een tekort, bij elkaar"),
    kolom("belasting", "Belasting", "aandeel", "Gevraagd van de ruimte voor opgaven"),
    kolom("stand", "Stand", "status"),
)
GEEN = "(geen teamleider)"


def per_leider(uit: Capaciteit) -> Figuur:
    """Totals per teamleider, the largest shortage first; a table."""
    if uit.tabel.empty:
        return leeg(GEEN_TEAMS, KOLOMMEN)
    samen = uit.samen("teamleider").sort_values(["tekort_uren", "belasting"], ascending=False, kind="stable")
    namen = uit.tabel.reset_index().fillna({"teamleider": ""}).groupby("teamleider")["team"].unique()
    rijen = records(samen.assign(teams=[", ".join(namen[leider]) for leider in samen.index]), KOLOMMEN)
    for rij in rijen:
        rij["teamleider"] = rij["teamleider"] or GEEN
        rij["_klasse"] = "tekort" if rij["tekort_uren"] > 0 else ""
        rij["stand"] = STANDEN[rij["stand"]]
    totaal = {k["kolom"]: float(samen[k["kolom"]].sum()) for k in KOLOMMEN if k["soort"] == "uren"}
    rijen.append({"teamleider": "Totaal", "_klasse": "totaal"} | totaal)
    return Figuur({}, _zin(samen[samen["tekort_uren"] > 0], gevraagd=totaal["gevraagd_uren"]), KOLOMMEN, rijen)


def _zin(tekort, gevraagd: float) -> str:
    if tekort.empty and not gevraagd:
        return "Er zijn nog geen uren gevraagd; dit is de ruimte die er is."
    if tekort.empty:
        return "Elke teamleider kan leveren wat er wordt gevraagd."
    wie = notatie.aantal(len(tekort), "teamleider komt", "teamleiders komen")
    uren = notatie.uren(float(tekort["tekort_uren"].sum()))
    return f"{wie} in een of meer kwartalen uren tekort, samen {uren}."
