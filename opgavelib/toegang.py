"""Who may reach what, when the pages are on the network: one gate before every address of the server.

Two secrets, made anew at every start. One opens everything. The other, for participants in a session, opens the
page to score on, the files that page needs, and the kernels that page handed out, and nothing else. A secret comes
in the address once; after that it is a cookie, so that it is in no history, no referrer and no log.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import re
import secrets
import socket
from collections.abc import Awaitable, Container, Sequence
from typing import Any
from urllib.parse import urlencode

from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler

DEELNAME_PAGINA = "beoordelen"
VELD = "sleutel"
ALLES, DEELNAME = "alles", "deelname"
# Easy to read aloud and to type on a phone: no 0, o, 1, l, i. 12 of 31 signs are 59 bits: far beyond guessing.
_TEKENS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTE = 12
_WACHT_SECONDEN = 1.0
_ID = r"(?P<kernel>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_KERNEL = re.compile(rf"/(?:api/kernels/{_ID}(?:/channels)?|voila/api/shutdown/{_ID.replace('kernel', 'weg')})")
_VAST = re.compile(r"/(?:voila/(?:templates|static|labextensions|api/themes)/.*|opgave/.*|favicon\.ico)")
_VRAAG_VAN_KERNEL = re.compile(rf"/voila/query/{_ID}")


class Toegang:
    """Lets through who has a secret.

    Parameters
    ----------
    poort : of this server; cookies of two servers on one computer must not mix

    Attributes
    ----------
    alles, deelname : the secrets
    """

    def __init__(self, poort: int):
        self.alles = secrets.token_urlsafe(24)
        self.deelname = "".join(secrets.choice(_TEKENS) for _ in range(_LENGTE))
        self.cookie = f"opgave-toegang-{poort}"
        self._uitgegeven: dict[str, str] = {}
        self._kernels: Container[str] = ()
        self._namen = _eigen_namen()

    @property
    def te_typen(self) -> str:
        """The secret for participants, in groups."""
        return "-".join(self.deelname[i : i + 4] for i in range(0, _LENGTE, 4))

    def bewaak(self, app: Application, uitgegeven: dict[str, str]) -> None:
        """Put the gate before all handlers of `app`, websockets and unknown addresses included.

        Parameters
        ----------
        uitgegeven : kernel -> page that handed it out; filled by `Uitgifte`
        """
        self._uitgegeven, self._kernels = uitgegeven, app.settings["kernel_manager"]
        door = app.find_handler

        def vind(verzoek: HTTPServerRequest, **kwargs: Any) -> Any:
            handler, opties = self._beoordeel(verzoek)
            if handler is None:
                return door(verzoek, **kwargs)
            return app.get_handler_delegate(verzoek, handler, opties)

        app.find_handler = vind  # type: ignore[method-assign]

    def soort(self, sleutel: str) -> str:
        """What a secret opens; empty for none. Capitals and dashes do not matter for who types it."""
        if _gelijk(sleutel, self.alles):
            return ALLES
        getypt = re.sub(r"[^a-z0-9]", "", sleutel.lower())
        return DEELNAME if _gelijk(getypt, self.deelname) else ""

    def _beoordeel(self, verzoek: HTTPServerRequest) -> tuple[type[RequestHandler] | None, dict[str, Any]]:
        """A handler that goes before the one of the address, or None to let it through."""
        if not self._eigen_adres(verzoek.host_name):
            return Dicht, {"reden": "naam"}
        if self._vraagt_kernel(verzoek):
            return None, {}
        koek = verzoek.cookies.get(self.cookie)
        mag = self.soort(koek.value) if koek else ""
        gegeven = verzoek.query_arguments.get(VELD)
        if gegeven and verzoek.method in ("GET", "HEAD"):
            nieuw = self.soort(gegeven[-1].decode("utf-8", "replace").strip().strip("/"))
            return Binnen, {"toegang": self, "soort": nieuw, "had": mag}
        if not mag:
            return Dicht, {"reden": "sleutel"}
        if mag == DEELNAME:
            if verzoek.path == "/":
                return Binnen, {"toegang": self, "soort": DEELNAME, "had": mag}
            if not self._voor_deelnemer(verzoek.path):
                return Dicht, {"reden": "pagina"}
        return None, {}

    def _vraagt_kernel(self, verzoek: HTTPServerRequest) -> bool:
        """Whether a warm kernel of this server asks who came; it has no cookie, but a long random id."""
        kernel = _VRAAG_VAN_KERNEL.fullmatch(verzoek.path)
        ws = verzoek.headers.get("Upgrade", "").lower() == "websocket"
        return bool(kernel) and ws and kernel["kernel"] in self._kernels and _van_hier(verzoek.remote_ip)

    def _voor_deelnemer(self, pad: str) -> bool:
        if ".." in pad or "%" in pad:
            return False
        if pad.rstrip("/") == f"/{DEELNAME_PAGINA}" or _VAST.fullmatch(pad):
            return True
        kernel = _KERNEL.fullmatch(pad)
        return bool(kernel) and self._uitgegeven.get(kernel["kernel"] or kernel["weg"]) == DEELNAME_PAGINA

    def _eigen_adres(self, naam: str) -> bool:
        """Whether the Host header is an address or a name of this computer: a website that lets its own name point
        here (DNS rebinding) is refused, whatever secret it has."""
        try:
            ipaddress.ip_address(naam.strip("[]"))
        except ValueError:
            return naam.lower().rstrip(".") in self._namen
        return True


def _gelijk(een: str, twee: str) -> bool:
    return hmac.compare_digest(een.encode(), twee.encode())


def _van_hier(adres: str | None) -> bool:
    try:
        return ipaddress.ip_address(adres or "").is_loopback
    except ValueError:
        return False


def _eigen_namen() -> frozenset[str]:
    kort = socket.gethostname().lower()
    return frozenset({"localhost", kort, f"{kort.partition('.')[0]}.local", socket.getfqdn().lower()})


class Binnen(RequestHandler):
    """Takes the secret out of the address and puts it in a cookie; who had more keeps that."""

    def initialize(self, toegang: Toegang, soort: str, had: str) -> None:
        self._toegang, self._soort, self._had = toegang, soort, had

    async def get(self) -> None:
        soort = ALLES if ALLES in (self._soort, self._had) else self._soort
        if not self._soort:
            await asyncio.sleep(_WACHT_SECONDEN)
            self.set_status(403)
            _koppen(self)
            self.finish(_pagina("Deze code klopt niet. Kijk nog eens op het scherm; de code verandert per keer."))
            return
        waarde = self._toegang.alles if soort == ALLES else self._toegang.deelname
        # Lax: a link in a mail or chat brings the visitor in. Other sites' scripts and websockets never get it.
        self.set_cookie(self._toegang.cookie, waarde, httponly=True, samesite="Lax", path="/")
        _koppen(self)
        over = {k: w[-1] for k, w in self.request.query_arguments.items() if k != VELD}
        thuis = self._soort == DEELNAME and (self.request.path == "/" or soort == DEELNAME)
        pad = f"/{DEELNAME_PAGINA}" if thuis else self.request.path
        # Of this server, whatever the path: `//elders.nl` would be another one.
        self.redirect("/" + pad.lstrip("/") + (f"?{urlencode(over)}" if over else ""), status=303)

    head = get


class Dicht(RequestHandler):
    """Refuses, and asks for the code."""

    def initialize(self, reden: str) -> None:
        self._reden = reden

    def check_xsrf_cookie(self) -> None:
        """Nothing is changed here; a refusal needs no proof."""

    def _weiger(self, *_: str) -> None:
        self.set_status(403)
        _koppen(self)
        tekst = {
            "naam": "Dit adres hoort niet bij dit werkboek. Gebruik het adres dat op het scherm staat.",
            "sleutel": "Vul de code in die op het scherm staat.",
            "pagina": "Met deze code kunt u alleen scoren.",
        }[self._reden]
        self.finish(_pagina(tekst, formulier=self._reden == "sleutel"))

    get = head = post = put = delete = patch = options = _weiger


def _koppen(handler: RequestHandler) -> None:
    handler.set_header("Cache-Control", "no-store")
    handler.set_header("Referrer-Policy", "no-referrer")
    handler.set_header(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    )


def _pagina(tekst: str, formulier: bool = True) -> str:
    """A small page of its own: of the real ones nothing may be shown yet. `tekst` is ours, never a visitor's."""
    veld = (
        '<form><label for="s">Code</label><input id="s" name="sleutel" autocomplete="off" autocapitalize="none" '
        'spellcheck="false" required><button>Open</button></form>'
        if formulier
        else f'<p><a href="/{DEELNAME_PAGINA}">Naar het scoren</a></p>'
    )
    return (
        '<!doctype html><html lang="nl"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>Opgavenwerkboek</title><style>body{font:16px/1.5 'Segoe UI',system-ui,sans-serif;color:#1a2129;"
        "background:#f5f7fa;margin:0;padding:24px}main{max-width:26em;margin:10vh auto;background:#fff;border:1px "
        "solid #e3e8ed;border-radius:8px;padding:24px}h1{font-size:28px;margin:0 0 8px}label{display:block;"
        "font-weight:600}input,button{font:inherit;min-height:48px;padding:8px 12px;border:1px solid #7f8a95;"
        "border-radius:6px;box-sizing:border-box}input{width:100%;margin:4px 0 16px;font-size:20px}button{"
        "background:#154273;color:#fff;border-color:#154273;padding:8px 24px}:focus-visible{"
        "outline:3px solid #0072b2;outline-offset:2px}a{color:#154273}</style>"
        f"<main><h1>Opgavenwerkboek</h1><p>{tekst}</p>{veld}</main></html>"
    )


class Uitgifte:
    """A kernel manager that remembers which page handed out which kernel."""

    def __init__(self, kernels: Any, uitgegeven: dict[str, str], pagina: str):
        self._kernels, self._uitgegeven, self._pagina = kernels, uitgegeven, pagina

    def __getattr__(self, naam: str) -> Any:
        return getattr(self._kernels, naam)

    async def start_kernel(self, **kwargs: Any) -> str:
        kernel = await _wacht(self._kernels.start_kernel(**kwargs))
        self._uitgegeven[kernel] = self._pagina
        return kernel

    async def get_rendered_notebook(self, *args: Any, **kwargs: Any) -> tuple:
        uitkomst = await self._kernels.get_rendered_notebook(*args, **kwargs)
        self._uitgegeven[uitkomst[2]] = self._pagina
        return uitkomst


async def _wacht(uitkomst: Awaitable[str] | str) -> str:
    return await uitkomst if isinstance(uitkomst, Awaitable) else uitkomst


def netwerkadressen() -> Sequence[str]:
    """IPv4 addresses under which colleagues may reach this computer, the one of the default route first."""
    import psutil

    gevonden = [
        a.address
        for kaart, adressen in psutil.net_if_addrs().items()
        for a in adressen
        if a.family == socket.AF_INET and _bruikbaar(a.address) and psutil.net_if_stats()[kaart].isup
    ]
    voorop = _standaardadres()
    return sorted(dict.fromkeys(gevonden), key=lambda a: a != voorop)


def _bruikbaar(adres: str) -> bool:
    ip = ipaddress.ip_address(adres)
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def _standaardadres() -> str:
    """Address of the card that traffic would leave by; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        try:
            s.connect(("192.0.2.1", 9))  # TEST-NET-1, RFC 5737
            return s.getsockname()[0]
        except OSError:
            return ""


__all__ = ["DEELNAME_PAGINA", "Toegang", "Uitgifte", "netwerkadressen"]
