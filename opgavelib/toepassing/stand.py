"""The werkmap at one moment, and the answers that follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

import pandas as pd

from opgavelib import parameters
from opgavelib.domein import complexiteit as complexiteit_regels
from opgavelib.domein import methoden, ranking, shortlist
from opgavelib.domein import sessie as sessie_regels
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Spoor
from opgavelib.domein.contract import Status
from opgavelib.domein.scenario import BASIS, Scenario, sleutel
from opgavelib.domein.scenario import Soort as Keuzesoort
from opgavelib.fouten import ParameterFout
from opgavelib.opslag import Werkmap

if TYPE_CHECKING:
    from opgavelib.domein import begroting as begroting_regels
    from opgavelib.domein import capaciteit as capaciteit_regels
    from opgavelib.toepassing.geld import Geld
    from opgavelib.toepassing.werk import Werk


class Stand:
    """One moment of a werkmap; every table is read once and every answer computed once.

    A change of the werkmap asks for a new Stand: compare `versie` with `Werkmap.versie()`.

    Parameters
    ----------
    werkmap : an open werkmap
    """

    def __init__(self, werkmap: Werkmap):
        self.werkmap = werkmap
        self.versie = werkmap.versie()
        self._tabellen: dict[str, pd.DataFrame] = {}

    def tabel(self, naam: str) -> pd.DataFrame:
        """One table as `Werkmap.tabel` gives it."""
        if naam not in self._tabellen:
            tabel = self.werkmap.tabel(naam)
            if "team" in tabel:
                tabel["team"] = tabel["team"].map(self.teamnaam, na_action="ignore")
            self._tabellen[naam] = tabel
        return self._tabellen[naam]

    def teamnaam(self, naam: str) -> str:
        """The name of the formatie for what a colleague wrote: ``Team zorg`` and ``ZORG`` are team Zorg, unless the
        formatie has a team that is closer to it."""
        return next((namen[v] for v, namen in zip(_vormen(naam), self._teamnamen, strict=True) if v in namen), naam)

    @cached_property
    def _teamnamen(self) -> list[dict[str, str]]:
        """The teams of the formatie by each of `_vormen`; of two that are alike the first."""
        namen = [(n, _vormen(n)) for n in reversed(self.tabel("teams").index)]
        return [{vormen[i]: n for n, vormen in namen} for i in range(3)]

    @cached_property
    def _eigen(self) -> Mapping[str, object]:
        return {k: w for k, w in self.werkmap.parameters().items() if k not in self.afgekeurd}

    @cached_property
    def afgekeurd(self) -> Mapping[str, str]:
        """Parameters of this werkmap with a value that cannot be, and why: their default is used."""
        uit = {}
        for naam, waarde in self.werkmap.parameters().items():
            if not parameters.bekend(naam):  # of another version, and used by nobody
                continue
            try:
                parameters.keur(naam, waarde)
            except ParameterFout as fout:
                uit[naam] = str(fout)
        return uit

    def parameter(self, groep: str, naam: str) -> parameters.Parameter:
        """A norm: what this werkmap set itself (`Werkmap.zet_parameter`), else `data/parameters`."""
        standaard = parameters.parameter(groep, naam)
        if (eigen := self._eigen.get(f"{groep}.{naam}")) is None:
            return standaard
        return replace(
            standaard, waarde=parameters.keur(f"{groep}.{naam}", eigen), bron="Eigen keuze in deze werkmap"
        )

    def waarde(self, groep: str, naam: str):
        """Value of `parameter`."""
        return self.parameter(groep, naam).waarde

    # -- inventory ----------------------------------------------------------------------------------

    @cached_property
    def spoor(self) -> Spoor:
        """Where every source row is."""
        return self.werkmap.spoor()

    @cached_property
    def ambities(self) -> pd.DataFrame:
        """All source rows with their soort (of source), bestand, and bestemming, naar, reden, wie, tijdstip.

        What people said of a row (`Werkmap.kenmerken`) goes before what its file says.
        """
        bronnen = self.tabel("bronnen")[["soort", "bestand"]]
        tabel = self.tabel("ambities").join(self.spoor.tabel).join(bronnen, on="bron")
        gezegd = self.kenmerken.reindex(tabel.index)
        return tabel.assign(**{k: tabel[k].where(gezegd[k].isna(), gezegd[k]) for k in gezegd})

    @cached_property
    def kenmerken(self) -> pd.DataFrame:
        """What people said of source rows, None where they said nothing (`Werkmap.kenmerken`)."""
        return self.werkmap.kenmerken()

    @cached_property
    def paren(self) -> pd.DataFrame:
        """Judgements on pairs that look alike (`Werkmap.paren`)."""
        return self.werkmap.paren()

    @cached_property
    def trechter(self) -> pd.DataFrame:
        """Source rows per soort of source and bestemming: DataFrame (soort x bestemming), counts."""
        tabel = pd.crosstab(self.ambities["soort"], self.ambities["bestemming"])
        return tabel.reindex(columns=list(self.spoor.aantallen), fill_value=0)

    def zoek(self, tekst: str) -> pd.DataFrame:
        """Source rows with `tekst` in their text, source, key or the name of their council member."""
        return self.ambities[self._hooi.str.contains(_zonder_accenten(tekst), regex=False)]

    @cached_property
    def _hooi(self) -> pd.Series:
        """What `zoek` looks in, per row, without capitals and accents."""
        kolommen = ["titel", "omschrijving", "programma", "portefeuillehouder", "bestand", "soort", "gebied"]
        if self.ambities.empty:  # agg over no rows gives no Series
            return pd.Series(index=self.ambities.index, dtype=object)
        hooi = self.ambities[kolommen].fillna("").agg("\n".join, axis=1) + "\n" + self.ambities.index
        return hooi.map(_zonder_accenten)

    @cached_property
    def besluiten(self) -> pd.DataFrame:
        """All decisions, last one first: index volgnummer; tijdstip (local), wie, ambitie, titel, bestemming,
        naar, reden, geldig (bool: no later decision on the same row)."""
        g = self.tabel("gebeurtenissen")
        g = g[g["wat"] == "bestemming"].sort_index(ascending=False)
        titels = self.ambities["titel"]
        return pd.DataFrame(
            {
                "tijdstip": [datetime.fromisoformat(t).astimezone() for t in g["tijdstip"]],
                "wie": g["wie"],
                "ambitie": g["object"],
                "titel": titels.reindex(g["object"]).to_numpy(),
                "bestemming": [n["bestemming"] for n in g["nieuw"]],
                "naar": pd.Series([n["naar"] for n in g["nieuw"]], index=g.index, dtype=object),
                "reden": g["reden"],
                "geldig": ~g["object"].duplicated(keep="first"),
            },
            index=g.index,
        )

    @property
    def laatste_gebeurtenis(self) -> dict | None:
        """Last event as a dict, None in an empty werkmap."""
        g = self.tabel("gebeurtenissen")
        return None if g.empty else g.iloc[-1].to_dict()

    # -- prioritisation -----------------------------------------------------------------------------

    @cached_property
    def kandidaten(self) -> pd.DataFrame:
        """Ambities that can be chosen: open or part of an opgave, and still in their file."""
        a = self.ambities
        return a[a["bestemming"].isin([Bestemming.OPEN, Bestemming.OPGAVE]) & ~a["vervallen"].astype(bool)]

    @cached_property
    def criteria_lijst(self) -> tuple[parameters.Criterium, ...]:
        """The criteria of this werkmap (parameter ``criteria.lijst``), else those of parameters/criteria.yaml."""
        eigen = self._eigen.get("criteria.lijst")
        return tuple(parameters.Criterium(**c) for c in eigen) if eigen else parameters.criteria()

    @property
    def criteria(self) -> dict[str, str]:
        """Name that people read, per criterium."""
        return {c.criterium: c.naam for c in self.criteria_lijst}

    @property
    def schalen(self) -> dict[str, tuple[float, float]]:
        """Lowest and highest score, per criterium."""
        return {c.criterium: (c.laagst, c.hoogst) for c in self.criteria_lijst}

    @cached_property
    def groepen(self) -> dict[str, dict]:
        """Groups that gave weights (parameter ``criteria.groepen``); of criteria that are gone nothing is left."""
        bekend = self.criteria
        gegeven = self._eigen.get("criteria.groepen") or {}
        return {
            naam: g | {"gewichten": {c: w for c, w in g["gewichten"].items() if c in bekend}}
            for naam, g in gegeven.items()
        }

    @cached_property
    def gewichten(self) -> dict[str, float]:
        """Weight per criterium, shares that add up to 1: of all groups together by their share, else the defaults.

        A criterium that a group did not weigh has its default weight there. What the base says itself goes first.
        """
        eigen_keuze = self.scenarios[BASIS].over(Keuzesoort.GEWICHTEN).get("")
        if eigen_keuze:
            return _aandelen({c: float(eigen_keuze["waarden"].get(c, 0.0)) for c in self.criteria})
        standaard = _aandelen({c.criterium: float(c.gewicht) for c in self.criteria_lijst})
        samen = dict.fromkeys(standaard, 0.0)
        for groep in self.groepen.values():
            eigen = _aandelen(standaard | groep["gewichten"])
            for c, w in eigen.items():
                samen[c] += w * float(groep.get("aandeel", 1.0))
        return _aandelen(samen) if sum(samen.values()) > 0 else standaard

    @cached_property
    def scores(self) -> pd.DataFrame:
        """All judgements, ambitie, criterium, beoordelaar, score: of files, and over those of closed sessions."""
        return self.scores_met(self.werkmap.sessies.alle())

    def scores_met(self, sessies: Sequence[sessie_regels.Sessie]) -> pd.DataFrame:
        """As `scores`, with the sessions as given: what would count if one were closed, or not there."""
        kolommen = ["ambitie", "criterium", "beoordelaar", "score"]
        van_bestanden = self.tabel("scores")[kolommen]
        dicht = [s for s in sessies if s.fase == sessie_regels.Fase.GESLOTEN]
        samen = sessie_regels.geldend(dicht, {s.code: self.werkmap.sessies.oordelen(s.code) for s in dicht})
        gegeven = pd.DataFrame([(*k, w) for k, w in samen.items()], columns=kolommen)
        alles = pd.concat([van_bestanden, gegeven]) if len(gegeven) else van_bestanden
        laatste = alles.drop_duplicates(kolommen[:3], keep="last").reset_index(drop=True)
        return laatste[laatste["score"].notna()].astype({"score": float})

    @cached_property
    def afspraken(self) -> dict[tuple[str, str], float]:
        """Scores that a group agreed on in a closed session, by (ambitie, criterium); they go before the mean of
        the assessors."""
        return self.afspraken_met(self.werkmap.sessies.alle())

    def afspraken_met(self, sessies: Sequence[sessie_regels.Sessie]) -> dict[tuple[str, str], float]:
        """As `afspraken`, with the sessions as given; see `scores_met`."""
        return sessie_regels.geldende_afspraken(sessies, self.werkmap.sessies.afspraken())

    @cached_property
    def scorekaart(self) -> ranking.Scorekaart:
        """Scores of all assessors for the candidates; what a group agreed on goes before their mean."""
        kaart = ranking.scorekaart(self.scores, list(self.kandidaten.index), list(self.criteria))
        for (ambitie, criterium), score in self.afspraken.items():
            if ambitie in kaart.gemiddeld.index and criterium in kaart.gemiddeld:
                kaart.gemiddeld.loc[ambitie, criterium] = score
        return kaart

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """All scenarios by their code, the base first."""
        return {s.code: s for s in self.werkmap.scenarios.alle()}

    @property
    def richtingen(self) -> dict[str, str]:
        """Whether a higher or a lower score is better, per criterium."""
        return {c.criterium: c.richting for c in self.criteria_lijst}

    def rangschikking(
        self,
        *,
        methode: str = "gewogen-som",
        gewichten: Mapping[str, float] | None = None,
        normalisatie: str = "schaal",
    ) -> ranking.Rangschikking:
        """Ranking of the candidates by one of `domein.methoden.METHODEN`; `gewichten` default to those of this
        werkmap."""
        return methoden.rangschik(
            methode,
            self.scorekaart.gemiddeld,
            gewichten or self.gewichten,
            self.richtingen,
            normalisatie,
            self.schalen,
        )

    def shortlist(
        self,
        *,
        gewichten: Mapping[str, float] | None = None,
        opgaven: int | None = None,
        budget_eur: float | None = None,
        normalisatie: str = "schaal",
        methode: str = "gewogen-som",
    ) -> shortlist.Shortlist:
        """Ranking of the candidates with the line through it.

        Parameters
        ----------
        gewichten : per criterium; default those of this werkmap
        opgaven : most items; default `plaatsen`
        budget_eur : whole euros over the whole period; default what the base says, else no limit
        """
        rang = self.rangschikking(methode=methode, gewichten=gewichten, normalisatie=normalisatie)
        grenzen = shortlist.Grenzen(
            opgaven if opgaven is not None else self.plaatsen,
            budget_eur if budget_eur is not None else self.scenarios[BASIS].grens("budget|totaal"),
            self.werk.ruimte_uren or None,
            self.vastgezet,
        )
        return shortlist.kies(rang, self.kandidaten, grenzen)

    @cached_property
    def plaatsen(self) -> int:
        """How many items there is room for: what the base says, else parameter prioritering.opgaven."""
        gezegd = self.scenarios[BASIS].grens("opgaven", int(self.waarde("prioritering", "opgaven")))
        return len(self.kandidaten) if gezegd is None else int(gezegd)

    @cached_property
    def vastgezet(self) -> dict[str, tuple[str, str]]:
        """What people fixed in the base: ambitie -> ("in" or "uit", why)."""
        over = self.scenarios[BASIS].over(Keuzesoort.VAST)
        if not over:
            return {}
        redenen = self.werkmap.scenarios.redenen(BASIS)
        return {a: (str(w["waarde"]), redenen[sleutel(Keuzesoort.VAST, a)][0]) for a, w in over.items()}

    # -- complexiteit and tijd ----------------------------------------------------------------------

    @cached_property
    def voorscheider(self) -> complexiteit_regels.Grenzen:
        """Limits of the voorscheider (parameters/voorscheider.yaml)."""
        namen = ("routine", "helder", "onhelder", "improvisatie")
        grenzen = {n: float(self.waarde("voorscheider", f"grens_{n}")) for n in namen}
        return complexiteit_regels.Grenzen(**grenzen)

    @cached_property
    def plaatsing(self) -> complexiteit_regels.Plaatsing:
        """Complexiteit and advised werkwijze of all activiteiten and organisatieprojecten."""
        return complexiteit_regels.plaats(self.tabel("activiteiten"), self.voorscheider)

    @cached_property
    def projecten(self) -> pd.DataFrame:
        """Activiteiten with their placing, opgave title, domein and total hours asked."""
        tabel = self.tabel("activiteiten").drop(columns="complexiteit").join(self.plaatsing.tabel)
        opgaven = self.tabel("opgaven")[["titel", "domein"]].rename(columns={"titel": "opgave_titel"})
        inzet = self.werk.inzet
        uren = inzet[inzet["status"] != Status.AFGEWEZEN].groupby("activiteit")["uren_gevraagd"].sum()
        tabel = tabel.join(opgaven, on="opgave").join(uren.rename("uren"))
        organisatie = tabel["soort"].eq("organisatieproject") & tabel["domein"].isna()
        tabel["domein"] = tabel["domein"].mask(organisatie, "bedrijfsvoering")
        return tabel

    @cached_property
    def te_veel_tegelijk(self) -> str:
        """Warning when more opgaven have priority ``nu`` than the norm, with its source; else empty."""
        norm = self.parameter("prioritering", "topprioriteiten")
        nu = int((self.tabel("opgaven")["prioriteit"] == "nu").sum())
        if nu <= norm.waarde:
            return ""
        return f"{nu} opgaven hebben prioriteit 'nu'. Hoogstens {norm.waarde} tegelijk is het advies ({norm.bron})."

    # -- budget and capacity ------------------------------------------------------------------------

    @cached_property
    def geld(self) -> Geld:
        """Euros: the begroting, its years and versions, lean and opgave."""
        from opgavelib.toepassing.geld import Geld

        return Geld(self)

    @cached_property
    def werk(self) -> Werk:
        """Hours: what teams have, what is asked and promised."""
        from opgavelib.toepassing.werk import Werk

        return Werk(self)

    @property
    def begroting(self) -> begroting_regels.LeanOpgave:
        """Lean and opgave of the peiljaar, reconciled to the totals of its files."""
        return self.geld.lean_opgave

    @property
    def capaciteit(self) -> capaciteit_regels.Capaciteit:
        """Balance of hours per team and quarter, with what the base decided."""
        return self.werk.capaciteit


def _zonder_accenten(tekst: str) -> str:
    """``Wóning`` is found by ``woning``, and the other way round."""
    return "".join(t for t in normalize("NFKD", tekst.casefold()) if not combining(t))


def _vormen(team: str) -> tuple[str, str, str]:
    """A name as it is, without capitals and extra spaces, and without "team" before it."""
    gewoon = " ".join(team.casefold().split())
    return team, gewoon, gewoon.removeprefix("team ")


def _aandelen(gewichten: Mapping[str, float]) -> dict[str, float]:
    som = sum(gewichten.values())
    return {c: w / som if som else 0.0 for c, w in gewichten.items()}
