"""Charts and tables of the page for the controller: their numbers, and what they say when there is little."""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib.domein.begroting import lean_opgave
from opgavelib.domein.begrotingsversie import verschil
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.weergave import herkomst, versies
from opgavelib.weergave.parameterwoorden import beschrijf, naam_van
from opgavelib.weergave.snede import GETEKEND, TOTAAL, getekend, snede


@pytest.fixture(scope="module")
def uitkomst(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap).begroting


@pytest.mark.parametrize("op", ["team", "teamleider", "domein", "programma", "taakveld", "structureel", "jaar"])
def test_staven_zeggen_wat_de_tabel_zegt_en_de_norm_staat_erbij(uitkomst, op):
    f = snede(uitkomst, op)
    euro = f.figuur["data"][0]
    namen = getekend(uitkomst, op)
    per_rij = {r["_groep"]: r["opgave_aandeel_eur"] for r in f.rijen}
    assert euro["x"] == [per_rij[n] for n in namen]
    assert len(namen) <= GETEKEND + 1
    assert ("grootste" in f.uitleg) == (len(f.rijen) > GETEKEND + 1)
    lijn = next(s for s in f.figuur["layout"]["shapes"] if s["type"] == "line")
    assert lijn["x0"] == lijn["x1"] == pytest.approx(0.2)
    assert f.figuur["layout"]["annotations"][0]["text"] == " norm 20% van het budget, marge 5%"
    uren = [k["kop"] for k in f.kolommen if k["kolom"].endswith("_uren") and "aandeel" not in k["kolom"]]
    assert all("afgeleid" in kop for kop in uren)
    assert bool(uren) == (op in ("team", "teamleider", "domein"))


def test_zin_over_het_aandeel_staat_voorop_en_de_rest_eronder(uitkomst):
    f = snede(uitkomst, "team")
    assert (
        f.conclusie == "18% van het budget is voor opgaven; de norm is 20%, dus dat is binnen de marge van de norm."
    )
    assert "afgeleid van de formatie" in f.uitleg
    assert f"{f.conclusie} {f.uitleg}" == uitkomst.toelichting


def test_een_rij_met_een_deel_onder_nul_heeft_geen_staaf_en_er_staat_waarom(uitkomst):
    delen = (
        ("Wonen", 150.0, "lean"),
        ("Wonen", -200.0, "opgave"),
        ("Zorg", 300.0, "lean"),
        ("Zorg", 400.0, "opgave"),
    )
    leeg = {"team": None, "taakveld": "6.2", "structureel": None, "baten_eur": 0.0, "salarissen_eur": 0.0}
    regels = pd.DataFrame(
        [{"programma": p, "lasten_eur": w, "sturing": s, "opgave_aandeel": float("nan"), "jaar": 2027} | leeg
         for p, w, s in delen]
    )  # fmt: skip
    uit = lean_opgave(regels, uitkomst.teams.iloc[:0], pd.DataFrame(), uitkomst.norm, [2027])
    f = snede(uit, "programma")
    assert getekend(uit, "programma") == [TOTAAL, "Zorg"]
    assert f.figuur["data"][0]["x"] == [200 / 650, 400 / 700]
    assert {r["_groep"]: r["opgave_aandeel_eur"] for r in f.rijen}["Wonen"] is None
    assert "Geen aandeel voor Wonen: door negatieve bedragen komt lean of opgave onder nul uit" in f.uitleg


def _regels(*rijen) -> pd.DataFrame:
    kop = ["omschrijving", "taakveld", "team", "lasten_eur", "lean_eur", "opgave_eur", "onbekend_eur", "bestand",
           "blad", "rij"]  # fmt: skip
    return pd.DataFrame(rijen, columns=kop)


def test_wat_voor_alle_regels_gelijk_is_staat_er_een_keer():
    een = ("Straten", "2.1", "Ruimte", 10.0, 10.0, 0.0, 0.0, "b.xlsx", "Lasten", 7)
    ander = ("Parken", "5.7", "Ruimte", 20.0, 0.0, 20.0, 0.0, "b.xlsx", "Lasten", 9)
    f = herkomst.regels("zin", _regels(een, ander))
    assert f.uitleg == "Alle rijen staan in b.xlsx, blad 'Lasten'. Ze zijn allemaal van team Ruimte."
    assert [k["kolom"] for k in f.kolommen] == [
        "omschrijving", "taakveld", "lasten_eur", "lean_eur", "opgave_eur", "rij",
    ]  # fmt: skip
    assert [r.get("rij") for r in f.rijen] == [9, 7, None]
    assert f.rijen[-1]["lasten_eur"] == 30
    twee = herkomst.regels("zin", _regels(een, (*ander[:7], "c.xlsx", "Blad1", 3)))
    assert [r.get("_waar") for r in twee.rijen] == ["c.xlsx, blad 'Blad1'", "b.xlsx, blad 'Lasten'", None]
    assert herkomst.regels("niets", _regels()).rijen == []


def test_meer_regels_dan_iemand_leest_tellen_toch_op():
    rijen = _regels(*(("Post", "2.1", "A", 1.0 + i, 1.0 + i, 0.0, 0.0, "b.xlsx", "L", i) for i in range(700)))
    *eerste, nog, samen = herkomst.regels("zin", rijen).rijen
    assert len(eerste) == herkomst.HOOGSTENS
    assert nog["omschrijving"].startswith("En nog 200 rijen")
    assert sum(r["lasten_eur"] for r in eerste) + nog["lasten_eur"] == samen["lasten_eur"] == 700 * 701 / 2


def test_jaren_met_het_verschil(uitkomst):
    een = versies.jaren(uitkomst.snede("jaar"))
    assert een.conclusie == "Er is één begrotingsjaar gelezen: 2027. Lees een ander jaar in om te vergelijken."
    meer = pd.concat([uitkomst.snede("jaar"), uitkomst.snede("jaar").assign(lasten_eur=140_243_000)])
    twee = versies.jaren(meer.set_axis([2027, 2028]))
    assert twee.conclusie == "In 2028 zijn de lasten € 140,2 mln, € 2 mln meer dan in 2027."
    assert [r["verschil_eur"] for r in twee.rijen][1] == 2_000_000


def test_verschil_tussen_versies_telt_op():
    kop = ["jaar", "taakveld", "programma", "omschrijving", "team", "lasten_eur", "baten_eur"]
    straten, parken = ([2027, "2.1", "A", "Straten", "R", 100.0, 0.0], [2027, "5.7", "A", "Parken", "R", 50.0, 0.0])
    was = pd.DataFrame([straten, parken], columns=kop)
    wordt = pd.DataFrame([[2027, "2.1", "A", "Straten", "R", 130.0, 0.0]], columns=kop)
    uit = verschil(was, wordt)
    regels = versies.verschil_regels(uit).rijen
    assert [(r["omschrijving"], r["verschil_eur"]) for r in regels] == [
        ("Parken", -50), ("Straten", 30), ("Samen", -20),
    ]  # fmt: skip
    taakvelden = versies.verschil_taakvelden(uit, {"2.1": "Verkeer"}).rijen
    assert [r["taakveld"] for r in taakvelden] == ["5.7", "2.1 Verkeer"]
    gelijk = versies.verschil_regels(verschil(was, was))
    assert (gelijk.rijen, gelijk.conclusie) == ([], "Er is niets veranderd.")


@pytest.mark.parametrize(
    ("sleutel", "waarde", "tekst"),
    [
        ("begroting.lean_norm", 0.8, "80%"),
        ("begroting.afronding", 1, "€ 1"),
        ("begroting.peiljaar", 2027, "2027"),
        ("begroting.buiten_norm", ["0.10", "0.11"], "0.10 en 0.11"),
        ("begroting.buiten_norm", [], "geen"),
        ("capaciteit.uren_per_fte", 1360, "1.360"),
        ("criteria.groepen", {"MT": {}}, "aangepast (MT)"),
        ("wat.onbekend", True, "ja"),
        ("wat.onbekend", None, "de standaard"),
    ],
)
def test_parameters_in_woorden(sleutel, waarde, tekst):
    assert beschrijf(sleutel, waarde) == tekst
    assert "." not in naam_van(sleutel)
