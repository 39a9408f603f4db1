"""A reading on trial shows what storing does, and leaves no trace."""

from __future__ import annotations

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import InvoerFout
from opgavelib.opslag import Werkmap
from opgavelib.opslag.proef import AndersFout, bestaat, pas_toe, probeer
from opgavelib.toepassing import lees_in
from tests.opslag.bladen import alles, ambities, blad, scores, top5

EERST = ambities("akkoord.xlsx", "Meer woningen", "Groene daken", "Veilige fietspaden")
LATER = ambities("akkoord.xlsx", "Meer woningen", "Groene daken op alle scholen", "Een nieuw zwembad")


@pytest.fixture
def gevuld(tmp_path):
    with Werkmap(tmp_path / "w", maak=True) as w:
        w.bewaar([EERST], "Anna")
        w.besluit([Besluit(a, Bestemming.LIJN, "hoort bij het team", "Anna") for a in ("CA-001", "CA-003")])
    return tmp_path / "w"


def test_new_changed_and_gone_are_told_apart(gevuld):
    proef = probeer(gevuld, [LATER])
    (v,) = proef.verschillen
    assert [r.inhoud["titel"] for r in v.nieuw] == ["Een nieuw zwembad"]
    assert [(r.sleutel, dict(r.oud), dict(r.nieuw)) for r in v.gewijzigd] == [
        ("CA-002", {"titel": "Groene daken"}, {"titel": "Groene daken op alle scholen"})
    ]
    assert [(r.sleutel, r.besluit) for r in v.vervallen] == [("CA-003", ("lijn", None))]
    assert (v.ongewijzigd, v.besluiten) == ({2}, 1)
    assert proef.voor["ambities"] == (3, None)
    assert proef.na["ambities"] == (3, None)


def test_a_trial_leaves_nothing_behind(gevuld):
    with Werkmap(gevuld) as w:
        voor = alles(w)
    for _ in range(2):
        probeer(gevuld, [LATER, top5("top5.xlsx", ("Jan", 1, "Bruggen"))])
    with Werkmap(gevuld) as w:
        assert alles(w) == voor
        assert w.besluit(Besluit("CA-002", Bestemming.LIJN, "reden", "Bob")) == [4], "numbers go on where they were"


def test_a_trial_makes_no_werkmap(tmp_path):
    proef = probeer(tmp_path / "nog_niet", [EERST])
    assert not (tmp_path / "nog_niet").exists()
    assert proef.versie is None
    assert len(proef.verschillen[0].nieuw) == 3
    assert proef.na["ambities"] == (3, None)


def test_what_was_shown_is_what_is_stored(gevuld):
    proef = probeer(gevuld, [LATER])
    verwerkt = pas_toe(gevuld, [LATER], "Bob", proef, {"vorm": {"kolommen": {"afspraak": "titel"}}})
    assert (verwerkt.gelezen, verwerkt.vervallen) == (3, 1)
    with Werkmap(gevuld) as w:
        tabel = w.tabel("ambities")
        assert list(tabel["titel"]) == ["Meer woningen", "Groene daken op alle scholen", "Veilige fietspaden",
                                        "Een nieuw zwembad"]  # fmt: skip
        assert list(tabel["vervallen"]) == [False, False, True, False]
        assert w.spoor().tabel.loc["CA-001", "bestemming"] == "lijn", "the row did not change: its decision stays"
        assert w.spoor().tabel.loc["CA-003", "bestemming"] == "lijn", "gone, not forgotten"
        assert w.koppelingen() == {"vorm": {"kolommen": {"afspraak": "titel"}}}


def test_a_decision_meanwhile_on_a_row_that_goes_is_no_longer_what_was_shown(gevuld):
    proef = probeer(gevuld, [LATER])
    with Werkmap(gevuld) as w:
        w.besluit(Besluit("CA-003", Bestemming.PARKEERPLAATS, "later", "Cees"))
        voor = alles(w)
    with pytest.raises(AndersFout, match="intussen gewijzigd"):
        pas_toe(gevuld, [LATER], "Bob", proef)
    with Werkmap(gevuld) as w:
        assert alles(w) == voor


def test_a_change_elsewhere_does_not_stop_what_was_shown(gevuld):
    proef = probeer(gevuld, [LATER])
    with Werkmap(gevuld) as w:
        w.zet_parameter("criteria.gewichten", {"effect": 2}, "Cees", "vergadering")
    assert pas_toe(gevuld, [LATER], "Bob", proef).gelezen == 3


def test_a_reference_that_does_not_fit_is_a_finding_and_not_an_exception(gevuld):
    oordeel = scores("scores.xlsx", ("Bestaat niet", "effect", "Anna", 4))
    proef = probeer(gevuld, [oordeel])
    assert proef.verwerkt is None
    assert "staat niet in de werkmap" in proef.bevindingen[0].probleem
    with pytest.raises(InvoerFout, match="staat niet in de werkmap"):
        pas_toe(gevuld, [oordeel], "Bob", proef)


def test_a_sheet_taken_for_another_soort_shows_what_it_leaves(gevuld):
    zelfde_plaats = blad("akkoord.xlsx", "teams", "teams", [{"team": "Zorg", "fte": 4.0}])
    proef = probeer(gevuld, [zelfde_plaats])
    weg = next(v for v in proef.verschillen if v.tabel == "ambities")
    assert [r.sleutel for r in weg.vervallen] == ["CA-001", "CA-002", "CA-003"]
    assert proef.na["ambities"] == (0, None)
    assert proef.na["teams"] == (1, 4.0)


def test_the_same_file_again_changes_nothing(gevuld):
    proef = probeer(gevuld, [EERST])
    assert proef.verschillen == ()
    assert proef.verwerkt.ongewijzigd == 3


DUBBEL = [["Team", "Fte"], ["Wonen", 3], ["Wonen", 4]]
ONBEKEND = [["Ambitie", "Criterium", "Beoordelaar", "Score"], ["CA-099", "effect", "Jo", 4]]


@pytest.mark.parametrize(("rijen", "probleem"), [(DUBBEL, "staat ook op rij 2"), (ONBEKEND, "niet in de werkmap")])
@pytest.mark.parametrize("plek", ["sqlite", "postgresql"])
def test_what_storing_refuses_makes_no_werkmap(tmp_path, boek, request, plek, rijen, probleem):
    adres = tmp_path / "diep" / "w" if plek == "sqlite" else request.getfixturevalue("database")()
    with pytest.raises(InvoerFout, match=probleem) as fout:
        lees_in(adres, [boek("a.xlsx", Blad=rijen)], wie="Anna")
    assert fout.value.geweigerd == len(rijen) - 1
    assert all(b.doe[:1].isupper() for b in fout.value.bevindingen)
    assert not bestaat(adres)
    if plek == "sqlite":
        assert not (tmp_path / "diep").exists()
    assert lees_in(adres, [boek("a.xlsx", Blad=DUBBEL[:2])], wie="Anna").gelezen == 1


def test_applying_a_refused_trial_makes_no_werkmap(tmp_path):
    oordeel = scores("scores.xlsx", ("Bestaat niet", "effect", "Anna", 4))
    getoond = probeer(tmp_path / "w", [oordeel])
    with pytest.raises(InvoerFout, match="staat niet in de werkmap"):
        pas_toe(tmp_path / "w", [oordeel], "Bob", getoond)
    assert not (tmp_path / "w").exists()
