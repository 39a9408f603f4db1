"""Controles of the formatie: pure, over teams (index team) with the place they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from unicodedata import combining, normalize

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.controle.basis import Controle, Groep, Regel, Uitslag, opsomming

F = Groep.FORMATIE
LEEG = "Er zijn nog geen teams gelezen."
TOTAAL = Regel(
    "fte-totaal", "De fte tellen op tot het totaal van de formatie", F,
    "Lees het bestand daarna opnieuw in.",
)  # fmt: skip
TEAMLEIDER = Regel(
    "teamleider", "Elk team heeft een teamleider", F, "Vul de teamleider in: zonder is er niemand die uren toezegt."
)
FTE = Regel("team-fte", "Elk team heeft meer dan 0 fte", F, "Vul de formatie in, of haal het team weg.")
DOMEIN = Regel(
    "team-domein", "Elk team hoort bij een domein", F,
    "Vul het domein in; anders telt het team bij geen domein mee.", Uitslag.LET_OP,
)  # fmt: skip
NAAM = Regel(
    "team-naam", "Geen twee teams heten bijna hetzelfde", F,
    "Is het een team, gebruik dan overal dezelfde naam; anders telt het twee keer.", Uitslag.LET_OP,
)  # fmt: skip
LEAN = Regel(
    "lean-beschikbaar", "Regulier werk vraagt van geen team meer uren dan er zijn", F,
    "Verlaag de uren voor regulier werk, of verbeter fte of uren per fte.",
)  # fmt: skip
VACATURE = Regel(
    "vacature-fte", "Vacatures zijn bij geen team groter dan de formatie", F,
    "Vacatures zijn het deel van de formatie dat niet bezet is; verbeter een van beide.",
)  # fmt: skip
UREN = Regel(
    "uren-per-fte", "De productieve uren per fte zijn aannemelijk", F,
    "Trek vakantie, verlof en scholing van de contracturen af, of leg uit waarom dit team afwijkt.", Uitslag.LET_OP,
)  # fmt: skip
SALARIS = Regel(
    "salaris-per-fte", "De salarissen per fte zijn bij elk team aannemelijk", F,
    "Staan de salarissen bij het juiste team, en zijn fte en bedragen in de goede eenheid?", Uitslag.LET_OP,
)  # fmt: skip


# What people write where a name should be; without signs and spaces.
_NIEMAND = frozenset(
    ["", "nn", "nnb", "ntb", "nvt", "tbd", "vacant", "onbekend", "geen", "openstaand", "nogintevullen", "niemand"]
)


def _is_niemand(naam: object) -> bool:
    """Whether a cell for a name says that there is none: empty, ``vacature``, ``n.n.``, ``?``."""
    kaal = "" if pd.isna(naam) else re.sub(r"[\W_]", "", str(naam)).casefold()
    return kaal in _NIEMAND or kaal.startswith("vacature")


def _teams(n: int) -> str:
    return notatie.aantal(n, "team", "teams")


def _naam(r) -> str:
    return str(r.Index)


def _namen(teams: pd.DataFrame) -> str:
    return opsomming([str(t) for t in teams.index])


def heeft_teamleider(teams: pd.DataFrame) -> Controle:
    """Every team has a teamleider; who it is, is not said."""
    if teams.empty:
        return TEAMLEIDER.niet(LEEG)
    mis = teams[teams["teamleider"].map(_is_niemand).astype(bool)]
    goed = f"Alle {_teams(len(teams))} hebben een teamleider."
    return TEAMLEIDER.oordeel(mis, goed, lambda m: f"Zonder teamleider: {_namen(m)}.", _naam)


def heeft_fte(teams: pd.DataFrame) -> Controle:
    """Every team has a formatie above 0."""
    if teams.empty:
        return FTE.niet(LEEG)
    som = notatie.getal(float(teams["fte"].fillna(0.0).sum()), 1)
    return FTE.oordeel(
        teams[~(teams["fte"] > 0)],
        f"{_teams(len(teams))} met samen {som} fte.",
        lambda m: f"Zonder fte: {_namen(m)}.",
        _naam,
        lambda r: r.fte,
    )


def heeft_domein(teams: pd.DataFrame) -> Controle:
    """Every team belongs to a domein."""
    if teams.empty:
        return DOMEIN.niet(LEEG)
    goed = f"Alle {_teams(len(teams))} hebben een domein."
    return DOMEIN.oordeel(teams[teams["domein"].isna()], goed, lambda m: f"Zonder domein: {_namen(m)}.", _naam)


def _plat(naam: str) -> str:
    """Words that tell teams apart, sorted, without accents and capitals."""
    kaal = "".join(t for t in normalize("NFKD", naam.casefold()) if not combining(t))
    woorden = [w for w in re.findall(r"[a-z0-9]+", kaal) if w not in ("team", "afdeling", "cluster", "en")]
    return " ".join(sorted(woorden))


def lijken(a: Iterable[str], b: Iterable[str], vanaf: float) -> dict[str, str]:
    """Names of `a` -> the name of `b` that is most like it, from this likeness on (0 to 1).

    Names with other digits are other names: wijkteam 1 is not wijkteam 2.
    """
    doelen = [(n, _plat(n)) for n in b]
    uit = {}
    for naam in a:
        plat, beste = _plat(naam), (vanaf, None)
        maat = SequenceMatcher(b=plat, autojunk=False)
        for doel, ander in doelen:
            if doel == naam or re.sub(r"\D", "", plat) != re.sub(r"\D", "", ander):
                continue
            maat.set_seq1(ander)
            if maat.real_quick_ratio() >= beste[0] and maat.quick_ratio() >= beste[0]:
                beste = max(beste, (maat.ratio(), doel), key=lambda p: p[0])
        if beste[1] is not None:
            uit[naam] = beste[1]
    return uit


def namen_verschillen(teams: pd.DataFrame, vanaf: float) -> Controle:
    """No two teams have nearly the same name."""
    if teams.empty:
        return NAAM.niet(LEEG)
    namen = [str(n) for n in teams.index]
    op = lijken(namen, namen, vanaf)
    paren = sorted({tuple(sorted(p)) for p in op.items()})
    return NAAM.oordeel(
        teams[teams.index.isin([n for p in paren for n in p])],
        f"De namen van {_teams(len(teams))} zijn goed uit elkaar te houden.",
        lambda _: f"Lijken op elkaar: {opsomming([f'{a} en {b}' for a, b in paren])}.",
        _naam,
    )


def lean_past(teams: pd.DataFrame, aanbod: pd.DataFrame, marge_uren: float) -> Controle:
    """Regular work fits in the hours that a team has.

    Parameters
    ----------
    aanbod : DataFrame, index team; beschikbaar_uren, lean_uren (per year)
    """
    if teams.empty:
        return LEAN.niet(LEEG)
    uren = teams[["bestand", "blad", "rij"]].join(aanbod[["beschikbaar_uren", "lean_uren"]])
    return LEAN.oordeel(
        uren[uren["lean_uren"] > uren["beschikbaar_uren"] + marge_uren],
        f"Bij alle {_teams(len(teams))} past het regulier werk.",
        lambda m: (
            f"Meer regulier werk dan uren: {_namen(m)}; samen "
            f"{notatie.uren(float((m['lean_uren'] - m['beschikbaar_uren']).sum()))} per jaar te veel."
        ),
        lambda r: f"{r.Index}: {notatie.uren(r.lean_uren)} van {notatie.uren(r.beschikbaar_uren)}",
        lambda r: r.lean_uren,
    )


def vacature_past(teams: pd.DataFrame) -> Controle:
    """Vacancies are part of the formatie."""
    met = teams[teams["vacature_fte"].notna()]
    if met.empty:
        return VACATURE.niet("De formatie noemt geen vacatures.")
    som = notatie.getal(float(met["vacature_fte"].sum()), 1)
    return VACATURE.oordeel(
        met[(met["vacature_fte"] > met["fte"].fillna(0.0)) | (met["vacature_fte"] < 0)],
        f"Bij {_teams(len(met))} staat samen {som} fte open.",
        lambda m: f"Kan niet kloppen: {_namen(m)}.",
        lambda r: f"{r.Index}: {notatie.getal(r.vacature_fte, 1)} fte open van {notatie.getal(r.fte, 1)} fte",
        lambda r: r.vacature_fte,
    )


def uren_aannemelijk(teams: pd.DataFrame, grenzen: tuple[float, float]) -> Controle:
    """Productive hours per fte and year that a team gives itself lie between these."""
    met = teams[teams["uren_per_fte"].notna()]
    if met.empty:
        return UREN.niet("Geen team geeft eigen productieve uren op; de parameter geldt.")
    tussen = f"tussen {notatie.getal(grenzen[0])} en {notatie.uren(grenzen[1])}"
    return UREN.oordeel(
        met[~met["uren_per_fte"].between(*grenzen)],
        f"Bij {_teams(len(met))} liggen ze {tussen} per jaar.",
        lambda m: f"Niet {tussen} per jaar: {_namen(m)}.",
        lambda r: f"{r.Index}: {notatie.uren(r.uren_per_fte)} per fte",
        lambda r: r.uren_per_fte,
    )


def salaris_aannemelijk(
    teams: pd.DataFrame, salarissen_eur: Mapping[str, float], grenzen: tuple[float, float]
) -> Controle:
    """Salaries per fte lie between these, in euro per year.

    Parameters
    ----------
    salarissen_eur : per team, of one budget year; teams without salaries are left out
    """
    per = pd.Series(salarissen_eur, dtype=float).reindex(teams.index)
    met = teams.assign(per_fte=per / teams["fte"])[(per > 0) & (teams["fte"] > 0)]
    if met.empty:
        return SALARIS.niet("Van geen team zijn salarissen en fte allebei bekend.")
    tussen = f"tussen {notatie.euro(grenzen[0])} en {notatie.euro(grenzen[1])}"
    gemiddeld = float(per[met.index].sum() / met["fte"].sum())
    return SALARIS.oordeel(
        met[~met["per_fte"].between(*grenzen)],
        f"Gemiddeld {notatie.euro(gemiddeld)} per fte; bij {_teams(len(met))} {tussen}.",
        lambda m: f"Niet {tussen} per fte: {_namen(m)}. Gemiddeld is het {notatie.euro(gemiddeld)}.",
        lambda r: f"{r.Index}: {notatie.euro(r.per_fte)} per fte",
        lambda r: float(r.per_fte),
    )
