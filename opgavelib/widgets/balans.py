"""The balance of hours: teams by quarter, and one team in one quarter from close by with what would solve it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape

import ipywidgets

from opgavelib import notatie, weergave
from opgavelib.domein.capaciteit import Capaciteit
from opgavelib.domein.scenario import BASIS, Scenario
from opgavelib.toepassing import Stand
from opgavelib.toepassing.teamkwartaal import Teamkwartaal, teamkwartaal
from opgavelib.toepassing.wat_als import Voorstel, oplossingen
from opgavelib.weergave.figuur import Figuur, kolom, records
from opgavelib.weergave.per_leider import per_leider
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.panelen import VOLUIT, Paneel
from opgavelib.widgets.regels import Regels
from opgavelib.widgets.tabel import Tabel
from opgavelib.widgets.veilig import html, vang

# Parts of what is available: the team and quarter from close by has them, the table its sum.
_VAN_DICHTBIJ = ("formatie_uren", "vacature_uren", "verzuim_uren", "inhuur_uren")
_HOOGSTENS = 5  # ways to solve a shortage
AANVRAGEN = (
    kolom("activiteit", "Activiteit"),
    kolom("gevraagd_uren", "Gevraagd", "uren"),
    kolom("toegezegd_uren", "Toegezegd", "uren"),
    kolom("antwoord", "Antwoord"),
)


@dataclass
class Blik:
    """What the whole page looks at; the tabs share it.

    Attributes
    ----------
    scenario : code
    team, kwartaal : the cell that is open in the balance; empty before the first show
    """

    scenario: str = BASIS
    team: str = ""
    kwartaal: str = ""

    def in_stand(self, stand: Stand) -> Scenario:
        """The scenario that is looked at; the base when it is gone."""
        if self.scenario not in stand.scenarios:
            self.scenario = BASIS
        return stand.scenarios[self.scenario]


class Keuze(ipywidgets.Dropdown):
    """A list to choose from that tells what a person chose, and not what the program put in it."""

    def __init__(self, naam: str, bij_keuze: Callable[[str], object]):
        super().__init__(description=naam, style=VOLUIT)
        self._gevuld = False
        self._bij_keuze = bij_keuze
        self.observe(self._gekozen, "value")

    def vul(self, opties: list[tuple[str, str]], gekozen: str) -> None:
        """Offer (label, value), with one of them chosen."""
        self._gevuld = True
        try:
            if tuple(self.options) != tuple(opties):
                self.options = opties
            self.value = gekozen
        finally:
            self._gevuld = False

    @property
    def waarden(self) -> list[str]:
        """What can be chosen."""
        return [waarde for _, waarde in self.options]

    def _gekozen(self, verandering: dict) -> None:
        if not self._gevuld and verandering["new"] is not None:
            self._bij_keuze(verandering["new"])


class Scenariokeuze(Keuze):
    """Which scenario a tab looks at; hidden when there is the base only.

    Parameters
    ----------
    blik : what the page looks at; a choice is put in it
    daarna : called after a choice
    """

    def __init__(self, blik: Blik, daarna: Callable[[], object], naam: str = "Bekijk een scenario"):
        def kies(code: str) -> None:
            blik.scenario = code
            daarna()

        super().__init__(naam, kies)
        self._blik = blik

    def toon(self, stand: Stand) -> Scenario:
        """The scenario of this moment that is looked at."""
        gekozen = self._blik.in_stand(stand)
        nu = " (zoals nu besloten)"
        self.vul([(s.titel + (nu if c == BASIS else ""), c) for c, s in stand.scenarios.items()], gekozen.code)
        self.layout = zichtbaar(len(stand.scenarios) > 1)
        return gekozen


class BalansPaneel(Paneel):
    """Hours over and short per team and quarter.

    Parameters
    ----------
    blik : what the page looks at; a choice made here is put in it
    reken_door : gets a `Voorstel` that somebody wants to look at further

    Attributes
    ----------
    scenario, team, kwartaal : the controls
    beeld, leiders : the views over everything
    som, aanvragen, oplossingen : of the one team and quarter
    """

    def __init__(self, blik: Blik, reken_door: Callable[[Voorstel], object], melding):
        self.blik, self._reken_door = blik, reken_door
        self._voorstellen: list[Voorstel] = []
        super().__init__(melding=melding)

    def _bouw(self) -> ipywidgets.Widget:
        self.beeld = Beeld(
            "Kunnen de teams leveren wat er wordt gevraagd?", "Uren per team en kwartaal, grootste tekort eerst",
            zoeken=True,
        )  # fmt: skip
        self.leiders = Beeld("", "Uren per teamleider, alle kwartalen samen", hoogstens=0)
        vangt = vang(self.melding, "kiezen")
        self.scenario = Scenariokeuze(self.blik, vangt(self._teken))
        self.team = Keuze("Team", vangt(lambda team: self._open(team, self.blik.kwartaal)))
        self.kwartaal = Keuze("Kwartaal", vangt(lambda kwartaal: self._open(self.blik.team, kwartaal)))
        self.beeld.grafiek.observe(vang(self.melding, "kiezen van een vak")(self._klik), "klik")
        self.som = ipywidgets.HTML()
        self.aanvragen = Tabel(hoogstens=7, kiesbaar=False)
        self.oplossingen = Regels(vang(self.melding, "doorrekenen")(self._door), "Wat lost dit op?")
        boven, onder = self.beeld.doos.children
        boven.children = (self.scenario, *boven.children)
        keuze = ipywidgets.HBox([self.team, self.kwartaal]).add_class("ow-tweevelden")
        self._helpt = ipywidgets.VBox([ipywidgets.HTML("<h3>Wat lost dit op?</h3>"), self.oplossingen])
        self._vraagt = ipywidgets.VBox([self.aanvragen]).add_class("ow-kaart")
        delen = [ipywidgets.VBox([keuze, self.som]), self._helpt]
        self._dichtbij = ipywidgets.VBox(delen).add_class("ow-kaart").add_class("ow-dichtbij")
        self._naast = ipywidgets.VBox([boven, self._dichtbij, self._vraagt]).add_class("ow-balans")
        return ipywidgets.VBox([*self._eigen_melding, self._naast, self.leiders.doos, onder])

    def _teken(self) -> None:
        scenario = self.scenario.toon(self.stand)
        uit = self.stand.werk.capaciteit_in(scenario)
        figuur = weergave.belasting(uit)
        iets = not uit.tabel.empty
        if iets:
            kolommen = [k for k in figuur.kolommen if k["kolom"] not in _VAN_DICHTBIJ]
            figuur = replace(figuur, kolommen=kolommen, kerncijfers=kerncijfers(uit))
            figuur = met_kop(figuur, 1, drempels(self.stand))
        self.beeld.toon(figuur)
        self.leiders.toon(per_leider(uit))
        for deel in (self._dichtbij, self._vraagt, self.leiders.doos):
            deel.layout = zichtbaar(iets)
        (self._naast.add_class if iets else self._naast.remove_class)("ow-balans")
        if iets:
            self._zet_vak(uit)
            self._toon_vak(scenario)

    def _zet_vak(self, uit: Capaciteit) -> None:
        """The cell that was open stays open; else the largest shortage is."""
        ergst_team, ergst_kwartaal = uit.tabel["saldo_uren"].idxmin()
        teams, kwartalen = list(uit.tabel.index.unique("team")), list(uit.kwartalen)
        if self.blik.team not in teams or self.blik.kwartaal not in kwartalen:
            self.blik.team, self.blik.kwartaal = ergst_team, ergst_kwartaal
        self.team.vul([(t, t) for t in teams], self.blik.team)
        self.kwartaal.vul([(notatie.kwartaal_voluit(k), k) for k in kwartalen], self.blik.kwartaal)

    def _toon_vak(self, scenario: Scenario) -> None:
        hier = teamkwartaal(self.stand, scenario, self.blik.team, self.blik.kwartaal)
        self.som.value = str(opbouw(hier))
        rijen = records(hier.aanvragen.reset_index(), (*AANVRAGEN, kolom("titel", ""), kolom("deskundigheid", "")))
        for rij in rijen:
            titel = f"{rij['activiteit']} {rij.pop('titel')}"
            rij["activiteit"] = titel + (f" ({d})" if (d := rij.pop("deskundigheid")) else "")
        wanneer = notatie.kwartaal_voluit(self.blik.kwartaal)
        with self.aanvragen.hold_sync():
            self.aanvragen.bijschrift = f"Wat vraagt uren van {self.blik.team} in het {wanneer}?"
            self.aanvragen.kolommen = [dict(k) for k in AANVRAGEN]
            self.aanvragen.rijen = rijen
        self._vraagt.layout = zichtbaar(bool(rijen))
        self._voorstellen = []
        if hier.stand == "fout":
            self._voorstellen = oplossingen(
                self.stand, self.blik.team, self.blik.kwartaal, scenario.code, hoogstens=_HOOGSTENS
            )
        knop = {"soort": "door", "tekst": "Reken door"}
        self.oplossingen.leeg = (
            "Geen verschuiving of inhuur lost dit op. Maak werk kleiner of stop het op het tabblad Wat als."
        )
        self.oplossingen.items = [
            {"id": str(n), "tekst": v.zin, "knoppen": [knop]} for n, v in enumerate(self._voorstellen)
        ]
        self._helpt.layout = zichtbaar(hier.stand == "fout")

    # -- what the person does -----------------------------------------------------------------------

    def _open(self, team: str, kwartaal: str) -> None:
        self.blik.team, self.blik.kwartaal = team, kwartaal
        self._toon_vak(self.blik.in_stand(self.stand))

    def _klik(self, verandering: dict) -> None:
        """A cell of the heatmap: x is the quarter, and its text begins with the team."""
        klik = verandering["new"] or {}
        team, kwartaal = team_van(str(klik.get("customdata"))), klik.get("x")
        if team in self.team.waarden and kwartaal in self.kwartaal.waarden:
            self._open(team, kwartaal)
            self._zet_vak(self.stand.werk.capaciteit_in(self.blik.in_stand(self.stand)))
            self.oplossingen.in_beeld()

    def _door(self, bericht: dict) -> None:
        n = str(bericht.get("id"))
        if bericht.get("soort") == "door" and n.isdecimal() and int(n) < len(self._voorstellen):
            self._reken_door(self._voorstellen[int(n)])


def met_kop(figuur: Figuur, zinnen: int, erbij: str = "") -> Figuur:
    """The first sentences as the conclusion, in large type; the others under it, and what else is to be said."""
    delen = figuur.conclusie.split(". ", zinnen)
    kop = ". ".join(delen[:zinnen]).removesuffix(".") + "."
    return replace(figuur, conclusie=kop, uitleg=" ".join(z for z in (*delen[zinnen:], erbij) if z))


def kerncijfers(uit: Capaciteit) -> list[tuple[str, str]]:
    """The whole balance in a few figures."""
    som = uit.tabel[["ruimte_uren", "gevraagd_uren", "toegezegd_uren", "inhuur_uren"]].sum()
    tekort = uit.tabel[uit.tabel["stand"] == "fout"]
    cijfers = [
        ("Ruimte voor opgaven", notatie.uren(som["ruimte_uren"])),
        ("Gevraagd", notatie.uren(som["gevraagd_uren"])),
        ("Toegezegd", notatie.uren(som["toegezegd_uren"])),
        ("Tekort", notatie.uren(-float(tekort["saldo_uren"].sum()))),
    ]
    return [*cijfers, ("Inhuur", notatie.uren(som["inhuur_uren"]))] if round(som["inhuur_uren"]) else cijfers


def drempels(stand: Stand) -> str:
    """From when a cell asks attention, with the source of that."""
    marge, vanaf = (stand.parameter("capaciteit", n) for n in ("marge_uren", "let_op_vanaf"))
    return (
        "In elk vak: hoeveel van de ruimte is gevraagd, en de uren over (+) of tekort (-). ■ is een tekort van "
        f"meer dan {notatie.getal(marge.waarde, 1)} uur, ▲ (bijna vol) is {notatie.procent(vanaf.waarde, 0)} of "
        f"meer. Bron: {vanaf.bron[0].lower()}{vanaf.bron[1:]}."
    )


def opbouw(hier: Teamkwartaal):
    """The conclusion, and the sum from formatie to what is left as a small table."""
    rijen = [
        html("<tr class='{k}'><th scope='row'>{n}</th><td>{u}</td></tr>", k="som" if totaal else "", n=naam,
             u=notatie.uren(uren) if totaal or n == 0 or uren < 0 else f"+{notatie.uren(uren)}")
        for n, (naam, uren, totaal) in enumerate(hier.opbouw)
    ]  # fmt: skip
    return html(
        "<p class='ow-conclusie'>{z}</p><table class='ow-som'><caption class='ow-alleen-voorlezen'>Van formatie "
        "naar wat er over is</caption><tbody>{r}</tbody></table><p class='ow-onder'>{u}</p>",
        z=hier.zin, r=html("").join(rijen), u=hier.uitleg,
    )  # fmt: skip


def team_van(tekst: str) -> str:
    """Whose cell it is, of the text over that cell.

    >>> team_van("Jeugd, Wmo &amp; Toegang, 3e kwartaal 2027: 120 uur over")
    'Jeugd, Wmo & Toegang'
    """
    return unescape(tekst.rpartition(", ")[0])
