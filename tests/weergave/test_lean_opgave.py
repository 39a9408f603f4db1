"""Lean and opgave and the aansluiting as a picture, a table and a sentence."""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import weergave
from opgavelib.domein.begroting import Gelezen, Norm, Overhead, aansluiting, lean_opgave

REGELS = pd.DataFrame(
    {"taakveld": ["6.2", "0.4"], "team": ["Zorg", "Staf"], "lasten_eur": [100.0, 50.0],
     "sturing": ["opgave", "lean"], "opgave_aandeel": float("nan"), "salarissen_eur": float("nan"), "jaar": 2027.0}
)  # fmt: skip
TEAMS = pd.DataFrame(
    {"teamleider": ["An"], "domein": ["sociaal"], "lean_uren": [80.0], "opgave_uren": [20.0]},
    index=pd.Index(["Zorg"], name="team"),
)


def uitkomst(*bronnen, overhead=Overhead.MEETELLEN):
    norm = Norm(0.8, 0.05, frozenset(), overhead, frozenset({"0.4"}))
    return lean_opgave(REGELS, TEAMS, aansluiting(list(bronnen), 1), norm, [2027])


def test_een_team_zonder_formatie_en_een_zonder_euros_staan_er_met_hun_totaal():
    *teams, totaal = weergave.lean_opgave(uitkomst()).rijen
    assert {t["team"] for t in teams} == {"Zorg", "Staf"}
    for maat in ("lasten_eur", "lean_eur", "opgave_eur", "lean_uren"):
        assert sum(t[maat] for t in teams) == totaal[maat]
    assert {d["domein"] for d in weergave.per_domein(uitkomst()).rijen} == {"sociaal", "(geen domein)", "Totaal"}


def test_overhead_op_een_eigen_regel_is_een_rij_zonder_aandeel():
    rijen = weergave.lean_opgave(uitkomst(overhead=Overhead.EIGEN_REGEL)).rijen
    (overhead,) = [r for r in rijen if r["team"] == "(overhead)"]
    assert (overhead["lasten_eur"], overhead["opgave_aandeel_eur"]) == (50, None)


@pytest.mark.parametrize(
    ("overhead", "tegels"),
    [
        (Overhead.MEETELLEN, {"Lean": "€ 50", "Opgave": "€ 100"}),
        (Overhead.EIGEN_REGEL, {"Lean": "€ 0", "Opgave": "€ 100", "Overhead, eigen regel": "€ 50"}),
        (Overhead.VERDELEN, {"Lean": "€ 0", "Opgave": "€ 150"}),
    ],
)
def test_de_tegels_tellen_op_tot_de_lasten(overhead, tegels):
    cijfers = weergave.lean_opgave(uitkomst(overhead=overhead)).kerncijfers
    assert {n: w for n, w in cijfers if "uur" not in w} == tegels


def test_codes_staan_op_nummer_en_alleen_reserves_en_resultaat_zijn_geen_werk():
    regels = REGELS.assign(taakveld=["0.4", "0.10"])

    def zin(*buiten):
        norm = Norm(0.8, 0.05, frozenset(buiten))
        return lean_opgave(regels, TEAMS, aansluiting([], 1), norm, [2027]).toelichting

    assert "Taakvelden 0.4, 0.10 en 0.11 (€ 150) tellen niet mee in het aandeel." in zin("0.10", "0.11", "0.4")
    assert "geen lasten van werk" in zin("0.10")


GOED = Gelezen("a.xlsx", {"lasten_eur": 10}, {"lasten_eur": 10})
FOUT = Gelezen("b.xlsx", {"lasten_eur": 10}, {"lasten_eur": 30})
ZONDER = Gelezen("c.xlsx", {"lasten_eur": 10})


@pytest.mark.parametrize(
    ("bronnen", "zin"),
    [
        ([GOED], "Alle totalen sluiten aan op het bestand."),
        ([FOUT], "1 totaal sluit niet aan op het bestand."),
        ([GOED, FOUT], "2 totalen sluiten niet aan op het bestand."),
        ([GOED, ZONDER], "Alle totalen sluiten aan op het bestand. 2 totalen zijn niet te vergelijken."),
        ([ZONDER], "Het bestand noemt geen totaal, dus er is niets om op aan te sluiten."),
    ],
)
def test_de_zin_bij_de_aansluiting(bronnen, zin):
    figuur = weergave.aansluiting(uitkomst(*bronnen))
    assert figuur.conclusie == zin
    assert all(r["toelichting"] for r in figuur.rijen)
    assert {r["oordeel"][0] for r in figuur.rijen} <= set("●■g")
