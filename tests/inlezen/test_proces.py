"""What a file that takes over, hangs or crashes its reader can do: nothing but be refused."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from openpyxl import Workbook

from opgavelib.fouten import Ernst
from opgavelib.inlezen import beoordeel_bestanden, proces
from opgavelib.inlezen.grenzen import Geweigerd, Grenzen
from opgavelib.inlezen.openen import open_bestanden
from opgavelib.inlezen.proces import Leesproces

from . import vijandig

AKKOORD = "Nr;Ambitie\n1;Wonen\n2;Zorg\n"


@pytest.fixture(scope="module", autouse=True)
def een_leesproces_voor_alles():
    """Not here: every reading has a process of its own, as it has for a user."""


@pytest.fixture
def grenzen():
    return Grenzen.standaard()


def _rekentijd() -> float:
    """Seconds that this process and the children that ended used."""
    tijd = os.times()
    return tijd.user + tijd.system + tijd.children_user + tijd.children_system


def _met_lezer(monkeypatch, code: str) -> None:
    """Let the child read .csv with this code instead of ours."""
    vervang = (
        f"import types, opgavelib.inlezen.lezers as L\n{code}\nL.laad = lambda s: types.SimpleNamespace(lees=lees)"
    )
    # `kind` binds its own name for laad when it is imported: after this.
    start = f"import sys; sys.path.append(sys.argv[1])\n{vervang}\nfrom opgavelib.inlezen.kind import main; main()"
    monkeypatch.setattr(proces, "_START", start)


@pytest.mark.parametrize(
    ("code", "probleem"),
    [
        ("def lees(i, g):\n import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "liep vast"),
        ("def lees(i, g):\n import os; os.abort()", "liep vast"),
        ("def lees(i, g):\n import os; os._exit(0)", "liep vast"),
        ("def lees(i, g):\n raise BaseException('paniek')", "liep vast"),
        ("def lees(i, g):\n return bytearray(1 << 34)", "te veel geheugen"),
        ("def lees(i, g):\n while True: pass", "duurt te lang"),
        ("def lees(i, g):\n import os, time; os.write(3, b'x' * 100); time.sleep(9)", "liep vast"),
        ("def lees(i, g):\n open('/tmp/uitbraak', 'w').write('x' * 10)", "liep vast"),
    ],
    ids=["segfault", "abort", "weg", "paniek", "geheugen", "tijd", "onzin", "schrijven"],
)
def test_een_lezer_die_sneuvelt_neemt_niemand_mee(monkeypatch, grenzen, code, probleem):
    echt = proces._START
    with Leesproces(grenzen, frozenset({"csv"})) as p:
        p.stop()
        _met_lezer(monkeypatch, code)
        begin = time.perf_counter()
        with pytest.raises(Geweigerd, match=probleem):
            p.lees("csv", AKKOORD.encode(), 30)
        assert time.perf_counter() - begin < 20  # seconds on a machine that does more; the limit is on cpu time
        monkeypatch.setattr(proces, "_START", echt)
        p.stop()
        assert p.lees("csv", AKKOORD.encode(), 30).bladen[0].rijen[2] == {1: "1", 2: "Wonen"}


def test_een_kind_dat_wacht_wordt_beeindigd(monkeypatch, grenzen):
    monkeypatch.setattr(proces, "_WACHT", 0.5)
    monkeypatch.setattr(proces, "_WACHT_PER_SECONDE", 0.5)
    _met_lezer(monkeypatch, "def lees(i, g):\n import time; time.sleep(60)")
    with Leesproces(grenzen, frozenset()) as p, pytest.raises(Geweigerd, match="duurt te lang"):
        p.lees("csv", b"x", 1)


@pytest.mark.parametrize(
    "antwoord",
    ["[]", "{}", '{"bladen": 1}', '{"bladen": [], "meldingen": [["fout", 1, "", "", 1]]}', "[" * 100_000,
     "geen json", '{"geweigerd": 7}', '{"bladen": [], "meldingen": [["ramp", "", "", "", 1]]}',
     '{"bladen": [{"naam": "x", "rijen": [[-1, [1], ["a"]]]}], "meldingen": []}'],
)  # fmt: skip
def test_een_overgenomen_kind_kan_alleen_onzin_zeggen(grenzen, antwoord):
    with Leesproces(grenzen, frozenset()) as p, pytest.raises(Geweigerd, match="liep vast"):
        p._uitleg(antwoord.encode())


def test_na_een_geweigerd_bestand_komen_de_andere_nog(tmp_path, maak):
    """One child reads all files: the third one starts a new one when the second ended it."""
    bom = tmp_path / "bom.csv"
    bom.write_text("Ambitie\n" + "a;" * 400_000, encoding="utf-8")
    paden = [maak("een.xlsx", Blad=[["Ambitie"], ["Wonen"]]), bom, maak("twee.xlsx", Blad=[["Ambitie"], ["Zorg"]])]
    inlezing = beoordeel_bestanden(paden)
    assert [b.bestand for b in inlezing.bladen] == ["een.xlsx", "twee.xlsx"]
    assert [b.bestand for b in inlezing.bevindingen if b.ernst == Ernst.FOUT] == ["bom.csv"]


@pytest.fixture(scope="module")
def vijandig_bestand(tmp_path_factory):
    """``vijandig_bestand(naam)``: a file made to hurt, made once; some take as long to make as to refuse."""
    map_ = tmp_path_factory.mktemp("vijandig")

    def geef(naam: str) -> Path:
        pad = map_ / naam
        if not pad.exists():
            pad.write_bytes(vijandig.ALLE[naam]())
        return pad

    return geef


@pytest.mark.parametrize("naam", vijandig.ALLE)
def test_een_vijandig_bestand_is_binnen_twee_seconden_geweigerd(vijandig_bestand, naam):
    pad = vijandig_bestand(naam)
    begin, rekende = time.perf_counter(), _rekentijd()
    (bron,) = open_bestanden([pad])
    duur = time.perf_counter() - begin
    assert bron.weigering is not None
    assert bron.weigering.doe
    # On a machine that does other things as well, the clock says little: then the time of our own processes.
    assert min(duur, _rekentijd() - rekende) < 2


def test_het_geheugen_van_de_server_blijft_waar_het_was(vijandig_bestand):
    paden = [vijandig_bestand(naam) for naam in vijandig.ALLE]
    # In a process of its own: this one has memory to spare from other tests.
    code = (
        "import sys, gc, psutil; from pathlib import Path; from opgavelib.inlezen import beoordeel_bestanden as b\n"
        "p = [Path(a) for a in sys.argv[1:]]; rss = psutil.Process().memory_info\n"
        "b(p[:1]); gc.collect(); begin = rss().rss\n"
        "b(p); gc.collect(); eerst = rss().rss\n"
        "b(p); b(p); gc.collect(); print(eerst - begin, rss().rss - eerst)"
    )
    uit = subprocess.run([sys.executable, "-c", code, *paden], capture_output=True, text=True, check=True)
    eerst, daarna = map(int, uit.stdout.split())
    # What is loaded once, and no more than that: every time 60 MB of files go by that stand for 2 GB.
    assert eerst < 20_000_000
    assert daarna < 10_000_000


def test_er_blijft_geen_proces_over(maak):
    eerst = set(psutil.Process().children())
    for _ in open_bestanden([maak(Blad=[["Ambitie"], ["Wonen"]]), Path("weg.xlsx")]):
        pass
    assert set(psutil.Process().children()) <= eerst


def test_het_kind_laadt_niet_wat_het_niet_gebruikt():
    code = (
        "import sys, opgavelib.inlezen.kind; from opgavelib.inlezen.lezers import laad; laad('xlsx'); laad('csv')\n"
        "geladen = {k for k, v in sys.modules.items() if v}\n"
        "print(sorted({'pandas', 'numpy', 'sqlalchemy', 'yaml', 'xlrd'} & geladen))"
    )
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "[]"


def test_het_kind_krijgt_geen_geheimen_mee(monkeypatch, grenzen):
    monkeypatch.setenv("OPGAVE_WERKMAP", "postgresql://noor:geheim@db/opgave")
    with Leesproces(grenzen, frozenset()) as p:
        p.lees("csv", AKKOORD.encode(), 30)  # it runs: of a process that is just starting there is nothing to see
        omgeving = psutil.Process(p.pid).environ()
    assert "OPGAVE_WERKMAP" not in omgeving
    assert "PATH" in omgeving


def test_een_echte_lijst_mag_langer_duren(tmp_path):
    """Time grows with size: a large sound workbook is read, where a small one may take a second."""
    boek = Workbook(write_only=True)
    blad = boek.create_sheet("Akkoord")
    blad.append(["Nr", "Ambitie", "Toelichting", "Budget"])
    for i in range(15_000):
        blad.append([i, f"Ambitie nummer {i}", "Een toelichting van een paar woorden", i * 100])
    boek.save(tmp_path / "groot.xlsx")
    (bron,) = open_bestanden([tmp_path / "groot.xlsx"])
    assert len(bron.boek.bladen[0].rijen) == 15_001


def test_grenzen_zijn_parameters(tmp_path, grenzen):
    pad = tmp_path / "a.csv"
    pad.write_text(AKKOORD, encoding="utf-8")
    for veld, waarde, probleem in [
        ("bestand_bytes", 10, "groter dan"), ("cellen", 3, "meer dan 3 cellen"), ("rijen", 2, "ver buiten"),
        ("kolommen", 1, "ver buiten"), ("tekens", 5, "meer dan 5 tekens"),
    ]:  # fmt: skip
        (bron,) = open_bestanden([pad], replace(grenzen, **{veld: waarde}))
        assert probleem in bron.weigering.probleem
    assert grenzen.rekentijd(0) == grenzen.seconden


def test_een_tekst_die_een_half_miljoen_keer_wordt_gebruikt(tmp_path):
    """A shared string is small in the file and large when written out for every cell."""
    rijen = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 5_000))
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    teksten = f'<sst {ns} count="1" uniqueCount="1"><si><t>{"x" * 30_000}</t></si></sst>'
    pad = tmp_path / "vaak.xlsx"
    pad.write_bytes(vijandig.xlsx(rijen, teksten=teksten))
    (bron,) = open_bestanden([pad])
    assert "tekens in zijn cellen" in bron.weigering.probleem
