"""Every base widget in a real browser, on the real server."""

from __future__ import annotations

import itertools
import re
import time

import pytest

VERSIES = """() => Object.fromEntries([...document.querySelectorAll('.ow-grafiek, .ow-tabel')]
  .filter(e => e.clientWidth > 0).map((e, i) => [e.className + i, +e.dataset.versie]))"""


@pytest.fixture(scope="module")
def verlaten(browser, start_server):
    """A server whose only visitor left without a word; his kernel rests while other tests run."""
    # Longer than a busy machine takes to open a page, or the kernel rests before its visitor is there.
    server = start_server(paginas={"leeg": 0}, ruststand=20)
    context = browser.new_context()
    pagina = context.new_page()
    pagina.goto(server.adres + "/leeg", timeout=90_000)
    pagina.wait_for_selector("#pagina-klaar", state="attached", timeout=60_000)
    assert len(server.kernels()) == 1
    context.close()  # no beforeunload
    return server


@pytest.fixture(scope="module")
def geopend(verlaten, vaste_bezoeker, server):
    vaste_bezoeker.open(server.adres + "/proef")
    return vaste_bezoeker


@pytest.fixture
def proef(geopend):
    """The page on its first tab and in its usual size, whatever the test before did with it."""
    geopend.pagina.set_viewport_size({"width": 1366, "height": 768})
    _tab(geopend.pagina, "shortlist")
    return geopend


def _tab(pagina, vlak: str) -> None:
    pagina.click(f"[role=tab][data-vlak={vlak}]")


def test_opent_zonder_verzoek_naar_buiten_en_zonder_fout(proef):
    p = proef.pagina
    assert p.title() == "Proefpagina"
    assert p.get_attribute("html", "lang") == "nl"
    assert p.locator("main").count() == 1
    p.wait_for_selector("#ow-laden", state="detached")
    assert p.locator(".ow-grafiek:visible").count() == 2
    assert (proef.extern, proef.fouten, proef.mislukt) == ([], [], [])  # and again when all tests are done


def test_niets_schuift_opzij_en_letters_zijn_groot_genoeg(proef, grafieken_passen):
    p = proef.pagina
    gevallen = itertools.product((False, True), ("shortlist", "formulieren", "verborgen"), (1920, 1366, 1024))
    staat = False
    for projector, vlak, breed in gevallen:
        p.set_viewport_size({"width": breed, "height": 768})
        if projector != staat:
            p.click("text=Projector")
            staat = projector
        _tab(p, vlak)
        grafieken_passen(p)
        assert p.evaluate("document.documentElement.scrollWidth") <= breed
        kleinste = p.evaluate("""() => Math.min(...[...document.querySelectorAll('#ow-pagina *')]
            .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => parseFloat(getComputedStyle(e).fontSize)))""")
        assert kleinste >= (20 if projector else 14)
    p.click("text=Projector")


def test_elke_grafiek_en_tabel_verandert_bij_elk_gewicht(proef):
    """A chart that was drawn once may be dead: only a second change shows it."""
    p = proef.pagina
    schuif = p.locator("input[type=range]").first
    for _ in range(2):
        voor = p.evaluate(VERSIES)
        assert len(voor) == 3
        schuif.focus()
        p.keyboard.press("ArrowRight")
        p.wait_for_function(
            "v => Object.entries((" + VERSIES + ")()).every(([k, n]) => n > v[k])", arg=voor, timeout=10_000
        )
    assert p.locator("output").first.inner_text() != "30%"
    p.click("text=Zet terug")
    p.wait_for_function("document.querySelector('output').textContent === '30%'")


def test_tabel_toont_tekst_nooit_als_opmaak(proef):
    p = proef.pagina
    assert "<b>vernieuwen</b>" in p.locator(".ow-tabel tbody tr").first.inner_text()
    assert p.locator(".ow-tabel tbody b:not([style])").count() == 0
    assert p.locator(".ow-conclusie b").count() == 0


def test_tabel_met_het_toetsenbord(proef):
    p = proef.pagina
    p.locator(".ow-tabel tbody tr").first.focus()
    for toets in ("ArrowDown", "ArrowDown", "Enter"):
        p.keyboard.press(toets)
    p.wait_for_selector(".ow-tabel tbody tr:nth-child(3)[aria-current=true]")
    cel = p.locator(".ow-tabel tbody tr:nth-child(3) .ow-cel")
    cel.focus()
    p.keyboard.press("Enter")
    p.keyboard.type("veel")
    p.keyboard.press("Enter")
    p.wait_for_selector(".ow-celfout")
    p.locator(".ow-invoer").fill("€ 1.234.567")
    p.keyboard.press("Enter")
    p.wait_for_selector(".ow-tabel .ow-cel:has-text('1.234.567')")


def test_tabel_sorteert_zoekt_en_toont_alles(proef):
    p = proef.pagina
    assert p.locator(".ow-tabel tbody tr:not(.streep)").count() == 25
    assert p.locator(".ow-tabel .streep").inner_text() == "Afkaplijn: tot hier 19 opgaven"
    p.click("text=Toon alle 300 rijen")
    p.wait_for_function("document.querySelectorAll('.ow-tabel tbody tr:not(.streep)').length === 300")
    p.click(".ow-tabel thead button:has-text('Budget')")
    p.wait_for_selector("th[aria-sort=descending]")
    bedragen = p.locator(".ow-tabel tbody td:nth-child(6)").all_inner_texts()
    getallen = [int(re.sub(r"\D", "", b)) for b in bedragen if b.strip() != "–"]
    assert getallen == sorted(getallen, reverse=True)
    assert bedragen[-1].strip() == "–"  # unknown is last, whatever the direction
    assert p.locator("td.onbekend[title=onbekend]").count() == sum(b.strip() == "–" for b in bedragen)
    assert re.match(r"€\s\d\.\d{3}\.\d{3}$", bedragen[0].strip())
    p.fill("input[type=search]", "riolering 77")
    p.wait_for_function("document.querySelectorAll('.ow-tabel tbody tr').length === 1")
    assert "1 van 300" in p.locator(".ow-tabel-balk [role=status]").inner_text()
    p.fill("input[type=search]", "")


def test_grafiek_in_verborgen_vlak_past_als_hij_verschijnt(proef):
    p = proef.pagina
    _tab(p, "verborgen")
    p.wait_for_selector(".vlak-verborgen .ow-grafiek[data-klaar=ja]")
    maten = """() => {
      const g = document.querySelector('.vlak-verborgen .ow-grafiek');
      return [g.clientWidth, g.querySelector('.main-svg').clientWidth];
    }"""
    vak, beeld = p.evaluate(maten)
    assert vak > 800
    assert abs(vak - beeld) <= 2
    p.set_viewport_size({"width": 900, "height": 700})
    p.wait_for_function(f"() => {{ const [v, b] = ({maten})(); return v < 900 && Math.abs(v - b) <= 2; }}")
    assert p.evaluate("location.hash") == "#verborgen"


def test_klik_en_sleep_van_een_punt_komen_in_python(proef):
    p = proef.pagina
    _tab(p, "verborgen")
    p.wait_for_selector(".vlak-verborgen .ow-grafiek[data-klaar=ja] .points path")
    p.locator(".vlak-verborgen .ow-grafiek").scroll_into_view_if_needed()
    plek = p.locator(".vlak-verborgen .points path").nth(5).bounding_box()
    x, y = plek["x"] + plek["width"] / 2, plek["y"] + plek["height"] / 2
    p.mouse.move(x - 3, y)
    p.mouse.move(x, y, steps=4)
    p.wait_for_selector(".vlak-verborgen .hoverlayer .hovertext")
    p.mouse.down()
    p.mouse.up()
    p.wait_for_function("document.getElementById('gebaar-in-python')?.textContent.startsWith('klik')")
    p.wait_for_timeout(400)
    p.mouse.move(x - 3, y)
    p.mouse.move(x, y, steps=4)
    p.mouse.down()
    p.mouse.move(x + 60, y + 40, steps=6)
    p.mouse.up()
    p.wait_for_function("document.getElementById('gebaar-in-python')?.textContent.startsWith('sleep punt A')")


def test_tabbladen_en_lijst_met_het_toetsenbord(proef):
    p = proef.pagina
    p.focus("[role=tab][data-vlak=shortlist]")
    p.keyboard.press("ArrowRight")
    p.wait_for_selector("[role=tab][data-vlak=formulieren][aria-selected=true]")
    assert p.locator(".vlak-formulieren[role=tabpanel]").is_visible()
    assert p.locator(".vlak-shortlist").is_hidden()
    p.locator(".ow-lijst li").first.focus()
    p.keyboard.press("ArrowDown")
    p.wait_for_function("document.getElementById('volgorde-in-python').textContent === 'O1 O0 O2 O3 O4'")
    assert "nu plaats 2 van 5" in p.locator(".ow-lijst [aria-live]").inner_text()
    derde, eerste = (p.locator(".ow-lijst li").nth(i).bounding_box() for i in (2, 0))
    p.mouse.move(derde["x"] + 60, derde["y"] + 20)
    p.mouse.down()
    p.mouse.move(eerste["x"] + 60, eerste["y"] - 4, steps=8)
    p.mouse.up()
    p.wait_for_function("document.getElementById('volgorde-in-python').textContent === 'O2 O1 O0 O3 O4'")


def test_formulier_met_het_toetsenbord(proef):
    p = proef.pagina
    _tab(p, "formulieren")
    p.click("text=Leg vast")
    fouten = p.locator(".ow-veldfout:visible").all_inner_texts()
    assert fouten == ["Maak een keuze.", "Maak een keuze.", "Vul dit in."]
    p.focus("[role=combobox]")
    p.keyboard.type("jeugd 3 ver")
    p.wait_for_selector("[role=option]")
    p.keyboard.press("ArrowDown")
    p.keyboard.press("Enter")
    assert p.input_value("[role=combobox]").startswith("Jeugdhulp")
    p.keyboard.press("Tab")
    p.keyboard.press("Space")
    p.keyboard.press("Tab")
    p.keyboard.type("1.250,5")
    p.keyboard.press("Tab")
    p.keyboard.type("omdat het kan")
    p.keyboard.press("Tab")
    p.keyboard.press("Enter")
    p.wait_for_selector(".ow-formulier .melding:has-text('Vastgelegd: A')")
    p.wait_for_function("document.querySelector('[role=combobox]').value === ''")


def test_fout_in_een_callback_staat_er_in_het_nederlands_met_nummer(proef, server):
    p = proef.pagina
    _tab(p, "formulieren")
    p.click("text=Laat het herberekenen mislukken")
    p.wait_for_selector(".ow-melding [role=alert]:has-text('Er ging iets mis bij het herberekenen')")
    tekst = p.locator(".ow-melding [role=alert]").inner_text()
    assert re.search(r"nr\. F-[0-9A-F]{4}", tekst)
    assert "Jansen" not in tekst
    assert "Jansen" not in server.log.read_text()
    p.click("text=Laat een regel weigeren")
    p.wait_for_selector(".ow-melding [role=alert]:has-text('al samengevoegd')")


def test_foute_cel_geeft_nederlandse_tekst_en_geen_geheim_in_het_verslag(bezoek, server):
    b = bezoek()
    p = b.open(server.adres + "/fout", klaar=False)
    p.wait_for_selector(".ow-paginafout")
    assert "kon niet helemaal worden opgebouwd" in p.inner_text("main")
    p.wait_for_selector("#ow-laden", state="detached")
    assert "12345" not in p.content()
    assert p.locator("#pagina-klaar").count() == 0
    assert "ValueError" in server.log.read_text()
    assert "12345" not in server.log.read_text()


def test_twee_bezoekers_zien_elkaars_besluit(proef, bezoek, server):
    b = proef.pagina
    a = bezoek().open(server.adres + "/proef?wie=Anja")
    assert "bezoeker Anja" in a.inner_text(".ow-kop")
    assert "bezoeker iemand" in b.inner_text(".ow-kop")
    _tab(a, "formulieren")
    a.focus("[role=combobox]")
    a.keyboard.type("archief")
    a.keyboard.press("ArrowDown")
    a.keyboard.press("Enter")
    a.locator(".keus input").nth(1).check()
    a.locator("textarea").fill("gewoon werk")
    a.click("text=Leg vast")
    begin = time.monotonic()
    b.wait_for_selector(".ow-hartslag p:has-text('door Anja gewijzigd')", timeout=20_000)
    print(f"na {time.monotonic() - begin:.1f} s bij de ander")
    assert a.locator(".ow-hartslag p").inner_text() == ""


def test_gestorven_kernel_geeft_een_balk(proef, bezoek, server):
    p = bezoek().open(server.adres + "/proef")
    nummer = p.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    (kernel,) = [k for k in server.kernels() if nummer in " ".join(k.cmdline())]
    assert p.locator(".ow-verbroken").count() == 0
    kernel.kill()
    p.wait_for_selector(".ow-verbroken", timeout=20_000)
    # Not at who has been there for a while, and has a kernel.
    assert proef.pagina.locator(".ow-verbroken").count() == 0
    assert "De verbinding met het werkboek is weg" in p.inner_text(".ow-verbroken")
    assert p.locator(".ow-verbroken button").inner_text() == "Laad de pagina opnieuw"


def test_verlaten_kernel_wordt_opgeruimd(verlaten):
    """A browser that is gone without a farewell: the kernel goes after the resting time."""
    assert verlaten.wacht_tot(lambda: not verlaten.kernels(), 90), verlaten.kernels()
