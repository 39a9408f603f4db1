"""Re-ranking after a weight change: from the control to the widget's new data, against bare numpy."""

from __future__ import annotations

import tempfile

import numpy as np

from benchmarks.meten import Regel, afwisselend
from opgavelib import parameters
from opgavelib.domein.ranking import Scorekaart
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, maak_voorbeeld
from opgavelib.widgets.panelen import ShortlistPaneel

AANTAL = 300


class _AllesBeoordeeld(Stand):
    """The example with 300 of its rows as candidates, all judged (seeded scores)."""

    @property
    def kandidaten(self):
        return self.ambities.head(AANTAL)

    @property
    def scorekaart(self) -> Scorekaart:
        return self._kaart


def _stand(map_: str) -> _AllesBeoordeeld:
    import pandas as pd

    maak_voorbeeld(map_)
    stand = _AllesBeoordeeld(Werkmap(map_))
    criteria = [c.criterium for c in parameters.criteria()]
    scores = np.random.default_rng(1).integers(1, 6, (AANTAL, len(criteria))).astype(float)
    kader = pd.DataFrame(scores, index=stand.kandidaten.index, columns=criteria)
    stand._kaart = Scorekaart(kader, kader * 0, kader.iloc[:, 0] * 0 + 4, kader * 0 + 4)
    return stand


def meet() -> list[Regel]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as map_:
        stand = _stand(f"{map_}/werkmap")
        paneel = ShortlistPaneel(stand)
        matrix = (stand.scorekaart.gemiddeld.to_numpy() - 1) / 4
        waarden = dict(paneel.gewichten.waarden)
        vector = np.array(list(waarden.values()))
        teller = iter(range(1, 10_000))

        def van_schuif_tot_widget() -> None:
            paneel.gewichten.waarden = waarden | {"effect": 10 + next(teller) % 40}

        def kaal() -> None:
            vector[0] = 10 + next(teller) % 40
            np.argsort(-(matrix @ (vector / vector.sum())), kind="stable")

        scherm, numpy_ = afwisselend(van_schuif_tot_widget, kaal, keer=50)
        stand.werkmap.sluit()
    return [(f"{AANTAL} ambities herwegen, tegen kaal numpy", scherm, numpy_, "ms")]
