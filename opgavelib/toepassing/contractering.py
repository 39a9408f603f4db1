"""Contractering of a werkmap: every request for hours with its state, per team and per opgave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein import contractering, deskundigheid, kwartaal, verdringing
from opgavelib.domein.contract import Status
from opgavelib.domein.contractering import Staat
from opgavelib.toepassing.stand import Stand

# What waits for the teamleider first.
VOLGORDE = (Staat.VERVALLEN, Staat.GEVRAAGD, Staat.DEELS, Staat.AFGEWEZEN, Staat.TOEGEZEGD)
ORGANISATIE = "Organisatieprojecten"
_UREN = ["gevraagd_uren", *contractering.DELEN, "open_uren", "boven_uren"]


class Contractering:
    """The requests of one moment of a werkmap.

    Parameters
    ----------
    stand : tables, requests and answers are asked of it
    """

    def __init__(self, stand: Stand):
        self.stand = stand

    # -- the state of all requests ------------------------------------------------------------------

    @cached_property
    def rijen(self) -> pd.DataFrame:
        """Every row that asks hours: the result of `domein.contractering.uitgesplitst`, index inzet, with besides
        kwartaal_gevraagd (before the work moved), vervallen_uren (promised for that quarter), was_uren (asked when
        it was promised, where its file says something else since; else NaN), op_scherm (bool), and the last answer
        on screen: wie, moment (local) and reden, None where there is none."""
        inzet = self.stand.werk.inzet
        uit = contractering.uitgesplitst(inzet).join(
            inzet[["kwartaal_gevraagd", "uren_vervallen"]].rename(columns={"uren_vervallen": "vervallen_uren"})
        )
        uit["was_uren"] = pd.Series(self._was_uren, dtype=float).reindex(uit.index)
        uit["op_scherm"] = uit.index.isin(list(self._op_scherm))
        gezegd = self.stand.werk.antwoorden
        antwoord = [gezegd.get(k) for k in uit.index]
        uit["wie"] = pd.Series([a and a["wie"] for a in antwoord], index=uit.index, dtype=object)
        uit["moment"] = pd.Series([a and _lokaal(a["tijdstip"]) for a in antwoord], index=uit.index, dtype=object)
        uit["reden"] = pd.Series([a and a["reden"] for a in antwoord], index=uit.index, dtype=object)
        return uit

    @cached_property
    def overzicht(self) -> pd.DataFrame:
        """Every request: what waits for an answer first, then by open hours.

        Returns
        -------
        DataFrame, index aanvraag; the result of `domein.contractering.per_aanvraag` with besides titel and soort
        of the activiteit, opgave, opgave_titel, teamleider, op_scherm (bool: all of it was asked on screen),
        let_op (what changed since it was promised, and what is promised above what a quarter asks; empty for
        nothing), and the last answer on screen: wie, moment (local) and reden
        """
        uit = contractering.per_aanvraag(self.rijen)
        activiteiten, opgaven = self.stand.tabel("activiteiten"), self.stand.tabel("opgaven")
        uit = uit.join(activiteiten[["titel", "soort", "opgave"]], on="activiteit")
        uit["opgave_titel"] = uit["opgave"].map(opgaven["titel"])
        uit["teamleider"] = uit["team"].map(self.stand.tabel("teams")["teamleider"])
        uit["op_scherm"] = self.rijen.groupby("aanvraag")["op_scherm"].all().reindex(uit.index)
        r = self.rijen
        anders = r[r["was_uren"].notna() | (r["opnieuw_uren"] > 0) | (r["boven_uren"] > contractering.MARGE_UREN)]
        let_op = {a: _let_op(deel) for a, deel in anders.groupby("aanvraag")}
        uit["let_op"] = [let_op.get(a, "") for a in uit.index]
        laatste = self.rijen[self.rijen["wie"].notna()].sort_values("moment", kind="stable")
        laatste = laatste.drop_duplicates("aanvraag", keep="last").set_index("aanvraag")
        for kolom in ("wie", "moment", "reden"):
            waarden = laatste[kolom].to_dict()
            uit[kolom] = pd.Series([waarden.get(a) for a in uit.index], index=uit.index, dtype=object)
        uit["_plek"] = uit["staat"].map({str(s): i for i, s in enumerate(VOLGORDE)})
        uit = uit.sort_values(
            ["_plek", "open_uren", "gevraagd_uren"], ascending=[True, False, False], kind="stable"
        )
        return uit.drop(columns="_plek")

    def zoek(self, *, team: str = "", staat: str = "", opgave: str = "") -> pd.DataFrame:
        """The requests of `overzicht` of one team, in one state, of one opgave; empty is all."""
        uit = self.overzicht
        for kolom, waarde in (("team", team), ("staat", staat), ("opgave", opgave)):
            uit = uit[uit[kolom] == waarde] if waarde else uit
        return uit

    @cached_property
    def per_team(self) -> pd.DataFrame:
        """DataFrame, index team, most hours asked first; teamleider, aanvragen (how many), te_beantwoorden (of
        those, not answered or to be answered again), the hours of the requests, and beantwoord_aandeel: the hours
        with an answer as part of those asked, NaN when nothing is asked."""
        uit = self._samen(self.overzicht["team"])
        uit.insert(0, "teamleider", self.stand.tabel("teams")["teamleider"].reindex(uit.index))
        return uit

    @cached_property
    def per_opgave(self) -> pd.DataFrame:
        """As `per_team`, index the code of the opgave or `ORGANISATIE`; titel instead of teamleider."""
        uit = self._samen(self.overzicht["opgave"].fillna(ORGANISATIE))
        uit.insert(0, "titel", self.stand.tabel("opgaven")["titel"].reindex(uit.index))
        return uit

    @cached_property
    def toelichting(self) -> str:
        """Where all requests stand, ready for the bestuursnota."""
        o = self.overzicht
        gevraagd, boven = float(o["gevraagd_uren"].sum()), float(o["boven_uren"].sum())
        if not gevraagd:
            leeg = "Er zijn nog geen uren gevraagd. Lees een urenraming in, of vraag uren aan."
            return f"{leeg}{_boven(boven)}{self._los}"
        # What is promised above what was asked answers nobody: it may not hide hours that wait.
        binnen = float(o["toegezegd_uren"].sum()) - boven
        afgewezen = float(o["afgewezen_uren"].sum())
        delen = [f"{notatie.procent(binnen / gevraagd, 0)} toegezegd"]
        delen += [f"{notatie.procent(afgewezen / gevraagd, 0)} afgewezen"] if afgewezen else []
        wacht = int(_te_beantwoorden(o).sum())
        zin = f"Van de {notatie.getal(gevraagd)} gevraagde uren is {' en '.join(delen)}; "
        wachten = "wacht" if wacht == 1 else "wachten"
        zin += f"{wacht} van de {len(o)} aanvragen {wachten} nog op antwoord." if wacht else "alles is beantwoord."
        return zin + _boven(boven) + self._los

    @property
    def _los(self) -> str:
        los = self.zonder_aanvraag
        if los.empty:
            return ""
        uren = notatie.uren(float(los["uren_toegezegd"].sum()))
        return f" Let op: {uren} is toegezegd aan werk dat niet meer in zijn bestand staat, en telt niet mee."

    @cached_property
    def zonder_aanvraag(self) -> pd.DataFrame:
        """Promises on screen about hours that left their file: the rows of table inzet with uren_toegezegd."""
        weg = self.stand.werkmap.tabel("inzet", ook_vervallen=True)
        weg = weg[weg["vervallen"]]
        uren = {k: a["uren_toegezegd"] for k, a in self.stand.werk.antwoorden.items() if k in weg.index}
        weg = weg.loc[list(uren)]
        return weg.assign(uren_toegezegd=list(uren.values()))[np.array(list(uren.values()), dtype=float) > 0]

    # -- one or several requests ----------------------------------------------------------------------

    def kwartalen(self, aanvragen: Sequence[str]) -> pd.DataFrame:
        """The rows of these requests, per team by quarter: those of `rijen` with, of their team in that quarter,
        ruimte_uren, team_toegezegd_uren and vrij_uren (room that is not promised; below 0 is too much)."""
        uit = self.rijen[self.rijen["aanvraag"].isin(list(aanvragen))]
        uit = uit.sort_values(["team", "kwartaal", "aanvraag"], kind="stable")
        team = self.stand.capaciteit.tabel[["ruimte_uren", "toegezegd_uren"]]
        team = team.reindex(pd.MultiIndex.from_frame(uit[["team", "kwartaal"]])).fillna(0.0)
        uit = uit.assign(ruimte_uren=team["ruimte_uren"].to_numpy())
        uit["team_toegezegd_uren"] = team["toegezegd_uren"].to_numpy()
        return uit.assign(vrij_uren=uit["ruimte_uren"] - uit["team_toegezegd_uren"])

    def vakkennis(self, aanvraag: str) -> list[str]:
        """What the team lacks of the deskundigheid that is asked; none when it is there.

        A sentence for all quarters that say the same; where hours differ, the quarter that asks most by name.
        """
        r = self.overzicht.loc[aanvraag]
        gevraagd, t = set(deskundigheid.lees(r["deskundigheid"])), self.stand.werk.deskundigheden
        t = t[(t["team"] == r["team"]) & t["kwartaal"].between(r["begin"], r["eind"]) & (t["stand"] != "goed")]
        t = t[t["deskundigheid"].map(deskundigheid.gelijk).isin(gevraagd)]
        uit = []
        for _, deel in t.groupby(["deskundigheid", "stand"], sort=False):
            meest = deel.loc[deel["gevraagd_uren"].idxmax()]
            if pd.isna(meest["beschikbaar_uren"]):  # the team does not have it: no quarter says anything else
                uit.append(meest["reden"])
                continue
            kwartalen = list(deel["kwartaal"])
            zin = f"{meest['kwartaal']}: {meest['reden']}"
            if (deel["gevraagd_uren"] == meest["gevraagd_uren"]).all():
                zin = f"{_opsomming(kwartalen)}: {meest['reden']}"
            elif ook := [k for k in kwartalen if k != meest["kwartaal"]]:
                zin += f" Ook in {_opsomming(ook)}, met minder uren."
            uit.append(zin)
        return uit

    @cached_property
    def teams(self) -> list[str]:
        """Teams that can be asked: those of the formatie, then others that were asked before."""
        formatie = list(self.stand.tabel("teams").index)
        return formatie + sorted(set(self.overzicht["team"]) - set(formatie))

    # -- what it is made of ---------------------------------------------------------------------------

    @cached_property
    def _op_scherm(self) -> set[str]:
        return set(self.stand.werkmap.contracten.aanvragen())

    @cached_property
    def _was_uren(self) -> dict[str, float]:
        """Hours asked when it was promised, of rows whose file asks another number since."""
        g = self.stand.tabel("gebeurtenissen")
        toegezegd = {k for k, a in self.stand.werk.antwoorden.items() if a["status"] == Status.TOEGEZEGD}
        gezegd = g[(g["wat"] == "contract") & g["object"].isin(toegezegd)]
        laatste = {k: int(n) for n, k in gezegd["object"].items()}  # in order, so the last one stays
        uit: dict[str, float] = {}
        for nummer, rij in g[(g["wat"] == "gewijzigd:inzet") & g["object"].isin(toegezegd)].iterrows():
            oud = rij["oud"] or {}
            if nummer > laatste[rij["object"]] and oud.get("uren_gevraagd") is not None:
                uit.setdefault(rij["object"], float(oud["uren_gevraagd"]))
        return uit

    @cached_property
    def voorrang(self) -> dict[str, int]:
        """How strong the claim of every activiteit is (`domein.verdringing.voorrang`). An opgave is on the
        shortlist when one of its ambities is."""
        spoor = self.stand.spoor.tabel
        opgaven = set(spoor.loc[spoor.index.intersection(self.stand.shortlist().gekozen.index), "naar"].dropna())
        a = self.stand.tabel("activiteiten")[["opgave", "fase"]]
        prioriteit = a["opgave"].map(self.stand.tabel("opgaven")["prioriteit"])
        return verdringing.voorrang(a.assign(prioriteit=prioriteit, op_shortlist=a["opgave"].isin(opgaven)))

    def _samen(self, groep: pd.Series) -> pd.DataFrame:
        o = self.overzicht
        uit = o[_UREN].groupby(groep).sum()
        uit.insert(0, "aanvragen", o.groupby(groep).size())
        uit.insert(1, "te_beantwoorden", _te_beantwoorden(o).groupby(groep).sum())
        beantwoord = uit["gevraagd_uren"] - uit["onbeantwoord_uren"] - uit["opnieuw_uren"]
        uit["beantwoord_aandeel"] = (beantwoord / uit["gevraagd_uren"]).where(uit["gevraagd_uren"] > 0)
        return uit.sort_values("gevraagd_uren", ascending=False, kind="stable")


def _te_beantwoorden(overzicht: pd.DataFrame) -> pd.Series:
    return overzicht["onbeantwoord_uren"] + overzicht["opnieuw_uren"] > 0


def _let_op(rijen: pd.DataFrame) -> str:
    """What changed since these hours were promised, and what is promised above what is asked."""
    zinnen = []
    if len(anders := rijen[rijen["was_uren"].notna() & (rijen["was_uren"] != rijen["gevraagd_uren"])]):
        van, naar = anders["was_uren"].sum(), anders["gevraagd_uren"].sum()
        zinnen.append(f"na de toezegging gewijzigd van {notatie.getal(van, 1)} naar {notatie.getal(naar, 1)} uur")
    if (vervallen := rijen.loc[rijen["opnieuw_uren"] > 0, "vervallen_uren"].sum()) > 0:
        zinnen.append(f"het werk is verschoven; {notatie.uren(vervallen)} toegezegd voor andere kwartalen vervalt")
    if len(over := rijen[rijen["boven_uren"] > contractering.MARGE_UREN]):
        waar = ", ".join(sorted(over["kwartaal"].unique()))
        zinnen.append(f"{notatie.uren(over['boven_uren'].sum())} meer toegezegd dan gevraagd in {waar}")
    return "; ".join(zinnen)


def _boven(uren: float) -> str:
    return f" Daarbovenop is {notatie.uren(uren)} toegezegd waar niet om is gevraagd." if round(uren) else ""


def _lokaal(tijdstip: str) -> datetime:
    return datetime.fromisoformat(tijdstip).astimezone()


def _opsomming(kwartalen: Sequence[str]) -> str:
    """Quarters in order: as a range when none is left out."""
    if len(kwartalen) > 2 and list(kwartalen) == kwartaal.reeks(kwartalen[0], kwartalen[-1]):
        return f"{kwartalen[0]} t/m {kwartalen[-1]}"
    return " en ".join(filter(None, (", ".join(kwartalen[:-1]), kwartalen[-1])))
