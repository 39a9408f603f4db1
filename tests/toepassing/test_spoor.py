"""Waar bleef mijn ambitie? The road of a row tells everything that happened to it, in order, to where it is now."""

from __future__ import annotations

import pytest

from opgavelib.domein.begrippen import Bestemming, Oordeel
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, lees_in
from opgavelib.toepassing import spoor as weg_van
from opgavelib.toepassing.spoor import keten, regels, weg, zoek


@pytest.fixture
def gelezen(boek, tmp_path):
    """A werkmap with one sheet, read twice: a text was corrected, a row went, a row came."""

    def lees(*teksten: str) -> None:
        pad = boek(
            "akkoord.xlsx", Afspraken=[["Nr", "Afspraak", "Wethouder"], *([t[0], t, "Noor"] for t in teksten)]
        )
        lees_in(tmp_path / "werkmap", [pad], wie="Ilse")

    lees("1 Fietspad langs de vaart aanleggen", "2 Zwembad renoveren", "3 Bomen planten in het centrum")
    lees("1 Fietspad langs de vaart verbreden", "2 Zwembad renoveren", "4 Bibliotheek vaker open")
    with Werkmap(tmp_path / "werkmap") as werkmap:
        yield werkmap


def _soorten(stappen) -> list[str]:
    return [s.soort for s in stappen]


def test_een_gewijzigde_tekst_staat_er_met_oud_en_nieuw(gelezen):
    stappen = weg(Stand(gelezen), "CA-001")
    assert _soorten(stappen) == ["bron", "gelezen", "gewijzigd", "nu"]
    bron, gelezen_, gewijzigd, nu = stappen
    assert bron.tekst == "Coalitieakkoord: akkoord.xlsx, blad 'Afspraken', rij 2"
    assert ("Portefeuillehouder", "", "Noor") in bron.details
    assert (gelezen_.kop, gelezen_.wie) == ("Ingelezen uit akkoord.xlsx", "Ilse")
    assert gewijzigd.details == (
        ("Tekst", "1 Fietspad langs de vaart aanleggen", "1 Fietspad langs de vaart verbreden"),
    )
    assert gewijzigd.tijdstip >= gelezen_.tijdstip
    assert nu.kop == "Nu: nog open"


def test_een_rij_die_er_later_bij_kwam_is_bij_de_tweede_keer_gelezen(gelezen):
    lezingen = gelezen.tabel("gebeurtenissen").query("wat == 'gelezen'").index
    for ambitie, nummer in (("CA-001", lezingen[0]), ("CA-003", lezingen[0]), ("CA-004", lezingen[1])):
        stand = Stand(gelezen)
        assert list(weg_van._lezing(stand, ambitie, "akkoord.xlsx#Afspraken").index) == [nummer]


def test_een_rij_die_uit_het_bestand_ging_zegt_dat(gelezen):
    stappen = weg(Stand(gelezen), "CA-003")
    assert _soorten(stappen) == ["bron", "gelezen", "vervallen", "nu"]
    assert stappen[-1].tekst == "Er is nog niets over besloten. De rij staat niet meer in het bestand."


def test_besluit_kenmerk_oordeel_en_terug_staan_er_met_wie_en_waarom(gelezen):
    gelezen.kenmerk({"CA-001": {"werksoort": "opgave"}}, "Tom", "Besproken in het MT")
    (besluit,) = gelezen.besluit(Besluit("CA-001", Bestemming.LIJN, "Doet het team al", "Tom"))
    gelezen.beoordeel_paar("CA-001", "CA-002", Oordeel.ANDERS, "Tom", "Ander onderwerp")
    gelezen.maak_ongedaan(besluit, "Gwen", "Toch niet")
    stappen = weg(Stand(gelezen), "CA-001")
    assert _soorten(stappen) == ["bron", "gelezen", "gewijzigd", "kenmerk", "besluit", "paar", "besluit", "nu"]
    kenmerk, eerst, paar, daarna = stappen[3:7]
    assert kenmerk.details == (("Werksoort", "", "opgave"),)
    assert (eerst.kop, eerst.tekst, eerst.wie, eerst.geldt) == (
        "Besluit: regulier werk", "Doet het team al", "Tom", False,
    )  # fmt: skip
    assert paar.kop == "Vergeleken met CA-002: niet hetzelfde"
    assert (daarna.kop, daarna.tekst, daarna.wie, daarna.geldt) == (
        "Besluit: nog open", "Toch niet", "Gwen", True,
    )  # fmt: skip


def test_een_samengevoegde_rij_loopt_door_tot_haar_opgave_en_het_werk(gelezen):
    opgave = gelezen.maak_opgave("Gezond leven", "MT")
    gelezen.beoordeel_paar("CA-001", "CA-002", Oordeel.SAMENGEVOEGD, "Tom", "Zelfde", naar="CA-002")
    gelezen.besluit(Besluit("CA-002", Bestemming.SAMENGEVOEGD, "Hoort erbij", "Tom", "CA-004"))
    gelezen.besluit(Besluit("CA-004", Bestemming.OPGAVE, "Past", "MT", opgave))
    stand = Stand(gelezen)
    assert keten(stand, "CA-001") == ("CA-001", "CA-002", "CA-004")
    stappen = weg(stand, "CA-001")
    assert [s.ambitie for s in stappen if s.soort == "bron"] == ["CA-001", "CA-002", "CA-004"]
    samen = next(s for s in stappen if s.soort == "besluit")
    assert samen.kop == "Besluit: gaat op in een rij die hetzelfde zegt: CA-002 2 Zwembad renoveren"
    assert [s.kop for s in stappen[-3:]] == [
        "Nu: hoort bij een opgave: O01 Gezond leven", "Opgave O01 · Gezond leven",
        "Onder deze opgave staan nog geen activiteiten",
    ]  # fmt: skip
    # The judgement is told once, by the decision that followed from it.
    assert "paar" not in [s.soort for s in stappen if s.ambitie == "CA-001"]


def test_een_leidende_rij_noemt_wat_erin_opging(gelezen):
    gelezen.besluit(Besluit("CA-001", Bestemming.SAMENGEVOEGD, "Zelfde", "Tom", "CA-002"))
    (hierin,) = [s for s in weg(Stand(gelezen), "CA-002") if s.soort == "hierin"]
    assert hierin.kop == "Hierin gingen op: 1 rij"
    assert hierin.details == (("CA-001 1 Fietspad langs de vaart verbreden", "", "Coalitieakkoord"),)


def test_het_voorbeeld_geeft_van_elke_rij_een_weg_die_klopt_met_waar_ze_is(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        stand = Stand(werkmap)
        for ambitie in stand.ambities.index[::7]:
            stappen = weg(stand, ambitie)
            eind = stand.ambities.loc[keten(stand, ambitie)[-1]]
            nu = next(s for s in stappen if s.soort == "nu")
            assert (eind["naar"] or "") in nu.kop
            assert stappen[0].ambitie == ambitie
            assert len(regels(stappen)) >= len(stappen)


def test_scores_staan_er_met_aantal_en_gemiddelde_en_zonder_namen(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        stand = Stand(werkmap)
        scores = stand.tabel("scores").query("ambitie == 'CA-001'")
        (stap,) = [s for s in weg(stand, "CA-001") if s.soort == "scores"]
        assert stap.kop == "Beoordeeld door 4 personen: gemiddeld 4,4 van 5"
        assert stap.tekst == f"{len(scores)} scores, van 1 tot en met 5"
        assert round(float(scores["score"].mean()), 1) == 4.4
        assert not any(n in " ".join(regels([stap])) for n in scores["beoordelaar"])


def test_regels_zijn_leesbaar_in_een_terminal(gelezen):
    gelezen.besluit(Besluit("CA-002", Bestemming.PARKEERPLAATS, "Volgend jaar", "Tom"))
    tekst = regels(weg(Stand(gelezen), "CA-002"))
    assert tekst[0] == "● CA-002 · 2 Zwembad renoveren"
    assert tekst[-3].startswith("● Besluit: later, op de parkeerplaats (Tom, ")
    assert tekst[-2:] == ["    Volgend jaar", "● Nu: later, op de parkeerplaats"]


@pytest.mark.parametrize(
    ("tekst", "aantal"),
    [("hoekzema boulevard", 3), ("BOULEVARD hoekzema", 3), ("ca-018", 1), ("", 314), ("zzz", 0)],
)
def test_zoeken_vindt_rijen_met_alle_woorden(voorbeeld, tekst, aantal):
    with Werkmap(voorbeeld) as werkmap:
        assert len(zoek(Stand(werkmap), tekst)) == aantal


def test_een_collegelid_vindt_de_eigen_rijen(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        stand = Stand(werkmap)
        gevonden = zoek(stand, "ravi sewnarain")
        assert set(stand.tabel("stemmen").query("collegelid == 'Ravi Sewnarain'")["ambitie"]) <= set(gevonden.index)


def test_een_onbekende_rij_is_een_fout(gelezen):
    with pytest.raises(KeyError, match="CA-999"):
        weg(Stand(gelezen), "CA-999")
