"""Every odd workbook that the makers of readxl and calamine collected: read, or refused with a reason."""

from __future__ import annotations

import resource
import time
from collections import Counter

import pytest

from opgavelib.fouten import Ernst, InvoerFout
from opgavelib.inlezen import beoordeel_bestanden, lees_bestanden
from opgavelib.inlezen.openen import open_bestanden

from .conftest import GEDEELD

pytestmark = pytest.mark.skipif(not GEDEELD.is_dir(), reason="de vreemde bestanden staan naast het project")
CORPUS = sorted(p for p in (GEDEELD / "excel").rglob("*") if p.is_file())
# (extension, outcome) -> files; a reader that gets worse, or better, shows here.
VERWACHT = {
    (".ods", "gelezen"): 13,
    (".ods", "Het bestand is met een wachtwoord beveiligd."): 1,
    (".ods", "Er staat een cel ver buiten de tabel"): 1,
    (".xls", "gelezen"): 65,
    (".xls", "gelezen, niet alles te zien"): 1,
    (".xls", "Het bestand is met een wachtwoord beveiligd."): 1,
    (".xlsb", "gelezen"): 11,
    (".xlsb", "Het bestand is met een wachtwoord beveiligd."): 1,
    (".xlsm", "gelezen"): 4,
    (".xlsx", "gelezen"): 98,
    (".xlsx", "gelezen, niet alles te zien"): 6,
    (".xlsx", "Het bestand is met een wachtwoord beveiligd."): 1,
    (".xlsx", "Het bestand is beschadigd of geen Excel-bestand."): 1,
    (".xlsx", "Er staat een cel ver buiten de tabel"): 1,
}


def _uitkomst(bron) -> str:
    if bron.weigering is not None:
        assert bron.weigering.doe
        return bron.weigering.probleem.partition(" (")[0]
    ongezien = any("niet te zien welke rijen" in m.probleem for m in bron.meldingen)
    return "gelezen, niet alles te zien" if ongezien else "gelezen"


def test_elk_bestand_wordt_gelezen_of_met_reden_geweigerd():
    telling, begin = Counter(), time.perf_counter()
    for bron in open_bestanden(CORPUS):
        telling[bron.pad.suffix, _uitkomst(bron)] += 1
        duur, begin = time.perf_counter() - begin, time.perf_counter()
        assert duur < 30, bron.pad
    assert telling == VERWACHT
    # Highest of all children so far, in kilobytes.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000


def test_geen_bestand_brengt_de_herkenning_van_tabellen_van_haar_stuk():
    for soort, bestanden in ((None, CORPUS), ("coalitieakkoord", CORPUS[::4])):
        inlezing = beoordeel_bestanden(bestanden, soort=soort)
        assert all(b.probleem and b.doe for b in inlezing.bevindingen if b.ernst == Ernst.FOUT)
        assert inlezing.gelezen + inlezing.geweigerd == sum(b.gelezen + b.geweigerd for b in inlezing.bladen)
        assert {b.bestand for b in inlezing.bevindingen} == {p.name for p in bestanden}
    assert any(b.tabellen["ambities"].shape[0] > 100 for b in inlezing.bladen)
    geweigerd = [p for p in CORPUS if p.name.startswith("pass_protected")]
    with pytest.raises(InvoerFout, match=r"3 problemen in .*; er is niets ingelezen"):
        lees_bestanden(geweigerd)
