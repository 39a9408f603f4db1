"""Six people and who leads them, each in a browser of their own, over the network address with its secrets."""

from __future__ import annotations

import asyncio
import re
import shutil
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from opgavelib import notatie, parameters
from opgavelib.opslag import Werkmap
from opgavelib.paden import map_van
from opgavelib.toepassing import Stand

SECONDEN = 2.0
NERGENS = "00000000-0000-0000-0000-000000000000"
# Two answers on each of two criteria; those on the second are like nobody else's, so that they can be searched for.
NAMEN = ("An", "Bo", "Cas", "Dia", "Eef", "Fem")
KANS = {naam: round(11.370417 + 13.110293 * n, 6) for n, naam in enumerate(NAMEN)}
# When which screen came, by the clock that all browsers on one machine share.
KLOK = """window.kwam = {}; new MutationObserver(() => {
  const s = document.querySelector('.ow-beoordelen')?.dataset.scherm; if (s && window.laatst !== s) { window.laatst = s; window.kwam[s] = Date.now(); }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-scherm'] });
addEventListener('click', () => { window.geklikt = Date.now(); }, true);"""  # noqa: E501


@dataclass
class Mens:
    """A page, and everything its websockets brought."""

    naam: str
    pagina: object
    binnen: list[bytes] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)

    def kreeg(self, getal: float) -> bool:
        """Whether this number came over the line or stands in the page, its fields included."""
        tekst = str(getal)
        in_beeld = self.pagina.evaluate(
            "document.body.outerHTML + [...document.querySelectorAll('input')].map((i) => i.value).join()"
        )
        return (
            any(tekst.encode() in b for b in self.binnen)
            or tekst in in_beeld
            or tekst.replace(".", ",") in in_beeld
        )


@pytest.fixture(scope="module")
def server(start_server, voorbeeld, tmp_path_factory):
    """The example on the network, with a criterium of its own."""
    werkmap = shutil.copytree(voorbeeld, tmp_path_factory.mktemp("samen") / "werkmap")
    kans = {"criterium": "kans", "naam": "Kans", "gewicht": 30, "richting": "hoger", "omschrijving": "Lukt het?",
            "laagst": 0, "hoogst": 100}  # fmt: skip
    with Werkmap(werkmap) as w:
        w.zet_parameter("criteria.lijst", [asdict(c) for c in parameters.criteria()] + [kans], "Mo", "proef")
    return start_server(map_van("dashboards"), {"prioriteren": 1, "beoordelen": 2}, werkmap=werkmap, netwerk=True)


@pytest.fixture(scope="module")
def sleutels(server):
    """(secret for everything, address for participants, code for participants), as the start of the server says."""
    tekst = server.log.read_text()
    adres, code = re.search(r"alleen scoren +(\S+) +met code (\S+)", tekst).groups()
    return re.search(r"\?sleutel=(\S+)", tekst)[1], adres, code


@pytest.fixture(scope="module")
def mensen(browser, server, sleutels):
    """mensen(naam, **scherm): somebody who opened the page, with the secret of a participant or of the leader."""
    contexten, allen = [], []

    def open_(naam: str, adres: str, **scherm):
        context = browser.new_context(**({"viewport": {"width": 1366, "height": 768}} | scherm), locale="nl-NL")
        contexten.append(context)
        context.add_init_script(KLOK)
        mens = Mens(naam, context.new_page())
        allen.append(mens)
        mens.pagina.set_default_timeout(90_000)
        mens.pagina.on("websocket", lambda ws: ws.on("framereceived", lambda b: mens.binnen.append(_bytes(b))))
        mens.pagina.on("pageerror", lambda e: mens.fouten.append(str(e)))
        mens.pagina.goto(adres, timeout=90_000, wait_until="commit")
        return mens

    yield open_
    for context in contexten:
        context.close()
    assert {m.naam: m.fouten for m in allen if m.fouten} == {}


def _bytes(inhoud: str | bytes) -> bytes:
    return inhoud.encode() if isinstance(inhoud, str) else inhoud


def _haal(adres: str, koek: str = "", **kop: str) -> tuple[int, dict, str]:
    class Blijf(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    verzoek = urllib.request.Request(adres, headers=kop | ({"Cookie": koek} if koek else {}))
    try:
        with urllib.request.build_opener(Blijf).open(verzoek, timeout=60) as r:
            return r.status, dict(r.headers), r.read().decode()
    except urllib.error.HTTPError as fout:
        return fout.code, dict(fout.headers), fout.read().decode()


def _ws(adres: str, **kop: str) -> int:
    """Status of a websocket handshake; 101 is open."""

    async def probeer() -> int:
        try:
            lijn = await websocket_connect(HTTPRequest(adres.replace("http", "ws", 1), headers=kop))
        except HTTPClientError as fout:
            return fout.code
        lijn.close()
        return 101

    with ThreadPoolExecutor(1) as draad:  # the browser has a running event loop in this one
        return draad.submit(lambda: asyncio.run(probeer())).result()


def _koek(server, sleutel: str) -> str:
    status, kop, _ = _haal(f"{server.adres}/?sleutel={sleutel}")
    assert status == 303
    assert "sleutel" not in kop["Location"]
    assert "HttpOnly" in kop["Set-Cookie"]
    assert "SameSite=Lax" in kop["Set-Cookie"]
    return kop["Set-Cookie"].partition(";")[0]


NIETS = f"""
/ /prioriteren /beoordelen //beoordelen /voila/render/mt /voila/static/index.html /opgave/widgets/tokens.css
/voila/templates/opgave/static/opgave.js /voila/files/mt.ipynb /api/kernels /api/kernels/{NERGENS}
/voila/api/shutdown/{NERGENS} /voila/query/{NERGENS} /login /static/x /bestaatniet
""".split()


@pytest.mark.parametrize("pad", NIETS)
def test_zonder_sleutel_is_niets_bereikbaar(server, pad):
    status, _, inhoud = _haal(server.adres + pad)
    assert (status, "Vul de code in" in inhoud) == (403, True)


def test_sleutels_openen_wat_ze_moeten_openen_en_niet_meer(server, sleutels):
    alles, _, code = sleutels
    assert _ws(f"{server.adres}/api/kernels/{NERGENS}/channels") == 403
    assert _ws(f"{server.adres}/voila/query/{NERGENS}") == 403
    assert _haal(f"{server.adres}/?sleutel=raad")[0] == 403
    vol, deel = _koek(server, alles), _koek(server, code.upper())
    assert _haal(f"{server.adres}/", deel)[1]["Location"] == "/beoordelen"
    _, _, pagina = _haal(f"{server.adres}/beoordelen", deel)
    eigen = re.search(r'"kernelId": "([0-9a-f-]{36})"', pagina)[1]
    _, _, pagina = _haal(f"{server.adres}/prioriteren", vol)
    vreemd = re.search(r'"kernelId": "([0-9a-f-]{36})"', pagina)[1]
    wie_mag_wat = {
        (pad, naam): _haal(server.adres + pad, koek)[0]
        for pad in ("/prioriteren", "/api/kernels", f"/api/kernels/{eigen}", f"/api/kernels/{vreemd}", "/login")
        for naam, koek in (("deel", deel), ("vol", vol))
        if (pad, naam) != ("/prioriteren", "vol")
    }
    assert wie_mag_wat == {
        ("/prioriteren", "deel"): 403, ("/api/kernels", "deel"): 403, ("/api/kernels", "vol"): 404,
        (f"/api/kernels/{eigen}", "deel"): 200, (f"/api/kernels/{eigen}", "vol"): 200,
        (f"/api/kernels/{vreemd}", "deel"): 403, (f"/api/kernels/{vreemd}", "vol"): 200,
        ("/login", "deel"): 403, ("/login", "vol"): wie_mag_wat["/login", "vol"],
    }  # fmt: skip
    lijnen = {
        wie: f"{server.adres}/api/kernels/{kernel}/channels"
        for wie, kernel in (("eigen", eigen), ("vreemd", vreemd))
    }
    assert (_ws(lijnen["eigen"]), _ws(lijnen["eigen"], Cookie=deel), _ws(lijnen["vreemd"], Cookie=deel)) == (
        403,
        101,
        403,
    )
    # A site that lets its name point here, and a site that opens a websocket from a visitor's browser.
    assert _haal(f"{server.adres}/opgave/widgets/tokens.css", vol, Host="kwaad.example")[0] == 403
    assert _haal(f"{server.adres}/opgave/widgets/tokens.css", vol, Host="10.1.2.3:1")[0] == 200
    assert _ws(lijnen["eigen"], Cookie=deel, Origin="http://kwaad.example") == 403
    assert not {alles, code.replace("-", "")} & set(
        re.findall(r"[\w-]+", server.log.read_text().partition("stop na")[2])
    )


def test_zes_deelnemers_van_begin_tot_besluit(server, sleutels, mensen, overtredingen):
    alles, adres, code = sleutels
    leider = mensen("Mo", f"{server.adres}/prioriteren?sleutel={alles}#beoordelen")
    l = leider.pagina  # noqa: E741
    l.wait_for_selector("#pagina-klaar", state="attached", timeout=60_000)
    l.get_by_label("U werkt als").fill("Mo")
    l.get_by_label("U werkt als").press("Enter")
    l.get_by_role("button", name="Begin een sessie").click()
    l.get_by_role("spinbutton", name="Hoogstens", exact=True).fill("2")
    l.get_by_role("spinbutton", name="Hoogstens", exact=True).press("Tab")
    for naam in ("Urgentie", "Bestuurlijk gewicht", "Haalbaarheid", "Samenhang"):
        l.locator(".vinkjes").get_by_text(naam, exact=True).click()
    for vakje in l.locator(".vinkjes").nth(1).get_by_role("checkbox").all():
        vakje.uncheck()
    l.locator(".ow-sessie [role=status]").get_by_text("2 ambities op 2 criteria: 4 scores").wait_for()
    l.get_by_role("button", name="Begin de sessie").click()
    l.locator("img.qr").wait_for()
    assert l.locator(".url").first.inner_text() == urlsplit(adres).netloc
    assert l.locator(".code").inner_text() == code

    allen = {
        naam: mensen(
            naam, adres, **({"viewport": {"width": 390, "height": 844}, "has_touch": True} if n < 3 else {})
        )
        for n, naam in enumerate(NAMEN)
    }
    for mens in allen.values():  # as somebody who types the address and the code from the screen
        mens.pagina.get_by_label("Code").fill(code)
        mens.pagina.get_by_role("button", name="Open").click(no_wait_after=True)
    for mens in allen.values():
        p = mens.pagina
        p.get_by_label("Uw naam").fill(mens.naam)
        p.get_by_role("button", name="Doe mee").click()
    for mens in allen.values():
        mens.pagina.locator("[data-scherm=scoren]").wait_for()
    assert overtredingen(allen["An"].pagina, ".ow-beoordelen") == []
    l.locator(".mensen .bezig").nth(5).wait_for()
    # Scoring: the leader sees who is ready, and nobody else's numbers come anywhere.
    for n, (naam, mens) in enumerate(allen.items()):
        _scoor(mens, n % 5, KANS[naam])
        if n == 0:
            begin = mens.pagina.evaluate("Date.now()")
            assert l.evaluate(_WACHT, [".mensen .af .naam", "An"]) - begin < SECONDEN * 1000
    l.locator(".mensen .af").nth(5).wait_for()
    assert l.locator(".ow-conclusie").first.inner_text() == "6 van 6 deelnemers klaar"
    for naam, mens in allen.items():
        gelekt = [ander for ander in NAMEN if ander != naam and mens.kreeg(KANS[ander])]
        in_beeld = mens.pagina.locator("input.getal").input_value()
        assert (naam, gelekt, in_beeld) == (naam, [], notatie.getal(KANS[naam], 2))
    assert not any(leider.kreeg(getal) for getal in KANS.values())

    # Reveal: on every screen within two seconds, without names.
    l.get_by_role("button", name="Toon de scores").click()
    assert _traagste(l, allen, "uitslag") < SECONDEN
    l.locator(".ow-sessie .ambitie").first.wait_for()
    assert "Grootste verschil: " in l.locator(".ow-conclusie").first.inner_text()
    assert all(allen["An"].kreeg(getal) for getal in KANS.values())
    assert allen["Bo"].pagina.locator(".stip.eigen").count() == 4
    assert "Cas" not in allen["Bo"].pagina.locator(".hoofd").inner_text()
    assert overtredingen(allen["An"].pagina, ".ow-beoordelen") == []
    assert overtredingen(l, ".ow-sessie") == []

    # Second round, with one's own earlier answer; who keeps it says so with one button.
    l.get_by_role("button", name="Volgende ronde").click()
    l.get_by_role("button", name="Driekwart").click()
    l.get_by_role("button", name="Begin ronde 2").click()
    assert _traagste(l, allen, "scoren") < SECONDEN
    fem = allen["Fem"].pagina
    assert fem.locator(".eerst").first.inner_text() == "Eerst gaf u 1"
    for naam in NAMEN[:5]:
        p = allen[naam].pagina
        for plek in range(p.locator(".lijst li").count()):
            p.locator(".blijf").click()
            if plek == 0:
                p.get_by_role("button", name="Volgende").click()
    fem.locator(".score").nth(3).click()
    l.locator(".mensen .af").nth(4).wait_for()
    assert l.locator(".mensen .bezig .naam").all_inner_texts() == ["Fem"]
    l.get_by_role("button", name="Toon de scores").click()
    assert "Nog niet klaar: Fem" in l.locator(".ow-sessie .vraag").inner_text()
    l.get_by_role("button", name="Toon de scores toch").click()

    # Agree on one score, see what changes, close.
    l.locator(".ow-sessie .beelden .toen").first.wait_for()
    l.get_by_role("button", name="Spreek anders af: Maatschappelijk effect").first.click()
    l.locator(".afspraakvak").get_by_role("button", name="5", exact=True).click()
    l.locator(".afspraakvak").get_by_label("Waarom?").fill("het college wil dit")
    l.locator(".afspraakvak .eerste").click()
    l.locator(".ow-sessie .reden").get_by_text("het college wil dit (Mo)").wait_for()
    # On the line of this round only: in the round before nothing was agreed.
    assert (l.locator(".beelden .afspraak").count(), l.locator(".beelden .toen .afspraak").count()) == (1, 0)
    assert l.locator(".ow-sessie .ow-stippen-uitleg .afspraak").count() == 1
    l.get_by_role("button", name="Sluit: deze scores tellen mee").click()
    l.locator(".ow-sessie .vraag").get_by_text("van plaats in de rangorde van").wait_for()
    with Werkmap(server.werkmap) as w:
        voor = Stand(w).rangschikking().tabel["score"].to_dict()
    l.get_by_role("button", name="Sluit de sessie").click()
    bo = allen["Bo"].pagina
    bo.get_by_role("heading", name="Bedankt, de sessie is gesloten").wait_for()
    assert "het college wil dit" in bo.locator(".hoofd").inner_text()
    with Werkmap(server.werkmap) as w:
        stand, sessie = Stand(w), w.sessies.een("B01")
        na = stand.rangschikking().tabel["score"].to_dict()
        assert set(stand.afspraken.values()) == {5.0}
    assert {a for a in na if na[a] != voor.get(a)} >= set(sessie.ambities)
    for mens in allen.values():
        eigen = mens.pagina.evaluate(
            "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
        )
        (kernel,) = [k for k in server.kernels() if eigen in " ".join(k.cmdline())]
        zwaar = ("pandas", "numpy", "sklearn", "matplotlib")
        assert [m.path for m in kernel.memory_maps() if any(z in m.path for z in zwaar)] == []


_WACHT = """async ([kies, naam]) => {
  const er = () => [...document.querySelectorAll(kies)].some((e) => e.textContent === naam);
  while (!er()) await new Promise((r) => setTimeout(r, 20)); return Date.now(); }"""


def _scoor(mens: Mens, knop: int, kans: float) -> None:
    """Both ambities, on a scale with buttons and on one to type on; saved before this returns."""
    p = mens.pagina
    for plek in range(2):
        p.locator(".score").nth(knop).click()
        p.locator("input.getal").fill(str(kans).replace(".", ","))
        p.locator("input.getal").press("Enter")
        if plek == 0:
            p.get_by_role("button", name="Volgende").click()
    p.get_by_role("heading", name="U bent klaar").wait_for()
    p.locator(".status.goed").wait_for()


def _traagste(leider, allen: dict[str, Mens], scherm: str) -> float:
    """Seconds from the click of the leader to the last of all screens."""
    for mens in allen.values():
        mens.pagina.locator(f"[data-scherm={scherm}]").wait_for()
    geklikt = leider.evaluate("window.geklikt")
    return max(m.pagina.evaluate("(s) => window.kwam[s]", scherm) - geklikt for m in allen.values()) / 1000


def test_een_tweede_apparaat_onder_een_naam(server, sleutels, mensen, overtredingen):
    """And on a phone: a scale of ten, lower is better, a comma, and a number that cannot be."""
    alles, adres, code = sleutels
    overlast = {"criterium": "overlast", "naam": "Overlast", "gewicht": 10, "richting": "lager", "omschrijving": "",
                "laagst": 1, "hoogst": 10}  # fmt: skip
    with Werkmap(server.werkmap) as w:
        w.zet_parameter("criteria.lijst", [*w.parameters()["criteria.lijst"], overlast], "Mo", "proef")
        sessie = w.sessies.open("Overlast", ["CA-001"], ["kans", "overlast"], "Mo")
    heen = f"{adres}?sleutel={code}&sessie={sessie}"
    an = mensen("An", heen, viewport={"width": 360, "height": 740}, has_touch=True)
    a = an.pagina
    a.get_by_label("Uw naam").fill("An")
    a.get_by_role("button", name="Doe mee").click()
    a.locator(".score").first.wait_for()
    maten = a.locator(".score").evaluate_all(
        "(k) => k.map((e) => e.getBoundingClientRect()).map((r) => [r.width, r.height, Math.round(r.top)])"
    )
    assert min(m for b, h, _ in maten for m in (b, h)) >= 44
    assert len({top for *_, top in maten}) == 2
    assert a.locator(".toetsen").is_hidden()
    assert a.locator("legend").all_inner_texts() == ["Kans", "Overlast · lager is beter"]
    veld = a.locator("input.getal")
    veld.fill("101")
    veld.press("Enter")
    a.get_by_role("alert").get_by_text("Niet bewaard: vul een getal van 0 tot 100 in").wait_for()
    assert overtredingen(a, ".ow-beoordelen") == []
    veld.fill("61,375")
    veld.press("Enter")
    a.locator(".score").nth(2).click()
    a.get_by_role("heading", name="U bent klaar").wait_for()

    ander = mensen("An op een laptop", heen)
    b = ander.pagina
    b.get_by_label("Uw naam").fill("an")
    b.get_by_role("button", name="Doe mee").click()
    b.get_by_role("button", name="Ja, dat ben ik").click()
    b.locator(".toegang").get_by_text("Er beoordeelt al iemand als An").wait_for()
    a.locator(".toegang").get_by_text("Bent u dat niet? Zeg het de sessieleider.").wait_for()
    assert b.get_by_text("Gegeven op een ander apparaat").count() == 2
    assert b.locator("[aria-pressed=true]").count() == 0
    l = mensen("Mo", f"{server.adres}/prioriteren?sleutel={alles}#beoordelen").pagina  # noqa: E741
    l.wait_for_selector("#pagina-klaar", state="attached", timeout=60_000)
    l.get_by_label("U werkt als").fill("Mo")
    l.get_by_label("U werkt als").press("Enter")
    assert not ander.kreeg(61.375)
    l.get_by_role("button", name="Laat toe: de 2 apparaten van An").click()
    l.get_by_text("op 2 apparaten, toegelaten").wait_for()
    b.locator(".toegang").wait_for(state="hidden")
    assert b.locator("input.getal").input_value() == "61,38"
    l.get_by_role("button", name="Toon de scores").click()
    l.locator(".ow-sessie .richting").get_by_text("lager is beter").wait_for()
    legenda = l.locator(".ow-sessie .ow-stippen-uitleg li")
    assert legenda.all_inner_texts() == ["een deelnemer", "gemiddelde"]
    laat = mensen("Laat", heen).pagina
    laat.get_by_label("Uw naam").fill("Laat")
    laat.get_by_role("button", name="Doe mee").click()
    laat.locator("[data-scherm=uitslag]").wait_for()
    assert laat.locator(".ow-stippen-uitleg li").all_inner_texts() == ["een deelnemer", "gemiddelde"]
