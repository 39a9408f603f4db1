"""The log says who did what to which object with which result, and nothing of what stands in it."""

from __future__ import annotations

import json
import os
from datetime import datetime

import pytest
from opslag.bladen import ambities, blad, scores

from opgavelib import logboek
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import BesluitFout, ConflictFout, InvoerFout, WerkmapFout
from opgavelib.logboek import Actie
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import lees_in
from opgavelib.toepassing.bewaren import herstel, maak_backup

# Every text that a person or a file put in is one of these, with something of its own behind it.
MERK = "GEHEIM"


@pytest.fixture
def werkmap(tmp_path):
    with Werkmap(tmp_path / "w", maak=True, herkomst="pagina mt") as w:
        yield w


def regels(map_):
    return [json.loads(r) for r in (map_ / logboek.BESTAND).read_text(encoding="utf-8").splitlines()]


def test_van_een_heel_verhaal_staat_elke_handeling_er_en_geen_enkele_tekst(werkmap, tmp_path):
    def t(waar):
        return f"{MERK} {waar}"

    w = werkmap
    w.bewaar([ambities("akkoord.xlsx", t("titel een"), t("titel twee"), t("titel drie"))], "Noor")
    w.bewaar([blad("o.xlsx", "activiteiten", "opgaven", [{"opgave": t("code"), "titel": t("opgave")}])], "Noor")
    gezien = w.versie()
    (nummer,) = w.besluit(Besluit("CA-001", Bestemming.LIJN, t("reden"), "Noor"), sessie=t("sessie"), gezien=gezien)
    w.kenmerk({"CA-002": {"gebied": t("gebied")}}, "Noor", t("reden"))
    w.beoordeel_paar("CA-002", "CA-003", "anders", "Bas", t("reden"))
    code = w.maak_opgave(t("nieuwe opgave"), "Bas", ambities=["CA-003"], reden=t("reden"))
    w.wijzig_opgave(code, "Bas", t("reden"), titel=t("andere naam"))
    w.wijzig_opgave(t("code"), "Bas", t("reden"), titel=t("nog een naam"))
    w.hef_op(code, "Bas", t("reden"))
    w.zet_parameter("iv3.gemeente", t("waarde"), "Noor", t("reden"))
    w.onthoud_koppeling("ab12cd", {t("kop"): "titel"}, "Noor")
    with pytest.raises(ConflictFout, match="Noor heeft CA-001 intussen gewijzigd"):
        w.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, t("reden"), "Bas"), gezien=gezien)
    with pytest.raises(BesluitFout, match="staat niet in de werkmap"):
        w.besluit(Besluit(t("onbekende rij"), Bestemming.LIJN, t("reden"), "Bas"))
    with pytest.raises(BesluitFout, match="Vul in wie dit doet"):
        w.kenmerk({"CA-002": {"gebied": t("gebied twee")}}, "")
    with pytest.raises(InvoerFout, match="staat niet in de werkmap"):
        w.bewaar([scores("s.xlsx", (t("ambitie"), "effect", t("beoordelaar"), 3))], "Noor")
    w.maak_ongedaan(nummer, "Noor", t("reden"))
    backup = maak_backup(w.adres, tmp_path / "b.opgave", wie="Noor")
    herstel(backup.pad, w.adres, vervang=True, wie="Noor")

    ruw = (w.adres / logboek.BESTAND).read_text()
    assert MERK not in ruw
    assert [(r["actie"], r["resultaat"], r["wie"]) for r in regels(w.adres)] == [
        ("inlezen", "gelukt", "Noor"),
        ("inlezen", "gelukt", "Noor"),
        ("besluit", "gelukt", "Noor"),
        ("kenmerk", "gelukt", "Noor"),
        ("paar", "gelukt", "Bas"),
        ("opgave maken", "gelukt", "Bas"),
        ("opgave wijzigen", "gelukt", "Bas"),
        ("opgave wijzigen", "gelukt", "Bas"),
        ("opgave opheffen", "gelukt", "Bas"),
        ("parameter", "gelukt", "Noor"),
        ("koppeling", "gelukt", "Noor"),
        ("besluit", "conflict", "Bas"),
        ("besluit", "geweigerd", "Bas"),
        ("kenmerk", "geweigerd", ""),
        ("inlezen", "geweigerd", "Noor"),
        ("ongedaan maken", "gelukt", "Noor"),
        ("backup", "gelukt", "Noor"),
        ("herstel", "gelukt", "Noor"),
    ]
    eerste, besluit, maken = (regels(w.adres)[n] for n in (0, 2, 5))
    assert (eerste["bestand"], eerste["rijen"], eerste["geweigerd"]) == (["akkoord.xlsx"], 3, 0)
    assert besluit["object"] == ["CA-001"]
    assert maken["object"] == ["O01", "CA-003"]
    assert {r["herkomst"] for r in regels(w.adres)[:-2]} == {"pagina mt"}
    assert {r["herkomst"] for r in regels(w.adres)[-2:]} == {"opdrachtregel"}
    assert {r["werkmap"] for r in regels(w.adres)} == {"w"}
    assert all(datetime.fromisoformat(r["tijd"]).utcoffset().total_seconds() == 0 for r in regels(w.adres))


def test_een_eigen_code_van_woorden_is_te_volgen_en_niet_te_lezen(werkmap):
    werkmap.bewaar([blad("o.xlsx", "activiteiten", "opgaven", [{"opgave": "Wonen", "titel": "x"}])], "Noor")
    werkmap.wijzig_opgave("Wonen", "Noor", titel="y")
    werkmap.wijzig_opgave("Wonen", "Noor", titel="z")
    a, b = (r["object"] for r in regels(werkmap.adres)[1:])
    assert a == b
    assert a[0].startswith("sha256:")


def test_wat_misgaat_heet_fout(werkmap):
    def stuk():
        with werkmap._db.schrijf(Actie("proef", "Noor", ["CA-001"])):
            raise ZeroDivisionError(MERK)

    with pytest.raises(ZeroDivisionError, match=MERK):
        stuk()
    (regel,) = regels(werkmap.adres)
    assert (regel["resultaat"], regel["object"]) == ("fout", ["CA-001"])
    assert MERK not in json.dumps(regel)


def test_niemand_kan_schrijven_zonder_te_zeggen_wat(werkmap):
    with pytest.raises(TypeError, match="actie"):
        werkmap._db.schrijf()


def test_een_geweigerde_werkmap_staat_in_het_logboek_en_een_tikfout_maakt_er_geen(tmp_path):
    kapot = tmp_path / "kapot"
    kapot.mkdir()
    (kapot / "werkmap.sqlite").write_bytes(b"dit is geen werkmap" * 100)
    with pytest.raises(WerkmapFout, match=r"is geen \(hele\) werkmap"):
        Werkmap(kapot, herkomst="pagina mt")
    (regel,) = regels(kapot)
    assert (regel["actie"], regel["resultaat"], regel["herkomst"]) == ("openen", "geweigerd", "pagina mt")
    with pytest.raises(WerkmapFout, match="Er is geen werkmap"):
        Werkmap(tmp_path / "niets")
    assert not (tmp_path / "niets").exists()


def test_een_bestand_dat_de_poort_weigert_staat_er_met_naam_en_aantal(werkmap, boek):
    pad = boek("fout.xlsx", Ambities=[["nr", "titel", "taakveld"], [1, f"{MERK} titel", f"{MERK} veld"]])
    with pytest.raises(InvoerFout, match="er is niets ingelezen"):
        lees_in(werkmap.adres, [pad], wie="Noor")
    (regel,) = regels(werkmap.adres)
    assert (regel["actie"], regel["resultaat"], regel["bestand"]) == ("inlezen", "geweigerd", ["fout.xlsx"])
    assert MERK not in json.dumps(regel)


def test_een_andere_plaats_of_de_foutuitvoer(werkmap, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(logboek.OMGEVING, str(tmp_path / "elders" / "log.jsonl"))
    werkmap.maak_opgave("Wonen", "Noor")
    assert json.loads((tmp_path / "elders" / "log.jsonl").read_text())["object"] == ["O01"]
    monkeypatch.setenv(logboek.OMGEVING, "-")
    werkmap.maak_opgave("Zorg", "Noor")
    assert json.loads(capsys.readouterr().err)["object"] == ["O02"]
    assert not (werkmap.adres / logboek.BESTAND).exists()


def test_een_logboek_dat_niet_kan_houdt_het_werk_niet_tegen_en_wordt_een_keer_gezegd(
    werkmap, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(logboek, "_gemeld", False)
    monkeypatch.setenv(logboek.OMGEVING, str(tmp_path))  # a folder
    assert [werkmap.maak_opgave(t, "Noor") for t in ("Wonen", "Zorg")] == ["O01", "O02"]
    fout = capsys.readouterr().err
    assert fout.startswith("Het logboek kan niet worden geschreven")
    assert len(fout.splitlines()) == 1


def test_wie_het_logboek_hernoemt_verliest_geen_regel(werkmap):
    werkmap.maak_opgave("Wonen", "Noor")
    os.rename(werkmap.adres / logboek.BESTAND, werkmap.adres / "logboek.1.jsonl")
    werkmap.maak_opgave("Zorg", "Noor")
    assert [r["object"] for r in regels(werkmap.adres)] == [["O02"]]
