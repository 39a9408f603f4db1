"""The best shortlist of a scenario, what the screen says beside it, and searches in a process of their own."""

from __future__ import annotations

import time

import numpy as np
import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.domein.scenario import BASIS
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk, schendingen
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, kiesbeeld, kiezen, scenario, zoeken

IN, UIT = {"waarde": "in"}, {"waarde": "uit"}


@pytest.fixture(scope="module")
def stand(voorbeeld):
    with Werkmap(voorbeeld) as w:
        yield Stand(w)


@pytest.fixture(scope="module")
def basis(stand):
    return kiezen.kies(stand)


class Scenario:
    """A werkmap in which one test chooses; `kies` gives the stand after it."""

    def __init__(self, map_):
        self.werkmap = Werkmap(map_)

    def kies(self, keuzes: dict) -> Stand:
        self.werkmap.scenarios.kies(BASIS, keuzes, "Ilse", "Proef")
        return Stand(self.werkmap)

    def besluit(self, ambitie: str, bestemming: Bestemming, naar: str | None = None) -> Stand:
        self.werkmap.besluit([Besluit(ambitie, bestemming, "Proef", "Ilse", naar)])
        return Stand(self.werkmap)


@pytest.fixture
def s(voorbeeld_kopie):
    return Scenario(voorbeeld_kopie)


def _los(stand: Stand) -> tuple[Vraagstuk, Oplossing]:
    v = kiezen.vraagstuk(stand)
    return v, zoeken.los_op(v, 10.0)


# -- the problem and its answer -----------------------------------------------------------------------


def test_de_beste_shortlist_van_het_voorbeeld_breekt_niets_en_is_bewezen(basis):
    assert basis.oplossing.status == Status.OPTIMAAL
    assert schendingen(basis.vraagstuk, basis.oplossing.start) == []
    assert len(basis.gekozen) == 19 == basis.vraagstuk.hoogstens
    assert set(basis.vraagstuk.moet) <= set(basis.gekozen.index)
    assert basis.toelichting.startswith("De beste shortlist heeft 19 ambities, samen 1.330 punten")
    assert "15 ambities staan erin omdat het wettelijk moet, waarvan 1 nog niet beoordeeld." in basis.toelichting
    assert "met de hand" not in basis.toelichting
    assert basis.gekozen["rang"].dropna().is_monotonic_increasing


def test_grenzen_handkeuzes_en_paren_van_een_scenario_komen_in_het_vraagstuk(s):
    stand = s.kies(
        {
            "grens|opgaven": {"waarde": 16}, "grens|budget|2027": {"waarde": 9e6},
            "grens|minstens|fysiek": {"waarde": 6}, "vast|CA-140": IN, "vast|CA-080": UIT,
            "start|CA-001": {"kwartaal": "2027K3"}, "volgorde|CA-157|CA-109": {},
        }
    )  # fmt: skip
    v, uit = _los(stand)
    assert (v.hoogstens, dict(v.budget_eur), dict(v.minstens)) == (16, {"2027": 9e6}, {"fysiek": 6})
    assert v.moet["CA-140"] == "Proef" == v.mag_niet["CA-080"]
    assert "CA-080" not in v.moet  # by hand goes before what the law says
    assert (dict(v.vast_start), v.voor) == ({"CA-001": 2}, (("CA-157", "CA-109"),))
    assert schendingen(v, uit.start) == []
    keuze = kiezen.leg_uit(stand, stand.scenarios[BASIS], v, uit)
    assert "3 keuzes zijn met de hand vastgezet." in keuze.toelichting
    assert keuze.tabel.loc["CA-140", "reden"].startswith("vast erin: Proef")
    assert keuze.tabel.loc["CA-080", ["vast", "reden"]].tolist() == ["uit", "vast eruit: Proef"]


def test_zonder_hand_laat_alleen_los_wat_mensen_vastzetten(s, basis):
    stand = s.kies({"vast|CA-140": IN, "start|CA-185": {"kwartaal": "2028K4"}, "grens|opgaven": {"waarde": 18}})
    advies = kiezen.zonder_hand(stand.scenarios[BASIS])
    v = kiezen.vraagstuk(stand, advies)
    assert v.hoogstens == 18
    assert (v.moet, dict(v.vast_start)) == (basis.vraagstuk.moet, {})
    assert v.laatst.tolist() == basis.vraagstuk.laatst.tolist()


def test_wat_een_scenario_erbij_zet_kan_met_de_hand_eruit(s):
    extra = {"titel": "Opvang", "uren": 400, "budget_eur": 1e5, "duur": 2, "vroegst": "2027K1", "waarde": 90,
             "team": "Samenleving", "moet": True}  # fmt: skip
    assert "X01" in kiezen.vraagstuk(s.kies({"extra|X01": extra})).moet
    assert dict(kiezen.vraagstuk(s.kies({"vast|X01": UIT})).mag_niet) == {"X01": "Proef"}


# -- what can no longer be chosen -----------------------------------------------------------------------


def test_pas_na_iets_wat_is_samengevoegd_volgt_de_leidende_rij(s):
    s.kies({"volgorde|CA-157|CA-109": {}, "niet_samen|CA-157|CA-140": {}, "niet_samen|CA-157|CA-033": {}})
    stand = s.besluit("CA-157", Bestemming.SAMENGEVOEGD, "CA-033")
    v = kiezen.vraagstuk(stand)
    # With the one it went up in, it is one.
    assert (v.voor, v.niet_samen) == ((("CA-033", "CA-109"),), (("CA-033", "CA-140"),))
    knop, los = kiesbeeld.versoepel(stand, stand.scenarios[BASIS], v, {"soort": "voor", "sleutel": v.voor[0]})
    assert (knop, los) == ("Haal deze afspraak weg", {"volgorde|CA-157|CA-109": None})


def test_pas_na_iets_wat_niet_is_beoordeeld_neemt_het_mee_zonder_punten(s):
    stand = Stand(s.werkmap)
    open_ = stand.kandidaten.index.difference(kiezen.kandidaten(stand, stand.scenarios[BASIS]).index)
    eerst, daarvoor = open_[:2]
    stand = s.kies({f"volgorde|{eerst}|CA-109": {}, f"volgorde|{daarvoor}|{eerst}": {}})
    v, uit = _los(stand)
    assert v.voor == ((eerst, "CA-109"), (daarvoor, eerst))
    assert [v.waarde[v.items.index(a)] for a in (eerst, daarvoor)] == [0, 0]
    assert schendingen(v, uit.start) == []
    redenen = kiezen.leg_uit(stand, stand.scenarios[BASIS], v, uit).tabel["reden"]
    assert redenen[daarvoor] == "niet gekozen: nog niet beoordeeld"
    assert redenen[eerst] == f"past niet: pas na {daarvoor}, en dan is de planperiode voorbij"


def test_pas_na_iets_wat_is_afgewezen_sluit_wat_erna_komt_en_dat_staat_er(s):
    s.kies({"volgorde|CA-157|CA-109": {}})
    stand = s.besluit("CA-157", Bestemming.AFGEWEZEN)
    keuze = kiezen.kies(stand)
    waarom = "pas na CA-157, en dat kan niet meer worden gekozen (CA-157 is afgewezen)"
    assert keuze.vraagstuk.mag_niet["CA-109"] == waarom
    assert keuze.tabel.loc["CA-109", "reden"] == f"kan er niet in: {waarom}"
    assert f"CA-109 kan er niet in: {waarom}." in keuze.toelichting
    assert "met de hand" not in keuze.toelichting
    eis = {"soort": "mag_niet", "sleutel": ("CA-109",)}
    _, los = kiesbeeld.versoepel(stand, stand.scenarios[BASIS], keuze.vraagstuk, eis)
    assert los == {"volgorde|CA-157|CA-109": None}


def test_niet_samen_met_iets_wat_is_afgewezen_houdt_niets_tegen(s):
    s.kies({"niet_samen|CA-157|CA-109": {}})
    stand = s.besluit("CA-157", Bestemming.AFGEWEZEN)
    assert (kiezen.vraagstuk(stand).niet_samen, kiezen.vraagstuk(stand).mag_niet) == ((), {})


def test_een_handkeuze_die_niet_meer_kan_blijft_zichtbaar_en_telt_niet(s):
    s.kies({"vast|CA-140": IN, "start|CA-001": {"kwartaal": "2028K4"}, "vast|CA-080": UIT})
    s.werkmap.zet_parameter("prioritering.planperiode", ["2027K1", "2028K2"], "Ilse", "Proef")
    stand = s.besluit("CA-140", Bestemming.AFGEWEZEN)
    keuze = kiezen.kies(stand)
    assert "1 keuze is met de hand vastgezet." in keuze.toelichting
    assert keuze.toelichting.split("vastgezet. ")[1].startswith(
        "2 keuzes kunnen niet meer: CA-140 is afgewezen; het 4e kwartaal 2028 is buiten de planperiode."
    )
    hand = {h.sleutel: h for h in kiesbeeld.met_de_hand(stand, stand.scenarios[BASIS], keuze.vraagstuk)}
    assert {k: (h.telt, h.kan_niet) for k, h in hand.items()} == {
        "vast|CA-140": (False, "CA-140 is afgewezen"),
        "start|CA-001": (False, "het 4e kwartaal 2028 is buiten de planperiode"),
        "vast|CA-080": (True, ""),
    }
    zinnen = {x.sleutel: x.zin for x in scenario.veranderingen(stand, BASIS)}
    assert zinnen["vast|CA-140"].endswith(" vast erin. Deze keuze kan niet meer: CA-140 is afgewezen.")


def test_wat_wettelijk_is_moet_ook_zonder_oordeel_behalve_waar_dat_niet_hoeft(s, basis):
    v = basis.vraagstuk
    assert (v.moet["CA-015"], v.waarde[v.items.index("CA-015")]) == ("wettelijk", 0)
    assert basis.tabel.loc["CA-015", "reden"].startswith("moet erin: wettelijk, begint in het ")
    assert np.isnan(basis.tabel.loc["CA-015", "rang"])
    assert "CA-015" not in kiezen.vraagstuk(s.kies({"grens|wettelijk": {"waarde": False}})).items


def test_zonder_oordelen_is_er_niets_bewezen_maar_staat_er_wat_eerst_moet(tmp_path):
    with Werkmap(tmp_path / "leeg", maak=True) as w:
        keuze = kiezen.kies(Stand(w))
    assert (
        keuze.toelichting == "Er zijn nog geen ambities om uit te kiezen. Lees eerst een bestand met ambities in."
    )


# -- why an item is out ---------------------------------------------------------------------------------


def _klein(**anders) -> Vraagstuk:
    w = {
        "items": ("A", "B", "C"), "waarde": [50, 40, 30], "duur": [1] * 3, "vroegst": [0] * 3, "laatst": [0] * 3,
        "uren": [[10], [10], [10]], "kosten_eur": [1e5] * 3, "kwartalen": ("2027K1",), "teams": ("T",),
        "ruimte_uren": [[100]],
    }  # fmt: skip
    return Vraagstuk(**(w | anders))


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        ({"hoogstens": 2}, "niet gekozen: alle 2 plaatsen zijn bezet door wat moet of meer punten heeft"),
        ({"hoogstens": 1, "moet": {"A": "wet"}}, "niet gekozen: de ene plaats is bezet door wat erin moet"),
        ({"ruimte_uren": [[20]]}, "niet gekozen: met dezelfde ruimte leveren andere samen meer op"),
        ({"uren": [[10], [10], [101]]}, "past niet: 101 uur per kwartaal heeft T nergens lang genoeg"),
        ({"kosten_eur": [1e5, 1e5, 3e5], "budget_eur": {"totaal": 2e5}},
         "past niet: kost € 300.000, meer dan het hele budget"),
        ({"moet": {"A": "wet"}, "niet_samen": (("C", "A"),)}, "past niet: niet samen met A, en die moet erin"),
        ({"mag_niet": {"B": ""}, "voor": (("B", "C"),)}, "past niet: pas na B, en die mag er niet in"),
    ],
)  # fmt: skip
def test_de_reden_zegt_wat_knelt(anders, reden):
    v = _klein(**anders)
    assert kiezen.redenen(v, zoeken.los_op(v, 5.0))["C"] == reden


# -- what stands beside it ----------------------------------------------------------------------------


def test_elke_grens_zegt_wat_ervan_gebruikt_is_en_waar_zij_vandaan_komt(s):
    stand = s.kies({"grens|budget|totaal": {"waarde": 2e7}})
    keuze = kiezen.kies(stand)
    per_naam = {g.naam: g for g in kiesbeeld.grenzen(stand, stand.scenarios[BASIS], keuze)}
    opgaven, totaal, fysiek = (per_naam[n] for n in ("opgaven", "budget|totaal", "minstens|fysiek"))
    assert (opgaven.waarde, opgaven.gebruikt, opgaven.eigen) == (19, 19, False)
    assert opgaven.herkomst == stand.parameter("prioritering", "opgaven").bron
    assert (totaal.waarde, totaal.eigen, totaal.herkomst) == (2e7, True, "Ilse: Proef")
    assert totaal.gebruikt == keuze.gekozen["budget_eur"].sum() <= 2e7
    assert (fysiek.waarde, fysiek.gebruikt) == (None, (keuze.gekozen["domein"] == "fysiek").sum())
    jaren = [g for g in per_naam if g.startswith("budget|2")]
    assert sum(per_naam[j].gebruikt for j in jaren) == pytest.approx(totaal.gebruikt)


@pytest.mark.parametrize(
    ("soort", "tekst", "waarde"),
    [
        ("euro", "25 mln", 25_000_000),
        ("euro", "2.500.000", 2_500_000),
        ("aantal", " 17 ", 17),
        ("aantal", "", None),
    ],
)
def test_een_getypte_grens_wordt_gelezen_zoals_mensen_typen(soort, tekst, waarde):
    g = kiesbeeld.Grens("opgaven", "Hoogstens", soort, None, None, "", False)
    assert kiesbeeld.lees_grens(g, tekst) == {"waarde": waarde}


@pytest.mark.parametrize(
    ("soort", "tekst"), [("euro", "veel"), ("aantal", "17,5"), ("aantal", "-3"), ("euro", "-1")]
)
def test_een_onleesbare_grens_zegt_wat_er_moet_staan(soort, tekst):
    g = kiesbeeld.Grens("opgaven", "Hoogstens", soort, None, None, "", False)
    with pytest.raises(BesluitFout, match=r"Hoogstens: .* is niet te lezen\. Vul een"):
        kiesbeeld.lees_grens(g, tekst)


def _oplossing(waarde: float, **start: int) -> Oplossing:
    return Oplossing(Status.OPTIMAAL, start, waarde, waarde)


@pytest.mark.parametrize(
    ("nu", "advies", "aantal", "zin"),
    [
        (_oplossing(1284, A=0, B=1), _oplossing(1310, A=0, C=0), 3,
         "Zonder uw 3 keuzes: 1.310 punten in plaats van 1.284; dan C Park erin en B Brug eruit."),
        (_oplossing(50, A=0), _oplossing(50, A=0), 1, "Zonder uw ene keuze: 50 punten, met dezelfde ambities."),
        (_oplossing(50, A=2), _oplossing(50, A=0), 1,
         "Zonder uw ene keuze: 50 punten; dan 1 ambitie begint op een ander moment."),
        (Oplossing(Status.ONMOGELIJK, {}, 0, 0), _oplossing(50, A=0), 2,
         "Zonder uw 2 keuzes is er wel een shortlist, van 50 punten."),
        (Oplossing(Status.ONMOGELIJK, {}, 0, 0), Oplossing(Status.ONMOGELIJK, {}, 0, 0), 1,
         "Ook zonder uw ene keuze is er geen shortlist die past."),
    ],
)  # fmt: skip
def test_het_verschil_met_het_advies_staat_er_in_een_zin(nu, advies, aantal, zin):
    assert kiesbeeld.verschil(nu, advies, aantal, {"B": "Brug", "C": "Park"}) == zin


def test_meer_dan_vijf_topprioriteiten_waarschuwt_met_de_bron(stand, basis):
    nu = set(stand.tabel("opgaven").query("prioriteit == 'nu'").index)
    a = stand.ambities.loc[list(basis.gekozen.index)]
    erbij = set(a.loc[a["bestemming"] == "opgave", "naar"]) - nu
    zin = kiesbeeld.topprioriteiten(stand, basis.gekozen.index)
    assert zin.startswith(f"{len(nu)} opgaven hebben prioriteit 'nu' en de shortlist raakt er nog {len(erbij)} (")
    assert zin.endswith(f"samen {len(nu | erbij)}. Hoogstens 5 tegelijk is het advies "
                        f"({stand.parameter('prioritering', 'topprioriteiten').bron}).")  # fmt: skip


def test_weinig_topprioriteiten_waarschuwt_niet(s):
    s.werkmap.zet_parameter("prioritering.topprioriteiten", 40, "Ilse", "Proef")
    assert kiesbeeld.topprioriteiten(Stand(s.werkmap), ["CA-001"]) == ""


ONMOGELIJK = {
    "hoogstens": {"grens|opgaven": {"waarde": 5}},
    "budget": {"grens|budget|totaal": {"waarde": 1000.0}},
    "minstens": {"grens|minstens|fysiek": {"waarde": 60}, "grens|opgaven": {"waarde": None}},
    "niet_samen": {"vast|CA-001": IN, "vast|CA-109": IN, "niet_samen|CA-001|CA-109": {}},
    "vast_start": {"vast|CA-140": IN, "start|CA-140": {"kwartaal": "2027K1"}, "volgorde|CA-033|CA-140": {}},
    "team": {"vast|CA-001": IN, "team|Ruimte en Wonen": {"fte": -500.0, "vanaf": "2027K1"}},
}


@pytest.mark.parametrize("soort", ONMOGELIJK)
def test_elke_soort_eis_die_botst_is_met_een_knop_los_te_laten(s, soort, monkeypatch):
    monkeypatch.setattr(zoeken, "BOTSING_S", 1.0)
    stand = s.kies(ONMOGELIJK[soort])
    v = kiezen.vraagstuk(stand)
    eisen = zoeken.botsing(v, {})["eisen"]
    eis = next(e for e in eisen if e["soort"] == soort)
    knop, los = kiesbeeld.versoepel(stand, stand.scenarios[BASIS], v, eis)
    s.werkmap.scenarios.kies(BASIS, los, "Ilse", knop)
    weer = zoeken.botsing(kiezen.vraagstuk(Stand(s.werkmap)), {})["eisen"]
    # One fte more is a step; the other ways solve this clash at once.
    assert soort == "team" or eis not in weer
    assert soort not in ("hoogstens", "niet_samen", "vast_start", "minstens") or weer == []


# -- in a process of their own ------------------------------------------------------------------------


def _zwaar() -> Vraagstuk:
    """Too much to prove in a moment: hundreds of small things and no cap on their number."""
    n, t, q = 300, 8, 12
    r = np.random.default_rng(4)
    return Vraagstuk(
        items=tuple(f"A{i:03d}" for i in range(n)), waarde=r.uniform(10, 100, n), duur=r.integers(1, 6, n),
        vroegst=np.zeros(n, int), laatst=np.full(n, q - 1), uren=r.uniform(0, 60, (n, t)).round(2),
        kosten_eur=r.uniform(1e4, 1e6, n).round(2),
        kwartalen=tuple(f"20{27 + i // 4}K{i % 4 + 1}" for i in range(q)),
        teams=tuple(f"T{i}" for i in range(t)), ruimte_uren=np.full((t, q), 410.0),
        budget_eur={"2027": 1.1e7, "2028": 9e6},
    )  # fmt: skip


def _tot(werk: zoeken.Zoekwerk, klopt, seconden: float = 60) -> list:
    gehoord, einde = [], time.monotonic() + seconden
    while time.monotonic() < einde:
        gehoord += werk.kijk()
        if klopt(gehoord):
            return gehoord
        time.sleep(0.05)
    raise AssertionError(f"kwam niet: {[g[:3] for g in gehoord]}")


def test_stoppen_geeft_het_beste_tot_nu_toe_en_vervangen_hoort_niemand_meer():
    werk, v = zoeken.Zoekwerk(), _zwaar()
    werk.begin("zoek", "oud", zoeken.los_op, v, 60.0, meldt=True)
    werk.begin("zoek", "nieuw", zoeken.los_op, v, 60.0, meldt=True)
    _tot(werk, lambda g: any(x[2] == "bericht" and x[3].start for x in g))
    begin = time.monotonic()
    werk.stop("zoek")
    gehoord = _tot(werk, lambda g: any(x[2] == "antwoord" for x in g), 20)
    assert time.monotonic() - begin < 15
    soort, over, _, uit = gehoord[-1]
    assert (soort, over, uit.status) == ("zoek", "nieuw", Status.GEVONDEN)
    assert schendingen(v, uit.start) == []
    assert uit.bovengrens > uit.waarde > 0
    assert werk.loopt() is None


def test_een_kind_dat_mislukt_is_een_fout_en_geen_stilte():
    werk = zoeken.Zoekwerk()
    werk.begin("zoek", "x", zoeken.waarom, _zwaar(), Oplossing(Status.GEVONDEN, {}, 0, 0), "bestaat niet", {})
    (_, over, wat, fout), = _tot(werk, lambda g: g)  # fmt: skip
    assert (over, wat, type(fout)) == ("x", "fout", ValueError)


def test_hetzelfde_vraagstuk_heeft_hetzelfde_merk_en_een_beter_antwoord_blijft(basis, stand):
    assert zoeken.merk(kiezen.vraagstuk(stand)) == zoeken.merk(basis.vraagstuk)
    assert zoeken.merk(kiezen.vraagstuk(stand, opgaven=18)) != zoeken.merk(basis.vraagstuk)
    werk = zoeken.Zoekwerk()
    beter, slechter = Oplossing(Status.GEVONDEN, {}, 10, 20), Oplossing(Status.GEVONDEN, {}, 9, 20)
    for uit in (beter, slechter):
        werk.bewaar("x", uit)
    assert werk.antwoorden["x"] is beter
    werk.bewaar("x", _oplossing(10))
    assert werk.antwoorden["x"].status == Status.OPTIMAAL


def test_het_front_stuurt_elk_punt_en_stopt_als_het_moet(basis):
    punten: list[dict] = []
    v, uit = basis.vraagstuk, basis.oplossing
    assert zoeken.front(v, uit, "uren", lambda p: not punten.append(p) and len(punten) < 3) == 3
    assert [p["factor"] for p in punten] == [0.5, 0.6, 0.7]
    waarden = [p["waarde"] for p in punten if p["waarde"] is not None]
    assert waarden == sorted(waarden)
