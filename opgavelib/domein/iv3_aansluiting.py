"""Own budget lines against the Iv3 figures of the same municipality and year, per taakveld.

Called by `opgavelib.toepassing.iv3`. In short::

    uit = sluit_aan(regels, iv3, namen, jaar=2025, afronding_eur=500)
    uit.tabel       # taakveld, naam, maat, eigen_eur, iv3_eur, verschil_eur, akkoord, toelichting
    uit.totalen     # the same rows for lasten, baten and salarissen in total
    uit.akkoord     # None when there is nothing to compare: see uit.reden
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.iv3 import ALLEEN_NULLEN, MATEN

KOLOMMEN = ("taakveld", "naam", "maat", "eigen_eur", "iv3_eur", "verschil_eur", "akkoord", "toelichting")
TOTAAL = "totaal"
GELIJK = "gelijk"
BINNEN = "binnen de afronding van Iv3"
ALLEEN_EIGEN = "alleen in de begroting"
ALLEEN_IV3 = "alleen in Iv3"


@dataclass(frozen=True)
class Iv3Aansluiting:
    """Begroting against Iv3.

    Attributes
    ----------
    tabel : per taakveld and maat: `KOLOMMEN`; eigen_eur or iv3_eur None where that side gave nothing, akkoord
        None when there is nothing to compare
    totalen : the same columns, one row per maat (taakveld is ``totaal``), all taakvelden together
    akkoord : every row of both agrees; None when nothing could be compared
    toelichting : ready for a memo
    reden : why nothing could be compared, else None
    parameters : all that is needed to repeat it
    """

    tabel: pd.DataFrame
    totalen: pd.DataFrame
    akkoord: bool | None
    toelichting: str
    reden: str | None
    parameters: Mapping[str, object]


def niets(reden: str) -> Iv3Aansluiting:
    """The answer when there is nothing to compare, and why."""
    leeg = pd.DataFrame(columns=list(KOLOMMEN), dtype=object)
    return Iv3Aansluiting(leeg, leeg.copy(), None, reden, reden, {})


def sluit_aan(
    regels: pd.DataFrame,
    iv3: pd.DataFrame,
    namen: Mapping[str, str],
    *,
    jaar: int,
    wie: str = "de gemeente",
    afronding_eur: float = 500.0,
    afgeronde_cellen: Mapping[str, int] | None = None,
) -> Iv3Aansluiting:
    """Compare own budget lines with Iv3, per taakveld and in total.

    Parameters
    ----------
    regels : DataFrame of one year, a row per budget line; taakveld (text), lasten_eur, and when known
        baten_eur, salarissen_eur; NaN where nothing was given
    iv3 : DataFrame, a row per taakveld; taakveld, lasten_eur, baten_eur, salarissen_eur; what the same
        municipality delivered, rounded to thousands
    namen : taakveld -> name of that year, in the order of the table
    afronding_eur : how far one Iv3 figure may be rounded; half a thousand
    afgeronde_cellen : per column in how many cells the file itself had its cents rounded off; each of those may be
        half a euro off

    Returns
    -------
    Iv3Aansluiting. A total may be off by as much as its figures together.
    """
    if regels.empty:
        return niets("Er zijn geen begrotingsregels om mee te vergelijken.")
    if not (iv3[["lasten_eur", "baten_eur"]].fillna(0.0) != 0).to_numpy().any():
        return niets(f"{wie[0].upper() + wie[1:]} {ALLEEN_NULLEN} voor {jaar}; er is niets om op aan te sluiten.")
    van_iv3 = iv3.set_index("taakveld")
    rijen, totalen = [], []
    for maat, kolom in MATEN.items():
        if kolom not in regels or regels[kolom].isna().all():
            totalen.append(_rij(TOTAAL, "Totaal", maat, None, _som(van_iv3[kolom]), None,
                                f"de begroting noemt geen {maat}"))  # fmt: skip
            continue
        per_regel = regels.groupby("taakveld")[kolom]
        zelf = pd.DataFrame({"eur": per_regel.sum(min_count=1).round(2), "regels": per_regel.count()})
        marge = _Marge(afronding_eur, (afgeronde_cellen or {}).get(kolom, 0))
        van_maat = _per_taakveld(maat, zelf, van_iv3[kolom], namen, marge, jaar)
        rijen += van_maat
        totalen.append(_totaal(maat, van_maat, zelf, marge))
    rijen = _leg_uit(rijen)
    tabel = pd.DataFrame(rijen, columns=list(KOLOMMEN), dtype=object)
    samen = pd.DataFrame(totalen, columns=list(KOLOMMEN), dtype=object)
    oordelen = [r["akkoord"] for r in (*rijen, *totalen) if r["akkoord"] is not None]
    akkoord = all(oordelen) if oordelen else None
    vast = {"jaar": jaar, "gemeente": wie, "afronding_eur": afronding_eur,
            "afgeronde_cellen": dict(afgeronde_cellen or {})}  # fmt: skip
    return Iv3Aansluiting(tabel, samen, akkoord, _zin(tabel, samen, wie, jaar), None, vast)


@dataclass(frozen=True)
class _Marge:
    """Largest difference that rounding explains."""

    iv3_eur: float
    cellen: int

    def bij(self, regels: int, cijfers: int = 1) -> float:
        """For `cijfers` Iv3 figures and `regels` own lines: each rounded line is at most half a euro off."""
        return self.iv3_eur * cijfers + 0.5 * min(regels, self.cellen)


def _som(bedragen: pd.Series) -> float | None:
    return float(bedragen.sum()) if bedragen.notna().any() else None


def _rij(code: str, naam: str, maat: str, eigen: float | None, iv3: float | None, akkoord: bool | None,
         toelichting: str) -> dict[str, object]:  # fmt: skip
    verschil = None if akkoord is None else (eigen or 0.0) - (iv3 or 0.0)
    waarden = (code, naam, maat, eigen, iv3, verschil, akkoord, toelichting)
    return dict(zip(KOLOMMEN, waarden, strict=True))


def _per_taakveld(
    maat: str, zelf: pd.DataFrame, iv3: pd.Series, namen: Mapping[str, str], marge: _Marge, jaar: int
) -> list[dict[str, object]]:
    volgorde = [*dict.fromkeys([*namen, *sorted({*iv3.index, *zelf.index})])]
    rijen = []
    for code in volgorde:
        eigen = float(zelf["eur"].get(code, float("nan")))
        ander = float(iv3.get(code, float("nan")))
        geen_eigen, geen_ander = eigen != eigen, ander != ander
        if geen_eigen and geen_ander:
            continue  # neither side gave anything: nothing to say
        verschil = (0.0 if geen_eigen else eigen) - (0.0 if geen_ander else ander)
        akkoord = abs(verschil) <= marge.bij(int(zelf["regels"].get(code, 0)))
        if akkoord:
            waarom = BINNEN if verschil else GELIJK
            if geen_eigen or geen_ander:
                waarom = f"niet genoemd in {'de begroting' if geen_eigen else 'Iv3'}, en nul in het andere"
                waarom = BINNEN if verschil else waarom
        elif geen_ander:
            waarom = (
                ALLEEN_EIGEN if code in iv3.index else f"{ALLEEN_EIGEN}: taakveld {code} bestaat niet in Iv3 {jaar}"
            )
        elif geen_eigen:
            waarom = ALLEEN_IV3
        else:
            waarom = ""
        rijen.append(_rij(code, namen.get(code, ""), maat, None if geen_eigen else eigen,
                          None if geen_ander else ander, akkoord, waarom))  # fmt: skip
    return rijen


def _totaal(maat: str, rijen: Sequence[Mapping], zelf: pd.DataFrame, marge: _Marge) -> dict[str, object]:
    eigen = round(sum(r["eigen_eur"] or 0.0 for r in rijen), 2)
    van_iv3 = [r["iv3_eur"] for r in rijen if r["iv3_eur"] is not None]
    if not van_iv3:
        return _rij(TOTAAL, "Totaal", maat, eigen, None, None, f"Iv3 noemt geen {maat}")
    verschil = eigen - sum(van_iv3)
    # A figure of 0 was not rounded away from anything that the lines could explain twice.
    grens = marge.bij(int(zelf["regels"].sum()), sum(1 for b in van_iv3 if b))
    akkoord = abs(verschil) <= grens
    waarom = GELIJK if not verschil else f"{BINNEN}: {len(van_iv3)} cijfers" if akkoord else _verschil(verschil)
    return _rij(TOTAAL, "Totaal", maat, eigen, sum(van_iv3), akkoord, waarom)


def _verschil(verschil: float) -> str:
    return f"verschil {notatie.euro(abs(verschil))} {'meer' if verschil > 0 else 'minder'} in de begroting"


def _leg_uit(rijen: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Say of every difference what may be behind it: the same amount elsewhere, a unit, or nothing known."""
    mis = [r for r in rijen if r["akkoord"] is False]
    uit = []
    for rij in rijen:
        if rij["akkoord"] is False:
            kaal = rij["toelichting"] or _verschil(rij["verschil_eur"])
            aanwijzing = _aanwijzing(rij, mis)
            rij = rij | {"toelichting": f"{kaal}; {aanwijzing}" if aanwijzing else kaal}
        uit.append(rij)
    return uit


def _aanwijzing(rij: Mapping, mis: Sequence[Mapping]) -> str:
    eigen, iv3 = rij["eigen_eur"] or 0.0, rij["iv3_eur"] or 0.0
    if eigen and iv3 and round(eigen / iv3, 3) in (1000.0, 0.001):
        return "staat een van beide in duizenden?"
    if not eigen:
        return ""
    for ander in mis:
        if ander is rij or ander["iv3_eur"] is None or abs(eigen - ander["iv3_eur"]) > 500:
            continue
        if ander["taakveld"] == rij["taakveld"]:
            return f"in Iv3 staat dit bedrag bij de {ander['maat']}"
        if ander["maat"] == rij["maat"]:
            return f"in Iv3 staat dit bedrag bij taakveld {ander['taakveld']}"
    return ""


def _zin(tabel: pd.DataFrame, totalen: pd.DataFrame, wie: str, jaar: int) -> str:
    mis = tabel[tabel["akkoord"].eq(False)]
    velden = mis["taakveld"].nunique()
    totaal_mis = [str(m) for m in totalen.loc[totalen["akkoord"].eq(False), "maat"]]
    if not velden and not totaal_mis:
        precies = not (tabel["verschil_eur"].dropna() != 0).any()
        hoe = "zonder verschil" if precies else "tot op de afronding van Iv3"
        zin = f"De begroting sluit per taakveld aan op Iv3 {jaar} van {wie}, {hoe}."
    elif velden:
        zin = (
            f"Op {notatie.aantal(velden, 'taakveld', 'taakvelden')} sluit de begroting niet aan op Iv3 {jaar} van "
            f"{wie}."
        )
        groot = mis.loc[mis["verschil_eur"].abs().astype(float).idxmax()]
        zin += (
            f" Het grootste verschil: {groot['taakveld']} {groot['naam']}, {groot['maat']}: {groot['toelichting']}."
        )
    else:
        zin = f"In totaal sluiten de {' en '.join(totaal_mis)} niet aan op Iv3 {jaar} van {wie}."
    som = totalen.set_index("maat")["iv3_eur"]
    if som.get("lasten") is not None and som.get("baten") is not None and som["lasten"] != som["baten"]:
        zin += f" In Iv3 zelf verschillen lasten en baten {notatie.euro(abs(som['lasten'] - som['baten']))}."
    weg = [str(t) for t in totalen.loc[totalen["akkoord"].isna(), "toelichting"]]
    if weg:
        zin += f" Niet vergeleken: {'; '.join(weg)}."
    return zin
