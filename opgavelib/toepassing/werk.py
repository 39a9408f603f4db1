"""Hours of a werkmap: what teams have, what is asked of them and promised. Reach it as `Stand.werk`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from opgavelib import notatie
from opgavelib.domein import capaciteit as capaciteit_regels
from opgavelib.domein import deskundigheid, kwartaal
from opgavelib.domein.scenario import BASIS, SCHEIDING, Scenario, Soort
from opgavelib.domein.werk import geldende_inzet

if TYPE_CHECKING:
    from opgavelib.toepassing.stand import Stand

_VAN_INZET = (Soort.SCHUIF, Soort.KRIMP, Soort.STOP)
_VAN_AANBOD = (Soort.TEAM, Soort.INHUUR)


class Werk:
    """The hours of one moment of a werkmap.

    Parameters
    ----------
    stand : tables and parameters are asked of it
    """

    def __init__(self, stand: Stand):
        self.stand = stand
        self._bewaard: dict[tuple, pd.DataFrame] = {}

    @cached_property
    def normen(self) -> capaciteit_regels.Normen:
        """Norms of this werkmap (parameters/capaciteit.yaml)."""
        namen = ("uren_per_fte", "lean_aandeel", "verzuim_aandeel", "let_op_vanaf", "marge_uren")
        return capaciteit_regels.Normen(**{n: float(self.stand.waarde("capaciteit", n)) for n in namen})

    # -- what is asked ------------------------------------------------------------------------------

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
        """Requests as they hold in a scenario (`domein.werk.geldende_inzet`); kept, so do not change it."""
        merk = ("inzet", *_keuzes(scenario, _VAN_INZET))
        if merk not in self._bewaard:
            self._bewaard[merk] = geldende_inzet(self.aanvragen, self.antwoorden, scenario)
        return self._bewaard[merk]

    @cached_property
    def inzet(self) -> pd.DataFrame:
        """Requests as they hold now: with the answers, and moved as the base says."""
        return self.inzet_in(self.stand.scenarios[BASIS])

    def vraag_in(self, scenario: Scenario) -> pd.DataFrame:
        """Requests that count: not those under an opgave of which was agreed not to do it.

        Parameter capaciteit.prioriteit_vraagt says which priorities count. Organisatieprojecten, activiteiten of
        which the opgave is not known, and opgaven without priority count.
        """
        inzet = self.inzet_in(scenario)
        return inzet[~inzet["activiteit"].isin(self.vraagt_niet)]

    @cached_property
    def vraagt_niet(self) -> frozenset[str]:
        """Activiteiten that ask nothing, because of the priority of their opgave."""
        telt = set(self.stand.waarde("capaciteit", "prioriteit_vraagt"))
        prioriteit = self.stand.tabel("activiteiten")["opgave"].map(self.stand.tabel("opgaven")["prioriteit"])
        return frozenset(prioriteit.index[prioriteit.notna() & ~prioriteit.isin(telt)])

    # -- what there is ------------------------------------------------------------------------------

    @cached_property
    def aanbod(self) -> pd.DataFrame:
        """Hours of the formatie per team per year."""
        return capaciteit_regels.aanbod(
            self.stand.tabel("teams"), self.normen.uren_per_fte, self.normen.lean_aandeel
        )

    def aanbod_in(self, scenario: Scenario, kwartalen: list[str] | None = None) -> pd.DataFrame:
        """Hours per team and quarter in a scenario (`capaciteit.aanbod_per_kwartaal`); kept, so do not change it.

        Parameters
        ----------
        kwartalen : default `kwartalen_in`
        """
        reeks = self.kwartalen_in(scenario) if kwartalen is None else list(kwartalen)
        merk = ("aanbod", *reeks, *_keuzes(scenario, _VAN_AANBOD))
        if merk not in self._bewaard:
            self._bewaard[merk] = capaciteit_regels.aanbod_per_kwartaal(
                self.stand.tabel("teams"), reeks, self.normen, scenario
            )
        return self._bewaard[merk]

    @cached_property
    def kwartalen(self) -> list[str]:
        """All quarters from the first to the last that anybody asked hours in; else the planperiode."""
        return self.kwartalen_in(self.stand.scenarios[BASIS])

    def kwartalen_in(self, scenario: Scenario) -> list[str]:
        """All quarters in which hours were asked, or are asked in this scenario; else the planperiode."""
        gevraagd = pd.concat([self.aanvragen["kwartaal"], self.inzet_in(scenario)["kwartaal"]]).dropna()
        if gevraagd.empty:
            return kwartaal.reeks(*self.stand.waarde("prioritering", "planperiode"))
        return kwartaal.reeks(gevraagd.min(), gevraagd.max())

    # -- the two together ---------------------------------------------------------------------------

    @cached_property
    def capaciteit(self) -> capaciteit_regels.Capaciteit:
        """Balance of hours per team and quarter, with what the base decided."""
        return self.capaciteit_in(self.stand.scenarios[BASIS])

    def capaciteit_in(self, scenario: Scenario, kwartalen: list[str] | None = None) -> capaciteit_regels.Capaciteit:
        """Balance of hours per team and quarter in a scenario.

        Parameters
        ----------
        kwartalen : default `kwartalen_in`
        """
        vraag = self.vraag_in(scenario)
        weg = self.inzet_in(scenario).drop(index=vraag.index)
        uren = float(weg["uren_gevraagd"].where(weg["status"] != capaciteit_regels.AFGEWEZEN).sum())
        buiten = f"Niet meegeteld: {notatie.uren(uren)} onder opgaven die niet doorgaan." if round(uren) else ""
        return self.balans(vraag, kwartalen or self.kwartalen_in(scenario), scenario, buiten)

    def balans(
        self, inzet: pd.DataFrame, kwartalen: list[str], scenario: Scenario | None = None, buiten: str = ""
    ) -> capaciteit_regels.Capaciteit:
        """Balance of hours with these requests only, over these quarters, with the supply of a scenario (default
        the base)."""
        aanbod = self.aanbod_in(scenario or self.stand.scenarios[BASIS], kwartalen)
        return capaciteit_regels.balans(aanbod, inzet, kwartalen, self.normen, buiten)

    def rest_in(self, scenario: Scenario, kwartalen: list[str]) -> pd.DataFrame:
        """Hours left for opgaven after the organisatieprojecten: DataFrame (team x kwartaal), below 0 is short.

        Activiteiten under opgaven are left in: they are what the ambities on the shortlist ask.
        """
        saldo = self._zonder_opgaven(scenario, kwartalen).tabel["saldo_uren"]
        return saldo.unstack("kwartaal").reindex(columns=kwartalen)

    def _zonder_opgaven(self, scenario: Scenario, kwartalen: list[str]) -> capaciteit_regels.Capaciteit:
        """Balance with only the organisatieprojecten as demand."""
        inzet = self.inzet_in(scenario)
        vast = inzet[inzet["activiteit"].map(self.stand.tabel("activiteiten")["soort"]) == "organisatieproject"]
        return self.balans(vast, kwartalen, scenario)

    @cached_property
    def ruimte_uren(self) -> dict[str, float]:
        """Hours per team for opgaven over the planperiode in the base, after the organisatieprojecten."""
        reeks = kwartaal.reeks(*self.stand.waarde("prioritering", "planperiode"))
        return capaciteit_regels.ruimte_over(self._zonder_opgaven(self.stand.scenarios[BASIS], reeks))

    # -- in skill -----------------------------------------------------------------------------------

    @cached_property
    def deskundigheden(self) -> pd.DataFrame:
        """What is asked in skill against what the teams have, in the base (`deskundigheid.toets`)."""
        return self.deskundigheden_in(self.stand.scenarios[BASIS])

    def deskundigheden_in(self, scenario: Scenario) -> pd.DataFrame:
        """What is asked in skill against what the teams have (`deskundigheid.toets`)."""
        return deskundigheid.toets(self.stand.tabel("teams"), self.vraag_in(scenario), self.normen)


def _keuzes(scenario: Scenario, soorten: tuple[Soort, ...]) -> list[tuple[str, str]]:
    """The choices of these kinds, in their order, to recognise an answer by."""
    koppen = tuple(f"{s}{SCHEIDING}" for s in soorten)
    return [(k, repr(sorted(w.items()))) for k, w in scenario.keuzes.items() if k.startswith(koppen)]
