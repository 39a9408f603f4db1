"""Scenarios as people make them: by keyboard, side by side, decided, and readable on any screen."""

from __future__ import annotations

import shutil

import pytest

DEEL = ".vlak-scenarios"


@pytest.fixture(scope="module")
def pagina(portefeuille, voorbeeld, tmp_path_factory):
    adres = shutil.copytree(voorbeeld, tmp_path_factory.mktemp("scenario") / "werkmap")
    p = portefeuille(adres, "scenarios", ("Noor",), pagina="prioriteren")
    p.wait_for_selector(".ow-scenario .kaart")
    return p


def _klaar(p, nr):
    p.wait_for_function("n => document.querySelector('.ow-scenario').dataset.gedaan === String(n)", arg=nr)


def _vergeleken(p, aantal):
    p.wait_for_function(
        "n => document.querySelectorAll('.ow-vergelijking thead th').length === n"
        " && !document.querySelector('.ow-vergelijking .oud').textContent",
        arg=aantal,
        timeout=60_000,
    )


def test_een_scenario_met_alleen_het_toetsenbord(pagina):
    p = pagina
    knop = p.get_by_role("button", name="Nieuw scenario")
    knop.focus()
    p.keyboard.press("Enter")
    p.keyboard.type("Minder mensen bij Zorg")
    p.keyboard.press("Enter")
    _klaar(p, 1)
    assert p.evaluate("document.activeElement.textContent") == "Minder mensen bij Zorg"
    sjabloon = p.get_by_role("button", name="Een team krijgt meer of minder fte")
    sjabloon.focus()
    p.keyboard.press("Enter")
    p.keyboard.press("Escape")
    assert sjabloon.evaluate("k => k === document.activeElement && k.ariaExpanded === 'false'")
    p.keyboard.press("Enter")
    p.keyboard.press("Tab")  # past the picker, which says what is missing when the form is sent
    p.get_by_label("Hoeveel fte?").press("Enter")
    assert p.get_by_role("alert").filter(has_text="Vul dit in").count() == 1
    p.keyboard.type("Toegang")
    p.keyboard.press("Enter")
    p.get_by_label("Hoeveel fte?").fill("4")
    p.keyboard.press("Enter")
    _klaar(p, 2)
    zin = p.locator(".ow-scenario .wijzigingen p").first.inner_text().replace("\u00a0", " ")
    assert zin == "Team Toegang Zorg en Jeugd: 4 fte minder vanaf 2027K1; dat is 1.360 uur per kwartaal."


def test_naast_elkaar_met_titels_staven_en_tabellen(pagina):
    p = pagina
    _vergeleken(p, 2)
    conclusie = p.locator(".ow-vergelijking .zin").inner_text().replace("\u00a0", " ")
    assert conclusie.startswith("Met 4 fte minder bij Toegang Zorg en Jeugd ")
    assert p.locator(".ow-vergelijking .naast li").count() > 0
    staven = p.locator(f"{DEEL} .ow-grafiek").first
    staven.locator(".bars .point").first.wait_for(state="attached")
    assert staven.locator(".trace.bars").count() == 2
    teamleiders = p.locator(f"{DEEL} table", has_text="Lotte Vandersmissen")
    assert "over" in teamleiders.inner_text()


def test_vaststellen_en_narekenen(pagina):
    p = pagina
    p.get_by_role("button", name="Stel vast").click()
    p.keyboard.type("College 12 januari 2027")
    p.keyboard.press("Enter")
    _klaar(p, 3)
    assert "College 12 januari 2027" in p.locator(".ow-scenario .open .stil").first.inner_text()
    assert p.get_by_role("button", name="Hernoem").count() == 0
    p.get_by_role("button", name="Reken dit besluit na").click()
    p.locator(".ow-scenario .herhaling.goed").wait_for(timeout=60_000)


@pytest.mark.parametrize(("weergave", "kleinst"), [("Donker", 14), ("Projector", 20)])
def test_te_lezen_op_elk_scherm(pagina, past_en_is_te_lezen, weergave, kleinst):
    past_en_is_te_lezen(pagina, DEEL, weergave, kleinst)
