"""What a workbook is made of: plain tables, with the results that the program computed.

`opgavelib.toepassing.rapport` fills it from a werkmap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from opgavelib.domein.begroting import Overhead
from opgavelib.rapport.werkboek.model import Vorm

GEEN_NOEMER = "geen noemer"


@dataclass(frozen=True)
class Norm:
    """A parameter that formulas use.

    Attributes
    ----------
    naam : of the cell, in formulas: ``uren_per_fte``
    kop : as people read it
    """

    naam: str
    kop: str
    waarde: float
    vorm: Vorm
    eenheid: str
    bron: str


@dataclass(frozen=True)
class Gegevens:
    """Contents of a workbook.

    Attributes
    ----------
    werkmap, versie, gemaakt_op : which werkmap, at which moment (local)
    zinnen : conclusions, ready for a memo
    normen : parameters, each in a cell that may be changed; at least lean_norm, tolerantie, uren_per_fte,
        lean_aandeel, verzuim_aandeel, let_op_vanaf, inhuur_tarief_eur, marge_uren and iv3_afronding_eur
    buiten_norm, overhead_taakveld : codes of taakvelden
    overhead, verdeeld_naar : how overhead counts, and what it was spread by
    regels : budget lines of `jaar`, index regel; columns `geld.kolommen`, amounts with parts of a euro
    totaal : one row as those of `sneden`, for all lines
    sneden : per cut (team, teamleider, domein, programma, taakveld, structureel) a DataFrame, index its key; wie
        and domein (of a team), lasten_eur, lean_eur, opgave_eur, onbekend_eur in whole euros; exact_lean_eur,
        exact_opgave_eur, exact_onbekend_eur, norm_lean_eur, norm_opgave_eur and norm_buiten_eur (lasten that
        do not count for the norm) not rounded; opgave_aandeel_eur (None without a denominator); and lean_uren,
        opgave_uren, opgave_aandeel_uren where the cut has hours
    aansluiting : regel, kolom (lasten_eur, ...), bestand and blad (None is all), verwacht_eur, gevonden_eur (on
        sheet Begroting), elders_eur (in the same files, not there), verschil_eur, verklaard_eur, marge_eur,
        akkoord, toelichting
    iv3 : taakveld, maat, kolom, totaal (this row is all taakvelden together), verwacht_eur (what Iv3 has),
        gevonden_eur, verschil_eur, verklaard_eur (what rounded cells of the file may explain), akkoord, toelichting
    teams : formatie, index team; columns `uren.TEAMS`
    inzet : requests for hours, index inzet; columns `uren.AANVRAGEN`
    capaciteit : index (team, kwartaal); columns `uren.BALANS`, stand as `opgavelib.domein.capaciteit` says it
    controles : groep, naam, uitslag (with its sign), toelichting
    besluiten : nummer, moment, wie, soort, wat, reden, stand
    """

    werkmap: str
    versie: int
    gemaakt_op: datetime
    jaar: int | None
    zinnen: Sequence[str]
    normen: Sequence[Norm]
    buiten_norm: Sequence[str]
    overhead: Overhead
    overhead_taakveld: Sequence[str]
    verdeeld_naar: str
    regels: pd.DataFrame
    totaal: Mapping[str, object]
    sneden: Mapping[str, pd.DataFrame]
    aansluiting: pd.DataFrame
    iv3: pd.DataFrame
    iv3_zin: str
    teams: pd.DataFrame
    inzet: pd.DataFrame
    capaciteit: pd.DataFrame
    controles: Sequence[Mapping[str, object]]
    besluiten: pd.DataFrame
