"""Real files of municipalities; the collections of odd workbooks are in `test_corpus`."""

from __future__ import annotations

import pytest

from opgavelib.fouten import Ernst
from opgavelib.inlezen import lees_bestanden

from .conftest import GEDEELD

pytestmark = pytest.mark.skipif(not GEDEELD.is_dir(), reason="de echte bestanden staan naast het project")
BAARN = GEDEELD / "baarn"


def test_baarn_coalitieakkoord():
    (blad,) = lees_bestanden([BAARN / "coalitieakkoord_baarn_2022-2026.xlsx"]).bladen
    ambities = blad.tabellen["ambities"]
    assert (blad.soort, blad.blad, blad.kopregel, blad.gelezen, blad.geweigerd) == (
        "coalitieakkoord", "Afspraken", 4, 185, 0,
    )  # fmt: skip
    assert ambities["titel"].str.len().min() > 0
    assert ambities["rij"].tolist() == list(range(5, 190))
    assert dict(blad.totalen) == {"titel": 185}
    assert blad.kolommen["Afspraak"] == "titel"
    assert blad.kolommen["Status"] == ""


@pytest.mark.parametrize(
    ("bestand", "lasten", "baten"),
    [
        ("baarn/begroting_baarn_2025.xlsx", 79_850_000, 79_844_000),
        ("iv3/begroting_huizen_2025.xlsx", 139_158_000, 139_154_000),
        ("iv3/begroting_zeist_2025.xlsx", 229_668_000, 229_665_000),
    ],
)
def test_begroting_sluit_op_de_euro(bestand, lasten, baten):
    (blad,) = lees_bestanden([GEDEELD / bestand]).bladen
    begroting = blad.tabellen["begroting"]
    assert len(begroting) == blad.gelezen == 69
    assert begroting["lasten_eur"].sum() == blad.totalen["lasten_eur"] == lasten
    assert begroting["baten_eur"].sum() == blad.totalen["baten_eur"] == baten
    assert begroting["taakveld"].tolist()[:3] == ["0.1", "0.10", "0.11"]
    assert set(begroting["jaar"]) == {2025}
    assert dict(blad.eenheden) == {"lasten_eur": 1000, "baten_eur": 1000, "salarissen_eur": 1000}
    assert blad.totaal_rij == 73


def test_beide_bestanden_van_baarn_in_een_keer():
    inlezing = lees_bestanden(sorted(BAARN.glob("*.xlsx")))
    assert inlezing.gelezen == 185 + 69
    assert {b.soort for b in inlezing.bladen} == {"begroting", "coalitieakkoord"}
    assert not [b for b in inlezing.bevindingen if b.ernst == Ernst.FOUT]
