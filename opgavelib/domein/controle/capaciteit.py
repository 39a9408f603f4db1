"""Controles of hours asked and promised: pure.

Every function takes inzet as DataFrame, index inzet; activiteit, team, kwartaal, uren_gevraagd, uren_toegezegd,
status, deskundigheid and bestand, blad, rij (empty for a request that was made on screen).
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.contract import Status
from opgavelib.domein.controle.basis import Controle, Groep, Regel, Uitslag, opsomming, plekken
from opgavelib.domein.deskundigheid import lees

C = Groep.CAPACITEIT
_REDENEN = 3
LEEG = "Er zijn nog geen uren gevraagd."
TOTAAL = Regel(
    "uren-totaal", "De gevraagde uren tellen op tot het totaal van het bestand", C,
    "Lees het bestand daarna opnieuw in.",
)  # fmt: skip
TOEGEZEGD = Regel(
    "toegezegd-past", "Toegezegde uren passen in de ruimte van elk team per kwartaal", C,
    "Spreek met de teamleider af wat later kan, wat vervalt, of waarvoor wordt ingehuurd.",
)  # fmt: skip
GEVRAAGD = Regel(
    "gevraagd-past", "Gevraagde uren passen in de ruimte van elk team per kwartaal", C,
    "Schuif of verklein een activiteit, of leg voor wat niet kan.",
)  # fmt: skip
DUBBEL = Regel(
    "dubbel-toegezegd", "Geen uren zijn dubbel toegezegd", C,
    "Laat een van de rijen staan, of noem de deskundigheid waarin zij verschillen.",
)  # fmt: skip
DUBBEL_GEVRAAGD = Regel(
    "dubbel-gevraagd", "Geen uren zijn dubbel gevraagd", C,
    "Laat een van de rijen staan, of noem de deskundigheid waarin zij verschillen.", Uitslag.LET_OP,
)  # fmt: skip
TEAM = Regel(
    "inzet-team", "Elk team waaraan uren zijn gevraagd, staat in de formatie", C,
    "Schrijf het team zoals in de formatie, of voeg het daar toe.",
)  # fmt: skip
ACTIVITEIT = Regel(
    "inzet-activiteit", "Alle uren zijn voor een activiteit die bestaat", C,
    "Verbeter de code, of lees ook het blad met activiteiten in.",
)  # fmt: skip
PERIODE = Regel(
    "inzet-periode", "Alle uren vallen tussen begin en einde van hun activiteit", C,
    "Verleng de activiteit, of verplaats de uren.",
)  # fmt: skip
BEGIN = Regel(
    "begin-einde", "Geen activiteit eindigt voordat zij begint", C, "Verbeter het eerste of het laatste kwartaal."
)
DESKUNDIG = Regel(
    "deskundigheid", "Elk team heeft de deskundigheid die wordt gevraagd", C,
    "Vraag de uren aan een team dat dit kan, huur in, of vul de deskundigheden van het team aan.",
)  # fmt: skip
ZONDER_UREN = Regel(
    "activiteit-uren", "Elke activiteit in voorbereiding of uitvoering vraagt uren", C,
    "Vraag de uren aan, of zet de fase anders: werk zonder uren wordt niet gedaan, of ongezien.", Uitslag.LET_OP,
)  # fmt: skip


def tel_aanvragen(n: int) -> str:
    return notatie.aantal(n, "aanvraag", "aanvragen")


def som_uren(inzet: pd.DataFrame, kolom: str) -> str:
    return notatie.uren(float(inzet[kolom].fillna(0.0).sum()))


def noem(r) -> str:
    """A request as a colleague knows it."""
    return f"{r.activiteit}, team {r.team}, {r.kwartaal}"


def uren_gevraagd(r) -> object:
    return r.uren_gevraagd


def uren_toegezegd(r) -> object:
    return r.uren_toegezegd


def andere_tekorten(tabel: pd.DataFrame, teams: Collection[str], marge_uren: float) -> str:
    """Shortages of capaciteit that are not of asking too much, as a sentence; empty for none.

    Parameters
    ----------
    tabel : `domein.capaciteit.Capaciteit.tabel`, of all teams
    teams : those of the formatie
    """
    tekort = tabel[tabel["stand"] == "fout"]
    bekend = tekort.index.get_level_values("team").isin(list(teams))
    past_ = tekort["gevraagd_uren"] <= tekort["ruimte_uren"] + marge_uren
    niets = tekort["gevraagd_uren"] <= 0
    delen = [
        (int((bekend & (past_ | niets)).sum()), "waarin regulier werk alleen al meer vraagt dan er is"),
        (int((~bekend).sum()), "van een team dat niet in de formatie staat"),
    ]
    erbij = opsomming([f"{n} {waarom}" for n, waarom in delen if n])
    return f" Capaciteit telt {notatie.aantal(len(tekort), 'tekort', 'tekorten')}: ook {erbij}." if erbij else ""


def past(
    regel: Regel, inzet: pd.DataFrame, balans: pd.DataFrame, kolom: str, marge_uren: float, rest: str = ""
) -> Controle:
    """Hours asked, or promised, of every team and quarter are there.

    Parameters
    ----------
    inzet : requests that count in `balans`
    balans : DataFrame, index (team, kwartaal); ruimte_uren, gevraagd_uren, toegezegd_uren, of the teams of the
        formatie: of others it is not known what they have
    kolom : ``gevraagd`` or ``toegezegd``, the measure of `balans` and `inzet`
    marge_uren : hours too many that are still rounding
    rest : a sentence to end with (`andere_tekorten`)
    """
    if inzet.empty:
        return regel.niet(LEEG)
    if balans.empty:
        return regel.niet("Er is nog geen formatie gelezen.")
    over = (balans[f"{kolom}_uren"] - balans["ruimte_uren"]).rename("over")
    tekort = over[(over > marge_uren) & (balans[f"{kolom}_uren"] > 0)].sort_values(ascending=False, kind="stable")
    telt = inzet[(inzet["status"] != str(Status.AFGEWEZEN)) & (inzet[f"uren_{kolom}"] > 0)]
    # The rows behind the worst shortage first.
    mis = telt.join(tekort, on=["team", "kwartaal"], how="inner") if len(tekort) else telt.iloc[:0]
    mis = mis.sort_values("over", ascending=False, kind="stable") if len(mis) else mis

    def zin(_: pd.DataFrame) -> str:
        (team, kwartaal), uren = tekort.index[0], tekort.iloc[0]
        teams = tekort.index.get_level_values("team").nunique()
        tel = f"{notatie.aantal(len(tekort), 'tekort', 'tekorten')} bij {notatie.aantal(teams, 'team', 'teams')}"
        return (
            f"{tel}. Het grootst: team {team} in het {notatie.kwartaal_voluit(kwartaal)}, waar "
            f"{notatie.uren(float(uren))} meer is {kolom} dan er ruimte is.{rest}"
        )

    goed = f"{som_uren(telt, f'uren_{kolom}')} {kolom}; in elk kwartaal past het.{rest}"
    return regel.oordeel(mis, goed, zin, noem, uren_gevraagd if kolom == "gevraagd" else uren_toegezegd)


def zelfde(inzet: pd.DataFrame) -> pd.DataFrame:
    velden = ["activiteit", "team", "kwartaal", "deskundigheid"]
    return inzet[inzet.duplicated(velden, keep=False)].sort_values(
        velden, kind="stable", key=lambda k: k.fillna("").astype(str)
    )


def niet_dubbel_gevraagd(inzet: pd.DataFrame) -> Controle:
    """One request per activiteit, team, kwartaal and deskundigheid."""
    gevraagd = inzet[(inzet["status"] != str(Status.AFGEWEZEN)) & (inzet["uren_gevraagd"] > 0)]
    if gevraagd.empty:
        return DUBBEL_GEVRAAGD.niet(LEEG)
    return DUBBEL_GEVRAAGD.oordeel(
        zelfde(gevraagd),
        f"{tel_aanvragen(len(gevraagd))}, elk een keer.",
        lambda m: (
            f"{tel_aanvragen(len(m))} met samen {som_uren(m, 'uren_gevraagd')} zijn voor hetzelfde werk, team, "
            "kwartaal en vakgebied."
        ),
        noem,
        uren_gevraagd,
    )


def team_bekend(inzet: pd.DataFrame, teams: Collection[str]) -> Controle:
    """Hours are asked of teams that the formatie has."""
    if inzet.empty:
        return TEAM.niet(LEEG)
    if not len(teams):
        return TEAM.niet("Er is nog geen formatie gelezen.")
    return TEAM.oordeel(
        inzet[~inzet["team"].isin(list(teams))],
        f"Uren zijn gevraagd aan {notatie.aantal(inzet['team'].nunique(), 'team', 'teams')} van de formatie.",
        lambda m: (
            f"Niet in de formatie: {opsomming([str(t) for t in m['team'].unique()])}; daaraan is "
            f"{som_uren(m, 'uren_gevraagd')} gevraagd."
        ),
        noem,
        uren_gevraagd,
    )


def activiteit_bekend(inzet: pd.DataFrame, activiteiten: Collection[str]) -> Controle:
    """Hours are asked for work that is there."""
    if inzet.empty:
        return ACTIVITEIT.niet(LEEG)
    return ACTIVITEIT.oordeel(
        inzet[~inzet["activiteit"].isin(list(activiteiten))],
        f"Uren zijn gevraagd voor {notatie.aantal(inzet['activiteit'].nunique(), 'activiteit', 'activiteiten')}.",
        lambda m: (
            f"Bestaat niet: {opsomming([str(a) for a in m['activiteit'].unique()])}; daarvoor is "
            f"{som_uren(m, 'uren_gevraagd')} gevraagd."
        ),
        noem,
        uren_gevraagd,
    )


def in_periode(inzet: pd.DataFrame, activiteiten: pd.DataFrame) -> Controle:
    """Hours were asked between begin and end of their activiteit.

    Parameters
    ----------
    inzet : with kwartaal_gevraagd, the quarter before a scenario moved the work
    activiteiten : DataFrame, index activiteit; start_kwartaal, eind_kwartaal
    """
    if inzet.empty:
        return PERIODE.niet(LEEG)
    grens = activiteiten[["start_kwartaal", "eind_kwartaal"]].reindex(inzet["activiteit"]).set_axis(inzet.index)
    kwartaal = inzet["kwartaal_gevraagd"]
    bekend = grens.notna().any(axis=1)
    if not bekend.any():
        return PERIODE.niet("Van geen activiteit is begin of einde bekend.")
    # Quarters sort as text: 2027K1. An unknown side is no limit.
    buiten = (kwartaal < grens["start_kwartaal"].fillna("0000K1")) | (
        kwartaal > grens["eind_kwartaal"].fillna("9999K4")
    )
    mis = inzet.join(grens)[buiten & (inzet["status"] != str(Status.AFGEWEZEN)) & (inzet["uren_gevraagd"] > 0)]

    def zin(m: pd.DataFrame) -> str:
        valt = "valt" if len(m) == 1 else "vallen"
        waar = opsomming([str(a) for a in m["activiteit"].unique()])
        return f"{tel_aanvragen(len(m))} met {som_uren(m, 'uren_gevraagd')} {valt} erbuiten, bij {waar}."

    return PERIODE.oordeel(
        mis,
        f"Bij {tel_aanvragen(int(bekend.sum()))} vallen de uren binnen begin en einde.",
        zin,
        lambda r: f"{r.activiteit} loopt {tekst_periode(r)}; team {r.team}, {r.kwartaal_gevraagd}",
        uren_gevraagd,
    )


def tekst_periode(r) -> str:
    """``van 2027K1 tot en met 2027K4``."""
    van = "" if pd.isna(r.start_kwartaal) else f"van {r.start_kwartaal}"
    tot = "" if pd.isna(r.eind_kwartaal) else f"tot en met {r.eind_kwartaal}"
    return " ".join(filter(None, [van, tot]))


def begin_voor_einde(activiteiten: pd.DataFrame) -> Controle:
    """No work ends before it begins."""
    met = activiteiten[activiteiten["start_kwartaal"].notna() & activiteiten["eind_kwartaal"].notna()]
    if met.empty:
        return BEGIN.niet("Van geen activiteit zijn begin en einde allebei bekend.")
    return BEGIN.oordeel(
        met[met["start_kwartaal"] > met["eind_kwartaal"]],
        f"Bij {notatie.aantal(len(met), 'activiteit', 'activiteiten')} klopt de volgorde.",
        lambda m: f"Eindigt voor het begin: {opsomming([str(a) for a in m.index])}.",
        lambda r: f"{r.Index} {r.titel}: {tekst_periode(r)}",
    )


def deskundigheid_aanwezig(inzet: pd.DataFrame, toets: pd.DataFrame) -> Controle:
    """A team can have the hours and not the planner.

    Parameters
    ----------
    toets : of `domein.deskundigheid.toets`, over the same requests
    """
    bekend = toets[toets["heeft"].notna()]
    if bekend.empty:
        return DESKUNDIG.niet("Er is geen deskundigheid gevraagd aan een team dat zegt wat het kan.")
    mis = bekend[bekend["stand"] == "fout"]
    if mis.empty:
        return DESKUNDIG.goed(f"{som_uren(bekend, 'gevraagd_uren')} met een vakgebied erbij; de teams hebben het.")
    tekort = {(r.team, r.kwartaal, s) for r in mis.itertuples() for s in lees(r.deskundigheid)}
    vraag = inzet[inzet["deskundigheid"].notna() & (inzet["status"] != str(Status.AFGEWEZEN))]
    raakt = vraag[[
        any((t, k, s) in tekort for s in lees(d))
        for t, k, d in zip(vraag["team"], vraag["kwartaal"], vraag["deskundigheid"], strict=True)
    ]]  # fmt: skip
    paren = mis.drop_duplicates(["team", "deskundigheid"])
    meer = len(paren) - _REDENEN
    rest = f" Zo zijn er nog {meer}." if meer > 0 else ""
    zin = f"{' '.join(paren['reden'].head(_REDENEN))}{rest} Het gaat om {tel_aanvragen(len(raakt))}."
    return DESKUNDIG.mis(zin, plekken(raakt, lambda r: f"{noem(r)}: {r.deskundigheid}", uren_gevraagd), len(raakt))


def vraagt_uren(activiteiten: pd.DataFrame, inzet: pd.DataFrame) -> Controle:
    """Work that is being prepared or done asks hours of somebody."""
    loopt = activiteiten[activiteiten["fase"].isin(["voorbereiding", "uitvoering"])]
    if loopt.empty or inzet.empty:
        return ZONDER_UREN.niet("Er zijn nog geen activiteiten met uren.")
    vraagt = inzet.loc[(inzet["status"] != str(Status.AFGEWEZEN)) & (inzet["uren_gevraagd"] > 0), "activiteit"]
    return ZONDER_UREN.oordeel(
        loopt[~loopt.index.isin(vraagt)],
        f"Voor {notatie.aantal(len(loopt), 'activiteit', 'activiteiten')} zijn uren gevraagd.",
        lambda m: f"Zonder uren: {opsomming([str(a) for a in m.index])}.",
        lambda r: f"{r.Index} {r.titel}: {r.fase}",
    )
