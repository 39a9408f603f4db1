"""De voorscheider: van idee, netwerk en besluitvorming (1 helder - 5 onhelder) naar complexiteit en werkwijze."""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import parameters
from opgavelib.domein.complexiteit import Grenzen, plaats

from .tabel import getal, lees_tabel

GEVALLEN = lees_tabel("""
activiteit            | idee | netwerk | besluit | gegeven | complexiteit | herkomst     | werkwijze        | proces     | reden
Paspoorten            |    1 |       1 |       1 |         |            1 | voorscheider | routine          | maakproces | alles is bekend, voorspelbaar en gericht: dit kan als regulier werk
Sporthal bouwen       |    2 |       2 |       2 |         |            2 | voorscheider | projectmatig     | maakproces | het idee is bekend, het netwerk is voorspelbaar en de besluitvorming is gericht: een maakproces
Centrumplan           |    3 |       3 |       3 |         |            3 | voorscheider | programmasturing | maakproces | idee zit ertussenin, netwerk zit ertussenin en besluitvorming zit ertussenin: richting vast, weg nog niet
Groenplan             |    2 |       3 |       1 |         |            2 | voorscheider | programmasturing | maakproces | het idee is bekend, de besluitvorming is gericht en netwerk zit ertussenin: richting vast, weg nog niet
Energietransitie      |    4 |       4 |       4 |         |            4 | voorscheider | procesregie      | zoekproces | het idee is nog onbekend, het netwerk is onvoorspelbaar en de besluitvorming is ongericht: eerst samen zoeken, dan pas vastleggen
Opvang                |    2 |       5 |       2 |         |            3 | voorscheider | procesregie      | maakproces | het netwerk is onvoorspelbaar: eerst samen zoeken, dan pas vastleggen
Net onhelder          |  3,5 |       2 |       2 |         |          2,5 | voorscheider | procesregie      | maakproces | het idee is nog onbekend: eerst samen zoeken, dan pas vastleggen
Crisis                |    5 |       5 |       5 |         |            5 | voorscheider | improvisatie     | zoekproces | het idee is nog onbekend, het netwerk is onvoorspelbaar en de besluitvorming is ongericht: alleen in kleine stappen te doen
Zelf ingeschat        |    1 |       1 |       1 |       5 |            5 | gegeven      | routine          | zoekproces | alles is bekend, voorspelbaar en gericht: dit kan als regulier werk
Alleen ingeschat      |      |         |         |       2 |            2 | gegeven      |                  | maakproces | geen advies: vul de voorscheider aan (idee, netwerk, besluitvorming)
Een vraag niet gesteld|    1 |         |       5 |         |              | onbekend     |                  |            | geen advies: vul de voorscheider aan (netwerk)
""")  # noqa: E501


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda r: r["activiteit"])
def test_voorscheider(geval):
    kader = pd.DataFrame(
        {
            "idee": [getal(geval["idee"])],
            "netwerk": [getal(geval["netwerk"])],
            "besluitvorming": [getal(geval["besluit"])],
            "complexiteit": [getal(geval["gegeven"])],
        },
        index=["A01"],
    )
    namen = ("routine", "helder", "onhelder", "improvisatie")
    grenzen = Grenzen(**{n: float(parameters.waarde("voorscheider", f"grens_{n}")) for n in namen})
    rij = plaats(kader, grenzen).tabel.loc["A01"]
    assert rij["complexiteit"] == pytest.approx(getal(geval["complexiteit"]), nan_ok=True)
    assert rij["herkomst"] == geval["herkomst"]
    assert rij["werkwijze"] == geval["werkwijze"]
    assert rij["proces"] == geval["proces"]
    assert rij["reden"] == geval["reden"]
