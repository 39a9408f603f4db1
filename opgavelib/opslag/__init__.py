"""The werkmap: tables, and events that are only ever added (SQLAlchemy Core)."""

from opgavelib.opslag.werkmap import Verwerkt, Werkmap

__all__ = ["Verwerkt", "Werkmap"]
