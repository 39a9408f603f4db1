"""A real LibreOffice that recalculates, and a small werkmap with all that is hard for a workbook."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from python_calamine import load_workbook

# Always recalculate when a file is opened: without this LibreOffice shows the results that are stored in it.
_INSTELLINGEN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def lees_boek(pad: Path) -> dict[str, list[list[object]]]:
    """Sheet -> rows of values."""
    boek = load_workbook(str(pad))
    return {naam: boek.get_sheet_by_name(naam).to_python(skip_empty_area=False) for naam in boek.sheet_names}


@pytest.fixture(scope="session")
def herreken(tmp_path_factory):
    """``herreken({"a.xlsx": bytes, ...})`` opens all in one LibreOffice, recalculates, and gives their values."""

    def _herreken(bestanden: Mapping[str, bytes]) -> dict[str, dict[str, list[list[object]]]]:
        soffice = os.environ.get("SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
        assert soffice, "Er is geen LibreOffice; sh tests/zorg_voor.sh haalt het."
        map_ = tmp_path_factory.mktemp("kantoor")
        profiel = map_ / "profiel"
        (profiel / "user").mkdir(parents=True)
        (profiel / "user" / "registrymodifications.xcu").write_text(_INSTELLINGEN, encoding="utf-8")
        for naam, inhoud in bestanden.items():
            (map_ / naam).write_bytes(inhoud)
        subprocess.run(
            [soffice, f"-env:UserInstallation={profiel.as_uri()}", "--headless", "--norestore",
             "--convert-to", "ods", "--outdir", str(map_ / "uit"), *(str(map_ / n) for n in bestanden)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return {naam: lees_boek((map_ / "uit" / naam).with_suffix(".ods")) for naam in bestanden}

    return _herreken


def _blad(boek: Workbook, naam: str, rijen: list[list[object]]) -> None:
    blad = boek.create_sheet(naam)
    for r, rij in enumerate(rijen, 1):
        for k, waarde in enumerate(rij, 1):
            cel = blad.cell(r, k, waarde)
            if isinstance(waarde, str):
                cel.data_type = "s"  # also what begins with =


@pytest.fixture(scope="session")
def lastig(tmp_path_factory) -> Path:
    """Werkmap with thirds of odd amounts, amounts below 0, 0.1 beside 0.10, names with * and names that look like
    formulas, overhead, vacancies, absence, hire, a team without formatie, and lines that differ from their total
    and from Iv3."""
    from opgavelib.opslag import Werkmap
    from opgavelib.toepassing import lees_in

    map_ = tmp_path_factory.mktemp("lastig")
    teams = ["Wonen*", "Wonen", "@team", None]
    programmas = ["=1+1", "-x", "Zorg*", "Zorg", "zorg"]
    taakvelden = ["0.1", "0.10", "0.4", "8.1", "6.1"]
    omschrijvingen = ["=1+1", "+31 6 1234", "@SOM(A1)", "-x", '=HYPERLINK("http://x.nl")', "http://voorbeeld.nl"]
    regels = []
    for n in range(34):
        sturing, deel = [("lean", None), ("opgave", None), (None, None), (None, 1 / 3), ("opgave", 0.125)][n % 5]
        regels.append([
            2025, taakvelden[n % 5 if n % 7 else 3], programmas[(n + n // 5) % 5], omschrijvingen[n % 6],
            teams[(n * 7) % 4], 100_001 + 13 * n if n % 8 else -12_345, 50 * n + 0.25 * (n == 9), 20_000 + n,
            sturing, deel, ["ja", "nee", None][n % 3],
        ])  # fmt: skip
    # More than the rest of its row below 0: no share. And a programma that is Zorg too.
    regels += [
        [2025, "5.1", "Zorg  ", "x", "Wonen", w, 0, 0, s, None, "ja"]
        for w, s in ((900, "lean"), (-1_000, "opgave"))
    ]
    som = sum(r[5] for r in regels)
    kop = ["Jaar", "Taakveld", "Programma", "Omschrijving", "Team", "Lasten", "Baten", "Salarissen", "Sturing",
           "Aandeel opgave", "Structureel"]  # fmt: skip
    begroting = Workbook()
    begroting.remove(begroting.active)
    _blad(begroting, "Begroting", [kop, *regels, ["Totaal", *[None] * 4, som + 7, *[None] * 5]])
    begroting.save(map_ / "begroting.xlsx")
    uren = Workbook()
    uren.remove(uren.active)
    _blad(uren, "Teams", [
        ["Team", "Teamleider", "Domein", "Fte", "Uren per fte", "Deel lean", "Lean uren", "Vacature",
         "Vacature t/m", "Verzuim"],
        ["Wonen*", "=A. de Vries", "fysiek", 12.5, None, 0.7, None, 2, "2027K2", 0.05],
        ["Wonen", "B. Bakker", "fysiek", 7.3, 1400, None, None, None, None, None],
        ["@team", None, "sociaal", 3, None, None, 5000, 1, None, None],
    ])  # fmt: skip
    uren.save(map_ / "teams.xlsx")
    werk = Workbook()
    werk.remove(werk.active)
    _blad(werk, "Activiteiten", [
        ["Activiteit", "Titel", "Soort"],
        ["A01", "=1+1 bouwen", "organisatieproject"], ["A02", "Dorpshuis", "organisatieproject"],
    ])  # fmt: skip
    _blad(werk, "Inzet", [
        ["Activiteit", "Team", "Kwartaal", "Uren gevraagd", "Uren toegezegd", "Status"],
        ["A01", "Wonen*", "2027K1", 2000.5, 1000, "toegezegd"],
        ["A01", "Wonen", "2027K1", 333.25, None, "gevraagd"],
        ["A02", "Wonen*", "2027K3", 500, 500, "afgewezen"],
        ["A02", "Elders", "2027K2", 80, None, "gevraagd"],
        ["A02", "@team", "2027K4", 10, 12, "toegezegd"],
    ])  # fmt: skip
    werk.save(map_ / "werk.xlsx")
    lees_in(map_ / "werkmap", [map_ / f"{n}.xlsx" for n in ("begroting", "teams", "werk")], wie="test")
    with Werkmap(map_ / "werkmap") as w:
        w.zet_parameter("iv3.gemeente", "Baarn", "test", "proef")
        w.scenarios.kies(
            "basis", {"inhuur|Wonen": {"uren": 120.0, "vanaf": "2027K1", "tot": "2027K2"}}, "test", "proef"
        )
    return map_ / "werkmap"


@pytest.fixture(scope="session")
def boek(lastig):
    """The workbook of `lastig`; nobody changes it."""
    from opgavelib.opslag import Werkmap
    from opgavelib.rapport.werkboek import bouw
    from opgavelib.toepassing.rapport import gegevens
    from opgavelib.toepassing.stand import Stand

    with Werkmap(lastig) as w:
        return bouw(gegevens(Stand(w), datetime(2026, 11, 22, 14, 2)))
