"""A calculation elsewhere gives what it would give here, errors included, and does not inherit -OO."""

from __future__ import annotations

import operator
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from opgavelib.toepassing.kind import in_kind


def test_het_antwoord_komt_uit_een_ander_proces():
    assert in_kind(os.getpid).result(30) != os.getpid()
    assert in_kind(operator.add, [1], [2]).result(30) == [1, 2]


def test_een_fout_in_het_kind_is_een_fout_hier():
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        in_kind(operator.truediv, 1, 0).result(30)


def test_een_kind_dat_sterft_laat_niemand_wachten():
    with pytest.raises(subprocess.CalledProcessError, match="exit status 3"):
        in_kind(os._exit, 3).result(30)


def test_wat_een_berekening_afdrukt_komt_niet_in_het_antwoord():
    assert in_kind(print, "hallo").result(30) is None


@pytest.fixture
def _vindbaar(monkeypatch):
    """The child must find the functions of this file."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


def _tel(tot: int, meld) -> int:
    for n in range(tot):
        if not meld(n):
            return n
        time.sleep(0.01)
    return tot


@pytest.mark.usefixtures("_vindbaar")
def test_berichten_komen_onderweg_en_stoppen_geeft_het_beste_tot_dan_toe():
    gehoord: list[int] = []
    assert in_kind(_tel, 3, bij_bericht=gehoord.append).result(30) == 3
    assert gehoord == [0, 1, 2]

    taak = in_kind(_tel, 100_000, bij_bericht=lambda n: n >= 5 and taak.stop())
    assert 5 <= taak.result(30) < 100_000


@pytest.mark.usefixtures("_vindbaar")
def test_afbreken_eindigt_het_kind_meteen():
    begonnen = threading.Event()
    taak = in_kind(_tel, 100_000, bij_bericht=lambda _n: begonnen.set())
    assert begonnen.wait(30)
    taak.breek_af()
    with pytest.raises(subprocess.CalledProcessError, match=r"SIGKILL|exit status"):
        taak.result(30)


def test_een_zuinige_kernel_geeft_zijn_zuinigheid_niet_door():
    code = (
        "import sys; from opgavelib.toepassing.kind import in_kind; "
        "print(sys.flags.optimize, in_kind(eval, '__import__(\"sys\").flags.optimize').result(30))"
    )
    uit = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONOPTIMIZE": "2"},
    )  # fmt: skip
    assert uit.stdout.split() == ["2", "0"]
