"""How lean and opgave are reckoned: the norm and its switches, tried out at once, and kept with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import ipywidgets
from markupsafe import Markup

from opgavelib import parameters
from opgavelib.domein.begroting import Norm, Overhead
from opgavelib.fouten import BesluitFout
from opgavelib.toepassing import Stand
from opgavelib.weergave.parameterwoorden import beschrijf, naam_van
from opgavelib.widgets.beeld import zichtbaar
from opgavelib.widgets.handelingen import Handelingen
from opgavelib.widgets.panelen import VOLUIT, knoppen
from opgavelib.widgets.veilig import Melding, html, vang

GROEP = "begroting"
_CODE = re.compile(r"\d{1,2}(\.\d{1,3}[a-z]?)?")
_OVERHEAD = (
    ("Telt mee", Overhead.MEETELLEN),
    ("Eigen regel", Overhead.EIGEN_REGEL),
    ("Verdelen", Overhead.VERDELEN),
)
_LAATSTE = "laatste"
_UITKLAP = (
    "<details class='ow-uitklap'><summary>De standaard, en waar die vandaan komt</summary><ul>{b}</ul></details>"
)


class NormBediening:
    """The controls, and what they differ from.

    Parameters
    ----------
    handelingen : stores what is kept
    bij_wijziging : called when a control moved

    Attributes
    ----------
    lean, tolerantie, buiten, overhead, jaar : the controls; shares in percent
    reden, bewaar, standaard : keeping what is on screen, and going back to the standard
    melding : where errors are shown, near the controls
    doos : the widget to display
    """

    def __init__(self, handelingen: Handelingen, bij_wijziging: Callable[[], object]):
        self._handelingen = handelingen
        self._bij_wijziging = bij_wijziging
        self._stand: Stand | None = None
        self._bewaard: dict[str, object] = {}
        self._sinds: int | None = None  # the version on screen when the first control was moved
        self._buiten: list[str] = []  # the last list of codes that could be read
        self._procent = (0.0, 0.0)  # norm and margin as they could last be read
        self._stil = False
        self.overhead = knoppen("Overhead (taakveld 0.4)", [(naam, str(o)) for naam, o in _OVERHEAD])
        procent = {"step": 1, "style": VOLUIT}
        self.lean = ipywidgets.FloatText(description="Norm voor lean, in % van het budget", **procent)
        self.tolerantie = ipywidgets.FloatText(description="Marge om de norm, in procentpunt", **procent)
        self.buiten = ipywidgets.Text(
            description="Taakvelden die niet meetellen in het aandeel", continuous_update=False, style=VOLUIT,
            placeholder="bijvoorbeeld 0.10, 0.11",
        )  # fmt: skip
        self.jaar = ipywidgets.Dropdown(description="Begrotingsjaar", style=VOLUIT, options=[("Laatste", _LAATSTE)])
        self.reden = ipywidgets.Text(description="Reden om dit te bewaren", style=VOLUIT)
        self.bewaar = ipywidgets.Button(description="Bewaar voor deze werkmap", button_style="primary")
        self.standaard = ipywidgets.Button(description="Terug naar standaard")
        self._uitleg = ipywidgets.HTML()
        self.melding = Melding()
        doe = vang(self.melding, "herberekenen")(lambda _: self._gewijzigd())
        for bediening in (self.overhead, self.lean, self.tolerantie, self.buiten, self.jaar):
            bediening.observe(doe, "value")
        self.bewaar.on_click(vang(self.melding, "bewaren")(lambda _: self._bewaar()))
        self.standaard.on_click(vang(self.melding, "terugzetten")(lambda _: self._naar_standaard()))
        kop = ipywidgets.HTML(str(html("<h2 class='ow-vraag'>Hoe wordt er gerekend?</h2>")))
        getallen = ipywidgets.HBox([self.lean, self.tolerantie]).add_class("ow-rij")
        self._vastleggen = ipywidgets.VBox([self.reden, self.bewaar]).add_class("ow-stapel")
        bediening = [self.overhead, getallen, self.buiten, self.jaar]
        onder = [self.melding, self._uitleg, self._vastleggen, self.standaard]
        self.doos = ipywidgets.VBox([kop, *bediening, *onder]).add_class("ow-kaart")

    # -- what is on screen ------------------------------------------------------------------------------

    @property
    def norm(self) -> Norm:
        """The norm as the controls have it; of taakvelden the last list that could be read."""
        w = self._waarden()
        return replace(
            self._stand.geld.norm,
            lean_aandeel=w["lean_norm"],
            tolerantie=w["tolerantie"],
            buiten=frozenset(w["buiten_norm"]),
            overhead=Overhead(w["overhead"]),
        )

    @property
    def gekozen_jaar(self) -> int | None:
        """The year; None is the last that was read."""
        jaar = self._waarden()["peiljaar"]
        return jaar if jaar is not None or not self._stand.geld.jaren else self._stand.geld.jaren[-1]

    def toon(self, stand: Stand) -> None:
        """Follow what the werkmap keeps; a control that somebody moved here stays where it is."""
        self._stand = stand
        nieuw = {naam: stand.waarde(GROEP, naam) for naam in self._standaard()}
        nieuw["peiljaar"] = self._jaar(nieuw["peiljaar"])
        jaren = stand.geld.jaren
        self._stil = True
        try:
            opties = [("Laatste", _LAATSTE), *((str(j), j) for j in reversed(jaren))]
            if list(self.jaar.options) != opties:
                was = self.jaar.value
                self.jaar.options = opties
                self.jaar.value = was if was in [w for _, w in opties] else _LAATSTE
            self.jaar.layout = zichtbaar(len(jaren) > 1)
            nu = self._waarden() if self._bewaard else {}
            for naam, waarde in nieuw.items():
                if not nu or _gelijk(nu[naam], self._bewaard[naam]):
                    self._zet(naam, waarde)
            self._bewaard = nieuw
        finally:
            self._stil = False
        self._leg_uit()

    def _waarden(self) -> dict[str, object]:
        """By name of the parameter."""
        return {
            "lean_norm": round(self._procent[0] / 100, 6),
            "tolerantie": round(self._procent[1] / 100, 6),
            "buiten_norm": self._buiten,
            "overhead": str(self.overhead.value),
            "peiljaar": self._jaar(None if self.jaar.value == _LAATSTE else self.jaar.value),
        }

    def _jaar(self, jaar: int | None) -> int | None:
        """None for the last year: naming it is no deviation."""
        jaren = self._stand.geld.jaren if self._stand is not None else []
        return None if jaren and jaar == jaren[-1] else jaar

    def _zet(self, naam: str, waarde: object) -> None:
        match naam:
            case "lean_norm":
                self.lean.value = round(100 * float(waarde), 4)
                self._procent = (self.lean.value, self._procent[1])
            case "tolerantie":
                self.tolerantie.value = round(100 * float(waarde), 4)
                self._procent = (self._procent[0], self.tolerantie.value)
            case "buiten_norm":
                self._buiten = sorted(waarde, key=_nummers)
                self.buiten.value = ", ".join(self._buiten)
            case "overhead":
                self.overhead.value = str(waarde)
            case "peiljaar":
                bekend = [w for _, w in self.jaar.options]
                self.jaar.value = waarde if waarde in bekend else _LAATSTE

    @staticmethod
    def _standaard() -> dict[str, object]:
        """What data/parameters says."""
        namen = ("lean_norm", "tolerantie", "buiten_norm", "overhead", "peiljaar")
        return {naam: parameters.waarde(GROEP, naam) for naam in namen}

    def _gewijzigd(self) -> None:
        if self._stil or self._stand is None:
            return
        self._lees()
        self._leg_uit()
        self._bij_wijziging()

    def _lees(self) -> None:
        """Take over what was typed; what cannot be is said, and the last that could be counts."""
        for veld in (self.lean, self.tolerantie):
            if not 0 <= veld.value <= 100:
                raise BesluitFout(f"{veld.description}: vul een getal van 0 tot en met 100 in.")
        self._procent = (self.lean.value, self.tolerantie.value)
        self._buiten = _codes(self.buiten.value)

    def _zonder_regels(self) -> str:
        """Which codes no line of the begroting has."""
        bekend = set(self._stand.geld.regels["taakveld"])
        extra = set(self._buiten) - set(self._standaard()["buiten_norm"])
        leeg = sorted(extra - bekend, key=_nummers)
        return f"Op {' en '.join(leeg)} staan geen regels." if leeg else ""

    # -- what differs -----------------------------------------------------------------------------------

    def _leg_uit(self) -> None:
        nu, standaard = self._waarden(), self._standaard()
        anders = [n for n in nu if not _gelijk(nu[n], standaard[n])]
        los = [n for n in nu if not _gelijk(nu[n], self._bewaard[n])]
        if not los:
            self._sinds = None
        elif self._sinds is None:
            self._sinds = self._stand.versie
        zin = "<p>Alles staat op de standaard van dit werkboek.</p>"
        if anders:
            punten = Markup().join(self._afwijking(n, nu[n], standaard[n], bewaard=n not in los) for n in anders)
            zin = html("<p class='ow-letop'>▲ Dit wijkt af van de standaard:</p><ul>{p}</ul>", p=punten)
        if los:
            zin = Markup(zin) + html("<p>{t}</p>", t="Wat u nu ziet, is nog niet bewaard.")  # noqa: S704
        bronnen = Markup().join(
            html("<li>{n}: {w}. {b}</li>", n=naam_van(f"{GROEP}.{n}"), w=_tekst(n, w), b=_zin(self._bron(n)))
            for n, w in standaard.items()
        )
        if geen := self._zonder_regels():
            zin = Markup(zin) + html("<p class='ow-letop'>▲ {t}</p>", t=geen)  # noqa: S704
        self._uitleg.value = str(Markup(zin) + html(_UITKLAP, b=bronnen))  # noqa: S704
        self._vastleggen.layout = zichtbaar(bool(los))
        self.standaard.layout = zichtbaar(bool(anders))

    def _afwijking(self, naam: str, nu: object, standaard: object, *, bewaard: bool) -> Markup:
        waar = " (bewaard in deze werkmap)" if bewaard else ""
        tekst = (
            f"{naam_van(f'{GROEP}.{naam}')}: {_tekst(naam, nu)}{waar}. De standaard is {_tekst(naam, standaard)}: "
            f"{_zin(self._bron(naam))}"
        )
        return html("<li>{t}</li>", t=tekst)

    @staticmethod
    def _bron(naam: str) -> str:
        return " ".join(parameters.parameter(GROEP, naam).bron.split())

    # -- keeping ----------------------------------------------------------------------------------------

    def _bewaar(self) -> None:
        self._lees()
        nu, standaard = self._waarden(), self._standaard()
        wensen = {
            f"{GROEP}.{n}": None if _gelijk(w, standaard[n]) else w
            for n, w in nu.items()
            if not _gelijk(w, self._bewaard[n])
        }
        if not wensen:
            raise BesluitFout("Er is niets veranderd ten opzichte van wat de werkmap al bewaart.")
        self._handelingen.eis_naam()
        reden = self.reden.value.strip()
        if not reden:
            raise BesluitFout("Schrijf bij 'Reden om dit te bewaren' waarom u anders rekent dan de standaard.")
        wat = ", ".join(f"{naam_van(k)} {beschrijf(k, w)}" for k, w in wensen.items())
        wie, werkmap = self._handelingen.eis_naam(), self._stand.werkmap
        with self._handelingen.begonnen_bij(self._sinds):
            gelukt = self._handelingen.doe(wat, lambda g: werkmap.zet_parameters(wensen, wie, reden, gezien=g))
        if gelukt:
            self.reden.value = ""

    def _naar_standaard(self) -> None:
        self._stil = True
        try:
            for naam, waarde in self._standaard().items():
                self._zet(naam, waarde)
        finally:
            self._stil = False
        self._gewijzigd()


def _codes(tekst: str) -> list[str]:
    codes = [c for c in re.split(r"[,;\s]+", tekst.strip()) if c and c != "en"]
    if fout := [c for c in codes if not _CODE.fullmatch(c)]:
        raise BesluitFout(f"'{fout[0]}' is geen taakveldcode. Schrijf codes als 0.10, met een komma ertussen.")
    return sorted(set(codes), key=_nummers)


def _nummers(code: str) -> tuple:
    return tuple((int(re.match(r"\d+", d).group()), d) for d in code.split("."))


def _gelijk(a: object, b: object) -> bool:
    if isinstance(a, list | tuple | set | frozenset) or isinstance(b, list | tuple | set | frozenset):
        return sorted(a or ()) == sorted(b or ())
    return a == b


def _tekst(naam: str, waarde: object) -> str:
    if naam == "peiljaar":
        return "het laatste jaar" if waarde is None else str(waarde)
    if naam == "overhead":
        return next(t.lower() for t, o in _OVERHEAD if str(o) == str(waarde))
    return beschrijf(f"{GROEP}.{naam}", waarde)


def _zin(tekst: str) -> str:
    return tekst if tekst.endswith(".") else f"{tekst}."
