"""Inlezen in the real page: an empty werkmap, a hostile file, a column corrected, and a new version of a file."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap

KOP = ["Nr", "Afspraak", "Hoeveel", "Wie"]
EERST = [
    ["Wensenlijst van de raad"],
    [],
    KOP,
    ["B1", "Een <b>sporthal</b> bouwen bij de school", 2500000, "Wethouder Jansen"],
    ["B2", "De bibliotheek in het centrum verbouwen", 400000, "Wethouder Bakker"],
    ["B3", "Meer bankjes in het park zetten", 15000, "Wethouder Bakker"],
]
LATER = [
    *EERST[:4],
    ["B2", "De bibliotheek in het oude centrum verbouwen", 450000, "Wethouder Bakker"],
    ["B4", "Een fietsbrug over het kanaal leggen", 3000000, "Wethouder Jansen"],
]


def _boek(rijen) -> bytes:
    wb = Workbook()
    wb.active.title = "Wensen"
    for rij in rijen:
        wb.active.append(rij)
    uit = io.BytesIO()
    wb.save(uit)
    return uit.getvalue()


def _bom() -> bytes:
    """An .xlsx of half a megabyte that inflates to more than any limit allows."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("xl/workbook.xml", "<workbook/>")
        z.writestr("xl/worksheets/sheet1.xml", b" " * 300_000_000)
    return uit.getvalue()


def _bestand(naam: str, inhoud: bytes) -> dict:
    return {"name": naam, "mimeType": "application/octet-stream", "buffer": inhoud}


def _kies(p, *bestanden) -> None:
    versie = p.locator(".ow-inlezen").get_attribute("data-versie")
    p.set_input_files(".ow-in-vak input[type=file]", list(bestanden))
    _wacht(p, versie)


def _wacht(p, versie) -> None:
    p.wait_for_function(
        "v => { const e = document.querySelector('.ow-inlezen'); return +e.dataset.versie > +v"
        " && !e.querySelector('.ow-in-bezig') && !e.querySelector('.ow-in-uitkomst.bezig'); }",
        arg=versie, timeout=20_000,
    )  # fmt: skip


def _keur_beeld(p, overtredingen) -> None:
    """WCAG, and nothing that scrolls sideways, in both sizes and in large type."""
    for projector in (False, True):
        if projector:
            p.evaluate("document.documentElement.dataset.weergave = 'projector'")
        for breed in (1920, 1366):
            p.set_viewport_size({"width": breed, "height": 768})
            assert p.evaluate("document.documentElement.scrollWidth") <= breed
    p.evaluate("delete document.documentElement.dataset.weergave")
    assert overtredingen(p, ".ow-inlezen") == []


@pytest.fixture(scope="module")
def werkmap(tmp_path_factory):
    """A werkmap without any row."""
    adres = tmp_path_factory.mktemp("inlezen") / "werkmap"
    Werkmap(adres, maak=True).sluit()
    return adres


@pytest.fixture(scope="module")
def p(portefeuille, werkmap):
    """One visit, shared by the tests of this file in their order: it is one story."""
    pagina = portefeuille(werkmap, "inlezen")
    pagina.wait_for_selector(".ow-inlezen", timeout=10_000)
    return pagina


def test_een_lege_werkmap_zegt_wat_eerst_en_geeft_een_sjabloon(p):
    assert p.locator(".ow-inlezen h2").first.inner_text() == "Begin met inlezen"
    with p.expect_download(timeout=20_000) as download:
        p.get_by_role("button", name="Teams en formatie").click()
    boek = load_workbook(download.value.path().rename(download.value.path().with_suffix(".xlsx")))
    assert download.value.suggested_filename == "sjabloon_teams.xlsx"
    assert boek.sheetnames == ["Teams", "Uitleg"]


def test_een_vijandig_bestand_wordt_geweigerd_met_een_reden(p, werkmap):
    p.set_input_files(".ow-in-vak input[type=file]", [_bestand("virus.exe", b"MZ")])
    p.wait_for_selector(".ow-in-bestanden .mis")
    assert "Een .exe-bestand kan niet worden gelezen" in p.locator(".ow-in-bestanden .mis").inner_text()
    _kies(p, _bestand("../../bom.xlsx", _bom()))
    assert "er kan nog niets worden ingelezen" in p.locator(".ow-in-kop .ow-conclusie").inner_text()
    assert p.locator(".ow-in-bestanden .naam").inner_text() == "bom.xlsx", "no path of the sender"
    assert p.get_by_role("button", name="Lees in", exact=True).is_disabled()
    assert "Fout" in p.locator(".ow-in-kop tbody tr").first.inner_text()
    p.get_by_role("button", name="Begin opnieuw").click()
    p.wait_for_selector(".ow-in-kop", state="detached")


def test_een_bestand_kan_op_de_bladzijde_worden_gesleept(p):
    versie = p.locator(".ow-inlezen").get_attribute("data-versie")
    p.evaluate(
        """() => {
          const d = new DataTransfer();
          d.items.add(new File(["Team;Fte\\nZorg;3\\nWonen;4\\n"], "teams.csv"));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: d, bubbles: true, cancelable: true }));
        }"""
    )
    _wacht(p, versie)
    assert p.locator(".ow-in-kop .ow-conclusie").inner_text() == "1 bestand, 2 rijen: 2 nieuw."
    p.get_by_role("button", name="Haal teams.csv weg").click()
    p.wait_for_selector(".ow-in-kop", state="detached")


def test_een_kolom_verbeteren_zien_wat_er_gebeurt_en_inlezen(p, werkmap, overtredingen):
    _kies(p, _bestand("wensen.xlsx", _boek(EERST)))
    assert p.locator(".ow-in-kop .ow-conclusie").inner_text() == "1 bestand, 3 rijen: 3 nieuw."
    rij = p.locator(".ow-in-koppeling tbody tr", has_text="Hoeveel")
    assert "Lijkt budget (€): alle 3 waarden zijn een bedrag." in rij.inner_text()
    assert "<b>sporthal</b>" in p.locator(".ow-in-koppeling").inner_text(), "text of a file is text"
    versie = p.locator(".ow-inlezen").get_attribute("data-versie")
    keuze = p.get_by_label("Kolom Hoeveel wordt gelezen als")
    keuze.focus()
    keuze.select_option("budget_eur")
    _wacht(p, versie)
    assert "U hebt dit zo gekozen." in rij.inner_text()
    assert p.evaluate("document.activeElement.dataset.sleutel") == "k0-C", "the focus stays on what was chosen"
    _keur_beeld(p, overtredingen)
    with Werkmap(werkmap) as w:
        assert w.tabel("ambities").empty, "nothing is stored before somebody says so"
    p.get_by_role("button", name="Lees in", exact=True).click()
    p.get_by_text("Vul eerst bovenaan in wie u bent").wait_for()
    p.get_by_label("U werkt als").fill("Anna")
    p.get_by_label("U werkt als").press("Tab")
    p.get_by_role("button", name="Lees in", exact=True).click()
    p.wait_for_selector(".ow-in-kop", state="detached", timeout=20_000)
    with Werkmap(werkmap) as w:
        assert list(w.tabel("ambities")["budget_eur"]) == [2500000, 400000, 15000]
    p.locator(".ow-tabel", has_text="Eerder ingelezen").get_by_text("wensen.xlsx").wait_for()


def test_een_nieuwe_versie_toont_nieuw_gewijzigd_en_weg(p, werkmap):
    with Werkmap(werkmap) as w:
        w.besluit([Besluit(a, Bestemming.LIJN, "regulier", "Bob") for a in ("CA-001", "CA-003")])
    _kies(p, _bestand("wensen.xlsx", _boek(LATER)))
    zin = p.locator(".ow-in-kop .ow-conclusie").inner_text()
    assert zin == "1 bestand, 3 rijen: 1 nieuw, 1 gewijzigd, 1 niet meer in het bestand, 1 ongewijzigd."
    gewijzigd = p.locator(".ow-in-gewijzigd li").first
    assert gewijzigd.locator("ins").all_inner_texts() == ["oude", "450.000"]
    assert gewijzigd.locator("del").all_inner_texts() == ["400.000"]
    assert "Regulier werk" in p.locator(".ow-in-vervallen").inner_text()
    assert "1 besluit daarover blijft staan" in p.locator(".ow-in-verschillen").inner_text()
    assert p.evaluate("document.documentElement.scrollWidth <= innerWidth")
    p.get_by_role("button", name="Lees in", exact=True).click()
    p.wait_for_selector(".ow-in-kop", state="detached", timeout=20_000)
    with Werkmap(werkmap) as w:
        tabel = w.tabel("ambities")
        assert list(tabel["vervallen"]) == [False, False, True, False]
        assert tabel.loc["CA-002", "budget_eur"] == 450000, "the column chosen before is used again"
        assert list(w.spoor().tabel["bestemming"]) == ["lijn", "open", "lijn", "open"]
