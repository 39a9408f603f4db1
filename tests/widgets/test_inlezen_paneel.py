"""The panel without a browser: what it accepts of one, and what it does with it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, lees_in
from opgavelib.widgets import inlezen
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.inlezen import InleesPaneel
from opgavelib.widgets.ontvangst import Ontvangst, OntvangstFout, veilige_naam

KOP = ["Nr", "Afspraak", "Hoeveel", "Moet dat"]
RIJEN = [
    KOP,
    ["B1", "Een nieuwe sporthal bouwen", 2500000, "ja"],
    ["B2", "De bibliotheek verbouwen", 400000, "nee"],
    ["B3", "Meer bankjes in het park", 15000, "nee"],
]


class Scherm:
    """The panel with a browser that sends what it is told."""

    def __init__(self, adres: Path):
        self.werkmap = Werkmap(adres, maak=True)
        self.h = Handelingen(self._toon)
        self.h.balk.naam = "Anna"
        self.paneel = InleesPaneel(self.h)
        self.gestuurd: list[tuple[dict, list]] = []
        self.paneel.inlezer.send = lambda inhoud, buffers=None: self.gestuurd.append((inhoud, buffers or []))
        self._toon()

    def _toon(self) -> None:
        stand = Stand(self.werkmap)
        self.h.toon(stand)
        self.paneel.toon(stand)

    def zend(self, soort: str, buffers=(), **inhoud) -> None:
        self.paneel.inlezer._handle_custom_msg({"soort": soort, **inhoud}, list(buffers))

    def stuur(self, *paden: Path, stuk: int = 700) -> None:
        for pad in paden:
            inhoud = pad.read_bytes()
            self.zend("begin", id=pad.name, naam=pad.name, grootte=len(inhoud))
            for van in range(0, len(inhoud), stuk):
                deel = memoryview(inhoud[van : van + stuk])
                self.zend("stuk", [deel], id=pad.name, tot=van + len(deel))
        self.zend("bekijk")

    @property
    def vorm(self) -> dict:
        return self.paneel.inlezer.vorm


@pytest.fixture
def scherm(tmp_path):
    s = Scherm(tmp_path / "w")
    yield s
    s.paneel.begin_opnieuw()
    s.werkmap.sluit()


def test_a_file_arrives_in_pieces_and_is_shown_before_it_is_stored(scherm, boek):
    scherm.stuur(boek("wensen.xlsx", Wensen=RIJEN))
    assert scherm.h.melding.tekst == ""
    assert scherm.paneel.inlezer.fase == "bekeken"
    assert scherm.vorm["zin"] == "1 bestand, 3 rijen: 3 nieuw."
    assert [k["kop"] for k in scherm.vorm["bladen"][0]["kolommen"]] == KOP
    assert scherm.werkmap.tabel("ambities").empty
    scherm.zend("lees_in")
    assert list(scherm.werkmap.tabel("ambities")["titel"]) == [r[1] for r in RIJEN[1:]]
    assert scherm.paneel.inlezer.fase == "kies"
    assert scherm.paneel.inlezer.gedaan == "Ingelezen: 1 bestand, 3 rijen: 3 nieuw."
    assert scherm.paneel.bronnen.rijen[0]["wie"] == "Anna"


def test_without_a_name_nothing_is_stored(scherm, boek):
    scherm.h.balk.naam = ""
    scherm.stuur(boek("wensen.xlsx", Wensen=RIJEN))
    scherm.zend("lees_in")
    assert "wie u bent" in scherm.h.melding.tekst
    assert scherm.werkmap.tabel("ambities").empty


def test_a_column_of_ours_moves_from_one_header_to_another(scherm, boek):
    scherm.stuur(boek("wensen.xlsx", Wensen=RIJEN))
    waar = {"bestand": "wensen.xlsx", "blad": "Wensen"}
    scherm.zend("kolom", **waar, kop="Hoeveel", ons="uren")
    scherm.zend("kolom", **waar, kop="Hoeveel", ons="budget_eur")
    scherm.zend("kolom", **waar, kop="Moet dat", ons="titel")
    kolommen = {k["kop"]: k["ons"] for k in scherm.vorm["bladen"][0]["kolommen"]}
    assert kolommen == {"Nr": "eigen_code", "Afspraak": "", "Hoeveel": "budget_eur", "Moet dat": "titel"}


def test_suggestions_are_taken_over_together(scherm, boek):
    scherm.stuur(boek("wensen.xlsx", Wensen=RIJEN))
    scherm.zend("suggesties", bestand="wensen.xlsx", blad="Wensen")
    kolommen = {k["kop"]: k["ons"] for k in scherm.vorm["bladen"][0]["kolommen"]}
    assert (kolommen["Hoeveel"], kolommen["Moet dat"]) == ("budget_eur", "wettelijk")


def test_a_sheet_that_only_its_content_explains(scherm, boek):
    rijen = [["Ding", "Geld", "Cijfer"], ["Bestuur en raad", 12000, "0.1"], ["Reserves van toen", 30000, "0.10"],
             ["Wegen en fietspaden", 45000, "2.1"]]  # fmt: skip
    scherm.stuur(boek("lijst.xlsx", Lijst=rijen))
    blad = scherm.vorm["bladen"][0]
    assert not blad["gelezen"]
    assert blad["lijkt"] == "Begroting"
    scherm.zend("suggesties", bestand="lijst.xlsx", blad="Lijst")
    blad = scherm.vorm["bladen"][0]
    assert (blad["gelezen"], blad["soort"]) == (True, "begroting")
    assert {k["kop"]: k["ons"] for k in blad["kolommen"]}["Cijfer"] == "taakveld"


@pytest.mark.parametrize(
    "inhoud",
    [
        {"soort": "kolom", "kop": "Hoeveel", "ons": "__class__"},
        {"soort": "kolom", "kop": "Bestaat niet", "ons": "uren"},
        {"soort": "blad", "veld": "soort", "waarde": "alles"},
        {"soort": "blad", "veld": "kopregel", "waarde": 99},
        {"soort": "blad", "veld": "lezen", "waarde": "ja"},
        {"soort": "kolom", "kop": "Hoeveel", "ons": "uren", "blad": "Ander"},
        {"soort": "sjabloon", "naam": "../../etc/passwd"},
        {"soort": "voorbeeld", "naam": "../README.md"},
        {"soort": "verwijder_alles"},
        {"soort": "stuk", "id": "onbekend", "tot": 1},
    ],
)
def test_what_a_browser_makes_up_is_refused(scherm, boek, inhoud):
    scherm.stuur(boek("wensen.xlsx", Wensen=RIJEN))
    voor = scherm.vorm
    scherm.zend(inhoud.pop("soort"), [b"x"], **({"bestand": "wensen.xlsx", "blad": "Wensen"} | inhoud))
    assert scherm.h.melding.soort == "fout"
    assert "nr. F-" not in scherm.h.melding.tekst, "a plain answer and not an accident"
    assert scherm.vorm == voor
    assert not [b for _, b in scherm.gestuurd if b]


def test_a_werkmap_that_changed_meanwhile_shows_the_new_preview(scherm, boek, tmp_path):
    pad = boek("wensen.xlsx", Wensen=RIJEN)
    scherm.stuur(pad)
    lees_in(tmp_path / "w", [pad], wie="Bob")
    scherm.zend("lees_in")
    assert "intussen gewijzigd" in scherm.h.melding.tekst
    assert scherm.vorm["zin"] == "1 bestand, 3 rijen: alles staat al zo in de werkmap."
    assert not scherm.vorm["kan"]


def test_a_choice_that_changes_no_row_can_be_remembered(scherm, boek):
    pad = boek("wensen.xlsx", Wensen=RIJEN)
    scherm.stuur(pad)
    scherm.zend("lees_in")
    scherm.stuur(pad)
    assert (scherm.vorm["niets"], scherm.vorm["kan"]) == (True, False)
    scherm.zend("kolom", bestand="wensen.xlsx", blad="Wensen", kop="Hoeveel", ons="")
    assert (scherm.vorm["niets"], scherm.vorm["kan"]) == (True, True)
    scherm.zend("lees_in")
    (onthouden,) = scherm.werkmap.koppelingen().values()
    assert onthouden["kolommen"] == {"hoeveel": ""}


def test_a_file_that_is_taken_away_is_gone(scherm, boek):
    scherm.stuur(boek("a.xlsx", Wensen=RIJEN), boek("b.xlsx", Teams=[["Team", "Fte"], ["Zorg", 3]]))
    scherm.zend("weg", naam="a.xlsx")
    assert [b["naam"] for b in scherm.paneel.inlezer.bestanden] == ["b.xlsx"]
    scherm.zend("weg", naam="b.xlsx")
    assert scherm.paneel.inlezer.fase == "kies"


def test_templates_and_examples_come_as_files(scherm):
    for soort in ("sjabloon", "voorbeeld"):
        for x in getattr(scherm.paneel.inlezer, {"sjabloon": "sjablonen", "voorbeeld": "voorbeelden"}[soort]):
            scherm.gestuurd.clear()
            scherm.zend(soort, naam=x["naam"])
            ((inhoud, (bytes_,)),) = scherm.gestuurd
            assert inhoud["naam"].endswith(".xlsx")
            assert bytes_[:2] == b"PK"


def test_a_file_too_many_or_too_large_is_refused():
    ontvangst = Ontvangst(100)
    with pytest.raises(OntvangstFout, match="groter dan"):
        ontvangst.begin("1", "groot.xlsx", 101)
    ontvangst.begin("1", "a.xlsx", 3)
    with pytest.raises(OntvangstFout, match="anders dan aangekondigd"):
        ontvangst.stuk("1", b"vier")
    for n in range(25):
        ontvangst.begin(str(n), f"{n}.xlsx", 3)
    with pytest.raises(OntvangstFout, match="hoogstens 25 bestanden"):
        ontvangst.begin("x", "x.xlsx", 3)
    ontvangst.leeg()


def test_files_lie_in_a_private_folder_that_goes_away():
    ontvangst = Ontvangst(100)
    ontvangst.begin("1", "../../a.xlsx", 2)
    assert ontvangst.stuk("1", b"PK")
    (pad,) = ontvangst.paden
    assert pad.name == "a.xlsx"
    if os.name == "posix":
        assert stat.S_IMODE(pad.parent.stat().st_mode) == 0o700
    del ontvangst
    assert not pad.parent.exists()


@pytest.mark.parametrize(
    ("naam", "schoon"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\map\a.xlsx", "a.xlsx"),
        ("a\x00\n<b>.xlsx", "ab.xlsx"),
        ("..", "bestand"),
    ],
)
def test_a_name_is_only_a_name(naam, schoon):
    assert veilige_naam(naam) == schoon


def test_what_can_be_chosen_is_what_the_gate_reads():
    assert set(inlezen.EXTENSIES) == {"xlsx", "xlsm", "xls", "xlsb", "ods", "csv"}


def test_a_sheet_that_left_its_file_shows_its_rows_before_they_go(scherm, boek):
    zwembad = [KOP, ["C1", "Het zwembad blijft open", 90000, "nee"], ["C2", "Zwemles voor iedereen", 8000, "nee"]]
    scherm.stuur(boek("wensen.xlsx", Wensen=RIJEN, Water=zwembad))
    scherm.zend("lees_in")
    scherm.stuur(boek("wensen.xlsx", Wensen=RIJEN))
    (blad,) = scherm.vorm["bladen"]
    (weg,) = [v for v in blad["verschillen"] if "is weg" in v["tabel"]]
    assert weg["tabel"].endswith("(blad 'Water' is weg)")
    assert [r["naam"] for r in weg["vervallen"]["rijen"]] == ["Het zwembad blijft open", "Zwemles voor iedereen"]
    scherm.zend("lees_in")
    assert scherm.werkmap.tabel("ambities")["vervallen"].sum() == 2
