"""The euros of a werkmap: years, norm, versions, and down to file, sheet and row."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from opgavelib.domein.begrippen import Begrotingsrol
from opgavelib.domein.begroting import OVERHEAD, SNEDEN, Overhead
from opgavelib.inlezen import lees_bestanden
from opgavelib.opslag import Werkmap
from opgavelib.opslag.proef import probeer
from opgavelib.toepassing import Stand, lees_in

KOP = ["Jaar", "Taakveld", "Programma", "Omschrijving", "Team", "Lasten", "Lean of opgave", "S/I"]
BASIS = [
    [2026, "6.2", "Zorg", "Wijkteam", "Zorg", 90, "lean", "structureel"],
    [2027, "6.2", "Zorg", "Wijkteam", "Zorg", 100, "lean", "structureel"],
    [2027, "6.2", "Zorg", "Vernieuwing", "Zorg", 50, "opgave", "incidenteel"],
    [2027, "0.4", "Bestuur", "Huisvesting", "Staf", 30, "lean", None],
]
EURO = ["lean_eur", "opgave_eur", "onbekend_eur"]


@pytest.fixture(scope="module")
def meerjarig(tmp_path_factory, een_leesproces_voor_alles):
    """A begroting of two years and a wijziging, read for real; only for reading."""
    from openpyxl import Workbook

    map_ = tmp_path_factory.mktemp("geld")
    for naam, rijen in (
        ("begroting.xlsx", [*BASIS, ["Totaal", None, None, None, None, 270]]),
        ("1e wijziging.xlsx", [[2027, "6.2", "Zorg", "Vernieuwing", "Zorg", -20, None, None],
                               [2027, "6.2", "Zorg", "Nieuw plan", "Zorg", 35, None, None]]),
    ):  # fmt: skip
        wb = Workbook()
        for rij in [KOP, *rijen]:
            wb.active.append(rij)
        wb.active.title = "Lasten"
        wb.save(map_ / naam)
        lees_in(map_ / "w", [map_ / naam], wie="Noor")
    return map_ / "w"


@pytest.fixture
def geld(meerjarig):
    with Werkmap(meerjarig) as werkmap:
        yield Stand(werkmap).geld


def test_jaren_en_peiljaar(geld):
    assert (geld.jaren, geld.peiljaar) == ([2026, 2027], 2027)
    assert geld.meerjaren["lasten_eur"].to_dict() == {"2026": 90, "2027": 195}
    assert geld.bereken(jaar=2026).totaal["lasten_eur"] == 90
    assert geld.bereken(jaar=2026).toelichting.endswith("Dit is de begroting van 2026; 2027 telt hier niet mee.")


def test_een_wijziging_komt_erbij_en_volgt_de_sturing(geld):
    assert [b.rol for b in geld.bronnen] == [Begrotingsrol.BEGROTING, Begrotingsrol.WIJZIGING]
    uit = geld.lean_opgave
    assert [uit.totaal[m] for m in EURO] == [130, 30, 35]
    assert uit.toelichting.startswith("1e wijziging.xlsx, blad 'Lasten' noemt zich een wijziging: de bedragen zijn")
    soort = uit.snede("structureel")
    assert soort["lasten_eur"].to_dict() == {"structureel": 100, "incidenteel": 50, "onbekend": 45}


def test_versies_met_hun_verschil(geld):
    een, twee = geld.versies
    assert (een.lasten_eur, twee.lasten_eur, twee.verschil_eur) == (180, 195, 15)
    assert (twee.rol, twee.wie) == (Begrotingsrol.WIJZIGING, "Noor")
    regels = geld.verschil(1, 2).regels.set_index("omschrijving")
    assert regels["verschil_eur"].to_dict() == {"Nieuw plan": 35, "Vernieuwing": -20}
    assert regels["wat"].to_dict() == {"Nieuw plan": "nieuw", "Vernieuwing": "gewijzigd"}
    assert geld.verschil(0, 2).totaal["verschil_eur"] == 195


def test_van_een_totaal_omlaag_tot_bestand_blad_en_rij(geld):
    uit = geld.lean_opgave
    onder = uit.onder("team", "Zorg")
    assert onder["lasten_eur"].sum() == uit.teams.loc["Zorg", "lasten_eur"] == 165
    assert list(zip(onder["bestand"], onder["blad"], onder["rij"], strict=True)) == [
        ("begroting.xlsx", "Lasten", 3), ("begroting.xlsx", "Lasten", 4), ("1e wijziging.xlsx", "Lasten", 2),
        ("1e wijziging.xlsx", "Lasten", 3),
    ]  # fmt: skip
    assert uit.regels["binnen_norm"].all()


def test_versies_van_een_ander_jaar_in_het_antwoord(geld):
    from argparse import Namespace

    from opgavelib.antwoorden.begroting import begroting

    for jaar, lasten in ((2026, [90]), (None, [180, 195])):
        document, _ = begroting(geld.stand, Namespace(jaar=jaar, overhead=None, alles_telt_mee=False))
        assert [v["lasten_eur"] for v in document["versies"]] == lasten
        assert {v["jaar"] for v in document["versies"]} == {jaar or 2027}


def test_een_andere_norm_rekent_zonder_iets_op_te_slaan(geld):
    gewoon = geld.lean_opgave.totaal
    apart = geld.bereken(replace(geld.norm, overhead=Overhead.EIGEN_REGEL))
    assert apart.teams.loc[OVERHEAD, "lasten_eur"] == 30
    assert apart.totaal["opgave_aandeel_eur"] == 30 / 130
    assert "Overhead (taakveld 0.4, € 30) staat op een eigen regel en telt niet mee" in apart.toelichting
    verdeeld = geld.bereken(replace(geld.norm, overhead=Overhead.VERDELEN))
    assert verdeeld.totaal["lasten_eur"] == gewoon["lasten_eur"] == 195
    assert verdeeld.snede("taakveld")["lasten_eur"].to_dict() == {"0.4": 0, "6.2": 195}
    assert "is naar lasten verdeeld over de andere regels" in verdeeld.toelichting
    assert geld.norm.overhead == Overhead.MEETELLEN
    assert geld.stand.werkmap.versie() == geld.stand.versie


def test_aansluiting_per_bestand(geld):
    regels = geld.lean_opgave.aansluiting.set_index("regel")
    assert regels.loc["totaal lasten", "verwacht_eur"] is None
    assert regels.loc["lasten begroting.xlsx, blad 'Lasten'", ["verwacht_eur", "akkoord"]].tolist() == [270, True]
    assert "1e wijziging.xlsx, blad 'Lasten' noemt geen totaal" in regels.loc["totaal lasten", "toelichting"]


def test_een_rol_en_een_peiljaar_van_de_werkmap(meerjarig, tmp_path):
    from shutil import copytree

    with Werkmap(copytree(meerjarig, tmp_path / "w")) as werkmap:
        wijziging = Stand(werkmap).geld.bronnen[1].bron
        werkmap.zet_begrotingsversie(wijziging, "telt niet mee", "Noor", "nog niet vastgesteld")
        assert Stand(werkmap).geld.lean_opgave.totaal["lasten_eur"] == 180
        werkmap.zet_begrotingsversie(wijziging, "begroting", "Noor")
        assert Stand(werkmap).begroting.totaal["lasten_eur"] == 195
        werkmap.zet_parameter("begroting.peiljaar", 2026, "Noor", "terugkijken")
        werkmap.zet_parameter("begroting.overhead", "eigen regel", "Noor", "BBV")
        geld = Stand(werkmap).geld
        assert (geld.peiljaar, geld.norm.overhead) == (2026, Overhead.EIGEN_REGEL)
        assert geld.lean_opgave.parameters["jaar"] == 2026


def test_een_regel_zonder_jaar_telt_in_het_laatste_jaar(boek, tmp_path):
    rijen = [KOP, *([j, "6.2", "Zorg", f"post {j}", "Zorg", 100, "lean", None] for j in (2026, 2027, None))]
    lees_in(tmp_path / "w", [boek("b.xlsx", Lasten=rijen)], wie="Noor")
    with Werkmap(tmp_path / "w") as werkmap:
        geld = Stand(werkmap).geld
        assert geld.meerjaren["lasten_eur"].to_dict() == {"2026": 100, "2027": 200}
        assert geld.lean_opgave.totaal["lasten_eur"] == geld.versies[-1].lasten_eur == 200


def test_een_bestand_opnieuw_lezen_is_een_versie(boek, tmp_path):
    for lasten in ([100, 40], [100, 55], [100, 55]):
        rijen = [KOP, *([2027, "6.2", "Zorg", f"post {n}", "Zorg", w, "lean"] for n, w in enumerate(lasten))]
        lees_in(tmp_path / "w", [boek("begroting.xlsx", Lasten=rijen)], wie="Noor")
    with Werkmap(tmp_path / "w") as werkmap:
        versies = Stand(werkmap).geld.versies
    assert [(v.versie, v.lasten_eur, v.verschil_eur) for v in versies] == [(1, 140, 140), (2, 155, 15)]
    assert versies[1].naam == "begroting.xlsx, blad 'Lasten', opnieuw gelezen"
    assert versies[1].toelichting == "1 regel anders (1 gewijzigd); € 15 meer lasten."


def test_centen_tellen_mee_en_sluiten_op_de_cent(boek, tmp_path):
    regels = [["6.2", f"post {n}", 0.4] for n in range(1000)]
    mis = "€ 4,50 te weinig gelezen. Kijk naar regels die ontbreken, of naar het totaal in het bestand."
    for naam, totaal, akkoord, zin in (("goed", 400, True, "Sluit aan."), ("fout", 404.5, False, mis)):
        rijen = [["Taakveld", "Omschrijving", "Lasten 2027"], *regels, ["Totaal", None, totaal]]
        lees_in(tmp_path / naam, [boek(f"{naam}.xlsx", Lasten=rijen)], wie="Noor")
        with Werkmap(tmp_path / naam) as werkmap:
            geld = Stand(werkmap).geld
            (rij,) = geld.aansluiting().to_dict("records")
            assert geld.lean_opgave.totaal["lasten_eur"] == geld.versies[0].lasten_eur == 400
        assert (rij["gevonden_eur"], rij["akkoord"], rij["toelichting"]) == (400, akkoord, zin)


def test_centen_van_een_begroting_en_haar_wijziging_worden_samen_een_keer_afgerond(boek, tmp_path):
    kop, w = ["Taakveld", "Omschrijving", "Team", "Lasten 2027", "Baten"], tmp_path / "w"
    regels = [["6.2", f"post {n}", "Zorg", 100.4, 0.25] for n in range(10)]
    lees_in(w, [boek("begroting.xlsx", Lasten=[kop, *regels])], wie="Noor")
    lees_in(
        w, [boek("begrotingswijziging 1.xlsx", Lasten=[kop, ["6.2", "post 1", "Zorg", -50.5, None]])], wie="Noor"
    )
    with Werkmap(w) as werkmap:
        geld = Stand(werkmap).geld
        assert geld.lean_opgave.totaal["lasten_eur"] == 954  # 953.50
        assert geld.lean_opgave.totaal["baten_eur"] == 3  # 2.50
        assert geld.lean_opgave.onder("team", "Zorg")[["lasten_eur", "baten_eur"]].sum().tolist() == [954, 3]
        assert geld.aansluiting()["gevonden_eur"].tolist()[0] == 953.5
        assert [(v.lasten_eur, v.verschil_eur) for v in geld.versies] == [(1004, 1004), (954, -50)]
        (regel,) = geld.versies[1].sinds_vorige.regels.to_dict("records")
        assert (regel["was_eur"], regel["wordt_eur"], regel["verschil_eur"]) == (100.4, 49.9, -50.5)


def test_wat_is_gelezen_voordat_centen_meetelden_krijgt_ze_bij_opnieuw_lezen(boek, tmp_path):
    rijen = [["Taakveld", "Lasten 2027"], ["6.2", 0.4], ["6.1", 0.4], ["Totaal", 0.8]]
    w, pad = tmp_path / "w", boek("b.xlsx", Lasten=rijen)
    assert probeer(w, lees_bestanden([pad]).bladen).na["begroting"] == (2, 0.8)
    lees_in(w, [pad], wie="Noor")
    with sqlite3.connect(w / "werkmap.sqlite") as db:  # as it was left then
        db.execute("ALTER TABLE begroting DROP COLUMN lasten_cent")
        db.execute("""UPDATE bronnen SET afgerond = '{"lasten_eur": 2}', totalen = '{"lasten_eur": 1}'""")
    with Werkmap(w) as werkmap:
        geld = Stand(werkmap).geld
        assert geld.lean_opgave.totaal["lasten_eur"] == 0
        assert "lees het bestand opnieuw" in geld.aansluiting().loc[0, "toelichting"]
    lees_in(w, [pad], wie="Noor")
    with Werkmap(w) as werkmap:
        geld = Stand(werkmap).geld
        assert geld.lean_opgave.totaal["lasten_eur"] == 1  # 0.80
        assert geld.aansluiting().loc[0, ["gevonden_eur", "toelichting"]].tolist() == [0.8, "Sluit aan."]
        assert [v.lasten_eur for v in geld.versies] == [0, 1]


@pytest.mark.parametrize(
    ("bestand", "lasten", "baten"),
    [
        ("baarn/begroting_baarn_2025.xlsx", 79_850_000, 79_844_000),
        ("iv3/begroting_huizen_2025.xlsx", 139_158_000, 139_154_000),
        ("iv3/begroting_zeist_2025.xlsx", 229_668_000, 229_665_000),
    ],
)
def test_echte_begrotingen_sluiten_op_de_euro_in_elke_snede(echte_bestanden, tmp_path, bestand, lasten, baten):
    lees_in(tmp_path / "w", [echte_bestanden / bestand], wie="Noor")
    with Werkmap(tmp_path / "w") as werkmap:
        geld = Stand(werkmap).geld
        for overhead in Overhead:
            uit = geld.bereken(replace(geld.norm, overhead=overhead))
            assert (uit.totaal["lasten_eur"], uit.totaal["baten_eur"]) == (lasten, baten)
            for op in SNEDEN:
                assert uit.snede(op)[EURO].to_numpy().sum() == lasten
        assert uit.aansluiting["akkoord"].tolist() == [True, True]
        assert set(uit.aansluiting["toelichting"]) == {"Sluit aan."}
        overhead_eur = geld.lean_opgave.totaal["overhead_eur"]
    assert overhead_eur == uit.regels.loc[uit.regels["taakveld"] == "0.4", "lasten_eur"].sum() > 0


@pytest.fixture(scope="session")
def echte_bestanden(request):
    """Files of real municipalities; they lie beside the project, not in it."""
    map_ = request.config.rootpath.parent / "shared" / "data"
    if not map_.is_dir():
        pytest.skip("de echte bestanden staan naast het project")
    return map_
