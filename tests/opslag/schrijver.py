"""What another process does to a werkmap; importable by it. What it got a number for, it writes down at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from opgavelib.domein.begrippen import Bestemming, Oordeel
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import ConflictFout, WerkmapFout
from opgavelib.logboek import OMGEVING
from opgavelib.opslag import Werkmap, postgresql, sqlite
from opgavelib.opslag.adres import Adres

from .bladen import ambities

KEUZE = (Bestemming.LIJN, Bestemming.AFGEWEZEN, Bestemming.PARKEERPLAATS)
DOMEIN = ("fysiek", "sociaal", "bedrijfsvoering")


@contextmanager
def processen(werk: Callable, *argumenten: tuple) -> Iterator[list[multiprocessing.Process]]:
    """One real process per tuple of arguments, running; at the end they must have ended well or been killed."""
    # Forks of a server that imported everything once: thirty fresh Pythons would take a minute to import.
    wijze = multiprocessing.get_context("forkserver")
    wijze.set_forkserver_preload(["opgavelib.opslag.werkmap"])
    # Their server keeps the environment of when it began; where this test logs must be said.
    log = os.environ.get(OMGEVING)
    lopend = [wijze.Process(target=_begin, args=(log, werk, *a)) for a in argumenten]
    for p in lopend:
        p.start()
    try:
        yield lopend
        for p in lopend:
            p.join(120)
            assert p.exitcode is not None, "een proces hangt"
    finally:
        for p in lopend:
            p.kill()


def _begin(log: str | None, werk: Callable, *argumenten: object) -> None:
    os.environ.pop(OMGEVING, None)
    if log is not None:
        os.environ[OMGEVING] = log
    # Thirty at once on a machine that tests other things too: nobody's turn may be missed for lack of patience.
    for database in (sqlite, postgresql):
        database.WACHT_SECONDEN = 110
    werk(*argumenten)


def bevestigd(map_: Path) -> list[dict]:
    """What all processes wrote down. A line that was cut off by a kill was not told to anybody."""
    regels = [r for pad in map_.glob("*.acks") for r in pad.read_text().splitlines(keepends=True)]
    return [json.loads(r) for r in regels if r.endswith("\n")]


@contextmanager
def _noteer(map_: Path) -> Iterator[Callable]:
    with (map_ / f"{os.getpid()}.acks").open("a") as f:

        def noteer(nummers: list[int], dingen: list[tuple]) -> None:
            for nummer, (wat, object_, nieuw) in zip(nummers, dingen, strict=True):
                f.write(json.dumps({"nummer": nummer, "wat": wat, "object": object_, "nieuw": nieuw}) + "\n")
            f.flush()

        yield noteer


def wijzig(adres: Adres, nummer: int, aantal: int, map_: Path) -> None:
    """Decisions, kenmerken and judgements on pairs, one after the other, as users with screens of their own do."""
    with Werkmap(adres, herkomst=f"proces {nummer}") as werkmap, _noteer(map_) as noteer:
        rijen = list(werkmap.tabel("ambities").index)
        for i in range(aantal):
            a, b = rijen[(nummer + i) % len(rijen)], rijen[(nummer + i + 1) % len(rijen)]
            wie, reden = f"proces {nummer}", f"wijziging {i}"
            if i % 3 == 0:
                keuze = KEUZE[(nummer + i) % 3]
                nummers = werkmap.besluit(Besluit(a, keuze, reden, wie))
                noteer(nummers, [("bestemming", a, {"bestemming": str(keuze), "naar": None})])
            elif i % 3 == 1:
                # A text of its own, for what already holds is not recorded again.
                nummers = werkmap.kenmerk({a: {"gebied": f"wijk {nummer}.{i}"}}, wie, reden)
                noteer(nummers, [("kenmerk:gebied", a, f"wijk {nummer}.{i}")])
            else:
                nummers = werkmap.beoordeel_paar(a, b, Oordeel.ANDERS, wie, reden)
                noteer(nummers, [("paar", "|".join(sorted([a, b])), {"oordeel": "anders", "naar": None})])


def wijzig_drie_tegelijk(adres: Adres, nummer: int, aantal: int | None, map_: Path) -> None:
    """Handelingen of three rows; without `aantal` until somebody kills it."""
    with Werkmap(adres) as werkmap, _noteer(map_) as noteer:
        rijen = list(werkmap.tabel("ambities").index)[:3]
        for i in count() if aantal is None else range(aantal):
            keuze = KEUZE[(nummer + i) % 3]
            nummers = werkmap.besluit([Besluit(a, keuze, f"ronde {i}", f"proces {nummer}") for a in rijen])
            noteer(nummers, [("bestemming", a, {"bestemming": str(keuze), "naar": None}) for a in rijen])


def strijd(adres: Adres, nummer: int, gezien: int, start, map_: Path) -> None:
    """Decide on every row at the same moment as another, both having seen the same; with a row of one's own."""
    keuze = KEUZE[nummer]
    uit = []
    with Werkmap(adres) as werkmap:
        *samen, mijn_a, mijn_b = werkmap.tabel("ambities").index
        eigen = (mijn_a, mijn_b)[nummer]
        for rij in samen:
            start.wait(60)
            try:
                werkmap.besluit(
                    [Besluit(x, keuze, f"om {rij}", f"proces {nummer}") for x in (eigen, rij)], gezien=gezien
                )
                uit.append({"rij": rij, "gelukt": True})
            except ConflictFout as fout:
                (c,) = fout.conflicten
                uit.append(
                    {"rij": rij, "gelukt": False, "object": c.object, "hun": c.hun, "uw": c.uw, "wie": c.wie}
                )
    (map_ / f"{nummer}.json").write_text(json.dumps(uit))


def lees_eigen_bestand(adres: Adres, nummer: int) -> None:
    """Read a file of this process only; the werkmap may not be there yet."""
    with Werkmap(adres, maak=True) as werkmap:
        gelezen = werkmap.bewaar(
            [ambities(f"b{nummer}.xlsx", *(f"tekst {nummer}.{i}" for i in range(20)))], "x"
        ).gelezen
    assert gelezen == 20


def schrijf_tot_de_schijf_vol_is(adres: Path, map_: Path) -> None:
    """Go on until writing fails because files may not grow any more; writes down what the user was told."""
    grens = (adres / "werkmap.sqlite").stat().st_size + 60_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (grens, grens))
    try:
        wijzig_drie_tegelijk(adres, 0, None, map_)
    except WerkmapFout as fout:
        (map_ / "melding.txt").write_text(str(fout))
