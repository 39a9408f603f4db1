"""The workbook to take along, out of one moment of a werkmap.

The results stored beside the formulas are what this package answers everywhere else; nothing is computed anew here
but the parts of sums that the sheets show and no answer has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from opgavelib import woordenboek
from opgavelib.domein.begroting import (
    GEEN_DOMEIN,
    GEEN_PROGRAMMA,
    GEEN_TEAM,
    GEEN_TEAMLEIDER,
    OVERHEAD,
    Overhead,
)
from opgavelib.domein.begroting.snede import gelijk_geschreven
from opgavelib.domein.iv3 import MATEN
from opgavelib.domein.iv3_aansluiting import TOTAAL
from opgavelib.domein.scenario import BASIS, Soort
from opgavelib.parameters import Parameter
from opgavelib.rapport import bestand, werkboek
from opgavelib.rapport.werkboek import geld as geldblad
from opgavelib.rapport.werkboek import uren as urenblad
from opgavelib.rapport.werkboek.gegevens import Gegevens, Norm
from opgavelib.rapport.werkboek.model import Vorm, is_leeg
from opgavelib.toepassing import besluitenlijst, iv3
from opgavelib.toepassing.controles import controles
from opgavelib.toepassing.iv3_gegevens import taakvelden
from opgavelib.toepassing.meenemen import actie, bestandsnaam

if TYPE_CHECKING:
    from opgavelib.domein.begroting import LeanOpgave
    from opgavelib.domein.iv3_aansluiting import Iv3Aansluiting
    from opgavelib.toepassing.stand import Stand

# Cell name -> group and name of the parameter, how people call it and how it reads.
NORMEN = {
    "lean_norm": ("begroting", "lean_norm", "Norm: deel van de lasten dat lean is", Vorm.AANDEEL),
    "tolerantie": ("begroting", "tolerantie", "Marge om die norm", Vorm.AANDEEL),
    "uren_per_fte": ("capaciteit", "uren_per_fte", "Productieve uren per fte per jaar", Vorm.UREN),
    "lean_aandeel": ("capaciteit", "lean_aandeel", "Deel van de uren voor lean, als een team niets opgeeft",
                     Vorm.AANDEEL),
    "verzuim_aandeel": ("capaciteit", "verzuim_aandeel", "Extra verzuim, als een team niets opgeeft", Vorm.AANDEEL),
    "let_op_vanaf": ("capaciteit", "let_op_vanaf", "Belasting waarbij wordt gewaarschuwd", Vorm.AANDEEL),
    "inhuur_tarief_eur": ("capaciteit", "inhuur_tarief_eur", "Tarief van inhuur", Vorm.GETAL),
    "marge_uren": ("capaciteit", "marge_uren", "Tekort in uren dat nog afronding is", Vorm.GETAL),
    "iv3_afronding_eur": ("iv3", "afronding_eur", "Afronding van één cijfer in Iv3", Vorm.BEDRAG),
}  # fmt: skip
_MATEN = ("lean", "opgave", "onbekend")
_TEKENS = {"fout": "■", "let op": "▲", "goed": "●"}
_SNEDEN = ("team", "teamleider", "domein", "programma", "taakveld", "structureel")
_GEEN = {"team": GEEN_TEAM, "programma": GEEN_PROGRAMMA, "taakveld": "(geen taakveld)"}
_STRUCTUREEL = {True: "structureel", False: "incidenteel"}


def gegevens(stand: Stand, gemaakt_op: datetime) -> Gegevens:
    """All that the workbook shows.

    Parameters
    ----------
    gemaakt_op : local
    """
    uitkomst = stand.geld.lean_opgave
    norm = uitkomst.norm
    verdeeld_naar = str(uitkomst.totaal.get("verdeeld_naar") or "")
    # Overhead that nothing could be spread over counts as its own lines say.
    overhead = norm.overhead if norm.overhead != Overhead.VERDELEN or verdeeld_naar else Overhead.MEETELLEN
    regels = _regels(uitkomst, overhead, verdeeld_naar)
    aansluiting = iv3.aansluiting(stand)
    return Gegevens(
        werkmap=stand.werkmap.naam,
        versie=stand.versie,
        gemaakt_op=gemaakt_op,
        jaar=stand.geld.peiljaar,
        zinnen=[uitkomst.toelichting, stand.capaciteit.toelichting],
        normen=[_norm(naam, stand.parameter(groep, sleutel), kop, vorm)
                for naam, (groep, sleutel, kop, vorm) in NORMEN.items()],
        buiten_norm=sorted(norm.buiten),
        overhead=overhead,
        overhead_taakveld=sorted(norm.overhead_taakveld),
        verdeeld_naar=verdeeld_naar,
        regels=regels,
        totaal={**uitkomst.totaal, **_exact(regels).sum().to_dict()},
        sneden=_sneden(stand, uitkomst, regels, overhead),
        aansluiting=_aansluiting(stand, uitkomst, regels),
        iv3=_iv3(aansluiting, regels),
        iv3_zin=aansluiting.toelichting,
        teams=_teams(stand),
        inzet=_inzet(stand),
        capaciteit=_capaciteit(stand),
        controles=[_controle(c) for c in controles(stand)],
        besluiten=_besluiten(stand),
    )  # fmt: skip


def _norm(naam: str, parameter: Parameter, kop: str, vorm: Vorm) -> Norm:
    return Norm(naam, kop, float(parameter.waarde), vorm, parameter.eenheid, parameter.bron)


# -- euros ------------------------------------------------------------------------------------------


def _regels(uitkomst: LeanOpgave, overhead: Overhead, verdeeld_naar: str) -> pd.DataFrame:
    """The lines as sheet Begroting has them."""
    r, norm = uitkomst.regels, uitkomst.norm
    r = r.assign(**{k: r[k].astype(object).where(r[k].notna(), leeg) for k, leeg in _GEEN.items()})
    r["structureel"] = [_STRUCTUREEL.get(None if pd.isna(w) else bool(w), "onbekend") for w in r["structureel"]]
    r["binnen_norm"] = r["binnen_norm"].astype(int)
    is_overhead = r["taakveld"].isin(list(norm.overhead_taakveld)) & ~r["taakveld"].isin(list(norm.buiten))
    r["is_overhead"] = is_overhead.astype(int)
    gewicht = r["salarissen_eur" if verdeeld_naar == "salarissen" else "lasten_eur"].fillna(0.0).clip(lower=0.0)
    r["gewicht"] = gewicht.where((r["is_overhead"] == 0) & (r["binnen_norm"] == 1), 0.0)
    lasten = r["lasten_eur"].fillna(0.0)
    r["overhead_erbij"] = r[[f"{m}_eur" for m in _MATEN]].sum(axis=1) - lasten
    return r[[k.naam for k in geldblad.kolommen(overhead) if k.naam != "regel"]].rename_axis("regel")


def _exact(regels: pd.DataFrame) -> pd.DataFrame:
    """Per line what the sums that are not rounded yet are made of."""
    uit = {f"exact_{m}_eur": regels[f"{m}_eur"] for m in _MATEN}
    uit |= {f"norm_{k}": regels[k] * regels["binnen_norm"] for k in ("lean_eur", "opgave_eur")}
    uit["norm_buiten_eur"] = regels["lasten_eur"].fillna(0.0) * (1 - regels["binnen_norm"])
    return pd.DataFrame(uit).astype(float)


def _sneden(
    stand: Stand, uitkomst: LeanOpgave, regels: pd.DataFrame, overhead: Overhead
) -> dict[str, pd.DataFrame]:
    if regels.empty and stand.tabel("teams").empty:
        return {}
    exact = _exact(regels)
    teams = _met_leiding(stand, uitkomst.snede("team").join(exact.groupby(_namen(regels, "team", overhead)).sum()))
    uit = {"team": teams}
    for op in _SNEDEN[1:]:
        tabel = uitkomst.snede(op)
        if op in ("teamleider", "domein"):
            som = teams.groupby(teams["wie" if op == "teamleider" else "domein"])[list(exact)].sum()
        else:
            som = exact.groupby(_namen(regels, op, overhead)).sum()
        uit[op] = tabel.join(som).fillna(dict.fromkeys(exact, 0.0))
    namen = taakvelden(stand.geld.peiljaar or 0) or woordenboek.taakvelden()
    uit["taakveld"]["wie"] = [namen.get(str(t), "") for t in uit["taakveld"].index]
    uit["team"] = teams.fillna(dict.fromkeys(exact, 0.0))
    return uit


def _namen(regels: pd.DataFrame, op: str, overhead: Overhead) -> pd.Series:
    """Row of a cut that a line is under."""
    namen = regels[op].astype(object)
    if overhead == Overhead.EIGEN_REGEL and op in ("team", "programma"):
        return namen.mask(regels["is_overhead"] == 1, OVERHEAD)
    return namen


def _met_leiding(stand: Stand, teams: pd.DataFrame) -> pd.DataFrame:
    """Teamleider and domein under the names by which the cuts add them up."""
    formatie = stand.tabel("teams")
    for kolom, bron, leeg in (("wie", "teamleider", GEEN_TEAMLEIDER), ("domein", "domein", GEEN_DOMEIN)):
        waarden = gelijk_geschreven(formatie[bron]).reindex(teams.index).astype(object)
        teams[kolom] = waarden.where(waarden.notna(), leeg).mask(teams.index == OVERHEAD, OVERHEAD)
    return teams


def _aansluiting(stand: Stand, uitkomst: LeanOpgave, regels: pd.DataFrame) -> pd.DataFrame:
    """Totals of the files beside what sheet Begroting has of them, and what those files have elsewhere."""
    bronnen = stand.tabel("bronnen")
    plaats = {b.naam: (bronnen.loc[b.bron, "bestand"], bronnen.loc[b.bron, "blad"]) for b in stand.geld.bronnen}
    woorden = {"lasten": "lasten_eur", "baten": "baten_eur", "salarissen": "salarissen_eur"}
    marge = float(stand.waarde("begroting", "afronding"))
    rijen = []
    for rij in uitkomst.aansluiting.to_dict("records"):
        eerste, _, rest = str(rij["regel"]).partition(" ")
        kolom = woorden[rest if eerste == "totaal" else eerste]
        bestand, blad = plaats.get(rest, (None, None))
        hier = regels if bestand is None else regels[(regels["bestand"] == bestand) & (regels["blad"] == blad)]
        gevonden = round(float(hier[kolom].fillna(0.0).sum()), 2)
        elders = round(float(rij["gevonden_eur"]) - gevonden, 2)
        eigen = {"kolom": kolom, "bestand": bestand, "blad": blad, "gevonden_eur": gevonden, "elders_eur": elders}
        rijen.append(rij | eigen | _verklaard(rij, marge))
    return pd.DataFrame(rijen)


def _verklaard(rij: Mapping[str, object], marge: float) -> dict[str, float]:
    """What of a difference rounding explains, so that the formula comes to the same answer."""
    verschil = 0.0 if pd.isna(rij["verschil_eur"]) else float(rij["verschil_eur"])  # type: ignore[arg-type]
    if rij["akkoord"]:
        return {"verklaard_eur": verschil if abs(verschil) > marge else 0.0, "marge_eur": marge}
    return {"verklaard_eur": 0.0, "marge_eur": marge if abs(verschil) > marge else 0.0}


def _iv3(uit: Iv3Aansluiting, regels: pd.DataFrame) -> pd.DataFrame:
    """Lasten, baten and salarissen beside Iv3, per taakveld and in total."""
    cellen = dict(uit.parameters.get("afgeronde_cellen", {}))
    genoemd = regels.groupby("taakveld")[list(MATEN.values())].count()
    per = {kolom: {**genoemd[kolom].to_dict(), TOTAAL: int(genoemd[kolom].sum())} for kolom in genoemd}
    rijen = []
    for rij in pd.concat([uit.tabel, uit.totalen]).to_dict("records"):
        kolom, totaal = MATEN[str(rij["maat"])], rij["taakveld"] == TOTAAL
        # Half a euro for each line of which the file had cents, as the answer itself allows.
        verklaard = 0.5 * min(per[kolom].get(rij["taakveld"], 0), int(cellen.get(kolom, 0)))
        uitleg = ": ".join(t for t in ("" if totaal else str(rij["naam"]), str(rij["toelichting"])) if t)
        rijen.append({
            "taakveld": rij["taakveld"], "maat": rij["maat"], "kolom": kolom, "totaal": totaal,
            "verwacht_eur": rij["iv3_eur"], "gevonden_eur": 0.0 if is_leeg(rij["eigen_eur"]) else rij["eigen_eur"],
            "verschil_eur": rij["verschil_eur"], "verklaard_eur": verklaard, "akkoord": rij["akkoord"],
            "toelichting": uitleg,
        })  # fmt: skip
    return pd.DataFrame(rijen)


# -- hours ------------------------------------------------------------------------------------------


def _teams(stand: Stand) -> pd.DataFrame:
    teams, aanbod = stand.tabel("teams"), stand.werk.aanbod
    uit = teams.rename(columns={"lean_uren": "lean_vast"}).join(
        aanbod[["beschikbaar_uren", "lean_uren", "opgave_uren"]]
    )
    return uit[[k.naam for k in urenblad.TEAMS if k.naam != "team"]]


def _inzet(stand: Stand) -> pd.DataFrame:
    inzet, activiteiten = stand.werk.inzet, stand.tabel("activiteiten")
    telt = ~inzet["activiteit"].isin(stand.werk.vraagt_niet)
    vraagt = telt & (inzet["status"] != "afgewezen")
    uit = inzet.assign(
        titel=inzet["activiteit"].map(activiteiten["titel"]),
        opgave=inzet["activiteit"].map(activiteiten["opgave"]),
        telt_mee=telt.map({True: "ja", False: "nee"}),
        bestand=inzet["bron"].map(stand.tabel("bronnen")["bestand"]),
        **{f"telt_{k}": inzet[f"uren_{k}"].fillna(0.0).where(vraagt, 0.0) for k in ("gevraagd", "toegezegd")},
    )
    return uit[[k.naam for k in urenblad.AANVRAGEN if k.naam != "inzet"]]


def _capaciteit(stand: Stand) -> pd.DataFrame:
    tabel = stand.capaciteit.tabel
    fte_erbij = pd.Series(0.0, index=tabel.index)
    kwartalen = tabel.index.get_level_values("kwartaal")
    for team, w in stand.scenarios[BASIS].over(Soort.TEAM).items():
        geldig = (kwartalen >= w["vanaf"]) & (kwartalen <= (w.get("tot") or "9999K4"))
        fte_erbij[geldig & (tabel.index.get_level_values("team") == team)] += float(w["fte"])
    fte_erbij = fte_erbij.where(fte_erbij != 0)  # an empty input reads calmer than a 0
    inhuur = tabel["inhuur_uren"].where(tabel["inhuur_uren"] != 0)
    namen = [k.naam for k in urenblad.BALANS if k.naam not in ("team", "kwartaal")]
    kosten = inhuur * float(stand.waarde("capaciteit", "inhuur_tarief_eur"))
    return tabel.assign(fte_erbij=fte_erbij, inhuur_uren=inhuur, inhuur_eur=kosten)[namen]


# -- around it --------------------------------------------------------------------------------------


def _controle(c) -> dict[str, str]:
    teken = _TEKENS.get(str(c.ernst), "")
    uitslag = f"{teken} {c.ernst}".strip()
    return {"groep": str(c.groep), "naam": c.naam, "uitslag": uitslag, "toelichting": c.toelichting}


def _besluiten(stand: Stand) -> pd.DataFrame:
    kop = ["nummer", "moment", "wie", "soort", "wat", "reden", "stand"]
    rijen = [
        (r.nummer, f"{r.tijdstip:%Y-%m-%d %H:%M}", r.wie, besluitenlijst.SOORTEN[r.soort], r.zin, r.reden,
         "later teruggedraaid" if r.vervallen else "draait iets terug" if r.terug else "geldt")
        for r in besluitenlijst.regels(stand)
    ]  # fmt: skip
    return pd.DataFrame(rijen, columns=kop)


# -- to files ---------------------------------------------------------------------------------------


def schrijf(
    stand: Stand, map_: Path, soorten: Sequence[str], gemaakt_op: datetime, *, vervang: bool = False
) -> list[Path]:
    """Write the workbook in a folder, a file per soort: ``opgavenwerkboek_<werkmap>_<datum>.xlsx``.

    A line in the log of the werkmap says who made which files, or that it was refused.

    Parameters
    ----------
    soorten : of `opgavelib.rapport.SOORTEN`
    gemaakt_op : local; its day is in the name
    vervang : replace a file of the same name

    Raises
    ------
    bestand.BestaatFout : such a file is there already; nothing was written
    OpgaveFout : the folder cannot be written in
    """
    namen = {soort: bestandsnaam(stand.werkmap.naam, soort, gemaakt_op) for soort in dict.fromkeys(soorten)}
    with stand.werkmap.log(actie(namen.values())):
        bestand.eis_vrij(map_, namen.values(), vervang=vervang)  # said before anything is computed
        boek = werkboek.bouw(gegevens(stand, gemaakt_op))
        return bestand.schrijf(map_, {n: werkboek.inhoud(boek, s) for s, n in namen.items()}, vervang=vervang)
