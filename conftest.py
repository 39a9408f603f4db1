"""Notebooks run in kernels of their own: they find the example through the environment."""

import os
import tempfile
from pathlib import Path

_map = None


def pytest_collection_finish(session):
    """Make the example once when there are notebooks to run, and none was pointed out."""
    global _map
    if os.environ.get("OPGAVE_WERKMAP") or not any(i.path.suffix == ".ipynb" for i in session.items):
        return
    from opgavelib.toepassing import maak_voorbeeld

    _map = tempfile.TemporaryDirectory(prefix="opgave_voorbeeld_", ignore_cleanup_errors=True)
    os.environ["OPGAVE_WERKMAP"] = str(Path(_map.name) / "voorbeeld")
    maak_voorbeeld(os.environ["OPGAVE_WERKMAP"])


def pytest_unconfigure(config):
    """Remove it again."""
    if _map is not None:
        os.environ.pop("OPGAVE_WERKMAP", None)
        _map.cleanup()
