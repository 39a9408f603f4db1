"""Which lines count after a wijziging, and what differs between two versions."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein.begrippen import Begrotingsrol
from opgavelib.domein.begrotingslezing import GELEZEN, GEWIJZIGD, VERVALLEN, Lezing, lezingen
from opgavelib.domein.begrotingslezing import op_volgorde as lezingen_op_volgorde
from opgavelib.domein.begrotingsversie import (
    Bron,
    geldende_regels,
    op_volgorde,
    overgenomen,
    rollen,
    tellend,
    verschil,
    zin_overgenomen,
)

KOLOMMEN = ("bron", "jaar", "taakveld", "programma", "omschrijving", "team", "lasten_eur", "baten_eur", "sturing",
            "opgave_aandeel")  # fmt: skip


def kader(*regels):
    uit = pd.DataFrame([(*r, *[None] * (len(KOLOMMEN) - len(r))) for r in regels], columns=KOLOMMEN, dtype=object)
    getallen = ("jaar", "lasten_eur", "baten_eur", "opgave_aandeel")
    return uit.astype(dict.fromkeys(getallen, float)).set_index("R" + uit.index.astype(str))


def regel(bron, post, lasten, jaar=2027, taakveld="6.2", sturing=None, aandeel=math.nan, baten=0.0):
    return (bron, jaar, taakveld, "Zorg", post, "Zorg", lasten, baten, sturing, aandeel)


BASIS = [regel("b", f"post {n}", 100.0 * n, sturing="opgave") for n in range(1, 5)]


@pytest.mark.parametrize(
    ("naam", "posten", "rol"),
    [
        ("begroting 2027 deel 2.xlsx", [1, 2, 3, 4], Begrotingsrol.BEGROTING),  # the name does not say so: adds up
        ("1e begrotingswijziging 2027.xlsx", [1, 2, 3, 4], Begrotingsrol.VERVANGT),
        ("1e begrotingswijziging 2027.xlsx", [1, 2], Begrotingsrol.WIJZIGING),  # names half of the lines
        ("Wijziging.xlsx", [7, 8], Begrotingsrol.WIJZIGING),
    ],
)
def test_wat_een_tweede_bestand_is_volgt_uit_naam_en_inhoud(naam, posten, rol):
    tweede = [regel("w", f"post {n}", 110.0 * n) for n in posten]
    namen = {"b": "begroting 2027.xlsx", "w": naam}
    een, twee = rollen(kader(*BASIS, *tweede), namen, {})
    assert (een.rol, een.zin) == (Begrotingsrol.BEGROTING, "")
    assert twee.rol == rol
    assert (naam in twee.zin) == (rol != Begrotingsrol.BEGROTING)


def test_even_veel_regels_maar_kleine_bedragen_zijn_verschillen():
    tweede = [regel("w", f"post {n}", 2.0) for n in range(1, 5)]
    assert (
        rollen(kader(*BASIS, *tweede), {"b": "b.xlsx", "w": "wijziging.xlsx"}, {})[1].rol == Begrotingsrol.WIJZIGING
    )


def test_wat_iemand_zei_gaat_voor_en_een_wijziging_zonder_begroting_is_er_zelf_een():
    regels = kader(*BASIS, regel("w", "post 1", 5.0))
    namen = {"b": "b.xlsx", "w": "wijziging.xlsx"}
    assert rollen(regels, namen, {"w": "telt niet mee"})[1] == Bron(
        "w", "wijziging.xlsx", Begrotingsrol.TELT_NIET, gezegd=True, zin="wijziging.xlsx telt niet mee."
    )
    (alleen,) = rollen(kader(regel("w", "post 1", 5.0)), {"w": "wijziging.xlsx"}, {})
    assert alleen.rol == Begrotingsrol.BEGROTING


def bron(naam, rol):
    return Bron(naam, naam, rol, gezegd=True)


def test_wat_telt_begint_bij_wat_het_laatst_verving():
    rollen_ = (Begrotingsrol.BEGROTING, Begrotingsrol.WIJZIGING, Begrotingsrol.VERVANGT, Begrotingsrol.TELT_NIET,
               Begrotingsrol.WIJZIGING)  # fmt: skip
    reeks = [bron(naam, rol) for naam, rol in zip("abcde", rollen_, strict=True)]
    assert [b.bron for b in tellend(reeks)] == ["c", "e"]
    assert [b.bron for b in tellend(reeks[:2])] == ["a", "b"]


def test_vervangen_gaat_per_jaar():
    regels = kader(
        regel("a", "x", 10.0, jaar=2026), regel("a", "x", 20.0, jaar=2027), regel("b", "x", 30.0, jaar=2027)
    )
    uit = geldende_regels(regels, [bron("a", Begrotingsrol.BEGROTING), bron("b", Begrotingsrol.VERVANGT)])
    assert uit["lasten_eur"].tolist() == [10, 30]


def test_een_wijziging_volgt_de_sturing_van_haar_regel():
    wijziging = [regel("w", "post 1", -50.0), regel("w", "post 2", 10.0, sturing="lean"), regel("w", "nieuw", 5.0)]
    uit = geldende_regels(
        kader(*BASIS, *wijziging), [bron("b", Begrotingsrol.BEGROTING), bron("w", Begrotingsrol.WIJZIGING)]
    )
    assert uit["sturing"].tolist()[4:] == ["opgave", "lean", None]
    assert uit["lasten_eur"].sum() == 1000 - 50 + 10 + 5


@pytest.mark.parametrize(
    ("gelezen", "volgorde"),
    [
        (["1e begrotingswijziging 2027.xlsx", "Begroting 2027.xlsx"], "10"),
        (
            ["tweede wijziging", "wijziging_2027_1", "3 begrotingswijziging", "begroting", "begroting deel 2"],
            "34102",
        ),
        (["wijziging nr. 12, blad 'Blad1'", "wijziging, blad 'Blad7'", "2e wijziging", "b"], "3201"),
        (["BGW_2_2027.xlsx", "bgw_1_2027.xlsx", "begroting"], "210"),
        (["wijziging b 2027", "wijziging a 2027", "begroting"], "201"),  # no number: as they were read
    ],
)
def test_een_wijziging_komt_na_haar_begroting_in_welke_volgorde_er_ook_gelezen_is(gelezen, volgorde):
    namen = dict(zip("01234", gelezen, strict=False))
    regels = kader(*(regel(b, "x", 1.0) for b in namen))
    assert "".join(op_volgorde(regels, namen, {})) == volgorde


def test_wat_iemand_zei_en_andere_jaren_houden_hun_plaats():
    namen = {"w": "1e wijziging", "v": "begroting juni", "b": "begroting", "x": "tweede wijziging"}
    regels = kader(*(regel(b, "x", 1.0, jaar=2028 if b == "x" else 2027) for b in namen))
    assert op_volgorde(regels, namen, {"v": "vervangt"}) == ["w", "v", "b", "x"]
    assert op_volgorde(regels, namen, {"w": "begroting"}) == ["w", "v", "b", "x"]
    assert op_volgorde(regels, namen, {}) == ["v", "b", "w", "x"]
    assert op_volgorde(regels.assign(jaar=math.nan), namen, {}) == ["v", "b", "w", "x"]


def test_een_hele_wijziging_voor_haar_begroting_gelezen_vervangt_die_en_neemt_over_wat_er_was_gezegd():
    heel = [regel("w", f"post {n}", 110.0 * n) for n in range(1, 5)]
    heel[1] = regel("w", "post 2", 220.0, aandeel=0.5)
    regels = kader(*heel, regel("w", "nieuw", 7.0), *BASIS)
    bronnen = rollen(regels, {"w": "1e wijziging", "b": "begroting"}, {})
    assert [(b.bron, b.rol) for b in bronnen] == [("b", Begrotingsrol.BEGROTING), ("w", Begrotingsrol.VERVANGT)]
    uit = geldende_regels(regels, bronnen)
    assert uit["lasten_eur"].sum() == 1100 + 7
    assert uit["sturing"].tolist() == ["opgave", None, "opgave", "opgave", None]
    assert overgenomen(regels, uit) == {"w": 3}
    assert zin_overgenomen(bronnen[1], 3).startswith("3 regels daarin zonder lean of opgave nemen over")
    assert zin_overgenomen(bronnen[1], 0) == ""


def test_hoofdletters_en_spaties_maken_geen_andere_regel():
    wijziging = regel("w", "POST  1", 5.0)
    tabel = kader(*BASIS, wijziging)
    uit = geldende_regels(tabel, [bron("b", Begrotingsrol.BEGROTING), bron("w", Begrotingsrol.WIJZIGING)])
    assert uit["sturing"].iloc[-1] == "opgave"
    (rij,) = verschil(tabel[tabel["bron"] == "b"], tabel).regels.to_dict("records")
    assert (rij["omschrijving"], rij["wat"], rij["verschil_eur"]) == ("post 1", "gewijzigd", 5)


def test_wat_een_begroting_over_een_regel_tegenspreekt_wordt_niet_overgenomen():
    basis = [
        regel("b", "x", 1.0, sturing="lean"),
        regel("b", "x", 1.0, sturing="opgave"),
        regel("b", "y", 2.0, sturing="lean"),
    ]
    for regels in (basis, basis[::-1]):
        tabel = kader(*regels, regel("w", "x", 5.0), regel("w", "y", 5.0))
        uit = geldende_regels(tabel, [bron("b", Begrotingsrol.BEGROTING), bron("w", Begrotingsrol.WIJZIGING)])
        assert uit["sturing"].tolist()[3:] == [None, "lean"]


def test_verschil_noemt_nieuw_vervallen_en_gewijzigd():
    was = kader(regel("a", "blijft", 10.0), regel("a", "meer", 20.0), regel("a", "weg", 5.0, taakveld="2.1"))
    wordt = kader(regel("b", "blijft", 10.0), regel("b", "meer", 27.0), regel("b", "erbij", 4.0, baten=3.0))
    uit = verschil(was, wordt)
    assert uit.regels[["omschrijving", "wat", "was_eur", "wordt_eur", "verschil_eur"]].to_numpy().tolist() == [
        ["weg", "vervallen", 5, 0, -5], ["erbij", "nieuw", 0, 4, 4], ["meer", "gewijzigd", 20, 27, 7],
    ]  # fmt: skip
    assert uit.taakvelden["verschil_eur"].to_dict() == {"2.1": -5, "6.2": 11}
    assert uit.totaal == {"was_eur": 35, "wordt_eur": 41, "verschil_eur": 6}
    assert uit.toelichting == "3 regels anders (1 nieuw, 1 vervallen, 1 gewijzigd); € 6 meer lasten."
    assert verschil(was, was).toelichting == "Er is niets veranderd."


regels_st = st.lists(
    st.builds(regel, st.just("a"), st.sampled_from(["x", "y", None]), st.integers(-500, 500).map(float),
              taakveld=st.sampled_from(["0.1", "6.2"]), baten=st.integers(0, 9).map(float)),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(regels_st, regels_st)
def test_het_verschil_telt_op_tot_het_verschil_van_de_totalen(was, wordt):
    was, wordt = kader(*was), kader(*wordt)
    uit = verschil(was, wordt)
    samen = wordt["lasten_eur"].sum() - was["lasten_eur"].sum()
    assert uit.totaal["verschil_eur"] == samen == uit.regels["verschil_eur"].sum()
    assert uit.regels["baten_verschil_eur"].sum() == wordt["baten_eur"].sum() - was["baten_eur"].sum()
    for per in (uit.taakvelden, uit.programmas):
        assert per["verschil_eur"].sum() == samen
        assert (per["wordt_eur"] - per["was_eur"] == per["verschil_eur"]).all()


def test_wat_er_eerder_stond_volgt_uit_de_gebeurtenissen():
    # Read three times: R0 10 and R1 5; then R0 12, R1 gone, R2 new; then R1 back with 6.
    regels = kader(regel("a", "x", 12.0), regel("a", "y", 6.0), regel("a", "z", 7.0)).assign(vervallen=False)
    rijen = [
        (GELEZEN, "a", None, {"nieuw": 2}),
        (GEWIJZIGD, "R0", {"lasten_eur": 10}, {"lasten_eur": 12}),
        (VERVALLEN, "R1", None, None),
        (GELEZEN, "a", None, {"nieuw": 1}),
        (GEWIJZIGD, "R1", {"lasten_eur": 5}, {"lasten_eur": 6}),
        (GELEZEN, "a", None, {"nieuw": 0}),
    ]
    gebeurtenissen = pd.DataFrame(rijen, columns=["wat", "object", "oud", "nieuw"], index=range(1, 7))
    uit = lezingen(regels, gebeurtenissen.assign(tijdstip="2027-01-01", wie="Noor"))
    assert [(x.keer, x.regels["lasten_eur"].to_dict()) for x in uit] == [
        (1, {"R0": 10, "R1": 5}), (2, {"R0": 12, "R2": 7}), (3, {"R0": 12, "R1": 6, "R2": 7}),
    ]  # fmt: skip


def test_een_lezing_van_een_wijziging_wacht_op_die_van_haar_begroting():
    leeg = kader()
    gelezen = [Lezing(b, n, "2027-01-01", "Noor", keer, leeg) for n, (b, keer) in enumerate(
        [("w", 1), ("a", 1), ("w", 2), ("b", 1), ("a", 2), ("weg", 1)], 1)]  # fmt: skip
    assert [(x.bron, x.keer) for x in lezingen_op_volgorde(gelezen, ["a", "b", "w"])] == [
        ("a", 1), ("b", 1), ("w", 1), ("w", 2), ("a", 2),
    ]  # fmt: skip
    assert [x.volgnummer for x in lezingen_op_volgorde(gelezen, ["w", "a", "b", "weg"])] == [1, 2, 3, 4, 5, 6]
