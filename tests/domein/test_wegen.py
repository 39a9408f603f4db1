"""Weights against other programs, and what must hold for all answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm.weights.subjective import AHP
from scipy.optimize import linprog

from opgavelib.domein.wegen import ahp, beste_slechtste, combineer, direct, paren, swing
from opgavelib.fouten import WegingFout
from opgavelib.parameters import waarde

RI = waarde("wegen", "ahp_toevalsindex")
GRENZEN = waarde("wegen", "best_worst_grenzen")
SCHAAL = [1 / k for k in range(9, 1, -1)] + list(range(1, 10))
LETTERS = "abcdefgh"


def bw(antwoord):
    """Weging of (best against the others, others against worst); the first is best, the last is worst."""
    beste_tegen, tegen = antwoord
    c = list(LETTERS[: len(beste_tegen) + 1])
    return beste_slechtste(
        c, c[0], c[-1], dict(zip(c[1:], beste_tegen, strict=True)), dict(zip(c[1:-1], tegen, strict=True)), GRENZEN
    )


def door_linprog(beste_tegen, tegen):
    """ksi of the model as Rezaei (2016) writes it down."""
    n = len(beste_tegen) + 1
    eisen = []
    for j, a in enumerate(beste_tegen, 1):
        rij = np.zeros(n + 1)
        rij[0], rij[j] = 1, -a
        eisen.append(rij)
    for j, a in enumerate(tegen, 1):
        rij = np.zeros(n + 1)
        rij[j], rij[n - 1] = 1, -a
        eisen.append(rij)
    m = np.concatenate([np.array(eisen), -np.array(eisen)])
    m[:, n] = -1
    uit = linprog([0] * n + [1], A_ub=m, b_ub=np.zeros(len(m)), A_eq=[[1] * n + [0]], b_eq=[1])
    assert uit.success
    return uit.fun, np.array(eisen)[:, :n]


@st.composite
def bw_antwoorden(draw):
    n = draw(st.integers(2, 7))
    geheel = draw(st.integers(1, 9))
    tussen = st.lists(st.integers(1, geheel), min_size=n - 2, max_size=n - 2)
    return [*draw(tussen), geheel], draw(tussen)


@st.composite
def ahp_antwoorden(draw, hoogstens=6):
    c = list(LETTERS[: draw(st.integers(2, hoogstens))])
    return c, {p: float(draw(st.sampled_from(SCHAAL))) for p in paren(c)}


@given(bw_antwoorden())
@settings(max_examples=60, deadline=None)
def test_best_worst_vindt_het_optimum_van_het_lineaire_model(antwoord):
    uit = bw(antwoord)
    ksi, eisen = door_linprog(*antwoord)
    w = np.array(list(uit.gewichten.values()))
    assert uit.parameters["ksi"] == pytest.approx(ksi, abs=1e-7)
    assert np.abs(eisen @ w).max() <= ksi + 1e-7
    assert w.sum() == pytest.approx(1)
    assert (w >= 0).all()


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.integers(1, 3))
@settings(max_examples=30)
def test_best_worst_geeft_gewichten_terug_die_kloppen(tussen, factor):
    """Consistent answers: a_Bj times a_jW is a_BW, for all j."""
    geheel = max(tussen) * factor if all(max(tussen) * factor % t == 0 for t in tussen) else 6
    uit = bw(([*tussen, geheel], [geheel // t for t in tussen]))
    w = np.array([1, *(1 / t for t in tussen), 1 / geheel])
    assert list(uit.gewichten.values()) == pytest.approx(list(w / w.sum()))
    assert (uit.consistentie, uit.goed_genoeg, uit.nakijken) == (0, True, None)


@given(ahp_antwoorden())
@settings(max_examples=40, deadline=None)
def test_ahp_is_gelijk_aan_pymcdm(antwoord):
    c, keer = antwoord
    matrix = np.ones((len(c), len(c)))
    for (a, b), k in keer.items():
        i, j = c.index(a), c.index(b)
        matrix[i, j], matrix[j, i] = k, 1 / k
    ander = AHP(matrix=matrix)
    uit = ahp(c, keer, AHP.RI_M)
    assert list(uit.gewichten.values()) == pytest.approx(list(ander()), abs=1e-9)
    assert uit.consistentie == pytest.approx(ander.get_cr(), abs=1e-9)
    assert uit.goed_genoeg == (uit.nakijken is None)


@given(st.lists(st.sampled_from([1, 2, 3, 6]), min_size=1, max_size=6))
@settings(max_examples=30)
def test_ahp_geeft_gewichten_terug_die_kloppen(zwaarte):
    c = list(LETTERS[: len(zwaarte)])
    w = dict(zip(c, zwaarte, strict=True))
    uit = ahp(c, {(a, b): w[a] / w[b] for a, b in paren(c)}, RI)
    assert list(uit.gewichten.values()) == pytest.approx([z / sum(zwaarte) for z in zwaarte])
    assert uit.consistentie == pytest.approx(0, abs=1e-6)
    assert uit.goed_genoeg


@given(ahp_antwoorden(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_de_volgorde_van_criteria_en_van_vragen_maakt_niet_uit(antwoord, toeval):
    c, keer = antwoord
    andere, vragen = list(c), list(keer.items())
    toeval.shuffle(andere)
    toeval.shuffle(vragen)
    gedraaid = {(b, a): 1 / k for (a, b), k in vragen}
    een, twee = ahp(c, keer, RI), ahp(andere, gedraaid, RI)
    assert list(twee.gewichten) == andere
    assert {k: twee.gewichten[k] for k in c} == pytest.approx(dict(een.gewichten))
    assert twee.consistentie == pytest.approx(een.consistentie, abs=1e-9)


@given(ahp_antwoorden(hoogstens=4))
@settings(max_examples=15, deadline=None)
def test_het_aangewezen_antwoord_is_dat_waarmee_de_tegenspraak_het_meest_daalt(antwoord):
    c, keer = antwoord
    uit = ahp(c, keer, RI)
    if uit.nakijken is None:
        return
    paar = uit.nakijken if uit.nakijken in keer else uit.nakijken[::-1]

    def laagste(p):
        return min(ahp(c, keer | {p: k}, RI, grens=99).consistentie for k in SCHAAL)

    assert laagste(paar) == pytest.approx(min(laagste(p) for p in keer), abs=1e-8)


@given(
    st.dictionaries(st.sampled_from(LETTERS), st.floats(0, 1e6), min_size=1).filter(
        lambda p: sum(p.values()) > 0.01
    )
)
@settings(max_examples=30)
def test_aandelen_tellen_op_tot_een_en_alleen_de_verhouding_telt(punten):
    uit = direct(punten)
    assert sum(uit.gewichten.values()) == pytest.approx(1)
    assert dict(direct({c: p * 7 for c, p in punten.items()}).gewichten) == pytest.approx(dict(uit.gewichten))
    honderd = {c: 100 * p / max(punten.values()) for c, p in punten.items()}
    assert dict(swing(honderd).gewichten) == pytest.approx(dict(uit.gewichten))
    assert uit.consistentie is None
    assert uit.goed_genoeg is None


def test_groepen_samen_naar_hun_aandeel():
    college, mt = {"a": 0.2, "b": 0.8}, {"b": 0.5, "a": 0.5}
    uit = combineer({"College": college, "MT": mt}, {"College": 2, "MT": 1})
    assert dict(uit.gewichten) == pytest.approx({"a": 0.3, "b": 0.7})
    assert uit.parameters["aandelen"] == pytest.approx({"College": 2 / 3, "MT": 1 / 3})
    assert dict(combineer({"MT": mt}, {"MT": 0.4}).gewichten) == pytest.approx(mt)


@pytest.mark.parametrize(
    ("maak", "melding"),
    [
        (lambda: direct({}), "geen criteria om te wegen"),
        (lambda: direct({"a": -1, "b": 2}, {"a": "Effect"}), "Geef Effect een getal van 0 of hoger"),
        (lambda: direct({"a": float("nan")}), "een getal van 0 of hoger"),
        (lambda: direct({"a": 0}), "minstens één criterium meer dan 0"),
        (lambda: swing({"a": 90, "b": 20}), "100 punten"),
        (lambda: ahp([], {}, RI), "geen criteria om te wegen"),
        (lambda: ahp("abc", {("a", "b"): 2}, RI), r"Vergelijk nog a en c. Er zijn nog 2 paren open"),
        (lambda: ahp("ab", {}, RI), r"Vergelijk nog a en b\.$"),
        (lambda: ahp("ab", {("a", "b"): 2, ("b", "a"): 2}, RI), "zijn twee keer vergeleken"),
        (lambda: ahp("ab", {("a", "z"): 2}, RI), "geen vraag over deze criteria"),
        (lambda: ahp("ab", {("a", "b"): 12}, RI), "kies 1 tot en met 9"),
        (lambda: ahp("abc", {}, RI[:2]), "gaat tot 2 criteria; dit zijn er 3"),
        (lambda: beste_slechtste("ab", "a", "a", {}, {}, GRENZEN), "twee verschillende"),
        (lambda: beste_slechtste("ab", "a", "z", {}, {}, GRENZEN), "Kies eerst welk criterium het zwaarst"),
        (lambda: beste_slechtste("ab", "a", "b", {}, {}, GRENZEN), "Zeg nog hoeveel keer zo zwaar a weegt als b"),
        (lambda: bw(([0, 9], [3])), "kies 1 tot en met 9"),
        (lambda: bw(([8, 5], [3])), "a weegt 8 keer zo zwaar als b, maar a weegt maar 5 keer zo zwaar als c"),
        (lambda: combineer({}, {}), "nog geen groep"),
        (lambda: combineer({"MT": {"a": 1}}, {}), "van elke groep hoe zwaar"),
        (lambda: combineer({"C": {"a": 1}, "MT": {"b": 1}}, {"C": 1, "MT": 1}), "MT heeft andere criteria gewogen"),
    ],
)
def test_wat_niet_te_wegen_is_zegt_wat_er_moet_gebeuren(maak, melding):
    with pytest.raises(WegingFout, match=melding):
        maak()
