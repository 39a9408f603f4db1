"""Make ``buren.csv``: which municipalities share a border, from a map in which neighbours share their lines.

Run ``python data/iv3/buren.py KAART JAAR`` with KAART the TopoJSON file of the municipal boundaries of that year
(see README.md). Only the lines that areas have in common are used, no coordinates: an arc ``n`` of one area that
another has as ``~n`` is their border. Touching in one point is no border; a border that runs through water is.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = "CBS en Kadaster, gemeentegrenzen {year} gegeneraliseerd"


def main(path: Path, year: str) -> None:
    """Write the pairs of `path`, each once, in alphabetical order."""
    (areas,) = json.loads(path.read_text(encoding="utf-8"))["objects"].values()
    with (HERE / "gemeenten.csv").open(encoding="utf-8", newline="") as f:
        known = {r["gemeente"] for r in csv.DictReader(f) if r["jaar"] == year}
    along = defaultdict(list)
    for area in areas["geometries"]:
        name = our_name(area["properties"]["statnaam"], known)
        for arc in flat(area["arcs"]):
            along[arc if arc >= 0 else ~arc].append((name, arc >= 0))
    pairs = set()
    for arc, sides in along.items():
        directions = [forward for _, forward in sides]
        if len(sides) > 2 or len(set(directions)) != len(directions):
            sys.exit(f"lijn {arc} hoort bij {sides}; dit is geen kaart met gedeelde grenzen")
        names = sorted({n for n, _ in sides})
        if len(names) == 2:
            pairs.add(tuple(names))
    with (HERE / "buren.csv").open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["gemeente", "buur", "jaar", "bron"])
        out.writerows([a, b, year, SOURCE.format(year=year)] for a, b in sorted(pairs))


def our_name(name: str, known: set[str]) -> str:
    """``Laren (NH.)`` is Laren in Iv3, and ``Bergen (NH.)`` is itself."""
    plain = name if name in known else re.sub(r" \(.*\)$", "", name)
    if plain not in known:
        sys.exit(f"'{name}' staat niet in gemeenten.csv")
    return plain


def flat(arcs: list) -> Iterator[int]:
    """Numbers of all lines of an area, islands and holes included."""
    for arc in arcs:
        if isinstance(arc, list):
            yield from flat(arc)
        else:
            yield arc


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2])
