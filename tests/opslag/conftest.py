"""A werkmap on SQLite and on PostgreSQL; the server is real and comes from a wheel."""

from __future__ import annotations

import itertools

import pytest

from opgavelib.opslag import Werkmap

from .pgserver import PgServer

_nummer = itertools.count(1)
SOORTEN = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def server():
    """One PostgreSQL server per test process, with a template of an empty werkmap."""
    s = PgServer(veilig=False)
    try:
        s.doe("CREATE DATABASE leeg")
        with pytest.MonkeyPatch.context() as m:
            m.setenv("OPGAVE_LOG", str(s.map / "log.jsonl"))
            Werkmap(s.url("leeg"), maak=True).sluit()
        yield s
    finally:
        s.stop()


@pytest.fixture
def database(server, tmp_path, monkeypatch):
    """``database()`` gives the URL of a new database; ``database("leeg")`` of one with an empty werkmap."""
    # Not in the log of who runs the tests.
    monkeypatch.setenv("OPGAVE_LOG", str(tmp_path / "logboek.jsonl"))
    gemaakt = []

    def maak(voorbeeld: str = "template1"):
        naam = f"proef{next(_nummer)}"
        server.doe(f"CREATE DATABASE {naam} TEMPLATE {voorbeeld}")
        gemaakt.append(naam)
        return server.url(naam)

    yield maak
    for naam in gemaakt:
        server.doe(f"DROP DATABASE {naam} WITH (FORCE)")


@pytest.fixture(params=SOORTEN)
def nieuw(request, tmp_path):
    """``nieuw()`` gives the address of a new empty werkmap, in a folder and in a database."""
    if request.param == "postgresql":
        database = request.getfixturevalue("database")
        return lambda: database("leeg")

    def maak():
        map_ = tmp_path / f"werkmap{next(_nummer)}"
        Werkmap(map_, maak=True).sluit()
        return map_

    return maak
