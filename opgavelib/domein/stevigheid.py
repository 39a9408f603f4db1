"""How firm a place above the line is when weights and scores are uncertain (SMAA), in words for a college."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opgavelib import notatie
from opgavelib.domein.ranking import bereid_voor, gewogen_som, schaal_grenzen
from opgavelib.fouten import WegingFout

GEEN_VOORKEUR = "geen voorkeur"
TREKKINGEN = 10_000
# Chunks depend on the size of the problem and never on who computes them: that would change the result.
_STUK = 500
_STUK_GETALLEN = 4_000_000
_RANGTABEL_GETALLEN = 2**21
_TEGELIJK = 32
# Scores closer than a millionth of the scale are equal.
_FIJN = 2**20
_PLAATS_BITS = 32


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


@dataclass(frozen=True)
class _Taak:
    """One problem as plain arrays: what travels to a thread, a process or a cluster."""

    gemiddeld: np.ndarray  # (k x n) float32, normalised, 0 where missing
    spreiding: np.ndarray  # (k x n) float32, normalised
    bekend: np.ndarray | None  # (k x n) float32 of 0 and 1; None when nothing is missing
    alfa: np.ndarray | None  # (k) of the Dirichlet distribution; None: weights are certain
    aandelen: np.ndarray  # (k)
    top_n: int
    bakken: np.ndarray  # (n) rank - 1 to column of the table of ranks


def smaa(
    gemiddeld: pd.DataFrame,
    spreiding: pd.DataFrame | None,
    aantal: pd.DataFrame | pd.Series | None,
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
    aantal : assessors per ambitie (Series) or per score (DataFrame). Given: what is uncertain is the mean of the
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
    bakken, rangen = _bakken(len(wie), top_n)
    taak = _taak(v.deel[wie], sd[wie], v.bekend[wie], v.aandelen, onzeker, top_n, bakken)
    boven, tabel = _tel(taak, trekkingen, zaad, executor, voortgang)
    kolommen = {"kans": boven / trekkingen} | _rangen(tabel, rangen)
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
    gemiddeld: pd.DataFrame, spreiding: pd.DataFrame | None, aantal: pd.DataFrame | pd.Series | None,
    breedte: np.ndarray, minimum: float,
) -> np.ndarray:  # fmt: skip
    """Spread to draw with, as share of each scale, array (n x k)."""
    if spreiding is None:
        return np.full(gemiddeld.shape, minimum)
    sd = spreiding.reindex(index=gemiddeld.index, columns=gemiddeld.columns).to_numpy(dtype=float) / breedte
    if aantal is not None:
        n = aantal.reindex(gemiddeld.index)
        n = n.to_frame() if isinstance(n, pd.Series) else n.reindex(columns=gemiddeld.columns)
        n = np.broadcast_to(n.to_numpy(dtype=float), sd.shape)
        meer = (n > 1) & ~np.isnan(sd)
        vrijheid = np.where(meer, n - 1, 0.0)
        gepoold = np.sqrt((np.where(meer, n * sd**2, 0.0)).sum() / vrijheid.sum()) if meer.any() else 0.0
        sd = np.where(meer, sd / np.sqrt(np.where(meer, n - 1, 1.0)), gepoold)
    return np.maximum(np.nan_to_num(sd), minimum)


def _taak(
    deel: np.ndarray, sd: np.ndarray, bekend: np.ndarray, aandelen: np.ndarray, onzeker: float | None, top_n: int,
    bakken: np.ndarray,
) -> _Taak:  # fmt: skip
    alfa = np.ones(len(aandelen)) if onzeker is None else None
    if onzeker:
        alfa = aandelen * (1 / onzeker**2 - 1)
    return _Taak(
        np.ascontiguousarray(np.clip(np.where(bekend, deel, 0.0), 0.0, 1.0).T, dtype=np.float32),
        np.ascontiguousarray(sd.T, dtype=np.float32),
        None if bekend.all() else np.ascontiguousarray(bekend.T, dtype=np.float32),
        alfa, aandelen, top_n, bakken,
    )  # fmt: skip


def _tel(
    taak: _Taak,
    trekkingen: int,
    zaad: int,
    executor: Executor | None,
    voortgang: Callable[[int, int], object] | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Draws above the line (n) and the table of ranks (n x bins), summed over chunks in their order."""
    n = taak.gemiddeld.shape[1]
    stuk = int(np.clip(_STUK_GETALLEN // max(n, 1), 20, _STUK))
    maten = [min(stuk, trekkingen - i) for i in range(0, trekkingen, stuk)]
    zaden = np.random.SeedSequence(zaad).spawn(len(maten))
    boven = np.zeros(n)
    rangen = np.zeros((n, int(taak.bakken.max(initial=-1)) + 1), dtype=np.int32)
    klaar = 0
    if n:
        for maat, (b, r) in zip(maten, _in_volgorde(executor, taak, zaden, maten), strict=True):
            boven += b
            rangen += r
            klaar += maat
            if voortgang is not None:
                voortgang(klaar, trekkingen)
    return boven, rangen


def _in_volgorde(
    executor: Executor | None, taak: _Taak, zaden: Sequence[np.random.SeedSequence], maten: Sequence[int]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Results of the chunks in their order; only some under way at once, so that memory stays bounded."""
    if executor is None:
        yield from (trek(taak, *stuk) for stuk in zip(zaden, maten, strict=True))
        return
    lopend: deque = deque()
    try:
        for stuk in zip(zaden, maten, strict=True):
            lopend.append(executor.submit(trek, taak, *stuk))
            if len(lopend) >= _TEGELIJK:
                yield lopend.popleft().result()
        while lopend:
            yield lopend.popleft().result()
    finally:
        for toekomst in lopend:
            toekomst.cancel()


def trek(taak: _Taak, zaad: np.random.SeedSequence, aantal: int) -> tuple[np.ndarray, np.ndarray]:
    """One chunk: per ambitie how often it was above the line (n), and at which ranks (n x bins).

    No matrix product here: its last bits differ between machines, and so could the draws that tie.
    """
    rng = np.random.default_rng(zaad)
    k, n = taak.gemiddeld.shape
    gewicht = _gewichten(rng, taak, aantal)
    som = np.zeros((aantal, n), dtype=np.float32)
    noemer = None if taak.bekend is None else np.zeros((aantal, n), dtype=np.float32)
    for j in range(k):
        waarde = _afgekapt(rng, taak.gemiddeld[j], taak.spreiding[j], aantal)
        if noemer is not None:
            waarde *= taak.bekend[j]
            noemer += gewicht[:, j, None] * taak.bekend[j]
        waarde *= gewicht[:, j, None]
        som += waarde
    if noemer is not None:
        # Drawn weights can all but vanish on what was judged; then nothing speaks for the ambitie.
        som = np.divide(som, noemer, out=np.zeros_like(som), where=noemer > 1e-12)
    # Score and place in one number: one fast sort gives order, ties and who it is.
    sleutel = np.rint((1 - som) * _FIJN).astype(np.int64) << _PLAATS_BITS
    sleutel |= np.arange(n)
    sleutel.sort(axis=1)
    wie = sleutel & (2**_PLAATS_BITS - 1)
    sleutel >>= _PLAATS_BITS
    bakken = taak.bakken[_gedeelde_rang(sleutel) - 1] if n else np.zeros((aantal, 0), dtype=int)
    kolommen = int(taak.bakken.max(initial=-1)) + 1
    rangen = np.bincount((wie * kolommen + bakken).ravel(), minlength=n * kolommen).reshape(n, kolommen)
    return _boven_de_streep(wie, sleutel, taak.top_n), rangen.astype(np.uint16)


def _gewichten(rng: np.random.Generator, taak: _Taak, aantal: int) -> np.ndarray:
    """Weights per draw, array (aantal x k) of float32; a weight of 0 stays 0."""
    if taak.alfa is None:
        return np.broadcast_to(taak.aandelen.astype(np.float32), (aantal, len(taak.aandelen)))
    gamma = rng.standard_gamma(np.broadcast_to(taak.alfa, (aantal, len(taak.alfa))))
    som = gamma.sum(axis=1, keepdims=True)
    return np.where(som > 0, gamma / np.where(som > 0, som, 1.0), taak.aandelen).astype(np.float32)


def _afgekapt(rng: np.random.Generator, midden: np.ndarray, sd: np.ndarray, aantal: int) -> np.ndarray:
    """Normal draws within 0-1, array (aantal x n): what falls outside is drawn again."""
    waarde = rng.standard_normal((aantal, len(midden)), dtype=np.float32)
    waarde *= sd
    waarde += midden
    plat = waarde.reshape(-1)
    buiten = np.flatnonzero((plat < 0) | (plat > 1))
    for _ in range(64):
        if not len(buiten):
            break
        kolom = buiten % len(midden)
        nieuw = rng.standard_normal(len(buiten), dtype=np.float32) * sd[kolom] + midden[kolom]
        plat[buiten] = nieuw
        buiten = buiten[(nieuw < 0) | (nieuw > 1)]
    return np.clip(waarde, 0, 1, out=waarde) if len(buiten) else waarde


def _gedeelde_rang(scores: np.ndarray) -> np.ndarray:
    """Ranks of sorted rows (aantal x n), 1-based; those who tie get the mean of theirs, rounded down."""
    aantal, n = scores.shape
    rang = np.broadcast_to(np.arange(1, n + 1), scores.shape)
    if n < 2 or not (gelijk := scores[:, 1:] == scores[:, :-1]).any():
        return rang
    begin = np.ones(scores.shape, dtype=bool)
    begin[:, 1:] = ~gelijk
    eerste = np.flatnonzero(begin.ravel())
    lengte = np.diff(np.append(eerste, aantal * n))
    gedeeld = (eerste % n) + 1 + (lengte - 1) // 2
    return np.repeat(gedeeld, lengte).reshape(aantal, n)


def _boven_de_streep(wie: np.ndarray, scores: np.ndarray, top_n: int) -> np.ndarray:
    """How often each is among the first `top_n`, array (n); who tie at the line share what is left."""
    n = wie.shape[1]
    if top_n >= n:
        return np.full(n, float(len(wie)))
    gelijk = scores[:, top_n - 1] == scores[:, top_n]
    uit = np.bincount(wie[~gelijk, :top_n].ravel(), minlength=n).astype(float)
    if gelijk.any():
        s = scores[gelijk]
        grens = s[:, top_n - 1 : top_n]
        ervoor, erop = s < grens, s == grens
        deel = (top_n - ervoor.sum(axis=1, keepdims=True)) / erop.sum(axis=1, keepdims=True)
        uit += np.bincount(wie[gelijk].ravel(), weights=(ervoor + erop * deel).ravel(), minlength=n)
    return uit


def _bakken(n: int, top_n: int) -> tuple[np.ndarray, np.ndarray]:
    """Ranks to columns of a table that stays small: exact at the top, coarser below when there are thousands.

    Returns
    -------
    column per rank (n), and the rank that each column stands for (the middle of what it holds)
    """
    kolommen = min(n, max(32, _RANGTABEL_GETALLEN // max(n, 1)))
    precies = n if kolommen == n else min(n, max(kolommen // 2, 3 * top_n))
    rest = n - precies
    bakken = np.arange(n)
    if rest:
        grof = max(kolommen - precies, 16)
        bakken[precies:] = precies + np.arange(rest) * grof // rest
    rangen = np.arange(1, n + 1)
    midden = np.bincount(bakken, weights=rangen) / np.bincount(bakken) if n else np.zeros(0)
    return bakken, np.floor(midden)


def _rangen(tabel: np.ndarray, rangen: np.ndarray) -> dict[str, np.ndarray]:
    """5th, 50th and 95th percentile of the rank: the first rank that at least this share of the draws reaches."""
    if not tabel.size:
        return {naam: np.zeros(len(tabel)) for naam in ("rang_p5", "rang_mediaan", "rang_p95")}
    loop = np.cumsum(tabel, axis=1)
    totaal = loop[:, -1:]
    return {
        naam: rangen[(loop < deel * totaal).sum(axis=1)]
        for naam, deel in (("rang_p5", 0.05), ("rang_mediaan", 0.5), ("rang_p95", 0.95))
    }


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
