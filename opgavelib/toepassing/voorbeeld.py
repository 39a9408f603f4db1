"""A filled werkmap of the invented example municipality."""

from __future__ import annotations

import csv
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from opgavelib import __version__
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit
from opgavelib.fouten import WerkmapFout
from opgavelib.opslag import Verwerkt, Werkmap
from opgavelib.opslag.verbinding import BESTAND
from opgavelib.paden import map_van
from opgavelib.toepassing.lezen import lees_in

_WIE = "voorbeeld"


def maak_voorbeeld(doel: str | Path) -> Verwerkt | None:
    """Read `data/voorbeeld` into a new werkmap and take the decisions of `besluiten.csv`.

    Returns
    -------
    Verwerkt, or None when the example was there already and nothing was done

    Raises
    ------
    WerkmapFout : another werkmap stands there; invented rows must not mix with real ones
    """
    doel = Path(doel)
    if (doel / BESTAND).exists():
        with Werkmap(doel) as werkmap:
            if "voorbeeld.gemaakt" in werkmap.parameters():
                return None
        raise WerkmapFout(f"In '{doel}' staat al een werkmap. Kies voor het voorbeeld een lege map.")
    try:
        doel.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise WerkmapFout(f"De map '{doel}' kan niet worden gemaakt. Kies een andere plaats.") from fout
    bron = map_van("data/voorbeeld")
    # Made beside its place and moved in one go: a half-made example never looks like a whole one.
    with tempfile.TemporaryDirectory(dir=doel, ignore_cleanup_errors=True) as tijdelijk:
        verwerkt = lees_in(tijdelijk, sorted(bron.glob("*.xlsx")), wie=_WIE)
        with Werkmap(tijdelijk) as werkmap:
            werkmap.besluit(_besluiten(bron / "besluiten.csv"))
            werkmap.zet_parameter("voorbeeld.gemaakt", True, _WIE, "Voorbeeldwerkmap van een verzonnen gemeente")
        shutil.move(Path(tijdelijk) / BESTAND, doel / BESTAND)
    return verwerkt


def _besluiten(pad: Path) -> list[Besluit]:
    with pad.open(encoding="utf-8", newline="") as f:
        return [
            Besluit(
                ambitie=r["ambitie"],
                bestemming=Bestemming(r["bestemming"]),
                reden=r["reden"],
                wie=r["wie"],
                naar=r["naar"] or None,
                tijdstip=datetime.fromisoformat(r["tijdstip"]),
            )
            for r in csv.DictReader(f)
        ]


def voorbeeld_map() -> Path:
    """Folder of the example werkmap of this user, made when it is not there."""
    from platformdirs import user_data_path

    # By version: an example of an older version may have other rows and tables.
    doel = user_data_path("opgavenwerkboek", appauthor=False) / f"voorbeeld-{__version__}"
    maak_voorbeeld(doel)
    return doel
