"""The real server and a real browser. No browser is a failure, never a skipped test."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from opgavelib.paden import map_van

PAGINAS = Path(__file__).parent / "paginas"
VLAGGEN = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker("browser")


def zoek_chromium() -> str | None:
    """Path of the browser: CHROMIUM, or the first one on the PATH."""
    namen = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next((pad for naam in filter(None, namen) if (pad := shutil.which(naam))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """`zoek_chromium`, or the end of the run."""
    if pad := zoek_chromium():
        return pad
    pytest.exit("Geen Chromium gevonden: installeer chromium, of wijs hem aan met CHROMIUM=/pad/naar/chromium", 2)


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        blad = p.chromium.launch(executable_path=chromium, args=VLAGGEN)
        yield blad
        blad.close()


@dataclass
class Server:
    """A running server; `pid` is the process, its children are the kernels."""

    adres: str
    werkmap: Path
    pid: int
    log: Path

    def kernels(self) -> list[psutil.Process]:
        """The kernel processes that are alive."""
        with contextlib.suppress(psutil.NoSuchProcess):
            kinderen = psutil.Process(self.pid).children(recursive=True)
            return [k for k in kinderen if "ipykernel" in " ".join(_regel(k))]
        return []

    def wacht_tot(self, klopt: Callable[[], bool], seconden: float = 60) -> bool:
        """Poll until `klopt()`; False when it takes too long."""
        einde = time.monotonic() + seconden
        while time.monotonic() < einde:
            if klopt():
                return True
            time.sleep(0.2)
        return False


def _regel(proces: psutil.Process) -> list[str]:
    try:
        return proces.cmdline() if proces.status() != psutil.STATUS_ZOMBIE else []
    except psutil.Error:
        return []


def _poort() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def draai_server(werkmap: Path, map_: Path, paginas: dict[str, int], log: Path, **extra) -> Iterator[Server]:
    """Start the public function `serveer` in a process of its own; stop it by its own id."""
    poort = _poort()
    opdracht = (
        "from opgavelib.dashboard import serveer\n"
        f"serveer({str(werkmap)!r}, {poort}, browser=False, map_={str(map_)!r}, paginas={paginas!r}, **{extra!r})"
    )
    with log.open("wb") as uit:
        proces = subprocess.Popen([sys.executable, "-c", opdracht], stdout=uit, stderr=subprocess.STDOUT)
    server = Server(f"http://127.0.0.1:{poort}", werkmap, proces.pid, log)
    try:
        if not server.wacht_tot(lambda: _antwoordt(server.adres) or proces.poll() is not None, 90) or proces.poll():
            raise RuntimeError(f"de server startte niet:\n{log.read_text()}")
        yield server
    finally:
        # First: a kernel that waits for its visitor does not hear that it may stop, and takes three seconds.
        for kernel in server.kernels():
            with contextlib.suppress(psutil.Error):
                kernel.kill()
        proces.terminate()
        try:
            proces.wait(20)
        except subprocess.TimeoutExpired:
            proces.kill()


def _antwoordt(adres: str) -> bool:
    try:
        with urllib.request.urlopen(adres + "/opgave/widgets/tokens.css", timeout=2) as r:
            return r.status == 200
    except urllib.error.HTTPError as fout:
        return fout.code == 403  # it asks for a secret first
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def start_server(tmp_path_factory):
    """start_server(map_, paginas, **extra): another server, stopped at the end of the session."""
    with contextlib.ExitStack() as stapel:

        def start(map_: Path = PAGINAS, paginas: dict[str, int] | None = None, werkmap=None, **extra):
            werkmap = werkmap or tmp_path_factory.mktemp("werkmap")
            log = tmp_path_factory.mktemp("log") / "server.txt"
            return stapel.enter_context(draai_server(werkmap, map_, paginas or {}, log, **extra))

        yield start


@pytest.fixture(scope="session")
def server(start_server) -> Server:
    """The proof pages, with a warm kernel for the big one."""
    return start_server(PAGINAS, {"proef": 1})


@dataclass
class Bezoek:
    """A tab, and what went on behind it."""

    pagina: object
    extern: list[str] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)
    mislukt: list[str] = field(default_factory=list)

    def open(self, adres: str, klaar: bool = True):
        self.pagina.goto(adres, timeout=90_000)
        if klaar:
            self.pagina.wait_for_selector("#pagina-klaar", state="attached", timeout=60_000)
        return self.pagina

    def sluit(self) -> None:
        """As a person closes a tab: the page gets its farewell events."""
        self.pagina.close(run_before_unload=True)
        with contextlib.suppress(Exception):
            self.pagina.wait_for_event("close", timeout=5000)


@contextlib.contextmanager
def _ontvang(browser) -> Iterator[Callable[..., Bezoek]]:
    contexten = []

    def nieuw(breed: int = 1366, hoog: int = 768) -> Bezoek:
        context = browser.new_context(viewport={"width": breed, "height": hoog}, locale="nl-NL")
        contexten.append(context)
        pagina = context.new_page()
        b = Bezoek(pagina)
        eigen = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
        pagina.on("request", lambda r: None if r.url.startswith(eigen) else b.extern.append(r.url))
        pagina.on("console", lambda m: b.fouten.append(m.text) if m.type == "error" else None)
        pagina.on("pageerror", lambda e: b.fouten.append(str(e)))
        pagina.on("response", lambda r: b.mislukt.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        return b

    yield nieuw
    for context in contexten:
        for pagina in context.pages:
            with contextlib.suppress(Exception):
                pagina.close(run_before_unload=True)
        with contextlib.suppress(Exception):
            context.close()


@pytest.fixture
def bezoek(browser):
    """bezoek(): a visitor with a browser of its own; external requests and errors are recorded."""
    with _ontvang(browser) as nieuw:
        yield nieuw


@pytest.fixture(scope="module")
def vaste_bezoeker(browser):
    """One for all tests of a file that need no fresh page, for opening costs five seconds of the processor."""
    with _ontvang(browser) as nieuw:
        b = nieuw()
        yield b
        # Before it closes: a page may still say that its connection went.
        gehoord = [*b.extern, *b.fouten, *b.mislukt]
    assert gehoord == []


@pytest.fixture(scope="module")
def portefeuille(browser, start_server):
    """portefeuille(werkmap, vlak): one visit to that tab for all tests of a file, for opening costs seconds.

    With `namen` a visit for each of these people, with `pagina` another page. No kernel is kept warm for a next
    one: nobody else comes.
    """
    contexten, fouten = [], []

    def open_(werkmap: Path, vlak: str, namen: tuple[str, ...] = ("",), pagina: str = "portefeuille"):
        server = start_server(map_van("dashboards"), {pagina: 0}, werkmap=werkmap)
        paginas = []
        for naam in namen:
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-NL")
            contexten.append(context)
            p = context.new_page()
            p.on("pageerror", lambda e: fouten.append(str(e)))
            p.on("console", lambda m: fouten.append(m.text) if m.type == "error" else None)
            p.goto(f"{server.adres}/{pagina}#{vlak}", timeout=90_000)
            p.wait_for_selector("#pagina-klaar", state="attached", timeout=60_000)
            if naam:
                p.get_by_label("U werkt als").fill(naam)
                p.get_by_label("U werkt als").press("Enter")
            paginas.append(p)
        return paginas if len(namen) > 1 else paginas[0]

    yield open_
    for context in contexten:
        context.close()
    assert fouten == []


# Drawn at the width they have now; a chart that never fits is a failure of who waits for this.
_PASSEN = """() => [...document.querySelectorAll('.ow-grafiek')].filter((e) => e.clientWidth >= 40).every((e) => {
  const beeld = e.querySelector('.svg-container');
  return e.dataset.klaar && (!beeld || beeld.getBoundingClientRect().width <= e.clientWidth + 1);
})"""


def wacht_op_grafieken(p) -> None:
    """Until every chart in sight has been drawn and fits."""
    p.wait_for_function(_PASSEN, timeout=10_000)
    # What follows a size in the browser itself, such as its observers, comes with the next frame.
    p.evaluate("() => new Promise((klaar) => requestAnimationFrame(() => requestAnimationFrame(klaar)))")


@pytest.fixture(scope="session")
def grafieken_passen():
    """grafieken_passen(p): see `wacht_op_grafieken`."""
    return wacht_op_grafieken


WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # Everything is checked; of what is in order it need not say where it stands, which takes longer than checking.
    "resultTypes": ["violations"],
}
_LETTERS = """(deel) => [...document.querySelectorAll(deel + ' *')]
  .filter((e) => e.getClientRects().length && !e.closest('.ow-alleen-voorlezen')
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => [parseFloat(getComputedStyle(e).fontSize), e.textContent.slice(0, 40)])"""


@pytest.fixture(scope="session")
def overtredingen():
    """overtredingen(p, deel): what axe-core finds against WCAG 2.2 A and AA, with where."""
    from axe_playwright_python.sync_playwright import Axe

    def zoek(p, deel: str) -> list[tuple]:
        uitkomst = Axe().run(p, context=deel, options=WCAG)
        return [(o["id"], [n["target"] for n in o["nodes"]]) for o in uitkomst.response["violations"]]

    return zoek


@pytest.fixture(scope="session")
def past_en_is_te_lezen(overtredingen):
    """past_en_is_te_lezen(p, deel, weergave, kleinst): charts fit, no sideways scrolling, no small type, WCAG."""

    def keur(p, deel: str, weergave: str, kleinst: int) -> None:
        if weergave:
            p.get_by_role("button", name=weergave).click()
        for breed in (1920, 1366):
            p.set_viewport_size({"width": breed, "height": 768})
            wacht_op_grafieken(p)
            assert p.evaluate("document.documentElement.scrollWidth") <= breed
        assert [x for x in p.evaluate(_LETTERS, deel) if x[0] < kleinst] == []
        assert overtredingen(p, deel) == []

    return keur
