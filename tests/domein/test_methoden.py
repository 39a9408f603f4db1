"""TOPSIS, PROMETHEE II and Borda against published examples, pymcdm as oracle, and what always holds."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from opgavelib.domein.methoden import METHODEN, borda, borda_beoordelaars, promethee, rangschik, topsis
from opgavelib.fouten import WegingFout

CRITERIA = ("effect", "kosten", "urgentie")
snel = settings(max_examples=30, deadline=None)
# It says so of every row that is best on all criteria.
pymcdm_waarschuwt = pytest.mark.filterwarnings("ignore::UserWarning:pymcdm")

score_st = st.integers(1, 5).map(float)
gat_st = st.one_of(score_st, st.just(math.nan))
gewicht_st = st.tuples(*[st.integers(0, 100)] * 3).filter(any)
richting_st = st.tuples(*[st.sampled_from(["hoger", "lager"])] * 3)
methode_st = st.sampled_from(sorted(METHODEN))
norm_st = st.sampled_from(["schaal", "minmax", "vector"])


def matrix_st(cel, kleinst=1, grootst=10):
    return st.lists(st.tuples(cel, cel, cel), min_size=kleinst, max_size=grootst)


def kader(rijen, namen=None, criteria=CRITERIA):
    index = pd.Index(namen or [f"A{i:02d}" for i in range(len(rijen))], name="ambitie")
    return pd.DataFrame([list(r) for r in rijen], index=index, columns=list(criteria), dtype=float)


def per(waarden, criteria=CRITERIA):
    return dict(zip(criteria, waarden, strict=True))


def test_topsis_gepubliceerd():
    """Hodgett, TOPSIS in Excel (hodgett.co.uk), three cars; the R package MCDA tests on the same numbers."""
    criteria = ("prijs", "zuinigheid", "uiterlijk", "bagage")
    autos = kader(
        [(5490, 51.4, 8.5, 285), (6500, 70.6, 7, 288), (6489, 54.3, 7.5, 290)],
        ["Corsa", "Clio", "Fiesta"],
        criteria,
    )
    uit = topsis(autos, per((0.35, 0.25, 0.25, 0.15), criteria), {"prijs": "lager"}, "vector")
    assert (uit.tabel["score"] / 100).round(4).to_dict() == {"Clio": 0.5182, "Corsa": 0.4817, "Fiesta": 0.1780}


def test_promethee_gepubliceerd():
    """pymcdm's manual, after Mareschal, De Smet and Nemery (2008): net flows .1, -.3, .2, usual function."""
    tabel = kader([(4, 3, 2), (3, 2, 4), (5, 1, 3)], ["A1", "A2", "A3"])
    uit = promethee(tabel, per((0.5, 0.3, 0.2)), voorkeur="gewoon")
    assert uit.tabel["netto"].round(9).to_dict() == {"A3": 0.2, "A1": 0.1, "A2": -0.3}


def test_borda_gepubliceerd():
    """Capital of Tennessee, the textbook example: 126, 194, 173 and 107 points with 42, 26, 15 and 17 voters."""
    plaatsen = [(1, 4, 4, 4), (2, 1, 3, 3), (3, 2, 1, 2), (4, 3, 2, 1)]
    blokken = ("Memphis", "Nashville", "Chattanooga", "Knoxville")
    uit = borda(
        kader(plaatsen, list(blokken), blokken), per((42, 26, 15, 17), blokken), dict.fromkeys(blokken, "lager")
    )
    punten = (uit.tabel["score"] * 3).round(9).to_dict()
    assert punten == {"Nashville": 194, "Chattanooga": 173, "Memphis": 126, "Knoxville": 107}


@pymcdm_waarschuwt
@snel
@given(matrix_st(score_st, 3), gewicht_st, richting_st, st.sampled_from(["minmax", "vector"]))
def test_topsis_tegen_pymcdm(rijen, gewichten, richting, normalisatie):
    from pymcdm import normalizations
    from pymcdm.methods import TOPSIS

    m = np.array(rijen)
    assume((np.ptp(m, axis=0) > 0).all())
    orakel = TOPSIS(getattr(normalizations, f"{normalisatie}_normalization"))
    verwacht = orakel(m, np.array(gewichten) / sum(gewichten), np.where(np.array(richting) == "lager", -1, 1))
    uit = topsis(kader(rijen), per(gewichten), per(richting), normalisatie).tabel["score"].sort_index()
    np.testing.assert_allclose(uit, 100 * verwacht, atol=1e-9)


@pymcdm_waarschuwt
@snel
@given(matrix_st(score_st, 2), gewicht_st, richting_st, st.sampled_from([(0, 2.5), (0.5, 2), (1, 3)]))
def test_promethee_tegen_pymcdm(rijen, gewichten, richting, drempels):
    from pymcdm.methods import PROMETHEE_II

    laag, hoog = drempels
    gegeven_ = (
        np.array(rijen),
        np.array(gewichten) / sum(gewichten),
        np.where(np.array(richting) == "lager", -1, 1),
    )
    gewoon = promethee(kader(rijen), per(gewichten), per(richting), voorkeur="gewoon")
    lineair = promethee(
        kader(rijen), per(gewichten), per(richting), onverschillig_aandeel=laag / 4,
        voorkeur_aandeel=dict.fromkeys(CRITERIA, hoog / 4),
    )  # fmt: skip
    np.testing.assert_allclose(gewoon.tabel["netto"].sort_index(), PROMETHEE_II("usual")(*gegeven_), atol=1e-9)
    orakel = PROMETHEE_II("vshape_2", p=np.full(3, float(hoog)), q=np.full(3, float(laag)))
    np.testing.assert_allclose(lineair.tabel["netto"].sort_index(), orakel(*gegeven_), atol=1e-9)


def paarsgewijs(rijen, gewichten, laag=0.125, hoog=0.5):
    """PROMETHEE II with loops over pairs; NaN is left out, its weight spread."""
    uit = []
    for a in rijen:
        teller = noemer = 0.0
        for j, w in enumerate(gewichten):
            if math.isnan(a[j]):
                continue
            anderen = [b for b in rijen if b is not a and not math.isnan(b[j])]
            verschillen = [(a[j] - b[j]) / 4 for b in anderen]
            kracht = sum(
                math.copysign(min(max((abs(d) - laag) / (hoog - laag), 0), 1), d) for d in verschillen if d
            )
            teller += w * (kracht / len(anderen) if anderen else 0)
            noemer += w
        uit.append(teller / noemer if noemer else None)
    return uit


@snel
@given(matrix_st(gat_st), gewicht_st)
def test_promethee_met_gaten_tegen_alle_paren(rijen, gewichten):
    rijen = [list(r) for r in rijen]  # own objects: two equal rows are two ambities
    uit = promethee(kader(rijen), per(gewichten)).tabel["netto"].sort_index()
    for gevonden, verwacht in zip(uit, paarsgewijs(rijen, gewichten), strict=True):
        assert math.isnan(gevonden) if verwacht is None else gevonden == pytest.approx(verwacht, abs=1e-9)


@snel
@given(matrix_st(gat_st), gewicht_st)
def test_topsis_met_een_gat_is_topsis_over_de_andere_criteria(rijen, gewichten):
    uit = topsis(kader(rijen), per(gewichten)).tabel["score"].sort_index()
    for naam, rij in zip(uit.index, rijen, strict=True):
        er = [c for c, s in per(rij).items() if not math.isnan(s) and per(gewichten)[c]]
        if not er:
            assert math.isnan(uit[naam])
            continue
        alleen = kader([[per(rij)[c] for c in er]], [naam], er)
        assert uit[naam] == pytest.approx(topsis(alleen, {c: per(gewichten)[c] for c in er}).tabel["score"].iloc[0])


@snel
@given(methode_st, matrix_st(gat_st), gewicht_st, richting_st, norm_st)
def test_bijdragen_tellen_op_en_de_rang_telt_door(methode, rijen, gewichten, richting, norm):
    tabel = kader(rijen)
    voor = tabel.copy(deep=True)
    uit = rangschik(methode, tabel, per(gewichten), per(richting), norm)
    pd.testing.assert_frame_equal(tabel, voor)
    beoordeeld = uit.tabel["score"].notna()
    assert list(uit.bijdragen.index) == list(uit.tabel.index) == list(uit.genormaliseerd.index)
    np.testing.assert_allclose(uit.bijdragen[beoordeeld].sum(axis=1), uit.tabel["score"][beoordeeld], atol=1e-9)
    assert uit.tabel["score"][beoordeeld].between(-1e-9, 100 + 1e-9).all()
    assert uit.tabel["rang"][beoordeeld].tolist() == list(range(1, beoordeeld.sum() + 1))
    assert uit.tabel["rang"][~beoordeeld].isna().all()
    assert (uit.tabel["score"][beoordeeld].diff().dropna() <= 1e-9).all()


@snel
@given(methode_st, matrix_st(gat_st), gewicht_st, norm_st, st.randoms(), st.sampled_from([0.01, 3, 1000]))
def test_volgorde_van_rijen_en_eenheid_van_gewichten_doen_er_niet_toe(
    methode, rijen, gewichten, norm, toeval, factor
):
    tabel = kader(rijen)
    namen = list(tabel.index)
    toeval.shuffle(namen)
    een = rangschik(methode, tabel, per(gewichten), normalisatie=norm).tabel["score"]
    ander = rangschik(methode, tabel.loc[namen], per([g * factor for g in gewichten]), normalisatie=norm).tabel[
        "score"
    ]
    pd.testing.assert_series_equal(een.sort_index(), ander.sort_index())


@snel
@given(methode_st, matrix_st(score_st, 2), gewicht_st, norm_st)
def test_wie_nergens_slechter_is_staat_niet_lager(methode, rijen, gewichten, norm):
    scores = rangschik(methode, kader(rijen), per(gewichten), normalisatie=norm).tabel["score"]
    for i, a in enumerate(rijen):
        for j, b in enumerate(rijen):
            if all(x >= y for x, y in zip(a, b, strict=True)):
                assert scores[f"A{i:02d}"] >= scores[f"A{j:02d}"] - 1e-9


@snel
@given(st.sampled_from(["gewogen-som", "topsis"]), matrix_st(gat_st, 2), gewicht_st)
def test_op_eigen_schaal_keert_een_ambitie_meer_of_minder_niets_om(methode, rijen, gewichten):
    alle = rangschik(methode, kader(rijen), per(gewichten)).tabel["score"]
    zonder = rangschik(methode, kader(rijen[:-1]), per(gewichten)).tabel["score"]
    pd.testing.assert_series_equal(alle.reindex(zonder.index), zonder)


@snel
@given(matrix_st(score_st, 4), gewicht_st)
def test_promethee_keert_alleen_dicht_bij_elkaar_om(rijen, gewichten):
    """Without one, two whose net flows differ more than 2 / (n - 1) keep their order: Mareschal et al. (2008)."""
    alle = promethee(kader(rijen), per(gewichten)).tabel["netto"]
    zonder = promethee(kader(rijen[:-1]), per(gewichten)).tabel["netto"]
    for a in zonder.index:
        for b in zonder.index:
            if alle[a] - alle[b] > 2 / (len(rijen) - 1) + 1e-9:
                assert zonder[a] > zonder[b]


@snel
@given(matrix_st(gat_st), gewicht_st, richting_st)
def test_promethee_gewoon_is_borda(rijen, gewichten, richting):
    een = promethee(kader(rijen), per(gewichten), per(richting), voorkeur="gewoon").tabel["score"]
    pd.testing.assert_series_equal(een, borda(kader(rijen), per(gewichten), per(richting)).tabel["score"])


@pytest.mark.parametrize("methode", sorted(METHODEN))
def test_eigen_schaal_per_criterium(methode):
    """The same judgements on 0-10 and 0-100 give the same ranking as on 1-5."""
    rijen = [(5, 1, 3), (2, 4, 3), (3, 3, 4), (1, 5, 5)]
    schaal = {"effect": (0.0, 10.0), "urgentie": (0.0, 100.0)}
    ander = [((e - 1) * 2.5, k, (u - 1) * 25) for e, k, u in rijen]
    gewichten, richting = per((5, 3, 2)), {"kosten": "lager"}
    een = rangschik(methode, kader(rijen), gewichten, richting)
    twee = rangschik(methode, kader(ander), gewichten, richting, schaal=schaal)
    pd.testing.assert_frame_equal(een.tabel, twee.tabel)
    pd.testing.assert_frame_equal(een.genormaliseerd, twee.genormaliseerd)
    assert twee.parameters["schaal"] == {"effect": [0, 10], "kosten": [1, 5], "urgentie": [0, 100]}
    assert twee.parameters["uitleg_normalisatie"] == (
        "Elke score telt als deel van de eigen schaal (0 tot 10 voor effect; 1 tot 5 voor kosten; 0 tot 100 voor "
        "urgentie); omgekeerd bij kosten, waar lager beter is."
    )


@pytest.mark.parametrize("methode", sorted(METHODEN))
def test_niets_of_een_te_rangschikken(methode):
    assert rangschik(methode, kader([]), per((1, 1, 1))).tabel.empty
    een = rangschik(methode, kader([(3, 3, 3)]), per((1, 1, 1)))
    assert een.tabel["score"].tolist() == pytest.approx([50])
    leeg = rangschik(methode, kader([(math.nan,) * 3]), per((1, 1, 1)))
    assert leeg.tabel[["score", "rang"]].isna().all().all()
    assert leeg.parameters["uitleg_ontbrekend"]


def test_onbekende_methode_en_drempels_die_niet_kunnen():
    tabel, gewichten = kader([(1, 2, 3)]), per((1, 1, 1))
    with pytest.raises(WegingFout, match=r"'saw' bestaat niet\. Kies uit: gewogen-som, topsis, promethee, borda"):
        rangschik("saw", tabel, gewichten)
    with pytest.raises(WegingFout, match=r"'gauss' bestaat niet\. Kies uit: lineair, gewoon"):
        promethee(tabel, gewichten, voorkeur="gauss")
    with pytest.raises(WegingFout, match="pas de drempels van PROMETHEE aan"):
        promethee(tabel, gewichten, onverschillig_aandeel=0.5)


def oordelen(*regels):
    return pd.DataFrame(regels, columns=["ambitie", "criterium", "beoordelaar", "score"])


def test_borda_over_beoordelaars_kijkt_niet_naar_wie_hoog_scoort():
    """Jo scores high, Bo low, each with an own order; Flo saw only two of them."""
    scores = oordelen(
        ("A", "effect", "Jo", 5.0), ("B", "effect", "Jo", 4.0), ("C", "effect", "Jo", 4.0),
        ("A", "effect", "Bo", 1.0), ("B", "effect", "Bo", 2.0), ("C", "effect", "Bo", 1.0),
        ("A", "effect", "Flo", 3.0), ("B", "effect", "Flo", 1.0), ("D", "anders", "Jo", 5.0),
    )  # fmt: skip
    uit = borda_beoordelaars(scores, ["D", "C", "B", "A"], {"effect": 1})
    # Jo: A 1, B and C 1/4. Bo: B 1, A and C 1/4. Flo: A 1, B 0.
    assert uit.tabel["score"].dropna().to_dict() == pytest.approx({"A": 75, "B": 125 / 3, "C": 25})
    assert math.isnan(uit.tabel.loc["D", "score"])
    assert uit.bijdragen.loc["A"].to_dict() == pytest.approx({"Bo": 25 / 3, "Flo": 100 / 3, "Jo": 100 / 3})
    assert uit.parameters["methode"] == "Borda over beoordelaars"
    geen = borda_beoordelaars(scores.head(0), ["A", "B"], {"effect": 1})
    assert geen.tabel["score"].isna().all()
