"""The words that do not count belong to the werkmap: changing them seeks pairs again and can be undone."""

import pytest

from opgavelib import parameters
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, paren
from opgavelib.toepassing.overlap import proceswoorden
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.proceswoorden import ProceswoordenPaneel


@pytest.fixture
def werkmap(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as w:
        yield w


@pytest.fixture
def paneel(werkmap):
    handelingen = Handelingen(lambda: (handelingen.toon(Stand(werkmap)), p.toon(Stand(werkmap))))
    handelingen.toon(Stand(werkmap))
    handelingen.balk.naam = "Noor"
    p = ProceswoordenPaneel(handelingen)
    p.toon(Stand(werkmap))
    p.handelingen = handelingen
    return p


def bewaar(paneel, tekst):
    teller = ((paneel.formulier.ingediend or {}).get("teller") or 0) + 1
    paneel.formulier.ingediend = {"waarden": {"woorden": tekst}, "teller": teller}


def test_een_woord_erbij_geldt_voor_deze_werkmap_en_kan_terug(paneel, werkmap):
    merk = paren.tekstmerk(Stand(werkmap))
    getoond = paneel.formulier.velden[0]["waarde"]
    bewaar(paneel, getoond + "; Duurzaam,\n duurzaam")
    assert "duurzaam" in proceswoorden(Stand(werkmap))
    assert paren.tekstmerk(Stand(werkmap)) != merk
    assert "duurzaam" in paneel.formulier.velden[0]["waarde"].split(", ")
    paneel.handelingen.terug()
    assert "duurzaam" not in proceswoorden(Stand(werkmap))
    assert paren.tekstmerk(Stand(werkmap)) == merk


def test_leeg_is_de_lijst_van_het_werkboek(paneel, werkmap):
    bewaar(paneel, "visie")
    assert Stand(werkmap).waarde("overlap", "proceswoorden") == ["visie"]
    bewaar(paneel, "  ")
    assert Stand(werkmap).waarde("overlap", "proceswoorden") == parameters.waarde("overlap", "proceswoorden")
    versie = werkmap.versie()
    bewaar(paneel, paneel.formulier.velden[0]["waarde"])
    assert "er is niets veranderd" in paneel.handelingen.melding.tekst
    assert werkmap.versie() == versie
