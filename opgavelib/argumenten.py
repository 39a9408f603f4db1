"""argparse that speaks Dutch, and the arguments of `opgave`."""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from urllib.parse import urlsplit

from opgavelib.domein.begrippen import Soort

# As in domein.methoden, which is too heavy to import for a help text; a test compares them.
METHODEN = ("gewogen-som", "topsis", "promethee", "borda")

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
    "not allowed with argument %s": "kan niet samen met %s",
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


def _zaad(tekst: str) -> int:
    if not tekst.isdecimal():
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen heel getal van 0 of meer")
    return int(tekst)


def _scheduler(tekst: str) -> str:
    deel = urlsplit(tekst)
    try:
        goed = deel.scheme in ("tcp", "tls") and deel.hostname and deel.port and deel.path in ("", "/")
    except ValueError:  # a port that is no number
        goed = False
    if not goed:
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen adres van een scheduler, bijvoorbeeld tcp://naam:8786")
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
    _voeg_prioriteren_toe(onder)
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
    dashboard.add_argument(
        "--netwerk", action="store_true",
        help="laat collega's meedoen vanaf een eigen laptop of telefoon; toont de adressen met een geheime sleutel",
    )  # fmt: skip
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
    lees.set_defaults(keur=scheid_koppelingen)


def _voeg_prioriteren_toe(onder) -> None:
    shortlist = onder.add_parser(
        "shortlist",
        help="rangorde, streep, en waarom de rest erbuiten valt",
        formatter_class=_Help,
        description="Geeft de shortlist. Zonder meer loopt die de rangorde af en neemt op wat nog past in budget\n"
        "en uren. Met --keuze beste zoekt het werkboek de shortlist met de meeste punten, en het kwartaal\n"
        "waarin elke ambitie begint. Kan er geen enkele, dan staat er welke eisen niet samen kunnen.",
    )
    _werkmap(shortlist)
    shortlist.add_argument(
        "--methode", choices=METHODEN, default=METHODEN[0], metavar="M",
        help=f"manier van rangschikken: {', '.join(METHODEN)} (standaard {METHODEN[0]})",
    )  # fmt: skip
    shortlist.add_argument(
        "--keuze", choices=("volgorde", "beste"), metavar="K",
        help="volgorde: de rangorde af (standaard); beste: de shortlist met de meeste punten, met zijn planning",
    )  # fmt: skip
    _grenzen(shortlist)
    _scenario(shortlist, " (met --keuze beste)")
    shortlist.add_argument(
        "--waarom", metavar="AMBITIE",
        help="waarom staat deze ambitie niet op de beste shortlist, en wat is nodig om haar erin te krijgen",
    )  # fmt: skip
    shortlist.add_argument(
        "--kans", action="store_true",
        help="ook de kans om boven de streep te blijven, als gewichten en scores onzeker zijn",
    )  # fmt: skip
    shortlist.set_defaults(keur=_keur_shortlist)

    robuust = onder.add_parser(
        "robuust",
        help="hoe stevig staat elke ambitie op de beste shortlist?",
        formatter_class=_Help,
        description="Zoekt vele malen de beste shortlist, telkens met een andere waarde en andere uren per\n"
        "ambitie, en geeft in welk deel daarvan elke ambitie staat. Hetzelfde zaad geeft dezelfde uitkomst, met\n"
        "hoeveel werkers ook. Met Ctrl+C stopt het en geeft het wat er tot dan toe is.",
    )
    _werkmap(robuust, meer=True)
    _scenario(robuust)
    robuust.add_argument("--trekkingen", type=_aantal, default=1000, metavar="N", help="hoe vaak (standaard 1000)")
    robuust.add_argument("--zaad", type=_zaad, default=0, metavar="Z", help="begin van het toeval (standaard 0)")
    _grenzen(robuust)
    robuust.add_argument(
        "--werkers", type=_aantal, metavar="N", help="hoeveel tegelijk op deze computer (standaard elke kern een)"
    )
    robuust.add_argument(
        "--dask", type=_scheduler, metavar="ADRES",
        help="reken op een eigen dask-cluster, bijvoorbeeld tcp://rekenserver:8786. Alleen een cluster dat u "
        "vertrouwt: wie het beheert, kan op deze computer programma's starten",
    )  # fmt: skip
    robuust.set_defaults(keur=_keur_robuust)

    scenario = onder.add_parser(
        "scenario",
        help="scenario's tonen, vergelijken en een besluit herhalen",
        formatter_class=_Help,
        description="Zonder meer: de lijst van scenario's. Maken en wijzigen doet u op de pagina Prioriteren.",
    )
    _werkmap(scenario)
    een = scenario.add_mutually_exclusive_group()
    een.add_argument(
        "--vergelijk", nargs="+", metavar="S", help="twee of drie scenario's naast elkaar; bij een naast de basis"
    )
    een.add_argument("--herhaal", metavar="S", help="reken een vastgesteld scenario opnieuw uit")
    scenario.set_defaults(keur=_keur_scenario)


def _grenzen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--opgaven", type=_aantal, metavar="N", help="hoeveel er boven de streep passen")
    parser.add_argument("--budget", type=_bedrag, metavar="EUR", help="budget over de hele periode, in euro")


def _scenario(parser: argparse.ArgumentParser, wanneer: str = "") -> None:
    parser.add_argument("--scenario", metavar="S", help=f"code van een scenario, bijvoorbeeld S01{wanneer}")


def _keur_shortlist(args: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """What cannot go together; a scenario and a why are about the best shortlist."""
    if args.keuze is None:
        args.keuze = "beste" if args.scenario or args.waarom else "volgorde"
    if args.keuze == "volgorde" and (args.scenario or args.waarom):
        parser.error(f"{'--scenario' if args.scenario else '--waarom'} hoort bij --keuze beste")
    if args.keuze == "beste" and args.methode != METHODEN[0]:
        parser.error(f"--keuze beste telt punten op; dat kan alleen met --methode {METHODEN[0]}")
    if args.kans and args.methode != METHODEN[0]:
        parser.error(f"--kans kan alleen met --methode {METHODEN[0]}")
    if args.kans and args.keuze == "beste":
        parser.error("--kans hoort bij --keuze volgorde; voor de beste shortlist is er: opgave robuust")


def _keur_robuust(args: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    if args.dask and args.werkers:
        parser.error("--werkers telt op deze computer; op een cluster bepaalt het cluster dat zelf")


def _keur_scenario(args: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    if args.vergelijk:
        codes = list(dict.fromkeys(args.vergelijk))
        args.vergelijk = codes if len(codes) > 1 else list(dict.fromkeys(["basis", *codes]))
        if not 1 < len(args.vergelijk) <= 3:
            parser.error("--vergelijk: noem twee of drie verschillende scenario's, of een om naast de basis")


def _voeg_vragen_toe(onder) -> None:
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


def _werkmap(parser: argparse.ArgumentParser, meer: bool = False) -> None:
    hulp = "map van de werkmap, of postgresql://…"
    if meer:
        hulp += "; meer dan één kan, elk met --werkmap"
    parser.add_argument("--werkmap", required=True, metavar="W", action="append" if meer else "store", help=hulp)
    parser.add_argument("--json", action="store_true", help="geef één JSON-document en verder niets")
