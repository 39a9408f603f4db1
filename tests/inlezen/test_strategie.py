"""Properties of whole files: rows in = accepted + refused, and no text is lost silently."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from opgavelib.fouten import Ernst, InvoerFout
from opgavelib.inlezen import beoordeel_bestanden, lees_bestanden

from .strategie import Geval, bestanden
from .vijandig import ods, xlsx


def _beoordeel(gevallen: list[Geval], map_: str):
    paden = []
    for n, geval in enumerate(gevallen):
        pad = Path(map_) / f"{n}_{geval.naam}"
        pad.write_bytes(geval.inhoud)
        paden.append(pad)
    return paden, beoordeel_bestanden(paden, soort="coalitieakkoord")


# Three files a time: they share a process, as they do for a user.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(bestanden(), min_size=1, max_size=3))
def test_rijen_erin_is_opgenomen_plus_geweigerd(gevallen):
    with TemporaryDirectory() as map_:
        paden, inlezing = _beoordeel(gevallen, map_)
        fouten = [b for b in inlezing.bevindingen if b.ernst == Ernst.FOUT]
        assert inlezing.gelezen + inlezing.geweigerd == sum(g.rijen for g in gevallen)
        assert sum(b.gelezen + b.geweigerd for b in inlezing.bladen) == sum(g.rijen for g in gevallen)
        assert all(f.doe for f in fouten)
        for pad, geval in zip(paden, gevallen, strict=True):
            eigen = [b for b in inlezing.bladen if b.bestand == pad.name]
            gevonden = [t for b in eigen for t in b.tabellen["ambities"]["titel"]]
            assert gevonden == list(geval.teksten)
            # Every row that was refused is named.
            for blad in eigen:
                genoemd = {f.rij for f in fouten if (f.bestand, f.blad) == (pad.name, blad.blad)}
                assert len(genoemd - {None}) == blad.geweigerd
        if fouten:
            with pytest.raises(InvoerFout, match="er is niets ingelezen"):
                lees_bestanden(paden, soort="coalitieakkoord")
        else:
            assert lees_bestanden(paden, soort="coalitieakkoord").gelezen == sum(g.rijen for g in gevallen)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bestanden(), st.data())
@example(Geval("a.xlsx", xlsx('<row r="1"><c r="A1"><v>x</v></c></row>'), (), 0), None)
@example(Geval("a.ods", ods("<table:table-row table:number-rows-repeated='-1'/>"), (), 0), None)
def test_een_beschadigd_bestand_geeft_een_bevinding_en_nooit_iets_anders(geval, data):
    """Some bytes changed or cut off: read, or refused with a reason, and nothing else ever comes out."""
    inhoud = bytearray(geval.inhoud)
    if data is not None:
        for plek in data.draw(st.lists(st.integers(0, len(inhoud) - 1), max_size=4)):
            inhoud[plek] = data.draw(st.integers(0, 255))
        inhoud = inhoud[: data.draw(st.one_of(st.just(len(inhoud)), st.integers(0, len(inhoud))))]
    with TemporaryDirectory() as map_:
        _, inlezing = _beoordeel([Geval(geval.naam, bytes(inhoud), (), 0)], map_)
    for b in inlezing.bevindingen:
        assert b.probleem
        assert b.doe or b.ernst != Ernst.FOUT
        assert not re.search(r"Traceback|Error|Exception|0x[0-9a-f]{6}", b.probleem)
