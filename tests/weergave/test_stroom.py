"""The Sankey and the bars of coverage: their numbers are the table's, in every cut."""

from __future__ import annotations

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from opgavelib.domein.dekking import Dekking, dekking
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.toepassing.dekking import SNEDEN, dekking_per, opgave_per_domein
from opgavelib.weergave import dekking as beelden
from opgavelib.weergave.stroom import Knoop, Stroom, sankey


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap)


@pytest.fixture(scope="module")
def stroom(stand):
    return beelden.stroom(dekking_per(stand, "soort"), opgave_per_domein(stand))


def _links(figuur) -> dict[tuple[str, str], int]:
    """Flows by the names people read, without their numbers."""
    trace = figuur.figuur["data"][0]
    namen = [label.rsplit(" · ", 1)[0] for label in trace["node"]["label"]]
    link = trace["link"]
    return {(namen[a], namen[b]): n for a, b, n in zip(link["source"], link["target"], link["value"], strict=True)}


def _zonder_tokens(waarde):
    if isinstance(waarde, dict):
        return {k: _zonder_tokens(w) for k, w in waarde.items()}
    if isinstance(waarde, list):
        return [_zonder_tokens(w) for w in waarde]
    return "#123456" if isinstance(waarde, str) and waarde.startswith("token:") else waarde


def test_elke_stroom_van_een_bron_is_een_cel_van_de_tabel(stroom, stand):
    links, koppen = _links(stroom), {k["kolom"]: k["kop"] for k in stroom.kolommen}
    cellen = {
        (rij["soort"], koppen[b]): rij[b]
        for rij in stroom.rijen[:-2]
        for b in koppen
        if b not in ("soort", "totaal") and rij[b]
    }
    assert {k: n for k, n in links.items() if k[0] in {r["soort"] for r in stroom.rijen[:-2]}} == cellen
    assert sum(cellen.values()) == len(stand.ambities) == stroom.rijen[-2]["totaal"]
    kruis = pd.crosstab(stand.ambities["soort"], stand.ambities["bestemming"])
    assert sorted(cellen.values()) == sorted(int(n) for n in kruis.to_numpy().ravel() if n)


def test_wat_in_samengevoegd_komt_gaat_er_ook_uit(stroom, stand):
    links, onderste = _links(stroom), stroom.rijen[-1]
    uit = {naar: n for (van, naar), n in links.items() if van == "Samengevoegd"}
    erin = sum(n for (_, naar), n in links.items() if naar == "Samengevoegd")
    assert sum(uit.values()) == erin == onderste["totaal"] == stand.spoor.aantallen["samengevoegd"]
    assert uit == {"Bij een opgave": onderste["opgave"], "Regulier werk": onderste["lijn"]}


def test_de_domeinen_tellen_op_tot_wat_in_een_opgave_terechtkwam(stroom, stand):
    links = _links(stroom)
    domeinen = {naar: n for (van, naar), n in links.items() if van == "Bij een opgave"}
    erin = sum(n for (_, naar), n in links.items() if naar == "Bij een opgave")
    assert set(domeinen) == {"Fysiek", "Sociaal", "Bedrijfsvoering"}
    assert sum(domeinen.values()) == erin == int(dekking_per(stand, "soort").einde["opgave"].sum())


def test_het_getal_achter_een_naam_is_wat_er_binnenkomt():
    figuur = sankey(
        [Knoop("a", "A"), Knoop("b", "B"), Knoop("c", "C", x=1), Knoop("d", "D", x=1)],
        [Stroom("a", "c", 3), Stroom("b", "c", 2), Stroom("b", "d", 0)],
    )
    node = figuur["data"][0]["node"]
    assert node["label"] == ["A · 3", "B · 2", "C · 5"]
    assert figuur["data"][0]["link"]["value"] == [3, 2]


def test_knopen_onder_elkaar_raken_elkaar_niet(stroom):
    node = stroom.figuur["data"][0]["node"]
    for x in set(node["x"]):
        hoogten = [y for y, eigen in zip(node["y"], node["x"], strict=True) if eigen == x]
        assert hoogten == sorted(hoogten)
        assert all(0 < y < 1 for y in hoogten)


def test_een_onbekende_knoop_is_een_fout():
    with pytest.raises(KeyError, match="weg"):
        sankey([Knoop("a", "A")], [Stroom("a", "weg", 1)])


@pytest.mark.parametrize("snede", SNEDEN)
def test_staven_zijn_de_tabel_en_de_tabel_telt_op(stand, snede):
    figuur = beelden.dekking(dekking_per(stand, snede), "Wie")
    *rijen, totaal = figuur.rijen
    per_rij = [sum(s["x"][i] for s in figuur.figuur["data"]) for i in range(len(rijen))]
    assert per_rij == [r["gevraagd"] for r in rijen]
    for b in beelden.VOLGORDE:
        staaf = sum(sum(s["x"]) for s in figuur.figuur["data"] if s["name"].split(",")[0] == beelden._KORT[b])
        assert staaf == totaal[b] == sum(r[b] for r in rijen)
    assert totaal["gevraagd"] == len(stand.ambities)
    assert totaal["via"] == stand.spoor.aantallen["samengevoegd"]
    assert [r["gevraagd"] for r in rijen] == sorted((r["gevraagd"] for r in rijen), reverse=True)


def test_een_collegelid_telt_voor_een_rij_uit_de_eigen_top5(stand):
    per_lid = dekking_per(stand, "collegelid")
    stemmen = stand.tabel("stemmen")
    assert set(stemmen["collegelid"]) <= set(per_lid.eigen.index)
    assert int(per_lid.gevraagd["Ravi Sewnarain"]) == (stemmen["collegelid"] == "Ravi Sewnarain").sum() == 5


def test_zinnen_zijn_uitgerekend(stand, stroom):
    zin = beelden.dekking(dekking_per(stand, "collegelid"), "Collegelid").conclusie
    assert zin == (
        "Van de 314 gelezen rijen kreeg 43% een plaats in een opgave; over 77 is nog niet besloten. "
        "Ravi Sewnarain ziet er het meest van terug: 5 van de 5."
    )
    assert stroom.conclusie == (
        "Van de 314 rijen kwamen er 134 in een opgave terecht, waarvan 53 via een rij die hetzelfde zegt."
    )


def test_alles_open_zegt_dat_er_nog_niets_is_samengevoegd():
    plaatsen = pd.DataFrame({"bestemming": ["open"] * 2, "naar": [None] * 2}, index=["CA-001", "CA-002"])
    per = dekking(plaatsen, pd.Series(["coalitieakkoord"] * 2, index=plaatsen.index))
    figuur = beelden.stroom(per, pd.Series(dtype=int))
    assert figuur.conclusie.endswith("Er is nog niets samengevoegd.")
    node = figuur.figuur["data"][0]["node"]
    assert node["label"] == ["Coalitieakkoord · 2", "Nog open · 2"]
    assert node["x"] == [0.001, 0.999]  # no empty room where later columns would be
    assert [r["soort"] for r in figuur.rijen] == ["Coalitieakkoord", "Totaal"]
    assert "kreeg nog geen enkele een plaats" in beelden.dekking(per, "Bron").conclusie


def test_plotly_keurt_beide_figuren_goed(stand, stroom):
    for figuur in (stroom, beelden.dekking(dekking_per(stand, "bron"), "Bron")):
        assert go.Figure(_zonder_tokens(dict(figuur.figuur))).data
        assert json.dumps([figuur.figuur, list(figuur.rijen)])


def test_een_lege_werkmap_zegt_wat_eerst_moet(tmp_path):
    with Werkmap(tmp_path, maak=True) as werkmap:
        leeg = Stand(werkmap)
        per: Dekking = dekking_per(leeg, "soort")
        for figuur in (beelden.dekking(per, "Bron"), beelden.stroom(per, opgave_per_domein(leeg))):
            assert figuur.figuur == {}
            assert figuur.conclusie == beelden.NIETS


def test_een_andere_snede_bestaat_niet(stand):
    with pytest.raises(ValueError, match="'team' is geen snede"):
        dekking_per(stand, "team")
