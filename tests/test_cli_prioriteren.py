"""Prioritising on the command line: ways to choose, why not, how robust, scenarios; and what cannot go together."""

from __future__ import annotations

import io
import json
import re
import time

import pytest

from opgavelib import argumenten, notatie
from opgavelib.antwoorden import Voortgang, prioriteren, robuust_samen, vorm
from opgavelib.antwoorden import voortgang as voortgang_module
from opgavelib.cli import main
from opgavelib.domein.methoden import METHODEN
from opgavelib.domein.scenario import Soort, sleutel
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, scenario_besluit
from opgavelib.toepassing.rangorde import stevigheid


@pytest.fixture
def als_json(opgave):
    """The JSON document; the command succeeded and printed nothing else on standard output."""

    def _als_json(*argv):
        code, uit, fout = opgave(*argv, "--json")
        assert code == 0, fout
        return json.loads(uit)

    return _als_json


# -- ranking by another method --------------------------------------------------------------------------


def test_de_methoden_zijn_die_van_het_domein():
    assert tuple(METHODEN) == argumenten.METHODEN


@pytest.mark.parametrize("methode", argumenten.METHODEN)
def test_elke_methode_rangschikt_zoals_de_stand(als_json, voorbeeld, methode):
    document = als_json("shortlist", "--werkmap", voorbeeld, "--methode", methode)
    assert document["parameters"]["methode"].lower().startswith(METHODEN[methode].naam.lower())
    with Werkmap(voorbeeld) as werkmap:
        verwacht = Stand(werkmap).rangschikking(methode=methode).tabel["rang"].dropna().sort_values()
    assert [r["ambitie"] for r in document["rang"] if r["rang"]] == list(verwacht.index)
    assert sum(r["gekozen"] for r in document["rang"]) == 19


def test_kans_staat_bij_elke_rij_en_is_die_van_smaa(opgave, als_json, voorbeeld):
    document = als_json("shortlist", "--werkmap", voorbeeld, "--kans")
    with Werkmap(voorbeeld) as werkmap:
        verwacht = stevigheid(Stand(werkmap)).tabel["kans"]
    for r in document["rang"]:
        assert (r["kans"] is None) == (r["score"] is None)
        assert r["kans"] is None or r["kans"] == pytest.approx(verwacht[r["ambitie"]], abs=0.005)
    assert document["parameters"]["kans"]["trekkingen"] == 10_000
    assert "stevig" in document["toelichting"]
    _, tekst, _ = opgave("shortlist", "--werkmap", voorbeeld, "--kans")
    assert re.search(r"^● +1 .* meer dan 99%  gekozen als nummer 1$", tekst, re.MULTILINE)
    assert re.search(r"^ +Rang .* Kans top 19  Waarom$", tekst, re.MULTILINE)
    zin = document["parameters"]["kans"]["toelichting"]
    assert zin.startswith("Kans is de kans om in de top 19 op score te staan.")
    assert document["toelichting"].endswith(zin)


def test_kans_is_niet_van_een_shortlist_die_ook_naar_geld_kijkt(als_json, voorbeeld):
    document = als_json("shortlist", "--werkmap", voorbeeld, "--kans", "--budget", 3_000_000, "--opgaven", 5)
    zin = document["parameters"]["kans"]["toelichting"]
    assert {r["rang"] for r in document["rang"] if r["gekozen"]} != {1, 2, 3, 4, 5}
    assert zin.startswith("Kans is de kans om in de top 5 op score te staan. Deze shortlist is een andere")
    assert "de streep" not in zin
    stevig = sum(r["kans"] >= 0.9 for r in document["rang"] if r["rang"] and r["rang"] <= 5)
    assert f"Van de top 5 op score {'staan' if stevig > 1 else 'staat'} er {stevig or 'geen'} stevig" in zin


# -- the best shortlist ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def beste(voorbeeld):
    """The best shortlist of the example, as JSON."""
    uit = io.StringIO()
    with pytest.MonkeyPatch.context() as m:
        m.setattr("sys.stdout", uit)
        assert main(["shortlist", "--werkmap", str(voorbeeld), "--keuze", "beste", "--json"]) == 0
    return json.loads(uit.getvalue())


def test_de_beste_is_meer_waard_dan_de_volgorde_en_heeft_een_planning(als_json, voorbeeld, beste):
    gekozen = [r for r in beste["rang"] if r["gekozen"]]
    assert len(gekozen) == beste["parameters"]["hoogstens"] == 19
    assert all(re.fullmatch(r"20\d\dK[1-4]", r["start_kwartaal"]) for r in gekozen)
    assert all(r["start_kwartaal"] <= r["eind_kwartaal"] for r in gekozen)
    assert all(r["start_kwartaal"] is None and r["reden"] for r in beste["rang"] if not r["gekozen"])
    assert beste["parameters"]["status"] == "optimaal"
    assert beste["parameters"]["waarde"] == beste["parameters"]["bovengrens"]
    assert sum(r["score"] or 0 for r in gekozen) == pytest.approx(beste["parameters"]["waarde"], abs=0.1)
    volgorde = als_json("shortlist", "--werkmap", voorbeeld)
    # Every candidate is in both lists, judged or not.
    assert {r["ambitie"] for r in beste["rang"]} == {r["ambitie"] for r in volgorde["rang"]}
    assert {r["vast"] for r in gekozen} == {"", "wettelijk"}


def test_de_beste_in_tekst(opgave, voorbeeld, beste):
    code, tekst, fout = opgave("shortlist", "--werkmap", voorbeeld, "--keuze", "beste")
    assert (code, fout) == (0, "")
    assert tekst.startswith("De beste shortlist heeft 19 ambities")
    eerste = next(r for r in beste["rang"] if r["gekozen"])
    assert re.search(rf"^● +\d+ +\S+ +{eerste['ambitie']} .*{eerste['start_kwartaal']}", tekst, re.MULTILINE)
    assert not re.search(r"\b(nan|None|NaN)\b", tekst)


def test_eisen_die_niet_samen_kunnen_staan_er_met_code_1(opgave, voorbeeld):
    code, uit, fout = opgave("shortlist", "--keuze", "beste", "--werkmap", voorbeeld, "--opgaven", 3)
    assert (code, uit) == (1, "")
    kop, *eisen, doe = fout.splitlines()
    assert kop == "Geen enkele shortlist voldoet, want deze eisen kunnen niet samen:"
    assert eisen[0].startswith("   - hoogstens 3")
    # Four of the legal ones are enough to clash with three places: the smallest set, by name.
    assert sum(bool(re.fullmatch(r"   - CA-\d+ .+ moet erin \(wettelijk\)", e)) for e in eisen) == 4
    assert len(eisen) == 5
    assert doe == "   Doe: laat er een los."
    code, uit, zelfde = opgave("robuust", "--werkmap", voorbeeld, "--opgaven", 3, "--json")
    document = json.loads(uit)
    assert (code, list(document)) == (1, ["fout", "botsing"])
    assert document["fout"] == zelfde.rstrip("\n")
    assert zelfde == fout
    assert [f"   - {e['zin']}" for e in document["botsing"]] == eisen
    assert [e["soort"] for e in document["botsing"]] == ["hoogstens", *["moet"] * 4]
    assert all(e["sleutel"][0] in e["zin"] for e in document["botsing"] if e["soort"] == "moet")


def test_waarom_niet(opgave, als_json, voorbeeld, beste):
    buiten = next(r for r in beste["rang"] if not r["gekozen"] and r["score"])
    document = als_json("shortlist", "--werkmap", voorbeeld, "--waarom", buiten["ambitie"])
    assert (document["ambitie"], document["gekozen"], document["kan"]) == (buiten["ambitie"], False, True)
    assert document["verlies"] >= 0
    gekozen = {r["ambitie"] for r in beste["rang"] if r["gekozen"]}
    assert document["valt_af"]
    assert set(document["valt_af"]) <= gekozen
    code, tekst, _ = opgave("shortlist", "--werkmap", voorbeeld, "--waarom", buiten["ambitie"])
    assert code == 0
    assert tekst.splitlines() == [
        f"{buiten['ambitie']}  {buiten['titel']}",
        *(f"  {z}" for z in document["zinnen"]),
    ]


def test_wat_er_niet_in_kan_heeft_geen_prijs(als_json, voorbeeld, beste):
    buiten = next(r["ambitie"] for r in beste["rang"] if not r["gekozen"] and r["score"])
    moet = sum(r["gekozen"] and r["vast"] == "wettelijk" for r in beste["rang"])
    document = als_json("shortlist", "--werkmap", voorbeeld, "--waarom", buiten, "--opgaven", moet)
    assert (document["kan"], document["verlies"]) == (False, None)
    assert document["vastgesteld"] is None


def test_waarom_van_wat_erin_staat_en_van_wat_geen_kandidaat_is(opgave, als_json, voorbeeld, beste):
    erin = next(r for r in beste["rang"] if r["gekozen"])
    document = als_json("shortlist", "--werkmap", voorbeeld, "--waarom", erin["ambitie"])
    assert document["gekozen"] is True
    assert document["zinnen"][0].lower().startswith(erin["reden"])
    with Werkmap(voorbeeld) as werkmap:
        plaatsen = Stand(werkmap).ambities
    weg = plaatsen.index[plaatsen["bestemming"] == "samengevoegd"][0]
    onbeoordeeld = next(r for r in beste["rang"] if r["reden"] == "nog niet beoordeeld")
    for wie, zin in (
        (weg, f"{weg} is geen kandidaat: samengevoegd met {plaatsen.loc[weg, 'naar']}."),
        (onbeoordeeld["ambitie"], "is nog niet beoordeeld en telt daarom niet mee"),
        ("ZZ-999", "Er is geen ambitie 'ZZ-999'."),
    ):
        code, _, fout = opgave("shortlist", "--werkmap", voorbeeld, "--waarom", wie)
        assert code == 1
        assert zin in fout


# -- how robust -----------------------------------------------------------------------------------------


def test_robuust_op_het_voorbeeld(opgave, als_json, voorbeeld, beste):
    vraag = ("robuust", "--werkmap", voorbeeld, "--trekkingen", 10, "--zaad", 5)
    document = als_json(*vraag, "--werkers", 2)
    assert list(document)[:2] == ["trekkingen", "zaad"]
    assert {"trekkingen", "zaad", "bewezen", "ambities", "toelichting", "parameters"} <= set(document)
    assert (document["trekkingen"], document["zaad"], document["bewezen"]) == (10, 5, 10)
    assert sum(a["aandeel"] for a in document["ambities"]) == pytest.approx(19)
    gekozen = {r["ambitie"] for r in beste["rang"] if r["gekozen"]}
    assert {a["ambitie"] for a in document["ambities"] if a["gekozen"]} == gekozen
    assert als_json(*vraag, "--werkers", 1) == document
    code, tekst, _ = opgave(*vraag)
    assert code == 0
    assert tekst.startswith(document["toelichting"])
    eerste = document["ambities"][0]
    assert re.search(rf"^● +100%  {eerste['ambitie']} .* moet erin$", tekst, re.MULTILINE)


def test_robuust_over_meer_werkmappen(opgave, voorbeeld, voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        werkmap.zet_parameter("prioritering.opgaven", 3, "Noor", "minder tegelijk")
    mappen = ("--werkmap", voorbeeld, "--werkmap", voorbeeld_kopie, "--trekkingen", 5)
    code, uit, _ = opgave("robuust", *mappen, "--json")
    een, ander = json.loads(uit)["werkmappen"]
    assert code == 1  # of one there is no answer
    assert (een["werkmap"], ander["werkmap"]) == (str(voorbeeld), str(voorbeeld_kopie))
    assert een["trekkingen"] == 5
    assert ander["fout"].startswith("Geen enkele shortlist voldoet")
    assert ander["botsing"][0]["soort"] == "hoogstens"
    _, regels = robuust_samen([("a", ({"trekkingen": 5}, ["Zo staat het."])), ("bb", BesluitFout("Kan niet."))])
    assert regels == ["a", "=", "Zo staat het.", "", "bb", "==", "Kan niet."]
    code, uit, fout = opgave("robuust", "--werkmap", voorbeeld, "--werkmap", voorbeeld_kopie / "niets")
    assert (code, uit) == (2, "")  # said before anything was computed
    assert fout.startswith("Er is geen werkmap in")


def test_een_cluster_dat_niet_antwoordt(opgave, voorbeeld, monkeypatch):
    monkeypatch.setattr("opgavelib.toepassing.uitvoerder.WACHT_S", 0.3)
    code, uit, fout = opgave("robuust", "--werkmap", voorbeeld, "--dask", "tcp://127.0.0.1:9")
    assert (code, uit) == (1, "")
    assert "antwoordt binnen" in fout
    assert "Doe: kijk of de scheduler draait" in fout


def test_gestopt_voor_er_iets_is_is_ook_een_document(opgave, voorbeeld, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(prioriteren, "robuust", stop)
    monkeypatch.setattr("opgavelib.antwoorden.robuust", stop)
    code, uit, fout = opgave("robuust", "--werkmap", voorbeeld, "--json")
    assert (code, json.loads(uit), fout) == (1, {"fout": "Gestopt."}, "Gestopt.\n")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_voortgang_telt_op_een_regel_en_veegt_die_weg(monkeypatch):
    klok = iter(range(100))
    monkeypatch.setattr(voortgang_module, "monotonic", lambda: float(next(klok)))
    with Voortgang("trekkingen", scherm := Terminal()) as voortgang:
        for i in (1, 2, 3, 4):
            voortgang(1000 * i, 4000)
    stappen = scherm.getvalue().split("\r")[1:]
    assert stappen[0] == "1.000 van 4.000 trekkingen, nog 3 seconden"
    assert [s.rstrip() for s in stappen[3:]] == ["4.000 van 4.000 trekkingen", "", ""]
    assert len(stappen[4]) >= len(stappen[0])


def test_voortgang_in_een_logboek_is_een_paar_regels_en_niets_als_het_vlug_gaat(monkeypatch):
    tempo = [0.0]
    nu = [0.0]

    def klok() -> float:
        nu[0] += tempo[0]
        return nu[0]

    monkeypatch.setattr(voortgang_module, "monotonic", klok)
    for tempo[0], aantal in ((0.001, 0), (60.0, 4)):
        with Voortgang("trekkingen", logboek := io.StringIO()) as voortgang:
            for i in range(1, 201):
                voortgang(i, 200)
        regels = logboek.getvalue().splitlines()
        assert len(regels) == aantal
    assert regels[0] == "50 van 200 trekkingen, nog 150 minuten"
    assert regels[-1] == "200 van 200 trekkingen"


# -- scenarios ------------------------------------------------------------------------------------------


def test_scenarios_tonen_vergelijken_en_herhalen(opgave, als_json, voorbeeld_kopie, beste):
    gekozen = [r["ambitie"] for r in beste["rang"] if r["gekozen"] and not r["vast"]]
    with Werkmap(voorbeeld_kopie) as werkmap:
        code = werkmap.scenarios.maak("Krappe jaren", "Noor")
        keuzes = {
            sleutel(Soort.VAST, gekozen[0]): {"waarde": "uit"},
            sleutel(Soort.GRENS, "opgaven"): {"waarde": 17},
        }
        werkmap.scenarios.kies(code, keuzes, "Noor", "Minder geld")
        scenario_besluit.stel_vast(Stand(werkmap), code, "Noor", "College 12 januari")
    werkmap = ("--werkmap", voorbeeld_kopie)

    lijst = als_json("scenario", *werkmap)["scenarios"]
    assert [(s["scenario"], s["titel"], s["vastgesteld"]) for s in lijst] == [
        ("basis", "Basis", False), (code, "Krappe jaren", True),
    ]  # fmt: skip
    assert re.search(rf"^{code} +Krappe jaren +basis +2 +Noor, 20\d\d-\d\d-\d\d: College 12 januari$",
                     opgave("scenario", *werkmap)[1], re.MULTILINE)  # fmt: skip

    naast = als_json("scenario", *werkmap, "--vergelijk", code)
    assert [s["scenario"] for s in naast["samen"]] == ["basis", code]
    eraf = {i["item"] for i in naast["items"] if i["scenario"] == code and i["wat"] == "eraf"}
    assert gekozen[0] in eraf
    assert naast["samen"][1]["aantal"] == 17
    _, tekst, _ = opgave("scenario", *werkmap, "--vergelijk", "basis", code)
    assert re.search(rf"^{code}  eraf   {gekozen[0]}  ", tekst, re.MULTILINE)
    assert not re.search(r"\b(nan|None|NaN)\b", tekst)

    assert not {"kans", "stevig"} & {k for rij in [*naast["samen"], *naast["items"]] for k in rij}

    with Werkmap(voorbeeld_kopie) as w:  # what is decided stays as it was decided
        w.zet_parameter("prioritering.wettelijk_moet", False, "Noor", "Kijken wat dat scheelt")
        toen = scenario_besluit.besluit(Stand(w), code)
    weer = als_json("scenario", *werkmap, "--herhaal", code)
    assert weer["uitslag"] == "gelijk"
    assert weer["sindsdien"]["moet"]
    assert weer["toen"]["start"] == weer["nu"]["start"]
    assert weer["gebroken"] == []

    zo = als_json("shortlist", *werkmap, "--scenario", code)
    assert {r["ambitie"] for r in zo["rang"] if r["gekozen"]} == set(weer["toen"]["start"])
    assert {r["reden"].split(",")[0] for r in zo["rang"] if r["vast"] == "wettelijk"} == {"moet erin: wettelijk"}
    assert next(r for r in zo["rang"] if r["ambitie"] == gekozen[0])["reden"] == "vast eruit: Minder geld"
    scores = {r["ambitie"]: (r["score"], r["rang"]) for r in beste["rang"]}
    assert {r["ambitie"]: (r["score"], r["rang"]) for r in zo["rang"]}.items() <= scores.items()
    assert {a for a, (score, _) in scores.items() if score is not None} <= {r["ambitie"] for r in zo["rang"]}
    assert (zo["toelichting"], zo["parameters"]["hoogstens"]) == (toen.toelichting, 17)
    assert zo["vastgesteld"] == {"wie": "Noor", "moment": toen.moment.isoformat(), "reden": "College 12 januari"}
    wie = f"Vastgesteld door Noor op {notatie.moment(toen.moment)}: College 12 januari"
    assert wie in opgave("shortlist", *werkmap, "--scenario", code)[1].splitlines()
    waarom = opgave("shortlist", *werkmap, "--scenario", code, "--waarom", gekozen[0])[1].splitlines()
    assert (waarom[1], waarom[-1]) == ("  Vast eruit: Minder geld.", f"  {wie}")
    uitkomst, _, fout = opgave("shortlist", *werkmap, "--scenario", code, "--opgaven", 5)
    assert uitkomst == 1
    assert "laat --opgaven en --budget weg" in fout
    vast = als_json("robuust", *werkmap, "--scenario", code, "--trekkingen", 5)["ambities"]
    assert next(a for a in vast if a["ambitie"] == gekozen[0])["aandeel"] == 0

    for fout_in in (("--vergelijk", "basis", "S99"), ("--herhaal", "S99")):
        uitkomst, _, fout = opgave("scenario", *werkmap, *fout_in)
        assert (uitkomst, fout) == (1, "Er is geen scenario 'S99'.\n")
    assert opgave("scenario", *werkmap, "--herhaal", "basis")[0] == 1


def test_een_dag_is_die_van_hier(monkeypatch):
    monkeypatch.setenv("TZ", "CET-1")
    time.tzset()
    try:
        assert vorm.datum("2026-11-22T23:30:00+00:00") == "2026-11-23"
    finally:
        monkeypatch.undo()
        time.tzset()


# -- wrong use, and little to go by -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "zin"),
    [
        (("shortlist", "--keuze", "volgorde", "--scenario", "S01"), "--scenario hoort bij --keuze beste"),
        (("shortlist", "--keuze", "volgorde", "--waarom", "CA-001"), "--waarom hoort bij --keuze beste"),
        (("shortlist", "--keuze", "beste", "--methode", "topsis"), "kan alleen met --methode gewogen-som"),
        (("shortlist", "--methode", "borda", "--kans"), "--kans kan alleen met --methode gewogen-som"),
        (("shortlist", "--keuze", "beste", "--kans"), "voor de beste shortlist is er: opgave robuust"),
        (("shortlist", "--keuze", "zomaar"), "--keuze: 'zomaar' kan hier niet; kies uit 'volgorde', 'beste'"),
        (("robuust", "--trekkingen", "0"), "'0' is geen aantal van 1 of meer"),
        (("robuust", "--trekkingen", "1000001"), "'1000001' is te veel; neem hoogstens 1.000.000"),
        (("robuust", "--werkers", "9" * 5000), "is te veel; neem hoogstens 1.000.000"),
        (("robuust", "--onzin"), "dit wordt niet herkend: --onzin"),
        (("robuust", "--zaad", "-1"), "'-1' is geen heel getal van 0 of meer"),
        (("robuust", "--zaad", "x"), "'x' is geen heel getal van 0 of meer"),
        (("robuust", "--dask", "rekenserver"), "'rekenserver' is geen adres van een scheduler"),
        (("robuust", "--dask", "http://rekenserver:8786"), "is geen adres van een scheduler"),
        (("robuust", "--dask", "tcp://rekenserver"), "is geen adres van een scheduler"),
        (("robuust", "--dask", "tcp://rekenserver:veel"), "is geen adres van een scheduler"),
        (("robuust", "--dask", "tcp://rekenserver:8786", "--werkers", "4"), "--werkers telt op deze computer"),
        (("scenario", "--vergelijk", "A", "--herhaal", "B"), "--herhaal: kan niet samen met --vergelijk"),
        (("scenario", "--vergelijk", "A", "B", "C", "D"), "noem twee of drie verschillende scenario's"),
        (("scenario", "--vergelijk", "basis"), "of een om naast de basis"),
    ],
    ids=lambda w: " ".join(w) if isinstance(w, tuple) else "",
)  # fmt: skip
def test_verkeerd_gebruik_is_code_2(opgave, argv, zin):
    code, uit, fout = opgave(*argv, "--werkmap", "w")
    assert (code, uit) == (2, "")
    assert zin in fout
    assert fout.startswith(f"gebruik: opgave {argv[0]} ")
    assert f"\nopgave {argv[0]}: " in fout
    assert not re.search(r"\b(usage|error|argument|invalid|not allowed)\b", fout)


@pytest.mark.parametrize("vraag", ["shortlist --keuze beste", "robuust --trekkingen 5", "scenario",
                                   "shortlist --kans"])  # fmt: skip
def test_zonder_scores_is_er_een_antwoord(opgave, als_json, boek, tmp_path, vraag):
    pad = boek("akkoord.xlsx", Akkoord=[["Nr", "Afspraak"], [1, "Elk dorp een huisarts"], [2, "Meer bomen"]])
    als_json("lees", pad, "--werkmap", tmp_path / "w")
    code, tekst, fout = opgave(*vraag.split(), "--werkmap", tmp_path / "w")
    assert (code, fout) == (0, "")
    assert tekst.strip()
    assert not re.search(r"\b(nan|None|NaN|inf)\b", tekst)
    assert als_json(*vraag.split(), "--werkmap", tmp_path / "w")


@pytest.mark.parametrize("opdracht", ["robuust", "scenario"])
def test_hulp_in_het_nederlands(opgave, opdracht):
    code, uit, _ = opgave(opdracht, "--help")
    assert code == 0
    assert not re.search(r"\b(usage|options?|show this|required|default)\b", re.sub(r"--[\w-]+", "", uit))
