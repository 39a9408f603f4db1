"""The tab Rangorde in the real page: move a weight, look at every view, everywhere readable."""

from __future__ import annotations

import pytest

ZICHTEN = {
    "Hoe stevig is het?": "Wie blijft boven de streep als we ons wat vergissen?",
    "Andere manieren": "Komt een andere manier van rekenen tot dezelfde lijst?",
    "Wat draait het om?": "Wanneer wisselen deze twee van plaats?",
    "Top-5 van het college": "Wat staat erin van ieders top-5?",
    "De rangorde": "Wat staat er boven de streep?",
}


@pytest.fixture(scope="module")
def p(portefeuille, voorbeeld):
    """Nothing here changes the werkmap."""
    return portefeuille(voorbeeld, "rangorde", pagina="prioriteren")


def _kop(p) -> str:
    return p.locator(".vlak-rangorde .ow-conclusie:visible").first.inner_text()


def test_elk_beeld_heeft_een_antwoord_en_is_te_lezen(p, grafieken_passen, overtredingen):
    for naam, vraag in ZICHTEN.items():
        p.get_by_role("button", name=naam, exact=True).click()
        p.get_by_role("heading", name=vraag).wait_for()
        grafieken_passen(p)
        assert p.evaluate("document.documentElement.scrollWidth") <= 1366
        assert overtredingen(p, ".vlak-rangorde") == [], naam


def test_een_gewicht_in_cijfers_heeft_een_komma_en_een_grens(p):
    p.get_by_role("button", name="De rangorde", exact=True).click()
    getal = p.get_by_label("Gewicht van Urgentie")
    for typt, staat in (("38.2", "38,2"), ("17,25", "17,3")):
        getal.fill(typt)
        getal.blur()
        assert getal.input_value() == staat
    getal.press("ArrowUp")
    assert getal.input_value() == "18,3"
    getal.fill("-5")
    getal.blur()
    assert p.locator(".ow-gewicht .fout:visible").inner_text().startswith("Vul een getal van 0 tot 50 in")
    assert getal.input_value() == "-5"
    p.get_by_role("button", name="Zet terug").first.click()
    assert getal.input_value() == "25"
    assert p.locator(".ow-gewicht .fout:visible").count() == 0


def test_een_gewicht_verschuiven_verandert_ook_de_kansen(p):
    p.get_by_role("button", name="Hoe stevig is het?", exact=True).click()
    p.wait_for_function("() => [...document.querySelectorAll('.ow-conclusie')].some((e) => e.offsetParent"
                        " && e.textContent.includes('staan stevig'))")  # fmt: skip
    voor = _kop(p)
    p.get_by_role("button", name="De rangorde", exact=True).click()
    schuif = p.get_by_label("Gewicht van Samenhang")
    schuif.fill("50")
    schuif.blur()
    p.get_by_role("button", name="Hoe stevig is het?", exact=True).click()
    p.wait_for_function(
        "(v) => [...document.querySelectorAll('.ow-conclusie')].some((e) => e.offsetParent"
        " && e.textContent.includes('staan stevig') && e.textContent !== v)", arg=voor,
    )  # fmt: skip
