"""Every combination of answers gets one werkwijze with a reason; worse answers never make it simpler."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from opgavelib.domein.begrippen import Werkwijze
from opgavelib.domein.complexiteit import VRAGEN, Grenzen, adviseer, plaats

GRENZEN = Grenzen(1.5, 2.5, 3.5, 4.5)
ALLE = [tuple(map(float, c)) for c in itertools.product(range(1, 6), repeat=3)]
# From predictable to not; a higher answer may only move to the right.
TRAP = ("routine", "projectmatig", "programmasturing", "procesregie", "improvisatie")


def advies(antwoorden):
    return adviseer(dict(zip(VRAGEN, antwoorden, strict=True)), GRENZEN)


def test_alle_125_combinaties_krijgen_een_werkwijze_met_reden():
    uit = {c: advies(c) for c in ALLE}
    assert all(isinstance(w, Werkwijze) and reden for w, reden in uit.values())
    assert {w.value for w, _ in uit.values()} == set(TRAP)


@pytest.mark.parametrize("vraag", range(3))
def test_een_onduidelijker_antwoord_maakt_het_nooit_eenvoudiger(vraag):
    for antwoorden in ALLE:
        if antwoorden[vraag] < 5:
            slechter = tuple(a + (i == vraag) for i, a in enumerate(antwoorden))
            assert TRAP.index(advies(antwoorden)[0]) <= TRAP.index(advies(slechter)[0])


def test_volgorde_en_invoer_blijven():
    kader = pd.DataFrame(ALLE[:5], columns=list(VRAGEN), index=list("EDCBA")).assign(complexiteit=float("nan"))
    voor = kader.copy(deep=True)
    uit = plaats(kader, GRENZEN).tabel
    pd.testing.assert_frame_equal(kader, voor)
    assert list(uit.index) == list("EDCBA")
    assert plaats(kader.iloc[:0], GRENZEN).tabel.empty
