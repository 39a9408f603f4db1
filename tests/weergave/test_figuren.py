"""Every view: a valid Plotly figure whose numbers are those of its table, and a sentence on top."""

import dataclasses
import json
import sys

import pandas as pd
import plotly.graph_objects as go
import pytest

from opgavelib import weergave
from opgavelib.domein import kwartaal
from opgavelib.domein.bestemming import volg
from opgavelib.domein.capaciteit import Normen, aanbod_per_kwartaal, balans
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.weergave.figuur import Figuur, regels, tekst


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap)


def _alle(stand) -> dict[str, Figuur]:
    return {
        "trechter": weergave.trechter(stand.trechter, stand.spoor),
        "shortlist": weergave.shortlist(stand.shortlist(), stand.criteria),
        "complexiteit": weergave.complexiteit_tijd(stand.projecten, stand.voorscheider.midden),
        "start": weergave.complexiteit_tijd(stand.projecten, stand.voorscheider.midden, "start_kwartaal"),
        "lean": weergave.lean_opgave(stand.begroting),
        "domein": weergave.per_domein(stand.begroting),
        "aansluiting": weergave.aansluiting(stand.begroting),
        "belasting": weergave.belasting(stand.capaciteit),
        "team": weergave.team(stand.capaciteit, "Ruimte en Wonen"),
        "bronnen": weergave.bronnen(stand.tabel("bronnen")),
        "ambities": weergave.ambities(stand.ambities),
        "oneens": weergave.oneens(stand.scorekaart, stand.kandidaten["titel"], stand.criteria),
    }


@pytest.fixture(scope="module")
def figuren(stand):
    return _alle(stand)


def _zonder_tokens(waarde):
    """Colour tokens are filled in by the browser; Plotly's own validator knows only colours."""
    if isinstance(waarde, dict):
        return {k: _zonder_tokens(w) for k, w in waarde.items()}
    if isinstance(waarde, list):
        return [_zonder_tokens(w) for w in waarde]
    return "#123456" if isinstance(waarde, str) and waarde.startswith("token:") else waarde


def test_plotly_keurt_elke_figuur_goed(figuren):
    for naam, figuur in figuren.items():
        if figuur.figuur:
            assert go.Figure(_zonder_tokens(dict(figuur.figuur))).data, naam


def test_elke_tabel_heeft_zijn_kolommen_en_elke_weergave_een_zin(figuren):
    for naam, figuur in figuren.items():
        assert figuur.conclusie.endswith("."), naam
        assert figuur.rijen, naam
        namen = {k["kolom"] for k in figuur.kolommen}
        for rij in figuur.rijen:
            onbekend = {k for k in rij if not k.startswith("_")} - namen - {"ambitie", "gekozen"}
            assert not onbekend, (naam, onbekend)


def test_een_lege_werkmap_zegt_wat_eerst_moet(tmp_path):
    with Werkmap(tmp_path, maak=True) as werkmap:
        for naam, figuur in _alle(Stand(werkmap)).items():
            assert not figuur.figuur, naam
            assert figuur.conclusie.endswith("."), naam
            assert json.dumps(list(figuur.kolommen)), naam


def test_stromen_van_de_trechter_zijn_de_tabel(figuren, stand):
    sankey = figuren["trechter"].figuur["data"][0]
    totaal = figuren["trechter"].rijen[-1]
    assert sum(sankey["link"]["value"]) == totaal["totaal"] == len(stand.ambities)
    assert {k: totaal[k] for k in stand.spoor.aantallen} == dict(stand.spoor.aantallen)


def test_staven_tellen_op_tot_de_score_en_de_streep_ligt_na_de_laatste(figuren):
    figuur = figuren["shortlist"]
    *staven, scores = figuur.figuur["data"]
    for plaats, score in enumerate(scores["x"]):
        assert sum(s["x"][plaats] for s in staven) == pytest.approx(score, abs=0.05)
    assert figuur.streep["na"] == 19
    assert [r["gekozen"] for r in figuur.rijen[:20]] == [True] * 19 + [False]


def test_punten_van_complexiteit_staan_in_hun_kwartaal_en_vallen_niet_op_elkaar(figuren, stand):
    punten = {
        code: (x, y)
        for reeks in figuren["complexiteit"].figuur["data"]
        for code, x, y in zip(reeks["customdata"], reeks["x"], reeks["y"], strict=True)
    }
    assert set(punten) == set(stand.projecten.dropna(subset=["complexiteit", "eind_kwartaal"]).index)
    assert len(set(punten.values())) == len(punten)
    for code, (x, _) in punten.items():
        assert kwartaal.uit_volgnummer(int(x)) == stand.projecten.loc[code, "eind_kwartaal"]


def test_namen_in_complexiteit_staan_niet_op_een_plek(figuren):
    namen = [a for a in figuren["complexiteit"].figuur["layout"]["annotations"] if a.get("name")]
    assert 3 <= len(namen) <= 16
    assert len({(a["x"], a["y"], a.get("xshift"), a.get("yshift")) for a in namen}) == len(namen)
    assert {a["name"] for a in namen} <= {"groot", "klein"}


def test_totaal_van_lean_en_opgave_is_de_som_van_de_teams(figuren):
    *teams, totaal = figuren["lean"].rijen
    for maat in ("lean_eur", "opgave_eur", "onbekend_eur", "lean_uren", "opgave_uren"):
        assert sum(r[maat] for r in teams) == pytest.approx(totaal[maat])


def test_cel_van_belasting_noemt_het_tekort_met_een_teken():
    teams = pd.DataFrame(
        {"teamleider": ["A"], "domein": ["fysiek"], "fte": [1.0], "uren_per_fte": [1000.0],
         "lean_aandeel": [0.8], "lean_uren": [float("nan")]},
        index=pd.Index(["Ruimte"], name="team"),
    )  # fmt: skip
    inzet = pd.DataFrame(
        {"team": ["Ruimte"] * 2, "kwartaal": ["2027K1", "2027K2"], "uren_gevraagd": [60.0, 25.0],
         "uren_toegezegd": [0.0, 0.0], "status": ["gevraagd"] * 2}
    )  # fmt: skip
    kwartalen, normen = ["2027K1", "2027K2"], Normen(1360, 0.8)
    uitkomst = balans(aanbod_per_kwartaal(teams, kwartalen, normen), inzet, kwartalen, normen)
    figuur = weergave.belasting(uitkomst)
    assert figuur.figuur["data"][0]["text"] == [["■ 120%<br>-10", "50%<br>+25"]]
    assert figuur.conclusie == "Team Ruimte komt 10 uur tekort in het 1e kwartaal 2027."


def test_tekst_uit_een_bestand_wordt_geen_opmaak():
    assert tekst("<b>x</b> & y") == "&lt;b&gt;x&lt;/b&gt; &amp; y"
    assert "<script" not in regels("<script>alert(1)</script> " * 20)
    assert tekst("een lange zin die niet past", 12) == "een lange…"


def test_alles_open_is_een_trechter_met_een_uitgang():
    telling = pd.DataFrame({"open": [3], "opgave": [0]}, index=pd.Index(["top5"], name="soort"))
    leeg = pd.DataFrame(columns=["ambitie", "bestemming", "naar", "reden", "wie", "tijdstip", "volgnummer"])
    figuur = weergave.trechter(telling, volg(["T5-1", "T5-2", "T5-3"], leeg))
    assert figuur.figuur["data"][0]["link"]["value"] == [3]
    assert figuur.conclusie == "Van de 3 bronrijen zijn er 3 nog open."


def test_een_laatste_gekozene_ver_omlaag_geeft_geen_duizend_staven(stand, monkeypatch):
    uit = stand.shortlist()
    tabel = uit.tabel.copy()
    beoordeeld = tabel.index[tabel["score"].notna()]
    tabel["gekozen"] = tabel.index.isin([*beoordeeld[:3], beoordeeld[-1]])
    monkeypatch.setattr(sys.modules["opgavelib.weergave.shortlist"], "_STAVEN", 20)
    beeld = weergave.shortlist(dataclasses.replace(uit, tabel=tabel), stand.criteria)
    namen = beeld.figuur["layout"]["yaxis"]["ticktext"]
    plaatsen = [int(n.split(".")[0]) for n in namen]
    assert plaatsen == [1, 2, 3, len(beoordeeld), 4, 5, 6, 7, 8, 9]
    assert beeld.figuur["layout"]["shapes"][0]["y0"] == 4.5
    assert len(beeld.rijen) == len(tabel)
    assert beeld.uitleg.startswith("De grafiek toont alle gekozen ambities")
