"""From files to the werkmap: the gate, then storing, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from opgavelib.opslag import Verwerkt, Werkmap


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
    soort, kolommen : override what the gate would guess (see `inlezen.lees_bestanden`)

    Returns
    -------
    Verwerkt, with all findings of gate and storing

    Raises
    ------
    InvoerFout : a file was refused; nothing of any file was stored
    """
    from opgavelib.inlezen import lees_bestanden

    # The gate comes first, so that a refused file leaves no empty werkmap behind.
    inlezing = lees_bestanden([Path(p) for p in paden], soort=soort, kolommen=kolommen)
    with Werkmap(adres, maak=True) as werkmap:
        verwerkt = werkmap.bewaar(inlezing.bladen, wie)
    return replace(verwerkt, bevindingen=(*inlezing.bevindingen, *verwerkt.bevindingen))
