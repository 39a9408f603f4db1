"""argparse that speaks Dutch, and the arguments of `opgave`."""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from glob import glob
from pathlib import Path

from opgavelib.domein.begrippen import Soort

# argparse has no Dutch catalogue; these are the sentences that a user of `opgave` can meet.
_NEDERLANDS = {
    "usage: ": "gebruik: ",
    "positional arguments": "wat u opgeeft",
    "options": "opties",
    "show this help message and exit": "toon deze uitleg",
    "the following arguments are required: %s": "dit ontbreekt nog: %s",
    "unrecognized arguments: %s": "dit wordt niet herkend: %s",
    "expected one argument": "hier hoort één waarde achter",
    "expected at least one argument": "hier hoort minstens één waarde achter",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r kan hier niet; kies uit %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)":
        "%(value)r kan hier niet; bedoelt u %(suggestion)r? Kies uit %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r is geen %(type)s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "ignored explicit argument %r": "hier hoort geen waarde achter: %r",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s is niet eenduidig: %(matches)s",
}  # fmt: skip


@contextmanager
def nederlands():
    """Within this block argparse's own sentences are Dutch; afterwards they are as they were."""
    origineel = argparse._
    argparse._ = lambda tekst: _NEDERLANDS.get(tekst, tekst)
    try:
        yield
    finally:
        argparse._ = origineel


def _bedrag(tekst: str) -> int:
    from opgavelib.inlezen.getallen import Onleesbaar, lees_bedrag

    try:
        waarde, _ = lees_bedrag(tekst)
    except Onleesbaar:
        waarde = None
    if waarde is None or waarde < 0:
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen bedrag, bijvoorbeeld 2500000 of '2,5 mln'")
    return waarde


def _aantal(tekst: str) -> int:
    if not tekst.isdecimal() or not int(tekst):
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen aantal van 1 of meer")
    return int(tekst)


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


class Parser(argparse.ArgumentParser):
    """Remembers what it objected to, so that --json can say it too."""

    bezwaar = ""

    def error(self, message: str):
        Parser.bezwaar = message
        super().error(message)


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str):
        super().__init__(prog, max_help_position=30, width=100)
        # argparse forgets that commands stand two places further in, and puts their text on a line of its own.
        self._action_max_length = 14


def maak_parser() -> Parser:
    """The arguments of `opgave`; names are fixed by the design (§6)."""
    parser = Parser(
        prog="opgave",
        formatter_class=_Help,
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
    _voeg_vragen_toe(onder)
    _voeg_bewaren_toe(onder)

    voorbeeld = onder.add_parser(
        "voorbeeld", help="maak een gevulde werkmap van een verzonnen gemeente", formatter_class=_Help
    )
    voorbeeld.add_argument("map", metavar="MAP", help="map waarin de werkmap komt")

    dashboard = onder.add_parser("dashboard", help="toon de dashboards in de browser", formatter_class=_Help)
    dashboard.add_argument("--werkmap", metavar="W", help="map van de werkmap; zonder is het voorbeeld te zien")
    dashboard.add_argument("--poort", type=_poort, default=8866, metavar="P", help="poort (standaard 8866)")
    dashboard.add_argument("--geen-browser", action="store_true", help="open geen browservenster")
    return parser


def _voeg_lees_toe(onder) -> None:
    lees = onder.add_parser(
        "lees",
        help="lees Excelbestanden in",
        formatter_class=_Help,
        description="Leest bestanden in de werkmap. Klopt er iets niet, dan staan alle bevindingen er in één\n"
        "keer en wordt er niets opgeslagen. Hetzelfde bestand nog eens lezen verandert niets.",
    )
    lees.add_argument("bestanden", nargs="*", metavar="BESTAND")
    _werkmap(lees)
    lees.add_argument(
        "--soort", choices=[s.value for s in Soort], help="wat voor bestand het is, als dat niet goed wordt geraden"
    )
    lees.add_argument(
        "--kolom", action="extend", nargs="+", default=[], metavar="EIGEN=ONZE",
        help="leg een eigen kop op een kolom van het werkboek, bijvoorbeeld --kolom 'Wat willen we=titel'; "
        "met niets achter de = wordt de kolom niet gebruikt",
    )  # fmt: skip
    lees.add_argument("--wie", help="wie dit inleest (standaard de aangemelde gebruiker)")


def _voeg_vragen_toe(onder) -> None:
    shortlist = onder.add_parser(
        "shortlist", help="rangorde, streep, en waarom de rest erbuiten valt", formatter_class=_Help
    )
    _werkmap(shortlist)
    shortlist.add_argument("--methode", choices=["gewogen-som"], default="gewogen-som", help="manier van wegen")
    shortlist.add_argument("--opgaven", type=_aantal, metavar="N", help="hoeveel er boven de streep passen")
    shortlist.add_argument("--budget", type=_bedrag, metavar="EUR", help="budget over de hele periode, in euro")

    overlap = onder.add_parser(
        "overlap",
        help="rijen die misschien hetzelfde zeggen",
        formatter_class=_Help,
        description="Geeft paren van rijen die op elkaar lijken, de sterkste eerst, met de reden. Er wordt niets\n"
        "samengevoegd: dat doet u zelf, op de pagina Portefeuille.",
    )
    _werkmap(overlap)
    overlap.add_argument("--alles", action="store_true", help="ook paren die al zijn beoordeeld of samengevoegd")

    trace = onder.add_parser("trace", help="waar bleef elke bronrij?", formatter_class=_Help)
    _werkmap(trace)
    trace.add_argument("--zoek", metavar="TEKST", help="alleen rijen met deze tekst, bron of dit collegelid")

    _werkmap(onder.add_parser("begroting", help="lean en opgave, in euro's en in uren", formatter_class=_Help))
    _werkmap(onder.add_parser("capaciteit", help="uren per team en kwartaal", formatter_class=_Help))


def _voeg_bewaren_toe(onder) -> None:
    sjabloon = onder.add_parser(
        "sjabloon",
        help="lege werkbladen om in te vullen",
        formatter_class=_Help,
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
        formatter_class=_Help,
        description="Maakt één bestand met alles wat in de werkmap staat. Anderen kunnen doorwerken.",
    )
    _werkmap(backup)
    backup.add_argument("--naar", required=True, metavar="BESTAND", help="het nieuwe bestand")

    herstel = onder.add_parser(
        "herstel",
        help="zet een reservekopie terug",
        formatter_class=_Help,
        description="Zet een reservekopie terug in een lege werkmap. Met --vervang ook over een gevulde heen; van\n"
        "wat daar stond wordt dan eerst een reservekopie gemaakt.",
    )
    herstel.add_argument("bestand", metavar="BESTAND", help="de reservekopie")
    _werkmap(herstel)
    herstel.add_argument("--vervang", action="store_true", help="vervang wat er in de werkmap staat")


def _werkmap(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--werkmap", required=True, metavar="W", help="map van de werkmap, of postgresql://…")
    parser.add_argument("--json", action="store_true", help="geef één JSON-document en verder niets")
