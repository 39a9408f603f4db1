"""A werkmap beside Iv3: real municipalities to the thousand, and an invented one that is told what to do."""

from __future__ import annotations

import csv
import json
import statistics
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from opgavelib.fouten import ParameterFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, iv3, lees_in

GEDEELD = Path(__file__).resolve().parents[2].parent / "shared" / "data"
naast_project = pytest.mark.skipif(not GEDEELD.is_dir(), reason="de echte bestanden staan naast het project")
BESTANDEN = {
    "Baarn": "baarn/begroting_baarn_2025.xlsx",
    "Huizen": "iv3/begroting_huizen_2025.xlsx",
    "Zeist": "iv3/begroting_zeist_2025.xlsx",
}


@pytest.fixture(scope="module")
def standen(tmp_path_factory):
    """The three real municipalities, each read into a werkmap of its own."""
    mappen = {naam: tmp_path_factory.mktemp(naam.lower()) / "w" for naam in BESTANDEN}
    for naam, pad in BESTANDEN.items():
        lees_in(mappen[naam], [GEDEELD / pad], wie="test")
    with ExitStack() as open_:
        yield {naam: Stand(open_.enter_context(Werkmap(pad))) for naam, pad in mappen.items()}


@cache
def bron() -> list[dict[str, str]]:
    with (GEDEELD / "iv3" / "iv3_2025_begroting.csv").open(encoding="utf-8", newline="") as f:
        return [r | {"code": r["Taakveld"].split(" ")[0]} for r in csv.DictReader(f, delimiter=";")]


# -- real municipalities ----------------------------------------------------------------------------


@naast_project
@pytest.mark.parametrize(
    ("naam", "lasten", "baten", "salarissen"),
    [
        ("Baarn", 79_850_000, 79_844_000, 17_690_000),
        ("Huizen", 139_158_000, 139_154_000, 34_548_000),
        ("Zeist", 229_668_000, 229_665_000, 35_175_000),
    ],
)
def test_de_begroting_sluit_per_taakveld_aan_op_iv3(standen, naam, lasten, baten, salarissen):
    stand = standen[naam]
    keuze = iv3.gemeente(stand)
    assert (keuze.naam, keuze.hoe) == (naam, "herkend")
    assert Path(BESTANDEN[naam]).name in keuze.toelichting
    uit = iv3.aansluiting(stand)
    assert uit.akkoord is True
    assert uit.totalen["eigen_eur"].tolist() == uit.totalen["iv3_eur"].tolist() == [lasten, baten, salarissen]
    echt = {
        (r["code"], maat): float(r[kolom]) * 1000
        for r in bron() if r["Gemeenten"] == naam
        for maat, kolom in (("lasten", "Lasten"), ("baten", "Baten"),
                            ("salarissen", "L1.1 Salarissen en sociale lasten")) if r[kolom]
    }  # fmt: skip
    gevonden = {(r["taakveld"], r["maat"]): r["iv3_eur"] for r in uit.tabel.to_dict("records")}
    assert gevonden == echt
    assert set(uit.tabel["verschil_eur"]) == {0.0}
    assert f"In Iv3 zelf verschillen lasten en baten € {(lasten - baten) // 1000}.000." in uit.toelichting


@naast_project
def test_per_inwoner_naast_de_grootteklasse_als_met_de_hand_gerekend(standen):
    """The same from the raw source, with nothing but csv and statistics."""
    lasten, overhead, salarissen, inwoners, klasse = {}, {}, {}, {}, {}
    for r in bron():
        naam = r["Gemeenten"]
        if naam == "Nederland" or r["code"] in ("0.10", "0.11"):
            continue
        lasten[naam] = lasten.get(naam, 0) + float(r["Lasten"]) * 1000
        salarissen[naam] = salarissen.get(naam, 0) + float(r["L1.1 Salarissen en sociale lasten"] or 0) * 1000
        if r["code"] == "0.4":
            overhead[naam] = float(r["Lasten"]) * 1000
        inwoners[naam], klasse[naam] = int(r["Inwonertal"]), r["Gemeentegrootte"]
    for naam in BESTANDEN:
        groep = [n for n in lasten if klasse[n] == klasse[naam] and n != naam and lasten[n]]
        uit = iv3.vergelijking(standen[naam], "grootteklasse")
        assert sorted(uit.groep) == sorted(groep)
        for maat, teller, noemer in (
            ("lasten", lasten, inwoners), ("salarissen", salarissen, inwoners), ("overhead", overhead, inwoners),
            ("overhead_aandeel", overhead, lasten), ("salarissen_aandeel", salarissen, lasten),
        ):  # fmt: skip
            waarden = [teller[n] / noemer[n] for n in groep]
            k1, midden, k3 = statistics.quantiles(waarden, n=4, method="inclusive")
            eigen = teller[naam] / noemer[naam]
            rij = uit.kern.loc[maat]
            assert rij[["eigen", "kwart1", "mediaan", "kwart3", "verschil"]].tolist() == pytest.approx(
                [eigen, k1, midden, k3, eigen - midden]
            )
        assert uit.totaal["verschil_eur"] == round(uit.kern.loc["lasten", "verschil"] * inwoners[naam])
    assert [round(iv3.vergelijking(standen[n]).kern.loc["lasten", "eigen"]) for n in BESTANDEN] == [
        3115,
        3104,
        3343,
    ]


@naast_project
def test_naast_de_buren_telt_wie_alleen_nullen_gaf_niet_mee(standen):
    uit = iv3.vergelijking(standen["Baarn"], "buren", "salarissen")
    assert set(uit.groep) == {"Amersfoort", "Bunschoten", "Eemnes", "Hilversum", "Laren", "Soest", "Zeist"}
    assert uit.weggelaten == {"De Bilt": "leverde alleen nullen aan"}
    # Eemnes and Laren delivered no salaries here; that is not 0.
    kolom = "L1.1 Salarissen en sociale lasten"
    gegeven = [r for r in bron() if r["code"] == "8.3" and r["Gemeenten"] in uit.groep and r[kolom]]
    per = [float(r[kolom]) * 1000 / int(r["Inwonertal"]) for r in gegeven]
    assert uit.tabel.loc["8.3", "aantal"] == len(per) < len(uit.groep)
    assert uit.tabel.loc["8.3", "mediaan_per_inwoner"] == pytest.approx(statistics.median(per))
    assert uit.tabel.loc["8.3", "eigen_per_inwoner"] == pytest.approx(1_421_000 / 25186, rel=0.01)
    met = iv3.vergelijking(standen["Baarn"], ["Baarn"], zonder_zelf=False)
    assert set(met.tabel["verschil_per_inwoner"]) == {0.0}


@naast_project
def test_een_andere_gemeente_kiezen_toont_elk_verschil(standen, tmp_path):
    doel = tmp_path / "w"
    lees_in(doel, [GEDEELD / BESTANDEN["Baarn"]], wie="test")
    with Werkmap(doel) as werkmap:
        assert iv3.kies_gemeente(werkmap, "gemeente Zeist", "Noor") == "Zeist"
        stand = Stand(werkmap)
        assert iv3.gemeente(stand).hoe == "gekozen"
        uit = iv3.aansluiting(stand)
        assert uit.akkoord is False
        mis = uit.tabel[~uit.tabel["akkoord"].astype(bool)]
        assert len(mis) > 100
        assert (mis["toelichting"].str.len() > 10).all()
        assert uit.totalen["verschil_eur"][0] == 79_850_000 - 229_668_000
        iv3.kies_gemeente(werkmap, "De Bilt", "Noor")
        assert "leverde alleen nullen aan voor 2025" in iv3.aansluiting(Stand(werkmap)).reden
        iv3.kies_gemeente(werkmap, None, "Noor")
        assert iv3.gemeente(Stand(werkmap)).naam == "Baarn"
        with pytest.raises(ParameterFout, match="'Meerwoude' is geen gemeente in Iv3"):
            iv3.kies_gemeente(werkmap, "Meerwoude", "Noor")


# -- an invented municipality -----------------------------------------------------------------------


def test_een_verzonnen_gemeente_hoort_wat_er_te_doen_is(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        stand = Stand(werkmap)
        assert iv3.gemeente(stand).naam is None
        for antwoord in (iv3.aansluiting(stand), iv3.vergelijking(stand)):
            assert antwoord.reden == antwoord.toelichting == iv3.GEEN_GEMEENTE
            assert antwoord.tabel.empty
        assert iv3.groepen(stand) == {"grootteklasse": "Zelfde grootte"}
        json.dumps(dict(iv3.vergelijking(stand).parameters))


def test_met_een_inwonertal_is_een_verzonnen_gemeente_met_een_grootteklasse_te_vergelijken(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        iv3.kies_inwoners(werkmap, 40_000, "Noor")
        stand = Stand(werkmap)
        uit = iv3.vergelijking(stand)
        assert uit.reden is None
        assert len(uit.groep) == 178
        assert uit.toelichting.startswith("De eigen gemeente heeft € ")
        assert uit.toelichting.endswith(
            "Van 2027 zijn er nog geen Iv3-cijfers; vergeleken is met 2025, het laatste jaar."
        )
        regels = stand.tabel("begroting")
        werk = regels[~regels["taakveld"].isin(["0.10", "0.11"])]
        assert uit.kern.loc["lasten", "eigen"] == pytest.approx(werk["lasten_eur"].sum() / 40_000)
        assert "is een gemeente uit Iv3 nodig" in iv3.vergelijking(stand, "buren").reden
        assert "Van 2027" not in iv3.aansluiting(stand).reden
        iv3.kies_gemeente(werkmap, "Huizen", "Noor")
        gekozen = Stand(werkmap)
        assert iv3.aansluiting(gekozen).reden.startswith("Van 2027 zijn er geen Iv3-cijfers")
        assert iv3.vergelijking(gekozen, "buren").reden is None
        with pytest.raises(ParameterFout, match="0 kan geen inwonertal zijn"):
            iv3.kies_inwoners(werkmap, 0, "Noor")


def test_zonder_begroting_zijn_de_eigen_cijfers_die_van_iv3(tmp_path):
    with Werkmap(tmp_path / "w", maak=True) as werkmap:
        assert iv3.aansluiting(Stand(werkmap)).reden == iv3.GEEN_GEMEENTE
        iv3.kies_gemeente(werkmap, "Heemskerk", "Noor")
        stand = Stand(werkmap)
        assert iv3.aansluiting(stand).reden == "Er is geen begroting met een jaar gelezen. Lees een begroting in."
        uit = iv3.vergelijking(stand, "provincie")
        assert uit.toelichting.startswith("Heemskerk heeft € ")
        assert "Landsmeer" in uit.weggelaten
        van_cbs = iv3.cijfers(2025)[lambda t: (t["gemeente"] == "Heemskerk") & (t["taakveld"] == "0.4")]
        assert uit.kern.loc["overhead", "eigen"] == pytest.approx(
            van_cbs["lasten_eur"].item() / iv3.gemeenten(2025)["inwoners"]["Heemskerk"]
        )
        pd.testing.assert_frame_equal(uit.tabel, iv3.vergelijking(stand, "provincie").tabel)
