"""Shared by all tests: the example made once, workbooks made on the spot, and where real files may be."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from openpyxl import Workbook

from opgavelib.inlezen import openen
from opgavelib.inlezen.grenzen import Grenzen
from opgavelib.inlezen.lezers import MODULES

PROJECT = Path(__file__).resolve().parents[1]
# The files that take longest, so that no worker is left with one while the others have nothing to do.
EERST = (
    "test_cli", "test_werkboek_herrekenen", "test_gelijktijdig", "test_proces", "test_inname", "test_corpus",
    "test_backup", "test_uitval", "test_overlap_stand", "test_behoud", "test_overlap_paneel", "test_controle",
    "test_contract_paneel", "test_contractstand", "01_inventarisatie", "test_notebooks",
    "test_sessie_scherm", "test_controle_scherm", "test_capaciteit_scherm",
    "test_mt_scherm", "test_bediening", "test_sorteren_scherm", "test_overlap_scherm", "test_inlezen_scherm",
)  # fmt: skip


def pytest_collection_modifyitems(items):
    plaats = {naam: n for n, naam in enumerate(EERST)}
    items.sort(key=lambda item: plaats.get(item.path.stem, len(EERST)))


@pytest.fixture(scope="session")
def baarn() -> list[Path]:
    """The two real files of Baarn; they lie beside the project, not in it."""
    bestanden = sorted((PROJECT.parent / "shared" / "data" / "baarn").glob("*.xlsx"))
    if not bestanden:
        pytest.skip("de bestanden van Baarn staan naast het project")
    return bestanden


@pytest.fixture(scope="session")
def voorbeeld(tmp_path_factory) -> Path:
    """Werkmap of the example municipality, made once; only for reading."""
    from opgavelib.toepassing import maak_voorbeeld

    doel = tmp_path_factory.mktemp("voorbeeld") / "werkmap"
    maak_voorbeeld(doel)
    return doel


@pytest.fixture
def voorbeeld_kopie(voorbeeld, tmp_path) -> Path:
    """A copy of the example that a test may change."""
    return Path(shutil.copytree(voorbeeld, tmp_path / "voorbeeld"))


@pytest.fixture(scope="session")
def leesprocessen():
    """``leesprocessen(grenzen, soorten)`` lends a real reading process that goes on to the next test."""
    vrij, echt = [], openen.Leesproces
    with ExitStack() as alle:

        @contextmanager
        def leen(grenzen, soorten):
            if grenzen != Grenzen.standaard():
                with echt(grenzen, soorten) as eigen:
                    yield eigen
                return
            proces = vrij.pop() if vrij else alle.enter_context(echt(grenzen, frozenset(MODULES)))
            try:
                yield proces
            except BaseException:
                proces.stop()
                raise
            vrij.append(proces)

        yield leen


@pytest.fixture(scope="module", autouse=True)
def een_leesproces_voor_alles(leesprocessen):
    """Starting one costs more than reading a small file; a module about the process itself says otherwise."""
    with pytest.MonkeyPatch.context() as m:
        m.setattr(openen, "Leesproces", leesprocessen)
        yield


@pytest.fixture
def opgave(capsys):
    """``opgave("trace", ...)`` gives (exit code, standard output, standard error)."""
    from opgavelib.cli import main

    def _opgave(*argv) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(a) for a in argv])
        except SystemExit as einde:
            code = einde.code
        uit = capsys.readouterr()
        return code, uit.out, uit.err

    return _opgave


@pytest.fixture
def boek(tmp_path):
    """``boek("naam.xlsx", Blad=[[...], ...])`` writes a workbook and gives its path."""

    def _boek(naam: str, **bladen) -> Path:
        wb = Workbook()
        wb.remove(wb.active)
        for blad, rijen in bladen.items():
            ws = wb.create_sheet(blad)
            for rij in rijen:
                ws.append(rij)
        pad = tmp_path / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        wb.save(pad)
        return pad

    return _boek
