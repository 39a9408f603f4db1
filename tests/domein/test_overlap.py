"""Pairs that may say the same: what never changes the answer, what must, and what is never lost."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib import parameters
from opgavelib.domein.overlap import markeer, zoek_overlap
from opgavelib.domein.overlap.woorden import Splitser, stam

PROCES = [*parameters.waarde("overlap", "proceswoorden"), *parameters.waarde("overlap", "stopwoorden")]
KEUZE = {
    "proceswoorden": PROCES,
    "begrippen": parameters.waarde("overlap", "begrippen"),
    "weging": parameters.waarde("overlap", "weging"),
    "drempel": 0.0,
    "per_rij": 50,
}
TEKSTEN = [
    "We bouwen 300 woningen in Noordveen",
    "Woningbouw Noordveen: 300 huizen opleveren",
    "Bomen planten langs de Dorpsstraat",
    "Planten van straatbomen, te beginnen met de Dorpsstraat",
    "Het zwembad blijft open",
    "Toekomst zwembad onderzoeken",
    "Meer hulp bij schulden",
    "Uitvoeringsprogramma schuldhulp en armoede",
    "Uitvoeringsprogramma klimaat",
    "Vaststellen van de nota",
    "",
]
SOORTEN = ["coalitieakkoord", "begroting"]


def kader(teksten, **kolommen):
    index = pd.Index([f"A{n:02d}" for n in range(len(teksten))], name="ambitie")
    return pd.DataFrame({"titel": teksten, **kolommen}, index=index)


def scores(paren):
    return {frozenset((r.a, r.b)): r.score for r in paren.tabel.itertuples()}


BASIS = kader(TEKSTEN, soort=[SOORTEN[n % 2] for n in range(len(TEKSTEN))])
BASISSCORES = scores(zoek_overlap(BASIS, **KEUZE))


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(len(TEKSTEN))))
def test_de_volgorde_van_de_rijen_verandert_geen_score(volgorde):
    anders = BASIS.iloc[list(volgorde)]
    uit = zoek_overlap(anders, **KEUZE)
    assert scores(uit) == BASISSCORES
    plek = {sleutel: n for n, sleutel in enumerate(anders.index)}
    assert all(plek[r.a] < plek[r.b] for r in uit.tabel.itertuples())


def test_de_beste_staan_vooraan_en_de_invoer_blijft():
    voor = BASIS.copy(deep=True)
    uit = zoek_overlap(BASIS, **KEUZE)
    pd.testing.assert_frame_equal(BASIS, voor)
    assert uit.tabel["score"].is_monotonic_decreasing
    assert uit.tabel["score"].between(0, 1).all()
    assert list(uit.tabel.columns) == ["a", "b", "score", "reden", "gedeeld"]
    beste = [frozenset(p) for p in uit.tabel[["a", "b"]].head(3).to_numpy().tolist()]
    assert {frozenset(("A00", "A01")), frozenset(("A02", "A03")), frozenset(("A04", "A05"))} == set(beste)
    pd.testing.assert_frame_equal(uit.tabel, zoek_overlap(BASIS, **KEUZE).tabel)


@pytest.mark.parametrize("ander", ["We bouwen 300 woningen in Noordveen", "we  bouwen 300 WONINGEN in noordveen"])
def test_dezelfde_tekst_krijgt_een_ook_uit_dezelfde_bron(ander):
    rijen = kader([*TEKSTEN, ander], soort=["begroting"] * (len(TEKSTEN) + 1))
    eerste = zoek_overlap(rijen, **KEUZE).tabel.iloc[0]
    assert (eerste["a"], eerste["b"], eerste["score"]) == ("A00", "A11", 1.0)


@given(st.sets(st.sampled_from([("A01", "A00"), ("A02", "A03"), ("A04", "A05")])))
@settings(max_examples=8, deadline=None)
def test_een_uitgesloten_paar_komt_nooit_terug(weg):
    uit = scores(zoek_overlap(BASIS, **KEUZE, uitgesloten=weg))
    assert uit == {p: s for p, s in BASISSCORES.items() if p not in {frozenset(w) for w in weg}}


@pytest.mark.parametrize(
    "teksten", [[], ["Eén rij"], ["", ""], [None, "de het een"], ["Nota vaststellen", "Uitvoeren"]]
)
def test_niets_te_vergelijken_is_geen_fout(teksten):
    uit = zoek_overlap(kader(teksten), **KEUZE)
    assert (uit.tabel["score"] < 0.5).all()
    assert uit.toelichting.startswith(f"{len(teksten)} ambities zijn vergeleken op woorden; betekenis is niet")


def test_rijen_van_alleen_proceswoorden_kunnen_gelijk_zijn():
    rijen = kader(["Nota vaststellen", "Nota vaststellen", "Zwembad"])
    assert zoek_overlap(rijen, **KEUZE).tabel["score"].max() == 1.0


def test_per_rij_en_drempel():
    rijen = kader([f"Zwembad {naam} blijft open" for naam in ("Noord", "Zuid", "Oost", "West", "Midden")])
    alle = zoek_overlap(rijen, **KEUZE).tabel
    assert len(alle) == 10
    een = zoek_overlap(rijen, **KEUZE | {"per_rij": 1}).tabel
    assert len(een) < 10
    assert set(een["a"]) | set(een["b"]) == set(rijen.index)  # every row keeps its best
    assert zoek_overlap(rijen, **KEUZE | {"drempel": 1.0}).tabel.empty


def score_van(a, b, **kolommen):
    paar = kader([*TEKSTEN, a, b], **{k: [None] * len(TEKSTEN) + list(v) for k, v in kolommen.items()})
    return scores(zoek_overlap(paar, **KEUZE)).get(frozenset(("A11", "A12")), 0.0)


def test_een_andere_plaats_of_een_ander_getal_telt_tegen():
    zelfde = score_van("Een nieuwe brug bij Oosterdam", "Voor de brug bij Oosterdam sparen")
    assert score_van("Een nieuwe brug bij Oosterdam", "Voor de brug bij Zuiderdam sparen") < zelfde
    zelfde = score_van("Wij plaatsen 40 laadpalen", "Laadpalen: 40 stuks")
    assert score_van("Wij plaatsen 40 laadpalen", "Laadpalen: 900 stuks") < zelfde
    zelfde = score_van("Speeltuin opknappen", "Opknapbeurt speeltuin", gebied=("Hoek", "Hoek"))
    assert score_van("Speeltuin opknappen", "Opknapbeurt speeltuin", gebied=("Hoek", "Wold")) < zelfde


def test_getallen_in_woorden_zijn_getallen():
    assert [stam(w) for w in ("vijftig", "1.200", "Vierduizend", "2,5")] == ["50", "1200", "4000", "2,5"]


def test_hetzelfde_taakveld_telt_mee_en_een_naam_staat_nooit_in_de_reden():
    kolommen = {"taakveld": ("7.2", "7.2"), "portefeuillehouder": ("J. de Vries", "J. de Vries")}
    rijen = kader(["Riool vervangen", "Vervanging riolering"], **kolommen)
    paar = zoek_overlap(rijen, **KEUZE).tabel.iloc[0]
    assert paar["reden"].endswith("beide taakveld 7.2; zelfde portefeuillehouder")
    anders = rijen.assign(taakveld=["7.2", "8.3"], portefeuillehouder=["J. de Vries", "A. Bos"])
    assert zoek_overlap(anders, **KEUZE).tabel.iloc[0]["score"] < paar["score"]


def test_rijen_van_dezelfde_soort_bron_zijn_zelden_dubbel():
    teksten = ["Kermis behouden", "De kermis blijft"]
    twee = score_van(*teksten, soort=("begroting", "top5"))
    assert score_van(*teksten, soort=("begroting", "begroting")) < twee


def test_de_reden_noemt_gedeelde_en_verwante_woorden():
    paren = zoek_overlap(kader(["Senioren aan de Kade", "Voor ouderen: wandelen op de kade"]), **KEUZE).tabel
    assert paren.iloc[0]["gedeeld"] == ["Kade"]
    assert paren.iloc[0]["reden"] == "zelfde woorden: 'Kade'; verwante woorden: 'Senioren' en 'ouderen'"


def test_betekenis_doet_mee_als_die_er_is():
    def doet_alsof(teksten):
        """Direction by whether the text is about swimming."""
        zwem = np.array(["zwem" in t.lower() or "bad" in t for t in teksten], dtype=float)
        return np.column_stack([zwem, 1 - zwem])

    keuze = KEUZE | {"weging": parameters.waarde("overlap", "weging_semantiek")}
    rijen = kader(["Het zwembad open", "Open bad in de wijk", "Open dag van de wijk"])
    uit = zoek_overlap(rijen, **keuze, semantiek=doet_alsof)
    gevonden = scores(uit)
    assert gevonden[frozenset(("A00", "A01"))] > gevonden[frozenset(("A01", "A02"))]
    assert uit.toelichting.startswith("3 ambities zijn vergeleken op woorden en betekenis.")
    assert uit.parameters["semantiek"] is True
    assert "lijkt in betekenis" in uit.tabel.iloc[0]["reden"]


def test_samenstellingen_vallen_uiteen_in_bekende_woorden():
    splitser = Splitser(["woning", "bouw", "gebied", "visie"])
    assert splitser.delen("Woningbouw") == (stam("woning"), stam("bouw"))
    assert splitser.delen("gebiedsvisie") == (stam("gebied"), stam("visie"))
    assert splitser.delen("bouw") == splitser.delen("fietspad") == ()


@pytest.mark.parametrize(
    ("a", "b", "woorden_a", "woorden_b"),
    [
        ("Nieuwe woningen bouwen.", "De bouw van een woning", ["woningen", "bouwen"], ["bouw", "woning"]),
        ("Woningbouw versnellen", "Meer woningen", ["Woningbouw"], ["woningen"]),
        ("Vijftig bomen", "50 struiken", ["Vijftig"], ["50"]),
        ("Uitvoeringsprogramma sport", "Uitvoeringsprogramma zorg", [], []),
        ("Café open", "een cafe", ["Café"], ["cafe"]),
        ("", "iets", [], []),
    ],
)
def test_markeer(a, b, woorden_a, woorden_b):
    links, rechts = markeer(a, b, PROCES)
    assert [t for t, gedeeld in links if gedeeld] == woorden_a
    assert [t for t, gedeeld in rechts if gedeeld] == woorden_b


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_markeer_verliest_geen_teken_en_is_symmetrisch(a, b):
    links, rechts = markeer(a, b, PROCES)
    assert "".join(t for t, _ in links) == a
    assert "".join(t for t, _ in rechts) == b
    assert (rechts, links) == markeer(b, a, PROCES)


@given(st.text(min_size=1, max_size=80))
@settings(max_examples=100, deadline=None)
def test_een_tekst_lijkt_op_zichzelf(tekst):
    links, rechts = markeer(tekst, tekst, [])
    assert links == rechts
