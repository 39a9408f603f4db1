"""argparse that speaks Dutch, and what several commands take."""

from __future__ import annotations

import argparse
from contextlib import contextmanager

from opgavelib import notatie

MEEST = 1_000_000  # of anything that is counted: draws, places, workers

# argparse has no Dutch catalogue; these are the sentences that a user of `opgave` can meet.
_NEDERLANDS = {
    "usage: ": "gebruik: ",
    "positional arguments": "wat u opgeeft",
    "options": "opties",
    "show this help message and exit": "toon deze uitleg",
    "the following arguments are required: %s": "dit ontbreekt nog: %s",
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


def bedrag(tekst: str) -> int:
    """Whole euros, 0 or more, as people type them: ``2500000``, ``2,5 mln``."""
    from opgavelib.inlezen.getallen import Onleesbaar, lees_bedrag

    try:
        waarde, _ = lees_bedrag(tekst)
    except Onleesbaar:
        waarde = None
    if waarde is None or waarde < 0:
        raise argparse.ArgumentTypeError(f"{tekst!r} is geen bedrag, bijvoorbeeld 2500000 of '2,5 mln'")
    return waarde


def aantal(tekst: str) -> int:
    """A whole number of 1 to `MEEST`."""
    # Longer than this is too many, and Python refuses to read a number of thousands of digits.
    if not tekst.isdecimal() or not tekst.strip("0"):
        raise argparse.ArgumentTypeError(f"{notatie.kort(tekst, 30)!r} is geen aantal van 1 of meer")
    if len(tekst.lstrip("0")) > len(str(MEEST)) or int(tekst) > MEEST:
        raise argparse.ArgumentTypeError(
            f"{notatie.kort(tekst, 30)!r} is te veel; neem hoogstens {notatie.getal(MEEST)}"
        )
    return int(tekst)


class Parser(argparse.ArgumentParser):
    """Remembers what it objected to, so that --json can say it too; and shows the usage of the command at hand."""

    bezwaar = ""

    def parse_args(self, args=None, namespace=None):
        """As always, but what is not recognised or cannot go together is an objection of the command."""
        uit, over = self.parse_known_args(args, namespace)
        parser = getattr(uit, "parser", self)
        if over:
            parser.error(f"dit wordt niet herkend: {' '.join(over)}")
        if keur := getattr(uit, "keur", None):
            keur(uit, parser)
        return uit

    def error(self, message: str):
        Parser.bezwaar = message
        super().error(message)


class Help(argparse.RawDescriptionHelpFormatter):
    """Descriptions as they were typed, and columns that line up."""

    def __init__(self, prog: str):
        super().__init__(prog, max_help_position=30, width=100)
        # argparse forgets that commands stand two places further in, and puts their text on a line of its own.
        self._action_max_length = 14


def werkmap(parser: argparse.ArgumentParser, meer: bool = False) -> None:
    """What nearly every command takes: the werkmap, or several, and --json."""
    hulp = "map van de werkmap, of postgresql://…"
    if meer:
        hulp += "; meer dan één kan, elk met --werkmap"
    parser.add_argument("--werkmap", required=True, metavar="W", action="append" if meer else "store", help=hulp)
    parser.add_argument("--json", action="store_true", help="geef één JSON-document en verder niets")
