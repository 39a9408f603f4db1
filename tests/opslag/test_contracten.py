"""Contractering is events: an answer goes before the file, goes back as one, and never over somebody else's."""

from __future__ import annotations

import pytest

from opgavelib.fouten import BesluitFout, ConflictFout
from opgavelib.opslag import Werkmap

from .bladen import blad

JA = {"status": "toegezegd", "uren_toegezegd": 60.0, "kwartaal": "2027K1"}
NEE = {"status": "afgewezen", "uren_toegezegd": 0.0, "kwartaal": "2027K2"}


def uren(*gevraagd):
    rijen = [
        {"activiteit": "A01", "team": "Ruimte", "kwartaal": f"2027K{i}", "uren_gevraagd": float(u)}
        for i, u in enumerate(gevraagd, 1)
    ]
    return blad("uren.xlsx", "activiteiten", "inzet", rijen)


@pytest.fixture
def werkmap(nieuw):
    with Werkmap(nieuw()) as w:
        w.bewaar(
            [blad("plan.xlsx", "activiteiten", "activiteiten", [{"activiteit": "A01", "titel": "Bouwen"}])], "Noor"
        )
        w.bewaar([uren(100, 80)], "Noor")
        yield w


def antwoorden(w):
    return {k: (a["status"], a["uren_toegezegd"], a["wie"]) for k, a in w.contracten.antwoorden().items()}


def test_een_antwoord_en_terug(werkmap):
    c = werkmap.contracten
    nummers = c.beantwoord({"IZ-001": JA, "IZ-002": NEE}, " Femke ", " K2 is vol ")
    assert antwoorden(werkmap) == {"IZ-001": ("toegezegd", 60.0, "Femke"), "IZ-002": ("afgewezen", 0.0, "Femke")}
    assert c.antwoorden()["IZ-002"]["reden"] == "K2 is vol"
    terug = werkmap.maak_ongedaan(nummers[0], "Femke")
    assert antwoorden(werkmap) == {}
    werkmap.maak_ongedaan(terug[0], "Femke")
    assert antwoorden(werkmap)["IZ-001"][:2] == ("toegezegd", 60.0)
    c.beantwoord({"IZ-001": None}, "Femke")
    assert list(antwoorden(werkmap)) == ["IZ-002"]


def test_wat_al_geldt_wordt_niet_opnieuw_vastgelegd(werkmap):
    werkmap.contracten.beantwoord({"IZ-001": JA}, "Femke")
    voor = werkmap.versie()
    assert werkmap.contracten.beantwoord({"IZ-001": {**JA, "uren_toegezegd": 60}}, "Bo", "ook") == []
    assert werkmap.versie() == voor


def test_wie_te_laat_is_ziet_beide_antwoorden(werkmap):
    gezien = werkmap.versie()
    werkmap.contracten.beantwoord({"IZ-001": JA}, "Femke", gezien=gezien)
    with pytest.raises(ConflictFout, match="Femke heeft IZ-001 intussen gewijzigd") as fout:
        werkmap.contracten.beantwoord(
            {"IZ-001": {**JA, "uren_toegezegd": 100.0}, "IZ-002": NEE}, "Bo", "x", gezien=gezien
        )
    (conflict,) = fout.value.conflicten
    assert (conflict.hun["uren_toegezegd"], conflict.uw["uren_toegezegd"]) == (60.0, 100.0)
    assert list(antwoorden(werkmap)) == ["IZ-001"]
    werkmap.contracten.beantwoord({"IZ-001": JA}, "Bo", gezien=gezien)  # wanting the same is no conflict


def test_een_aanvraag_van_het_scherm_krijgt_antwoord_en_kan_terug(werkmap):
    c = werkmap.contracten
    vraag = {"activiteit": "A01", "team": "Zorg", "uren_gevraagd": 40.0, "deskundigheid": "jurist"}
    nummers = c.vraag_aan([{**vraag, "kwartaal": "2027K1"}, {**vraag, "kwartaal": "2027K2"}], "Noor", "bezwaren")
    assert list(c.aanvragen()) == ["AV-001", "AV-002"]
    assert c.aanvragen()["AV-002"] == {**vraag, "kwartaal": "2027K2"}
    c.beantwoord({"AV-001": {**JA, "uren_toegezegd": 40.0}}, "Lotte")
    gezien = werkmap.versie()
    c.trek_in(["AV-002"], "Noor", "niet meer nodig", gezien=gezien)
    assert list(c.aanvragen()) == ["AV-001"]
    with pytest.raises(BesluitFout, match="'AV-002' is niet op het scherm gemaakt, of al ingetrokken"):
        c.trek_in(["AV-002"], "Bo", "nog eens")
    with pytest.raises(BesluitFout, match="'IZ-001' is niet op het scherm gemaakt"):
        c.trek_in(["IZ-001"], "Bo", "staat in een bestand")
    werkmap.maak_ongedaan(werkmap.versie(), "Noor")
    assert list(c.aanvragen()) == ["AV-001", "AV-002"]
    c.vraag_aan([{**vraag, "kwartaal": "2027K3"}], "Noor")  # a code is never given twice
    assert list(c.aanvragen())[-1] == "AV-003"
    werkmap.maak_ongedaan(nummers[0], "Noor")
    assert list(c.aanvragen()) == ["AV-003"]


def test_een_nieuw_bestand_laat_de_toezegging_staan(werkmap):
    werkmap.contracten.beantwoord({"IZ-001": JA}, "Femke")
    werkmap.bewaar([uren(50, 80)], "Noor")
    assert antwoorden(werkmap) == {"IZ-001": ("toegezegd", 60.0, "Femke")}
    g = werkmap.tabel("gebeurtenissen")
    (anders,) = g[g["wat"] == "gewijzigd:inzet"].to_dict("records")
    assert (anders["object"], anders["oud"], anders["nieuw"]) == (
        "IZ-001", {"uren_gevraagd": 100.0}, {"uren_gevraagd": 50.0},
    )  # fmt: skip


def test_wat_niet_kan_wordt_niet_opgeslagen(werkmap):
    c, voor = werkmap.contracten, werkmap.versie()
    for doe, bezwaar in (
        (lambda: c.beantwoord({"IZ-001": JA}, " "), "Vul in wie dit doet"),
        (lambda: c.beantwoord({"IZ-009": JA}, "Bo"), "Aanvraag 'IZ-009' staat niet in de werkmap"),
        (lambda: c.beantwoord({"IZ-001": JA, "IZ-002": NEE}, "Bo", " "), "Schrijf erbij waarom het niet kan"),
        (lambda: c.beantwoord({"IZ-001": {**JA, "uren_toegezegd": 0}}, "Bo"), "Zeg meer dan 0 uur toe"),
        (lambda: c.vraag_aan([{"activiteit": "X", "team": "Zorg"}], "Bo"), "Er is geen activiteit 'X'"),
        (lambda: c.trek_in(["AV-001"], "Bo", ""), "Schrijf erbij waarom de aanvraag vervalt"),
    ):
        with pytest.raises(BesluitFout, match=bezwaar):
            doe()
    assert werkmap.versie() == voor


def test_wat_iemand_zegt_staat_niet_in_het_logboek(werkmap, tmp_path, monkeypatch):
    log = tmp_path / "log.jsonl"
    monkeypatch.setenv("OPGAVE_LOG", str(log))
    werkmap.contracten.beantwoord({"IZ-002": NEE}, "Femke", "Piet is ziek")
    assert "IZ-002" in log.read_text()
    assert "Piet" not in log.read_text()
