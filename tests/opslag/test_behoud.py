"""The conservation law on a real database: whatever is read, decided or undone, no row and no event is lost."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap

from .bladen import ambities

# Few texts and a code now and then: rows that double, move, change and come back are the rule here.
tekst_st = st.sampled_from(["wonen", "zorg", "groen", "sport", "1:wegen", "1:straten", "2:water"])
bestand_st = st.sampled_from(["akkoord.xlsx", "begroting.xlsx"])
los_st = st.sampled_from([Bestemming.LIJN, Bestemming.PARKEERPLAATS, Bestemming.AFGEWEZEN, Bestemming.OPEN])


def blad(bestand, *teksten):
    """A sheet of which no other file has the very bytes, for those would be the same source."""
    return replace(ambities(bestand, *teksten), totalen={"budget_eur": float(len(bestand))})


class Behoud(RuleBasedStateMachine):
    """A model in plain dicts beside the werkmap."""

    def __init__(self):
        super().__init__()
        self.map = tempfile.mkdtemp()
        self.werkmap = Werkmap(self.map, maak=True)
        self.bestanden: dict[str, tuple[str, ...]] = {}
        self.besloten: dict[str, tuple[str, str | None]] = {}
        self.sleutels: set[str] = set()
        self.gebeurtenissen: list[tuple] = []
        # Where a row was before and after each event, as a place in its story: two places can look the same.
        self.besluiten: dict[int, tuple[str, int, int]] = {}
        self.plek: dict[str, int] = {}
        self.uiterlijk: dict[int, tuple[str, str | None]] = {0: ("open", None)}
        self.teruggenomen: dict[int, int] = {}

    def teardown(self):
        self.werkmap.sluit()
        shutil.rmtree(self.map)

    @initialize()
    def een_opgave(self):
        assert self.werkmap.maak_opgave("Wonen", "Noor") == "O01"

    @rule(bestand=bestand_st, teksten=st.lists(tekst_st, max_size=6))
    def lees(self, bestand, teksten):
        voor = self.werkmap.tabel("ambities")
        uit = self.werkmap.bewaar([blad(bestand, *teksten)], "Noor")
        na = self.werkmap.tabel("ambities")
        assert uit.gelezen == len(teksten)
        assert 0 <= uit.ongewijzigd <= uit.gelezen
        # A row that was there keeps its key and, when its text is still in the file, its text.
        assert list(na.index)[: len(voor)] == list(voor.index)
        weg = (~voor["vervallen"] & na["vervallen"].reindex(voor.index)).sum()
        assert uit.vervallen == weg
        self.bestanden[bestand] = tuple(t.rpartition(":")[2] for t in teksten)

    @precondition(lambda self: self.bestanden)
    @rule(data=st.data())
    def lees_hetzelfde_nog_eens(self, data):
        bestand = data.draw(st.sampled_from(sorted(self.bestanden)))
        oud = self.werkmap.tabel("ambities")
        oud = oud[(oud["bron"] == f"{bestand}#Blad1") & ~oud["vervallen"]].sort_values("rij")
        versie = self.werkmap.versie()
        teksten = [f"{c}:{t}" if c else t for c, t in zip(oud["eigen_code"], oud["titel"], strict=True)]
        uit = self.werkmap.bewaar([blad(bestand, *teksten)], "Noor")
        assert uit.ongewijzigd == uit.gelezen == len(teksten)
        assert self.werkmap.versie() == versie

    @precondition(lambda self: self.sleutels)
    @rule(data=st.data(), bestemming=los_st | st.just(Bestemming.OPGAVE))
    def besluit(self, data, bestemming):
        ambitie = data.draw(st.sampled_from(sorted(self.sleutels)))
        self._neem(Besluit(ambitie, bestemming, "besproken", "Noor", "O01" if bestemming == "opgave" else None))

    @precondition(lambda self: self.sleutels)
    @rule(data=st.data())
    def voeg_samen(self, data):
        ambitie, naar = (data.draw(st.sampled_from(sorted(self.sleutels))) for _ in range(2))
        try:
            self._neem(Besluit(ambitie, Bestemming.SAMENGEVOEGD, "zelfde", "Noor", naar))
        except BesluitFout as fout:
            assert "kan niet" in str(fout)  # noqa: PT017

    def _neem(self, besluit):
        (nummer,) = self.werkmap.besluit(besluit)
        self.uiterlijk[nummer] = (str(besluit.bestemming), besluit.naar)
        self._zet(nummer, besluit.ambitie, nummer)

    def _zet(self, nummer, ambitie, naar):
        self.besluiten[nummer] = (ambitie, self.plek.get(ambitie, 0), naar)
        self.plek[ambitie] = naar
        self.besloten[ambitie] = self.uiterlijk[naar]

    @precondition(lambda self: self.besluiten)
    @rule(data=st.data())
    def maak_ongedaan(self, data):
        nummer = data.draw(st.sampled_from(sorted(self.besluiten)))
        ambitie, voor, na = self.besluiten[nummer]
        mag = self.plek[ambitie] == na and nummer not in self.teruggenomen.values()
        try:
            (nieuw,) = self.werkmap.maak_ongedaan(nummer, "Noor")
        except BesluitFout as fout:
            assert not (mag and "opnieuw besloten" in str(fout))  # noqa: PT017
            return
        assert mag
        self._zet(nieuw, ambitie, voor)
        self.teruggenomen[nieuw] = nummer
        self.teruggenomen.pop(nummer, None)  # taking back a taking back

    @invariant()
    def gebeurtenissen_komen_er_alleen_bij(self):
        tabel = self.werkmap.tabel("gebeurtenissen").reset_index()
        nu = [tuple(map(repr, r)) for r in tabel.itertuples(index=False)]
        assert nu[: len(self.gebeurtenissen)] == self.gebeurtenissen
        assert tabel["volgnummer"].tolist() == list(range(1, len(nu) + 1))
        assert self.werkmap.versie() == len(nu)
        self.gebeurtenissen = nu

    @invariant()
    def de_aantallen_kloppen_met_wat_er_is_gelezen(self):
        spoor, tabel = self.werkmap.spoor(), self.werkmap.tabel("ambities")
        assert self.sleutels <= set(tabel.index)
        self.sleutels = set(tabel.index)
        assert sum(spoor.aantallen.values()) == len(spoor.tabel) == len(tabel)
        levend = tabel[~tabel["vervallen"]]
        for bestand, teksten in self.bestanden.items():
            van = levend[levend["bron"] == f"{bestand}#Blad1"]
            assert Counter(van["titel"]) == Counter(teksten)
            assert van["rij"].is_unique
        assert len(levend) == sum(map(len, self.bestanden.values()))
        if self.bestanden:
            assert self.werkmap.tabel("bronnen")["rijen_gelezen"].sum() == len(levend)

    @invariant()
    def elk_besluit_staat_nog_zoals_het_is_genomen(self):
        tabel = self.werkmap.spoor().tabel
        for ambitie, (bestemming, naar) in self.besloten.items():
            assert (tabel.loc[ambitie, "bestemming"], tabel.loc[ambitie, "naar"]) == (bestemming, naar)
        open_ = tabel.index.difference(list(self.besloten))
        assert (tabel.loc[open_, "bestemming"] == "open").all()


TestBehoud = pytest.mark.filterwarnings("ignore::FutureWarning")(Behoud.TestCase)
TestBehoud.settings = settings(max_examples=14, stateful_step_count=12, deadline=None, report_multiple_bugs=False)
