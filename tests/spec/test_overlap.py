"""Welke paren overlap zijn: beslisgevallen tussen de ambities van een andere gemeente."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.overlap import apart
from opgavelib.domein.overlap import zoek_overlap
from opgavelib.toepassing.overlap import instelling

from .tabel import lees_tabel

# oordeel: vooraan (kans boven een half), in beeld (boven de drempel) of weg (komt niet terug)
GEVALLEN = lees_tabel("""
geval                         | bron a          | a                                         | bron b     | b                                            | oordeel | gedeeld
Letterlijk                    | coalitieakkoord | We stellen een groenbeleidsplan vast      | begroting  | Groenbeleidsplan vaststellen                 | vooraan | groenbeleidsplan
Letterlijk, uit één bron      | begroting       | Rioolgemalen in het noorden vervangen     | begroting  | Rioolgemalen in het noorden vervangen        | vooraan | Rioolgemalen noorden vervangen
Samenstelling                 | coalitieakkoord | Meer sociale huurwoningen bouwen          | begroting  | Bouwprogramma sociale woningen voor huurders | vooraan | sociale huurwoningen bouwen
Ander werkwoord               | coalitieakkoord | We knappen de gymzalen op                 | begroting  | Renovatie gymzalen                           | vooraan | gymzalen
Verwant woord                 | coalitieakkoord | Meer zitbankjes voor senioren             | top5       | Bankjes waar ouderen kunnen uitrusten        | vooraan | zitbankjes
Andere woorden                | coalitieakkoord | Rommel op straat ruimen we dezelfde dag op | begroting  | Snelle inzet bij zwerfafval                  | in beeld|
Getal in letters              | coalitieakkoord | Tweehonderd laadpalen erbij               | begroting  | 200 laadpunten plaatsen                      | vooraan | Tweehonderd
Eén bron, andere volgorde     | begroting       | Subsidie aan de scouting verhogen         | begroting  | Verhogen subsidie scouting                   | vooraan | Subsidie scouting verhogen
Sjabloon                      | begroting       | Uitvoeringsprogramma cultuur              | begroting  | Uitvoeringsprogramma economie                | weg     |
Sjabloon, twee bronnen        | coalitieakkoord | We maken een beleidsnota dierenwelzijn    | begroting  | Beleidsnota parkeren                         | weg     |
Niets gemeen                  | coalitieakkoord | Honden mogen loslopen in het bos          | begroting  | Vervangen serverruimte                       | weg     |
""")  # noqa: E501


@pytest.fixture(scope="module")
def paren():
    achtergrond, _ = apart()
    rijen = [
        pd.DataFrame({"titel": [g["a"], g["b"]], "soort": [g["bron a"], g["bron b"]]}, index=[f"{n}a", f"{n}b"])
        for n, g in enumerate(GEVALLEN)
    ]
    tabel = zoek_overlap(pd.concat([achtergrond, *rijen]), **instelling(met_semantiek=False)).tabel
    return tabel.set_index(["a", "b"])


@pytest.mark.parametrize("nummer", range(len(GEVALLEN)), ids=[g["geval"] for g in GEVALLEN])
def test_overlap(nummer, paren):
    geval, sleutel = GEVALLEN[nummer], (f"{nummer}a", f"{nummer}b")
    if geval["oordeel"] == "weg":
        assert sleutel not in paren.index
        return
    paar = paren.loc[sleutel]
    assert (paar["score"] >= 0.5) == (geval["oordeel"] == "vooraan")
    assert " ".join(paar["gedeeld"]) == (geval["gedeeld"] or "")
