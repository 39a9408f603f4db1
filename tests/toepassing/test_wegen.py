"""Criteria and weights of a werkmap: what is stored, what others did meanwhile, and what cannot be."""

from __future__ import annotations

import pytest

from opgavelib import parameters
from opgavelib.fouten import BesluitFout, ConflictFout, WegingFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, criteria, wegen

NAMEN = [c.criterium for c in parameters.criteria()]
PUNTEN = {"punten": dict(zip(NAMEN, (50, 20, 10, 10, 10), strict=True))}


@pytest.fixture
def werkmap(voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        yield werkmap


def _weeg(werkmap, groep, antwoorden=PUNTEN, methode="direct", **kwargs):
    return wegen.bewaar_weging(Stand(werkmap), groep, methode, antwoorden, "Noor", "besproken", **kwargs)


def test_zonder_groepen_gelden_de_gewichten_van_het_werkboek(werkmap):
    stand = Stand(werkmap)
    assert wegen.samen(stand) is None
    assert stand.gewichten == pytest.approx(dict(zip(NAMEN, (0.3, 0.25, 0.2, 0.15, 0.1), strict=True)))
    assert "Voorstel van dit werkboek" in criteria.herkomst(stand)


def test_groepen_samen_zijn_de_gewichten_waarmee_het_werkboek_rekent(werkmap):
    _weeg(werkmap, "College")
    assert wegen.aandelen(Stand(werkmap)) == {"College": 1}
    sprong = {"punten": dict(zip(NAMEN, (20, 100, 40, 40, 0), strict=True))}
    _weeg(werkmap, "MT", sprong, "swing")
    stand = Stand(werkmap)
    assert wegen.aandelen(stand) == pytest.approx({"College": 0.5, "MT": 0.5})
    assert wegen.geldend(stand, "MT") == pytest.approx(dict(zip(NAMEN, (0.1, 0.5, 0.2, 0.2, 0), strict=True)))
    samen = wegen.samen(stand)
    assert dict(samen.gewichten) == pytest.approx(stand.gewichten)
    assert stand.gewichten["effect"] == pytest.approx(0.3)
    assert samen.zinnen[1].startswith(
        "College en MT verschillen het meest over Maatschappelijk effect: 50% tegen 10%"
    )
    wegen.zet_aandelen(stand, {"College": 3, "MT": 1}, "Noor", "college beslist")
    stand = Stand(werkmap)
    assert stand.gewichten["effect"] == pytest.approx(0.4)
    assert wegen.bewaard(stand, "MT").endswith(": besproken")
    wegen.verwijder_groep(stand, "College", "Noor", "MT weegt")
    assert Stand(werkmap).gewichten == pytest.approx(wegen.geldend(stand, "MT"))


def test_bewaren_is_een_handeling_met_een_weg_terug(werkmap):
    voor = Stand(werkmap).gewichten
    nummers = _weeg(werkmap, "College")
    assert Stand(werkmap).gewichten != voor
    werkmap.maak_ongedaan(nummers[-1], "Noor")
    assert Stand(werkmap).gewichten == voor
    assert Stand(werkmap).groepen == {}


def test_alleen_wat_de_methode_vraagt_wordt_bewaard(werkmap):
    stand = Stand(werkmap)
    paren = [[a, b, 3] for i, a in enumerate(NAMEN) for b in NAMEN[i + 1 :]]
    vreemd = {"paren": [*paren, ["effect", "weg", 2]], "punten": {"effect": 3}, "script": "<b>"}
    wegen.bewaar_weging(stand, "MT", "ahp", vreemd, "Noor", "x")
    bewaard = Stand(werkmap).groepen["MT"]
    assert bewaard["antwoorden"] == {"paren": paren}
    assert wegen.weeg(stand, "ahp", bewaard["antwoorden"]).gewichten == bewaard["gewichten"]
    tegen = dict.fromkeys(NAMEN[1:], 4)
    bw = {
        "beste": "effect",
        "slechtste": "samenhang",
        "beste_tegen": tegen,
        "tegen_slechtste": dict.fromkeys(NAMEN[1:-1], 1),
    }
    wegen.bewaar_weging(stand, "MT", "best-worst", bw | {"extra": 1}, "Noor", "x")
    assert set(Stand(werkmap).groepen["MT"]["antwoorden"]) == set(bw)


def test_twee_groepen_tegelijk_is_geen_conflict_dezelfde_groep_wel(werkmap):
    noor = Stand(werkmap)
    _weeg(werkmap, "College", gezien=werkmap.versie())
    wegen.bewaar_weging(noor, "MT", "direct", PUNTEN, "Noor", "x", gezien=noor.versie)
    assert list(Stand(werkmap).groepen) == ["College", "MT"]
    with pytest.raises(ConflictFout, match="heeft College intussen gewijzigd") as fout:
        wegen.bewaar_weging(
            noor, "College", "direct", {"punten": dict.fromkeys(NAMEN, 1)}, "Noor", "x", gezien=noor.versie
        )
    (botsing,) = fout.value.conflicten
    assert (botsing.wat, botsing.hun[:27]) == ("kenmerk:gewichten", "Maatschappelijk effect 50%,")
    assert botsing.uw.startswith("Maatschappelijk effect 20%")
    verouderd = Stand(werkmap)
    assert list(verouderd.groepen) == ["College", "MT"]
    wegen.zet_aandelen(Stand(werkmap), {"College": 1, "MT": 0}, "Bo", "x")
    with pytest.raises(ConflictFout, match="heeft De groepen intussen gewijzigd") as fout:
        wegen.zet_aandelen(verouderd, {"College": 1, "MT": 3}, "Noor", "x", gezien=verouderd.versie)
    assert [(c.hun, c.uw) for c in fout.value.conflicten] == [("College 100%, MT 0%", "College 25%, MT 75%")]


def test_een_criterium_erbij_wijzigen_en_weg(werkmap):
    _weeg(werkmap, "College")
    velden = {"naam": "Draagvlak", "omschrijving": "Wie wil het?", "laagst": 0, "hoogst": 10, "richting": "lager"}
    stand = Stand(werkmap)
    criteria.bewaar_criterium(stand, None, velden, "Noor")
    # Bo did not see it yet, and changes another one.
    criteria.bewaar_criterium(stand, "urgentie", {"naam": "Haast"}, "Bo", gezien=stand.versie)
    stand = Stand(werkmap)
    nieuw = stand.criteria_lijst[-1]
    assert (nieuw.criterium, nieuw.naam, nieuw.laagst, nieuw.hoogst, nieuw.richting) == (
        "draagvlak", "Draagvlak", 0, 10, "lager",
    )  # fmt: skip
    assert stand.criteria["urgentie"] == "Haast"
    assert "nog niet gewogen" in wegen.verouderd(stand, "College")
    assert 0 < stand.gewichten["draagvlak"] < 0.3
    assert "Eigen keuze in deze werkmap. Bewaard door Bo" in criteria.herkomst(stand)
    criteria.bewaar_criterium(Stand(werkmap), "urgentie", {"naam": "Tempo"}, "Bo")
    with pytest.raises(ConflictFout, match="Bo heeft Spoed intussen gewijzigd") as fout:
        criteria.bewaar_criterium(stand, "urgentie", {"naam": "Spoed"}, "Noor", gezien=stand.versie)
    assert fout.value.conflicten[0].hun.startswith("Tempo, 1 tot 5, hoger is beter: Wat gaat er mis")


def test_wat_er_verloren_gaat_met_een_criterium(werkmap):
    stand = Stand(werkmap)
    aantal = int((stand.scores["criterium"] == "samenhang").sum())
    assert criteria.gevolg(stand, "samenhang") == (
        f"Samenhang telt nu voor 10%; dat gewicht gaat naar de andere. {aantal} scores tellen dan niet meer mee en "
        "blijven in de werkmap staan."
    )
    criteria.verwijder_criterium(stand, "samenhang", "Noor", "dubbel")
    stand = Stand(werkmap)
    assert "samenhang" not in stand.gewichten
    assert sum(stand.gewichten.values()) == pytest.approx(1)
    assert not (stand.scorekaart.gemiddeld.columns == "samenhang").any()
    criteria.bewaar_criterium(stand, None, {"naam": "Samenhang"}, "Noor")
    assert (Stand(werkmap).scores["criterium"] == "samenhang").sum() == aantal
    assert "samenhang" in Stand(werkmap).scorekaart.gemiddeld
    criteria.zet_standaard(Stand(werkmap), "Noor", "toch die van het werkboek")
    assert Stand(werkmap).criteria_lijst == parameters.criteria()


@pytest.mark.parametrize(
    ("wat", "melding"),
    [
        ({"methode": "gokken"}, "'gokken' is geen manier"),
        ({"antwoorden": []}, "Beantwoord eerst"),
        ({"antwoorden": {"punten": "veel"}}, "Beantwoord eerst"),
        ({"antwoorden": {"punten": {"effect": 3}}}, "Geef Urgentie nog punten"),
        ({"antwoorden": {"punten": {"effect": "3"}}}, "geen getal"),
        ({"antwoorden": {"paren": [["effect"]]}, "methode": "ahp"}, "twee criteria en een getal"),
        ({"antwoorden": {"paren": "alle"}, "methode": "ahp"}, "nog 10 paren open"),
        ({"antwoorden": {}, "methode": "best-worst"}, "Kies eerst welk criterium het zwaarst"),
        ({"groep": " "}, "Geef de groep een naam"),
        ({"groep": "x" * 99}, "korter dan 60"),
        ({"reden": " "}, "Vul een reden in"),
    ],
)
def test_een_weging_die_niet_kan_wordt_niet_bewaard(werkmap, wat, melding):
    versie = werkmap.versie()
    vraag = {"groep": "MT", "methode": "direct", "antwoorden": PUNTEN, "wie": "Noor", "reden": "x"} | wat
    with pytest.raises((WegingFout, BesluitFout), match=melding):
        wegen.bewaar_weging(Stand(werkmap), **vraag)
    assert werkmap.versie() == versie


@pytest.mark.parametrize(
    ("criterium", "velden", "melding"),
    [
        (None, {"naam": ""}, "Geef het criterium een naam"),
        (None, {"naam": "urgentie"}, "Er is al een criterium urgentie"),
        ("weg", {"naam": "x"}, "is er niet meer"),
        ("effect", {}, "is niets veranderd"),
        ("effect", {"richting": "omhoog"}, "hoger of lager"),
        ("effect", {"laagst": 5, "hoogst": 5}, "van laag naar hoog"),
        ("effect", {"laagst": "een"}, "twee getallen"),
        ("effect", {"hoogst": 3}, r"al scores van 1 tot 5 gegeven"),
    ],
)
def test_een_criterium_dat_niet_kan_wordt_niet_bewaard(werkmap, criterium, velden, melding):
    with pytest.raises(BesluitFout, match=melding):
        criteria.bewaar_criterium(Stand(werkmap), criterium, velden, "Noor")


def test_er_blijft_een_criterium_over(werkmap):
    for c in NAMEN[1:]:
        criteria.verwijder_criterium(Stand(werkmap), c, "Noor", "x")
    with pytest.raises(BesluitFout, match="één criterium overblijven"):
        criteria.verwijder_criterium(Stand(werkmap), NAMEN[0], "Noor", "x")
    with pytest.raises(BesluitFout, match="is er niet meer"):
        criteria.verwijder_criterium(Stand(werkmap), NAMEN[1], "Noor", "x")
