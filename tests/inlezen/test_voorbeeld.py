"""The example's workbooks, laid out as users do, against the numbers their maker states."""

from __future__ import annotations

import pytest

from opgavelib.fouten import Ernst
from opgavelib.inlezen import lees_bestanden
from opgavelib.paden import map_van

VOORBEELD = map_van("data/voorbeeld")
BESTANDEN = sorted(VOORBEELD.glob("*.xlsx"))
pytestmark = pytest.mark.skipif(not BESTANDEN, reason="het voorbeeld is nog niet gemaakt")


@pytest.fixture(scope="module")
def inlezing():
    return lees_bestanden(BESTANDEN)


def test_rijen_per_tabel(inlezing):
    rijen: dict[tuple[str, str], int] = {}
    for blad in inlezing.bladen:
        for naam, df in blad.tabellen.items():
            rijen[blad.soort, naam] = rijen.get((blad.soort, naam), 0) + len(df)
    assert rijen[("coalitieakkoord", "ambities")] == 189
    assert rijen[("begroting", "begroting")] == 158
    assert rijen[("begroting", "ambities")] == 95
    assert rijen[("top5", "stemmen")] == rijen[("top5", "ambities")] == 30
    assert rijen[("teams", "teams")] == 11
    assert rijen[("activiteiten", "opgaven")] == 19
    assert rijen[("activiteiten", "activiteiten")] == 70


def test_totalen_sluiten(inlezing):
    assert not [b for b in inlezing.bevindingen if "noemt als totaal" in b.probleem]
    per_blad = {b.blad: b for b in inlezing.bladen}
    assert per_blad["Formatie"].totalen["fte"] == per_blad["Formatie"].tabellen["teams"]["fte"].sum() == 280
    uren = per_blad["Urenraming"]
    assert uren.totalen["uren_gevraagd"] == uren.tabellen["inzet"]["uren_gevraagd"].sum()


def test_scores_gaan_op_de_sleutel(inlezing):
    scores = [b.tabellen["scores"] for b in inlezing.bladen if b.soort == "scores"]
    assert len(scores) == 4
    assert all(s["ambitie"].str.match(r"[A-Z0-9]{2}-\d{3}$").all() for s in scores)


def test_organisatieprojecten_en_leeswijzer(inlezing):
    (blad,) = [b for b in inlezing.bladen if b.blad == "Organisatieprojecten"]
    assert set(blad.tabellen["activiteiten"]["soort"]) == {"organisatieproject"}
    assert [b.ernst for b in inlezing.bevindingen if b.blad == "Leeswijzer"] == [Ernst.INFO]
