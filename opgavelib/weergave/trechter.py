"""From bronnen to bestemmingen."""

from __future__ import annotations

import pandas as pd

from opgavelib.domein.begrippen import Bestemming, Soort
from opgavelib.domein.bestemming import Spoor
from opgavelib.weergave.figuur import Figuur, kolom, leeg
from opgavelib.weergave.stroom import Knoop, Stroom, sankey

NAMEN = {
    Soort.COALITIEAKKOORD: "Coalitieakkoord",
    Soort.BEGROTING: "Begroting",
    Soort.TOP5: "Top-5 van het college",
    Bestemming.OPGAVE: "Bij een opgave",
    Bestemming.SAMENGEVOEGD: "Samengevoegd",
    Bestemming.LIJN: "Regulier werk",
    Bestemming.PARKEERPLAATS: "Parkeerplaats",
    Bestemming.AFGEWEZEN: "Afgewezen",
    Bestemming.OPEN: "Nog open",
}
_KLEUR = {
    Bestemming.OPGAVE: "token:primair",
    Bestemming.OPEN: "token:letop",
}


def trechter(telling: pd.DataFrame, spoor: Spoor) -> Figuur:
    """Sankey of source rows; its numbers are those of the table.

    Parameters
    ----------
    telling : DataFrame (soort x bestemming), counts of source rows
    """
    # Most decided first, still open last: the order in which the table is read.
    telling = telling[[b for b in (*list(telling.columns)[1:], Bestemming.OPEN) if b in telling.columns]]
    telling = telling.loc[telling.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    kolommen = [kolom("soort", "Bron"), *(kolom(b, NAMEN[b], "getal") for b in telling.columns),
                kolom("totaal", "Totaal", "getal")]  # fmt: skip
    if telling.empty:
        return leeg("Er is nog niets ingelezen. Begin met `opgave lees` en een inventarisatie.", kolommen)
    rijen = [
        {"soort": NAMEN.get(s, s)} | {b: int(r[b]) for b in telling.columns} | {"totaal": int(r.sum())}
        for s, r in telling.iterrows()
    ]
    som = telling.sum()
    rijen.append({"soort": "Totaal", "_klasse": "totaal"} | som.to_dict() | {"totaal": int(som.sum())})
    return Figuur(_sankey(telling), spoor.toelichting, kolommen, rijen, 460)


def _sankey(telling: pd.DataFrame) -> dict[str, object]:
    soorten = [Knoop(f"bron:{s}", NAMEN.get(s, s), "token:gedempt", 0.0) for s in telling.index]
    doelen = [Knoop(b, NAMEN[b], _KLEUR.get(b, "token:lean"), 1.0) for b in telling.columns]
    stromen = [Stroom(f"bron:{s}", b, int(telling.loc[s, b]), b) for s in telling.index for b in telling.columns]
    return sankey([*soorten, *doelen], stromen)
