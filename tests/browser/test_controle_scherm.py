"""The page for the controller in the real browser: down to the file's row, another way of reckoning, and the
workbook."""

from __future__ import annotations

import io
import shutil

import pytest
from openpyxl import load_workbook

from opgavelib.opslag import Werkmap
from opgavelib.paden import map_van
from opgavelib.widgets.controle import VLAKKEN
from opgavelib.widgets.controle_meenemen import BLADEN

ENGELS = {"Loading", "Search", "Show", "Error", "Submit", "Reset", "undefined", "NaN", "nan", "None", "null"}


@pytest.fixture(scope="module")
def werkmap(voorbeeld, tmp_path_factory):
    return shutil.copytree(voorbeeld, tmp_path_factory.mktemp("controle") / "werkmap")


@pytest.fixture(scope="module")
def p(portefeuille, werkmap):
    return portefeuille(werkmap, "controles", ("Cas Controller",), pagina="controle")


def _tab(p, naam: str) -> None:
    p.locator(f"[data-vlak={naam}]").click()
    p.wait_for_selector(f".vlak-{naam}", state="visible")
    p.wait_for_selector(f".vlak-{naam} :is(.ow-conclusie, .ow-leeg)")


def _getal(tekst: str) -> int:
    return int(tekst.replace("€", "").replace("\xa0", "").replace(".", "").strip())


def test_met_het_toetsenbord_een_controle_openen_en_de_plek_zien(p):
    kop = p.locator(".ow-controlelijst details:not(.vouw) summary", has_text="plek").first
    kop.focus()
    p.keyboard.press("Enter")
    rij = p.locator(".ow-controlelijst details[open] tbody tr").first
    rij.wait_for()
    bestand, blad, nummer, _, *_ = rij.locator("td").all_inner_texts()
    boek = load_workbook(map_van("data/voorbeeld") / bestand, read_only=True)
    assert blad in boek.sheetnames
    assert nummer == "–" or int(nummer) <= boek[blad].max_row
    assert "fout" in p.locator(".ow-controlelijst summary").first.inner_text()


def test_van_een_totaal_naar_de_rij_van_het_bestand(p):
    _tab(p, "lean")
    rij = p.locator(".vlak-lean tbody tr", has_text="Hanneke Tolsma")
    lasten = _getal(rij.locator("td").first.inner_text())
    rij.focus()
    p.keyboard.press("Enter")
    p.wait_for_selector("text=Teamleider Hanneke Tolsma: waaruit bestaat dit?")
    p.wait_for_function("() => document.activeElement.closest('.ow-anker') !== null")
    assert "begroting_meerwoude_2027.xlsx, blad 'Baten en lasten'" in p.locator(".vlak-lean").inner_text()
    tabel = p.locator(".vlak-lean .ow-tabel", has_text="Begrotingsregels, met de plaats").first
    meer = tabel.get_by_role("button", name="Toon alle")
    if meer.is_visible():
        meer.click()
    boek = load_workbook(map_van("data/voorbeeld") / "begroting_meerwoude_2027.xlsx", data_only=True)
    blad = boek["Baten en lasten"]
    som = 0
    for regel in tabel.locator("tbody tr").all_inner_texts()[:-1]:
        omschrijving, _, bedrag, *_, nummer = regel.split("\t")
        assert blad.cell(int(nummer), 3).value == omschrijving
        assert blad.cell(int(nummer), 8).value * 1000 == _getal(bedrag)
        som += _getal(bedrag)
    assert som == lasten


def test_overhead_verdelen_verandert_aandeel_zin_en_grafiek_twee_keer(p, werkmap):
    _tab(p, "lean")
    versie = Werkmap(werkmap).versie()
    zin, grafiek = p.locator(".vlak-lean .ow-conclusie").first, p.locator(".vlak-lean .ow-grafiek").first
    gezien = {zin.inner_text()}
    for manier in ("Verdelen", "Eigen regel"):
        voor = grafiek.get_attribute("data-versie")
        p.get_by_role("button", name=manier).click()
        p.wait_for_function(
            "([voor, z]) => document.querySelector('.vlak-lean .ow-grafiek').dataset.versie !== voor"
            " && !z.includes(document.querySelector('.vlak-lean .ow-conclusie').innerText)",
            arg=[voor, list(gezien)],
        )
        gezien.add(zin.inner_text())
    assert len(gezien) == 3
    assert "Dit wijkt af van de standaard" in p.locator(".vlak-lean").inner_text()
    assert Werkmap(werkmap).versie() == versie
    p.get_by_label("Reden om dit te bewaren").fill("Zo doen wij het hier")
    p.get_by_role("button", name="Bewaar voor deze werkmap").click()
    p.wait_for_selector("text=bewaard in deze werkmap")
    assert Werkmap(werkmap).parameters()["begroting.overhead"] == "eigen regel"
    _tab(p, "besluiten")
    eerste = p.locator(".vlak-besluiten tbody tr").first
    eerste.get_by_text("Overhead: eigen regel").wait_for()
    assert {"Cas Controller", "Zo doen wij het hier"} <= set(eerste.locator("td, th").all_inner_texts())
    p.get_by_role("button", name="Maak ongedaan").click()
    p.wait_for_selector(".vlak-besluiten >> text=terug naar de standaard")
    assert "begroting.overhead" not in Werkmap(werkmap).parameters()


def test_werkboek_downloaden_en_openen(p):
    _tab(p, "meenemen")
    with p.expect_download(timeout=60_000) as wacht:
        p.get_by_role("button", name="Download voor Excel").click()
    naam = wacht.value.suggested_filename
    assert naam.startswith("opgavenwerkboek_werkmap_")
    p.wait_for_selector(f"text={naam} staat bij uw downloads.")
    boek = load_workbook(io.BytesIO(wacht.value.path().read_bytes()))
    assert boek.sheetnames == list(BLADEN)
    formules = [c for rij in boek["Lean en opgave"].iter_rows() for c in rij if c.data_type == "f"]
    assert len(formules) > 100


def test_elk_vlak_past_is_nederlands_en_overtreedt_niets(p, grafieken_passen, overtredingen):
    for naam, _ in VLAKKEN:
        _tab(p, naam)
        grafieken_passen(p)
        assert p.evaluate("document.documentElement.scrollWidth <= innerWidth"), naam
        assert overtredingen(p, f".vlak-{naam}") == [], naam
        assert set(p.locator(f".vlak-{naam}").inner_text().split()) & ENGELS == set(), naam


def test_projector_in_het_donker(p, past_en_is_te_lezen):
    _tab(p, "controles")
    p.get_by_role("button", name="Donker").click()
    past_en_is_te_lezen(p, ".vlak-controles", "Projector", 20)
    _tab(p, "lean")
    past_en_is_te_lezen(p, ".vlak-lean", "", 20)
