"""Choosing in the real page, by keyboard: a limit, why not, the last word, and back; the page answers meanwhile."""

from __future__ import annotations

import shutil

import pytest

from opgavelib.domein.scenario import BASIS
from opgavelib.opslag import Werkmap


@pytest.fixture(scope="module")
def werkmap(voorbeeld, tmp_path_factory):
    return shutil.copytree(voorbeeld, tmp_path_factory.mktemp("kiezen") / "werkmap")


@pytest.fixture(scope="module")
def p(portefeuille, werkmap):
    pagina = portefeuille(werkmap, "kiezen", ("Ilse",), pagina="prioriteren")
    _klaar(pagina, 19)
    return pagina


def _klaar(p, aantal: int) -> None:
    """The answer is on screen and nothing is being calculated any more."""
    zin = f"De beste shortlist heeft {aantal} ambities"
    p.locator(".ow-kiezen-kop .zin", has_text=zin).wait_for(timeout=60_000)
    p.wait_for_selector(".ow-kiezen-kop[data-staat=actueel][data-bezig=false]", state="attached", timeout=60_000)


def _keuzes(werkmap) -> dict:
    with Werkmap(werkmap) as w:
        return dict(w.scenarios.een(BASIS).keuzes)


def test_een_grens_met_het_toetsenbord_geeft_vanzelf_een_nieuwe_shortlist(p, werkmap):
    veld = p.locator(".ow-kiezen-zij").get_by_label("Hoogstens zoveel ambities")
    veld.fill("17")
    veld.press("Enter")
    assert p.evaluate("document.activeElement.labels[0].textContent") == "Reden"
    p.keyboard.press("Enter")
    assert p.locator(".ow-kiezen-zij .fout:visible").inner_text().endswith("dat hoort bij de keuze.")
    p.keyboard.type("Minder tegelijk")
    p.keyboard.press("Enter")
    # What was there stays, marked, and the page answers while it searches.
    p.wait_for_selector(".ow-kiezen-kop[data-staat=oud]", state="attached", timeout=10_000)
    assert p.locator(".ow-kiezen-kop .zin").inner_text().startswith("De beste shortlist heeft 19 ambities")
    p.locator(".ow-kiezen-lijst .chips").get_by_role("button", name="Erin").click(timeout=5_000)
    _klaar(p, 17)
    assert p.locator(".ow-kiezen-lijst tbody tr").count() == 15
    assert p.locator(".ow-kiezen-lijst").get_by_role("button", name="Toon alle 17").is_visible()
    assert _keuzes(werkmap)["grens|opgaven"] == {"waarde": 17}
    p.locator(".ow-kiezen-lijst .chips").get_by_role("button", name="Eruit 88").click()


def test_waarom_niet_en_dan_toch_erin_met_wat_het_scheelt(p, werkmap):
    rij = p.locator(".ow-kiezen-lijst tr", has_text="CA-151").locator("button.titel")
    p.locator(".ow-kiezen-lijst button.titel[tabindex='0']").focus()
    for _ in range(12):  # down with the arrows until it is there
        if rij.evaluate("e => e === document.activeElement"):
            break
        p.keyboard.press("ArrowDown")
    assert p.locator(".detail h3").inner_text().startswith("CA-151 Ondermijning")
    p.locator(".detail").get_by_role("button", name="Waarom niet?").click()
    p.locator(".waaromvak li", has_text="Dat kost").wait_for(timeout=30_000)
    assert "1 plaats meer nodig" in p.locator(".waaromvak").inner_text()
    p.locator(".doevak").get_by_role("button", name="Zet vast erin…").press("Enter")
    p.keyboard.type("Ondermijning wacht niet")
    p.keyboard.press("Enter")
    p.locator(".ow-kiezen-kop .advies", has_text="Zonder uw ene keuze: 1.167 punten in plaats van 1.162").wait_for()
    _klaar(p, 17)
    assert _keuzes(werkmap)["vast|CA-151"] == {"waarde": "in"}
    hand = p.locator(".ow-kiezen-hand .hand li")
    assert "vast erin" in hand.inner_text()
    assert "Ilse: Ondermijning wacht niet" in hand.inner_text()
    assert "▲ was 2" in p.locator(".dekking details", has_text="Marijke van Delden").inner_text()
    p.locator(".dekking summary", has_text="Marijke van Delden").press("Enter")
    assert "✓ erin: CA-151" in p.locator(".dekking details[open]").inner_text()


def test_de_tijdlijn_heeft_een_balk_per_ambitie_en_een_klik_wijst_haar_aan(p):
    assert p.locator(".ow-kiezen-links .ow-grafiek .bars .point").count() == 17
    p.locator(".ow-kiezen-links .ow-grafiek .bars .point").first.click(force=True)
    p.wait_for_selector(".ow-kiezen-lijst tr[aria-current=true]")
    code = p.locator(".ow-kiezen-lijst tr[aria-current=true] b").inner_text()
    assert p.locator(".detail h3 b").inner_text() == code
    assert p.locator(".ow-kiezen-lijst .chips [aria-pressed=true]").inner_text().startswith("Erin")


def test_eisen_die_botsen_staan_er_met_een_knop_om_los_te_laten(p):
    p.locator(".ow-kiezen-zij").get_by_label("Hoogstens zoveel ambities").fill("14")
    p.locator(".ow-kiezen-zij .redenvorm:visible").get_by_label("Reden").fill("Proef")
    p.keyboard.press("Enter")
    eis = p.locator(".ow-kiezen-kop .botsing li", has_text="Hoogstens 14 opgaven")
    eis.wait_for(timeout=60_000)
    eis.get_by_role("button", name="Maak er hoogstens 16 van").click()
    p.keyboard.type("Dan maar 16")
    p.keyboard.press("Enter")
    _klaar(p, 16)
    assert p.locator(".ow-kiezen-kop .botsing").is_hidden()


def test_het_front_komt_punt_voor_punt(p):
    p.get_by_role("button", name="Reken uit voor uren").click()
    p.get_by_text("De uren begrenzen deze shortlist niet: van 50% tot 150%").wait_for(timeout=60_000)
    p.locator(".ow-kiezen-front[data-loopt=false]").wait_for()


@pytest.mark.parametrize(("weergave", "kleinst"), [("", 14), ("Donker", 14), ("Projector", 20)])
def test_niets_schuift_opzij_niets_is_te_klein_en_niets_overtreedt_wcag(p, past_en_is_te_lezen, weergave, kleinst):
    p.evaluate("document.querySelectorAll('.ow-kiezen details').forEach((d) => { d.open = true; })")
    p.locator(".doevak button").first.click()  # with the line for the reason
    past_en_is_te_lezen(p, ".vlak-kiezen", weergave, kleinst)
