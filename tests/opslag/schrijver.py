"""What another process does to a werkmap; importable by it."""

from __future__ import annotations

from pathlib import Path

from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.opslag import Werkmap

from .bladen import ambities

KEUZE = (Bestemming.LIJN, Bestemming.AFGEWEZEN, Bestemming.PARKEERPLAATS)


def neem_besluiten(map_: Path, nummer: int, aantal: int) -> list[int]:
    """Take decisions one by one, as a user with a screen of his own does; gives their event numbers."""
    with Werkmap(map_) as werkmap:
        sleutels = list(werkmap.tabel("ambities").index)
        return [
            werkmap.besluit(Besluit(sleutels[i % len(sleutels)], KEUZE[i % 3], f"besluit {i}", f"proces {nummer}"))[
                0
            ]
            for i in range(aantal)
        ]


def lees_eigen_bestand(map_: Path, nummer: int) -> int:
    """Read a file of this process only; the werkmap may not be there yet."""
    with Werkmap(map_, maak=True) as werkmap:
        return werkmap.bewaar(
            [ambities(f"b{nummer}.xlsx", *(f"tekst {nummer}.{i}" for i in range(20)))], "x"
        ).gelezen
