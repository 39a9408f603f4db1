"""The best shortlist, against every possible shortlist of small problems."""

from __future__ import annotations

import itertools
import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.kiezen import maak_geval
from opgavelib.domein.optimaal import (
    Onzekerheid,
    botsing,
    front,
    los_op,
    met_factor,
    steekproef,
    waarom_niet,
    waarom_niet_alle,
)
from opgavelib.domein.vraagstuk import Status, Vraagstuk, schendingen

KWARTALEN = ("2027K4", "2028K1", "2028K2", "2028K3")
ITEMS = ("A", "B", "C", "D")
rustig = settings(max_examples=40, deadline=None)


@st.composite
def vraagstukken(draw) -> Vraagstuk:
    """Up to four items, two teams and four quarters, with every kind of demand; many are impossible."""
    n, q = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    items = ITEMS[:n]
    getallen = lambda laag, hoog: st.lists(st.integers(laag, hoog), min_size=n, max_size=n)  # noqa: E731
    uren = np.array(draw(st.lists(getallen(0, 6), min_size=2, max_size=2)), dtype=float).T / 4
    ruimte = np.array(draw(st.lists(st.lists(st.integers(0, 10), min_size=q, max_size=q), min_size=2, max_size=2)))
    paar = st.tuples(st.sampled_from(items), st.sampled_from(items)).filter(lambda p: p[0] != p[1])
    paren = st.lists(paar, max_size=2, unique=True).map(tuple) if n > 1 else st.just(())
    soms = lambda sleutels, waarde: st.dictionaries(st.sampled_from(sleutels), waarde, max_size=1)  # noqa: E731
    return Vraagstuk(
        items=items,
        waarde=draw(getallen(0, 9)),
        duur=draw(getallen(1, 3)),
        vroegst=draw(getallen(0, 1)),
        laatst=draw(getallen(0, q - 1)),
        uren=uren,
        kosten_eur=draw(getallen(0, 10)),
        kwartalen=KWARTALEN[:q],
        teams=("Ruimte", "Zorg"),
        ruimte_uren=np.where(ruimte > 8, np.inf, ruimte / 4),
        budget_eur=draw(soms(("2027", "2028", "totaal"), st.integers(0, 15))),
        domein=tuple(draw(st.lists(st.sampled_from(("x", "y")), min_size=n, max_size=n))),
        hoogstens=draw(st.none() | st.integers(0, 3)),
        moet=draw(soms(items, st.just("wettelijk"))),
        mag_niet=draw(soms(items, st.just("besluit"))),
        voor=draw(paren),
        niet_samen=draw(paren),
        minstens=draw(soms(("x", "y"), st.integers(0, 2))),
        vast_start=draw(soms(items, st.integers(0, q - 1))),
    )


def alle_shortlists(v: Vraagstuk):
    q = len(v.kwartalen)
    for keuze in itertools.product([None, *range(q)], repeat=len(v.items)):
        start = {a: s for a, s in zip(v.items, keuze, strict=True) if s is not None}
        if not schendingen(v, start):
            yield start


def waarde(v: Vraagstuk, start) -> float:
    return float(sum(w for a, w in zip(v.items, v.waarde, strict=True) if a in start))


def beste(v: Vraagstuk) -> float | None:
    return max((waarde(v, s) for s in alle_shortlists(v)), default=None)


@rustig
@given(vraagstukken(), st.randoms(use_true_random=False))
def test_geen_shortlist_is_meer_waard(v, door_elkaar):
    voor = pickle.dumps(v)
    uit = los_op(v)
    assert pickle.dumps(v) == voor
    hoogste = beste(v)
    if hoogste is None:
        assert uit.status is Status.ONMOGELIJK
        assert not uit.start
        return
    assert uit.status is Status.OPTIMAAL
    assert schendingen(v, uit.start) == []
    assert uit.waarde == uit.bovengrens == pytest.approx(hoogste)
    orde = list(range(len(v.items)))
    door_elkaar.shuffle(orde)
    anders = replace(
        v, items=tuple(v.items[i] for i in orde), domein=tuple(v.domein[i] for i in orde),
        **{k: getattr(v, k)[orde] for k in ("waarde", "duur", "vroegst", "laatst", "uren", "kosten_eur")},
    )  # fmt: skip
    assert los_op(anders).waarde == pytest.approx(hoogste)


@rustig
@given(vraagstukken())
def test_van_gelijke_shortlists_de_vroegste_en_dan_de_eerste(v):
    uit = los_op(v)
    if uit.status is Status.ONMOGELIJK:
        return
    gelijk = [s for s in alle_shortlists(v) if waarde(v, s) == uit.waarde]
    plek = {a: i for i, a in enumerate(v.items)}
    maat = lambda s: (sum(s.values()), sum(plek[a] for a in s))  # noqa: E731
    assert maat(uit.start) == min(map(maat, gelijk))


@rustig
@given(vraagstukken())
def test_waarom_niet_noemt_wat_het_kost(v):
    uit = los_op(v)
    if uit.status is Status.ONMOGELIJK:
        return
    for w in waarom_niet_alle(v, uit):
        erin = replace(v, moet={**v.moet, w.item: ""},
                       mag_niet={a: r for a, r in v.mag_niet.items() if a != w.item})  # fmt: skip
        hoogste = beste(erin)
        assert (w.met is None) == (hoogste is None) == (w.waarde_verlies is None)
        assert w.bewezen
        assert w.zinnen
        if w.met is not None:
            assert schendingen(erin, w.met.start) == []
            assert w.waarde_verlies == pytest.approx(uit.waarde - hoogste)
            assert set(uit.start) - set(w.valt_af) | set(w.komt_erbij) | {w.item} == set(w.met.start)
        erbij = [s for s in alle_shortlists(erin) if set(s) == {*uit.start, w.item}]
        assert bool(w.tekort) == (not erbij or w.item in v.mag_niet)


def _alleen(v: Vraagstuk, eisen) -> Vraagstuk:
    """`v` with these demands only."""
    per = {s: [e.sleutel for e in eisen if e.soort == s] for s in ("voor", "niet_samen")}
    een = lambda s: {e.sleutel[0] for e in eisen if e.soort == s}  # noqa: E731
    kies = lambda d, s: {k: w for k, w in d.items() if k in een(s)}  # noqa: E731
    teams = np.array([t in een("team") for t in v.teams])
    return replace(
        v, moet=kies(v.moet, "moet"), mag_niet=kies(v.mag_niet, "mag_niet"),
        hoogstens=v.hoogstens if any(e.soort == "hoogstens" for e in eisen) else None,
        budget_eur=kies(v.budget_eur, "budget"), ruimte_uren=np.where(teams[:, None], v.ruimte_uren, np.inf),
        voor=tuple(per["voor"]), niet_samen=tuple(per["niet_samen"]), minstens=kies(v.minstens, "minstens"),
        vast_start=kies(v.vast_start, "vast_start"),
    )  # fmt: skip


@rustig
@given(vraagstukken())
def test_botsing_botst_en_zonder_een_ervan_kan_het(v):
    b = botsing(v)
    if beste(v) is not None:
        assert b is None
        return
    assert b.minimaal
    assert b.kleinste
    assert beste(_alleen(v, b.eisen)) is None
    for e in b.eisen:
        assert beste(_alleen(v, [x for x in b.eisen if x != e])) is not None


@pytest.fixture(scope="module")
def geval():
    return maak_geval(60, 3, krapte=0.6, kwartalen=8, hoogstens=12)


@pytest.fixture(scope="module")
def opgelost(geval):
    return los_op(geval, tijd_s=60)


def test_twee_keer_hetzelfde(geval, opgelost):
    assert opgelost.status is Status.OPTIMAAL
    assert los_op(geval, tijd_s=60) == opgelost
    assert los_op(geval, tijd_s=60, werkers=1, bij_tussenstand=lambda _: True) == opgelost


def test_stoppen_geeft_het_beste_tot_dan(geval, opgelost):
    gezien = []
    uit = los_op(geval, bij_tussenstand=lambda o: bool(gezien.append(o)))
    assert len(gezien) == 1
    assert uit.status in (Status.GEVONDEN, Status.OPTIMAAL)
    assert schendingen(geval, uit.start) == []
    assert gezien[0].waarde <= uit.waarde <= opgelost.waarde <= uit.bovengrens


def test_tussenstanden_worden_beter(geval):
    gezien = []
    los_op(geval, tijd_s=60, bij_tussenstand=lambda o: not gezien.append((o.waarde, o.bovengrens)))
    waarden, grenzen = zip(*gezien, strict=True)
    assert list(waarden) == sorted(waarden)
    assert all(w <= g for w, g in gezien)
    assert max(waarden) <= min(grenzen) + 1e-6


def test_fout_van_wie_luistert_komt_aan(geval):
    def stuk(_):
        raise RuntimeError("scherm is weg")

    with pytest.raises(RuntimeError, match="scherm is weg"):
        los_op(geval, bij_tussenstand=stuk)


def test_zonder_tijd_toch_een_shortlist_met_bovengrens(geval, opgelost):
    uit = los_op(geval, tijd_s=0.001)
    assert schendingen(geval, uit.start) == []
    assert uit.waarde <= opgelost.waarde <= uit.bovengrens + 1e-6


def test_drieduizend_ambities_op_tijd_met_een_bovengrens():
    v = maak_geval(3_000, 1)
    uit = los_op(v, tijd_s=3)
    assert schendingen(v, uit.start) == []
    assert uit.seconden < 15  # a bound against hanging, on a busy machine
    assert uit.gat < 0.15


def test_meer_ruimte_is_nooit_minder_waard(geval, opgelost):
    punten = list(front(geval, (1.5, 0.7, 1, 1e3), start=opgelost))
    assert [p.factor for p in punten] == [0.7, 1, 1.5, 1e3]
    waarden = [p.oplossing.waarde for p in punten]
    assert waarden == sorted(waarden)
    assert waarden[1] == pytest.approx(opgelost.waarde)
    for p in punten:
        assert schendingen(met_factor(geval, p.factor), p.oplossing.start) == []


def test_front_van_een_onbekende_soort(geval):
    with pytest.raises(ValueError, match="uren of budget"):
        list(front(geval, [1], soort="mensen"))


def test_steekproef_hangt_alleen_van_het_zaad_af(geval, opgelost):
    een, twee = np.random.SeedSequence(7).spawn(2)
    los = [steekproef(geval, 2, z, Onzekerheid(0.1, 0.1), opgelost.start) for z in (een, twee)]
    nog_eens = pickle.loads(pickle.dumps(steekproef))(geval, 2, een, Onzekerheid(0.1, 0.1), opgelost.start)
    assert nog_eens.gekozen.tolist() == los[0].gekozen.tolist()
    samen = los[0] + los[1]
    assert samen.trekkingen == samen.gelukt == 4
    assert samen.gekozen.sum() <= 4 * geval.hoogstens
    zeker = steekproef(geval, 1, een, Onzekerheid(0, 0), opgelost.start)
    assert {a for a, k in zip(geval.items, zeker.gekozen, strict=True) if k} == set(opgelost.start)


def test_antwoorden_kunnen_naar_een_ander_proces(geval, opgelost):
    buiten = next(a for a in geval.items if a not in opgelost.start)
    for iets in (opgelost, waarom_niet(geval, opgelost, buiten), botsing(replace(geval, hoogstens=1))):
        assert pickle.loads(pickle.dumps(iets)) == iets


def test_waarom_niet_van_wat_erin_staat(geval, opgelost):
    with pytest.raises(ValueError, match="staat niet buiten"):
        waarom_niet(geval, opgelost, next(iter(opgelost.start)))


def test_importeren_laadt_geen_oplosser():
    code = (
        "import sys, opgavelib.domein.optimaal\n"
        "sys.exit(', '.join({'ortools', 'scipy', 'pandas'} & set(sys.modules)) or None)"
    )
    klaar = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert klaar.returncode == 0, klaar.stderr
