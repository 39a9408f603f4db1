"""What people change goes together, goes back together, and never over somebody else's in silence."""

import pytest

from opgavelib.domein.begrippen import Bestemming, Oordeel
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import BesluitFout, ConflictFout
from opgavelib.opslag import Werkmap

from .bladen import ambities

TITELS = ["Woningen bouwen", "Bouwen van woningen", "Zwembad openhouden", "Jeugdhulp dichtbij"]


@pytest.fixture
def werkmap(nieuw):
    with Werkmap(nieuw()) as w:
        w.bewaar([ambities("a.xlsx", *TITELS)], "Noor")
        w.maak_opgave("Wonen", "Noor", "fysiek")
        yield w


def plaats(werkmap, ambitie):
    rij = werkmap.spoor().tabel.loc[ambitie]
    return rij["bestemming"], rij["naar"]


def test_wat_samen_is_besloten_gaat_samen_terug(werkmap):
    werkmap.besluit(Besluit("CA-003", Bestemming.PARKEERPLAATS, "later", "Noor"))
    nummers = werkmap.besluit(
        [Besluit(a, Bestemming.LIJN, "doen we al", "Noor") for a in ("CA-001", "CA-003", "CA-004")]
    )
    werkmap.maak_ongedaan(nummers[1], "Bas")
    assert [plaats(werkmap, a)[0] for a in ("CA-001", "CA-003", "CA-004")] == ["open", "parkeerplaats", "open"]
    g = werkmap.tabel("gebeurtenissen")
    terug = g[g["wie"] == "Bas"]
    assert terug["handeling"].nunique() == 1
    assert set(terug["reden"]) == {"Ongedaan gemaakt"}


def test_ongedaan_maken_kan_zelf_weer_terug(werkmap):
    nummers = werkmap.besluit(Besluit("CA-001", Bestemming.LIJN, "doen we al", "Noor"))
    terug = werkmap.maak_ongedaan(nummers[0], "Noor")
    werkmap.maak_ongedaan(terug[0], "Noor")
    assert plaats(werkmap, "CA-001") == ("lijn", None)


def test_een_deel_dat_daarna_is_veranderd_houdt_het_geheel_tegen(werkmap):
    nummers = werkmap.besluit([Besluit(a, Bestemming.LIJN, "doen we al", "Noor") for a in ("CA-001", "CA-002")])
    werkmap.besluit(Besluit("CA-002", Bestemming.AFGEWEZEN, "te duur", "Bas"))
    with pytest.raises(BesluitFout, match="CA-002 is daarna opnieuw besloten door Bas"):
        werkmap.maak_ongedaan(nummers[0], "Noor")
    assert plaats(werkmap, "CA-001") == ("lijn", None)


def test_van_een_instelling_noemt_het_bezwaar_geen_sleutel(werkmap):
    nummer = werkmap.zet_parameter("prioritering.opgaven", 12, "Noor", "minder")
    werkmap.zet_parameter("prioritering.opgaven", 15, "Bas", "toch meer")
    with pytest.raises(BesluitFout, match=r"^Dit is daarna gewijzigd door Bas; neem"):
        werkmap.maak_ongedaan(nummer, "Noor")


def test_wie_te_laat_is_ziet_beide_besluiten_en_er_verandert_niets(werkmap):
    gezien = werkmap.versie()
    werkmap.besluit(Besluit("CA-002", Bestemming.LIJN, "doen we al", "Noor"), gezien=gezien)
    nieuwe = [Besluit(a, Bestemming.AFGEWEZEN, "te duur", "Bas") for a in ("CA-001", "CA-002")]
    with pytest.raises(ConflictFout, match="Noor heeft CA-002 intussen gewijzigd") as fout:
        werkmap.besluit(nieuwe, gezien=gezien)
    (conflict,) = fout.value.conflicten
    assert conflict.hun == {"bestemming": "lijn", "naar": None}
    assert conflict.uw == {"bestemming": "afgewezen", "naar": None}
    assert (conflict.wie, conflict.reden) == ("Noor", "doen we al")
    assert plaats(werkmap, "CA-001") == ("open", None)
    werkmap.besluit(nieuwe, gezien=werkmap.versie())  # who saw both may still decide
    assert plaats(werkmap, "CA-002") == ("afgewezen", None)


def test_hetzelfde_willen_is_geen_conflict(werkmap):
    gezien = werkmap.versie()
    for wie in ("Noor", "Bas"):
        werkmap.besluit(Besluit("CA-001", Bestemming.LIJN, "doen we al", wie), gezien=gezien)


def test_kenmerken_liggen_over_het_bestand_heen_en_kunnen_terug(werkmap):
    nummers = werkmap.kenmerk({"CA-001": {"werksoort": "opgave", "wettelijk": True}}, "Noor")
    werkmap.kenmerk({"CA-001": {"werksoort": "opgave"}, "CA-002": {"gebied": " Dorp "}}, "Noor")
    tabel = werkmap.kenmerken()
    assert tabel.loc["CA-001", ["werksoort", "wettelijk", "domein"]].tolist() == ["opgave", True, None]
    assert tabel.loc["CA-002", "gebied"] == "Dorp"
    assert werkmap.tabel("ambities").loc["CA-001", "werksoort"] is None
    werkmap.bewaar([ambities("a.xlsx", *TITELS, "Nieuw")], "Noor")  # a new version of the file leaves them alone
    assert werkmap.kenmerken().loc["CA-001", "werksoort"] == "opgave"
    werkmap.maak_ongedaan(nummers[0], "Noor")
    assert "CA-001" not in werkmap.kenmerken().index


@pytest.mark.parametrize(
    ("waarden", "bezwaar"),
    [
        ({"XX-9": {"domein": "fysiek"}}, "'XX-9' staat niet in de werkmap"),
        ({"CA-001": {"titel": "Anders"}}, "'titel' is geen kenmerk"),
        ({"CA-001": {"domein": "blauw"}}, "'blauw' kan niet bij 'domein'. Kies uit: fysiek"),
        ({"CA-001": {"wettelijk": "misschien"}}, "'wettelijk' is ja of nee"),
        ({"CA-001": {"gebied": 3}}, "'gebied' is een tekst"),
    ],
)
def test_een_kenmerk_moet_kunnen(werkmap, waarden, bezwaar):
    voor = werkmap.versie()
    with pytest.raises(BesluitFout, match=bezwaar):
        werkmap.kenmerk({"CA-002": {"domein": "sociaal"}, **waarden}, "Noor")
    assert werkmap.versie() == voor


@pytest.mark.parametrize(
    ("oordeel", "naar", "na_a", "na_b"),
    [
        (Oordeel.SAMENGEVOEGD, "CA-001", ("open", None), ("samengevoegd", "CA-001")),
        (Oordeel.SAMENGEVOEGD, "CA-002", ("samengevoegd", "CA-002"), ("open", None)),
        (Oordeel.VERWANT, "O01", ("opgave", "O01"), ("opgave", "O01")),
        (Oordeel.ANDERS, None, ("open", None), ("open", None)),
    ],
)
def test_een_oordeel_over_een_paar_en_terug(werkmap, oordeel, naar, na_a, na_b):
    nummers = werkmap.beoordeel_paar("CA-002", "CA-001", oordeel, "Noor", "besproken", naar=naar)
    assert (plaats(werkmap, "CA-001"), plaats(werkmap, "CA-002")) == (na_a, na_b)
    assert werkmap.paren().to_dict("records") == [{"a": "CA-001", "b": "CA-002", "oordeel": oordeel, "naar": naar}]
    werkmap.maak_ongedaan(nummers[-1], "Noor")
    assert (plaats(werkmap, "CA-001"), plaats(werkmap, "CA-002")) == (("open", None), ("open", None))
    assert werkmap.paren().empty


def test_een_paar_met_een_nieuwe_opgave_is_een_handeling(werkmap):
    nummers = werkmap.beoordeel_paar("CA-001", "CA-002", "verwant", "Noor", "horen samen", nieuwe_opgave="Bouwen")
    assert plaats(werkmap, "CA-001") == plaats(werkmap, "CA-002") == ("opgave", "O02")
    assert werkmap.tabel("opgaven").loc["O02", "titel"] == "Bouwen"
    assert werkmap.paren()["naar"].tolist() == ["O02"]
    werkmap.maak_ongedaan(nummers[0], "Noor")
    assert plaats(werkmap, "CA-001") == ("open", None)
    assert list(werkmap.tabel("opgaven").index) == ["O01"]
    with pytest.raises(BesluitFout, match="Er is al een opgave 'wonen'"):
        werkmap.beoordeel_paar("CA-001", "CA-002", "verwant", "Noor", "horen samen", nieuwe_opgave="wonen")


@pytest.mark.parametrize(
    ("a", "b", "oordeel", "naar", "bezwaar"),
    [
        ("CA-001", "CA-001", "anders", None, "twee verschillende rijen"),
        ("CA-001", "XX-1", "anders", None, "'XX-1' staat niet in de werkmap"),
        ("CA-001", "CA-002", "samengevoegd", None, "welke van de twee"),
        ("CA-001", "CA-002", "samengevoegd", "CA-003", "welke van de twee"),
        ("CA-001", "CA-002", "verwant", "O99", "Kies een bestaande opgave"),
        ("CA-003", "CA-002", "samengevoegd", "CA-003", "kan niet in CA-003 opgaan"),
    ],
)
def test_een_oordeel_moet_kunnen(werkmap, a, b, oordeel, naar, bezwaar):
    werkmap.beoordeel_paar("CA-002", "CA-003", "samengevoegd", "Noor", "zelfde", naar="CA-002")
    voor = werkmap.versie()
    with pytest.raises(BesluitFout, match=bezwaar):
        werkmap.beoordeel_paar(a, b, oordeel, "Noor", "besproken", naar=naar)
    assert werkmap.versie() == voor


def test_een_opgave_met_haar_rijen_ontstaat_en_verdwijnt_in_een_keer(werkmap):
    code = werkmap.maak_opgave("Bouwen", "Noor", ambities=["CA-001", "CA-002"], reden="horen bij elkaar")
    assert code == "O02"
    assert plaats(werkmap, "CA-002") == ("opgave", "O02")
    laatste = werkmap.versie()
    werkmap.besluit(Besluit("CA-003", Bestemming.OPGAVE, "ook", "Noor", "O02"))
    with pytest.raises(BesluitFout, match="Bij O02 hoort intussen 1 rij"):
        werkmap.maak_ongedaan(laatste, "Noor")
    werkmap.besluit(Besluit("CA-003", Bestemming.OPEN, "toch niet", "Noor"))
    werkmap.maak_ongedaan(laatste, "Noor")
    assert plaats(werkmap, "CA-001") == ("open", None)
    assert list(werkmap.tabel("opgaven").index) == ["O01"]
    assert werkmap.maak_opgave("Nieuw", "Noor") == "O03"  # a number is not given twice


def test_een_opgave_krijgt_een_andere_naam_en_weer_terug(werkmap):
    (nummer,) = werkmap.wijzig_opgave("O01", "Noor", titel="Wonen voor iedereen")
    assert werkmap.tabel("opgaven").loc["O01", ["titel", "domein"]].tolist() == ["Wonen voor iedereen", "fysiek"]
    werkmap.maak_ongedaan(nummer, "Noor")
    assert werkmap.tabel("opgaven").loc["O01", "titel"] == "Wonen"


def test_een_opgeheven_opgave_laat_haar_rijen_open_en_komt_heel_terug(werkmap):
    werkmap.besluit([Besluit(a, Bestemming.OPGAVE, "past", "Noor", "O01") for a in ("CA-001", "CA-002")])
    nummers = werkmap.hef_op("O01", "Noor", "gaat op in een andere")
    assert plaats(werkmap, "CA-001") == ("open", None)
    assert werkmap.tabel("opgaven").empty
    werkmap.maak_ongedaan(nummers[0], "Noor")
    assert plaats(werkmap, "CA-002") == ("opgave", "O01")
    assert werkmap.tabel("opgaven").loc["O01", "titel"] == "Wonen"


def test_een_koppeling_wordt_onthouden_en_vergeten(werkmap):
    werkmap.onthoud_koppeling("abc", {"soort": "top5", "kolommen": {"Wens": "titel"}}, "Noor")
    assert werkmap.koppelingen() == {"abc": {"soort": "top5", "kolommen": {"Wens": "titel"}}}
    werkmap.onthoud_koppeling("abc", None, "Noor")
    assert werkmap.koppelingen() == {}
