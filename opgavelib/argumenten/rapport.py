"""The arguments of rapport."""

from __future__ import annotations

from opgavelib.argumenten.basis import Help, werkmap
from opgavelib.rapport import SOORTEN


def voeg_rapport_toe(onder) -> None:
    """The command rapport."""
    rapport = onder.add_parser(
        "rapport",
        help="een werkboek om mee te nemen, voor Excel en LibreOffice",
        formatter_class=Help,
        description="Maakt een werkboek met alle cijfers van de werkmap: begroting, lean en opgave, aansluiting,\n"
        "formatie, uren, capaciteit, controles en besluiten. Alle sommen zijn formules: wie een invoer\n"
        "wijzigt, ziet wat dat doet. Er staan namen van teamleiders in.",
    )
    werkmap(rapport)
    rapport.add_argument("--naar", default=".", metavar="MAP", help="map voor de bestanden (standaard deze map)")
    rapport.add_argument(
        "--soort", action="extend", nargs="+", choices=SOORTEN, metavar="SOORT",
        help=f"een of meer van: {', '.join(SOORTEN)} (standaard alle)",
    )  # fmt: skip
    rapport.add_argument("--vervang", action="store_true", help="vervang een bestand dat er al staat")
