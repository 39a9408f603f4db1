"""Lean plus opgave plus unknown is the lasten, in every cut, whatever the switches; rounded once."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib import notatie
from opgavelib.domein.begroting import (
    MATEN,
    OVERHEAD,
    SNEDEN,
    Gelezen,
    Norm,
    Overhead,
    aansluiting,
    lean_opgave,
    verdeel_regels,
)

snel = settings(max_examples=12, deadline=None)
NORM = Norm(0.8, 0.05, frozenset({"0.10", "0.11"}), Overhead.MEETELLEN, frozenset({"0.4"}))
NORMEN = [replace(NORM, overhead=o) for o in Overhead]
EURO = ("lean_eur", "opgave_eur", "onbekend_eur")
TELT_OP = ("lasten_eur", *EURO, "buiten_norm_eur", "onbekend_norm_eur", "overhead_eur")
KOLOMMEN = {
    "taakveld": object, "programma": object, "team": object, "structureel": object, "lasten_eur": float,
    "baten_eur": float, "salarissen_eur": float, "sturing": object, "opgave_aandeel": float,
}  # fmt: skip
regel_st = st.tuples(
    st.sampled_from(["0.1", "0.4", "0.10", "0.11", "6.2"]),
    st.sampled_from(["Bestuur", "Zorg", None]),
    st.sampled_from(["Wonen", "Zorg", "Niet in de formatie", None]),
    st.sampled_from([True, False, None]),
    st.one_of(
        st.integers(-5_000, 90_000_000).map(float),
        st.integers(-500_000, 9_000_000_000).map(lambda c: c / 100),
        st.just(1.0),
        st.just(0.5),
        st.just(math.nan),
    ),
    st.one_of(
        st.integers(0, 90_000).map(float), st.integers(0, 9_000_000).map(lambda c: c / 100), st.just(math.nan)
    ),
    st.one_of(
        st.integers(0, 90_000).map(float), st.integers(0, 9_000_000).map(lambda c: c / 100), st.just(math.nan)
    ),
    st.sampled_from(["lean", "opgave", None]),
    st.one_of(st.just(math.nan), st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0])),
)
regels_st = st.lists(regel_st, max_size=14)
TEAMS = pd.DataFrame(
    {
        "teamleider": ["Anouk", None, "Anouk"],
        "domein": ["fysiek", "sociaal", None],
        "lean_uren": [6_000.0, 3_000.0, 0.0],
        "opgave_uren": [2_000.0, 1_000.0, 0.0],
    },
    index=pd.Index(["Wonen", "Zorg", "Staf"], name="team"),
)


def cent(bedrag) -> Fraction:
    """An amount to the cent, exactly; none is 0."""
    return Fraction(0) if bedrag is None or bedrag != bedrag else Fraction(round(100 * bedrag), 100)


def heel(bedrag: Fraction) -> int:
    """Whole euros, a half away from zero."""
    return int(math.copysign(math.floor(abs(bedrag) + Fraction(1, 2)), bedrag))


def kader(regels):
    uit = pd.DataFrame({k: pd.Series([r[i] for r in regels], dtype=s) for i, (k, s) in enumerate(KOLOMMEN.items())})
    return uit.assign(jaar=2027.0, rij=np.arange(len(uit)) + 2).set_index("BR-" + uit.index.astype(str))


def reken(regels, norm=NORM, teams=TEAMS):
    tabel = kader(regels) if isinstance(regels, list) else regels
    return lean_opgave(tabel, teams, pd.DataFrame(), norm, [2027])


@snel
@given(regels_st, st.sampled_from(NORMEN))
def test_elke_doorsnede_telt_op_tot_de_lasten(regels, norm):
    tabel = kader(regels)
    lasten, baten, salarissen = (
        heel(sum(map(cent, tabel[f"{m}_eur"]), Fraction(0))) for m in ("lasten", "baten", "salarissen")
    )
    uit = reken(tabel, norm)
    assert sum(uit.totaal[m] for m in EURO) == uit.totaal["lasten_eur"] == lasten
    for op in SNEDEN:
        snede = uit.snede(op)
        assert snede.index.is_unique
        assert (snede[list(EURO)].sum(axis=1) == snede["lasten_eur"]).all()
        for maat in TELT_OP:
            assert snede[maat].dtype == np.int64
            assert snede[maat].sum() == uit.totaal[maat], (op, maat)
        for maat, som in (("baten_eur", baten), ("salarissen_eur", salarissen)):
            assert snede[maat].sum() == (uit.totaal[maat] or 0) == som
            assert (snede[maat].dropna() % 1 == 0).all()
        assert ("lean_uren" in snede) == (op in ("team", "teamleider", "domein"))
    for maat in MATEN:
        assert uit.teams[maat].sum() == uit.domeinen[maat].sum() == uit.totaal[maat]


@snel
@given(regels_st)
def test_verdeelde_overhead_is_per_team_wat_breuken_zeggen(regels):
    lasten = [cent(r[4]) for r in regels]
    ontvangt = [r[0] not in ("0.4", "0.10", "0.11") for r in regels]
    per_salaris = [max(0, cent(r[6])) if o else 0 for r, o in zip(regels, ontvangt, strict=True)]
    per_lasten = [max(0, w) if o else 0 for w, o in zip(lasten, ontvangt, strict=True)]
    gewicht = per_salaris if any(per_salaris) else per_lasten
    if not any(gewicht):
        return
    overhead = sum((w for r, w in zip(regels, lasten, strict=True) if r[0] == "0.4"), Fraction(0))
    uit = reken(regels, NORMEN[2])
    per_team: dict[str, Fraction] = {}
    for r, eigen, w in zip(regels, lasten, gewicht, strict=True):
        samen = (0 if r[0] == "0.4" else eigen) + overhead * w / Fraction(sum(gewicht))
        per_team[r[2] or "(geen team)"] = per_team.get(r[2] or "(geen team)", 0) + samen
    for team, precies in per_team.items():
        assert abs(uit.teams.loc[team, "lasten_eur"] - precies) < 3  # the sum of three that are each rounded
        regels_eur = uit.regels.query("team == @team" if team != "(geen team)" else "team.isna()")
        assert regels_eur[list(EURO)].to_numpy().sum() == pytest.approx(float(precies), abs=1e-3)
    assert uit.totaal["lasten_eur"] == heel(sum(lasten))


@snel
@given(regels_st, st.sampled_from(NORMEN[:2]))
def test_een_rij_is_de_som_van_haar_regels_als_breuken_en_wordt_een_keer_afgerond(regels, norm):
    uit = reken(regels, norm)
    per_team: dict[str, Fraction] = {}
    for taakveld, _, team, _, lasten, _, _, sturing, aandeel in regels:
        if math.isnan(aandeel):
            aandeel = {"lean": 0, "opgave": 1}.get(sturing, 0)
        naam = OVERHEAD if taakveld == "0.4" and norm.overhead == Overhead.EIGEN_REGEL else team or "(geen team)"
        deel = Fraction(round(aandeel * 10**9), 10**9)
        per_team[naam] = per_team.get(naam, 0) + cent(lasten) * deel
    totaal = sum(per_team.values())
    assert abs(uit.totaal["opgave_eur"] - totaal) < 1
    if all(cent(r[4]).denominator == 1 for r in regels):
        assert uit.totaal["opgave_eur"] == math.floor(totaal + Fraction(1, 2))
    for naam, precies in per_team.items():
        assert abs(uit.teams.loc[naam, "opgave_eur"] - precies) < 1
    assert uit.regels["opgave_eur"].sum() == pytest.approx(float(totaal), abs=1e-3)


def test_duizend_regels_van_een_euro_op_de_helft_zijn_vijfhonderd_euro_opgave():
    regel = ("6.2", "Zorg", "Wonen", True, 1.0, math.nan, math.nan, "lean", 0.5)
    uit = reken([regel] * 1000 + [("6.2", "Zorg", "Zorg", *regel[3:])] * 3)
    assert (uit.totaal["opgave_eur"], uit.totaal["lean_eur"]) == (502, 501)
    assert uit.teams["opgave_eur"].to_dict() == {"Wonen": 500, "Zorg": 2, "Staf": 0}
    assert uit.onder("team", "Wonen")["opgave_eur"].sum() == 500


@snel
@given(regels_st, st.randoms(), st.sampled_from(NORMEN))
def test_rijvolgorde_doet_er_niet_toe_en_de_invoer_blijft(regels, toeval, norm):
    tabel = kader(regels)
    voor, teams = tabel.copy(deep=True), TEAMS.copy(deep=True)
    een = reken(tabel, norm)
    sneden = {op: een.snede(op) for op in SNEDEN}
    pd.testing.assert_frame_equal(tabel, voor)
    pd.testing.assert_frame_equal(teams, TEAMS)
    volgorde = list(range(len(tabel)))
    toeval.shuffle(volgorde)
    ander = reken(tabel.iloc[volgorde], norm)
    assert een.totaal == ander.totaal
    assert een.toelichting == ander.toelichting
    for op in SNEDEN:
        pd.testing.assert_frame_equal(sneden[op], ander.snede(op))
    pd.testing.assert_frame_equal(een.regels, ander.regels.loc[tabel.index])


@snel
@given(regels_st, st.sampled_from(NORMEN))
def test_onder_elke_rij_liggen_de_regels_die_haar_maken(regels, norm):
    uit = reken(regels, norm)
    for op in SNEDEN[:-1]:
        snede = uit.snede(op)
        gezien = []
        for waarde in snede.index:
            onder = uit.onder(op, waarde)
            gezien += list(onder.index)
            for maat in (*EURO, "lasten_eur", "overhead_eur"):
                assert onder[maat].sum() == snede.loc[waarde, maat], (op, waarde, maat)
            assert onder["baten_eur"].sum() == np.nan_to_num(snede.loc[waarde, "baten_eur"])
            assert (onder[list(EURO)].sum(axis=1) == onder["lasten_eur"]).all()
        assert sorted(gezien) == sorted(uit.regels.index)


@snel
@given(regels_st, st.sampled_from(NORMEN))
def test_uit_niets_komt_niets_onder_nul(regels, norm):
    regels = [r for r in regels if not r[4] < 0]
    uit = reken(regels, norm)
    for op in SNEDEN:
        assert (uit.snede(op)[list(TELT_OP)] >= 0).all(axis=None)
    for team in uit.teams.index:
        assert (uit.onder("team", team)[[*EURO, "lasten_eur"]] >= 0).all(axis=None)


def test_een_negatieve_stelpost_houdt_haar_teken_en_krijgt_geen_overhead():
    zorg = ("6.2", "Zorg", "Zorg", True, 900.0, 0.0, math.nan, "opgave", math.nan)
    stelpost = ("6.2", "Zorg", "Wonen", True, -301.0, 0.0, math.nan, "lean", 0.5)
    overhead = ("0.4", None, "Staf", True, 100.0, 0.0, math.nan, "lean", math.nan)
    uit = reken([zorg, stelpost, overhead], NORMEN[2])
    assert uit.teams.loc["Wonen", list(EURO)].tolist() == [-151, -150, 0]
    assert uit.teams.loc["Zorg", list(EURO)].tolist() == [0, 1000, 0]
    assert uit.totaal["lasten_eur"] == 699


def test_een_begroting_te_groot_voor_64_bits_telt_ook_op():
    regels = [("6.2", "Zorg", t, True, 9e11 + 1, 0.0, 1.0, None, 0.5) for t in ("Wonen", "Zorg", "Wonen")]
    regels.append(("0.4", None, "Staf", None, 3e11, 0.0, 0.0, "lean", math.nan))
    for norm in NORMEN:
        uit = reken(regels, norm)
        assert sum(uit.totaal[m] for m in EURO) == uit.totaal["lasten_eur"] == 3_000_000_000_003
        for op in SNEDEN:
            assert (uit.snede(op)[list(EURO)].sum() == [uit.totaal[m] for m in EURO]).all()


def test_een_teamleider_van_twee_teams_heeft_de_som():
    uit = reken([("6.2", None, t, None, 101.0, 7.0, 1.0, None, 0.5) for t in ("Wonen", "Staf", "Zorg")])
    leiders = uit.snede("teamleider")
    assert leiders.index.tolist() == ["Anouk", "(geen teamleider)"]
    anouk, hare = leiders.loc["Anouk"], uit.teams.loc[["Wonen", "Staf"]]
    for maat in (*EURO, "lasten_eur", "baten_eur", "lean_uren", "opgave_uren"):
        assert anouk[maat] == hare[maat].sum()
    assert anouk["opgave_aandeel_uren"] == 0.25


def test_namen_die_alleen_in_hoofdletters_en_spaties_verschillen_zijn_een_rij():
    programmas = ["wonen", "Wonen ", "WONEN", "Wonen", "zorg", "Zorg", None]
    regels = [
        ("6.2", p, t, None, 10.0, 0.0, 0.0, "lean", math.nan) for p, t in zip(programmas, "abcdefg", strict=True)
    ]
    teams = TEAMS.set_axis(pd.Index(list("abc"), name="team")).assign(
        teamleider=["jan  jansen", "Jan Jansen", "J. Jansen"], domein=["Sociaal", "sociaal", None]
    )
    for volgorde in (1, -1):
        uit = reken(regels[::volgorde], teams=teams)
        assert uit.snede("programma")["lasten_eur"].to_dict() == {"Wonen": 40, "Zorg": 20, "(geen programma)": 10}
        assert uit.onder("programma", "Wonen")["lasten_eur"].sum() == 40
        assert uit.snede("teamleider")["lasten_eur"].to_dict() == {
            "Jan Jansen": 20,
            "J. Jansen": 10,
            "(geen teamleider)": 40,
        }
        assert uit.domeinen["lasten_eur"].to_dict() == {"Sociaal": 20, "(geen domein)": 50}
        assert uit.teams.loc["a", "teamleider"] == "Jan Jansen"


@pytest.mark.parametrize(
    ("lean", "opgave", "aandeel", "reden"),
    [(150, -200, None, "door negatieve"), (-20, 100, None, "door negatieve"), (-30, -10, None, "door negatieve"),
     (100, -100, None, "de begrotingsregels"), (0, 40, 1.0, ""), (60, 0, 0.0, "")],
)  # fmt: skip
def test_een_aandeel_bestaat_alleen_uit_bedragen_vanaf_nul(lean, opgave, aandeel, reden):
    delen = ((lean, "lean"), (opgave, "opgave"), (5, None))
    uit = reken([("6.2", None, "Wonen", None, float(w), 0.0, 0.0, s, math.nan) for w, s in delen])
    assert uit.totaal["opgave_aandeel_eur"] == aandeel
    for op in SNEDEN:
        rij = uit.snede(op).loc[lambda t: t["lasten_eur"] != 0].iloc[0]
        assert rij["opgave_aandeel_eur"] == aandeel, op
        assert str(rij["reden"] or "").startswith(reden)
    zin = f"Er is geen verhouding in euro's te geven: {reden}" if reden else notatie.procent(aandeel)
    assert uit.conclusie.startswith(zin)
    assert "Van € 5 is het nog niet bepaald." in uit.toelichting


def test_taakvelden_staan_op_nummer_en_een_onbekende_snede_is_een_fout():
    uit = reken([(t, None, None, None, 1.0, 0.0, 0.0, "lean", math.nan) for t in ("0.10", "6.2", "0.4", "0.11")])
    assert uit.snede("taakveld").index.tolist() == ["0.4", "0.10", "0.11", "6.2"]
    with pytest.raises(ValueError, match="'wijk' is geen snede; kies uit team, teamleider"):
        uit.snede("wijk")


@snel
@given(regels_st)
def test_elke_regel_telt_precies_op(regels):
    uit = verdeel_regels(kader(regels))
    pd.testing.assert_series_equal(uit.sum(axis=1), kader(regels)["lasten_eur"].fillna(0), check_names=False)
    assert ((uit["onbekend_eur"] == 0) | ((uit["lean_eur"] == 0) & (uit["opgave_eur"] == 0))).all()


@snel
@given(regels_st, st.sampled_from(NORMEN))
def test_een_aandeel_ligt_er_of_er_is_een_reden(regels, norm):
    uit = reken(regels, norm)
    for rij in [dict(uit.totaal), *uit.teams.to_dict("records"), *uit.domeinen.to_dict("records")]:
        zonder = rij["opgave_aandeel_eur"] is None or rij["opgave_aandeel_uren"] is None
        assert zonder == (rij["reden"] is not None)
    for rij in uit.snede("taakveld").to_dict("records"):
        assert (rij["opgave_aandeel_eur"] is None) == (rij["reden"] is not None)
    if uit.totaal["opgave_aandeel_eur"] is not None:
        assert uit.toelichting.startswith(notatie.procent(uit.totaal["opgave_aandeel_eur"]))
    assert "In uren, afgeleid van de formatie, is het 25%." in uit.toelichting or not regels


def test_aansluiting_noemt_alleen_totalen_die_het_bestand_noemt():
    uit = aansluiting([Gelezen("b.xlsx", {"lasten_eur": 10.0, "baten_eur": 9.0}, {"baten_eur": 9})])
    assert uit["regel"].tolist() == ["totaal lasten", "totaal baten"]
    assert uit["gevonden_eur"].tolist() == [10, 9]
    assert uit["akkoord"].tolist() == [None, True]
    assert uit["toelichting"].tolist() == [
        "Het bestand noemt geen totaal, dus er is niets om op aan te sluiten.", "Sluit aan.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verschil", "wat"),
    [
        (-2, "€ 2 te weinig gelezen. Kijk naar regels die ontbreken"),
        (2, "€ 2 te veel gelezen. Kijk naar regels die dubbel staan"),
    ],
)
def test_aansluiting_ziet_te_veel_en_te_weinig(verschil, wat):
    bron = Gelezen("b.xlsx", {"lasten_eur": 1000.0 + verschil}, {"lasten_eur": 1000})
    (rij,) = aansluiting([bron], 1).to_dict("records")
    assert (rij["verschil_eur"], rij["akkoord"]) == (verschil, False)
    assert rij["toelichting"].startswith(wat)
