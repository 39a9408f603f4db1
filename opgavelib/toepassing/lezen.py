"""From files to the werkmap: the gate, then storing, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from opgavelib.fouten import Bevinding, Ernst, InvoerFout
from opgavelib.logboek import Actie
from opgavelib.opslag import Verwerkt, Werkmap
from opgavelib.opslag.proef import bestaat, probeer
from opgavelib.opslag.werkmap import meld_geweigerd
from opgavelib.toepassing.voorvertoning import vraag_van


def lees_in(
    adres: str | Path,
    paden: Sequence[str | Path],
    *,
    wie: str,
    soort: str | None = None,
    kolommen: Mapping[str, str] | None = None,
) -> Verwerkt:
    """Read files into a werkmap, which is made when it is not there.

    Parameters
    ----------
    adres : folder of the werkmap
    paden : the files; any order
    soort, kolommen : override what the gate would guess, and what somebody chose on the page for a sheet of
        this layout (see `inlezen.beoordeel_bestanden`)

    Returns
    -------
    Verwerkt, with all findings of gate and storing

    Raises
    ------
    InvoerFout : a file was refused; nothing of any file was stored, and no werkmap was made
    """
    from opgavelib.inlezen import beoordeel_bestanden

    # Gate and, when there is no werkmap yet, a trial come first: what is refused leaves no empty one behind.
    inlezing = beoordeel_bestanden([Path(p) for p in paden], soort=soort, kolommen=kolommen, vraag=vraag_van(adres))
    bevindingen, geweigerd = inlezing.bevindingen, inlezing.geweigerd
    if not _fout(bevindingen) and not bestaat(adres):
        bevindingen = (*bevindingen, *probeer(adres, inlezing.bladen).bevindingen)
        geweigerd = sum(b.gelezen + b.geweigerd for b in inlezing.bladen)
    if _fout(bevindingen):
        namen = [Path(p).name for p in paden]
        meld_geweigerd(adres, Actie("inlezen", wie, bestanden=namen, telling={"geweigerd": geweigerd}))
        raise InvoerFout(bevindingen, geweigerd)
    with Werkmap(adres, maak=True) as werkmap:
        try:
            verwerkt = werkmap.bewaar(inlezing.bladen, wie)
        except InvoerFout as fout:
            raise InvoerFout((*inlezing.bevindingen, *fout.bevindingen), fout.geweigerd) from fout
    return replace(verwerkt, bevindingen=(*inlezing.bevindingen, *verwerkt.bevindingen))


def _fout(bevindingen: Iterable[Bevinding]) -> bool:
    return any(b.ernst == Ernst.FOUT for b in bevindingen)
