"""Weighted ranking against a published table, an oracle in plain Python, and its properties."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.ranking import gewicht_aandelen, gewogen_som, normaliseer, scorekaart
from opgavelib.fouten import WegingFout

CRITERIA = ("effect", "urgentie", "haalbaarheid")
snel = settings(max_examples=30, deadline=None)


def kader(rijen, criteria=CRITERIA, namen=None):
    index = pd.Index(namen or [f"A{i:02d}" for i in range(len(rijen))], name="ambitie")
    return pd.DataFrame([list(r) for r in rijen], index=index, columns=list(criteria), dtype=float)


def orakel(matrix, gewichten, richting, normalisatie):
    """Score per row with loops only; None when nothing counts."""
    k = len(gewichten)
    kolommen = [[rij[j] for rij in matrix if not math.isnan(rij[j])] for j in range(k)]
    scores = []
    for rij in matrix:
        teller = noemer = 0.0
        for j in range(k):
            if math.isnan(rij[j]):
                continue
            laag, hoog = (1.0, 5.0) if normalisatie == "schaal" else (min(kolommen[j]), max(kolommen[j]))
            if hoog == laag:
                deel = 0.0
            else:
                deel = (rij[j] - laag) / (hoog - laag)
                deel = 1 - deel if richting[j] == "lager" else deel
            teller += gewichten[j] * deel
            noemer += gewichten[j]
        scores.append(100 * teller / noemer if noemer else None)
    return scores


scores_st = st.one_of(st.integers(1, 5).map(float), st.just(math.nan))
matrix_st = st.lists(st.tuples(scores_st, scores_st, scores_st), min_size=1, max_size=12)
gewicht_st = st.tuples(*[st.integers(0, 100)] * 3).filter(any)
richting_st = st.tuples(*[st.sampled_from(["hoger", "lager"])] * 3)
norm_st = st.sampled_from(["schaal", "minmax"])


def rangschik(matrix, gewichten, richting=("hoger",) * 3, normalisatie="schaal", namen=None):
    return gewogen_som(
        kader(matrix, namen=namen),
        dict(zip(CRITERIA, gewichten, strict=True)),
        dict(zip(CRITERIA, richting, strict=True)),
        normalisatie,
    )


def test_gepubliceerd_voorbeeld():
    """Triantaphyllou, Multi-Criteria Decision Making Methods (2000), ch. 2: scores 21.5, 22, 22: A2 = A3 > A1."""
    tabel = kader(
        [(25, 20, 15, 30), (10, 30, 20, 30), (30, 10, 30, 10)], ("C1", "C2", "C3", "C4"), ["A1", "A2", "A3"]
    )
    uit = gewogen_som(tabel, {"C1": 0.20, "C2": 0.15, "C3": 0.40, "C4": 0.25})
    # Ours runs from 0 to 100 over the scale 1-5, so a score of 21.5 there is 100 * (21.5 - 1) / 4 here.
    assert uit.tabel["score"].to_dict() == pytest.approx({"A2": 525.0, "A3": 525.0, "A1": 512.5})
    assert list(uit.tabel.index) == ["A2", "A3", "A1"]


@snel
@given(matrix_st, gewicht_st, richting_st, norm_st)
def test_orakel(matrix, gewichten, richting, normalisatie):
    uit = rangschik(matrix, gewichten, richting, normalisatie)
    verwacht = orakel(matrix, gewichten, richting, normalisatie)
    for i, score in enumerate(verwacht):
        gevonden = uit.tabel.loc[f"A{i:02d}", "score"]
        assert math.isnan(gevonden) if score is None else gevonden == pytest.approx(score, abs=1e-9)
    volgorde = sorted(
        range(len(matrix)), key=lambda i: -1 if verwacht[i] is None else round(verwacht[i], 9), reverse=True
    )
    # sorted(reverse=True) is stable, so equal scores keep the order of the input here too.
    assert list(uit.tabel.index) == [f"A{i:02d}" for i in volgorde]


@snel
@given(matrix_st, gewicht_st, richting_st, norm_st)
def test_bijdragen_tellen_op_tot_de_score_en_de_rang_telt_door(matrix, gewichten, richting, normalisatie):
    uit = rangschik(matrix, gewichten, richting, normalisatie)
    beoordeeld = uit.tabel["score"].notna()
    assert list(uit.bijdragen.index) == list(uit.tabel.index)
    np.testing.assert_allclose(uit.bijdragen.sum(axis=1)[beoordeeld], uit.tabel["score"][beoordeeld], atol=1e-9)
    assert uit.tabel["score"][beoordeeld].between(-1e-9, 100 + 1e-9).all()
    assert uit.tabel["rang"][beoordeeld].tolist() == list(range(1, beoordeeld.sum() + 1))
    assert uit.tabel["rang"][~beoordeeld].isna().all()
    assert beoordeeld.tolist() == sorted(beoordeeld, reverse=True)


@snel
@given(matrix_st, gewicht_st, st.sampled_from([0.01, 0.5, 3, 1000]))
def test_gewichten_zijn_verhoudingen(matrix, gewichten, factor):
    een = rangschik(matrix, gewichten)
    ander = rangschik(matrix, [g * factor for g in gewichten])
    pd.testing.assert_frame_equal(een.tabel, ander.tabel)
    assert sum(een.parameters["gewichten"].values()) == pytest.approx(1)


@snel
@given(matrix_st, gewicht_st, norm_st, st.randoms())
def test_rijvolgorde_doet_er_niet_toe(matrix, gewichten, normalisatie, toeval):
    een = rangschik(matrix, gewichten, normalisatie=normalisatie).tabel
    nummers = list(range(len(matrix)))
    toeval.shuffle(nummers)
    ander = rangschik([matrix[i] for i in nummers], gewichten, normalisatie=normalisatie,
                      namen=[f"A{i:02d}" for i in nummers]).tabel  # fmt: skip
    pd.testing.assert_series_equal(een["score"].sort_index(), ander["score"].sort_index())


def test_gelijke_scores_houden_de_volgorde_van_de_invoer():
    uit = rangschik([(3, 3, 3), (5, 1, 3), (1, 5, 3), (3, 3, 3)], (1, 1, 1), namen=["C", "A", "D", "B"])
    assert list(uit.tabel.index) == ["C", "A", "D", "B"]
    assert uit.tabel["rang"].tolist() == [1, 2, 3, 4]


def test_een_ontbrekende_score_telt_niet_mee_in_plaats_van_als_nul():
    uit = rangschik([(5, math.nan, math.nan), (4, 5, 5), (math.nan,) * 3], (1, 1, 1))
    assert uit.tabel["score"].tolist() == pytest.approx([100, 275 / 3, math.nan], nan_ok=True)
    assert uit.tabel["volledig"].tolist() == [False, True, False]
    assert list(uit.tabel.index) == ["A00", "A01", "A02"]


def test_alleen_beoordeeld_op_een_criterium_zonder_gewicht_is_niet_beoordeeld():
    uit = rangschik([(5, math.nan, math.nan), (1, 1, 1)], (0, 1, 1))
    assert list(uit.tabel.index) == ["A01", "A00"]
    assert math.isnan(uit.tabel.loc["A00", "rang"])


def test_richting_lager_keert_een_criterium_om():
    hoger = rangschik([(5, 3, 3), (1, 3, 3)], (1, 0, 0))
    lager = rangschik([(5, 3, 3), (1, 3, 3)], (1, 0, 0), ("lager", "hoger", "hoger"))
    assert list(hoger.tabel.index) == ["A00", "A01"]
    assert list(lager.tabel.index) == ["A01", "A00"]


@pytest.mark.parametrize("richting", ["hoger", "lager"])
def test_minmax_en_schaal_verschillen_zichtbaar(richting):
    matrix = np.array([[3.0, 2.0], [4.0, 2.0], [np.nan, 2.0]])
    schaal = normaliseer(matrix, [richting] * 2, "schaal")
    minmax = normaliseer(matrix, [richting] * 2, "minmax")
    hoger = richting == "hoger"
    np.testing.assert_allclose(schaal[:2, 0], [0.5, 0.75] if hoger else [0.5, 0.25])
    np.testing.assert_allclose(minmax[:2, 0], [0.0, 1.0] if hoger else [1.0, 0.0])
    np.testing.assert_allclose(schaal[:, 1], 0.25 if hoger else 0.75)
    np.testing.assert_allclose(minmax[:, 1], 0.0)  # all equal: it tells them apart in neither direction
    assert np.isnan(schaal[2, 0])
    assert np.isnan(minmax[2, 0])


def test_de_invoer_blijft_zoals_zij_was():
    tabel = kader([(1, 2, 3), (5, math.nan, 1)])
    gewichten = {"effect": 1, "urgentie": 2, "haalbaarheid": 3}
    voor, gewicht_voor = tabel.copy(deep=True), dict(gewichten)
    for normalisatie in ("schaal", "minmax"):
        gewogen_som(tabel, gewichten, {"effect": "lager"}, normalisatie)
    pd.testing.assert_frame_equal(tabel, voor)
    assert gewichten == gewicht_voor


def test_zonder_ambities_is_er_een_lege_rangschikking():
    assert gewogen_som(kader([]), dict.fromkeys(CRITERIA, 1)).tabel.empty


@pytest.mark.parametrize(
    ("gewichten", "bezwaar"),
    [
        ({"effect": 1, "urgentie": 1}, r"zonder gewicht: haalbaarheid"),
        ({"effect": 1, "urgentie": 1, "haalbaarheid": 1, "geluk": 1}, r"zonder criterium: geluk"),
        ({"effect": 1, "urgentie": 1, "geluk": 1}, r"zonder gewicht: haalbaarheid; zonder criterium: geluk"),
        ({"effect": -1, "urgentie": 1, "haalbaarheid": 1}, "niet negatief"),
        ({"effect": math.nan, "urgentie": 1, "haalbaarheid": 1}, "niet negatief"),
        ({"effect": 0, "urgentie": 0, "haalbaarheid": 0}, "minstens één criterium"),
    ],
)
def test_gewichten_die_niet_passen(gewichten, bezwaar):
    with pytest.raises(WegingFout, match=bezwaar):
        gewicht_aandelen(CRITERIA, gewichten)


def test_onbekende_normalisatie_noemt_de_mogelijkheden():
    with pytest.raises(WegingFout, match=r"'rang' bestaat niet\. Kies uit: schaal, minmax"):
        rangschik([(1, 2, 3)], (1, 1, 1), normalisatie="rang")


oordeel_st = st.fixed_dictionaries(
    {
        "ambitie": st.sampled_from(["A1", "A2", "A3", "weg"]),
        "criterium": st.sampled_from([*CRITERIA, "vervallen criterium"]),
        "beoordelaar": st.sampled_from(["Jo", "Bo", "Flo"]),
        "score": st.integers(1, 5).map(float),
    }
)


@snel
@given(
    st.lists(oordeel_st, max_size=25, unique_by=lambda o: (o["ambitie"], o["criterium"], o["beoordelaar"])),
    st.randoms(),
)
def test_scorekaart_is_het_gemiddelde_over_beoordelaars(oordelen, toeval):
    toeval.shuffle(oordelen)
    scores = pd.DataFrame(oordelen, columns=["ambitie", "criterium", "beoordelaar", "score"])
    kaart = scorekaart(scores, ["A1", "A2", "A3"], CRITERIA)
    assert kaart.gemiddeld.shape == kaart.spreiding.shape == (3, 3)
    for a in ("A1", "A2", "A3"):
        wie = {o["beoordelaar"] for o in oordelen if o["ambitie"] == a and o["criterium"] in CRITERIA}
        assert kaart.beoordelaars[a] == len(wie)
        for c in CRITERIA:
            alle = [o["score"] for o in oordelen if (o["ambitie"], o["criterium"]) == (a, c)]
            gemiddeld, spreiding = kaart.gemiddeld.loc[a, c], kaart.spreiding.loc[a, c]
            assert kaart.aantallen.loc[a, c] == len(alle)
            if alle:
                assert gemiddeld == pytest.approx(statistics.mean(alle))
                assert spreiding == pytest.approx(statistics.pstdev(alle), abs=1e-9)
            else:
                assert math.isnan(gemiddeld)
                assert math.isnan(spreiding)


@pytest.mark.parametrize("normalisatie", ["schaal", "minmax", "vector"])
def test_elk_criterium_op_zijn_eigen_schaal(normalisatie):
    een = gewogen_som(kader([(5, 1, 2), (3, 4, 3), (1, 2, 4)]), dict.fromkeys(CRITERIA, 1), None, normalisatie)
    tien = kader([(10, 1, 2), (5, 4, 3), (0, 2, 4)])
    ander = gewogen_som(tien, dict.fromkeys(CRITERIA, 1), None, normalisatie, {"effect": (0, 10)})
    if normalisatie == "vector":
        # A vector has no lowest score: what is 0 on the one scale is 1 on the other.
        verwacht = tien["effect"] / math.sqrt(125)
        pd.testing.assert_series_equal(ander.genormaliseerd["effect"].sort_index(), verwacht)
    else:
        pd.testing.assert_frame_equal(een.tabel, ander.tabel)
        pd.testing.assert_frame_equal(een.genormaliseerd, ander.genormaliseerd)


@snel
@given(matrix_st, gewicht_st, richting_st, norm_st)
def test_genormaliseerd_maal_gewicht_is_de_bijdrage(matrix, gewichten, richting, normalisatie):
    uit = rangschik(matrix, gewichten, richting, normalisatie)
    assert list(uit.genormaliseerd.index) == list(uit.tabel.index)
    aandelen = pd.Series(uit.parameters["gewichten"])
    telt = uit.genormaliseerd.notna() * aandelen
    noemer = telt.sum(axis=1)
    beoordeeld = noemer > 0
    verwacht = (100 * uit.genormaliseerd.fillna(0) * telt).div(noemer.where(beoordeeld, 1), axis=0)
    np.testing.assert_allclose(uit.bijdragen[beoordeeld], verwacht[beoordeeld], atol=1e-9)


@pytest.mark.parametrize(
    ("normalisatie", "richting", "zin"),
    [
        ("schaal", {}, "Elke score telt als deel van de eigen schaal (1 tot 5)."),
        ("minmax", {"effect": "lager"},
         "Per criterium telt de laagste gegeven score als 0% en de hoogste als 100%; omgekeerd bij effect, waar "
         "lager beter is."),
    ],
)  # fmt: skip
def test_de_normalisatie_staat_erbij(normalisatie, richting, zin):
    uit = gewogen_som(kader([(1, 2, 3)]), dict.fromkeys(CRITERIA, 1), richting, normalisatie)
    assert uit.parameters["uitleg_normalisatie"] == zin
    assert uit.parameters["uitleg_ontbrekend"].startswith(
        "Een criterium zonder score telt voor die ambitie niet mee"
    )


def test_een_lege_schaal_wordt_genoemd():
    with pytest.raises(WegingFout, match="criterium 'effect' loopt van 5 tot 5"):
        gewogen_som(kader([(1, 2, 3)]), dict.fromkeys(CRITERIA, 1), schaal={"effect": (5, 5)})
