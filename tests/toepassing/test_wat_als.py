"""What if on the example: what a change frees and asks before it is decided, and what would solve a shortage."""

from __future__ import annotations

import pandas as pd
import pytest

from opgavelib import weergave
from opgavelib.domein.scenario import BASIS, Soort
from opgavelib.fouten import BesluitFout, ConflictFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, kiezen, scenario, wat_als
from opgavelib.toepassing import urenkeuzes as u
from opgavelib.weergave.toestand import omschrijf

DM, RW = "Duurzaamheid en Mobiliteit", "Ruimte en Wonen"


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as w:
        yield Stand(w)


@pytest.fixture
def werkmap(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as w:
        yield w


def gevraagd(stand, activiteit, vanaf="0000K1"):
    i = stand.werk.inzet
    return i[(i["activiteit"] == activiteit) & (i["kwartaal"] >= vanaf) & (i["status"] != "afgewezen")]


def test_stoppen_geeft_per_team_en_kwartaal_precies_terug_wat_er_was_gevraagd(stand):
    v = wat_als.bekijk(stand, u.stop("A08", "2027K3"))
    vrij = gevraagd(stand, "A08", "2027K3").groupby(["team", "kwartaal"])["uren_gevraagd"].sum()
    assert v.anders["verschil_uren"].to_dict() == pytest.approx(vrij[vrij > 0].to_dict())
    beloofd = gevraagd(stand, "A08", "2027K3")["uren_toegezegd"].sum()
    assert v.vervallen["uren_vervallen"].sum() == beloofd == 1250
    assert "Er komt 2.120 uur vrij bij 4 teams. " in v.toelichting
    assert v.toelichting.endswith("Van wat is toegezegd vervalt 1.250 uur bij Ruimte en Wonen.")


def test_schuiven_van_een_hele_opgave_bewaart_de_uren(stand):
    keuzes = u.van_opgave(stand, "O02", Soort.SCHUIF, {"kwartalen": 3})
    assert set(keuzes) == {"schuif|A05", "schuif|A06", "schuif|A07"}
    v = wat_als.bekijk(stand, keuzes)
    assert v.tabel["verschil_uren"].sum() == pytest.approx(0)
    assert v.tabel["gevraagd_wordt"].sum() == pytest.approx(v.tabel["gevraagd_was"].sum())
    assert v.tabel.index.unique("kwartaal")[-1] == "2029K3"  # what moves past the end stays in sight
    assert len(v.opgelost)
    assert (v.opgelost["saldo_was"] < 0).all()
    assert (v.opgelost["saldo_wordt"] >= -0.5).all()


def test_wat_was_afgewezen_wordt_bij_schuiven_opnieuw_gevraagd(stand):
    v = wat_als.bekijk(stand, u.schuif("A20", 2))
    i = stand.werk.inzet
    afgewezen = i[(i["activiteit"] == "A20") & (i["status"] == "afgewezen")]["uren_gevraagd"].sum()
    assert v.opnieuw_uren == afgewezen == 940
    zin = scenario.zin(stand, stand.scenarios[BASIS], "schuif|A20", {"kwartalen": 2})
    assert "2.650 uur bij 3 teams schuift mee, waarvan 940 uur" in zin  # what the table counts
    assert v.anders.index.unique("team").nunique() == 3
    assert v.tabel["verschil_uren"].sum() == pytest.approx(-afgewezen)


def test_inhuur_en_minder_fte_met_hun_uren_en_kosten(stand):
    tarief = stand.waarde("capaciteit", "inhuur_tarief_eur")
    v = wat_als.bekijk(stand, u.inhuur(DM, 700, "2027K1", "2028K1") | u.fte("Samenleving", -2, "2028K1", "2028K2"))
    assert (v.inhuur_uren, v.inhuur_eur) == (3500, 3500 * tarief)
    assert v.anders.loc[DM, "verschil_uren"].to_dict() == dict.fromkeys(
        ["2027K1", "2027K2", "2027K3", "2027K4", "2028K1"], 700.0
    )
    assert v.anders.loc["Samenleving", "verschil_uren"].to_dict() == {"2028K1": -680.0, "2028K2": -680.0}
    assert len(v.opgelost) == 5
    assert set(v.nieuw.index) == {("Samenleving", "2028K1"), ("Samenleving", "2028K2")}
    assert f"De inhuur kost € 385.000 (3.500 uur van € {tarief})." in v.toelichting


def test_kiezen_en_balans_rekenen_met_hetzelfde_aanbod(stand):
    s = wat_als.met(
        stand, u.inhuur(DM, 700, "2027K1", "2028K4") | u.fte(RW, -3, "2027K2") | u.stop("P01", "2027K3")
    )
    ruimte = kiezen.ruimte(stand, s)
    tabel = stand.werk.capaciteit_in(s, list(ruimte.columns)).tabel
    soort = stand.tabel("activiteiten")["soort"]
    i = stand.werk.vraag_in(s)
    project = i[(i["activiteit"].map(soort) == "organisatieproject") & (i["status"] != "afgewezen")]
    vast = project.groupby(["team", "kwartaal"])["uren_gevraagd"].sum().reindex(tabel.index, fill_value=0.0)
    verwacht = (tabel["beschikbaar_uren"] - tabel["lean_uren"] - vast).clip(lower=0)
    pd.testing.assert_frame_equal(ruimte, verwacht.unstack("kwartaal").loc[ruimte.index, ruimte.columns])


@pytest.mark.parametrize(
    ("keuzes", "melding"),
    [
        ({}, "Kies eerst wat er verandert"),
        (u.schuif("A99", 2), "Er is geen activiteit 'A99'"),
        (u.krimp("A01", 0.5, "2027-1"), "Geef een kwartaal als 2027K3"),
        (u.krimp("A01", 0.5, "2019K1"), "Kies een kwartaal van 2027K1 tot en met 2030K4"),
        (u.krimp("A01", -1, "2027K1"), "De omvang .* is een getal van 0 tot 10"),
        (u.stop("A01", "2044K1"), "Kies een kwartaal van"),
        (u.schuif("A01", 1.5), "Schuif een heel aantal kwartalen"),
        (u.fte("Nergens", -1, "2027K1"), "Team 'Nergens' staat niet in de formatie"),
        (u.fte(DM, -40, "2027K1"), "heeft 19 fte; er kan niet 40 fte af"),
        (u.inhuur(DM, 0, "2027K1", "2027K2"), "Vul in hoeveel uur u per kwartaal inhuurt"),
        (u.inhuur(DM, 10, "2027K3", "2027K2"), "Het laatste kwartaal ligt voor het eerste"),
        ({"vast|CA-001": {"waarde": "in"}}, "gaat niet over uren"),
    ],
)
def test_wat_niet_kan_is_te_lezen(stand, keuzes, melding):
    with pytest.raises(BesluitFout, match=melding):
        wat_als.bekijk(stand, keuzes)


def test_een_opgave_of_scenario_dat_er_niet_is(stand):
    with pytest.raises(BesluitFout, match="Er is geen opgave 'O99'"):
        u.van_opgave(stand, "O99", Soort.STOP, {"vanaf": "2027K1"})
    with pytest.raises(BesluitFout, match="Er is geen scenario 'S99'"):
        wat_als.bekijk(stand, u.schuif("A01", 1), "S99")
    with pytest.raises(BesluitFout, match="Kies een kwartaal"):
        wat_als.oplossingen(stand, DM, "2040K1")
    with pytest.raises(BesluitFout, match="Team 'Nergens'"):
        wat_als.oplossingen(stand, "Nergens", "2027K1")


def test_bewaren_in_de_basis_is_besloten_en_gaat_weer_terug(werkmap):
    eerst = Stand(werkmap)
    bekeken = wat_als.bekijk(eerst, u.schuif("A06", 3))
    wat_als.bewaar(eerst, u.schuif("A06", 3), "Noor", "Boulevard later", gezien=eerst.versie)
    na = Stand(werkmap)
    samen = na.capaciteit.tabel["saldo_uren"].rename("saldo_wordt")
    pd.testing.assert_series_equal(samen, bekeken.tabel["saldo_wordt"])
    with pytest.raises(ConflictFout, match="intussen"):
        wat_als.bewaar(eerst, u.schuif("A06", 1), "Bas", "Toch niet", gezien=eerst.versie)
    # A further change is said against how the work was asked; 0 takes it away.
    assert wat_als.bekijk(na, u.schuif("A06", 0)).tabel["gevraagd_wordt"].sum() == pytest.approx(
        bekeken.tabel["gevraagd_was"].sum()
    )
    wat_als.bewaar(na, u.schuif("A06", 0), "Noor", "Terug")
    terug = Stand(werkmap)
    assert terug.scenarios[BASIS].keuzes == {}
    pd.testing.assert_frame_equal(terug.capaciteit.tabel, eerst.capaciteit.tabel)


def test_in_een_scenario_blijft_de_basis_zoals_zij_is_en_elke_keuze_is_een_zin(werkmap):
    code = scenario.maak_kopie(Stand(werkmap), "Later", "Noor")
    s = Stand(werkmap)
    keuzes = (
        u.schuif("A20", 2) | u.krimp("A14", 0.5, "2027K2") | u.stop("A08", "2027K3")
        | u.inhuur(DM, 100, "2027K1", "2027K2") | u.fte(RW, -1.5, "2027K1", "2027K4")
    )  # fmt: skip
    wat_als.bewaar(s, keuzes, "Noor", "Verkennen", scenario=code)
    na = Stand(werkmap)
    pd.testing.assert_frame_equal(na.capaciteit.tabel, s.capaciteit.tabel)
    assert [v.zin for v in scenario.veranderingen(na, code)] == [
        "A20 Dertig als norm 2 kwartalen later; 2.650 uur bij 3 teams schuift mee, waarvan 940 uur eerder is "
        "afgewezen.",
        "A14 Isolatieaanpak en energiefixers vraagt vanaf 2027K2 de helft van de uren; "
        "1.098 uur in plaats van 2.195 uur.",
        "A08 Centrumplan: kleiner winkelgebied stopt vanaf 2027K3; dat geeft 2.120 uur terug bij 4 teams.",
        f"Team {DM} huurt 100 uur per kwartaal in van 2027K1 tot en met 2027K2, samen 200 uur; "
        "dat kost € 22.000 bij € 110 per uur.",
        f"Team {RW}: 1,5 fte minder van 2027K1 tot en met 2027K4; dat is 510 uur per kwartaal.",
    ]
    gebeurtenissen = na.tabel("gebeurtenissen")
    g = gebeurtenissen[gebeurtenissen["wat"] == f"keuze:{code}"].set_index("object")["nieuw"]
    zeg = {k: omschrijf(f"keuze:{code}", w) for k, w in g.items()}
    assert list(zeg.values()) == [
        "2 kwartalen later", "50% van wat het was, vanaf 2027K2", "vanaf 2027K3",
        "uren 100, vanaf 2027K1, tot en met 2027K2", "fte -1,5, vanaf 2027K1, tot en met 2027K4",
    ]  # fmt: skip


def test_activiteiten_onder_een_opgave_die_niet_doorgaat_vragen_niets(werkmap):
    eerst = Stand(werkmap)
    tabel = eerst.tabel("opgaven")
    tabel.loc["O02", "prioriteit"] = "niet"
    a = eerst.tabel("activiteiten")
    onder = a.index[a["opgave"] == "O02"]
    i = eerst.werk.inzet
    weg = i[i["activiteit"].isin(onder) & (i["status"] != "afgewezen")]["uren_gevraagd"].sum()
    vol = i[i["status"] != "afgewezen"]["uren_gevraagd"].sum()
    assert weg > 0
    assert eerst.capaciteit.tabel["gevraagd_uren"].sum() == pytest.approx(vol - weg)
    assert eerst.capaciteit.toelichting.endswith(f"Niet meegeteld: {weg:,.0f} uur onder opgaven die niet doorgaan."
                                                 .replace(",", "."))  # fmt: skip


def tekort(saldo):
    return (-saldo).where(saldo < -0.5, 0.0)


@pytest.mark.parametrize("team", [DM, RW, "Financiën en Inkoop", "Informatie en Organisatie"])
def test_elke_oplossing_doet_wat_zij_zegt(stand, team):
    tabel = stand.capaciteit.tabel
    ergste = tabel.loc[[team], "saldo_uren"].idxmin()
    voorstellen = wat_als.oplossingen(stand, *ergste)
    assert "inhuur" in {v.soort for v in voorstellen}
    # What only moves the shortage comes last and says so first; what solves it goes before what makes it smaller.
    verplaatst = [v.zin.startswith("Verplaatst het tekort: elders komt er ") for v in voorstellen]
    assert verplaatst == [
        v.elders_uren > 0.5 and v.elders_uren >= tekort(tabel["saldo_uren"])[ergste] - v.tekort_uren - 0.5
        for v in voorstellen
    ]
    rang = [(weg, v.tekort_uren > 0) for weg, v in zip(verplaatst, voorstellen, strict=True)]
    assert rang == sorted(rang)
    for v in voorstellen[:4]:
        b = wat_als.bekijk(stand, v.keuzes)
        assert b.tabel.loc[ergste, "verschil_uren"] == pytest.approx(v.vrij_uren)
        assert tekort(b.tabel["saldo_wordt"])[ergste] == pytest.approx(v.tekort_uren)
        erbij = (tekort(b.tabel["saldo_wordt"]) - tekort(b.tabel["saldo_was"])).clip(lower=0).drop(ergste)
        assert erbij.sum() == pytest.approx(v.elders_uren)
        assert b.vervallen["uren_vervallen"].sum() == pytest.approx(v.vervallen_uren)
        assert (b.inhuur_uren, b.inhuur_eur) == pytest.approx((v.inhuur_uren, v.kosten_eur))


def test_zonder_tekort_is_er_niets_op_te_lossen_en_inhuur_telt_bij_inhuur_op(stand, werkmap):
    assert wat_als.oplossingen(stand, "Openbare Ruimte", "2028K4") == []
    wat_als.bewaar(Stand(werkmap), u.inhuur(DM, 100, "2027K2", "2027K4"), "Noor", "Alvast")
    s = Stand(werkmap)
    (huur,) = [v for v in wat_als.oplossingen(s, DM, "2027K3") if v.soort == "inhuur"]
    b = wat_als.bekijk(s, huur.keuzes)
    assert tekort(b.tabel["saldo_wordt"])[DM, "2027K3"] == 0
    assert b.inhuur_uren == pytest.approx(huur.inhuur_uren) == 3 * 592


def test_minder_fte_vraagt_niet_meer_maar_er_is_minder(stand):
    v = wat_als.bekijk(stand, u.fte(DM, -1, "2028K1", "2028K2"))
    assert v.toelichting.startswith(f"Bij {DM} is 680 uur minder beschikbaar. ")
    v = wat_als.bekijk(stand, u.schuif("A06", 3) | u.fte(DM, -1, "2028K1", "2028K2"))
    kost = -v.tabel["verschil_uren"].clip(upper=0).sum()
    assert "meer gevraagd en is " in v.toelichting
    assert "meer nodig" not in v.toelichting
    delen = [
        float(d.split()[0].replace(".", "")) for d in v.toelichting.partition("teams wordt ")[2].split(" is ")[:2]
    ]
    assert sum(delen) == pytest.approx(kost, abs=1)


def test_wie_inhuurt_ziet_dat_de_uren_naar_boven_zijn_afgerond(stand):
    (huur,) = [v for v in wat_als.oplossingen(stand, DM, "2027K3") if v.soort == "inhuur"]
    assert huur.zin.startswith("Huur 692 uur in (691,2 naar boven afgerond): het tekort is dan weg")


def test_het_beeld_toont_voor_en_na_met_tekens(stand):
    v = wat_als.bekijk(stand, u.schuif("A06", 3))
    beeld = weergave.wat_als(v.tabel, v.toelichting)
    assert beeld.conclusie == v.toelichting
    cellen = [c for rij in beeld.figuur["data"][0]["text"] for c in rij]
    assert {"-280<br>▲ +20", "-605<br>■ -235"} <= set(cellen)
    assert len(beeld.rijen) == len(v.anders)
    assert [r["saldo_wordt"] for r in beeld.rijen] == sorted(v.anders["saldo_wordt"])  # worst first
    assert {r["stand_wordt"] for r in beeld.rijen} <= {"tekort", "bijna vol", "past"}
    # A colour means what it means on the balance: hours asked of the room, after.
    namen, data = beeld.figuur["layout"]["yaxis"]["ticktext"], beeld.figuur["data"][0]
    rij = v.tabel.loc[(RW, "2027K4")]
    z = data["z"][namen.index(RW)][data["x"].index("2027K4")]
    assert z == pytest.approx(rij["gevraagd_wordt"] / rij["ruimte_wordt"], abs=1e-4)
    balans = weergave.belasting(stand.capaciteit).figuur["data"][0]
    assert {k: data[k] for k in ("zmid", "zmin", "zmax")} == {k: balans[k] for k in ("zmid", "zmin", "zmax")}
    assert "zoals bij Balans" in beeld.uitleg
    assert weergave.wat_als(v.tabel.assign(verschil_uren=0.0), "Er verandert niets in de uren.").figuur == {}
