"""What is shown before a file is read, and that it is what happens."""

from __future__ import annotations

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import Ernst, InvoerFout
from opgavelib.inlezen.keuzes import Bladkeuze
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import Stand, lees_in
from opgavelib.toepassing.voorvertoning import VerouderdFout, bekijk, gemerkt, pas_toe
from tests.opslag.bladen import alles

KOP = ["Nr", "Afspraak", "Wethouder"]
EERST = [KOP, ["A1", "Meer woningen voor starters", "Jansen"], ["A2", "Groene daken op scholen", "Bakker"],
         ["A3", "Veilige fietspaden in de kern", "Bakker"]]  # fmt: skip
LATER = [KOP, ["A1", "Meer woningen voor starters", "Jansen"], ["A2", "Groene daken op alle scholen", "Bakker"],
         ["A4", "Een nieuw zwembad", "Jansen"]]  # fmt: skip
VREEMD = [
    ["Nr", "Afspraak", "Hoeveel", "Moet dat"],
    ["B1", "Een nieuwe sporthal bouwen", 2500000, "ja"],
    ["B2", "De bibliotheek verbouwen", 400000, "nee"],
    ["B3", "Meer bankjes in het park", 15000, "nee"],
]


@pytest.fixture
def gevuld(tmp_path, boek):
    lees_in(tmp_path / "w", [boek("akkoord.xlsx", Afspraken=EERST)], wie="Anna")
    with Werkmap(tmp_path / "w") as w:
        w.besluit([Besluit(a, Bestemming.LIJN, "hoort bij het team", "Anna") for a in ("CA-001", "CA-003")])
    return tmp_path / "w"


def test_a_first_reading_shows_everything_as_new_and_makes_no_werkmap(tmp_path, boek):
    v = bekijk(tmp_path / "w", [boek("akkoord.xlsx", Afspraken=EERST)])
    assert v.kan
    assert v.toelichting == "1 bestand, 3 rijen: 3 nieuw."
    assert not (tmp_path / "w").exists()
    assert pas_toe(v, "Bob").gelezen == 3


def test_a_new_version_shows_new_changed_and_gone_and_then_does_that(gevuld, boek):
    v = bekijk(gevuld, [boek("akkoord.xlsx", Afspraken=LATER)])
    assert v.telling == {"nieuw": 1, "gewijzigd": 1, "vervallen": 1, "ongewijzigd": 1}
    assert v.toelichting == "1 bestand, 3 rijen: 1 nieuw, 1 gewijzigd, 1 niet meer in het bestand, 1 ongewijzigd."
    (verschil,) = v.proef.verschillen
    assert verschil.besluiten == 1
    assert verschil.vervallen[0].besluit == ("lijn", None)
    pas_toe(v, "Bob")
    with Werkmap(gevuld) as w:
        stand = Stand(w)
        assert len(stand.ambities) == 4, "what is gone is marked, not erased"
        assert stand.ambities.loc["CA-003", "vervallen"]
        assert list(stand.ambities.loc[["CA-001", "CA-003"], "bestemming"]) == ["lijn", "lijn"]


def test_scores_are_checked_against_the_criteria_of_the_werkmap(gevuld, boek):
    pad = boek("scores.xlsx", Jansen=[["Ambitie", "Kosten"], ["CA-001", 8], ["CA-002", 4.5]])
    kosten = {"criterium": "kosten", "naam": "Kosten", "gewicht": 1, "richting": "lager", "omschrijving": "",
              "laagst": 1, "hoogst": 10.5}  # fmt: skip
    with Werkmap(gevuld) as w:
        w.zet_parameter("criteria.lijst", [kosten], "Anna", "eigen maat")
    v = bekijk(gevuld, [pad])
    assert v.telling["nieuw"] == 2
    with Werkmap(gevuld) as w:
        w.zet_parameter("criteria.lijst", [kosten | {"hoogst": 5.5}], "Anna", "toch kleiner")
    with pytest.raises(VerouderdFout, match="De criteria zijn intussen gewijzigd") as fout:
        pas_toe(v, "Bob")
    (probleem,) = [b.probleem for b in fout.value.voorvertoning.bevindingen if b.ernst == Ernst.FOUT]
    assert probleem == "'8' is geen getal van 1 tot en met 5,5."
    with Werkmap(gevuld) as w:
        w.zet_parameter("criteria.lijst", [kosten], "Anna", "toch niet")
    lees_in(gevuld, [pad], wie="Anna")
    with Werkmap(gevuld) as w:
        assert Stand(w).scores["score"].tolist() == [8, 4.5]
    assert not bekijk(gevuld, [pad]).verandert


def test_looking_changes_nothing(gevuld, boek):
    with Werkmap(gevuld) as w:
        voor = alles(w)
    bekijk(
        gevuld, [boek("akkoord.xlsx", Afspraken=LATER)], keuzes={("akkoord.xlsx", "Afspraken"): Bladkeuze("top5")}
    )
    with Werkmap(gevuld) as w:
        assert alles(w) == voor


def test_the_same_file_again_says_so(gevuld, boek):
    v = bekijk(gevuld, [boek("akkoord.xlsx", Afspraken=EERST)])
    assert not v.verandert
    assert v.toelichting == "1 bestand, 3 rijen: alles staat al zo in de werkmap."


def test_a_file_that_changed_since_is_not_read_unseen(gevuld, boek):
    v = bekijk(gevuld, [boek("akkoord.xlsx", Afspraken=LATER)])
    boek("akkoord.xlsx", Afspraken=EERST)
    with pytest.raises(VerouderdFout, match=r"Intussen gewijzigd: akkoord\.xlsx") as fout:
        pas_toe(v, "Bob")
    assert not fout.value.voorvertoning.verandert
    with Werkmap(gevuld) as w:
        assert len(w.tabel("ambities")) == 3


def test_a_werkmap_that_changed_since_gives_the_new_preview(gevuld, boek):
    v = bekijk(gevuld, [boek("akkoord.xlsx", Afspraken=LATER)])
    with Werkmap(gevuld) as w:
        w.besluit(Besluit("CA-003", Bestemming.PARKEERPLAATS, "later", "Cees"))
    with pytest.raises(VerouderdFout, match="De werkmap is intussen gewijzigd") as fout:
        pas_toe(v, "Bob")
    nieuw = fout.value.voorvertoning
    assert nieuw.proef.verschillen[0].vervallen[0].besluit == ("parkeerplaats", None)
    pas_toe(nieuw, "Bob")


def test_an_error_refuses_all_files_together(tmp_path, boek):
    goed = boek("akkoord.xlsx", Afspraken=EERST)
    fout = boek("teams.xlsx", Teams=[["Team", "Fte"], ["Zorg", "veel"]])
    v = bekijk(tmp_path / "w", [goed, fout])
    assert not v.kan
    assert v.toelichting == "1 probleem in 2 bestanden: er kan nog niets worden ingelezen."
    with pytest.raises(InvoerFout, match="teams"):
        pas_toe(v, "Bob")
    assert not (tmp_path / "w").exists()


def test_a_choice_about_a_column_holds_now_and_is_remembered_for_the_page_and_the_command_line(tmp_path, boek):
    pad = boek("wensen 2026.xlsx", Wensen=VREEMD)
    kaal = bekijk(tmp_path / "w", [pad])
    assert {k.kop: k.suggestie.ons for k in kaal.voorstellen[0].kolommen if k.suggestie} == {
        "Hoeveel": "budget_eur", "Moet dat": "wettelijk"
    }  # fmt: skip
    keuze = {("wensen 2026.xlsx", "Wensen"): Bladkeuze(kolommen={"Hoeveel": "budget_eur", "Moet dat": ""})}
    v = bekijk(tmp_path / "w", [pad], keuzes=keuze)
    assert [k.waarom for k in v.voorstellen[0].kolommen] == ["synoniem", "synoniem", "zelf gekozen", "zelf gekozen"]
    pas_toe(v, "Bob")
    later = boek("wensen 2027.xlsx", Wensen=[VREEMD[0], ["B9", "Een speeltuin aanleggen", 30000, "ja"]])
    weer = bekijk(tmp_path / "w", [later])
    assert [k.waarom for k in weer.voorstellen[0].kolommen][2:] == ["onthouden", "onthouden"]
    verwerkt = lees_in(tmp_path / "w", [later], wie="Cees")
    assert any("eerder hebt aangewezen: 'Hoeveel' → budget_eur" in b.probleem for b in verwerkt.bevindingen)
    with Werkmap(tmp_path / "w") as w:
        assert w.tabel("ambities").loc["CA-004", "budget_eur"] == 30000


def test_what_the_command_line_says_goes_before_what_was_remembered(tmp_path, boek):
    pad = boek("wensen.xlsx", Wensen=VREEMD)
    keuze = {("wensen.xlsx", "Wensen"): Bladkeuze(kolommen={"Hoeveel": "budget_eur"})}
    pas_toe(bekijk(tmp_path / "w", [pad], keuzes=keuze), "Bob")
    v = bekijk(tmp_path / "w", [pad], kolommen={"Hoeveel": "uren"})
    assert {k.kop: (k.ons, k.waarom) for k in v.voorstellen[0].kolommen}["Hoeveel"] == ("uren", "zelf gekozen")


def test_another_layout_of_the_same_source_says_what_still_holds(tmp_path, boek):
    pad = boek("wensen 2026.xlsx", Wensen=VREEMD)
    keuze = {("wensen 2026.xlsx", "Wensen"): Bladkeuze(kolommen={"Hoeveel": "budget_eur", "Moet dat": "wettelijk"})}
    pas_toe(bekijk(tmp_path / "w", [pad], keuzes=keuze), "Bob")
    rijen = [["Nr", "Afspraak", "Hoeveel", "Kleur"], ["C1", "Bomen planten", 900, "x"]]
    anders = boek("wensen 2027.xlsx", Wensen=rijen)
    v = bekijk(tmp_path / "w", [anders])
    (gemeld,) = [b for b in v.bevindingen if "indeling van dit blad is anders" in b.probleem]
    assert gemeld.ernst == Ernst.LET_OP
    assert "nieuw: 'Kleur'; weg: 'moet dat'" in gemeld.probleem
    assert "geldt nog voor: 'hoeveel' → budget_eur" in gemeld.probleem
    assert "Niet meer voor: 'moet dat' → wettelijk" in gemeld.probleem
    assert v.inlezing.bladen[0].kolommen["Hoeveel"] == "budget_eur"
    pas_toe(v, "Bob")
    weer = bekijk(tmp_path / "w", [anders])
    assert not any("is anders" in b.probleem for b in weer.bevindingen), "once seen it is the layout"
    assert weer.inlezing.bladen[0].kolommen["Hoeveel"] == "budget_eur"


def test_names_of_the_werkmap_recognise_a_column_by_its_content(gevuld, boek):
    rijen = [["Afspraak", "Kolom 7"], ["Een nieuwe sporthal bouwen", "Jansen"], ["Het plein opknappen", "Bakker"]]
    v = bekijk(gevuld, [boek("ander.xlsx", Afspraken=rijen)])
    suggestie = v.voorstellen[0].kolommen[1].suggestie
    assert (suggestie.ons, suggestie.reden) == (
        "portefeuillehouder", "alle 2 waarden zijn een portefeuillehouder uit de werkmap"
    )  # fmt: skip
    assert not any("Jansen" in b.probleem + b.doe for b in v.bevindingen), "a name is never in a finding"


def test_a_sheet_can_be_left_out_or_taken_for_something_else(tmp_path, boek):
    pad = boek("map.xlsx", Afspraken=EERST, Kladblok=[["Team", "Fte"], ["Zorg", 3]])
    v = bekijk(tmp_path / "w", [pad], keuzes={("map.xlsx", "Kladblok"): Bladkeuze(lezen=False),
                                              ("map.xlsx", "Afspraken"): Bladkeuze(soort="begroting")})  # fmt: skip
    assert [(b.blad, b.soort) for b in v.inlezing.bladen] == [("Afspraken", "begroting")]
    assert any("niet gelezen, zoals u koos" in b.probleem for b in v.bevindingen)


def test_the_header_row_can_be_pointed_out(tmp_path, boek):
    rijen = [["Team", "Fte"], ["uit te leggen", "x"], ["Wie", "Hoe groot"], ["Zorg", 3], ["Wonen", 4]]
    keuze = Bladkeuze("teams", 3, {"Wie": "team", "Hoe groot": "fte"})
    v = bekijk(tmp_path / "w", [boek("t.xlsx", Lijst=rijen)], keuzes={("t.xlsx", "Lijst"): keuze})
    assert v.kan, v.bevindingen
    assert v.voorstellen[0].kopregel == 3
    assert list(v.inlezing.bladen[0].tabellen["teams"]["team"]) == ["Zorg", "Wonen"]


def test_changed_words_are_marked():
    assert gemerkt("drie groene daken", "vier groene daken") == (
        ("weg", "drie"),
        ("nieuw", "vier"),
        ("", "groene daken"),
    )
    assert gemerkt(None, 5) == (("nieuw", "5"),)
    assert gemerkt("a b", "a b") == (("", "a b"),)
