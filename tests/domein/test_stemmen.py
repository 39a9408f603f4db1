"""Votes: Borda, the method of equal shares on published examples and on what it promises, and coverage."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.stemmen import AANGEVULD, GEKOCHT, borda, dekking_collegeleden, gelijke_delen
from opgavelib.fouten import WegingFout

snel = settings(max_examples=50, deadline=None)


def stemmen(lijsten):
    regels = [(lid, i + 1, item) for lid, items in lijsten.items() for i, item in enumerate(items)]
    return pd.DataFrame(regels, columns=["collegelid", "rang", "item"])


lijst_st = st.lists(st.one_of(st.sampled_from("abcdefgh"), st.none()), min_size=1, max_size=5)
stemmen_st = st.lists(lijst_st, min_size=1, max_size=7).map(
    lambda lijsten: stemmen({f"L{i}": x for i, x in enumerate(lijsten)})
)
nut_st = st.sampled_from(["punten", "instemming"])


def test_gelijke_delen_voorbeeld_van_lackner_en_skowron():
    """Lackner and Skowron, Multi-Winner Voting with Approval Preferences (2023): 8 voters, 3 places.

    c costs its five voters 1/5 each; then a costs at most 13/40: 6 and 7 pay all they have left. Left over are
    7/40, 1/20, 0 and 3/8. The third place of the method itself stays empty.
    """
    profiel = stemmen(dict(zip("12345678", ["cd", "cd", "cd", "ab", "ab", "ac", "ac", "bd"], strict=True)))
    uit = gelijke_delen(profiel, 3, nut="instemming", aanvullen=False)
    assert list(uit.tabel.index) == ["c", "a"]
    assert (uit.betaald * 40).round(9).to_numpy().tolist() == [[8, 8, 8, 0, 0, 8, 8, 0], [0, 0, 0, 13, 13, 7, 7, 0]]
    assert (uit.over * 40).round(9).tolist() == [7, 7, 7, 2, 2, 0, 0, 15]
    aangevuld = gelijke_delen(profiel, 3, nut="instemming")
    assert aangevuld.tabel["manier"].to_dict() == {"c": GEKOCHT, "a": GEKOCHT, "d": AANGEVULD}
    assert aangevuld.toelichting == (
        "Elk van de 8 collegeleden verdeelde 0,38 plaatsen; samen kozen zij daarmee 2 ambities. 1 is aangevuld "
        "naar aantal punten."
    )


def test_gelijke_delen_lopend_voorbeeld_van_lackner_en_skowron():
    """The running example of the same book: 12 voters, 4 places; first a, with 8 voters at 1/8 each."""
    lijsten = ["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"]
    uit = gelijke_delen(
        stemmen({f"{i:02d}": x for i, x in enumerate(lijsten)}), 4, nut="instemming", aanvullen=False
    )
    assert uit.tabel.index[0] == "a"
    assert uit.betaald.loc["a"].tolist() == pytest.approx([1 / 8] * 8 + [0] * 4)
    # After it the others have 5/24 or 1/3 left: b and c can pay only 3 * 5/24 + 1/3 = 23/24.
    assert list(uit.tabel.index) == ["a"]
    assert uit.over.tolist() == pytest.approx([5 / 24] * 8 + [1 / 3] * 4)


def test_gelijke_delen_met_kosten():
    """Ten euros for two: each has five. Points of a first place are 5, of a second 4."""
    profiel = stemmen({"Jo": ["bad", "park"], "Bo": ["park", "brug"]})
    uit = gelijke_delen(profiel, None, {"bad": 5, "park": 4.5, "brug": 2}, budget_eur=10)
    # park: 9 points for 4.5, half a euro each, so Jo pays 2 and Bo 2.5. brug then costs Bo 2; bad is too dear.
    assert uit.tabel["kosten"].to_dict() == {"park": 4.5, "brug": 2}
    assert uit.betaald.loc["park"].to_dict() == {"Bo": 2.5, "Jo": 2}
    assert uit.over.to_dict() == {"Bo": 0.5, "Jo": 3}
    assert uit.toelichting == "Elk van de 2 collegeleden verdeelde € 5; samen kozen zij daarmee 2 ambities."
    ruim = gelijke_delen(profiel, None, {"bad": 5, "park": 4}, budget_eur=10)
    assert ruim.tabel["manier"].to_dict() == {"park": GEKOCHT, "bad": AANGEVULD}
    assert gelijke_delen(profiel, 1, {"bad": 5, "park": 4}, budget_eur=10).tabel.index.tolist() == ["park"]


@snel
@given(stemmen_st, st.integers(1, 9), nut_st, st.booleans(), st.randoms())
def test_niemand_betaalt_meer_dan_het_eigen_deel(profiel, plaatsen, nut, met_kosten, toeval):
    prijs = {item: 10.0 + 7 * i for i, item in enumerate("abcdefg")} if met_kosten else None
    vraag = {"kosten": prijs, "budget_eur": 60.0 if met_kosten else None, "nut": nut}
    uit = gelijke_delen(profiel, plaatsen, **vraag)
    deel = (60 if met_kosten else plaatsen) / profiel["collegelid"].nunique()
    assert (uit.betaald.to_numpy() >= 0).all()
    np.testing.assert_allclose(uit.betaald.sum() + uit.over, deel, atol=1e-9)
    gekocht = uit.tabel["manier"] == GEKOCHT
    np.testing.assert_allclose(uit.betaald[gekocht].sum(axis=1), uit.tabel["kosten"][gekocht], atol=1e-9)
    assert (uit.betaald[~gekocht] == 0).all().all()
    assert len(uit.tabel) <= plaatsen
    assert uit.tabel["kosten"].sum() <= (60 if met_kosten else plaatsen)
    for item, rij in uit.betaald.iterrows():
        voor = set(profiel.loc[profiel["item"] == item, "collegelid"])
        assert set(rij[rij > 0].index) <= voor
    geschud = profiel.sample(frac=1, random_state=toeval.randrange(1000))
    ander = gelijke_delen(geschud, plaatsen, **vraag)
    pd.testing.assert_frame_equal(uit.tabel, ander.tabel)
    pd.testing.assert_frame_equal(uit.betaald, ander.betaald)


@snel
@given(st.integers(1, 6), st.lists(lijst_st, max_size=6), st.integers(1, 10), st.integers(1, 5))
def test_een_groep_die_hetzelfde_wil_krijgt_haar_deel(groep, anderen, plaatsen, breedte):
    eigen = [f"eigen{i}" for i in range(breedte)]
    lijsten = {f"G{i}": eigen for i in range(groep)} | {f"L{i}": x for i, x in enumerate(anderen)}
    uit = gelijke_delen(stemmen(lijsten), plaatsen, nut="instemming")
    recht = math.floor(groep / len(lijsten) * plaatsen + 1e-9)
    assert len(set(eigen) & set(uit.tabel.index)) >= min(recht, breedte)


@snel
@given(stemmen_st, st.randoms())
def test_borda_verliest_geen_punten(profiel, toeval):
    uit = borda(profiel)
    geldig = profiel.dropna()
    assert uit["punten"].sum() == (6 - geldig["rang"]).sum()
    assert uit["stemmen"].sum() == len(geldig)
    assert uit["punten"].is_monotonic_decreasing
    for item, rij in uit.iterrows():
        assert rij["leden"] == geldig.loc[geldig["item"] == item, "collegelid"].nunique()
        assert rij["rang"] == 1 + (uit["punten"] > rij["punten"]).sum()
    pd.testing.assert_frame_equal(uit, borda(profiel.sample(frac=1, random_state=toeval.randrange(1000))))


def test_twee_stemmen_in_een_item_tellen_allebei():
    uit = borda(stemmen({"Jo": ["bad", "bad", "park"], "Bo": ["park"]}))
    assert uit.loc["bad"].to_dict() == {"punten": 9, "leden": 1, "stemmen": 2, "rang": 1}
    assert uit.loc["park"].to_dict() == {"punten": 8, "leden": 2, "stemmen": 2, "rang": 2}


@snel
@given(stemmen_st, st.sets(st.sampled_from("abcdefgh")))
def test_dekking_telt_elke_stem_een_keer(profiel, gekozen):
    uit = dekking_collegeleden(profiel, gekozen).tabel
    assert uit["van"].sum() == len(profiel)
    assert uit["in"].sum() == profiel["item"].isin(gekozen).sum()
    for lid, rij in uit.iterrows():
        eigen = profiel[profiel["collegelid"] == lid]
        assert set(rij["items_in"]) == set(eigen["item"].dropna()) & gekozen
        assert len(rij["items_uit"]) == rij["van"] - rij["in"]


def test_dekking_in_woorden():
    profiel = stemmen({"Joost Hoekzema": ["a", "b", None, "c", "a"], "S. de Vries": ["d", "e", "f", "g", "h"]})
    uit = dekking_collegeleden(profiel, ["a", "c"])
    assert (
        uit.toelichting == "Van Joost Hoekzema staan 3 van de 5 op de shortlist; van S. de Vries staan 0 van de 5."
    )
    assert uit.tabel.loc["Joost Hoekzema", ["items_in", "items_uit"]].tolist() == [("a", "c"), ("b", None)]


def test_zonder_stemmen():
    leeg = stemmen({})
    assert borda(leeg).empty
    assert gelijke_delen(leeg, 3).tabel.empty
    assert dekking_collegeleden(leeg, []).toelichting == "Er is nog geen top-5 van een collegelid gelezen."


@pytest.mark.parametrize(
    ("vraag", "bezwaar"),
    [
        ({"plaatsen": 0}, "minstens 1"),
        ({"plaatsen": None}, "hoeveel plaatsen"),
        ({"plaatsen": 1, "kosten": {"a": 3}}, "budget dat te verdelen is"),
        ({"plaatsen": 1, "kosten": {"a": 0}, "budget_eur": 5}, "boven € 0"),
        ({"plaatsen": 1, "nut": "liefde"}, r"'liefde' bestaat niet\. Kies uit: punten, instemming"),
    ],
)
def test_wat_niet_te_verdelen_is(vraag, bezwaar):
    with pytest.raises(WegingFout, match=bezwaar):
        gelijke_delen(stemmen({"Jo": ["a"]}), **vraag)


def test_een_plaats_die_niet_kan():
    with pytest.raises(WegingFout, match="plaats van 1 tot 5"):
        borda(stemmen({"Jo": list("abcdef")}))
    dubbel = stemmen({"Jo": ["a", "b"]}).assign(rang=1)
    with pytest.raises(WegingFout, match="twee stemmen op dezelfde plaats"):
        borda(dubbel)
    assert borda(stemmen({"Jo": list("abcdef")}), 6)["punten"].tolist() == [6, 5, 4, 3, 2, 1]
