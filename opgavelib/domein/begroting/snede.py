"""Cuts of the begroting: the same euros per team, teamleider, domein, programma, taakveld or kind of last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from opgavelib.domein.begroting.afronden import SCHAAL, naar_heel, rond, rond_af, rond_centen
from opgavelib.domein.begroting.norm import Norm, Overhead
from opgavelib.domein.begroting.regels import (
    ANDER,
    GEEN_DOMEIN,
    GEEN_PROGRAMMA,
    GEEN_TEAM,
    GEEN_TEAMLEIDER,
    OVERHEAD,
    Regels,
    codeer,
)

SNEDEN = ("team", "teamleider", "domein", "programma", "taakveld", "structureel", "jaar")
# These are sums of rounded teams, so that a domein is what its teams are.
VAN_TEAMS = ("teamleider", "domein")
# Hours are no part of the begroting: they follow from the formatie.
AFGELEID = ("lean_uren", "opgave_uren", "opgave_aandeel_uren")
STRUCTUREEL = ("structureel", "incidenteel", "onbekend")
EURO = ("lasten_eur", "lean_eur", "opgave_eur", "onbekend_eur", "buiten_norm_eur", "onbekend_norm_eur",
        "overhead_eur")  # fmt: skip
UREN = ("lean_uren", "opgave_uren")
_SAMEN_NUL = "de begrotingsregels die lean of opgave zijn genoemd, zijn samen nul"
ONDER_NUL = "door negatieve bedragen komt lean of opgave onder nul uit, en dan zegt een aandeel niets"
NIETS_GENOEMD = "geen begrotingsregel die voor de norm telt is lean of opgave genoemd"
_GEEN_FORMATIE = "van geen team is de formatie bekend"
_LEEG = {
    "team": GEEN_TEAM,
    "programma": GEEN_PROGRAMMA,
    "taakveld": "(geen taakveld)",
    "structureel": STRUCTUREEL[2],
}
_HALVE_CENT = SCHAAL // 200
# What the share is made of; left out of what a reader gets.
NOEMER = ("norm_opgave", "norm_bekend", "genoemd")


def kaal(naam: object) -> str:
    """A name without capitals and spaces that are too many, to compare by."""
    return " ".join(str(naam).casefold().split())


def gelijk_geschreven(kolom: pd.Series) -> pd.Series:
    """Names that differ in capitals or spaces only, all as they are written most often; of equals the first in
    the alphabet."""
    codes, namen = codeer(kolom)
    telling: dict[str, Counter[str]] = {}
    for naam, aantal in zip(namen, np.bincount(codes[codes >= 0], minlength=len(namen)).tolist(), strict=True):
        telling.setdefault(kaal(naam), Counter())[" ".join(str(naam).split())] += aantal
    beste = {k: min(keren, key=lambda w, keren=keren: (-keren[w], w)) for k, keren in telling.items()}
    if all(beste[kaal(n)] == n for n in namen):
        return kolom
    return pd.Series(np.array([*(beste[kaal(n)] for n in namen), None], dtype=object)[codes], index=kolom.index)


def groepen(op: str, regels: Regels, norm: Norm) -> tuple[np.ndarray, list[object]]:
    """Per line the number of the row of a cut (team, programma, taakveld, structureel) that it is under, and the
    names of the rows."""
    bron = regels.bron
    kolom = bron[op] if op in bron else pd.Series(None, index=bron.index, dtype=object)
    codes, waarden = codeer(kolom)
    if op == "structureel":
        waarden = [STRUCTUREEL[0] if w else STRUCTUREEL[1] for w in waarden]
    codes = _hernoem(codes, codes < 0, waarden, _LEEG[op])
    if norm.overhead == Overhead.EIGEN_REGEL and op in ("team", "programma"):
        codes = _hernoem(codes, regels.is_overhead, waarden, OVERHEAD)
    return codes, waarden


def _hernoem(codes: np.ndarray, waar: np.ndarray, waarden: list[object], naam: str) -> np.ndarray:
    """These lines under this row, which is added when it is not there."""
    if not waar.any():
        return codes
    if naam not in waarden:
        waarden.append(naam)
    return np.where(waar, waarden.index(naam), codes)


def rijen(op: str, regels: Regels, norm: Norm, teams: pd.DataFrame) -> pd.DataFrame:
    """Rows of a cut in whole euros, rounded once; with hours per team.

    Returns
    -------
    DataFrame; `EURO` (integers), `ANDER` (NaN when no line states it) and `NOEMER`; a row without lines is 0
    """
    codes, namen = groepen(op, regels, norm)
    uit = _tabel(codes, namen, regels, lambda aanwezig: _volgorde(op, aanwezig, teams))
    if op != "team":
        return uit
    return uit.assign(**{u: teams[u].astype(float).reindex(uit.index).fillna(0.0) for u in UREN})


def alles(regels: Regels, naam: str) -> pd.DataFrame:
    """As `rijen`, of all lines together."""
    return _tabel(np.zeros(len(regels.bron), dtype=np.intp), [naam], regels, list)


def _tabel(
    codes: np.ndarray, namen: list[object], regels: Regels, orden: Callable[[list[object]], list[object]]
) -> pd.DataFrame:
    telling = np.bincount(codes, minlength=len(namen))
    exact = {m: _som(codes, w, len(namen)) for m, w in regels.maten.items()}
    index = pd.Index(namen, dtype=object)
    heel = rond_af(exact, index)
    uit = {f"{m}_eur": heel[m] for m in ("lasten", "lean", "opgave", "onbekend")}
    uit |= {
        f"{naam}_eur": naar_heel(exact[m], rond(sum(exact[m].tolist())), index)
        for naam, m in (("buiten_norm", "buiten"), ("overhead", "overhead"))
    }
    uit["onbekend_norm_eur"] = _onbekend_norm(exact, int(heel["onbekend"].sum()), index)
    uit |= {k: rond_centen(_som_of_leeg(codes, w, len(namen)), index) for k, w in regels.ander.items()}
    uit |= {k: exact[k].astype(float) for k in NOEMER[:2]}
    uit["genoemd"] = np.bincount(codes, weights=regels.genoemd & regels.binnen, minlength=len(namen))
    volgorde = orden([n for n, aantal in zip(namen, telling, strict=True) if aantal])
    plaats = {n: i for i, n in enumerate(namen)}
    waar = np.array([plaats.get(n, -1) for n in volgorde], dtype=np.intp)
    niets = dict.fromkeys(ANDER, np.nan)
    kolommen = {k: np.append(w, niets.get(k, 0)).astype(w.dtype)[waar] for k, w in uit.items()}
    return pd.DataFrame(kolommen, index=pd.Index(volgorde, dtype=object))


def _onbekend_norm(exact: Mapping[str, np.ndarray], onbekend: int, namen: pd.Index) -> np.ndarray:
    """What of the unknown counts for the norm, in whole euros: the rounded unknown less what stays out of it."""
    norm = exact["onbekend"] - exact["onbekend_buiten"]
    som = sum(norm.tolist())
    doel = onbekend - rond(sum(exact["onbekend_buiten"].tolist()))
    return naar_heel(norm, min(max(doel, som // SCHAAL), -(-som // SCHAAL)), namen)


def _som(codes: np.ndarray, exact: np.ndarray, aantal: int) -> np.ndarray:
    """Exact sums per group: whole euros and the rest apart, each small enough to add up as floats without loss."""
    heel = exact // SCHAAL
    rest = exact - heel * SCHAAL
    som = np.bincount(codes, weights=heel.astype(float), minlength=aantal).astype(np.int64).astype(exact.dtype)
    if not rest.any():
        return som * SCHAAL
    deel = np.bincount(codes, weights=rest.astype(float), minlength=aantal).astype(np.int64)
    return som * SCHAAL + deel


def _som_of_leeg(codes: np.ndarray, waarden: np.ndarray, aantal: int) -> np.ndarray:
    """Sums per group, NaN when no line states it."""
    bekend = ~np.isnan(waarden)
    som = np.bincount(codes, weights=np.where(bekend, waarden, 0.0), minlength=aantal)
    return np.where(np.bincount(codes, weights=bekend, minlength=aantal) > 0, som, np.nan)


def _volgorde(op: str, aanwezig: Sequence[object], teams: pd.DataFrame) -> list[object]:
    """Rows of a cut in their order: of teams that of the formatie, of taakvelden by number, else by name."""
    if op == "structureel":
        return list(STRUCTUREEL)
    if op == "taakveld":
        return sorted(aanwezig, key=_nummers)
    eerst = list(teams.index) if op == "team" else []
    rest = sorted(set(aanwezig) - set(eerst), key=lambda n: (str(n).startswith("("), str(n)))
    return [*eerst, *rest]


def _nummers(code: str) -> tuple:
    """``0.10`` comes after ``0.9``."""
    return tuple((0, int(d), "") if d.isdecimal() else (1, 0, d) for d in str(code).split("."))


def groep_van_teams(op: str, namen_: pd.Index, teams: pd.DataFrame) -> pd.Series:
    """Teamleider or domein per team."""
    leeg = {"teamleider": GEEN_TEAMLEIDER, "domein": GEEN_DOMEIN}[op]
    groep = teams[op].reindex(namen_).astype(object)
    return groep.where(groep.notna(), leeg).mask(namen_ == OVERHEAD, OVERHEAD)


def van_teams(op: str, per_team: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """Sums of the rounded teams per teamleider or domein, in the order of the formatie."""
    som = per_team.groupby(groep_van_teams(op, per_team.index, teams), sort=False)
    kolommen = [k for k in per_team if k not in ANDER]
    uit = som[kolommen].sum().join(som[list(ANDER)].sum(min_count=1))
    achteraan = [n for n in uit.index if str(n).startswith("(")]
    return uit.reindex([*(n for n in uit.index if n not in achteraan), *achteraan]).rename_axis(op)


def met_aandelen(uit: pd.DataFrame) -> pd.DataFrame:
    """With the shares (None without a denominator or with a part below 0, and then why), without what they are made
    of."""
    bekend, opgave = uit["norm_bekend"].to_numpy(), uit["norm_opgave"].to_numpy()
    # Sums of parts of a euro are not exact far behind the comma: less than half a cent is nothing.
    kan = (bekend >= _HALVE_CENT) & (opgave > -_HALVE_CENT) & (bekend - opgave > -_HALVE_CENT)
    nul = np.abs(bekend) < _HALVE_CENT
    waarom = [(kan, ""), (uit["genoemd"].to_numpy() == 0, NIETS_GENOEMD), (nul, _SAMEN_NUL)]
    redenen = [np.select([w for w, _ in waarom], [z for _, z in waarom], ONDER_NUL)]
    delen = {"opgave_aandeel_eur": _deel(opgave, bekend, kan)}
    if "lean_uren" in uit:
        opgave = uit["opgave_uren"].to_numpy()
        som = uit["lean_uren"].to_numpy() + opgave
        delen["opgave_aandeel_uren"] = _deel(opgave, som, som != 0)
        redenen.append(np.where(som != 0, "", _GEEN_FORMATIE))
    samen = ["; ".join(r for r in rij if r) or None for rij in zip(*redenen, strict=True)]
    uren = {u: uit[u] for u in UREN if u in uit}
    # As objects: left to guess, pandas makes text of its own type, and NaN of None.
    delen = {k: pd.Series(w, index=uit.index, dtype=object) for k, w in (delen | {"reden": samen}).items()}
    kolommen = {k: uit[k] for k in (*EURO, *ANDER)} | uren | delen
    return pd.DataFrame(kolommen, index=uit.index)


def _deel(teller: np.ndarray, noemer: np.ndarray, kan: np.ndarray) -> np.ndarray:
    """Shares as objects, None where there can be none."""
    uit = np.full(len(teller), None, dtype=object)
    uit[kan] = (teller[kan] / noemer[kan]).tolist()
    return uit
