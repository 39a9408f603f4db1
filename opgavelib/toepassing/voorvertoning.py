"""What reading files would do to a werkmap: shown first, then applied exactly as shown."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from opgavelib import notatie
from opgavelib.fouten import Bevinding, Ernst, InvoerFout, OpgaveFout
from opgavelib.opslag import Verwerkt, Werkmap
from opgavelib.opslag.proef import AndersFout, Proef, Tabelverschil, bestaat, probeer
from opgavelib.opslag.proef import pas_toe as _pas_toe
from opgavelib.toepassing.stand import Stand

if TYPE_CHECKING:
    from opgavelib.inlezen import Inlezing
    from opgavelib.inlezen.keuzes import Bladkeuze, Vraag
    from opgavelib.inlezen.koppelvoorstel import Koppelvoorstel
    from opgavelib.parameters import Criterium

# Our column -> the columns of the werkmap whose values it may hold.
_NAMEN = {
    "portefeuillehouder": (("ambities", "portefeuillehouder"), ("stemmen", "collegelid")),
    "collegelid": (("stemmen", "collegelid"), ("ambities", "portefeuillehouder")),
    "bestuurlijk_opdrachtgever": (("opgaven", "bestuurlijk_opdrachtgever"), ("stemmen", "collegelid")),
    "ambtelijk_opdrachtgever": (("opgaven", "ambtelijk_opdrachtgever"),),
    "opdrachtnemer": (("opgaven", "opdrachtnemer"),),
    "teamleider": (("teams", "teamleider"),),
    "beoordelaar": (("scores", "beoordelaar"),),
    "team": (("teams", "team"),),
    "programma": (("ambities", "programma"), ("begroting", "programma")),
    "gebied": (("ambities", "gebied"),),
    "opgave": (("opgaven", "opgave"), ("opgaven", "titel")),
    "activiteit": (("activiteiten", "activiteit"),),
}


@dataclass(frozen=True)
class Voorvertoning:
    """What reading would do, at one moment.

    Attributes
    ----------
    bestanden : path -> sha256 of the file as it was judged, empty when it could not be read
    inlezing : what came through the gate, with how every sheet was understood
    proef : what storing would do, None when the gate refused
    vraag : what was known beforehand, with what the person chose per sheet
    """

    adres: str | Path
    bestanden: Mapping[Path, str]
    inlezing: Inlezing
    proef: Proef | None
    vraag: Vraag
    soort: str | None = None
    kolommen: Mapping[str, str] = field(default_factory=dict)

    @property
    def bevindingen(self) -> tuple[Bevinding, ...]:
        """All findings, of gate and storing."""
        return (*self.inlezing.bevindingen, *(self.proef.bevindingen if self.proef else ()))

    @property
    def voorstellen(self) -> tuple[Koppelvoorstel, ...]:
        """How every sheet was understood."""
        return self.inlezing.voorstellen

    @property
    def kan(self) -> bool:
        """Whether it can be applied: no errors, and something to read."""
        return self.proef is not None and self.proef.verwerkt is not None and bool(self.inlezing.bladen)

    @property
    def verandert(self) -> bool:
        """Whether applying it changes any row; the same file again does not."""
        return any(n for wat, n in self.telling.items() if wat != "ongewijzigd")

    @property
    def telling(self) -> dict[str, int]:
        """Source rows that are nieuw, gewijzigd, vervallen and ongewijzigd; each row counts once."""
        uit = dict.fromkeys(("nieuw", "gewijzigd", "vervallen", "ongewijzigd"), 0)
        if self.proef is None:
            return uit
        gelezen = {(b.bestand, b.blad): b.gelezen for b in self.inlezing.bladen}
        # A sheet that left its file was not read, and still has rows that went.
        per_blad: dict[tuple[str, str], list[Tabelverschil]] = {plek: [] for plek in gelezen}
        for v in self.proef.verschillen:
            per_blad.setdefault((v.bestand, v.blad), []).append(v)
        for plek, verschillen in per_blad.items():
            nieuw = {r.rij for v in verschillen for r in v.nieuw}
            gewijzigd = {r.rij for v in verschillen for r in v.gewijzigd} - nieuw
            gelijk = {rij for v in verschillen for rij in v.ongewijzigd} - nieuw - gewijzigd
            uit["nieuw"] += len(nieuw)
            uit["gewijzigd"] += len(gewijzigd)
            # What a row also is in another table (a stem) went with it.
            uit["vervallen"] += max((len({r.rij for r in v.vervallen}) for v in verschillen), default=0)
            uit["ongewijzigd"] += len(gelijk) if verschillen else gelezen[plek]
        return uit

    @property
    def toelichting(self) -> str:
        """The outcome in a sentence."""
        fouten = sum(b.ernst == Ernst.FOUT for b in self.bevindingen)
        n = notatie.aantal(len(self.bestanden), "bestand", "bestanden")
        if fouten:
            return f"{notatie.aantal(fouten, 'probleem', 'problemen')} in {n}: er kan nog niets worden ingelezen."
        rijen = notatie.aantal(self.inlezing.gelezen, "rij", "rijen")
        if not self.verandert:
            return f"{n}, {rijen}: alles staat al zo in de werkmap."
        t = self.telling
        woorden = {"vervallen": "niet meer in het bestand"}
        delen = [f"{notatie.getal(aantal)} {woorden.get(wat, wat)}" for wat, aantal in t.items() if aantal]
        return f"{n}, {rijen}: {', '.join(delen)}."


class VerouderdFout(OpgaveFout):
    """File or werkmap changed since the preview: nothing was stored, and here is the new one.

    Attributes
    ----------
    voorvertoning : what reading would do now
    """

    def __init__(self, tekst: str, voorvertoning: Voorvertoning):
        super().__init__(tekst)
        self.voorvertoning = voorvertoning


def bekijk(
    adres: str | Path,
    paden: Sequence[str | Path],
    *,
    soort: str | None = None,
    kolommen: Mapping[str, str] | None = None,
    keuzes: Mapping[tuple[str, str], Bladkeuze] | None = None,
) -> Voorvertoning:
    """What reading these files would do. Nothing is stored, and no werkmap is made.

    Parameters
    ----------
    adres : of the werkmap, which need not exist
    soort, kolommen : for all files (see `inlezen.beoordeel_bestanden`)
    keuzes : (file name, sheet) -> what the person chose there

    Raises
    ------
    WerkmapFout : the werkmap cannot be opened
    """
    from opgavelib.inlezen import beoordeel_bestanden

    paden = [Path(p) for p in paden]
    vraag = vraag_van(adres, keuzes)
    inlezing = beoordeel_bestanden(paden, soort=soort, kolommen=kolommen, vraag=vraag)
    gezien = {b.bestand: b.sha256 for b in inlezing.bladen}
    goed = inlezing.bladen and not any(b.ernst == Ernst.FOUT for b in inlezing.bevindingen)
    return Voorvertoning(
        adres,
        {p: gezien.get(p.name) or _vingerafdruk(p) for p in paden},
        inlezing,
        probeer(adres, inlezing.bladen) if goed else None,
        vraag,
        soort,
        dict(kolommen or {}),
    )


def pas_toe(voorvertoning: Voorvertoning, wie: str, *, herkomst: str = "opdrachtregel") -> Verwerkt:
    """Store exactly what was shown, and remember what the person chose about the columns.

    Parameters
    ----------
    herkomst : where the change comes from, for the log

    Raises
    ------
    VerouderdFout : a file or the werkmap changed since; nothing was stored
    InvoerFout : it was refused already when it was shown
    """
    v = voorvertoning
    if not v.kan:
        raise InvoerFout(v.bevindingen or [Bevinding("", probleem="Er is niets om in te lezen.")])
    anders = [p.name for p, sha in v.bestanden.items() if _vingerafdruk(p) != sha]
    if anders:
        raise _verouderd(v, f"Intussen gewijzigd: {', '.join(anders)}. Er is niets ingelezen.")
    if any("scores" in b.tabellen for b in v.inlezing.bladen) and _criteria_van(v.adres) != v.vraag.criteria:
        raise _verouderd(v, "De criteria zijn intussen gewijzigd; er is niets ingelezen.")
    try:
        verwerkt = _pas_toe(v.adres, v.inlezing.bladen, wie, v.proef, te_onthouden(v), herkomst=herkomst)
    except AndersFout as fout:
        raise _verouderd(v, str(fout)) from fout
    except InvoerFout as fout:
        raise _verouderd(v, "De werkmap is intussen gewijzigd; er is niets ingelezen.") from fout
    return Verwerkt(verwerkt.gelezen, verwerkt.geweigerd, verwerkt.ongewijzigd, verwerkt.vervallen, v.bevindingen)


def _verouderd(v: Voorvertoning, tekst: str) -> VerouderdFout:
    nu = bekijk(v.adres, list(v.bestanden), soort=v.soort, kolommen=v.kolommen, keuzes=v.vraag.keuzes)
    return VerouderdFout(f"{tekst} Bekijk wat inlezen nu zou doen.", nu)


def vraag_van(adres: str | Path, keuzes: Mapping[tuple[str, str], Bladkeuze] | None = None) -> Vraag:
    """What is known beforehand of the sheets: chosen now, remembered, and the names and criteria of the werkmap."""
    from opgavelib.inlezen.keuzes import Vraag

    if not bestaat(adres):
        return Vraag(dict(keuzes or {}))
    with Werkmap(adres) as werkmap:
        tabellen = {t: werkmap.tabel(t) for t in dict.fromkeys(t for namen in _NAMEN.values() for t, _ in namen)}
        bekend = {ons: _waarden(tabellen, waar) for ons, waar in _NAMEN.items()}
        return Vraag(
            dict(keuzes or {}), werkmap.koppelingen(), {ons: w for ons, w in bekend.items() if w},
            Stand(werkmap).criteria_lijst,
        )  # fmt: skip


def _criteria_van(adres: str | Path) -> tuple[Criterium, ...] | None:
    if not bestaat(adres):
        return None
    with Werkmap(adres) as werkmap:
        return Stand(werkmap).criteria_lijst


def _waarden(tabellen: Mapping, waar: Sequence[tuple[str, str]]) -> frozenset[str]:
    uit: set[str] = set()
    for tabel, kolom in waar:
        t = tabellen[tabel]
        uit |= set((t.index if t.index.name == kolom else t[kolom]).dropna())
    return frozenset(map(str, uit))


def te_onthouden(v: Voorvertoning) -> dict[str, dict[str, object]]:
    """Per layout what people chose about a sheet; a sheet of which nothing was chosen is not there."""
    from opgavelib.inlezen.keuzes import Bladkeuze

    uit = {}
    for p in v.voorstellen:
        keuze = v.vraag.keuzes.get((p.bestand, p.blad))
        onthoud = p.onthoud(keuze, v.vraag.onthouden) if p.gelezen and keuze else None
        # What held from an earlier layout is remembered for this one too, when it was not yet.
        if onthoud is None and p.gelezen and p.indeling not in v.vraag.onthouden:
            onthoud = p.onthoud(Bladkeuze(), v.vraag.onthouden)
        if onthoud is not None:
            uit[p.indeling] = onthoud
    return uit


def _vingerafdruk(pad: Path) -> str:
    try:
        with pad.open("rb") as f:
            return hashlib.file_digest(f, "sha256").hexdigest()
    except OSError:
        return ""


def gemerkt(oud: object, nieuw: object) -> tuple[tuple[str, str], ...]:
    """Old and new text as one, in pieces: ("", the same), ("weg", only old), ("nieuw", only new).

    >>> gemerkt("drie groene daken", "vier groene daken")
    (('weg', 'drie'), ('nieuw', 'vier'), ('', 'groene daken'))
    """
    a, b = ("" if w is None else str(w) for w in (oud, nieuw))
    oude, nieuwe = a.split(), b.split()
    stukken: list[tuple[str, str]] = []
    for wat, i1, i2, j1, j2 in SequenceMatcher(None, oude, nieuwe, autojunk=False).get_opcodes():
        if wat == "equal":
            stukken.append(("", " ".join(oude[i1:i2])))
            continue
        stukken += [(soort, " ".join(w)) for soort, w in (("weg", oude[i1:i2]), ("nieuw", nieuwe[j1:j2])) if w]
    return tuple(stukken)
