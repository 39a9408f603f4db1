"""The page for hours as people use it: from a shortage to what solves it, what if by keyboard, promise, undo."""

from __future__ import annotations

import shutil

import pytest

TEAM = "Duurzaamheid en Mobiliteit"
VLAKKEN = ("balans", "deskundigheden", "contractering", "wat-als")


@pytest.fixture(scope="module")
def pagina(portefeuille, voorbeeld, tmp_path_factory):
    adres = shutil.copytree(voorbeeld, tmp_path_factory.mktemp("capaciteit") / "werkmap")
    return portefeuille(adres, "balans", ("Noor",), pagina="capaciteit")


def _open(p, vlak):
    p.locator(f"[data-vlak={vlak}]").click()
    p.locator(f".vlak-{vlak}").wait_for()


def _tekst(p, kiezer):
    return p.locator(kiezer).first.inner_text().replace("\u00a0", " ")


_STAAT = """([kiezer, tekst, hoe]) => {
  const nu = document.querySelector(kiezer)?.innerText.replaceAll('\u00a0', ' ');
  return nu !== undefined && { bevat: nu.includes(tekst), is: nu === tekst, anders: nu !== tekst }[hoe];
}"""


def _wacht(p, kiezer, tekst, hoe="bevat"):
    p.wait_for_function(_STAAT, arg=[kiezer, tekst, hoe])


def test_een_vak_toont_waar_het_van_komt_en_wat_het_oplost(pagina, grafieken_passen):
    p = pagina
    grafieken_passen(p)
    assert "691 uur tekort" in _tekst(p, ".vlak-balans .ow-dichtbij .ow-conclusie")
    assert _tekst(p, ".ow-som tr:last-child").split("\t") == ["Tekort", "-691 uur"]
    # The first row of the heatmap, its second quarter.
    vak = p.locator(".vlak-balans .nsewdrag").first.bounding_box()
    x, y = vak["x"] + vak["width"] * 1.5 / 8, vak["y"] + vak["height"] * 0.5 / 11
    p.mouse.move(x, y)
    p.mouse.click(x, y)
    _wacht(p, ".vlak-balans .ow-dichtbij", "2e kwartaal 2027 521 uur tekort")
    p.get_by_role("button", name="Reken door: Huur 522 uur in").click()
    p.wait_for_selector("[data-vlak=wat-als][aria-selected=true]")
    _wacht(p, ".vlak-wat-als .ow-regels li", f"Team {TEAM} huurt in 2027K2 522 uur in")
    assert "Van 16 tekorten naar 15" in _tekst(p, ".vlak-wat-als .ow-conclusie")
    p.get_by_role("button", name="Haal weg").click()
    p.wait_for_selector(".vlak-wat-als .ow-leeg")
    p.wait_for_selector(".vlak-wat-als .ow-grafiek", state="hidden")


def test_schuiven_met_het_toetsenbord_zien_besluiten_en_terug(pagina):
    p, zin = pagina, ".vlak-wat-als .ow-conclusie"
    p.get_by_role("button", name="+ Verander werk").focus()
    p.keyboard.press("Enter")
    p.wait_for_function("document.activeElement.getAttribute('role') === 'combobox'")
    p.keyboard.type("A14")
    p.keyboard.press("ArrowDown")
    p.keyboard.press("Enter")
    p.wait_for_selector(zin)
    twee = _tekst(p, zin)
    assert twee.startswith("Er komt ")
    p.get_by_label("Hoeveel later dan gevraagd?").focus()
    p.keyboard.press("ArrowDown")  # three quarters: other numbers, before anything is decided
    _wacht(p, zin, twee, "anders")
    p.get_by_role("button", name="Klaar").press("Enter")
    p.wait_for_function("document.activeElement.textContent === 'Wijzig'")
    p.get_by_role("button", name="Besluit dit").click()
    assert p.locator(".ow-veldfout:visible").all_inner_texts() == ["Vul dit in."]
    p.keyboard.type("MT van 12 januari")
    p.keyboard.press("Enter")
    _wacht(p, ".ow-handelingen .gedaan", "Besloten: A14 Isolatieaanpak en energiefixers 3 kwartalen later")
    _wacht(p, ".vlak-wat-als", "Noor: MT van 12 januari")
    _open(p, "balans")
    som = ".ow-som tr:last-child"
    _wacht(p, som, "Tekort\t-521 uur", "anders")
    p.get_by_role("button", name="Maak ongedaan").click()
    _wacht(p, som, "Tekort\t-521 uur", "is")


def test_toezeggen_en_terug_in_de_balans(pagina):
    p, cijfers = pagina, ".vlak-balans .ow-cijfers"
    voor = _tekst(p, cijfers)
    _open(p, "contractering")
    p.locator(".vlak-contractering .rij").first.click()
    p.get_by_role("button", name="Zeg alles toe").click()
    p.get_by_role("button", name="Zeg toe", exact=True).click()
    _wacht(p, ".ow-handelingen .gedaan", "toegezegd")
    _open(p, "balans")
    _wacht(p, cijfers, voor, "anders")
    p.get_by_role("button", name="Maak ongedaan").click()
    _wacht(p, cijfers, voor, "is")


# What a table hides: figures that step aside, and columns past the edge of its box without a word about it.
_VERSTOPT = """(deel) => [...document.querySelectorAll(`${deel} .ow-tabel`)].flatMap((t) => {
  const rol = t.querySelector('.ow-tabel-rol'), wenk = t.querySelector('.ow-tabel-wenk');
  const weg = [...t.querySelectorAll('th.rechts, td.rechts')].filter((c) => getComputedStyle(c).display === 'none');
  const buiten = t.clientWidth && rol.scrollWidth > rol.clientWidth + 1 && !wenk?.textContent.includes('opzij');
  return [...weg.map((c) => c.textContent), ...(buiten ? [t.innerText.slice(0, 60)] : [])];
})"""


@pytest.mark.parametrize(
    ("vlak", "weergaven", "kleinst"),
    [("balans", ("Donker", "Projector"), 20), ("deskundigheden", (), 20), ("contractering", ("Projector",), 14),
     ("wat-als", ("Donker",), 14)],
)  # fmt: skip
def test_te_lezen_op_elk_scherm(pagina, past_en_is_te_lezen, vlak, weergaven, kleinst):
    """Every tab once: two dark and large, one dark, one as it opens; a button changes back what it changed."""
    p = pagina
    _open(p, vlak)
    for weergave in weergaven:
        p.get_by_role("button", name=weergave).click()
    if vlak == "wat-als":
        p.get_by_role("button", name="+ Huur mensen in").click()
        p.wait_for_selector(".vlak-wat-als .ow-conclusie")
    past_en_is_te_lezen(p, f".vlak-{vlak}", "", kleinst)
    assert p.evaluate(_VERSTOPT, f".vlak-{vlak}") == []
