"""Hours of a werkmap: what teams have, what is asked of them and promised. Reach it as `Stand.werk`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from opgavelib.domein import capaciteit as capaciteit_regels
from opgavelib.domein import kwartaal
from opgavelib.domein.scenario import BASIS, Scenario
from opgavelib.domein.werk import geldende_inzet

if TYPE_CHECKING:
    from opgavelib.toepassing.stand import Stand


class Werk:
    """The hours of one moment of a werkmap.

    Parameters
    ----------
    stand : tables and parameters are asked of it
    """

    def __init__(self, stand: Stand):
        self.stand = stand

    @cached_property
    def aanvragen(self) -> pd.DataFrame:
        """Every request as it was put, of files and made on screen; as table inzet."""
        van_bestanden = self.stand.tabel("inzet")
        op_scherm = self.stand.werkmap.contracten.aanvragen()
        if not op_scherm:
            return van_bestanden
        erbij = pd.DataFrame.from_dict(op_scherm, orient="index").rename_axis("inzet")
        return pd.concat([van_bestanden, erbij.assign(vervallen=False)])

    @cached_property
    def antwoorden(self) -> dict[str, dict[str, object]]:
        """What teamleiders said on screen (`Contracten.antwoorden`)."""
        return self.stand.werkmap.contracten.antwoorden()

    def inzet_in(self, scenario: Scenario) -> pd.DataFrame:
        """Requests as they hold in a scenario (`domein.werk.geldende_inzet`)."""
        return geldende_inzet(self.aanvragen, self.antwoorden, scenario)

    @cached_property
    def inzet(self) -> pd.DataFrame:
        """Requests as they hold now: with the answers, and moved as the base says."""
        return self.inzet_in(self.stand.scenarios[BASIS])

    @cached_property
    def ruimte_uren(self) -> dict[str, float]:
        """Hours per team for opgaven over the planperiode, after the organisatieprojecten.

        Activiteiten under opgaven are left in: they are what the ambities on the shortlist ask.
        """
        begin, eind = self.stand.waarde("prioritering", "planperiode")
        soort = self.stand.tabel("activiteiten")["soort"]
        inzet = self.inzet
        vast = inzet[inzet["activiteit"].map(soort) == "organisatieproject"]
        return capaciteit_regels.ruimte_over(self.balans(vast, kwartaal.reeks(begin, eind)))

    @cached_property
    def aanbod(self) -> pd.DataFrame:
        """Hours per team per year."""
        return capaciteit_regels.aanbod(
            self.stand.tabel("teams"),
            float(self.stand.waarde("capaciteit", "uren_per_fte")),
            float(self.stand.waarde("capaciteit", "lean_aandeel")),
        )

    @cached_property
    def kwartalen(self) -> list[str]:
        """All quarters from the first to the last that anybody asked hours in; else the planperiode."""
        gevraagd = self.inzet["kwartaal"].dropna()
        if gevraagd.empty:
            return kwartaal.reeks(*self.stand.waarde("prioritering", "planperiode"))
        return kwartaal.reeks(gevraagd.min(), gevraagd.max())

    @cached_property
    def capaciteit(self) -> capaciteit_regels.Capaciteit:
        """Balance of hours per team and quarter."""
        return self.balans(self.inzet, self.kwartalen)

    def balans(self, inzet: pd.DataFrame, kwartalen: list[str]) -> capaciteit_regels.Capaciteit:
        """Balance of hours with these requests only, over these quarters."""
        return capaciteit_regels.balans(
            self.aanbod, inzet, kwartalen, float(self.stand.waarde("capaciteit", "let_op_vanaf"))
        )
