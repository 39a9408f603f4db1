"""Contractering over a werkmap: the same figures before and after storing, and what happened to a promise since."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, lees_in
from opgavelib.toepassing.contractantwoord import (
    AFWIJZEN,
    ALLES,
    DEEL,
    PER_KWARTAAL,
    REST_AFWIJZEN,
    TERUG,
    antwoord,
    gevolg,
    trek_in,
    voorgenomen,
    vraag_aan,
)
from opgavelib.toepassing.contractering import ORGANISATIE, Contractering
from opgavelib.toepassing.contractgeschiedenis import geschiedenis, herkomst

A, B = "A01|Ruimte|", "P01|Ruimte|"


@pytest.fixture(scope="module")
def groot(voorbeeld):
    """The example, not to be changed."""
    with Werkmap(voorbeeld) as w:
        yield Contractering(Stand(w))


@pytest.fixture
def klein(tmp_path, boek):
    """``klein(k1, k2)`` reads (again) what A01 asks of team Ruimte in two quarters; gives the werkmap."""
    with Werkmap(tmp_path / "w", maak=True) as w:

        def lees(*uren):
            kop = ["Activiteit", "Team", "2027K1", "2027K2"]
            bladen = {
                "Opgaven": [["Code", "Opgave", "Prioriteit"], ["O01", "Wonen", "nu"]],
                "Activiteiten": [["Code", "Activiteit", "Opgave", "Soort"], ["A01", "Bouwen", "O01", "activiteit"],
                                 ["P01", "Verhuizen", None, "organisatieproject"]],
                "Urenraming": [kop, *([["A01", "Ruimte", *uren]] if uren else []), ["P01", "Ruimte", 50, 50]],
            }  # fmt: skip
            teams = [
                ["Team", "Teamleider", "fte", "uren per fte", "aandeel lean"],
                ["Ruimte", "Femke", 1, 1000, 0.4],
            ]
            lees_in(tmp_path / "w", [boek("plan.xlsx", **bladen), boek("teams.xlsx", Formatie=teams)], wie="Noor")
            return w

        lees(100, 80)
        yield lees


def staat(w, aanvraag=A):
    return Contractering(Stand(w)).overzicht.loc[aanvraag, "staat"]


def zeg(w, *args, aanvraag=A, reden="", wie="Femke", **kwargs):
    c = Contractering(Stand(w))
    return antwoord(c, voorgenomen(c, [aanvraag], *args), wie, reden, **kwargs)


# -- all requests ---------------------------------------------------------------------------------------


def test_alle_aanvragen_tellen_op_tot_wat_is_gevraagd(groot):
    o, inzet = groot.overzicht, groot.stand.werk.inzet
    assert o["gevraagd_uren"].sum() == inzet["uren_gevraagd"].sum()
    for samen in (groot.per_team, groot.per_opgave):
        assert samen["gevraagd_uren"].sum() == o["gevraagd_uren"].sum()
        assert samen["aanvragen"].sum() == len(o) == 201
    assert groot.per_team["toegezegd_uren"].to_dict() == (
        groot.stand.capaciteit.tabel.groupby("team")["toegezegd_uren"].sum().loc[groot.per_team.index].to_dict()
    )
    assert o["staat"].value_counts().to_dict() == {"gevraagd": 138, "toegezegd": 54, "afgewezen": 9}
    assert list(o["staat"].unique()) == ["gevraagd", "afgewezen", "toegezegd"]
    assert ORGANISATIE in groot.per_opgave.index
    assert groot.toelichting == (
        "Van de 121.500 gevraagde uren is 53% toegezegd en 4% afgewezen; 138 van de 201 aanvragen wachten nog op "
        "antwoord."
    )


def test_zoeken_op_team_staat_en_opgave(groot):
    uit = groot.zoek(team="Samenleving", staat="gevraagd")
    assert len(uit) == groot.per_team.loc["Samenleving", "te_beantwoorden"]
    assert set(uit["teamleider"]) == {"Hanneke Tolsma"}
    assert set(groot.zoek(opgave="O01")["opgave_titel"]) == {"1.200 woningen voor Meerwouders"}
    assert len(groot.zoek()) == 201


def test_zonder_aanvragen(tmp_path):
    with Werkmap(tmp_path / "leeg", maak=True) as w:
        c = Contractering(Stand(w))
        assert c.overzicht.empty
        assert c.per_team.empty
        assert c.toelichting.startswith("Er zijn nog geen uren gevraagd.")


# -- answers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wat", [ALLES, AFWIJZEN, (DEEL, 1000.0)], ids=str)
def test_het_gevolg_klopt_na_het_vastleggen(voorbeeld_kopie, wat):
    with Werkmap(voorbeeld_kopie) as w:
        c = Contractering(Stand(w))
        aanvragen = list(c.zoek(team="Ruimte en Wonen", staat="gevraagd").index)
        antwoorden = voorgenomen(c, aanvragen, *([wat] if isinstance(wat, str) else wat))
        g = gevolg(c, antwoorden)
        antwoord(c, antwoorden, "Femke", "besproken")
        na = Stand(w).capaciteit.tabel.loc[g.kwartalen.index]
        assert g.kwartalen["na_uren"].to_list() == na["toegezegd_uren"].to_list()
        assert g.kwartalen["ruimte_uren"].to_list() == na["ruimte_uren"].to_list()
        te_veel = (na["toegezegd_uren"] - na["ruimte_uren"]).clip(lower=0)
        assert g.kwartalen["tekort_uren"].to_list() == te_veel.to_list()
        assert g.past == (wat != ALLES)


def test_toezeggen_een_deel_en_terug(klein):
    w = klein(100, 80)
    assert staat(w) == "gevraagd"
    nummers = zeg(w, DEEL, 90.0)
    rijen = Contractering(Stand(w)).rijen
    assert rijen.loc[rijen["aanvraag"] == A, "toegezegd_uren"].to_list() == [50, 40]
    assert staat(w) == "deels toegezegd"
    w.maak_ongedaan(nummers[0], "Femke")
    assert staat(w) == "gevraagd"
    sleutels = list(rijen.index[rijen["aanvraag"] == A])
    zeg(w, PER_KWARTAAL, dict(zip(sleutels, [100.0, 0.0], strict=True)))
    assert Contractering(Stand(w)).overzicht.loc[A, ["toegezegd_uren", "onbeantwoord_uren"]].to_list() == [100, 80]
    zeg(w, REST_AFWIJZEN, reden="K2 is vol")
    assert Contractering(Stand(w)).overzicht.loc[A, ["toegezegd_uren", "afgewezen_uren"]].to_list() == [100, 80]
    with pytest.raises(BesluitFout, match="Dit is al zo; er verandert niets"):
        zeg(w, REST_AFWIJZEN, reden="K2 is vol")
    zeg(w, TERUG)
    assert staat(w) == "gevraagd"
    zeg(w, ALLES)
    laatste = Contractering(Stand(w)).overzicht.loc[A]
    assert (laatste["staat"], laatste["wie"]) == ("toegezegd", "Femke")


def test_wat_niet_kan_wordt_gezegd_en_niet_bewaard(klein):
    w = klein(100, 80)
    c, voor = Contractering(Stand(w)), w.versie()
    for doe, bezwaar in (
        (lambda: zeg(w, AFWIJZEN, reden=" "), "Schrijf erbij waarom het niet kan"),
        (lambda: zeg(w, ALLES, wie=""), "Vul in wie dit doet"),
        (lambda: zeg(w, DEEL, 181.0), "Zeg hoogstens 180 uur toe"),
        (lambda: zeg(w, DEEL), "Zeg toe, zeg een deel toe of wijs af"),
        (lambda: zeg(w, ALLES, aanvraag="weg"), "Aanvraag 'weg' is er niet meer"),
        (lambda: vraag_aan(c, "A01", "Zorg", {"2027K1": 9.0}, "Bo"), "uit de lijst"),
        (lambda: vraag_aan(c, "A01", "Ruimte", {}, "Bo"), "Kies een laatste kwartaal"),
        (lambda: trek_in(c, [A], "Bo", "weg"), "Deze uren staan in een bestand"),
    ):
        with pytest.raises(BesluitFout, match=bezwaar):
            doe()
    assert w.versie() == voor


def test_boven_de_ruimte_zegt_wat_het_verdringt(klein):
    w = klein(100, 120)  # ruimte 150 per kwartaal
    zeg(w, ALLES, aanvraag=B)
    c = Contractering(Stand(w))
    g = gevolg(c, voorgenomen(c, [A], ALLES))
    assert g.toelichting == "Team Ruimte heeft dan in het 2e kwartaal 2027 20 uur meer toegezegd dan er ruimte is."
    assert g.verdrongen[["activiteit", "kwartaal", "toegezegd", "uren"]].to_numpy().tolist() == [
        ["P01", "2027K2", True, 20.0]
    ]


def test_werk_dat_niet_doorgaat_telt_niet_in_het_gevolg(klein, tmp_path, boek):
    w = klein(100, 120)  # ruimte 150 per kwartaal
    zeg(w, ALLES)
    niet = boek("niet.xlsx", Opgaven=[["Code", "Opgave", "Prioriteit"], ["O01", "Wonen", "niet"]])
    lees_in(tmp_path / "w", [niet], wie="Noor")
    c = Contractering(Stand(w))
    g = gevolg(c, voorgenomen(c, [B], ALLES))
    assert (g.toelichting, g.past) == ("Dit past in de ruimte van het team.", True)
    delen = voorgenomen(c, [A, B], DEEL, 200.0)
    samen = gevolg(c, delen)
    assert samen.toelichting.startswith(
        "Dit past in de ruimte van het team. Een deel hoort bij een opgave die niet"
    )
    mee = c.kwartalen([B]).index
    assert samen.kwartalen["na_uren"].to_list() == [delen[k]["uren_toegezegd"] for k in mee]
    zelf = gevolg(c, voorgenomen(c, [A], AFWIJZEN))
    assert zelf.toelichting.startswith("Dit hoort bij een opgave die niet doorgaat")
    assert zelf.past


def test_meer_toegezegd_dan_gevraagd_verbergt_niet_wat_nog_wacht(klein):
    w = klein(100, 80)
    zeg(w, ALLES)
    klein(50, 120)
    c = Contractering(Stand(w))
    r = c.overzicht.loc[A]
    assert (r["staat"], r["toegezegd_uren"], r["gevraagd_uren"]) == ("deels toegezegd", 180, 170)
    assert r["let_op"].endswith("; 50 uur meer toegezegd dan gevraagd in 2027K1")
    # 50 + 80 of 170 + the 100 of P01 are answered
    assert c.toelichting == (
        "Van de 270 gevraagde uren is 48% toegezegd; 1 van de 2 aanvragen wacht nog op antwoord. "
        "Daarbovenop is 50 uur toegezegd waar niet om is gevraagd."
    )


def test_vragen_op_het_scherm_en_intrekken(klein):
    w = klein(100, 80)
    c = Contractering(Stand(w))
    vraag_aan(
        c, "A01", "Ruimte", {"2027K1": 40.0, "2027K3": 20.0}, "Noor", deskundigheid="jurist", reden="bezwaren"
    )
    eigen = "A01|Ruimte|jurist"
    o = Contractering(Stand(w)).overzicht
    assert o.loc[eigen, ["begin", "eind", "gevraagd_uren", "op_scherm"]].to_list() == ["2027K1", "2027K3", 60, True]
    assert not o.loc[A, "op_scherm"]
    zeg(w, ALLES, aanvraag=eigen)
    c = Contractering(Stand(w))
    assert [s.kop for s in geschiedenis(c, eigen)] == [
        "Toegezegd: 60 uur in 2027K1 t/m 2027K3 (2 kwartalen)",
        "Gevraagd: 60 uur in 2027K1 t/m 2027K3 (2 kwartalen)",
    ]
    assert herkomst(c, eigen) == []
    assert c.vakkennis(eigen)[0].startswith(
        "Van team Ruimte staat niet in de formatie welke deskundigheden het heeft"
    )
    assert c.vakkennis(A) == []
    trek_in(c, [eigen], "Noor", "niet meer nodig")
    na = Contractering(Stand(w))
    assert eigen not in na.overzicht.index
    assert na.per_team.loc["Ruimte", "toegezegd_uren"] == 0


# -- what happens to a promise afterwards ------------------------------------------------------------------


def test_een_nieuw_bestand_laat_de_toezegging_staan_en_zegt_wat_er_veranderde(klein):
    w = klein(100, 80)
    zeg(w, ALLES, reden="past")
    klein(60, 80)
    klein(70, 80)
    c = Contractering(Stand(w))
    rij = c.overzicht.loc[A]
    assert (rij["toegezegd_uren"], rij["gevraagd_uren"], rij["staat"]) == (180, 150, "toegezegd")
    gewijzigd = "na de toezegging gewijzigd van 100 naar 70 uur"
    assert rij["let_op"] == f"{gewijzigd}; 30 uur meer toegezegd dan gevraagd in 2027K1"
    assert [s.kop for s in geschiedenis(c, A)] == [
        "Nieuwe versie van het bestand: 2027K1 gevraagd van 60 naar 70 uur",
        "Nieuwe versie van het bestand: 2027K1 gevraagd van 100 naar 60 uur",
        "Toegezegd: 180 uur in 2027K1 t/m 2027K2 (2 kwartalen)",
    ]
    assert geschiedenis(c, A)[-1].reden == "past"
    assert herkomst(c, A) == ["plan.xlsx, blad 'Urenraming', rij 2: 150 uur gevraagd"]
    zeg(w, ALLES)
    assert Contractering(Stand(w)).overzicht.loc[A, "let_op"] == ""


def test_een_toezegging_aan_werk_dat_uit_het_bestand_verdween_telt_niet_mee(klein):
    w = klein(100, 80)
    zeg(w, ALLES)
    klein()
    c = Contractering(Stand(w))
    assert A not in c.overzicht.index
    assert "180 uur is toegezegd aan werk dat niet meer in zijn bestand staat" in c.toelichting
    assert c.per_team.loc["Ruimte", "toegezegd_uren"] == 0


def test_verschoven_werk_vraagt_opnieuw(klein):
    w = klein(100, 80)
    zeg(w, ALLES)
    w.scenarios.kies("basis", {"schuif|A01": {"kwartalen": 2}}, "Noor", "later")
    c = Contractering(Stand(w))
    rij = c.overzicht.loc[A]
    assert (rij["staat"], rij["begin"], rij["toegezegd_uren"], rij["opnieuw_uren"]) == (
        "vervallen",
        "2027K3",
        0,
        180,
    )
    assert rij["let_op"] == "het werk is verschoven; 180 uur toegezegd voor andere kwartalen vervalt"
    assert c.per_team.loc["Ruimte", "te_beantwoorden"] == 2
    assert c.kwartalen([A])["kwartaal_gevraagd"].to_list() == ["2027K1", "2027K2"]
    zeg(w, ALLES)
    assert staat(w) == "toegezegd"
    w.scenarios.kies("basis", {"schuif|A01": None}, "Noor", "toch niet")
    assert staat(w) == "vervallen"


def test_het_spoor_noemt_wie_wat_waarom_zei(klein):
    w = klein(100, 80)
    nummers = zeg(w, AFWIJZEN, reden="geen planner")
    w.maak_ongedaan(nummers[0], "Bo")
    stappen = geschiedenis(Contractering(Stand(w)), A)
    assert [(s.kop, s.wie, s.reden) for s in stappen] == [
        ("Terug naar wat het bestand zegt: 2027K1 t/m 2027K2 (2 kwartalen)", "Bo", "Ongedaan gemaakt"),
        ("Afgewezen: 2027K1 t/m 2027K2 (2 kwartalen)", "Femke", "geen planner"),
    ]
    assert all(s.moment.tzinfo is not None for s in stappen)


@pytest.mark.parametrize(
    ("uren", "zin"),
    [
        ((820, 820, 820), ["2027K1 t/m 2027K3: Te weinig."]),
        ((820, 900, 700), ["2027K2: Te weinig. Ook in 2027K1 en 2027K3, met minder uren."]),
        ((820, 0, 820), ["2027K1 en 2027K3: Te weinig."]),
    ],
)
def test_kwartalen_die_hetzelfde_zeggen_staan_samen(uren, zin):
    kwartalen = ("2027K1", "2027K2", "2027K3")
    toets = pd.DataFrame(
        [
            ("Zuid", "jurist", k, u, 666.0, "fout" if u else "goed", "Te weinig.")
            for k, u in zip(kwartalen, uren, strict=True)
        ],
        columns=["team", "deskundigheid", "kwartaal", "gevraagd_uren", "beschikbaar_uren", "stand", "reden"],
    )
    vraag = pd.DataFrame(
        {"team": "Zuid", "deskundigheid": "Jurist", "begin": "2027K1", "eind": "2027K3"}, index=["a"]
    )
    c = SimpleNamespace(overzicht=vraag, stand=SimpleNamespace(werk=SimpleNamespace(deskundigheden=toets)))
    assert Contractering.vakkennis(c, "a") == zin
