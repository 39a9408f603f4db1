"""The workbook as a file: results beside formulas, text that stays text, protection, and where it is written."""

from __future__ import annotations

import getpass
import json
import re
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import load_workbook as lees

from opgavelib.cli import main
from opgavelib.opslag import Werkmap
from opgavelib.rapport import SOORTEN, bestand
from opgavelib.rapport.werkboek import Werkboek, inhoud
from opgavelib.rapport.werkboek.model import (
    TEKST_LENGTE,
    Blad,
    Formule,
    Rol,
    Vorm,
    adres,
    formule,
    getal,
    tekst,
    veilig,
)
from opgavelib.rapport.werkboek.ods import formule_odf
from opgavelib.toepassing import iv3, meenemen
from opgavelib.toepassing.stand import Stand

NU = datetime(2026, 11, 22, 14, 2)
# Plain functions that every version of Excel and LibreOffice knows; none is volatile.
FUNCTIES = {"SUM", "SUMPRODUCT", "EXACT", "IF", "AND", "OR", "ROUND", "INT", "ABS", "MIN", "MAX"}
GEVAARLIJK = ["=1+1", "+31", "@x", "-x", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "http://x.nl", "mailto:a@b.nl"]


@pytest.fixture(scope="module")
def bestanden(boek) -> dict[str, bytes]:
    return {soort: inhoud(boek, soort) for soort in SOORTEN}


def deel(inhoud_: bytes, naam: str) -> str:
    """One part of the file."""
    return ZipFile(BytesIO(inhoud_)).read(naam).decode()


def cellen(boek):
    for blad in boek.bladen:
        for r, rij in enumerate(blad.rijen):
            for k, cel in enumerate(rij):
                yield blad.naam, r, k, cel


def test_alleen_een_regel_met_centen_staat_er_met_centen(bestanden):
    blad = load_workbook(BytesIO(bestanden["xlsx"]))["Begroting"]
    baten = next(c.column for c in blad[4] if str(c.value).startswith("Baten"))
    vormen = {r[0].value: r[baten - 1].number_format for r in blad.iter_rows(min_row=5)}
    assert [regel for regel, vorm in vormen.items() if ".00" in vorm] == ["BR-010"]  # € 450,25


@pytest.mark.parametrize("soort", SOORTEN)
def test_uitkomsten_staan_in_het_bestand(soort, boek, bestanden):
    """A reader that does not calculate finds the figures of the program."""
    gelezen = lees(BytesIO(bestanden[soort]))
    bladen = {n: gelezen.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in gelezen.sheet_names}
    assert list(bladen) == [b.naam for b in boek.bladen]
    aantal = 0
    for blad, r, k, cel in cellen(boek):
        if isinstance(cel.waarde, Formule):
            assert bladen[blad][r][k] == ("" if cel.waarde.waarde is None else cel.waarde.waarde)
            aantal += 1
    assert aantal > 600


def test_alleen_onze_formules_zijn_formules(boek, bestanden):
    xlsx = load_workbook(BytesIO(bestanden["xlsx"]))
    for blad, r, k, cel in cellen(boek):
        soort = xlsx[blad].cell(r + 1, k + 1).data_type
        assert (soort == "f") == isinstance(cel.waarde, Formule)
    hoort = sum(isinstance(cel.waarde, Formule) for *_, cel in cellen(boek))
    ods = deel(bestanden["ods"], "content.xml")
    assert ods.count("table:formula=") == hoort
    namen = ZipFile(BytesIO(bestanden["xlsx"])).namelist()
    assert not [n for n in namen if "<hyperlink" in deel(bestanden["xlsx"], n) or "externalLink" in n or "vba" in n]
    assert "text:a " not in ods
    assert "xlink:href" not in ods


def test_formules_zijn_gewone_functies_en_zonder_gegevens(boek):
    """No name, code or amount from a file stands in a formula: data cannot become one."""
    for _, _, _, cel in cellen(boek):
        if isinstance(cel.waarde, Formule):
            kaal = re.sub(r"'(?:[^']|'')*'!", "", cel.waarde.tekst)
            assert set(re.findall(r"([A-Z]+)\(", kaal)) <= FUNCTIES
            woorden = set(re.findall(r'"([^"]*)"', kaal))
            assert woorden <= {
                "", "lean", "opgave", "afgewezen", "ja", "geen noemer", "geen ruimte", "niet te vergelijken",
                "● sluit aan", "■ sluit niet aan", "● goed", "▲ let op", "■ tekort",
                "● binnen de marge van de norm", "■ boven de norm", "■ onder de norm",
            }  # fmt: skip


def test_elk_cijfer_van_iv3_staat_op_blad_aansluiting(boek, lastig):
    """Lasten, baten and salarissen per taakveld and in total, with the answer that opgave controle gives."""
    with Werkmap(lastig) as w:
        uit = iv3.aansluiting(Stand(w))
    woord = {True: "● sluit aan", False: "■ sluit niet aan"}
    hoort = [
        (f"Totaal {r.maat}" if r.taakveld == "totaal" else r.taakveld, r.verschil_eur, woord[r.akkoord])
        for maat in ("lasten", "baten", "salarissen")
        for r in [*uit.tabel.itertuples(), *uit.totalen.itertuples()] if r.maat == maat
    ]  # fmt: skip
    assert {r[2] for r in hoort} == set(woord.values())
    blad = next(b for b in boek.bladen if b.naam == "Aansluiting")
    begin = next(n for n, rij in enumerate(blad.rijen) if rij and rij[0].waarde == "Lasten tegenover Iv3")
    rijen = [rij for rij in blad.rijen[begin:] if len(rij) > 7 and isinstance(rij[7].waarde, Formule)]
    assert [(r[0].waarde, r[4].waarde.waarde, r[7].waarde.waarde) for r in rijen] == hoort
    assert len(hoort) > 100


def test_wat_niet_meetelt_voor_de_norm_staat_bij_het_totaal(boek, lastig):
    with Werkmap(lastig) as w:
        buiten = Stand(w).geld.lean_opgave.totaal["buiten_norm_eur"]
    blad = next(b for b in boek.bladen if b.naam == "Lean en opgave")
    kolom = [c.waarde for c in blad.rijen[blad.kop]].index("Telt niet mee voor de norm")
    assert round(blad.rijen[blad.kop + 1][kolom].waarde.waarde) == buiten > 0


def test_inhuur_kost_uren_maal_tarief(boek):
    normen, blad = (next(b for b in boek.bladen if b.naam == naam) for naam in ("Normen", "Capaciteit"))
    assert 110.0 in [rij[1].waarde for rij in normen.rijen if rij and rij[0].waarde == "Tarief van inhuur"]
    kosten = [rij[-1].waarde.waarde for rij in blad.rijen[blad.kop + 1 :] if rij[0].waarde == "Wonen"]
    assert kosten[:4] == [120 * 110.0, 120 * 110.0, "", ""]


@pytest.mark.parametrize("soort", SOORTEN)
def test_gevaarlijke_tekst_is_tekst(soort):
    blad = Blad("Proef", [20, 20])
    for t in GEVAARLIJK:
        blad.voeg_toe(tekst(t), tekst(t, Rol.INVOER))
    uit = inhoud(Werkboek("Proef", "voet & meer", NU, [blad]), soort)
    rijen = lees(BytesIO(uit)).get_sheet_by_index(0).to_python()
    assert rijen == [[veilig(t), veilig(t)] for t in GEVAARLIJK]
    if soort == "xlsx":
        assert {c.data_type for rij in load_workbook(BytesIO(uit)).active.iter_rows() for c in rij} == {"s"}
    else:
        assert "table:formula" not in deel(uit, "content.xml")


@pytest.mark.parametrize(
    ("ruw", "schoon"),
    [
        ("a\x00b\x07c\x1b", "abc"),
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("a\tb", "a b"),
        ("half\ud800paar", "halfpaar"),
        ("fact\u202exslx.exe", "factxslx.exe"),  # turns what follows around
        (None, None),
        (float("nan"), None),
        ("", ""),
        (0.1, "0.1"),
    ],
)
def test_veilig(ruw, schoon):
    assert veilig(ruw) == schoon


@pytest.mark.parametrize("teken", ["x", "😀"])
def test_te_lange_tekst_wordt_ingekort_en_verdwijnt_niet(teken):
    lang = veilig(teken * 40_000)
    assert len(lang.encode("utf-16-le")) // 2 <= TEKST_LENGTE
    assert lang.endswith("…")
    uit = inhoud(Werkboek("Proef", "", NU, [Blad("Proef", [20], [[tekst(teken * 40_000)]])]), "xlsx")
    assert load_workbook(BytesIO(uit)).active["A1"].value == lang


def test_beveiligd_tegen_vergissingen(boek, bestanden):
    xlsx = load_workbook(BytesIO(bestanden["xlsx"]))
    assert all(blad.protection.sheet and not blad.protection.password for blad in xlsx)
    for blad, r, k, cel in cellen(boek):
        open_ = not xlsx[blad].cell(r + 1, k + 1).protection.locked
        assert open_ == (cel.stijl.rol == Rol.INVOER)
    ods = deel(bestanden["ods"], "content.xml")
    assert ods.count('table:protected="true"') == len(boek.bladen)
    stijlen = dict(
        re.findall(r'style:name="(c\d+)"[^>]*><style:table-cell-properties style:cell-protect="(\w+)"', ods)
    )
    open_ods = sum(stijlen[s] == "none" for s in re.findall(r'<table:table-cell table:style-name="(c\d+)"', ods))
    assert open_ods == sum(cel.stijl.rol == Rol.INVOER for *_, cel in cellen(boek))


def test_elke_kop_van_een_invoer_zegt_dat(boek):
    for blad in boek.bladen:
        if blad.kop is None:
            continue
        for kolom, kop in enumerate(blad.rijen[blad.kop]):
            onder = [rij[kolom] for rij in blad.rijen[blad.kop + 1 :] if len(rij) > kolom]
            invoer = any(cel.stijl.rol == Rol.INVOER for cel in onder)
            assert str(kop.waarde or "").endswith("✎") == invoer, (blad.naam, kop.waarde)


def test_namen_van_mensen_alleen_op_hun_blad(boek):
    waar = {blad for blad, *_, cel in cellen(boek) if cel.waarde == "=A. de Vries"}
    assert waar == {"Lean en opgave", "Formatie", "Capaciteit", "Saldo"}
    assert "Vries" not in boek.voet + boek.titel


@pytest.mark.parametrize(
    ("excel", "odf"),
    [
        ("SUM(A1:B2,C3)", "of:=SUM([.A1:.B2];[.C3])"),
        ("Begroting!$A$5*2", "of:=[$Begroting.$A$5]*2"),
        ("'Lean en opgave'!B4:B9", "of:=[$'Lean en opgave'.B4:.B9]"),
        ("'O''Neill'!A1", "of:=[$'O''Neill'.A1]"),
        ('IF(A1="B2, C3",uren_per_fte,0)', 'of:=IF([.A1]="B2, C3";uren_per_fte;0)'),
        ('IF(A1="zeg ""A1""",1,2)', 'of:=IF([.A1]="zeg ""A1""";1;2)'),
    ],
)
def test_formule_odf(excel, odf):
    assert formule_odf(excel) == odf


def test_adres():
    assert [adres(0, k) for k in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]


@pytest.mark.parametrize("soort", SOORTEN)
def test_leeg_getal_en_lege_uitkomst(soort):
    blad = Blad(
        "Proef", [10], [[getal(float("nan"), Vorm.BEDRAG), formule("1/2", 0.5, Vorm.AANDEEL), getal(3, Vorm.UREN)]]
    )
    uit = lees(BytesIO(inhoud(Werkboek("Proef", "", NU, [blad]), soort))).get_sheet_by_index(0)
    assert uit.to_python(skip_empty_area=False) == [["", 0.5, 3.0]]


def test_onbekende_soort():
    with pytest.raises(ValueError, match="kies uit xlsx, ods"):
        inhoud(Werkboek("Proef", "", NU), "pdf")


# -- on disk ----------------------------------------------------------------------------------------


def test_opdracht_rapport(tmp_path, capsys):
    map_ = tmp_path / "werkmap"
    Werkmap(map_, maak=True).sluit()  # how full it is makes no difference here
    opdracht = ["rapport", "--werkmap", str(map_), "--naar", str(tmp_path / "nieuw"), "--json"]
    assert main(opdracht) == 0
    namen = json.loads(capsys.readouterr().out)["bestanden"]
    dag = f"{datetime.now():%Y-%m-%d}"
    assert namen == [str(tmp_path / "nieuw" / f"opgavenwerkboek_werkmap_{dag}.{s}") for s in SOORTEN]
    assert sorted(p.name for p in (tmp_path / "nieuw").iterdir()) == sorted(n.rpartition("/")[2] for n in namen)
    voor = (tmp_path / "nieuw" / f"opgavenwerkboek_werkmap_{dag}.ods").read_bytes()
    assert main(opdracht) == 1
    assert "staat al opgavenwerkboek_werkmap" in json.loads(capsys.readouterr().out)["fout"]
    assert (tmp_path / "nieuw" / f"opgavenwerkboek_werkmap_{dag}.ods").read_bytes() == voor
    assert main([*opdracht[:-1], "--soort", "ods", "--vervang"]) == 0
    assert "Gemaakt: " in capsys.readouterr().out
    regels = [json.loads(r) for r in (map_ / "logboek.jsonl").read_text().splitlines()]
    hier = [r for r in regels if r["actie"] == "werkboek maken"]
    assert [r["resultaat"] for r in hier[-3:]] == ["gelukt", "geweigerd", "gelukt"]
    assert hier[-1] | {"tijd": ""} == {
        "tijd": "", "werkmap": "werkmap", "actie": "werkboek maken", "object": [], "resultaat": "gelukt",
        "herkomst": "opdrachtregel", "wie": getpass.getuser(), "bestand": [f"opgavenwerkboek_werkmap_{dag}.ods"],
    }  # fmt: skip


def test_een_werkboek_van_de_pagina_staat_in_het_logboek(tmp_path):
    Werkmap(tmp_path / "w", maak=True).sluit()
    assert meenemen.werkboek(tmp_path / "w", "ods").startswith(b"PK")
    regel = json.loads((tmp_path / "w" / "logboek.jsonl").read_text().splitlines()[-1])
    assert (regel["actie"], regel["herkomst"], regel["resultaat"]) == (
        "werkboek maken", "pagina controle", "gelukt",
    )  # fmt: skip


def test_schrijven_is_heel_of_niet(tmp_path, monkeypatch):
    bestand.schrijf(tmp_path, {"a.ods": b"oud"})
    with pytest.raises(bestand.BestaatFout, match=r"staat al a\.ods"):
        bestand.schrijf(tmp_path, {"b.ods": b"nieuw", "a.ods": b"nieuw"})
    assert [p.name for p in tmp_path.iterdir()] == ["a.ods"]

    def vol(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bestand.os, "fsync", vol)
    with pytest.raises(bestand.OpgaveFout, match="kan niet worden geschreven"):
        bestand.schrijf(tmp_path, {"a.ods": b"half"}, vervang=True)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.ods": b"oud"}


def test_map_die_geen_map_is(tmp_path):
    (tmp_path / "bezet").write_text("x")
    with pytest.raises(bestand.OpgaveFout, match="Doe: kies een andere map"):
        bestand.schrijf(tmp_path / "bezet", {"a.ods": b"x"})
