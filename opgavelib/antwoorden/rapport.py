"""Documents to take along, written in a folder."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from opgavelib.antwoorden.vorm import Antwoord
from opgavelib.rapport import SOORTEN

if TYPE_CHECKING:
    from opgavelib.toepassing import Stand


def rapport(stand: Stand, args: argparse.Namespace) -> Antwoord:
    """Write the workbook; says which files."""
    from opgavelib.toepassing.rapport import schrijf

    nu = datetime.now().astimezone()
    bestanden = schrijf(stand, Path(args.naar), args.soort or SOORTEN, nu, vervang=args.vervang)
    regels = [f"Gemaakt: {b}" for b in bestanden]
    regels.append("Er staan namen van teamleiders in: deel het met wie die mag zien.")
    return {"bestanden": [str(b) for b in bestanden]}, regels
