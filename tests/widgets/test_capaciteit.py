"""The balance of hours on its page: from the whole to one team and quarter, per scenario; and skills."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from opgavelib.domein.capaciteit import AANBOD, Normen, balans
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing.teamkwartaal import teamkwartaal
from opgavelib.weergave.belasting import belasting
from opgavelib.weergave.deskundigheden import deskundigheden, wie_heeft
from opgavelib.widgets.balans import team_van
from opgavelib.widgets.capaciteit import CapaciteitPagina
from opgavelib.widgets.panelen import BelastingPaneel

TEAM = "Duurzaamheid en Mobiliteit"


@pytest.fixture(scope="module")
def pagina(voorbeeld, tmp_path_factory):
    adres = shutil.copytree(voorbeeld, tmp_path_factory.mktemp("capaciteit") / "werkmap")
    w = Werkmap(adres)
    w.scenarios.maak("Krimp", "Noor", keuzes={f"team|{TEAM}": {"fte": -4.0, "vanaf": "2027K1"}})
    w.sluit()
    return CapaciteitPagina(adres)


def test_het_grootste_tekort_staat_open_en_elk_vak_is_na_te_rekenen(pagina):
    b = pagina.panelen["balans"]
    uit = pagina._stand.capaciteit.tabel
    assert (b.blik.team, b.blik.kwartaal) == uit["saldo_uren"].idxmin()
    for team, kwartaal in [uit["saldo_uren"].idxmin(), uit["saldo_uren"].idxmax(), uit["vacature_uren"].idxmax()]:
        vak = teamkwartaal(pagina._stand, pagina._stand.scenarios["basis"], team, kwartaal)
        delen = [uren for _, uren, som in vak.opbouw if not som]
        assert sum(delen) == pytest.approx(vak.opbouw[-1][1]) == uit.loc[(team, kwartaal), "saldo_uren"]
        telt = ~vak.aanvragen["antwoord"].str.contains("afgewezen")
        assert vak.aanvragen.loc[telt, "gevraagd_uren"].sum() == uit.loc[(team, kwartaal), "gevraagd_uren"]


def test_een_vak_kiezen_met_lijst_of_klik(pagina):
    b = pagina.panelen["balans"]
    b.kwartaal.value = "2028K4"
    assert "4e kwartaal 2028" in b.som.value
    assert b._helpt.layout.display == "none"  # nothing to solve there
    b.beeld.grafiek.klik = {
        "x": "2027K4",
        "customdata": "Ruimte en Wonen, 4e kwartaal 2027: 605 uur tekort",
        "teller": 1,
    }
    assert (b.team.value, b.kwartaal.value) == ("Ruimte en Wonen", "2027K4")
    assert "Ruimte en Wonen komt in het 4e kwartaal 2027 605 uur tekort" in b.som.value
    assert b.aanvragen.rijen[0]["antwoord"][0] in "●▲○■"
    assert team_van("Jeugd, Wmo &amp; Toegang, 3e kwartaal 2027: 120 uur over") == "Jeugd, Wmo & Toegang"
    b.beeld.grafiek.klik = {"x": "2099K1", "customdata": "Nergens, nooit", "teller": 2}
    assert b.team.value == "Ruimte en Wonen"


def test_een_scenario_verandert_de_balans(pagina):
    b = pagina.panelen["balans"]
    b.team.value = TEAM
    nu = b.som.value
    b.scenario.value = "S01"
    assert b.som.value != nu
    assert "Formatie</th><td>5.100 uur" in b.som.value
    assert (
        "Formatie: 15 fte van 1.360 uur per jaar (zoals het team opgeeft), een kwart per kwartaal." in b.som.value
    )
    b.scenario.value = "basis"
    assert b.som.value == nu


def test_zonder_teams_staat_er_wat_er_eerst_moet(tmp_path):
    Werkmap(tmp_path / "leeg", maak=True).sluit()
    p = CapaciteitPagina(tmp_path / "leeg")
    assert "Lees een bestand met teams en formatie in" in p.panelen["balans"].beeld._kop.value
    for vlak in ("deskundigheden", "contractering", "wat-als"):
        p.navigatie.actief = vlak
    assert p.melding.tekst == ""
    assert "Lees een bestand met teams en formatie in." in p.panelen["wat-als"].gevolg.beeld._kop.value
    b = BelastingPaneel(p._stand)
    assert b._detail.layout.display == "none"  # no team to choose
    assert all(knop.disabled for knop in p.panelen["wat-als"].knoppen.values())
    assert "staat in de formatie" in p.panelen["deskundigheden"].heeft._kop.value


def balans_van(*rijen):
    """(team, ruimte, gevraagd) in one quarter."""
    teams = [t for t, *_ in rijen]
    aanbod = pd.DataFrame(
        dict.fromkeys(AANBOD, 0.0) | {"teamleider": None, "domein": None},
        index=pd.MultiIndex.from_product([teams, ["2027K1"]], names=["team", "kwartaal"]),
    )
    for k in ("beschikbaar_uren", "ruimte_uren"):
        aanbod[k] = [float(r) for _, r, _ in rijen]
    vraag = pd.DataFrame(
        [(t, "2027K1", g, 0.0, "gevraagd") for t, _, g in rijen],
        columns=["team", "kwartaal", "uren_gevraagd", "uren_toegezegd", "status"],
    )
    return balans(aanbod, vraag, ["2027K1"], Normen(1360, 0.8))


def test_een_percentage_spreekt_zijn_teken_niet_tegen():
    beeld = belasting(
        balans_van(("A", 1000, 897), ("B", 1000, 1001), ("C", 1000, 900), ("D", 1000, 999), ("E", 10, 0))
    )
    tekst = {n: rij[0].partition("<br>")[0] for n, rij in zip(
        beeld.figuur["layout"]["yaxis"]["ticktext"], beeld.figuur["data"][0]["text"], strict=True)}  # fmt: skip
    assert tekst == {"A": "89,7%", "B": "■ 100,1%", "C": "▲ 90%", "D": "▲ 99,9%", "E": "0%"}


def test_het_grootste_tekort_staat_boven_en_de_standen_zijn_woorden():
    beeld = belasting(balans_van(("Klein", 340, 500), ("Groot", 1020, 1200), ("Vol", 100, 95), ("Ruim", 100, 10)))
    assert beeld.figuur["layout"]["yaxis"]["ticktext"] == ["Groot", "Klein", "Vol", "Ruim"]
    assert beeld.conclusie.startswith("Team Groot komt 180 uur tekort")
    assert [r["stand"] for r in beeld.rijen] == ["tekort", "tekort", "bijna vol", "past"]


def test_deskundigheden_wat_niet_past_staat_boven(pagina):
    stand: Stand = pagina._stand
    figuur = deskundigheden(stand.werk.deskundigheden)
    standen = [r["stand"] for r in figuur.rijen]
    assert standen == sorted(standen, key=["fout", "let op", "goed"].index)
    assert figuur.rijen[0]["reden"]
    assert figuur.conclusie.startswith(f"Van team {figuur.rijen[0]['team']} wordt ")
    cellen = figuur.figuur["data"][0]["text"]
    assert any(cel.startswith("■ ") for cel in cellen[0])
    gevraagd = stand.werk.deskundigheden["gevraagd_uren"].sum()
    assert sum(r["gevraagd_uren"] for r in figuur.rijen) == pytest.approx(gevraagd)
    assert "nog nergens een deskundigheid" in deskundigheden(stand.werk.deskundigheden.iloc[:0]).conclusie


def test_wie_wat_kan_uit_wat_er_is_getypt():
    teams = pd.DataFrame({"deskundigheden": ["planner (2 fte); Jurist", "jurist 0,5", None]}, index=["A", "B", "C"])
    figuur = wie_heeft(teams)
    assert figuur.rijen == [
        {"deskundigheid": "Jurist", "teams": "A, B", "fte": 0.5},
        {"deskundigheid": "planner", "teams": "A", "fte": 2.0},
    ]
    assert figuur.conclusie == "De teams noemen samen 2 deskundigheden; 1 daarvan zit bij maar één team."
