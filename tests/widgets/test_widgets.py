"""Widgets without a browser: set a value, look at the state."""

from __future__ import annotations

import logging
import math
import re

import pytest
import traitlets

from opgavelib.fouten import OpgaveFout
from opgavelib.widgets import (
    Formulier,
    Gewichten,
    Grafiek,
    Hartslag,
    Melding,
    Navigatie,
    Sorteerlijst,
    Tabel,
    html,
    klaar_teken,
    kop,
    vang,
    wacht_op_bezoeker,
)
from opgavelib.widgets.basis import schoon

CRITERIA = [{"criterium": "a", "naam": "A", "waarde": 3}, {"criterium": "b", "naam": "B"}]


def test_html_ontsnapt_waarden_maar_niet_zichzelf():
    assert html("<b>{t}</b>", t="<script>") == "<b>&lt;script&gt;</b>"
    assert html("<p>{x}</p>", x=html("<b>{t}</b>", t="a&b")) == "<p><b>a&amp;b</b></p>"
    assert html('<a title="{t}">', t='"><script>') == '<a title="&#34;&gt;&lt;script&gt;">'


def test_schoon_maakt_van_ontbrekend_none_en_van_numpy_python():
    np, pd = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    invoer = {"a": np.array([1.5, math.nan]), "b": pd.NA, "c": np.int64(3), "d": pd.NaT, "e": math.inf, "f": [True]}
    assert schoon(invoer) == {"a": [1.5, None], "b": None, "c": 3, "d": None, "e": None, "f": [True]}
    assert type(schoon(np.int64(3))) is int
    assert isinstance(invoer["a"], np.ndarray)


def test_grafiek_heeft_geen_plotly_nodig():
    import subprocess
    import sys

    zwaar = ("plotly", "pandas", "numpy", "voila")
    code = f"import sys, opgavelib.widgets; print([m for m in {zwaar} if m in sys.modules])"
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "[]"


def test_grafiek_stuurt_plotly_alleen_op_verzoek(monkeypatch):
    grafiek = Grafiek({"data": [{"y": [1, math.nan]}]}, "een lijn", 200)
    assert grafiek.figuur == {"data": [{"y": [1, None]}]}
    verstuurd = []
    monkeypatch.setattr(Grafiek, "send", lambda self, inhoud, buffers=None: verstuurd.append((inhoud, buffers)))
    grafiek._handle_custom_msg({"soort": "iets"}, [])
    assert verstuurd == []
    grafiek._handle_custom_msg({"soort": "plotly"}, [])
    assert len(verstuurd[0][1][0]) > 1_000_000


def test_tabel_weigert_een_onbekende_soort():
    with pytest.raises(ValueError, match="kies uit tekst, euro"):
        Tabel([{"kolom": "a", "soort": "valuta"}])


def test_tabel_kopieert_rijen():
    rijen = [{"a": math.nan}]
    tabel = Tabel([{"kolom": "a"}], rijen)
    assert tabel.rijen == [{"a": None}]
    assert math.isnan(rijen[0]["a"])


def test_lijst_kan_niets_kwijtraken():
    lijst = Sorteerlijst([{"id": i, "titel": i} for i in "abc"], volgorde=["c"])
    assert lijst.volgorde == ["c", "a", "b"]
    lijst.volgorde = ["b", "b", "weg"]
    assert lijst.volgorde == ["b", "a", "c"]


def test_gewichten_blijven_binnen_de_schaal():
    g = Gewichten(CRITERIA, {"b": 5})
    assert g.waarden == {"a": 3, "b": 5}
    g.waarden = {"a": 99, "b": -1, "weg": 4}
    assert g.waarden == {"a": 10, "b": 0}
    with pytest.raises(traitlets.TraitError, match="gewicht van a is geen getal"):
        g.waarden = {"a": "veel"}


def test_formulier_controleert_wat_een_browser_stuurt():
    f = Formulier(
        [
            {"naam": "x", "label": "X", "soort": "keuze", "opties": [{"waarde": 1, "label": "een"}]},
            {"naam": "n", "label": "N", "soort": "getal"},
            {"naam": "r", "label": "R", "verplicht": True},
        ]
    )
    f.ingediend = {"waarden": {"x": 2, "n": "drie"}, "teller": 1}
    assert f.controleer() == {
        "x": "Kies een van de mogelijkheden.",
        "n": "Vul een getal in.",
        "r": "Vul dit in.",
    }
    f.fout = f.controleer()
    f.leeg()
    assert f.fout == {}
    with pytest.raises(ValueError, match="kies uit"):
        Formulier([{"naam": "x", "label": "X", "soort": "kleur"}])


def test_navigatie_kent_alleen_eigen_vlakken():
    n = Navigatie([{"id": "een", "titel": "Een"}, {"id": "twee", "titel": "Twee"}])
    assert n.actief == "een"
    with pytest.raises(traitlets.TraitError, match="bestaat niet"):
        n.actief = "drie"
    with pytest.raises(ValueError, match="alleen letters"):
        Navigatie([{"id": "a b", "titel": "x"}])


def test_vang_toont_nummer_en_houdt_gegevens_uit_het_verslag(caplog):
    melding = Melding()

    @vang(melding, "herberekenen")
    def mislukt(waarde):
        raise KeyError(f"mevrouw {waarde}")

    with caplog.at_level(logging.ERROR):
        assert mislukt("Jansen") is None
    assert melding.soort == "fout"
    nummer = re.search(r"Er ging iets mis bij het herberekenen \(nr\. (F-[0-9A-F]{4})\)", melding.tekst).group(1)
    assert nummer in caplog.text
    assert "KeyError" in caplog.text
    assert "mislukt" in caplog.text
    assert "Jansen" not in caplog.text + melding.tekst


def test_vang_toont_de_tekst_van_een_eigen_fout_en_wist_hem_na_succes():
    melding = Melding()
    gedrag = [OpgaveFout("Dat mag niet."), None]

    @vang(melding, "vastleggen")
    def doe():
        if fout := gedrag.pop(0):
            raise fout
        return 7

    doe()
    assert (melding.tekst, melding.soort) == ("Dat mag niet.", "fout")
    assert doe() == 7
    assert melding.tekst == ""


def test_hartslag_meldt_alleen_verandering_van_anderen(monkeypatch):
    stand, gezien, verstuurd = [5], [], []
    monkeypatch.setattr(Hartslag, "send", lambda self, inhoud, buffers=None: verstuurd.append(inhoud))
    h = Hartslag(gezien.append, lambda: stand[0])
    ping = {"soort": "ping", "nr": 1}
    h._handle_custom_msg(ping, [])
    assert (gezien, verstuurd[-1]["stand"]) == ([], 5)
    stand[0] = 6
    h._handle_custom_msg(ping, [])
    h._handle_custom_msg(ping, [])
    assert gezien == [6]
    stand[0] = 7
    h.gezien()
    h._handle_custom_msg(ping, [])
    assert gezien == [6]


def test_hartslag_blijft_antwoorden_na_een_fout(monkeypatch):
    verstuurd, melding = [], Melding()
    monkeypatch.setattr(Hartslag, "send", lambda self, inhoud, buffers=None: verstuurd.append(inhoud))
    standen = iter([1, 2])
    h = Hartslag(lambda s: 1 / 0, lambda: next(standen), melding)
    h._handle_custom_msg({"soort": "ping"}, [])
    assert verstuurd == [{"soort": "pong", "stand": 2, "nr": None}]
    assert "bij het bijwerken" in melding.tekst


def test_bezoeker_buiten_voila(monkeypatch):
    monkeypatch.delenv("VOILA_PREHEAT", raising=False)
    monkeypatch.delenv("QUERY_STRING", raising=False)
    assert wacht_op_bezoeker() == {}
    monkeypatch.setenv("QUERY_STRING", "wie=Anja+B&scenario=2")
    assert wacht_op_bezoeker() == {"wie": "Anja B", "scenario": "2"}


def test_een_pagina_heeft_weinig_modellen():
    """Each widget is one model; they share one layout."""
    a, b = Melding(), klaar_teken()
    assert a.layout is b.layout
    assert kop("T", links=[{"titel": "x", "adres": "/x"}]).layout is a.layout
