"""Overlap: how good the pairs are, against rapidfuzz, and how fast they are found, against bare scikit-learn.

Quality is measured on the example (its labels taught the weights) and on `benchmarks/paren`, which taught
nothing. ``python -m benchmarks.overlap leer`` prints the weights for data/parameters/overlap.yaml.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from opgavelib.domein.overlap.vectoren import Taal
from opgavelib.domein.overlap.zoeken import vergelijk
from opgavelib.opslag import Werkmap
from opgavelib.paden import map_van
from opgavelib.toepassing import Stand, maak_voorbeeld
from opgavelib.toepassing.overlap import KOLOMMEN, instelling, semantiek

PAREN = Path(__file__).parent / "paren"
# Sign and limits of the weights: what speaks against may not speak for. The labels only hold pairs of two kinds
# of source, so they cannot say how seldom two rows of one kind overlap; and in the example the portefeuillehouder
# is always right.
GRENZEN = {
    "tekens": (0, None), "titel": (0, None), "begrippen": (0, None), "themas": (0, None), "zeldzaam": (0, None),
    "naam_gelijk": (0, None), "getal_gelijk": (0, None), "omweg": (0, None), "rang": (0, None),
    "naam_anders": (None, 0), "getal_anders": (None, 0), "drukte": (None, 0),
    "zelfde_soort": (-3, 0), "velden": (0, 0.75),
}  # fmt: skip
GRENZEN_SEMANTIEK = GRENZEN | {"betekenis": (0, None), "betekenis_titel": (0, None)}
_SPREIDING = 0.3


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


def leer(rijen: pd.DataFrame, labels: pd.DataFrame, *, met_semantiek: bool) -> dict[str, float]:
    """Weights of a logistic regression with limits on the labelled pairs of `rijen`.

    Maximum likelihood with a normal prior on the standardised weights (variance 0.3), by L-BFGS-B.
    """
    from scipy.optimize import minimize

    vergeleken = vergelijk(rijen, _taal(), semantiek() if met_semantiek else None)
    goed = {frozenset(p) for p in zip(labels["a"], labels["b"], strict=True)}
    y = np.array([frozenset(p) in goed for p in zip(vergeleken.a, vergeleken.b, strict=True)], dtype=float)
    grenzen = GRENZEN_SEMANTIEK if met_semantiek else GRENZEN
    x = vergeleken.feiten[list(grenzen)].to_numpy()
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


def _taal() -> Taal:
    i = instelling(met_semantiek=False)
    return Taal(i["proceswoorden"], i["begrippen"], i["themas"])
