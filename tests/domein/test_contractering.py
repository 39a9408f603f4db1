"""Contractering: nothing gets lost, the order of rows does not matter, a promise is what was typed."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.contract import Status, keur_aanvraag, keur_antwoord
from opgavelib.domein.contractering import DELEN, per_aanvraag, uitgesplitst, verdeel, wijs_af, zeg_toe
from opgavelib.domein.verdringing import gevolg, voorrang
from opgavelib.domein.werk import geldende_inzet
from opgavelib.fouten import BesluitFout

TEAMS, KWARTALEN, ACTIVITEITEN = ("Ruimte", "Zorg"), ("2027K1", "2027K2"), ("A1", "A2", "A3", "P1")
UREN = st.integers(0, 400).map(float)
RIJ = st.tuples(
    st.sampled_from(ACTIVITEITEN), st.sampled_from(TEAMS), st.sampled_from(KWARTALEN), UREN, UREN,
    st.sampled_from([str(s) for s in Status]), st.sampled_from([None, "planner"]),
)  # fmt: skip
RANG = voorrang(
    pd.DataFrame(
        {"prioriteit": ["nu", "later", "niet", None], "op_shortlist": [True, False, True, False],
         "fase": ["uitvoering", "idee", None, "afronding"]},
        index=list(ACTIVITEITEN),
    )
)  # fmt: skip


def inzet(rijen):
    kolommen = ("activiteit", "team", "kwartaal", "uren_gevraagd", "uren_toegezegd", "status", "deskundigheid")
    kader = pd.DataFrame(rijen, columns=list(kolommen), dtype=object)
    kader = kader.astype({"uren_gevraagd": float, "uren_toegezegd": float})
    kader.index = pd.Index([f"IZ-{i:03d}" for i in range(len(kader))], name="inzet")
    return geldende_inzet(kader, {})


@settings(max_examples=30, deadline=None)
@given(st.lists(RIJ, max_size=10))
def test_wat_is_gevraagd_valt_uiteen_in_zijn_delen(rijen):
    kader = inzet(rijen)
    voor = kader.copy()
    uit = uitgesplitst(kader)
    pd.testing.assert_frame_equal(kader, voor)
    assert (uit[list(DELEN)].sum(axis=1) == uit["gevraagd_uren"] + uit["boven_uren"]).all()
    assert (uit.select_dtypes("number") >= 0).all().all()
    per = per_aanvraag(uit)
    for kolom in ("gevraagd_uren", *DELEN):
        assert per[kolom].sum() == uit[kolom].sum()
    assert (per.loc[per["staat"] == "afgewezen", ["open_uren", "toegezegd_uren"]] == 0).all().all()
    assert not per.duplicated(["activiteit", "team", "deskundigheid"]).any()
    pd.testing.assert_frame_equal(per_aanvraag(uit.iloc[::-1]), per)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([f"IZ-{i}" for i in range(9)]), UREN, min_size=1), st.data())
def test_een_verdeling_is_wat_er_is_getypt(gevraagd, data):
    totaal = data.draw(st.integers(0, int(sum(gevraagd.values()))))
    uit = verdeel(totaal, gevraagd)
    assert sum(uit.values()) == totaal
    assert all(0 <= uit[k] <= q and uit[k] == int(uit[k]) for k, q in gevraagd.items())
    assert verdeel(totaal, dict(reversed(gevraagd.items()))) == uit
    naar_rato = {k: q * totaal / max(1.0, sum(gevraagd.values())) for k, q in gevraagd.items()}
    assert all(abs(uit[k] - x) < 1 for k, x in naar_rato.items())


RUIMTE = st.dictionaries(st.tuples(st.sampled_from(TEAMS), st.sampled_from(KWARTALEN)), UREN)


@settings(max_examples=25, deadline=None)
@given(st.lists(RIJ, min_size=1, max_size=10), RUIMTE, st.data())
def test_een_toezegging_verdringt_nooit_meer_dan_erbij_komt(rijen, ruimte, data):
    kader = inzet(rijen)
    gekozen = data.draw(st.lists(st.sampled_from(list(kader.index)), unique=True, min_size=1))
    uren = {k: float(data.draw(st.integers(0, int(kader.loc[k, "uren_gevraagd"])))) for k in gekozen}
    antwoorden = zeg_toe(kader, uren)
    uit = gevolg(kader, ruimte, RANG, antwoorden)
    erbij = {k: _erbij(kader.loc[k], a["uren_toegezegd"]) for k, a in antwoorden.items()}
    weg = uit.verdrongen.groupby(["team", "kwartaal"])["uren"].sum()
    for (team, kw), uren_weg in weg.items():
        hier = [k for k in erbij if tuple(kader.loc[k, ["team", "kwartaal"]]) == (team, kw)]
        assert uren_weg <= sum(erbij[k] for k in hier) + 1e-6
    assert not set(uit.verdrongen["inzet"]) & set(antwoorden)
    assert uit.kwartalen["na_uren"].sum() - uit.kwartalen["toegezegd_uren"].sum() == pytest.approx(
        sum(a["uren_toegezegd"] - _toegezegd(kader.loc[k]) for k, a in antwoorden.items())
    )
    andersom = gevolg(kader.sample(frac=1, random_state=1), ruimte, RANG, antwoorden)
    pd.testing.assert_frame_equal(andersom.verdrongen, uit.verdrongen)
    pd.testing.assert_frame_equal(andersom.kwartalen, uit.kwartalen)


def _erbij(rij, uren: float) -> float:
    """What was refused, and is no longer, asks all of its hours again."""
    return rij["uren_gevraagd"] if rij["status"] == Status.AFGEWEZEN else max(0.0, uren - rij["uren_toegezegd"])


def _toegezegd(rij) -> float:
    return 0.0 if rij["status"] == Status.AFGEWEZEN else rij["uren_toegezegd"]


@settings(max_examples=20, deadline=None)
@given(st.lists(RIJ, min_size=1, max_size=8))
def test_afwijzen_vraagt_niets_meer_en_verdringt_niets(rijen):
    kader = inzet(rijen)
    antwoorden = wijs_af(kader)
    assert gevolg(kader, {}, RANG, antwoorden).verdrongen.empty
    ruw = kader.drop(columns=["kwartaal_gevraagd", "uren_vervallen"])
    na = uitgesplitst(geldende_inzet(ruw, {k: keur_antwoord(a) for k, a in antwoorden.items()}))
    assert (na["afgewezen_uren"] == na["gevraagd_uren"]).all()
    assert (na[["toegezegd_uren", "open_uren"]] == 0).all().all()


@pytest.mark.parametrize(
    ("antwoord", "bezwaar"),
    [
        ({"status": "misschien"}, "Zeg toe, wijs af, of zet terug op gevraagd"),
        ({"status": "toegezegd", "uren_toegezegd": 0, "kwartaal": "2027K1"}, "Zeg meer dan 0 uur toe, of wijs"),
        ({"status": "toegezegd", "uren_toegezegd": -1, "kwartaal": "2027K1"}, "aantal uren van 0 of meer"),
        ({"status": "toegezegd", "uren_toegezegd": "60", "kwartaal": "2027K1"}, "aantal uren van 0 of meer"),
        ({"status": "afgewezen", "kwartaal": "2027"}, "Geef een kwartaal als 2027K3"),
    ],
)
def test_een_antwoord_moet_kunnen(antwoord, bezwaar):
    with pytest.raises(BesluitFout, match=bezwaar):
        keur_antwoord(antwoord)


@pytest.mark.parametrize(
    ("anders", "bezwaar"),
    [
        ({"activiteit": "X9"}, "Er is geen activiteit 'X9'"),
        ({"team": " "}, "Kies het team"),
        ({"uren_gevraagd": 0.0}, "Vraag meer dan 0 uur"),
        ({"kwartaal": "volgend jaar"}, "Geef een kwartaal als 2027K3"),
    ],
)
def test_een_aanvraag_moet_kunnen(anders, bezwaar):
    goed = {"activiteit": "A1", "team": "Ruimte", "kwartaal": "2027K1", "uren_gevraagd": 60.0, "deskundigheid": " "}
    assert keur_aanvraag(goed, {"A1"})["deskundigheid"] is None
    with pytest.raises(BesluitFout, match=bezwaar):
        keur_aanvraag(goed | anders, {"A1"})
