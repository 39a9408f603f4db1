"""Figures per inhabitant beside a group, and the aansluiting per taakveld, on cases to check by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opgavelib.domein import iv3, iv3_aansluiting
from opgavelib.domein.iv3 import Eigen, vergelijk
from opgavelib.domein.iv3_groep import GROOTTEKLASSEN, Groep, grootteklasse, kies_groep
from opgavelib.fouten import ParameterFout

NAMEN = {"0.1": "Bestuur", "0.4": "Overhead", "0.10": "Mutaties reserves", "6.3": "Inkomensregelingen"}
BUITEN = frozenset({"0.10", "0.11"})
LEEG = float("nan")


def cijfers(tekst: str) -> pd.DataFrame:
    """gemeente taakveld lasten baten salarissen, in euro; ``-`` is not delivered."""
    rijen = [r.split() for r in tekst.strip().splitlines()]
    tabel = pd.DataFrame(rijen, columns=["gemeente", "taakveld", "lasten_eur", "baten_eur", "salarissen_eur"])
    bedragen = tabel[tabel.columns[2:]].replace("-", LEEG).astype(float)
    return tabel[["gemeente", "taakveld"]].join(bedragen)


# Ten inhabitants each, so that per inhabitant is a tenth.
CIJFERS = cijfers("""
    Ana   0.1   100   0    40
    Ana   0.10  900   0    -
    Ana   0.4   300   0    200
    Ana   6.3   0     0    -
    Bee   0.1   200   0    60
    Bee   0.10  0     800  -
    Bee   0.4   500   0    300
    Bee   6.3   1000  900  100
    Cas   0.1   400   0    0
    Cas   0.10  0     0    -
    Cas   0.4   600   0    -
    Cas   6.3   2000  0    -
    Dop   0.1   0     0    0
    Dop   0.10  0     0    0
    Dop   0.4   0     0    0
    Dop   6.3   0     0    0
""")
GEMEENTEN = pd.DataFrame(
    {
        "provincie": ["Noord", "Noord", "Zuid", "Zuid"],
        "grootteklasse": ["5.000 tot 10.000 inwoners", "minder dan 5.000 inwoners"] * 2,
        "inwoners": [10.0, 10.0, 10.0, 10.0],
    },
    index=pd.Index(["Ana", "Bee", "Cas", "Dop"], name="gemeente"),
)
ALLEN = Groep("gekozen", ("Ana", "Bee", "Cas", "Dop"), "gekozen gemeenten")


def van(naam: str) -> Eigen:
    return Eigen(naam, CIJFERS[CIJFERS["gemeente"] == naam], 10.0)


def naast(eigen: Eigen, groep: Groep = ALLEN, **meer) -> iv3.Vergelijking:
    keuze = {"jaar": 2025, "namen": NAMEN, "buiten": BUITEN} | meer
    return vergelijk(eigen, CIJFERS, GEMEENTEN, groep, **keuze)


def test_per_taakveld_naast_de_groep_zonder_zichzelf():
    uit = naast(van("Ana"))
    assert uit.groep == ("Bee", "Cas")
    assert uit.weggelaten == {"Dop": "leverde alleen nullen aan"}
    assert uit.tabel.index.tolist() == ["0.1", "0.4", "6.3"]  # 0.10 is no work, and not 0.1
    rij = uit.tabel.loc["0.1"]
    assert (rij["naam"], rij["eigen_per_inwoner"], rij["mediaan_per_inwoner"]) == ("Bestuur", 10.0, 30.0)
    assert (rij["kwart1_per_inwoner"], rij["kwart3_per_inwoner"]) == (25.0, 35.0)
    assert (rij["verschil_per_inwoner"], rij["verschil_eur"], rij["plaats"], rij["aantal"]) == (
        -20.0,
        -200,
        "onder",
        2,
    )
    # Lasten of nothing are 0, not missing.
    assert uit.tabel.loc["6.3", "eigen_per_inwoner"] == 0.0
    assert uit.totaal["eigen_per_inwoner"] == 40.0
    assert uit.totaal["mediaan_per_inwoner"] == (170 + 300) / 2


def test_kern_heeft_bedragen_en_aandelen():
    kern = naast(van("Bee"), groep=Groep("gekozen", ("Ana",), "buurgemeenten van Bee")).kern
    assert kern["eigen"].to_dict() == {
        "lasten": 170.0, "salarissen": 46.0, "overhead": 50.0, "overhead_aandeel": pytest.approx(500 / 1700),
        "salarissen_aandeel": pytest.approx(460 / 1700),
    }  # fmt: skip
    assert kern["mediaan"].to_dict() == {
        "lasten": 40.0, "salarissen": 24.0, "overhead": 30.0, "overhead_aandeel": 0.75, "salarissen_aandeel": 0.6,
    }  # fmt: skip
    assert kern["plaats"].tolist() == ["boven", "boven", "boven", "onder", "onder"]


def test_niet_opgegeven_is_geen_nul():
    uit = naast(van("Ana"), maat="salarissen").tabel
    assert (uit.loc["0.4", "aantal"], uit.loc["0.4", "mediaan_per_inwoner"]) == (1, 30.0)  # Cas gave none
    assert (uit.loc["0.1", "aantal"], uit.loc["0.1", "mediaan_per_inwoner"]) == (2, 3.0)  # Cas gave 0
    assert (uit.loc["6.3", "eigen_per_inwoner"], uit.loc["6.3", "reden"]) == (None, "niet opgegeven")
    assert uit.loc["6.3", "verschil_per_inwoner"] is None


def test_zonder_salarissen_is_er_geen_aandeel_maar_een_reden():
    regels = CIJFERS[CIJFERS["gemeente"] == "Ana"].drop(columns="salarissen_eur")
    kern = naast(Eigen("Ana", regels, 10.0, uit_begroting=True)).kern
    for maat in ("salarissen", "salarissen_aandeel"):
        assert kern.loc[maat, "eigen"] is None
        assert kern.loc[maat, "verschil"] is None
        assert kern.loc[maat, "reden"] == "er zijn geen salarissen opgegeven"
        assert kern.loc[maat, "mediaan"] > 0


@pytest.mark.parametrize(
    ("eigen", "groep", "reden"),
    [
        (van("Dop"), ALLEN, "Dop leverde alleen nullen aan en heeft dus geen bedragen om te vergelijken."),
        (
            Eigen("Elf", CIJFERS.head(1), None),
            ALLEN,
            "Het inwonertal van Elf is onbekend, dus per inwoner is er niets te zeggen. Vul het in.",
        ),
        (van("Ana"), Groep("buren", ("Dop", "Fee"), "buurgemeenten van Ana"), "is er geen met bruikbare cijfers"),
        (Eigen("Elf", CIJFERS.head(0), 5.0, uit_begroting=True), ALLEN, "De begroting heeft geen bedragen"),
    ],
)
def test_zonder_noemer_is_er_een_reden_en_geen_getal(eigen, groep, reden):
    uit = naast(eigen, groep)
    assert reden in uit.reden
    assert uit.toelichting == uit.reden
    assert uit.tabel.empty
    assert uit.kern.empty


def test_een_gemeente_die_niet_in_de_lijst_staat_telt_niet_mee():
    uit = naast(van("Ana"), Groep("buren", ("Bee", "Fee"), "buurgemeenten van Ana"))
    assert uit.groep == ("Bee",)
    assert uit.weggelaten == {"Fee": "staat niet in de lijst"}
    assert "van 1 buurgemeente van Ana" in uit.toelichting
    assert uit.toelichting.endswith("Niet meegeteld: Fee (staat niet in de lijst).")


def test_de_eigen_begroting_kent_een_taakveld_niet_of_iv3_kent_het_niet():
    regels = pd.DataFrame({"taakveld": ["0.4", "0.4", "6.72"], "lasten_eur": [100.0, 150.0, 70.0]})
    uit = naast(Eigen("Elf", regels, 10.0, uit_begroting=True)).tabel
    assert uit.loc["0.4", "eigen_per_inwoner"] == 25.0
    assert (uit.loc["0.1", "eigen_per_inwoner"], uit.loc["0.1", "reden"]) == (0.0, "geen regel in de begroting")
    assert uit.loc["6.72", ["eigen_per_inwoner", "mediaan_per_inwoner", "reden"]].tolist() == [
        7.0, None, "taakveld 6.72 bestaat niet in Iv3 2025",
    ]  # fmt: skip


def test_de_zin_noemt_de_mediaan_en_het_grootste_verschil():
    assert naast(van("Ana")).toelichting == (
        "Ana heeft € 40 lasten per inwoner, € 195 minder dan de mediaan van 2 gekozen gemeenten (€ 235; Iv3, "
        "begroting 2025). Het grootste verschil in lasten zit bij 6.3 Inkomensregelingen: € 150 minder per "
        "inwoner. Niet meegeteld: Dop (leverde alleen nullen aan)."
    )


def test_een_onbekende_maat_noemt_wat_wel_kan():
    with pytest.raises(ParameterFout, match="'kosten' kan niet; kies uit: lasten, baten, salarissen"):
        naast(van("Ana"), maat="kosten")


# -- properties -------------------------------------------------------------------------------------

bedrag = st.one_of(st.none(), st.integers(-5, 5000).map(lambda n: n * 1000.0))


@st.composite
def figuren(draw):
    namen = [f"G{n}" for n in range(draw(st.integers(2, 5)))]
    rijen = [(g, t, draw(bedrag) or 0.0, draw(bedrag) or 0.0, draw(bedrag)) for g in namen for t in NAMEN]
    tabel = pd.DataFrame(rijen, columns=CIJFERS.columns).astype({"salarissen_eur": float})
    inwoners = [float(draw(st.integers(1, 90_000))) for _ in namen]
    return tabel, pd.DataFrame({"inwoners": inwoners}, index=pd.Index(namen, name="gemeente"))


@settings(max_examples=12)
@given(figuren(), st.randoms())
def test_de_volgorde_van_de_rijen_maakt_niet_uit(gegevens, toeval):
    tabel, gemeenten = gegevens
    groep = Groep("gekozen", tuple(gemeenten.index), "gekozen gemeenten")
    plaatsen = list(range(len(tabel)))
    toeval.shuffle(plaatsen)
    uitkomsten = []
    for t in (tabel, tabel.iloc[plaatsen]):
        eigen = Eigen("G0", t[t["gemeente"] == "G0"], float(gemeenten["inwoners"]["G0"]))
        uitkomsten.append(vergelijk(eigen, t, gemeenten, groep, jaar=2025, namen=NAMEN, buiten=BUITEN))
    eerst, anders = uitkomsten
    assert eerst.toelichting == anders.toelichting
    pd.testing.assert_frame_equal(eerst.tabel, anders.tabel)
    pd.testing.assert_frame_equal(eerst.kern, anders.kern)


@settings(max_examples=12)
@given(figuren(), st.sampled_from(sorted(iv3.MATEN)))
def test_wie_met_zichzelf_wordt_vergeleken_verschilt_nergens(gegevens, maat):
    tabel, gemeenten = gegevens
    ik = Groep("gekozen", ("G0",), "gekozen gemeenten")
    eigen = Eigen("G0", tabel[tabel["gemeente"] == "G0"], float(gemeenten["inwoners"]["G0"]))
    uit = vergelijk(eigen, tabel, gemeenten, ik, jaar=2025, maat=maat, namen=NAMEN, zonder_zelf=False)
    assert set(uit.tabel["verschil_per_inwoner"].dropna()) <= {0.0}
    assert set(uit.kern["verschil"].dropna()) <= {0.0}
    assert set(uit.tabel["plaats"].dropna()) <= {"binnen"}
    if uit.reden is None:
        delen = uit.tabel["eigen_per_inwoner"].dropna().sum()
        assert (uit.totaal["eigen_per_inwoner"] or 0.0) == pytest.approx(delen)


# -- groups -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inwoners", "klasse"),
    [(1, "minder dan 5.000"),
     (4_999, "minder dan 5.000"), (5_000, "5.000 tot 10.000"), (49_999, "20.000 tot 50.000"),
     (50_000, "50.000 tot 100.000"), (249_999.5, "150.000 tot 250.000"), (900_000, "250.000 inwoners of meer")],
)  # fmt: skip
def test_grootteklasse(inwoners, klasse):
    assert grootteklasse(inwoners).startswith(klasse)


def test_grootteklassen_lopen_op():
    assert [v for v, _ in GROOTTEKLASSEN] == sorted({v for v, _ in GROOTTEKLASSEN})


def test_groepen():
    def namen(soort, **wie):
        return kies_groep(soort, GEMEENTEN, **wie).namen

    assert namen("grootteklasse", gemeente="Ana") == ("Ana", "Cas")
    assert namen("grootteklasse", inwoners=4000) == ("Bee", "Dop")
    assert namen("provincie", gemeente="Dop") == ("Cas", "Dop")
    assert namen("buren", gemeente="Ana", buren={"Ana": ("Dop", "Bee", "Elders")}) == ("Bee", "Dop")
    assert namen(["Dop", "Ana"]) == ("Dop", "Ana")


@pytest.mark.parametrize(
    ("soort", "wie", "melding"),
    [
        ("buren", {"gemeente": "Ana", "buren": {}}, "Ana grenst aan geen andere gemeente"),
        ("buren", {}, "is een gemeente uit Iv3 nodig"),
        ("provincie", {"gemeente": "Elders", "inwoners": 9}, "vul het inwonertal in en vergelijk met een groott"),
        ("omvang", {"gemeente": "Ana"}, "'omvang' kan niet; kies uit: grootteklasse, buren, provincie"),
        (["Ana", "Elders"], {}, "Van Elders zijn er geen Iv3-cijfers"),
        ([], {}, "Er is geen gemeente gekozen"),
    ],
)
def test_een_groep_die_niet_kan_zegt_wat_wel(soort, wie, melding):
    with pytest.raises(ParameterFout, match=melding):
        kies_groep(soort, GEMEENTEN, **wie)


# -- aansluiting ------------------------------------------------------------------------------------

IV3 = cijfers("""
    Ana  0.1   100000   0       40000
    Ana  0.10  500000   700000  -
    Ana  0.4   300000   9000    200000
    Ana  6.3   2000000  1000    -
""").drop(columns="gemeente")


def regels(**taakvelden) -> pd.DataFrame:
    """As Iv3, with other lasten where given; None takes the line away."""
    eigen = IV3.set_index("taakveld")["lasten_eur"].to_dict()
    eigen |= {naam.removeprefix("t").replace("_", "."): bedrag for naam, bedrag in taakvelden.items()}
    tabel = IV3.assign(lasten_eur=IV3["taakveld"].map(eigen))
    return tabel[tabel["lasten_eur"].notna()]


def sluit(tabel: pd.DataFrame, **meer) -> iv3_aansluiting.Iv3Aansluiting:
    return iv3_aansluiting.sluit_aan(tabel, IV3, NAMEN, jaar=2025, wie="Ana", **meer)


def lasten(uit: iv3_aansluiting.Iv3Aansluiting) -> dict[str, tuple]:
    rijen = uit.tabel[uit.tabel["maat"] == "lasten"]
    return {r["taakveld"]: (r["verschil_eur"], r["akkoord"], r["toelichting"]) for r in rijen.to_dict("records")}


def test_dezelfde_cijfers_sluiten_aan():
    uit = sluit(regels())
    assert uit.akkoord is True
    assert set(uit.tabel["toelichting"]) == {"gelijk"}
    assert uit.tabel.columns.tolist() == list(iv3_aansluiting.KOLOMMEN)
    assert len(uit.tabel) == 4 + 4 + 2  # what neither gave is no row
    assert uit.totalen["eigen_eur"].tolist() == [2_900_000, 710_000, 240_000]
    assert uit.toelichting == (
        "De begroting sluit per taakveld aan op Iv3 2025 van Ana, zonder verschil. In Iv3 zelf verschillen lasten "
        "en baten € 2.190.000."
    )


@pytest.mark.parametrize(
    ("eigen_eur", "afronding", "akkoord", "waarom"),
    [
        (100_500.0, 500, True, "binnen de afronding van Iv3"),
        (99_500.0, 500, True, "binnen de afronding van Iv3"),
        (100_501.0, 500, False, "verschil € 501 meer in de begroting"),
        (99_499.0, 500, False, "verschil € 501 minder in de begroting"),
        (100_501.0, 501, True, "binnen de afronding van Iv3"),
        (100.0, 500, False, "verschil € 99.900 minder in de begroting; staat een van beide in duizenden?"),
        (0.0, 500, False, "verschil € 100.000 minder in de begroting"),
        (None, 500, False, "alleen in Iv3"),
    ],
)
def test_wat_afronding_is_en_wat_niet(eigen_eur, afronding, akkoord, waarom):
    uit = sluit(regels(t0_1=eigen_eur), afronding_eur=afronding)
    assert lasten(uit)["0.1"][1:] == (akkoord, waarom)
    assert (lasten(uit)["6.3"][1:], uit.akkoord is True) == ((True, "gelijk"), akkoord)


def test_afgeronde_centen_tellen_mee_per_regel():
    fijn = pd.concat([regels(t0_1=None), *[regels(t0_4=None, t0_10=None, t6_3=None).assign(lasten_eur=b)
                                           for b in (50_250.0, 50_251.0)]])  # fmt: skip
    assert lasten(sluit(fijn))["0.1"][:2] == (501.0, False)
    assert lasten(sluit(fijn, afgeronde_cellen={"lasten_eur": 1}))["0.1"][:2] == (501.0, False)
    assert lasten(sluit(fijn, afgeronde_cellen={"lasten_eur": 2}))["0.1"][:2] == (501.0, True)
    # A file with many rounded cells does not loosen a taakveld of two lines.
    assert lasten(sluit(fijn.assign(lasten_eur=fijn["lasten_eur"] + 1), afgeronde_cellen={"lasten_eur": 999}))[
        "0.1"
    ][:2] == (503.0, False)


def test_een_code_als_getal_gelezen_wijst_naar_het_andere_taakveld():
    verwisseld = regels(t0_1=500_000.0, t0_10=100_000.0)
    uit = lasten(sluit(verwisseld))
    assert uit["0.1"][2].endswith("; in Iv3 staat dit bedrag bij taakveld 0.10")
    assert uit["0.10"][2].endswith("; in Iv3 staat dit bedrag bij taakveld 0.1")


def test_lasten_en_baten_verwisseld_en_een_taakveld_dat_iv3_niet_kent():
    om = regels().rename(columns={"lasten_eur": "baten_eur", "baten_eur": "lasten_eur"})
    assert lasten(sluit(om))["0.10"][2].endswith("; in Iv3 staat dit bedrag bij de baten")
    extra = pd.concat([regels(), pd.DataFrame({"taakveld": ["6.72"], "lasten_eur": [7000.0]})])
    uit = sluit(extra)
    assert lasten(uit)["6.72"] == (7000.0, False, "alleen in de begroting: taakveld 6.72 bestaat niet in Iv3 2025")
    assert uit.akkoord is False
    assert uit.toelichting.startswith("Op 1 taakveld sluit de begroting niet aan op Iv3 2025 van Ana.")


def test_een_begroting_zonder_salarissen_zegt_dat_ze_niet_zijn_vergeleken():
    uit = sluit(regels().drop(columns="salarissen_eur"))
    rij = uit.totalen.set_index("maat").loc["salarissen"]
    assert (rij["akkoord"], rij["eigen_eur"], rij["toelichting"]) == (
        None,
        None,
        "de begroting noemt geen salarissen",
    )
    assert uit.akkoord is True
    assert uit.toelichting.endswith("Niet vergeleken: de begroting noemt geen salarissen.")


def test_alleen_nullen_of_geen_regels_geeft_een_reden():
    nullen = IV3.assign(lasten_eur=0.0, baten_eur=0.0)
    uit = iv3_aansluiting.sluit_aan(regels(), nullen, NAMEN, jaar=2025, wie="Ana")
    assert (uit.akkoord, uit.reden) == (
        None, "Ana leverde alleen nullen aan voor 2025; er is niets om op aan te sluiten.",
    )  # fmt: skip
    assert sluit(regels().head(0)).reden == "Er zijn geen begrotingsregels om mee te vergelijken."


@settings(max_examples=10)
@given(st.lists(st.integers(-400, 400), min_size=4, max_size=4), st.randoms())
def test_verschillen_tellen_op_tot_het_totaal_in_elke_volgorde(euros, toeval):
    eigen = IV3.assign(lasten_eur=IV3["lasten_eur"] + euros)
    plaatsen = list(range(4))
    toeval.shuffle(plaatsen)
    uit, anders = sluit(eigen), sluit(eigen.iloc[plaatsen])
    pd.testing.assert_frame_equal(uit.tabel, anders.tabel)
    pd.testing.assert_frame_equal(uit.totalen, anders.totalen)
    assert sum(v for v, _, _ in lasten(uit).values()) == uit.totalen["verschil_eur"][0] == sum(euros)
    assert uit.akkoord is True
