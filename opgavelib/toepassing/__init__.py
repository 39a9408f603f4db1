"""What a user asks of a werkmap: the one place where reading, storing and rules come together.

The command line, the notebooks and the dashboards all ask here, so they cannot give different answers.
"""

from importlib import import_module

_WAAR = {"Stand": "stand", "lees_in": "lezen", "maak_voorbeeld": "voorbeeld", "open_stand": "openen"}
__all__ = ["Stand", "lees_in", "maak_voorbeeld", "open_stand"]


def __getattr__(naam: str):
    """Import a module when it is asked for: the page to score on would otherwise load pandas for nothing."""
    if naam not in _WAAR:
        raise AttributeError(f"module {__name__!r} has no attribute {naam!r}")
    return getattr(import_module(f"{__name__}.{_WAAR[naam]}"), naam)
