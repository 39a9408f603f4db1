"""Figures of choosing: a bar is where its quarters are, a cell says the hours that are left."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from opgavelib.weergave import kiezen

KWARTALEN = [f"{j}K{k}" for j in (2027, 2028) for k in (1, 2, 3, 4)]


@pytest.fixture
def gekozen() -> pd.DataFrame:
    rijen = {
        "CA-001": ("Woningen <b>", 90.0, "2027K1", "2027K1", "2028K4", "fysiek", "", "gekozen"),
        "CA-002": ("Armoede", 80.0, "2027K1", "2027K3", "2027K4", "sociaal", "in", "vast erin: afspraak"),
        "CA-003": ("Archief", 70.0, None, "2027K2", "2027K2", "", "wettelijk", "moet erin: wettelijk"),
    }
    kolommen = ["titel", "score", "wens_kwartaal", "start_kwartaal", "eind_kwartaal", "domein", "vast", "reden"]
    uit = pd.DataFrame.from_dict(rijen, orient="index", columns=kolommen)
    return uit.assign(team="Ruimte", uren=400.0, budget_eur=1e6)


def _balken(figuur: dict) -> dict[str, tuple]:
    return {
        a: (van, lang, merk, b["name"])
        for b in figuur["data"] if b["type"] == "bar"
        for a, van, lang, merk in zip(b["customdata"], b["base"], b["x"], b["text"], strict=True)
    }  # fmt: skip


def test_een_balk_loopt_over_zijn_kwartalen_met_domein_en_merk_in_tekst(gekozen):
    voor = gekozen.copy()
    uit = kiezen.tijdlijn(gekozen, KWARTALEN, 4, "Drie ambities.")
    assert _balken(uit.figuur) == {
        "CA-001": (0, 8, "", "fysiek"), "CA-002": (2, 2, "vast", "sociaal"),
        "CA-003": (1, 1, "wettelijk", kiezen.ZONDER),
    }  # fmt: skip
    assert [r["ambitie"] for r in uit.rijen] == ["CA-001", "CA-002", "CA-003"]
    assert "<b>" not in uit.figuur["layout"]["yaxis"]["ticktext"][0]
    pd.testing.assert_frame_equal(gekozen, voor)


def test_balken_overlappen_niet_ook_als_een_domein_geen_twee_rijen_naast_elkaar_heeft(gekozen):
    balken = [b for b in kiezen.tijdlijn(gekozen, KWARTALEN, 4, "").figuur["data"] if b["type"] == "bar"]
    assert [[round(b, 2) for b in x["width"]] for x in balken] == [[0.8]] * 3


def test_alleen_wat_later_begint_dan_gewenst_heeft_een_lijn_vanaf_de_wens(gekozen):
    (lijn,) = [d for d in kiezen.tijdlijn(gekozen, KWARTALEN, 4, "").figuur["data"] if d["type"] == "scatter"]
    assert (lijn["x"], lijn["y"]) == ([0, 2, None], [2, 2, None])
    op_tijd = gekozen.drop("CA-002")
    assert {d["type"] for d in kiezen.tijdlijn(op_tijd, KWARTALEN, 4, "").figuur["data"]} == {"bar"}


def test_zonder_shortlist_is_er_geen_figuur(gekozen):
    assert kiezen.tijdlijn(gekozen.iloc[:0], KWARTALEN, 4, "Niets past.").figuur == {}


def test_een_cel_zegt_wat_over_is_en_de_conclusie_wie_vol_is():
    ruimte = np.array([[100.0, 1500.0], [200.0, 0.0]])
    uit = kiezen.ruimte_over(["Zorg", "Ruimte"], KWARTALEN[:2], ruimte, np.array([[50.0, 250.0], [200.0, 0.0]]))
    kaart = uit.figuur["data"][0]
    assert uit.figuur["layout"]["yaxis"]["ticktext"] == ["Ruimte", "Zorg"]  # fullest on top
    assert kaart["text"] == [["vol", "–"], ["50", "1.250"]]
    assert kaart["z"] == [[0, 4], [1, 3]]  # full; nothing to begin with; less than 100; more
    namen = [d["name"] for d in uit.figuur["data"][1:]]
    assert namen == ["vol", "minder dan 100 uur over", "meer over", kiezen.NIETS[0]]
    # Nothing white that stays white in the dark.
    assert "#" not in str(kaart["colorscale"])
    assert kaart["textfont"]["color"] == "token:tekst"
    assert uit.conclusie == (
        "Helemaal vol door de shortlist: Ruimte, samen in 1 kwartaal. "
        "Ook zonder de shortlist al niets over: Ruimte in 1 kwartaal."
    )
    assert uit.rijen[0]["over_uren"] == 0
    ruim = kiezen.ruimte_over(["Zorg"], KWARTALEN[:2], ruimte[:1], np.array([[50.0, 250.0]]))
    krapst = "De shortlist maakt geen team vol. Waar zij uren vraagt, houdt Zorg het minst over: "
    assert ruim.conclusie == f"{krapst}50 uur in het 1e kwartaal 2027."
    # A quarter with less left in which the shortlist asks nothing is not the shortlist's doing.
    elders = kiezen.ruimte_over(["Zorg"], KWARTALEN[:2], ruimte[:1], np.array([[0.0, 250.0]]))
    assert elders.conclusie == f"{krapst}1.250 uur in het 2e kwartaal 2027."
    assert elders.figuur["data"][0]["z"] == [[2, 3]]


def test_meer_kwartalen_dan_te_lezen_zijn_staan_in_de_tabel():
    veel = [f"20{j}K{k}" for j in range(27, 31) for k in (1, 2, 3, 4)]
    uit = kiezen.ruimte_over(["Zorg"], veel, np.full((1, 16), 100.0), np.full((1, 16), 10.0))
    assert len(uit.figuur["data"][0]["text"][0]) == 12
    assert len(uit.rijen) == 16
    assert uit.conclusie.endswith("De tabel gaat verder, tot en met 2030K4.")


def _punt(factor: float, waarde: float | None, meer: float = 0.0) -> dict:
    boven = None if waarde is None else waarde + meer
    return {"factor": factor, "waarde": waarde, "bovengrens": boven, "aantal": 3}


@pytest.mark.parametrize(
    ("punten", "klaar", "zin"),
    [
        ([_punt(0.9, 60), _punt(1.0, 91), _punt(1.1, 114)], True,
         "Met 10% meer uren komen er 23 punten bij; met 10% minder uren gaan er 31 punten af."),
        ([_punt(0.9, None), _punt(1.0, 91), _punt(1.1, 91)], True,
         "Met 10% meer uren verandert er niets; met 10% minder uren past er geen enkele shortlist."),
        ([_punt(0.5, 91), _punt(1.0, 91), _punt(1.5, 91)], True,
         "De uren begrenzen deze shortlist niet: van 50% tot 150% blijft zij 91 punten waard."),
        ([_punt(0.9, 89.77), _punt(1.0, 91), _punt(1.1, 91.3)], True,
         "Met 10% meer uren komt er 0,3 punt bij; met 10% minder uren gaat er 1 punt af."),
        ([_punt(0.5, 40)], False, "1 punt berekend."),
        ([_punt(0.5, None), _punt(1.0, None)], True,
         "2 punten berekend. Met wat er nu is, past geen enkele shortlist."),
    ],
)  # fmt: skip
def test_het_front_zegt_wat_meer_en_minder_doen(punten, klaar, zin):
    uit = kiezen.front(punten, "uren", klaar)
    assert uit.conclusie == zin
    assert [r["aandeel"] for r in uit.rijen] == [p["factor"] for p in punten]
    assert uit.figuur["data"][0]["y"] == [p["waarde"] for p in punten if p["waarde"] is not None]


def test_de_tabel_van_het_front_zegt_geen_shortlist_en_heeft_tekens_als_elders():
    rijen = kiezen.front([_punt(0.5, None), _punt(0.9, 60), _punt(1.0, 91), _punt(1.1, 91.3)], "uren", True).rijen
    assert [r["waarde"] for r in rijen] == ["geen shortlist", "60", "91", "91"]
    assert [r["aantal"] for r in rijen] == [None, 3, 3, 3]
    assert [r["verschil"] for r in rijen] == [None, "− 31", "gelijk", "+ 0,3"]


def test_een_bovengrens_boven_de_waarde_wordt_getekend():
    namen = [d["name"] for d in kiezen.front([_punt(1.0, 90, 5)], "budget", True).figuur["data"]]
    assert namen == ["beste shortlist", "kan hoogstens zijn"]
