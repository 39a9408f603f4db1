"""The page for the MT as people use it: the real server, the example, a real browser."""

from __future__ import annotations

import shutil

import pytest

from opgavelib.opslag import Werkmap
from opgavelib.paden import map_van
from opgavelib.widgets.mt import VLAKKEN

MATEN = [(1920, 1080), (1366, 768)]
ENGELS = {"Loading", "Search", "Show", "Error", "Submit", "Reset", "undefined", "NaN", "nan", "None", "null"}


@pytest.fixture(scope="module")
def mt(start_server, voorbeeld, tmp_path_factory):
    werkmap = shutil.copytree(voorbeeld, tmp_path_factory.mktemp("mt") / "werkmap")
    return start_server(map_van("dashboards"), {"mt": 1}, werkmap=werkmap)


@pytest.fixture(scope="module")
def geopend(vaste_bezoeker, mt):
    vaste_bezoeker.open(mt.adres)
    return vaste_bezoeker


@pytest.fixture
def p(geopend):
    """The page at the size of a screen in a meeting room, whatever the test before did with it."""
    geopend.pagina.set_viewport_size({"width": 1920, "height": 1080})
    return geopend.pagina


def _tab(p, naam: str) -> None:
    p.get_by_role("tab", name=dict(VLAKKEN)[naam], exact=True).click()
    p.wait_for_selector(f".vlak-{naam}", state="visible")


def _versies(p, vlak: str) -> list[str]:
    return p.eval_on_selector_all(
        f".vlak-{vlak} :is(.ow-grafiek, .ow-tabel)", "els => els.map(e => e.dataset.versie)"
    )


def test_opent_op_het_gewone_adres_in_het_nederlands(p):
    assert p.url.endswith("/mt")
    assert p.title() == "MT-overzicht"
    assert p.locator("html").get_attribute("lang") == "nl"
    assert p.locator("main").count() == 1
    assert p.locator("h1").inner_text() == "MT-overzicht"


def test_elk_gewicht_verandert_grafiek_en_tabel_elke_keer(p):
    _tab(p, "shortlist")
    schuif = p.locator(".vlak-shortlist input[type=range]").first
    voor = _versies(p, "shortlist")
    assert len(voor) == 2
    for waarde in ("5", "45"):
        tekst_voor = p.locator(".vlak-shortlist tbody").inner_text()
        schuif.fill(waarde)
        p.wait_for_function(
            "([voor, vlak]) => [...document.querySelectorAll(`.vlak-${vlak} :is(.ow-grafiek, .ow-tabel)`)]"
            ".every((e, i) => e.dataset.versie !== voor[i])",
            arg=[voor, "shortlist"],
        )
        assert p.locator(".vlak-shortlist tbody").inner_text() != tekst_voor
        voor = _versies(p, "shortlist")


@pytest.mark.parametrize("weergave", ["gewoon", "projector"])
def test_elk_vlak_past_en_is_te_lezen(p, grafieken_passen, weergave):
    if weergave == "projector":
        p.get_by_role("button", name="Projector").click()
    kleinst = 20 if weergave == "projector" else 14
    for naam, _ in VLAKKEN:
        _tab(p, naam)
        for breed, hoog in MATEN:
            p.set_viewport_size({"width": breed, "height": hoog})
            grafieken_passen(p)
            assert p.evaluate("document.documentElement.scrollWidth <= innerWidth"), (naam, breed)
            letters = p.eval_on_selector_all(
                f".vlak-{naam} :is(td, th, p, dt, dd, label, button, svg text)",
                "els => els.filter(e => e.textContent.trim() && e.getClientRects().length &&"
                " !e.closest('.ow-alleen-voorlezen, .modebar'))"
                ".map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.slice(0, 40)])",
            )
            assert [x for x in letters if x[0] < kleinst - 0.5] == [], (naam, breed)
        woorden = set(p.locator(f".vlak-{naam}").inner_text().split())
        assert woorden & ENGELS == set(), naam
    if weergave == "projector":
        p.get_by_role("button", name="Projector").click()


def test_getallen_staan_er_in_het_nederlands(p):
    _tab(p, "budget")
    rij = p.locator(".vlak-budget tbody tr").last.inner_text()
    assert "€ 108.800.200" in rij.replace("\xa0", " ")
    assert "%" in rij
    assert "€ 108,8 mln" in p.locator(".vlak-budget .ow-cijfers").inner_text().replace("\xa0", " ")


def test_besluit_staat_in_de_werkmap_en_bij_wie_al_kijkt_en_bij_wie_daarna_komt(p, bezoek, mt):
    q = bezoek(1366, 768).open(mt.adres)
    _tab(p, "besluiten")
    p.get_by_role("combobox", name="Over welke ambitie").fill("Restafval terug naar 90")
    p.keyboard.press("ArrowDown")
    p.keyboard.press("Enter")
    p.get_by_role("combobox", name="Bestemming").select_option(label="Parkeerplaats")
    assert not p.get_by_role("combobox", name="Bij welke opgave").is_visible()
    vorm = p.locator(".vlak-besluiten form").first
    vorm.get_by_label("Reden").fill("Wacht op de evaluatie <b>van 2027</b>")
    p.get_by_label("U werkt als").fill("Anja uit de test")
    p.get_by_role("button", name="Leg het besluit vast").click()
    p.wait_for_selector(".vlak-besluiten .ow-handelingen .gedaan p.vol")
    with Werkmap(mt.werkmap) as werkmap:
        (besluit,) = werkmap.spoor().tabel.query("wie == 'Anja uit de test'").to_dict("records")
    assert besluit["bestemming"] == "parkeerplaats"
    assert besluit["reden"] == "Wacht op de evaluatie <b>van 2027</b>"
    # Who was looking already sees it without doing anything; the reason is text and never markup.
    q.wait_for_selector("text=Door Anja uit de test gewijzigd", timeout=20_000)
    _tab(q, "besluiten")
    assert "<b>van 2027</b>" in q.locator(".vlak-besluiten tbody tr").first.inner_text()
    # A part of the page has an address of its own.
    later = bezoek(1366, 768).open(f"{mt.adres}/mt#besluiten")
    assert "Anja uit de test" in later.locator(".vlak-besluiten tbody tr").first.inner_text()
    assert not later.locator(".vlak-trechter").is_visible()


def test_klik_op_een_vak_van_de_belasting_toont_dat_team(p):
    _tab(p, "belasting")
    assert p.get_by_label("Bekijk een team van dichtbij").input_value()
    vak = p.locator(".vlak-belasting .ow-grafiek").first.locator(".nsewdrag").first.bounding_box()
    p.mouse.move(vak["x"] + vak["width"] * 0.5, vak["y"] + vak["height"] * 0.97)
    p.mouse.click(vak["x"] + vak["width"] * 0.5, vak["y"] + vak["height"] * 0.97)
    p.wait_for_selector("text=Team Vergunningen en Handhaving kan in elk kwartaal leveren")


def test_tijdas_wisselt_van_einde_naar_begin(p):
    _tab(p, "complexiteit")
    voor = _versies(p, "complexiteit")
    p.get_by_role("button", name="Wanneer begint het?").click()
    p.wait_for_selector("text=Kwartaal van de start")
    assert _versies(p, "complexiteit")[0] != voor[0]


def test_lege_werkmap_zegt_wat_eerst_moet(bezoek, start_server, tmp_path):
    Werkmap(tmp_path / "leeg", maak=True).sluit()
    server = start_server(map_van("dashboards"), {"mt": 0}, werkmap=tmp_path / "leeg")  # also: no warm kernel
    b = bezoek()
    p = b.open(server.adres)
    assert "Er is nog niets ingelezen" in p.locator(".vlak-trechter").inner_text()
    for naam, _ in VLAKKEN:
        _tab(p, naam)
    assert b.fouten == []


@pytest.mark.parametrize("thema", ["licht", "donker"])
def test_geen_overtreding_van_wcag(p, grafieken_passen, overtredingen, thema):
    p.set_viewport_size({"width": 1366, "height": 768})
    if thema == "donker":
        p.get_by_role("button", name="Donker").click()
    gevonden = {}
    for naam, _ in VLAKKEN:
        _tab(p, naam)
        grafieken_passen(p)
        if uit := overtredingen(p, "body"):
            gevonden[naam] = uit
    assert gevonden == {}
    if thema == "donker":
        p.get_by_role("button", name="Donker").click()


def test_gesloten_paginas_laten_geen_kernel_achter(p, bezoek, mt):
    """One is warm, one is of the page of this file, and no other stays."""
    assert mt.wacht_tot(lambda: len(mt.kernels()) == 2, 60), mt.kernels()
    begin = {k.pid for k in mt.kernels()}
    for _ in range(2):
        b = bezoek()
        b.open(mt.adres)
        b.sluit()
    # Who came took the warm one, and got another in its place.
    assert mt.wacht_tot(lambda: len(mt.kernels()) == 2, 60), mt.kernels()
    assert len(begin & {k.pid for k in mt.kernels()}) == 1
