"""The answers over one moment of a werkmap: they agree with each other and with what was read."""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import parameters
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import InvoerFout, WerkmapFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, lees_in, maak_voorbeeld


@pytest.fixture
def stand(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap)


def test_trechter_telt_op_tot_de_bronrijen(stand):
    assert stand.trechter.to_numpy().sum() == len(stand.ambities) == sum(stand.spoor.aantallen.values())
    assert stand.trechter.sum().to_dict() == dict(stand.spoor.aantallen)
    assert set(stand.trechter.index) == {"coalitieakkoord", "begroting", "top5"}


def test_kandidaten_zijn_wat_nog_gekozen_kan_worden(stand):
    assert set(stand.kandidaten["bestemming"]) == {"open", "opgave"}
    aantallen = stand.spoor.aantallen
    assert len(stand.kandidaten) == aantallen["open"] + aantallen["opgave"]
    assert list(stand.scorekaart.gemiddeld.index) == list(stand.kandidaten.index)


def test_een_stand_blijft_bij_zijn_moment_en_een_nieuwe_ziet_het_besluit(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        eerst = Stand(werkmap)
        open_ = eerst.kandidaten.index[0]
        werkmap.besluit(Besluit(open_, Bestemming.AFGEWEZEN, "te duur", "Noor"))
        daarna = Stand(werkmap)
        assert daarna.versie == eerst.versie + 1
        assert open_ in eerst.kandidaten.index
        assert open_ not in daarna.kandidaten.index
        assert daarna.spoor.aantallen["afgewezen"] == eerst.spoor.aantallen["afgewezen"] + 1
        assert open_ not in daarna.shortlist().tabel.index


def test_andere_gewichten_gelden_alleen_voor_dat_antwoord(stand):
    standaard = {c.criterium: c.gewicht for c in parameters.criteria()}
    voor = stand.shortlist()
    assert voor.parameters["gewichten"] == pytest.approx(
        {c: g / sum(standaard.values()) for c, g in standaard.items()}
    )
    kort = stand.shortlist(gewichten=dict.fromkeys(standaard, 0) | {"urgentie": 7})
    assert kort.parameters["gewichten"] == dict.fromkeys(standaard, 0.0) | {"urgentie": 1.0}
    urgentie = stand.scorekaart.gemiddeld["urgentie"].reindex(kort.gekozen.index)
    assert urgentie.is_monotonic_decreasing
    pd.testing.assert_frame_equal(stand.shortlist().tabel, voor.tabel)


def test_ruimte_is_het_aanbod_zonder_lean_en_organisatieprojecten(stand):
    jaren = 2  # planperiode 2027K1 - 2028K4
    inzet = stand.tabel("inzet")
    soort = stand.tabel("activiteiten")["soort"]
    vast = inzet[(inzet["activiteit"].map(soort) == "organisatieproject") & (inzet["status"] != "afgewezen")]
    per_team = vast.groupby("team")["uren_gevraagd"].sum()
    assert len(vast)
    # By hand: 1 vacancy of 330 hours up to and including the 2nd or 3rd quarter, and 2% absence in 8 quarters.
    minder = {"Openbare Ruimte": 2 * 330, "Werk en Inkomen": 3 * 330, "Vergunningen en Handhaving": 0.02 * 8 * 9350}
    for team, ruimte in stand.werk.ruimte_uren.items():
        a = stand.werk.aanbod.loc[team]
        verwacht = jaren * (a["beschikbaar_uren"] - a["lean_uren"]) - per_team.get(team, 0.0) - minder.get(team, 0)
        assert ruimte == pytest.approx(max(verwacht, 0))


def test_projecten_dragen_hun_opgave_en_hun_uren(stand):
    projecten, inzet = stand.projecten, stand.tabel("inzet")
    assert len(projecten) == len(stand.tabel("activiteiten")) == 70
    assert (projecten["soort"] == "organisatieproject").sum() == 20
    activiteiten = projecten[projecten["soort"] == "activiteit"]
    assert activiteiten["opgave_titel"].notna().all()
    gevraagd = inzet[inzet["status"] != "afgewezen"]["uren_gevraagd"].sum()
    assert projecten["uren"].sum() == pytest.approx(gevraagd)


def test_elke_verwijzing_in_het_voorbeeld_komt_aan(stand):
    ambities, opgaven, teams = (set(stand.tabel(t).index) for t in ("ambities", "opgaven", "teams"))
    assert len(opgaven) == 19
    assert set(stand.tabel("activiteiten")["opgave"].dropna()) <= opgaven
    assert set(stand.tabel("inzet")["activiteit"]) <= set(stand.tabel("activiteiten").index)
    for tabel in ("inzet", "ambities", "begroting"):
        assert set(stand.tabel(tabel)["team"].dropna()) <= teams, tabel
    assert set(stand.tabel("scores")["ambitie"]) <= ambities
    assert set(stand.tabel("stemmen")["ambitie"]) <= ambities
    assert len(stand.tabel("stemmen")) == 30


def test_het_voorbeeld_is_elke_keer_hetzelfde(voorbeeld, tmp_path):
    maak_voorbeeld(tmp_path / "nog een")
    with Werkmap(voorbeeld) as een, Werkmap(tmp_path / "nog een") as ander:
        pd.testing.assert_frame_equal(Stand(een).shortlist().tabel, Stand(ander).shortlist().tabel)
        pd.testing.assert_frame_equal(een.spoor().tabel, ander.spoor().tabel)


def test_een_half_voorbeeld_blijft_niet_staan(tmp_path, monkeypatch):
    from opgavelib.toepassing import voorbeeld

    def breek(_):
        raise WerkmapFout("stroomstoring")

    monkeypatch.setattr(voorbeeld, "_besluiten", breek)
    with pytest.raises(WerkmapFout, match="stroomstoring"):
        maak_voorbeeld(tmp_path / "w")
    assert not list((tmp_path / "w").rglob("*"))


def test_lees_in_geeft_ook_de_bevindingen_van_de_poort_als_het_bewaren_wordt_geweigerd(tmp_path, boek):
    akkoord = boek("akkoord.xlsx", Akkoord=[["Nr", "Afspraak"], [1, "We bouwen woningen"]])
    scores = boek("scores.xlsx", Jo=[["Ambitie", "Effect", "Urgentie"], ["Iets anders", 4, 3]])
    with pytest.raises(InvoerFout, match="'Iets anders' staat niet in de werkmap") as info:
        lees_in(tmp_path / "w", [scores, akkoord], wie="Noor")
    assert {b.bestand for b in info.value.bevindingen} == {"akkoord.xlsx", "scores.xlsx"}
    with Werkmap(tmp_path / "w", maak=True) as werkmap:
        assert werkmap.versie() == 0


def test_meer_topprioriteiten_dan_de_norm_is_een_waarschuwing_met_bron(stand, tmp_path):
    nu = int((stand.tabel("opgaven")["prioriteit"] == "nu").sum())
    norm = parameters.parameter("prioritering", "topprioriteiten")
    assert nu > norm.waarde
    assert stand.te_veel_tegelijk.startswith(f"{nu} opgaven hebben prioriteit 'nu'")
    assert norm.bron in stand.te_veel_tegelijk
    with Werkmap(tmp_path, maak=True) as leeg:
        assert Stand(leeg).te_veel_tegelijk == ""


def test_een_eigen_parameter_gaat_voor_en_noemt_zich_zo(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        standaard = Stand(werkmap)
        assert standaard.waarde("prioritering", "opgaven") == 19
        werkmap.zet_parameter("prioritering.opgaven", 7, "Noor", "kleinere gemeente")
        stand = Stand(werkmap)
        assert stand.parameter("prioritering", "opgaven").bron == "Eigen keuze in deze werkmap"
        assert len(stand.shortlist().gekozen) == 7
        werkmap.zet_parameter("prioritering.opgaven", None, "Noor", "terug")
        assert Stand(werkmap).parameter("prioritering", "opgaven") == standaard.parameter("prioritering", "opgaven")


def test_zoeken_let_niet_op_hoofdletters_en_accenten(voorbeeld):
    stand = Stand(Werkmap(voorbeeld))
    gevonden = list(stand.zoek("woning").index)
    assert gevonden
    assert list(stand.zoek("WÓNING").index) == gevonden
    assert stand.zoek("staat nergens").empty


def test_twee_begrotingen_van_een_jaar_worden_bij_de_uitkomst_genoemd(boek, tmp_path):
    rijen = [["Taakveld", "Omschrijving", "Lasten 2027"], ["2.1", "Wegen", 100]]
    for naam, bedrag in (("een.xlsx", 100), ("twee.xlsx", 200)):
        lees_in(tmp_path / "w", [boek(naam, Begroting=[rijen[0], ["2.1", f"Wegen {naam}", bedrag]])], wie="Noor")
    uitkomst = Stand(Werkmap(tmp_path / "w")).begroting
    assert uitkomst.toelichting.startswith("Let op: van 2027 staan er 2 begrotingen in de werkmap (een.xlsx, blad")


def test_een_team_is_dat_van_de_formatie_dat_er_het_meest_op_lijkt(boek, tmp_path):
    formatie = [["Team", "Teamleider", "fte"], ["Zorg", "x", 10], ["Team Zorg", "y", 5], ["Ruimte", "z", 8]]
    lees_in(tmp_path / "w", [boek("teams.xlsx", Formatie=formatie)], wie="Noor")
    stand = Stand(Werkmap(tmp_path / "w"))
    namen = ["Zorg", "Team Zorg", "TEAM  zorg", "ZORG", "team ruimte", "Ruimte ", "Groen"]
    assert [stand.teamnaam(n) for n in namen] == [
        "Zorg", "Team Zorg", "Team Zorg", "Zorg", "Ruimte", "Ruimte", "Groen",
    ]  # fmt: skip
