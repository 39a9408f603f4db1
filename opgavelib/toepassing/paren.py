"""Pairs of source rows to judge: what is still to do, what was judged, and one pair as a person compares it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from opgavelib import notatie, parameters
from opgavelib.domein.dekking import leidend
from opgavelib.domein.overlap import markeer
from opgavelib.toepassing.overlap import proceswoorden
from opgavelib.toepassing.spoor import zoek
from opgavelib.toepassing.stand import Stand
from opgavelib.weergave.toestand import omschrijf
from opgavelib.weergave.trechter import NAMEN

Segmenten = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Kant:
    """One row of a pair.

    Attributes
    ----------
    titel, omschrijving : segments of its text: (text, whether the other row has that word too)
    bron : where it stands, e.g. "Begroting, blad 'Speerpunten', rij 4"
    velden : (name, value as text, whether the other row has the same value)
    """

    ambitie: str
    titel: Segmenten
    omschrijving: Segmenten
    bron: str
    velden: tuple[tuple[str, str, bool], ...]


def tekstmerk(stand: Stand) -> str:
    """Changes only when pairs must be sought again: another text, a row that came or went, other process words."""
    rijen = stand.ambities[~stand.ambities["vervallen"].astype(bool)]
    merk = hashlib.sha256("\0".join(stand.waarde("overlap", "proceswoorden")).encode())
    for r in rijen[["titel", "omschrijving"]].itertuples():
        merk.update(f"{r.Index}\0{r.titel}\0{r.omschrijving}\0".encode())
    return merk.hexdigest()


def bronnen(stand: Stand, a: pd.Series, b: pd.Series) -> pd.Series:
    """From which soorten of source the two rows of every pair are: Series, ``begroting+coalitieakkoord``."""
    soort = stand.ambities["soort"]
    links, rechts = soort.reindex(a).to_numpy(), soort.reindex(b).to_numpy()
    return pd.Series(["+".join(sorted(p)) for p in zip(links, rechts, strict=True)], index=a.index, dtype=object)


def bronnennaam(bronpaar: str) -> str:
    """``begroting+coalitieakkoord`` as people read it."""
    een, _, twee = bronpaar.partition("+")
    return f"binnen {NAMEN.get(een, een)}" if een == twee else f"{NAMEN.get(een, een)} – {NAMEN.get(twee, twee)}"


def kenbaar(stand: Stand, paren: pd.DataFrame) -> pd.DataFrame:
    """Pairs with what does not change from one judgement to the next: ``paar`` (its key) and ``bronnen``.

    Parameters
    ----------
    paren : DataFrame with a, b, as `domein.overlap.Paren.tabel`
    """
    over = paren[paren["a"].isin(stand.ambities.index) & paren["b"].isin(stand.ambities.index)]
    paar = ["|".join(sorted(p)) for p in zip(over["a"], over["b"], strict=True)]
    return over.assign(
        paar=pd.Series(paar, index=over.index, dtype=object), bronnen=bronnen(stand, over["a"], over["b"])
    )


def te_bekijken(stand: Stand, paren: pd.DataFrame) -> pd.DataFrame:
    """The pairs that nobody judged and whose rows did not go up in the same row.

    Parameters
    ----------
    paren : as `kenbaar` gives them
    """
    eind = leidend(stand.spoor.tabel[["bestemming", "naar"]])
    samen = eind.reindex(paren["a"]).to_numpy() == eind.reindex(paren["b"]).to_numpy()
    return paren[~samen & ~is_beoordeeld(stand, paren)]


def is_beoordeeld(stand: Stand, paren: pd.DataFrame) -> pd.Series:
    """Whether somebody judged each pair: Series of bool."""
    return paren["paar"].isin(stand.paren["a"] + "|" + stand.paren["b"])


def beoordeeld(stand: Stand) -> pd.DataFrame:
    """Judgements that hold, last one first: index volgnummer; a, b, oordeel, naar, tekst, wie, tijdstip, reden,
    bronnen."""
    g = stand.tabel("gebeurtenissen")
    g = g[g["wat"] == "paar"].drop_duplicates("object", keep="last")
    g = g[g["nieuw"].notna()].sort_index(ascending=False)
    delen = [o.split("|") for o in g["object"]]
    uit = pd.DataFrame(
        {
            "a": [d[0] for d in delen],
            "b": [d[1] for d in delen],
            "oordeel": [n["oordeel"] for n in g["nieuw"]],
            "naar": [n["naar"] for n in g["nieuw"]],
            "tekst": [omschrijf("paar", n) for n in g["nieuw"]],
            "wie": g["wie"].to_numpy(),
            "tijdstip": [datetime.fromisoformat(t).astimezone() for t in g["tijdstip"]],
            "reden": g["reden"].to_numpy(),
        },
        index=g.index,
    )
    return uit.assign(bronnen=bronnen(stand, uit["a"], uit["b"]))


def zekerheid(score: float | None) -> str:
    """A score in words: ``zeker``, ``waarschijnlijk`` or ``misschien``; empty for a pair a person put together."""
    if score is None:
        return ""
    for naam in ("zeker", "waarschijnlijk"):
        if score >= grens(naam):
            return naam
    return "misschien"


def grens(naam: str) -> float:
    """Lowest score for a word of `zekerheid`; ``ruim`` is everything."""
    return 0.0 if naam == "ruim" else float(parameters.waarde("overlap", naam))


def tweetal(stand: Stand, a: str, b: str) -> tuple[Kant, Kant]:
    """Two rows side by side, with the words that both have.

    Raises
    ------
    KeyError : one of them is not in the werkmap
    """
    r, s = stand.ambities.loc[a], stand.ambities.loc[b]
    links, rechts = markeer(_tekst(r), _tekst(s), proceswoorden(stand))
    velden_a, velden_b = _velden(stand, r), _velden(stand, s)
    return _kant(a, r, links, velden_a, velden_b), _kant(b, s, rechts, velden_b, velden_a)


def zoek_rijen(stand: Stand, tekst: str, taakveld_van: str | None = None, hoogstens: int = 8) -> pd.DataFrame:
    """Rows to compare with: those with all words of `tekst`; without words, those of the same taakveld.

    Parameters
    ----------
    taakveld_van : row that is compared; it is never among the answers
    """
    gevonden = zoek(stand, tekst)
    if taakveld_van in stand.ambities.index:
        gevonden = gevonden.drop(index=taakveld_van, errors="ignore")
        if not tekst.strip():
            taakveld = stand.ambities.loc[taakveld_van, "taakveld"]
            gevonden = gevonden[gevonden["taakveld"] == taakveld] if taakveld else gevonden.iloc[:0]
    return gevonden[~gevonden["vervallen"].astype(bool)].head(hoogstens)


def plaats(stand: Stand, r: pd.Series) -> str:
    """Where a row is now, in words: ``Bij een opgave: O03 Een levend centrum``."""
    naar = r["naar"]
    if not naar:
        return NAMEN[r["bestemming"]]
    titels = stand.tabel("opgaven" if r["bestemming"] == "opgave" else "ambities")["titel"]
    return f"{NAMEN[r['bestemming']]}: {naar} {notatie.kort(titels.get(naar, ''), 60)}".strip()


def _tekst(r: pd.Series) -> str:
    return f"{r['titel']}\n{r['omschrijving'] or ''}"


def _kant(ambitie: str, r: pd.Series, segmenten: list, eigen: Mapping[str, str], ander: Mapping[str, str]) -> Kant:
    titel, omschrijving = _knip(segmenten, len(str(r["titel"])))
    omschrijving = tuple((t.removeprefix("\n") if i == 0 else t, g) for i, (t, g) in enumerate(omschrijving))
    bron = f"{NAMEN.get(r['soort'], r['soort'])} · blad '{r['blad']}', rij {int(r['rij'])}"
    velden = tuple((naam, tekst, tekst == ander.get(naam)) for naam, tekst in eigen.items())
    return Kant(ambitie, titel, omschrijving, bron, velden)


def _knip(segmenten: list, plek: int) -> tuple[Segmenten, Segmenten]:
    """Segments of one text as those before and after a character."""
    voor, na, begin = [], [], 0
    for tekst, gedeeld in segmenten:
        i = min(max(plek - begin, 0), len(tekst))
        voor += [(tekst[:i], gedeeld)] if i else []
        na += [(tekst[i:], gedeeld)] if i < len(tekst) else []
        begin += len(tekst)
    return tuple(voor), tuple(na)


def _velden(stand: Stand, r: pd.Series) -> dict[str, str]:
    tekst = {
        "Programma": r["programma"] or "",
        "Taakveld": r["taakveld"] or "",
        "Gebied": r["gebied"] or "",
        "Portefeuillehouder": r["portefeuillehouder"] or "",
        "Budget": notatie.euro(r["budget_eur"]) if r["budget_eur"] == r["budget_eur"] else "",
        "Uren": notatie.uren(r["uren"]) if r["uren"] == r["uren"] else "",
        "Nu": plaats(stand, r),
    }
    return {naam: waarde or "niet genoemd" for naam, waarde in tekst.items()}
