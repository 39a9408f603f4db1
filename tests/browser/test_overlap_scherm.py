"""Overlap in the real page, by keyboard: judge three pairs, take one back, and look in the werkmap."""

from __future__ import annotations

import shutil

import pytest

from opgavelib.opslag import Werkmap
from opgavelib.widgets.overlap import REDENEN


@pytest.fixture(scope="module")
def werkmap(voorbeeld, tmp_path_factory):
    return shutil.copytree(voorbeeld, tmp_path_factory.mktemp("overlap") / "werkmap")


@pytest.fixture(scope="module")
def p(portefeuille, werkmap):
    pagina = portefeuille(werkmap, "overlap")
    pagina.wait_for_selector(".ow-overlap .bezig:not(:empty)", timeout=10_000)  # progress after a second
    pagina.wait_for_selector(".ow-overlap[data-klaar=ja] .paar:visible", timeout=60_000)
    return pagina


def _paar(p) -> str:
    return p.locator(".ow-overlap .paar").get_attribute("data-paar")


def _toets(p, toets: str) -> None:
    """Press a key on the pair and wait until it has been dealt with and another pair is there."""
    voor, gedaan = _paar(p), p.locator(".ow-overlap").get_attribute("data-gedaan") or "0"
    p.keyboard.press(toets)
    p.wait_for_function("n => +(document.querySelector('.ow-overlap').dataset.gedaan ?? 0) > +n", arg=gedaan)
    p.wait_for_function("v => document.querySelector('.ow-overlap .paar').dataset.paar !== v", arg=voor)


def test_drie_paren_met_het_toetsenbord_en_een_terug(p, werkmap):
    p.get_by_label("U werkt als").fill("Ilse")
    p.keyboard.press("Tab")
    p.locator(".ow-overlap .paar").focus()
    eerste = _paar(p).split("|")
    totaal = int(p.locator(".ow-overlap .balk").get_attribute("aria-valuemax"))
    _toets(p, "ArrowRight")
    assert p.evaluate("document.activeElement.classList.contains('paar')")  # the focus went along
    tweede = _paar(p).split("|")
    _toets(p, "n")
    _toets(p, "j")
    derde = _paar(p).split("|")
    p.get_by_label("Reden").fill("Mooier gezegd")
    p.locator(".ow-overlap .paar").focus()
    _toets(p, "ArrowLeft")
    assert p.locator(".ow-overlap .zin").inner_text() == f"3 van {totaal} paren bekeken, nog {totaal - 3} te gaan"

    with Werkmap(werkmap) as w:
        spoor = w.spoor().tabel
        assert spoor.loc[eerste[0], ["bestemming", "naar", "reden", "wie"]].tolist() == [
            "samengevoegd", eerste[1], REDENEN["samengevoegd"], "Ilse",
        ]  # fmt: skip
        assert spoor.loc[derde[1], ["bestemming", "naar", "reden"]].tolist() == [
            "samengevoegd", derde[0], "Mooier gezegd",
        ]  # fmt: skip
        oordelen = {frozenset([r.a, r.b]): r.oordeel for r in w.paren().itertuples()}
        assert oordelen[frozenset(tweede)] == "anders"

    p.get_by_role("button", name="Neem het oordeel over").nth(1).click()
    p.wait_for_function("() => document.querySelectorAll('.ow-overlap .gedaan').length === 2")
    assert set(_paar(p).split("|")) == set(tweede)
    with Werkmap(werkmap) as w:
        assert frozenset(tweede) not in {frozenset([r.a, r.b]) for r in w.paren().itertuples()}
        assert len(w.paren()) == 2


def test_gedeelde_woorden_zijn_onderstreept_en_vet(p):
    merk = p.locator(".ow-overlap mark").first
    stijl = merk.evaluate("e => { const s = getComputedStyle(e); return [s.textDecorationLine, +s.fontWeight]; }")
    assert stijl == ["underline", 700]


def test_samen_bij_een_nieuwe_opgave_met_het_toetsenbord(p, werkmap):
    p.locator(".ow-overlap .paar").focus()
    rijen = _paar(p).split("|")
    p.keyboard.press("o")
    p.keyboard.type("Water in de wijk")
    p.keyboard.press("Enter")
    assert p.evaluate("document.activeElement.textContent") == "Koppel beide rijen"
    _toets(p, "Enter")
    with Werkmap(werkmap) as w:
        (code,) = w.tabel("opgaven").query("titel == 'Water in de wijk'").index
        assert w.spoor().tabel.loc[rijen, "naar"].tolist() == [code, code]


def test_een_eigen_paar_zoeken_en_vergelijken(p):
    p.get_by_role("combobox", name="Een rij", exact=True).fill("zwembad")
    p.locator(".ow-overlap .velden [role=option]").first.wait_for()
    p.keyboard.press("Enter")
    p.get_by_role("combobox", name="De andere rij", exact=True).fill("CA-001")
    p.locator(".ow-overlap .velden [role=option]", has_text="CA-001").first.wait_for()
    p.keyboard.press("Enter")
    p.get_by_role("button", name="Vergelijk deze twee").click()
    p.wait_for_function("() => document.querySelector('.ow-overlap .paar').dataset.paar.endsWith('|CA-001')")
    assert p.locator(".ow-overlap .paar h2").inner_text() == "Uw eigen paar"


@pytest.mark.parametrize(("weergave", "kleinst"), [("", 14), ("Donker", 14), ("Projector", 20)])
def test_niets_schuift_opzij_niets_is_te_klein_en_niets_overtreedt_wcag(p, past_en_is_te_lezen, weergave, kleinst):
    past_en_is_te_lezen(p, ".ow-overlap", weergave, kleinst)
