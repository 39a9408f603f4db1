"""Make the example workbooks of the invented municipality Meerwoude from ``bron/``.

Run ``python data/voorbeeld/maak.py``. The sources are hand-written; this script only lays them
out as a municipality would and prints the balance of euros and hours. Every run writes the same
bytes: dates inside the files are fixed and randomness has a seed.
"""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "bron"
MADE_ON = datetime(2026, 9, 1, 9, 0, 0)
ZIP_DATE = (2026, 9, 1, 9, 0, 0)
QUARTERS = [f"{year}K{quarter}" for year in (2027, 2028) for quarter in (1, 2, 3, 4)]
STEERING = {"L": "Lean", "O": "Opgave", "": None}
OUTSIDE_NORM = {"0.10", "0.11"}
SEED = 2026

TITLE = Font(name="Segoe UI", size=14, bold=True, color="154273")
SUBTITLE = Font(name="Segoe UI", size=10, italic=True, color="55606B")
HEAD = Font(name="Segoe UI", size=10, bold=True, color="FFFFFF")
BODY = Font(name="Segoe UI", size=10)
STRONG = Font(name="Segoe UI", size=10, bold=True)
HEAD_FILL = PatternFill("solid", fgColor="154273")
TOTAL_LINE = Border(top=Side(style="thin", color="154273"))

Row = dict[str, str]
Cell = str | int | float | None


# ---------------------------------------------------------------- reading the sources


def read_source(name: str) -> list[Row]:
    """Read ``bron/<name>.csv`` (columns split by ``|``) as a list of dicts, all text."""
    lines = (SOURCE / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    header, rows = lines[0].split("|"), []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("|")
        if len(cells) > len(header):
            raise ValueError(f"{name}.csv, line {number}: {len(cells)} cells")
        rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
    return rows


def number(text: str) -> Cell:
    """Give text that is a plain number as a number, other text as it was typed, '' as None."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    if re.fullmatch(r"0\.\d+|\d+\.5", text):
        return float(text)
    return text or None


def as_amount(text: str) -> float:
    """Read '27,5 fte', '1.320', '20.5' or '1360' as a number, for the balance."""
    text = text.replace(" fte", "").replace(",", ".")
    return float(text.replace(".", "")) if re.fullmatch(r"\d\.\d{3}", text) else float(text)


class Sources:
    """Everything in ``bron/``, with the key of every ambitie."""

    def __init__(self) -> None:
        self.general = yaml.safe_load((SOURCE / "algemeen.yaml").read_text(encoding="utf-8"))
        names = (
            "coalitieakkoord speerpunten top5 begroting teams opgaven activiteiten "
            "organisatieprojecten inzet scores besluiten overlap geen_overlap"
        )
        self.rows = {name: read_source(name) for name in names.split()}
        self.people = {code: who["naam"] for code, who in self.general["college"].items()}
        self.teams = {row["code"]: row["team"] for row in self.rows["teams"]} | {"": None}
        self.keys: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self._number("CA", "coalitieakkoord", "afspraak", lambda row: row["nr"])
        self._number("BG", "speerpunten", "ervoor_doen", lambda row: row["nr"])
        self._number("T5", "top5", "prioriteit", lambda row: row["naam"] + row["plaats"])

    def _number(self, prefix: str, name: str, text: str, own) -> None:
        """Key the rows of one source in row order: CA-001, CA-002 and so on."""
        for index, row in enumerate(self.rows[name], start=1):
            reference = f"{prefix} {own(row)}"
            if reference in self.keys:
                raise ValueError(f"{name}.csv: {reference} occurs twice")
            self.keys[reference] = f"{prefix}-{index:03d}"
            self.titles[reference] = row[text]

    def programme(self, row: Row) -> str:
        """Name of the programma of a speerpunt (from its own number) or a budget line."""
        return self.general["programmas"][row.get("programma") or row["nr"].split(".")[0]]


# ---------------------------------------------------------------- laying out a sheet


def write_table(
    sheet: Worksheet,
    titles: list[str | None],
    header: list[str],
    rows: list[list[Cell]],
    widths: list[float],
    formats: dict[int, str] | None = None,
    total: list[Cell] | None = None,
    gap: int = 0,
) -> None:
    """Write title lines, a header, the rows and a total row; freeze under the header.

    ``formats`` maps a column index (from 1) to a number format; ``gap`` is the number of empty
    rows above the total row.
    """
    for index, title in enumerate(titles, start=1):
        cell = sheet.cell(index, 1, title)
        cell.font = TITLE if index == 1 else SUBTITLE
    top = len(titles) + 1
    for column, text in enumerate(header, start=1):
        cell = sheet.cell(top, column, text)
        cell.font, cell.fill = HEAD, HEAD_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = widths[column - 1]
    sheet.row_dimensions[top].height = 32
    for index, row in enumerate(rows, start=top + 1):
        write_row(sheet, index, row, formats or {}, BODY)
    if total:
        index = top + len(rows) + 1 + gap
        write_row(sheet, index, total, formats or {}, STRONG)
        for column in range(1, len(header) + 1):
            sheet.cell(index, column).border = TOTAL_LINE
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = f"{top}:{top}"


def write_row(sheet: Worksheet, index: int, row: list[Cell], formats: dict[int, str], font: Font) -> None:
    """Write one row; text that looks like a number stays text, with Excel's text format."""
    for column, value in enumerate(row, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(index, column, value)
        cell.font = font
        if isinstance(value, str):
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if re.fullmatch(r"[\d.,]+", value):
                cell.number_format = "@"
        else:
            cell.alignment = Alignment(vertical="top")
            cell.number_format = formats.get(column, "#,##0")


def save(book: Workbook, name: str) -> None:
    """Save a workbook with fixed dates, so that a second run gives the same bytes."""
    book.properties.creator = "Gemeente Meerwoude (verzonnen)"
    book.properties.created = book.properties.modified = MADE_ON
    raw, stamp = io.BytesIO(), MADE_ON.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    book.save(raw)
    with (
        zipfile.ZipFile(raw) as source,
        zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            fixed = zipfile.ZipInfo(entry.filename, ZIP_DATE)
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(fixed, content)


def new_sheet(book: Workbook, title: str) -> Worksheet:
    """Add a sheet; the empty first sheet of a new workbook is used first."""
    sheet = book.active
    if sheet.title == "Sheet" and sheet.max_row == 1 and sheet["A1"].value is None:
        sheet.title = title
        return sheet
    return book.create_sheet(title)


# ---------------------------------------------------------------- the workbooks


def make_coalitieakkoord(src: Sources) -> None:
    """Leeswijzer (prose) and Afspraken (header on row 4)."""
    book = Workbook()
    guide = new_sheet(book, "Leeswijzer")
    guide.column_dimensions["A"].width = 100
    text = (SOURCE / "leeswijzer.txt").read_text(encoding="utf-8").splitlines()
    for index, line in enumerate(text, start=1):
        if line:
            cell = guide.cell(index, 1, line)
            cell.font = TITLE if index == 1 else BODY
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    rows = [
        [
            row["nr"], src.general["themas"][row["nr"].split(".")[0]], row["afspraak"],
            row["toelichting"], src.people[row["wethouder"]], row["kern"],
            src.teams[row["team"]], row["wettelijk"], number(row["raming"]),
            number(row["uren"]), row["start"], row["gereed"],
        ]
        for row in src.rows["coalitieakkoord"]
    ]  # fmt: skip
    write_table(
        new_sheet(book, "Afspraken"),
        [
            "Coalitieakkoord Meerwoude 2026-2030: Samen bouwen, dichtbij blijven",
            "Vastgesteld in de raad van 11 juni 2026",
            None,
        ],
        ["Nr", "Thema", "Afspraak", "Toelichting", "Wethouder", "Kern", "Afdeling",
         "Wettelijk verplicht", "Raming", "Raming uren", "Start", "Gereed"],
        rows,
        [7, 24, 70, 48, 20, 20, 26, 11, 14, 10, 16, 16],
        {9: '"€" #,##0'},
        total=["Totaal", len(rows)],
        gap=1,
    )  # fmt: skip
    save(book, "coalitieakkoord_meerwoude_2026-2030.xlsx")


def make_begroting(src: Sources) -> None:
    """Baten en lasten (header on row 5) and Speerpunten (header on row 3)."""
    book = Workbook()
    lines = [
        [
            src.programme(row), row["taakveld"], row["omschrijving"], src.teams[row["team"]],
            STEERING[row["sturing"]], int(row["aandeel"][:-1]) / 100 if row["aandeel"] else None,
            *(int(row[name]) for name in ("salarissen", "lasten", "baten")), row["si"],
        ]
        for row in src.rows["begroting"]
    ]  # fmt: skip
    sums = [sum(line[column] for line in lines) for column in (6, 7, 8)]
    write_table(
        new_sheet(book, "Baten en lasten"),
        [
            "Gemeente Meerwoude",
            "Programmabegroting 2027, bedragen x € 1.000",
            "S = structureel, I = incidenteel. Een leeg vak bij Lean of opgave: nog niet bepaald.",
            None,
        ],
        ["Programma", "Taakveld", "Omschrijving", "Team", "Lean of opgave", "Aandeel opgave",
         "Salarissen (x € 1.000)", "Lasten (x € 1.000)", "Baten (x € 1.000)", "S/I"],
        lines,
        [34, 10, 52, 28, 11, 10, 13, 13, 13, 6],
        {6: "0%"},
        total=["Totaal", None, None, None, None, None, *sums],
    )  # fmt: skip
    goals = [
        [
            row["nr"], src.programme(row), row["bereiken"], row["ervoor_doen"],
            src.people[row["portefeuillehouder"]], src.teams[row["team"]], row["taakveld"],
            number(row["budget"]), number(row["uren"]), row["start"], row["eind"],
        ]
        for row in src.rows["speerpunten"]
    ]  # fmt: skip
    sums = [sum(goal[column] or 0 for goal in goals) for column in (7, 8)]
    write_table(
        new_sheet(book, "Speerpunten"),
        ["Speerpunten programmabegroting 2027", None],
        ["Nr", "Programma", "Wat willen we bereiken", "Wat gaan we ervoor doen",
         "Portefeuillehouder", "Team", "Taakveld", "Budget (x € 1.000)", "Uren", "Start", "Eind"],
        goals,
        [7, 34, 42, 66, 20, 28, 10, 12, 10, 10, 10],
        total=["Totaal", None, None, None, None, None, None, *sums],
    )  # fmt: skip
    save(book, "begroting_meerwoude_2027.xlsx")


def make_top5(src: Sources) -> None:
    """Top-5 (header on row 4)."""
    book = Workbook()
    write_table(
        new_sheet(book, "Top-5"),
        [
            "Top-5 van het college en de gemeentesecretaris",
            "Opgehaald in gesprekken tussen 24 augustus en 4 september 2026, in eigen woorden",
            None,
        ],
        ["Naam", "Plaats", "Prioriteit", "Waarom"],
        [
            [src.people[row["naam"]], int(row["plaats"]), row["prioriteit"], row["waarom"]]
            for row in src.rows["top5"]
        ],
        [24, 9, 70, 70],
    )
    save(book, "top5_college_en_secretaris.xlsx")


def make_teams(src: Sources) -> None:
    """Formatie (header on row 4), with a total row."""
    book = Workbook()
    rows = [
        [
            row["team"], row["teamleider"], row["domein"], number(row["fte"]),
            number(row["uren_per_fte"]), float(row["regulier"]), row["deskundigheden"],
            number(row["vacature"]), row["vacature_tot"], float(row["verzuim"]) if row["verzuim"] else None,
        ]
        for row in src.rows["teams"]
    ]  # fmt: skip
    total = sum(as_amount(row["fte"]) for row in src.rows["teams"])
    write_table(
        new_sheet(book, "Formatie"),
        ["Teams en formatie", "Stand 1 september 2026, inclusief vacatures", None],
        ["Team", "Teamleider", "Domein", "Formatie (fte)", "Productieve uren per fte",
         "% regulier werk", "Deskundigheden", "Vacatures (fte)", "Vacature t/m", "% ziekteverzuim"],
        rows,
        [28, 24, 16, 13, 14, 11, 76, 11, 11, 11],
        {4: "0.0", 6: "0%", 8: "0.0", 10: "0%"},
        total=["Totaal", None, None, total],
    )  # fmt: skip
    save(book, "teams_en_formatie.xlsx")


def make_opgaven(src: Sources) -> None:
    """Opgaven, Activiteiten, Organisatieprojecten and Urenraming (headers on row 3)."""
    book, people = Workbook(), src.people
    write_table(
        new_sheet(book, "Opgaven"),
        ["Opgaven Meerwoude, stand november 2026", None],
        ["Code", "Opgave", "Domein", "Bestuurlijk opdrachtgever", "Ambtelijk opdrachtgever",
         "Opgavemanager", "Werkwijze", "Prioriteit"],
        [
            [row["code"], row["opgave"], row["domein"], people[row["bestuurlijk"]],
             row["ambtelijk"], row["manager"], row["werkwijze"], row["prioriteit"]]
            for row in src.rows["opgaven"]
        ],
        [8, 44, 16, 24, 24, 24, 18, 11],
    )  # fmt: skip
    marks = ["tijd", "geld", "kwaliteit"]
    scores = ["idee", "netwerk", "besluitvorming"]
    score_heads = ["Idee (1-5)", "Netwerk (1-5)", "Besluitvorming (1-5)"]
    tail = ["Start", "Gereed", "Budget", "Tijd", "Geld", "Kwaliteit"]
    write_table(
        new_sheet(book, "Activiteiten"),
        ["Activiteiten onder de opgaven", None],
        ["Code", "Activiteit", "Hoort bij opgave", "Fase", *score_heads, *tail],
        [
            [row["code"], row["activiteit"], row["opgave"], row["fase"],
             *(number(row[name]) for name in scores), row["start"], row["gereed"],
             number(row["budget"]), *(row[name] for name in marks)]
            for row in src.rows["activiteiten"]
        ],
        [8, 46, 10, 15, 8, 9, 15, 10, 10, 14, 9, 9, 10],
        {10: '"€" #,##0'},
    )  # fmt: skip
    write_table(
        new_sheet(book, "Organisatieprojecten"),
        ["Organisatieprojecten", None],
        ["Code", "Project", "Fase", *score_heads, "Complexiteit", *tail],
        [
            [row["code"], row["project"], row["fase"], *(number(row[name]) for name in scores),
             number(row["complexiteit"]), row["start"], row["gereed"], number(row["budget"]),
             *(row[name] for name in marks)]
            for row in src.rows["organisatieprojecten"]
        ],
        [8, 46, 15, 8, 9, 15, 13, 10, 10, 14, 9, 9, 10],
        {10: '"€" #,##0'},
    )  # fmt: skip
    write_urenraming(src, new_sheet(book, "Urenraming"))
    save(book, "opgaven_en_activiteiten.xlsx")


def write_urenraming(src: Sources, sheet: Worksheet) -> None:
    """Hours per activiteit and team, a column per quarter, and a total row."""
    named = {row["code"]: row["activiteit"] for row in src.rows["activiteiten"]}
    named |= {row["code"]: row["project"] for row in src.rows["organisatieprojecten"]}
    rows = [
        [row["code"], named[row["code"]], src.teams[row["team"]], row["deskundigheid"], row["status"],
         *(number(row[quarter]) for quarter in QUARTERS)]
        for row in src.rows["inzet"]
    ]  # fmt: skip
    sums = [sum(row[column] or 0 for row in rows) for column in range(5, 5 + len(QUARTERS))]
    write_table(
        sheet,
        ["Urenraming per activiteit en team, in uren per kwartaal", None],
        ["Code", "Omschrijving", "Team", "Deskundigheid", "Status", *QUARTERS],
        rows,
        [8, 46, 28, 24, 13, *[9] * len(QUARTERS)],
        total=["Totaal", None, None, None, None, *sums],
    )


def judge(name: str, reference: str, base: list[int], leaning: list[float]) -> list[Cell]:
    """Scores of one assessor: the base judgement, at times a point higher or lower.

    About a third of the scores differs by one point for everybody, ``leaning`` shifts that per
    criterium, and 2% is left empty. Seeded by assessor and ambitie.
    """
    dice = random.Random(f"{SEED}/{name}/{reference}")  # noqa: S311 - no secret, must repeat
    scores: list[Cell] = []
    for score, lean in zip(base, leaning, strict=True):
        roll, up, down = dice.random(), 0.16 + max(lean, 0), 0.16 + max(-lean, 0)
        step = 1 if roll < up else -1 if roll > 1 - down else 0
        scores.append(None if dice.random() < 0.02 else min(5, max(1, score + step)))
    return scores


def make_scores(src: Sources) -> None:
    """One sheet per assessor, named after the assessor (header on row 4)."""
    book, criteria = Workbook(), src.general["criteria"]
    candidates = sorted(src.rows["scores"], key=lambda row: src.keys[row["ref"]])
    for assessor in src.general["beoordelaars"]:
        done = len(candidates) - assessor["overgeslagen"]
        rows = []
        for index, row in enumerate(candidates):
            base = [int(score) for name, score in row.items() if name != "ref"]
            given = judge(assessor["naam"], row["ref"], base, assessor["neiging"])
            if index >= done:
                given = [None] * len(criteria)
            rows.append([src.keys[row["ref"]], src.titles[row["ref"]], *given])
        write_table(
            new_sheet(book, assessor["naam"]),
            [
                f"Scores van {assessor['naam']}, {assessor['functie']}",
                "1 = laag, 5 = hoog. Leeg laten als je het niet weet. Inleveren voor 6 november.",
                None,
            ],
            ["Code", "Ambitie", *criteria],
            rows,
            [10, 80, 15, 12, 14, 14, 12],
        )
    save(book, "scores_beoordelaars.xlsx")


# ---------------------------------------------------------------- the csv files


def write_csv(name: str, header: list[str], rows: list[list[str]]) -> None:
    """Write a comma-separated file, UTF-8, one kind of line ending."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def make_labels(src: Sources) -> None:
    """overlap_labels.csv and geen_overlap.csv, with keys instead of own numbers."""
    for source, name, extra in (
        ("overlap", "overlap_labels.csv", ["soort", "opmerking"]),
        ("geen_overlap", "geen_overlap.csv", ["opmerking"]),
    ):
        rows = [
            [src.keys[row["a"]], src.keys[row["b"]], *(row[column] for column in extra)] for row in src.rows[source]
        ]
        write_csv(name, ["a", "b", *extra], rows)


def read_decisions(src: Sources) -> list[list[str]]:
    """Decisions in order of time; a line ``# <start, UTC> <who>`` in the source opens a session."""
    rows, moment, who, header = [], None, "", None
    for line in (SOURCE / "besluiten.csv").read_text(encoding="utf-8").splitlines():
        if header is None:
            header = line.split("|")
        elif line.startswith("# "):
            start, who = line[2:].split(" ", 1)
            moment = datetime.fromisoformat(start).replace(tzinfo=UTC)
        elif line:
            ref, bestemming, naar, reden = line.split("|")
            pace = 3 if who == "MT" else 1
            moment += timedelta(minutes=pace + len(reden) % 3, seconds=len(rows) * 37 % 60)
            stamp = moment.isoformat()
            rows.append([stamp, who, src.keys[ref], bestemming, src.keys.get(naar, naar), reden])
    return rows


def make_besluiten(src: Sources) -> None:
    """besluiten.csv: the process so far."""
    header = ["tijdstip", "wie", "ambitie", "bestemming", "naar", "reden"]
    write_csv("besluiten.csv", header, read_decisions(src))


# ---------------------------------------------------------------- the balance


def print_balance(src: Sources) -> None:
    """Print what the content adds up to, for whoever tunes the sources."""
    lines = [row for row in src.rows["begroting"] if row["taakveld"] not in OUTSIDE_NORM]
    totals: Counter[str] = Counter()
    for row in lines:
        share = int(row["aandeel"][:-1]) / 100 if row["aandeel"] else None
        if share is None:
            totals[row["sturing"] or "?"] += int(row["lasten"])
        else:
            totals["O"] += int(row["lasten"]) * share
            totals["L"] += int(row["lasten"]) * (1 - share)
    for name in ("lasten", "baten", "salarissen"):
        print(f"{name}: {sum(int(row[name]) for row in src.rows['begroting'])} x 1.000")
    whole = sum(totals.values())
    print("opgave {:.1%}, lean {:.1%}, nog niet bepaald {:.1%}".format(
        totals["O"] / whole, totals["L"] / whole, totals["?"] / whole))  # fmt: skip
    asked: dict[str, Counter[str]] = defaultdict(Counter)
    for row in src.rows["inzet"]:
        if row["status"] != "afgewezen":
            asked[row["team"]].update({q: int(row[q] or 0) for q in QUARTERS})
    print(f"{'team':28}{'aanbod':>8}" + "".join(f"{quarter:>12}" for quarter in QUARTERS))
    supply_all, asked_all = 0.0, Counter()
    for row in src.rows["teams"]:
        hours = as_amount(row["fte"]) * as_amount(row["uren_per_fte"]) / 4
        supply = hours * (1 - float(row["regulier"]))
        supply_all += supply
        asked_all.update(asked[row["code"]])
        print_load(row["team"], supply, asked[row["code"]])
    print_load("totaal", supply_all, asked_all)
    latest = {row[2]: row[3] for row in read_decisions(src)}
    print("bestemming:", dict(Counter(latest.values())), "open:", len(src.keys) - len(latest))


def print_load(name: str, supply: float, asked: Counter[str]) -> None:
    """Print one line: hours on offer per quarter, hours asked and the load."""
    cells = "".join(f"{asked[q]:>6} {asked[q] / supply:>4.0%} " for q in QUARTERS)
    print(f"{name:28}{supply:>8.0f}{cells}")


def main() -> None:
    """Write all files of the example."""
    src = Sources()
    make_coalitieakkoord(src)
    make_begroting(src)
    make_top5(src)
    make_teams(src)
    make_opgaven(src)
    make_scores(src)
    make_labels(src)
    make_besluiten(src)
    print_balance(src)


if __name__ == "__main__":
    main()
