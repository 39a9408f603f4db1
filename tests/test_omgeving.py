"""One place for dependencies: what is derived from pyproject.toml says the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NODIG = [Requirement(r) for r in PYPROJECT["dependencies"]]
OM_TE_TESTEN = [Requirement(r) for r in PYPROJECT["optional-dependencies"]["test"]]


def slot(naam: str) -> dict[str, tuple[Version, str]]:
    """Locked packages: normalised name -> (version, the whole entry with its hashes)."""
    tekst = (PROJECT / "requirements" / f"{naam}.txt").read_text(encoding="utf-8")
    blokken = re.split(
        r"\n(?=[A-Za-z0-9])", "\n" + "\n".join(r for r in tekst.splitlines() if not r.startswith("#"))
    )
    uit = {}
    for blok in filter(str.strip, blokken):
        gevonden = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", blok.strip())
        assert gevonden, blok[:80]
        uit[canonicalize_name(gevonden[1])] = (Version(gevonden[2]), blok)
    return uit


@pytest.mark.parametrize(("bestand", "eisen"), [("gebruik", NODIG), ("test", [*NODIG, *OM_TE_TESTEN])])
def test_het_slot_heeft_elke_afhankelijkheid_in_een_versie_die_mag(bestand, eisen):
    vast = slot(bestand)
    for eis in eisen:
        naam = canonicalize_name(eis.name)
        assert naam in vast, f"{eis} ontbreekt in {bestand}.txt"
        assert eis.specifier.contains(vast[naam][0]), f"{naam} {vast[naam][0]} past niet bij {eis}"


@pytest.mark.parametrize("bestand", ["gebruik", "test"])
def test_elk_pakket_in_het_slot_heeft_een_controlegetal(bestand):
    vast = slot(bestand)
    assert len(vast) > len(NODIG)
    assert not [naam for naam, (_, blok) in vast.items() if "--hash=sha256:" not in blok]


def test_gebruik_en_test_noemen_dezelfde_versies():
    gebruik, test = slot("gebruik"), slot("test")
    assert {n: v for n, (v, _) in gebruik.items()} == {n: test[n][0] for n in gebruik}


def test_conda_volgt_pyproject():
    omgeving = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))
    assert omgeving["name"] == PYPROJECT["name"]
    los = [d for d in omgeving["dependencies"] if isinstance(d, str)]
    (pip,) = [d["pip"] for d in omgeving["dependencies"] if isinstance(d, dict)]
    assert pip == ["-e ."]
    python = [d for d in los if d.startswith("python")]
    assert [d.removeprefix("python") for d in python] == [PYPROJECT["requires-python"]]
    # pip and python only: every other version stands in pyproject.toml
    assert sorted(set(los) - set(python)) == ["pip"]


def test_elke_eis_heeft_een_ondergrens_en_staat_er_een_keer():
    namen = [canonicalize_name(r.name) for r in [*NODIG, *OM_TE_TESTEN]]
    assert len(set(namen)) == len(namen)
    for eis in [*NODIG, *OM_TE_TESTEN]:
        assert any(s.operator in (">=", "==", "~=") for s in eis.specifier), eis
