"""The child process: bytes of a file in, JSON of its cells out. Started by `proces`.

It imports only what it reads with, limits itself, and then takes one file after another:

- in: a line of JSON with the limits and the kinds of files to come; then per file a line of JSON
  (kind, size, seconds) and that many bytes
- out: per file eight bytes with a length, and so many bytes of JSON: a `Werkboek`, or a refusal
"""

from __future__ import annotations

import gc
import json
import os
import sys

from opgavelib.inlezen.beperking import begrens_geheugen, begrens_rekentijd
from opgavelib.inlezen.grenzen import OPSLAAN, Geweigerd, Grenzen
from opgavelib.inlezen.lezers import laad, lees
from opgavelib.inlezen.werkblad import als_json

TE_GROOT = ("Het lezen van dit bestand kost te veel geheugen.", OPSLAAN)


def main() -> None:
    """Serve until the parent closes the pipe."""
    # A workbook is a million small objects that all live until it is read.
    gc.set_threshold(200_000, 50, 50)
    bron = sys.stdin.buffer
    # Whatever a library prints goes nowhere: only answers go to the parent.
    uit = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    opdracht = json.loads(bron.readline())
    grenzen = Grenzen(**opdracht["grenzen"])
    for soort in opdracht["soorten"]:
        laad(soort)
    begrens_geheugen(grenzen.geheugen_bytes)
    while regel := bron.readline():
        taak = json.loads(regel)
        antwoord, genoeg = _antwoord(taak, bron, grenzen)
        uit.write(len(antwoord).to_bytes(8, "big") + antwoord)
        uit.flush()
        if genoeg:
            return


def _antwoord(taak: dict, bron, grenzen: Grenzen) -> tuple[bytes, bool]:
    """The answer to one file, and whether this process had better stop after it."""
    try:
        inhoud = bron.read(taak["bytes"])
        begrens_rekentijd(taak["seconden"])
        document = als_json(lees(taak["soort"], inhoud, grenzen))
        return json.dumps(document, ensure_ascii=False).encode(), False
    except Geweigerd as fout:
        return json.dumps({"geweigerd": [fout.probleem, fout.doe]}).encode(), False
    except (MemoryError, RecursionError):
        return json.dumps({"geweigerd": TE_GROOT}).encode(), True
