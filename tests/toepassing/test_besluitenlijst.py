"""The log of decisions: every kind of event as a sentence, together what was one act, and to be searched."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, besluitenlijst

BRON = "begroting_meerwoude_2027.xlsx#Baten en lasten"


@pytest.fixture(scope="module")
def werkmap(voorbeeld, tmp_path_factory):
    with Werkmap(shutil.copytree(voorbeeld, tmp_path_factory.mktemp("besluiten") / "w")) as werkmap:
        yield werkmap


def _alle(werkmap) -> tuple[besluitenlijst.Regel, ...]:
    return besluitenlijst.regels(Stand(werkmap))


def _laatste(werkmap) -> besluitenlijst.Regel:
    return _alle(werkmap)[0]


def test_een_handeling_over_veel_rijen_is_een_regel(werkmap):
    """Rows that the example left open, sent to the same place at once."""
    rijen = ["CA-001", "CA-002", "CA-003", "CA-004", "CA-005"]
    werkmap.besluit(Besluit(a, Bestemming.LIJN, "Doen we al", "Anja") for a in rijen)
    regel = _laatste(werkmap)
    assert regel.zin == "5 ambities (CA-001, CA-002, CA-003 en 2 andere) → regulier werk"
    assert (regel.wie, regel.reden) == ("Anja", "Doen we al")
    assert besluitenlijst.kies([regel], tekst="ca-005") == [regel]


def test_teruggedraaid_staat_bij_wat_er_stond_en_bij_wat_het_deed(werkmap):
    werkmap.kenmerk({"CA-010": {"wettelijk": True}}, "Bas", "Staat in de wet")
    werkmap.maak_ongedaan(werkmap.versie(), "Cor")
    terug, was = _alle(werkmap)[:2]
    assert (terug.terug, terug.vervallen, was.terug, was.vervallen) == (True, False, False, True)
    assert was.zin.endswith("wettelijk: ja")


# what is done -> the sentence that says so
ZINNEN = [
    (lambda w: w.zet_parameter("begroting.lean_norm", 0.75, "C", "Raad"), "Norm voor lean: 75%"),
    (lambda w: w.zet_parameter("begroting.lean_norm", None, "C", ""), "Norm voor lean: terug naar de standaard"),
    (lambda w: w.zet_parameter("begroting.peiljaar", 2027, "C", ""), "Begrotingsjaar: 2027"),
    (lambda w: w.zet_parameter("iv3.inwoners", 41_250, "C", ""), "Inwonertal: 41.250"),
    (
        lambda w: w.zet_parameters({"begroting.buiten_norm": ["0.10"]}, "C", ""),
        "Taakvelden buiten de norm: 0.10",
    ),
    (
        lambda w: w.zet_begrotingsversie(BRON, "telt niet mee", "C", "Dubbel"),
        "begroting_meerwoude_2027.xlsx, blad 'Baten en lasten': telt niet mee",
    ),
    (
        lambda w: w.zet_begrotingsversie(BRON, None, "C", ""),
        "begroting_meerwoude_2027.xlsx, blad 'Baten en lasten': rol teruggezet naar wat de naam zegt",
    ),
    (
        lambda w: w.contracten.vraag_aan(
            [{"activiteit": "A05", "team": "Samenleving", "kwartaal": "2027K2", "uren_gevraagd": 1200.0}], "T"
        ),
        "Aanvraag van 1.200 uur aan Samenleving voor A05 Gebiedsvisie Meeroever in 2027K2",
    ),
    (
        lambda w: w.contracten.beantwoord(
            {"AV-001": {"status": "toegezegd", "uren_toegezegd": 800.0, "kwartaal": "2027K2"}}, "T", ""
        ),
        "Aanvraag van 1.200 uur aan Samenleving voor A05 Gebiedsvisie Meeroever in 2027K2: "
        "800 uur toegezegd in 2027K2",
    ),
    (
        lambda w: w.contracten.beantwoord({"AV-001": {"status": "afgewezen", "kwartaal": "2027K2"}}, "T", "Vol"),
        "Aanvraag van 1.200 uur aan Samenleving voor A05 Gebiedsvisie Meeroever in 2027K2: afgewezen",
    ),
    (lambda w: w.scenarios.maak("Half budget", "P"), "Scenario S01 'Half budget' gemaakt"),
    (
        lambda w: w.scenarios.kies("S01", {"grens|opgaven": {"waarde": 12}}, "P", "Minder"),
        "In scenario S01: hoogstens 12 ambities",
    ),
    (lambda w: w.scenarios.kies("S01", {"grens|opgaven": None}, "P", "Toch niet"), "In scenario S01 vervalt: "),
    (
        lambda w: w.scenarios.kies("basis", {"schuif|A05": {"kwartalen": 2}}, "P", "Later"),
        "In de basis: ",
    ),
    (lambda w: w.maak_opgave("Een nieuwe opgave", "P"), "Opgave O20 gemaakt: Een nieuwe opgave"),
    (lambda w: w.hef_op("O20", "P", "Toch niet"), "Opgave O20 Een nieuwe opgave opgeheven"),
    (
        lambda w: w.beoordeel_paar("CA-020", "CA-021", "anders", "P", ""),
        "niet hetzelfde",
    ),
    (lambda w: w.sessies.open("Ronde een", ["CA-020"], ["effect"], "P"), "Sessie B01 'Ronde een': ronde 1, open"),
    (lambda w: w.onthoud_koppeling("x", {"a": "b"}, "P"), "Koppeling van kolommen onthouden voor deze indeling"),
]


def test_elke_soort_besluit_is_een_zin_en_wat_verborgen_is_staat_er_niet(werkmap):
    """In this order: some follow from the one before."""
    voor = werkmap.versie()
    for doe, _ in ZINNEN:
        doe(werkmap)
    alle = _alle(werkmap)
    regels = [r for r in alle if r.nummer > voor][::-1]
    assert len(regels) == len(ZINNEN)
    for regel, (_, zin) in zip(regels, ZINNEN, strict=True):
        assert zin in regel.zin
        assert "|" not in regel.zin
    werkmap.sessies.meld_aan("B01", "Dirk", "apparaat")  # hidden until the scores are shown
    assert len(_alle(werkmap)) == len(alle)


def test_elke_gebeurtenis_van_een_mens_telt_precies_een_keer(voorbeeld):
    with Werkmap(voorbeeld) as w:
        stand = Stand(w)
        g = stand.tabel("gebeurtenissen")
        regels = besluitenlijst.regels(stand)
    assert [r.nummer for r in regels] == sorted((r.nummer for r in regels), reverse=True)
    assert sum(r.soort == "gelezen" for r in regels) == int((g["wat"] == "gelezen").sum())
    assert regels[-1].zin == "begroting_meerwoude_2027.xlsx, blad 'Speerpunten': 95 rijen gelezen (95 nieuw)"


def test_zoeken_op_wie_soort_woorden_en_periode(voorbeeld):
    with Werkmap(voorbeeld) as w:
        alle = besluitenlijst.regels(Stand(w))
    ilse = besluitenlijst.kies(alle, wie="Ilse Brandsema", soort="bestemming")
    assert ilse
    assert {r.wie for r in ilse} == {"Ilse Brandsema"}
    (een,) = besluitenlijst.kies(alle, tekst="horeca AFGEWEZEN raad")
    assert een.zin.startswith("CA-148")
    for maand in besluitenlijst.maanden(alle):
        assert {f"{r.tijdstip:%Y-%m}" for r in besluitenlijst.kies(alle, periode=maand)} == {maand}
    dag = alle[-1].tijdstip.date()
    week = besluitenlijst.kies(alle, periode="7", vandaag=dag)
    assert {r for r in alle if r.tijdstip.date() > dag - timedelta(days=7)} == set(week)
    assert besluitenlijst.kies(alle, periode="30", vandaag=date(1999, 1, 1)) == list(alle)
    assert besluitenlijst.mensen(alle) == sorted({r.wie for r in alle}, key=str.casefold)


def test_een_antwoord_over_kwartalen_is_een_regel_en_terug_ook(werkmap):
    """One request over several quarters, two requests at once, choices together: each one line, and so its undo."""

    def rijen(activiteit):
        a = Stand(werkmap).werk.aanvragen
        deel = a[(a["activiteit"] == activiteit) & (a["team"] == "Ruimte en Wonen")].sort_values("kwartaal")
        return {
            k: {"status": "toegezegd", "uren_toegezegd": 10.0, "kwartaal": r["kwartaal"]}
            for k, r in deel.iterrows()
        }

    een, twee, voor = rijen("A06"), rijen("A04"), len(_alle(werkmap))
    assert len(een) > 1
    werkmap.contracten.beantwoord(een, "T", "Past")
    zin = _laatste(werkmap).zin
    assert zin.startswith("Aanvraag van 2.020 uur aan Ruimte en Wonen voor A06 ")
    assert f": {10 * len(een)} uur toegezegd in {een[next(iter(een))]['kwartaal']} t/m " in zin
    werkmap.maak_ongedaan(werkmap.versie(), "T")
    assert _laatste(werkmap).zin.endswith(": antwoord ingetrokken, het bestand geldt weer")
    werkmap.contracten.beantwoord(een | twee, "T", "Past")
    samen = _laatste(werkmap)
    assert samen.zin.startswith("2 aanvragen van ")
    assert " aan Ruimte en Wonen (A04, A06) in 20" in samen.zin
    assert besluitenlijst.kies([samen], tekst=next(iter(twee)))
    werkmap.zet_parameters({"begroting.lean_norm": 0.7, "begroting.peiljaar": 2028}, "T", "Raad")
    assert _laatste(werkmap).zin.startswith("Norm voor lean: 70%")
    assert "Begrotingsjaar: 2028" in _laatste(werkmap).zin
    werkmap.scenarios.kies("basis", {"schuif|A05": {"kwartalen": 1}, "schuif|A06": {"kwartalen": 1}}, "T", "Later")
    assert _laatste(werkmap).zin.count("In de basis") == 1
    werkmap.besluit(
        [Besluit(c, b, "R", "T") for c, b in (("CA-001", Bestemming.OPEN), ("CA-160", Bestemming.LIJN))]
    )
    werkmap.maak_ongedaan(werkmap.versie(), "T")
    assert len(_alle(werkmap)) == voor + 8  # of the bestemmingen: two decisions, one way back
