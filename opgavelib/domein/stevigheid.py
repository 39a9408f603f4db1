"""How firm a place above the line is when weights and scores are uncertain (SMAA), in words for a college."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.ranking import bereid_voor, gewogen_som, schaal_grenzen
from opgavelib.domein.trekkingen import Taak, bakken_voor, percentielen, tel
from opgavelib.fouten import WegingFout

GEEN_VOORKEUR = "geen voorkeur"
TREKKINGEN = 10_000


@dataclass(frozen=True)
class Stevigheid:
    """Chance to stand above the line, per ambitie.

    Attributes
    ----------
    tabel : DataFrame, index ambitie in rank order; rang, boven (bool: above the line by the ranking itself), kans
        (0-1: share of the draws above the line), rang_p5, rang_mediaan, rang_p95, stevig (bool: what the ranking
        says holds in at least the share `stevig_vanaf`), zin. Not judged: NaN, with a zin that says so
    toelichting : sentences for the memo
    parameters : everything needed to repeat it, and uitleg: what was drawn, as a Dutch sentence
    """

    tabel: pd.DataFrame
    toelichting: str
    parameters: Mapping[str, object]


def smaa(
    gemiddeld: pd.DataFrame,
    spreiding: pd.DataFrame | None,
    aantal: pd.DataFrame | None,
    gewichten: Mapping[str, float],
    richting: Mapping[str, str] | None = None,
    schaal: Mapping[str, tuple[float, float]] | None = None,
    top_n: int = 19,
    *,
    trekkingen: int = TREKKINGEN,
    zaad: int = 1,
    onzekerheid_gewicht: float | str = 0.1,
    minimale_spreiding_aandeel: float = 0.05,
    stevig_vanaf: float = 0.9,
    executor: Executor | None = None,
    voortgang: Callable[[int, int], object] | None = None,
) -> Stevigheid:
    """Chance to be above the line when weights and scores are drawn again and again (SMAA-2).

    A draw takes weights from a Dirichlet distribution around the given ones, and every score from a normal
    distribution around its mean, cut off at the ends of its scale; it then ranks by weighted sum. A missing score
    leaves its criterium out, as in `opgavelib.domein.ranking.gewogen_som`. Draws tie when they differ by less than
    a millionth; who tie at the line share the places that are left equally, and each gets the mean of their ranks.

    Parameters
    ----------
    gemiddeld : DataFrame (ambitie x criterium), each on its scale, NaN allowed
    spreiding : DataFrame (ambitie x criterium), standard deviation between assessors (ddof 0), in points; None: the
        minimum everywhere
    aantal : DataFrame (ambitie x criterium), assessors per score. Given: what is uncertain is the mean of the
        group, with the standard error as spread; a score by one assessor gets the pooled spread of the others.
        None: what is uncertain is what one assessor would say, with `spreiding` itself
    gewichten, richting, schaal : as in `gewogen_som`; scores are normalised by their scale
    top_n : places above the line
    trekkingen, zaad : number of draws, at least 100, and the seed
    onzekerheid_gewicht : u from 0 (certain) to below 1; a weight w gets standard deviation u * sqrt(w * (1 - w)).
        Or `GEEN_VOORKEUR`: every set of weights is as likely
    minimale_spreiding_aandeel : least spread of any score, as share of its scale
    stevig_vanaf : chance from which a place is called firm
    executor : who computes the chunks; None: this thread. The result is the same for each
    voortgang : called with draws done and draws in all

    Raises
    ------
    WegingFout : weights that do not fit, or an uncertainty, number of draws or places that cannot be used

    References
    ----------
    Lahdelma and Salminen, SMAA-2, Operations Research 49 (2001).
    """
    onzeker = _onzekerheid(onzekerheid_gewicht)
    if trekkingen < 100 or top_n < 1 or minimale_spreiding_aandeel < 0:
        raise WegingFout("Neem minstens 100 trekkingen, minstens 1 plaats en een spreiding die niet negatief is.")
    basis = gewogen_som(gemiddeld, gewichten, richting, "schaal", schaal)
    v = bereid_voor(gemiddeld, gewichten, richting, "schaal", schaal)
    wie = np.flatnonzero(v.beoordeeld)
    # By code, so that the order of the rows does not decide which draws an ambitie gets.
    wie = wie[np.argsort(gemiddeld.index[wie].astype(str), kind="stable")]
    breedte = np.diff(schaal_grenzen(list(gemiddeld.columns), schaal), axis=1)[:, 0]
    sd = _spreiding(gemiddeld, spreiding, aantal, breedte, minimale_spreiding_aandeel)
    bakken, rangen = bakken_voor(len(wie), top_n)
    taak = _taak(v.deel[wie], sd[wie], v.bekend[wie], v.aandelen, onzeker, top_n, bakken)
    boven, tabel = tel(taak, trekkingen, zaad, executor, voortgang)
    kolommen = {"kans": boven / trekkingen} | percentielen(tabel, rangen)
    uit = pd.DataFrame(kolommen, index=gemiddeld.index[wie]).reindex(basis.tabel.index)
    uit.insert(0, "rang", basis.tabel["rang"])
    uit.insert(1, "boven", basis.tabel["rang"] <= top_n)
    uit["stevig"] = np.where(uit["boven"], uit["kans"] >= stevig_vanaf, uit["kans"] <= 1 - stevig_vanaf + 1e-12)
    uit["zin"] = [_zin(k, b, top_n) for k, b in zip(uit["kans"], uit["boven"], strict=True)]
    parameters = {
        "top_n": top_n, "trekkingen": trekkingen, "zaad": zaad, "onzekerheid_gewicht": onzekerheid_gewicht,
        "minimale_spreiding_aandeel": minimale_spreiding_aandeel, "stevig_vanaf": stevig_vanaf,
        "spreiding": "van het gemiddelde" if aantal is not None else "tussen beoordelaars",
        "uitleg": _uitleg(trekkingen, onzeker, aantal is not None),
    }  # fmt: skip
    return Stevigheid(uit, _toelichting(uit, top_n, stevig_vanaf), dict(basis.parameters) | parameters)


def _onzekerheid(onzekerheid: float | str) -> float | None:
    """The given uncertainty, None for no preference."""
    if onzekerheid == GEEN_VOORKEUR:
        return None
    if isinstance(onzekerheid, str) or not 0 <= onzekerheid < 1:
        raise WegingFout(
            f"De onzekerheid van de gewichten is een getal van 0 (zeker) tot 1, of '{GEEN_VOORKEUR}'; "
            f"dit is {onzekerheid!r}."
        )
    return float(onzekerheid)


def _spreiding(
    gemiddeld: pd.DataFrame, spreiding: pd.DataFrame | None, aantal: pd.DataFrame | None,
    breedte: np.ndarray, minimum: float,
) -> np.ndarray:  # fmt: skip
    """Spread to draw with, as share of each scale, array (n x k)."""
    if spreiding is None:
        return np.full(gemiddeld.shape, minimum)
    sd = spreiding.reindex(index=gemiddeld.index, columns=gemiddeld.columns).to_numpy(dtype=float) / breedte
    if aantal is not None:
        n = aantal.reindex(index=gemiddeld.index, columns=gemiddeld.columns).to_numpy(dtype=float)
        meer = (n > 1) & ~np.isnan(sd)
        vrijheid = np.where(meer, n - 1, 0.0)
        gepoold = np.sqrt((np.where(meer, n * sd**2, 0.0)).sum() / vrijheid.sum()) if meer.any() else 0.0
        sd = np.where(meer, sd / np.sqrt(np.where(meer, n - 1, 1.0)), gepoold)
    return np.maximum(np.nan_to_num(sd), minimum)


def _taak(
    deel: np.ndarray, sd: np.ndarray, bekend: np.ndarray, aandelen: np.ndarray, onzeker: float | None, top_n: int,
    bakken: np.ndarray,
) -> Taak:  # fmt: skip
    alfa = np.ones(len(aandelen)) if onzeker is None else None
    if onzeker:
        alfa = aandelen * (1 / onzeker**2 - 1)
    return Taak(
        np.ascontiguousarray(np.clip(np.where(bekend, deel, 0.0), 0.0, 1.0).T, dtype=np.float32),
        np.ascontiguousarray(sd.T, dtype=np.float32),
        None if bekend.all() else np.ascontiguousarray(bekend.T, dtype=np.float32),
        alfa, aandelen, top_n, bakken,
    )  # fmt: skip


def kans_tekst(kans: float) -> str:
    """Share of the draws as text, never rounded to certainty: ``97%``, ``meer dan 99%``."""
    if 0 < kans < 0.005:
        return "minder dan 1%"
    return "meer dan 99%" if 0.995 <= kans < 1 else notatie.procent(kans, 0)


def _zin(kans: float, boven: bool, top_n: int) -> str:
    if np.isnan(kans):
        return "is nog niet beoordeeld"
    vast = {1.0: "alle gevallen", 0.0: "geen enkel geval"}.get(kans, f"{kans_tekst(kans)} van de gevallen")
    return f"{'blijft' if boven else 'komt'} in {vast} in de top {top_n}"


def _toelichting(tabel: pd.DataFrame, top_n: int, stevig_vanaf: float) -> str:
    boven = tabel[tabel["boven"]]
    if boven.empty:
        return "Er is nog geen ambitie beoordeeld; lees eerst scores in."
    los = int((~boven["stevig"]).sum())
    onder = tabel[~tabel["boven"] & tabel["kans"].notna()]
    kandidaten = int((~onder["stevig"]).sum())
    vanaf = f"in minstens {notatie.procent(stevig_vanaf, 0)} van de gevallen"
    if onder.empty:
        return f"Er zijn niet meer beoordeelde ambities dan plaatsen, dus alle {len(boven)} staan boven de streep."
    if not los:
        return (
            f"Alle {len(boven)} staan stevig: {vanaf} boven de streep."
            if len(boven) > 1
            else (f"De enige boven de streep staat stevig: {vanaf}.")
        )
    stevig = len(boven) - los
    hoeveel = "Geen" if not stevig else str(stevig)
    staan = "staan" if stevig > 1 else "staat"
    kop = f"{hoeveel} van de {len(boven)} {staan} stevig ({vanaf} boven de streep)"
    wissel = f"{los} {'wisselt' if los == 1 else 'wisselen'}"
    # With many below, each can have too small a chance to be named.
    met = (
        f"met {kandidaten} onder de streep"
        if kandidaten
        else "met veel andere, die elk zelden boven de streep komen"
    )
    return f"{kop}; {wissel} {met}."


def _uitleg(trekkingen: int, onzeker: float | None, van_gemiddelde: bool) -> str:
    spreiding = "de onzekerheid van het gemiddelde" if van_gemiddelde else "de spreiding tussen beoordelaars"
    if onzeker is None:
        gewichten = "met willekeurige gewichten"
    elif onzeker == 0:
        gewichten = "met vaste gewichten"
    else:
        afwijking = onzeker * np.sqrt(0.25 * 0.75)
        gewichten = (
            "met gewichten die schommelen (een gewicht van 25% meestal tussen "
            f"{notatie.procent(0.25 - afwijking, 0)} en {notatie.procent(0.25 + afwijking, 0)})"
        )
    return (
        f"{notatie.getal(trekkingen)} keer gerangschikt {gewichten} en scores die schommelen naar {spreiding}, "
        "binnen hun schaal. Wie op de streep gelijk eindigen, delen de plaatsen die over zijn."
    )
