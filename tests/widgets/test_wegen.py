"""The panel for criteria and weights by its messages: drafts, storing, conflicts, and what a browser may not do."""

from __future__ import annotations

import json

import pytest

from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, criteria, wegen
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.wegen import Weegkaart, WegenPaneel

PUNTEN = {"punten": {"effect": 40, "urgentie": 20, "bestuurlijk": 20, "haalbaarheid": 10, "samenhang": 10}}


class Pagina:
    """A page of one panel, with what its widget sent."""

    def __init__(self, adres, monkeypatch):
        self.werkmap = Werkmap(adres)
        self.verstuurd: list[dict] = []
        monkeypatch.setattr(Weegkaart, "send", lambda _zelf, inhoud, _buffers=None: self.verstuurd.append(inhoud))
        self.handelingen = Handelingen(self.werk_bij)
        self.handelingen.balk.naam = "Noor"
        self.paneel = WegenPaneel(self.handelingen)
        self.werk_bij()

    def werk_bij(self):
        self.stand = Stand(self.werkmap)
        self.handelingen.toon(self.stand)
        self.paneel.toon(self.stand)

    @property
    def beeld(self):
        return json.loads(json.dumps(self.paneel.kaart.beeld))  # as it travels

    def groep(self, naam):
        return next(g for g in self.beeld["groepen"] if g["naam"] == naam)

    def stuur(self, **bericht):
        self.verstuurd.clear()
        self.paneel.kaart._handle_custom_msg({"nr": 1, **bericht}, [])
        return self.verstuurd

    def doe(self, **bericht):
        (klaar,) = [b for b in self.stuur(**bericht) if b["soort"] == "klaar"]
        return klaar["gelukt"]

    def bewaar(self, groep="MT", antwoorden=PUNTEN, methode="direct", **extra):
        vraag = {"groep": groep, "methode": methode, "antwoorden": antwoorden, "reden": "besproken"} | extra
        return self.doe(soort="bewaar", **vraag)


@pytest.fixture
def pagina(voorbeeld_kopie, monkeypatch):
    p = Pagina(voorbeeld_kopie, monkeypatch)
    yield p
    p.werkmap.sluit()


def test_begin_de_criteria_van_het_werkboek_en_twee_groepen_die_nog_moeten_wegen(pagina):
    beeld = pagina.beeld
    assert [c["naam"] for c in beeld["criteria"]][:2] == ["Maatschappelijk effect", "Urgentie"]
    assert sum(c["aandeel"] for c in beeld["criteria"]) == pytest.approx(1)
    assert beeld["groepen"] == [{"naam": "College"}, {"naam": "MT"}]
    assert beeld["conclusie"].startswith("Nog niemand heeft gewogen.")
    assert "Voorstel van dit werkboek" in beeld["bron"]
    assert "Saaty" in beeld["bronnen"]["ahp"]


def test_een_concept_wordt_gewogen_maar_niet_bewaard(pagina):
    versie = pagina.werkmap.versie()
    (uit,) = pagina.stuur(soort="weeg", groep="MT", methode="direct", antwoorden=PUNTEN)
    assert uit["gewichten"]["effect"] == pytest.approx(0.4)
    assert uit["samen"] == pytest.approx(uit["gewichten"])
    assert uit["zinnen"] == ["Maatschappelijk effect weegt het zwaarst: 40%."]
    (uit,) = pagina.stuur(soort="weeg", groep="MT", methode="ahp", antwoorden={"paren": []})
    assert "nog 10 paren open" in uit["nog"]
    (uit,) = pagina.stuur(soort="weeg", groep="MT", methode="ahp", antwoorden="<script>")
    assert uit["nog"] == "Beantwoord eerst de vragen."
    assert pagina.paneel.melding.tekst == ""
    assert pagina.werkmap.versie() == versie


def test_tegenspraak_wijst_het_antwoord_aan_dat_niet_past(pagina):
    namen = list(pagina.stand.criteria)
    zwaarte = dict(zip(namen, (8, 4, 4, 2, 1), strict=True))
    paren = [[a, b, zwaarte[a] / zwaarte[b]] for i, a in enumerate(namen) for b in namen[i + 1 :]]
    paren[-1] = ["samenhang", "haalbaarheid", 9]
    (uit,) = pagina.stuur(soort="weeg", groep="MT", methode="ahp", antwoorden={"paren": paren})
    assert uit["goed"] is False
    assert uit["nakijken"] == ["samenhang", "haalbaarheid"]
    assert uit["zinnen"][2].startswith(
        "Samenhang tegenover Haalbaarheid past het slechtst bij de rest; Haalbaarheid 2"
    )


def test_wat_bewaard_is_en_zich_tegenspreekt_staat_bij_de_groep(pagina):
    namen = list(pagina.stand.criteria)
    paren = [[a, b, 1] for i, a in enumerate(namen) for b in namen[i + 1 :]]
    assert pagina.bewaar(methode="ahp", antwoorden={"paren": paren})
    assert pagina.groep("MT")["tegenspraak"] is False
    paren[0][2], paren[-1] = 9, [paren[-1][1], paren[-1][0], 9]
    assert pagina.bewaar(methode="ahp", antwoorden={"paren": paren})
    assert pagina.groep("MT")["tegenspraak"] is True
    criteria.bewaar_criterium(Stand(pagina.werkmap), None, {"naam": "Draagvlak"}, "Bo")
    pagina.werk_bij()
    assert pagina.groep("MT")["tegenspraak"] is False  # the new criterium was never compared


def test_een_concept_zegt_hoe_zwaar_de_groep_straks_telt(pagina):
    pagina.bewaar("College")
    (uit,) = pagina.stuur(soort="weeg", groep="MT", methode="direct", antwoorden=PUNTEN)
    assert uit["delen"] == {"College": 0.5, "MT": 0.5}
    (uit,) = pagina.stuur(soort="weeg", groep="College", methode="direct", antwoorden=PUNTEN)
    assert uit["delen"] == {"College": 1}


def test_wat_niet_kan_komt_ook_bij_het_formulier(pagina):
    (klaar,) = pagina.stuur(soort="criterium", criterium=None, velden={"naam": "Urgentie"})
    assert klaar["fout"] == "Er is al een criterium Urgentie. Kies een andere naam."
    (klaar,) = pagina.stuur(soort="criterium", criterium=None, velden={"naam": "Draagvlak"})
    assert (klaar["gelukt"], klaar["fout"]) == (True, "")
    pagina.handelingen.balk.naam = ""
    (klaar,) = pagina.stuur(soort="criterium", criterium=None, velden={"naam": "Nog een"})
    assert (klaar["gelukt"], klaar["fout"]) == (False, "")


def test_bewaren_met_naam_en_reden_en_een_weg_terug(pagina):
    assert pagina.bewaar()
    mt = pagina.groep("MT")
    assert (mt["methode"], mt["aandeel"], mt["antwoorden"]) == ("direct", 1, PUNTEN)
    assert mt["bewaard"].startswith("Bewaard door Noor")
    assert mt["bewaard"].endswith(": besproken")
    assert pagina.handelingen.balk.gedaan == "Gewichten van MT bewaard"
    assert pagina.beeld["conclusie"] == "Maatschappelijk effect weegt het zwaarst: 40%."
    pagina.stuur(soort="terug")
    assert pagina.groep("MT") == {"naam": "MT"}


def test_verdeling_en_een_groep_eruit(pagina):
    pagina.bewaar("College")
    pagina.bewaar("MT")
    assert pagina.doe(soort="aandelen", aandelen={"College": 75, "MT": 25}, reden="zo afgesproken")
    assert (pagina.groep("College")["aandeel"], pagina.groep("MT")["aandeel"]) == (0.75, 0.25)
    assert pagina.doe(soort="groep_weg", groep="College", reden="x")
    assert pagina.groep("MT")["aandeel"] == 1


def test_criteria_wijzigen_toevoegen_en_verwijderen(pagina):
    assert pagina.doe(soort="criterium", criterium="effect", velden={"naam": "Effect", "gewicht": 999, "vreemd": 1})
    assert pagina.beeld["criteria"][0] | {"naam": "Effect", "gewicht": 30} == pagina.beeld["criteria"][0]
    assert pagina.doe(soort="criterium", criterium=None, velden={"naam": "Draagvlak"})
    assert pagina.handelingen.balk.gedaan == "Criterium Draagvlak toegevoegd"
    assert pagina.beeld["eigen"]
    assert "tellen dan niet meer mee" in pagina.beeld["criteria"][0]["gevolg"]
    assert pagina.doe(soort="criterium_weg", criterium="effect", reden="dubbel")
    assert "effect" not in [c["criterium"] for c in pagina.beeld["criteria"]]
    assert pagina.doe(soort="standaard", reden="toch niet")
    assert not pagina.beeld["eigen"]


def test_wie_later_komt_ziet_beide_versies_en_kiest(pagina):
    anders = {"punten": dict.fromkeys(PUNTEN["punten"], 1)}
    wegen.bewaar_weging(Stand(pagina.werkmap), "MT", "direct", anders, "Bo", "eerder besproken")
    assert not pagina.bewaar()
    (botsing,) = pagina.handelingen.balk.conflicten
    assert (botsing["wat"], botsing["wie"]) == ("MT", "Bo")
    assert botsing["hun"].startswith("gewichten: Maatschappelijk effect 20%")
    assert botsing["uw"].startswith("gewichten: Maatschappelijk effect 40%")
    pagina.handelingen.balk.opdracht = {"soort": "neem", "teller": 1}
    assert pagina.groep("MT")["gewichten"]["effect"] == pytest.approx(0.4)
    criteria.bewaar_criterium(Stand(pagina.werkmap), "effect", {"naam": "Effect"}, "Bo")
    assert not pagina.doe(soort="criterium", criterium="effect", velden={"naam": "Impact"})
    assert pagina.handelingen.balk.conflicten[0]["hun"].startswith("criterium: Effect, 1 tot 5, hoger is beter")


@pytest.mark.parametrize(
    ("bericht", "melding"),
    [
        ({"soort": "bewaar", "groep": 3, "methode": "direct", "antwoorden": PUNTEN, "reden": "x"}, "Geef de groep"),
        ({"soort": "bewaar", "groep": "MT", "methode": [], "antwoorden": PUNTEN, "reden": "x"}, "geen manier"),
        ({"soort": "bewaar", "groep": "MT", "methode": "direct", "antwoorden": None, "reden": "x"}, "Beantwoord"),
        ({"soort": "bewaar", "groep": "MT", "methode": "direct", "antwoorden": PUNTEN}, "Vul een reden in"),
        ({"soort": "aandelen", "aandelen": [1], "reden": "x"}, "van elke groep"),
        ({"soort": "aandelen", "aandelen": {"Raad": 1}, "reden": "x"}, "van elke groep"),
        ({"soort": "groep_weg", "groep": "Raad", "reden": "x"}, "Raad heeft nog niets bewaard"),
        ({"soort": "criterium", "criterium": "effect", "velden": "x"}, "is niets veranderd"),
        ({"soort": "criterium", "criterium": None, "velden": {"naam": ["x"]}}, "Geef het criterium een naam"),
        ({"soort": "criterium_weg", "criterium": "effect"}, "Vul een reden in"),
        ({"soort": "standaard", "reden": "x"}, "van het werkboek al"),
    ],
)
def test_een_browser_kan_van_alles_sturen_maar_niet_alles_bewaren(pagina, bericht, melding):
    versie = pagina.werkmap.versie()
    assert not pagina.doe(**bericht)
    assert melding in pagina.paneel.melding.tekst
    assert pagina.werkmap.versie() == versie


def test_zonder_naam_wordt_niets_bewaard(pagina):
    pagina.handelingen.balk.naam = " "
    assert not pagina.bewaar()
    assert "wie u bent" in pagina.paneel.melding.tekst
