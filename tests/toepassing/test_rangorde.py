"""Second opinions, chances and votes over the example: they are about the same candidates and the same line."""

from __future__ import annotations

import pytest

from opgavelib.domein.methoden import METHODEN
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, rangorde


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap)


def test_elke_manier_rangschikt_dezelfde_ambities(stand):
    m = rangorde.meningen(stand)
    assert list(m.rangen) == [x.naam for x in METHODEN.values()]
    beoordeeld = stand.scorekaart.gemiddeld.dropna(how="all").index
    assert set(m.rangen.index) == set(beoordeeld)
    assert list(m.rangen.iloc[:, 0]) == sorted(m.rangen.iloc[:, 0])
    assert f"van de {stand.plaatsen}" in m.eens.toelichting


def test_de_kans_hoort_bij_de_streep_en_is_te_herhalen(stand):
    een, twee = (rangorde.stevigheid(stand, trekkingen=500) for _ in range(2))
    assert een.tabel.equals(twee.tabel)
    assert een.tabel["kans"].sum() == pytest.approx(stand.plaatsen)  # every draw fills every place once
    assert not een.tabel.equals(rangorde.stevigheid(stand, trekkingen=500, zaad=2).tabel)
    assert int(een.tabel["boven"].sum()) == stand.plaatsen


def test_wie_een_score_van_een_beoordelaar_heeft_is_op_dat_criterium_onzekerder(stand):
    """The others of the ambitie say nothing of that criterium: its spread is that of all scores together."""
    rang = stand.rangschikking().tabel.index
    a = rang[stand.plaatsen // 2]
    een = (stand.scores["ambitie"] == a) & (stand.scores["criterium"] == "effect")
    ander = Stand(stand.werkmap)
    midden = stand.scores.loc[een, "score"].mean()
    ander.scores = stand.scores.drop(stand.scores.index[een][1:]).assign(
        score=lambda t: t["score"].mask(een.reindex(t.index), midden)
    )
    voor, na = (rangorde.stevigheid(s, trekkingen=2_000).tabel.loc[a] for s in (stand, ander))
    assert na["rang"] == voor["rang"]
    assert na["rang_p95"] - na["rang_p5"] > voor["rang_p95"] - voor["rang_p5"]


def test_andere_gewichten_gaan_mee_in_elk_antwoord(stand):
    alleen = dict.fromkeys(stand.gewichten, 0.0) | {"urgentie": 1.0}
    eerste = stand.rangschikking(gewichten=alleen).tabel.index[0]
    assert stand.scorekaart.gemiddeld["urgentie"].idxmax() == eerste
    assert rangorde.meningen(stand, gewichten=alleen).rangen.index[0] == eerste
    assert rangorde.stevigheid(stand, gewichten=alleen, trekkingen=200).tabel.index[0] == eerste


def test_wie_over_de_streep_wisselt_doet_dat_ook_echt(stand):
    """The weight that is said to swap two candidates does so when it is set."""
    for r in rangorde.grenswissels(stand).dropna(subset="omslag").head(4).itertuples():
        net_erover = r.omslag + (0.002 if r.omslag >= r.gewicht else -0.002)
        rest = {c: w for c, w in stand.gewichten.items() if c != r.criterium}
        gewichten = {c: w * (1 - net_erover) / sum(rest.values()) for c, w in rest.items()} | {
            r.criterium: net_erover
        }
        na = stand.rangschikking(gewichten=gewichten).tabel["score"]
        if abs(r.verschil) > 1e-6:  # those that are equal now can go either way
            assert na[r.onder] > na[r.boven], r.zin


def test_stemmen_vallen_op_wat_te_kiezen_is_en_geen_stem_raakt_zoek(stand):
    tabel = rangorde.stemmen_van(stand)
    assert len(tabel) == len(stand.tabel("stemmen"))
    assert set(tabel["item"].dropna()) <= set(stand.kandidaten.index)
    gekozen = stand.shortlist().gekozen.index
    leden = rangorde.dekking(stand, gekozen).tabel
    assert (leden["van"] == 5).all()
    assert leden["in"].sum() == tabel["item"].isin(list(gekozen)).sum()
    assert all(len(r.items_in) + len(r.items_uit) == 5 for r in leden.itertuples())


def test_gelijke_delen_kiest_evenveel_als_er_plaatsen_zijn(stand):
    delen = rangorde.gelijke_delen(stand, 10)
    assert len(delen.tabel) == 10
    assert set(delen.tabel.index) <= set(rangorde.borda(stand).index)
    assert (delen.betaald.sum(axis=0) <= 10 / 6 + 1e-9).all()


def test_wat_de_basis_zegt_geldt_ook_voor_de_shortlist(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        voor = Stand(werkmap).shortlist()
        keuzes = {"grens|budget|totaal": {"waarde": 1_000_000}, "grens|opgaven": {"waarde": 7},
                  "gewichten": {"waarden": {"urgentie": 1}}}  # fmt: skip
        werkmap.scenarios.kies("basis", keuzes, "MT", "Afgesproken")
        na = Stand(werkmap).shortlist()
    assert voor.gekozen["budget_eur"].sum() > 1_000_000 >= na.gekozen["budget_eur"].sum()
    assert len(na.gekozen) <= 7
    assert na.parameters["gewichten"]["urgentie"] == 1
