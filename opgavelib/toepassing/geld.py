"""Euros of a werkmap: the begroting, lean and opgave, and what they add up to. Reach it as `Stand.geld`."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from opgavelib.domein import begroting as begroting_regels

if TYPE_CHECKING:
    from opgavelib.toepassing.stand import Stand


class Geld:
    """The money of one moment of a werkmap.

    Parameters
    ----------
    stand : tables and parameters are asked of it
    """

    def __init__(self, stand: Stand):
        self.stand = stand

    @cached_property
    def lean_opgave(self) -> begroting_regels.LeanOpgave:
        """Lean and opgave of the latest budget year, reconciled to the totals of its files."""
        regels, bronnen = self.stand.tabel("begroting"), self.stand.tabel("bronnen")
        if regels["jaar"].notna().any():
            # Lines of an unknown year (the gate said so) count along rather than disappear.
            regels = regels[(regels["jaar"] == regels["jaar"].max()) | regels["jaar"].isna()]
        # A file may hold several years and states one total, so all its lines are compared with that; when
        # one of the files states none, there is no total to compare the sum with.
        totalen = pd.DataFrame([bronnen.loc[b, "totalen"] or {} for b in dict.fromkeys(regels["bron"])])
        gesteld = {k: float(totalen[k].sum()) for k in totalen if totalen[k].notna().all()}
        gelezen = self.stand.tabel("begroting")[lambda t: t["bron"].isin(set(regels["bron"]))]
        # Every line whose cents were rounded away may be half a euro off.
        afgerond = [bronnen.loc[b, "afgerond"] or {} for b in dict.fromkeys(regels["bron"])]
        marge = float(self.stand.waarde("begroting", "afronding"))
        grenzen = {
            k: marge + sum(a.get(k, 0) for a in afgerond) / 2 for k in ("lasten_eur", "baten_eur", "salarissen_eur")
        }
        sluit = begroting_regels.aansluiting(gelezen, gesteld, grenzen)
        norm = begroting_regels.Norm(
            float(self.stand.waarde("begroting", "lean_norm")),
            float(self.stand.waarde("begroting", "tolerantie")),
            frozenset(self.stand.waarde("begroting", "buiten_norm")),
        )
        alle = sorted({int(j) for j in self.stand.tabel("begroting")["jaar"].dropna()})
        uitkomst = begroting_regels.lean_opgave(regels, self.stand.werk.aanbod, sluit, norm, jaren=alle)
        dubbel = self._meer_dan_een_begroting(regels)
        return replace(uitkomst, toelichting=f"{dubbel} {uitkomst.toelichting}".strip())

    def _meer_dan_een_begroting(self, regels: pd.DataFrame) -> str:
        """A sentence for every year of which more than one source has lines; empty when none."""
        bronnen, zinnen = self.stand.tabel("bronnen"), []
        for jaar, van in regels.groupby("jaar")["bron"].unique().items():
            if len(van) > 1:
                waar = "; ".join(f"{bronnen.loc[b, 'bestand']}, blad '{bronnen.loc[b, 'blad']}'" for b in van)
                zinnen.append(
                    f"Let op: van {int(jaar)} staan er {len(van)} begrotingen in de werkmap ({waar}); "
                    "de regels tellen samen op."
                )
        return " ".join(zinnen)
