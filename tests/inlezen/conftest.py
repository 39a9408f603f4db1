"""Workbooks made on the spot, laid out as awkwardly as users do."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

# Real files lie beside the project, not in it; without them these tests are skipped.
GEDEELD = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture
def maak(tmp_path):
    """``maak("naam.xlsx", Blad=[[...], ...])`` writes a workbook and gives its path."""

    def _maak(naam: str = "werkmap.xlsx", bewerk=None, **bladen) -> Path:
        boek = Workbook()
        boek.remove(boek.active)
        for blad, rijen in bladen.items():
            ws = boek.create_sheet(blad.replace("_", " "))
            for rij in rijen:
                ws.append(rij)
        if bewerk:
            bewerk(boek)
        pad = tmp_path / naam
        boek.save(pad)
        return pad

    return _maak
