"""The page for the MT as state: what a control changes, and that a decision reaches the werkmap."""

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets.mt import VLAKKEN, MtPagina
from opgavelib.widgets.panelen import BelastingPaneel, ShortlistPaneel


@pytest.fixture
def pagina(voorbeeld_kopie):
    return MtPagina(voorbeeld_kopie)


def _besluit(pagina, **waarden):
    teller = ((pagina.besluiten.formulier.ingediend or {}).get("teller") or 0) + 1
    basis = {"ambitie": "CA-001", "bestemming": "lijn", "naar": None, "reden": "Bestaand werk"}
    pagina.handelingen.balk.naam = waarden.pop("wie", "MT")
    pagina.besluiten.formulier.ingediend = {"waarden": basis | waarden, "teller": teller}


def test_een_ander_besloot_terwijl_het_formulier_open_stond(pagina, voorbeeld_kopie):
    formulier = pagina.besluiten.formulier
    begonnen = formulier.versie
    with Werkmap(voorbeeld_kopie) as van_bas:
        van_bas.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, "te duur", "Bas"))
    pagina.werk_bij()
    assert formulier.versie > begonnen
    pagina.handelingen.balk.naam = "MT"
    w = {"ambitie": "CA-001", "bestemming": "lijn", "naar": None, "opgave": None, "reden": "Bestaand werk"}
    formulier.ingediend = {"waarden": w, "teller": 1, "gezien": begonnen}
    assert [c["wie"] for c in pagina.handelingen.balk.conflicten] == ["Bas"]
    formulier.ingediend = {"waarden": w, "teller": 2, "gezien": formulier.versie}
    assert pagina.handelingen.balk.conflicten == []


def test_elk_gewicht_verandert_grafiek_tabel_en_zin(pagina):
    paneel = pagina.shortlist
    gezien = set()
    for gewicht in (0, 20, 50):
        paneel.gewichten.waarden = {**paneel.gewichten.waarden, "effect": gewicht}
        gezien.add((str(paneel.beeld.grafiek.figuur), str(paneel.beeld.tabel.rijen)))
    assert len(gezien) == 3


def test_aantal_en_budget_verleggen_de_streep(pagina):
    pagina.shortlist.aantal.value = 5
    assert int(pagina.shortlist.uitkomst.tabel["gekozen"].sum()) == 5
    pagina.shortlist.budget.value = "1 mln"
    gekozen = pagina.shortlist.uitkomst.gekozen
    assert gekozen["budget_eur"].sum() <= 1_000_000
    assert pagina.shortlist.beeld.tabel.streep["tekst"] == f"De streep: {len(gekozen)} gekozen"


def test_onleesbaar_budget_wordt_gezegd_en_daarna_vergeten(pagina):
    pagina.shortlist.budget.value = "veel"
    assert pagina.melding.soort == "fout"
    assert "25 mln" in pagina.melding.tekst
    pagina.shortlist.budget.value = ""
    assert pagina.melding.tekst == ""


def test_alle_gewichten_nul_is_een_nederlandse_melding(pagina):
    pagina.shortlist.gewichten.waarden = dict.fromkeys(pagina.shortlist.gewichten.waarden, 0)
    assert pagina.melding.tekst == "Geef minstens één criterium een gewicht boven 0."


def test_besluit_staat_meteen_in_de_werkmap_en_in_beeld(pagina, voorbeeld_kopie):
    voor = dict(Stand(Werkmap(voorbeeld_kopie)).spoor.aantallen)
    _besluit(pagina)
    with Werkmap(voorbeeld_kopie) as werkmap:
        spoor = werkmap.spoor()
    assert spoor.tabel.loc["CA-001", ["bestemming", "reden", "wie"]].tolist() == ["lijn", "Bestaand werk", "MT"]
    assert spoor.aantallen["lijn"] == voor["lijn"] + 1
    assert sum(spoor.aantallen.values()) == sum(voor.values())
    assert pagina.trechter.tabel.rijen[-1]["lijn"] == voor["lijn"] + 1
    assert pagina.besluiten.lijst.rijen[0]["reden"] == "Bestaand werk"
    assert pagina.handelingen.balk.gedaan == "CA-001 → Regulier werk"


def test_ongedaan_maken_is_een_nieuwe_gebeurtenis(pagina, voorbeeld_kopie):
    was = Werkmap(voorbeeld_kopie).spoor().tabel.loc["CA-001", "bestemming"]
    _besluit(pagina)
    nummer = pagina.besluiten.lijst.rijen[0]["volgnummer"]
    pagina.besluiten.terug.ingediend = {
        "waarden": {"besluit": str(nummer), "reden": "Vergissing"}, "teller": 1,
    }  # fmt: skip
    with Werkmap(voorbeeld_kopie) as werkmap:
        assert werkmap.spoor().tabel.loc["CA-001", "bestemming"] == was
        assert werkmap.versie() == nummer + 1


def test_zonder_naam_wordt_er_niets_besloten(pagina, voorbeeld_kopie):
    versie = Werkmap(voorbeeld_kopie).versie()
    _besluit(pagina, wie=" ")
    assert "Vul eerst bovenaan in wie u bent" in pagina.handelingen.melding.tekst
    assert pagina.handelingen.balk.vraag_naam == 1
    assert Werkmap(voorbeeld_kopie).versie() == versie


@pytest.mark.parametrize(
    ("waarden", "veld"),
    [
        ({"reden": ""}, "reden"),
        ({"ambitie": "bestaat niet"}, "ambitie"),
        ({"bestemming": "opgave"}, "naar"),
        ({"bestemming": "samengevoegd", "naar": "weg"}, "naar"),
    ],
)
def test_onvolledig_besluit_wordt_bij_het_veld_gezegd_en_niet_opgeslagen(pagina, voorbeeld_kopie, waarden, veld):
    versie = Werkmap(voorbeeld_kopie).versie()
    _besluit(pagina, **waarden)
    assert veld in pagina.besluiten.formulier.fout
    assert Werkmap(voorbeeld_kopie).versie() == versie


def test_nieuwe_opgave_wordt_gemaakt_en_is_daarna_te_kiezen(pagina, voorbeeld_kopie):
    _besluit(pagina, bestemming="opgave", naar="nieuwe opgave", opgave="Water in de wijk")
    with Werkmap(voorbeeld_kopie) as werkmap:
        assert werkmap.spoor().tabel.loc["CA-001", "naar"] == "O20"
        assert werkmap.tabel("opgaven").loc["O20", "titel"] == "Water in de wijk"
    naar = next(v for v in pagina.besluiten.formulier.velden if v["naam"] == "naar")
    assert {"waarde": "O20", "label": "O20 · Water in de wijk"} in naar["opties"]


def test_nieuwe_opgave_zonder_naam_wordt_niet_gemaakt(pagina, voorbeeld_kopie):
    _besluit(pagina, bestemming="opgave", naar="nieuwe opgave", opgave=None)
    assert pagina.besluiten.formulier.fout == {"opgave": "Vul dit in."}
    assert len(Werkmap(voorbeeld_kopie).tabel("opgaven")) == 19


def test_samenvoegen_in_een_kring_wordt_geweigerd(pagina, voorbeeld_kopie):
    spoor = Werkmap(voorbeeld_kopie).spoor().tabel
    kind, ouder = next((a, r.naar) for a, r in spoor.iterrows() if r.bestemming == "samengevoegd")
    versie = Werkmap(voorbeeld_kopie).versie()
    _besluit(pagina, ambitie=ouder, bestemming="samengevoegd", naar=kind)
    assert "kan niet in" in pagina.besluiten.melding.tekst
    assert Werkmap(voorbeeld_kopie).versie() == versie


def test_besluit_van_een_ander_verschijnt_met_wie_en_wanneer(pagina, voorbeeld_kopie):
    ander = MtPagina(voorbeeld_kopie)
    _besluit(ander, wie="Anja")
    pagina.hartslag._ping(None, {"soort": "ping", "nr": 1}, [])
    assert pagina.hartslag.bericht.startswith("Door Anja gewijzigd om ")
    assert pagina.besluiten.lijst.rijen[0]["wie"] == "Anja"


def test_wie_zelf_besluit_krijgt_geen_bericht_daarover(pagina):
    _besluit(pagina)
    pagina.hartslag._ping(None, {"soort": "ping", "nr": 1}, [])
    assert pagina.hartslag.bericht == ""


def test_rij_in_de_shortlist_vult_het_formulier(pagina):
    pagina.shortlist.beeld.tabel.gekozen = "CA-078"
    assert pagina.besluiten.formulier.velden[0]["waarde"] == "CA-078"


def test_klik_op_een_vak_toont_het_team(voorbeeld):
    paneel = BelastingPaneel(Stand(Werkmap(voorbeeld)))
    vakken = paneel.beeld.grafiek.figuur["data"][0]["customdata"]
    paneel.beeld.grafiek.klik = {"customdata": vakken[0][2], "teller": 1}
    assert paneel.team.value
    assert {r["team"] for r in paneel.detail.tabel.rijen} == {paneel.team.value}


def test_zwaarst_belaste_team_staat_voor_en_een_keuze_blijft(pagina):
    assert pagina.belasting.team.value == "Duurzaamheid en Mobiliteit"
    assert pagina.belasting.detail.grafiek.figuur["data"]
    pagina.belasting.team.value = "Samenleving"
    _besluit(pagina)
    assert pagina.belasting.team.value == "Samenleving"
    assert {r["team"] for r in pagina.belasting.detail.tabel.rijen} == {"Samenleving"}


def test_zelfde_stand_wordt_niet_opnieuw_berekend(pagina):
    stand = pagina._stand
    pagina.werk_bij()
    assert pagina._stand is stand


def test_lege_werkmap_geeft_een_pagina_die_zegt_wat_eerst_moet(tmp_path):
    Werkmap(tmp_path, maak=True).sluit()
    pagina = MtPagina(tmp_path)
    assert "opgave lees" in pagina.trechter._kop.value
    assert pagina.melding.tekst == ""
    assert len(VLAKKEN) == 6


def test_paneel_werkt_ook_los_in_een_notebook(voorbeeld):
    paneel = ShortlistPaneel(Stand(Werkmap(voorbeeld)))
    assert paneel.melding in paneel.doos.children
    assert int(paneel.uitkomst.tabel["gekozen"].sum()) == 19
