"""Opening the dashboard in Chromium, against an empty Voilà page served by the same server."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.meten import Regel
from opgavelib.paden import map_van
from opgavelib.toepassing import maak_voorbeeld
from tests.browser.conftest import PAGINAS, VLAGGEN, Server, draai_server, zoek_chromium

KEER = 7
RUST = 4.0  # seconds in which the pool makes its next kernel; otherwise the next visit pays for it


def _open(context, adres: str) -> float:
    pagina = context.new_page()
    begin = time.perf_counter()
    pagina.goto(adres, timeout=90_000)
    pagina.wait_for_selector("#pagina-klaar", state="attached", timeout=60_000)
    duur = time.perf_counter() - begin
    pagina.close(run_before_unload=True)
    time.sleep(RUST)
    return duur * 1000


def _bezoeken(browser, adressen: list[str]) -> tuple[list[list[float]], list[list[float]]]:
    """First visits (a fresh browser profile) and returning ones, of each address in turn."""
    eerst, weer = [[] for _ in adressen], [[] for _ in adressen]
    for _ in range(KEER):
        for i, adres in enumerate(adressen):
            context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="nl-NL")
            eerst[i].append(_open(context, adres))
            weer[i].append(_open(context, adres))
            context.close()
    return eerst, weer


def _pss(pid: int) -> float:
    """Proportional set size in MB: shared pages are counted for their share (Linux)."""
    for regel in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if regel.startswith("Pss:"):
            return int(regel.split()[1]) / 1024
    return 0.0


def _geheugen(browser, server: Server, adres: str) -> float:
    """MB of the kernels of three open pages of `adres`, per page."""
    voor = {k.pid for k in server.kernels()}
    context = browser.new_context()
    paginas = [context.new_page() for _ in range(3)]
    for pagina in paginas:
        pagina.goto(adres, timeout=90_000)
        pagina.wait_for_selector("#pagina-klaar", state="attached", timeout=60_000)
    time.sleep(RUST)
    # Kernels in use are the most grown ones: spare ones wait where the visit begins.
    nieuw = sorted((_pss(k.pid) for k in server.kernels() if k.pid not in voor or k.is_running()), reverse=True)
    context.close()
    return statistics.mean(nieuw[:3])


def meet() -> list[Regel]:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as tijdelijk, sync_playwright() as p:
        map_, werkmap = Path(tijdelijk) / "paginas", Path(tijdelijk) / "werkmap"
        map_.mkdir()
        shutil.copy(map_van("dashboards") / "mt.ipynb", map_)
        shutil.copy(PAGINAS / "leeg.ipynb", map_)
        maak_voorbeeld(werkmap)
        browser = p.chromium.launch(executable_path=zoek_chromium(), args=VLAGGEN)
        with draai_server(werkmap, map_, {"mt": 1, "leeg": 1}, Path(tijdelijk) / "log.txt") as server:
            time.sleep(2 * RUST)
            adressen = [f"{server.adres}/mt", f"{server.adres}/leeg"]
            (mt, leeg), (mt_weer, leeg_weer) = _bezoeken(browser, adressen)
            geheugen = [_geheugen(browser, server, adres) for adres in adressen[:1]]
        browser.close()
    mediaan = statistics.median
    return [
        ("dashboard openen, eerste bezoek, tegen een lege pagina", mediaan(mt), mediaan(leeg), "ms"),
        ("dashboard openen, volgend bezoek, tegen een lege pagina", mediaan(mt_weer), mediaan(leeg_weer), "ms"),
        ("geheugen per open pagina (PSS van de kernel)", geheugen[0], None, "MB"),
    ]
