"""Several people at once: nothing is lost, who comes second is told, and who reads sees whole handelingen."""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from pathlib import Path

import pytest

from opgavelib.opslag import Werkmap

from .bladen import ambities
from .schrijver import bevestigd, lees_eigen_bestand, processen, strijd, wijzig, wijzig_drie_tegelijk

BEGIN = {"bestemming": "open", "naar": None}


@pytest.fixture
def adres(nieuw):
    """A werkmap with twelve rows."""
    adres = nieuw()
    with Werkmap(adres) as w:
        w.bewaar([ambities("a.xlsx", *(f"ambitie {i}" for i in range(12)))], "Noor")
    return adres


# More of each takes long and shows nothing that these do not: thirty at once is what is hard.
@pytest.mark.parametrize(("nieuw", "aantal"), [("sqlite", 15), ("postgresql", 6)], indirect=["nieuw"])
def test_dertig_processen_met_elk_veel_wijzigingen_verliezen_niets(adres, aantal, tmp_path):
    with processen(wijzig, *((adres, n, aantal, tmp_path) for n in range(30))) as lopend:
        pass
    assert [p.exitcode for p in lopend] == [0] * 30
    beloofd = bevestigd(tmp_path)
    with Werkmap(adres) as werkmap:
        erbij = werkmap.tabel("gebeurtenissen").loc[2:]
        assert len(erbij) == len(beloofd) == 30 * aantal
        assert erbij.index.is_unique
        assert erbij.index.is_monotonic_increasing
        # What the events say is what each process was told, no more and no less.
        staat = {n: (r.wat, r.object, r.nieuw) for n, r in erbij.iterrows()}
        assert staat == {b["nummer"]: (b["wat"], b["object"], b["nieuw"]) for b in beloofd}
        # Each says what was before it, and that is what the one before it made of the same thing.
        for (wat, _), verhaal in erbij.groupby(["wat", "object"]):
            toestand = BEGIN if wat == "bestemming" else None
            for r in verhaal.itertuples():
                assert r.oud == toestand
                toestand = r.nieuw
        # The state derived now is the last one that was acknowledged, per thing.
        laatst = {(b["wat"], b["object"]): b["nieuw"] for b in sorted(beloofd, key=lambda b: b["nummer"])}
        spoor, gebied = werkmap.spoor(), werkmap.kenmerken()["gebied"]
        for (wat, ding), nieuw in laatst.items():
            if wat == "bestemming":
                assert spoor.tabel.loc[ding, "bestemming"] == nieuw["bestemming"]
            elif wat == "kenmerk:gebied":
                assert gebied[ding] == nieuw
        assert {"|".join(r) for r in zip(werkmap.paren()["a"], werkmap.paren()["b"], strict=True)} == {
            ding for wat, ding in laatst if wat == "paar"
        }
        assert sum(spoor.aantallen.values()) == 12
    # One whole line in the log for each, however many processes write in it.
    log = adres / "logboek.jsonl" if isinstance(adres, Path) else tmp_path / "logboek.jsonl"
    regels = [json.loads(r) for r in log.read_text().splitlines()][1:]
    assert Counter(r["herkomst"] for r in regels) == {f"proces {n}": aantal for n in range(30)}
    assert {r["resultaat"] for r in regels} == {"gelukt"}


def test_van_twee_die_hetzelfde_zagen_wint_er_een_en_de_ander_ziet_beide(adres, tmp_path):
    start = multiprocessing.get_context("forkserver").Barrier(2)
    with Werkmap(adres) as werkmap:
        gezien = werkmap.versie()
        with processen(strijd, *((adres, n, gezien, start, tmp_path) for n in range(2))) as lopend:
            pass
        assert [p.exitcode for p in lopend] == [0, 0]
        rondes = list(zip(*(json.loads((tmp_path / f"{n}.json").read_text()) for n in range(2)), strict=True))
        *samen, mijn_a, mijn_b = werkmap.tabel("ambities").index
        g = werkmap.tabel("gebeurtenissen").loc[gezien + 1 :]
        spoor = werkmap.spoor().tabel
    assert len(rondes) == len(samen) == 10
    keuze = [{"bestemming": "lijn", "naar": None}, {"bestemming": "afgewezen", "naar": None}]
    for rij, ronde in zip(samen, rondes, strict=True):
        assert sorted(r["gelukt"] for r in ronde) == [False, True]
        winnaar = next(n for n, r in enumerate(ronde) if r["gelukt"])
        verliezer = ronde[1 - winnaar]
        assert (verliezer["object"], verliezer["wie"]) == (rij, f"proces {winnaar}")
        assert (verliezer["hun"], verliezer["uw"]) == (keuze[winnaar], keuze[1 - winnaar])
        assert spoor.loc[rij, "bestemming"] == keuze[winnaar]["bestemming"]
        # Nothing of the loser's handeling is there, also not the row that nobody else touched.
        eigen = (mijn_a, mijn_b)
        over = g[g["reden"] == f"om {rij}"]
        assert sorted(over["object"]) == sorted([rij, eigen[winnaar]])
        assert set(over["wie"]) == {f"proces {winnaar}"}


def test_wie_leest_terwijl_anderen_schrijven_ziet_hele_handelingen(adres, tmp_path):
    gezien = set()
    with (
        Werkmap(adres) as werkmap,
        processen(wijzig_drie_tegelijk, *((adres, n, 15, tmp_path) for n in range(3))) as lopend,
    ):
        while any(p.is_alive() for p in lopend):
            g = werkmap.tabel("gebeurtenissen").loc[2:]
            assert (g.groupby("handeling").size() == 3).all()
            drie = werkmap.spoor().tabel["bestemming"].iloc[:3]
            assert drie.nunique() == 1
            gezien.add(len(g))
        assert len(werkmap.tabel("gebeurtenissen")) == 1 + 3 * 15 * 3
    assert [p.exitcode for p in lopend] == [0, 0, 0]
    assert len(gezien) > 3, "er is niet gelezen terwijl er werd geschreven"


@pytest.mark.parametrize("soort", ["sqlite", "postgresql"])
def test_drie_processen_lezen_tegelijk_in_een_werkmap_die_er_nog_niet_is(soort, request, tmp_path):
    adres = tmp_path / "nieuw" if soort == "sqlite" else request.getfixturevalue("database")()
    with processen(lees_eigen_bestand, *((adres, n) for n in range(3))) as lopend:
        pass
    assert [p.exitcode for p in lopend] == [0, 0, 0]
    with Werkmap(adres) as werkmap:
        assert sorted(werkmap.tabel("ambities").index) == [f"CA-{n:03d}" for n in range(1, 61)]
        assert werkmap.versie() == 3
