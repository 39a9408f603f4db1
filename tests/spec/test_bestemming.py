"""Waar bleef mijn ambitie? Een reeks besluiten, wat mag en wat niet, en waar elke rij daarna is."""

from __future__ import annotations

import pytest

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import BesluitFout
from opgavelib.opslag import Werkmap
from opgavelib.toepassing import lees_in

from .tabel import lees_tabel

# 'terug 3' maakt het besluit op regel 3 ongedaan. Een leeg vak bij bezwaar: het besluit geldt.
VERHALEN = {
    "van open naar een opgave en weer terug": (
        """
        nr | ambitie | bestemming    | naar   | bezwaar
         1 | CA-001  | parkeerplaats |        |
         2 | CA-001  | opgave        | O01    |
         3 | CA-001  | lijn          |        |
         4 | CA-001  | terug 3       |        |
         5 | CA-002  | afgewezen     |        |
         6 | CA-002  | terug 5       |        |
        """,
        """
        ambitie | bestemming | naar
        CA-001  | opgave     | O01
        CA-002  | open       |
        CA-003  | open       |
        CA-004  | open       |
        """,
    ),
    "samenvoegen loopt nooit in een kring": (
        """
        nr | ambitie | bestemming   | naar   | bezwaar
         1 | CA-001  | samengevoegd | CA-001 | CA-001 kan niet met zichzelf worden samengevoegd
         2 | CA-001  | samengevoegd | CA-009 | Kies de bronrij waarmee deze ambitie wordt samengevoegd
         3 | CA-001  | samengevoegd | CA-002 |
         4 | CA-002  | samengevoegd | CA-003 |
         5 | CA-003  | samengevoegd | CA-001 | CA-003 kan niet in CA-001 opgaan: CA-001 gaat zelf al
         6 | CA-003  | samengevoegd | CA-002 | CA-003 kan niet in CA-002 opgaan: CA-002 gaat zelf al
         7 | CA-003  | samengevoegd | CA-004 |
         8 | CA-002  | lijn         |        |
         9 | CA-003  | samengevoegd | CA-001 |
        """,
        """
        ambitie | bestemming   | naar
        CA-001  | samengevoegd | CA-002
        CA-002  | lijn         |
        CA-003  | samengevoegd | CA-001
        CA-004  | open         |
        """,
    ),
    "ook ongedaan maken maakt geen kring": (
        """
        nr | ambitie | bestemming   | naar   | bezwaar
         1 | CA-001  | samengevoegd | CA-002 |
         2 | CA-001  | lijn         |        |
         3 | CA-002  | samengevoegd | CA-001 |
         4 | CA-001  | terug 2      |        | CA-001 kan niet in CA-002 opgaan: CA-002 gaat zelf al
        """,
        """
        ambitie | bestemming   | naar
        CA-001  | lijn         |
        CA-002  | samengevoegd | CA-001
        CA-003  | open         |
        CA-004  | open         |
        """,
    ),
    "wat niet mag verandert niets": (
        """
        nr | ambitie | bestemming    | naar | bezwaar
         1 | CA-099  | lijn          |      | Ambitie 'CA-099' staat niet in de werkmap
         2 | CA-001  | opgave        |      | Kies een bestaande opgave
         3 | CA-001  | opgave        | O09  | Kies een bestaande opgave
         4 | CA-001  | lijn          | O01  | Bij bestemming 'lijn' hoort geen doel
         5 | CA-001  | prullenbak    |      | 'prullenbak' is geen bestemming. Kies uit: open, opgave, samengevoegd
         6 | CA-001  | afgewezen     |      |
         7 | CA-001  | parkeerplaats |      |
         8 | CA-001  | terug 6       |      | Over CA-001 is daarna opnieuw besloten door Noor
         9 | CA-001  | terug 99      |      | Besluit 999 bestaat niet
        """,
        """
        ambitie | bestemming    | naar
        CA-001  | parkeerplaats |
        CA-002  | open          |
        CA-003  | open          |
        CA-004  | open          |
        """,
    ),
}


@pytest.mark.parametrize("verhaal", VERHALEN)
def test_een_reeks_besluiten(verhaal, tmp_path, boek):
    besluiten, eindstand = VERHALEN[verhaal]
    pad = boek("akkoord.xlsx", Akkoord=[["Nr", "Afspraak"], *([n, f"Afspraak nummer {n}"] for n in range(1, 5))])
    lees_in(tmp_path / "werkmap", [pad], wie="Noor")
    with Werkmap(tmp_path / "werkmap") as werkmap:
        werkmap.maak_opgave("Wonen", "Noor")
        nummers: dict[int, int] = {}
        for regel in lees_tabel(besluiten):
            if regel["bezwaar"]:
                versie = werkmap.versie()
                with pytest.raises(BesluitFout, match=f"^{regel['bezwaar']}"):
                    neem(werkmap, regel, nummers)
                assert werkmap.versie() == versie
            else:
                nummers[int(regel["nr"])] = neem(werkmap, regel, nummers)
        spoor = werkmap.spoor()
    tabel = spoor.tabel.reset_index()[["ambitie", "bestemming", "naar"]]
    assert tabel.to_dict("records") == lees_tabel(eindstand)
    assert sum(spoor.aantallen.values()) == 4


def neem(werkmap, regel, nummers) -> int:
    wat = str(regel["bestemming"])
    if wat.startswith("terug"):
        (nummer,) = werkmap.maak_ongedaan(nummers.get(int(wat.split()[1]), 999), "Noor")
        return nummer
    bestemming = Bestemming(wat) if wat in set(Bestemming) else wat
    (nummer,) = werkmap.besluit(Besluit(regel["ambitie"], bestemming, "besproken", "Noor", regel["naar"]))
    return nummer


@pytest.mark.parametrize(
    ("reden", "wie", "bezwaar"),
    [(" ", "Noor", "Vul een reden in"), ("", "Noor", "Vul een reden in"), ("besproken", "  ", "Vul in wie")],
)
def test_een_besluit_heeft_een_reden_en_een_naam(reden, wie, bezwaar, voorbeeld_kopie):
    with Werkmap(voorbeeld_kopie) as werkmap:
        versie = werkmap.versie()
        with pytest.raises(BesluitFout, match=bezwaar):
            werkmap.besluit(Besluit("CA-001", Bestemming.LIJN, reden, wie))
        assert werkmap.versie() == versie
