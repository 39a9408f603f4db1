"""The documentation says what the code does: names, commands, links and versions are compared."""

from __future__ import annotations

import argparse
import importlib
import re
import tomllib
from pathlib import Path

import pytest
import yaml

import opgavelib
from opgavelib import woordenboek
from opgavelib.argumenten import maak_parser
from opgavelib.domein.begrippen import Bestemming, Soort, Werkwijze
from opgavelib.fouten import Ernst
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand

PROJECT = Path(__file__).resolve().parents[1]
PAKKET = PROJECT / "opgavelib"
DOCUMENTEN = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), PROJECT / "data/voorbeeld/README.md"])
KOP_BEGRIPPEN = ["begrip", "betekenis", "in de code", "niet gebruiken", "bron"]
KOP_ACHTERVOEGSELS = ["achtervoegsel", "betekenis", "vorm", "voorbeeld"]


def lees(naam: str) -> str:
    return (PROJECT / naam).read_text(encoding="utf-8")


def versie() -> str:
    return tomllib.loads(lees("pyproject.toml"))["project"]["version"]


def modules() -> set[str]:
    """All packages and modules of opgavelib but __init__ and __main__, as dotted names."""
    uit = set()
    for pad in PAKKET.rglob("*.py"):
        delen = pad.relative_to(PROJECT).with_suffix("").parts
        if delen[-1] == "__init__":
            delen = delen[:-1]
        if delen[-1] != "__main__":
            uit.add(".".join(delen))
    return uit - {"opgavelib"}


def code_in(tekst: str) -> list[str]:
    """Every piece of code of a Markdown text: inline spans, fenced lines and indented lines."""
    stukken, in_blok = [], False
    for regel in tekst.splitlines():
        if regel.lstrip().startswith("```"):
            in_blok = not in_blok
        elif in_blok or regel.startswith("    "):
            stukken.append(regel.strip())
        else:
            stukken += re.findall(r"`([^`]+)`", regel)
    return stukken


def tabellen_in(tekst: str) -> list[list[list[str]]]:
    """Markdown tables as lists of rows of cells, the separator line left out."""
    tabellen, huidige = [], []
    for regel in [*tekst.splitlines(), ""]:
        if regel.startswith("|"):
            cellen = [c.strip() for c in regel.strip().strip("|").split("|")]
            if not all(re.fullmatch(r":?-+:?", c) for c in cellen):
                huidige.append(cellen)
        elif huidige:
            tabellen.append(huidige)
            huidige = []
    return tabellen


def opdrachten() -> dict[str, argparse.ArgumentParser]:
    parser = maak_parser()
    onder = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(onder.choices)


# -- ARCHITECTURE.md ------------------------------------------------------------------------------------


def test_architecture_noemt_alleen_wat_bestaat():
    genoemd = set(re.findall(r"\bopgavelib(?:\.[a-z_][a-z_0-9]*)+", lees("ARCHITECTURE.md")))
    assert genoemd - modules() == set()


def test_architecture_noemt_alle_modules():
    genoemd = set(re.findall(r"\bopgavelib(?:\.[a-z_][a-z_0-9]*)+", lees("ARCHITECTURE.md")))
    assert modules() - genoemd == set(), "deze modules staan niet in ARCHITECTURE.md"


def test_architecture_noemt_alle_tabellen_van_het_woordenboek():
    eerste_kolom = {rij[0].strip("`") for tabel in tabellen_in(lees("ARCHITECTURE.md")) for rij in tabel}
    assert set(woordenboek.TABELLEN) <= eerste_kolom
    assert {p.stem for p in (PROJECT / "data/schema").glob("*.csv")} == set(woordenboek.TABELLEN)


def test_elke_kolom_van_het_woordenboek_heeft_een_omschrijving_en_een_bron():
    kolommen = [(naam, k) for naam in woordenboek.TABELLEN for k in woordenboek.tabel(naam).values()]
    assert [(naam, k.kolom) for naam, k in kolommen if not k.omschrijving or not k.bron] == []


# -- BEGRIPPEN.md ---------------------------------------------------------------------------------------


def test_begrippen_hebben_alle_kolommen():
    tabellen = tabellen_in(lees("BEGRIPPEN.md"))
    assert [t[0] for t in tabellen[:-1]] == [KOP_BEGRIPPEN] * (len(tabellen) - 1)
    assert tabellen[-1][0] == KOP_ACHTERVOEGSELS
    assert len(tabellen) > 1
    scheef = [rij for t in tabellen for rij in t if len(rij) != len(t[0]) or not all(rij)]
    assert scheef == []


def test_elk_begrip_staat_er_een_keer():
    begrippen = [rij[0] for t in tabellen_in(lees("BEGRIPPEN.md"))[:-1] for rij in t[1:]]
    assert len(begrippen) == len(set(begrippen))


@pytest.mark.parametrize("lijst", [Bestemming, Soort, Werkwijze, Ernst])
def test_gesloten_lijsten_staan_in_begrippen(lijst):
    tekst = lees("BEGRIPPEN.md")
    assert [w.value for w in lijst if w.value not in tekst] == []


def test_namen_in_de_kolom_in_de_code_bestaan():
    mis = []
    for tabel in tabellen_in(lees("BEGRIPPEN.md"))[:-1]:
        for naam in (n for rij in tabel[1:] for n in re.findall(r"`([\w.]+)`", rij[2])):
            eerste, *rest = naam.split(".")
            basis = {"Werkmap": Werkmap, "Stand": Stand}.get(eerste)
            if basis is not None:
                mis += [] if all(hasattr(basis, r) for r in rest) else [naam]
            elif rest and f"opgavelib.{eerste}" in modules() and not _bestaat(naam):
                mis.append(naam)
    assert mis == []


def _bestaat(naam: str) -> bool:
    """Whether `naam`, relative to opgavelib, is a module or something in one."""
    if f"opgavelib.{naam}" in modules():
        return True
    module, _, ding = naam.rpartition(".")
    return f"opgavelib.{module}" in modules() and hasattr(importlib.import_module(f"opgavelib.{module}"), ding)


# -- links, commands ------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTEN, ids=lambda p: str(p.relative_to(PROJECT)))
def test_verwijzingen_binnen_het_project_kloppen(document):
    doelen = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    lokaal = [d.partition("#")[0] for d in doelen if not re.match(r"[a-z]+:|#", d)]
    assert [d for d in lokaal if not (document.parent / d).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTEN, ids=lambda p: str(p.relative_to(PROJECT)))
def test_genoemde_opdrachten_bestaan(document):
    bestaand, mis = opdrachten(), []
    for stuk in code_in(document.read_text(encoding="utf-8")):
        delen = re.sub(r"^\S*[/\\](?=opgave\b)", "", stuk).split()
        if len(delen) < 2 or delen[0] != "opgave" or delen[1].startswith("-"):
            continue
        parser = bestaand.get(delen[1])
        opties = {w.partition("=")[0] for w in delen[2:] if w.startswith("--")}
        if parser is None or opties - set(parser._option_string_actions):
            mis.append(stuk)
    assert mis == []


def test_handleiding_noemt_elke_opdracht():
    tekst = lees("docs/handleiding.md")
    assert [o for o in opdrachten() if f"opgave {o}" not in tekst] == []


def test_handleiding_noemt_elke_soort_en_wat_verplicht_is():
    tekst = lees("docs/handleiding.md")
    assert [s.value for s in Soort if f"(`{s.value}`)" not in tekst] == []
    assert "../data/schema" in tekst


@pytest.mark.parametrize("document", DOCUMENTEN, ids=lambda p: str(p.relative_to(PROJECT)))
def test_genoemde_make_doelen_bestaan(document):
    doelen = set(re.findall(r"^([a-z]+):", lees("Makefile"), re.MULTILINE))
    genoemd = set()
    for stuk in code_in(document.read_text(encoding="utf-8")):
        if re.match(r"make\b", stuk):
            genoemd |= {w for w in stuk.partition("#")[0].split()[1:] if "=" not in w}
    assert genoemd - doelen == set()


# -- versions -------------------------------------------------------------------------------------------


def test_versie_is_overal_dezelfde():
    assert opgavelib.__version__ == versie()
    assert yaml.safe_load(lees("publiccode.yml"))["softwareVersion"] == versie()


def test_changelog_heeft_de_versie():
    assert re.search(rf"^## \[{re.escape(versie())}\] - \d{{4}}-\d\d-\d\d$", lees("CHANGELOG.md"), re.MULTILINE)


def test_publiccode_voldoet_aan_de_standaard():
    d = yaml.safe_load(lees("publiccode.yml"))
    verplicht = {"publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories", "softwareType",
                 "developmentStatus", "description", "legal", "maintenance", "localisation"}  # fmt: skip
    assert verplicht <= d.keys()
    assert d["legal"]["license"] == tomllib.loads(lees("pyproject.toml"))["project"]["license"]
    tekst = d["description"]["nl"]
    assert len(tekst["shortDescription"]) <= 150
    assert 150 <= len(tekst["longDescription"]) <= 10_000
    assert tekst["features"]


def test_licentie_is_de_volledige_tekst():
    tekst = lees("LICENSE")
    assert tekst.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "Appendix" in tekst
    assert len(tekst) > 13_000
