"""Templates round-trip: what somebody fills in is what the gate reads, for every column."""

from __future__ import annotations

import math
import re
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from opgavelib.fouten import Ernst
from opgavelib.inlezen import beoordeel_bestanden
from opgavelib.rapport import sjabloon
from opgavelib.rapport.sjabloon import BLADEN, maak_sjabloon, velden
from opgavelib.woordenboek import UITLEG_SJABLOON, taakvelden

# Letters, figures and what people type; no word that a reader takes for empty, a total or a number.
_TEKST = st.from_regex(r"[=+\-@]?[A-Z][a-z]{3,8} [a-zé]{3,8}(?: [0-9]{1,3})?", fullmatch=True)
_PER_TYPE = {
    "tekst": _TEKST,
    "bedrag": st.integers(-5_000_000, 50_000_000),
    "uren": st.integers(0, 90_000).map(lambda n: n / 4),
    "fte": st.integers(0, 2000).map(lambda n: n / 8),
    "aandeel": st.integers(0, 100).map(lambda n: n / 100),
    "jaar": st.integers(2024, 2034),
    "kwartaal": st.builds(lambda j, k: f"{j}K{k}", st.integers(2026, 2032), st.integers(1, 4)),
    "ja_nee": st.booleans(),
    "score": st.integers(1, 5),
}


def _waarde(veld, rij: int, criteria: dict) -> st.SearchStrategy:
    k = veld.kolom
    if k.kolom == "rang":
        return st.just(rij % 5 + 1)
    if k.kolom == "taakveld":
        return st.sampled_from(list(taakvelden()))
    if k.kolom == "criterium":
        return st.sampled_from(list(criteria))
    if k.type == "code" or k.kolom == "team":
        return st.just(f"X{rij:03d}")  # codes and names of teams are unique in their table
    return st.sampled_from(k.keuzes) if k.keuzes else _PER_TYPE[k.type]


def _als_ingevuld(waarde):
    return {True: "ja", False: "nee"}.get(waarde, waarde) if isinstance(waarde, bool) else waarde


def _gelijk(gelezen, ingevuld) -> bool:
    if pd.isna(gelezen) or ingevuld is None:
        return pd.isna(gelezen) and ingevuld is None
    if isinstance(ingevuld, float):
        return math.isclose(float(gelezen), ingevuld, abs_tol=1e-9)
    return gelezen == ingevuld


@st.composite
def _rijen(draw, tabellen):
    from opgavelib.parameters import criteria

    namen = {c.naam: c.criterium for c in criteria()}
    alle = velden(tabellen)
    leeg_mag = [v.kop for v in alle if not v.verplicht]
    uit = []
    for rij in range(draw(st.integers(2, 5))):
        # The first row is full, so that every column is put to the proof.
        leeg = draw(st.sets(st.sampled_from(leeg_mag))) if rij and leeg_mag else set()
        uit.append({v.kop: None if v.kop in leeg else draw(_waarde(v, rij, namen)) for v in alle})
    return uit


@pytest.mark.parametrize("soort", BLADEN)
# Every example opens a workbook and starts a reader; shrinking one costs minutes and shows little more.
@settings(
    max_examples=4,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(data=st.data())
def test_what_is_filled_in_is_what_is_read(soort, tmp_path, data):
    from opgavelib.parameters import criteria

    code_van = {c.naam: c.criterium for c in criteria()}
    pad = maak_sjabloon(soort, tmp_path)
    boek = load_workbook(pad)
    ingevuld = {}
    for blad, tabellen in BLADEN[soort].items():
        rijen = ingevuld[blad] = data.draw(_rijen(tabellen), label=blad)
        for nummer, rij in enumerate(rijen, 2):
            for kolom, waarde in enumerate(rij.values(), 1):
                cel = boek[blad].cell(nummer, kolom)
                cel.value = _als_ingevuld(waarde)
                if isinstance(waarde, str):
                    cel.data_type = "s"  # as Excel stores what is typed after an apostrophe: text, no formula
    boek.save(pad)

    inlezing = beoordeel_bestanden([pad])
    assert [b for b in inlezing.bevindingen if b.ernst == Ernst.FOUT] == []
    assert [(b.blad, b.soort) for b in inlezing.bladen] == [(b, soort) for b in BLADEN[soort]]
    for blad in inlezing.bladen:
        assert set(blad.kolommen.values()) == {v.kolom.kolom for v in velden(BLADEN[soort][blad.blad])}
        rijen = ingevuld[blad.blad]
        assert blad.gelezen == len(rijen)
        for tabel in blad.tabellen.values():
            assert len(tabel) == len(rijen)
            for veld in velden(BLADEN[soort][blad.blad]):
                if veld.kolom.kolom not in tabel:
                    continue
                for gelezen, rij in zip(tabel[veld.kolom.kolom].tolist(), rijen, strict=True):
                    verwacht = code_van.get(rij[veld.kop], rij[veld.kop])
                    if (veld.kolom.kolom, verwacht) == ("soort", None):
                        verwacht = "activiteit" if rij["Opgave"] else "organisatieproject"
                    assert _gelijk(gelezen, verwacht), f"{veld.kop}: {gelezen!r} is niet {verwacht!r}"


def test_every_column_of_the_dictionary_is_in_a_template():
    from opgavelib import woordenboek

    tabellen = [t for bladen in BLADEN.values() for ts in bladen.values() for t in ts]
    erin = {(t, v.kolom.kolom) for t in tabellen for v in velden([t])}
    for tabel in ("ambities", "stemmen", "begroting", "teams", "opgaven", "activiteiten", "inzet", "scores"):
        for kolom in woordenboek.tabel(tabel):
            assert (tabel, kolom) in erin or (tabel, kolom) in sjabloon._EIGEN


@pytest.mark.parametrize("soort", BLADEN)
def test_an_empty_template_says_that_it_is_empty(soort, tmp_path):
    inlezing = beoordeel_bestanden([maak_sjabloon(soort, tmp_path)])
    fouten = [b for b in inlezing.bevindingen if b.ernst == Ernst.FOUT]
    assert [b.probleem for b in fouten] == ["Dit sjabloon is nog niet ingevuld."]
    assert "Uitleg" in fouten[0].doe
    assert not [b for b in inlezing.bevindingen if b.blad == "Uitleg"], "the explanation is no warning"


@pytest.mark.parametrize("soort", BLADEN)
def test_a_template_helps_who_fills_it_in(soort):
    inhoud = sjabloon.sjabloon_bytes(soort)
    boek = load_workbook(BytesIO(inhoud))
    assert boek.sheetnames == [*BLADEN[soort], "Uitleg"]
    for blad, tabellen in BLADEN[soort].items():
        ws = boek[blad]
        assert ws.freeze_panes == "A2"
        met_lijst = {c.coord for r in ws.data_validations.dataValidation for c in r.sqref.ranges}
        for veld, cel in zip(velden(tabellen), ws[1], strict=True):
            assert cel.value == veld.kop
            assert veld.kolom.omschrijving in cel.comment.text
            assert (f"{cel.column_letter}2:{cel.column_letter}2000" in met_lijst) == bool(veld.keuzes)
    assert str(boek["Uitleg"]["A1"].value).startswith(UITLEG_SJABLOON)
    assert all(ws.sheet_state == "visible" for ws in boek)
    with ZipFile(BytesIO(inhoud)) as zip_:
        assert not [n for n in zip_.namelist() if re.search(r"vba|macro|externalLink", n, re.IGNORECASE)]
        assert not re.search(rb"<f>", b"".join(zip_.read(n) for n in zip_.namelist() if "worksheets/sheet" in n))


def test_an_unknown_soort_is_refused(tmp_path):
    with pytest.raises(ValueError, match="soort 'wensen' bestaat niet; kies uit coalitieakkoord"):
        maak_sjabloon("wensen", tmp_path)


def test_a_template_for_scores_knows_the_criteria_it_is_made_for(tmp_path):
    from opgavelib.parameters import Criterium

    tien = Criterium("kosten", 'Kosten "hard", totaal', 1, "lager", "", 0, 10)
    honderd = Criterium("kans", "Kans", 1, "hoger", "", 0, 100)
    criterium, score = (v for v in velden(["scores"], [tien]) if v.kolom.kolom in ("criterium", "score"))
    assert (criterium.keuzes, score.keuzes) == ((tien.naam,), tuple(map(str, range(11))))
    (tmp_path / "s.xlsx").write_bytes(sjabloon.sjabloon_bytes("scores", [tien, honderd]))
    boek = load_workbook(tmp_path / "s.xlsx")
    blad = boek["Scores"]
    kop = {c.value: c.column_letter for c in blad[1]}
    lijsten = {str(d.sqref)[0]: d.formula1 for d in blad.data_validations.dataValidation}
    assert lijsten[kop["Criterium"]].startswith("Uitleg!"), "a quote in a name would end the list in the formula"
    assert kop["Score"] not in lijsten, "the scales differ"
    uitleg = [c.value for rij in boek["Uitleg"].iter_rows() for c in rij]
    assert f"{tien.naam}: 0 tot 10; Kans: 0 tot 100" in uitleg
    waarden = {"Ambitie": "CA-001", "Criterium": tien.naam, "Beoordelaar": "J", "Score": 10}
    for naam, letter in kop.items():
        blad[f"{letter}2"] = waarden.get(naam)
    boek.save(tmp_path / "s.xlsx")
    inlezing = beoordeel_bestanden([tmp_path / "s.xlsx"], criteria=[tien, honderd])
    assert [b.probleem for b in inlezing.bevindingen if b.ernst == Ernst.FOUT] == []
    assert inlezing.bladen[0].tabellen["scores"]["criterium"].tolist() == ["kosten"]
