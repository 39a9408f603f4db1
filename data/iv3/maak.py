"""Make the compact Iv3 figures from the files they came in.

Run ``python data/iv3/maak.py MAP``, with MAP the folder of ``iv3_2023_begroting.csv`` and its sisters. What
those files hold, and what bites in them, is in README.md beside this script. Every run writes the same text.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
SALARIES = "L1.1 Salarissen en sociale lasten"
COUNTRY = "Nederland"
# Labels of 2023 and 2024 that the source cut off and that no later year has.
IN_FULL = {
    "6.71d": "Overige maatwerkarrangementen (WMO)",
    "6.74a": "Jeugd behandeling GGZ zonder verblijf",
}
PROVINCES = {"Friesland": "Fryslân"}  # 2024 against 2023 and 2025
URBANITY = {
    "Zeersterkstedelijk": "zeer sterk stedelijk",
    "Sterkstedelijk": "sterk stedelijk",
    "Matigstedelijk": "matig stedelijk",
    "Weinigstedelijk": "weinig stedelijk",
    "Nietstedelijk": "niet stedelijk",
}


def main(source: Path) -> None:
    """Write all files for every year that `source` has."""
    names = _read(HERE / "taakvelden.csv", ",")
    official = {r["taakveld"]: r["naam"] for r in names}
    towns, fields = [], []
    for path in sorted(source.glob("iv3_*_begroting.csv")):
        year = path.stem.split("_")[1]
        rows = [r | _split(r["Taakveld"]) for r in _read(path, ";")]
        check_sum_is_the_country(rows, year)
        rows = [r for r in rows if r["Gemeenten"] != COUNTRY]
        write_figures(HERE / f"cijfers_{year}.csv.gz", rows)
        fields += _fields(year, rows, official)
        towns += _towns(year, rows)
    _write(HERE / "taakvelden_per_jaar.csv", ["jaar", "taakveld", "naam"], fields)
    _write(
        HERE / "gemeenten.csv",
        ["jaar", "gemeente", "provincie", "grootteklasse", "stedelijkheid", "inwoners"],
        towns,
    )


def check_sum_is_the_country(rows: list[dict[str, str]], year: str) -> None:
    """Stop unless all municipalities add up to the row 'Nederland', per taakveld and column: then nothing is
    missing or there twice, and that row can be left out."""
    total, country = defaultdict(float), {}
    for r in rows:
        for column in ("Lasten", "Baten", SALARIES):
            if r["Gemeenten"] == COUNTRY:
                country[r["code"], column] = float(r[column] or 0)
            else:
                total[r["code"], column] += float(r[column] or 0)
    wrong = [k for k in total.keys() | country.keys() if total[k] != country.get(k)]
    if wrong:
        sys.exit(f"{year}: gemeenten tellen niet op tot '{COUNTRY}' voor {sorted(wrong)[:5]}")


def write_figures(path: Path, rows: list[dict[str, str]]) -> None:
    """One line per gemeente and taakveld, x EUR 1,000 as delivered; an empty cell stays empty."""
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["gemeente", "taakveld", "lasten", "baten", "salarissen"])
    for r in rows:
        out.writerow([r["Gemeenten"], r["code"], *(_whole(r[k]) for k in ("Lasten", "Baten", SALARIES))])
    # No file name and no date in the header, so that the same figures give the same bytes.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.getvalue().encode("utf-8"))


def _split(label: str) -> dict[str, str]:
    code, _, name = label.strip().partition(" ")
    return {"code": code, "naam": " ".join(name.split())}


def _whole(value: str) -> str:
    if not value:
        return ""
    if float(value) != int(float(value)):
        sys.exit(f"'{value}' is geen geheel aantal duizenden")
    return str(int(float(value)))


def _fields(year: str, rows: list[dict[str, str]], official: dict[str, str]) -> list[list[str]]:
    labels = {r["code"]: r["naam"] for r in rows}
    if set(labels) == set(official):  # the year that taakvelden.csv describes
        labels = official
    full = {c: IN_FULL.get(c, official.get(c, n)) if n.endswith("..") else n for c, n in labels.items()}
    left = [n for n in full.values() if n.endswith("..")]
    if left:
        sys.exit(f"{year}: afgekapte namen {left}; vul IN_FULL aan")
    return [[year, c, full[c]] for c in sorted(full, key=_order)]


def _order(code: str) -> tuple[int, int, str, str]:
    """0.9 before 0.10, and 6.711 where its first digit puts it."""
    head, _, tail = code.partition(".")
    whole = int(head) == 0 and tail in ("10", "11")
    return int(head), 1 if whole else 0, tail, code


def _towns(year: str, rows: list[dict[str, str]]) -> list[list[str]]:
    towns = {r["Gemeenten"]: r for r in rows}
    return [
        [year, name, PROVINCES.get(r["Provincie"], r["Provincie"]), size_class(r["Gemeentegrootte"]),
         URBANITY[r["Stedelijkheid"]], str(int(float(r["Inwonertal"])))]
        for name, r in sorted(towns.items())
    ]  # fmt: skip


def size_class(label: str) -> str:
    """``20000tot50000inwoners`` as ``20.000 tot 50.000 inwoners``; the case differs between years."""
    spaced = re.sub(r"(\d+)", lambda m: f" {int(m[1]):,} ".replace(",", "."), label.lower())
    spaced = spaced.replace("minderdan", "minder dan").replace("inwonersofmeer", "inwoners of meer")
    return " ".join(spaced.split())


def _read(path: Path, separator: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f, delimiter=separator))


def _write(path: Path, head: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
