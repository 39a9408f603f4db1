"""Changes of a page: a name first, a way back, and both versions when somebody else was first."""

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand
from opgavelib.widgets.handelingen import Handelingen


@pytest.fixture
def werkmap(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as w:
        yield w


@pytest.fixture
def handelingen(werkmap):
    h = Handelingen(lambda: h.toon(Stand(werkmap)))
    h.toon(Stand(werkmap))
    h.balk.naam = "Noor"
    return h


def besluit(werkmap, bestemming, wie="Noor"):
    return lambda gezien: werkmap.besluit(Besluit("CA-001", bestemming, "besproken", wie), gezien=gezien)


def plaats(werkmap):
    return werkmap.spoor().tabel.loc["CA-001", "bestemming"]


def opdracht(handelingen, soort):
    handelingen.balk.opdracht = {"soort": soort, "teller": (handelingen.balk.opdracht or {}).get("teller", 0) + 1}


def test_meer_keer_terug_en_weer_vooruit(handelingen, werkmap):
    was = plaats(werkmap)
    handelingen.doe("een", besluit(werkmap, Bestemming.LIJN))
    handelingen.doe("twee", besluit(werkmap, Bestemming.AFGEWEZEN))
    gezien = []
    for soort in ("terug", "terug", "terug", "opnieuw", "opnieuw", "opnieuw", "terug"):
        opdracht(handelingen, soort)
        gezien.append(plaats(werkmap))
    assert gezien == ["lijn", was, was, "lijn", "afgewezen", "afgewezen", "lijn"]
    assert handelingen.balk.gedaan == "Ongedaan gemaakt: twee"
    assert (handelingen.balk.kan_terug, handelingen.balk.kan_opnieuw) == (True, True)


def test_een_conflict_toont_beide_en_wacht_op_een_keus(handelingen, werkmap):
    werkmap.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, "te duur", "Bas"))
    assert handelingen.doe("CA-001 → Regulier werk", besluit(werkmap, Bestemming.LIJN)) is False
    (conflict,) = handelingen.balk.conflicten
    assert (conflict["hun"], conflict["uw"], conflict["wie"], conflict["reden"]) == (
        "Afgewezen", "Regulier werk", "Bas", "te duur",
    )  # fmt: skip
    assert conflict["wat"].startswith("CA-001 ")
    assert plaats(werkmap) == "afgewezen"
    opdracht(handelingen, "neem")
    assert plaats(werkmap) == "lijn"
    assert handelingen.balk.conflicten == []
    opdracht(handelingen, "terug")
    assert plaats(werkmap) == "afgewezen"


def test_wie_houdt_wat_er_staat_verandert_niets(handelingen, werkmap):
    werkmap.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, "te duur", "Bas"))
    versie = werkmap.versie()
    handelingen.doe("CA-001 → Regulier werk", besluit(werkmap, Bestemming.LIJN))
    opdracht(handelingen, "houd")
    assert handelingen.balk.conflicten == []
    opdracht(handelingen, "neem")  # a browser can send anything
    assert werkmap.versie() == versie


def test_wat_een_ander_veranderde_kan_niet_terug_en_wat_ervoor_was_wel(handelingen, werkmap):
    handelingen.doe("een", lambda g: werkmap.kenmerk({"CA-002": {"gebied": "Dorp"}}, "Noor", gezien=g))
    handelingen.doe("twee", besluit(werkmap, Bestemming.LIJN))
    werkmap.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, "te duur", "Bas"))
    opdracht(handelingen, "terug")
    assert "daarna opnieuw besloten door Bas" in handelingen.melding.tekst
    opdracht(handelingen, "terug")
    assert "CA-002" not in werkmap.kenmerken().index


def test_een_nieuwe_opgave_met_rijen_gaat_in_een_keer_terug(handelingen, werkmap):
    was = plaats(werkmap)
    handelingen.doe(
        "opgave", lambda g: werkmap.maak_opgave("Nieuw", "Noor", ambities=["CA-001"], reden="past", gezien=g)
    )
    assert plaats(werkmap) == "opgave"
    opdracht(handelingen, "terug")
    assert plaats(werkmap) == was
    assert "Nieuw" not in set(werkmap.tabel("opgaven")["titel"])


def test_zonder_naam_gebeurt_er_niets(handelingen, werkmap):
    handelingen.balk.naam = "  "
    with pytest.raises(BesluitFout, match="Vul eerst bovenaan in wie u bent"):
        handelingen.doe("een", besluit(werkmap, Bestemming.LIJN))
    assert handelingen.balk.vraag_naam == 1
