"""A backup while others work, and back again: all or nothing, on either database and from one to the other."""

from __future__ import annotations

import shutil
import sqlite3
import time

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import WerkmapFout
from opgavelib.opslag import Werkmap
from opgavelib.opslag import backup as bewaring
from opgavelib.opslag.backup import NietLeegFout
from opgavelib.opslag.tabellen import TABEL
from opgavelib.opslag.verbinding import BESTAND
from opgavelib.toepassing.bewaren import herstel, maak_backup
from opgavelib.woordenboek import TABELLEN

from .bladen import alles, ambities, blad, scores, top5
from .schrijver import bevestigd, processen, wijzig_drie_tegelijk


@pytest.fixture(params=["sqlite naar sqlite", "sqlite naar postgresql", "postgresql naar sqlite",
                        "postgresql naar postgresql"])  # fmt: skip
def van_en_naar(request, tmp_path):
    """Where a werkmap is and where it goes; the second is not there yet."""
    van, naar = (
        tmp_path / naam if soort == "sqlite" else request.getfixturevalue("database")()
        for naam, soort in zip(("van", "naar"), request.param.split(" naar "), strict=True)
    )
    return van, naar


def vul(adres):
    """A werkmap with something in every table, whose rows were changed and moved."""
    with Werkmap(adres, maak=True) as w:
        w.bewaar([ambities("a.xlsx", "wonen", "Ünïcödé 🏠 'en' \"meer\"", "groen", "zorg")], "Noor")
        w.bewaar([top5("t.xlsx", ("Jo", 1, "sport"), ("Jo", 2, "zwembad"))], "Noor")
        w.bewaar([scores("s.xlsx", ("wonen", "effect", "Jo", 3))], "Noor")
        w.bewaar(
            [blad("b.xlsx", "begroting", "begroting", [{"taakveld": "0.10", "jaar": 2027, "lasten_eur": 5}])], "N"
        )
        w.bewaar(
            [blad("f.xlsx", "teams", "teams", [{"team": "Wonen", "fte": 2.35}, {"team": "Zorg", "fte": 1}])], "N"
        )
        w.bewaar([blad("o.xlsx", "activiteiten", "opgaven", [{"titel": "Wonen"}])], "N")
        w.bewaar([blad("c.xlsx", "activiteiten", "activiteiten", [{"titel": "Bouwen", "opgave": "Wonen"}])], "N")
        inzet = {"activiteit": "Bouwen", "team": "Wonen", "kwartaal": "2027K1", "uren_gevraagd": 12.5}
        w.bewaar([blad("i.xlsx", "activiteiten", "inzet", [inzet])], "N")
        w.bewaar([ambities("a.xlsx", "groen", "wonen!")], "Noor")
        w.besluit(Besluit("CA-001", Bestemming.OPGAVE, "past", "Noor", "O01"))
        w.kenmerk({"CA-002": {"wettelijk": True, "gebied": "Dorp"}}, "Noor")
        assert not [n for n in TABELLEN if w.tabel(n, ook_vervallen=True).empty]
        return alles(w)


def test_alles_komt_terug_zoals_het_was_ook_in_een_andere_database(van_en_naar, tmp_path):
    van, naar = van_en_naar
    was = vul(van)
    backup = maak_backup(van, tmp_path / "een.opgave")
    assert backup.rijen == {naam: len(rijen) for naam, rijen in was.items()}
    uit = herstel(backup.pad, naar, wie="Noor")
    assert uit.vorige is None
    with Werkmap(naar) as w:
        nu = alles(w)
        *gebeurd, hersteld = nu.pop("gebeurtenissen")
        assert gebeurd == was.pop("gebeurtenissen")
        assert nu == was
        assert w.versie() == uit.versie == backup.versie + 1
        assert w.tabel("gebeurtenissen").loc[uit.versie, ["wie", "wat"]].tolist() == ["Noor", "hersteld"]
        # Numbers go on where they were.
        assert w.kenmerk({"CA-001": {"domein": "fysiek"}}, "Noor") == [uit.versie + 1]
        w.bewaar([ambities("a.xlsx", "groen", "wonen!", "nieuw")], "Noor")
        assert w.tabel("ambities").index[-1] == "CA-006"
    # The same contents have the same digest, wherever they were.
    assert maak_backup(van, tmp_path / "twee.opgave").sha256 == backup.sha256
    assert hersteld


def test_een_backup_terwijl_vier_processen_schrijven_is_een_heel_begin_van_de_gebeurtenissen(nieuw, tmp_path):
    adres = nieuw()
    with Werkmap(adres) as w:
        w.bewaar([ambities("a.xlsx", "wonen", "zorg", "groen")], "Noor")
    backups = []
    with processen(wijzig_drie_tegelijk, *((adres, n, None, tmp_path) for n in range(4))) as lopend:
        while len(backups) < 3:
            aantal = len(bevestigd(tmp_path))
            backups.append((aantal, maak_backup(adres, tmp_path / f"{len(backups)}.opgave")))
            while len(bevestigd(tmp_path)) < aantal + 20:
                assert all(p.is_alive() for p in lopend)
                time.sleep(0.01)
        for p in lopend:
            p.kill()
    with Werkmap(adres) as w:
        echt = w.tabel("gebeurtenissen").reset_index().map(repr)
    for n, (bevestigd_ervoor, backup) in enumerate(backups):
        uit = herstel(backup.pad, tmp_path / f"terug{n}")
        with Werkmap(tmp_path / f"terug{n}") as w:
            terug = w.tabel("gebeurtenissen").iloc[:-1]
            assert len(terug) >= 1 + bevestigd_ervoor
            assert terug.reset_index().map(repr).equals(echt.iloc[: len(terug)])
            assert (terug.loc[2:].groupby("handeling").size() == 3).all()
            assert w.spoor().tabel["bestemming"].nunique() == 1
            assert uit.versie == backup.versie + 1
    assert len({b.sha256 for _, b in backups}) == 3


def test_wie_een_werkmap_open_heeft_merkt_het_herstel_ook_als_het_verder_terug_gaat(nieuw, tmp_path):
    adres = nieuw()
    with Werkmap(adres) as open_, Werkmap(adres) as ander:
        ander.maak_opgave("Wonen", "Noor")
        maak_backup(adres, tmp_path / "b.opgave")
        ander.maak_opgave("Zorg", "Noor")
        gezien = open_.versie()
        voor = alles(open_)
        with pytest.raises(NietLeegFout, match=r"staat al iets \(2 gebeurtenissen\)\. Er is niets veranderd"):
            herstel(tmp_path / "b.opgave", adres)
        assert alles(open_) == voor
        uit = herstel(tmp_path / "b.opgave", adres, vervang=True)
        assert open_.versie() == uit.versie == gezien + 1
        assert list(open_.tabel("opgaven")["titel"]) == ["Wonen"]
        # What was there can itself be put back.
        herstel(uit.vorige, adres, vervang=True)
        assert list(open_.tabel("opgaven")["titel"]) == ["Wonen", "Zorg"]
        assert open_.versie() == gezien + 2
        assert ander.maak_opgave("Sport", "Noor") == "O03"
        assert open_.versie() == gezien + 3


def test_een_herstel_dat_halverwege_misgaat_laat_alles_zoals_het_was(nieuw, tmp_path, monkeypatch):
    adres = nieuw()
    vul_een = Werkmap(adres)
    vul_een.maak_opgave("Wonen", "Noor")
    maak_backup(adres, tmp_path / "b.opgave")
    vul_een.maak_opgave("Zorg", "Noor")
    voor = alles(vul_een)

    def val_uit(_bron, doel):
        doel.execute(TABEL["opgaven"].insert().values(opgave="O09", titel="Half", vervallen=False))
        assert [r.opgave for r in doel.execute(TABEL["opgaven"].select())] == ["O09"]
        raise KeyboardInterrupt("de stroom valt uit")

    echt = bewaring._kopieer
    beurten = iter([echt, val_uit])  # what is there is kept, all is emptied, and then
    monkeypatch.setattr(bewaring, "_kopieer", lambda *a: next(beurten)(*a))
    with pytest.raises(KeyboardInterrupt, match="de stroom valt uit"):
        herstel(tmp_path / "b.opgave", adres, vervang=True)
    assert alles(vul_een) == voor
    vul_een.sluit()


# -- files that are no backup -----------------------------------------------------------------------


@pytest.fixture
def goed(tmp_path):
    vul(tmp_path / "bron")
    return maak_backup(tmp_path / "bron", tmp_path / "goed.opgave").pad


def geweigerd(bestand, tmp_path, melding):
    with pytest.raises(WerkmapFout, match=melding) as fout:
        herstel(bestand, tmp_path / "doel", vervang=True)
    assert not (tmp_path / "doel").exists()
    assert "error" not in str(fout.value).lower()


def test_wat_geen_backup_is(goed, tmp_path):
    geweigerd(tmp_path / "niets.opgave", tmp_path, "Er is geen bestand")
    (tmp_path / "leeg.opgave").write_bytes(b"")
    geweigerd(tmp_path / "leeg.opgave", tmp_path, "'leeg.opgave' is geen backup")
    (tmp_path / "tekst.opgave").write_text("zomaar een tekst")
    geweigerd(tmp_path / "tekst.opgave", tmp_path, "'tekst.opgave' is geen backup")
    geweigerd(tmp_path / "bron" / BESTAND, tmp_path, "is geen backup")


def test_een_backup_die_is_afgekapt_of_veranderd(goed, tmp_path):
    heel = goed.read_bytes()
    for deel in (len(heel) // 3, len(heel) - 4096, len(heel) - 1):
        (tmp_path / "kort.opgave").write_bytes(heel[:deel])
        geweigerd(tmp_path / "kort.opgave", tmp_path, "is beschadigd of niet compleet")
    # One letter in one cell: the database itself finds nothing wrong with that.
    anders = heel.replace(b"groen", b"graan", 1)
    assert anders != heel
    (tmp_path / "anders.opgave").write_bytes(anders)
    geweigerd(tmp_path / "anders.opgave", tmp_path, "is beschadigd of niet compleet")
    shutil.copy(goed, tmp_path / "minder.opgave")
    with sqlite3.connect(tmp_path / "minder.opgave") as db:
        db.execute("DELETE FROM gebeurtenissen WHERE volgnummer = 3")
    db.close()
    geweigerd(tmp_path / "minder.opgave", tmp_path, "is beschadigd of niet compleet")


@pytest.mark.parametrize("opdracht", ["ALTER TABLE ambities ADD COLUMN later TEXT", "CREATE TABLE later (x TEXT)"])
def test_een_backup_van_een_nieuwere_versie(goed, tmp_path, opdracht):
    with sqlite3.connect(goed) as db:
        db.execute(opdracht)
    db.close()
    geweigerd(goed, tmp_path, "nieuwere versie van het werkboek")


def test_een_backup_overschrijft_niets_en_krijgt_in_een_map_een_eigen_naam(tmp_path):
    vul(tmp_path / "w")
    with pytest.raises(WerkmapFout, match="Er is al een bestand"):
        maak_backup(tmp_path / "w", tmp_path / "w" / BESTAND)
    (tmp_path / "b").mkdir()
    backup = maak_backup(tmp_path / "w", tmp_path / "b")
    assert backup.pad.name.startswith("w-20")
    assert [p.name for p in (tmp_path / "b").iterdir()] == [backup.pad.name]
    with pytest.raises(WerkmapFout, match="kan geen backup worden geschreven"):
        maak_backup(tmp_path / "w", tmp_path / "weg" / "b.opgave")
    with pytest.raises(WerkmapFout, match="Er is geen werkmap"):
        maak_backup(tmp_path / "geen", tmp_path / "c.opgave")
    assert not (tmp_path / "c.opgave").exists()


def test_een_beschadigde_werkmap_wordt_vervangen_en_bewaard(goed, tmp_path):
    kapot = tmp_path / "kapot"
    shutil.copytree(tmp_path / "bron", kapot)
    heel = (kapot / BESTAND).read_bytes()
    (kapot / BESTAND).write_bytes(heel[: len(heel) // 2])
    with pytest.raises(NietLeegFout, match=r"is beschadigd\. Er is niets veranderd"):
        herstel(goed, kapot)
    uit = herstel(goed, kapot, vervang=True)
    assert uit.vorige.read_bytes() == heel[: len(heel) // 2]
    with Werkmap(kapot) as w, Werkmap(tmp_path / "bron") as bron:
        assert w.tabel("ambities").equals(bron.tabel("ambities"))
        assert w.versie() == bron.versie() + 1
    assert not list(kapot.glob(".herstel*"))
