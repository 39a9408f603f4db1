"""Sorting and grouping as answers over a Stand: what is shown adds up, and what is stored is one handeling."""

from __future__ import annotations

import json

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.fouten import BesluitFout, ConflictFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, groeperen, sorteren


@pytest.fixture
def stand(voorbeeld):
    with Werkmap(voorbeeld) as werkmap:
        yield Stand(werkmap)


@pytest.fixture
def werkmap(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        yield werkmap


def _open(stand: Stand, aantal: int) -> list[str]:
    a = stand.ambities
    return list(a.index[a["bestemming"] == Bestemming.OPEN][:aantal])


def test_voortgang_telt_op_tot_de_gelezen_rijen(stand):
    v = sorteren.voortgang(stand)
    assert sum(v.delen.values()) == v.totaal == len(stand.ambities) == 314
    assert v.gesorteerd == 314 - v.delen["open"]
    assert v.zin == f"{v.gesorteerd} van 314 rijen gesorteerd"
    assert v.rest == f"Nog {v.delen['open']} rijen te sorteren."


def test_rijen_zijn_klein_en_compleet(stand):
    rijen = sorteren.rijen(stand)
    assert [r["id"] for r in rijen] == list(stand.ambities.index)
    assert all(v is not None and v == v for r in rijen for v in r.values())
    assert len(json.dumps(rijen)) < 500 * len(rijen)
    naar = next(r for r in rijen if r["bestemming"] == "opgave")
    assert naar["doel"] == stand.tabel("opgaven").loc[naar["naar"], "titel"]


def test_detail_noemt_bron_besluit_en_wat_erin_opging(stand):
    a = stand.ambities
    doel = a.loc[a["bestemming"] == "samengevoegd", "naar"].iloc[0]
    uit = sorteren.detail(stand, doel)
    assert {h["id"] for h in uit["hierin"]} == set(
        a.index[(a["bestemming"] == "samengevoegd") & (a["naar"] == doel)]
    )
    assert f"rij {int(a.loc[doel, 'rij'])}" in uit["plaats"]
    assert uit["besluit"]["reden"] == a.loc[doel, "reden"]
    assert sorteren.detail(stand, _open(stand, 1)[0])["besluit"] is None


def test_gelijkende_rijen_zijn_beslist_en_van_hetzelfde_programma(stand):
    a = stand.ambities
    gezien = 0
    for sleutel in _open(stand, 40):
        for g in sorteren.detail(stand, sleutel)["gelijkend"]:
            gezien += 1
            assert g["bestemming"] != "open"
            assert g["woorden"]
            if isinstance(a.loc[sleutel, "programma"], str):
                assert a.loc[g["id"], "programma"] == a.loc[sleutel, "programma"]
    assert gezien > 20


def test_detail_van_een_onbekende_rij(stand):
    with pytest.raises(BesluitFout, match="'XX-1' staat niet in de werkmap"):
        sorteren.detail(stand, "XX-1")


def test_redenen_zijn_die_van_mensen_laatste_eerst(werkmap):
    rij = _open(Stand(werkmap), 1)[0]
    for reden in ("eerst", "daarna"):
        nummers = sorteren.bestem(Stand(werkmap), [rij], "lijn", reden, "Noor")
    werkmap.maak_ongedaan(nummers[-1], "Noor")
    redenen = sorteren.redenen(Stand(werkmap))
    assert redenen["lijn"][:2] == ["daarna", "eerst"]
    assert "Ongedaan gemaakt" not in [r for rs in redenen.values() for r in rs]


def test_alle_rijen_in_een_keer_is_een_handeling_die_in_een_keer_terug_kan(werkmap):
    stand = Stand(werkmap)
    voor = dict(stand.spoor.aantallen)
    nummers = sorteren.bestem(
        stand, list(stand.ambities.index), "parkeerplaats", "later", "Noor", gezien=stand.versie
    )
    assert Stand(werkmap).spoor.aantallen["parkeerplaats"] == 314
    # Rows that were there already keep the decision that somebody took.
    assert len(nummers) == 314 - voor["parkeerplaats"]
    werkmap.maak_ongedaan(nummers[-1], "Noor")
    assert dict(Stand(werkmap).spoor.aantallen) == voor


def test_de_leidende_rij_valt_buiten_haar_eigen_samenvoeging(werkmap):
    stand = Stand(werkmap)
    a, b, c = _open(stand, 3)
    sorteren.bestem(stand, [a, b, c], "samengevoegd", "zelfde", "Noor", naar=b)
    nu = Stand(werkmap).spoor.tabel
    assert nu.loc[[a, b, c], "bestemming"].tolist() == ["samengevoegd", "open", "samengevoegd"]
    with pytest.raises(BesluitFout, match="Kies een andere rij dan deze zelf"):
        sorteren.bestem(stand, [a], "samengevoegd", "zelfde", "Noor", naar=a)


@pytest.mark.parametrize(
    ("rijen", "bestemming", "reden", "melding"),
    [
        ([], "lijn", "x", "Kies eerst een of meer rijen"),
        (["CA-001"], "prullenbak", "x", "'prullenbak' is geen bestemming"),
        (["CA-001"], "lijn", "  ", "Vul een reden in"),
        (["XX-1"], "lijn", "x", "'XX-1' staat niet in de werkmap"),
        (["CA-001"], "opgave", "x", "Kies een bestaande opgave"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_en_niets_bewaard(werkmap, rijen, bestemming, reden, melding):
    versie = werkmap.versie()
    with pytest.raises(BesluitFout, match=melding):
        sorteren.bestem(Stand(werkmap), rijen, bestemming, reden, "Noor")
    assert werkmap.versie() == versie


def test_zeg_bewaart_alleen_wat_anders_is(werkmap):
    rijen = _open(Stand(werkmap), 3)
    assert len(sorteren.zeg(Stand(werkmap), rijen, "werksoort", "opgave", "Noor")) == 3
    assert sorteren.zeg(Stand(werkmap), rijen, "werksoort", "opgave", "Noor") == []
    assert set(Stand(werkmap).ambities.loc[rijen, "werksoort"]) == {"opgave"}
    assert sorteren.detail(Stand(werkmap), rijen[0])["gezegd"] == ["werksoort"]
    with pytest.raises(BesluitFout, match="'titel' is hier niet te wijzigen"):
        sorteren.zeg(Stand(werkmap), rijen, "titel", "x", "Noor")


# -- grouping ---------------------------------------------------------------------------------------


def test_opgaven_en_domeinen_tellen_dezelfde_rijen(stand):
    opgaven = groeperen.opgaven(stand)
    assert sum(o["rijen"] for o in opgaven) == stand.spoor.aantallen["opgave"]
    assert sum(d["rijen"] for d in groeperen.per_domein(stand)) == stand.spoor.aantallen["opgave"]
    assert sum(d["opgaven"] for d in groeperen.per_domein(stand)) == len(opgaven) == 19


def test_voorstel_overnemen_maakt_een_opgave_en_laat_de_rest_geldig(werkmap):
    stand = Stand(werkmap)
    voorstellen = groeperen.stel_voor(stand)
    eerst = groeperen.nog_geldig(voorstellen, stand)
    rijen = [r for v in eerst for r in v["rijen"]]
    assert len(rijen) == len(set(rijen))
    assert set(rijen) <= set(_open(stand, 999))
    afdruk = groeperen.vingerafdruk(stand)
    code = groeperen.maak_opgave(stand, "Samen in beweging", eerst[0]["rijen"], "past", "Noor", gezien=stand.versie)
    daarna = Stand(werkmap)
    assert daarna.spoor.tabel.loc[eerst[0]["rijen"], "naar"].eq(code).all()
    over = groeperen.nog_geldig(voorstellen, daarna)
    assert [v["id"] for v in over] == [v["id"] for v in eerst[1:]]
    # A decision leaves the texts as they are, so nothing is calculated anew; a kenmerk does not.
    assert groeperen.vingerafdruk(daarna) == afdruk
    sorteren.zeg(daarna, rijen[:1], "domein", "fysiek", "Noor")
    assert groeperen.vingerafdruk(Stand(werkmap)) != afdruk


def test_in_een_kind_komt_hetzelfde_voorstel(stand):
    hier, daar = groeperen.stel_voor(stand), groeperen.stel_voor_in_kind(stand).result(120)
    assert daar.tabel.to_dict() == hier.tabel.to_dict()
    assert daar.toelichting == hier.toelichting


def test_twee_mensen_en_dezelfde_rij_geeft_beide_versies(werkmap):
    stand = Stand(werkmap)
    rijen = _open(stand, 2)
    sorteren.bestem(stand, rijen[:1], "lijn", "doen we al", "Bo", gezien=stand.versie)
    with pytest.raises(ConflictFout, match="Bo heeft") as fout:
        groeperen.maak_opgave(stand, "Nieuw", rijen, "hoort samen", "Noor", gezien=stand.versie)
    assert [(c.object, c.hun["bestemming"], c.uw["bestemming"]) for c in fout.value.conflicten] == [
        (rijen[0], "lijn", "opgave")
    ]
    assert "Nieuw" not in set(Stand(werkmap).tabel("opgaven")["titel"])


def test_hernoemen_zonder_verschil_is_geen_gebeurtenis(werkmap):
    stand = Stand(werkmap)
    titel, domein = stand.tabel("opgaven").loc["O01", ["titel", "domein"]]
    assert groeperen.hernoem(stand, "O01", titel, domein, "Noor") == []
    assert len(groeperen.hernoem(stand, "O01", "Wonen", domein, "Noor")) == 1
    assert Stand(werkmap).tabel("opgaven").loc["O01", "titel"] == "Wonen"
    with pytest.raises(BesluitFout, match="Vul een reden in"):
        groeperen.maak_opgave(stand, "Zonder reden", _open(stand, 1), " ", "Noor")
