"""The sheet that adds the begroting up: lean, opgave and unknown in every cut, in whole euros that reconcile.

The program rounds a cut once, at the end: every row down, and the largest remainders up until the column is the
rounded total (`opgavelib.domein.begroting.afronden`). The formulas do the same, with the remainders in columns
beside it, so that a changed input moves the same euro.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opgavelib.domein.begroting import OVERHEAD, Overhead
from opgavelib.rapport.werkboek.delen import Kolom, Lijst, aandeel, aandeel_boven_nul, nieuw_blad
from opgavelib.rapport.werkboek.gegevens import GEEN_NOEMER, Gegevens
from opgavelib.rapport.werkboek.model import (
    Blad,
    Cel,
    Kleurregel,
    Rol,
    Stijl,
    Vorm,
    adres,
    bereik,
    formule,
    getal,
    is_leeg,
    plek,
    rijen_van,
    tekst,
)

LEAN_OPGAVE = "Lean en opgave"
# In the order in which equal remainders get a euro in the total.
_MATEN = ("opgave_eur", "onbekend_eur", "lean_eur")
_UREN = ("lean_uren", "opgave_uren")
_NORM = ("norm_lean_eur", "norm_opgave_eur")
_BUITEN = "norm_buiten_eur"
# Decimals that count in a remainder: sums of cells are not exact further down.
_DECIMALEN = 5
_KOLOMMEN = (
    Kolom("naam", "Indeling", 36),
    Kolom("wie", "Teamleider of naam", 32),
    Kolom("domein", "Domein", 16),
    Kolom("lasten_eur", "Lasten", 16, Vorm.BEDRAG),
    Kolom("lean_eur", "Lean", 16, Vorm.BEDRAG),
    Kolom("opgave_eur", "Opgave", 16, Vorm.BEDRAG),
    Kolom("onbekend_eur", "Onbekend", 16, Vorm.BEDRAG),
    Kolom("norm_lean_eur", "Lean voor de norm", 16, Vorm.BEDRAG),
    Kolom("norm_opgave_eur", "Opgave voor de norm", 16, Vorm.BEDRAG),
    Kolom("norm_buiten_eur", "Telt niet mee voor de norm", 16, Vorm.BEDRAG),
    Kolom("opgave_aandeel_eur", "Aandeel opgave in euro's", 13, Vorm.AANDEEL),
    Kolom("lean_uren", "Uren lean per jaar", 12, Vorm.UREN),
    Kolom("opgave_uren", "Uren opgave per jaar", 12, Vorm.UREN),
    Kolom("opgave_aandeel_uren", "Aandeel opgave in uren", 13, Vorm.AANDEEL),
)
_HULP = (
    Kolom("volgorde", "Hulp: volgorde", 10, Vorm.GEHEEL),
    *(Kolom(f"{wat}_{m}", f"Hulp: {m.split('_')[0]} {woord}", 14, Vorm.GETAL)
      for m in _MATEN for wat, woord in (("exact", "onafgerond"), ("rest", "rest"))),
)  # fmt: skip
_ALLES = (*_KOLOMMEN, *_HULP)
_NUMMER = {k.naam: n for n, k in enumerate(_ALLES)}
_OORDELEN = ("● binnen de marge van de norm", "■ boven de norm", "■ onder de norm")


@dataclass(frozen=True)
class _Sectie:
    """One cut: its key in `Gegevens.sneden`, its words, and the column of sheet Begroting (`van_regels`) or, of the
    teams above it (`van_teams`), that it adds up by."""

    sleutel: str
    kop: str
    van_regels: str = ""
    van_teams: str = ""


_SECTIES = (
    _Sectie("team", "Per team", van_regels="team"),
    _Sectie("teamleider", "Per teamleider", van_teams="wie"),
    _Sectie("domein", "Per domein", van_teams="domein"),
    _Sectie("programma", "Per programma", van_regels="programma"),
    _Sectie("taakveld", "Per taakveld", van_regels="taakveld"),
    _Sectie("structureel", "Structureel en incidenteel", van_regels="structureel"),
)


def lean_opgave(g: Gegevens, regels: Lijst, formatie: Lijst) -> Blad:
    """Lean, opgave and unknown in total and in every cut, in euros and, where teams are known, in hours."""
    blad = nieuw_blad(
        LEAN_OPGAVE,
        "Lean en opgave",
        "Euro's tellen op uit blad Begroting, uren uit blad Formatie: die zijn afgeleid en horen niet bij de norm. "
        "Hele euro's die op elke manier van tellen op hetzelfde totaal uitkomen.",
        _ALLES,
    )
    blad.kop = blad.voeg_toe(
        *[Cel(k.kop, Stijl(k.vorm, Rol.KOP)) for k in _KOLOMMEN],
        *[Cel(k.kop, Stijl(k.vorm, Rol.UITLEG, terugloop=True)) for k in _HULP],
    )
    blad.vaste_kolommen, blad.afdruk_tot = 1, len(_KOLOMMEN)
    bouw = _Bouw(blad, g, regels, formatie, blad.volgende)
    bouw.totaalrij()
    blad.voeg_toe(*_norm(bouw.totaal, g))
    blad.kleurregels.append(Kleurregel(bouw.totaal + 1, bouw.totaal + 1, 2))
    for sectie in _SECTIES:
        if len(g.sneden.get(sectie.sleutel, ())):
            bouw.sectie(sectie)
    return blad


@dataclass
class _Bouw:
    """Adds the rows; remembers where the total and the teams stand."""

    blad: Blad
    g: Gegevens
    regels: Lijst
    formatie: Lijst
    totaal: int
    teams: tuple[int, int] = (0, 0)

    @property
    def verdeeld(self) -> bool:
        """Overhead was spread: then no amount is a whole euro to begin with."""
        return self.g.overhead == Overhead.VERDELEN

    def totaalrij(self) -> None:
        c = _adressen(self.totaal)
        formules = {f"exact_{m}": f"ROUND({self.regels.som(m)},{_DECIMALEN})" for m in _MATEN} | _resten(c)
        formules |= self._voor_de_norm(())
        formules["lasten_eur"] = f"ROUND(ROUND({self.regels.som('lasten_eur')},2),0)"
        over = "-".join([c["lasten_eur"], *(f"INT({c[f'exact_{m}']})" for m in _MATEN)])
        for n, m in enumerate(_MATEN):
            # Who has a larger remainder goes first; with an equal one who is earlier in the list.
            voor = [f"IF({c[f'rest_{a}']}{'>=' if i < n else '>'}{c[f'rest_{m}']},1,0)"
                    for i, a in enumerate(_MATEN) if i != n]  # fmt: skip
            formules[m] = f"INT({c[f'exact_{m}']})+IF({'+'.join(voor)}<{over},1,0)"
        formules |= self._aandelen(c) | {u: self.formatie.som(u) for u in _UREN}
        self._rij("Totaal", self.g.totaal, formules, Rol.TOTAAL)

    def sectie(self, sectie: _Sectie) -> None:
        """A sub-heading and a row per key."""
        tabel = self.g.sneden[sectie.sleutel]
        self.blad.voeg_toe()
        self.blad.voeg_toe(*[tekst(sectie.kop if not n else None, Rol.TUSSENKOP) for n in range(len(_KOLOMMEN))])
        eerste = self.blad.volgende
        laatste = eerste + len(tabel) - 1
        if sectie.sleutel == "team":
            self.teams = (eerste, laatste)
        op_naam = {naam: n for n, naam in enumerate(sorted(map(str, tabel.index)), 1)}
        for rij in rijen_van(tabel.rename_axis("_sleutel")):
            naam = str(rij["_sleutel"])
            if sectie.van_teams:
                formules = self._uit_teams(sectie)
            else:
                formules = self._uit_regels(sectie, naam, eerste, laatste)
            self._rij(naam, {**rij, "volgorde": op_naam[naam]}, formules, Rol.UITKOMST)

    def _uit_teams(self, sectie: _Sectie) -> dict[str, str]:
        """Sums of the rounded teams, so that a domein is what its teams are."""
        c = _adressen(self.blad.volgende)
        sleutels = bereik(LEAN_OPGAVE, _NUMMER[sectie.van_teams], *self.teams)
        maten = ("lasten_eur", *_MATEN, *_NORM, _BUITEN, *_UREN)
        uit = {
            m: f"SUMPRODUCT(--EXACT({sleutels},{c['naam']}),{bereik(LEAN_OPGAVE, _NUMMER[m], *self.teams)})"
            for m in maten
        }
        return uit | self._aandelen(c)

    def _uit_regels(self, sectie: _Sectie, naam: str, eerste: int, laatste: int) -> dict[str, str]:
        """Sums of the lines, rounded so that the rows of this section are the total."""
        c = _adressen(self.blad.volgende)
        eisen, sleutel = self._eisen(sectie, naam, c["naam"])
        som = {m: self.regels.som(m, eisen, **sleutel) for m in ("lasten_eur", *_MATEN)}
        uit = {f"exact_{m}": f"ROUND({som[m]},{_DECIMALEN})" for m in _MATEN} | _resten(c)
        uit |= self._voor_de_norm(eisen, **sleutel)
        uit |= {m: self._naar_heel(m, c, eerste, laatste) for m in _MATEN}
        uit["lasten_eur"] = "+".join(c[m] for m in _MATEN)
        if not self.verdeeld:
            # While the lasten of every row are whole euros, lean is what is left of them; else it is rounded too.
            over = f"ROUND({som['lasten_eur']},0)-{c['opgave_eur']}-{c['onbekend_eur']}"
            uit["lean_eur"] = f"IF({_heeft_centen(eerste, laatste)},{uit['lean_eur']},{over})"
        if sectie.sleutel == "team":
            uit |= {u: self.formatie.som(u, team=c["naam"]) for u in _UREN}
        return uit | self._aandelen(c, uren="lean_uren" in uit)

    def _voor_de_norm(self, eisen: Sequence[str], **sleutel: str) -> dict[str, str]:
        """What of lean and opgave the share is made of: the lines that count for the norm; and the lasten of the
        others."""
        telt = self.regels.bereik("binnen_norm")
        uit = {m: self.regels.som(m.removeprefix("norm_"), (*eisen, telt), **sleutel) for m in _NORM}
        return uit | {_BUITEN: self.regels.som("lasten_eur", (*eisen, f"1-{telt}"), **sleutel)}

    def _eisen(self, sectie: _Sectie, naam: str, cel: str) -> tuple[Sequence[str], Mapping[str, str]]:
        """Which lines: those with this name; with overhead in a row of its own, that row has all overhead."""
        if self.g.overhead != Overhead.EIGEN_REGEL or sectie.sleutel not in ("team", "programma"):
            return (), {sectie.van_regels: cel}
        overhead = self.regels.bereik("is_overhead")
        if naam == OVERHEAD:
            return (f"--({overhead}=1)",), {}
        return (f"--({overhead}=0)",), {sectie.van_regels: cel}

    def _naar_heel(self, maat: str, c: Mapping[str, str], eerste: int, laatste: int) -> str:
        exact, rest, volgorde = (
            bereik(LEAN_OPGAVE, _NUMMER[k], eerste, laatste) for k in (f"exact_{maat}", f"rest_{maat}", "volgorde")
        )
        over = f"{plek(LEAN_OPGAVE, self.totaal, _NUMMER[maat])}-SUMPRODUCT(INT({exact}))"
        voor = (
            f"SUMPRODUCT(--({rest}>{c[f'rest_{maat}']}))"
            f"+SUMPRODUCT(--({rest}={c[f'rest_{maat}']}),--({volgorde}<{c['volgorde']}))"
        )
        return f"INT({c[f'exact_{maat}']})+IF({voor}<{over},1,0)"

    @staticmethod
    def _aandelen(c: Mapping[str, str], *, uren: bool = True) -> dict[str, str]:
        uit = {
            "opgave_aandeel_eur": aandeel_boven_nul(c["norm_opgave_eur"], c["norm_lean_eur"]),
        }
        if uren:
            uit["opgave_aandeel_uren"] = aandeel(c["opgave_uren"], f"({c['lean_uren']}+{c['opgave_uren']})")
        return uit

    def _rij(self, naam: str, uitkomst: Mapping[str, object], formules: Mapping[str, str], rol: Rol) -> None:
        waarden = dict(uitkomst) | {"naam": naam}
        for k in ("opgave_aandeel_eur", "opgave_aandeel_uren"):
            if is_leeg(waarden.get(k)):
                waarden[k] = GEEN_NOEMER
        for m in _MATEN:
            if f"exact_{m}" in formules:
                exact = round(float(waarden[f"exact_{m}"]), _DECIMALEN)  # type: ignore[arg-type]
                waarden |= {f"exact_{m}": exact, f"rest_{m}": round(exact - exact // 1, _DECIMALEN)}
        rollen = [rol if rol == Rol.TOTAAL else Rol.GEWOON] * 3 + [rol] * (len(_KOLOMMEN) - 3)
        rollen += [Rol.UITLEG] * len(_HULP)
        cellen = []
        for k, eigen in zip(_ALLES, rollen, strict=True):
            if k.naam in formules:
                cellen.append(formule(formules[k.naam], waarden[k.naam], k.vorm, eigen))
            elif k.vorm == Vorm.TEKST:
                cellen.append(tekst(waarden.get(k.naam), eigen))
            else:
                cellen.append(getal(waarden.get(k.naam) if k.naam == "volgorde" else None, k.vorm, eigen))
        self.blad.voeg_toe(*cellen)


def _heeft_centen(eerste: int, laatste: int) -> str:
    """Whether the lasten of some row, before rounding, are no whole euros."""
    lasten = "+".join(bereik(LEAN_OPGAVE, _NUMMER[f"exact_{m}"], eerste, laatste) for m in _MATEN)
    return f"SUMPRODUCT(--(ROUND({lasten},2)<>ROUND({lasten},0)))>0"


def _adressen(nummer: int) -> dict[str, str]:
    return {k.naam: adres(nummer, n) for n, k in enumerate(_ALLES)}


def _resten(c: Mapping[str, str]) -> dict[str, str]:
    return {f"rest_{m}": f"ROUND({c[f'exact_{m}']}-INT({c[f'exact_{m}']}),{_DECIMALEN})" for m in _MATEN}


def _norm(totaal: int, g: Gegevens) -> list[Cel]:
    """What the norm says of the total."""
    deel, norm = adres(totaal, _NUMMER["opgave_aandeel_eur"]), {n.naam: n.waarde for n in g.normen}
    doel = "(1-lean_norm)"
    goed, boven, onder = _OORDELEN
    # Rounded, so that 25% is on the limit of 20% with 5% around it and not above it.
    binnen = f"ROUND(ABS({deel}-{doel}),9)<=tolerantie"
    toets = (
        f'IF({deel}="{GEEN_NOEMER}","{GEEN_NOEMER}",IF({binnen},"{goed}",IF({deel}>{doel},"{boven}","{onder}")))'
    )
    aandeel_nu, uitkomst = g.totaal.get("opgave_aandeel_eur"), GEEN_NOEMER
    if not is_leeg(aandeel_nu):
        verschil = round(float(aandeel_nu) - (1 - norm["lean_norm"]), 9)  # type: ignore[arg-type]
        uitkomst = goed if abs(verschil) <= norm["tolerantie"] else boven if verschil > 0 else onder
    return [
        tekst("De norm voor opgaven"),
        formule("1-lean_norm", 1 - norm["lean_norm"], Vorm.AANDEEL),
        formule(toets, uitkomst, Vorm.TEKST),
    ]
