"""Answers of the command line: per question a JSON value (design §6) and the same as lines of text."""

from opgavelib.antwoorden.begroting import begroting
from opgavelib.antwoorden.capaciteit import capaciteit
from opgavelib.antwoorden.controle import controle
from opgavelib.antwoorden.prioriteren import robuust, robuust_samen, shortlist
from opgavelib.antwoorden.rapport import rapport
from opgavelib.antwoorden.scenario import scenario
from opgavelib.antwoorden.voortgang import Voortgang
from opgavelib.antwoorden.vorm import Antwoord, fout_json
from opgavelib.antwoorden.vragen import overlap, trace

__all__ = [
    "Antwoord", "Voortgang", "begroting", "capaciteit", "controle", "fout_json", "overlap", "rapport",
    "robuust", "robuust_samen", "scenario", "shortlist", "trace",
]  # fmt: skip
