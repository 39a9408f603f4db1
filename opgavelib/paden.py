"""Where the project's own data, dashboards and notebooks are."""

from __future__ import annotations

from pathlib import Path

_PAKKET = Path(__file__).resolve().parent


def map_van(naam: str) -> Path:
    """Folder of the project by its name relative to the top level, e.g. ``data/schema``.

    In a checkout (editable install) that is the folder beside the package; in an installed
    wheel it is the copy that the wheel carries.

    Raises
    ------
    FileNotFoundError : neither place has it
    """
    for basis in (_PAKKET.parent, _PAKKET / "_mee"):
        map_ = basis / naam
        # site-packages may hold somebody else's `data` or `notebooks`: ours stands beside pyproject.
        eigen = basis.name == "_mee" or (basis / "pyproject.toml").is_file()
        if eigen and map_.is_dir():
            return map_
    raise FileNotFoundError(f"map {naam!r} hoort bij het Opgavenwerkboek en is niet gevonden")
