"""The command line: exit codes, one JSON document, Dutch throughout, all or nothing (design §6)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter

import pytest

from opgavelib import __version__
from opgavelib.cli import main
from opgavelib.opslag import Werkmap

VRAGEN = ("shortlist", "trace", "begroting", "capaciteit")
ALLE = (
    "lees",
    "voorbeeld",
    "dashboard",
    "overlap",
    "sjabloon",
    "backup",
    "herstel",
    "rapport",
    "controle",
    *VRAGEN,
)
ENGELS = re.compile(
    r"\b(usage|error|options?|optional|positional|arguments?|show this|help message|required|invalid|expected|"
    r"unrecognized|choose|choice|ignored|explicit|ambiguous|default|file|directory|Traceback)\b",
    re.IGNORECASE,
)
AKKOORD = [
    ["Nr", "Thema", "Afspraak"],
    [1, "Wonen", "We bouwen 1.200 woningen"],
    [2, "Zorg", "Elk dorp een huisarts"],
]


@pytest.fixture
def als_json(opgave):
    """``als_json("trace", ...)`` gives the document; the command succeeded and printed nothing else."""

    def _als_json(*argv):
        code, uit, fout = opgave(*argv, "--json")
        assert (code, fout) == (0, "")
        return json.loads(uit)

    return _als_json


def plat(waarde):
    """Every key and leaf of a JSON value."""
    if isinstance(waarde, dict):
        for k, w in waarde.items():
            yield k, w
            yield from plat(w)
    elif isinstance(waarde, list):
        for w in waarde:
            yield from plat(w)


# -- Dutch, and how to use it -----------------------------------------------------------------------


@pytest.mark.parametrize("argv", [("--help",), *((c, "--help") for c in ALLE)], ids=" ".join)
def test_hulp_leest_als_een_nederlandse_handleiding(opgave, argv):
    code, uit, fout = opgave(*argv)
    assert (code, fout) == (0, "")
    assert uit.startswith("gebruik: opgave")
    # Names of options are what they are; everything around them is Dutch.
    assert not ENGELS.findall(re.sub(r"--[\w-]+", "", uit))
    if argv == ("--help",):
        assert [c for c in ALLE if not re.search(rf"^ +{c} +\w", uit, re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("argv", "zin"),
    [
        ((), "gebruik: opgave"),
        (("onzin",), "'onzin' kan hier niet; kies uit 'lees'"),
        (("lees",), "dit ontbreekt nog: --werkmap"),
        (("lees", "--werkmap", "w"), "dit ontbreekt nog: BESTAND"),
        (("lees", "a.xlsx", "--werkmap"), "--werkmap: hier hoort één waarde achter"),
        (("lees", "a.xlsx", "--werkmap", "w", "--soort", "iets"), "'iets' kan hier niet; kies uit 'coalitie"),
        (("lees", "a.xlsx", "--werkmap", "w", "--kolom"), "--kolom: hier hoort minstens één waarde achter"),
        (("lees", "a.xlsx", "--werkmap", "w", "--kolom", "=titel"), "moet zijn EIGEN=ONZE"),
        (("trace", "nog", "--werkmap", "w"), "dit wordt niet herkend: nog"),
        (("trace", "--werkmap", "w", "--json=3"), "--json: hier hoort geen waarde achter: '3'"),
        (("shortlist", "--werkmap", "w", "--opgaven", "0"), "'0' is geen aantal van 1 of meer"),
        (("shortlist", "--werkmap", "w", "--opgaven", "²"), "'²' is geen aantal van 1 of meer"),
        (("shortlist", "--werkmap", "w", "--budget", "tien"), "'tien' is geen bedrag, bijvoorbeeld 2500000"),
        (("shortlist", "--werkmap", "w", "--budget", "1,234"), "'1,234' is geen bedrag"),
        (("shortlist", "--werkmap", "w", "--methode", "dobbelen"), "--methode: 'dobbelen' kan hier niet"),
        (("dashboard", "--poort", "80"), "'80' is geen poort tussen 1024 en 65535"),
        (("voorbeeld",), "dit ontbreekt nog: MAP"),
    ],
    ids=lambda w: " ".join(w) if isinstance(w, tuple) else "",
)  # fmt: skip
def test_verkeerd_gebruik_is_code_2_in_het_nederlands(opgave, argv, zin):
    code, uit, fout = opgave(*argv)
    assert code == 2
    assert zin in uit + fout
    assert not ENGELS.findall(re.sub(r"--[\w-]+", "", uit + fout))


def test_versie(opgave):
    assert opgave("--versie") == (0, f"{__version__}\n", "")


@pytest.mark.parametrize("vraag", VRAGEN)
def test_een_map_zonder_werkmap_is_verkeerd_gebruik_en_wordt_niet_gemaakt(opgave, tmp_path, vraag):
    code, uit, fout = opgave(vraag, "--werkmap", tmp_path / "niets")
    assert (code, uit) == (2, "")
    assert fout.startswith("Er is geen werkmap in")
    code, uit, _ = opgave(vraag, "--werkmap", tmp_path / "niets", "--json")
    assert (code, list(json.loads(uit))) == (2, ["fout"])
    assert not (tmp_path / "niets").exists()


# -- lees -------------------------------------------------------------------------------------------


def test_lees_en_lees_nog_eens(als_json, boek, tmp_path):
    pad = boek("akkoord.xlsx", Akkoord=AKKOORD)
    eerst = als_json("lees", pad, "--werkmap", tmp_path / "w")
    assert list(eerst) == ["gelezen", "geweigerd", "ongewijzigd", "bevindingen"]
    assert (eerst["gelezen"], eerst["geweigerd"], eerst["ongewijzigd"]) == (2, 0, 0)
    for b in eerst["bevindingen"]:
        assert list(b) == ["bestand", "blad", "rij", "kolom", "ernst", "probleem", "doe"]
        assert b["ernst"] in ("let op", "info")
    with Werkmap(tmp_path / "w") as werkmap:
        versie = werkmap.versie()
    nogmaals = als_json("lees", pad, "--werkmap", tmp_path / "w")
    assert (nogmaals["gelezen"], nogmaals["geweigerd"], nogmaals["ongewijzigd"]) == (2, 0, 2)
    with Werkmap(tmp_path / "w") as werkmap:
        assert werkmap.versie() == versie


def test_lees_zegt_in_gewone_taal_wat_er_is_gebeurd(opgave, boek, tmp_path):
    code, uit, fout = opgave(
        "lees", boek("akkoord.xlsx", Akkoord=AKKOORD), "--werkmap", tmp_path / "w", "--wie", "Noor"
    )
    assert (code, fout) == (0, "")
    assert uit.endswith("2 rijen gelezen, waarvan 0 ongewijzigd; 0 geweigerd.\n")
    with Werkmap(tmp_path / "w") as werkmap:
        assert set(werkmap.tabel("gebeurtenissen")["wie"]) == {"Noor"}


@pytest.fixture
def geweigerd(boek):
    """Three files: one is good, two hold four mistakes together."""
    return [
        boek("goed.xlsx", Akkoord=AKKOORD),
        boek("teams.xlsx", Teams=[["Team", "Teamleider", "Fte"], ["Wonen", "Anouk", "tien"], ["Zorg", "Bas"]]),
        boek("begroting.xlsx", Begroting=[["Taakveld", "Lasten", "Baten"], ["6.2", "tien", 0], ["0,1", 100, 0]]),
    ]  # fmt: skip


def test_geweigerde_invoer_noemt_alles_in_een_keer_en_bewaart_niets(opgave, geweigerd, tmp_path):
    code, uit, fout = opgave("lees", *geweigerd, "--werkmap", tmp_path / "w")
    assert (code, uit) == (1, "")
    assert fout.startswith("4 problemen in teams.xlsx, begroting.xlsx; er is niets ingelezen.\n")
    for nummer in range(1, 5):
        assert re.search(rf"^{nummer}\. .*rij \d+, kolom '.+': .+\n   Doe: .+$", fout, re.MULTILINE)
    assert not ENGELS.findall(fout)
    assert "Anouk" not in fout
    assert not (tmp_path / "w").exists()


def test_geweigerde_invoer_als_json(opgave, geweigerd, tmp_path):
    code, uit, _ = opgave("lees", *geweigerd, "--werkmap", tmp_path / "w", "--json")
    document = json.loads(uit)
    assert code == 1
    fouten = [b for b in document["bevindingen"] if b["ernst"] == "fout"]
    assert Counter(b["bestand"] for b in fouten) == {"teams.xlsx": 2, "begroting.xlsx": 2}
    # All rows of all files are refused, for nothing is stored partially.
    assert (document["gelezen"], document["geweigerd"], document["ongewijzigd"]) == (0, 6, 0)


def test_geweigerde_invoer_laat_een_werkmap_zoals_zij_was(opgave, geweigerd, boek, tmp_path):
    assert opgave("lees", geweigerd[0], "--werkmap", tmp_path / "w")[0] == 0
    scores = boek("scores.xlsx", Jo=[["Ambitie", "Effect", "Urgentie"], ["CA-001", 4, 3], ["Geen ambitie", 1, 2]])
    nieuw = boek("nieuw.xlsx", Akkoord=[["Nr", "Afspraak"], [1, "Iets heel anders"]])
    voor = (tmp_path / "w" / "werkmap.sqlite").read_bytes()
    code, _, fout = opgave("lees", nieuw, scores, "--werkmap", tmp_path / "w")
    assert code == 1
    assert "'Geen ambitie' staat niet in de werkmap." in fout
    assert (tmp_path / "w" / "werkmap.sqlite").read_bytes() == voor


def test_een_bestand_dat_er_niet_is(opgave, tmp_path):
    code, _, fout = opgave("lees", tmp_path / "weg.xlsx", "--werkmap", tmp_path / "w")
    assert code == 1
    assert "weg.xlsx" in fout
    assert "Het bestand bestaat niet" in fout
    assert not (tmp_path / "w").exists()


def test_een_werkmap_die_een_bestand_is(opgave, boek, tmp_path):
    (tmp_path / "w").write_text("geen map")
    code, _, fout = opgave("lees", boek("akkoord.xlsx", Akkoord=AKKOORD), "--werkmap", tmp_path / "w")
    assert code == 2
    assert "kan niet worden gemaakt: er staat een bestand met die naam" in fout
    code, _, fout = opgave("voorbeeld", tmp_path / "w")
    assert code == 2
    assert not ENGELS.findall(fout)


VREEMD = [["Ding", "Waarover"], ["We bouwen 1.200 woningen in de kern", "Wonen"], ["Elk dorp een huisarts", "Zorg"]]


def test_kolom_wijst_een_eigen_kop_aan(als_json, boek, tmp_path):
    pad = boek("lijst.xlsx", Lijst=VREEMD)
    als_json("lees", "--soort", "coalitieakkoord", "--kolom", "Ding=titel", "Waarover=programma", pad,
             "--werkmap", tmp_path / "w")  # fmt: skip
    rijen = als_json("trace", "--werkmap", tmp_path / "w")["ambities"]
    assert [r["titel"] for r in rijen] == [r[0] for r in VREEMD[1:]]
    with Werkmap(tmp_path / "w") as werkmap:
        assert werkmap.tabel("ambities")["programma"].tolist() == ["Wonen", "Zorg"]


@pytest.mark.parametrize(("kolom", "zin"), [("Ding=titels", "'titels' is geen kolom van het werkboek"),
                                            ("Dong=titel", "Er is geen kolom met de kop 'Dong'")])  # fmt: skip
def test_kolom_die_niet_bestaat(opgave, boek, tmp_path, kolom, zin):
    pad = boek("lijst.xlsx", Lijst=VREEMD)
    code, _, fout = opgave("lees", pad, "--soort", "coalitieakkoord", "--werkmap", tmp_path / "w", "--kolom", kolom)
    assert code == 1
    assert zin in fout
    assert not (tmp_path / "w").exists()


# -- a werkmap with little in it --------------------------------------------------------------------


@pytest.mark.parametrize("inhoud", ["alleen ambities", "alleen teams", "alleen begroting"])
@pytest.mark.parametrize("vraag", [*VRAGEN, "trace --zoek wonen", "shortlist --budget 1"])
def test_elke_vraag_heeft_een_antwoord_bij_een_halve_werkmap(opgave, als_json, boek, tmp_path, inhoud, vraag):
    bladen = {
        "alleen ambities": AKKOORD,
        "alleen teams": [["Team", "Teamleider", "Fte"], ["Wonen", "Anouk", 3]],
        "alleen begroting": [
            ["Taakveld", "Omschrijving", "Lasten"],
            ["6.2", "Wijkteam", 100],
            ["6.3", "Inkomen", 50],
        ],
    }
    als_json("lees", boek("bestand.xlsx", Blad=bladen[inhoud]), "--werkmap", tmp_path / "w")
    document = als_json(*vraag.split(), "--werkmap", tmp_path / "w")
    assert document["toelichting"] if "toelichting" in document else document["bestemming"]
    code, uit, fout = opgave(*vraag.split(), "--werkmap", tmp_path / "w")
    assert (code, fout) == (0, "")
    assert not re.search(r"\b(nan|None|NaN|inf)\b", uit)


def test_een_begroting_van_meer_jaren_sluit_aan_en_toont_het_laatste_jaar(als_json, boek, tmp_path):
    rijen = [["Jaar", "Taakveld", "Lasten"], [2026, "6.2", 100], [2027, "6.2", 250], ["Totaal", None, 350]]
    als_json("lees", boek("meerjarenbegroting.xlsx", Begroting=rijen), "--werkmap", tmp_path / "w")
    document = als_json("begroting", "--werkmap", tmp_path / "w")
    assert document["totaal"]["onbekend_eur"] == 250
    (regel,) = [r for r in document["aansluiting"] if r["regel"] == "totaal lasten"]
    assert (regel["verwacht_eur"], regel["gevonden_eur"], regel["akkoord"]) == (350, 350, True)


def test_zonder_totaal_in_een_van_de_bestanden_is_er_niets_om_mee_te_vergelijken(als_json, boek, tmp_path):
    met = boek("begroting 2027 deel 1.xlsx", Begroting=[["Taakveld", "Lasten"], ["6.2", 100], ["Totaal", 100]])
    zonder = boek("begroting 2027 deel 2.xlsx", Begroting=[["Taakveld", "Lasten"], ["6.3", 50], ["6.4", 25]])
    als_json("lees", met, zonder, "--werkmap", tmp_path / "w")
    regel, een, twee = als_json("begroting", "--werkmap", tmp_path / "w")["aansluiting"]
    assert (regel["regel"], regel["gevonden_eur"]) == ("totaal lasten", 175)
    assert regel["verwacht_eur"] is regel["verschil_eur"] is regel["akkoord"] is None
    assert (een["regel"], een["akkoord"]) == ("lasten begroting 2027 deel 1.xlsx, blad 'Begroting'", True)
    assert (twee["gevonden_eur"], twee["akkoord"]) == (75, None)


# -- Baarn, as it is --------------------------------------------------------------------------------


def test_baarn(als_json, baarn, tmp_path):
    werkmap = ("--werkmap", tmp_path / "w")
    assert als_json("lees", *baarn, *werkmap)["gelezen"] == 185 + 69
    trace = als_json("trace", *werkmap)
    assert trace["rijen"] == len(trace["ambities"]) == trace["bestemming"]["open"] == 185
    assert sum(trace["bestemming"].values()) == 185
    assert {r["blad"] for r in trace["ambities"]} == {"Afspraken"}
    assert [r["rij"] for r in trace["ambities"]] == list(range(5, 190))
    begroting = als_json("begroting", *werkmap)
    totaal = begroting["totaal"]
    assert totaal["lean_eur"] + totaal["opgave_eur"] + totaal["onbekend_eur"] == 79_850_000
    assert totaal["opgave_aandeel_eur"] is None
    assert totaal["reden"]
    lasten = {"regel": "totaal lasten", "verwacht_eur": 79_850_000, "gevonden_eur": 79_850_000, "verschil_eur": 0,
              "akkoord": True, "toelichting": "Sluit aan."}  # fmt: skip
    assert lasten in begroting["aansluiting"]
    assert als_json("lees", *baarn, *werkmap)["ongewijzigd"] == 185 + 69


# -- the example municipality -----------------------------------------------------------------------


def test_voorbeeld_telt_op(als_json, voorbeeld):
    trace = als_json("trace", "--werkmap", voorbeeld)
    assert list(trace) == ["rijen", "bestemming", "ambities"]
    assert list(trace["bestemming"]) == ["open", "opgave", "samengevoegd", "lijn", "parkeerplaats", "afgewezen"]
    assert trace["rijen"] == len(trace["ambities"]) == sum(trace["bestemming"].values())
    assert dict(Counter(r["bestemming"] for r in trace["ambities"])) == {
        k: n for k, n in trace["bestemming"].items() if n
    }
    assert all(trace["bestemming"].values())  # the example shows every bestemming
    sleutels = {r["ambitie"] for r in trace["ambities"]}
    assert len(sleutels) == trace["rijen"]
    for r in trace["ambities"]:
        assert {"ambitie", "bron", "blad", "rij", "titel", "bestemming", "reden", "wie", "tijdstip"} <= set(r)
        assert isinstance(r["rij"], int)
        assert (r["bestemming"] == "open") or (r["reden"] and r["wie"] and r["tijdstip"])
        assert r["bestemming"] != "samengevoegd" or r["naar"] in sleutels - {r["ambitie"]}
    with Werkmap(voorbeeld) as werkmap:
        bronnen = werkmap.tabel("bronnen")
        van_ambities = bronnen[bronnen["tabel"] == "ambities"]["rijen_gelezen"].sum()
    assert van_ambities == trace["rijen"]


def test_voorbeeld_zoeken_versmalt_de_lijst_en_niet_de_telling(als_json, voorbeeld):
    alles = als_json("trace", "--werkmap", voorbeeld)
    wonen = als_json("trace", "--werkmap", voorbeeld, "--zoek", "WONING")
    assert 0 < len(wonen["ambities"]) < wonen["rijen"] == alles["rijen"]
    assert wonen["bestemming"] == alles["bestemming"]
    assert all(r in alles["ambities"] for r in wonen["ambities"])
    assert als_json("trace", "--werkmap", voorbeeld, "--zoek", "[kwikzilver(")["ambities"] == []


def test_voorbeeld_begroting_sluit_aan_en_elke_doorsnede_telt_op(als_json, voorbeeld):
    document = als_json("begroting", "--werkmap", voorbeeld)
    maten = ["lean_eur", "opgave_eur", "onbekend_eur", "opgave_aandeel_eur", "lean_uren", "opgave_uren",
             "opgave_aandeel_uren"]  # fmt: skip
    assert set(maten) <= set(document["totaal"])
    assert len([t for t in document["teams"] if t["teamleider"]]) == 11
    assert all({"team", "teamleider", *maten} <= set(t) for t in document["teams"])
    for maat in ("lean_eur", "opgave_eur", "onbekend_eur"):
        assert sum(t[maat] for t in document["teams"]) == document["totaal"][maat]
        assert sum(t[maat] for t in document["domeinen"]) == document["totaal"][maat]
    for maat in ("lean_uren", "opgave_uren"):
        assert sum(t[maat] for t in document["teams"]) == pytest.approx(document["totaal"][maat], abs=0.2)
    (lasten,) = [r for r in document["aansluiting"] if r["regel"] == "totaal lasten"]
    assert lasten["akkoord"] is True
    assert lasten["gevonden_eur"] == sum(document["totaal"][m] for m in ("lean_eur", "opgave_eur", "onbekend_eur"))
    assert all(r["akkoord"] for r in document["aansluiting"])


def test_voorbeeld_capaciteit_is_280_fte_over_elf_teams(als_json, voorbeeld):
    document = als_json("capaciteit", "--werkmap", voorbeeld)
    velden = {"team", "teamleider", "kwartaal", "beschikbaar_uren", "lean_uren", "gevraagd_uren", "toegezegd_uren",
              "saldo_uren"}  # fmt: skip
    assert all(set(t) >= velden for t in document["teams"])
    teams = {t["team"] for t in document["teams"]}
    assert len(teams) == 11
    assert len(document["teams"]) == 11 * len(document["kwartalen"])
    with Werkmap(voorbeeld) as werkmap:
        formatie, inzet = werkmap.tabel("teams"), werkmap.tabel("inzet")
    assert formatie["fte"].sum() == pytest.approx(280)
    uren = (formatie["fte"] * formatie["uren_per_fte"].fillna(1360)).sum()
    per_kwartaal = sum(t["formatie_uren"] for t in document["teams"]) / len(document["kwartalen"])
    assert per_kwartaal == pytest.approx(uren / 4)
    gevraagd = inzet[inzet["status"] != "afgewezen"]["uren_gevraagd"].sum()
    assert sum(t["gevraagd_uren"] for t in document["teams"]) == pytest.approx(gevraagd)
    for t in document["teams"]:
        assert t["saldo_uren"] == pytest.approx(
            t["beschikbaar_uren"] - t["lean_uren"] - t["gevraagd_uren"], abs=0.02
        )
        assert t["vrij_uren"] == pytest.approx(t["saldo_uren"] + t["gevraagd_uren"] - t["toegezegd_uren"], abs=0.04)
    for maat in ("gevraagd_uren", "saldo_uren", "formatie_uren"):
        som = sum(t[maat] for t in document["teams"])
        assert sum(t[maat] for t in document["teamleiders"]) == pytest.approx(som, abs=1)
    mist = {
        (d["team"], d["deskundigheid"]): d["wie_wel"] for d in document["deskundigheden"] if d["heeft"] is False
    }
    assert mist["Samenleving", "volkshuisvesting"] == ["Ruimte en Wonen"]
    assert mist["Duurzaamheid en Mobiliteit", "elektrotechniek"] == []


def test_capaciteit_in_een_scenario(opgave, als_json, voorbeeld, voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as w:
        team = {"inhuur|Samenleving": {"uren": 100.0, "vanaf": "2027K1", "tot": "2027K2"}}
        assert w.scenarios.maak("Inhuur", "Noor", keuzes=team) == "S01"
    zonder = als_json("capaciteit", "--werkmap", voorbeeld_kopie)
    met = als_json("capaciteit", "--werkmap", voorbeeld_kopie, "--scenario", "S01")
    assert (zonder["scenario"], met["scenario"]) == ("basis", "S01")
    inhuur = {(t["team"], t["kwartaal"]): t["inhuur_uren"] for t in met["teams"] if t["inhuur_uren"]}
    assert inhuur == {("Samenleving", "2027K1"): 100, ("Samenleving", "2027K2"): 100}
    verschil = sum(t["saldo_uren"] for t in met["teams"]) - sum(t["saldo_uren"] for t in zonder["teams"])
    assert verschil == pytest.approx(200)
    code, uit, _ = opgave("capaciteit", "--werkmap", voorbeeld_kopie, "--scenario", "S01")
    assert (code, uit.splitlines()[0]) == (0, "Scenario S01, Inhuur.")
    assert "■ Samenleving, volkshuisvesting" in uit
    code, _, fout = opgave("capaciteit", "--werkmap", voorbeeld, "--scenario", "S09")
    assert (code, fout.strip()) == (1, "Er is geen scenario 'S09'.")


def test_voorbeeld_shortlist_van_19(als_json, voorbeeld):
    document = als_json("shortlist", "--werkmap", voorbeeld)
    assert list(document) == ["rang", "toelichting", "parameters"]
    assert all(set(r) == {"ambitie", "titel", "score", "rang", "gekozen", "reden"} for r in document["rang"])
    gekozen = [r for r in document["rang"] if r["gekozen"]]
    assert len(gekozen) == document["parameters"]["opgaven"] == 19
    assert all(r["reden"] for r in document["rang"])
    beoordeeld = [r for r in document["rang"] if r["score"] is not None]
    assert [r["rang"] for r in beoordeeld] == list(range(1, len(beoordeeld) + 1))
    assert [r["score"] for r in beoordeeld] == sorted((r["score"] for r in beoordeeld), reverse=True)
    assert sum(document["parameters"]["gewichten"].values()) == pytest.approx(1)


@pytest.mark.parametrize("budget", [0, 250_000, 3_000_000, 12_000_000])
def test_voorbeeld_shortlist_blijft_binnen_het_budget(als_json, voorbeeld, budget):
    document = als_json("shortlist", "--werkmap", voorbeeld, "--budget", budget, "--opgaven", 25)
    with Werkmap(voorbeeld) as werkmap:
        ambities = werkmap.tabel("ambities")
    gekozen = [r["ambitie"] for r in document["rang"] if r["gekozen"]]
    assert len(gekozen) <= 25
    assert ambities.loc[gekozen, "budget_eur"].sum() <= budget
    per_team = ambities.loc[gekozen].groupby("team")["uren"].sum()
    ruimte = document["parameters"]["ruimte_uren"]
    assert all(uren <= ruimte[team] for team, uren in per_team.items() if team in ruimte)
    assert document["parameters"]["budget_eur"] == budget


def test_voorbeeld_nog_eens_verandert_niets(opgave, voorbeeld_kopie):
    bestand = voorbeeld_kopie / "werkmap.sqlite"
    voor = bestand.read_bytes()
    code, uit, fout = opgave("voorbeeld", voorbeeld_kopie)
    assert (code, fout) == (0, "")
    assert "er is niets veranderd" in uit
    assert bestand.read_bytes() == voor


def test_voorbeeld_komt_niet_over_een_eigen_werkmap_heen(opgave, als_json, boek, tmp_path):
    als_json("lees", boek("akkoord.xlsx", Akkoord=AKKOORD), "--werkmap", tmp_path / "w")
    code, _, fout = opgave("voorbeeld", tmp_path / "w")
    assert code == 2
    assert "staat al een werkmap" in fout
    assert als_json("trace", "--werkmap", tmp_path / "w")["rijen"] == 2


@pytest.mark.parametrize("vraag", VRAGEN)
def test_voorbeeld_in_tekst_en_json_zonder_nan(opgave, als_json, voorbeeld, vraag):
    code, uit, fout = opgave(vraag, "--werkmap", voorbeeld)
    assert (code, fout) == (0, "")
    assert not re.search(r"\b(nan|None|NaN|<NA>)\b", uit)
    for sleutel, waarde in plat(als_json(vraag, "--werkmap", voorbeeld)):
        if sleutel.endswith("_eur") and "aandeel" not in sleutel:
            assert waarde is None or isinstance(waarde, int), sleutel
        if "aandeel" in sleutel and waarde is not None:
            assert 0 <= waarde <= 1


# -- as a user runs it ------------------------------------------------------------------------------


def draai(*argv, **overig):
    return subprocess.run(
        [sys.executable, "-m", "opgavelib", *map(str, argv)],
        capture_output=True,
        check=False,
        timeout=300,
        **overig,
    )


def test_als_eigen_proces(boek, tmp_path):
    uit = draai("lees", boek("akkoord.xlsx", Akkoord=AKKOORD), "--werkmap", tmp_path / "w", "--json")
    assert (uit.returncode, uit.stderr) == (0, b"")
    assert json.loads(uit.stdout)["gelezen"] == 2
    # Also where the terminal is not UTF-8, as on Windows.
    uit = draai("trace", "--werkmap", tmp_path / "w", env={"PYTHONIOENCODING": "cp1252", "PATH": ""})
    assert uit.returncode == 0
    assert "We bouwen 1.200 woningen" in uit.stdout.decode("utf-8")
    assert draai("trace", "--werkmap", tmp_path / "elders").returncode == 2
    fout = draai("lees", tmp_path / "weg.xlsx", "--werkmap", tmp_path / "w")
    assert fout.returncode == 1
    assert b"Traceback" not in fout.stderr


def test_wie_de_pijp_sluit_ziet_geen_fout_van_python(tmp_path):
    lezen, schrijven = os.pipe()
    os.close(lezen)
    with os.fdopen(schrijven, "wb") as uit:
        opdracht = [sys.executable, "-m", "opgavelib.cli", "trace", "--werkmap", str(tmp_path / "w"), "--json"]
        klaar = subprocess.run(opdracht, stdout=uit, stderr=subprocess.PIPE, check=False, timeout=300)
    assert b"Error" not in klaar.stderr
    assert b"Traceback" not in klaar.stderr


def test_de_opdracht_opgave_is_geinstalleerd():
    from importlib.metadata import entry_points

    (punt,) = entry_points(group="console_scripts", name="opgave")
    assert punt.load() is main


@pytest.mark.parametrize(
    "argv",
    [
        ("lees", "--werkmap", "w"),
        ("lees", "a.xlsx", "--werkmap", "w", "--soort", "onzin"),
        ("lees", "a.xlsx", "--werkmap", "w", "--kolom", "A=titel", "B=titel"),
        ("shortlist", "--werkmap", "w", "--opgaven", "0"),
        ("trace", "--werkmap", "w", "--onzin"),
    ],
)
def test_verkeerd_gebruik_met_json_is_ook_een_document(opgave, argv):
    code, uit, fout = opgave(*argv, "--json")
    assert code == 2
    document = json.loads(uit)
    assert list(document) == ["fout"]
    assert document["fout"]
    assert document["fout"] in fout


def test_een_verdwenen_rij_is_te_zien(opgave, als_json, boek, tmp_path):
    als_json("lees", boek("a.xlsx", Blad=AKKOORD), "--werkmap", tmp_path / "w")
    document = als_json("lees", boek("a.xlsx", Blad=AKKOORD[:2]), "--werkmap", tmp_path / "w")
    (let_op,) = [b for b in document["bevindingen"] if "niet meer in het bestand" in b["probleem"]]
    assert let_op["ernst"] == "let op"
    assert [a["vervallen"] for a in als_json("trace", "--werkmap", tmp_path / "w")["ambities"]] == [False, True]
    assert "staat niet meer in het bestand: open" in opgave("trace", "--werkmap", tmp_path / "w")[1]


def test_een_begroting_met_centen_sluit_aan_en_een_echt_verschil_niet(als_json, boek, tmp_path):
    kop = ["Taakveld", "Omschrijving", "Lasten"]
    regels = [["0.1", f"post {n}", "€ 100,50"] for n in range(20)]
    for naam, totaal, akkoord in (("goed", "€ 2.010,00", True), ("fout", "€ 2.050,00", False)):
        pad = boek(f"{naam}.xlsx", Begroting=[kop, *regels, ["Totaal", None, totaal]])
        als_json("lees", pad, "--werkmap", tmp_path / naam)
        (lasten,) = als_json("begroting", "--werkmap", tmp_path / naam)["aansluiting"]
        assert lasten["akkoord"] is akkoord


def test_jaren_die_niet_meetellen_worden_genoemd(als_json, boek, tmp_path):
    rijen = [
        ["Jaar", "Taakveld", "Omschrijving", "Lasten"],
        [2026, "0.1", "Bestuur", 10],
        [2027, "0.1", "Bestuur", 30],
    ]
    als_json("lees", boek("b.xlsx", Begroting=rijen), "--werkmap", tmp_path / "w")
    document = als_json("begroting", "--werkmap", tmp_path / "w")
    assert document["totaal"]["onbekend_eur"] == 30
    assert "Dit is de begroting van 2027; 2026 telt hier niet mee." in document["toelichting"]


def test_een_team_is_hetzelfde_team_hoe_een_collega_het_ook_schrijft(als_json, boek, tmp_path):
    pad = boek(
        "alles.xlsx",
        Teams=[["Team", "Teamleider", "Domein", "Formatie"], ["Zorg", "An", "sociaal", 10]],
        Begroting=[
            ["Taakveld", "Omschrijving", "Team", "Lean of opgave", "Lasten"],
            ["6.1", "a", "zorg", "lean", 100],
            ["6.1", "b", "Team Zorg", "opgave", 50],
            ["6.1", "c", "ZORG ", "opgave", 50],
        ],
    )
    als_json("lees", pad, "--werkmap", tmp_path / "w")
    (team,) = als_json("begroting", "--werkmap", tmp_path / "w")["teams"]
    assert (team["team"], team["teamleider"], team["lean_eur"], team["opgave_eur"]) == ("Zorg", "An", 100, 100)


def test_tussentotalen_zijn_geen_rijen(als_json, boek, tmp_path):
    rijen = [
        ["Nr", "Afspraak", "Raming"],
        [1, "Meer bomen", 5],
        [None, "Subtotaal", None],
        [None, "Totaal fysiek domein", 5],
        [2, "Minder regels", 6],
        [None, "Totaal verbod op vuurwerk", 7],
        [None, "Eindtotaal", 18],
    ]
    document = als_json("lees", boek("a.xlsx", Blad=rijen), "--werkmap", tmp_path / "w")
    assert document["gelezen"] == 3
    titels = [a["titel"] for a in als_json("trace", "--werkmap", tmp_path / "w")["ambities"]]
    assert titels == ["Meer bomen", "Minder regels", "Totaal verbod op vuurwerk"]


def test_een_werkmap_van_voor_een_nieuwe_kolom_gaat_open(als_json, boek, tmp_path):
    import sqlite3

    als_json("lees", boek("a.xlsx", Blad=AKKOORD), "--werkmap", tmp_path / "w")
    with sqlite3.connect(tmp_path / "w" / "werkmap.sqlite") as db:
        db.execute("ALTER TABLE bronnen DROP COLUMN afgerond")
    assert als_json("trace", "--werkmap", tmp_path / "w")["rijen"] == 2
    assert als_json("begroting", "--werkmap", tmp_path / "w")["totaal"]["lean_eur"] == 0


def test_overlap_geeft_paren_van_rijen_met_de_zekerste_voorop(als_json, opgave, voorbeeld_kopie):
    voorbeeld = voorbeeld_kopie
    with Werkmap(voorbeeld) as werkmap:  # on words alone, for that is quicker
        werkmap.zet_parameter("overlap.semantiek_tot", 0, "test", "snel")
    paren = als_json("overlap", "--werkmap", voorbeeld)
    assert {frozenset(p) for p in paren} == {frozenset(["a", "b", "score", "reden"])}
    assert all(0 <= p["score"] <= 1 and p["reden"] for p in paren)
    assert [p["score"] for p in paren] == sorted((p["score"] for p in paren), reverse=True)
    rijen = {r["ambitie"]: r for r in als_json("trace", "--werkmap", voorbeeld)["ambities"]}
    assert {k for p in paren for k in (p["a"], p["b"])} <= set(rijen)
    samen = [(a, r["naar"]) for a, r in rijen.items() if r["bestemming"] == "samengevoegd"]
    gevonden = {frozenset((p["a"], p["b"])) for p in paren}
    assert not gevonden & {frozenset(p) for p in samen}  # what was merged is not asked again
    code, uit, fout = opgave("overlap", "--werkmap", voorbeeld, "--alles")
    assert (code, fout) == (0, "")
    assert sum(a in uit and b in uit for a, b in samen) > len(samen) / 2
    assert "Samenvoegen doet een mens" in uit


def test_sjablonen_komen_er_alle_en_nooit_over_een_ingevuld_heen(als_json, opgave, tmp_path):
    gemaakt = als_json("sjabloon", "--naar", tmp_path / "nieuw")["bestanden"]
    assert len(gemaakt) == 6
    for bestand in gemaakt:  # an empty one says that it is empty
        code, _, fout = opgave("lees", bestand, "--werkmap", tmp_path / "w")
        assert code == 1
        assert "sjabloon is nog niet ingevuld" in fout
    code, _, fout = opgave("sjabloon", "teams", "--naar", tmp_path / "nieuw")
    assert code == 1
    assert "staat al sjabloon_teams.xlsx; er is niets gemaakt" in fout
    code, _, fout = opgave("sjabloon", "team")
    assert code == 2
    assert "'team' is geen soort; kies uit coalitieakkoord" in fout


def test_een_reservekopie_gaat_heen_en_terug(als_json, opgave, voorbeeld, tmp_path):
    kopie = tmp_path / "kopie.opgave"
    backup = als_json("backup", "--werkmap", voorbeeld, "--naar", kopie)
    assert backup["rijen"]["ambities"] == 314
    voor = als_json("trace", "--werkmap", voorbeeld)
    hersteld = als_json("herstel", kopie, "--werkmap", tmp_path / "w")
    assert (hersteld["rijen"], hersteld["sha256"], hersteld["vorige"]) == (backup["rijen"], backup["sha256"], None)
    assert als_json("trace", "--werkmap", tmp_path / "w") == voor
    code, _, fout = opgave("herstel", kopie, "--werkmap", tmp_path / "w")
    assert code == 1
    assert "of geef --vervang op" in fout
    code, uit, _ = opgave("herstel", kopie, "--werkmap", tmp_path / "w", "--vervang")
    assert code == 0
    assert "Wat er stond, is bewaard in" in uit
    kapot = tmp_path / "half.opgave"
    kapot.write_bytes(kopie.read_bytes()[:5000])
    code, _, fout = opgave("herstel", kapot, "--werkmap", tmp_path / "w", "--vervang")
    assert code == 1
    assert "half.opgave" in fout
    assert als_json("trace", "--werkmap", tmp_path / "w") == voor
