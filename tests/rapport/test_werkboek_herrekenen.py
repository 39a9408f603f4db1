"""LibreOffice recalculates the workbook and finds what the program says, to the euro and the hour.

All stored results are wrong in the files that it gets, so that only a real recalculation can pass.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from opgavelib.opslag import Werkmap
from opgavelib.rapport import SOORTEN
from opgavelib.rapport.werkboek import bouw, inhoud
from opgavelib.rapport.werkboek.model import Cel, Formule
from opgavelib.toepassing.rapport import gegevens
from opgavelib.toepassing.stand import Stand

GEVAARLIJK = ("=1+1", "+31 6 1234", "@SOM(A1)", "-x", '=HYPERLINK("http://x.nl")', "http://voorbeeld.nl")

# Every file costs a part of a second: both formats where what is computed differs most.
GEVALLEN = {
    "lastig": ["xlsx"], "gewijzigd": SOORTEN, "eigenregel": ["ods"], "verdeeld": ["xlsx"], "leeg": ["ods"],
}  # fmt: skip
NU = datetime(2026, 11, 22, 14, 2)
FOUT = -987654.25


def boek_van(map_, zet=None, parameters: Mapping[str, object] | None = None):
    """The workbook of a werkmap, after `zet(stand)` changed its tables and with other parameters."""
    with Werkmap(map_) as w:
        for naam, waarde in (parameters or {}).items():
            w.zet_parameter(naam, waarde, "test", "proef")
        stand = Stand(w)
        if zet:
            zet(stand)
        return bouw(gegevens(stand, NU))


def formules(boek) -> dict[tuple[str, int, int], object]:
    """Result of every formula, by sheet, row and column."""
    return {
        (blad.naam, r, k): cel.waarde.waarde
        for blad in boek.bladen
        for r, rij in enumerate(blad.rijen)
        for k, cel in enumerate(rij)
        if isinstance(cel.waarde, Formule)
    }


def bederf(boek):
    """A copy with every stored result wrong."""

    def rij_met_fouten(rij):
        return [Cel(Formule(c.waarde.tekst, FOUT), c.stijl) if isinstance(c.waarde, Formule) else c for c in rij]

    return replace(boek, bladen=[replace(b, rijen=[rij_met_fouten(r) for r in b.rijen]) for b in boek.bladen])


def vul_in(boek, blad: str, sleutel: str, kop: str, waarde: float | str | None) -> None:
    """Type a value in an input cell, as somebody would: in the row that begins with `sleutel`, under `kop`."""
    dit = next(b for b in boek.bladen if b.naam == blad)
    kolom = next(n for n, c in enumerate(dit.rijen[dit.kop]) if c.waarde == f"{kop} ✎")
    rij = next(n for n, cellen in enumerate(dit.rijen) if cellen and cellen[0].waarde == sleutel)
    cellen = list(dit.rijen[rij])
    assert cellen[kolom].stijl.rol == "invoer"
    cellen[kolom] = cellen[kolom]._replace(waarde=waarde)
    dit.rijen[rij] = cellen


# What is typed in the workbook, and the same change of the werkmap.
INVOER = (
    ("Begroting", "BR-001", "Sturing", "opgave"),
    ("Begroting", "BR-004", "Deel voor opgaven", 2 / 3),
    ("Begroting", "BR-006", "Lasten", 7_654_321.25),
    ("Begroting", "BR-009", "Deel voor opgaven", None),
    ("Begroting", "BR-009", "Sturing", None),
    ("Formatie", "Wonen*", "Fte", 3.25),
    ("Formatie", "Wonen*", "Vacature t/m kwartaal", "2027K3"),
    ("Formatie", "@team", "Uren lean, in plaats van het deel", None),
    ("Formatie", "Wonen", "Extra verzuim", 0.1),
    ("Uren", "IZ-002", "Gevraagd", 444.5),
    ("Uren", "IZ-001", "Status", "afgewezen"),
    ("Normen", "Productieve uren per fte per jaar", "Waarde", 1425.0),
    ("Normen", "Norm: deel van de lasten dat lean is", "Waarde", 0.6),
    ("Normen", "Tarief van inhuur", "Waarde", 95.5),
    ("Normen", "Afronding van één cijfer in Iv3", "Waarde", 400_000.0),
    ("Normen", "Taakveld ✎", "Waarde", "8.1"),
)
PARAMETERS = {
    "capaciteit.uren_per_fte": 1425.0, "capaciteit.inhuur_tarief_eur": 95.5, "iv3.afronding_eur": 400_000,
    "begroting.lean_norm": 0.6, "begroting.buiten_norm": ["8.1", "0.11"],
}  # fmt: skip


def _zelfde_wijziging(stand: Stand) -> None:
    begroting, teams, inzet = (stand.tabel(t) for t in ("begroting", "teams", "inzet"))
    begroting.loc["BR-001", "sturing"] = "opgave"
    begroting.loc["BR-004", "opgave_aandeel"] = 2 / 3
    begroting.loc["BR-006", ["lasten_eur", "lasten_cent"]] = [7_654_321.0, 25.0]
    begroting.loc["BR-009", ["opgave_aandeel", "sturing"]] = [None, None]
    teams.loc["Wonen*", ["fte", "vacature_tot"]] = [3.25, "2027K3"]
    teams.loc["@team", "lean_uren"] = None
    teams.loc["Wonen", "verzuim_aandeel"] = 0.1
    inzet.loc["IZ-002", "uren_gevraagd"] = 444.5
    inzet.loc["IZ-001", "status"] = "afgewezen"


def _zonder_salarissen(stand: Stand) -> None:
    stand.tabel("begroting")["salarissen_eur"] = float("nan")


@pytest.fixture(scope="module")
def verwacht(lastig, boek, tmp_path_factory) -> dict[str, dict]:
    """What the program says, per case."""

    def kopie(naam):
        return shutil.copytree(lastig, tmp_path_factory.mktemp("kopie") / naam)

    leeg = tmp_path_factory.mktemp("leeg") / "leeg"
    Werkmap(leeg, maak=True).sluit()
    return {
        "lastig": boek,
        "gewijzigd": boek_van(kopie("gewijzigd"), _zelfde_wijziging, PARAMETERS),
        "eigenregel": boek_van(
            kopie("eigen"), _zonder_salarissen, parameters={"begroting.overhead": "eigen regel"}
        ),
        # Without Iv3: what overhead does has nothing to do with it.
        "verdeeld": boek_van(
            kopie("verdeeld"), parameters={"begroting.overhead": "verdelen", "iv3.gemeente": None}
        ),
        "leeg": boek_van(leeg),
    }


@pytest.fixture(scope="module")
def herrekend(verwacht, herreken) -> dict[str, dict]:
    """What LibreOffice makes of each, in both formats, from files with wrong results in them."""
    bestanden = {}
    for geval in verwacht:
        # The workbook as it was, with other inputs typed in.
        boek = bederf(verwacht["lastig" if geval == "gewijzigd" else geval])
        for waar in INVOER if geval == "gewijzigd" else ():
            vul_in(boek, *waar)
        for soort in GEVALLEN[geval]:
            bestanden[f"{geval}_{soort}.{soort}"] = inhoud(boek, soort)
    return herreken(bestanden)


@pytest.mark.parametrize(("geval", "soort"), [(g, s) for g, soorten in GEVALLEN.items() for s in soorten])
def test_herrekend_is_wat_het_programma_zegt(geval, soort, verwacht, herrekend):
    bladen = herrekend[f"{geval}_{soort}.{soort}"]
    hoort = formules(verwacht[geval])
    assert len(hoort) > (20 if geval == "leeg" else 500)
    anders = {}
    for (blad, r, k), waarde in hoort.items():
        gevonden = bladen[blad][r][k]
        gelijk = gevonden == ("" if waarde is None else waarde)
        if isinstance(waarde, float) and isinstance(gevonden, float):
            gelijk = gevonden == pytest.approx(waarde, abs=1e-6)
        if not gelijk:
            anders[(blad, r + 1, k)] = (waarde, gevonden)
    assert anders == {}


def test_de_wijziging_doet_ertoe(verwacht):
    was, wordt = formules(verwacht["lastig"]), formules(verwacht["gewijzigd"])
    assert was.keys() == wordt.keys()
    per_blad = {blad for (blad, r, k), w in was.items() if wordt[(blad, r, k)] != w}
    assert per_blad == {"Lean en opgave", "Aansluiting", "Saldo", "Capaciteit", "Begroting", "Formatie", "Uren"}


@pytest.mark.parametrize("geval", ["lastig", "verdeeld"])
def test_hele_euros_tellen_op(geval, verwacht):
    """Every cut of sheet Lean en opgave adds up to its total, in whole euros."""
    blad = next(b for b in verwacht[geval].bladen if b.naam == "Lean en opgave")
    koppen = [c.waarde for c in blad.rijen[blad.kop]]
    kolommen = [koppen.index(k) for k in ("Lasten", "Lean", "Opgave", "Onbekend")]
    secties, nu = {}, None
    for rij in blad.rijen[blad.kop + 3 :]:
        if not rij:
            continue
        if rij[0].stijl.rol == "tussenkop":
            nu = secties.setdefault(rij[0].waarde, [])
        else:
            nu.append([rij[k].waarde.waarde for k in kolommen])
    totaal = [blad.rijen[blad.kop + 1][k].waarde.waarde for k in kolommen]
    assert set(secties) >= {"Per team", "Per teamleider", "Per domein", "Per programma", "Per taakveld"}
    for naam, rijen in secties.items():
        assert [sum(k) for k in zip(*rijen, strict=True)] == totaal, naam
        assert all(float(w).is_integer() for rij in rijen for w in rij)


def test_een_leeg_werkboek_zegt_dat(herrekend):
    bladen = herrekend["leeg_ods.ods"]
    woorden = {str(cel) for rijen in bladen.values() for rij in rijen for cel in rij}
    assert woorden >= {
        "Er is nog geen begroting gelezen.", "Er zijn nog geen teams gelezen.", "Er zijn nog geen uren gevraagd.",
        "Er is nog niets besloten.", "nog geen begroting gelezen", "geen noemer",
    }  # fmt: skip


@pytest.mark.parametrize(("geval", "soort"), [("lastig", "xlsx"), ("eigenregel", "ods")])
def test_tekst_blijft_tekst(geval, soort, verwacht, herrekend):
    """What looks like a formula, a number or a link is after opening in LibreOffice what it was."""
    bladen, gezien = herrekend[f"{geval}_{soort}.{soort}"], set()
    for blad in verwacht[geval].bladen:
        for r, rij in enumerate(blad.rijen):
            for k, cel in enumerate(rij):
                if isinstance(cel.waarde, str):
                    assert bladen[blad.naam][r][k] == cel.waarde
                    gezien.add(cel.waarde)
    assert gezien >= {*GEVAARLIJK, "@team", "Wonen*", "=A. de Vries", "0.1", "0.10"}
