"""From a figure to the rows of the files: what is under it adds up to it, and every row says where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from opgavelib.opslag import Werkmap
from opgavelib.paden import map_van
from opgavelib.toepassing import Stand, herkomst

EURO = ("lasten_eur", "lean_eur", "opgave_eur", "onbekend_eur")


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap)


@pytest.mark.parametrize("overhead", ["meetellen", "eigen regel", "verdelen"])
@pytest.mark.parametrize("op", ["team", "teamleider", "domein", "programma", "taakveld", "structureel"])
def test_regels_onder_elke_rij_tellen_op_tot_die_rij(stand, op, overhead):
    uit = stand.geld.bereken(replace(stand.geld.norm, overhead=overhead))
    for rij, tabel in uit.snede(op).iterrows():
        onder = herkomst.geld(stand, uit, op, rij)
        assert [int(onder.rijen[k].sum()) for k in EURO] == [int(tabel[k]) for k in EURO], rij
        assert onder.rijen[["bestand", "blad", "rij"]].notna().all(axis=None)


def test_rij_van_een_regel_is_die_van_het_bestand(stand):
    """Row by row in the file itself: the line stands where it says."""
    pad = map_van("data/voorbeeld") / "begroting_meerwoude_2027.xlsx"
    boek = load_workbook(pad, read_only=True, data_only=True)
    onder = herkomst.geld(stand, stand.begroting, "team", "Samenleving")
    for r in onder.rijen.itertuples():
        assert r.bestand == "begroting_meerwoude_2027.xlsx"
        rij = [c.value for c in next(boek[r.blad].iter_rows(min_row=int(r.rij), max_row=int(r.rij)))]
        assert rij[2] == r.omschrijving
        assert rij[7] * 1000 == r.lasten_eur


def test_onbekende_rij_is_geen_lege_lijst(stand):
    with pytest.raises(KeyError, match="Team Onzin"):
        herkomst.geld(stand, stand.begroting, "team", "Team Onzin")


@pytest.mark.parametrize("maat", ["lasten", "baten", "salarissen"])
def test_regels_onder_een_totaal_van_het_bestand(stand, maat):
    aansluiting = stand.begroting.aansluiting.set_index("regel")
    uit = herkomst.van_totaal(stand, f"totaal {maat}")
    assert uit.rijen[uit.kolom].sum() == aansluiting.loc[f"totaal {maat}", "gevonden_eur"]
    assert uit.titel == f"Totaal {maat}"
    assert herkomst.van_totaal(stand, "totaal appels") is None
    assert herkomst.van_totaal(stand, f"{maat} een ander bestand") is None


def test_regels_van_een_taakveld(stand):
    uit = herkomst.van_taakveld(stand, "6.1", "lasten_eur")
    regels = stand.tabel("begroting")
    assert uit.rijen["lasten_eur"].sum() == regels.loc[regels["taakveld"] == "6.1", "lasten_eur"].sum()
    assert uit.titel == "Taakveld 6.1 Samenkracht en burgerparticipatie"
    assert herkomst.van_taakveld(stand, "99.9", "lasten_eur") is None


def test_uren_komen_uit_de_formatie_en_zeggen_van_wie_de_uren_per_fte_zijn(stand):
    teams = stand.geld.lean_opgave.teams
    sociaal = list(teams.index[teams["domein"] == "sociaal"])
    uit = herkomst.formatie(stand, sociaal)
    per_domein = stand.geld.lean_opgave.domeinen.loc["sociaal"]
    for maat in ("lean_uren", "opgave_uren"):
        assert uit.rijen[maat].sum() == pytest.approx(per_domein[maat])
    rekent = uit.rijen["fte"] * uit.rijen["uren_per_fte"]
    assert rekent.to_list() == pytest.approx(uit.rijen["beschikbaar_uren"].to_list())
    eigen = stand.tabel("teams")["uren_per_fte"].reindex(uit.rijen.index).notna()
    assert (uit.rijen["uren_per_fte_van"] == "team").to_list() == eigen.to_list()
    assert uit.zin.startswith("De uren zijn afgeleid van de formatie")
    assert herkomst.formatie(stand, []).rijen.empty


def test_aanvragen_onder_elk_vak_tellen_op_tot_de_balans(stand):
    for (team, kwartaal), r in stand.capaciteit.tabel.iterrows():
        rijen = herkomst.inzet(stand, team, kwartaal).rijen
        telt = rijen[rijen["status"] != "afgewezen"]
        assert telt["uren_gevraagd"].sum() == pytest.approx(r["gevraagd_uren"])
        assert telt["uren_toegezegd"].sum() == pytest.approx(r["toegezegd_uren"])


def test_wat_op_het_scherm_is_gevraagd_zegt_dat(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        vraag = {"activiteit": "A01", "team": "Samenleving", "kwartaal": "2027K1", "uren_gevraagd": 12.0}
        werkmap.contracten.vraag_aan([vraag], "Anja")
        rijen = herkomst.inzet(Stand(werkmap), "Samenleving", "2027K1").rijen
    assert rijen.loc["AV-001", ["bestand", "uren_gevraagd"]].to_list() == [herkomst.OP_SCHERM, 12.0]
