"""Waar bleef mijn ambitie? The road of one source row, from its file to the work that is done for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from opgavelib import notatie, woordenboek
from opgavelib.domein.begrippen import Bestemming
from opgavelib.toepassing.stand import Stand
from opgavelib.weergave.toestand import omschrijf
from opgavelib.weergave.trechter import NAMEN

_VELDEN = ("omschrijving", "programma", "taakveld", "gebied", "portefeuillehouder", "team", "budget_eur", "uren")


@dataclass(frozen=True)
class Stap:
    """One thing that happened to a row on its road.

    Attributes
    ----------
    soort : bron, gelezen, gewijzigd, vervallen, kenmerk, paar, besluit, scores, hierin, nu, opgave or activiteiten
    ambitie : the row it happened to; after a merge the leading row
    kop : what happened, one line
    tekst : why, or what it says; may be empty
    wie, tijdstip : by whom and when (local); empty and None when that is not an event
    details : (name, before, after); before is empty when there was none
    geldt : False when it was taken back or another decision followed
    """

    soort: str
    ambitie: str
    kop: str
    tekst: str = ""
    wie: str = ""
    tijdstip: datetime | None = None
    details: tuple[tuple[str, str, str], ...] = ()
    geldt: bool = True


def zoek(stand: Stand, tekst: str) -> pd.DataFrame:
    """Source rows in which every word of `tekst` stands: in their text, source, key or council member."""
    uit = stand.ambities
    for woord in tekst.split():
        uit = uit.loc[uit.index.intersection(stand.zoek(woord).index, sort=False)]
    return uit


def keten(stand: Stand, ambitie: str) -> tuple[str, ...]:
    """The row, and every row that it went up in: the last one is where it is now."""
    plaats = stand.spoor.tabel
    uit = [ambitie]
    while plaats.loc[uit[-1], "bestemming"] == Bestemming.SAMENGEVOEGD:
        uit.append(plaats.loc[uit[-1], "naar"])
    return tuple(uit)


def weg(stand: Stand, ambitie: str) -> tuple[Stap, ...]:
    """The road of one row: source, readings, changes, decisions, merges and where it is now, in that order.

    Raises
    ------
    KeyError : the row is not in the werkmap
    """
    stappen: list[Stap] = []
    rijen = keten(stand, ambitie)
    for rij in rijen:
        stappen += [_bron(stand, rij), *_gebeurtenissen(stand, rij), *_scores(stand, rij)]
    return (*stappen, *_hierin(stand, rijen), *_nu(stand, rijen[-1]))


def regels(stappen: Iterable[Stap]) -> list[str]:
    """The road as lines of text, for a terminal or a memo."""
    uit = []
    for s in stappen:
        moment = f" ({', '.join(x for x in (s.wie, notatie.moment(s.tijdstip) if s.tijdstip else '') if x)})"
        uit.append(f"{'●' if s.geldt else '○'} {s.kop}{moment if moment != ' ()' else ''}")
        uit += [f"    {s.tekst}"] if s.tekst else []
        uit += [f"    {naam}: {f'{oud} → {nieuw}' if oud else nieuw}" for naam, oud, nieuw in s.details]
    return uit


def _bron(stand: Stand, ambitie: str) -> Stap:
    r = stand.ambities.loc[ambitie]
    # What the file says, not what people said of it afterwards: those are steps of their own.
    ruw = stand.tabel("ambities").loc[ambitie]
    details = [(_kop(k), "", _waarde(k, ruw[k])) for k in _VELDEN if not _leeg(ruw[k])]
    stemmen = stand.tabel("stemmen")
    stemmen = stemmen[stemmen["ambitie"] == ambitie]
    top5 = [("Top-5", "", f"plaats {int(s.rang)} van {s.collegelid}") for s in stemmen.itertuples()]
    waar = f"{NAMEN.get(r['soort'], r['soort'])}: {r['bestand']}, blad '{r['blad']}', rij {int(r['rij'])}"
    return Stap("bron", ambitie, f"{ambitie} · {r['titel']}", waar, details=(*top5, *details))


def _gebeurtenissen(stand: Stand, ambitie: str) -> list[Stap]:
    alles = stand.tabel("gebeurtenissen")
    r = stand.tabel("ambities").loc[ambitie]
    eigen = alles[alles["object"] == ambitie]
    in_paar = alles[(alles["wat"] == "paar") & alles["object"].str.split("|").map(lambda p: ambitie in p)]
    laatste = set(alles.drop_duplicates(["wat", "object"], keep="last").index)
    # A judgement that went with a decision on this row is told by that decision.
    in_paar = in_paar[in_paar["handeling"].isna() | ~in_paar["handeling"].isin(eigen["handeling"])]
    stappen = {nr: _lees_stap(ambitie, g) for nr, g in _lezing(stand, ambitie, r["bron"]).iterrows()}
    for nr, g in pd.concat([eigen, in_paar]).iterrows():
        stap = _stap(stand, ambitie, g, nr in laatste)
        if stap is not None:
            stappen[nr] = stap
    return [stappen[nr] for nr in sorted(stappen)]


def _lezing(stand: Stand, ambitie: str, bron: str) -> pd.DataFrame:
    """The reading that brought this row in. A source numbers its rows in the order in which they came."""
    g = stand.tabel("gebeurtenissen")
    g = g[(g["wat"] == "gelezen") & (g["object"] == bron)]
    rijen = stand.tabel("ambities")
    plaats = list(rijen.index[rijen["bron"] == bron]).index(ambitie)
    bij = 0
    for nr, nieuw in g["nieuw"].items():
        bij += int((nieuw or {}).get("nieuw", 0))
        if plaats < bij:
            return g.loc[[nr]]
    return g.head(1)


def _lees_stap(ambitie: str, g: pd.Series) -> Stap:
    bestand, _, blad = str(g["object"]).partition("#")
    return Stap("gelezen", ambitie, f"Ingelezen uit {bestand}", f"blad '{blad}'", g["wie"], _lokaal(g["tijdstip"]))


def _stap(stand: Stand, ambitie: str, g: pd.Series, laatste: bool) -> Stap | None:
    wat, oud, nieuw = g["wat"], g["oud"], g["nieuw"]
    samen = {"wie": g["wie"] or "", "tijdstip": _lokaal(g["tijdstip"]), "geldt": laatste}
    reden = "" if _leeg(g["reden"]) else g["reden"]
    if wat == "gewijzigd:ambities":
        details = () if _leeg(nieuw) else _verschil({} if _leeg(oud) else oud, nieuw)
        kop = "Terug in het bestand" if not details else "Gewijzigd in een nieuwe versie van het bestand"
        return Stap("gewijzigd", ambitie, kop, details=details, **samen | {"geldt": True})
    if wat == "vervallen:ambities":
        kop = "Staat niet meer in het bestand"
        return Stap("vervallen", ambitie, kop, "De rij blijft bewaard, met haar besluiten.", **samen)
    if wat.startswith("kenmerk:"):
        kolom = wat.partition(":")[2]
        was = "" if _leeg(oud) else _waarde(kolom, oud)
        details = ((_kop(kolom), was, "zoals in het bestand" if _leeg(nieuw) else _waarde(kolom, nieuw)),)
        return Stap("kenmerk", ambitie, f"{_kop(kolom)} ingevuld", reden, details=details, **samen)
    if wat == "paar":
        ander = next(x for x in g["object"].split("|") if x != ambitie)
        titel = notatie.kort(stand.ambities["titel"].get(ander, ""), 90)
        kop = f"Vergeleken met {ander}: {omschrijf('paar', nieuw)}"
        return Stap("paar", ambitie, kop, reden, details=(("Andere rij", "", titel),), **samen)
    if wat == "bestemming":
        return Stap("besluit", ambitie, f"Besluit: {_waarheen(stand, nieuw)}", reden, **samen)
    return None


def _verschil(oud: Mapping[str, object], nieuw: Mapping[str, object]) -> tuple[tuple[str, str, str], ...]:
    return tuple((_kop(k), _waarde(k, oud.get(k)), _waarde(k, nieuw[k])) for k in nieuw)


def _waarheen(stand: Stand, plaats: Mapping[str, object]) -> str:
    naar = plaats.get("naar")
    tabel = "opgaven" if plaats["bestemming"] == Bestemming.OPGAVE else "ambities"
    titel = stand.tabel(tabel)["titel"].get(naar, "") if naar else ""
    naam = {"opgave": "hoort bij een opgave", "samengevoegd": "gaat op in een rij die hetzelfde zegt",
            "lijn": "regulier werk", "parkeerplaats": "later, op de parkeerplaats", "afgewezen": "afgewezen",
            "open": "nog open"}[plaats["bestemming"]]  # fmt: skip
    return f"{naam}: {naar} {titel}".strip() if naar else naam


def _scores(stand: Stand, ambitie: str) -> list[Stap]:
    s = stand.tabel("scores")
    s = s[s["ambitie"] == ambitie]
    if s.empty:
        return []
    mensen = notatie.aantal(s["beoordelaar"].nunique(), "persoon", "personen")
    namen = stand.criteria
    details = tuple(
        (namen.get(c, c), "", notatie.getal(float(w), 1, vast=True)) for c, w in
        s.groupby("criterium", sort=False)["score"].mean().items()
    )  # fmt: skip
    gemiddeld = notatie.getal(float(s["score"].mean()), 1, vast=True)
    scores = notatie.aantal(len(s), "score", "scores")
    kop = f"Beoordeeld door {mensen}: gemiddeld {gemiddeld} van 5"
    return [Stap("scores", ambitie, kop, f"{scores}, van 1 tot en met 5", details=details)]


def _hierin(stand: Stand, rijen: tuple[str, ...]) -> list[Stap]:
    """Other rows that say the same and went up in the last one."""
    a = stand.ambities
    in_ = a[(a["bestemming"] == Bestemming.SAMENGEVOEGD) & (a["naar"] == rijen[-1]) & ~a.index.isin(rijen)]
    if in_.empty:
        return []
    details = tuple(
        (f"{r.Index} {notatie.kort(r.titel, 90)}", "", NAMEN.get(r.soort, r.soort)) for r in in_.itertuples()
    )
    kop = f"Ook opgegaan in {rijen[-1]}" if len(rijen) > 1 else "Hierin gingen op"
    return [Stap("hierin", rijen[-1], f"{kop}: {notatie.aantal(len(in_), 'rij', 'rijen')}", details=details)]


def _nu(stand: Stand, ambitie: str) -> list[Stap]:
    plaats = stand.spoor.tabel.loc[ambitie]
    kop = f"Nu: {_waarheen(stand, plaats)}"
    vervallen = bool(stand.ambities.loc[ambitie, "vervallen"])
    let_op = "De rij staat niet meer in het bestand." if vervallen else ""
    if plaats["bestemming"] == Bestemming.OPEN:
        let_op = "Er is nog niets over besloten. " + let_op
    uit = [Stap("nu", ambitie, kop, let_op.strip())]
    if plaats["bestemming"] != Bestemming.OPGAVE or plaats["naar"] not in stand.tabel("opgaven").index:
        return uit
    o = stand.tabel("opgaven").loc[plaats["naar"]]
    velden = ("domein", "prioriteit", "bestuurlijk_opdrachtgever", "ambtelijk_opdrachtgever", "opdrachtnemer")
    details = tuple((_kop(k), "", str(o[k])) for k in velden if o[k])
    uit.append(Stap("opgave", ambitie, f"Opgave {plaats['naar']} · {o['titel']}", details=details))
    werk = stand.tabel("activiteiten")
    werk = werk[werk["opgave"] == plaats["naar"]]
    if len(werk):
        details = tuple((f"{a.Index} {a.titel}", "", _voortgang(a)) for a in werk.itertuples())
        kop = f"Onder deze opgave: {notatie.aantal(len(werk), 'activiteit', 'activiteiten')}"
        uit.append(Stap("activiteiten", ambitie, kop, details=details))
    else:
        uit.append(Stap("activiteiten", ambitie, "Onder deze opgave staan nog geen activiteiten"))
    return uit


def _voortgang(a) -> str:
    lichten = ((n, getattr(a, f"stoplicht_{n}")) for n in ("tijd", "geld", "kwaliteit"))
    kleuren = [f"{naam} {kleur}" for naam, kleur in lichten if kleur]
    kwartalen = " – ".join(k for k in (a.start_kwartaal, a.eind_kwartaal) if k)
    return " · ".join(x for x in (a.fase or "", kwartalen, ", ".join(kleuren)) if x)


def _kop(kolom: str) -> str:
    namen = {"budget_eur": "Budget", "uren": "Uren", "eigen_code": "Eigen code", "titel": "Tekst",
             "start_kwartaal": "Start", "eind_kwartaal": "Klaar"}  # fmt: skip
    return namen.get(kolom, kolom.replace("_", " ").capitalize())


def _leeg(waarde: object) -> bool:
    return waarde is None or waarde != waarde


def _waarde(kolom: str, waarde: object) -> str:
    if _leeg(waarde):
        return "leeg"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    soort = woordenboek.tabel("ambities")[kolom].type
    if soort == "bedrag":
        return notatie.euro(float(waarde))
    return notatie.uren(float(waarde)) if soort == "uren" else str(waarde)


def _lokaal(tijdstip: str) -> datetime:
    return datetime.fromisoformat(tijdstip).astimezone()
