"""Serves the dashboards with standalone Voilà, the same on every machine.

Standalone, never as an extension of a Jupyter server: there anonymous visitors could run code.
No configuration, template, kernelspec or lab extension of the machine or the user has influence:
all that Voilà may know is set here.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import socket
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# Jupyter's server can check addresses in other scripts with it, which nobody asks for here; compiling
# its grammar was more than half of the time that `opgave dashboard` took to start.
sys.modules.setdefault("rfc3987_syntax", None)

# ruff: noqa: E402
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from tornado.web import HTTPError, RedirectHandler, RequestHandler, StaticFileHandler
from traitlets import Instance, List, Unicode
from traitlets.config import Config
from voila import __version__ as voila_versie
from voila.app import Voila
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from opgavelib.fouten import OpgaveFout
from opgavelib.paden import map_van
from opgavelib.toegang import DEELNAME_PAGINA, VELD, Toegang, Uitgifte, netwerkadressen

SJABLOON = "opgave"
STARTPAGINA = "mt"
KERNEL = "python3"
_LOG = logging.getLogger("opgavelib.dashboard")

# 'unsafe-eval' and blob: are what the widget libraries need (module code arrives as text); nothing
# may be fetched from or sent to another host, and no other site may frame a page.
VEILIGHEID = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
    ]
)
WIDGETS_STATIC = Path(__file__).parent / "widgets" / "static"
# A page's kernel answers widgets, nobody types or debugs in it: without the debugger and the
# completer it takes half the memory (63 to 33 MB) and starts in two thirds of the time.
KERNEL_START = (
    "import sys; sys.modules.update(debugpy=None, jedi=None); "
    "from ipykernel import kernelapp; kernelapp.launch_new_instance()"
)
KERNEL_OPTIES = ["--HistoryManager.enabled=False"]  # naming matplotlib here would import it, to see what it can
EXTENSIES = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]


class DashboardFout(OpgaveFout):
    """The server cannot start; says what the user can do."""


def zet_plotly_klaar() -> Path:
    """Put plotly.js of the installed plotly package among the template's static files.

    Does nothing when the right version is there already. When the dashboards folder is read-only
    the copy goes to the user's cache folder, which `serveer` searches as well.

    Returns
    -------
    Path of the plotly.min.js that will be served

    Raises
    ------
    DashboardFout : plotly is not installed, or neither place can be written
    """
    bron = plotly_bron()
    deel = Path("voila", "templates", SJABLOON, "static", "plotly.min.js")
    plaatsen = [map_van("dashboards") / deel, _cache() / deel]
    for doel in plaatsen:
        if doel.is_file() and _zelfde(bron, doel):
            return doel
    for doel in plaatsen:
        try:
            doel.parent.mkdir(parents=True, exist_ok=True)
            # Beside it first, so that nobody ever reads half a file.
            with tempfile.NamedTemporaryFile(dir=doel.parent, delete=False) as half:
                half.write(bron.read_bytes())
            Path(half.name).chmod(0o644)
            Path(half.name).replace(doel)
        except OSError:
            continue
        return doel
    raise DashboardFout(
        f"De grafiekbibliotheek kon niet worden klaargezet in {plaatsen[0].parent} of {plaatsen[1].parent}.\n"
        "   Doe: maak een van die mappen schrijfbaar."
    )


def plotly_bron() -> Path:
    """Where the installed plotly package keeps plotly.js; does not import plotly."""
    spec = importlib.util.find_spec("plotly")
    bron = Path(spec.origin).parent / "package_data" / "plotly.min.js" if spec and spec.origin else None
    if bron is None or not bron.is_file():
        raise DashboardFout("plotly is niet geïnstalleerd.\n   Doe: installeer het werkboek opnieuw.")
    return bron


def _zelfde(bron: Path, kopie: Path) -> bool:
    """Same size and same first kilobyte, which holds the version."""
    if bron.stat().st_size != kopie.stat().st_size:
        return False
    with bron.open("rb") as een, kopie.open("rb") as twee:
        return een.read(1024) == twee.read(1024)


def _cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("opgavenwerkboek", appauthor=False) / "jupyter"


def serveer(
    werkmap: str | os.PathLike[str],
    poort: int = 8866,
    browser: bool = True,
    host: str = "127.0.0.1",
    *,
    netwerk: bool = False,
    map_: str | os.PathLike[str] | None = None,
    paginas: dict[str, int] | Iterable[str] | None = None,
    ruststand: int = 900,
) -> None:
    """Serve the dashboards until the process is stopped (Ctrl+C, SIGTERM).

    Parameters
    ----------
    werkmap : folder or database URL; the pages find it in the environment as ``OPGAVE_WERKMAP``
    poort : port; taken means an error, never another port in silence
    browser : open the page in the user's browser
    host : address to listen on; other than this computer only asks every visitor for a secret (`toegang`)
    netwerk : listen on all addresses, so that colleagues can take part
    map_ : folder with notebooks; the dashboards of the package when None
    paginas : notebook names (without ``.ipynb``) with the number of kernels to keep warm for each,
        or just names for one each; all notebooks of the folder when None
    ruststand : seconds after which a kernel without an open tab is stopped

    Raises
    ------
    DashboardFout : the port is taken, or there is nothing to serve
    """
    notebooks_map = Path(map_) if map_ is not None else map_van("dashboards")
    namen = sorted(p.stem for p in notebooks_map.glob("*.ipynb"))
    if not namen:
        raise DashboardFout(f"Er staat geen pagina (.ipynb) in {notebooks_map}.")
    host = "0.0.0.0" if netwerk else host  # noqa: S104
    warm = _warm(paginas, namen)
    _poort_vrij(host, poort)
    toegang = None if _is_lokaal(host) else Toegang(poort)
    plotly_js = zet_plotly_klaar()
    with tempfile.TemporaryDirectory(prefix="opgave_") as eigen:
        os.environ.update(_omgeving(werkmap, host, Path(eigen), plotly_js) | _deelname(host, poort, toegang))
        app = _maak_app(notebooks_map, namen, warm, host, poort, browser, ruststand, toegang)
        print(_waar(host, poort, toegang), flush=True)
        app.start()


def _is_lokaal(host: str) -> bool:
    return host in ("127.0.0.1", "localhost", "::1")


def _adressen(host: str, poort: int) -> list[str]:
    """Where colleagues find this server, the likeliest first; on this computer only, that one."""
    alle = host in ("0.0.0.0", "::", "")  # noqa: S104
    namen = (netwerkadressen() or ["127.0.0.1"]) if alle else [f"[{host}]" if ":" in host else host]
    return [f"http://{naam}:{poort}" for naam in namen]


def _deelname(host: str, poort: int, toegang: Toegang | None) -> dict[str, str]:
    """What the page that leads a session says to participants: their address, and the secret for it."""
    sleutel = f"?{VELD}={toegang.deelname}" if toegang else ""
    waar = {
        "netwerk": toegang is not None,
        "adressen": [f"{a}/{DEELNAME_PAGINA}{sleutel}" for a in _adressen(host, poort)],
        "code": toegang.te_typen if toegang else "",
    }
    return {"OPGAVE_DEELNAME": json.dumps(waar)}


def _waar(host: str, poort: int, toegang: Toegang | None) -> str:
    """What the person who starts the server reads."""
    adressen = _adressen(host, poort)
    if toegang is None:
        return f"Het dashboard staat op {adressen[0]}/  (stoppen: Ctrl+C)"
    regels = ["Het dashboard staat op het netwerk (stoppen: Ctrl+C). Geef alleen door wat iemand nodig heeft:"]
    regels += [f"  alles           {a}/?{VELD}={toegang.alles}" for a in adressen]
    regels += [f"  alleen scoren   {a}/{DEELNAME_PAGINA}  met code {toegang.te_typen}" for a in adressen]
    regels.append(
        "Het verkeer is niet versleuteld: gebruik dit op het netwerk van de gemeente, en stop na de sessie."
    )
    return "\n".join(regels)


class EigenKernelspec(KernelSpecManager):
    """Knows one kernel: the Python that serves, whatever kernelspecs the user has installed."""

    def find_kernel_specs(self) -> dict[str, str]:
        return {KERNEL: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(
            argv=[sys.executable, "-c", KERNEL_START, "-f", "{connection_file}", *KERNEL_OPTIES],
            name=KERNEL,
            display_name="Python 3",
            language="python",
            # Many processes, so small ones: no docstrings in memory (6 MB), one arena (3 MB), and large
            # buffers back to the system as soon as they are sent. Errors do not lean on assert anywhere.
            env={
                "MALLOC_ARENA_MAX": "1",
                "MALLOC_MMAP_THRESHOLD_": "65536",
                "MALLOC_TRIM_THRESHOLD_": "65536",
                "OPENBLAS_NUM_THREADS": "1",
                "PYTHONOPTIMIZE": "2",
            },
            metadata={"debugger": False},
        )


class Pagina(TornadoVoilaHandler):
    """One notebook as a page.

    Voilà's own script closes the kernel with the tab, and proves with the ``_xsrf`` cookie that it
    comes from a page of ours. Voilà never sets that cookie (its issue 1458), so that call was
    refused and kernels stayed. Asking for the token sets the cookie; the check stays on.
    """

    async def get(self, path: str | None = None) -> None:
        self.xsrf_token  # noqa: B018  (reading it sets the cookie)
        await super().get(path)

    @property
    def kernel_manager(self) -> Any:
        """Remembers whose kernel it gives: a participant may talk to no other."""
        uitgegeven = self.settings["opgave_uitgegeven"]
        return Uitgifte(super().kernel_manager, uitgegeven, self.notebook_path.removesuffix(".ipynb"))


class Sjabloonbestand(TemplateStaticFileHandler):
    """Files of a template; an address that is none is not found, where Voilà's own breaks off with a traceback."""

    def parse_url_path(self, url_path: str) -> str:
        delen = url_path.split("/")
        if len(delen) < 3 or delen[1] != "static" or ".." in delen:
            raise HTTPError(404)
        return super().parse_url_path(url_path)


class LangBewaard(MultiStaticFileHandler):
    """Scripts under an address that holds their version: a browser need never ask again."""

    def get_cache_time(self, path, modified, mime_type) -> int:
        return self.CACHE_MAX_AGE


class Dashboard(Voila):
    """Voilà with our pages at short addresses, and nothing else reachable."""

    paginas = List(Unicode())
    startpagina = Unicode()
    toegang = Instance(Toegang, allow_none=True)

    @property
    def connection_url(self) -> str:
        """What the browser of who started this opens, by a file that only they can read."""
        sleutel = f"?{VELD}={self.toegang.alles}" if self.toegang else ""
        return super().connection_url.replace("//0.0.0.0:", "//127.0.0.1:") + sleutel

    def init_handlers(self) -> list:
        """Voilà's handlers, without the file tree, the contents and the files of the folder."""
        self.app.settings["opgave_uitgegeven"] = uitgegeven = {}
        if self.toegang:
            self.toegang.bewaak(self.app, uitgegeven)
        weg = (r"/voila/tree", r"/voila/render/", r"/voila/files/", r"/voila/api/contents")
        handlers = [h for h in super().init_handlers() if h[0] != "/" and not h[0].startswith(weg)]
        handlers = [(h[0], Sjabloonbestand) if h[1] is TemplateStaticFileHandler else h for h in handlers]
        gedeeld = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        for naam in self.paginas:
            eigen = gedeeld | {"notebook_path": f"{naam}.ipynb"}
            handlers += [
                (rf"/{naam}/?", Pagina, eigen),
                (rf"/voila/render/{naam}(?:\.ipynb)?", Pagina, eigen),
            ]
        vast = {"paths": [*self.static_paths]}
        return [
            *handlers,
            (r"/", RedirectHandler, {"url": f"/{self.startpagina}", "permanent": False}),
            (r"/favicon.ico", RedirectHandler, {"url": f"/voila/templates/{SJABLOON}/static/favicon.svg"}),
            (r"/opgave/widgets/(.*)", StaticFileHandler, {"path": str(WIDGETS_STATIC)}),
            (rf"/opgave/voila-{voila_versie}/(.*)", LangBewaard, vast),
        ]


class ZonderGegevens(logging.Filter):
    """Keeps data out of the log: of a failed cell only its name and the kind of error.

    The full text, which may hold rows, names or a database address, is there with OPGAVE_DEBUG=1.
    """

    def filter(self, regel: logging.LogRecord) -> bool:
        tekst = str(regel.msg)
        if "is not trusted" in tekst:
            return False
        if tekst.startswith("Error at server while executing cell"):
            cel = regel.args if isinstance(regel.args, dict) else (regel.args or ({},))[0]
            soorten = [u.get("ename", "?") for u in cel.get("outputs", []) if u.get("output_type") == "error"]
            regel.msg = "Een cel van een pagina is mislukt: %s in cel %s (meer met OPGAVE_DEBUG=1)"
            regel.args = (", ".join(soorten) or "onbekende fout", cel.get("id", "?"))
            regel.exc_info = regel.exc_text = None
        return True


def _log_verzoek(handler: RequestHandler) -> None:
    """Failed requests only, without address of the visitor and without query."""
    if handler.get_status() >= 500:
        _LOG.error("%s %s gaf %s", handler.request.method, handler.request.path, handler.get_status())


def _pagina_instellingen(instellingen: dict, **_anders) -> dict:
    """Load Voilà's scripts from the address with the version in it."""
    return instellingen | {"fullStaticUrl": f"{instellingen['baseUrl']}opgave/voila-{voila_versie}"}


def _warm(paginas: dict[str, int] | Iterable[str] | None, namen: list[str]) -> dict[str, int]:
    if paginas is None:
        paginas = namen
    warm = dict(paginas) if isinstance(paginas, dict) else dict.fromkeys(paginas, 1)
    onbekend = sorted(set(warm) - set(namen))
    if onbekend:
        raise DashboardFout(f"Onbekende pagina {', '.join(onbekend)}; er zijn: {', '.join(namen)}.")
    return warm


def _poort_vrij(host: str, poort: int) -> None:
    familie = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(familie, socket.SOCK_STREAM) as proef:
        if os.name == "posix":  # on Windows this option would allow a taken port
            proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((host, poort))
        except (OSError, OverflowError) as fout:
            raise DashboardFout(
                f"Het dashboard kan niet luisteren op {host}, poort {poort}: die is bezet of niet toegestaan.\n"
                f"   Doe: sluit het andere programma, of kies een andere poort met --poort, bijvoorbeeld {8867}."
            ) from fout


def _omgeving(werkmap: str | os.PathLike[str], host: str, eigen: Path, plotly_js: Path) -> dict[str, str]:
    """Environment of the server and its kernels: nothing of the user's Jupyter or IPython."""
    # The folder that holds voila/templates/opgave, wherever the copy of plotly.js ended up.
    paden = dict.fromkeys([str(map_van("dashboards")), str(plotly_js.parents[4])])
    omgeving = {
        # A kernel runs in the folder of its notebook, where a relative folder is another one.
        "OPGAVE_WERKMAP": os.fspath(werkmap) if "://" in os.fspath(werkmap) else str(Path(werkmap).resolve()),
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_PATH": os.pathsep.join(paden),
        "JUPYTER_DATA_DIR": str(eigen / "data"),
        "JUPYTER_RUNTIME_DIR": str(eigen / "runtime"),
        "IPYTHONDIR": str(eigen / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    if host not in ("127.0.0.1", "0.0.0.0", "localhost", ""):  # noqa: S104
        omgeving["VOILA_APP_IP"] = host  # where a warm kernel asks who came
    return omgeving


def _maak_app(notebooks_map, namen, warm, host, poort, browser, ruststand, toegang=None):
    """The configured Voilà application, ready to `start()`."""
    debug = bool(os.environ.get("OPGAVE_DEBUG"))
    lokaal = _is_lokaal(host)
    c = Config()
    c.Voila.root_dir = str(notebooks_map)
    c.Voila.ip, c.Voila.port, c.Voila.port_retries = host, poort, 0
    c.Voila.open_browser = browser
    c.Voila.log_level = logging.DEBUG if debug else logging.WARNING
    c.Voila.tornado_settings = {
        "headers": {"Content-Security-Policy": VEILIGHEID, "Referrer-Policy": "same-origin"},
        "xsrf_cookie_kwargs": {"samesite": "Strict"},
        # On its own machine only answer to its own name, so that no website can pose as it.
        "allow_remote_access": not lokaal,
        "local_hostnames": ["localhost"],
        "compress_response": not lokaal,
        "log_function": _log_verzoek,
        "ws_ping_interval": 30_000,
        # Milliseconds to jupyter_server. No longer than the interval, and it closes every connection at its first
        # ping. tornado takes both for seconds, and says that it does not like that.
        "ws_ping_timeout": 90_000,
    }
    v = c.VoilaConfiguration
    v.template, v.theme = SJABLOON, "light"
    v.allow_template_override = v.allow_theme_override = "NO"
    v.extension_allowlist = EXTENSIES
    v.file_allowlist = [r"(?!)"]  # no file of the notebooks folder at all
    v.page_config_hook = _pagina_instellingen
    v.show_tracebacks = debug
    v.kernel_spec_manager_class = EigenKernelspec
    v.preheat_kernel = any(warm.values())
    v.default_pool_size = 0
    c.VoilaKernelManager.kernel_pools_config = {"default": {"pool_size": 0}} | {
        f"{naam}.ipynb": {"pool_size": aantal} for naam, aantal in warm.items()
    }
    c.VoilaExporter.language_code = "nl"
    # No limit: the cell in which a warm kernel waits for its visitor may last a weekend.
    c.VoilaExecutor.timeout = None
    c.VoilaExecutor.iopub_timeout = 120
    c.VoilaExecutor.raise_on_iopub_timeout = True
    c.MappingKernelManager.cull_interval = max(1, min(60, ruststand))
    c.MappingKernelManager.cull_idle_timeout = ruststand
    c.KernelManager.autorestart = False  # a restarted kernel knows nothing of the page: say so instead
    if os.name == "posix":
        c.KernelManager.transport = "ipc"
    Dashboard.clear_instance()
    start = STARTPAGINA if STARTPAGINA in namen else namen[0]
    app = Dashboard.instance(config=c, paginas=namen, startpagina=start, toegang=toegang)
    app.initialize([])
    logging.getLogger("tornado.general").addFilter(lambda regel: "websocket_ping_timeout" not in str(regel.msg))
    if not debug:
        for uit in app.log.handlers:
            uit.addFilter(ZonderGegevens())
    return app


def main() -> None:
    """``python -m opgavelib.dashboard WERKMAP [POORT] [MAP]``: without browser, for tests and services."""
    argumenten = sys.argv[1:] + [None] * 3
    werkmap, poort, map_ = argumenten[:3]
    try:
        serveer(werkmap or ".", int(poort or 8866), browser=False, map_=map_)
    except OpgaveFout as fout:
        print(fout, file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
