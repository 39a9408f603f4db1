"""Scenarios on the example: changed, compared, decided, and repeated after everything else changed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime

import numpy as np
import openpyxl
import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, schendingen
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.paden import map_van
from opgavelib.toepassing import Stand, kiezen, lees_in, scenario, scenario_scherm, urenkeuzes
from opgavelib.toepassing import scenario_besluit as besluit
from opgavelib.toepassing.scenario_rekenen import Rekenaar
from opgavelib.toepassing.scenario_vergelijking import vergelijk
from opgavelib.weergave import scenario as beeld


@pytest.fixture
def werkmap(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as w:
        yield w


def krimp(werkmap) -> str:
    """A scenario with one of every kind of change."""
    s = Stand(werkmap)
    keuzes = (
        scenario.fte("Toegang Zorg en Jeugd", -5, "2027K1")
        | scenario.omvang("CA-001")
        | scenario.stop("P01", "2027K3")
        | urenkeuzes.schuif("P02", 1)
        | urenkeuzes.krimp("P07", 0.5, "2027K2")
        | urenkeuzes.inhuur("Werk en Inkomen", 50, "2027K1", "2027K4")
        | scenario.erbij(s, "basis", "Opvang van 120 statushouders", team="Werk en Inkomen", uren=3000,
                         budget_eur=500_000, duur=4, vroegst="2027K2")
    )  # fmt: skip
    return scenario.maak_kopie(s, "Krimp", "Noor", keuzes=keuzes)


def test_naast_elkaar_telt_alles_op(werkmap):
    code = krimp(werkmap)
    s = Stand(werkmap)
    o = {c: besluit.los_op(s, c) for c in ("basis", code)}
    kansen = {code: dict.fromkeys(o[code].start, 0.95)}
    v = vergelijk(s, ["basis", code], o, kansen)
    assert list(v.samen["status"]) == ["optimaal", "optimaal"]
    for c in ("basis", code):
        items, eur = v.items.xs(c, level="scenario"), v.euros.xs(c)
        assert set(items.index[items["gekozen"]]) == set(o[c].start)
        assert v.samen.loc[c, "waarde"] == pytest.approx(items.loc[items["gekozen"], "waarde"].sum())
        assert eur["gevraagd_eur"].drop("totaal").sum() == pytest.approx(eur.loc["totaal", "gevraagd_eur"])
        teams = v.teams.xs(c)
        assert teams["gevraagd_uren"].sum() == pytest.approx(v.samen.loc[c, "uren"])
        assert (teams["ruimte_uren"] - teams["gevraagd_uren"]).to_numpy() == pytest.approx(
            teams["over_uren"].to_numpy()
        )
        assert (teams["krapste_uren"] > -1e-6).all()
    b, k = v.samen.loc["basis"], v.samen.loc[code]
    assert k["aantal"] - b["aantal"] == k["erbij"] - k["eraf"]
    assert k["verschil_waarde"] == pytest.approx(k["waarde"] - b["waarde"])
    assert k["verschil_waarde"] < 0
    assert (k["stevig"], k["kans"]) == (k["aantal"], pytest.approx(0.95))
    assert np.isnan(b["kans"])
    # Five fte of 1.360 hours are gone, all year.
    minder = v.teams["ruimte_uren"].unstack("scenario").loc[("Toegang Zorg en Jeugd", "2027")]
    weer_vrij = s.tabel("inzet").query("activiteit == 'P01' and team == 'Toegang Zorg en Jeugd'")
    terug = weer_vrij[weer_vrij["kwartaal"].isin(["2027K3", "2027K4"])]["uren_gevraagd"].sum()
    assert minder["basis"] - minder[code] == pytest.approx(5 * 1360 - terug)
    assert v.toelichtingen[code].startswith("Met deze 7 veranderingen valt 1 ambitie af, komt er 1 bij")
    assert v.toelichtingen[code].endswith(f"het kost {-k['verschil_waarde']:.0f} punten.")
    _beelden(v)


def _beelden(v):
    """The views say what the tables say."""
    eur = beeld.euros(v.euros, v.samen)
    staven = {d["name"]: dict(zip(d["x"], d["y"], strict=True)) for d in eur.figuur["data"]}
    assert staven["Krimp"]["2027"] == pytest.approx(v.euros.loc[("S01", "2027"), "gevraagd_eur"] / 1e6)
    assert eur.rijen[-1]["eur_S01"] == pytest.approx(v.samen.loc["S01", "budget_eur"])
    teams = beeld.teams(v.teams, v.samen)
    assert teams.rijen[0]["team"] in teams.conclusie
    assert "Lotte Vandersmissen" in {r["teamleider"] for r in teams.rijen}
    leden = beeld.collegeleden(v.collegeleden, v.samen)
    assert all(",\u00a0top-5:\u00a0" in r["in_S01"] for r in leden.rijen)
    assert len(leden.figuur["data"]) == 2
    lijst = beeld.ambities(v.items, v.samen, {"S01": (100, 64)})
    assert "In 36 van de 100 trekkingen past in Krimp geen enkele shortlist." in lijst.conclusie
    assert {r["in_S01"].split("\u00a0")[-1] for r in lijst.rijen} == {"95%", "0%"}
    kolom = scenario_scherm.kolommen(v)[1]
    assert {soort: len(items) for _, soort, items in kolom["groepen"]}["eraf"] == v.samen.loc["S01", "eraf"]


def test_wat_niet_samengaat_en_wat_anders_weegt_wordt_gezegd(werkmap):
    s = Stand(werkmap)
    anders = scenario.maak_kopie(s, "Anders gewogen", "Noor", keuzes=scenario.gewichten({"effect": 1}))
    eisen = scenario.maak_kopie(s, "Te streng", "Noor", keuzes=scenario.grens("opgaven", 3))
    s = Stand(werkmap)
    o = {"basis": besluit.los_op(s, "basis"), anders: besluit.los_op(s, anders), eisen: besluit.los_op(s, eisen)}
    assert o[eisen].status == Status.ONMOGELIJK
    v = vergelijk(s, o, o)
    assert v.toelichtingen[anders].endswith("de punten zijn anders gewogen en daarom niet te vergelijken.")
    andersom = vergelijk(s, [eisen, "basis"], o).toelichtingen["basis"]
    assert andersom.startswith("Met zonder hoogstens 3 ambities is er wel een shortlist: 19 ambities, samen ")
    assert andersom.endswith("In Te streng is er geen shortlist: de eisen kunnen niet samen.")
    assert v.toelichtingen[eisen] == "Met hoogstens 3 ambities is er geen shortlist: de eisen kunnen niet samen."
    # As an empty shortlist it would be cheap, ask nobody and drop everything.
    zonder = "'Te streng' heeft geen shortlist en staat hier daarom niet bij."
    for tabel in (v.items, v.euros, v.teams, v.collegeleden):
        assert set(tabel.index.get_level_values("scenario")) == {"basis", anders}
    beelden = [beeld.euros(v.euros, v.samen), beeld.teams(v.teams, v.samen),
               beeld.collegeleden(v.collegeleden, v.samen), beeld.ambities(v.items, v.samen, {})]  # fmt: skip
    for b in beelden:
        assert b.conclusie.endswith(zonder)
        assert not [k for k in b.kolommen if k["kolom"].endswith(f"_{eisen}")]
    alleen = vergelijk(s, [eisen], o)
    assert beeld.euros(alleen.euros, alleen.samen).conclusie.startswith("Geen van deze scenario's heeft")
    assert scenario_scherm.kolommen(alleen)[0]["cijfers"] == []
    kolom = scenario_scherm.kolommen(v)[2]
    assert (kolom["cijfers"], kolom["groepen"]) == ([], [])
    assert kolom["geen"] == "Er is geen shortlist om mee te vergelijken."
    with pytest.raises(BesluitFout, match="geen shortlist die past"):
        besluit.stel_vast(s, eisen, "Noor", "college", berekend=(besluit.probleem(s, eisen), o[eisen]))
    with pytest.raises(BesluitFout, match="Bereken eerst Basis"):
        vergelijk(s, ["basis"], {})


def test_een_besluit_geeft_hetzelfde_ook_als_alles_anders_is(werkmap, tmp_path):
    code = krimp(werkmap)
    s = Stand(werkmap)
    toen = besluit.los_op(s, code)
    besluit.stel_vast(s, code, "Noor", "College 12 januari 2027", berekend=(besluit.probleem(s, code), toen))
    _verander_alles(werkmap, tmp_path)
    s = Stand(werkmap)
    uit = besluit.herhaal(s, code)
    assert (uit.uitslag, dict(uit.nu.start), uit.nu.waarde) == ("gelijk", dict(toen.start), toen.waarde)
    assert uit.gebroken == ()
    assert "geeft opnieuw dezelfde keuze, dezelfde planning en dezelfde waarde" in uit.toelichting
    assert {"waarde", "teams", "weg", "hoogstens", "kwartalen"} <= set(uit.sindsdien)
    # It was the weights that changed, not the scores.
    assert f"andere gewichten, waardoor {uit.sindsdien['waarde']} ambities andere punten" in uit.toelichting
    assert besluit.noem_verschil({"waarde": 2}).endswith("2 andere scores.")
    b = besluit.besluit(s, code)
    assert schendingen(b.vraagstuk, b.oplossing.start) == []
    assert (b.wie, b.reden, b.zaad) == ("Noor", "College 12 januari 2027", 0)
    assert b.versies == besluit.versies()
    assert b.titels["X01"] == "Opvang van 120 statushouders"
    assert b.keuzes == dict(s.scenarios[code].keuzes)
    assert abs((datetime.now().astimezone() - b.moment).total_seconds()) < 600
    # What was decided is compared as it was decided.
    v = vergelijk(s, [code], {code: besluit.los_op(s, code)})
    assert v.samen.loc[code, "waarde"] == toen.waarde
    _is_ook_te_lezen_zoals_het_vroeger_werd_bewaard(werkmap, code)


def _is_ook_te_lezen_zoals_het_vroeger_werd_bewaard(werkmap, code):
    """In vorm 1 the bound on the value was called ``grens``."""
    inhoud = werkmap.scenarios.vastgesteld(code)
    assert inhoud["vorm"] == 2
    oud = {k: inhoud[k] for k in inhoud.keys() - {"wie", "reden", "tijdstip"}} | {"vorm": 1}
    for deel in ("antwoord", "parameters"):
        oud[deel] = {"grens" if k == "bovengrens" else k: w for k, w in inhoud[deel].items()}
        assert "grens" in oud[deel]
    vroeger = scenario.maak_kopie(Stand(werkmap), "Van vroeger", "Noor", van=code)
    werkmap.scenarios.stel_vast(vroeger, oud, "Noor", "College 12 januari 2026")
    een, ander = (besluit.besluit(Stand(werkmap), c) for c in (code, vroeger))
    assert (een.oplossing, een.parameters) == (ander.oplossing, ander.parameters)
    assert een.oplossing.bovengrens >= een.oplossing.waarde > 0


def _verander_alles(werkmap, tmp_path):
    """Teams, scores' weights, limits, quarters, and what can be chosen."""
    boek = openpyxl.load_workbook(map_van("data") / "voorbeeld" / "teams_en_formatie.xlsx")
    for rij in boek.active.iter_rows(min_row=5, max_row=15):
        rij[3].value = 10
    boek.save(tmp_path / "teams_en_formatie.xlsx")
    lees_in(werkmap.adres, [tmp_path / "teams_en_formatie.xlsx"], wie="Bo")
    s = Stand(werkmap)
    namen = list(s.criteria)
    werkmap.scenarios.kies("basis", scenario.gewichten({namen[0]: 1}), "Bo", "anders")
    werkmap.zet_parameter(
        "criteria.groepen", {"College": {"gewichten": {namen[-1]: 1.0}, "aandeel": 1.0}}, "Bo", "x"
    )
    werkmap.zet_parameter("prioritering.opgaven", 5, "Bo", "minder")
    werkmap.zet_parameter("prioritering.planperiode", ["2028K1", "2029K4"], "Bo", "later")
    rijen = s.kandidaten.index[s.kandidaten["bestemming"] == Bestemming.OPEN][:20]
    werkmap.besluit([Besluit(a, Bestemming.AFGEWEZEN, "nee", "Bo") for a in rijen])


def test_vaststellen_neemt_geen_oud_of_onmogelijk_antwoord(werkmap):
    code = krimp(werkmap)
    s = Stand(werkmap)
    v = besluit.probleem(s, code)
    zonder = (kiezen.vraagstuk(s), Oplossing(Status.OPTIMAAL, {}, 0.0, 0.0))
    with pytest.raises(BesluitFout, match="intussen iets gewijzigd"):
        besluit.stel_vast(s, code, "Noor", "college", berekend=zonder)
    with pytest.raises(BesluitFout, match="geen shortlist die past"):
        besluit.stel_vast(s, code, "Noor", "college", berekend=(v, zonder[1]))  # musts are left out
    with pytest.raises(BesluitFout, match="'Krimp' is niet vastgesteld"):
        besluit.herhaal(s, code)


def test_veranderingen_tegen_de_basis_en_terug(werkmap):
    werkmap.scenarios.kies("basis", {"vast|CA-109": {"waarde": "in"}}, "Noor", "toegezegd")
    code = scenario.maak_kopie(Stand(werkmap), "Krimp", "Noor")
    assert scenario.veranderingen(Stand(werkmap), code) == []
    scenario.verander(
        Stand(werkmap), code, scenario.fte("Ruimte en Wonen", -2, "2027K3") | {"vast|CA-109": None}, "Bo"
    )
    met, zonder = scenario.veranderingen(Stand(werkmap), code)
    assert (met.kort, met.wie, met.reden, met.weg) == (
        "2 fte minder bij Ruimte en Wonen",
        "Bo",
        "verkenning",
        False,
    )
    assert zonder.weg
    assert zonder.zin.startswith("Niet meer, zoals in Basis: CA-109 Geen Meerwouder")
    for v in (met, zonder):
        scenario.neem_terug(Stand(werkmap), code, v.sleutel, "Bo")
    assert scenario.veranderingen(Stand(werkmap), code) == []
    lijst = scenario.lijst(Stand(werkmap))
    assert list(lijst.loc[code, ["titel", "van", "van_titel", "veranderingen", "vastgesteld", "wie"]]) == [
        "Krimp", "basis", "Basis", 0, False, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("keuzes", "melding"),
    [
        (scenario.fte("Bestaat niet", -2, "2027K1"), "Team 'Bestaat niet' staat niet in de formatie"),
        (scenario.fte("Ruimte en Wonen", 0, "2027K1"), "Vul in hoeveel fte"),
        (scenario.fte("Ruimte en Wonen", -2, "2026K1"), "Kies een kwartaal van 2027K1 tot en met 2030K4"),
        (scenario.omvang("CA-999"), "CA-999 is geen kandidaat"),
        (scenario.stop("A01", "2027K1"), "A01 is geen organisatieproject"),
        (scenario.grens("budget|1999", 1e6), "wordt gerekend .2027, 2028, 2029, 2030. of voor 'totaal'"),
        (scenario.grens("minstens|ruimte", 2), "'ruimte' is geen domein.*Kies uit fysiek, sociaal"),
        (scenario.gewichten({"effect": 1, "mooi": 2}), "mooi is geen criterium.*Kies uit .*effect"),
        ({"start|CA-001": {"kwartaal": "2029K1"}}, "planperiode: kies een kwartaal van 2027K1 tot en met 2028K4"),
    ],
)
def test_waarover_het_gaat_moet_bestaan(voorbeeld, keuzes, melding):
    with Werkmap(voorbeeld) as w, pytest.raises(BesluitFout, match=melding):
        scenario.verander(Stand(w), "basis", keuzes, "Noor")


def test_wat_in_een_formulier_staat_wordt_gelezen(voorbeeld):
    with Werkmap(voorbeeld) as w:
        s = Stand(w)

        def lees(wat, **velden):
            return scenario_scherm.lees(s, "basis", wat, velden)

        assert lees("omvang", ambitie="CA-001", procent="50") == {"omvang|CA-001": {"factor": 0.5}}
        minder = {"team|Zorg": {"fte": -2.5, "vanaf": "2027K1"}}
        assert lees("team", team="Zorg", richting="minder", fte="2,5", vanaf="2027K1") == minder
        erbij = lees("erbij", titel="X", team="Zorg", uren="1.200", budget="1,5 mln", duur="4", vroegst="2027K1",
                     moet=False, waarde="70")["extra|X01"]  # fmt: skip
        assert (erbij["uren"], erbij["budget_eur"], erbij["duur"], erbij["waarde"]) == (1200, 1_500_000, 4, 70)
        for wat, velden, melding in (
            ("team", {"team": "Zorg", "fte": "twee"}, "Het aantal fte: 'twee' is niet te lezen"),
            ("erbij", {"titel": "X", "uren": "1", "budget": "veel"}, "Vul een bedrag als 1,5 mln"),
            ("kleur", {}, "Kies wat er verandert"),
        ):
            with pytest.raises(BesluitFout, match=melding):
                lees(wat, **velden)


def _reken(r: Rekenaar, tot, seconden=60):
    einde = time.monotonic() + seconden
    while not tot() and time.monotonic() < einde:
        r.bij()
        time.sleep(0.05)
    assert tot(), f"niet klaar na {seconden} s"


def test_rekenen_gebeurt_elders_een_voor_een_en_kan_stoppen():
    rng = np.random.default_rng(4)
    namen = tuple(f"CA-{i:03d}" for i in range(30))
    v = Vraagstuk(
        items=namen, waarde=rng.integers(1, 100, 30), duur=[1] * 30, vroegst=[0] * 30, laatst=[1] * 30,
        uren=rng.integers(1, 20, (30, 1)), kosten_eur=[0] * 30, kwartalen=("2027K1", "2027K2"), teams=("Wonen",),
        ruimte_uren=[[500, 500]], moet={"CA-003": "wettelijk"}, hoogstens=5,
    )  # fmt: skip
    direct = kiezen.los_op(v, 30)
    r = Rekenaar(30, {"waarde": 0.15, "uren": 0.25}, trekkingen=20_000)
    r.vraag([v], [v])
    assert (r.nog, r.oplossing(v)) == (2, None)
    _reken(r, lambda: r.is_klaar(v))
    assert dict(r.oplossing(v).start) == dict(direct.start)
    _reken(r, lambda: r.bezig and r.bezig[2])  # the first draws
    anders = replace(v, hoogstens=4)
    r.vraag([anders, v], [v])  # somebody changes something: that shortlist goes first
    _reken(r, lambda: r.is_klaar(anders))
    assert (len(r.oplossing(anders).start), r.kansen(v)) == (4, None)
    _reken(r, lambda: r.bezig and r.bezig[2] and r.bezig[0] == "kans")
    r.stop()
    _reken(r, lambda: r.kansen(v))
    kans, n, gelukt = r.kansen(v)
    assert 0 < gelukt <= n < 20_000
    assert all(kans[a] == 1.0 for a in v.moet)
    assert r.gestopt
    r.vraag([], [])
    assert (r.nog, r.gestopt, r.bezig) == (0, True, None)
    r.verder()
    assert r.kansen(v) is None  # it was not finished


def test_een_vastgesteld_scenario_houdt_zijn_eigen_aantal_veranderingen(werkmap):
    code = scenario.maak_kopie(Stand(werkmap), "Half", "Noor", keuzes=scenario.omvang("CA-001"))
    s = Stand(werkmap)
    v = besluit.probleem(s, code)
    besluit.stel_vast(s, code, "Noor", "college", berekend=(v, kiezen.los_op(v, 10)))
    open_ = scenario.maak_kopie(Stand(werkmap), "Open", "Noor")
    scenario.verander(Stand(werkmap), "basis", scenario.omvang("CA-109"), "Noor")
    assert scenario.lijst(Stand(werkmap))["veranderingen"].to_dict() == {"basis": 1, code: 1, open_: 1}


def test_wat_stopt_geeft_niet_meer_dan_er_vrij_komt(werkmap):
    s = Stand(werkmap)
    teams = s.tabel("inzet").query("activiteit == 'P01'")["team"].unique()
    # Nobody is left in these teams: what they get back they were short of.
    fte = s.tabel("teams")["fte"]
    weg = {k: w for t in teams for k, w in scenario.fte(t, -float(fte[t]), "2027K1").items()}
    code = scenario.maak_kopie(s, "Leeg", "Noor", keuzes=weg | scenario.stop("P01", "2027K3"))
    zinnen = {x.sleutel: x.zin for x in scenario.veranderingen(Stand(werkmap), code)}
    assert zinnen["stop|P01"].endswith(", maar er komt niets vrij: de teams kwamen die tekort.")


def test_wat_al_voor_de_planperiode_begon_vraagt_alleen_wat_er_nog_van_over_is(werkmap):
    s = Stand(werkmap)
    a = "BG-011"
    van = s.kandidaten.loc[a]
    s.ambities.loc[a, ["start_kwartaal", "eind_kwartaal"]] = ["2026K3", "2027K2"]
    s.__dict__.pop("kandidaten")
    rij = kiezen.kandidaten(s, s.scenarios["basis"]).loc[a]
    assert (rij["begin"], rij["duur"]) == ("2027K1", 2)
    assert (rij["uren"], rij["budget_eur"]) == (van["uren"] / 2, van["budget_eur"] / 2)
