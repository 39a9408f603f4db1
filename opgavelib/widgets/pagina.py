"""What every page has: its visitor, its header and the sign that it is complete."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

import traitlets as t

from opgavelib.widgets.basis import Basis


class Kop(Basis, naam="kop"):
    """Header of a page: where one is, on which werkmap, the other pages, and the projector button.

    Attributes
    ----------
    titel, vraag : name of the page (the h1), and what it answers
    werkmap, staat : name of the werkmap and its state, e.g. "bijgewerkt om 14:02"
    links : dicts with `titel`, `adres`, `hier` (bool)
    """

    titel = t.Unicode().tag(sync=True)
    vraag = t.Unicode().tag(sync=True)
    werkmap = t.Unicode().tag(sync=True)
    staat = t.Unicode().tag(sync=True)
    links = t.List(t.Dict()).tag(sync=True)


class KlaarTeken(Basis, naam="klaar"):
    """Puts ``<span id="pagina-klaar">`` in the page when all visible charts have been drawn."""


def wacht_op_bezoeker() -> dict[str, str]:
    """Wait until somebody opens the page; gives the query of the address.

    Call it after the imports and before reading the werkmap: a warm kernel has done the first part
    long before the visit, and must not show the data of that moment. Elsewhere (JupyterLab, tests,
    a page that is not kept warm) it returns at once.
    """
    if os.environ.get("VOILA_PREHEAT") == "True":
        os.environ.update(_bezoek())
    return dict(parse_qsl(os.environ.get("QUERY_STRING", "")))


def _bezoek() -> dict[str, str]:
    """What the server knows of the visit, once there is one.

    The same question as `voila.utils.wait_for_request`, which would import half of Jupyter's server
    into every page; tornado is in a kernel already. A kernel has a running event loop, hence the
    thread.
    """
    omgeving = os.environ
    server = omgeving.get("VOILA_WS_BASE_URL") or omgeving.get("VOILA_SERVER_URL", "/")
    adres = "{}://{}:{}{}voila/query/{}".format(
        omgeving.get("VOILA_WS_PROTOCOL", "ws"),
        omgeving.get("VOILA_APP_IP", "127.0.0.1"),
        omgeving.get("VOILA_APP_PORT", "8866"),
        server,
        omgeving.get("VOILA_KERNEL_ID", ""),
    )
    with ThreadPoolExecutor(1) as draad:
        bericht = draad.submit(lambda: asyncio.run(_vraag(adres))).result()
    return {k: str(v) for k, v in json.loads(bericht or "{}").items()}


async def _vraag(adres: str) -> str | bytes | None:
    from tornado.websocket import websocket_connect

    for poging in range(5):
        try:
            lijn = await websocket_connect(adres, connect_timeout=5)
        except OSError:
            if poging == 4:
                raise
            await asyncio.sleep(1)  # the first warm kernel may be there before the server listens
        else:
            bericht = await lijn.read_message()
            lijn.close()
            return bericht
    return None


def kop(
    titel: str,
    vraag: str = "",
    werkmap: str = "",
    staat: str = "",
    links: Iterable[Mapping[str, Any]] = (),
) -> Kop:
    """The header of a page; see `Kop`."""
    return Kop(titel=titel, vraag=vraag, werkmap=werkmap, staat=staat, links=[dict(x) for x in links])


def klaar_teken() -> KlaarTeken:
    """To be displayed last. The busy state of the page goes away, and a test knows it may look."""
    return KlaarTeken()
