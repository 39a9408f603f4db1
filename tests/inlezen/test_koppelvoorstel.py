"""How a sheet is understood, and what its content speaks for when its headers say nothing."""

from __future__ import annotations

from datetime import date

import pytest

from opgavelib.fouten import Ernst
from opgavelib.inlezen import beoordeel_bestanden
from opgavelib.inlezen.keuzes import Bladkeuze, Vraag, indeling
from opgavelib.inlezen.kolominhoud import Inhoud, stel_voor
from opgavelib.woordenboek import tabel

AMBITIES = [k for n, k in tabel("ambities").items() if n != "ambitie"]
BEGROTING = [k for n, k in tabel("begroting").items() if n != "regel"]


def _raad(waarden, kolommen=AMBITIES, bekend=None, opmaak=""):
    inhoud = Inhoud(tuple(waarden), (opmaak,) * len(waarden))
    return stel_voor({1: inhoud}, kolommen, bekend or {}).get(1)


@pytest.mark.parametrize(
    ("waarden", "ons"),
    [
        ([250000, 15000, 1000000, 0], "budget_eur"),
        (["€ 12 mln", "€ 400.000"], "budget_eur"),
        (["ja", "nee", "ja"], "wettelijk"),
        (["x", "x"], "wettelijk"),
        (["2027K1", "3e kwartaal 2028", "Q4 2026"], "start_kwartaal"),
        ([date(2027, 1, 4), date(2028, 6, 1)], "start_kwartaal"),
        (["6.1", "0.10", "2.1", "8.3"], "taakveld"),
        (["Fysiek", "sociaal", "fysiek"], "domein"),
        (["120 uur", "40 uur"], "uren"),
        (["Wethouder Jansen", "Burgemeester Bakker"], "portefeuillehouder"),
        (["A. de Vries", "J.P. van den Berg"], "portefeuillehouder"),
        (["Team Zorg", "Team Wonen"], "team"),
        (["Een nieuwe sporthal bouwen", "De bibliotheek verbouwen"], "titel"),
        (["A-1", "A-2", "B-1"], "eigen_code"),
    ],
)
def test_the_content_speaks_for_a_column(waarden, ons):
    suggestie = _raad(waarden)
    assert suggestie is not None
    assert suggestie.ons == ons
    assert 0.5 <= suggestie.zekerheid <= 1
    assert suggestie.reden.startswith(f"alle {len(waarden)} waarden zijn")


@pytest.mark.parametrize(
    "waarden",
    [
        [1, 2, 3],  # a rank, a score, a number of anything
        [2025, 2026, 2027],  # years are no amounts
        [14, 3, 0, 0, 2],
        ["rood", "groen"],
        [1, 0, 1],  # may be ja/nee, may be a count
        ["ja"],  # one value is no pattern
        [],
        [True, "misschien", "weet niet", "later"],
    ],
)
def test_what_may_be_anything_is_left_alone(waarden):
    assert _raad(waarden) is None


def test_the_reason_counts_and_never_tells():
    suggestie = _raad(["6.1", "0.10", "2.1", "8.3", "1.2", "3.4", "4.2", "geen idee"])
    assert suggestie.reden == "7 van 8 waarden zijn een taakveldcode"
    assert suggestie.zekerheid < _raad(["6.1", "0.10", "2.1"]).zekerheid


def test_a_decimal_is_no_taakveld_when_the_official_list_does_not_know_it():
    assert _raad(["9.7", "12.5", "10.3"]) is None


def test_names_of_the_werkmap_recognise_a_column():
    suggestie = _raad(["jansen", "Bakker", "Jansen"], bekend={"portefeuillehouder": {"Jansen", "Bakker", "Smit"}})
    assert suggestie.ons == "portefeuillehouder"
    assert "uit de werkmap" in suggestie.reden


def test_two_columns_of_amounts_get_a_column_each():
    inhoud = {k: Inhoud((1000 * k, 2000 * k, 5000), ("",) * 3) for k in (1, 2)}
    assert {k: s.ons for k, s in stel_voor(inhoud, BEGROTING, {}).items()} == {1: "lasten_eur", 2: "baten_eur"}


def test_every_sheet_tells_per_header_what_why_and_with_which_values(maak):
    rijen = [["Nr", "Afspraak", "Wethouder", "Kleur"], ["A1", "Meer woningen", "Jansen", "rood"],
             ["A2", "Groene daken", "Bakker", "blauw"]]  # fmt: skip
    (voorstel,) = beoordeel_bestanden([maak(Afspraken=rijen)]).voorstellen
    assert (voorstel.soort, voorstel.kopregel, voorstel.soorten[0][0]) == ("coalitieakkoord", 1, "coalitieakkoord")
    assert [(k.letter, k.kop, k.ons, k.waarom) for k in voorstel.kolommen] == [
        ("A", "Nr", "eigen_code", "synoniem"), ("B", "Afspraak", "titel", "synoniem"),
        ("C", "Wethouder", "portefeuillehouder", "synoniem"), ("D", "Kleur", "", ""),
    ]  # fmt: skip
    assert voorstel.kolommen[2].voorbeelden == ("Jansen", "Bakker")
    assert voorstel.kolommen[0].zekerheid > 0.9
    assert voorstel.kolommen[3].zekerheid == 0


def test_a_total_is_no_example(maak):
    rijen = [["Taakveld", "Lasten"], ["0.1", 1000], ["0.10", 2000], ["Totaal", 3000]]
    (voorstel,) = beoordeel_bestanden([maak("begroting 2027.xlsx", Blad=rijen)]).voorstellen
    assert voorstel.kolommen[0].voorbeelden == ("0.1", "0.10")
    assert voorstel.kolommen[0].reden == "De kop is de naam van de kolom. Alle 2 waarden passen."


def test_what_is_not_used_is_named_and_what_it_looks_like_too(maak):
    rijen = [
        ["Afspraak", "Hoeveel", "Kleur"],
        ["Meer woningen bouwen", 20000, "rood"],
        ["Groene daken", 5000, "geel"],
    ]
    inlezing = beoordeel_bestanden([maak(Afspraken=rijen)])
    info = [b.probleem for b in inlezing.bevindingen if b.ernst == Ernst.INFO]
    assert any("niet gebruikt: 'Hoeveel', 'Kleur'" in t for t in info)
    assert "Deze kolom wordt niet gebruikt, maar lijkt 'budget_eur': alle 2 waarden zijn een bedrag." in info
    assert "budget_eur" not in inlezing.bladen[0].tabellen["ambities"], "a guess from the content is not applied"


def test_a_sheet_without_known_headers_says_what_its_content_looks_like(maak):
    rijen = [["Ding", "Geld", "Cijfer"], ["Bestuur en raad", 12000, "0.1"], ["Reserves van toen", 30000, "0.10"],
             ["Wegen en paden", 45000, "2.1"]]  # fmt: skip
    (voorstel,) = beoordeel_bestanden([maak(Lijst=rijen)]).voorstellen
    assert (voorstel.gelezen, voorstel.soort, voorstel.tabel) == (False, "", "begroting")
    assert voorstel.soorten[0][0] == "begroting"
    assert {k.kop: k.suggestie.ons for k in voorstel.kolommen if k.suggestie} == {
        "Geld": "lasten_eur", "Cijfer": "taakveld"
    }  # fmt: skip


def test_the_fingerprint_of_a_layout_knows_headers_and_sheet_and_no_figures_in_its_name():
    een = indeling("Begroting 2026", {1: "Taakveld", 2: "Lasten (x € 1.000)"})
    assert een == indeling("begroting 2027", {4: "LASTEN", 7: "taakveld"})
    assert een != indeling("Begroting 2026", {1: "Taakveld", 2: "Baten"})
    assert een != indeling("Teams", {1: "Taakveld", 2: "Lasten"})


def test_now_goes_before_then_also_for_the_column_it_takes(maak):
    rijen = [["Afspraak", "Geld A", "Geld B"], ["Meer woningen bouwen", 20000, 30000]]
    toen = {"bestand": "werkmap.xlsx", "blad": "Afspraken", "soort": None, "kopregel": 1,
            "kolommen": {"geld a": "budget_eur"}, "koppen": ["afspraak", "geld a", "geld b"]}  # fmt: skip
    onthouden = {indeling("Afspraken", {1: "Afspraak", 2: "Geld A", 3: "Geld B"}): toen}
    pad = maak(Afspraken=rijen)
    eerst = beoordeel_bestanden([pad], vraag=Vraag(onthouden=onthouden))
    assert eerst.bladen[0].kolommen["Geld A"] == "budget_eur"
    keuze = {("werkmap.xlsx", "Afspraken"): Bladkeuze(kolommen={"Geld B": "budget_eur"})}
    nu = beoordeel_bestanden([pad], vraag=Vraag(keuze, onthouden))
    assert dict(nu.bladen[0].kolommen) == {"Afspraak": "titel", "Geld A": "", "Geld B": "budget_eur"}
