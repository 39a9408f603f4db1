"""Lean and opgave of one year: in total, in every cut, and the lines under each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begroting import snede as sneden
from opgavelib.domein.begroting.afronden import naar_heel, rond_af, rond_centen
from opgavelib.domein.begroting.norm import Norm, zin_over_norm
from opgavelib.domein.begroting.regels import Regels, bereken, in_euro

MATEN = ("lean_eur", "opgave_eur", "onbekend_eur", "lean_uren", "opgave_uren")
GEEN_BEGROTING = "Er is nog geen begroting gelezen."
ONBEKEND_JAAR = "(onbekend)"
_HERKOMST = ("bron", "bestand", "blad", "rij")
_REGEL = ("jaar", "taakveld", "programma", "omschrijving", "team", "structureel", "sturing", "opgave_aandeel",
          "lasten_eur", "baten_eur", "salarissen_eur")  # fmt: skip


@dataclass(frozen=True)
class LeanOpgave:
    """Lean against opgave, in euros and (derived) hours.

    Attributes
    ----------
    totaal : whole euros lasten_eur, lean_eur, opgave_eur, onbekend_eur (these three are the lasten), baten_eur and
        salarissen_eur (None when no line states them), overhead_eur (what of the lasten is overhead),
        buiten_norm_eur (what of the lasten stays out of the share), onbekend_norm_eur (what of the unknown is not
        among that); lean_uren, opgave_uren; the shares ``opgave_aandeel_eur``, ``opgave_aandeel_uren`` (None
        without a denominator, then ``reden`` says why); ``verdeeld_naar``
    teams : DataFrame, index team; teamleider, domein, the measures and shares
    aansluiting : DataFrame; regel, verwacht_eur, gevonden_eur, verschil_eur, akkoord, toelichting
    conclusie : the sentence on the share
    toelichting : sentences ready for the bestuursnota, with `conclusie` among them
    """

    totaal: Mapping[str, object]
    teams: pd.DataFrame
    aansluiting: pd.DataFrame
    conclusie: str
    toelichting: str
    parameters: Mapping[str, object]
    norm: Norm
    _alle: pd.DataFrame = field(repr=False)
    _regels: Regels = field(repr=False)
    _formatie: pd.DataFrame = field(repr=False)
    _bewaard: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False)

    @property
    def domeinen(self) -> pd.DataFrame:
        """DataFrame, index domein; each is the sum of its teams."""
        return self.snede("domein")

    def met_toelichting(self, toelichting: str) -> LeanOpgave:
        """The same, saying more."""
        uit = replace(self, toelichting=toelichting)
        uit._bewaard.update(self._bewaard)
        return uit

    def snede(self, op: str) -> pd.DataFrame:
        """The begroting in rows per `op`, one of `SNEDEN`.

        Returns
        -------
        DataFrame, index `op`; lasten_eur = lean_eur + opgave_eur + onbekend_eur, buiten_norm_eur,
        onbekend_norm_eur, overhead_eur (integers), baten_eur, salarissen_eur (NaN when no line states them),
        opgave_aandeel_eur and reden. Per team, teamleider and domein besides the hours that follow from the
        formatie: lean_uren, opgave_uren, opgave_aandeel_uren. Every column adds up to `totaal`, but per jaar.
        """
        if op == "team":
            return self.teams
        if op == "jaar":
            return self._per_jaar
        if op in sneden.VAN_TEAMS:
            return sneden.met_aandelen(sneden.van_teams(op, self._per_team, self._formatie))
        if op not in sneden.SNEDEN:
            raise ValueError(f"{op!r} is geen snede; kies uit {', '.join(sneden.SNEDEN)}")
        return sneden.met_aandelen(self._rijen(op)).rename_axis(op)

    @property
    def _per_team(self) -> pd.DataFrame:
        return self._rijen("team")

    @cached_property
    def _per_jaar(self) -> pd.DataFrame:
        """Totals of every year that was read, by the same norm."""
        jaar, delen = self._alle["jaar"], []
        for j in sorted(jaar.unique(), key=lambda x: (pd.isna(x), x)):
            regels = self._alle[jaar.isna() if pd.isna(j) else jaar == j]
            eigen = regels.index.equals(self._regels.bron.index)
            r = self._regels if eigen else bereken(regels, self.norm)
            delen.append(sneden.alles(r, ONBEKEND_JAAR if pd.isna(j) else str(int(j))))
        tabel = pd.concat(delen) if delen else self._per_team.iloc[:0].drop(columns=list(sneden.UREN))
        return sneden.met_aandelen(tabel).rename_axis("jaar")

    def _rijen(self, op: str) -> pd.DataFrame:
        """Rows of a cut of the lines themselves, made once."""
        if op not in self._bewaard:
            self._bewaard[op] = sneden.rijen(op, self._regels, self.norm, self._formatie)
        return self._bewaard[op]

    @cached_property
    def regels(self) -> pd.DataFrame:
        """Every line, index regel; its columns, lean_eur, opgave_eur, onbekend_eur and overhead_eur with parts of a
        euro, binnen_norm, and bron, bestand, blad and rij it was read from."""
        r = self._regels
        return self._kale_regels().join(in_euro(r.exact, r.bron.index)).assign(binnen_norm=r.binnen)

    def _kale_regels(self) -> pd.DataFrame:
        return self._regels.bron[[k for k in (*_REGEL, *_HERKOMST) if k in self._regels.bron]]

    def onder(self, op: str, waarde: str) -> pd.DataFrame:
        """The lines under one row of a cut, in whole euros that add up to that row.

        Returns
        -------
        DataFrame, as `regels`, with lean_eur, opgave_eur, onbekend_eur and overhead_eur as integers and
        ``lasten_eur`` their share in the row (with spread overhead, when the norm spreads it)
        """
        if op in sneden.VAN_TEAMS:
            groep = sneden.groep_van_teams(op, self._per_team.index, self._formatie)
            return pd.concat([self.onder("team", t) for t in groep.index[groep == waarde]])
        if op == "jaar":
            raise ValueError("de regels onder een jaar staan in de uitkomst van dat jaar")
        doel = self._rijen(op).loc[waarde]
        codes, namen = sneden.groepen(op, self._regels, self.norm)
        hier = codes == namen.index(waarde) if waarde in namen else codes != codes
        return self._afgerond(hier, doel)

    def _afgerond(self, hier, doel: Mapping[str, object]) -> pd.DataFrame:
        exact = {m: w[hier] for m, w in self._regels.exact.items()}
        kaal = self._kale_regels()[hier].drop(columns="lasten_eur")
        heel = rond_af(exact, kaal.index, {m: int(doel[f"{m}_eur"]) for m in ("lean", "opgave", "onbekend")})
        heel["overhead"] = naar_heel(exact["overhead"], int(doel["overhead_eur"]), kaal.index)
        euro = {f"{m}_eur": w for m, w in heel.items()}
        ander = {k: w[hier] for k, w in self._regels.ander.items() if k in kaal}
        euro |= {k: rond_centen(w, kaal.index, doel[k]) for k, w in ander.items()}
        return kaal.assign(**euro, binnen_norm=self._regels.binnen[hier])


def lean_opgave(
    begroting: pd.DataFrame,
    teams: pd.DataFrame,
    aansluiting: pd.DataFrame,
    norm: Norm,
    jaren: Sequence[int] = (),
    alle: pd.DataFrame | None = None,
) -> LeanOpgave:
    """Lean and opgave of one year, in every cut.

    Parameters
    ----------
    begroting : DataFrame of one year, unique index; taakveld, team, lasten_eur, baten_eur, salarissen_eur, sturing,
        opgave_aandeel, programma, structureel; and bron, bestand, blad, rij when they are known
    teams : DataFrame, index team; teamleider, domein, lean_uren, opgave_uren (hours per year, derived from
        the formatie by `capaciteit.aanbod`)
    aansluiting : what `aansluiting` made of the totals that the files state
    jaren : all budget years that were read and, last, the one of `begroting`; the others are said to be left out
    alle : lines of all years; default `begroting`

    Returns
    -------
    LeanOpgave; every cut adds up to the same totals. Programmas, teamleiders and domeinen that differ in capitals
    or spaces only are one row.

    References
    ----------
    80/20 of the budget: VPNG webinar for wethouders, 2022. The share of hours is derived from it.
    """
    if "programma" in begroting:
        begroting = begroting.assign(programma=sneden.gelijk_geschreven(begroting["programma"]))
    teams = teams.assign(**{k: sneden.gelijk_geschreven(teams[k]) for k in sneden.VAN_TEAMS})
    regels = bereken(begroting, norm)
    per_team = sneden.rijen("team", regels, norm, teams)
    tabel = sneden.met_aandelen(per_team).rename_axis("team")
    for plaats, kolom in enumerate(("teamleider", "domein")):
        tekst = teams[kolom].reindex(tabel.index).astype(object)
        tabel.insert(plaats, kolom, tekst.where(tekst.notna(), None))
    (totaal,) = sneden.met_aandelen(_som(per_team)).to_dict("records")
    totaal |= {m: None if pd.isna(totaal[m]) else int(totaal[m]) for m in sneden.ANDER}
    totaal["verdeeld_naar"] = regels.verdeeld_naar
    uit = LeanOpgave(
        totaal=totaal, teams=tabel, aansluiting=aansluiting,
        conclusie=_zin_aandeel(totaal, norm) if len(begroting) else GEEN_BEGROTING,
        toelichting=_zin(totaal, norm, jaren) if len(begroting) else GEEN_BEGROTING,
        parameters={**norm.parameters, "jaar": jaren[-1] if jaren else None},
        norm=norm, _alle=begroting if alle is None else alle, _regels=regels, _formatie=teams,
    )  # fmt: skip
    uit._bewaard["team"] = per_team
    return uit


def _som(per_team: pd.DataFrame) -> pd.DataFrame:
    """All teams together, as one row."""
    som = {k: per_team[k].sum(min_count=1 if k in sneden.ANDER else 0) for k in per_team}
    return pd.DataFrame(som, index=["totaal"])


def _zin(totaal: Mapping[str, object], norm: Norm, jaren: Sequence[int]) -> str:
    zinnen = [_zin_aandeel(totaal, norm)]
    if not _niets_genoemd(totaal) and totaal["onbekend_norm_eur"]:
        zinnen.append(f"Van {notatie.euro_kort(totaal['onbekend_norm_eur'])} is het nog niet bepaald.")
    if totaal["opgave_aandeel_uren"] is not None:
        zinnen.append(
            f"In uren, afgeleid van de formatie, is het {notatie.procent(totaal['opgave_aandeel_uren'])}."
        )
    zinnen.append(zin_over_norm(totaal, norm))
    if len(jaren) > 1:
        *ander, laatst = jaren
        tellen = "telt" if len(ander) == 1 else "tellen"
        zinnen.append(f"Dit is de begroting van {laatst}; {', '.join(map(str, ander))} {tellen} hier niet mee.")
    return " ".join(z for z in zinnen if z)


def _niets_genoemd(totaal: Mapping[str, object]) -> bool:
    return str(totaal["reden"]).startswith(sneden.NIETS_GENOEMD)


def _zin_aandeel(totaal: Mapping[str, object], norm: Norm) -> str:
    aandeel = totaal["opgave_aandeel_eur"]
    if aandeel is None and not (_niets_genoemd(totaal) and totaal["onbekend_eur"]):
        return f"Er is geen verhouding in euro's te geven: {str(totaal['reden']).split(';')[0]}."
    if aandeel is None:
        return (
            f"Van {notatie.euro_kort(totaal['onbekend_eur'])} aan lasten is nog geen regel lean of opgave "
            "genoemd, dus er is geen verhouding te geven."
        )
    doel = 1 - norm.lean_aandeel
    verschil = round(aandeel - doel, 9)  # 25% is on the limit of 20% plus 5%, not above it
    oordeel = "binnen de marge van de norm"
    if abs(verschil) > norm.tolerantie:
        oordeel = "boven de norm" if verschil > 0 else "onder de norm"
    return (
        f"{notatie.procent(aandeel)} van het budget is voor opgaven; de norm is {notatie.procent(doel)}, "
        f"dus dat is {oordeel}."
    )
