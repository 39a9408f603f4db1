"""The arguments of `opgave`."""

from __future__ import annotations

import argparse
from glob import glob
from pathlib import Path

from opgavelib.argumenten.basis import Help, Parser, nederlands, werkmap
from opgavelib.argumenten.begroting import voeg_begroting_toe
from opgavelib.argumenten.controle import voeg_controle_toe
from opgavelib.argumenten.prioriteren import METHODEN, voeg_prioriteren_toe
from opgavelib.argumenten.rapport import voeg_rapport_toe
from opgavelib.domein.begrippen import Soort

__all__ = ["METHODEN", "Parser", "maak_parser", "nederlands", "scheid_koppelingen"]


def _soort(tekst: str) -> str:
    if tekst not in set(Soort):
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen soort; kies uit {', '.join(Soort)}")
    return tekst


def _poort(tekst: str) -> int:
    if not tekst.isdecimal() or not 1024 <= int(tekst) <= 65535:
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen poort tussen 1024 en 65535")
    return int(tekst)


def scheid_koppelingen(args: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Split what stands behind --kolom in EIGEN=ONZE pairs and the files that argparse took along.

    ``--kolom A=titel akkoord.xlsx`` reads as two values of --kolom; a value without ``=`` is a file.
    """
    los = [w for w in args.kolom if "=" not in w]
    for w in los:
        if not Path(w).exists() and not glob(w):
            parser.error(f"--kolom: '{w}' moet zijn EIGEN=ONZE, bijvoorbeeld 'Wat willen we=titel'")
    args.bestanden += los
    # A Windows prompt hands `*.xlsx` over as it is; elsewhere the shell has filled it in already.
    args.bestanden = [
        pad for b in args.bestanden for pad in (sorted(glob(b)) if not Path(b).exists() else ()) or [b]
    ]
    koppels = [w.rpartition("=") for w in args.kolom if "=" in w]
    if not args.bestanden:
        parser.error("dit ontbreekt nog: BESTAND")
    for eigen, _, onze in koppels:
        if not eigen.strip():
            parser.error(f"--kolom: '{eigen}={onze}' moet zijn EIGEN=ONZE, bijvoorbeeld 'Wat willen we=titel'")
    onze_kolommen = [onze.strip() for _, _, onze in koppels if onze.strip()]
    if dubbel := sorted({k for k in onze_kolommen if onze_kolommen.count(k) > 1}):
        parser.error(f"--kolom: meer dan één kop is op '{dubbel[0]}' gelegd; kies er een")
    args.kolom = {eigen.strip(): onze.strip() for eigen, _, onze in koppels}


def maak_parser() -> Parser:
    """The arguments of `opgave`; names are fixed by the design (§6)."""
    parser = Parser(
        prog="opgave",
        formatter_class=Help,
        description="Opgavenwerkboek: van honderden ambities naar een shortlist van opgaven die de organisatie\n"
        "kan dragen.",
        epilog="Begin zo:\n"
        "  opgave voorbeeld mijnmap              een gevulde werkmap om mee te oefenen\n"
        "  opgave dashboard --werkmap mijnmap    bekijk die in de browser\n"
        "  opgave lees *.xlsx --werkmap werkmap  lees uw eigen Excelbestanden in\n\n"
        "Een werkmap is een gewone map; alles wat is gelezen en besloten staat daarin.\n"
        "Code 0: gelukt. Code 1: de invoer is geweigerd en er is niets opgeslagen. Code 2: verkeerd gebruik.",
    )
    parser.add_argument("--versie", action="store_true", help="toon de versie")
    onder = parser.add_subparsers(dest="opdracht", metavar="OPDRACHT", title="opdrachten")
    _voeg_lees_toe(onder)
    voeg_prioriteren_toe(onder)
    _voeg_vragen_toe(onder)
    voeg_controle_toe(onder)
    voeg_rapport_toe(onder)
    _voeg_bewaren_toe(onder)

    voorbeeld = onder.add_parser(
        "voorbeeld", help="maak een gevulde werkmap van een verzonnen gemeente", formatter_class=Help
    )
    voorbeeld.add_argument("map", metavar="MAP", help="map waarin de werkmap komt")

    dashboard = onder.add_parser("dashboard", help="toon de dashboards in de browser", formatter_class=Help)
    dashboard.add_argument("--werkmap", metavar="W", help="map van de werkmap; zonder is het voorbeeld te zien")
    dashboard.add_argument("--poort", type=_poort, default=8866, metavar="P", help="poort (standaard 8866)")
    dashboard.add_argument("--geen-browser", action="store_true", help="open geen browservenster")
    dashboard.add_argument(
        "--netwerk", action="store_true",
        help="laat collega's meedoen vanaf een eigen laptop of telefoon; toont de adressen met een geheime sleutel",
    )  # fmt: skip
    for opdracht in onder.choices.values():
        opdracht.set_defaults(parser=opdracht)
    return parser


def _voeg_lees_toe(onder) -> None:
    lees = onder.add_parser(
        "lees",
        help="lees Excelbestanden in",
        formatter_class=Help,
        description="Leest bestanden in de werkmap. Klopt er iets niet, dan staan alle bevindingen er in één\n"
        "keer en wordt er niets opgeslagen. Hetzelfde bestand nog eens lezen verandert niets.",
    )
    lees.add_argument("bestanden", nargs="*", metavar="BESTAND")
    werkmap(lees)
    lees.add_argument(
        "--soort", choices=[s.value for s in Soort], help="wat voor bestand het is, als dat niet goed wordt geraden"
    )
    lees.add_argument(
        "--kolom", action="extend", nargs="+", default=[], metavar="EIGEN=ONZE",
        help="leg een eigen kop op een kolom van het werkboek, bijvoorbeeld --kolom 'Wat willen we=titel'; "
        "met niets achter de = wordt de kolom niet gebruikt",
    )  # fmt: skip
    lees.add_argument("--wie", help="wie dit inleest (standaard de aangemelde gebruiker)")
    lees.set_defaults(keur=scheid_koppelingen)


def _voeg_vragen_toe(onder) -> None:
    overlap = onder.add_parser(
        "overlap",
        help="rijen die misschien hetzelfde zeggen",
        formatter_class=Help,
        description="Geeft paren van rijen die op elkaar lijken, de sterkste eerst, met de reden. Er wordt niets\n"
        "samengevoegd: dat doet u zelf, op de pagina Portefeuille.",
    )
    werkmap(overlap)
    overlap.add_argument("--alles", action="store_true", help="ook paren die al zijn beoordeeld of samengevoegd")

    trace = onder.add_parser("trace", help="waar bleef elke bronrij?", formatter_class=Help)
    werkmap(trace)
    trace.add_argument("--zoek", metavar="TEKST", help="alleen rijen met deze tekst, bron of dit collegelid")

    voeg_begroting_toe(onder)
    capaciteit = onder.add_parser(
        "capaciteit",
        help="uren per team en kwartaal",
        formatter_class=Help,
        description="Wat ieder team heeft, wat regulier werk kost, wat is gevraagd en toegezegd, en wat over is.",
    )
    werkmap(capaciteit)
    capaciteit.add_argument("--scenario", metavar="S", help="met de keuzes van dit scenario, bijvoorbeeld S01")


def _voeg_bewaren_toe(onder) -> None:
    sjabloon = onder.add_parser(
        "sjabloon",
        help="lege werkbladen om in te vullen",
        formatter_class=Help,
        description="Maakt voor elke soort een Excelbestand met koppen, keuzelijsten en uitleg, voor wie leeg\n"
        "begint. Ingevuld gaat het met `opgave lees` de werkmap in.",
    )
    sjabloon.add_argument(
        "soorten", nargs="*", type=_soort, metavar="SOORT", help=f"een of meer van: {', '.join(Soort)}"
    )
    sjabloon.add_argument("--naar", default=".", metavar="MAP", help="map voor de bestanden (standaard deze map)")
    sjabloon.add_argument("--json", action="store_true", help="geef één JSON-document en verder niets")

    backup = onder.add_parser(
        "backup",
        help="maak een reservekopie van een werkmap",
        formatter_class=Help,
        description="Maakt één bestand met alles wat in de werkmap staat. Anderen kunnen doorwerken.",
    )
    werkmap(backup)
    backup.add_argument("--naar", required=True, metavar="BESTAND", help="het nieuwe bestand")

    herstel = onder.add_parser(
        "herstel",
        help="zet een reservekopie terug",
        formatter_class=Help,
        description="Zet een reservekopie terug in een lege werkmap. Met --vervang ook over een gevulde heen; van\n"
        "wat daar stond wordt dan eerst een reservekopie gemaakt.",
    )
    herstel.add_argument("bestand", metavar="BESTAND", help="de reservekopie")
    werkmap(herstel)
    herstel.add_argument("--vervang", action="store_true", help="vervang wat er in de werkmap staat")
