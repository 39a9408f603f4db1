"""Hoeveel van wat iemand vroeg is waar? Een samengevoegde rij telt met waar haar leidende rij bleef."""

from __future__ import annotations

import pandas as pd

from opgavelib.domein.dekking import dekking

from .tabel import lees_tabel

RIJEN = """
ambitie | wie   | bestemming    | naar
CA-001  | Anna  | opgave        | O01
CA-002  | Anna  | samengevoegd  | CA-001
CA-003  | Anna  | lijn          |
BG-001  | Bram  | samengevoegd  | CA-002
BG-002  | Bram  | samengevoegd  | CA-003
BG-003  | Bram  | afgewezen     |
BG-004  | Bram  | open          |
T5-001  | Carla | samengevoegd  | BG-004
T5-002  | Carla | parkeerplaats |
"""

EIGEN = """
groep | open | opgave | samengevoegd | lijn | parkeerplaats | afgewezen
Anna  | 0    | 1      | 1            | 1    | 0             | 0
Bram  | 1    | 0      | 2            | 0    | 0             | 1
Carla | 0    | 0      | 1            | 0    | 1             | 0
"""

# BG-001 gaat via CA-002 naar CA-001, en die hoort bij een opgave.
EINDE = """
groep | open | opgave | lijn | parkeerplaats | afgewezen
Anna  | 0    | 2      | 1    | 0             | 0
Bram  | 1    | 1      | 1    | 0             | 1
Carla | 1    | 0      | 0    | 1             | 0
"""

VIA = """
groep | open | opgave | lijn | parkeerplaats | afgewezen
Anna  | 0    | 1      | 0    | 0             | 0
Bram  | 0    | 1      | 1    | 0             | 0
Carla | 1    | 0      | 0    | 0             | 0
"""


def test_wat_ieder_vroeg_en_waar_het_bleef():
    tabel = pd.DataFrame(lees_tabel(RIJEN)).set_index("ambitie")
    uit = dekking(tabel[["bestemming", "naar"]], tabel["wie"])
    for kader, verwacht in ((uit.eigen, EIGEN), (uit.einde, EINDE), (uit.via, VIA)):
        assert kader.reset_index().to_dict("records") == lees_tabel(verwacht)
    assert uit.gevraagd.to_dict() == {"Anna": 3, "Bram": 4, "Carla": 2}
