"""Shared by all tests: the example made once, workbooks made on the spot, and where real files may be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

PROJECT = Path(__file__).resolve().parents[1]


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
