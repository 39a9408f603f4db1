"""`opgave begroting` as a user types it: every cut, another year, another way to count overhead."""

from __future__ import annotations

import json

import pytest

EURO = ("lean_eur", "opgave_eur", "onbekend_eur")
SNEDEN = ("teams", "teamleiders", "domeinen", "programmas", "taakvelden", "structureel", "jaren")


@pytest.fixture
def begroting(opgave, voorbeeld):
    def _begroting(*argv):
        code, uit, fout = opgave("begroting", "--werkmap", voorbeeld, "--json", *argv)
        assert (code, fout) == (0, "")
        return json.loads(uit)

    return _begroting


@pytest.mark.parametrize("overhead", ["meetellen", "eigen-regel", "verdelen"])
def test_elke_snede_telt_op_tot_het_totaal_in_hele_euros(begroting, overhead):
    document = begroting("--overhead", overhead)
    totaal = document["totaal"]
    assert document["parameters"]["overhead"] == overhead.replace("-", " ")
    for naam in SNEDEN:
        for maat in ("lasten_eur", *EURO, "overhead_eur", "buiten_norm_eur"):
            waarden = [r[maat] for r in document[naam]]
            assert all(type(w) is int for w in waarden)
            assert sum(waarden) == totaal[maat], (naam, maat)
        assert all(sum(r[m] for m in EURO) == r["lasten_eur"] for r in document[naam])
        assert ("lean_uren" in document[naam][0]) == (naam in ("teams", "teamleiders", "domeinen"))
    assert len(document["teamleiders"]) >= 11
    assert [t["taakveld"] for t in document["taakvelden"]][:2] == ["0.1", "0.2"]
    (versie,) = document["versies"]
    assert (versie["rol"], versie["lasten_eur"]) == ("begroting", totaal["lasten_eur"])


def test_reserves_tellen_mee_als_u_dat_vraagt(begroting):
    gewoon, alles = begroting(), begroting("--alles-telt-mee")
    assert (alles["totaal"]["buiten_norm_eur"], alles["parameters"]["buiten_norm"]) == (0, [])
    assert gewoon["totaal"]["buiten_norm_eur"] > 0
    assert {k: gewoon["totaal"][k] for k in EURO} == {k: alles["totaal"][k] for k in EURO}
    assert "ook reserves en resultaat" in alles["toelichting"]


def test_een_jaar_dat_er_niet_is_en_wat_geen_jaar_is(opgave, voorbeeld):
    code, _, fout = opgave("begroting", "--werkmap", voorbeeld, "--jaar", "2019")
    assert (code, fout.strip()) == (1, "Van 2019 is geen begroting gelezen; er is 2027.")
    code, _, fout = opgave("begroting", "--werkmap", voorbeeld, "--jaar", "vorig")
    assert code == 2
    assert "'vorig' is geen jaar, bijvoorbeeld 2027" in fout


def test_in_tekst_zijn_uren_afgeleid_en_verschillen_verklaard(opgave, boek, tmp_path):
    rijen = [
        ["Taakveld", "Omschrijving", "Lasten 2027"],
        ["6.2", "a", 10.4],
        ["6.3", "b", 20.4],
        ["Totaal", None, 31],
    ]
    opgave("lees", boek("b.xlsx", Lasten=rijen), "--werkmap", tmp_path / "w")
    uit = opgave("begroting", "--werkmap", tmp_path / "w")[1]
    assert "* afgeleid van de formatie; de norm gaat over euro's" in uit
    assert "€ 0,20 verschil, binnen de marge; sluit aan." in uit
