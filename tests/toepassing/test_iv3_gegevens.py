"""data/iv3 says what its source says, and what bites in the source does not bite here."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from opgavelib import woordenboek
from opgavelib.domein.iv3_groep import grootteklasse
from opgavelib.fouten import ParameterFout
from opgavelib.paden import map_van
from opgavelib.toepassing import iv3_gegevens as iv3

PROJECT = Path(__file__).resolve().parents[2]
BRON = PROJECT.parent / "shared" / "data" / "iv3"
naast_project = pytest.mark.skipif(not BRON.is_dir(), reason="de bronbestanden staan naast het project")
ALLEEN_NULLEN = {
    2023: ["Voorne aan Zee"],
    2024: ["Vijfheerenlanden"],
    2025: ["De Bilt", "Landsmeer", "Midden-Drenthe", "Vijfheerenlanden"],
}
SALARISSEN = "L1.1 Salarissen en sociale lasten"


@cache
def bron(jaar: int) -> list[dict[str, str]]:
    with (BRON / f"iv3_{jaar}_begroting.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter=";"))


@naast_project
@pytest.mark.parametrize("jaar", [2023, 2024, 2025])
def test_elk_cijfer_is_dat_van_de_bron_maal_duizend(jaar):
    echt = {}
    for r in bron(jaar):
        if r["Gemeenten"] != "Nederland":
            bedragen = (r["Lasten"], r["Baten"], r[SALARISSEN])
            echt[r["Gemeenten"], r["Taakveld"].split(" ")[0]] = [float(b) * 1000 if b else None for b in bedragen]
    hier = iv3.cijfers(jaar).astype(object)
    hier = hier.where(hier.notna(), None)
    assert {(g, t): [lasten, baten, sal] for g, t, lasten, baten, sal in hier.itertuples(index=False)} == echt
    assert len(hier) == len(echt) == 342 * len(iv3.taakvelden(jaar))


@naast_project
def test_gemeenten_zijn_die_van_de_bron():
    echt = {r["Gemeenten"]: int(r["Inwonertal"]) for r in bron(2025) if r["Gemeenten"] != "Nederland"}
    assert iv3.gemeenten(2025)["inwoners"].to_dict() == echt
    with (BRON / "gemeenten_2025.tsv").open(encoding="utf-8", newline="") as f:
        ander = {r["Gemeenten"]: int(r["Inwonertal"]) for r in csv.DictReader(f, delimiter="\t")}
    assert {iv3.zoek_gemeente(naam): inwoners for naam, inwoners in ander.items()} == echt


@naast_project
def test_het_script_maakt_wat_er_staat(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("iv3_maak", PROJECT / "data" / "iv3" / "maak.py")
    maak = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maak)
    hier = map_van("data/iv3")
    (tmp_path / "taakvelden.csv").write_bytes((hier / "taakvelden.csv").read_bytes())
    monkeypatch.setattr(maak, "HERE", tmp_path)
    monkeypatch.setattr(maak, "write_figures", lambda *_: None)  # their contents are compared above
    een_jaar = tmp_path / "bron"
    een_jaar.mkdir()
    (een_jaar / "iv3_2024_begroting.csv").symlink_to(BRON / "iv3_2024_begroting.csv")
    maak.main(een_jaar)
    for naam in ("gemeenten.csv", "taakvelden_per_jaar.csv"):
        regels = (hier / naam).read_text(encoding="utf-8").splitlines()
        gemaakt = (tmp_path / naam).read_text(encoding="utf-8").splitlines()
        assert gemaakt == [regels[0], *(r for r in regels if r.startswith("2024,"))], naam
    rijen = [r | maak._split(r["Taakveld"]) for r in bron(2025)]
    rijen[0] = rijen[0] | {"Lasten": "1.0"}
    with pytest.raises(SystemExit, match="gemeenten tellen niet op tot 'Nederland'"):
        maak.check_sum_is_the_country(rijen, "2025")


@pytest.mark.parametrize("jaar", [2023, 2024, 2025])
def test_een_jaar_heeft_342_gemeenten_zonder_nederland_en_wie_alleen_nullen_gaf(jaar):
    cijfers, gemeenten = iv3.cijfers(jaar), iv3.gemeenten(jaar)
    assert set(cijfers["gemeente"]) == set(gemeenten.index)
    assert len(gemeenten) == 342
    assert "Nederland" not in gemeenten.index
    som = cijfers.groupby("gemeente")[["lasten_eur", "baten_eur"]].sum()
    assert sorted(som.index[(som == 0).all(axis=1)]) == ALLEEN_NULLEN[jaar]
    assert (gemeenten["inwoners"] > 0).all()
    assert gemeenten["provincie"].nunique() == 12
    assert gemeenten["stedelijkheid"].nunique() == 5
    assert gemeenten["inwoners"].map(grootteklasse).equals(gemeenten["grootteklasse"])
    assert not cijfers.duplicated(["gemeente", "taakveld"]).any()
    assert cijfers["salarissen_eur"].isna().any()
    assert cijfers[["lasten_eur", "baten_eur"]].notna().all().all()


def test_dezelfde_gemeenten_in_elk_jaar():
    assert iv3.jaren() == (2023, 2024, 2025)
    assert len({tuple(iv3.gemeenten(j).index) for j in iv3.jaren()}) == 1


def test_codes_zijn_tekst_en_horen_bij_hun_jaar():
    baarn = iv3.cijfers(2025)[lambda t: t["gemeente"] == "Baarn"].set_index("taakveld")["lasten_eur"]
    assert (baarn["0.1"], baarn["0.10"]) == (2_043_000, 1_343_000)
    assert [len(iv3.taakvelden(j)) for j in iv3.jaren()] == [71, 71, 69]
    assert (iv3.taakvelden(2024)["6.4"], iv3.taakvelden(2025)["6.4"]) == (
        "Begeleide participatie", "WSW en beschut werk",
    )  # fmt: skip
    assert iv3.taakvelden(2025) == dict(woordenboek.taakvelden())
    assert list(iv3.taakvelden(2024))[:14] == list(woordenboek.taakvelden())[:14]  # 0.9 before 0.10
    namen = [n for j in iv3.jaren() for n in iv3.taakvelden(j).values()]
    assert [n for n in namen if n.endswith("..") or n != n.strip()] == []


def test_een_jaar_zonder_cijfers():
    with pytest.raises(ParameterFout, match="Van 2027 zijn er geen Iv3-cijfers; wel van 2023, 2024, 2025"):
        iv3.cijfers(2027)


# -- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("geschreven", "naam"),
    [("Baarn", "Baarn"), ("gemeente baarn", "Baarn"), ("Den Haag", "'s-Gravenhage"),
     ("s gravenhage", "'s-Gravenhage"),
     ("Utrecht (gemeente)", "Utrecht"), ("Hengelo (O.)", "Hengelo"), ("Sudwest Fryslan", "Súdwest-Fryslân"),
     ("BERGEN (NH.)", "Bergen (NH.)"), ("Nuenen", "Nuenen, Gerwen en Nederwetten"),
     ("Den  Bosch", "'s-Hertogenbosch")],
)  # fmt: skip
def test_een_gemeente_wordt_gevonden_zoals_mensen_haar_schrijven(geschreven, naam):
    assert iv3.zoek_gemeente(geschreven) == naam


@pytest.mark.parametrize(
    ("geschreven", "melding"),
    [
        ("Bergen", r"'Bergen' kan Bergen \(L\.\) of Bergen \(NH\.\) zijn"),
        ("Meerwoude", "'Meerwoude' is geen gemeente in Iv3 2023-2025"),
        ("Barn", "Bedoelt u Baarn"),
        ("Nederland", "is geen gemeente"),
        ("Hellevoetsluis", "een gemeente die is opgegaan in een andere|staat er onder de nieuwe naam"),
    ],
)
def test_bij_twijfel_wordt_niet_gekozen(geschreven, melding):
    with pytest.raises(ParameterFout, match=melding):
        iv3.zoek_gemeente(geschreven)


@pytest.mark.parametrize(
    ("bestanden", "namen"),
    [
        (["begroting_baarn_2025.xlsx"], ("Baarn",)),
        (["Begroting 2025 gemeente Midden-Groningen (def).xlsx"], ("Midden-Groningen",)),
        (["begroting_den_haag.ods"], ("'s-Gravenhage",)),
        (["begroting_meerwoude_2027.xlsx"], ()),
        (["begroting bergen 2025.xlsx"], ()),  # two have that name
        (["baarn.xlsx", "wijziging baarn.xlsx"], ("Baarn",)),
        (["samen baarn en soest.xlsx"], ("Baarn", "Soest")),
        (["bestuursbegroting.xlsx"], ()),  # Best is a municipality, but not here
    ],
)
def test_herkennen_aan_de_bestandsnaam(bestanden, namen):
    assert iv3.herken(bestanden) == namen


# -- neighbours -------------------------------------------------------------------------------------


def test_buren_zijn_wederzijds_en_bestaan():
    buren = iv3.buren()
    assert set(buren) <= set(iv3.gemeenten(2025).index)
    for gemeente, anderen in buren.items():
        assert gemeente not in anderen
        assert all(gemeente in buren[a] for a in anderen)
    assert set(iv3.gemeenten(2025).index) - set(buren) == {
        "Ameland", "Schiermonnikoog", "Terschelling", "Texel", "Vlieland",
    }  # fmt: skip


def test_bekende_buren():
    assert set(iv3.buren()["Baarn"]) == {
        "Amersfoort", "Bunschoten", "De Bilt", "Eemnes", "Hilversum", "Laren", "Soest", "Zeist",
    }  # fmt: skip
    assert iv3.buren()["Urk"] == ("Noordoostpolder",)
    # The other municipalities lie together, so from Baarn one can go to all of them, but for Zeeuws-Vlaanderen.
    bereikt, open_ = {"Baarn"}, ["Baarn"]
    while open_:
        nieuw = set(iv3.buren()[open_.pop()]) - bereikt
        bereikt |= nieuw
        open_ += nieuw
    assert set(iv3.buren()) - bereikt == {"Hulst", "Sluis", "Terneuzen"}


def test_buren_uit_een_kaart_met_gedeelde_lijnen(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("iv3_buren", PROJECT / "data" / "iv3" / "buren.py")
    buren = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(buren)
    (tmp_path / "gemeenten.csv").write_text(
        "jaar,gemeente\n2025,Laren\n2025,Bergen (NH.)\n2025,Huizen\n", encoding="utf-8"
    )
    vlakken = {"Laren (NH.)": [[0, 1]], "Bergen (NH.)": [[[-2, 2]], [[3]]], "Huizen": [[4]]}
    kaart = tmp_path / "kaart.json"

    def schrijf():
        delen = [{"arcs": a, "properties": {"statnaam": n}} for n, a in vlakken.items()]
        kaart.write_text(json.dumps({"objects": {"x": {"geometries": delen}}}), encoding="utf-8")

    schrijf()
    monkeypatch.setattr(buren, "HERE", tmp_path)
    buren.main(kaart, "2025")
    with (tmp_path / "buren.csv").open(encoding="utf-8", newline="") as f:
        paren = defaultdict(set)
        for r in csv.DictReader(f):
            paren[r["gemeente"]].add((r["buur"], r["jaar"]))
    assert paren == {"Bergen (NH.)": {("Laren", "2025")}}
    vlakken["Huizen"] = [[1]]  # the same line in the same direction: lines are not shared in this map
    schrijf()
    with pytest.raises(SystemExit, match="geen kaart met gedeelde grenzen"):
        buren.main(kaart, "2025")
