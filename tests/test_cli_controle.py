"""`opgave controle` on a small municipality in real files: clean, and with one error planted at a time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import lees_in

# Per file and sheet its rows from Excel row 1 on. A column that ends in * gets a total in the last row.
GEMEENTE = {
    "begroting.xlsx": {
        "Begroting": [
            ["Jaar", "Taakveld", "Omschrijving", "Team", "Lasten*", "Baten*", "Salarissen*", "Sturing",
             "Aandeel opgave", "Structureel"],
            [2027, "2.1", "Wegen en straten", "Wonen", 1_200_000, 50_000, 400_000, "lean", None, "ja"],
            [2027, "8.3", "Woningbouw versnellen", "Wonen", 600_000, 100_000, 400_000, "opgave", "100%", "nee"],
            [2027, "6.3", "Bijstand", "Zorg", 1_500_000, 900_000, 300_000, "lean", None, "ja"],
            [2027, "6.1", "Buurtwerk", "Zorg", 500_000, 0, 340_000, None, "50%", "ja"],
            [2027, "0.4", "Overhead", "Bedrijf", 700_000, 0, 400_000, "lean", None, "ja"],
            [2027, "0.7", "Gemeentefonds", "Bedrijf", 0, 3_250_000, 0, "lean", None, "ja"],
            [2027, "8.3", "Leges bouwen", "Wonen", 60_000, 60_000, 0, "lean", None, "ja"],
            [2027, "0.10", "Reserves", None, 100_000, 300_000, 0, None, None, "nee"],
        ]
    },
    "teams.xlsx": {
        "Formatie": [
            ["Team", "Teamleider", "Domein", "Fte*", "Uren per fte", "Uren regulier", "Deskundigheden",
             "Vacatures"],
            ["Wonen", "Anouk", "fysiek", 10, 1400, 10_500, "planner; jurist", 0.5],
            ["Zorg", "Bas", "sociaal", 8, 1400, 8_400, "beleid", None],
            ["Bedrijf", "Chris", "bedrijfsvoering", 5, 1400, 5_600, "inkoop", None],
            ["Griffie", "Dina", "bedrijfsvoering", 2, 1400, 2_800, "advies", 0.5],
        ]
    },
    "opgaven.xlsx": {
        "Opgaven": [
            ["Code", "Opgave", "Domein", "Bestuurlijk opdrachtgever", "Ambtelijk opdrachtgever", "Opdrachtnemer",
             "Prioriteit"],
            ["O01", "Sneller bouwen", "fysiek", "Eva", "Finn", "Gijs", "nu"],
            ["O02", "Zorg dichtbij", "sociaal", "Hugo", "Finn", "Iris", "later"],
        ],
        "Activiteiten": [
            ["Code", "Activiteit", "Opgave", "Fase", "Start", "Eind"],
            ["A01", "Flexwoningen", "O01", "uitvoering", "2027K1", "2027K4"],
            ["A02", "Buurtteams", "O02", "voorbereiding", "2027K1", "2027K4"],
        ],
        "Uren": [
            ["Activiteit", "Team", "Kwartaal", "Gevraagde uren*", "Toegezegde uren*", "Status", "Deskundigheid"],
            ["A01", "Wonen", "2027K1", 300, 300, "toegezegd", "planner"],
            ["A01", "Wonen", "2027K2", 300, None, "gevraagd", "planner"],
            ["A01", "Bedrijf", "2027K2", 100, None, "gevraagd", None],
            ["A02", "Zorg", "2027K1", 400, 400, "toegezegd", "beleid"],
            ["A02", "Zorg", "2027K2", 400, None, "gevraagd", "beleid"],
        ],
    },
    "akkoord.xlsx": {
        "Akkoord": [["Nr", "Afspraak"], [1, "Bouw sneller"], [2, "Meer bouwen"], [3, "Zorg dichtbij"]],
    },
}  # fmt: skip


def schrijf(map_: Path, bestand: str, bladen: dict, totalen: dict | None = None) -> Path:
    """A workbook with, per sheet, the sum under the columns that end in *; `totalen` says another sum."""
    boek = Workbook()
    boek.remove(boek.active)
    for naam, (kop, *rijen) in bladen.items():
        blad = boek.create_sheet(naam)
        blad.append([k.rstrip("*") for k in kop])
        for rij in rijen:
            blad.append(rij)
        som = [sum(r[i] or 0 for r in rijen) if k.endswith("*") else None for i, k in enumerate(kop)]
        if any(s is not None for s in som):
            anders = {kop.index(k): w for k, w in (totalen or {}).items() if k in kop}
            blad.append(["Totaal", *(anders.get(i, s) for i, s in enumerate(som) if i)])
    boek.save(map_ / bestand)
    return map_ / bestand


@pytest.fixture(scope="module")
def gemeente(tmp_path_factory, een_leesproces_voor_alles) -> Path:
    """The clean werkmap, read once; only for copying."""
    map_ = tmp_path_factory.mktemp("gemeente")
    lees_in(map_ / "w", [schrijf(map_, naam, bladen) for naam, bladen in GEMEENTE.items()], wie="Noor")
    with Werkmap(map_ / "w") as werkmap:
        een, twee, _ = werkmap.tabel("ambities").index
        werkmap.besluit(Besluit(een, Bestemming.OPGAVE, "hoort erbij", "Noor", naar="O01"))
        werkmap.besluit(Besluit(twee, Bestemming.SAMENGEVOEGD, "zegt hetzelfde", "Noor", naar=een))
    return map_ / "w"


@pytest.fixture
def controleer(gemeente, tmp_path, opgave):
    """``controleer()`` gives (exit code, what is not good by code) of a copy, after `plant` changed it."""

    def _controleer(plant=lambda _map, _werkmap: None):
        werkmap = Path(shutil.copytree(gemeente, tmp_path / "w"))
        plant(tmp_path, werkmap)
        code, uit, fout = opgave("controle", "--werkmap", werkmap, "--json")
        assert fout == ""
        document = json.loads(uit)
        assert document["akkoord"] is (code == 0)
        assert all(c["akkoord"] is (c["ernst"] != "fout") for c in document["controles"])
        return code, {c["code"]: c for c in document["controles"] if c["ernst"] != "goed"}

    return _controleer


def test_in_de_schone_gemeente_is_alles_akkoord(controleer):
    code, niet_goed = controleer()
    assert code == 0
    assert {c: r["ernst"] for c, r in niet_goed.items()} == {"iv3": "niet te controleren"}


def test_voor_mensen_staat_wat_fout_is_bovenaan_met_bestand_blad_en_rij(gemeente, tmp_path, opgave):
    werkmap = Path(shutil.copytree(gemeente, tmp_path / "w"))
    code, uit, _ = opgave("controle", "--werkmap", werkmap)
    assert (code, uit.splitlines()[0].split(";")[0]) == (0, "49 van de 50 controles zijn goed")
    with Werkmap(werkmap) as w:
        vraag = {"activiteit": "A01", "team": "Onbekend", "kwartaal": "2027K3", "uren_gevraagd": 8.0}
        w.contracten.vraag_aan([vraag], "Noor")
    code, uit, _ = opgave("controle", "--werkmap", werkmap)
    kop, _, eerste, waarom, plek, *_, laatste = uit.splitlines()
    assert code == 1
    assert kop == "48 van de 50 controles zijn goed; 1 is fout en 1 is niet te controleren."
    assert eerste == "■ fout  Capaciteit: Elk team waaraan uren zijn gevraagd, staat in de formatie"
    assert waarom.strip().startswith("Niet in de formatie: Onbekend; daaraan is 8 uur gevraagd. Schrijf het team")
    assert plek.strip() == "- op het scherm gemaakt: A01, team Onbekend, 2027K3"
    assert laatste.startswith("● goed  Inventarisatie: ")


# Per planted error: file and sheet; which cell (Excel row, column) becomes what, or which row is copied, or which
# total is stated; the controle that finds it, and those that follow because figures are no other way. Each costs a
# reading; tests/domein/test_controle.py has those of the others.
GEPLANT = {
    "een last hoger dan het totaal telt": (
        "begroting.xlsx", "Begroting", {("totaal", "Lasten*"): 4_650_000}, "lasten-totaal", ()),
    "een regel zonder team": ("begroting.xlsx", "Begroting", {(8, "Team"): None}, "regel-team", ()),
    "een team dat niet in de formatie staat": (
        "begroting.xlsx", "Begroting", {(7, "Team"): "Bedrijfs"}, "begroting-team-formatie", ()),
    "een taakveld van een ander jaar": (
        "begroting.xlsx", "Begroting", {(4, "Taakveld"): "6.2"}, "taakveld-jaar", ()),
    "een dubbele regel": ("begroting.xlsx", "Begroting", {"dubbel": 8}, "dubbele-regel", ()),
    "een team zonder teamleider": ("teams.xlsx", "Formatie", {(5, "Teamleider"): None}, "teamleider", ()),
    "fte die niet optellen": ("teams.xlsx", "Formatie", {("totaal", "Fte*"): 26}, "fte-totaal", ()),
    "meer gevraagd dan er ruimte is": (
        "opgaven.xlsx", "Uren", {(3, "Gevraagde uren*"): 900}, "gevraagd-past", ()),
    "meer toegezegd dan er ruimte is": (  # wat is toegezegd, is ook gevraagd
        "opgaven.xlsx", "Uren", {(2, "Gevraagde uren*"): 900, (2, "Toegezegde uren*"): 900}, "toegezegd-past",
        ("gevraagd-past",)),
    "dezelfde uren twee keer toegezegd": (  # en dus ook twee keer gevraagd
        "opgaven.xlsx", "Uren", {"dubbel": 2}, "dubbel-toegezegd", ("dubbel-gevraagd",)),
    "uren aan een team dat er niet is": ("opgaven.xlsx", "Uren", {(4, "Team"): "Inhuur"}, "inzet-team", ()),
    "uren na het einde": ("opgaven.xlsx", "Uren", {(4, "Kwartaal"): "2028K1"}, "inzet-periode", ()),
    "een vakgebied dat het team niet heeft": (
        "opgaven.xlsx", "Uren", {(6, "Deskundigheid"): "planner"}, "deskundigheid", ()),
    "een activiteit onder een opgave die er niet is": (
        "opgaven.xlsx", "Activiteiten", {(3, "Opgave"): "O99"}, "activiteit-opgave", ()),
}  # fmt: skip


@pytest.mark.parametrize("wat", GEPLANT)
def test_elke_geplante_fout_heeft_haar_controle(controleer, wat):
    bestand, blad, wijziging, verwacht, volgt = GEPLANT[wat]

    def plant(map_, werkmap):
        bladen = {naam: [list(rij) for rij in rijen] for naam, rijen in GEMEENTE[bestand].items()}
        kop = bladen[blad][0]
        totalen = {k[1]: w for k, w in wijziging.items() if k[0] == "totaal"}
        for plek, waarde in wijziging.items():
            if plek == "dubbel":
                bladen[blad].append(bladen[blad][waarde - 1])
            elif plek[0] != "totaal":
                bladen[blad][plek[0] - 1][kop.index(plek[1])] = waarde
        lees_in(werkmap, [schrijf(map_, bestand, bladen, totalen)], wie="Noor")

    code, niet_goed = controleer(plant)
    assert set(niet_goed) - {"iv3"} == {verwacht, *volgt}
    gevonden = niet_goed[verwacht]
    assert (code, gevonden["akkoord"], gevonden["ernst"]) == (1, False, "fout")
    assert {(p["bestand"], p["blad"]) for p in gevonden["rijen"]} == {(bestand, blad)}
    rij = next(p if p == "dubbel" else p[0] for p in wijziging)
    nummers = [p["rij"] for p in gevonden["rijen"]]
    if rij == "totaal":
        assert nummers == [None]
    elif rij == "dubbel":
        assert nummers == [wijziging["dubbel"], len(GEMEENTE[bestand][blad]) + 1]
    else:
        assert rij in nummers
        assert len(nummers) == gevonden["aantal"]
