"""Sheets that hold more than one table, or a header in two rows, as the tables that they are.

People put a second table below or beside the first, give every year columns of its own, and merge
a heading over the headers. Each table becomes a sheet of its own with the row and column numbers of
the file, so that everything after this sees one table with one header.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise

from opgavelib.fouten import Ernst
from opgavelib.inlezen.getallen import Onleesbaar, is_leeg, lees_getal
from opgavelib.inlezen.kolominhoud import is_inhoud
from opgavelib.inlezen.kolommen import OPZETTEN, kolommen_van, woordenlijst
from opgavelib.inlezen.koppen import jaar_in, kwartaal_in, normaliseer
from opgavelib.inlezen.kopregel import ZOEK_TOT, Kop, kolomletter, vind_kop
from opgavelib.inlezen.werkblad import Melding, Werkblad

_HOOGSTENS = 12
_JAAR = re.compile(r"20\d\d")
_PLOEGEN = ("lasten_eur", "baten_eur", "salarissen_eur")


def verdeel(blad: Werkblad, *, criteria: Mapping[str, str], naam_hint: str) -> tuple[list[Werkblad], list[Melding]]:
    """The tables of one sheet, and what a user must know about how they were taken apart.

    Parameters
    ----------
    criteria : normalised name or code -> criterium
    naam_hint : file and sheet name, `vlak`

    Returns
    -------
    (sheets, findings); one sheet, the same, when there is nothing to take apart
    """
    blad, meldingen = _een_kopregel(blad)
    blad = _kale_jaren(blad, naam_hint, meldingen)
    zoek = _Zoeker(criteria, naam_hint)
    delen, onder = [], 0
    for naast in _naast(blad, zoek, meldingen):
        for deel in _onder(naast, zoek):
            onder += 1
            delen += _jaren(deel, zoek, meldingen)
    if len(delen) == 1:
        return delen, meldingen
    namen = _namen(blad.naam, delen)
    delen = [replace(d, naam=n) for d, n in zip(delen, namen, strict=True)]
    if onder > 1:
        tekst = f"Op dit blad staan {onder} tabellen; elke tabel is apart gelezen: {', '.join(namen)}."
        meldingen.append(Melding(Ernst.LET_OP, tekst, "Zet elke tabel liever op een eigen blad.", blad.naam))
    return delen, meldingen


class _Zoeker:
    """Finds the header of any kind of table; nobody insisted on anything here."""

    def __init__(self, criteria: Mapping[str, str], naam_hint: str):
        self._criteria, self.naam_hint = criteria, naam_hint
        self._gevonden: dict[int, tuple[Werkblad, Kop | None]] = {}

    def __call__(self, blad: Werkblad) -> Kop | None:
        if not blad.rijen:
            return None
        # A sheet with one table is asked about three times; kept with its answer, so that its id stays its own.
        if id(blad) not in self._gevonden:
            kop = vind_kop(
                blad, OPZETTEN, eigen={}, criteria=self._criteria, naam_hint=self.naam_hint, gok_titel=False
            )
            self._gevonden[id(blad)] = (blad, kop)
        return self._gevonden[id(blad)][1]


def _namen(naam: str, delen: list[Werkblad]) -> list[str]:
    """A name of its own for every part: by its year, else by its number; the first keeps the sheet's."""
    uit: list[str] = []
    for nummer, deel in enumerate(delen, 1):
        eigen = deel.naam if deel.naam != naam else (naam if nummer == 1 else f"{naam} (tabel {nummer})")
        uit.append(eigen if eigen not in uit else f"{eigen} (tabel {nummer})")
    return uit


def _deel(blad: Werkblad, *, rijen: Collection[int] | None = None, kolommen: Collection[int] | None = None,
          naam: str = "") -> Werkblad:  # fmt: skip
    """Only these rows and columns."""

    def mee(rij: int, kolom: int) -> bool:
        return (rijen is None or rij in rijen) and (kolommen is None or kolom in kolommen)

    inhoud = {r: {k: w for k, w in cellen.items() if mee(r, k)} for r, cellen in blad.rijen.items()}
    return replace(
        blad,
        naam=naam or blad.naam,
        rijen={r: cellen for r, cellen in inhoud.items() if cellen},
        samengevoegd=tuple(m for m in blad.samengevoegd if mee(m[0], m[1])),
        **{
            v: frozenset(c for c in getattr(blad, v) if mee(*c))
            for v in ("foutcellen", "zonder_waarde", "verouderd")
        },
    )


def is_kopwoord(waarde: object) -> bool:
    """Whether a cell may be the header of a column of any table."""
    if not isinstance(waarde, str):
        return False
    return bool(kwartaal_in(waarde)) or any(woordenlijst(o.tabel).passend(waarde) for o in OPZETTEN)


# -- a header in two rows ---------------------------------------------------------------------------


def _een_kopregel(blad: Werkblad) -> tuple[Werkblad, list[Melding]]:
    """The sheet with a header of two rows made one."""
    rijen = sorted(blad.rijen)[:ZOEK_TOT]
    for boven, onder in pairwise(rijen):
        if onder == boven + 1 and (koppen := _twee_regels(blad, boven, onder)):
            nieuw = {r: c for r, c in blad.rijen.items() if r != boven} | {onder: koppen}
            tekst = f"De kop staat in twee rijen ({boven} en {onder}) en is samen gelezen."
            return (
                replace(blad, rijen=dict(sorted(nieuw.items()))),
                [Melding(Ernst.INFO, tekst, "Klopt het niet, zet de kop dan in één rij.", blad.naam)],
            )
        # Below a header of one row come rows of the table, and those are never joined.
        cellen = blad.rijen[boven].values()
        if len(cellen) > 1 and 2 * sum(map(is_kopwoord, cellen)) >= len(cellen):
            break
    return blad, []


def _twee_regels(blad: Werkblad, boven: int, onder: int) -> dict[int, str]:
    """One header per column of two rows that complete each other; empty when they do not."""
    hoog, laag = blad.rijen[boven], blad.rijen[onder]
    teksten = [w for w in laag.values() if isinstance(w, str)]
    if len(laag) < 2 or len(teksten) < len(laag) or _is_datarij(hoog, laag):
        return {}
    groep = _groepen(blad, boven, laag)
    # Above a complete header stands a title, or groups that say nothing that it does not say.
    los = [k for k, w in hoog.items() if k not in laag and k not in groep and not is_leeg(w)]
    jaren = any(jaar_in(str(w)) for w in groep.values())
    if not groep or not (jaren or (los and any(map(is_kopwoord, (hoog[k] for k in los))))):
        return {}
    koppen = {k: str(hoog[k]) for k in los}
    for kolom, tekst in laag.items():
        boven_tekst = str(groep.get(kolom, ""))
        if jaar_in(boven_tekst) and not jaar_in(tekst):
            koppen[kolom] = f"{tekst} {boven_tekst}"
        else:
            koppen[kolom] = tekst if is_kopwoord(tekst) or not boven_tekst else f"{boven_tekst} {tekst}"
    bekend = sum(is_kopwoord(koppen[k]) for k in laag)
    return dict(sorted(koppen.items())) if 2 * bekend >= len(laag) else {}


def _is_datarij(hoog: Mapping[int, object], laag: Mapping[int, object]) -> bool:
    """Whether a cell right below a header of its own column is a value of that column: A1 below Code.

    Quarters below one heading that spans them are headers.
    """
    for kolom, waarde in laag.items():
        if not is_kopwoord(hoog.get(kolom)) or (kolom + 1 in laag and kolom + 1 not in hoog):
            continue
        for opzet in OPZETTEN:
            kolommen = kolommen_van(opzet.tabel)
            if any(is_inhoud(waarde, kolommen[k]) for k in woordenlijst(opzet.tabel).passend(str(hoog[kolom]))):
                return True
    return False


def _groepen(blad: Werkblad, boven: int, laag: Mapping[int, object]) -> dict[int, object]:
    """Column -> the heading above it that spans it, merged or followed by empty cells."""
    hoog, uit = blad.rijen[boven], {}
    for kolom, waarde in hoog.items():
        if kolom not in laag:
            continue
        uit[kolom] = waarde
        volgende = kolom + 1
        while volgende in laag and volgende not in hoog:
            uit[volgende] = waarde
            volgende += 1
    return uit


# -- tables beside each other -----------------------------------------------------------------------


def _naast(blad: Werkblad, zoek: _Zoeker, meldingen: list[Melding]) -> list[Werkblad]:
    """Blocks of columns that are tables of their own; all else stays with the block to its left."""
    kop = zoek(blad)
    if kop is None:
        return [blad]
    per_kolom: dict[int, set[int]] = {}
    for rij, cellen in blad.rijen.items():
        if rij >= kop.rij:
            for kolom, waarde in cellen.items():
                if not is_leeg(waarde):
                    per_kolom.setdefault(kolom, set()).add(rij)
    groepen = _aaneen(sorted(per_kolom))
    if len(groepen) < 2:
        return [blad]
    blokken: list[list[int]] = []
    for groep in groepen:
        if blokken and not _is_tabel(zoek(_deel(blad, kolommen=groep))):
            blokken[-1] += groep
        else:
            blokken.append(groep)
    if len(blokken) < 2 or not _is_tabel(zoek(_deel(blad, kolommen=blokken[0]))):
        return [blad]
    gevuld = [frozenset().union(*(per_kolom[k] for k in b)) for b in blokken]
    namen = [{normaliseer(str(blad.rijen[kop.rij].get(k, ""))) for k in b} - {""} for b in blokken]
    # One wide table with an empty column in it is filled to the same row on both sides.
    if len(set(gevuld)) == 1 and not namen[0] & namen[1]:
        waar = " en ".join(f"{kolomletter(b[0])}-{kolomletter(b[-1])}" for b in blokken)
        tekst = f"Tussen de kolommen {waar} staat een lege kolom; ze zijn als één tabel gelezen."
        doe = "Zijn het twee tabellen, zet elke dan op een eigen blad."
        meldingen.append(Melding(Ernst.LET_OP, tekst, doe, blad.naam))
        return [blad]
    # Titles above the header stay with the first table.
    los = {k for c in blad.rijen.values() for k in c} - {k for b in blokken for k in b}
    return [_deel(blad, kolommen=frozenset(b) | (los if i == 0 else set())) for i, b in enumerate(blokken)]


def _aaneen(kolommen: list[int]) -> list[list[int]]:
    """Runs of columns without a gap."""
    uit: list[list[int]] = []
    for kolom in kolommen:
        if uit and kolom == uit[-1][-1] + 1:
            uit[-1].append(kolom)
        else:
            uit.append([kolom])
    return uit


def _is_tabel(kop: Kop | None) -> bool:
    """Whether a block of columns has a header of its own: two known columns, none of them a guess."""
    return kop is not None and len(set(kop.koppeling.kolommen) - kop.koppeling.gokken) >= 2


# -- tables below each other ------------------------------------------------------------------------


def _onder(blad: Werkblad, zoek: _Zoeker) -> list[Werkblad]:
    """Tables with another header of their own, after an empty row or above the header that was found."""
    delen, rest = [], blad
    while len(delen) < _HOOGSTENS and (kop := zoek(rest)) is not None:
        grens = _tabel_erboven(rest, kop, zoek) or _volgende_tabel(rest, kop, zoek)
        if grens is None:
            break
        alle = {*rest.rijen, *(z[0] for z in rest.zonder_waarde)}
        delen.append(_deel(rest, rijen=frozenset(r for r in alle if r < grens)))
        rest = _deel(rest, rijen=frozenset(r for r in alle if r >= grens))
    return [*delen, rest]


def _tabel_erboven(blad: Werkblad, kop: Kop, zoek: _Zoeker) -> int | None:
    """Where the table of this header begins when another table stands above it.

    The best header of a sheet may be that of its last table: the widest.
    """
    begin = _met_titels(blad, kop.rij)
    boven = _deel(blad, rijen=frozenset(r for r in blad.rijen if r < begin))
    kop2 = zoek(boven)
    if kop2 is None or not _is_tabel(kop2) or max(boven.rijen) == kop2.rij:
        return None
    return begin


def _met_titels(blad: Werkblad, rij: int) -> int:
    """The first row of a header with the titles right above it; what is full above those is another table."""
    begin = rij
    while len(blad.rijen.get(begin - 1, {})) == 1:
        begin -= 1
    # A row of one cell that has a full row above it belongs to that.
    return rij if begin - 1 in blad.rijen else begin


def _volgende_tabel(blad: Werkblad, kop: Kop, zoek: _Zoeker) -> int | None:
    rijen = sorted(blad.rijen)
    eigen = {normaliseer(k) for k in kop.koppen.values()}
    for plaats, rij in enumerate(rijen):
        cellen = blad.rijen[rij]
        if rij <= kop.rij + 1 or len(cellen) < 2 or not all(isinstance(w, str) for w in cellen.values()):
            continue
        # A title may stand between the empty row and the header.
        begin = plaats
        while begin > 0 and rijen[begin - 1] == rijen[begin] - 1 and len(blad.rijen[rijen[begin - 1]]) == 1:
            begin -= 1
        if rijen[begin - 1] == rijen[begin] - 1 or 2 * sum(map(is_kopwoord, cellen.values())) < len(cellen):
            continue
        anders = {normaliseer(w) for w in cellen.values()}
        kop2 = zoek(_deel(blad, rijen=frozenset(rijen[plaats:])))
        if kop2 is not None and kop2.rij == rij and _is_tabel(kop2) and anders != eigen:
            return rijen[begin]
    return None


def _kale_jaren(blad: Werkblad, naam_hint: str, meldingen: list[Melding]) -> Werkblad:
    """Bare years above the amounts of a begroting become "Lasten 2027": a budget says nothing else by them."""
    for rij in sorted(blad.rijen)[:ZOEK_TOT]:
        koppen = blad.rijen[rij]
        jaren = {k: str(w).strip() for k, w in koppen.items() if _JAAR.fullmatch(str(w).strip())}
        overig = {normaliseer(str(w)) for k, w in koppen.items() if k not in jaren}
        lijst = woordenlijst("begroting")
        bekend = {ons for kop in overig for ons in lijst.passend(kop)}
        if not jaren or not bekend & {"taakveld", "programma"} or "lasten_eur" in bekend or len(koppen) < 2:
            continue
        onder = [blad.rijen[r][k] for r in blad.rijen if r > rij for k in jaren if k in blad.rijen[r]]
        if not ("begroting" in naam_hint or "taakveld" in bekend) or not any(map(_is_bedrag, onder)):
            continue
        nieuw = {k: f"Lasten {jaren[k]}" if k in jaren else w for k, w in koppen.items()}
        tekst = f"De kolommen {', '.join(jaren.values())} zijn gelezen als de lasten van die jaren."
        doe = "Zijn het geen lasten, zet dan in de kop wat het zijn."
        meldingen.append(Melding(Ernst.LET_OP, tekst, doe, blad.naam, rij))
        return replace(blad, rijen={**blad.rijen, rij: nieuw})
    return blad


def _is_bedrag(waarde: object) -> bool:
    try:
        return not isinstance(waarde, bool) and lees_getal(waarde, "bedrag")[0] is not None
    except Onleesbaar:
        return False


# -- a year in every header -------------------------------------------------------------------------


def _jaren(blad: Werkblad, zoek: _Zoeker, meldingen: list[Melding]) -> list[Werkblad]:
    """A budget with columns per year as one table per year; amounts of two years never share a row.

    When the name of file or sheet says which year it is of, only that year is read.
    """
    kop = zoek(blad)
    if kop is None or kop.koppeling.opzet.tabel != "begroting" or "jaar" in kop.koppeling.naar:
        return [blad]
    lijst = woordenlijst("begroting")
    per_soort: dict[str, dict[int, int]] = {}
    for kolom, tekst in kop.koppen.items():
        if (jaar := jaar_in(tekst)) and (past := lijst.passend(tekst)):
            ons = max(past, key=past.__getitem__)
            if ons in _PLOEGEN:
                per_soort.setdefault(ons, {})[kolom] = jaar
    van_jaar = {k: j for kolommen in per_soort.values() for k, j in kolommen.items()}
    lasten = sorted(set(per_soort.get("lasten_eur", {}).values()))
    if not lasten or len(set(van_jaar.values())) < 2:
        return [blad]
    # A file of one year that shows others beside it is of that year; `koppel` takes its columns.
    eigen = jaar_in(zoek.naam_hint)
    if eigen in lasten:
        lasten = [eigen]
        van_jaar = {k: j for p in per_soort.values() if eigen not in p.values() for k, j in p.items()}
    over = sorted(k for k, j in van_jaar.items() if j not in lasten)
    if over:
        namen = ", ".join(f"'{kop.koppen[k]}'" for k in over)
        tekst = f"Van dat jaar zijn er geen lasten; niet gelezen: {namen}."
        meldingen.append(Melding(Ernst.LET_OP, tekst, "Voeg de lasten van dat jaar toe.", blad.naam))
    alle = {k for c in blad.rijen.values() for k in c} | {k for _, k in blad.zonder_waarde}
    if len(lasten) > 1:
        jaren = ", ".join(map(str, lasten))
        tekst = f"Er zijn kolommen per jaar ({jaren}): elke rij telt voor elk jaar één keer."
        meldingen.append(
            Melding(Ernst.LET_OP, tekst, "Wilt u één jaar, haal de andere kolommen dan weg.", blad.naam)
        )
    uit = []
    for jaar in lasten:
        mee = frozenset(k for k in alle if van_jaar.get(k, jaar) == jaar)
        uit.append(_deel(blad, kolommen=mee, naam=f"{blad.naam} ({jaar})" if len(lasten) > 1 else ""))
    return uit
