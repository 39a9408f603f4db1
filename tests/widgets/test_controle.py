"""The page for the controller as state: what a control changes, what is kept, and down to the rows."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, lees_in, meenemen
from opgavelib.weergave.snede import TOTAAL, getekend
from opgavelib.widgets.controle import VLAKKEN, ControlePagina
from opgavelib.widgets.controle_besluiten import PER_PAGINA

BRON = "begroting_meerwoude_2027.xlsx#Baten en lasten"
EURO = ("lasten_eur", "lean_eur", "opgave_eur", "onbekend_eur")


@pytest.fixture(scope="module")
def kijkpagina(voorbeeld):
    """A page that nothing is stored through."""
    pagina = ControlePagina(voorbeeld)
    for vlak, _ in VLAKKEN:
        pagina.navigatie.actief = vlak
    return pagina


@pytest.fixture
def pagina(voorbeeld_kopie):
    pagina = ControlePagina(voorbeeld_kopie)
    pagina.handelingen.balk.naam = "Cas"
    return pagina


def _open(pagina, vlak: str):
    pagina.navigatie.actief = vlak
    assert pagina.melding.tekst == ""
    return pagina.panelen[vlak]


def _dien_in(formulier, **waarden):
    teller = ((formulier.ingediend or {}).get("teller") or 0) + 1
    formulier.ingediend = {"waarden": waarden, "teller": teller}


def test_kernel_van_de_pagina_laadt_niets_zwaars(voorbeeld):
    code = (
        "import sys; from opgavelib.widgets.controle import VLAKKEN, ControlePagina\n"
        f"p = ControlePagina({str(voorbeeld)!r})\n"
        "for vlak, _ in VLAKKEN: p.navigatie.actief = vlak\n"
        "zwaar = {'plotly', 'scipy', 'sklearn', 'ortools', 'xlsxwriter', 'openpyxl', 'python_calamine'}\n"
        "sys.exit(p.melding.tekst or ', '.join(zwaar & set(sys.modules)) or None)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr == ""


def test_elk_vlak_toont_iets_zonder_fout(kijkpagina):
    assert kijkpagina.melding.tekst == ""
    assert set(kijkpagina.panelen) == dict(VLAKKEN).keys()


# -- controles --------------------------------------------------------------------------------------


def test_wat_mis_is_staat_eerst_en_openen_geeft_de_plekken(kijkpagina):
    paneel = kijkpagina.panelen["controles"]
    groepen = paneel.lijst.groepen
    volgorde = ["fout", "let op", "niet te controleren", "goed"]
    gezien = [g["controles"][0]["uitslag"] for g in groepen]
    assert gezien == [u for u in volgorde if u in gezien]
    assert [g["dicht"] for g in groepen] == [u == "goed" for u in gezien]
    assert f"van de {sum(len(g['controles']) for g in groepen)} controles zijn goed" in paneel._kop.value
    met_plek = next(c for g in groepen for c in g["controles"] if c["aantal"])
    assert met_plek["code"] not in paneel.lijst.rijen
    paneel.ontvang({"soort": "open", "code": met_plek["code"]})
    rijen = paneel.lijst.rijen[met_plek["code"]]
    assert len(rijen) == met_plek["aantal"]
    assert {"bestand", "blad", "rij", "wat", "waarde"} == rijen[0].keys()
    paneel.ontvang({"soort": "open", "code": "bestaat-niet"})
    assert kijkpagina.melding.tekst == ""


# -- lean en opgave -----------------------------------------------------------------------------------


def test_overhead_anders_rekenen_verandert_alles_en_bewaart_niets(pagina, voorbeeld_kopie):
    versie = Werkmap(voorbeeld_kopie).versie()
    paneel = _open(pagina, "lean")
    gezien = set()
    for manier in ("meetellen", "eigen regel", "verdelen"):
        paneel.normen.overhead.value = manier
        aandeel = paneel.uitkomst.totaal["opgave_aandeel_eur"]
        gezien.add((round(aandeel, 6), paneel.beeld._kop.value, str(paneel.beeld.grafiek.figuur)))
        kop = paneel.beeld.tabel.rijen[-1]
        assert (kop["teamleider"], kop["opgave_aandeel_eur"]) == ("Totaal", aandeel)
    for deel in range(3):  # share, sentence and chart
        assert len({g[deel] for g in gezien}) == 3
    assert "nog niet bewaard" in paneel.normen._uitleg.value
    assert "Besluit begroting en verantwoording" in paneel.normen._uitleg.value
    assert Werkmap(voorbeeld_kopie).versie() == versie


def test_bewaren_vraagt_een_reden_en_gaat_in_een_keer_terug(pagina, voorbeeld_kopie):
    paneel = _open(pagina, "lean")
    normen = paneel.normen
    normen.lean.value, normen.buiten.value = 75, "0.10; 0.11 8.1"
    normen.bewaar.click()
    assert "waarom" in normen.melding.tekst
    normen.reden.value = "Raadsbesluit"
    normen.bewaar.click()
    assert normen.melding.tekst == ""
    werkmap = Werkmap(voorbeeld_kopie)
    bewaard = {"begroting.lean_norm": 0.75, "begroting.buiten_norm": ["0.10", "0.11", "8.1"]}
    assert bewaard.items() <= werkmap.parameters().items()
    assert "bewaard in deze werkmap" in normen._uitleg.value
    assert normen._vastleggen.layout.display == "none"
    pagina.handelingen.terug()
    assert not bewaard.keys() & werkmap.parameters().keys()
    assert (normen.lean.value, normen.buiten.value) == (80.0, "0.10, 0.11")
    assert "Alles staat op de standaard" in normen._uitleg.value


def test_een_ander_was_eerder_met_dezelfde_norm(pagina, voorbeeld_kopie):
    normen = _open(pagina, "lean").normen
    with Werkmap(voorbeeld_kopie) as werkmap:
        werkmap.zet_parameter("begroting.lean_norm", 0.9, "Dirk", "Strenger")
    normen.lean.value, normen.reden.value = 70, "Ruimer"
    normen.bewaar.click()
    (botsing,) = pagina.handelingen.balk.conflicten
    assert {"wat": "Norm voor lean", "hun": "90%", "uw": "70%", "wie": "Dirk"}.items() <= botsing.items()
    pagina.handelingen.balk.opdracht = {"soort": "neem", "teller": 1}
    assert Werkmap(voorbeeld_kopie).parameters()["begroting.lean_norm"] == 0.7


def test_een_ander_veranderde_de_norm_terwijl_u_schoof(pagina, voorbeeld_kopie):
    """The page follows the other, the control stays where it was moved: storing it is a conflict all the same."""
    normen = _open(pagina, "lean").normen
    normen.lean.value, normen.reden.value = 70, "Ruimer"
    with Werkmap(voorbeeld_kopie) as werkmap:
        werkmap.zet_parameter("begroting.lean_norm", 0.9, "Dirk", "Strenger")
    pagina.werk_bij()
    normen.bewaar.click()
    assert [b["wie"] for b in pagina.handelingen.balk.conflicten] == ["Dirk"]
    assert Werkmap(voorbeeld_kopie).parameters()["begroting.lean_norm"] == 0.9
    normen.lean.value = 90  # as the werkmap has it: whoever moves it after this has seen that
    normen.lean.value = 60
    normen.bewaar.click()
    assert Werkmap(voorbeeld_kopie).parameters()["begroting.lean_norm"] == 0.6


def test_terug_naar_standaard_bewaart_dat_er_niets_eigens_meer_is(pagina, voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        werkmap.zet_parameter("begroting.tolerantie", 0.1, "Cas", "Ruim")
    pagina.werk_bij()
    normen = _open(pagina, "lean").normen
    assert normen.tolerantie.value == 10
    normen.standaard.click()
    assert normen.tolerantie.value == 5
    normen.reden.value = "Toch zoals iedereen"
    normen.bewaar.click()
    assert "begroting.tolerantie" not in Werkmap(voorbeeld_kopie).parameters()


def test_wat_geen_code_is_wordt_gezegd(kijkpagina):
    normen = kijkpagina.panelen["lean"].normen
    normen.buiten.value = "0.10, reserves"
    assert "'reserves' is geen taakveldcode" in normen.melding.tekst
    assert "0.11" in normen.norm.buiten  # the last that could be read counts
    normen.buiten.value = "0.10 en 0.11"
    assert normen.melding.tekst == ""


def test_een_norm_die_niet_kan_en_een_code_zonder_regels_worden_gezegd(kijkpagina):
    normen = kijkpagina.panelen["lean"].normen
    for fout in (120, -1):
        normen.lean.value = fout
        assert "van 0 tot en met 100" in normen.melding.tekst
        assert normen.norm.lean_aandeel == 0.8
    normen.lean.value = 80
    normen.buiten.value = "0.10, 0.11, 9.99"
    assert "Op 9.99 staan geen regels." in normen._uitleg.value
    normen.buiten.value = "0.10, 0.11"
    assert "staan geen regels" not in normen._uitleg.value


def test_wat_iemand_verzette_blijft_staan_als_een_ander_iets_bewaart(pagina, voorbeeld_kopie):
    normen = _open(pagina, "lean").normen
    normen.lean.value = 70
    with Werkmap(voorbeeld_kopie) as werkmap:
        werkmap.zet_parameters({"begroting.tolerantie": 0.02, "begroting.lean_norm": 0.9}, "Dirk", "Anders")
    pagina.werk_bij()
    assert (normen.lean.value, normen.tolerantie.value) == (70.0, 2.0)


@pytest.mark.parametrize("op", ["team", "teamleider", "domein", "programma", "taakveld", "structureel"])
def test_een_rij_kiezen_toont_de_regels_die_erop_uitkomen(kijkpagina, op):
    paneel = kijkpagina.panelen["lean"]
    paneel.op.value = op
    rij = next(r for r in paneel.beeld.tabel.rijen if r["opgave_eur"] and r["_groep"])
    teller = paneel.anker.teller
    paneel.beeld.tabel.gekozen = rij["_groep"]
    *regels, samen = paneel.regels.tabel.rijen
    for k in EURO:
        assert sum(r.get(k, 0) for r in regels) == samen[k] == rij[k]
    assert all(r["rij"] for r in regels)
    assert rij["_groep"].lower() in paneel.anker.titel.lower()
    assert paneel.anker.teller == teller + 1
    assert ("lean_uren" in rij) == bool(paneel.uren.tabel.rijen)
    if paneel.uren.tabel.rijen:
        assert paneel.uren.tabel.rijen[-1]["lean_uren"] == pytest.approx(rij["lean_uren"])
    paneel.op.value = "jaar"
    assert paneel.beeld.tabel.gekozen is None


def test_klikken_op_een_staaf_kiest_die_rij(kijkpagina):
    paneel = kijkpagina.panelen["lean"]
    paneel.op.value = "team"
    namen = getekend(paneel.uitkomst, "team")
    labels = paneel.beeld.grafiek.figuur["layout"]["yaxis"]["ticktext"]
    assert labels[0] == "<b>Totaal</b>"
    assert labels[1:] == namen[1:]
    paneel.beeld.grafiek.klik = {"y": 3, "teller": 1}
    assert paneel.beeld.tabel.gekozen == namen[3]
    paneel.beeld.grafiek.klik = {"y": 0, "teller": 2}
    assert paneel.beeld.tabel.gekozen == TOTAAL


@pytest.mark.parametrize(("op", "rij"), [("team", TOTAAL), ("taakveld", TOTAAL), ("jaar", "2027")])
def test_totaal_en_jaar_openen_alle_regels_en_kiezen_niets(kijkpagina, op, rij):
    paneel = kijkpagina.panelen["lean"]
    paneel.op.value = op
    paneel.beeld.tabel.gekozen = rij
    totaal = paneel.uitkomst.totaal
    assert {k: paneel.regels.tabel.rijen[-1][k] for k in EURO} == {k: totaal[k] for k in EURO}
    assert "Alles staat op de standaard" in paneel.normen._uitleg.value
    paneel.normen.jaar.value = 2027
    assert "Alles staat op de standaard" in paneel.normen._uitleg.value
    paneel.normen.jaar.value = "laatste"
    paneel.beeld.tabel.gekozen = None


# -- aansluiting, versies, jaren ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def met_wijziging(voorbeeld, tmp_path_factory):
    map_ = tmp_path_factory.mktemp("versies")
    boek = Workbook()
    blad = boek.active
    blad.title = "Wijziging"
    blad.append(["Jaar", "Programma", "Taakveld", "Omschrijving", "Team", "Lasten", "Baten"])
    blad.append(
        [2027, "Wonen en ruimte", "8.1", "Omgevingsvisie en ruimtelijk beleid", "Ruimte en Wonen", 80000, 0]
    )
    blad.append(
        [2027, "Wonen en ruimte", "8.1", "Omgevingsplan gemeentedekkend maken", "Ruimte en Wonen", -35000, 0]
    )
    boek.save(map_ / "begrotingswijziging_1.xlsx")
    werkmap = shutil.copytree(voorbeeld, map_ / "werkmap")
    lees_in(werkmap, [map_ / "begrotingswijziging_1.xlsx"], wie="Cas", soort="begroting")
    return werkmap


def test_een_totaal_kiezen_toont_zijn_regels(kijkpagina):
    paneel = kijkpagina.panelen["aansluiting"]
    rij = paneel.bestanden.tabel.rijen[0]
    paneel.bestanden.tabel.gekozen = rij["regel"]
    assert paneel.regels.tabel.rijen[-1]["lasten_eur"] == rij["gevonden_eur"]
    paneel.bestanden.tabel.gekozen = None
    assert paneel._herkomst.layout.display == "none"


def test_wat_een_bron_is_verandert_de_begroting_en_gaat_terug(met_wijziging):
    pagina = ControlePagina(met_wijziging)
    pagina.handelingen.balk.naam = "Cas"
    versies = _open(pagina, "aansluiting").versies
    assert [r["rol"] for r in versies.bronnen.tabel.rijen] == ["Begroting", "Wijziging: komt erbij"]
    assert [r["verschil_eur"] for r in versies.lijst.tabel.rijen] == [None, 45_000]
    assert versies.regels.tabel.rijen[-1]["verschil_eur"] == 45_000
    versies.van.value, versies.naar.value = 2, 1
    assert versies.regels.tabel.rijen[-1]["verschil_eur"] == -45_000
    versies.van.value, versies.naar.value = 1, 2
    assert [r["verschil_eur"] for r in versies.taakvelden.tabel.rijen] == [45_000]
    lasten = Stand(Werkmap(met_wijziging)).begroting.totaal["lasten_eur"]
    bron = versies.bronnen.tabel.rijen[1]["bron"]
    versies.bronnen.tabel.gekozen = bron
    assert next(v for v in versies.vorm.velden if v["naam"] == "bron")["waarde"] == bron
    _dien_in(versies.vorm, bron=bron, rol="telt niet mee", reden="")
    assert "reden" in versies.vorm.fout
    _dien_in(versies.vorm, bron=bron, rol="telt niet mee", reden="Nog niet vastgesteld")
    assert Stand(Werkmap(met_wijziging)).begroting.totaal["lasten_eur"] == lasten - 45_000
    assert versies.bronnen.tabel.rijen[1]["waarom"] == "Gekozen in deze werkmap."
    pagina.handelingen.terug()
    assert Stand(Werkmap(met_wijziging)).begroting.totaal["lasten_eur"] == lasten


# -- vergelijken ----------------------------------------------------------------------------------------


def test_een_gemeente_kiezen_geeft_een_vergelijking(pagina, voorbeeld_kopie):
    paneel = _open(pagina, "vergelijken")
    assert not paneel.per_taakveld.tabel.rijen
    assert "bij Vergelijken" in paneel.per_taakveld._kop.value
    _dien_in(paneel.gemeente, gemeente="Baarn", inwoners=None, reden="Om te proberen")
    assert pagina.melding.tekst == ""
    assert Werkmap(voorbeeld_kopie).parameters()["iv3.gemeente"] == "Baarn"
    groot = paneel.per_taakveld._kop.value
    assert "Baarn heeft" in groot
    assert paneel.per_taakveld.grafiek.figuur
    paneel.groep.value = "buren"
    assert paneel.per_taakveld._kop.value != groot
    paneel.maat.value = "salarissen"
    assert paneel.per_taakveld.tabel.rijen
    _dien_in(paneel.gemeente, gemeente="Baarn", inwoners=0, reden="x")
    assert "boven nul" in pagina.melding.tekst
    pagina.handelingen.terug()
    assert "iv3.gemeente" not in Werkmap(voorbeeld_kopie).parameters()


# -- capaciteit -----------------------------------------------------------------------------------------


def test_een_vak_toont_de_aanvragen_eronder(kijkpagina):
    paneel = kijkpagina.panelen["capaciteit"]
    stand = kijkpagina._stand
    ergst = stand.capaciteit.tabel["saldo_uren"].idxmin()
    assert (paneel.team.value, paneel.kwartaal.value) == ergst
    vak = next(v for rij in paneel.beeld.grafiek.figuur["data"][0]["customdata"] for v in rij if "Samenleving" in v)
    paneel.beeld.grafiek.klik = {"customdata": vak, "x": "2027K2", "teller": 1}
    assert (paneel.team.value, paneel.kwartaal.value) == ("Samenleving", "2027K2")
    telt = [r for r in paneel.aanvragen.tabel.rijen if r["status"] != "afgewezen"]
    balans = stand.capaciteit.tabel.loc[("Samenleving", "2027K2")]
    assert sum(r["uren_gevraagd"] for r in telt) == balans["gevraagd_uren"]
    *leiders, totaal = paneel.leiders.tabel.rijen
    assert sum(r["gevraagd_uren"] for r in leiders) == totaal["gevraagd_uren"]
    assert totaal["gevraagd_uren"] == stand.capaciteit.tabel["gevraagd_uren"].sum()


# -- besluiten --------------------------------------------------------------------------------------------


def test_bladeren_en_zoeken_in_de_besluiten(kijkpagina):
    paneel = kijkpagina.panelen["besluiten"]
    gezien = [r["nummer"] for r in paneel.tabel.rijen]
    assert len(gezien) == PER_PAGINA
    assert paneel.nieuwer.disabled
    while not paneel.ouder.disabled:
        paneel.ouder.click()
        gezien += [r["nummer"] for r in paneel.tabel.rijen]
    assert len(gezien) == len(set(gezien)) == len(paneel._alle)
    assert paneel.zoek.continuous_update  # every letter searches, without Enter
    paneel.zoek.value = "restafval"
    assert 0 < len(paneel.tabel.rijen) < PER_PAGINA
    assert all("estafval" in r["zin"] for r in paneel.tabel.rijen)
    paneel.wie.value = "voorbeeld"
    assert paneel.tabel.rijen == []
    assert "0 van de" in paneel._kop.value
    paneel.zoek.value, paneel.wie.value = "", ""


# -- meenemen ---------------------------------------------------------------------------------------------


def test_een_bestand_dat_niet_bestaat_wordt_niet_gemaakt(kijkpagina):
    paneel = kijkpagina.panelen["meenemen"]
    paneel.ontvang({"soort": "vraag", "naam": "../../etc/passwd"})
    assert "bestaat niet" in kijkpagina.melding.tekst
    assert paneel._taak is None
    kijkpagina.melding.wis()


def test_ods_wordt_net_zo_gemaakt_en_de_naam_komt_van_de_werkmap(voorbeeld):
    inhoud = meenemen.werkboek(voorbeeld, "ods")
    assert zipfile.ZipFile(io.BytesIO(inhoud)).read("mimetype").decode() == meenemen.MIME["ods"]
    naam = meenemen.bestandsnaam("Gemeente <Baarn> & omgeving", "ods", datetime(2026, 11, 22))
    assert naam == "opgavenwerkboek_gemeente-baarn-omgeving_2026-11-22.ods"


def test_lege_werkmap_zegt_in_elk_vlak_wat_eerst_moet(tmp_path):
    Werkmap(tmp_path / "leeg", maak=True).sluit()
    pagina = ControlePagina(tmp_path / "leeg")
    for vlak, _ in VLAKKEN:
        _open(pagina, vlak)
    assert "nog geen begroting gelezen" in pagina.panelen["lean"].beeld._kop.value
    assert "Lees eerst een begroting in" in pagina.panelen["aansluiting"].bestanden._kop.value
    assert "nog niets te controleren" in pagina.panelen["controles"]._kop.value
    assert "nog geen teams gelezen" in pagina.panelen["capaciteit"].leiders._kop.value
    assert "nog niets besloten" in pagina.panelen["besluiten"]._kop.value
