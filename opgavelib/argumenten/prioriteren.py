"""The arguments of shortlist, robuust and scenario, and what of those cannot go together."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from opgavelib.argumenten.basis import Help, aantal, bedrag, werkmap

# As in domein.methoden, which is too heavy to import for a help text; a test compares them.
METHODEN = ("gewogen-som", "topsis", "promethee", "borda")


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


def voeg_prioriteren_toe(onder) -> None:
    """The commands shortlist, robuust and scenario."""
    shortlist = onder.add_parser(
        "shortlist",
        help="rangorde, streep, en waarom de rest erbuiten valt",
        formatter_class=Help,
        description="Geeft de shortlist. Zonder meer loopt die de rangorde af en neemt op wat nog past in budget\n"
        "en uren. Met --keuze beste zoekt het werkboek de shortlist met de meeste punten, en het kwartaal\n"
        "waarin elke ambitie begint. Kan er geen enkele, dan staat er welke eisen niet samen kunnen.",
    )
    werkmap(shortlist)
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
        help="ook de kans om in de top op score te staan, als gewichten en scores onzeker zijn; budget, uren en "
        "wat met de hand is vastgezet tellen daarin niet mee",
    )  # fmt: skip
    shortlist.set_defaults(keur=_keur_shortlist)

    robuust = onder.add_parser(
        "robuust",
        help="hoe stevig staat elke ambitie op de beste shortlist?",
        formatter_class=Help,
        description="Zoekt vele malen de beste shortlist, telkens met een andere waarde en andere uren per\n"
        "ambitie, en geeft in welk deel daarvan elke ambitie staat. Hetzelfde zaad geeft dezelfde\n"
        "uitkomst, met hoeveel werkers ook. Met Ctrl+C stopt het en geeft het wat er tot dan toe is.",
    )
    werkmap(robuust, meer=True)
    _scenario(robuust)
    robuust.add_argument(
        "--trekkingen",
        type=aantal,
        default=1000,
        metavar="N",
        help="hoe vaak (standaard 1000, hoogstens 1.000.000)",
    )
    robuust.add_argument("--zaad", type=_zaad, default=0, metavar="Z", help="begin van het toeval (standaard 0)")
    _grenzen(robuust)
    robuust.add_argument(
        "--werkers",
        type=aantal,
        metavar="N",
        help="hoeveel tegelijk op deze computer (standaard elke kern een, hoogstens 64)",
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
        formatter_class=Help,
        description="Zonder meer: de lijst van scenario's. Maken en wijzigen doet u op de pagina Prioriteren.",
    )
    werkmap(scenario)
    een = scenario.add_mutually_exclusive_group()
    een.add_argument(
        "--vergelijk", nargs="+", metavar="S", help="twee of drie scenario's naast elkaar; bij een naast de basis"
    )
    een.add_argument("--herhaal", metavar="S", help="reken een vastgesteld scenario opnieuw uit")
    scenario.set_defaults(keur=_keur_scenario)


def _grenzen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--opgaven", type=aantal, metavar="N", help="hoeveel er boven de streep passen")
    parser.add_argument("--budget", type=bedrag, metavar="EUR", help="budget over de hele periode, in euro")


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
