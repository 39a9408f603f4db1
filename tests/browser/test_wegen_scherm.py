"""Weighing as people do it: questions by keyboard, a draft that stays, criteria in place."""

from __future__ import annotations

import shutil

import pytest

from opgavelib.opslag import Werkmap
from opgavelib.paden import map_van
from opgavelib.toepassing import Stand, criteria, wegen

SCHUIF = ".ow-wegen .vergelijk input[type=range]"


@pytest.fixture(scope="module")
def adres(voorbeeld, tmp_path_factory):
    return shutil.copytree(voorbeeld, tmp_path_factory.mktemp("wegen") / "werkmap")


@pytest.fixture(scope="module")
def p(browser, start_server, adres):
    """One visit for all tests: opening costs seconds."""
    server = start_server(map_van("dashboards"), {"prioriteren": 1}, werkmap=adres)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-NL")
    pagina, fouten = context.new_page(), []
    pagina.on("pageerror", lambda e: fouten.append(str(e)))
    pagina.on("console", lambda m: fouten.append(m.text) if m.type == "error" else None)
    pagina.goto(f"{server.adres}/prioriteren#criteria", timeout=90_000)
    pagina.wait_for_selector("#pagina-klaar", state="attached", timeout=60_000)
    pagina.wait_for_selector(".ow-wegen[data-klaar]")
    pagina.get_by_label("U werkt als").fill("Noor")
    pagina.get_by_label("U werkt als").press("Enter")
    yield pagina
    context.close()
    assert fouten == []


def _paneel(p):
    return p.locator(".ow-wegen")  # other tabs of the page have labels too


def _balken(p, wie: str) -> list[str]:
    """Shares of a group (or Samen) beside the criteria."""
    return p.locator(f".ow-wegen .balkrij:has(.wie:text-is('{wie}')) b").all_inner_texts()


def test_in_paren_met_het_toetsenbord_en_het_antwoord_dat_niet_past(p, adres):
    _paneel(p).get_by_label("In paren", exact=True).check()
    # Weights of 8, 4, 2, 1 and 1; only the last but one answer is far off: nine times the wrong way.
    for keer in (2, 4, 8, 8, 2, 4, 4, 2, -9, 1):
        p.locator(SCHUIF).focus()
        for _ in range(abs(keer) - 1):
            p.keyboard.press("ArrowLeft" if keer > 0 else "ArrowRight")
        p.keyboard.press("Enter")
    slecht = "Samenhang tegenover Bestuurlijk gewicht past het slechtst bij de rest; Bestuurlijk gewicht 2 keer"
    p.locator(".ow-wegen .uitslag", has_text=slecht).wait_for()
    _paneel(p).get_by_role("button", name="Kijk naar dat antwoord").click()
    assert p.locator(".ow-wegen .kanten b").all_inner_texts() == ["Bestuurlijk gewicht", "Samenhang"]
    assert p.locator(SCHUIF).get_attribute("aria-valuetext").startswith("Samenhang weegt extreem veel zwaarder dan")
    p.locator(SCHUIF).focus()
    for _ in range(9):
        p.keyboard.press("ArrowLeft")
    p.locator(".ow-wegen .uitslag", has_text="spreken elkaar nergens tegen").wait_for()
    assert "nog niet bewaard" in p.locator(".ow-wegen .staat").inner_text()
    assert _balken(p, "▲ College") == ["50%", "25%", "13%", "6%", "6%"]
    _paneel(p).get_by_label("Waarom deze gewichten?").fill("besproken")
    p.keyboard.press("Enter")
    p.locator(".ow-wegen .staat", has_text="Bewaard door Noor").wait_for()
    assert _balken(p, "Samen") == _balken(p, "College") == ["50%", "25%", "13%", "6%", "6%"]
    with Werkmap(adres) as werkmap:
        assert Stand(werkmap).gewichten["effect"] == pytest.approx(0.5)


def test_een_concept_blijft_als_een_ander_iets_wijzigt(p, adres):
    p.locator("[data-groep=MT]").click()
    _paneel(p).get_by_label("Sprongen waarderen", exact=True).check()
    p.locator("[data-plek=sprong-urgentie]").check()
    getal = p.locator("[data-plek=getal-effect]")
    for typt in ("-5", "abc", "1000"):
        getal.fill(typt)
        getal.blur()
        assert p.locator(".ow-wegen .schuif .fout:visible").inner_text().endswith("Vul een getal van 0 tot 100 in.")
        assert getal.input_value() == typt
    getal.fill("60")
    assert p.locator(".ow-wegen .schuif .fout:visible").count() == 0
    _paneel(p).get_by_label("Waarom deze gewichten?").fill("half getypt")
    _paneel(p).get_by_label("Wijzig Samenhang").click()
    p.keyboard.type(" half")
    with Werkmap(adres) as werkmap:
        stand = Stand(werkmap)
        wegen.bewaar_weging(stand, "MT", "direct", {"punten": dict.fromkeys(stand.criteria, 1)}, "Bo", "eerst zo")
        criteria.bewaar_criterium(Stand(werkmap), "haalbaarheid", {"naam": "Kunnen we het"}, "Bo")
    p.locator(".ow-wegen h4", has_text="Kunnen we het").wait_for(timeout=10_000)
    assert p.evaluate("document.activeElement.value") == "Samenhang half"
    p.keyboard.press("Escape")
    assert _balken(p, "MT") == ["20%"] * 5
    assert p.locator("[data-plek=sprong-urgentie]").is_checked()
    assert p.locator("[data-plek=getal-effect]").input_value() == "60"
    assert _paneel(p).get_by_label("Waarom deze gewichten?").input_value() == "half getypt"
    assert "intussen door iemand anders bewaard" in p.locator(".ow-wegen .staat").inner_text()
    naast = p.locator(".ow-wegen .beide")
    assert naast.locator("caption").inner_text().startswith("Bewaard door Bo")
    assert [r.split("\t") for r in naast.locator("tr").all_inner_texts()[:2]] == [
        ["Criterium", "Nu bewaard", "Uw concept"], ["Maatschappelijk effect", "20%", "–"],
    ]  # fmt: skip
    for c, punten in (("bestuurlijk", 20), ("haalbaarheid", 20), ("samenhang", 0)):
        p.locator(f"[data-plek=getal-{c}]").fill(str(punten))
    p.locator(".ow-wegen .zin", has_text="Met het concept van MT").wait_for()
    assert _balken(p, "▲ MT") == ["30%", "50%", "10%", "10%", "0%"]
    assert naast.locator("tr").all_inner_texts()[1].split("\t") == ["Maatschappelijk effect", "20%", "30%"]
    _paneel(p).get_by_role("button", name="Bewaar voor MT").click()
    p.locator(".ow-wegen .staat", has_text="Bewaard door Noor").wait_for()
    assert p.locator(".ow-wegen .zin").inner_text().endswith("50% tegen 25%. Bespreek dat verschil eerst.")
    p.get_by_role("button", name="Maak ongedaan").click()
    p.locator(".ow-wegen .staat", has_text="bewaard met ‘Punten geven’").wait_for()
    assert _balken(p, "MT") == ["20%"] * 5


def test_een_criterium_op_zijn_plek_wijzigen_en_verwijderen(p, adres):
    _paneel(p).get_by_label("Wijzig Samenhang").click()
    p.keyboard.type(" met andere opgaven")
    _paneel(p).get_by_label("Lager is beter").check()
    _paneel(p).get_by_label("Hoogste score", exact=True).fill("3")
    p.keyboard.press("Enter")
    p.locator(".ow-wegen form .fout", has_text="al scores van 1 tot 5").wait_for()
    _paneel(p).get_by_label("Hoogste score", exact=True).fill("10")
    p.keyboard.press("Enter")
    p.locator(".ow-wegen .lager", has_text="Lager is beter").wait_for()
    with Werkmap(adres) as werkmap:
        c = Stand(werkmap).criteria_lijst[-1]
    assert (c.naam, c.hoogst, c.richting) == ("Samenhang met andere opgaven", 10, "lager")
    p.locator("[data-plek=wijzig-samenhang]").click()
    _paneel(p).get_by_role("button", name="Verwijder Samenhang").click()
    assert "scores tellen dan niet meer mee" in p.locator(".ow-wegen .vraag").inner_text()
    _paneel(p).get_by_label("Waarom?", exact=True).press("Enter")
    assert "Vul een reden in" in p.locator(".ow-wegen .vraag .fout").inner_text()
    _paneel(p).get_by_label("Waarom?", exact=True).fill("dubbel")
    p.keyboard.press("Enter")
    p.locator(".ow-wegen h3", has_text="4 criteria").wait_for()


@pytest.mark.parametrize(("weergave", "kleinst"), [("", 14), ("Donker", 14), ("Projector", 20)])
def test_past_en_is_te_lezen(p, past_en_is_te_lezen, weergave, kleinst):
    methode = {"": "Punten geven", "Donker": "Zwaarste en lichtste", "Projector": "In paren"}[weergave]
    _paneel(p).get_by_label(methode, exact=True).check()
    if weergave == "Projector":
        p.locator("[data-plek=wijzig-urgentie]").click()
    past_en_is_te_lezen(p, ".ow-wegen", weergave, kleinst)
