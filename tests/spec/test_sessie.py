"""Een sessie: van scoren naar tonen, een volgende ronde en sluiten. Wat mag wanneer?"""

from __future__ import annotations

import pytest

from opgavelib.domein.sessie import Fase, Sessie, keur_score, volgende
from opgavelib.fouten import BesluitFout

from .tabel import lees_tabel

STAPPEN = lees_tabel("""
van      | naar     | ronde | wordt ronde | melding
scoren   | getoond  |     1 |           1 |
getoond  | scoren   |     1 |           2 |
getoond  | gesloten |     1 |           1 |
gesloten | getoond  |     3 |           3 |
scoren   | gesloten |     1 |             | Toon eerst de scores.
gesloten | scoren   |     1 |             | Heropen de sessie eerst.
scoren   | scoren   |     1 |             | Er wordt al gescoord.
getoond  | getoond  |     1 |             | De scores zijn al getoond.
gesloten | gesloten |     1 |             | De sessie is al gesloten.
""")
ZIEN = lees_tabel("""
fase     | ronde | zichtbaar tot en met ronde | mag scoren
scoren   |     1 |                          0 | ja
getoond  |     1 |                          1 | nee
scoren   |     2 |                          1 | ja
getoond  |     2 |                          2 | nee
gesloten |     2 |                          2 | nee
""")


def _sessie(fase, ronde):
    return Sessie("B01", "Proef", ("A",), ("effect",), ("An",), Fase(fase), int(ronde))


@pytest.mark.parametrize("stap", STAPPEN, ids=lambda r: f"{r['van']}-{r['naar']}")
def test_stap(stap):
    sessie = _sessie(stap["van"], stap["ronde"])
    if stap["melding"]:
        with pytest.raises(BesluitFout, match=stap["melding"]):
            volgende(sessie, Fase(stap["naar"]))
    else:
        assert volgende(sessie, Fase(stap["naar"])) == (stap["naar"], stap["wordt ronde"])


@pytest.mark.parametrize("geval", ZIEN, ids=lambda r: f"{r['fase']}-{r['ronde']:g}")
def test_wat_er_te_zien_is(geval):
    sessie = _sessie(geval["fase"], geval["ronde"])
    assert sessie.getoond == geval["zichtbaar tot en met ronde"]
    if geval["mag scoren"] == "ja":
        keur_score(sessie, "A", "effect", 3, (1, 5))
    else:
        with pytest.raises(BesluitFout, match="al getoond"):
            keur_score(sessie, "A", "effect", 3, (1, 5))
