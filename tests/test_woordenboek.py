"""The data dictionary: loadable, complete, and without a header that means two things."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from opgavelib.domein.begrippen import Bestemming, Soort, Werkwijze
from opgavelib.opslag.tabellen import NATUURLIJKE_SLEUTEL, TABEL, inhoud, sleutel
from opgavelib.paden import map_van
from opgavelib.woordenboek import TABELLEN, TYPEN, tabel

# Design §4: the columns that matter.
ONTWERP = {
    "bronnen": "soort bestand blad sha256 gelezen_op rijen_gelezen rijen_geweigerd",
    "ambities": "titel omschrijving programma taakveld domein gebied portefeuillehouder team werksoort wettelijk "
    "budget_eur uren start_kwartaal eind_kwartaal",
    "stemmen": "collegelid rang ambitie",
    "begroting": "jaar taakveld programma omschrijving team lasten_eur baten_eur salarissen_eur sturing "
    "opgave_aandeel structureel",
    "teams": "team teamleider domein fte uren_per_fte lean_aandeel lean_uren deskundigheden",
    "opgaven": "titel domein bestuurlijk_opdrachtgever ambtelijk_opdrachtgever opdrachtnemer werkwijze prioriteit",
    "activiteiten": "opgave soort fase idee netwerk besluitvorming complexiteit start_kwartaal eind_kwartaal "
    "budget_eur stoplicht_tijd stoplicht_geld stoplicht_kwaliteit",
    "inzet": "activiteit team kwartaal uren_gevraagd uren_toegezegd status deskundigheid",
    "scores": "ambitie criterium beoordelaar score",
    "gebeurtenissen": "volgnummer tijdstip wie wat object oud nieuw reden sessie",
}
PERSONEN = {
    "portefeuillehouder", "collegelid", "teamleider", "bestuurlijk_opdrachtgever", "ambtelijk_opdrachtgever",
    "opdrachtnemer", "beoordelaar", "wie",
}  # fmt: skip


@pytest.mark.parametrize("naam", TABELLEN)
def test_elke_tabel_is_te_lezen_en_heeft_de_kolommen_van_het_ontwerp(naam):
    kolommen = tabel(naam)
    assert set(ONTWERP[naam].split()) <= set(kolommen)
    for k in kolommen.values():
        assert k.type in TYPEN
        assert k.omschrijving
        assert k.bron
        assert k.kolom.isascii()
        assert k.persoonsgegeven == (k.kolom in PERSONEN), k.kolom
        if k.type == "keuze":
            assert len(k.keuzes) >= 2
        eenheid = {"bedrag": "_eur", "uren": "uren"}.get(k.type, "")
        assert eenheid in k.kolom
        assert all(s == s.lower().strip() for s in k.synoniemen)


@pytest.mark.parametrize("naam", TABELLEN)
def test_een_kop_betekent_in_een_tabel_maar_een_ding(naam):
    # The name of a key is how users head the text of the row ("Ambitie", "Opgave"), so it may be a synonym.
    eigen = {k.kolom for k in tabel(naam).values()} - {sleutel(naam)}
    koppen = Counter(s for k in tabel(naam).values() for s in {*k.synoniemen} | ({k.kolom} & eigen))
    assert not [s for s, n in koppen.items() if n > 1]


def test_elk_bestand_is_een_tabel_en_andersom():
    assert {p.stem for p in map_van("data/schema").glob("*.csv")} == set(TABELLEN)
    for pad in map_van("data/schema").glob("*.csv"):
        with pad.open(encoding="utf-8", newline="") as f:
            for rij in csv.DictReader(f):
                assert None not in rij.values(), (pad.name, rij)
                assert None not in rij, (pad.name, rij)
                assert {rij["verplicht"], rij["persoonsgegeven"]} <= {"ja", "nee"}


def test_keuzes_zijn_de_woorden_van_het_domein():
    assert set(tabel("bronnen")["soort"].keuzes) == {s.value for s in Soort}
    assert set(tabel("opgaven")["werkwijze"].keuzes) == {w.value for w in Werkwijze}
    assert [b.value for b in Bestemming] == ["open", "opgave", "samengevoegd", "lijn", "parkeerplaats", "afgewezen"]


def test_een_onbekende_tabel_noemt_de_tabellen():
    with pytest.raises(KeyError, match="geen tabel 'prullenbak'; wel: bronnen, ambities"):
        tabel("prullenbak")


@pytest.mark.parametrize("naam", TABELLEN)
def test_de_database_volgt_het_woordenboek(naam):
    kolommen = set(TABEL[naam].c.keys())
    assert set(tabel(naam)) <= kolommen
    assert [k.name for k in TABEL[naam].primary_key] == [sleutel(naam)] == [next(iter(tabel(naam)))]
    for k in tabel(naam).values():
        assert TABEL[naam].c[k.kolom].nullable == (not k.verplicht) or k.kolom == sleutel(naam)
    assert set(NATUURLIJKE_SLEUTEL.get(naam, ())) <= set(inhoud(naam))
