"""Every controle by itself: what holds, what does not, and which row is named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from opgavelib import notatie
from opgavelib.domein.controle import (
    HOOGSTENS,
    Groep,
    Regel,
    Uitslag,
    basis,
    begroting,
    capaciteit,
    formatie,
    inventarisatie,
    samenvatting,
    sturing,
    toezegging,
)

GOED, FOUT, LET_OP, NIET = Uitslag.GOED, Uitslag.FOUT, Uitslag.LET_OP, Uitslag.NIET


def kader(sleutel: str, rijen: list[dict]) -> pd.DataFrame:
    """Rows as the werkmap gives them, with the place they were read from: from Excel row 2 on."""
    plaats = [{"bron": "b", "bestand": "b.xlsx", "blad": "Blad", "rij": 2 + i} for i in range(len(rijen))]
    tabel = pd.DataFrame([r | p for r, p in zip(rijen, plaats, strict=True)])
    return tabel.set_index(sleutel) if sleutel in tabel else tabel.rename_axis(sleutel)


def regels(*anders: dict) -> pd.DataFrame:
    """Two sound budget lines, with what is given changed; a third and so on when more is given."""
    gewoon = {
        "jaar": 2027.0, "taakveld": "2.1", "programma": None, "team": "Wonen", "lasten_eur": 900.0,
        "baten_eur": 1000.0, "salarissen_eur": 300.0, "sturing": "lean", "opgave_aandeel": np.nan,
         "structureel": True,
    }  # fmt: skip
    twee = gewoon | {"taakveld": "8.3", "lasten_eur": 1100.0, "sturing": "opgave", "structureel": False}
    basisrijen = [gewoon, twee, *[gewoon] * (len(anders) - 2)]
    anders = (*anders, *[{}] * (len(basisrijen) - len(anders)))
    return kader("regel", [{"omschrijving": f"post {i}"} | b | a
                           for i, (b, a) in enumerate(zip(basisrijen, anders, strict=True))])  # fmt: skip


CODES = {2024: ["2.1", "6.2", "8.3"], 2025: ["2.1", "6.21", "8.3"]}
GEEN, VRIJ = {}, {"taakveld": "0.8", "team": None, "salarissen_eur": 0.0}
# controle -> lines that differ -> what comes out, words in its toelichting, Excel rows
BEGROTING = [
    (lambda r: begroting.heeft_team(r, ["0.8"], True), [GEEN], GOED, "Alle 2 regels hebben een team.", []),
    (lambda r: begroting.heeft_team(r, ["0.8"], True), [GEEN, {"team": None}], FOUT, "1 regel met samen € 1.100",
     [3]),
    (lambda r: begroting.heeft_team(r, ["0.8"], True), [VRIJ], GOED, "1 regel op taakveld 0.8 zonder team telt",
     []),
    (lambda r: begroting.heeft_team(r, ["0.8"], True), [VRIJ | {"salarissen_eur": 1.0}], FOUT, "geen team", [2]),
    (lambda r: begroting.heeft_team(r, ["0.8"], True), [{"team": None, "lasten_eur": 0.0, "salarissen_eur": 0.0}],
     GOED, "Alle 1 regel hebben een team. 1 regel zonder lasten telt niet mee.", []),
    (lambda r: begroting.heeft_team(r, [], False), [{"team": None}], NIET, "geen enkele begroting", []),
    (lambda r: begroting.team_bekend(r, ["Wonen"], {}), [GEEN], GOED, "1 team; dat staat", []),
    (lambda r: begroting.team_bekend(r, ["Wonen"], {"Wone": "Wonen"}), [{"team": "Wone"}], FOUT,
     "Wone (bedoelt u Wonen?)", [2]),
    (lambda r: begroting.team_bekend(r, [], {}), [GEEN], NIET, "geen formatie gelezen", []),
    (lambda r: begroting.taakveld_bestaat(r, CODES), [{"jaar": 2025.0}], GOED, "Alle 2 codes bestaan", []),
    (lambda r: begroting.taakveld_bestaat(r, CODES), [{"jaar": 2025.0, "taakveld": "6.2"}], FOUT,
     "6.2 bestaat niet",
     [2]),
    (lambda r: begroting.taakveld_bestaat(r, CODES), [{"jaar": 2024.0, "taakveld": "6.2"}], GOED, "codes bestaan",
     []),
    (lambda r: begroting.taakveld_bestaat(r, CODES), [{"jaar": np.nan, "taakveld": "0.1"}], FOUT, "die van 2025",
     [2]),
    (begroting.heeft_jaar, [GEEN], GOED, "hebben een jaar: 2027", []),
    (begroting.heeft_jaar, [GEEN, {"jaar": np.nan}], FOUT, "Van 1 regel met € 1.100", [3]),
    (begroting.niet_dubbel, [GEEN], GOED, "Geen twee regels", []),
    (begroting.niet_dubbel, [{"omschrijving": "x"}, GEEN, {"omschrijving": "x"}], FOUT,
     "1 regel staat er dubbel in", [2, 4]),
    (begroting.niet_dubbel, [GEEN, GEEN, {"omschrijving": "post 0", "baten_eur": 1.0}], GOED, "Geen twee", []),
    (begroting.salaris_in_lasten, [{"salarissen_eur": 900.0}], GOED, "Op alle 2 regels", []),
    (begroting.salaris_in_lasten, [{"salarissen_eur": 901.0}], FOUT, "Op 1 regel", [2]),
    (begroting.salaris_in_lasten, [{"salarissen_eur": np.nan}, {"salarissen_eur": 0.0}], NIET, "noemt geen", []),
    (lambda r: begroting.niet_negatief(r, ["0.11"]), [{"baten_eur": -5.0}], LET_OP,
     "1 regel onder nul, samen -€ 5", [2]),
    (lambda r: begroting.niet_negatief(r, ["0.11"]), [{"lasten_eur": -5.0, "taakveld": "0.11"}], GOED,
     "nul of meer", []),
    (lambda r: sturing.genoemd(r, ["0.10"]), [GEEN], GOED, "lean of opgave genoemd", []),
    (lambda r: sturing.genoemd(r, ["0.10"]), [{"sturing": None}], LET_OP, "Van 1 regel met € 900", [2]),
    (lambda r: sturing.genoemd(r, ["0.10"]), [{"sturing": None, "taakveld": "0.10"}], GOED, "genoemd", []),
    (lambda r: sturing.genoemd(r, []), [{"sturing": None, "opgave_aandeel": 0.5}], GOED, "genoemd", []),
    (sturing.aandeel_klopt, [{"opgave_aandeel": 1.0}], GOED, "Alle 1 regel", []),
    (sturing.aandeel_klopt, [{"opgave_aandeel": 20.0}], FOUT, "1 regel telt voor meer", [2]),
    (sturing.aandeel_klopt, [GEEN], NIET, "heeft een aandeel", []),
    (sturing.spreekt_zich_niet_tegen, [{"opgave_aandeel": 0.0}], GOED, "zeggen hetzelfde", []),
    (sturing.spreekt_zich_niet_tegen, [{"opgave_aandeel": 0.2}], LET_OP, "Op 1 regel", [2]),
    (sturing.spreekt_zich_niet_tegen, [GEEN, {"opgave_aandeel": 0.0}], LET_OP, "Op 1 regel", [3]),
    (lambda r: sturing.sluitend(r, 10), [GEEN], GOED, "2027: lasten en baten zijn gelijk.", []),
    (lambda r: sturing.sluitend(r, 10), [{"lasten_eur": 908.0}], GOED, "op € 8 afronding na", []),
    (lambda r: sturing.sluitend(r, 10), [{"lasten_eur": 950.0}], LET_OP, "2027: € 50 tekort", []),
    (lambda r: sturing.sluitend(r, 10), [{"baten_eur": 0.0}, {"baten_eur": np.nan}], NIET, "geen baten", []),
    # in whole thousands: of 4 amounts 3 x 1000 x root(4/12) = € 1.732 may be rounding
    (lambda r: sturing.sluitend(r, 0), [{"lasten_eur": 2000.0}, {"lasten_eur": 1000.0}], GOED,
     "€ 1.000 afronding", []),
    (lambda r: sturing.sluitend(r, 0), [{"lasten_eur": 3000.0}, {"lasten_eur": 1000.0}], LET_OP, "€ 2.000 tekort",
     []),
    (lambda r: sturing.structureel_gedekt(r, 10), [GEEN], GOED, "de baten dekken de lasten", []),
    (lambda r: sturing.sluitend(r, 0), [{"lasten_eur": 2000.0}, {"lasten_eur": 2000.0}, {"lasten_eur": 1000.0}],
     GOED, "€ 2.000 afronding", []),  # of 6 amounts € 2.121 may be
    (lambda r: sturing.structureel_gedekt(r, 10), [{"baten_eur": 895.0}], GOED, "dekken", []),
    (lambda r: sturing.structureel_gedekt(r, 10), [{"baten_eur": 800.0}], LET_OP, "2027: € 100 tekort", []),
    (lambda r: sturing.structureel_gedekt(r, 10), [{"structureel": None}, {"structureel": None}], NIET,
     "structureel", []),
]  # fmt: skip


@pytest.mark.parametrize(("controle", "anders", "ernst", "woorden", "rijen"), BEGROTING)
def test_begroting(controle, anders, ernst, woorden, rijen):
    _toets(controle, regels(*anders), ernst, woorden, rijen)


def _toets(controle, tabel, ernst, woorden, rijen):
    voor = tabel.copy(deep=True)
    uit = controle(tabel)
    assert uit.ernst == ernst
    assert uit.akkoord is (ernst != FOUT)
    assert woorden.casefold() in uit.toelichting.casefold()
    assert uit.toelichting.endswith((".", "?"))
    assert list(uit.rijen["rij"]) == rijen
    assert uit.aantal == len(rijen)
    pd.testing.assert_frame_equal(tabel, voor)


@pytest.mark.parametrize(
    ("ongezegd", "ernst"), [(["a", "b"], FOUT), (["b"], FOUT), ([], GOED)], ids=["niets", "een van twee", "beide"]
)
def test_twee_begrotingen_van_een_jaar_tellen_pas_als_iemand_zegt_wat_zij_zijn(ongezegd, ernst):
    tabel = regels().assign(bron=["a", "b"], bestand=["a.xlsx", "b.xlsx"])
    uit = begroting.een_begroting(tabel, ongezegd, ["a", "b"])
    assert uit.ernst == ernst
    assert list(uit.rijen["bestand"]) == (["a.xlsx", "b.xlsx"] if ernst == FOUT else [])
    assert begroting.een_begroting(tabel, ["a", "b"], ["a"]).ernst == GOED  # b is a wijziging
    assert begroting.een_begroting(tabel.assign(jaar=[2026.0, 2027.0]), ["a", "b"], ["a", "b"]).ernst == GOED


@pytest.mark.parametrize(("aandeel", "ernst"), [(0.25, GOED), (0.15, GOED), (0.251, LET_OP), (None, NIET)])
def test_de_norm_is_een_advies_en_keurt_nooit_af(aandeel, ernst):
    uit = sturing.binnen_norm(aandeel, 0.8, 0.05, None if aandeel else "geen regel is genoemd")
    assert (uit.ernst, uit.akkoord) == (ernst, True)


def test_iv3_noemt_elk_verschil_met_zijn_uitleg():
    rij = {"taakveld": "2.1", "naam": "Verkeer", "maat": "lasten", "verschil_eur": 2000.0, "akkoord": False,
           "toelichting": "alleen in Iv3"}  # fmt: skip
    tabel = pd.DataFrame([rij, rij | {"taakveld": "8.3", "akkoord": True}], dtype=object)
    uit = begroting.iv3(tabel, tabel.iloc[1:], None, "Op 1 taakveld sluit het niet aan.", gewijzigd=False)
    assert uit.ernst == FOUT
    assert uit.rijen[["wat", "waarde"]].to_numpy().tolist() == [["2.1 Verkeer, lasten: alleen in Iv3", 2000.0]]
    na = begroting.iv3(tabel, tabel.iloc[1:], None, "Op 1 taakveld sluit het niet aan.", gewijzigd=True)
    assert (na.ernst, na.aantal) == (LET_OP, 1)
    assert "van voor de wijzigingen" in na.toelichting
    for gewijzigd in (True, False):
        goed = begroting.iv3(tabel.iloc[1:], tabel.iloc[1:], None, "Alles sluit aan.", gewijzigd=gewijzigd)
        assert (goed.ernst, goed.toelichting) == (GOED, "Alles sluit aan.")
        niets = begroting.iv3(tabel.iloc[:0], tabel.iloc[:0], "Geen gemeente.", "", gewijzigd=gewijzigd)
        assert (niets.ernst, niets.toelichting) == (NIET, "Geen gemeente.")


def teams(*anders: dict) -> pd.DataFrame:
    gewoon = {
        "teamleider": "Anouk",
        "domein": "fysiek",
        "fte": 10.0,
        "uren_per_fte": 1400.0,
        "vacature_fte": np.nan,
    }
    namen = ["Wonen", "Zorg en Jeugd", "Beheer"]
    rijen = [{"team": n} | gewoon | a for n, a in zip(namen, (*anders, *[{}] * (3 - len(anders))), strict=True)]
    return kader("team", rijen)


AANBOD = pd.DataFrame({"beschikbaar_uren": 100.0, "lean_uren": [100.4, 80.0, 101.0]}, index=teams().index)
FORMATIE = [
    (formatie.heeft_teamleider, [GEEN], GOED, "Alle 3 teams", []),
    (formatie.heeft_teamleider, [{"teamleider": None}, {"teamleider": " "}], FOUT, "Wonen en Zorg en Jeugd", [2,
     3]),
    (formatie.heeft_teamleider, [{"teamleider": "Vacature (0,5 fte)"}, {"teamleider": "N.n."}, {"teamleider": "?"}],
     FOUT, "Zonder teamleider: Wonen", [2, 3, 4]),
    (formatie.heeft_teamleider, [{"teamleider": "-"}, {"teamleider": "n. te Naarden"}, {"teamleider": "Ó"}], FOUT,
     "Zonder teamleider: Wonen.", [2]),
    (formatie.heeft_fte, [GEEN], GOED, "3 teams met samen 30 fte", []),
    (formatie.heeft_fte, [{"fte": 0.0}, {"fte": np.nan}], FOUT, "Zonder fte: Wonen", [2, 3]),
    (formatie.heeft_domein, [{"domein": None}], LET_OP, "Zonder domein: Wonen", [2]),
    (lambda t: formatie.namen_verschillen(t, 0.88), [GEEN], GOED, "goed uit elkaar", []),
    (lambda t: formatie.namen_verschillen(t, 0.88), [{"team": "Jeugd & zorg"}], LET_OP, "Jeugd & zorg en Zorg en",
     [2, 3]),
    (lambda t: formatie.namen_verschillen(t, 0.88), [{"team": "Wijkteam 1"}, {"team": "Wijkteam 2"}], GOED,
     "uit elkaar", []),
    (lambda t: formatie.lean_past(t, AANBOD, 0.5), [GEEN], FOUT, "Beheer; samen 1 uur per jaar", [4]),
    (formatie.vacature_past, [{"vacature_fte": 10.0}], GOED, "samen 10 fte open", []),
    (formatie.vacature_past, [{"vacature_fte": 10.5}, {"vacature_fte": -1.0}], FOUT, "Kan niet kloppen", [2, 3]),
    (formatie.vacature_past, [GEEN], NIET, "geen vacatures", []),
    (lambda t: formatie.uren_aannemelijk(t, (1200, 1500)), [GEEN, {"uren_per_fte": 1878.0}], LET_OP,
     "Zorg en Jeugd", [3]),
    (lambda t: formatie.uren_aannemelijk(t, (1200, 1500)), [{"uren_per_fte": np.nan}], GOED, "Bij 2 teams", []),
    (lambda t: formatie.salaris_aannemelijk(t, {"Wonen": 8e5, "Beheer": 5e5}, (6e4, 14e4)), [GEEN], LET_OP,
     "Beheer. Gemiddeld is het € 65.000", [4]),
    (lambda t: formatie.salaris_aannemelijk(t, {"Wonen": 8e5}, (6e4, 14e4)), [GEEN], GOED, "Gemiddeld € 80.000",
     []),
    (lambda t: formatie.salaris_aannemelijk(t, {}, (6e4, 14e4)), [GEEN], NIET, "allebei bekend", []),
]  # fmt: skip


@pytest.mark.parametrize(("controle", "anders", "ernst", "woorden", "rijen"), FORMATIE)
def test_formatie(controle, anders, ernst, woorden, rijen):
    _toets(controle, teams(*anders), ernst, woorden, rijen)


def test_geen_naam_van_een_teamleider_komt_in_een_controle():
    mis = teams({"fte": 0.0, "domein": None, "vacature_fte": 99.0, "uren_per_fte": 9.0})
    for controle in (formatie.heeft_fte, formatie.heeft_domein, formatie.vacature_past,
                     lambda t: formatie.uren_aannemelijk(t, (1200, 1500))):  # fmt: skip
        uit = controle(mis)
        assert not uit.rijen.empty
        assert "Anouk" not in f"{uit.toelichting} {uit.rijen.to_numpy()}"


def inzet(*anders: dict) -> pd.DataFrame:
    gewoon = {
        "activiteit": "A01", "team": "Wonen", "kwartaal": "2027K1", "kwartaal_gevraagd": "2027K1",
        "uren_gevraagd": 100.0, "uren_toegezegd": 100.0, "status": "toegezegd", "deskundigheid": None,
        "uren_vervallen": 0.0, "was_uren": np.nan,
    }  # fmt: skip
    ander = {"activiteit": "A02", "uren_toegezegd": 0.0, "status": "gevraagd"}
    basisrijen = [gewoon, gewoon | ander, *[gewoon] * (len(anders) - 2)]
    anders = (*anders, *[{}] * (len(basisrijen) - len(anders)))
    return kader("inzet", [{"inzet": f"IZ{i}"} | b | a
                           for i, (b, a) in enumerate(zip(basisrijen, anders, strict=True))])  # fmt: skip


ACTIVITEITEN = pd.DataFrame(
    {"start_kwartaal": ["2027K1", None], "eind_kwartaal": ["2027K2", "2027K4"]}, index=["A01", "A02"]
)
BALANS = pd.DataFrame(
    {"ruimte_uren": 150.0, "gevraagd_uren": 200.0, "toegezegd_uren": 100.0},
    index=pd.MultiIndex.from_tuples([("Wonen", "2027K1")], names=["team", "kwartaal"]),
)
TOETS = pd.DataFrame(
    {"team": ["Wonen"], "kwartaal": ["2027K1"], "deskundigheid": ["planner"], "heeft": [False], "stand": ["fout"],
     "gevraagd_uren": [100.0], "reden": ["Team Wonen heeft geen planner."]}
)  # fmt: skip
LATER = {"kwartaal_gevraagd": "2027K3"}
CAPACITEIT = [
    (lambda i: capaciteit.past(capaciteit.GEVRAAGD, i, BALANS, "gevraagd", 0.5), [GEEN], FOUT,
     "1 tekort bij 1 team. Het grootst: team Wonen in het 1e kwartaal 2027, waar 50 uur meer is gevraagd", [2, 3]),
    (lambda i: capaciteit.past(capaciteit.GEVRAAGD, i, BALANS[:0], "gevraagd", 0.5), [GEEN], NIET, "formatie", []),
    (lambda i: capaciteit.past(capaciteit.TOEGEZEGD, i, BALANS, "toegezegd", 0.5), [GEEN], GOED,
     "100 uur toegezegd", []),
    (lambda i: capaciteit.past(capaciteit.GEVRAAGD, i, BALANS.assign(ruimte_uren=199.6), "gevraagd", 0.5), [GEEN],
     GOED, "200 uur gevraagd", []),
    (toezegging.niet_dubbel_toegezegd, [GEEN, GEEN, GEEN], FOUT, "2 aanvragen met samen 200 uur", [2, 4]),
    (toezegging.niet_dubbel_toegezegd, [GEEN, GEEN, {"deskundigheid": "jurist"}], GOED, "2 aanvragen", []),
    (toezegging.niet_dubbel_toegezegd, [GEEN, {"activiteit": "A01"}], GOED, "1 aanvraag", []),
    (capaciteit.niet_dubbel_gevraagd, [GEEN, {"activiteit": "A01"}], LET_OP, "2 aanvragen met samen 200 uur", [2,
     3]),
    (capaciteit.niet_dubbel_gevraagd, [GEEN, {"activiteit": "A01", "status": "afgewezen"}], GOED, "1 aanvraag", []),
    (lambda i: toezegging.niet_meer_dan_gevraagd(i, 0.5), [{"uren_toegezegd": 120.0}], FOUT,
     "samen 20 uur te veel", [2]),
    (lambda i: toezegging.niet_meer_dan_gevraagd(i, 0.5), [{"uren_toegezegd": 100.4}], GOED, "nergens meer", []),
    (toezegging.status_past, [GEEN], GOED, "Bij 2 aanvragen", []),
    (toezegging.status_past, [{"uren_toegezegd": np.nan}, {"uren_toegezegd": 5.0}], LET_OP, "Bij 2 aanvragen", [2,
     3]),
    (toezegging.status_past, [{"status": None}, {"status": None}], NIET, "een status", []),
    (lambda i: toezegging.heeft_reden(i, [], 0.5), [GEEN], GOED, "niets afgewezen", []),
    (lambda i: toezegging.heeft_reden(i, [], 0.5), [{"uren_toegezegd": 40.0}, {"status": "afgewezen"}], LET_OP,
     "Bij 2 aanvragen met 200 uur", [2, 3]),
    (lambda i: toezegging.heeft_reden(i, ["IZ0"], 0.5), [{"status": "afgewezen"}], GOED, "Bij 1 aanvraag staat",
     []),
    (toezegging.niet_vervallen, [GEEN, {"uren_vervallen": 30.0}], LET_OP, "Bij 1 aanvraag is 30 uur", [3]),
    (toezegging.niet_gewijzigd, [{"was_uren": 80.0}], LET_OP, "1 aanvraag vraagt nu andere uren", [2]),
    (lambda i: toezegging.gaat_door(i, ["A01", "A02"]), [GEEN], LET_OP, "100 uur toegezegd voor A01", [2]),
    (lambda i: capaciteit.team_bekend(i, ["Wonen"]), [GEEN, {"team": "Inhuur"}], FOUT,
     "Inhuur; daaraan is 100 uur", [3]),
    (lambda i: capaciteit.activiteit_bekend(i, ["A01"]), [GEEN], FOUT, "A02; daarvoor is 100 uur", [3]),
    (lambda i: capaciteit.in_periode(i, ACTIVITEITEN), [GEEN], GOED, "Bij 2 aanvragen vallen", []),
    (lambda i: capaciteit.in_periode(i, ACTIVITEITEN), [LATER, LATER], FOUT,
     "1 aanvraag met 100 uur valt erbuiten", [2]),
    (lambda i: capaciteit.in_periode(i, ACTIVITEITEN), [LATER | {"status": "afgewezen"}], GOED, "binnen", []),
    # moved by a scenario: what counts is where it was asked
    (lambda i: capaciteit.in_periode(i, ACTIVITEITEN), [{"kwartaal": "2029K1"}], GOED, "binnen begin", []),
    (lambda i: capaciteit.deskundigheid_aanwezig(i, TOETS), [{"deskundigheid": "Planner; jurist"}], FOUT,
     "Team Wonen heeft geen planner. Het gaat om 1 aanvraag.", [2]),
    (lambda i: capaciteit.deskundigheid_aanwezig(i, TOETS.assign(stand="goed", heeft=True)), [GEEN], GOED,
     "100 uur", []),
    (lambda i: capaciteit.deskundigheid_aanwezig(i, TOETS.assign(stand="let op", heeft=True)), [GEEN], GOED,
     "hebben", []),
    (lambda i: capaciteit.deskundigheid_aanwezig(i, TOETS.assign(heeft=None, stand="let op")), [GEEN], NIET,
     "wat het kan", []),
]  # fmt: skip


@pytest.mark.parametrize(("controle", "anders", "ernst", "woorden", "rijen"), CAPACITEIT)
def test_capaciteit(controle, anders, ernst, woorden, rijen):
    _toets(controle, inzet(*anders), ernst, woorden, rijen)


def test_het_verschil_met_de_tekorten_van_capaciteit_wordt_genoemd():
    plekken = [("Wonen", "2027K1"), ("Wonen", "2027K2"), ("Zorg", "2027K1"), ("Inhuur", "2027K1")]
    tabel = pd.DataFrame(
        {
            "ruimte_uren": [150.0, 0, 0, 0],
            "gevraagd_uren": [200.0, 0, 0, 40],
            "stand": ["fout", "fout", "goed", "fout"],
        },
        index=pd.MultiIndex.from_tuples(plekken, names=["team", "kwartaal"]),
    )
    zin = capaciteit.andere_tekorten(tabel, ["Wonen", "Zorg"], 0.5)
    assert zin == (
        " Capaciteit telt 3 tekorten: ook 1 waarin regulier werk alleen al meer vraagt dan er is en 1 van een team "
        "dat niet in de formatie staat."
    )
    uit = capaciteit.past(capaciteit.GEVRAAGD, inzet(), BALANS, "gevraagd", 0.5, zin)
    assert f"dan er ruimte is.{zin}" in uit.toelichting
    assert capaciteit.andere_tekorten(tabel.iloc[[0, 2]], ["Wonen", "Zorg"], 0.5) == ""


def activiteiten(*anders: dict) -> pd.DataFrame:
    gewoon = {"titel": "Werk", "opgave": "O01", "soort": "activiteit", "fase": "uitvoering",
              "start_kwartaal": "2027K1", "eind_kwartaal": "2027K4"}  # fmt: skip
    return kader("activiteit", [{"activiteit": f"A{i:02}"} | gewoon | a for i, a in enumerate(anders, 1)])


OPGAVE = {"titel": "Bouwen", "prioriteit": "nu", "bestuurlijk_opdrachtgever": "Eva",
 "ambtelijk_opdrachtgever": "Finn",
          "opdrachtnemer": "Gijs"}  # fmt: skip


def opgaven(*anders: dict) -> pd.DataFrame:
    return kader("opgave", [{"opgave": f"O{i:02}"} | OPGAVE | a for i, a in enumerate(anders, 1)])


def ambities(*anders: dict) -> pd.DataFrame:
    gewoon = {"titel": "Wens", "bestemming": "open", "naar": None}
    return kader("ambitie", [{"ambitie": f"CA-{i}"} | gewoon | a for i, a in enumerate(anders, 1)])


BESTEMMINGEN = ["open", "opgave", "samengevoegd"]
WERK = [
    (capaciteit.begin_voor_einde, activiteiten(GEEN, {"eind_kwartaal": "2026K4"}), FOUT, "A02", [3]),
    (capaciteit.begin_voor_einde, activiteiten({"eind_kwartaal": None}), NIET, "allebei bekend", []),
    (lambda a: capaciteit.vraagt_uren(a, inzet()), activiteiten(GEEN, {"activiteit": "A09"}), LET_OP, "A09", [3]),
    (lambda a: capaciteit.vraagt_uren(a, inzet()), activiteiten(GEEN, {"activiteit": "A09", "fase": "idee"}), GOED,
     "Voor 1 activiteit", []),
    (lambda a: inventarisatie.onder_opgave(a, ["O01"]), activiteiten(GEEN, {"opgave": "O09"}), FOUT, "A02", [3]),
    (lambda a: inventarisatie.onder_opgave(a, ["O01"]), activiteiten({"opgave": None}), FOUT, "A01", [2]),
    (lambda a: inventarisatie.onder_opgave(a, ["O01"]),
     activiteiten(GEEN, {"opgave": None, "soort": "organisatieproject"}), GOED, "1 activiteit", []),
    (lambda a: inventarisatie.onder_opgave(a, ["O01"]), activiteiten(GEEN, {"opgave": None, "soort": None}), GOED,
     "1 activiteit", []),
    (lambda a: inventarisatie.onder_opgave(a, ["O01"]), activiteiten({"opgave": "O09", "soort": None}), FOUT, "A01",
     [2]),
    (inventarisatie.heeft_driehoek, opgaven(GEEN, {"opdrachtnemer": None}), LET_OP, "O02", [3]),
    (inventarisatie.heeft_driehoek, opgaven(GEEN, {"opdrachtnemer": None, "prioriteit": "later"}), GOED,
     "1 opgave", []),
    (lambda o: inventarisatie.niet_te_veel(o, "Dat is te veel.", 1), opgaven(GEEN, GEEN), LET_OP, "te veel", [2,
     3]),
    (lambda o: inventarisatie.niet_te_veel(o, "", 5), opgaven(GEEN), GOED, "hoogstens 5", []),
    (lambda a: inventarisatie.een_bestemming(a, {"open": 2}, BESTEMMINGEN), ambities(GEEN, GEEN), GOED,
     "2 bronrijen", []),
    (lambda a: inventarisatie.een_bestemming(a, {"open": 2}, BESTEMMINGEN), ambities(GEEN,
     {"bestemming": "zoek"}), FOUT,
     "1 bronrij heeft", [3]),
    (lambda a: inventarisatie.een_bestemming(a, {"open": 1}, BESTEMMINGEN), ambities(GEEN, GEEN), FOUT,
     "tellen op tot 1", []),
    (lambda a: inventarisatie.doel_bestaat(a, ["O01"]), ambities({"bestemming": "opgave", "naar": "O01"}), GOED,
     "1 rij", []),
    (lambda a: inventarisatie.doel_bestaat(a, ["O01"]), ambities({"bestemming": "opgave", "naar": "O07"}), FOUT,
     "O07", [2]),
    (lambda a: inventarisatie.doel_bestaat(a, []), ambities(GEEN, {"bestemming": "samengevoegd", "naar": "CA-9"}),
     FOUT,
     "CA-9", [3]),
]  # fmt: skip


@pytest.mark.parametrize(("controle", "tabel", "ernst", "woorden", "rijen"), WERK)
def test_werk_en_inventarisatie(controle, tabel, ernst, woorden, rijen):
    _toets(controle, tabel, ernst, woorden, rijen)


def test_geen_opdrachtgever_of_opdrachtnemer_komt_in_een_controle():
    uit = inventarisatie.heeft_driehoek(opgaven({"opdrachtnemer": " ", "ambtelijk_opdrachtgever": None}))
    assert list(uit.rijen["wat"]) == ["O01 Bouwen: mist ambtelijk opdrachtgever en opdrachtnemer"]
    assert "Eva" not in f"{uit.toelichting} {uit.rijen.to_numpy()}"


def test_elke_gelezen_rij_staat_in_de_werkmap_of_het_blad_wordt_genoemd():
    bladen = pd.DataFrame({"bestand": "b.xlsx", "blad": ["een", "twee"], "gelezen": [5, 7], "opgenomen": [5, 6]})
    uit = inventarisatie.rijen_opgenomen(bladen)
    assert (uit.ernst, list(uit.rijen["blad"]), list(uit.rijen["rij"])) == (FOUT, ["twee"], [None])
    assert "7 rijen gelezen en er staan er 6" in uit.toelichting
    assert inventarisatie.rijen_opgenomen(bladen.iloc[:1]).ernst == GOED


TOTAAL = Regel("t", "Het telt op", Groep.BEGROTING, "Lees opnieuw.")


def test_een_totaal_dat_niet_klopt_noemt_het_bestand_en_wat_het_verschilt():
    bladen = pd.DataFrame(
        {"bestand": ["a.xlsx", "b.xlsx", "c.xlsx"], "blad": "Blad", "verwacht": [100.0, 50.0, np.nan],
         "gevonden": [100.0, 80.0, 7.0], "akkoord": [True, False, None], "uitleg": ["", "Er is te veel gelezen.",
          ""]}
    )  # fmt: skip
    uit = basis.tel_op(TOTAAL, bladen, notatie.euro)
    assert uit.toelichting == (
        "In b.xlsx, blad 'Blad', tellen de rijen op tot € 80; het bestand noemt € 50. Er is te veel gelezen. "
        "1 blad noemt geen totaal. Lees opnieuw."
    )
    assert uit.rijen[["bestand", "rij", "waarde"]].to_numpy().tolist() == [["b.xlsx", None, 30.0]]
    assert basis.tel_op(TOTAAL, bladen.iloc[:1], notatie.euro).ernst == GOED
    assert basis.tel_op(TOTAAL, bladen.iloc[2:], notatie.euro).ernst == NIET


def test_heel_veel_plekken_worden_geteld_en_niet_alle_genoemd():
    uit = begroting.heeft_jaar(regels(*[{"jaar": np.nan}] * (HOOGSTENS + 5)))
    assert (len(uit.rijen), uit.aantal) == (HOOGSTENS, HOOGSTENS + 5)


def test_wat_op_het_scherm_is_gevraagd_heeft_geen_rij():
    tabel = inzet(GEEN, {"team": "Inhuur"})
    tabel = tabel.assign(bestand=["b.xlsx", ""], blad=["Blad", ""], rij=[2.0, np.nan])
    uit = capaciteit.team_bekend(tabel, ["Wonen"])
    assert uit.rijen[["bestand", "rij"]].to_numpy().tolist() == [["", None]]


@pytest.mark.parametrize(
    ("uitslagen", "zin"),
    [
        ([GOED] * 3, "Alle 3 controles zijn goed."),
        ([NIET] * 2, "Er is nog niets te controleren. Lees een begroting, teams en activiteiten in."),
        ([GOED, GOED, LET_OP], "2 van de 3 controles zijn goed; 1 vraagt aandacht."),
        ([FOUT, FOUT, LET_OP, NIET, GOED],
         "1 van de 5 controles zijn goed; 2 zijn fout, 1 vraagt aandacht en 1 is niet te controleren."),
    ],
)  # fmt: skip
def test_de_samenvatting_telt_elke_controle_een_keer(uitslagen, zin):
    maak = {GOED: TOTAAL.goed, FOUT: TOTAAL.mis, NIET: TOTAAL.niet,
            LET_OP: Regel("l", "Let op", Groep.BEGROTING, gebroken=LET_OP).mis}  # fmt: skip
    assert samenvatting([maak[u]("zin") for u in uitslagen]) == zin


def test_wat_fout_of_let_op_kan_zijn_zegt_wat_u_doet():
    modules = (begroting, sturing, formatie, capaciteit, toezegging, inventarisatie)
    alle = [r for m in modules for r in vars(m).values() if isinstance(r, Regel)] + [*begroting.TOTALEN.values()]
    uniek = {r.code: r for r in alle}
    assert len(uniek) == len({r.naam for r in alle}) >= 48
    assert [r.code for r in alle if not r.doe.endswith((".", "?"))] == []
