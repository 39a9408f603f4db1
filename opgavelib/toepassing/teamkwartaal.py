"""One team in one quarter: what it has for opgaven, what asks hours of it, and what was said to that."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import contractering
from opgavelib.domein.capaciteit import AFGEWEZEN, KWARTALEN_PER_JAAR
from opgavelib.domein.contractering import Staat
from opgavelib.domein.scenario import Scenario
from opgavelib.toepassing.stand import Stand

# What was said to a request, with a mark of its own: colour never says it alone.
ANTWOORD = {
    Staat.TOEGEZEGD: "● toegezegd",
    Staat.DEELS: "▲ deels toegezegd",
    Staat.GEVRAAGD: "○ nog geen antwoord",
    Staat.VERVALLEN: "▲ vervallen, opnieuw gevraagd",
    Staat.AFGEWEZEN: "■ afgewezen, telt niet mee",
}


@dataclass(frozen=True)
class Teamkwartaal:
    """Hours of one team in one quarter of a scenario.

    Attributes
    ----------
    opbouw : (name, hours, is a sum) from the formatie to what is left; they add up
    aanvragen : DataFrame, index activiteit; titel, deskundigheid (empty for none), gevraagd_uren, toegezegd_uren
        and antwoord (text with its mark), most hours first
    stand : goed, let op or fout, as in the balance
    zin : the conclusion
    uitleg : how the hours of the formatie were reckoned, with the source of what the team does not say itself
    """

    opbouw: tuple[tuple[str, float, bool], ...]
    aanvragen: pd.DataFrame
    stand: str
    zin: str
    uitleg: str


def teamkwartaal(stand: Stand, scenario: Scenario, team: str, kwartaal: str) -> Teamkwartaal:
    """What a cell of the balance is made of.

    Raises
    ------
    KeyError : a team or quarter that is not in the balance of this scenario
    """
    rij = stand.werk.capaciteit_in(scenario).tabel.loc[(team, kwartaal)]
    delen = [("Formatie", float(rij["formatie_uren"]), False)]
    erbij = (("Vacatures", "vacature_uren", -1), ("Verzuim", "verzuim_uren", -1), ("Inhuur", "inhuur_uren", 1))
    delen += [(naam, teken * float(rij[k]), False) for naam, k, teken in erbij if round(rij[k])]
    delen += [
        ("Regulier werk", -float(rij["lean_uren"]), False),
        ("Blijft over voor opgaven", float(rij["beschikbaar_uren"] - rij["lean_uren"]), True),
        ("Gevraagd", -float(rij["gevraagd_uren"]), False),
        ("Tekort" if rij["stand"] == "fout" else "Over", float(rij["saldo_uren"]), True),
    ]
    return Teamkwartaal(
        tuple(delen), _aanvragen(stand, scenario, team, kwartaal), str(rij["stand"]), _zin(team, kwartaal, rij),
        _uitleg(stand, team, float(rij["formatie_uren"])),
    )  # fmt: skip


def _aanvragen(stand: Stand, scenario: Scenario, team: str, kwartaal: str) -> pd.DataFrame:
    vraag = stand.werk.vraag_in(scenario)
    hier = vraag[(vraag["team"] == team) & (vraag["kwartaal"] == kwartaal)]
    uit = contractering.per_aanvraag(contractering.uitgesplitst(hier)).set_index("activiteit")
    uit["titel"] = uit.index.map(stand.tabel("activiteiten")["titel"])
    uit["antwoord"] = [ANTWOORD[Staat(s)] for s in uit["staat"]]
    uit["_weg"] = uit["staat"] == AFGEWEZEN
    uit = uit.sort_values(["_weg", "gevraagd_uren"], ascending=[True, False], kind="stable")
    return uit[["titel", "deskundigheid", "gevraagd_uren", "toegezegd_uren", "antwoord"]]


def _zin(team: str, kwartaal: str, rij: pd.Series) -> str:
    wanneer, saldo = notatie.kwartaal_voluit(kwartaal), float(rij["saldo_uren"])
    gevraagd, toegezegd = float(rij["gevraagd_uren"]), float(rij["toegezegd_uren"])
    if rij["stand"] == "fout":
        zin = f"{team} komt in het {wanneer} {notatie.uren(-saldo)} tekort."
    else:
        zin = f"{team} houdt in het {wanneer} {notatie.uren(max(saldo, 0.0))} over."
    if not round(gevraagd):
        return f"{zin} Er zijn geen uren gevraagd."
    alles = round(toegezegd) >= round(gevraagd)
    return zin + (
        " Alles wat is gevraagd, is toegezegd."
        if alles
        else f" Van de {notatie.uren(gevraagd)} die is gevraagd, is {notatie.uren(toegezegd)} toegezegd."
    )


def _uitleg(stand: Stand, team: str, formatie_uren: float) -> str:
    teams = stand.tabel("teams")
    if team not in teams.index:
        return f"{team} staat niet in de formatie, en heeft dus geen uren."
    eigen, norm = teams["uren_per_fte"][team], stand.parameter("capaciteit", "uren_per_fte")
    uren = float(norm.waarde if pd.isna(eigen) else eigen)
    bron = "zoals het team opgeeft" if not pd.isna(eigen) else f"bron: {norm.bron[0].lower()}{norm.bron[1:]}"
    fte = formatie_uren * KWARTALEN_PER_JAAR / uren
    return (
        f"Formatie: {notatie.getal(fte, 2)} fte van {notatie.uren(uren)} per jaar ({bron}), een kwart per kwartaal."
    )
