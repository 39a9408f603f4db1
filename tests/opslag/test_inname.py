"""Reading again: the same changes nothing, a change changes only itself, and what is gone stays traceable."""

from __future__ import annotations

import itertools

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import Ernst, InvoerFout
from opgavelib.inlezen import lees_bestanden
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import lees_in

from .bladen import alles, ambities, blad, scores, top5


@pytest.fixture
def werkmap(nieuw):
    with Werkmap(nieuw()) as w:
        yield w


def lees(werkmap, *bladen):
    return werkmap.bewaar(list(bladen), "Noor")


def titels(werkmap):
    t = werkmap.tabel("ambities")
    return {k: (r.titel, bool(r.vervallen)) for k, r in t.iterrows()}


def gebeurd(werkmap, vanaf=0):
    g = werkmap.tabel("gebeurtenissen")
    g = g[g.index > vanaf]
    return list(zip(g["wat"], g["object"], strict=True))


# -- the same again ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bladen",
    [
        [ambities("a.xlsx", "wonen", "zorg", "wonen")],
        [ambities("a.xlsx")],
        [top5("top5.xlsx", ("Jo", 1, "wonen"), ("Jo", 2, "zorg"))],
        [ambities("a.xlsx", "wonen"), scores("s.xlsx", ("wonen", "effect", "Jo", 4), ("wonen", "effect", "Bo", 2))],
        [blad("t.xlsx", "teams", "teams", [{"team": "Wonen", "fte": 3.5, "lean_aandeel": float("nan")}])],
        [blad("b.xlsx", "begroting", "begroting", [{"taakveld": "0.10", "lasten_eur": 5}] * 2,
              totalen={"lasten_eur": 10})],
        [blad("o.xlsx", "activiteiten", "opgaven", [{"titel": "Wonen"}, {"titel": "Zorg"}])],
    ],
    ids=["ambities", "leeg", "top5", "scores", "teams", "begroting", "opgaven zonder code"],
)  # fmt: skip
def test_nog_eens_lezen_verandert_niets_ook_geen_gebeurtenis(werkmap, bladen):
    eerst = lees(werkmap, *bladen)
    voor = alles(werkmap)
    nogmaals = lees(werkmap, *bladen)
    assert alles(werkmap) == voor
    assert nogmaals.gelezen == nogmaals.ongewijzigd == eerst.gelezen
    assert (eerst.ongewijzigd, nogmaals.vervallen) == (0, 0)


def test_hetzelfde_bestand_onder_een_andere_naam_is_dezelfde_bron(werkmap):
    lees(werkmap, ambities("akkoord.xlsx", "wonen", "zorg"))
    voor = alles(werkmap)
    uit = lees(werkmap, ambities("kopie van akkoord.xlsx", "wonen", "zorg"))
    assert uit.ongewijzigd == 2
    assert alles(werkmap) == voor
    (kopie,) = uit.bevindingen
    assert (kopie.bestand, kopie.ernst) == ("kopie van akkoord.xlsx", Ernst.INFO)
    assert "gelijk aan akkoord.xlsx" in kopie.probleem
    assert not lees(werkmap, ambities("akkoord.xlsx", "wonen", "zorg")).bevindingen


def _teams(bestand, *rijen, **overig):
    velden = ("team", "teamleider", "fte")
    return blad(bestand, "teams", "teams", [dict(zip(velden, r, strict=True)) for r in rijen], **overig)


def test_een_team_dat_een_ander_bestand_overneemt_wordt_genoemd(werkmap):
    lees(werkmap, _teams("t1.xlsx", ("A", "Jo", 10.0), ("B", "Bo", 5.0)))
    (melding,) = lees(werkmap, _teams("t2.xlsx", ("C", "Di", 1.0), ("A", "Geheim", 4.0))).bevindingen
    assert (melding.bestand, melding.blad, melding.rij, melding.ernst) == ("t2.xlsx", "Blad1", 3, Ernst.LET_OP)
    assert melding.probleem == "Team A staat ook in t1.xlsx; wat in t2.xlsx staat, geldt nu."
    assert "Anders is: teamleider, fte." in melding.doe
    assert "Geheim" not in str(melding)
    # It is of t2 by now, and t2 may change it.
    assert not lees(werkmap, _teams("t2.xlsx", ("C", "Di", 1.0), ("A", "Jo", 3.0))).bevindingen
    gelijk = lees(werkmap, _teams("t3.xlsx", ("A", "Jo", 3.0), ("C", "Di", 1.0)))
    assert not gelijk.bevindingen
    (terug,) = lees(werkmap, _teams("t1.xlsx", ("Team B", "Bo", 5.0), ("A", "Jo", 9.0))).bevindingen[:1]
    assert "ook in t3.xlsx; wat in t1.xlsx staat, geldt nu." in terug.probleem


def test_een_rij_die_het_andere_bestand_loslaat_komt_terug(werkmap):
    t1, t2 = _teams("t1.xlsx", ("A", "Jo", 10.0), ("B", "Bo", 5.0)), _teams("t2.xlsx", ("C", "Di", 1.0))
    for samen in (False, True):
        lees(werkmap, t1, _teams("t2.xlsx", ("C", "Di", 1.0), ("A", "Jo", 4.0)))
        for ronde in [(t1, t2)] if samen else [(t2,), (t1,)]:
            lees(werkmap, *ronde)
        t = werkmap.tabel("teams")
        assert t[~t["vervallen"]]["fte"].to_dict() == {"A": 10.0, "B": 5.0, "C": 1.0}
    assert lees(werkmap, t1, t2).ongewijzigd == 3


def test_ook_ander_gedeeld_werk_dat_wordt_overgenomen_wordt_genoemd(werkmap):
    def werk(naam, titel, uren):
        uit = [
            blad(naam, "activiteiten", "opgaven", [{"opgave": "O1", "titel": titel}], blad="O"),
            blad(naam, "activiteiten", "activiteiten", [{"activiteit": "A1", "titel": titel}], blad="A"),
        ]
        inzet = {"activiteit": "A1", "team": "A", "kwartaal": "2027K1", "uren_gevraagd": uren}
        teams = [(f"T{n}", "Jo", uren) for n in range(9)]
        return [*uit, blad(naam, "activiteiten", "inzet", [inzet], blad="I"), _teams(naam, *teams, blad="T")]

    lees(werkmap, *werk("a.xlsx", "Wonen", 5.0))
    over = lees(werkmap, *werk("b.xlsx", "Bouwen", 7.0)).bevindingen
    assert [m.probleem.split(" ook in a.xlsx;")[0] for m in over] == [
        "9 teams (rij 2, 3, 4 en nog 6) staan",
        "Opgave O1 staat",
        "Activiteit A1 staat",
        "De uren van team A voor A1 in 2027K1 staan",
    ]


# -- a changed file ---------------------------------------------------------------------------------


def test_een_gewijzigd_bestand_verandert_alleen_wat_veranderde(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg", "groen", "sport"))
    werkmap.besluit([Besluit(f"CA-00{n}", Bestemming.LIJN, f"reden {n}", "Noor") for n in range(1, 5)])
    versie = werkmap.versie()
    uit = lees(werkmap, ambities("a.xlsx", "nieuw", "wonen", "zorg en welzijn", "groen"))
    # wonen and groen moved a row; "zorg" on row 3 became "wonen", so "zorg en welzijn" on row 4 is new
    # unless its own row says otherwise: row 4 was groen, which is still there.
    assert (uit.gelezen, uit.ongewijzigd) == (4, 2)
    staat = titels(werkmap)
    assert staat["CA-001"] == ("wonen", False)
    assert staat["CA-003"] == ("groen", False)
    assert sum(not weg for _, weg in staat.values()) == 4
    spoor = werkmap.spoor().tabel
    assert (spoor.loc[["CA-001", "CA-002", "CA-003", "CA-004"], "bestemming"] == "lijn").all()
    gewijzigd = {o for wat, o in gebeurd(werkmap, versie) if wat != "gelezen"}
    assert not gewijzigd & {"CA-001", "CA-003"}


def test_een_verbeterde_tekst_houdt_sleutel_en_besluit(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", "zrog", "groen"))
    werkmap.besluit(Besluit("CA-002", Bestemming.PARKEERPLAATS, "later", "Noor"))
    versie = werkmap.versie()
    uit = lees(werkmap, ambities("a.xlsx", "wonen", "zorg", "groen"))
    assert (uit.ongewijzigd, uit.vervallen) == (2, 0)
    assert titels(werkmap)["CA-002"] == ("zorg", False)
    assert werkmap.spoor().tabel.loc["CA-002", "bestemming"] == "parkeerplaats"
    assert gebeurd(werkmap, versie) == [("gewijzigd:ambities", "CA-002"), ("gelezen", "a.xlsx#Blad1")]
    wijziging = werkmap.tabel("gebeurtenissen").loc[versie + 1]
    assert (wijziging["oud"], wijziging["nieuw"]) == ({"titel": "zrog"}, {"titel": "zorg"})


def test_een_eigen_code_gaat_voor_de_plaats(werkmap):
    lees(werkmap, ambities("a.xlsx", "1:wonen", "2:zorg"))
    lees(werkmap, ambities("a.xlsx", "2:zorg voor iedereen", "1:wonen voor iedereen"))
    assert titels(werkmap) == {"CA-001": ("wonen voor iedereen", False), "CA-002": ("zorg voor iedereen", False)}


def test_verdwenen_rijen_blijven_met_hun_besluit_en_komen_terug(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg"))
    werkmap.besluit(Besluit("CA-002", Bestemming.AFGEWEZEN, "te duur", "Noor"))
    assert lees(werkmap, ambities("a.xlsx", "wonen")).vervallen == 1
    assert titels(werkmap) == {"CA-001": ("wonen", False), "CA-002": ("zorg", True)}
    assert werkmap.spoor().aantallen["afgewezen"] == 1
    assert ("vervallen:ambities", "CA-002") in gebeurd(werkmap)
    assert lees(werkmap, ambities("a.xlsx", "wonen", "zorg")).vervallen == 0
    assert titels(werkmap)["CA-002"] == ("zorg", False)
    assert werkmap.spoor().tabel.loc["CA-002", "reden"] == "te duur"


def test_een_hergebruikt_rijnummer_neemt_het_besluit_van_een_verdwenen_rij_niet_over(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg", "groen"))
    werkmap.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, "te duur", "Noor"))
    werkmap.besluit(Besluit("CA-002", Bestemming.LIJN, "doen we al", "Noor"))
    lees(werkmap, ambities("a.xlsx", "zorg", "groen"))  # "zorg" is now on row 2, where "wonen" was
    lees(werkmap, ambities("a.xlsx", "zorg en welzijn", "groen"))
    assert titels(werkmap) == {
        "CA-001": ("wonen", True), "CA-002": ("zorg en welzijn", False), "CA-003": ("groen", False),
    }  # fmt: skip
    assert werkmap.spoor().tabel["bestemming"].to_dict() == {
        "CA-001": "afgewezen",
        "CA-002": "lijn",
        "CA-003": "open",
    }


@pytest.mark.parametrize(
    ("was", "wordt", "zelfde"),
    [
        ("speeltuin in de Vinkenbuurt", "speeltuinen in de Vinkenbuurt", True),
        ("voor 2030 bouwen we 1.200 woningen", "voor 2031 bouwen we 1.100 woningen", True),
        ("zorg", "zorg en welzijn", True),
        ("speeltuin in de Vinkenbuurt", "nieuwe bibliotheek in het centrum", False),
        ("3:speeltuin", "4:speeltuinen", False),
    ],
)
def test_een_andere_ambitie_op_dezelfde_rij_krijgt_het_besluit_niet(werkmap, was, wordt, zelfde):
    lees(werkmap, ambities("a.xlsx", was))
    werkmap.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, "te duur", "Noor"))
    lees(werkmap, ambities("a.xlsx", wordt))
    assert len(titels(werkmap)) == (1 if zelfde else 2)
    assert titels(werkmap)["CA-001"][1] is (not zelfde)
    if not zelfde:
        assert werkmap.spoor().tabel.loc["CA-002", "bestemming"] == "open"


def test_een_nieuwe_tekst_op_de_plaats_van_een_verdwenen_rij_is_een_nieuwe_rij(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg"))
    werkmap.besluit(Besluit("CA-001", Bestemming.AFGEWEZEN, "te duur", "Noor"))
    lees(werkmap, ambities("a.xlsx", "zorg"))
    lees(werkmap, ambities("a.xlsx", "wonen bij zorg", "zorg"))
    assert titels(werkmap) == {
        "CA-001": ("wonen", True), "CA-002": ("zorg", False), "CA-003": ("wonen bij zorg", False),
    }  # fmt: skip
    assert werkmap.spoor().tabel.loc["CA-003", "bestemming"] == "open"


def test_een_verdwenen_dubbele_rij_gaat_niet_voor_de_rij_die_er_nog_staat(werkmap):
    lees(werkmap, ambities("a.xlsx", "1:wonen", "2:wonen", "zorg"))
    lees(werkmap, ambities("a.xlsx", "2:wonen", "zorg"))
    assert titels(werkmap)["CA-001"] == ("wonen", True)
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg"))  # the codes are gone, so only the text is left to go by
    assert titels(werkmap) == {"CA-001": ("wonen", True), "CA-002": ("wonen", False), "CA-003": ("zorg", False)}


def test_sleutels_worden_nooit_opnieuw_uitgegeven(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg"))
    lees(werkmap, ambities("a.xlsx"))
    lees(werkmap, ambities("b.xlsx", "groen"))
    lees(werkmap, ambities("c.xlsx", "sport", soort="begroting"), top5("t.xlsx", ("Jo", 1, "wonen")))
    assert list(werkmap.tabel("ambities").index) == ["CA-001", "CA-002", "CA-003", "BG-001", "T5-001"]


def test_een_blad_dat_een_andere_soort_blijkt_laat_niets_dubbel_achter(werkmap):
    kader = [{"titel": "wonen"}, {"titel": "zorg"}]
    lees(werkmap, blad("x.xlsx", "coalitieakkoord", "ambities", kader))
    lees(werkmap, blad("x.xlsx", "begroting", "begroting", [{"taakveld": "8.3", "lasten_eur": 5}]))
    assert all(weg for _, weg in titels(werkmap).values())
    assert sum(werkmap.spoor().aantallen.values()) == 2
    assert len(werkmap.tabel("begroting")) == 1


# -- tables that files share ------------------------------------------------------------------------


def test_een_stem_verwijst_naar_haar_eigen_bronrij(werkmap):
    lees(werkmap, top5("top5.xlsx", ("Jo", 1, "zorg"), ("Jo", 2, "wonen"), ("Bo", 1, "zorg")))
    stemmen = werkmap.tabel("stemmen")
    assert werkmap.tabel("ambities")["titel"].reindex(stemmen["ambitie"]).tolist() == ["zorg", "wonen", "zorg"]
    assert stemmen["ambitie"].is_unique


def test_een_tweede_bestand_met_teams_vult_aan_en_verbetert(werkmap):
    def teams(bestand, *rijen):
        return blad(bestand, "teams", "teams", [{"team": t, "fte": f} for t, f in rijen])

    lees(werkmap, teams("a.xlsx", ("Wonen", 10), ("Zorg", 5)))
    lees(werkmap, teams("b.xlsx", ("Zorg", 6), ("Sport", 2)))
    assert werkmap.tabel("teams")["fte"].to_dict() == {"Wonen": 10, "Zorg": 6, "Sport": 2}
    lees(werkmap, teams("a.xlsx", ("Wonen", 11)))  # Zorg belongs to b.xlsx by now
    assert werkmap.tabel("teams")["fte"].to_dict() == {"Wonen": 11, "Zorg": 6, "Sport": 2}


def test_opgaven_zonder_code_krijgen_er_een_en_houden_die(werkmap):
    def opgaven(*namen):
        return blad("o.xlsx", "activiteiten", "opgaven", [{"titel": n} for n in namen])

    lees(werkmap, opgaven("Wonen", "Zorg"))
    lees(werkmap, opgaven("Groen", "Zorg"))
    assert werkmap.tabel("opgaven", ook_vervallen=True)["titel"].to_dict() == {
        "O01": "Wonen", "O02": "Zorg", "O03": "Groen",
    }  # fmt: skip
    assert list(werkmap.tabel("opgaven").index) == ["O02", "O03"]
    assert werkmap.maak_opgave("Sport", "Noor") == "O04"


def test_een_tweede_begroting_van_hetzelfde_jaar_valt_op(werkmap):
    def begroting(bestand, jaar, lasten):
        return blad(bestand, "begroting", "begroting", [{"jaar": jaar, "taakveld": "6.2", "lasten_eur": lasten}])

    assert not lees(werkmap, begroting("a.xlsx", 2027, 10)).bevindingen
    assert not lees(werkmap, begroting("a.xlsx", 2027, 11)).bevindingen
    assert not lees(werkmap, begroting("c.xlsx", 2028, 12)).bevindingen
    (bevinding,) = lees(werkmap, begroting("b.xlsx", 2027, 10)).bevindingen
    assert bevinding.ernst == Ernst.LET_OP
    assert "Van 2027 staat er al een begroting" in bevinding.probleem


# -- scores refer to ambities -----------------------------------------------------------------------


@pytest.mark.parametrize("naam", ["CA-002", "ca-002", "1.2", "Zorg dichtbij", " zorg DICHTBIJ "])
def test_een_score_wijst_een_ambitie_aan_met_sleutel_code_of_titel(werkmap, naam):
    lees(werkmap, ambities("a.xlsx", "1.1:Wonen", "1.2:Zorg dichtbij"), scores("s.xlsx", (naam, "effect", "Jo", 4)))
    assert werkmap.tabel("scores")["ambitie"].tolist() == ["CA-002"]


@pytest.mark.parametrize(
    ("naam", "probleem"),
    [
        ("Sport", "'Sport' staat niet in de werkmap."),
        ("wonen", "'wonen' kan 2 rijen zijn: CA-001, CA-002."),
        ("7", "'7' kan 2 rijen zijn: CA-003, CA-004."),
        ("CA-04", "'CA-04' staat niet in de werkmap."),
    ],
)
def test_een_onbekende_of_dubbelzinnige_ambitie_is_een_bevinding(werkmap, naam, probleem):
    lees(werkmap, ambities("a.xlsx", "Wonen", "wonen", "7:groen", "7:blauw"))
    voor = alles(werkmap)
    fout = scores("s.xlsx", ("groen", "effect", "Jo", 4), (naam, "effect", "Jo", 4), (naam, "urgentie", "Jo", 3))
    with pytest.raises(InvoerFout, match=r"^2 problemen in s\.xlsx; er is niets ingelezen\.") as info:
        lees(werkmap, fout)
    assert [(b.rij, b.kolom, b.probleem) for b in info.value.bevindingen] == [
        (3, "ambitie", probleem), (4, "ambitie", probleem),
    ]  # fmt: skip
    assert info.value.geweigerd == 3
    assert alles(werkmap) == voor


def test_een_verdwenen_rij_maakt_een_titel_niet_dubbelzinnig(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen"))
    lees(werkmap, ambities("a.xlsx"), ambities("b.xlsx", "wonen", "zorg"))
    lees(werkmap, scores("s.xlsx", ("wonen", "effect", "Jo", 4)))
    assert werkmap.tabel("scores")["ambitie"].tolist() == ["CA-002"]


def test_een_oordeel_twee_keer_telt_niet_dubbel_maar_wordt_gemeld(werkmap):
    lees(werkmap, ambities("a.xlsx", "1:wonen"))
    dubbel = scores("s.xlsx", ("wonen", "effect", "Wethouder Jo", 4), ("CA-001", "effect", "Wethouder Jo", 5))
    with pytest.raises(InvoerFout, match="staat ook op rij 2, met hetzelfde criterium") as info:
        lees(werkmap, dubbel)
    assert "Wethouder Jo" not in str(info.value)  # a persoonsgegeven
    assert werkmap.tabel("scores").empty


@pytest.mark.parametrize("volgorde", list(itertools.permutations(range(3))))
def test_de_volgorde_van_de_bestanden_maakt_niet_uit(werkmap, volgorde):
    bladen = [
        scores("s.xlsx", ("wonen", "effect", "Jo", 4), ("T5-001", "effect", "Jo", 2)),
        top5("t.xlsx", ("Jo", 1, "zorg")),
        ambities("a.xlsx", "wonen"),
    ]
    lees(werkmap, *(bladen[i] for i in volgorde))
    assert werkmap.tabel("scores")["ambitie"].tolist() == ["CA-001", "T5-001"]
    assert set(titels(werkmap)) == {"CA-001", "T5-001"}


# -- all or nothing ---------------------------------------------------------------------------------


def test_een_fout_in_een_blad_draait_alles_terug(werkmap):
    lees(werkmap, ambities("a.xlsx", "wonen", "zorg"))
    voor = alles(werkmap)
    with pytest.raises(InvoerFout, match="'onbekend' staat niet in de werkmap"):
        lees(
            werkmap,
            ambities("a.xlsx", "wonen en meer", "groen"),
            ambities("nieuw.xlsx", "sport"),
            blad("t.xlsx", "teams", "teams", [{"team": "Wonen", "fte": 1}]),
            scores("s.xlsx", ("sport", "effect", "Jo", 5), ("onbekend", "effect", "Jo", 1)),
        )
    assert alles(werkmap) == voor
    # and the same reading without the mistake does go in
    assert (
        lees(werkmap, ambities("nieuw.xlsx", "sport"), scores("s.xlsx", ("sport", "effect", "Jo", 5))).gelezen == 2
    )


def test_alle_fouten_van_alle_bladen_in_een_keer(werkmap):
    with pytest.raises(InvoerFout, match=r"^3 problemen in t\.xlsx, o\.xlsx, s\.xlsx") as info:
        lees(
            werkmap,
            blad("t.xlsx", "teams", "teams", [{"team": "Wonen", "fte": 1}, {"team": "Wonen", "fte": 2}]),
            scores("s.xlsx", ("niets", "effect", "Jo", 5)),
            blad(
                "o.xlsx",
                "activiteiten",
                "opgaven",
                [{"opgave": "O1", "titel": "a"}, {"opgave": "O1", "titel": "b"}],
            ),
        )
    assert {(b.bestand, b.rij) for b in info.value.bevindingen} == {("t.xlsx", 3), ("s.xlsx", 2), ("o.xlsx", 3)}
    assert werkmap.versie() == 0


def test_twee_verschillende_bestanden_met_een_naam_worden_niet_elkaars_nieuwe_versie(tmp_path, boek):
    paden = [
        boek(f"{team}/inventarisatie.xlsx", Akkoord=[["Nr", "Afspraak"], [1, f"{team} een"], [2, f"{team} twee"]])
        for team in ("wonen", "zorg")
    ]
    with pytest.raises(InvoerFout, match="twee verschillende bestanden met deze naam"):
        lees_in(tmp_path / "werkmap", paden, wie="Noor")
    paden[1] = paden[1].rename(paden[1].with_name("inventarisatie zorg.xlsx"))
    assert lees_in(tmp_path / "werkmap", paden, wie="Noor").gelezen == 4


def test_een_activiteit_noemt_haar_opgave_met_code_of_titel(werkmap, boek):
    pad = boek(
        "werk.xlsx",
        Opgaven=[["Code", "Opgave"], ["O01", "Wonen voor iedereen"]],
        Activiteiten=[
            ["Code", "Activiteit", "Hoort bij opgave", "Start", "Gereed"],
            ["A01", "Woningbouwprogramma", "O01", "2027K1", "2027K4"],
            ["A02", "Flexwoningen", "wonen voor iedereen", "2027K1", "2027K4"],
            ["A03", "Zwerfproject", "O99", "2027K1", "2027K4"],
        ],
        Uren=[
            ["Code", "Team", "2027K1", "2027K2"],
            ["Flexwoningen", "Ruimte", 100, 50],
            ["A77", "Ruimte", 10, None],
        ],
    )
    uit = werkmap.bewaar(lees_bestanden([pad]).bladen, "Noor")
    assert werkmap.tabel("activiteiten")["opgave"].to_dict() == {"A01": "O01", "A02": "O01", "A03": "O99"}
    assert werkmap.tabel("inzet")["activiteit"].tolist() == ["A02", "A02", "A77"]
    let_op = [str(b) for b in uit.bevindingen]
    assert len(let_op) == 2
    assert "'O99' staat niet in de werkmap" in let_op[0]
    assert "'A77' staat niet in de werkmap" in let_op[1]
