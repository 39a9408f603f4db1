"""Controles of the begroting: pure, over budget lines with the place they were read from.

Every function takes lines as DataFrame with bestand, blad, rij and the columns of table begroting.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.controle.basis import Controle, Groep, Regel, Uitslag, opsomming, plekken, tekst

B = Groep.BEGROTING
LEEG = "Er zijn nog geen begrotingsregels gelezen."
VERGELIJK = "Lees het bestand daarna opnieuw in."
TOTALEN = {
    "lasten_eur": Regel("lasten-totaal", "De lasten tellen op tot het totaal van het bestand", B, VERGELIJK),
    "baten_eur": Regel("baten-totaal", "De baten tellen op tot het totaal van het bestand", B, VERGELIJK),
    "salarissen_eur": Regel(
        "salarissen-totaal", "De salarissen tellen op tot het totaal van het bestand", B, VERGELIJK
    ),
}
IV3 = Regel(
    "iv3", "De begroting sluit per taakveld aan op de eigen Iv3-cijfers", B,
    "Verklaar elk verschil, of verbeter het taakveld van de regels.",
)  # fmt: skip
TEAM = Regel(
    "regel-team", "Elke begrotingsregel heeft een team", B,
    "Vul in het bestand de kolom met het team aan: zonder team hoort het budget bij geen teamleider.",
)  # fmt: skip
BEKEND_TEAM = Regel(
    "begroting-team-formatie", "Elk team in de begroting staat in de formatie", B,
    "Schrijf het team zoals in de formatie, of voeg het daar toe.",
)  # fmt: skip
TAAKVELD = Regel(
    "taakveld-jaar", "Elke taakveldcode bestaat in het begrotingsjaar", B,
    "Zoek de code op in de Iv3-lijst van dat jaar en verbeter haar; schrijf codes als tekst.",
)  # fmt: skip
JAAR = Regel("regel-jaar", "Elke begrotingsregel heeft een jaar", B, "Zet het jaar in de kolomkop of in een kolom.")
EEN = Regel(
    "een-begroting", "Per jaar telt één begroting", B,
    "Zeg bij elk bestand wat het is: begroting, wijziging, vervangt, of telt niet mee.",
)  # fmt: skip
DUBBEL = Regel(
    "dubbele-regel", "Geen begrotingsregel staat er dubbel in", B,
    "Haal de dubbele regel weg, of geef de regels elk een eigen omschrijving.",
)  # fmt: skip
SALARIS = Regel(
    "salaris-lasten", "Salarissen zijn op geen regel hoger dan de lasten", B,
    "Salarissen zijn een deel van de lasten; verbeter een van beide bedragen.",
)  # fmt: skip
NEGATIEF = Regel(
    "negatief", "Geen begrotingsregel heeft negatieve lasten of baten", B,
    "Kijk of het een baat is, een doorbelasting of een typefout.", Uitslag.LET_OP,
)  # fmt: skip


def noem(r) -> str:
    """A budget line as a colleague knows it: ``2.1 Wegen, team Beheer``."""
    team = tekst(r.team)
    naam = " ".join(filter(None, [tekst(r.taakveld), tekst(r.omschrijving) or tekst(r.programma)]))
    return f"{naam}, team {team}" if team else naam


def lasten(r) -> object:
    return r.lasten_eur


def tel_regels(n: int) -> str:
    return notatie.aantal(n, "regel", "regels")


def eur(tabel: pd.DataFrame, kolom: str = "lasten_eur") -> str:
    return notatie.euro(float(tabel[kolom].fillna(0.0).sum()))


def heeft_team(regels: pd.DataFrame, zonder_team: Collection[str], kolom_gelezen: bool) -> Controle:
    """Every line has a team, but for taakvelden that are no work and lines without lasten, as long as there are no
    salaries on the line.

    Parameters
    ----------
    zonder_team : taakveld codes of which a line may lack one
    kolom_gelezen : some file has a column with the team at all
    """
    if regels.empty:
        return TEAM.niet(LEEG)
    if not kolom_gelezen:
        return TEAM.niet("Geen enkele begroting heeft een kolom met het team.")
    werk, mist = ~regels["taakveld"].isin(list(zonder_team)), regels["team"].isna()
    niets = regels["lasten_eur"].fillna(0.0) == 0
    vrij = (~werk | niets) & ~(regels["salarissen_eur"] > 0)
    los, leeg = int((vrij & mist & ~werk).sum()), int((vrij & mist & werk).sum())
    waar = opsomming(sorted(zonder_team))
    rest = (
        f" {tel_regels(los)} op taakveld {waar} zonder team {tellen(los)} niet mee: dat is geen werk van een team."
    )
    rest = (rest if los else "") + (f" {tel_regels(leeg)} zonder lasten {tellen(leeg)} niet mee." if leeg else "")
    return TEAM.oordeel(
        regels[mist & ~vrij],
        f"Alle {tel_regels(len(regels) - los - leeg)} hebben een team.{rest}",
        lambda m: f"{tel_regels(len(m))} met samen {eur(m)} aan lasten {'heeft' if len(m) == 1 else 'hebben'} geen "
        "team.",
        noem,
        lasten,
    )  # fmt: skip


def tellen(n: int) -> str:
    return "telt" if n == 1 else "tellen"


def team_bekend(regels: pd.DataFrame, teams: Collection[str], lijkt: Mapping[str, str]) -> Controle:
    """Every team of a line is in the formatie.

    Parameters
    ----------
    lijkt : unknown name -> name in the formatie that looks like it
    """
    if regels.empty or regels["team"].isna().all():
        return BEKEND_TEAM.niet("Er zijn geen begrotingsregels met een team.")
    if not len(teams):
        return BEKEND_TEAM.niet("Er is nog geen formatie gelezen.")
    mis = regels[regels["team"].notna() & ~regels["team"].isin(list(teams))]

    def zin(m: pd.DataFrame) -> str:
        namen = [f"{n} (bedoelt u {lijkt[n]}?)" if n in lijkt else str(n) for n in m["team"].unique()]
        return f"Niet in de formatie: {opsomming(namen)}. Het gaat om {tel_regels(len(m))} met {eur(m)} aan lasten."

    aantal = notatie.aantal(regels["team"].nunique(), "team", "teams")
    goed = f"De begroting noemt {aantal}; {'dat staat' if aantal[:2] == '1 ' else 'die staan alle'} in de formatie."
    return BEKEND_TEAM.oordeel(mis, goed, zin, noem, lasten)


def taakveld_bestaat(regels: pd.DataFrame, codes: Mapping[int, Collection[str]]) -> Controle:
    """Every code exists in the year of its line; of a year that is not known, the nearest known year is used.

    Parameters
    ----------
    codes : year -> taakveld codes of that year
    """
    if regels.empty:
        return TAAKVELD.niet(LEEG)
    bekend = np.array(sorted(codes))
    jaren = regels["jaar"].fillna(bekend[-1]).to_numpy(dtype=float)
    # Per year and not per line: 300,000 lines have at most a handful of years.
    toets_jaar = {j: int(bekend[np.abs(bekend - j).argmin()]) for j in np.unique(jaren)}
    goed = np.zeros(len(regels), dtype=bool)
    for jaar, toets in toets_jaar.items():
        deel = jaren == jaar
        goed[deel] = regels["taakveld"][deel].isin(list(codes[toets])).to_numpy()
    anders = sorted({t for j, t in toets_jaar.items() if t != j})
    rest = f" Van een ander jaar is geen lijst; daarvoor geldt die van {opsomming([str(j) for j in anders])}."

    def zin(mis: pd.DataFrame) -> str:
        onbekend = [str(c) for c in mis["taakveld"].unique()]
        bestaat = "bestaat" if len(onbekend) == 1 else "bestaan"
        gaat = f"het gaat om {tel_regels(len(mis))} met {eur(mis)} aan lasten"
        return f"{opsomming(onbekend)} {bestaat} niet; {gaat}.{rest if anders else ''}"

    goed_zin = f"Alle {notatie.getal(regels['taakveld'].nunique())} codes bestaan.{rest if anders else ''}"
    return TAAKVELD.oordeel(regels[~goed], goed_zin, zin, noem, lasten)


def heeft_jaar(regels: pd.DataFrame) -> Controle:
    """Every line has a year."""
    if regels.empty:
        return JAAR.niet(LEEG)
    jaren = [f"{int(j)}" for j in sorted(regels["jaar"].dropna().unique())]
    return JAAR.oordeel(
        regels[regels["jaar"].isna()],
        f"Alle {tel_regels(len(regels))} hebben een jaar: {opsomming(jaren)}.",
        lambda m: f"Van {tel_regels(len(m))} met {eur(m)} aan lasten is het jaar niet bekend.",
        noem,
        lasten,
    )


def een_begroting(regels: pd.DataFrame, ongezegd: Collection[str], telt_mee: Collection[str]) -> Controle:
    """The lines of a year come from one source, or somebody said of each source what it is.

    Parameters
    ----------
    regels : lines that count, with bron, the key of their source
    ongezegd : sources of which nobody said what they are
    telt_mee : sources that are a begroting of their own, not a wijziging of another
    """
    if regels.empty:
        return EEN.niet(LEEG)
    los = regels[regels["bron"].isin(list(telt_mee)) & regels["jaar"].notna()]
    per = los.groupby(["jaar", "bron"], sort=True).agg(
        bestand=("bestand", "first"), blad=("blad", "first"), lasten_eur=("lasten_eur", "sum")
    )
    aantal = per.groupby(level="jaar").size()
    open_ = per[per.index.get_level_values("bron").isin(list(ongezegd))].groupby(level="jaar").size()
    dubbel = aantal[(aantal > 1) & aantal.index.isin(open_.index)]
    if dubbel.empty:
        return EEN.goed("Van elk jaar telt één begroting.")
    mis = per.loc[list(dubbel.index)].reset_index().assign(rij=None)
    zin = "; ".join(f"van {int(j)} tellen {n} begrotingen samen op" for j, n in dubbel.items())
    rijen = plekken(mis, lambda r: f"begroting {int(r.jaar)}", lasten)
    return EEN.mis(f"{zin[0].upper()}{zin[1:]}.", rijen)


def niet_dubbel(regels: pd.DataFrame) -> Controle:
    """No two lines of one source are the same in jaar, taakveld, programma, omschrijving, team and amounts."""
    if regels.empty:
        return DUBBEL.niet(LEEG)
    velden = ["bron", "jaar", "taakveld", "programma", "omschrijving", "team", "lasten_eur", "baten_eur"]
    nul = regels["lasten_eur"].fillna(0.0).eq(0.0) & regels["baten_eur"].fillna(0.0).eq(0.0)
    # What is the same has the same amounts, and few lines do: compare those only.
    bedrag = regels[~nul]
    bedrag = bedrag[bedrag.duplicated(["taakveld", "lasten_eur", "baten_eur"], keep=False)]
    gelijk = bedrag[bedrag.duplicated(velden, keep=False)]
    eerste = gelijk[gelijk.duplicated(velden, keep="first")]
    return DUBBEL.oordeel(
        gelijk.sort_values(velden, kind="stable", key=lambda k: k.astype(str)),
        "Geen twee regels zijn gelijk.",
        lambda m: (
            f"{tel_regels(len(eerste))} {'staat' if len(eerste) == 1 else 'staan'} er dubbel in; samen "
            f"{eur(eerste)} aan lasten te veel."
        ),
        noem,
        lasten,
    )


def salaris_in_lasten(regels: pd.DataFrame) -> Controle:
    """Salaries are part of the lasten of their line."""
    met = regels[regels["salarissen_eur"] > 0]
    if met.empty:
        return SALARIS.niet("De begroting noemt geen salarissen.")
    # Where the lasten are below 0, they are a correction; nothing is part of that.
    mis = met[(met["salarissen_eur"] > met["lasten_eur"]) & (met["lasten_eur"] >= 0)]
    return SALARIS.oordeel(
        mis,
        f"Op alle {tel_regels(len(met))} met salarissen zijn die een deel van de lasten.",
        lambda m: f"Op {tel_regels(len(m))} zijn de salarissen hoger dan de lasten.",
        lambda r: f"{noem(r)}: salarissen {notatie.euro(r.salarissen_eur)}, lasten {notatie.euro(r.lasten_eur)}",
        lambda r: r.salarissen_eur,
    )


def niet_negatief(regels: pd.DataFrame, buiten: Collection[str]) -> Controle:
    """Lasten and baten below 0 are worth a look.

    Parameters
    ----------
    buiten : taakvelden that may be below 0: a resultaat is
    """
    if regels.empty:
        return NEGATIEF.niet(LEEG)
    onder_nul = regels[["lasten_eur", "baten_eur"]].clip(upper=0.0).sum(axis=1)
    return NEGATIEF.oordeel(
        regels.assign(onder_nul=onder_nul)[(onder_nul < 0) & ~regels["taakveld"].isin(list(buiten))],
        "Alle bedragen zijn nul of meer.",
        lambda m: f"{tel_regels(len(m))} onder nul, samen {eur(m, 'onder_nul')}.",
        noem,
        lambda r: r.onder_nul,
    )


def iv3(
    tabel: pd.DataFrame, totalen: pd.DataFrame, reden: str | None, toelichting: str, *, gewijzigd: bool
) -> Controle:
    """The lines agree per taakveld with what the municipality delivered.

    Parameters
    ----------
    tabel, totalen, reden, toelichting : of `domein.iv3_aansluiting.Iv3Aansluiting`
    gewijzigd : there are wijzigingen among the lines: Iv3 is about the begroting before those, so a difference is
        to be explained and no error
    """
    alles = pd.concat([tabel, totalen])
    if reden is not None or alles["akkoord"].isna().all():
        return IV3.niet(reden or toelichting)
    regel = replace(IV3, gebroken=Uitslag.LET_OP) if gewijzigd else IV3
    rest = " Iv3 gaat over de begroting van voor de wijzigingen." if gewijzigd else ""
    return regel.oordeel(
        alles[alles["akkoord"].eq(False)].assign(bestand="Iv3", blad="", rij=None),
        toelichting,
        lambda _: toelichting + rest,
        lambda r: f"{r.taakveld} {r.naam}, {r.maat}: {r.toelichting}",
        lambda r: r.verschil_eur,
    )
