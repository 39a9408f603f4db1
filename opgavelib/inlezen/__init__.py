"""The gate for untrusted inventories: files in, checked tables and findings out.

`lees_bestanden` refuses everything when one thing is wrong and says all that is wrong at once;
`beoordeel_bestanden` gives the same findings without raising, for a preview.
"""

from importlib import import_module

_UIT = {
    "SOORTEN": "kolommen",
    "GelezenBlad": "bladen",
    "Inlezing": "bestanden",
    "beoordeel_bestanden": "bestanden",
    "lees_bestanden": "bestanden",
}
__all__ = ["SOORTEN", "GelezenBlad", "Inlezing", "beoordeel_bestanden", "lees_bestanden"]


def __getattr__(naam: str):
    # Late, because the process that parses files imports this package and needs none of these.
    if naam in _UIT:
        return getattr(import_module(f"{__name__}.{_UIT[naam]}"), naam)
    raise AttributeError(naam)
