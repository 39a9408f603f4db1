"""A calculation elsewhere gives what it would give here, errors included, and does not inherit -OO."""

from __future__ import annotations

import operator
import os
import subprocess
import sys

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
