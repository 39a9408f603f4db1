"""Overlap: how good the pairs are, against rapidfuzz, and how fast they are found, against bare scikit-learn.

Quality is measured on the example (its labels and those of `benchmarks/leerparen` taught the weights) and on
`benchmarks/paren`, which taught nothing. ``python -m benchmarks.overlap leer`` prints the weights for
data/parameters/overlap.yaml.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.meten import Regel
from opgavelib.domein.overlap import zoek_overlap
from opgavelib.domein.overlap.vectoren import Taal
from opgavelib.domein.overlap.woorden import lees_woorden
from opgavelib.domein.overlap.zoeken import vergelijk
from opgavelib.opslag import Werkmap
from opgavelib.paden import map_van
from opgavelib.toepassing import Stand, maak_voorbeeld
from opgavelib.toepassing.overlap import KOLOMMEN, instelling, semantiek

PAREN = Path(__file__).parent / "paren"
LEERPAREN = Path(__file__).parent / "leerparen"
# Sign and limits of the weights: what speaks against may not speak for. The labels cannot teach all: they only
# hold pairs of two kinds of source, hardly any pair that differs by its place or number alone, and in the example
# the portefeuillehouder is always right.
_VOOR = (
    "begrippen",
    "themas",
    "synoniemen",
    "dekking_laag",
    "dekking_hoog",
    "dekking_som",
    "naam_gelijk",
    "getal_gelijk",
)
GRENZEN = dict.fromkeys(_VOOR, (0, None)) | {
    "drukte": (None, 0),
    "naam_anders": (None, -1),
    "getal_anders": (None, -1),
    "zelfde_soort": (-3, 0),
    "velden": (0, 0.75),
}
GRENZEN_SEMANTIEK = GRENZEN | dict.fromkeys(("betekenis", "betekenis_deel", "begrippen_betekenis"), (0, None))
_SPREIDING = 0.3
AANTALLEN = (300, 3_000, 30_000)


def voorbeeld() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows and labelled pairs (a, b, soort) of the example municipality."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as map_:
        maak_voorbeeld(f"{map_}/werkmap")
        with Werkmap(f"{map_}/werkmap") as werkmap:
            rijen = Stand(werkmap).ambities[KOLOMMEN]
    return rijen, pd.read_csv(map_van("data/voorbeeld") / "overlap_labels.csv")


def apart() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows and labelled pairs that taught nothing."""
    return pd.read_csv(PAREN / "ambities.csv", index_col="ambitie"), pd.read_csv(PAREN / "paren.csv")


def leerparen() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows and labelled pairs of a third municipality, to learn from."""
    return pd.read_csv(LEERPAREN / "ambities.csv", index_col="ambitie"), pd.read_csv(LEERPAREN / "paren.csv")


def meet_ap(rijen: pd.DataFrame, labels: pd.DataFrame, paren: pd.DataFrame) -> tuple[float, float]:
    """Average precision over all pairs of rows, and recall at 3 neighbours.

    Parameters
    ----------
    paren : DataFrame a, b, score; a pair that is not in it scores 0
    """
    from sklearn.metrics import average_precision_score

    plek = {sleutel: i for i, sleutel in enumerate(rijen.index)}
    waar, score = np.zeros((len(plek), len(plek))), np.zeros((len(plek), len(plek)))
    for matrix, tabel, waarden in ((waar, labels, np.ones(len(labels))), (score, paren, paren["score"])):
        i, j = tabel["a"].map(plek).to_numpy(), tabel["b"].map(plek).to_numpy()
        matrix[i, j] = matrix[j, i] = waarden
    boven = np.triu_indices(len(plek), 1)
    eerste = np.argsort(-score, axis=1, kind="stable")[:, :3]
    buur = np.zeros_like(waar, dtype=bool)
    np.put_along_axis(buur, eerste, True, axis=1)
    buur &= score > 0
    gevonden = (buur | buur.T)[boven] & (waar[boven] > 0)
    return float(average_precision_score(waar[boven], score[boven])), float(gevonden.sum() / len(labels))


def leer(gemeenten: Sequence[tuple[pd.DataFrame, pd.DataFrame]], *, met_semantiek: bool) -> dict[str, float]:
    """Weights of a logistic regression with limits on the labelled pairs of all `gemeenten`.

    Maximum likelihood with a normal prior on the standardised weights (variance 0.3), by L-BFGS-B.

    Parameters
    ----------
    gemeenten : per municipality its rows, and its pairs (a, b)
    """
    from scipy.optimize import minimize

    grenzen = GRENZEN_SEMANTIEK if met_semantiek else GRENZEN
    delen, uitkomst = [], []
    for rijen, labels in gemeenten:
        vergeleken = vergelijk(rijen, _taal(), semantiek() if met_semantiek else None)
        goed = {frozenset(p) for p in zip(labels["a"], labels["b"], strict=True)}
        y = np.array([frozenset(p) in goed for p in zip(vergeleken.a, vergeleken.b, strict=True)], dtype=float)
        feiten = vergeleken.feiten[list(grenzen)]
        # Every pair teaches twice: many werkmappen know no kind of source, taakveld or portefeuillehouder.
        delen += [feiten, feiten.assign(zelfde_soort=0.0, velden=0.0)]
        uitkomst += [y, y]
    x, y = pd.concat(delen).to_numpy(), np.concatenate(uitkomst)
    breedte = x.std(axis=0) + 1e-9
    x = x / breedte

    def verlies(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = w[0] + x @ w[1:]
        rest = 1 / (1 + np.exp(-z)) - y
        waarde = (np.logaddexp(0, z) - y * z).sum() + (w[1:] ** 2).sum() / (2 * _SPREIDING)
        return waarde, np.r_[rest.sum(), x.T @ rest + w[1:] / _SPREIDING]

    perk = [
        tuple(None if g is None else g * b for g in paar) for paar, b in zip(grenzen.values(), breedte, strict=True)
    ]
    w = minimize(verlies, np.zeros(x.shape[1] + 1), jac=True, bounds=[(None, None), *perk], method="L-BFGS-B").x
    namen = ("basis", *grenzen)
    return dict(zip(namen, np.round(w / np.r_[1, breedte], 2).tolist(), strict=True))


def rapidfuzz_paren(rijen: pd.DataFrame) -> pd.DataFrame:
    """The baseline: every pair with rapidfuzz's token_set_ratio of the stemmed texts."""
    from rapidfuzz import fuzz, process

    teksten = rijen["titel"] + " " + rijen["omschrijving"].fillna("")
    stammen = [" ".join(w.stam for w in lees_woorden(t)) for t in teksten]
    score = process.cdist(stammen, stammen, scorer=fuzz.token_set_ratio, workers=1)
    i, j = np.triu_indices(len(rijen), 1)
    return pd.DataFrame({"a": rijen.index[i], "b": rijen.index[j], "score": score[i, j].astype(float)})


def bouw_rijen(aantal: int, begin: int = 1) -> pd.DataFrame:
    """Invented rows for timing: texts of both municipalities crossed, with place names and compounds that keep
    coming, so that the vocabulary grows with the rows as it does in practice."""
    kies = random.Random(begin)
    teksten = pd.concat([voorbeeld()[0], apart()[0]])[["titel", "omschrijving"]].fillna("").agg(" ".join, axis=1)
    zinnen = [t.split() for t in teksten]
    lang = sorted({w.strip(".,:;").lower() for z in zinnen for w in z if len(w) > 6})
    lettergrepen = [m + k for m in "bdfghklmnprstvwz" for k in "aeiou"]
    namen = [
        "".join(kies.choices(lettergrepen, k=3)).capitalize() + kies.choice(["dorp", "veen", "hof"])
        for _ in range(aantal // 6 + 20)
    ]
    rijen = []
    for _ in range(aantal):
        een, ander = kies.choice(zinnen), kies.choice(zinnen)
        rij = een[: kies.randint(3, max(3, len(een)))] + ander[kies.randrange(len(ander)) :][:8]
        if kies.random() < 0.5:
            rij += ["in", kies.choice(namen)]
        if kies.random() < 0.3:
            rij.insert(1, kies.choice(lang) + kies.choice(lang))
        rijen.append(" ".join(rij))
    soorten = kies.choices(["coalitieakkoord", "begroting", "top5"], k=aantal)
    return pd.DataFrame({"titel": rijen, "soort": soorten}, index=[f"R{n:05d}" for n in range(aantal)])


def tijd(aantal: int) -> tuple[float, float, float]:
    """Seconds of one core for `aantal` rows, those of bare TF-IDF with NearestNeighbors, and peak memory in MB
    of the first. Scikit-learn is loaded before the clock starts."""
    import resource

    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors
    from threadpoolctl import threadpool_limits

    rijen, keuze = bouw_rijen(aantal), instelling(met_semantiek=False)
    with threadpool_limits(1):
        zoek_overlap(rijen.head(50), **keuze)
        start = time.process_time()
        zoek_overlap(rijen, **keuze)
        wij = time.process_time() - start
        geheugen = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start = time.process_time()
        x = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), dtype=np.float32).fit_transform(rijen["titel"])
        NearestNeighbors(n_neighbors=min(6, aantal), metric="cosine", n_jobs=1).fit(x).kneighbors(x)
    return wij, time.process_time() - start, geheugen


def meet_kwaliteit() -> list[Regel]:
    """Average precision and recall at 3, in hundredths, against rapidfuzz."""
    regels: list[Regel] = []
    for naam, (rijen, labels) in (("voorbeeld", voorbeeld()), ("aparte paren", apart())):
        basis = meet_ap(rijen, labels, rapidfuzz_paren(rijen))
        zinnen = [("woorden", False)] + ([("woorden en betekenis", True)] if semantiek() else [])
        for wat, met in zinnen:
            keuze = instelling(met_semantiek=met)
            paren = zoek_overlap(rijen, **keuze, semantiek=semantiek() if met else None).tabel
            ap, terug = meet_ap(rijen, labels, paren)
            regels.append((f"overlap {naam}, {wat}: AP x100", 100 * ap, 100 * basis[0], ""))
            regels.append((f"overlap {naam}, {wat}: bij 3 buren", 100 * terug, 100 * basis[1], ""))
        for soort, deel in labels.groupby("soort") if naam == "aparte paren" else ():
            # The other kinds of true pairs are no mistakes: they leave the list.
            anders = labels[labels["soort"] != soort]
            weg = {frozenset(p) for p in zip(anders["a"], anders["b"], strict=True)}
            keuze = instelling(met_semantiek=False) | {"uitgesloten": weg}
            ap, _ = meet_ap(rijen, deel, zoek_overlap(rijen, **keuze).tabel)
            regels.append((f"overlap {naam}, alleen '{soort}': AP x100", 100 * ap, None, ""))
    return regels


def meet() -> list[Regel]:
    regels = meet_kwaliteit()
    for aantal in AANTALLEN:
        # A process of its own: peak memory is of a process.
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as kind:
            wij, kaal, geheugen = kind.submit(tijd, aantal).result()
        regels.append((f"overlap van {aantal} rijen, tegen kaal scikit-learn", wij, kaal, "s"))
        regels.append((f"overlap van {aantal} rijen, geheugen", geheugen, None, "MB"))
    return regels


def _taal() -> Taal:
    i = instelling(met_semantiek=False)
    return Taal(i["proceswoorden"], i["begrippen"], i["themas"], i["synoniemen"], i["handelingen"])


if __name__ == "__main__":
    if sys.argv[1:] != ["leer"]:
        sys.exit("Gebruik: python -m benchmarks.overlap leer")
    gelabeld = (voorbeeld(), leerparen())
    for groep, met in (("weging", False), ("weging_semantiek", True)):
        print(f"{groep}:", *(f"  {k}: {v}" for k, v in leer(gelabeld, met_semantiek=met).items()), sep="\n")
