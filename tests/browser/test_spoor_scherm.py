"""Waar bleef mijn ambitie? In the real page: search a council member, follow a row, picture against table."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def p(portefeuille, voorbeeld):
    """Nothing here changes the werkmap."""
    pagina = portefeuille(voorbeeld, "spoor")
    pagina.wait_for_selector(".ow-spoor .chip", timeout=10_000)
    return pagina


def test_een_collegelid_zoeken_en_met_het_toetsenbord_de_weg_zien(p):
    p.get_by_label("Zoek een rij").focus()
    p.keyboard.type("hoekzema boulevard")
    p.wait_for_function("() => document.querySelectorAll('.ow-spoor .rij').length === 3")
    assert p.locator(".ow-spoor .telling").inner_text() == "3 rijen"
    for toets in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        p.keyboard.press(toets)
    p.wait_for_selector(".ow-spoor .weg[data-ambitie=T5-003]")
    keten = [t.split("\n")[0] for t in p.locator(".ow-spoor .keten li").all_inner_texts()]
    assert keten == ["Top-5 van het college", "T5-003", "CA-018", "◎ Bij een opgave", "3 activiteiten"]
    lijn = p.locator(".ow-spoor .lijn").inner_text()
    for tekst in ("Opgeschreven als T5-003", "Gaat verder als CA-018", "Beoordeeld door 4 personen", "A05"):
        assert tekst in lijn
    besluit = p.locator(".ow-spoor .stap.besluit").first.inner_text()
    assert "Ilse Brandsema" in besluit
    assert "Kort opgeschreven, zelfde boulevard" in besluit
    assert p.evaluate("document.activeElement.classList.contains('weg')")


def test_getallen_van_de_sankey_zijn_die_van_de_tabel(p):
    p.wait_for_function("() => document.querySelectorAll('.sankey-node').length > 8")
    labels = p.locator(".sankey-node .node-label").all_text_contents()
    getallen = dict(label.rsplit(" · ", 1) for label in labels)
    tabel = p.locator(".ow-tabel:has(caption:text('per bron en bestemming')) tbody tr")
    rijen = [r.split("\t") for r in tabel.all_inner_texts()]
    for naam, *cellen in rijen[:3]:
        assert getallen[naam] == cellen[-1] == str(sum(map(int, cellen[:-1])))
    *_, totaal, via = rijen
    assert getallen["Samengevoegd"] == totaal[2] == via[-1]
    assert int(getallen["Bij een opgave"]) == int(totaal[1]) + int(via[1])
    domeinen = sum(int(getallen[d]) for d in ("Fysiek", "Sociaal", "Bedrijfsvoering"))
    assert domeinen == int(getallen["Bij een opgave"])


def test_een_regel_van_de_dekking_zoekt_die_rijen(p):
    p.get_by_role("button", name="Per collegelid").click()
    regel = p.locator(".ow-tabel tbody tr", has_text="Ravi Sewnarain")
    regel.wait_for()
    regel.click()
    p.wait_for_function("() => document.querySelector('.ow-spoor .telling').textContent === '5 rijen'")


@pytest.mark.parametrize(("weergave", "kleinst"), [("", 14), ("Donker", 14), ("Projector", 20)])
def test_niets_schuift_opzij_niets_is_te_klein_en_niets_overtreedt_wcag(p, past_en_is_te_lezen, weergave, kleinst):
    past_en_is_te_lezen(p, ".ow-spoor", weergave, kleinst)
