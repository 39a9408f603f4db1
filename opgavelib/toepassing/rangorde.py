"""The ranking of a werkmap, second opinions, how firm it is, and the top-5 of the council as votes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import gevoeligheid, methoden, stemmen
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.dekking import leidend
from opgavelib.domein.overeenstemming import Overeenstemming, overeenstemming
from opgavelib.domein.ranking import Rangschikking
from opgavelib.domein.stevigheid import Stevigheid, smaa
from opgavelib.toepassing.stand import Stand

Gewichten = Mapping[str, float]


@dataclass(frozen=True)
class Meningen:
    """The same scores ranked in every way.

    Attributes
    ----------
    rangen : DataFrame (ambitie x Dutch name of the method), ranks; the first column is the one that counts, and
        the rows are in its order
    eens : how far the methods agree
    """

    rangen: pd.DataFrame
    eens: Overeenstemming


def boven_de_streep(stand: Stand) -> int:
    """How many places there are."""
    return stand.plaatsen


def meningen(
    stand: Stand, *, gewichten: Gewichten | None = None, normalisatie: str = "schaal", opgaven: int | None = None
) -> Meningen:
    """Rank the candidates that were judged by every method of `methoden.METHODEN`."""
    uitkomsten: dict[str, Rangschikking] = {
        m.naam: stand.rangschikking(methode=code, gewichten=gewichten, normalisatie=normalisatie)
        for code, m in methoden.METHODEN.items()
    }
    rangen = pd.DataFrame({naam: u.tabel["rang"] for naam, u in uitkomsten.items()})
    eerste = next(iter(uitkomsten.values())).tabel
    rangen = rangen.loc[eerste.index[eerste["rang"].notna()]]
    eens = overeenstemming({naam: rangen[naam] for naam in rangen}, opgaven or boven_de_streep(stand))
    return Meningen(rangen, eens)


def stevigheid(
    stand: Stand,
    *,
    gewichten: Gewichten | None = None,
    opgaven: int | None = None,
    trekkingen: int | None = None,
    zaad: int = 1,
    executor: Executor | None = None,
    voortgang: Callable[[int, int], object] | None = None,
) -> Stevigheid:
    """Chance of every candidate to stay above the line, when weights and scores are not certain (SMAA)."""
    kaart = stand.scorekaart
    return smaa(
        kaart.gemiddeld, kaart.spreiding, kaart.aantallen, gewichten or stand.gewichten, stand.richtingen,
        stand.schalen, opgaven or boven_de_streep(stand),
        trekkingen=trekkingen or int(stand.waarde("prioritering", "trekkingen")), zaad=zaad,
        onzekerheid_gewicht=float(stand.waarde("prioritering", "onzekerheid_gewicht")),
        executor=executor, voortgang=voortgang,
    )  # fmt: skip


def omslag(stand: Stand, a: str, b: str, *, gewichten: Gewichten | None = None) -> gevoeligheid.Omslag:
    """The weight of each criterium at which two candidates change place."""
    return gevoeligheid.omslag(
        stand.rangschikking(gewichten=gewichten), gewichten or stand.gewichten, a, b, namen=_namen(stand)
    )


def grenswissels(stand: Stand, *, gewichten: Gewichten | None = None, opgaven: int | None = None) -> pd.DataFrame:
    """The smallest change of a weight that swaps two candidates over the line; see `gevoeligheid.grenswissels`."""
    return gevoeligheid.grenswissels(
        stand.rangschikking(gewichten=gewichten), gewichten or stand.gewichten, opgaven or boven_de_streep(stand),
        namen=_namen(stand),
    )  # fmt: skip


def invloed(
    stand: Stand, *, gewichten: Gewichten | None = None, opgaven: int | None = None
) -> gevoeligheid.Invloed:
    """What enters and leaves the top when one assessor is left out.

    What a group agreed on goes before the mean of the assessors in the ranking, and not here: this is about what
    each of them gave.
    """
    return gevoeligheid.invloed_beoordelaar(
        stand.scores, list(stand.kandidaten.index), gewichten or stand.gewichten, stand.richtingen, stand.schalen,
        opgaven or boven_de_streep(stand), namen=_namen(stand),
    )  # fmt: skip


def stemmen_van(stand: Stand) -> pd.DataFrame:
    """The votes of the council over what can be chosen: DataFrame with collegelid, rang, stem, item.

    A vote counts for the candidate that its own row ended in; a row that became part of an opgave, for the best
    ranked candidate of that opgave too. `item` is None when it ended nowhere that can be chosen.
    """
    gegeven = stand.tabel("stemmen")[["collegelid", "rang", "ambitie"]]
    plaatsen = stand.ambities[["bestemming", "naar"]]
    eind = leidend(plaatsen)
    rang = stand.rangschikking().tabel["rang"]
    per_opgave = _beste_per_opgave(plaatsen, rang)
    items = [_item(eind.get(a), plaatsen, rang, per_opgave) for a in gegeven["ambitie"]]
    tabel = gegeven.rename(columns={"ambitie": "stem"}).assign(
        item=pd.Series(items, index=gegeven.index, dtype=object)
    )
    return tabel[tabel["rang"].between(1, stemmen.HOOGSTE_RANG)]


def _beste_per_opgave(plaatsen: pd.DataFrame, rang: pd.Series) -> dict[str, str]:
    leden = plaatsen[plaatsen["bestemming"] == Bestemming.OPGAVE].join(rang, how="inner").sort_values("rang")
    leden = leden[leden["rang"].notna()]
    return {o: a for a, o in reversed(list(leden["naar"].items()))}


def _item(a: str | None, plaatsen: pd.DataFrame, rang: pd.Series, per_opgave: Mapping[str, str]) -> str | None:
    if a is None or a not in plaatsen.index:
        return None
    if a in rang.index and pd.notna(rang[a]):
        return a
    return per_opgave.get(plaatsen.loc[a, "naar"])


def dekking(stand: Stand, gekozen: Collection[str]) -> stemmen.DekkingCollegeleden:
    """Of every member of the council, what of their five is in."""
    tabel = stemmen_van(stand)
    # What cannot be chosen keeps its own row, so that people see which wish it is.
    eigen = tabel["item"].where(tabel["item"].notna(), tabel["stem"])
    return stemmen.dekking_collegeleden(tabel.assign(item=eigen), gekozen)


def borda(stand: Stand) -> pd.DataFrame:
    """Points of the votes per candidate; see `stemmen.borda`."""
    return stemmen.borda(stemmen_van(stand))


def gelijke_delen(stand: Stand, plaatsen: int | None = None) -> stemmen.GelijkeDelen:
    """What the council chooses when every member has an equal share of the places."""
    return stemmen.gelijke_delen(stemmen_van(stand), plaatsen or boven_de_streep(stand))


def _namen(stand: Stand) -> dict[str, str]:
    titels = {a: f"‘{notatie.kort(t.rstrip(' .'), 70)}’" for a, t in stand.kandidaten["titel"].items()}
    return titels | stand.criteria
